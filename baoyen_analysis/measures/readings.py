"""Readings: every defensible choice of outcome, base and goal's number that the record allows, one a row.

The answer to "fast enough?" is never taken from the one figure that speaks: it is a specification curve
(Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4, 1208-1214). `verdicts` says what the readings
that count agree on, or what they turn on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.choices import Choice, Evidence, Held, choices, derived_choices, evidence, held
from baoyen_analysis.measures.goals import direction
from baoyen_analysis.measures.growth import unfit_for_growth
from baoyen_analysis.vocabulary import INDICATORS

TOURISM = (
    "tourist_visits",
    "tourism_revenue",
    "festival_visits",
    "spiritual_visits",
    "temple_visits",
    "travel_agency_turnover",
)
COVID = (2020, 2021)
LONGEST_SPAN = 15  # years from base to outcome
STALE_AFTER = 5  # years from outcome to goal
# Shares and counts of a fixed total change in points or units a year; all else grows compound.
LINEAR_UNITS = ("percent", "communes", "criteria", "targets")
MARKS = ["derived", "year_inferred", "estimate", "bound", "approx", "through_covid", "unlike"]
_OF_GOAL = ("indicator", "area", "area_level", "year", "goal_kind")
_GOAL_FIGURE = ("figure_id", "qualifier", "definition", "figure_ids")
_OF_CHOICE = ("year", "value", "low", "high", "kind", *_GOAL_FIGURE, "publishers")
_NO_CHOICE = dict.fromkeys(_OF_CHOICE, "") | {"year": pd.NA, "publishers": 0}
_NO_CHOICE |= dict.fromkeys(("value", "low", "high"), np.nan)
_GROWTH = [f"{name}{end}" for name in ("needed", "done", "ratio") for end in ("", "_low", "_high")]
COLUMNS = [
    *(*_OF_GOAL, "goal_stands", "goal_value", *(f"goal_{name}" for name in _GOAL_FIGURE)),
    *(f"{role}_{name}" for role in ("outcome", "base") for name in _OF_CHOICE),
    *_GROWTH,
    *("enough", "counted", "shown_because", *MARKS),
    *("judged", "at_goal", "outcome_because", "outcome_grade", "as_printed", "grade"),
]


def readings(
    goal: pd.DataFrame,
    observations: pd.DataFrame,
    derived: pd.DataFrame,
    *,
    houses: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Every reading of one goal, those that count first.

    Parameters
    ----------
    goal
        The rows of one goal, as `goals` gives them (see `goals.each`).
    observations, derived
        The tables of those names.
    houses
        Who stands behind a source_id, "" for a site that is no publisher of its own.

    Returns
    -------
    One row a reading, values in the indicator's unit and growth a year as a fraction (in points or units for
    shares and counts of a fixed total). The goal's number, the outcome and the base with their intervals;
    `needed` and `done`, and `ratio` of the two, with their ranges over the corners of both intervals;
    `enough` (yes, no, open), `counted`, `shown_because` (why a reading is not counted) and a column a mark.
    `judged` says what was asked: "level" compares an outcome of the goal's own year with the goal, "pace" the
    growth done with the growth needed, "" where nothing is held. `at_goal` (yes, no, open) is whether the
    outcome is at the goal, `outcome_because` why it may not say so, `outcome_grade` its own grade,
    `as_printed` what the printed values alone say, `grade` (A to D) the evidence. A goal without an outcome
    has one row, `no_outcome`.
    """
    rows = reading_rows(goal.to_dict("records"), evidence(observations, derived, houses=houses))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"outcome_year": "Int64", "base_year": "Int64"})


