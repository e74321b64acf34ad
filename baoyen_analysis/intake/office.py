"""An office's own table, whatever its layout, read into tidy rows: tidy or wide CSV, Excel, GSO PX-Web
downloads, PC-Axis.

A file becomes sheets of cells (`sheets`); a sheet becomes tables (title lines, header rows, body, footnotes),
as far as the words in its cells say (`labels`); every number in a table becomes a row with the words around
it, and every number that does not is reported. A PC-Axis file has no layout to read (`pcaxis`). Nothing in a
file is run, and nothing is added to what it says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from baoyen_analysis.intake.heads import (
    BARE_YEAR,
    IS_NOTE,
    NUMBER,
    PAPER_DAY,
    ROLE_OF,
    ROLES,
    UNIT_LINE,
    is_area,
    is_figure,
    is_head_word,
    is_quantity,
    joined_period,
    kind_noted,
    kind_over,
    notes_of,
    period_of,
    remark_of,
    said_of,
    words_noted,
)
from baoyen_analysis.intake.headwords import Said, take_apart
from baoyen_analysis.intake.pcaxis import is_pc_axis, rows_of_pc_axis
from baoyen_analysis.intake.recognise import indicator_of, unit_of, without_ordinal
from baoyen_analysis.intake.sheets import (  # noqa: F401 - the limits, where callers look for them
    LARGEST_UNPACKED,
    MOST_CELLS,
    OfficeFileError,
    Sheet,
    contents,
    is_document,
    is_workbook,
    sheets_of,
)
from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure, parse_figures
from baoyen_analysis.printed.text import fold

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


class OfficeTable(NamedTuple):
    """`rows`: one row a number; `problems`: what was not read, or was mended on the way."""

    rows: pd.DataFrame
    problems: pd.DataFrame


@dataclass
class _Table:
    """The rows of a sheet, by number, that make one table. `between`: rows without numbers after the body
    began, headings or footnotes."""

    lines: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    value_column: int | None = None  # of a tidy table, whose values may be words


class _Column(NamedTuple):
    """What a column is (a role, "label" or "value") and what its head says."""

    role: str
    text: str
    said: Said
    unit: str
    area: str


def read_office(
    path: str | Path, *, sheet: str = "", locale: str = "", unit: str = "", font: str = ""
) -> OfficeTable:
    """Every number of an office's file with the words around it.

    `sheet`: one sheet alone. `locale`: "vi" (1.234,5) or "en" (1,234.5) for numbers that are text, where the
    file itself leaves it open; else what its numbers show, else "vi". `unit`: for tables that print none.
    `font`: of a file in a legacy encoding ("VNI-Times").

    `rows`: sheet, cell ("C7"; for PC-Axis the place in DATA), title, note (the footnotes), group_text
    (heading inside the table), row_text and column_text (all labels), area_text, indicator_text, period_text,
    value_text (as in the cell; a blank between groups of digits as a no-break one), unit_text; year,
    year_end, part, status; kind: actual, preliminary, estimate, plan, target or threshold as the words over
    the column, in the row, over the table or of the sheet say, "comparison" for a growth, a difference or a
    share of the plan, which is no level of its year, "unclear" where they leave it open; value, low, high,
    unit, qualifier, denominator, missing (base units, as `parse_figures` gives them; where it does not know
    the unit the number is as printed and `unit` blank). Blank: the file does not say. `problems`: sheet,
    cell, text, problem, remedy: numbers that are in no row, text where a number should be, formulas without a
    stored value, units and periods not understood, repaired letters. Each number is in `rows`, in a label or
    in `problems`.

    Refuses with `OfficeFileError` a file that is missing, empty, damaged, protected by a password, too large
    once unpacked, or no table. A cell that Excel shows as a percentage (0.125 as 12,5%) or in thousands
    (format "#,##0,") is read as it is shown.

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
    if not is_workbook(data) and not is_document(data) and is_pc_axis(path, data):
        found, problems = rows_of_pc_axis(path, data, unit=unit, font=font)
    else:
        found = []
        for part in sheets_of(path, data, only=sheet, font=font):
            found += _rows_of_sheet(part, unit=unit)
            problems += part.problems
    rows, doubts = _typed(pd.DataFrame(found, columns=[*WORDS, "kind", "compared", "figure"]), locale=locale)
    if not found:
        doubts.append(("", "", path.name, "no number was found", "Give a file with a table of numbers"))
    return OfficeTable(rows, pd.DataFrame(problems + doubts, columns=list(PROBLEMS)))


