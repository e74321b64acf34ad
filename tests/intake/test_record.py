"""An office's workbook becomes a folder of the record. All numbers here are invented."""

import openpyxl
import pytest
from conftest import ROOT, office_workbook

from baoyen_analysis.intake import record as intake
from baoyen_analysis.intake.identity import Defaults

SOURCE = intake.Source("office", "Phòng Tài chính - Kế hoạch (invented)")
HERE = Defaults(area="Bảo Yên", level="district")


def workbook(tmp_path, *rows):
    return office_workbook(tmp_path, *rows, over=(["ĐVT: triệu đồng"],))


YEARS = ["Chỉ tiêu", 2022, 2023, "Ước 2024"]
INCOME = ["Thu nhập bình quân đầu người", 45, 57.5, 66.2]


def test_a_workbook_becomes_figures_of_the_record(tmp_path, built):
    read = intake.read(workbook(tmp_path, YEARS, INCOME), SOURCE, built["observations"], defaults=HERE)
    assert read.problems.empty
    assert read.conflicts.empty
    assert read.figures[["indicator", "period", "kind", "value", "unit"]].values.tolist() == [
        ["income_per_capita", "2022", "actual", "45", "million VND/person/year"],
        ["income_per_capita", "2023", "actual", "57.5", "million VND/person/year"],
        ["income_per_capita", "2024", "estimate", "66.2", "million VND/person/year"],
    ]


def test_what_differs_from_what_is_held_is_shown(tmp_path, built):
    read = intake.read(
        workbook(tmp_path, YEARS[:2], ["Thu nhập bình quân đầu người", 48.1]),
        SOURCE,
        built["observations"],
        defaults=HERE,
    )
    assert read.conflicts[["value_text", "figure_id_held"]].values.tolist() == [["48.1", "thby-1015-01"]]


def test_a_bound_and_a_value_on_its_open_side_do_not_differ(tmp_path, built):
    held = built["observations"]
    over = held[(held["qualifier"] == "gt") & (held["status"] == "chosen") & (held["kind"] == "actual")]
    over = over[
        (over["indicator"] == "budget_revenue") & (over["area"] == "Bảo Yên") & (over["part"] == "")
    ].iloc[0]
    for value, differ in ((over["value"] * 1.05, 0), (over["value"] * 3, 1)):
        rows = [["Chỉ tiêu", "ĐVT", over["year"]], ["Thu ngân sách", "tỷ đồng", value]]
        read = intake.read(workbook(tmp_path, *rows), SOURCE, held, defaults=HERE)
        assert len(read.conflicts) == differ


def test_what_is_not_recognised_is_a_problem_with_a_remedy(tmp_path, built):
    path = workbook(tmp_path, YEARS, INCOME, ["Số máy bay", 1, 2, 3])
    read = intake.read(path, SOURCE, built["observations"], defaults=HERE)
    assert len(read.figures) == 3
    assert len(read.problems) == 3
    assert read.problems["problem"].str.contains("no indicator is recognised").all()
    assert (read.problems["remedy"] != "").all()
    nowhere = intake.read(path, SOURCE, built["observations"])
    assert nowhere.figures.empty
    assert nowhere.problems["problem"].str.contains("no area is named").any()


def test_a_unit_that_does_not_fit_is_not_taken(tmp_path, built):
    path = workbook(tmp_path, ["Chỉ tiêu", 2022], ["Lượt khách du lịch", 1200])
    read = intake.read(path, SOURCE, built["observations"], defaults=HERE)
    assert read.figures.empty
    assert read.problems[["reason", "about"]].values.tolist() == [
        ["unit", "“Tourist visits”, unit “triệu đồng”"]
    ]


