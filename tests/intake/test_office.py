"""An office's files read whatever their layout: known cells, nothing lost, bad files refused in words.
Numbers in fixtures are invented."""

import contextlib
import csv
import io
import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import each
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baoyen_analysis.intake import apart, office, sheets
from baoyen_analysis.intake.office import OfficeFileError, read_office

FILES = Path(__file__).resolve().parents[1] / "data" / "office"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "tables"
SHOWN = ["area_text", "indicator_text", "year", "status", "value_text", "unit_text", "value"]


def _cell(table, cell, *columns, sheet=None):
    rows = table.rows[(table.rows["cell"] == cell) & (table.rows["sheet"].eq(sheet) if sheet else True)]
    assert len(rows) == 1, cell
    return rows.iloc[0][list(columns)].tolist()


# file, rows, problems, {cell: area, indicator, year, status, text in the cell, unit, value in base units}
GSO_TITLE = "Tỷ lệ tăng dân số phân theo địa phương chia theo Tỉnh/Thành phố và Năm"
SHARED_FILES = [
    (
        "gso/cpi-annual-average.csv",
        255,
        0,
        {"H4": ["", "Consumer price index", 2008, "", "122.97", "", 122.97]},
    ),
    (
        "gso/income-by-source-and-province.csv",
        1400,
        0,
        {
            "B4": ["WHOLE COUNTRY", "Total", 2010, "", "1387.0", "", 1387.0],
            "U73": ["Ca Mau", "Others", 2016, "preliminary", "286.0", "", 286.0],
        },
    ),
    (
        "gso/output-per-ha.csv",
        52,
        0,
        {
            "C4": [
                "",
                "Gross output (Mill. Dongs) | Cultivated land",
                2004,
                "",
                "21.1",
                "Mill. Dongs",
                21.1e6,
            ],
            "D29": [
                "",
                "Index (Previous year = 100) - % | Aquaculture water surface",
                2016,
                "preliminary",
                "104.9",
                "%",
                104.9,
            ],
        },
    ),
    (
        "gso/poverty-rate-by-province.csv",
        568,
        0,
        {
            "I4": [
                "WHOLE COUNTRY",
                "Poverty rate by province by Cities, provincies and Year",
                2016,
                "preliminary",
                "5.8",
                "",
                5.8,
            ]
        },
    ),
    ("gso/tables.csv", 0, 1, {}),
    (
        "gso/tourism-outcome.csv",
        144,
        0,
        {
            "B4": [
                "",
                "Turnover of accommodation establishments (Bill. Dongs)",
                2000,
                "",
                "3268.5",
                "Bill. Dongs",
                3268.5e9,
            ],
            "Q12": [
                "",
                "Vietnamese persons travelling abroad (Thous. Visits)",
                2015,
                "",
                "584.3",
                "Thous. Visits",
                584.3e3,
            ],
        },
    ),
    (
        "gso/travel-turnover-by-province.csv",
        345,
        0,
        {
            "B6": [
                "Ha Noi",
                "Turnover of travelling at current prices by province by Cities, provincies and Year",
                2010,
                "",
                "4005.6",
                "",
                4005.6,
            ]
        },
    ),
    (
        "layouts/divorces_by_province_2013-2017_dotdot.csv",
        690,
        14,
        {
            "C8": ["Hải Phòng", "H", 2013, "", "395", "", 395],
            "K70": ["Cà Mau", "H", 2017, "", "1103", "", 1103],
        },
    ),
    (
        "layouts/gso_E_fired_forest_zero_vs_dotdot.csv",
        1452,
        0,
        {
            "B5": [
                "Red River Delta",
                "Area of fired forest by province by Cities, provincies and Year",
                1995,
                "",
                "0.0",
                "",
                0.0,
            ]
        },
    ),
    (
        "layouts/gso_E_growth_rate_prel2016.csv",
        781,
        0,
        {
            "B14": [
                "Thai Binh",
                "Population growth rate by province by Cities, provincies and Year",
                2005,
                "",
                "-0.04",
                "",
                -0.04,
            ]
        },
    ),
    (
        "layouts/gso_V02.01_vi_2011-2018_two_level_header.csv",
        24,
        0,
        {
            "C5": [
                "CẢ NƯỚC",
                "Dân số trung bình (Nghìn người)",
                2011,
                "",
                "87860.4",
                "Nghìn người",
                87860.4e3,
            ],
            "Y5": ["CẢ NƯỚC", "Mật độ dân số (Người/km2)", 2018, "", "286.0", "Người/km2", 286.0],
        },
    ),
    (
        "layouts/gso_V02.01_vi_population_2011-2022.xlsx",
        840,
        0,
        {"M74": ["Cà Mau", "Dân số trung bình (Nghìn người)", 2022, "", "1207.63", "Nghìn người", 1207630.0]},
    ),
    (
        "layouts/gso_V02.20_vi_growth_rate_2005-2022.xlsx",
        1207,
        0,
        {
            "B4": ["CẢ NƯỚC", GSO_TITLE, 2005, "", "1.17", "", 1.17],
            "R74": ["Cà Mau", GSO_TITLE, 2022, "preliminary", "-0.09", "", -0.09],
        },
    ),
]


@pytest.mark.parametrize(
    ("file", "rows", "problems", "cells"), SHARED_FILES, ids=[file for file, *_ in SHARED_FILES]
)
def test_a_published_table_reads_right(file, rows, problems, cells):
    if not (SHARED / file).exists():
        pytest.skip(f"{SHARED / file} is not there")
    table = read_office(SHARED / file)
    assert (len(table.rows), len(table.problems)) == (rows, problems)
    for cell, right in cells.items():
        found = _cell(table, cell, *SHOWN)
        assert found[:-1] == right[:-1]
        assert found[-1] == pytest.approx(right[-1])


def test_missing_marks_are_not_zeros():
    file = SHARED / "layouts" / "gso_E_fired_forest_zero_vs_dotdot.csv"
    if not file.exists():
        pytest.skip(f"{file} is not there")
    table = read_office(file)
    assert _cell(table, "B6", "value_text", "missing") == ["..", "no_information"]
    assert table.rows["value"].isna().sum() == (table.rows["missing"] == "no_information").sum()


def test_a_tidy_table_with_words_for_values():
    table = read_office(FILES / "tidy.csv")
    assert _cell(table, "E3", *SHOWN, "qualifier") == [
        "Huyện Bảo Yên",
        "Thu nhập bình quân đầu người",
        2021,
        "",
        "trên 61",
        "triệu đồng/người/năm",
        61e6,
        "gt",
    ]
    assert _cell(table, "E5", "year", "part", "value") == [2022, "9M", 123000]
    assert table.problems[["cell", "text"]].values.tolist() == [["E7", "đang cập nhật"]]


