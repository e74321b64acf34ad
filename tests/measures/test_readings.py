"""Which outcomes, bases and numbers are read, and what each reading says. All figures are invented."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.measures.goals import asked
from baoyen_analysis.measures.readings import COLUMNS, MARKS


def _counted(rows: pd.DataFrame) -> list[list[float]]:
    kept = rows[rows["counted"]]
    return kept[["outcome_year", "base_year"]].astype(float).values.tolist()


def _because(rows: pd.DataFrame) -> dict[tuple[int, int], str]:
    return {(row.outcome_year, row.base_year): row.shown_because for row in rows.itertuples()}


def test_growth_needed_and_done_with_their_ranges_over_the_corners_of_both_intervals(judged):
    """The outcome stands in both: 49.5 needs more and has done less than 50.5."""
    rows = judged(
        [
            {"year": 2020, "value": 36, "low": 35.5, "high": 36.5},
            {"year": 2022, "value": 50, "low": 49.5, "high": 50.5},
        ],
        66,
    ).readings
    row = rows.iloc[0]
    assert row["needed"] == pytest.approx((66 / 50) ** 0.5 - 1)
    assert row["needed_low"] == pytest.approx((66 / 50.5) ** 0.5 - 1)
    assert row["needed_high"] == pytest.approx((66 / 49.5) ** 0.5 - 1)
    assert row["done"] == pytest.approx((50 / 36) ** 0.5 - 1)
    assert row["done_low"] == pytest.approx((49.5 / 36.5) ** 0.5 - 1)
    assert row["done_high"] == pytest.approx((50.5 / 35.5) ** 0.5 - 1)
    assert row["ratio"] == pytest.approx(row["done"] / row["needed"])
    assert row["ratio_low"] == pytest.approx(row["done_low"] / row["needed_high"])
    assert row["ratio_high"] == pytest.approx(row["done_high"] / row["needed_low"])
    assert row["enough"] == "yes"
    assert list(rows.columns) == COLUMNS


def test_what_rounding_does_not_settle_is_open_and_what_is_printed_is_kept_beside(judged):
    """1.2 million may be 1.15, and a half million 0.6: from there the growth was too slow."""
    rows = judged(
        [
            {"year": 2017, "value": 5e5, "low": 4e5, "high": 6e5, "qualifier": "approx"},
            {"year": 2022, "value": 1.2e6, "low": 1.15e6, "high": 1.25e6},
        ],
        1.6e6,
        indicator="tourist_visits",
    ).readings
    assert rows[["enough", "as_printed"]].values.tolist() == [["open", "yes"]]
    assert rows.loc[0, MARKS].to_dict() == dict.fromkeys(MARKS, False) | {
        "approx": True,
        "through_covid": True,
    }


def test_every_earlier_year_is_a_base_up_to_fifteen_years_back(judged):
    rows = judged(
        [{"year": year, "value": 10 + year - 2000} for year in (2006, 2007, 2012, 2020, 2022)], 66
    ).readings
    assert _counted(rows) == [[2022, 2020], [2022, 2012], [2022, 2007]]
    assert 2006 not in rows["base_year"].tolist()


def test_a_span_shorter_than_the_years_left_is_shown_where_a_longer_one_counts(judged):
    rows = judged(
        [{"year": 2019, "value": 70}, {"year": 2021, "value": 75}, {"year": 2022, "value": 80}], 95
    ).readings
    assert _because(rows) == {(2022, 2019): "", (2022, 2021): "short_span"}
    alone = judged([{"year": 2021, "value": 75}, {"year": 2022, "value": 80}], 95).readings
    assert _because(alone) == {(2022, 2021): ""}


def test_a_longer_span_that_does_not_count_itself_takes_nothing_away(judged):
    rows = judged(
        [
            {"year": 2019, "value": 70, "definition": "income value"},
            {"year": 2021, "value": 75, "definition": "product value"},
            {"year": 2022, "value": 80, "definition": "product value"},
        ],
        95,
        definition="product value",
    ).readings
    assert _because(rows) == {(2022, 2021): "", (2022, 2019): "unlike"}


def test_the_best_kind_of_the_latest_year_is_the_outcome_and_an_earlier_year_never_stands_for_it(judged):
    rows = judged(
        [
            {"year": 2020, "value": 40},
            {"year": 2022, "value": 50, "kind": "estimate"},
            {"year": 2022, "value": 47, "kind": "preliminary"},
            {"year": 2021, "value": 44},
        ],
        66,
    ).readings
    assert rows["outcome_value"].unique().tolist() == [47]
    assert rows["base_value"].tolist() == [40, 44]
    rows = judged([{"year": 2021, "value": 44}, {"year": 2023, "value": 58, "kind": "estimate"}], 66).readings
    assert rows[["outcome_value", "estimate"]].values.tolist() == [[58, True]]


def test_an_outcome_after_the_goals_year_says_nothing_of_it(judged):
    found = judged([{"year": 2022, "value": 50}, {"year": 2025, "value": 70}], 66)
    assert found.readings["outcome_year"].tolist() == [2022]
    assert found.verdict["reason"] == "no_base"


def test_a_derived_base_stands_only_where_none_of_its_year_is_printed(judged):
    outcomes = [{"year": 2012, "value": 9.35}, {"year": 2022, "value": 50}]
    derived = [{"year": 2020, "value": 32.67}]
    rows = judged(outcomes, 66, derived=derived).readings
    assert rows[["base_value", "derived"]].values.tolist() == [[32.67, True], [9.35, False]]
    rows = judged([*outcomes, {"year": 2020, "value": 36}], 66, derived=derived).readings
    assert rows["base_value"].tolist() == [36, 9.35]
    assert not rows["derived"].any()


def test_derived_bases_that_contradict_each_other_are_none_and_those_that_agree_are_the_narrowest(judged):
    outcomes = [{"year": 2022, "value": 50}]
    apart = [{"year": 2020, "value": 32.67}, {"year": 2020, "value": 36}]
    assert judged(outcomes, 66, derived=apart).readings["shown_because"].tolist() == ["no_base"]
    wide = {"year": 2020, "value": 33, "low": 32, "high": 34}
    assert judged(outcomes, 66, derived=[wide, apart[0]]).readings["base_value"].tolist() == [32.67]


def test_an_outcome_that_counts_otherwise_is_shown_beside_the_latest_that_does_not(judged):
    rows = judged(
        [
            {"year": 2019, "value": 75, "definition": "product value"},
            {"year": 2021, "value": 80, "definition": "product value"},
            {"year": 2022, "value": 92, "definition": "income value"},
        ],
        95,
        indicator="yield_per_ha",
        definition="product value",
    ).readings
    assert _counted(rows) == [[2021, 2019]]
    shown = rows[~rows["counted"]]
    assert shown["outcome_value"].tolist() == [92, 92]
    assert shown["unlike"].all()


def test_a_base_that_does_not_say_what_it_counts_may_be_of_either_of_two_definitions(judged):
    def bases(*definitions: str) -> dict:
        years = (2016, 2018, 2020, 2022)
        outcomes = [
            {"year": year, "value": 60 + year - 2016, "definition": definition}
            for year, definition in zip(years, definitions, strict=True)
        ]
        return _because(judged(outcomes, 95, definition=definitions[-1]).readings)

    assert bases("", "crops", "all land", "all land")[2022, 2016] == "unlike"
    assert bases("", "crops", "", "all land")[2022, 2016] == "unlike"
    assert bases("", "all land", "", "all land")[2022, 2016] == ""
    assert bases("all land", "crops", "", "all land")[2022, 2016] == ""


@pytest.mark.parametrize(
    ("outcomes", "goal", "options", "reason"),
    [
        ([], 66, {}, "no_outcome"),
        ([(2022, 50)], 66, {}, "no_base"),
        ([(2010, 20), (2018, 40)], 66, {}, "stale"),
        ([(2010, 20), (2019, 40)], 66, {}, ""),
        ([(2021, 0), (2022, 50)], 66, {}, "zero_base"),
        ([(2021, -5), (2022, 50)], 66, {}, "sign_change"),
        ([(2020, 20), (2022, 0)], 66, {}, "zero_base"),
        ([(2020, 20), (2022, 50)], 0, {}, "sign_change"),
        ([(2020, 12), (2022, 13)], 14, {"indicator": "economic_growth"}, "growth_rate_indicator"),
        ([(2017, 4e5), (2019, 5e5)], 1.6e6, {"indicator": "tourist_visits"}, "covid"),
        ([(2017, 4e5), (2018, 5e5)], 6e5, {"indicator": "tourist_visits", "year": 2019}, ""),
        ([(2019, 5e5), (2021, 2e5)], 1.6e6, {"indicator": "tourist_visits"}, "covid"),
        ([(2019, 5e5), (2020, 2e5), (2022, 1e6)], 1.6e6, {"indicator": "tourist_visits"}, ""),
        ([(2018, 30), (2021, 28)], 25, {"indicator": "share_agriculture"}, "no_direction"),
        ([(2018, 30), (2021, 28)], 25, {"indicator": "share_agriculture", "qualifier": "le"}, ""),
    ],
)
def test_what_has_no_pace_says_why(judged, outcomes, goal, options, reason):
    found = judged([{"year": year, "value": value} for year, value in outcomes], goal, **options)
    assert found.verdict["reason"] == reason
    assert (found.verdict["verdict"] == "no_pace") == bool(reason)
    assert bool(reason) != found.readings["counted"].any()


def test_the_years_of_covid_are_no_base_of_tourism(judged):
    rows = judged(
        [{"year": year, "value": 1e6 + year} for year in (2018, 2020, 2021, 2022)],
        1.6e6,
        indicator="tourist_visits",
    ).readings
    assert _because(rows) == {(2022, 2018): ""}
    assert rows["through_covid"].tolist() == [True]


def test_shares_and_counts_of_a_fixed_total_go_by_points_and_units_also_from_zero(judged):
    rows = judged(
        [{"year": 2022, "value": 0}, {"year": 2023, "value": 1}], 2, indicator="ntm_communes_advanced"
    ).readings
    assert rows[["needed", "done", "enough"]].values.tolist() == [[1, 1, "yes"]]
    rows = judged(
        [{"year": 2021, "value": 60}, {"year": 2023, "value": 68}], 71, indicator="schools_national_standard"
    ).readings
    assert rows[["needed", "done", "ratio"]].values.tolist() == [[3, 4, 4 / 3]]


def test_where_less_is_better_the_signs_turn(judged):
    fast = judged(
        [{"year": 2021, "value": 21.48}, {"year": 2023, "value": 13.9}], 10.5, indicator="poverty_rate"
    )
    assert fast.readings[["needed", "done", "enough"]].round(2).values.tolist() == [[-3.4, -3.79, "yes"]]
    assert fast.verdict["attainment_low"] == pytest.approx(10.5 / 13.9)
    slow = judged(
        [{"year": 2021, "value": 15}, {"year": 2023, "value": 13.9}], 10.5, indicator="poverty_rate"
    )
    assert slow.readings["enough"].tolist() == ["no"]
    rising = judged(
        [{"year": 2021, "value": 12}, {"year": 2023, "value": 13.9}], 10.5, indicator="poverty_rate"
    )
    assert rising.readings[["enough", "ratio"]].round(2).values.tolist() == [["no", -0.28]]


def test_growth_from_what_may_be_nothing_is_without_limit(judged):
    rows = judged(
        [{"year": 2020, "value": 4, "low": 0, "high": 5, "qualifier": "lt"}, {"year": 2022, "value": 8}], 9
    )
    assert np.isinf(rows.readings["done_high"].iloc[0])
    assert rows.readings["enough"].tolist() == ["yes"]


def test_a_boundary_parts_the_readings_of_one_name(judged):
    old = {"year": 2022, "value": 30, "area_since": ""}
    new = {"year": 2025, "value": 48, "area_since": "2025-07-01"}
    goal = asked("income_per_capita", value=58, year=2030)
    assert judged([old, new], goal).readings["shown_because"].tolist() == ["no_base"]
    before = judged([{"year": 2020, "value": 25}, old, new], asked("income_per_capita", value=40, year=2024))
    assert _counted(before.readings) == [[2022, 2020]]


def _at_goal(judged, goal: pd.DataFrame, *printed, derived: bool = False) -> str:
    """What an outcome of the goal's own year, printed or derived, answers."""
    row = {"year": 2024} | dict(zip(("value", "low", "high", "qualifier"), printed, strict=True))
    rows = judged(
        [] if derived else [row], goal, indicator=goal["indicator"].iloc[0], derived=[row] * derived
    )
    return rows.readings["at_goal"].item()


