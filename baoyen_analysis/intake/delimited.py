"""A table in plain text, its cells parted by semicolons, tabs, strokes or commas, in any encoding that can be
told."""

from __future__ import annotations

import csv
import io
import itertools
import re
import sys
import unicodedata
from collections import Counter

from baoyen_analysis.intake.sheets import MOST_CELLS, MOST_COLUMNS, Refused, Sheet
from baoyen_analysis.printed.repair import is_spelt, repaired

_SAMPLE = 2000  # rows by which the mark between cells is told
_PARTED = "cp1258"  # the page of Windows for Vietnamese, which parts letters and their marks
_LEGACY = ("tcvn3", "vni", "viscii")


def delimited_sheet(name: str, data: bytes, font: str) -> Sheet:
    """The one sheet of the file of this name, equal labels held once."""
    sheet, counted = Sheet(""), 0
    try:
        encoding, doubt = encoding_of(data, font)
        text = data.decode(encoding, "replace" if encoding == _PARTED else "strict")
        if "\0" in text:
            raise UnicodeError("it holds bytes that no text has")
        lines = io.StringIO(unicodedata.normalize("NFC", text) if encoding == _PARTED else text, newline="")
        mark = _mark(list(itertools.islice(lines, _SAMPLE)))
        lines.seek(0)
        for row in csv.reader(lines, delimiter=mark):
            counted += len(row)
            if counted > MOST_CELLS or len(row) > MOST_COLUMNS:
                many = f"it has over {MOST_CELLS:,} cells, or {MOST_COLUMNS:,} in a row"
                raise Refused(many, "Save the needed table alone")
            sheet.grid.append([text if text[:1].isdigit() else sys.intern(text) for text in row])
    except (UnicodeError, csv.Error) as error:
        problem = f"it is no table in plain text ({error})"
        raise Refused(problem, "Open it in Excel and save it as CSV UTF-8") from error
    if mark == ",":
        _refuse_ragged(sheet)
    if doubt:
        sheet.report(0, 0, name, doubt, "Check the letters, or save it as CSV UTF-8")
    return sheet


def _mark(lines: list[str]) -> str:
    """The mark between cells: rows of the commonest width hold most cells; a comma may be a decimal, so it is
    last."""
    filled = {}
    for mark in ";\t|,":
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
        filled[mark] = max((width * rows for width, rows in widths.most_common(1)), default=0)
    return next(mark for mark, its in filled.items() if its * 2 >= max(filled.values()))


def _refuse_ragged(sheet: Sheet) -> None:
    """Takes out, and reports, each row that a decimal comma without quotation marks has made longer than
    those above it ("98,7,3")."""
    width = 0
    for r, row in enumerate(sheet.grid):
        filled = max((c + 1 for c, text in enumerate(row) if text.strip()), default=0)
        parted = (
            re.fullmatch(r"\s*-?\d+;\d{1,3}\s*", f"{a};{b}".rstrip()) for a, b in itertools.pairwise(row)
        )
        if 1 < width < filled and any(parted):
            problem = "more cells than the rows above: is a comma a decimal?"
            sheet.report(r, 0, ",".join(row), problem, "Save it with ; between the cells")
            sheet.grid[r] = []
        else:
            width = max(width, filled) if filled > 1 else 0


def encoding_of(data: bytes, font: str) -> tuple[str, str]:
    """How a file is encoded, and what is doubtful about it where that had to be found out."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", ""
    try:
        _ = data.decode("utf-8-sig")
        return "utf-8-sig", ""
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    _, report = repaired(re.split(r"[;,|\t\r\n\"]+", text), font)
    if font or any(repair in _LEGACY for *_, repair in report):
        return "latin-1", "not saved as UTF-8; read as a legacy font's letters"
    read = unicodedata.normalize("NFC", data.decode(_PARTED, errors="replace"))
    words = {word for word in re.findall(r"\w+", repaired([read])[0][0]) if not word.isascii()}
    if 2 * sum(map(is_spelt, words)) < len(words):
        return _PARTED, "its encoding is not known: letters are wrong"
    return _PARTED, "not saved as UTF-8; read as windows-1258"


def mended_texts(texts: list[str], font: str) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Texts with their damaged letters mended, and by its place in the list each text that was, or could not
    be, with what was done."""
    mended, report = repaired([*texts], font)
    return mended, [
        (place, before, repair if after == before else f"letters mended ({repair}): {after}")
        for place, before, after, repair in report
    ]
