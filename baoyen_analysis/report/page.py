"""The one-page report: a self-contained HTML file, both languages in it, made from what the answers gave.

Everything that comes from data is escaped; every number of a sentence or a table leads to the printed words
it came from. The page's policy forbids any request and any script but its own."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.charts import Chart


class Head(NamedTuple):
    """The head of a table's column; one that is `csv_only` stands in the download and not on the page."""

    text: str
    csv_only: bool = False


class Table(NamedTuple):
    """A table in one language. Cells are text; a `findings.Said` leads to its figures."""

    name: str
    heads: list[Head]
    rows: list[list[str]]


class Figure(NamedTuple):
    """A chart in its two shapes, and its data; one `beside` the page's matter opens when it is asked for."""

    wide: Chart
    narrow: Chart
    table: Table
    beside: bool = False


class Goal(NamedTuple):
    """A goal with a pace: what stands beside its verdict, and the curve of its readings."""

    key: str
    title: str
    found: list[str]
    figure: Figure


class Section(NamedTuple):
    """A domain of the report in one language."""

    key: str
    title: str
    found: list[str]
    limits: list[str]
    figures: list[Figure]
    tables: list[Table]


class Line(NamedTuple):
    """A goal on the first screen. `verdict` is a code, which gives the mark its shape and colour."""

    name: str
    verdict: str
    verdict_name: str
    text: str
    grade: str
    also: str


class Printed(NamedTuple):
    """One printed figure among the sources: its words, what they are about, how they were read, and a
    note."""

    figure_id: str
    printed: str
    about: str
    read: str
    note: str
    numbers: tuple[str, ...]


class Source(NamedTuple):
    """A source with the figures of it that the page uses."""

    publisher: str
    title: str
    published: str
    url: str
    figures: list[Printed]


class Notebook(NamedTuple):
    """What a stored notebook asks and explains: its title and its body, already HTML."""

    key: str
    title: str
    body: Markup


class Page(NamedTuple):
    """The report in one language."""

    lang: str
    labels: dict[str, str]
    headline: str
    settles: str
    goal_2025: list[str]
    around: list[str]
    lines: list[Line]
    without: list[Line]
    record: str
    scorecard: Table
    plans: Table
    goal_limits: list[str]
    goals: list[Goal]
    sections: list[Section]
    sources: list[Source]
    notebooks: Sequence[Notebook] = ()