# ---------------------------------------------------------------------------------------------------------------------------------------
# Sheets -> tables


_NUMBERING = re.compile(r"\(?([A-Za-z]|\d{1,2})\)?(\s*=.*)?")  # of columns: A, B, 1, 2, 3=2/1
_SHEET_NUMBER = re.compile(
    r"(?i)(?:biểu|bảng|mẫu|phụ lục)(?: số| biểu)?[:.]?"
)  # its number stands in the next cell
_LETTER = re.compile(
    r"(?i)(số\s*:|số\s+\d+\s*/|nơi nhận|người lập|ngày\s)"
)  # the beginnings of a letterhead and of its end


def _kind_of_row(cells: list[str], below: list[str], *, fresh: bool, parted: bool, values: int | None) -> str:
    """blank, line (a title, a heading, a note), labels, head or figures. `fresh`: a table may begin here;
    `parted`: a blank row parts it from a table. `values`: the first column of values where the head is there;
    a row that begins with a name is then no head because its numbers might be years."""
    filled = [(column, text) for column, text in enumerate(cells) if text]
    if len(filled) < 2 and not any(
        (column and is_head_word(text)) or is_figure(text) for column, text in filled
    ):
        return "line" if filled else "blank"
    if any(UNIT_LINE.match(text) or _SHEET_NUMBER.fullmatch(text) for _, text in filled) or _LETTER.match(
        filled[0][1]
    ):
        return "line"
    if fresh and _numbers_columns(filled, below):
        return "head"
    numbers = [text for column, text in filled if is_figure(text) or (column and is_quantity(text))]
    if not all(map(BARE_YEAR.fullmatch, numbers)):
        return "figures"
    name = filled[0][1]
    over = [
        text
        for column, text in filled[1:]
        if column >= (values or 0) and not is_figure(text) and fold(text) not in ROLE_OF
    ]
    worded = [is_head_word(text) for text in over]
    if fold(name) in ROLE_OF or (filled[0][0] and (is_head_word(name) or (fresh and is_figure(name)))):
        return "head" if numbers or any(worded) else "labels"
    if any(worded) and ((fresh and values is None) or all(worded)):
        return "head"
    if not numbers:
        return "labels"
    years = [int(number[:4]) for number in numbers]
    if len(years) < 2 or is_area(name):
        return "figures"
    rising, consecutive = years == sorted(set(years)), years == list(range(years[0], years[0] + len(years)))
    return "head" if (fresh and rising if values is None else parted and consecutive) else "figures"


def _numbers_columns(filled: list[tuple[int, str]], below: list[str]) -> bool:
    """Whether a row numbers the columns: letters, then 1, 2, 3 and how one is made of others ("3=2/1").
    Numbers alone do where a name stands below one of them; else they may be a first month's figures."""
    found = [match[1] for _, text in filled if (match := _NUMBERING.fullmatch(text))]
    numbers = [text for text in found if text.isdigit()]
    named = len(numbers) < len(found) or any(
        column < len(below) and below[column] and not is_figure(below[column]) for column, _ in filled
    )
    return (
        len(found) == len(filled)
        and len(numbers) > 1
        and numbers == [str(n) for n in range(1, len(numbers) + 1)]
        and named
    )


def _tables(grid: list[list[str]]) -> list[_Table]:
    tables, blank = [_Table()], -1
    for r, cells in enumerate(grid):
        table = tables[-1]
        fresh = not table.body or blank == r - 1 or (bool(table.between) and table.between[-1] == r - 1)
        values = _first_value(grid, table)
        kind = _kind_of_row(
            cells,
            grid[r + 1] if r + 1 < len(grid) else [],
            fresh=fresh,
            parted=bool(table.body) and blank == r - 1,
            values=values,
        )
        if table.value_column is not None and len(cells) > table.value_column and cells[table.value_column]:
            kind = "figures"
        if kind == "blank":
            blank = r
        elif kind == "figures":
            table.body.append(r)
        elif kind == "head" or (kind == "labels" and fresh and not _is_heading(grid, table, cells, values)):
            if table.body:
                after = max(table.body[-1], blank if blank < r - 1 else -1)
                title = [
                    row
                    for row in table.between
                    if row > after or (row > table.body[-1] and _is_unit_line(grid[row]))
                ]
                tables.append(_Table(lines=title))
                table.between = [row for row in table.between if row not in title]
                table = tables[-1]
            table.head.append(r)
            table.value_column = next(
                (c for c, text in enumerate(cells) if ROLE_OF.get(fold(text)) == "value"), table.value_column
            )
        elif table.body or (table.head and not _is_unit_line(cells)):
            table.between.append(r)
        else:
            table.lines.append(r)
    for table in tables:
        _part_head_from_title(grid, table)
    return tables


