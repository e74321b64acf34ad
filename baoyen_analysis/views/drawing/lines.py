"""Values over the years: figures, the plans they are held to, and projections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from baoyen_analysis import words
from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.canvas import Card, Chart, Label, Labels, block_width
from baoyen_analysis.views.reading import (
    HOLLOW_FLAGS,
    columns_of,
    points_of,
    sentences,
)

BANDS = (95, 90, 80, 60, 30)
# Whose a label is that is of no series: no series is named so.
GOAL, PROJECTION = "|goal", "|projection"


def trend(
    series: pd.DataFrame | Mapping[str, pd.DataFrame],
    *,
    title: str,
    subtitle: str = "",
    name: str = "",
    targets: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    projection: pd.DataFrame | None = None,
    sources: Sequence[str] = (),
    notes: Sequence[str] = (),
    lang: str = "vi",
    shape: str = "wide",
) -> Chart:
    """One series or several over the years, with the plans they are held to; values from 0.

    `series`: a table with `year`, `value` and, where known, `low`, `high`, `flag`, `definition`, `derived`;
    or several by name, the first being the one the picture is about. `targets`: `year`, `value`, `kind`,
    `qualifier`. `conflicts`: `year`, `value` of figures that were not chosen. Both belong to the first
    series, unless a column `series` says whose they are. `projection`: as in `fan`. `sources` and `notes` are
    sentences for the foot. Years that do not follow each other are joined by dots alone, two stated
    definitions by nothing.

    Refuses a table without year and value, no value at all, and targets or conflicts of a series that is not
    drawn.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> chart = trend(pd.DataFrame({"year": [2019, 2021], "value": [75.0, 80.0]}), title="Up by 5 in two years", lang="en")
    >>> figure_facts(chart)
      series    kind       x     y
    0            gap  2019.0  75.0
    1            gap  2021.0  80.0
    2         actual  2019.0  75.0
    3         actual  2021.0  80.0
    """
    figures = _figures(
        series if isinstance(series, Mapping) else {name: series}, targets, conflicts, projection
    )
    with style.drawing():
        size = style.SHAPES[shape]
        reading = [*notes, *_reading_notes(figures, lang=lang)]
        card = Card(
            title=title,
            subtitle=subtitle,
            notes=reading,
            sources=sources,
            lang=lang,
            shape=shape,
            plot_height=size.plot_height,
        )
        _draw(card, figures)
    card.chart.alt = sentences(title, subtitle, *_said(figures, lang=lang))
    return card.chart


def fan(
    projection: pd.DataFrame,
    *,
    series: pd.DataFrame | Mapping[str, pd.DataFrame],
    title: str,
    subtitle: str = "",
    name: str = "",
    targets: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    sources: Sequence[str] = (),
    notes: Sequence[str] = (),
    lang: str = "vi",
    shape: str = "wide",
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
    return trend(
        series,
        title=title,
        subtitle=subtitle,
        name=name,
        targets=targets,
        conflicts=conflicts,
        projection=projection,
        sources=sources,
        notes=notes,
        lang=lang,
        shape=shape,
    )


class _Figures(NamedTuple):
    """What a picture over the years draws: series by name, goals and other sources' figures (each with its
    `series`), a projection."""

    series: dict[str, pd.DataFrame]
    goals: pd.DataFrame
    others: pd.DataFrame
    projection: pd.DataFrame | None

    @property
    def first(self) -> str:
        """The series that the picture is about."""
        return next(iter(self.series))


def _figures(
    series: Mapping[str, pd.DataFrame],
    targets: pd.DataFrame | None,
    conflicts: pd.DataFrame | None,
    projection: pd.DataFrame | None,
) -> _Figures:
    """The tables given, checked, with all the columns that are read of them."""
    tables = {label: points_of(table) for label, table in series.items()}
    if all(table.empty for table in tables.values()):
        raise ValueError("no series has a value to draw")
    none, first = pd.DataFrame(columns=["year", "value"]), next(iter(tables))
    goals = columns_of(
        points_of(none if targets is None else targets),
        (),
        {"kind": "plan", "qualifier": "", "series": first},
    )
    others = columns_of(points_of(none if conflicts is None else conflicts), (), {"series": first})
    strange = {*goals["series"], *others["series"]} - set(tables)
    if strange:
        raise ValueError(f"targets or conflicts name series that are not drawn: {', '.join(sorted(strange))}")
    rows = None if projection is None else projection.sort_values("year").reset_index(drop=True)
    return _Figures(tables, goals, others, rows)


def _draw(card: Card, figures: _Figures) -> None:
    """Bands first and the first series last, so that what the picture is about lies on top; then the labels,
    the needed ones first."""
    labels = _labels(figures, lang=card.lang, size=card.shape)
    plane = _Plane(card, *_reach(figures), ends=[label for label in labels if label.needed])
    colours = {
        label: style.SERIES_COLOURS[min(i, len(style.SERIES_COLOURS) - 1)]
        for i, label in enumerate(figures.series)
    }
    if figures.projection is not None:
        _draw_bands(plane, figures)
    for i, (label, table) in reversed(list(enumerate(figures.series.items()))):
        _draw_series(plane, label, table, colours[label], rank=i)
    _draw_goals(plane, figures)
    for label, part in figures.others.groupby("series", sort=False):
        plane.marks(
            part["year"],
            part["value"],
            f"{label}|other source",
            marker="x",
            color=colours[label],
            ms=7,
            mew=1.8,
            zorder=4.5,
        )
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
    plane.labels.put(placed, most=card.shape.most_labels)


class _Plane:
    """Years across, values upward from 0: scales, gridlines and the room for the labels at the right."""

    def __init__(
        self, card: Card, years: tuple[float, float], reach: tuple[float, float], *, ends: Sequence[_Label]
    ) -> None:
        small = card.shape.small
        steps = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(*reach)
        # The first step at or under the least value and at or above the greatest: marks at the edge stay
        # whole.
        ticks = [
            tick
            for i, tick in enumerate(steps)
            if steps[min(i + 1, len(steps) - 1)] > reach[0] and steps[max(i - 1, 0)] < reach[1]
        ]
        names = [numbers.humanised(words.of(card.lang), tick, like=ticks[-1]) for tick in ticks]
        self.card, self.years, self.values = card, years, (ticks[0], ticks[-1])
        self.left = card.left + max(style.width_of(name, small) for name in names) + 22
        self.top, self.bottom = card.top + 10, card.bottom - card.line(small) - 10
        self.right = self._right(ends)
        self.ax = card.axes(card.left, self.top, card.right, self.bottom)
        scale = (years[1] - years[0]) / (self.right - self.left)
        self.ax.set_xlim(
            years[0] - (self.left - card.left) * scale, years[1] + (card.right - self.right) * scale
        )
        self.ax.set_ylim(*self.values)
        self.labels = Labels(
            card, left=self.left - 12, top=card.top - 12, right=card.right, bottom=self.bottom + 2
        )
        for tick, name in zip(ticks, names, strict=True):
            y = self.px(years[0], tick)[1]
            edge = [years[0] - 12 * scale, years[1] + 12 * scale]
            self.ax.plot(
                edge,
                [tick] * 2,
                color=style.GREY if tick == 0 else style.GRID,
                lw=1,
                zorder=0,
                label="_grid",
                clip_on=False,
            )
            card.text(
                self.left - 18, y - card.line(small) / 2, name, size=small, colour=style.MUTED, align="right"
            )
        self._write_years()

    def _right(self, ends: Sequence[_Label]) -> float:
        """The right end of the last year: far enough in that every label beside a line's end fits."""
        right = self.card.right - 14
        span = max(self.years[1] - self.years[0], 1)
        for label in ends:
            width = block_width(label.lines, label.size, label.bold) + 20
            share = (label.year - self.years[0]) / span
            if share > 0.5:
                right = min(right, self.left + (self.card.right - width - self.left) / share)
        return right

    def _write_years(self) -> None:
        small, (first, last) = self.card.shape.small, self.years
        room = (self.right - self.left) / max(last - first, 1) / (style.width_of("2024", small) + 14)
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step * room >= 1)
        # The first and the last year are named always, those between where they stand clear of both.
        for year in range(int(first), int(last) + 1):
            clear = year % step == 0 and min(year - first, last - year) * room >= 1
            if clear or year in (first, last):
                self.card.text(
                    self.px(year, 0)[0],
                    self.bottom + 8,
                    str(year),
                    size=small,
                    colour=style.MUTED,
                    align="center",
                )

    def px(self, year: float, value: float) -> tuple[float, float]:
        """Where a point stands on the card."""
        (x0, x1), (y0, y1) = self.years, self.values
        x = self.left + (year - x0) / (x1 - x0) * (self.right - self.left)
        return x, self.bottom - (value - y0) / (y1 - y0) * (self.bottom - self.top)

    def path(self, years: Sequence[float], values: Sequence[float], label: str, **look: object) -> None:
        self.ax.plot(list(years), list(values), label=label, clip_on=False, **look)
        self.labels.avoid_line(*zip(*map(self.px, years, values), strict=True))

    def marks(self, years: Sequence[float], values: Sequence[float], label: str, **look: object) -> None:
        self.ax.plot(list(years), list(values), label=label, ls="", clip_on=False, **look)
        self.labels.avoid_marks(*zip(*map(self.px, years, values), strict=True))


