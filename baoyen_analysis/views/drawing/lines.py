"""Values over the years: figures, the plans they are held to, and projections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from pandas import DataFrame

from baoyen_analysis.agreement import alike
from baoyen_analysis.views.drawing import line_words
from baoyen_analysis.views.drawing.card import HOLLOW_FLAGS, Caption, Card, Chart, on_card
from baoyen_analysis.views.drawing.labels import Point
from baoyen_analysis.views.drawing.plane import Figures, Plane, figures_of
from baoyen_analysis.views.drawing.style import PAPER, SERIES_MARKERS, TEAL, look, tint


@on_card
def trend(
    card: Card,
    series: DataFrame | Mapping[str, DataFrame],
    *,
    targets: DataFrame | None = None,
    conflicts: DataFrame | None = None,
    projection: DataFrame | None = None,
) -> Iterable[str]:
    """One series or several over the years, with the plans they are held to; values from 0.

    `series`: a table with `year`, `value` and, where known, `low`, `high`, `flag`, `definition`, `derived`;
    or several by name, the first being the one the picture is about. `targets`: `year`, `value`, `kind`,
    `qualifier`. `conflicts`: `year`, `value` of figures that contradict the series', drawn as its own are.
    Both belong to the first series. `projection`: as in `fan`. `caption`, or its parts (`title`, `subtitle`,
    `notes`, `sources`, `lang`, `shape`). Years that do not follow each other are joined by dots alone, two
    stated definitions by nothing; a missing value is a gap.

    Refuses a table without year and value, no value at all, and an infinite one.

    >>> from baoyen_analysis.views.drawing.charts import trend
    >>> rows = pd.DataFrame({"year": [2019, 2021], "value": [75.0, 80.0]})
    >>> trend(rows, title="Up by 5 in two years", lang="en").alt
    'Up by 5 in two years. 2019: 75; 2021: 80.'
    """
    named = series if isinstance(series, Mapping) else {"": series}
    figures = figures_of(named, targets, conflicts, projection)
    shares = [str(band) for band in reversed(line_words.BANDS) if f"low_{band}" in figures.projection]
    drawn = {**line_words.drawn(figures), "bands": shares}
    card.begin(card.size.plot_height, drawn, shares=", ".join(shares))
    labels = line_words.labels(card.t, card.size, figures)
    plane = Plane(card, figures, labels)
    # Bands first and the first series last, so that what the picture is about lies on top; then the labels,
    # the needed ones first.
    if len(figures.projection):
        _draw_bands(plane, figures)
    for rank, name in reversed(list(enumerate(figures.series))):
        _draw_series(plane, figures, name, rank)
    _draw_goals(plane, figures)
    placed = [label._replace(points=[*map(plane.px, label.points)]) for label in labels]
    plane.labels.put(placed, card.size.most_labels)
    return line_words.said(card.t, figures)


def fan(
    projection: DataFrame,
    caption: Caption | None = None,
    *,
    series: DataFrame | Mapping[str, DataFrame],
    **given: Any,
) -> Chart:
    """A projection with its tested ranges as nested bands of one hue, after the figures it starts from.

    `projection`: one row a year with `year`, `median` and any of `low_30`, `high_30` … `low_95`, `high_95`;
    the rest as in `trend`.

    >>> from baoyen_analysis.views.drawing.charts import fan
    >>> past = pd.DataFrame({"year": [2021, 2022], "value": [46.0, 50.0]})
    >>> future = pd.DataFrame({"year": [2023], "median": [53.0], "low_80": [49.0], "high_80": [57.0]})
    >>> fan(future, series=past, title="53 in a year", lang="en").alt
    '53 in a year. 2021: 46; 2022: 50. 2023 projection: 53. 80% chance: 49–57.'
    """
    if projection.empty:
        raise ValueError("the projection has no year to draw")
    return trend(series, caption, projection=projection, **given)


def _draw_series(plane: Plane, figures: Figures, name: str, rank: int) -> None:
    """A series: full lines through years that follow each other, dots across gaps, bars for intervals, and
    its marks; the first boldest, and the figures that contradict it like its own."""
    size, first = (8.5, 7.0, 7.0, 5.5)[min(rank, 3)], rank == 0
    marker = {"marker": SERIES_MARKERS[rank % len(SERIES_MARKERS)], "ms": size}
    table, colour = figures.series[name], figures.colours[name]
    others = figures.others if first else figures.others.head(0)
    ways = list(pairwise(table.itertuples()))
    for other in others.itertuples():
        ways += [(before, other) for before in table[table["year"] < other.year].tail(1).itertuples()]
        ways += [(other, after) for after in table[table["year"] > other.year].head(1).itertuples()]
    for before, after in ways:
        if before.year != after.year and alike(before.definition, after.definition):
            whole = after.year - before.year <= 1 and not (before.derived or after.derived)
            bold = {"lw": 2.4} if whole and first else {}
            plane.join(before, after, name, "line" if whole else "gap", color=colour, **bold)
    for row in [*table.itertuples(), *others.itertuples()]:
        if -np.inf < row.low < row.high < np.inf:
            plane.path([(row.year, row.low), (row.year, row.high)], name, "interval", color=colour)
    # Full marks first, hollow ones over them, derived ones on top.
    opened = table["flag"].isin(HOLLOW_FLAGS) | table["derived"] | (figures.unlike() if first else False)
    for (derived, hollow, flag), part in table.groupby([table["derived"], opened, "flag"]):
        shape = {"marker": "D", "ms": size - 1} if derived else marker
        kind, fill = "derived" if derived else flag or "actual", PAPER if hollow else colour
        plane.marks(part, f"{name}|{kind}", "figure", mfc=fill, mec=colour, **shape)
    if len(others):
        plane.marks(others, f"{name}|other source", "figure", mfc=colour, mec=colour, **marker)


def _draw_goals(plane: Plane, figures: Figures) -> None:
    """Plans and targets: hollow squares, with a dashed line from the last figure before them, if that may
    count the same."""
    name, rows, others = figures.first, figures.series[figures.first], figures.others
    for i, goal in enumerate(figures.goals.itertuples()):
        last = rows[rows["year"] < goal.year].tail(1)
        beside = others[others["year"].isin(last["year"])]
        for before in [*last.itertuples(), *beside.itertuples()]:
            if alike(before.definition, goal.definition):
                plane.join(before, goal, name, f"way to {goal.kind}")
        plane.marks(figures.goals.iloc[[i]], f"{name}|{goal.kind}", "goal")


def _draw_bands(plane: Plane, figures: Figures) -> None:
    """The nested ranges, the widest lightest, and the median, from the last figure on."""
    name, rows, held = figures.first, figures.projection, figures.series[figures.first]
    start = held[held["year"] < rows["year"].iloc[0]].tail(1)
    years = [*start["year"], *rows["year"].astype(float)]

    def edge(column: str) -> list[Point]:
        return list(zip(years, [*start["value"], *rows[column].astype(float)], strict=True))

    for share in (band for band in line_words.BANDS if f"low_{band}" in rows):
        low, high = edge(f"low_{share}"), edge(f"high_{share}")
        shade = tint(TEAL, 0.12 + 0.6 * (100 - share) / 100)
        given = look("band", color=shade, label=f"{name}|band {share}")
        plane.ax.fill_between(years, [value for _, value in low], [value for _, value in high], **given)
        plane.labels.avoid_band([*map(plane.px, low)], [*map(plane.px, high)])
    plane.path(edge("median"), name, "median")
    # Its end is labelled as a mark is.
    plane.labels.avoid_marks([plane.px(edge("median")[-1])])
