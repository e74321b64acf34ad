"""The numbers of a sentence and what the words around them say: which belong together (a range, a count of a total,
a list that shares its unit), their bound and sign, and where the words forbid a reading.

A sign counts where its words stand right before the number, or in English right after it; where one stands farther
off and the words between leave it open, the number is not read. So is one that is denied ("không tăng 5%")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.figures import Figure, UnreadableFigure, parse_figure
from baoyen_analysis.printed.wording import Sentence, grammar

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
_SCALE_WORDS = ("nghìn", "triệu", "nghin", "trieu", "million", "billion", "thousand")

_AMOUNT = "(?:<money>?[<number><numeral>](?:<scale>+<number>(?=<scale>))*<scale>*<half>?)"
_NOUN = "(?:[<percent><native><counted><measured><money>]<half>?<rate>*|<rate>+)"
_SHAPES = {
    "rank": "<number><ordinal>?(?:(?:<slash>|<ofall>)<number><native>?)?",
    "share": f"{_AMOUNT}{_NOUN}?(?:<slash>|<ofall><verb>?){_AMOUNT}{_NOUN}",
    "quotient": "<number><slash><number>",
    "range": f"{_AMOUNT}{_NOUN}?[<dash><to><level>](?:<bound>|<from>)?{_AMOUNT}{_NOUN}?",
    "list": f"<number><scale>*(?:(?:[<comma><semicolon>]<and>?|<and>)<number><scale>*)+{_NOUN}",
    "one": f"{_AMOUNT}{_NOUN}?|<fold>|<fraction>",
}
_LEFT = "<bound><down><up><minus><refused><level><verb><each><equal><share><times><more><less><beyond><from><to><lasting>"
_APART = "<number><comma><semicolon><stop><open><close><colon>"
_BEFORE = f"(?:[{_LEFT}](?:<time>|<than>[^{_APART}]{{1,9}}?)?){{1,14}}$"
_CHANGE, _LEVEL = "<down><up><minus><more><less><beyond>", "<level><equal><share>"


@dataclass(frozen=True, slots=True)
class Core:
    """Numbers that make one figure. `first`, `last`: its phrases, with scale and unit; `asked`: what parse_figure is
    asked, without the words before it; `unit`: the unit's own name where `stand_in` was asked; `thing`: the kind of
    its unit; `listed`: it shares the words before it with the number before."""

    first: int
    last: int
    shape: str
    asked: str
    unit: str = ""
    stand_in: str = ""
    thing: str = ""
    listed: bool = False

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
        first = match.start() - (match.start() > done and sentence.items[match.start() - 1].kind == "money")
        for shape, pattern in _SHAPES.items():
            found = grammar(pattern).match(sentence.kinds, first)
            made = _made(sentence, shape, first, found.end() - 1) if found else []
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
    if shape == "list":
        return _list(sentence, first, last)
    if shape in ("share", "range"):
        middle = next(i for i, kind in enumerate(kinds) if kind in ("slash", "ofall", "dash", "to", "level"))
        if not _fit(sentence, shape, first, first + middle, last):
            return []
    if kinds[0] == "numeral" and not set(kinds) & {"native", "counted", "measured", "money", "percent"}:
        return []
    return [_core(sentence, shape, first, last)]


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
        if item.kind in ("native", "counted", "measured", "percent", "money"):
            thing = item.kind
        if item.kind in _STAND_IN:
            unit = words
            words, stand_in = _STAND_IN[item.kind][english]
        elif item.kind in ("slash", "ofall"):
            words = "/"
        elif item.kind in ("dash", "to", "level"):
            words = "-"
        elif item.kind in ("bound", "verb", "from", "ordinal"):
            words = ""
        asked.append(words)
    return Core(first, last, shape, " ".join(filter(None, asked)), unit, stand_in, thing)


def _fit(sentence: Sentence, shape: str, first: int, middle: int, last: int) -> bool:
    """Whether two numbers make one figure: their units let them, and the words before do not make them the ends of
    a change ("tăng từ 45 lên 50 triệu")."""
    parts = sentence.items[first:middle], sentence.items[middle + 1 : last + 1]
    nouns = [
        " ".join(i.words for i in part if i.kind not in ("number", "scale", "verb", "bound", "from"))
        for part in parts
    ]
    if nouns[0] and nouns[0] != nouns[1]:
        return False
    if shape == "share":
        return True
    joint, left = sentence.items[middle], _before(sentence, first, 0)
    if (
        joint.words == "and"
        and sentence.items[first - 1 : first]
        and sentence.items[first - 1].words != "between"
    ):
        return False
    if joint.kind == "level" and joint.words != "to":
        return False
    changed = any(sentence.items[place].kind in ("down", "up", "level") for place in range(left, first))
    return joint.kind == "dash" or not (
        changed and any(sentence.items[p].kind == "from" for p in range(left, first))
    )


def _list(sentence: Sentence, first: int, last: int) -> list[Core]:
    """The cores of a list whose numbers share the unit of the last: "45, 50 và 55 triệu đồng"."""
    items = sentence.items
    places = [place for place in range(first, last + 1) if items[place].kind == "number"]
    near = items[max(0, first - 12) : first] + items[last + 1 : last + 4]
    if not any(
        item.kind in ("each", "and") or item.words in ("tương ứng",)
        for item in near + items[first : places[-1]]
    ):
        return []
    whole = _core(sentence, "one", places[-1], last)
    shared = whole.asked.split(" ", 1)[1]
    scaled = items[places[-1] + 1].kind == "scale"
    made = []
    for place, after in zip(places, places[1:], strict=False):
        scale = " ".join(item.words for item in items[place:after] if item.kind == "scale")
        unit = shared if not scale else f"{scale} {shared.split(' ', 1)[-1] if scaled else shared}"
        own = place + len(scale.split())
        made.append(
            replace(whole, first=place, last=own, asked=f"{items[place].words} {unit}", listed=bool(made))
        )
    return [*made, replace(whole, listed=True)]


# ---------------------------------------------------------------------------------------------------------------------
# The words around.


@dataclass(slots=True)
class Said:
    """What the words around a number say: `first`, `last` of its own words, its `bound`, its `sign` (up, down,
    minus), whether they lead to the `level` reached, the `left` words by kind, and why it is `unread`."""

    first: int
    last: int
    bound: str = ""
    sign: str = ""
    level: bool = False
    left: tuple[str, ...] = ()
    unread: str = ""


def _before(sentence: Sentence, first: int, floor: int) -> int:
    """The first of the known phrases that stand right before a number."""
    start = max(floor, first - 20)
    found = grammar(_BEFORE).search(sentence.kinds[start:first])
    return start + found.start() if found else first


def said_of(sentence: Sentence, core: Core, floor: int, previous: tuple[Core, Said] | None) -> Said:
    """What the words around a number say; `floor`: the first phrase after the number before, `previous`."""
    if core.listed and previous:
        return replace(previous[1], first=core.first, last=core.last)
    said = Said(_before(sentence, core.first, floor), core.last)
    if core.shape == "rank":
        return said
    before = sentence.items[said.first : core.first][::-1]
    said.left = tuple(item.kind for item in before)
    change = next(
        (
            place
            for place, kind in enumerate(said.left)
            if kind in ("down", "up", "minus", "more", "less", "beyond")
        ),
        99,
    )
    level = next((place for place, kind in enumerate(said.left) if kind in ("level", "equal", "share")), 99)
    said.level = level < change
    if change < level:
        said.sign = {"more": "up", "less": "down"}.get(said.left[change], said.left[change])
    bounds = list(
        dict.fromkeys(item.meaning for item in before[: min(change, level)] if item.kind == "bound")
    )
    bounds = [bound for bound in bounds if bound != "about"] or bounds
    said.bound = bounds[0] if bounds else ""
    said.unread = (
        "two bounds" if len(bounds) > 1 else next((i.meaning for i in before if i.kind == "refused"), "")
    )
    _touching(sentence, core, said)
    _behind(sentence, core, said)
    if not said.sign and not said.level and previous:
        _carried_on(sentence, core, floor, said, *previous)
    said.unread = said.unread or _doubt(sentence, core, floor, said)
    return said


def _touching(sentence: Sentence, core: Core, said: Said) -> None:
    """A minus or plus that touches the number and no word before it."""
    place = core.first - 1
    if (
        place < 0
        or sentence.items[place].words not in ("-", "–", "+")
        or sentence.items[place].end != sentence.items[core.first].start
    ):
        return
    if (
        place
        and sentence.items[place - 1].end == sentence.items[place].start
        and sentence.items[place - 1].kind not in ("open", "colon")
    ):
        return
    said.unread = (
        "a minus, or the mark of a list?"
        if not place or sentence.items[place - 1].kind == "aside"
        else said.unread
    )
    if sentence.items[place].words != "+":
        sign = {item.kind for item in sentence.items[max(0, place - 2) : place]} & {"down", "minus"}
        said.sign, said.first = "down" if "down" in sign else "minus", min(said.first, place)


def _behind(sentence: Sentence, core: Core, said: Said) -> None:
    """What stands after a number: "trở lên", also some words on ("từ 80% tổ chức đảng trở lên"), and in English the
    noun that says which way it went ("a 7-percent drop")."""
    if found := grammar(f"[^{_APART}]{{0,8}}?<after>").match(sentence.kinds, core.last + 1):
        said.last = found.end() - 1
        after = sentence.items[said.last].meaning
        if said.bound not in ("", after) and (said.bound, after) != ("gt", "ge"):
            said.unread = "the bounds do not go together"
        said.bound = after
    elif (
        core.thing
        and not said.sign
        and (
            found := grammar("[<word><verb><dash><than>]{0,3}?<turned>(<than>)?").match(
                sentence.kinds, core.last + 1
            )
        )
    ):
        between = {item.words for item in sentence.items[core.last + 1 : found.end()]}
        if (core.thing == "percent" or found[1]) and not between & {"of", "with", "is", "was"}:
            said.last = found.end() - 1 - bool(found[1])
            said.sign = sentence.items[said.last].meaning


def _carried_on(sentence: Sentence, core: Core, floor: int, said: Said, before: Core, its: Said) -> None:
    """The sign of the number before where this one is said with it: "giảm 5% (tương đương 300 hộ)", "up 14% in
    volume and 38% in value"."""
    between = sentence.items[floor : core.first]
    if its.sign not in ("up", "down") or not between or len(between) > 7:
        return
    kinds = {item.kind for item in between}
    if any(item.words.startswith(("tương", "tức", "equivalent")) for item in between):
        said.sign = its.sign
    elif "each" in its.left and kinds <= {"comma", "semicolon", "and"} and core.thing == before.thing:
        said.sign, said.left = its.sign, its.left
    elif (
        "and" in kinds
        and core.thing == before.thing == "percent"
        and not said.left
        and not kinds & {"verb", "time", "semicolon"}
    ):
        said.sign = its.sign
    elif not said.left and kinds <= {"comma", "and", "open"} and its.sign == "down":
        said.sign, said.unread = its.sign, "a change as the number before it, or a level?"


