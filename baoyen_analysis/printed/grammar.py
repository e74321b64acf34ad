"""From the words of a text to a plan of how its numbers are read: which number counts, with which scale,
unit, bound and sign.

A text that is cut at its numbers ("hơn # / # triệu lượt") becomes a row of kinds, one letter a phrase. It
must have one of the shapes of the grammar as a whole; what the words of that shape say together is the
`Plan`, or they are refused with `Doubt`. No number is looked at, so that plans can be kept: a column of
different numbers in the same words is fast."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.phrases import ENGLISH, PER, SIGNED_UNITS, Doubt, Token, fold, tokens


@dataclass(frozen=True, slots=True)
class Amount:
    """One number and what multiplies it. `program` holds the kinds of a compound ("2 triệu 67 nghìn"), else
    it is empty."""

    index: int
    scale: int = 1
    scaled: bool = False
    half: bool = False
    program: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What the words of a text say, before its numbers are read."""

    shape: str
    first: Amount  # the number that counts; the lower end of a range
    second: Amount | None = None
    unit: str = ""
    thing: str = "bare"  # bare, measured, counted, đồng, currency, small (has no thousands): decides how a doubtful mark is read
    per_number: int = -1  # the number inside a rate: 100 in "99,5 nam/100 nữ"
    qualifier: str = "eq"
    printed: str = ""  # the qualifier as it is given out
    negative: bool = False
    signed: bool = True  # may be below 0
    english: bool = False
    parts: int = 0  # a fraction's denominator where it is a word
    verb: bool = False  # a word such as đạt (reached) stands before a share
    worded: bool = False  # words stand before the number
    apart: bool = False  # each of two numbers prints its unit: a scale holds for its own number alone
    direction: str = ""  # of a change from one level to another: up or down
    own_unit: bool = True  # the cell prints its unit; False where only its column does


class _Unit(NamedTuple):
    """A unit's name, the thing it measures, and the index of a number inside it (-1 where there is none)."""

    name: str
    thing: str
    number: int


_EACH = (
    "persons",
    "households",
    "ha",
    "m2",
    "visits",
    "con",
    "kg",
)  # what "một" (one) before it makes a rate
_WORDS_OF_MANY = {
    form
    for word in ("công", "mẫu", "bao", "thùng", "lạng", "điểm", "độ", "yến", "tạ")
    for form in (word, fold(word))
}
FLIPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}  # the qualifier below zero


@lru_cache(maxsize=16384)
def planned(pieces: tuple[str, ...], unit_text: str = "") -> Plan | str:
    """The plan of a text cut at its numbers, or the reason why there is none. `unit_text`: the unit at the
    head of its column.

    >>> found = planned(("giảm hơn ", "%"))
    >>> found.shape, found.unit, found.printed, found.negative
    ('one', '%', 'lt', True)
    >>> planned(("", " tiệu đồng"))
    'not understood: tiệu'
    """
    try:
        found = _match(pieces)
        found = _with_unit(found, unit_text) if unit_text else found
    except Doubt as doubt:
        return str(doubt)
    qualifier = FLIPPED.get(found.qualifier, found.qualifier) if found.negative else found.qualifier
    signed = not found.negative and (found.unit in SIGNED_UNITS or found.unit.startswith("%"))
    thing = "small" if _has_no_thousands(found) else found.thing
    return replace(
        found, printed="approx" if qualifier in ("near", "about") else qualifier, signed=signed, thing=thing
    )


def _has_no_thousands(found: Plan) -> bool:
    """Whether thousands of it are out of the question: per cents, tonnes a hectare, billions a person."""
    return (
        found.unit.startswith(("%", "‰", "percentage"))
        or found.unit in ("tonnes/ha", "tạ/ha")
        or ("/person" in found.unit and found.first.scale >= 10**6)
    )


