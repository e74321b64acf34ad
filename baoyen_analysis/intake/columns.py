"""The columns of a table: what each is for, and what its heads say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from baoyen_analysis.intake.heads import (
    BARE_YEAR,
    is_area,
    is_head_word,
    is_quantity,
    joined_period,
    period_of,
    role_of,
    said_of,
)
from baoyen_analysis.intake.headwords import Said, take_apart
from baoyen_analysis.intake.notes import PAPER_DAY
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.recognise import indicator_of, is_neutral, unit_of
from baoyen_analysis.intake.sheets import Sheet, is_figure
from baoyen_analysis.intake.tables import Row, Table


class Column(NamedTuple):
    """What a column is (a role, "label" or "value") and what its head says."""

    role: str
    text: str
    said: Said
    unit: str
    area: str


def text_at(grid: list[Row], row: int, column: int) -> str:
    return grid[row][column] if column < len(grid[row]) else ""


def columns_of(sheet: Sheet, table: Table) -> list[Column]:
    grid, width = sheet.grid, max(len(sheet.grid[row]) for row in table.body + table.head + table.between)
    texts = [[text for row in table.body if (text := text_at(grid, row, c))] for c in range(width)]
    # Which of them hold figures, in half of their cells.
    valued = [
        2 * sum((is_quantity if isinstance(text, Typed) else is_figure)(text) for text in column)
        > len(column)
        for column in texts
    ]
    stubs = [*valued, True].index(True)
    heads = _heads(sheet, table, width, stubs)
    roles = [_role(texts[c], heads[c], valued=valued[c], first=c <= stubs) for c in range(width)]
    ordered = width > 1 and texts[0] == [str(n + 1) for n in range(len(texts[0]))]
    if ordered and roles[0] == "value" and roles[1] != "value":
        roles[0] = "ordinal"  # numbers 1, 2, 3 before a column of names are an order, though no head says so
    last = max((c for c, role in enumerate(roles) if role == "value"), default=width)
    names = [c for c in range(last) if roles[c] in ("area", "indicator", "label", "period", "group")]
    told_apart = {tuple(text_at(grid, row, c) for c in names) for row in table.body}
    if names and len(told_apart) == len(table.body):
        # Words after the numbers tell no rows apart: they say who sees to it, how it is judged.
        roles[last + 1 :] = ["note" if role == "label" else role for role in roles[last + 1 :]]
    return _with_totals([_column(role, head) for role, head in zip(roles, heads, strict=True)])


def _with_totals(columns: list[Column]) -> list[Column]:
    """A total beside parts of a year ("Tổng" after two quarters), or beside areas, may be of these alone: its
    period or its area is open."""
    values = {n: column for n, column in enumerate(columns) if column.role == "value"}
    times = {n: period_of(column.said.period) for n, column in values.items()}
    parted = {n for n, its in times.items() if values[n].said.part or (its and its.part)}
    apart = any(column.area for column in values.values())
    for n, column in values.items():
        said = column.said
        if said.kind or not is_neutral(said.measure or "-"):
            continue
        if parted and n not in parted:
            columns[n] = column._replace(said=replace(said, part=said.measure))
        elif apart and not column.area:
            columns[n] = column._replace(area=said.measure)
    return columns


def _heads(sheet: Sheet, table: Table, width: int, stubs: int) -> list[list[str]]:
    """The labels over each column, upper first. A label that spans columns stands over each of them: as the
    merged cells say, else over the empty cells to its right, but in the lowest row. `stubs`: the columns
    before the first value, over which nothing spans."""
    spans = {
        (r, c): first
        for first, last in sheet.merges
        for r in table.head
        if first[0] <= r <= last[0]
        for c in range(first[1], min(last[1] + 1, width))
    }
    closed = {*table.head[-1:], *(r for (r, c), first in spans.items() if c != first[1])}
    heads: list[list[str]] = [[] for _ in range(width)]
    for r in table.head:
        upper = ""
        for c, its in enumerate(heads):
            text = text_at(sheet.grid, *spans.get((r, c), (r, c)))
            upper = text or upper * (r not in closed and c > stubs)
            if upper and upper not in its:
                its.append(upper)
    return heads


def _role(texts: list[str], heads: list[str], *, valued: bool, first: bool) -> str:
    """What a column is: by a word of its head where the cells bear it out, else "value" where half of its
    cells are figures."""
    named = next(filter(None, map(role_of, heads)), "")
    dated = any(is_head_word(head) or BARE_YEAR.fullmatch(head) for head in heads if not role_of(head))
    if not dated and (
        named in ("value", "ordinal", "note")
        or (named == "period" and any(of_time(heads, text).measure != text for text in texts))
    ):
        return named
    if dated or valued:
        years = all(map(BARE_YEAR.fullmatch, texts))
        return "period" if first and years and not dated else "value"
    if named in ("unit", "group", "") and any(map(is_area, texts)):
        return "area"
    if named == "kind" and not all(take_apart(text).kind for text in texts):
        return "label"
    return named or "label"


def of_time(heads: list[str], text: str) -> Said:
    """What a cell of a column of periods says, where it says nothing else; a bare 3 under "Tháng" is "Tháng
    3", and a "Tổng số" there is no year."""
    said = take_apart(f"{heads[-1]} {text}" if heads and re.fullmatch(r"\d{1,2}|[IVX]+", text) else text)
    whole = said.names_time and said.measure in ("", said.part)
    return said if whole else Said(said.kind, part=text, measure=text)