def _doubt(sentence: Sentence, core: Core, floor: int, said: Said) -> str:
    """Why the words around a number forbid a reading; "" where they do not."""
    left, end = said.left, core.last + 1
    compared = grammar(f"[^{_APART}]{{0,8}}?<than>").match(sentence.kinds, end) or "than" in left
    if (
        left
        and ("more" in left or "less" in left)
        and said.sign
        and not compared
        and not _than_before(sentence, said.first)
    ):
        return "higher or lower than what is not said"
    if said.sign == "beyond":
        said.sign = "up" if core.thing == "percent" or compared or _plan_after(sentence, end) else ""
        said.bound = said.bound or ("" if said.sign else "gt")
    if (
        said.sign in ("down", "minus")
        and said.bound in ("lt", "le")
        or (
            said.sign == "down"
            and core.shape == "one"
            and "times" in core.asked + " lần"[: 4 * (core.unit == "lần")]
        )
    ):
        return "a fall, or the level reached: the words leave it open"
    if "from" in left and core.shape != "range" and said.bound in ("", "about", "gt"):
        return _from(sentence, core, said)
    if not said.sign and not said.level:
        return _far_sign(sentence, said, floor)
    if said.sign == "down" and left[:1] == ("to",) and sentence.items[core.first - 1].words in ("đến",):
        return "a fall, or the level reached: the words leave it open"
    return ""


