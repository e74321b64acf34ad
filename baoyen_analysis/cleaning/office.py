"""An office's own table, whatever its layout, read into tidy rows: tidy or wide CSV, Excel, GSO PX-Web downloads, PC-Axis.

A file becomes sheets of cells; a sheet becomes tables (title lines, header rows, body, footnotes); every number in a table becomes a row
with the words around it, and every number that does not is reported. Nothing in a file is run, and nothing is added to what it says.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import python_calamine
from openpyxl.utils import column_index_from_string, get_column_letter

from baoyen_analysis.cleaning.figures import UnreadableFigure, parse_figure, parse_figures
from baoyen_analysis.cleaning.periods import Period, UnreadablePeriod, parse_period
from baoyen_analysis.cleaning.places import AREAS, OTHER_NAMES
from baoyen_analysis.cleaning.text import fold, repair

WORDS = ("sheet", "cell", "title", "note", "group_text", "row_text", "column_text", "area_text", "indicator_text", "period_text",
         "value_text", "unit_text")
PERIOD = ("year", "year_end", "part", "status")
FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator", "missing")
PROBLEMS = ("sheet", "cell", "text", "problem", "remedy")

LARGEST_UNPACKED = 300_000_000  # bytes of an .xlsx once unpacked
MOST_CELLS = 20_000_000  # of a sheet's rectangle, from A1 to its last cell

# What the head of a column says about it.
_ROLES = {
    "ordinal": "stt|tt|số tt|no|no.|#|mã|mã số|code",
    "area": "area|areas|khu vực|địa phương|tỉnh|huyện|xã|tỉnh/thành phố|huyện/thị xã|xã/phường|xã, thị trấn|tên xã|tên huyện|vùng"
    "|đơn vị hành chính|province|provinces|district|commune|region|cities, provincies|cities, provinces",
    "period": "year|năm|period|kỳ|thời kỳ|thời gian|thời điểm",
    "unit": "unit|units|unit_text|đơn vị tính|đvt|đơn vị",
    "indicator": "indicator|indicators|chỉ tiêu|item|items|nội dung|khoản mục",
    "value": "value|value_text|giá trị|số liệu|figure",
}
_ROLE_OF = {fold(word): role for role, words in _ROLES.items() for word in words.split("|")}
_AREA_NAMES = {fold(name) for name in (*(area.name for area in AREAS), *OTHER_NAMES)}
_AREA_WORD = re.compile(r"(?i)(xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|tp\.?)\s|whole country$")
_MISSING = re.compile(r"\.\.+|…|-+|–|—")
_NUMBER = re.compile(r"\(?\s*[<>≥≤~≈]*\s*[-−–+]?\s*\d[\d.,\s]*\)?\s*[%‰]?\s*(\(\d+\)|\*+)?")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,])")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
# The head of a column that begins with its year, and the measure after it: "Sơ bộ 2022", "2018 (*)", "2010 Salary & wage", "2013T".
_YEAR_FIRST = re.compile(
    r"(?i)((?:(?:sơ bộ|ước tính|ước|thực hiện|năm|prel?\.?|est\.?|year)[\s\-–]*)*(?:19|20)\d\d(?:\s*\(\*+\)|\*+)?)"
    r"((?:\s+(?![-–/]\s*\d)|(?=[^\W\d])|$).*)"
)
_PART_OF_YEAR = re.compile(r"(?i)(quý|tháng|q[1-4]$|\d{1,2} tháng)")
_UNIT_LINE = re.compile(r"(?i)\(?\s*(?:đơn vị tính|đơn vị|đvt|unit)\s*[:：]\s*(.+?)\s*\)?$")
_UNIT = re.compile(
    r"(?i)((1[.,]?000|nghìn|ngàn|triệu|tỷ|tỉ|trăm|mill?\.?|bill?\.?|thous?\.?|million|billion|thousand)\s*)?"
    r"(đồng|đ|vnđ|vnd|usd|dongs?|người|persons?|lượt|khách|lượt khách|lượt người|visits?|visitors|ha|héc ta|km2|km²|m2|m²|m3|tấn|tons?"
    r"|tonnes?|tạ|kg|hộ|xã|con|%|‰|lần)(\s*/\s*\S.*)?"
)
_IN_LABEL = re.compile(r"\(([^()]*)\)|-\s*(%)\s*$")
# How the numbers of a sheet are written, where they show it.
_ENGLISH = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4}|\d,\d{3}[.,]|(?<!\d)0\.\d")
_VIETNAMESE = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d{3}[.,]|(?<!\d)0,\d")
_OPEN_HABIT = re.compile(r"-?\d{1,3}\.\d{3}")  # thousands or decimals? PC-Axis knows decimals alone


class OfficeFileError(ValueError):
    """A file that cannot be read at all: which file, what is wrong, what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path.name}: {problem}. {remedy}.")
        self.path, self.problem, self.remedy = path, problem, remedy


