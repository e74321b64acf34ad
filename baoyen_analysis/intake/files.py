"""A file of an office, whatever it is, as sheets of cells: what it is by its first bytes, and a clear refusal
of what is no table, damaged or too large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from baoyen_analysis.intake.delimited import delimited_sheet
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.opendocument import ods_sheets
from baoyen_analysis.intake.sheets import LARGEST_UNPACKED, OfficeFileError, Sheet
from baoyen_analysis.intake.workbooks import old_sheets, xlsx_sheets
from baoyen_analysis.printed.repair import repair

_BLANKS = b"\xef\xbb\xbf \r\n\t"
_PACKAGE, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AGAIN = "Open it in Excel and save it again"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    StopIteration,
)


def contents(path: Path) -> bytes:
    """The bytes of a file that may hold a table."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeFileError(
            path, f"it cannot be opened ({error.strerror})", "Check its name and that no program holds it"
        ) from error
    start = data[:2000].lstrip(_BLANKS).lower()
    if not start and not data.strip(_BLANKS):
        raise OfficeFileError(path, "it is empty", "Save the table again")
    if data.startswith(_OLD) and "EncryptedPackage".encode("utf-16-le") in data:
        raise OfficeFileError(path, "it is protected by a password", "Save a copy without the password")
    if start.startswith(b"<"):
        raise OfficeFileError(
            path, "it is a web page, whatever its name says", "Open it in Excel and save it as .xlsx"
        )
    return data


def is_workbook(data: bytes) -> bool:
    return data.startswith((_PACKAGE, _OLD))


def is_document(data: bytes) -> bool:
    """Whether a file is a PDF, or a text of Word, OpenDocument or RTF."""
    if data.startswith(_OLD):
        word, excel = (name.encode("utf-16-le") in data for name in ("WordDocument", "Workbook"))
        return word and not excel
    packed = data.startswith(_PACKAGE) and (
        b"word/document.xml" in data or b"opendocument.text" in data[:200]
    )
    return packed or data.startswith((b"%PDF", b"{\\rtf"))


def sheets_of(path: Path, data: bytes, *, only: str = "", font: str = "") -> list[Sheet]:
    """The sheets of a workbook or a CSV, the tables of a document. `only`: one sheet alone; `font`: of a file
    in a legacy encoding."""
    if is_document(data):
        from baoyen_analysis.intake import documents

        sheets = documents.document_sheets(path, data, only)
    elif data.startswith(_PACKAGE):
        sheets = _packaged(path, data, only)
    elif data.startswith(_OLD):
        sheets = old_sheets(path, data, only)
    else:
        sheets = [delimited_sheet(path, data, font)]
    for sheet in sheets:
        mend_letters(sheet, font)
    return sheets


def _packaged(path: Path, data: bytes, only: str) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part.filename: part for part in package.infolist()}
            if sum(part.file_size for part in parts.values()) > LARGEST_UNPACKED:
                raise OfficeFileError(
                    path, f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB", "Save the needed sheet alone"
                )
            if any(part.flag_bits & 1 for part in parts.values()):
                raise OfficeFileError(
                    path, "it is protected by a password", "Save a copy without the password"
                )
            if "content.xml" in parts:
                return ods_sheets(path, package, only)
            if any(name.endswith("workbook.bin") for name in parts):
                return old_sheets(path, data, only)
            return xlsx_sheets(path, package, only)
    except OfficeFileError:
        raise
    except _DAMAGE as error:
        # What is damaged, or made to be, raises whatever its unpacking or its parser raises.
        raise OfficeFileError(path, f"it is damaged, or no workbook ({error})", _AGAIN) from error


def mend_letters(sheet: Sheet, font: str = "") -> None:
    """Strips the cells, and mends those whose letters are damaged; each text that was mended is reported
    once."""
    damaged: dict[str, dict[str, tuple[int, int]]] = {font: {}}
    for r, row in enumerate(sheet.grid):
        for c, text in enumerate(row):
            if (not text.isascii() or "?" in text) and type(text) is not Typed:
                its_font = sheet.fonts.get((r, c), font) if sheet.fonts else font
                damaged.setdefault(its_font, {}).setdefault(text, (r, c))
    mended: dict[tuple[str, str], str] = {}
    for its_font, texts in damaged.items():
        after, report = repair(list(texts), font=its_font)
        mended |= {(its_font, old): new.strip() for old, new in zip(texts, after, strict=True) if old != new}
        places = list(texts.values())
        for step in report.itertuples():
            same = step.after == step.before
            problem = step.repair if same else f"letters mended ({step.repair}): {step.after}"
            row, column = places[step.position]
            sheet.report(row, column, step.before, problem, "Check the spelling")
    for r, line in enumerate(sheet.grid):
        for c, text in enumerate(line):
            if not isinstance(text, Typed):
                line[c] = text.strip()
            if mended and (new := mended.get((sheet.fonts.get((r, c), font), text))) is not None:
                line[c] = new