@pytest.mark.parametrize(
    ("value", "low", "high", "qualifier", "goal", "said", "answer"),
    [
        (60.8, 60.75, 60.85, "eq", 60.8, "eq", "yes"),  # plain rounding leaves nothing open
        (60.7, 60.65, 60.85, "eq", 60.8, "eq", "no"),
        (66, 65.5, 66.5, "eq", 66, "gt", "open"),  # exactly at "trên 66"
        (66.1, 66.05, 66.15, "eq", 66, "gt", "yes"),
        (66, 66, 67, "gt", 66, "gt", "yes"),  # "trên 66" lies above 66
        (66, 66, np.inf, "ge", 66, "gt", "open"),
        (66, 66, np.inf, "ge", 66, "eq", "yes"),
        (219, 219, 220, "gt", 219.5, "eq", "open"),
        (219, 219, 220, "gt", 230, "eq", "no"),
        (27000, 26000, 27000, "approx", 27000, "eq", "open"),
        (27000, 26000, 27000, "approx", 26000, "eq", "yes"),
        (27000, 26000, 27000, "approx", 26000, "gt", "open"),
        (27000, 26000, 27000, "approx", 27000, "gt", "no"),  # "gần 27.000" is not over 27,000
        (27000, 26000, 28000, "approx", 27000, "gt", "open"),
        (4.5, 4.5, 5, "range", 5, "gt", "no"),
        (66, 0, 66, "le", 66, "gt", "no"),
        (5, 4, 5, "lt", 5, "eq", "no"),  # "dưới 5" lies below 5
        (4.5, 4.5, 5, "range", 4.8, "eq", "open"),
        (4.5, 4.5, 5, "range", 4.5, "eq", "yes"),
    ],
)
def test_whether_an_outcome_is_at_its_goal(judged, value, low, high, qualifier, goal, said, answer):
    aim = asked("income_per_capita", value=goal, year=2024, qualifier=said)
    assert _at_goal(judged, aim, value, low, high, qualifier) == answer
    # Turned over, for what is better when less.
    turned = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}
    aim = asked("poverty_rate", value=-goal, year=2024, qualifier=turned.get(said, said))
    mirrored = (-value, -high, -low, turned.get(qualifier, qualifier))
    assert _at_goal(judged, aim, *mirrored) == answer


