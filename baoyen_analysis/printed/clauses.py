"""The numbers of a sentence and what the words around them say: which belong together (a range, a count of a total,
a list that shares its unit), their bound and sign, and where the words forbid a reading.

A sign counts where its words stand right before the number, or in English right after it; where one stands farther
off and the words between leave it open, the number is not read. So is one that is denied ("không tăng 5%")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.figures import Figure, UnreadableFigure, parse_figure
from baoyen_analysis.printed.wording import Sentence, grammar, phrases

_LONGEST_NUMBER = 30
FLIPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}
# How a bound is asked of parse_figure, in Vietnamese and English.
_ASKED = {
    "gt": ("hơn", "more than"),
    "ge": ("ít nhất", "at least"),
    "lt": ("dưới", "less than"),
    "le": ("tối đa", "at most"),
    "near": ("gần", "nearly"),
    "about": ("khoảng", "about"),
    "": ("", ""),
}
# A unit that parse_figure may not know is asked as one that behaves alike, and its name put back: Vietnamese, English.
_STAND_IN = {
    "counted": (("người", "persons"), ("people", "persons")),
    "measured": (("kg", "kg"), ("tonnes", "tonnes")),
}
_CHANGES = ("down", "up", "minus", "more", "less", "beyond")
_LEVELS = ("level", "equal", "share")
# Words before "từ" that make it "at least".
_SETTLED = (
    "đạt",
    "có",
    "là",
    "ước đạt",
    "phải đạt",
    "phấn đấu đạt",
    "duy trì",
    "ở mức",
    "giữ mức",
    "còn",
    "bằng",
    "chiếm",
)
# What "giảm" before it takes along ("giảm tỷ lệ hộ nghèo bình quân 5%"), and what may stand before the number then.
_FALLING = ("tỷ", "tỉ", "số", "chi", "tổng", "lượng", "diện", "giá", "mức", "hộ")
_AVERAGED = (
    "bình quân",
    "trung bình",
    "mỗi năm",
    "hằng năm",
    "hàng năm",
    "bình quân mỗi năm",
    "bình quân hằng năm",
    "từ",
    "tổng số",
)
_UNIT_KINDS = ("native", "counted", "measured", "percent", "money")
_SCALE_WORDS = ("nghìn", "triệu", "nghin", "trieu", "million", "billion", "thousand")

_AMOUNT = "(?:<prefix>?[<number><numeral>](?:<scale>+<number>(?=<scale>))*<scale>*<half>?)"
_NOUN = "(?:[<percent><native><counted><measured><money>]<half>?<rate>*|<rate>+)"
_SHAPES = {
    "rank": "<number><ordinal>?(?:(?:<slash>|<ofall>)<number><native>?)?",
    "share": f"{_AMOUNT}{_NOUN}?(?:<slash>|<ofall><verb>?){_AMOUNT}{_NOUN}",
    "quotient": "<number><slash><number>",
    "range": f"{_AMOUNT}{_NOUN}?[<dash><to><level><and>](?:<bound>|<from>)?{_AMOUNT}{_NOUN}?",
    "ends": f"<number><scale>*<level><bound>?<number><scale>*{_NOUN}",
    "list": f"<number><scale>*(?:(?:[<comma><semicolon>]<and>?|<and>)<number><scale>*)+{_NOUN}",
    "one": f"{_AMOUNT}{_NOUN}?|<fold>|<fraction>",
}
_LEFT = "<bound><down><up><minus><refused><level><verb><each><equal><share><times><more><less><beyond><from><to><lasting>"
_APART = "<number><comma><semicolon><stop><open><close><colon>"
_BEFORE = (
    f"(?:[{_LEFT}](?:<time>|<than>[^{_APART}]{{1,9}}?|(?<=<beyond>)<plan>[^{_APART}]{{0,4}}?)?){{1,14}}$"
)
_TURNED = (
    "[<word><verb><dash><than>]{0,3}?(?:<turned>|[<up><down><bound>](?![<number><prefix><bound>]))(<than>)?"
)


@dataclass(frozen=True, slots=True)
class Core:
    """Numbers that make one figure. `first`, `last`: its phrases, with scale and unit; `asked`: what parse_figure is
    asked, without the words before it; `unit`: the unit's own name where `stand_in` was asked; `thing`: the kind of
    its unit; `place` in a list of `count` numbers that share their unit."""

    first: int
    last: int
    shape: str
    asked: str
    unit: str = ""
    stand_in: str = ""
    thing: str = ""
    place: int = 0
    count: int = 0
    unread: str = ""
    scaled: bool = False
    dashed: bool = False

    def read(self, bound: str, english: bool, locale: str) -> Figure | str:
        """The reading with a bound, or why there is none."""
        found = _read(f"{_ASKED[bound][english]} {self.asked}".strip(), locale)
        if isinstance(found, str) or not self.unit:
            return found
        return replace(found, unit=self.unit + found.unit.removeprefix(self.stand_in))


@lru_cache(maxsize=1 << 14)
def _read(text: str, locale: str) -> Figure | str:
    try:
        return parse_figure(text, locale=locale)
    except UnreadableFigure as error:
        return error.reason


def cores(sentence: Sentence) -> Iterator[Core]:
    """The numbers of a sentence in order, each with what it makes a figure with."""
    done = 0
    for match in grammar("[<number><numeral><fold><fraction>]").finditer(sentence.kinds):
        if match.start() < done:
            continue
        first = match.start() - (match.start() > done and sentence.items[match.start() - 1].kind == "prefix")
        for shape, pattern in _SHAPES.items():
            found = grammar(pattern).match(sentence.kinds, first)
            made = _made(sentence, shape, first, found.end() - 1) if found else []
            if (
                shape == "one"
                and made
                and grammar("<dash>[<number><prefix>]").match(sentence.kinds, made[-1].last + 1)
            ):
                made = [replace(made[0], unread="two numbers that do not make a range")]
            if found and (made or shape == "quotient"):
                yield from made
                done = made[-1].last + 1 if made else found.end()
                break


def _made(sentence: Sentence, shape: str, first: int, last: int) -> list[Core]:
    """The cores of a stretch of phrases that has a shape; none where its words mean another one."""
    items, kinds = sentence.items[first : last + 1], [item.kind for item in sentence.items[first : last + 1]]
    numbers = [place for place, kind in enumerate(kinds) if kind == "number"]
    if shape == "rank":
        ranked = first and sentence.items[first - 1].kind == "rank"
        asked = "/".join(items[place].words for place in numbers)
        return [Core(first - 1, last, shape, f"xếp thứ {asked}", thing="rank")] if ranked else []
    if shape == "quotient":
        return _quotient(sentence, first, last)
    if shape in ("list", "ends"):
        return _list(sentence, first, last)
    if shape in ("share", "range"):
        middle = next(
            i for i, kind in enumerate(kinds) if kind in ("slash", "ofall", "dash", "to", "level", "and")
        )
        fit = _fit(sentence, shape, first, first + middle, last)
        if fit != "yes":
            return [Core(first, last, shape, "", unread=fit)] if fit else []
    needed = {"scale", "percent"} if sentence.language == "en" else set(_UNIT_KINDS)
    if "numeral" in kinds and not set(kinds) & needed:
        return []
    return [_core(sentence, kinds[0] if kinds[0] in ("fold", "fraction") else shape, first, last)]


def _quotient(sentence: Sentence, first: int, last: int) -> list[Core]:
    """A fraction where words beside it say so ("chưa bằng 1/3", "2/3 số hộ"); a day of a month is none."""
    over, under = sentence.items[first].words, sentence.items[last].words
    beside = sentence.kinds[_before(sentence, first, 0) : first] + sentence.kinds[last + 1 : last + 2]
    part = grammar("[<equal><share><bound><sum><inside>]").search(beside)
    if part and over.isdecimal() and under.isdecimal() and int(over) < int(under) <= 12:
        return [Core(first, last, "fraction", f"bằng {over}/{under}")]
    day = over.isdecimal() and under.isdecimal() and int(over) <= 31 and int(under) <= 12 and not part
    return [] if day else [Core(first, last, "quotient", f"{over}/{under}")]


def _core(sentence: Sentence, shape: str, first: int, last: int) -> Core:
    """The core of a stretch of phrases, with what parse_figure is asked."""
    asked, unit, stand_in, thing = [], "", "", ""
    english = sentence.language == "en"
    for item in sentence.items[first : last + 1]:
        words = item.meaning or item.words
        if item.kind in _UNIT_KINDS or (item.kind == "prefix" and not thing):
            thing = "money" if item.kind == "prefix" else item.kind
        if item.kind in _STAND_IN:
            unit = words
            words, stand_in = _STAND_IN[item.kind][english]
        elif item.kind in ("slash", "ofall"):
            words = "/"
        elif item.kind in ("dash", "to", "level", "and"):
            words = "-"
        elif item.kind in ("bound", "verb", "from", "ordinal"):
            words = ""
        asked.append(words)
    kinds = {item.kind for item in sentence.items[first : last + 1]}
    return Core(
        first, last, shape, " ".join(filter(None, asked)), unit, stand_in, thing,
        scaled="scale" in kinds, dashed="dash" in kinds,
    )  # fmt: skip


def _fit(sentence: Sentence, shape: str, first: int, middle: int, last: int) -> str:
    """Whether two numbers make one figure: "yes" where their units let them and the words before do not make them the
    ends of a change ("tăng từ 45 lên 50 triệu"), "" where they do not, or why it is open."""
    parts = sentence.items[first:middle], sentence.items[middle + 1 : last + 1]
    skipped = ("number", "numeral", "scale", "verb", "bound", "from")
    nouns = [
        " ".join(
            i.words for place, i in enumerate(part) if i.kind not in skipped and (place or i.kind != "prefix")
        )
        for part in parts
    ]
    joint, left = sentence.items[middle], sentence.kinds[_before(sentence, first, 0) : first]
    if nouns[0] and nouns[0] != nouns[1]:
        return ""
    if shape == "share" or joint.kind == "dash":
        return "yes"
    if joint.kind == "and" and (not first or sentence.items[first - 1].words != "between"):
        return ""
    if joint.kind == "level" and (joint.words != "to" or grammar("[<down><up><level>]").search(left)):
        return ""
    if grammar("[<down><up><level>].*<from>").search(left):
        return "" if nouns[0] else "a range, or the level reached: the words leave it open"
    return "yes"


def _list(sentence: Sentence, first: int, last: int) -> list[Core]:
    """The cores of a list whose numbers share the unit of the last: "45, 50 và 55 triệu đồng"."""
    items = sentence.items
    places = [place for place in range(first, last + 1) if items[place].kind == "number"]
    near = items[max(0, first - 12) : first] + items[last + 1 : last + 4]
    told = any(item.kind == "each" or item.words == "tương ứng" for item in near)
    ends = any(item.kind == "level" for item in items[first:last])
    if not told and not ends and not any(item.kind == "and" for item in items[first : places[-1]]):
        return []
    if ends and (not first or items[first - 1].kind != "from"):
        return []
    whole = _core(sentence, "one", places[-1], last)
    shared = whole.asked.split(" ", 1)[1]
    scaled = items[places[-1] + 1].kind == "scale"
    made = []
    for place, after in zip(places, places[1:], strict=False):
        scale = " ".join(item.words for item in items[place:after] if item.kind == "scale")
        unit = shared if not scale else f"{scale} {shared.split(' ', 1)[-1] if scaled else shared}"
        own = place + len(scale.split())
        made.append(replace(whole, first=place, last=own, asked=f"{items[place].words} {unit}"))
    return [
        core if ends else replace(core, place=i, count=len(places)) for i, core in enumerate([*made, whole])
    ]


# ---------------------------------------------------------------------------------------------------------------------
# The words around.


@dataclass(slots=True)
class Said:
    """What the words around a number say: `first`, `last` of its own words, its `bound`, its `sign` (up, down,
    minus), whether they lead to the `level` reached, the kinds of the words `left` of it, the nearest first, whether
    its sign is `carried` over from the number before, and why it is `unread`."""

    first: int
    last: int
    bound: str = ""
    sign: str = ""
    level: bool = False
    left: tuple[str, ...] = ()
    carried: bool = False
    unread: str = ""


def _before(sentence: Sentence, first: int, floor: int) -> int:
    """The first of the known phrases that stand right before a number."""
    start = max(floor, first - 20)
    found = grammar(_BEFORE).search(sentence.kinds[start:first])
    return start + found.start() if found else first


def said_of(
    sentence: Sentence, core: Core, floor: int, previous: tuple[Core, Said] | None, locale: str
) -> Said:
    """What the words around a number say; `floor`: the first phrase after the number before, `previous`."""
    if core.place and previous:
        return replace(previous[1], first=core.first, last=core.last)
    said = Said(_before(sentence, core.first, floor), core.last, unread=core.unread)
    if core.shape == "rank" or core.unread:
        return said
    before = sentence.items[said.first : core.first][::-1]
    said.left = tuple(item.kind for item in before)
    places = range(len(before))
    change = next((place for place in places if said.left[place] in _CHANGES), 99)
    level = next((place for place in places if said.left[place] in _LEVELS), 99)
    said.level = level < change
    if change < level:
        said.sign = {"more": "up", "less": "down"}.get(said.left[change], said.left[change])
        said.unread = _odd_sign(sentence, core, said, before[change].words)
    _bound(core, said, [item.meaning for item in before[: min(change, level)] if item.kind == "bound"])
    said.unread = next((item.meaning for item in before if item.kind == "refused"), said.unread)
    _touching(sentence, core, said)
    _behind(sentence, core, said)
    if not said.sign and not said.level and previous:
        _carry_on(sentence, core, floor, said, *previous)
    said.unread = (
        said.unread or _doubt(sentence, core, floor, said) or _unit_open(sentence, core, said, locale)
    )
    return said


def _bound(core: Core, said: Said, bounds: list[str]) -> None:
    """The bound that the words before a number give it; "khoảng trên" is more than, and two others are none."""
    bounds = list(dict.fromkeys(bounds))
    bounds = [bound for bound in bounds if bound != "about"] or bounds
    said.bound = bounds[0] if bounds else ""
    if len(bounds) > 1 or (
        core.shape == "range" and "-" in core.asked and said.bound not in ("", "about") and core.dashed
    ):
        said.unread = "two bounds, or one before two numbers"


def _odd_sign(sentence: Sentence, core: Core, said: Said, words: str) -> str:
    """Why a sign is open: "tăng/giảm 5%", a lack of things that are counted."""
    if grammar("[<up><down>](?:[<slash><comma><and><open>])?").fullmatch(
        sentence.kinds, max(0, said.first - 2), said.first
    ):
        return "a rise, or a fall?"
    lack = said.left and words in ("hụt", "thiếu hụt", "thiếu", "lỗ", "thua lỗ", "bị lỗ")
    return "a lack, or a count?" if lack and core.thing in ("native", "counted") else ""


def _touching(sentence: Sentence, core: Core, said: Said) -> None:
    """A minus that touches the number and no word before it; a plus; signs that are both."""
    place = core.first - 1
    mark = sentence.items[place] if place >= 0 else None
    if mark is None or mark.words not in ("-", "–", "+", "±", "=", "×", "x", "*", "÷"):
        after = sentence.items[core.last + 1].words if core.last + 1 < len(sentence.items) else ""
        said.unread = "a sum, not a printed figure" if after in ("=", "×", "*", "÷") else said.unread
        return
    other = sentence.items[place - 1] if place else None
    if mark.words == "=" and (other is None or other.kind not in ("number", *_UNIT_KINDS)):
        return
    if mark.words not in ("-", "–") or (other and other.words in ("+", "±", "/")):
        plus = mark.words == "+" and (not other or other.words not in ("/", "-"))
        said.unread = said.unread if plus else "a sum, or a number with two signs"
    elif mark.end == sentence.items[core.first].start and not (
        other and other.end == mark.start and other.kind not in ("open", "colon")
    ):
        if other is None or other.kind == "aside":
            said.unread = "a minus, or the mark of a list?"
        down = any(item.kind == "down" for item in sentence.items[max(0, place - 2) : place])
        said.sign, said.first = "down" if down else "minus", min(said.first, place)


def _behind(sentence: Sentence, core: Core, said: Said) -> None:
    """What stands after a number: "trở lên", also some words on ("từ 80% tổ chức đảng trở lên"), and in English the
    words that say which way it went ("a 7-percent drop", "5% less than last year")."""
    if found := grammar(f"[^{_APART}]{{0,8}}?<after>").match(sentence.kinds, core.last + 1):
        said.last = found.end() - 1
        after = sentence.items[said.last].meaning
        if said.bound not in ("", after) and (said.bound, after) != ("gt", "ge"):
            said.unread = "the bounds do not go together"
        said.bound = after
    elif (
        sentence.language == "en"
        and core.thing
        and not said.sign
        and (found := grammar(_TURNED).match(sentence.kinds, core.last + 1))
    ):
        turned = sentence.items[found.end() - 1 - bool(found[1])]
        between = {item.words for item in sentence.items[core.last + 1 : found.end()]}
        if turned.kind == "bound":
            than = turned.words.endswith("than")
            said.sign = {"gt": "up", "lt": "down"}.get(turned.meaning, "") if than else ""
        elif (core.thing == "percent" or found[1]) and not between & {"of", "with", "is", "was"}:
            said.sign = turned.meaning or turned.kind
        said.last = found.end() - 1 - bool(found[1]) if said.sign else said.last


def _carry_on(sentence: Sentence, core: Core, floor: int, said: Said, before: Core, its: Said) -> None:
    """The sign of the number before where this one is said with it: "giảm 5% (tương đương 300 hộ)", "up 14% in
    volume and 38% in value"; where that is open, it is not read."""
    between = sentence.items[floor : core.first]
    kinds = {item.kind for item in between}
    if its.sign not in ("up", "down") or kinds & {"semicolon", "stop"}:
        return
    alike = core.thing == before.thing
    if any(item.words.startswith(("tương đương", "tức", "equivalent")) for item in between[:4]):
        said.sign = its.sign
    elif "each" in its.left and kinds <= {"comma", "and"} and alike:
        said.sign, said.left = its.sign, its.left
    elif (
        "and" in kinds
        and alike
        and core.thing == "percent"
        and not said.left
        and not kinds & {"verb", "time", "open"}
    ):
        said.sign = its.sign
    elif (
        its.sign == "down"
        and not said.left
        and (kinds <= {"comma", "and", "open"} or alike and core.thing == "percent")
    ):
        said.sign, said.unread = its.sign, "a change as the number before it, or a level?"
    said.carried = bool(said.sign)


