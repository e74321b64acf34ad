"""An office's own table, whatever its layout, read into tidy rows: tidy or wide CSV, Excel, OpenDocument, GSO
PX-Web downloads, PC-Axis.

A file becomes sheets of cells (`files`); a sheet becomes tables (`tables`) of columns (`columns`), as far as
the words in its cells say (`heads`); every number in a table becomes a row with the words around it (`rows`),
and every number that does not is reported. A PC-Axis file has no layout to read (`pcaxis`). Nothing in a file
is run, and nothing is added to what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from baoyen_analysis.intake.files import contents, is_text, sheets_of
from baoyen_analysis.intake.heads import figure_of, period_of
from baoyen_analysis.intake.numberformats import Scaled, Typed
from baoyen_analysis.intake.pcaxis import is_pc_axis, numbers_of_pc_axis
from baoyen_analysis.intake.rows import Number, read_sheet
from baoyen_analysis.intake.sheets import OfficeFileError, Problem, Sheet
from baoyen_analysis.printed.figures import parse_figures

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
PERIOD = ("year", "year_end", "part", "status")
FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator", "missing")
PROBLEMS = ("sheet", "cell", "text", "problem", "remedy")

# How the numbers of a sheet are written, where they show it.
_ENGLISH = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4}|\d,\d{3}[.,]|(?<!\d)0\.\d")
_VIETNAMESE = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d{3}[.,]|(?<!\d)0,\d")
_THREE = re.compile(r"[.,]\d{3}(?!\d)")
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
    problem."""
    rows = pd.DataFrame(numbers, columns=Number._fields)
    held = pd.Series([_HELD[type(number.value_text)] for number in numbers], dtype="str")
    numbers.clear()  # of a large table they take as much room as the frame
    rows = rows.astype({name: "str" for name in rows if name != "compared"})
    percent = (held != "text") & rows["value_text"].str.endswith("%")
    rows["unit_text"] = rows["unit_text"].mask(percent, "%")
    # By what a unit multiplies; one that is not known keeps no number from being read.
    factors = {
        unit: getattr(figure_of("1", "vi", unit), "value", None) for unit in rows["unit_text"].unique()
    }
    factor = rows["unit_text"].map(factors).astype(float)
    figures = _figures(rows, held, rows["unit_text"].where(factor.notna(), ""), locale)
    rows["value_text"] = figures.pop("text")
    divided = "shown in thousands or millions, and its unit says nothing of it"
    named = rows["unit_text"] != ""
    figures["problem"] = figures["problem"].mask((held == "scaled") & (factor == 1) & named, divided)
    read = figures["problem"] == ""
    bare = (figures["unit"] + figures["missing"] == "") & read & named
    periods = {text: period_of(text) for text in rows["period_text"].unique()}
    open_ = rows["period_text"].map(periods).isna()
    unknown = "a unit that is not known; the numbers are as printed"
    untimed = "no period is known for this number"
    for some, text, problem, remedy in (
        (~read, "value_text", figures["problem"], "Correct the cell, or say locale=… or unit=…"),
        (bare, "unit_text", unknown, "Say unit=…"),
        (open_, "period_text", untimed, "Write the year over its column"),
    ):
        if not some.any():
            continue
        doubts = rows.assign(problem=problem, remedy=remedy)[some]
        doubts = doubts if text == "value_text" else doubts.drop_duplicates(["sheet", text])
        problems += doubts[["sheet", "cell", text, "problem", "remedy"]].itertuples(index=False, name=None)
    for name in PERIOD:
        its = {text: getattr(period, name, None) for text, period in periods.items()}
        rows[name] = rows["period_text"].map(its)
    rows = rows.astype(dict.fromkeys(PERIOD[:2], "Int64")).fillna(dict.fromkeys(PERIOD[2:], ""))
    rows["kind"] = rows["kind"].where(rows["kind"] != "", rows["status"])
    rows["status"] = rows["kind"].where(rows["kind"].isin(["preliminary", "estimate"]), "")
    rows["kind"] = rows["kind"].mask(rows["compared"].astype(bool), "comparison")
    if rows.empty:
        problems.append(("", "", path.name, "no number was found", "Give a file with a table of numbers"))
    table = pd.concat([rows[[*WORDS, *PERIOD, "kind"]], figures[list(FIGURE)]], axis=1)
    return OfficeTable(table[read].reset_index(drop=True), pd.DataFrame(problems, columns=list(PROBLEMS)))


