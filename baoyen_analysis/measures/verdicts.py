"""What the readings of a goal that count agree on, or what they turn on, with the grade of the evidence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from baoyen_analysis import places
from baoyen_analysis.measures.choices import Evidence, evidence
from baoyen_analysis.measures.goals import KEY, Row, columns, direction, grouped, records
from baoyen_analysis.measures.growth import typed
from baoyen_analysis.measures.readings import as_tables, reading_rows

# What a goal is counted as: the year itself stays open where its number was reached before.
COUNTED_AS = {"met": "met", "missed": "missed", "open": "open", "reached": "open"}
PARTS = ("outcome", "base", "goal")
COLUMNS = columns("verdicts")
_OF_GOAL = ["goal_qualifier", "goal_denominator", "goal_definition", "goal_figure_id"]
SCORED = [*COLUMNS, *_OF_GOAL, "goal_ids", "counted_as"]


def judged(
    goals: pd.DataFrame,
    observations: pd.DataFrame,
    derived: pd.DataFrame,
    *,
    houses: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The scorecard, and the readings of each of its goals.

    The scorecard is the verdict on each goal, one row a goal, in the columns of `verdict` and after them
    `goal_qualifier`, `goal_denominator`, `goal_definition`, `goal_figure_id`, `goal_ids` (those of goals.csv;
    "" = also planned) and `counted_as` (met, missed, open, without).

    `goals`: as `goals.goals` gives them, of as many areas and years as you like."""
    return judged_by(goals, evidence(observations, derived, houses=houses))


def judged_by(goals: pd.DataFrame, held: Evidence) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """As `judged`, by outcomes that were read before."""
    of, _ = places.numbered(*(goals[name] for name in KEY))
    parts = [*grouped(records(goals.assign(of=of)), "of").values()]
    found = reading_rows(parts, held)
    rows = []
    for numbers, readings in zip(parts, found, strict=True):
        row = verdict_row(readings) | {name: numbers[0][name] for name in _OF_GOAL}
        ids = sorted({name for number in numbers for name in number["goal_ids"].split()})
        counted_as = COUNTED_AS.get(row["verdict"], "without")
        rows.append(row | {"goal_ids": " ".join(ids), "counted_as": counted_as})
    return typed(pd.DataFrame(rows, columns=SCORED), {"outcome_year": "Int64"}), list(as_tables(found))


