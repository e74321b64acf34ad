"""What stands beside an open goal, in words: how plans turned out, what parts of a year point to, the goal in
real terms, its chance, where the district stands, what published methods say."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from pandas import DataFrame

from baoyen_analysis.measures.nowcast import ranges
from baoyen_analysis.measures.plans import base_rate as rates_of
from baoyen_analysis.views import numbers
from baoyen_analysis.views.answered import Row, table
from baoyen_analysis.views.numbers import bounded, humanised, span
from baoyen_analysis.views.said import Sentences, refused, say, told
from baoyen_analysis.views.verdicts import tally
from baoyen_analysis.words import Language


def base_rate(t: Language, rows: DataFrame) -> Sentences:
    """How many of the plans that have an outcome were met, also without tourism's of 2020 and 2021."""
    if rows.empty:
        return Sentences([t.say("plans.none")])
    rate, *calm = rates_of(rows).drop_duplicates("n").to_dict("records")
    known = {"median": t.percent(rate["attainment_median"], 0), "list": tally(t, rate), "n": rate["n"]}
    known["calm"] = "".join(t.say("plans.rate_calm", **other) for other in calm)
    return Sentences([say(t, "plans.rate", rows["figure_ids"], **known)])


def plans(t: Language, rows: DataFrame) -> DataFrame:
    """Plans with their outcomes: area, indicator, year, plan, outcome, attainment, verdict; what is derived,
    estimated or preliminary is marked so."""

    def area(row: Row) -> str:
        return row.area if row.area_level == "district" else t.placed(row.area, row.area_level)

    def plan(row: Row) -> str:
        if not row.by_share:
            return bounded(t, row.goal, row.goal_qualifier)
        ends = (humanised(t, end, digits=3) for end in (row.goal_high, row.goal_low))
        return t.say("chart.derived", number=span(*ends, by=" / "))

    def outcome(row: Row) -> str:
        ends = (bounded(t, end, row.outcome_qualifier) for end in (row.outcome_low, row.outcome_high))
        number = span(*ends, by=" / ")
        near = t.say("chart.near", number=number) if row.outcome_qualifier == "near" else number
        return numbers.kept(t, near, row.outcome_kind)

    return table(
        t,
        rows.astype({"year": str}),
        "area indicator year plan outcome attainment verdict figure_id",
        area=area,
        plan=plan,
        outcome=outcome,
        attainment=lambda row: span(
            *(t.percent(end, None) for end in (row.attainment_low, row.attainment_high))
        ),
    )


def nowcast(apart: DataFrame) -> Callable[[Language, DataFrame], Sentences]:
    """The range of each way, and printed parts that can't both be so."""

    def says(t: Language, rows: DataFrame) -> Sentences:
        first = rows.iloc[0]
        if first["reason"]:
            return Sentences([refused(t, f"{t.name(first['indicator'])}, {first['area']}", first["reason"])])
        known = {"year": int(first["year"]), "unit": t.unit(first["indicator"])}
        said = []
        for row in ranges(rows).itertuples():
            low, high = (humanised(t, end, digits=2) for end in (row.low, row.high))
            ends = {"low": low, "high": high, "computed": f"{low} {high}"}
            ends["formula"] = t.say(f"formula.nowcast_{row.way}")
            own = rows[rows["way"] == row.way].drop_duplicates("part")
            each = zip(own["part"], own["part_value"], strict=True)
            ends["parts"] = ", ".join(
                t.say("nowcast.of", period=t.period(int(first["year"]), part), value=humanised(t, value))
                for part, value in each
            )
            said.append(say(t, f"nowcast.{row.way}", row.figure_ids, **ends, **known))
        for row in apart.itertuples():
            value, other = humanised(t, row.value), humanised(t, row.other_value)
            known = {"part": t.definition(row.definition) or t.periods(row.period), "value": value}
            known |= {"other_part": t.periods(row.other_period), "other_value": other}
            key = "nowcast.apart_same" if row.same_year else "nowcast.apart"
            said.append(say(t, key, (row.figure_id, row.other_figure_id), **known))
        return Sentences(said)

    return says


def standing(t: Language, rows: DataFrame) -> Sentences:
    """The latest standing on each indicator."""
    if rows.empty:
        return Sentences([t.say("standing.none")])
    latest = rows.sort_values(["period", "districts"]).drop_duplicates("indicator", keep="last")
    return Sentences(
        told(
            t,
            "standing.one",
            row,
            period=_when(t, row),
            rank=_place(row),
            first=t.say(f"standing.{row.first_is}"),
        )
        for row in map(Row, latest.to_dict("records"))
    )