def _figures(rows: pd.DataFrame, held: pd.Series, units: pd.Series, locale: str) -> pd.DataFrame:
    """The figures and their texts, those of each sheet that are text together."""
    typed = rows.loc[held != "text", "value_text"]
    found = [_from_text(mine, units, locale) for _, mine in rows[held == "text"].groupby("sheet", sort=False)]
    if len(typed) or not found:
        found.append(_from_numbers(typed, units[typed.index]))
    return pd.concat([one for one in found if len(one)] or found).reindex(rows.index)


def _from_text(rows: pd.DataFrame, units: pd.Series, locale: str) -> pd.DataFrame:
    """Numbers as text, in the habit that those of the sheet show."""
    texts, columns = rows["value_text"], rows["cell"].str.extract("([A-Z]*)", expand=False)
    parted = texts.str.contains(r"\d \d")
    if parted.any():
        # "12 000" might be two numbers; not where several of a column are written so, and none otherwise.
        spaced = texts.str.fullmatch(r"\d{1,3}(?: \d{3})+(?:,\d+)?")
        several = spaced.groupby(columns).transform("sum") > 1
        whole = spaced & several & (spaced == parted).groupby(columns).transform("all")
        texts = texts.mask(whole, texts.str.replace(" ", "\u00a0"))
    printed = "\n".join(texts)
    habit = locale or ("en" if _ENGLISH.search(printed) and not _VIETNAMESE.search(printed) else "vi")
    mark = "," if habit == "vi" else "."
    # Three decimals are told from thousands where others of the column have another number of them.
    shows = texts.str.fullmatch(rf"-?(?:0[{mark}]\d+|\d+[{mark}](?:\d{{1,2}}|\d{{4,}}))")
    three = texts.str.fullmatch(rf"-?\d{{1,3}}[{mark}]\d{{3}}") & shows.groupby(columns).transform("any")
    figures = _parsed(texts, units[texts.index], habit, three)
    for place in figures.index[(figures["problem"] != "") & bool(locale)]:
        # A lone "27.000" is left open by its column; the caller has said how it is meant.
        if figure := figure_of(texts[place], locale, units[place]):
            figures.loc[place, [*FIGURE, "problem"]] = [getattr(figure, name) for name in FIGURE] + [""]
    return figures


def _from_numbers(texts: pd.Series, units: pd.Series) -> pd.DataFrame:
    """Typed numbers, in English digits; a count that is shown with decimals is read without them."""
    witnessed = pd.concat([texts, pd.Series(_WITNESSES, index=[-1, -2])])
    three = witnessed.str.contains(_THREE)
    figures = _parsed(witnessed, units.reindex(witnessed.index, fill_value=""), "en", three).iloc[:-2]
    counted = texts[(figures["problem"] != "") & texts.str.fullmatch(r"-?\d+\.0+")]
    if len(counted):
        whole = counted.str.replace(r"\.0+$", "", regex=True)
        figures.loc[counted.index] = _parsed(whole, units[counted.index], "en", whole == "")
    return figures


def _parsed(texts: pd.Series, units: pd.Series, locale: str, three: pd.Series) -> pd.DataFrame:
    """Figures and their texts; those with three decimals, which look like thousands, are read with a zero
    more and have the place that is shown."""
    longer = texts.mask(three, texts.str.replace(_THREE, r"\g<0>0", regex=True))
    figures = parse_figures(longer, locale=locale, unit_text=units).assign(text=texts)
    wider, value = three & (figures["qualifier"] == "eq"), figures["value"]
    for end in ("low", "high"):
        figures[end] = figures[end].mask(wider, (value - 10 * (value - figures[end])).round(9))
    return figures