def _match(pieces: tuple[str, ...]) -> Plan:
    """The plan of the first shape of the grammar that the whole text has."""
    phrases = tokens(pieces)
    kinds = "".join(token.kind for token in phrases)
    for shape, (grammar, make) in _GRAMMAR.items():
        match = grammar.fullmatch(kinds)
        found = match and make(shape, _Said(match, phrases))
        if found:
            unknown = [token.words for token in phrases if token.kind == "w"]
            english = any(word in ENGLISH for token in phrases for word in token.words.split())
            if english and not set(unknown) <= set(PER):
                raise Doubt(
                    f"not understood: {', '.join(unknown)}"
                )  # in English what follows a noun may turn the number's sign
            _refuse_misprints(unknown)
            return replace(found, english=english)
    unknown = [token.words for token in phrases if token.kind in "w?!"]
    raise Doubt(
        f"not understood: {', '.join(unknown)}" if unknown else "the numbers and words do not make one figure"
    )


def _refuse_misprints(words: Iterable[str]) -> None:
    """A word that a noun takes along must not be a scale with a letter wrong: 120 người tiệu."""
    for word in words:
        if any(
            Levenshtein.distance(word, scale, score_cutoff=1) <= 1
            for scale in ("nghìn", "triệu", "nghin", "trieu")
        ):
            raise Doubt(f"not understood: {word}")


