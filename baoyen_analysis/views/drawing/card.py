"""The card that every chart is drawn on: what it reads of a table, its words, a figure that shows itself as
SVG, and texts that are measured before they are placed. Lengths are in px from the top left corner."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import wraps
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import allow_rasterization
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from baoyen_analysis import words
from baoyen_analysis.views.answered import MARKS_SAID
from baoyen_analysis.views.drawing.style import (
    BASELINE,
    GREY,
    INK,
    LINE_HEIGHT,
    MUTED,
    PAPER,
    REGULAR,
    SEMIBOLD,
    SHAPES,
    TEXT_COLOURS,
    balanced,
    drawing,
    font,
    font_face_css,
    wrap,
)

# Flags of figures that are not exact, or not final: their marks are hollow.
HOLLOW_FLAGS = ("at_least", "at_most", "about", "range", "estimate", "preliminary")


# What a chart reads of a column that a table lacks, or that is blank in a row; of any other a blank text.
_BLANKS: dict[str, Any] = dict.fromkeys(("low", "high", "year", "attainment_low", "attainment_high"), np.nan)
_BLANKS |= dict.fromkeys(MARKS_SAID, False)


def read(
    table: pd.DataFrame, needed: str, finite: str, named: str, blank: str = "", *, filled: bool = False
) -> dict[str, list[Any]]:
    """The cells of the columns of a table that may be `blank`, or that are `finite` numbers.

    Refuses a table without a needed column, and infinite numbers, on request also missing ones, all at once,
    by what the column `named` calls their rows."""
    missing = [name for name in needed.split() if name not in table]
    if missing:
        raise ValueError(f"the table has no column {', '.join(missing)}; it has {', '.join(map(str, table))}")
    names = finite.split()
    blanks = {name: _BLANKS.get(name, "") for name in blank.split()} | dict.fromkeys(names, np.nan)
    cells = {name: _filled(table.get(name), empty, len(table)) for name, empty in blanks.items()}
    wrong = [
        (row, name)
        for row in range(len(table))
        for name in names
        if math.isinf(cells[name][row]) or (filled and math.isnan(cells[name][row]))
    ]
    if wrong:
        rows = cells.get(named) or table[named].tolist()
        said = (
            f"{name} is {'missing' if math.isnan(cells[name][row]) else 'infinite'} in "
            f"{where if isinstance(where := rows[row], str) else f'{where:g}'}"
            for row, name in wrong
        )
        raise ValueError(f"{'; '.join(said)}: a chart draws finite numbers; leave the rows out or mend them")
    return cells


def taken(
    table: pd.DataFrame, needed: str, finite: str, named: str, blank: str = "", *, filled: bool = False
) -> pd.DataFrame:
    """The columns of a table that a chart reads: those `needed` as they are, and those that `read` gives."""
    cells = read(table, needed, finite, named, blank, filled=filled)
    kept = {name: table[name].array for name in needed.split() if name not in cells}
    numbers = finite.split()
    typed = {
        name: pd.array(column, dtype=float if name in numbers else type(_BLANKS.get(name, "")))
        for name, column in cells.items()
    }
    return pd.DataFrame(kept | typed, index=range(len(table)))


def _filled(cells: pd.Series | None, empty: Any, count: int) -> list[Any]:
    """The cells of a column in the type of what stands in their blanks."""
    if cells is None:
        return [empty] * count
    if isinstance(empty, float):
        if isinstance(cells.dtype, np.dtype) and cells.dtype.kind in "fiu":
            return cells.to_numpy(float).tolist()
        return pd.to_numeric(cells).astype(float).tolist()
    if cells.dtype == type(empty) and not cells.hasnans:
        return cells.tolist()
    typed = cells.astype("boolean" if empty is False else object)
    return typed.where(cells.notna(), empty).astype(type(empty)).tolist()


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


_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


class _Words(Text):
    """A line of words that is not measured where nothing hangs on its width: measuring it takes far longer
    than writing it."""

    drawn = False

    @allow_rasterization
    def draw(self, renderer: Any) -> None:
        self.drawn = True
        try:
            super().draw(renderer)
        finally:
            self.drawn = False

    def _get_layout(self, renderer: Any) -> Any:
        """Where the line runs from its place, which is where it begins unless an analyst changed it."""
        chart: Any = self.get_figure()
        anchored = self.get_horizontalalignment() == "left" or (chart.anchored and not self.get_parse_math())
        changed = self.get_rotation() or self.get_verticalalignment() != "baseline" or self.get_wrap()
        measured = (
            self.get_bbox_patch() or self.get_path_effects() or self.get_usetex() or "\n" in self.get_text()
        )
        if not self.drawn or not anchored or changed or measured:
            return super()._get_layout(renderer)  # type: ignore[misc]  # not in its stubs
        return None, [(self.get_text(), (0.0, 0.0), (0.0, 0.0))], (0.0, 0.0)


class _Bare:
    """An axis that makes its ticks when they are asked for: what is not drawn takes long to make."""

    axes: Any
    majorTicks: list[Any]
    minorTicks: list[Any]
    made = False  # the plot, whose making asks for ticks

    def reset_ticks(self) -> None:
        if self.made:
            super().reset_ticks()  # type: ignore[misc]  # an axis stands behind it
        else:
            self.majorTicks, self.minorTicks = [], []

    def _get_tick(self, major: bool) -> Any:
        with drawing():
            tick = super()._get_tick(major)  # type: ignore[misc]
        tick.set_clip_path(self.axes.patch)
        return tick


class _Across(_Bare, XAxis):
    pass


class _Upward(_Bare, YAxis):
    pass


class _Plot(Axes):
    """A plot whose axes are bare."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        axes: list[Any] = [self.xaxis, self.yaxis]
        for axis in axes:
            axis.made = True
            del axis.majorTicks, axis.minorTicks  # matplotlib makes them where they are missed

    def autoscale(self, *args: Any, **given: Any) -> None:
        self.relim()  # the limits of what is drawn were not looked for
        super().autoscale(*args, **given)

    def _init_axis(self) -> None:
        self.xaxis, self.yaxis = _Across(self, clear=False), _Upward(self, clear=False)
        for place, spine in self.spines.items():
            spine.register_axis(self.xaxis if place in ("bottom", "top") else self.yaxis)


