"""Years across, values upward from 0: the scales of a picture over the years. Lengths are in px."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.ticker import MaxNLocator

from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Card
from baoyen_analysis.views.drawing.labels import Labels


class YearLabel(NamedTuple):
    """Words for one or more marks of a year: how many of the lines are heavy, whose they are, and whether the
    picture can do without them."""

    year: float
    values: tuple[float, ...]
    lines: list[str]
    bold: int
    owner: str
    size: float
    needed: bool


class Plane:
    """Scales, gridlines and the room for the labels at the right."""

    def __init__(
        self,
        card: Card,
        years: tuple[float, float],
        reach: tuple[float, float],
        *,
        ends: Sequence[YearLabel],
    ) -> None:
        small = card.size.small
        steps = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(*reach)
        # The first step at or under the least value and at or above the greatest: marks at the edge stay
        # whole.
        ticks = [
            tick
            for i, tick in enumerate(steps)
            if steps[min(i + 1, len(steps) - 1)] > reach[0] and steps[max(i - 1, 0)] < reach[1]
        ]
        names = [numbers.humanised(card.t, tick, like=ticks[-1]) for tick in ticks]
        self.card, self.years, self.values = card, years, (ticks[0], ticks[-1])
        self.left = card.left + max(style.width_of(name, small) for name in names) + 22
        self.top, self.bottom = card.top + 10, card.bottom - card.line(small) - 10
        self.right = self._right(ends)
        self.ax = card.axes(card.left, self.top, card.right, self.bottom)
        (first, last), scale = years, (years[1] - years[0]) / (self.right - self.left)
        self.ax.set_xlim(first - (self.left - card.left) * scale, last + (card.right - self.right) * scale)
        self.ax.set_ylim(*self.values)
        room = {"left": self.left - 12, "top": card.top - 12, "right": card.right, "bottom": self.bottom + 2}
        self.labels = Labels(card, **room)
        edge = [first - 12 * scale, last + 12 * scale]
        for tick, name in zip(ticks, names, strict=True):
            colour = style.GREY if tick == 0 else style.GRID
            self.ax.plot(edge, [tick] * 2, color=colour, lw=1, zorder=0, label="_grid", clip_on=False)
            top = self.px(first, tick)[1] - card.line(small) / 2
            card.text(self.left - 18, top, name, size=small, colour=style.MUTED, align="right")
        self._write_years()

    def _right(self, ends: Sequence[YearLabel]) -> float:
        """The right end of the last year: far enough in that every label beside a line's end fits."""
        right = self.card.right - 14
        span = max(self.years[1] - self.years[0], 1)
        for label in ends:
            width = style.block_width(label.lines, label.size, label.bold) + 20
            share = (label.year - self.years[0]) / span
            if share > 0.5:
                right = min(right, self.left + (self.card.right - width - self.left) / share)
        return right

    def _write_years(self) -> None:
        small, (first, last) = self.card.size.small, self.years
        room = (self.right - self.left) / max(last - first, 1) / (style.width_of("2024", small) + 14)
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step * room >= 1)
        # The first and the last year are named always, those between where they stand clear of both.
        for year in range(int(first), int(last) + 1):
            clear = year % step == 0 and min(year - first, last - year) * room >= 1
            if clear or year in (first, last):
                place = self.px(year, 0)[0], self.bottom + 8
                self.card.text(*place, str(year), size=small, colour=style.MUTED, align="center")

    def px(self, year: float, value: float) -> tuple[float, float]:
        """Where a point stands on the card."""
        (x0, x1), (y0, y1) = self.years, self.values
        x = self.left + (year - x0) / (x1 - x0) * (self.right - self.left)
        return x, self.bottom - (value - y0) / (y1 - y0) * (self.bottom - self.top)

    def path(self, years: Sequence[float], values: Sequence[float], label: str, **look: Any) -> None:
        self.ax.plot(list(years), list(values), label=label, clip_on=False, **look)
        self.labels.avoid_line(*zip(*map(self.px, years, values), strict=True))

    def marks(self, years: Sequence[float], values: Sequence[float], label: str, **look: Any) -> None:
        self.ax.plot(list(years), list(values), label=label, ls="", clip_on=False, **look)
        self.labels.avoid_marks(*zip(*map(self.px, years, values), strict=True))
