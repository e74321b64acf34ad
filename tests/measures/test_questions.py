"""The questions: the answer, its range, the figures it rests on, and the sentence in both languages."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from baoyen_analysis.measures.growth import price_levels
from baoyen_analysis.measures.published import METHODS
from baoyen_analysis.measures.questions import (
    compare,
    decompose,
    needed,
    rank,
    reach,
    verdicts,
    visits_for,
    what_if,
)
from baoyen_analysis.vocabulary import UNITS

CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "office"
YIELD = pd.DataFrame(
    {
        "year": [2019, 2021],
        "value": [75.0, 80.0],
        "low": [74.5, 79.5],
        "high": [75.5, 80.5],
        "flag": "",
        "definition": "",
        "figure_id": ["123docz-2824115-04", "ntm-gov-2021-04"],
    }
)
REVENUE = pd.DataFrame(
    {
        "year": [2022],
        "value": [780.0],
        "low": [780.0],
        "high": [790.0],
        "flag": ["at_least"],
        "definition": ["tourism services"],
        "figure_id": ["laocaitv-2022-06"],
    }
)
PLAN = pd.Series({"value": 1120.0, "definition": "tourism and services", "figure_id": "baolaocai-383081-08"})


def panel() -> pd.DataFrame:
    rows = [
        ("Văn Bàn", "district", 2020, 45.2),
        ("Sa Pa", "district", 2020, 42.5),
        ("Bắc Hà", "district", 2020, 36.0),
        ("Lào Cai", "province", 2020, 50.0),
        ("Sa Pa", "district", 2021, 44.0),
    ]
    table = pd.DataFrame(rows, columns=["area", "area_level", "year", "income_million_vnd"])
    return table.assign(
        income_million_vnd_flag="",
        income_million_vnd_figure_id=[f"id-{place}" for place in range(len(table))],
    )


def test_needed_stands_beside_what_was_done():
    row = needed(YIELD, target=95, year=2024, indicator="yield_per_ha").iloc[0]
    assert row["change"] == pytest.approx(5.0)
    assert row["percent"] == pytest.approx(100 * ((95 / 80) ** (1 / 3) - 1))
    assert (row["done_change"], round(row["done_percent"], 2)) == (2.5, 3.28)
    assert row["low_percent"] < row["percent"] < row["high_percent"]
    assert row["figure_ids"] == "123docz-2824115-04 ntm-gov-2021-04"
    unit = UNITS["million VND/ha"].en
    assert row["sentence_en"] == (
        f"Product value per hectare: from 80 in 2021 to 95 {unit} in 2024 takes 5.9% a year (5.7 to 6.1%), or 5 {unit} a year. "
        "From 2019 (75) it has done 3.3% a year, or 2.5 a year."
    )
    assert "cần tăng 5,9% mỗi năm (từ 5,7 đến 6,1%)" in row["sentence_vi"]


def test_at_least_so_much_needs_at_most_so_much():
    row = needed(REVENUE.assign(definition=""), target=PLAN, year=2024).iloc[0]
    assert row["answer_flag"] == "at_most"
    assert "at most 170" in row["sentence_en"]
    assert "ít nhất 780" in row["sentence_vi"]
    assert np.isnan(row["done_percent"])
    open_above = needed(REVENUE.assign(definition="", high=np.inf), target=PLAN, year=2024).iloc[0]
    assert (open_above["low_percent"], open_above["low_change"]) == (0.0, 0.0)
    with pytest.raises(ValueError, match="no figure from 2023 on"):
        needed(REVENUE, target=PLAN, year=2024, base_year=2023)


def test_needed_refuses_mixed_definitions_and_past_dates():
    assert needed(REVENUE, target=PLAN, year=2024)[["reason", "percent"]].iloc[0].fillna(
        "blank"
    ).tolist() == ["definition_break", "blank"]
    mixed = needed(REVENUE, target=PLAN, year=2024, mix_definitions=True).iloc[0]
    assert mixed["reason"] == "definitions_mixed"
    assert "different definitions are mixed" in mixed["sentence_en"]
    assert needed(YIELD, target=95, year=2021)["reason"].iloc[0] == "no_time_left"


def test_needed_where_lower_is_better_and_where_the_target_is_met():
    poverty = pd.Series({2021: 31.0, 2022: 25.0})
    row = needed(poverty, target=15, year=2025, direction=-1).iloc[0]
    assert row["change"] == pytest.approx(-10 / 3)
    assert "a fall of 15.7% a year" in row["sentence_en"]
    assert "cần giảm" in row["sentence_vi"]
    met = needed(YIELD, target=78, year=2024).iloc[0]
    assert (met["percent"], met["change"]) == (0.0, 0.0)
    assert "is met" in met["sentence_en"]


def test_reach_gives_the_year_by_pace_and_by_projection():
    income = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
    row = reach(income, target=60, indicator="income_per_capita").iloc[0]
    assert row[["pace_year", "projected_year"]].tolist() == [2027, 2028]
    assert row["earliest_year"] <= row["projected_year"]
    assert "in 2027" in row["sentence_en"]
    never = reach(income, target=1000).iloc[0]
    assert never[["pace_year", "projected_year"]].isna().all()
    assert "after 2054" in never["sentence_en"]
    assert reach(income, target=40)["pace_year"].iloc[0] == 2024
    assert reach(REVENUE, target=1120)["reason"].iloc[0] == "one_point"
    assert reach(REVENUE, target=PLAN)["reason"].iloc[0] == "definition_break"
    assert (
        reach(pd.DataFrame(income.items(), columns=["year", "value"]), target=30, direction=-1)["pace_year"]
        .isna()
        .all()
    )


def test_what_if_carries_the_interval_and_the_bound():
    row = what_if(REVENUE, growth=0.1, year=2024).iloc[0]
    assert (row["answer"], row["low"], row["high"]) == pytest.approx((943.8, 943.8, 955.9))
    assert "at least 943.8" in row["sentence_en"]
    for wrong in ({"growth": 8, "year": 2024}, {"growth": 0.1, "year": 2022}):
        with pytest.raises(ValueError, match=r"fraction|not after"):
            what_if(REVENUE, **wrong)


def test_compare_leaves_blank_what_is_not_held():
    rows = compare(panel(), "income_per_capita", areas=["Sa Pa", "Văn Bàn"], year=2020)
    assert rows["percent"].round(1).tolist() == [100.0, 106.4]
    assert rows["figure_ids"].tolist() == ["id-1", "id-0"]
    later = compare(panel(), "income_per_capita", areas=["Sa Pa", "Văn Bàn"], year=2021)
    assert later["reason"].tolist() == ["", "no_figure"]
    assert later["value"].isna().tolist() == [False, True]
    with pytest.raises(ValueError, match="no area named"):
        compare(panel(), "income_per_capita", areas=["Sapa"], year=2020)


def test_rank_knows_how_far_intervals_overlap():
    table = pd.DataFrame(
        {
            "area": ["Văn Bàn", "Sa Pa", "Bắc Hà"],
            "area_level": "district",
            "indicator": "income_per_capita",
            "year": 2020,
            "part": "",
            "kind": "actual",
            "status": "chosen",
            "value": [45.2, 45.0, 36.0],
            "low": [45.15, 44.5, 35.5],
            "high": [45.25, 45.5, 36.5],
            "definition": "",
            "figure_id": list("abc"),
        }
    )
    rows = rank(table, "income_per_capita", year=2020)
    assert rows[["area", "rank", "best_rank", "worst_rank"]].values.tolist() == [
        ["Văn Bàn", 1, 1, 2],
        ["Sa Pa", 2, 1, 2],
        ["Bắc Hà", 3, 3, 3],
    ]
    assert "number 1 of 3 with a figure (1 to 2, as the figures are rounded)" in rows["sentence_en"].iloc[0]
    assert rank(table, "income_per_capita", year=2020, direction=-1)["area"].iloc[0] == "Bắc Hà"
    mixed = table.assign(definition=["per crop land", "per cultivated land", ""])
    assert rank(mixed, "income_per_capita", year=2020)["rank"].isna().all()
    assert (
        rank(mixed, "income_per_capita", year=2020, mix_definitions=True)["reason"].tolist()
        == ["definitions_mixed"] * 3
    )
    with pytest.raises(ValueError, match="no better end"):
        rank(table.assign(indicator="population"), "population", year=2020)


def test_decompose_says_where_the_growth_came_from():
    rows = decompose(
        pd.Series({2019: 19200.0, 2024: 27000.0}), pd.Series({2019: 5.1e6, 2024: 8.0e6}), start=2019, end=2024
    )
    assert rows.set_index("part")["share_percent"].round(0).to_dict() == {
        "visits": 132.0,
        "spending": -32.0,
        "revenue": 100.0,
    }
    assert (
        rows["sentence_vi"].iloc[0]
        == "Từ 2019 đến 2024, doanh thu tăng 40,6%: lượt khách tăng 56,9%; chi tiêu mỗi lượt giảm 10,4%."
    )


@pytest.mark.parametrize(
    ("spread", "title", "spending"),
    [
        (0.0, "revenue rose 80%, 69% of it from visits (in logs)", "spending a visit rose 20%"),
        (
            0.3,
            "revenue rose 80%, about all of it from visits",
            "spending a visit rose or fell, which the rounding of the figures does not tell",
        ),
    ],
)
def test_decompose_says_a_direction_only_where_the_rounding_settles_it(spread, title, spending):
    visits = pd.DataFrame(
        {
            "year": [2019, 2022],
            "value": [10.0, 15.0],
            "low": [10 - 5 * spread, 15 - 5 * spread],
            "high": [10 + 5 * spread, 15 + 5 * spread],
        }
    )
    revenue = pd.DataFrame(
        {"year": [2019, 2022], "value": [100.0, 180.0], "definition": ["tourism services", ""]}
    )
    row = decompose(revenue, visits, start=2019, end=2022).iloc[0]
    assert row["title_en"].endswith(title)
    assert spending in row["sentence_en"]
    assert row["reason"] == "definition_unstated"
    assert row["sentence_en"].endswith("one of the two figures does not state what it counts.")


def test_a_share_never_reaches_more_than_the_whole():
    schools = pd.Series({2019: 82.0, 2021: 90.0, 2023: 98.0})
    assert reach(schools, target=100, limit=100).iloc[0]["projected_year"] == 2024
    with pytest.raises(ValueError, match="lies past 100"):
        reach(schools, target=101, limit=100)


def test_verdicts_refuse_a_base_year_after_the_last_figure():
    targets = pd.DataFrame({"year": [2024], "value": [95.0]})
    table = verdicts(YIELD, targets=targets, base_year=2023).set_index("method")
    assert (table["class_"] == "").all()
    assert set(table["reason"].drop("recent_pace")) == {"base_year_after_last"}
    assert table["base_year"].isna().all()
    assert "lies after the last figure" in table.loc["cagr_ratio", "sentence_en"]


@pytest.mark.parametrize(
    ("values", "target", "direction", "reason", "change"),
    [
        ({2020: 0.0, 2022: 0.0}, 15, 1, "zero_base", 5.0),
        ({2020: 10.0, 2022: -2.0}, 15, 1, "sign_change", 17 / 3),
        ({2020: 10.0, 2022: 5.0}, 0, -1, "sign_change", -5 / 3),
        ({2020: -3.0, 2022: -2.0}, -5, -1, "sign_change", -1.0),
        ({2020: 0.0, 2022: 5.0}, 15, 1, "", 10 / 3),
        ({2020: 10.0, 2022: 0.0}, 0, -1, "", 0.0),
    ],
)
def test_growth_from_or_to_zero_or_a_negative_number_has_a_reason_and_no_empty_per_cent(
    values, target, direction, reason, change
):
    row = needed(pd.Series(values), target=target, year=2025, direction=direction).iloc[0]
    assert (row["reason"], row["change"]) == (reason, pytest.approx(change))
    assert np.isnan(row["percent"]) == bool(reason)
    for said in row[["sentence_vi", "sentence_en"]]:
        assert " %" not in said
        assert "nan" not in said
        assert "∞" not in said


@pytest.mark.parametrize("name", ["needed-from-zero", "needed-from-negative"])
def test_the_cases_of_growth_that_has_no_rate(name):
    path = CASES / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"the office cases are not at {CASES}")
    case = json.loads(path.read_text(encoding="utf-8"))
    values = pd.Series({int(year): value for year, value in case["values"].items()})
    row = needed(values, target=case["target"], year=case["year"]).iloc[0]
    assert row["reason"]
    assert " %" not in row["sentence_vi"] + row["sentence_en"]


def test_nothing_grows_from_zero_or_below_and_nothing_is_a_share_of_zero():
    for last, reason in ((0.0, "zero_base"), (-2.0, "sign_change")):
        row = what_if(pd.Series({2022: last}), growth=0.08, year=2024).iloc[0]
        assert (row["reason"], np.isnan(row["answer"])) == (reason, True)
        assert "nan" not in row["sentence_en"] + row["sentence_vi"]
        path = reach(pd.Series({2020: 4.0, 2022: last}), target=5).iloc[0]
        assert (path["reason"], path["pace_year"] is pd.NA) == (reason, True)
    earlier = reach(pd.Series({2018: 0.0, 2020: 4.0, 2022: 5.0}), target=9).iloc[0]
    assert (earlier["reason"], earlier["pace_year"] is pd.NA) == ("zero_base", True)
    table = panel().assign(income_million_vnd=[0.0, 42.5, 36.0, 50.0, 44.0])
    rows = compare(table, "income_per_capita", areas=["Văn Bàn", "Sa Pa"], year=2020)
    assert rows["percent"].isna().all()
    assert rows["reason"].tolist() == ["zero_base", "zero_base"]
    with pytest.raises(ValueError, match="positive"):
        visits_for(1120, revenue=pd.Series({2022: 0.0}), visits=pd.Series({2022: 1.2e6}))


def test_verdicts_show_both_horizons_and_both_prices_and_count_agreement():
    targets = pd.DataFrame(
        {"year": [2024, 2025], "value": [95.0, 100.0], "figure_id": ["baolaocai-383081-10", "vnp-tamnong-03"]}
    )
    levels = price_levels(
        pd.Series({2020: 3.23, 2021: 1.84, 2022: 3.15, 2023: 3.25, 2024: 3.63}), base_year=2019
    )
    table = verdicts(YIELD, targets=targets, levels=levels)
    assert len(table) == 2 * 2 * len(METHODS)
    current = table[(table["prices"] == "current") & (table["target_year"] == 2024)].set_index("method")
    assert current["class_"].to_dict() == {
        "cagr_ratio": "moderate",
        "linear_pace": "moderately_improving",
        "recent_pace": "",
        "extrapolated": "fair",
    }
    assert current[["methods_on_track", "methods_judging"]].drop_duplicates().values.tolist() == [[0, 3]]
    constant = table[(table["prices"] == "constant") & (table["method"] == "cagr_ratio")].set_index(
        "target_year"
    )
    assert constant.loc[2024, "ratio"] < current.loc["cagr_ratio", "ratio"]
    assert constant.loc[2025, ["class_", "reason"]].tolist() == ["", "no_price_level"]
    assert table["sentence_vi"].str.len().gt(0).all()
