"""Values over the years: figures, the plans they are held to, and projections; with their labels, how their
marks are read, and their description."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from pandas import DataFrame

from baoyen_analysis.agreement import alike
from baoyen_analysis.views.drawing.card import HOLLOW_FLAGS, Caption, Card, Chart, on_card
from baoyen_analysis.views.drawing.labels import Label, Point
from baoyen_analysis.views.drawing.plane import Figures, Plane, Row, figures_of
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

    >>> import pandas as pd
    >>> from baoyen_analysis.views.drawing.charts import trend
    >>> rows = pd.DataFrame({"year": [2019, 2021], "value": [75.0, 80.0]})
    >>> trend(rows, title="Up by 5 in two years", lang="en").alt
    'Up by 5 in two years. 2019: 75; 2021: 80.'
    """
    named = series if isinstance(series, Mapping) else {"": series}
    figures = figures_of(named, targets, conflicts, projection)
    shares = [str(band) for band in reversed(BANDS) if f"low_{band}" in chain(*figures.projection[:1])]
    drawn = {**_kinds(figures), "chart.note_bands": shares}
    card.begin(card.size.plot_height, drawn, shares=", ".join(shares))
    labels = _labels(card.t, card.size, figures)
    plane = Plane(card, figures, labels)
    # Bands first and the first series last, so that what the picture is about lies on top; then the labels,
    # the needed ones first.
    if figures.projection:
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

    >>> import pandas as pd
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
    rows, colour, beside = figures.series[name], figures.colours[name], figures.others if first else []
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
    unlike = figures.unlike() if first else [False] * len(rows)
    parts: dict[tuple[bool, bool, str], list[Row]] = {}
    for row, apart in zip(rows, unlike, strict=True):
        opened = row.flag in HOLLOW_FLAGS or row.derived or apart
        parts.setdefault((row.derived, opened, row.flag), []).append(row)
    for (derived, hollow, flag), part in sorted(parts.items()):
        shape = {"marker": "D", "ms": size - 1} if derived else marker
        kind, fill = "derived" if derived else flag or "actual", PAPER if hollow else colour
        plane.marks(part, f"{name}|{kind}", "figure", mfc=fill, mec=colour, **shape)
    if beside:
        plane.marks(beside, f"{name}|other source", "figure", mfc=colour, mec=colour, **marker)


def _draw_goals(plane: Plane, figures: Figures) -> None:
    """Plans and targets: hollow squares, with a dashed line from the last figure before them, if that may
    count the same."""
    name, rows = figures.first, figures.series[figures.first]
    for goal in figures.goals:
        last = [row for row in rows if row.year < goal.year][-1:]
        beside = [other for other in figures.others if [other.year] == [row.year for row in last]]
        for before in last + beside:
            if alike(before.definition, goal.definition):
                plane.join(before, goal, name, f"way to {goal.kind}")
        plane.marks([goal], f"{name}|{goal.kind}", "goal")


