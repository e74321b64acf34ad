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
from typing import Any

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.phrases import PER, WORDS, Doubt, Token, refuse, tokens
from baoyen_analysis.printed.units import NO_AMOUNT, Amount, Said


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
            if strange := _strange_words(phrases, english):
                raise Doubt(f"not understood: {', '.join(strange)}")
            return replace(found, english=english)
    unknown = [token.words for token in phrases if token.kind in ("word", "mark", "barred")]
    raise Doubt(
        f"not understood: {', '.join(unknown)}" if unknown else "the numbers and words do not make one figure"
    )


def _strange_words(phrases: list[Token], english: bool) -> list[str]:
    """The words that a noun does not take along: a scale with a letter wrong (120 người tiệu); in English one
    may turn the number's sign, but for what a thing is of (tonnes of rice)."""
    after_of = itertools.dropwhile(lambda token: token.kind != "of", phrases)
    of = {token.words for token in after_of if token.kind == "word"} | set(PER)
    return [
        word
        for kind, _, word, _ in phrases
        if kind == "word"
        and (
            (english and word not in of)
            or any(Levenshtein.distance(word, scale) <= 1 for scale in ("nghìn", "triệu", "nghin", "trieu"))
        )
    ]


# ---------------------------------------------------------------------------------------------------------
# Bound, sign and relation, from the words around the number.


def _bound_and_sign(said: Said, unit: str) -> tuple[str, bool]:
    """The qualifier and whether the value is negative, from the words before the number and the bound after
    it (trở lên)."""
    kinds, reached = said.kinds("head"), said("head", "reached")
    bounds, after = said("head", "bound", "over"), [*said("after", "onward"), ""][0]
    if len(bounds) == 2 and bounds[0] == "about" and bounds[1] not in ("ge", "le"):
        bounds = bounds[1:]  # khoảng trên, khoảng gần: the nearer word says more
    before = "gt" if "beyond" in kinds else [*bounds, ""][0]
    together, bound = {before}, after or before
    if after:
        together = {"", after}
    elif "from" in kinds:
        together, bound = {"", "gt", "ge"}, before or "ge"
    refuse(
        {
            "two bounds": len(set(bounds)) > 1,
            "trên: more than, or on?": any(
                (one == "over" and other in ("filler", "attain", "equals"))
                or (one in ("over", "bound") and other in ("subject", "about", "place"))
                for one, other in itertools.pairwise(kinds)
            ),
            "vượt (beyond): beyond what is not said": "beyond" in kinds
            and (bounds or unit.startswith("%") or unit in ("targets", "criteria")),
            "the bounds do not go together": before not in together,
            "higher than what is not said": "higher" in kinds and bound != "ge",
            "a rise from a level: the level reached is not said": {"rise", "from"} <= {*kinds} and not after,
        }
    )
    if not reached:
        return bound or "eq", _is_negative(said, kinds, bound, unit)
    # giảm còn, giảm xuống dưới, tăng lên: the level reached, not the change
    at = kinds.index("reached")
    wrong = {"minus", "sign", "from"} & {*kinds} or {"rise", "fall"} & {*kinds[at + 1 :]}
    refuse(
        {
            "a level with a sign, or without its start": wrong,
            "a rise and a fall": _opposed(kinds[:at], reached),
        }
    )
    return bound or "eq", False


def _opposed(kinds: list[str], directions: list[str]) -> bool:
    """Whether there is a rise to a lower level or a fall to a higher one."""
    turns = {"rise": "up", "fall": "down"}
    return len({*directions, *(turns[kind] for kind in kinds if kind in turns)}) > 1


