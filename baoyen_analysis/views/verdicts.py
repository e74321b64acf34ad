"""Verdicts in words: one line a goal with its numbers, the count of the goals, the headline, and what each
reading says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.readings import LINEAR_UNITS, TOURISM
from baoyen_analysis.measures.verdicts import answers_by, counts
from baoyen_analysis.measures.worth import hit_rate
from baoyen_analysis.views import numbers
from baoyen_analysis.views.said import Said, Sentences
from baoyen_analysis.vocabulary import INDICATORS, QUALIFIER_FLAGS
from baoyen_analysis.words import Language

Judged = Sequence[tuple[dict[str, Any], pd.DataFrame]]
PACE = ("fast_enough", "too_slow", "turns_on", "depends")


def lines(judged: Judged) -> Callable[[Language, pd.DataFrame], Sentences]:
    """One line a goal, and beside a verdict on a pace what such a pace was worth elsewhere."""

    def says(t: Language, _: pd.DataFrame) -> Sentences:
        each = [[line(t, row, readings), *worth(t, row)] for row, readings in judged]
        return Sentences(sentence for sentences in each for sentence in sentences)

    return says


def scorecard(
    judged: Judged, area: str, *, year: int | None, planned: list[int], wanted: list[str]
) -> Callable[[Language, pd.DataFrame], Sentences]:
    """How many of the goals are met, missed, open, without an outcome; then a line a goal that has anything
    to be judged by, and the rest in one. Without a goal of the year: the years that were `planned`."""

    def says(t: Language, rows: pd.DataFrame) -> Sentences:
        if rows.empty:
            key = "no_plan_for" if wanted else "no_plan_year" if planned and year else "no_plan"
            names = ", ".join(map(t.named, wanted))
            known = {"area": area, "year": year, "years": numbers.years(planned), "name": names}
            return Sentences([Said(t.say(f"finding.{key}", **known))])
        held = [pair for pair in judged if not _bare(pair[0])]
        bare = [t.named(row["indicator"]) for row, _ in judged if _bare(row)]
        said = [
            counted(t, rows),
            *(Said(named(t, row, line(t, row, r)), figure_ids=_ids(row)) for row, r in held),
        ]
        if bare:
            said.append(Said(t.say("verdict.without", number=len(bare), names="; ".join(bare))))
        return Sentences(said)

    return says


def _bare(row: dict[str, Any]) -> bool:
    return row["reason"] == "no_outcome"


def named(t: Language, row: dict[str, Any], text: str) -> str:
    return f"{t.name(row['indicator'])}: {text[:1].lower() + text[1:]}"


def counted(t: Language, rows: pd.DataFrame) -> Said:
    """Of so many goals of a year so many are met, missed, open, without an outcome: those of goals.csv, or
    all where none is of it."""
    own = rows[rows["goal_ids"] != ""]
    own = rows if own.empty else own
    years = numbers.years(sorted(set(own["year"])))
    return Said(t.say("verdict.counts", years=years, **counts(own)), key="counts")


def headline(t: Language, rows: pd.DataFrame) -> Said:
    """What a leader takes away, in two clauses."""
    own = rows[rows["goal_ids"] != ""]
    own = rows if own.empty else own
    found = counts(own)
    verdicts = own["verdict"].value_counts()
    paced = {name: int(verdicts.get(name, 0)) for name in ("fast_enough", "too_slow")}
    unsettled = int(
        own["verdict"].isin(["turns_on", "depends", "no_pace"]).sum() - own["reason"].eq("no_outcome").sum()
    )
    year = numbers.years(sorted(set(own["year"])))
    first = "none" if found["without"] == found["goals"] else "open" if found["open"] else "some"
    said = t.say(f"headline.{first}", year=year, **found)
    return Said(
        f"{said}; {_paced(t, own, paced, unsettled)}.", figure_ids=" ".join(own["figure_ids"]).split()
    )


def _paced(t: Language, own: pd.DataFrame, paced: dict[str, int], unsettled: int) -> str:
    """How the growth of those without an outcome of the year stands."""
    parts = []
    for name, number in paced.items():
        if number:
            names = [_short(t, indicator) for indicator in own.loc[own["verdict"] == name, "indicator"]]
            shown = t.say("headline.names", names=", ".join(names)) if number < 3 else ""
            parts.append(t.say(f"headline.{name}", number=number, names=shown))
    if unsettled:
        parts.append(t.say("headline.unsettled", number=unsettled))
    return t.say("headline.pace", list=", ".join(parts)) if parts else t.say("headline.no_pace")


def _short(t: Language, indicator: str) -> str:
    key = f"short.{indicator}"
    return t.words.get(key) or t.named(indicator)


def line(t: Language, row: dict[str, Any], readings: pd.DataFrame) -> Said:
    """The verdict on a goal in one line, with its numbers."""
    case = row["verdict"]
    key = {"turns_on": f"turns_on_{row['turns_on']}", "no_pace": _no_pace(row)}.get(case, case)
    known = _parts(t, row, readings)
    if case in ("turns_on", "depends"):
        known |= _turning(t, row, readings)
    computed = " ".join(known[name] for name in ("needed", "done", "attainment"))
    text = t.say(f"verdict.{key}", **known)
    return Said(
        text, key=f"verdict.{key}", formula=t.say("formula.pace"), computed=computed, figure_ids=_ids(row)
    )


def _ids(row: dict[str, Any]) -> list[str]:
    return str(row["figure_ids"]).split()


def _no_pace(row: dict[str, Any]) -> str:
    return "no_outcome" if _bare(row) else "no_pace"


def _parts(t: Language, row: dict[str, Any], readings: pd.DataFrame) -> dict[str, str]:
    """What a line names: the goal, the outcomes, the growth needed and done, what counts otherwise."""
    used = readings[readings["outcome_because"] == ""]
    used = used if len(used) else readings
    own = used[used["outcome_year"] == row["outcome_year"]] if pd.notna(row["outcome_year"]) else used.head(0)
    first = own.iloc[0] if len(own) else None
    year = "" if first is None else str(int(first["outcome_year"]))
    # "Met by an estimate" has said already that the number is one.
    said_of = row["outcome_kind"] if row["verdict"] in ("met", "missed") else ""
    return {
        "goal": goal(t, row),
        "kind": t.say(f"verdict.kind_{row['goal_kind']}"),
        "kind_first": _first_up(t.say(f"verdict.kind_{row['goal_kind']}")),
        "year": str(row["year"]),
        "outcome_year": year,
        "outcome": " / ".join(
            dict.fromkeys(outcome(t, reading, said=said_of) for _, reading in own.iterrows())
        ),
        "outcome_at": ""
        if first is None
        else " / ".join(dict.fromkeys(outcome_at(t, reading) for _, reading in own.iterrows())),
        "attainment": _span(t.percent(row["attainment_low"]), t.percent(row["attainment_high"]), t=t)
        if pd.notna(row["attainment_low"])
        else "",
        "needed": growth(t, row, "needed"),
        "done": growth(t, row, "done"),
        "by": t.say(f"verdict.by_{row['outcome_kind']}") if row["outcome_kind"] in _BY else "",
        "why": _why(t, row, first),
        "covid": t.say("verdict.covid") if bool(readings["through_covid"].any()) else "",
        "unlike": _unlike(t, readings, row),
    }


_BY = ("estimate", "preliminary", "derived", "share_of_plan")


def goal(t: Language, row: dict[str, Any]) -> str:
    """The number of a goal with its bound, its total and its unit."""
    unit = t.unit(row["indicator"]).removesuffix("/năm") if row["indicator"] in INDICATORS else ""
    said = numbers.bounded(t, row["goal"], row["goal_qualifier"], unit=unit)
    total = row["goal_denominator"]
    number = numbers.humanised(t, row["goal"])
    return said if pd.isna(total) else said.replace(number, f"{number}/{numbers.humanised(t, total)}", 1)


def outcome_at(t: Language, reading: pd.Series, role: str = "outcome") -> str:
    """An outcome or base with its year, and that it is an estimate, in one bracket."""
    year, kind = int(reading[f"{role}_year"]), reading[f"{role}_kind"]
    said = outcome(t, reading, role=role, said=kind)
    return t.say(
        f"verdict.at_{kind}" if kind in ("estimate", "preliminary") else "verdict.at", outcome=said, year=year
    )


def outcome(t: Language, reading: pd.Series, *, role: str = "outcome", said: str = "") -> str:
    """An outcome or base with the word of its bound, and that it is an estimate where that is not `said`."""
    qualifier, kind = reading[f"{role}_qualifier"], reading[f"{role}_kind"]
    bound = qualifier if QUALIFIER_FLAGS.get(qualifier, "") in numbers.BOUNDS else ""
    number = numbers.bounded(t, reading[f"{role}_value"], bound)
    return (
        t.say(f"chart.{kind}", number=number)
        if kind in ("estimate", "preliminary") and kind != said
        else number
    )


def growth(t: Language, row: dict[str, Any], name: str, *, brief: bool = True) -> str:
    """Growth a year over the counted readings: per cent, or points and units of what has a fixed total;
    `brief`: a range of tens of per cent in whole ones."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(low):
        return ""
    known = INDICATORS.get(row["indicator"])
    if known is not None and known.unit in LINEAR_UNITS:
        unit = t.say("verdict.points") if known.unit == "percent" else t.unit(known.unit)
        return f"{_span(*(numbers.signed(t, round(end, 1)) for end in (low, high)), t=t)} {unit}"
    if not np.isfinite(high):
        return t.say("verdict.without_limit")
    decimals = 0 if brief and min(abs(low), abs(high)) >= 0.1 and round(low, 2) != round(high, 2) else 1
    return _span(*(t.number(100 * end, decimals).replace("-", "−") for end in (low, high)), t=t) + "%"


