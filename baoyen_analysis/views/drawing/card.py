"""The card that every chart is drawn on: its words, a figure that shows itself as SVG, and texts that are
measured before they are placed. Lengths are in px from the top left corner."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from baoyen_analysis import words
from baoyen_analysis.views.drawing import style
from baoyen_analysis.words import Language


@dataclass(frozen=True)
class Caption:
    """The words around a picture, and its language and shape.

    Parameters
    ----------
    title : str
        The finding.
    subtitle : str
        The measure, its unit, the place and the years.
    notes, sources : sequence of str
        Sentences for the foot, and the names of the sources.
    lang : str, optional
        "vi" or "en"; without it the language of the session.
    shape : str
        "wide" (960 px) or "narrow" (360 px, for a phone).
    """

    title: str
    subtitle: str = ""
    notes: Sequence[str] = ()
    sources: Sequence[str] = ()
    lang: str | None = None
    shape: str = "wide"

    @classmethod
    def of(cls, caption: Caption | None, given: dict[str, Any]) -> Caption:
        """A caption with what else was given of it, or one made of that alone."""
        made = replace(caption, **given) if caption else cls(**given)
        if made.shape not in style.SHAPES:
            raise ValueError(f"unknown shape: {made.shape!r}; there are {' and '.join(style.SHAPES)}")
        return made

    @cached_property
    def t(self) -> Language:
        return words.of(self.lang)

    @property
    def size(self) -> style.Shape:
        return style.SHAPES[self.shape]


class Chart(Figure):
    """A picture with its words: `alt` says in `lang` what it shows, with its numbers."""

    def __init__(self, *, width: float, height: float, title: str, lang: str) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor=style.PAPER)
        FigureCanvasAgg(self)  # measures texts; a bare Figure has no renderer
        self.width, self.height, self.title, self.lang, self.alt = width, height, title, lang, title
        self.middles: list[float] | None = None  # of the rows, in a chart of rows

    def svg(self, *, embed_font: bool = False) -> str:
        """The picture as SVG, as wide as the place it is shown in, with its title and description; the same
        bytes for the same figures.

        `embed_font` puts the letters that it uses into it, so that it is right where the page does not bring
        the font (`style.font_face_css` gives a page the whole of it)."""
        stream = io.StringIO()
        # One salt a picture: a page holds several, wide and narrow, and the ids inside them must not meet.
        with style.drawing(salt=f"{self.title} {self.lang} {self.width}"):
            self.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        body = stream.getvalue().partition("<svg")[2].partition(">")[2]
        # Matplotlib's rule for every element of the page, and ids that repeat from picture to picture, do not
        # belong inside a page.
        body = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
        body = re.sub(r'<g id="[\w.]+_\d+">', "<g>", body)
        font = ""
        if embed_font:
            # Sorted, so that the same text always cuts the same font.
            letters = "".join(sorted({letter for text in self.texts for letter in text.get_text()}))
            font = f"<style>{style.font_face_css(letters, compressed=False)}</style>\n"
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'lang="{self.lang}" width="100%" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'style="height:auto;background:{style.PAPER}" stroke-linejoin="round" stroke-linecap="butt">\n'
            f"<title>{escape(self.title)}</title>\n<desc>{escape(self.alt)}</desc>\n{font}{body.strip()}\n"
        )

    def _ipython_display_(self) -> None:
        """Shows the SVG and its words, and nothing else: an active inline backend would add a PNG."""
        from IPython.display import display

        display({"image/svg+xml": self.svg(embed_font=True), "text/plain": self.alt}, raw=True)


class Card:
    """The white card of a chart: title, subtitle, a plot of a given height, how its marks are read
    (`reading`, after the caption's own notes) and the sources."""

    def __init__(self, caption: Caption, reading: Iterable[str], *, plot_height: float) -> None:
        self.caption, self.t, self.size = caption, caption.t, caption.size
        size, width, padding = self.size, self.size.width, self.size.padding
        room = width - 2 * padding
        title = style.balanced(caption.title, room, size.title, style.SEMIBOLD)
        subtitle = style.balanced(caption.subtitle, room, size.subtitle)
        source = self.t.say("chart.source", names="; ".join(caption.sources)) if caption.sources else ""
        notes = " ".join([*caption.notes, *reading])
        foot = [line for text in (notes, source) for line in style.wrap(text, room, size.small)]
        tall = self.line(size.title) * len(title)
        self.top = padding * 0.8 + tall + 4 + self.line(size.subtitle) * len(subtitle) + 18
        self.bottom = self.top + plot_height
        self.left, self.right = padding, width - padding
        height = self.bottom + 16 + self.line(size.small) * len(foot) + padding * 0.6
        self.chart = Chart(width=width, height=float(np.ceil(height)), title=caption.title, lang=self.t.code)
        self.text(padding, padding * 0.8, title, size=size.title, weight=style.SEMIBOLD)
        self.text(padding, padding * 0.8 + tall + 4, subtitle, size=size.subtitle, colour=style.MUTED)
        self.text(padding, self.bottom + 16, foot, size=size.small, colour=style.MUTED)

    def finished(self, said: Iterable[str]) -> Chart:
        """The chart, described by its title, its subtitle and what else is `said`."""
        parts = (self.caption.title, self.caption.subtitle, *said)
        closed = (part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
        self.chart.alt = " ".join(closed)
        return self.chart

    @staticmethod
    def line(size: float) -> float:
        return size * style.LINE_HEIGHT

    def text(
        self,
        x: float,
        top: float,
        lines: str | Sequence[str],
        *,
        size: float,
        weight: int = style.REGULAR,
        colour: str = style.INK,
        align: str = "left",
        bold: int = 0,
        clear: bool = False,
    ) -> None:
        """Writes lines from `top` downward, the first `bold` of them heavy; `clear` hides the gridlines
        behind them."""
        ground = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5} if clear else None
        for i, line in enumerate([lines] if isinstance(lines, str) else lines):
            baseline = top + (i + 0.5) * self.line(size) + style.BASELINE * size
            self.chart.text(
                x / self.chart.width,
                1 - baseline / self.chart.height,
                line,
                ha=align,
                va="baseline",
                color=style.TEXT_COLOURS.get(colour, colour),
                fontproperties=style.font(size, style.SEMIBOLD if i < bold else weight),
                bbox=ground,
            )

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """A bare plot: what stands around it is written by the charts, where there is room."""
        width, height = self.chart.width, self.chart.height
        place = (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
        ax = self.chart.add_axes(place)
        ax.set_axis_off()
        return ax

    def leader(self, xs: tuple[float, float], ys: tuple[float, float]) -> None:
        """A thin line from a point to a label that had to stand away from it."""
        chart = self.chart
        ends = np.array(xs) / chart.width, 1 - np.array(ys) / chart.height
        line = Line2D(*ends, lw=0.8, color=style.GREY, transform=chart.transFigure)
        line.set_label("_leader")
        chart.add_artist(line)


def figure_facts(chart: Figure) -> pd.DataFrame:
    """What a chart draws, read back from it: `series`, `kind` of mark, `x`, `y`; a changed figure changes it.

    In charts of rows `x` is the value and `y` the number of the row from the top.

    >>> from baoyen_analysis.views.drawing.charts import trend
    >>> rows = pd.DataFrame({"year": [2022], "value": [50.0], "flag": ["estimate"]})
    >>> figure_facts(trend(rows, title="50", lang="en"))
      series      kind       x     y
    0         estimate  2022.0  50.0
    """
    facts: list[tuple[str, str, float, float]] = []
    for ax in chart.axes:
        drawn: list[tuple[Any, Any]] = [
            (band.get_label(), band.get_paths()[0].vertices) for band in ax.collections if band.get_paths()
        ]
        bars: list[Any] = list(ax.patches)
        drawn += [
            (bar.get_label(), [(bar.get_width() + bar.get_x(), bar.get_y() + bar.get_height() / 2)])
            for bar in bars
        ]
        drawn += [(line.get_label(), line.get_xydata()) for line in ax.lines]
        for label, points in drawn:
            if not str(label).startswith("_"):
                series, _, kind = str(label).rpartition("|")
                facts += [(series, kind, float(x), float(y)) for x, y in points]
    table = pd.DataFrame(facts, columns=["series", "kind", "x", "y"])
    middles = getattr(chart, "middles", None)
    if middles is None:
        return table
    return table.assign(y=[int(np.abs(np.array(middles) - y).argmin()) for y in table["y"]])
