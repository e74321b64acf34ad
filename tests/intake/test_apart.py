"""What is out of the ordinary is read in a process of its own, with limits, and gives the same. All numbers
are invented."""

import zlib

import openpyxl
import pytest
from conftest import ROOT

from baoyen_analysis.intake import apart
from baoyen_analysis.intake.office import OfficeFileError, read_office
from baoyen_analysis.intake.sheets import Refused, Sheet

FILES = ROOT / "tests" / "data" / "office"


def _drawing(strokes):
    """A PDF whose one page is so many strokes of drawing."""
    stream = zlib.compress(b"0 0 m 100 100 l S\n" * strokes)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % one for one in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize("name", ["shown.xls", "shown.xlsx", "report-libreoffice.docx"])
def test_a_file_read_apart_gives_the_same_sheets(name):
    data = (FILES / name).read_bytes()
    assert apart._read_apart(data) == apart._read(data)


def test_small_packages_are_read_here_and_the_others_apart():
    ordinary = {name: apart._is_ordinary((FILES / name).read_bytes()) for name in ("shown.xlsx", "shown.xls")}
    assert ordinary == {"shown.xlsx": True, "shown.xls": False}


def test_what_takes_too_long_ends_its_process_alone(monkeypatch):
    monkeypatch.setattr(apart, "_SECONDS", 1)
    with pytest.raises(Refused, match="reading it takes over 1 seconds"):
        apart.sheets_of(_drawing(1_000_000))


def test_what_is_refused_apart_says_why(tmp_path):
    path = tmp_path / "drawing.pdf"
    path.write_bytes(_drawing(10))
    with pytest.raises(OfficeFileError, match=r"drawing\.pdf: it is scanned"):
        read_office(path)


def test_a_cell_far_below_is_read_by_its_name_and_a_merged_one_holds_what_it_held(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Xã", 2021, 2022], ["Bảo Hà", 5, 6], ["Xuân Hòa", 7, 8]):
        book.active.append(row)
    book.active.cell(1_048_576, 1, "Kim Sơn")
    book.active.cell(1_048_576, 2, 9)
    book.active.merge_cells("B1048575:C1048575")
    book.save(tmp_path / "stray.xlsx")
    rows = read_office(tmp_path / "stray.xlsx").rows
    assert rows[["cell", "area_text", "value"]].values.tolist()[-1] == ["B1048576", "Kim Sơn", 9]


def test_gaps_are_closed_and_places_stay_those_of_the_file():
    sheet = Sheet("A", merges=[((0, 0), (0, 1)), ((9, 0), (12, 1)), ((5, 0), (6, 1))])
    sheet.add(0, {0: "a"})
    sheet.add(9, {0: "b"})
    sheet.add(12, {1: "c"})
    sheet.fonts[9, 0] = ".VnTime"
    sheet.close_gaps()
    assert sheet.grid == [["a"], [], [], ["b"], [], [], ["", "c"]]
    assert [sheet.cell(row, 0) for row in (0, 3, 6)] == ["A1", "A10", "A13"]
    assert sheet.fonts == {(3, 0): ".VnTime"}
    assert sheet.merges == [((0, 0), (0, 1)), ((3, 0), (6, 1))]
