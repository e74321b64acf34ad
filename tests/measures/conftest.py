"""Small invented records for the measures: outcomes, derived figures and a goal, in the processed columns."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd
import pytest

from baoyen_analysis.measures.goals import asked
from baoyen_analysis.measures.readings import readings
from baoyen_analysis.measures.verdicts import verdict

AREA = {"area": "Bảo Yên", "area_level": "district", "area_since": ""}


class Judged(NamedTuple):
    """The readings of a goal and its verdict, a row."""

    readings: pd.DataFrame
    verdict: pd.Series


def figures(indicator: str, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Observations of one indicator in Bảo Yên: each with at least a year and a value; exact and actual,
    printed by a publisher of its own, where it does not say otherwise."""
    made = []
    for number, row in enumerate(rows, 1):
        figure_id = row.get("figure_id", f"{row['year']}-{row['value']}-{number}")
        made.append(
            AREA
            | {
                "indicator": indicator,
                "period": str(row["year"]),
                "part": "",
                "kind": "actual",
                "unit": "",
                "definition": "",
                "low": row["value"],
                "high": row["value"],
                "qualifier": "eq",
                "figure_id": figure_id,
                "source_id": f"source of {figure_id}",
                "status": "chosen",
                "reason": "only",
                "year_inferred": False,
                "comparison_id": figure_id,
            }
            | row
        )
    columns = [*AREA, "indicator", "period", "part", "kind", "unit", "definition", "low", "high", "qualifier"]
    columns += [
        "figure_id",
        "source_id",
        "status",
        "reason",
        "year_inferred",
        "comparison_id",
        "year",
        "value",
    ]
    return pd.DataFrame(made, columns=columns)


@pytest.fixture(scope="session")
def judged() -> Callable[..., Judged]:
    """Judges a goal of the year 2024 (or what `goal` says) by invented outcomes and derived figures."""

    def judge(
        outcomes: Iterable[dict[str, Any]],
        goal: float | pd.DataFrame,
        *,
        indicator: str = "income_per_capita",
        derived: Iterable[dict[str, Any]] = (),
        **asked_for: Any,
    ) -> Judged:
        observed, bases = figures(indicator, outcomes), figures(indicator, derived).assign(reason="")
        aim = (
            goal
            if isinstance(goal, pd.DataFrame)
            else asked(indicator, value=goal, **{"year": 2024} | asked_for)
        )
        rows = readings(aim, observed, bases)
        return Judged(rows, verdict(rows).iloc[0])

    return judge


@pytest.fixture(scope="session")
def judgeable(grown) -> Callable[..., dict[str, pd.DataFrame]]:
    """The record with more, invented figures: `grown`, but only the tables that verdicts rest on."""
    return grown.for_verdicts
