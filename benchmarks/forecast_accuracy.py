"""How well project does on series whose next values are known: error against naive, drift and Theta on logs,
coverage, calibration.

    python benchmarks/forecast_accuracy.py ../shared/benchmarks/forecast

Each series of M1, M3, the tourism competition and a sample of M4 is cut to its last n training points and
projected 1 to 4 years ahead. OWA is the mean of sMAPE and MASE, each over naive's; MASE is scaled by the
whole training part, as the competitions do. The data stay outside the project; without the folder nothing is
measured, and this says so."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from baoyen_analysis.measures.projection import T3_QUANTILES, chance_many, project_many

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "forecast"
SETS = {"M1": "m1_yearly", "M3": "m3_yearly", "tourism": "tourism_yearly", "M4": "m4_yearly_sample3000"}
LENGTHS, HORIZONS = (5, 8, 12), 4
WANTED_OWA = {5: 0.827, 8: 0.811, 12: 0.813}
WANTED_COVERAGE = {(5, "M3"): (77.5, 95.4), (8, "M3"): (80.0, 96.0)}


def last_points(table: pd.DataFrame, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The last n training values, the next four values, and the scale of MASE, of every series that has n
    positive values."""
    train, test = (
        [np.array(cell.split(), dtype=float) for cell in table[part]] for part in ("train", "test")
    )
    kept = [place for place, values in enumerate(train) if len(values) >= n and (values[-n:] > 0).all()]
    return (
        np.array([train[place][-n:] for place in kept]),
        np.array([test[place][:HORIZONS] for place in kept]),
        np.array([np.abs(np.diff(train[place])).mean() for place in kept]),
    )


def as_table(values: np.ndarray) -> pd.DataFrame:
    rows, n = values.shape
    return pd.DataFrame(
        {
            "series": np.repeat(np.arange(rows), n),
            "year": np.tile(np.arange(n), rows),
            "value": values.ravel(),
        }
    )


def theta_on_logs(values: np.ndarray) -> np.ndarray:
    """The classical Theta method on logs: simple exponential smoothing, its weight chosen by the one-step
    error, plus half the trend line's slope."""
    z = np.log(values)
    n = z.shape[1]
    slope = np.polyfit(np.arange(n), z.T, 1)[0]
    weights = np.linspace(0.01, 1.0, 100)
    level = np.repeat(z[:, :1], len(weights), axis=1)
    errors = np.zeros_like(level)
    for place in range(1, n):
        miss = z[:, place, None] - level
        errors, level = errors + miss**2, level + weights * miss
    best = errors.argmin(axis=1)
    rows = np.arange(len(z))
    ahead = np.arange(1, HORIZONS + 1)
    lag = (1 - (1 - weights[best]) ** n) / weights[best] - 1
    return np.exp(level[rows, best, None] + 0.5 * slope[:, None] * (ahead + lag[:, None]))


def owa(forecast: np.ndarray, naive: np.ndarray, actual: np.ndarray, scale: np.ndarray) -> float:
    def smape(guess: np.ndarray) -> float:
        return float((200 * np.abs(guess - actual) / (np.abs(guess) + np.abs(actual))).mean())

    def mase(guess: np.ndarray) -> float:
        return float((np.abs(guess - actual)[scale > 0] / scale[scale > 0, None]).mean())

    return 0.5 * smape(forecast) / smape(naive) + 0.5 * mase(forecast) / mase(naive)


def measure(name: str, table: pd.DataFrame, n: int) -> tuple[dict, np.ndarray, np.ndarray]:
    """One line of results, and the chances given with what then happened, for targets placed over the whole
    range."""
    values, actual, scale = last_points(table, n)
    domain = "tourism" if name == "tourism" else "general"
    fan = project_many(as_table(values), horizons=range(1, HORIZONS + 1), domain=domain)
    grid = {column: fan[column].to_numpy().reshape(actual.shape) for column in fan.columns.drop("series")}
    guesses = {
        "ours": grid["median"],
        "naive": grid["naive"],
        "drift": grid["drift"],
        "Theta": theta_on_logs(values),
    }
    row: dict[str, object] = {"n": n, "set": name, "series": len(values)}
    row |= {label: owa(guess, grid["naive"], actual, scale) for label, guess in guesses.items()}
    for level in (80, 95):
        row[f"in_{level}"] = 100 * float(
            ((grid[f"low_{level}"] <= actual) & (actual <= grid[f"high_{level}"])).mean()
        )
    given, happened = [], []
    for ratio in (0.8, 0.9, 1.0, 1.1, 1.2):
        for horizon in range(1, HORIZONS + 1):
            target = values[:, -1] * ratio ** np.sqrt(horizon)
            given.append(chance_many(as_table(values), target=target, horizon=horizon, domain=domain))
            happened.append(actual[:, horizon - 1] >= target)
    return row, np.concatenate(given), np.concatenate(happened)


def calibration(given: np.ndarray, happened: np.ndarray) -> pd.DataFrame:
    """Chances in ten bins, as given before cap and rounding, against how often the target was met."""
    bins = np.clip((given * 10).astype(int), 0, 9)
    table = pd.DataFrame({"bin": bins, "given": 100 * given, "met": 100.0 * happened})
    return table.groupby("bin").agg(cases=("met", "size"), given=("given", "mean"), met=("met", "mean"))


def main(folder: Path) -> None:
    if not folder.is_dir():
        print(f"skipped: the series are not at {folder}")
        return
    held = {name: pd.read_csv(folder / f"{stem}.csv") for name, stem in SETS.items()}
    results = [measure(name, table, n) for n in LENGTHS for name, table in held.items()]
    rows = pd.DataFrame([row for row, _, _ in results])
    print(
        "OWA (naive = 1) and coverage of the ranges in per cent:",
        rows.round(3).to_string(index=False),
        sep="\n",
    )
    means = rows.groupby("n")[["ours", "naive", "drift", "Theta", "in_80", "in_95"]].mean()
    print("\nMean of the four sets:", means.round(3).to_string(), sep="\n")
    for n, wanted in WANTED_OWA.items():
        holds = "holds" if abs(means.loc[n, "ours"] - wanted) <= 0.01 else "FAILS"
        print(f"n = {n}: OWA {means.loc[n, 'ours']:.3f}, wanted {wanted} ± 0.01: {holds}")
    for (n, name), wanted in WANTED_COVERAGE.items():
        got = rows[(rows["n"] == n) & (rows["set"] == name)][["in_80", "in_95"]].iloc[0]
        holds = "holds" if (np.abs(got.to_numpy(dtype=float) - wanted) <= 2).all() else "FAILS"
        print(
            f"n = {n}, {name}: coverage {got['in_80']:.1f}/{got['in_95']:.1f} %, wanted {wanted[0]}/{wanted[1]} ± 2: {holds}"
        )
    given, happened = (np.concatenate([result[place] for result in results]) for place in (1, 2))
    print(f"\nChances against outcomes ({len(given)} cases), in ten bins, in per cent:")
    print(calibration(given, happened).round(1).to_string())
    base = happened.mean()
    print(
        f"Brier score {((given - happened) ** 2).mean():.4f} (always saying {100 * base:.0f} %: {base * (1 - base):.4f})"
    )
    print(
        f"Ranges are {', '.join(f'{level} %' for level in T3_QUANTILES)}; shown chances are capped and rounded, these are not."
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
