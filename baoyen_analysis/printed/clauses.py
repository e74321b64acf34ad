"""What the words around a number say of it: its bound and sign, and where they forbid a reading.

A sign counts where its words stand right before the number, or in English right after it; where one stands
farther off and the words between leave it open, the number is not read. So is one that is denied ("không tăng
5%"), one before a word that may be a scale with a letter wrong, and one that nothing is said to be counted
by."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.cores import APART, UNITS, Core, first_before
from baoyen_analysis.printed.wording import Item, Sentence, phrases

_CHANGES = ("down", "up", "minus", "more", "less", "beyond")
_LEVELS = ("level", "equal", "share")
_CLAUSE = ("comma", "semicolon", "colon", "open", "close")
_TURNED = (
    "[<word><verb><dash><than>]{0,3}?(?:<turned>|[<up><down><bound>](?![<number><prefix><bound>]))(<than>)?"
)
# What a "từ" far before goes on to: another level.
_ONWARD = (
    "(?:<open>[^<close>]{0,8}<close>|[^<number><semicolon><stop>]){0,14}?"
    "[<level><to>][<bound><prefix><verb><level><to>]{0,3}<number>"
)
_COMPARED = f"[^{APART}]{{0,8}}?<than>"
_SCALE_WORDS = ("nghìn", "triệu", "nghin", "trieu", "million", "billion", "thousand")
_LAND = (" ha", " hecta", " sào", " mẫu", " m2", " km2")
_OPEN_FALL = "a fall, or a level: the words leave it open"
_LIKE_BEFORE = "a change as the number before it, or a level?"


@dataclass(slots=True)
class Said:
    """What the words around a number say. `first`, `last`: its own words; `sign`: up, down or minus; `level`:
    they lead to a level reached; `left`: the words before it, the nearest first; `carried`: its sign is that
    of the number before; why it is `unread`."""

    first: int
    last: int
    left: list[Item]
    bound: str = ""
    sign: str = ""
    level: bool = False
    carried: bool = False
    unread: str = ""

    def has(self, *kinds: str) -> bool:
        return any(item.kind in kinds for item in self.left)


def said_of(
    sentence: Sentence, core: Core, floor: int, previous: tuple[Core, Said] | None, locale: str
) -> Said:
    """What the words around a number say; `floor`: the first phrase after the number before, `previous`."""
    if core.place and previous:
        return replace(previous[1], first=core.first, last=core.last)
    first = first_before(sentence, core.first, floor)
    said = Said(first, core.last, sentence.items[first : core.first][::-1], unread=core.unread)
    if core.shape == "rank" or core.unread:
        return said
    kinds = [item.kind for item in said.left]
    change = next((place for place, kind in enumerate(kinds) if kind in _CHANGES), 99)
    level = next((place for place, kind in enumerate(kinds) if kind in _LEVELS), 99)
    said.level = level < change
    if change < level:
        said.sign = {"more": "up", "less": "down"}.get(kinds[change], kinds[change])
    _bound(sentence, core, said, said.left[: min(change, level)])
    said.unread = next((item.meaning for item in said.left if item.kind == "refused"), said.unread)
    _touching(sentence, core, said)
    _behind(sentence, core, said)
    if previous and not said.sign and not said.level:
        _carry_on(sentence, core, floor, said, *previous)
    said.unread = (
        said.unread or _doubt(sentence, core, floor, said) or _counts_what(sentence, core, said, locale)
    )
    return said


def _bound(sentence: Sentence, core: Core, said: Said, near: list[Item]) -> None:
    """The bound that the words before a number give it; "khoảng trên" is more than, and two others are
    none."""
    bounds = list(dict.fromkeys(item.meaning for item in near if item.kind == "bound"))
    bounds = [bound for bound in bounds if bound != "about"] or bounds
    said.bound = bounds[0] if bounds else ""
    dashed = core.shape == "range" and any(i.kind == "dash" for i in sentence.items[core.first : core.last])
    if len(bounds) > 1 or (dashed and said.bound not in ("", "about")):
        said.unread = "two bounds, or one before two numbers"


def _touching(sentence: Sentence, core: Core, said: Said) -> None:
    """A minus that touches the number and no word before it; signs of a sum, or both signs at once."""
    place = core.first - 1
    mark, other = (sentence.items[p] if p >= 0 else Item("", "", "") for p in (place, place - 1))
    after = sentence.items[core.last + 1].words if core.last + 1 < len(sentence.items) else ""
    summed = mark.words in ("±", "×", "x", "*", "÷") or (
        mark.words == "=" and other.kind in ("number", *UNITS)
    )
    if (
        summed
        or after in ("=", "×", "*", "÷")
        or (mark.words in ("-", "+") and other.words in ("+", "-", "±", "/"))
    ):
        said.unread = "a sum, or a number with two signs"
        return
    apart = other.end < mark.start or other.kind in ("open", "colon", "")
    if mark.kind == "dash" and mark.end == sentence.items[core.first].start and apart:
        down = any(item.kind == "down" for item in sentence.items[max(0, place - 2) : place])
        said.sign, said.first = "down" if down else "minus", min(said.first, place)
        ends = core.thing == "percent" and sentence.kind(core.last + 1) in ("", "than", "stop")
        if other.kind in ("", "aside") and not ends:
            said.unread = "a minus, or the mark of a list?"


def _behind(sentence: Sentence, core: Core, said: Said) -> None:
    """What stands after a number: "trở lên", also some words on ("từ 80% tổ chức đảng trở lên"), and in
    English the words that say which way it went ("a 7-percent drop", "5% less than last year")."""
    place = core.last + 1
    if found := sentence.match(f"[^{APART}]{{0,8}}?<after>", place):
        said.last = found.end() - 1
        after = sentence.items[said.last].meaning
        if said.bound not in ("", after) and (said.bound, after) != ("gt", "ge"):
            said.unread = "the bounds do not go together"
        said.bound = after
    elif (
        sentence.language == "en"
        and core.thing
        and not said.sign
        and (found := sentence.match(_TURNED, place))
    ):
        last = found.end() - 1 - bool(found[1])
        turned, between = sentence.items[last], sentence.items[place : last + 1]
        if turned.kind == "bound":
            turns = turned.words.endswith("than") or turned.words == "short of"
            said.sign = {"gt": "up", "lt": "down"}.get(turned.meaning, "") if turns else ""
        elif core.thing == "percent" or found[1]:
            of = any(item.words in ("of", "with", "is", "was") for item in between)
            said.sign = "" if of else turned.meaning or turned.kind
        said.last = last if said.sign else said.last


def _carry_on(sentence: Sentence, core: Core, floor: int, said: Said, before: Core, its: Said) -> None:
    """The sign of the number before where this one is said with it: "giảm 5% (tương đương 300 hộ)", "up 14%
    in volume and 38% in value"; where that is open, it is not read."""
    between = sentence.items[floor : core.first]
    kinds = {item.kind for item in between}
    if its.sign not in ("up", "down") or kinds & {"semicolon", "stop"}:
        return
    alike, joined = core.thing == before.thing, kinds <= {"comma", "and", "open"}
    percent = alike and core.thing == "percent"
    if any(item.words.startswith(("tương đương", "tức", "equivalent")) for item in between[:4]):
        said.sign = its.sign
    elif its.has("each") and joined and alike:
        said.sign, said.left = its.sign, its.left
    elif percent and "and" in kinds and not said.left and not kinds & {"verb", "time", "open"}:
        said.sign = its.sign
    elif its.sign == "down" and not said.left and (joined or percent):
        said.sign, said.unread = its.sign, _LIKE_BEFORE
    said.carried = bool(said.sign)