def _span(low: str, high: str, *, t: Language) -> str:
    """One number, or two as a range; below zero with a word between, where a dash would be read as a sign."""
    to = t.say("verdict.to") if low.startswith("−") else "–"
    return low if low == high else f"{low}{to}{high}"


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _why(t: Language, row: dict[str, Any], first: pd.Series | None) -> str:
    """Why an outcome does not settle it, or why no pace can be judged."""
    code = row["reason"].split(" + ")[0]
    if not code or first is None or code == "no_outcome":
        return ""
    counts_as = {
        "outcome_definition": t.definition(first["outcome_definition"]) or t.say("finding.unstated"),
        "goal_definition": t.definition(row["goal_definition"]) or t.say("finding.unstated"),
        "outcome": outcome(t, first),
        "outcome_at": outcome_at(t, first),
        "outcome_year": str(int(first["outcome_year"])),
        "goal": goal(t, row),
    }
    key = code
    if code == "unlike" and row["verdict"] == "no_pace":
        like = bool(alike(first["outcome_definition"], row["goal_definition"])) and pd.notna(
            first["base_year"]
        )
        key = "base_unlike" if like else "no_pace_unlike"
        counts_as["base_at"] = outcome_at(t, first, "base") if like else ""
        counts_as["base_definition"] = t.definition(first["base_definition"]) or t.say("finding.unstated")
    return t.say(f"verdict_why.{key}", **counts_as)


