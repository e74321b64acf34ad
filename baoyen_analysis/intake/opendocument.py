"""Spreadsheets of LibreOffice and others (.ods): the shown text of a cell beside its stored value, merged and
hidden cells, raised digits."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from typing import Any

from lxml import etree

from baoyen_analysis.intake.numberformats import composed, plain
from baoyen_analysis.intake.sheets import MOST_COLUMNS, Sheet, legacy_font, raised

_NAMED = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_NAMED % name for name in ("table", "office", "text", "style"))
_READ = [f"{_STYLE}style", *(f"{_TABLE}{name}" for name in ("table", "table-column", "table-row"))]
_DIGITS = re.compile(r"\d(?:[\d.,\s'’]*\d)?")
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+")
_MOST_ALIKE = 20_000  # rows that a file may say once


def ods_sheets(package: zipfile.ZipFile) -> list[Sheet]:
    """The tables of a spreadsheet."""
    reader = _Reader()
    for part in ("styles.xml", "content.xml"):
        if part in package.namelist():
            with package.open(part) as stream:
                for event, element in etree.iterparse(stream, ("start", "end"), tag=_READ):
                    reader.read(element.tag.rpartition("}")[2], element, ended=event == "end")
    return reader.sheets


class _Reader:
    """Takes the elements of a document as they come. `depth`: how many tables stand in each other; the outer
    one alone is read. `fonts`, `raised`, `hidden`: the styles that say so."""

    def __init__(self) -> None:
        self.fonts: dict[str, str] = {}
        self.raised: set[str] = set()
        self.hidden: set[str] = set()
        self.sheets: list[Sheet] = []
        self.depth = self.row = self.column = 0

    def read(self, name: str, element: Any, *, ended: bool) -> None:
        if name == "table":
            self.depth += -1 if ended else 1
            if not ended and self.depth == 1:
                counted = self.sheets[-1].counted if self.sheets else 0
                self.sheets.append(Sheet(element.get(f"{_TABLE}name"), counted=counted))
                self.row = self.column = 0
            elif ended and not self.depth:
                self.sheets[-1].report_hidden(whole=element.get(f"{_TABLE}style-name") in self.hidden)
        elif ended and name == "style":
            self._style(element.get(f"{_STYLE}name"), element)
        elif ended and self.depth == 1:
            count = int(element.get(f"{_TABLE}number-{name[6:]}s-repeated", 1))
            shut = element.get(f"{_TABLE}visibility") in ("collapse", "filter")
            if name == "table-row":
                self._row(element, count, shut=shut)
                element.clear()
            else:
                last = min(self.column + count, MOST_COLUMNS)
                self.sheets[-1].hidden[1].update(range(self.column, last) if shut else ())
                self.column = last

    def _style(self, name: str, style: Any) -> None:
        for part in style:
            said = {key.rpartition("}")[2]: value for key, value in part.items()}
            if font := legacy_font(said.get("font-name") or said.get("font-family", "").strip("'")):
                self.fonts[name] = font
            if re.match("super|[1-9]", said.get("text-position", "")):
                self.raised.add(name)
            if said.get("display") == "false":
                self.hidden.add(name)

    def _row(self, element: Any, count: int, *, shut: bool) -> None:
        sheet, column = self.sheets[-1], 0
        line: dict[int, str] = {}
        for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            said = cell.attrib
            last = column + int(said.get(f"{_TABLE}number-columns-repeated", 1))
            if last > MOST_COLUMNS:
                raise ValueError("a cell beyond the last column")
            down, across = (int(said.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("rows", "columns"))
            if down * across > 1:
                sheet.merges.append(((self.row, column), (self.row + down - 1, column + across - 1)))
            if len(cell) and cell.tag.endswith("}table-cell") and (text := self._shown(cell, column)):
                line |= dict.fromkeys(range(column, last), text)
                if font := self.fonts.get(said.get(f"{_TABLE}style-name")):
                    sheet.fonts[self.row, column] = font
            column = last
        if line and count > _MOST_ALIKE:
            raise ValueError(f"row {self.row + 1} is said {count} times over")
        for row in range(self.row, self.row + count) if line else ():
            sheet.add(row, line)
            sheet.hidden[0].update([row] * shut)
        self.row += count

    def _shown(self, cell: Any, column: int) -> str:
        """A cell as it is shown; "" where there is nothing, with a problem where a formula has no value."""
        kind = cell.get(f"{_OFFICE}value-type", "")
        text = "\n".join(self._words(part) for part in cell.iterchildren(f"{_TEXT}p")).strip()
        formula, value = cell.get(f"{_TABLE}formula"), cell.get(f"{_OFFICE}value")
        if _ERROR.fullmatch(text) or (formula and not kind):
            self.sheets[-1].report_no_value(self.row, column, formula or text)
            return ""
        if kind == "date":
            whole = len(re.findall(r"\d+", text)) != 1 and not re.fullmatch(r"\D*\d\d?\D+\d{4}\D*", text)
            return cell.get(f"{_OFFICE}date-value")[:10] if whole else text
        if value is None:
            return text or cell.get(f"{_OFFICE}string-value", "")
        number = shown_number(value, text, percents=int(kind == "percentage"))
        if not number:
            problem = f"a number that is shown otherwise: {text!r}"
            self.sheets[-1].report(self.row, column, value, problem, "Mend its format")
        return number

    def _words(self, element: Any) -> str:
        """The text of a paragraph: its spans, raised ones as marks, without remarks."""
        text = element.text or ""
        for part in element.iterchildren("*"):
            name = part.tag.rpartition("}")[2]
            if name in ("span", "a"):
                words = self._words(part)
                text += raised(words, text) if part.get(f"{_TEXT}style-name") in self.raised else words
            elif name in ("s", "tab", "line-break"):
                text += " "
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
    value, digits = abs(Decimal(plain(stored))) * 100**percents, re.sub(r"\D", "", found[0])
    words = text[: found.start()], text[found.end() :].replace("%" * percents, "")
    for thousands in range(4):
        for mark in ",.":
            part = found[0].rpartition(mark)[2] if mark in found[0] else ""
            number = Decimal(digits).scaleb(-len(re.sub(r"\D", "", part)))
            if abs(number - value / 1000**thousands) * 2 <= Decimal(1).scaleb(-len(part)):
                return composed(stored, percents, thousands, len(part), words)
    return ""
