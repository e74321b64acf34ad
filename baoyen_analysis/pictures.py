"""Charts of the record with their words: the figures over the years, the districts, a projection, the
readings of a goal, what is held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from pandas import DataFrame

from baoyen_analysis import record, vocabulary, words
from baoyen_analysis.agreement import alike
from baoyen_analysis.answer import AREA, LEVEL, PROVINCE
from baoyen_analysis.basis import latest, projection_options, unit_is_money
from baoyen_analysis.measures import growth, projection
from baoyen_analysis.places import find_area
from baoyen_analysis.views import said, verdicts
from baoyen_analysis.views.drawing import charts
from baoyen_analysis.views.numbers import bounded, humanised, with_unit
from baoyen_analysis.views.said import Sentences
from baoyen_analysis.words import Language

FIRST_COVERED = 2007


def trend(
    indicator: str,
    *,
    area: str = AREA,
    level: str = LEVEL,
    lang: str | None = None,
    shape: str = "wide",
    beside: str = "",
) -> charts.Chart | Sentences:
    """The figures of an area over the years with its plans, derived points and conflicting sources.

    Parameters
    ----------
    beside : str
        The province, to draw beside it.

    Returns
    -------
    Chart
        Or a sentence in its place, where nothing is printed.
    """
    t = words.of(lang)
    mine = record.series(indicator, area=area, level=level, derived=True)
    if mine.empty:
        return Sentences([t.say("finding.too_thin", name=t.named(indicator), area=area)])
    drawn = {area: mine}
    if beside:
        drawn[t.placed(beside, "province")] = record.series(indicator, area=beside, level="province")
    aims = record.set_for(indicator, area=area, level=level)
    others = _conflicting(indicator, area, level)
    every = [*drawn.values(), aims]
    # The finding: the latest figure, printed and counting what was set where any does, and where sources
    # contradict it, theirs beside it.
    like = alike(mine["definition"], aims["definition"].iloc[-1] if len(aims) else "")
    ranked = zip(like.tolist(), [not derived for derived in mine["derived"]], mine.index, strict=True)
    last = mine.loc[[max(ranked)[-1]]]
    year = int(last["year"].iloc[0])
    known = {"name": t.titled(indicator), "area": area, "year": year}
    known["actual"] = _either(t, indicator, last, others[others["year"] == year])
    kinds = [
        t.say("finding.aim_of", kind=t.say(f"finding.kind_{a.kind}"), year=a.year) for a in aims.itertuples()
    ]
    notes = []
    if mine["definition"].any():
        stated = mine.drop_duplicates("definition")
        told = [*stated["definition"], *aims["definition"]]
        notes = _definition_notes(t, [*stated["year"], *kinds], told)
    caption = charts.Caption(
        t.say("finding.title_last", **known),
        _subtitle(t, _measure(t, indicator), " – ".join(drawn), _cells("year", *every)),
        notes,
        record.cited(_cells("figure_id", *every, others)),
        t.code,
        shape,
    )
    return charts.trend(drawn, caption, targets=aims, conflicts=others)


def _cells(name: str, *tables: DataFrame) -> list[Any]:
    """The cells of a column of several tables."""
    return [cell for table in tables for cell in table[name]]


def _either(t: Language, indicator: str, *rows: DataFrame) -> str:
    """Figures of one year with their bounds and their unit: "50 or at least 45 million VND"."""
    figures = zip(_cells("value", *rows), _cells("flag", *rows), strict=True)
    values = [bounded(t, value, flag) for value, flag in figures]
    return with_unit(t, t.say("verdict.or").join(dict.fromkeys(values)), indicator)


def _conflicting(indicator: str, area: str, level: str) -> DataFrame:
    rows = record.observed(indicator, area=area, level=level)
    whole = rows["kind"].isin(vocabulary.OUTCOMES) & (rows["part"] == "")
    return rows[(rows["status"] == "conflicting") & whole]


def _measure(t: Language, indicator: str) -> str:
    """What a chart measures: the indicator, its unit unless the name says it, and of money that it is at
    current prices."""
    name, unit = t.name(indicator), t.unit(indicator)
    measure = name if unit.lower() in name.lower() else f"{name}, {unit}"
    return measure + t.say("finding.current_prices") if unit_is_money(indicator) else measure


def _subtitle(
    t: Language, measure: str, area: str, years: Iterable[int], key: str = "finding.subtitle"
) -> str:
    held = sorted(years)
    return t.say(key, measure=measure, area=area, first=held[0], last=held[-1])


def _definition_notes(t: Language, of: Iterable[object], stated: Iterable[str]) -> list[str]:
    """What the figures of each area, year or plan count, where any of them says so: two stated definitions on
    one scale are told at its foot."""
    listed = dict.fromkeys(
        t.say("finding.definition_of", area=each, definition=said.counts(t, text))
        for each, text in zip(of, stated, strict=True)
    )
    return [t.say("finding.definitions_beside", list="; ".join(listed))] if any(stated) else []


def districts(
    indicator: str, *, highlight: str = AREA, lang: str | None = None, shape: str = "wide"
) -> charts.Chart:
    """The districts of the province over the years, each with the full years that are printed.

    Years differ, so this is no ranking.
    """
    t, table = words.of(lang), latest(indicator)
    names = [highlight, *sorted(set(table["area"]) - {highlight})]
    every = {name: record.series(indicator, area=name) for name in names}
    drawn = {name: series for name, series in every.items() if len(series)}
    held, mine = pd.concat(drawn.values()), table[table["area"] == highlight]
    theirs, counted = table.loc[table["area"] != highlight, "year"], set(table["definition"]) - {""}
    known: dict[str, Any] = {"name": t.name(indicator), "area": highlight}
    known |= {"first": theirs.min(), "last": theirs.max()}
    key = "finding.title_districts_without"
    if len(mine):
        key = "finding.title_districts"
        known |= {"value": _either(t, indicator, mine), "year": int(mine["year"].iloc[0])}
        known["apart"] = t.say("finding.counted_apart") if len(counted) > 1 else ""
    caption = charts.Caption(
        t.say(key, **known),
        _subtitle(t, _measure(t, indicator), "", held["year"], "finding.subtitle_districts"),
        _definition_notes(t, table["area"], table["definition"]),
        record.cited(held["figure_id"]),
        t.code,
        shape,
    )
    others = _conflicting(indicator, highlight, LEVEL) if highlight in drawn else None
    return charts.trend(drawn, caption, conflicts=others)


def fan(
    indicator: str,
    *,
    years: Iterable[int] = (),
    area: str = AREA,
    level: str = LEVEL,
    lang: str | None = None,
    shape: str = "wide",
) -> charts.Chart | Sentences:
    """The projection of a series with its tested ranges, beside the plans it is held to.

    Parameters
    ----------
    years : list of int
        Without them up to the last full year of the area, or a year ahead.

    Returns
    -------
    Chart
        Or a sentence in its place, where the record is too thin.
    """
    t = words.of(lang)
    series, options = record.series(indicator, area=area, level=level), projection_options(indicator)
    used = series[~series["year"].isin(options.get("mask", ()))]
    if len(used) < 2 or len(growth.definitions(used)) > 1:
        key = "finding.fan_thin" if len(used) < 2 else "finding.fan_mixed"
        return Sentences([t.say(key, name=t.name(indicator), area=area, points=len(used))])
    ended, full = find_area(area, level).valid_to, last_full_year(area, level)
    ahead = int(series["year"].iloc[-1]) + 1
    future = projection.project(series, years=list(years) or range(ahead, max(ahead, full) + 1), **options)
    aims, last = record.set_for(indicator, area=area, level=level), future.iloc[-1]
    low, high = (humanised(t, last[end], digits=3) for end in ("low_80", "high_80"))
    year, over = int(last["year"]), list[str]()
    if ended and year > full:
        over = [t.say("finding.fan_ended", area=area, day=t.day(ended), year=full + 1)]
    known = {"low": low, "high": with_unit(t, high, indicator), "against": _against(t, aims, last)}
    caption = charts.Caption(
        t.say("finding.title_fan", name=t.titled(indicator), area=area, year=year, **known),
        _subtitle(t, _measure(t, indicator), area, [series["year"].min(), year]),
        over,
        record.cited([*series["figure_id"], *aims["figure_id"]]),
        t.code,
        shape,
    )
    return charts.fan(future, caption, series={area: series}, targets=aims)


def last_full_year(area: str, level: str, last: int = 2025) -> int:
    """The last year, up to `last`, that an area had in full."""
    ended = find_area(area, level).valid_to
    return min(last, ended.year - (ended.month < 12)) if ended else last


def _against(t: Language, aims: DataFrame, last: pd.Series) -> str:
    """Where the plan of the projection's last year lies: within its 80 % range, above or below."""
    for aim in aims[aims["year"] == last["year"]].tail(1).itertuples():
        side = "above" if aim.value > last["high_80"] else "below" if aim.value < last["low_80"] else "inside"
        plan, kind = bounded(t, aim.value, aim.qualifier), t.say(f"finding.kind_{aim.kind}")
        return t.say(f"finding.fan_{side}", plan=plan, year=aim.year, kind=kind)
    return ""


