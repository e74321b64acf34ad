"""What stands beside an open goal, in words: how plans turned out, what parts of a year point to, the goal in
real terms, its chance, where the district stands, what published methods say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from pandas import DataFrame

from baoyen_analysis.measures.nowcast import ranges
from baoyen_analysis.measures.plans import base_rate as rates_of
from baoyen_analysis.views.answered import Row, table
from baoyen_analysis.views.numbers import bounded, humanised, kept, span
from baoyen_analysis.views.said import Says, nothing, refused, say, told
from baoyen_analysis.views.verdicts import tally
from baoyen_analysis.words import Language

OUTCOME, ATTAINMENT = ("outcome_low", "outcome_high"), ("attainment_low", "attainment_high")


def base_rate(t: Language, rows: DataFrame) -> Iterator[str]:
    """How many of the plans that have an outcome were met, also without tourism's of 2020 and 2021."""
    if rows.empty:
        yield t.say("plans.none")
        return
    rate, *calm = rates_of(rows).drop_duplicates("n").to_dict("records")
    known = {"median": t.percent(rate["attainment_median"], 0), "list": tally(t, rate), "n": rate["n"]}
    known["calm"] = "".join(t.say("plans.rate_calm", **other) for other in calm)
    yield say(t, "plans.rate", rows["figure_ids"], **known)


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
        number = span(*(bounded(t, row[end], row.outcome_qualifier) for end in OUTCOME), by=" / ")
        near = t.say("chart.near", number=number) if row.outcome_qualifier == "near" else number
        return kept(t, near, row.outcome_kind)

    return table(
        t,
        rows.astype({"year": str}),
        "area indicator year plan outcome attainment verdict figure_id",
        area=area,
        plan=plan,
        outcome=outcome,
        attainment=lambda row: span(*(t.percent(row[end], None) for end in ATTAINMENT)),
    )


def nowcast(apart: DataFrame) -> Says:
    """The range of each way, and printed parts that can't both be so."""

    def says(t: Language, rows: DataFrame) -> Iterator[str]:
        first = rows.iloc[0]
        if first["reason"]:
            yield from nothing(first["reason"], first["indicator"], first["area"])(t, rows)
            return
        year = int(first["year"])
        known = {"year": year, "unit": t.unit(first["indicator"])}
        for row in ranges(rows).itertuples():
            low, high = (humanised(t, end, digits=2) for end in (row.low, row.high))
            parts = ", ".join(
                t.say("nowcast.of", period=t.period(year, own.part), value=humanised(t, own.part_value))
                for own in rows[rows["way"] == row.way].drop_duplicates("part").itertuples()
            )
            how = {"computed": f"{low} {high}", "formula": t.say(f"formula.nowcast_{row.way}")}
            ends = {"low": low, "high": high, "parts": parts}
            yield say(t, f"nowcast.{row.way}", row.figure_ids, **known, **ends, **how)
        for row in apart.itertuples():
            value, other = humanised(t, row.value), humanised(t, row.other_value)
            known = {"part": t.definition(row.definition) or t.periods(row.period), "value": value}
            known |= {"other_part": t.periods(row.other_period), "other_value": other}
            key = "nowcast.apart_same" if row.same_year else "nowcast.apart"
            yield say(t, key, (row.figure_id, row.other_figure_id), **known)

    return says


def standing(t: Language, rows: DataFrame) -> Iterator[str]:
    """The latest standing on each indicator."""
    if rows.empty:
        yield t.say("standing.none")
    latest = rows.sort_values(["period", "districts"]).drop_duplicates("indicator", keep="last")
    for row in map(Row, latest.to_dict("records")):
        known = {"period": _when(t, row), "rank": _place(row), "first": t.say(f"standing.{row.first_is}")}
        yield told(t, "standing.one", row, **known)


def _when(t: Language, row: Row) -> str:
    """The period of a standing, with what is counted in it and that the collector concluded it."""
    beside = [t.definition(row.definition), t.say("standing.inferred") if row.year_inferred else ""]
    if row.period[:4] in beside[0]:  # a holiday with its year: it is no quarter
        return beside[0]
    said = "; ".join(filter(None, beside))
    return f"{t.periods(row.period)} ({said})" if said else t.periods(row.period)


def _place(row: Row) -> str:
    return span(*(str(int(row[end])) for end in ("rank_best", "rank_worst")))


def standing_table(t: Language, rows: DataFrame) -> DataFrame:
    return table(
        t,
        rows,
        "indicator period value rank direction figure_id",
        value=lambda row: humanised(t, row.value),
        rank=lambda row: f"{_place(row)}/{int(row.districts)}",
        direction=lambda row: t.say(f"standing.{row.first_is}"),
    )


def real_terms(t: Language, rows: DataFrame) -> Iterator[str]:
    """What the goal is worth in prices of the outcome's year, and the real growth it needs from each
    outcome."""
    kept = rows[rows["reason"] == ""]
    if kept.empty:
        yield from (refused(t, t.name(row.indicator), row.reason) for row in rows.head(1).itertuples())
    for (goal, price_year), group in kept.groupby(["goal_value", "outcome_year"], sort=False):
        rates = [t.percent(rate) for rate in group["needed_real"]]
        each = t.say("real.and").join(
            t.say("real.from", needed=rate, value=humanised(t, value))
            for rate, value in zip(rates, group["outcome_value"], strict=True)
        )
        real = humanised(t, group["goal_real"].iloc[0], digits=3)
        known = {"goal": humanised(t, goal), "year": int(group["year"].iloc[0]), "list": each, "real": real}
        known |= {"computed": " ".join([real, *rates]), "formula": t.say("formula.real")}
        yield say(t, "real.goal", group["figure_ids"], price_year=int(price_year), **known)
    if kept["indicator"].eq("yield_per_ha").any():
        yield t.say("real.farm")


def chances(t: Language, rows: DataFrame) -> Sequence[str]:
    """The chance of each goal that has one; else that none can be given."""
    held = rows[rows["chance"].notna()].to_dict("records")
    said = [told(t, "chances.one", row, chance=t.percent(row["chance"], 0)) for row in held]
    return said or [t.say("chances.none")]


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


def methods(t: Language, rows: DataFrame) -> Iterator[str]:
    """One sentence on each of the published methods: what of the goals it can judge, and how."""
    for method, group in rows.groupby("method", sort=False):
        judged = group.loc[group["class_"] != "", "class_"]
        classes = [f"{t.class_name(name)} ({number})" for name, number in judged.value_counts().items()]
        known = {"method": t.say(f"method.{method}"), "judged": len(judged), "classes": ", ".join(classes)}
        key = "methods.one" if classes else "methods.none"
        yield say(t, key, group["figure_ids"], all=len(group), **known)


def reference(t: Language, rows: DataFrame) -> Iterator[str]:
    """From each outcome: how many counted cases did as much as is needed, and which."""
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
        yield say(t, "answer.reference_class", ids, met=len(enough), cases=len(counted), **known)
