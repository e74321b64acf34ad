"""What can stand for one year. All figures are invented."""

from itertools import combinations, permutations

import pytest
from conftest import each
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.agreement import agree, alike
from baoyen_analysis.measures.choices import Evidence, choices, derived_choices, held

ROW = {
    "year": 2022,
    "period": "2022",
    "kind": "actual",
    "derived": False,
    "year_inferred": False,
    "definition": "",
}


def figure(value: float, half: float = 0.5, **more) -> dict:
    named = {"figure_id": f"{value} {more}", "house": f"house of {value} {more}"}
    return ROW | named | {"value": value, "low": value - half, "high": value + half, "qualifier": "eq"} | more


def values(*rows: dict) -> list[float]:
    return [choice.value for choice in choices(list(rows))]


CELL = {"indicator": "tourist_visits", "area": "Bảo Yên", "area_level": "district"}


def told_by_a_share(plan: dict, **outcome) -> list[tuple]:
    """What tells of a plan of 10 for 2022 where a share of a plan is printed with an outcome."""
    goal = CELL | {"area_since": "", "year": 2022, "goal": 10, "goal_kind": "plan", "goal_period": "2022"}
    goal |= {"goal_definition": ""}
    plan = {"kind": "plan", "period": "2022", "low": 10, "high": 10} | plan
    row = figure(12) | {"unit": "visits", "of_plan": plan, "area_since": ""} | outcome
    shares = held(Evidence({}, {}, {tuple(CELL.values()): [row]}), goal)[2]
    return [(share.kind, share.qualifier, share.low, share.high) for share in shares]


def test_a_printed_share_tells_of_the_plan_that_it_implies():
    told = [("share_of_plan", "eq", 11.5, 12.5)]
    assert told_by_a_share({}) == told
    assert told_by_a_share({"low": 9.5, "high": 10.5}) == told
    for other in ({"low": 10.1, "high": 11}, {"low": 9, "high": 9.9}, {"period": "2021"}, {"kind": "target"}):
        assert told_by_a_share(other) == []


def test_a_part_of_the_year_tells_of_the_year_once_it_is_at_the_plan_where_parts_add_up():
    part = {"period": "2022-9M"}
    assert told_by_a_share({}, low=10, **part) == [("share_of_plan", "ge", 10, float("inf"))]
    assert told_by_a_share({}, low=9.9, **part) == []
    assert told_by_a_share({}, low=10, unit="million VND/ha", **part) == []
    assert told_by_a_share({}, low=10, **part | {"year": 2021, "period": "2021-9M"}) == []


@each(
    [
        ({}, "B"),
        ({"kind": "preliminary"}, "C"),
        ({"qualifier": "gt"}, "C"),
        ({"qualifier": "range"}, "C"),
        ({"year_inferred": True}, "C"),
        ({"derived": True}, "C"),
        ({"house": ""}, "C"),
    ]
)
def test_one_plain_actual_of_a_publisher_is_a_b_and_any_doubt_a_c(more, grade):
    assert [choice.grade for choice in choices([figure(45, **more)])] == [grade]


def test_two_publishers_of_one_outcome_make_an_a():
    assert [choice.grade for choice in choices([figure(45), figure(45, house="another")])] == ["A"]


def test_figures_that_agree_are_one_choice_that_counts_its_publishers():
    found = choices(
        [figure(45), figure(45.2, 0.05), figure(45, house="house of 45 {}", figure_id="again"), figure(50)]
    )
    assert [(choice.value, choice.publishers, choice.contested) for choice in found] == [
        (45.2, 2, True),
        (50, 1, True),
    ]
    assert found[0].figure_ids.split()[0] == "45.2"


def test_a_site_that_is_no_publisher_of_its_own_confirms_without_counting():
    assert choices([figure(45, house=""), figure(45, figure_id="z")])[0].publishers == 1
    assert choices([figure(45, house="")])[0].publishers == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_two_that_cannot_both_be_so_stand_though_a_third_agrees_with_each(order):
    touching = [figure(45), figure(46), figure(47)]
    assert values(*(touching[i] for i in order)) == [45, 47]
    wide = [figure(45), figure(50), figure(47, 3, qualifier="approx")]
    assert values(*(wide[i] for i in order)) == [45, 50]


def test_bounds_agree_on_their_open_side():
    over = figure(219, qualifier="gt", low=219, high=220)
    assert values(over, figure(221.2, qualifier="gt", low=221.2, high=221.3)) == [221.2]
    assert values(over, figure(221.2, 0.05)) == [221.2]
    assert values(over, figure(400)) == [219, 400]


def test_a_worse_kind_is_no_choice():
    assert values(figure(45, kind="estimate"), figure(50), figure(47, kind="preliminary")) == [50]
    assert values(figure(45, kind="estimate"), figure(47, kind="preliminary")) == [47]


def test_of_equals_the_one_whose_year_and_count_are_printed_stands():
    rows = [
        figure(45, figure_id="a", year_inferred=True),
        figure(45, figure_id="b"),
        figure(45, figure_id="c", definition="all"),
    ]
    assert choices(rows)[0].figure_id == "c"
    assert choices(rows[:2])[0].figure_id == "b"


def test_two_stated_definitions_are_two_choices():
    assert values(figure(45, definition="a"), figure(45, definition="b"), figure(45)) == [45, 45]


def test_derived_figures_that_contradict_each_other_are_none():
    rows = [figure(45, derived=True), figure(50, derived=True)]
    assert derived_choices(rows) == []
    assert [choice.value for choice in derived_choices([rows[0], figure(45.2, 0.05, derived=True)])] == [45.2]
    assert derived_choices([]) == []


drawn = st.builds(
    figure,
    st.integers(40, 52),
    st.sampled_from([0.05, 0.5, 2.0]),
    definition=st.sampled_from(["", "", "a", "b"]),
    qualifier=st.sampled_from(["eq", "gt", "approx"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        drawn,
        max_size=6,
        unique_by=lambda row: (row["value"], row["low"], row["qualifier"], row["definition"]),
    ),
    st.randoms(),
)
def test_every_figure_stands_or_confirms_and_order_is_nothing(rows, random):
    rows = [row | {"figure_id": f"{n}"} for n, row in enumerate(rows)]
    found = choices(rows)
    said = {figure_id for choice in found for figure_id in choice.figure_ids.split()}
    assert said == {row["figure_id"] for row in rows}
    by_id = {row["figure_id"]: row for row in rows}
    for choice in found:
        assert all(_can_both(by_id[choice.figure_id], by_id[other]) for other in choice.figure_ids.split())
    for pair in combinations(rows, 2):
        if alike(*(row["definition"] for row in pair)) and not agree(*pair):
            either = {row["figure_id"] for row in pair}
            assert all(choice.contested for choice in found if either & set(choice.figure_ids.split()))
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert choices(shuffled) == found


def _can_both(first: dict, second: dict) -> bool:
    return first is second or bool(agree(first, second) and alike(first["definition"], second["definition"]))


def test_of_two_intervals_as_wide_the_plain_figure_stands_for_the_bound():
    bound = figure(44.5, qualifier="gt", low=44.5, high=45.5, figure_id="a bound")
    for rows in ((bound, figure(45)), (figure(45), bound)):
        assert [(choice.value, choice.qualifier) for choice in choices(list(rows))] == [(45, "eq")]
