"""How many published verdicts the methods of measures.progress reproduce, publisher by publisher, with every
miss and why.

    python benchmarks/tracking.py [folder of the cases, ../shared/cases/tracking by default]

The cases are others' data and stay outside the project; without the folder nothing is measured, and this says
so."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from baoyen_analysis.measures.progress import Point, assess
from baoyen_analysis.measures.published import PUBLISHED_CLASSES, Aim

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases" / "tracking"
MARKS = {"r": "revised", "|": "break", "p": "provisional"}


def yearly_values(text: str, *, first: float = -np.inf, last: float = np.inf) -> pd.Series:
    """An annual series as a file holds it (JSON, year to value), by year."""
    values = {
        int(year): value
        for year, value in json.loads(text).items()
        if value is not None and first <= int(year) <= last
    }
    return pd.Series(values, dtype=float).sort_index()


def side_by_side(series: list[pd.Series], index: pd.Index) -> pd.DataFrame:
    """Series as rows, years as sorted columns."""
    table = pd.DataFrame(series, index=index)
    return table[sorted(table.columns)]


def progress_many(
    values: pd.DataFrame,
    target: float | pd.Series | None = None,
    target_year: float | pd.Series | None = None,
    method: str = "cagr_ratio",
    direction: float | pd.Series = 1,
    base_year: float | pd.Series | None = None,
    limit: float | pd.Series | None = None,
    zero: str = "refuse",
    *,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    above_and_falling: str = "stagnating",
    percent: bool = False,
) -> pd.DataFrame:
    """`progress` on many series without its checks: one row a series and one column a year, blank where there
    is no figure; targets, years, directions and limits one for all, or a Series by the same index."""
    numbers = [
        np.broadcast_to(np.asarray(np.nan if item is None else item, dtype=float), len(values)).tolist()
        for item in (target, target_year, direction, base_year, limit)
    ]
    tables = [
        (values if table is None else table).to_numpy(dtype=float).tolist() for table in (values, low, high)
    ]
    found = []
    for *row, aims in zip(*tables, zip(*numbers, strict=True), strict=True):
        points = [Point(*point) for point in zip(values.columns, *row, strict=True) if point[1] == point[1]]
        found.append(assess(points, Aim._make([*aims, method, zero, above_and_falling, percent])))
    return pd.DataFrame(found, index=values.index)


def growth_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """cagr_ratio on the two points that each row of Statistics Canada or Eustat holds, zeros replaced as they
    do."""
    points = [
        pd.Series({int(base_year): base, int(year): value})
        for base_year, base, year, value in zip(
            table["base_year"],
            table["base_value"],
            table["current_year"],
            table["current_value"],
            strict=False,
        )
    ]
    return progress_many(
        side_by_side(points, table.index),
        table["target"],
        table["target_year"].where(table["target"].notna()),
        "cagr_ratio",
        table["direction"],
        table["base_year"],
        pd.to_numeric(table["limit"], errors="coerce"),
        zero="0.001",
    )


def published(classes: pd.Series, method: str) -> pd.Series:
    return classes.map(PUBLISHED_CLASSES[method]).fillna("not_available")


def check_growth_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """Whether each row's value (1e-9 relative), class and score (1e-6) agree: columns value, class, score."""
    ours = growth_ratios(table)
    return pd.DataFrame(
        {
            "value": np.isclose(
                ours["ratio"], table["expected_value"], rtol=1e-9, atol=1e-15, equal_nan=True
            ),
            "class": published(ours["class_"], "cagr_ratio") == table["expected_class"],
            "score": np.isclose(
                ours["score"], table["expected_score"].astype(float), rtol=0, atol=1e-6, equal_nan=True
            ),
        },
        index=table.index,
    )


def on_scale(value: pd.Series | pd.DataFrame, table: pd.DataFrame) -> pd.Series | pd.DataFrame:
    """SDSN's scale, (x - worst) / (best - worst) · 100, clipped above at 100 alone; a row a series."""
    return (
        value.sub(table["worst"], axis=0).div(table["best"] - table["worst"], axis=0).mul(100).clip(upper=100)
    )


def check_arrows(table: pd.DataFrame, *, above_and_falling: str = "stagnating") -> pd.Series:
    """linear_pace as SDSN draws it: whether each arrow that rests on two points or more agrees.

    The trend starts with the period's first point, or with the last one before it when the period has one
    point only."""
    stated = table[table["expected_arrow"].notna()]
    series = [yearly_values(text) for text in stated["annual_series"]]
    stated, series = (
        stated[[len(values) > 1 for values in series]],
        [values for values in series if len(values) > 1],
    )
    starts = [
        int(period[:4]) if str(period)[:4].isdigit() else values.index[0]
        for period, values in zip(stated["trend_period"], series, strict=False)
    ]
    starts = [
        start if (values.index[:-1] >= start).any() else values.index[-2]
        for start, values in zip(starts, series, strict=False)
    ]
    ours = progress_many(
        on_scale(side_by_side(series, stated.index), stated),
        on_scale(stated["green"], stated),
        2030,
        "linear_pace",
        base_year=pd.Series(starts, index=stated.index),
        above_and_falling=above_and_falling,
    )
    return published(ours["class_"], "linear_pace") == stated["expected_arrow"]


