"""Input that is odd, or at the very edge of what is taken: what is made of it, or said of it, whole. All is
invented."""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

sys.path.append(str(Path(__file__).parent))  # behind the others: there is a conftest in each
from lattice import INF, NAN, asked, said

from baoyen_analysis.measures import goals, growth, mergers, monitors, part_year, worth
from baoyen_analysis.measures.published import METHODS

pytestmark = pytest.mark.as_before
STORED = Path(__file__).parents[1] / "data" / "measures_odd_input.csv"
PART = SimpleNamespace(year=2022, part="9M")
SERIES = (
    pd.Series({2021: 80.0, 2022: 95}),
    pd.Series({2021: 80.0, 2023: "95"}),
    pd.Series({2022: 80.0, 2021: 95.0}),
    pd.Series([1.0, 2.0], index=[2021, 2021]),
    pd.Series({2021.5: 80.0}),
    pd.Series({"2021": 80.0}),
    pd.DataFrame({"year": [PART], "value": [80.0]}),
    pd.DataFrame({"year": [SimpleNamespace(year=2022, part="")], "value": [80.0]}),
    pd.Series({2021: NAN, 2022: INF, 2023: 1.0}),
    pd.Series({NAN: 1.0}),
    pd.Series(dtype=float),
    pd.DataFrame({"year": [2021], "value": [5]}),
    pd.DataFrame(
        {"year": [2021, 2022], "value": [5, 6], "low": [4, None], "high": [5, INF], "flag": ["", None]}
    ),
    pd.DataFrame({"year": [2021, 2022], "value": [5, 6], "low": [5.5, 6], "high": [6, 5]}),
    pd.DataFrame({"year": [2021, 2022], "value": [5, 6], "low": [5, "6"], "part": ["", NAN]}),
    pd.DataFrame({"year": [2021], "value": [5], "part": ["H1"]}),
    pd.DataFrame({"year": [2021], "value": [None], "low": [1.0]}),
    pd.DataFrame({"a": [2021]}),
    [1, 2],
)
TARGETS = (
    66,
    66.5,
    (66, 60, 70),
    "66",
    True,
    np.True_,
    NAN,
    INF,
    {"value": 5, "figure_id": "f"},
    {"value": "5"},
    pd.Series({"value": 5, "definition": None}),
    pd.DataFrame({"value": [1, 2]}),
    pd.DataFrame({"value": [1]}),
    pd.DataFrame({"value": []}),
)


def series() -> Iterator[str]:
    for values in SERIES:
        yield asked(growth.yearly, values)
        yield asked(
            monitors.published_methods, values, targets=pd.DataFrame({"year": [2025], "value": [99.0]})
        )
    for target in TARGETS:
        yield asked(growth.target_row, target)


def prices() -> Iterator[str]:
    for years, base in product(
        ([2011], [2011, 2012], [2009, 2010, 2011], [2010, 2012, 2013], [2013, 2014], []),
        (2009, 2010, 2011, 2013),
    ):
        changes = pd.Series({year: 10.0 + year % 3 for year in years}, dtype=float)
        for index in (None, pd.Series({2012: 105.0}), pd.Series({2010: 99.0, 2011: 120.0})):
            yield asked(growth.price_levels, changes, index=index, base_year=base)
    levels = growth.price_levels(pd.Series({2011: 10.0, 2012: 5.0}))
    for first in (2009, 2010, 2011, 2012, 2013):
        yield asked(growth.real, pd.Series({first: 100.0, first + 1: 121.0}), levels)


def inflation() -> Iterator[str]:
    of = random.Random(1)
    for _ in range(12):
        rows = [
            {
                "area": of.choice(["Lào Cai", "Việt Nam", "Sa Pa"]),
                "period": of.choice(["2020", "2021", "2022M03"]),
                "value": of.choice([1.0, 2.0]),
                "indicator": of.choice(["cpi_change_yoy", "cpi_change_yoy", "cpi_change"]),
                "figure_id": f"f-{number}",
            }
            for number in range(14)
        ]
        yield asked(growth.province_inflation, pd.DataFrame(rows))


def parts() -> Iterator[str]:
    for part in (
        "1M",
        "9M",
        "12M",
        "0M",
        "H1",
        "H2",
        "Q1",
        "Q4",
        "M01",
        "M12",
        "M1",
        "",
        "9",
        "Y1",
        "Q",
        "123M",
    ):
        yield asked(lambda part=part: str(sorted(part_year.months_of(part))))


def incomes() -> Iterator[str]:
    of = random.Random(4)
    for _ in range(6):
        rows = [
            {"area": of.choice("ABC"), "area_level": of.choice(["country", "region", "province", "district"])}
            | {"year": of.choice([2020, 2021]), "value": of.choice([1000.0, 1500.0, NAN]), "low": 990.0}
            | {"high": of.choice([1010.0, INF]), "kind": of.choice(["actual", "plan"]), "status": "chosen"}
            | {"indicator": "income_per_capita_monthly", "flag": "", "definition": "", "figure_id": f"f-{n}"}
            for n in range(12)
        ]
        yield asked(part_year.yearly_income, pd.DataFrame(rows))