def coverage(
    *, areas: Iterable[str] = (AREA, PROVINCE), lang: str | None = None, shape: str = "wide"
) -> charts.Chart:
    """What is held of the four core indicators: area and indicator by year, and what is not held.

    With the kinds of figures.
    """
    record.check_list(areas, "areas")
    t, areas, rows = words.of(lang), list(areas), record.observations()
    rows = rows[rows["area"].isin(areas) & rows["area_level"].isin(["district", "province"])]
    rows = rows[rows["indicator"].isin(vocabulary.PANEL_COLUMNS) & (rows["year"] >= FIRST_COVERED)]
    whole = rows["kind"].isin(vocabulary.OUTCOMES) & (rows["part"] == "") & (rows["status"] == "chosen")
    outcomes = rows.loc[(rows["area"] == areas[0]) & whole, "year"]
    title = t.say(
        "finding.title_coverage" if len(outcomes) else "finding.title_coverage_none",
        figures=len(rows),
        areas=" – ".join(areas),
        area=areas[0],
        year=outcomes.max(),
    )
    note = t.say("finding.sources_coverage", sources=rows["source_id"].nunique())
    caption = charts.Caption(title, "", [note], (), t.code, shape)
    return charts.coverage(rows, caption, areas=areas, indicators=list(vocabulary.PANEL_COLUMNS))


