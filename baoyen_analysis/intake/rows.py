"""The numbers of a table as rows, each with what its row, its column and what stands above it say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from baoyen_analysis.intake.columns import (
    Column,
    bands_of,
    columns_of,
    for_cell,
    of_time,
    text_at,
    title_of,
    together,
)
from baoyen_analysis.intake.headings import Headings
from baoyen_analysis.intake.heads import (
    BARE_YEAR,
    NUMBER,
    ROLES,
    UNIT_LINE,
    is_area,
    is_quantity,
    joined_period,
    kind_over,
    role_of,
    said_of,
)
from baoyen_analysis.intake.headwords import Said, take_apart
from baoyen_analysis.intake.notes import IS_NOTE, kind_noted, notes_of, remark_of, words_noted
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.recognise import MARK, unit_of, without_ordinal
from baoyen_analysis.intake.sheets import Place, Sheet
from baoyen_analysis.intake.tables import Table, tables_of


class Words(NamedTuple):
    """The words around a number, but for those of its row."""

    title: str
    note: str
    group_text: str
    column_text: str
    area_text: str
    indicator_text: str
    period_text: str
    unit_text: str
    kind: str
    compared: bool


Number = tuple[str, str, str, str, Words]  # the name of its sheet and its cell, its text, its row's labels


def read_sheet(sheet: Sheet, numbers: list[Number], *, unit: str) -> None:
    """Adds the numbers of every table of a sheet; those that are in none of them, nor in a label, are
    reported."""
    alone: list[Place] = []
    for table in tables_of(sheet.grid):
        read = _TableReader(sheet, table, unit, numbers, alone).read() if table.body else set()
        rest = {*table.lines, *table.between, *table.body} - read
        alone += [(r, c) for r in rest for c in range(len(sheet.grid[r]))]
    for r, c in sorted(alone):
        cells, text = sheet.grid[r], sheet.grid[r][c]
        titled = BARE_YEAR.fullmatch(text) and not any(cells[:c] + cells[c + 1 :])  # a year alone in its row
        if not titled and (isinstance(text, Typed) or NUMBER.fullmatch(text) or (c and is_quantity(text))):
            problem = "a number in no column of a table, in a row without a name, or merged over several"
            sheet.report(r, c, text, problem, "Give it a head and a cell of its own, or leave it")


class _Line(NamedTuple):
    """What the labels of a row say of its numbers, by column; the columns whose text is no label; and the
    words of a number at which a note's mark stands."""

    words: dict[int, Words]
    unplaced: list[int]
    marked: Callable[[int, str], Words]


@dataclass
class _Above:
    """What stands above a row: the title of its table, what says the kind of its figures (the title, else the
    sheet's name), the headings that are open, the area and the unit the last one names, the last unit line,
    and in each column of areas or groups the last one, which holds for the blanks below it. `notes`: those
    over and below the table; `known`, `timed`: what rows and their columns say, as long as nothing else
    stands above them."""

    title: Said
    kinds: Said
    notes: tuple[str, ...]
    unit_line: str
    headings: Headings = field(default_factory=Headings)
    area: str = ""
    unit: str = ""
    open: dict[int, str] = field(default_factory=dict)
    known: dict[tuple, _Line] = field(default_factory=dict)
    timed: dict[tuple, tuple[str, str]] = field(default_factory=dict)

    def read(self, text: str) -> None:
        self.open, self.known, self.unit = {}, {}, ""
        if found := UNIT_LINE.match(text):
            self.unit_line = found[1]
        else:
            self.unit, name = unit_of(text), without_ordinal(text)
            if is_area(name):
                self.area = name
                self.headings.end([is_area(without_ordinal(over)) for over in self.headings.texts])
            self.headings.read(text)

    def pass_row(self, order: str) -> None:
        """Ends the headings that a row with this number is not under."""
        if self.headings.open and self.headings.pass_row(order):
            self.known, self.unit = {}, ""

    def of_row(self, own: str, groups: list[str]) -> tuple[str, str]:
        """The area of a row and the headings it stands under. An area without numbers above another one is no
        heading of it."""
        over = [
            text
            for text in self.headings.texts
            if not (own and is_area(text) and without_ordinal(text).split()[:1] == own.split()[:1])
        ]
        return own or self.area, " | ".join(filter(None, [*over, *groups]))


