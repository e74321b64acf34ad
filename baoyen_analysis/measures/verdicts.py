"""What the readings of a goal that count agree on, or what they turn on, with the grade of the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.measures.choices import evidence
from baoyen_analysis.measures.goals import direction, each
from baoyen_analysis.measures.readings import LONGEST_SPAN, reading_rows

VERDICTS = ("met", "missed", "open", "reached", "fast_enough", "too_slow", "turns_on", "depends", "no_pace")
# What a goal is counted as: the year itself stays open where its number was reached before.
COUNTED_AS = {"met": "met", "missed": "missed", "open": "open", "reached": "open"}
PARTS = ("outcome", "base", "goal")
COLUMNS = [
    *("indicator", "area", "area_level", "year", "goal", "goal_kind", "verdict", "grade", "turns_on"),
    *("n_counted", "n_yes", "n_no", "n_open", "outcome_low", "outcome_high", "outcome_year", "outcome_kind"),
    *("attainment_low", "attainment_high", "needed_low", "needed_high", "done_low", "done_high"),
    *("reason", "figure_ids"),
]
_OF_GOAL = ["goal_qualifier", "goal_denominator", "goal_definition", "goal_figure_id"]


def scorecard(
    goals: pd.DataFrame,
    observations: pd.DataFrame,
    derived: pd.DataFrame,
    *,
    houses: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The verdict on each goal, one row a goal, in the columns of `verdict` and after them `goal_qualifier`,
    `goal_denominator`, `goal_definition`, `goal_figure_id`, `goal_ids` (those of goals.csv; "" = also
    planned) and `counted_as` (met, missed, open, without).

    `goals`: as `goals.goals` gives them, of as many areas and years as you like."""
    rows = []
    found = evidence(observations, derived, houses=houses)
    for goal in each(goals):
        judged = verdict_row(reading_rows(goal.to_dict("records"), found))
        ids = sorted({name for text in goal["goal_ids"] for name in text.split()})
        counted_as = COUNTED_AS.get(judged["verdict"], "without")
        first = goal.iloc[0][_OF_GOAL].to_dict()
        rows.append(judged | first | {"goal_ids": " ".join(ids), "counted_as": counted_as})
    table = pd.DataFrame(rows, columns=[*COLUMNS, *_OF_GOAL, "goal_ids", "counted_as"])
    return table.astype({"outcome_year": "Int64"})


def counts(scorecard: pd.DataFrame) -> dict[str, int]:
    """How many of the goals are met, missed, open and without an outcome of their year: together all of
    them."""
    found = scorecard["counted_as"].value_counts()
    return {"goals": len(scorecard)} | {
        name: int(found.get(name, 0)) for name in ("met", "missed", "open", "without")
    }


def verdict(readings: pd.DataFrame) -> pd.DataFrame:
    """The verdict on one goal, one row, from its readings.

    `verdict`: met or missed where an outcome of the goal's year is held, open where it does not settle it;
    reached where every outcome was at the goal before; else fast_enough, too_slow, turns_on (`turns_on`:
    rounding, outcome, base or goal), depends, or no_pace with the `reason`. `n_counted`, `n_yes`, `n_no`,
    `n_open` count readings. `outcome_low` to `done_high` are the least and greatest printed values over the
    readings that count (of the outcomes alone where none does); attainment is outcome over goal (goal over
    outcome where less is better). `grade`: A and B state, C is on the record held, D misses something.
    `figure_ids`: all that it rests on."""
    table = pd.DataFrame([verdict_row(readings.to_dict("records"))], columns=COLUMNS)
    return table.astype({"outcome_year": "Int64"})


