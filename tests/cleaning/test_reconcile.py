"""Who speaks, and why: real figures of the record, and small tables of invented numbers for each step of the
precedence."""

import pandas as pd
import pytest

from baoyen_analysis.cleaning.reconcile import choose

KIND_OF_SET = {"kind": "plan", "period": "2021"}


def observation(figure_id: str, value: float, **others) -> dict:
    """An invented observation; what was set is exact, as `observations` makes it."""
    row = {
        "figure_id": figure_id,
        "source_id": f"source of {figure_id}",
        "area": "Bảo Yên",
        "area_level": "district",
        "area_since": "",
        "indicator": "income_per_capita",
        "period": "2021",
        "kind": "actual",
        "value": value,
        "low": value - 0.5,
        "high": value + 0.5,
        "printed_low": value - 0.5,
        "printed_high": value + 0.5,
        "denominator": None,
        "qualifier": "eq",
        "definition": "",
        "published": "",
        "source_kind": "press",
        "counted_as": f"house of {figure_id}",
        "period_end": pd.Timestamp("2021-12-31"),
        "reason": "",
        "reason_part": "",
    }
    row |= others
    set_for_it = row["kind"] not in ("actual", "preliminary", "estimate")
    if set_for_it:
        row["low"] = row["high"] = value
    return row | {"role": row["kind"] if set_for_it else "outcome"}


def over(figure_id: str, value: float, **others) -> dict:
    """An invented "trên …"."""
    printed = {"low": value, "high": value + 1, "printed_low": value, "printed_high": value + 1}
    return observation(figure_id, value, qualifier="gt", **printed, **others)


def plan(figure_id: str, value: float, **others) -> dict:
    return observation(figure_id, value, kind="plan", **others)


def percent(comparison_id: str, figure_id: str, low: float, high: float, **others) -> dict:
    """An invented printed "% of plan", as `comparisons` makes it: the plan that it implies."""
    return {
        "comparison_id": comparison_id,
        "figure_id": figure_id,
        "relation": "percent_of",
        "area": "Bảo Yên",
        "area_level": "district",
        "area_since": "",
        "indicator": "income_per_capita",
        "period": "2021",
        "kind": "plan",
        "definition": "",
        "value": (low + high) / 2,
        "low": low,
        "high": high,
        "reason": "",
    } | others


def chosen(*rows: dict, percents: list[dict] | None = None) -> pd.DataFrame:
    derived = pd.DataFrame(percents) if percents else None
    return choose(pd.DataFrame(rows), derived).set_index("figure_id")


# Outcomes


def test_an_actual_comes_before_a_later_estimate():
    table = chosen(
        observation("a", 40, kind="estimate", published="2023-01-01"),
        observation("b", 41, published="2022-01-01"),
    )
    assert table["status"].to_dict() == {"a": "superseded", "b": "chosen"}
    assert table["reason"].to_dict() == {"a": "by_kind", "b": "first"}


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
    assert table.loc["c", "reason"] == "by_date"


def test_an_exact_figure_comes_before_a_bound():
    table = chosen(over("a", 40), observation("b", 40))
    assert table.loc["b", "status"] == "chosen"
    assert table.loc["a", ["status", "reason", "agrees"]].tolist() == ["superseded", "by_bound", True]


def test_figures_that_do_not_meet_conflict_and_the_spread_is_kept():
    table = chosen(observation("a", 40), observation("b", 42, published="2022-01-01"))
    assert table["status"].to_dict() == {"a": "conflicting", "b": "chosen"}
    assert table.loc["b", ["flag", "spread_low", "spread_high"]].tolist() == ["conflict", 39.5, 42.5]
    assert table.loc["a", "agrees"] is False or not table.loc["a", "agrees"]


@pytest.mark.parametrize(
    ("other", "status"),
    [
        (over("b", 221.2), "superseded"),  # two lower bounds
        (over("b", 400), "superseded"),
        (observation("b", 221.2), "superseded"),  # a value on the bound's open side
        (observation("b", 219), "superseded"),
        (observation("b", 264), "conflicting"),  # more than a fifth beyond
        (observation("b", 215), "conflicting"),  # on its closed side
    ],
)
def test_a_bound_is_open_on_its_side(other, status):
    first = over("a", 219, published="2022-12-26", source_kind="government")
    assert chosen(first, other).loc["b", "status"] == status


