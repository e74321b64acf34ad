"""What was found and what cannot be said, by topic: at most five findings, each worth a leader's time."""

from __future__ import annotations

from collections.abc import Callable

from baoyen_analysis import answers, evidence, prospects, record, vocabulary, words
from baoyen_analysis.answer import AREA, LEVEL
from baoyen_analysis.places import AREAS, find_area
from baoyen_analysis.views import numbers, verdicts
from baoyen_analysis.views.said import Said, Sentences
from baoyen_analysis.views.tables import SMALL_CONFLICT, apart
from baoyen_analysis.words import Language

# What a topic's notebook and section of the report are about.
TOPICS = {
    "income": ("income_per_capita",),
    "yield": ("yield_per_ha",),
    "tourism": ("tourist_visits", "tourism_revenue"),
}
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
    return any(every <= set(group["area"]) for _, group in rows[rows["area_level"] == LEVEL].groupby("year"))


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
    t = words.of(lang)
    if topic in TOPICS:
        return Sentences(_of_indicators(t, TOPICS[topic], area, years)[:MOST])
    return Sentences(_topic(topic)(t, area, years)[:MOST])


def _topic(topic: str) -> Callable[[Language, str, tuple[int, int]], list[str]]:
    known = {
        "start": _start,
        "goal": _goal,
        "districts": _districts,
        "quality": _quality,
        "questions": _questions,
    }
    if topic not in known:
        raise ValueError(f"unknown topic: {topic!r}; the topics are {', '.join([*TOPICS, *known])}")
    return known[topic]


def _of_indicators(t: Language, indicators: tuple[str, ...], area: str, years: tuple[int, int]) -> list[str]:
    """Each indicator's verdict; then its real terms, what parts of the year point to, its place among the
    districts, what contradicts it, and the years without a figure."""
    said: list[str] = [verdict_line(t, indicator, area, name=len(indicators) > 1) for indicator in indicators]
    first = indicators[0]
    judged = answers.judged(first, area=area)[:1]
    said += [
        sentence
        for row, _ in judged
        for answer in prospects.beside(row, area=area)
        for sentence in answer.sentences(t.code)[: 2 if answer.kind == "nowcast" else 1]
    ]
    said += _place(t, first, area)
    said += _contradicted(t, first, area)
    return [*said, *(gap for indicator in indicators for gap in gaps(t, indicator, area, years))]


def verdict_line(t: Language, indicator: str, area: str, *, name: bool = False) -> Said:
    """The verdict on an area's goal in one line, or that nothing was set for it."""
    found_ = answers.judged(indicator, area=area)
    if not found_:
        return Said(t.say("finding.no_plan_for", area=area, name=t.named(indicator)))
    line = verdicts.line(t, *found_[0])
    text = verdicts.named(t, found_[0][0], line) if name else line
    return Said(text, key=line.key, formula=line.formula, computed=line.computed, figure_ids=line.figure_ids)


def _place(t: Language, indicator: str, area: str) -> list[str]:
    """The latest standing of an area on an indicator; else nothing."""
    answer = prospects.standing(area=area, indicator=indicator)
    return [] if answer.rows.empty else list(answer.sentences(t.code))[:1]


def _contradicted(t: Language, indicator: str, area: str) -> list[str]:
    """Full years of an area for which sources print figures that cannot both be so."""
    rows = record.full_years(indicator)
    rows = rows[(rows["area"] == area) & (rows["area_level"] == LEVEL)]
    said: list[str] = []
    for (year, _), group in rows.groupby(["year", "definition"], sort=True):
        if len(group) > 1:
            values = t.say("verdict.or").join(numbers.humanised(t, value) for value in group["value"])
            known = {"name": t.name(indicator), "year": year, "values": values, "unit": t.unit(indicator)}
            said.append(Said(t.say("finding.contradicted", **known), figure_ids=group["figure_id"]))
    return said


def gaps(t: Language, indicator: str, area: str, years: tuple[int, int]) -> list[str]:
    """The years of a span for which no source prints a full-year figure."""
    held = set(record.series(indicator, area=area)["year"])
    ended = find_area(area, LEVEL).valid_to
    last = min(years[1], ended.year - (ended.month < 12)) if ended else years[1]
    missing = [year for year in range(years[0], last + 1) if year not in held]
    if not missing or not held:
        return []
    known = {"name": t.named(indicator), "area": area, "years": numbers.years(missing)}
    return [Said(t.say("finding.gaps", **known), key="finding.gaps")]


