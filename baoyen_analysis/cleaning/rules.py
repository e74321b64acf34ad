"""What each column of the collected tables must hold, as `raw.csv` says it: known words, known places and
sources, readable periods and numbers, one row an id, NFC text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

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
    remedy = "Save it in NFC (the composed form of Vietnamese letters)"
    for table in tables.values():
        for column in table.columns.drop(["file", "row"]):
            composed = _each(lambda text: unicodedata.is_normalized("NFC", text))(table[column])
            bad = table[~composed]
            faults.add_rows(bad, column, ["the text is not in Unicode NFC"] * len(bad), remedy)
    for row in COLUMNS:
        if row["rule"] and row["table"] in tables:
            _check_rule(tables, row, faults, broken)
    _check_together(tables, faults)


def _check_rule(tables: Tables, row: dict[str, str], faults: Faults, broken: Collection[str]) -> None:
    """The rule of one column, as a row of `raw.csv` gives it."""
    table, column, rule = tables[row["table"]], row["column"], row["rule"].removesuffix(" or blank")
    values, remedy = table[column], row["remedy"]
    if rule != row["rule"]:
        values = values[values != ""]
    if rule == "unique":
        bad = table[values == ""]
        faults.add_rows(bad, column, [f"{column} is blank"] * len(bad), remedy)
        _check_twice(table[values != ""], column, values, faults)
        return
    if (row["of"] if rule == "refers" else "communes" if rule == "area" else "") in broken:
        return
    if rule == "area":
        values = values + " (" + table[row["of"]] + ")"
    problem, holds = _RULES[rule]
    bad = table.loc[values.index[~holds(values, row["of"], tables)]]
    remedy = remedy or f"Use one of {', '.join(_codes(row['of']))}"
    faults.add_rows(bad, column, problem.format(column=column) + values[bad.index].str[:80], remedy)


def _codes(of: str) -> list[str]:
    """The values of a vocabulary, of several, or those listed themselves."""
    return [code for part in of.split("|") for code in getattr(vocabulary, part, [part])]


def _areas(communes: pd.DataFrame) -> list[str]:
    """The areas by name and level, as far as the table of communes can be read."""
    return [f"{area.name} ({area.level})" for area in places.known_areas(_dated(communes))]


def _dated(communes: pd.DataFrame) -> pd.DataFrame:
    """The communes whose days can be read."""
    days = _each(_is_day)
    return communes[days(communes["valid_to"]) & days(communes["new_valid_from"])]


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


def _check_twice(table: pd.DataFrame, column: str, key: pd.Series, faults: Faults) -> None:
    named = table.assign(key=key)
    first = named.drop_duplicates("key").set_index("key")
    again = named[named["key"].duplicated()]
    said = [
        f"{name} stands already in {first.at[name, 'file']}, row {first.at[name, 'row']}"
        for name in again["key"]
    ]
    faults.add_rows(again, column, said, f"Give each row its own {column}")


def _each(holds: Callable[[str], bool]) -> Callable[..., pd.Series]:
    """A rule that each distinct text keeps or breaks by itself."""
    return lambda values, *_: values.isin([text for text in values.unique() if holds(text)])


def _are_numbers(values: pd.Series, *_: Any) -> pd.Series:
    return np.isfinite(pd.to_numeric(values.where(values.str.len() < 100), errors="coerce").astype(float))


# What is wrong where a rule is broken, and which values keep it.
_RULES: dict[str, tuple[str, Callable[..., pd.Series]]] = {
    "refers": ("unknown {column}: ", lambda values, of, tables: values.isin(tables[of][_IDS[of]])),
    "listed": ("unknown {column}: ", lambda values, of, _: values.isin(_codes(of))),
    "area": ("unknown area: ", lambda values, _, tables: values.isin(_areas(tables["communes"]))),
    "number": ("{column} is not a number: ", _are_numbers),
    "period": ("unknown period: ", _each(_readable)),
    "day": ("{column} is no day: ", _each(_is_day)),
    "published": ("{column} is no date: ", _each(is_published)),
}


def _check_together(tables: Tables, faults: Faults) -> None:
    """What several columns must hold together: an indicator is measured in its own unit; nothing can be
    divided by a comparison that says nothing is left of it; a commune ends once, and the next
    begins after."""
    figures, comparisons, communes = (tables[name] for name in ("figures", "comparisons", "communes"))
    own = figures["indicator"].map({name: known.unit for name, known in vocabulary.INDICATORS.items()})
    bad = figures[figures["unit"].isin(vocabulary.UNITS) & own.notna() & (figures["unit"] != own)]
    said = bad["indicator"] + " is measured in " + own[bad.index] + ", not " + bad["unit"]
    faults.add_rows(bad, "unit", said, "Give it in that unit, or as another indicator")
    least = comparisons["relation"].map({"ratio": 0.0, "percent_of": 0.0, "percent_change": -100.0})
    bad = comparisons[pd.to_numeric(comparisons["amount"], errors="coerce") <= least]
    said = "no base follows from this amount: " + bad["amount"]
    faults.add_rows(bad, "amount", said, "Look for a lost sign or another relation")
    names = communes["old_code"] + " " + communes["old_name"] + " to " + communes["valid_to"]
    _check_twice(communes, "old_name", names, faults)
    bad = _dated(communes)
    bad = bad[bad["new_valid_from"] <= bad["valid_to"]]
    said = "the new commune begins on " + bad["new_valid_from"] + ", before the old one has ended"
    faults.add_rows(bad, "new_valid_from", said, "Give the day after valid_to")
