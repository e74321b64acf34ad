"""The tables of a Word report or of a PDF with text, as sheets of cells for the reader of tables.

Each table is a sheet of its own, named by its page or number; the lines over it that are its caption and
the notes below it stand in the sheet before and after it. What is no table is not read. Nothing is recognised
from a picture: a scanned page is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from baoyen_analysis.intake.heads import UNIT_LINE, is_figure
from baoyen_analysis.intake.notes import IS_NOTE
from baoyen_analysis.intake.sheets import LARGEST_UNPACKED, OfficeFileError, Place, Sheet

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PROSE, _CAPTION_LINES = 160, 8  # letters of a line, lines: what is longer is no caption
_FOOTER = re.compile(r"(?i)(?:trang\s*)?\d+(?:\s*/\s*\d+)?")  # the number of a page
_ELSEWHERE = (
    (b"\xd0\xcf\x11\xe0", "a Word 97 file (.doc)", "Open it in Word and save it as .docx"),
    (b"{\\rtf", "rich text (.rtf)", "Open it in Word and save it as .docx"),
    (b"opendocument.text", "an OpenDocument text (.odt)", "Save it as .docx"),
)


@dataclass
class _Cells:
    """The cells of a table: text, which are merged, and the legacy font that some are written in."""

    grid: list[list[str]]
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    fonts: dict[Place, str] = field(default_factory=dict)

    def sheet(self, name: str, over: list[str], below: list[str]) -> Sheet:
        """The table between its caption and its notes; places are counted from its own first row."""
        above = len(over)
        grid = [[line] for line in over] + self.grid + [[line] for line in below]
        return Sheet(
            name,
            grid,
            [row - above for row in range(len(grid))],
            merges=[((r + above, c), (last + above, right)) for (r, c), (last, right) in self.merges],
            fonts={(r + above, c): font for (r, c), font in self.fonts.items()},
        )


def document_sheets(path: Path, data: bytes, only: str) -> list[Sheet]:
    """The tables of a document, or the one named `only`; refuses, with what to do, one that has none that can
    be read."""
    for mark, what, remedy in _ELSEWHERE:
        if mark in data[:200]:
            raise OfficeFileError(path, f"it is {what}, which is not read", remedy)
    sheets = _of_pdf(path, data) if data.startswith(b"%PDF") else _of_word(path, data)
    if not sheets:
        raise OfficeFileError(path, "it holds no table", "Give the table alone, as .xlsx")
    if only and only not in [sheet.name for sheet in sheets]:
        names = "; ".join(sheet.name for sheet in sheets)
        raise OfficeFileError(path, f"it has no table {only!r}", f"Its tables are {names}")
    return [sheet for sheet in sheets if only in ("", sheet.name)]


def _caption(lines: list[str]) -> list[str]:
    """The last lines before a table that are its caption: short ones, up to the last sentence of a text."""

    def said(line: str) -> bool:
        ends = line.rstrip(" )").endswith((".", ";", ":")) and not UNIT_LINE.match(line)
        return len(line) <= _PROSE and not ends

    return list(takewhile(said, reversed(lines)))[:_CAPTION_LINES][::-1]


def _notes(lines: list[str]) -> list[str]:
    """The first lines after a table, as long as they begin as notes do."""
    return list(takewhile(IS_NOTE.match, lines))


def _is_legacy(font: str) -> bool:
    return font.startswith((".Vn", "VNI"))


# --------------------------------------------------------------------------------------------------------
# Word


def _of_word(path: Path, data: bytes) -> list[Sheet]:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
        body = docx.Document(io.BytesIO(data)).element.body if size <= LARGEST_UNPACKED else None
    except Exception as error:  # a damaged part raises whatever its parser raises
        raise OfficeFileError(
            path, f"it is damaged ({error})", "Open it in Word and save it again"
        ) from error
    if body is None:
        raise OfficeFileError(
            path, f"unpacked it is over {LARGEST_UNPACKED // 10**6} MB", "Save the tables alone"
        )
    for content in body.xpath(".//w:sdt/w:sdtContent"):  # of content controls: the rows and cells in them
        control = content.getparent()
        for part in list(content):
            control.addprevious(part)
        control.getparent().remove(control)
    sheets = list(_word_tables(body, "Bảng ", []))
    if sheets and body.xpath(".//w:ins | .//w:del"):
        sheets[0].report(0, 0, path.name, "changes are tracked; read as if all were accepted", "Accept them")
    return sheets


def _word_tables(container: Any, name: str, caption: list[str]) -> Iterator[Sheet]:
    """The tables of a body or of a cell in their order, and after each those within its cells; a table
    without a caption has that of the one around it."""
    blocks = [(block, block.tag.rsplit("}", 1)[1]) for block in container.iterchildren()]
    tables = [place for place, (_, kind) in enumerate(blocks) if kind == "tbl"]
    for number, place in enumerate(tables):
        before = tables[number - 1] if number else -1
        after = tables[number + 1] if number + 1 < len(tables) else len(blocks)
        over, below = (
            [text for block, kind in blocks[first + 1 : last] if kind == "p" and (text := _text_of(block))]
            for first, last in ((before, place), (place, after))
        )
        table, own = blocks[place][0], f"{name}{number + 1}"
        over = _caption(over) or caption
        yield _word_cells(table).sheet(own, over, _notes(below))
        for cell in table.xpath("./w:tr/w:tc[w:tbl]"):
            yield from _word_tables(cell, f"{own}.", over)


def _word_cells(table: Any) -> _Cells:
    """The cells of a table in its grid; the text of a merged one stands in its first place."""
    rows = table.tr_lst
    width = max((cell.grid_offset + cell.grid_span for row in rows for cell in row.tc_lst), default=0)
    cells = _Cells([[""] * width for _ in rows])
    spans: dict[Place, Place] = {}
    for r, row in enumerate(rows):
        for cell in row.tc_lst:
            left, right = cell.grid_offset, cell.grid_offset + cell.grid_span - 1
            ends = ((first, last) for first, last in spans.items() if last == (r - 1, right))
            above = next((first for first, _ in ends if first[1] == left), None)
            if cell.vMerge == "continue" and above:
                spans[above] = (r, right)
                continue
            spans[r, left] = (r, right)
            cells.grid[r][left] = " ".join(filter(None, map(_text_of, cell.xpath("./w:p"))))
            if fonts := list(filter(_is_legacy, cell.xpath("./w:p//w:rFonts/@w:ascii"))):
                cells.fonts[r, left] = fonts[0]
    cells.merges = [(first, last) for first, last in spans.items() if first != last]
    return cells


def _text_of(paragraph: Any) -> str:
    """The words of a paragraph as they are shown: what is deleted or hidden is left out, raised digits are
    marks."""
    pieces = []
    shown = "not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent or w:rPr/w:vanish)"
    for run in paragraph.xpath(f".//w:r[{shown}]"):
        nodes = run.xpath("./w:t | ./w:tab | ./w:br")
        text = "".join(node.text or "" if node.tag.endswith("}t") else " " for node in nodes)
        raised = run.xpath("./w:rPr/w:vertAlign[@w:val='superscript']")
        pieces.append(text.translate(_RAISED) if raised else text)
    return " ".join("".join(pieces).split())


# --------------------------------------------------------------------------------------------------------
# PDF


@dataclass
class _PdfTable:
    """A table of a page, or of several that it goes on over: the lines before and after it, its cells, and
    where its columns begin."""

    name: str
    page: int
    over: list[str]
    cells: _Cells
    edges: list[float]
    below: list[str]


def _of_pdf(path: Path, data: bytes) -> list[Sheet]:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            pages = [(len(page.chars), list(_tables_of(page))) for page in file.pages]
    except (PdfminerException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        wrong, remedy = f"it is damaged ({error!r})", "Print it to a PDF again"
        if "Password" in repr(error):
            wrong, remedy = "it is protected by a password", "Save a copy without the password"
        raise OfficeFileError(path, wrong, remedy) from error
    remedy = "Ask for the Word or Excel file that it was made from, or type the table into Excel"
    if not any(letters for letters, _ in pages):
        raise OfficeFileError(path, "it is scanned: pictures without letters, which are not read", remedy)
    tables = _joined([tables for _, tables in pages])
    if not tables:
        raise OfficeFileError(path, "it has text and no table with ruled lines", remedy)
    if any("(cid:" in text for table in tables for row in table.cells.grid for text in row):
        raise OfficeFileError(path, "its letters have no names, so they can't be read", remedy)
    sheets = [table.cells.sheet(table.name, _caption(table.over), _notes(table.below)) for table in tables]
    for number, (letters, _) in enumerate(pages, start=1):
        if not letters:
            problem = "a page without letters, scanned or blank, is not read"
            sheets[0].report(0, 0, f"trang {number}", problem, "Look at it")
    return sheets


def _tables_of(page: Any) -> Iterator[_PdfTable]:
    """The tables of a page from its top, each with the lines between it and the next ones."""
    lines = page.extract_text_lines(return_chars=False) if page.chars else []
    found = sorted(
        (table for table in page.find_tables() if len(table.rows) > 1), key=lambda table: table.bbox[1]
    )
    ends = [0.0, *(table.bbox[3] - 2 for table in found)]
    begins = [*(table.bbox[1] + 2 for table in found), page.height + 2]
    between = [
        [line["text"] for line in lines if end <= line["top"] and line["bottom"] <= begin]
        for end, begin in zip(ends, begins, strict=True)
    ]
    for number, table in enumerate(found):
        name = f"trang {page.page_number}, bảng {number + 1}"
        cells, edges = _pdf_cells(page, table)
        yield _PdfTable(name, page.page_number, between[number], cells, edges, between[number + 1])


def _pdf_cells(page: Any, table: Any) -> tuple[_Cells, list[float]]:
    """The cells of a ruled table by the lines that bound them, one that spans several merged, and where the
    columns begin. A letter is of the cell that its middle lies in."""
    lefts, tops, rights, ends = (_distinct(cell[side] for cell in table.cells) for side in range(4))
    cells = _Cells([[""] * len(lefts) for _ in tops])
    left, top, right, bottom = table.bbox
    middles = [((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2, c) for c in page.chars]
    letters = [(x, y, c) for x, y, c in middles if left <= x <= right and top <= y <= bottom]
    for x0, y0, x1, y1 in table.cells:
        place = _nearest(tops, y0), _nearest(lefts, x0)
        last = max(_nearest(ends, y1), place[0]), max(_nearest(rights, x1), place[1])
        mine = [c for x, y, c in letters if x0 <= x < x1 and y0 <= y < y1]
        cells.grid[place[0]][place[1]] = _words(mine)
        if fonts := [font for c in mine if _is_legacy(font := c["fontname"].split("+")[-1])]:
            cells.fonts[place] = fonts[0]
        if place != last:
            cells.merges.append((place, last))
    return cells, lefts


def _distinct(places: Iterable[float]) -> list[float]:
    """Places of lines, those within three points of each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 3:
            found.append(place)
    return found


