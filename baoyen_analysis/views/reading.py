"""What a chart reads from a table, and the description of a picture. No drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

# Flags of figures that are not exact, or not final: their marks are hollow.
HOLLOW_FLAGS = ("at_least", "at_most", "about", "range", "estimate", "preliminary")


def columns_of(table: pd.DataFrame, needed: Sequence[str], defaults: Mapping[str, object]) -> pd.DataFrame:
    """A copy with the columns a chart reads, the optional ones filled with their defaults; refuses a table
    without the needed ones, and an infinite number in one of them (a bound may be open, a value not)."""
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise ValueError(
            f"the table has no column {', '.join(missing)}; it has {', '.join(map(str, table.columns))}"
        )
    given = {name: table[name] if name in table.columns else default for name, default in defaults.items()}
    texts = {name: column for name, column in given.items() if isinstance(defaults[name], str)}
    filled = table.assign(**given).reset_index(drop=True)
    for name in texts:
        filled[name] = filled[name].astype(object).where(filled[name].notna(), defaults[name]).astype(str)
    for name in needed:
        infinite = np.isinf(pd.to_numeric(filled[name], errors="coerce").astype(float))
        if infinite.any():
            where = ", ".join(str(cell) for cell in filled.loc[infinite, needed[0]])
            raise ValueError(f"{name} is infinite in {where}: leave it blank, or give what was printed")
    return filled


def points_of(series: pd.DataFrame) -> pd.DataFrame:
    """A series as it is drawn: year, value, low, high, flag, definition, derived; years without a value are
    gaps."""
    defaults = {"low": np.nan, "high": np.nan, "flag": "", "definition": "", "derived": False}
    table = columns_of(series, ("year", "value"), defaults)
    for name in ("year", "value", "low", "high"):
        table[name] = pd.to_numeric(table[name]).astype(float)
    table["derived"] = table["derived"].astype("boolean").fillna(False).astype(bool)
    return table.dropna(subset=["year", "value"]).sort_values("year", kind="stable").reset_index(drop=True)


def sentences(*parts: str) -> str:
    """Parts joined into the description of a picture, each closed by a full stop."""
    return " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts if part)
