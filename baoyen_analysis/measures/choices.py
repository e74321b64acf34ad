"""What can stand for a year: of the outcomes held, figures that can both be so are one choice, and only those
that cannot are two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import agree, alike
from baoyen_analysis.measures.goals import Row, columns, grouped, records
from baoyen_analysis.measures.growth import typed
from baoyen_analysis.vocabulary import OUTCOMES

# What a year adds up from its parts, so that a part past the plan tells of the year.
ADDING_UNITS = ("visits", "billion VND", "tonnes")
CELL = ("indicator", "area", "area_level")
Cells: TypeAlias = dict[tuple[str, str, str], list[Row]]  # by what CELL names


class Choice(NamedTuple):
    """One figure that can stand for a year, and what confirms it.

    `figure_ids`: its own, then those of the figures that agree with it. `publishers`: how many houses print
    one of them. `contested`: another choice of the same year cannot be so beside it. `kind` is
    "share_of_plan" where the outcome is told by a printed "% of plan" alone."""

    year: int
    period: str
    value: float
    low: float
    high: float
    qualifier: str
    kind: str
    definition: str
    figure_id: str
    figure_ids: str
    publishers: int
    contested: bool
    derived: bool
    year_inferred: bool

    @property
    def marks(self) -> set[str]:
        """What is doubtful about it."""
        doubts = {
            "derived": self.derived,
            "year_inferred": self.year_inferred,
            "estimate": self.kind == "estimate",
            "bound": self.qualifier in ("gt", "ge", "lt", "le"),
            "approx": self.qualifier in ("approx", "range"),
        }
        return {mark for mark, holds in doubts.items() if holds}

    @property
    def grade(self) -> str:
        """As an outcome of a goal's own year: A printed by two independent publishers, B an actual printed by
        one, C whatever else."""
        if self.kind != "actual" or self.marks or not self.publishers:
            return "C"
        return "A" if self.publishers > 1 else "B"


class Evidence(NamedTuple):
    """Every outcome of the record as dicts, by indicator, area and level: those printed, those derived from a
    printed comparison, and those that a printed "% of plan" measures."""

    printed: Cells
    derived: Cells
    measured: Cells


def evidence(
    observations: pd.DataFrame, derived: pd.DataFrame, *, houses: Mapping[str, str] | None = None
) -> Evidence:
    """The outcomes of the tables of those names; what its own publisher printed anew later is left out.
    `houses`: who stands behind a source_id, "" for a site that is no publisher of its own; without it each
    source is its own."""
    read = observations["value"].notna() & (observations["status"] != "out_of_scope")
    read &= (observations["reason"] != "revised") & observations["kind"].isin(OUTCOMES)
    house = observations["source_id"]
    house = house if houses is None else house.map(houses).fillna("")
    outcomes = _dicts(observations.assign(house=house, derived=False), read)
    bases = _dicts(derived.assign(house="", part="", derived=True), derived["reason"] == "")
    by_id = {row["figure_id"]: row for row in outcomes}
    measured = [
        by_id[base["figure_id"]] | {"of_plan": base}
        for base in bases
        if base["kind"] not in OUTCOMES
        and base["figure_id"] in by_id
        and all(base[name] == by_id[base["figure_id"]][name] for name in CELL)
    ]
    return Evidence(
        grouped((row for row in outcomes if not row["part"]), *CELL),
        grouped(
            (row for row in bases if row["kind"] in OUTCOMES and row["period"] == str(row["year"])), *CELL
        ),
        grouped(measured, *CELL),
    )


def held(evidence: Evidence, goal: Row) -> tuple[list[Row], list[Row], list[Choice]]:
    """What a goal can be judged by: outcomes of whole years and of spans, printed and derived, of its
    indicator and of the unit of its area that it is set for (for a goal without `area_since` the one that is
    there in its year), and what a printed "% of plan" tells of its year: where what it implies for the plan
    is the goal's number, of the whole year, or of a part of it by which a quantity that only adds up was
    there."""
    printed, derived, measured = (cells.get(itemgetter(*CELL)(goal), []) for cells in evidence)
    since = goal["area_since"]
    if since is None:
        days = [row["area_since"] for row in printed if row["area_since"] <= f"{goal['year']}-12-31"]
        since = max(days, default="")
    printed, derived = ([row for row in rows if row["area_since"] == since] for rows in (printed, derived))
    told = {"kind": "share_of_plan", "derived": True, "house": ""}
    told |= {name: goal[f"goal_{name}"] for name in ("period", "definition")}
    shares = []
    for row in sorted(measured, key=lambda row: row["figure_id"]):
        plan, whole = row["of_plan"], row["period"] == goal["goal_period"]
        there = row["unit"] in ADDING_UNITS and row["year"] == goal["year"] and row["low"] >= goal["goal"]
        of_it = all(plan[name] == goal[f"goal_{name}"] for name in ("kind", "period"))
        if of_it and (whole or there) and plan["low"] <= goal["goal"] <= plan["high"]:
            open_to = {} if whole else {"qualifier": "ge", "high": np.inf}
            shares.append(_choice(row | told | open_to))
    return printed, derived, shares


def choices(rows: list[Row]) -> list[Choice]:
    """What can stand for one year, from the figures of one year that may count the same thing: of the best
    kind held; figures that agree are one choice, of which the narrowest stands and the others confirm it.

    >>> row = {"year": 2022, "period": "2022", "qualifier": "eq", "kind": "actual", "definition": "",
    ...        "derived": False, "year_inferred": False}
    >>> rows = [row | {"figure_id": str(n), "house": f"paper {n}", "value": n, "low": n - .5, "high": n + .5}
    ...         for n in (50, 45)]
    >>> rows += [rows[1] | {"figure_id": "z", "house": "office", "value": 45.2, "low": 45.15, "high": 45.25}]
    >>> [(choice.value, choice.figure_ids, choice.publishers) for choice in choices(rows)]
    [(45.2, 'z 45', 2), (50, '50', 1)]
    """
    rows = sorted(_of_best_kind(rows), key=_narrowness)
    fit, apart = _pairs(rows)
    groups = _together([set(np.flatnonzero(others)) for others in fit])
    often = Counter(i for group in groups for i in group)
    confirmed: dict[int, set[int]] = {}
    for group in groups:
        # Of two alike in width the one that no other choice could claim: 45, 46 and 47 are 45 or 47.
        narrowest = min(group, key=lambda i: (_narrowness(rows[i])[0], often[i], i))
        confirmed.setdefault(narrowest, set()).update(group)
    found = [
        _choice(rows[i], *(rows[j] for j in group - {i}), contested=bool(apart[[*group]].any()))
        for i, group in confirmed.items()
    ]
    return sorted(found, key=lambda choice: (choice.value, choice.figure_id))


def derived_choices(rows: list[Row]) -> list[Choice]:
    """The narrowest of the derived figures of one year; none where two contradict each other."""
    if _pairs(rows)[1].any():
        return []
    return [_choice(row) for row in sorted(_of_best_kind(rows), key=_narrowness)[:1]]


def _dicts(table: pd.DataFrame, kept: pd.Series) -> list[Row]:
    kinds = {"year": int, "year_inferred": bool} | dict.fromkeys(("value", "low", "high"), float)
    return records(typed(table[columns("evidence")][kept], kinds))


def _of_best_kind(rows: list[Row]) -> list[Row]:
    best = min((OUTCOMES.index(row["kind"]) for row in rows), default=0)
    return [row for row in rows if row["kind"] == OUTCOMES[best]]


def _pairs(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Of each two figures whether both can be so, and whether they count the same thing and cannot."""
    if len(rows) < 2 and all(row["low"] <= row["high"] for row in rows):  # what stands alone can be so
        return np.ones((len(rows), len(rows)), dtype=bool), np.zeros((len(rows), len(rows)), dtype=bool)
    names = ("value", "low", "high", "qualifier", "definition")
    first = {name: np.array([[row[name]] for row in rows]) for name in names}
    second = {name: column.T for name, column in first.items()}
    same, fit = alike(first["definition"], second["definition"]), agree(first, second)
    return same & fit, same & ~fit


