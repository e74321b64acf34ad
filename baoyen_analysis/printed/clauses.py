"""What the words around a number say of it: its bound and sign, and where they forbid a reading.

A sign counts where its words stand right before the number, or in English right after it; where one stands
farther off and the words between leave it open, the number is not read. So is one that is denied ("không tăng
5%"), one before a word that may be a scale with a letter wrong, and one that nothing is said to be counted
by."""

from __future__ import annotations

import re

from baoyen_analysis.printed.cores import APART, Number, count_none, first_before
from baoyen_analysis.printed.wording import NO_ITEM, Item, is_nearly_scale, phrases

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
_BOTH_SIGNS = "<open>[<up><down>]<close>|[<up><down>][<slash><comma><and><open>]"
_LONE_SUM = "(?:<number>|<native>|<counted>|<measured>|<percent>|<money>)<equal>"
_LAND = (" ha", " hecta", " sào", " mẫu", " m2", " km2")
_OPEN_FALL = "a fall, or a level: the words leave it open"


def say(number: Number, previous: Number | None, locale: str) -> Number:
    """A number with what the words around it say; `previous`: the number before."""
    sentence, number.start, number.end = number.sentence, number.first, number.last
    if previous:
        number.floor, number.since = previous.last + 1, previous.after
    if number.place and previous:
        for name in ("left", "bound", "sign", "level", "carried", "unread"):
            setattr(number, name, getattr(previous, name))
        return number
    number.start = first_before(sentence, number.first, number.floor)
    number.left = sentence.items[number.start : number.first][::-1]
    if _counts_none(number):
        return number
    if number.shape == "rank" or number.unread:
        return number
    kinds = [item.kind for item in number.left]
    change = next((place for place, kind in enumerate(kinds) if kind in _CHANGES), 99)
    level = next((place for place, kind in enumerate(kinds) if kind in _LEVELS), 99)
    number.level = level < change
    if change < level:
        number.sign = {"more": "up", "less": "down"}.get(kinds[change], kinds[change])
    _bound(number, number.left[: min(change, level)])
    _touching(number)
    _behind(number)
    if previous and not number.sign and not number.level:
        _carry_on(number, previous)
    number.unread = number.unread or _doubt(number) or _counts_what(number, locale)
    return number


def _counts_none(number: Number) -> bool:
    """Whether a number is only a condition of what there is none of: "không còn xã dưới 10 tiêu chí" is read
    as the count of these communes, 0."""
    sentence, language, end = number.sentence, number.sentence.language, number.start
    found = sentence.before(f"<refused>[^{APART}<but><refused>]{{1,12}}", end, 13)
    first, (nouns, _) = found.start() if found else 0, phrases("unit", language)
    none = phrases("none", language)[0].get(sentence.items[first].words) if found else None
    if not none or not (number.has("bound") or any(item.words == "đạt" for item in number.left)):
        return False
    words = [item.words for item in sentence.items[first + 1 : end]]
    noun = next((nouns[name] for few in (3, 2, 1) if (name := " ".join(words[:few])) in nouns), None)
    # "số người không có việc làm trên 500 người" are these people, and what "và" joins may be another thought
    before = sentence.items[number.floor : first]
    counted = any(item.words == sentence.items[number.last].words for item in before)
    number.start, number.first, number.left = first, first, []
    if noun and not (none.meaning or counted or sentence.has("<and>", first, end)):
        count_none(number, noun)
    else:
        number.unread = "none of what is said, and the number is its condition"
    return True


def _bound(number: Number, near: list[Item]) -> None:
    """The bound that the words before a number give it; "khoảng trên" is more than, and two others are
    none."""
    bounds = list(dict.fromkeys(item.meaning for item in near if item.kind == "bound"))
    bounds = [bound for bound in bounds if bound != "about"] or bounds
    number.bound = [*bounds, ""][0]
    dashed = number.shape == "range" and number.sentence.has("<dash>", number.first, number.last)
    if len(bounds) > 1 or (dashed and number.bound not in ("", "about")):
        number.unread = "two bounds, or one before two numbers"
    number.unread = next((item.meaning for item in number.left if item.kind == "refused"), number.unread)


