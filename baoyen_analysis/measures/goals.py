"""The goals of an area: what was set for it, by what it is and not by the figure that printed it.

A goal is an area, a level, an indicator, a year, what is counted and a number; its kind is the plan for the
year, else the target for the term, else the legal standard. `targets` is the table of that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import same_number
from baoyen_analysis.vocabulary import INDICATORS, OUTCOMES

KINDS = ("plan", "target", "threshold")
# What makes two numbers the numbers of one goal.
KEY = ["indicator", "area", "area_level", "area_since", "year", "goal_definition"]
COLUMNS = [
    *KEY,
    *("stands", "goal_kind", "goal", "goal_qualifier", "goal_denominator", "goal_period"),
    *("goal_figure_id", "goal_figure_ids", "goal_ids"),
]
_TARGET = [
    *("goal_id", "figure_id", "area", "area_level", "area_since", "indicator", "period", "kind", "value"),
    *("low", "high", "qualifier", "denominator", "definition", "status", "reason"),
]


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
    cells: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in _set_for(targets, area, level):
        if (indicator in (None, row["indicator"])) and (year in (None, row["year"])):
            cells.setdefault(tuple(row[name] for name in KEY[:-1]), []).append(row)
    found = [number for cell in sorted(cells) for number in _goals_of(cells[cell])]
    return pd.DataFrame(found, columns=COLUMNS).astype({"year": int})


def each(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each goal, one goal after the other."""
    for _, rows in table.groupby(KEY, sort=False, dropna=False):
        yield rows


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
    row = dict.fromkeys(COLUMNS, "") | {
        "indicator": indicator,
        "area": area,
        "area_level": level,
        "area_since": None,
        "year": int(year),
        "stands": "goal",
        "goal_kind": "asked",
        "goal": float(value),
        "goal_qualifier": qualifier,
        "goal_denominator": np.nan,
        "goal_definition": definition,
        "goal_period": str(year),
    }
    return pd.DataFrame([row], columns=COLUMNS)


def goal_year(
    targets: pd.DataFrame, observations: pd.DataFrame, *, area: str = "Bảo Yên", level: str = "district"
) -> int | None:
    """The year whose goals are asked for when none is named: that of the plan which goals.csv names, else the
    next after the area's latest full-year outcome of what was planned, else the last; None without a goal."""
    rows = _set_for(targets, area, level)
    named = [row["year"] for row in rows if row["goal_id"] and row["kind"] == "plan"]
    if named or not rows:
        return min(named, default=None)
    held = observations[
        (observations["area"] == area)
        & (observations["area_level"] == level)
        & observations["indicator"].isin({row["indicator"] for row in rows})
        & observations["kind"].isin(OUTCOMES)
        & (observations["period"] == observations["year"].astype(str))
    ]
    years = sorted({row["year"] for row in rows})
    return next((year for year in years if held.empty or year > held["year"].max()), years[-1])


def direction(indicator: str, qualifier: str = "eq") -> int:
    """1 where more is better, -1 where less is; for an indicator of neither, the side its goal's bound is on,
    and 0 without one."""
    known = INDICATORS[indicator].direction if indicator in INDICATORS else 1
    return known or {"gt": 1, "ge": 1, "lt": -1, "le": -1}.get(qualifier, 0)


def _set_for(targets: pd.DataFrame, area: str | None, level: str) -> list[dict[str, Any]]:
    """What was set for an area (or for each, with None) for a whole year or for a span up to one, each figure
    once, with the year that it is due in."""
    due = [re.fullmatch(r"(?:\d{4}-)?(\d{4})", period) for period in targets["period"]]
    rows = [
        row | {"year": int(found[1])}
        for row, found in zip(targets[_TARGET].to_dict("records"), due, strict=True)
        if found and row["kind"] in KINDS and pd.notna(row["value"]) and row["status"] != "out_of_scope"
    ]
    own = [row for row in rows if area is None or (row["area"], row["area_level"]) == (area, level)]
    places = {(row["area"], row["area_level"], row["area_since"]) for row in own if row["goal_id"]}
    standards = [
        row | dict(zip(("area", "area_level", "area_since"), place, strict=True))
        for row in rows
        if row["goal_id"] and row["kind"] == "threshold" and row["area_level"] == "country"
        for place in sorted(places)
        if place[1] != "country"
    ]
    once: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted([*own, *standards], key=lambda row: (row["figure_id"], row["goal_id"])):
        held = once.setdefault((row["figure_id"], row["area"]), row | {"goal_ids": []})
        held["goal_ids"] += [row["goal_id"]] * bool(row["goal_id"])
    return list(once.values())


def _goals_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The goals of one indicator, place and year, by what is counted; a blank definition stands with the one
    that is stated, if only one is."""
    stated = {row["definition"] for row in rows} - {""}
    only = stated.pop() if len(stated) == 1 else ""
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        parts.setdefault(row["definition"] or only, []).append(row)
    return [
        number | {"goal_definition": counted_as}
        for counted_as, part in sorted(parts.items())
        for number in _numbers(part)
    ]


def _numbers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The numbers of one goal: those of its own kind, and those in force of the other kinds."""
    found: list[dict[str, Any]] = []
    for kind in KINDS:
        of_kind = _of_one_kind([row for row in rows if row["kind"] == kind])
        found += of_kind if not found else [row | {"stands": "beside"} for row in of_kind[:1]]
    return found


def _of_one_kind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The number in force, those that conflict with it and those that it replaced, each with what restates
    it."""
    numbers: list[list[dict[str, Any]]] = []
    for row in sorted(rows, key=_speaks_first):
        same = [
            number
            for number in numbers
            if same_number(row, number[0]) or (number is numbers[0] and row["reason"] == "same_number")
        ]
        if same:
            same[0].append(row)
        else:
            numbers.append([row])
    return [_number(number, first=number is numbers[0]) for number in numbers]


def _speaks_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Which figure stands for others: by status; of one status one that prints the bound or the total."""
    bare = row["qualifier"] in ("eq", "approx") and pd.isna(row["denominator"])
    return ({"chosen": 0, "conflicting": 1}.get(row["status"], 2), bare, row["figure_id"])


def _number(rows: list[dict[str, Any]], *, first: bool) -> dict[str, Any]:
    # A restatement without the bound or the total agrees and does not replace.
    speaks = min(rows, key=lambda row: (_speaks_first(row)[1], _speaks_first(row)))
    conflicting = any(row["status"] in ("chosen", "conflicting") for row in rows)
    lower_better = direction(speaks["indicator"], speaks["qualifier"]) < 0
    said = {name: speaks[name] for name in KEY[:-1]} | {
        f"goal_{name}": speaks[name] for name in ("kind", "qualifier", "denominator", "period", "figure_id")
    }
    return said | {
        "stands": "goal" if first else "choice" if conflicting else "replaced",
        "goal": speaks["high"] if speaks["qualifier"] == "range" and lower_better else speaks["value"],
        "goal_figure_ids": " ".join(
            [speaks["figure_id"], *(r["figure_id"] for r in rows if r is not speaks)]
        ),
        "goal_ids": " ".join(sorted({goal for row in rows for goal in row["goal_ids"]})),
    }
