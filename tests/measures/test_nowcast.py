"""A district's year from printed parts, on the record and on invented parts."""

import pandas as pd
import pytest
from conftest import each

from baoyen_analysis.measures.nowcast import contradictions, nowcast, ranges
from baoyen_analysis.measures.part_year import months_of


def test_visits_of_2024_by_the_one_month_printed_and_by_shares_of_several(built):
    rows = nowcast(built["observations"], "tourist_visits", year=2024)
    assert rows[["way", "part", "part_year", "share_year"]].values.tolist() == [
        ["part", "M08", 2024, 2023],
        ["part", "M08", 2024, 2024],
        ["share", "9M", 2022, 2022],
        ["share", "Q1", 2025, 2025],
    ]
    assert rows["value"].round(-3).tolist() == [1.097e6, 0.882e6, 1.814e6, 1.6e6]
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()
    assert rows["year_inferred"].tolist() == [False, False, False, True]
    said = ranges(rows)
    assert said[["way", "n"]].values.tolist() == [["part", 2], ["share", 2]]
    assert said[["value_low", "value_high"]].round(-3).values.tolist() == [
        [0.882e6, 1.097e6],
        [1.6e6, 1.814e6],
    ]
    assert "baolaocai2024m8-04" in said.loc[0, "figure_ids"].split()


def test_without_a_part_or_without_the_provinces_there_is_a_reason_and_no_number(built):
    rows = nowcast(built["observations"], "tourism_revenue", year=2024)
    assert rows[["reason", "way"]].values.tolist() == [["no_figure", ""]]
    assert ranges(rows).empty
    observed = built["observations"]
    alone = observed[observed["area"] == "Bảo Yên"]
    assert nowcast(alone, "tourist_visits", year=2024)["reason"].tolist() == ["no_such_part"]


def test_a_festival_of_nine_days_beside_a_whole_month_that_had_less(built):
    rows = contradictions(built["observations"])
    assert rows[["figure_id", "value", "other_figure_id", "other_value", "same_year"]].values.tolist() == [
        ["dtmn-lehoi-2023-01", 360000, "baolaocai2024m8-04", 87000, False]
    ]


def _parts(*rows: tuple[str, float]) -> pd.DataFrame:
    made = [
        {
            "figure_id": f"{part}-{value}",
            "period": f"2024{part}",
            "part": part,
            "value": value,
            "low": value,
            "high": value,
        }
        for part, value in rows
    ]
    return pd.DataFrame(made).assign(
        area="Bảo Yên",
        area_level="district",
        indicator="tourist_visits",
        kind="actual",
        year=2024,
        definition="",
        status="chosen",
    )


def test_a_part_greater_than_a_longer_one_around_it_contradicts_it():
    rows = contradictions(
        _parts(("Q1", 300.0), ("M02", 310.0), ("M04", 900.0), ("9M", 1000.0), ("H1", 1200.0))
    )
    assert rows[["figure_id", "other_figure_id"]].values.tolist() == [
        ["H1-1200.0", "9M-1000.0"],
        ["M02-310.0", "Q1-300.0"],
    ]
    assert rows["same_year"].all()


@pytest.mark.parametrize(
    ("definition", "found"),
    [
        ("the festival, 24 August to 1 September", 1),
        ("lễ hội tháng 8", 1),
        ("Tết holiday of February", 0),
        ("", 0),
    ],
)
def test_an_event_is_set_beside_the_months_that_it_names(definition, found):
    event = {
        "indicator": "festival_visits",
        "part": "",
        "period": "2024",
        "definition": definition,
        "figure_id": "e",
    }
    both = pd.concat([_parts(("M08", 100.0)), _parts(("M08", 500.0)).assign(**event)])
    assert len(contradictions(both)) == found


def test_months_of_parts():
    assert months_of("H2") == {7, 8, 9, 10, 11, 12}
    assert months_of("Q4") == {10, 11, 12}
    assert months_of("2M") == {1, 2}


def test_a_part_of_which_no_share_is_evidence_gives_no_row_of_blanks():
    """Invented: the province's half year equals its year, so its share tells nothing."""
    province = {"area": "Lào Cai", "area_level": "province"}
    rows = [
        province | {"part": "H1", "period": "2022H1", "year": 2022, "figure_id": "half"},
        province | {"part": "", "period": "2022", "year": 2022, "figure_id": "whole"},
        {"area": "Bảo Yên", "area_level": "district", "part": "H1", "period": "2023H1", "year": 2023}
        | {"figure_id": "own"},
    ]
    table = pd.DataFrame(rows).assign(
        value=5.0, low=5.0, high=5.0, kind="actual", status="chosen", definition="", year_inferred=False
    )
    found = nowcast(table.assign(indicator="tourist_visits"), "tourist_visits", year=2023)
    assert found["reason"].tolist() == ["no_such_part"]


@each([(99.0, 1), (100.0, 0), (101.0, 0)])
def test_a_part_that_equals_a_longer_one_does_not_contradict_it(longer, found):
    assert len(contradictions(_parts(("Q1", longer), ("M02", 100.0)))) == found
