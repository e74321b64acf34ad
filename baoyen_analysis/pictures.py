"""Charts of the record with their words: the figures over the years, the districts, a projection, the
readings of a goal, what is held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from baoyen_analysis import record, vocabulary, words
from baoyen_analysis.agreement import alike
from baoyen_analysis.answer import AREA, LEVEL, PROVINCE
from baoyen_analysis.basis import latest, projection_options
from baoyen_analysis.measures import growth, projection
from baoyen_analysis.places import find_area
from baoyen_analysis.views import numbers, said, verdicts
from baoyen_analysis.views.drawing import charts
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
    set_for = record.set_for(indicator, area=area, level=level)
    others = _conflicting(indicator, area, level)
    years = [*(year for series in drawn.values() for year in series["year"]), *set_for["year"]]
    ids = [
        *(name for series in drawn.values() for name in series["figure_id"]),
        *set_for["figure_id"],
        *others["figure_id"],
    ]
    measured = {
        "measure": _measure(t, indicator),
        "area": " – ".join(drawn),
        "first": min(years),
        "last": max(years),
    }
    return charts.trend(
        drawn,
        title=_title(t, indicator, area, _like_the_goal(mine, set_for), others),
        subtitle=t.say("finding.subtitle", **measured),
        targets=set_for,
        conflicts=others,
        notes=_definition_notes(t, _stated(t, mine, set_for)) if mine["definition"].any() else [],
        sources=record.cited(ids),
        lang=t.code,
        shape=shape,
    )


def _like_the_goal(series: pd.DataFrame, set_for: pd.DataFrame) -> pd.DataFrame:
    """The figures that count what was set, where any does: the latest of them is the finding."""
    if set_for.empty:
        return series
    like = series[alike(series["definition"], set_for["definition"].iloc[-1])]
    return series if like.empty else like


def _conflicting(indicator: str, area: str, level: str) -> pd.DataFrame:
    rows = record.observations()
    rows = rows[(rows["indicator"] == indicator) & (rows["area"] == area) & (rows["area_level"] == level)]
    whole = rows["kind"].isin(vocabulary.OUTCOMES) & (rows["part"] == "")
    return rows[(rows["status"] == "conflicting") & whole]


def _title(t: Language, indicator: str, area: str, series: pd.DataFrame, others: pd.DataFrame) -> str:
    """The finding: the latest figure and, where sources contradict it, theirs beside it."""
    printed = series[~series["derived"].astype(bool)]
    last = (series if printed.empty else printed).iloc[-1]
    same = others[others["year"] == last["year"]]
    values = [
        numbers.bounded(t, value, flag)
        for value, flag in [(last["value"], last["flag"]), *zip(same["value"], same["flag"], strict=True)]
    ]
    actual = numbers.with_unit(t, t.say("verdict.or").join(dict.fromkeys(values)), indicator)
    return t.say(
        "finding.title_last", name=t.titled(indicator), area=area, year=int(last["year"]), actual=actual
    )


def _measure(t: Language, indicator: str) -> str:
    """What a chart measures: the indicator, its unit unless the name says it, and of money that it is at
    current prices."""
    name, unit = t.name(indicator), t.unit(indicator)
    measure = name if unit.lower() in name.lower() else f"{name}, {unit}"
    money = "VND" in vocabulary.INDICATORS[indicator].unit
    return measure + t.say("finding.current_prices") if money else measure


def _stated(t: Language, series: pd.DataFrame, set_for: pd.DataFrame) -> pd.DataFrame:
    """What each figure of a series and each plan counts, under the year or the plan's name."""
    aims = [
        t.say("finding.aim_of", kind=t.say(f"finding.kind_{row.kind}"), year=row.year)
        for row in set_for.itertuples()
    ]
    stated = series.drop_duplicates("definition")
    return pd.concat([stated.assign(area=stated["year"].astype(str)), set_for.assign(area=aims)])


def _definition_notes(t: Language, rows: pd.DataFrame) -> list[str]:
    """What each row's figure counts, where any of them says so: two stated definitions on one scale are told
    at its foot."""
    if not rows["definition"].any():
        return []
    unstated = t.say("finding.unstated")
    counted = dict.fromkeys((row.area, t.definition(row.definition) or unstated) for row in rows.itertuples())
    listed = [
        t.say("finding.definition_of", area=area, definition=definition) for area, definition in counted
    ]
    return [t.say("finding.definitions_beside", list="; ".join(listed))]


