"""What a picture over the years draws, and its scales: years across, values upward from 0. Lengths are in
px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Card, line, taken
from baoyen_analysis.views.drawing.labels import Label, Labels, Point
from baoyen_analysis.views.drawing.style import MUTED, SERIES_COLOURS, width_of


class Figures(NamedTuple):
    """What a picture over the years draws: series by name, of which it is about the first, its goals, other
    sources' figures, and its projection."""

    series: dict[str, DataFrame]
    goals: DataFrame
    others: DataFrame
    projection: DataFrame

    @property
    def first(self) -> str:
        return next(iter(self.series))

    @property
    def colours(self) -> dict[str, str]:
        last = len(SERIES_COLOURS) - 1
        return {name: SERIES_COLOURS[min(i, last)] for i, name in enumerate(self.series)}

    def unlike(self) -> pd.Series:
        """Which figures of the first series state another definition than every goal drawn."""
        goals = list(self.goals["definition"])
        rows = self.series[self.first]["definition"]
        return rows.map(lambda said: bool(goals) and all(two_definitions(said, goal) for goal in goals))

    def reach(self) -> tuple[Point, Point]:
        """First and last year, least (0 at most) and greatest value of all that is drawn."""
        given = [*self.series.values(), self.goals[["year", "value"]], self.others[["year", "value"]]]
        every = pd.concat([table for table in [*given, self.projection] if len(table)])
        values = every.filter(regex="^(value|low|high|median|low_.*|high_.*)$").to_numpy(float)
        values, first, last = values[np.isfinite(values)], every["year"].min(), every["year"].max()
        alone = float(first == last)
        return (float(first) - alone, float(last) + alone), (min(0.0, values.min()), values.max())


def two_definitions(one: str, other: str) -> bool:
    """Whether two figures state that they count different things: no line joins them."""
    return bool(one and other and one != other)


def figures_of(
    series: Mapping[str, DataFrame],
    targets: DataFrame | None,
    conflicts: DataFrame | None,
    projection: DataFrame | None,
) -> Figures:
    """The tables given, checked, with all the columns that are read of them; years without a value are gaps,
    and an interval may be open."""
    none = DataFrame(columns=["year", "value"])

    def points(table: DataFrame | None, more: str = "") -> DataFrame:
        given = none if table is None else table
        rows = taken(given, "year value", "year value", "year", f"low high flag definition derived {more}")
        return rows.dropna(subset=["year", "value"]).sort_values("year", kind="stable", ignore_index=True)

    tables = {name: points(table) for name, table in series.items()}
    if all(table.empty for table in tables.values()):
        raise ValueError("no series has a value to draw")
    rows = none if projection is None else projection.sort_values("year", ignore_index=True)
    bands = " ".join(name for name in rows if name == "median" or name.startswith(("low_", "high_")))
    rows = taken(rows, "year", bands, "year", filled=True)
    goals = points(targets, "kind qualifier").replace({"kind": {"": "plan"}})
    return Figures(tables, goals, points(conflicts), rows)


class Plane:
    """Scales, gridlines and the room for the labels at the right."""

    def __init__(self, card: Card, figures: Figures, labels: Sequence[Label]) -> None:
        self.years, reach = figures.reach()
        steps: Any = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(*reach)
        # The first step at or under the least value and at or above the greatest: marks at the edge stay
        # whole.
        ticks = steps[
            (np.append(steps[1:], steps[-1]) > reach[0]) & (np.append(steps[0], steps[:-1]) < reach[1])
        ]
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
            look = style.look("gridline", color=style.GREY if tick == 0 else style.GRID)
            self.ax.plot(edge, [tick] * 2, label="_grid", **look)
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

    def path(self, points: Sequence[Point], label: str, look: dict[str, Any]) -> None:
        self.ax.plot(*zip(*points, strict=True), label=label, **look)
        self.labels.avoid_line([self.px(point) for point in points])

    def marks(self, rows: DataFrame, label: str, look: dict[str, Any]) -> None:
        self.ax.plot(rows["year"].tolist(), rows["value"].tolist(), label=label, ls="", **look)
        self.labels.avoid_marks([*map(self.px, zip(rows["year"], rows["value"], strict=True))])
