"""The four published methods: what each makes of a base, a current value and a target, and the names under
which its classes are published.

They are kept so that published verdicts can be reproduced; `progress` puts them behind one signature. The
publisher of each stands in its formula's docstring."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from baoyen_analysis import paths

# Classes of each method, best first, and the name under which each is published.
PUBLISHED_CLASSES: dict[str, dict[str, str]] = {}
for _row in paths.rows_beside(__file__, "published.csv"):
    PUBLISHED_CLASSES.setdefault(_row["method"], {})[_row["class"]] = _row["published"]
METHODS = tuple(PUBLISHED_CLASSES)
NONE = -1  # the class code of a refusal
NAN = float("nan")


class Aim(NamedTuple):
    """What a series is judged against and how; NaN where a number is not given. `limit`: a natural one."""

    target: float
    target_year: float
    direction: float
    base_year: float
    limit: float
    method: str
    zero: str
    above_and_falling: str
    percent: bool


class Terms(NamedTuple):
    """What a formula takes: the value and the year of base and current figure, the change on the year before
    (NaN: that year is not held) and the number of values in the last six years."""

    base: float
    current: float
    base_year: float
    year: float
    last_change: float
    recent_values: int


class Outcome(NamedTuple):
    """What a formula gives: the class as its place in the method's classes, and a reason code."""

    ratio: float = NAN
    code: int = NONE
    score: float = NAN
    reason: str = ""


def cagr_ratio(t: Terms, aim: Aim) -> Outcome:
    """Compound growth done over compound growth needed: R = s·d·g(c, b) / |g(T, b)|, or without a target the
    growth itself.

    Statistics Canada's method after Eurostat's, as Open SDG 2.4 publishes it (open-sdg/open-sdg,
    docs/progress-methodology.md). Dividing by the size of the needed growth keeps the sign: 7.8 → 21.3
    against a ceiling of 10 moves away (-7.38), though both growth rates are positive."""
    base, target, note = t.base, aim.target, ""
    if aim.zero == "0.001" and 0 in (base, target):
        base, target, note = base or 0.001, target or 0.001, "zero_replaced"
    refused = first_reason(
        zero_base=base == 0,
        zero_target=target == 0,
        sign_change=t.current * base < 0 or target * base < 0,
        target_date_past=aim.target_year <= t.base_year,
        base_equals_target=base == target,
    )
    reached = aim.direction * (t.current - target) >= 0
    if refused:
        return Outcome(code=0, score=5.0) if reached else Outcome(reason=refused)
    sign = aim.direction * (-1 if base < 0 else 1)
    growth = sign * _compound(base, t.current, t.year - t.base_year)
    if math.isnan(target):
        return Outcome(growth, *_growth_class(growth, _near_limit(base, aim.limit)), note)
    ratio = growth / (abs(_compound(base, target, aim.target_year - t.base_year)) or NAN)
    if reached:
        return Outcome(ratio, 0, 5.0, note)
    score = 7.1429 * ratio - 4.2857 if ratio >= 0.6 else 4.1667 * ratio - 2.5
    return Outcome(ratio, _cut(ratio, 0.95, 0.60, 0.0) + 1, min(max(score, -5.0), 5.0), note)


def _growth_class(growth: float, scale: float) -> tuple[int, float]:
    """Class code and score of growth without a target; the cut-offs shrink by `scale` near a natural
    limit."""
    x = growth / scale if scale > 0 else math.inf
    rising = 2.5 + 500 * (x - 0.015) if x >= 0.015 else 250 * (x - 0.005) if x >= 0.005 else -2.5 + 500 * x
    score = -2.5 + 125 * growth if growth < 0 else rising
    return _cut(growth, 0.015 * scale, 0.005 * scale, 0.0) + 1, min(max(score, -5.0), 5.0)


def _near_limit(base: float, limit: float) -> float:
    """Open SDG's factor C, 0 to 1: little growth is left to a base that stands near its natural limit."""
    if not 0 < base < 2 * limit:
        return 1.0
    return 1 - (min(base, 2 * limit - base) / limit) ** 4.44


