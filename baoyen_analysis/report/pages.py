"""The report's pages: what the answers gave, joined language by language with the printed words behind every
number."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from baoyen_analysis import answers, paths, record, vocabulary, words
from baoyen_analysis.report import appendix
from baoyen_analysis.report import page as report
from baoyen_analysis.views import findings, numbers, tables
from baoyen_analysis.views.findings import Said
from baoyen_analysis.words import Language

AREA, LEVEL = "Bảo Yên", "district"
# The sliders: growth a year in per cent (least, greatest, step), and how many years after the last figure.
GROWTH, YEARS_AHEAD = (-5.0, 30.0, 0.5), 10
# How far ahead the page looks for the year in which a plan's level is reached.
REACH_WITHIN = 30
# The words that the page fills in while a slider moves.
QUESTION_WORDS = (
    "starts",
    "value_head",
    "value_share",
    "reach_head",
    "reach_year",
    "reach_never",
    "reach_after",
    "needed_head",
    "needed_rate",
    "from_to",
    "plan_line",
)
# What is said of an indicator against its plan; other sentences of a topic are context.
AGAINST_PLAN = (
    "latest",
    "definitions_differ",
    "needed",
    "done",
    "done_fell",
    "met",
    "missed",
    "pace_enough",
    "pace_short",
    "pace_mixed",
    "pace_broken",
    "pace_through",
    "one_point",
    "no_actual",
    "latest_alone",
)
# A comparison of fewer districts is no picture.
FEWEST_DISTRICTS = 3


def html(*, lang: str = "vi") -> str:
    """The report as one HTML file, `lang` shown first."""
    return joined([page(name) for name in sorted(words.LANGUAGES, key=lambda name: name != lang)])


def joined(made: list[report.Page]) -> str:
    """Pages as one HTML file, with what the sliders reckon with and the stored notebooks as an appendix."""
    stored = [
        appendix.notebook(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(paths.notebooks().glob("[0-9]*.ipynb"))
    ]
    return report.render(made, coefficients=coefficients(), notebooks=stored)


def page(lang: str) -> report.Page:
    """The report in one language."""
    t = words.of(lang)
    rows = answers.scorecard()
    held, blank = rows[rows["actual"].notna()], rows[rows["actual"].isna()]
    sections = [_section(topic, t) for topic in answers.TOPICS]
    scorecard = _scorecard_table(rows, t)
    limits = answers.limits("goal", lang=t.code)
    made = report.Page(
        lang=t.code,
        labels=t.group("report"),
        finding=finding(held, lang=t.code),
        deck=_deck(held, t),
        scores=scores(held, lang=t.code),
        without=[_set_alone(row, t) for _, row in blank.iterrows()],
        without_head=t.say("report.without", count=len(blank)),
        scorecard=scorecard,
        goal_limits=limits,
        sections=sections,
        sources=[],
    )
    return made._replace(sources=_sources(_used(made), t))


def _paces(held: pd.DataFrame) -> list[tuple[pd.Series, str]]:
    """Each indicator that has an outcome, in the order of the topics, with what its pace is worth."""
    order = [indicator for indicators in answers.TOPICS.values() for indicator in indicators]
    known = held.set_index("indicator", drop=False)
    chosen = [
        known.loc[name]
        for name in [*(n for n in order if n in known.index), *(n for n in known.index if n not in order)]
    ]
    return [(row, row["pace"]) for row in chosen]


def _rates(row: pd.Series, t: Language) -> dict[str, str]:
    # A lower bound of the outcome leaves an upper bound of the growth that was still needed.
    bound = vocabulary.OPPOSITE_FLAGS.get(row["actual_flag"], "")
    word = t.flag(bound) + " " if bound else ""
    rates = {
        "needed": word + t.percent(row["needed_percent"]),
        "needed_years": f"{row['year']:.0f}–{row['plan_year']:.0f}",
    }
    if pd.notna(row["base"]):
        # A verdict that rests on a derived figure says so wherever it is given.
        derived = (
            t.say("report.finding_derived", base_year=f"{row['base_year']:.0f}")
            if row["base_derived"]
            else ""
        )
        rates |= {
            "derived": derived,
            "done": t.percent(row["done_percent"]),
            "done_years": f"{row['base_year']:.0f}–{row['year']:.0f}",
        }
    return rates


def finding(held: pd.DataFrame, *, lang: str) -> list[Said]:
    """The finding as the clauses of one sentence, one an indicator, by whether it grew fast enough, with the
    growth done and needed."""
    t = words.of(lang)
    if held.empty:
        return [Said(t.say("report.finding_none"))]
    judged = sorted(
        _paces(held), key=lambda pair: ("met", "enough", "missed", "short", "mixed", "unknown").index(pair[1])
    )
    clauses = []
    for place, (row, worth) in enumerate(judged, start=1):
        name = t.words.get(f"report.short_{row['indicator']}", t.named(row["indicator"]))
        known = {"year": row["plan_year"], "factors": findings.pace_factors(row, t=t)}
        text = t.say(f"report.finding_{worth}", name=name, **known, **_rates(row, t)) + (
            "." if place == len(judged) else ";"
        )
        used = row[["base_figure_id", "actual_figure_id", "plan_figure_id"]]
        clauses.append(Said(text[0].upper() + text[1:] if place == 1 else text, figure_ids=used))
    return clauses


def _deck(held: pd.DataFrame, t: Language) -> list[str]:
    """What the finding rests on: the years of the latest figures, and the size of the record."""
    observed = record.observations()
    said = []
    years, plan_year = (
        sorted({int(year) for year in held["year"]}),
        int(held["plan_year"].max()) if len(held) else 0,
    )
    if years and years[-1] < plan_year:
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        said.append(t.say("report.deck", years=span, plan_year=plan_year))
    counts = {"figures": len(observed), "sources": observed["source_id"].nunique()}
    return [*said, t.say("report.record", **counts)]


def scores(held: pd.DataFrame, *, lang: str) -> list[report.Score]:
    """The scorecard's rows: outcome and plan, share of the plan with its range, and what the pace is
    worth."""
    t = words.of(lang)
    rows = []
    for row, worth in _paces(held):
        both = row[["actual_figure_id", "plan_figure_id"]]
        against = t.say(
            "report.against",
            actual=numbers.bounded(t, row["actual"], row["actual_flag"]),
            year=int(row["year"]),
            plan=numbers.bounded(t, row["plan"], row["plan_qualifier"], unit=t.unit(row["indicator"])),
        )
        share = t.percent(row["attainment"])
        share = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}.get(row["actual_flag"], "") + share
        key = {"met": "", "missed": "", "unknown": "pace_alone"}.get(worth, "pace_rates")
        rates = t.say(f"report.{key}", **_rates(row, t)) if key else ""
        remarks = [t.say(f"score.{row['reason']}")] if row["reason"] == "definitions_differ" else []
        remarks += [t.say("score.covid")] if row["breaks"] else []
        remarks += (
            [t.say("report.base_derived", year=int(row["base_year"]))] if row["base_derived"] is True else []
        )
        rows.append(
            report.Score(
                name=t.name(row["indicator"]),
                against=Said(against, figure_ids=both),
                shown=Said(share, figure_ids=both),
                share=float(row["attainment"]),
                low=float(row["attainment_low"]),
                high=float(row["attainment_high"]),
                open_bound=bool(row["actual_flag"]),
                pace=worth,
                pace_words=t.say(f"report.pace_{worth}", factors=findings.pace_factors(row, t=t)),
                rates=Said(rates, figure_ids=[row["base_figure_id"], *both]),
                remark="; ".join(remarks),
            )
        )
    return rows


def _set_alone(row: pd.Series, t: Language) -> tuple[str, Said]:
    """The name and the plan of an indicator that has no outcome."""
    unit = t.unit(row["indicator"])
    of = f"/{t.number(row['plan_denominator'])}" if pd.notna(row["plan_denominator"]) else ""
    plan = numbers.bounded(t, row["plan"], row["plan_qualifier"], unit=unit).replace(
        f" {unit}", f"{of} {unit}"
    )
    return t.name(row["indicator"]), Said(plan, figure_ids=[row["plan_figure_id"]])


def _scorecard_table(rows: pd.DataFrame, t: Language) -> report.Table:
    """The scorecard as a readable table whose numbers lead to their figures."""
    shown = tables.scorecard(rows, lang=t.code)
    heads = t.group("column")
    known = [
        {
            heads["plan"]: [row["plan_figure_id"]],
            heads["latest"]: [row["actual_figure_id"]],
            heads["attainment"]: [row["actual_figure_id"], row["plan_figure_id"]],
            heads["needed"]: [row["actual_figure_id"], row["plan_figure_id"]],
            heads["base"]: [row["base_figure_id"]],
            heads["done"]: [row["base_figure_id"], row["actual_figure_id"]],
        }
        for _, row in rows.iterrows()
    ]
    cells = [
        [
            Said(cell, figure_ids=ids[head]) if head in ids and cell else str(cell)
            for head, cell in zip(shown.columns, line, strict=False)
        ]
        for ids, line in zip(known, shown.itertuples(index=False, name=None), strict=True)
    ]
    return report.Table(
        t.say("report.whole_scorecard"),
        [report.Head(name, name == heads["figure_id"]) for name in shown.columns],
        cells,
    )


def _section(topic: str, t: Language) -> report.Section:
    """A domain: each of its indicators with what was found, its pictures and their data; then what cannot be
    said."""
    said = answers.found(topic, lang=t.code)
    parts, start = [], 0
    starts = [
        i
        for i, sentence in enumerate(said)
        if getattr(sentence, "key", "") in ("latest", "no_actual", "latest_alone")
    ] or [0]
    for indicator, start, end in zip(answers.TOPICS[topic], starts, [*starts[1:], len(said)], strict=False):
        mine = said[start:end]
        first = [sentence for sentence in mine if getattr(sentence, "key", "") in AGAINST_PLAN]
        parts.append(
            report.Part(
                indicator,
                t.name(indicator),
                first,
                [sentence for sentence in mine if sentence not in first],
                _figures(indicator, t),
            )
        )
    return report.Section(topic, t.say(f"report.{topic}"), parts, answers.limits(topic, lang=t.code))


def _figures(indicator: str, t: Language) -> list[report.Figure]:
    """The pictures of an indicator: over the years, and beside the other districts where there are enough of
    them."""
    name = t.name(indicator)
    over_years = report.Figure(
        *(answers.trend(indicator, lang=t.code, shape=shape) for shape in ("wide", "narrow")),
        _figure_table(name, _district_rows(indicator), t),
    )
    others = answers.latest(indicator)
    if len(others) < FEWEST_DISTRICTS:
        return [over_years]
    rows = (
        record.observations()
        .set_index("figure_id", drop=False)
        .loc[others["figure_id"]]
        .assign(derived=False)
    )
    named = t.say("report.districts", name=name)
    beside = report.Figure(
        *(answers.districts(indicator, lang=t.code, shape=shape) for shape in ("wide", "narrow")),
        _figure_table(named, rows, t, area=True),
    )
    return [over_years, beside]


def _district_rows(indicator: str) -> pd.DataFrame:
    """Every printed figure of the district, and what was derived from comparisons, marked so."""
    observed = record.observations()
    mine = observed[
        (observed["indicator"] == indicator) & (observed["area"] == AREA) & (observed["area_level"] == LEVEL)
    ].assign(derived=False)
    series = record.series(indicator, area=AREA, level=LEVEL, derived=True)
    added = series[series["derived"]].drop(columns="derived")
    printed = observed.set_index("figure_id").loc[added["figure_id"]].reset_index()
    computed = printed.assign(
        derived=True,
        period=added["year"].astype(str).to_numpy(),
        **{name: added[name].to_numpy() for name in ("year", "value", "low", "high")},
    )
    return pd.concat([mine, computed]).sort_values(["year", "period", "figure_id"], ignore_index=True)


def _figure_table(name: str, rows: pd.DataFrame, t: Language, *, area: bool = False) -> report.Table:
    """Figures with their words, reading, kind, fate and source; the download holds their bounds, titles,
    addresses and ids too."""
    t = t
    heads = t.group("report") | t.group("column")
    named = record.sources().set_index("source_id")
    shown = ["area"] * area + [
        "period",
        "printed",
        "reading",
        "unit",
        "kind",
        "definition",
        "status",
        "source",
    ]
    hidden = ["figure_id", "low", "high", "source_title", "published", "url"]
    if (rows["definition"] == "").all():  # a blank column on the page says nothing
        hidden.append(shown.pop(shown.index("definition")))
    named_heads = [report.Head(heads[head], head in hidden) for head in [*shown, *hidden]]
    cells = []
    for row in rows.itertuples():
        source = named.loc[row.source_id]
        cell = {
            "area": row.area,
            "period": t.periods(row.period),
            "printed": _words_of(row),
            "unit": t.unit(row.indicator),
            "reading": Said(numbers.interval(t, row), figure_ids=[row.figure_id]),
            "kind": t.say("report.derived") if row.derived else t.kind(row.kind),
            "definition": t.definition(row.definition),
            "status": "" if row.derived else t.say(f"status.{row.status}"),
            "source": source["publisher"],
            "low": t.number(row.low),
            "high": t.number(row.high),
            "source_title": source["title"],
            "published": source["published"],
            "url": source["url"],
            "figure_id": row.figure_id,
        }
        cells.append([cell[head] for head in [*shown, *hidden]])
    return report.Table(t.say("report.chart_data", name=name), named_heads, cells)


def _words_of(row) -> str:
    return f"{row.value_text} ({row.unit_text})" if row.unit_text else row.value_text


def _used(made: report.Page) -> list[str]:
    """The figures that a page leads to, each once."""
    texts = [
        *made.finding,
        *made.deck,
        *(plan for _, plan in made.without),
        *(cell for row in made.scorecard.rows for cell in row),
    ]
    texts += [text for score in made.scores for text in (score.against, score.shown, score.rates)]
    for part in (part for section in made.sections for part in section.parts):
        texts += [
            *part.found,
            *part.context,
            *(cell for figure in part.figures for row in figure.table.rows for cell in row),
        ]
    return list(dict.fromkeys(figure_id for text in texts for figure_id in getattr(text, "figure_ids", ())))


def _sources(figure_ids: Iterable[str], t: Language) -> list[report.Source]:
    """The sources of figures with their printed words, the sources of the most figures first."""
    rows = record.observations().set_index("figure_id", drop=False).loc[list(figure_ids)]
    named = record.sources().set_index("source_id")
    order = rows["source_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    return [
        report.Source(
            *named.loc[source, ["publisher", "title", "published", "url"]],
            [_printed(row, t) for row in rows[rows["source_id"] == source].itertuples()],
        )
        for source in order
    ]


def _printed(row, t: Language) -> report.Printed:
    unit = t.unit(row.indicator)
    area = row.area if row.area_level == "country" else f"{row.area} ({t.level(row.area_level)})"
    about = f"{t.name(row.indicator)}, {area}, {t.periods(row.period)}, {t.kind(row.kind)}"
    read = (
        t.say("report.no_number")
        if pd.isna(row.value)
        else t.say("report.read_as", reading=numbers.interval(t, row), unit=unit).replace(" %", "%")
    )
    computed = record.derived()
    values = [row.value, *computed.loc[computed["figure_id"] == row.figure_id, "value"]]
    shown = {
        text
        for value in values
        if pd.notna(value)
        for text in (t.number(value), numbers.humanised(t, value).partition(" ")[0])
    }
    shown |= {number + "%" for number in shown} if unit == "%" else set()
    return report.Printed(row.figure_id, _words_of(row), about, read, row.note, tuple(sorted(shown)))


def coefficients() -> dict[str, object]:
    """What the sliders reckon with, in both languages: each indicator's last printed figure with its
    interval, and its plan."""
    rows = answers.scorecard()
    known = []
    for row, _ in _paces(rows[rows["actual"].notna()]):
        done = 0.0 if pd.isna(row["done_percent"]) else float(row["done_percent"]) * 100
        texts = {
            lang: {
                "name": words.of(lang).name(row["indicator"]),
                "unit": words.of(lang).unit(row["indicator"]),
                "value": numbers.bounded(words.of(lang), row["actual"], row["actual_flag"]),
                "plan": numbers.bounded(words.of(lang), row["plan"], row["plan_qualifier"]),
            }
            for lang in words.LANGUAGES
        }
        known.append(
            {
                "indicator": row["indicator"],
                "year": int(row["year"]),
                "value": float(row["actual"]),
                "low": float(row["actual_low"]),
                "high": float(row["actual_high"]),
                "flag": row["actual_flag"],
                "plan": float(row["plan"]),
                "plan_year": int(row["plan_year"]),
                "start": _on_step(done or float(row["needed_percent"]) * 100),
                "figure_ids": [row["actual_figure_id"], row["plan_figure_id"]],
                "texts": texts,
            }
        )
    flags = {lang: {name: words.of(lang).flag(name) for name in vocabulary.FLAGS} for lang in words.LANGUAGES}
    scales = {
        lang: {name: words.of(lang).say(f"chart.{name}") for name in ("million", "billion")}
        for lang in words.LANGUAGES
    }
    return {
        "indicators": known,
        "growth": GROWTH,
        "years_ahead": YEARS_AHEAD,
        "reach_within": REACH_WITHIN,
        "flags": flags,
        "scales": scales,
        "words": {
            lang: {
                name: text for name, text in words.of(lang).group("report").items() if name in QUESTION_WORDS
            }
            for lang in words.LANGUAGES
        },
    }


def _on_step(per_cent: float) -> float:
    """A growth rate on the slider's nearest step."""
    least, greatest, step = GROWTH
    return min(max(round(per_cent / step) * step, least), greatest)
