"""The small office files of the shared cases, each read as its row says: right, or refused in words; never
wrong in silence, never a traceback. What is right is read from the shared table itself; the numbers there are
invented."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest

from baoyen_analysis.intake.office import OfficeFileError, OfficeTable, read_office

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "office"
TABLES = (".xlsx", ".ods", ".csv", ".px")
_PERIOD = re.compile(r"(?:(?P<year>\d{4})-?)?(?P<part>[QHM]\d\d?|\d\d?M)?")


def _cases() -> list:
    table = CASES / "expected.csv"
    if not table.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"the shared cases are not here: {table}"))]
    rows = csv.DictReader(io.StringIO(table.read_text("utf-8")))
    return [pytest.param(row, id=row["input"]) for row in rows if row["input"].endswith(TABLES)]


def _cells(where: str) -> list[str]:
    """The cells that a row names: "C3; C4", "B2…E2", "1…4"."""
    found = []
    for part in re.findall(r"[A-Z]?\d+(?:…[A-Z]?\d+)?", where):
        first, _, last = part.partition("…")
        if not last:
            found.append(first)
        elif first.isdigit():
            found += map(str, range(int(first), int(last) + 1))
        else:
            rows = range(int(first[1:]), int(last[1:]) + 1)
            found += [f"{chr(c)}{r}" for r in rows for c in range(ord(first[0]), ord(last[0]) + 1)]
    return found


def _is_said(row: pd.Series, right: str, table: OfficeTable) -> bool:
    """Whether a row says what is right of its cell: a number with or without its unit, or a period."""
    number = re.match(r"-?[\d.]+(?:e\d+)?(?=$|\s)", right)
    if number and not re.fullmatch(r"(?:19|20)\d\d", right):
        unit, value = right[number.end() :].split(" with")[0].strip(), float(number[0])
        scale = 1e9 if unit == "tỷ đồng" else 1
        return row["value"] == pytest.approx(value * scale) and unit in ("", "tỷ đồng", row["unit"])
    if period := _PERIOD.fullmatch(right):
        year = period["year"] is None or row["year"] == int(period["year"])
        return bool(year) and row["part"] == (period["part"] or "")
    return right.split(",")[0] in row["area_text"]


def _spread(right: list[str], cells: list[str]) -> list[str]:
    """One thing that is right for each cell: "2022Q1…Q4" is four, one for all cells is repeated, a word for
    the last ("640 VND") holds for those before it."""
    spread = []
    for text in right:
        first, _, last = text.partition("…")
        if last:
            year, part = first[:5], int(first[5:])
            spread += [f"{year}{number}" for number in range(part, int(last[1:]) + 1)]
        elif re.fullmatch(r"[\d.]+(?: [\d.]+)+(?: \D+)?", text) or re.fullmatch(
            r"\d{4}\w\d\d?(?: \d{4}\w\d\d?)+", text
        ):
            *numbers, unit = (
                text.split(" ", len(cells)) if len(text.split()) > len(cells) else [*text.split(), ""]
            )
            spread += [f"{number} {unit}".strip() for number in numbers]
        elif re.fullmatch(r"(?:\d{4}\S* ){2,}\d{4}\S*", text):
            spread += text.split()
        else:
            spread.append(text)
    return spread * len(cells) if len(spread) == 1 else spread


@pytest.mark.parametrize("case", _cases())
def test_a_case_is_right_or_refused(case):
    refusal = ""
    try:
        table = read_office(CASES / case["input"])
    except OfficeFileError as error:
        refusal = str(error)
    if refusal:
        assert "or a problem" in case["expected"] or "refused" in case["expected"], refusal
        return
    expected = re.sub(r"\s*\([^()]*\)", "", case["expected"])
    rows, problems = table.rows.set_index("cell"), table.problems
    if case["where"] == "problems":
        assert expected in problems["text"].tolist()
        return
    if expected.startswith("eight figures"):
        _check_classes(table)
        return
    cells = _cells(case["where"].split(";")[0] if "row 3" in case["where"] else case["where"])
    if expected.startswith("a problem"):
        assert not set(cells) & set(rows.index)
        assert set(cells) <= set(problems["cell"])
        return
    may_refuse = re.search(r"or (?:a |no period and a )?problem|no period", case["expected"])
    right = re.split(r",? or (?:a |no )|; B2, C2", expected)[0]
    texts = [re.sub(r"^years? ?| part \"\"$", "", text.strip()) for text in right.split(";")]
    for cell, text in zip(cells, _spread(texts, cells), strict=True):
        if cell not in rows.index:
            assert may_refuse, cell
            assert cell in problems["cell"].tolist(), cell
        elif pd.isna(rows.at[cell, "year"]) and "no period" in case["expected"]:
            assert rows.at[cell, "period_text"] in problems["text"].tolist(), cell
        else:
            assert not text.startswith("no period"), cell
            assert _is_said(rows.loc[cell], text, table), (cell, text, rows.loc[cell].to_dict())


def _check_classes(table: OfficeTable) -> None:
    """A head of classes of ages: eight figures, of two years, named by their class."""
    assert table.rows["cell"].tolist() == [f"{column}{row}" for row in (4, 5) for column in "CDEF"]
    assert table.rows["year"].tolist() == [2021] * 4 + [2022] * 4
    assert table.rows["value"].iloc[0] == 4125
    assert table.rows["column_text"].iloc[1] == "15 - 24"


def test_a_raised_mark_gives_its_note_to_its_year():
    file = CASES / "xlsx-superscript-year.xlsx"
    if not file.exists():
        pytest.skip(f"the shared cases are not here: {file}")
    rows = read_office(file).rows
    assert rows[["cell", "year", "kind"]].values.tolist() == [
        ["B3", 2021, ""],
        ["C3", 2022, "preliminary"],
        ["B4", 2021, ""],
        ["C4", 2022, "preliminary"],
    ]