def test_a_wide_table_with_decimal_commas():
    table = read_office(FILES / "wide.csv")
    assert _cell(table, "E7", "area_text", "year", "status", "value", "unit") == [
        "Tổng số",
        2023,
        "preliminary",
        3402.75,
        "ha",
    ]
    assert _cell(table, "C5", "row_text", "value") == ["2 | Kim Sơn", 2001]
    assert _cell(table, "C6", "missing") == ["no_occurrence"]
    assert table.problems.empty
    assert len(table.rows) == 12


def test_a_pxweb_table():
    table = read_office(FILES / "pxweb.csv")
    assert _cell(table, "E5", *SHOWN) == ["Lao Cai", "Salary & wage", 2012, "preliminary", "31.0", "", 31.0]


def test_a_workbook_with_merged_heads_groups_and_footnotes():
    table = read_office(FILES / "communes.xlsx")
    first = {"sheet": "Biểu 1"}
    assert _cell(table, "D9", *SHOWN, **first) == [
        "Xã Bảo Hà",
        "Thu nhập bình quân",
        2023,
        "preliminary",
        "43,25",
        "triệu đồng",
        43.25e6,
    ]
    assert _cell(table, "F10", *SHOWN, **first) == [
        "Xã Kim Sơn",
        "Dân số (người)",
        2023,
        "",
        "1998",
        "người",
        1998,
    ]
    assert _cell(table, "C10", "value", "group_text", **first) == [38.125e6, "I Vùng I"]
    assert _cell(table, "D12", "value", "group_text", "note", **first) == [
        36.5e6,
        "II Vùng II",
        "(1) Số liệu ước tính.",
    ]
    assert _cell(table, "D13", "qualifier", **first) == ["gt"]
    second = {"sheet": "Biểu 2"}
    assert _cell(table, "D3", *SHOWN, **second) == [
        "",
        "Lượt khách",
        2022,
        "estimate",
        "150.500",
        "Lượt khách",
        150500,
    ]
    assert _cell(table, "B9", "area_text", "value", "unit", **second) == ["Yên Sơn", 1234.5, "tonnes"]
    assert table.problems[["sheet", "cell"]].values.tolist() == [
        ["Biểu 1", "C13"],
        ["Biểu 2", "E11"],
        ["Biểu 1", "F13"],
    ]
    assert len(read_office(FILES / "communes.xlsx", sheet="Biểu 2").rows) == 8


def test_a_legacy_font_is_decoded_and_reported():
    table = read_office(FILES / "tcvn3.xlsx")
    assert _cell(table, "B5", "area_text", "value") == ["Nghĩa Đô", 40]
    assert table.problems["problem"].str.contains("tcvn3").all()
    assert len(table.problems) == 5


def test_a_pc_axis_file():
    table = read_office(FILES / "population.px")
    assert len(table.rows) == 12
    assert table.problems.empty
    assert _cell(table, "6", "area_text", "indicator_text", "year", "value") == [
        "Lào Cai; tỉnh",
        "Nông thôn",
        2020,
        20250,
    ]
    assert _cell(table, "3", "title", "year", "status") == [
        "Dân số trung bình, số liệu giả định (invented numbers)",
        2021,
        "preliminary",
    ]
    assert _cell(table, "7", "missing") + _cell(table, "10", "missing") == ["no_occurrence", "no_information"]


def test_a_pc_axis_file_in_a_vietnamese_code_page(tmp_path):
    text = (FILES / "population.px").read_text(encoding="utf-8").replace("utf-8", "windows-1258")
    for letter, page in {"ị": "i\u0323", "ỉ": "i\u0309", "ố": "ô\u0301", "ả": "a\u0309"}.items():
        text = text.replace(letter, page)
    file = tmp_path / "population.px"
    file.write_bytes(text.encode("cp1258", errors="ignore"))
    assert _cell(read_office(file), "1", "value", "title")[1].startswith("Dân số")


def _written(folder, text, name="table.csv"):
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_open_number_habits_need_a_word_from_the_caller(tmp_path):
    file = _written(tmp_path, "Xã;2022;2023\nBảo Hà;27.000;31.500\n")
    assert read_office(file).rows.empty
    assert len(read_office(file).problems) == 2
    assert read_office(file, locale="vi").rows["value"].tolist() == [27000, 31500]
    assert read_office(file, locale="en").problems["text"].tolist() == ["27.000", "31.500"]


@pytest.mark.parametrize("run", [" ", "8 ", "-", ".", "(", "và ", " : "])
def test_a_cell_that_is_long_without_saying_anything_is_no_number_and_soon_read(tmp_path, run):
    for begins, ends in (("8", "x"), ("trong đó", "x"), ("", "8)x")):
        cell = begins + run * (2000 // len(run)) + ends
        rows = f"Năm;2021;2022\nThu nhập bình quân (triệu đồng);{cell};5\n{cell};;\n"
        table = read_office(_written(tmp_path, rows))
        assert table.rows["value_text"].tolist() == ["5"]


def test_parts_of_a_year_under_their_year(tmp_path):
    table = read_office(_written(tmp_path, "Xã;2023;;2024\n;Quý I;Quý II;Quý I\nBảo Hà;1,5;2,5;3,5\n"))
    assert table.rows[["year", "part", "value"]].values.tolist() == [
        [2023, "Q1", 1.5],
        [2023, "Q2", 2.5],
        [2024, "Q1", 3.5],
    ]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["12 000", "1 250 500,5", "7"], [12_000, 1_250_500.5, 7]),
        (["12 000", "7"], [7]),
        (["12 000", "13 000", "4 5"], []),
    ],
)
def test_blanks_between_groups_of_digits_are_read_where_a_column_has_several(tmp_path, cells, read):
    table = read_office(
        _written(
            tmp_path,
            "Xã;Số người 2021\n"
            + "".join(f"Xã {name};{cell}\n" for name, cell in zip("ABC", cells, strict=False)),
        )
    )
    assert table.rows["value"].tolist() == read
    assert len(table.problems) == len(cells) - len(read)


def test_the_year_may_stand_in_the_title_and_areas_over_the_columns(tmp_path):
    table = read_office(
        _written(
            tmp_path,
            "Sản lượng năm 2023;;\nChỉ tiêu;Xã Bảo Hà;Xã Kim Sơn\nThóc (tấn);120;130,5\nNgô (tấn);20;30\n",
        )
    )
    assert _cell(table, "C3", "area_text", "indicator_text", "year", "unit") == [
        "Xã Kim Sơn",
        "Thóc (tấn)",
        2023,
        "tonnes",
    ]


def test_units_from_their_own_column_and_an_unknown_unit(tmp_path):
    table = read_office(
        _written(tmp_path, "Chỉ tiêu;ĐVT;2022;2023\nThu ngân sách;tỷ đồng;12,5;13\nChè;vô danh;1,5;2\n")
    )
    assert _cell(table, "C2", "value", "unit") == [12.5e9, "VND"]
    assert _cell(table, "D3", "value", "unit") == [
        2,
        "",
    ]
    assert table.problems[["text"]].values.tolist() == [["vô danh"]]