def test_a_derived_outcome_is_open_where_its_interval_holds_both_answers(judged):
    aim = asked("income_per_capita", value=66, year=2024)
    assert _at_goal(judged, aim, 66.2, 65.9, 66.5, "eq", derived=True) == "open"
    assert _at_goal(judged, aim, 66.2, 66.1, 66.3, "eq", derived=True) == "yes"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2012, 2024), st.floats(10, 99), st.sampled_from(["actual", "estimate"])),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[:2],
    ),
    st.randoms(),
    st.floats(10, 99),
)
def test_the_order_of_rows_never_matters(judged, drawn, random, goal):
    rows = [
        {"year": year, "value": value, "kind": kind, "figure_id": f"{year}-{value}"}
        for year, value, kind in drawn
    ]
    first = judged(rows, goal)
    random.shuffle(rows)
    again = judged(rows, goal)
    pd.testing.assert_frame_equal(first.readings, again.readings)
    pd.testing.assert_series_equal(first.verdict, again.verdict)


def test_the_goal_of_a_term_is_judged_by_an_outcome_of_its_last_year_or_of_the_term(judged):
    goal = asked("income_per_capita", value=66, year=2025).assign(goal_period="2021-2025")
    for period in ("2025", "2021-2025"):
        found = judged([{"year": 2025, "value": 67, "period": period}], goal)
        assert (found.verdict["verdict"], found.readings["judged"].tolist()) == ("met", ["level"])