def _is_unit_line(cells: list[str]) -> bool:
    return any(map(UNIT_LINE.match, cells))


def _first_value(grid: list[list[str]], table: _Table) -> int | None:
    """The first column over which the head says a period or a kind; the columns before it are labels. None
    where it has said neither a role nor such a word."""
    heads = [(c, text) for row in table.head for c, text in enumerate(grid[row]) if text]
    words = [
        c
        for c, text in heads
        if c and fold(text) not in ROLE_OF and (is_head_word(text) or BARE_YEAR.fullmatch(text))
    ]
    return min(
        words, default=len(grid[table.head[-1]]) if any(fold(text) in ROLE_OF for _, text in heads) else None
    )


def _is_heading(grid: list[list[str]], table: _Table, cells: list[str], values: int | None) -> bool:
    """Whether a row of labels is inside the table: it begins like a body row, or says nothing over the
    columns of values."""
    if not table.body and values is None:
        return False
    above = grid[table.head[-1]][0] if table.head else ""
    begins = bool(cells[0]) and fold(cells[0]) not in ROLE_OF and cells[0] != above
    return begins or (not table.body and values < len(cells) and not any(cells[values:]))


def _part_head_from_title(grid: list[list[str]], table: _Table) -> None:
    """The head is the unbroken run of rows above the body; what stands higher (a letterhead) is title."""
    rows, row = [], max(table.head, default=-1)
    while row >= 0 and (row in table.head or (row in table.lines + table.between and not grid[row][0])):
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
    """The labels over each column, upper first. A label that spans columns stands over each of them: as the
    merged cells say, else over the empty cells to its right, but in the lowest row. `stubs`: the columns
    before the first value, over which nothing spans."""
    spans = {
        (r, c): first
        for first, last in sheet.merges
        for r in table.head
        if first[0] <= r <= last[0]
        for c in range(first[1], last[1] + 1)
    }
    heads: list[list[str]] = [[] for _ in range(width)]
    for r in table.head:
        open_ended, upper = (
            r != table.head[-1]
            and not any(place[0] == r and place[1] != first[1] for place, first in spans.items()),
            "",
        )
        for c in range(width):
            text = _text(sheet.grid, *spans.get((r, c), (r, c)))
            upper = text or (upper if open_ended and c > stubs else "")
            if upper and upper not in heads[c]:
                heads[c].append(upper)
    return heads


def _role(texts: list[str], heads: list[str], *, first: bool) -> str:
    """What a column is: by a word of its head where the cells bear it out, else "value" where half of its
    cells are figures."""
    figures = sum(map(is_figure, texts))
    named = next((ROLE_OF[fold(head)] for head in heads if fold(head) in ROLE_OF), "")
    dated = any(
        is_head_word(head) or BARE_YEAR.fullmatch(head) for head in heads if fold(head) not in ROLE_OF
    )
    if not dated and (
        named in ("value", "ordinal", "note")
        or (named == "period" and any(_of_time(heads, text).measure != text for text in texts))
    ):
        return named
    if dated or figures * 2 > len(texts):
        years = all(map(BARE_YEAR.fullmatch, texts))
        return "period" if first and years and not dated else "value"
    if named in ("unit", "group", "") and any(map(is_area, texts)):
        return "area"
    return (
        "label" if named == "kind" and not all(take_apart(text).kind for text in texts) else named or "label"
    )


