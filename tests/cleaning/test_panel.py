"""The panel and the targets, on the real record."""

import pandas as pd

from baoyen_analysis import vocabulary
from baoyen_analysis.cleaning import panel


def test_bao_yen_2022(built):
    row = built["panel"].set_index(["area", "area_level", "year"]).loc[("Bảo Yên", "district", 2022)]
    assert (row["income_million_vnd"], row["income_million_vnd_flag"]) == (45, "conflict")
    assert row["tourist_visits"] == 1_200_000
    assert (row["tourism_revenue_billion_vnd"], row["tourism_revenue_billion_vnd_flag"]) == (780, "at_least")
    assert row["tourism_revenue_billion_vnd_figure_id"] == "laocaitv-2022-06"
    assert (row["yield_million_vnd_per_ha"], row["yield_million_vnd_per_ha_figure_id"]) == (
        92,
        "thby-1015-02",
    )
    row = built["panel"].set_index(["area", "area_level", "year"]).loc[("Bảo Yên", "district", 2021)]
    assert pd.isna(row["income_million_vnd"])
    assert row["income_million_vnd_figure_id"] == ""


def test_the_province_has_no_income(built):
    rows = built["panel"]
    assert (
        rows.loc[(rows["area"] == "Lào Cai") & (rows["area_level"] == "province"), "income_million_vnd"]
        .isna()
        .all()
    )


def test_every_cell_is_a_chosen_full_year_outcome(built):
    observations = built["observations"].set_index("figure_id")
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        cells = built["panel"].dropna(subset=[column])
        behind = observations.loc[cells[f"{column}_figure_id"]]
        assert (behind["value"].to_numpy() == cells[column].to_numpy()).all()
        assert (behind["status"] == "chosen").all()
        assert (behind["indicator"] == indicator).all()
        assert (behind["part"] == "").all()
        assert behind["kind"].isin(vocabulary.OUTCOMES).all()


def test_no_chosen_full_year_outcome_is_left_out(built):
    rows = built["observations"]
    rows = rows[
        rows["indicator"].isin(vocabulary.PANEL_COLUMNS)
        & (rows["status"] == "chosen")
        & rows["kind"].isin(vocabulary.OUTCOMES)
        & (rows["part"] == "")
    ]
    held = {
        cell for column in vocabulary.PANEL_COLUMNS.values() for cell in built["panel"][f"{column}_figure_id"]
    } - {""}
    assert set(rows["figure_id"]) == held


def test_of_two_definitions_in_one_year_one_stands_and_they_are_not_mixed():
    # Invented observations.
    row = {
        "area": "A",
        "area_level": "district",
        "indicator": "tourism_revenue",
        "period": "2021",
        "year": 2021,
        "kind": "actual",
        "flag": "",
        "qualifier": "eq",
        "published": "",
        "source_kind": "press",
        "status": "chosen",
    }
    rows = pd.DataFrame(
        [
            row | {"figure_id": "a", "value": 1.0, "definition": "x"},
            row | {"figure_id": "b", "value": 9.0, "definition": "y", "source_kind": "government"},
        ]
    )
    assert panel.merge(rows)["tourism_revenue_billion_vnd"].tolist() == [9.0]


def test_targets_keep_the_goals_and_their_rows_without_a_number(built):
    rows = built["targets"]
    assert (rows["goal_id"] == "plan-2024").sum() == 10
    assert set(rows.loc[rows["figure_id"] == "", "goal_id"]) == {
        "ntm-district-2025",
        "developed-district-2025",
    }
    assert (
        len(rows[rows["figure_id"] != ""]) == (~built["observations"]["kind"].isin(vocabulary.OUTCOMES)).sum()
    )


def test_what_was_set_is_exact_and_keeps_its_bound(built):
    row = built["targets"].set_index("figure_id").loc["baolaocai-383081-01"]
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (66, 66, 66, "gt")
