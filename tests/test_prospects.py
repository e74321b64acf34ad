"""What is said of a goal beside its verdict: the chance, and how an indicator is carried on."""

import numpy as np
import pandas as pd
import pytest
from conftest import each

import baoyen_analysis as by
from baoyen_analysis import basis, prospects, words

SHARE = pd.DataFrame(
    {
        "year": [2020, 2021, 2022],
        "value": [10.0, 8.0, 5.0],
        "low": [10.0, 8.0, 5.0],
        "high": [10.0, 8.0, 5.0],
        "flag": "",
        "definition": "",
        "figure_id": ["a", "b", "c"],
    }
)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_plans_show_what_is_derived_estimated_or_nearly(lang):
    t, answer = words.of(lang), by.plans()
    table = answer.table(lang).astype(str).to_numpy()
    for row, cells in zip(answer.rows.itertuples(), table, strict=True):
        plan, outcome = cells[3], cells[4]
        assert plan, row
        assert (t.say("chart.derived", number="") in plan) == row.by_share
        kind = row.outcome_kind
        marked = [
            k for k in ("estimate", "preliminary", "derived") if t.say(f"chart.{k}", number="") in outcome
        ]
        assert marked == ([kind] if kind != "actual" else [])
        word = {"near": t.say("chart.near", number=""), "gt": t.qualifier("gt")}.get(
            row.outcome_qualifier, ""
        )
        assert outcome.startswith(word)
    assert {"near", "gt", "eq"} <= set(answer.rows["outcome_qualifier"])
    budget = answer.rows.query("indicator == 'budget_revenue'").iloc[0]
    assert budget[["goal_low", "goal_high"]].round(0).tolist() == [177, 191]
    assert answer.rows.query("outcome_qualifier == 'near' and goal_qualifier == 'gt'")[
        "verdict"
    ].tolist() == ["missed"]
    assert " 0 " not in answer.sentence(lang)


def test_no_chance_is_given_from_the_two_figures_that_the_district_prints():
    rows = by.chances().rows.set_index("indicator")
    assert rows["chance"].isna().all()
    assert rows.loc[["income_per_capita", "tourist_visits"], "warning"].eq("too_few_for_chance").all()


@each([(0.0, "sign_change"), (-1.0, "sign_change"), (4.0, "few_points")])
def test_a_goal_of_zero_has_no_chance_and_a_reason(goal, warning):
    """Invented figures of a share that falls."""
    row = {
        "indicator": "poverty_rate",
        "goal": goal,
        "goal_definition": "",
        "goal_figure_id": "g",
        "year": 2025,
    }
    found = prospects._chance(row, SHARE)
    assert (found["warning"], bool(np.isnan(found["chance"]))) == (warning, goal <= 0)


def test_a_share_in_per_cent_is_carried_on_to_a_hundred_at_most():
    assert basis.projection_options("poverty_rate") == {"limit": 100.0}
    assert basis.projection_options("schools_national_standard") == {"limit": 100.0}
    assert basis.projection_options("income_per_capita") == {}
    assert basis.projection_options("economic_growth") == {}
