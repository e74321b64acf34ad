"""Whole tables as offices lay them out: what a person would take is taken. The numbers are invented, as are
those of the shared yearly tables."""

import csv
import io

import openpyxl
import pytest
from conftest import ROOT, each, office_workbook

from baoyen_analysis.intake import record as intake
from baoyen_analysis.intake.identity import Defaults

SHARED = ROOT.parent / "shared" / "cases" / "office"
SOURCE = intake.Source("office", "Phòng Tài chính - Kế hoạch (invented)")
HERE = Defaults(area="Bảo Yên", level="district")
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")


def read(path, built, *, locale="", **given):
    communes, defaults = built["communes"], HERE._replace(**given)
    return intake.read(
        path, SOURCE, built["observations"], communes=communes, defaults=defaults, locale=locale
    )


def by_cell(found, *columns):
    """What the number of each cell became."""
    figures = found.figures.set_index("figure_id")
    cells = found.cells[found.cells["figure_id"] != ""]
    return {cell.cell: tuple(figures.loc[cell.figure_id, list(columns)]) for cell in cells.itertuples()}


WORDINGS = list(csv.DictReader(io.StringIO((ROOT / "tests/data/office/wordings.csv").read_text("utf-8"))))


def read_apart(folder, built, tables, **given):
    """The figures of tables that are a sheet each of one workbook, each of a year of its own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet()
        for row in [["Số liệu bịa ra để thử (invented)"], *table]:
            sheet.append(row)
    book.save(folder / "office.xlsx")
    found = read(folder / "office.xlsx", built, **given)
    sheet_of = found.cells.set_index("figure_id")["sheet"].drop("", errors="ignore")
    sheets = found.figures["figure_id"].map(sheet_of)
    return [found.figures[sheets == sheet.title] for sheet in book]


@pytest.fixture(scope="module")
def figures_of_wordings(tmp_path_factory, built):
    tables = [
        [
            ["TT", "Chỉ tiêu", "ĐVT", f"TH {2023 - n}"],
            [1, wording["label"], wording["unit"], wording["invented_value"]],
        ]
        for n, wording in enumerate(WORDINGS)
    ]
    return read_apart(tmp_path_factory.mktemp("wordings"), built, tables, locale="vi")


def test_a_wording_becomes_a_figure_of_its_indicator_or_is_refused(figures_of_wordings):
    @each(enumerate(WORDINGS))
    def wordings(n, wording):
        figures = figures_of_wordings[n]
        taken = figures[["indicator", "definition", "period"]].values.tolist()
        told = [wording["indicator"], wording["definition"], str(2023 - n)]
        assert taken == ([told] if wording["indicator"] else [])
        if wording["value"]:
            assert float(figures["value"].iat[0]) == pytest.approx(float(wording["value"]))

    wordings()


DISTRICT = {
    "Thu nhập bình quân đầu người/năm": ("income_per_capita", "58.5", ""),
    "Thu nhập bình quân đầu người (người/năm)": ("income_per_capita", "58.5", ""),
    "Thu nhập bình quân/người/năm": ("income_per_capita", "58.5", ""),
    "Giá trị sản phẩm/ha canh tác": ("yield_per_ha", "89.1", "product value per ha of cultivated land"),
    "Giá trị thu nhập/ha đất canh tác": ("yield_per_ha", "89.1", "income value per ha of cultivated land"),
    "Tổng lượt khách du lịch": ("tourist_visits", "1430000", ""),
    "Số lượt khách du lịch": ("tourist_visits", "1430000", ""),
    "Lượt khách tham quan, du lịch": ("tourist_visits", "1430000", ""),
    "Doanh thu du lịch, dịch vụ": ("tourism_revenue", "960.5", "tourism and services"),
    "Tổng doanh thu từ du lịch": ("tourism_revenue", "960.5", ""),
    "Tổng thu từ du lịch": ("tourism_revenue", "960.5", "total receipts from visitors"),
    "Thu NSNN trên địa bàn": ("budget_revenue", "231.5", ""),
    "Tỷ lệ hộ nghèo": ("poverty_rate", "13.9", ""),
    "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều": ("poverty_rate", "13.9", "multidimensional"),
    "Số xã đạt chuẩn nông thôn mới": ("ntm_communes", "15", ""),
    "Xã đạt chuẩn nông thôn mới (lũy kế)": ("ntm_communes", "15", ""),
    "Số tiêu chí NTM bình quân/xã": ("ntm_criteria_avg", "18.2", ""),
    "Trường học đạt chuẩn quốc gia": ("schools_national_standard", "68.1", ""),
    "Tổng sản lượng lương thực có hạt": ("grain_output", "42510", ""),
    "Tỷ lệ che phủ rừng": ("forest_cover", "60.6", ""),
    "Dân số trung bình": ("population", "86123", "annual average"),
    "Diện tích chè": ("tea_area", "980", ""),
}


@needs_shared
def test_a_districts_wordings_are_all_recognised(tmp_path, built):
    with (SHARED / "district_wordings.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["label"] for row in rows} == DISTRICT.keys()
    tables = [
        [["Chỉ tiêu", "ĐVT", f"Năm {2023 - n}"], [row["label"], row["unit"], float(row["invented_value"])]]
        for n, row in enumerate(rows)
    ]
    for row, figures in zip(rows, read_apart(tmp_path, built, tables), strict=True):
        taken = figures[["indicator", "value", "definition"]].values.tolist()
        assert taken == [list(DISTRICT[row["label"]])], row["label"]


@needs_shared
@pytest.mark.parametrize(
    ("name", "given", "taken", "own", "questions"),
    [
        # 14 rows: the outcome before, a plan, an outcome, the next plan; the shares are no figures
        ("bieu01-ktxh-2023.xlsx", {"keep_unknown": True}, 42, 2, 1),
        ("bieu01-ktxh-2023.xlsx", {"keep_unknown": True, "kind": "actual"}, 56, 2, 0),
        ("bieu01-ktxh-2024.xlsx", {"keep_unknown": True, "kind": "actual"}, 56, 2, 0),
        ("s2-th2024-kh2025.xlsx", {"keep_unknown": True}, 56, 2, 0),
        # twelve months and the year of four columns
        ("du-lich-thang-2024.xlsx", {"keep_unknown": True}, 52, 2, 0),
        # three years of 17 communes and the district; the column of population says no year
        ("tnbq-xa.xlsx", {}, 54, 0, 0),
    ],
)
def test_every_figure_a_person_would_take_of_a_yearly_table_is_taken(
    built, name, given, taken, own, questions
):
    found = read(SHARED / "year-tables" / name, built, **given)
    assert len(found.figures) == taken
    assert len(found.indicators) == own
    assert len(found.questions) == questions


@needs_shared
def test_the_whole_district_is_the_district_and_a_part_stays_a_part(built):
    communes = by_cell(
        read(SHARED / "year-tables" / "tnbq-xa.xlsx", built), "area", "area_level", "period", "kind"
    )
    assert communes["F9"] == ("Phố Ràng", "commune", "2024", "estimate")
    assert communes["E26"] == ("Bảo Yên", "district", "2023", "actual")
    found = read(SHARED / "year-tables" / "s2-th2024-kh2025.xlsx", built, keep_unknown=True)
    table = by_cell(found, "indicator", "period", "kind", "value")
    assert table["F11"] == ("grain_output", "2024", "actual", "41200")
    assert table["F12"] == ("tong_san_luong_luong_thuc_co_hat_san_luong_thoc", "2024", "actual", "29000")
    assert table["H16"] == ("tourism_revenue", "2025", "plan", "1300")
    months = by_cell(
        read(SHARED / "year-tables" / "du-lich-thang-2024.xlsx", built), "indicator", "period", "value"
    )
    assert months["E16"] == ("tourism_revenue", "2024M09", "44.4")
    assert months["B20"] == ("tourist_visits", "2024", "1520000")


HEAD = ["TT", "Chỉ tiêu", "ĐVT", "TH 2023"]


@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        # a heading ends where a row counts on from it
        (
            [
                ["2", "Cơ cấu kinh tế"],
                ["", "- Công nghiệp", "%", 35],
                ["3", "TNBQ đầu người", "Triệu đồng", 58],
            ],
            {"D5": "income_per_capita"},
        ),
        # but a row that counts from one again is under it
        (
            [["1", "Khu vực nông thôn"], ["1", "Dân số", "Người", 70000], ["2", "Tỷ lệ hộ nghèo", "%", 14]],
            {},
        ),
        # an outer heading still restricts below an inner one
        (
            [["B", "KHU VỰC NÔNG THÔN"], ["I", "XÃ HỘI"], [1, "Tỷ lệ hộ nghèo", "%", 14]],
            {},
        ),
        # a heading and a row name one thing together
        (
            [["1", "Cây chè"], ["", "- Tổng diện tích", "Ha", 980], ["", "- Trồng mới", "Ha", 20]],
            {"D4": "tea_area"},
        ),
        ([["1", "Cây quế"], ["", "- Diện tích quế", "Ha", 25000]], {"D4": "cinnamon_area"}),
        ([["I", "DU LỊCH"], [1, "Tổng lượt khách", "Lượt", 1430000]], {"D4": "tourist_visits"}),
        ([["I", "NÔNG NGHIỆP"], [1, "Tổng giá trị sản xuất", "Tỷ đồng", 1500]], {}),
        # a part is the part of what it stands under
        (
            [
                [1, "Thu nhập bình quân đầu người", "Triệu đồng", 58],
                ["", "Trong đó: Khu vực nông thôn", "Triệu đồng", 48],
                ["", "Khu vực thành thị", "Triệu đồng", 68],
                [2, "Tỷ lệ hộ nghèo", "%", 14],
            ],
            {"D3": "income_per_capita", "D4": "income_per_capita_rural", "D6": "poverty_rate"},
        ),
        # two numbers of one thing: none is taken where they differ, one where they agree
        ([[1, "Tỷ lệ hộ nghèo", "%", 14], [2, "Tỷ lệ hộ nghèo toàn huyện", "%", 15]], {}),
        ([[1, "Tỷ lệ hộ nghèo", "%", 14], [2, "Tỷ lệ hộ nghèo toàn huyện", "%", 14]], {"D3": "poverty_rate"}),
        # another level than the area's
        ([[1, "Tỷ lệ hộ nghèo toàn tỉnh", "%", 14]], {}),
        # the area's own name in the label
        ([[1, "Lượng khách du lịch đến Bảo Yên", "Lượt", 1430000]], {"D3": "tourist_visits"}),
        ([[1, "Lượng khách du lịch đến huyện Bảo Yên", "Lượt", 1430000]], {"D3": "tourist_visits"}),
        ([[1, "Lượng khách du lịch đến xã Bảo Yên", "Lượt", 1430000]], {}),
        ([[1, "Lượng khách du lịch đến Sa Pa", "Lượt", 1430000]], {}),
        # what the unit tells
        ([[1, "GRDP bình quân đầu người", "USD", 2900]], {"D3": "grdp_per_capita_usd"}),
        (
            [[1, "Thu nhập bình quân đầu người", "Nghìn đồng/tháng", 4900]],
            {"D3": "income_per_capita_monthly"},
        ),
        ([[1, "Số trường đạt chuẩn quốc gia", "Trường", 41]], {}),
    ],
)
def test_headings_parts_and_units_of_a_districts_table(tmp_path, built, rows, taken):
    found = read(office_workbook(tmp_path, HEAD, *rows), built)
    assert {cell: words[0] for cell, words in by_cell(found, "indicator").items()} == taken


@needs_shared
def test_the_year_the_communes_and_the_months_of_one_workbook_all_enter(tmp_path, built):
    book = openpyxl.Workbook()
    for name in ("bieu01-ktxh-2024", "tnbq-xa", "du-lich-thang-2024"):
        page = openpyxl.load_workbook(SHARED / "year-tables" / f"{name}.xlsx").active
        copy = book.create_sheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                copy.cell(cell.row, cell.column, cell.value).number_format = cell.number_format
    book.save(tmp_path / "year.xlsx")
    found = read(tmp_path / "year.xlsx", built, kind="actual")
    held = found.figures.groupby(["area_level", found.figures["period"].str.len() > 4]).size()
    # Of the district 48 in the yearly table, the income of 2022 in that of the communes (2023 and 2024 come
    # again there), and the two whole years of the months.
    assert held.to_dict() == {("commune", False): 51, ("district", False): 51, ("district", True): 24}
    assert found.problems["reason"].value_counts()["again"] == 2


def test_what_a_note_says_of_one_number_stays_with_it(tmp_path, built):
    rows = [HEAD, [1, "Lượt khách du lịch", "1.000 lượt", "1.520,5 (1)"], ["(1) tính cả khách đến đền"]]
    found = read(office_workbook(tmp_path, *rows), built)
    assert found.figures["note"].tolist() == ["office.xlsx, Sheet D3; tính cả khách đến đền"]


def test_names_of_communes_need_no_level_and_the_given_one_keeps_none_out(tmp_path, built):
    rows = [["Xã", "TNBQ đầu người 2023 (triệu đồng)"], ["Nghĩa Đô", 41], ["Xã Bảo Hà", 44], ["Cả huyện", 58]]
    found = by_cell(read(office_workbook(tmp_path, *rows), built), "area", "area_level")
    assert list(found.values()) == [("Nghĩa Đô", "commune"), ("Bảo Hà", "commune"), ("Bảo Yên", "district")]


def test_own_indicators_are_kept_whole_and_short_names_are_not(tmp_path, built):
    rows = [HEAD, [1, "Tổng đàn gia súc", "Con", 61200], [2, "Ngô", "Tấn", 900], [3, "Tổng số", "Hộ", 20000]]
    rows += [[4, "Số hộ dùng nước sạch", "", 18000], [5, "Doanh thu lưu trú", "Triệu đồng/cơ sở", 512]]
    found = read(office_workbook(tmp_path, *rows), built, keep_unknown=True)
    assert found.indicators[["vi", "unit", "unit_vi"]].values.tolist() == [
        ["Tổng đàn gia súc", "con", "con"],
        ["Doanh thu lưu trú", "million VND/cơ sở", "triệu đồng/cơ sở"],
    ]
    assert found.figures["value"].tolist() == ["61200", "512"]
    assert found.problems.set_index("cell")["reason"].to_dict() == {
        "D4": "label",
        "D5": "label",
        "D6": "no_unit",
    }


def test_a_commune_that_a_district_has_the_name_of_is_not_the_district(tmp_path, built):
    rows = [["Xã", "TNBQ đầu người 2026 (triệu đồng)"], ["Sa Pa", 41], ["Bảo Hà", 44], ["Huyện Sa Pa", 58]]
    found = read(office_workbook(tmp_path, *rows), built, area="", level="commune", kind="plan")
    assert list(by_cell(found, "area", "area_level").values()) == [
        ("Bảo Hà", "commune"),
        ("Sa Pa", "district"),
    ]
    assert found.problems["reason"].tolist() == ["area_several"]


def test_labels_that_differ_in_their_accents_are_two_indicators(tmp_path, built):
    rows = [HEAD, [1, "Sản lượng thịt bò", "Tấn", 90], [2, "Sản lượng thịt bơ", "Tấn", 9]]
    found = read(office_workbook(tmp_path, *rows), built, keep_unknown=True)
    assert found.figures["indicator"].tolist() == ["san_luong_thit_bo", "san_luong_thit_bo_2"]


WORDS = ["Chỉ tiêu", "ĐVT", "Năm 2023"]
INCOME, VISITS = "Thu nhập bình quân đầu người", "Lượt khách du lịch"


@pytest.mark.parametrize(
    ("cell", "taken"),
    [
        ("ước 58,5", ("estimate", "58.5")),
        ("trên 58", ("actual", "58")),
        ("tăng 5,2", None),
        ("tăng thêm 1,5", None),
        ("giảm 2", None),
        ("+1,5", None),
        ("-5", None),
        ("58,5 (KH)", None),
    ],
)
def test_what_the_cell_itself_says_of_its_number_holds(tmp_path, built, cell, taken):
    rows = [WORDS, [INCOME, "Triệu đồng", cell], [VISITS, "Lượt", 1200]]
    figures = read(office_workbook(tmp_path, *rows), built, locale="vi").figures
    income = figures[figures["indicator"] == "income_per_capita"]
    assert income[["kind", "value"]].values.tolist() == ([list(taken)] if taken else [])


def test_the_rise_of_a_rate_is_its_level(tmp_path, built):
    rows = [WORDS, ["Tốc độ tăng trưởng kinh tế", "%", "tăng 8,2"], ["Tỷ lệ hộ nghèo", "%", "tăng 8,2"]]
    found = read(office_workbook(tmp_path, *rows), built, locale="vi")
    assert found.figures[["indicator", "value"]].values.tolist() == [["economic_growth", "8.2"]]
    assert found.problems["reason"].tolist() == ["relation"]


@pytest.mark.parametrize(
    ("over", "below", "taken"),
    [
        ([], "Ghi chú: chưa bao gồm thị trấn Phố Ràng", 0),
        ([], "Ghi chú: số liệu chỉ tính khu vực nông thôn", 0),
        ([], "Ghi chú: tính theo giá so sánh 2010", 1),
        ([], "Ghi chú: (1) khu vực nông thôn", 2),
        ([["CÁC CHỈ TIÊU KHU VỰC NÔNG THÔN"]], "", 0),
        ([["CÁC CHỈ TIÊU CHỦ YẾU"]], "Nguồn: Chi cục Thống kê", 2),
    ],
)
def test_what_restricts_a_whole_table_is_asked(tmp_path, built, over, below, taken):
    rows = [WORDS, [INCOME, "Triệu đồng", 58.5], ["Giá trị sản xuất nông nghiệp", "Tỷ đồng", 900], [below]]
    path = office_workbook(tmp_path, *rows, over=over)
    assert len(read(path, built).figures) == taken
    assert len(read(path, built, definition="the whole as the note says").figures) == 2


@pytest.mark.parametrize(
    ("note", "kinds"),
    [
        ("(*) Số liệu sơ bộ", {"D3": "preliminary"}),
        ("(*) Khu vực nông thôn", {}),
        ("(*) Nguồn: Chi cục Thống kê", {"D3": "actual"}),
    ],
)
def test_a_note_to_the_head_of_a_column_speaks_of_all_its_numbers(tmp_path, built, note, kinds):
    rows = [
        ["Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023 (*)"],
        [INCOME, "Triệu đồng", 50, 58.5],
        ["Ghi chú:"],
        [note],
    ]
    found = read(office_workbook(tmp_path, *rows), built)
    assert {cell: words[0] for cell, words in by_cell(found, "kind").items()} == {"C3": "actual"} | kinds


def test_a_total_beside_parts_of_a_year_is_not_the_years(tmp_path, built):
    rows = [["Chỉ tiêu", "ĐVT", "Quý I", "Quý II", "Tổng", "Cả năm"], [VISITS, "Lượt", 100, 200, 300, 900]]
    found = read(office_workbook(tmp_path, *rows, over=[["DU LỊCH NĂM 2023"]]), built)
    assert by_cell(found, "period") == {"C4": ("2023Q1",), "D4": ("2023Q2",), "F4": ("2023",)}


def test_a_total_beside_areas_is_not_the_districts(tmp_path, built):
    rows = [
        ["Chỉ tiêu", "ĐVT", "Tổng số", "Xã Bảo Hà", "Toàn huyện"],
        ["Dân số năm 2023", "Người", 10, 6, 90],
    ]
    found = read(office_workbook(tmp_path, *rows), built)
    assert by_cell(found, "area") == {"D3": ("Bảo Hà",), "E3": ("Bảo Yên",)}


def test_a_rate_far_from_all_that_is_held_is_asked_about(tmp_path, built):
    rows = [WORDS, [INCOME, "Tỷ đồng", 58.5], [VISITS, "Lượt", 12000]]
    found = read(office_workbook(tmp_path, *rows), built)
    assert found.figures["indicator"].tolist() == ["tourist_visits"]
    assert found.problems["reason"].tolist() == ["scale"]


def test_an_average_of_years_is_not_the_figure_of_a_span(tmp_path, built):
    heads = ["BQ 2021-2023", "Trung bình 2021-2023", "Mục tiêu 2021-2025"]
    found = read(
        office_workbook(tmp_path, ["Chỉ tiêu", "ĐVT", *heads], [INCOME, "Triệu đồng", 50, 51, 66]), built
    )
    assert by_cell(found, "period", "kind") == {"E3": ("2021-2025", "target")}


def test_what_the_year_adds_to_a_stock_is_not_the_stock(tmp_path, built):
    heads = ["Số xã đạt chuẩn NTM (xã)", "Số xã đạt chuẩn NTM trong năm (xã)"]
    found = read(office_workbook(tmp_path, ["Năm", *heads], [2022, 13, 3], [2023, 15, 2]), built)
    assert list(by_cell(found, "period")) == ["B3", "B4"]


def test_areas_stand_as_labels_under_the_heading_of_an_indicator(tmp_path, built):
    rows = [["TT", "Nội dung", "ĐVT", 2022], [1, INCOME], ["", "Xã Bảo Hà", "Triệu đồng", 40]]
    rows += [["", "Toàn huyện", "Triệu đồng", 45], ["", "Hộ người Mông", "Triệu đồng", 30]]
    found = by_cell(read(office_workbook(tmp_path, *rows), built), "area", "area_level", "indicator")
    assert found == {
        "D4": ("Bảo Hà", "commune", "income_per_capita"),
        "D5": ("Bảo Yên", "district", "income_per_capita"),
    }


def test_the_title_names_the_indicator_in_one_of_its_lines(tmp_path, built):
    rows = [["Xã", "Tổng số", "Nam"], ["Bảo Hà", 4100, 2000]]
    over = [["DÂN SỐ CHIA THEO XÃ NĂM 2022 (NGƯỜI)"], ["Phòng Thống kê"]]
    found = read(office_workbook(tmp_path, *rows, over=over), built)
    assert by_cell(found, "indicator", "period") == {"B5": ("population", "2022")}
    rural = [["TNBQ ĐẦU NGƯỜI KHU VỰC NÔNG THÔN NĂM 2022 (TRIỆU ĐỒNG)"]]
    found = read(office_workbook(tmp_path, ["Xã", "Giá trị"], ["Bảo Hà", 41], over=rural), built)
    assert found.figures["indicator"].tolist() == ["income_per_capita_rural"]
    over = [["DÂN SỐ CHIA THEO XÃ NĂM 2022 (NGƯỜI)"], ["Nhóm tuổi lao động"]]
    assert read(office_workbook(tmp_path, *rows, over=over), built).figures.empty


def test_the_name_of_a_province_is_not_taken_for_its_city(tmp_path, built):
    rows = [
        ["Đơn vị", "TNBQ đầu người 2023 (triệu đồng)"],
        ["Lào Cai", 52],
        ["TP. Lào Cai", 70],
        ["Văn Bàn", 45],
    ]
    found = by_cell(read(office_workbook(tmp_path, *rows), built), "area")
    assert found == {"B4": ("Thành phố Lào Cai",), "B5": ("Văn Bàn",)}
