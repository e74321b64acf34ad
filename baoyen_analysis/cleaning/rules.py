"""What each column of the collected tables must hold, as `raw.csv` says it: known words, known places and
sources, readable periods and numbers, one row an id, NFC text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from baoyen_analysis import paths, places, vocabulary
from baoyen_analysis.cleaning.faults import Faults
from baoyen_analysis.printed.periods import UnreadablePeriod, parse_period

COLUMNS = paths.rows_beside(__file__, "raw.csv")
# What would steer a screen: control codes but the end of a line, and what turns the way of writing.
_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_IDS = {"sources": "source_id", "figures": "figure_id"}
Tables = dict[str, pd.DataFrame]


def check_texts(tables: Tables, faults: Faults) -> set[str]:
    """Gather the texts that no table may hold, take their rows out, and give the names of those tables."""
    remedy = "Save it in NFC (the composed form of Vietnamese letters), and without control codes"
    unsound = set()
    for name, table in tables.items():
        for column in [name for name in table if len(table) and name not in ("file", "row")]:
            texts = _distinct(table[column])
            # A blank between them joins no letter with a mark: all of them are sound where the whole is.
            if _text_problem(" ".join(texts)):
                strange = {text: said for text in texts if (said := _text_problem(text))}
                bad = table[table[column].isin(strange)]
                faults.add_rows(bad, column, bad[column].map(strange) + bad[column].str[:80], remedy)
                tables[name] = tables[name].drop(bad.index, errors="ignore")
                unsound.add(name)
    return unsound


def check(tables: Tables, faults: Faults, *, broken: Collection[str] = ()) -> None:
    """Gather every fault of the tables. In one that could not be read whole (`broken`) rows are missing: that
    a row names none of its ids is not held against it."""
    ruled = [row for row in COLUMNS if row["rule"] and len(tables.get(row["table"], ()))]
    distinct = {
        (row["table"], row["column"]): _distinct(tables[row["table"]][row["column"]]) for row in ruled
    }
    for row in ruled:
        _check_rule(tables, row, distinct, faults, broken)
    _check_together(tables, faults)


def _check_rule(
    tables: Tables, row: dict[str, str], distinct: dict, faults: Faults, broken: Collection[str]
) -> None:
    """The rule of one column, as a row of `raw.csv` gives it; `distinct`: the values of every column."""
    table, column, rule = tables[row["table"]], row["column"], row["rule"].removesuffix(" or blank")
    values, remedy = table[column], row["remedy"]
    if rule == "unique":
        blank = values == ""
        if blank.any():
            faults.add_rows(table[blank], column, [f"{column} is blank"] * int(blank.sum()), remedy)
            table = table[~blank]
        _check_twice(table, column, table[column].tolist(), faults)
        return
    if (row["of"] if rule == "refers" else "communes" if rule == "area" else "") in broken:
        return
    problem, holds = _RULES[rule][0], _RULES[rule][1](row["of"], tables)
    if rule == "area":
        values = _joined("{} ({})", values, table[row["of"]])
    texts = _distinct(values) if rule == "area" else distinct[row["table"], column]
    wrong = [text for text in texts if not (holds(text) or (text == "" and rule != row["rule"]))]
    if not wrong:
        return
    bad = table[values.isin(wrong)]
    remedy = remedy or f"Use one of {', '.join(_codes(row['of']))}"
    said = problem.format(column=column) + values[bad.index].str[:80]
    if rule in ("refers", "area"):
        # One name that is not there is one fault, however many rows have it.
        others = said.groupby(said).transform("size") - 1
        said += others.map(lambda more: f" (in {more} more rows too)" if more else "")
        bad, said = bad[~said.duplicated()], said.drop_duplicates()
    faults.add_rows(bad, column, said, remedy)


def _codes(of: str) -> list[str]:
    """The values of a vocabulary, of several, or those listed themselves."""
    return [code for part in of.split("|") for code in getattr(vocabulary, part, [part])]


def _areas(communes: pd.DataFrame) -> list[str]:
    """The areas by name and level; a commune whose days can't be read is known by its names all the same."""
    names = [f"{name} (commune)" for name in [*communes["old_name"], *communes["new_name"]]]
    return [f"{area.name} ({area.level})" for area in places.known_areas(_dated(communes))] + names


def _dated(communes: pd.DataFrame) -> pd.DataFrame:
    """The communes whose days can be read."""
    days = zip(communes["valid_to"], communes["new_valid_from"], strict=True)
    return _those(communes, (_is_day(last) and _is_day(first) for last, first in days))


def is_published(text: str) -> bool:
    """Whether a text is a day, a month or a year in ISO order, or blank: only such dates stand in the order
    of their letters.

    >>> [is_published(text) for text in ("2025-06-01", "2025-06", "2025", "", "31/12/2022", "2023-02-29")]
    [True, True, True, True, False, False]
    """
    return text == "" or _is_day(text + "-01-01"[len(text) - 4 :])


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