def _start(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    rows, checks = record.observations(), record.crosschecks()
    mine = rows[rows["area"] == area]
    outcomes = int(mine["kind"].isin(vocabulary.OUTCOMES).sum())
    counted = {"all": len(rows), "sources": rows["source_id"].nunique(), "mine": len(mine), "area": area}
    agreeing = {"agree": int(checks["agrees"].sum()), "all": len(checks)}
    agreeing["set"] = int((~checks["kind"].isin(vocabulary.OUTCOMES)).sum())
    score = answers.scorecard(area=area).sentences(t.code)
    held = Said(t.say("finding.held", **counted, outcomes=outcomes))
    return [held, Said(t.say("finding.checks_count", **agreeing)), *score[:3]]


def _goal(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    said = list(answers.scorecard(area=area).sentences(t.code)[:1])
    said += list(prospects.plans().sentences(t.code)[:1])
    said += list(goal_2025(t, area))
    return said + list(prospects.chances(area=area).sentences(t.code)[:2])


def goal_2025(t: Language, area: str = AREA) -> list[str]:
    """What can be said of the goal of 2025: how many of the new-rural conditions can be judged, that no
    definition of "fairly developed" was found, and where the district stands."""
    targets = record.targets()
    if area != AREA or not (targets["goal_id"] == DEVELOPED).any():
        return []
    conditions = targets[(targets["goal_id"] == NEW_RURAL) & (targets["figure_id"] != "")]
    found_ = [row for row, _ in answers.judged(area=area, year=2025) if NEW_RURAL in row["goal_ids"].split()]
    judged = [row for row in found_ if row["verdict"] in ("met", "missed")]
    met = sum(row["verdict"] == "met" for row in judged)
    known = {"all": len(conditions), "judged": len(judged), "met": met, "missed": len(judged) - met}
    said = [Said(t.say("goal2025.conditions", **known), figure_ids=conditions["figure_id"])]
    rows = record.observations().set_index("figure_id")
    if GROWTH_OF_TERM in rows.index:
        growth = t.number(rows.at[GROWTH_OF_TERM, "value"])
        said.append(Said(t.say("goal2025.growth", growth=growth), figure_ids=[GROWTH_OF_TERM]))
    poverty = prospects.standing(area=area, indicator="poverty_rate")
    return said + ([] if poverty.rows.empty else list(poverty.sentences(t.code))[:1])


def _districts(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    return list(prospects.standing(area=area).sentences(t.code))


def _quality(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    rows, checks = record.observations(), record.crosschecks()
    conflicts = apart(rows)
    wide = conflicts[conflicts["spread"] >= SMALL_CONFLICT]
    noted = evidence.doubts(area=area).rows
    noted = noted[noted["area"] == area]
    counted = {"agree": int(checks["agrees"].sum()), "all": len(checks)}
    counted["set"] = int((~checks["kind"].isin(vocabulary.OUTCOMES)).sum())
    said: list[str] = [
        Said(t.say("finding.checks_count", **counted)),
        Said(t.say("quality.conflicts", number=len(conflicts), wide=len(wide)), figure_ids=wide["figure_id"]),
        Said(
            t.say("finding.doubts", notes=len(noted), area=area, inferred=int(noted["year_inferred"].sum()))
        ),
    ]
    said += [s for indicator in evidence.CORE for s in _contradicted(t, indicator, area)]
    return said + [s for indicator in evidence.CORE for s in gaps(t, indicator, area, years)]


def _questions(t: Language, area: str, years: tuple[int, int]) -> list[str]:
    each = [answers.needed(indicator, area=area) for indicator in evidence.CORE]
    return [s for answer in each for s in answer.sentences(t.code)[:1]]


def limits(topic: str, *, area: str = AREA, lang: str | None = None) -> Sentences:
    """What the record cannot show on a topic: first, outcomes of the plan's year that are missing.

    Returns
    -------
    Sentences
    """
    t = words.of(lang)
    if topic not in TOPICS:
        _topic(topic)
    said: list[str] = []
    missing = [row for row, _ in answers.judged(area=area) if row["counted_as"] == "without"]
    asked = TOPICS.get(topic, ())
    names = [t.named(row["indicator"]) for row in missing if row["indicator"] in asked]
    if names:
        said.append(t.say("limits.no_outcome", year=missing[0]["year"], area=area, names=", ".join(names)))
    named = [row for row in missing if row["goal_ids"]] or missing
    if topic in ("start", "goal") and missing:
        said.append(t.say("limits.without", number=len(named), area=area, year=missing[0]["year"]))
    untrue = {key for key, is_held in NOT_FOUND.items() if is_held()}
    said += [
        text for key, text in t.group("limit").items() if key.startswith(f"{topic}.") and key not in untrue
    ]
    ended = find_area(area, LEVEL).valid_to if topic == "goal" else None
    if ended:
        said.append(t.say("finding.ended", area=area, day=t.day(ended), year=ended.year))
    return Sentences(said)
