"""Derived observations and cross-checks of the record, and the arithmetic of each relation on invented
figures."""

import numpy as np
import pandas as pd
import pytest

from baoyen_analysis.cleaning.comparisons import derive


def test_every_comparison_gives_one_derived_observation(built):
    assert len(built["derived"]) == 111
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
    "doingoai-16236-01-c1": ("tourism_revenue", "2021H1"),
    # "17 % of the plan" in January 2023 is a share of the plan of 2022.
    "thcl2023m1-01-c1": ("tourism_revenue", "2023"),
    "thcl2023m1-05-c1": ("tourist_visits", "2023"),
    "laodong2023-02-c1": ("tourist_visits", "2022"),
    "toquoc2016-01-c2": ("tourism_revenue", "2015-9M"),
    "ttvn2023m9-01-c2": ("tourism_revenue", "2022-9M"),
    "ttvn2023m9-02-c2": ("tourist_visits", "2022-9M"),
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
    row = rows.loc["sp-baolaocai2024-04-c1"]
    assert row[["caveat", "compared_period", "period"]].tolist() == ["periods", "2024-10M", "2020"]
    # Ten months of a plan for the year are meant so, and are no caveat.
    assert "periods" not in rows.loc["sp-baolaocai2024-04-c2", "caveat"]


def test_no_derived_figure_or_crosscheck_runs_across_a_boundary(built):
    rows = built["derived"].set_index("comparison_id")
    assert rows.loc["dantri-phuckhanh-1218-01-c1", ["area_since", "reason"]].tolist() == [
        "2020-02-11",
        "boundary",
    ]
    for name in ("tcqh-2026-01-c1", "tcqh-2026-02-c1", "bt-xabaothang2025-01-c1", "vb-xavanban2025-01-c1"):
        assert rows.loc[name, "reason"] == "area_not_begun", name
    assert not set(rows.index[rows["reason"] != ""]) & set(built["crosschecks"]["comparison_id"])


def test_a_figure_of_the_new_commune_meets_no_base_of_the_old_one_of_its_name():
    """Invented: the old commune printed 30, the new one says that it stands 10 above that year."""
    new = invented(
        48, 47.5, 48.5, area="Phúc Khánh", area_level="commune", area_since="2025-07-01", period="2025"
    )
    old = new | {
        "figure_id": "old",
        "value": 30,
        "printed_low": 29.5,
        "printed_high": 30.5,
        "period": "2020",
        "area_since": "2020-02-11",
    }
    comparison = compared("difference", "10") | {"base_area": "Phúc Khánh", "base_area_level": "commune"}
    made, checks = derive(pd.DataFrame([new, old]), pd.DataFrame([comparison]), COMMUNES)
    assert made["reason"].tolist() == ["boundary"]
    assert checks.empty
    # The old commune's own comparison is one.
    of_2021 = old | {"figure_id": "t", "period": "2021", "value": 40}
    made, checks = derive(pd.DataFrame([of_2021, old]), pd.DataFrame([comparison]), COMMUNES)
    assert made["reason"].tolist() == [""]
    assert len(checks) == 1


def test_a_share_of_the_joined_province_is_no_crosscheck_of_a_district_that_had_ended():
    figure = invented(48, 47.5, 48.5, area="Bảo Yên", area_level="district", kind="plan", period="2026")
    whole = {"base_area": "Lào Cai (từ 7/2025)", "base_area_level": "province", "base_period": "2026"}
    comparison = compared("percent_of", "10") | whole | {"base_kind": "plan"}
    assert derive(pd.DataFrame([figure]), pd.DataFrame([comparison]))[0]["reason"].tolist() == ["boundary"]


COMMUNES = pd.DataFrame(
    {
        "old_name": ["Long Khánh", "Phúc Khánh"],
        "valid_to": ["2020-02-10", "2025-06-30"],
        "new_name": ["Phúc Khánh", "Phúc Khánh"],
        "new_valid_from": ["2020-02-11", "2025-07-01"],
    }
)


def invented(value: float, low: float, high: float, qualifier: str = "eq", **others) -> dict:
    return {
        "figure_id": "t",
        "area": "Sa Pa",
        "area_level": "district",
        "area_since": "",
        "published": "",
        "year": 2021,
        "year_inferred": False,
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
        "role": "plan" if others.get("kind") == "plan" else "outcome",
    } | others


def compared(relation: str, amount: str, qualifier: str = "eq") -> dict:
    """An invented printed comparison with the year before."""
    return {
        "comparison_id": "t-c1",
        "figure_id": "t",
        "relation": relation,
        "amount": amount,
        "amount_unit": "percent",
        "qualifier": qualifier,
        "base_area": "Sa Pa",
        "base_area_level": "district",
        "base_period": "2020",
        "base_kind": "actual",
        "note": "",
    }


def derived(figure: dict, relation: str, amount: str, qualifier: str = "eq") -> pd.Series:
    comparison = compared(relation, amount, qualifier)
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
    ("relation", "amount", "qualifier", "low", "high"),
    [
        ("difference", "5", "ge", -np.inf, np.inf),
        ("ratio", "5", "ge", 0, np.inf),
        ("difference", "0.0", "eq", 39.95, np.inf),
    ],
)
def test_two_open_ends_leave_no_blank(relation, amount, qualifier, low, high):
    """Invented: at least 40, and at least 5 more, five times as much, or as much as before."""
    row = derived(invented(40, 40, np.inf, "ge"), relation, amount, qualifier)
    assert row[["low", "high"]].astype(float).tolist() == pytest.approx([low, high])


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


def test_intervals_that_touch_agree_though_their_binary_ends_miss_each_other():
    """10 is 1.8 more: from 7.65 on. 7.6 is printed: up to 7.65."""
    low, printed_high = 9.5 - 1.85, 7.6 + 0.05
    assert low > printed_high
    figure = invented(10, 9.5, 10.5)
    base = invented(7.6, 7.55, printed_high, figure_id="base", period="2020", year=2020)
    _, checks = derive(pd.DataFrame([figure, base]), pd.DataFrame([compared("difference", "1.8")]))
    assert checks[["agrees", "gap"]].values.tolist() == [[True, 0.0]]


@pytest.mark.parametrize(("beside", "agrees"), [(1.0, True), (1.5, False), (-1.0, True), (-1.5, False)])
def test_up_to_a_billionth_of_the_printed_base_is_a_binary_rounding_error(beside, agrees):
    """Invented: one visit of a thousand millions, where nothing is left open."""
    figure, base = invented(3e9, 3e9, 3e9), 1e9 + beside + (0.05 if beside > 0 else -0.05)
    printed = invented(1e9, base, base, figure_id="base", period="2020", year=2020)
    comparison = compared("difference", "2000000000.0")  # 1e9, give or take 0.05
    _, checks = derive(pd.DataFrame([figure, printed]), pd.DataFrame([comparison]))
    assert checks["agrees"].tolist() == [agrees]
    assert checks["gap"].tolist() == pytest.approx([0 if agrees else -beside])
