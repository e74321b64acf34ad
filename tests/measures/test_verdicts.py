"""The verdicts on the record, as it stands and as it may grow. Figures that are added are invented."""

import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baoyen_analysis.measures.choices import evidence
from baoyen_analysis.measures.goals import asked, goals
from baoyen_analysis.measures.readings import readings
from baoyen_analysis.measures.verdicts import (
    COLUMNS,
    COUNTED_AS,
    answers_by,
    counts,
    scorecard,
    verdict,
)

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import verdicts as pace

VERDICTS = {"met", "missed", "open", "reached", "fast_enough", "too_slow", "turns_on", "depends", "no_pace"}
CORE = ("income_per_capita", "yield_per_ha", "tourist_visits", "tourism_revenue")


def houses(tables: dict) -> dict[str, str]:
    """Who stands behind each source."""
    return tables["sources"].set_index("source_id")["counted_as"].to_dict()


def judged_by(tables: dict, goal: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    rows = readings(goal, tables["observations"], tables["derived"], houses=houses(tables))
    return rows, verdict(rows).iloc[0]


def of(tables: dict, indicator: str, year: int = 2024) -> tuple[pd.DataFrame, pd.Series]:
    return judged_by(tables, goals(tables["targets"], indicator=indicator, year=year))


def card(tables: dict, year: int | None = 2024) -> pd.DataFrame:
    rows = scorecard(
        goals(tables["targets"], year=year), tables["observations"], tables["derived"], houses=houses(tables)
    )
    return rows.set_index("indicator")


def percent(values) -> list[float]:
    return sorted(round(100 * value, 1) for value in values)


# The record


def test_income_turns_on_which_outcome_of_2022_is_right(built):
    rows, said = of(built, "income_per_capita")
    assert said[["verdict", "turns_on", "grade"]].tolist() == ["turns_on", "outcome", "C"]
    assert said[["n_counted", "n_yes", "n_no", "n_open"]].tolist() == [4, 2, 2, 0]
    fifty, other = (rows[rows["outcome_value"] == value] for value in (50, 45))
    assert set(fifty["enough"]) == {"yes"}
    assert set(other["enough"]) == {"no"}
    assert percent(fifty["needed"].unique()) == [14.9]
    assert percent(fifty["done"]) == [18.3, 23.7]
    assert percent(other["needed"].unique()) == [21.1]
    assert percent(other["done"]) == [17.0, 17.4]
    assert percent(said[["needed_low", "needed_high", "done_low", "done_high"]]) == [14.9, 17.0, 21.1, 23.7]
    assert said[["outcome_low", "outcome_high", "outcome_year", "outcome_kind"]].tolist() == [
        45,
        50,
        2022,
        "actual",
    ]
    assert answers_by(rows, "outcome")[["value", "answer"]].values.tolist() == [[50, "yes"], [45, "no"]]


def test_the_value_of_a_hectare_grew_too_slowly_and_92_counts_otherwise(built):
    rows, said = of(built, "yield_per_ha")
    assert said[["verdict", "grade", "n_counted", "n_no"]].tolist() == ["too_slow", "B", 1, 1]
    counted, shown = (rows[rows["counted"] == answer] for answer in (True, False))
    assert counted[["base_value", "base_year", "outcome_value", "outcome_year"]].values.tolist() == [
        [75, 2019, 80, 2021]
    ]
    assert percent(counted["done"]) == [3.3]
    assert percent(counted["needed"]) == [5.9]
    assert shown["outcome_value"].tolist() == [92, 92]
    assert shown["base_value"].tolist() == [80, 75]
    assert shown["shown_because"].tolist() == ["unlike", "unlike"]


def test_visits_turn_on_the_rounding(built):
    rows, said = of(built, "tourist_visits")
    assert said[["verdict", "turns_on", "grade", "n_counted", "n_open"]].tolist() == [
        "turns_on",
        "rounding",
        "C",
        2,
        2,
    ]
    assert percent(rows["needed"].unique()) == [15.5]
    assert percent(rows["done"]) == [19.1, 21.2]
    assert rows["through_covid"].all()


def test_revenue_has_no_pace_because_its_one_outcome_counts_otherwise(built):
    rows, said = of(built, "tourism_revenue")
    assert said[["verdict", "reason", "grade", "n_counted"]].tolist() == ["no_pace", "unlike", "D", 0]
    assert rows[["outcome_value", "outcome_definition", "goal_definition"]].values.tolist() == [
        [780, "tourism services", "tourism and services"]
    ]
    assert said[["outcome_low", "outcome_year"]].tolist() == [780, 2022]
    assert np.isnan(said["attainment_low"])


def test_of_the_ten_goals_of_2024_none_has_an_outcome_of_its_year(built):
    rows = card(built)
    assert counts(rows) == {"goals": 10, "met": 0, "missed": 0, "open": 0, "without": 10}
    assert set(rows["goal_ids"]) == {"plan-2024"}
    assert list(rows.columns)[: len(COLUMNS) - 1] == COLUMNS[1:]


def test_verdicts_hold_when_the_order_of_the_record_changes(built):
    first = card(built)
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in built.items()}
    pd.testing.assert_frame_equal(first, card(turned))


