"""Small invented series whose numbers are few, so that figures, ends, targets and limits often fall together:
what each measure answers is what it answered before. The stored digests tell which; where another answer is
meant:

    PYTHONPATH=tests:. python tests/measures/test_lattice.py

writes them anew; look at the answers of one with `print(MEASURES[name]())`."""

from __future__ import annotations

import random
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

sys.path.append(str(Path(__file__).parent))  # behind the others: there is a conftest in each
from lattice import INF, NAN, VALUES, asked, assessed, cuts, figure, formulas, said

from baoyen_analysis.measures import (
    choices,
    comparing,
    goals,
    growth,
    projection,
    questions,
    readings,
    verdicts,
)
from baoyen_analysis.measures.plans import _alike, _attainment, _by_share
from baoyen_analysis.measures.progress import attainment

pytestmark = pytest.mark.as_before
STORED = Path(__file__).parents[1] / "data" / "measures_lattice.csv"


def series(of: random.Random, least: float = 0, most: int = 5) -> pd.DataFrame:
    years = sorted(of.sample(range(2015, 2022), of.randint(1, most)))
    table = pd.DataFrame([figure(of, year, least) for year in years])
    flags = [of.choice(["", "", "at_least", "at_most", "about"]) for _ in years]
    stated = [of.choice(["", "", "", "", "", "", "all", "part"]) for _ in years]
    return table.assign(flag=flags, definition=stated, figure_id=[f"f-{year}" for year in years])


def of_one_series(
    many: int, ask: Callable[[random.Random, pd.DataFrame], str], least: float = 0
) -> Callable[[], Iterator[str]]:
    def answers() -> Iterator[str]:
        of = random.Random(many)
        for _ in range(many):
            yield ask(of, series(of, least))

    return answers


def needed(of: random.Random, values: pd.DataFrame) -> str:
    return asked(
        questions.needed,
        values,
        target=of.choice(VALUES),
        year=of.choice([2020, 2021, 2022, 2024]),
        direction=of.choice((1, 1, -1, -1, 0)),
        base_year=of.choice([None, None, 2016, 2019]),
        mix_definitions=of.random() < 0.5,
    )


def reach(of: random.Random, values: pd.DataFrame) -> str:
    more = {
        "limit": of.choice([None, 10.0, 100.0]),
        "mask": of.choice([(), (), (2018, 2019)]),
        "domain": of.choice(["general", "tourism"]),
    }
    return asked(
        questions.reach,
        values,
        target=of.choice(VALUES),
        direction=of.choice((1, 1, -1, -1, 0)),
        mix_definitions=of.random() < 0.5,
        prior_growth=of.choice([0.04, -0.1, 0.5]),
        **more,
    )


def what_if(of: random.Random, values: pd.DataFrame) -> str:
    rate = of.choice([-1, -0.5, 0.0, 0.1, 1, 1.0001, NAN, True])
    return asked(
        questions.what_if,
        values,
        growth=rate,
        year=of.choice([2019, 2021, 2022, 2024]),
        once=of.random() < 0.3,
    )


def passed(of: random.Random, _: pd.DataFrame) -> str:
    held = pd.concat(
        series(of).assign(area=area, area_level=level)
        for area, level in (("A", "district"), ("B", "district"), ("A", "commune"), ("A", "district"))
    )
    aim, side = of.choice(VALUES), of.choice((1, 1, -1, -1, 0))
    ranked = asked(
        comparing.rank, held, year=of.choice(range(2015, 2022)), direction=side, mix_definitions=True
    )
    return ranked + asked(
        comparing.passed,
        held.drop_duplicates(["area", "area_level", "year", "figure_id"]),
        target=aim,
        direction=side,
    )


def two(of: random.Random, own: pd.DataFrame) -> str:
    other, side = series(of), of.choice((1, 1, -1, -1, 0))
    asks = (
        lambda: comparing.catch_up(own.assign(definition=""), other.assign(definition=""), direction=side),
        lambda: comparing.share(own, other, counted_in_each=side > 0),
        lambda: growth.spending(own, other),
        lambda: questions.visits_for(of.choice(VALUES), revenue=own, visits=other),
    )
    return "".join(map(asked, asks))


def decomposed() -> Iterator[str]:
    of = random.Random(3)
    for _ in range(40):
        pair = [
            pd.DataFrame([figure(of, year, 1.0) for year in (2019, 2022)]).assign(
                flag=[of.choice(["", "about", "at_least"]) for _ in "ab"],
                definition=of.choice([["", ""], ["all", "all"], ["", "all"], ["part", "all"]]),
                figure_id=["a", "b"],
            )
            for _ in "ab"
        ]
        yield asked(growth.decomposition, *pair, start=2019, end=2022)
        yield said(
            [
                asked(attainment, pair[0], target, direction=side)
                for target in (0.0, 5.0)
                for side in (1, -1, 0)
            ]
        )


