"""What can stand for one year. All figures are invented."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.agreement import agree, alike
from baoyen_analysis.measures.choices import choices, derived_choices

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
