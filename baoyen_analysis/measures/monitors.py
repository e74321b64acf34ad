"""Four published methods side by side on every plan and target: for the appendix, and to check published
verdicts against. The product's own answer is measures.readings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import Values, figure_ids, real
from baoyen_analysis.measures.progress import attainment, progress
from baoyen_analysis.measures.published import METHODS
from baoyen_analysis.measures.questions import known


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
    rows = []
    for prices, series, aims in priced:
        shares = [
            np.nan if pd.isna(aim["value"]) else attainment(series, aim, direction=direction)[0]
            for _, aim in aims.iterrows()
        ]
        for (_, aim), method in product(aims.assign(share=shares).iterrows(), methods):
            row = {"target_year": int(aim["year"]), "target": aim["value"], "nominal": aim["nominal"]}
            row |= {"prices": prices, "price_year": aim["price_year"], "method": method}
            if pd.isna(aim["value"]):
                row |= dict.fromkeys(("ratio", "stability", "base_year", "base", "attainment"), np.nan)
                row |= {"class_": "", "classes": "", "figure_ids": figure_ids(series, aim)}
                rows.append(row | {"reason": "no_price_level"})
                continue
            found = progress(
                series,
                aim,
                row["target_year"],
                method,
                direction,
                None if method == "recent_pace" else base_year,
                rate=rate,
                mix_definitions=mix_definitions,
            )
            base = found.points[["year", "value"]].head(1 if found.class_ else 0).reindex([0]).iloc[0]
            rows.append(
                row
                | {"ratio": found.ratio, "class_": found.class_, "classes": " | ".join(found.classes)}
                | {"stability": found.stability, "base_year": base["year"], "base": base["value"]}
                | {"attainment": aim["share"], "reason": found.reason}
                | {"figure_ids": figure_ids(found.points, aim)}
            )
    return pd.DataFrame(rows)