def _reach(figures: _Figures) -> tuple[tuple[float, float], tuple[float, float]]:
    """First and last year, least (0 at most) and greatest value of all that is drawn."""
    tables = [*figures.series.values(), figures.goals[["year", "value"]], figures.others[["year", "value"]]]
    if figures.projection is not None:
        tables.append(figures.projection)
    years = np.concatenate([table["year"].to_numpy(float) for table in tables])
    numbers = [
        table.filter(regex="^(value|low|high|median|low_.*|high_.*)$").to_numpy(float).ravel()
        for table in tables
    ]
    values = np.concatenate(numbers)
    values = values[np.isfinite(values)]
    first, last = years.min(), years.max()
    alone = float(first == last)
    return (first - alone, last + alone), (min(0.0, values.min()), values.max())


class _Label(NamedTuple):
    """Words for one or more marks of a year: how many of the lines are heavy, whose they are, and whether the
    picture can do without them."""

    year: float
    values: tuple[float, ...]
    lines: list[str]
    bold: int
    owner: str
    size: float
    needed: bool


def _labels(figures: _Figures, *, lang: str, size: style.Shape) -> list[_Label]:
    """All labels in the order in which they take their places: those that a picture can't do without, then
    figures, then bygone plans."""
    ends, goals = [], _goal_labels(figures, lang=lang, size=size)
    for name, table in figures.series.items():
        for last in table.tail(1).itertuples():
            ends.append(
                _headed(
                    last.year, (last.value,), name, [numbers.figure_words(words.of(lang), last)], name, size
                )
            )
    if figures.projection is not None:
        last = figures.projection.iloc[-1]
        head = words.of(lang).say("chart.projected", year=int(last["year"]))
        number = "; ".join(
            [
                numbers.humanised(words.of(lang), last["median"], digits=3),
                *_band_words(last, (80,), lang=lang),
            ]
        )
        ends.append(_headed(last["year"], (last["median"],), head, [number], PROJECTION, size))
    ends += [goal for goal in goals if goal.needed]
    points = [
        label
        for name, table in figures.series.items()
        for label in _point_labels(table, name, few=name != figures.first, lang=lang, size=size)
    ]
    others = [
        _Label(
            row.year,
            (row.value,),
            [numbers.humanised(words.of(lang), row.value)],
            0,
            row.series,
            size.small,
            False,
        )
        for row in figures.others.itertuples()
    ]
    # Whom the picture is about comes first; the others from the top downward.
    ends.sort(key=lambda end: (end.owner not in (figures.first, GOAL), -end.values[0]))
    mine = [label for label in points if label.owner == figures.first]
    return [*ends, *mine, *others, *(goal for goal in goals if not goal.needed), *points[len(mine) :]]


