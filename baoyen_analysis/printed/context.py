"""What stands farther from a number in its sentence: what it is compared with, its relation to that, its
time, its kind (plan, estimate) and the words that say what is counted."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from typing import NamedTuple

from baoyen_analysis.printed.clauses import Said
from baoyen_analysis.printed.cores import Core
from baoyen_analysis.printed.figures import Figure
from baoyen_analysis.printed.periods import Period, UnreadablePeriod, parse_period
from baoyen_analysis.printed.wording import LETTER, Sentence, phrases

_APART = "<number><semicolon><stop>"
# What ends the words of a comparison.
_ENDS = f"{_APART}<comma><open><close><up><down><equal><share><level><and><inside><beyond><times><but>"
_TRAILING = ("verb", "where", "colon", "each", "from", "dash")
_FILLING = (
    *(
        "verb",
        "where",
        "function",
        "but",
        "time",
        "and",
        "comma",
        "open",
        "close",
        "colon",
        "semicolon",
        "stop",
    ),
    *("each", "level", "from", "to", "dash", "aside", "mark", "inside", "bound", "equal", "share", "lasting"),
)
# Words before a year that leave it the year it is, and those that make it another time.
_LEADING = re.compile(
    r"^(?:(?:trong|vào|các|cho|của|bình quân|tính|kết thúc|đến|hết|cuối|the|of|in|by|theo) )+(?=\w)"
)
_OTHER_TIME = re.compile(r"^(?:trước|sau|từ|đầu|giữa) (?:năm )?(?:19|20)\d\d$")
_SAME = ("cùng kỳ", "cùng kì", "same", "year-on-year", "yoy")
_YEAR_BEFORE = ("năm trước", "năm ngoái", "last year", "previous year", "a year ")


class Earlier(NamedTuple):
    """A number before in the sentence; `end`: the phrase after all that was said of it."""

    core: Core
    said: Said
    figure: Figure
    before: str
    end: int


class Compared(NamedTuple):
    """The phrases that a number is compared with, from `first` to before `end`; none where they are the
    same."""

    first: int
    end: int
    plan: bool = False


def compared(sentence: Sentence, core: Core, said: Said, start: int) -> Compared:
    """What a number is compared with: the words after it, else those right before it or at the head of its
    clause."""
    after = max(core.last, said.last) + 1
    of = f"<ofall>[^{_ENDS}]{{0,6}}?" if sentence.language == "en" else ""
    found = (
        sentence.match(
            f"(?:<comma>|[^{_APART}<plan><open><comma>]{{0,7}}?)(<than>)(?![<verb><function>]?[<number><prefix>])",
            after,
        )
        or sentence.match(f"{of}(<plan>)", after)
        or sentence.match(
            f"(?:[^{_APART}]{{0,7}}?<close>[^{_APART}]?|<open>[^<stop><semicolon>]{{0,9}}?<close>)(<than>)",
            after,
        )
    )
    if found:
        return _spanned(sentence, found.start(1))
    if not (said.sign or said.has("times", "equal") or core.shape == "fold"):
        return Compared(0, 0)
    places = [place for place in range(start, core.first) if sentence.kind(place) == "than"]
    places += [place for place in range(said.first, core.first) if sentence.kind(place) == "plan"]
    return _spanned(sentence, places[0]) if places else Compared(0, 0)


def _spanned(sentence: Sentence, first: int) -> Compared:
    found = sentence.match(f"(?:<than>|<plan>)[^{_ENDS}]{{0,12}}", first)
    end = found.end() if found else first + 1
    plan = any(item.meaning in ("plan", "target") for item in sentence.items[first:end])
    return Compared(first, end, plan)


def words_of(sentence: Sentence, first: int, end: int) -> str:
    """The text of phrases, without what only leads on to other words."""
    joints, _ = phrases("joint", sentence.language)
    while end > first and (sentence.kind(end - 1) in _TRAILING or sentence.items[end - 1].words in joints):
        end -= 1
    return sentence.words(first, end)


def relation(
    sentence: Sentence,
    core: Core,
    said: Said,
    figure: Figure,
    base: Compared,
    floor: int,
    earlier: list[Earlier],
) -> tuple[str, str]:
    """The relation of a number to what it is compared with, and the words of that."""
    against = words_of(sentence, base.first, base.end)
    times = figure.unit.startswith("times")
    if core.shape == "rank":
        return "rank", ""
    if times:
        multiple = base.end or said.has("times", "up", "equal") or not core.thing
        return ("multiple", against) if multiple else ("level", "")
    if said.sign in ("up", "down"):
        return {"up": "rise", "down": "fall"}[said.sign], against
    part = core.thing == "percent" or core.shape == "fraction" or (not core.thing and figure.value < 1)
    if part and base.plan:
        return "share_of_plan", against
    after = core.last + 1
    sums, _ = phrases("sum", sentence.language)
    whole = part and after < len(sentence.items) and sentence.items[after].words in sums
    if whole or core.shape == "share" or (part and said.has("share")):
        found = sentence.match(f"[^{_ENDS}]{{0,8}}", after)
        return "part_of", words_of(sentence, after, found.end()) if part and found else ""
    if part and base.end and said.has("equal", "verb"):
        return "multiple", against
    inside = sentence.kinds.rfind(LETTER["inside"], 0, core.first)
    if part or inside < 0:
        return "level", ""
    for e in reversed(earlier[-12:]):
        if e.core.last < inside and e.figure.unit == figure.unit:
            return "part_of", sentence.words(e.said.first, e.core.last + 1)
    return ("part_of" if inside >= floor else "level"), ""


# ----------------------------------------------------------------------------------------------------------
# Times.


def own_times(sentence: Sentence) -> list[int]:
    """The phrases of a sentence that name a time, but for those of what is compared with."""
    return [
        place
        for place, item in enumerate(sentence.items)
        if item.kind == "time" and not is_compared(sentence, place)
    ]


def time_of(sentence: Sentence, own: list[int], core: Core, said: Said, end: int) -> int:
    """The phrase that names the time of a number: right after it, else the nearest before it, else one that
    follows before the next number at `end`; -1 where none does. In a list each number has the time at its own
    place."""
    after = sentence.match("[<open><where><function>]?(<time>)(?!<colon>)", max(core.last, said.last) + 1)
    if after and after.start(1) in own:
        return after.start(1)
    if sentence.before("<time><open>", said.first, 2):
        return said.first - 2
    closed = sentence.before("<close>[^<open>]*", core.first, 400)
    opened = sentence.before("<open>[^<close>]*<close>[^<open>]*", core.first, 400) if closed else None
    shut = range(opened.start(), closed.start()) if opened and closed else ()
    here = bisect(own, core.first)
    before = [place for place in own[max(0, here - 30) : here] if place not in shut]
    if core.count and len(before) >= core.count:
        return before[core.place - core.count]
    return before[-1] if before else next((place for place in own[here : here + 1] if place < end), -1)


def is_compared(sentence: Sentence, place: int) -> bool:
    """Whether a time belongs to what a number is compared with."""
    return bool(sentence.before("<than>[^<comma><semicolon><number><stop><open><close>]{0,6}", place, 7))


@lru_cache(maxsize=4096)
def period_of(words: str, year: int = 0) -> Period | None:
    """The period that words name, with the year of the sentence where they name none themselves."""
    bare = _LEADING.sub("", words)
    for tried in () if _OTHER_TIME.search(words) else (words, bare, f"{bare} {year}" if year else ""):
        try:
            if tried:
                return parse_period(tried)
        except UnreadablePeriod:
            continue
    return None


def code(period: Period | None) -> str:
    """A period as the record writes it: 2022, 2022-9M, 2024Q1, 2020-2025; "" for a day, a school year, a
    comparison."""
    if period is not None and (period.kind, period.part) == ("date", "12-31"):
        return str(period.year)  # what a year ends with
    if period is None or period.kind not in ("year", "part", "span"):
        return ""
    if period.year_end:
        return f"{period.year}-{period.year_end}"
    return f"{period.year}-{period.part}" if period.part.endswith("M") else f"{period.year}{period.part}"


def compared_code(sentence: Sentence, base: Compared, own: Period | None) -> str:
    """The period that a number is compared with, where its words give one: "cùng kỳ năm trước" of nine
    months."""
    low = sentence.words(base.first, base.end).lower()
    same = any(word in low for word in _SAME)
    for item in sentence.items[base.first : base.end]:
        if item.kind == "time" and (named := period_of(item.words)):
            part = own.part if same and own and named.is_year and own.kind == "part" else named.part
            return code(Period(named.year, named.year_end, part, kind="part" if part else named.kind))
    if not base.end or own is None or own.kind not in ("year", "part"):
        return ""
    if same or any(word in low for word in _YEAR_BEFORE):
        part = own.part if same else ""
        return code(Period(own.year - 1, None, part, kind="part" if part else "year"))
    if "tháng trước" in low and own.part.startswith("M"):
        month = (int(own.part[1:]) + 10) % 12 + 1
        return code(Period(own.year - (month == 12), None, f"M{month:02d}", kind="part"))
    return ""


# ----------------------------------------------------------------------------------------------------------
# What is counted, and of what kind.


def kind(sentence: Sentence, core: Core, start: int, base: Compared, relation: str) -> str:
    """plan, target, estimate, preliminary or threshold where the words of the clause or the head of the
    sentence say so; "" elsewhere."""
    after = sentence.items[core.last + 1 : core.last + 2]
    if after and after[0].kind == "plan" and relation == "level" and sentence.language == "en":
        return after[0].meaning
    own = range(core.first - 1, start - 1 if relation != "share_of_plan" else core.first - 1, -1)
    head = range(min(start, 40)) if relation in ("level", "part_of") else range(0)
    for place in (*own, *head):
        item = sentence.items[place]
        if (
            item.kind == "done"
            or item.meaning == "actual"
            or (place in head and item.kind in ("number", "than"))
        ):
            return ""
        says = item.kind == "plan" or (item.kind == "verb" and item.meaning and place in own)
        if says and not base.first <= place < base.end and not is_compared(sentence, place):
            return item.meaning
    return ""


def subject(sentence: Sentence, said: Said, floor: int, base: Compared, earlier: list[Earlier]) -> str:
    """The words before a number that say what is counted: those of its clause, else those of the number
    before."""
    if said.carried and earlier:
        return earlier[-1].before
    spans = [base, *(_spanned(sentence, p) for p in range(floor, said.first) if sentence.kind(p) == "than")]
    start, found = floor, ""
    for place in range(floor, said.first + 1):
        apart = sentence.kind(place) in (
            "comma",
            "semicolon",
            "colon",
            "open",
            "close",
            "time",
            "stop",
            "aside",
        )
        if apart or place == said.first or any(span.first <= place < span.end for span in spans):
            first, end = start, place
            while first < end and sentence.kind(first) in _FILLING:
                first += 1
            while end > first and sentence.kind(end - 1) in _FILLING:
                end -= 1
            if any(
                sentence.kind(p) not in (*_FILLING, "than", "plan", "up", "down") for p in range(first, end)
            ):
                found = sentence.words(first, end)
            start = place + 1
    return found or (earlier[-1].before if earlier else "")
