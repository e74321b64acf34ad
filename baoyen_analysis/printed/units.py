"""What the parts of a text say: its amounts, the units they are in and what these are per."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from baoyen_analysis.printed.phrases import PER, Doubt, Token
from baoyen_analysis.printed.text import plain

# What "một" (one) before it makes a rate.
_EACH = ("persons", "households", "ha", "m2", "visits", "con", "kg")
_MEASURES_OR_NOUNS = ("công", "mẫu", "bao", "thùng", "lạng", "điểm", "độ", "yến", "tạ")
_WORDS_OF_MANY = {form for word in _MEASURES_OR_NOUNS for form in (word, plain(word))}
_END = Token("", "", "")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number and what multiplies it. `program` holds the kinds of a compound ("2 triệu 67 nghìn"), else
    it is empty."""

    index: int
    scale: int = 1
    scaled: bool = False
    half: bool = False
    program: tuple[tuple[str, str | int], ...] = ()


NO_AMOUNT = Amount(-1)


class Unit(NamedTuple):
    """A unit's name, the thing it measures, and the index of a number inside it (-1 where there is none)."""

    name: str
    thing: str
    number: int


@dataclass(frozen=True, slots=True)
class Said:
    """A text that matched one shape of the grammar; `group`: a part of that shape."""

    match: re.Match
    phrases: list[Token]

    def tokens(self, group: str) -> list[Token]:
        return self.phrases[slice(*self.match.span(group))] if group in self.match.re.groupindex else []

    def kinds(self, group: str) -> list[str]:
        return [token.kind for token in self.tokens(group)]

    def has(self, group: str, *kinds: str) -> bool:
        """Whether any of the kinds is there."""
        return not set(kinds).isdisjoint(self.kinds(group))

    def meanings(self, group: str, *kinds: str) -> list:
        """What the words of these kinds mean."""
        return [token.meaning for token in self.tokens(group) if token.kind in kinds]

    def after(self) -> str:
        """The bound that stands behind the number: ge (trở lên), le or ""."""
        return "".join(self.meanings("after", "onward"))

    def amount(self, group: str) -> Amount:
        half = self.has(group, "half")
        program = tuple(
            (token.kind, token.meaning) for token in self.tokens(group) if token.kind not in ("money", "half")
        )
        for (kind, scale), (after, larger) in itertools.pairwise(program):
            if kind == after == "scale" and not (int(scale) < int(larger) or scale == larger == 1000):
                raise Doubt("the scales do not follow each other")
        numbers, scales = self.meanings(group, "number") or [-1], self.meanings(group, "scale")
        if half and (len(numbers) > 1 or len(scales) != 1):
            raise Doubt("rưỡi (a half) stands after one number and one scale")
        return Amount(numbers[0], math.prod(scales), bool(scales), half, program if len(numbers) > 1 else ())

    def money(self) -> str:
        """The currency printed before the number."""
        return next(iter(self.meanings("first", "money") + self.meanings("second", "money")), "")

    def unit(self, group: str = "unit") -> Unit:
        phrases = self.tokens(group)
        per = ("slash", "over", "each")
        start = next((place for place, token in enumerate(phrases) if token.kind in per), len(phrases))
        name, thing = self._base_unit(phrases[:start])
        rates: list[list[Token]] = []
        for token, after in itertools.pairwise([*phrases[start:], _END]):
            if token.kind in per:
                if token.words == "một" and after.kind != "time" and after.meaning not in _EACH:
                    raise Doubt("một: one more, or for each?")
                rates.append([])
            elif token.kind != "number":
                rates[-1].append(token)
        if rates and not (name or self.has("first", "scale") or self.has("second", "scale")):
            raise Doubt("a rate of what is not said")
        number = (self.meanings(group, "number") or [-1])[-1]
        if thing == "counted" and any(rate[0].kind != "time" for rate in rates):
            thing = "measured"  # an average may have decimals
        return Unit(
            "/".join([name, *(_rate_name(rate, in_full=number >= 0) for rate in rates)]), thing, number
        )

    def _base_unit(self, phrases: list[Token]) -> tuple[str, str]:
        """The name of a unit without its rates, and the thing it measures."""
        money = self.money()
        name, thing = money, "currency" if money else "bare"
        for place, (token, after) in enumerate(itertools.pairwise([*phrases, _END])):
            kind = token.kind
            if token.words in _WORDS_OF_MANY and after.kind == "word":
                raise Doubt(f"{token.words}: a measure, or a part of {token.words} {after.words}?")
            if kind in ("counted", "measured", "money", "percent") and not name:
                name = _noun(phrases[place:])
                thing = {"counted": kind, "money": "currency"}.get(kind, "measured")
            elif kind == "money" and token.meaning != name:
                raise Doubt(f"two currencies: {name} and {token.meaning}")
            elif kind in ("counted", "measured", "percent") and money:
                raise Doubt(f"{money} and {token.words}")
            elif kind == "half" and "second" in self.match.re.groupindex:
                raise Doubt("rưỡi (a half) after two numbers")
        return name, "đồng" if name == "VND" else thing


def _noun(phrases: list[Token]) -> str:
    """The name of what the first phrase names. A word that no table holds makes another noun of a counted
    one: "xã viên" (a member of a cooperative) is no commune; and lượt (times) is a visit only by itself."""
    kinds = ("word", "modifier") if phrases[0].words == "lượt" else ("word",)
    words = [token.words for token in itertools.takewhile(lambda token: token.kind in kinds, phrases[1:])]
    name = str(phrases[0].meaning)
    name = " ".join([phrases[0].words, *words]) if words and phrases[0].kind == "counted" else name
    return name.replace(" , ", ", ")


def _rate_name(rate: list[Token], *, in_full: bool) -> str:
    """What a rate is per: "person", "ha", or the printed words where a number stands in it."""
    if in_full or rate[0].kind not in ("counted", "measured", "money", "time"):
        return " ".join(token.words for token in rate if token.kind != "modifier")
    name = _noun(rate)
    return PER.get(name, name)