def reading_rows(goal: list[dict[str, Any]], evidence: Evidence) -> list[dict[str, Any]]:
    """The rows of `readings` as dicts, for the many goals of a scorecard."""
    numbers = [number for number in goal if number["stands"] != "beside"]
    contested = sum(number["stands"] != "replaced" for number in numbers) > 1
    known = [held(evidence, number) for number in numbers]
    levels = [_levels(number, found) for number, found in zip(numbers, known, strict=True)]
    told = any(not reading.because for of_number in levels for reading in of_number)
    rows = [
        _row(number, reading, contested)
        for number, found, of_year in zip(numbers, known, levels, strict=True)
        for reading in _of_number(number, found, of_year, told)
    ]
    return sorted(rows, key=_order)


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Those that count first, the latest and greatest first."""
    numbers = (row[f"{role}_{name}"] for role in ("outcome", "base") for name in ("year", "value"))
    return (
        not row["counted"],
        *(np.inf if pd.isna(number) else -number for number in numbers),
        *(row[name] for name in ("goal_value", "outcome_figure_id", "base_figure_id")),
    )


class _Reading(NamedTuple):
    """A choice of outcome and base, how it is judged, and why it is shown and not counted ("" if it counts);
    `outcome_because` is why its outcome, whatever the base, does not count."""

    outcome: Choice | None
    base: Choice | None
    judged: str
    because: str
    outcome_because: str

    def shown(self, because: str, outcome_because: str) -> _Reading:
        return self._replace(because=because, outcome_because=outcome_because)


def _of_number(goal: Mapping[str, Any], found: Held, levels: list[_Reading], told: bool) -> list[_Reading]:
    """The readings of one of a goal's numbers: of the outcomes of its own year, and where none of those tells
    (`told`), of the growth to the latest before."""
    paces = [pace for choice in _latest(goal, found) for pace in _paces(goal, choice, found)]
    over = "year_over" if levels else ""
    paces = [pace.shown(pace.because or over, pace.outcome_because or over) for pace in paces]
    rows = levels + ([] if told else paces) or [_Reading(None, None, "", "no_outcome", "no_outcome")]
    if goal["stands"] == "replaced":
        return [row.shown("goal_replaced", "goal_replaced") for row in rows]
    return rows


def _levels(goal: Mapping[str, Any], found: Held) -> list[_Reading]:
    """The outcomes of the goal's own year as readings; those unlike the goal are shown."""
    because = {choice: "" if _like(goal, choice.definition) else "unlike" for choice in _at_year(goal, found)}
    return [_Reading(choice, None, "level", why, why) for choice, why in because.items()]


def _at_year(goal: Mapping[str, Any], found: Held) -> list[Choice]:
    """The outcomes of the goal's own year: the printed ones; where none is like the goal, a derived one (if
    none is printed at all) or a printed share of the plan."""
    periods = {goal["goal_period"]} if _is_rate(goal) else {goal["goal_period"], str(goal["year"])}
    printed = _split(goal, [row for row in found.printed if row["period"] in periods])
    if any(_like(goal, choice.definition) for choice in printed):
        return printed
    derived = [row for row in found.derived if row["period"] in periods and _like(goal, row["definition"])]
    return printed + ((derived_choices(derived) if not printed else []) or found.shares)


def _latest(goal: Mapping[str, Any], found: Held) -> list[Choice]:
    """The outcomes that growth toward the goal is read from: those of the latest year before it and, where
    none of them is like the goal, of the latest year that has one like it. Tourism's of 2020 and 2021 are
    shown where they are the latest."""
    before = [row for row in _of_years(found.printed) if row["year"] < goal["year"]]
    calm = [row for row in before if not _in_covid(goal, row["year"])]
    like = [row for row in calm if _like(goal, row["definition"])]
    latest = {max(row["year"] for row in rows) for rows in (before, calm) if rows}
    if like and not any(row["year"] in latest for row in like):
        latest.add(max(row["year"] for row in like))
    return [
        choice
        for year in sorted(latest, reverse=True)
        for choice in _split(goal, [row for row in before if row["year"] == year])
    ]


def _paces(goal: Mapping[str, Any], outcome: Choice, found: Held) -> list[_Reading]:
    """The readings of one outcome, from every base; a span shorter than the years left to the goal does not
    count beside a longer one that does."""
    why = _not_counted(goal, outcome)
    rows = []
    for base in _bases(goal, outcome, found):
        unlike = not _all_alike(goal, outcome, base, found)
        unfit = "" if is_linear(goal["indicator"]) else unfit_for_growth(base.value, outcome.value)
        rows.append(_Reading(outcome, base, "pace", why or ("unlike" if unlike else unfit), why))
    longest = max((outcome.year - row.base.year for row in rows if row.base and not row.because), default=0)
    left = goal["year"] - outcome.year
    rows = [
        row._replace(because="short_span")
        if row.base and not row.because and outcome.year - row.base.year < min(left, longest)
        else row
        for row in rows
    ]
    return rows or [_Reading(outcome, None, "pace", why or "no_base", why)]