class Chart(Figure):
    """A picture with its words: `alt` says in `lang` what it shows, with its numbers."""

    def __init__(self, *, width: float, height: float, title: str, lang: str) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        FigureCanvasAgg(self)  # measures texts; a bare Figure has no renderer
        self.width, self.height, self.title, self.lang, self.alt = width, height, title, lang, title
        self.anchored = False  # while it is written as SVG, in which a text says itself from where it runs

    def svg(self, *, embed_font: bool = False) -> str:
        """The picture as SVG, as wide as the place it is shown in, with its title and description; the same
        bytes for the same figures.

        `embed_font` puts the letters that it uses into it, so that it is right where the page does not bring
        the font (`style.font_face_css` gives a page the whole of it)."""
        stream = io.StringIO()
        # One salt a picture: a page holds several, wide and narrow, and the ids inside them must not meet.
        with drawing(salt=f"{self.title} {self.lang} {self.width}"):
            self.anchored = True
            try:
                self.savefig(stream, format="svg", metadata=_NO_METADATA)
            finally:
                self.anchored = False
        body = stream.getvalue().partition("<svg")[2].partition(">")[2]
        # Matplotlib's rule for every element of the page, and ids that repeat from picture to picture, do not
        # belong inside a page.
        body = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
        body = re.sub(r'<g id="[\w.]+_\d+">', "<g>", body)
        letters = ""
        if embed_font:
            # Sorted, so that the same text always cuts the same font.
            letters = "".join(sorted({letter for text in self.texts for letter in text.get_text()}))
            letters = f"<style>{font_face_css(letters, compressed=False)}</style>\n"
        # From html: that of xml.sax, which says the same, loads all that speaks with the net.
        title, alt = (escape(text, quote=False) for text in (self.title, self.alt))
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'lang="{self.lang}" width="100%" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'style="height:auto;background:{PAPER}" stroke-linejoin="round" stroke-linecap="butt">\n'
            f"<title>{title}</title>\n<desc>{alt}</desc>\n{letters}{body.strip()}\n"
        )

    def _ipython_display_(self) -> None:
        """Shows the SVG and its words, and nothing else: an active inline backend would add a PNG."""
        from IPython.display import display

        display({"image/svg+xml": self.svg(embed_font=True), "text/plain": self.alt}, raw=True)


def line(size: float) -> float:
    """How far apart lines of a size of letters stand."""
    return size * LINE_HEIGHT