def _is_negative(said: Said, kinds: list[str], bound: str, unit: str) -> bool:
    """Whether the words make the number negative."""
    signs = [kind for kind in kinds if kind in ("fall", "minus", "sign", "rise")]
    signs += [{"up": "rise", "down": "fall"}[turn] for turn in said("turn", "turn")]
    changed = next((at for at, kind in enumerate(kinds) if kind in ("rise", "fall")), len(kinds))
    to_level = (
        bound == "lt"
        or "from" in kinds
        or unit.startswith("times")
        or ("subject" in kinds and bound in ("le", "ge"))
    )
    refuse(
        {
            "two signs, or a sign in the wrong place": len(signs) > 1
            or ("sign" in kinds and (kinds[-1] != "sign" or bound not in ("", "about"))),
            "a change, or the level reached: the words leave it open": {"equals", "attain"}
            & {*kinds[changed:]}
            or ("fall" in signs and to_level),
        }
    )
    return bool(signs) and signs[0] != "rise"


def _relation(said: Said, unit: str, negative: bool) -> str:
    """How the figure stands to another one: "" for a level."""
    kinds = {token.kind for token in said.phrases if token.words != "+"}
    change = kinds & {"rise", "fall", "turn", "higher"} or "change" in said("head", "subject")
    if "reached" in kinds:
        return ""
    if unit.startswith("times") and ("multiple" in kinds or not change):
        return "multiple"
    if change:
        return "fall" if negative else "rise"
    if not unit.startswith("%"):
        return ""
    of = said.parts["unit"][1:] + said.parts.get("tail", [])
    if "plan" in kinds or any(token.meaning in ("targets", "mục tiêu") for token in of):
        return "share_of_plan"
    parts = {"whole", "place", "earlier", "of", "counted", "subject"} & {token.kind for token in of}
    return "share" if parts or "equals" in kinds else ""


# ---------------------------------------------------------------------------------------------------------
# The plan of each shape; None where the words mean another one.


def _one(shape: str, said: Said) -> Plan:
    unit, amount, kinds = said.unit(), said.amount("first"), {*said.kinds("head")}
    half = said("unit", "half")
    if "multiple" in kinds:
        refuse({"gấp (times) with another unit": unit.name not in ("", "times") or amount.scaled})
        unit = unit._replace(name="times", thing="measured")
    qualifier, negative = _bound_and_sign(said, unit.name)
    relation = _relation(said, unit.name, negative)
    compared = {"compared", "against"} & {token.kind for token in said.phrases} or said("tail", "earlier")
    # "doanh thu 5 doanh nghiệp" is of five firms; plain "tang 12" may be a storey
    subjects = [token for token in said.parts["head"] if token.kind in ("subject", "counted")]
    subject = subjects[0].words if subjects else ""
    own = any(unit.name in str(token.meaning).split("|") for token in subjects)
    alone = kinds <= {"counted", "bound", "over"}
    changes = any(token.kind in ("rise", "fall") and token.words != "+" for token in said.parts["head"])
    bare = not unit.name and not said("first", "scale")
    refuse(
        {
            "rưỡi (a half) after two numbers": half and amount.program,
            f"{subject} of {unit.name}: the words leave open what is counted": subject
            and not own
            and (alone or unit.thing == "counted"),
            "a change, or another word without its accents?": changes
            and bare
            and all(token.words.isascii() for token in said.phrases),
            "a change of what is not said": said("turn", "turn") and unit.name != "%",
            "compared with what is not said": compared
            and not (relation or ("attain" in kinds and unit.name == "%")),
            "a, or A?": "article" in kinds and not (relation or compared),
        }
    )
    return Plan(
        shape,
        replace(amount, half=amount.half or bool(half)),
        NO_AMOUNT,
        *unit,
        qualifier=qualifier,
        negative=negative,
        worded=bool(kinds),
        relation=relation,
    )


def _two(shape: str, said: Said, **more: Any) -> Plan:
    """The plan of two numbers, whose unit is printed after both and the same, or after the second alone."""
    first, last = said.unit("unit_1"), said.unit()
    if first.name not in ("", said.money(), last.name, last.name.split("/")[0]):
        raise Doubt(f"two units: {first.name} and {last.name}")
    apart = bool(said.kinds("unit_1"))
    return Plan(shape, said.amount("first"), said.amount("second"), *last, apart=apart, **more)


