"""What a leader asks of one series: the growth needed, the year a target is reached, what if, what each visit
must bring.

Tables in, tables out: codes and parts, no sentence. Every table has `case` (which way the answer is worded),
`figure_ids` (the way back to the printed words) and `reason` ("" or codes joined by " + ": a refusal where
the answer is blank, a note where it is not). Two stated definitions are refused unless `mix_definitions`,
and then `reason` says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import (
    CORNERS,
    PERCENTS,
    Values,
    compound,
    corners,
    definitions,
    figure_ids,
    target_row,
    typed,
    unfit_for_growth,
    yearly,
)
from baoyen_analysis.measures.projection import PRIOR_GROWTH, project
from baoyen_analysis.vocabulary import OPPOSITE_FLAGS

REACH_WITHIN = 30  # years: damped growth may never get there


def needed(
    values: Values,
    *,
    target: Any,
    year: int,
    direction: int = 1,
    base_year: int | None = None,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """What the target needs a year from the last figure, in per cent and in the unit, beside what was done
    since the base year.

    Columns: `from_year`, `value`, `low`, `high`, `flag`, `target`, `year`, `percent`, `low_percent`,
    `high_percent`, `change`, `low_change`, `high_change`, `answer_flag` (a last figure of "at least" needs
    "at most" so much), `base_year`, `base`, `base_flag`, `done_percent`, `done_change` (blank with one
    figure), and the common ones. Refused: a target whose date is not after the last figure, and growth from
    or to zero or less. A target that is met needs 0.

    >>> answer = needed(pd.Series({2019: 75.0, 2021: 80.0}), target=95, year=2024)
    >>> answer[["percent", "change", "done_percent", "done_change"]].round(2).values.tolist()
    [[5.9, 5.0, 3.28, 2.5]]
    """
    series, goal = known(values), target_row(target)
    later = series if base_year is None else series[series["year"] >= base_year]
    if later.empty:
        raise ValueError(f"no figure from {base_year} on: the last one is for {series['year'].iloc[-1]}")
    last, base = series.iloc[-1], later.iloc[0]
    years, done = int(year) - int(last["year"]), int(last["year"] - base["year"])
    ahead = direction * (goal["value"] - last["value"]) > 0
    reason = definition_reason(mix_definitions, last, base, goal)
    if ahead and not reason:
        reason = "no_time_left" if years < 1 else unfit_for_growth(last["value"], goal["value"])
    refused, span = reason not in ("", "definitions_mixed"), max(years, 1)
    change, percent = {}, {}
    sides = CORNERS.values() if direction > 0 else CORNERS
    for name, side in zip(PERCENTS.values(), sides, strict=True):
        start = last[side]
        gap = direction * max(direction * (goal["value"] - start), 0) if years > 0 else 0.0
        change[name.replace("percent", "change")] = np.nan if refused else gap / span
        grown = 100 * compound(start, start + gap, span) if np.isfinite(start) else 0.0
        percent[name] = np.nan if refused else grown
    needs = "needed" if direction > 0 else "needed_down"
    flag = last["flag"]
    row = {
        "case": "refused" if refused else needs if change["change"] else "met",
        "from_year": int(last["year"]),
        **last[["value", "low", "high", "flag"]],
        "target": goal["value"],
        "year": int(year),
        **percent,
        **change,
        "answer_flag": OPPOSITE_FLAGS.get(flag, flag) if direction > 0 else flag,
        "base_year": int(base["year"]),
        "base": base["value"],
        "base_flag": base["flag"],
        "done_percent": 100 * compound(base["value"], last["value"], done) if done else np.nan,
        "done_change": (last["value"] - base["value"]) / done if done else np.nan,
        "figure_ids": figure_ids(base, last, goal),
        "reason": reason,
    }
    return pd.DataFrame([row])


def reach(
    values: Values,
    *,
    target: Any,
    direction: int = 1,
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
    mask: Iterable[int] = (),
    limit: float | None = None,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """The year in which the target is reached: at the compound pace done, and by the projection (median, and
    80 % range).

    Columns: `from_year`, `value`, `flag`, `target`, `base_year`, `pace_year`, `projected_year`,
    `earliest_year`, `latest_year` (blank: not within 30 years) and the common ones. A target that is met
    gives the last figure's year. Refused with a reason: one figure, and growth from or to zero or a negative
    number. Raises ValueError for a target past the `limit` (100 for a share in per cent).

    >>> series = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
    >>> reach(series, target=60)[["pace_year", "projected_year"]].values.tolist()
    [[2027, 2028]]
    """
    series, goal, mask = known(values), target_row(target), tuple(mask)
    first, last, aim = series.iloc[0], series.iloc[-1], goal["value"]
    met = direction * (last["value"] - aim) >= 0
    if limit is not None and aim > limit:
        raise ValueError(f"target {aim:g} lies past {limit:g}, which the values cannot exceed")
    reason = definition_reason(mix_definitions, series, goal)
    if not reason and not met:
        unfit = [unfit_for_growth(value, aim) for value in series["value"][~series["year"].isin(mask)]]
        reason = "one_point" if len(series) < 2 else next(filter(None, unfit), "")
    refused = reason not in ("", "definitions_mixed")
    found: Any = [None if refused else int(last["year"])] * 4
    if not refused and not met:
        ahead = np.arange(1, REACH_WITHIN + 1)
        fan = project(
            series,
            years=last["year"] + ahead,
            prior_growth=prior_growth,
            domain=domain,
            mask=mask,
            limit=limit,
            mix_definitions=mix_definitions,
        )
        rate = compound(first["value"], last["value"], last["year"] - first["year"])
        ends = ["high_80", "low_80"][:: 1 if direction > 0 else -1]
        paths = np.vstack([last["value"] * (1 + rate) ** ahead, fan[["median", *ends]].T])
        past = direction * (paths - aim) >= 0
        found = np.where(past.any(axis=1), last["year"] + 1 + past.argmax(axis=1), None)
    names = ["pace_year", "projected_year", "earliest_year", "latest_year"]
    row = {
        "case": "refused" if refused else "met" if met else "reach",
        "from_year": int(last["year"]),
        **last[["value", "flag"]],
        "target": aim,
        "base_year": int(first["year"]),
        **dict(zip(names, found, strict=True)),
        "last_year": int(last["year"]) + REACH_WITHIN,
        "figure_ids": figure_ids(series, goal),
        "reason": reason,
    }
    return typed(pd.DataFrame([row]), dict.fromkeys(names, "Int64"))


def what_if(values: Values, *, growth: float, year: int, once: bool = False) -> pd.DataFrame:
    """The value of a year if the last figure grew so much a year (`growth` a fraction: 0.08 for 8 %, -0.2 for
    a fall by a fifth), or with `once` in one year alone; with the interval of the last figure.

    Columns: `from_year`, `value`, `flag`, `year`, `growth_percent`, `once`, `answer`, `low`, `high` and the
    common ones. Raises ValueError for growth that is no fraction or a year not after the last figure.

    >>> grown = what_if(pd.Series({2022: 50.0}), growth=0.08, year=2024)
    >>> grown[["answer", "low", "high"]].round(2).values.tolist()
    [[58.32, 58.32, 58.32]]
    """
    last = known(values).iloc[-1]
    if isinstance(growth, bool) or not np.isfinite(growth) or not -1 < growth <= 1:
        raise ValueError(
            f"growth={growth}: give growth a year as a fraction (0.08 for 8 %, -0.2 for a fall of 20 %)"
        )
    if year <= last["year"]:
        raise ValueError(f"year {year} is not after the last figure ({last['year']})")
    reason = unfit_for_growth(last["value"], last["value"])
    factor = np.nan if reason else (1 + growth) ** (1 if once else year - last["year"])
    row = {
        "case": "refused" if reason else f"what_if{'_once' if once else ''}{'_fall' if growth < 0 else ''}",
        "from_year": int(last["year"]),
        **last[["value", "flag"]],
        "year": year,
        "growth_percent": 100 * growth,
        "once": once,
        **dict(zip(("answer", "low", "high"), last[[*CORNERS]] * factor, strict=True)),
        "figure_ids": figure_ids(last),
        "reason": reason,
    }
    return pd.DataFrame([row])


def visits_for(target: Any, *, revenue: Values, visits: Values) -> pd.DataFrame:
    """The visits that a revenue takes at the spending a visit of the last year that both series have.

    Columns: `from_year`, `target`, `answer`, `low`, `high` (corners of both intervals), `answer_flag` (a
    revenue of "at least" leaves "at most" so many visits) and the common ones. `target` in the unit of
    `revenue`. Where it counts something else, `reason` says so.

    >>> held = {"revenue": pd.Series({2022: 780.0}), "visits": pd.Series({2022: 1.2e6})}
    >>> visits_for(1120, **held)["answer"].round(-3).tolist()
    [1723000.0]
    """
    money, count = (known(series).set_index("year") for series in (revenue, visits))
    years = money.index[money["low"] > 0].intersection(count.index)
    if years.empty:
        raise ValueError("revenue and visits have no year in common with a positive revenue: see by.series")
    last, held, goal = money.loc[years[-1]], count.loc[years[-1]], target_row(target)
    ends = corners(lambda many, much: goal["value"] * many / much, held, last)
    row = {
        "case": "visits_for",
        "from_year": int(years[-1]),
        "target": goal["value"],
        "answer": ends.pop("value"),
        **ends,
        "answer_flag": OPPOSITE_FLAGS.get(last["flag"], last["flag"]),
        "figure_ids": figure_ids(last, goal, held),
        "reason": definition_reason(True, last, goal),
    }
    return pd.DataFrame([row])


def spending_for(target: Any, *, visits: float) -> pd.DataFrame:
    """What each visit must bring so that so many visits make a revenue, in thousand VND a visit.

    `target` in billion VND. Columns: `target`, `visits`, `answer` and the common ones.

    >>> spending_for(1120, visits=1.4e6)["answer"].tolist()
    [800.0]
    """
    goal = target_row(target)
    if not visits > 0:
        raise ValueError(f"visits={visits}: give how many visits there are, for example 1400000")
    row = {"case": "spending_for", "target": goal["value"], "visits": float(visits)}
    row |= {"answer": goal["value"] / visits * 1e6, "figure_ids": goal["figure_id"], "reason": ""}
    return pd.DataFrame([row])


def known(values: Values) -> pd.DataFrame:
    """A series as a checked table, refused where it has no figure."""
    series = yearly(values)
    if series.empty:
        raise ValueError("the series has no figure: see by.observations() for what was printed")
    return series


def definition_reason(mix_definitions: bool, *rows: pd.DataFrame | pd.Series) -> str:
    """Why figures can't be set beside each other, or that they are nevertheless; "" where they are alike."""
    if len(definitions(*rows)) < 2:
        return ""
    return "definitions_mixed" if mix_definitions else "definition_break"
