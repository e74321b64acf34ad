"""The report's pages: what the answers gave, joined language by language with the printed words behind every
number."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from baoyen_analysis import answers, paths, record, vocabulary, words
from baoyen_analysis.report import appendix
from baoyen_analysis.report import page as report
from baoyen_analysis.views import findings, tables
from baoyen_analysis.views.drawing.style import humanised
from baoyen_analysis.views.findings import Said, bounded, percent, unit_of

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
    rows = answers.scorecard()
    held, blank = rows[rows["actual"].notna()], rows[rows["actual"].isna()]
    sections = [_section(topic, lang) for topic in answers.TOPICS]
    scorecard = _scorecard_table(rows, lang)
    limits = answers.limits("goal", lang=lang)
    made = report.Page(
        lang=lang,
        labels=words.report_labels(lang=lang),
        finding=finding(held, lang=lang),
        deck=_deck(held, lang),
        scores=scores(held, lang=lang),
        without=[_set_alone(row, lang) for _, row in blank.iterrows()],
        without_head=words.report("without", lang=lang, count=len(blank)),
        scorecard=scorecard,
        goal_limits=limits,
        sections=sections,
        sources=[],
    )
    return made._replace(sources=_sources(_used(made), lang))


def _paces(held: pd.DataFrame) -> list[tuple[pd.Series, str]]:
    """Each indicator that has an outcome, in the order of the topics, with what its pace is worth."""
    order = [indicator for indicators in answers.TOPICS.values() for indicator in indicators]
    known = held.set_index("indicator", drop=False)
    chosen = [
        known.loc[name]
        for name in [*(n for n in order if n in known.index), *(n for n in known.index if n not in order)]
    ]
    return [(row, row["pace"]) for row in chosen]


def _rates(row: pd.Series, lang: str) -> dict[str, str]:
    # A lower bound of the outcome leaves an upper bound of the growth that was still needed.
    bound = {"at_least": "at_most", "at_most": "at_least"}.get(row["actual_flag"], "")
    word = vocabulary.FLAGS[bound][words.LANGUAGES.index(lang)] + " " if bound else ""
    rates = {
        "needed": word + percent(row["needed_percent"], lang=lang),
        "needed_years": f"{row['year']:.0f}–{row['plan_year']:.0f}",
    }
    if pd.notna(row["base"]):
        # A verdict that rests on a derived figure says so wherever it is given.
        derived = (
            words.report("finding_derived", lang=lang, base_year=f"{row['base_year']:.0f}")
            if row["base_derived"]
            else ""
        )
        rates |= {
            "derived": derived,
            "done": percent(row["done_percent"], lang=lang),
            "done_years": f"{row['base_year']:.0f}–{row['year']:.0f}",
        }
    return rates


def finding(held: pd.DataFrame, *, lang: str) -> list[Said]:
    """The finding as the clauses of one sentence, one an indicator, by whether it grew fast enough, with the
    growth done and needed."""
    if held.empty:
        return [Said(words.report("finding_none", lang=lang))]
    judged = sorted(
        _paces(held), key=lambda pair: ("met", "enough", "missed", "short", "mixed", "unknown").index(pair[1])
    )
    clauses = []
    for place, (row, worth) in enumerate(judged, start=1):
        name = words.REPORT.get(
            f"short_{row['indicator']}", (findings.named(row["indicator"], lang=lang),) * 2
        )[words.LANGUAGES.index(lang)]
        known = {"year": row["plan_year"], "factors": findings.pace_factors(row, lang=lang)}
        text = words.report(f"finding_{worth}", lang=lang, name=name, **known, **_rates(row, lang)) + (
            "." if place == len(judged) else ";"
        )
        used = row[["base_figure_id", "actual_figure_id", "plan_figure_id"]]
        clauses.append(Said(text[0].upper() + text[1:] if place == 1 else text, figure_ids=used))
    return clauses


def _deck(held: pd.DataFrame, lang: str) -> list[str]:
    """What the finding rests on: the years of the latest figures, and the size of the record."""
    observed = record.observations()
    said = []
    years, plan_year = (
        sorted({int(year) for year in held["year"]}),
        int(held["plan_year"].max()) if len(held) else 0,
    )
    if years and years[-1] < plan_year:
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        said.append(words.report("deck", lang=lang, years=span, plan_year=plan_year))
    counts = {"figures": len(observed), "sources": observed["source_id"].nunique()}
    return [*said, words.report("record", lang=lang, **counts)]


def scores(held: pd.DataFrame, *, lang: str) -> list[report.Score]:
    """The scorecard's rows: outcome and plan, share of the plan with its range, and what the pace is
    worth."""
    rows = []
    for row, worth in _paces(held):
        both = row[["actual_figure_id", "plan_figure_id"]]
        against = words.report(
            "against",
            lang=lang,
            actual=bounded(row["actual"], row["actual_flag"], lang=lang),
            year=int(row["year"]),
            plan=bounded(
                row["plan"], row["plan_qualifier"], lang=lang, unit=unit_of(row["indicator"], lang=lang)
            ),
        )
        share = percent(row["attainment"], lang=lang)
        share = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}.get(row["actual_flag"], "") + share
        key = {"met": "", "missed": "", "unknown": "pace_alone"}.get(worth, "pace_rates")
        rates = words.report(key, lang=lang, **_rates(row, lang)) if key else ""
        remarks = (
            [words.SCORE_REASONS[row["reason"]][words.LANGUAGES.index(lang)]]
            if row["reason"] == "definitions_differ"
            else []
        )
        remarks += [words.SCORE_REASONS["covid"][words.LANGUAGES.index(lang)]] if row["breaks"] else []
        remarks += (
            [words.report("base_derived", lang=lang, year=int(row["base_year"]))]
            if row["base_derived"] is True
            else []
        )
        rows.append(
            report.Score(
                name=getattr(vocabulary.INDICATORS[row["indicator"]], lang),
                against=Said(against, figure_ids=both),
                shown=Said(share, figure_ids=both),
                share=float(row["attainment"]),
                low=float(row["attainment_low"]),
                high=float(row["attainment_high"]),
                open_bound=bool(row["actual_flag"]),
                pace=worth,
                pace_words=words.report(
                    f"pace_{worth}", lang=lang, factors=findings.pace_factors(row, lang=lang)
                ),
                rates=Said(rates, figure_ids=[row["base_figure_id"], *both]),
                remark="; ".join(remarks),
            )
        )
    return rows


def _set_alone(row: pd.Series, lang: str) -> tuple[str, Said]:
    """The name and the plan of an indicator that has no outcome."""
    unit = unit_of(row["indicator"], lang=lang)
    of = f"/{words.number(row['plan_denominator'], lang=lang)}" if pd.notna(row["plan_denominator"]) else ""
    plan = bounded(row["plan"], row["plan_qualifier"], lang=lang, unit=unit).replace(
        f" {unit}", f"{of} {unit}"
    )
    return getattr(vocabulary.INDICATORS[row["indicator"]], lang), Said(
        plan, figure_ids=[row["plan_figure_id"]]
    )


def _scorecard_table(rows: pd.DataFrame, lang: str) -> report.Table:
    """The scorecard as a readable table whose numbers lead to their figures."""
    shown = tables.scorecard(rows, lang=lang)
    heads = {name: pair[words.LANGUAGES.index(lang)] for name, pair in words.COLUMNS.items()}
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
        words.report("whole_scorecard", lang=lang),
        [report.Head(name, name == heads["figure_id"]) for name in shown.columns],
        cells,
    )


def _section(topic: str, lang: str) -> report.Section:
    """A domain: each of its indicators with what was found, its pictures and their data; then what cannot be
    said."""
    said = answers.found(topic, lang=lang)
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
                getattr(vocabulary.INDICATORS[indicator], lang),
                first,
                [sentence for sentence in mine if sentence not in first],
                _figures(indicator, lang),
            )
        )
    return report.Section(topic, words.report(topic, lang=lang), parts, answers.limits(topic, lang=lang))


def _figures(indicator: str, lang: str) -> list[report.Figure]:
    """The pictures of an indicator: over the years, and beside the other districts where there are enough of
    them."""
    name = getattr(vocabulary.INDICATORS[indicator], lang)
    over_years = report.Figure(
        *(answers.trend(indicator, lang=lang, shape=shape) for shape in ("wide", "narrow")),
        _figure_table(name, _district_rows(indicator), lang),
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
    named = words.report("districts", lang=lang, name=name)
    beside = report.Figure(
        *(answers.districts(indicator, lang=lang, shape=shape) for shape in ("wide", "narrow")),
        _figure_table(named, rows, lang, area=True),
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


def _figure_table(name: str, rows: pd.DataFrame, lang: str, *, area: bool = False) -> report.Table:
    """Figures with their words, reading, kind, fate and source; the download holds their bounds, titles,
    addresses and ids too."""
    side = words.LANGUAGES.index(lang)
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
    heads = [
        report.Head((words.COLUMNS.get(head) or words.REPORT[head])[side], head in hidden)
        for head in [*shown, *hidden]
    ]
    cells = []
    for row in rows.itertuples():
        source = named.loc[row.source_id]
        cell = {
            "area": row.area,
            "period": words.periods(row.period, lang=lang),
            "printed": _words_of(row),
            "unit": unit_of(row.indicator, lang=lang),
            "reading": Said(tables.reading(row, lang=lang), figure_ids=[row.figure_id]),
            "kind": words.report("derived", lang=lang) if row.derived else vocabulary.KINDS[row.kind][side],
            "definition": words.definition(row.definition, lang=lang),
            "status": "" if row.derived else words.STATUSES[row.status][side],
            "source": source["publisher"],
            "low": words.number(row.low, lang=lang),
            "high": words.number(row.high, lang=lang),
            "source_title": source["title"],
            "published": source["published"],
            "url": source["url"],
            "figure_id": row.figure_id,
        }
        cells.append([cell[head] for head in [*shown, *hidden]])
    return report.Table(words.report("chart_data", lang=lang, name=name), heads, cells)


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


def _sources(figure_ids: Iterable[str], lang: str) -> list[report.Source]:
    """The sources of figures with their printed words, the sources of the most figures first."""
    rows = record.observations().set_index("figure_id", drop=False).loc[list(figure_ids)]
    named = record.sources().set_index("source_id")
    order = rows["source_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    return [
        report.Source(
            *named.loc[source, ["publisher", "title", "published", "url"]],
            [_printed(row, lang) for row in rows[rows["source_id"] == source].itertuples()],
        )
        for source in order
    ]


def _printed(row, lang: str) -> report.Printed:
    side = words.LANGUAGES.index(lang)
    unit = unit_of(row.indicator, lang=lang)
    area = (
        row.area if row.area_level == "country" else f"{row.area} ({vocabulary.LEVELS[row.area_level][side]})"
    )
    about = f"{getattr(vocabulary.INDICATORS[row.indicator], lang)}, {area}, {words.periods(row.period, lang=lang)}, {vocabulary.KINDS[row.kind][side]}"
    read = (
        words.report("no_number", lang=lang)
        if pd.isna(row.value)
        else words.report("read_as", lang=lang, reading=tables.reading(row, lang=lang), unit=unit).replace(
            " %", "%"
        )
    )
    computed = record.derived()
    values = [row.value, *computed.loc[computed["figure_id"] == row.figure_id, "value"]]
    numbers = {
        text
        for value in values
        if pd.notna(value)
        for text in (words.number(value, lang=lang), humanised(value, lang=lang).partition(" ")[0])
    }
    numbers |= {number + "%" for number in numbers} if unit == "%" else set()
    return report.Printed(row.figure_id, _words_of(row), about, read, row.note, tuple(sorted(numbers)))


def coefficients() -> dict[str, object]:
    """What the sliders reckon with, in both languages: each indicator's last printed figure with its
    interval, and its plan."""
    rows = answers.scorecard()
    known = []
    for row, _ in _paces(rows[rows["actual"].notna()]):
        done = 0.0 if pd.isna(row["done_percent"]) else float(row["done_percent"]) * 100
        texts = {
            lang: {
                "name": getattr(vocabulary.INDICATORS[row["indicator"]], lang),
                "unit": unit_of(row["indicator"], lang=lang),
                "value": bounded(row["actual"], row["actual_flag"], lang=lang),
                "plan": bounded(row["plan"], row["plan_qualifier"], lang=lang),
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
    flags = {
        lang: {name: pair[side] for name, pair in vocabulary.FLAGS.items()}
        for side, lang in enumerate(words.LANGUAGES)
    }
    scales = {
        lang: {name: words.chart(name, lang=lang) for name in ("million", "billion")}
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
                name: text for name, text in words.report_labels(lang=lang).items() if name in QUESTION_WORDS
            }
            for lang in words.LANGUAGES
        },
    }


def _on_step(per_cent: float) -> float:
    """A growth rate on the slider's nearest step."""
    least, greatest, step = GROWTH
    return min(max(round(per_cent / step) * step, least), greatest)