# The record as it may grow: 45 and 50 in each other's place, a third source, an office's own tables


def office(source_id: str, *figures: tuple, **more) -> dict:
    """A source that prints figures: (indicator, period, kind, value), perhaps with further cells."""
    keys = ("indicator", "period", "kind", "value")
    rows = [
        dict(zip(keys, figure, strict=False)) | (figure[4] if len(figure) > 4 else {}) for figure in figures
    ]
    return {"source_id": source_id, "figures": rows} | more


@pytest.mark.parametrize(
    ("published", "source_kind"), [("2023-06-01", "statistics"), ("2020-01-01", "press"), ("", "press")]
)
def test_income_turns_on_the_outcome_whichever_of_45_and_50_is_first(judgeable, published, source_kind):
    """A further page prints one of the two, so that the precedence between them changes."""
    for value in (45, 50):
        page = office(
            "new-page",
            ("income_per_capita", "2022", "actual", value),
            published=published,
            source_kind=source_kind,
        )
        tables = judgeable(page | {"publisher": "Trang khác (thử)"})
        rows, said = of(tables, "income_per_capita")
        assert said[["verdict", "turns_on", "grade", "n_yes", "n_no"]].tolist() == [
            "turns_on",
            "outcome",
            "C",
            2,
            2,
        ]
        publishers = rows.groupby("outcome_value")["outcome_publishers"].first()
        assert publishers.to_dict() == {45: 2, 50: 1} if value == 45 else {45: 1, 50: 2}


def test_with_a_third_source_of_47_income_depends(judgeable):
    rows, said = of(
        judgeable(office("third", ("income_per_capita", "2022", "actual", 47))), "income_per_capita"
    )
    assert said[["verdict", "grade", "n_counted", "n_yes", "n_no"]].tolist() == ["depends", "C", 6, 3, 3]
    assert answers_by(rows, "outcome")[["value", "answer"]].values.tolist() == [
        [50, "yes"],
        [47, "either"],
        [45, "no"],
    ]