def _range(shape: str, said: Said) -> Plan:
    plan, kinds = _two(shape, said, qualifier="range"), said.kinds("head")
    bounds, from_ = said("head", "bound", "over"), "from" in kinds
    joined = next(token.words for token in said.phrases if token.kind in ("to", "dash"))
    scaled = said.kinds("unit_1") or said("first", "scale") or said("second", "scale")
    reaches = {"rise", "fall"} & {*kinds} and joined != "-"
    refuse(
        {
            "the bounds do not make a range": bounds not in ([], ["gt"], ["about"])
            or said("upto", "bound") not in ([], ["lt"])
            or {"higher", "beyond"} & {*kinds},
            "hơn (more than) before two numbers": bounds == ["gt"] and joined == "-" and "over" not in kinds,
            "two numbers, or a sign that may hold for one of them": (joined == "and" and not from_)
            or {"sign", "minus"} & {*kinds},
            "a range, or the level reached: the words leave it open": reaches
            and (from_ or scaled or joined in ("to", "tới", "toi")),
        }
    )
    negative = _is_negative(said, [kind for kind in kinds if kind != "from"], "", plan.unit)
    relation = _relation(said, plan.unit, negative)
    apart = plan.apart and not said("unit_1", "percent")
    return replace(plan, negative=negative, apart=apart, relation=relation)


def _reach(shape: str, said: Said) -> Plan:
    plan = _two(shape, said)
    qualifier, _ = _bound_and_sign(said, plan.unit)
    direction = said("to", "reached")
    refuse({"a rise and a fall": _opposed(said.kinds("verb") + said.kinds("to"), direction)})
    return replace(plan, first=plan.second, second=plan.first, qualifier=qualifier, direction=direction[0])


def _share(shape: str, said: Said) -> Plan | None:
    unit, apart = said.unit(), bool(said.kinds("unit_1"))
    nouns = [[token.words for token in said.parts[part]] for part in ("unit_1", "unit")]
    counted = said("unit", "counted") and nouns[0] != nouns[1]
    if apart and (counted or said.unit("unit_1").name != unit.name):
        return None  # a rate: "15 người/1.000 dân"
    refuse({"a share of a share": unit.name.startswith("%")})
    qualifier, negative = _bound_and_sign(said, unit.name)
    signed = negative or said("head", "from", "rise", "higher")
    refuse({"a count of a total has no sign and no from, and does not rise": signed})
    return _two(shape, said, qualifier=qualifier, verb=bool(said("head", "attain")))


def _rank(shape: str, said: Said) -> Plan:
    noun = "".join(said("noun", "counted"))
    how = next(token.meaning for token in said.phrases if token.kind == "rank")
    first, second = said.amount("first"), said.amount("second")
    of = second.index > 0
    if (how == "ordinal" and not (noun and of)) or (how == "grade" and not of):
        raise Doubt("an ordinal: of how many is not said")
    return Plan(shape, first, second, noun or "hạng", "counted", relation="rank")


def _fraction(shape: str, said: Said) -> Plan | None:
    qualifier, negative = _bound_and_sign(said, "")
    signed = negative or said("head", "from", "rise")
    refuse({"a fraction has no sign and no from, and does not rise": signed})
    parts = next((token.meaning for token in said.phrases if token.kind == "fraction"), 0)
    percent = said("stroke", "part")
    clear = bool(parts or said("head", "equals") or said.kinds("of_what") or percent)
    if not clear and qualifier == "eq":
        return None  # a count of a total
    first, second = said.amount("first"), said.amount("second")
    shape = "percent" if percent else shape
    return Plan(shape, first, second, qualifier=qualifier, parts=parts, verb=clear, relation="share")


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
