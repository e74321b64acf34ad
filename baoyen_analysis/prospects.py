"""Beside a goal that is open: how plans turned out, what printed parts of the year point to, the goal in real
terms, the chance of it, where the district stands, what published methods say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from baoyen_analysis import record, vocabulary
from baoyen_analysis.answer import AREA, LEVEL, PROVINCE, Answer, refusal, side_of
from baoyen_analysis.answers import judged
from baoyen_analysis.basis import price_levels, projection_options, unit_is_money
from baoyen_analysis.measures import growth, monitors, projection, real_goal
from baoyen_analysis.measures import nowcast as nowcasting
from baoyen_analysis.measures import plans as planning
from baoyen_analysis.measures import standing as places
from baoyen_analysis.views import beside as told
from baoyen_analysis.views import tables
from baoyen_analysis.views.verdicts import Judged


@record.remembered
def _plans() -> pd.DataFrame:
    return planning.plans(record.targets(), record.observations(), record.derived(), houses=record.houses())


def plans(indicator: str | None = None, *, area: str | None = None, level: str | None = None) -> Answer:
    """Every plan or target that has an outcome of the same year and like definition, and how many were met.

    Without arguments those of the province and all its districts.

    Returns
    -------
    Answer
        One row a plan: `goal`, `outcome_low`, `outcome_high`, `attainment` (outcome over plan), `verdict`
        (met, missed, open), `by_share`, `figure_ids`. The sentence gives the base rate.
    """
    rows = _plans()
    for name, wanted in (("indicator", indicator), ("area", area), ("area_level", level)):
        rows = rows if wanted is None else rows[rows[name] == wanted]
    return Answer("plans", rows.reset_index(drop=True), told.base_rate, told.plans)


def nowcast(indicator: str, *, year: int, area: str = AREA, level: str = LEVEL) -> Answer:
    """The full year that printed parts of the district point to, by the province's own parts and years.

    Modelled: never an outcome. Parts that contradict each other are set side by side.

    Returns
    -------
    Answer
        One row a part and a share: `way`, `part`, `part_value`, `share`, `value`, `low`, `high`,
        `figure_ids`.
    """
    record.observed(indicator, area, level)  # refuses names that the record does not know
    rows = nowcasting.nowcast(
        record.observations(), indicator, year=year, area=area, level=level, province=PROVINCE
    )
    apart = nowcasting.contradictions(record.observations(), indicator=indicator, area=area, level=level)
    named = rows.assign(indicator=indicator, area=area, year=year)
    return Answer("nowcast", named, told.nowcast(apart))


def standing(indicator: str | None = None, *, area: str = AREA, level: str = LEVEL) -> Answer:
    """Where an area stands among the districts, in the periods printed alike for three or more.

    Its direction is said: 1 = highest, for poverty 1 = lowest.

    Returns
    -------
    Answer
        `indicator`, `period`, `value`, `rank`, `rank_best`, `rank_worst`, `districts`, `first_is`,
        `figure_ids`.
    """
    rows = places.standing(record.observations(), area=area, level=level, indicator=indicator)
    return Answer("standing", rows.assign(area=area), told.standing, told.standing_table)


def real_terms(indicator: str, *, area: str = AREA, level: str = LEVEL, year: int | None = None) -> Answer:
    """A goal in the prices of its latest outcome's year, and the real growth that it needs.

    Returns
    -------
    Answer
        One row an outcome: `goal_real`, `needed`, `needed_real` (fractions a year), `reason`.
    """
    found, levels = judged(indicator, area, level, year), price_levels()
    each = [
        real_goal.in_prices_of_the_outcome(readings, levels).assign(year=row["year"])
        for row, readings in found
        if (readings["judged"] == "pace").any()
    ]
    rows = pd.concat(each, ignore_index=True) if each else pd.DataFrame()
    if rows.empty:
        names = {"indicator": indicator, "area": area, "area_level": level}
        return refusal("real_terms", _no_real_terms(found), names)
    ids = (rows["outcome_figure_id"] + " " + rows["price_figure_ids"]).str.strip()
    rows = rows.assign(indicator=indicator, area=area, figure_ids=ids)
    return Answer("real_terms", rows, told.real_terms)


def _no_real_terms(found: Judged) -> str:
    """Why a goal has no real growth that it needs: nothing was set, its year is judged, or it has no pace."""
    if not found:
        return "no_plan"
    goal = found[0][0]
    if goal["counted_as"] != "without":
        return "outcome_held"
    return "no_full_year" if goal["reason"] == "no_outcome" else "no_pace"


def beside(row: dict[str, Any], *, area: str = AREA, level: str = LEVEL) -> list[Answer]:
    """What stands beside a goal (a row of `scorecard`) whose year's outcome is not held: its real terms where
    it is money, and for visits what parts of the year point to; what is refused is left out."""
    if row["counted_as"] != "without":
        return []
    indicator = row["indicator"]
    asked: list[Callable[..., Answer]] = [real_terms] if unit_is_money(indicator) else []
    asked += [nowcast] if indicator == "tourist_visits" else []
    answers = [ask(indicator, area=area, level=level, year=row["year"]) for ask in asked]
    return [answer for answer in answers if not answer.rows["reason"].iloc[0]]


def chances(*, area: str = AREA, level: str = LEVEL, year: int | None = None) -> Answer:
    """The chance of meeting each goal by the projection's tested range, capped and rounded.

    Blank where none can be given; `warning` says why.

    Returns
    -------
    Answer
        One row a goal and counted outcome: `indicator`, `target`, `year`, `value`, `points`, `chance`
        (fraction), `warning`.
    """
    rows = [
        _chance(row, path)
        for row, _ in judged("", area, level, year)
        for path in record.outcome_paths(row["indicator"], area, level)
    ]
    columns = ["indicator", "target", "year", "value", "points", "chance", "warning", "figure_ids"]
    return Answer("chances", pd.DataFrame(rows, columns=columns), told.chances, told.chances_table)


def _chance(row: dict[str, Any], path: pd.DataFrame) -> dict[str, Any]:
    """The chance of one goal from one outcome, or why none is given."""
    options = projection_options(row["indicator"])
    used = path[~path["year"].isin(options.get("mask", ()))]
    named = {"goal": "value", "goal_definition": "definition", "goal_figure_id": "figure_id"}
    target = pd.Series(row)[[*named]].rename(named)
    tests = {
        "no_time_left": path["year"].iloc[-1] >= row["year"],
        "one_point": len(used) < 2,
        "definition_break": len(growth.definitions(used, target)) > 1,
    } | {growth.unfit_for_growth(value, row["goal"]): True for value in used["value"]}
    warning, shown = next((reason for reason, holds in tests.items() if reason and holds), ""), float("nan")
    if not warning:
        given = projection.chance(
            path, target=target, year=row["year"], direction=side_of(row["indicator"]), **options
        )
        shown, warning = given.shown, given.warning
    return row | {
        "target": row["goal"],
        "value": path["value"].iloc[-1],
        "points": len(path),
        "chance": shown,
        "warning": warning,
        "figure_ids": growth.figure_ids(path, target),
    }


def published_methods(
    indicator: str = "",
    *,
    area: str = AREA,
    level: str = LEVEL,
    derived: bool = False,
    base_year: int | None = None,
    mix_definitions: bool = False,
) -> Answer:
    """The four published methods side by side on every plan and target.

    Nominal, and in constant prices where the indicator is money. Kept so that published verdicts can be
    reproduced; the product's own answer is `verdict`.

    Parameters
    ----------
    indicator : str
        Without it every planned indicator that has figures.
    base_year : int
        Count from this year on; one after the last figure is refused.

    Returns
    -------
    Answer
        `indicator`, `target_year`, `target`, `prices`, `method`, `ratio`, `class_`, `classes`, `stability`,
        `base_year`, `base`, `reason`, `figure_ids`.
    """
    goals = [] if indicator else judged("", area, level)
    each = []
    for name in [indicator] if indicator else dict.fromkeys(row["indicator"] for row, _ in goals):
        series = record.series(name, area=area, level=level, derived=derived)[record.SERIES_COLUMNS]
        calm = series[~series["year"].isin(projection_options(name).get("mask", ()))]
        aims = record.set_for(name, area, level)
        if len(series) and len(aims):
            rows = monitors.published_methods(
                calm if len(calm) else series,
                targets=aims,
                direction=side_of(name),
                rate=vocabulary.INDICATORS[name].rate,
                base_year=base_year,
                levels=price_levels() if unit_is_money(name) else None,
                mix_definitions=mix_definitions,
            )
            each.append(rows.assign(indicator=name))
    if not each:
        names = {"indicator": indicator, "area": area, "area_level": level}
        return refusal("published_methods", "no_plan", names)
    rows = pd.concat(each, ignore_index=True)
    return Answer("published_methods", rows, told.methods, lambda t, rows: tables.methods(rows, lang=t.code))