def test_two_stated_definitions_never_meet_and_a_blank_stands_with_the_only_one():
    table = chosen(observation("a", 40, definition="x"), observation("b", 50, definition="y"))
    assert table["status"].tolist() == ["chosen", "chosen"]
    table = chosen(observation("a", 40, definition="x", published="2022"), observation("b", 50))
    assert table["status"].to_dict() == {"a": "chosen", "b": "conflicting"}


def test_a_later_figure_of_the_same_publisher_revises_the_earlier():
    first = observation("a", 40, counted_as="A", published="2022-01-05")
    later = observation("b", 45, counted_as="A", published="2022-06")
    table = chosen(first, later)
    assert table.loc["a", ["status", "reason", "reason_part"]].tolist() == ["superseded", "revised", "b"]
    assert table.loc["b", "flag"] == ""
    # Not: another publisher, no date, one month, an estimate after an actual.
    for change in (
        {"counted_as": "B"},
        {"published": ""},
        {"published": "2022-01"},
        {"kind": "estimate"},
    ):
        assert set(chosen(first, later | change)["status"]) == {"chosen", "conflicting"}


def test_units_of_one_name_do_not_stand_against_each_other():
    table = chosen(observation("a", 40), observation("b", 50, area_since="2025-07-01"))
    assert table["status"].tolist() == ["chosen", "chosen"]


def test_what_is_out_of_scope_never_speaks():
    table = chosen(
        observation("a", 40, reason="area_ended", reason_part="2025-06-30", published="2026-01-01"),
        observation("b", 50),
    )
    assert table["status"].to_dict() == {"a": "out_of_scope", "b": "chosen"}
    assert table["speaks_figure_id"].to_dict() == {"a": "", "b": "b"}
    assert table.loc["a", ["reason", "reason_part"]].tolist() == ["area_ended", "2025-06-30"]


# Plans, targets and thresholds: the number in force


def test_the_later_published_plan_comes_before_the_kind_of_source():
    first = plan("a", 60, published="2020-12-01", source_kind="government")
    raised = plan("b", 66, published="2021-09-01")
    table = chosen(first, raised)
    assert table["status"].to_dict() == {"a": "superseded", "b": "chosen"}
    assert table.loc["a", ["reason", "agrees"]].tolist() == ["by_date", False]
    assert table.loc["b", "flag"] == ""


def test_an_undated_source_counts_as_of_the_latest_outcome_that_it_prints():
    first = plan("a", 94, published="2021-07")
    undated = plan("b", 84, source_id="s")
    # Nothing tells when it was printed: it comes last, and which number holds is open.
    table = chosen(first, undated)
    assert table["status"].to_dict() == {"a": "chosen", "b": "conflicting"}
    told = observation("c", 12, source_id="s", indicator="ntm_communes", period="2021")
    table = chosen(first, undated, told)
    assert table["status"].to_dict() == {"a": "superseded", "b": "chosen", "c": "chosen"}


def test_a_number_first_printed_after_the_year_s_end_is_not_in_force():
    first = plan("a", 60, published="2020-12-01")
    late = plan("b", 70, published="2022-01-05", source_id="s")
    table = chosen(first, late)
    assert table["status"].to_dict() == {"a": "chosen", "b": "superseded"}
    assert table.loc["b", "reason"] == "by_year_end"
    # A table of outcomes that prints it as that year's plan is another matter.
    table = chosen(first, late, observation("c", 69, source_id="s"))
    assert table.loc["b", "status"] == "chosen"
    # So is a number that was printed in its year too.
    table = chosen(first, late, plan("c", 70, published="2021-03-01"))
    assert table.loc[["a", "b", "c"], "status"].tolist() == ["superseded", "chosen", "superseded"]


def test_a_printed_percentage_of_the_plan_decides():
    outcome = observation("o", 4.477, kind="estimate", source_id="o", indicator="tourist_visits")
    plan_of_4 = plan("a", 4.0, published="2021-03-01", indicator="tourist_visits")
    plan_of_5 = plan("b", 5.0, published="2021-08-01", indicator="tourist_visits")
    fits = percent("p", "o", 3.999, 4.003, indicator="tourist_visits")
    assert chosen(outcome, plan_of_4, plan_of_5).loc["b", "status"] == "chosen"
    table = chosen(outcome, plan_of_4, plan_of_5, percents=[fits])
    assert table["status"].to_dict() == {"o": "chosen", "a": "chosen", "b": "superseded"}
    assert table.loc["b", ["reason", "reason_part"]].tolist() == ["by_percent_of_plan", "p"]
    # One that fits both, or none, decides nothing; nor does another relation.
    for other in ({"low": 3.9, "high": 5.1}, {"low": 1.0, "high": 1.1}, {"relation": "ratio"}):
        assert chosen(outcome, plan_of_4, plan_of_5, percents=[fits | other]).loc["b", "status"] == "chosen"


