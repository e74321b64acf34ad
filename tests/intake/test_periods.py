"""A period whose other words are not understood is open, never the year: in tidy and wide tables, labels and
PC-Axis. The wordings are those of tests/data/office/periods.csv, written down before the rules; the numbers
are invented.

`must`: "yes" where the period has to be read; "column" where only a column of periods leaves no other word.
Any other wording may be left open, and is then a problem."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from baoyen_analysis.intake.office import read_office

WORDINGS = list(
    csv.DictReader((Path(__file__).parents[1] / "data" / "office" / "periods.csv").open(encoding="utf-8"))
)
TIDY = "area;indicator;period;value;unit\nBảo Yên;Doanh thu du lịch;{};41,5;tỷ đồng\n"
WIDE = "Chỉ tiêu;Đơn vị;2020;{}\nDoanh thu du lịch;tỷ đồng;40,5;41,5\nSố khác;tỷ đồng;11,5;12,5\n"
LABELS = "Tiêu chí;Giá trị (tỷ đồng)\n{};41,5\nSố khác 2020;12,5\n"
PC_AXIS = (
    'CHARSET="ANSI";CODEPAGE="utf-8";TITLE="Doanh thu du lịch";CONTENTS="Doanh thu du lịch";UNITS="tỷ đồng";'
    'STUB="Địa phương";HEADING="Kỳ";VALUES("Địa phương")="Bảo Yên";VALUES("Kỳ")={};DATA=41.5;'
)


def _code(row) -> str:
    """The period of a row in the notation of the record, "" where it is open."""
    if pd.isna(row.year):
        return ""
    if pd.notna(row.year_end):
        return f"{row.year}-{row.year_end}"
    return f"{row.year}-{row.part}" if row.part[:1].isdigit() else f"{row.year}{row.part}"


@pytest.mark.parametrize("layout", [TIDY, WIDE, LABELS, PC_AXIS], ids=["tidy", "wide", "labels", "px"])
def test_words_that_are_not_understood_leave_the_period_open(tmp_path, layout):
    file = tmp_path / ("table.px" if layout is PC_AXIS else "table.csv")
    wrong = []
    for wording in WORDINGS:
        if wording["must"] == "column" and layout is not TIDY:
            continue
        file.write_text(layout.format(f'"{wording["text"]}"'), encoding="utf-8")
        table = read_office(file)
        (row,) = [row for row in table.rows.itertuples() if row.value_text in ("41,5", "41.5")]
        right = {wording["period"]} if wording["must"] == "yes" else {wording["period"], ""}
        if _code(row) not in right or (not _code(row) and table.problems.empty):
            wrong.append((wording["text"], _code(row)))
    assert not wrong


def test_each_pattern_of_another_time_has_an_example(tmp_path):
    times = Path(__file__).parents[2] / "baoyen_analysis" / "printed" / "times.csv"
    file = tmp_path / "table.csv"
    for row in csv.DictReader(times.open(encoding="utf-8")):
        file.write_text(WIDE.format(f'"{row["example"]}"'), encoding="utf-8")
        years = read_office(file).rows.set_index("cell")["year"]
        assert pd.isna(years["D2"]), row["example"]