def _not_counted(goal: Mapping[str, Any], outcome: Choice) -> str:
    """Why no growth to an outcome tells of the goal, "" where it may."""
    tourism = goal["indicator"] in TOURISM
    reasons = {
        "unlike": not _like(goal, outcome.definition),
        "growth_rate_indicator": _is_rate(goal),
        "no_direction": direction(goal["indicator"], goal["goal_qualifier"]) == 0,
        "covid": tourism and (outcome.year in COVID or outcome.year < COVID[0] <= goal["year"]),
        "stale": goal["year"] - outcome.year > STALE_AFTER,
    }
    unfit = "" if is_linear(goal["indicator"]) else unfit_for_growth(outcome.value, goal["goal"])
    return next((code for code, holds in reasons.items() if holds), unfit)


def _bases(goal: Mapping[str, Any], outcome: Choice, found: Held) -> list[Choice]:
    """The earlier outcomes that growth may be read from; a derived one only for a year without a printed
    one."""
    years = range(outcome.year - LONGEST_SPAN, outcome.year)
    bases: list[Choice] = []
    for year in years:
        if _in_covid(goal, year):
            continue
        printed = [row for row in _of_years(found.printed) if row["year"] == year]
        derived = [row for row in found.derived if row["year"] == year]
        bases += _split(goal, printed) if printed else _split(goal, derived, derived_choices)
    return bases


