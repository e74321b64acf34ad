"""The tables of a Word report or of a PDF with text, as sheets of cells for the reader of tables.

Each table is a sheet of its own, named by its page or number; the lines over it that are its caption and
the notes below it stand in the sheet before and after it. What is no table is not read. Nothing is recognised
from a picture: a scanned page is refused."""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from baoyen_analysis.intake.sheets import (
    IS_NOTE,
    UNIT_LINE,
    Place,
    Refused,
    Sheet,
    is_figure,
    legacy_font,
    raised,
)

_PROSE, _CAPTION_LINES = 160, 8  # letters of a line, lines: what is longer is no caption
_FOOTER = re.compile(r"(?i)\s*(?:trang\s*)?\d+(?:\s*/\s*\d+)?\s*")  # the number of a page
_SHOWN = "not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent or w:rPr/w:vanish)"
_ASK = "Ask for the Word or Excel file that it was made from, or type the table into Excel"


def _framed(table: Sheet, over: list[str], below: list[str]) -> Sheet:
    """A table between its caption, the short lines before it up to the last sentence of a text, and its
    notes; places are counted from its own first row."""

    def captions(line: str) -> bool:
        ends = line.rstrip(" )").endswith((".", ";", ":")) and not UNIT_LINE.match(line)
        return len(line) <= _PROSE and not ends

    caption = list(takewhile(captions, reversed(over)))[:_CAPTION_LINES][::-1]
    sheet = Sheet(table.name, [[line] for line in caption])
    _put_under(sheet, table)
    sheet.grid += [[line] for line in takewhile(IS_NOTE.match, below)]
    sheet.rows = list(range(-len(caption), len(sheet.grid) - len(caption)))
    return sheet


def _put_under(sheet: Sheet, table: Sheet, start: int = 0) -> None:
    """Adds the rows of a table from `start` on, with what is known of their cells."""
    down = len(sheet.grid) - start
    sheet.grid += table.grid[start:]
    sheet.merges += [
        ((r + down, c), (end + down, last)) for (r, c), (end, last) in table.merges if r >= start
    ]
    sheet.fonts |= {(r + down, c): font for (r, c), font in table.fonts.items() if r >= start}


def _of_cells(name: str, cells: list[tuple[Place, Place, str, str]]) -> Sheet:
    """A table by its cells: their first and last places, texts and legacy fonts."""
    height, width = (1 + max((last[way] for _, last, *_ in cells), default=-1) for way in (0, 1))
    sheet = Sheet(name, [[""] * width for _ in range(height)])
    for first, last, text, font in cells:
        sheet.grid[first[0]][first[1]] = text
        sheet.merges += [(first, last)] * (first != last)
        sheet.fonts |= {first: font} if font else {}
    return sheet


def of_word(data: bytes) -> list[Sheet]:
    """The tables of a Word report."""
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
    for content in body.xpath(".//w:sdt/w:sdtContent"):  # of content controls: the rows and cells in them
        control = content.getparent()
        for part in list(content):
            control.addprevious(part)
        control.getparent().remove(control)
    sheets = list(_word_tables(body, "Bảng ", []))
    if not sheets:
        raise Refused("it holds no table", "Give the table alone, as .xlsx")
    if body.xpath(".//w:ins | .//w:del"):
        sheets[0].report(
            0, 0, sheets[0].name, "changes are tracked; read as if all were accepted", "Accept them"
        )
    return sheets


def _word_tables(container: Any, name: str, caption: list[str]) -> Iterator[Sheet]:
    """The tables of a body or of a cell in their order, and after each those within its cells; a table
    without a caption has that of the one around it."""
    tables: list[Any] = []
    lines: list[list[str]] = [[]]  # before the first table, and after each
    for block in container.iterchildren("{*}tbl", "{*}p"):
        if block.tag.endswith("}tbl"):
            tables.append(block)
            lines.append([])
        elif text := _text_of(block):
            lines[-1].append(text)
    for number, table in enumerate(tables, start=1):
        sheet = _framed(_word_table(table, f"{name}{number}"), lines[number - 1] or caption, lines[number])
        yield sheet
        over = [row[0] for row, place in zip(sheet.grid, sheet.rows, strict=True) if place < 0]
        for cell in table.xpath("./w:tr/w:tc[w:tbl]"):
            yield from _word_tables(cell, f"{sheet.name}.", over)


def _word_table(table: Any, name: str) -> Sheet:
    """A table in its grid; the text of a merged cell stands in its first place."""
    cells: dict[Place, tuple[Place, Place, str, str]] = {}
    row_above: dict[Place, Place] = {}
    for r, row in enumerate(table.tr_lst):
        above, row_above = row_above, {}
        for cell in row.tc_lst:
            sides = cell.grid_offset, cell.grid_offset + cell.grid_span - 1
            first = above.get(sides) if cell.vMerge == "continue" else None
            if first is None:
                first, fonts = (r, sides[0]), map(legacy_font, cell.xpath("./w:p//w:rFonts/@w:ascii"))
                text = " ".join(filter(None, map(_text_of, cell.xpath("./w:p"))))
                cells[first] = first, first, text, next(filter(None, fonts), "")
            row_above[sides] = first
            cells[first] = first, (r, sides[1]), *cells[first][2:]
    return _of_cells(name, list(cells.values()))


