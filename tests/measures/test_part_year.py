"""A full year from a part of it, on the visits of the record."""

import numpy as np
import pandas as pd
import pytest

from baoyen_analysis.measures.part_year import full_year, part_shares, yearly_income


def visits() -> pd.DataFrame:
    """Nine months and whole years of the province, eleven months of 2017 that equal the year, nine months and
    a quarter of the district."""
    rows = [
        ("Lào Cai", 2022, "9M", 3.7e6, "vnn2022a-02"),
        ("Lào Cai", 2022, "", 4.477e6, "th389-2022-02"),
        ("Lào Cai", 2023, "9M", 6.1e6, "ttvn2023m9-02"),
        ("Lào Cai", 2023, "", 7.2e6, "vrviet-2024-02"),
        ("Lào Cai", 2017, "11M", 3.5e6, "laocaitv2017-03"),
        ("Lào Cai", 2017, "", 3.5e6, "vov5-2018-02"),
        ("Bảo Yên", 2022, "9M", 8.39e5, "vnn2022b-02"),
        ("Bảo Yên", 2022, "11M", 1e6, "made-up-11"),
        ("Bảo Yên", 2025, "Q1", 6e5, "thby-q1-2025-01"),
    ]
    table = pd.DataFrame(rows, columns=["area", "year", "part", "value", "figure_id"])
    level = table["area"].map({"Lào Cai": "province", "Bảo Yên": "district"})
    return table.assign(
        area_level=level,
        indicator="tourist_visits",
        kind="actual",
        status="chosen",
        low=table["value"] * 0.99,
        high=table["value"] * 1.01,
        definition="",
    )


def test_shares_of_the_years_that_have_both():
    shares = part_shares(visits(), indicator="tourist_visits", part="9M")
    assert shares["share"].round(4).tolist() == [0.8264, 0.8472]
    assert shares["figure_ids"].tolist() == ["vnn2022a-02 th389-2022-02", "ttvn2023m9-02 vrviet-2024-02"]
    assert (shares["low"] < shares["share"]).all()
    assert (shares["high"] > shares["share"]).all()


def test_full_year_is_a_range_over_the_shares():
    row = full_year(visits(), area="Bảo Yên", indicator="tourist_visits", year=2022, part="9M").iloc[0]
    assert row["low"] == pytest.approx(8.39e5 / (6.1 / 7.2))
    assert row["high"] == pytest.approx(8.39e5 / (3.7 / 4.477))
    assert row["value"] == pytest.approx(8.39e5 / np.mean([6.1 / 7.2, 3.7 / 4.477]))
    assert row["printed_low"] < row["low"] < row["value"] < row["high"] < row["printed_high"]
    assert row["printed_low"] == pytest.approx(8.39e5 * 0.99 / (6.1 * 1.01 / (7.2 * 0.99)))
    assert (row["status"], row["years_used"]) == ("modelled", "2022, 2023")
    assert row["figure_ids"].split()[0] == "vnn2022b-02"
    assert row["left_out"] == ""


@pytest.mark.parametrize(
    ("year", "part", "reason"),
    [(2025, "Q1", "no_such_part"), (2022, "11M", "no_such_part"), (2024, "9M", "no_figure")],
)
def test_refused_where_there_is_no_evidence(year, part, reason):
    row = full_year(visits(), area="Bảo Yên", indicator="tourist_visits", year=year, part=part).iloc[0]
    assert row["reason"] == reason
    assert np.isnan(row["value"])
    assert row["case"] == "refused"


def test_a_part_that_equals_the_year_is_no_evidence():
    shares = part_shares(visits(), indicator="tourist_visits", part="11M")
    assert shares[["used", "reason"]].values.tolist() == [[False, "share_of_one"]]


def test_definitions_and_doubles_are_not_passed_over():
    table = visits()
    table.loc[table["figure_id"] == "vnn2022a-02", "definition"] = "organised travel only"
    table.loc[table["figure_id"] == "th389-2022-02", "definition"] = "all visits"
    assert part_shares(table, indicator="tourist_visits", part="9M")["reason"].tolist() == [
        "definition_break",
        "",
    ]
    other = table.assign(value=1.0, low=1.0, high=1.0, status="conflicting")
    assert len(part_shares(pd.concat([table, other]), indicator="tourist_visits", part="9M")) == 2
    # Of two definitions that were chosen for a year the pair that counts the same thing stands.
    both = table[table["figure_id"] == "vnn2022a-02"].assign(definition="all visits", value=3.6e6)
    shares = part_shares(pd.concat([table, both]), indicator="tourist_visits", part="9M")
    assert shares.loc[0, ["reason", "part_value"]].tolist() == ["", 3.6e6]
    with pytest.raises(ValueError, match="give a part"):
        part_shares(table, indicator="tourist_visits", part="nine months")


def test_a_part_of_another_unit_of_the_name_is_no_part_of_the_year():
    table = visits().assign(area_since="")
    table.loc[table["part"] == "", "area_since"] = "2023-07-01"
    assert part_shares(table, indicator="tourist_visits", part="9M").empty


