"""The words of the record: indicators, units, areas' levels, kinds, qualifiers and flags, with their names in
both languages.

One definition each; the schemas, the data dictionary, the charts and the report are made from these. To add
an indicator, add a row to `indicators.csv`; to add a unit or another code, a row to `codes.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from baoyen_analysis import paths

if TYPE_CHECKING:
    import pandas as pd


class Unit(NamedTuple):
    """A unit of data/raw: `scale` × the base unit that a printed figure is parsed to, with its names."""

    scale: float
    base: str
    vi: str
    en: str


class Indicator(NamedTuple):
    """One quantity with one unit. `column` is its name in the panel ("" where it has none); `direction` is +1
    where higher is better, -1 where lower is, 0 where neither; `counted` quantities are whole numbers; `rate`
    marks a growth rate, `share` a part of a whole (0 to 100 %)."""

    unit: str
    vi: str
    en: str
    column: str = ""
    direction: int = 1
    counted: bool = False
    rate: bool = False
    share: bool = False


CODES = paths.rows_beside(__file__, "codes.csv")


def _named(group: str) -> dict[str, tuple[str, str]]:
    """The codes of a group with their names: (Vietnamese, English)."""
    return {row["code"]: (row["vi"], row["en"]) for row in CODES if row["group"] == group}


def _indicator(row: Mapping[str, str]) -> Indicator:
    marks = (row.get(mark) == "true" for mark in Indicator._fields[5:])
    side = int(row.get("direction") or 1)
    return Indicator(row["unit"], row["vi"], row["en"], row.get("column", ""), side, *marks)


UNITS = {
    row["code"]: Unit(float(row["scale"]), row["base"], row["vi"], row["en"])
    for row in CODES
    if row["group"] == "units"
}
# Units of a printed comparison's amount that are not units of an indicator.
COMPARISON_UNITS = _named("comparison_units")

INDICATORS = {row["indicator"]: _indicator(row) for row in paths.rows_beside(__file__, "indicators.csv")}
OWN_INDICATORS: dict[str, Mapping[str, str]] = {}  # an office's own, as its tables name them
_UNITS, _INDICATORS = dict(UNITS), dict(INDICATORS)


def unit(name: str, *, vi: str = "") -> Unit:
    """A unit of the record; for an office's own indicators also one that no other is measured in: "con",
    "million VND/household"."""
    money = name.startswith("million VND")
    return UNITS.get(name) or Unit(
        1e6 if money else 1.0, "VND" if money else name.split("/")[0], vi or name, name
    )


def know_indicators(own: Iterable[Mapping[str, str]] = ()) -> None:
    """Know the indicators of `indicators.csv` and an office's own, rows in the same columns with the
    Vietnamese name of their unit, in the place of any own ones that were known before; `column` is for the
    record's alone.

    >>> know_indicators([{"indicator": "own_forest_jobs", "unit": "persons", "vi": "Việc làm", "en": "Jobs"}])
    >>> INDICATORS["own_forest_jobs"].unit
    'persons'
    >>> know_indicators()
    >>> "own_forest_jobs" in INDICATORS
    False
    """
    for held in (UNITS, INDICATORS, OWN_INDICATORS):
        held.clear()
    UNITS.update(_UNITS)
    INDICATORS.update(_INDICATORS)
    for row in own:
        OWN_INDICATORS[row["indicator"]] = row
        INDICATORS.setdefault(row["indicator"], _indicator({**row, "column": ""}))
        UNITS.setdefault(row["unit"], unit(row["unit"], vi=row.get("unit_vi", "")))


know_indicators(
    row
    for path in sorted(paths.raw().glob("*/indicators.csv"))
    for row in paths.rows_beside(path, path.name)
    if all(map(row.get, ("indicator", "unit", "vi", "en", "direction")))
)
PANEL_COLUMNS = {name: indicator.column for name, indicator in INDICATORS.items() if indicator.column}

# `zone` is a group of communes inside a district.
LEVELS = _named("levels")
# Outcomes stand for each other in a cross-check; the other kinds are what was set.
KINDS = _named("kinds")
OUTCOMES = ("actual", "preliminary", "estimate")


def role(kinds: pd.Series) -> pd.Series:
    """What figures are set against each other as: "outcome", or the kind of what was set."""
    return kinds.mask(kinds.isin(OUTCOMES), "outcome")


# How a figure was printed.
QUALIFIERS = _named("qualifiers")
# What stands beside a value in the panel and in a series.
FLAGS = _named("flags")
# What a bound leaves open of the other side: an outcome of "at least" leaves "at most" so much to be needed.
OPPOSITE_FLAGS = {"at_least": "at_most", "at_most": "at_least"}
QUALIFIER_FLAGS = {
    "gt": "at_least",
    "ge": "at_least",
    "lt": "at_most",
    "le": "at_most",
    "approx": "about",
    "range": "range",
}
# Source kinds, the more trusted first, and those that publish what is their own: the others pass it on.
SOURCE_KINDS = _named("source_kinds")
PUBLISHING_KINDS = ("statistics", "government", "press", "international")