def _text_of(paragraph: Any) -> str:
    """The words of a paragraph as they are shown: what is deleted or hidden is left out, raised digits are
    marks."""
    text = ""
    for run in paragraph.xpath(f".//w:r[{_SHOWN}]"):
        nodes = run.xpath("./w:t | ./w:tab | ./w:br")
        words = "".join(node.text or "" if node.tag.endswith("}t") else " " for node in nodes)
        text += raised(words, text) if run.xpath("./w:rPr/w:vertAlign[@w:val='superscript']") else words
    return " ".join(text.split())


@dataclass
class _PdfTable:
    """A table of a page, or of several that it goes on over: its cells, the last page, where its columns
    begin, the lines before and after it."""

    sheet: Sheet
    page: int
    edges: list[float]
    over: list[str]
    below: list[str]


def of_pdf(data: bytes) -> list[Sheet]:
    """The tables with ruled lines of a PDF. One that a page's end parted is one again: the next page begins
    with columns at the same places and with no line of its own over them."""
    import pdfplumber

    whole: list[_PdfTable] = []
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            for number, table in enumerate(_tables_of(page)):
                if not number and whole and _goes_on(whole[-1], table):
                    _append(whole[-1], table)
                else:
                    whole.append(table)
        blank = [page.page_number for page in file.pages if not page.chars]
        if len(blank) == len(file.pages):
            raise Refused("it is scanned: pictures without letters, which are not read", _ASK)
    if not whole:
        raise Refused("it has text and no table with ruled lines", _ASK)
    if any("(cid:" in text for table in whole for row in table.sheet.grid for text in row):
        raise Refused("its letters have no names, so they can't be read", _ASK)
    sheets = [_framed(table.sheet, table.over, table.below) for table in whole]
    for number in blank:
        problem = "a page without letters, scanned or blank, is not read"
        sheets[0].report(0, 0, f"trang {number}", problem, "Look at it")
    return sheets


def _tables_of(page: Any) -> Iterator[_PdfTable]:
    """The tables of a page from its top, each with the lines between it and the next ones."""
    lines = page.extract_text_lines(return_chars=False) if page.chars else []
    middles = [((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2, c) for c in page.chars]
    found = sorted((one for one in page.find_tables() if len(one.rows) > 1), key=lambda table: table.bbox[1])
    ends = [0.0, *(table.bbox[3] - 2 for table in found)]
    begins = [*(table.bbox[1] + 2 for table in found), page.height + 2]
    between = [
        [line["text"] for line in lines if end <= line["top"] and line["bottom"] <= begin]
        for end, begin in zip(ends, begins, strict=True)
    ]
    for number, table in enumerate(found):
        # By the lines that bound its cells. A letter is of the cell that its middle lies in.
        tops, lefts = [row.bbox[1] for row in table.rows], sorted({box[0] for box in table.cells})
        cells = []
        for x0, y0, x1, y1 in table.cells:
            mine = [c for x, y, c in middles if x0 <= x < x1 and y0 <= y < y1]
            first = bisect_left(tops, y0), bisect_left(lefts, x0)
            last = bisect_left(tops, y1) - 1, bisect_left(lefts, x1) - 1
            fonts = (legacy_font(c["fontname"].split("+")[-1]) for c in mine)
            cells.append((first, last, _words(mine), next(filter(None, fonts), "")))
        sheet = _of_cells(f"trang {page.page_number}, bảng {number + 1}", cells)
        yield _PdfTable(sheet, page.page_number, lefts, between[number], between[number + 1])


def _words(letters: list[dict]) -> str:
    """The words of a cell; digits that are smaller and higher than the letter before them are marks."""
    from pdfplumber.utils import extract_words

    words = extract_words(letters, extra_attrs=["size"], x_tolerance=2)
    text = words[0]["text"] if words else ""
    for before, word in pairwise(words):
        up = word["size"] < 0.8 * before["size"] and word["bottom"] < before["bottom"] - 1
        touching = word["x0"] - before["x1"] < 1 and word["top"] < before["bottom"]
        text += " " * (not touching) + (raised(word["text"], text) if up else word["text"])
    return text


def _goes_on(last: _PdfTable, table: _PdfTable) -> bool:
    alike = len(last.edges) == len(table.edges) and table.page == last.page + 1
    alone = alike and all(map(_FOOTER.fullmatch, last.below + table.over))
    return alone and all(abs(a - b) < 3 for a, b in zip(last.edges, table.edges, strict=True))


def _append(last: _PdfTable, table: _PdfTable) -> None:
    """Puts the rows of the next page under a table, without the head that is repeated there. A row that the
    page's end cut in two is one again: it goes on without an order, and with words alone, or words in small
    letters where the row above has no number."""
    grid, rows = last.sheet.grid, table.sheet.grid
    same = (row == above for row, above in zip(rows, grid, strict=False))
    head = [*same, False].index(False)
    if head < len(rows) and not rows[head][0] and (words := list(filter(None, rows[head]))):
        numbers = [any(map(is_figure, row[1:])) for row in (grid[-1], rows[head])]
        if not numbers[1] or (not numbers[0] and words[0][0].islower()):
            grid[-1] = [" ".join(filter(None, pair)) for pair in zip(grid[-1], rows[head], strict=True)]
            head += 1
    _put_under(last.sheet, table.sheet, head)
    last.sheet.name += f" – trang {table.page}"
    last.page, last.below = table.page, table.below
