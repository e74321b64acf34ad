"""What each column of the collected tables must hold, as `raw.csv` says it: known words, known places and
sources, readable periods and numbers, one row an id, NFC text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date

import numpy as np
import pandas as pd

from baoyen_analysis import paths, places, vocabulary
from baoyen_analysis.cleaning.faults import Faults
from baoyen_analysis.printed.periods import UnreadablePeriod, parse_period

COLUMNS = paths.rows_beside(__file__, "raw.csv")
_IDS = {"sources": "source_id", "figures": "figure_id"}
Tables = dict[str, pd.DataFrame]


def check(tables: Tables, faults: Faults, *, broken: Collection[str] = ()) -> None:
    """Gather every fault of the tables. In one that could not be read whole (`broken`) rows are missing: that
    a row names none of its ids is not held against it."""
    for table in tables.values():
        _check_nfc(table, faults)
    for row in COLUMNS:
        if row["rule"] and row["table"] in tables:
            _check_rule(tables, row, faults, broken)
    _check_units(tables["figures"], faults)
    _check_amounts(tables["comparisons"], faults)
    _check_communes(tables["communes"], faults)


def _check_rule(tables: Tables, row: dict[str, str], faults: Faults, broken: Collection[str]) -> None:
    """The rule of one column, as a row of `raw.csv` gives it."""
    table, column, rule = tables[row["table"]], row["column"], row["rule"].removesuffix(" or blank")
    values = table[column]
    if rule != row["rule"]:
        values = values[values != ""]
    if rule == "unique":
        faults.add_rows(table[values == ""], column, f"{column} is blank", row["remedy"])
        _check_twice(table[values != ""], column, values, faults)
        return
    if (row["of"] if rule == "refers" else "communes" if rule == "area" else "") in broken:
        return
    if rule == "area":
        values = values + " (" + table[row["of"]] + ")"
    holds = _RULES[rule](values, row["of"], tables)
    bad = table.loc[values.index[~holds]]
    problem, remedy = _PROBLEMS[rule].format(column=column), row["remedy"]
    if not remedy:
        remedy = f"Use one of {', '.join(_codes(row['of']))}"
    faults.add_rows(bad, column, problem + values[bad.index].str[:80], remedy)


def _codes(of: str) -> list[str]:
    """The values of a vocabulary, of several, or those listed themselves."""
    return [code for part in of.split("|") for code in getattr(vocabulary, part, [part])]


def _areas(tables: Tables) -> set[str]:
    """The areas by name and level, as far as the table of communes can be read."""
    return {f"{area.name} ({area.level})" for area in places.known_areas(_dated(tables["communes"]))}


def _dated(communes: pd.DataFrame) -> pd.DataFrame:
    """The communes whose days can be read."""
    days = zip(communes["valid_to"], communes["new_valid_from"], strict=True)
    return communes[np.array([_is_day(last) and _is_day(first) for last, first in days], dtype=bool)]


def is_published(text: str) -> bool:
    """Whether a text is a day, a month or a year in ISO order, or blank: only such dates stand in the order
    of their letters.

    >>> [is_published(text) for text in ("2025-06-01", "2025-06", "2025", "", "31/12/2022", "2023-02-29")]
    [True, True, True, True, False, False]
    """
    return text == "" or _is_day(text + "-01-01"[len(text) - 4 :] if 4 <= len(text) < 10 else text)


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def _readable(text: str) -> bool:
    try:
        return bool(parse_period(text))
    except UnreadablePeriod:
        return False


def _check_nfc(table: pd.DataFrame, faults: Faults) -> None:
    for column in table.columns.drop(["file", "row"]):
        other = [text for text in table[column].unique() if not unicodedata.is_normalized("NFC", text)]
        if other:
            remedy = "Save it in NFC (the composed form of Vietnamese letters)"
            faults.add_rows(
                table[table[column].isin(other)], column, "the text is not in Unicode NFC", remedy
            )


def _check_twice(table: pd.DataFrame, column: str, key: pd.Series, faults: Faults) -> None:
    key = key[table.index]
    first = table.assign(key=key).drop_duplicates("key").set_index("key")
    again = table[key.duplicated()]
    said = [
        f"{name} stands already in {first.at[name, 'file']}, row {first.at[name, 'row']}"
        for name in key[again.index]
    ]
    faults.add_rows(again, column, pd.Series(said, dtype=str), f"Give each row its own {column}")


def _numbers(values: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(values.where(values.str.len() < 100), errors="coerce").astype(float)
    return pd.Series(np.isfinite(numbers), index=values.index)


def _each(holds: Callable[[str], bool]) -> Callable[..., pd.Series]:
    """A rule that each distinct text keeps or breaks by itself."""
    return lambda values, *_: values.isin([text for text in values.unique() if holds(text)])


_RULES: dict[str, Callable[..., pd.Series]] = {
    "refers": lambda values, of, tables: values.isin(tables[of][_IDS[of]]),
    "listed": lambda values, of, _: values.isin(_codes(of)),
    "area": lambda values, _, tables: values.isin(_areas(tables)),
    "number": lambda values, *_: _numbers(values),
    "period": _each(_readable),
    "day": _each(_is_day),
    "published": _each(is_published),
}
_PROBLEMS = {
    "refers": "unknown {column}: ",
    "listed": "unknown {column}: ",
    "area": "unknown area: ",
    "number": "{column} is not a number: ",
    "period": "unknown period: ",
    "day": "{column} is no day: ",
    "published": "{column} is no date: ",
}


def _check_units(table: pd.DataFrame, faults: Faults) -> None:
    """An indicator is measured in its own unit."""
    expected = table["indicator"].map({name: known.unit for name, known in vocabulary.INDICATORS.items()})
    other = table[table["unit"].isin(vocabulary.UNITS) & expected.notna() & (table["unit"] != expected)]
    said = other["indicator"] + " is measured in " + expected[other.index] + ", not " + other["unit"]
    faults.add_rows(other, "unit", said, "Give it in that unit, or as another indicator")


def _check_amounts(table: pd.DataFrame, faults: Faults) -> None:
    """Nothing can be divided by a comparison that says nothing is left of it."""
    least = table["relation"].map({"ratio": 0.0, "percent_of": 0.0, "percent_change": -100.0})
    bad = table[pd.to_numeric(table["amount"], errors="coerce") <= least]
    said = "no base follows from this amount: " + bad["amount"]
    faults.add_rows(bad, "amount", said, "Look for a lost sign or another relation")


def _check_communes(table: pd.DataFrame, faults: Faults) -> None:
    """A commune ends once, and the next begins after."""
    names = table["old_code"] + " " + table["old_name"] + " to " + table["valid_to"]
    _check_twice(table, "old_name", names, faults)
    days = _dated(table)
    bad = days[days["new_valid_from"] <= days["valid_to"]]
    said = "the new commune begins on " + bad["new_valid_from"] + ", before the old one has ended"
    faults.add_rows(bad, "new_valid_from", said, "Give the day after valid_to")
