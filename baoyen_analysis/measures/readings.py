"""Readings: every defensible choice of outcome, base and goal's number that the record allows, one a row.

The answer to "fast enough?" is never taken from the one figure that speaks: it is a specification curve
(Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4, 1208-1214). `verdicts` says what the readings
that count agree on, or what they turn on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress, groupby
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.choices import (
    Choice,
    Evidence,
    choices,
    derived_choices,
    evidence,
    held,
)
from baoyen_analysis.measures.goals import Row, columns, direction, grouped, records
from baoyen_analysis.measures.growth import CORNERS
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
_ROLES = ("outcome", "base")
_CELLS = {role: [f"{role}_{name}" for name in Choice._fields] for role in _ROLES}
_YEARS = ("outcome_year", "base_year")
_NO_CHOICE = Choice._make([None, "", np.nan, np.nan, np.nan, *[""] * 5, 0, False, False, False])
COLUMNS = columns("readings")
Columns: TypeAlias = Mapping[str, Any]


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
    (table,) = as_tables(reading_rows([records(goal)], evidence(observations, derived, houses=houses)))
    return table


def as_tables(parts: list[list[Row]]) -> Iterator[pd.DataFrame]:
    """The readings of each goal as a table, all made in one."""
    rows, start = [row for part in parts for row in part], 0
    cells = {name: [row[name] for row in rows] for name in COLUMNS}
    table = pd.DataFrame(cells | {name: pd.array(cells[name], dtype="Int64") for name in _YEARS})
    for part in parts:
        of_part = table[start : start + len(part)]
        of_part.index = pd.RangeIndex(len(part))
        yield of_part
        start += len(part)


def reading_rows(goals: Iterable[list[Row]], found: Evidence) -> list[list[Row]]:
    """The rows of `readings` as dicts, for each of many goals."""
    rows = [row | {"place": place} for place, goal in enumerate(goals) for row in _asked(goal, found)]
    if not rows:
        return []
    cells = {name: [row[name] for row in rows] for name in rows[0]}
    # Texts as they are, since one may be missing.
    table = {
        name: np.array(of, dtype=object if isinstance(of[0], str) else None) for name, of in cells.items()
    }
    told = _reasons(table)
    told |= _answers(table | told)
    for row, *more in zip(rows, *(column.tolist() for column in told.values()), strict=True):
        row.update(zip(told, more, strict=True))
    rows.sort(key=_order)
    return [list(part) for _, part in groupby(rows, itemgetter("place"))]


def _order(row: Row) -> tuple[Any, ...]:
    """Those that count first, the latest and greatest first."""
    ends = (row[f"{role}_{end}"] for role in _ROLES for end in ("year", "value"))
    falling = [np.inf if pd.isna(end) else -end for end in ends]
    ids = (row[f"{role}_figure_id"] for role in _ROLES)
    return (row["place"], not row["counted"], *falling, row["goal_value"], *ids)


def _asked(goal: list[Row], found: Evidence) -> Iterator[Row]:
    """Each number of a goal with all that it is judged by."""
    numbers = [number for number in goal if number["stands"] != "beside"]
    contested = sum(number["stands"] != "replaced" for number in numbers) > 1
    pairs = [[*_pairs(number, found)] for number in numbers]
    # Where an outcome of the goal's own year tells, no growth to an earlier one is asked.
    wanted = ("level",) if any(each[-1]["judged"] for each in pairs) else ("level", "pace")
    for place, (number, each) in enumerate(zip(numbers, pairs, strict=True)):
        about = number | {"goal_value": number["goal"], "goal_stands": number["stands"], "number": place}
        about |= {"contested": contested, "over": each[0]["judged"] == "level"}
        yield from (about | pair for pair in [of for of in each if of["judged"] in wanted] or each[-1:])


def _pairs(goal: Row, found: Evidence) -> Iterator[Row]:
    """What a number of a goal may be judged by, in columns: nothing; the outcomes of its own year (the
    printed ones; where none is like it, a derived one, if none is printed at all, or a printed share of the
    plan); and growth to the outcomes of the latest year before it and, where none of them is like the goal,
    of the latest year that has one like it, from every earlier outcome (a derived one only for a year without
    a printed one). Tourism's outcomes of 2020 and 2021 are shown where they are the latest."""
    printed, derived, shares = held(found, goal)
    closed = {*COVID} if goal["indicator"] in TOURISM else set()
    periods = {goal["goal_period"]} | (set() if _is_rate(goal["indicator"]) else {str(goal["year"])})
    level = _split(goal, [row for row in printed if row["period"] in periods])
    if not _any_like(goal, level):
        own = [row for row in derived if row["period"] in periods and _like(goal, row["definition"])]
        level += ([] if level else derived_choices(own)) or shares
    yield from (_cells("level", choice) for choice in level)
    if _any_like(goal, level):
        return
    whole = grouped((row for row in printed if row["period"] == str(row["year"])), "year")
    outcomes = {year: _split(goal, rows) for year, rows in whole.items()}
    computed = {year: _split(goal, rows, derived_choices) for year, rows in grouped(derived, "year").items()}
    before = {year for year in outcomes if year < goal["year"]}
    latest = {max(years) for years in (before, before - closed) if years}
    like = {year for year in before - closed if _any_like(goal, outcomes[year])}
    if like and not like & latest:
        latest.add(max(like))
    for outcome in (choice for year in latest for choice in outcomes[year]):
        years = {*range(outcome.year - LONGEST_SPAN, outcome.year)} - closed
        bases = [base for year in years for base in (computed | outcomes).get(year, [])]
        for base in bases or [_NO_CHOICE]:
            # A base that does not say what it counts could be of either of two definitions after it.
            blank = base.figure_id and not base.definition
            after = range(base.year + 1, outcome.year) if blank else ()
            stated = {row["definition"] for row in printed if row["year"] in after} | {outcome.definition}
            yield _cells("pace", outcome, base) | {"torn": len(stated - {""}) > 1}
    yield _cells("", _NO_CHOICE)


