"""Projections with tested ranges and the chance of meeting a target: shrunken damped growth on logs.

The project's own method. A short series' growth is drawn toward a prior (4 % a year, or the parent area's
growth), the more so the fewer and the rougher its figures; growth fades with the horizon; the range comes
from how much such series missed by elsewhere. The constants were chosen on the yearly series of the M1, M3,
M4 and tourism competitions; `benchmarks/forecast_accuracy.py` measures what they are worth. It starts from
the last figure on purpose: straight trend lines did worse than no change at every length tried."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import definitions, target_row, yearly

PRIOR_GROWTH = 0.04  # a year, where the parent area's growth is not known
PRIOR_WEIGHT, PRIOR_SPREAD = (
    2.0,
    0.03,
)  # the spread of growth starts from 3 % with the weight of two observations
GROWTH_SPREAD = 0.025  # how far series' lasting growth rates lie from the prior
DAMPING = 0.9
# Spread of the error at horizon h is c·h^e, by number of figures; five and more share a row.
HORIZON_SPREAD = {2: (1.20, 0.72), 3: (1.00, 0.70), 4: (0.92, 0.69), 5: (0.84, 0.63)}
# Student's t with 3 degrees: half-width of the central range that holds so many per cent.
T3_QUANTILES = {30: 0.4242, 60: 0.9785, 80: 1.6377, 90: 2.3534, 95: 3.1824}
DOMAINS = ("general", "tourism")
COLUMNS = [
    "year",
    "median",
    *(f"{end}_{level}" for level in T3_QUANTILES for end in ("low", "high")),
    "naive",
    "drift",
]


class Chance(NamedTuple):
    """The chance of meeting a target. `raw`: as the distribution gives it; `shown`: capped to 3-97 % and
    rounded to 5 points, the one to print; `warning`: "" or a code of words.csv. Both are NaN where no
    chance can be given."""

    raw: float
    shown: float
    warning: str


def project(
    values: pd.Series | pd.DataFrame,
    *,
    years: Iterable[int],
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
    mask: Iterable[int] = (),
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """A series carried on to later years: one row a year, in the unit of the values.

    Columns: `year`, `median`, `low_30`, `high_30` … `low_95`, `high_95` (ranges that hold so many per cent),
    `naive` (the last figure), `drift` (the mean growth carried on), `prior_growth`, `warning` (few_points,
    definitions_mixed or ""). `mask`: years of a break to bridge (tourism: 2020 and 2021). `prior_growth`: the
    province's, where known (`parent_growth`). Two figures are the least; the last one's own interval widens
    the range. Raises ValueError for fewer, for values that are not positive, years not after the last figure,
    or two stated definitions.

    >>> income = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
    >>> project(income, years=[2025, 2026])[["median", "low_80", "high_80"]].round(3).values.tolist()
    [[51.938, 48.664, 55.433], [55.241, 49.945, 61.098]]
    """
    kept = _kept(values, mask, mix_definitions)
    wanted = _whole_horizons(years, kept["year"].iloc[-1])
    table = project_many(kept.assign(series=0), years=wanted, prior_growth=prior_growth, domain=domain)
    warning = ["definitions_mixed"] * (len(definitions(kept)) > 1) + ["few_points"] * (len(kept) < 5)
    return table[COLUMNS].assign(prior_growth=prior_growth, warning=" + ".join(warning))


def chance(
    values: pd.Series | pd.DataFrame,
    *,
    target: float | pd.Series,
    year: int,
    direction: int = 1,
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
    mask: Iterable[int] = (),
    mix_definitions: bool = False,
) -> Chance:
    """The chance that the value of `year` is at or past the target. Refuses as `project` does; a warning
    comes with fewer than five figures, and for tourism with three or fewer no chance is given.

    >>> found = chance(pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5}), target=52, year=2025)
    >>> round(found.raw, 4), found.shown, found.warning
    (0.489, 0.5, '')
    """
    aim = target_row(target)
    if aim["value"] <= 0 or direction not in (1, -1):
        raise ValueError(
            "give a positive target, and direction 1 where higher is better or -1 where lower is"
        )
    kept = _kept(values, mask, mix_definitions)
    wanted = _whole_horizons([year], kept["year"].iloc[-1])
    if not mix_definitions and len(definitions(kept, aim)) > 1:
        raise ValueError(
            f"figures and target are defined differently ({'; '.join(definitions(kept, aim))}): mix_definitions=True to go on"
        )
    if domain == "tourism" and len(kept) <= 3:
        return Chance(float("nan"), float("nan"), "too_few_for_chance")
    raw = chance_many(
        kept.assign(series=0),
        target=np.array([aim["value"]]),
        horizon=int(wanted[0] - kept["year"].iloc[-1]),
        direction=direction,
        prior_growth=prior_growth,
        domain=domain,
    )[0]
    warning = ["definitions_mixed"] * (len(definitions(kept, aim)) > 1) + ["few_points"] * (len(kept) < 5)
    return Chance(float(raw), shown_chance(raw), " + ".join(warning))


def shown_chance(raw: float) -> float:
    """A chance as it may be printed: capped to 3-97 %, then rounded to 5 points.

    >>> shown_chance(0.4890), shown_chance(0.999)
    (0.5, 0.95)
    """
    return float(np.floor(np.clip(raw, 0.03, 0.97) * 20 + 0.5) / 20)


def _kept(values: pd.Series | pd.DataFrame, mask: Iterable[int], mix_definitions: bool) -> pd.DataFrame:
    series = yearly(values)
    kept = series[~series["year"].isin(list(mask))].reset_index(drop=True)
    if len(kept) < 2:
        raise ValueError(
            f"{len(kept)} figure(s) after masking: a projection needs two; for one see reference.reference_class"
        )
    if (kept["value"] <= 0).any():
        raise ValueError(
            f"values must be positive to take logs: see {kept.loc[kept['value'] <= 0, 'year'].tolist()}"
        )
    if len(definitions(kept)) > 1 and not mix_definitions:
        raise ValueError(
            f"the figures are defined differently ({'; '.join(definitions(kept))}): keep one, or mix_definitions=True"
        )
    return kept


def _whole_horizons(years: Iterable[int], last: int) -> np.ndarray:
    wanted = np.atleast_1d(np.asarray(list(years)))
    if (
        wanted.dtype.kind not in "iuf"
        or wanted.size == 0
        or (wanted != np.floor(wanted)).any()
        or (wanted <= last).any()
    ):
        raise ValueError(f"years {wanted.tolist()}: give whole years after the last figure ({last})")
    return wanted.astype(int)


def project_many(
    values: pd.DataFrame,
    *,
    years: Iterable[int] | None = None,
    horizons: Iterable[int] | None = None,
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
) -> pd.DataFrame:
    """`project` for many series at once: `values` has `series`, `year`, `value` (positive, sorted by series
    and year), perhaps `low` and `high`.

    Either `years`, or `horizons` counted from each series' last figure. Columns: `series` and those of
    `project` up to `drift`. Raises ValueError for a series with one figure and for values or years that do
    not fit.

    >>> table = pd.DataFrame({"series": ["a", "a"], "year": [2020, 2022], "value": [10.0, 12.0]})
    >>> project_many(table, horizons=[1])["median"].round(2).tolist()
    [12.78]
    """
    fitted = _fit(values, prior_growth, domain)
    if (years is None) == (horizons is None):
        raise ValueError("give either years or horizons")
    if years is not None:
        wanted = np.broadcast_to(
            _whole_horizons(years, fitted.last_year.max()),
            (len(fitted.series), len(np.atleast_1d(list(years)))),
        )
    else:
        wanted = fitted.last_year[:, None] + _whole_horizons(horizons, 0)
    middle, spread = _ahead(fitted, wanted)
    table = {
        "series": np.repeat(fitted.series, wanted.shape[1]),
        "year": wanted.ravel(),
        "median": np.exp(middle).ravel(),
    }
    for level, quantile in T3_QUANTILES.items():
        table[f"low_{level}"] = np.exp(middle - quantile * spread).ravel()
        table[f"high_{level}"] = np.exp(middle + quantile * spread).ravel()
    ahead = wanted - fitted.last_year[:, None]
    table["naive"] = np.repeat(np.exp(fitted.last), wanted.shape[1])
    table["drift"] = np.exp(fitted.last[:, None] + fitted.mean_growth[:, None] * ahead).ravel()
    return pd.DataFrame(table)


def chance_many(
    values: pd.DataFrame,
    *,
    target: np.ndarray,
    horizon: int,
    direction: int = 1,
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
) -> np.ndarray:
    """`chance` for many series at once, as the distribution gives it: one target a series, `horizon` years
    after each series' last figure.

    >>> table = pd.DataFrame({"series": "a", "year": [2020, 2022], "value": [10.0, 12.0]})
    >>> chance_many(table, target=np.array([12.0]), horizon=1).round(2).tolist()
    [0.74]
    """
    fitted = _fit(values, prior_growth, domain)
    middle, spread = _ahead(fitted, fitted.last_year[:, None] + horizon)
    return _t3_distribution(direction * (middle[:, 0] - np.log(target)) / spread[:, 0])


class Fit(NamedTuple):
    """One element a series: its name, last year, log of the last value, variance of that log, mean and
    shrunken growth, unit spread, scale c·f and exponent e of the horizon."""

    series: np.ndarray
    last_year: np.ndarray
    last: np.ndarray
    last_variance: np.ndarray
    mean_growth: np.ndarray
    growth: np.ndarray
    spread: np.ndarray
    scale: np.ndarray
    exponent: np.ndarray


def _fit(values: pd.DataFrame, prior_growth: float, domain: str) -> Fit:
    """Growth and spread of every series, on logs, gaps between years bridged: sums run over the steps of all
    series at once."""
    _check_settings(prior_growth, domain)
    names, value, year = (
        values["series"].to_numpy(),
        values["value"].to_numpy(dtype=float),
        values["year"].to_numpy(dtype=float),
    )
    if not (np.isfinite(value) & (value > 0)).all():
        raise ValueError("values must be positive numbers to take logs: leave the others out")
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]])
    ends = np.r_[starts[1:], len(names)] - 1
    steps = ends - starts
    within = np.delete(np.arange(1, len(names)), starts[1:] - 1)  # each place but a series' first
    z = np.log(value)
    gap, change = year[within] - year[within - 1], z[within] - z[within - 1]
    if (steps < 1).any() or (gap <= 0).any() or len(pd.unique(names[starts])) < len(starts):
        raise ValueError(
            "each series needs two figures or more, its rows together and sorted by year without repeats"
        )
    owner = np.repeat(np.arange(len(starts)), steps)

    def total(of: np.ndarray) -> np.ndarray:
        return np.bincount(owner, weights=of, minlength=len(starts))

    span = total(gap)
    mean_growth = total(change) / span
    rough = (total((change - mean_growth[owner] * gap) ** 2 / gap) + PRIOR_WEIGHT * PRIOR_SPREAD**2) / (
        steps - 1 + PRIOR_WEIGHT
    )
    growth = prior_growth + (mean_growth - prior_growth) / (1 + rough / (span * GROWTH_SPREAD**2))
    typical = 0.5 * total(np.abs(change) / np.sqrt(gap)) / steps
    missed = 0.5 * np.sqrt(total((change - growth[owner] * gap) ** 2 / gap) / steps)
    spread = (typical + missed + 0.005) ** 0.8 * 0.04**0.2
    points = steps + 1
    scale, exponent = np.array([HORIZON_SPREAD[n] for n in np.clip(points, 2, 5)]).T
    factor = np.where(points <= 8, 1.2, 1.1) if domain == "tourism" else 1.0
    last_variance = _log_variance(values, ends)
    return Fit(
        names[starts],
        year[ends].astype(int),
        z[ends],
        last_variance,
        mean_growth,
        growth,
        spread,
        scale * factor,
        exponent,
    )


def _check_settings(prior_growth: float, domain: str) -> None:
    if domain not in DOMAINS:
        raise ValueError(f"domain {domain!r} is unknown: choose one of {', '.join(DOMAINS)}")
    if not np.isfinite(prior_growth) or abs(prior_growth) > 0.5:
        raise ValueError(f"prior_growth={prior_growth}: give growth a year as a fraction (0.04 for 4 %)")


def _log_variance(values: pd.DataFrame, ends: np.ndarray) -> np.ndarray:
    """Variance, on the log scale, of a last figure that may lie anywhere in its interval; an open bound says
    nothing and adds nothing."""
    if "low" not in values or "high" not in values:
        return np.zeros(len(ends))
    low, value, high = (values[name].to_numpy(dtype=float)[ends] for name in ("low", "value", "high"))
    low, high = np.where(low > 0, low, value), np.where(np.isfinite(high), high, value)
    return (np.log(high / low)) ** 2 / 12


def _ahead(fitted: Fit, years: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Middle and scale of the distribution of the log value, series × years."""
    horizon = np.atleast_2d(years) - fitted.last_year[:, None]
    damped = DAMPING * (1 - DAMPING**horizon) / (1 - DAMPING)
    middle = fitted.last[:, None] + fitted.growth[:, None] * damped
    error = (fitted.spread * fitted.scale)[:, None] * horizon ** fitted.exponent[:, None]
    return middle, np.sqrt(error**2 + fitted.last_variance[:, None])


def _t3_distribution(t: float | np.ndarray) -> float | np.ndarray:
    """Distribution function of Student's t with 3 degrees of freedom, in closed form."""
    x = t / np.sqrt(3)
    return 0.5 + (x / (1 + x**2) + np.arctan(x)) / np.pi


def parent_growth(values: pd.Series | pd.DataFrame, *, mask: Iterable[int] = ()) -> float:
    """The parent area's mean growth a year on logs, to be given as `prior_growth`; say whose it is where it
    is shown.

    >>> round(parent_growth(pd.Series({2019: 5.1e6, 2024: 8.0e6})), 4)
    0.09
    """
    kept = _kept(values, mask, False)
    return float(
        np.log(kept["value"].iloc[-1] / kept["value"].iloc[0])
        / (kept["year"].iloc[-1] - kept["year"].iloc[0])
    )