class Card:
    """The white card of a chart: title, subtitle, a plot, how its marks are read and the sources."""

    def __init__(self, caption: Caption) -> None:
        self.caption, self.t, self.wide = caption, words.of(caption.lang), caption.shape == "wide"
        if caption.shape not in SHAPES:
            raise ValueError(f"unknown shape: {caption.shape!r}; there are {' and '.join(SHAPES)}")
        self.size = size = SHAPES[caption.shape]
        self.left, self.right = size.padding, size.width - size.padding
        self.room = self.right - self.left

    def begin(self, plot_height: float, drawn: Mapping[str, Any], **known: Any) -> None:
        """Writes what stands around a plot of some height; how its marks are read stands after the caption's
        own notes, the sentence of each key of `drawn` that holds."""
        caption, size, height = self.caption, self.size, self.size.padding * 0.8
        title = balanced(caption.title, self.room, size.title, SEMIBOLD)
        subtitle = balanced(caption.subtitle, self.room, size.subtitle)
        source = self.t.say("chart.source", names="; ".join(caption.sources)) if caption.sources else ""
        reading = (self.t.say(key, **known) for key, holds in drawn.items() if holds)
        notes = " ".join([*caption.notes, *reading])
        foot = [row for text in (notes, source) for row in wrap(text, self.room, size.small)]
        under = height + line(size.title) * len(title) + 4
        self.top = under + line(size.subtitle) * len(subtitle) + 18
        self.bottom = self.top + plot_height
        tall = float(np.ceil(self.bottom + 16 + line(size.small) * len(foot) + size.padding * 0.6))
        self.chart = Chart(width=size.width, height=tall, title=caption.title, lang=self.t.code)
        self.text(self.left, height, title, size=size.title, bold=len(title))
        self.text(self.left, under, subtitle, size=size.subtitle, colour=MUTED)
        self.text(self.left, self.bottom + 16, foot, colour=MUTED)

    def finished(self, said: Iterable[str]) -> Chart:
        """The chart, described by its title, its subtitle and what else is `said`."""
        parts = (self.caption.title, self.caption.subtitle, *said)
        closed = (part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
        self.chart.alt = " ".join(closed)
        return self.chart

    def text(
        self,
        x: float,
        top: float,
        lines: str | Sequence[str],
        *,
        size: float = 0,
        colour: str = INK,
        align: str = "left",
        bold: int = 0,
        clear: bool = False,
    ) -> None:
        """Writes lines from `top` downward, small ones unless a `size` is given, the first `bold` of them
        heavy; `clear` hides the gridlines behind them."""
        size = size or self.size.small
        ground = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5} if clear else None
        for i, said in enumerate([lines] if isinstance(lines, str) else lines):
            words: Any = _Words(
                x / self.chart.width,
                1 - (top + (i + 0.5) * line(size) + BASELINE * size) / self.chart.height,
                said,
                ha=align,
                va="baseline",
                color=TEXT_COLOURS.get(colour, colour),
                fontproperties=font(size, SEMIBOLD if i < bold else REGULAR),
                bbox=ground,
                transform=self.chart.transFigure,
            )
            words.set_figure(self.chart)
            self.chart.texts.append(words)
            words._remove_method = self.chart.texts.remove  # as `Figure.text` does it

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """A bare plot: what stands around it is written by the charts, where there is room."""
        width, height = self.chart.width, self.chart.height
        place = (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
        ax = self.chart.add_axes(place, axes_class=_Plot)
        ax.set_axis_off()
        return ax

    def leader(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A thin line from a point to a label that had to stand away from it."""
        xs, ys = np.transpose([start, end]) / [[self.chart.width], [self.chart.height]]
        look: dict[str, Any] = {"lw": 0.8, "color": GREY, "label": "_leader"}
        self.chart.add_artist(Line2D(xs, 1 - ys, transform=self.chart.transFigure, **look))


def stroke(ax: Axes, xs: Sequence[float], ys: Sequence[float], **given: Any) -> None:
    """Draws a line or marks on a plot whose scales are set: `Axes.plot` would first look for units, colours
    and limits."""
    made: Any = Line2D(xs, ys, **{_LONG.get(name, name): value for name, value in given.items()})
    ax.add_artist(made)
    made._set_in_autoscale(True)  # as `Axes.plot` does it


# What a line would else set twice: first as it is by default.
_LONG = {"lw": "linewidth", "ls": "linestyle", "ms": "markersize", "mew": "markeredgewidth"}
_LONG |= {"mec": "markeredgecolor", "mfc": "markerfacecolor"}


def on_card(draw: Callable[..., Iterable[str]]) -> Callable[..., Chart]:
    """A chart from what draws a table on a card and gives its description: it takes its `Caption` whole, in
    parts, or with parts changed, and draws in the package's look."""

    @wraps(draw)
    def drawn(table: Any, caption: Caption | None = None, **given: Any) -> Chart:
        parts = {field.name: given.pop(field.name) for field in fields(Caption) if field.name in given}
        card = Card(replace(caption, **parts) if caption else Caption(**parts))
        with drawing():
            said = draw(card, table, **given)
        return card.finished(said)

    return drawn
