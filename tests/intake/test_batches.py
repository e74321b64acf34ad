"""Batches of data/raw: written in one step, listed, taken back whole. All numbers here are invented."""

import unicodedata
from datetime import date

import pytest
from conftest import ROOT, office_workbook, sign

from baoyen_analysis.cleaning import build
from baoyen_analysis.cleaning.faults import FaultyRecord
from baoyen_analysis.intake import batches
from baoyen_analysis.intake import record as intake
from baoyen_analysis.intake.identity import Defaults
from baoyen_analysis.printed.text import fold

pytestmark = pytest.mark.usefixtures("built_once")
SOURCE = intake.Source("office", "Phòng Tài chính - Kế hoạch (invented)")
HERE = Defaults(area="Bảo Yên", level="district")
YEARS = ["Chỉ tiêu", 2022, 2023, "Ước 2024"]
INCOME = ["Thu nhập bình quân đầu người", 45, 57.5, 66.2]
DAY = date(2026, 1, 2)


def workbook(tmp_path, *rows):
    return office_workbook(tmp_path, *rows, over=(["ĐVT: triệu đồng"],))


def test_figures_become_a_folder_of_the_record(tmp_path, record, built):
    read = intake.read(workbook(tmp_path, YEARS, INCOME), SOURCE, built["observations"], defaults=HERE)
    folder = batches.write(read, on=DAY, folder=record)
    assert folder.name == "2026-01-02-office"
    assert {path.name for path in folder.iterdir()} == {
        "figures.csv",
        "sources.csv",
        "files.csv",
        "SHA256SUMS",
    }
    tables = build.tables(record)
    assert len(tables["observations"]) == len(built["observations"]) + 3
    panel = tables["panel"].set_index(["area", "area_level", "year"])["income_million_vnd"]
    assert panel[("Bảo Yên", "district", 2023)] == 57.5


def test_a_batch_is_listed_and_taken_back_whole(tmp_path, record, built):
    before = {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    read = intake.read(workbook(tmp_path, YEARS, INCOME), SOURCE, built["observations"], defaults=HERE)
    folder = batches.write(read, on=DAY, folder=record)
    assert batches.held(record).values.tolist() == [
        ["2026-01-02-office", SOURCE.publisher, "", "office.xlsx", 3]
    ]
    batches.undo(folder.name, folder=record)
    assert batches.held(record).empty
    assert {path: path.read_bytes() for path in record.rglob("*") if path.is_file()} == before
    assert not list(record.parent.glob(".add-*"))


def test_a_batch_that_the_record_rests_on_is_not_taken_back(tmp_path, record, built):
    read = intake.read(workbook(tmp_path, YEARS, INCOME), SOURCE, built["observations"], defaults=HERE)
    folder = batches.write(read, on=DAY, folder=record)
    with (record / "corrections.csv").open("a", encoding="utf-8") as corrections:
        corrections.write("office-01,kind,actual,estimate,a note says so\n")
    with pytest.raises(FaultyRecord):
        batches.undo(folder.name, folder=record)
    assert folder.exists()


def test_what_is_no_batch_is_not_taken_back(record):
    for name in ("2026-01-02-none", "..", "", "income.csv"):
        with pytest.raises(intake.NotTaken, match="holds no batch"):
            batches.undo(name, folder=record)


def test_the_same_file_again_is_refused_and_names_its_batch(tmp_path, record, built):
    path = workbook(tmp_path, YEARS, INCOME)
    first = intake.read(path, SOURCE, built["observations"], defaults=HERE)
    batches.write(first, on=DAY, folder=record)
    again = intake.read(
        path.rename(tmp_path / "copy.xlsx"),
        SOURCE._replace(source_id="copy"),
        built["observations"],
        defaults=HERE,
    )
    with pytest.raises(intake.NotTaken, match="as 2026-01-02-office: `baoyen undo 2026-01-02-office`"):
        batches.write(again, on=date(2026, 2, 3), folder=record)


def test_what_a_label_was_told_to_be_is_known_the_next_time(tmp_path, record, built):
    label = "Thu nhập theo cách của phòng"
    rows = [["Chỉ tiêu", 2022], [label, 50.5]]
    told = HERE._replace(names={fold(label): "income_per_capita"})
    read = intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=told)
    assert read.figures["indicator"].tolist() == ["income_per_capita"]
    batches.write(read, on=DAY, folder=record)
    assert batches.names(record) == dict(told.names)
    build.tables(record)


