"""From the words of a text to a plan of how its numbers are read: which number counts, with which scale,
unit, bound, sign and relation.

A text that is cut at its numbers ("hơn # / # triệu lượt") becomes a row of phrases, each of a kind. Their
kinds must have one of the shapes of the grammar as a whole; what the words of that shape say together is the
`Plan`, or they are refused with `Doubt`. No number is looked at, so that plans can be kept: a column of
different numbers in the same words is fast."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.phrases import PER, WORDS, Doubt, Token, tokens
from baoyen_analysis.printed.signs import bound_and_sign, follow, is_negative, relation_of
from baoyen_analysis.printed.units import NO_AMOUNT, Amount, Said, Unit


@dataclass(frozen=True, slots=True)
class Plan:
    """What the words of a text say, before its numbers are read."""

    shape: str
    first: Amount  # the number that counts; the lower end of a range
    second: Amount = NO_AMOUNT
    unit: str = ""
    # bare, measured, counted, đồng, currency, small (has no thousands): decides how a doubtful mark is read
    thing: str = "bare"
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
    relation: str = ""


def match(pieces: tuple[str, ...]) -> Plan:
    """The plan of the first shape of the grammar that the whole text has."""
    phrases = tokens(pieces)
    letters = "".join(_LETTERS[token.kind] for token in phrases)
    for shape, (grammar, make) in _GRAMMAR.items():
        fitting = grammar.fullmatch(letters)
        found = fitting and make(shape, Said(fitting, phrases))
        if found:
            english = any(token.english for token in phrases)
            _refuse_strange_words(phrases, english)
            return replace(found, english=english)
    unknown = [token.words for token in phrases if token.kind in ("word", "mark", "barred")]
    raise Doubt(
        f"not understood: {', '.join(unknown)}" if unknown else "the numbers and words do not make one figure"
    )


def _refuse_strange_words(phrases: list[Token], english: bool) -> None:
    """A word that a noun takes along must not be a scale with a letter wrong (120 người tiệu); in English it
    may turn the number's sign, but for what a thing is of (tonnes of rice)."""
    unknown = [token.words for token in phrases if token.kind == "word"]
    kept = itertools.dropwhile(lambda token: token.kind != "of", phrases)
    of = {token.words for token in kept if token.kind == "word"} | set(PER)
    strange = [
        word
        for word in unknown
        if (english and word not in of)
        or any(
            Levenshtein.distance(word, scale, score_cutoff=1) <= 1
            for scale in ("nghìn", "triệu", "nghin", "trieu")
        )
    ]
    if strange:
        raise Doubt(f"not understood: {', '.join(strange)}")


# ---------------------------------------------------------------------------------------------------------
# The plan of each shape; None where the words mean another one.


def _one(shape: str, said: Said) -> Plan:
    unit, amount = said.unit(), said.amount("first")
    if said.has("unit", "half"):
        if amount.program:
            raise Doubt("rưỡi (a half) after two numbers")
        amount = replace(amount, half=True)
    _check_subject(said, unit)
    if said.has("head", "multiple"):
        if unit.name not in ("", "times") or amount.scaled:
            raise Doubt("gấp (times) with another unit")
        unit = unit._replace(name="times", thing="measured")
    if said.has("turn", "turn") and unit.name != "%":
        raise Doubt("a change of what is not said")
    qualifier, negative = bound_and_sign(said, unit.name)
    relation = relation_of(said, unit.name, negative)
    compared = {"compared", "against"} & {token.kind for token in said.phrases} or said.has("tail", "earlier")
    if compared and not (relation or (said.has("head", "attain") and unit.name == "%")):
        raise Doubt("compared with what is not said")
    if said.has("head", "article") and not (relation or compared):
        raise Doubt("a, or A?")
    worded = bool(said.kinds("head"))
    return Plan(
        shape,
        amount,
        NO_AMOUNT,
        *unit,
        qualifier=qualifier,
        negative=negative,
        worded=worded,
        relation=relation,
    )


def _check_subject(said: Said, unit: Unit) -> None:
    """Refuse a number that is not one of its subject: "doanh thu 5 doanh nghiệp" is of five firms; plain
    "tang 12" may be a storey."""
    subjects = [token for token in said.tokens("head") if token.kind in ("subject", "counted")]
    own = any(unit.name in str(token.meaning).split("|") for token in subjects)
    alone = set(said.kinds("head")) <= {"counted", "bound", "over"}
    if subjects and not own and (alone or unit.thing == "counted"):
        raise Doubt(f"{subjects[0].words} of {unit.name}: the words leave open what is counted")
    changes = any(token.kind in ("rise", "fall") and token.words != "+" for token in said.tokens("head"))
    plain_text = all(token.words.isascii() for token in said.phrases)
    if changes and plain_text and not unit.name and not said.has("first", "scale"):
        raise Doubt("a change, or another word without its accents?")


