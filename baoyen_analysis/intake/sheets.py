"""A file of an office as sheets of cells, with checks against damaged and hostile files.

Cells come as text, as they are shown and with their letters mended; whatever was mended, hidden or can't be
seen is reported beside them. Nothing in a file is run."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

LARGEST_UNPACKED = 300_000_000  # bytes of a workbook once unpacked
MOST_CELLS = 12_000_000  # of a file, blank ones between them counted
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_BLANK: list[str] = []  # a row without cells
_MOST_BLANKS = 2  # rows one after the other that part tables; more say no more
UNSEEN_FORMATS = "formats, hidden rows and raised digits can't be seen in this kind of file"
LONGEST_TEXT = 32_767  # letters of a cell, as in Excel

# What was taken is not given back (*+): in a cell of blanks it would be tried in every way.
NUMBER = re.compile(r"\(?\s*+[<>≥≤~≈]*+\s*+[-−–+]?\s*+\d[\d.,\s]*+\)?\s*+[%‰]?\s*+(\(\d+\)|\*+)?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[,;]\s+(?:19|20)\d\d)+")
_MISSING = re.compile(r"\.\.+|…|-+|–|—")
UNIT_LINE = re.compile(
    r"(?i)\(?\s*(?:đơn vị tính|đơn vị|đvt|unit)\s*[:：]\s*(.+?)(?:\s*[-–/]\s*unit\s*[:：].*)?\s*\)?$"
)
IS_NOTE = re.compile(r"(?i)\(?\*+\)?|(?:ghi chú|chú thích|notes?)\s*:")

Place = tuple[int, int]
Problem = tuple[str, str, str, str, str]  # sheet, cell, text, problem, remedy


class OfficeFileError(ValueError):
    """A file that cannot be read at all: which file, what is wrong, what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path.name}: {problem}. {remedy}.")
        self.path, self.problem, self.remedy = path, problem, remedy


class Refused(Exception):
    """What is wrong with a file and what to do, where its name is not known."""


@dataclass
class Sheet:
    """The cells of a sheet, row by row. `rows`: their numbers in the file, from 0, where these are not their
    places here; `merges`: first and last place of merged cells; `fonts`: of cells in a legacy font; `hidden`:
    rows and columns; `counted`: cells of the file up to here."""

    name: str
    grid: list[list[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    fonts: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    hidden: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    counted: int = 0

    def add(self, row: int, cells: dict[int, str]) -> None:
        """A row, after those above it; a blank one may be left out."""
        if not cells:
            return
        width = max(cells) + 1
        self.counted += width
        if self.counted > MOST_CELLS or width > MOST_COLUMNS or row >= MOST_ROWS:
            raise Refused(f"it has over {MOST_CELLS:,} cells", "Save the needed table alone")
        if max(map(len, cells.values())) > LONGEST_TEXT:
            raise Refused(f"a cell of row {row + 1} holds over {LONGEST_TEXT:,} letters", "Shorten it")
        if row < len(self.grid):
            raise Refused(f"row {row + 1} comes twice or out of its order", "Save it again")
        self.grid += [_BLANK] * (row - len(self.grid))
        self.grid.append([cells.get(column, "") for column in range(width)])

    def close_gaps(self) -> None:
        """Leaves out blank rows where many follow each other, as above a cell far below a table."""
        most, rows = _MOST_BLANKS, range(len(self.grid))
        kept = [row for row in rows if row < most or any(self.grid[row - most : row + 1])]
        if len(kept) == len(rows):
            return
        self.grid = [self.grid[row] for row in kept]
        place = {row: number for number, row in enumerate(kept)}
        self.merges = [
            ((place[top], left), (place.get(bottom, bisect_right(kept, bottom) - 1), right))
            for (top, left), (bottom, right) in self.merges
            if top in place
        ]
        self.fonts = {(place[row], column): font for (row, column), font in self.fonts.items()}
        self.rows = [self.rows[row] for row in kept] if self.rows else kept

    def cell(self, row: int, column: int) -> str:
        """The name of a cell in the file."""
        return f"{_column_name(column)}{(self.rows[row] if self.rows else row) + 1}"

    def report(self, row: int, column: int, text: str, problem: str, remedy: str) -> None:
        self.problems.append((self.name, self.cell(row, column), text, problem, remedy))

    def report_no_value(self, row: int, column: int, text: str) -> None:
        problem = "a formula without a stored value, or an error"
        self.report(row, column, text, problem, "Open it in Excel, mend it and save")

    def report_hidden(self, *, whole: bool) -> None:
        """Reports that a sheet is hidden, and its hidden rows and columns that hold cells."""
        if whole:
            problem = "a hidden sheet; it is read like the others"
            self.report(0, 0, self.name, problem, "Say sheet=… for another one, or delete it")
        rows, columns = self.hidden
        held = (
            {c for row in self.grid for c, text in enumerate(row) if text and c in columns} if columns else ()
        )
        names = {
            "row": [str(row + 1) for row, cells in enumerate(self.grid) if row in rows and any(cells)],
            "column": map(_column_name, sorted(held)),
        }
        said = [f"{name}{'s' * (', ' in its)} {its}" for name, of in names.items() if (its := ", ".join(of))]
        if said:
            problem = "hidden rows or columns; they are read like the others"
            self.report(0, 0, ", ".join(said), problem, "Show them, or delete them")


def is_figure(text: str) -> bool:
    """Whether a cell is a number or a mark for a missing one; a list of years is neither."""
    return bool((NUMBER.fullmatch(text) and not _YEARS.fullmatch(text)) or _MISSING.fullmatch(text))


def legacy_font(name: str | None) -> str:
    """The name of a font where its letters are not those of Unicode."""
    return name if name and name.startswith((".Vn", "VNI")) else ""


def raised(text: str, before: str) -> str:
    """Raised letters as a mark beside what they are raised over: "(1)"; "²" after a metre; an ordinal's
    letters stay."""
    mark = text.strip().strip("()")
    if mark in ("2", "3") and re.search(r"(?:^|[^a-z])[kcd]?m$", before.lower()):
        return "²" if mark == "2" else "³"
    return f"({mark})" if re.fullmatch(r"\d{1,2}|\*+|[a-e]", mark) else text


def _column_name(column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters
