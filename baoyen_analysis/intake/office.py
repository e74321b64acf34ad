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
from baoyen_analysis.intake.heads import period_of
from baoyen_analysis.intake.numberformats import Scaled, Typed
from baoyen_analysis.intake.pcaxis import is_pc_axis, numbers_of_pc_axis
from baoyen_analysis.intake.rows import Number, Words, read_sheet
from baoyen_analysis.intake.sheets import OfficeFileError, Problem, Sheet
from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure, parse_figures

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

WORDS = (
    "sheet",
    "cell",
    "title",
    "note",
    "group_text",
    "row_text",
    "column_text",
    "area_text",
    "indicator_text",
    "period_text",
    "value_text",
    "unit_text",
)
PERIOD = ("year", "year_end", "part", "status")
FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator", "missing")
PROBLEMS = ("sheet", "cell", "text", "problem", "remedy")

# How the numbers of a sheet are written, where they show it.
_ENGLISH = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4}|\d,\d{3}[.,]|(?<!\d)0\.\d")
_VIETNAMESE = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d{3}[.,]|(?<!\d)0,\d")
_THREE = re.compile(r"\.\d{3}(?!\d)")
_HELD = {str: "text", Typed: "typed", Scaled: "scaled"}
_WITNESSES = ["66.25", "7"]  # show that digits are in the English habit, and that not all are years


class OfficeTable(NamedTuple):
    """`rows`: one row a number; `problems`: what was not read, or was mended on the way."""

    rows: pd.DataFrame
    problems: pd.DataFrame


def read_office(
    path: str | Path, *, sheet: str = "", locale: str = "", unit: str = "", font: str = ""
) -> OfficeTable:
    """Every number of an office's file with the words around it.

    Parameters
    ----------
    path : str or Path
        A table: .csv, .xlsx, .xlsm, .ods or .px, .xls and .xlsb without their formats, or a document with tables: .docx, .pdf; told by what
        is in the file.
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
    ...     text = "ĐVT: triệu đồng;;\\nXã;2022;Sơ bộ 2023\\nBảo Hà;41,5;..\\n"
    ...     _ = file.write_text(text, encoding="utf-8")
    ...     read_office(file).rows[["cell", "area_text", "year", "status", "value_text", "unit_text"]]
      cell area_text  year       status value_text   unit_text
    0   B3    Bảo Hà  2022                    41,5  triệu đồng
    1   C3    Bảo Hà  2023  preliminary         ..  triệu đồng
    """
    path = Path(path)
    data = contents(path)
    if is_text(data) and is_pc_axis(path, data):
        numbers, problems = numbers_of_pc_axis(path, data, unit=unit, font=font)
        return _typed(numbers, problems, path, locale=locale)
    return table_of(path, sheets_of(path, data, only=sheet, font=font), unit=unit, locale=locale)


def table_of(path: Path, sheets: list[Sheet], *, unit: str = "", locale: str = "") -> OfficeTable:
    """The numbers of sheets, whatever they were read from, as `read_office` gives them."""
    numbers: list[Number] = []
    problems: list[Problem] = []
    for sheet in sheets:
        read_sheet(sheet, numbers, unit=unit)
        sheet.grid.clear()
        problems += sheet.problems
    return _typed(numbers, problems, path, locale=locale)