def bands() -> Iterator[str]:
    for verdict in (*worth.HIT_RATES, "depends"):
        for edge, beside in product((0.0, 0.03, 0.05, 0.1, 0.15, 0.2), (-0.001, 0.0, 0.001)):
            yield said(worth.hit_rate(verdict, edge + beside, edge + beside))
            yield said(worth.hit_rate(verdict, edge + beside - 0.02, edge + beside + 0.04))


def sides() -> Iterator[str]:
    for indicator, qualifier in product(
        ("income_per_capita", "poverty_rate", "share_agriculture", "unknown"),
        ("eq", "gt", "ge", "lt", "le", "approx", "range"),
    ):
        yield said(goals.direction(indicator, qualifier))


COMMUNES = pd.DataFrame(
    [
        ("Long Khánh", "2020-02-10", "Phúc Khánh", "2020-02-11"),
        ("Long Phúc", "2020-02-10", "Phúc Khánh", "2020-02-11"),
        ("Phúc Khánh", "2025-06-30", "Phúc Khánh", "2025-07-01"),
        ("Việt Tiến", "2025-06-30", "Phúc Khánh", "2025-07-01"),
        ("Tân Tiến", "2025-06-30", "Nghĩa Đô", "2025-07-01"),
        ("Nghĩa Đô", "2025-06-30", "Nghĩa Đô", "2025-07-01"),
    ],
    columns=["old_name", "valid_to", "new_name", "new_valid_from"],
)
NAMES = ("Long Khánh", "Long Phúc", "Phúc Khánh", "Việt Tiến", "Tân Tiến", "Nghĩa Đô")


def merged() -> Iterator[str]:
    of = random.Random(2)
    for number in range(60):
        kept = [name for name in NAMES if of.random() < 0.85] if number % 3 else NAMES[2:]
        years = of.choice([[2021], [2021, 2022], [2019], [2026], [2020]])
        rows = [
            {
                "area": name.lower() if of.random() < 0.1 else name,
                "year": year,
                "kind": None if number % 5 == 4 else "all",
                "persons": of.choice([1.0, 2.0, 3.0] + [None] * (number % 7 == 1)),
            }
            for year in years
            for name in kept
        ]
        rows += [dict(rows[0])] * (number % 11 == 2) + [rows[0] | {"area": "Nowhere"}] * (number % 13 == 3)
        communes = COMMUNES if of.random() < 0.5 else COMMUNES.assign(old_district="Bảo Yên")
        by = ["year", "kind"] if number % 5 == 4 else of.choice([["year"], ["year"], ["year", "kind"], []])
        to = of.choice(["2025-07-01", "2025-07-01", date(2020, 2, 11), "2020-02-10", ""])
        unit = of.choice(["persons", "persons", "persons", "percent"])
        yield asked(mergers.carry, pd.DataFrame(rows), communes, values={"persons": unit}, by=by, to=to)
    table = pd.DataFrame({"area": ["Long Khánh"], "year": [2018], "a_rate": [1.0], "text": ["x"]})
    for values in (
        {"a_rate": "persons"},
        {"text": "persons"},
        {"more": "persons"},
        {"a_rate": "percent", "text": "ha"},
    ):
        yield asked(mergers.carry, table, COMMUNES, values=values)


def methods() -> Iterator[str]:
    of = random.Random(3)
    for _ in range(12):
        values = pd.Series(
            {year: of.choice([1.0, 2.0, 4.0, 5.0]) for year in sorted(of.sample(range(2012, 2022), 6))}
        )
        aims = pd.DataFrame(
            {"year": of.sample(range(2018, 2027), 2), "value": of.sample([1.0, 4.0, 5.0, 8.0], 2)}
        )
        yield asked(monitors.published_methods, values, targets=aims, direction=of.choice([1, -1]))
    yield said(METHODS)


INPUT: dict[str, Callable[[], Iterator[str]]] = {
    **{
        "series": series,
        "prices": prices,
        "inflation": inflation,
        "parts": parts,
        "incomes": incomes,
        "bands": bands,
        "sides": sides,
    },
    **{"merged": merged, "methods": methods},
}


def digest(name: str) -> str:
    return f"{zlib.crc32(chr(10).join(INPUT[name]()).encode()):08x}"


@pytest.mark.parametrize("name", INPUT)
def test_odd_input_is_answered_as_before(name):
    stored = pd.read_csv(STORED, index_col="input", dtype=str)["answers"]
    assert digest(name) == stored[name]


if __name__ == "__main__":
    rows = [(name, digest(name)) for name in INPUT]
    pd.DataFrame(rows, columns=["input", "answers"]).to_csv(STORED, index=False, lineterminator="\n")
