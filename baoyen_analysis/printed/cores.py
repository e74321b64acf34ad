"""The numbers of a sentence that belong together, with scale and unit: a range, a count of a total, a
fraction, a rank, a list that shares its unit; and how `parse_figure` is asked to read each.

It is asked without the words before the number but for its bound. A unit that it does not know is asked as
one that behaves alike ("12 chuyến/ngày" as persons a day), and its name put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from baoyen_analysis.printed.figures import Figure, UnreadableFigure, parse_figure
from baoyen_analysis.printed.wording import Sentence, phrases

# How a bound is asked, in Vietnamese and English.
_ASKED = {
    "gt": ("hơn", "more than"),
    "ge": ("ít nhất", "at least"),
    "lt": ("dưới", "less than"),
    "le": ("tối đa", "at most"),
    "near": ("gần", "nearly"),
    "about": ("khoảng", "about"),
    "": ("", ""),
}
UNITS = ("native", "counted", "measured", "percent", "money")
# What is asked in place of a unit that parse_figure may not know, in Vietnamese and English, and its name.
_STAND_IN = {"counted": ("người", "people", "persons"), "measured": ("kg", "tonnes", "")}
_AMOUNT = "(?:<prefix>?[<number><numeral>](?:<scale>{1,3}<number>(?=<scale>)){0,3}<scale>{0,3}<half>?)"
_NOUN = "(?:[<percent><native><counted><measured><money>]<half>?<rate>{0,4}|<rate>{1,4})"
_SHAPES = {
    "rank": "<number><ordinal>?(?:(?:<slash>|<ofall>)<number><native>?)?",
    "share": f"{_AMOUNT}{_NOUN}?(?:<slash>|<ofall><verb>?){_AMOUNT}{_NOUN}",
    "quotient": "<number><slash><number>",
    "range": f"{_AMOUNT}{_NOUN}?[<dash><to><level><and>](?:<bound>|<from>)?{_AMOUNT}{_NOUN}?",
    "ends": f"<number><scale>{{0,3}}<level><bound>?<number><scale>{{0,3}}{_NOUN}",
    "list": "<number><scale>{0,3}(?:(?:[<comma><semicolon>]<and>?|<and>)<number><scale>{0,3}){1,30}"
    + f"(?:{_NOUN}|(?<=<scale>))",
    "one": f"{_AMOUNT}{_NOUN}?|<fold>|<fraction>",
}
_PER = "[<word><name><function><label><head>]"  # what follows a slash and is no rate that is known
_JOINTS = {"slash": "/", "ofall": "/", "dash": "-", "to": "-", "level": "-", "and": "-"}
_LEFT = (
    "<bound><down><up><minus><refused><level><verb><each><equal><share><times><more><less><beyond><from><to>"
    "<lasting>"
)
APART = "<number><comma><semicolon><stop><open><close><colon>"
# The phrases that may stand before a number and say how it is meant; a time or a comparison may part them.
_BEFORE = f"(?:[{_LEFT}](?:<time>|<than>[^{APART}]{{1,9}}?|(?<=<beyond>)<plan>[^{APART}]{{0,4}}?)?){{1,14}}"


@dataclass(frozen=True, slots=True)
class Core:
    """Numbers that make one figure. `first`, `last`: its phrases, with scale and unit; `asked`: what
    parse_figure is asked; `unit`: the unit's own name where a `stand_in` was asked; `thing`: the kind of its
    unit; `place` in a list of `count` numbers that share their unit; why it is `unread`."""

    first: int
    last: int
    shape: str
    asked: str = ""
    unit: str = ""
    stand_in: str = ""
    thing: str = ""
    place: int = 0
    count: int = 0
    unread: str = ""

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


def first_before(sentence: Sentence, first: int, floor: int) -> int:
    """The first of the phrases that stand right before a number and say how it is meant."""
    found = sentence.before(_BEFORE, first, min(20, first - floor))
    return found.start() if found else first


def cores(sentence: Sentence) -> Iterator[Core]:
    """The numbers of a sentence in order, each with what it makes a figure with."""
    done = 0
    for place, item in enumerate(sentence.items):
        if place < done or item.kind not in ("number", "numeral", "fold", "fraction"):
            continue
        first = place - (place > done and sentence.kind(place - 1) == "prefix")
        for shape, pattern in _SHAPES.items():
            found = sentence.match(pattern, first)
            made = _made(sentence, shape, first, found.end() - 1) if found else None
            if made is not None and found:
                yield from made[:-1]
                yield from (_widened(sentence, core) for core in made[-1:])
                done = found.end()
                break


def _made(sentence: Sentence, shape: str, first: int, last: int) -> list[Core] | None:
    """The cores of a stretch of phrases that has a shape; None where its words mean another one."""
    items, kinds = sentence.items[first : last + 1], [item.kind for item in sentence.items[first : last + 1]]
    if shape == "rank":
        asked = "xếp thứ " + "/".join(item.words for item in items if item.kind == "number")
        ranked = sentence.kind(first - 1) == "rank"
        return [Core(first - 1, last, shape, asked, thing="rank")] if ranked else None
    if shape == "quotient":
        return _quotient(sentence, first, last)
    if shape in ("list", "ends"):
        return _list(sentence, shape, first, last)
    core = _core(sentence, shape, first, last)
    if shape in ("share", "range"):
        middle = next(place for place, kind in enumerate(kinds) if kind in _JOINTS)
        fit = _fit(sentence, shape, first, first + middle, last)
        return ([core] if fit == "yes" else [replace(core, unread=fit)]) if fit else None
    needed = {"scale", "percent"} if sentence.language == "en" else set(UNITS)
    if kinds[0] == "numeral" and not set(kinds) & needed:
        return []
    if sentence.match("<dash>[<number><prefix>]", last + 1):
        return [replace(core, unread="two numbers that do not make a range")]
    return [replace(core, shape=kinds[0] if kinds[0] in ("fold", "fraction") else shape)]


def _core(sentence: Sentence, shape: str, first: int, last: int) -> Core:
    """The core of a stretch of phrases, with what parse_figure is asked."""
    asked, unit, stand_in, thing = [], "", "", ""
    for item in sentence.items[first : last + 1]:
        words = item.meaning if item.kind in ("percent", "fold", "fraction", "numeral") else item.words
        if item.kind in UNITS or item.kind == "prefix":
            thing = "money" if item.kind == "prefix" else item.kind
        if item.kind in _STAND_IN:
            unit = item.meaning or item.words
            vietnamese, english, name = _STAND_IN[item.kind]
            words = english if sentence.language == "en" else vietnamese
            stand_in = name or words
        if item.kind not in ("bound", "verb", "from", "ordinal"):
            asked.append(_JOINTS.get(item.kind, words or item.words))
    return Core(first, last, shape, " ".join(asked), unit, stand_in, thing)


def _widened(sentence: Sentence, core: Core) -> Core:
    """The core with the rest of its unit: "xã, thị trấn", "đồng/ng/năm" as parse_figure knows it."""
    items, end = sentence.items, core.last + 1
    while core.shape != "rank" and sentence.match("[<comma><slash>].", end) and _area(sentence, end - 1, end):
        reached = [place for place in (end + 2, end + 3) if _area(sentence, end + 1, place)]
        if not reached:
            break
        end = reached[-1]
    if end > core.last + 1:
        asked = core.asked.removesuffix(core.stand_in or items[core.last].words)
        person, unit = _STAND_IN["counted"][sentence.language == "en"], sentence.words(core.last, end)
        return replace(
            core, last=end - 1, unit=" ".join(unit.lower().split()), stand_in="persons", asked=asked + person
        )
    per = sentence.match(f"<slash>{_PER}(?:<slash>(?:<rate>|{_PER})|<rate>)?", end)
    if per and items[end].start == items[core.last].end and items[end + 1].words.isalpha():
        more = "".join(item.words for item in items[end : per.end()])
        known = isinstance(_read(f"5 kg{more}", "vi"), Figure)
        unread = core.unread or ("" if known else f"not understood: {more}")
        return replace(core, last=per.end() - 1, asked=core.asked + more, unread=unread)
    return core


def _area(sentence: Sentence, first: int, end: int) -> bool:
    """Whether phrases are the name of a kind of area: xã, thị trấn."""
    words = " ".join(item.words for item in sentence.items[first:end])
    return end <= len(sentence.items) and words in phrases("area", sentence.language)[0]


def _quotient(sentence: Sentence, first: int, last: int) -> list[Core]:
    """A fraction where words beside it say so ("chưa bằng 1/3", "2/3 số hộ"); a day of a month is none."""
    over, under = sentence.items[first].words, sentence.items[last].words
    before = sentence.kinds[first_before(sentence, first, 0) : first]
    part = sentence.match("[<sum><inside>]", last + 1) or any(
        sentence.kind(first - 1 - place) in ("equal", "share", "bound") for place in range(len(before))
    )
    small = over.isdecimal() and under.isdecimal() and int(under) <= 12
    if part and small and int(over) < int(under):
        return [Core(first, last, "fraction", f"bằng {over}/{under}")]
    return (
        [] if small and not part and int(over) <= 31 else [Core(first, last, "quotient", f"{over}/{under}")]
    )


def _fit(sentence: Sentence, shape: str, first: int, middle: int, last: int) -> str:
    """Whether two numbers make one figure: "yes" where their units let them and the words before do not make
    them the ends of a change ("tăng từ 45 lên 50 triệu"), "" where they do not, or why it is open."""
    skipped = ("number", "numeral", "scale", "verb", "bound", "from", "prefix")
    nouns = [
        [item.words for item in part if item.kind not in skipped]
        for part in (sentence.items[first:middle], sentence.items[middle + 1 : last + 1])
    ]
    joint = sentence.items[middle]
    if nouns[0] and nouns[0] != nouns[1]:
        return ""
    if shape == "share" or joint.kind == "dash":
        return "yes"
    if joint.kind == "and" and (not first or sentence.items[first - 1].words != "between"):
        return ""
    left = sentence.items[first_before(sentence, first, 0) : first]
    changed = any(item.kind in ("down", "up", "level") for item in left)
    if joint.kind == "level" and (joint.words != "to" or changed):
        return ""
    if changed and any(item.kind == "from" for item in left):
        return "a range, or the level reached: the words leave it open"
    return "yes"


def _list(sentence: Sentence, shape: str, first: int, last: int) -> list[Core] | None:
    """The cores of numbers that share the unit of the last: "45, 50 và 55 triệu đồng", "từ 45 lên 50 triệu
    đồng"."""
    items = sentence.items
    places = [place for place in range(first, last + 1) if items[place].kind == "number"]
    near = items[max(0, first - 12) : first] + items[last + 1 : last + 4]
    told = any(item.kind == "each" or item.words == "tương ứng" for item in near)
    joined = items[last].kind != "scale" and any(item.kind == "and" for item in items[first : places[-1]])
    if sentence.kind(first - 1) != "from" if shape == "ends" else not (told or joined):
        return None
    whole = _core(sentence, "one", places[-1], last)
    shared = whole.asked.split(" ")[1:]
    made = []
    for place, after in pairwise(places):
        scales = [item.words for item in items[place:after] if item.kind == "scale"]
        rest = shared[sentence.kind(places[-1] + 1) == "scale" :] if scales else shared
        asked = " ".join([items[place].words, *scales, *rest])
        made.append(replace(whole, first=place, last=place + len(scales), asked=asked))
    if shape == "ends":
        return [*made, whole]
    return [replace(core, place=i, count=len(places)) for i, core in enumerate([*made, whole])]
