"""The card that a chart is drawn on: a figure that shows itself as SVG, texts that are measured before they are placed, and labels that
keep clear of each other. Lengths are in px from the top left corner.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from baoyen_analysis import words
from baoyen_analysis.views import style


class Chart(Figure):
    """A picture with its words: `alt` says in `lang` what it shows, with its numbers."""

    def __init__(self, *, width: float, height: float, title: str, lang: str) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor=style.PAPER)
        FigureCanvasAgg(self)  # measures texts; a bare Figure has no renderer
        self.width, self.height, self.title, self.lang, self.alt = width, height, title, lang, title
        self.middles: list[float] | None = None  # of the rows, in a chart of rows

    def svg(self, *, embed_font: bool = False) -> str:
        """The picture as SVG, with its title and description; the same bytes for the same figures.

        `embed_font` puts the letters that it uses into it, so that it is right where the page does not bring the font
        (`style.font_face_css` gives a page the whole of it).
        """
        stream = io.StringIO()
        # One salt a picture: a page holds several, wide and narrow, and the ids inside them must not meet.
        with style.drawing(salt=f"{self.title} {self.lang} {self.width}"):
            self.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        body = stream.getvalue().partition("<svg")[2].partition(">")[2]
        # Matplotlib's rule for every element of the page, and ids that repeat from picture to picture, do not belong inside a page.
        body = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
        body = re.sub(r'<g id="[\w.]+_\d+">', "<g>", body)
        font = f"<style>{style.font_face_css(self._characters(), compressed=False)}</style>\n" if embed_font else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" lang="{self.lang}" '
            f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'style="max-width:100%;height:auto;background:{style.PAPER}" stroke-linejoin="round" stroke-linecap="butt">\n'
            f"<title>{escape(self.title)}</title>\n<desc>{escape(self.alt)}</desc>\n{font}{body.strip()}\n"
        )

    def _characters(self) -> str:
        """The letters drawn, sorted, so that the same text always cuts the same font."""
        return "".join(sorted({letter for text in self.texts for letter in text.get_text()}))

    def _ipython_display_(self) -> None:
        """Shows the SVG and its words, and nothing else: an active inline backend would add a PNG."""
        from IPython.display import display

        display({"image/svg+xml": self.svg(embed_font=True), "text/plain": self.alt}, raw=True)


class Card:
    """The white card that every chart is drawn on: title, subtitle, a plot of a given height, notes and sources."""

    def __init__(
        self, *, title: str, subtitle: str, notes: Sequence[str], sources: Sequence[str], lang: str, shape: str, plot_height: float
    ) -> None:
        self.lang, self.shape = lang, style.SHAPES[shape]
        width, padding = self.shape.width, self.shape.padding
        room = width - 2 * padding
        head = [style.balanced(title, room, self.shape.title, style.SEMIBOLD), style.balanced(subtitle, room, self.shape.subtitle)]
        source = words.chart("source", lang=lang, names="; ".join(sources)) if sources else ""
        foot = [style.wrap(text, room, self.shape.small) for text in (" ".join(notes), source)]
        tall = [self.line(self.shape.title) * len(head[0]), self.line(self.shape.subtitle) * len(head[1])]
        self.top = padding * 0.8 + tall[0] + 4 + tall[1] + 18
        self.bottom = self.top + plot_height
        self.left, self.right = padding, width - padding
        height = self.bottom + 16 + self.line(self.shape.small) * sum(map(len, foot)) + padding * 0.6
        self.chart = Chart(width=width, height=float(np.ceil(height)), title=title, lang=lang)
        self.text(padding, padding * 0.8, head[0], size=self.shape.title, weight=style.SEMIBOLD)
        self.text(padding, padding * 0.8 + tall[0] + 4, head[1], size=self.shape.subtitle, colour=style.MUTED)
        self.text(padding, self.bottom + 16, [*foot[0], *foot[1]], size=self.shape.small, colour=style.MUTED)

    @staticmethod
    def line(size: float) -> float:
        return size * style.LINE_HEIGHT

    def text(
        self, x: float, top: float, lines: str | Sequence[str], *, size: float, weight: int = style.REGULAR, colour: str = style.INK,
        align: str = "left", bold: int = 0, clear: bool = False,
    ) -> None:
        """Writes lines from `top` downward, the first `bold` of them heavy; `clear` hides the gridlines behind them."""
        ground = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5} if clear else None
        for i, line in enumerate([lines] if isinstance(lines, str) else lines):
            baseline = top + (i + 0.5) * self.line(size) + style.BASELINE * size
            heavy = style.SEMIBOLD if i < bold else weight
            self.chart.text(
                x / self.chart.width, 1 - baseline / self.chart.height, line, ha=align, va="baseline",
                color=style.TEXT_COLOURS.get(colour, colour), fontproperties=style.font(size, heavy), bbox=ground,
            )  # fmt: skip

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """A bare plot: what stands around it is written by the charts, where there is room."""
        width, height = self.chart.width, self.chart.height
        ax = self.chart.add_axes((left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height))
        ax.set_axis_off()
        return ax

    def leader(self, xs: tuple[float, float], ys: tuple[float, float]) -> None:
        """A thin line from a point to a label that had to stand away from it."""
        chart = self.chart
        line = Line2D(np.array(xs) / chart.width, 1 - np.array(ys) / chart.height, lw=0.8, color=style.GREY, transform=chart.transFigure)
        chart.add_artist(line)


class Labels:
    """Puts labels beside their points so that none covers another label, leaves the plot, or (if it can) covers a mark or a line."""

    def __init__(self, card: Card, *, left: float, top: float, right: float, bottom: float) -> None:
        self.card, self.bounds, self.boxes, self.drawn = card, (left, top, right, bottom), [], [np.empty((0, 2))]

    def avoid(self, xs: Sequence[float], ys: Sequence[float], *, radius: float = 0) -> None:
        """Remembers a line through some points (px), or marks of a radius at them."""
        for x, y in zip(xs, ys, strict=True) if radius else ():
            self.drawn.append(np.array([(x + dx, y + dy) for dx in (-radius, 0, radius) for dy in (-radius, 0, radius)]))
        for (x0, y0), (x1, y1) in [] if radius else zip(zip(xs, ys), zip(xs[1:], ys[1:])):
            share = np.linspace(0, 1, 2 + int(np.hypot(x1 - x0, y1 - y0) / 3))[:, None]
            self.drawn.append(np.array([[x0, y0]]) + share * np.array([[x1 - x0, y1 - y0]]))

    def put(self, x: float, y: float, lines: Sequence[str], *, size: float, colour: str, end: bool, bold: int = 0) -> bool:
        """Writes a label beside (x, y). One at a line's `end` always finds a place, with a leader where it is far; others go without."""
        width = block_width(lines, size, bold)
        height = self.card.line(size) * len(lines)
        drawn = np.concatenate(self.drawn)
        best: tuple[float, float, float] | None = None
        for rank, (left, top) in enumerate(self._places(x, y, width, height, end)):
            box = (left - 2, top, left + width + 2, top + height)
            if not self._free(box):
                continue
            inside = (drawn[:, 0] > box[0]) & (drawn[:, 0] < box[2]) & (drawn[:, 1] > box[1] + 1) & (drawn[:, 1] < box[3] - 1)
            cost = 12.0 * inside.sum() + rank
            if (end or not inside.any()) and (best is None or cost < best[0]):
                best = (cost, left, top)
        if best is None:
            return False
        _, left, top = best
        self.boxes.append((left - 2, top, left + width + 2, top + height))
        self.card.text(left, top, lines, size=size, colour=colour, bold=bold)
        middle = min(max(y, top + size * 0.6), top + height - size * 0.6)
        near = min(max(x, left - 4), left + width + 4)
        if np.hypot(near - x, middle - y) > 26:
            self.card.leader((x, near), (y, middle))
        return True

    @staticmethod
    def _places(x: float, y: float, width: float, height: float, end: bool) -> Iterable[tuple[float, float]]:
        """Left and top of the places to try, the best first."""
        right, middle, above, below = x + 11, y - height / 2, y - height - 7, y + 7
        before, centred = x - 11 - width, x - width / 2
        around = [(centred, above), (centred, below), (right, middle), (x - width + 4, above), (x - 4, below), (before, middle)]
        around += [(x - 4, above), (x - width + 4, below)]
        if not end:
            aside = [(right, y + 1), (before, y - height - 1), (right, y - height - 1), (before, y + 1)]
            return [*around, *aside, (x - 4, above - 9), (x - width + 4, above - 9)]
        # Downward first: ends come from the top of the plot to its foot, so their labels keep the order of their lines.
        steps = [0.0, *(sign * step for step in range(5, 200, 5) for sign in (1, -1))]
        near, columns = [(right, middle + step) for step in steps[:7]], (right, before, centred)
        return near + around + [(left, middle + step) for step in steps for left in columns if left == right or abs(step) > height / 2]

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = self.bounds
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        return not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self.boxes)