@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        (
            [
                ["Chỉ tiêu", "KH 2024", "Ước TH 2024", "Mục tiêu 2025", "Tăng, giảm 2024", "TH/KH (%)"],
                ["Thu nhập bình quân đầu người", 60, 58.5, 70, 5, 97],
            ],
            {
                "B4": ("income_per_capita", "2024", "plan"),
                "C4": ("income_per_capita", "2024", "estimate"),
                "D4": ("income_per_capita", "2025", "target"),
            },
        ),
        (
            [
                ["Chỉ tiêu", "2021-2025", "Bình quân 2021-2025", "2024-2025", "Chênh lệch 2024"],
                ["Thu nhập bình quân đầu người", 60, 58.5, 70, 5],
            ],
            {"B4": ("income_per_capita", "2021-2025", "actual")},
        ),
        ([["Chỉ tiêu", "TH và KH 2024"], ["Thu nhập bình quân đầu người", 60.5]], {}),
        (
            [
                ["Chỉ tiêu", "9T/2024", "Quý II/2024", "31/12/2024", "2024/2023", "Cùng kỳ 2023"],
                ["Thu nhập bình quân đầu người", 60, 58.5, 70, 5, 97],
            ],
            {
                "B4": ("income_per_capita", "2024-9M", "actual"),
                "C4": ("income_per_capita", "2024Q2", "actual"),
            },
        ),
        (
            [["Năm", "Thu nhập bình quân đầu người (triệu đồng)"], [2021, 45.5]],
            {"B4": ("income_per_capita", "2021", "actual")},
        ),
        (
            [["Chỉ tiêu", 2021], ["1. Thu nhập bình quân đầu người", 45.5]],
            {"B4": ("income_per_capita", "2021", "actual")},
        ),
        (
            [["Chỉ tiêu", 2021], ["1.1. Thu nhập bình quân đầu người (1)", 45.5]],
            {"B4": ("income_per_capita", "2021", "actual")},
        ),
        (
            [["Chỉ tiêu", 2021], ["I. Kinh tế"], ["Thu nhập bình quân đầu người", 45.5]],
            {"B5": ("income_per_capita", "2021", "actual")},
        ),
        ([["Chỉ tiêu", 2021], ["A. Khu vực nông thôn"], ["Thu nhập bình quân đầu người", 45.5]], {}),
        (
            [["Chỉ tiêu", 2021], ["Thu nhập bình quân đầu người"], ["Kế hoạch", 45.5], ["Nông thôn", 40]],
            {
                "B5": ("income_per_capita", "2021", "plan"),
                "B6": ("income_per_capita_rural", "2021", "actual"),
            },
        ),
        ([["Chỉ tiêu", 2021], ["Thu nhập bình quân đầu người"], ["Cùng kỳ năm trước", 45.5]], {}),
    ],
)
def test_kind_and_period_are_the_files_and_what_restricts_is_not_taken(tmp_path, built, rows, taken):
    read = intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=HERE)
    figures = read.figures.assign(cell=read.figures["note"].str.split().str[-1]).set_index("cell")[
        ["indicator", "period", "kind"]
    ]
    assert dict(zip(figures.index, figures.itertuples(index=False, name=None), strict=True)) == taken
    assert set(read.problems["cell"]).isdisjoint(taken)


def test_the_indicator_of_the_whole_file_is_for_rows_that_name_none(tmp_path, built):
    rows = [
        ["Chỉ tiêu", 2021],
        ["Chi ngân sách bình quân", 9.5],
        ["Giá trị sản phẩm trên 1 ha đất canh tác", 80],
    ]
    given = HERE._replace(indicator="income_per_capita")
    read = intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=given)
    assert read.figures["indicator"].tolist() == ["yield_per_ha"]
    assert read.problems["cell"].tolist() == ["B4"]
    read = intake.read(
        workbook(tmp_path, ["Huyện", 2021], ["Huyện Bảo Yên", 45.5]),
        SOURCE,
        built["observations"],
        defaults=given,
    )
    assert read.figures["indicator"].tolist() == ["income_per_capita"]


def test_another_area_in_a_heading_is_not_the_one_given(tmp_path, built):
    rows = [["Chỉ tiêu", 2021], ["Huyện Bảo Yên"], [*INCOME[:1], 55.5], ["Huyện Văn Bàn"], [*INCOME[:1], 48]]
    read = intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=HERE)
    assert read.figures["area"].tolist() == ["Bảo Yên", "Văn Bàn"]


@pytest.mark.parametrize(
    ("over", "taken"),
    [
        ("CHỈ TIÊU KINH TẾ HUYỆN VĂN BÀN", False),
        ("TOÀN TỈNH LÀO CAI", False),
        ("Số liệu xã Bảo Yên", False),
        ("Bảo Yên và Văn Bàn", False),
        ("Kinh tế của cả nước", False),
        ("CHỈ TIÊU HUYỆN BẢO YÊN, TỈNH LÀO CAI", True),
        ("HUYỆN ỦY BẢO YÊN", True),
        ("XÃ HỘI", True),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
    ],
)
def test_another_area_over_the_table_is_not_the_one_given(tmp_path, built, over, taken):
    read = intake.read(
        workbook(tmp_path, [over], ["Chỉ tiêu", 2021], INCOME[:2]),
        SOURCE,
        built["observations"],
        defaults=HERE,
    )
    assert read.figures["area"].tolist() == ["Bảo Yên"] * taken