# ---------------------------------------------------------------------------------------------------------------------------------------
# What the parts of a text say.


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that matched one shape of the grammar; `group`: a part of that shape."""

    match: re.Match
    phrases: list[Token]

    def tokens(self, group: str) -> list[Token]:
        return self.phrases[slice(*self.match.span(group))] if group in self.match.re.groupindex else []

    def kinds(self, group: str) -> str:
        return "".join(token.kind for token in self.tokens(group))

    def has(self, group: str, kinds: str) -> bool:
        """Whether any of the kinds is there."""
        return bool(set(kinds) & set(self.kinds(group)))

    def meanings(self, group: str, kinds: str) -> list:
        """What the words of these kinds mean."""
        return [token.meaning for token in self.tokens(group) if token.kind in kinds]

    def money(self) -> str:
        """The currency printed before the number."""
        return next(iter(self.meanings("first", "M") + self.meanings("second", "M")), "")

    def amount(self, group: str) -> Amount:
        half = self.has(group, "h")
        program = tuple((kind, meaning) for kind, meaning, _ in self.tokens(group) if kind not in "Mh")
        for (kind, scale), (after, larger) in itertools.pairwise(program):
            if kind == after == "s" and not (scale < larger or scale == larger == 1000):
                raise Doubt("the scales do not follow each other")
        numbers, scales = self.meanings(group, "N"), self.meanings(group, "s")
        if half and (len(numbers) > 1 or len(scales) != 1):
            raise Doubt("rưỡi (a half) stands after one number and one scale")
        return Amount(numbers[0], math.prod(scales), bool(scales), half, program if len(numbers) > 1 else ())

    def unit(self, group: str = "unit") -> _Unit:
        phrases = self.tokens(group)
        start = next((place for place, token in enumerate(phrases) if token.kind in "LOP"), len(phrases))
        name, thing = self._base_unit(phrases[:start])
        rates: list[list[Token]] = []
        for token, after in zip(phrases[start:], [*phrases[start + 1 :], Token("", "", "")], strict=False):
            if token.kind in "LOP":
                if token.words == "một" and after.kind != "t" and after.meaning not in _EACH:
                    raise Doubt("một: one more, or for each?")
                rates.append([])
            elif token.kind != "N":
                rates[-1].append(token)
        if rates and not name and "s" not in self.match.string:
            raise Doubt("a rate of what is not said")
        number = (self.meanings(group, "N") or [-1])[-1]
        if thing == "counted" and any(rate[0].kind != "t" for rate in rates):
            thing = "measured"  # an average may have decimals
        return _Unit(
            "/".join([name.replace(" , ", ", "), *(_rate_name(rate, plain=number < 0) for rate in rates)]),
            thing,
            number,
        )

    def _base_unit(self, phrases: list[Token]) -> tuple[str, str]:
        """The name of a unit without its rates, and the thing it measures."""
        money = self.money()
        name, thing = money, "currency" if money else "bare"
        for (kind, meaning, words), after in zip(phrases, [*phrases[1:], Token("", "", "")], strict=False):
            if words in _WORDS_OF_MANY and after.kind == "w":
                raise Doubt(f"{words}: a measure, or a part of {words} {after.words}?")
            if kind in "CUMp" and not name:
                name, thing = meaning, {"C": "counted", "M": "currency"}.get(kind, "measured")
            elif kind == "M" and meaning != name:
                raise Doubt(f"two currencies: {name} and {meaning}")
            elif kind in "CUp" and money:
                raise Doubt(f"{money} and {words}")
            elif kind == "h" and "second" in self.match.re.groupindex:
                raise Doubt("rưỡi (a half) after two numbers")
        return name, "đồng" if name == "VND" else thing


def _rate_name(rate: list[Token], *, plain: bool) -> str:
    """What a rate is per: "person", "ha", or the printed words where a number stands in it."""
    kind, meaning, _ = rate[0]
    return (
        PER.get(meaning, str(meaning))
        if plain and kind in "CUMt"
        else " ".join(token.words for token in rate)
    )


def _bound(said: _Said, *, unit: str, after: str = "") -> tuple[str, bool]:
    """The qualifier and whether the value is negative, from the words before the number and `after` it (trở
    lên)."""
    kinds, bounds = said.kinds("head"), said.meanings("head", "bO")
    if len(bounds) == 2 and bounds[0] == "about" and bounds[1] not in ("ge", "le"):
        bounds = bounds[1:]  # khoảng trên, khoảng gần: the nearer word says more
    if len(set(bounds)) > 1:
        raise Doubt("two bounds")
    bound = bounds[0] if bounds else ""
    if re.search("O[SfVE]", kinds):
        raise Doubt("trên: more than, or on?")
    if "v" in kinds:
        if bound or unit.startswith("%") or unit in ("targets", "criteria"):
            raise Doubt("vượt (beyond): beyond what is not said")
        bound = "gt"
    if after:
        together = {"": after, after: after}
    else:
        together = {"": "ge", "gt": "gt", "ge": "ge"} if "F" in kinds else {bound: bound}
    if bound not in together:
        raise Doubt("the bounds do not go together")
    bound = together[bound]
    if "g" in kinds and bound != "ge":
        raise Doubt("higher than what is not said")
    if "u" in kinds and "F" in kinds and not after:
        raise Doubt("a rise from a level: the level reached is not said")
    if "R" in kinds:  # giảm còn, giảm xuống dưới, tăng lên: the level reached, not the change
        return bound or "eq", _level_reached(kinds, said.meanings("head", "R"))
    return bound or "eq", _negative(kinds, bound, unit)


def _level_reached(kinds: str, directions: list[str]) -> bool:
    """False, as a level is not negative; words that do not lead to one level are refused."""
    before, _, after = kinds.partition("R")
    if set("AmF") & set(kinds) or set("ud") & set(after):
        raise Doubt("a level with a sign, or without its start")
    _follow(before, set(directions))
    return False


def _follow(verbs: str, directions: set[str]) -> None:
    """Refuse a rise to a lower level and a fall to a higher one."""
    if len(directions | {{"u": "up", "d": "down"}[verb] for verb in verbs if verb in "ud"}) > 1:
        raise Doubt("a rise and a fall")


def _negative(kinds: str, bound: str, unit: str) -> bool:
    """Whether the words before a number make it negative."""
    signs = [kind for kind in kinds if kind in "dAmu"]
    if len(signs) > 1 or ("m" in kinds and (kinds[-1] != "m" or bound not in ("", "about"))):
        raise Doubt("two signs, or a sign in the wrong place")
    level = re.search("d.*[EV]", kinds) or ("S" in kinds and bound in ("le", "ge"))
    if "d" in kinds and (level or bound == "lt" or "F" in kinds or unit.startswith("times")):
        raise Doubt("a fall, or the level reached: the words leave it open")
    return bool(signs) and signs[0] != "u"


# ---------------------------------------------------------------------------------------------------------------------------------------
# The plan of each shape; None where the words mean another one.


def _one(shape: str, said: _Said) -> Plan:
    unit, amount = said.unit(), said.amount("first")
    if said.has("unit", "h"):
        amount = replace(amount, half=True)
    _check_subject(said, unit)
    if said.has("head", "x"):
        if unit.name not in ("", "times") or amount.scaled:
            raise Doubt("gấp (times) with another unit")
        unit = unit._replace(name="times", thing="measured")
    if said.match.string.endswith("z") and not (
        said.has("head", "udEx") or (said.has("head", "V") and unit.name == "%")
    ):
        raise Doubt("compared with what is not said")
    qualifier, negative = _bound(said, unit=unit.name, after="".join(said.meanings("after", "a")))
    return Plan(
        shape, amount, None, *unit, qualifier=qualifier, negative=negative, worded=bool(said.kinds("head"))
    )


def _check_subject(said: _Said, unit: _Unit) -> None:
    """Refuse a number that is not one of its subject: "doanh thu 5 doanh nghiệp" is of five firms; plain
    "tang 12" may be a storey."""
    subjects = [token.words for token in said.tokens("head") if token.kind == "S"]
    own = unit.name in ("visits", "persons", "households", "targets") and any(
        re.search(r"\b(số|so)\b|khách|khach", words) for words in subjects
    )
    if subjects and unit.thing == "counted" and not own:
        raise Doubt(f"{subjects[0]} of {unit.name}: the words leave open what is counted")
    changes = any(token.kind in "ud" and token.words != "+" for token in said.tokens("head"))
    if (
        changes
        and not unit.name
        and not said.has("first", "s")
        and all(token.words.isascii() for token in said.phrases)
    ):
        raise Doubt("a change, or another word without its accents?")


def _same_unit(said: _Said) -> _Unit:
    """The unit of two numbers: printed after both and the same, or after the second alone."""
    first, last = said.unit("unit_1"), said.unit()
    if first.name not in ("", said.money(), last.name, last.name.split("/")[0]):
        raise Doubt(f"two units: {first.name} and {last.name}")
    return last


def _range(shape: str, said: _Said) -> Plan:
    unit = _same_unit(said)
    bounds, upto = said.meanings("head", "bO"), said.meanings("upto", "b")
    if bounds not in ([], ["gt"], ["about"]) or upto not in ([], ["lt"]) or said.has("head", "gv"):
        raise Doubt("the bounds do not make a range")
    joined = next(token.words for token in said.phrases if token.kind in "TD")
    if bounds == ["gt"] and joined == "-" and not said.has("head", "O"):
        raise Doubt("hơn (more than) before two numbers")
    if (joined == "and" and not said.has("head", "F")) or said.has("head", "mA"):
        raise Doubt("two numbers, or a sign that may hold for one of them")
    scaled = said.kinds("unit_1") or said.has("first", "s") or said.has("second", "s")
    if (
        joined != "-"
        and said.has("head", "ud")
        and (said.has("head", "F") or scaled or joined in ("to", "tới", "toi"))
    ):
        raise Doubt("a range, or the level reached: the words leave it open")
    negative = _negative(said.kinds("head").replace("F", ""), "", unit.name)
    apart = bool(said.kinds("unit_1")) and not said.has("unit_1", "p")
    return Plan(
        shape,
        said.amount("first"),
        said.amount("second"),
        *unit,
        qualifier="range",
        negative=negative,
        apart=apart,
    )


def _reach(shape: str, said: _Said) -> Plan:
    unit = _same_unit(said)
    qualifier, _ = _bound(said, unit=unit.name)
    (direction,) = said.meanings("to", "R")
    _follow(said.kinds("verb") + said.kinds("to"), {direction})
    return Plan(
        shape,
        said.amount("second"),
        said.amount("first"),
        *unit,
        qualifier=qualifier,
        direction=direction,
        apart=bool(said.kinds("unit_1")),
    )


def _share(shape: str, said: _Said) -> Plan | None:
    apart, nouns = (
        bool(said.kinds("unit_1")),
        [[token.words for token in said.tokens(group)] for group in ("unit_1", "unit")],
    )
    if apart and (
        said.unit("unit_1").name != said.unit().name or (said.has("unit", "C") and nouns[0] != nouns[1])
    ):
        return None  # a rate: "15 người/1.000 dân"
    unit = said.unit()
    if unit.name.startswith("%"):
        raise Doubt("a share of a share")
    qualifier, negative = _bound(said, unit=unit.name, after="".join(said.meanings("after", "a")))
    if negative or said.has("head", "F"):
        raise Doubt("a share has no sign and no from")
    return Plan(
        shape,
        said.amount("first"),
        said.amount("second"),
        *unit,
        qualifier=qualifier,
        verb=said.has("head", "V"),
        apart=apart,
    )


def _rank(shape: str, said: _Said) -> Plan:
    noun, how = (
        "".join(said.meanings("noun", "C")),
        next(token.meaning for token in said.phrases if token.kind == "k"),
    )
    second = said.amount("second") if said.match["second"] else None
    if (how == "ordinal" and not (noun and second)) or (how == "grade" and not second):
        raise Doubt("an ordinal: of how many is not said")
    return Plan(shape, said.amount("first"), second, noun or "hạng", "counted")


def _fraction(shape: str, said: _Said) -> Plan | None:
    qualifier, negative = _bound(said, unit="")
    if negative or said.has("head", "F"):
        raise Doubt("a fraction has no sign and no from")
    _, _, after = said.match.string.partition("N")
    parts = next((token.meaning for token in said.phrases if token.kind == "q"), 0)
    if not (parts or qualifier != "eq" or said.has("head", "E") or set("eSy") & set(after)):
        return None  # a count of a total
    second = said.amount("second") if said.match["second"] else None
    clear = bool(parts or said.has("head", "E") or set("eSy") & set(after))
    return Plan(
        "percent" if "y" in after else shape,
        said.amount("first"),
        second,
        qualifier=qualifier,
        parts=parts,
        verb=clear,
    )


_AMOUNT = r"M?N(?:s+l?N)*s*h?"
_BASE = r"(?:[CU](?:w[wC]{0,5})?|M|p[eCUSw]{0,5})"
_UNIT = rf"(?:{_BASE}h?(?:[LOP](?:Ns?|s)?[CUMtw]w{{0,2}})*|(?:[LOP][CUt])*)"
_HEAD = r"(?P<head>(?:[fVESudAmxgvbOFR]|(?<=[du])C)*)"
_FIRST, _SECOND = rf"(?P<first>{_AMOUNT})(?P<unit_1>{_UNIT})", rf"(?P<second>{_AMOUNT})(?P<unit>{_UNIT})"
# Each shape in the letters of the kinds, and what makes its plan; the first that gives one holds.
_GRAMMAR: dict[str, tuple[re.Pattern, Callable[[str, _Said], Plan | None]]] = {
    "fraction": (re.compile(rf"{_HEAD}(?P<first>N)(?:q|[yL](?P<second>N))(?:[eS][wC]{{0,4}})?"), _fraction),
    "share": (
        re.compile(rf"{_HEAD}(?P<first>{_AMOUNT})(?P<unit_1>(?:{_BASE})?)[LOo]{_SECOND}(?P<after>a?)"),
        _share,
    ),
    "one": (re.compile(rf"{_HEAD}(?P<first>{_AMOUNT})(?P<unit>{_UNIT})(?P<after>a?)z?"), _one),
    "range": (re.compile(rf"{_HEAD}{_FIRST}[TD](?P<upto>[bF]?){_SECOND}"), _range),
    "reach": (re.compile(rf"(?P<verb>[fVESud]*)F{_FIRST}(?P<to>[ud]?R)(?P<head>[bOf]*){_SECOND}"), _reach),
    "rank": (re.compile(r"[fVE]*(?P<noun>C?)k(?P<first>N)(?:[LOo](?P<second>N)(?:Cw{0,4})?)?e?"), _rank),
    "split": (re.compile(rf"{_HEAD}(?P<first>N),N(?P<unit>{_UNIT})(?P<after>a?)"), _one),  # 81.905, 03 ha
}

# ---------------------------------------------------------------------------------------------------------------------------------------
# A column's unit: "triệu đồng", "Mill. dongs", "1000 tấn", "Previous year = 100".

_UNIT_LABEL = re.compile(
    r"^\s*(?:đơn vị(?: tính)?|đvt|dvt|don vi(?: tinh)?|unit)(?:\s*[-–/]\s*unit)?\s*[:.]\s*", re.IGNORECASE
)
_INDEX = re.compile(
    r"(?:previous year|năm trước|cùng kỳ(?: năm trước)?|same period of previous year)\s*=\s*100\s*%?",
    re.IGNORECASE,
)
_FACTOR = re.compile(r"(1[., ]?000(?:[., ]?000)*|100|10)\s*(?=[^\d\s])")
_ITS_UNIT = re.compile(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|cơ cấu|percentage)\s*\(?\s*([%‰])\s*\)?", re.IGNORECASE
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
    if (
        words.strip().lower() == "van"
    ):  # behind a number it can only be vạn; at the head of a column it may be short for anything
        raise Doubt(f"the unit {unit_text!r} may be another word without its accent")
    try:
        found = _match(("", " " + words))
    except Doubt as doubt:
        raise Doubt(f"the unit {unit_text!r} is not known ({doubt})") from None
    if found.shape != "one" or found.qualifier != "eq" or found.negative:
        raise Doubt(f"the unit {unit_text!r} is not a unit")
    return replace(
        found,
        first=replace(found.first, scale=found.first.scale * factor, scaled=found.first.scaled or factor > 1),
    )


def _with_unit(cell: Plan, unit_text: str) -> Plan:
    """The plan with the scale and unit of the column, where the cell does not print its own. A cell that says
    otherwise is refused."""
    column = _unit_plan(unit_text)
    if cell.shape in ("fraction", "percent") or (cell.shape == "share" and column.unit.startswith("%")):
        raise Doubt(f"a part of a whole in a column in {unit_text}")
    own_unit = cell.unit.split("/")[0]
    own_scale = cell.first.scaled or (cell.second is not None and cell.second.scaled)
    if own_unit not in ("", column.unit.split("/")[0]):
        raise Doubt(f"the cell says {cell.unit}, its column {column.unit}")
    if own_scale and column.first.scaled and cell.first.scale != column.first.scale:
        raise Doubt(f"the cell has one scale, its column ({unit_text}) another")
    if own_unit:
        if column.first.scaled and not own_scale:
            raise Doubt(f"the cell says {cell.unit}, its column {unit_text}")
        return cell
    if not own_scale and column.first.scaled:
        scale = {"scale": column.first.scale, "scaled": True}
        cell = replace(
            cell, first=replace(cell.first, **scale), second=cell.second and replace(cell.second, **scale)
        )
    thing = column.thing if column.thing != "bare" else "measured"
    return replace(cell, unit=column.unit + cell.unit, thing=thing, own_unit=own_scale)