def test_a_percentage_of_part_of_the_year_does_not_undo_a_later_plan():
    part = observation("o", 3.0, period="2021-9M", period_end=pd.Timestamp("2021-09-30"), published="2021-10")
    first = plan("a", 6.0, published="2020-12-09")
    raised = plan("b", 7.0, published="2021-11-01")
    fits = percent("p", "o", 5.9, 6.1)
    assert chosen(part, first, raised, percents=[fits]).loc["b", "status"] == "chosen"
    before = plan("b", 7.0, published="2021-05-01")
    assert chosen(part, first, before, percents=[fits]).loc["a", "status"] == "chosen"


@pytest.mark.parametrize(
    ("low", "high", "decides"),
    [
        (4.5, 4.5, True),  # half way to what "some 4" may reach
        (4.51, 4.51, False),
        (3.5, 3.5, True),
        (3.49, 3.49, False),
        (5.5, 5.5, True),  # as far as 5.0 to 5.5 is printed
        (5.51, 5.51, False),
        (4.4, 5.0, False),  # fits both
    ],
)
def test_how_far_a_percentage_of_the_plan_may_lie_beside_it(low, high, decides):
    outcome = observation("o", 4.4, kind="estimate", source_id="o")
    some_4 = plan("a", 4.0, qualifier="approx", printed_low=3.0, printed_high=5.0, published="2021-03-01")
    exactly = plan("b", 5.0, printed_low=5.0, printed_high=5.5, published="2021-03-01")
    table = chosen(outcome, some_4, exactly, percents=[percent("p", "o", low, high)])
    assert ("by_percent_of_plan" in set(table["reason"])) == decides


@pytest.mark.parametrize(
    ("published", "of", "decides"),
    [
        ("2021-10-01", "2021-10-02", True),
        ("2021-10-02", "2021-10-02", False),  # who knows which was first
        ("2021-10-03", "2021-10-02", False),
        ("", "2021-10-02", False),
        ("2021-10-01", "", False),
    ],
)
def test_a_part_of_the_year_is_measured_by_the_plan_of_its_day(published, of, decides):
    part = observation("o", 3.0, period="2021-9M", period_end=pd.Timestamp("2021-09-30"), published=of)
    plans = plan("a", 6.0, published="2020-12-09"), plan("b", 7.0, published=published)
    table = chosen(part, *plans, percents=[percent("p", "o", 5.9, 6.1)])
    assert ("by_percent_of_plan" in set(table["reason"])) == decides


@pytest.mark.parametrize(
    "restated",
    [plan("b", 66, published="2024-09-01"), plan("b", 66, published="2024-09-01", source_kind="government")],
)
def test_a_restated_plan_without_its_bound_agrees_and_does_not_replace(restated):
    first = over("a", 66, kind="plan", published="2024-02-01")
    period = {"period": "2024", "period_end": pd.Timestamp("2024-12-31")}
    table = chosen(first | period, restated | period)
    assert table["status"].to_dict() == {"a": "chosen", "b": "superseded"}
    assert table.loc["b", ["reason", "agrees"]].tolist() == ["same_number", True]


def test_a_restated_plan_without_its_total_agrees_and_does_not_replace():
    of_16 = plan("a", 16, denominator=16.0, indicator="ntm_communes", published="2020-12-01")
    table = chosen(of_16, plan("b", 16, indicator="ntm_communes", published="2021-05-01"))
    assert table["status"].to_dict() == {"a": "chosen", "b": "superseded"}


def test_a_restated_plan_that_is_rounded_does_not_replace():
    exact = plan("a", 20.549, published="2020-12-01", printed_low=20.5485, printed_high=20.5495)
    rounded = plan("b", 20.5, published="2021-06-01", printed_low=20.45, printed_high=20.55)
    table = chosen(exact, rounded)
    assert table["status"].to_dict() == {"a": "chosen", "b": "superseded"}
    assert table.loc["b", ["reason", "agrees"]].tolist() == ["same_number", True]


