"""How many published verdicts the methods of measures.progress reproduce, publisher by publisher, with every miss and why.

    python benchmarks/tracking.py [folder of the cases, ../shared/cases/tracking by default]

The cases are others' data and stay outside the project; without the folder nothing is measured, and this says so.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from baoyen_analysis.measures.progress import PUBLISHED_CLASSES, Progress, normalised, progress

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases" / "tracking"
ARROWS_FROM = ("sdsn_ecowas_2023", "sdsn_benin_departments_2023", "sdsn_eu_2019")


def given(cell: float) -> float | None:
    """A cell, or None where it is blank."""
    return None if pd.isna(cell) else cell


def year(cell: float) -> int | None:
    return None if pd.isna(cell) else int(cell)


def yearly_values(text: str, *, last: float = np.inf) -> pd.Series:
    values = {int(when): value for when, value in json.loads(text).items() if value is not None and int(when) <= last}
    return pd.Series(values, dtype=float).sort_index()


def published(verdict: Progress, method: str) -> str:
    return PUBLISHED_CLASSES[method].get(verdict.class_, "not_available")


def growth_ratio(row: pd.Series) -> Progress:
    """cagr_ratio on the two points that a row of Statistics Canada or Eustat holds, zeros replaced as they do."""
    values = pd.Series({int(row["base_year"]): row["base_value"], int(row["current_year"]): row["current_value"]}, dtype=float)
    target = given(row["target"])
    return progress(values, target, None if target is None else int(row["target_year"]), direction=int(row["direction"]),
                    limit=given(pd.to_numeric(row["limit"], errors="coerce")), zero="0.001")


def check_growth_ratio(table: pd.DataFrame, name: str) -> list[str]:
    """Counts of values (1e-9 relative), classes and scores (1e-6) that agree, and a line for each row that does not."""
    hits, misses = np.zeros(3, dtype=int), []
    for _, row in table.iterrows():
        ours = growth_ratio(row)
        agrees = [np.isclose(ours.ratio, row["expected_value"], rtol=1e-9, atol=1e-15, equal_nan=True),
                  published(ours, "cagr_ratio") == row["expected_class"],
                  np.isclose(ours.score, row["expected_score"], rtol=0, atol=1e-6, equal_nan=True)]
        hits += agrees
        if not all(agrees):
            theirs = f"{row['expected_value']:.6g} {row['expected_class']}"
            misses.append(f"  {row['case_id']}: {ours.ratio:.6g} {ours.class_}, published {theirs}")
    print(f"cagr_ratio, {name}: values {hits[0]}, classes {hits[1]}, scores {hits[2]} of {len(table)}")
    return misses


def arrow(row: pd.Series, *, above_and_falling: str) -> Progress:
    """linear_pace as SDSN draws it: the trend starts with the period's first point, or the last one before when the period has one
    point."""
    values = yearly_values(row["annual_series"])
    period = row["trend_period"] if isinstance(row["trend_period"], str) else ""
    start = int(period.split(" - ")[0]) if " - " in period else values.index[0]
    start = start if (values.index[:-1] >= start).any() else values.index[-2]
    scale = {"worst": row["worst"], "best": row["best"]}
    green = normalised(pd.Series({2000: row["green"]}), **scale)["value"].iloc[0]
    return progress(normalised(values, **scale), green, 2030, "linear_pace", base_year=int(start), above_and_falling=above_and_falling)


def check_arrows(table: pd.DataFrame, name: str, *, above_and_falling: str = "stagnating") -> None:
    stated = table[table["expected_arrow"].notna()]
    judged = stated[[len(yearly_values(text)) > 1 for text in stated["annual_series"]]]
    ours = [published(arrow(row, above_and_falling=above_and_falling), "linear_pace") for _, row in judged.iterrows()]
    same = [name == expected for name, expected in zip(ours, judged["expected_arrow"])]
    rule = "the rule of 2023" if above_and_falling == "stagnating" else "that edition's rule"
    print(f"linear_pace, {name}, {rule}: arrows {sum(same)} of {len(judged)} ({len(stated) - len(judged)} rest on one stored point)")


def check_scores(table: pd.DataFrame, name: str, *, tolerance: float) -> None:
    stated = table[table["expected_score_0_100"].notna()]
    if stated.empty:
        return
    ours = [normalised(pd.Series({2000: row["latest_value"]}), worst=row["worst"], best=row["best"])["value"].iloc[0]
            for _, row in stated.iterrows()]
    same = np.isclose(np.maximum(ours, 0), stated["expected_score_0_100"], rtol=0, atol=tolerance)
    print(f"linear_pace, {name}: scores {same.sum()} of {len(stated)}")


def symbol(row: pd.Series) -> Progress:
    """recent_pace on what was known in the assessed year; no target for a direction, no year for a constant threshold."""
    values = yearly_values(row["annual_series"], last=row["assessed_year"])
    return progress(values, given(row["target"]), year(row["target_year"]) if row["rule"] == "specific" else None, "recent_pace",
                    int(row["direction"]))


def why_missed(row: pd.Series, ours: Progress) -> str:
    """What the publisher's flags say of the six years before the verdict."""
    flags = json.loads(row["obs_flags"]) if isinstance(row["obs_flags"], str) else {}
    recent = {when: flag for when, flag in flags.items() if row["assessed_year"] - 5 <= int(when) <= row["assessed_year"]}
    marks = {"r": "revised", "|": "break", "p": "provisional"}
    named = sorted({word for flag in recent.values() for mark, word in marks.items() if mark in flag})
    away = min(abs(ours.ratio - 0.95), abs(ours.ratio - 0.80), abs(ours.ratio)) if row["rule"] == "specific" else np.nan
    edge = f"a ratio of {ours.ratio:.3f}, {away:.3f} from a cut" if np.isfinite(away) else ""
    since = f"since the verdict: {', '.join(named)}" if named else "no flag: the numbers as published give our symbol"
    read = f"target computed: {row['target_read_as']}" if "vs" in str(row["target_read_as"]) else ""
    return "; ".join(filter(None, [since, edge, read]))