def render(pages: Sequence[Page], *, coefficients: Mapping[str, object], version: str = "") -> str:
    """The HTML of the report; the first page's language is shown first. `coefficients` is what the sliders
    reckon with."""
    environment = Environment(
        loader=PackageLoader("baoyen_analysis.report"),
        autoescape=select_autoescape(["html", "j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"svg": inline_svg, "link": _link, "date": date, "tongue": tongue}
    templates = resources.files(__package__) / "templates"
    script, looks = ((templates / f"report.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
    # The hash by which the page's policy knows its own script, and runs no other.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    reckoned = json.dumps(coefficients, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return environment.get_template("report.html.j2").render(
        pages=pages,
        notes={page.lang: Notes(page) for page in pages},
        version=version,
        styles=Markup(f"{style.font_face_css()}\n{looks}"),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
        coefficients_given=coefficients,
        coefficients=Markup(reckoned.replace("<", "\\u003c")),
    )


def _link(address: str) -> str:
    """An address that a browser may open: anything but http and https is no link."""
    return address if address.startswith(("https://", "http://")) else ""


def date(text: str, lang: str) -> str:
    """A date, or a month, as a language writes it.

    >>> date("2022-12-26", "vi"), date("2022-12-26", "en"), date("2022-09", "vi"), date("2022", "vi")
    ('26/12/2022', '2022-12-26', '9/2022', '2022')
    """
    if lang != "vi":
        return text
    text = re.sub(r"^(\d{4})-0?(\d+)$", r"\2/\1", text)
    return re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3/\2/\1", text)


# A number as it stands in a sentence; a bare year is none, nor is the month before one.
_NUMBER = re.compile(
    r"(?<![\w.,/]-)(?<![\w.,/])(?!(?:19|20)\d\d(?![\d.,]*\d))[+−-]?\d+(?:[.,]\d+)*(?:\s?%)?(?![\w])(?!/(?:19|20)\d\d)"
)


class Notes:
    """The printed figures of a page, counted, and the links that lead to them.

    A number that is a figure's own leads to it; any other leads to the line that says which figures it was
    computed from."""

    def __init__(self, page: Page) -> None:
        self.lang = page.lang
        figures = [figure for source in page.sources for figure in source.figures]
        self.place = {figure.figure_id: number for number, figure in enumerate(figures, start=1)}
        self.numbers = {figure.figure_id: figure.numbers for figure in figures}
        self.groups: dict[tuple[tuple[int, ...], str], str] = {}  # figures and formula -> the line's id

    def _known(self, text: str) -> list[str]:
        return [figure_id for figure_id in getattr(text, "figure_ids", ()) if figure_id in self.place]

    def link(self, text: str) -> Markup:
        """A sentence of the page's language with its numbers as links: a figure's own number to that figure,
        met in their order where they share it, one that was computed to all it was computed from. Counts,
        ranks and names hold none; a sentence that knows no figure stays plain."""
        known = self._known(text)
        left, computed, made, rest = list(known), getattr(text, "computed", ""), Markup(), 0
        for number in _NUMBER.finditer(text) if known else ():
            said = re.sub(r"\s", "", number.group())
            own = next((name for name in [*left, *known] if said in self.numbers[name]), "")
            if own in left and len(known) > 2:
                left.remove(own)
            if own or re.search(rf"(?<![\d.,]){re.escape(said.rstrip('%'))}(?![\d.,]*\d)", computed):
                used, formula = ([own], "") if own else (known, getattr(text, "formula", ""))
                made += escape(text[rest : number.start()]) + self._anchor(number.group(), used, formula)
                rest = number.end()
        return made + escape(str(text)[rest:])

    def cell(self, text: str) -> Markup:
        """A table's cell: the whole of it one link where it knows its figures."""
        known = self._known(text)
        return self._anchor(str(text), known) if known else escape(str(text))

    def _anchor(self, text: str, used: Sequence[str], formula: str = "") -> Markup:
        """A link to a figure's line, or to the line of a number that was computed from figures."""
        places = tuple(dict.fromkeys(self.place[name] for name in used))
        line = f"{self.lang}-{'-'.join(map(str, places))}"
        if len(places) > 1 or formula:
            line = self.groups.setdefault((places, formula), f"{self.lang}-c{len(self.groups) + 1}")
        how = Markup(' data-f="{}"').format(formula) if formula else ""
        return Markup('<a class="n" href="#{}" data-n="{}"{}>{}</a>').format(
            line, ",".join(map(str, places)), how, text
        )


_VIETNAMESE = re.compile(
    "[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ]", re.IGNORECASE
)
# Words that show a phrase to be English, whatever names it holds.
_ENGLISH = re.compile(
    r"\b(?:and|area|by|district|for|from|is|not|of|panel|per|province|the|with)\b", re.IGNORECASE
)


def tongue(text: str, around: str) -> str:
    """The language of a phrase where it is not that of the text around it, else "".

    >>> tongue("trên 66 triệu đồng/năm", "en"), tongue("Income of Bảo Yên in 2022", "en")
    ('vi', '')
    >>> tongue("lecture slides", "vi"), tongue("GRDP", "vi")
    ('en', '')
    """
    found = re.findall(r"[^\W\d_]+", text)
    vietnamese = sum(bool(_VIETNAMESE.search(word)) for word in found)
    if around == "en":
        return "vi" if vietnamese >= max(0.4 * len(found), 1) and not _ENGLISH.search(text) else ""
    return "en" if not vietnamese and sum(len(word) > 3 for word in found) > 1 else ""


def inline_svg(chart: Chart) -> Markup:
    """A chart for the page, which brings the font: without matplotlib's empty groups, with coordinates to a
    tenth of a px.

    Only what stands inside tags is shortened: the words and numbers of the chart are left as they are.
    """
    quiet = re.compile(
        r"font-family: [^;]*; ?|text-anchor: start; ?| transform=\"rotate\(-0 [^)]*\)\""
        r"|(?<=[:;]) |(?<=\d\.\d)\d+"
    )
    text = re.sub(r"<[^>]+>", lambda tag: quiet.sub("", tag.group()), chart.svg())
    text, fewer = re.sub(r"\s*\n\s*", " ", text), ""
    plain = r"<g> ?((?:<(?:path|text|use)[^>]*/>|<text[^>]*>[^<]*</text>|<defs>.*?</defs>| )*)</g>"
    while (fewer := re.sub(plain, r"\1", text)) != text:
        text = fewer
    return Markup(re.sub(r"> +<", "><", text))
