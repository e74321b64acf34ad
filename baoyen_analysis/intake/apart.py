"""Workbooks and documents as sheets, read in a process of its own where a file is out of the ordinary or its
reader can't be interrupted: what hangs that reader or fills the memory ends that process alone.

    python -m baoyen_analysis.intake.apart SECONDS < FILE"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

from baoyen_analysis.intake.sheets import LARGEST_UNPACKED, Refused, Sheet

PACKAGE, OLD, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
_ORDINARY = 20_000_000  # bytes of a workbook once unpacked
_ORDINARY_WORDS = 1_000_000  # of a document's
_MOST_MEMORY = 1_300_000_000
_SECONDS, _SECONDS_A_MEGABYTE, _MOST_SECONDS = 15, 5, 120  # of the processor
_PATIENCE = 8  # times as long may it last where other programs keep the processor busy


def sheets_of(data: bytes) -> list[Sheet]:
    """The sheets of a workbook, the tables of a document; `Refused` for what is damaged, takes too long or
    needs too much memory."""
    _refuse_other_documents(data)
    return _read(data) if _is_ordinary(data) else _read_apart(data)


def _refuse_other_documents(data: bytes) -> None:
    holds = [name.encode("utf-16-le") in data for name in ("WordDocument", "Workbook")]
    kinds = {
        "rich text (.rtf)": data.startswith(RTF),
        "an OpenDocument text (.odt)": b"opendocument.text" in data[:200],
        "a Word 97 file (.doc)": data.startswith(OLD) and holds == [True, False],
    }
    for kind, its in kinds.items():
        if its:
            raise Refused(f"it is {kind}, which is not read", "Open it in Word and save it as .docx")


def _is_ordinary(data: bytes) -> bool:
    """Whether a file is read by readers of XML alone, and small once it is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception:  # no package, or a damaged one: it is refused where it is read
        return data.startswith(PACKAGE)
    most = _ORDINARY_WORDS if any(part.filename.startswith("word/") for part in parts) else _ORDINARY
    return sum(part.file_size for part in parts) <= most and not any(_is_old(part.filename) for part in parts)


def _is_old(part: str) -> bool:
    return part.endswith("workbook.bin")


def _read_apart(data: bytes) -> list[Sheet]:
    seconds = min(_SECONDS + _SECONDS_A_MEGABYTE * len(data) // 10**6, _MOST_SECONDS)
    folders = [str(Path(__file__).parent.parent.parent), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, folders))}
    command = [sys.executable, "-P", "-m", __name__, str(seconds)]
    remedy = "Save the needed table alone"
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            env=environment,
            timeout=_PATIENCE * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(f"reading it takes over {seconds} seconds", remedy) from error
    if done.returncode:
        raise Refused(f"reading it takes over {seconds} seconds, or ends its reader", remedy)
    found = pickle.loads(done.stdout)
    if isinstance(found, list):
        return found
    raise Refused(*found)


def _limited(seconds: int) -> None:
    """Limits the time and the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes) -> list[Sheet]:
    try:
        sheets = _sheets(data)
        for sheet in sheets:
            sheet.close_gaps()
        return sheets
    except Refused:
        raise
    except MemoryError as error:
        raise Refused("reading it takes too much memory", "Save the needed table alone") from error
    except Exception as error:  # what is damaged, or made to be, raises whatever its parser raises
        problem, remedy = f"it is damaged, or no workbook ({error})", "Open it and save it again"
        if "password" in repr(error).lower() or "EncryptedPackage".encode("utf-16-le") in data:
            problem, remedy = "it is protected by a password", "Save a copy without the password"
        raise Refused(problem, remedy) from error


def _sheets(data: bytes) -> list[Sheet]:
    """Each kind of file loads its own reader alone: a process that reads one has no use for the others."""
    if data.startswith(PDF):
        from baoyen_analysis.intake.documents import of_pdf

        return of_pdf(data)
    if data.startswith(OLD):
        return _old_sheets(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
            too_large = f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB"
            raise Refused(too_large, "Save the needed table alone")
        names = package.namelist()
        if "word/document.xml" in names:
            from baoyen_analysis.intake.documents import of_word

            return of_word(data)
        if any(map(_is_old, names)):
            return _old_sheets(data)
        if "content.xml" in names:
            from baoyen_analysis.intake.opendocument import ods_sheets

            return ods_sheets(package)
        from baoyen_analysis.intake.workbooks import xlsx_sheets

        return xlsx_sheets(package)


def _old_sheets(data: bytes) -> list[Sheet]:
    from baoyen_analysis.intake.oldbooks import old_sheets

    return old_sheets(data)


def main() -> None:
    """Reads a file from the input and gives its sheets, or what is wrong with it, to the output."""
    result, _ = os.fdopen(os.dup(1), "wb"), os.dup2(2, 1)  # what a reader prints is no result
    _limited(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    try:
        found: object = _read(data)
        pickled = pickle.dumps(found, protocol=5)
    except Refused as refusal:
        pickled = pickle.dumps(refusal.args)
    except MemoryError:
        pickled = pickle.dumps(("reading it takes too much memory", "Save the needed table alone"))
    with result:
        result.write(pickled)


if __name__ == "__main__":
    main()