def block_width(lines: Sequence[str], size: float, bold: int = 0) -> float:
    """The width of a block of lines of which the first `bold` are heavy, in px."""
    return max(style.width_of(line, size, style.SEMIBOLD if i < bold else style.REGULAR) for i, line in enumerate(lines))


class Rows:
    """Rows with their words at the left (wide) or above (narrow) and a plot beside or under them; y in px from the top of the plot."""

    def __init__(self, labels: Sequence[str], details: Sequence[str], *, shape: str, row: float, even: bool = False) -> None:
        """`row`: the least height of a row's plot. `even` rows are as tall as the tallest, and their words stand beside them always."""
        self.size, self.row = style.SHAPES[shape], row
        self.above = shape == "narrow" and not even
        self.room = self.size.width - 2 * self.size.padding
        words_room = self.room if self.above else 0.36 * self.size.width
        self.labels = [style.wrap(label, words_room, self.size.label, style.SEMIBOLD) for label in labels]
        self.details = [style.wrap(detail, words_room, self.size.small) for detail in details]
        self.tall = [
            Card.line(self.size.label) * len(label) + Card.line(self.size.small) * len(detail)
            for label, detail in zip(self.labels, self.details, strict=True)
        ]
        heights = [tall + row + 8 if self.above else max(tall + 14, row) for tall in self.tall]
        heights = [max(heights)] * len(heights) if even else heights
        self.tops = [0.0, *np.cumsum(heights).tolist()]
        self.middles = [
            top + tall + row / 2 if self.above else top + height / 2 for top, tall, height in zip(self.tops, self.tall, heights)
        ]
        blocks = [
            max(block_width(label, self.size.label, len(label)), block_width(detail or [""], self.size.small))
            for label, detail in zip(self.labels, self.details, strict=True)
        ]
        self.indent = 4.0 if self.above else max(blocks) + 22
        self.width = self.room - self.indent
        # A line over the plot for the words of its scale.
        self.head = Card.line(self.size.small) + 6
        self.height = self.tops[-1] + self.head

    def draw(self, card: Card, limit: float, ticks: Mapping[float, str], *, low: float = 0.0) -> Axes:
        """Writes the rows' words and the scale from `low` to `limit`, with its gridlines beside the words or between them."""
        top = card.top + self.head
        ax = card.axes(card.left + self.indent, top, card.right, top + self.tops[-1])
        card.chart.middles = self.middles
        ax.set_ylim(self.tops[-1], 0)
        ax.set_xlim(low, limit)
        for label, detail, start, middle, tall in zip(self.labels, self.details, self.tops, self.middles, self.tall):
            y = top + (start if self.above else middle - tall / 2)
            card.text(card.left, y, label, size=self.size.label, weight=style.SEMIBOLD)
            card.text(card.left, y + Card.line(self.size.label) * len(label), detail, size=self.size.small, colour=style.MUTED)
        for tick, (name, start) in self._named(card, ticks, low, limit).items():
            self.rule(ax, tick, color=style.GREY if tick == 0 else style.GRID, lw=1)
            card.text(start, card.top, name, size=self.size.small, colour=style.MUTED)
        return ax

    def _named(self, card: Card, ticks: Mapping[float, str], low: float, limit: float) -> dict[float, tuple[str, float]]:
        """The ticks whose names stand clear of those before them in `ticks`: name, and where it begins."""
        kept: dict[float, tuple[str, float]] = {}
        taken: list[tuple[float, float]] = []
        for tick, name in ticks.items():
            x = card.left + self.indent + self.width * (tick - low) / (limit - low)
            width = style.width_of(name, self.size.small)
            start = min(max(x - width / 2, card.left), card.right - width)
            if all(start + width + 8 < left or right + 8 < start for left, right in taken):
                kept[tick] = (name, start)
                taken.append((start, start + width))
        return kept

    def steps(self, low: float, high: float, limit: float, name: Callable[[float], str]) -> dict[float, str]:
        """Round ticks with their names, as many as fit beside each other."""
        for count in (5, 4, 3, 2, 1):
            ticks = [float(round(tick, 9)) for tick in MaxNLocator(nbins=count).tick_values(low, high) if low <= tick <= limit * 0.96]
            gap = (ticks[1] - ticks[0]) / (limit - low) * self.width if len(ticks) > 1 else np.inf
            if gap > max(style.width_of(name(tick), self.size.small) for tick in ticks) + 14:
                break
        return {tick: name(tick) for tick in ticks}

    def rule(self, ax: Axes, at: float, **look: object) -> None:
        """A line down the rows, interrupted where their words stand over the plot."""
        half = self.row / 2
        for span in [(middle - half, middle + half) for middle in self.middles] if self.above else [(0.0, self.tops[-1])]:
            ax.plot([at] * 2, span, zorder=0, label="_rule", clip_on=False, **look)


