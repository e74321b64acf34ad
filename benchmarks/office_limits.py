"""Large and hostile office files: processor time and memory of each, read by `read_office`.

    .venv/bin/python benchmarks/office_limits.py [NAME ...]

Every file is made here, with invented numbers, and read in a process of its own, whose time and memory, with
those of its children, are printed beside what came of it. The limits are those that hold for a person who
waits; a file that must be refused must be refused in a sentence. Ends with 1 where one does not hold.
(time is that of the processor, so that another program on the machine changes nothing.)"""

from __future__ import annotations

import argparse
import io
import multiprocessing.connection
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><sheetData>{}</sheetData></worksheet>'
)
_HEAD = ["Xã", "Năm", "Lượt khách du lịch (lượt)"]
_PLACES = ["Bảo Hà", "Nghĩa Đô", "Vĩnh Yên", "Xuân Hòa"]


class Case(NamedTuple):
    """A file, what must come of it, and the most seconds and megabytes that it may take."""

    make: Callable[[Path], Path]
    comes: str  # "rows" or "refused"
    seconds: float
    megabytes: int = 1500
    warm: bool = False


def cell(text: str | float) -> str:
    if isinstance(text, str):
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    return f"<c><v>{text}</v></c>"


def workbook(path: Path, rows: Iterable[str], entities: str = "") -> Path:
    """A small .xlsx whose one sheet has these rows, its declared dimensions the largest there are."""
    import openpyxl

    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part in made.namelist():
            if part != "xl/worksheets/sheet1.xml":
                package.writestr(part, made.read(part))
        with package.open("xl/worksheets/sheet1.xml", "w") as stream:
            before, after = _SHEET.split("{}")
            stream.write(f"{entities}{before}".encode())
            for row in rows:
                stream.write(row.encode())
            stream.write(after.encode())
    return path


def lines(count: int) -> Iterable[list[str | float]]:
    yield list(_HEAD)
    for number in range(count):
        yield [_PLACES[number % 4], 2000 + number % 24, 1000 + number % 90_000]


def rows_of(count: int) -> Iterable[str]:
    return (f"<row>{''.join(map(cell, row))}</row>" for row in lines(count))