def _touching(number: Number) -> None:
    """A minus that touches the number and no word before it; signs of a sum, or both signs at once."""
    sentence, place = number.sentence, number.first - 1
    other, mark, after = (sentence.item(p) for p in (place - 1, place, number.last + 1))
    signs = mark.words in ("-", "+") and other.words in ("+", "-", "±", "/")
    summed = mark.words in ("±", "×", "x", "*", "÷") or after.words in ("=", "×", "*", "÷")
    if signs or summed or (mark.words == "=" and sentence.before(_LONE_SUM, number.first, 2)):
        number.unread = "a sum, or a number with two signs"
        return
    apart = other.end < mark.start or other.kind in ("open", "colon", "")
    if mark.kind == "dash" and mark.end == sentence.items[number.first].start and apart:
        number.sign = "down" if sentence.has("<down>", place - 2, place) else "minus"
        number.start = min(number.start, place)
        ends = number.thing == "percent" and after.kind in ("", "than", "stop")
        if other.kind in ("", "aside") and not ends:
            number.unread = "a minus, or the mark of a list?"


def _behind(number: Number) -> None:
    """What stands after a number: "trở lên", also some words on ("từ 80% tổ chức đảng trở lên"), and in
    English the words that say which way it went ("a 7-percent drop", "5% less than last year")."""
    sentence, place = number.sentence, number.last + 1
    if found := sentence.match(f"[^{APART}]{{0,8}}?<after>", place):
        number.end = found.end() - 1
        after = sentence.items[number.end].meaning
        if number.bound not in ("", after) and (number.bound, after) != ("gt", "ge"):
            number.unread = "the bounds do not go together"
        number.bound = after
    elif sentence.language == "en" and number.thing and not number.sign:
        if not (found := sentence.match(_TURNED, place)):
            return
        last = found.end() - 1 - bool(found[1])
        turned = sentence.items[last]
        if turned.kind == "bound":
            turns = turned.words.endswith("than") or turned.words == "short of"
            number.sign = {"gt": "up", "lt": "down"}.get(turned.meaning, "") if turns else ""
        elif number.thing == "percent" or found[1]:
            words = {item.words for item in sentence.items[place : last + 1]}
            number.sign = "" if words & {"of", "with", "is", "was"} else turned.meaning or turned.kind
        number.end = last if number.sign else number.end


def _carry_on(number: Number, before: Number) -> None:
    """The sign of the number before where this one is said with it: "giảm 5% (tương đương 300 hộ)", "up 14%
    in volume and 38% in value"; where that is open, it is not read."""
    between = number.sentence.items[number.floor : number.first]
    kinds = {item.kind for item in between}
    if before.sign not in ("up", "down") or kinds & {"semicolon", "stop"}:
        return
    alike, joined = number.thing == before.thing, kinds <= {"comma", "and", "open"}
    percent, bare = alike and number.thing == "percent", not number.left
    same = any(item.words.startswith(("tương đương", "tức", "equivalent")) for item in between[:4])
    if each := not same and before.has("each") and joined and alike:
        number.left = before.left
    both = percent and "and" in kinds and bare and not kinds & {"verb", "time", "open"}
    if same or each or both:
        number.sign = before.sign
    elif before.sign == "down" and bare and (joined or percent):
        number.sign, number.unread = before.sign, "a change as the number before it, or a level?"
    number.carried = bool(number.sign)


def _doubt(number: Number) -> str:
    """Why the words around a number forbid a reading; "" where they do not."""
    sentence, sign, thing, asked = number.sentence, number.sign, number.thing, number.asked
    after, start, far = sentence.item(number.last + 1), number.start, [NO_ITEM, *number.left][-1]
    compared = number.has("than") or bool(sentence.match(_COMPARED, number.last + 1))
    if sentence.before(_BOTH_SIGNS, start, 3) and (sign or sentence.kind(start - 1) == "close"):
        return "a rise, or a fall?"
    if sign == "beyond" and (compared or not asked.endswith((" chỉ tiêu", " tiêu chí"))):
        further = thing == "percent" or compared or after.kind == "plan"
        number.sign, number.bound = ("up", number.bound) if further else ("", number.bound or "gt")
        sign = number.sign
    based = compared or sentence.has("<than>", start - 8, start)
    if sign == "beyond" or (sign and number.has("more", "less") and not based):
        return "higher or lower than what is not said"
    land = sentence.items[number.last].meaning == "counted" or asked.endswith(_LAND)
    on = thing == "counted" or (thing == "native" and land)
    if on and far.words == "trên" and re.match("0|.$|1.$", asked.split(" ")[0]):
        return "trên: more than, or on?"
    more = phrases("amount", sentence.language)[0].get(after.words, NO_ITEM)
    if thing and more.kind in ("scale", "money"):
        return "two units"
    lacking = thing in ("native", "counted") and any(item.meaning == "lack" for item in number.left)
    upto = number.left[:1] and number.left[0].words == "đến"
    many = number.shape == "fold" or asked.endswith((" lần", " times"))
    if (sign == "down" and (upto or many)) or (
        sign in ("down", "minus") and (number.bound in ("lt", "le") or lacking)
    ):
        return "a fall, or the level reached: the words leave it open"
    if sentence.before("<head><aside>[<ofall><inside>]", start, 3):
        return "a rank, or how many there are?"
    if number.has("from") and number.shape != "range" and number.bound in ("", "about", "gt"):
        return _from(number)
    return "" if sign or number.level else _far_sign(number)