def _nearest(places: list[float], place: float) -> int:
    return min(range(len(places)), key=lambda n: abs(places[n] - place))


def _words(letters: list[dict]) -> str:
    """The words of a cell; digits that are smaller and higher than the letter before them are marks."""
    from pdfplumber.utils import extract_words

    text = ""
    before: dict[str, Any] = {}
    for word in extract_words(letters, extra_attrs=["size"], x_tolerance=2):
        raised = (
            bool(before) and word["size"] < 0.8 * before["size"] and word["bottom"] < before["bottom"] - 1
        )
        touching = bool(before) and word["x0"] - before["x1"] < 1 and word["top"] < before["bottom"]
        piece = word["text"].translate(_RAISED) if raised else word["text"]
        text += piece if touching or not text else f" {piece}"
        before = word
    return text


def _joined(pages: list[list[_PdfTable]]) -> list[_PdfTable]:
    """The tables of all pages; one that a page's end parted is one again: the next page begins with columns
    at the same places and with no line of its own over them."""
    whole: list[_PdfTable] = []
    for tables in pages:
        for number, table in enumerate(tables):
            if not number and whole and _goes_on(whole[-1], table):
                _append(whole[-1], table)
            else:
                whole.append(table)
    return whole


def _goes_on(last: _PdfTable, table: _PdfTable) -> bool:
    alike = len(last.edges) == len(table.edges) and table.page == last.page + 1
    between = [line for line in last.below + table.over if not _FOOTER.fullmatch(line.strip())]
    return alike and not between and all(abs(a - b) < 3 for a, b in zip(last.edges, table.edges, strict=True))