def projected() -> Iterator[str]:
    of = random.Random(4)
    for number in range(160):
        values = series(of, 0.001, 7)
        if number % 2:
            values = values.assign(definition="")
        more = {
            "domain": of.choice([*projection.DOMAINS]),
            "limit": of.choice([None, None, None, 10.0, 20.0, 100.0]),
            "mask": of.choice([(), (2018,)]),
            "prior_growth": of.choice([0.04, 0.04, 0.04, 0.0, 0.5, -0.5, 0.51, -0.51]),
            "mix_definitions": of.random() < 0.7,
        }
        yield asked(
            projection.project, values, years=of.choice([[2022], [2022, 2025], [2021], [2022.5], []]), **more
        )
        yield asked(
            projection.chance,
            values,
            target=of.choice([0.0, 5.0, 10.0, 20.0, 100.0]),
            year=of.choice([2021, 2022, 2025]),
            direction=of.choice((1, 1, -1, 0)),
            **more,
        )
    yield said([projection.shown_chance(raw / 1000) for raw in range(0, 1001, 5)])


def rates() -> Iterator[str]:
    lattice = np.array([-4.0, 0.0, 1.0, 4.0, 5.0])
    for linear in (True, False):
        yield said(readings.growth_a_year(lattice[:, None], lattice, 2.0, linear))
    for start, end, years in product(lattice, lattice, (1, 2)):
        yield said([growth.compound(start, end, years), growth.unfit_for_growth(start, end)])


WORDS = ("eq", "gt", "ge", "lt", "le", "approx", "range")


def at_goal() -> Iterator[str]:
    """Whether an outcome is at its goal, of each qualifier, side and end."""
    ends = [
        (5, 5, 5),
        (5, 5, 6),
        (5, 4, 5),
        (5, 4, 6),
        (4, 4, 4.5),
        (6, 5.5, 6.5),
        (5 + 1e-9, 5, 6),
        (5, -INF, 5),
        (5, 5, INF),
    ]
    rows = list(product(WORDS, WORDS, (True, False), (1, -1, 0), ends))
    table = pd.DataFrame(
        rows, columns=["outcome_qualifier", "goal_qualifier", "outcome_derived", "side", "ends"]
    )
    numbers, aim = np.array(list(table["ends"]), dtype=float), np.full((len(rows), 1), 5.0)
    with np.errstate(invalid="ignore"):
        yield said(readings._at_goal(table, numbers, aim, table[["side"]].to_numpy()))


def reading(of: random.Random, number: int) -> dict[str, Any]:
    """A reading of one goal, as the verdict takes it."""
    outcome, base = of.choice([2019, 2020, 2021]), of.choice([2016, 2017])
    because = of.choice(["", "", "", "unlike", "short_span", "no_outcome", "stale"])
    return {
        "indicator": of.choice(
            ["income_per_capita", "income_per_capita", "poverty_rate", "share_agriculture"]
        ),
        **{
            "area": "A",
            "area_level": "district",
            "year": 2024,
            "goal_kind": "plan",
            "goal_value": of.choice([4.0, 5.0]),
        },
        "goal_stands": "goal" if not number else of.choice(["goal", "goal", "beside", "replaced"]),
        "goal_qualifier": of.choice(["eq", "eq", "gt", "lt"]),
        "goal_figure_id": "g",
        "goal_figure_ids": of.choice(["g", "g", "h g"]),
        "counted": not because,
        "judged": of.choice(["level", "pace", "pace"]),
        "shown_because": because,
        "outcome_because": because if of.random() < 0.5 else "",
        "derived": of.random() < 0.2,
        "outcome_kind": of.choice(["actual", "estimate"]),
        **{"outcome_year": outcome, "outcome_value": of.choice([0.0, 0.5, 1.0, 4.0, 5.0, 5.0 + 1e-9, 6.0])},
        **{"outcome_figure_id": of.choice(["", f"o-{outcome}"]), "outcome_figure_ids": f"o-{outcome} p"},
        **{
            "base_year": base,
            "base_value": of.choice([4.0, 5.0]),
            "base_figure_id": f"b-{base}",
            "base_figure_ids": f"b-{base}",
        },
        **{name: of.choice([NAN, 0.1, 0.2]) for name in ("needed", "done")},
        **{name: of.choice(["yes", "yes", "no", "open"]) for name in ("enough", "at_goal")},
        **{name: of.choice("ABC") for name in ("grade", "outcome_grade")},
        "as_printed": of.choice(["yes", "no"]),
    }


def judged() -> Iterator[str]:
    of = random.Random(5)
    for _ in range(900):
        rows = [reading(of, number) for number in range(of.choice([1, 2, 2, 3, 3, 4, 6]))]
        if of.random() < 0.6:  # readings of one year, or of one answer, decide more
            name = of.choice(["judged", "enough", "at_goal", "outcome_because", "goal_stands", "as_printed"])
            rows = [row | {name: rows[0][name]} for row in rows]
        yield said(verdicts.verdict_row(rows))
        counted = [row for row in rows if row["counted"]]
        yield said(verdicts._left_open(counted, {row["enough"] for row in counted}))
        yield said(
            [
                verdicts._grade(name, rows)
                for name in ("open", "met", "missed", "reached", "too_slow", "fast_enough")
            ]
        )
        yield (
            said(verdicts.answers_by(pd.DataFrame(rows), of.choice(verdicts.PARTS))) if len(rows) == 6 else ""
        )