def test_a_name_may_stand_in_two_languages(tmp_path, built):
    rows = [
        ["Huyện", 2021],
        ["Huyện Bảo Yên - Bao Yen district", 45.5],
        ["Huyện Sa Pa - Sapa Town", 5],
        ["Huyện Văn Bàn - Bảo Yên", 3],
    ]
    read = intake.read(
        workbook(tmp_path, *rows),
        SOURCE,
        built["observations"],
        defaults=Defaults(indicator="income_per_capita"),
    )
    assert read.figures["area"].tolist() == ["Bảo Yên"]
    assert read.problems["cell"].tolist() == ["B5", "B6"]


def test_society_is_a_subject_and_no_commune(tmp_path, built):
    rows = [["TT", "Chỉ tiêu", 2021], ["II", "XÃ HỘI"], [1, *INCOME[:2]]]
    assert intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=HERE).figures[
        "area"
    ].tolist() == ["Bảo Yên"]


def test_another_area_in_the_name_of_a_sheet_is_not_the_one_given(tmp_path, built):
    book = openpyxl.load_workbook(workbook(tmp_path, ["Chỉ tiêu", 2021], INCOME[:2]))
    for name in ("Bát Xát (KH)", "3. Văn Bàn", "Biểu 3"):
        book.copy_worksheet(book.worksheets[0]).title = name
    book.save(tmp_path / "sheets.xlsx")
    read = intake.read(tmp_path / "sheets.xlsx", SOURCE, built["observations"], defaults=HERE)
    assert read.figures["note"].tolist() == ["sheets.xlsx, Sheet B4"]
    assert read.problems[["sheet", "reason"]].values.tolist() == [
        ["Bát Xát (KH)", "area_over"],
        ["3. Văn Bàn", "area_over"],
        ["Biểu 3", "again"],
    ]


def _options(**given):
    """Source, defaults and the rest of what `read` is asked, with these in the place of sound ones."""
    source = SOURCE._replace(**{name: value for name, value in given.items() if name in SOURCE._fields})
    defaults = HERE._replace(**{name: value for name, value in given.items() if name in HERE._fields})
    return {
        "source": source,
        "defaults": defaults,
        **{name: value for name, value in given.items() if name in ("unit", "locale")},
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"publisher": " "}, "--source is blank"),
        ({"publisher": '=HYPERLINK("http://x")'}, "--source .* begins as a formula does"),
        ({"title": "@SUM(A1)"}, "--title .* begins as a formula does"),
        ({"title": "Báo cáo;=1+1"}, "--title .* begins as a formula does"),
        ({"url": "-x"}, "--url .* begins as a formula does"),
        ({"definition": "+x"}, "--definition .* begins as a formula does"),
        ({"title": "a\x1b[31mb"}, r"--title 'a\\x1b\[31mb' holds a control character"),
        ({"source_id": "../../outside"}, "small letters"),
        (
            {"published": "31/12/2022"},
            "--published '31/12/2022' is no date: write 2025-01-31, 2025-01 or 2025",
        ),
        ({"published": "2022-13"}, "is no date"),
        ({"source_kind": "office"}, "--source-kind 'office' is unknown: use statistics"),
        ({"level": "huyen"}, "--level 'huyen' is unknown: use country"),
        ({"kind": "result"}, "--kind 'result' is unknown: use actual"),
        (
            {"indicator": "income_per_captia"},
            "--indicator 'income_per_captia' is unknown: use income_per_capita",
        ),
        ({"locale": "fr"}, "--locale 'fr' is unknown: use vi, en"),
        ({"unit": "bánh"}, "--unit 'bánh' is unknown"),
        ({"area": "Bảo Yen"}, "--area: .*did you mean Bảo Yên"),
        ({"level": "commune", "area": "huyện Bảo Yên"}, "--area: no commune is named"),
    ],
)
def test_a_wrong_option_is_refused_before_the_file_is_read(tmp_path, built, given, said):
    with pytest.raises(intake.NotTaken, match=said):
        intake.read(tmp_path / "there-is-none.xlsx", held=built["observations"], **_options(**given))


