"""Values over the years: figures, the plans they are held to, and projections; with their labels, how their
marks are read, and their description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from baoyen_analysis.agreement import alike
from baoyen_analysis.views.drawing.card import HOLLOW_FLAGS, Caption, Card, Chart, on_card
from baoyen_analysis.views.drawing.labels import Label, Point
from baoyen_analysis.views.drawing.plane import Figures, Plane, figures_of
from baoyen_analysis.views.drawing.style import (
    ORANGE,
    PAPER,
    SEMIBOLD,
    SERIES_MARKERS,
    TEAL,
    Shape,
    balanced,
    look,
    tint,
    wrap,
)
from baoyen_analysis.views.numbers import bounded, figure_words, humanised
from baoyen_analysis.words import Language

BANDS = (95, 90, 80, 60, 30)


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
    shares = [str(band) for band in reversed(BANDS) if f"low_{band}" in figures.projection]
    drawn = {**_kinds(figures), "chart.note_bands": shares}
    card.begin(card.size.plot_height, drawn, shares=", ".join(shares))
    labels = _labels(card.t, card.size, figures)
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
    return _said(card.t, figures)


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
    rows, beside = list(table.itertuples()), list(others.itertuples())
    ways = list(pairwise(rows))
    for other in beside:
        ways += [(before, other) for before in [row for row in rows if row.year < other.year][-1:]]
        ways += [(other, after) for after in [row for row in rows if row.year > other.year][:1]]
    for before, after in ways:
        if before.year != after.year and alike(before.definition, after.definition):
            whole = after.year - before.year <= 1 and not (before.derived or after.derived)
            bold = {"lw": 2.4} if whole and first else {}
            plane.join(before, after, name, "line" if whole else "gap", color=colour, **bold)
    for row in rows + beside:
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
    name, rows = figures.first, list(figures.series[figures.first].itertuples())
    others = list(figures.others.itertuples())
    for i, goal in enumerate(figures.goals.itertuples()):
        last = [row for row in rows if row.year < goal.year][-1:]
        beside = [other for other in others if [other.year] == [row.year for row in last]]
        for before in last + beside:
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

    for share in (band for band in BANDS if f"low_{band}" in rows):
        low, high = edge(f"low_{share}"), edge(f"high_{share}")
        shade = tint(TEAL, 0.12 + 0.6 * (100 - share) / 100)
        given = look("band", color=shade, label=f"{name}|band {share}")
        plane.ax.fill_between(years, [value for _, value in low], [value for _, value in high], **given)
        plane.labels.avoid_band([*map(plane.px, low)], [*map(plane.px, high)])
    plane.path(edge("median"), name, "median")
    # Its end is labelled as a mark is.
    plane.labels.avoid_marks([plane.px(edge("median")[-1])])


def _labels(t: Language, size: Shape, figures: Figures) -> list[Label]:
    """All labels in the order in which they take their places: those that a picture can't do without, whom it
    is about first and the others from the top downward; then figures, then bygone plans."""
    goals = list(_goal_labels(t, size, figures))
    ends, points, told = [], [], None
    for name, colour in figures.colours.items():
        table, mine = figures.series[name], name == figures.first
        for last in table.tail(1).itertuples():
            said, places = [figure_words(t, last)], [(last.year, last.value)]
            beside = figures.others[figures.others["year"] == last.year]
            if mine and len(beside):
                places += zip(beside["year"], beside["value"], strict=True)
                values = sorted({value for _, value in places})
                both = t.say("verdict.or").join(humanised(t, value) for value in values)
                said = [t.say("chart.conflict", number=both)]
                told = last.year
            ends.append((not mine, _headed(size, places, name, said, colour)))
        points.append([_light(size, row, figure_words(t, row), colour) for row in _telling(table, mine)])
    for last in figures.projection.tail(1).to_dict("records"):
        head, place = t.say("chart.projected", year=int(last["year"])), (last["year"], last["median"])
        number = "; ".join([humanised(t, last["median"], digits=3), *_bands(t, last, (80,))])
        ends.append((True, _headed(size, [place], head, [number], TEAL)))
    ends += [(False, goal) for goal in goals if goal.needed]
    ends.sort(key=lambda end: (end[0], -end[1].points[0][1]))
    colour = figures.colours[figures.first]
    others = [
        _light(size, row, humanised(t, row.value), colour)
        for row in figures.others[figures.others["year"] != told].itertuples()
    ]
    bygone = [goal for goal in goals if not goal.needed]
    return [*(end for _, end in ends), *points[0], *others, *bygone, *chain(*points[1:])]


def _light(size: Shape, row: Any, said: str, colour: str) -> Label:
    """A label that the picture can do without."""
    lines = balanced(said, size.label_width, size.small)
    return Label([(row.year, row.value)], lines, 0, colour, size.small, needed=False)


def _headed(size: Shape, points: Sequence[Point], head: str, said: Iterable[str], colour: str) -> Label:
    """A label with a heavy head over its numbers."""
    heavy = balanced(head, size.label_width, size.label, SEMIBOLD)
    light = [row for number in said for row in wrap(number, size.label_width, size.label)]
    return Label(points, heavy + light, len(heavy), colour, size.label)


def _goal_labels(t: Language, size: Shape, figures: Figures) -> Iterator[Label]:
    """A label for each plan or target, the latest first; those whose marks meet share one. Needed are the
    next and the last ones ahead."""
    least, greatest = figures.reach()[1]
    blocks: list[list[Any]] = []
    for goal in figures.goals.sort_values(["year", "value"], ascending=False, kind="stable").itertuples():
        block = blocks[-1] if blocks else [goal]
        close = block[-1].value - goal.value < 0.1 * (greatest - least) and {r.kind for r in block} == {
            goal.kind
        }
        if blocks and block[-1].year == goal.year and (close or block[-1].value == goal.value):
            block.append(goal)
        else:
            blocks.append([goal])
    years, held = [block[0].year for block in blocks], figures.series[figures.first]["year"].max()
    ahead = [year for year in years if year > held] or years[:1]
    for block, year in zip(blocks, years, strict=True):
        said = dict.fromkeys(bounded(t, goal.value, goal.qualifier) for goal in block)
        points = [(year, value) for value in dict.fromkeys(goal.value for goal in block)]
        made = _headed(size, points, _goal_head(t, block), said, ORANGE)
        yield made._replace(needed=year in (ahead[0], ahead[-1]))


def _goal_head(t: Language, goals: Sequence[Any]) -> str:
    """ "2024 plan"; "2025 plan and target" where both are one mark."""
    kinds, year = list(dict.fromkeys(goal.kind for goal in goals)), int(goals[0].year)
    if len(kinds) == 1:
        return t.say(f"chart.{kinds[0]}", year=year)
    first, second = (t.say(f"chart.{kind}", year="").strip() for kind in kinds[:2])
    return t.say("chart.two_goals", first=first, second=second.lower(), year=year)


def _telling(table: DataFrame, mine: bool) -> list[Any]:
    """The rows of a series but its last, the telling ones first: greatest, least, turning points, the first;
    of a long one, or one drawn for comparison, these alone."""
    values, rows = table["value"].to_numpy(), list(table.itertuples())
    if not rows:
        return []
    slopes = np.sign(np.diff(values))
    turns = np.flatnonzero(slopes[1:] * slopes[:-1] < 0) + 1
    rest = reversed(range(len(rows))) if mine and len(rows) <= 9 else ()
    told = dict.fromkeys([int(values.argmax()), int(values.argmin()), *turns.tolist(), 0, *rest])
    return [rows[i] for i in told if i < len(rows) - 1]


def _kinds(figures: Figures) -> dict[str, Any]:
    """The keys of the words that marks need, and whether the picture draws such marks."""
    tables = list(figures.series.values())
    every = pd.concat(tables)
    # Intervals that their marks hide need no words.
    seen = every["high"] - every["low"] > 0.02 * every[["value", "high"]].max().max()
    return {
        "chart.note_hollow": (every["flag"].isin(HOLLOW_FLAGS) & ~every["derived"]).any(),
        "chart.note_unlike": figures.unlike().any(),
        "chart.note_derived": every["derived"].any(),
        "chart.note_interval": seen.any(),
        "chart.note_gap": any((table["year"].diff() > 1).any() or table["derived"].any() for table in tables),
        "chart.note_other": len(figures.others),
        "chart.note_goal": len(figures.goals),
    }


def _said(t: Language, figures: Figures) -> Iterator[str]:
    """Every number that is drawn, in words."""
    for label, table in figures.series.items():
        listed = "; ".join(f"{row.year:g}: {figure_words(t, row)}" for row in table.itertuples())
        yield f"{label}: {listed}" if label else listed
    for goal in figures.goals.itertuples():
        number = bounded(t, goal.value, goal.qualifier)
        yield f"{t.say(f'chart.{goal.kind}', year=int(goal.year))}: {number}"
    for row in figures.others.itertuples():
        yield f"{t.say('chart.other_source', year=int(row.year))}: {humanised(t, row.value)}"
    for year in figures.projection.to_dict("records"):
        number = humanised(t, year["median"], digits=3)
        yield f"{t.say('chart.projected', year=int(year['year']))}: {number}"
        yield from _bands(t, year, BANDS[::-1])


def _bands(t: Language, year: Mapping[Any, float], bands: Sequence[int]) -> Iterator[str]:
    """The ranges of one projected year, those of `bands` that it has."""
    for band in bands:
        if f"low_{band}" in year:
            low, high = (humanised(t, year[f"{end}_{band}"], digits=3) for end in ("low", "high"))
            yield t.say("chart.band", share=band, low=low, high=high)