def printed(of: random.Random, number: int, indicator: str) -> dict[str, Any]:
    """An outcome, or a base that a comparison gives, of one of a few years."""
    year, value = of.choice([2010, 2017, 2019, 2020, 2021, 2022, 2023, 2024, 2024]), of.choice(VALUES[1:])
    below, above = of.choice([(0, 0), (0, 0), (0.5, 0.5), (0, 1), (0, INF), (1, 0)])
    told = {"year": year, "period": str(year), "value": value, "low": value - below, "high": value + above}
    told |= {"figure_id": f"f-{number}", "source_id": f"s-{of.randint(1, 3)}", "comparison_id": f"c-{number}"}
    told |= {
        "area": "Bảo Yên",
        "area_level": "district",
        "area_since": "",
        "indicator": indicator,
        "part": "",
    }
    return told | {
        "kind": of.choice(["actual", "actual", "actual", "estimate"]),
        "qualifier": of.choice(["eq", "eq", "eq", "gt", "lt", "approx"]),
        "definition": of.choice(["", "", "", "all", "all", "part"]),
        "status": of.choice(["chosen", "chosen", "chosen", "conflicting"]),
        "year_inferred": of.random() < 0.1,
        **{"reason": "", "unit": "", "denominator": NAN},
    }


def read() -> Iterator[str]:
    """The readings of goals by a few outcomes each, and the verdicts."""
    of, aims, rows, bases = random.Random(7), [], [], []
    names = ("income_per_capita", "income_per_capita", "poverty_rate", "tourist_visits", "economic_growth")
    for place in range(150):
        indicator, own = of.choice([*names, "share_agriculture"]), {"area": f"A-{place}"}
        rows += [printed(of, 10 * place + n, indicator) | own for n in range(of.randint(1, 6))]
        bases += [printed(of, 10 * place + 8 + n, indicator) | own for n in range(of.choice([0, 1, 2]))]
        said_of = {"qualifier": of.choice(["eq", "eq", "gt", "lt"]), "definition": of.choice(["", "", "all"])}
        number, year = of.choice(VALUES[1:]), of.choice([2020, 2024, 2024])
        aims.append(goals.asked(indicator, value=number, year=year, **said_of, **own))
    table, derived = pd.DataFrame(rows), pd.DataFrame(bases)
    houses = {"s-1": "a", "s-2": "a", "s-3": ""}
    score, found = verdicts.judged(pd.concat(aims), table, derived, houses=houses)
    yield said(score)
    yield from map(said, found)


def narrow() -> Iterator[str]:
    """What makes one figure stand for others, to nine digits."""
    row = {
        "low": 0.0,
        "qualifier": "eq",
        "year_inferred": False,
        "definition": "",
        "value": 1.0,
        "figure_id": "a",
    }
    for beside in (0.0, 4e-11, 6e-11, 4e-10, 6e-10):
        yield str(choices._narrowness(row | {"high": 1 + beside}))
    yield str(choices._narrowness(row | {"high": 1, "qualifier": "gt", "definition": "all"}))


def shares() -> Iterator[str]:
    of = random.Random(6)
    for _ in range(300):
        rows = [
            {
                "indicator": of.choice(["income_per_capita", "poverty_rate"]),
                "value": of.choice([4.0, 5.0, 0.5]),
                "outcome": {
                    "value": of.choice([4.0, 5.0]),
                    "low": 3.5,
                    "high": of.choice([4.0, 5.0, 6.0]),
                    "qualifier": of.choice(["approx", "eq"]),
                    "kind": "actual",
                    "figure_id": of.choice("ab"),
                },
            }
            for _ in range(of.choice([1, 2]))
        ]
        yield said(_by_share(rows))
        outcomes = [row["outcome"] for row in rows]
        yield said(
            [
                _alike(outcomes, ""),
                _attainment({row["value"] for row in outcomes}, [row["high"] for row in outcomes]),
            ]
        )


MEASURES: dict[str, Callable[[], Iterator[str]]] = {
    "formulas": formulas,
    "cuts": cuts,
    "assessed": assessed,
    "needed": of_one_series(160, needed, -9),
    "reach": of_one_series(90, reach),
    "what_if": of_one_series(150, what_if, -9),
    "passed": of_one_series(45, passed),
    "two": of_one_series(40, two),
    "decomposed": decomposed,
    "projected": projected,
    "rates": rates,
    "at_goal": at_goal,
    "judged": judged,
    "read": read,
    "narrow": narrow,
    "shares": shares,
}


def digest(name: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return f"{zlib.crc32(chr(10).join(MEASURES[name]()).encode()):08x}"


@pytest.mark.parametrize("name", MEASURES)
def test_small_series_are_answered_as_before(name):
    stored = pd.read_csv(STORED, index_col="measure", dtype=str)["answers"]
    assert digest(name) == stored[name]


if __name__ == "__main__":
    rows = [(name, digest(name)) for name in MEASURES]
    pd.DataFrame(rows, columns=["measure", "answers"]).to_csv(STORED, index=False, lineterminator="\n")
