"""What stands in words in a picture over the years: its labels, how its marks are read, and its
description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing.card import HOLLOW_FLAGS
from baoyen_analysis.views.drawing.labels import Label, Point
from baoyen_analysis.views.drawing.plane import Figures
from baoyen_analysis.views.drawing.style import ORANGE, SEMIBOLD, TEAL, Shape, balanced, wrap
from baoyen_analysis.views.numbers import bounded, figure_words, humanised
from baoyen_analysis.words import Language

BANDS = (95, 90, 80, 60, 30)


def labels(t: Language, size: Shape, figures: Figures) -> list[Label]:
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


def drawn(figures: Figures) -> dict[str, Any]:
    """Which kinds of marks the picture draws that need words."""
    tables = list(figures.series.values())
    every = pd.concat(tables)
    # Intervals that their marks hide need no words.
    seen = every["high"] - every["low"] > 0.02 * every[["value", "high"]].max().max()
    return {
        "hollow": (every["flag"].isin(HOLLOW_FLAGS) & ~every["derived"]).any(),
        "unlike": figures.unlike().any(),
        "derived": every["derived"].any(),
        "interval": seen.any(),
        "gap": any((table["year"].diff() > 1).any() or table["derived"].any() for table in tables),
        "other": len(figures.others),
        "goal": len(figures.goals),
    }


def said(t: Language, figures: Figures) -> Iterator[str]:
    """Every number that is drawn, in words."""
    for label, table in figures.series.items():
        listed = "; ".join(f"{row.year:g}: {numbers.figure_words(t, row)}" for row in table.itertuples())
        yield f"{label}: {listed}" if label else listed
    for goal in figures.goals.itertuples():
        number = bounded(t, goal.value, goal.qualifier)
        yield f"{t.say(f'chart.{goal.kind}', year=int(goal.year))}: {number}"
    for row in figures.others.itertuples():
        yield f"{t.say('chart.other_source', year=int(row.year))}: {numbers.humanised(t, row.value)}"
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