# As an office lays its yearly tables out: two outcomes, the plan between them and the next year's plan.
OF_2023 = {
    "income_per_capita": (50, 58, 58.5, 66),
    "yield_per_ha": (84, 88, 89, 95),
    "grain_output": (42150, 42300, 42510, 42600),
    "cinnamon_area": (24500, 25000, 25320, 26000),
    "budget_revenue": (210, 220, 231.5, 240),
    "tourist_visits": (1200000, 1400000, 1430000, 1600000),
    "tourism_revenue": (780, 950, 960, 1120),
    "ntm_communes": (14, 16, 15, 16),
    "ntm_communes_advanced": (0, 1, 1, 2),
    "poverty_rate": (18.5, 14.5, 13.9, 10.5),
    "schools_national_standard": (64, 67, 68, 70),
    "forest_cover": (60.5, 60.6, 60.6, 60.8),
}
OF_2024 = {
    "income_per_capita": (58.5, 66, 67.2, 75),
    "yield_per_ha": (89, 95, 93.1, 100),
    "grain_output": (42510, 42600, 41200, 42800),
    "cinnamon_area": (25320, 26000, 26100, 26500),
    "budget_revenue": (231.5, 240, 255, 260),
    "tourist_visits": (1430000, 1600000, 1520000, 1700000),
    "tourism_revenue": (960, 1120, 1125, 1300),
    "ntm_communes": (15, 16, 16, 16),
    "ntm_communes_advanced": (1, 2, 2, 3),
    "poverty_rate": (13.9, 10.5, 10.1, 7),
    "schools_national_standard": (68, 70, 72, 75),
    "forest_cover": (60.6, 60.8, 60.8, 61),
}
MET_2024 = {
    "income_per_capita",
    "ntm_communes",
    "ntm_communes_advanced",
    "schools_national_standard",
    "tourism_revenue",
}
MISSED_2024 = {"yield_per_ha", "tourist_visits"}
UNKNOWN_2024 = {
    "mass_organisations_good_rating_district",
    "mass_organisations_good_rating_local",
    "party_units_good_rating",
}


def yearly_table(
    year: int, table: dict, *, kind: str = "estimate", keep=("before", "plan", "this", "next")
) -> dict:
    heads = {
        "before": (str(year - 1), "actual"),
        "plan": (str(year), "plan"),
        "this": (str(year), kind),
        "next": (str(year + 1), "plan"),
    }
    figures = [
        (indicator, *heads[head], value)
        for indicator, values in table.items()
        for head, value in zip(heads, values, strict=True)
        if head in keep
    ]
    return office(f"office-{year}", *figures, published=f"{year}-12-20")


def named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["goal_ids"] == "plan-2024"]


def by_verdict(rows: pd.DataFrame) -> dict[str, set[str]]:
    return {said: set(part.index) for said, part in rows.groupby("verdict")}


def test_an_offices_table_with_the_outcome_beside_two_plans_settles_the_year(judgeable):
    rows = named(card(judgeable(yearly_table(2024, OF_2024))))
    assert by_verdict(rows) == {"met": MET_2024, "missed": MISSED_2024, "no_pace": UNKNOWN_2024}
    assert counts(rows) == {"goals": 10, "met": 5, "missed": 2, "open": 0, "without": 3}
    assert set(rows.loc[list(MET_2024 | MISSED_2024), "outcome_kind"]) == {"estimate"}
    assert set(rows.loc[list(MET_2024 | MISSED_2024), "grade"]) == {"C"}


def test_what_the_office_planned_besides_is_no_goal_of_goals_csv(judgeable):
    rows = card(judgeable(yearly_table(2024, OF_2024)))
    also = rows[rows["goal_ids"] == ""]
    assert set(also.index) == {
        "budget_revenue",
        "cinnamon_area",
        "forest_cover",
        "grain_output",
        "poverty_rate",
    }
    assert by_verdict(also) == {
        "met": {"budget_revenue", "cinnamon_area", "forest_cover", "poverty_rate"},
        "missed": {"grain_output"},
    }


def test_a_restated_plan_keeps_its_bound_its_total_and_its_goal(judgeable, built):
    tables = judgeable(yearly_table(2024, OF_2024, keep=("plan",)))
    rows = named(card(tables))
    assert len(rows) == 10
    assert rows.loc["income_per_capita", ["goal", "goal_qualifier"]].tolist() == [66, "gt"]
    assert rows.loc["ntm_communes", ["goal", "goal_denominator"]].tolist() == [16, 16]
    assert rows.loc["tourism_revenue", "goal_definition"] == "tourism and services"
    before = named(card(built))
    same = ["verdict", "turns_on", "grade", "n_counted", "n_yes", "n_no", "reason", "needed_low", "done_high"]
    pd.testing.assert_frame_equal(rows[same], before[same])


