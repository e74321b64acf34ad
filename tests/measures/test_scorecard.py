"""What the growth before the last figure was worth for the plan; the numbers are invented."""

import pandas as pd
import pytest

from baoyen_analysis.measures.scorecard import scorecard


def scored(
    points: list[tuple],
    plan: float,
    *,
    year: int = 2024,
    qualifier: str = "eq",
    derived: tuple[int, ...] = (),
    breaks: tuple[int, ...] = (),
) -> pd.Series:
    """The row of one plan; `points`: (year, low, value, high)."""
    series = pd.DataFrame(points, columns=["year", "low", "value", "high"]).assign(
        flag="", definition="", figure_id=[f"f{point[0]}" for point in points]
    )
    series["derived"] = series["year"].isin(derived)
    target = {
        "figure_id": "p",
        "indicator": "yield_per_ha",
        "unit": "million VND/ha",
        "area": "A",
        "area_level": "district",
        "year": year,
        "value": plan,
        "kind": "plan",
        "qualifier": qualifier,
        "denominator": None,
        "definition": "",
    }
    return scorecard(pd.DataFrame([target]), {"yield_per_ha": series}, breaks={"yield_per_ha": breaks}).iloc[
        0
    ]


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


def test_the_pace_from_each_base_says_what_it_was_worth_in_units_and_in_per_cent():
    points = [(2012, 9, 9, 9), (2020, 32, 32, 32), (2022, 50, 50, 50)]
    assert scored(points, 66, derived=(2020,))["paces"] == (
        (2020, "enough", "enough"),
        (2012, "short", "enough"),
    )
    assert scored([(2017, 0.4, 0.5, 0.6), (2022, 1.15, 1.2, 1.25)], 1.6)["paces"] == (
        (2017, "short", "open"),
    )


@pytest.mark.parametrize(
    ("years", "breaks", "pace"),
    [
        ((2019, 2020), "end", "unknown"),
        ((2021, 2022), "end", "unknown"),
        ((2017, 2022), "through", "short"),
        ((2017, 2019), "", "short"),
    ],
)
def test_a_pace_that_ends_in_a_year_of_a_break_is_no_verdict_and_one_through_it_is_said(years, breaks, pace):
    row = scored(
        [(year, value, value, value) for year, value in zip(years, (48, 50), strict=False)],
        66,
        breaks=(2020, 2021),
    )
    assert (row["breaks"], row["pace"]) == (breaks, pace)
