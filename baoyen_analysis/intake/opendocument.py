"""Spreadsheets of LibreOffice and others (.ods): the shown text of a cell beside its stored value, merged and
hidden cells, raised digits."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree import ElementTree

from baoyen_analysis.intake.numberformats import composed, plain
from baoyen_analysis.intake.sheets import MOST_COLUMNS, Cells, OfficeFileError, Sheet
from baoyen_analysis.intake.workbooks import (
    NO_VALUE,
    Element,
    attribute,
    legacy_font,
    local,
    raised,
    report_hidden_sheet,
)

_DIGITS = re.compile(r"\d(?:[\d.,\s'’]*\d)?")
_MOST_ROWS = 1_048_576
_ASIDE = ("annotation", "note", "ruby-text", "tracked-changes")


class _Styles:
    """What the styles of a document say: the fonts of old letters, raised text, hidden tables."""

    def __init__(self) -> None:
        self.fonts: dict[str, str] = {}
        self.raised: set[str] = set()
        self.hidden: set[str] = set()

    def read(self, style: Element) -> None:
        name = attribute(style, "name")
        for part in style:
            if font := legacy_font(attribute(part, "font-name") or attribute(part, "font-family").strip("'")):
                self.fonts[name] = font
            if attribute(part, "text-position").startswith("super"):
                self.raised.add(name)
            if attribute(part, "display") == "false":
                self.hidden.add(name)


def ods_sheets(path: Path, package: zipfile.ZipFile, only: str) -> list[Sheet]:
    """The tables of a spreadsheet."""
    styles = _Styles()
    if "styles.xml" in package.namelist():
        for element in ElementTree.parse(package.open("styles.xml")).iter():
            if local(element) == "style":
                styles.read(element)
    reader = _Reader(path, styles, only)
    with package.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            (reader.start if event == "start" else reader.end)(local(element), element)
    if only and not reader.sheets:
        raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(reader.names)}")
    return reader.sheets


class _Reader:
    """Takes the elements of a document as they end. `depth`: how many tables stand in each other; only the
    outer one is read."""

    def __init__(self, path: Path, styles: _Styles, only: str) -> None:
        self.path, self.styles, self.only = path, styles, only
        self.names: list[str] = []
        self.sheets: list[Sheet] = []
        self.cells: Cells | None = None
        self.depth = self.row = self.column = 0
        self.line: dict[int, str] = {}
        self.counted = 0

    def start(self, name: str, element: Element) -> None:
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.names.append(attribute(element, "name"))
                self.row = self.column = 0
                self.cells = None
                if self.only in ("", self.names[-1]):
                    self.cells = Cells(self.path, self.names[-1], counted=self.counted)
                    if attribute(element, "style-name") in self.styles.hidden:
                        report_hidden_sheet(self.cells)

    def end(self, name: str, element: Element) -> None:
        if name == "style":
            self.styles.read(element)
        elif name == "table":
            self.depth -= 1
            if self.depth == 0 and self.cells:
                self.counted = self.cells.counted
                self.sheets.append(self.cells.sheet())
                element.clear()
        elif self.depth == 1 and self.cells:
            self._end_inside(name, element, self.cells)

    def _end_inside(self, name: str, element: Element, cells: Cells) -> None:
        hidden = attribute(element, "visibility") in ("collapse", "filter")
        if name == "table-column":
            count = _repeated(element, "columns")
            if hidden:
                cells.hidden_columns.append((self.column, self.column + count - 1))
            self.column += count
        elif name == "table-row":
            self._end_row(element, cells, hidden=hidden)
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell(element, cells, covered=name != "table-cell")

    def _end_row(self, element: Element, cells: Cells, *, hidden: bool) -> None:
        count = _repeated(element, "rows")
        if self.row + count > _MOST_ROWS:
            raise ValueError("a row beyond the last")
        if hidden and self.line:
            cells.hidden_rows += range(self.row, self.row + count)
        for row in range(self.row, self.row + count if self.line else self.row):
            cells.add(row, dict(self.line))
        self.row, self.column, self.line = self.row + count, 0, {}
        element.clear()

    def _end_cell(self, element: Element, cells: Cells, *, covered: bool) -> None:
        count = _repeated(element, "columns")
        if self.column + count > MOST_COLUMNS:
            raise ValueError("a cell beyond the last column")
        text = "" if covered else self._shown(element, cells)
        down, across = (int(attribute(element, f"number-{way}-spanned") or 1) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            cells.merges.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        if text:
            self.line |= dict.fromkeys(range(self.column, self.column + count), text)
            if font := self.styles.fonts.get(attribute(element, "style-name"), ""):
                cells.fonts[self.row, self.column] = font
        self.column += count
        element.clear()

    def _shown(self, element: Element, cells: Cells) -> str:
        """A cell as it is shown; "" where there is nothing, with a problem where a formula has no value."""
        kind, stored = attribute(element, "value-type"), attribute(element, "value")
        text = "\n".join(self._words(part) for part in element if local(part) == "p").strip()
        error = kind == "error" or (attribute(element, "value-type") == "" and attribute(element, "formula"))
        if error or re.fullmatch(r"#[A-Z/0!?]+|Err:\d+", text):
            said = attribute(element, "formula") or text
            cells.report(self.row, self.column, said, NO_VALUE, "Open it, mend it and save")
            return ""
        if kind == "date":
            whole = len(re.findall(r"\d+", text)) != 1 and not re.fullmatch(r"\D*\d\d?\D+\d{4}\D*", text)
            return attribute(element, "date-value")[:10] if whole else text
        if kind not in ("float", "percentage", "currency"):
            return text or attribute(element, "string-value")
        number = shown_number(stored, text, percents=int(kind == "percentage"))
        if not number:
            cells.report(
                self.row,
                self.column,
                stored,
                f"a number that is shown otherwise: {text!r}",
                "Mend its format",
            )
        return number

    def _words(self, element: Element) -> str:
        """The text of a paragraph: its spans, raised ones as marks, without remarks."""
        text = element.text or ""
        for part in element:
            name = local(part)
            if name == "s":
                text += " " * min(int(attribute(part, "c") or 1), 100)
            elif name in ("tab", "line-break"):
                text += " "
            elif name not in _ASIDE:
                words = self._words(part)
                text += raised(words, text) if attribute(part, "style-name") in self.styles.raised else words
            text += part.tail or ""
        return text


def _repeated(element: Element, what: str) -> int:
    return max(1, int(attribute(element, f"number-{what}-repeated") or 1))


def shown_number(stored: str, text: str, *, percents: int) -> str:
    """A stored number with the decimals and the words of its shown text; "" where that shows another number.

    >>> shown_number("0.132", "13,2%", percents=1), shown_number("68", "68,0", percents=0)
    ('13.2%', '68.0')
    >>> shown_number("240000", "240", percents=0), shown_number("5", "7", percents=0)
    ('240', '')
    """
    found = _DIGITS.search(text)
    if not found:
        return "" if text.strip("-–— ") else composed(stored, percents, 0, 0, ("", ""))
    value = abs(Decimal(plain(stored))) * 100**percents
    for thousands in range(4):
        for mark in ",.":
            whole, _, part = found[0].rpartition(mark) if mark in found[0] else (found[0], "", "")
            try:
                number = Decimal(re.sub(r"\D", "", whole) + "." + re.sub(r"\D", "", part))
            except InvalidOperation:
                continue
            place = Decimal(1).scaleb(-len(part))
            if re.fullmatch(r"\d*", part) and abs(number - value / 1000**thousands) <= place / 2:
                before, after = text[: found.start()], text[found.end() :]
                words = before, after.replace("%", "") if percents else after
                return composed(stored, percents, thousands, len(part), words)
    return ""
