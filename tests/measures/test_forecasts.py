"""What the projection and a pace are worth on published series; skipped where their folder is not there."""

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import forecast_accuracy as accuracy
import verdicts

pytestmark = pytest.mark.skipif(
    not accuracy.FOLDER.is_dir(), reason=f"the published series are not at {accuracy.FOLDER}"
)


@pytest.fixture(scope="module")
def held():
    return accuracy.load(accuracy.FOLDER)


def test_the_median_is_no_worse_than_it_was(held):
    for n, most in accuracy.NO_WORSE.items():
        scores = [accuracy.accuracy(name, series, n)["median"] for name, series in held.items()]
        assert round(sum(scores) / len(scores), 3) <= most


@pytest.mark.parametrize("n", accuracy.POINTS)
def test_the_range_holds_what_it_says_in_every_set_number_of_figures_and_gap(held, n):
    rows = pd.DataFrame(
        [accuracy.coverage(name, series, n, gap) for gap in accuracy.GAPS for name, series in held.items()]
    )
    judged = rows[rows["forecasts"] >= accuracy.FEWEST]
    assert len(judged) >= 8
    assert judged.loc[judged["holds"] != "yes", ["set", "gap", "in_80"]].values.tolist() == []


def test_goals_are_met_as_often_as_methods_says_and_the_chance_says_so(held):
    table = verdicts.goals(held, verdicts.JUDGED)
    assert abs(len(table) - 285_302) < 1500
    for (low, high), wanted in verdicts.BANDS.items():
        part = table[table["needed"].between(low, high, inclusive="left")]
        came = 100 * part.groupby("verdict")["met"].mean()[verdicts.VERDICTS]
        assert came.tolist() == pytest.approx(wanted, abs=2)
    before, after = (verdicts.chance(table, kept) for kept in (1.0, table["kept"]))
    assert verdicts.brier(after, table) < verdicts.brier(before, table) - 0.003
    bins = accuracy.calibration(after, table["met"].to_numpy())
    bins = bins[bins["cases"] >= 300]
    assert (bins["said"] - bins["came"]).abs().max() < 4
