"""Workbooks of Excel: .xlsx and .xlsm, cell by cell as they are shown."""

from __future__ import annotations

import re
import zipfile
from typing import Any, NamedTuple

from lxml import etree
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from baoyen_analysis.intake.numberformats import Typed, plain, shown
from baoyen_analysis.intake.sheets import MOST_COLUMNS, Sheet, legacy_font, raised

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_YES = ("1", "true")


# What a cell's style says: its number format ("" for General), a legacy font, raised digits.
_Style = tuple[str, str, bool]


class _Book(NamedTuple):
    """What holds for all sheets: shared texts with the legacy fonts they may be in, styles, the first day."""

    texts: list[tuple[str, str]]
    styles: list[_Style]
    from_1904: bool


def xlsx_sheets(package: zipfile.ZipFile) -> list[Sheet]:
    """The worksheets of a workbook; drawings, charts and pivots are not looked at."""
    main = dict(_targets(package, "").values())["officeDocument"]
    targets = _targets(package, main)
    parts, described = dict(targets.values()), etree.parse(package.open(main))
    book = _Book(
        [_string(si) for si in _parsed(package, parts.get("sharedStrings", ""), "{*}si")],
        _styles(etree.parse(package.open(parts["styles"]))) if "styles" in parts else [("", "", False)],
        any(one.get("date1904") in _YES for one in described.iter("{*}workbookPr")),
    )
    sheets: list[Sheet] = []
    counted = 0
    for one in described.iter("{*}sheet"):
        kind, part = targets.get(one.xpath("string(@*[local-name()='id'])"), ("", ""))
        if kind == "worksheet":
            sheet = Sheet(one.get("name"), counted=counted)
            _read(sheet, package, part, book)
            sheet.report_hidden(whole=one.get("state", "visible") != "visible")
            sheets.append(sheet)
            counted = sheet.counted
    return sheets


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part of a package, or the package itself, leads to, by id: its kind and the part."""
    leads = get_dependents(package, get_rels_path(part))
    return {one.Id: (one.Type.rpartition("/")[2], one.Target) for one in leads}


def _parsed(package: zipfile.ZipFile, part: str, *tags: str) -> Any:
    """The elements of a part as they come, each of which is cleared after it was looked at."""
    if part in package.namelist():
        with package.open(part) as stream:
            for _, element in etree.iterparse(stream, tag=tags):
                yield element
                element.clear()


def _string(element: Any) -> tuple[str, str]:
    """A shared or inline text, its raised runs as marks, and the legacy font that it may be in; without its
    phonetic guides."""
    text = font = ""
    for run in element.iterchildren("{*}t", "{*}r"):
        words = "".join(part.text or "" for part in run.iter("{*}t"))
        words = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
        up, own = _font(run, "rFont")
        text, font = text + (raised(words, text) if up else words), font or own
    return text, font


def _font(element: Any, name: str) -> tuple[bool, str]:
    up = any(one.get("val") == "superscript" for one in element.iter("{*}vertAlign"))
    return up, next((legacy_font(one.get("val")) for one in element.iter(f"{{*}}{name}")), "")


def _styles(root: Any) -> list[_Style]:
    codes = {int(one.get("numFmtId")): one.get("formatCode") for one in root.iterfind("{*}numFmts/*")}
    codes = BUILTIN_FORMATS | codes
    fonts = dict(enumerate(_font(one, "name") for one in root.iterfind("{*}fonts/{*}font")))
    styles = []
    for one in root.iterfind("{*}cellXfs/{*}xf"):
        up, font = fonts.get(int(one.get("fontId", 0)), (False, ""))
        code = codes.get(int(one.get("numFmtId", 0)), "")
        styles.append(("" if code in ("General", "@") else code, font, up))
    return styles


def _read(sheet: Sheet, package: zipfile.ZipFile, part: str, book: _Book) -> None:
    row = -1
    for element in _parsed(package, part, "{*}row", "{*}mergeCell", "{*}col"):
        shut = element.get("hidden") in _YES
        if first := element.get("ref"):
            left, top, right, bottom = (place - 1 for place in range_boundaries(first))
            sheet.merges.append(((top, left), (bottom, right)))
        elif first := element.get("min"):
            columns = range(int(first) - 1, min(int(element.get("max")), MOST_COLUMNS))
            sheet.hidden[1].update(columns if shut else ())
        else:
            row = int(element.get("r", row + 2)) - 1
            sheet.add(row, _cells(sheet, row, element, book))
            sheet.hidden[0].update([row] * shut)


def _cells(sheet: Sheet, row: int, element: Any, book: _Book) -> dict[int, str]:
    """The cells of a row as they are shown; a formula that has no value is reported."""
    line: dict[int, str] = {}
    column, number = -1, str(row + 1)
    for cell in element.iterchildren("{*}c"):
        ref, kind = cell.get("r", ""), cell.get("t", "n")
        if ref and not ref.endswith(number):
            raise ValueError(f"{ref!r} is no cell of row {number}")
        column = column_index_from_string(ref[: -len(number)]) - 1 if ref else column + 1
        parts = {part.tag[-2:]: part for part in cell}
        value, own = (parts["}v"].text or "" if "}v" in parts else ""), ""
        if kind == "e" or ("}f" in parts and not value and kind != "str"):
            sheet.report_no_value(row, column, value or f"={parts['}f'].text or ''}")
            continue
        code, font, up = book.styles[int(cell.get("s", 0))]
        if kind == "b":
            value = {"1": "TRUE", "0": "FALSE"}.get(value, "")
        elif kind == "n" and value and not up:
            if code:
                found = shown(value, code, from_1904=book.from_1904)
            else:
                short = len(value) < 16 and value.replace(".", "").isdigit()
                found = Typed(value if short else plain(value))
            if not found:
                problem = "a number that its format does not show"
                sheet.report(row, column, value, problem, "Show it, or delete it")
            value = found
        else:
            if "is" in parts:
                value, own = _string(parts["is"])
            elif kind == "s":
                value, own = book.texts[int(value)] if value else ("", "")
            if kind != "n" and (own or font):
                sheet.fonts[row, column] = own or font
            value = raised(value, "") if up else value
        if value:
            line[column] = value
    return line
