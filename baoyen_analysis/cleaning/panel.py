"""Merges income, yield per hectare and tourism to one row an area, level and year; keeps plans, targets and
thresholds apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from baoyen_analysis import places, vocabulary
from baoyen_analysis.cleaning.reconcile import outcome_ranks

# What one outcome of a year is chosen by.
_READ = ["area", "area_level", "indicator", "year", "period"]
_READ += ["kind", "source_kind", "published", "qualifier", "figure_id"]


def yearly(observations: pd.DataFrame) -> pd.DataFrame:
    """The chosen outcomes of full years, one an area, level, indicator and year.

    Where two different definitions were chosen for one year, the first by precedence stands; they are never
    mixed in one number."""
    outcome = observations["kind"].isin(vocabulary.OUTCOMES).to_numpy()
    at = np.flatnonzero(outcome & (observations["status"] == "chosen").to_numpy())
    rows = {name: observations[name].to_numpy(dtype=object)[at] for name in _READ}
    whole = [period == str(year) for period, year in zip(rows["period"], rows["year"], strict=True)]
    order = np.lexsort([*reversed(outcome_ranks(rows).values())])
    order = order[np.array(whole, dtype=bool)[order]]
    _, firsts = places.numbered(*(rows[name][order] for name in _READ[:4]))
    return observations.iloc[at[order[firsts]]]


def merge(observations: pd.DataFrame) -> pd.DataFrame:
    """The panel: a value column an indicator, each followed by `<column>_flag` and `<column>_figure_id`;
    blank where nothing is printed.

    Only full years of the indicators that have a panel column; rural income, GRDP a head and monthly income
    never fill income's."""
    keys = ["area", "area_level", "year"]
    table = yearly(observations)
    table = table[table["indicator"].isin(vocabulary.PANEL_COLUMNS)]
    place, firsts = places.numbered(*(table[key] for key in keys))
    panel = table.iloc[firsts][keys].reset_index(drop=True)
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        of_it = np.flatnonzero(table["indicator"] == indicator)
        row = np.full(len(panel), -1)
        row[place[of_it]] = of_it
        for name, of in ((column, "value"), (f"{column}_flag", "flag"), (f"{column}_figure_id", "figure_id")):
            panel[name] = table[of].array.take(row, allow_fill=True)
    return panel.sort_values(keys, ignore_index=True)


def targets(observations: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Plans, targets and thresholds, each with the goal it belongs to; a goal without a printed number keeps
    a row of its own."""
    was_set = observations[~observations["kind"].isin(vocabulary.OUTCOMES)]
    named = goals.rename(columns={"name_vi": "goal_vi", "name_en": "goal_en", "note": "goal_note"})
    wanted = ["goal_id", "goal_vi", "goal_en", "due", "indicator", "figure_id", "goal_note"]
    with_number = named["figure_id"] != ""
    table = was_set.merge(
        named.loc[with_number, wanted].drop(columns="indicator"),
        on="figure_id",
        how="left",
        validate="one_to_many",
    )
    table = pd.concat([table, named.loc[~with_number, wanted]], ignore_index=True)
    table["note"] = table["note"].fillna(table["goal_note"])
    return table
