"""An office's files read whatever their layout: known cells, nothing lost, bad files refused in words. Numbers in fixtures are invented."""

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baoyen_analysis.cleaning import office
from baoyen_analysis.cleaning.office import OfficeFileError, read_office

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
    ("gso/cpi-annual-average.csv", 255, 0, {"H4": ["", "Consumer price index", 2008, "", "122.97", "", 122.97]}),
    ("gso/income-by-source-and-province.csv", 1400, 0, {
        "B4": ["WHOLE COUNTRY", "Total", 2010, "", "1387.0", "", 1387.0],
        "U73": ["Ca Mau", "Others", 2016, "preliminary", "286.0", "", 286.0]}),
    ("gso/output-per-ha.csv", 52, 0, {
        "C4": ["", "Gross output (Mill. Dongs) | Cultivated land", 2004, "", "21.1", "Mill. Dongs", 21.1e6],
        "D29": ["", "Index (Previous year = 100) - % | Aquaculture water surface", 2016, "preliminary", "104.9", "%", 104.9]}),
    ("gso/poverty-rate-by-province.csv", 568, 0, {
        "I4": ["WHOLE COUNTRY", "Poverty rate by province by Cities, provincies and Year", 2016, "preliminary", "5.8", "", 5.8]}),
    ("gso/tables.csv", 0, 1, {}),
    ("gso/tourism-outcome.csv", 144, 0, {
        "B4": ["", "Turnover of accommodation establishments (Bill. Dongs)", 2000, "", "3268.5", "Bill. Dongs", 3268.5e9],
        "Q12": ["", "Vietnamese persons travelling abroad (Thous. Visits)", 2015, "", "584.3", "Thous. Visits", 584.3e3]}),
    ("gso/travel-turnover-by-province.csv", 345, 0, {
        "B6": ["Ha Noi", "Turnover of travelling at current prices by province by Cities, provincies and Year",
               2010, "", "4005.6", "", 4005.6]}),
    ("layouts/divorces_by_province_2013-2017_dotdot.csv", 690, 14, {
        "C8": ["Hải Phòng", "H", 2013, "", "395", "", 395], "K70": ["Cà Mau", "H", 2017, "", "1103", "", 1103]}),
    ("layouts/gso_E_fired_forest_zero_vs_dotdot.csv", 1452, 0, {
        "B5": ["Red River Delta", "Area of fired forest by province by Cities, provincies and Year", 1995, "", "0.0", "", 0.0]}),
    ("layouts/gso_E_growth_rate_prel2016.csv", 781, 0, {
        "B14": ["Thai Binh", "Population growth rate by province by Cities, provincies and Year", 2005, "", "-0.04", "", -0.04]}),
    ("layouts/gso_V02.01_vi_2011-2018_two_level_header.csv", 24, 0, {
        "C5": ["CẢ NƯỚC", "Dân số trung bình (Nghìn người)", 2011, "", "87860.4", "Nghìn người", 87860.4e3],
        "Y5": ["CẢ NƯỚC", "Mật độ dân số (Người/km2)", 2018, "", "286.0", "Người/km2", 286.0]}),
    ("layouts/gso_V02.01_vi_population_2011-2022.xlsx", 840, 0, {
        "M74": ["Cà Mau", "Dân số trung bình (Nghìn người)", 2022, "", "1207.63", "Nghìn người", 1207630.0]}),
    ("layouts/gso_V02.20_vi_growth_rate_2005-2022.xlsx", 1207, 0, {
        "B4": ["CẢ NƯỚC", GSO_TITLE, 2005, "", "1.17", "", 1.17], "R74": ["Cà Mau", GSO_TITLE, 2022, "preliminary", "-0.09", "", -0.09]}),
]


@pytest.mark.parametrize(("file", "rows", "problems", "cells"), SHARED_FILES, ids=[file for file, *_ in SHARED_FILES])
def test_a_published_table_reads_right(file, rows, problems, cells):
    if not (SHARED / file).exists():
        pytest.skip(f"{SHARED / file} is not there")
    table = read_office(SHARED / file)
    assert (len(table.rows), len(table.problems)) == (rows, problems)
    for cell, right in cells.items():
        found = _cell(table, cell, *SHOWN)
        assert found[:-1] == right[:-1] and found[-1] == pytest.approx(right[-1])


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
        "Huyện Bảo Yên", "Thu nhập bình quân đầu người", 2021, "", "trên 61", "triệu đồng/người/năm", 61e6, "gt"]
    assert _cell(table, "E5", "year", "part", "value") == [2022, "9M", 123000]
    assert table.problems[["cell", "text"]].values.tolist() == [["E7", "đang cập nhật"]]


