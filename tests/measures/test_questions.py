"""The questions on one series: the answer, its range, what it rests on, and why there is none."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from baoyen_analysis.measures.growth import decomposition
from baoyen_analysis.measures.questions import needed, reach, spending_for, visits_for, what_if

CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "office"
ENDS = {"value": [75.0, 80.0], "low": [74.5, 79.5], "high": [75.5, 80.5]}
YIELD = pd.DataFrame(ENDS | {"year": [2019, 2021], "flag": "", "definition": "", "figure_id": ["a", "b"]})
REVENUE = pd.DataFrame(
    {"year": [2022], "value": [780.0], "low": [780.0], "high": [790.0], "flag": ["at_least"]}
).assign(definition="tourism services", figure_id="c")
PLAN = pd.Series({"value": 1120.0, "definition": "tourism and services", "figure_id": "p"})
INCOME = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})


def test_needed_stands_beside_what_was_done():
    row = needed(YIELD, target=95, year=2024).iloc[0]
    assert row["change"] == pytest.approx(5.0)
    assert row["percent"] == pytest.approx(100 * ((95 / 80) ** (1 / 3) - 1))
    assert (row["done_change"], round(row["done_percent"], 2)) == (2.5, 3.28)
    assert row["low_percent"] < row["percent"] < row["high_percent"]
    assert (row["figure_ids"], row["case"]) == ("a b", "needed")


def test_at_least_so_much_needs_at_most_so_much():
    row = needed(REVENUE.assign(definition=""), target=PLAN, year=2024).iloc[0]
    assert row["answer_flag"] == "at_most"
    assert np.isnan(row["done_percent"])
    open_above = needed(REVENUE.assign(definition="", high=np.inf), target=PLAN, year=2024).iloc[0]
    assert (open_above["low_percent"], open_above["low_change"]) == (0.0, 0.0)
    with pytest.raises(ValueError, match="no figure from 2023 on"):
        needed(REVENUE, target=PLAN, year=2024, base_year=2023)


def test_needed_refuses_mixed_definitions_and_past_dates():
    row = needed(REVENUE, target=PLAN, year=2024).iloc[0]
    assert (row["reason"], row["case"], np.isnan(row["percent"])) == ("definition_break", "refused", True)
    mixed = needed(REVENUE, target=PLAN, year=2024, mix_definitions=True).iloc[0]
    assert (mixed["reason"], mixed["case"]) == ("definitions_mixed", "needed")
    assert needed(YIELD, target=95, year=2021)["reason"].iloc[0] == "no_time_left"


def test_needed_where_lower_is_better_and_where_the_target_is_met():
    row = needed(pd.Series({2021: 31.0, 2022: 25.0}), target=15, year=2025, direction=-1).iloc[0]
    assert row["change"] == pytest.approx(-10 / 3)
    assert row["case"] == "needed_down"
    met = needed(YIELD, target=78, year=2024).iloc[0]
    assert (met["percent"], met["change"], met["case"]) == (0.0, 0.0, "met")


@pytest.mark.parametrize("start", [0.0, -4.0])
def test_no_growth_runs_from_zero_or_less(start):
    row = needed(pd.Series({2022: start}), target=10, year=2024).iloc[0]
    assert (row["case"], row["reason"] != "") == ("refused", True)
    assert what_if(pd.Series({2022: start}), growth=0.1, year=2024)["case"].iloc[0] == "refused"


def test_reach_gives_the_year_by_pace_and_by_projection():
    row = reach(INCOME, target=60).iloc[0]
    assert row[["pace_year", "projected_year"]].tolist() == [2027, 2028]
    assert row["earliest_year"] <= row["projected_year"]
    assert reach(INCOME, target=1000)[["pace_year", "projected_year"]].isna().all(axis=None)
    assert reach(INCOME, target=40)["pace_year"].iloc[0] == 2024
    assert reach(REVENUE, target=1120)["reason"].iloc[0] == "one_point"
    assert reach(REVENUE, target=PLAN)["reason"].iloc[0] == "definition_break"
    with pytest.raises(ValueError, match="lies past 100"):
        reach(pd.Series({2021: 60.0, 2022: 65.0}), target=120, limit=100.0)


def test_what_if_carries_the_interval_and_says_one_year_or_each():
    row = what_if(REVENUE, growth=0.1, year=2024).iloc[0]
    assert (row["answer"], row["low"], row["high"]) == pytest.approx((943.8, 943.8, 955.9))
    once = what_if(pd.Series({2022: 1.2e6}), growth=-0.2, year=2025, once=True).iloc[0]
    each = what_if(pd.Series({2022: 1.2e6}), growth=-0.2, year=2025).iloc[0]
    assert (once["answer"], each["answer"]) == pytest.approx((960000, 614400))
    assert (once["case"], each["case"]) == ("what_if_once_fall", "what_if_fall")
    for wrong in ({"growth": 8, "year": 2024}, {"growth": 0.1, "year": 2022}):
        with pytest.raises(ValueError, match=r"fraction|not after"):
            what_if(REVENUE, **wrong)


def test_visits_and_spending_for_a_revenue():
    row = visits_for(PLAN, revenue=REVENUE, visits=pd.Series({2022: 1.2e6})).iloc[0]
    assert round(row["answer"], -3) == 1723000
    assert (row["answer_flag"], row["reason"]) == ("at_most", "definitions_mixed")
    with pytest.raises(ValueError, match="no year in common"):
        visits_for(PLAN, revenue=REVENUE, visits=pd.Series({2021: 1.0}))
    assert spending_for(1120, visits=1.4e6)["answer"].iloc[0] == pytest.approx(800)
    with pytest.raises(ValueError, match="how many visits"):
        spending_for(1120, visits=0)


def test_a_decomposition_says_what_the_rounding_tells():
    visits = pd.Series({2019: 10.0, 2022: 15.0})
    table = decomposition(pd.Series({2019: 100.0, 2022: 180.0}), visits, start=2019, end=2022)
    assert table["case"].unique().tolist() == ["shared"]
    assert table.set_index("part")["percent"].round().tolist() == [50, 20, 80]
    wide = pd.DataFrame(
        {"year": [2019, 2022], "value": [100.0, 150.0], "low": [90.0, 140.0], "high": [110.0, 160.0]}
    )
    assert decomposition(wide, visits, start=2019, end=2022)["case"].iloc[0] == "all"


@pytest.mark.parametrize("name", ["needed-from-zero", "needed-from-negative"])
@pytest.mark.skipif(not CASES.is_dir(), reason=f"the shared cases are not at {CASES}")
def test_the_shared_cases_of_growth_give_a_reason(name):
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    values = case.get("values") or case.get("series")
    series = pd.Series({int(year): float(value) for year, value in values.items()})
    row = needed(series, target=case["target"], year=case["year"]).iloc[0]
    assert row["reason"]
    assert not np.isfinite(row["percent"])
