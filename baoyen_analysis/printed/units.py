"""What the parts of a text say: its amounts, the units they are in and what these are per."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from baoyen_analysis.printed.phrases import PER, Doubt, Token, refuse
from baoyen_analysis.printed.text import plain

# What "một" (one) before it makes a rate.
_EACH = ("persons", "households", "ha", "m2", "visits", "con", "kg")
_MEASURES_OR_NOUNS = ("công", "mẫu", "bao", "thùng", "lạng", "điểm", "độ", "yến", "tạ")
_WORDS_OF_MANY = {form for word in _MEASURES_OR_NOUNS for form in (word, plain(word))}
_NAMES = ("counted", "measured", "money", "percent")
_THINGS = {"counted": "counted", "money": "currency", "": "bare"}  # by the kind of the unit's name
_END = Token("", "", "")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number and what multiplies it. `program` holds the kinds of a compound ("2 triệu 67 nghìn"), else
    it is empty."""

    index: int
    scale: int = 1
    scaled: bool = False
    half: bool = False
    program: tuple[tuple[str, Any], ...] = ()


NO_AMOUNT = Amount(-1)


class Unit(NamedTuple):
    """A unit's name, the thing it measures, and the index of a number inside it (-1 where there is none)."""

    name: str
    thing: str
    number: int


class Said:
    """A text that matched one shape of the grammar, by the parts of that shape."""

    def __init__(self, match: re.Match, phrases: list[Token]) -> None:
        self.phrases = phrases
        self.parts = {part: phrases[slice(*match.span(part))] for part in match.re.groupindex}

    def __call__(self, part: str, *kinds: str) -> list[Any]:
        """What the words of these kinds in a part mean; none where none is there."""
        return [token.meaning for token in self.parts.get(part, ()) if token.kind in kinds]

    def kinds(self, part: str) -> list[str]:
        return [token.kind for token in self.parts.get(part, ())]

    def amount(self, part: str) -> Amount:
        half, scales, numbers = (self(part, kind) for kind in ("half", "scale", "number"))
        program = tuple(
            (t.kind, t.meaning) for t in self.parts.get(part, ()) if t.kind not in ("money", "half")
        )
        scaled_twice = (
            (scale, larger)
            for (kind, scale), (after, larger) in itertools.pairwise(program)
            if kind == after == "scale"
        )
        refuse(
            {
                "the scales do not follow each other": any(
                    scale >= larger and not scale == larger == 1000 for scale, larger in scaled_twice
                ),
                "rưỡi (a half) stands after one number and one scale": half
                and (len(numbers) > 1 or len(scales) != 1),
            }
        )
        compound = program if len(numbers) > 1 else ()
        return Amount([*numbers, -1][0], math.prod(scales), bool(scales), bool(half), compound)

    def money(self) -> str:
        """The currency printed before the number."""
        return [*self("first", "money"), *self("second", "money"), ""][0]

    def unit(self, part: str = "unit") -> Unit:
        parts: list[list[Token]] = [[]]
        for token, after in itertools.pairwise([*self.parts.get(part, ()), _END]):
            if token.kind in ("slash", "over", "each"):
                if token.words == "một" and after.kind != "time" and after.meaning not in _EACH:
                    raise Doubt("một: one more, or for each?")
                parts.append([])
            elif token.kind != "number":
                parts[-1].append(token)
        base, *rates = parts
        name, thing = self._base_unit(base)
        if rates and not (name or self("first", "scale") or self("second", "scale")):
            raise Doubt("a rate of what is not said")
        number = [-1, *self(part, "number")][-1]
        if thing == "counted" and any(rate[0].kind != "time" for rate in rates):
            thing = "measured"  # an average may have decimals
        return Unit("/".join([name, *(_rate_name(rate, number >= 0) for rate in rates)]), thing, number)

    def _base_unit(self, phrases: list[Token]) -> tuple[str, str]:
        """The name of a unit without its rates, and the thing it measures."""
        money = self.money()
        named = list(itertools.dropwhile(lambda token: token.kind not in _NAMES, phrases))
        name = money or (_noun(named) if named else "")
        kind = "money" if money else named[0].kind if named else ""
        for token, after in itertools.pairwise([*phrases, _END]):
            words = token.words
            refuse(
                {
                    f"{words}: a measure, or a part of {words} {after.words}?": words in _WORDS_OF_MANY
                    and after.kind == "word",
                    f"two currencies: {name} and {token.meaning}": token.kind == "money"
                    and token.meaning != name,
                    f"{money} and {words}": money and token.kind in _NAMES and token.kind != "money",
                    "rưỡi (a half) after two numbers": token.kind == "half" and "second" in self.parts,
                }
            )
        return name, "đồng" if name == "VND" else _THINGS.get(kind, "measured")


def _noun(phrases: list[Token]) -> str:
    """The name of what the first phrase names. A word that no table holds makes another noun of a counted
    one: "xã viên" (a member of a cooperative) is no commune; and lượt (times) is a visit only by itself."""
    first, *rest = phrases
    kinds = ("word", "modifier") if first.words == "lượt" else ("word",)
    words = [token.words for token in itertools.takewhile(lambda token: token.kind in kinds, rest)]
    name = " ".join([first.words, *words]) if words and first.kind == "counted" else str(first.meaning)
    return name.replace(" , ", ", ")


def _rate_name(rate: list[Token], in_full: bool) -> str:
    """What a rate is per: "person", "ha", or the printed words where a number stands in it."""
    if in_full or rate[0].kind not in ("counted", "measured", "money", "time"):
        return " ".join(token.words for token in rate if token.kind != "modifier")
    name = _noun(rate)
    return PER.get(name, name)
