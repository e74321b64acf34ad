"""A sheet's rows as tables: title lines, the rows of the head, the body, and what stands between and
below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, nan

from baoyen_analysis.intake.heads import (
    BARE_YEAR,
    is_area,
    is_head_word,
    is_quantity,
    role_of,
)
from baoyen_analysis.intake.headwords import remembered
from baoyen_analysis.intake.sheets import UNIT_LINE, is_figure
from baoyen_analysis.printed.periods import bare

Row = list[str]
Cells = list[tuple[int, str]]  # those of a row that hold something, with their columns


@dataclass
class Table:
    """The rows of a sheet, by number, that make one table. `between`: rows without numbers after the body
    began, headings or footnotes; `value_column`: of a tidy table, whose values may be words."""

    lines: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    value_column: int | None = None


_NUMBERING = re.compile(r"\(?([A-Za-z]|\d{1,2})\)?(\s*=.*)?")  # of columns: A, B, 1, 2, 3=2/1
_SHEET_NUMBER = re.compile(
    r"(?i)(?:biểu|bảng|mẫu|phụ lục)(?: số| biểu)?[:.]?"
)  # its number stands in the next cell
_LETTER = re.compile(
    r"(?i)(số\s*:|số\s+\d+\s*/|nơi nhận|người lập|ngày\s)"
)  # how a letterhead and its end begin
# The classes of a head: "15 - 24", "50+", "Dưới 15 tuổi", "từ 60 trở lên".
_CLASS = re.compile(
    r"(?:(?P<under><=?|≤|duoi|under|below|den|toi|up to)|(?P<over>>=?|≥|tren|over|above)|tu|from)? ?"
    r"(?P<low>\d[\d.,]*)"
    r"(?: ?(?:(?P<plus>\+)|(?:[a-z]+ )?(?P<more>tro len|and over|or more|and above)"
    r"|(?:-|den|toi|to)(?: duoi| <)? ?(?P<high>\d[\d.,]*)))?(?: ?[a-z/%].*)?"
)


@remembered
def _makes_line(text: str) -> bool:
    """Whether a cell makes its row a line: of a unit, or of the sheet's number."""
    return bool(UNIT_LINE.match(text) or _SHEET_NUMBER.fullmatch(text))


def _kind_of_row(filled: Cells, below: Row, *, fresh: bool, parted: bool, values: int | None) -> str:
    """line (a title, a heading, a note), labels, head or figures. `fresh`: a table may begin here; `parted`:
    a blank row parts it from a table. `values`: the first column of values where the head is there; a row
    that begins with a name is then no head because its numbers might be years."""
    (first, name), *others = filled
    alone = not others and not (first and is_head_word(name)) and not is_figure(name)
    if alone or any(_makes_line(text) for _, text in filled) or _LETTER.match(name):
        return "line"
    if fresh and (_numbers_columns(filled, below) or _names_classes(filled, values)):
        return "head"
    numbers = [text for c, text in filled if is_figure(text) or (c and is_quantity(text))]
    if not all(map(BARE_YEAR.fullmatch, numbers)):
        return "figures"
    years = [int(number[:4]) for number in numbers]
    return _kind_of_words(filled, years, fresh=fresh, parted=parted, values=values)


def _kind_of_words(filled: Cells, years: list[int], *, fresh: bool, parted: bool, values: int | None) -> str:
    """Of a row whose numbers, if any, may all be years."""
    (first, name), *others = filled
    over = [text for c, text in others if c >= (values or 0) and not is_figure(text)]
    worded = [is_head_word(text) for text in over if not role_of(text)]
    if role_of(name) or (first and (is_head_word(name) or (fresh and is_figure(name)))):
        return "head" if years or any(worded) else "labels"
    if any(worded) and ((fresh and values is None) or all(worded)):
        return "head"
    if not years:
        return "labels"
    if len(years) < 2 or is_area(name):
        return "figures"
    if values is None:
        heads = fresh and years == sorted(set(years))
    else:
        heads = parted and all(after - before == 1 for before, after in pairwise(years))
    return "head" if heads else "figures"


def _numbers_columns(filled: Cells, below: Row) -> bool:
    """Whether a row numbers the columns: letters, then 1, 2, 3 and how one is made of others ("3=2/1").
    Numbers alone do where a name stands below one of them; else they may be a first month's figures."""
    found = [match[1] for _, text in filled if (match := _NUMBERING.fullmatch(text))]
    numbers = [text for text in found if text.isdigit()]
    under = [below[c] for c, _ in filled if c < len(below) and below[c]]
    named = len(numbers) < len(found) or not all(map(is_figure, under))
    counted = numbers == [str(n + 1) for n in range(len(numbers))]
    return len(found) == len(filled) and len(numbers) > 1 and counted and named


