"""Each indicator that was planned: the latest printed outcome, what was set, how much of it was reached, and the growth it needed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import compound

COLUMNS = [
    "indicator", "unit", "area", "area_level", "plan", "plan_qualifier", "plan_denominator", "plan_year", "plan_period", "plan_kind", "plan_definition", "plan_figure_id",
    "year", "actual", "actual_low", "actual_high", "actual_flag", "actual_definition", "actual_figure_id",
    "attainment", "attainment_low", "attainment_high", "needed_a_year", "needed_percent",
    "base_year", "base", "base_flag", "base_derived", "base_figure_id", "done_a_year", "done_percent", "pace", "reason",
]  # fmt: skip


def scorecard(targets: pd.DataFrame, series: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a plan or target, in the order of figure_id; shares and yearly rates are fractions, the rest in the row's `unit`.

    `series`: for each indicator a table as `by.series(…, derived=True)` gives. The latest printed figure up to the plan's year is the actual;
    a derived one never is, but the growth done may start from it. `attainment` is actual over plan, with the interval of the actual (the
    plan is exact). `needed_a_year` and `needed_percent` (compound) lead from the actual to the plan; `done_a_year` and `done_percent` led to
    the actual from the point before it. `pace` says what that was worth: "met", "missed" (the plan's year has come), "enough", "short",
    "mixed", "unknown" (see `_pace`). `reason`: "no_actual" where nothing is printed, "one_point" where no growth can be told,
    "definitions_differ" where plan and actual count different things: then the attainment is of unlike things, and is to be said so.

    >>> plan = pd.DataFrame({"figure_id": ["p"], "indicator": ["yield_per_ha"], "unit": ["million VND/ha"], "year": [2024],
    ...     "area": ["Bảo Yên"], "area_level": ["district"], "value": [95.0], "kind": ["plan"], "qualifier": ["eq"], "denominator": [None], "definition": [""]})
    >>> done = pd.DataFrame({"year": [2019, 2021], "value": [75.0, 80.0], "low": [74.5, 79.5], "high": [75.5, 80.5], "flag": "",
    ...     "definition": "", "figure_id": ["a", "b"]})
    >>> scorecard(plan, {"yield_per_ha": done})[["actual", "attainment", "needed_a_year", "done_a_year"]].round(3).values.tolist()
    [[80.0, 0.842, 5.0, 2.5]]
    """
    rows = targets[targets["value"].notna()].sort_values("figure_id")
    return pd.DataFrame([_row(plan, series.get(plan.indicator)) for plan in rows.itertuples()], columns=COLUMNS)


def _row(plan, series: pd.DataFrame | None) -> dict[str, object]:
    row = {
        "indicator": plan.indicator, "unit": plan.unit, "area": plan.area, "area_level": plan.area_level, "plan": plan.value,
        "plan_qualifier": plan.qualifier, "plan_denominator": plan.denominator, "plan_year": plan.year, "plan_kind": plan.kind, "plan_definition": plan.definition,
        "plan_period": getattr(plan, "period", str(plan.year)),
        "plan_figure_id": plan.figure_id, "reason": "no_actual",
    }  # fmt: skip
    if series is None or series.empty:
        return row
    known = series[series["year"] <= plan.year]
    derived = known["derived"].astype(bool) if "derived" in known else pd.Series(False, index=known.index)
    printed = known[~derived]
    if printed.empty:
        return row
    last = printed.sort_values("year").iloc[-1]
    years = plan.year - last["year"]
    row |= {
        "year": last["year"], "actual": last["value"], "actual_low": last["low"], "actual_high": last["high"], "actual_flag": last["flag"],
        "actual_definition": last["definition"], "actual_figure_id": last["figure_id"],
        "attainment": last["value"] / plan.value, "attainment_low": last["low"] / plan.value, "attainment_high": last["high"] / plan.value,
        "needed_a_year": (plan.value - last["value"]) / years if years else np.nan,
        "needed_percent": compound(last["value"], plan.value, years) if years else np.nan,
    }  # fmt: skip
    known = known.assign(derived=derived)
    return row | _done(known, last) | {"pace": _pace(plan, known, last), "reason": _reason(plan, last, known)}


def _before(known: pd.DataFrame, last: pd.Series) -> pd.DataFrame:
    """The points before the last one, in order; two stated definitions are never set against each other."""
    before = known[known["year"] < last["year"]].sort_values("year")
    return before[(before["definition"] == last["definition"]) | (before["definition"] == "") | (last["definition"] == "")]


def _pace(plan, known: pd.DataFrame, last: pd.Series) -> str:
    """Whether growth was enough for the plan: in the unit and compound, at every corner of the figures' intervals.

    The base is the point before the last one; where that is derived the printed one before it is a base too, so that a verdict never
    rests on a derived figure alone. "mixed": the answer depends on the measure, the base or the rounding.
    """
    left = plan.year - last["year"]
    if last["value"] > plan.value or (last["value"] == plan.value and plan.qualifier != "gt"):
        return "met"
    if left <= 0:
        return "missed"
    before = _before(known, last)
    bases = pd.concat([before.tail(1), before[~before["derived"]].tail(1)])
    found = set()
    for _, base in bases.iterrows():
        years = last["year"] - base["year"]
        for start, end in product(dict.fromkeys(base[["low", "value", "high"]]), dict.fromkeys(last[["low", "value", "high"]])):
            found.add((end - start) / years >= (plan.value - end) / left)
            found.add(compound(start, end, years) >= compound(end, plan.value, left))
    return {(): "unknown", (True,): "enough", (False,): "short"}.get(tuple(found), "mixed")


def _done(known: pd.DataFrame, last: pd.Series) -> dict[str, object]:
    """Growth a year from the point before the last one."""
    before = _before(known, last)
    if before.empty:
        return {}
    base = before.iloc[-1]
    years = last["year"] - base["year"]
    return {
        "base_year": base["year"], "base": base["value"], "base_flag": base["flag"], "base_derived": bool(base["derived"]), "base_figure_id": base["figure_id"],
        "done_a_year": (last["value"] - base["value"]) / years, "done_percent": compound(base["value"], last["value"], years),
    }  # fmt: skip


def _reason(plan, last: pd.Series, known: pd.DataFrame) -> str:
    if plan.definition and last["definition"] and plan.definition != last["definition"]:
        return "definitions_differ"
    return "one_point" if (known["year"] < last["year"]).sum() == 0 else ""