def districts(
    indicator: str, *, highlight: str = AREA, lang: str | None = None, shape: str = "wide"
) -> charts.Chart:
    """The districts of the province over the years, each with the full years that are printed: years differ,
    so this is no ranking."""
    t, table = words.of(lang), latest(indicator)
    names = [highlight, *sorted(set(table["area"]) - {highlight})]
    drawn = {name: record.series(indicator, area=name) for name in names}
    drawn = {name: series for name, series in drawn.items() if len(series)}
    years = [year for series in drawn.values() for year in series["year"]]
    others = _conflicting(indicator, highlight, LEVEL)
    span = {"first": min(years), "last": max(years)}
    return charts.trend(
        drawn,
        conflicts=others if highlight in drawn else None,
        title=_districts_title(t, indicator, table, highlight),
        subtitle=t.say("finding.subtitle_districts", measure=_measure(t, indicator), **span),
        notes=_definition_notes(t, table),
        sources=record.cited(name for series in drawn.values() for name in series["figure_id"]),
        lang=t.code,
        shape=shape,
    )


def _districts_title(t: Language, indicator: str, table: pd.DataFrame, area: str) -> str:
    mine, others = table[table["area"] == area], table[table["area"] != area]
    known = {
        "name": t.name(indicator),
        "area": area,
        "first": others["year"].min(),
        "last": others["year"].max(),
    }
    if mine.empty:
        return t.say("finding.title_districts_without", **known)
    values = [numbers.bounded(t, row.value, row.flag) for row in mine.itertuples()]
    known["value"] = numbers.with_unit(t, t.say("verdict.or").join(values), indicator)
    return t.say("finding.title_districts", **known, year=int(mine["year"].iloc[0]))


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
        key = "fan_thin" if len(used) < 2 else "fan_mixed"
        return Sentences([t.say(f"finding.{key}", name=t.name(indicator), area=area, points=len(used))])
    ended, full = find_area(area, level).valid_to, _last_full_year(area, level)
    ahead = int(series["year"].iloc[-1]) + 1
    future = projection.project(series, years=list(years) or range(ahead, max(ahead, full) + 1), **options)
    set_for, last = record.set_for(indicator, area=area, level=level), future.iloc[-1]
    ends = [numbers.humanised(t, last[end], digits=3) for end in ("low_80", "high_80")]
    spoken = {"name": t.titled(indicator), "area": area, "year": int(last["year"]), "low": ends[0]}
    spoken |= {"high": numbers.with_unit(t, ends[1], indicator), "against": _against(t, set_for, last)}
    over = ended is not None and last["year"] > full
    spans = {
        "measure": _measure(t, indicator),
        "area": area,
        "first": series["year"].min(),
        "last": int(last["year"]),
    }
    return charts.fan(
        projection=future,
        series={area: series},
        targets=set_for,
        title=t.say("finding.title_fan", **spoken),
        subtitle=t.say("finding.subtitle", **spans),
        notes=[t.say("finding.fan_ended", area=area, day=t.day(ended), year=full + 1)]
        if ended and over
        else [],
        sources=record.cited([*series["figure_id"], *set_for["figure_id"]]),
        lang=t.code,
        shape=shape,
    )


def _last_full_year(area: str, level: str, last: int = 2025) -> int:
    """The last year, up to `last`, that an area had in full."""
    ended = find_area(area, level).valid_to
    return min(last, ended.year - (ended.month < 12)) if ended else last


def _against(t: Language, set_for: pd.DataFrame, last: pd.Series) -> str:
    """Where the plan of the projection's last year lies: within its 80 % range, above or below."""
    aims = set_for[set_for["year"] == last["year"]]
    if aims.empty:
        return ""
    aim = aims.iloc[-1]
    side = (
        "above" if aim["value"] > last["high_80"] else "below" if aim["value"] < last["low_80"] else "inside"
    )
    plan, kind = numbers.bounded(t, aim["value"], aim["qualifier"]), t.say(f"finding.kind_{aim['kind']}")
    return t.say(f"finding.fan_{side}", plan=plan, year=aim["year"], kind=kind)


