"""From a plan and its numbers to a reading: value, low, high, unit, qualifier, denominator.

The numbers are read in the habit of the plan and the locale; the bounds follow from the last digit printed,
by rules.csv. Sizes are whole numbers over a whole number until the end, so that 63,4 million
is exactly 63400000.0."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from baoyen_analysis.printed.columns import planned
from baoyen_analysis.printed.grammar import Plan
from baoyen_analysis.printed.numerals import CUT, NUMBER, is_year, mended, printed_number, without_spaces
from baoyen_analysis.printed.phrases import PER, WORDS, Doubt, refuse
from baoyen_analysis.printed.units import Amount

# value, low, high, unit, qualifier, denominator, missing, relation
Reading = tuple[float, float, float, str, str, float, str, str]
NAN, INF = math.nan, math.inf
NOTHING: Reading = (NAN, NAN, NAN, "", "", NAN, "", "")
LONGEST_TEXT = 400
_NO_SCALE = "a last number without its scale"
_MISSING = {
    "": "empty",
    **dict.fromkeys("-–—−", "no_occurrence"),
    **dict.fromkeys(("…", "..", "...", "...."), "no_information"),
}


def read(text: str, vi: bool, unit_text: str = "") -> Reading:
    """The reading of a text, in the order of `Figure`'s fields. `vi`: in the Vietnamese habit; `unit_text`:
    the unit of its column."""
    if len(text) > LONGEST_TEXT:
        raise Doubt(f"longer than one figure ({LONGEST_TEXT} characters)")
    parts = CUT(text)
    if len(parts) > 1:
        plan = planned(tuple(parts[::2]), unit_text)
        if plan.__class__ is Plan:
            return _READERS[plan.shape](plan, parts[1::2], vi)
    mark = text.strip()
    if len(text) < 12:  # "( ... )", ". . ."
        mark = re.sub(r"\s", "", mark.removeprefix("(").removesuffix(")"))
    if mark in _MISSING:
        return *NOTHING[:-2], _MISSING[mark], ""
    parts = NUMBER.split(mended(text))
    if len(parts) == 1:
        raise Doubt("no number is printed")
    if parts[0] == parts[-1] == "" and re.fullmatch("[0-9]+ [0-9]+", parts[1]):
        raise Doubt("two numbers, or one with a space between its groups?")
    plan = planned(tuple(parts[::2]), unit_text)
    if isinstance(plan, str):
        raise Doubt(plan)
    return _READERS[plan.shape](plan, [without_spaces(number, vi) for number in parts[1::2]], vi)


# ---------------------------------------------------------------------------------------------------------
# Sizes and bounds.

# (numerator, place, round place, denominator): the value is numerator / denominator, and so are the places.
# The place is one unit of the last printed digit, the round place one of the last digit that is not zero.
# The numerator may be an array: numbers of one plan with as many decimals and zeros have all else in common.
Size = tuple[Any, int, int, int]
_TEN = [10**power for power in range(40)]


def sized(amount: Amount, numbers: list[str], plan: Plan, vi: bool) -> Size:
    """An amount's value and places."""
    if amount.program:
        return _compound(amount.program, numbers, plan)
    digits, decimals = printed_number(numbers[amount.index], vi, plan.english, thing_of(plan, amount))
    if amount.half:
        if decimals:
            raise Doubt("rưỡi (a half) after decimals")
        digits, decimals = digits * 10 + 5, 1
    zeros = 0 if decimals or digits % 10 or not digits else len(text := str(digits)) - len(text.rstrip("0"))
    return size_of(digits, decimals, zeros, amount)


def thing_of(plan: Plan, amount: Amount) -> str:
    """What decides how a doubtful mark in a number is read."""
    return "scaled" if amount.scaled and plan.thing != "small" else plan.thing