def check_symbols(table: pd.DataFrame) -> None:
    ours = [symbol(row) for _, row in table.iterrows()]
    classes = [published(verdict, "recent_pace") for verdict in ours]
    judged = [name != "not_available" for name in classes]
    same = [name == expected for name, expected in zip(classes, table["expected_class"])]
    print(f"recent_pace, Destatis: symbols {sum(same)} of {sum(judged)} ({len(table) - sum(judged)} have too few values); misses:")
    for (_, row), verdict, name, held, hit in zip(table.iterrows(), ours, classes, judged, same):
        if held and not hit:
            print(f"  {row['case_id']} ({row['rule']}): {name}, published {row['expected_class']}; {why_missed(row, verdict)}")


def main(folder: Path) -> None:
    if not folder.is_dir():
        print(f"skipped: the cases are not at {folder}")
        return
    held = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv")}
    current, vintages = held["statcan_open_sdg"], held["statcan_vintages"]
    misses = check_growth_ratio(current[current["base_value"].notna()], "Statistics Canada, current")
    later = vintages[(vintages["method"] == "open-sdg-2.4") & vintages["base_value"].notna()]
    misses += check_growth_ratio(later, "Statistics Canada, vintages of open-sdg-2.4")
    eustat = held["eustat_open_sdg_variant"]
    ratios = [growth_ratio(row).ratio for _, row in eustat.iterrows()]
    same = np.isclose(ratios, eustat["expected_value"], rtol=1e-9, atol=1e-15, equal_nan=True)
    print(f"cagr_ratio, Eustat: values {same.sum()} of {len(eustat)}", *misses, sep="\n")
    for name in ARROWS_FROM:
        check_arrows(held[name], name)
        check_scores(held[name], name, tolerance=1e-6 if name.endswith("2023") else 1e-3)
    check_arrows(held["sdsn_eu_2019"], "sdsn_eu_2019", above_and_falling="on_track")
    check_symbols(held["destatis_weather_symbols"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