def decomposition(
    *,
    start: int,
    end: int,
    area: str = PROVINCE,
    level: str = "province",
    lang: str | None = None,
    shape: str = "wide",
) -> charts.Chart:
    """How much of the growth of tourism revenue came from visits and how much from spending a visit."""
    t = words.of(lang)
    series = (record.series(name, area=area, level=level) for name in ("tourism_revenue", "tourist_visits"))
    rows = growth.decomposition(*series, start=start, end=end)
    unstated, title = t.reason(rows["reason"].iloc[0]), said.decomposition_title(t, rows)
    caption = charts.Caption(
        t.say("finding.title_decomposition", area=area, said=title[:1].lower() + title[1:]),
        _subtitle(t, t.say("finding.measure_decomposition"), area, (start, end)),
        [unstated[0].upper() + unstated[1:] + "."] if unstated else [],
        record.cited(" ".join(rows["figure_ids"]).split()),
        t.code,
        shape,
    )
    return charts.decomposition(rows, caption)


def scorecard(rows: DataFrame, *, lang: str | None = None, shape: str = "wide") -> charts.Chart | Sentences:
    """Attainment of each goal: the latest outcome over what was set, the conflicting outcomes as its
    range."""
    t = words.of(lang)
    if rows.empty:
        return Sentences([t.say("column.no_plan")])
    like = rows["attainment_low"].notna()
    apart = like & (rows["outcome_low"] != rows["outcome_high"])
    drawn = rows.assign(
        label=rows["indicator"].map(t.name),
        unit=rows["indicator"].map(t.unit),
        plan=rows["goal"],
        plan_qualifier=rows["goal_qualifier"],
        actual=rows["outcome_high"].where(like),
        year=rows["outcome_year"].where(like),
        attainment=rows["attainment_high"],
        flag=apart.map({True: "conflict", False: ""}),
    )
    title = str(verdicts.counted(t, rows)).rstrip(".")
    sources = record.cited(" ".join(rows["figure_ids"]).split())
    return charts.scorecard(drawn, charts.Caption(title, "", (), sources, t.code, shape))


def readings(rows: DataFrame, *, lang: str | None = None, shape: str = "wide") -> charts.Chart | Sentences:
    """The specification curve of one goal: its readings by growth done over growth needed, and which outcome,
    base and goal's number each used."""
    t = words.of(lang)
    paced = rows[rows["ratio"].notna()] if len(rows) else rows
    if paced.empty:
        return Sentences([t.say("readings.no_pace")])
    first = paced.iloc[0]
    found = verdicts.enough(paced)
    says = [t.say(f"readings.says_{name}", number=number) for name, number in found.items() if number]
    named = {"name": t.titled(first["indicator"]), "area": first["area"], "year": int(first["year"])}
    caption = charts.Caption(
        t.say("readings.title", list=", ".join(says) or t.say("readings.says_none"), **named),
        t.say("readings.subtitle", **named),
        (),
        record.cited(name for role in ("goal", "outcome", "base") for name in paced[f"{role}_figure_id"]),
        t.code,
        shape,
    )
    return charts.readings(paced, caption)


def front_chart() -> str:
    """The chart on the README's first screen, as SVG with its font; stored as docs/income.svg."""
    return trend("income_per_capita", lang="en").svg(embed_font=True)  # type: ignore[union-attr]  # it has figures