def _doubt(sentence: Sentence, core: Core, floor: int, said: Said) -> str:
    """Why the words around a number forbid a reading; "" where they do not."""
    left, end = said.left, core.last + 1
    compared = bool(grammar(f"[^{_APART}]{{0,8}}?<than>").match(sentence.kinds, end)) or "than" in left
    if grammar("<open>[<up><down>]<close>").fullmatch(sentence.kinds, max(0, said.first - 3), said.first):
        return "a rise, or a fall?"
    if said.sign == "beyond":
        further = (
            core.thing == "percent" or compared or sentence.kinds[end : end + 1] == grammar("<plan>").pattern
        )
        if core.asked.endswith((" chỉ tiêu", " tiêu chí")) and not compared:
            return "beyond what is not said"
        said.sign, said.bound = ("up", said.bound) if further else ("", said.bound or "gt")
    if said.sign and {"more", "less"} & set(left) and not compared:
        if not any(item.kind == "than" for item in sentence.items[max(0, said.first - 8) : said.first]):
            return "higher or lower than what is not said"
    upto = left[:1] == ("to",) and sentence.items[core.first - 1].words == "đến"
    if said.sign == "down" and (upto or core.asked.endswith((" lần", " times")) or core.shape == "fold"):
        return "a fall, or the level reached: the words leave it open"
    if said.sign in ("down", "minus") and said.bound in ("lt", "le"):
        return "a fall, or the level reached: the words leave it open"
    if "from" in left and core.shape != "range" and said.bound in ("", "about", "gt"):
        return _from(sentence, core, said)
    return "" if said.sign or said.level else _far_sign(sentence, core, said, floor)