def _split(
    goal: Mapping[str, Any],
    rows: list[dict[str, Any]],
    choose: Callable[[list[dict[str, Any]]], list[Choice]] = choices,
) -> list[Choice]:
    """What can stand for one year: figures like the goal are set against each other, and those of another
    definition apart from them."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        parts.setdefault("" if _like(goal, row["definition"]) else row["definition"], []).append(row)
    return [choice for _, part in sorted(parts.items()) for choice in choose(part)]


def _of_years(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["period"] == str(row["year"])]


def _like(goal: Mapping[str, Any], definition: str) -> bool:
    return bool(alike(goal["goal_definition"], definition))


def _all_alike(goal: Mapping[str, Any], outcome: Choice, base: Choice, found: Held) -> bool:
    """Whether goal, outcome and base may count the same thing. A base that does not say what it counts may
    not where two stated definitions lie between it and the outcome: it could be of either."""
    if not base.definition:
        between = {row["definition"] for row in found.printed if base.year < row["year"] < outcome.year}
        return len((between | {outcome.definition}) - {""}) < 2
    return _like(goal, base.definition) and bool(alike(outcome.definition, base.definition))


def _in_covid(goal: Mapping[str, Any], year: int) -> bool:
    return goal["indicator"] in TOURISM and year in COVID


def _is_rate(goal: Mapping[str, Any]) -> bool:
    known = INDICATORS.get(goal["indicator"])
    return known is not None and known.rate


def is_linear(indicator: str) -> bool:
    """Whether an indicator changes in points or units a year, and not by a rate."""
    known = INDICATORS.get(indicator)
    return known is not None and known.unit in LINEAR_UNITS


def _row(goal: Mapping[str, Any], reading: _Reading, contested: bool) -> dict[str, Any]:
    """A reading in the columns of the table."""
    outcome, base = reading.outcome, reading.base
    row = {name: goal[name] for name in (*_OF_GOAL, *(f"goal_{name}" for name in _GOAL_FIGURE))}
    row |= {"goal_stands": goal["stands"], "goal_value": goal["goal"]}
    for role, choice in (("outcome", outcome), ("base", base)):
        cells = _NO_CHOICE if choice is None else choice._asdict()
        row |= {f"{role}_{name}": cells[name] for name in _OF_CHOICE}
    row |= dict.fromkeys(("enough", "as_printed", "at_goal", "outcome_grade"), "")
    row |= dict.fromkeys(_GROWTH, np.nan)
    row |= _marks(goal, reading)
    if outcome:
        row |= {"at_goal": at_goal(goal, outcome), "outcome_grade": outcome.grade}
        level = dict.fromkeys(("enough", "as_printed"), row["at_goal"])
        row |= level if reading.judged == "level" else _growth(goal, outcome, base)
    return row | {
        "judged": reading.judged,
        "counted": not reading.because,
        "shown_because": reading.because,
        "outcome_because": reading.outcome_because,
        "grade": _grade(goal, reading, contested),
    }


def _marks(goal: Mapping[str, Any], reading: _Reading) -> dict[str, bool]:
    """What is doubtful about a reading, a column a mark."""
    outcome, base = reading.outcome, reading.base
    each = [choice.marks for choice in (outcome, base) if choice]
    through = (
        outcome is not None
        and base is not None
        and goal["indicator"] in TOURISM
        and base.year < COVID[0]
        and outcome.year > COVID[-1]
    )
    found = {mark: any(marks[mark] for marks in each) for mark in MARKS[:5]}
    return found | {"through_covid": through, "unlike": reading.because == "unlike"}


def _grade(goal: Mapping[str, Any], reading: _Reading, contested: bool) -> str:
    """A: two independent publishers print each figure; B: each is printed; C: a mark, an open conflict, or a
    definition not stated beside two that are; D: not counted."""
    outcome, base = reading.outcome, reading.base
    if reading.because or outcome is None:
        return "D"
    if base is None:
        return outcome.grade
    stated = [goal["goal_definition"], outcome.definition, base.definition]
    doubtful = contested or outcome.contested or base.contested or stated.count("") == 1
    if doubtful or any(_marks(goal, reading).values()):
        return "C"
    return "A" if min(outcome.publishers, base.publishers) > 1 else "B"


def at_goal(goal: Mapping[str, Any], outcome: Choice) -> str:
    """Whether an outcome is at its goal or past it: yes, no, or open.

    Compared as printed: plain rounding leaves nothing open. A bound, an approximate, a range and a derived
    figure are open where their interval holds both answers, and so is a figure exactly at a goal "over"
    it."""
    side, aim = direction(goal["indicator"], goal["goal_qualifier"]), goal["goal"]
    strict = goal["goal_qualifier"] == {1: "gt", -1: "lt"}.get(side)
    plain = outcome.qualifier == "eq" and not outcome.derived
    ends = [outcome.value] * 2 if plain else [outcome.low, outcome.high]
    if side == 0:
        return "yes" if _same(ends[0], aim) and _same(ends[1], aim) else "open"
    worst, best = (side * (end - aim) if not _same(end, aim) else 0.0 for end in ends[::side])
    # "trên 66" lies above 66, "dưới 66" below.
    worst_open = outcome.qualifier == {1: "gt", -1: "lt"}[side] and not plain
    best_open = outcome.qualifier == {1: "lt", -1: "gt"}[side] and not plain
    if worst > 0 or (worst == 0 and (worst_open or not strict)):
        return "yes"
    return "no" if best < 0 or (best == 0 and best_open) else "open"


def _same(first: float, second: float) -> bool:
    return bool(np.isclose(first, second, rtol=1e-9, atol=0))


def _growth(goal: Mapping[str, Any], outcome: Choice, base: Choice | None) -> dict[str, Any]:
    """Growth a year needed and done, and whether it was enough over every corner of the two intervals; the
    outcome stands in both."""
    linear, aim = is_linear(goal["indicator"]), goal["goal"]
    side = direction(goal["indicator"], goal["goal_qualifier"])
    left = goal["year"] - outcome.year
    ends = [outcome.value, outcome.low, outcome.high]
    needed = [growth_a_year(end, aim, left, linear) for end in ends]
    found: dict[str, Any] = {"needed": needed[0], "needed_low": min(needed), "needed_high": max(needed)}
    if base is None:
        return found
    years = outcome.year - base.year
    starts = [base.value, base.low, base.high]
    pairs = [
        (growth_a_year(start, end, years, linear), need)
        for (end, need), start in product(zip(ends, needed, strict=True), starts)
    ]
    done = [pair[0] for pair in pairs]
    ratio = [has / need if side * need > 0 else np.inf for has, need in pairs]
    answers = [side * (has - need) >= -1e-12 for has, need in pairs]
    enough = "open" if len(set(answers)) > 1 else "yes" if answers[0] else "no"
    return found | {
        "done": done[0],
        "done_low": min(done),
        "done_high": max(done),
        "ratio": ratio[0],
        "ratio_low": min(ratio),
        "ratio_high": max(ratio),
        "enough": enough,
        "as_printed": "yes" if answers[0] else "no",
    }


def growth_a_year(start: float, end: float, years: float, linear: bool) -> float:
    """Growth a year: in the unit, or compound as a fraction; from nothing it is without limit."""
    if linear:
        return (end - start) / years
    return (max(end, 0.0) / start) ** (1 / years) - 1 if start > 0 else np.inf
