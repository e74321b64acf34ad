"""A file of an office, whatever it is, as sheets of cells: what it is by its first bytes, and a clear refusal
of what is no table, damaged or too large."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from baoyen_analysis.intake.cells import raised
from baoyen_analysis.intake.delimited import delimited_sheet, mended_texts
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.opendocument import ods_sheets
from baoyen_analysis.intake.sheets import LARGEST_UNPACKED, OfficeFileError, Place, Sheet
from baoyen_analysis.intake.workbooks import xlsx_sheets
from baoyen_analysis.intake.xls import xls_sheets

_BLANKS = b"\xef\xbb\xbf \r\n\t"
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+(?!\w)|[⁰¹²³⁴-⁹]+$")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PACKAGE, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AGAIN = "Open it in Excel and save it again"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    ArithmeticError,
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
    elif is_workbook(data):
        sheets = _workbook(path, data, only)
    else:
        sheets = [delimited_sheet(path, data, font)]
    for sheet in sheets:
        mend_letters(sheet, font)
    return sheets


def _workbook(path: Path, data: bytes, only: str) -> list[Sheet]:
    try:
        if data.startswith(_OLD):
            return xls_sheets(path, data, only)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _packaged(path, package, only)
    except OfficeFileError:
        raise
    except _DAMAGE as error:
        # What is damaged, or made to be, raises whatever its unpacking or its parser raises.
        raise OfficeFileError(path, f"it is damaged, or no workbook ({error})", _AGAIN) from error


def _packaged(path: Path, package: zipfile.ZipFile, only: str) -> list[Sheet]:
    parts = {part.filename: part for part in package.infolist()}
    if sum(part.file_size for part in parts.values()) > LARGEST_UNPACKED:
        too_large = f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB"
        raise OfficeFileError(path, too_large, "Save the needed sheet alone")
    if any(part.flag_bits & 1 for part in parts.values()):
        raise OfficeFileError(path, "it is protected by a password", "Save a copy without the password")
    if any(name.endswith("workbook.bin") for name in parts):
        raise OfficeFileError(path, "it is a binary workbook (.xlsb)", "Save it as .xlsx")
    return (ods_sheets if "content.xml" in parts else xlsx_sheets)(path, package, only)


def mend_letters(sheet: Sheet, font: str = "") -> None:
    """Strips the cells, mends those whose letters are damaged, each text reported once, and writes raised
    digits as marks."""
    damaged: dict[str, dict[str, Place]] = {font: {}}
    for r, row in enumerate(sheet.grid):
        for c, text in enumerate(row):
            if not isinstance(text, Typed) and (not text.isascii() or "?" in text):
                damaged.setdefault(sheet.fonts.get((r, c), font), {}).setdefault(text, (r, c))
    after: dict[tuple[str, str], str] = {}
    for its_font, texts in damaged.items():
        places = list(texts.values())
        mended, problems = mended_texts(list(texts), its_font)
        after |= {(its_font, old): _with_marks(new) for old, new in zip(texts, mended, strict=True)}
        for number, before, problem in problems:
            sheet.report(*places[number], before, problem, "Check the spelling")
    for r, row in enumerate(sheet.grid):
        for c, text in enumerate(row):
            if not isinstance(text, Typed):
                row[c] = (
                    after.get((sheet.fonts.get((r, c), font), text), text).strip() if after else text.strip()
                )


def _with_marks(text: str) -> str:
    """A text whose raised digits after a number or at its end are marks: "45,3¹", "Thu nhập ¹"."""
    return _RAISED.sub(lambda found: raised(found[0].translate(_DIGITS), text[: found.start()]), text)