def _when(t: Language, row: Row) -> str:
    """The period of a standing, with what is counted in it and that the collector concluded it."""
    beside = [t.definition(row.definition), t.say("standing.inferred") if row.year_inferred else ""]
    if row.period[:4] in beside[0]:  # a holiday with its year: it is no quarter
        return beside[0]
    said = "; ".join(filter(None, beside))
    return f"{t.periods(row.period)} ({said})" if said else t.periods(row.period)


def _place(row: Row) -> str:
    low, high = int(row.rank_best), int(row.rank_worst)
    return str(int(row.rank)) if low == high else f"{low}–{high}"


def standing_table(t: Language, rows: DataFrame) -> DataFrame:
    return table(
        t,
        rows,
        "indicator period value rank direction figure_id",
        value=lambda row: humanised(t, row.value),
        rank=lambda row: f"{_place(row)}/{int(row.districts)}",
        direction=lambda row: t.say(f"standing.{row.first_is}"),
    )


def real_terms(t: Language, rows: DataFrame) -> Sentences:
    """What the goal is worth in prices of the outcome's year, and the real growth it needs from each
    outcome."""
    kept = rows[rows["reason"] == ""]
    if kept.empty:
        return Sentences(refused(t, t.name(row.indicator), row.reason) for row in rows.head(1).itertuples())
    said: list[str] = []
    for (goal, price_year), group in kept.groupby(["goal_value", "outcome_year"], sort=False):
        each = t.say("real.and").join(
            t.say("real.from", needed=t.percent(row.needed_real), value=humanised(t, row.outcome_value))
            for row in group.itertuples()
        )
        known = {"goal": humanised(t, goal), "year": int(group["year"].iloc[0]), "list": each}
        real = humanised(t, group["goal_real"].iloc[0], digits=3)
        known |= {"real": real, "price_year": int(price_year)}
        computed = " ".join([real, *(t.percent(rate) for rate in group["needed_real"])])
        how = {"computed": computed, "formula": t.say("formula.real")}
        said.append(say(t, "real.goal", group["figure_ids"], **known, **how))
    farm = kept["indicator"].eq("yield_per_ha").any()
    return Sentences([*said, *([t.say("real.farm")] if farm else [])])


def chances(t: Language, rows: DataFrame) -> Sentences:
    """The chance of each goal that has one; else that none can be given."""
    held = rows[rows["chance"].notna()].to_dict("records")
    said: list[str] = [told(t, "chances.one", row, chance=t.percent(row["chance"], 0)) for row in held]
    return Sentences(said or [t.say("chances.none")])


def chances_table(t: Language, rows: DataFrame) -> DataFrame:
    return table(
        t,
        rows.astype({"points": str}),
        "indicator plan latest points chance remark figure_id",
        plan=lambda row: f"{humanised(t, row.target)} ({row.year})",
        latest=lambda row: humanised(t, row.value),
        chance=lambda row: "" if pd.isna(row.chance) else t.percent(row.chance, 0),
        remark=lambda row: t.reason(row.warning),
    )


def methods(t: Language, rows: DataFrame) -> Sentences:
    """One sentence on each of the published methods: what of the goals it can judge, and how."""
    said = []
    for method, group in rows.groupby("method", sort=False):
        judged = group.loc[group["class_"] != "", "class_"]
        classes = [f"{t.class_name(name)} ({number})" for name, number in judged.value_counts().items()]
        known = {"method": t.say(f"method.{method}"), "judged": len(judged), "classes": ", ".join(classes)}
        key = "methods.one" if classes else "methods.none"
        said.append(say(t, key, group["figure_ids"], all=len(group), **known))
    return Sentences(said)


def reference(t: Language, rows: DataFrame) -> Sentences:
    """From each outcome: how many counted cases did as much as is needed, and which."""
    said = []
    for (value, needed), group in rows.groupby(["outcome_value", "needed_percent"], sort=False):
        counted = group[group["counted"]]
        enough = [
            f"{row.area} {row.from_year}–{row.year} ({t.number(row.growth_percent, 1)}%)"
            for row in counted[counted["did_as_much"]].itertuples()
        ]
        known = {
            "name": t.name(group["indicator"].iloc[0]),
            "value": humanised(t, value),
            "needed": t.number(needed, 1),
            "list": t.say("answer.reference_list", list="; ".join(enough)) if enough else "",
        }
        ids = counted["figure_ids"]
        said.append(say(t, "answer.reference_class", ids, met=len(enough), cases=len(counted), **known))
    return Sentences(said)