def _from(sentence: Sentence, core: Core, said: Said) -> str:
    """What "từ" says: the start of a change, at least, or where something comes from. "" where that is clear."""
    onward = "[^<number><semicolon><stop>]{0,14}?[<level><to>][<bound><prefix><verb><level><to>]{0,3}<number>"
    back = sentence.language == "en" and (
        said.sign or any(i.kind == "level" for i in sentence.items[max(0, said.first - 6) : said.first])
    )
    if back or grammar(onward).match(sentence.kinds, core.last + 1):
        said.sign, said.level = "", True
        return ""
    if said.sign or sentence.language == "en":
        return "from: the other end is not said"
    settled = any(item.words in _SETTLED for item in sentence.items[said.first : core.first])
    if core.thing in ("percent", "money") or settled:
        said.bound = "ge" if said.bound in ("", "gt") else said.bound
        return ""
    return "từ: at least, or from where?"


def _far_sign(sentence: Sentence, core: Core, said: Said, floor: int) -> str:
    """A word of a fall in the clause that does not stand right before the number may turn it."""
    start = floor
    for place in range(said.first - 1, floor - 1, -1):
        near = place == said.first - 1 and sentence.items[place].kind == "and"
        if near or sentence.items[place].kind in ("comma", "semicolon", "colon", "open", "close"):
            start = place + 1
            break
    falls = [
        place for place in range(start, said.first) if sentence.items[place].kind in ("down", "minus", "less")
    ]
    if not falls or any(item.kind in _LEVELS for item in sentence.items[falls[-1] : said.first]):
        return ""
    follows = sentence.items[falls[-1] + 1]
    if ("verb" in said.left or core.thing != "percent") and follows.words in (
        "nghèo",
        "sinh",
        "thiểu",
        "phát",
        "thuế",
    ):
        return ""
    if sentence.language == "en":
        by = sentence.items[core.first - 1].words == "by" and said.first > falls[-1]
        said.sign = "down" if by else ""
        return "" if by else "a fall, or a level: the words leave it open"
    averaged = all(
        item.kind == "bound" or item.words in _AVERAGED for item in sentence.items[said.first : core.first]
    )
    if core.thing == "percent" and averaged and follows.words in _FALLING and core.first - falls[-1] < 9:
        said.sign, said.first = "down", falls[-1]
        return ""
    return "a fall, or a level: the words leave it open"


