"""A file of an office, whatever it is, as sheets of cells: what it is by its first bytes, and a clear refusal
of what is no table, damaged or too large."""

from __future__ import annotations

import re
from pathlib import Path

from baoyen_analysis.intake import apart
from baoyen_analysis.intake.delimited import delimited_sheet, mended_texts
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.sheets import OfficeFileError, Place, Refused, Sheet, raised

_BLANKS = b"\xef\xbb\xbf \r\n\t"
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+(?!\w)|[⁰¹²³⁴-⁹]+$")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def contents(path: Path) -> bytes:
    """The bytes of a file that may hold a table."""
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        problem = "it is no file but a folder, a pipe or a device"
        raise OfficeFileError(path, problem, "Give the file itself")
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise OfficeFileError(path, problem, "Check its name and that no program holds it") from error
    start = data.lstrip(_BLANKS)[:1]
    if not start:
        raise OfficeFileError(path, "it is empty", "Save the table again")
    if start == b"<":
        problem = "it is a web page, whatever its name says"
        raise OfficeFileError(path, problem, "Open it in Excel and save it as .xlsx")
    return data


def is_text(data: bytes) -> bool:
    """Whether a file is no workbook and no document, but text."""
    return not data.startswith((apart.PACKAGE, apart.OLD, apart.PDF, apart.RTF))


def sheets_of(path: Path, data: bytes, *, only: str = "", font: str = "") -> list[Sheet]:
    """The sheets of a workbook or a CSV, the tables of a document. `only`: one sheet alone; `font`: of a file
    in a legacy encoding."""
    try:
        sheets = [delimited_sheet(path.name, data, font)] if is_text(data) else apart.sheets_of(data)
    except Refused as refusal:
        raise OfficeFileError(path, *refusal.args) from refusal
    asked = [sheet for sheet in sheets if only in ("", sheet.name)]
    if only and not asked:
        names = "; ".join(sheet.name for sheet in sheets)
        kind = "table" if sheets[0].rows else "sheet"
        raise OfficeFileError(path, f"it has no {kind} {only!r}", f"Its {kind}s are {names}")
    for sheet in asked:
        mend_letters(sheet, font)
    return asked


def mend_letters(sheet: Sheet, font: str) -> None:
    """Strips the cells, mends those whose letters are damaged, each text reported once, and writes raised
    digits as marks."""
    damaged: dict[str, dict[str, list[Place]]] = {font: {}}
    for r, row in enumerate(sheet.grid):
        for c, text in enumerate(row):
            if not isinstance(text, Typed):
                row[c] = text.strip()
                if not text.isascii() or "?" in text:
                    texts = damaged.setdefault(sheet.fonts.get((r, c), font), {})
                    texts.setdefault(text, []).append((r, c))
    for its_font, texts in damaged.items():
        mended, problems = mended_texts(list(texts), its_font)
        places = list(texts.values())
        for its, text in zip(places, mended, strict=True):
            # Raised digits after a number or at a text's end are marks: "45,3¹", "Thu nhập ¹".
            marked = _RAISED.sub(lambda up: raised(up[0].translate(_DIGITS), up.string[: up.start()]), text)
            for r, c in its:
                sheet.grid[r][c] = marked.strip()
        for number, before, problem in problems:
            sheet.report(*places[number][0], before, problem, "Check the spelling")