def _than_before(sentence: Sentence, first: int) -> bool:
    """Whether what is higher or lower has its base beside it: "thấp hơn bình quân của tỉnh 4,2 điểm"."""
    return any(item.kind == "than" for item in sentence.items[max(0, first - 8) : first])


def _plan_after(sentence: Sentence, place: int) -> bool:
    return sentence.items[place].kind == "plan" if place < len(sentence.items) else False


def _from(sentence: Sentence, core: Core, said: Said) -> str:
    """What "từ" says: the start of a change, at least, or where something comes from. "" where that is clear."""
    onward = f"[^<number><semicolon><stop>]{{0,14}}?[<level><to>](?:[<bound><money><verb><level><to>]){{0,3}}<number>"
    if core.listed or grammar(onward).match(sentence.kinds, core.last + 1):
        said.sign, said.level = "", True
        return ""
    if said.sign or sentence.language == "en":
        return "from: the other end is not said"
    settled = {"verb", "equal", "share", "level"} & set(said.left[said.left.index("from") :])
    if core.thing in ("percent", "money") or settled:
        said.bound = "ge" if said.bound in ("", "gt") else said.bound
        return ""
    return "từ: at least, or from where?"


def _far_sign(sentence: Sentence, said: Said, floor: int) -> str:
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
    if not falls or any(
        item.kind in ("level", "equal", "share") for item in sentence.items[falls[-1] : said.first]
    ):
        return ""
    follows = sentence.items[falls[-1] + 1]
    if "verb" in said.left and follows.words in ("nghèo", "sinh", "thiểu", "phát", "thuế"):
        return ""
    return "a fall, or a level: the words leave it open"


def misprint(sentence: Sentence, core: Core) -> str:
    """Why a number may not be read before an unknown word: it may be a scale with a letter wrong ("66 tiệu đồng")."""
    place = core.last + 1
    if core.thing or place >= len(sentence.items) or sentence.items[place].kind not in ("word", "name"):
        return ""
    word = sentence.items[place].words
    money = place + 1 < len(sentence.items) and sentence.items[place + 1].kind == "money"
    close = any(Levenshtein.distance(word, scale, score_cutoff=1) <= 1 for scale in _SCALE_WORDS)
    return f"not understood: {word}" if money or close else ""