class OfficeTable(NamedTuple):
    """`rows`: one row a number; `problems`: what was not read, or was mended on the way."""

    rows: pd.DataFrame
    problems: pd.DataFrame


@dataclass
class _Sheet:
    """Cells as they stand in the file, and as they are read: stripped and with their letters mended. `typed`: places (row, column) that
    hold a number and not its text; `merges`: first and last place of merged cells; `fonts`: of cells in a legacy font."""

    name: str
    cells: list[list[str]]
    typed: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    problems: list[tuple] = field(default_factory=list)
    grid: list[list[str]] = field(default_factory=list)

    def report(self, row: int, column: int, text: str, problem: str, remedy: str) -> None:
        self.problems.append((self.name, _cell_name(row, column), text, problem, remedy))


@dataclass
class _Table:
    """The rows of a sheet, by number, that make one table. `between`: rows without numbers after the body began, headings or footnotes."""

    lines: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    value_column: int | None = None  # of a tidy table, whose values may be words


class _Column(NamedTuple):
    """What a column is (a role, "label" or "value") and what its head says."""

    role: str
    text: str
    measure: str
    period: str
    unit: str
    area: str


def read_office(path: str | Path, *, sheet: str = "", locale: str = "", unit: str = "", font: str = "") -> OfficeTable:
    """Every number of an office's file with the words around it.

    `sheet`: one sheet alone. `locale`: "vi" (1.234,5) or "en" (1,234.5) for numbers that are text, where the file itself leaves it open;
    else what its numbers show, else "vi". `unit`: for tables that print none. `font`: of a file in a legacy encoding ("VNI-Times").

    `rows`: sheet, cell ("C7"; for PC-Axis the place in DATA), title, note (the footnotes), group_text (heading inside the table), row_text
    and column_text (all labels), area_text, indicator_text, period_text, value_text (as in the cell), unit_text; year, year_end, part,
    status; value, low, high, unit, qualifier, denominator, missing (base units, as `parse_figures` gives them; where it does not know the
    unit the number is as printed and `unit` blank). Blank: the file does not say.
    `problems`: sheet, cell, text, problem, remedy: numbers that are in no row, text where a number should be, formulas without a stored
    value, units and periods not understood, repaired letters. Each number is in `rows`, in a label or in `problems`.

    Refuses with `OfficeFileError` a file that is missing, empty, damaged, protected by a password, too large once unpacked, or no table.
    An Excel percentage is read as it is stored (0.125), without its format.

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
    found: list[dict] = []
    problems: list[tuple] = []
    for part in _sheets(path, only=sheet, font=font):
        if isinstance(part, _Sheet):
            _mend_letters(part, font)
            found += _rows_of_sheet(part, unit=unit)
            problems += part.problems
        else:  # a PC-Axis file says what its numbers are; there is no layout to read
            found += part
    rows, doubts = _typed(pd.DataFrame(found, columns=[*WORDS, "figure"]), locale=locale)
    if not found:
        doubts.append(("", "", path.name, "no number was found", "Give a file with a table of numbers"))
    return OfficeTable(rows, pd.DataFrame(problems + doubts, columns=list(PROBLEMS)))


# ---------------------------------------------------------------------------------------------------------------------------------------
# Files -> sheets


def _sheets(path: Path, *, only: str, font: str) -> list:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeFileError(path, f"it cannot be opened ({error.strerror})", "Check its name and that no program holds it") from error
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not data.strip(b"\xef\xbb\xbf \r\n\t"):
        raise OfficeFileError(path, "it is empty", "Save the table again")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise OfficeFileError(path, "it is protected by a password", "Save a copy without the password")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _excel(path, data, only)
    if start.startswith((b"<", b"%pdf")):
        raise OfficeFileError(path, "it is a web page or a PDF, whatever its name says", "Open it in Excel and save it as .xlsx")
    if path.suffix.lower() == ".px" or re.match(rb'(charset|axis-version)\s*=\s*"', start):
        return [_pc_axis(path, data)]
    return [_csv(path, data, font)]


def _excel(path: Path, data: bytes, only: str) -> list[_Sheet]:
    look_behind = data.startswith(b"PK") and _needs_second_look(path, data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
        if only and only not in names:
            raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(names)}")
        sheets = [_excel_sheet(book.get_sheet_by_name(name)) for name in names if only in ("", name)]
    except python_calamine.PasswordError as error:
        raise OfficeFileError(path, "it is protected by a password", "Save a copy without the password") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise OfficeFileError(path, f"it is no whole workbook ({error})", "Open it in Excel and save it again") from error
    if look_behind:
        _second_look(path, data, {sheet.name: sheet for sheet in sheets})
    return sheets


def _needs_second_look(path: Path, data: bytes) -> bool:
    """Checks the sizes before a workbook is unpacked; says whether formulas, errors or legacy fonts are in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise OfficeFileError(path, f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB", "Save the needed sheet alone")
            parts = [package.read(name) for name in package.namelist() if name.startswith("xl/") and name.endswith(".xml")]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise OfficeFileError(path, "it is damaged or cut short", "Open it in Excel and save it again") from error
    for part in parts:
        # One stray cell at the foot of a sheet would make the whole rectangle.
        found = re.findall(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"', part)
        places = [(column_index_from_string(column.decode()), int(row)) for column, row in found]
        columns, rows = (max(numbers) for numbers in zip(*places)) if places else (0, 0)
        if columns * rows > MOST_CELLS:
            raise OfficeFileError(path, f"a sheet spans {rows} rows and {columns} columns", "Delete the stray cells far from the table")
    return any(re.search(rb'<f[ >/]|t="e"|val="\.Vn|val="VNI', part) for part in parts)


def _excel_sheet(sheet: python_calamine.CalamineSheet) -> _Sheet:
    values = sheet.to_python(skip_empty_area=False)
    typed = {(r, c) for r, row in enumerate(values) for c, cell in enumerate(row) if type(cell) in (int, float)}
    cells = [[str(int(cell)) if type(cell) is float and cell.is_integer() else str(cell) for cell in row] for row in values]
    return _Sheet(sheet.name, cells, typed, list(sheet.merged_cell_ranges or ()))


def _second_look(path: Path, data: bytes, sheets: dict[str, _Sheet]) -> None:
    """Notes the fonts, and the formulas and errors that have no value: the quick reader shows those as empty cells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which are not looked at
        try:
            book = openpyxl.load_workbook(io.BytesIO(data))
        except Exception as error:  # a damaged part raises whatever its parser raises
            raise OfficeFileError(path, f"it is damaged ({error})", "Open it in Excel and save it again") from error
    for page in (page for page in book.worksheets if page.title in sheets):
        sheet = sheets[page.title]
        for cell in (cell for row in page.iter_rows() for cell in row if cell.value is not None):
            place = (cell.row - 1, cell.column - 1)
            stored = place[0] < len(sheet.cells) and place[1] < len(sheet.cells[place[0]]) and sheet.cells[place[0]][place[1]]
            if cell.data_type in "fe" and not stored:
                sheet.report(*place, str(cell.value), "a formula without a stored value, or an error", "Open it in Excel, mend it and save")
            if (cell.font.name or "").startswith((".Vn", "VNI")):
                sheet.fonts[place] = cell.font.name


def _csv(path: Path, data: bytes, font: str) -> _Sheet:
    try:
        text, encoding = _decoded(data, font)
        tried = {delimiter: list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) for delimiter in ";\t,"}
    except (UnicodeError, csv.Error) as error:
        raise OfficeFileError(path, f"it is no table in plain text ({error})", "Open it in Excel and save it as CSV UTF-8") from error
    # Cells in rows of the commonest width; a comma may be a decimal, so it comes last.
    widths = {mark: Counter(len(row) for row in rows if len(row) > 1).most_common(1) for mark, rows in tried.items()}
    filled = {mark: width[0][0] * width[0][1] if width else 0 for mark, width in widths.items()}
    mark = next(mark for mark in tried if filled[mark] * 2 >= max(filled.values()))
    sheet = _Sheet("", tried[mark])
    if encoding:
        sheet.report(0, 0, path.name, f"not saved as UTF-8; read as {encoding}", "Check the letters, or save it as CSV UTF-8")
    return sheet


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


def _mend_letters(sheet: _Sheet, font: str) -> None:
    """Fills `grid`; every mended letter is reported."""
    sheet.grid = [[cell.strip() for cell in row] for row in sheet.cells]
    places = [(r, c) for r, row in enumerate(sheet.grid) for c, cell in enumerate(row) if cell and (r, c) not in sheet.typed]
    for name in {font, *sheet.fonts.values()}:
        mine = [place for place in places if sheet.fonts.get(place, font) == name]
        mended, report = repair([sheet.grid[r][c] for r, c in mine], font=name)
        for (r, c), text in zip(mine, mended, strict=True):
            sheet.grid[r][c] = text
        for step in report.itertuples():
            problem = step.repair if step.after == step.before else f"letters mended ({step.repair}): {step.after}"
            sheet.report(*mine[step.position], step.before, problem, "Check the spelling")


# ---------------------------------------------------------------------------------------------------------------------------------------
# Sheets -> tables


def _cell_name(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row + 1}"


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _MISSING.fullmatch(text))


@lru_cache(maxsize=10_000)
def _head_period(text: str) -> tuple[str, str] | None:
    """The period in the head of a column and the words beside it; None where there is none."""
    years = _YEAR.findall(text)
    if years and (found := _YEAR_FIRST.fullmatch(text)):
        return found[1].strip(), found[2].strip()
    if years and _period_of(text):
        return text, ""
    return (years[0], " ".join(text.replace(years[0], " ").split())) if len(years) == 1 else None


def _is_area(text: str) -> bool:
    return bool(_AREA_WORD.match(text)) or fold(text) in _AREA_NAMES


def _unit_of(label: str) -> str:
    """The unit that a label ends in or consists of: "Diện tích (ha)", "Nghìn người"."""
    inside = [first or last for first, last in _IN_LABEL.findall(label) if _UNIT.fullmatch((first or last).strip())]
    return inside[-1].strip() if inside else label if _UNIT.fullmatch(label) else ""


def _kind_of_row(cells: list[str], *, fresh: bool) -> str:
    """blank, line (a title, a heading, a note), labels, head or figures. `fresh`: a table may begin here."""
    filled = [(column, text) for column, text in enumerate(cells) if text]
    if len(filled) < 2 and not any(column and _head_period(text) or _is_figure(text) for column, text in filled):
        return "line" if filled else "blank"
    if any(_UNIT_LINE.match(text) for _, text in filled):
        return "line"
    figures = [text for _, text in filled if _is_figure(text)]
    numbers = [text.strip("()") for text in figures]
    if fresh and len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)] and len(filled) - len(numbers) < 3:
        return "head"  # a row that numbers the columns
    if not all(map(_BARE_YEAR.fullmatch, figures)):
        return "figures"
    worded = any(_head_period(text) and not _is_figure(text) for _, text in filled[1:])
    if not figures and not worded:
        return "labels"
    named = filled[0][0] > 0 or fold(filled[0][1]) in _ROLE_OF
    rising = fresh and len(figures) > 1 and figures == sorted(set(figures)) and not _is_figure(filled[0][1])
    return "head" if worded or named or rising else "figures"


def _tables(grid: list[list[str]]) -> list[_Table]:
    tables, blank = [_Table()], -1
    for r, cells in enumerate(grid):
        table = tables[-1]
        fresh = not table.body or blank == r - 1 or bool(table.between) and table.between[-1] == r - 1
        kind = _kind_of_row(cells, fresh=fresh)
        if table.value_column is not None and len(cells) > table.value_column and cells[table.value_column]:
            kind = "figures"
        if kind == "blank":
            blank = r
        elif kind == "figures":
            table.body.append(r)
        elif kind == "head" or kind == "labels" and fresh and not _is_heading(grid, table, cells):
            if table.body:
                title = [row for row in table.between if row > max(table.body[-1], blank if blank < r - 1 else -1)]
                tables.append(_Table(lines=title))
                table.between = [row for row in table.between if row not in title]
                table = tables[-1]
            table.head.append(r)
            table.value_column = next((c for c, text in enumerate(cells) if _ROLE_OF.get(fold(text)) == "value"), table.value_column)
        elif table.head and not any(map(_UNIT_LINE.match, cells)):
            table.between.append(r)
        else:
            table.lines.append(r)
    for table in tables:
        _part_head_from_title(grid, table)
    return tables


def _is_heading(grid: list[list[str]], table: _Table, cells: list[str]) -> bool:
    """Whether a row of labels is a heading inside the table: it begins like a body row and says nothing over the columns of values."""
    if table.body:
        return bool(cells[0]) and fold(cells[0]) not in _ROLE_OF
    dated = [c for row in table.head[-1:] for c, text in enumerate(grid[row]) if _head_period(text) or _is_figure(text)]
    return bool(dated) and not any(cells[min(dated):])


def _part_head_from_title(grid: list[list[str]], table: _Table) -> None:
    """The head is the unbroken run of rows above the body; what stands higher (a letterhead) is title."""
    rows, row = [], max(table.head, default=-1)
    while row >= 0 and (row in table.head or row in table.lines + table.between and not grid[row][0]):
        rows.insert(0, row)
        row -= 1
    early = {row for row in table.between if rows and row < rows[0]}
    table.between = [row for row in table.between if row not in early]
    table.lines = sorted({*table.lines, *table.head, *early} - set(rows))
    table.head = [row for row in rows if not any(map(_UNIT_LINE.match, grid[row]))]
    table.lines += [row for row in rows if row not in table.head]


# ---------------------------------------------------------------------------------------------------------------------------------------
# Tables -> rows


def _text(grid: list[list[str]], row: int, column: int) -> str:
    return grid[row][column] if column < len(grid[row]) else ""


def _heads(sheet: _Sheet, table: _Table, width: int, stubs: int) -> list[list[str]]:
    """The labels over each column, upper first. A label that spans columns stands over each of them: as the merged cells say, else over the
    empty cells to its right, but in the lowest row. `stubs`: the columns before the first value, over which nothing spans."""
    spans = {(r, c): first for first, last in sheet.merges for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)
             if r in table.head}
    heads: list[list[str]] = [[] for _ in range(width)]
    for r in table.head:
        open_ended, upper = r != table.head[-1] and not any(place[0] == r and place[1] != first[1] for place, first in spans.items()), ""
        for c in range(width):
            text = _text(sheet.grid, *spans.get((r, c), (r, c)))
            upper = text or (upper if open_ended and c > stubs else "")
            if upper and upper not in heads[c]:
                heads[c].append(upper)
    return heads


def _role(texts: list[str], heads: list[str], *, first: bool) -> str:
    """What a column is: by a word of its head where the cells bear it out, else "value" where half of its cells are figures."""
    figures = sum(map(_is_figure, texts))
    named = next((_ROLE_OF[fold(head)] for head in heads if fold(head) in _ROLE_OF), "")
    dated = any(map(_head_period, heads))
    if named in ("value", "ordinal") and not dated or named == "period" and not dated and all(map(_head_period, texts)):
        return named
    if dated or figures * 2 > len(texts):
        years = all(map(_BARE_YEAR.fullmatch, texts))
        return "period" if first and years and not dated else "value"
    if named in ("unit", "") and any(map(_is_area, texts)):
        return "area"
    return named or "label"


def _columns(sheet: _Sheet, table: _Table) -> list[_Column]:
    grid, width = sheet.grid, max(len(sheet.grid[row]) for row in table.body + table.head + table.between)
    texts = [[text for row in table.body if (text := _text(grid, row, c))] for c in range(width)]
    stubs = next((c for c in range(width) if 2 * sum(map(_is_figure, texts[c])) > len(texts[c])), width)
    heads = _heads(sheet, table, width, stubs)
    roles = [_role(texts[c], heads[c], first=c <= stubs) for c in range(width)]
    for c in range(width - 1):  # numbers 1, 2, 3 before a column of names are an order, though no head says so
        if roles[c] == "value" and roles[c + 1] != "value" and texts[c] == [str(n + 1) for n in range(len(texts[c]))]:
            roles[c] = "ordinal"
    return [_column(role, head) for role, head in zip(roles, heads, strict=True)]


def _column(role: str, heads: list[str]) -> _Column:
    dated = [found for found in map(_head_period, heads) if found]
    plain = [head for head in heads if not _head_period(head) and not _is_figure(head) and fold(head) not in _ROLE_OF]
    period = dated[0][0] if dated else ""
    for part in [head for head in plain if period and _PART_OF_YEAR.match(head)]:
        if _period_of(f"{part} {period}"):
            period, plain = f"{part} {period}", [head for head in plain if head != part]
    measures = [rest for _, rest in dated if rest] + plain
    area = next((measure for measure in measures if _is_area(measure)), "")
    unit = next((unit for measure in reversed(measures) if (unit := _unit_of(measure))), "")
    return _Column(role, " | ".join(heads), " | ".join(m for m in measures if m not in (area, unit)), period, unit, area)


def _rows_of_sheet(sheet: _Sheet, *, unit: str) -> list[dict]:
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
            alone = not any(cells[:c] + cells[c + 1 :]) if _BARE_YEAR.fullmatch(text) else False  # a year alone in its row is a title
            if (r, c) not in placed and ((r, c) in sheet.typed or _NUMBER.fullmatch(text)) and not alone:
                sheet.report(r, c, text, "a number outside the columns of any table", "Give it a column head, or leave it")
    return rows


def _rows_of_table(sheet: _Sheet, table: _Table, unit: str) -> tuple[list[dict], set[tuple[int, int]]]:
    grid, columns = sheet.grid, _columns(sheet, table)
    above = [text for row in table.lines for text in grid[row] if text]
    units = [found[1] for text in above if (found := _UNIT_LINE.match(text))]
    title = " ".join(text for text in above if not _UNIT_LINE.match(text))
    title_years = set(_YEAR.findall(title))
    title_year = title_years.pop() if len(title_years) == 1 else ""
    values = [c for c, column in enumerate(columns) if column.role == "value"]
    body, between = set(table.body), {}
    for row in table.between:  # words where the numbers stand are read too, and refused with a reason; the other rows are headings
        if any(_text(grid, row, c) for c in values) and (row < table.body[-1] or row - 1 in body):
            body.add(row)
        else:
            between[row] = " ".join(filter(None, grid[row]))
    note = " ".join(text for row, text in between.items() if row > table.body[-1])
    rows, placed, group = [], set(), ""
    for r in sorted({*between, *body}):
        group = between.get(r, group)
        cells = [(c, columns[c], text) for c, text in enumerate(grid[r]) if text and r in body]
        labels = [(column.role, text) for _, column, text in cells if column.role != "value"]
        said = {role: " | ".join(text for its, text in labels if its == role) for role in (*_ROLES, "label")}
        own = " | ".join(text for role, text in labels if role in ("indicator", "label"))
        read = [cell for cell in cells if cell[1].role == "value" and (labels or cell[1].text)]
        placed.update((r, cell[0]) for cell in cells if read and (cell in read or cell[1].role in ("ordinal", "period")))
        for c, column, text in read:
            rows.append({
                "sheet": sheet.name, "cell": _cell_name(r, c), "title": title, "note": note, "group_text": group,
                "row_text": " | ".join(text for _, text in labels), "column_text": column.text, "area_text": said["area"] or column.area,
                "indicator_text": " | ".join(filter(None, (own, column.measure))) or title,
                "period_text": column.period or said["period"] or title_year, "value_text": sheet.cells[r][c],
                "unit_text": said["unit"] or column.unit or _unit_of(own) or "".join(units[-1:]) or _unit_of(title) or unit,
                "figure": float(text) if (r, c) in sheet.typed else text,
            })
    return rows, placed


# ---------------------------------------------------------------------------------------------------------------------------------------
# PC-Axis: KEYWORD("of what")=values; the numbers in DATA run through STUB, then HEADING, the last variable fastest.

_PX_STATEMENT = re.compile(r'([A-Z][A-Z0-9-]*)(\[\w+\])?(?:\("([^"]*)"[^)]*\))?\s*=((?:"[^"]*"|[^";]++)*+);')
_PX_VALUE = re.compile(r'(?:"[^"]*"\s*)+|[^\s",]+')


def _pc_axis(path: Path, data: bytes) -> list[dict]:
    page = re.search(rb'CODEPAGE\s*=\s*"([!-~]+)"', data)
    try:
        text = data.decode(page[1].decode() if page else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("cp1258", errors="replace")
    text = unicodedata.normalize("NFC", text)
    # A statement without [language] is in the file's main language.
    said = {(key, of): _PX_VALUE.findall(values) for key, language, of, values in _PX_STATEMENT.findall(text) if not language}
    said = {key: ["".join(re.findall(r'"([^"]*)"', value)) if '"' in value else value for value in values] for key, values in said.items()}
    names = said.get(("STUB", ""), []) + said.get(("HEADING", ""), [])
    values = [said.get(("VALUES", name), []) for name in names]
    numbers = said.get(("DATA", ""), [])
    if not names or not numbers or math.prod(map(len, values)) != len(numbers):
        wanted = " × ".join(f"{len(of)} {name}" for name, of in zip(names, values, strict=True)) or "STUB and HEADING"
        raise OfficeFileError(path, f"its DATA has {len(numbers)} numbers where {wanted} are said", "Download it again, whole")
    title, unit, note = (" ".join(said.get((key, ""), [])) for key in ("TITLE", "UNITS", "NOTE"))
    roles = ["period" if all(map(_head_period, of)) else "area" if any(map(_is_area, of)) else "label" for of in values]
    rows = []
    for place, (labels, number) in enumerate(zip(itertools.product(*values), numbers, strict=True), start=1):
        by_role = {role: " | ".join(label.strip() for its, label in zip(roles, labels, strict=True) if its == role) for role in roles}
        stub = len(said.get(("STUB", ""), []))
        rows.append({
            "sheet": "DATA", "cell": str(place), "title": title, "note": note, "group_text": "", "row_text": " | ".join(labels[:stub]),
            "column_text": " | ".join(labels[stub:]), "area_text": by_role.get("area", ""), "period_text": by_role.get("period", ""),
            "indicator_text": by_role.get("label") or title, "value_text": number, "unit_text": unit,
            "figure": ".." if not number.strip(".") else float(number) if _OPEN_HABIT.fullmatch(number) else number,
        })
    return rows


# ---------------------------------------------------------------------------------------------------------------------------------------
# Words -> figures and periods


def _period_of(text: str) -> Period | None:
    try:
        return parse_period(re.sub(r"(?i)^pre\.", "Prel.", text))  # the GSO heads its tables both ways
    except UnreadablePeriod:
        return None


def _typed(rows: pd.DataFrame, *, locale: str) -> tuple[pd.DataFrame, list[tuple]]:
    """The rows with their figures and periods, and the problems of those that are not understood; a row without a figure is a problem."""
    figures = [_figures(mine, locale) for _, mine in rows.groupby("sheet", sort=False)] or [parse_figures(rows["figure"])]
    figures = pd.concat(figures)
    problems = [
        (row.sheet, row.cell, row.value_text, problem, "Correct the cell, or say locale=… or unit=…")
        for row, problem in zip(rows.itertuples(), figures["problem"], strict=True) if problem
    ]
    unknown = rows[(figures["unit"] == "") & (figures["missing"] == "") & (figures["problem"] == "") & (rows["unit_text"] != "")]
    for row in unknown.drop_duplicates(["sheet", "unit_text"]).itertuples():
        problems.append((row.sheet, row.cell, row.unit_text, "a unit that is not known; the numbers are as printed", "Say unit=…"))
    periods = {text: _period_of(text) for text in rows["period_text"].unique()}
    for row in rows[rows["period_text"].map(periods).isna()].drop_duplicates(["sheet", "period_text"]).itertuples():
        problems.append((row.sheet, row.cell, row.period_text, "no period is known for this number", "Write the year over its column"))
    for name in PERIOD:
        rows[name] = [getattr(periods[text], name, None) for text in rows["period_text"]]
    rows = rows.astype({"year": "Int64", "year_end": "Int64"}).fillna({"part": "", "status": ""})
    rows = pd.concat([rows[[*WORDS, *PERIOD]], figures[list(FIGURE)]], axis=1)
    return rows[figures["problem"] == ""].reset_index(drop=True), problems


def _figures(rows: pd.DataFrame, locale: str) -> pd.DataFrame:
    """The figures of one sheet, in the habit that its numbers show. A unit that is not known does not keep a number from being read."""
    printed = "\n".join(text for text in rows["figure"] if isinstance(text, str))
    habit = locale or ("en" if _ENGLISH.search(printed) and not _VIETNAMESE.search(printed) else "vi")
    tried = {unit: parse_figures(pd.Series(["12"]), unit_text=unit)["problem"].iat[0] for unit in rows["unit_text"].unique()}
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
