"""An office's own table, whatever its layout, read into tidy rows: tidy or wide CSV, Excel, OpenDocument, GSO
PX-Web downloads, PC-Axis.

A file becomes sheets of cells (`files`); a sheet becomes tables (`tables`) of columns (`columns`), as far as
the words in its cells say (`heads`); every number in a table becomes a row with the words around it (`rows`),
and every number that does not is reported. A PC-Axis file has no layout to read (`pcaxis`). Nothing in a file
is run, and nothing is added to what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import compress
from operator import itemgetter, ne
from pathlib import Path
from string import digits
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.intake.files import contents, is_text, sheets_of
from baoyen_analysis.intake.heads import figure_of, period_of
from baoyen_analysis.intake.numberformats import Scaled, Typed
from baoyen_analysis.intake.pcaxis import is_pc_axis, numbers_of_pc_axis
from baoyen_analysis.intake.rows import Number, read_sheet
from baoyen_analysis.intake.sheets import OfficeFileError, Problem, Sheet
from baoyen_analysis.printed.figures import read_texts

__all__ = [
    "FIGURE",
    "PERIOD",
    "PROBLEMS",
    "WORDS",
    "OfficeFileError",
    "OfficeTable",
    "read_office",
    "table_of",
]

WORDS = Number._fields[:-2]  # but for the kind, and whether it is a comparison
PERIOD = {"year": None, "year_end": None, "part": "", "status": ""}  # and what says that it is not known
_TEXT, _YEARS = pd.StringDtype(na_value=np.nan), pd.Int64Dtype()
_NUMERIC = ("value", "low", "high", "denominator")
FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator", "missing")
PROBLEMS = ("sheet", "cell", "text", "problem", "remedy")

# How the numbers of a sheet are written, where they show it.
_ENGLISH = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4}|\d,\d{3}[.,]|(?<!\d)0\.\d")
_VIETNAMESE = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d{3}[.,]|(?<!\d)0,\d")
_THREE = re.compile(r"[.,]\d{3}(?!\d)")
_PARTED, _SPACED = re.compile(r"\d \d"), re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?")
_WHOLE = re.compile(r"-?\d+\.0+")
_DECIMALS = {  # by whether the habit is Vietnamese: of another number than three, and what may be three
    vi: (
        re.compile(rf"-?(?:0[{mark}]\d+|\d+[{mark}](?:\d{{1,2}}|\d{{4,}}))").fullmatch,
        re.compile(rf"-?\d{{1,3}}[{mark}]\d{{3}}").fullmatch,
    )
    for vi, mark in ((True, ","), (False, "."))
}
_HELD = {str: "text", Typed: "typed", Scaled: "scaled"}  # the last by its format, without a word
_WITNESSES = ["66.25", "7"]  # show that digits are in the English habit, and that not all are years


class OfficeTable(NamedTuple):
    """`rows`: one row a number; `problems`: what was not read, or was mended on the way."""

    rows: pd.DataFrame
    problems: pd.DataFrame


def read_office(
    path: str | Path, *, sheet: str = "", locale: str = "", unit: str = "", font: str = ""
) -> OfficeTable:
    r"""Every number of an office's file with the words around it.

    Parameters
    ----------
    path : str or Path
        A table: .csv, .xlsx, .xlsm, .ods or .px, or .xls or .xlsb, whose formats can't be seen, or a document
        with tables: .docx, .pdf; told by what is in the file.
    sheet : str
        One sheet alone.
    locale : {"", "vi", "en"}
        "vi" (1.234,5) or "en" (1,234.5) for numbers that are text, where the file itself leaves it open; else
        what its numbers show, else "vi".
    unit : str
        For tables that print none.
    font : str
        Of a file in a legacy encoding ("VNI-Times").

    Returns
    -------
    OfficeTable
        `rows`: sheet, cell ("C7"; for PC-Axis the place in DATA), title, note (the footnotes), group_text
        (heading inside the table), row_text and column_text (all labels), area_text, indicator_text,
        period_text, value_text (as shown in the cell; a blank between groups of digits as a no-break one),
        unit_text; year, year_end, part, status; kind: actual, preliminary, estimate, plan, target or
        threshold as the words over the column, in the row, over the table or of the sheet say, "comparison"
        for a growth, a difference or a share of the plan, which is no level of its year, "unclear" where they
        leave it open; value, low, high, unit, qualifier, denominator, missing (base units, as `parse_figures`
        gives them; where it does not know the unit the number is as printed and `unit` blank). Blank: the
        file does not say. A period whose words are not all understood is blank.
        `problems`: sheet, cell, text, problem, remedy: numbers that are in no row, text where a number should
        be, formulas without a stored value, units and periods not understood, hidden rows and columns,
        repaired letters. Each number is in `rows`, in a label or in `problems`.

    Raises
    ------
    OfficeFileError
        For a file that is missing, empty, damaged, protected by a password, too large, or no table.

    Notes
    -----
    A number that a workbook shows as a percentage (0.125 as 12,5%), in thousands (format "#,##0,"), with a
    unit or with more decimals than it needs is read as it is shown.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "so-lieu-gia-dinh.csv"  # invented numbers
    ...     text = "ĐVT: triệu đồng;;\nXã;2022;Sơ bộ 2023\nBảo Hà;41,5;..\n"
    ...     _ = file.write_text(text, encoding="utf-8")
    ...     read_office(file).rows[["cell", "area_text", "year", "status", "value_text", "unit_text"]]
      cell area_text  year       status value_text   unit_text
    0   B3    Bảo Hà  2022                    41,5  triệu đồng
    1   C3    Bảo Hà  2023  preliminary         ..  triệu đồng
    """
    path = Path(path)
    data = contents(path)
    if is_text(data) and is_pc_axis(path, data):
        return _typed(*numbers_of_pc_axis(path, data, unit=unit, font=font), path, locale)
    return table_of(path, sheets_of(path, data, only=sheet, font=font), unit=unit, locale=locale)


def table_of(path: Path, sheets: list[Sheet], *, unit: str, locale: str) -> OfficeTable:
    """The numbers of sheets, whatever they were read from, as `read_office` gives them."""
    numbers: list[Number] = []
    problems: list[Problem] = []
    for sheet in sheets:
        read_sheet(sheet, numbers, unit=unit)
        sheet.grid.clear()
        problems += sheet.problems
    return _typed(numbers, problems, path, locale)


def _typed(numbers: list[Number], problems: list[Problem], path: Path, locale: str) -> OfficeTable:
    """The rows with their figures and periods; a row without a figure, a unit or a period that is known is a
    problem. In lists and arrays: most tables are small, and a frame takes longer to make than they to
    read."""
    held = [_HELD[type(number.value_text)] for number in numbers]
    rows: dict[str, Any] = {
        name: list(map(itemgetter(at), numbers)) for at, name in enumerate(Number._fields)
    }
    numbers.clear()  # of a large table they take as much room as the frame
    units = [
        "%" if its != "text" and text.endswith("%") else unit
        for its, text, unit in zip(held, rows["value_text"], rows["unit_text"], strict=True)
    ]
    # By what a unit multiplies; one that is not known keeps no number from being read.
    factors = {unit: getattr(figure_of("1", "vi", unit), "value", None) for unit in dict.fromkeys(units)}
    known = ["" if factors[unit] is None else unit for unit in units]
    rows |= _figures(rows, held, known, locale) | {"unit_text": units}
    divided = "shown in thousands or millions, and its unit says nothing of it"
    for place, its in enumerate(held):
        if its == "scaled" and units[place] and factors[units[place]] == 1:
            rows["problem"][place] = divided
    periods = {text: period_of(text) for text in dict.fromkeys(rows["period_text"])}
    problems += _doubts(rows, periods)
    if not held:
        problems.append(("", "", path.name, "no number was found", "Give a file with a table of numbers"))
    for name, blank in PERIOD.items():
        its_own = {text: getattr(period, name, blank) for text, period in periods.items()}
        rows[name] = list(map(its_own.__getitem__, rows["period_text"]))
    kinds = [kind or status for kind, status in zip(rows["kind"], rows["status"], strict=True)]
    rows["status"] = [kind if kind in ("preliminary", "estimate") else "" for kind in kinds]
    compared = zip(rows["compared"], kinds, strict=True)
    rows["kind"] = ["comparison" if compares else kind for compares, kind in compared]
    read = np.flatnonzero(rows["problem"] == "")
    columns = {
        name: rows.pop(name)[read]
        if name in _NUMERIC
        else pd.array(_objects(rows.pop(name))[read], dtype=_YEARS if name.startswith("year") else _TEXT)
        for name in (*WORDS, *PERIOD, "kind", *FIGURE)
    }
    return OfficeTable(pd.DataFrame(columns, copy=False), pd.DataFrame(problems, columns=list(PROBLEMS)))


def _doubts(rows: dict[str, Any], periods: dict[str, Any]) -> Iterator[Problem]:
    """The numbers that are not read, then each unit of a sheet that is not known, and each period."""
    bare: dict[tuple[str, str], Problem] = {}
    untimed: dict[tuple[str, str], Problem] = {}
    names = ("sheet", "cell", "value_text", "problem", "unit_text", "unit", "missing", "period_text")
    for sheet, cell, text, problem, unit, base, missing, period in zip(
        *map(rows.__getitem__, names), strict=True
    ):
        if problem:
            yield sheet, cell, text, problem, "Correct the cell, or say locale=… or unit=…"
        elif unit and not base and not missing:
            unknown = "a unit that is not known; the numbers are as printed"
            bare.setdefault((sheet, unit), (sheet, cell, unit, unknown, "Say unit=…"))
        if periods[period] is None:
            unknown = "no period is known for this number"
            untimed.setdefault(
                (sheet, period), (sheet, cell, period, unknown, "Write the year over its column")
            )
    yield from (*bare.values(), *untimed.values())


def _objects(texts: list) -> np.ndarray:
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column


def _figures(rows: dict[str, Any], held: list[str], units: list[str], locale: str) -> dict[str, Any]:
    """The figures and their texts, those of each sheet that are text together."""
    texts: list[str] = rows["value_text"]
    places: dict[str, list[int]] = {}
    typed = [place for place, its in enumerate(held) if its != "text"]
    for place, sheet in enumerate(rows["sheet"]):
        if held[place] == "text":
            places.setdefault(sheet, []).append(place)
    found = _from_numbers([texts[place] for place in typed], [units[place] for place in typed])
    whole = {name: np.empty(len(texts), dtype=column.dtype) for name, column in found.items()}
    for name, column in found.items():
        whole[name][typed] = column
    for mine in places.values():
        its, cells, its_units = ([column[place] for place in mine] for column in (texts, rows["cell"], units))
        for name, column in _from_text(its, cells, its_units, locale).items():
            whole[name][mine] = column
    return whole


def _from_text(texts: list[str], cells: list[str], units: list[str], locale: str) -> dict[str, Any]:
    """Numbers as text, in the habit that those of the sheet show."""
    columns = [cell.rstrip(digits) for cell in cells]
    texts = _joined(texts, columns)
    printed = "\n".join(texts)
    habit = locale or ("en" if _ENGLISH.search(printed) and not _VIETNAMESE.search(printed) else "vi")
    # Three decimals are told from thousands where others of the column have another number of them.
    shows, thousands = _DECIMALS[habit == "vi"]
    shown = {column for column, text in zip(columns, texts, strict=True) if shows(text)}
    three = [
        column in shown and thousands(text) is not None for column, text in zip(columns, texts, strict=True)
    ]
    figures = _parsed(texts, units, habit, three)
    for place in np.flatnonzero(figures["problem"] != "") if locale else ():
        # A lone "27.000" is left open by its column; the caller has said how it is meant.
        if figure := figure_of(texts[place], locale, units[place]):
            for name in FIGURE:
                figures[name][place] = getattr(figure, name)
            figures["problem"][place] = ""
    return figures


def _joined(texts: list[str], columns: list[str]) -> list[str]:
    """ "12 000" might be two numbers; not where several of a column are written so, and none otherwise."""
    if not any(map(_PARTED.search, texts)):
        return texts
    spaced = [_SPACED.fullmatch(text) is not None for text in texts]
    parted = [_PARTED.search(text) is not None for text in texts]
    several = Counter(compress(columns, spaced))
    otherwise = set(compress(columns, map(ne, spaced, parted)))
    return [
        text.replace(" ", "\u00a0") if its and several[column] > 1 and column not in otherwise else text
        for text, its, column in zip(texts, spaced, columns, strict=True)
    ]


def _from_numbers(texts: list[str], units: list[str]) -> dict[str, Any]:
    """Typed numbers, in English digits; a count that is shown with decimals is read without them."""
    witnessed, count = [*texts, *_WITNESSES], len(texts)
    three = [_THREE.search(text) is not None for text in witnessed]
    found = _parsed(witnessed, [*units, *[""] * len(_WITNESSES)], "en", three)
    figures = {name: column[:count] for name, column in found.items()}
    places = np.flatnonzero(figures["problem"] != "").tolist()
    if counted := [place for place in places if _WHOLE.fullmatch(texts[place])]:
        whole = [texts[place].partition(".")[0] for place in counted]
        again = _parsed(whole, [units[place] for place in counted], "en", [False] * len(counted))
        for name, column in again.items():
            figures[name][counted] = column
    return figures


def _parsed(texts: list[str], units: list[str], locale: str, three: list[bool]) -> dict[str, Any]:
    """Figures and their texts; those with three decimals, which look like thousands, are read with a zero
    more and have the place that is shown."""
    longer = [_THREE.sub(r"\g<0>0", text) if its else text for text, its in zip(texts, three, strict=True)]
    figures = read_texts(longer, units, locale=locale) | {"value_text": _objects(texts)}
    wider = np.array(three, dtype=bool) & (figures["qualifier"] == "eq")
    value = figures["value"][wider]
    for end in ("low", "high"):
        figures[end][wider] = (value - 10 * (value - figures[end][wider])).round(9)
    return figures
