"""A file of an office as sheets of cells, with checks against damaged and hostile files.

Cells come as text, as they are shown and with their letters mended; whatever was mended, hidden or can't be
seen is reported beside them. Blank rows and columns are left out but for one between what they part, so that
a stray cell far from the table costs nothing. Nothing in a file is run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path

LARGEST_UNPACKED = 300_000_000  # bytes of a workbook once unpacked
MOST_CELLS = 12_000_000  # of a file, blank ones between them counted
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767  # letters of a cell, as in Excel

Place = tuple[int, int]
Problem = tuple[str, str, str, str, str]  # sheet, cell, text, problem, remedy


class OfficeFileError(ValueError):
    """A file that cannot be read at all: which file, what is wrong, what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path.name}: {problem}. {remedy}.")
        self.path, self.problem, self.remedy = path, problem, remedy


@dataclass
class Sheet:
    """The cells of a sheet, row by row. `rows`, `columns`: their numbers in the file, from 0, where these are
    not their places here; `merges`: first and last place of merged cells; `fonts`: of cells in a legacy font;
    `blind`: what the file says of formats, hidden rows and raised digits can't be looked at."""

    name: str
    grid: list[list[str]]
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    fonts: dict[Place, str] = field(default_factory=dict)
    blind: bool = False
    problems: list[Problem] = field(default_factory=list)

    def cell(self, row: int, column: int) -> str:
        """The name of a cell in the file."""
        return cell_name(
            self.rows[row] if self.rows else row, self.columns[column] if self.columns else column
        )

    def report(self, row: int, column: int, text: str, problem: str, remedy: str) -> None:
        self.problems.append((self.name, self.cell(row, column), text, problem, remedy))


def cell_name(row: int, column: int) -> str:
    """The place in the words of a spreadsheet, from row 0 and column 0.

    >>> cell_name(6, 2), cell_name(0, 16383)
    ('C7', 'XFD1')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters


class Cells:
    """The cells of one sheet while it is read: kept where there are any, counted as they come. `name`: of the
    sheet; places are those in the file."""

    def __init__(self, path: Path, name: str, *, counted: int = 0) -> None:
        self.path, self.name, self.counted = path, name, counted
        self.lines: list[tuple[int, dict[int, str]]] = []
        self.merges: list[tuple[Place, Place]] = []
        self.fonts: dict[Place, str] = {}
        self.problems: list[Problem] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []  # the first and the last of each run

    def add(self, row: int, cells: dict[int, str]) -> None:
        """A row, after those above it."""
        if not cells:
            return
        self.counted += len(cells)
        if self.counted > MOST_CELLS or max(cells) >= MOST_COLUMNS:
            raise OfficeFileError(
                self.path, f"it has over {MOST_CELLS:,} cells", "Save the needed table alone"
            )
        if max(map(len, cells.values())) > LONGEST_TEXT:
            raise OfficeFileError(
                self.path, f"a cell of row {row + 1} holds over {LONGEST_TEXT:,} letters", "Shorten it"
            )
        if self.lines and self.lines[-1][0] >= row:
            raise OfficeFileError(
                self.path, f"row {row + 1} comes twice or out of its order", "Save it again"
            )
        self.lines.append((row, cells))

    def report(self, row: int, column: int, text: str, problem: str, remedy: str) -> None:
        self.problems.append((self.name, cell_name(row, column), text, problem, remedy))

    def sheet(self, *, blind: bool = False) -> Sheet:
        """The sheet, with one blank row and column in the place of any number of them."""
        rows = _with_gaps([row for row, _ in self.lines])
        columns = _with_gaps(sorted(set().union(*(cells for _, cells in self.lines))))
        if len(rows) * len(columns) > MOST_CELLS:
            raise OfficeFileError(
                self.path,
                f"a sheet spans {len(rows)} rows and {len(columns)} columns",
                "Delete the stray cells far from the table",
            )
        lines = dict(self.lines)
        grid = []
        for row in rows:
            cells = lines.get(row, {})
            last = max(cells, default=-1)
            grid.append([cells.get(column, "") for column in columns if column <= last])
        across, down = _places(columns), _places(rows)
        self._report_hidden(lines, across)
        merges = [
            (_held(rows, first[0], last[0]), _held(columns, first[1], last[1])) for first, last in self.merges
        ]
        return Sheet(
            self.name,
            grid,
            rows,
            columns,
            [
                ((top, left), (bottom, right))
                for (top, bottom), (left, right) in merges
                if top <= bottom and left <= right
            ],
            {(down[row], across[column]): font for (row, column), font in self.fonts.items()},
            blind,
            self.problems,
        )

    def _report_hidden(self, lines: dict[int, dict[int, str]], across: dict[int, int]) -> None:
        """Reports the hidden rows and columns that hold cells."""
        rows = [str(row + 1) for row in self.hidden_rows if row in lines]
        columns = [column_name(c) for c in sorted(across) if any(a <= c <= b for a, b in self.hidden_columns)]
        said = [
            f"{name}{'s' * (len(places) > 1)} {', '.join(places)}"
            for name, places in (("row", rows), ("column", columns))
            if places
        ]
        if said:
            problem = "hidden rows or columns; they are read like the others"
            self.report(0, 0, ", ".join(said), problem, "Show them, or delete them")


def _with_gaps(numbers: list[int]) -> list[int]:
    """Numbers of rows or columns, with one of those that lie between two of them, or before the first."""
    found, last = [], -1
    for number in numbers:
        found += [number - 1, number] if number > last + 1 else [number]
        last = number
    return found


def _places(numbers: list[int]) -> dict[int, int]:
    return {number: place for place, number in enumerate(numbers)}


def _held(numbers: list[int], first: int, last: int) -> tuple[int, int]:
    """The places of the first and the last of the rows or columns of a merged cell that are held."""
    return bisect_left(numbers, first), bisect_right(numbers, last) - 1
