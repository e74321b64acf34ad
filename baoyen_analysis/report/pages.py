"""The report's pages: what the answers gave, joined language by language with the printed words behind every
number. Nothing is reckoned here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from baoyen_analysis import answers, evidence, paths, pictures, prospects, record, topics, tracing, words
from baoyen_analysis.answer import AREA
from baoyen_analysis.basis import latest
from baoyen_analysis.measures.comparing import FEWEST_TOGETHER
from baoyen_analysis.report import appendix
from baoyen_analysis.report import page as report
from baoyen_analysis.views import answered, numbers, verdicts
from baoyen_analysis.views.said import Said
from baoyen_analysis.words import Language

# The sliders: growth a year in per cent (least, greatest, step), and how many years after the last figure.
GROWTH, YEARS_AHEAD = (-40.0, 40.0, 0.5), 10
# How far ahead the page looks for the year in which a plan's level is reached.
REACH_WITHIN = 30
# The words that the page fills in while a slider moves.
QUESTION_WORDS = (
    *("starts", "value_head", "value_share", "reach_head", "reach_year", "reach_never", "reach_after"),
    *("needed_head", "needed_rate", "from_to", "plan_line"),
)


def html(*, lang: str = "vi") -> str:
    """The report as one HTML file, `lang` shown first."""
    return joined([page(name) for name in sorted(words.LANGUAGES, key=lambda name: name != lang)])


def joined(made: list[report.Page]) -> str:
    """Pages as one HTML file, with what the sliders reckon with."""
    return report.render(made, coefficients=coefficients())


def page(lang: str) -> report.Page:
    """The report in one language."""
    t = words.of(lang)
    judged = answers.judged(area=AREA)
    score = answers.scorecard(area=AREA)
    rows = score.rows
    made = report.Page(
        lang=lang,
        labels=t.group("report"),
        headline=verdicts.headline(t, rows),
        counts=verdicts.counted(t, rows),
        lines=[_line(t, row, readings) for row, readings in judged if row["reason"] != "no_outcome"],
        without=[_line(t, row, readings) for row, readings in judged if row["reason"] == "no_outcome"],
        goal_2025=topics.goal_2025(t),
        record=t.say("report.record", figures=len(record.observations()), sources=len(record.sources())),
        scorecard=_table(t, t.say("report.whole_scorecard"), score.table(lang)),
        goal_limits=list(topics.limits("goal", lang=lang)),
        goals=[_goal(t, row, readings) for row, readings in judged if readings["ratio"].notna().any()],
        # Plans are counted: no count is a figure's number, and the table leads to each plan's figures.
        around=[*map(str, prospects.plans().sentences(lang)), *prospects.standing().sentences(lang)],
        plans=_table(t, t.say("report.plans"), prospects.plans().table(lang)),
        sections=[_section(t, topic) for topic in topics.TOPICS],
        sources=[],
        notebooks=[
            appendix.notebook(path.stem, path.read_text(encoding="utf-8"), lang)
            for path in sorted(paths.notebooks().glob("[0-9]*.ipynb"))
        ],
    )
    return made._replace(sources=_sources(t, _used(made)))


def _line(t: Language, row: dict[str, Any], readings: pd.DataFrame) -> report.Line:
    """One goal of the first screen: its mark, its verdict, its numbers, its grade."""
    said = verdicts.line(t, row, readings)
    also = "" if row["goal_ids"] else t.say("report.also")
    verdict = "no_outcome" if row["reason"] == "no_outcome" else row["verdict"]
    name = t.say(f"verdict.name_{verdict}")
    return report.Line(t.name(row["indicator"]), verdict, name, said, row["grade"], also)


def _goal(t: Language, row: dict[str, Any], readings: pd.DataFrame) -> report.Goal:
    """A goal with a pace: the curve of its readings, what such a pace was worth, its real terms, and what
    parts of the year point to."""
    indicator, said = row["indicator"], _beside(t, row)
    answer = answers.readings(indicator, area=AREA)
    table = _table(t, t.say("report.readings", name=t.name(indicator)), answer.table(t.code))
    wide, narrow = (pictures.readings(readings, lang=t.code, shape=shape) for shape in ("wide", "narrow"))
    return report.Goal(f"readings-{indicator}", t.name(indicator), said, report.Figure(wide, narrow, table))


def _table(t: Language, name: str, frame: pd.DataFrame) -> report.Table:
    """A readable table, the first number of each row leading to its figures; the download holds their ids
    too."""
    ids = t.say("column.figure_id")
    heads = [report.Head(head, csv_only=head == ids) for head in frame.columns]
    cells = []
    for line in frame.astype(str).to_dict("records"):
        figures = line.get(ids, "").replace(";", " ").split()
        first = next((head for head, cell in line.items() if _leads(cell) and head != ids), "")
        cells.append(
            [Said(cell, figure_ids=figures) if head == first else cell for head, cell in line.items()]
        )
    return report.Table(name, heads, cells)


def _leads(cell: str) -> bool:
    """Whether a cell holds a number that is no bare year."""
    return bool(re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b", "", cell)))


def _section(t: Language, topic: str) -> report.Section:
    """A domain: what was found, what cannot be said, and its pictures with their data."""
    told = {*_around_goals(t)}
    found = [said for said in topics.found(topic, lang=t.code) if said not in told]
    # The first indicator's picture is seen at once; the others open, so that a phone's page stays short.
    first, *rest = topics.TOPICS[topic]
    pictured = _figures(t, first)
    pictured += [figure for name in rest for figure in _figures(t, name, beside=True)]
    tables = (
        [_table(t, t.say("report.monthly"), evidence.monthly_income().table(t.code))]
        if topic == "income"
        else []
    )
    communes = evidence.by_commune(first)
    tables += [] if communes.reason else [_table(t, t.say("report.communes"), communes.table(t.code))]
    return report.Section(
        topic, t.say(f"report.{topic}"), found, list(topics.limits(topic, lang=t.code)), pictured, tables
    )


def _around_goals(t: Language) -> list[str]:
    """What the first screen and the goals' part say already: nothing stands twice on a page."""
    said: list[str] = list(prospects.standing(area=AREA).sentences(t.code))
    for row, readings in answers.judged(area=AREA):
        line = verdicts.line(t, row, readings)
        said += [line, verdicts.named(t, row, line), *_beside(t, row)]
    return said