def _same_unit(said: Said) -> Unit:
    """The unit of two numbers: printed after both and the same, or after the second alone."""
    first, last = said.unit("unit_1"), said.unit()
    if first.name not in ("", said.money(), last.name, last.name.split("/")[0]):
        raise Doubt(f"two units: {first.name} and {last.name}")
    return last


def _range(shape: str, said: Said) -> Plan:
    unit, kinds = _same_unit(said), said.kinds("head")
    bounds, upto = said.meanings("head", "bound", "over"), said.meanings("upto", "bound")
    if (
        bounds not in ([], ["gt"], ["about"])
        or upto not in ([], ["lt"])
        or said.has("head", "higher", "beyond")
    ):
        raise Doubt("the bounds do not make a range")
    joined = next(token.words for token in said.phrases if token.kind in ("to", "dash"))
    if bounds == ["gt"] and joined == "-" and "over" not in kinds:
        raise Doubt("hơn (more than) before two numbers")
    if (joined == "and" and "from" not in kinds) or said.has("head", "sign", "minus"):
        raise Doubt("two numbers, or a sign that may hold for one of them")
    scaled = said.kinds("unit_1") or said.has("first", "scale") or said.has("second", "scale")
    changes = said.has("head", "rise", "fall")
    if changes and joined != "-" and ("from" in kinds or scaled or joined in ("to", "tới", "toi")):
        raise Doubt("a range, or the level reached: the words leave it open")
    negative = is_negative(said, [kind for kind in kinds if kind != "from"], "", unit.name)
    return Plan(
        shape,
        said.amount("first"),
        said.amount("second"),
        *unit,
        qualifier="range",
        negative=negative,
        apart=bool(said.kinds("unit_1")) and not said.has("unit_1", "percent"),
        relation=relation_of(said, unit.name, negative),
    )


def _reach(shape: str, said: Said) -> Plan:
    unit = _same_unit(said)
    qualifier, _ = bound_and_sign(said, unit.name)
    (direction,) = said.meanings("to", "reached")
    follow(said.kinds("verb") + said.kinds("to"), {direction})
    return Plan(
        shape,
        said.amount("second"),
        said.amount("first"),
        *unit,
        qualifier=qualifier,
        direction=direction,
        apart=bool(said.kinds("unit_1")),
    )


def _share(shape: str, said: Said) -> Plan | None:
    apart, unit = bool(said.kinds("unit_1")), said.unit()
    nouns = [[token.words for token in said.tokens(group)] for group in ("unit_1", "unit")]
    if apart and (
        said.unit("unit_1").name != unit.name or (said.has("unit", "counted") and nouns[0] != nouns[1])
    ):
        return None  # a rate: "15 người/1.000 dân"
    if unit.name.startswith("%"):
        raise Doubt("a share of a share")
    qualifier, negative = bound_and_sign(said, unit.name)
    if negative or said.has("head", "from", "rise", "higher"):
        raise Doubt("a count of a total has no sign and no from, and does not rise")
    first, second, verb = said.amount("first"), said.amount("second"), said.has("head", "attain")
    return Plan(shape, first, second, *unit, qualifier=qualifier, verb=verb, apart=apart)


def _rank(shape: str, said: Said) -> Plan:
    noun = "".join(said.meanings("noun", "counted"))
    how = next(token.meaning for token in said.phrases if token.kind == "rank")
    second = said.amount("second")
    if (how == "ordinal" and not (noun and second.index > 0)) or (how == "grade" and second.index < 0):
        raise Doubt("an ordinal: of how many is not said")
    return Plan(shape, said.amount("first"), second, noun or "hạng", "counted", relation="rank")


def _fraction(shape: str, said: Said) -> Plan | None:
    qualifier, negative = bound_and_sign(said, "")
    if negative or said.has("head", "from", "rise"):
        raise Doubt("a fraction has no sign and no from, and does not rise")
    parts = next((int(token.meaning) for token in said.phrases if token.kind == "fraction"), 0)
    clear = bool(parts or said.has("head", "equals") or said.kinds("of_what") or said.has("stroke", "part"))
    if not clear and qualifier == "eq":
        return None  # a count of a total
    return Plan(
        "percent" if said.has("stroke", "part") else shape,
        said.amount("first"),
        said.amount("second"),
        qualifier=qualifier,
        parts=parts,
        verb=clear,
        relation="share",
    )