def test_exactly_66_is_open_where_the_plan_is_over_66_though_an_office_restates_66(judgeable):
    figures = (("income_per_capita", "2024", "plan", 66), ("income_per_capita", "2024", "actual", 66))
    _, said = of(judgeable(office("office-2024", *figures)), "income_per_capita")
    assert said[["verdict", "turns_on", "reason"]].tolist() == ["open", "rounding", "at_bound"]


def test_an_actual_of_one_publisher_is_met_and_said(judgeable):
    tables = judgeable(yearly_table(2024, OF_2024, kind="actual"))
    _, said = of(tables, "income_per_capita")
    assert said[["verdict", "grade", "outcome_kind"]].tolist() == ["met", "B", "actual"]
    press = office(
        "press-2025",
        ("income_per_capita", "2024", "actual", 67),
        publisher="Báo Lào Cai",
        source_kind="press",
    )
    _, said = of(judgeable(yearly_table(2024, OF_2024, kind="actual"), press), "income_per_capita")
    assert said[["verdict", "grade", "n_counted"]].tolist() == ["met", "A", 1]
    again = press | {"publisher": "UBND huyện (thử)"}
    _, said = of(judgeable(yearly_table(2024, OF_2024, kind="actual"), again), "income_per_capita")
    assert said["grade"] == "B"


def test_a_plan_for_a_later_year_hides_no_verdict_and_takes_no_goals_place(judgeable):
    tables = judgeable(yearly_table(2024, OF_2024))
    assert card(tables).loc["income_per_capita", "goal"] == 66
    later = card(tables, 2025)
    assert later.loc["income_per_capita", ["goal", "verdict"]].tolist() == [75, "fast_enough"]
    assert later.loc["ntm_communes", ["verdict", "outcome_year"]].tolist() == ["reached", 2024]
    assert "without" in later.loc["income_per_capita", "counted_as"]
    assert later.loc["ntm_communes", "counted_as"] == "open"


def test_outcomes_without_plans_are_judged_by_the_goals_held(judgeable):
    rows = named(card(judgeable(yearly_table(2024, OF_2024, keep=("before", "this")))))
    assert by_verdict(rows) == {"met": MET_2024, "missed": MISSED_2024, "no_pace": UNKNOWN_2024}


def test_the_table_of_the_year_before_moves_the_outcome_and_settles_nothing_of_2024(judgeable):
    tables = judgeable(yearly_table(2023, OF_2023))
    rows = named(card(tables))
    assert counts(rows) == {"goals": 10, "met": 0, "missed": 0, "open": 0, "without": 10}
    assert rows.loc["income_per_capita", ["verdict", "outcome_year"]].tolist() == ["fast_enough", 2023]
    of_2023 = card(tables, 2023)
    assert by_verdict(of_2023) == {"met": set(OF_2023) - {"ntm_communes"}, "missed": {"ntm_communes"}}


def test_the_tables_that_verdicts_rest_on_are_those_of_the_whole_way(grown):
    """With figures that agree, conflict, replace a plan, are bounds, count otherwise and are of another
    year."""
    odd = {"qualifier": "gt", "definition": "something else"}
    press = {"publisher": "Báo Lào Cai", "source_kind": "press", "published": ""}
    several = office(
        "drawn",
        ("income_per_capita", "2022", "preliminary", 47),
        ("tourist_visits", "2023", "plan", 1e6),
        ("yield_per_ha", "2020", "target", 90, odd),
        ("ntm_communes", "2025", "actual", 16, {"qualifier": "approx"}),
        **press,
    )
    for sources in ([yearly_table(2023, OF_2023), yearly_table(2024, OF_2024), several], [several]):
        whole, short = grown(*sources), grown.for_verdicts(*sources)
        whole = whole | {"derived": whole["derived"].drop(columns="printed")}
        for name in ("observations", "derived", "targets"):
            pd.testing.assert_frame_equal(short[name], whole[name])
        assert houses(short) == houses(whole)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_tables_in_either_order(judgeable, order):
    sources = [yearly_table(2023, OF_2023), yearly_table(2024, OF_2024)]
    tables = judgeable(*(sources[i] for i in order))
    assert by_verdict(named(card(tables))) == {
        "met": MET_2024,
        "missed": MISSED_2024,
        "no_pace": UNKNOWN_2024,
    }
    rows = card(tables, 2023)
    assert set(rows["outcome_kind"]) == {"actual"}
    assert rows.loc["income_per_capita", "outcome_low"] == 58.5