def _of_time(heads: list[str], text: str) -> Said:
    """What a cell of a column of periods says; a bare 3 under "Tháng" is "Tháng 3", and a "Tổng số" there is
    no year."""
    said = take_apart(f"{heads[-1]} {text}" if heads and re.fullmatch(r"\d{1,2}|[IVX]+", text) else text)
    whole = said.names_time and said.measure in ("", said.part)
    return said if whole else Said(said.kind, part=text, measure=text)


def _columns(sheet: Sheet, table: _Table) -> list[_Column]:
    grid, width = sheet.grid, max(len(sheet.grid[row]) for row in table.body + table.head + table.between)
    texts = [[text for row in table.body if (text := _text(grid, row, c))] for c in range(width)]
    stubs = next((c for c in range(width) if 2 * sum(map(is_figure, texts[c])) > len(texts[c])), width)
    heads = _heads(sheet, table, width, stubs)
    roles = [_role(texts[c], heads[c], first=c <= stubs) for c in range(width)]
    if (
        width > 1
        and roles[0] == "value"
        and roles[1] != "value"
        and texts[0] == [str(n + 1) for n in range(len(texts[0]))]
    ):
        roles[0] = "ordinal"  # numbers 1, 2, 3 before a column of names are an order, though no head says so
    last = max((c for c, role in enumerate(roles) if role == "value"), default=width)
    names = [c for c in range(last) if roles[c] in ("area", "indicator", "label", "period", "group")]
    if names and len({tuple(_text(grid, row, c) for c in names) for row in table.body}) == len(table.body):
        # Words after the numbers tell no rows apart: they say who sees to it, how it is judged.
        roles[last + 1 :] = ["note" if role == "label" else role for role in roles[last + 1 :]]
    return [_column(role, head) for role, head in zip(roles, heads, strict=True)]


def _column(role: str, heads: list[str]) -> _Column:
    """What the heads over a column say together; the nearer head first, where two say different things."""
    roles = {"period"} if role == "value" else set()  # a column "Năm" after those of the months is the year's
    said = [
        said_of(head)
        for head in heads
        if ROLE_OF.get(fold(head)) in {None, *roles}
        and not (is_figure(head) and not BARE_YEAR.fullmatch(head))
    ]
    measures = [one.measure for one in said if one.measure and (one.compared or one.measure != one.part)]
    area = next((measure for measure in measures if is_area(measure)), "")
    unit = next((unit for measure in reversed(measures) if (unit := unit_of(measure))), "")
    measure = " | ".join(m for m in measures if m.strip("()") not in (area, unit) or indicator_of(m))
    return _Column(role, " | ".join(heads), replace(_together(said), measure=measure), unit, area)


def _together(said: list[Said]) -> Said:
    """The last of several labels that says it, for each thing to say; a comparison in one of them holds for
    all."""
    last = {
        name: next((getattr(one, name) for one in reversed(said) if getattr(one, name)), "")
        for name in ("kind", "period", "part", "measure")
    }
    return Said(**last, compared=any(one.compared for one in said))


def _title(lines: list[str]) -> Said:
    """What the lines over a table say together: a kind and a period where they agree, and themselves as the
    measure. A part of a year beside the whole of the same year holds."""
    said = [take_apart(PAPER_DAY.sub("", line)) for line in lines]
    kinds = {one.kind for one in said if one.kind}
    parts = {one.part for one in said if period_of(f"{one.part} 2000")}
    read = {one.period: period_of(one.period) for one in said if one.period}
    clear = (
        len(
            {
                period.year if period and period.kind in ("year", "part", "date") else text
                for text, period in read.items()
            }
        )
        == 1
    )
    texts = {text for text, period in read.items() if clear and period and not period.is_year} or (
        set(read) if clear else set()
    )
    period = (
        joined_period(Said(), Said(period=min(texts), part=min(parts, default="")), Said()) if texts else ""
    )
    return Said(
        "unclear" if len(kinds) > 1 else "".join(kinds),
        period if len(texts) == 1 and len(parts) < 2 else "",
        measure=" ".join(lines),
    )


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
            alone = (
                not any(cells[:c] + cells[c + 1 :]) if BARE_YEAR.fullmatch(text) else False
            )  # a year alone in its row is a title
            if (
                (r, c) not in placed
                and ((r, c) in sheet.typed or NUMBER.fullmatch(text) or (c and is_quantity(text)))
                and not alone
            ):
                problem = "a number in no column of a table, in a row without a name, or merged over several"
                sheet.report(r, c, text, problem, "Give it a head and a cell of its own, or leave it")
    return rows


