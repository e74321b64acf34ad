"""Plans against outcomes: how plans of the province and its districts turned out, the base rate beside an
open goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.measures.choices import Evidence, evidence
from baoyen_analysis.measures.goals import direction, goals
from baoyen_analysis.measures.readings import COVID, TOURISM, reading_rows
from baoyen_analysis.measures.verdicts import verdict_row

COLUMNS = [
    *("indicator", "area", "area_level", "year", "kind", "goal", "goal_qualifier"),
    *("outcome_low", "outcome_high", "outcome_kind", "attainment", "attainment_low", "attainment_high"),
    *("verdict", "grade", "by_share", "covid", "figure_ids"),
]


def plans(
    targets: pd.DataFrame,
    observations: pd.DataFrame,
    derived: pd.DataFrame,
    *,
    houses: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Every plan and target with an outcome of the same year that counts the same thing, or with a printed "%
    of plan", one row each.

    Columns: the goal; `outcome_low`, `outcome_high` (printed values in the indicator's unit, two where
    sources conflict); `attainment`, outcome over goal (goal over outcome where less is better), blank where
    there are two, with its range over the printed intervals; `verdict` (met, missed, open) and `grade`;
    `by_share`: the plan itself is not printed, only the share of it; `covid`: a plan for tourism in 2020 or
    2021; `figure_ids`."""
    found = evidence(observations, derived, houses=houses)
    rows = []
    for number in goals(targets, area=None).to_dict("records"):
        if number["goal_kind"] != "threshold" and number["stands"] in ("goal", "beside"):
            rows += _against_outcome(number | {"stands": "goal"}, found)
    rows += _by_share_alone(found, {_cell(row) for row in targets.to_dict("records")})
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["area_level", "area", "indicator", "year", "kind", "goal"], ignore_index=True)


def base_rate(plans: pd.DataFrame) -> pd.DataFrame:
    """How many of the plans of the province and its districts were met: two rows, `years` "all" and
    "without_covid" (without tourism's plans for 2020 and 2021).

    Columns: `years`, `n`, `met`, `missed`, `open`, `attainment_median`. Choose an indicator's plans first to
    ask for that one alone."""
    own = plans[plans["area_level"].isin(["province", "district"])]
    rows = []
    for years, part in (("all", own), ("without_covid", own[~own["covid"].astype(bool)])):
        said = {name: int((part["verdict"] == name).sum()) for name in ("met", "missed", "open")}
        rows.append(
            {"years": years, "n": len(part)} | said | {"attainment_median": part["attainment"].median()}
        )
    return pd.DataFrame(rows)


def _against_outcome(goal: dict[str, Any], found: Evidence) -> list[dict[str, Any]]:
    readings = [row for row in reading_rows([goal], found) if row["judged"] == "level" and row["counted"]]
    if not readings:
        return []
    judged = verdict_row(readings)
    ends = [_attained(goal, row[f"outcome_{end}"]) for row in readings for end in ("low", "high")]
    values = {_attained(goal, row["outcome_value"]) for row in readings}
    return [
        judged
        | {
            "kind": goal["goal_kind"],
            "goal_qualifier": goal["goal_qualifier"],
            "attainment": values.pop() if len(values) == 1 else np.nan,
            "attainment_low": min(ends),
            "attainment_high": max(ends),
            "by_share": judged["outcome_kind"] == "share_of_plan",
            "covid": goal["indicator"] in TOURISM and goal["year"] in COVID,
        }
    ]


def _by_share_alone(found: Evidence, printed: set[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Full-year outcomes printed with their share of a plan that is not printed itself; of two plans of one
    year (the province's and the district's own) both shares stand in one row."""
    cells: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for rows in found.measured.values():
        for row in rows:
            plan = row["of_plan"]
            if row["period"] == plan["period"] == str(plan["year"]) and _cell(plan) not in printed:
                cells.setdefault(_cell(plan), []).append(row)
    return [_by_share(rows) for rows in cells.values()]


def _by_share(rows: list[dict[str, Any]]) -> dict[str, Any]:
    plans = [row["of_plan"] for row in rows]
    first = plans[0]
    shares = {
        _attained(first | {"goal": plan["value"]}, row["value"])
        for row, plan in zip(rows, plans, strict=True)
    }
    met = {share >= 1 for share in shares}
    return {name: first[name] for name in ("indicator", "area", "area_level", "year", "kind")} | {
        "goal": first["value"] if len(plans) == 1 else np.nan,
        "goal_qualifier": "",
        "outcome_low": min(row["value"] for row in rows),
        "outcome_high": max(row["value"] for row in rows),
        "outcome_kind": rows[0]["kind"],
        "attainment": min(shares) if len(shares) == 1 else np.nan,
        "attainment_low": min(shares),
        "attainment_high": max(shares),
        "verdict": "open" if len(met) > 1 else "met" if met.pop() else "missed",
        "grade": "C",
        "by_share": True,
        "covid": first["indicator"] in TOURISM and first["year"] in COVID,
        "figure_ids": " ".join(dict.fromkeys(row["figure_id"] for row in rows)),
    }


def _cell(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("indicator", "area", "area_level", "period", "kind"))


def _attained(goal: Mapping[str, Any], value: float) -> float:
    less = direction(goal["indicator"], goal.get("goal_qualifier", "eq")) < 0
    over, under = (goal["goal"], value)[:: 1 if less else -1]
    return over / under if under > 0 else np.nan