def _beside(t: Language, row: dict[str, Any]) -> list[str]:
    """What stands beside a goal's curve: what such a pace was worth, its real terms, what parts of the year
    point to."""
    each = [answer.sentences(t.code) for answer in prospects.beside(row)]
    return [*verdicts.worth(t, row), *(said for sentences in each for said in sentences)]


def _figures(t: Language, indicator: str, *, beside: bool = False) -> list[report.Figure]:
    """The pictures of an indicator: over the years, and beside the other districts where there are enough."""
    wide, narrow = (pictures.trend(indicator, lang=t.code, shape=shape) for shape in ("wide", "narrow"))
    name = t.say("report.by_year" if beside else "report.chart_data", name=t.name(indicator))
    made = [report.Figure(wide, narrow, _table(t, name, evidence.figures(indicator).table(t.code)), beside)]
    others = latest(indicator)
    if others["area"].nunique() < FEWEST_TOGETHER:
        return made
    wide, narrow = (pictures.districts(indicator, lang=t.code, shape=shape) for shape in ("wide", "narrow"))
    listed = answered.of_rows(
        t, others.rename(columns={"figure_id": "figure_ids"}).assign(indicator=indicator, reason="")
    )
    named = _table(t, t.say("report.districts", name=t.name(indicator)), listed)
    return [*made, report.Figure(wide, narrow, named, beside=True)]


def _used(made: report.Page) -> list[str]:
    """The figures that a page leads to, each once."""
    texts: list[Any] = [made.headline, made.counts, *made.goal_2025, *made.around]
    texts += [line.text for line in (*made.lines, *made.without)]
    tables = [made.scorecard, made.plans]
    for goal in made.goals:
        texts += goal.found
        tables.append(goal.figure.table)
    for section in made.sections:
        texts += section.found
        tables += [*(figure.table for figure in section.figures), *section.tables]
    texts += [cell for table in tables for row in table.rows for cell in row]
    return list(dict.fromkeys(name for text in texts for name in getattr(text, "figure_ids", ())))