@dataclass
class _Above:
    """What stands above a row: the title of its table, what says the kind of its figures (the title, else the
    sheet's name), the last heading, the area and the unit it names, the last unit line, and in each column of
    areas or groups the last one, which holds for the blanks below it. `notes`: those over and below the
    table."""

    title: Said
    kinds: Said
    notes: list[str]
    unit_line: str
    heading: str = ""
    area: str = ""
    unit: str = ""
    open: dict[int, str] = field(default_factory=dict)

    def read(self, text: str) -> None:
        self.open, self.unit = {}, ""
        if found := UNIT_LINE.match(text):
            self.unit_line = found[1]
        else:
            name = without_ordinal(text)
            self.heading, self.unit, self.area = text, unit_of(text), name if is_area(name) else self.area

    def fill(self, cells: list[tuple], columns: list[_Column]) -> list[tuple]:
        """The cells of a row with the areas and groups that hold for its blank ones."""
        self.open |= {c: text for c, column, text in cells if column.role in ("area", "group")}
        return sorted({(c, columns[c], text) for c, text in self.open.items()} | set(cells))

    def row(self, own: str, groups: list[str]) -> tuple[str, str]:
        """The area of a row and the headings it stands under. An area without numbers above another one is no
        heading of it."""
        beside = (
            own and without_ordinal(self.heading).split()[:1] == own.split()[:1] and is_area(self.heading)
        )
        return own or self.area, " | ".join(filter(None, ["" if beside else self.heading, *groups]))


def _for_cell(column: _Column, text: str) -> _Column:
    """A column as what it is for this cell: a time among areas ("Trong đó quý IV") is a label."""
    return (
        column._replace(role="label")
        if column.role == "area" and take_apart(text).names_time and not is_area(text)
        else column
    )


def _above(sheet: Sheet, lines: list[str], below: list[str], unit: str, *, several: bool) -> _Above:
    """What the lines over a table, the name of its sheet and the notes below it say. `several`: the table has
    several years, of which a plan without its year may be any."""
    units = [found[1] for text in lines if (found := UNIT_LINE.match(text))]
    below = [text for text in lines if IS_NOTE.match(text)] + below
    lines = [text for text in lines if not UNIT_LINE.match(text) and not IS_NOTE.match(text)]
    title, of_sheet = _title(lines), take_apart(sheet.name)
    kinds = (
        title if title.kind or of_sheet.kind == "actual" else of_sheet
    )  # "TH" is "Tổng hợp" too, a summary
    if several and not kinds.period and kinds.kind not in ("", "actual"):
        kinds = replace(kinds, kind="unclear")
    area = next((text for text in [*lines[::-1], sheet.name] if is_area(text)), "")
    return _Above(title, kinds, below, "".join(units[-1:]) or unit_of(title.measure) or unit, area=area)


def _is_title(cells: list[str], columns: list[_Column]) -> bool:
    """Whether a row of the head of tables side by side says nothing over their values, nor what a column
    is."""
    return not any(
        text and (columns[c].role == "value" or fold(text) in ROLE_OF) for c, text in enumerate(cells)
    )


def _lines_over(grid: list[list[str]], rows: list[int], bands: list[list[int]]) -> list[list[str]]:
    """The lines over each of the tables side by side; a line that stands over one of them alone is of all."""
    over: list[list[str]] = [[] for _ in bands]
    for row in rows:
        texts = [(sum(c >= band[0] for band in bands[1:]), text) for c, text in enumerate(grid[row]) if text]
        shared = len({side for side, _ in texts}) < 2
        for n, lines in enumerate(over):
            lines += [text for side, text in texts if shared or side == n]
    return over


