"""Figures of old communes summed to the communes that took their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from pandas.api.types import is_numeric_dtype

from baoyen_analysis.places import UnknownArea, as_day, described, find_area, known_areas

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
    """Figures of old communes summed to the communes that stand on the day `to`, one row a new commune and
    `by`.

    `values`: column -> its unit ("tourist_visits": "visits"); a column that is neither a value, `by` nor
    `area` is left out. Gives `area`, the `by` columns, the values in their own units, and `made_from`, the
    old communes of the sum. Refuses (`IncompleteMerger`), all faults at once: a quantity that does not add up
    (a rate, an average, a sum per head); a commune it does not know, or that did not stand in the row's
    `year` where that is one of `by`; a row twice; a new commune of which a part is not in the table or has no
    value; a part beside the whole it went into.

    >>> merged = pd.DataFrame({"old_name": ["Long Khánh", "Long Phúc"], "valid_to": "2020-02-10",
    ...                        "new_name": "Phúc Khánh", "new_valid_from": "2020-02-11"})
    >>> old = pd.DataFrame({"area": ["Long Khánh", "Long Phúc"], "year": 2018, "persons": [2500.0, 2100.0]})  # invented numbers
    >>> carry(old, merged, values={"persons": "persons"}).to_dict("list")
    {'area': ['Phúc Khánh'], 'year': [2018], 'persons': [4600.0], 'made_from': ['Long Khánh; Long Phúc']}
    """
    by, columns = list(by), list(values)
    if absent := [column for column in (area, *by, *columns) if column not in table]:
        raise IncompleteMerger(
            f"the table has no column {', '.join(absent)}; its columns are {', '.join(map(str, table.columns))}"
        )
    carried = table[[area, *by, *columns]].copy()
    faults = _not_additive(values) + [
        f"{name} holds text, not numbers" for name in columns if not is_numeric_dtype(carried[name])
    ]
    carried[area], unknown = _commune_names(carried[area], communes)
    faults += unknown
    twice = carried.loc[carried.duplicated([area, *by]), [area, *by]].drop_duplicates()
    faults += [f"{' '.join(map(str, row))} stands twice" for row in twice.itertuples(index=False)]
    absent = (
        _not_standing(carried[[area, "year"]].drop_duplicates(), communes)
        if "year" in by and not unknown
        else []
    )
    carried["made_from"] = carried[area]
    for day, step in communes.groupby(communes["new_valid_from"].map(as_day)):
        if day <= as_day(to) and not faults:
            faults += _missing_parts(carried, step, area=area, by=by, columns=columns)
            carried = _merged(carried, step, area=area, by=by, columns=columns)
    if faults + absent:
        raise IncompleteMerger("not carried to the new communes: " + "; ".join(faults + absent))
    return carried.sort_values([area, *by], ignore_index=True)


def _not_additive(values: Mapping[str, str]) -> list[str]:
    return [
        f"{column} in {unit} does not add up over areas: only quantities in {', '.join(ADDITIVE_UNITS)} are carried"
        for column, unit in values.items()
        if unit not in ADDITIVE_UNITS or _NOT_ADDITIVE_NAME.search(column)
    ]


def _commune_names(names: pd.Series, communes: pd.DataFrame) -> tuple[pd.Series, list[str]]:
    """The names as the record writes them, and what is wrong with those that are no commune."""
    written, faults = {}, []
    for name in names.unique():
        try:
            written[name] = find_area(name, "commune", communes=communes).name
        except UnknownArea as error:
            faults.append(str(error))
    return names.map(written), faults


def _not_standing(rows: pd.DataFrame, communes: pd.DataFrame) -> list[str]:
    """The communes of a table (commune, year) that stood on no day of their year."""
    faults = []
    for name, year in rows.itertuples(index=False, name=None):
        units = [unit for unit in known_areas(communes) if unit[:2] == (name, "commune")]
        if not any(
            (unit.valid_from or date.min).year <= int(year) <= (unit.valid_to or date.max).year
            for unit in units
        ):
            faults.append(
                f"{name} {year}: no commune of this name stood then, but {'; '.join(map(described, units))}"
            )
    return faults


def _missing_parts(
    carried: pd.DataFrame, step: pd.DataFrame, *, area: str, by: list[str], columns: list[str]
) -> list[str]:
    """What keeps the parts of one day's mergers from being summed."""
    faults = []
    for new, parts in step.groupby("new_name"):
        old = {
            row.old_name: f"{row.old_name} ({getattr(row, 'old_district', 'commune')})"
            for row in parts.itertuples()
        }
        # The unit itself may keep its name; only a row that is no part of it stands beside its parts.
        for key, rows in carried[carried[area].isin({*old, new})].groupby(by or (lambda _: 0), dropna=False):
            unit = " ".join(map(str, (new, *key))) if by else new
            present = set(rows[area])
            if not present & set(old):
                continue
            lacking = [old[name] for name in old if name not in present]
            faults += (
                [f"{unit} lacks its part{'s' * (len(lacking) > 1)} {', '.join(lacking)}"] if lacking else []
            )
            faults += [
                f"{unit}: {name} has no value" for name in rows.loc[rows[columns].isna().any(axis=1), area]
            ]
            faults += [f"{unit} stands beside its parts"] if present - set(old) else []
    return faults


def _merged(
    carried: pd.DataFrame, step: pd.DataFrame, *, area: str, by: list[str], columns: list[str]
) -> pd.DataFrame:
    renamed = carried.assign(
        **{area: carried[area].replace(dict(zip(step["old_name"], step["new_name"], strict=True)))}
    )
    groups = renamed.sort_values("made_from", kind="stable").groupby(
        [area, *by], as_index=False, dropna=False, sort=False
    )
    return groups[columns].sum(min_count=1).assign(made_from=groups["made_from"].agg("; ".join)["made_from"])