def large_csv(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(";".join(map(str, row)) + "\n" for row in lines(count))
    return path


def stray(path: Path) -> Path:
    """A small table and one cell in the last row that there is."""
    last = cell("x").replace("<c ", '<c r="XFD1048576" ')
    return workbook(path, [*rows_of(20), f'<row r="1048576">{last}</row>'])


def zip_bomb(path: Path) -> Path:
    """Two hundred megabytes of one letter, in two hundred kilobytes."""
    return workbook(path, ("<row><c><v>" + "1" * 10**6 + "</v></c></row>" for _ in range(200)))


def unknown_parts(path: Path) -> Path:
    """Elements that no table has, and that a reader may keep."""
    return workbook(path, ("<x/>" * 10**5 for _ in range(700)))


def entities(path: Path) -> Path:
    """Ten entities, each ten times the one before it."""
    named = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    row = '<row><c t="inlineStr"><is><t>&a9;</t></is></c></row>'
    return workbook(path, [*rows_of(3), row], f"<!DOCTYPE worksheet [{named}]>")


def wide(path: Path) -> Path:
    """Rows of all the columns there are."""
    return workbook(path, ("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>" for _ in range(2_000)))


def opendocument(path: Path, rows: str) -> Path:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="B">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return path


def repeated(path: Path) -> Path:
    """A few letters that stand for a full sheet of cells, as a file of LibreOffice may say it."""
    one = '<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
    return opendocument(
        path, f'<table:table-row table:number-rows-repeated="1048576">{one}</table:table-row>'
    )


def pc_axis(path: Path, count: int) -> Path:
    """A long table, and strings that never end after it."""
    years = ",".join(f'"{2000 + n % 24}M{n % 12 + 1:02d}"' for n in range(24))
    areas = ",".join(f'"x{n}"' for n in range(count // 24))
    head = f'CHARSET="ANSI";\nSTUB="Xa";\nHEADING="Thang";\nVALUES("Xa")={areas};\nVALUES("Thang")={years};\n'
    path.write_text(head + "DATA=\n" + " ".join(["12.5"] * (count // 24 * 24)) + ";\n", encoding="utf-8")
    return path


def open_strings(path: Path) -> Path:
    path.write_text('CHARSET="ANSI";\n' + 'NOTE("' * 200_000 + "DATA=1 2", encoding="utf-8")
    return path


def pdf_bomb(path: Path) -> Path:
    """A page whose one stream unpacks to two hundred megabytes of drawing."""
    import zlib

    stream = zlib.compress(b"0 0 m 100 100 l S\n" * 12_000_000, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%b endobj\n" % one for one in enumerate(objects, start=1))
    path.write_bytes(data + b"trailer<</Root 1 0 R>>\n%%EOF")
    return path


def long_document(path: Path) -> Path:
    """A table of Word of eight thousand rows."""
    row = (
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc>" for n in range(4)) + "</w:tr>"
    )
    import docx

    plain = io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part in made.namelist():
            data = made.read(part)
            if part == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body><w:tbl>" + row.encode() * 8_000 + b"</w:tbl>")
            package.writestr(part, data)
    return path


CASES = {
    "60000-rows.xlsx": Case(lambda path: workbook(path, rows_of(60_000)), "rows", 6),
    "million-rows.csv": Case(lambda path: large_csv(path, 10**6), "rows", 60, 1000),
    "stray-cell.xlsx": Case(stray, "rows", 2, 300),
    "zip-bomb.xlsx": Case(zip_bomb, "refused", 20),
    "unknown-parts.xlsx": Case(unknown_parts, "refused", 20),
    "entities.xlsx": Case(entities, "refused", 2, 300),
    "wide.xlsx": Case(wide, "refused", 20),
    "repeated.ods": Case(repeated, "refused", 2, 300),
    "100000-numbers.px": Case(lambda path: pc_axis(path, 100_000), "rows", 25),
    "200000-numbers.px": Case(lambda path: pc_axis(path, 200_000), "rows", 50),
    "open-strings.px": Case(open_strings, "refused", 2, 300),
    "drawing.pdf": Case(pdf_bomb, "refused", 30),
    "8000-rows.docx": Case(long_document, "rows", 20),
}


def spent() -> tuple[float, float]:
    """Seconds and most megabytes of this process and its children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both), max(one.ru_maxrss for one in both) / 1024


def read(path: Path, channel: multiprocessing.connection.Connection) -> None:
    import baoyen_analysis.intake.workbooks  # noqa: F401
    from baoyen_analysis.intake.office import OfficeFileError, read_office

    started, waited = spent()[0], time.perf_counter()
    try:
        came = f"rows {len(read_office(path).rows)}"
    except OfficeFileError as error:
        came = f"refused {error}"
    except BaseException as error:
        came = f"an exception: {error!r}"
    seconds, megabytes = spent()
    channel.send((came, seconds - started, megabytes, time.perf_counter() - waited))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help=", ".join(CASES))
    wrong, context = 0, multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for name in parser.parse_args().names or CASES:
            case = CASES[name]
            path = case.make(Path(folder) / name)
            here, there = context.Pipe()
            process = context.Process(target=read, args=(path, there))
            process.start()
            there.close()
            try:
                came, seconds, megabytes, waited = here.recv()
            except EOFError:
                came, seconds, megabytes, waited = "the process died", 0.0, 0.0, 0.0
            process.join()
            holds = came.startswith(case.comes) and seconds <= case.seconds and megabytes <= case.megabytes
            wrong += not holds
            print(
                f"{'  ' if holds else '! '}{name} ({path.stat().st_size / 1e6:.1f} MB): {seconds:.1f} s of "
                f"{case.seconds:g}, {megabytes:.0f} MB of {case.megabytes}, {waited:.1f} s waited: "
                f"{came[:150]}",
                flush=True,
            )
            path.unlink()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