def _sources(t: Language, figure_ids: Iterable[str]) -> list[report.Source]:
    """The sources of figures with their printed words, the sources of the most figures first."""
    held = record.observations().drop_duplicates("figure_id").set_index("figure_id", drop=False)
    rows = held.loc[[name for name in figure_ids if name in held.index]]
    named = record.sources().set_index("source_id")
    order = rows["source_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    return [
        report.Source(
            **named.loc[source, ["publisher", "title", "published", "url"]].to_dict(),
            figures=[_printed(t, row) for row in rows[rows["source_id"] == source].itertuples()],
        )
        for source in order
    ]


def _printed(t: Language, row: Any) -> report.Printed:
    """A figure among the sources: its words, what they are about, how they were read, the collector's
    note."""
    unit = t.unit(row.indicator)
    area = row.area if row.area_level == "country" else t.placed(row.area, row.area_level)
    about = f"{t.name(row.indicator)}, {area}, {t.periods(row.period)}, {t.kind(row.kind)}"
    reading = t.say("report.no_number")
    if pd.notna(row.value):
        reading = t.say("report.read_as", reading=numbers.interval(t, row), unit=unit).replace(" %", "%")
    text = f"{row.value_text} ({row.unit_text})" if row.unit_text else row.value_text
    spoken = (
        {t.number(row.value), numbers.humanised(t, row.value).partition(" ")[0]}
        if pd.notna(row.value)
        else set()
    )
    spoken |= {number + "%" for number in spoken} if unit == "%" else set()
    return report.Printed(
        row.figure_id, text, about, reading, tracing.note(row.figure_id, lang=t.code), tuple(sorted(spoken))
    )


def coefficients() -> dict[str, object]:
    """What the sliders reckon with, in both languages: each goal's counted outcomes with their intervals, and
    the goal; where sources print two outcomes, each is a choice of its own."""
    known = []
    for row, _ in answers.judged(area=AREA):
        rows = answers.needed(row["indicator"], area=AREA, year=row["year"]).rows
        needs = (
            rows[rows["case"] != "refused"].drop_duplicates("value") if "from_year" in rows else rows.head(0)
        )
        known += [_slider(row, need) for need in needs.to_dict("records")]
    flags = {lang: {name: words.of(lang).flag(name) for name in numbers.BOUNDS} for lang in words.LANGUAGES}
    scales = {
        lang: {name: words.of(lang).say(f"chart.{name}") for name in ("million", "billion")}
        for lang in words.LANGUAGES
    }
    labels = {
        lang: {name: words.of(lang).words[f"report.{name}"] for name in QUESTION_WORDS}
        for lang in words.LANGUAGES
    }
    return {
        "indicators": known,
        "growth": GROWTH,
        "years_ahead": YEARS_AHEAD,
        "reach_within": REACH_WITHIN,
        "flags": flags,
        "scales": scales,
        "words": labels,
    }


def _slider(row: dict[str, Any], need: dict[str, Any]) -> dict[str, object]:
    """One choice of the sliders: it opens at the growth needed."""
    texts = {}
    for lang in words.LANGUAGES:
        t = words.of(lang)
        value = numbers.bounded(t, need["value"], need["flag"])
        unit = t.unit(row["indicator"])
        plan = numbers.bounded(t, row["goal"], row["goal_qualifier"])
        texts[lang] = {
            "name": f"{t.name(row['indicator'])} ({value})",
            "unit": unit,
            "value": value,
            "plan": plan,
        }
    least, greatest, step = GROWTH
    start = min(max(round(need["percent"] / step) * step, least), greatest)
    return {
        "indicator": row["indicator"],
        "year": int(need["from_year"]),
        **{end: float(need[end]) for end in ("value", "low", "high")},
        "flag": need["flag"] if need["flag"] in numbers.BOUNDS else "",
        "plan": float(row["goal"]),
        "plan_year": int(row["year"]),
        "start": start,
        "figure_ids": need["figure_ids"].split(),
        "texts": texts,
    }
