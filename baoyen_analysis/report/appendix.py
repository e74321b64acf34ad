"""A stored notebook as plain HTML: its words, tables and sentences; no code, and a chart's description in the
chart's place."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from markupsafe import Markup, escape

from baoyen_analysis.report.page import Notebook, tongue


def notebook(name: str, stored: str) -> Notebook:
    """One notebook, from the text of its file; whatever markup its words hold is shown as text."""
    import mistune  # 0.1 s that only the report needs

    written = mistune.create_markdown(escape=True, plugins=["table"])
    title, parts = name, []
    for cell in json.loads(stored)["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            head = re.match(r"# (.+)\n*", text)
            if head:
                title, text = head.group(1), text[head.end() :]
            parts.append(_lowered(written(text)))
        elif cell["cell_type"] == "code":
            parts += [_output(output.get("data", {}), written) for output in cell["outputs"]]
    return Notebook(name, title, Markup("\n").join(Markup(_marked(part)) for part in parts if part))


def _output(data: dict, written) -> str:
    """What a cell shows: a table, sentences, or the description of a chart."""
    shown = {kind: "".join(text) for kind, text in data.items()}
    if "text/html" in shown:
        return _Table.of(shown["text/html"])
    if "text/markdown" in shown:
        return _lowered(written(shown["text/markdown"]))
    if "image/svg+xml" in shown:
        return f'<p class="picture">{escape(shown.get("text/plain", ""))}</p>'
    return f"<pre>{escape(shown['text/plain'])}</pre>" if "text/plain" in shown else ""


def _lowered(html: str) -> str:
    """Headings two levels down: the page has its own above them."""
    return re.sub(r"(</?h)([1-6])", lambda head: head.group(1) + str(min(int(head.group(2)) + 2, 6)), html)


def _marked(html: str) -> str:
    """Vietnamese phrases, which notebooks set in italics, marked as such."""

    def mark(phrase: re.Match) -> str:
        lang = tongue(phrase.group(1), "en")
        return f'<em lang="{lang}">{phrase.group(1)}</em>' if lang else phrase.group()

    return re.sub(r"<em>(.*?)</em>", mark, html)


class _Table(HTMLParser):
    """The rows and cells of a shown table; every other tag, style and attribute is left behind."""

    KEPT = ("thead", "tbody", "tr", "th", "td")

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []
        self.cell: list[str] | None = None

    @classmethod
    def of(cls, html: str) -> str:
        reader = cls()
        reader.feed(html)
        return f'<div class="table" tabindex="0" role="region" aria-label="Table"><table>{"".join(reader.made)}</table></div>'

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in ("th", "td"):
            self.cell = []
        elif tag in self.KEPT:
            self.made.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td") and self.cell is not None:
            text, self.cell = "".join(self.cell).strip(), None
            lang = tongue(text, "en")
            head = "td" if tag == "td" or not text else "th"
            self.made.append(f"<{head}{f' lang={lang}' if lang else ''}>{escape(text)}</{head}>")
        elif tag in self.KEPT:
            self.made.append(f"</{tag}>\n" if tag == "tr" else f"</{tag}>")
