"""Workbooks of Excel (.xlsx, .xlsm) read part by part, cell by cell as they come; and older ones (.xls,
.xlsb), of which only the values can be seen."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import python_calamine

from baoyen_analysis.intake.numberformats import Typed, plain, shown
from baoyen_analysis.intake.sheets import MOST_COLUMNS, Cells, OfficeFileError, Place, Sheet

Element = ElementTree.Element
_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NO_VALUE = "a formula without a stored value, or an error"


class _Style(NamedTuple):
    """What a cell's style says: its number format ("" for General), a legacy font, raised digits."""

    code: str = ""
    font: str = ""
    raised: bool = False


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local(child) == name]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without its namespace."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def raised(text: str, before: str) -> str:
    """Raised letters as a mark beside what they are raised over: "(1)"; "²" after a metre; an ordinal's
    letters stay."""
    mark = text.strip().strip("()")
    if mark in ("2", "3") and re.search(r"(?:^|[^a-z])[kcd]?m$", before.lower()):
        return "²" if mark == "2" else "³"
    return f"({mark})" if re.fullmatch(r"\d{1,2}|\*+|[a-e]", mark) else text


@dataclass
class _Book:
    """A workbook's package, its shared texts and styles."""

    path: Path
    package: zipfile.ZipFile
    texts: list[tuple[str, str]] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=list)
    from_1904: bool = False

    def part(self, name: str) -> Element | None:
        """A small part, whole; None where the package has none of its name."""
        return (
            ElementTree.parse(self.package.open(name)).getroot() if name in self.package.namelist() else None
        )


def xlsx_sheets(path: Path, package: zipfile.ZipFile, only: str) -> list[Sheet]:
    """The worksheets of a workbook; drawings, charts and pivots are not looked at."""
    root = next(name for kind, name in _related(package, "", "_rels/.rels") if kind == "officeDocument")
    folder = posixpath.dirname(root)
    rels = f"{folder}/_rels/{posixpath.basename(root)}.rels"
    targets = dict(_related(package, folder, rels))
    book = _Book(path, package)
    book.texts = list(_shared(book, targets.get("sharedStrings", "")))
    book.styles = _styles(book.part(targets.get("styles", "")))
    described = book.part(root)
    by_id = _targets(package, folder, rels)
    named: dict[str, tuple[str, bool]] = {}
    for element in described.iter() if described is not None else ():
        if local(element) == "workbookPr":
            book.from_1904 = element.get("date1904") in ("1", "true")
        if local(element) == "sheet":
            kind, part = by_id.get(attribute(element, "id"), ("", ""))
            if kind == "worksheet":
                named[element.get("name", "")] = (part, element.get("state", "visible") != "visible")
    if only and only not in named:
        raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(named)}")
    sheets = []
    counted = 0
    for name, (part, hidden) in named.items():
        if only in ("", name):
            cells = Cells(path, name, counted=counted)
            if hidden:
                report_hidden_sheet(cells)
            _read_sheet(book, part, cells)
            counted = cells.counted
            sheets.append(cells.sheet())
    return sheets


def report_hidden_sheet(cells: Cells) -> None:
    problem = "a hidden sheet; it is read like the others"
    cells.report(0, 0, cells.name, problem, "Say sheet=… for another one, or delete it")


def _targets(package: zipfile.ZipFile, folder: str, rels: str) -> dict[str, tuple[str, str]]:
    """By its id: the kind and the part of each relation."""
    found = {}
    for element in ElementTree.parse(package.open(rels)).getroot():
        kind = element.get("Type", "").rpartition("/")[2]
        target = element.get("Target", "")
        part = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        found[element.get("Id", "")] = (kind, part)
    return found


def _related(package: zipfile.ZipFile, folder: str, rels: str) -> Iterator[tuple[str, str]]:
    yield from _targets(package, folder, rels).values()


def _text(element: Element) -> str:
    """The text of a shared or inline string: its runs, raised ones as marks, without the phonetic guides."""
    text = ""
    for child in element:
        name = local(child)
        if name == "t":
            text += child.text or ""
        elif name == "r":
            run = "".join(part.text or "" for part in children(child, "t"))
            up = any(local(one) == "vertAlign" and one.get("val") == "superscript" for one in child.iter())
            text += raised(run, text) if up else run
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _font(element: Element) -> str:
    """A legacy font that a run is in."""
    fonts = [one.get("val", "") for one in element.iter() if local(one) in ("rFont", "name")]
    return next(filter(None, map(legacy_font, fonts)), "")


def legacy_font(name: str) -> str:
    """The name of a font where its letters are not those of Unicode."""
    return name if name.startswith((".Vn", "VNI")) else ""


def _shared(book: _Book, part: str) -> Iterator[tuple[str, str]]:
    """The shared texts, each with the legacy font that it may be in."""
    if part in book.package.namelist():
        with book.package.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if local(element) == "si":
                    yield _text(element), _font(element)
                    element.clear()