def _doubt(sentence: Sentence, core: Core, floor: int, said: Said) -> str:
    """Why the words around a number forbid a reading; "" where they do not."""
    compared = bool(sentence.match(_COMPARED, core.last + 1)) or said.has("than")
    lone = core.asked.endswith((" chỉ tiêu", " tiêu chí")) and not compared
    both = "<open>[<up><down>]<close>|[<up><down>][<slash><comma><and><open>]"
    if sentence.before(both, said.first, 3) and (said.sign or sentence.kind(said.first - 1) == "close"):
        return "a rise, or a fall?"
    if said.sign == "beyond" and not lone:
        further = core.thing == "percent" or compared or sentence.kind(core.last + 1) == "plan"
        said.sign, said.bound = ("up", said.bound) if further else ("", said.bound or "gt")
    based = compared or any(
        item.kind == "than" for item in sentence.items[max(0, said.first - 8) : said.first]
    )
    if said.sign == "beyond" or (said.sign and said.has("more", "less") and not based):
        return "higher or lower than what is not said"
    counted = core.thing == "counted" or (
        core.thing == "native"
        and (sentence.items[core.last].meaning == "counted" or core.asked.endswith(_LAND))
    )
    on = counted and said.left[-1:] and said.left[-1].words == "trên"
    if on and re.match("0|.$|1.$", core.asked.split(" ")[0]):
        return "trên: more than, or on?"
    after = sentence.items[core.last + 1].words if core.last + 1 < len(sentence.items) else ""
    more = phrases("amount", sentence.language)[0].get(after)
    if core.thing and more and more.kind in ("scale", "money"):
        return "two units"
    lacking = any(item.meaning == "lack" for item in said.left) and core.thing in ("native", "counted")
    upto = said.left[:1] and said.left[0].words == "đến"
    many = core.shape == "fold" or core.asked.endswith((" lần", " times"))
    if (said.sign == "down" and (upto or many)) or (
        said.sign in ("down", "minus") and (said.bound in ("lt", "le") or lacking)
    ):
        return "a fall, or the level reached: the words leave it open"
    if sentence.before("<head><aside>[<ofall><inside>]", said.first, 3):
        return "a rank, or how many there are?"
    if said.has("from") and core.shape != "range" and said.bound in ("", "about", "gt"):
        return _from(sentence, core, said)
    return "" if said.sign or said.level else _far_sign(sentence, core, said, floor)


