"""Spreadsheets of LibreOffice and others (.ods): the shown text of a cell beside its stored value, merged and
hidden cells, raised digits."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

from baoyen_analysis.intake.cells import Cells, legacy_font, raised
from baoyen_analysis.intake.numberformats import composed, plain
from baoyen_analysis.intake.sheets import MOST_COLUMNS, OfficeFileError, Sheet
from baoyen_analysis.intake.workbooks import local

Element = ElementTree.Element
_DIGITS = re.compile(r"\d(?:[\d.,\s'’]*\d)?")
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+")
_NUMBERS = ("float", "percentage", "currency")
_MOST_ALIKE = 20_000  # rows that a file may say once


def ods_sheets(path: Path, package: zipfile.ZipFile, only: str) -> list[Sheet]:
    """The tables of a spreadsheet."""
    reader = _Reader(path, only)
    for part in ("styles.xml", "content.xml"):
        if part in package.namelist():
            with package.open(part) as stream:
                for event, element in ElementTree.iterparse(stream, ("start", "end")):
                    (reader.start if event == "start" else reader.end)(local(element.tag), element)
    if only and not reader.sheets:
        raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(reader.names)}")
    return reader.sheets


def _said(element: Element) -> dict[str, str]:
    return {local(name): value for name, value in reversed(list(element.items()))}


class _Reader:
    """Takes the elements of a document as they come. `depth`: how many tables stand in each other; the outer
    one alone is read. `fonts`, `raised`, `hidden`: the styles that say so."""

    def __init__(self, path: Path, only: str) -> None:
        self.path, self.only = path, only
        self.fonts: dict[str, str] = {}
        self.raised: set[str] = set()
        self.hidden: set[str] = set()
        self.names: list[str] = []
        self.sheets: list[Sheet] = []
        self.cells: Cells | None = None
        self.line: dict[int, str] = {}
        self.depth = self.row = self.column = self.counted = 0

    def start(self, name: str, element: Element) -> None:
        if name == "table":
            self.depth += 1
            said = _said(element)
            if self.depth == 1:
                self.names.append(said["name"])
                self.row = self.column = 0
                hidden = said.get("style-name") in self.hidden
                cells = Cells(self.path, said["name"], counted=self.counted, hidden=hidden)
                self.cells = cells if self.only in ("", said["name"]) else None
        elif name == "table-row" and self.depth == 1:
            self.column = 0

    def end(self, name: str, element: Element) -> None:
        if name == "style":
            self._style(_said(element).get("name", ""), element)
        elif name == "table":
            self.depth -= 1
            if not self.depth and self.cells:
                self.counted = self.cells.counted
                self.sheets.append(self.cells.sheet())
        elif (
            self.depth == 1
            and self.cells
            and name in ("table-column", "table-row", "table-cell", "covered-table-cell")
        ):
            said = _said(element)
            count = max(
                1, int(said.get(f"number-{'rows' if name == 'table-row' else 'columns'}-repeated", 1))
            )
            shut = said.get("visibility") in ("collapse", "filter")
            if name == "table-row":
                self._row(count, self.cells, shut=shut)
            else:
                if self.column + count > MOST_COLUMNS:
                    raise ValueError("a cell beyond the last column")
                if shut:
                    self.cells.hidden_columns.append((self.column, self.column + count - 1))
                elif name == "table-cell":
                    self._cell(said, element, count, self.cells)
                self.column += count
            element.clear()

    def _style(self, name: str, style: Element) -> None:
        for part in style:
            said = _said(part)
            font = legacy_font(said.get("font-name") or said.get("font-family", "").strip("'"))
            self.fonts |= {name: font} if font else {}
            if re.match("super|[1-9]", said.get("text-position", "")):
                self.raised.add(name)
            if said.get("display") == "false":
                self.hidden.add(name)

    def _row(self, count: int, cells: Cells, *, shut: bool) -> None:
        if self.line:
            if count > _MOST_ALIKE:
                raise ValueError(f"row {self.row + 1} is said {count} times over")
            for row in range(self.row, self.row + count):
                cells.hidden_rows += [row] * shut
                cells.add(row, dict(self.line))
        self.row, self.line = self.row + count, {}

    def _cell(self, said: dict[str, str], element: Element, count: int, cells: Cells) -> None:
        text = self._shown(said, element, cells)
        down, across = (int(said.get(f"number-{way}-spanned", 1)) for way in ("rows", "columns"))
        if down * across > 1:
            cells.merges.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        if text:
            self.line |= dict.fromkeys(range(self.column, self.column + count), text)
            if font := self.fonts.get(said.get("style-name", "")):
                cells.fonts[self.row, self.column] = font

    def _shown(self, said: dict[str, str], element: Element, cells: Cells) -> str:
        """A cell as it is shown; "" where there is nothing, with a problem where a formula has no value."""
        kind = said.get("value-type", "")
        text = "\n".join(self._words(part) for part in element if local(part.tag) == "p").strip()
        if _ERROR.fullmatch(text) or ("formula" in said and not kind):
            cells.report_no_value(self.row, self.column, said.get("formula", text))
            return ""
        if kind == "date":
            whole = len(re.findall(r"\d+", text)) != 1 and not re.fullmatch(r"\D*\d\d?\D+\d{4}\D*", text)
            return said["date-value"][:10] if whole else text
        if kind not in _NUMBERS:
            return text or said.get("string-value", "")
        number = shown_number(said["value"], text, percents=int(kind == "percentage"))
        if not number:
            problem = f"a number that is shown otherwise: {text!r}"
            cells.report(self.row, self.column, said["value"], problem, "Mend its format")
        return number

    def _words(self, element: Element) -> str:
        """The text of a paragraph: its spans, raised ones as marks, without remarks."""
        text = element.text or ""
        for part in element:
            name, said = local(part.tag), _said(part)
            if name in ("s", "tab", "line-break"):
                text += " "
            elif name in ("span", "a"):
                words = self._words(part)
                text += raised(words, text) if said.get("style-name") in self.raised else words
            text += part.tail or ""
        return text


def shown_number(stored: str, text: str, *, percents: int) -> str:
    """A stored number with the decimals and the words of its shown text; "" where that shows another number.

    >>> shown_number("0.132", "13,2%", percents=1), shown_number("68", "68,0", percents=0)
    ('13.2%', '68.0')
    >>> shown_number("240000", "240", percents=0), shown_number("5", "7", percents=0)
    ('240', '')
    """
    found = _DIGITS.search(text)
    if not found or re.search(r"\d[eE][+-]?\d", text):
        return "" if not found and text.strip("-–— ") else composed(stored, percents, 0, 0, ("", ""))
    value = abs(Decimal(plain(stored))) * 100**percents
    after = text[found.end() :].replace("%", "") if percents else text[found.end() :]
    for thousands in range(4):
        for mark in ",.":
            whole, _, part = found[0].rpartition(mark) if mark in found[0] else (found[0], "", "")
            number = Decimal(re.sub(r"\D", "", f"0{whole}") + "." + re.sub(r"\D", "", part))
            place = Decimal(1).scaleb(-len(part))
            if abs(number - value / 1000**thousands) <= place / 2:
                return composed(stored, percents, thousands, len(part), (text[: found.start()], after))
    return ""