def _append(last: _PdfTable, table: _PdfTable) -> None:
    """Put the rows of the next page under a table, without the head that is repeated there; a row that the
    page's end cut in two is one again."""
    pairs = zip(last.cells.grid, table.cells.grid, strict=False)
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    rows = table.cells.grid[head:]
    cut = rows and last.cells.grid and _is_cut(last.cells.grid[-1], rows[0])
    if cut:
        last.cells.grid[-1] = [
            " ".join(filter(None, pair)) for pair in zip(last.cells.grid[-1], rows[0], strict=True)
        ]
    down = len(last.cells.grid) - head - bool(cut)
    last.cells.grid += rows[bool(cut) :]
    kept = [((r, c), last_) for (r, c), last_ in table.cells.merges if r >= head]
    last.cells.merges += [((r + down, c), (end + down, right)) for (r, c), (end, right) in kept]
    last.cells.fonts |= {(r + down, c): font for (r, c), font in table.cells.fonts.items() if r >= head}
    last.name, last.page, last.below = f"{last.name} – trang {table.page}", table.page, table.below


def _is_cut(above: list[str], below: list[str]) -> bool:
    """Whether the first row of a page goes on with the last one before it: without an order, and words alone,
    or words in small letters where the row above has no number."""
    words = [text for text in below if text]
    if below[0] or not words:
        return False
    numbers = [any(map(is_figure, row[1:])) for row in (above, below)]
    return not numbers[1] or (not numbers[0] and words[0][0].islower())
