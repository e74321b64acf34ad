"""Who speaks, and why: real figures of the record, and small tables of invented numbers for each step of the
precedence."""

import pandas as pd

from baoyen_analysis.cleaning.reconcile import choose


def observation(figure_id: str, value: float, **others) -> dict:
    """An invented observation."""
    row = {
        "figure_id": figure_id,
        "area": "Bảo Yên",
        "area_level": "district",
        "indicator": "income_per_capita",
        "period": "2021",
        "year": 2021,
        "kind": "actual",
        "value": value,
        "low": value - 0.5,
        "high": value + 0.5,
        "qualifier": "eq",
        "definition": "",
        "published": "",
        "source_kind": "press",
        "full_year": True,
        "period_end": pd.Timestamp("2021-12-31"),
    }
    return row | others


def chosen(*rows: dict) -> pd.DataFrame:
    return choose(pd.DataFrame(rows)).set_index("figure_id")


def test_an_actual_comes_before_a_later_estimate():
    table = chosen(
        observation("a", 40, kind="estimate", published="2023-01-01"),
        observation("b", 41, published="2022-01-01"),
    )
    assert table["status"].to_dict() == {"a": "superseded", "b": "chosen"}
    assert "an actual comes before" in table.loc["a", "reason"]


def test_government_comes_before_press_and_an_international_copy_last():
    kinds = ["international", "document-sharing", "press", "government"]
    table = chosen(*(observation(kind, 40, source_kind=kind) for kind in kinds))
    assert table.index[table["status"] == "chosen"].tolist() == ["government"]
    table = chosen(*(observation(kind, 40, source_kind=kind) for kind in kinds[:2]))
    assert table.loc["document-sharing", "status"] == "chosen"


def test_the_later_published_comes_first_and_undated_last():
    table = chosen(
        observation("a", 40, published="2022-05"),
        observation("b", 40, published="2022-06-01"),
        observation("c", 40),
    )
    assert table.index[table["status"] == "chosen"].tolist() == ["b"]
    assert "published" in table.loc["c", "reason"]


def test_an_exact_figure_comes_before_a_bound():
    table = chosen(observation("a", 40, qualifier="gt"), observation("b", 40))
    assert table.loc["b", "status"] == "chosen"
    assert "bound" in table.loc["a", "reason"]


def test_figures_that_do_not_meet_conflict_and_the_spread_is_kept():
    table = chosen(observation("a", 40), observation("b", 42, published="2022-01-01"))
    assert table["status"].to_dict() == {"a": "conflicting", "b": "chosen"}
    assert table.loc["b", ["flag", "spread_low", "spread_high"]].tolist() == ["conflict", 39.5, 42.5]


def test_two_stated_definitions_never_meet_and_a_blank_stands_with_the_only_one():
    table = chosen(observation("a", 40, definition="x"), observation("b", 50, definition="y"))
    assert table["status"].tolist() == ["chosen", "chosen"]
    table = chosen(observation("a", 40, definition="x", published="2022"), observation("b", 50))
    assert table["status"].to_dict() == {"a": "chosen", "b": "conflicting"}


def test_a_plan_raised_in_its_year_is_the_target():
    first = observation("a", 60, kind="plan", low=60, high=60, published="2020-12-01")
    raised = observation("b", 66, kind="plan", low=66, high=66, published="2021-09-01")
    too_late = observation("c", 70, kind="plan", low=70, high=70, published="2022-01-05")
    table = chosen(first, raised, too_late)
    assert table["status"].to_dict() == {"a": "superseded", "b": "chosen", "c": "superseded"}
    assert "raised" in table.loc["a", "reason"]
    undated = chosen(first, raised | {"published": ""})
    assert undated.loc["b", "status"] == "chosen"


def test_plans_and_outcomes_do_not_stand_against_each_other():
    table = chosen(observation("a", 40), observation("b", 66, kind="plan", low=66, high=66))
    assert table["status"].tolist() == ["chosen", "chosen"]


def test_a_year_that_the_district_did_not_see_the_end_of_is_out_of_scope():
    year = {"period": "2025", "year": 2025, "period_end": pd.Timestamp("2025-12-31")}
    table = chosen(observation("a", 40, **year), observation("b", 66, kind="target", **year))
    assert table["status"].to_dict() == {"a": "out_of_scope", "b": "chosen"}


def test_no_row_is_lost_and_every_row_has_a_reason(built):
    table = built["observations"]
    assert len(table) == 459
    assert (table["reason"] != "").all()
    assert table["status"].isin(["chosen", "superseded", "conflicting", "out_of_scope"]).all()


def test_one_speaks_for_each_area_indicator_period_and_definition(built):
    table = built["observations"]
    inside = table[table["status"] != "out_of_scope"]
    assert set(inside["speaks_figure_id"]) == set(table.loc[table["status"] == "chosen", "figure_id"])


def test_the_province_yield_of_2022_conflicts(built):
    table = built["observations"].set_index("figure_id")
    assert {table.loc[name, "status"] for name in ("24h-nongnghiep-01", "baolaocai2023nn-01")} == {
        "chosen",
        "conflicting",
    }
    speaks = table.loc[table.loc["24h-nongnghiep-01", "speaks_figure_id"]]
    assert (speaks["flag"], speaks["spread_low"], speaks["spread_high"]) == ("conflict", 87.5, 90.5)


def test_the_plan_of_2023_that_was_raised_speaks(built):
    table = built["observations"].set_index("figure_id")
    assert table.loc[["laodong2023-01", "laodong2023-02"], "status"].tolist() == ["chosen", "chosen"]
    assert table.loc[["btnmt2022-03", "btnmt2022-04"], "status"].tolist() == ["superseded", "superseded"]