def check_scores(table: pd.DataFrame) -> pd.Series:
    """Whether each score of 0 to 100 agrees, to four significant digits of what is printed or better."""
    stated = table[table["expected_score_0_100"].notna()]
    ours = on_scale(stated["latest_value"], stated).clip(lower=0)
    return pd.Series(np.isclose(ours, stated["expected_score_0_100"], rtol=0, atol=1e-3), index=stated.index)


def symbols(table: pd.DataFrame) -> pd.DataFrame:
    """recent_pace on what was known in the assessed year; no target for a direction, no year for a constant
    threshold."""
    series = [
        yearly_values(text, last=year)
        for text, year in zip(table["annual_series"], table["assessed_year"], strict=False)
    ]
    target = table["target"].where(table["rule"] != "directional")
    ours = progress_many(
        side_by_side(series, table.index),
        target,
        table["target_year"].where(table["rule"] == "specific"),
        "recent_pace",
        table["direction"],
    )
    return ours.assign(
        symbol=published(ours["class_"], "recent_pace"),
        agrees=published(ours["class_"], "recent_pace") == table["expected_class"],
    )


def why_missed(row: pd.Series, ratio: float) -> str:
    """What the publisher's flags say of the six years before, how near a cut the ratio is, and whether the
    target was computed."""
    flags = json.loads(row["obs_flags"]) if isinstance(row["obs_flags"], str) else {}
    recent = "".join(
        flag for year, flag in flags.items() if row["assessed_year"] - 5 <= int(year) <= row["assessed_year"]
    )
    named = [word for mark, word in MARKS.items() if mark in recent]
    reasons = ["figures since: " + ", ".join(named) if named else "no flag: today's figures give our symbol"]
    if row["rule"] == "specific" and np.isfinite(ratio):
        reasons.append(
            f"ratio {ratio:.3f}, {min(abs(ratio - cut) for cut in (0.95, 0.80, 0.0)):.3f} from a cut"
        )
    if "vs" in str(row["target_read_as"]):
        reasons.append(f"target computed: {row['target_read_as']}")
    return "; ".join(reasons)


def show_symbols(table: pd.DataFrame) -> None:
    ours = symbols(table)
    judged = ours["symbol"] != "not_available"
    print(
        f"recent_pace, Destatis: symbols {ours['agrees'].sum()} of {judged.sum()} "
        f"({(~judged).sum()} have too few values); misses:"
    )
    for index in table.index[judged & ~ours["agrees"]]:
        row = table.loc[index]
        symbol, ratio = ours.loc[index, ["symbol", "ratio"]]
        published_as = f"{symbol}, published {row['expected_class']}"
        print(f"  {row['case_id']} ({row['rule']}): {published_as}; {why_missed(row, ratio)}")


def main(folder: Path) -> None:
    if not folder.is_dir():
        print(f"skipped: the cases are not at {folder}")
        return
    held = {path.stem: pd.read_csv(path) for path in sorted(folder.glob("*.csv"))}
    current, vintages, eustat = (
        held[name] for name in ("statcan_open_sdg", "statcan_vintages", "eustat_open_sdg_variant")
    )
    for name, table in (
        ("current", current),
        ("vintages of open-sdg-2.4", vintages[vintages["method"] == "open-sdg-2.4"]),
    ):
        agrees = check_growth_ratios(table[table["base_value"].notna()])
        print(
            f"cagr_ratio, Statistics Canada, {name}: "
            + ", ".join(f"{column} {agrees[column].sum()}" for column in agrees),
            "of",
            len(agrees),
        )
    print(f"cagr_ratio, Eustat: values {check_growth_ratios(eustat)['value'].sum()} of {len(eustat)}")
    for name in ("sdsn_ecowas_2023", "sdsn_benin_departments_2023", "sdsn_eu_2019"):
        arrows, scores = check_arrows(held[name]), check_scores(held[name])
        print(
            f"linear_pace, {name}: arrows {arrows.sum()} of {len(arrows)}"
            + (f", scores {scores.sum()} of {len(scores)}" if len(scores) else "")
        )
    edition = check_arrows(held["sdsn_eu_2019"], above_and_falling="on_track")
    print(f"linear_pace, sdsn_eu_2019 with that edition's rule: arrows {edition.sum()} of {len(edition)}")
    show_symbols(held["destatis_weather_symbols"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
