"""Four published methods side by side on every plan and target: for the appendix, and to check published
verdicts against. The product's own answer is measures.readings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import figure_ids, real
from baoyen_analysis.measures.progress import attainment, progress
from baoyen_analysis.measures.published import METHODS
from baoyen_analysis.measures.questions import Values, known


def published_methods(
    values: Values,
    *,
    targets: pd.DataFrame,
    methods: Iterable[str] = METHODS,
    direction: int = 1,
    base_year: int | None = None,
    levels: pd.DataFrame | None = None,
    rate: bool = False,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """Every target by every method, side by side, nominal and real apart.

    `targets`: `year`, `value`, perhaps `definition` and `figure_id`. `levels` (see `growth.price_levels`)
    adds the verdicts in constant prices, target and figures both deflated. Columns: `target_year`, `target`,
    `nominal` (the target as printed), `prices` (current or constant), `price_year` (of constant prices: the
    levels' base year), `method`, `ratio`, `class_`, `classes`, `stability`, `base_year`, `base` (where the
    growth done is counted from), `attainment`, `figure_ids`, `reason`."""
    priced = [("current", known(values), targets.assign(nominal=targets["value"], price_year=np.nan))]
    if levels is not None:
        level = levels.set_index("year")["level"]
        deflated = priced[0][2].assign(
            value=targets["value"] / targets["year"].map(level), price_year=level.index[level == 1][0]
        )
        priced.append(("constant", real(values, levels), deflated))
    options = {"direction": direction, "rate": rate, "mix_definitions": mix_definitions}
    return pd.DataFrame(
        [
            _judged(series, row, prices, method, base_year=base_year, **options)
            for prices, series, aims in priced
            for _, row in aims.iterrows()
            for method in methods
        ]
    )


def _judged(
    series: pd.DataFrame, aim: pd.Series, prices: str, method: str, base_year: int | None, **options: Any
) -> dict[str, object]:
    year, level_missing = int(aim["year"]), pd.isna(aim["value"])
    since = None if method == "recent_pace" else base_year
    found = None if level_missing else progress(series, aim, year, method, base_year=since, **options)
    judged = found is not None and found.class_ != ""
    base_year_, base = found.points[["year", "value"]].iloc[0] if found and judged else (np.nan, np.nan)
    return {
        "target_year": year,
        "target": aim["value"],
        "nominal": aim["nominal"],
        "prices": prices,
        "price_year": aim["price_year"],
        "method": method,
        "ratio": found.ratio if found else np.nan,
        "class_": found.class_ if found else "",
        "classes": " | ".join(found.classes) if found else "",
        "stability": found.stability if found else np.nan,
        "base_year": base_year_,
        "base": base,
        "attainment": np.nan if level_missing else attainment(series, aim, direction=options["direction"])[0],
        "figure_ids": figure_ids(found.points if found else series, aim),
        "reason": found.reason if found else "no_price_level",
    }
