"""What the province and its other districts did, case by case: for a series with one or two figures, which no
model can carry on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.goals import columns, direction, records
from baoyen_analysis.measures.growth import area_years, corners, figure_ids, typed, unfit_for_growth
from baoyen_analysis.measures.readings import growth_a_year, is_linear

SPANS = range(1, 7)  # years, pooled as growth a year
CASE_COLUMNS = columns("reference")


def pooled(
    table: pd.DataFrame,
    indicator: str,
    *,
    outcome: Iterable[pd.DataFrame],
    target: Mapping[str, Any],
    area: str,
    level: str = "district",
    breaks: Iterable[int] = (),
) -> pd.DataFrame:
    """What the province and its other districts grew by over one to six years, case by case, beside the
    growth that a target needs.

    Parameters
    ----------
    table
        The observations, or the panel.
    outcome
        Series that end with an outcome to start from, one an outcome that counts.
    target
        `value` and `year`.
    breaks
        Years that growth is not read from or to, nor from the year after them (the rebound).

    Returns
    -------
    A row a case and outcome: `outcome_value`, `outcome_figure_id`, `needed_percent` (a year, from that
    outcome), the case's area, years and `growth_percent` a year with its range over the printed intervals
    (points or units for shares and counts of a fixed total), `did_as_much`, `counted`, `figure_ids`. Not
    counted, with a `reason`: `definition_break` (two definitions), `covid` (an end in a year of `breaks` or a
    start in the year after), `overlap` (the area has a longer case over the same years, or one as long that
    ends later), `zero_base` or `sign_change`.
    """
    held = area_years(table, indicator)
    other = (held["area"] != area) | (held["area_level"] != level)
    held = held[held["area_level"].isin(["district", "province"]) & other]
    linear, side, calm = is_linear(indicator), direction(indicator), {*breaks}
    cases: list[dict[str, Any]] = []
    # A case is of one unit: never across the day on which an area of the name changed its boundary.
    for _, place in held.groupby([name for name in ("area", "area_level", "area_since") if name in held]):
        pairs = combinations(records(place), 2)
        cases += _apart(
            [_case(*pair, calm, linear) for pair in pairs if pair[1]["year"] - pair[0]["year"] in SPANS]
        )
    rows = []
    for last in (path.iloc[-1] for path in outcome):
        years = target["year"] - last["year"]
        needed = _rate(last["value"], target["value"], years, linear) if years else np.nan
        about = {
            "outcome_value": last["value"],
            "outcome_figure_id": last["figure_id"],
            "needed_percent": needed,
        }
        for case in cases:
            beyond = case["growth_percent"] - needed
            rows.append(case | about | {"did_as_much": bool(beyond <= 0 if side < 0 else beyond >= 0)})
    found = typed(pd.DataFrame(rows, columns=CASE_COLUMNS), {"counted": bool, "did_as_much": bool})
    order = ["outcome_value", "counted", "growth_percent", "area", "year", "from_year"]
    return found.sort_values(order, ascending=[False, False, False, True, True, True], ignore_index=True)


def _case(start: dict[str, Any], end: dict[str, Any], breaks: set[int], linear: bool) -> dict[str, Any]:
    first, last = start["year"], end["year"]
    rates = corners(lambda end, start: _rate(start, end, last - first, linear), end, start)
    reason = "" if linear else unfit_for_growth(start["value"], end["value"])
    if {first, last, first - 1} & breaks:
        reason = "covid"
    if not alike(start["definition"], end["definition"]):
        reason = "definition_break"
    return {name: end[name] for name in ("area", "area_level", "year")} | {
        "from_year": first,
        **dict(zip(("growth_percent", "low_percent", "high_percent"), rates.values(), strict=True)),
        "reason": reason,
        "figure_ids": figure_ids(pd.Series(start), pd.Series(end)),
    }


def _rate(start: float, end: float, years: float, linear: bool) -> float:
    """Growth a year in per cent, or in points and units."""
    return float(growth_a_year(start, end, years, linear)) * (1 if linear else 100)


def _apart(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cases of one area, of those that lie over the same years only the longest, and of these the latest,
    counted."""
    counted: list[dict[str, Any]] = []
    for case in sorted(cases, key=lambda case: (case["from_year"] - case["year"], -case["year"])):
        over = any(
            case["from_year"] < other["year"] and other["from_year"] < case["year"] for other in counted
        )
        case["reason"] = case["reason"] or "overlap" * over
        case["counted"] = not case["reason"]
        counted += [case] * case["counted"]
    return cases
