"""What a chart reads from a table: its columns, and numbers that can be drawn. No drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

# Flags of figures that are not exact, or not final: their marks are hollow.
HOLLOW_FLAGS = ("at_least", "at_most", "about", "range", "estimate", "preliminary")


def columns_of(table: pd.DataFrame, needed: Sequence[str], defaults: Mapping[str, object]) -> pd.DataFrame:
    """A copy with the columns a chart reads, the optional ones filled with their defaults; refuses a table
    without the needed ones."""
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
    return filled


def numeric(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table with some columns as floats."""
    return table.assign(**{name: pd.to_numeric(table[name]).astype(float) for name in columns})


def refuse_infinite(
    table: pd.DataFrame, columns: Sequence[str], *, named: str, missing: bool = False
) -> None:
    """Refuses numbers that no chart can show, and on request missing ones, all at once, by what the column
    `named` calls their rows."""
    wrong = [
        f"{name} is {'missing' if pd.isna(row[name]) else 'infinite'} in {row[named]}"
        for _, row in table.iterrows()
        for name in columns
        if (missing if pd.isna(row[name]) else np.isinf(row[name]))
    ]
    if wrong:
        raise ValueError(f"{'; '.join(wrong)}: a chart draws finite numbers; leave the rows out or mend them")


def points_of(series: pd.DataFrame) -> pd.DataFrame:
    """A series as it is drawn: year, value, low, high, flag, definition, derived; years without a value are
    gaps. Refuses an infinite year or value; an interval may be open."""
    defaults = {"low": np.nan, "high": np.nan, "flag": "", "definition": "", "derived": False}
    table = numeric(columns_of(series, ("year", "value"), defaults), ("year", "value", "low", "high"))
    refuse_infinite(table.assign(named=table["year"].map("{:g}".format)), ("year", "value"), named="named")
    table["derived"] = table["derived"].astype("boolean").fillna(False).astype(bool)
    return table.dropna(subset=["year", "value"]).sort_values("year", kind="stable").reset_index(drop=True)


class Figures(NamedTuple):
    """What a picture over the years draws: series by name, goals and other sources' figures (each with its
    `series`), a projection."""

    series: dict[str, pd.DataFrame]
    goals: pd.DataFrame
    others: pd.DataFrame
    projection: pd.DataFrame | None

    @property
    def first(self) -> str:
        """The series that the picture is about."""
        return next(iter(self.series))

    def reach(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """First and last year, least (0 at most) and greatest value of all that is drawn."""
        tables = [*self.series.values(), self.goals[["year", "value"]], self.others[["year", "value"]]]
        tables += [] if self.projection is None else [self.projection]
        years = np.concatenate([table["year"].to_numpy(float) for table in tables])
        drawn = "^(value|low|high|median|low_.*|high_.*)$"
        values = np.concatenate([table.filter(regex=drawn).to_numpy(float).ravel() for table in tables])
        values = values[np.isfinite(values)]
        first, last = years.min(), years.max()
        alone = float(first == last)
        return (first - alone, last + alone), (min(0.0, values.min()), values.max())


def figures_of(
    series: Mapping[str, pd.DataFrame],
    targets: pd.DataFrame | None,
    conflicts: pd.DataFrame | None,
    projection: pd.DataFrame | None,
) -> Figures:
    """The tables given, checked, with all the columns that are read of them."""
    tables = {label: points_of(table) for label, table in series.items()}
    if all(table.empty for table in tables.values()):
        raise ValueError("no series has a value to draw")
    none, first = pd.DataFrame(columns=["year", "value"]), next(iter(tables))
    kinds = {"kind": "plan", "qualifier": "", "series": first}
    goals = columns_of(points_of(none if targets is None else targets), (), kinds)
    others = columns_of(points_of(none if conflicts is None else conflicts), (), {"series": first})
    strange = {*goals["series"], *others["series"]} - set(tables)
    if strange:
        raise ValueError(f"targets or conflicts name series that are not drawn: {', '.join(sorted(strange))}")
    if projection is None:
        return Figures(tables, goals, others, None)
    rows = projection.sort_values("year").reset_index(drop=True)
    bands = [name for name in rows if name == "median" or name.startswith(("low_", "high_"))]
    refuse_infinite(rows, bands, named="year", missing=True)
    return Figures(tables, goals, others, rows)
