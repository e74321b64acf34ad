"""Rows with their words and a plot beside or under them: what charts of rows are drawn on. Lengths are in
px."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Card


class Grid:
    """Rows with their words at the left (wide) or above (narrow); y in px from the top of the plot."""

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
        blocks = list(zip(self.labels, self.details, strict=True))
        self.tall = [
            Card.line(self.size.label) * len(label) + Card.line(self.size.small) * len(detail)
            for label, detail in blocks
        ]
        heights = [tall + row + 8 if self.above else max(tall + 14, row) for tall in self.tall]
        heights = [max(heights)] * len(heights) if even else heights
        self.tops = [0.0, *np.cumsum(heights).tolist()]
        self.middles = [
            top + tall + row / 2 if self.above else top + height / 2
            for top, tall, height in zip(self.tops, self.tall, heights, strict=False)
        ]
        widths = [
            max(
                style.block_width(label, self.size.label, len(label)),
                style.block_width(detail or [""], self.size.small),
            )
            for label, detail in blocks
        ]
        self.indent = 4.0 if self.above else max(widths) + 22
        self.width = self.room - self.indent
        # A line over the plot for the words of its scale.
        self.head = Card.line(self.size.small) + 6
        self.height = self.tops[-1] + self.head

    def draw(self, card: Card, limit: float, ticks: Mapping[float, str], *, low: float = 0.0) -> Axes:
        """Writes the rows' words and the scale from `low` to `limit`, with its gridlines beside the words or
        between them."""
        top, size = card.top + self.head, self.size
        ax = card.axes(card.left + self.indent, top, card.right, top + self.tops[-1])
        card.chart.middles = self.middles
        ax.set_ylim(self.tops[-1], 0)
        ax.set_xlim(low, limit)
        for label, detail, start, middle, tall in zip(
            self.labels, self.details, self.tops, self.middles, self.tall, strict=False
        ):
            y = top + (start if self.above else middle - tall / 2)
            card.text(card.left, y, label, size=size.label, weight=style.SEMIBOLD)
            under = y + Card.line(size.label) * len(label)
            card.text(card.left, under, detail, size=size.small, colour=style.MUTED)
        for tick, (name, begins) in self._named(card, ticks, low, limit).items():
            self.rule(ax, tick, color=style.GREY if tick == 0 else style.GRID, lw=1)
            card.text(begins, card.top, name, size=size.small, colour=style.MUTED)
        return ax

    def write(self, card: Card, i: int, x: float, text: str, **look: Any) -> None:
        """Words in the plot of a row, `x` px from its left."""
        top = card.top + self.head + self.middles[i] - Card.line(self.size.label) / 2
        card.text(card.left + self.indent + x, top, text, size=self.size.label, **look)

    def limit(self, ends: Sequence[float], texts: Sequence[str], *, apart: float) -> float:
        """The right end of a scale from 0 on which each text finds room behind its mark's end."""
        room = [self.width - style.width_of(text, self.size.label, style.SEMIBOLD) - apart for text in texts]
        return self.width * max(end / space for end, space in zip(ends, room, strict=True))

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

    def rule(self, ax: Axes, at: float, **look: Any) -> None:
        """A line down the rows, interrupted where their words stand over the plot."""
        half = self.row / 2
        spans = [(middle - half, middle + half) for middle in self.middles]
        for span in spans if self.above else [(0.0, self.tops[-1])]:
            ax.plot([at] * 2, span, zorder=0, label="_rule", clip_on=False, **look)
