"""Workbooks of Excel (.xlsx, .xlsm) read part by part, cell by cell as they come."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from baoyen_analysis.intake.cells import Cells, Style, legacy_font, raised, styles_of
from baoyen_analysis.intake.sheets import MOST_COLUMNS, OfficeFileError, Place, Sheet, column_name

_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMNS = {column_name(column): column for column in range(MOST_COLUMNS)}
_YES = ("1", "true")


def local(name: str) -> str:
    """The name of an element or an attribute without its namespace."""
    return name.rpartition("}")[2]


def xlsx_sheets(path: Path, package: zipfile.ZipFile, only: str) -> list[Sheet]:
    """The worksheets of a workbook; drawings, charts and pivots are not looked at."""
    main = next(part for kind, part in _targets(package, "").values() if kind == "officeDocument")
    targets = _targets(package, main)
    parts = dict(targets.values())
    book = _Book(package)
    if "styles" in parts:
        book.styles = _styles(ElementTree.parse(package.open(parts["styles"])).getroot())
    if parts.get("sharedStrings") in package.namelist():
        book.texts = _Part(book, Cells(path, "")).read(parts["sharedStrings"]).texts
    named: dict[str, tuple[str, bool]] = {}
    for element in ElementTree.parse(package.open(main)).iter():
        said = {local(name): value for name, value in element.items()}
        if local(element.tag) == "workbookPr":
            book.from_1904 = said.get("date1904") in _YES
        elif local(element.tag) == "sheet":
            kind, part = targets.get(said.get("id", ""), ("", ""))
            if kind == "worksheet":
                named[said["name"]] = part, said.get("state", "visible") != "visible"
    if only and only not in named:
        raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(named)}")
    sheets, counted = [], 0
    for name, (part, hidden) in named.items():
        if only in ("", name):
            cells = Cells(path, name, counted=counted, hidden=hidden)
            _Part(book, cells).read(part)
            sheets.append(cells.sheet())
            counted = cells.counted
    return sheets


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part of a package, or the package itself, leads to, by id: its kind and the part."""
    folder, name = posixpath.split(part)
    relations = ElementTree.parse(package.open(f"{folder}/_rels/{name}.rels".lstrip("/"))).getroot()
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join(f"/{folder}", one.get("Target", ""))).lstrip("/"),
        )
        for one in relations
    }


def _styles(root: ElementTree.Element) -> list[Style]:
    groups = {local(group.tag): list(group) for group in root}
    codes = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in groups.get("numFmts", ())}
    fonts = []
    for font in groups.get("fonts", ()):
        said = {local(one.tag): one.get("val", "") for one in font}
        fonts.append((legacy_font(said.get("name", "")), said.get("vertAlign") == "superscript"))
    pairs = [(int(one.get("numFmtId", 0)), int(one.get("fontId", 0))) for one in groups.get("cellXfs", ())]
    return styles_of(codes, fonts, pairs)


class _Book:
    """A workbook's package, with what holds for all of its sheets."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package, self.from_1904 = package, False
        self.texts: list[tuple[str, str]] = []
        self.styles: list[Style] = []


class _Part:
    """Takes the elements of a part with texts or cells as they come: the shared texts, or one sheet. `text`,
    `font`: of the string that is read, its raised runs as marks; `aside`: in a phonetic guide."""

    def __init__(self, book: _Book, cells: Cells) -> None:
        self.book, self.cells = book, cells
        self.texts: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.letters: list[str] = []
        self.line: dict[int, str] = {}
        self.text = self.font = ""
        self.value: str | None = None
        self.formula: str | None = None
        self.up = self.aside = False
        self.row = self.column = -1

    def read(self, part: str) -> _Part:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.letters.append
        with self.book.package.open(part) as stream:
            parser.ParseFile(stream)
        return self

    def start(self, tag: str, said: dict[str, str]) -> None:
        name = self.names.get(tag) or self.names.setdefault(tag, local(tag))
        if name == "c":
            self.said, self.value, self.formula, self.text, self.font = said, None, None, "", ""
        elif name in ("v", "t", "f"):
            self.letters.clear()
        elif name == "row":
            self.row, self.column, self.line = int(said.get("r", self.row + 2)) - 1, -1, {}
            if said.get("hidden") in _YES:
                self.cells.hidden_rows.append(self.row)
        elif name == "vertAlign":
            self.up = said.get("val") == "superscript"
        elif name == "rFont":
            self.font = self.font or legacy_font(said.get("val", ""))
        elif name == "rPh":
            self.aside = True
        elif name == "si":
            self.text = self.font = ""
        elif name == "mergeCell":
            first, last = (said["ref"].replace("$", "").split(":") * 2)[:2]
            self.cells.merges.append((_place(first), _place(last)))
        elif name == "col" and said.get("hidden") in _YES:
            self.cells.hidden_columns.append((int(said["min"]) - 1, int(said["max"]) - 1))

    def end(self, tag: str) -> None:
        name = self.names[tag]
        if name == "c":
            self.end_cell()
        elif name == "v":
            self.value = "".join(self.letters)
        elif name == "t" and not self.aside:
            run = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(self.letters))
            self.text += raised(run, self.text) if self.up else run
        elif name == "f":
            self.formula = "".join(self.letters)
        elif name == "r":
            self.up = False
        elif name == "rPh":
            self.aside = False
        elif name == "row":
            self.cells.add(self.row, self.line)
        elif name == "si":
            self.texts.append((self.text, self.font))

    def end_cell(self) -> None:
        """Keeps a cell as it is shown; reports a formula that has no value."""
        ref, number = self.said.get("r", ""), str(self.row + 1)
        if ref and not ref.endswith(number):
            raise ValueError(f"{ref!r} is no cell of row {number}")
        self.column = column = _COLUMNS[ref[: -len(number)]] if ref else self.column + 1
        kind, value, book = self.said.get("t", "n"), self.value, self.book
        if kind == "e" or (self.formula is not None and not value and kind != "str"):
            self.cells.report_no_value(self.row, column, value or f"={self.formula or ''}")
            return
        if kind == "inlineStr":
            value = self.text
        elif value and kind == "s":
            value, self.font = book.texts[int(value)]
        elif value and kind == "b":
            value = "TRUE" if value == "1" else "FALSE"
        if not value:
            return
        style = book.styles[int(self.said.get("s", 0))] if book.styles else Style()
        if self.font:
            style = style._replace(font=self.font)
        text = self.cells.shown(self.row, column, value, style, number=kind == "n", from_1904=book.from_1904)
        if text:
            self.line[column] = text


def _place(ref: str) -> Place:
    found = _REF.fullmatch(ref)
    if not found:
        raise ValueError(f"{ref!r} is no cell")
    return int(found[2]) - 1, _COLUMNS[found[1]]
