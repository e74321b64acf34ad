"""How well project does on series whose next values are known: error against naive, drift and Theta on logs,
coverage of its ranges, and what its constants were tuned to.

    python benchmarks/forecast_accuracy.py [folder of the series, ../shared/benchmarks/forecast by default]

Each series of M1, M3, the tourism competition and a sample of M4 is cut to n training values so many years
apart, the last one the last of all, and projected 1 to 4 years ahead. OWA is the mean of sMAPE and MASE, each
over naive's; MASE is scaled by the whole training part, as the competitions do. The constants of
measures/projection.csv that may be tuned (c and e below five figures, k, and tourism's f below five) are
tuned here again, leaving each set out in turn; tourism, the only set of its kind, is tuned on one half of its
series and judged on the other. The data stay outside the project; without the folder nothing is measured, and
this says so."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis.measures.projection import (
    CONSTANTS,
    PRIOR_GROWTH,
    T3_QUANTILES,
    carried,
    chance_many,
    fit,
    project_many,
)

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "forecast"
SETS = {"M1": "m1_yearly", "M3": "m3_yearly", "tourism": "tourism_yearly", "M4": "m4_yearly_sample3000"}
GENERAL = ("M1", "M3", "M4")
POINTS, GAPS, HORIZONS = (2, 3, 4, 5, 8, 12), (1, 2, 5, 10), 4
FEWEST = 300  # forecasts that make a cell one to be judged
NO_WORSE = {5: 0.827, 8: 0.811, 12: 0.813}  # mean OWA of the four sets
# What is tried: c, e and k below five figures, k alone from five on; f and k for tourism.
C, E, K = np.arange(0.80, 1.31, 0.02), np.arange(0.60, 0.76, 0.05), np.arange(-0.10, 0.16, 0.05)
K_FROM_FIVE, F = np.arange(-0.10, 0.51, 0.02), np.arange(1.0, 1.81, 0.05)


def load(folder: Path) -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
    """Training and test values of every series, set by set."""
    held = {}
    for name, stem in SETS.items():
        table = pd.read_csv(folder / f"{stem}.csv")
        train, test = (
            [np.array(cell.split(), dtype=float) for cell in table[part]] for part in ("train", "test")
        )
        held[name] = list(zip(train, test, strict=True))
    return held


def domain_of(name: str) -> str:
    return "tourism" if name == "tourism" else "general"


def histories(series: list, n: int, gap: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The last n training values so many years apart, the next four values, and the scale of MASE, of every
    series that has n such values, all positive."""
    span = (n - 1) * gap
    kept = [pair for pair in series if len(pair[0]) > span and (pair[0][-1 - span :: gap] > 0).all()]
    return (
        np.array([train[-1 - span :: gap] for train, _ in kept]).reshape(-1, n),
        np.array([test[:HORIZONS] for _, test in kept]).reshape(-1, HORIZONS),
        np.array([np.abs(np.diff(train)).mean() for train, _ in kept]),
    )


