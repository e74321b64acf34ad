"""The goals of an area: what was set for it, by what it is and not by the figure that printed it.

A goal is an area, a level, an indicator, a year, what is counted and a number; its kind is the plan for the
year, else the target for the term, else the legal standard. `targets` is the table of that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from baoyen_analysis import paths
from baoyen_analysis.agreement import same_number
from baoyen_analysis.measures.growth import TEXT, outcomes, typed
from baoyen_analysis.vocabulary import INDICATORS, OUTCOMES

KINDS = ("plan", "target", "threshold")
_DUE = re.compile(r"(?:\d{4}-)?(\d{4})")  # a year, or the last of a span


Row: TypeAlias = dict[str, Any]


@cache
def columns(table: str) -> list[str]:
    """The columns of a table that a measure gives, in their order (`columns.csv`)."""
    return [row["column"] for row in paths.rows_beside(__file__, "columns.csv") if row["table"] == table]


COLUMNS = columns("goals")
KEY = COLUMNS[:6]  # what makes two numbers the numbers of one goal


def grouped(rows: Iterable[Row], *names: str) -> dict[Any, list[Row]]:
    """The rows by what they hold under the names, in their order."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(itemgetter(*names)(row), []).append(row)
    return found


def records(table: pd.DataFrame) -> list[Row]:
    """The rows as `to_dict("records")` gives them, read a column at a time, which takes a tenth as long."""
    cells = (
        column.tolist()
        if column.dtype in (TEXT, np.float64)
        else [None if cell is pd.NA else cell for cell in column.tolist()]
        for _, column in table.items()
    )
    names = table.columns.tolist()
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def outcome_rows(observations: pd.DataFrame, **wanted: Any) -> list[Row]:
    """The rows of the outcomes that speak (see `growth.outcomes`), of the columns that are read of them."""
    return records(outcomes(observations.filter(items=columns("outcomes")), **wanted))


def goals(
    targets: pd.DataFrame,
    *,
    area: str | None = "Bảo Yên",
    level: str = "district",
    year: int | None = None,
    indicator: str | None = None,
) -> pd.DataFrame:
    """The goals of an area (of each, with None), of all years or of one: a row a number, the one in force
    first.

    Rows of one goal share `indicator`, `area`, `area_level`, `year` and `goal_definition` (what is counted; a
    blank definition stands with the one that is stated, if only one is). `stands` says what a number is:
    "goal" the one in force, "choice" one that conflicts with it, "replaced" one that it raised or lowered,
    "beside" the number in force of a target or standard that stands beside a plan. Further columns:
    `goal_kind`, `goal` (the number, in the indicator's unit; of a range its weaker end), `goal_qualifier`,
    `goal_denominator`, `goal_period`, `goal_figure_id`, `goal_figure_ids` (it and what
    restates it, separated by spaces) and `goal_ids` (those of goals.csv). A standard of the country that
    goals.csv names holds for each area that it names. What is set for a part of a year is no goal.

    >>> row = {"area": "Bảo Yên", "area_level": "district", "area_since": "", "definition": "",
    ...        "indicator": "income_per_capita", "period": "2024", "kind": "plan", "denominator": None,
    ...        "value": 66.0, "low": 66.0, "high": 66.0}
    >>> over = row | {"figure_id": "press-1", "qualifier": "gt", "goal_id": "plan-2024", "status": "chosen",
    ...               "reason": "first"}
    >>> again = row | {"figure_id": "office-1", "qualifier": "eq", "goal_id": "", "status": "superseded",
    ...                "reason": "same_number"}
    >>> table = goals(pd.DataFrame([again, over]))
    >>> table[["goal", "goal_qualifier", "goal_figure_ids", "goal_ids"]].values.tolist()
    [[66.0, 'gt', 'press-1 office-1', 'plan-2024']]
    """
    rows = _set_for(targets, area, level)
    wanted = [r for r in rows if indicator in (None, r["indicator"]) and year in (None, r["year"])]
    cells = grouped(wanted, *KEY[:-1])
    found = [number for cell in sorted(cells) for number in _goals_of(cells[cell])]
    return typed(pd.DataFrame(found, columns=COLUMNS), {"year": int})


