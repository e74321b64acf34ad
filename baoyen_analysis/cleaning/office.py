"""An office's own table, whatever its layout, read into tidy rows: tidy or wide CSV, Excel, GSO PX-Web downloads, PC-Axis.

A file becomes sheets of cells (`sheets`); a sheet becomes tables (title lines, header rows, body, footnotes), as far as the words in its
cells say (`labels`); every number in a table becomes a row with the words around it, and every number that does not is reported. A PC-Axis
file has no layout to read (`pcaxis`). Nothing in a file is run, and nothing is added to what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from baoyen_analysis.cleaning.figures import UnreadableFigure, parse_figure, parse_figures
from baoyen_analysis.cleaning.labels import (
    BARE_YEAR, NUMBER, PART_OF_YEAR, ROLE_OF, ROLES, UNIT_LINE, YEAR, head_period, is_area, is_figure, period_of, unit_of,
)
from baoyen_analysis.cleaning.pcaxis import is_pc_axis, rows_of_pc_axis
from baoyen_analysis.cleaning.sheets import LARGEST_UNPACKED, MOST_CELLS  # noqa: F401 - the limits, where callers look for them
from baoyen_analysis.cleaning.sheets import OfficeFileError, Sheet, cell_name, contents, is_workbook, sheets_of
from baoyen_analysis.cleaning.text import fold

WORDS = ("sheet", "cell", "title", "note", "group_text", "row_text", "column_text", "area_text", "indicator_text", "period_text",
         "value_text", "unit_text")
PERIOD = ("year", "year_end", "part", "status")
FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator", "missing")
PROBLEMS = ("sheet", "cell", "text", "problem", "remedy")

# How the numbers of a sheet are written, where they show it.
_ENGLISH = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4}|\d,\d{3}[.,]|(?<!\d)0\.\d")
_VIETNAMESE = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d{3}[.,]|(?<!\d)0,\d")


class OfficeTable(NamedTuple):
    """`rows`: one row a number; `problems`: what was not read, or was mended on the way."""

    rows: pd.DataFrame
    problems: pd.DataFrame


@dataclass
class _Table:
    """The rows of a sheet, by number, that make one table. `between`: rows without numbers after the body began, headings or footnotes."""

    lines: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    value_column: int | None = None  # of a tidy table, whose values may be words


class _Column(NamedTuple):
    """What a column is (a role, "label" or "value") and what its head says."""

    role: str
    text: str
    measure: str
    period: str
    unit: str
    area: str


def read_office(path: str | Path, *, sheet: str = "", locale: str = "", unit: str = "", font: str = "") -> OfficeTable:
    """Every number of an office's file with the words around it.

    `sheet`: one sheet alone. `locale`: "vi" (1.234,5) or "en" (1,234.5) for numbers that are text, where the file itself leaves it open;
    else what its numbers show, else "vi". `unit`: for tables that print none. `font`: of a file in a legacy encoding ("VNI-Times").

    `rows`: sheet, cell ("C7"; for PC-Axis the place in DATA), title, note (the footnotes), group_text (heading inside the table), row_text
    and column_text (all labels), area_text, indicator_text, period_text, value_text (as in the cell), unit_text; year, year_end, part,
    status; value, low, high, unit, qualifier, denominator, missing (base units, as `parse_figures` gives them; where it does not know the
    unit the number is as printed and `unit` blank). Blank: the file does not say.
    `problems`: sheet, cell, text, problem, remedy: numbers that are in no row, text where a number should be, formulas without a stored
    value, units and periods not understood, repaired letters. Each number is in `rows`, in a label or in `problems`.

    Refuses with `OfficeFileError` a file that is missing, empty, damaged, protected by a password, too large once unpacked, or no table.
    An Excel percentage is read as it is stored (0.125), without its format.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "so-lieu-gia-dinh.csv"  # invented numbers
    ...     _ = file.write_text("ĐVT: triệu đồng;;\\nXã;2022;Sơ bộ 2023\\nBảo Hà;41,5;..\\n", encoding="utf-8")
    ...     read_office(file).rows[["cell", "area_text", "year", "status", "value_text", "unit_text"]]
      cell area_text  year       status value_text   unit_text
    0   B3    Bảo Hà  2022                    41,5  triệu đồng
    1   C3    Bảo Hà  2023  preliminary         ..  triệu đồng
    """
    path = Path(path)
    data = contents(path)
    problems: list[tuple] = []
    if not is_workbook(data) and is_pc_axis(path, data):
        found, problems = rows_of_pc_axis(path, data, unit=unit, font=font)
    else:
        found = []
        for part in sheets_of(path, data, only=sheet, font=font):
            found += _rows_of_sheet(part, unit=unit)
            problems += part.problems
    rows, doubts = _typed(pd.DataFrame(found, columns=[*WORDS, "figure"]), locale=locale)
    if not found:
        doubts.append(("", "", path.name, "no number was found", "Give a file with a table of numbers"))
    return OfficeTable(rows, pd.DataFrame(problems + doubts, columns=list(PROBLEMS)))


# ---------------------------------------------------------------------------------------------------------------------------------------
# Sheets -> tables


def _kind_of_row(cells: list[str], *, fresh: bool) -> str:
    """blank, line (a title, a heading, a note), labels, head or figures. `fresh`: a table may begin here."""
    filled = [(column, text) for column, text in enumerate(cells) if text]
    if len(filled) < 2 and not any(column and head_period(text) or is_figure(text) for column, text in filled):
        return "line" if filled else "blank"
    if any(UNIT_LINE.match(text) for _, text in filled):
        return "line"
    figures = [text for _, text in filled if is_figure(text)]
    numbers = [text.strip("()") for text in figures]
    if fresh and len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)] and len(filled) - len(numbers) < 3:
        return "head"  # a row that numbers the columns
    if not all(map(BARE_YEAR.fullmatch, figures)):
        return "figures"
    worded = any(head_period(text) and not is_figure(text) for _, text in filled[1:])
    if not figures and not worded:
        return "labels"
    named = filled[0][0] > 0 or fold(filled[0][1]) in ROLE_OF
    rising = fresh and len(figures) > 1 and figures == sorted(set(figures)) and not is_figure(filled[0][1])
    return "head" if worded or named or rising else "figures"


def _tables(grid: list[list[str]]) -> list[_Table]:
    tables, blank = [_Table()], -1
    for r, cells in enumerate(grid):
        table = tables[-1]
        fresh = not table.body or blank == r - 1 or bool(table.between) and table.between[-1] == r - 1
        kind = _kind_of_row(cells, fresh=fresh)
        if table.value_column is not None and len(cells) > table.value_column and cells[table.value_column]:
            kind = "figures"
        if kind == "blank":
            blank = r
        elif kind == "figures":
            table.body.append(r)
        elif kind == "head" or kind == "labels" and fresh and not _is_heading(grid, table, cells):
            if table.body:
                title = [row for row in table.between if row > max(table.body[-1], blank if blank < r - 1 else -1)]
                tables.append(_Table(lines=title))
                table.between = [row for row in table.between if row not in title]
                table = tables[-1]
            table.head.append(r)
            table.value_column = next((c for c, text in enumerate(cells) if ROLE_OF.get(fold(text)) == "value"), table.value_column)
        elif table.head and not any(map(UNIT_LINE.match, cells)):
            table.between.append(r)
        else:
            table.lines.append(r)
    for table in tables:
        _part_head_from_title(grid, table)
    return tables


def _is_heading(grid: list[list[str]], table: _Table, cells: list[str]) -> bool:
    """Whether a row of labels is a heading inside the table: it begins like a body row and says nothing over the columns of values."""
    if table.body:
        return bool(cells[0]) and fold(cells[0]) not in ROLE_OF
    dated = [c for row in table.head[-1:] for c, text in enumerate(grid[row]) if head_period(text) or is_figure(text)]
    return bool(dated) and not any(cells[min(dated):])


def _part_head_from_title(grid: list[list[str]], table: _Table) -> None:
    """The head is the unbroken run of rows above the body; what stands higher (a letterhead) is title."""
    rows, row = [], max(table.head, default=-1)
    while row >= 0 and (row in table.head or row in table.lines + table.between and not grid[row][0]):
        rows.insert(0, row)
        row -= 1
    early = {row for row in table.between if rows and row < rows[0]}
    table.between = [row for row in table.between if row not in early]
    table.lines = sorted({*table.lines, *table.head, *early} - set(rows))
    table.head = [row for row in rows if not any(map(UNIT_LINE.match, grid[row]))]
    table.lines += [row for row in rows if row not in table.head]


# ---------------------------------------------------------------------------------------------------------------------------------------
# Tables -> rows


def _text(grid: list[list[str]], row: int, column: int) -> str:
    return grid[row][column] if column < len(grid[row]) else ""


def _heads(sheet: Sheet, table: _Table, width: int, stubs: int) -> list[list[str]]:
    """The labels over each column, upper first. A label that spans columns stands over each of them: as the merged cells say, else over the
    empty cells to its right, but in the lowest row. `stubs`: the columns before the first value, over which nothing spans."""
    spans = {(r, c): first for first, last in sheet.merges for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)
             if r in table.head}
    heads: list[list[str]] = [[] for _ in range(width)]
    for r in table.head:
        open_ended, upper = r != table.head[-1] and not any(place[0] == r and place[1] != first[1] for place, first in spans.items()), ""
        for c in range(width):
            text = _text(sheet.grid, *spans.get((r, c), (r, c)))
            upper = text or (upper if open_ended and c > stubs else "")
            if upper and upper not in heads[c]:
                heads[c].append(upper)
    return heads


def _role(texts: list[str], heads: list[str], *, first: bool) -> str:
    """What a column is: by a word of its head where the cells bear it out, else "value" where half of its cells are figures."""
    figures = sum(map(is_figure, texts))
    named = next((ROLE_OF[fold(head)] for head in heads if fold(head) in ROLE_OF), "")
    dated = any(map(head_period, heads))
    if named in ("value", "ordinal") and not dated or named == "period" and not dated and all(map(head_period, texts)):
        return named
    if dated or figures * 2 > len(texts):
        years = all(map(BARE_YEAR.fullmatch, texts))
        return "period" if first and years and not dated else "value"
    if named in ("unit", "") and any(map(is_area, texts)):
        return "area"
    return named or "label"


def _columns(sheet: Sheet, table: _Table) -> list[_Column]:
    grid, width = sheet.grid, max(len(sheet.grid[row]) for row in table.body + table.head + table.between)
    texts = [[text for row in table.body if (text := _text(grid, row, c))] for c in range(width)]
    stubs = next((c for c in range(width) if 2 * sum(map(is_figure, texts[c])) > len(texts[c])), width)
    heads = _heads(sheet, table, width, stubs)
    roles = [_role(texts[c], heads[c], first=c <= stubs) for c in range(width)]
    for c in range(width - 1):  # numbers 1, 2, 3 before a column of names are an order, though no head says so
        if roles[c] == "value" and roles[c + 1] != "value" and texts[c] == [str(n + 1) for n in range(len(texts[c]))]:
            roles[c] = "ordinal"
    return [_column(role, head) for role, head in zip(roles, heads, strict=True)]


def _column(role: str, heads: list[str]) -> _Column:
    dated = [found for found in map(head_period, heads) if found]
    plain = [head for head in heads if not head_period(head) and not is_figure(head) and fold(head) not in ROLE_OF]
    period = dated[0][0] if dated else ""
    for part in [head for head in plain if period and PART_OF_YEAR.match(head)]:
        if period_of(f"{part} {period}"):
            period, plain = f"{part} {period}", [head for head in plain if head != part]
    measures = [rest for _, rest in dated if rest] + plain
    area = next((measure for measure in measures if is_area(measure)), "")
    unit = next((unit for measure in reversed(measures) if (unit := unit_of(measure))), "")
    return _Column(role, " | ".join(heads), " | ".join(m for m in measures if m not in (area, unit)), period, unit, area)


def _rows_of_sheet(sheet: Sheet, *, unit: str) -> list[dict]:
    """The rows of every table of a sheet; numbers that are in none of them, nor in a label, are reported."""
    rows: list[dict] = []
    placed: set[tuple[int, int]] = set()
    for table in _tables(sheet.grid):
        placed.update((r, c) for r in table.head for c in range(len(sheet.grid[r])))
        if table.body:
            found, places = _rows_of_table(sheet, table, unit)
            rows, placed = rows + found, placed | places
    for r, cells in enumerate(sheet.grid):
        for c, text in enumerate(cells):
            alone = not any(cells[:c] + cells[c + 1 :]) if BARE_YEAR.fullmatch(text) else False  # a year alone in its row is a title
            if (r, c) not in placed and ((r, c) in sheet.typed or NUMBER.fullmatch(text)) and not alone:
                sheet.report(r, c, text, "a number outside the columns of any table", "Give it a column head, or leave it")
    return rows


def _rows_of_table(sheet: Sheet, table: _Table, unit: str) -> tuple[list[dict], set[tuple[int, int]]]:
    grid, columns = sheet.grid, _columns(sheet, table)
    above = [text for row in table.lines for text in grid[row] if text]
    units = [found[1] for text in above if (found := UNIT_LINE.match(text))]
    title = " ".join(text for text in above if not UNIT_LINE.match(text))
    title_years = set(YEAR.findall(title))
    title_year = title_years.pop() if len(title_years) == 1 else ""
    values = [c for c, column in enumerate(columns) if column.role == "value"]
    body, between = set(table.body), {}
    for row in table.between:  # words where the numbers stand are read too, and refused with a reason; the other rows are headings
        if any(_text(grid, row, c) for c in values) and (row < table.body[-1] or row - 1 in body):
            body.add(row)
        else:
            between[row] = " ".join(filter(None, grid[row]))
    note = " ".join(text for row, text in between.items() if row > table.body[-1])
    rows, placed, group = [], set(), ""
    for r in sorted({*between, *body}):
        group = between.get(r, group)
        cells = [(c, columns[c], text) for c, text in enumerate(grid[r]) if text and r in body]
        labels = [(column.role, text) for _, column, text in cells if column.role != "value"]
        said = {role: " | ".join(text for its, text in labels if its == role) for role in (*ROLES, "label")}
        own = " | ".join(text for role, text in labels if role in ("indicator", "label"))
        read = [cell for cell in cells if cell[1].role == "value" and (labels or cell[1].text)]
        placed.update((r, cell[0]) for cell in cells if read and (cell in read or cell[1].role in ("ordinal", "period")))
        for c, column, text in read:
            rows.append({
                "sheet": sheet.name, "cell": cell_name(r, c), "title": title, "note": note, "group_text": group,
                "row_text": " | ".join(text for _, text in labels), "column_text": column.text, "area_text": said["area"] or column.area,
                "indicator_text": " | ".join(filter(None, (own, column.measure))) or title,
                "period_text": column.period or said["period"] or title_year, "value_text": sheet.cells[r][c],
                "unit_text": said["unit"] or column.unit or unit_of(own) or "".join(units[-1:]) or unit_of(title) or unit,
                "figure": float(text) if (r, c) in sheet.typed else text,
            })
    return rows, placed


# ---------------------------------------------------------------------------------------------------------------------------------------
# Words -> figures and periods


def _typed(rows: pd.DataFrame, *, locale: str) -> tuple[pd.DataFrame, list[tuple]]:
    """The rows with their figures and periods, and the problems of those that are not understood; a row without a figure is a problem."""
    figures = [_figures(mine, locale) for _, mine in rows.groupby("sheet", sort=False)] or [parse_figures(rows["figure"])]
    figures = pd.concat(figures)
    problems = [
        (row.sheet, row.cell, row.value_text, problem, "Correct the cell, or say locale=… or unit=…")
        for row, problem in zip(rows.itertuples(), figures["problem"], strict=True) if problem
    ]
    unknown = rows[(figures["unit"] == "") & (figures["missing"] == "") & (figures["problem"] == "") & (rows["unit_text"] != "")]
    for row in unknown.drop_duplicates(["sheet", "unit_text"]).itertuples():
        problems.append((row.sheet, row.cell, row.unit_text, "a unit that is not known; the numbers are as printed", "Say unit=…"))
    periods = {text: period_of(text) for text in rows["period_text"].unique()}
    for row in rows[rows["period_text"].map(periods).isna()].drop_duplicates(["sheet", "period_text"]).itertuples():
        problems.append((row.sheet, row.cell, row.period_text, "no period is known for this number", "Write the year over its column"))
    for name in PERIOD:
        rows[name] = [getattr(periods[text], name, None) for text in rows["period_text"]]
    rows = rows.astype({"year": "Int64", "year_end": "Int64"}).fillna({"part": "", "status": ""})
    rows = pd.concat([rows[[*WORDS, *PERIOD]], figures[list(FIGURE)]], axis=1)
    return rows[figures["problem"] == ""].reset_index(drop=True), problems


def _figures(rows: pd.DataFrame, locale: str) -> pd.DataFrame:
    """The figures of one sheet, in the habit that its numbers show. A unit that is not known does not keep a number from being read."""
    printed = "\n".join(text for text in rows["figure"] if isinstance(text, str))
    habit = locale or ("en" if _ENGLISH.search(printed) and not _VIETNAMESE.search(printed) else "vi")
    tried = {unit: parse_figures(pd.Series(["12"]), unit_text=unit)["problem"].iat[0] for unit in rows["unit_text"].unique()}
    units = rows["unit_text"].where(rows["unit_text"].map(tried) == "", "")
    figures = parse_figures(rows["figure"], locale=habit, unit_text=units)
    for place in figures.index[(figures["problem"] != "") & bool(locale)]:
        # A lone "27.000" is left open by its column; the caller has said how it is meant.
        try:
            figure = parse_figure(rows.at[place, "figure"], locale=locale, unit_text=units[place])
        except UnreadableFigure:
            continue
        figures.loc[place, [*FIGURE, "problem"]] = [getattr(figure, name) for name in FIGURE] + [""]
    return figures