def _column(role: str, heads: list[str]) -> Column:
    """What the heads over a column say together; the nearer head first, where two say different things."""
    roles = {"period"} if role == "value" else set()  # a column "Năm" after those of the months is the year's
    said = [
        said_of(head)
        for head in heads
        if role_of(head) in {"", *roles} and not (is_figure(head) and not BARE_YEAR.fullmatch(head))
    ]
    measures = [one.measure for one in said if one.measure and (one.compared or one.measure != one.part)]
    area = next(filter(is_area, measures), "")
    unit = next(filter(None, map(unit_of, reversed(measures))), "")
    measure = " | ".join(m for m in measures if m.strip("()") not in (area, unit) or indicator_of(m))
    return Column(role, " | ".join(heads), replace(together(said), measure=measure), unit, area)


def together(said: list[Said]) -> Said:
    """The last of several labels that says it, for each thing to say; a comparison in one of them holds for
    all."""
    last = {
        name: of
        for one in said
        for name in ("kind", "period", "part", "measure")
        if (of := getattr(one, name))
    }
    return Said(**last, compared=any(one.compared for one in said))


def role_at(column: Column, text: str) -> str:
    """What a column is for this cell: a time among areas ("Trong đó quý IV") is a label."""
    timed = column.role == "area" and take_apart(text).names_time and not is_area(text)
    return "label" if timed else column.role


def title_of(lines: list[str]) -> Said:
    """What the lines over a table say together: a kind and a period where they agree, and themselves as the
    measure. A part of a year beside the whole of the same year holds."""
    said = [take_apart(PAPER_DAY.sub("", line)) for line in lines]
    kinds, parts = {one.kind for one in said} - {""}, {one.part for one in said} - {""}
    parts = {part for part in parts if period_of(f"{part} 2000")}
    read = {one.period: period_of(one.period) for one in said if one.period}
    whole = {its.year if its and its.kind in ("year", "part", "date") else text for text, its in read.items()}
    texts = {text for text, its in read.items() if its and not its.is_year} or read.keys()
    period = ""
    if len(whole) == len(texts) == 1 and len(parts) < 2:
        period = joined_period(Said(), Said(period=min(texts), part="".join(parts)), Said())
    return Said("unclear" if len(kinds) > 1 else "".join(kinds), period, measure=" | ".join(lines))


def bands_of(columns: list[Column]) -> list[list[int]]:
    """The columns of each of several tables side by side: a second one begins where the first of its labels
    comes again after values."""
    labels = ("area", "indicator", "ordinal", "period")
    first = next((column.role for column in columns if column.role in labels), "")
    last = max((c for c, column in enumerate(columns) if column.role == "value"), default=-1)
    bands: list[list[int]] = [[]]
    held: set[str] = set()  # what the columns of the last one are
    for c, column in enumerate(columns):
        if column.role == first and {first, "value"} <= held and c < last:
            # Columns without a head before it are its own, unless none would be left before them.
            blank = next((n for n in range(c, bands[-1][0], -1) if columns[n - 1].text), c)
            parting = [before for before in bands[-1] if before >= blank]
            bands[-1:] = [before for before in bands[-1] if before < blank], parting
            held = {columns[before].role for before in parting}
        bands[-1].append(c)
        held.add(column.role)
    return bands
