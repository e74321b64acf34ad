"""Does the stability figure mean something? The share of published classes that changed in the next state, by
stability.

    python benchmarks/stability.py [folder of the cases, ../shared/cases/tracking by default]

Statistics Canada's hubs publish state after state of the same indicator. For each state whose next one added
a year, under the same method and settings, the indicator's annual series is cut at the state's current year
and given to progress; then: did the published class change? The series are those of today, so revised since:
the figures are close to what the publisher saw, not the same."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from tracking import FOLDER, yearly_values

from baoyen_analysis.measures.progress import progress
from baoyen_analysis.measures.published import PUBLISHED_CLASSES

BANDS = [0, 1 / 3, 2 / 3, 0.999, 1]
LABELS = ["up to 1/3", "to 2/3", "below 1", "1"]
SETTINGS = ("config_changed", "base_year_changed")


def states(folder: Path) -> pd.DataFrame:
    """Published states with what the next one changed and whether its class did, joined to the annual
    series."""
    table = pd.read_csv(
        folder / "statcan_vintages.csv"
    )  # a series' states stand in the order in which they were published
    followed = ["change_from_previous", "class_changed", "expected_class", "method"]
    nexts = table.groupby(["frame", "series"])[followed].shift(-1).add_prefix("next_")
    current = pd.read_csv(folder / "statcan_open_sdg.csv")
    joined = pd.concat([table, nexts], axis=1).merge(
        current.assign(frame=current["case_id"].str[:3])[["frame", "series", "annual_series"]],
        on=["frame", "series"],
    )
    changed = joined["next_change_from_previous"].fillna("")
    added = changed.str.contains("new_year") & ~changed.str.contains("|".join(SETTINGS))
    judged = (
        joined[["expected_class", "next_expected_class"]].fillna("not_available") != "not_available"
    ).all(axis=1)
    same_method = joined["method"] == joined["next_method"]
    return joined[added & judged & same_method & joined["annual_series"].notna()]


def judged_then(row: pd.Series) -> dict | None:
    """The verdict and stability on the series as it stood, or None where it cannot be judged."""
    values = yearly_values(row["annual_series"], last=row["current_year"])
    target = (
        {} if pd.isna(row["target"]) else {"target": row["target"], "target_year": int(row["target_year"])}
    )
    verdict = progress(
        values,
        direction=int(row["direction"]),
        base_year=int(row["base_year"]),
        zero="0.001",
        limit=pd.to_numeric(row["limit"], errors="coerce"),
        **target,
    )
    if not verdict.class_:
        return None
    return {
        "stability": verdict.stability,
        "changed": row["next_class_changed"] == 1,
        "as_published": PUBLISHED_CLASSES["cagr_ratio"][verdict.class_] == row["expected_class"],
        "method": row["method"],
    }


def by_stability(table: pd.DataFrame) -> pd.DataFrame:
    bands = pd.cut(table["stability"], BANDS, labels=LABELS, include_lowest=True)
    return table.groupby(bands, observed=True)["changed"].agg(
        states="size", changed="sum", share=lambda part: round(100 * part.mean(), 1)
    )


def main(folder: Path) -> None:
    if not folder.is_dir():
        print(f"skipped: the cases are not at {folder}")
        return
    table = pd.DataFrame(filter(None, (judged_then(row) for _, row in states(folder).iterrows())))
    known = table[table["stability"].notna()]
    print(
        f"{len(table)} states with a series and a next state that added a year; "
        f"{100 * table['changed'].mean():.1f} % changed class"
    )
    print(
        f"our class is the published one in {100 * table['as_published'].mean():.0f} % "
        "(series revised since; two methods)"
    )
    print(
        f"{len(table) - len(known)} have no other base to compare\n\n"
        "Published classes that changed in the next state, by stability:"
    )
    print(by_stability(known).to_string(), "\nThe same under open-sdg-2.4 alone:", sep="\n")
    print(by_stability(known[known["method"] == "open-sdg-2.4"]).to_string())
    correlation = np.corrcoef(known["stability"], known["changed"])[0, 1]
    print(f"\ncorrelation of stability with the change: {correlation:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
