"""A period whose other words are not understood is open, never the year: in tidy and wide tables, labels and
PC-Axis. The wordings are those of tests/data/office/periods.csv, written down before the rules; the numbers
are invented.

`must`: "yes" where the period has to be read; "column" where only a column of periods leaves no other word.
Any other wording may be left open, and is then a problem."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from baoyen_analysis.intake.office import read_office

OFFICE = Path(__file__).parents[1] / "data" / "office"
WORDINGS = list(csv.DictReader(io.StringIO((OFFICE / "periods.csv").read_text("utf-8"))))


def _tidy(heads: list[str], values: list[str]) -> str:
    rows = [
        f"Bảo Yên;Doanh thu du lịch;{head};{value};tỷ đồng\n"
        for head, value in zip(heads, values, strict=True)
    ]
    return "area;indicator;period;value;unit\n" + "".join(rows)


def _wide(heads: list[str], values: list[str]) -> str:
    known = [str(year) for year in range(2011, 2021)]  # enough of them to make it a table of years
    return "".join(
        ";".join([*begin, *more]) + "\n"
        for begin, more in (
            (["Chỉ tiêu", "Đơn vị", *known], heads),
            (["Doanh thu du lịch", "tỷ đồng", *("40,5" for _ in known)], values),
            (["Số khác", "tỷ đồng", *("11,5" for _ in known)], ["12,5" for _ in heads]),
        )
    )


def _labels(heads: list[str], values: list[str]) -> str:
    rows = [f"{head};{value}\n" for head, value in zip(heads, values, strict=True)]
    return "Tiêu chí;Giá trị (tỷ đồng)\n" + "".join(rows) + "Số khác 2020;12,5\n"


def _pc_axis(heads: list[str], values: list[str]) -> str:
    return (
        'CHARSET="ANSI";CODEPAGE="utf-8";TITLE="Doanh thu du lịch";CONTENTS="Doanh thu du lịch";'
        'UNITS="tỷ đồng";STUB="Địa phương";HEADING="Kỳ";VALUES("Địa phương")="Bảo Yên";'
        f'VALUES("Kỳ")={",".join(heads)};DATA={" ".join(values).replace(",", ".")};'
    )


def _code(row) -> str:
    """The period of a row in the notation of the record, "" where it is open."""
    if pd.isna(row.year):
        return ""
    if pd.notna(row.year_end):
        return f"{row.year}-{row.year_end}"
    return f"{row.year}-{row.part}" if row.part[:1].isdigit() else f"{row.year}{row.part}"


@pytest.mark.parametrize(
    ("layout", "at_once"),
    [(_tidy, 400), (_wide, 8), (_labels, 400), (_pc_axis, 400)],
    ids=["tidy", "wide", "labels", "px"],
)
def test_words_that_are_not_understood_leave_the_period_open(tmp_path, layout, at_once):
    # Many wordings a file: reading one costs the same for one figure as for hundreds.
    file = tmp_path / ("table.px" if layout is _pc_axis else "table.csv")
    wordings = [wording for wording in WORDINGS if wording["must"] != "column" or layout is _tidy]
    wrong = []
    for start in range(0, len(wordings), at_once):
        asked = {f"{place + 100},5": words for place, words in enumerate(wordings[start : start + at_once])}
        heads = [f'"{wording["text"]}"' for wording in asked.values()]
        file.write_text(layout(heads, list(asked)), encoding="utf-8")
        table = read_office(file)
        rows = {row.value_text.replace(".", ","): row for row in table.rows.itertuples()}
        refused = set(table.problems["cell"])
        for value, wording in asked.items():
            row, right = rows[value], {wording["period"]}
            code = _code(row)
            if code not in (right if wording["must"] == "yes" else right | {""}):
                wrong.append((wording["text"], code))
            elif not code and row.cell not in refused:
                wrong.append((wording["text"], "left open in silence"))
    assert not wrong


def test_each_pattern_of_another_time_has_an_example(tmp_path):
    times = Path(__file__).parents[2] / "baoyen_analysis" / "printed" / "times.csv"
    file = tmp_path / "table.csv"
    for row in csv.DictReader(io.StringIO(times.read_text("utf-8"))):
        file.write_text(_wide([f'"{row["example"]}"'], ["41,5"]), encoding="utf-8")
        years = read_office(file).rows.set_index("value_text")["year"]
        assert pd.isna(years["41,5"]), row["example"]
