"""Projections with tested ranges, and the chance of meeting a target: shrunken damped growth on logs.

The project's own method. A short series' growth is drawn toward a prior (4 % a year, or the parent area's
growth), the more so the fewer and the rougher its figures; growth fades with the horizon; the range comes
from how much such series missed by elsewhere. It starts from the last figure on purpose: straight trend lines
did worse than no change at every length tried.

What the ranges and the chance were tuned to stands in projection.csv, by domain and number of figures (from
so many on): the spread of the error h years ahead is c·f·h^e·G^-k, where G is the usual gap in years (the
median, so that a break that is bridged counts little); q is the power of the gap that a change is divided by
where roughness is measured; `kept_1` to `kept_8` are the share of the projected growth that the chance counts
where the usual gap is one, two to three, four to seven, eight years or more. Its column `source` says where
each row comes from; `benchmarks/forecast_accuracy.py` and `benchmarks/verdicts.py` tune and measure them on
the yearly series of the M1, M3, M4 and tourism competitions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import Values, definitions, target_row, yearly

PRIOR_GROWTH = 0.04  # a year, where the parent area's growth is not known
# The spread of growth starts from 3 % with the weight of two observations.
PRIOR_WEIGHT, PRIOR_SPREAD = 2.0, 0.03
GROWTH_SPREAD = 0.025  # how far series' lasting growth rates lie from the prior
DAMPING = 0.9
CONSTANTS = pd.read_csv(Path(__file__).with_name("projection.csv"))
DOMAINS = tuple(CONSTANTS["domain"].unique())
# Usual gaps, in years, from which the next column of the growth that the chance counts holds.
GAPS, KEPT = (1.5, 3.5, 7.5), ["kept_1", "kept_2", "kept_4", "kept_8"]
# Student's t with 3 degrees: half-width of the central range that holds so many per cent.
T3_QUANTILES = {30: 0.4242, 60: 0.9785, 80: 1.6377, 90: 2.3534, 95: 3.1824}
COLUMNS = [
    "year",
    "median",
    *(f"{end}_{level}" for level in T3_QUANTILES for end in ("low", "high")),
    "naive",
    "drift",
]


class Chance(NamedTuple):
    """The chance of meeting a target. `raw`: before it is rounded; `shown`: capped to 3-97 % and rounded to 5
    points, the one to print; `warning`: "" or a code of words.csv. Both are NaN where no chance can be
    given."""

    raw: float
    shown: float
    warning: str


def project(
    values: Values,
    *,
    years: Iterable[int],
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
    mask: Iterable[int] = (),
    limit: float | None = None,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """A series carried on to later years, with ranges that were tested.

    Parameters
    ----------
    values
        A Series indexed by year, or the table of `by.series(…)`: two figures or more. The last one's own
        interval widens the range.
    years
        Years after the last figure.
    prior_growth
        Growth a year, as a fraction, that a short series is drawn to: the province's, where known.
    domain
        "general" or "tourism" (wider ranges).
    mask
        Years of a break to bridge (tourism: 2020 and 2021).
    limit
        What the values cannot exceed: 100 for a share in per cent. Nothing is projected past it.
    mix_definitions
        Two stated definitions are refused; with True `warning` says so instead.

    Returns
    -------
    DataFrame
        One row a year, in the unit of the values: `year`, `median`, `low_30`, `high_30` … `low_95`, `high_95`
        (ranges that hold so many per cent), `naive` (the last figure), `drift` (the mean growth carried on),
        `prior_growth`, `warning` (few_points, definitions_mixed or "").

    Raises
    ------
    ValueError
        For fewer than two figures, values that are not positive or lie past the limit, years not after the
        last figure, or two stated definitions.

    Examples
    --------
    >>> income = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
    >>> project(income, years=[2025, 2026])[["median", "low_80", "high_80"]].round(3).values.tolist()
    [[51.938, 48.664, 55.433], [55.241, 49.945, 61.098]]
    """
    kept, ahead = _kept(values, mask, limit, years)
    table = project_many(kept.assign(series=0), horizons=ahead, prior_growth=prior_growth, domain=domain)
    table = table[COLUMNS].assign(prior_growth=prior_growth, warning=_warning(kept, mix_definitions, kept))
    if limit is not None:
        table[COLUMNS[1:]] = table[COLUMNS[1:]].clip(upper=limit)
    return table


def chance(
    values: Values,
    *,
    target: float | pd.Series,
    year: int,
    direction: int = 1,
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
    mask: Iterable[int] = (),
    limit: float | None = None,
    mix_definitions: bool = False,
) -> Chance:
    """The chance that the value of a year is at or past a target.

    Parameters
    ----------
    values, prior_growth, domain, mask, limit, mix_definitions
        As in `project`.
    target
        A positive number, or a row with `value` and `definition`.
    year
        A year after the last figure.
    direction
        1 where higher is better, -1 where lower is.

    Returns
    -------
    Chance
        `raw`, `shown`, `warning`. A warning comes with fewer than five figures. From two figures, for tourism
        from three, no chance is given: it would be the prior's.

    Raises
    ------
    ValueError
        As `project` does, and for a target that is not positive or lies past the limit.

    Examples
    --------
    >>> income = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
    >>> found = chance(income, target=52, year=2025)
    >>> round(found.raw, 4), found.shown, found.warning
    (0.489, 0.5, '')
    """
    aim = target_row(target)
    if not 0 < aim["value"] <= (np.inf if limit is None else limit) or direction not in (1, -1):
        raise ValueError(
            f"target {aim['value']:g}, direction {direction}: give a positive target within the limit, "
            "and direction 1 where higher is better or -1 where lower is"
        )
    kept, ahead = _kept(values, mask, limit, [year])
    warning = _warning(kept, mix_definitions, kept, aim)
    if len(kept) <= (3 if domain == "tourism" else 2):
        return Chance(float("nan"), float("nan"), "too_few_for_chance")
    raw = chance_many(
        kept.assign(series=0),
        target=np.array([aim["value"]]),
        horizon=int(ahead[0]),
        direction=direction,
        prior_growth=prior_growth,
        domain=domain,
    )[0]
    return Chance(float(raw), shown_chance(raw), warning)


def shown_chance(raw: float) -> float:
    """A chance as it may be printed: capped to 3-97 %, then rounded to 5 points.

    >>> shown_chance(0.4890), shown_chance(0.999)
    (0.5, 0.95)
    """
    return float(np.floor(np.clip(raw, 0.03, 0.97) * 20 + 0.5) / 20)


def _kept(
    values: Values, mask: Iterable[int], limit: float | None, years: Iterable[int]
) -> tuple[pd.DataFrame, np.ndarray]:
    """The figures that count, and how far after the last of them the years asked for lie."""
    series = yearly(values)
    kept = series[~series["year"].isin(list(mask))]
    if len(kept) < 2:
        raise ValueError(f"{len(kept)} figure(s) after masking: a projection needs two (see reference_class)")
    beyond = (kept["value"] <= 0) | (kept["value"] > (np.inf if limit is None else limit))
    if beyond.any():
        raise ValueError(
            "values must be positive to take logs, and within the limit: "
            f"see {kept.loc[beyond, 'year'].tolist()}"
        )
    last = kept["year"].iloc[-1]
    return kept, _whole_horizons(years, last) - last


def _warning(kept: pd.DataFrame, mix_definitions: bool, *rows: Values) -> str:
    stated = definitions(*rows)
    if len(stated) > 1 and not mix_definitions:
        raise ValueError(
            f"figures or target are defined differently ({'; '.join(stated)}): "
            "keep one definition, or mix_definitions=True"
        )
    return " + ".join(["definitions_mixed"] * (len(stated) > 1) + ["few_points"] * (len(kept) < 5))


def _whole_horizons(years: Iterable[int], last: int) -> np.ndarray:
    wanted = np.atleast_1d(np.asarray(list(years)))
    whole = wanted.dtype.kind in "iuf" and wanted.size and np.isfinite(wanted).all()
    if not whole or (wanted != np.floor(wanted)).any() or (wanted <= last).any():
        raise ValueError(f"years {wanted.tolist()}: give whole years after the last figure ({last})")
    return wanted.astype(int)


def project_many(
    values: pd.DataFrame,
    *,
    horizons: Iterable[int],
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
) -> pd.DataFrame:
    """`project` for many series at once: `values` has `series`, `year`, `value` (positive, sorted by series
    and year), perhaps `low` and `high`.

    `horizons`: years counted from each series' last figure. Columns: `series` and those of
    `project` up to `drift`. Raises ValueError for a series with one figure and for values or years that do
    not fit.

    >>> table = pd.DataFrame({"series": ["a", "a"], "year": [2020, 2022], "value": [10.0, 12.0]})
    >>> project_many(table, horizons=[1])["median"].round(2).tolist()
    [12.78]
    """
    fitted = fit(values, prior_growth, domain)
    ahead = np.tile(_whole_horizons(horizons, 0), (len(fitted.series), 1))
    growth, spread = carried(fitted, ahead)
    middle = fitted.last[:, None] + growth
    table = {
        "series": np.repeat(fitted.series, ahead.shape[1]),
        "year": (fitted.last_year[:, None] + ahead).ravel(),
        "median": np.exp(middle).ravel(),
    }
    for level, quantile in T3_QUANTILES.items():
        table[f"low_{level}"] = np.exp(middle - quantile * spread).ravel()
        table[f"high_{level}"] = np.exp(middle + quantile * spread).ravel()
    table["naive"] = np.repeat(np.exp(fitted.last), ahead.shape[1])
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
    """`chance` for many series at once, before cap and rounding: one target a series, `horizon` years after
    each series' last figure. It counts the share of the projected growth that histories of so many figures,
    so far apart, bore out.

    >>> table = pd.DataFrame({"series": "a", "year": [2020, 2022], "value": [10.0, 12.0]})
    >>> chance_many(table, target=np.array([12.0]), horizon=1).round(2).tolist()
    [0.69]
    """
    fitted = fit(values, prior_growth, domain)
    growth, spread = (part[:, 0] for part in carried(fitted, np.full((len(fitted.series), 1), horizon)))
    return t3_distribution(direction * (fitted.last + fitted.kept * growth - np.log(target)) / spread)


class Fit(NamedTuple):
    """One element a series: its name, last year, log of the last value, variance of that log, mean and
    shrunken growth, unit spread, the scale and the exponent of the spread over the horizon, and the share of
    the growth that the chance counts."""

    series: np.ndarray
    last_year: np.ndarray
    last: np.ndarray
    last_variance: np.ndarray
    mean_growth: np.ndarray
    growth: np.ndarray
    spread: np.ndarray
    scale: np.ndarray
    exponent: np.ndarray
    kept: np.ndarray


def fit(values: pd.DataFrame, prior_growth: float = PRIOR_GROWTH, domain: str = "general") -> Fit:
    """Growth and spread of every series, on logs, gaps between years bridged: sums run over the steps of all
    series at once."""
    if domain not in DOMAINS:
        raise ValueError(f"domain {domain!r} is unknown: choose one of {', '.join(DOMAINS)}")
    if not abs(prior_growth) <= 0.5:
        raise ValueError(f"prior_growth={prior_growth}: give growth a year as a fraction (0.04 for 4 %)")
    names = values["series"].to_numpy()
    value, year = values[["value", "year"]].to_numpy(dtype=float).T
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

    known = CONSTANTS[CONSTANTS["domain"] == domain]
    known = known.iloc[np.searchsorted(known["points"], steps + 1, side="right") - 1]
    q, c, e, f, k = known[["q", "c", "e", "f", "k"]].to_numpy(dtype=float).T
    usual = pd.Series(gap).groupby(owner).median().to_numpy()
    span = total(gap)
    mean_growth = total(change) / span
    rough = (total((change - mean_growth[owner] * gap) ** 2 / gap) + PRIOR_WEIGHT * PRIOR_SPREAD**2) / (
        steps - 1 + PRIOR_WEIGHT
    )
    growth = prior_growth + (mean_growth - prior_growth) / (1 + rough / (span * GROWTH_SPREAD**2))
    typical = 0.5 * total(np.abs(change) / gap ** q[owner]) / steps
    missed = 0.5 * np.sqrt(total((change - growth[owner] * gap) ** 2 / gap) / steps)
    return Fit(
        series=names[starts],
        last_year=year[ends].astype(int),
        last=z[ends],
        last_variance=_log_variance(values, ends),
        mean_growth=mean_growth,
        growth=growth,
        spread=(typical + missed + 0.005) ** 0.8 * 0.04**0.2,
        scale=c * f * usual**-k,
        exponent=e,
        kept=known[KEPT].to_numpy(dtype=float)[np.arange(len(starts)), np.searchsorted(GAPS, usual)],
    )


def _log_variance(values: pd.DataFrame, ends: np.ndarray) -> np.ndarray:
    """Variance, on the log scale, of a last figure that may lie anywhere in its interval; an open bound says
    nothing and adds nothing."""
    if not {"low", "high"} <= set(values):
        return np.zeros(len(ends))
    low, value, high = (values[name].to_numpy(dtype=float)[ends] for name in ("low", "value", "high"))
    low, high = np.where(low > 0, low, value), np.where(np.isfinite(high), high, value)
    return (np.log(high / low)) ** 2 / 12


def carried(fitted: Fit, ahead: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The growth from the last value on and the spread around it, on logs, series × years ahead."""
    growth = fitted.growth[:, None] * DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING)
    error = (fitted.spread * fitted.scale)[:, None] * ahead ** fitted.exponent[:, None]
    return growth, np.sqrt(error**2 + fitted.last_variance[:, None])


def t3_distribution(t: np.ndarray) -> np.ndarray:
    """Distribution function of Student's t with 3 degrees of freedom, in closed form."""
    x = t / np.sqrt(3)
    return 0.5 + (x / (1 + x**2) + np.arctan(x)) / np.pi