def _draw_bands(plane: Plane, figures: Figures) -> None:
    """The nested ranges, the widest lightest, and the median, from the last figure on."""
    name, rows, held = figures.first, figures.projection, figures.series[figures.first]
    start = [(row.year, row.value) for row in held if row.year < rows[0]["year"]][-1:]
    years = [year for year, _ in start] + [float(row["year"]) for row in rows]

    def edge(column: str) -> list[Point]:
        return start + [(float(row["year"]), row[column]) for row in rows]

    for share in (band for band in BANDS if f"low_{band}" in rows[0]):
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
        rows, mine = figures.series[name], name == figures.first
        for last in rows[-1:]:
            said, places = [figure_words(t, last)], [(last.year, last.value)]
            beside = [(row.year, row.value) for row in figures.others if row.year == last.year]
            if mine and beside:
                places += beside
                values = sorted({value for _, value in places})
                both = t.say("verdict.or").join(humanised(t, value) for value in values)
                said = [t.say("chart.conflict", number=both)]
                told = last.year
            ends.append((not mine, _headed(size, places, name, said, colour)))
        points.append([_light(size, row, figure_words(t, row), colour) for row in _telling(rows, mine)])
    for year in figures.projection[-1:]:
        head, place = t.say("chart.projected", year=int(year["year"])), (year["year"], year["median"])
        number = "; ".join([humanised(t, year["median"], digits=3), *_bands(t, year, (80,))])
        ends.append((True, _headed(size, [place], head, [number], TEAL)))
    ends += [(False, goal) for goal in goals if goal.needed]
    ends.sort(key=lambda end: (end[0], -end[1].points[0][1]))
    colour = figures.colours[figures.first]
    others = [
        _light(size, row, humanised(t, row.value), colour) for row in figures.others if row.year != told
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
    blocks: list[list[Row]] = []
    for goal in sorted(figures.goals, key=lambda goal: (-goal.year, -goal.value)):
        block = blocks[-1] if blocks else [goal]
        close = block[-1].value - goal.value < 0.1 * (greatest - least) and {r.kind for r in block} == {
            goal.kind
        }
        if blocks and block[-1].year == goal.year and (close or block[-1].value == goal.value):
            block.append(goal)
        else:
            blocks.append([goal])
    years = [block[0].year for block in blocks]
    held = max((row.year for row in figures.series[figures.first]), default=math.inf)
    ahead = [year for year in years if year > held] or years[:1]
    for block, year in zip(blocks, years, strict=True):
        said = dict.fromkeys(bounded(t, goal.value, goal.qualifier) for goal in block)
        points = [(year, value) for value in dict.fromkeys(goal.value for goal in block)]
        made = _headed(size, points, _goal_head(t, block), said, ORANGE)
        yield made._replace(needed=year in (ahead[0], ahead[-1]))


def _goal_head(t: Language, goals: Sequence[Row]) -> str:
    """ "2024 plan"; "2025 plan and target" where both are one mark."""
    kinds, year = list(dict.fromkeys(goal.kind for goal in goals)), int(goals[0].year)
    if len(kinds) == 1:
        return t.say(f"chart.{kinds[0]}", year=year)
    first, second = (t.say(f"chart.{kind}", year="").strip() for kind in kinds[:2])
    return t.say("chart.two_goals", first=first, second=second.lower(), year=year)


def _telling(rows: list[Row], mine: bool) -> list[Row]:
    """The rows of a series but its last, the telling ones first: greatest, least, turning points, the first;
    of a long one, or one drawn for comparison, these alone."""
    if not rows:
        return []
    values = np.array([row.value for row in rows])
    slopes = np.sign(np.diff(values))
    turns = np.flatnonzero(slopes[1:] * slopes[:-1] < 0) + 1
    rest = reversed(range(len(rows))) if mine and len(rows) <= 9 else ()
    told = dict.fromkeys([int(values.argmax()), int(values.argmin()), *turns.tolist(), 0, *rest])
    return [rows[i] for i in told if i < len(rows) - 1]


def _kinds(figures: Figures) -> dict[str, Any]:
    """The keys of the words that marks need, and whether the picture draws such marks."""
    every = [*chain(*figures.series.values())]
    # Intervals that their marks hide need no words.
    greatest = max(number for row in every for number in (row.value, row.high) if not math.isnan(number))
    steps = [after.year - before.year for rows in figures.series.values() for before, after in pairwise(rows)]
    derived = any(row.derived for row in every)
    return {
        "chart.note_hollow": any(row.flag in HOLLOW_FLAGS and not row.derived for row in every),
        "chart.note_unlike": any(figures.unlike()),
        "chart.note_derived": derived,
        "chart.note_interval": any(row.high - row.low > 0.02 * greatest for row in every),
        "chart.note_gap": derived or any(step > 1 for step in steps),
        "chart.note_other": figures.others,
        "chart.note_goal": figures.goals,
    }


def _said(t: Language, figures: Figures) -> Iterator[str]:
    """Every number that is drawn, in words."""
    for label, rows in figures.series.items():
        listed = "; ".join(f"{row.year:g}: {figure_words(t, row)}" for row in rows)
        yield f"{label}: {listed}" if label else listed
    for goal in figures.goals:
        number = bounded(t, goal.value, goal.qualifier)
        yield f"{t.say(f'chart.{goal.kind}', year=int(goal.year))}: {number}"
    for row in figures.others:
        yield f"{t.say('chart.other_source', year=int(row.year))}: {humanised(t, row.value)}"
    for year in figures.projection:
        number = humanised(t, year["median"], digits=3)
        yield f"{t.say('chart.projected', year=int(year['year']))}: {number}"
        yield from _bands(t, year, BANDS[::-1])


def _bands(t: Language, year: Mapping[Any, float], bands: Sequence[int]) -> Iterator[str]:
    """The ranges of one projected year, those of `bands` that it has."""
    for band in bands:
        if f"low_{band}" in year:
            low, high = (humanised(t, year[f"{end}_{band}"], digits=3) for end in ("low", "high"))
            yield t.say("chart.band", share=band, low=low, high=high)