def answers_by(readings: pd.DataFrame, part: str) -> pd.DataFrame:
    """What each outcome, base or goal's number answers over the readings that count: "50 yes, 45 no, 47
    either".

    Columns: `part`, `year`, `value`, `figure_id`, `answer` (yes, no, either), `odd` (it alone answers so
    while two or more say otherwise)."""
    if part not in PARTS:
        raise ValueError(f"part {part!r}: ask for one of {', '.join(PARTS)}")
    groups = _grouped(readings[readings["counted"]].to_dict("records"), part)
    answers = [_together(rows) for rows in groups.values()]
    rows = [
        {
            "part": part,
            "year": rows[0]["year"] if part == "goal" else rows[0][f"{part}_year"],
            "value": rows[0][f"{part}_value"],
            "figure_id": rows[0][f"{part}_figure_id"],
            "answer": answer,
            "odd": answers.count(answer) == 1 and len(answers) > 2,
        }
        for rows, answer in zip(groups.values(), answers, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["part", "year", "value", "figure_id", "answer", "odd"])
    return table.sort_values(
        ["year", "value", "figure_id"], ascending=[False, False, True], ignore_index=True
    )


def verdict_row(every: list[dict[str, Any]]) -> dict[str, Any]:
    """The verdict as a row; numbers that were replaced are shown among the readings and say nothing."""
    rows = [row for row in every if row["goal_stands"] != "replaced"]
    counted = [row for row in rows if row["counted"]]
    found = _decided(rows)
    answers = [row["enough"] for row in counted]
    level = [row for row in rows if row["judged"] == "level"]
    used = counted or level or [row for row in rows if row["outcome_because"] == ""] or rows
    like = [row for row in used if row["shown_because"] not in ("unlike", "no_outcome")]
    first = next(row for row in rows if row["goal_stands"] == "goal")
    result = {name: first[name] for name in ("indicator", "area", "area_level", "year", "goal_kind")}
    result |= found | {
        "goal": first["goal_value"],
        "grade": _grade(found, rows),
        "n_counted": len(counted),
        **{f"n_{answer}": answers.count(answer) for answer in ("yes", "no", "open")},
        **_ends("outcome", [row["outcome_value"] for row in used]),
        **_ends("attainment", [_attainment(row) for row in like]),
        **_ends("needed", [row["needed"] for row in like]),
        **_ends("done", [row["done"] for row in counted]),
        "outcome_year": max((row["outcome_year"] for row in used if row["outcome_figure_id"]), default=pd.NA),
        "outcome_kind": _kind(used),
        "figure_ids": _figure_ids(used),
    }
    return result


def _decided(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Verdict, what it turns on and the reason, from the readings."""
    counted = [row for row in rows if row["counted"]]
    if any(row["judged"] == "level" for row in rows):
        return _of_the_year(counted)
    outcomes = [row for row in rows if row["outcome_because"] == ""]
    if outcomes and all(row["at_goal"] == "yes" for row in outcomes):
        return _said("reached")
    if not counted:
        return _said("no_pace", reason=" + ".join(dict.fromkeys(row["shown_because"] for row in rows)))
    answers = {row["enough"] for row in counted}
    if answers <= {"yes"} or answers <= {"no"}:
        return _said("fast_enough" if answers == {"yes"} else "too_slow")
    return _turning(counted)


def _of_the_year(counted: list[dict[str, Any]]) -> dict[str, str]:
    """Met, missed or open, from the outcomes of the goal's own year."""
    answers = {row["enough"] for row in counted}
    if answers == {"yes"} or answers == {"no"}:
        return _said("met" if answers == {"yes"} else "missed")
    if not counted:
        return _said("open", reason="unlike")
    if {"yes", "no"} <= answers:
        return _said("open", turns_on=_first_part(counted), reason="both_sides")
    undecided = [row for row in counted if row["enough"] == "open"]
    if any(direction(row["indicator"], row["goal_qualifier"]) == 0 for row in undecided):
        return _said("open", reason="no_direction")
    exact = all(np.isclose(row["outcome_value"], row["goal_value"], rtol=1e-9, atol=0) for row in undecided)
    return _said("open", turns_on="rounding", reason="at_bound" if exact else "straddles")


def _turning(counted: list[dict[str, Any]]) -> dict[str, str]:
    """What readings that do not all say the same turn on: open ones count as printed, unless all are open."""
    if len({row["as_printed"] for row in counted}) == 1 or all(row["enough"] == "open" for row in counted):
        return _said("turns_on", turns_on="rounding")
    part = _first_part(counted)
    return _said("turns_on", turns_on=part) if part else _said("depends")


def _first_part(counted: list[dict[str, Any]]) -> str:
    """The first of outcome, base and goal of which each value has one answer and both answers occur."""
    for part in PARTS:
        answers = {_together(rows) for rows in _grouped(counted, part).values()}
        if answers == {"yes", "no"}:
            return part
    return ""


def _grouped(rows: list[dict[str, Any]], part: str) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        year = row["year" if part == "goal" else f"{part}_year"]
        groups.setdefault((year, row[f"{part}_figure_id"]), []).append(row)
    return groups


def _together(rows: list[dict[str, Any]]) -> str:
    answers = {row["as_printed"] for row in rows}
    return answers.pop() if answers in ({"yes"}, {"no"}) else "either"


def _said(verdict: str, *, turns_on: str = "", reason: str = "") -> dict[str, str]:
    return {"verdict": verdict, "turns_on": turns_on, "reason": reason}


def _grade(found: Mapping[str, str], rows: list[dict[str, Any]]) -> str:
    """The grade of the best-graded readings that alone give the verdict."""
    if found["verdict"] in ("turns_on", "depends"):
        return "C"
    if found["verdict"] == "open":
        return "C" if any(row["counted"] for row in rows) else "D"
    reached = found["verdict"] == "reached"
    graded, because = ("outcome_grade", "outcome_because") if reached else ("grade", "shown_because")
    for grade in "ABC":
        # What does not count stays: it says what the verdict is not.
        best = [row for row in rows if row[because] or row[graded] <= grade]
        alone = any(not row[because] for row in best)
        if alone and _decided(best)["verdict"] == found["verdict"]:
            return grade
    return "D"


def _attainment(row: Mapping[str, Any]) -> float:
    less = direction(row["indicator"], row["goal_qualifier"]) < 0
    over, under = (row["goal_value"], row["outcome_value"])[:: 1 if less else -1]
    return over / under if under > 0 else np.nan


def _ends(name: str, values: list[float]) -> dict[str, float]:
    known = [value for value in values if pd.notna(value)]
    return {f"{name}_low": min(known, default=np.nan), f"{name}_high": max(known, default=np.nan)}


def _kind(rows: list[dict[str, Any]]) -> str:
    kinds = [
        "derived" if row["derived"] and row["judged"] == "level" else row["outcome_kind"] for row in rows
    ]
    return kinds[0] if len(set(kinds)) == 1 else " + ".join(sorted(set(kinds)))


def _figure_ids(rows: list[dict[str, Any]]) -> str:
    every = [rows[0]["goal_figure_ids"]]
    every += [row[f"{role}_figure_ids"] for role in ("outcome", "base") for row in rows]
    return " ".join(dict.fromkeys(figure_id for text in every for figure_id in text.split()))


def pace_verdicts(values: np.ndarray, years: np.ndarray, *, goals: np.ndarray, year: int) -> np.ndarray:
    """The verdict on many plain series at once, one word a series: reached, fast_enough, too_slow or
    turns_on.

    `values`: series × points, positive, exact; `years`: those of the points, in order; `goals`: one a
    series, for `year`, where more is better. The last point is the outcome and every earlier one a base, by
    the same rules as readings of a record.

    >>> values = np.array([[75.0, 80.0], [9.35, 50.0]])
    >>> pace_verdicts(values, np.array([2019, 2021]), goals=np.array([95, 55]), year=2024).tolist()
    ['too_slow', 'fast_enough']
    """
    last, span, left = values[:, -1], years[-1] - years[:-1], year - years[-1]
    usable = span <= LONGEST_SPAN
    counts = usable & (span >= min(left, span[usable].max(initial=0)))
    needed = (goals / last) ** (1 / left) - 1
    done = (last[:, None] / values[:, :-1]) ** (1 / span) - 1
    enough = (done >= needed[:, None] - 1e-12)[:, counts]
    answers = np.select([enough.all(axis=1), ~enough.any(axis=1)], ["fast_enough", "too_slow"], "turns_on")
    return np.where(last >= goals, "reached", answers)
