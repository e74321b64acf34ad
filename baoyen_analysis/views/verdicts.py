"""Verdicts in words: one line a goal with its numbers, the count of the goals, the headline, and what each
reading says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from pandas import DataFrame

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.readings import LINEAR_UNITS, TOURISM
from baoyen_analysis.measures.verdicts import answers_by, counts
from baoyen_analysis.measures.worth import hit_rate
from baoyen_analysis.views import said
from baoyen_analysis.views.numbers import bounded, humanised, kept, signed, span, years
from baoyen_analysis.views.said import Said, Says, say
from baoyen_analysis.vocabulary import INDICATORS
from baoyen_analysis.words import Language

Goal: TypeAlias = dict[str, Any]  # a row of the scorecard
Judged: TypeAlias = Sequence[tuple[Goal, DataFrame]]
PACE = ("fast_enough", "too_slow", "turns_on", "depends")
_READ = [
    f"{role}_{part}"
    for role in ("outcome", "base")
    for part in ("value", "qualifier", "kind", "year", "definition")
]
_SAID_BY = ("estimate", "preliminary", "derived", "share_of_plan")


def lines(judged: Judged) -> Says:
    """One line a goal, and beside a verdict on a pace what such a pace was worth elsewhere."""
    return lambda t, _: [
        text for row, readings in judged for text in (line(t, row, readings), *worth(t, row))
    ]


def scorecard(judged: Judged, area: str, *, year: int | None, planned: list[int], wanted: list[str]) -> Says:
    """How many of the goals are met, missed, open, without an outcome; then a line a goal that has anything
    to be judged by, and the rest in one. Without a goal of the year: the years that were `planned`."""

    def says(t: Language, rows: DataFrame) -> Sequence[str]:
        if rows.empty:
            key = "no_plan_for" if wanted else "no_plan_year" if planned and year else "no_plan"
            known = {"area": area, "year": year, "years": years(planned)}
            return [t.say(f"finding.{key}", **known, name=", ".join(map(t.named, wanted)))]
        held = [named(t, *pair) for pair in judged if pair[0]["reason"] != "no_outcome"]
        bare = [t.named(row["indicator"]) for row, _ in judged if row["reason"] == "no_outcome"]
        without = [t.say("verdict.without", number=len(bare), names="; ".join(bare))] if bare else []
        return [counted(t, rows), *held, *without]

    return says


def named(t: Language, row: Goal, readings: DataFrame) -> Said:
    """The line of a goal after the name of its indicator."""
    text = line(t, row, readings)
    whole = f"{t.name(row['indicator'])}: {text[:1].lower()}{text[1:]}"
    return Said(whole, text.figure_ids, computed=text.computed, formula=text.formula)


def _own(rows: DataFrame) -> tuple[DataFrame, str, dict[str, int]]:
    """The goals of goals.csv, or all where none is of it; their years; how many are met, missed, open."""
    own = rows[rows["goal_ids"] != ""]
    own = rows if own.empty else own
    return own, years(sorted(set(own["year"]))), counts(own)


def counted(t: Language, rows: DataFrame) -> Said:
    """Of so many goals of a year so many are met, missed, open, without an outcome; of what there is none,
    nothing."""
    _, year, found = _own(rows)
    return say(t, "verdict.counts", years=year, goals=found["goals"], list=tally(t, found))


def tally(t: Language, found: Goal) -> str:
    """How many are met, missed, open, without an outcome; of what there is none, nothing."""
    each = t.group("count").items()
    return ", ".join(text.format(number=found[name]) for name, text in each if found.get(name))


def headline(t: Language, rows: DataFrame) -> Said:
    """What a leader takes away, in two clauses and the words of the goals' lines: the outcomes, and how the
    growth of the others stands."""
    own, year, found = _own(rows)
    none = found["without"] == found["goals"]
    waiting = own[own["reason"] != "no_outcome"].replace({"verdict": {"depends": "turns_on"}})
    paced = []
    for verdict in ("fast_enough", "too_slow", "turns_on", "no_pace"):
        those = waiting.loc[waiting["verdict"] == verdict, "indicator"].map(partial(short, t))
        named = none and len(those) < 3 and verdict in ("fast_enough", "too_slow")
        names = f" ({', '.join(those)})" if named else ""
        paced += [f"{len(those)} {t.say(f'verdict.name_{verdict}')}{names}"] if len(those) else []
    first = t.say(f"headline.{'none' if none else 'some'}", year=year, goals=len(own), list=tally(t, found))
    pace = t.say("headline.pace" if paced else "headline.no_pace", list=", ".join(paced))
    return Said(f"{first}; {pace}.")  # counts lead to no figure


def short(t: Language, indicator: str) -> str:
    """The name of an indicator where there is little room."""
    return t.words.get(f"short.{indicator}") or t.named(indicator)


def settles(t: Language, judged: Judged) -> Said:
    """What would settle the goals without an outcome of their year: those outcomes, and to judge a pace, what
    is missing of each; "" where all are judged."""
    left = [pair for pair in judged if pair[0]["counted_as"] == "without" and pair[0]["goal_ids"]]
    if not left:
        return Said("")
    each = [(short(t, row["indicator"]), _lacking(t, row, readings)) for row, readings in left]
    listed = "; ".join(f"{name}: {what}" for name, what in each if what)
    which = t.say("settles.pace", list=listed) if listed else ""
    ids = [row["figure_ids"] for row, _ in left]
    return say(t, "settles.all", ids, year=left[0][0]["year"], number=len(left), which=which)


def _lacking(t: Language, row: Goal, readings: DataFrame) -> str:
    """What is missing to judge the pace of a goal; "" where nothing of the record would tell."""
    known = _parts(t, row, readings)
    if row["verdict"] == "no_pace":
        return t.say("settles.unlike", **known) if row["reason"].startswith("unlike") else ""
    part = {"depends": "outcome"}.get(row["verdict"], row["turns_on"])
    if part in ("outcome", "goal"):
        values = answers_by(readings, part)["value"].drop_duplicates().map(partial(humanised, t))
        known["values"] = t.say("settles.or").join(values)
        return t.say(f"settles.{part}", **known) if len(values) > 1 else ""
    if part == "rounding":
        return t.say(f"settles.{'year' if row['indicator'] in TOURISM else part}", **known)
    return "; ".join(_unlike(t, readings, row, "settles.like"))


def line(t: Language, row: Goal, readings: DataFrame) -> Said:
    """The verdict on a goal in one line, with its numbers."""
    key, known = row["verdict"], _parts(t, allowed(row, readings), readings)
    if key == "no_pace" and row["reason"] == "no_outcome":
        key = "no_outcome"
    elif key in ("turns_on", "depends"):
        known |= _turning(t, row, readings)
        key = f"turns_on_{row['turns_on']}" if key == "turns_on" else key
    computed = " ".join(known[name] for name in ("needed", "done", "attainment"))
    formula = t.say("formula.attainment" if key in ("met", "missed", "open") else "formula.pace")
    return say(t, f"verdict.{key}", row["figure_ids"], computed=computed, formula=formula, **known)


def _parts(t: Language, row: Goal, readings: DataFrame) -> dict[str, str]:
    """What a line names: the goal, the outcomes, the growth needed and done, what counts otherwise."""
    own = _own_outcomes(row, readings)
    share = [t.percent(row[f"attainment_{end}"]) for end in ("low", "high")]
    kind, tells = t.say(f"verdict.kind_{row['goal_kind']}"), row["outcome_kind"]
    # "Met by an estimate" has said already that the number is one.
    told = tells if row["verdict"] in ("met", "missed") else ""
    past = t.say("verdict.tourism") if row["verdict"] in PACE and row["indicator"] in TOURISM else ""
    counted = said.counts(t, row["goal_definition"])
    known = {
        "goal": goal(t, row),
        "kind": kind,
        "kind_first": kind[:1].upper() + kind[1:],
        "year": str(row["year"]),
        "outcome_year": str(int(row["outcome_year"])) if own else "",
        "outcome": span(*(outcome(t, reading, told=told) for reading in own), by=" / "),
        "outcome_at": span(*(outcome_at(t, reading) for reading in own), by=" / "),
        "attainment": _span(t, *share) if pd.notna(row["attainment_low"]) else "",
        "needed": growth(t, row, "needed"),
        "done": growth(t, row, "done"),
        "by": t.say(f"verdict.by_{tells}") if tells in _SAID_BY else "",
        "covid": t.say("verdict.covid") if readings["through_covid"].any() else "",
        "beside": "".join(_unlike(t, readings, row, "verdict.unlike")) + past,
        **dict.fromkeys(("definition", "goal_definition"), counted),
    }
    return known | {"why": _why(t, row, own[0], known) if own else ""}


def _own_outcomes(row: Goal, readings: DataFrame) -> list[dict[str, Any]]:
    """The outcomes and bases of the readings whose outcome is of the year that the verdict rests on."""
    if pd.isna(row["outcome_year"]):
        return []
    why = readings["outcome_because"].tolist()
    own = [
        i
        for i, year in enumerate(readings["outcome_year"].tolist())
        if year == row["outcome_year"] and (not why[i] or "" not in why)
    ]
    read = {name: readings[name].tolist() for name in _READ if own and name in readings}
    return [{name: column[i] for name, column in read.items()} for i in own]


def outcomes(t: Language, row: Goal, readings: DataFrame) -> str:
    """The outcomes that a verdict rests on, with their bounds and their year; "" where there is none."""
    own = _own_outcomes(row, readings)
    each = span(*(outcome(t, reading) for reading in own), by=" / ")
    return each and f"{each} ({int(row['outcome_year'])})"


def goal(t: Language, row: Goal) -> str:
    """The number of a goal with its bound, its total and its unit."""
    unit = t.unit(row["indicator"]).removesuffix("/năm") if row["indicator"] in INDICATORS else ""
    text = bounded(t, row["goal"], row["goal_qualifier"], unit=unit)
    total, number = row["goal_denominator"], humanised(t, row["goal"])
    return text if pd.isna(total) else text.replace(number, f"{number}/{humanised(t, total)}", 1)


def outcome_at(t: Language, reading: Any, role: str = "outcome") -> str:
    """An outcome or base with its year, and that it is an estimate, in one bracket."""
    kind = reading[f"{role}_kind"]
    key = f"verdict.at_{kind}" if kind in ("estimate", "preliminary") else "verdict.at"
    return t.say(key, outcome=outcome(t, reading, role, kind), year=int(reading[f"{role}_year"]))


def outcome(t: Language, reading: Any, role: str = "outcome", told: str = "") -> str:
    """An outcome or base with the word of its bound, and that it is an estimate where that is not `told`."""
    number = bounded(t, reading[f"{role}_value"], reading[f"{role}_qualifier"])
    kind = reading[f"{role}_kind"]
    return number if kind == told else kept(t, number, kind)


def _span(t: Language, *ends: str) -> str:
    """One number, or two as a range; below zero with a word between, where a dash would be read as a sign."""
    return span(*ends, by=t.say("verdict.to") if ends[0].startswith("−") else "–")


def growth(t: Language, row: Any, name: str, *, brief: bool = True) -> str:
    """Growth a year over the counted readings: per cent, or points and units of what has a fixed total;
    `brief`: a range of tens of per cent in whole ones."""
    low, high = ends = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(low):
        return ""
    known = INDICATORS.get(row["indicator"])
    if known is not None and known.unit in LINEAR_UNITS:
        unit = t.say("verdict.points") if known.unit == "percent" else t.unit(known.unit)
        return f"{_span(t, *(signed(t, round(end, 1)) for end in ends))} {unit}"
    if not np.isfinite(high):
        return t.say("verdict.without_limit")
    decimals = 0 if brief and min(abs(low), abs(high)) >= 0.1 and round(low, 2) != round(high, 2) else 1
    return _span(t, *(t.number(100 * end, decimals).replace("-", "−") for end in ends)) + "%"


def allowed(row: Goal, readings: DataFrame) -> Goal:
    """A goal whose verdict turns on rounding, with the growth needed and done that the figures' intervals
    allow over the readings that count; any other as it is."""
    if row["turns_on"] != "rounding" or row["verdict"] != "turns_on":
        return row
    counted = readings[readings["counted"].astype(bool)]
    ends = {
        f"{name}_{end}": how for name in ("needed", "done") for end, how in (("low", "min"), ("high", "max"))
    }
    return row | counted.agg(ends).to_dict()


def rate(t: Language, row: Any, name: str) -> str:
    """The growth a year of one reading, without its range."""
    return growth(t, {**row, f"{name}_low": row[name], f"{name}_high": row[name]}, name, brief=False)


def _why(t: Language, row: Goal, first: dict[str, Any], known: dict[str, str]) -> str:
    """Why an outcome, the `first`, does not settle it, or why no pace can be judged."""
    code = row["reason"].split(" + ")[0]
    if not code or code == "no_outcome":
        return ""
    own = {"outcome": outcome(t, first), "outcome_at": outcome_at(t, first)}
    own["outcome_definition"] = said.counts(t, first["outcome_definition"])
    if code == "unlike" and row["verdict"] == "no_pace":
        code = "no_pace_unlike"
        if alike(first["outcome_definition"], row["goal_definition"]) and pd.notna(first["base_year"]):
            code, own["base_at"] = "base_unlike", outcome_at(t, first, "base")
            own["base_definition"] = said.counts(t, first["base_definition"])
    return t.say(f"verdict_why.{code}", **known | own)


def _unlike(t: Language, readings: DataFrame, row: Goal, key: str) -> Iterator[str]:
    """Outcomes that may count something else and are later or of the same year, and what they would say:
    shown, not counted."""
    if row["verdict"] not in PACE:
        return
    if "unlike" not in readings["outcome_because"].tolist():
        return
    later = readings["outcome_because"].eq("unlike") & readings["outcome_year"].ge(row["outcome_year"])
    for _, each in readings[later].groupby("outcome_figure_id", sort=False):
        reading, says = each.iloc[0], {*each["enough"]} - {""}
        answer = t.say(f"verdict.says_{'either' if len(says) > 1 else min(says)}") if says else ""
        known = {"value": outcome(t, reading), "year": str(int(reading["outcome_year"]))}
        known["would"] = t.say("verdict.would", answer=answer) if answer else ""
        yield t.say(key, definition=said.counts(t, reading["outcome_definition"]), **known)


def _turning(t: Language, row: Goal, readings: DataFrame) -> dict[str, str]:
    """What each value of the part that a verdict turns on says: `yes`, `no`, and a `list` of all."""
    part = row["turns_on"] if row["turns_on"] in ("base", "goal") else "outcome"
    answers, joint = answers_by(readings, part), t.say("verdict.or")
    values = answers["value"].map(partial(humanised, t))
    values = answers["year"].map("{:.0f}".format) + " (" + values + ")" if part == "base" else values
    known = {name: joint.join(values[answers["answer"] == name]) for name in ("yes", "no")}
    says = zip(values, answers["answer"], strict=True)
    listed = [t.say("verdict.answer", value=value, answer=t.say(f"verdict.says_{s}")) for value, s in says]
    return known | {"list": "; ".join(listed)}


def worth(t: Language, row: Goal) -> list[Said]:
    """Beside a verdict on a pace: how often goals judged so were met elsewhere, in its band of growth needed;
    a goal of tourism says in its line that they told nothing."""
    if row["verdict"] not in PACE or row["indicator"] in TOURISM:
        return []
    known = hit_rate(row["verdict"], row["needed_low"], row["needed_high"])
    return [say(t, "worth.one", verdict=t.say(f"verdict.name_{row['verdict']}"), **known)] if known else []


def enough(readings: DataFrame) -> dict[str, int]:
    """How many of the readings that count say yes, no, or leave it open."""
    said = readings.loc[readings["counted"].astype(bool), "enough"]
    return {name: int((said == name).sum()) for name in ("yes", "no", "open")}


def readings_said(t: Language, rows: DataFrame) -> Sequence[str]:
    """How many readings there are, how many count, and what they say."""
    if rows.empty:
        return [t.say("readings.none")]
    counted = int(rows["counted"].sum())
    return [t.say("readings.counts", all=len(rows), counted=counted, **enough(rows))]
