"""The numbers of a table as rows, each with what its row, its column and what stands above it say."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from baoyen_analysis.intake.columns import (
    Column,
    bands_of,
    columns_of,
    of_time,
    role_at,
    text_at,
    title_of,
    together,
)
from baoyen_analysis.intake.headings import Headings
from baoyen_analysis.intake.heads import (
    BARE_YEAR,
    is_area,
    is_quantity,
    joined_period,
    kind_over,
    role_of,
    said_of,
)
from baoyen_analysis.intake.headwords import Said, remembered, take_apart
from baoyen_analysis.intake.notes import kind_noted, notes_of, remark_of, words_noted
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.recognise import MARK, unit_of, without_ordinal
from baoyen_analysis.intake.sheets import IS_NOTE, NUMBER, UNIT_LINE, Place, Sheet
from baoyen_analysis.intake.tables import Table, tables_of


class Number(NamedTuple):
    """A number as text, or `Typed`, with its place and the words around it."""

    sheet: str
    cell: str
    title: str
    note: str
    group_text: str
    row_text: str
    column_text: str
    area_text: str
    indicator_text: str
    period_text: str
    value_text: str
    unit_text: str
    kind: str
    compared: bool


def read_sheet(sheet: Sheet, numbers: list[Number], *, unit: str) -> None:
    """Adds the numbers of every table of a sheet; those that are in none of them, nor in a label, are
    reported."""
    problem = "a number in no column of a table, in a row without a name, or merged over several"
    for table in tables_of(sheet.grid):
        reader = _Reader(sheet, table, unit)
        taken = reader.read() if table.body else {}
        numbers += [taken[place] for place in sorted(taken)]
        filled = {r for r, _ in taken}
        for r in sorted({*table.lines, *table.between, *table.body}):
            row = sheet.grid[r]
            for c, text in enumerate(row):
                if not text or (r, c) in taken or not reader.is_lost(r, c, empty=r not in filled):
                    continue
                alone = sum(map(bool, row)) == 1
                number = isinstance(text, Typed) or NUMBER.fullmatch(text) or (c and is_quantity(text))
                if number and not (alone and BARE_YEAR.fullmatch(text)):
                    sheet.report(r, c, text, problem, "Give it a head and a cell of its own, or leave it")


class _Reader:
    """Reads one table of a sheet, or one after the other those that stand in it side by side.

    What stands above a row: `title` of its table, `kinds` that says the kind of its figures (the title, else
    the sheet's name), `headings` that are open, `area` and `unit` of the last one, `unit_line`, and in each
    column of areas or groups the last one in `open`, which holds for the blanks below it. `notes`: those over
    and below the table."""

    def __init__(self, sheet: Sheet, table: Table, unit: str) -> None:
        self.sheet, self.grid, self.table, self.asked = sheet, sheet.grid, table, unit
        self.taken: dict[Place, Number] = {}
        self.read_rows: set[int] = set()
        if not table.body:
            return
        self.columns = columns_of(sheet, table)
        self.bands = bands_of(self.columns)
        if len(self.bands) > 1:
            # A row of the head that says nothing over the values, nor what a column is, holds their titles.
            said = {
                row
                for row in table.head
                for c, text in enumerate(self.grid[row])
                if text and (self.columns[c].role == "value" or role_of(text))
            }
            titles = [row for row in table.head[:-1] if row not in said]
            head = [row for row in table.head if row not in titles]
            self.table = replace(table, lines=table.lines + titles, head=head)
            self.columns = columns_of(sheet, self.table)
        self.roles = [column.role for column in self.columns]
        self.valued = {c for c, role in enumerate(self.roles) if role == "value"}
        self._part_headings()
        self.groups: set[str] = set()
        self.merged: set[Place] = set()
        self.down: dict[int, dict[int, str]] = {}
        held = self.rows | self.texts.keys()
        for (row, c), last in sheet.merges:
            if row not in held or c >= len(self.columns):
                continue
            if c in self.valued:
                # A number that is merged over rows or columns that differ: of which it is, is not said.
                heads = {one.text for one in self.columns[c : last[1] + 1]}
                if len(heads) > 1 or any(map(any, self.grid[row + 1 : last[0] + 1])):
                    self.merged.add((row, c))
            elif text := text_at(self.grid, row, c):
                for below in range(row + 1, min(last[0] + 1, len(self.grid))):
                    self.down.setdefault(below, {})[c] = text

    def _part_headings(self) -> None:
        """The rows of the body, and the headings in it: rows of words that do not stand both before and under
        the columns of values. Words where a row's numbers would stand are read like numbers, and refused with
        a reason."""
        body, headings = set(self.table.body), {}
        for row in self.table.between:
            cells = self.grid[row]
            valued = {c in self.valued for c, text in enumerate(cells) if text}
            inside = row < self.table.body[-1] or row - 1 in body
            line = next(filter(UNIT_LINE.match, cells), "")
            if inside and not line and len(valued) > 1:
                body.add(row)
            else:
                headings[row] = line or " ".join(filter(None, cells))
        orders = [c for c, role in enumerate(self.roles) if role == "ordinal"]
        for row in sorted(body)[:-1] if orders else ():
            # A numbered row without figures is over those below it, till their numbers count on from its own.
            at = partial(text_at, self.grid, row)
            if any(map(at, orders)) and not any(map(at, self.valued)):
                headings[row] = " ".join(filter(None, self.grid[row]))
        self.rows, self.texts = body - headings.keys(), headings

    def is_lost(self, r: int, c: int, *, empty: bool) -> bool:
        """Whether a cell that holds no number that was taken is no label either. `empty`: no cell of its row
        does."""
        if r not in self.read_rows or r in self.texts:
            return r not in self.read_rows
        role, text = self.roles[c], self.grid[r][c]
        named = role == "ordinal" or (role == "period" and "," not in text) or not NUMBER.fullmatch(text)
        return empty or role == "value" or not named

    def read(self) -> dict[Place, Number]:
        for number, band in enumerate(self.bands):
            self._begin(number)
            of_areas = any(self.roles[c] == "area" for c in band)
            for r in sorted(self.rows | self.texts.keys()):
                if r in self.texts:
                    self._read_heading(self.texts[r])
                else:
                    own = {c: text for c in band if (text := text_at(self.grid, r, c))}
                    down = {c: text for c, text in self.down.get(r, {}).items() if c in band}
                    self._read_row(r, own | down | own, of_areas=of_areas)
        self.read_rows = {*self.rows, *(row for row, text in self.texts.items() if text in self.groups)}
        return self.taken

    def _begin(self, number: int) -> None:
        """Takes what the lines over one of the tables side by side, the name of the sheet and the notes say;
        a line that stands over one of them alone is of all."""
        starts, lines = [band[0] for band in self.bands[1:]], []
        for row in self.table.lines:
            cells = [(bisect_right(starts, c), text) for c, text in enumerate(self.grid[row]) if text]
            shared = len(dict(cells)) < 2
            lines += [text for side, text in cells if shared or side == number]
        units = [found[1] for text in lines if (found := UNIT_LINE.match(text))]
        notes = [text for text in lines if IS_NOTE.match(text)]
        notes += [text for row, text in self.texts.items() if row > self.table.body[-1]]
        lines = [text for text in lines if not UNIT_LINE.match(text) and not IS_NOTE.match(text)]
        title, of_sheet = title_of(lines), take_apart(self.sheet.name)
        # "TH" is "Tổng hợp" too, a summary
        kinds = title if title.kind or of_sheet.kind == "actual" else of_sheet
        periods = {one.said.period for one in self.columns if one.role == "value" and not one.said.kind}
        timed = [c for c, role in enumerate(self.roles) if role == "period"]
        periods |= {take_apart(text_at(self.grid, row, c)).period for c in timed for row in self.rows}
        if len(periods - {""}) > 1 and not kinds.period and kinds.kind not in ("", "actual"):
            kinds = replace(kinds, kind="unclear")  # of several years a plan without its year may be any
        self.title, self.kinds, self.notes = title, kinds, tuple(notes)
        self.area = next(filter(is_area, [*reversed(lines), self.sheet.name]), "")
        self.unit_line = units[-1] if units else unit_of(title.measure) or self.asked
        self.headings, self.unit = Headings(), ""
        self.open: dict[int, str] = {}
        self.times = defaultdict[Any, dict[Any, tuple[str, str]]](dict)

    def _read_heading(self, text: str) -> None:
        self.open, self.unit = {}, ""
        if found := UNIT_LINE.match(text):
            self.unit_line = found[1]
            return
        self.unit, name = unit_of(text), without_ordinal(text)
        if is_area(name):
            self.area = name
            self.headings.end([is_area(without_ordinal(over)) for over in self.headings.texts])
        self.headings.read(text)

    def _read_row(self, r: int, cells: dict[int, str], *, of_areas: bool) -> None:
        """The numbers of one row, or of its part in one of the tables side by side, with what its labels,
        those that hold for its blanks and the heads over its numbers say."""
        columns, roles = self.columns, self.roles
        own = [(c, text, role_at(columns[c], text)) for c, text in cells.items() if roles[c] != "value"]
        ordered = [label for label in own if label[2] == "ordinal"]
        own = [label for label in own if label[2] != "ordinal"]
        self.open |= {c: text for c, text, role in own if role in ("area", "group")}
        first = next((text for c, text in cells.items() if c not in self.valued), "")
        if self.headings.open and self.headings.pass_row(first):
            self.unit = ""  # a heading that this row is not under has ended
        self.groups.update(self.headings.texts)
        named = any(role != "note" for *_, role in own) or (ordered and not of_areas)
        read = [c for c in cells if c in self.valued and (named or (columns[c].text and not of_areas))]
        read = [c for c in read if (r, c) not in self.merged]
        if not read:
            return
        labels = {*own, *((c, text, roles[c]) for c, text in self.open.items())}

        def of(*wanted: str) -> list[str]:
            return [text for _, text, role in sorted(labels) if role in wanted]

        times = [
            of_time(columns[c].text.split(" | "), text)
            for c, text, role in sorted(labels)
            if role == "period"
        ]
        names, areas, remarks, over = of("indicator", "label"), of("area"), of("note"), self.headings.texts
        said = _of_row(*map(said_of, over), *map(take_apart, of("kind")), *map(said_of, names), *times)
        remark = _remark(remarks, [columns[c] for c in read])
        notes = notes_of(self.notes)
        measured = [text for text in names if (its := said_of(text)).measure and its.measure != its.part]
        measure, area, unit = map(" | ".join, (measured + words_noted(notes, names), areas, of("unit")))
        # An area without numbers above another one is no heading of it.
        groups = [
            text
            for text in over
            if not (area and is_area(text) and without_ordinal(text).split()[:1] == area.split()[:1])
        ]
        group = " | ".join(filter(None, groups + of("group")))
        labels = labels if self.open.keys() - cells.keys() else {*own}
        shown = [text for _, text, role in sorted(labels.union(ordered)) if role != "note"]
        row_text = sys.intern(" | ".join(shown))
        unit = unit or unit_of(measure) or self.unit or self.unit_line
        note = " ".join([*remarks, *self.notes])
        known = self.times[said, remark]
        for c in read:
            column, text = columns[c], cells[c]
            mark = text if notes and MARK.search(text) else ""
            marked = [column.text, *names, *areas, mark] if notes else []
            key = (c, *marked)
            if key not in known:
                known[key] = self._time(said, remark, column.said, marked)
            self.taken[r, c] = Number(
                self.sheet.name,
                self.sheet.cell(r, c),
                self.title.measure,
                note,
                group,
                row_text,
                column.text,
                area or column.area or self.area,
                " | ".join(filter(None, (measure, column.said.measure))) or self.title.measure,
                known[key][0],
                text,
                column.unit or ("" if column.said.compared else unit),
                known[key][1],
                said.compared or column.said.compared,
            )

    def _time(self, said: Said, remark: Said, head: Said, marked: list[str]) -> tuple[str, str]:
        """The period and the kind of a number, by what its row, the remark on it and its column say and by
        the notes to these labels."""
        both = together([said, head])
        outcome = both.kind in ("", "actual") and not both.compared
        row = together([said, remark]) if outcome else said
        period = joined_period(head, row, replace(self.title, kind=self.kinds.kind))
        noted = (remark.kind or kind_noted(notes_of(self.notes), marked, period)) if outcome else ""
        return period, noted or both.kind or kind_over(self.kinds, period)


@remembered
def _of_row(*said: Said) -> Said:
    """What the labels of a row say of its numbers together."""
    return replace(together([*said]), measure="")


def _remark(remarks: list[str], columns: list[Column]) -> Said:
    """What the remarks of a row say of its one outcome; where it has several, it is not said which of them is
    meant."""
    said = together([remark_of(text) for text in remarks])
    outcomes = [one for one in columns if one.said.kind in ("", "actual") and not one.said.compared]
    return Said("unclear") if len(outcomes) > 1 and (said.kind or said.names_time) else said