def _headed(
    year: float,
    values: tuple[float, ...],
    head: str,
    numbers: Sequence[str],
    owner: str,
    size: style.Shape,
    needed: bool = True,
) -> _Label:
    """A label with a heavy head over its numbers."""
    heavy = style.balanced(head, size.label_width, size.label, style.SEMIBOLD)
    light = [line for number in numbers for line in style.wrap(number, size.label_width, size.label)]
    return _Label(year, values, heavy + light, len(heavy), owner, size.label, needed)


def _goal_labels(figures: _Figures, *, lang: str, size: style.Shape) -> list[_Label]:
    """A label for each plan or target, the latest first; those whose marks meet share one. Needed are the
    next and the last ones ahead."""
    span, blocks = _reach(figures)[1], []
    for goal in figures.goals.sort_values(["year", "value"], ascending=False, kind="stable").itertuples():
        last = blocks[-1][-1] if blocks else goal
        same = last.value == goal.value or (
            last.value - goal.value < 0.1 * (span[1] - span[0])
            and {row.kind for row in blocks[-1]} == {goal.kind}
        )
        if blocks and last.year == goal.year and last.series == goal.series and same:
            blocks[-1].append(goal)
        else:
            blocks.append([goal])
    ahead = [
        block[0].year for block in blocks if block[0].year > figures.series[block[0].series]["year"].max()
    ]
    chief = {max(ahead), min(ahead)} if ahead else {blocks[0][0].year} if blocks else set()
    return [
        _headed(
            block[0].year,
            tuple(dict.fromkeys(goal.value for goal in block)),
            _goal_head(block, lang=lang),
            list(
                dict.fromkeys(numbers.bounded(words.of(lang), goal.value, goal.qualifier) for goal in block)
            ),
            GOAL,
            size,
            block[0].year in chief,
        )
        for block in blocks
    ]