def _rows_of_table(sheet: Sheet, table: _Table, unit: str) -> tuple[list[dict], set[tuple[int, int]]]:
    grid, columns = sheet.grid, _columns(sheet, table)
    bands = _bands(columns)
    if titles := [row for row in table.head[:-1] if len(bands) > 1 and _is_title(grid[row], columns)]:
        table = replace(
            table, lines=table.lines + titles, head=[row for row in table.head if row not in titles]
        )
        columns = _columns(sheet, table)
    body, headings = _headings(grid, table, columns)
    below = [text for row, text in headings.items() if row > table.body[-1]]
    periods = {
        column.said.period for column in columns if column.role == "value" and not column.said.kind
    } - {""}
    periods |= {
        take_apart(_text(grid, row, c)).period
        for c, column in enumerate(columns)
        if column.role == "period"
        for row in body
    } - {""}
    over = [
        _above(sheet, lines, below, unit, several=len(periods) > 1)
        for lines in _lines_over(grid, table.lines, bands)
    ]
    down, merged = _merged_down(sheet, body | set(headings), columns), _merged_values(sheet, columns)
    rows, placed = [], set()
    for r in sorted({*headings, *body}):
        if r in headings:
            for above in over:
                above.read(headings[r])
            continue
        cells = [
            (c, _for_cell(column, text), text)
            for c, column in enumerate(columns)
            if (text := _text(grid, r, c) or down.get((r, c), ""))
        ]
        for band, above in zip(bands, over, strict=True):
            mine = [cell for cell in cells if cell[0] in band]
            of_areas = any(columns[c].role == "area" for c in band)
            named = any(
                column.role not in ("value", "note", "ordinal" if of_areas else "") for _, column, _ in mine
            )
            mine = above.fill(mine, columns)
            read = [
                cell
                for cell in mine
                if cell[1].role == "value"
                and (r, cell[0]) not in merged
                and (named or (cell[1].text and not of_areas))
            ]
            labels = [
                cell
                for cell in mine
                if not NUMBER.fullmatch(cell[2])
                or (cell[1].role in ("ordinal", "period") and "," not in cell[2])
            ]
            placed.update((r, c) for c, *_ in (read + labels if read else []))
            for row in _rows_of_line(sheet, r, mine, read, above):
                note = " ".join(filter(None, [row.pop("remarks"), *above.notes]))
                rows.append({"sheet": sheet.name, "title": above.title.measure, "note": note} | row)
        if sheet.blind:
            _report_blanks(
                sheet,
                r,
                {c for c, column in enumerate(columns) if column.role == "value"} - {c for c, _, _ in cells},
            )
    said = {row["group_text"] for row in rows}
    return rows, placed | {
        (r, c) for r, text in headings.items() if text in said for c in range(len(grid[r]))
    }


def _remark(remarks: list[str], read: list[tuple]) -> Said:
    """What the remarks of a row say of its one outcome; where it has several, it is not said which of them is
    meant."""
    said = _together([remark_of(text) for text in remarks])
    outcomes = [
        column for _, column, _ in read if column.said.kind in ("", "actual") and not column.said.compared
    ]
    return Said("unclear") if len(outcomes) > 1 and (said.kind or said.names_time) else said


def _headings(
    grid: list[list[str]], table: _Table, columns: list[_Column]
) -> tuple[set[int], dict[int, str]]:
    """The rows of the body, and the headings in it: rows of words that do not stand both before and under the
    columns of values. Words where a row's numbers would stand are read like numbers, and refused with a
    reason."""
    body, headings = set(table.body), {}
    for row in table.between:
        valued = [columns[c].role == "value" for c, text in enumerate(grid[row]) if text]
        if (
            any(valued)
            and not all(valued)
            and (row < table.body[-1] or row - 1 in body)
            and not _is_unit_line(grid[row])
        ):
            body.add(row)
        else:
            headings[row] = next(filter(UNIT_LINE.match, grid[row]), " ".join(filter(None, grid[row])))
    orders = [c for c, column in enumerate(columns) if column.role == "ordinal"]
    for row, following in itertools.pairwise(
        sorted(body)
    ):  # a numbered row without figures, above rows without a number of their own
        ordered = any(_text(grid, row, c) for c in orders) and not any(
            _text(grid, following, c) for c in orders
        )
        if ordered and not any(text and columns[c].role == "value" for c, text in enumerate(grid[row])):
            headings[row] = " ".join(filter(None, grid[row]))
    return body - set(headings), headings


def _merged_down(sheet: Sheet, rows: set[int], columns: list[_Column]) -> dict[tuple[int, int], str]:
    """The labels of merged cells, for the rows below their first."""
    return {
        (r, first[1]): sheet.grid[first[0]][first[1]]
        for first, last in sheet.merges
        if first[0] in rows
        and first[1] < len(columns)
        and columns[first[1]].role != "value"
        and sheet.grid[first[0]][first[1]]
        for r in range(first[0] + 1, last[0] + 1)
    }