def _from(number: Number) -> str:
    """What "từ" says: the start of a change, at least, or where something comes from. "" where that is
    clear."""
    sentence, english = number.sentence, number.sentence.language == "en"
    back = english and (number.sign or sentence.before("<level>.{0,5}", number.start, 6))
    settled = any(item.words in phrases("settled", "vi")[0] for item in number.left)
    if back or sentence.match(_ONWARD, number.last + 1):
        number.sign, number.level = "", True
    elif number.sign or english:
        return "from: the other end is not said"
    elif number.thing in ("percent", "money") or settled:
        number.bound = "ge" if number.bound in ("", "gt") else number.bound
    else:
        return "từ: at least, or from where?"
    return ""


def _far_sign(number: Number) -> str:
    """A word of a fall in the clause that does not stand right before the number may turn it."""
    sentence, left = number.sentence, number.left
    start = number.start - (sentence.kind(number.start - 1) == "open")  # giảm rất mạnh (6,4%)
    while start > number.floor and sentence.kind(start - 1) not in _CLAUSE:
        if start == number.start and sentence.kind(start - 1) == "and":
            break
        start -= 1
    kinds = ("down", "minus", "less")
    falls = [place for place in range(start, number.start) if sentence.kind(place) in kinds]
    if not falls or sentence.has("<level><equal><share>", falls[-1], number.start):
        return ""
    object_, averages = sentence.items[falls[-1] + 1].words, phrases("averaged", "vi")[0]
    told = any(item.kind == "verb" and item.words not in averages for item in left)
    percent, english = number.thing == "percent", sentence.language == "en"
    if object_ in phrases("reduced", "vi")[0] and (told or not percent):  # giảm nghèo, the name of a work
        return ""
    averaged = all(item.kind == "bound" or item.words in averages for item in left)
    turns = percent and averaged and object_ in phrases("falling", "vi")[0]
    if english:
        turns = bool(left) and left[0].words == "by"
    if not turns or number.first - falls[-1] > 8:
        return _OPEN_FALL
    number.sign, number.start = "down", number.start if english else falls[-1]
    return ""


def _counts_what(number: Number, locale: str) -> str:
    """Why a number without scale and unit is not read: it may be a name or stand in the row of a table, its
    unit may stand in brackets, or the word after it may be a scale with a letter wrong ("66 tiệu đồng")."""
    sentence, last, asked = number.sentence, number.last, number.asked
    if number.thing or number.shape not in ("one", "range", "quotient"):
        return ""
    after, second = sentence.item(last + 1), sentence.item(last + 2)
    units = phrases("amount", sentence.language)[0]
    money = "money" in (after.meaning, units.get(second.words, NO_ITEM).kind) or second.kind == "prefix"
    if after.kind in ("word", "name") and (money or is_nearly_scale(after.words)):
        return f"not understood: {after.words}"
    if any(word in phrases("scale", sentence.language)[0] for word in asked.split(" ")):
        return ""
    opened = sentence.before("<open>[^<open>]*", number.start)
    inside = last + 2 if after.kind == "open" else opened.start() + 1 if opened else -1
    unit = units.get(sentence.item(inside).words, NO_ITEM)
    if unit.kind in ("scale", "money", "percent") or (unit.kind and sentence.kind(inside + 1) == "close"):
        return "its unit stands in brackets"
    before = sentence.kind(number.first - 1)
    if {"number", "mark"} & {before, after.kind}:
        return "a number of a table: what it counts stands elsewhere"
    told = number.has("verb", "bound", "up", "down", "equal", "share", "level", "minus")
    if number.shape != "one" or not (told or (before == "colon" and not asked.isdecimal())):
        return "what it counts is not said"
    other_habit = (sentence.language == "en") == (locale == "vi")
    three = re.fullmatch("[0-9]{1,3}[.,][0-9]{3}", asked)
    return "thousands, or three decimals?" if other_habit and three else ""