def test_plans_that_nothing_puts_in_order_conflict():
    table = chosen(plan("a", 60), plan("b", 66))
    assert set(table["status"]) == {"chosen", "conflicting"}
    assert table.loc["a", ["flag", "spread_low", "spread_high"]].tolist() == ["conflict", 60, 66]


def test_plans_and_outcomes_do_not_stand_against_each_other():
    table = chosen(observation("a", 40), plan("b", 66))
    assert table["status"].tolist() == ["chosen", "chosen"]
    table = chosen(plan("a", 40), observation("b", 66, kind="target"))
    assert table["status"].tolist() == ["chosen", "chosen"]


# The record


def test_no_row_is_lost_and_every_row_has_a_reason(built):
    table = built["observations"]
    assert len(table) == 577
    assert (table["reason"] != "").all()
    assert table["status"].isin(["chosen", "superseded", "conflicting", "out_of_scope"]).all()
    others = table["status"].isin(["superseded", "conflicting"])
    assert table["agrees"].notna().equals(others)


def test_one_speaks_for_each_area_indicator_period_and_definition(built):
    table = built["observations"]
    inside = table[table["status"] != "out_of_scope"]
    assert set(inside["speaks_figure_id"]) == set(table.loc[table["status"] == "chosen", "figure_id"])


def test_the_income_of_2022_conflicts_between_its_two_sources(built):
    table = built["observations"].set_index("figure_id")
    assert {table.loc[name, "status"] for name in ("laocaitv-2022-05", "thby-1015-01")} == {
        "chosen",
        "conflicting",
    }
    speaks = table.loc[table.loc["laocaitv-2022-05", "speaks_figure_id"]]
    assert (speaks["flag"], speaks["spread_low"], speaks["spread_high"]) == ("conflict", 44.5, 50.5)


def test_two_sets_of_targets_are_two_things(built):
    table = built["observations"].set_index("figure_id")
    assert table.loc[["laocaitv-2022-01", "thby-1015-03"], "status"].tolist() == ["chosen", "chosen"]


def test_two_lower_bounds_of_the_budget_agree(built):
    table = built["observations"].set_index("figure_id")
    assert table.loc["thby-1015-04", ["status", "agrees"]].tolist() == ["superseded", True]
    assert table.loc["laocaitv-2022-02", ["status", "flag"]].tolist() == ["chosen", "at_least"]


def test_the_province_yield_of_2022_conflicts(built):
    table = built["observations"].set_index("figure_id")
    assert {table.loc[name, "status"] for name in ("24h-nongnghiep-01", "baolaocai2023nn-01")} == {
        "chosen",
        "conflicting",
    }
    speaks = table.loc[table.loc["24h-nongnghiep-01", "speaks_figure_id"]]
    assert (speaks["flag"], speaks["spread_low"], speaks["spread_high"]) == ("conflict", 87.5, 90.5)


@pytest.mark.parametrize(
    ("in_force", "replaced", "reason", "part"),
    [
        ("laodong2023-01", "btnmt2022-03", "by_date", ""),
        ("laodong2023-02", "btnmt2022-04", "by_date", ""),
        ("vnp-2022plan-01", "vov-2022tag-01", "by_percent_of_plan", "th389-2022-02-c1"),
        ("vnn-ntm2024-03", "doingoai-12790-01", "by_date", ""),
        ("doingoai-12790-03", "laocaitv-202008-02", "by_date", ""),
    ],
)
def test_the_plan_in_force(built, in_force, replaced, reason, part):
    table = built["observations"].set_index("figure_id")
    assert table.loc[in_force, ["status", "flag"]].tolist()[0] == "chosen"
    assert table.loc[replaced, ["status", "reason", "reason_part"]].tolist() == ["superseded", reason, part]
    assert table.loc[replaced, "speaks_figure_id"] == in_force
    assert not table.loc[replaced, "agrees"]


def test_a_year_that_the_district_did_not_see_the_end_of_is_out_of_scope(built):
    row = built["observations"].set_index("figure_id").loc["baodantoc-2025-03"]
    assert row[["status", "reason", "reason_part"]].tolist() == ["out_of_scope", "area_ended", "2025-06-30"]