def _styles(root: Element | None) -> list[_Style]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # a table alone; imported where a workbook is read

    if root is None:
        return []
    groups = {local(group): list(group) for group in root}
    codes = dict(BUILTIN_FORMATS)
    codes |= {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in groups.get("numFmts", ())}
    fonts = []
    for font in groups.get("fonts", ()):
        up = any(local(one) == "vertAlign" and one.get("val") == "superscript" for one in font)
        fonts.append((_font(font), up))
    styles = []
    for style in groups.get("cellXfs", ()):
        code, place = codes.get(int(style.get("numFmtId", 0)), ""), int(style.get("fontId", 0))
        name, up = fonts[place] if place < len(fonts) else ("", False)
        styles.append(_Style("" if code in ("General", "@") else code, name, up))
    return styles


def _read_sheet(book: _Book, part: str, cells: Cells) -> None:
    """Every cell of a sheet, and its merged cells, hidden rows and columns."""
    row, column, data = -1, -1, None
    line: dict[int, str] = {}
    names: dict[str, str] = {}
    with book.package.open(part) as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            name = names.get(element.tag) or names.setdefault(element.tag, local(element))
            if event == "start":
                if name == "row":
                    row, column, line = int(element.get("r", row + 2)) - 1, -1, {}
                    if element.get("hidden") in ("1", "true"):
                        cells.hidden_rows.append(row)
                elif name == "sheetData":
                    data = element
            elif name == "c":
                column = _column(element, column)
                if text := _cell(book, cells, element, (row, column)):
                    line[column] = text
                element.clear()
            elif name == "row":
                cells.add(row, line)
                if data is not None:
                    data.clear()
            elif name == "mergeCell":
                first, last = (_place(ref) for ref in (element.get("ref", "A1").split(":") * 2)[:2])
                cells.merges.append((first, last))
            elif name == "col" and element.get("hidden") in ("1", "true"):
                cells.hidden_columns.append((int(element.get("min", 1)) - 1, int(element.get("max", 1)) - 1))


def _column(element: Element, before: int) -> int:
    found = _REF.fullmatch(element.get("r", ""))
    column = _place(found[0])[1] if found else before + 1
    if column >= MOST_COLUMNS:
        raise ValueError("a cell beyond the last column")
    return column


def _place(ref: str) -> Place:
    found = _REF.fullmatch(ref.replace("$", ""))
    if not found:
        raise ValueError(f"{ref!r} is no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _cell(book: _Book, cells: Cells, element: Element, place: Place) -> str:
    """A cell as it is shown; "" where there is nothing, with a problem where a formula has no value."""
    value, formula, kind = None, None, element.get("t", "n")
    font = ""
    for child in element:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = child
        elif name == "is":
            value, font = _text(child), _font(child)
    index = int(element.get("s", 0))
    style = book.styles[index] if index < len(book.styles) else _Style()
    if kind == "e" or (formula is not None and not value and (value is None or kind != "str")):
        said = f"={formula.text or ''}" if formula is not None and not value else value or ""
        cells.report(*place, said, NO_VALUE, "Open it in Excel, mend it and save")
        return ""
    if not value:
        return ""
    if kind == "n":
        return _number(book, cells, value, style, place)
    if kind == "s":
        value, font = book.texts[int(value)]
    elif kind == "b":
        value = "TRUE" if value == "1" else "FALSE"
    if style.font or font:
        cells.fonts[place] = font or style.font
    return raised(value, "") if style.raised else value


def _number(book: _Book, cells: Cells, value: str, style: _Style, place: Place) -> str:
    if style.raised:
        return raised(value, "")
    if not style.code:
        return Typed(value if len(value) < 16 and "e" not in value.lower() else plain(value))
    text = shown(value, style.code, from_1904=book.from_1904)
    if not text:
        cells.report(*place, value, "a number that its format does not show", "Show it, or delete it")
    return text


def old_sheets(path: Path, data: bytes, only: str) -> list[Sheet]:
    """The worksheets of a workbook in an old or binary form, of which only the values and merged cells are
    seen."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        pages = [page for page in book.sheets_metadata if page.typ == python_calamine.SheetTypeEnum.WorkSheet]
        names = [page.name for page in pages]
        if only and only not in names:
            raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(names)}")
        return [
            _old_sheet(path, book.get_sheet_by_name(page.name), page)
            for page in pages
            if only in ("", page.name)
        ]
    except python_calamine.PasswordError as error:
        raise OfficeFileError(
            path, "it is protected by a password", "Save a copy without the password"
        ) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise OfficeFileError(
            path, f"it is no whole workbook ({error})", "Open it in Excel and save it again"
        ) from error


def _old_sheet(
    path: Path, sheet: python_calamine.CalamineSheet, page: python_calamine.SheetMetadata
) -> Sheet:
    cells = Cells(path, sheet.name)
    if page.visible != python_calamine.SheetVisibleEnum.Visible:
        report_hidden_sheet(cells)
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.iter_rows(), start=top):
        cells.add(
            row,
            {column: text for column, value in enumerate(values, start=left) if (text := _old_text(value))},
        )
    cells.merges = list(sheet.merged_cell_ranges or ())
    problem = "formats, hidden rows and raised digits can't be seen in this kind of file"
    cells.report(0, 0, path.name, problem, "Save it as .xlsx, or check the numbers with a per cent or a mark")
    return cells.sheet(blind=True)


def _old_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return Typed(plain(repr(value)))
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
