"""The cells of a sheet while a workbook is read: what is shown in each, counted as they come."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS

from baoyen_analysis.intake.numberformats import Typed, plain, shown
from baoyen_analysis.intake.sheets import (
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    OfficeFileError,
    Place,
    Problem,
    Sheet,
    cell_name,
    column_name,
)


class Style(NamedTuple):
    """What a cell's style says: its number format ("" for General), a legacy font, raised digits."""

    code: str = ""
    font: str = ""
    raised: bool = False


def styles_of(
    codes: dict[int, str], fonts: list[tuple[str, bool]], pairs: list[tuple[int, int]]
) -> list[Style]:
    """The styles of a workbook, by the numbers of their formats and fonts."""
    codes = BUILTIN_FORMATS | codes
    plain_codes = {number: "" if code in ("General", "@") else code for number, code in codes.items()}
    none = ("", False)
    return [
        Style(plain_codes.get(code, ""), *(fonts[font] if font < len(fonts) else none))
        for code, font in pairs
    ]


def legacy_font(name: str) -> str:
    """The name of a font where its letters are not those of Unicode."""
    return name if name.startswith((".Vn", "VNI")) else ""


def raised(text: str, before: str) -> str:
    """Raised letters as a mark beside what they are raised over: "(1)"; "²" after a metre; an ordinal's
    letters stay."""
    mark = text.strip().strip("()")
    if mark in ("2", "3") and re.search(r"(?:^|[^a-z])[kcd]?m$", before.lower()):
        return "²" if mark == "2" else "³"
    return f"({mark})" if re.fullmatch(r"\d{1,2}|\*+|[a-e]", mark) else text


class Cells:
    """The cells of one sheet while it is read: kept where there are any, counted as they come. `name`: of the
    sheet; places are those in the file."""

    def __init__(self, path: Path, name: str, *, counted: int = 0, hidden: bool = False) -> None:
        self.path, self.name, self.counted = path, name, counted
        self.lines: list[tuple[int, dict[int, str]]] = []
        self.merges: list[tuple[Place, Place]] = []
        self.fonts: dict[Place, str] = {}
        self.problems: list[Problem] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []  # the first and the last of each run
        if hidden:
            problem = "a hidden sheet; it is read like the others"
            self.report(0, 0, name, problem, "Say sheet=… for another one, or delete it")

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

    def shown(
        self, row: int, column: int, text: str, style: Style, *, number: bool, from_1904: bool = False
    ) -> str:
        """A cell's stored text or number as it is shown; its font is noted, a number that is hidden
        reported."""
        if style.raised:
            return raised(text, "")
        if not number:
            if style.font:
                self.fonts[row, column] = style.font
            return text
        if not style.code:
            return Typed(text if len(text) < 16 and text.replace(".", "").isdigit() else plain(text))
        found = shown(text, style.code, from_1904=from_1904)
        if not found:
            self.report(row, column, text, "a number that its format does not show", "Show it, or delete it")
        return found

    def report_no_value(self, row: int, column: int, text: str) -> None:
        problem = "a formula without a stored value, or an error"
        self.report(row, column, text, problem, "Open it in Excel, mend it and save")

    def report(self, row: int, column: int, text: str, problem: str, remedy: str) -> None:
        self.problems.append((self.name, cell_name(row, column), text, problem, remedy))

    def sheet(self) -> Sheet:
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
            problems=self.problems,
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