_MOST_KNOWN = 50_000  # rows whose labels are remembered at once


class _TableReader:
    """Reads one table of a sheet: adds its numbers, and to `alone` the places of what has no row and is no
    label."""

    def __init__(
        self, sheet: Sheet, table: Table, unit: str, numbers: list[Number], alone: list[Place]
    ) -> None:
        self.sheet, self.grid, self.columns = sheet, sheet.grid, columns_of(sheet, table)
        self.bands = bands_of(self.columns)
        titles = [row for row in table.head[:-1] if len(self.bands) > 1 and self._is_title(row)]
        if titles:
            head = [row for row in table.head if row not in titles]
            table = replace(table, lines=table.lines + titles, head=head)
            self.columns = columns_of(sheet, table)
        self.table, self.unit, self.numbers, self.alone = table, unit, numbers, alone
        self.roles = [column.role for column in self.columns]
        self.valued = {c for c, role in enumerate(self.roles) if role == "value"}
        self.merged = self._merged_values()
        self.groups: set[str] = set()

    def read(self) -> set[int]:
        """Gives the rows that were read."""
        body, headings = self._headings()
        below = [text for row, text in headings.items() if row > self.table.body[-1]]
        several = len(self._periods(body)) > 1
        over = [self._above(lines, below, several=several) for lines in self._lines_over()]
        of_areas = [any(self.roles[c] == "area" for c in band) for band in self.bands]
        band_of = {c: n for n, band in enumerate(self.bands) for c in band}
        down = self._merged_down(body | set(headings))
        for r in sorted({*headings, *body}):
            if r in headings:
                for above in over:
                    above.read(headings[r])
                continue
            cells: list[dict[int, str]] = [{} for _ in self.bands]
            for c, text in enumerate(self.grid[r]):
                if text:
                    cells[band_of[c]][c] = text
            for c, text in down.get(r, ()):
                cells[band_of[c]].setdefault(c, text)
            for above, mine, areas in zip(over, cells, of_areas, strict=True):
                self._read_line(r, mine, above, of_areas=areas)
        return body | {row for row, text in headings.items() if text in self.groups}

    def _read_line(self, r: int, cells: dict[int, str], above: _Above, *, of_areas: bool) -> None:
        """The numbers of one row, or of its part in one of the tables side by side."""
        own, ordered, values, roles = [], [], [], self.roles
        for c, text in cells.items():
            if (role := roles[c]) == "value":
                if (r, c) not in self.merged:
                    values.append(c)
            elif role == "ordinal":
                ordered.append((c, text))
            else:
                own.append((c, text))
                if role in ("area", "group") and for_cell(self.columns[c], text).role != "label":
                    above.open[c] = text
        above.pass_row(next((text for c, text in cells.items() if c not in self.valued), ""))
        key = (*own, None, *above.open.items(), None, *values, bool(ordered))
        line = above.known.get(key)
        if line is None:
            if len(above.known) > _MOST_KNOWN:
                above.known.clear()
            line = above.known[key] = self._line(own, ordered, values, above, of_areas=of_areas)
        labels = (
            own + ordered
            if above.open.keys() <= cells.keys()
            else list({*own, *ordered, *above.open.items()})
        )
        row_text = sys.intern(" | ".join([text for c, text in sorted(labels) if roles[c] != "note"]))
        for c, words in line.words.items():
            text = cells[c]
            if above.notes and MARK.search(text):
                words = line.marked(c, text)
            self.numbers.append((self.sheet.name, self.sheet.cell(r, c), text, row_text, words))
        if line.unplaced or len(line.words) < len(cells) - len(own) - len(ordered):
            lost = {
                *line.unplaced,
                *self.valued.difference(line.words),
                *(c for c, _ in ordered if not line.words),
            }
            self.alone += [(r, c) for c in lost & cells.keys() if c < len(self.grid[r])]

    def _line(self, own: list, ordered: list, values: list[int], above: _Above, *, of_areas: bool) -> _Line:
        """What the labels of a row, those that hold for its blanks and the heads over its numbers say."""
        columns, notes = self.columns, notes_of(above.notes)
        named = any(for_cell(columns[c], text).role != "note" for c, text in own) or (
            ordered and not of_areas
        )
        read = [c for c in values if named or (columns[c].text and not of_areas)]
        cells = [(for_cell(columns[c], text), c, text) for c, text in sorted({*own, *above.open.items()})]
        texts: dict[str, list[str]] = {role: [] for role in (*ROLES, "label")}
        for column, _, text in cells:
            texts[column.role].append(text)
        times = [
            of_time(column.text.split(" | "), text) for column, _, text in cells if column.role == "period"
        ]
        names = [text for column, _, text in cells if column.role in ("indicator", "label")]
        said = together(
            [
                *map(said_of, above.headings.texts),
                *map(take_apart, texts["kind"]),
                *map(said_of, names),
                *times,
            ]
        )
        said, remark = replace(said, measure=""), _remark(texts["note"], [columns[c] for c in read])
        measured = [text for text in names if (its := said_of(text)).measure and its.measure != its.part]
        measure = " | ".join(measured + words_noted(notes, names))
        areas, units = " | ".join(texts["area"]), " | ".join(texts["unit"])
        area, group = above.of_row(areas, texts["group"])
        note = " ".join([*texts["note"], *above.notes])
        unit = units or unit_of(measure) or above.unit or above.unit_line
        self.groups.update(above.headings.texts)

        def words(c: int, text: str = "") -> Words:
            column, title = columns[c], above.title.measure
            marked = [column.text, *names, *texts["area"], text] if notes else []
            key = (c, said, remark, *marked)
            if key not in above.timed:
                above.timed[key] = _time(said, remark, column, above, marked)
            return Words(
                title,
                note,
                group,
                column.text,
                areas or column.area or area,
                " | ".join(filter(None, (measure, column.said.measure))) or title,
                above.timed[key][0],
                column.unit or ("" if column.said.compared else unit),
                above.timed[key][1],
                said.compared or column.said.compared,
            )

        unplaced = [c for column, c, text in cells if not read or _is_number(column, text)]
        return _Line({c: words(c) for c in read}, unplaced, words)

    def _headings(self) -> tuple[set[int], dict[int, str]]:
        """The rows of the body, and the headings in it: rows of words that do not stand both before and under
        the columns of values. Words where a row's numbers would stand are read like numbers, and refused with
        a reason."""
        body, headings = set(self.table.body), {}
        for row in self.table.between:
            cells = self.grid[row]
            valued = [c in self.valued for c, text in enumerate(cells) if text]
            inside = row < self.table.body[-1] or row - 1 in body
            line = next(filter(UNIT_LINE.match, cells), "")
            if any(valued) and not all(valued) and inside and not line:
                body.add(row)
            else:
                headings[row] = line or " ".join(filter(None, cells))
        orders = [c for c, column in enumerate(self.columns) if column.role == "ordinal"]
        for row in sorted(body)[:-1] if orders else ():
            # A numbered row without figures is over those below it, till their numbers count on from its own.
            if any(text_at(self.grid, row, c) for c in orders) and not self._has_values(row):
                headings[row] = " ".join(filter(None, self.grid[row]))
        return body - set(headings), headings

    def _has_values(self, row: int) -> bool:
        return any(text and c in self.valued for c, text in enumerate(self.grid[row]))

    def _periods(self, body: set[int]) -> set[str]:
        """The periods of the outcomes of a table."""
        columns = [column for column in self.columns if column.role == "value" and not column.said.kind]
        timed = [c for c, column in enumerate(self.columns) if column.role == "period"]
        in_cells = {text_at(self.grid, row, c) for c in timed for row in body}
        return {column.said.period for column in columns} | {take_apart(text).period for text in in_cells} - {
            ""
        }

    def _above(self, lines: list[str], below: list[str], *, several: bool) -> _Above:
        """What the lines over a table, the name of its sheet and the notes below it say. `several`: the table
        has several years, of which a plan without its year may be any."""
        units = [found[1] for text in lines if (found := UNIT_LINE.match(text))]
        notes = [text for text in lines if IS_NOTE.match(text)] + below
        lines = [text for text in lines if not UNIT_LINE.match(text) and not IS_NOTE.match(text)]
        title, of_sheet = title_of(lines), take_apart(self.sheet.name)
        kinds = (
            title if title.kind or of_sheet.kind == "actual" else of_sheet
        )  # "TH" is "Tổng hợp" too, a summary
        if several and not kinds.period and kinds.kind not in ("", "actual"):
            kinds = replace(kinds, kind="unclear")
        area = next((text for text in [*lines[::-1], self.sheet.name] if is_area(text)), "")
        unit = "".join(units[-1:]) or unit_of(title.measure) or self.unit
        return _Above(title, kinds, tuple(notes), unit, area=area)

    def _is_title(self, row: int) -> bool:
        """Whether a row of the head of tables side by side says nothing over their values, nor what a column
        is."""
        cells = enumerate(self.grid[row])
        return not any(text and (self.columns[c].role == "value" or role_of(text)) for c, text in cells)

    def _lines_over(self) -> list[list[str]]:
        """The lines over each of the tables side by side; a line that stands over one of them alone is of
        all."""
        over: list[list[str]] = [[] for _ in self.bands]
        for row in self.table.lines:
            cells = enumerate(self.grid[row])
            texts = [(sum(c >= band[0] for band in self.bands[1:]), text) for c, text in cells if text]
            shared = len({side for side, _ in texts}) < 2
            for n, lines in enumerate(over):
                lines += [text for side, text in texts if shared or side == n]
        return over

    def _merged_down(self, rows: set[int]) -> dict[int, list[tuple[int, str]]]:
        """By row: the labels of merged cells that begin above it."""
        down: dict[int, list[tuple[int, str]]] = {}
        for (row, column), last in self.sheet.merges:
            text = text_at(self.grid, row, column) if row in rows and column < len(self.columns) else ""
            if text and column not in self.valued:
                for below in range(row + 1, last[0] + 1):
                    down.setdefault(below, []).append((column, text))
        return down

    def _merged_values(self) -> set[Place]:
        """The places of numbers that are merged over rows or columns that differ: of which they are is not
        said."""
        found = set()
        for (row, column), last in self.sheet.merges:
            if column in self.valued:
                heads = {one.text for one in self.columns[column : last[1] + 1]}
                if len(heads) > 1 or any(map(any, self.grid[row + 1 : last[0] + 1])):
                    found.add((row, column))
        return found


def _time(said: Said, remark: Said, column: Column, above: _Above, marked: list[str]) -> tuple[str, str]:
    """The period and the kind of a number, by what its row, the remark on it and its column say and by the
    notes to these labels."""
    both = together([said, column.said])
    outcome = both.kind in ("", "actual") and not both.compared
    row = together([said, remark]) if outcome else said
    period = joined_period(column.said, row, replace(above.title, kind=above.kinds.kind))
    noted = (remark.kind or kind_noted(notes_of(above.notes), marked, period)) if outcome else ""
    return period, noted or both.kind or kind_over(above.kinds, period)


def _is_number(column: Column, text: str) -> bool:
    """Whether the cell of a column of labels is a number, and not an order or a time."""
    return bool(NUMBER.fullmatch(text)) and not (column.role in ("ordinal", "period") and "," not in text)


def _remark(remarks: list[str], columns: list[Column]) -> Said:
    """What the remarks of a row say of its one outcome; where it has several, it is not said which of them is
    meant."""
    said = together([remark_of(text) for text in remarks])
    outcomes = [
        column for column in columns if column.said.kind in ("", "actual") and not column.said.compared
    ]
    return Said("unclear") if len(outcomes) > 1 and (said.kind or said.names_time) else said