def _merged_values(sheet: Sheet, columns: list[_Column]) -> set[tuple[int, int]]:
    """The places of numbers that are merged over rows or columns that differ: of which of them they are is
    not said."""
    found = set()
    for (row, column), last in sheet.merges:
        heads = {one.text for one in columns[column : last[1] + 1] if columns[column].role == "value"}
        if len(heads) > 1 or (heads and any(map(any, sheet.grid[row + 1 : last[0] + 1]))):
            found.add((row, column))
    return found


def _bands(columns: list[_Column]) -> list[list[int]]:
    """The columns of each of several tables side by side: a second one begins where the first of its labels
    comes again after values."""
    first = next(
        (column.role for column in columns if column.role in ("area", "indicator", "ordinal", "period")), ""
    )
    bands: list[list[int]] = [[]]
    for c, column in enumerate(columns):
        again = column.role == first and {first, "value"} <= {columns[before].role for before in bands[-1]}
        if again and any(one.role == "value" for one in columns[c:]):
            parting = [
                before for before in bands[-1] if not any(columns[later].text for later in range(before, c))
            ]  # blank columns
            bands[-1] = bands[-1][: len(bands[-1]) - len(parting)]
            bands.append(parting)
        bands[-1].append(c)
    return bands


def _rows_of_line(
    sheet: Sheet, r: int, cells: list[tuple], read: list[tuple], above: _Above
) -> Iterator[dict]:
    """The numbers of one row of a table, each with what its row, its column and what stands above say of
    it."""
    labels = {role: [text for _, column, text in cells if column.role == role] for role in (*ROLES, "label")}
    times = [_of_time(column.text.split(" | "), text) for _, column, text in cells if column.role == "period"]
    names = [text for _, column, text in cells if column.role in ("indicator", "label")]
    heading, notes = said_of(above.heading), notes_of(tuple(above.notes))
    row = _together([heading, *map(take_apart, labels["kind"]), *map(said_of, names), *times])
    row_text = " | ".join(text for _, column, text in cells if column.role not in ("value", "note"))
    remarks = " ".join(labels["note"])
    own_unit = " | ".join(labels["unit"])
    own = " | ".join(
        [text for text in names if (said := said_of(text)).measure and said.measure != said.part]
        + words_noted(notes, names)
    )
    area, group = above.row(" | ".join(labels["area"]), labels["group"])
    remark = _remark(labels["note"], read)
    for c, column, text in read:
        said = _together([row, column.said])
        outcome = said.kind in ("", "actual") and not said.compared
        period = joined_period(
            column.said,
            _together([row, remark]) if outcome else row,
            replace(above.title, kind=above.kinds.kind),
        )
        noted = (
            remark.kind or kind_noted(notes, [column.text, *names, *labels["area"], text], period)
            if outcome
            else ""
        )
        unit = column.unit or (
            "" if column.said.compared else own_unit or unit_of(own) or above.unit or above.unit_line
        )
        found = {
            "cell": sheet.place(r, c),
            "group_text": group,
            "row_text": row_text,
            "remarks": remarks,
            "column_text": column.text,
            "area_text": " | ".join(labels["area"]) or column.area or area,
            "indicator_text": " | ".join(filter(None, (own, column.said.measure))) or above.title.measure,
            "period_text": period,
            "value_text": sheet.cells[r][c],
            "unit_text": unit,
            "kind": noted or said.kind or kind_over(above.kinds, period),
            "compared": said.compared,
            "figure": float(text) if (r, c) in sheet.typed else text,
        }
        if _as_shown(sheet, r, c, found):
            yield found


def _as_shown(sheet: Sheet, r: int, c: int, found: dict) -> bool:
    """Reads a cell that Excel shows multiplied or divided as it is shown; False, with a problem, where the
    format of a fraction is not known."""
    if factor := sheet.factors.get((r, c)):
        figure = float(f"{found['figure'] * factor:.12g}")
        found.update(
            figure=figure,
            value_text=f"{figure:.12g}" + "%" * (factor > 1),
            unit_text="%" if factor > 1 else found["unit_text"],
        )
    elif (
        sheet.blind
        and found["unit_text"].strip() == "%"
        and (r, c) in sheet.typed
        and 0 < abs(found["figure"]) < 1
    ):
        sheet.report(
            r,
            c,
            found["value_text"],
            "0,125 % or 12,5 %? this kind of file does not tell",
            "Save it as .xlsx",
        )
        return False
    return True


