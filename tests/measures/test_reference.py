"""The cases of the province and its districts beside the growth that a target needs. Invented figures, and
the record."""

import pandas as pd
import pytest

from baoyen_analysis.measures.reference import CASE_COLUMNS, pooled

AIM = {"value": 95.0, "year": 2024}


def _outcome(value: float = 80.0, year: int = 2021) -> pd.DataFrame:
    return pd.DataFrame({"year": [year], "value": [value], "figure_id": [f"outcome-{value}"]})


def _figures(
    area: str, *rows: tuple, level: str = "district", indicator: str = "yield_per_ha"
) -> pd.DataFrame:
    made = [
        {"year": year, "value": value, "low": value - 0.5, "high": value + 0.5, "definition": "".join(said)}
        for year, value, *said in rows
    ]
    named = {
        "area": area,
        "area_level": level,
        "indicator": indicator,
        "status": "chosen",
        "kind": "actual",
        "part": "",
    }
    return pd.DataFrame(made).assign(
        **named, flag="", figure_id=[f"{area.split()[0]}-{row[0]}" for row in rows]
    )


def _cases(*tables: pd.DataFrame, **asked) -> pd.DataFrame:
    options = {"outcome": [_outcome()], "target": AIM, "area": "Bảo Yên"} | asked
    return pooled(pd.concat(tables), "yield_per_ha", **options)


def test_a_case_is_growth_a_year_over_its_own_span_beside_the_growth_needed():
    rows = _cases(_figures("Văn Bàn", (2018, 60), (2020, 90)), _figures("Bắc Hà", (2015, 50), (2021, 60)))
    assert list(rows.columns) == CASE_COLUMNS
    assert rows["needed_percent"].round(2).unique().tolist() == [5.9]
    assert rows[["area", "from_year", "year", "did_as_much", "counted"]].values.tolist() == [
        ["Văn Bàn", 2018, 2020, True, True],
        ["Bắc Hà", 2015, 2021, False, True],
    ]
    assert rows["growth_percent"].round(1).tolist() == [22.5, 3.1]
    assert rows.loc[0, ["low_percent", "high_percent"]].astype(float).round(1).tolist() == [21.6, 23.3]
    assert rows["figure_ids"].tolist() == ["Văn-2018 Văn-2020", "Bắc-2015 Bắc-2021"]


def test_spans_of_more_than_six_years_and_the_area_itself_are_no_cases():
    own = _figures("Bảo Yên", (2019, 75), (2021, 80))
    assert _cases(_figures("Văn Bàn", (2013, 60), (2020, 90)), own).empty
    assert _cases(_figures("Việt Nam", (2018, 60), (2020, 90), level="country")).empty
    assert len(_cases(own, area="Sa Pa")) == 1


def test_of_spans_over_the_same_years_the_longest_that_ends_latest_counts():
    rows = _cases(_figures("Văn Bàn", (2010, 50), (2012, 55), (2016, 60), (2018, 66), (2021, 70)))
    assert rows.loc[rows["counted"], ["from_year", "year"]].values.tolist() == [
        [2010, 2012],
        [2012, 2018],
        [2018, 2021],
    ]
    assert set(rows.loc[~rows["counted"], "reason"]) == {"overlap"}


def test_a_case_of_two_definitions_is_listed_and_not_counted_and_takes_no_years_from_another():
    rows = _cases(
        _figures(
            "Văn Bàn", (2016, 59.7, "crops"), (2018, 64.9, "crops"), (2020, 83, "land"), (2021, 87, "land")
        )
    )
    counted = rows[rows["counted"]]
    assert counted[["from_year", "year"]].values.tolist() == [[2020, 2021], [2016, 2018]]
    assert (rows["reason"] == "definition_break").sum() == 4
    blank = _cases(_figures("Văn Bàn", (2016, 59.7), (2018, 64.9, "crops")))
    assert blank["counted"].tolist() == [True]


def test_an_end_in_a_year_of_a_break_or_a_start_in_the_year_after_is_set_apart():
    rows = _cases(_figures("Văn Bàn", (2019, 50), (2021, 20), (2022, 60), (2023, 90)), breaks=(2020, 2021))
    assert rows.loc[rows["counted"], ["from_year", "year"]].values.tolist() == [[2019, 2023]]
    covid = rows.loc[rows["reason"] == "covid", ["from_year", "year"]].values.tolist()
    assert sorted(covid) == [[2019, 2021], [2021, 2022], [2021, 2023], [2022, 2023]]


def test_each_outcome_that_counts_has_its_own_rows():
    rows = _cases(_figures("Văn Bàn", (2018, 60), (2020, 70)), outcome=[_outcome(80), _outcome(60)])
    assert rows[["outcome_value", "did_as_much"]].values.tolist() == [[80, True], [60, False]]


def test_growth_from_nothing_is_no_case_and_shares_go_by_points():
    rows = _cases(_figures("Văn Bàn", (2018, 0), (2020, 70)))
    assert rows[["counted", "reason"]].values.tolist() == [[False, "zero_base"]]
    poverty = _figures("Văn Bàn", (2018, 20), (2020, 14), indicator="poverty_rate")
    rows = pooled(
        poverty,
        "poverty_rate",
        outcome=[_outcome(13.9, 2023)],
        target={"value": 10.5, "year": 2024},
        area="Bảo Yên",
    )
    assert rows[["needed_percent", "growth_percent", "did_as_much"]].round(1).values.tolist() == [
        [-3.4, -3.0, False]
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_the_table_is_nothing(turned):
    table = _figures("Văn Bàn", (2016, 60), (2018, 66), (2021, 70))
    areas = pd.concat([table, table.assign(area="Bắc Hà")])
    first = _cases(areas)
    pd.testing.assert_frame_equal(first, _cases(areas[::-1] if turned else areas))


def test_on_the_record_one_of_three_cases_did_as_much_as_the_value_of_a_hectare_needs(built):
    rows = pooled(built["observations"], "yield_per_ha", outcome=[_outcome()], target=AIM, area="Bảo Yên")
    counted = rows[rows["counted"]]
    assert counted[["area", "from_year", "year", "did_as_much"]].values.tolist() == [
        ["Bát Xát", 2012, 2017, True],
        ["Văn Bàn", 2020, 2021, False],
        ["Văn Bàn", 2016, 2018, False],
    ]