def _cells(judged: str, outcome: Choice, base: Choice = _NO_CHOICE) -> Row:
    """A pair of choices in the columns of the table, with what is doubtful about either."""
    row: Row = {"judged": judged, "torn": False, "outcome_grade": outcome.grade if judged else ""}
    marks = outcome.marks | base.marks
    row |= {mark: mark in marks for mark in MARKS[:5]}
    for role, choice in zip(_ROLES, (outcome, base), strict=True):
        row.update(zip(_CELLS[role], choice, strict=True))
    return row


def _split(goal: Row, rows: list[Row], choose: Callable[[list[Row]], list[Choice]] = choices) -> list[Choice]:
    """What can stand for one year: figures like the goal are set against each other, and those of another
    definition apart from them."""
    parts = grouped(
        (row | {"apart": "" if _like(goal, row["definition"]) else row["definition"]} for row in rows),
        "apart",
    )
    return [choice for apart in sorted(parts) for choice in choose(parts[apart])]


def _like(goal: Row, definition: str) -> bool:
    return bool(alike(goal["goal_definition"], definition))


def _any_like(goal: Row, found: list[Choice]) -> bool:
    return any(_like(goal, choice.definition) for choice in found)


def _is_rate(indicator: str) -> bool:
    return indicator in INDICATORS and INDICATORS[indicator].rate


def is_linear(indicator: str) -> bool:
    """Whether an indicator changes in points or units a year, and not by a rate."""
    return indicator in INDICATORS and INDICATORS[indicator].unit in LINEAR_UNITS


def _reasons(table: Columns) -> dict[str, np.ndarray]:
    """What is judged, and why a reading, or its outcome whatever the base, is shown and not counted."""
    year, last, first = _numbers(table, "year", "outcome_year", "base_year")
    aim, outcome, base = (table[f"{name}_definition"] for name in ("goal", *_ROLES))
    goal, end, start = _numbers(table, *(f"{name}_value" for name in ("goal", *_ROLES)))
    indicator, judged, pace = table["indicator"], table["judged"], table["judged"] == "pace"
    side = np.array(list(map(direction, indicator, table["goal_qualifier"])))
    tourism, linear = np.isin(indicator, TOURISM), np.array(list(map(is_linear, indicator)))
    before, compound = last < COVID[0], pace & ~linear
    why = {
        "no_outcome": judged == "",
        "unlike": ~alike(aim, outcome),
        "growth_rate_indicator": pace & list(map(_is_rate, indicator)),
        "no_direction": pace & (side == 0),
        "covid": pace & tourism & (np.isin(last, COVID) | (before & (year >= COVID[0]))),
        "stale": pace & (year - last > STALE_AFTER),
        "zero_base": compound & (end == 0),
        "sign_change": compound & ((end < 0) | (goal <= 0)),
    }
    of_outcome = np.select([*why.values()], [*why], "")
    because = {
        "no_base": pace & np.isnan(first),
        "unlike": pace & (~alike(aim, base) | ~alike(outcome, base) | table["torn"]),
        "zero_base": compound & (start == 0),
        "sign_change": compound & ((start < 0) | (end <= 0)),
    }
    found = np.where(of_outcome != "", of_outcome, np.select([*because.values()], [*because], ""))
    # A span shorter than the years left does not count beside a longer one that does.
    counts, spans, longest = pace & (found == ""), last - first, dict[Any, float]()
    keys = [*zip(table["place"], table["number"], table["outcome_figure_id"], strict=True)]
    for key, span in zip(compress(keys, counts), spans[counts], strict=True):
        longest[key] = max(span, longest.get(key, span))
    found[counts & (spans < np.minimum(year - last, [longest.get(key, 0) for key in keys]))] = "short_span"
    replaced, over = table["goal_stands"] == "replaced", pace & table["over"]
    told = {
        name: np.select([replaced, (said == "") & over], ["goal_replaced", "year_over"], said)
        for name, said in (("outcome_because", of_outcome), ("shown_because", found))
    }
    shown, through = told["shown_because"], tourism & (first < COVID[0]) & (last > COVID[-1])
    told |= {"counted": shown == "", "unlike": shown == "unlike", "through_covid": through}
    return told | {"side": side, "linear": linear}