def test_an_estimate_and_then_the_actual(judgeable):
    first = office("office-2024", ("income_per_capita", "2024", "estimate", 66.9), published="2024-12-01")
    then = office("office-2025", ("income_per_capita", "2024", "actual", 65.1), published="2025-03-01")
    for sources in permutations([first, then]):
        rows, said = of(judgeable(*sources), "income_per_capita")
        assert said[["verdict", "outcome_kind", "outcome_low", "grade"]].tolist() == [
            "missed",
            "actual",
            65.1,
            "B",
        ]
        assert len(rows) == 1


def test_a_figure_that_its_publisher_printed_anew_is_no_choice(judgeable):
    first = office("office-2024", ("income_per_capita", "2024", "actual", 64), published="2024-12-01")
    then = office("office-2025", ("income_per_capita", "2024", "actual", 67), published="2025-03-01")
    _, said = of(judgeable(first, then), "income_per_capita")
    assert said[["verdict", "outcome_low", "outcome_high"]].tolist() == ["met", 67, 67]


def test_an_outcome_that_conflicts_with_the_press_leaves_the_year_open(judgeable):
    own = office("office-2024", ("income_per_capita", "2024", "actual", 67.2))
    press = office(
        "press-2025",
        ("income_per_capita", "2024", "actual", 64),
        publisher="Báo Lào Cai",
        source_kind="press",
    )
    for sources in permutations([own, press]):
        rows, said = of(judgeable(*sources), "income_per_capita")
        assert said[["verdict", "turns_on", "reason", "grade"]].tolist() == [
            "open",
            "outcome",
            "both_sides",
            "C",
        ]
        assert answers_by(rows, "outcome")[["value", "answer"]].values.tolist() == [[67.2, "yes"], [64, "no"]]
    agree = press | {"figures": [press["figures"][0] | {"value": 70}]}
    _, said = of(judgeable(own, agree), "income_per_capita")
    assert said[["verdict", "outcome_low", "outcome_high"]].tolist() == ["met", 67.2, 70]


def test_an_outcome_that_counts_otherwise_leaves_the_year_open_and_is_said(judgeable):
    other = ("yield_per_ha", "2024", "actual", 97, {"definition": "income value per ha of cultivated land"})
    rows, said = of(judgeable(office("office-2024", other)), "yield_per_ha")
    assert said[["verdict", "reason", "outcome_low", "grade"]].tolist() == ["open", "unlike", 97, "D"]
    assert rows.loc[rows["judged"] == "level", "outcome_definition"].tolist() == [
        "income value per ha of cultivated land"
    ]
    assert not rows["counted"].any()
    like = ("yield_per_ha", "2024", "estimate", 93.1)
    _, said = of(judgeable(office("office-2024", other, like)), "yield_per_ha")
    assert said[["verdict", "outcome_low", "outcome_kind"]].tolist() == ["missed", 93.1, "estimate"]


def test_a_bound_decides_where_it_lies_on_one_side(judgeable):
    def said(value: float, qualifier: str) -> list:
        figure = ("income_per_capita", "2024", "actual", value, {"qualifier": qualifier})
        return of(judgeable(office("office-2024", figure)), "income_per_capita")[1][
            ["verdict", "reason"]
        ].tolist()

    assert said(66, "gt") == ["met", ""]
    assert said(67, "approx") == ["open", "straddles"]
    assert said(64, "approx") == ["missed", ""]