# ---------------------------------------------------------------------------------------------------------
# The grammar. A pattern is written in the names of the kinds; each kind stands for one letter.

_OF_TEXTS = {"number", "sign", "word", "mark"}  # the kinds that no table holds
_KINDS = sorted({entry.kind for entry in WORDS.values()} | _OF_TEXTS)
_LETTERS = {kind: chr(ord("Ⅰ") + at) for at, kind in enumerate(_KINDS)}


def _shape(pattern: str) -> re.Pattern:
    named = re.sub(r"(?<![<\w])[a-z]+(?![\w>])", lambda name: _LETTERS[name[0]], pattern)
    return re.compile(re.sub(r"\s", "", named))


_AMOUNT = "money? number (?:scale+ linked? number)* scale* half?"
_WHOLE = "whole place earlier counted measured subject about"
_BASE = (
    "(?:counted (?:[word modifier] [word modifier counted]{0,5})?"
    "|measured (?:of word{1,3} |(?:modifier|counted modifier) [word modifier counted]{0,5})? |money"
    f"|percent (?:of? plan period? |of? [{_WHOLE}] [{_WHOLE} period word modifier]{{0,6}})?)"
)
_RATE = (
    "(?:[slash over each] (?:number scale?|scale)? (?:counted word{0,2} |measured modifier? |[money time])"
    "|slash (?:number scale?|scale)? word{1,2} |each word)"
)
_UNIT = f"(?:{_BASE} half? {_RATE}* |(?:[slash over each] [counted measured time])*)"
_COMPARED = "(?:compared |against [earlier plan period whole place about subject filler counted time]+)"
_HEAD = (
    "(?P<head>article? (?:counted (?=[attain filler equals rise fall reached bound over number]))?"
    "(?:[filler attain equals subject about place price fall rise minus sign multiple beyond higher bound"
    " over] |[from reached] (?=[bound over number money filler sign]) |(?<=[fall rise place]) counted"
    "|(?<=[subject about]) (?:of (?=[bound over number money filler]) |[comma dash] (?=[subject about]))"
    f"|{_COMPARED})*)"
)
_TAIL = (
    f"compared? (?P<turn>turn?) (?P<tail>(?:{_COMPARED} |from [earlier period]+ |earlier |place |price"
    " |plan period?)*) (?P<after>onward?)"
)
_FIRST = f"(?P<first>{_AMOUNT})(?P<unit_1>{_UNIT})"
_SECOND = f"(?P<second>{_AMOUNT})(?P<unit>{_UNIT})"
# Each shape and what makes its plan; the first that gives one holds.
_GRAMMAR: dict[str, tuple[re.Pattern, Callable[[str, Said], Plan | None]]] = {
    "fraction": (
        _shape(
            f"{_HEAD}(?P<first>number)(?:fraction|(?P<stroke>part|slash)(?P<second>number))"
            "(?P<of_what>(?:[whole place plan earlier subject] [word modifier counted]{0,4})?)"
        ),
        _fraction,
    ),
    "share": (
        _shape(
            f"{_HEAD}(?P<first>{_AMOUNT})(?P<unit_1>(?:{_BASE})?)[slash over of]{_SECOND}"
            "(?P<tail>place?)(?P<after>onward?)"
        ),
        _share,
    ),
    "one": (_shape(f"{_HEAD}(?P<first>{_AMOUNT})(?P<unit>{_UNIT}){_TAIL}"), _one),
    "range": (_shape(f"{_HEAD}{_FIRST}[to dash](?P<upto>[bound from]?){_SECOND}{_TAIL}"), _range),
    "reach": (
        _shape(
            f"(?P<verb>[filler attain equals subject about rise fall]*)from{_FIRST}"
            f"(?P<to>[rise fall]?reached)(?P<head>[bound over filler]*){_SECOND}"
        ),
        _reach,
    ),
    "rank": (
        _shape(
            "[filler attain equals]*(?P<noun>counted?)rank(?P<first>number)"
            "(?:[slash over of](?P<second>number)(?:counted word{0,4})?)?[whole place]?"
        ),
        _rank,
    ),
    # a space slipped in after the decimal comma: 81.905, 03 ha
    "split": (
        _shape(f"{_HEAD}(?P<first>number) comma number(?P<unit>{_UNIT}){_TAIL}"),
        _one,
    ),
}
