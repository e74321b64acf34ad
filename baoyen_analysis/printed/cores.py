"""The numbers of a sentence that belong together, with scale and unit: a range, a count of a total, a
fraction, a rank, a list that shares its unit; and how `parse_figure` is asked to read each.

It is asked without the words before the number but for its bound. A unit that it does not know is asked as
one that behaves alike ("12 chuyến/ngày" as persons a day), and its name put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import nan

from baoyen_analysis.printed.figures import Figure, UnreadableFigure, parse_figure
from baoyen_analysis.printed.periods import Period
from baoyen_analysis.printed.wording import Item, Sentence, phrases

# How a bound is asked, in Vietnamese and English.
_ASKED = {
    "gt": ("hơn", "more than"), "ge": ("ít nhất", "at least"), "lt": ("dưới", "less than"),
    "le": ("tối đa", "at most"), "near": ("gần", "nearly"), "about": ("khoảng", "about"), "": ("", ""),
}  # fmt: skip
_NOTHING = Figure(nan, nan, nan, "", "", nan, "")
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


@dataclass(slots=True)
class Number:
    """Numbers of a sentence that make one figure, and what is said of them.

    `first`, `last`: their phrases, with scale and unit; `asked`: what parse_figure is asked; `unit`: the
    unit's own name where a `stand_in` was asked; `thing`: the kind of its unit; `place` in a list of `count`
    numbers that share their unit; why they are `unread`.

    What the words around say: `start`, `end`: the first and last of its own words; `sign`: up, down or minus;
    `level`: they lead to a level reached; `left`: the words before it, the nearest first; `carried`: its sign
    is that of the number before. `floor`: the phrase after the number before, `since`: after all that is said
    of that. Then the `figure` that it is, the phrases of its `base`, which it is compared with, whether that
    is a `plan`, its `period`, what is counted `before` it, the phrase that says its `kind`, and the phrase
    `after` all this."""

    sentence: Sentence
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
    start: int = 0
    end: int = 0
    left: list[Item] = field(default_factory=list)
    bound: str = ""
    sign: str = ""
    level: bool = False
    carried: bool = False
    floor: int = 0
    since: int = 0
    figure: Figure = _NOTHING
    base: range = range(0)
    plan: bool = False
    period: Period | None = None
    before: str = ""
    kind: Item | None = None
    after: int = 0

    def has(self, *kinds: str) -> bool:
        """Whether one of the words before it is of these kinds."""
        return any(item.kind in kinds for item in self.left)

    def read(self, locale: str) -> Figure | str:
        """The reading with its bound, or why there is none."""
        bound = _ASKED["" if self.shape == "range" else self.bound]
        found = _read(f"{bound[self.sentence.language == 'en']} {self.asked}".strip(), locale)
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


def numbers(sentence: Sentence) -> Iterator[Number]:
    """The numbers of a sentence in order, each with what it makes a figure with."""
    done = 0
    for place, item in enumerate(sentence.items):
        if place < done or item.kind not in ("number", "numeral", "fold", "fraction"):
            continue
        first = place - (place > done and sentence.kind(place - 1) == "prefix")
        for shape, pattern in _SHAPES.items():
            found = sentence.match(pattern, first)
            made = _made(sentence, shape, first, found.end() - 1) if found else None
            if found and made is not None:
                yield from (*made[:-1], *map(_widened, made[-1:]))
                done = found.end()
                break


def _made(sentence: Sentence, shape: str, first: int, last: int) -> list[Number] | None:
    """The numbers of a stretch of phrases that has a shape; None where its words mean another one."""
    items = sentence.items[first : last + 1]
    if shape == "rank":
        asked = "xếp thứ " + "/".join(item.words for item in items if item.kind == "number")
        ranked = sentence.kind(first - 1) == "rank"
        return [Number(sentence, first - 1, last, shape, asked, thing="rank")] if ranked else None
    if shape == "quotient":
        return _quotient(sentence, first, last)
    if shape in ("list", "ends"):
        return _list(sentence, shape, first, last)
    number = _number(sentence, shape, first, last)
    if shape in ("share", "range"):
        middle = next(place for place, item in enumerate(items) if item.kind in _JOINTS)
        fit = _fit(sentence, shape, first, first + middle, last)
        number.unread = fit.removeprefix("yes")
        return [number] if fit else None
    needed = (
        "<scale><percent>" if sentence.language == "en" else "<native><counted><measured><percent><money>"
    )
    if items[0].kind == "numeral" and not sentence.has(needed, first, last + 1):
        return []
    if sentence.match("<dash>[<number><prefix>]", last + 1):
        number.unread = "two numbers that do not make a range"
    elif items[0].kind in ("fold", "fraction"):
        number.shape = items[0].kind
    return [number]


def _number(sentence: Sentence, shape: str, first: int, last: int) -> Number:
    """A stretch of phrases as one number, with what parse_figure is asked."""
    asked, number = [], Number(sentence, first, last, shape)
    for item in sentence.items[first : last + 1]:
        words = item.meaning if item.kind in ("percent", "fold", "fraction", "numeral") else item.words
        if item.kind in UNITS or item.kind == "prefix":
            number.thing = "money" if item.kind == "prefix" else item.kind
        if item.kind in _STAND_IN:
            words = _stand_in(number, item)
        if item.kind not in ("bound", "verb", "from", "ordinal"):
            asked.append(_JOINTS.get(item.kind, words or item.words))
    number.asked = " ".join(asked)
    return number


def _stand_in(number: Number, noun: Item) -> str:
    """What is asked in place of a noun, whose name the number keeps."""
    *forms, name = _STAND_IN[noun.kind]
    words = forms[number.sentence.language == "en"]
    number.unit, number.stand_in = noun.meaning or noun.words, name or words
    return words


def count_none(number: Number, noun: Item) -> None:
    """Make a number the count of a noun of which there is none."""
    number.shape, number.thing, number.unit, number.stand_in = "one", noun.kind, "", ""
    number.asked = f"0 {_stand_in(number, noun) if noun.kind in _STAND_IN else noun.words}"


def _widened(number: Number) -> Number:
    """The number with the rest of its unit: "xã, thị trấn", "đồng/ng/năm" as parse_figure knows it."""
    sentence, end = number.sentence, number.last + 1
    while (
        number.shape != "rank" and sentence.match("[<comma><slash>].", end) and _area(sentence, end - 1, end)
    ):
        if not (reached := [place for place in (end + 3, end + 2) if _area(sentence, end + 1, place)]):
            break
        end = reached[0]
    items, last = sentence.items, number.last
    if end > last + 1:
        asked = number.asked.removesuffix(number.stand_in or items[last].words)
        person, unit = _STAND_IN["counted"][sentence.language == "en"], sentence.words(last, end).lower()
        unit = " ".join(unit.split())
        return replace(number, last=end - 1, unit=unit, stand_in="persons", asked=asked + person)
    per = sentence.match(f"<slash>{_PER}(?:<slash>(?:<rate>|{_PER})|<rate>)?", end)
    if per and items[end].start == items[last].end and items[end + 1].words.isalpha():
        more = "".join(item.words for item in items[end : per.end()])
        known = isinstance(_read(f"5 kg{more}", "vi"), Figure)
        unread = number.unread or ("" if known else f"not understood: {more}")
        return replace(number, last=per.end() - 1, asked=number.asked + more, unread=unread)
    return number


def _area(sentence: Sentence, first: int, end: int) -> bool:
    """Whether phrases are the name of a kind of area: xã, thị trấn."""
    words = " ".join(item.words for item in sentence.items[first:end])
    return end <= len(sentence.items) and words in phrases("area", sentence.language)[0]


def _quotient(sentence: Sentence, first: int, last: int) -> list[Number]:
    """A fraction where words beside it say so ("chưa bằng 1/3", "2/3 số hộ"); a day of a month is none."""
    over, under = sentence.items[first].words, sentence.items[last].words
    part = sentence.match("[<sum><inside>]", last + 1) or sentence.has(
        "<equal><share><bound>", first_before(sentence, first, 0), first
    )
    small = over.isdecimal() and under.isdecimal() and int(under) <= 12
    if part and small and int(over) < int(under):
        return [Number(sentence, first, last, "fraction", f"bằng {over}/{under}")]
    day = small and not part and int(over) <= 31
    return [] if day else [Number(sentence, first, last, "quotient", f"{over}/{under}")]


def _fit(sentence: Sentence, shape: str, first: int, middle: int, last: int) -> str:
    """Whether two numbers make one figure: "yes" where their units let them and the words before do not make
    them the ends of a change ("tăng từ 45 lên 50 triệu"), "" where they do not, or why it is open."""
    skipped = ("number", "numeral", "scale", "verb", "bound", "from", "prefix")
    one, other = (
        [item.words for item in part if item.kind not in skipped]
        for part in (sentence.items[first:middle], sentence.items[middle + 1 : last + 1])
    )
    joint, left = sentence.items[middle], first_before(sentence, first, 0)
    if one and one != other:
        return ""
    if shape == "share" or joint.kind == "dash":
        return "yes"
    if joint.kind == "and" and (not first or sentence.items[first - 1].words != "between"):
        return ""
    changed = sentence.has("<down><up><level>", left, first)
    if joint.kind == "level" and (joint.words != "to" or changed):
        return ""
    if changed and sentence.has("<from>", left, first):
        return "a range, or the level reached: the words leave it open"
    return "yes"


def _list(sentence: Sentence, shape: str, first: int, last: int) -> list[Number] | None:
    """Numbers that share the unit of the last: "45, 50 và 55 triệu đồng", "từ 45 lên 50 triệu đồng"."""
    items = sentence.items
    places = [place for place in range(first, last + 1) if items[place].kind == "number"]
    near = items[max(0, first - 12) : first] + items[last + 1 : last + 4]
    told = any(item.kind == "each" or item.words == "tương ứng" for item in near)
    joined = items[last].kind != "scale" and sentence.has("<and>", first, places[-1])
    if sentence.kind(first - 1) != "from" if shape == "ends" else not (told or joined):
        return None
    whole = _number(sentence, "one", places[-1], last)
    shared, made = whole.asked.split(" ")[1:], []
    for place, after in pairwise(places):
        scales = [item.words for item in items[place:after] if item.kind == "scale"]
        rest = shared[sentence.kind(places[-1] + 1) == "scale" :] if scales else shared
        asked = " ".join([items[place].words, *scales, *rest])
        made.append(replace(whole, first=place, last=place + len(scales), asked=asked))
    made.append(whole)
    if shape == "list":
        made = [replace(number, place=i, count=len(places)) for i, number in enumerate(made)]
    return made