def _together(near: list[set[int]]) -> list[set[int]]:
    """The greatest sets of figures that can all be so at once (Bron and Kerbosch's way through the pairs);
    `near`: the figures, itself too, that each can be so beside."""
    found: list[set[int]] = []

    def grow(group: set[int], open_to: set[int], done: set[int]) -> None:
        if group and not open_to and not done:
            found.append(group)
        for i in sorted(open_to):
            grow(group | {i}, open_to & near[i] - {i}, done & near[i])
            open_to, done = open_to - {i}, done | {i}

    grow(set(), set(range(len(near))), set())
    return found


def _narrowness(row: Row) -> tuple[Any, ...]:
    """What makes one figure stand for others that agree with it: its interval first, then that it is no
    bound, that its year and what it counts are printed."""
    width, unstated = round(row["high"] - row["low"], 9), row["definition"] == ""
    return (width, row["qualifier"] != "eq", row["year_inferred"], unstated, row["value"], row["figure_id"])


def _choice(row: Row, *confirming: Row, contested: bool = False) -> Choice:
    ids = [row["figure_id"], *sorted(other["figure_id"] for other in confirming)]
    houses = {other["house"] for other in (row, *confirming)} - {""}
    told: dict[str, Any] = {name: row[name] for name in Choice._fields if name in row}
    told |= {"figure_ids": " ".join(dict.fromkeys(ids)), "publishers": len(houses)}
    return Choice(**told, contested=contested)
