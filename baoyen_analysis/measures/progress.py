"""Is an indicator on track for its target? Four published methods behind one signature, and how much to trust
their verdict.

Each method compares what was done between a base and the current year with what the target needs. The figures
are intervals and the base is a choice, so a verdict comes with the set of classes its intervals allow and
with its stability over other bases and without single years. The publisher of each method stands in its
formula's docstring, the published class names in `PUBLISHED_CLASSES`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import definitions, target_row, yearly

# Classes of each method, best first, and the name under which each is published.
PUBLISHED_CLASSES = {
    "cagr_ratio": {
        "reached": "target_achieved",
        "on_track": "substantial_progress",
        "moderate": "moderate_progress",
        "limited": "limited_progress",
        "moving_away": "deterioration",
    },
    "linear_pace": {
        "on_track": "on_track_or_maintaining",
        "moderately_improving": "moderately_improving",
        "stagnating": "stagnating",
        "decreasing": "decreasing",
    },
    "recent_pace": {
        "on_track": "sun",
        "slightly_off": "sun_cloud",
        "far_off": "cloud",
        "wrong_direction": "storm",
    },
    "extrapolated": {
        "reached": "target met or almost met",
        "on_track": "on track",
        "fair": "fair progress, acceleration needed",
        "stagnating": "stagnation or regression",
    },
}
METHODS = tuple(PUBLISHED_CLASSES)

# Why there is no verdict, or (the last four) what to know beside it. Their words are in words.csv.
REASONS = (
    "",
    "no_target",
    "one_point",
    "base_equals_target",
    "sign_change",
    "zero_base",
    "zero_target",
    "too_few_consecutive_years",
    "growth_rate_indicator",
    "definition_break",
    "target_date_past",
    "definitions_mixed",
    "zero_replaced",
)
NONE = -1  # the class code of a refusal; a reason's code is its place in REASONS
_OPEN = 1e9  # an open bound stands this many times away from the value: far enough for every ratio to have reached its limit


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


class Terms(NamedTuple):
    """What a formula takes, one element a series: base and current value, their years, the target and its
    year, the direction (+1 or -1), the natural limit, the change on the year before, the number of values in
    the last six years, and the settings."""

    base: np.ndarray
    current: np.ndarray
    base_year: np.ndarray
    year: np.ndarray
    target: np.ndarray
    target_year: np.ndarray
    direction: np.ndarray
    limit: np.ndarray
    last_change: np.ndarray
    recent_values: np.ndarray
    settings: dict[str, Any]


class Cases(NamedTuple):
    """What is judged by one method: values with their bounds (series × years), the years, and one number a
    series (NaN: none)."""

    values: np.ndarray
    low: np.ndarray
    high: np.ndarray
    years: np.ndarray
    method: str
    settings: dict[str, Any]
    target: np.ndarray
    target_year: np.ndarray
    direction: np.ndarray
    base_year: np.ndarray
    limit: np.ndarray


class Outcome(NamedTuple):
    """What a formula gives: ratio, class code (place in the method's classes), score, reason code."""

    ratio: np.ndarray
    code: np.ndarray
    score: np.ndarray
    reason: np.ndarray


def cagr_ratio(t: Terms) -> Outcome:
    """Compound growth done over compound growth needed: R = s·d·g(c, b) / |g(T, b)|, or without a target the
    growth itself.

    Statistics Canada's method after Eurostat's, as Open SDG 2.4 publishes it (open-sdg/open-sdg,
    docs/progress-methodology.md). Dividing by the size of the needed growth keeps the sign: 7.8 → 21.3
    against a ceiling of 10 moves away (-7.38), though both growth rates are positive."""
    zero_base, zero_target = t.base == 0, t.target == 0
    replaced = (zero_base | zero_target) if t.settings["zero"] == "0.001" else np.zeros_like(zero_base)
    base, target = (
        np.where(zero_base & replaced, 0.001, t.base),
        np.where(zero_target & replaced, 0.001, t.target),
    )
    dated, sign = ~np.isnan(target), np.where(base < 0, -1, 1)
    growth = sign * t.direction * _compound(base, t.current, t.year - t.base_year)
    needed = np.abs(_compound(base, target, t.target_year - t.base_year))
    ratio = np.where(dated, growth / np.where(needed == 0, np.nan, needed), growth)
    scale = _near_limit(base, t.limit)
    untargeted, untargeted_score = _growth_class(growth, scale)
    code = np.where(dated, _cut(ratio, (0.95, 0.60, 0.0)) + 1, untargeted)
    score = np.clip(
        np.where(
            dated, np.where(ratio >= 0.6, 7.1429 * ratio - 4.2857, 4.1667 * ratio - 2.5), untargeted_score
        ),
        -5,
        5,
    )
    reason = _first_reason(
        {
            "zero_base": base == 0,
            "zero_target": target == 0,
            "sign_change": (t.current / base < 0) | (target / base < 0),
            "target_date_past": dated & (t.target_year <= t.base_year),
            "base_equals_target": base == target,
        }
    )
    reached = t.direction * (t.current - target) >= 0
    code = np.where(reached, 0, np.where(reason > 0, NONE, code))
    note = np.where(replaced & (reason == 0), REASONS.index("zero_replaced"), 0)
    return Outcome(
        np.where(reason > 0, np.nan, ratio),
        code,
        np.where(reached, 5.0, np.where(code == NONE, np.nan, score)),
        np.where(reached | (reason == 0), note, reason),
    )


def _growth_class(growth: np.ndarray, scale: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Class code and score of growth without a target; the cut-offs shrink by `scale` near a natural
    limit."""
    code = np.select([growth >= 0.015 * scale, growth >= 0.005 * scale, growth >= 0], [1, 2, 3], 4)
    x = np.where(scale > 0, growth / np.where(scale > 0, scale, 1), np.where(growth >= 0, np.inf, growth))
    rising = np.select([x >= 0.015, x >= 0.005], [2.5 + 500 * (x - 0.015), 250 * (x - 0.005)], -2.5 + 500 * x)
    return code, np.where(growth < 0, -2.5 + 125 * growth, rising)


def _near_limit(base: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """Open SDG's factor C, 0 to 1: little growth is left to a base that stands near its natural limit."""
    away = np.select([base <= limit, base < 2 * limit], [base / limit, (2 * limit - base) / limit], 0.0)
    return np.where(np.isnan(limit), 1.0, 1 - away**4.44)


def linear_pace(t: Terms) -> Outcome:
    """Yearly change done over yearly change needed from the same base: ρ = [d(c - b)/(t - t0)] / [|T - b|/(tT
    - t0)].

    The arrow of SDSN's reports when the values are `normalised` and the target is the green threshold
    (sdsna/2018GlobalIndex, methodology, pp. 9-10). At or past the target: on track unless falling, then
    stagnating; the European edition of 2019 let it stay on track. A base at or past the target that was lost
    again is decreasing (from exactly the target no pace was needed, so no ratio is given)."""
    done = t.direction * (t.current - t.base) / (t.year - t.base_year)
    needed = np.abs(t.target - t.base) / (t.target_year - t.base_year)
    reached, level = t.direction * (t.current - t.target) >= 0, t.base == t.target
    ratio = np.where(level, np.nan, done / np.where(level, 1, needed))
    falling = {"stagnating": 2, "on_track": 0}[t.settings["above_and_falling"]]
    code = np.where(reached, np.where(done < 0, falling, 0), np.where(level, 3, _cut(ratio, (1.0, 0.5, 0.0))))
    reason = _first_reason(
        {"no_target": np.isnan(t.target), "target_date_past": t.target_year <= t.base_year}
    )
    note = np.where(level & ~reached, REASONS.index("base_equals_target"), 0)
    return _outcome(ratio, code, np.where(reason > 0, reason, note), refused=reason > 0)


def recent_pace(t: Terms) -> Outcome:
    """Where the mean yearly change of the last five years leads by the target year, against the gap that is
    left: the weather symbols.

    Germany's sustainability strategy (Destatis; DnsTestEnvironment/dns-indicators, _pages/en/status.md).
    `ratio` is the share of the gap that the pace closes: above 0.95 sun, from 0.80 sun and cloud, above 0
    cloud, else storm. At least four values in the last six years. A target already reached, or a threshold
    without a year: the level first, then the pace. No target: the pace first, then the last change."""
    pace = t.direction * (t.current - t.base) / (t.year - t.base_year)
    reached, undated = t.direction * (t.current - t.target) >= 0, np.isnan(t.target_year)
    gap = np.abs(t.target - t.current)
    missed = 1 - pace * (t.target_year - t.year) / np.where(gap == 0, np.nan, gap)
    by_date = np.select([pace <= 0, missed < 0.05, missed <= 0.20], [3, 0, 1], 2)
    by_level = np.where(reached, np.where(pace >= 0, 0, 1), np.where(pace >= 0, 2, 3))
    last = t.direction * t.last_change > 0
    by_direction = np.where(pace > 0, np.where(last, 0, 1), np.where(last, 2, 3))
    aimless = np.isnan(t.target)
    code = np.where(aimless, by_direction, np.where(reached | undated, by_level, by_date))
    ratio = np.where(aimless, pace, np.where(reached | undated, np.nan, 1 - missed))
    reason = _first_reason(
        {"too_few_consecutive_years": (t.recent_values < 4) | (aimless & np.isnan(t.last_change))}
    )
    return _outcome(ratio, code, reason, refused=reason > 0)


def extrapolated(t: Terms) -> Outcome:
    """Share of the way from base to target that compound growth, carried on, will have gone: Q = d(c(1 +
    g)^(tT - t) - b) / |T - b|.

    After the UN's SDG progress chart: on track from 0.95, fair from 0.10, else stagnation or regression; a
    percentage within 1 point of a target of 0 or 100 counts as met (`percent=True`)."""
    met = (t.direction * (t.current - t.target) >= 0) | (
        t.settings["percent"] & np.isin(t.target, (0.0, 100.0)) & (np.abs(t.current - t.target) <= 1)
    )
    rate = _compound(t.base, t.current, t.year - t.base_year)
    ahead = t.current * (1 + rate) ** (t.target_year - t.year)
    way = np.abs(t.target - t.base)
    ratio = t.direction * (ahead - t.base) / np.where(way == 0, np.nan, way)
    reason = _first_reason(
        {
            "no_target": np.isnan(t.target),
            "zero_base": t.base == 0,
            "sign_change": t.current / t.base < 0,
            "target_date_past": t.target_year <= t.base_year,
            "base_equals_target": way == 0,
        }
    )
    reason = np.where(met & (reason != REASONS.index("no_target")), 0, reason)
    return _outcome(ratio, np.where(met, 0, _cut(ratio, (0.95, 0.10)) + 1), reason, refused=reason > 0)


FORMULAS: dict[str, Callable[[Terms], Outcome]] = {
    "cagr_ratio": cagr_ratio,
    "linear_pace": linear_pace,
    "recent_pace": recent_pace,
    "extrapolated": extrapolated,
}


def _compound(start: np.ndarray, end: np.ndarray, years: np.ndarray) -> np.ndarray:
    return (end / start) ** (1 / years) - 1


def _cut(ratio: np.ndarray, cuts: tuple[float, ...]) -> np.ndarray:
    """How many of the descending cuts the ratio does not come up to; one that is no number comes up to
    none."""
    return np.sum([~(ratio >= cut) for cut in cuts], axis=0)


def _first_reason(tests: dict[str, np.ndarray]) -> np.ndarray:
    return np.select(list(tests.values()), [REASONS.index(name) for name in tests], 0)


def _outcome(ratio: np.ndarray, code: np.ndarray, reason: np.ndarray, *, refused: np.ndarray) -> Outcome:
    return Outcome(
        np.where(refused, np.nan, ratio), np.where(refused, NONE, code), np.full(ratio.shape, np.nan), reason
    )


def progress(
    values: pd.Series | pd.DataFrame,
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
    """The verdict of one method on one series; a refusal has class "" and a reason, never a silent class.

    `target`: a number, or a row with `value` and `definition` (a target is exact: its printed bound moves
    nothing); without one, `cagr_ratio` judges the growth and `recent_pace` the direction. `base_year` missing
    from the series: the next year that is there. A target date in the past is assessed at that date, and
    `reason` says so. `rate=True` (a growth rate) is refused where a growth of it would be taken. Two stated
    definitions are refused unless `mix_definitions`, and then `reason` says so. Raises ValueError for bad
    input (see `yearly`).

    >>> verdict = progress(pd.Series({2019: 75.0, 2021: 80.0}), target=95, target_year=2024)
    >>> verdict.class_, round(verdict.ratio, 3), progress(pd.Series({2022: 50.0}), target=66, target_year=2024).reason
    ('moderate', 0.677, 'one_point')
    """
    series, aim = yearly(values), None if target is None else target_row(target)
    settings = _settings(method, zero, above_and_falling, percent, direction, base_year, target, target_year)
    stated = definitions(series, *([] if aim is None else [aim]))
    if (rate and method in ("cagr_ratio", "extrapolated")) or (len(stated) > 1 and not mix_definitions):
        reason = (
            "growth_rate_indicator"
            if rate and method in ("cagr_ratio", "extrapolated")
            else "definition_break"
        )
        return Progress(np.nan, "", np.nan, (), np.nan, series, reason)
    if series.empty:
        return Progress(np.nan, "", np.nan, (), np.nan, series, "one_point")
    bounds = [series[name].to_numpy()[None, :] for name in ("value", "low", "high")]
    numbers = (None if aim is None else aim["value"], target_year, direction, base_year, limit)
    found = _assess(
        Cases(
            *bounds,
            series["year"].to_numpy(),
            method,
            settings,
            *(np.array([np.nan if item is None else item], dtype=float) for item in numbers),
        )
    )
    used = series[series["year"].isin([found["base_year"][0], found["year"][0]])].reset_index(drop=True)
    notes = [found["reason"][0]] + ["definitions_mixed"] * (len(stated) > 1)
    return Progress(
        float(found["ratio"][0]),
        found["class_"][0],
        float(found["score"][0]),
        found["classes"][0],
        float(found["stability"][0]),
        used,
        " + ".join(filter(None, notes)),
    )


def progress_many(
    values: pd.DataFrame,
    target: float | pd.Series | None = None,
    target_year: int | pd.Series | None = None,
    method: str = "cagr_ratio",
    direction: int | pd.Series = 1,
    base_year: int | pd.Series | None = None,
    limit: float | pd.Series | None = None,
    zero: str = "refuse",
    *,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    above_and_falling: str = "stagnating",
    percent: bool = False,
) -> pd.DataFrame:
    """`progress` for many series at once: one row a series and one column a year, blank where there is no
    figure.

    Targets, years, directions and limits: one for all, or a Series by the same index. Columns: `ratio`,
    `class_`, `score`, `classes`, `stability`, `base_year`, `year`, `reason`. Raises ValueError for columns
    that are not sorted years and for values that are no numbers.

    >>> panel = pd.DataFrame({2020: [42.5, 45.2], 2024: [78.0, 55.0]}, index=["Sa Pa", "Văn Bàn"])
    >>> progress_many(panel, target=85, target_year=2025)["class_"].to_dict()
    {'Sa Pa': 'on_track', 'Văn Bàn': 'limited'}
    """
    years = yearly(pd.Series(0.0, index=values.columns))["year"].to_numpy()
    try:
        matrix = values.to_numpy(dtype=float, na_value=np.nan)
        below, above = (
            matrix if table is None else table.reindex_like(values).to_numpy(dtype=float, na_value=np.nan)
            for table in (low, high)
        )
    except (TypeError, ValueError) as fault:
        raise ValueError(
            f"values hold something that is no number ({fault}): read texts with by.parse_figures first"
        ) from None
    if np.isinf(matrix).any():
        raise ValueError("values hold an infinite figure: leave it blank")
    below, above = np.where(np.isnan(below), matrix, below), np.where(np.isnan(above), matrix, above)
    arrays = [_by_series(item, values.index) for item in (target, target_year, direction, base_year, limit)]
    settings = _settings(method, zero, above_and_falling, percent, arrays[2], base_year, target, target_year)
    if method != "recent_pace" and (~np.isnan(arrays[0]) & np.isnan(arrays[1])).any():
        raise ValueError("some targets have no target_year: give a year for each series that has a target")
    return pd.DataFrame(
        _assess(Cases(matrix, below, above, years, method, settings, *arrays)), index=values.index
    )


def _by_series(item: float | pd.Series | None, index: pd.Index) -> np.ndarray:
    if isinstance(item, pd.Series):
        return item.reindex(index).to_numpy(dtype=float, na_value=np.nan)
    return np.full(len(index), np.nan if item is None else item, dtype=float)


def _settings(
    method: str,
    zero: str,
    above_and_falling: str,
    percent: bool,
    direction: Any,
    base_year: Any,
    target: Any,
    target_year: Any,
) -> dict[str, Any]:
    checks = [
        (method in METHODS, f"method {method!r} is unknown: choose one of {', '.join(METHODS)}"),
        (
            zero in ("refuse", "0.001"),
            f"zero={zero!r}: choose 'refuse', or '0.001' to reproduce the published rule",
        ),
        (
            above_and_falling in ("stagnating", "on_track"),
            f"above_and_falling={above_and_falling!r}: 'stagnating' or 'on_track'",
        ),
        (np.isin(direction, (1, -1)).all(), "direction is 1 where higher is better or -1 where lower is"),
        (
            method != "recent_pace" or base_year is None,
            "recent_pace takes the last six years: leave base_year out",
        ),
        (target_year is None or target is not None, "a target_year needs a target"),
        (
            target is None or target_year is not None or method == "recent_pace",
            "a target needs its target_year",
        ),
    ]
    for year in (base_year, target_year):
        whole = (
            isinstance(year, pd.Series)
            or year is None
            or (not isinstance(year, str) and np.isfinite(year) and year == int(year))
        )
        checks.append((whole, f"{year!r} is not a year: give a whole number such as 2024"))
    for holds, fault in checks:
        if not holds:
            raise ValueError(fault)
    return {"zero": zero, "above_and_falling": above_and_falling, "percent": percent}


def _assess(cases: Cases) -> dict[str, Any]:
    """The verdicts on all series, with their class sets and stability."""
    known = ~np.isnan(cases.values) & ~(cases.years > cases.target_year[:, None])
    base, last = _choose(cases, known)
    verdict = _evaluate(cases, known, base, last)
    corners = [
        _evaluate(cases, known, base, last, start, end).code
        for start in _corner_values(cases, base)
        for end in _corner_values(cases, last)
    ]
    names = tuple(PUBLISHED_CLASSES[cases.method])
    return {
        "ratio": verdict.ratio,
        "class_": [names[code] if code != NONE else "" for code in verdict.code],
        "score": verdict.score,
        "classes": _class_sets(np.array([verdict.code, *corners]), names),
        "stability": _stability(cases, known, base, last, verdict.code),
        "base_year": cases.years[base],
        "year": cases.years[last],
        "reason": [REASONS[code] for code in verdict.reason],
    }


def _choose(cases: Cases, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The columns of the base and of the last year: the first year there is from the base year on
    (recent_pace: of the last six)."""
    last = known.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    start = (
        cases.years[last] - 5.0
        if cases.method == "recent_pace"
        else np.where(np.isnan(cases.base_year), -np.inf, cases.base_year)
    )
    return np.argmax(known & (cases.years >= start[:, None]), axis=1), last


def _evaluate(
    cases: Cases,
    known: np.ndarray,
    base: np.ndarray,
    last: np.ndarray,
    start: np.ndarray | None = None,
    end: np.ndarray | None = None,
) -> Outcome:
    """The formula from the base column to the last one of each series; `start` and `end` stand in for their
    values at the corners."""
    rows, years = np.arange(len(base)), cases.years
    start = cases.values[rows, base] if start is None else start
    end = cases.values[rows, last] if end is None else end
    before = known[rows, last - 1] & (years[last - 1] == years[last] - 1)
    recent = known & (years >= np.maximum(years[last] - 5, years[base])[:, None])
    with np.errstate(all="ignore"):
        found = FORMULAS[cases.method](
            Terms(
                start,
                end,
                years[base].astype(float),
                years[last].astype(float),
                cases.target,
                cases.target_year,
                cases.direction,
                cases.limit,
                np.where(before, end - cases.values[rows, last - 1], np.nan),
                recent.sum(axis=1),
                cases.settings,
            )
        )
    alone = ~(known[rows, base] & known[rows, last] & (base < last))
    past = (~np.isnan(cases.values) & (years > cases.target_year[:, None])).any(axis=1)
    why = np.where(past, REASONS.index("target_date_past"), REASONS.index("one_point"))
    reason = np.where(alone | (past & (found.reason == 0)), why, found.reason)
    return Outcome(
        np.where(alone, np.nan, found.ratio),
        np.where(alone, NONE, found.code),
        np.where(alone, np.nan, found.score),
        reason,
    )


def _stability(
    cases: Cases, known: np.ndarray, base: np.ndarray, last: np.ndarray, code: np.ndarray
) -> np.ndarray:
    """Share of the trials that give the same class: every other base year, and the series without its base
    and without its last year."""
    same, trials = np.zeros(len(base)), np.zeros(len(base))
    for column in range(known.shape[1]):
        without = known.copy()
        without[:, column] = False
        for kept, ends, tried in (
            (known, (np.full_like(base, column), last), column != base),
            (without, _choose(cases, without), (column == base) | (column == last)),
        ):
            other = _evaluate(cases, kept, *ends).code
            counts = known[:, column] & tried & (other != NONE) & (code != NONE)
            same, trials = same + (counts & (other == code)), trials + counts
    return np.where(trials > 0, same / np.maximum(trials, 1), np.nan)


def _corner_values(cases: Cases, column: np.ndarray) -> list[np.ndarray]:
    """The low and the high end of each series' figure in a column; an open end stands very far away."""
    rows = np.arange(len(column))
    value, below, above = (matrix[rows, column] for matrix in (cases.values, cases.low, cases.high))
    far = np.maximum(np.abs(value), 1) * _OPEN
    below = np.where((below == 0) & (value > 0), value / _OPEN, np.where(np.isinf(below), -far, below))
    return [below, np.where(np.isinf(above), far, above)]


def _class_sets(corners: np.ndarray, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All classes between the best and the worst corner: ratios run without a jump, so what lies between is
    met too. Where a corner itself is refused (its end changes sign or equals the target) the ratio has no
    bound, and every class is possible."""
    best, worst = corners.min(axis=0), corners.max(axis=0)
    return [
        () if point == NONE else names if least == NONE else names[least : most + 1]
        for point, least, most in zip(corners[0], best, worst, strict=False)
    ]


def attainment(
    values: pd.Series | pd.DataFrame, target: float | pd.Series, *, direction: int = 1
) -> tuple[float, float, float]:
    """How much of the target the last figure is: c / T, or T / c where lower is better, with the interval of
    the figure.

    >>> [round(share, 3) for share in attainment(pd.DataFrame({"year": [2022], "value": [780.0], "low": [780.0], "high": [790.0]}), 1120)]
    [0.696, 0.696, 0.705]
    """
    last, aim = yearly(values).iloc[-1], target_row(target)["value"]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = [
            np.divide(last[end], aim) if direction > 0 else np.divide(aim, last[end])
            for end in ("value", "low", "high")
        ]
    return float(shares[0]), float(min(shares[1:])), float(max(shares[1:]))
