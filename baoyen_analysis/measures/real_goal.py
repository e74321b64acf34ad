"""What a goal in money is worth in the prices of the outcome that it is measured from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from baoyen_analysis.measures.goals import records
from baoyen_analysis.measures.growth import compound, figure_ids
from baoyen_analysis.vocabulary import INDICATORS

_OUTCOME = ["goal_value", "outcome_year", "outcome_value", "outcome_figure_id"]
COLUMNS = [*_OUTCOME, "goal_real", "needed", "needed_real", "reason", "price_figure_ids"]


def in_prices_of_the_outcome(readings: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """A goal in the prices of the year of each outcome that counts, and the real growth it needs.

    `readings` of one goal (see `readings.readings`), `levels` as `growth.price_levels` gives them. One row an
    outcome: `goal_real` in the indicator's unit, `needed` and `needed_real` (fractions a year),
    `price_figure_ids`. Blank with a `reason` where the indicator is no money (`not_money`) or a year between
    has no price level (`no_price_level`).

    >>> rows = pd.DataFrame({"indicator": "income_per_capita", "year": 2024, "goal_value": 66.0,
    ...     "outcome_year": 2022, "outcome_value": [50.0], "outcome_figure_id": "a", "outcome_because": "",
    ...     "judged": "pace"})
    >>> levels = pd.DataFrame({"year": [2022, 2023, 2024], "level": [1, 1.0325, 1.07],
    ...     "figure_id": ["", "b", "c"]})
    >>> in_prices_of_the_outcome(rows, levels)[["goal_real", "needed_real"]].round(3).values.tolist()
    [[61.682, 0.111]]
    """
    kept = readings[(readings["outcome_because"] == "") & (readings["judged"] == "pace")]
    kept = kept[["indicator", "year", *_OUTCOME]].drop_duplicates(_OUTCOME)
    by_year, rows = levels.set_index("year"), []
    for row in records(kept):
        first, last = row["outcome_year"], row["year"]
        money = "VND" in INDICATORS[row["indicator"]].unit
        held = money and {first, last} <= set(by_year.index)
        prices = by_year.at[last, "level"] / by_year.at[first, "level"] if held else np.nan
        goals = {"needed": row["goal_value"], "needed_real": row["goal_value"] / prices}
        growth = {name: compound(row["outcome_value"], goal, last - first) for name, goal in goals.items()}
        between = by_year.index[(by_year.index > first) & (by_year.index <= last)] if held else []
        rows.append(
            row
            | growth
            | {"goal_real": goals["needed_real"], "price_figure_ids": figure_ids(by_year.loc[between])}
            | {"reason": "" if held else "no_price_level" if money else "not_money"}
        )
    return pd.DataFrame(rows, columns=COLUMNS)
