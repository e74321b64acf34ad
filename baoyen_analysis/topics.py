"""What was found and what cannot be said, by topic: at most five findings, each worth a leader's time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from baoyen_analysis import answers, evidence, prospects, record, vocabulary, words
from baoyen_analysis.answer import AREA, LEVEL, Answer
from baoyen_analysis.pictures import last_full_year
from baoyen_analysis.places import AREAS, find_area
from baoyen_analysis.views import numbers, verdicts
from baoyen_analysis.views.said import Said, Sentences, say
from baoyen_analysis.views.tables import SMALL_CONFLICT, apart
from baoyen_analysis.words import Language

# What a topic's notebook and section of the report are about.
TOPICS = {
    "income": ("income_per_capita",),
    "yield": ("yield_per_ha",),
    "tourism": ("tourist_visits", "tourism_revenue"),
}
Finds: TypeAlias = Callable[[Language, str, tuple[int, int]], list[str]]
MOST = 5
DEVELOPED = "developed-district-2025"  # the goal of goals.csv without a number
NEW_RURAL = "ntm-district-2025"
GROWTH_OF_TERM = "baodantoc-2025-01"  # 13.7 % a year, which its page ranks fourth among the districts


def _standards_held() -> bool:
    """Whether an income standard of a year that none was found for is held by now."""
    rows = record.observations()
    return bool((rows["indicator"].eq("ntm_income_threshold") & rows["year"].between(2022, 2025)).any())


def _one_year_of_all_districts() -> bool:
    """Whether the income of every district of the province is held for one year."""
    rows = record.full_years("income_per_capita")
    every = {area.name for area in AREAS if area.level == LEVEL}
    held = rows[rows["area_level"] == LEVEL].groupby("year")["area"].agg(set)
    return any(every <= areas for areas in held)


# What a limit says was not found, and whether an office's file brought it since.
NOT_FOUND = {"goal.2": _standards_held, "districts.2": _one_year_of_all_districts}


def found(
    topic: str, *, area: str = AREA, years: tuple[int, int] = (2019, 2025), lang: str | None = None
) -> Sentences:
    """What the record shows on a topic, in at most five sentences made from the figures.

    Parameters
    ----------
    topic : str
        start, income, yield, tourism, goal, districts, quality or questions.
    years : tuple of int
        Gaps are told for these years.

    Returns
    -------
    Sentences
        Each knows the figures it was made from.

    Raises
    ------
    ValueError
        For another topic, with those that there are.
    """
    return Sentences(_topic(topic)(words.of(lang), area, years)[:MOST])


def _topic(topic: str) -> Finds:
    if topic not in FINDS:
        raise ValueError(f"unknown topic: {topic!r}; the topics are {', '.join(FINDS)}")
    return FINDS[topic]


def _first(t: Language, *of: Answer, most: int = 1) -> list[str]:
    """The first sentences of answers."""
    return [sentence for answer in of for sentence in answer.sentences(t.code)[:most]]


def _place(t: Language, indicator: str, area: str) -> list[str]:
    """Where an area stands on one indicator, if it is known."""
    place = prospects.standing(area=area, indicator=indicator)
    return [] if place.rows.empty else _first(t, place)


def _of_indicators(t: Language, area: str, years: tuple[int, int], *, of: tuple[str, ...]) -> list[str]:
    """Each indicator's verdict; then its real terms, what parts of the year point to, its place among the
    districts, what contradicts it, and the years without a figure."""
    said: list[str] = []
    for indicator in of:
        none = say(t, "finding.no_plan_for", area=area, name=t.named(indicator))
        tells = verdicts.named if len(of) > 1 else verdicts.line
        said += [tells(t, *goal) for goal in answers.judged(indicator, area=area)[:1]] or [none]
    for row, _ in answers.judged(of[0], area=area)[:1]:
        for answer in prospects.beside(row, area=area):
            said += _first(t, answer, most=2 if answer.kind == "nowcast" else 1)
    said += [*_place(t, of[0], area), *_contradicted(t, of[0], area)]
    return said + [gap for indicator in of for gap in gaps(t, indicator, area, years)]


def _contradicted(t: Language, indicator: str, area: str) -> list[str]:
    """Full years of an area for which sources print figures that cannot both be so."""
    rows = record.of_area(record.full_years(indicator), area, LEVEL)
    rows = rows[rows.duplicated(["year", "definition"], keep=False)]
    rows["said"] = [numbers.humanised(t, value) for value in rows["value"]]
    known = {"name": t.name(indicator), "unit": t.unit(indicator)}
    return [
        say(
            t,
            "finding.contradicted",
            group["figure_id"],
            year=year,
            values=t.say("verdict.or").join(group["said"]),
            **known,
        )
        for (year, _), group in rows.groupby(["year", "definition"])
    ]


def gaps(t: Language, indicator: str, area: str, years: tuple[int, int]) -> list[str]:
    """The years of a span for which no source prints a full-year figure."""
    held = {*record.series(indicator, area=area)["year"]}
    missing = [
        year for year in range(years[0], last_full_year(area, LEVEL, years[1]) + 1) if year not in held
    ]
    named = {"name": t.named(indicator), "area": area, "years": numbers.years(missing)}
    return [say(t, "finding.gaps", **named)] if missing and held else []


def _checks(t: Language) -> Said:
    """How many cross-checks agree, and how many set a plan against a plan."""
    checks = record.crosschecks()
    plans = int((~checks["kind"].isin(vocabulary.OUTCOMES)).sum())
    return say(t, "finding.checks_count", agree=int(checks["agrees"].sum()), all=len(checks), set=plans)


def _start(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    rows = record.observations()
    mine = rows[rows["area"] == area]
    outcomes = int(mine["kind"].isin(vocabulary.OUTCOMES).sum())
    counted = {"all": len(rows), "sources": rows["source_id"].nunique(), "mine": len(mine), "area": area}
    held = say(t, "finding.held", **counted, outcomes=outcomes)
    return [held, _checks(t), *_first(t, answers.scorecard(area=area), most=3)]


def _goal(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    said = _first(t, answers.scorecard(area=area), prospects.plans()) + goal_2025(t, area)
    return said + _first(t, prospects.chances(area=area), most=2)


def goal_2025(t: Language, area: str = AREA) -> list[str]:
    """What can be said of the goal of 2025: how many of the new-rural conditions can be judged, that no
    definition of "fairly developed" was found, and where the district stands."""
    goals = record.targets().set_index("goal_id")["figure_id"]
    if area != AREA or DEVELOPED not in goals.index:
        return []
    conditions = [name for name in goals[goals.index == NEW_RURAL] if name]
    judged = [
        r["verdict"] for r, _ in answers.judged(area=area, year=2025) if NEW_RURAL in r["goal_ids"].split()
    ]
    known = {name: judged.count(name) for name in ("met", "missed")}
    known |= {"all": len(conditions), "judged": sum(known.values())}
    key = "conditions" if known["judged"] else "conditions_none"
    said: list[str] = [say(t, f"goal2025.{key}", conditions, **known)]
    growth = record.by_figure()["value"].get(GROWTH_OF_TERM)
    if growth is not None:
        said.append(say(t, "goal2025.growth", [GROWTH_OF_TERM], growth=t.number(growth)))
    return said + _place(t, "poverty_rate", area)


def _quality(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    conflicts = apart(record.observations())
    wide = conflicts.loc[conflicts["spread"] >= SMALL_CONFLICT, "figure_id"]
    noted = evidence.doubts(area=area).rows
    inferred = noted.loc[noted["area"] == area, "year_inferred"]
    known = {"notes": len(inferred), "area": area, "inferred": int(inferred.sum())}
    return [
        _checks(t),
        say(t, "quality.conflicts", wide, number=len(conflicts), wide=len(wide)),
        say(t, "finding.doubts", **known),
        *(sentence for name in evidence.CORE for sentence in _contradicted(t, name, area)),
        *(sentence for name in evidence.CORE for sentence in gaps(t, name, area, years)),
    ]


def limits(topic: str, *, area: str = AREA, lang: str | None = None, missing: bool = True) -> Sentences:
    """What the record cannot show on a topic; first which outcomes of the plan's year are `missing`.

    Returns
    -------
    Sentences
    """
    t, said = words.of(lang), list[str]()
    _topic(topic)
    left = [row for row, _ in answers.judged(area=area) if row["counted_as"] == "without" and missing]
    if left:
        known = {"year": left[0]["year"], "area": area}
        names = [t.named(row["indicator"]) for row in left if row["indicator"] in TOPICS.get(topic, ())]
        if names:
            said.append(t.say("limits.no_outcome", names=", ".join(names), **known))
        if topic in ("start", "goal"):
            named = [row for row in left if row["goal_ids"]] or left
            said.append(t.say("limits.without", number=len(named), **known))
    untrue = {key for key, is_held in NOT_FOUND.items() if is_held()}
    for key, text in t.group("limit").items():
        said += [text] if key.startswith(f"{topic}.") and key not in untrue else []
    ended = find_area(area, LEVEL).valid_to if topic == "goal" else None
    if ended:
        said.append(t.say("finding.ended", area=area, day=t.day(ended), year=ended.year))
    return Sentences(said)


# Every topic with what finds its sentences.
FINDS: dict[str, Finds] = {
    **{topic: partial(_of_indicators, of=indicators) for topic, indicators in TOPICS.items()},
    "start": _start,
    "goal": _goal,
    "districts": lambda t, area, _: prospects.standing(area=area).sentences(t.code),
    "quality": _quality,
    "questions": lambda t, area, _: _first(t, *(answers.needed(name, area=area) for name in evidence.CORE)),
}