def test_a_conflict_widens_the_share():
    table = visits().assign(spread_low=np.nan, spread_high=np.nan)
    table.loc[table["figure_id"] == "th389-2022-02", ["spread_low", "spread_high"]] = 4.0e6, 5.0e6
    share = part_shares(table, indicator="tourist_visits", part="9M").iloc[0]
    assert share["low"] == pytest.approx(3.7 * 0.99 / 5.0)
    assert share["high"] == pytest.approx(3.7 * 1.01 / 4.0)


@pytest.mark.parametrize(
    ("quarter", "left_out"), [(0.9e6, False), (2.4e6, False), (0.5e6, True), (6.2e6, True)]
)
def test_a_part_that_contradicts_a_longer_one_is_left_out(quarter, left_out):
    """Invented: a quarter beside a half-year of 2.4 million and a year of 7.2 million."""
    rows = [("Q1", quarter), ("H1", 2.4e6), ("", 7.2e6)]
    table = pd.DataFrame(rows, columns=["part", "value"])
    table = table.assign(low=table["value"], high=table["value"], figure_id=["a", "b", "c"], year=2023)
    table = table.assign(kind="actual", status="chosen", indicator="tourist_visits", definition="")
    table = table.assign(area="Lào Cai", area_level="province")
    share = part_shares(table, indicator="tourist_visits", part="Q1").iloc[0]
    assert share["reason"] == ("contradicts_longer_part" if left_out else "")
    assert part_shares(table, indicator="tourist_visits", part="H1")["reason"].tolist() == [""]


def test_every_year_of_the_record_that_has_both_is_used_or_left_out_with_its_reason(built):
    observed = built["observations"]
    revenue = part_shares(observed, indicator="tourism_revenue", part="Q1")
    assert revenue[["year", "reason"]].values.tolist() == [[2014, ""], [2019, "contradicts_longer_part"]]
    halves = part_shares(observed, indicator="tourist_visits", part="H1")
    assert halves["year"].tolist() == [2019, 2020, 2021, 2022, 2024]
    assert halves["used"].all()
    row = full_year(observed, area="Bảo Yên", indicator="tourist_visits", year=2025, part="Q1").iloc[0]
    assert row[["reason", "years_used", "left_out"]].tolist() == ["", "2014, 2019", ""]
    row = full_year(
        observed, area="Lào Cai", level="province", indicator="tourism_revenue", year=2019, part="Q1"
    )
    assert row["left_out"].item() == "2019 contradicts_longer_part"


def test_a_year_of_monthly_income_is_twelve_months_in_millions_for_the_country_and_its_provinces():
    """Invented numbers."""
    rows = pd.DataFrame(
        {"area": ["Việt Nam", "Lào Cai", "Bảo Yên"], "value": [4000.0, 3000.0, 2000.0]}
    ).assign(
        area_level=["country", "province", "district"],
        indicator="income_per_capita_monthly",
        year=2022,
        low=lambda rows: rows["value"] - 10,
        high=lambda rows: rows["value"] + 10,
        kind="actual",
        status="chosen",
        flag="",
        definition="",
        figure_id=["a", "b", "c"],
    )
    made = yearly_income(rows)
    assert made[["area", "monthly_value", "value", "low", "high", "figure_ids"]].values.tolist() == [
        ["Việt Nam", 4000.0, 48.0, 47.88, 48.12, "a"],
        ["Lào Cai", 3000.0, 36.0, 35.88, 36.12, "b"],
    ]


def test_a_whole_year_of_nothing_has_no_shares():
    table = visits()
    table.loc[(table["year"] == 2022) & (table["part"] == ""), ["value", "low", "high"]] = 0.0
    shares = part_shares(table, indicator="tourist_visits", part="9M")
    assert shares["year"].tolist() == [2023]


@pytest.mark.parametrize(
    ("longer", "reason"),
    [(0.5, ""), (0.49, "contradicts_longer_part"), (2.0, ""), (2.01, "contradicts_longer_part")],
)
def test_a_part_is_set_beside_longer_ones_of_its_year_and_not_beside_itself(longer, reason):
    """Invented: a month of the nine is so many times one of the eleven."""
    table = visits()
    at = table["year"].eq(2023) & table["part"].eq("9M")
    other = table[at].assign(value=table.loc[at, "value"] * 3, definition="other", figure_id="other-9M")
    eleven = table[at].assign(part="11M", value=table.loc[at, "value"] / 9 * 11 / longer, figure_id="11M")
    assert part_shares(pd.concat([table, other]), indicator="tourist_visits", part="9M")["used"].all()
    shares = part_shares(pd.concat([table, eleven]), indicator="tourist_visits", part="9M")
    assert shares["reason"].tolist() == ["", reason]


def test_a_whole_year_in_large_units_has_its_share():
    """Invented: all figures in billions."""
    table = visits()
    table[["value", "low", "high"]] /= 1e9
    shares = part_shares(table, indicator="tourist_visits", part="9M")
    assert shares["share"].round(4).tolist() == [0.8264, 0.8472]