def as_table(values: np.ndarray, years: np.ndarray | int = 1) -> pd.DataFrame:
    """Histories as project_many takes them; `years`: of each value, or the gap between any two."""
    rows, n = values.shape
    when = np.tile(np.arange(n) * years, (rows, 1)) if isinstance(years, int) else years
    return pd.DataFrame(
        {"series": np.repeat(np.arange(rows), n), "year": when.ravel(), "value": values.ravel()}
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


def accuracy(name: str, series: list, n: int) -> dict[str, object]:
    values, actual, scale = histories(series, n, 1)
    fan = project_many(as_table(values), horizons=range(1, HORIZONS + 1), domain=domain_of(name))
    guesses = {label: fan[label].to_numpy().reshape(actual.shape) for label in ("median", "naive", "drift")}
    guesses["Theta"] = theta_on_logs(values)
    scores = {label: owa(guess, guesses["naive"], actual, scale) for label, guess in guesses.items()}
    return {"n": n, "set": name, "series": len(values)} | scores


def show_accuracy(held: dict) -> None:
    rows = pd.DataFrame([accuracy(name, series, n) for n in POINTS for name, series in held.items()])
    print("OWA (naive = 1), consecutive figures:", rows.round(3).to_string(index=False), sep="\n")
    means = rows.groupby("n")[["median", "drift", "Theta"]].mean()
    print("\nMean of the four sets:", means.round(3).to_string(), sep="\n")
    for n, most in NO_WORSE.items():
        got = means.loc[n, "median"]
        print(
            f"n = {n}: OWA {got:.3f}, no worse than {most}: {'holds' if round(got, 3) <= most else 'FAILS'}"
        )


def allowed(forecasts: int) -> float:
    """How far from 80 % the 80 % range may be, in points: 4, or two standard errors where that is more."""
    return max(4.0, 200 * np.sqrt(0.16 / forecasts))


def coverage(name: str, series: list, n: int, gap: int) -> dict[str, object]:
    values, actual, _ = histories(series, n, gap)
    row: dict[str, object] = {"n": n, "gap": gap, "set": name, "forecasts": actual.size}
    if not len(values):
        return row | {"holds": ""}
    fan = project_many(as_table(values, gap), horizons=range(1, HORIZONS + 1), domain=domain_of(name))
    grid = {column: fan[column].to_numpy().reshape(actual.shape) for column in fan.columns.drop("series")}
    for level in (80, 95):
        inside = (grid[f"low_{level}"] <= actual) & (actual <= grid[f"high_{level}"])
        row[f"in_{level}"] = 100 * inside.mean()
        if level == 80:
            row |= {f"h{ahead}": 100 * share for ahead, share in enumerate(inside.mean(axis=0), 1)}
    judged = actual.size >= FEWEST
    off = abs(float(row["in_80"]) - 80) > allowed(actual.size)  # type: ignore[arg-type]
    return row | {"holds": ("NO" if off else "yes") if judged else "few"}


def show_coverage(held: dict) -> None:
    found = (coverage(name, series, n, gap) for n in POINTS for gap in GAPS for name, series in held.items())
    rows = pd.DataFrame([row for row in found if row["forecasts"]])
    columns = ["n", "gap", "set", "forecasts", "in_80", "h1", "h2", "h3", "h4", "in_95", "holds"]
    print("\nWhat the ranges hold, in per cent (h1 to h4: the 80 % range by years ahead):")
    print(rows[columns].round(1).to_string(index=False))
    judged = rows[rows["holds"] != "few"]
    print(
        f"the 80 % range holds 80 ± 4 (or two standard errors) in {(judged['holds'] == 'yes').sum()} "
        f"of the {len(judged)} cells with {FEWEST} forecasts or more"
    )


def show_uneven(held: dict) -> None:
    """Years drawn at random: the record's own histories have no even gaps."""
    draw, rows = np.random.default_rng(5), []
    for n, span, (name, series) in itertools.product((3, 4, 5, 8), (10, 15, 20), held.items()):
        kept = [
            (train, test) for train, test in series if len(train) > span and (train[-span - 1 :] > 0).all()
        ]
        if HORIZONS * len(kept) < FEWEST:
            continue
        back = -np.sort(-np.array([draw.choice(np.arange(1, span + 1), n - 1, replace=False) for _ in kept]))
        years = np.c_[span - back, np.full(len(kept), span)]
        values = np.array([train[-span - 1 :][when] for (train, _), when in zip(kept, years, strict=True)])
        actual = np.array([test[:HORIZONS] for _, test in kept])
        fan = project_many(as_table(values, years), horizons=range(1, HORIZONS + 1), domain=domain_of(name))
        low, high = (fan[f"{end}_80"].to_numpy().reshape(actual.shape) for end in ("low", "high"))
        rows.append((n, span, name, 100 * ((low <= actual) & (actual <= high)).mean()))
    table = pd.DataFrame(rows, columns=["n", "within", "set", "in_80"])
    print("\nThe 80 % range on uneven histories (n figures in years drawn at random, the last one last):")
    print(table.pivot_table(index=["n", "within"], columns="set", values="in_80").round(1).to_string())


class Cell(NamedTuple):
    """The misses of one set, number of figures and gap: on logs, over the unit spread, a column a year ahead,
    each sorted."""

    name: str
    gap: int
    misses: np.ndarray


def cells(held: dict, names: Iterable[str], n: int, part: slice = slice(None)) -> Iterator[Cell]:
    for name, gap in itertools.product(names, GAPS):
        values, actual, _ = histories(held[name][part], n, gap)
        if actual.size < FEWEST:
            continue
        fitted = fit(as_table(values, gap), PRIOR_GROWTH, domain_of(name))
        growth, _ = carried(fitted, np.tile(np.arange(1, HORIZONS + 1), (len(values), 1)))
        miss = np.abs(np.log(actual) - fitted.last[:, None] - growth) / fitted.spread[:, None]
        yield Cell(name, gap, np.sort(miss, axis=0))


def held_by(cell: Cell, tried: np.ndarray) -> np.ndarray:
    """How far from 80 % the range is under each row of (c·f, e, k), over what is allowed: settings × years
    ahead."""
    c, e, k = tried.T
    share = []
    for ahead in range(1, HORIZONS + 1):
        reach = T3_QUANTILES[80] * c * ahead**e * cell.gap**-k
        share.append(np.searchsorted(cell.misses[:, ahead - 1], reach, side="right") / len(cell.misses))
    return (100 * np.array(share).T - 80) / allowed(cell.misses.size)


def tuned(found: list[Cell], tried: np.ndarray) -> np.ndarray:
    """The setting whose worst cell is nearest to 80 %, with regard to the other cells and to each year
    ahead."""
    off = np.array([held_by(cell, tried) for cell in found])
    whole = off.mean(axis=2)
    loss = np.abs(whole).max(axis=0) + (whole**2).mean(axis=0) + 0.25 * (off**2).mean(axis=(0, 2))
    return tried[loss.argmin()]


def worst(found: list[Cell], setting: np.ndarray) -> str:
    """The cell that is furthest from 80 %: "77.2 (gap 10)"."""
    off = [(held_by(cell, setting[None, :]).mean() * allowed(cell.misses.size), cell) for cell in found]
    points, cell = max(off, key=lambda pair: abs(pair[0]))
    return f"{80 + points:.1f} ({cell.name}, gap {cell.gap})"


def shipped(domain: str, n: int) -> pd.Series:
    rows = CONSTANTS[(CONSTANTS["domain"] == domain) & (CONSTANTS["points"] <= n)]
    return rows.iloc[-1]


def tried_for(domain: str, n: int) -> np.ndarray:
    own = shipped(domain, n)
    if domain == "tourism":
        scales = own["c"] * (F if n < 5 else np.array([own["f"]]))
        return np.array(
            [(scale, own["e"], k) for scale in scales for k in np.arange(0, 0.51, 0.02 if n > 4 else 0.05)]
        )
    return np.array(
        list(itertools.product(C, E, K)) if n < 5 else [(own["c"], own["e"], k) for k in K_FROM_FIVE]
    )


def show_tuning(held: dict) -> None:
    """For each number of figures what is tuned on all sets and on all but one, with the 80 % range on the set
    left out."""
    rows = []
    halves = {"even half": slice(0, None, 2), "odd half": slice(1, None, 2)}
    for n in POINTS:
        found, grid = list(cells(held, GENERAL, n)), tried_for("general", n)
        for left in ("", *GENERAL):
            used, out = [c for c in found if c.name != left], [c for c in found if c.name == left]
            if used and (out or not left):
                rows.append(("general", n, left, tuned(used, grid), out or found))
        grid = tried_for("tourism", n)
        rows.append(("tourism", n, "", tuned(whole := list(cells(held, ["tourism"], n)), grid), whole))
        for left, part in halves.items():
            other = next(piece for name, piece in halves.items() if name != left)
            used, out = (list(cells(held, ["tourism"], n, piece)) for piece in (other, part))
            rows.append(("tourism", n, left, tuned(used, grid), out))
    print(
        "\nConstants tuned on all sets and leaving one out, with the 80 % range that is worst (where one is"
    )
    print("left out, on it), and the same under projection.csv:")
    for domain, n, left, setting, out in rows:
        own = shipped(domain, n)[["c", "f", "e", "k"]].astype(float)
        kept = np.array([own["c"] * own["f"], own["e"], own["k"]])
        said = ["c·f {:.2f}, e {:.2f}, k {:5.2f}".format(*each) for each in (setting, kept)]
        print(
            f"{domain:7} n = {n:2}, out: {left or 'none':9} {said[0]}: {worst(out, setting):22} "
            f"{said[1]}: {worst(out, kept)}"
        )
    apart = [(out, setting) for _, _, left, setting, out in rows if left]
    off = [abs(held_by(cell, setting[None, :]).mean()) for out, setting in apart for cell in out]
    print(f"on what was left out {np.sum(np.array(off) <= 1)} of {len(off)} cells hold 80 % as closely")


def calibration(given: np.ndarray, happened: np.ndarray) -> pd.DataFrame:
    """Chances in ten bins, before cap and rounding, against how often the target was met."""
    bins = np.clip((given * 10).astype(int), 0, 9)
    table = pd.DataFrame({"bin": bins, "said": 100 * given, "came": 100.0 * happened})
    return table.groupby("bin").agg(cases=("came", "size"), said=("said", "mean"), came=("came", "mean"))


def show_chances(held: dict) -> None:
    """Chances of targets placed over the whole range, from five consecutive figures or more."""
    given, happened = [], []
    for n, (name, series) in itertools.product((5, 8, 12), held.items()):
        values, actual, _ = histories(series, n, 1)
        for ratio, ahead in itertools.product((0.8, 0.9, 1.0, 1.1, 1.2), range(1, HORIZONS + 1)):
            target = values[:, -1] * ratio ** np.sqrt(ahead)
            domain = domain_of(name)
            given.append(chance_many(as_table(values), target=target, horizon=ahead, domain=domain))
            happened.append(actual[:, ahead - 1] >= target)
    said, came = np.concatenate(given), np.concatenate(happened)
    print(
        f"\nChances from 5, 8 and 12 consecutive figures against outcomes ({len(said)} cases), in per cent:"
    )
    print(calibration(said, came).round(1).to_string())
    base = came.mean()
    always = f"always saying {100 * base:.0f} %: {base * (1 - base):.4f}"
    print(f"Brier score {((said - came) ** 2).mean():.4f} ({always})")


def main(folder: Path) -> None:
    if not folder.is_dir():
        print(f"skipped: the series are not at {folder}")
        return
    held = load(folder)
    for show in (show_accuracy, show_coverage, show_uneven, show_tuning, show_chances):
        show(held)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