@pytest.mark.parametrize("published", ["", "2025", "2025-06", "2025-06-01"])
def test_the_dates_that_the_record_knows_are_taken(tmp_path, built, published):
    path = workbook(tmp_path, YEARS, INCOME)
    assert len(intake.read(path, held=built["observations"], **_options(published=published)).figures) == 3


def test_all_wrong_options_come_at_once(tmp_path, built):
    with pytest.raises(intake.NotTaken) as refusal:
        intake.read(
            tmp_path / "none.xlsx",
            held=built["observations"],
            **_options(publisher="", published="x", locale="fr", unit="x", kind="x"),
        )
    assert [line.split()[0] for line in str(refusal.value).splitlines()] == [
        "--source",
        "--published",
        "--kind",
        "--locale",
        "--unit",
    ]


def test_an_area_that_was_not_there_is_a_problem(tmp_path, built):
    path = workbook(tmp_path, ["Xã", 2018, 2026], ["Xã Bảo Yên", 50, 60], ["Huyện Bảo Yên", 51, 61])
    read = intake.read(path, SOURCE, built["observations"], defaults=Defaults(indicator="income_per_capita"))
    assert read.figures[["area_level", "period", "value"]].values.tolist() == [
        ["commune", "2026", "60"],
        ["district", "2018", "51"],
    ]
    assert read.problems["problem"].str.contains("began on 2025-07-01|ended on 2025-06-30").tolist() == [
        True,
        True,
    ]
    plans = intake.read(
        path,
        SOURCE,
        built["observations"],
        defaults=Defaults(indicator="income_per_capita", kind="plan"),
    )
    assert plans.figures[["area_level", "period"]].values.tolist() == [
        ["commune", "2026"],
        ["district", "2018"],
        ["district", "2026"],
    ]


@pytest.mark.parametrize("word", ["commune", "Xã", "cấp xã"])
def test_a_level_that_the_file_says_comes_before_the_one_given(tmp_path, built, word):
    path = tmp_path / "tidy.csv"
    path.write_text(
        "area,level,indicator,period,value,unit\n"
        f"Bảo Yên,{word},Thu nhập bình quân đầu người,2026,60,triệu đồng\n",
        encoding="utf-8",
    )
    read = intake.read(path, SOURCE, built["observations"], defaults=HERE)
    assert read.figures[["area_level", "indicator"]].values.tolist() == [["commune", "income_per_capita"]]


def test_a_unit_is_no_level(tmp_path, built):
    path = tmp_path / "units.csv"
    path.write_text(
        "Huyện;Chỉ tiêu;Đơn vị;2022\nBảo Yên;Số xã đạt chuẩn nông thôn mới;Xã;9\n", encoding="utf-8"
    )
    read = intake.read(path, SOURCE, built["observations"], defaults=HERE)
    assert read.figures[["area_level", "value", "unit"]].values.tolist() == [["district", "9", "communes"]]


def test_what_a_spreadsheet_would_run_does_not_come_from_the_name_of_a_sheet(tmp_path, built):
    book = openpyxl.Workbook()
    book.active.title = "a;=1+1"
    book.active.append(["Huyện", "Năm", "Thu nhập bình quân đầu người (triệu đồng)"])
    book.active.append(["Bảo Yên", 2016, 21])
    book.save(tmp_path / "office.xlsx")
    found = intake.read(tmp_path / "office.xlsx", SOURCE, built["observations"], defaults=HERE)
    assert found.figures["note"].tolist() == ["office.xlsx, a;'=1+1 C2"]


def test_a_label_that_a_spreadsheet_would_run_is_no_name_of_an_indicator(tmp_path, built):
    path = office_workbook(
        tmp_path,
        ["Chỉ tiêu", "ĐVT", "Năm 2023"],
        ["@SUM(A1) hộ nuôi ong", "Hộ", 21],
        ["Số hộ nuôi dê", "Hộ", 4],
    )
    kept = HERE._replace(keep_unknown=True)
    found = intake.read(path, SOURCE, built["observations"], defaults=kept)
    assert found.indicators["vi"].tolist() == ["Số hộ nuôi dê"]


def test_the_note_of_a_figure_says_where_formats_could_not_be_seen(built):
    path = ROOT / "tests" / "data" / "office" / "shown.xls"
    found = intake.read(path, SOURCE, built["observations"], defaults=HERE._replace(keep_unknown=True))
    assert len(found.figures)
    assert found.figures["note"].str.contains("formats, hidden rows and raised digits can't be seen").all()
