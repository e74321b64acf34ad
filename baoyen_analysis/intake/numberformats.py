"""A number as its spreadsheet shows it: the section of its format that holds for it, per cents and thousands,
the words that the format puts beside it, and as many decimals as it shows.

Digits come as stored, in the English habit, at least as many decimals as are shown; a digit that the format
rounds away is kept."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple


class Typed(str):
    """A number that a file holds as one, and not as its text."""

    __slots__ = ()


class Scaled(Typed):
    """One that its format divides by thousands without a word that says so."""

    __slots__ = ()


class _Section(NamedTuple):
    """One section of a format. `compare`, `bound`: the condition that it states; `kind`: number, date, plain
    (General and what is like it), optional (0 shows no digit) or words (no digit is shown); `words`: what
    stands before and after the digits; `steps`: a date's codes and the words between them."""

    compare: str
    bound: float
    kind: str
    percents: int
    thousands: int
    decimals: int
    words: tuple[str, str]
    steps: tuple[str, ...]


_TOKEN = re.compile(
    r"""\[(?P<compare>[<>=]+)\s*(?P<bound>-?[\d.]+)\]|\[\$(?P<currency>[^\]-]*)[^\]]*\]
    |(?P<date>AM/PM|A/P|\[h+\]|y+|m+|d+|h+|s+)|(?P<digit>[0#?.,]|E[+-]|General)|(?P<percent>%)
    |(?P<held>@)|(?P<stroke>/)|\[[^\]]*\]|[_*].|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<next>;)|(?P<word>.)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# Words of a scale in a format, by the thousands that it divides by; the first is how it is said here.
_SCALES = ("nghìn k ng nghin ngàn", "triệu m mil mn tr", "tỷ b bn t ty tỉ")
_LARGEST = 1e18


def plain(text: str) -> str:
    """A stored number's digits, no more than the fifteen that a spreadsheet holds, without an exponent.

    >>> plain("1.15e+16"), plain("2e-05"), plain("45.299999999999997")
    ('11500000000000000', '0.00002', '45.3')
    """
    value = float(text)
    if not math.isfinite(value) or abs(value) >= _LARGEST:
        return text
    return format(Decimal(f"{value:.15g}"), "f")


def shown(text: str, code: str, *, from_1904: bool = False) -> str:
    """A stored number under a format: `Typed` where it stays a number, a text for a date or words, "" where
    the format hides it.

    >>> shown("0.084", "0.0%"), shown("8.4", r"0.0\\%"), shown("68", "#,##0.0"), shown("44197", '"Năm "yyyy')
    ('8.4%', '8.4%', '68.0', 'Năm 2021')
    >>> shown("1250000000", '[>=1000000]#,##0.0,,"M";0'), shown("640", '[>=1000000]#,##0.0,,"M";0')
    ('1250.0 triệu', '640')
    """
    value = float(text)
    section = _holds(_sections(code), value)
    if section.kind == "date":
        return _dated(value, section.steps, from_1904)
    if section.kind == "words" or (section.kind == "optional" and not value):
        words = " ".join("".join(section.words).split())
        return Typed("0") if not value and words.strip("-–—") == "" and words else words
    return composed(text, section.percents, section.thousands, section.decimals, section.words)


def composed(text: str, percents: int, thousands: int, decimals: int, words: tuple[str, str]) -> str:
    """A number multiplied and divided, with its decimals and its words, each of which may be a bound, a unit,
    a scale or a footnote's mark."""
    digits = plain(text)
    if (percents or thousands) and "e" not in digits.lower():
        digits = plain(str(Decimal(digits) * 100**percents / 1000**thousands))
    whole, _, part = digits.partition(".")
    if decimals > len(part) and len(whole.lstrip("-")) + decimals < 18:
        digits = f"{whole}.{part:0<{decimals}}"
    before, after = (" ".join(its.split()) for its in words)
    if digits.startswith("-"):
        before, after = before.strip("-−( "), after.strip(") ")
    before = before.strip("+ ")
    if after.endswith("%") or percents:
        after = "%" * min(1, percents) + after.replace(" %", "%")
    word, _, unit = after.partition(" ")
    scale = "".join(_SCALES[thousands - 1 : thousands]).split()
    if word.lower().rstrip(".") in scale:
        after = f"{scale[0]} {unit}".strip()
    elif thousands and not (before or after):
        return Scaled(digits)
    gap = " " if after[:1].isalpha() else ""
    return Typed(f"{before} {digits}{gap}{after}".strip())


def _holds(sections: tuple[_Section, ...], value: float) -> _Section:
    """The section that holds for a value: by its condition, else for what is above, below or at zero."""
    for place, section in enumerate(sections):
        if section.compare:
            sign = "=" if value == section.bound else "<" if value < section.bound else ">"
            holds = sign in section.compare
        else:
            by_sign = value < 0 if place else value > 0 or (value == 0 and len(sections) == 2)
            holds = by_sign or section is sections[-1]
        if holds:
            return section
    return _sections("General")[0]


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["next"]:
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(map(_section, parts[:3]))


def _section(tokens: list[re.Match[str]]) -> _Section:
    words, steps = ["", ""], []
    compare, bound, digits, percents, others = "", 0.0, "", 0, set()
    for token in tokens:
        kind = token.lastgroup or ""
        text = token[kind] if kind else ""
        others.add(kind)
        if kind == "bound":
            compare, bound = token["compare"], float(text)
        elif kind == "digit":
            digits += text
        elif kind == "percent":
            percents += 1
        elif kind == "date":
            steps.append(text.lower())
        elif kind != "held" and text:
            words[bool(digits or percents)] += text * (kind != "stroke")
            steps.append(f"'{text}")
    if "date" in others and not re.search(r"[0#?]", digits.replace(".0", "")):
        return _Section(compare, bound, "date", 0, 0, 0, ("", ""), tuple(steps))
    kind = "optional" if digits else "words"
    if re.search("[0#]", digits):
        kind = "number"
    elif "G" in digits or "held" in others:
        kind = "plain"
    fraction = kind == "number" and ("stroke" in others or "E" in digits.upper())
    whole, _, part = digits.partition(".")
    thousands = len(whole + part) - len(whole.rstrip(",") + part.rstrip(","))
    decimals = 0 if fraction else len(re.findall("[0?]", part))
    return _Section(compare, bound, kind, percents, thousands, decimals, (words[0], words[1]), ())


def _dated(value: float, steps: tuple[str, ...], from_1904: bool) -> str:
    """A day by its codes: a year alone, a month and its year, or the whole date; a time of day."""
    codes = {step[0] for step in steps}
    try:
        first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        day = first + timedelta(minutes=round(value * 1440))
    except OverflowError:
        return str(value)
    if "d" in codes:
        return f"{day:%Y-%m-%d}"
    if "y" not in codes and codes & {"h", "s", "[", "a"}:
        return f"{day:%H:%M}"
    worded = any(step[0] == "'" and step[1:].strip(" /.-") for step in steps)
    if codes >= {"y", "m"} and not worded:
        return f"{day:%m/%Y}"
    said = {"y": str(day.year), "m": str(day.month)}
    text = "".join(step[1:] if step[0] == "'" else said.get(step[0], "") for step in steps)
    return f"tháng {text}" if "y" not in codes and not worded else text
