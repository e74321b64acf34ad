"""A file of an office as sheets of cells: Excel, CSV in any encoding, with checks against damaged and hostile
files.

Cells come as text, as they stand in the file and with their letters mended; whatever was mended, and every
formula without a value, is reported beside them. Nothing in a file is run."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import python_calamine
from openpyxl.utils import column_index_from_string, get_column_letter

from baoyen_analysis.printed.repair import repair

LARGEST_UNPACKED = 300_000_000  # bytes of an .xlsx once unpacked
MOST_CELLS = 20_000_000  # of a sheet's rectangle, from A1 to its last cell


class OfficeFileError(ValueError):
    """A file that cannot be read at all: which file, what is wrong, what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path.name}: {problem}. {remedy}.")
        self.path, self.problem, self.remedy = path, problem, remedy


@dataclass
class Sheet:
    """Cells as they stand in the file, and as they are read: stripped and with their letters mended. `typed`:
    places (row, column) that hold a number and not its text; `factors`: of those that Excel shows multiplied
    (percentages) or divided (thousands); `merges`: first and last place of merged cells; `fonts`: of cells in
    a legacy font; `blind`: formats, and cells without a value, can't be looked at (.xls); `above`: rows
    that are lines of a document over its table."""

    name: str
    cells: list[list[str]]
    typed: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    factors: dict[tuple[int, int], float] = field(default_factory=dict)
    blind: bool = False
    problems: list[tuple] = field(default_factory=list)
    grid: list[list[str]] = field(default_factory=list)
    above: int = 0

    def report(self, row: int, column: int, text: str, problem: str, remedy: str) -> None:
        self.problems.append((self.name, self.place(row, column), text, problem, remedy))

    def place(self, row: int, column: int) -> str:
        """The place of a cell in the words of a spreadsheet; in a document counted from the table's first row,
        "" in the lines over it."""
        return cell_name(row - self.above, column) if row >= self.above else ""


def cell_name(row: int, column: int) -> str:
    """The place in the words of a spreadsheet, from row 0 and column 0.

    >>> cell_name(6, 2)
    'C7'
    """
    return f"{get_column_letter(column + 1)}{row + 1}"


_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin


def contents(path: Path) -> bytes:
    """The bytes of a file that may hold a table."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeFileError(
            path, f"it cannot be opened ({error.strerror})", "Check its name and that no program holds it"
        ) from error
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not data.strip(b"\xef\xbb\xbf \r\n\t"):
        raise OfficeFileError(path, "it is empty", "Save the table again")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise OfficeFileError(path, "it is protected by a password", "Save a copy without the password")
    if start.startswith(b"<"):
        raise OfficeFileError(
            path, "it is a web page, whatever its name says", "Open it in Excel and save it as .xlsx"
        )
    return data


def is_workbook(data: bytes) -> bool:
    return data.startswith(_WORKBOOK)


def is_document(data: bytes) -> bool:
    """Whether a file is a PDF, or a text of Word, OpenDocument or RTF."""
    if data.startswith((b"%PDF", b"{\\rtf")):
        return True
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        parts = ("WordDocument".encode("utf-16-le") in data, "Workbook".encode("utf-16-le") in data)
        return parts == (True, False)
    return data.startswith(b"PK") and (b"word/document.xml" in data or b"opendocument.text" in data[:200])


def sheets_of(path: Path, data: bytes, *, only: str, font: str) -> list[Sheet]:
    """The sheets of a workbook or a CSV, the tables of a document. `only`: one sheet alone; `font`: of a file in
    a legacy encoding."""
    if is_document(data):
        from baoyen_analysis.intake import documents

        sheets = documents.sheets_of(path, data, only)
    else:
        sheets = _excel(path, data, only) if is_workbook(data) else [_csv(path, data, font)]
    for sheet in sheets:
        _mend_letters(sheet, font)
    return sheets


def _excel(path: Path, data: bytes, only: str) -> list[Sheet]:
    package = data.startswith(b"PK")
    look_behind = package and _needs_second_look(path, data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        pages = {
            sheet.name: sheet
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        }
        names = list(pages)
        if only and only not in names:
            raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(names)}")
        sheets = [
            _excel_sheet(book.get_sheet_by_name(name), blind=not package)
            for name in names
            if only in ("", name)
        ]
    except python_calamine.PasswordError as error:
        raise OfficeFileError(
            path, "it is protected by a password", "Save a copy without the password"
        ) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise OfficeFileError(
            path, f"it is no whole workbook ({error})", "Open it in Excel and save it again"
        ) from error
    for sheet in sheets:
        if pages[sheet.name].visible != python_calamine.SheetVisibleEnum.Visible:
            sheet.report(
                0,
                0,
                sheet.name,
                "a hidden sheet; it is read like the others",
                "Say sheet=… for another one, or delete it",
            )
    if look_behind:
        _second_look(path, data, {sheet.name: sheet for sheet in sheets})
    return sheets


def _needs_second_look(path: Path, data: bytes) -> bool:
    """Checks the sizes before a workbook is unpacked; says whether formulas, errors or legacy fonts are in
    it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise OfficeFileError(
                    path, f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB", "Save the needed sheet alone"
                )
            unpacked = {name: _unpacked(path, package, name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise OfficeFileError(
            path, "it is damaged or cut short", "Open it in Excel and save it again"
        ) from error
    parts = [part for name, part in unpacked.items() if name.startswith("xl/") and name.endswith(".xml")]
    look_behind = any(re.search(_BEHIND, part) for part in parts)
    for part in parts:
        # One stray cell at the foot of a sheet would make the whole rectangle, and the second look makes
        # every merged cell.
        rows, columns = _extent(re.findall(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"', part))
        if columns * rows > MOST_CELLS:
            raise OfficeFileError(
                path,
                f"a sheet spans {rows} rows and {columns} columns",
                "Delete the stray cells far from the table",
            )
        rows, columns = _extent(re.findall(rb'<(?:\w+:)?mergeCell\s[^>]*?:([A-Z]{1,3})(\d{1,7})"', part))
        if look_behind and columns * rows > MOST_CELLS // 20:
            raise OfficeFileError(
                path,
                f"cells are merged as far as row {rows} and column {columns}",
                "Unmerge those outside the table",
            )
    return look_behind


def _extent(places: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    return max((int(row) for _, row in places), default=0), max(
        (column_index_from_string(column.decode()) for column, _ in places), default=0
    )


# A formula, an error, a legacy font, hidden rows or columns, and formats of percentages, dates and thousands.
_IN_THOUSANDS = r"[0#?](,+)(?![0#?,])"
_BEHIND = (
    rb'<f[ >/]|t="e"|val="\.Vn|val="VNI|<(?:\w+:)?(?:row|col) [^>]*hidden="(?:1|true)"|numFmtId="(?:9|10|1[4-7])"|formatCode="[^"]*(?:[%yY]|'
    + _IN_THOUSANDS.encode()
    + rb")"
)


def _unpacked(path: Path, package: zipfile.ZipFile, name: str) -> bytes:
    """A part of a workbook, unpacked piece by piece: its directory may lie about its size."""
    with package.open(name) as part:
        pieces, size = [], 0
        while piece := part.read(1 << 20):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_UNPACKED:
                raise OfficeFileError(
                    path, f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB", "Save the needed sheet alone"
                )
    return b"".join(pieces)


def _excel_sheet(sheet: python_calamine.CalamineSheet, *, blind: bool) -> Sheet:
    values = sheet.to_python(skip_empty_area=False)
    typed = {
        (r, c) for r, row in enumerate(values) for c, cell in enumerate(row) if type(cell) in (int, float)
    }
    cells = [
        [str(int(cell)) if type(cell) is float and cell.is_integer() else str(cell) for cell in row]
        for row in values
    ]
    corner = len(cells) - 1, max(map(len, cells), default=0) - 1
    merges = [
        (first, (min(last[0], corner[0]), min(last[1], corner[1])))
        for first, last in sheet.merged_cell_ranges or ()
    ]
    return Sheet(
        sheet.name, cells, typed, [(first, last) for first, last in merges if first <= corner], blind=blind
    )


def _second_look(path: Path, data: bytes, sheets: dict[str, Sheet]) -> None:
    """Notes fonts, percentages, hidden rows and columns, dates that show less than a day, and the formulas
    and errors that have no value: the quick reader shows those as empty cells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which are not looked at
        try:
            book = openpyxl.load_workbook(io.BytesIO(data))
        except Exception as error:  # a damaged part raises whatever its parser raises
            raise OfficeFileError(
                path, f"it is damaged ({error})", "Open it in Excel and save it again"
            ) from error
    for page in (page for page in book.worksheets if page.title in sheets):
        sheet = sheets[page.title]
        hidden = [f"row {row}" for row, dimension in sorted(page.row_dimensions.items()) if dimension.hidden]
        hidden += [
            f"column {column}"
            for column, dimension in sorted(page.column_dimensions.items())
            if dimension.hidden
        ]
        if hidden:
            said = ", ".join(hidden[:10]) + ", …" * (len(hidden) > 10)
            sheet.report(
                0,
                0,
                said,
                "hidden rows or columns; they are read like the others",
                "Show them, or delete them",
            )
        for cell in (cell for row in page.iter_rows() for cell in row if cell.value is not None):
            place = (cell.row - 1, cell.column - 1)
            stored = (
                place[0] < len(sheet.cells)
                and place[1] < len(sheet.cells[place[0]])
                and sheet.cells[place[0]][place[1]]
            )
            if cell.data_type in "fe" and not stored:
                sheet.report(
                    *place,
                    str(cell.value),
                    "a formula without a stored value, or an error",
                    "Open it in Excel, mend it and save",
                )
            shown = (
                re.search(f"(%)|{_IN_THOUSANDS}", cell.number_format or "") if cell.data_type == "n" else None
            )
            if shown:
                sheet.factors[place] = 100 if shown[1] else 1000.0 ** -len(shown[2])
            if (
                cell.is_date
                and stored
                and "d" not in cell.number_format.lower()
                and hasattr(cell.value, "year")
            ):
                year = f"{cell.value.year}"
                sheet.cells[place[0]][place[1]] = (
                    f"{cell.value.month:02d}/{year}" if "m" in cell.number_format.lower() else year
                )
            if (cell.font.name or "").startswith((".Vn", "VNI")):
                sheet.fonts[place] = cell.font.name


def _csv(path: Path, data: bytes, font: str) -> Sheet:
    try:
        text, encoding = _decoded(data, font)
        tried = {
            delimiter: list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            for delimiter in ";\t|,"
        }
    except (UnicodeError, csv.Error) as error:
        raise OfficeFileError(
            path, f"it is no table in plain text ({error})", "Open it in Excel and save it as CSV UTF-8"
        ) from error
    # Cells in rows of the commonest width; a comma may be a decimal, so it comes last.
    widths = {
        mark: Counter(len(row) for row in rows if len(row) > 1).most_common(1) for mark, rows in tried.items()
    }
    filled = {mark: width[0][0] * width[0][1] if width else 0 for mark, width in widths.items()}
    mark = next(mark for mark in tried if filled[mark] * 2 >= max(filled.values()))
    sheet = Sheet("", tried[mark])
    if mark == ",":
        _refuse_ragged(sheet)
    if encoding:
        sheet.report(
            0,
            0,
            path.name,
            f"not saved as UTF-8; read as {encoding}",
            "Check the letters, or save it as CSV UTF-8",
        )
    return sheet


def _refuse_ragged(sheet: Sheet) -> None:
    """Takes out, and reports, each row that a decimal comma without quotation marks has made longer than
    those above it ("98,7,3")."""
    width = 0
    for r, row in enumerate(sheet.cells):
        filled = len(row) - next((n for n, cell in enumerate(reversed(row)) if cell.strip()), len(row))
        split = any(
            re.fullmatch(r"\s*-?\d+", a) and re.fullmatch(r"\d{1,3}\s*", b)
            for a, b in itertools.pairwise(row)
        )
        if 1 < width < filled and split:
            sheet.report(
                r,
                0,
                ",".join(row),
                "more cells than the rows above: is a comma a decimal?",
                "Save it with ; between the cells",
            )
            sheet.cells[r] = []
        else:
            width = max(width, filled) if filled > 1 else 0


def _decoded(data: bytes, font: str) -> tuple[str, str]:
    """The text, and its encoding where that had to be found out."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), ""
    if b"\0" in data:
        raise UnicodeError("it holds bytes that no text has")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if font or repair(text.split())[1]["repair"].isin(["tcvn3", "vni"]).any():
        return text, "a legacy font's letters"
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")), "windows-1258"


def _mend_letters(sheet: Sheet, font: str) -> None:
    """Fills `grid`; every mended letter is reported."""
    sheet.grid = [[cell.strip() for cell in row] for row in sheet.cells]
    places = [
        (r, c)
        for r, row in enumerate(sheet.grid)
        for c, cell in enumerate(row)
        if cell and (r, c) not in sheet.typed
    ]
    for name in {font, *sheet.fonts.values()}:
        mine = [place for place in places if sheet.fonts.get(place, font) == name]
        mended, report = repair([sheet.grid[r][c] for r, c in mine], font=name)
        for (r, c), text in zip(mine, mended, strict=True):
            sheet.grid[r][c] = text
        for step in report.itertuples():
            problem = (
                step.repair if step.after == step.before else f"letters mended ({step.repair}): {step.after}"
            )
            sheet.report(*mine[step.position], step.before, problem, "Check the spelling")
