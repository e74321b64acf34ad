"""The published methods side by side. Invented numbers."""

import pandas as pd

from baoyen_analysis.measures.growth import price_levels
from baoyen_analysis.measures.monitors import published_methods
from baoyen_analysis.measures.published import METHODS

INCOME = pd.Series({2019: 40.0, 2020: 42.0, 2021: 45.0, 2022: 50.0})
AIMS = pd.DataFrame({"year": [2023, 2024], "value": [55.0, 66.0]})
LEVELS = price_levels(pd.Series(dict.fromkeys(range(2019, 2024), 5.0)), base_year=2019)


def test_a_target_of_a_year_without_a_price_level_has_no_verdict_in_constant_prices():
    rows = published_methods(INCOME, targets=AIMS, levels=LEVELS).set_index(["prices", "target_year"])
    assert (rows.loc[("constant", 2024), "reason"] == "no_price_level").all()
    assert rows.loc[("constant", 2024), ["target", "ratio", "attainment", "base"]].isna().all(axis=None)
    assert (rows.loc[("constant", 2024), "class_"] == "").all()
    assert rows.loc[("constant", 2023), "reason"].eq("").all()


def test_target_and_figures_are_deflated_alike():
    rows = published_methods(INCOME, targets=AIMS, levels=LEVELS, methods=["cagr_ratio"])
    current, constant = (rows[rows["prices"] == prices].iloc[0] for prices in ("current", "constant"))
    assert constant[["nominal", "price_year", "base"]].tolist() == [55.0, 2019, 40.0]
    assert round(constant["target"] * 1.05**4, 9) == 55
    assert round(constant["attainment"] * 1.05**-1, 9) == round(current["attainment"], 9)


def test_a_base_year_holds_for_every_method_but_the_one_that_takes_the_last_years():
    rows = published_methods(INCOME, targets=AIMS.head(1), base_year=2021).set_index("method")
    assert list(rows.index) == list(METHODS)
    assert rows["base_year"].tolist() == [2019 if method == "recent_pace" else 2021 for method in METHODS]
