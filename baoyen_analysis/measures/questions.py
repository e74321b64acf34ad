"""What a leader asks of one series: the growth needed, the year a target is reached, what if, what each visit
must bring.

Tables in, tables out: codes and parts, no sentence. Every table has `case` (which way the answer is worded),
`figure_ids` (the way back to the printed words) and `reason` ("" or codes joined by " + ": a refusal where
the answer is blank, a note where it is not). Two stated definitions are refused unless `mix_definitions`,
and then `reason` says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import (
    compound,
    decomposition,
    definitions,
    figure_ids,
    target_row,
    unfit_for_growth,
    yearly,
)
from baoyen_analysis.measures.projection import PRIOR_GROWTH, project
from baoyen_analysis.vocabulary import OPPOSITE_FLAGS

INEXACT = ("about", "estimate", "preliminary", "at_least", "at_most", "range")
REACH_WITHIN = 30  # years: damped growth may never get there

Values: TypeAlias = pd.Series | pd.DataFrame


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
    last, base = series.iloc[-1], _base(series, base_year)
    years = int(year) - int(last["year"])
    ahead = direction * (goal["value"] - last["value"]) > 0
    reason = definition_reason(mix_definitions, last, base, goal)
    if years < 1 and ahead:
        reason = reason or "no_time_left"
    elif ahead:
        reason = reason or unfit_for_growth(last["value"], goal["value"])
    refused = reason not in ("", "definitions_mixed")
    ends = [last["value"], *(last[["high", "low"]] if direction > 0 else last[["low", "high"]])]
    gaps = [0.0 if years < 1 else direction * max(direction * (goal["value"] - end), 0) for end in ends]
    span = max(years, 1)
    change = [np.nan if refused else gap / span for gap in gaps]
    percent = [
        np.nan if refused else _percent_a_year(end, gap, span) for end, gap in zip(ends, gaps, strict=True)
    ]
    done = _done(base, last)
    case = "refused" if refused else "met" if gaps[0] == 0 else "needed" if direction > 0 else "needed_down"
    return pd.DataFrame(
        [
            {"case": case, "from_year": int(last["year"]), **last[["value", "low", "high", "flag"]]}
            | {"target": goal["value"], "year": int(year)}
            | dict(zip(("percent", "low_percent", "high_percent"), percent, strict=True))
            | dict(zip(("change", "low_change", "high_change"), change, strict=True))
            | {
                "answer_flag": OPPOSITE_FLAGS.get(last["flag"], last["flag"])
                if direction > 0
                else last["flag"]
            }
            | {"base_year": int(base["year"]), "base": base["value"], "base_flag": base["flag"]}
            | {"done_percent": done[0], "done_change": done[1]}
            | {"figure_ids": figure_ids(base, last, goal), "reason": reason}
        ]
    )


def _percent_a_year(end: float, gap: float, years: int) -> float:
    return 100 * compound(end, end + gap, years) if np.isfinite(end) else 0.0


def _base(series: pd.DataFrame, base_year: int | None) -> pd.Series:
    later = series if base_year is None else series[series["year"] >= base_year]
    if later.empty:
        raise ValueError(f"no figure from {base_year} on: the last one is for {series['year'].iloc[-1]}")
    return later.iloc[0]


def _done(base: pd.Series, last: pd.Series) -> tuple[float, float]:
    """Growth a year from base to last: per cent, and in the unit; NaN where they are the same figure."""
    years = int(last["year"] - base["year"])
    if years < 1:
        return np.nan, np.nan
    return 100 * compound(base["value"], last["value"], years), (last["value"] - base["value"]) / years


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
    series, goal = known(values), target_row(target)
    last, aim = series.iloc[-1], goal["value"]
    met = direction * (last["value"] - aim) >= 0
    if limit is not None and aim > limit:
        raise ValueError(f"target {aim:g} lies past {limit:g}, which the values cannot exceed")
    one = len(series) < 2 and not met
    mask = tuple(mask)
    rateless = (unfit_for_growth(value, aim) for value in series["value"][~series["year"].isin(mask)])
    unfit = "one_point" if one else "" if met else next(filter(None, rateless), "")
    reason = definition_reason(mix_definitions, series, goal) or unfit
    names = ["pace_year", "projected_year", "earliest_year", "latest_year"]
    found: list[int | None] = [None] * 4
    refused = reason not in ("", "definitions_mixed")
    if not refused:
        fan = {
            "prior_growth": prior_growth,
            "domain": domain,
            "mask": mask,
            "limit": limit,
            "mix_definitions": mix_definitions,
        }
        found = [int(last["year"])] * 4 if met else _crossings(series, aim, direction, **fan)
    row = {
        "case": "refused" if refused else "met" if met else "reach",
        "from_year": int(last["year"]),
        **last[["value", "flag"]],
        "target": aim,
        "base_year": int(series["year"].iloc[0]),
        **dict(zip(names, found, strict=True)),
        "last_year": int(last["year"]) + REACH_WITHIN,
        "figure_ids": figure_ids(series, goal),
        "reason": reason,
    }
    return pd.DataFrame([row]).astype(dict.fromkeys(names, "Int64"))


def _crossings(series: pd.DataFrame, aim: float, direction: int, **options: Any) -> list[int | None]:
    """The first year at or past the aim by the pace done, the projection's median and the ends of its 80 %
    range; None: out of reach."""
    first, last = series.iloc[0], series.iloc[-1]
    ahead = np.arange(1, REACH_WITHIN + 1)
    rate = compound(first["value"], last["value"], last["year"] - first["year"])
    fan = project(series, years=last["year"] + ahead, **options)
    best, worst = ("high_80", "low_80") if direction > 0 else ("low_80", "high_80")
    paths = (last["value"] * (1 + rate) ** ahead, fan["median"], fan[best], fan[worst])
    past = [direction * (np.asarray(path) - aim) >= 0 for path in paths]
    return [int(last["year"] + ahead[crossed.argmax()]) if crossed.any() else None for crossed in past]


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
    power = 1 if once else year - last["year"]
    ends = (np.nan if reason else last[end] * (1 + growth) ** power for end in ("value", "low", "high"))
    answer, low, high = ends
    row = {
        "case": "refused" if reason else f"what_if{'_once' if once else ''}{'_fall' if growth < 0 else ''}",
        "from_year": int(last["year"]),
        **last[["value", "flag"]],
        "year": year,
        "growth_percent": 100 * growth,
        "once": once,
        "answer": answer,
        "low": low,
        "high": high,
        "figure_ids": figure_ids(last),
        "reason": reason,
    }
    return pd.DataFrame([row])


def decompose(revenue: Values, visits: Values, *, start: int, end: int) -> pd.DataFrame:
    """How much of revenue's growth came from visits and how much from spending a visit; see
    `growth.decomposition`.

    Further columns: `case` (`all`: about all of it from visits; `shared`; `apart`: the rounding does not
    tell), `percent`, `low_percent`, `high_percent` (of each part's own change), `start`, `end`. `reason`:
    `end_inexact`, `ends_inexact` where a revenue or both are estimates or round numbers,
    `definition_unstated` where one of the two does not say what it counts.

    >>> whole, part = pd.Series({2019: 100.0, 2022: 180.0}), pd.Series({2019: 10.0, 2022: 15.0})
    >>> table = decompose(whole, part, start=2019, end=2022)
    >>> table.set_index("part")["percent"].round(1).to_dict()
    {'visits': 50.0, 'spending': 20.0, 'revenue': 80.0}
    """
    parts = decomposition(revenue, visits, start=start, end=end)
    money = yearly(revenue)
    money = money[money["year"].isin([start, end])]
    stated = set(money["definition"])
    inexact = ("", "end_inexact", "ends_inexact")[int(money["flag"].isin(INEXACT).sum())]
    unstated = "definition_unstated" if len(stated) == 2 and "" in stated else ""
    whole = parts.set_index("part")
    settled, share = whole["low"] * whole["high"] > 0, whole.at["visits", "share_percent"]
    shared = settled.all() and 0 < share < 100
    moved = {name: 100 * np.expm1(parts[column]) for name, column in _MOVED.items()}
    return parts.assign(
        case="all" if settled["visits"] and not settled["spending"] else "shared" if shared else "apart",
        start=start,
        end=end,
        reason=" + ".join(filter(None, (inexact, unstated))),
        **moved,
    )


_MOVED = {"percent": "log_change", "low_percent": "low", "high_percent": "high"}


def visits_for(target: Any, *, revenue: Values, visits: Values) -> pd.DataFrame:
    """The visits that a revenue takes at the spending a visit of the last year that both series have.

    Columns: `from_year`, `target`, `answer`, `low`, `high` (corners of both intervals), `answer_flag` (a
    revenue of "at least" leaves "at most" so many visits) and the common ones. `target` in the unit of
    `revenue`. Where it counts something else, `reason` says so.

    >>> held = {"revenue": pd.Series({2022: 780.0}), "visits": pd.Series({2022: 1.2e6})}
    >>> visits_for(1120, **held)["answer"].round(-3).tolist()
    [1723000.0]
    """
    both = known(revenue).merge(known(visits), on="year", suffixes=("", "_visits"))
    both = both[both["low"] > 0]
    if both.empty:
        raise ValueError("revenue and visits have no year in common with a positive revenue: see by.series")
    last, goal = both.iloc[-1], target_row(target)
    answer, low, high = (
        goal["value"] * last[f"{top}_visits"] / last[bottom]
        for top, bottom in (("value", "value"), ("low", "high"), ("high", "low"))
    )
    row = {
        "case": "visits_for",
        "from_year": int(last["year"]),
        "target": goal["value"],
        "answer": answer,
        "low": low,
        "high": high,
        "answer_flag": OPPOSITE_FLAGS.get(last["flag"], last["flag"]),
        "figure_ids": " ".join(filter(None, (figure_ids(last, goal), last["figure_id_visits"]))),
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