def test_a_wide_table_with_decimal_commas():
    table = read_office(FILES / "wide.csv")
    assert _cell(table, "E7", "area_text", "year", "status", "value", "unit") == ["Tổng số", 2023, "preliminary", 3402.75, "ha"]
    assert _cell(table, "C5", "row_text", "value") == ["2 | Kim Sơn", 2001]
    assert _cell(table, "C6", "missing") == ["no_occurrence"]
    assert table.problems.empty and len(table.rows) == 12


def test_a_pxweb_table():
    table = read_office(FILES / "pxweb.csv")
    assert _cell(table, "E5", *SHOWN) == ["Lao Cai", "Salary & wage", 2012, "preliminary", "31.0", "", 31.0]


def test_a_workbook_with_merged_heads_groups_and_footnotes():
    table = read_office(FILES / "communes.xlsx")
    first = {"sheet": "Biểu 1"}
    assert _cell(table, "D9", *SHOWN, **first) == ["Xã Bảo Hà", "Thu nhập bình quân", 2023, "preliminary", "43,25", "triệu đồng", 43.25e6]
    assert _cell(table, "F10", *SHOWN, **first) == ["Xã Kim Sơn", "Dân số (người)", 2023, "", "1998", "người", 1998]
    assert _cell(table, "C10", "value", "group_text", **first) == [38.125e6, "I Vùng I"]
    assert _cell(table, "D12", "value", "group_text", "note", **first) == [36.5e6, "II Vùng II", "(1) Số liệu ước tính."]
    assert _cell(table, "D13", "qualifier", **first) == ["gt"]
    second = {"sheet": "Biểu 2"}
    assert _cell(table, "D3", *SHOWN, **second) == ["", "Lượt khách", 2022, "estimate", "150.500", "Lượt khách", 150500]
    assert _cell(table, "B9", "area_text", "value", "unit", **second) == ["Yên Sơn", 1234.5, "tonnes"]
    assert table.problems[["sheet", "cell"]].values.tolist() == [["Biểu 1", "C13"], ["Biểu 2", "E11"], ["Biểu 1", "F13"]]
    assert len(read_office(FILES / "communes.xlsx", sheet="Biểu 2").rows) == 8


def test_a_legacy_font_is_decoded_and_reported():
    table = read_office(FILES / "tcvn3.xlsx")
    assert _cell(table, "B5", "area_text", "value") == ["Nghĩa Đô", 40]
    assert table.problems["problem"].str.contains("tcvn3").all() and len(table.problems) == 5


def test_a_pc_axis_file():
    table = read_office(FILES / "population.px")
    assert len(table.rows) == 12 and table.problems.empty
    assert _cell(table, "6", "area_text", "indicator_text", "year", "value") == ["Lào Cai; tỉnh", "Nông thôn", 2020, 20250]
    assert _cell(table, "3", "title", "year", "status") == ["Dân số trung bình, số liệu giả định (invented numbers)", 2021, "preliminary"]
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
    assert read_office(file).rows.empty and len(read_office(file).problems) == 2
    assert read_office(file, locale="vi").rows["value"].tolist() == [27000, 31500]
    assert read_office(file, locale="en").problems["text"].tolist() == ["27.000", "31.500"]


def test_parts_of_a_year_under_their_year(tmp_path):
    table = read_office(_written(tmp_path, "Xã;2023;;2024\n;Quý I;Quý II;Quý I\nBảo Hà;1,5;2,5;3,5\n"))
    assert table.rows[["year", "part", "value"]].values.tolist() == [[2023, "Q1", 1.5], [2023, "Q2", 2.5], [2024, "Q1", 3.5]]


def test_the_year_may_stand_in_the_title_and_areas_over_the_columns(tmp_path):
    table = read_office(_written(tmp_path, "Sản lượng năm 2023;;\nChỉ tiêu;Xã Bảo Hà;Xã Kim Sơn\nThóc (tấn);120;130,5\nNgô (tấn);20;30\n"))
    assert _cell(table, "C3", "area_text", "indicator_text", "year", "unit") == ["Xã Kim Sơn", "Thóc (tấn)", 2023, "tonnes"]


