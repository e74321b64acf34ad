"""The plan of a text in its column: kept by its words, and with the unit that stands at the column's head:
"triệu đồng", "Mill. dongs", "1000 tấn", "Previous year = 100"; and the number habit that its column shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import Any

from baoyen_analysis.printed.grammar import Plan, match
from baoyen_analysis.printed.phrases import Doubt
from baoyen_analysis.printed.units import Amount

_UNIT_LABEL = re.compile(
    r"^\s*(?:đơn vị(?: tính)?|đvt|dvt|don vi(?: tinh)?|unit)(?:\s*[-–/]\s*unit)?\s*[:.]\s*", re.IGNORECASE
)
_INDEX = re.compile(
    r"(?:previous year|năm trước|cùng kỳ(?: năm trước)?|same period of previous year)\s*=\s*100\s*%?",
    re.IGNORECASE,
)
_FACTOR = re.compile(r"(1[., ]?000(?:[., ]?000)*|100|10)\s*(?=[^\d\s])")
_ITS_UNIT = re.compile(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|cơ cấu|percentage)\s*\(?\s*(%o?|‰)\s*\)?", re.IGNORECASE
)
# A number without a unit that both habits write with different meanings, with its bound, sign, brackets and
# footnote mark.
EITHER = re.compile(
    r"(?i)[^\w.,]*(?:(?:đạt|ước|trên|hơn|gần|khoảng|dưới)\s+)*[-−+]?(?!0)\d{1,3}[.,]\d{3}(?:\s*[-–]\s*\d{1,3}[.,]\d{3})?(?:[⁰¹²³⁴-⁹]|\(\w\)|[^\w.,])*"
)
FLIPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}  # the qualifier below zero
_SIGNED_UNITS = ("", "%", "‰", "percentage points", "index")  # may be below 0; everything else is a quantity


@lru_cache(maxsize=16384)
def planned(pieces: tuple[str, ...], unit_text: str = "") -> Plan | str:
    """The plan of a text cut at its numbers, or the reason why there is none. `unit_text`: the unit at the
    head of its column.

    >>> found = planned(("giảm hơn ", "%"))
    >>> found.shape, found.unit, found.printed, found.negative, found.relation
    ('one', '%', 'lt', True, 'fall')
    >>> planned(("", " tiệu đồng"))
    'not understood: tiệu'
    """
    try:
        found = match(pieces)
        found = in_column(found, unit_text) if unit_text else found
    except Doubt as doubt:
        return str(doubt)
    qualifier = FLIPPED.get(found.qualifier, found.qualifier) if found.negative else found.qualifier
    return replace(
        found,
        printed="approx" if qualifier in ("near", "about") else qualifier,
        signed=not found.negative and (found.unit in _SIGNED_UNITS or found.unit.startswith("%")),
        thing="small" if _has_no_thousands(found) else found.thing,
    )


def _has_no_thousands(found: Plan) -> bool:
    """Whether thousands of it are out of the question: per cents, tonnes a hectare, billions a person."""
    return (
        found.unit.startswith(("%", "‰", "percentage"))
        or found.unit in ("tonnes/ha", "tạ/ha")
        or ("/person" in found.unit and found.first.scale >= 10**6)
    )


@lru_cache(maxsize=1024)
def _unit_plan(unit_text: str) -> Plan:
    """The plan of a number in the unit at the head of a column; an unknown unit is refused, as it may hide a
    scale."""
    text = _UNIT_LABEL.sub("", unicodedata.normalize("NFC", unit_text)).strip(" ()")
    if said := _ITS_UNIT.fullmatch(f"{text})" if text.count("(") > text.count(")") else text):
        return _unit_plan(said[1])
    halves = re.split(r"\s[-–/]\s|\n", text)
    if len(halves) == 2:  # the same unit in two languages
        plans = [_unit_plan(half) for half in halves]
        if replace(plans[0], english=False) != replace(plans[1], english=False):
            raise Doubt(f"the unit {unit_text!r} names two units")
        return plans[0]
    if _INDEX.fullmatch(text):
        return Plan("one", Amount(0), unit="index", thing="measured")
    leading = _FACTOR.match(text)
    words, factor = (text[leading.end() :], int(re.sub(r"\D", "", leading[1]))) if leading else (text, 1)
    if words.strip().lower() == "van":
        # behind a number it can only be vạn; at the head of a column it may be short for anything
        raise Doubt(f"the unit {unit_text!r} may be another word without its accent")
    try:
        found = match(("", " " + words))
    except Doubt as doubt:
        raise Doubt(f"the unit {unit_text!r} is not known ({doubt})") from None
    if (
        found.shape != "one"
        or found.qualifier != "eq"
        or found.negative
        or found.relation in ("rise", "fall")
    ):
        raise Doubt(f"the unit {unit_text!r} is not a unit")
    first = found.first
    return replace(found, first=replace(first, scale=first.scale * factor, scaled=first.scaled or factor > 1))


def in_column(cell: Plan, unit_text: str) -> Plan:
    """The plan with the scale and unit of the column, where the cell does not print its own. A cell that says
    otherwise is refused."""
    column = _unit_plan(unit_text)
    if cell.shape in ("fraction", "percent") or (cell.shape == "share" and column.unit.startswith("%")):
        raise Doubt(f"a part of a whole in a column in {unit_text}")
    own_unit = cell.unit.split("/")[0]
    own_scale = cell.first.scaled or cell.second.scaled
    if own_unit not in ("", column.unit.split("/")[0]):
        raise Doubt(f"the cell says {cell.unit}, its column {column.unit}")
    if own_scale and column.first.scaled and cell.first.scale != column.first.scale:
        raise Doubt(f"the cell has one scale, its column ({unit_text}) another")
    if own_unit:
        if column.first.scaled and not own_scale:
            raise Doubt(f"the cell says {cell.unit}, its column {unit_text}")
        return cell
    if not own_scale and column.first.scaled:
        scale: dict[str, Any] = {"scale": column.first.scale, "scaled": True}
        cell = replace(cell, first=replace(cell.first, **scale), second=replace(cell.second, **scale))
    thing = column.thing if column.thing != "bare" else "measured"
    relation = cell.relation or column.relation
    return replace(cell, unit=column.unit + cell.unit, thing=thing, own_unit=own_scale, relation=relation)


def habit_of(text: str, vi: bool, unit_text: str, shown: bool | None) -> bool:
    """The habit in which a cell is read: where it is a number that both write, the one that its column shows
    (None: neither)."""
    if not EITHER.fullmatch(text) or undivided(unit_text):
        return vi
    if shown is None:
        raise Doubt("thousands or decimals? no other cell of the column shows the habit")
    return shown


def undivided(unit_text: str) -> str:
    """What a column counts where that has no decimals: "counted" (people, visits) or "đồng"."""
    plan = planned(("", ""), unit_text) if unit_text else ""
    if isinstance(plan, Plan) and plan.thing in ("counted", "đồng") and not plan.first.scaled:
        return plan.thing
    return ""
