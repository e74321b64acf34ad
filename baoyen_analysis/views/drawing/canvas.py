"""The card that a chart is drawn on: a figure that shows itself as SVG, texts that are measured before they
are placed, and labels that keep clear of each other. Lengths are in px from the top left corner."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from baoyen_analysis import words
from baoyen_analysis.views.drawing import style


class Chart(Figure):
    """A picture with its words: `alt` says in `lang` what it shows, with its numbers."""

    def __init__(self, *, width: float, height: float, title: str, lang: str) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor=style.PAPER)
        FigureCanvasAgg(self)  # measures texts; a bare Figure has no renderer
        self.width, self.height, self.title, self.lang, self.alt = width, height, title, lang, title
        self.middles: list[float] | None = None  # of the rows, in a chart of rows

    def svg(self, *, embed_font: bool = False) -> str:
        """The picture as SVG, with its title and description; the same bytes for the same figures.

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
        font = (
            f"<style>{style.font_face_css(self._characters(), compressed=False)}</style>\n"
            if embed_font
            else ""
        )
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
    """The white card that every chart is drawn on: title, subtitle, a plot of a given height, notes and
    sources."""

    def __init__(
        self,
        *,
        title: str,
        subtitle: str,
        notes: Sequence[str],
        sources: Sequence[str],
        lang: str,
        shape: str,
        plot_height: float,
    ) -> None:
        self.lang, self.shape = lang, style.SHAPES[shape]
        width, padding = self.shape.width, self.shape.padding
        room = width - 2 * padding
        head = [
            style.balanced(title, room, self.shape.title, style.SEMIBOLD),
            style.balanced(subtitle, room, self.shape.subtitle),
        ]
        source = words.of(lang).say("chart.source", names="; ".join(sources)) if sources else ""
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
            heavy = style.SEMIBOLD if i < bold else weight
            self.chart.text(
                x / self.chart.width,
                1 - baseline / self.chart.height,
                line,
                ha=align,
                va="baseline",
                color=style.TEXT_COLOURS.get(colour, colour),
                fontproperties=style.font(size, heavy),
                bbox=ground,
            )

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """A bare plot: what stands around it is written by the charts, where there is room."""
        width, height = self.chart.width, self.chart.height
        ax = self.chart.add_axes(
            (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
        )
        ax.set_axis_off()
        return ax

    def leader(self, xs: tuple[float, float], ys: tuple[float, float]) -> None:
        """A thin line from a point to a label that had to stand away from it."""
        chart = self.chart
        line = Line2D(
            np.array(xs) / chart.width,
            1 - np.array(ys) / chart.height,
            lw=0.8,
            color=style.GREY,
            transform=chart.transFigure,
        )
        line.set_label("_leader")
        chart.add_artist(line)


class Label(NamedTuple):
    """Words for one or more marks (px): the first `bold` lines heavy; what the picture can do without is not
    `needed`."""

    points: Sequence[tuple[float, float]]
    lines: Sequence[str]
    size: float
    colour: str
    bold: int
    needed: bool


class Labels:
    """Puts each label at the best place near its point that covers no other label, leader, mark, line or
    band.

    What is drawn is kept as a grid of small cells, so that all places of a label are weighed at once.
    """

    CELL = 2.0  # px
    # How far from its point a label may stand before a leader joins them, and before one that can be spared
    # is left out.
    NEAR, REACH = 14.0, 46.0

    def __init__(self, card: Card, *, left: float, top: float, right: float, bottom: float) -> None:
        self.card, self.left, self.top, self.marks = card, left, top, np.empty((0, 2))
        size = int((bottom - top) / self.CELL), int((right - left) / self.CELL)
        self.drawn, self.taken = np.zeros(size, bool), np.zeros(size, bool)

    def avoid_line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Remembers a line through some points (px)."""
        for start, end in zip(zip(xs, ys, strict=False), zip(xs[1:], ys[1:], strict=False), strict=False):
            self.drawn[self._along(start, end)] = True

    def avoid_marks(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x, y in zip(xs, ys, strict=True):
            self.drawn[self._around(x, y, 7)] = True
        self.marks = np.vstack([self.marks, np.column_stack([xs, ys])])

    def avoid_band(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> None:
        """Remembers the ground between two lines over the same `xs` (px)."""
        columns = np.arange(int((xs[0] - self.left) / self.CELL), int((xs[-1] - self.left) / self.CELL) + 1)
        rows = self.top + np.arange(len(self.drawn))[:, None] * self.CELL
        # Both edges of each column: a band that is narrow there still meets it.
        edges = self.left + np.array([columns, columns + 1]) * self.CELL
        low, high = np.interp(edges, xs, lows).max(axis=0), np.interp(edges, xs, highs).min(axis=0)
        self.drawn[:, columns] |= (rows < low) & (rows > high - self.CELL)

    def put(self, labels: Sequence[Label], *, most: int) -> None:
        """Writes every needed label, and of the others those that find clear room, the first first, until
        there are `most`."""
        settled = self._settled([label for label in labels if label.needed])
        for label in labels:
            if not label.needed and len(settled) < most:
                place = self._place(label, reach=self.REACH, clear=True)
                settled += [(label, place)] if place else []
        for label, (left, top, leader) in settled:
            self.card.text(left + 3, top, label.lines, size=label.size, colour=label.colour, bold=label.bold)
            if leader:
                self.card.leader(*zip(*leader, strict=True))

    def _settled(self, labels: Sequence[Label]) -> list[tuple[Label, tuple]]:
        """Labels with their places. One that finds no clear room goes before the others, which then make way
        for it; only where that does not help it covers what is drawn."""
        order, whole = list(labels), max(self.drawn.shape) * self.CELL
        for last in [False] * len(order) + [True]:
            self.taken[:] = False
            places = []
            for label in order:
                tries = ((self.REACH, True), (whole, True), *([(whole, False)] if last else []))
                places.append(
                    next(
                        filter(
                            None, (self._place(label, reach=reach, clear=clear) for reach, clear in tries)
                        ),
                        None,
                    )
                )
                if places[-1] is None and not last:
                    order.remove(label)
                    order.insert(0, label)
                    break
            else:
                break
        return [(label, place) for label, place in zip(order, places, strict=True) if place]

    def _place(self, label: Label, *, reach: float, clear: bool) -> tuple[float, float, tuple | None] | None:
        """Takes the best place within reach: its left, its top and the leader if it is far; `clear` refuses
        what covers a drawing."""
        box = (
            block_width(label.lines, label.size, label.bold) + 6,
            self.card.line(label.size) * len(label.lines),
        )
        others, best, place = self._others(label.points), np.inf, None
        for cost, gap, left, top, far in self._candidates(label, *box, others, reach=reach, clear=clear):
            if cost >= best:
                break
            leader = self._leader(*label.points[0], left, top, *box) if far else None
            if leader:
                blocked, crossed = self._hindrance(leader, others)
                # One that can be spared neither crosses a line nor stands nearer to another mark than to its
                # own.
                blocked = blocked or (
                    not label.needed and (crossed > 2 or (_gap(*others.T, left, top, *box) < gap).any())
                )
                cost += crossed + (0 if not blocked else np.inf if clear else 500)
            if cost < best:
                best, place = cost, (left, top, leader)
        if place:
            left, top, leader = place
            self.taken[self._cells(left, top - 2, left + box[0], top + box[1] + 2)] = True
            if leader:
                self.taken[self._along(*leader)] = True
        return place

    def _candidates(
        self, label: Label, width: float, height: float, others: np.ndarray, *, reach: float, clear: bool
    ) -> Iterator[tuple[float, float, float, float, bool]]:
        """The cheapest free places, the best first: cost without leader, gap to the point, left, top, and
        whether a leader is needed."""
        x, y = label.points[0]
        window = self._cells(x - reach - width, y - reach - height, x + reach + width, y + reach + height)
        halos = np.zeros_like(self.drawn)
        for mark in others:
            halos[self._around(*mark, 12)] = True
        shape = int(np.ceil(height / self.CELL)), int(np.ceil(width / self.CELL))
        drawn, taken, confused = (_under(layer[window], shape) for layer in (self.drawn, self.taken, halos))
        left = self.left + (window[1].start + np.arange(drawn.shape[1])) * self.CELL
        top = (self.top + (window[0].start + np.arange(drawn.shape[0])) * self.CELL)[:, None]
        gap, far, cost = self._stands(label, left, top, width, height)
        cost = cost + 14 * (confused > 0) + (0 if clear else 2 * drawn)
        # Far places are weighed by their leaders too, one by one: a third of them in each direction is
        # enough.
        coarse = (np.arange(drawn.shape[0])[:, None] % 3 == 0) & (np.arange(drawn.shape[1]) % 3 == 0)
        free = (taken == 0) & (gap <= reach) & (~far | coarse) & ((drawn == 0) | (not clear))
        for i in np.flatnonzero(free)[np.argsort(cost[free], kind="stable")][:300]:
            row, column = divmod(int(i), drawn.shape[1])
            yield (
                float(cost[row, column]),
                float(gap[row, column]),
                float(left[column]),
                float(top[row, 0]),
                bool(far[row, column]),
            )

    def _stands(
        self, label: Label, left: np.ndarray, top: np.ndarray, width: float, height: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """How each place stands to the label's first point: the gap between them, whether it needs a leader,
        and what that costs."""
        x, y = label.points[0]
        across, down = np.maximum(left - x, x - left - width), np.maximum(top - y, y - top - height)
        gap = _gap(x, y, left, top, width, height)
        # A label that stands off a corner is taken for another mark's sooner.
        far = gap > np.where((across > 0) & (down > 0), 0.8, 1) * self.NEAR
        # Centred over or under its point or in the middle beside it; above before below, right before left;
        # needed ones rather beside it.
        off = 0.15 * np.where(down > 0, abs(left + width / 2 - x), abs(top + height / 2 - y))
        side = np.where(down > 0, 5.0 * label.needed + (top > y), 3.0 * (not label.needed) + 4 * (left < x))
        return gap, far, gap + off + side + 4 * far

    def _others(self, points: Sequence[tuple[float, float]]) -> np.ndarray:
        """The marks that are none of `points`."""
        apart = np.abs(self.marks[:, None] - np.array(points)[None]).max(axis=2, initial=0).min(axis=1)
        return self.marks[apart > 3]

    @staticmethod
    def _leader(
        x: float, y: float, left: float, top: float, width: float, height: float
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """From the edge of the mark to the edge of the label; the first or the last line of one that stands
        beside it."""
        inset = 0 if left <= x <= left + width else 8
        end = min(max(x, left), left + width), min(max(y, top + inset), top + height - inset)
        start = 8 / np.hypot(end[0] - x, end[1] - y)
        return (x + start * (end[0] - x), y + start * (end[1] - y)), end

    def _hindrance(
        self, leader: tuple[tuple[float, float], tuple[float, float]], others: np.ndarray
    ) -> tuple[bool, int]:
        """Whether a leader meets a label, another leader or another mark, and over how much of what is drawn
        it runs."""
        cells, steps = self._along(*leader), np.linspace(*leader, 20)
        close = len(others) and np.hypot(*(steps[:, None] - others[None]).transpose(2, 0, 1)).min() < 8
        return bool(close or self.taken[cells].any()), int(self.drawn[cells].sum())

    def _cells(self, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
        """The cells that a box touches."""
        spans = ((top - self.top, bottom - self.top), (left - self.left, right - self.left))
        return tuple(
            slice(max(int(start // self.CELL), 0), max(int(-(-end // self.CELL)), 0)) for start, end in spans
        )

    def _around(self, x: float, y: float, radius: float) -> tuple[slice, slice]:
        return self._cells(x - radius, y - radius, x + radius, y + radius)

    def _along(self, start: tuple[float, float], end: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
        """The cells that a straight line runs through."""
        steps = np.linspace(
            start, end, 2 + int(np.hypot(end[0] - start[0], end[1] - start[1]) / self.CELL * 2)
        )
        columns, rows = ((steps - (self.left, self.top)) // self.CELL).astype(int).T
        inside = (rows >= 0) & (columns >= 0) & (rows < len(self.drawn)) & (columns < self.drawn.shape[1])
        return rows[inside], columns[inside]


def _gap(
    x: np.ndarray, y: np.ndarray, left: np.ndarray, top: np.ndarray, width: float, height: float
) -> np.ndarray:
    """How far one point is from many boxes, or many points from one; 0 inside."""
    across, down = np.maximum(left - x, x - left - width), np.maximum(top - y, y - top - height)
    return np.hypot(np.maximum(across, 0), np.maximum(down, 0))


def _under(layer: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """How many cells of a layer lie under a box of `shape` at each place that holds it whole."""
    sums = np.zeros((layer.shape[0] + 1, layer.shape[1] + 1), int)
    sums[1:, 1:] = layer.cumsum(axis=0).cumsum(axis=1)
    tall, wide = shape
    return sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide]


def block_width(lines: Sequence[str], size: float, bold: int = 0) -> float:
    """The width of a block of lines of which the first `bold` are heavy, in px."""
    return max(
        style.width_of(line, size, style.SEMIBOLD if i < bold else style.REGULAR)
        for i, line in enumerate(lines)
    )


class Rows:
    """Rows with their words at the left (wide) or above (narrow) and a plot beside or under them; y in px
    from the top of the plot."""

    def __init__(
        self, labels: Sequence[str], details: Sequence[str], *, shape: str, row: float, even: bool = False
    ) -> None:
        """`row`: the least height of a row's plot. `even` rows are as tall as the tallest, and their words
        stand beside them always."""
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
            top + tall + row / 2 if self.above else top + height / 2
            for top, tall, height in zip(self.tops, self.tall, heights, strict=False)
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
        """Writes the rows' words and the scale from `low` to `limit`, with its gridlines beside the words or
        between them."""
        top = card.top + self.head
        ax = card.axes(card.left + self.indent, top, card.right, top + self.tops[-1])
        card.chart.middles = self.middles
        ax.set_ylim(self.tops[-1], 0)
        ax.set_xlim(low, limit)
        for label, detail, start, middle, tall in zip(
            self.labels, self.details, self.tops, self.middles, self.tall, strict=False
        ):
            y = top + (start if self.above else middle - tall / 2)
            card.text(card.left, y, label, size=self.size.label, weight=style.SEMIBOLD)
            card.text(
                card.left,
                y + Card.line(self.size.label) * len(label),
                detail,
                size=self.size.small,
                colour=style.MUTED,
            )
        for tick, (name, start) in self._named(card, ticks, low, limit).items():
            self.rule(ax, tick, color=style.GREY if tick == 0 else style.GRID, lw=1)
            card.text(start, card.top, name, size=self.size.small, colour=style.MUTED)
        return ax

    def _named(
        self, card: Card, ticks: Mapping[float, str], low: float, limit: float
    ) -> dict[float, tuple[str, float]]:
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
            ticks = [
                float(round(tick, 9))
                for tick in MaxNLocator(nbins=count).tick_values(low, high)
                if low <= tick <= limit * 0.96
            ]
            gap = (ticks[1] - ticks[0]) / (limit - low) * self.width if len(ticks) > 1 else np.inf
            if gap > max(style.width_of(name(tick), self.size.small) for tick in ticks) + 14:
                break
        return {tick: name(tick) for tick in ticks}

    def rule(self, ax: Axes, at: float, **look: object) -> None:
        """A line down the rows, interrupted where their words stand over the plot."""
        half = self.row / 2
        for span in (
            [(middle - half, middle + half) for middle in self.middles]
            if self.above
            else [(0.0, self.tops[-1])]
        ):
            ax.plot([at] * 2, span, zorder=0, label="_rule", clip_on=False, **look)


def figure_facts(chart: Figure) -> pd.DataFrame:
    """What a chart draws, read back from it: `series`, `kind` of mark, `x`, `y`; a changed figure changes it.

    In charts of rows `x` is the value and `y` the number of the row from the top.

    >>> from baoyen_analysis.views.drawing.charts import trend
    >>> figure_facts(trend(pd.DataFrame({"year": [2022], "value": [50.0], "flag": ["estimate"]}), title="50", lang="en"))
      series      kind       x     y
    0         estimate  2022.0  50.0
    """
    facts: list[tuple[str, str, float, float]] = []
    for ax in chart.axes:
        drawn = [
            (band.get_label(), band.get_paths()[0].vertices) for band in ax.collections if band.get_paths()
        ]
        drawn += [
            (bar.get_label(), [(bar.get_width() + bar.get_x(), bar.get_y() + bar.get_height() / 2)])
            for bar in ax.patches
        ]
        drawn += [
            (line.get_label(), np.column_stack([line.get_xdata(), line.get_ydata()])) for line in ax.lines
        ]
        for label, points in drawn:
            if not str(label).startswith("_"):
                facts += [(*str(label).rsplit("|", 1), float(x), float(y)) for x, y in points]
    table = pd.DataFrame(facts, columns=["series", "kind", "x", "y"])
    middles = getattr(chart, "middles", None)
    return table if middles is None else table.assign(y=[middles.index(y) for y in table["y"]])