def scorecard(*tables: pd.DataFrame, houses: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The verdict on each goal, from goals, observations and derived figures: see `judged`."""
    return judged(*tables, houses=houses)[0]


def counts(scorecard: pd.DataFrame) -> dict[str, int]:
    """How many of the goals are met, missed, open and without an outcome of their year: together all of
    them."""
    found = [*scorecard["counted_as"]]
    return {"goals": len(found)} | {name: found.count(name) for name in ("met", "missed", "open", "without")}


def verdict(readings: pd.DataFrame) -> pd.DataFrame:
    """The verdict on one goal, one row, from its readings.

    `verdict`: met or missed where an outcome of the goal's year is held, open where it does not settle it;
    reached where every outcome was at the goal before; else fast_enough, too_slow, turns_on (`turns_on`:
    rounding, outcome, base or goal), depends, or no_pace with the `reason`. `n_counted`, `n_yes`, `n_no`,
    `n_open` count readings. `outcome_low` to `done_high` are the least and greatest printed values over the
    readings that count (of the outcomes alone where none does); attainment is outcome over goal (goal over
    outcome where less is better). `grade`: A and B state, C is on the record held, D misses something.
    `figure_ids`: all that it rests on."""
    table = pd.DataFrame([verdict_row(records(readings))], columns=COLUMNS)
    return typed(table, {"outcome_year": "Int64"})


def answers_by(readings: pd.DataFrame, part: str) -> pd.DataFrame:
    """What each outcome, base or goal's number answers over the readings that count: "50 yes, 45 no, 47
    either".

    Columns: `part`, `year`, `value`, `figure_id`, `answer` (yes, no, either), `odd` (it alone answers so
    while two or more say otherwise)."""
    if part not in PARTS:
        raise ValueError(f"part {part!r}: ask for one of {', '.join(PARTS)}")
    read = ["year", *(f"{part}_{of}" for of in ("value", "figure_id")), "as_printed"]
    read += [f"{part}_year"] * (part != "goal")
    groups = _by_part(records(readings.loc[readings["counted"], read]), part)
    answers = [_together(rows) for rows in groups.values()]
    rows = [
        {
            "part": part,
            "year": year,
            "value": rows[0][f"{part}_value"],
            "figure_id": figure_id,
            "answer": answer,
            "odd": answers.count(answer) == 1 and len(answers) > 2,
        }
        for ((year, figure_id), rows), answer in zip(groups.items(), answers, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["part", "year", "value", "figure_id", "answer", "odd"])
    by = ["year", "value", "figure_id"]
    return table.sort_values(by, ascending=[False, False, True], ignore_index=True) if rows[1:] else table


def verdict_row(every: list[Row]) -> Row:
    """The verdict as a row; numbers that were replaced are shown among the readings and say nothing."""
    rows = [row for row in every if row["goal_stands"] != "replaced"]
    counted = [row for row in rows if row["counted"]]
    level = [row for row in rows if row["judged"] == "level"]
    used = counted or level or [row for row in rows if not row["outcome_because"]] or rows
    like = [row for row in used if row["shown_because"] not in ("unlike", "no_outcome")]
    first = next(row for row in rows if row["goal_stands"] == "goal")
    found, answers = _decided(rows), [row["enough"] for row in counted]
    kinds = {
        "derived" if row["derived"] and row["judged"] == "level" else row["outcome_kind"] for row in used
    }
    named = [used[0]["goal_figure_ids"]]
    named += [row[f"{role}_figure_ids"] for role in PARTS[:2] for row in used]
    result = {name: first[name] for name in ("indicator", "area", "area_level", "year", "goal_kind")}
    result |= dict(zip(("verdict", "turns_on", "reason"), found, strict=True))
    for name, values in {
        "outcome": [row["outcome_value"] for row in used],
        "attainment": [attained(row, row["goal_value"], row["outcome_value"]) for row in like],
        "needed": [row["needed"] for row in like],
        "done": [row["done"] for row in counted],
    }.items():
        known = [value for value in values if pd.notna(value)]
        result |= {f"{name}_low": min(known, default=np.nan), f"{name}_high": max(known, default=np.nan)}
    return result | {
        "goal": first["goal_value"],
        "grade": _grade(found[0], rows),
        "n_counted": len(counted),
        **{f"n_{answer}": answers.count(answer) for answer in ("yes", "no", "open")},
        "outcome_year": max((row["outcome_year"] for row in used if row["outcome_figure_id"]), default=pd.NA),
        "outcome_kind": " + ".join(sorted(kinds)),
        "figure_ids": " ".join(dict.fromkeys(" ".join(named).split())),
    }


def _decided(rows: list[Row]) -> tuple[str, str, str]:
    """Verdict, what it turns on and the reason, from the readings."""
    counted = [row for row in rows if row["counted"]]
    answers = {row["enough"] for row in counted}
    level = any(row["judged"] == "level" for row in rows)
    outcomes = {row["at_goal"] for row in rows if not row["outcome_because"]}
    if not level and outcomes == {"yes"}:
        return "reached", "", ""
    if answers in ({"yes"}, {"no"}):
        yes, no = ("met", "missed") if level else ("fast_enough", "too_slow")
        return yes if "yes" in answers else no, "", ""
    if level:
        return "open", *_left_open(counted, answers)
    if not counted:
        return "no_pace", "", " + ".join(dict.fromkeys(row["shown_because"] for row in rows))
    # Open ones count as printed, unless all are open.
    if len({row["as_printed"] for row in counted}) == 1 or answers == {"open"}:
        return "turns_on", "rounding", ""
    part = _first_part(counted)
    return "turns_on" if part else "depends", part, ""


def _left_open(counted: list[Row], answers: set[str]) -> tuple[str, str]:
    """What the outcomes of the goal's own year turn on, and why they leave it open."""
    if not counted:
        return "", "unlike"
    if {"yes", "no"} <= answers:
        return _first_part(counted), "both_sides"
    undecided = [row for row in counted if row["enough"] == "open"]
    if any(direction(row["indicator"], row["goal_qualifier"]) == 0 for row in undecided):
        return "", "no_direction"
    exact = all(np.isclose(row["outcome_value"], row["goal_value"], rtol=1e-9, atol=0) for row in undecided)
    return "rounding", "at_bound" if exact else "straddles"


def _first_part(counted: list[Row]) -> str:
    """The first of outcome, base and goal of which each value has one answer and both answers occur."""
    for part in PARTS:
        if {_together(rows) for rows in _by_part(counted, part).values()} == {"yes", "no"}:
            return part
    return ""


def _by_part(rows: list[Row], part: str) -> dict[tuple[int, str], list[Row]]:
    return grouped(rows, "year" if part == "goal" else f"{part}_year", f"{part}_figure_id")


def _together(rows: list[Row]) -> str:
    answers = {row["as_printed"] for row in rows}
    return answers.pop() if answers in ({"yes"}, {"no"}) else "either"


def _grade(verdict: str, rows: list[Row]) -> str:
    """The grade of the best-graded readings that alone give the verdict."""
    if verdict in ("turns_on", "depends", "open"):
        return "C" if any(row["counted"] for row in rows) else "D"
    reached = verdict == "reached"
    graded, because = ("outcome_grade", "outcome_because") if reached else ("grade", "shown_because")
    for grade in "ABC":
        # What does not count stays: it says what the verdict is not.
        best = [row for row in rows if row[because] or row[graded] <= grade]
        if not all(row[because] for row in best) and _decided(best)[0] == verdict:
            return grade
    return "D"


def attained(row: Row, goal: float, value: float) -> float:
    """Outcome over goal; goal over outcome where less is better."""
    less = direction(row["indicator"], row.get("goal_qualifier", "eq")) < 0
    over, under = (goal, value) if less else (value, goal)
    return over / under if under > 0 else np.nan
