"""Figures of old communes summed to the communes that took their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from pandas.api.types import is_numeric_dtype

from baoyen_analysis.places import Area, UnknownArea, as_day, described, find_area, known_areas

# Quantities whose sum over the parts is the quantity of the whole.
ADDITIVE_UNITS = ("billion VND", "visits", "persons", "tonnes", "ha")
_NOT_ADDITIVE_NAME = re.compile(
    r"(?i)(^|[\W_])(per|rate|ratio|share|percent|average|avg|mean|median|index)([\W_]|$)"
)


class IncompleteMerger(ValueError):
    """Figures of old communes that cannot be carried to the new ones; the message names every missing or
    doubtful part."""


def carry(
    table: pd.DataFrame,
    communes: pd.DataFrame,
    *,
    values: Mapping[str, str],
    by: Sequence[str] = ("year",),
    area: str = "area",
    to: date | str = "2025-07-01",
) -> pd.DataFrame:
    """Figures of old communes summed to the communes that stand on the day `to`.

    Parameters
    ----------
    table : DataFrame
        One row an old commune and `by`; a column that is neither a value, `by` nor `area` is left out.
    communes : DataFrame
        The table of communes, as `baoyen_analysis.communes()` gives it.
    values : mapping
        Column -> its unit ("tourist_visits": "visits").
    by : sequence of str
        What else tells rows apart.
    area : str
        The column that names the commune.
    to : date or str
        The day whose communes are wanted.

    Returns
    -------
    DataFrame
        One row a new commune and `by`: `area`, the `by` columns, the values in their own units, and
        `made_from`, the old communes of the sum.

    Raises
    ------
    IncompleteMerger
        All faults at once: a quantity that does not add up (a rate, an average, a sum per head); a commune it
        does not know, or that did not stand in the row's `year` where that is one of `by`; a row twice; a new
        commune of which a part is not in the table or has no value; a part beside the whole it went into.

    Examples
    --------
    >>> merged = pd.DataFrame({"old_name": ["Long Khánh", "Long Phúc"], "valid_to": "2020-02-10",
    ...                        "new_name": "Phúc Khánh", "new_valid_from": "2020-02-11"})
    >>> old = pd.DataFrame({"area": ["Long Khánh", "Long Phúc"], "year": 2018, "persons": [2500.0, 2100.0]})
    >>> carry(old, merged, values={"persons": "persons"}).to_dict("list")  # invented numbers
    {'area': ['Phúc Khánh'], 'year': [2018], 'persons': [4600.0], 'made_from': ['Long Khánh; Long Phúc']}
    """
    by, columns = list(by), list(values)
    if absent := [column for column in (area, *by, *columns) if column not in table]:
        held = ", ".join(map(str, table.columns))
        raise IncompleteMerger(f"the table has no column {', '.join(absent)}; its columns are {held}")
    carried = table[[area, *by, *columns]].copy()
    said = f"does not add up over areas: only quantities in {', '.join(ADDITIVE_UNITS)} are carried"
    faults = [
        f"{column} in {unit} {said}"
        for column, unit in values.items()
        if unit not in ADDITIVE_UNITS or _NOT_ADDITIVE_NAME.search(column)
    ]
    faults += [f"{name} holds text, not numbers" for name in columns if not is_numeric_dtype(carried[name])]
    written, unknown, every = {}, [], known_areas(communes)
    for name in carried[area].unique():
        try:
            written[name] = find_area(name, "commune", communes=every).name
        except UnknownArea as error:
            unknown.append(str(error))
    carried[area] = carried[area].map(written)
    twice = carried.loc[carried.duplicated([area, *by]), [area, *by]].drop_duplicates()
    faults += unknown + [f"{' '.join(map(str, row))} stands twice" for row in twice.itertuples(index=False)]
    elsewhen = _not_standing(carried, area, every) if "year" in by and not unknown else []
    carried["made_from"] = carried[area]
    last = as_day(to) or date.max
    for day, step in communes.groupby(communes["new_valid_from"].map(as_day)):
        if day <= last and not faults:
            faults = _missing_parts(carried, step, area, by, columns)
            carried[area] = carried[area].replace(dict(zip(step["old_name"], step["new_name"], strict=True)))
            groups = carried.sort_values("made_from", kind="stable").groupby([area, *by], dropna=False)
            carried = groups[columns].sum(min_count=1).assign(made_from=groups["made_from"].agg("; ".join))
            carried = carried.reset_index()
    if faults + elsewhen:
        raise IncompleteMerger("not carried to the new communes: " + "; ".join(faults + elsewhen))
    return carried.sort_values([area, *by], ignore_index=True)


def _not_standing(carried: pd.DataFrame, area: str, every: Sequence[Area]) -> list[str]:
    """The communes of a table that stood on no day of their year."""
    faults = []
    for name, year in carried[[area, "year"]].drop_duplicates().itertuples(index=False, name=None):
        units = [unit for unit in every if unit[:2] == (name, "commune")]
        if not any(unit.first.year <= int(year) <= unit.last.year for unit in units):
            there = "; ".join(map(described, units))
            faults.append(f"{name} {year}: no commune of this name stood then, but {there}")
    return faults


def _missing_parts(
    carried: pd.DataFrame, step: pd.DataFrame, area: str, by: list[str], columns: list[str]
) -> list[str]:
    """What keeps the parts of one day's mergers from being summed."""
    faults = []
    for new, parts in step.groupby("new_name"):
        of = parts.get("old_district", pd.Series("commune", parts.index))
        old = dict(zip(parts["old_name"], parts["old_name"] + " (" + of + ")", strict=True))
        # The unit itself may keep its name; only a row that is no part of it stands beside its parts.
        for key, rows in carried[carried[area].isin({*old, new})].groupby(by or (lambda _: 0), dropna=False):
            unit = " ".join(map(str, (new, *key))) if by else new
            lacking = [text for name, text in old.items() if name not in set(rows[area])]
            if len(lacking) == len(old):
                continue
            if lacking:
                faults.append(f"{unit} lacks its part{'s' * (len(lacking) > 1)} {', '.join(lacking)}")
            empty = rows.loc[rows[columns].isna().any(axis=1), area]
            faults += [f"{unit}: {name} has no value" for name in empty]
            faults += [f"{unit} stands beside its parts"] * (not rows[area].isin(old).all())
    return faults
