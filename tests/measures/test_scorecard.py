"""What the growth before the last figure was worth for the plan; the numbers are invented."""

import pandas as pd
import pytest

from baoyen_analysis.measures.scorecard import scorecard


def scored(points: list[tuple], plan: float, *, year: int = 2024, qualifier: str = "eq", derived: tuple[int, ...] = ()) -> pd.Series:
    """The row of one plan; `points`: (year, low, value, high)."""
    series = pd.DataFrame(points, columns=["year", "low", "value", "high"]).assign(flag="", definition="", figure_id=[f"f{point[0]}" for point in points])
    series["derived"] = series["year"].isin(derived)
    target = {"figure_id": "p", "indicator": "yield_per_ha", "unit": "million VND/ha", "area": "A", "area_level": "district", "year": year,
              "value": plan, "kind": "plan", "qualifier": qualifier, "denominator": None, "definition": ""}  # fmt: skip
    return scorecard(pd.DataFrame([target]), {"yield_per_ha": series}).iloc[0]


@pytest.mark.parametrize(
    ("points", "plan", "pace"),
    [
        ([(2020, 40, 40, 40), (2022, 50, 50, 50)], 55, "enough"),
        ([(2020, 48, 48, 48), (2022, 50, 50, 50)], 66, "short"),
        ([(2020, 40, 40, 40), (2022, 44, 50, 56)], 58, "mixed"),
        ([(2022, 50, 50, 50)], 66, "unknown"),
        ([(2020, 60, 60, 60), (2022, 50, 50, 50)], 49, "met"),
        ([(2020, 40, 40, 40), (2024, 50, 50, 50)], 66, "missed"),
        ([(2020, 40, 40, 40), (2024, 66, 66, 66)], 66, "met"),
    ],
)
def test_a_pace_is_judged_at_every_corner_of_the_intervals(points, plan, pace):
    assert scored(points, plan)["pace"] == pace


def test_a_plan_set_as_more_than_is_met_above_it_alone():
    assert scored([(2024, 66, 66, 66)], 66, qualifier="gt")["pace"] == "missed"
    assert scored([(2024, 66.2, 66.2, 66.2)], 66, qualifier="gt")["pace"] == "met"


def test_a_verdict_never_rests_on_a_derived_figure_alone():
    points = [(2012, 9, 9, 9), (2020, 32, 32, 32), (2022, 50, 50, 50)]
    assert scored(points, 66)["pace"] == "enough"
    assert scored(points, 66, derived=(2020,))["pace"] == "mixed"
