"""Writers of invented office files: a sheet of cells as Excel, OpenDocument, CSV, Word and PC-Axis hold
it."""

from __future__ import annotations

import csv
import random
import zipfile
from io import StringIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from office_files import Cell, File

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="Bieu1">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)


def printed(cell: Cell, *, english: bool = False) -> str:
    """A cell as a table in words shows it."""
    if cell is None or isinstance(cell, (str, int)):
        return str(cell or "")
    text = f"{cell:,.0f}" if cell == int(cell) else f"{cell:,.2f}".rstrip("0")
    text = text if cell >= 1e4 or "." in text else text.replace(",", "")
    return text if english else text.translate(str.maketrans(",.", ".,"))


def excel(file: File, path: Path, draw: random.Random) -> None:
    """Numbers as numbers, some with a format, some as text; merged heads merged."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet, worded = book.active, draw.random() < 0.3
    for r, row in enumerate(file.rows, start=1):
        for c, cell in enumerate(row, start=1):
            number = isinstance(cell, float)
            place = sheet.cell(
                r, c, printed(cell) if number and worded and (r - 1, c - 1) in file.truth else cell
            )
            if number and not worded and cell != int(cell):
                place.number_format = draw.choice(["General", "#,##0.00", "0.00"])
            elif number and not worded and cell >= 1e4:
                place.number_format = draw.choice(["General", "#,##0", "#,##0.0"])
    for top, left, bottom, right in file.merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)


def opendocument(file: File, path: Path, draw: random.Random) -> None:
    """As LibreOffice's cells: a value, and the text that is shown."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in file.merges}
    covered = {
        (r, c)
        for top, left, bottom, right in file.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    } - set(spans)
    body = ""
    for r, row in enumerate(file.rows):
        body += "<table:table-row>"
        for c, cell in enumerate(row):
            if (r, c) in covered:
                body += "<table:covered-table-cell/>"
                continue
            rows, columns = spans.get((r, c), (1, 1))
            over = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"' * (
                rows * columns > 1
            )
            if isinstance(cell, (int, float)):
                kind = f'office:value-type="float" office:value="{cell!r}"'
                shown = printed(cell)
            else:
                kind, shown = 'office:value-type="string"' if cell else "", printed(cell)
            body += f"<table:table-cell {kind}{over}><text:p>{escape(shown)}</text:p></table:table-cell>"
        body += "</table:table-row>"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", _ODS.format(body))


def delimited(file: File, path: Path, draw: random.Random) -> None:
    """With commas, semicolons or tabs, in UTF-8 or UTF-16."""
    mark, english = draw.choice(";,\t"), draw.random() < 0.3
    text = StringIO()
    width = max(map(len, file.rows))
    for row in file.rows:
        cells = [printed(cell, english=english) for cell in row]
        csv.writer(text, delimiter=mark, lineterminator="\r\n").writerow(cells + [""] * (width - len(cells)))
    path.write_bytes(text.getvalue().encode(draw.choice(["utf-8", "utf-8-sig", "utf-16"])))
    file.options = {"locale": "en"} if english else {}


def word(file: File, path: Path, draw: random.Random) -> None:
    """The lines over the table as paragraphs, then the table, its merged heads merged."""
    import docx

    first = next(r for r, row in enumerate(file.rows) if len([cell for cell in row if cell is not None]) > 2)
    first = min([first, *(top for top, *_ in file.merges)])
    paper, width = docx.Document(), max(map(len, file.rows))
    for row in file.rows[:first]:
        paper.add_paragraph(" ".join(printed(cell) for cell in row if cell is not None))
    rows = file.rows[first:]
    table = paper.add_table(rows=len(rows), cols=width)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = printed(cell)
    for top, left, bottom, right in file.merges:
        table.cell(top - first, left).merge(table.cell(bottom - first, right))
    paper.save(path)


def pc_axis(file: File, path: Path, draw: random.Random) -> None:
    """Rows and columns of a table without a group as stub and heading."""
    head = next(r for r, row in enumerate(file.rows) if len(row) > 2)
    rows, heads = file.rows[head + 1 :], [str(cell) for cell in file.rows[head][1:]]
    title = str(file.rows[0][0])
    contents, _, unit = title.rstrip(")").rpartition(" (")
    data = "\n".join(
        " ".join(f"{cell!r}" if isinstance(cell, float) else '".."' for cell in row[1:]) for row in rows
    )
    lines = [
        'CHARSET="ANSI";', 'AXIS-VERSION="2013";', 'CODEPAGE="utf-8";', 'LANGUAGE="vi";',
        f"TITLE={quoteattr(contents)};", f"CONTENTS={quoteattr(contents.partition(' chia theo')[0])};",
        f'UNITS="{unit}";',
        'STUB="Huyện";', 'HEADING="Năm";',
        'VALUES("Huyện")=' + ",".join(f'"{row[0]}"' for row in rows) + ";",
        'VALUES("Năm")=' + ",".join(f'"{head}"' for head in heads) + ";", f"DATA=\n{data};",
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")


WRITERS = {"xlsx": excel, "ods": opendocument, "csv": delimited, "docx": word, "px": pc_axis}


def write(file: File, folder: Path, number: int) -> Path:
    """Write a file in one of the formats it can have, by its number."""
    draw = random.Random(number)
    kinds = ["xlsx", "ods", "csv", "docx"] + ["px"] * 3 * (file.layout == "statistics")
    kind = draw.choice(kinds)
    path = folder / f"{number:04d}-{file.layout.replace(' ', '-')}.{kind}"
    WRITERS[kind](file, path, draw)
    return path
