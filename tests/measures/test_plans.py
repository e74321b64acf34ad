"""Plans against outcomes, on the record and on invented plans."""

import numpy as np
import pandas as pd
import pytest

from baoyen_analysis.measures.plans import base_rate, plans


@pytest.fixture(scope="module")
def known(built):
    houses = built["sources"].set_index("source_id")["counted_as"].to_dict()
    return plans(built["targets"], built["observations"], built["derived"], houses=houses)


def one(known: pd.DataFrame, indicator: str, area: str, year: int) -> pd.Series:
    return known[(known["indicator"] == indicator) & (known["area"] == area) & (known["year"] == year)].iloc[
        0
    ]


def test_a_plan_is_set_against_the_outcome_of_its_year_with_its_range(known):
    row = one(known, "tourist_visits", "Lào Cai", 2017)
    assert row[["goal", "outcome_low", "verdict", "kind", "by_share"]].tolist() == [
        3.1e6,
        3.5e6,
        "met",
        "plan",
        False,
    ]
    assert row[["attainment_low", "attainment", "attainment_high"]].round(3).tolist() == [1.113, 1.129, 1.145]


def test_where_less_is_better_attainment_is_goal_over_outcome(known):
    row = one(known, "poverty_rate", "Lào Cai", 2015)
    assert row["attainment"] == pytest.approx(10 / 21.4)
    assert row[["verdict", "kind"]].tolist() == ["missed", "target"]


def test_the_number_in_force_is_the_plan(known):
    assert one(known, "tourist_visits", "Lào Cai", 2022)["goal"] == 4e6
    assert one(known, "tourist_visits", "Lào Cai", 2023)["goal"] == 7e6


def test_a_printed_share_stands_for_a_plan_that_is_not_printed_and_two_of_one_year_in_one_row(known):
    income = one(known, "income_per_capita", "Bát Xát", 2024)
    assert income[["by_share", "verdict", "grade"]].tolist() == [True, "missed", "C"]
    assert income["attainment"] == pytest.approx(0.9421)
    budget = one(known, "budget_revenue", "Bảo Yên", 2022)
    assert np.isnan(budget["attainment"])
    assert budget[["attainment_low", "attainment_high"]].round(3).tolist() == [1.158, 1.248]
    assert len(known[known["indicator"] == "budget_revenue"]) == 1


def test_the_plans_of_the_years_of_covid_are_counted_apart(known):
    assert known.loc[known["covid"].astype(bool), "year"].isin([2020, 2021]).all()
    rows = base_rate(known)
    assert rows["years"].tolist() == ["all", "without_covid"]
    assert (rows["n"] == rows["met"] + rows["missed"] + rows["open"]).all()
    assert rows.loc[0, "n"] - rows.loc[1, "n"] == known["covid"].sum() == 3
    assert rows.loc[0, ["n", "met"]].tolist() == [23, 12]
    assert rows.loc[0, "attainment_median"] == known["attainment"].median()


def test_plans_of_communes_and_the_country_are_no_part_of_the_base_rate(known):
    assert base_rate(known.assign(area_level="commune"))["n"].tolist() == [0, 0]


def test_a_target_beside_a_plan_is_a_row_of_its_own_and_an_unlike_outcome_none(grown):
    def rows(*figures: dict) -> list[list]:
        figures = [{"period": "2023", "indicator": "budget_revenue"} | figure for figure in figures]
        tables = grown({"source_id": "office", "figures": figures})
        found = plans(tables["targets"], tables["observations"], tables["derived"])
        found = found[(found["indicator"] == "budget_revenue") & (found["year"] == 2023)]
        return found[["kind", "goal", "verdict"]].values.tolist()

    plan, target = {"kind": "plan", "value": 220}, {"kind": "target", "value": 240}
    assert rows(plan, target, {"kind": "actual", "value": 231}) == [
        ["plan", 220, "met"],
        ["target", 240, "missed"],
    ]
    assert rows(plan | {"definition": "a"}, {"kind": "actual", "value": 231, "definition": "b"}) == []
