"""The report's pages: what the answers gave, joined language by language with the printed words behind every
number. Nothing is reckoned here."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from baoyen_analysis import answers, evidence, paths, pictures, prospects, record, topics, tracing, words
from baoyen_analysis.basis import latest
from baoyen_analysis.measures.comparing import FEWEST_TOGETHER
from baoyen_analysis.report import appendix
from baoyen_analysis.report import page as report
from baoyen_analysis.views import answered, tables, verdicts
from baoyen_analysis.views.numbers import BOUNDS, bounded, humanised, interval
from baoyen_analysis.views.said import Said
from baoyen_analysis.words import Language

# The sliders: growth a year in per cent (least, greatest, step), and how many years after the plan's.
GROWTH, YEARS_BEYOND = (-40.0, 40.0, 0.5), 1
# How far ahead the page looks for the year in which a plan's level is reached.
REACH_WITHIN = 10


def html(*, lang: str = "vi") -> str:
    """The report as one HTML file, `lang` shown first."""
    return joined([page(name) for name in sorted(words.LANGUAGES, key=lambda name: name != lang)])


def joined(made: list[report.Page]) -> str:
    """Pages as one HTML file, with what the sliders reckon with."""
    return report.render(made, coefficients=coefficients())


def page(lang: str) -> report.Page:
    """The report in one language."""
    t, score, plans, standing = words.of(lang), answers.scorecard(), prospects.plans(), prospects.standing()
    lines, goals, told = [], [], {*standing.sentences(lang)}
    for row, readings in answers.judged():
        name, line, beside = t.name(row["indicator"]), verdicts.line(t, row, readings), beside_goal(t, row)
        told |= {line, verdicts.named(t, row, readings), *beside}
        also = "" if row["goal_ids"] else t.say("report.also")
        verdict = "no_outcome" if row["reason"] == "no_outcome" else row["verdict"]
        said = t.say(f"verdict.name_{verdict}")
        lines.append(report.Line(name, verdict, said, line, row["grade"], also))
        if readings["ratio"].notna().any():
            shown = answers.readings(row["indicator"]).table(lang)
            table = _table(t, t.say("report.readings", name=name), shown)
            figure = _figure(partial(pictures.readings, readings, lang=lang), table)
            goals.append(report.Goal(f"readings-{row['indicator']}", name, beside, figure))
    notebooks = [
        appendix.notebook(path.stem, path.read_text(encoding="utf-8"), lang)
        for path in sorted(paths.notebooks().glob("[0-9]*.ipynb"))
    ]
    made = report.Page(
        lang=lang,
        labels=t.group("report"),
        headline=verdicts.headline(t, score.rows),
        settles=verdicts.settles(t, answers.judged()),
        goal_2025=topics.goal_2025(t),
        # Plans are counted: no count is a figure's number, and the table leads to each plan's figures.
        around=[*map(str, plans.sentences(lang)), *standing.sentences(lang)],
        lines=[line for line in lines if line.verdict != "no_outcome"],
        without=[line for line in lines if line.verdict == "no_outcome"],
        record=t.say("report.record", figures=len(record.observations()), sources=len(record.sources())),
        scorecard=_table(t, t.say("report.whole_scorecard"), score.table(lang)),
        plans=_table(t, t.say("report.plans"), plans.table(lang)),
        goal_limits=list(topics.limits("goal", lang=lang, missing=False)),
        goals=goals,
        sections=[_section(t, topic, told) for topic in topics.TOPICS],
        sources=[],
        notebooks=notebooks,
    )
    # Sentences come before the cells of tables.
    used = dict.fromkeys([*_figures_in(made, tables=False), *_figures_in(made, tables=True)])
    return made._replace(sources=sources(t, used))


def _figures_in(part: Any, *, tables: bool, inside: bool = False) -> Iterator[str]:
    """The figures that a part of a page leads to: of its sentences, or of the cells of its tables."""
    if isinstance(part, list | tuple):
        for each in part:
            yield from _figures_in(each, tables=tables, inside=inside or isinstance(part, report.Table))
    elif isinstance(part, Said) and inside == tables:
        yield from part.figure_ids


def _table(t: Language, name: str, frame: pd.DataFrame) -> report.Table:
    """A readable table, the first number of each row that is no bare year leading to its figures; the
    download holds their ids too."""
    ids = t.say("column.figure_id")
    heads = [report.Head(head, csv_only=head == ids) for head in frame.columns]
    cells = []
    for line in frame.astype(str).to_dict("records"):
        for head, cell in line.items():
            if head != ids and re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b", "", cell)):
                line[head] = Said(cell, line.get(ids, "").replace(";", " "))
                break
        cells.append(list(line.values()))
    return report.Table(name, heads, cells)


def _figure(draw: Callable[..., Any], table: report.Table, *, beside: bool = False) -> report.Figure:
    return report.Figure(draw(shape="wide"), draw(shape="narrow"), table, beside)


def _section(t: Language, topic: str, told: set[str]) -> report.Section:
    """A domain: what was found that was not `told` before on the page, what cannot be said, and its pictures
    with their data."""
    found = [said for said in topics.found(topic, lang=t.code) if said not in told]
    # The first indicator's picture is seen at once; the others open, so that a phone's page stays short.
    asked = topics.TOPICS[topic]
    pictured = [figure for name in asked for figure in _figures(t, name, beside=name != asked[0])]
    more = {"monthly": evidence.monthly_income()} if topic == "income" else {}
    more["communes"] = evidence.by_commune(asked[0])
    below = [
        _table(t, t.say(f"report.{name}"), answer.table(t.code))
        for name, answer in more.items()
        if not answer.reason
    ]
    limits = list(topics.limits(topic, lang=t.code, missing=False))
    return report.Section(topic, t.say(f"report.{topic}"), found, limits, pictured, below)


def beside_goal(t: Language, row: dict[str, Any]) -> list[str]:
    """What stands beside a goal's curve: what such a pace was worth, its real terms, what parts of the year
    point to."""
    each = [answer.sentences(t.code) for answer in prospects.beside(row)]
    return [*verdicts.worth(t, row), *(said for sentences in each for said in sentences)]


def _figures(t: Language, indicator: str, *, beside: bool) -> Iterator[report.Figure]:
    """The pictures of an indicator: over the years, and beside the other districts where there are enough."""
    name = t.say("report.by_year" if beside else "report.chart_data", name=t.name(indicator))
    # What the picture draws: the printed figures, and the points derived from others.
    drawn = record.series(indicator, derived=True).query("derived")[["year", "value", "figure_id"]]
    printed = record.observations()[["figure_id", "value_text", "unit_text", "source_id"]]
    derived = record.derived().query("indicator == @indicator").merge(drawn).merge(printed, on="figure_id")
    said = [t.say("report.derived_from", text=tables.printed(row)) for row in derived.itertuples()]
    derived = derived.assign(status="derived", value_text=said, unit_text="")
    rows = pd.concat([evidence.figures(indicator).rows, derived]).fillna({"flag": ""})
    table = _table(t, name, tables.figures(rows, record.sources(), lang=t.code))
    yield _figure(partial(pictures.trend, indicator, lang=t.code), table, beside=beside)
    others = latest(indicator)
    if others["area"].nunique() >= FEWEST_TOGETHER:
        rows = others.rename(columns={"figure_id": "figure_ids"}).assign(indicator=indicator, reason="")
        named = t.say("report.districts", name=t.name(indicator))
        table = _table(t, named, answered.of_rows(t, rows))
        yield _figure(partial(pictures.districts, indicator, lang=t.code), table, beside=True)


def sources(t: Language, figure_ids: Iterable[str]) -> list[report.Source]:
    """The sources of figures with their printed words, the sources of the most figures first."""
    held = record.observations().drop_duplicates("figure_id").set_index("figure_id", drop=False)
    rows = held.loc[[name for name in figure_ids if name in held.index]]
    named = record.by_source()[["publisher", "title", "published", "url"]]
    found: dict[str, list[report.Printed]] = {}
    for row in rows.itertuples():
        found.setdefault(row.source_id, []).append(_printed(t, row))
    each = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [report.Source._make([*named.loc[name], figures]) for name, figures in each]


def _printed(t: Language, row: Any) -> report.Printed:
    """A figure among the sources: its words, what they are about, how they were read, the collector's
    note."""
    unit = t.unit(row.indicator)
    area = row.area if row.area_level == "country" else t.placed(row.area, row.area_level)
    about = f"{t.name(row.indicator)}, {area}, {t.periods(row.period)}, {t.kind(row.kind)}"
    reading, spoken = t.say("report.no_number"), list[str]()
    if pd.notna(row.value):
        reading = t.say("report.read_as", reading=interval(t, row), unit=unit).replace(" %", "%")
        # A number in per cent is another than the same number of something else.
        sign, full = "%" * (unit == "%"), t.number(row.value)
        spoken = sorted({full + sign, humanised(t, row.value).partition(" ")[0] + sign})
    note = tracing.note(row.figure_id, lang=t.code)
    return report.Printed(row.figure_id, tables.printed(row), about, reading, note, tuple(spoken))


def coefficients() -> dict[str, object]:
    """What the sliders reckon with, in both languages: each goal, and its counted outcomes with their
    intervals; where sources print two, the answers stand side by side."""
    known = []
    for row, _ in answers.judged():
        rows = answers.needed(row["indicator"], year=row["year"]).rows
        if "from_year" in rows:
            needs = rows[rows["case"] != "refused"].drop_duplicates("value").to_dict("records")
            known += [_slider(row, needs)] if needs else []
    scales, spoken = ("million", "billion"), {lang: words.of(lang) for lang in words.LANGUAGES}
    return {
        "indicators": known,
        "growth": GROWTH,
        "reach_within": REACH_WITHIN,
        "flags": {lang: {name: t.flag(name) for name in BOUNDS} for lang, t in spoken.items()},
        "scales": {lang: {name: t.say(f"chart.{name}") for name in scales} for lang, t in spoken.items()},
        "words": {lang: t.group("question") for lang, t in spoken.items()},
    }


def _slider(row: dict[str, Any], needs: list[dict[str, Any]]) -> dict[str, object]:
    """One choice of the sliders: it opens short of the least growth needed, by a step at most."""
    texts, (least, greatest, step) = {}, GROWTH
    indicator, year = row["indicator"], int(row["year"])
    for t in map(words.of, words.LANGUAGES):
        values = [bounded(t, need["value"], need["flag"]) for need in needs]
        texts[t.code] = {"values": values, "value": t.say("verdict.or").join(values)}
        texts[t.code]["plan"] = bounded(t, row["goal"], row["goal_qualifier"])
        texts[t.code] |= {"name": t.name(indicator), "unit": t.unit(indicator)}
    starts = [
        {name: float(need[name]) for name in ("value", "low", "high")}
        | {"year": int(need["from_year"]), "flag": need["flag"] if need["flag"] in BOUNDS else ""}
        for need in needs
    ]
    short = math.ceil(min(need["percent"] for need in needs) / step) - 1
    return {
        "indicator": indicator,
        "starts": starts,
        "plan": float(row["goal"]),
        "plan_year": year,
        "until": year + YEARS_BEYOND,
        "start": min(max(short * step, least), greatest),
        "figure_ids": list(dict.fromkeys(" ".join(need["figure_ids"] for need in needs).split())),
        "texts": texts,
    }
