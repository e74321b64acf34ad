"""A number as its spreadsheet shows it: the section of its format that holds for it, per cents and thousands,
the words that the format puts beside it, and as many decimals as it shows.

Digits come as stored, in the English habit, at least as many decimals as are shown; a digit that the format
rounds away is kept."""

from __future__ import annotations

import math
import operator
import re
from datetime import date, timedelta
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
    """One section of a format. `bound`: the condition that it states; `kind`: number, date, plain (General
    and what is like it), optional (0 shows no digit) or words (no digit is shown); `words`: what stands
    before and after the digits; `steps`: a date's codes and the words between them."""

    bound: tuple[str, float] | None
    kind: str
    percents: int
    thousands: int
    decimals: int
    words: tuple[str, str]
    steps: tuple[str, ...]


_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|E[+-]|General|AM/PM|A/P|y+|m+|d+|h+|s+|[0#?]|.', re.IGNORECASE | re.DOTALL
)
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}
_BOUND = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)")
# Words of a scale in a format, by the thousands that it divides by.
_SCALES = {
    word: thousands
    for thousands, words in enumerate(
        ("k ng nghin nghìn ngàn", "m mil mn tr triệu", "b bn t ty tỷ tỉ"), start=1
    )
    for word in words.split()
}
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
    before, after = (" ".join(word.split()) for word in words)
    if digits.startswith("-"):
        before, after = before.strip("-−( "), after.strip(") ")
    before = before.strip("+ ")
    if after.endswith("%") or percents:
        after = "%" * min(1, percents) + after.replace(" %", "%")
    scale = _SCALES.get((after.split() or [""])[0].lower().rstrip("."), 0)
    if scale and scale == thousands:
        after = " ".join([("nghìn", "triệu", "tỷ")[scale - 1], *after.split()[1:]])
    elif thousands and not (before or after):
        return Scaled(digits)
    gap = " " if after[:1].isalpha() else ""
    return Typed(f"{before} {digits}{gap}{after}".strip())


def _holds(sections: tuple[_Section, ...], value: float) -> _Section:
    """The section that holds for a value: by its condition, else for what is above, below or at zero."""
    for place, section in enumerate(sections):
        if section.bound:
            holds = _COMPARE[section.bound[0]](value, section.bound[1])
        elif section is sections[-1]:
            holds = True
        else:
            holds = value < 0 if place else value > 0 or (value == 0 and len(sections) == 2)
        if holds:
            return section
    return _section(["General"])


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(code or "General"):
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(map(_section, parts[:3]))


def _section(tokens: list[str]) -> _Section:
    bound = next((match for token in tokens if (match := _BOUND.fullmatch(token))), None)
    words, digits, steps, percents = ["", ""], "", [], 0
    for token in tokens:
        word = _words_of(token)
        if token in "0#?.," or token == "General" or token[:2].upper() in ("E+", "E-"):
            digits += token
        elif token == "%":
            percents += 1
        elif token[0] in "yYmMdDhHsS" or token[:2].upper() == "[H" or token.upper() in ("AM/PM", "A/P"):
            steps.append(token.lower())
        elif token == "/":
            steps.append("'/")
        elif word:
            words[bool(digits or percents)] += word
            steps.append(f"'{word}")
    limit = (bound[1], float(bound[2])) if bound else None
    codes = [step for step in steps if not step.startswith("'")]
    if codes and not re.search(r"[0#?]", digits.replace(".0", "")):
        return _Section(limit, "date", 0, 0, 0, ("", ""), tuple(steps))
    kinds = {
        "number": "0" in digits or "#" in digits,
        "plain": "G" in digits or "@" in tokens,
        "optional": digits,
    }
    kind = next((kind for kind, its in kinds.items() if its), "words")
    fraction = kind == "number" and ("/" in tokens or "E" in digits.upper())
    whole, _, part = digits.partition(".")
    thousands = len(whole) - len(whole.rstrip(",")) + len(part) - len(part.rstrip(","))
    decimals = 0 if fraction else len(re.findall("[0?]", part))
    return _Section(limit, kind, percents, thousands, decimals, (words[0], words[1]), ())


def _words_of(token: str) -> str:
    """What a token of a format puts into the cell."""
    if token.startswith('"'):
        return token.strip('"')
    if token.startswith("\\"):
        return token[1:]
    if found := _CURRENCY.match(token):
        return found[1]
    return "" if token[0] in "_*[@/" else token


def _dated(value: float, steps: tuple[str, ...], from_1904: bool) -> str:
    """A day by its codes: a year alone, a month and its year, or the whole date."""
    codes = {step[0] for step in steps}
    try:
        day = (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days=int(value))
    except OverflowError:
        return str(value)
    if not codes & {"y", "d"} and codes & {"h", "s", "[", "a"}:
        minutes = round(value % 1 * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if "d" in codes:
        return day.isoformat()
    worded = any(step[0] == "'" and step[1:].strip(" /.-") for step in steps)
    if codes == {"y", "m"} or (codes == {"y", "m", "'"} and not worded):
        return f"{day:%m/%Y}"
    said = {"y": f"{day.year}", "m": f"{day.month}"}
    text = "".join(step[1:] if step[0] == "'" else said.get(step[0], "") for step in steps)
    return f"tháng {text}" if "y" not in codes and not worded else text
