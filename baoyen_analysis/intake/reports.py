"""The running text of a report: Word, a PDF with text, a web page, plain text. Its tables are left to the
reader of tables; nothing is recognised from a picture."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from baoyen_analysis.intake.sheets import OfficeFileError

_LARGEST = 100_000_000  # bytes of a file
_PAGE_NUMBER = re.compile(r"(?im)^\s*(?:trang|page)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*$")
_APART = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "table",
    "ul",
    "ol",
}
_UNSEEN = {"script", "style", "noscript", "head", "template", "svg"}


def text_of(path: Path, data: bytes | None = None) -> str:
    """The running text of a report, told by what is in the file; `data` where it has been read already.

    >>> text_of(Path("tin.html"), "<p>Đón <b>5.000</b> lượt</p><script>1</script>".encode()).strip()
    'Đón 5.000 lượt'
    """
    data = path.read_bytes() if data is None else data
    if len(data) > _LARGEST:
        raise OfficeFileError(path, "it has over 100 MB", "Save the needed pages alone")
    if data.startswith(b"%PDF"):
        text = _of_pdf(path, data)
    elif data.startswith(b"PK"):
        text = _of_word(path, data)
    elif data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise OfficeFileError(
            path, "it is a Word 97 or rich text file", "Open it in Word and save it as .docx"
        )
    else:
        text = _decoded(path, data)
        if text[:2000].lstrip().lower().startswith(("<!doctype", "<html", "<p", "<div", "<body", "<?xml")):
            text = _of_page(text)
    if not text.strip():
        raise OfficeFileError(path, "it holds no text", "A scanned page is a picture: give the text itself")
    return text


def _of_word(path: Path, data: bytes) -> str:
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, OSError, SyntaxError, BadZipFile) as error:
        raise OfficeFileError(
            path, "it is no Word report, or a damaged one", "Save it as .docx again"
        ) from error
    return "\n\n".join(paragraph.text for paragraph in document.paragraphs)


def _of_pdf(path: Path, data: bytes) -> str:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = [_beside_tables(page) for page in pdf.pages]
    except (PdfminerException, ValueError, KeyError, TypeError) as error:
        raise OfficeFileError(path, "it is a damaged or locked PDF", "Print it to a new PDF") from error
    return "\n".join(_PAGE_NUMBER.sub("", page) for page in pages)


def _beside_tables(page: Any) -> str:
    """The text of a PDF's page that stands in none of its tables."""
    boxes = [table.bbox for table in page.find_tables()]

    def is_beside(thing: dict[str, Any]) -> bool:
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    return page.filter(is_beside).extract_text() or ""


def _decoded(path: Path, data: bytes) -> str:
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OfficeFileError(path, "its text is not in UTF-8", "Save it as UTF-8")


class _Page(HTMLParser):
    """Gathers the text of a web page that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        self.words += ["\n\n"] if tag in _APART else [" | "] if tag in ("td", "th") else []

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in _UNSEEN))
        self.words += ["\n\n"] if tag in _APART else []

    def handle_data(self, data: str) -> None:
        self.words += [] if self.unseen else [re.sub(r"\s+", " ", data)]


def _of_page(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "".join(page.words)


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of a text, on one line, three hundred letters at the most on either
    side."""
    before = max((cut.end() for cut in _cuts(text, max(0, start - 300), start)), default=max(0, start - 300))
    after = min((cut.start() + 1 for cut in _cuts(text, end, end + 300)), default=min(len(text), end + 300))
    return " ".join(text[before:after].split())


def _cuts(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return re.compile(r"[.!?;]\s+(?=[^\Wa-zà-ỹ])|\n\s*\n|\n(?=\s*[-–•+*\d])").finditer(text, start, end)