def figure_facts(chart: Figure) -> pd.DataFrame:
    """What a chart draws, read back from it: `series`, `kind` of mark, `x`, `y`; a changed figure changes it.

    In charts of rows `x` is the value and `y` the number of the row from the top.

    >>> from baoyen_analysis.views.charts import trend
    >>> figure_facts(trend(pd.DataFrame({"year": [2022], "value": [50.0], "flag": ["estimate"]}), title="50", lang="en"))
      series      kind       x     y
    0         estimate  2022.0  50.0
    """
    facts: list[tuple[str, str, float, float]] = []
    for ax in chart.axes:
        drawn = [(band.get_label(), band.get_paths()[0].vertices) for band in ax.collections if band.get_paths()]
        drawn += [(bar.get_label(), [(bar.get_width() + bar.get_x(), bar.get_y() + bar.get_height() / 2)]) for bar in ax.patches]
        drawn += [(line.get_label(), np.column_stack([line.get_xdata(), line.get_ydata()])) for line in ax.lines]
        for label, points in drawn:
            if not str(label).startswith("_"):
                facts += [(*str(label).rsplit("|", 1), float(x), float(y)) for x, y in points]
    table = pd.DataFrame(facts, columns=["series", "kind", "x", "y"])
    middles = getattr(chart, "middles", None)
    return table if middles is None else table.assign(y=[middles.index(y) for y in table["y"]])
