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
from collections.abc import Iterable, Iterator
from pathlib import Path

from baoyen_analysis.intake.sheets import MOST_CELLS, MOST_COLUMNS, OfficeFileError, Sheet
from baoyen_analysis.printed.repair import is_spelt, repair

_MARKS = ";\t|,"
_SAMPLE = 2000  # rows by which the mark between cells is told
_PARTED = "cp1258"  # the page of Windows for Vietnamese, which parts letters and their marks
_LEGACY = ("tcvn3", "vni", "viscii")


def delimited_sheet(path: Path, data: bytes, font: str) -> Sheet:
    """The one sheet of a file of plain text."""
    try:
        encoding, doubt = encoding_of(data, font)
        if encoding != "utf-16" and b"\0" in data:
            raise UnicodeError("it holds bytes that no text has")
        mark = _mark(list(itertools.islice(_lines(data, encoding), _SAMPLE)))
        rows = list(_rows(path, csv.reader(_lines(data, encoding), delimiter=mark)))
    except (UnicodeError, csv.Error) as error:
        raise OfficeFileError(
            path, f"it is no table in plain text ({error})", "Open it in Excel and save it as CSV UTF-8"
        ) from error
    sheet = Sheet("", rows)
    if mark == ",":
        _refuse_ragged(sheet)
    if doubt:
        sheet.report(0, 0, path.name, doubt, "Check the letters, or save it as CSV UTF-8")
    return sheet


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """The lines of a file, letters and their marks composed where its encoding parts them."""
    lines = io.TextIOWrapper(
        io.BytesIO(data), encoding, "replace" if encoding == _PARTED else "strict", newline=""
    )
    return (unicodedata.normalize("NFC", line) for line in lines) if encoding == _PARTED else lines


def _rows(path: Path, reader: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows of a table, equal labels held once."""
    counted = 0
    for row in reader:
        counted += len(row)
        if counted > MOST_CELLS or len(row) > MOST_COLUMNS:
            raise OfficeFileError(
                path,
                f"it has over {MOST_CELLS:,} cells, or {MOST_COLUMNS:,} in a row",
                "Save the needed table alone",
            )
        yield [text if text[:1].isdigit() else sys.intern(text) for text in row]


def _mark(lines: list[str]) -> str:
    """The mark between cells: rows of the commonest width hold most cells; a comma may be a decimal, so it is
    last."""
    filled = {}
    for mark in _MARKS:
        width = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1).most_common(1)
        filled[mark] = width[0][0] * width[0][1] if width else 0
    return next(mark for mark in _MARKS if filled[mark] * 2 >= max(filled.values()))


def _refuse_ragged(sheet: Sheet) -> None:
    """Takes out, and reports, each row that a decimal comma without quotation marks has made longer than
    those above it ("98,7,3")."""
    width = 0
    for r, row in enumerate(sheet.grid):
        filled = len(row)
        while filled and not row[filled - 1].strip():
            filled -= 1
        if 1 < width < filled and any(
            re.fullmatch(r"\s*-?\d+", a) and re.fullmatch(r"\d{1,3}\s*", b)
            for a, b in itertools.pairwise(row)
        ):
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
    _, report = repair(re.split(r"[;,|\t\r\n\"]+", text), font=font)
    if font or report["repair"].isin(_LEGACY).any():
        return "latin-1", "not saved as UTF-8; read as a legacy font's letters"
    read = unicodedata.normalize("NFC", data.decode(_PARTED, errors="replace"))
    words = {word for word in re.findall(r"\w+", repair([read])[0][0]) if not word.isascii()}
    if 2 * sum(map(is_spelt, words)) < len(words):
        return _PARTED, "its encoding is not known: letters are wrong"
    return _PARTED, "not saved as UTF-8; read as windows-1258"


def mended_texts(texts: list[str], font: str) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Texts with their damaged letters mended, and by its place in the list each text that was, or could not
    be, with what was done."""
    mended, report = repair(texts, font=font)
    return list(mended), [
        (
            step.position,
            step.before,
            step.repair if step.after == step.before else f"letters mended ({step.repair}): {step.after}",
        )
        for step in report.itertuples()
    ]