@pytest.mark.parametrize(
    ("indicator", "said", "value", "goal_said", "answer"),
    [
        ("income_per_capita", "eq", 66, "eq", "yes"),
        ("income_per_capita", "eq", 66, "ge", "yes"),
        ("income_per_capita", "eq", 66, "gt", "open"),
        ("income_per_capita", "gt", 66, "gt", "yes"),
        ("income_per_capita", "lt", 66, "eq", "no"),
        ("income_per_capita", "le", 66, "eq", "open"),
        ("income_per_capita", "eq", 65.9, "eq", "no"),
        ("income_per_capita", "eq", 66.1, "gt", "yes"),
        ("poverty_rate", "eq", 66, "eq", "yes"),
        ("poverty_rate", "eq", 66, "lt", "open"),
        ("poverty_rate", "lt", 66, "lt", "yes"),
        ("poverty_rate", "gt", 66, "eq", "no"),
        ("poverty_rate", "eq", 66.1, "le", "no"),
        ("share_agriculture", "eq", 66, "eq", "yes"),
        ("share_agriculture", "eq", 67, "eq", "open"),
        ("share_agriculture", "eq", 67, "ge", "yes"),
        ("share_agriculture", "eq", 67, "le", "no"),
    ],
)
def test_at_the_goal_itself_the_words_of_both_decide(judged, indicator, said, value, goal_said, answer):
    ends = {"gt": (value, value + 1), "lt": (0, value), "le": (0, value)}.get(said, (value, value))
    row = {"year": 2024, "value": value, "qualifier": said} | dict(zip(("low", "high"), ends, strict=True))
    found = judged([row], 66, indicator=indicator, qualifier=goal_said)
    assert found.readings["at_goal"].tolist() == [answer]


