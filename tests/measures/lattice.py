"""Numbers that are few, so that they often fall together, and the published formulas asked on them: every
answer in words. All of it is invented."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.measures import published
from baoyen_analysis.measures.progress import Point, assess
from baoyen_analysis.measures.published import Aim, Terms

NAN, INF = float("nan"), float("inf")
VALUES = (-4.0, 0.0, 0.001, 1.0, 2.0, 4.0, 5.0, 5.0, 6.0, 8.0, 10.0, 20.0, 100.0)


def said(answer: Any) -> str:
    """An answer in words: numbers to nine digits, tables as CSV."""
    if isinstance(answer, pd.DataFrame | pd.Series):
        return answer.to_csv(float_format="%.9g", lineterminator="\n")
    if isinstance(answer, dict):
        return str({key: said(value) for key, value in answer.items()})
    if isinstance(answer, tuple | list | np.ndarray):
        return str([said(value) for value in answer])
    return f"{answer:.9g}" if isinstance(answer, float | np.floating) else str(answer)


def asked(ask: Callable[..., Any], *given: Any, **named: Any) -> str:
    """An answer, or the refusal of one."""
    try:
        return said(ask(*given, **named))
    except (ValueError, ZeroDivisionError) as refusal:
        return str(refusal)


def formulas() -> Iterator[str]:
    """The published formulas on every number of a lattice."""
    bases, currents, targets = (
        (-4.0, 0.0, 4.0, 5.0, 8.0),
        (-2.0, 0.0, 4.0, 5.0, 6.0, 9.0),
        (NAN, 0.0, 5.0, 9.0),
    )
    for base, current, target in product(bases, currents, targets):
        for years, last, recent, until in (
            (5, 1.0, 4, 2025),
            (1, 0.0, 3, 2020),
            (4, NAN, 5, 2024),
            (5, -1.0, 6, NAN),
        ):
            terms = Terms(base, current, 2020 - years, 2020, last, recent)
            for side, (zero, limit, above) in product(
                (1, -1), (("refuse", NAN, "stagnating"), ("0.001", 6.0, "on_track"))
            ):
                aim = Aim(target, until, side, NAN, limit, "", zero, above, target == 0)
                for formula in published.FORMULAS.values():
                    yield asked(formula, terms, aim)


def cuts() -> Iterator[str]:
    """The published formulas on the edges of their classes and just beside them."""
    for edge, beside in product(
        (-5, 0, 0.005, 0.015, 0.1, 0.5, 0.6, 0.8, 0.95, 1.0, 1.5), (-1e-9, 0.0, 1e-9)
    ):
        for side in (1, -1):
            ends = 100.0, 100 + side * (edge + beside), 100.0 + side
            for name, (first, last, goal) in product(
                published.FORMULAS,
                (
                    ends,
                    (ends[0], ends[0] + 10 * (ends[1] - ends[0]), 110.0),
                    (ends[0], ends[0] * (1 + edge + beside), NAN),
                ),
            ):
                aim = Aim(
                    goal,
                    2021 if name != "recent_pace" else 2025,
                    side,
                    NAN,
                    NAN,
                    name,
                    "refuse",
                    "stagnating",
                    False,
                )
                yield asked(published.FORMULAS[name], Terms(first, last, 2020 - 1, 2020, 1.0, 4), aim)
        yield said(published._growth_class(edge + beside, 1.0))
        yield said(published._growth_class(edge + beside, 0.4))
        yield said(published._near_limit(100 * (edge + beside), 50.0))
    for current, goal, percent in product(
        (-1.5, -1.0, 0.5, 1.0, 1.5, 98.5, 99.0, 99.5, 101.0), (0.0, 1.0, 100.0), (True, False)
    ):
        for side in (1, -1):
            aim = Aim(goal, 2025, side, NAN, NAN, "extrapolated", "refuse", "stagnating", percent)
            yield said(published.extrapolated(Terms(50.0, current, 2015, 2020, 1.0, 4), aim))


def figure(of: random.Random, year: int, least: float = -9) -> Point:
    value = of.choice([value for value in VALUES if value >= least])
    below, above = of.choice([(0, 0), (0, 0), (0.5, 0.5), (0, 1), (0, INF), (value, 0), (1, 0), (INF, 0)])
    return Point(year, value, value - below, value + above)


def assessed() -> Iterator[str]:
    of = random.Random(1)
    for number in range(3000):
        years = sorted(of.sample(range(2014, 2022), of.choice([1, 2, 2, 3, 4, 6, 7])))
        name = published.METHODS[number % 4]
        until = of.choice([NAN, 2013, 2018, 2020, 2021, 2022, 2022, 2025, 2025])
        goal = of.choice(VALUES) if name != "recent_pace" else of.choice([NAN, *VALUES])
        aim = Aim(
            goal,
            until,
            of.choice((1, -1)),
            of.choice([NAN, NAN, 2016, 2019, 2022]),
            of.choice([NAN, 10.0]),
            name,
            of.choice(["refuse", "0.001"]),
            of.choice(["stagnating", "on_track"]),
            of.random() < 0.3,
        )
        yield asked(assess, [figure(of, year) for year in years], aim)
