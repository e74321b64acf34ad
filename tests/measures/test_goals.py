"""What was set for an area, by what it is. The record's own goals, and invented ones."""

import pandas as pd
import pytest

from baoyen_analysis.measures.goals import asked, direction, each, goal_year, goals, records

ROW = {
    "goal_id": "",
    "area": "Bảo Yên",
    "area_level": "district",
    "area_since": "",
    "indicator": "income_per_capita",
    "kind": "plan",
    "qualifier": "eq",
    "denominator": None,
    "definition": "",
    "status": "chosen",
    "reason": "first",
}


def table(*rows: dict) -> pd.DataFrame:
    made = []
    for number, row in enumerate(rows, 1):
        value = row.get("value", 66.0)
        made.append(
            ROW
            | {"figure_id": f"f{number}", "value": value, "low": value, "high": value, "period": "2024"}
            | row
        )
    return pd.DataFrame(made)


def stands(targets: pd.DataFrame, **asked_for) -> list[list]:
    return goals(targets, **asked_for)[["stands", "goal_kind", "goal"]].values.tolist()


def test_the_ten_goals_of_2024_and_the_standards_of_2025_that_goals_csv_names(built):
    assert len(goals(built["targets"], year=2024)) == 10
    standards = goals(built["targets"], year=2025)
    standards = standards[standards["goal_kind"] == "threshold"]
    assert set(standards["goal_ids"]) == {"ntm-district-2025"}
    assert len(standards) == 4
    assert set(standards["area"]) == {"Bảo Yên"}
    assert "threshold" not in set(goals(built["targets"], area="Sa Pa", year=2025)["goal_kind"])


def test_a_number_that_was_lowered_is_replaced_and_one_of_unknown_order_is_a_choice(built):
    communes = goals(built["targets"], area="Lào Cai", level="province", year=2025, indicator="ntm_communes")
    assert communes[["stands", "goal"]].values.tolist() == [["goal", 84], ["replaced", 94]]
    income = goals(
        built["targets"], area="Lào Cai", level="province", year=2025, indicator="income_per_capita_rural"
    )
    assert income[["stands", "goal"]].values.tolist() == [["goal", 40], ["choice", 35]]


def test_the_plan_is_the_goal_and_target_and_standard_stand_beside():
    rows = [{"kind": "threshold", "value": 45.0}, {"kind": "target", "value": 60.0}, {"kind": "plan"}]
    assert stands(table(*rows)) == [
        ["goal", "plan", 66],
        ["beside", "target", 60],
        ["beside", "threshold", 45],
    ]
    assert stands(table(*rows[:2])) == [["goal", "target", 60], ["beside", "threshold", 45]]


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_restates_a_number_changes_nothing_of_the_goal(turned):
    over = {"figure_id": "z", "qualifier": "gt", "goal_id": "plan-2024", "definition": "all households"}
    again = {"figure_id": "a"}
    orders = ({"status": "superseded", "reason": "same_number"}, {})
    rows = [over | orders[turned], again | orders[not turned]]
    found = goals(table(*rows))
    assert found[["goal_qualifier", "goal_definition", "goal_figure_ids", "goal_ids"]].values.tolist() == [
        ["gt", "all households", "z a", "plan-2024"]
    ]


def test_different_stated_definitions_are_two_goals_and_a_blank_one_stands_with_the_only_one():
    rows = [{"definition": "services"}, {"definition": "", "value": 70.0, "status": "conflicting"}]
    assert len(list(each(goals(table(*rows))))) == 1
    parted = list(each(goals(table(*rows, {"definition": "tourism", "value": 80.0}))))
    assert [part["goal"].tolist() for part in parted] == [[70], [66], [80]]


def test_a_span_is_due_in_its_last_year_and_a_part_of_a_year_is_no_goal():
    rows = [{"period": "2021-2025"}, {"period": "2024H1"}, {"period": "2024-9M"}, {"period": "2024M08"}]
    assert goals(table(*rows))[["year", "goal_period"]].values.tolist() == [[2025, "2021-2025"]]


def test_what_is_out_of_scope_or_has_no_number_is_no_goal():
    assert goals(table({"status": "out_of_scope"}, {"value": float("nan")})).empty


def test_the_weaker_end_of_a_range_is_the_goal():
    ends = {"qualifier": "range", "value": 4.0, "low": 4.0, "high": 5.0}
    assert goals(table(ends))["goal"].tolist() == [4]
    assert goals(table(ends | {"indicator": "poverty_rate"}))["goal"].tolist() == [5]


def test_a_boundary_parts_the_goals_of_one_name(built):
    new = goals(built["targets"], area="Phúc Khánh", level="commune")
    assert set(new["area_since"]) == {"2025-07-01"}


def test_the_year_asked_for_when_none_is_named(built):
    targets, observed = built["targets"], built["observations"]
    assert goal_year(targets, observed) == 2024
    assert goal_year(targets, observed, area="Văn Bàn") == 2023
    assert goal_year(targets, observed, area="Lào Cai", level="province") == 2025
    assert goal_year(targets, observed, area="Si Ma Cai") is None


def test_an_asked_goal_has_the_columns_of_a_printed_one(built):
    assert list(asked("income_per_capita", value=60, year=2023).columns) == list(
        goals(built["targets"]).columns
    )
    assert asked("income_per_capita", value=60, year=2023)["goal_kind"].tolist() == ["asked"]


def test_direction_is_that_of_the_indicator_or_else_of_the_bound():
    assert [direction("income_per_capita", "le"), direction("poverty_rate", "ge")] == [1, -1]
    assert [direction("share_agriculture", said) for said in ("eq", "ge", "lt")] == [0, 1, -1]


@pytest.mark.parametrize(("indicator", "goal"), [("share_agriculture", 4), ("poverty_rate", 5)])
def test_a_range_of_what_is_better_neither_way_begins_at_its_lower_end(indicator, goal):
    ends = {"qualifier": "range", "value": 4.0, "low": 4.0, "high": 5.0, "indicator": indicator}
    assert goals(table(ends))["goal"].tolist() == [goal]


def test_what_is_told_to_restate_the_number_in_force_is_no_goal_of_its_own():
    """Also where its digits alone would not show it; another number is one, however it was judged."""
    again = {"value": 66.4, "status": "superseded", "reason": "same_number"}
    assert stands(table({}, again)) == [["goal", "plan", 66]]
    assert stands(table({}, again | {"reason": "by_date"})) == [
        ["goal", "plan", 66],
        ["replaced", "plan", 66.4],
    ]
    # It restates the number in force, not one that conflicts with it.
    other = {"value": 70.0, "status": "conflicting", "reason": "by_name"}
    found = goals(table({}, other, again))
    assert found["goal_figure_ids"].tolist() == ["f1 f3", "f2"]


def test_rows_are_read_as_pandas_reads_them():
    mixed = pd.DataFrame(
        {
            "year": pd.array([2022, None], dtype="Int64"),
            "inferred": pd.array([None, True], dtype="boolean"),
            "value": [45.0, float("nan")],
            "number": [1, 2],
            "counted": [True, False],
            "text": ["a", None],
            "since": pd.Series([None, "2020-02-11"], dtype=object),
            "day": pd.to_datetime(["2024-12-31", None]),
        }
    )
    for rows in (mixed, mixed[:0], mixed[["year"]]):
        assert repr(records(rows)) == repr(rows.to_dict("records"))
