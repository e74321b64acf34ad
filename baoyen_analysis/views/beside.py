"""What stands beside an open goal, in words: how plans turned out, what parts of a year point to, the goal in
real terms, its chance, where the district stands, what published methods say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from baoyen_analysis.measures.nowcast import ranges
from baoyen_analysis.measures.plans import base_rate as rates_of
from baoyen_analysis.views import numbers
from baoyen_analysis.views.answered import headed, marked
from baoyen_analysis.views.said import Said, Sentences, refused
from baoyen_analysis.words import Language


def base_rate(t: Language, rows: pd.DataFrame) -> Sentences:
    """How many of the plans that have an outcome were met, with and without tourism's of 2020 and 2021."""
    if rows.empty:
        return Sentences([t.say("plans.none")])
    rates = rates_of(rows).set_index("years")
    said = [_rate(t, rates.loc["all"], rows, "plans.rate")]
    if rates.at["all", "n"] != rates.at["without_covid", "n"]:
        said.append(_rate(t, rates.loc["without_covid"], rows, "plans.rate_calm"))
    return Sentences(said)


def _rate(t: Language, rate: pd.Series, rows: pd.DataFrame, key: str) -> Said:
    counted = {name: int(rate[name]) for name in ("n", "met", "missed", "open")}
    text = t.say(key, **counted, median=t.percent(rate["attainment_median"]))
    return Said(text, figure_ids=" ".join(rows["figure_ids"]).split())