def _answers(table: Columns) -> dict[str, np.ndarray]:
    """What each reading answers: growth a year needed and done over every corner of the two intervals (the
    outcome stands in both), whether it was enough, and the grade of the evidence."""
    side, linear = table["side"][:, None], table["linear"][:, None]
    year, last, first = _numbers(table, "year", "outcome_year", "base_year")[:, :, None]
    ends, starts = (_numbers(table, *(f"{role}_{end}" for end in CORNERS)).T for role in _ROLES)
    aim, judged = table["goal_value"][:, None], table["judged"]
    based, pace, level = ~np.isnan(first[:, 0]), judged == "pace", judged == "level"
    told = {"at_goal": np.where(judged != "", _at_goal(table, ends, aim, side), "")}
    needed = growth_a_year(ends, aim, year - last, linear)
    done = growth_a_year(starts[:, None], ends[:, :, None], (last - first)[:, None], linear[:, None])
    with np.errstate(all="ignore"):
        needed_each, sides = np.broadcast_to(needed[:, :, None], done.shape), side[:, None]
        ratio = np.where(sides * needed_each > 0, done / needed_each, np.inf)
        enough = (sides * (done - needed_each) >= -1e-12).reshape(len(aim), 9)
    for name, found, known in (("needed", needed, pace), ("done", done, based), ("ratio", ratio, based)):
        found = np.where(known[:, None], found.reshape(len(aim), -1), np.nan)
        told |= {name: found[:, 0], f"{name}_low": found.min(1), f"{name}_high": found.max(1)}
    printed = np.where(enough[:, 0], "yes", "no")
    settled = np.where((enough == enough[:, :1]).all(axis=1), printed, "open")
    for name, answer in (("enough", settled), ("as_printed", printed)):
        told[name] = np.select([level, based], [told["at_goal"], answer], "")
    unstated = sum(table[f"{name}_definition"] == "" for name in ("goal", *_ROLES)) == 1
    marks = ("contested", "outcome_contested", "base_contested", *MARKS)
    doubtful = np.any([table[name] for name in marks], axis=0) | unstated
    independent = np.minimum(table["outcome_publishers"], table["base_publishers"]) > 1
    grades = [~table["counted"], level, doubtful, independent]
    said = ["D", table["outcome_grade"].astype(str), "C", "A"]
    return told | {"grade": np.select(grades, said, "B"), "goal_value": table["goal_value"]}


def _numbers(table: Columns, *names: str) -> np.ndarray:
    return np.array([table[name] for name in names], dtype=float)


def _at_goal(table: Columns, ends: np.ndarray, aim: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Whether an outcome is at its goal or past it: yes, no, or open.

    Compared as printed: plain rounding leaves nothing open. A bound, an approximate, a range and a derived
    figure are open where their interval holds both answers ("gần 27.000" holds none over 27,000), and so is
    a figure exactly at a goal "over" it."""
    said, goal_said = (np.asarray(table[name]) for name in ("outcome_qualifier", "goal_qualifier"))
    plain = (said == "eq") & ~np.asarray(table["outcome_derived"], dtype=bool)
    ends = np.where(plain[:, None], ends[:, :1], ends[:, 1:])
    gap = np.where(np.isclose(ends, aim, rtol=1e-9, atol=0), 0.0, ends - aim)
    ahead = side * np.where(side == 0, 0.0, gap)  # an open end times no side is nothing
    worst, best = ahead.min(axis=1), ahead.max(axis=1)
    # "trên 66" lies above 66, "dưới 66" below.
    over, under = np.where(side[:, 0] > 0, [["gt"], ["lt"]], [["lt"], ["gt"]])
    neither, same = side[:, 0] == 0, (gap == 0).all(axis=1)
    yes = (worst > 0) | (worst == 0) & ((said == over) | (goal_said != over))
    no = (best < 0) | (best == 0) & ((said == under) | (goal_said == over) & (worst < 0))
    return np.select([neither & same, neither, yes, no], ["yes", "open", "yes", "no"], "open")


def growth_a_year(start: Any, end: Any, years: Any, linear: Any) -> Any:
    """Growth a year: in the unit, or compound as a fraction; from nothing it is without limit."""
    with np.errstate(all="ignore"):
        compound = np.where(start > 0, (np.maximum(end, 0.0) / start) ** (1 / years) - 1, np.inf)
        return np.where(linear, (end - start) / years, compound)