@pytest.mark.parametrize(
    ("base", "outcome", "goal", "because"),
    [
        (36, 50, 66, ""),
        (0, 50, 66, "zero_base"),
        (0.5, 50, 66, ""),
        (-1, 50, 66, "sign_change"),
        (36, 0, 66, "zero_base"),
        (36, -1, 66, "sign_change"),
        (36, 50, 0, "sign_change"),
        (36, 50, 0.5, ""),
    ],
)
def test_no_growth_is_read_from_or_to_nothing(judged, base, outcome, goal, because):
    rows = judged([{"year": 2020, "value": base}, {"year": 2022, "value": outcome}], goal).readings
    assert rows["shown_because"].tolist() == [because]


def test_growth_ends_before_the_year_of_the_goal_though_nothing_of_that_year_is_like_it(judged):
    """Whatever was reached in the goal's own year is its level: no growth to it is asked."""
    outcomes = [{"year": 2020, "value": 36}, {"year": 2022, "value": 50}, {"year": 2024, "value": 60}]
    aim = asked("income_per_capita", value=66, year=2024).assign(goal_definition="of another kind")
    rows = judged([row | {"definition": "one kind"} for row in outcomes], aim).readings
    kept = rows[["judged", "outcome_year", "base_year", "shown_because"]].fillna(0)
    assert kept.values.tolist() == [["level", 2024, 0, "unlike"], ["pace", 2022, 2020, "unlike"]]