def test_units_from_their_own_column_and_an_unknown_unit(tmp_path):
    table = read_office(_written(tmp_path, "Chỉ tiêu;ĐVT;2022;2023\nThu ngân sách;tỷ đồng;12,5;13\nChè;vô danh;1,5;2\n"))
    assert _cell(table, "C2", "value", "unit") == [12.5e9, "VND"] and _cell(table, "D3", "value", "unit") == [2, ""]
    assert table.problems[["text"]].values.tolist() == [["vô danh"]]


def test_legacy_bytes_are_decoded_and_reported(tmp_path):
    tcvn3 = "X·;2021\nB¶o Hµ;41,5\nNghÜa §«;3,2\nPhè Rµng;4\nB¶o Yªn;5\n".encode("latin-1")
    table = read_office(_written(tmp_path, tcvn3))
    assert table.rows["area_text"].tolist() == ["Bảo Hà", "Nghĩa Đô", "Phố Ràng", "Bảo Yên"]
    assert "not saved as UTF-8" in table.problems["problem"].iloc[0]
    assert read_office(_written(tmp_path, "Xã;2022\nBảo Hà;5,5\n".encode("utf-16"))).rows["value"].tolist() == [5.5]


def test_a_wide_and_a_long_table_are_read(tmp_path):
    wide = "Xã;" + ";".join(f"m{n}" for n in range(10_000)) + "\nBảo Hà;" + ";".join(f"{n},5" for n in range(10_000)) + "\n"
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
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (office.LARGEST_UNPACKED + 1))
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
    "rest.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "no whole workbook"),
    "password.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "bomb.xlsx": (_bomb(), "unpacked it is over"),
    "stray.xlsx": (_workbook(lambda sheet: sheet.cell(1_048_576, 16_384, 1)), "spans 1048576 rows"),
    "short.px": (b'CHARSET="ANSI";STUB="a";VALUES("a")="1","2";DATA=1;', "2 a are said"),
    "open.px": (b'STUB="a";VALUES("a")="1', "0 numbers"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_words(tmp_path, name):
    data, said = BAD_FILES[name]
    with pytest.raises(OfficeFileError, match=re.escape(name)) as refusal:
        read_office(_written(tmp_path, data, name))
    assert said in str(refusal.value) and refusal.value.remedy


def test_a_missing_file_and_a_missing_sheet_are_refused(tmp_path):
    with pytest.raises(OfficeFileError, match="cannot be opened"):
        read_office(tmp_path / "none.csv")
    with pytest.raises(OfficeFileError, match="no sheet 'Biểu 3'"):
        read_office(FILES / "communes.xlsx", sheet="Biểu 3")


def test_formulas_are_read_by_their_value_or_reported(tmp_path):
    data = _workbook(lambda sheet: sheet.append(["Kim Sơn", "=1+1"]))
    assert read_office(_written(tmp_path, data, "f.xlsx")).problems[["cell", "text"]].values.tolist() == [["B3", "=1+1"]]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>2</v>", parts[sheet])
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert read_office(_written(tmp_path, again.getvalue(), "g.xlsx")).rows["value"].tolist() == [5, 2]


CELLS = st.sampled_from(["", " ", "Xã", "Xã Bảo Hà", "Chỉ tiêu", "Năm", "ĐVT: ha", "2020", "2021", "Sơ bộ 2022", "1", "2", "12,5",
                         "1.234,5", "..", "-", "trên 60", "(1) ghi chú", "ha", "value", "1.12O", "Tổng số", "=1+1", "Diện tích (ha)"])


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
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)), st.sampled_from(["a.csv", "a.px", "a.xlsx"]))
def test_any_bytes_are_read_or_refused(tmp_path, data, name):
    try:
        table = read_office(_written(tmp_path, data, name))
    except OfficeFileError:
        return
    assert list(table.problems.columns) == list(office.PROBLEMS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.integers(min_value=4, max_value=len(COMMUNES) - 1), st.integers(min_value=0, max_value=255))
def test_a_workbook_with_one_bad_byte_is_read_or_refused(tmp_path, place, byte):
    try:
        read_office(_written(tmp_path, COMMUNES[:place] + bytes([byte]) + COMMUNES[place + 1 :], "a.xlsx"))
    except OfficeFileError:
        pass
