"""Areas beside each other: one year, places with ties and conflicts, shares, who passed, who catches up."""

import pandas as pd
import pytest

from baoyen_analysis.measures.comparing import catch_up, compare, passed, rank, share

# Invented: two sources contradict each other on C in 2021.
ROWS = [
    ("A", 2021, 50.0, "", "a"),
    ("B", 2021, 60.0, "", "b"),
    ("C", 2021, 45.0, "", "c1"),
    ("C", 2021, 55.0, "", "c2"),
    ("D", 2021, 70.0, "of crop land", "d"),
    ("A", 2020, 40.0, "", "a0"),
]
HELD = pd.DataFrame(ROWS, columns=["area", "year", "value", "definition", "figure_id"]).assign(
    area_level="district", flag="", low=lambda t: t["value"] - 0.5, high=lambda t: t["value"] + 0.5
)
PLAIN = HELD[HELD["area"] != "D"]


def areas(*names: str) -> list[tuple[str, str]]:
    return [(name, "district") for name in names]


def test_compare_leaves_blank_what_is_not_held_and_gives_every_counted_figure():
    rows = compare(HELD, areas=areas("A", "C", "E"), year=2021)
    assert rows["value"].fillna(-1).tolist() == [50.0, 45.0, 55.0, -1]
    assert rows["percent"].round(1).fillna(-1).tolist() == [100.0, 90.0, 110.0, -1]
    assert rows["reason"].iloc[-1] == "no_figure"
    assert compare(HELD, areas=areas("D", "A"), year=2021)["reason"].tolist() == ["", "definition_unstated"]


def test_a_rank_spans_the_figures_that_contradict_each_other():
    rows = rank(PLAIN, year=2021).set_index("area")
    assert rows["areas"].unique().tolist() == [3]
    assert rows.loc["B", "rank"] == 1
    assert rows.loc["C", ["best_rank", "worst_rank"]].tolist() == [2, 3]
    assert rank(PLAIN, year=2021, direction=-1)["area"].iloc[0] == "C"
    with pytest.raises(ValueError, match="no better end"):
        rank(PLAIN, year=2021, direction=0)


def test_a_share_says_that_districts_exceed_their_province_and_refuses_two_definitions():
    row = share(pd.Series({2022: 1.2e6}), pd.Series({2022: 4.477e6}), counted_in_each=True).iloc[0]
    assert round(row["percent"], 1) == 26.8
    assert row["reason"] == "parts_exceed_whole"
    part = pd.DataFrame({"year": [2022], "value": [1.0], "definition": ["services"]})
    whole = pd.DataFrame({"year": [2022], "value": [4.0], "definition": ["all receipts"]})
    assert share(part, whole)["percent"].isna().all()
    assert share(part, pd.Series({2020: 4.0}))["reason"].iloc[0] == "no_year_in_common"


def test_passed_is_sure_open_or_not():
    """C, of which two sources of one year lie on both sides of 50, is open."""
    rows = passed(PLAIN, target=50).set_index("area")
    assert rows["case"].to_dict() == {"B": "passed", "C": "open", "A": "open"}
    assert passed(PLAIN, target=65)["case"].unique().tolist() == ["not_passed"]
    assert passed(PLAIN, target=56, direction=-1).set_index("area").at["C", "case"] == "passed"


def test_the_rival_moves_too():
    own, rival = pd.Series({2019: 40.0, 2021: 44.0}), pd.Series({2019: 50.0, 2021: 51.0})
    row = catch_up(own, rival).iloc[0]
    assert (row["case"], row["level_year"]) == ("catch_up", 2025)
    assert catch_up(rival, own)["case"].iloc[0] == "ahead"
    assert catch_up(pd.Series({2019: 40.0, 2021: 40.0}), rival)["case"].iloc[0] == "never"
    assert catch_up(pd.Series({2021: 40.0}), rival)["reason"].iloc[0] == "one_point"


@pytest.mark.parametrize(("years", "case", "level"), [(29.5, "catch_up", 2051), (30.5, "never", None)])
def test_coming_level_is_looked_for_within_thirty_years(years, case, level):
    """Invented: the one grows by a tenth a year, the other stands."""
    own, rival = (
        pd.Series({2020: 1.0, 2021: 1.1}),
        pd.Series({2020: 1.1 * 1.1**years, 2021: 1.1 * 1.1**years}),
    )
    row = catch_up(own, rival).iloc[0]
    assert (row["case"], None if pd.isna(row["level_year"]) else row["level_year"]) == (case, level)
    assert row["last_year"] == 2051
