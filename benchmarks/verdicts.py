"""What a pace is worth, and the projection's chance beside it: goals on series whose outcomes are known.

    python benchmarks/verdicts.py [folder of the series, ../shared/benchmarks/forecast by default]

Every series of M1, M3, the sample of M4 and tourism is cut to 2 to 5 figures 1 to 5 years apart that end with
the last training value. Four goals a history lie two years ahead: two need a growth drawn evenly from 0 to
25 % a year, two the series' own growth from one of its bases, ± 3 points; those that need no growth are left
out. The verdict is that of the readings: the growth done from every earlier figure against the growth needed.
The goals are not independent. The share of the projected growth that the chance counts (kept_1 to kept_8 of
measures/projection.csv) is tuned here by number of figures and usual gap, also leaving each set out in turn;
each set weighs by the root of its goals, since M4 alone has seven in ten. The data stay outside the project;
without the folder nothing is measured, and this says so."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from forecast_accuracy import FOLDER, SETS, as_table, calibration, domain_of, histories, load

from baoyen_analysis.measures.projection import (
    CONSTANTS,
    GAPS,
    KEPT,
    PRIOR_GROWTH,
    carried,
    fit,
    t3_distribution,
)
from baoyen_analysis.measures.readings import LONGEST_SPAN

AHEAD, DRAWN, HIGHEST, AROUND = 2, 2, 0.25, 0.03
JUDGED = list(itertools.product((2, 3, 4, 5), (1, 2, 3, 4, 5)))  # number of figures, gap
# Histories that only the chance is tuned on: more figures, and figures further apart.
BEYOND = [*itertools.product((2, 3, 4, 5), (7, 10)), *itertools.product((8,), (2, 3, 4, 5))]
VERDICTS = ["fast_enough", "turns_on", "too_slow"]
BANDS = {(3, 5): (48, 43, 24), (5, 10): (38, 31, 16), (10, 15): (25, 19, 8), (15, 20): (22, 17, 5)}
TOURISM = {(10, 15): (21, 16, 18)}


def pace_verdicts(values: np.ndarray, years: np.ndarray, *, goals: np.ndarray, year: int) -> np.ndarray:
    """The verdict on many plain series at once, one word a series: reached, fast_enough, too_slow or
    turns_on.

    `values`: series × points, positive, exact; `years`: those of the points, in order; `goals`: one a
    series, for `year`, where more is better. The last point is the outcome and every earlier one a base, by
    the same rules as readings of a record.

    >>> values = np.array([[75.0, 80.0], [9.35, 50.0]])
    >>> pace_verdicts(values, np.array([2019, 2021]), goals=np.array([95, 55]), year=2024).tolist()
    ['too_slow', 'fast_enough']
    """
    last, span, left = values[:, -1], years[-1] - years[:-1], year - years[-1]
    usable = span <= LONGEST_SPAN
    counts = usable & (span >= min(left, span[usable].max(initial=0)))
    needed = (goals / last) ** (1 / left) - 1
    done = (last[:, None] / values[:, :-1]) ** (1 / span) - 1
    enough = (done >= needed[:, None] - 1e-12)[:, counts]
    answers = np.select([enough.all(axis=1), ~enough.any(axis=1)], ["fast_enough", "too_slow"], "turns_on")
    return np.where(last >= goals, "reached", answers)


def goals(held: dict, cells: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """One row a goal: its set, the number of figures and their gap, the growth needed, whether it was met,
    the verdict, and on logs over the spread the growth projected (`grown`) and the way to go (`way`)."""
    draw, found = np.random.default_rng(1), []
    for (n, gap), (name, series) in itertools.product(cells, held.items()):
        values, actual, _ = histories(series, n, gap)
        if not len(values):
            continue
        spans = gap * np.arange(n - 1, 0, -1)
        done = (values[:, -1:] / values[:, :-1]) ** (1 / spans) - 1
        size = (len(values), DRAWN)
        own = np.take_along_axis(done, draw.integers(0, n - 1, size), axis=1)
        needed = np.c_[draw.uniform(0, HIGHEST, size), own + draw.uniform(-AROUND, AROUND, size)]
        aims = values[:, -1:] * (1 + needed) ** AHEAD
        years = gap * np.arange(1 - n, 1)
        judged = [pace_verdicts(values, years, goals=aim, year=AHEAD) for aim in aims.T]
        fitted = fit(as_table(values, gap), PRIOR_GROWTH, domain_of(name))
        growth, spread = carried(fitted, np.full((len(values), 1), AHEAD))
        rows = {
            "needed": 100 * needed,
            "met": actual[:, AHEAD - 1, None] >= aims,
            "verdict": np.column_stack(judged),
            "grown": np.broadcast_to(growth / spread, needed.shape),
            "way": AHEAD * np.log1p(np.maximum(needed, 0)) / spread,
            "kept": np.broadcast_to(fitted.kept[:, None], needed.shape),
        }
        found.append(
            pd.DataFrame({label: cell.ravel() for label, cell in rows.items()}).assign(set=name, n=n, gap=gap)
        )
    table = pd.concat(found, ignore_index=True)
    return table[table["needed"] > 0].reset_index(drop=True)


def hit_rates(table: pd.DataFrame, bands: dict, title: str) -> None:
    print(f"\n{title} ({len(table):,} goals): met, in per cent, by growth needed a year and verdict")
    for (low, high), wanted in bands.items():
        part = table[table["needed"].between(low, high, inclusive="left")]
        came = 100 * part.groupby("verdict")["met"].mean().reindex(VERDICTS)
        far = (came - list(wanted)).abs().max()
        shown = ", ".join(f"{verdict} {share:.1f}" for verdict, share in came.items())
        print(
            f"  {low:2}-{high:2} %: {shown} of {len(part):,}; wanted {wanted}: "
            f"{'holds' if far <= 2 else 'FAILS'}, at most {far:.1f} points off"
        )


def chance(table: pd.DataFrame, kept: pd.Series | float) -> np.ndarray:
    return t3_distribution((kept * table["grown"] - table["way"]).to_numpy(dtype=float))


def classes(table: pd.DataFrame) -> pd.Series:
    """The row and column of projection.csv: "3 kept_2"."""
    column = np.array(KEPT)[np.searchsorted(GAPS, table["gap"])]
    return table["n"].clip(upper=5).astype(str) + " " + column


def tuned(table: pd.DataFrame) -> pd.Series:
    """The share of the growth by which the chance fits best (likelihood, Newton's steps), class by class;
    never more than all of it, and from five consecutive figures the chance stays as it is."""
    found = {}
    for name, rows in table.groupby(classes(table)):
        weight = rows.groupby("set")["met"].transform("size").to_numpy(dtype=float) ** -0.5
        grown, met, kept = rows["grown"].to_numpy(), rows["met"].to_numpy(dtype=float), 1.0
        for _ in range(40):
            t = kept * grown - rows["way"].to_numpy()
            said = np.clip(t3_distribution(t), 1e-6, 1 - 1e-6)
            slope = grown * 2 / (np.pi * np.sqrt(3) * (1 + t**2 / 3) ** 2)
            by = weight / (said * (1 - said))
            kept += np.clip((by * slope * (met - said)).sum() / (by * slope**2).sum(), -0.3, 0.3)
        found[name] = 1.0 if name == "5 kept_1" else min(kept, 1.0)
    return pd.Series(found)


def brier(said: np.ndarray, table: pd.DataFrame) -> float:
    return float(((said - table["met"]) ** 2).mean())


def auc(said: np.ndarray | pd.Series, table: pd.DataFrame) -> float:
    """The chance that a goal that was met had been given a higher chance than one that was not."""
    met, places = table["met"].to_numpy(), pd.Series(said).rank().to_numpy()
    hits = met.sum()
    return float((places[met].sum() - hits * (hits + 1) / 2) / (hits * (len(met) - hits)))


def bins(said: np.ndarray, table: pd.DataFrame) -> str:
    rows = calibration(said, table["met"].to_numpy())
    rows = rows[rows["cases"] >= 50]
    return "  ".join(f"{row.said:.0f}>{row.came:.0f}" for row in rows.itertuples())


def show_scores(table: pd.DataFrame, given: dict[str, np.ndarray], title: str) -> None:
    print(f"\n{title} ({len(table):,} goals):")
    by_verdict = table.groupby("verdict")["met"].transform("mean")
    bands = pd.cut(table["needed"], [0, 3, 5, 10, 15, 20, np.inf])
    in_band = table.groupby([bands, "verdict"], observed=True)["met"].transform("mean")
    hit_rate = {"the verdict's own hit rate": by_verdict, "its hit rate in its band": in_band}
    for name, said in (given | hit_rate).items():
        print(f"  {name:34} Brier {brier(said, table):.4f}, AUC {auc(said, table):.3f}")
    for name, said in given.items():
        print(f"  {name:34} said>came  {bins(said, table)}")


def show_kept(by_class: dict[str, pd.Series]) -> None:
    shipped = CONSTANTS[CONSTANTS["domain"] == "general"].set_index("points")[KEPT]
    table = pd.DataFrame(by_class)
    table["projection.csv"] = [shipped.at[int(name[0]), name[2:]] for name in table.index]
    print(
        "\nShare of the projected growth that the chance counts, by number of figures (5: and more) and gap,"
    )
    print("tuned on all sets and leaving one out:", table.round(2).to_string(), sep="\n")


def main(folder: Path) -> None:
    if not folder.is_dir():
        print(f"skipped: the series are not at {folder}")
        return
    held = load(folder)
    table = goals(held, JUDGED)
    count = sum(len(series) for series in held.values())
    print(f"{count:,} series, {len(table):,} goals (wanted 4,344 and 285,302)")
    tourism = table["set"] == "tourism"
    hit_rates(table, BANDS, "All sets")
    hit_rates(table[tourism], TOURISM, "Tourism alone, where the verdict tells nothing")
    wide = pd.concat([table, goals(held, BEYOND)], ignore_index=True)
    by_class = {"all": tuned(wide)} | {f"out {name}": tuned(wide[wide["set"] != name]) for name in SETS}
    show_kept(by_class)
    left_out = pd.Series(np.nan, index=table.index)
    for name in SETS:
        own = table["set"] == name
        left_out[own] = classes(table[own]).map(by_class[f"out {name}"])
    given = {
        "the chance, before": chance(table, 1.0),
        "the chance, after": chance(table, table["kept"]),
        "the chance, tuned on other sets": chance(table, left_out),
    }
    show_scores(table, given, "All goals")
    # Over the bands together the verdict scores .148 and .66 and the chance .136 and .77.
    banded = table["needed"].between(3, 20, inclusive="left")
    for name, part in {"growth needed of 3 to 20 %, the bands": banded, "tourism": tourism}.items():
        show_scores(table[part], {label: said[part] for label, said in given.items()}, f"Goals: {name}")
    print("\nBy number of figures and gap (before, after, tuned on other sets: Brier; said>came):")
    for (n, gap), part in table.groupby(["n", "gap"]):
        for label, said in zip(("before", "after", "others"), given.values(), strict=True):
            told = said[part.index]
            print(
                f"  n = {n}, gap {gap} ({len(part):6,}) {label:6} {brier(told, part):.4f}  {bins(told, part)}"
            )
    same = table["n"].eq(5) & table["gap"].eq(1)
    unchanged = (given["the chance, before"][same] == given["the chance, after"][same]).all()
    print(f"\nFrom five consecutive figures the chance is {'unchanged' if unchanged else 'CHANGED'}.")
    by_set = {name: brier(said, table) for name, said in given.items()}
    print("Brier by set, before > after > tuned on other sets:")
    for name, part in table.groupby("set"):
        print(f"  {name:8}", " > ".join(f"{brier(said[part.index], part):.4f}" for said in given.values()))
    print("  all     ", " > ".join(f"{score:.4f}" for score in by_set.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
