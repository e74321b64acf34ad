"""Numbers and heads of workbooks read as their formats show them, by tests/data/office/number_formats.csv,
which was written down before the rules: `right` is the number, or the year and part of a head; blank where
it is to be a problem. All numbers here are invented."""

import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import each

from baoyen_analysis.intake.numberformats import composed, plain, shown
from baoyen_analysis.intake.office import read_office

FILES = Path(__file__).parents[1] / "data" / "office"
FORMATS = list(csv.DictReader(io.StringIO((FILES / "number_formats.csv").read_text("utf-8"))))


def _read(tmp_path, row):
    book = openpyxl.Workbook()
    stored, head = float(row["stored"]), row["what"] == "head"
    unit = f" ({row['unit_text']})" if row["unit_text"] else ""
    book.active.append(["Xã", stored if head else f"Số liệu năm 2022{unit}"])
    book.active.append(["Bảo Hà", 5.5 if head else stored])
    book.active["B1" if head else "B2"].number_format = row["format"] or "General"
    book.save(tmp_path / "a.xlsx")
    return read_office(tmp_path / "a.xlsx")


def test_a_cell_is_read_as_it_is_shown(tmp_path):
    @each(FORMATS)
    def cells(row):
        table = _read(tmp_path, row)
        if row["what"] == "head":
            timed = table.rows.loc[table.rows["year"].notna(), ["year", "part"]]
            found = [f"{year} {part}".strip() for year, part in timed.values.tolist()]
            assert found == [row["right"]] * bool(row["right"])
        elif row["right"]:
            assert table.rows[["value", "unit"]].values.tolist() == [
                [pytest.approx(float(row["right"])), row["unit"]]
            ]
        else:
            assert table.rows[table.rows["missing"] == ""].empty
        assert row["right"] or len(table.problems)

    cells()


@pytest.mark.parametrize(
    ("stored", "code", "low", "high"),
    [
        ("68", "0.0", 67.95, 68.05),
        ("68", "0", 67.5, 68.5),
        ("68", "0.000", 67.9995, 68.0005),
        ("68.25", "0.0", 68.245, 68.255),
        ("0", "0.0", -0.05, 0.05),
        ("1000", "0.0", 999.95, 1000.05),
        ("1.12", "0.000", 1.1195, 1.1205),
    ],
)
def test_the_place_of_a_number_is_that_of_its_cell(tmp_path, stored, code, low, high):
    row = {"what": "number", "stored": stored, "format": code, "unit_text": "ha"}
    rows = _read(tmp_path, row).rows
    assert rows[["low", "high"]].values.tolist() == [[pytest.approx(low), pytest.approx(high)]]


def test_a_number_that_is_hidden_by_its_format_is_a_problem(tmp_path):
    table = _read(tmp_path, {"what": "number", "stored": "7", "format": ";;;", "unit_text": "ha"})
    assert table.problems[["cell", "text"]].values.tolist()[0] == ["B2", "7"]


def test_both_kinds_of_workbooks_show_the_same():
    """shown.ods and shown.xls were saved by LibreOffice from shown.xlsx, with formats, marks, merged and
    hidden cells."""
    one, other = (read_office(FILES / f"shown.{ending}") for ending in ("xlsx", "ods"))
    assert len(one.rows) == 29
    pd.testing.assert_frame_equal(one.rows, other.rows)
    assert one.problems.values.tolist() == other.problems.values.tolist()
    assert one.problems["text"].tolist() == ["row 5, column D", "9.5", "Ẩn"]


def test_what_may_be_a_percentage_in_a_workbook_without_formats_is_not_read():
    shown, bare = (read_office(FILES / f"shown.{ending}") for ending in ("xlsx", "xls"))
    assert "can't be seen" in bare.problems["problem"][0]
    refused = bare.problems.loc[bare.problems["problem"].str.contains("percentage"), ["sheet", "cell"]]
    percents = shown.rows.loc[shown.rows["value_text"].str.contains("%"), ["sheet", "cell"]]
    assert len(percents) >= 3
    refused, percents, read = (
        set(map(tuple, some.to_numpy())) for some in (refused, percents, bare.rows[["sheet", "cell"]])
    )
    assert percents <= refused
    assert not refused & read
    assert bare.problems.loc[bare.problems["problem"].str.contains("raised mark"), "text"].tolist() == [
        "70,21"
    ]
    assert {("Số liệu", "D9"), ("Số liệu", "E9")} <= refused  # whole numbers beside a fraction


def test_digits_come_without_an_exponent_and_no_more_than_are_stored():
    assert [plain(text) for text in ("1.15e+16", "2E-05", "0.1", "1e300", "-0.30000000000000004")] == [
        "11500000000000000",
        "0.00002",
        "0.1",
        "1e300",
        "-0.3",
    ]
    assert shown("12", "[<1]0%") == "12"
    assert composed("-5", 0, 0, 0, ("(", ")")) == "-5"
