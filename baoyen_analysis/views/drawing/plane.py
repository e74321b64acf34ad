"""What a picture over the years draws, and its scales: years across, values upward from 0. Lengths are in
px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from baoyen_analysis.agreement import alike
from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing.card import Card, line, stroke, taken
from baoyen_analysis.views.drawing.labels import Label, Labels, Point
from baoyen_analysis.views.drawing.style import GREY, GRID, MUTED, SERIES_COLOURS, look, width_of


class Figures(NamedTuple):
    """What a picture over the years draws: series by name, of which it is about the `first`, their colours,
    its goals, other sources' figures, and its projection."""

    series: dict[str, DataFrame]
    first: str
    colours: dict[str, str]
    goals: DataFrame
    others: DataFrame
    projection: DataFrame

    def unlike(self) -> Any:
        """Which figures of the first series state another definition than every goal drawn."""
        stated = self.series[self.first]["definition"]
        return ~np.any([alike(stated, goal) for goal in self.goals["definition"]] or [True], axis=0)

    def reach(self) -> tuple[Point, Point]:
        """First and last year, least (0 at most) and greatest value of all that is drawn."""
        given = [*self.series.values(), self.goals[["year", "value"]], self.others[["year", "value"]]]
        every = pd.concat([table for table in [*given, self.projection] if len(table)])
        values = every.filter(regex=r"^(value|median|(low|high)(_\d+)?)$").to_numpy(float)
        values, first, last = values[np.isfinite(values)], every["year"].min(), every["year"].max()
        alone = float(first == last)
        return (float(first) - alone, float(last) + alone), (min(0.0, values.min()), values.max())


def figures_of(
    series: Mapping[str, DataFrame],
    targets: DataFrame | None,
    conflicts: DataFrame | None,
    projection: DataFrame | None,
) -> Figures:
    """The tables given, checked, with all the columns that are read of them; years without a value are gaps,
    and an interval may be open."""
    none = DataFrame(columns=["year", "value"])

    def points(table: DataFrame | None) -> DataFrame:
        blank = "low high flag definition derived kind qualifier"
        rows = taken(none if table is None else table, "year value", "year value", "year", blank)
        return rows.dropna(subset=["year", "value"]).sort_values("year", kind="stable", ignore_index=True)

    tables = {name: points(table) for name, table in series.items()}
    if all(table.empty for table in tables.values()):
        raise ValueError("no series has a value to draw")
    rows = none if projection is None else projection.sort_values("year", ignore_index=True)
    bands = " ".join(name for name in rows if name == "median" or name.startswith(("low_", "high_")))
    rows = taken(rows, "year", bands, "year", filled=True)
    colours = dict(zip(tables, chain(SERIES_COLOURS, repeat(SERIES_COLOURS[-1])), strict=False))
    goals = points(targets).replace({"kind": {"": "plan"}})
    return Figures(tables, next(iter(tables)), colours, goals, points(conflicts), rows)


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

    def join(self, before: Any, after: Any, name: str, kind: str, **given: Any) -> None:
        """A line from one figure to another."""
        self.path([(row.year, row.value) for row in (before, after)], name, kind, **given)

    def marks(self, rows: DataFrame, label: str, kind: str, **given: Any) -> None:
        years, values = rows["year"].tolist(), rows["value"].tolist()
        stroke(self.ax, years, values, label=label, ls="", **look(kind, **given))
        self.labels.avoid_marks([*map(self.px, zip(years, values, strict=True))])