def _goal_head(goals: Sequence, *, lang: str) -> str:
    """ "2024 plan"; "2025 plan and target" where both are one mark."""
    kinds, year = list(dict.fromkeys(goal.kind for goal in goals)), int(goals[0].year)
    if len(kinds) == 1:
        return words.of(lang).say(f"chart.{kinds[0]}", year=year)
    first, second = (words.of(lang).say(f"chart.{kind}", year="").strip() for kind in kinds[:2])
    return words.of(lang).say("chart.two_goals", first=first, second=second.lower(), year=year)


def _draw_series(plane: _Plane, label: str, table: pd.DataFrame, colour: str, *, rank: int) -> None:
    """A series: full lines through years that follow each other, dots across gaps, bars for intervals, and
    its marks; the first boldest."""
    marker, mark = style.SERIES_MARKERS[rank % len(style.SERIES_MARKERS)], (8.5, 7.0, 7.0, 5.5)[min(rank, 3)]
    for before, after in zip(table.itertuples(), list(table.itertuples())[1:], strict=False):
        if _two_definitions(before, after) or before.year == after.year:
            continue
        whole = after.year - before.year <= 1 and not (before.derived or after.derived)
        look = {"lw": 2.4 if rank == 0 else 1.8, "ls": "-"} if whole else {"lw": 1.3, "ls": (0, (1, 2.5))}
        kind = "line" if whole else "gap"
        plane.path(
            (before.year, after.year),
            (before.value, after.value),
            f"{label}|{kind}",
            color=colour,
            zorder=3,
            **look,
        )
    for row in table.itertuples():
        if np.isfinite([row.low, row.high]).all() and row.high > row.low:
            plane.path(
                (row.year, row.year),
                (row.low, row.high),
                f"{label}|interval",
                color=colour,
                lw=1.4,
                alpha=0.7,
                zorder=3.5,
            )
    hollow = table["flag"].isin(HOLLOW_FLAGS)
    for derived, open_mark in ((False, False), (False, True), (True, True)):
        kinds = table["derived"].eq(derived) & (hollow.eq(open_mark) | derived)
        for flag, part in table[kinds].groupby("flag", sort=True):
            look = {"marker": "D", "ms": mark - 1} if derived else {"marker": marker, "ms": mark}
            look |= {"mfc": style.PAPER if open_mark else colour, "mec": colour, "mew": 1.8, "zorder": 4}
            plane.marks(
                part["year"], part["value"], f"{label}|{'derived' if derived else flag or 'actual'}", **look
            )


def _two_definitions(one: object, other: object) -> bool:
    """Whether two figures state that they count different things: no line joins them."""
    return bool(one.definition and other.definition and one.definition != other.definition)


def _draw_goals(plane: _Plane, figures: _Figures) -> None:
    """Plans and targets: hollow squares, with a dashed line from the last figure before them, if that may
    count the same."""
    for goal in figures.goals.itertuples():
        before = [row for row in figures.series[goal.series].itertuples() if row.year < goal.year]
        if before and not _two_definitions(before[-1], goal):
            line = ((before[-1].year, goal.year), (before[-1].value, goal.value))
            plane.path(
                *line,
                f"{goal.series}|way to {goal.kind}",
                color=style.ORANGE,
                lw=1.6,
                ls=(0, (5, 3)),
                zorder=2,
            )
        look = {"marker": "s", "ms": 9, "mfc": style.PAPER, "mec": style.ORANGE, "mew": 2, "zorder": 4}
        plane.marks([goal.year], [goal.value], f"{goal.series}|{goal.kind}", **look)


