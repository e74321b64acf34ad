"""Derived observations and cross-checks of the record, and the arithmetic of each relation on invented
figures."""

import numpy as np
import pandas as pd
import pytest

from baoyen_analysis.cleaning.comparisons import derive


def test_every_comparison_gives_one_derived_observation(built):
    assert len(built["derived"]) == 55
    assert built["derived"]["value"].notna().all()


def test_the_income_of_2020_comes_from_the_zone_s_difference(built):
    row = built["derived"].set_index("comparison_id").loc["gov-zone3-03-c1"]
    assert (row["area"], row["area_level"], row["year"], row["figure_id"]) == (
        "Bảo Yên",
        "district",
        2020,
        "gov-zone3-03",
    )
    assert (row["value"], row["low"], row["high"]) == (32.67, 32.615, 32.725)


def test_derived_values_never_enter_the_panel(built):
    panel = built["panel"]
    assert panel[
        (panel["area"] == "Bảo Yên") & (panel["year"] == 2020) & (panel["area_level"] == "district")
    ].empty


# Comparisons whose printed base lies outside what they imply, and what they disagree on.
DISAGREEING = {
    "24h-dulich-02-c2": ("tourism_revenue", "2008"),
    "bx-qlqh8866-03-c1": ("yield_per_ha", "2012"),
    "danviet2023-02-c1": ("economic_growth", "2021"),
    "sp-baolaocai2024-04-c1": ("tourist_visits", "2020"),
    # 44.39 % of 44,750 is 19,864, printed as "19 nghìn tỷ": cut off, not rounded.
    "dantri2025-02-c2": ("tourism_revenue", "2025"),
}


def test_the_disagreeing_crosschecks_are_found(built):
    rows = built["crosschecks"]
    wrong = rows[~rows["agrees"].astype(bool)].set_index("comparison_id")
    assert {name: (row["indicator"], row["period"]) for name, row in wrong.iterrows()} == DISAGREEING
    assert (wrong["gap"] != 0).all()
    assert (np.sign(wrong["gap"]) == np.sign(wrong["difference"])).all()


def test_the_agreeing_crosschecks_are_listed_too(built):
    rows = built["crosschecks"].set_index("comparison_id")
    for name in (
        "baolaocai-ngheo2024-04-c1",
        "dantri2025-02-c1",
        "dantri2025-04-c1",
        "sp-baolaocai2024-02-c1",
        "sp-baolaocai2024-04-c2",
        "dspl2025-05-c1",
    ):
        assert rows.loc[name, "agrees"], name
        assert rows.loc[name, "gap"] == 0, name


def test_a_part_year_against_a_year_is_said(built):
    rows = built["crosschecks"].set_index("comparison_id")
    assert rows.loc["sp-baolaocai2024-04-c1", "caveat"] == "sets 2024-10M against 2020"
    # Ten months of a plan for the year are meant so, and are no caveat.
    assert (
        rows.loc["sp-baolaocai2024-04-c2", "caveat"] == "a definition is not stated on one side"
        or rows.loc["sp-baolaocai2024-04-c2", "caveat"] == ""
    )


def invented(value: float, low: float, high: float, qualifier: str = "eq", **others) -> dict:
    return {
        "figure_id": "t",
        "area": "A",
        "area_level": "district",
        "indicator": "tourist_visits",
        "period": "2021",
        "part": "",
        "kind": "actual",
        "value": value,
        "low": low,
        "high": high,
        "printed_low": low,
        "printed_high": high,
        "unit": "visits",
        "qualifier": qualifier,
        "definition": "",
    } | others


def derived(figure: dict, relation: str, amount: str, qualifier: str = "eq") -> pd.Series:
    comparison = {
        "comparison_id": "t-c1",
        "figure_id": "t",
        "relation": relation,
        "amount": amount,
        "amount_unit": "percent",
        "qualifier": qualifier,
        "base_area": "A",
        "base_area_level": "district",
        "base_period": "2020",
        "base_kind": "actual",
        "note": "",
    }
    return derive(pd.DataFrame([figure]), pd.DataFrame([comparison]))[0].iloc[0]


@pytest.mark.parametrize(
    ("relation", "amount", "value", "low", "high"),
    [
        ("difference", "20", 100, 99, 101),
        ("difference", "-20", 140, 139, 141),
        ("percent_change", "20", 100, 119.5 / 1.205, 120.5 / 1.195),
        ("percent_change", "-40", 200, 119.5 / 0.605, 120.5 / 0.595),
        ("percent_of", "80", 150, 119.5 / 0.805, 120.5 / 0.795),
        ("ratio", "1.5", 80, 119.5 / 1.55, 120.5 / 1.45),
    ],
)
def test_the_base_and_its_corners(relation, amount, value, low, high):
    row = derived(invented(120, 119.5, 120.5), relation, amount)
    assert row[["value", "low", "high"]].astype(float).tolist() == pytest.approx([value, low, high])


@pytest.mark.parametrize(
    ("figure", "amount", "base"),
    [
        ("eq", "eq", "eq"),
        ("eq", "gt", "lt"),
        ("gt", "eq", "gt"),
        ("gt", "gt", "approx"),
        ("approx", "eq", "approx"),
        ("lt", "gt", "lt"),
    ],
)
def test_the_side_of_the_base(figure, amount, base):
    assert derived(invented(120, 119, 121, figure), "ratio", "3", amount)["qualifier"] == base