def each(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each goal, one goal after the other."""
    yield from (rows for _, rows in table.groupby(KEY, sort=False, dropna=False))


def asked(
    indicator: str,
    *,
    value: float,
    year: int,
    area: str = "Bảo Yên",
    level: str = "district",
    qualifier: str = "eq",
    definition: str = "",
) -> pd.DataFrame:
    """A goal that nobody printed, as `goals` gives one: what if 60 had been the plan of 2023?"""
    key = [indicator, area, level, None, int(year), definition]
    rest = ["goal", "asked", float(value), qualifier, np.nan, str(year), "", "", ""]
    return pd.DataFrame([[*key, *rest]], columns=COLUMNS)


def goal_year(
    targets: pd.DataFrame, observations: pd.DataFrame, *, area: str = "Bảo Yên", level: str = "district"
) -> int | None:
    """The year whose goals are asked for when none is named: that of the plan which goals.csv names, else the
    next after the area's latest full-year outcome of what was planned, else the last; None without a goal."""
    rows = _set_for(targets, area, level)
    named = [row["year"] for row in rows if row["goal_id"] and row["kind"] == "plan"]
    if named or not rows:
        return min(named, default=None)
    planned = {row["indicator"] for row in rows}
    told = ("year", "period", "kind", "indicator", "area", "area_level")
    held = [
        year
        for year, period, kind, indicator, *place in zip(
            *(observations[name].tolist() for name in told), strict=True
        )
        if period == str(year) and kind in OUTCOMES and indicator in planned and place == [area, level]
    ]
    years = sorted({row["year"] for row in rows})
    return next((year for year in years if not held or year > max(held)), years[-1])


def direction(indicator: str, qualifier: str = "eq") -> int:
    """1 where more is better, -1 where less is; for an indicator of neither, the side its goal's bound is on,
    and 0 without one."""
    known = INDICATORS[indicator].direction if indicator in INDICATORS else 1
    return known or {"gt": 1, "ge": 1, "lt": -1, "le": -1}.get(qualifier, 0)


def _set_for(targets: pd.DataFrame, area: str | None, level: str) -> list[Row]:
    """What was set for an area (or for each, with None) for a whole year or for a span up to one, each figure
    once, with the year that it is due in."""
    rows = [
        row | {"year": int(due[1])}
        for row in sorted(records(targets), key=itemgetter("figure_id", "goal_id"))
        if (due := _DUE.fullmatch(str(row["period"])))
        and row["kind"] in KINDS
        and pd.notna(row["value"])
        and row["status"] != "out_of_scope"
    ]
    own = [row for row in rows if area is None or (row["area"], row["area_level"]) == (area, level)]
    places = {itemgetter(*KEY[1:4])(row) for row in own if row["goal_id"] and row["area_level"] != "country"}
    standards = [
        row | dict(zip(KEY[1:4], place, strict=True))
        for row in rows
        if row["goal_id"] and row["kind"] == "threshold" and row["area_level"] == "country"
        for place in sorted(places)
    ]
    return [
        of_figure[0] | {"goal_ids": [row["goal_id"] for row in of_figure if row["goal_id"]]}
        for of_figure in grouped([*own, *standards], "figure_id", "area").values()
    ]


def _goals_of(rows: list[Row]) -> Iterator[Row]:
    """The numbers of the goals of one indicator, place and year, by what is counted (a blank definition
    stands with the one that is stated, if only one is): those of its own kind, and those in force of the
    other kinds."""
    stated = {row["definition"] for row in rows} - {""}
    only = stated.pop() if len(stated) == 1 else ""
    parts = grouped((row | {"goal_definition": row["definition"] or only} for row in rows), "goal_definition")
    for counted_as in sorted(parts):
        kinds = grouped(parts[counted_as], "kind")
        own, *others = (_of_one_kind(kinds[kind]) for kind in KINDS if kind in kinds)
        yield from [*own, *(numbers[0] | {"stands": "beside"} for numbers in others)]


def _of_one_kind(rows: list[Row]) -> list[Row]:
    """The number in force, those that conflict with it and those that it replaced, each with what restates
    it."""
    numbers: list[list[Row]] = []
    for row in sorted(rows, key=_speaks_first):
        for number in numbers:
            if same_number(row, number[0]) or (number is numbers[0] and row["reason"] == "same_number"):
                number.append(row)
                break
        else:
            numbers.append([row])
    return [_number(number) | ({} if place else {"stands": "goal"}) for place, number in enumerate(numbers)]


def _speaks_first(row: Row) -> tuple[Any, ...]:
    """Which figure stands for others: by status; of one status one that prints the bound or the total."""
    bare = row["qualifier"] in ("eq", "approx") and pd.isna(row["denominator"])
    return ({"chosen": 0, "conflicting": 1}.get(row["status"], 2), bare, row["figure_id"])


def _number(rows: list[Row]) -> Row:
    # A restatement without the bound or the total agrees and does not replace.
    speaks = min(rows, key=lambda row: (_speaks_first(row)[1], _speaks_first(row)))
    open_to = any(row["status"] in ("chosen", "conflicting") for row in rows)
    lower_better = direction(speaks["indicator"], speaks["qualifier"]) < 0
    ids = [speaks["figure_id"], *(row["figure_id"] for row in rows if row is not speaks)]
    said = ("kind", "qualifier", "denominator", "period", "figure_id")
    return (
        speaks
        | {f"goal_{name}": speaks[name] for name in said}
        | {
            "stands": "choice" if open_to else "replaced",
            "goal": speaks["high"] if speaks["qualifier"] == "range" and lower_better else speaks["value"],
            "goal_figure_ids": " ".join(ids),
            "goal_ids": " ".join(sorted({goal for row in rows for goal in row["goal_ids"]})),
        }
    )