def _typed(numbers: list[Number], problems: list[Problem], path: Path, *, locale: str) -> OfficeTable:
    """The rows with their figures and periods; a row without a figure is a problem."""
    rows, shown = _frame(numbers)
    figures = _figures(rows, shown, locale)
    rows["value_text"] = figures.pop("text")
    _refuse_divided(rows, figures, shown)
    doubts = _doubts(rows, figures)
    periods = {text: period_of(text) for text in rows["period_text"].unique()}
    open_ = rows[rows["period_text"].map(periods).isna()].drop_duplicates(["sheet", "period_text"])
    unknown, remedy = "no period is known for this number", "Write the year over its column"
    doubts += [(row.sheet, row.cell, row.period_text, unknown, remedy) for row in open_.itertuples()]
    for name in PERIOD:
        its = {text: getattr(period, name, None) for text, period in periods.items()}
        rows[name] = rows["period_text"].map(its)
    rows = rows.astype({"year": "Int64", "year_end": "Int64"}).fillna({"part": "", "status": ""})
    rows["kind"] = rows["kind"].where(rows["kind"] != "", rows["status"])
    rows["status"] = rows["kind"].where(rows["kind"].isin(["preliminary", "estimate"]), "")
    rows["kind"] = rows["kind"].mask(rows["compared"].astype(bool), "comparison")
    if rows.empty:
        doubts.append(("", "", path.name, "no number was found", "Give a file with a table of numbers"))
    table = pd.concat([rows[[*WORDS, *PERIOD, "kind"]], figures[list(FIGURE)]], axis=1)
    read = table[figures["problem"] == ""].reset_index(drop=True)
    return OfficeTable(read, pd.DataFrame(problems + doubts, columns=list(PROBLEMS)))


def _frame(numbers: list[Number]) -> tuple[pd.DataFrame, pd.Series]:
    """The numbers with their words, and how each is held: "text", "typed", "scaled" where its format divides
    it without a word."""
    sheets, cells, texts, row_texts, words = zip(*numbers, strict=True) if numbers else ((),) * 5
    numbers.clear()  # of a large table they take as much room as the frame
    shown = [_HELD[type(text)] for text in texts]
    columns = {"sheet": sheets, "cell": cells, "row_text": row_texts, "value_text": list(map(str, texts))}
    columns |= {name: [one[place] for one in words] for place, name in enumerate(Words._fields)}
    columns["unit_text"] = [
        "%" if how != "text" and text.endswith("%") else unit
        for how, text, unit in zip(shown, texts, columns["unit_text"], strict=True)
    ]
    rows = pd.DataFrame(columns)
    return rows.astype({name: "str" for name in rows if name != "compared"}), pd.Series(shown, dtype="str")


def _doubts(rows: pd.DataFrame, figures: pd.DataFrame) -> list[Problem]:
    """The numbers that are not read, and the units that are not known."""
    wrong = figures["problem"] != ""
    remedy = "Correct the cell, or say locale=… or unit=…"
    doubts = [
        (row.sheet, row.cell, row.value_text, problem, remedy)
        for row, problem in zip(rows[wrong].itertuples(), figures.loc[wrong, "problem"], strict=True)
    ]
    bare = (figures["unit"] == "") & (figures["missing"] == "") & ~wrong & (rows["unit_text"] != "")
    unknown = rows[bare].drop_duplicates(["sheet", "unit_text"])
    problem = "a unit that is not known; the numbers are as printed"
    return doubts + [
        (row.sheet, row.cell, row.unit_text, problem, "Say unit=…") for row in unknown.itertuples()
    ]


def _refuse_divided(rows: pd.DataFrame, figures: pd.DataFrame, shown: pd.Series) -> None:
    """Refuses a number that its format divides under a unit that says nothing of it."""
    scaled = shown == "scaled"
    silent = {unit for unit in rows.loc[scaled, "unit_text"].unique() if unit and _is_unscaled(unit)}
    divided = scaled & rows["unit_text"].isin(silent)
    figures.loc[divided, "problem"] = "shown in thousands or millions, and its unit says nothing of it"


def _is_unscaled(unit: str) -> bool:
    try:
        return parse_figure("1", unit_text=unit).value == 1
    except UnreadableFigure:
        return False


def _column(rows: pd.DataFrame) -> list[pd.Series]:
    return [rows["sheet"], rows["cell"].str.extract("([A-Z]*)", expand=False)]


def _figures(rows: pd.DataFrame, shown: pd.Series, locale: str) -> pd.DataFrame:
    """The figures and their texts. A unit that is not known does not keep a number from being read."""
    known = {unit: _is_known(unit) for unit in rows["unit_text"].unique()}
    units = rows["unit_text"].where(rows["unit_text"].map(known).astype(bool), "")
    texts, typed = rows[shown == "text"], rows[shown != "text"]
    found = [_from_text(mine, units[mine.index], locale) for _, mine in texts.groupby("sheet", sort=False)]
    found.append(_from_numbers(typed["value_text"], units[typed.index]))
    return pd.concat([one for one in found if len(one)] or found[-1:]).reindex(rows.index)


