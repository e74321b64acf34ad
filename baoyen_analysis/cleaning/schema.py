"""The tables of data/processed, column by column, as `schema.csv` lists them, and the checks and the data
dictionary made from that one list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis import paths, vocabulary

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
_TYPES = {name: pd.api.types.pandas_dtype(dtype) for name, dtype in DTYPES.items()}
# Lists of values that schema.csv calls by name.
_VOCABULARIES: dict[str, Iterable[str]] = {
    "indicators": vocabulary.INDICATORS,
    "units": vocabulary.UNITS,
    "levels": vocabulary.LEVELS,
    "kinds": vocabulary.KINDS,
    "qualifiers": vocabulary.QUALIFIERS,
    "flags": vocabulary.FLAGS,
    "source_kinds": vocabulary.SOURCE_KINDS,
}


class Field(NamedTuple):
    """A column: its type (`string`, `integer`, `number`, `boolean`), its unit, what it means in both
    languages, and its rules.

    `key` columns together name a row; numbers are rounded to `decimals`; `listed` names a vocabulary or lists
    the values that may stand there, beside a blank."""

    name: str
    type: str
    unit: str
    key: bool
    decimals: int
    en: str
    vi: str
    listed: str

    @property
    def allowed(self) -> tuple[str, ...]:
        """The values that may stand there, beside a blank; none where anything may."""
        known: Iterable[str] = _VOCABULARIES.get(self.listed) or filter(None, self.listed.split("|"))
        return tuple(known)


TABLES: dict[str, tuple[Field, ...]] = {}
_ROWS = paths.rows_beside(__file__, "schema.csv")
for _row in _ROWS:
    _table, _name, _type, _unit, _key, _decimals, *_rest = _row.values()
    _field = Field(_name, _type, _unit, _key == "true", int(_decimals or 0), *_rest)
    TABLES[_table] = (*TABLES.get(_table, ()), _field)


def columns(table: str) -> list[str]:
    """The columns of a table of data/processed, in their order."""
    return [field.name for field in TABLES[table]]


def keys(table: str) -> list[str]:
    """The columns that name a row of a table."""
    return [field.name for field in TABLES[table] if field.key]


def dictionary() -> pd.DataFrame:
    """The data dictionary: one row a column of every table.

    >>> table = dictionary()
    >>> table.loc[(table["table"] == "panel") & (table["column"] == "income_million_vnd"), "unit"].item()
    'million VND/person/year'
    """
    rows = pd.DataFrame(_ROWS)
    rows["key"] = rows["key"] == "true"
    rows["decimals"] = pd.to_numeric(rows["decimals"].mask(rows["decimals"] == ""))
    return typed(rows, "dictionary")


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with just the columns of a table, each in its type, blank strings where nothing stands,
    sorted by key."""
    made: dict[str, Any] = {}
    for field in TABLES[table]:
        column = frame[field.name]
        if column.dtype != _TYPES[field.type]:
            column = column.astype(_TYPES[field.type])
        if field.type == "string" and column.hasnans:
            column = column.fillna("")
        elif field.type == "number":
            column = column.round(field.decimals)
        made[field.name] = column.array
    order = np.arange(len(frame))
    for key in reversed(keys(table)):
        order = order[made[key].take(order).argsort(kind="stable")]
    return pd.DataFrame({name: column.take(order) for name, column in made.items()}, copy=False)


def validate(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame, once its types, its allowed values and its key hold; else pandera's SchemaErrors, all of
    them at once."""
    if _holds(frame, table):
        return frame
    # pandera takes a third of a second to load, and only what does not hold needs its words.
    import pandera.pandas as pa

    fields = TABLES[table]
    rules = {
        field.name: pa.Column(
            DTYPES[field.type],
            pa.Check.isin((*field.allowed, "")) if field.allowed else None,
            nullable=field.type != "string",
        )
        for field in fields
    }
    return pa.DataFrameSchema(rules, strict=True, ordered=True, unique=keys(table)).validate(frame, lazy=True)


def _holds(frame: pd.DataFrame, table: str) -> bool:
    """Whether a frame has just the columns of a table, in their types, with values that may stand there, and
    no key twice."""
    if list(frame.columns) != columns(table) or frame.duplicated(keys(table)).any():
        return False
    for field in TABLES[table]:
        column = frame[field.name]
        if column.dtype != _TYPES[field.type] or (field.type == "string" and column.hasnans):
            return False
        if (allowed := field.allowed) and not {*column.to_numpy(dtype=object)} <= {*allowed, ""}:
            return False
    return True