def _names_classes(filled: Cells, values: int | None) -> bool:
    """Whether a row names classes of ages, incomes or sizes, each of which begins where the one before it
    ends. Under a head that is there already, a row that begins with a name holds ranges as figures."""
    first, name = filled[0]
    if values is not None and first == 0 and not role_of(name):
        return False
    ends: list[tuple[float, float]] = []
    for _, text in filled:
        found = _CLASS.fullmatch(bare(text)) if any(map(str.isdigit, text)) else None
        if found and any(found.group("under", "over", "plus", "more", "high")):
            low, high = _number(found["low"]), _number(found["high"] or "inf")
            ends.append((-inf, low) if found["under"] else (low, high))
        elif is_figure(text) and not BARE_YEAR.fullmatch(text):
            return False
    joined = [before[1] <= after[0] <= before[1] + 1 for before, after in pairwise(ends)]
    # Or the classes of a second group begin.
    return any(joined) and all(fits or after <= ends[0] for fits, after in zip(joined, ends[1:], strict=True))


def _number(text: str) -> float:
    digits = re.sub(r"[.,](?=\d{3}(?!\d))", "", text).replace(",", ".").strip(".")
    return float(digits) if digits.count(".") < 2 else nan


def tables_of(grid: list[Row]) -> list[Table]:
    """The tables of a sheet, from the top."""
    tables, blank = [Table()], -1
    values: int | None = None  # of the last table; its head is whole once its body has begun
    for r, cells in enumerate(grid):
        table = tables[-1]
        filled = [(c, text) for c, text in enumerate(cells) if text]
        if not filled:
            blank = r
            continue
        values = values if table.body else _first_value(grid, table)
        parted = bool(table.body) and blank == r - 1
        fresh = not table.body or parted or table.between[-1:] == [r - 1]
        below = grid[r + 1] if r + 1 < len(grid) else []
        kind = _kind_of_row(filled, below, fresh=fresh, parted=parted, values=values)
        if table.value_column in dict(filled) or kind == "figures":
            table.body.append(r)
        elif kind == "head" or (kind == "labels" and fresh and not _is_heading(grid, table, cells, values)):
            if table.body:
                table = _next_table(grid, table, blank if blank < r - 1 else -1)
                tables.append(table)
            table.head.append(r)
            table.value_column = next(
                (c for c, text in filled if role_of(text) == "value"), table.value_column
            )
        elif table.body or (table.head and not _is_unit_line(cells)):
            table.between.append(r)
        else:
            table.lines.append(r)
    for table in tables:
        _part_head_from_title(grid, table)
    return tables


def _next_table(grid: list[Row], table: Table, blank: int) -> Table:
    """A table below another one: with the lines between them after the last blank row, and the line of its
    unit."""
    below = [row for row in table.between if row > table.body[-1]]
    title = [row for row in below if row > blank or _is_unit_line(grid[row])]
    table.between = [row for row in table.between if row not in title]
    return Table(title)


def _is_unit_line(cells: Row) -> bool:
    return any(map(UNIT_LINE.match, cells))


def _first_value(grid: list[Row], table: Table) -> int | None:
    """The first column over which the head says a period or a kind; the columns before it are labels. None
    where it has said neither a role nor such a word."""
    heads = [(c, text) for row in table.head for c, text in enumerate(grid[row]) if text]
    others = [(c, text) for c, text in heads if not role_of(text)]
    words = [c for c, text in others if c and (is_head_word(text) or BARE_YEAR.fullmatch(text))]
    return min(words, default=len(grid[table.head[-1]]) if others != heads else None)


def _is_heading(grid: list[Row], table: Table, cells: Row, values: int | None) -> bool:
    """Whether a row of labels is inside the table: it begins like a body row, or says nothing over the
    columns of values."""
    if not table.body and values is None:
        return False
    above = grid[table.head[-1]][0] if table.head else ""
    begins = cells[0] not in ("", above) and not role_of(cells[0])
    return begins or not (table.body or values is None or values >= len(cells) or any(cells[values:]))


def _part_head_from_title(grid: list[Row], table: Table) -> None:
    """The head is the unbroken run of rows above the body; what stands higher (a letterhead) is title."""
    last = row = max(table.head, default=-1)
    outside = {*table.lines, *table.between}
    while row >= 0 and (row in table.head or (row in outside and not grid[row][0])):
        row -= 1
    run = range(row + 1, last + 1)
    early = {between for between in table.between if run and between <= row}
    table.between = [between for between in table.between if between not in early]
    head = [row for row in run if not _is_unit_line(grid[row])]
    table.lines = sorted({*table.lines, *table.head, *early, *run}.difference(head))
    table.head = head
