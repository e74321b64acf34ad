"""How a number is said: with its bound, interval, unit, sign or year. Every sentence, table and chart asks
here."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Any

import pandas as pd

from baoyen_analysis import vocabulary
from baoyen_analysis.words import Language

BOUNDS = ("at_least", "at_most", "about")


def humanised(t: Language, value: float, *, digits: int | None = None, like: float = 0.0) -> str:
    """A number for a label: millions and billions in words, others in full with as many decimals as a reader
    can use.

    `digits`: round to so many significant ones first (for what a model gives). `like`: another number whose
    scale it is to share.

    >>> from baoyen_analysis.words import of
    >>> vi, en = of("vi"), of("en")
    >>> humanised(vi, 1200000), humanised(en, 1200000), humanised(vi, 9.35), humanised(en, 83.61234)
    ('1,2 triệu', '1.2 million', '9,35', '83.61')
    >>> humanised(en, 52.617, digits=3), humanised(vi, 500000, like=1e6)
    ('52.6', '0,5 triệu')
    """
    if digits is not None and value:
        value = round(value, digits - 1 - math.floor(math.log10(abs(value))))
    size = max(abs(value), abs(like)) if value else 0.0
    for scale, name in ((1e9, "billion"), (1e6, "million")):
        if size >= scale * 0.9995:
            return f"{signed(t, round(value / scale, 2))} {t.say(f'chart.{name}')}"
    return signed(t, round(value, 0 if size >= 10000 else 1 if size >= 1000 else 2))


def signed(t: Language, value: float, *, plus: bool = False) -> str:
    """A number with a true minus sign and, on request, a plus.

    >>> from baoyen_analysis.words import of
    >>> signed(of("vi"), -1.5), signed(of("en"), 0.25, plus=True)
    ('−1,5', '+0.25')
    """
    text = t.number(value).replace("-", "−")
    return f"+{text}" if plus and value > 0 else text


def bounded(t: Language, value: float, mark: str, *, unit: str = "", exact: bool = False) -> str:
    """A number with the word of its bound, a qualifier or a flag; millions in words, or with `exact` every
    digit. The unit stands at the number, within the words.

    >>> from baoyen_analysis.words import of
    >>> vi, en = of("vi"), of("en")
    >>> bounded(vi, 66, "gt"), bounded(vi, 85, "ge", unit="%"), bounded(en, 5e5, "about", unit="visits")
    ('trên 66', 'từ 85% trở lên', 'about 500,000 visits')
    """
    number = t.number(value) if exact else humanised(t, value)
    number += unit if unit == "%" else f" {unit}".rstrip()
    if mark in BOUNDS:
        return f"{t.flag(mark)} {number}"
    if mark in ("", "eq", "range") or mark not in vocabulary.QUALIFIERS:
        return number
    word = t.qualifier(mark)
    return word.replace("…", number) if "…" in word else f"{word} {number}"


def kept(t: Language, number: str, kind: str) -> str:
    """A number with, in brackets, that it is an estimate, preliminary or derived."""
    return t.say(f"chart.{kind}", number=number) if kind in ("estimate", "preliminary", "derived") else number


def figure_words(t: Language, row: Any) -> str:
    """A figure as a label says it, with what its flag means: "ít nhất 780", "4.5–5", "50 (estimate)"."""
    number = kept(t, bounded(t, row.value, row.flag), row.flag)
    if row.flag == "range" and math.isfinite(row.low) and math.isfinite(row.high):
        number = t.say("chart.range", low=humanised(t, row.low), high=humanised(t, row.high))
    elif row.flag == "conflict":
        number = t.say("chart.conflict", number=number)
    return t.say("chart.derived", number=number) if getattr(row, "derived", False) else number


def interval(t: Language, row: Any) -> str:
    """A figure's number and the interval that its words allow, with as many decimals as half a printed place
    has, six at most: 780 (780–790), 9.35 (9.3495–9.3505)."""
    if pd.isna(row.value) or row.low == row.high:
        return t.number(row.value) or "–"
    value, low, high = (
        t.number(end, len(f"{end:.6f}".rstrip("0").partition(".")[2]))
        for end in (row.value, row.low, row.high)
    )
    return f"{value} ({low}–{high})"


def span(*ends: str, by: str = "–") -> str:
    """What lies between two ends; the one word where they are said alike.

    >>> span("4", "5"), span("4", "4"), span("45", "50", by=" / ")
    ('4–5', '4', '45 / 50')
    """
    return by.join(dict.fromkeys(ends))


def with_unit(t: Language, number: str, indicator: str) -> str:
    """A number with its unit, where the indicator's name does not say it already.

    >>> from baoyen_analysis.words import of
    >>> with_unit(of("vi"), "50", "income_per_capita"), with_unit(of("en"), "80", "yield_per_ha")
    ('50 triệu đồng/người', '80 million VND')
    >>> with_unit(of("en"), "1.2 million", "tourist_visits")
    '1.2 million'
    """
    name, unit = t.titled(indicator).lower(), t.unit(indicator).removesuffix("/năm")
    head, per, each = unit.partition(" per ")
    unit = head if per and per + each in name else unit
    return number if unit.lower() in name else f"{number} {unit}"


def years(held: list[int]) -> str:
    """Years as they are said: 2013–2021, 2023–2025.

    >>> years([2012, 2014, 2015, 2016, 2018])
    '2012, 2014–2016, 2018'
    """
    runs = [list(run) for _, run in groupby(enumerate(held), lambda pair: pair[1] - pair[0])]
    return ", ".join(span(str(run[0][1]), str(run[-1][1])) for run in runs)