def _report_blanks(sheet: Sheet, r: int, columns: set[int]) -> None:
    for c in sorted(columns):
        sheet.report(
            r,
            c,
            "",
            "an empty cell; in this kind of file a formula without a value or an error looks the same",
            "Save it as .xlsx",
        )


# ---------------------------------------------------------------------------------------------------------------------------------------
# Words -> figures and periods


def _typed(rows: pd.DataFrame, *, locale: str) -> tuple[pd.DataFrame, list[tuple]]:
    """The rows with their figures and periods, and the problems of those that are not understood; a row
    without a figure is a problem."""
    rows = _grouped(rows)
    figures = [_figures(mine, locale) for _, mine in rows.groupby("sheet", sort=False)] or [
        parse_figures(rows["figure"])
    ]
    figures = pd.concat(figures)
    problems = [
        (row.sheet, row.cell, row.value_text, problem, "Correct the cell, or say locale=… or unit=…")
        for row, problem in zip(rows.itertuples(), figures["problem"], strict=True)
        if problem
    ]
    unknown = rows[
        (figures["unit"] == "")
        & (figures["missing"] == "")
        & (figures["problem"] == "")
        & (rows["unit_text"] != "")
    ]
    for row in unknown.drop_duplicates(["sheet", "unit_text"]).itertuples():
        problems.append(
            (
                row.sheet,
                row.cell,
                row.unit_text,
                "a unit that is not known; the numbers are as printed",
                "Say unit=…",
            )
        )
    periods = {text: period_of(text) for text in rows["period_text"].unique()}
    for row in (
        rows[rows["period_text"].map(periods).isna()].drop_duplicates(["sheet", "period_text"]).itertuples()
    ):
        problems.append(
            (
                row.sheet,
                row.cell,
                row.period_text,
                "no period is known for this number",
                "Write the year over its column",
            )
        )
    for name in PERIOD:
        rows[name] = [getattr(periods[text], name, None) for text in rows["period_text"]]
    rows = rows.astype({"year": "Int64", "year_end": "Int64"}).fillna({"part": "", "status": ""})
    rows["kind"] = rows["kind"].where(rows["kind"] != "", rows["status"])
    rows["status"] = rows["kind"].where(rows["kind"].isin(["preliminary", "estimate"]), "")
    rows["kind"] = rows["kind"].mask(rows["compared"].astype(bool), "comparison")
    rows = pd.concat([rows[[*WORDS, *PERIOD, "kind"]], figures[list(FIGURE)]], axis=1)
    return rows[figures["problem"] == ""].reset_index(drop=True), problems


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers with a blank between their groups ("12 000"), which might be two, as one where several of a
    column are written so and none is not: with the no-break blank that says it."""
    texts = rows["figure"].where(rows["figure"].map(lambda cell: isinstance(cell, str)), "").astype(str)
    spaced, parted = texts.str.fullmatch(r"\d{1,3}(?: \d{3})+(?:,\d+)?"), texts.str.contains(r"\d \d")
    column = [rows["sheet"], rows["cell"].str.extract("([A-Z]*)", expand=False)]
    whole = (
        spaced
        & (spaced.groupby(column).transform("sum") > 1)
        & (spaced == parted).groupby(column).transform("all")
    )
    return rows.assign(
        **{
            name: rows[name].mask(whole, texts.str.replace(" ", "\u00a0"))
            for name in ("figure", "value_text")
        }
    )


def _figures(rows: pd.DataFrame, locale: str) -> pd.DataFrame:
    """The figures of one sheet, in the habit that its numbers show. A unit that is not known does not keep a
    number from being read."""
    printed = "\n".join(text for text in rows["figure"] if isinstance(text, str))
    habit = locale or ("en" if _ENGLISH.search(printed) and not _VIETNAMESE.search(printed) else "vi")
    tried = {
        unit: parse_figures(pd.Series(["12"]), unit_text=unit)["problem"].iat[0]
        for unit in rows["unit_text"].unique()
    }
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