def _unit_open(sentence: Sentence, core: Core, said: Said, locale: str) -> str:
    """Why a number without scale and unit is not read: it may be a name or stand in the row of a table, its unit may
    stand in brackets, or the word after it may be a scale with a letter wrong ("66 tiệu đồng")."""
    if core.thing or core.shape not in ("one", "range", "quotient"):
        return ""
    if (misprint := _misprint(sentence, core.last + 1)) or core.scaled:
        return misprint
    kinds, items = sentence.kinds, sentence.items
    amounts, _ = phrases("amount", sentence.language)
    follows = grammar("<open>(.)").match(kinds, core.last + 1)
    opened = kinds.rfind(grammar("<open>").pattern, max(0, said.first - 9), said.first)
    if (follows and items[core.last + 2].words in amounts) or (
        opened >= 0 and items[opened + 1].words in amounts
    ):
        return "its unit stands in brackets"
    if (
        grammar("[<number><mark>]").match(kinds, core.last + 1)
        or grammar("[<number><mark>]").match(kinds, max(0, core.first - 1))
        and core.first
    ):
        return "a number of a table: what it counts stands elsewhere"
    told = {"verb", "bound", "up", "down", "equal", "share", "level", "minus"} & set(said.left)
    marked = not core.asked.isdecimal() and kinds[core.first - 1 : core.first] == grammar("<colon>").pattern
    if core.shape != "one" or not (told or marked):
        return "what it counts is not said"
    other = sentence.language == "en" if locale == "vi" else sentence.language != "en"
    return (
        "thousands, or three decimals?"
        if other and re.fullmatch("[0-9]{1,3}[.,][0-9]{3}", core.asked)
        else ""
    )


def _misprint(sentence: Sentence, place: int) -> str:
    if place >= len(sentence.items) or sentence.items[place].kind not in ("word", "name"):
        return ""
    word = sentence.items[place].words
    money = place + 1 < len(sentence.items) and sentence.items[place + 1].kind == "money"
    close = any(Levenshtein.distance(word, scale, score_cutoff=1) <= 1 for scale in _SCALE_WORDS)
    return f"not understood: {word}" if money or close else ""
