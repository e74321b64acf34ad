"""Readable tables: heads and words in one language, units, years and kinds beside the numbers; the figures
are the record's or invented."""

import re

import pandas as pd
import pytest

import baoyen_analysis as by
from baoyen_analysis import words
from baoyen_analysis.views import tables


def scorecard(area: str) -> pd.DataFrame:
    return by.tables.scorecard(by.scorecard(area=area), lang="en").set_index("Indicator")


@pytest.mark.parametrize(
    ("area", "indicator", "plan"),
    [
        ("Bảo Yên", "Income per person", "more than 66 (2024 plan)"),
        ("Sa Pa", "Income per person", "85 (2025 target)"),
        ("Sa Pa", "Tourist visits", "3.5 million (2023 plan)"),
        ("Sa Pa", "Economic growth", "more than 14.5 (2021-2025 target)"),
        ("Bát Xát", "Tourism revenue", "1,980 (2025 target)"),
        ("Bát Xát", "Tourist visits", "85,000 (2022 plan)"),
    ],
)
def test_a_plan_stands_with_its_year_and_kind(area, indicator, plan):
    assert scorecard(area).loc[indicator, "Plan or target"] == plan


def test_the_base_of_the_growth_done_stands_beside_it_marked_and_traced():
    row = scorecard("Bảo Yên").loc["Income per person"]
    assert (row["Base before it"], row["Figure"]) == (
        "32.67 (2020, derived)",
        "laocaitv-2022-05; gov-zone3-03; baolaocai-383081-01",
    )
    assert (
        scorecard("Bảo Yên").loc["Tourism revenue"].filter(like="needed").iloc[0] == "at most +170 (+19.8%)"
    )


def test_without_a_plan_the_table_says_that_none_is_held():
    assert (
        by.tables.scorecard(by.scorecard(area="Si Ma Cai"), lang="en").iloc[0, 0]
        == "The record holds no plan or target."
    )


def test_each_plan_of_an_indicator_has_its_own_verdicts_with_their_base():
    shown = by.tables.verdicts(by.all_verdicts(area="Sa Pa"), lang="en")
    assert shown.loc[shown["Indicator"] == "Tourist visits", "Plan or target"].tolist() == [
        "3.5 million (2023)",
        "4.5 million (2024)",
        "5.8 million (2025)",
    ]
    assert by.tables.verdicts(by.all_verdicts(), lang="en")["Counted from"].iloc[0] == "9.35 (2012)"


def test_conflicts_come_widest_first_and_the_small_ones_in_one_line():
    shown = by.conflicts(lang="en")
    assert len(shown) == 8
    assert shown["Indicator"].iloc[0] == "Rural income per person"
    last = shown[shown["Apart"] == "< 0.5%"].iloc[0]
    assert last["Period"].startswith("2010, 2014")
    assert last["Figure"].count(";") == 8
    assert "cơ quan thống kê" in " ".join(by.conflicts(lang="vi")["Lý do"])


def test_a_cross_check_says_whether_it_is_of_outcomes_or_of_plans():
    for lang, kind, plan in (("en", "Kind", "plan for a year"), ("vi", "Loại", "kế hoạch năm")):
        shown = tables.crosschecks(by.crosschecks(), lang=lang).set_index(
            words.of(lang).say("column.figure_id")
        )
        assert (
            shown.loc["baolaocai2021-02; qhtv2021-01", kind]
            == plan
            == shown.loc["ttvn2023m9-02; btnmt2022-04", kind]
        )
    assert tables.crosschecks(by.crosschecks(), lang="en")["Kind"].value_counts()["actual"] == 10


def test_no_code_of_a_period_is_left_for_the_reader():
    made = [
        by.figures("tourist_visits", lang="en"),
        by.doubts(lang="en"),
        by.conflicts(lang="en"),
        tables.crosschecks(by.crosschecks(), lang="en"),
        by.by_period("tourist_visits", lang="en"),
        tables.details(by.trace("vnn2022b-02"), lang="en"),
    ]
    text = " ".join(
        " ".join(
            [
                *map(str, table.columns),
                *table.drop(columns=["Figure", "As printed", "Note (as written)"], errors="ignore")
                .astype(str)
                .stack(),
            ]
        )
        for table in made
    )
    assert not re.findall(r"\b(?:\d{4}-?)?(?:[HQ]\d|M\d\d|\d{1,2}M)\b", text)
    assert "first 9 months of 2022" in text


