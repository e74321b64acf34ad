"""A file of an office as sheets of cells, with checks against damaged and hostile files.

Cells come as text, as they are shown and with their letters mended; whatever was mended, hidden or can't be
seen is reported beside them. Blank rows and columns are left out but for one between what they part, so that
a stray cell far from the table costs nothing. Nothing in a file is run."""

from __future__ import annotations

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
    not their places here; `merges`: first and last place of merged cells; `fonts`: of cells in a legacy
    font."""

    name: str
    grid: list[list[str]]
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    fonts: dict[Place, str] = field(default_factory=dict)
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
