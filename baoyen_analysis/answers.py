"""What is asked of one area: its goals and their verdicts, the growth needed, when a level is reached, what
if.

Each question gives an Answer; the command line, the notebooks, the report and its calculator ask here, so one
question has one answer everywhere. Questions on several areas stand in `neighbours`, what is held in
`evidence`, charts in `pictures`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from baoyen_analysis import record, vocabulary
from baoyen_analysis.answer import (
    AREA,
    LEVEL,
    PROVINCE,
    Answer,
    Values,
    asked_of,
    each,
    held,
    refusal,
    side_of,
)
from baoyen_analysis.basis import in_prices, projection_options
from baoyen_analysis.measures import goals, part_year, questions
from baoyen_analysis.measures import verdicts as judging
from baoyen_analysis.measures.readings import COLUMNS
from baoyen_analysis.views import answered, said, verdicts


def readings(
    indicator: str,
    *,
    area: str = AREA,
    level: str = LEVEL,
    year: int | None = None,
    goal: float | None = None,
) -> Answer:
    """Every defensible reading of one goal: which outcome, base and goal's number, and what each says.

    Parameters
    ----------
    year : int
        The goal's year; without it that of the 2024 plan, or for another area the next after its latest
        outcome.
    goal : float
        A number to ask about in the place of what was set, in the indicator's unit.

    Returns
    -------
    Answer
        `rows` as `measures.readings.readings` gives them, values in the indicator's unit, growth a year as a
        fraction; `chart()` is the specification curve.

    References
    ----------
    Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4, 1208-1214; docs/methods.md, section 2.

    Examples
    --------
    >>> rows = readings("income_per_capita").rows
    >>> rows.loc[rows["counted"], ["outcome_value", "enough"]].drop_duplicates().values.tolist()
    [[50.0, 'yes'], [45.0, 'no']]
    """
    parts = [table for _, table in judged(indicator, area, level, year, goal)]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    named = rows[[f"{name}_figure_ids" for name in ("goal", "outcome", "base")]].fillna("").to_numpy()
    rows = rows.assign(figure_ids=[" ".join(" ".join(row).split()) for row in named])
    return Answer("readings", rows, verdicts.readings_said, answered.readings, picture("readings", rows))


def picture(name: str, *given: Any, **named: Any) -> Callable[[str, str], Any]:
    """A chart drawn when it is asked for: matplotlib takes most of a second to load."""

    def draws(lang: str, shape: str) -> Any:
        from baoyen_analysis import pictures

        return getattr(pictures, name)(*given, **named, lang=lang, shape=shape)

    return draws


@record.remembered
def judged(
    indicator: str = "",
    area: str = AREA,
    level: str = LEVEL,
    year: int | None = None,
    goal: float | None = None,
) -> verdicts.Judged:
    """Each goal of an area and year with its verdict (a row of `scorecard`) and its readings."""
    if indicator:
        record.observed(indicator, area, level)  # refuses names that the record does not know
    targets = record.targets()
    if not year and (year := goals.goal_year(targets, record.observations(), area=area, level=level)):
        return judged(indicator, area, level, year, goal)
    if goal is None:
        table = goals.goals(targets, area=area, level=level, year=year, indicator=indicator or None)
    elif year is None:
        raise ValueError(f"nothing was planned for {area} ({level}): give the year asked about, year=2024")
    else:
        table = goals.asked(indicator, value=goal, year=year, area=area, level=level)
    scored, parts = judging.judged_by(table, held())
    # The goals of goals.csv come first, the four core indicators before the others.
    place = {name: at for at, name in enumerate(vocabulary.INDICATORS)}
    found = zip(goals.records(scored), parts, strict=True)
    return sorted(found, key=lambda of: (of[0]["goal_ids"] == "", place.get(of[0]["indicator"], len(place))))


def verdict(
    indicator: str,
    *,
    area: str = AREA,
    level: str = LEVEL,
    year: int | None = None,
    goal: float | None = None,
) -> Answer:
    """What the counted readings of a goal agree on, or what they turn on; arguments as in `readings`.

    Returns
    -------
    Answer
        One row a goal: `verdict` (met, missed, open, reached, fast_enough, too_slow, turns_on, depends,
        no_pace), `grade` (A to D), `turns_on`, `n_counted`, `n_yes`, `n_no`, `n_open`, the outcome's range,
        `attainment_low`, `attainment_high` and the growth needed and done as fractions, `reason`,
        `figure_ids`. Without anything set for the year: no row, and a sentence that says so.

    Examples
    --------
    >>> verdict("income_per_capita").rows[["verdict", "turns_on", "grade"]].values.tolist()
    [['turns_on', 'outcome', 'C']]
    """
    found = judged(indicator, area, level, year, goal)
    reason = "no_plan_year" if year else "no_plan"
    return _scored(
        "verdict", found, verdicts.lines(found) if found else said.nothing(reason, indicator, area)
    )


def scorecard(
    *, area: str = AREA, level: str = LEVEL, year: int | None = None, indicators: Iterable[str] = ()
) -> Answer:
    """Each goal of an area and year with its verdict; `indicators` keeps those alone.

    Parameters
    ----------
    year : int
        Any year with a plan or target; without it that of the 2024 plan, or for another area the next after
        its latest outcome.

    Returns
    -------
    Answer
        One row a goal, columns as in `verdict`; those of goals.csv (`goal_ids`) first, then what else was
        planned. The first sentence counts them: met, missed, open, without an outcome.

    Examples
    --------
    >>> scorecard().sentences("en")[0]
    'Of the 10 goals of 2024: 10 without outcome.'
    """
    record.check_list(indicators, "indicators")
    wanted = [record.indicator_named(name) for name in indicators]
    found = [pair for pair in judged("", area, level, year) if not wanted or pair[0]["indicator"] in wanted]
    planned = goals.goals(record.targets(), area=area, level=level)["year"]
    says = verdicts.scorecard(found, area, year=year, planned=sorted(set(planned)), wanted=wanted)
    return _scored("scorecard", found, says)


def _scored(kind: str, found: verdicts.Judged, says: Callable[..., Iterable[str]]) -> Answer:
    """Goals with their verdicts as an answer."""
    rows = pd.DataFrame([row for row, _ in found], columns=judging.SCORED)
    return Answer(kind, rows, says, answered.judged(found), picture("scorecard", rows))


def needed(
    indicator: Values,
    *,
    target: float | None = None,
    year: int | None = None,
    area: str = AREA,
    level: str = LEVEL,
    direction: int | None = None,
    base_year: int | None = None,
    mix_definitions: bool = False,
) -> Answer:
    """The growth a year that a target takes from the latest outcome, beside the growth done.

    Parameters
    ----------
    indicator : str, Series or DataFrame
        An indicator of the record; or a series of your own, indexed by year or as `series` gives it.
    target, year
        Without them the plan in force, the next after the latest outcome; in the indicator's unit. A year of
        which an outcome is held gives its verdict.
    base_year : int
        Count the growth done from this year on, not from each base of `readings`.

    Returns
    -------
    Answer
        One row an outcome and base: `from_year`, `value`, `low`, `high`, `flag`, `target`, `year`, `percent`
        (a year, with `low_percent`, `high_percent`), `change` (in the unit), `base_year`, `base`,
        `done_percent`, `done_change`.

    Raises
    ------
    ValueError
        For a name that the record does not know, a base year after the last figure, or no series.

    Examples
    --------
    >>> needed("yield_per_ha").rows[["percent", "done_percent"]].round(1).values.tolist()
    [[5.9, 3.3]]
    """
    asked = asked_of(indicator, area, level, target, year)
    aim = asked.aim
    if (
        isinstance(indicator, str)
        and aim is not None
        and any(path["year"].max() >= aim["year"] for path in asked.paths)
    ):
        return verdict(indicator, area=area, level=level, year=int(aim["year"]), goal=target)
    return each(
        "needed",
        asked,
        asked.pairs if base_year is None else asked.paths,
        lambda path, aim: questions.needed(
            path,
            target=aim,
            year=int(aim["year"]),
            direction=direction or side_of(indicator),
            base_year=base_year,
            mix_definitions=mix_definitions,
        ),
    )


def reach(
    indicator: Values,
    *,
    target: float | None = None,
    year: int | None = None,
    area: str = AREA,
    level: str = LEVEL,
    direction: int | None = None,
    mix_definitions: bool = False,
    **options: Any,
) -> Answer:
    """The year in which a target is reached: at the pace done, and by the projection.

    Arguments as in `needed`; further `options` go to the projection.

    Returns
    -------
    Answer
        One row an outcome: `target`, `pace_year`, `projected_year`, `earliest_year`, `latest_year` (of the
        80 % range; blank: not within 30 years).

    Examples
    --------
    >>> reach("yield_per_ha").rows[["pace_year", "projected_year"]].values.tolist()
    [[2027, 2029]]
    """
    asked = asked_of(indicator, area, level, target, year)
    options = projection_options(asked.names["indicator"]) | options
    options |= {"direction": direction or side_of(indicator), "mix_definitions": mix_definitions}
    return each("reach", asked, asked.paths, lambda path, aim: questions.reach(path, target=aim, **options))


def what_if(
    indicator: Values,
    *,
    growth: float,
    year: int = 2025,
    area: str = AREA,
    level: str = LEVEL,
    once: bool = False,
    real: int | None = None,
) -> Answer:
    """The value of a year if the latest outcome grew by so much a year.

    Parameters
    ----------
    growth : float
        A fraction: 0.1 for 10 % a year, -0.2 for a fall by a fifth.
    once : bool
        The growth of one year alone, not of each.
    real : int
        In prices of this year, by the country's consumer prices.

    Returns
    -------
    Answer
        One row an outcome: `from_year`, `value`, `year`, `growth_percent`, `answer`, `low`, `high`.

    Examples
    --------
    >>> what_if("income_per_capita", growth=0.1, year=2024).rows["answer"].round(2).tolist()
    [60.5, 54.45]
    """
    own = not isinstance(indicator, str)
    asked = asked_of(indicator, area, level, 0.0 if own else None, None)._replace(reason="")
    if not asked.paths:
        return refusal("what_if", "no_full_year", asked.names)
    if any(path["year"].max() >= year for path in asked.paths):
        return refusal("what_if", "year_held", asked.names)
    paths = [in_prices(path, real) for path in asked.paths] if real else asked.paths
    answer = each(
        "what_if", asked, paths, lambda path, _: questions.what_if(path, growth=growth, year=year, once=once)
    )
    return replace(answer, rows=answer.rows.assign(price_year=real)) if real else answer


def visits_for(
    *, area: str = AREA, level: str = LEVEL, target: float | None = None, year: int | None = None
) -> Answer:
    """The visits that a tourism revenue takes at the spending a visit of the last year that has both.

    Returns
    -------
    Answer
        `from_year`, `target` (billion VND), `answer`, `low`, `high` (visits).
    """
    asked = asked_of("tourism_revenue", area, level, target, year)
    visits = record.series("tourist_visits", area=area, level=level)
    if asked.reason == "" and not any(set(path["year"]) & set(visits["year"]) for path in asked.paths):
        return refusal("visits_for", "no_year_in_common", asked.names)
    return each(
        "visits_for",
        asked,
        asked.paths,
        lambda path, aim: questions.visits_for(aim, revenue=path, visits=visits),
    )


def spending_for(
    *,
    visits: float,
    target: float | None = None,
    area: str = AREA,
    level: str = LEVEL,
    year: int | None = None,
) -> Answer:
    """What each visit must bring so that so many visits make a revenue.

    Returns
    -------
    Answer
        `target` (billion VND), `visits`, `answer` (thousand VND a visit).

    Examples
    --------
    >>> spending_for(visits=1.4e6).rows["answer"].tolist()
    [800.0]
    """
    asked = asked_of("tourism_revenue", area, level, target, year)
    return each(
        "spending_for", asked, asked.paths[:1], lambda _, aim: questions.spending_for(aim, visits=visits)
    )


def full_year(indicator: str, *, year: int, part: str, area: str = AREA, level: str = LEVEL) -> Answer:
    """The full year that a printed part of it points to, by the province's own shares: modelled.

    Parameters
    ----------
    part : str
        9M, H1, Q1, M08 ...: as `period` has it in the observations.

    Returns
    -------
    Answer
        One row: `part_value`, `value`, `low`, `high`, `years_used`; or the reason why there is none.
    """
    rows = part_year.full_year(
        record.observations(),
        area=area,
        indicator=indicator,
        year=year,
        part=part,
        level=level,
        province=PROVINCE,
    )
    return Answer("full_year", rows)