def test_a_trace_speaks_the_language_asked_for():
    shown = tables.details(by.trace("laocaitv-2022-05", lang="vi"), lang="vi").set_index("Mục")["Giá trị"]
    assert shown["Đọc là"] == "50 triệu đồng/người/năm (từ 49,5 đến 50,5)"
    assert shown["Địa bàn"] == "Bảo Yên (huyện)"
    assert shown["Lý do"] == "con số duy nhất của địa bàn, chỉ tiêu và thời kỳ này"
    assert shown["Kết quả đối chiếu"].startswith("được chọn; bảng tổng hợp")
    assert shown["Ghi chú (nguyên văn)"].startswith("Published 26/12/2022")
    reasons = {
        by.trace(name, lang="vi")["reason"]
        for name in by.observations().drop_duplicates("reason")["figure_id"]
    }
    assert not [reason for reason in reasons if reason.isascii()]


def test_constant_prices_name_their_year():
    assert tables.verdicts(by.all_verdicts(), lang="en")["Prices"].tolist()[:2] == [
        "in current prices",
        "in prices of 2010",
    ]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_nothing_raw_is_left_in_what_a_reader_sees(lang):
    made = [
        tables.series(by.series("income_per_capita", derived=True), indicator="income_per_capita", lang=lang),
        tables.details(by.trace("laocaitv-2022-05"), lang=lang),
        tables.details(by.parse_figure("trên 780 tỷ đồng"), lang=lang),
        tables.panel(by.panel().query("area == 'Sa Pa'"), lang=lang),
        tables.counts(by.observations(), rows="qualifier", columns="locale", lang=lang),
        tables.counts(by.observations(), rows="kind", columns="status", lang=lang),
        tables.answer(by.answer("needed", "income_per_capita"), lang=lang),
        tables.together(by.together("tourist_visits"), indicator="tourist_visits", lang=lang),
        tables.ranks(by.rank("poverty_rate", 2024), indicator="poverty_rate", lang=lang),
        tables.areas(by.latest("yield_per_ha"), indicator="yield_per_ha", lang=lang),
        tables.crosschecks(by.crosschecks(), lang=lang),
    ]
    for table in made:
        assert table.index[0] == 1
        assert not any("_" in str(head) for head in table.columns)
    text = " ".join(table.to_string() for table in made)
    assert not {"approx", "out_of_scope", "at_least", "income_per_capita"} & set(text.split())


def test_the_words_of_the_record_have_their_vietnamese():
    """A reason or a caveat that cleaning learns to say must be put into Vietnamese too."""
    caveats = [*filter(None, by.tables.crosschecks(by.crosschecks(), lang="vi")["Lưu ý"])]
    reasons = [*filter(None, by.conflicts(lang="vi")["Lý do"])]
    assert caveats
    assert reasons
    assert not [text for text in caveats + reasons if text.isascii()]


def test_the_heads_say_the_unit_and_which_end_is_first():
    assert (
        tables.ranks(by.rank("poverty_rate", 2024), indicator="poverty_rate", lang="en").columns[0]
        == "Rank (1 = lowest)"
    )
    assert tables.ranks(by.rank("income_per_capita", 2020), indicator="income_per_capita", lang="en").columns[
        [0, 3]
    ].tolist() == ["Rank (1 = highest)", "Value (million VND per person)"]
    row = tables.crosschecks(by.crosschecks(), lang="en").set_index("Area").loc["Sa Pa"].iloc[0]
    assert row[
        ["Unit", "By the printed comparison", "As printed itself", "Gap between the two ranges"]
    ].tolist() == ["visits", "3.01 million", "1.2 million", "1.71 million"]