def _unlike(t: Language, readings: pd.DataFrame, row: dict[str, Any]) -> str:
    """Outcomes that count something else and are later or of the same year: shown, not counted."""
    if row["verdict"] not in PACE:
        return ""
    shown = readings[
        readings["outcome_because"].eq("unlike") & readings["outcome_year"].ge(row["outcome_year"])
    ]
    shown = shown.drop_duplicates("outcome_figure_id")
    return "".join(
        t.say(
            "verdict.unlike",
            value=outcome(t, reading),
            year=int(reading["outcome_year"]),
            definition=t.definition(reading["outcome_definition"]) or t.say("finding.unstated"),
        )
        for _, reading in shown.iterrows()
    )


def _turning(t: Language, row: dict[str, Any], readings: pd.DataFrame) -> dict[str, str]:
    """What each value of the part that a verdict turns on says: `yes`, `no`, and a `list` of all."""
    part = row["turns_on"] if row["turns_on"] in ("outcome", "base", "goal") else "outcome"
    answers = answers_by(readings, part)
    named = [(_value(t, each, part), each["answer"]) for _, each in answers.iterrows()]
    known = {
        name: t.say("verdict.or").join(value for value, answer in named if answer == name)
        for name in ("yes", "no")
    }
    listed = "; ".join(
        t.say("verdict.answer", value=value, answer=t.say(f"verdict.says_{answer}"))
        for value, answer in named
    )
    return known | {"list": listed}


def _value(t: Language, each: pd.Series, part: str) -> str:
    number = numbers.humanised(t, each["value"])
    return f"{int(each['year'])} ({number})" if part == "base" else number


def worth(t: Language, row: dict[str, Any]) -> list[Said]:
    """Beside a verdict on a pace: how often goals judged so were met elsewhere, in its band of growth
    needed."""
    if row["verdict"] not in PACE:
        return []
    if row["indicator"] in TOURISM:
        return [Said(t.say("worth.tourism"), key="worth")]
    known = hit_rate(row["verdict"], row["needed_low"], row["needed_high"])
    return [] if known is None else [Said(t.say(f"worth.{row['verdict']}", **known), key="worth")]


def readings_said(t: Language, rows: pd.DataFrame) -> Sentences:
    """How many readings there are, how many count, and what they say."""
    counted_ = rows[rows["counted"]] if len(rows) else rows.assign(enough="")
    found = {name: int((counted_["enough"] == name).sum()) for name in ("yes", "no", "open")}
    key = "readings.none" if rows.empty else "readings.counts"
    return Sentences([Said(t.say(key, all=len(rows), counted=len(counted_), **found), key=key)])
