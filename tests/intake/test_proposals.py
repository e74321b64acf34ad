"""Proposals from a report, and what a person gave back. All numbers here are invented."""

import pandas as pd
import pytest

from baoyen_analysis import words
from baoyen_analysis.intake.proposals import COLUMNS, confirmed, propose
from baoyen_analysis.intake.record import Source, read

REPORT = (
    "Năm 2015, thu nhập bình quân đầu người của huyện Bảo Yên đạt 45 triệu đồng, tăng 9 triệu đồng so với "
    "năm 2014. Tổng lượng khách du lịch đến huyện Bảo Yên năm 2015 đạt 1,2 triệu lượt, tăng hơn 41% so với "
    "năm 2014 và bằng 109% kế hoạch. Phấn đấu năm 2016 thu nhập bình quân đầu người của xã Nghĩa Đô trên 66 "
    "triệu đồng/năm. Có 66 tiệu đồng."
)


@pytest.fixture
def rows():
    return propose(REPORT)


def test_what_the_words_say_is_proposed_and_the_rest_is_blank(rows):
    assert list(rows.columns) == list(COLUMNS)
    figures = rows[(rows["relation"] == "") & (rows["problem"] == "")]
    assert figures[["indicator", "area", "period", "kind", "value"]].values.tolist() == [
        ["income_per_capita", "huyện Bảo Yên", "2015", "", "45 triệu đồng"],
        ["tourist_visits", "huyện Bảo Yên", "2015", "", "1,2 triệu lượt"],
        ["income_per_capita", "Nghĩa Đô", "2016", "plan", "trên 66 triệu đồng/năm"],
    ]
    unread = rows[rows["problem"] != ""]
    assert unread[["indicator", "period", "problem"]].values.tolist() == [["", "", "not understood: tiệu"]]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # said in a list, over a hectare, behind the number; in full where the words say what is counted
        (
            "Doanh thu du lịch, dịch vụ của huyện Bảo Yên đạt 812 tỷ đồng, tăng 32 tỷ đồng",
            ["Doanh thu du lịch, dịch vụ"] * 2,
        ),
        (
            "giá trị sản phẩm trên 1 ha đất canh tác đạt 88 triệu đồng",
            ["giá trị sản phẩm trên 1 ha đất canh tác"],
        ),
        (
            "Có 11/16 xã đạt chuẩn nông thôn mới, 2 xã đạt chuẩn nông thôn mới nâng cao",
            ["ntm_communes", "ntm_communes_advanced"],
        ),
        ("Xã Bảo Hà đón trên 800.000 lượt khách", ["tourist_visits"]),
        # of something else, or more of it
        ("Đón 12.400 lượt khách quốc tế", [""]),
        ("khách quốc tế đạt 12.400 lượt khách", [""]),
        ("Thu nhập, hộ nghèo còn 5%", [""]),
        ("Thu nhập bình quân lao động đạt 50 triệu đồng", [""]),
        ("Thêm 2 xã đạt chuẩn nông thôn mới", [""]),
        ("Có 3 xã, thị trấn đạt chuẩn", [""]),
    ],
)
def test_an_indicator_is_named_before_a_figure_or_behind_it(text, indicators):
    assert propose(text)["indicator"].tolist() == indicators


def test_a_comparison_names_its_figure_and_its_base(rows):
    compared = rows[rows["relation"] != ""]
    columns = ["relation", "amount", "amount_unit", "qualifier", "of", "base_period", "base_kind"]
    assert compared[columns].values.tolist() == [
        ["difference", "9", "million VND/person/year", "eq", "1", "2014", "actual"],
        ["percent_change", "41", "percent", "gt", "3", "2014", "actual"],
        ["percent_of", "109", "percent", "eq", "3", "2015", "plan"],
    ]


def test_per_cents_of_per_cents_and_comparisons_without_their_figure_stay_open():
    open_ = propose("Tỷ lệ hộ nghèo năm 2015 là 12%, giảm 3% so với năm 2014. Doanh thu tăng 5%.")
    assert open_["relation"].tolist() == ["", "", "percent_change"]
    assert open_["of"].tolist() == ["", "1", ""]


def test_numbers_of_a_list_get_their_unit():
    listed = propose("Thu nhập các năm 2014 và 2015 lần lượt là 36,4 và 40,1 triệu đồng")
    assert listed[["value", "unit"]].values.tolist() == [["36,4", "triệu đồng"], ["40,1 triệu đồng", ""]]


def taken(tmp_path, rows, **options):
    rows.to_csv(tmp_path / "de-xuat.csv", index=False, encoding="utf-8-sig")
    source = Source("bc-2015", "UBND huyện (bịa đặt)")
    held = pd.DataFrame(
        columns=[
            "status",
            "area",
            "area_level",
            "indicator",
            "period",
            "kind",
            "definition",
            "figure_id",
            "value_text",
            "value",
            "low",
            "high",
        ]
    )
    return read(tmp_path / "de-xuat.csv", source, held, **options)


def test_the_file_a_person_looked_through_is_taken_with_its_comparisons(tmp_path, rows):
    intake = taken(tmp_path, rows.iloc[:5])
    columns = ["area", "area_level", "indicator", "period", "kind", "value_text", "value", "unit"]
    assert intake.figures[columns].values.tolist() == [
        [
            "Bảo Yên",
            "district",
            "income_per_capita",
            "2015",
            "actual",
            "45 triệu đồng",
            "45",
            "million VND/person/year",
        ],
        [
            "Bảo Yên",
            "district",
            "tourist_visits",
            "2015",
            "actual",
            "1,2 triệu lượt",
            "1200000",
            "visits",
        ],
    ]
    columns = ["comparison_id", "figure_id", "relation", "amount", "base_area", "base_period"]
    assert intake.comparisons[columns].values.tolist() == [
        ["bc-2015-01-c1", "bc-2015-01", "difference", "9", "Bảo Yên", "2014"],
        ["bc-2015-02-c1", "bc-2015-02", "percent_change", "41", "Bảo Yên", "2014"],
        ["bc-2015-02-c2", "bc-2015-02", "percent_of", "109", "Bảo Yên", "2015"],
    ]
    assert intake.problems.empty


def test_what_is_still_blank_is_not_taken_and_said(tmp_path, rows):
    rows.loc[1, "base_period"] = ""
    rows.loc[2, "indicator"] = ""
    intake = taken(tmp_path, rows.iloc[:5], lang="en")
    assert intake.figures["indicator"].tolist() == ["income_per_capita"]
    assert intake.comparisons.empty
    said = " ".join(intake.problems["problem"])
    assert "base_period is blank" in said
    assert "the figure compared (row 3) is not taken" in said


def test_a_mended_row_counts_not_the_proposal(tmp_path, rows):
    rows.loc[0, "value"] = "46 triệu đồng"
    assert taken(tmp_path, rows.iloc[:1]).figures["value"].tolist() == ["46"]


def test_another_table_is_no_list_of_proposals(tmp_path):
    (tmp_path / "bang.csv").write_text(
        "indicator,area,period,value\nincome_per_capita,huyện Bảo Yên,2015,5\n", encoding="utf-8"
    )
    assert confirmed(tmp_path / "bang.csv") is None


def test_the_words_of_the_command_stand_in_both_languages():
    for lang in ("vi", "en"):
        assert words.of(lang).say("preview.proposed", figures=3, unread=1)