def test_a_raised_plan_is_shown_and_a_plan_that_conflicts_is_a_choice(judgeable):
    figures = [("budget_revenue", "2023", "plan", 220), ("budget_revenue", "2023", "actual", 231.5)]
    raised = office("office-b", ("budget_revenue", "2023", "plan", 240), published="2023-07-01")
    rows, said = of(
        judgeable(office("office-a", *figures, published="2022-12-20"), raised), "budget_revenue", 2023
    )
    assert said[["goal", "verdict"]].tolist() == [240, "missed"]
    assert rows[["goal_value", "counted", "shown_because"]].values.tolist() == [
        [240, True, ""],
        [220, False, "goal_replaced"],
    ]
    undated = office(
        "office-c",
        ("budget_revenue", "2023", "plan", 240),
        published="",
        publisher="Báo Lào Cai",
        source_kind="press",
    )
    rows, said = of(judgeable(office("office-a", *figures, published=""), undated), "budget_revenue", 2023)
    assert said[["verdict", "turns_on"]].tolist() == ["open", "goal"]
    assert rows["counted"].all()


def test_a_printed_share_of_the_plan_decides_where_no_outcome_is_printed(built):
    """Nine months of 2023 are printed as 101.6 % of a plan: the province's visits had passed 6 million
    then."""
    measured = evidence(built["observations"], built["derived"]).measured
    nine = [row for row in measured["tourist_visits", "Lào Cai", "province"] if row["period"] == "2023-9M"]
    assert [round(row["of_plan"]["value"], -5) for row in nine] == [6e6]
    aim = asked("tourist_visits", value=6e6, year=2023, area="Lào Cai", level="province").assign(
        goal_kind="plan"
    )
    observed, derived = built["observations"], built["derived"]
    without = {
        "observations": observed[observed["figure_id"] != "vrviet-2024-02"],
        "derived": derived[(derived["period"] != "2023") | (derived["kind"] == "plan")],
    }
    rows, said = judged_by(built | without, aim)
    assert said[["verdict", "grade", "outcome_kind"]].tolist() == ["met", "C", "derived"]
    assert rows["outcome_kind"].tolist() == ["share_of_plan"]
    _, said = judged_by(built | without, aim.assign(goal=7e6))
    assert said["verdict"] not in ("met", "missed")


def test_a_past_target_is_judged_by_the_outcome_of_its_own_year(judgeable):
    tables = judgeable(yearly_table(2023, OF_2023), yearly_table(2024, OF_2024))
    _, said = judged_by(tables, asked("income_per_capita", value=60, year=2023))
    assert said[["verdict", "outcome_year", "outcome_low"]].tolist() == ["missed", 2023, 58.5]


def test_a_term_target_stands_beside_the_years_plan_and_is_the_goal_without_one(judgeable):
    target = office("congress", ("income_per_capita", "2024", "target", 70), published="2020-08-01")
    aims = goals(judgeable(target)["targets"], indicator="income_per_capita", year=2024)
    assert aims[["stands", "goal_kind", "goal"]].values.tolist() == [
        ["goal", "plan", 66],
        ["beside", "target", 70],
    ]
    assert of(judgeable(target), "income_per_capita")[1]["goal"] == 66
    alone = office("congress", ("income_per_capita", "2026", "target", 80), published="2020-08-01")
    assert of(judgeable(alone), "income_per_capita", 2026)[1][["goal", "goal_kind"]].tolist() == [
        80,
        "target",
    ]


# The rules, on invented figures


def test_a_base_that_stands_alone_is_named(judged):
    outcomes = [
        {"year": year, "value": value} for year, value in ((2012, 44), (2015, 30), (2018, 33), (2022, 50))
    ]
    found = judged(outcomes, 66)
    assert found.verdict[["verdict", "turns_on", "n_yes", "n_no"]].tolist() == ["too_slow", "", 0, 3]
    found = judged(outcomes, 55)
    said = answers_by(found.readings, "base")
    assert found.verdict[["verdict", "turns_on"]].tolist() == ["turns_on", "base"]
    assert said[["year", "answer", "odd"]].values.tolist() == [
        [2018, "yes", False],
        [2015, "yes", False],
        [2012, "no", True],
    ]
    with pytest.raises(ValueError, match="outcome, base, goal"):
        answers_by(found.readings, "bases")


