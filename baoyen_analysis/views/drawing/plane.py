"""What a picture over the years draws, and its scales: years across, values upward from 0. Lengths are in
px."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from baoyen_analysis.agreement import alike
from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing.card import Card, line, read, stroke, taken
from baoyen_analysis.views.drawing.labels import Label, Labels, Point
from baoyen_analysis.views.drawing.style import GREY, GRID, MUTED, SERIES_COLOURS, look, width_of


class Row(NamedTuple):
    """A figure, plan or target, as it is drawn."""

    low: float
    high: float
    flag: str
    definition: str
    derived: bool
    kind: str
    qualifier: str
    year: float
    value: float


class Figures(NamedTuple):
    """What a picture over the years draws: series by name, of which it is about the `first`, their colours,
    its goals, other sources' figures, and its projection: its years, each by its columns."""

    series: dict[str, list[Row]]
    first: str
    colours: dict[str, str]
    goals: list[Row]
    others: list[Row]
    projection: list[dict[Any, Any]]

    def unlike(self) -> list[bool]:
        """Which figures of the first series state another definition than every goal drawn."""
        goals = [goal.definition for goal in self.goals]
        stated = {row.definition for row in self.series[self.first]}
        other = {text: bool(goals) and not any(alike(text, goal) for goal in goals) for text in stated}
        return [other[row.definition] for row in self.series[self.first]]

    def reach(self) -> tuple[Point, Point]:
        """First and last year, least (0 at most) and greatest value of all that is drawn."""
        held, beside, ahead = [*chain(*self.series.values())], [*self.goals, *self.others], self.projection
        values = [number for row in held for number in (row.value, row.low, row.high)]
        values += [row.value for row in beside]
        values += [number for row in ahead for name, number in row.items() if _SCALED.match(name)]
        values = [number for number in values if math.isfinite(number)]
        years = [row.year for row in (*held, *beside)] + [float(row["year"]) for row in ahead]
        first, last = min(years), max(years)
        alone = float(first == last)
        return (first - alone, last + alone), (min(0.0, *values), max(values))


# The columns of a projection that are drawn as values.
_SCALED = re.compile(r"(median|(low|high)(_\d+)?)$")


def figures_of(
    series: Mapping[str, DataFrame],
    targets: DataFrame | None,
    conflicts: DataFrame | None,
    projection: DataFrame | None,
) -> Figures:
    """The tables given, checked, with all that is read of them, in the order of their years; years without a
    value are gaps, and an interval may be open."""

    def points(table: DataFrame | None) -> list[Row]:
        if table is None:
            return []
        cells = read(table, "year value", "year value", "year", " ".join(Row._fields[:-2]))
        rows = map(Row._make, zip(*cells.values(), strict=True))
        held = (row for row in rows if not math.isnan(row.year) and not math.isnan(row.value))
        return sorted(held, key=lambda row: row.year)

    tables = {name: points(table) for name, table in series.items()}
    if not any(tables.values()):
        raise ValueError("no series has a value to draw")
    ahead = []
    if projection is not None:
        bands = [name for name in projection if name == "median" or name.startswith(("low_", "high_"))]
        rows = projection.sort_values("year", ignore_index=True)
        ahead = taken(rows, "year", " ".join(bands), "year", filled=True).to_dict("records")
    colours = dict(zip(tables, chain(SERIES_COLOURS, repeat(SERIES_COLOURS[-1])), strict=False))
    goals = [goal._replace(kind=goal.kind or "plan") for goal in points(targets)]
    return Figures(tables, next(iter(tables)), colours, goals, points(conflicts), ahead)


class Plane:
    """Scales, gridlines and the room for the labels at the right."""

    def __init__(self, card: Card, figures: Figures, labels: Sequence[Label]) -> None:
        self.years, (least, greatest) = figures.reach()
        steps: Any = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(least, greatest)
        # From the last step at or under the least value to the first at or above the greatest: marks at the
        # edge stay whole.
        ticks = steps[np.searchsorted(steps, least, "right") - 1 : np.searchsorted(steps, greatest) + 1]
        names = [numbers.humanised(card.t, tick, like=ticks[-1]) for tick in ticks]
        self.card, self.values, small = card, (ticks[0], ticks[-1]), card.size.small
        self.left = card.left + max(width_of(name, small) for name in names) + 22
        self.bottom = card.bottom - line(small) - 10
        # The last year stands so far in that every label beside a line's end fits.
        self.right, (first, last) = card.right - 14, self.years
        for label in labels:
            share = (label.points[0][0] - first) / max(last - first, 1)
            if label.needed and share > 0.5:
                room = card.right - (label.width + 20) - self.left
                self.right = min(self.right, self.left + room / share)
        self.ax = card.axes(card.left, card.top + 10, card.right, self.bottom)
        scale = (last - first) / (self.right - self.left)
        self.ax.set_xlim(first - (self.left - card.left) * scale, last + (card.right - self.right) * scale)
        self.ax.set_ylim(*self.values)
        self.labels = Labels(card, self.left - 12, card.top - 12, card.right, self.bottom + 2)
        edge = [first - 12 * scale, last + 12 * scale]
        for tick, name in zip(ticks, names, strict=True):
            given = look("gridline", color=GREY if tick == 0 else GRID)
            stroke(self.ax, edge, [tick] * 2, label="_grid", **given)
            top = self.px((first, tick))[1] - line(small) / 2
            card.text(self.left - 18, top, name, colour=MUTED, align="right")
        self._write_years()

    def _write_years(self) -> None:
        """The first and the last year always, those between where they stand clear of both."""
        first, last = self.years
        room = (self.right - self.left) / max(last - first, 1)
        room /= width_of("2024", self.card.size.small) + 14
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step * room >= 1)
        for year in range(int(first), int(last) + 1):
            clear = year % step == 0 and min(year - first, last - year) * room >= 1
            if clear or year in (first, last):
                x, _ = self.px((year, 0))
                self.card.text(x, self.bottom + 8, str(year), colour=MUTED, align="center")

    def px(self, point: Point) -> Point:
        """Where a year and a value stand on the card."""
        (x0, x1), (y0, y1), (year, value) = self.years, self.values, point
        x = self.left + (year - x0) / (x1 - x0) * (self.right - self.left)
        return x, self.bottom - (value - y0) / (y1 - y0) * (self.bottom - self.card.top - 10)

    def path(self, points: Sequence[Point], name: str, kind: str, **given: Any) -> None:
        """A line of a kind, whose first word says its look."""
        drawn = look(kind.partition(" ")[0], **given)
        stroke(self.ax, *zip(*points, strict=True), label=f"{name}|{kind}", **drawn)
        self.labels.avoid_line([*map(self.px, points)])

    def join(self, before: Row, after: Row, name: str, kind: str, **given: Any) -> None:
        """A line from one figure to another."""
        self.path([(row.year, row.value) for row in (before, after)], name, kind, **given)

    def marks(self, rows: Sequence[Row], label: str, kind: str, **given: Any) -> None:
        years, values = [row.year for row in rows], [row.value for row in rows]
        stroke(self.ax, years, values, label=label, ls="", **look(kind, **given))
        self.labels.avoid_marks([*map(self.px, zip(years, values, strict=True))])