def coverage(
    *, areas: Iterable[str] = (AREA, PROVINCE), lang: str | None = None, shape: str = "wide"
) -> charts.Chart:
    """What is held of the four core indicators: area and indicator by year, with the kinds of figures, and
    what is not held at all."""
    record.check_list(areas, "areas")
    t, areas, rows = words.of(lang), list(areas), record.observations()
    rows = rows[rows["area"].isin(areas) & rows["area_level"].isin(["district", "province"])]
    rows = rows[rows["indicator"].isin(vocabulary.PANEL_COLUMNS) & (rows["year"] >= FIRST_COVERED)]
    whole = rows["kind"].isin(vocabulary.OUTCOMES) & (rows["part"] == "") & (rows["status"] == "chosen")
    outcomes = rows[(rows["area"] == areas[0]) & whole]
    key = "title_coverage" if len(outcomes) else "title_coverage_none"
    known = {
        "figures": len(rows),
        "areas": " – ".join(areas),
        "area": areas[0],
        "year": outcomes["year"].max(),
    }
    return charts.coverage(
        rows,
        title=t.say(f"finding.{key}", **known),
        notes=[t.say("finding.sources_coverage", sources=rows["source_id"].nunique())],
        areas=areas,
        indicators=list(vocabulary.PANEL_COLUMNS),
        lang=t.code,
        shape=shape,
    )


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
    revenue, visits = (
        record.series(name, area=area, level=level) for name in ("tourism_revenue", "tourist_visits")
    )
    table = growth.decomposition(revenue, visits, start=start, end=end)
    measured = {"measure": t.say("finding.measure_decomposition"), "area": area, "first": start, "last": end}
    unstated = t.reason(table["reason"].iloc[0])
    title = said.decomposition_title(t, table)
    return charts.decomposition(
        table,
        title=t.say("finding.title_decomposition", area=area, said=title[:1].lower() + title[1:]),
        subtitle=t.say("finding.subtitle", **measured),
        notes=[unstated[0].upper() + unstated[1:] + "."] if unstated else [],
        sources=record.cited(" ".join(table["figure_ids"]).split()),
        lang=t.code,
        shape=shape,
    )


def scorecard(
    rows: pd.DataFrame, *, lang: str | None = None, shape: str = "wide"
) -> charts.Chart | Sentences:
    """Attainment of each goal: the latest outcome over what was set, the conflicting outcomes as its
    range."""
    t = words.of(lang)
    if rows.empty:
        return Sentences([t.say("column.no_plan")])
    drawn = pd.DataFrame([_attained(t, row) for row in rows.to_dict("records")])
    return charts.scorecard(
        drawn,
        title=str(verdicts.counted(t, rows)).rstrip("."),
        sources=record.cited(" ".join(rows["figure_ids"]).split()),
        lang=t.code,
        shape=shape,
    )


def _attained(t: Language, row: dict[str, Any]) -> dict[str, Any]:
    like = pd.notna(row["attainment_low"])
    return {
        "label": t.name(row["indicator"]),
        "unit": t.unit(row["indicator"]),
        "plan": row["goal"],
        "plan_qualifier": row["goal_qualifier"],
        "actual": row["outcome_high"] if like else float("nan"),
        "year": row["outcome_year"] if like else float("nan"),
        "attainment": row["attainment_high"],
        "attainment_low": row["attainment_low"],
        "attainment_high": row["attainment_high"],
        "flag": "conflict" if like and row["outcome_low"] != row["outcome_high"] else "",
    }


def readings(rows: pd.DataFrame, *, lang: str | None = None, shape: str = "wide") -> charts.Chart | Sentences:
    """The specification curve of one goal: its readings by growth done over growth needed, and which outcome,
    base and goal's number each used."""
    t = words.of(lang)
    paced = rows[rows["ratio"].notna()] if len(rows) else rows
    if paced.empty:
        return Sentences([t.say("readings.no_pace")])
    first = paced.iloc[0]
    counted = paced[paced["counted"]]
    found = {name: int((counted["enough"] == name).sum()) for name in ("yes", "no", "open")}
    said = [t.say(f"readings.says_{name}", number=number) for name, number in found.items() if number]
    named = {"name": t.titled(first["indicator"]), "area": first["area"], "year": int(first["year"])}
    ids = [name for column in ("goal", "outcome", "base") for name in paced[f"{column}_figure_id"]]
    return charts.readings(
        paced,
        title=t.say("readings.title", list=", ".join(said) or t.say("readings.says_none"), **named),
        subtitle=t.say("readings.subtitle", **named),
        sources=record.cited(ids),
        lang=t.code,
        shape=shape,
    )


def front_chart() -> str:
    """The chart on the README's first screen, as SVG with its font; stored as docs/income.svg."""
    return trend("income_per_capita", lang="en").svg(embed_font=True)  # type: ignore[union-attr]  # it has figures