# A period stands in many rows, and three steps of the cleaning read it.
period = lru_cache(maxsize=1000)(parse_period)


def _readable(text: str) -> bool:
    try:
        return bool(period(text))
    except UnreadablePeriod:
        return False


def _those(table: pd.DataFrame, marks: Iterable[bool]) -> pd.DataFrame:
    """The rows of a table that are marked."""
    return table[np.fromiter(marks, dtype=bool, count=len(table))]


def _joined(form: str, *columns: pd.Series) -> pd.Series:
    """A text a row; pandas takes longer with few of them."""
    return pd.Series([*map(form.format, *columns)], columns[0].index, dtype=str)


def _check_twice(table: pd.DataFrame, column: str, key: list[str], faults: Faults) -> None:
    if len({*key}) == len(key):
        return
    named = table.assign(key=key)
    first = named.drop_duplicates("key").set_index("key")
    again = named[named["key"].duplicated()]
    said = [
        f"{name} stands already in {first.at[name, 'file']}, row {first.at[name, 'row']}"
        for name in again["key"]
    ]
    faults.add_rows(again, column, said, f"Give each row its own {column}")


def _text_problem(text: str) -> str:
    """What no text of the record may be, as words before it; "" where it is sound."""
    if not text.isprintable() and _STEERS.search(text):
        return "the text holds a control code: "
    return "" if unicodedata.is_normalized("NFC", text) else "the text is not in Unicode NFC: "


def _distinct(values: pd.Series) -> list[str]:
    return [*dict.fromkeys(values.tolist())]


def _is_number(text: str) -> bool:
    return len(text) < 100 and _NUMBER.fullmatch(text) is not None and math.isfinite(float(text))


# What is wrong where a rule is broken, and what tells of a text whether it keeps the rule.
_RULES: dict[str, tuple[str, Callable[[str, Tables], Callable[[str], bool]]]] = {
    "refers": (
        "unknown {column}: ",
        lambda of, tables: set(_distinct(tables[of][_IDS[of]])).__contains__,
    ),
    "listed": ("unknown {column}: ", lambda of, _: set(_codes(of)).__contains__),
    "area": ("unknown area: ", lambda _, tables: set(_areas(tables["communes"])).__contains__),
    "number": ("{column} is not a number: ", lambda *_: _is_number),
    "period": ("unknown period: ", lambda *_: _readable),
    "day": ("{column} is no day: ", lambda *_: _is_day),
    "published": ("{column} is no date: ", lambda *_: is_published),
}


def _check_together(tables: Tables, faults: Faults) -> None:
    """What several columns must hold together: an indicator is measured in its own unit; nothing can be
    divided by a comparison that says nothing is left of it; a commune ends once, and the next
    begins after; a goal and a note stand once, and so does what a folder keeps of an office's file."""
    figures, comparisons, communes = (tables[name] for name in ("figures", "comparisons", "communes"))
    own = {name: known.unit for name, known in vocabulary.INDICATORS.items()}
    pairs = zip(figures["indicator"], figures["unit"], strict=True)
    bad = _those(figures, (unit in vocabulary.UNITS and own.get(name, unit) != unit for name, unit in pairs))
    said = [
        f"{name} is measured in {own[name]}, not {unit}"
        for name, unit in zip(bad["indicator"], bad["unit"], strict=True)
    ]
    faults.add_rows(bad, "unit", said, "Give it in that unit, or as another indicator")
    least = comparisons["relation"].map({"ratio": 0.0, "percent_of": 0.0, "percent_change": -100.0})
    bad = comparisons[pd.to_numeric(comparisons["amount"], errors="coerce") <= least]
    said = [f"no base follows from this amount: {amount}" for amount in bad["amount"]]
    faults.add_rows(bad, "amount", said, "Look for a lost sign or another relation")
    goals, notes = tables["goals"], tables["notes"]
    for table, column, form, names in (
        (communes, "old_name", "{} {} to {}", ("old_code", "old_name", "valid_to")),
        (goals, "goal_id", "{} of {} {}", ("goal_id", "indicator", "figure_id")),
        (notes, "figure_id", "{}", ("figure_id",)),
        (tables["files"], "name", "{} {} {} in {}", ("name", "sha256", "sheet", "file")),
        (tables["names"], "label", "{} as {} in {}", ("label", "indicator", "file")),
        (tables["indicators"], "indicator", "{} in {}", ("indicator", "file")),
    ):
        _check_twice(table, column, [*map(form.format, *(table[name] for name in names))], faults)
    bad = _dated(communes)
    bad = bad[bad["new_valid_from"] <= bad["valid_to"]]
    said = [f"the new commune begins on {day}, before the old one has ended" for day in bad["new_valid_from"]]
    faults.add_rows(bad, "new_valid_from", said, "Give the day after valid_to")