def _from(sentence: Sentence, core: Core, said: Said) -> str:
    """What "từ" says: the start of a change, at least, or where something comes from. "" where that is
    clear."""
    english = sentence.language == "en"
    back = english and (said.sign or sentence.before("<level>.{0,5}", said.first, 6))
    if back or sentence.match(_ONWARD, core.last + 1):
        said.sign, said.level = "", True
    elif said.sign or english:
        return "from: the other end is not said"
    elif core.thing in ("percent", "money") or any(
        item.words in phrases("settled", "vi")[0] for item in said.left
    ):
        said.bound = "ge" if said.bound in ("", "gt") else said.bound
    else:
        return "từ: at least, or from where?"
    return ""


def _far_sign(sentence: Sentence, core: Core, said: Said, floor: int) -> str:
    """A word of a fall in the clause that does not stand right before the number may turn it."""
    start = said.first - (sentence.kind(said.first - 1) == "open")  # giảm rất mạnh (6,4%)
    while start > floor and sentence.kind(start - 1) not in _CLAUSE:
        if start == said.first and sentence.kind(start - 1) == "and":
            break
        start -= 1
    falls = [place for place in range(start, said.first) if sentence.kind(place) in ("down", "minus", "less")]
    if not falls or any(item.kind in _LEVELS for item in sentence.items[falls[-1] : said.first]):
        return ""
    object_ = sentence.items[falls[-1] + 1].words
    averages, _ = phrases("averaged", "vi")
    told = any(item.kind == "verb" and item.words not in averages for item in said.left)
    named = object_ in phrases("reduced", "vi")[0]  # giảm nghèo, the name of a work
    if named and (told or core.thing != "percent"):
        return ""
    if sentence.language == "en":
        turns = said.left[:1] and said.left[0].words == "by"
    else:
        averaged = all(item.kind == "bound" or item.words in averages for item in said.left)
        turns = core.thing == "percent" and averaged and object_ in phrases("falling", "vi")[0]
    if not turns or core.first - falls[-1] > 8:
        return _OPEN_FALL
    said.sign, said.first = "down", said.first if sentence.language == "en" else falls[-1]
    return ""


def _counts_what(sentence: Sentence, core: Core, said: Said, locale: str) -> str:
    """Why a number without scale and unit is not read: it may be a name or stand in the row of a table, its
    unit may stand in brackets, or the word after it may be a scale with a letter wrong ("66 tiệu đồng")."""
    if core.thing or core.shape not in ("one", "range", "quotient"):
        return ""
    after = sentence.items[core.last + 1 : core.last + 3]
    if after and after[0].kind in ("word", "name"):
        close = any(Levenshtein.distance(after[0].words, scale) <= 1 for scale in _SCALE_WORDS)
        if close or after[-1].kind == "money":
            return f"not understood: {after[0].words}"
    if any(word in phrases("scale", sentence.language)[0] for word in core.asked.split(" ")):
        return ""
    amounts, _ = phrases("amount", sentence.language)
    opened = sentence.before("<open>[^<open>]*", said.first)
    inside = (
        core.last + 2
        if sentence.kind(core.last + 1) == "open"
        else opened.start() + 1
        if opened
        else len(sentence.items)
    )
    unit = amounts.get(sentence.items[inside].words) if inside < len(sentence.items) else None
    if unit and (unit.kind in ("scale", "money", "percent") or sentence.kind(inside + 1) == "close"):
        return "its unit stands in brackets"
    beside = sentence.kind(core.first - 1), sentence.kind(core.last + 1)
    if {"number", "mark"} & set(beside):
        return "a number of a table: what it counts stands elsewhere"
    told = said.has("verb", "bound", "up", "down", "equal", "share", "level", "minus")
    if core.shape != "one" or not (told or (beside[0] == "colon" and not core.asked.isdecimal())):
        return "what it counts is not said"
    other_habit = (sentence.language == "en") == (locale == "vi")
    return (
        "thousands, or three decimals?"
        if other_habit and re.fullmatch("[0-9]{1,3}[.,][0-9]{3}", core.asked)
        else ""
    )