def plans(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    """Plans with their outcomes: area, indicator, year, plan, outcome, attainment, verdict."""
    made = [
        {
            "area": row["area"]
            if row["area_level"] == "district"
            else t.placed(row["area"], row["area_level"]),
            "indicator": t.name(row["indicator"]),
            "year": str(row["year"]),
            "plan": "" if pd.isna(row["goal"]) else numbers.bounded(t, row["goal"], row["goal_qualifier"]),
            "outcome": _spanned(t, row, "outcome"),
            "attainment": _attained(t, row),
            "verdict": marked(t, row["verdict"]),
            "figure_id": row["figure_ids"],
        }
        for row in rows.to_dict("records")
    ]
    columns = ["area", "indicator", "year", "plan", "outcome", "attainment", "verdict", "figure_id"]
    return headed(t, pd.DataFrame(made, columns=columns))


def _spanned(t: Language, row: dict[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(low):
        return ""
    ends = dict.fromkeys(numbers.humanised(t, end) for end in (low, high))
    return " / ".join(ends)


def _attained(t: Language, row: dict[str, Any]) -> str:
    ends = dict.fromkeys(t.percent(row[f"attainment_{end}"]) for end in ("low", "high"))
    return "–".join(ends)


def nowcast(apart: pd.DataFrame) -> Callable[[Language, pd.DataFrame], Sentences]:
    """The range of each way, and printed parts that can't both be so."""

    def says(t: Language, rows: pd.DataFrame) -> Sentences:
        first = rows.iloc[0]
        if first["reason"]:
            return Sentences([refused(t, f"{t.name(first['indicator'])}, {first['area']}", first["reason"])])
        unit = t.unit(first["indicator"])
        said = [
            Said(
                t.say(
                    f"nowcast.{row.way}",
                    year=int(first["year"]),
                    low=numbers.humanised(t, row.low, digits=2),
                    high=numbers.humanised(t, row.high, digits=2),
                    number=int(row.n),
                    unit=unit,
                ),
                formula=t.say(f"formula.nowcast_{row.way}"),
                computed=" ".join(numbers.humanised(t, end, digits=2) for end in (row.low, row.high)),
                figure_ids=row.figure_ids.split(),
            )
            for row in ranges(rows).itertuples()
        ]
        return Sentences([*said, *(_apart(t, row) for row in apart.to_dict("records"))])

    return says


def _apart(t: Language, row: dict[str, Any]) -> Said:
    known = {
        "part": t.definition(row["definition"]) or t.periods(row["period"]),
        "value": numbers.humanised(t, row["value"]),
        "other_part": t.periods(row["other_period"]),
        "other_value": numbers.humanised(t, row["other_value"]),
    }
    return Said(t.say("nowcast.apart", **known), figure_ids=[row["figure_id"], row["other_figure_id"]])


def standing(t: Language, rows: pd.DataFrame) -> Sentences:
    """The latest standing on each indicator."""
    if rows.empty:
        return Sentences([t.say("standing.none")])
    latest = rows.sort_values(["period", "districts"]).drop_duplicates("indicator", keep="last")
    return Sentences(_stands(t, row) for row in latest.to_dict("records"))


def _stands(t: Language, row: dict[str, Any]) -> Said:
    known = {
        "name": t.name(row["indicator"]),
        "period": t.periods(row["period"]),
        "area": row["area"],
        "value": numbers.humanised(t, row["value"]),
        "rank": _place(row),
        "districts": int(row["districts"]),
        "first": t.say(f"standing.{row['first_is']}"),
    }
    return Said(t.say("standing.one", **known), figure_ids=row["figure_ids"].split())


def _place(row: dict[str, Any]) -> str:
    low, high = int(row["rank_best"]), int(row["rank_worst"])
    return str(int(row["rank"])) if low == high else f"{low}–{high}"


def standing_table(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    made = [
        {
            "indicator": t.name(row["indicator"]),
            "period": t.periods(row["period"]),
            "value": numbers.humanised(t, row["value"]),
            "rank": f"{_place(row)}/{int(row['districts'])}",
            "direction": t.say(f"standing.{row['first_is']}"),
            "figure_id": row["figure_ids"],
        }
        for row in rows.to_dict("records")
    ]
    return headed(
        t, pd.DataFrame(made, columns=["indicator", "period", "value", "rank", "direction", "figure_id"])
    )


def real_terms(t: Language, rows: pd.DataFrame) -> Sentences:
    """What the goal is worth in prices of the outcome's year, and the real growth it needs from each
    outcome."""
    kept = rows[rows["reason"] == ""]
    if kept.empty:
        return Sentences(
            [refused(t, t.name(row["indicator"]), row["reason"]) for row in rows.head(1).to_dict("records")]
        )
    said = []
    for (goal, year), group in kept.groupby(["goal_value", "outcome_year"], sort=False):
        each = t.say("real.and").join(
            t.say(
                "real.from", needed=t.percent(row.needed_real), value=numbers.humanised(t, row.outcome_value)
            )
            for row in group.itertuples()
        )
        first = group.iloc[0]
        known = {
            "goal": numbers.humanised(t, goal),
            "year": int(first["year"]),
            "price_year": int(year),
            "list": each,
        }
        real = numbers.humanised(t, first["goal_real"], digits=3)
        ids = " ".join(group["figure_ids"]).split()
        said.append(
            Said(t.say("real.goal", real=real, **known), formula=t.say("formula.real"), figure_ids=ids)
        )
    farm = bool((kept["indicator"] == "yield_per_ha").any())
    return Sentences([*said, *([t.say("real.farm")] if farm else [])])


def chances(t: Language, rows: pd.DataFrame) -> Sentences:
    """The chance of each goal that has one; else that none can be given."""
    shown = rows[rows["chance"].notna()]
    if shown.empty:
        return Sentences([t.say("chances.none")])
    return Sentences(
        Said(
            t.say(
                "chances.one",
                name=t.name(row["indicator"]),
                target=numbers.humanised(t, row["target"]),
                year=row["year"],
                value=numbers.humanised(t, row["value"]),
                chance=t.percent(row["chance"], 0),
            ),
            figure_ids=row["figure_ids"].split(),
        )
        for row in shown.to_dict("records")
    )


def chances_table(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    made = [
        {
            "indicator": t.name(row["indicator"]),
            "plan": f"{numbers.humanised(t, row['target'])} ({row['year']})",
            "latest": numbers.humanised(t, row["value"]),
            "points": str(row["points"]),
            "chance": "" if pd.isna(row["chance"]) else t.percent(row["chance"], 0),
            "remark": t.reason(row["warning"]),
            "figure_id": row["figure_ids"],
        }
        for row in rows.to_dict("records")
    ]
    columns = ["indicator", "plan", "latest", "points", "chance", "remark", "figure_id"]
    return headed(t, pd.DataFrame(made, columns=columns))


def methods(t: Language, rows: pd.DataFrame) -> Sentences:
    """One sentence on each of the published methods: what of the goals it can judge, and how."""
    said = []
    for method, group in rows.groupby("method", sort=False):
        judged = group[group["class_"] != ""]
        classes = ", ".join(
            f"{t.class_name(name)} ({number})" for name, number in judged["class_"].value_counts().items()
        )
        key = "methods.one" if len(judged) else "methods.none"
        known = {
            "method": t.say(f"method.{method}"),
            "judged": len(judged),
            "all": len(group),
            "classes": classes,
        }
        said.append(Said(t.say(key, **known), figure_ids=" ".join(group["figure_ids"]).split()))
    return Sentences(said)


def reference(t: Language, rows: pd.DataFrame) -> Sentences:
    """From each outcome: how many counted cases did as much as is needed, and which."""
    said = []
    for (value, needed), group in rows.groupby(["outcome_value", "needed_percent"], sort=False):
        counted = group[group["counted"]]
        enough = counted[counted["did_as_much"]]
        listed = "; ".join(
            f"{row.area} {row.from_year}–{row.year} ({t.number(row.growth_percent, 1)}%)"
            for row in enough.itertuples()
        )
        known = {
            "name": t.name(group["indicator"].iloc[0]),
            "value": numbers.humanised(t, value),
            "needed": t.number(needed, 1),
            "met": len(enough),
            "cases": len(counted),
            "list": t.say("answer.reference_list", list=listed) if listed else "",
        }
        ids = " ".join(counted["figure_ids"]).split()
        said.append(Said(t.say("answer.reference_class", **known), figure_ids=ids))
    return Sentences(said)