def test_open_readings_are_answered_as_printed_before_anything_is_said_to_turn_on_a_part(judged):
    outcomes = [
        {"year": 2018, "value": 40, "low": 33, "high": 47},
        {"year": 2020, "value": 36},
        {"year": 2022, "value": 50},
    ]
    found = judged(outcomes, 55)
    assert set(found.readings["enough"]) == {"yes", "open"}
    assert found.verdict[["verdict", "turns_on"]].tolist() == ["turns_on", "rounding"]
    mixed = judged([outcomes[0], {"year": 2020, "value": 49}, outcomes[2]], 55)
    assert mixed.verdict[["verdict", "turns_on"]].tolist() == ["turns_on", "base"]


def test_reached_needs_every_outcome_and_no_base(judged):
    alone = judged([{"year": 2022, "value": 70}], 66)
    assert alone.verdict[["verdict", "grade", "outcome_year"]].tolist() == ["reached", "B", 2022]
    two = [
        {"year": 2022, "value": 70, "figure_id": "a"},
        {"year": 2022, "value": 60, "figure_id": "b", "status": "conflicting"},
    ]
    assert judged(two, 66).verdict["verdict"] == "no_pace"
    assert judged([{"year": 2017, "value": 70}], 66).verdict["reason"] == "stale"


def test_a_rate_is_judged_in_its_own_period_alone(judged):
    rate = {"indicator": "economic_growth"}
    assert judged([{"year": 2023, "value": 15}], 13, **rate).verdict["reason"] == "growth_rate_indicator"
    assert judged([{"year": 2024, "value": 13.7}], 13, **rate).verdict["verdict"] == "met"
    term = asked("economic_growth", value=13, year=2025).assign(goal_period="2021-2025")
    span = {"year": 2021, "value": 13.7, "period": "2021-2025"}
    assert judged([span], term, **rate).verdict["verdict"] == "met"
    assert judged([{"year": 2025, "value": 13.7}], term, **rate).verdict["verdict"] == "no_pace"


def test_what_has_no_better_side_is_open_unless_it_is_the_goal(judged):
    share = {"indicator": "share_agriculture"}
    assert judged([{"year": 2024, "value": 25}], 25, **share).verdict["verdict"] == "met"
    found = judged([{"year": 2024, "value": 24}], 25, **share)
    assert found.verdict[["verdict", "reason"]].tolist() == ["open", "no_direction"]


@pytest.mark.parametrize(
    ("more", "grade"),
    [
        ({}, "B"),
        ({"year_inferred": True}, "C"),
        ({"kind": "estimate"}, "C"),
        ({"qualifier": "gt"}, "C"),
        ({"qualifier": "approx"}, "C"),
        ({"definition": "all"}, "B"),
    ],
)
def test_the_grade_of_a_pace_is_that_of_the_best_readings_that_alone_give_it(judged, more, grade):
    outcomes = [{"year": 2019, "value": 30}, {"year": 2022, "value": 50} | more]
    assert judged(outcomes, 55).verdict[["verdict", "grade"]].tolist() == ["fast_enough", grade]
    inferred = {"year": 2016, "value": 25, "year_inferred": True}
    assert judged([inferred, *outcomes], 55).verdict["grade"] == grade


def test_two_publishers_of_outcome_and_base_make_a_pace_an_a_and_a_definition_unstated_beside_two_a_c(judged):
    twice = [
        {"year": year, "value": value, "figure_id": f"{year}{by}"}
        for year, value in ((2019, 30), (2022, 50))
        for by in "ab"
    ]
    assert judged(twice, 55).verdict["grade"] == "A"
    assert judged(twice[1:], 55).verdict["grade"] == "B"
    stated = [{"year": 2019, "value": 30}, {"year": 2022, "value": 50, "definition": "all"}]
    assert judged(stated, 55, definition="all").verdict["grade"] == "C"


