"""Growth, price levels and decomposition, on figures of the record."""

import numpy as np
import pandas as pd
import pytest
from conftest import each
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.measures.growth import (
    area_years,
    decomposition,
    price_levels,
    province_inflation,
    real,
    target_row,
    unfit_for_growth,
    yearly,
)

POSITIVE = st.floats(1, 1e6)


def test_no_growth_rate_from_zero_or_to_or_from_a_negative_figure():
    reasons = [
        unfit_for_growth(*ends)
        for ends in ((0, 5), (0, -5), (5, 0), (5, -5), (-5, 6), (-5, -4), (5, 6), (0.5, 0.8))
    ]
    assert reasons == ["zero_base"] * 2 + ["sign_change"] * 4 + [""] * 2


def test_price_levels_chain_the_changes_and_the_index_comes_first():
    """Statistics office: 2011 118.58, 2012 109.21 (previous year = 100); the change printed for 2013 is
    6.6."""
    changes = pd.Series({2011: 18.13, 2012: 9.1, 2013: 6.6})
    levels = price_levels(changes, index=pd.Series({2011: 118.58, 2012: 109.21}))
    assert levels["year"].tolist() == [2010, 2011, 2012, 2013]
    assert levels["level"].tolist() == pytest.approx([1, 1.1858, 1.1858 * 1.0921, 1.1858 * 1.0921 * 1.066])


def test_price_levels_run_backward_too_and_end_at_a_hole():
    levels = price_levels(pd.Series({2006: 7.48, 2009: 6.88, 2010: 9.19, 2011: 18.58, 2013: 6.6})).set_index(
        "year"
    )["level"]
    assert levels.index.tolist() == [2008, 2009, 2010, 2011]
    assert levels[2008] == pytest.approx(1 / (1.0688 * 1.0919))
    with pytest.raises(ValueError, match="choose a base year"):
        price_levels(pd.Series({2016: 2.66}))


def test_real_value_is_nominal_over_level():
    levels = price_levels(pd.Series({2011: 10.0, 2012: 20.0}))
    table = real(
        pd.DataFrame(
            {"year": [2010, 2012], "value": [50.0, 66.0], "low": [49.5, 66.0], "high": [50.5, 66.0]}
        ),
        levels,
    )
    assert table["value"].tolist() == pytest.approx([50.0, 50.0])
    assert table["low"].tolist() == pytest.approx([49.5, 50.0])
    with pytest.raises(ValueError, match="no price level for 2013"):
        real(pd.Series({2013: 1.0}), levels)


def test_the_province_s_inflation_is_said_beside_a_real_figure():
    printed = pd.DataFrame(
        {
            "indicator": "cpi_change_yoy",
            "area": ["Lào Cai", "Việt Nam", "Lào Cai"],
            "period": ["2024Q1", "2024Q1", "2023M04"],
            "value": [1.23, 3.77, 0.58],
            "figure_id": ["blc-cpi2024q1-01", "tbtc-2024q1-01", "blc-cpi202304-01"],
        }
    )
    both = province_inflation(printed)
    assert both["figure_ids"].tolist() == ["blc-cpi2024q1-01 tbtc-2024q1-01"]
    assert both[["province_percent", "country_percent"]].values.tolist() == [[1.23, 3.77]]
    assert "sentence_en" not in both


@settings(max_examples=30, deadline=None)
@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_parts_add_up_to_the_whole(revenue, more_revenue, visits, more_visits):
    parts = decomposition(
        pd.Series({2019: revenue, 2022: more_revenue}),
        pd.Series({2019: visits, 2022: more_visits}),
        start=2019,
        end=2022,
    )
    change = parts.set_index("part")["log_change"]
    assert change["visits"] + change["spending"] == pytest.approx(change["revenue"], abs=1e-9)


def test_decomposition_carries_the_corners():
    ends = {"year": [2019, 2022], "value": [100.0, 180.0], "low": [90.0, 170.0], "high": [110.0, 190.0]}
    parts = decomposition(
        pd.DataFrame(ends), pd.Series({2019: 10.0, 2022: 15.0}), start=2019, end=2022
    ).set_index("part")
    assert parts.loc["revenue", ["low", "high"]].tolist() == pytest.approx(
        [np.log(170 / 110), np.log(190 / 90)]
    )
    assert parts.loc["spending", ["low", "high"]].tolist() == pytest.approx(
        [np.log(170 / 110 / 1.5), np.log(190 / 90 / 1.5)]
    )
    assert parts.loc["visits", "low"] == parts.loc["visits", "high"]


def test_decomposition_refuses_what_it_cannot_split():
    visits = pd.Series({2019: 5.1e6, 2022: 4.477e6})
    with pytest.raises(ValueError, match="no positive figure for 2022"):
        decomposition(pd.Series({2019: 19200.0}), visits, start=2019, end=2022)
    mixed = pd.DataFrame(
        {
            "year": [2019, 2022],
            "value": [19203.0, 780.0],
            "definition": ["total receipts from visitors", "tourism services"],
        }
    )
    with pytest.raises(ValueError, match="one definition"):
        decomposition(mixed, visits, start=2019, end=2022)


def test_area_years_takes_chosen_outcomes_of_whole_years():
    table = pd.DataFrame(
        {
            "area": "Bảo Yên",
            "area_level": "district",
            "indicator": "tourist_visits",
            "year": [2022, 2022, 2024, 2017],
            "part": ["", "9M", "", ""],
            "kind": ["actual", "actual", "plan", "actual"],
            "status": ["chosen", "chosen", "chosen", "superseded"],
            "value": [1.2e6, 8.39e5, 1.6e6, 5e5],
            "low": 1.0,
            "high": 9e9,
            "figure_id": ["a", "b", "c", "d"],
        }
    )
    assert area_years(table, "tourist_visits")["figure_id"].tolist() == ["a"]


@each(["object", "string", "str", "category"])
def test_a_part_that_is_missing_is_the_whole_year(kind):
    table = pd.DataFrame({"year": [2021, 2022], "value": [80.0, 95.0]})
    whole = pd.Series([pd.NA, ""], dtype=kind)
    assert yearly(table.assign(part=whole))["year"].tolist() == [2021, 2022]
    with pytest.raises(ValueError, match=r"2022 is only a part of the year \(H1\)"):
        yearly(table.assign(part=pd.Series([pd.NA, "H1"], dtype=kind)))


@each(["year", "value", "flag"])
def test_two_columns_of_one_name_are_refused(name):
    table = pd.DataFrame({"year": [2021, 2022], "value": [80.0, 95.0], "flag": ""})
    with pytest.raises(ValueError, match=f"two columns are named {name}: keep one"):
        yearly(pd.concat([table, table[[name]]], axis=1))


def test_a_series_keeps_what_it_is_given():
    table = yearly(
        pd.DataFrame(
            {
                "year": [2022],
                "value": [780],
                "low": [780],
                "high": [np.nan],
                "flag": ["at_least"],
                "figure_id": [None],
            }
        )
    )
    assert table.loc[0].tolist() == [2022, 780.0, 780.0, 780.0, "at_least", "", ""]


def test_a_target_is_one_finite_number():
    assert target_row(pd.DataFrame({"value": [66.0], "definition": [None]})).tolist() == [66.0, "", ""]
    with pytest.raises(ValueError, match="2 rows"):
        target_row(pd.DataFrame({"value": [66.0, 67.0]}))
    for wrong in ("66", np.nan, True):
        with pytest.raises(ValueError, match="finite number"):
            target_row(wrong)
