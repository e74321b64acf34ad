"""Plans against outcomes: how plans of the province and its districts turned out, the base rate beside an
open goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from baoyen_analysis.measures.choices import evidence
from baoyen_analysis.measures.goals import Row, columns, goals, grouped, records
from baoyen_analysis.measures.readings import COVID, TOURISM, reading_rows
from baoyen_analysis.measures.verdicts import attained, verdict_row

_CELL = ["indicator", "area", "area_level", "period", "kind"]


def plans(
    targets: pd.DataFrame,
    observations: pd.DataFrame,
    derived: pd.DataFrame,
    *,
    houses: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Every plan and target with an outcome of the same year that counts the same thing, or with a printed "%
    of plan", one row each.

    Columns: the goal (`goal_low` and `goal_high` are apart where two shares tell of two plans);
    `outcome_low`, `outcome_high` (printed values in the indicator's unit, two where sources conflict) and
    `outcome_qualifier`, its bound ("near" for "gần", "" where they differ); `attainment`, outcome over
    goal (goal over outcome where less is better), blank where there are two, with its range over the
    printed intervals; `verdict` (met, missed, open) and `grade`; `by_share`: the plan itself is not
    printed, only the share of it; `covid`: a plan for tourism in 2020 or 2021; `figure_ids`."""
    found = evidence(observations, derived, houses=houses)
    set_for = goals(targets, area=None)
    own = set_for["goal_kind"].ne("threshold") & set_for["stands"].isin(["goal", "beside"])
    numbers = records(set_for[own].assign(stands="goal"))
    judged = reading_rows([[number] for number in numbers], found)
    counted = [[row for row in rows if row["judged"] == "level" and row["counted"]] for rows in judged]
    made = [_against_outcome(rows) for rows in counted if rows]
    # Full-year outcomes printed with their share of a plan that is not printed itself; of two plans of one
    # year (the province's and the district's own) both shares stand in one row.
    printed = {*targets[_CELL].itertuples(index=False, name=None)}
    shares = [
        row | row["of_plan"] | {"outcome": row}
        for rows in found.measured.values()
        for row in rows
        if row["period"] == row["of_plan"]["period"] == str(row["of_plan"]["year"])
    ]
    made += [_by_share(rows) for cell, rows in grouped(shares, *_CELL).items() if cell not in printed]
    table = pd.DataFrame(made, columns=columns("plans"))
    table["covid"] = table["indicator"].isin(TOURISM) & table["year"].isin(COVID)
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
        median = part["attainment"].median()
        rows.append({"years": years, "n": len(part), **said, "attainment_median": median})
    return pd.DataFrame(rows)


def _against_outcome(rows: list[Row]) -> Row:
    """A plan whose outcome is told, from the readings of its own year."""
    judged = verdict_row(rows)
    ends = [
        attained(row, row["goal_value"], row[f"outcome_{end}"]) for row in rows for end in ("low", "high")
    ]
    return (
        judged
        | _attainment({attained(row, row["goal_value"], row["outcome_value"]) for row in rows}, ends)
        | {
            "kind": rows[0]["goal_kind"],
            "goal_low": judged["goal"],
            "goal_high": judged["goal"],
            "goal_qualifier": rows[0]["goal_qualifier"],
            "outcome_qualifier": _alike(rows, "outcome_"),
            "by_share": judged["outcome_kind"] == "share_of_plan",
        }
    )


def _by_share(rows: list[Row]) -> Row:
    """A plan of which its outcome's share alone is printed, or two such plans."""
    outcomes = [row["outcome"] for row in rows]
    shares = {
        attained(row, row["value"], outcome["value"]) for row, outcome in zip(rows, outcomes, strict=True)
    }
    met = {share >= 1 for share in shares}
    return (
        rows[0]
        | _attainment(shares, shares)
        | {
            "goal": rows[0]["value"] if len(rows) == 1 else np.nan,
            "goal_low": min(row["value"] for row in rows),
            "goal_high": max(row["value"] for row in rows),
            "goal_qualifier": "",
            "outcome_qualifier": _alike(outcomes, ""),
            "outcome_low": min(outcome["value"] for outcome in outcomes),
            "outcome_high": max(outcome["value"] for outcome in outcomes),
            "outcome_kind": outcomes[0]["kind"],
            "verdict": "open" if len(met) > 1 else "met" if met.pop() else "missed",
            "grade": "C",
            "by_share": True,
            "figure_ids": " ".join(dict.fromkeys(outcome["figure_id"] for outcome in outcomes)),
        }
    )


def _alike(rows: list[Row], role: str) -> str:
    """The bound of some figures, "near" where an approximate one lies at most at its number."""
    marks = {
        "near"
        if row[f"{role}qualifier"] == "approx" and row[f"{role}high"] == row[f"{role}value"]
        else row[f"{role}qualifier"]
        for row in rows
    }
    return marks.pop() if len(marks) == 1 else ""


def _attainment(values: set[float], ends: Iterable[float]) -> Row:
    """Attainment, blank where there are two, with its range."""
    alone = min(values) if len(values) == 1 else np.nan
    known = [end for end in ends if pd.notna(end)] or [np.nan]  # of a plan of nothing there is none
    return {"attainment": alone, "attainment_low": min(known), "attainment_high": max(known)}