def _is_known(unit: str) -> bool:
    return parse_figures(pd.Series(["12"]), unit_text=unit)["problem"].iat[0] == ""


def _grouped(rows: pd.DataFrame) -> pd.Series:
    """Numbers with a blank between their groups ("12 000"), which might be two, as one where several of a
    column are written so and none is not: with the no-break blank that says it."""
    texts = rows["value_text"]
    parted = texts.str.contains(r"\d \d")
    if not parted.any():
        return texts
    spaced = texts.str.fullmatch(r"\d{1,3}(?: \d{3})+(?:,\d+)?")
    several = spaced.groupby(_column(rows)).transform("sum") > 1
    whole = spaced & several & (spaced == parted).groupby(_column(rows)).transform("all")
    return texts.mask(whole, texts.str.replace(" ", "\u00a0"))


def _from_text(rows: pd.DataFrame, units: pd.Series, locale: str) -> pd.DataFrame:
    """Numbers as text, in the habit that those of the sheet show."""
    texts = _grouped(rows)
    printed = "\n".join(texts)
    habit = locale or ("en" if _ENGLISH.search(printed) and not _VIETNAMESE.search(printed) else "vi")
    figures = parse_figures(texts, locale=habit, unit_text=units).assign(text=texts)
    for place in figures.index[(figures["problem"] != "") & bool(locale)]:
        # A lone "27.000" is left open by its column; the caller has said how it is meant.
        try:
            figure = parse_figure(texts[place], locale=locale, unit_text=units[place])
        except UnreadableFigure:
            continue
        figures.loc[place, [*FIGURE, "problem"]] = [getattr(figure, name) for name in FIGURE] + [""]
    mark = "," if habit == "vi" else "."
    open_ = texts[figures["problem"] != ""]
    three = open_[open_.str.fullmatch(rf"-?\d{{1,3}}[{mark}]\d{{3}}")]
    if len(three):  # decimals, where other cells of the very column have another number of them
        shows = texts.str.fullmatch(rf"-?(?:0[{mark}]\d+|\d+[{mark}](?:\d{{1,2}}|\d{{4,}}))")
        three = three[shows.groupby(_column(rows)).transform("any")]
        longer = _wider(parse_figures(three + "0", locale=habit, unit_text=units[three.index]))
        figures.loc[three.index, longer.columns] = longer
    return figures


def _wider(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures of numbers that were read with a zero more than is shown, with the place that is shown."""
    value, signed = figures["value"], figures["qualifier"] == "eq"
    ends = {name: value - 10 * (value - figures[name]) for name in ("low", "high")}
    return figures.assign(**{name: end.where(signed, figures[name]) for name, end in ends.items()})


def _from_numbers(texts: pd.Series, units: pd.Series) -> pd.DataFrame:
    """Typed numbers, in English digits. Three decimals, which look like thousands, are read with a zero more;
    a count that is shown with decimals is read without them."""
    longer = texts.str.replace(_THREE, r"\g<0>0", regex=True)
    witnessed = pd.concat([longer, pd.Series(_WITNESSES, index=[-1, -2])])
    its_units = units.reindex(witnessed.index, fill_value="")
    figures = parse_figures(witnessed, locale="en", unit_text=its_units).iloc[:-2].assign(text=texts)
    three = longer.index[longer != texts]
    figures.loc[three] = _wider(figures.loc[three])
    counted = texts[(figures["problem"] != "") & texts.str.fullmatch(r"-?\d+\.0+")]
    counted = counted.str.replace(r"\.0+$", "", regex=True)
    if len(counted):
        again = parse_figures(counted, locale="en", unit_text=units[counted.index]).assign(text=counted)
        figures.loc[counted.index] = again
    return figures
