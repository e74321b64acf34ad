"""Values over the years: figures, the plans they are held to, and projections."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.views.drawing import line_words, style
from baoyen_analysis.views.drawing.card import Caption, Card, Chart
from baoyen_analysis.views.drawing.labels import Label
from baoyen_analysis.views.drawing.line_words import BANDS, GOAL, PROJECTION
from baoyen_analysis.views.drawing.plane import Plane
from baoyen_analysis.views.drawing.points import HOLLOW_FLAGS, Figures, figures_of


def trend(
    series: pd.DataFrame | Mapping[str, pd.DataFrame],
    caption: Caption | None = None,
    *,
    name: str = "",
    targets: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    projection: pd.DataFrame | None = None,
    **given: Any,
) -> Chart:
    """One series or several over the years, with the plans they are held to; values from 0.

    `series`: a table with `year`, `value` and, where known, `low`, `high`, `flag`, `definition`, `derived`;
    or several by name, the first being the one the picture is about (`name` names a table given alone).
    `targets`: `year`, `value`, `kind`, `qualifier`. `conflicts`: `year`, `value` of figures that were not
    chosen. Both belong to the first series, unless a column `series` says whose they are. `projection`: as in
    `fan`. `caption`, or its parts (`title`, `subtitle`, `notes`, `sources`, `lang`, `shape`). Years that do
    not follow each other are joined by dots alone, two stated definitions by nothing; a missing value is a
    gap.

    Refuses a table without year and value, no value at all, an infinite one, and targets or conflicts of a
    series that is not drawn.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> rows = pd.DataFrame({"year": [2019, 2021], "value": [75.0, 80.0]})
    >>> figure_facts(trend(rows, title="Up by 5 in two years", lang="en"))
      series    kind       x     y
    0            gap  2019.0  75.0
    1            gap  2021.0  80.0
    2         actual  2019.0  75.0
    3         actual  2021.0  80.0
    """
    caption = Caption.of(caption, given)
    named = series if isinstance(series, Mapping) else {name: series}
    t, figures = caption.t, figures_of(named, targets, conflicts, projection)
    with style.drawing():
        notes = line_words.reading_notes(t, figures)
        card = Card(caption, notes, plot_height=caption.size.plot_height)
        _draw(card, figures)
    return card.finished(line_words.said(t, figures))


def fan(
    projection: pd.DataFrame,
    caption: Caption | None = None,
    *,
    series: pd.DataFrame | Mapping[str, pd.DataFrame],
    **given: Any,
) -> Chart:
    """A projection with its tested ranges as nested bands of one hue, after the figures it starts from.

    `projection`: one row a year with `year`, `median` and any of `low_30`, `high_30` … `low_95`, `high_95`;
    the rest as in `trend`.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> past = pd.DataFrame({"year": [2021, 2022], "value": [46.0, 50.0]})
    >>> future = pd.DataFrame({"year": [2023], "median": [53.0], "low_80": [49.0], "high_80": [57.0]})
    >>> figure_facts(fan(future, series=past, title="53 in a year", lang="en")).kind.unique().tolist()
    ['band 80', 'median', 'line', 'actual']
    """
    if projection.empty:
        raise ValueError("the projection has no year to draw")
    return trend(series, caption, projection=projection, **given)


def _draw(card: Card, figures: Figures) -> None:
    """Bands first and the first series last, so that what the picture is about lies on top; then the labels,
    the needed ones first."""
    labels = line_words.labels(card.t, card.size, figures)
    plane = Plane(card, *figures.reach(), ends=[label for label in labels if label.needed])
    last = len(style.SERIES_COLOURS) - 1
    colours = {label: style.SERIES_COLOURS[min(i, last)] for i, label in enumerate(figures.series)}
    if figures.projection is not None:
        _draw_bands(plane, figures, figures.projection)
    for i, (label, table) in reversed(list(enumerate(figures.series.items()))):
        _draw_series(plane, label, table, colours[label], rank=i)
    _draw_goals(plane, figures)
    for label, part in figures.others.groupby("series", sort=False):
        look = {"marker": "x", "color": colours[label], "ms": 7, "mew": 1.8, "zorder": 4.5}
        plane.marks(part["year"], part["value"], f"{label}|other source", **look)
    colours |= {GOAL: style.ORANGE, PROJECTION: style.TEAL}
    placed = [
        Label(
            [plane.px(label.year, value) for value in label.values],
            label.lines,
            label.size,
            colours[label.owner],
            label.bold,
            label.needed,
        )
        for label in labels
    ]
    plane.labels.put(placed, most=card.size.most_labels)


def _draw_series(plane: Plane, label: str, table: pd.DataFrame, colour: str, *, rank: int) -> None:
    """A series: full lines through years that follow each other, dots across gaps, bars for intervals, and
    its marks; the first boldest."""
    marker, mark = style.SERIES_MARKERS[rank % len(style.SERIES_MARKERS)], (8.5, 7.0, 7.0, 5.5)[min(rank, 3)]
    rows = list(table.itertuples())
    for before, after in pairwise(rows):
        if _two_definitions(before, after) or before.year == after.year:
            continue
        whole = after.year - before.year <= 1 and not (before.derived or after.derived)
        look: dict[str, Any] = {"lw": 1.3, "ls": (0, (1, 2.5))}
        if whole:
            look = {"lw": 2.4 if rank == 0 else 1.8, "ls": "-"}
        ends = (before.year, after.year), (before.value, after.value)
        plane.path(*ends, f"{label}|{'line' if whole else 'gap'}", color=colour, zorder=3, **look)
    for row in rows:
        if np.isfinite([row.low, row.high]).all() and row.high > row.low:
            look = {"color": colour, "lw": 1.4, "alpha": 0.7, "zorder": 3.5}
            plane.path((row.year, row.year), (row.low, row.high), f"{label}|interval", **look)
    hollow = table["flag"].isin(HOLLOW_FLAGS)
    for derived, open_mark in ((False, False), (False, True), (True, True)):
        kinds = table["derived"].eq(derived) & (hollow.eq(open_mark) | derived)
        for flag, part in table[kinds].groupby("flag", sort=True):
            look = {"marker": "D", "ms": mark - 1} if derived else {"marker": marker, "ms": mark}
            look |= {"mfc": style.PAPER if open_mark else colour, "mec": colour, "mew": 1.8, "zorder": 4}
            kind = "derived" if derived else flag or "actual"
            plane.marks(part["year"], part["value"], f"{label}|{kind}", **look)


def _two_definitions(one: Any, other: Any) -> bool:
    """Whether two figures state that they count different things: no line joins them."""
    return bool(one.definition and other.definition and one.definition != other.definition)


def _draw_goals(plane: Plane, figures: Figures) -> None:
    """Plans and targets: hollow squares, with a dashed line from the last figure before them, if that may
    count the same."""
    for goal in figures.goals.itertuples():
        before = [row for row in figures.series[goal.series].itertuples() if row.year < goal.year]
        if before and not _two_definitions(before[-1], goal):
            way = (before[-1].year, goal.year), (before[-1].value, goal.value)
            look: dict[str, Any] = {"color": style.ORANGE, "lw": 1.6, "ls": (0, (5, 3)), "zorder": 2}
            plane.path(*way, f"{goal.series}|way to {goal.kind}", **look)
        look = {"marker": "s", "ms": 9, "mfc": style.PAPER, "mec": style.ORANGE, "mew": 2, "zorder": 4}
        plane.marks([goal.year], [goal.value], f"{goal.series}|{goal.kind}", **look)


def _draw_bands(plane: Plane, figures: Figures, rows: pd.DataFrame) -> None:
    """The nested ranges, the widest lightest, and the median, from the last figure on."""
    first = figures.first
    before = figures.series[first]["year"] < rows["year"].iloc[0]
    start = figures.series[first][before].tail(1)
    years = [*start["year"], *rows["year"].astype(float)]
    for share in (band for band in BANDS if f"low_{band}" in rows):
        low, high = ([*start["value"], *rows[f"{side}_{share}"].astype(float)] for side in ("low", "high"))
        look: dict[str, Any] = {"color": style.tint(style.TEAL, 0.12 + 0.6 * (100 - share) / 100), "lw": 0}
        plane.ax.fill_between(
            years, low, high, zorder=1, label=f"{first}|band {share}", clip_on=False, **look
        )
        (xs, lows), (_, highs) = (zip(*map(plane.px, years, edge), strict=True) for edge in (low, high))
        plane.labels.avoid_band(xs, lows, highs)
    look = {"color": style.TEXT_COLOURS[style.TEAL], "lw": 1.8, "ls": (0, (4, 2)), "zorder": 2.5}
    plane.path(years, [*start["value"], *rows["median"].astype(float)], f"{first}|median", **look)
    # Its end is labelled as a mark is.
    end = plane.px(years[-1], rows["median"].iloc[-1])
    plane.labels.avoid_marks([end[0]], [end[1]])