def test_rows_kept_under_their_own_label_are_an_indicator_of_the_office(tmp_path, record, built, own_words):
    from baoyen_analysis import vocabulary

    rows = [
        ["Chỉ tiêu", "ĐVT", 2022, 2023],
        ["Tỷ lệ lao động qua đào tạo", "%", 62, 64.2],
        ["Đàn lợn", "Con", 40, 41],
    ]
    keep = HERE._replace(keep_unknown=True)
    read = intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=keep)
    assert read.indicators.values.tolist() == [
        ["ty_le_lao_dong_qua_dao_tao", "percent", "%", *["Tỷ lệ lao động qua đào tạo"] * 2, "0"],
        ["dan_lon", "con", "con", "Đàn lợn", "Đàn lợn", "0"],
    ]
    batches.write(read, on=DAY, folder=record)
    tables = build.tables(record)
    mine = tables["observations"].query("source_id == 'office'")
    assert mine[["indicator", "year", "value", "unit"]].values.tolist() == [
        ["ty_le_lao_dong_qua_dao_tao", 2022, 62, "percent"],
        ["ty_le_lao_dong_qua_dao_tao", 2023, 64.2, "percent"],
        ["dan_lon", 2022, 40, "con"],
        ["dan_lon", 2023, 41, "con"],
    ]
    assert vocabulary.INDICATORS["dan_lon"].vi == "Đàn lợn"
    # The next year's file needs no option: the label is known now.
    later = workbook(tmp_path, ["Chỉ tiêu", "ĐVT", 2024], ["Tỷ lệ lao động qua đào tạo (%)", "%", 66])
    read = intake.read(later, SOURCE, tables["observations"], defaults=HERE)
    assert read.figures["indicator"].tolist() == ["ty_le_lao_dong_qua_dao_tao"]
    assert read.indicators["indicator"].tolist() == ["ty_le_lao_dong_qua_dao_tao"]


def test_an_own_indicator_in_another_unit_is_not_taken(tmp_path, built, own_words):
    rows = [["Chỉ tiêu", "ĐVT", 2022], ["Đàn lợn thịt", "Con", 40], ["Đàn lợn thịt", "Tấn", 41]]
    keep = HERE._replace(keep_unknown=True)
    read = intake.read(workbook(tmp_path, *rows), SOURCE, built["observations"], defaults=keep)
    assert read.figures["value"].tolist() == ["40"]
    assert read.problems[["cell", "reason"]].values.tolist() == [["C5", "unit"]]


def test_a_second_writing_is_refused(tmp_path, record, built):
    path = workbook(tmp_path, YEARS, INCOME)
    read = intake.read(path, SOURCE, built["observations"], defaults=HERE)
    batches.write(read, on=date(2026, 1, 2), folder=record)
    with pytest.raises(intake.NotTaken, match="in data/raw already"):
        batches.write(read, on=date(2026, 1, 2), folder=record)


def test_a_record_that_would_not_be_sound_is_not_written(tmp_path, record, built):
    read = intake.read(workbook(tmp_path, YEARS, INCOME), SOURCE, built["observations"], defaults=HERE)
    broken = read._replace(figures=read.figures.assign(value="1"))
    with pytest.raises(FaultyRecord):
        batches.write(broken, on=date(2026, 1, 2), folder=record)
    assert not list(record.glob("2026*"))
    assert not list(record.parent.glob(".add-*"))


def test_a_hostile_source_is_kept_as_text(tmp_path, record, built):
    source = SOURCE._replace(publisher="<script>alert(1)</script>", title="[bold]x[/]")
    batches.write(
        intake.read(workbook(tmp_path, YEARS, INCOME), source, built["observations"], defaults=HERE),
        on=date(2026, 1, 2),
        folder=record,
    )
    row = build.tables(record)["sources"].set_index("source_id").loc["office"]
    assert (row["publisher"], row["title"]) == (source.publisher, source.title)


def test_text_in_another_form_of_unicode_is_written_composed(tmp_path, record, built):
    path = workbook(tmp_path, YEARS, [*INCOME[:3], "khoảng 66"])
    path = path.rename(tmp_path / unicodedata.normalize("NFD", "số liệu.xlsx"))
    read = intake.read(path, SOURCE._replace(title=path.name), built["observations"], defaults=HERE)
    batches.write(read, on=date(2026, 1, 2), folder=record)
    assert build.tables(record)["sources"]["title"].isin(["số liệu.xlsx"]).any()


def test_a_figure_of_an_area_before_its_time_cannot_speak(record):
    folder = record / "2026-01-02-office"
    folder.mkdir()
    sources = (ROOT / "tests" / "data" / "good" / "sources.csv").read_text(encoding="utf-8")
    figures = (
        (ROOT / "tests" / "data" / "good" / "figures.csv")
        .read_text(encoding="utf-8")
        .replace("Bảo Yên,district", "Bảo Yên,commune")
    )
    (folder / "sources.csv").write_text(sources, encoding="utf-8")
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    sign(folder)
    rows = build.tables(record)["observations"]
    assert rows.loc[rows["source_id"] == "t", "status"].tolist() == ["out_of_scope", "out_of_scope"]