def test_a_single_outcome_of_two_that_conflict_grades_no_better_than_c(judged):
    rows = [
        {"year": 2019, "value": 30},
        {"year": 2022, "value": 50},
        {"year": 2022, "value": 45, "status": "conflicting"},
    ]
    assert judged(rows, 50.5).verdict[["verdict", "grade"]].tolist() == ["fast_enough", "C"]


def test_an_outcome_without_a_base_does_not_let_another_that_was_there_before_say_more(judged):
    """One definition is at the goal and has a base, the other is not there and has none: not reached, and
    graded."""
    rows = [
        {"year": 2020, "value": 40, "definition": "a"},
        {"year": 2022, "value": 70, "definition": "a"},
        {"year": 2022, "value": 50, "definition": "b", "status": "conflicting"},
    ]
    assert judged(rows, 66).verdict[["verdict", "grade"]].tolist() == ["fast_enough", "C"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(10, 99), min_size=2, max_size=5),
    st.integers(1, 5),
    st.integers(1, 4),
    st.floats(10, 150),
)
def test_verdicts_of_plain_series_at_once_are_those_of_readings(judged, values, gap, left, goal):
    years = np.arange(2024 - gap * (len(values) - 1), 2025, gap)
    outcomes = [{"year": int(year), "value": value} for year, value in zip(years, values, strict=True)]
    found = judged(outcomes, asked("income_per_capita", value=goal, year=2024 + left)).verdict
    at_once = pace.pace_verdicts(np.array([values]), years, goals=np.array([goal]), year=2024 + left)
    assert at_once.tolist() == [found["verdict"] if found["verdict"] != "depends" else "turns_on"]


# Whatever is added


DRAWN = st.tuples(
    st.sampled_from([*CORE, "ntm_communes", "schools_national_standard", "poverty_rate"]),
    st.sampled_from(["2020", "2022", "2023", "2024", "2025"]),
    st.sampled_from(["actual", "preliminary", "estimate", "plan", "target"]),
    st.integers(1, 100),
    st.fixed_dictionaries(
        {
            "qualifier": st.sampled_from(["eq", "eq", "gt", "approx"]),
            "definition": st.sampled_from(["", "", "something else"]),
        }
    ),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DRAWN, min_size=1, max_size=3), st.sampled_from(["2021-01-01", "2024-12-20", ""]))
def test_whatever_is_added_the_goals_add_up_and_no_outcome_held_is_denied(judgeable, drawn, published):
    scale = {"tourist_visits": 20000, "tourism_revenue": 15, "ntm_communes": 0.16}
    figures = [
        (indicator, period, kind, round(value * scale.get(indicator, 1)), more)
        for indicator, period, kind, value, more in drawn
    ]
    tables = judgeable(office("drawn", *figures, published=published))
    for year in (2024, 2025):
        rows = scorecard(
            goals(tables["targets"], year=year),
            tables["observations"],
            tables["derived"],
            houses=houses(tables),
        )
        said = counts(rows)
        assert said["met"] + said["missed"] + said["open"] + said["without"] == said["goals"] == len(rows)
        assert set(rows["verdict"]) <= VERDICTS
        held = _outcomes_of_the_year(tables["observations"], year)
        for row in rows.itertuples():
            if row.indicator in held:
                assert row.verdict in {*COUNTED_AS} - {"reached"}, row
            else:
                assert row.verdict not in ("met", "missed"), row
    of_2024 = named(card(tables))
    assert len(set(of_2024.index)) == 10


def _outcomes_of_the_year(observations: pd.DataFrame, year: int) -> set[str]:
    held = observations[
        (observations["area"] == "Bảo Yên")
        & (observations["area_level"] == "district")
        & (observations["period"] == str(year))
        & observations["kind"].isin(["actual", "preliminary", "estimate"])
        & (observations["status"] != "out_of_scope")
    ]
    return set(held["indicator"])
