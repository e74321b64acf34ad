"""How fast many series are judged and projected in one process, and how that compares with statsforecast's
AutoTheta where it is installed.

    python benchmarks/speed_measures.py

Times are of the processor; they depend on the machine, the ratio hardly. statsforecast is no dependency of
the project: run this with an interpreter that has both, or be told that the ratio was left out."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from tracking import progress_many

from baoyen_analysis.measures.projection import project_many
from baoyen_analysis.measures.published import METHODS

PROJECTED, JUDGED, LIMIT_SECONDS = 23_000, 10_000, 2.0
THETA_SAMPLE = 200  # series given to AutoTheta, scaled up


def random_series(count: int, length: int) -> np.ndarray:
    steps = np.random.default_rng(7).normal(0.05, 0.08, (count, length))
    return 100 * np.exp(np.cumsum(steps, axis=1))


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def line(what: str, seconds: float) -> str:
    return (
        f"{what}: {seconds:.2f} s ({'within' if seconds <= LIMIT_SECONDS else 'OVER'} {LIMIT_SECONDS:.0f} s)"
    )


def theta_seconds(values: np.ndarray) -> float | None:
    """Seconds that AutoTheta needs for so many series, from a sample; None where statsforecast is not
    installed."""
    try:
        from statsforecast import StatsForecast
        from statsforecast.models import AutoTheta
    except ImportError:
        return None
    rows, length = values[:THETA_SAMPLE].shape
    table = pd.DataFrame(
        {"unique_id": np.repeat(np.arange(rows), length), "ds": np.tile(np.arange(length), rows)}
    )
    table["y"] = values[:rows].ravel()
    forecast = StatsForecast(models=[AutoTheta(season_length=1)], freq=1, n_jobs=1)
    forecast.forecast(df=table[table["unique_id"] < 2], h=4)  # compiles before the clock starts
    return timed(lambda: forecast.forecast(df=table, h=4)) * len(values) / rows


def main() -> None:
    values = random_series(PROJECTED, 30)
    years = np.arange(1995, 2025)
    table = pd.DataFrame(
        {
            "series": np.repeat(np.arange(PROJECTED), 30),
            "year": np.tile(years, PROJECTED),
            "value": values.ravel(),
        }
    )
    ours = timed(lambda: project_many(table, horizons=range(1, 5)))
    print(line(f"{PROJECTED} series of 30 years projected 4 years ahead, all ranges", ours))
    theirs = theta_seconds(values)
    if theirs is None:
        print(
            "  ratio to AutoTheta skipped: statsforecast is not installed here "
            "(and is not to be in the project's environment)"
        )
    else:
        print(
            f"  AutoTheta takes {theirs / ours:.0f} times as long "
            f"({theirs:.0f} s, from {THETA_SAMPLE} series in the same run)"
        )
    wide = pd.DataFrame(values[:JUDGED, :11], columns=range(2010, 2021))
    for method in METHODS:
        target = {} if method == "recent_pace" else {"target": 200.0, "target_year": 2025}
        judged = partial(progress_many, wide, method=method, low=wide * 0.98, high=wide * 1.02, **target)
        print(
            line(
                f"{JUDGED} series of 11 years judged by {method}, with class sets and stability",
                timed(judged),
            )
        )


if __name__ == "__main__":
    main()
