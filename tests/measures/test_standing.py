"""Ranks among districts, on the record and on invented figures."""

import pandas as pd
import pytest

from baoyen_analysis.measures.standing import standing, together


def _figures(*rows: tuple, **more) -> pd.DataFrame:
    made = [
        {"area": area, "value": value, "low": value - half, "high": value + half, "figure_id": f"f{number}"}
        for number, (area, value, half) in enumerate(rows, 1)
    ]
    common = {"area_level": "district", "indicator": "tourist_visits", "period": "2024M08", "kind": "actual"}
    common |= {"source_id": "press", "definition": "", "status": "chosen"}
    return pd.DataFrame(made).assign(**common | more)


def test_bao_yen_among_the_districts_of_one_page(built):
    rows = standing(built["observations"], indicator="tourist_visits")
    assert rows[["period", "rank", "districts", "by", "first_is"]].values.tolist() == [
        ["2022-9M", 3, 5, "source", "highest"],
        ["2023M01", 2, 6, "source", "highest"],
        ["2024M08", 3, 5, "source", "highest"],
        ["2025M03", 3, 5, "source", "highest"],
    ]
    assert "baolaocai2024m8-04" in rows["figure_ids"].iloc[2].split()


def test_where_less_is_better_the_lowest_is_first(built):
    rows = standing(built["observations"], area="Bát Xát", indicator="poverty_rate")
    assert rows[["rank", "districts", "first_is"]].values.tolist() == [[2, 5, "lowest"]]


def test_one_year_from_several_sources_where_that_gives_more(built):
    rows = standing(built["observations"], area="Văn Bàn", indicator="income_per_capita")
    assert rows[["period", "by", "rank", "districts"]].values.tolist() == [["2020", "year", 1, 3]]


def test_two_districts_are_no_standing_nor_is_one_without_its_own_figure():
    two = _figures(("Bảo Yên", 5, 0), ("Sa Pa", 9, 0))
    assert standing(two).empty
    assert standing(_figures(("Bắc Hà", 5, 0), ("Sa Pa", 9, 0), ("Văn Bàn", 4, 0))).empty


def test_what_counts_otherwise_is_not_ranked_along():
    rows = _figures(("Bảo Yên", 5, 0), ("Sa Pa", 9, 0), ("Văn Bàn", 4, 0), ("Bắc Hà", 8, 0))
    assert standing(rows.assign(definition=["a", "a", "a", ""]))["districts"].tolist() == [4]
    assert standing(rows.assign(definition=["a", "a", "a", "b"]))["rank"].tolist() == [2]
    assert standing(rows.assign(definition=["a", "b", "b", "a"])).empty
    assert standing(rows.assign(definition=["", "a", "b", ""])).empty


def test_equal_figures_share_a_rank_and_intervals_leave_it_open():
    rows = standing(_figures(("Bảo Yên", 5, 2), ("Sa Pa", 6, 2), ("Văn Bàn", 5, 2), ("Bắc Hà", 20, 2)))
    assert rows[["rank", "rank_best", "rank_worst"]].values.tolist() == [[3, 2, 4]]


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_rows_is_nothing(turned):
    rows = _figures(("Bảo Yên", 5, 0), ("Sa Pa", 6, 0), ("Văn Bàn", 4, 0))
    assert standing(rows[::-1] if turned else rows)["rank"].tolist() == [2]


def test_districts_that_one_source_prints_stand_in_order_with_the_province_below(built):
    rows = together(built["observations"], "poverty_rate")
    assert rows["area"].tolist()[::4] == ["Thành phố Lào Cai", "Si Ma Cai"]
    assert rows["area"].iloc[-1] == "Lào Cai"
    assert rows["rank"].isna().tolist() == [False] * 5 + [True]
    assert rows["areas"].tolist()[:5] == [5] * 5
    assert together(built["observations"], "income_per_capita").empty
    visits = together(built["observations"], "tourist_visits")
    assert visits.loc[visits["area"] == "Bảo Yên", "rank"].tolist() == [3, 2, 3, 3]


def test_an_outcome_of_another_source_that_conflicts_widens_the_place_and_a_forecast_does_not(built):
    held = built["observations"]
    rows = standing(held, indicator="festival_visits").set_index("period")
    assert rows.loc["2025Q1", ["rank", "rank_best", "rank_worst"]].tolist() == [2, 2, 2]
    # 86,000, expected before the holiday; as an outcome it would stand behind the city's 95,000.
    turned = held.assign(kind=held["kind"].mask(held["figure_id"] == "thcl-tet2025-01", "actual"))
    rows = standing(turned, indicator="festival_visits").set_index("period")
    assert rows.loc["2025Q1", ["rank", "rank_best"]].tolist() == [2, 2]
    assert rows.loc["2025Q1", "rank_worst"] >= 3
    assert "thcl-tet2025-01" in rows.loc["2025Q1", "figure_ids"]