def linear_pace(t: Terms, aim: Aim) -> Outcome:
    """Yearly change done over yearly change needed from the same base: ρ = [d(c - b)/(t - t0)] / [|T - b|/(tT
    - t0)].

    The arrow of SDSN's reports when the values are on its scale of 0 to 100 and the target is the green
    threshold (sdsna/2018GlobalIndex, methodology, pp. 9-10). At or past the target: on track unless falling,
    then stagnating; the European edition of 2019 let it stay on track. A base at or past the target that was
    lost again is decreasing (from exactly the target no pace was needed, so no ratio is given)."""
    refused = first_reason(no_target=math.isnan(aim.target), target_date_past=aim.target_year <= t.base_year)
    if refused:
        return Outcome(reason=refused)
    done = aim.direction * (t.current - t.base) / (t.year - t.base_year)
    needed = abs(aim.target - t.base) / (aim.target_year - t.base_year)
    ratio = done / needed if needed else NAN
    if aim.direction * (t.current - aim.target) >= 0:
        return Outcome(ratio, 2 if done < 0 and aim.above_and_falling == "stagnating" else 0)
    return Outcome(ratio, _cut(ratio, 1.0, 0.5, 0.0), reason="" if needed else "base_equals_target")


def recent_pace(t: Terms, aim: Aim) -> Outcome:
    """Where the mean yearly change of the last five years leads by the target year, against the gap that is
    left: the weather symbols.

    Germany's sustainability strategy (Destatis; DnsTestEnvironment/dns-indicators, _pages/en/status.md).
    `ratio` is the share of the gap that the pace closes: above 0.95 sun, from 0.80 sun and cloud, above 0
    cloud, else storm. At least four values in the last six years. A target already reached, or a threshold
    without a year: the level first, then the pace. No target: the pace first, then the last change."""
    if t.recent_values < 4 or (math.isnan(aim.target) and math.isnan(t.last_change)):
        return Outcome(reason="too_few_consecutive_years")
    pace = aim.direction * (t.current - t.base) / (t.year - t.base_year)
    if math.isnan(aim.target):
        return Outcome(pace, 2 * (pace <= 0) + (aim.direction * t.last_change <= 0))
    if aim.direction * (t.current - aim.target) >= 0:
        return Outcome(code=int(pace < 0))
    if math.isnan(aim.target_year):
        return Outcome(code=2 if pace >= 0 else 3)
    closed = pace * (aim.target_year - t.year) / abs(aim.target - t.current)
    return Outcome(closed, 3 if pace <= 0 else 0 if closed > 0.95 else 1 if closed >= 0.80 else 2)


def extrapolated(t: Terms, aim: Aim) -> Outcome:
    """Share of the way from base to target that compound growth, carried on, will have gone: Q = d(c(1 +
    g)^(tT - t) - b) / |T - b|.

    After the UN's SDG progress chart: on track from 0.95, fair from 0.10, else stagnation or regression; a
    percentage within 1 point of a target of 0 or 100 counts as met (`percent=True`)."""
    met = aim.direction * (t.current - aim.target) >= 0 or (
        aim.percent and aim.target in (0.0, 100.0) and abs(t.current - aim.target) <= 1
    )
    refused = first_reason(
        no_target=math.isnan(aim.target),
        zero_base=t.base == 0,
        sign_change=t.current * t.base < 0,
        target_date_past=aim.target_year <= t.base_year,
        base_equals_target=aim.target == t.base,
    )
    if refused:
        return Outcome(code=0) if met else Outcome(reason=refused)
    growth = 1 + _compound(t.base, t.current, t.year - t.base_year)
    ahead = t.current * _power(growth, aim.target_year - t.year)
    ratio = aim.direction * (ahead - t.base) / abs(aim.target - t.base)
    return Outcome(ratio, 0 if met else _cut(ratio, 0.95, 0.10) + 1)


FORMULAS: dict[str, Callable[[Terms, Aim], Outcome]] = {
    "cagr_ratio": cagr_ratio,
    "linear_pace": linear_pace,
    "recent_pace": recent_pace,
    "extrapolated": extrapolated,
}


def _power(base: float, exponent: float) -> float:
    try:
        return base**exponent
    except OverflowError:
        return math.inf


def _compound(start: float, end: float, years: float) -> float:
    return _power(end / start, 1 / years) - 1


def _cut(ratio: float, *cuts: float) -> int:
    """How many of the descending cuts the ratio does not come up to; one that is no number comes up to
    none."""
    return sum(not ratio >= cut for cut in cuts)


def first_reason(**tests: bool) -> str:
    return next((reason for reason, holds in tests.items() if holds), "")