def _draw_bands(plane: _Plane, figures: _Figures) -> None:
    """The nested ranges, the widest lightest, and the median, from the last figure on."""
    first, rows = figures.first, figures.projection
    before = figures.series[first]["year"] < rows["year"].iloc[0]
    start = figures.series[first][before].tail(1)
    years = [*start["year"], *rows["year"].astype(float)]
    for share in (band for band in BANDS if f"low_{band}" in rows):
        low, high = ([*start["value"], *rows[f"{side}_{share}"].astype(float)] for side in ("low", "high"))
        colour = style.tint(style.TEAL, 0.12 + 0.6 * (100 - share) / 100)
        plane.ax.fill_between(
            years, low, high, color=colour, lw=0, zorder=1, label=f"{first}|band {share}", clip_on=False
        )
        (xs, lows), (_, highs) = (zip(*map(plane.px, years, edge), strict=True) for edge in (low, high))
        plane.labels.avoid_band(xs, lows, highs)
    look = {"color": style.TEXT_COLOURS[style.TEAL], "lw": 1.8, "ls": (0, (4, 2)), "zorder": 2.5}
    plane.path(years, [*start["value"], *rows["median"].astype(float)], f"{first}|median", **look)
    plane.labels.avoid_marks(
        *zip(plane.px(years[-1], rows["median"].iloc[-1]))
    )  # its end is labelled as a mark is


def _point_labels(
    table: pd.DataFrame, owner: str, *, few: bool, lang: str, size: style.Shape
) -> list[_Label]:
    """The values of a series but its last, the telling ones first: greatest, least, turning points, the
    first; of a long one, or one drawn for comparison, these alone."""
    values = table["value"].to_numpy()
    if not len(values):
        return []
    slopes = np.sign(np.diff(values))
    telling = dict.fromkeys(
        [
            int(values.argmax()),
            int(values.argmin()),
            *(np.flatnonzero(slopes[1:] * slopes[:-1] < 0) + 1).tolist(),
            0,
        ]
    )
    order = telling if few or len(values) > 9 else telling | dict.fromkeys(reversed(range(len(values))))
    return [
        _Label(
            row.year,
            (row.value,),
            style.balanced(numbers.figure_words(words.of(lang), row), size.label_width, size.small),
            0,
            owner,
            size.small,
            False,
        )
        for row in (table.iloc[i] for i in order if i < len(values) - 1)
    ]


def _reading_notes(figures: _Figures, *, lang: str) -> list[str]:
    """How the marks of this picture are read: a sentence for each kind that it draws, and for no other."""
    every = pd.concat(figures.series.values())
    gaps = any(
        (table["year"].diff() > 1).any() or table["derived"].any() for table in figures.series.values()
    )
    # Intervals that their marks hide need no words.
    seen = every["high"] - every["low"] > 0.02 * every[["value", "high"]].max().max()
    drawn = {
        "note_hollow": (every["flag"].isin(HOLLOW_FLAGS) & ~every["derived"]).any(),
        "note_derived": every["derived"].any(),
        "note_interval": seen.any(),
        "note_gap": gaps,
        "note_other": len(figures.others) > 0,
        "note_goal": len(figures.goals) > 0,
    }
    notes = [words.of(lang).say(f"chart.{key}") for key, holds in drawn.items() if holds]
    if figures.projection is not None:
        shares = ", ".join(str(band) for band in reversed(BANDS) if f"low_{band}" in figures.projection)
        notes += [words.of(lang).say("chart.note_bands", shares=shares)] if shares else []
    return notes


def _said(figures: _Figures, *, lang: str) -> list[str]:
    """Every number that is drawn, in words."""
    said = []
    for label, table in figures.series.items():
        listed = "; ".join(
            f"{row.year:g}: {numbers.figure_words(words.of(lang), row)}" for row in table.itertuples()
        )
        said.append(f"{label}: {listed}" if label else listed)
    for goal in figures.goals.itertuples():
        said.append(
            f"{words.of(lang).say(f'chart.{goal.kind}', year=int(goal.year))}: {numbers.bounded(words.of(lang), goal.value, goal.qualifier)}"
        )
    for row in figures.others.itertuples():
        said.append(
            f"{words.of(lang).say('chart.other_source', year=int(row.year))}: {numbers.humanised(words.of(lang), row.value)}"
        )
    for row in () if figures.projection is None else figures.projection.to_dict("records"):
        number = numbers.humanised(words.of(lang), row["median"], digits=3)
        said += [
            f"{words.of(lang).say('chart.projected', year=int(row['year']))}: {number}",
            *_band_words(row, BANDS[::-1], lang=lang),
        ]
    return said


def _band_words(row: Mapping[str, float], bands: Sequence[int], *, lang: str) -> list[str]:
    """The ranges of one projected year, those of `bands` that it has."""
    said = []
    for band in (band for band in bands if f"low_{band}" in row):
        low, high = (
            numbers.humanised(words.of(lang), row[f"{side}_{band}"], digits=3) for side in ("low", "high")
        )
        said.append(words.of(lang).say("chart.band", share=band, low=low, high=high))
    return said
