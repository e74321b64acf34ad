"""What the measures make of invented records drawn at random is what they made of them before: the stored
digests tell which question answers otherwise, and of which record. Where that is meant:

    PYTHONPATH=.:tests/measures python tests/measures/test_drawn.py

writes them anew; look at the answers of one record with `QUESTIONS[name](drawn(seed))`."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from functools import cache, partial
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

sys.path.append(str(Path(__file__).parent))  # behind the others: there is a conftest in each
from drawn import AREAS, Draw

from baoyen_analysis.measures import (
    comparing,
    goals,
    growth,
    monitors,
    nowcast,
    part_year,
    plans,
    progress,
    projection,
    questions,
    real_goal,
    reference,
    standing,
    verdicts,
)
from baoyen_analysis.measures.published import METHODS

pytestmark = pytest.mark.as_before
STORED = Path(__file__).parents[1] / "data" / "measures_drawn.csv"
HOUSES = {"s1": "paper", "s2": "office", "s3": "office", "s4": "", "s5": "agency"}
LEVELS = growth.price_levels(pd.Series(dict.fromkeys(range(2009, 2026), 4.0)))
WHOLE = "Lào Cai"


@cache
def drawn(seed: int) -> Draw:
    return Draw(seed)


@cache
def judged(draw: Draw) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    set_for = goals.goals(draw.targets, area=None)
    return verdicts.judged(set_for, draw.observations, draw.derived, houses=HOUSES)


@cache
def own_plans(draw: Draw) -> pd.DataFrame:
    return plans.plans(draw.targets, draw.observations, draw.derived, houses=HOUSES)


@cache
def held(draw: Draw) -> pd.DataFrame:
    return growth.area_years(draw.observations, draw.indicator)


def every(ask: Callable[..., pd.DataFrame], *choices: tuple) -> pd.DataFrame:
    """The answers to one question for each of some choices; a refusal is one."""
    return pd.concat(answered(ask, *chosen) for chosen in product(*choices))


def answered(ask: Callable[..., pd.DataFrame], *chosen: object) -> pd.DataFrame:
    try:
        return ask(*chosen)
    except ValueError as refusal:
        return pd.DataFrame({"refused": [str(refusal)]})


AIMS, YEARS, SIDES = (5.0, 6.0, 12.0), (2025, 2027), (1, -1)


@cache
def nowcasts(draw: Draw, year: int) -> pd.DataFrame:
    return nowcast.nowcast(draw.observations, draw.indicator, year=year)


def methods_side_by_side(draw: Draw) -> pd.DataFrame:
    aims = pd.DataFrame({"year": [2019, 2024, 2025], "value": [6.0, 12.0, 5.0], "definition": ""})
    series = draw.series()[lambda rows: rows["year"] > 2008]
    return monitors.published_methods(series, targets=aims, mix_definitions=True, levels=LEVELS)


def verdict_of_a_method(draw: Draw, method: str, side: int, goal: tuple, more: dict) -> pd.DataFrame:
    found = progress.progress(
        draw.series(), *goal, method=method, direction=side, mix_definitions=True, **more
    )
    return pd.DataFrame([found._asdict() | {"points": found.points.to_csv()}])


def by_default(draw: Draw) -> pd.DataFrame:
    """The questions as they are asked with nothing but what they need."""
    own, whole, year = draw.series(), draw.series(WHOLE), 2026
    aims = pd.DataFrame({"year": [year], "value": [9.0]})
    asks = [
        lambda: comparing.rank(held(draw), year=2022),
        lambda: comparing.compare(held(draw), areas=AREAS, year=2022),
        lambda: comparing.share(own, whole, year=2022),
        lambda: comparing.catch_up(own, whole),
        lambda: comparing.passed(held(draw), target=9.0),
        lambda: monitors.published_methods(own, targets=aims),
        lambda: questions.needed(own, target=9.0, year=year),
        lambda: questions.reach(own, target=9.0),
        lambda: questions.what_if(own, growth=0.1, year=year),
        lambda: projection.project(own, years=[year]),
        lambda: pd.DataFrame([projection.chance(own, target=9.0, year=year)]),
        lambda: pd.DataFrame([progress.progress(own, 9.0, year)[:5]]),
        lambda: pd.DataFrame([progress.attainment(own, 9.0)]),
        lambda: goals.goals(draw.targets),
        lambda: standing.standing(draw.observations, indicator=draw.indicator),
        lambda: nowcast.contradictions(draw.observations),
        lambda: plans.plans(draw.targets, draw.observations, draw.derived),
    ]
    return pd.concat(map(answered, asks))


RULES = {"percent": True, "zero": "0.001", "limit": 10.0, "above_and_falling": "on_track"}
METHOD_CHOICES = (METHODS, SIDES, ((None, None), (9.0, None), (6.0, 2025), (0.0, 2024), (12.0, 2018)))


QUESTIONS: dict[str, Callable[[Draw], pd.DataFrame]] = {
    "goals": lambda draw: goals.goals(draw.targets, area=None),
    "goal_year": lambda draw: pd.DataFrame(
        [goals.goal_year(draw.targets, draw.observations, area=a, level=b) for a, b in AREAS]
    ),
    "verdicts": lambda draw: judged(draw)[0],
    "counts": lambda draw: pd.DataFrame([verdicts.counts(judged(draw)[0])]),
    "readings": lambda draw: pd.concat(judged(draw)[1]),
    "answers_by": lambda draw: pd.concat(
        verdicts.answers_by(rows, part) for rows in judged(draw)[1] for part in verdicts.PARTS
    ),
    "real_goals": lambda draw: pd.concat(
        real_goal.in_prices_of_the_outcome(rows, LEVELS) for rows in judged(draw)[1]
    ),
    "plans": own_plans,
    "base_rate": lambda draw: plans.base_rate(own_plans(draw)),
    "standing": lambda draw: standing.standing(draw.observations),
    "together": lambda draw: standing.together(draw.observations, draw.indicator),
    "reference": lambda draw: reference.pooled(
        draw.observations,
        draw.indicator,
        outcome=[draw.series()],
        target={"value": 9.0, "year": 2025},
        area="Bảo Yên",
        breaks=(2020,),
    ),
    "part_shares": lambda draw: pd.concat(
        part_year.part_shares(draw.observations, indicator=draw.indicator, part=part)
        for part in ("9M", "H1", "M05", "Q1")
    ),
    "full_year": lambda draw: pd.concat(
        part_year.full_year(draw.observations, area="Bảo Yên", indicator=draw.indicator, year=year, part=part)
        for part in ("9M", "H1")
        for year in range(2018, 2025)
    ),
    "same_part": lambda draw: pd.concat(
        part_year.same_part(rows) for _, rows in draw.observations.groupby("area")
    ),
    "nowcast": lambda draw: pd.concat(nowcasts(draw, year) for year in range(2018, 2025)),
    "nowcast_ranges": lambda draw: pd.concat(
        nowcast.ranges(nowcasts(draw, year)) for year in (2019, 2021, 2023)
    ),
    "contradictions": lambda draw: nowcast.contradictions(draw.observations, indicator=draw.indicator),
    "compare": lambda draw: pd.concat(
        comparing.compare(held(draw), areas=AREAS, year=year, mix_definitions=year % 2 > 0)
        for year in range(2017, 2025)
    ),
    "rank": lambda draw: pd.concat(
        comparing.rank(held(draw), year=year, direction=SIDES[year % 2], mix_definitions=year % 4 > 1)
        for year in range(2017, 2025)
    ),
    "passed": lambda draw: every(
        lambda aim, side: comparing.passed(held(draw), target=aim, direction=side), AIMS, SIDES
    ),
    "catch_up": lambda draw: every(
        lambda exact, side: comparing.catch_up(
            draw.series(exact=exact).assign(definition=""),
            draw.series("Sa Pa").assign(definition=""),
            direction=side,
        ),
        (True, False),
        SIDES,
    ),
    "share": lambda draw: answered(
        lambda: comparing.share(draw.series(), draw.series(WHOLE), counted_in_each=True)
    ),
    "needed": lambda draw: every(
        lambda aim, year, side: questions.needed(
            draw.series(), target=aim, year=year, direction=side, base_year=2016, mix_definitions=aim > 5
        ),
        AIMS,
        YEARS,
        SIDES,
    ),
    "reach": lambda draw: every(
        lambda aim, side: questions.reach(
            draw.series(), target=aim, direction=side, limit=11.0, mix_definitions=aim > 5
        ),
        AIMS,
        SIDES,
    ),
    "what_if": lambda draw: every(
        lambda aim, year, side: questions.what_if(
            draw.series(), growth=side * aim / 50, year=year, once=aim > 5
        ),
        AIMS,
        YEARS,
        SIDES,
    ),
    "visits_for": lambda draw: answered(
        lambda: questions.visits_for(12.0, revenue=draw.series(), visits=draw.series(WHOLE))
    ),
    "decomposition": lambda draw: every(
        lambda start, end: growth.decomposition(draw.series(), draw.series(WHOLE), start=start, end=end),
        (2017, 2018, 2019, 2020),
        (2022, 2023, 2024),
    ),
    "spending": lambda draw: answered(lambda: growth.spending(draw.series(), draw.series(WHOLE))),
    "real": lambda draw: growth.real(draw.series()[lambda rows: rows["year"] > 2008], LEVELS),
    "methods": methods_side_by_side,
    "by_default": by_default,
    "progress": lambda draw: every(partial(verdict_of_a_method, draw), *METHOD_CHOICES, ({},)),
    "progress_by_other_rules": lambda draw: every(
        partial(verdict_of_a_method, draw), *METHOD_CHOICES, (RULES,)
    ),
    "project": lambda draw: answered(
        lambda: projection.project(
            draw.series(), years=[2026, 2028], mask=(2020, 2021), limit=30.0, mix_definitions=True
        )
    ),
    "chance": lambda draw: every(
        lambda aim, side, domain: pd.DataFrame(
            [
                projection.chance(
                    draw.series(), target=aim, year=2027, direction=side, domain=domain, mix_definitions=True
                )
            ]
        ),
        AIMS,
        SIDES,
        projection.DOMAINS,
    ),
}
# What is asked of one record at once, and of how many records, in fours.
FAMILIES = {
    "goals goal_year verdicts counts readings answers_by real_goals plans base_rate": 16,
    "standing together reference compare rank passed catch_up share": 8,
    "part_shares full_year same_part nowcast nowcast_ranges contradictions": 8,
    "needed reach what_if visits_for decomposition spending real project chance": 8,
    "methods progress progress_by_other_rules by_default": 4,
}
ASKED = [(names, range(n, n + 4)) for names, many in FAMILIES.items() for n in range(0, many, 4)]


def digest(question: str, seed: int) -> str:
    table = QUESTIONS[question](drawn(seed))
    text = table.to_csv(float_format="%.5g", lineterminator="\n")
    return f"{len(table)} rows, {zlib.crc32(text.encode()):08x}"


def digests(names: str, seeds: range) -> dict[tuple[str, int], str]:
    return {(name, seed): digest(name, seed) for name in names.split() for seed in seeds}


@pytest.mark.parametrize(("names", "seeds"), ASKED)
def test_a_drawn_record_is_answered_as_before(names, seeds):
    stored = pd.read_csv(STORED, index_col=["question", "seed"])["answer"]
    answers = digests(names, seeds)
    assert answers == {asked: stored[asked] for asked in answers}


def test_every_kind_of_answer_is_drawn():
    """Records in which nothing is ever met, refused or contradicted would notice little."""
    scores, readings = zip(*(judged(drawn(seed)) for seed in range(16)), strict=True)
    score, reading = pd.concat(scores), pd.concat(rows for of_record in readings for rows in of_record)
    assert set(score["verdict"]) >= set(VERDICTS.split())
    assert set(score["turns_on"]) >= {"", "rounding", "outcome"}
    assert set(score["grade"]) >= set("BCD")
    assert set(reading["shown_because"]) >= {"", *REASONS.split()}


VERDICTS = "met missed open reached too_slow turns_on no_pace"
REASONS = "unlike no_base stale short_span covid zero_base goal_replaced year_over no_direction"

if __name__ == "__main__":
    made = {asked: answer for names, seeds in ASKED for asked, answer in digests(names, seeds).items()}
    rows = [(question, seed, answer) for (question, seed), answer in sorted(made.items())]
    pd.DataFrame(rows, columns=["question", "seed", "answer"]).to_csv(STORED, index=False)
