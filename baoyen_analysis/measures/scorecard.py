"""Each indicator that was planned: the latest printed outcome, what was set, how much of it was reached, and
the growth it needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from types import MappingProxyType

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import compound

COLUMNS = [
    "indicator",
    "unit",
    "area",
    "area_level",
    "plan",
    "plan_qualifier",
    "plan_denominator",
    "plan_year",
    "plan_period",
    "plan_kind",
    "plan_definition",
    "plan_figure_id",
    "year",
    "actual",
    "actual_low",
    "actual_high",
    "actual_flag",
    "actual_definition",
    "actual_figure_id",
    "attainment",
    "attainment_low",
    "attainment_high",
    "needed_a_year",
    "needed_percent",
    "base_year",
    "base",
    "base_flag",
    "base_derived",
    "base_figure_id",
    "done_a_year",
    "done_percent",
    "pace",
    "paces",
    "breaks",
    "reason",
]


def scorecard(
    targets: pd.DataFrame,
    series: dict[str, pd.DataFrame],
    *,
    breaks: Mapping[str, Iterable[int]] = MappingProxyType({}),
) -> pd.DataFrame:
    """One row a plan or target, in the order of figure_id; shares and yearly rates are fractions, the rest in
    the row's `unit`.

    `series`: for each indicator a table as `by.series(…, derived=True)` gives. The latest printed figure up
    to the plan's year is the actual; a derived one never is, but the growth done may start from it.
    `attainment` is actual over plan, with the interval of the actual (the plan is exact). `needed_a_year` and
    `needed_percent` (compound) lead from the actual to the plan; `done_a_year` and `done_percent` led to the
    actual from the point before it. `pace` says what that was worth: "met", "missed" (the plan's year has
    come), "enough", "short", "mixed", "unknown" (see `_pace`); `paces` says it from each base: its year, and
    "enough", "short" or "open" (the rounding does not tell) in the unit and compound. `breaks` names years of
    an indicator that growth is not read through: an end in one ("end") leaves the pace "unknown", one between
    ("through") is said. `reason`: "no_actual" where nothing is printed, "one_point" where no growth can be
    told, "definitions_differ" where plan and actual count different things: then the attainment is of unlike
    things, and is to be said so.

    >>> plan = pd.DataFrame({"figure_id": ["p"], "indicator": ["yield_per_ha"], "unit": ["million VND/ha"], "year": [2024],
    ...     "area": ["Bảo Yên"], "area_level": ["district"], "value": [95.0], "kind": ["plan"], "qualifier": ["eq"], "denominator": [None], "definition": [""]})
    >>> done = pd.DataFrame({"year": [2019, 2021], "value": [75.0, 80.0], "low": [74.5, 79.5], "high": [75.5, 80.5], "flag": "",
    ...     "definition": "", "figure_id": ["a", "b"]})
    >>> scorecard(plan, {"yield_per_ha": done})[["actual", "attainment", "needed_a_year", "done_a_year"]].round(3).values.tolist()
    [[80.0, 0.842, 5.0, 2.5]]
    """
    rows = targets[targets["value"].notna()].sort_values("figure_id")
    return pd.DataFrame(
        [
            _row(plan, series.get(plan.indicator), {*breaks.get(plan.indicator, ())})
            for plan in rows.itertuples()
        ],
        columns=COLUMNS,
    )


def _row(plan, series: pd.DataFrame | None, breaks: set[int]) -> dict[str, object]:
    row = {
        "indicator": plan.indicator,
        "unit": plan.unit,
        "area": plan.area,
        "area_level": plan.area_level,
        "plan": plan.value,
        "plan_qualifier": plan.qualifier,
        "plan_denominator": plan.denominator,
        "plan_year": plan.year,
        "plan_kind": plan.kind,
        "plan_definition": plan.definition,
        "plan_period": getattr(plan, "period", str(plan.year)),
        "plan_figure_id": plan.figure_id,
        "paces": (),
        "breaks": "",
        "reason": "no_actual",
    }
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
        "year": last["year"],
        "actual": last["value"],
        "actual_low": last["low"],
        "actual_high": last["high"],
        "actual_flag": last["flag"],
        "actual_definition": last["definition"],
        "actual_figure_id": last["figure_id"],
        "attainment": last["value"] / plan.value,
        "attainment_low": last["low"] / plan.value,
        "attainment_high": last["high"] / plan.value,
        "needed_a_year": (plan.value - last["value"]) / years if years else np.nan,
        "needed_percent": compound(last["value"], plan.value, years) if years else np.nan,
    }
    known = known.assign(derived=derived)
    row |= _done(known, last) | {"paces": _paces(plan, known, last), "reason": _reason(plan, last, known)}
    if "base_year" in row:
        ends = breaks & {row["base_year"], row["year"]}
        row["breaks"] = (
            "end"
            if ends
            else "through"
            if any(row["base_year"] < year < row["year"] for year in breaks)
            else ""
        )
    return row | {"pace": _pace(plan, last, row)}


def _before(known: pd.DataFrame, last: pd.Series) -> pd.DataFrame:
    """The points before the last one, in order; two stated definitions are never set against each other."""
    before = known[known["year"] < last["year"]].sort_values("year")
    return before[
        (before["definition"] == last["definition"])
        | (before["definition"] == "")
        | (last["definition"] == "")
    ]


def _pace(plan, last: pd.Series, row: dict[str, object]) -> str:
    """Whether growth was enough for the plan, from every base and by both measures; "mixed" where they do not
    agree."""
    if last["value"] > plan.value or (last["value"] == plan.value and plan.qualifier != "gt"):
        return "met"
    if plan.year <= last["year"]:
        return "missed"
    worth = {paces for _, *pair in row["paces"] for paces in pair}
    return (
        "unknown"
        if not worth or row["breaks"] == "end"
        else worth.pop()
        if worth in ({"enough"}, {"short"})
        else "mixed"
    )


def _paces(plan, known: pd.DataFrame, last: pd.Series) -> tuple[tuple[object, str, str], ...]:
    """What the growth from each base was worth in the unit and compound, over every corner of the figures'
    intervals.

    The base is the point before the last one; where that is derived the printed one before it is a base too,
    so that a verdict never rests on a derived figure alone."""
    left, before = plan.year - last["year"], _before(known, last)
    if left <= 0:
        return ()
    bases = pd.concat([before.tail(1), before[~before["derived"]].tail(1)]).drop_duplicates("year")
    found = []
    for _, base in bases.iterrows():
        years = last["year"] - base["year"]
        corners = [
            *product(
                dict.fromkeys(base[["low", "value", "high"]]), dict.fromkeys(last[["low", "value", "high"]])
            )
        ]
        units = {(end - start) / years >= (plan.value - end) / left for start, end in corners}
        rates = {compound(start, end, years) >= compound(end, plan.value, left) for start, end in corners}
        found.append(
            (
                base["year"],
                *(
                    "open" if len(answers) > 1 else "enough" if True in answers else "short"
                    for answers in (units, rates)
                ),
            )
        )
    return tuple(found)


def _done(known: pd.DataFrame, last: pd.Series) -> dict[str, object]:
    """Growth a year from the point before the last one."""
    before = _before(known, last)
    if before.empty:
        return {}
    base = before.iloc[-1]
    years = last["year"] - base["year"]
    return {
        "base_year": base["year"],
        "base": base["value"],
        "base_flag": base["flag"],
        "base_derived": bool(base["derived"]),
        "base_figure_id": base["figure_id"],
        "done_a_year": (last["value"] - base["value"]) / years,
        "done_percent": compound(base["value"], last["value"], years),
    }


def _reason(plan, last: pd.Series, known: pd.DataFrame) -> str:
    if plan.definition and last["definition"] and plan.definition != last["definition"]:
        return "definitions_differ"
    return "one_point" if (known["year"] < last["year"]).sum() == 0 else ""
