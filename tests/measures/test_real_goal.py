"""A goal in the prices of the outcome's year, on the record."""

import pytest

from baoyen_analysis.measures.goals import goals
from baoyen_analysis.measures.growth import price_levels
from baoyen_analysis.measures.readings import readings
from baoyen_analysis.measures.real_goal import in_prices_of_the_outcome


def _prices(built):
    rows = built["observations"]
    rows = rows[(rows["area"] == "Việt Nam") & (rows["status"] == "chosen") & rows["part"].eq("")]
    changes, index = (
        rows[rows["indicator"] == name].sort_values("year") for name in ("cpi_change", "cpi_index")
    )
    return price_levels(changes, index=index)


def _of(built, indicator):
    goal = goals(built["targets"], indicator=indicator, year=2024)
    return readings(goal, built["observations"], built["derived"])


def test_66_in_2024_is_61_7_in_prices_of_2022_and_needs_11_or_17_per_cent_a_year(built):
    rows = in_prices_of_the_outcome(_of(built, "income_per_capita"), _prices(built))
    assert rows["goal_real"].round(1).tolist() == [61.7, 61.7]
    assert rows[["outcome_value", "needed_real"]].round(3).values.tolist() == [[50, 0.111], [45, 0.171]]
    assert rows.loc[0, "price_figure_ids"] == "nguoiquansat-2023-01 sggp-2024-01"


def test_an_outcome_that_does_not_count_is_left_out_and_one_a_row(built):
    assert in_prices_of_the_outcome(_of(built, "yield_per_ha"), _prices(built))["outcome_value"].tolist() == [
        80
    ]
    assert in_prices_of_the_outcome(_of(built, "tourism_revenue"), _prices(built)).empty


@pytest.mark.parametrize(
    ("indicator", "levels", "reason"),
    [("tourist_visits", None, "not_money"), ("income_per_capita", 2023, "no_price_level")],
)
def test_without_prices_or_for_what_is_no_money_there_is_no_number(built, indicator, levels, reason):
    prices = _prices(built)
    prices = prices if levels is None else prices[prices["year"] <= levels]
    rows = in_prices_of_the_outcome(_of(built, indicator), prices)
    assert set(rows["reason"]) == {reason}
    assert rows["goal_real"].isna().all()
