"""What stands in words in a picture over the years: its labels, how its marks are read, and its
description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.plane import YearLabel
from baoyen_analysis.views.drawing.points import HOLLOW_FLAGS, Figures
from baoyen_analysis.words import Language

BANDS = (95, 90, 80, 60, 30)
# Whose a label is that is of no series: no series is named so.
GOAL, PROJECTION = "|goal", "|projection"


def labels(t: Language, size: style.Shape, figures: Figures) -> list[YearLabel]:
    """All labels in the order in which they take their places: those that a picture can't do without, then
    figures, then bygone plans."""
    goals = _goal_labels(t, size, figures)
    ends = [
        _headed(size, last.year, (last.value,), name, [numbers.figure_words(t, last)], name)
        for name, table in figures.series.items()
        for last in table.tail(1).itertuples()
    ]
    if figures.projection is not None:
        last = figures.projection.iloc[-1]
        head = t.say("chart.projected", year=int(last["year"]))
        number = "; ".join([numbers.humanised(t, last["median"], digits=3), *_bands(t, last, (80,))])
        ends.append(_headed(size, last["year"], (last["median"],), head, [number], PROJECTION))
    ends += [goal for goal in goals if goal.needed]
    points = [
        label
        for name, table in figures.series.items()
        for label in _point_labels(t, size, table, name, few=name != figures.first)
    ]
    others = [
        _light(size, row.year, row.value, [numbers.humanised(t, row.value)], row.series)
        for row in figures.others.itertuples()
    ]
    # Whom the picture is about comes first; the others from the top downward.
    ends.sort(key=lambda end: (end.owner not in (figures.first, GOAL), -end.values[0]))
    mine = [label for label in points if label.owner == figures.first]
    return [*ends, *mine, *others, *(goal for goal in goals if not goal.needed), *points[len(mine) :]]


def _light(size: style.Shape, year: float, value: float, lines: list[str], owner: str) -> YearLabel:
    """A label that the picture can do without."""
    return YearLabel(year, (value,), lines, 0, owner, size.small, False)


def _headed(
    size: style.Shape,
    year: float,
    values: tuple[float, ...],
    head: str,
    said: Sequence[str],
    owner: str,
    needed: bool = True,
) -> YearLabel:
    """A label with a heavy head over its numbers."""
    heavy = style.balanced(head, size.label_width, size.label, style.SEMIBOLD)
    light = [line for number in said for line in style.wrap(number, size.label_width, size.label)]
    return YearLabel(year, values, heavy + light, len(heavy), owner, size.label, needed)


def _goal_labels(t: Language, size: style.Shape, figures: Figures) -> list[YearLabel]:
    """A label for each plan or target, the latest first; those whose marks meet share one. Needed are the
    next and the last ones ahead."""
    span, blocks = figures.reach()[1], list[list[Any]]()
    for goal in figures.goals.sort_values(["year", "value"], ascending=False, kind="stable").itertuples():
        last: Any = blocks[-1][-1] if blocks else goal
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
            size,
            block[0].year,
            tuple(dict.fromkeys(goal.value for goal in block)),
            _goal_head(t, block),
            list(dict.fromkeys(numbers.bounded(t, goal.value, goal.qualifier) for goal in block)),
            GOAL,
            block[0].year in chief,
        )
        for block in blocks
    ]


def _goal_head(t: Language, goals: Sequence[Any]) -> str:
    """ "2024 plan"; "2025 plan and target" where both are one mark."""
    kinds, year = list(dict.fromkeys(goal.kind for goal in goals)), int(goals[0].year)
    if len(kinds) == 1:
        return t.say(f"chart.{kinds[0]}", year=year)
    first, second = (t.say(f"chart.{kind}", year="").strip() for kind in kinds[:2])
    return t.say("chart.two_goals", first=first, second=second.lower(), year=year)


def _point_labels(
    t: Language, size: style.Shape, table: pd.DataFrame, owner: str, *, few: bool
) -> list[YearLabel]:
    """The values of a series but its last, the telling ones first: greatest, least, turning points, the
    first; of a long one, or one drawn for comparison, these alone."""
    values = table["value"].to_numpy()
    if not len(values):
        return []
    slopes = np.sign(np.diff(values))
    turns = (np.flatnonzero(slopes[1:] * slopes[:-1] < 0) + 1).tolist()
    telling = dict.fromkeys([int(values.argmax()), int(values.argmin()), *turns, 0])
    order = telling if few or len(values) > 9 else telling | dict.fromkeys(reversed(range(len(values))))
    return [
        _light(
            size,
            row.year,
            row.value,
            style.balanced(numbers.figure_words(t, row), size.label_width, size.small),
            owner,
        )
        for row in (table.iloc[i] for i in order if i < len(values) - 1)
    ]


def reading_notes(t: Language, figures: Figures) -> list[str]:
    """How the marks of this picture are read: a sentence for each kind that it draws, and for no other."""
    tables = list(figures.series.values())
    every = pd.concat(tables)
    # Intervals that their marks hide need no words.
    seen = every["high"] - every["low"] > 0.02 * every[["value", "high"]].max().max()
    drawn = {
        "note_hollow": (every["flag"].isin(HOLLOW_FLAGS) & ~every["derived"]).any(),
        "note_derived": every["derived"].any(),
        "note_interval": seen.any(),
        "note_gap": any((table["year"].diff() > 1).any() or table["derived"].any() for table in tables),
        "note_other": len(figures.others) > 0,
        "note_goal": len(figures.goals) > 0,
    }
    notes = [t.say(f"chart.{key}") for key, holds in drawn.items() if holds]
    if figures.projection is not None:
        shares = ", ".join(str(band) for band in reversed(BANDS) if f"low_{band}" in figures.projection)
        notes += [t.say("chart.note_bands", shares=shares)] if shares else []
    return notes


def said(t: Language, figures: Figures) -> list[str]:
    """Every number that is drawn, in words."""
    lines = []
    for label, table in figures.series.items():
        listed = "; ".join(f"{row.year:g}: {numbers.figure_words(t, row)}" for row in table.itertuples())
        lines.append(f"{label}: {listed}" if label else listed)
    for goal in figures.goals.itertuples():
        head = t.say(f"chart.{goal.kind}", year=int(goal.year))
        lines.append(f"{head}: {numbers.bounded(t, goal.value, goal.qualifier)}")
    for row in figures.others.itertuples():
        head = t.say("chart.other_source", year=int(row.year))
        lines.append(f"{head}: {numbers.humanised(t, row.value)}")
    for year in [] if figures.projection is None else figures.projection.to_dict("records"):
        head, number = t.say("chart.projected", year=int(year["year"])), year["median"]
        lines += [f"{head}: {numbers.humanised(t, number, digits=3)}", *_bands(t, year, BANDS[::-1])]
    return lines


def _bands(t: Language, year: Mapping[Any, float], bands: Sequence[int]) -> list[str]:
    """The ranges of one projected year, those of `bands` that it has."""
    lines = []
    for band in (band for band in bands if f"low_{band}" in year):
        low, high = (numbers.humanised(t, year[f"{side}_{band}"], digits=3) for side in ("low", "high"))
        lines.append(t.say("chart.band", share=band, low=low, high=high))
    return lines