def _sheet(tmp_path, rows, merges=(), change=lambda sheet: None, name="Sheet1"):
    """A workbook of invented numbers."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    change(book.active)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def _heads(*heads):
    return [["Xã", *heads], ["Bảo Hà", *(10.5 + n for n in range(len(heads)))]]


KINDS = [
    (
        _heads("KH 2024", "KH2024", "Kế hoạch năm 2024", "Chỉ tiêu 2025", "Dự kiến 2025", "2024 (KH)"),
        (),
        ["plan"] * 6,
    ),
    (_heads("Mục tiêu 2025", "NQ 2025", "Mục tiêu đến năm 2025"), (), ["target"] * 3),
    (_heads("2024 (ước)", "ƯTH 2024", "Ước thực hiện năm 2024", "Est. 2024"), (), ["estimate"] * 4),
    (_heads("2024 (sơ bộ)", "Prel. 2024"), (), ["preliminary"] * 2),
    (_heads("TH 2023", "Thực hiện năm 2023", "2023"), (), ["actual", "actual", ""]),
    (
        _heads(
            "Tăng (+), giảm (-) 2024",
            "2024 so với 2023",
            "So sánh 2024/2023 (%)",
            "TH/KH (%)",
            "% so với KH",
            "Tốc độ tăng 2024",
        ),
        (),
        ["comparison"] * 6,
    ),
    (
        _heads(
            "2023/KH",
            "2023 so KH",
            "So KH (%)",
            "So cùng kỳ",
            "Tăng trưởng",
            "Mức tăng",
            "Tăng trưởng 2024 (%)",
        ),
        (),
        ["comparison"] * 7,
    ),
    (_heads("Số KH 2023", "Số TH 2023"), (), ["plan", "actual"]),
    ([["Chỉ tiêu", "2023"], ["1. TĂNG TRƯỞNG KINH TẾ"], ["Thóc", 112.5]], (), [""]),
    (_heads("TH 2024 và KH 2024"), (), ["unclear"]),
    (
        [["Xã", "Năm 2024", None], [None, "Kế hoạch", "Ước thực hiện"], ["Bảo Hà", 60, 58.5]],
        ("A1:A2", "B1:C1"),
        ["plan", "estimate"],
    ),
    ([["KẾ HOẠCH NĂM 2025"], ["Xã", "Thóc"], ["Bảo Hà", 65.5]], (), ["plan"]),
    ([["KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2024"], ["Xã", "Thóc"], ["Bảo Hà", 65.5]], (), ["actual"]),
    ([["KẾT QUẢ NĂM 2024, KẾ HOẠCH NĂM 2025"], *_heads("Năm 2024", "KH 2025")], (), ["unclear", "plan"]),
    ([["KẾ HOẠCH NĂM 2025"], *_heads("2023", "TH 2024", "2025")], (), ["unclear", "actual", "plan"]),
    ([["ƯỚC THỰC HIỆN NĂM 2024"], *_heads("2023", "2024", "2025")], (), ["", "estimate", "unclear"]),
    ([["KẾ HOẠCH 2021-2025"], *_heads("2021", "2025")], (), ["plan", "plan"]),
    ([*_heads("2022", "2023 (*)"), ["Ghi chú: (*) Số ước thực hiện"]], (), ["", "estimate"]),
    (
        [*_heads("TH 2022", "TH 2023 (1)"), ["(1) Số liệu 9 tháng. (2) Số liệu sơ bộ"]],
        (),
        ["actual", "unclear"],
    ),
    ([*_heads("2022", "2023*"), ["* Ước đến hết tháng 10"]], (), ["", "unclear"]),
    ([["Xã", "2022", "Ghi chú"], ["Bảo Hà", 5.5, "Đến hết tháng 10"]], (), ["unclear"]),
    (
        [*_heads("2022", "2023", "KH 2023"), ["Ghi chú: Số liệu năm 2023 là số sơ bộ"]],
        (),
        ["", "preliminary", "plan"],
    ),
    (
        [["Năm", "Thu"], [2022, 5.5], [2023, 6], ["Số liệu năm 2023 là ước thực hiện"]],
        (),
        ["", "estimate"],
    ),
    ([*_heads("2022", "KH 2023"), ["Ghi chú: số liệu ước tính"]], (), ["unclear", "plan"]),
    ([*_heads("2022"), ["Nguồn: Báo cáo thực hiện kế hoạch năm 2022"]], (), [""]),
    ([["(*) Số ước thực hiện"], *_heads("2022", "2023 (*)")], (), ["", "estimate"]),
    ([["Ghi chú: số liệu năm 2023 là sơ bộ"], *_heads("2022", "2023")], (), ["", "preliminary"]),
    ([*_heads("2022", "2023"), ["Các chỉ tiêu ước thực hiện năm 2023"]], (), ["", "estimate"]),
    ([*_heads("2022 (1)", "2023"), ["(1) Sơ bộ, theo Niên giám 2023"]], (), ["unclear", ""]),
    ([["Xã", "2022", "2023"], ["Bảo Hà", 5.5, "6*"], ["* Số ước"]], (), ["", "estimate"]),
    ([["KẾ HOẠCH PHÁT TRIỂN"], *_heads("2022", "2023", "KH 2024")], (), ["unclear", "unclear", "plan"]),
    ([["KẾ HOẠCH PHÁT TRIỂN"], ["Năm", "Thu"], [2022, 5.5], [2023, 6]], (), ["unclear", "unclear"]),
    ([["KẾ HOẠCH PHÁT TRIỂN"], *_heads("2024")], (), ["plan"]),
    ([["Xã", "2022"], ["Bảo Hà (1)", 5.5], ["Kim Sơn", 6], ["(1) Số ước"]], (), ["estimate", ""]),
    (
        [
            ["Xã", "TH 2022", "Ghi chú"],
            ["Bảo Hà", 5.5, "số ước"],
            ["Kim Sơn", 6, "ước do mưa lũ"],
            ["Nghĩa Đô", 7, "thực hiện tốt"],
        ],
        (),
        ["estimate", "unclear", "actual"],
    ),
    (
        [["Xã", "2021", "2022", "KH 2022", "Ghi chú"], ["Bảo Hà", 5.5, 6, 7, "ước"]],
        (),
        ["unclear", "unclear", "plan"],
    ),
    ([["Phòng Tài chính - Kế hoạch"], *_heads("2024")], (), [""]),
    (
        [["Chỉ tiêu", "2023", "2024"], ["Thu ngân sách", 10.5, 11], ["Kế hoạch", 12.5, 13]],
        (),
        ["", "", "plan", "plan"],
    ),
    (
        [["Chỉ tiêu", "2023"], ["Thu ngân sách"], ["Kế hoạch", 12.5], ["So sánh (%)", 99.5]],
        (),
        ["plan", "comparison"],
    ),
    ([["Chỉ tiêu", "2023"], ["Chỉ số phát triển (%)"], ["Thóc", 112.5]], (), ["comparison"]),
    ([["Năm", "Tốc độ tăng trưởng kinh tế (%)"], [2022, 10.5], [2023, 11.5]], (), ["", ""]),
    (
        [["Xã", "2022", "Ghi chú"], ["Bảo Hà", 5.5, "ước"], ["Kim Sơn", 6, "vượt kế hoạch"]],
        (),
        ["estimate", ""],
    ),
    (
        [*_heads("2022 (1)", "2023*", "2024"), ["(1) Số liệu kế hoạch"], ["* Số liệu sơ bộ"]],
        (),
        ["plan", "preliminary", ""],
    ),
    (
        [
            ["xã", "chỉ tiêu", "năm", "loại", "giá trị"],
            ["Bảo Hà", "Thóc", 2024, "Kế hoạch", 66],
            ["Bảo Hà", "Thóc", 2024, "actual", 65],
        ],
        (),
        ["plan", "actual"],
    ),
]


def test_the_kind_of_figure_is_what_the_file_says(tmp_path):
    @each(KINDS)
    def tables(rows, merges, said):
        assert read_office(_sheet(tmp_path, rows, merges)).rows["kind"].tolist() == said

    tables()


def test_a_sheet_may_be_named_after_its_plan(tmp_path):
    assert read_office(_sheet(tmp_path, _heads("2025"), name="KH 2025")).rows["kind"].tolist() == ["plan"]
    assert read_office(_sheet(tmp_path, _heads("2025"), name="TH")).rows["kind"].tolist() == [""]


NONE = (None, "")


PARTS = [
    (
        _heads(
            "TH 9 tháng 2024",
            "Thực hiện 9 tháng đầu năm 2024",
            "9T/2024",
            "Năm 2024 (9 tháng)",
            "Lũy kế đến tháng 9/2024",
        ),
        (),
        [(2024, "9M")] * 5,
    ),
    (_heads("6T 2024", "T9/2024", "Đến 30/9/2024"), (), [(2024, "H1"), (2024, "M09"), (2024, "09-30")]),
    (_heads("Cùng kỳ 2023", "Đến tháng 9/2024"), (), [NONE] * 2),
    (_heads("Từ năm 2020 đến 2024"), (), [(2020, "")]),
    ([["THU 9 THÁNG NĂM 2024"], ["Xã", "Thu"], ["Bảo Hà", 12.5]], (), [(2024, "9M")]),
    (
        [
            ["KHÁCH NĂM 2023"],
            ["Tháng", "Khách"],
            ["Tháng 1", 10],
            ["Quý I", 40],
            ["Cả năm", 200],
            ["Năm trước", 3],
        ],
        (),
        [(2023, "M01"), (2023, "Q1"), (2023, ""), NONE],
    ),
    ([["KHÁCH NĂM 2023"], ["Tháng", "Khách"], [1, 10], [2, 40]], (), [(2023, "M01"), (2023, "M02")]),
    ([["Tháng", "Năm 2023"], ["Tháng 1", 10], ["Tổng số", 40]], (), [(2023, "M01"), NONE]),
    ([["Chỉ tiêu", "2023"], ["Dân số", 10.5], ["Nam", 40]], (), [(2023, ""), (2023, "")]),
    (
        [["KHÁCH NĂM 2023"], ["Xã", "Quý I", "Cả năm", "6 tháng cuối năm"], ["Bảo Hà", 1.5, 8, 5]],
        (),
        [(2023, "Q1"), (2023, ""), (2023, "H2")],
    ),
    (
        [["Xã", "Năm 2023", None], [None, "6 tháng đầu năm", "Cả năm"], ["Bảo Hà", 3.5, 4]],
        ("A1:A2", "B1:C1"),
        [(2023, "H1"), (2023, "")],
    ),
    (
        [
            ["KẾT QUẢ 9 THÁNG NĂM 2024"],
            *_heads("Thực hiện 9 tháng", "Cùng kỳ năm trước", "Kế hoạch năm", "Thực hiện"),
        ],
        (),
        [(2024, "9M"), NONE, (2024, ""), (2024, "9M")],
    ),
    ([["KẾT QUẢ 9 THÁNG NĂM 2024"], *_heads("Kế hoạch", "Thực hiện")], (), [NONE, (2024, "9M")]),
    ([["KẾ HOẠCH 9 THÁNG NĂM 2024"], *_heads("Kế hoạch")], (), [(2024, "9M")]),
    (
        [
            ["Xã", "KH 2022", "TH 2022", "Ghi chú"],
            ["Bảo Hà", 5.5, 6, "9 tháng"],
            ["Kim Sơn", 5.5, 6, "Tính đến 30/9/2022"],
        ],
        (),
        [(2022, ""), (2022, "9M"), (2022, ""), NONE],
    ),
    (
        [["KẾT QUẢ 9 THÁNG NĂM 2024"], *_heads("2024", "KH 2024", "Năm 2023")],
        (),
        [NONE, (2024, ""), (2023, "")],
    ),
    (
        [["KẾT QUẢ NĂM 2024"], ["Bảo Yên, ngày 15 tháng 1 năm 2025"], *_heads("Thực hiện")],
        (),
        [(2024, "")],
    ),
    (
        [
            ["KẾT QUẢ 9 THÁNG NĂM 2024"],
            ["(Kèm theo Báo cáo số 12/BC-UBND ngày 15/9/2024)"],
            *_heads("Thực hiện"),
        ],
        (),
        [(2024, "9M")],
    ),
    ([["KẾT QUẢ NĂM 2024 (tính đến ngày 30/9/2024)"], *_heads("Thực hiện")], (), [NONE]),
    ([["GIÁ SO SÁNH 2010, NĂM 2024"], *_heads("Thực hiện")], (), [(2024, "")]),
    (
        [
            ["Xã", "chỉ tiêu", 2023],
            ["Bảo Hà", "GRDP (giá so sánh 2010)", 5.5],
            ["Bảo Hà", "Thu năm 2022", 5.5],
        ],
        (),
        [(2023, ""), NONE],
    ),
    (
        [
            ["KHÁCH NĂM 2023"],
            ["Xã", "T1", "T.12", "3 tháng", "Năm"],
            ["Bảo Yên", 1000, 2000, 6000, 300000],
        ],
        (),
        [(2023, "M01"), (2023, "M12"), (2023, "Q1"), (2023, "")],
    ),
    ([["Khách (lượt)"], ["Năm", "T1", "Cả năm"], [2022, 1000, 300000]], (), [(2022, "M01"), (2022, "")]),
    (
        [["THU NĂM 2024"], ["Xã", "Thu"], ["Năm 2023"], ["Bảo Hà", 5.5], ["Quý I"], ["Bảo Hà", 6]],
        (),
        [(2023, ""), (2024, "Q1")],
    ),
    (
        _heads("2021", "2022 (1)", "2023*", "Prel. 2024(**)"),
        (),
        [(2021, ""), (2022, ""), (2023, ""), (2024, "")],
    ),
]


def test_a_part_of_a_year_is_not_the_year(tmp_path):
    @each(PARTS)
    def tables(rows, merges, said):
        table = read_office(_sheet(tmp_path, rows, merges))
        found = table.rows[["year", "part"]].astype(object)
        assert [(None if year is pd.NA else year, part) for year, part in found.values.tolist()] == said
        assert table.problems["problem"].eq("no period is known for this number").any() == (NONE in said)

    tables()


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([["Xã", 2021, 2022], ["Bảo Hà", 1, 2], ["Kim Sơn", 2, 3]], {"B2": 1, "C2": 2, "B3": 2, "C3": 3}),
        ([["Xã", 2021, 2022], ["(A)", "(1)", "(2)"], ["Bảo Hà", 1, 2]], {"B3": 1, "C3": 2}),
        (
            [["Xã", 2021, 2022, "Tăng"], ["A", 1, 2, "3=2/1"], ["Bảo Hà", 1, 2, 3]],
            {"B3": 1, "C3": 2, "D3": 3},
        ),
        (
            [["Xã", 2021, 2022], ["Bảo Hà", "trên 40", "gần 50"], ["Kim Sơn", 38, 41]],
            {"B2": 40, "C2": 50, "B3": 38, "C3": 41},
        ),
        (
            [["Xã", 2021, 2022], ["Bảo Hà", "chưa có", "4/16 xã"], ["Kim Sơn", 38, 41]],
            {"C2": 4, "B3": 38, "C3": 41},
        ),
        ([["Xã", 2021, 2022], ["Bảo Hà", "chưa có", "chưa rõ"], ["Kim Sơn", 38, 41]], {"B3": 38, "C3": 41}),
        (
            [["Xã", 2021, 2022], ["Bảo Hà", 1987, 2013], ["Kim Sơn", 650, 600]],
            {"B2": 1987, "C2": 2013, "B3": 650, "C3": 600},
        ),
        (
            [["Xã", 2021, 2022], ["Lạ", 1, 2], [], ["Bảo Hà", 1987, 2013], ["Kim Sơn", 650, 600]],
            {"B2": 1, "C2": 2, "B4": 1987, "C4": 2013, "B5": 650, "C5": 600},
        ),
        (
            [
                ["Xã", 2021, 2022],
                ["I. Vùng cao"],
                ["Bảo Hà", 1987, 2013],
                ["II. Vùng thấp"],
                ["Kim Sơn", 2011, 2012],
            ],
            {"B3": 1987, "C3": 2013, "B5": 2011, "C5": 2012},
        ),
        (
            [["Xã", 2021, 2022], ["Bảo Hà", 5, 6], [], ["Tên thôn", 2023, 2024], ["Kim Sơn", 1, 2]],
            {"B2": 5, "C2": 6, "B5": 1, "C5": 2},
        ),
        ([["Xã", 2021], ["Bảo Hà", 5], [], ["Số: 15/BC", 2024]], {"B2": 5}),
        ([["Xã", 2021, "Ghi chú"], ["Bảo Hà", 1, "mới"], ["Kim Sơn", 2]], {"B2": 1, "B3": 2}),
        ([["Tháng", "Khách", "Lễ hội"], [1, 2, 3], [2, 4, 4]], {"B2": 2, "C2": 3, "B3": 4, "C3": 4}),
        ([["STT", "Xã", 2021], [1, 2, 3], [1, "Bảo Hà", 5]], {"C3": 5}),
        (
            [["Năm", "Hộ", "Thôn"], [2019, 2010, 2005], [2020, 1900, 1950]],
            {"B2": 2010, "C2": 2005, "B3": 1900, "C3": 1950},
        ),
    ],
)
def test_no_row_of_numbers_is_taken_for_a_head(tmp_path, rows, read):
    table = read_office(_sheet(tmp_path, rows))
    assert table.rows.set_index("cell")["value"].to_dict() == read
    assert not table.rows["column_text"].str.contains("trên|chưa|1987|2013").any()


VAN_BAN = ["Huyện Văn Bàn", 5.5, 6]


@pytest.mark.parametrize(
    ("rows", "merges", "areas", "group"),
    [
        (
            [["Chỉ tiêu", 2020], ["Huyện Bảo Yên"], ["Thu", 50.5], ["II. Huyện Văn Bàn"], ["Thu", 45]],
            (),
            ["Huyện Bảo Yên", "Huyện Văn Bàn"],
            "II. Huyện Văn Bàn",
        ),
        (
            [["Chỉ tiêu", 2020], ["Huyện Bảo Yên"], ["Thu", 50.5], ["Toàn tỉnh"], ["Thu", 45]],
            (),
            ["Huyện Bảo Yên", "Toàn tỉnh"],
            "Toàn tỉnh",
        ),
        ([["Huyện", 2020, 2021], ["Huyện Bảo Yên"], VAN_BAN], (), ["Huyện Văn Bàn"] * 2, ""),
        ([["Huyện", 2020, 2021], ["Tỉnh Lào Cai"], VAN_BAN], (), ["Huyện Văn Bàn"] * 2, "Tỉnh Lào Cai"),
        (
            [["Huyện", "Chỉ tiêu", 2020], ["Huyện Bảo Yên", "Thu", 5.5], [None, "Chi", 6]],
            ("A2:A3",),
            ["Huyện Bảo Yên"] * 2,
            "",
        ),
        (
            [["Huyện", "Chỉ tiêu", 2020], ["Huyện Bảo Yên", "Thu", 5.5], [None, "Chi", 6]],
            (),
            ["Huyện Bảo Yên"] * 2,
            "",
        ),
        (
            [
                ["Huyện", "Năm", "Thu"],
                ["Bảo Yên", 2020, 5.5],
                [None, 2021, 6],
                ["Văn Bàn", 2020, 7],
                [None, 2021, 8],
            ],
            (),
            ["Bảo Yên", "Bảo Yên", "Văn Bàn", "Văn Bàn"],
            "",
        ),
        (
            [
                ["Huyện", "Năm", "Thu", "Huyện", "Năm", "Thu"],
                ["Bảo Yên", 2020, 5.5, "Sa Pa", 2020, 6],
                [None, 2021, 6, None, 2021, 8],
            ],
            (),
            ["Bảo Yên", "Sa Pa"] * 2,
            "",
        ),
        (
            [["Huyện", "Năm", "Thu", "Năm", "Chi"], ["Bảo Yên", 2020, 5.5, 2020, 6]],
            (),
            ["Bảo Yên", "Bảo Yên"],
            "",
        ),
        ([["Huyện", "Thu 2020"], ["Bảo Yên", 5.5], ["Trong đó quý IV", 6]], (), ["Bảo Yên", "Bảo Yên"], ""),
        ([["Nhóm", "Thu 2020"], ["Xã Bảo Hà", 5.5]], (), ["Xã Bảo Hà"], ""),
        (
            [["TT", "Huyện", "Thu 2020"], [1, "Bảo Yên", 5.5], [2, "Văn Bàn", 6], ["Tổng", None, 11.5]],
            (),
            ["Bảo Yên", "Văn Bàn"],
            "",
        ),
        ([["Huyện Văn Bàn"], ["Chỉ tiêu", 2020], ["Thu", 5.5]], (), ["Huyện Văn Bàn"], ""),
        (
            [["Huyện", 2020, None, "Huyện", 2020], ["Huyện Bảo Yên", 1.5, None, "Huyện Sa Pa", 2]],
            (),
            ["Huyện Bảo Yên", "Huyện Sa Pa"],
            "",
        ),
    ],
)
def test_the_area_is_that_of_the_row_the_merged_cell_or_the_heading(tmp_path, rows, merges, areas, group):
    table = read_office(_sheet(tmp_path, rows, merges)).rows
    assert table["area_text"].tolist() == areas
    assert table["group_text"].iloc[-1] == group


def test_a_sheet_may_be_named_after_its_area(tmp_path):
    assert read_office(_sheet(tmp_path, [["Chỉ tiêu", 2020], ["Thu", 5.5]], name="Văn Bàn")).rows[
        "area_text"
    ].tolist() == ["Văn Bàn"]


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        (
            [[1, "Lượt khách", 100], [2, "Thu", None], [None, "Kế hoạch", 50], [None, "Thực hiện", 60]],
            ["", "2 Thu", "2 Thu"],
        ),
        ([[1, "Lượt khách", None], [2, "Thu", 5]], [""]),
    ],
)
def test_a_numbered_row_without_figures_is_the_heading_of_rows_without_a_number(tmp_path, rows, groups):
    assert (
        read_office(_sheet(tmp_path, [["TT", "Chỉ tiêu", 2022], *rows])).rows["group_text"].tolist() == groups
    )


@pytest.mark.parametrize(
    ("rows", "merges", "units"),
    [
        ([["ĐVT: ha"], ["Xã", 2021], ["Bảo Hà", 100.5], ["ĐVT: tấn"], ["Bảo Hà", 500]], (), ["ha", "tấn"]),
        (
            [["ĐVT: ha"], ["Xã", 2021], ["Bảo Hà", 100.5], [], ["ĐVT: tấn"], ["Xã", 2022], ["Bảo Hà", 500]],
            (),
            ["ha", "tấn"],
        ),
        (
            [
                ["Chỉ tiêu", "ĐVT", "TH 2023", "So sánh 2024/2023 (%)", "Tăng, giảm 2024"],
                ["Thu", "Tỷ đồng", 250.5, 124, 3],
            ],
            (),
            ["Tỷ đồng", "%", ""],
        ),
        (
            [
                ["NĂM 2023"],
                ["Chỉ tiêu", "ĐVT", "2023/KH", "So cùng kỳ", "Mức tăng"],
                ["Hộ nghèo", "%", 99, 98, -2.5],
            ],
            (),
            [""] * 3,
        ),
        (
            [["Xã", "Thóc 2021 (Tấn - Ton)", "Thu 2021 (trđ/người/năm)"], ["Bảo Hà", 99, 98]],
            (),
            ["Tấn - Ton", "trđ/người/năm"],
        ),
        ([["ĐVT: Nghìn lượt - Unit: Thous. visits"], ["Xã", 2021], ["Bảo Hà", 100.5]], (), ["Nghìn lượt"]),
        (
            [["Chỉ tiêu", "ĐVT", 2021], ["Thu", "tỷ đồng", 10.5], ["Chi", None, 11]],
            ("B2:B3",),
            ["tỷ đồng"] * 2,
        ),
        (
            [
                ["Xã", 2021],
                ["Diện tích (ha)"],
                ["Bảo Hà", 100.5],
                ["Sản lượng (tấn)"],
                ["Bảo Hà", 500],
                ["Số khác"],
                ["Bảo Hà", 7],
            ],
            (),
            ["ha", "tấn", ""],
        ),
        (
            [
                [None, "2021", "2022"],
                [None, "Diện tích - Area (Ha)"],
                ["Xã Bảo Hà", 100.5, 110],
                [None, "Chỉ số phát triển - Index (%)"],
                ["Xã Bảo Hà", 101, 110],
            ],
            ("B2:C2", "B4:C4"),
            ["Ha", "Ha", "%", "%"],
        ),
    ],
)
def test_a_unit_holds_for_what_stands_under_it(tmp_path, rows, merges, units):
    table = read_office(_sheet(tmp_path, rows, merges))
    assert table.rows["unit_text"].tolist() == units
    assert table.problems.empty


def test_the_first_heading_under_a_merged_head_is_kept(tmp_path):
    rows = [
        ["STT", "Chỉ tiêu", "Năm 2023", None],
        [None, None, "KH", "TH"],
        ["I", "Nông nghiệp"],
        [1, "Thóc", 80, 82.5],
        ["II", "Dịch vụ"],
        [1, "Khách", 1, 2],
    ]
    table = read_office(_sheet(tmp_path, rows, ["A1:A2", "B1:B2", "C1:D1"])).rows
    assert table["group_text"].tolist() == ["I Nông nghiệp"] * 2 + ["II Dịch vụ"] * 2


def test_percentages_and_years_are_read_as_excel_shows_them(tmp_path):
    def formats(sheet):
        sheet["B1"].number_format, sheet["C1"].number_format, sheet["B2"].number_format = (
            "yyyy",
            "mm/yyyy",
            "0.0%",
        )

    rows = [
        ["Xã", pd.Timestamp("2022-01-01"), pd.Timestamp("2023-09-01")],
        ["Bảo Hà", 0.125, 0.5],
    ]
    table = read_office(_sheet(tmp_path, rows, change=formats), unit="%").rows
    assert table[["year", "part", "value", "unit"]].values.tolist() == [
        [2022, "", 12.5, "%"],
        [2023, "M09", 0.5, "%"],
    ]


def test_a_number_that_excel_shows_in_thousands_is_read_as_shown(tmp_path):
    def formats(sheet):
        sheet["B2"].number_format, sheet["C2"].number_format, sheet["D2"].number_format = (
            "#,##0,",
            '#,##0.0,,"tr"',
            "#,##0.0",
        )

    table = read_office(
        _sheet(tmp_path, [["Xã", 2021, 2022, 2023], ["Bảo Hà", 240_000, 3_500_000, 1234.5]], change=formats)
    ).rows
    assert table[["value_text", "value"]].values.tolist() == [
        ["240", 240],
        ["3.5 triệu", 3.5e6],
        ["1234.5", 1234.5],
    ]


@pytest.mark.parametrize(
    ("rows", "merges", "read"),
    [
        ([["Xã", 2021], ["Bảo Hà", 50], ["Nghĩa Đô"], ["Việt Tiến", 38]], ["B2:B3"], ["B4"]),
        ([["Xã", "Quý I/2023", "Quý II/2023", "Năm 2023"], ["Bảo Hà", 200, None, 450]], ["B2:C2"], ["D2"]),
        (
            [["Xã", "Năm 2023", None, "Năm 2024"], ["Bảo Hà", 200, None, 450]],
            ["B1:C1", "B2:C2"],
            ["B2", "D2"],
        ),
        ([["Xã", 2021], ["Bảo Hà", 50], [], ["Việt Tiến", 38]], ["A2:A3", "B2:B3"], ["B2", "B4"]),
    ],
)
def test_a_number_merged_over_what_differs_is_a_problem(tmp_path, rows, merges, read):
    table = read_office(_sheet(tmp_path, rows, merges))
    assert table.rows["cell"].tolist() == read
    assert table.problems["cell"].tolist() == ["B2"] * ("B2" not in read)


def test_words_after_the_numbers_are_remarks(tmp_path):
    rows = [
        ["STT", "Chỉ tiêu", "TH 2022", "Cơ quan theo dõi", "Đánh giá"],
        [1, "Thu", 45.5, "Chi cục Thống kê", "Đạt"],
        [2, "Chi", 4, "Phòng VH", "Đạt"],
    ]
    table = read_office(_sheet(tmp_path, rows)).rows
    assert table[["indicator_text", "note"]].values.tolist() == [
        ["Thu", "Chi cục Thống kê Đạt"],
        ["Chi", "Phòng VH Đạt"],
    ]


def test_words_after_the_numbers_that_tell_rows_apart_are_labels(tmp_path):
    table = read_office(
        _sheet(
            tmp_path, [["Chỉ tiêu", "TH 2022", "Nơi"], ["Thu", 45.5, "Nông thôn"], ["Thu", 60, "Thành thị"]]
        )
    ).rows
    assert table["indicator_text"].tolist() == ["Thu | Nông thôn", "Thu | Thành thị"]


@pytest.mark.parametrize("merges", [(), ("A2:A3",)])
def test_a_column_of_subjects_is_no_name_of_its_rows(tmp_path, merges):
    rows = [
        ["Lĩnh vực", "Chỉ tiêu", "ĐVT", 2022],
        ["Kinh tế", "Thu", "ha", 45.5],
        [None, "Chi", "ha", 4],
        ["Xã hội", "Dân số", "người", 5],
    ]
    table = read_office(_sheet(tmp_path, rows, merges)).rows
    assert table[["group_text", "indicator_text", "area_text"]].values.tolist() == [
        ["Kinh tế", "Thu", ""],
        ["Kinh tế", "Chi", ""],
        ["Xã hội", "Dân số", ""],
    ]


@pytest.mark.parametrize(
    "over",
    [
        [["Thu", None, None, "Khách"], ["ĐVT: tỷ đồng", None, None, "ĐVT: lượt"]],
        [["Thu (tỷ đồng)", None, None, "Khách (lượt)"]],
        [["Thu", None, "Khách"], [], ["ĐVT: tỷ đồng", None, "ĐVT: lượt"]],
    ],
)
def test_tables_side_by_side_keep_their_own_title_and_unit(tmp_path, over):
    for head, names in (
        [["Huyện", 2021, None, "Huyện", 2021], ["Sa Pa"] * 2],
        [["Năm", "Huyện Sa Pa", None, "Năm", "Huyện Sa Pa"], [2021] * 2],
    ):
        table = read_office(_sheet(tmp_path, [*over, head, [names[0], 240, None, names[1], 100_000]])).rows
        assert table[["area_text", "year", "value", "unit"]].values.tolist() in [
            [[area, 2021, 240e9, "VND"], [area, 2021, 100_000, "visits"]] for area in ("Sa Pa", "Huyện Sa Pa")
        ]
        assert table["indicator_text"].str[:3].tolist() == ["Thu", "Khá"]


def test_the_number_of_a_sheet_is_no_figure(tmp_path):
    table = read_office(
        _sheet(tmp_path, [["THU NĂM 2022", None, "Biểu số", 5], ["Xã", "Thu (ha)"], ["Bảo Hà", 45.5]])
    )
    assert table.rows["cell"].tolist() == ["B3"]
    assert table.problems["cell"].tolist() == ["D1"]


def test_a_note_over_the_table_is_a_note(tmp_path):
    table = read_office(
        _sheet(tmp_path, [["THU"], ["Ghi chú: (*) Số ước"], *_heads("2022 (*)"), ["Nguồn: xã"]])
    ).rows
    assert table[["title", "note", "kind"]].values.tolist() == [
        ["THU", "Ghi chú: (*) Số ước Nguồn: xã", "estimate"]
    ]


def test_what_a_note_says_of_a_name_goes_with_it(tmp_path):
    rows = [
        ["Chỉ tiêu", "2023"],
        ["Thu (1)", 60.5],
        ["Chi (*)", 50],
        ["Vay (2)", 4],
        ["Ghi chú: (1) Khu vực thành thị. (*) Số ước. (2) Số sơ bộ, cả xã"],
    ]
    table = read_office(_sheet(tmp_path, rows)).rows
    assert table[["indicator_text", "kind"]].values.tolist() == [
        ["Thu (1) | Khu vực thành thị.", ""],
        ["Chi (*)", "estimate"],
        ["Vay (2) | Số , cả xã", "preliminary"],
    ]


def test_codes_and_remarks_are_no_figures(tmp_path):
    rows = [
        ["DIỆN TÍCH NĂM 2022 (ha)"],
        ["Mã ĐVHC", "Xã", "Lúa", "Ghi chú"],
        [2938, "Bảo Hà", 100.5, "tăng 5%"],
    ]
    table = read_office(_sheet(tmp_path, rows)).rows
    assert table[["cell", "indicator_text", "note"]].values.tolist() == [["C3", "Lúa", "tăng 5%"]]


def test_what_is_hidden_is_read_and_said(tmp_path):
    def hide(sheet):
        sheet.row_dimensions[2].hidden = sheet.column_dimensions["B"].hidden = True
        draft = sheet.parent.create_sheet("Nháp")
        draft.append(["Xã", 2021])
        draft.append(["Bảo Hà", 9.5])
        draft.sheet_state = "veryHidden"

    table = read_office(_sheet(tmp_path, _heads("2021"), change=hide))
    assert len(table.rows) == 2
    assert table.problems[["sheet", "text"]].values.tolist() == [
        ["Sheet1", "row 2, column B"],
        ["Nháp", "Nháp"],
    ]


def test_cells_may_be_parted_by_a_stroke(tmp_path):
    table = read_office(
        _written(
            tmp_path,
            "Huyện|Năm|Khách (lượt)|Thu (tỷ đồng)\nBảo Yên|2021|250.000|120,5\nBảo Yên|2022|1.200.000|780\n",
        )
    )
    assert table.rows["value"].tolist() == [250_000, 120.5e9, 1.2e6, 780e9]
    assert table.problems.empty


def test_a_row_that_a_decimal_comma_has_split_is_not_read(tmp_path):
    table = read_office(_written(tmp_path, "Xã,2021,2022\nBảo Hà,1234,12\nKim Sơn,98,7,3\nNghĩa Đô,5,6\n"))
    assert table.rows["area_text"].unique().tolist() == ["Bảo Hà", "Nghĩa Đô"]
    assert table.problems[["cell", "text"]].values.tolist() == [["A3", "Kim Sơn,98,7,3"]]


def test_a_merged_cell_as_wide_as_the_sheet_does_not_hold_up(tmp_path):
    whole = "A5:XFD1048576"
    file = _sheet(tmp_path, [["Xã", 2021], ["Bảo Hà", 5]], change=lambda sheet: sheet.merged_cells.add(whole))
    assert read_office(file).rows["value"].tolist() == [5]


def test_legacy_bytes_are_decoded_and_reported(tmp_path):
    tcvn3 = "X·;2021\nB¶o Hµ;41,5\nNghÜa §«;3,2\nPhè Rµng;4\nB¶o Yªn;5\n".encode("latin-1")
    table = read_office(_written(tmp_path, tcvn3))
    assert table.rows["area_text"].tolist() == ["Bảo Hà", "Nghĩa Đô", "Phố Ràng", "Bảo Yên"]
    assert "not saved as UTF-8" in table.problems["problem"].iloc[0]
    assert read_office(_written(tmp_path, "Xã;2022\nBảo Hà;5,5\n".encode("utf-16"))).rows[
        "value"
    ].tolist() == [5.5]


def test_a_wide_and_a_long_table_are_read(tmp_path):
    wide = (
        "Xã;"
        + ";".join(f"m{n}" for n in range(10_000))
        + "\nBảo Hà;"
        + ";".join(f"{n},5" for n in range(10_000))
        + "\n"
    )
    assert len(read_office(_written(tmp_path, wide)).rows) == 10_000


def _workbook(change):
    book = openpyxl.Workbook()
    for row in (["Xã", 2022], ["Bảo Hà", 5]):
        book.active.append(row)
    change(book.active)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0")
        package.filelist[0].file_size = sheets.LARGEST_UNPACKED + 1  # as its table of contents says
    return data.getvalue()


COMMUNES = (FILES / "communes.xlsx").read_bytes()
BAD_FILES = {
    "empty.csv": (b"", "is empty"),
    "mark-alone.csv": (b"\xef\xbb\xbf\n", "is empty"),
    "bytes.csv": (bytes(range(256)), "no table in plain text"),
    "half-utf16.csv": ("Xã;2022".encode("utf-16") + b"x", "no table in plain text"),
    "long-field.csv": (b"a;" + b"x" * 200_000, "no table in plain text"),
    "page.xls": (b"<html><table></table></html>", "web page"),
    "cut.xlsx": (COMMUNES[:3000], "damaged"),
    "junk.xlsx": (b"PK\x03\x04 junk", "damaged"),
    "rest.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "or no workbook"),
    "password.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "bomb.xlsx": (_bomb, "unpacked it is over"),
    "short.px": (b'CHARSET="ANSI";STUB="a";VALUES("a")="1","2";DATA=1;', "2 a are said"),
    "open.px": (b'STUB="a";VALUES("a")="1', "0 numbers"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_words(tmp_path, monkeypatch, name):
    if name == "password.xlsx":  # one of its kind, rest.xls, is read as it is always: in a process of its own
        monkeypatch.setattr(apart, "_read_apart", apart._read)
    data, said = BAD_FILES[name]
    with pytest.raises(OfficeFileError, match=re.escape(name)) as refusal:
        read_office(_written(tmp_path, data() if callable(data) else data, name))
    assert said in str(refusal.value)
    assert refusal.value.remedy


def test_a_missing_file_and_a_missing_sheet_are_refused(tmp_path):
    with pytest.raises(OfficeFileError, match="cannot be opened"):
        read_office(tmp_path / "none.csv")
    with pytest.raises(OfficeFileError, match="no sheet 'Biểu 3'"):
        read_office(FILES / "communes.xlsx", sheet="Biểu 3")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "bieu.xlsx")
    (tmp_path / "bieu.csv").mkdir()
    for name in ("bieu.xlsx", "bieu.csv"):
        with pytest.raises(OfficeFileError, match=rf"{name}: it is no file but"):
            read_office(tmp_path / name)


def test_formulas_are_read_by_their_value_or_reported(tmp_path):
    data = _workbook(lambda sheet: sheet.append(["Kim Sơn", "=1+1"]))
    assert read_office(_written(tmp_path, data, "f.xlsx")).problems[["cell", "text"]].values.tolist() == [
        ["B3", "=1+1"]
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>2</v>", parts[sheet])
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert read_office(_written(tmp_path, again.getvalue(), "g.xlsx")).rows["value"].tolist() == [5, 2]


CELLS = st.sampled_from(
    [
        "",
        " ",
        "Xã",
        "Xã Bảo Hà",
        "Chỉ tiêu",
        "Năm",
        "ĐVT: ha",
        "2020",
        "2021",
        "Sơ bộ 2022",
        "1",
        "2",
        "12,5",
        "1.234,5",
        "..",
        "-",
        "trên 60",
        "(1) ghi chú",
        "ha",
        "value",
        "1.12O",
        "Tổng số",
        "=1+1",
        "Diện tích (ha)",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=9))
def test_every_number_is_a_row_a_label_or_a_problem(tmp_path, grid):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([*row, *[""] * (7 - len(row))] for row in grid)
    if not text.getvalue().strip():
        return
    table = read_office(_written(tmp_path, text.getvalue()))
    labels = set()
    for column in ("title", "note", "group_text", "row_text", "column_text"):
        labels |= {part for text in table.rows[column].unique() for part in re.split(r" \| | ", text)}
    cells = set(table.rows["cell"]) | set(table.problems["cell"])
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if re.fullmatch(r"[\d.,]*\d", cell) and not re.fullmatch(r"20\d\d|\d", cell):
                assert f"{'ABCDEF'[c]}{r + 1}" in cells or cell in labels, (cell, r, c)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    st.sampled_from(["a.csv", "a.px", "a.xlsx"]),
)
def test_any_bytes_are_read_or_refused(tmp_path, data, name):
    try:
        table = read_office(_written(tmp_path, data, name))
    except OfficeFileError:
        return
    assert list(table.problems.columns) == list(office.PROBLEMS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.integers(min_value=4, max_value=len(COMMUNES) - 1), st.integers(min_value=0, max_value=255))
def test_a_workbook_with_one_bad_byte_is_read_or_refused(tmp_path, place, byte):
    with contextlib.suppress(OfficeFileError):
        read_office(_written(tmp_path, COMMUNES[:place] + bytes([byte]) + COMMUNES[place + 1 :], "a.xlsx"))