def size_of(digits: Any, decimals: int, zeros: int, amount: Amount) -> Size:
    """The size of a number of so many decimals that ends in so many zeros."""
    scale = amount.scale
    if decimals or not zeros:
        return digits * scale, scale, scale, _TEN[decimals]
    return digits * scale, scale if amount.scaled else 1000 ** (zeros // 3), scale * _TEN[zeros], 1


def _ratio(size: Size) -> Fraction:
    return Fraction(size[0], size[3])


# A part of a compound: value, scale, place, and the count of its digits where no scale follows.
Term = tuple[int, int, int, int]


def _compound(program: tuple, numbers: list[str], plan: Plan) -> Size:
    """The sum of "2 triệu 67 nghìn", "1 nghìn tỷ 200 triệu", "1 nghìn 200 tỷ", "2 tỷ 3" (2,3 tỷ).

    Each part must be smaller than the scale before it. A last number without a scale stands for the digits
    that follow in speech: one digit is a tenth of the scale before, three digits fill the next group."""
    terms: list[Term] = []
    previous = ""
    for kind, meaning in program:
        if kind == "number":
            text = numbers[meaning]
            digits, decimals = printed_number(text, True, plan.english, "counted")
            if decimals or (terms and not text.isdigit()):
                raise Doubt("decimals inside a compound")
            terms.append((digits, 1, 1, 0 if previous == "linked" else len(text)))
        elif kind == "scale":  # it holds for all that is smaller before it, or for the scale before it
            again = previous == "scale" and meaning <= terms[-1][1]
            below = terms[-1:] if again else [term for term in terms if term[1] < meaning]
            del terms[len(terms) - len(below) :]
            value, place = _sum(below)
            # nghìn tỷ is one scale, also in 1 nghìn tỷ 5 tỷ
            joined = again or (previous == "scale" and len(below) == 1 and below[0][1] >= 1000)
            terms.append((value * meaning, (below[0][1] if joined else 1) * meaning, place * meaning, 0))
        previous = kind
    if previous == "number" and terms[-1][3]:
        if [kind for kind, _ in program[-3:]] == ["scale", "scale", "number"]:
            raise Doubt(_NO_SCALE)
        terms[-1] = _spoken(terms[-1], terms[-2][1], plan)
    value, place = _sum(terms)
    step = place
    while value and value % (step * 10) == 0:
        step *= 10
    return value, place, step, 1


def _sum(terms: list[Term]) -> tuple[int, int]:
    """The sum of a compound's parts and the place of the last; parts that do not follow each other are
    refused."""
    for above, below in pairwise(terms):
        apart = above[1] > 1000 > below[1]  # "1 triệu 2 trăm": 200, or 200 thousand as it is said
        if below[0] >= above[1] or apart or (below[1] == 1 and below[3] and 10 ** below[3] != above[1]):
            raise Doubt("the parts of the number do not fit together")
    return sum(term[0] for term in terms), terms[-1][2]


def _spoken(term: Term, scale: int, plan: Plan) -> Term:
    """A compound's last number, which has no scale, after a part that has one."""
    digits, _, _, length = term
    place = scale // _TEN[length]
    if place == 1:
        return term
    if plan.unit or digits == 0 or not ((length == 1 and scale >= 1000) or (length == 3 and scale >= 10**6)):
        raise Doubt(_NO_SCALE)
    return digits * place, place, place, 0


def bounds(qualifier: str, size: Size, signed: bool) -> tuple[float, float]:
    """Low and high of a value that is not negative. `signed`: the quantity may be below 0."""
    value, place, step, over = size
    if qualifier == "eq":
        return (2 * value - place) / (2 * over), (2 * value + place) / (2 * over)
    if qualifier == "ge":
        return value / over, INF
    if qualifier in ("lt", "le"):
        return -INF if signed else 0.0, value / over
    if over == 1:  # without decimals at most a fifth of the value
        least = min if value.__class__ is int else np.minimum
        value, step, over = value * 5, least(step * 5, value), 5
    low = value if qualifier == "gt" else value - step
    high = value if qualifier == "near" else value + step
    return low / over, high / over


# ---------------------------------------------------------------------------------------------------------
# The reading of each shape.


def finish(plan: Plan, size: Size, numbers: list[str], denominator: float = NAN) -> Reading:
    """The reading of one size in the words of the plan."""
    value = size[0] / size[3]
    low, high = bounds(plan.qualifier, size, plan.signed)
    if plan.negative:
        value, low, high = -value, -high, 0.0 - low
    unit = plan.unit if plan.per_number < 0 else _rated_unit(plan, numbers)
    return value, low, high, unit, plan.printed, denominator, "", plan.relation


def _rated_unit(plan: Plan, numbers: list[str]) -> str:
    """The unit of a rate with a number in it: "01 ha" is one hectare, "100 nữ" stays."""
    digits, decimals = printed_number(numbers[plan.per_number], True, plan.english, "counted")
    base, _, per = plan.unit.rpartition("/")
    if decimals or not digits:
        raise Doubt("a rate per part of a unit")
    if not re.fullmatch("10*", str(digits)):
        raise Doubt("a rate, or a count of a total?")
    if digits == 1:
        meaning = str(WORDS[per].meaning if per in WORDS else per)
        return f"{base}/{PER.get(meaning, meaning)}"
    return f"{base}/{digits} {per}"


def _read_one(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    first = plan.first
    if plan.thing == "bare" and not first.scaled:
        text = numbers[first.index]
        digits = re.sub(r"\D", "", text)
        if digits.startswith("84") and len(digits) == 11:
            raise Doubt("a telephone number?")
        if plan.worded and is_year(text):
            raise Doubt("a year, or a number without its unit")
    return finish(plan, sized(first, numbers, plan, vi), numbers)


def _read_split(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    """ "81.905, 03 ha": a space slipped in after the decimal comma; clear only where dots group the digits
    before it."""
    whole, part, *rest = numbers
    clear = "." in whole and re.fullmatch("[0-9]{2}", part)
    if not clear or plan.thing != "measured" or plan.unit.startswith("%") or plan.per_number >= 0:
        raise Doubt("two numbers")
    return _read_one(plan, [f"{whole},{part}", *rest], True)


def _with_scale_of(last: Amount, first: Amount, plan: Plan) -> Amount:
    """The first of two numbers, with the scale of the last where that is printed for both."""
    if last.scaled and not first.scaled and not plan.apart:
        return replace(first, scale=last.scale, scaled=True)
    return first


def _read_range(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    first, second = _with_scale_of(plan.second, plan.first, plan), plan.second
    one, other = numbers[first.index], numbers[second.index]
    bare = plan.thing == "bare" and not second.scaled
    years = (is_year(one) or is_year(other)) and (bare or not plan.own_unit)
    if years or (bare and all(text.isdigit() and int(text) <= 31 for text in (one, other))):
        raise Doubt("a date or a span of years, not a range of figures")
    top = sized(second, numbers, plan, vi)
    low, high = _ratio(sized(first, numbers, plan, vi)), _ratio(top)
    if low >= high and first is not plan.first:
        # từ 500.000 - 1 triệu: the first has its own zeros
        low = _ratio(sized(plan.first, numbers, plan, vi))
        if high > 20 * low:
            raise Doubt("the lower end is not below the upper end")
    elif one.isdigit() and len(one) <= 3 and not other.isdigit() and top[3] == 1 and not plan.apart:
        full = 1000 * low  # "14 – 15.000": the lower end without its thousands
        if full < high and not (other.endswith("000") and high <= 5 * full):
            raise Doubt("the lower end may lack its thousands")
        low = full if full < high else low
    if low and not low < high <= 100 * low:
        raise Doubt("the lower end is not below the upper end, or too far below")
    value, upper = (-float(high), -float(low)) if plan.negative else (float(low), float(high))
    unit = plan.unit if plan.per_number < 0 else _rated_unit(plan, numbers)
    return value, value, upper, unit, "range", NAN, "", plan.relation


def _read_reach(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    size = sized(plan.first, numbers, plan, vi)
    start, end = _ratio(sized(_with_scale_of(plan.first, plan.second, plan), numbers, plan, vi)), _ratio(size)
    if (end > start) != (plan.direction == "up"):
        raise Doubt(f"the level is said to go {plan.direction}, and its numbers do not")
    most = 10 if plan.second.scaled and not plan.first.scaled else 100
    if not plan.unit.startswith("%") and start > most * end:
        raise Doubt("the level reached may lack its scale")
    return finish(plan, size, numbers)


def _read_share(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    first, second = _with_scale_of(plan.second, plan.first, plan), plan.second
    if first.scaled != second.scaled:
        raise Doubt("the scale holds for the first number alone")
    size, total = sized(first, numbers, plan, vi), sized(second, numbers, plan, vi)
    digits, of = numbers[first.index], numbers[second.index]
    whole, year = digits.isdigit() and of.isdigit(), is_year(of)
    divided = second.scaled or (plan.thing != "counted" and plan.unit != "criteria")
    most = 10 if divided or plan.qualifier != "eq" else 4
    day = whole and int(digits) <= 31 and int(of) <= 12 and not plan.own_unit
    bare = plan.thing == "bare" and not second.scaled
    refuse(
        {  # 2/3 hộ, hơn 7/10 hộ, 1/2 triệu lượt
            "a fraction or a count of a total?": whole
            and 0 < int(digits) < int(of) <= most
            and not (plan.apart or plan.first.scaled),
            "a count of none": not total[0],
            "a date, or a count of a total?": day and (size[0] > total[0] or plan.thing != "counted"),
            "a fraction, a date or a count of a total: no word says which": (
                bare and (not plan.verb or total[0] <= 12 or year)
            )
            or (year and not plan.own_unit),
        }
    )
    return finish(plan, size, numbers, total[0] / total[3])


def _read_rank(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    rank = _ratio(sized(plan.first, numbers, plan, vi))
    total = _ratio(sized(plan.second, numbers, plan, vi)) if plan.second.index > 0 else rank
    if rank.denominator * total.denominator != 1 or (total and rank > total):
        raise Doubt("not a rank")
    place, of = float(rank), float(total) if total and plan.second.index > 0 else NAN
    return place, place, place, plan.unit, "eq", of, "", plan.relation


def _read_fraction(plan: Plan, numbers: list[str], vi: bool) -> Reading:
    value = sized(plan.first, numbers, plan, vi)
    if plan.shape == "percent" and numbers[plan.second.index] == "100":
        return finish(replace(plan, unit="%"), value, numbers)
    parts = plan.parts or sized(plan.second, numbers, plan, vi)[0]
    day = not plan.verb and plan.qualifier in ("about", "near") and parts > 5  # khoảng 2/9
    if value[3] != 1 or not 0 < value[0] < parts <= 12 or day:
        raise Doubt("not a fraction")
    return finish(plan, (value[0] * 5, value[0], value[0], parts * 5), numbers)


_READERS = {
    "one": _read_one,
    "range": _read_range,
    "reach": _read_reach,
    "share": _read_share,
    "rank": _read_rank,
    "fraction": _read_fraction,
    "percent": _read_fraction,
    "split": _read_split,
}
