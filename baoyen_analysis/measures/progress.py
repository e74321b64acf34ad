"""Is an indicator on track for its target? Four published methods behind one signature, and how much to trust
their verdict.

Each method (`published`) compares what was done between a base and the current year with what the target
needs. The figures are intervals and the base is a choice, so a verdict comes with the set of classes its
intervals allow and with its stability over other bases and without single years."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import CORNERS, Values, definitions, target_row, yearly
from baoyen_analysis.measures.published import (
    FORMULAS,
    METHODS,
    NAN,
    NONE,
    PUBLISHED_CLASSES,
    Aim,
    Outcome,
    Terms,
    first_reason,
)

# An open bound stands this many times away from the value: far enough for every ratio to have reached its
# limit.
_OPEN = 1e9


class Progress(NamedTuple):
    """A verdict on one series.

    `ratio`: done over needed, or the growth measure without a target. `class_`: "" when refused. `score`:
    -5…5 (cagr_ratio only). `classes`: all that the figures' intervals allow, best first. `stability`: share
    of the trials (every other base year; without the base, without the last year) with the same class, NaN
    where there is none. `points`: the rows used. `reason`: codes of words.csv."""

    ratio: float
    class_: str
    score: float
    classes: tuple[str, ...]
    stability: float
    points: pd.DataFrame
    reason: str


class Point(NamedTuple):
    """One figure of a series with its bounds."""

    year: float
    value: float
    low: float
    high: float


def progress(
    values: Values,
    target: float | pd.Series | None = None,
    target_year: int | None = None,
    method: str = "cagr_ratio",
    direction: int = 1,
    base_year: int | None = None,
    limit: float | None = None,
    zero: str = "refuse",
    *,
    above_and_falling: str = "stagnating",
    percent: bool = False,
    rate: bool = False,
    mix_definitions: bool = False,
) -> Progress:
    """The verdict of one published method on one series; a refusal has class "" and a reason.

    Parameters
    ----------
    values
        A Series indexed by year, or the table of `by.series(…)`.
    target
        A number, or a row with `value` and `definition` (a target is exact: its printed bound moves nothing).
        Without one, `cagr_ratio` judges the growth and `recent_pace` the direction.
    target_year
        A date in the past is assessed at that date, and `reason` says so.
    method
        `cagr_ratio`, `linear_pace`, `recent_pace` or `extrapolated`.
    direction
        1 where higher is better, -1 where lower is.
    base_year
        Missing from the series: the next year that is there. After the last figure: refused.
    limit
        A natural limit of the indicator (`cagr_ratio` without a target).
    zero
        "refuse" a zero base or target, or "0.001" in its place, as the published rule has it.
    above_and_falling, percent
        Rules of `linear_pace` and of `extrapolated`: see there.
    rate
        The indicator is a growth rate: refused where a growth of it would be taken.
    mix_definitions
        Two stated definitions are refused; with True `reason` says so instead.

    Returns
    -------
    Progress
        `ratio`, `class_`, `score`, `classes`, `stability`, `points`, `reason`.

    Raises
    ------
    ValueError
        For bad settings and for a series that `yearly` refuses.

    Examples
    --------
    >>> verdict = progress(pd.Series({2019: 75.0, 2021: 80.0}), target=95, target_year=2024)
    >>> verdict.class_, round(verdict.ratio, 3)
    ('moderate', 0.677)
    >>> progress(pd.Series({2022: 50.0}), target=66, target_year=2024).reason
    'one_point'
    """
    series, goal = yearly(values), {} if target is None else target_row(target)
    faults = {
        f"method {method!r} is unknown: choose one of {', '.join(METHODS)}": method not in METHODS,
        f"zero={zero!r}: 'refuse', or '0.001' to reproduce the published rule": zero
        not in ("refuse", "0.001"),
        f"above_and_falling={above_and_falling!r}: 'stagnating' or 'on_track'": above_and_falling
        not in ("stagnating", "on_track"),
        "direction is 1 where higher is better or -1 where lower is": direction not in (1, -1),
        "recent_pace takes the last six years: leave base_year out": method == "recent_pace"
        and base_year is not None,
        "a target_year needs a target": target is None and target_year is not None,
        "a target needs its target_year": target is not None
        and target_year is None
        and method != "recent_pace",
    }
    for year in (base_year, target_year):
        whole = year is None or (not isinstance(year, str) and np.isfinite(year) and year == int(year))
        faults[f"{year!r} is not a year: give a whole number such as 2024"] = not whole
    if told := [fault for fault, holds in faults.items() if holds]:
        raise ValueError("; ".join(told))
    numbers = (goal.get("value"), target_year, direction, base_year, limit)
    known = (NAN if number is None else float(number) for number in numbers)
    aim = Aim._make([*known, method, zero, above_and_falling, percent])
    stated = definitions(series, goal)
    unfit = first_reason(
        growth_rate_indicator=rate and method in ("cagr_ratio", "extrapolated"),
        definition_break=len(stated) > 1 and not mix_definitions,
    )
    if unfit:
        return Progress(NAN, "", NAN, (), NAN, series, unfit)
    rows = zip(*(series[name].tolist() for name in Point._fields), strict=True)
    found = assess([*map(Point._make, rows)], aim)
    ends = [found.pop("base_year"), found.pop("year")]
    used = series.take(np.flatnonzero(np.isin(series["year"].to_numpy(), ends)))
    used.index = pd.RangeIndex(len(used))
    notes = [found.pop("reason"), "definitions_mixed" if len(stated) > 1 else ""]
    return Progress(**found, points=used, reason=" + ".join(filter(None, notes)))


def assess(points: list[Point], aim: Aim) -> dict[str, Any]:
    """The verdict on a series, with its class set and stability."""
    kept = [point for point in points if not point.year > aim.target_year]
    past = len(kept) < len(points)
    base, last = _base(kept, aim), kept[-1] if kept else Point(NAN, NAN, NAN, NAN)
    verdict = _evaluate(kept, base, aim)
    if past and verdict.reason in ("", "one_point"):
        verdict = verdict._replace(reason="target_date_past")
    names = tuple(PUBLISHED_CLASSES[aim.method])
    classes: tuple[str, ...] = ()
    stability = NAN
    if base and verdict.code != NONE:
        codes = [_evaluate(kept, base, aim, *ends).code for ends in product(_corners(base), _corners(last))]
        # Ratios run without a jump, so what lies between two corners is met too. Where a corner is refused
        # (its end changes sign or equals the target) the ratio has no bound, and every class is possible.
        codes.append(verdict.code)
        classes = names if NONE in codes else names[min(codes) : max(codes) + 1]
        # Every other base year, and the series without its base and without its last year.
        trials = [_evaluate(kept, point, aim).code for point in kept if point != base]
        for left_out in (base, last):
            rest = [point for point in kept if point != left_out]
            trials.append(_evaluate(rest, _base(rest, aim), aim).code)
        counted = [code == verdict.code for code in trials if code != NONE]
        stability = sum(counted) / len(counted) if counted else NAN
    return {
        "ratio": verdict.ratio,
        "class_": names[verdict.code] if classes else "",
        "score": verdict.score,
        "classes": classes,
        "stability": stability,
        "base_year": (base or last).year,
        "year": last.year,
        "reason": verdict.reason,
    }


def _base(kept: list[Point], aim: Aim) -> Point | None:
    """The first figure from the base year on (recent_pace: of the last six years)."""
    start = kept[-1].year - 5 if kept and aim.method == "recent_pace" else aim.base_year
    return next((point for point in kept if not point.year < start), None)


def _evaluate(
    kept: list[Point], base: Point | None, aim: Aim, start: float | None = None, end: float | None = None
) -> Outcome:
    """The formula from the base to the last figure; `start` and `end` stand in for their values at the
    corners."""
    if not base:
        return Outcome(reason="base_year_after_last" if kept else "one_point")
    last = kept[-1]
    if base.year >= last.year:
        return Outcome(reason="one_point")
    current, since = last.value if end is None else end, max(last.year - 5, base.year)
    terms = Terms(
        base.value if start is None else start,
        current,
        base.year,
        last.year,
        current - kept[-2].value if kept[-2].year == last.year - 1 else NAN,
        sum(point.year >= since for point in kept[-6:]),
    )
    return FORMULAS[aim.method](terms, aim)


def _corners(point: Point) -> list[float]:
    """The low and the high end of a figure; an open end stands very far away."""
    far = max(abs(point.value), 1) * _OPEN
    low = point.value / _OPEN if point.low == 0 < point.value else max(point.low, -far)
    return [low, min(point.high, far)]


def attainment(
    values: Values, target: float | pd.Series, *, direction: int = 1
) -> tuple[float, float, float]:
    """How much of the target the last figure is: c / T, or T / c where lower is better.

    >>> revenue = pd.DataFrame({"year": [2022], "value": [780.0], "low": [780.0], "high": [790.0]})
    >>> [round(share, 3) for share in attainment(revenue, 1120)]
    [0.696, 0.696, 0.705]
    """
    series = yearly(values)
    ends = np.array([series[end].iloc[-1] for end in CORNERS])
    aim = target_row(target)["value"]
    with np.errstate(divide="ignore", invalid="ignore"):
        value, *shares = ends / aim if direction > 0 else aim / ends
    return float(value), float(np.min(shares)), float(np.max(shares))
