"""The running text of a report: Word, a PDF with text, a web page, plain text. Its tables are left to the
reader of tables; nothing is recognised from a picture."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from baoyen_analysis.intake.sheets import OfficeFileError

_LARGEST = 100_000_000  # bytes of a file
_PAGE_NUMBER = re.compile(r"(?im)^\s*+(?:trang|page)?\s*+\d{1,4}(?:\s*+/\s*+\d{1,4})?\s*$")
_IS_PAGE = re.compile(r"(?i)\s*<(?:!doctype|html|p|div|body|\?xml)")
_APART = re.compile("p|div|br|li|tr|h[1-6]|section|article|table|[uo]l")
_CUT = re.compile(r"[.!?;]\s+(?=[^\Wa-zà-ỹ])|\n\s*\n|\n(?=\s*[-–•+*\d])")
_UNSEEN = ("script", "style", "noscript", "head", "template", "svg")


def text_of(path: Path, data: bytes | None = None) -> str:
    """The running text of a report, told by what is in the file; `data` where it has been read already.

    >>> text_of(Path("tin.html"), "<p>Đón <b>5.000</b> lượt</p><script>1</script>".encode()).strip()
    'Đón 5.000 lượt'
    """
    data = path.read_bytes() if data is None else data
    if len(data) > _LARGEST:
        raise OfficeFileError(path, "it has over 100 MB", "Save the needed pages alone")
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        problem = "it is a Word 97 or rich text file"
        raise OfficeFileError(path, problem, "Open it in Word and save it as .docx")
    read, problem, remedy = _of_text, "its text is not in UTF-8", "Save it as UTF-8"
    if data.startswith(b"%PDF"):
        read, problem, remedy = _of_pdf, "it is a damaged or locked PDF", "Print it to a new PDF"
    elif data.startswith(b"PK"):
        read, problem, remedy = _of_word, "it is no Word report, or a damaged one", "Save it as .docx again"
    try:
        text = read(data)
    except Exception as error:  # a damaged file raises whatever its parser raises
        raise OfficeFileError(path, problem, remedy) from error
    if not text.strip():
        raise OfficeFileError(path, "it holds no text", "A scanned page is a picture: give the text itself")
    return text


def _of_word(data: bytes) -> str:
    import docx

    return "\n\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def _of_pdf(data: bytes) -> str:
    """The text of a PDF that stands in none of its tables."""
    import pdfplumber

    def beside(page: Any) -> str:
        boxes = [table.bbox for table in page.find_tables()]

        def is_beside(thing: dict[str, Any]) -> bool:
            x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
            return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

        return _PAGE_NUMBER.sub("", page.filter(is_beside).extract_text())

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(map(beside, pdf.pages))


def _of_text(data: bytes) -> str:
    """Plain text, or that of a web page which a reader sees."""
    text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    if not _IS_PAGE.match(text):
        return text
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = html.document_fromstring(text.encode(), parser=parser)
    etree.strip_elements(page, *_UNSEEN, with_tail=False)
    for element in page.iter():
        apart = "\n\n" * bool(_APART.fullmatch(element.tag))
        cell = " | " * (element.tag in ("td", "th"))
        element.text = apart + cell + re.sub(r"\s+", " ", element.text or "")
        element.tail = apart + re.sub(r"\s+", " ", element.tail or "")
    return str(page.text_content())


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of a text, on one line, three hundred letters at the most on either
    side."""
    first, last = max(0, start - 300), end + 300
    before = max((cut.end() for cut in _CUT.finditer(text, first, start)), default=first)
    after = min((cut.start() + 1 for cut in _CUT.finditer(text, end, last)), default=last)
    return " ".join(text[before:after].split())
