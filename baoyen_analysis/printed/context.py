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
from baoyen_analysis.printed.wording import LETTER, Item, Sentence, phrases

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
_OTHER_TIME = re.compile(
    r"^(?:trước|sau|từ|đầu|giữa) (?:năm )?(?:19|20)\d\d$|(?:đến|tới|hết|cuối|đầu|giữa|từ) (?:tháng|quý) "
    r"|^(?:by|until|through|to|up to|from|.*(?:end|beginning|middle)) (?:of )?(?:the )?[a-z]{3}"
)
_SAME = ("cùng kỳ", "cùng kì", "với ck", "so ck", "same", "year-on-year", "yoy")
_YEAR_BEFORE = ("năm trước", "năm ngoái", "last year", "previous year", "a year ")


class Earlier(NamedTuple):
    """A number before in the sentence; `kind`: the phrase that says its kind; `end`: the phrase after all
    that was said of it."""

    core: Core
    said: Said
    figure: Figure
    before: str
    kind: Item | None
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
    if sentence.kind(after) == "time" and _is_base(sentence, after):
        return Compared(after, after + 1)
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
        alone = not core.thing or sentence.items[core.last].words.startswith("times as")
        multiple = alone or base.end or said.has("times", "up", "equal")
        return ("multiple", against) if multiple else ("level", "")
    if said.sign in ("up", "down"):
        return {"up": "rise", "down": "fall"}[said.sign], against
    part = core.thing == "percent" or core.shape == "fraction" or (not core.thing and figure.value < 1)
    if part and base.plan:
        return "share_of_plan", against
    after = core.last + 1
    sums, _ = phrases("sum", sentence.language)
    whole = part and after < len(sentence.items) and sentence.items[after].words in sums
    whole = whole or (core.shape == "fraction" and not base.end and not said.has("equal"))
    if whole or core.shape == "share" or (part and said.has("share")):
        found = sentence.match(f"[^{_ENDS}]{{0,8}}", after)
        return "part_of", words_of(sentence, after, found.end()) if part and found else ""
    if part and base.end and said.has("equal", "verb"):
        return "multiple", against
    inside = sentence.kinds.rfind(LETTER["inside"], 0, core.first)
    if part or inside < 0:
        return "level", ""
    for e in reversed(earlier[-12:]):
        alike = e.figure.unit.split(",")[0] in (figure.unit, sentence.items[core.last].words)  # xã, thị trấn
        if e.core.last < inside and alike:
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
    if before:
        return before[-1]
    apart = sentence.kinds.find(LETTER["semicolon"], core.last)
    return next((place for place in own[here : here + 1] if place < end and not 0 < apart < place), -1)


def is_compared(sentence: Sentence, place: int) -> bool:
    """Whether a time belongs to what a number is compared with ("bằng 96% năm 2022")."""
    after = "<than>[^<comma><semicolon><number><stop><open><close>]{0,6}"
    return bool(sentence.before(after, place, 7)) or _is_base(sentence, place)


def _is_base(sentence: Sentence, place: int) -> bool:
    """Whether a year stands right after a number that it is said to equal, or a multiple."""
    equal = "(?:[<equal><times>]<bound>{0,2}<number>[<percent><native><counted><measured>]|<fold>)"
    return sentence.items[place].words.startswith("năm ") and bool(sentence.before(equal, place, 6))


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


def kind(
    sentence: Sentence, core: Core, start: int, base: Compared, relation: str, before: Earlier | None
) -> Item | None:
    """The phrase of the clause or the head of the sentence that says plan, target, estimate, preliminary or
    threshold, or that of the number before where this one goes on with it; None elsewhere."""
    after = sentence.items[core.last + 1 : core.last + 2]
    if after and after[0].kind == "plan" and relation == "level" and sentence.language == "en":
        return after[0]
    own = range(core.first - 1, start - 1 if relation != "share_of_plan" else core.first - 1, -1)
    head = range(min(start, 40)) if relation in ("level", "part_of") else range(0)
    reached = any(item.kind == "verb" and not item.meaning for item in sentence.items[start : core.first])
    for place in (*own, *head):
        item = sentence.items[place]
        # kế hoạch giao 300 tỷ đồng, đạt 320 tỷ đồng
        one = (
            place in head
            and reached
            and sentence.match("<plan>[^<number><colon><comma><verb>]*<number>", place)
        )
        ends = place in head and item.kind in ("number", "than")
        if item.kind == "done" or item.meaning == "actual" or one or ends:
            break
        says = item.kind == "plan" or (item.kind == "verb" and item.meaning and place in own)
        if says and not base.first <= place < base.end and not is_compared(sentence, place):
            return item
    return before.kind if before and not base.plan and _goes_on(sentence, core, before) else None


def _goes_on(sentence: Sentence, core: Core, before: Earlier) -> bool:
    """Whether a number is of the kind of the one before: no other time and no verb between them, or after
    "dự kiến" and "phấn đấu" one that is theirs too."""
    between = sentence.items[before.core.last + 1 : core.first]
    kinds = {item.kind for item in between}
    planned = before.kind is not None and before.kind[:2] == ("verb", "plan")
    apart = kinds & {"semicolon", "stop", "time", "done", "aside", "but"} or any(
        item.kind == "verb" and (not planned or item.words.startswith(("đã", "was", "were")))
        for item in between
    )
    return not apart and not any(item.meaning == "actual" for item in between)


def subject(sentence: Sentence, said: Said, floor: int, base: Compared, earlier: list[Earlier]) -> str:
    """The words before a number that say what is counted: those of its clause, else those of the number
    before."""
    earlier = _outside(sentence, said, earlier)
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


def _outside(sentence: Sentence, said: Said, earlier: list[Earlier]) -> list[Earlier]:
    """The numbers before without those in brackets that are closed by now ("68.500 con (trâu 14.200 con),
    đạt 98% kế hoạch")."""
    last = earlier[-1].core.last if earlier else 0
    closed = sentence.kinds.find(LETTER["close"], last, said.first)
    opened = sentence.kinds.rfind(LETTER["open"], 0, last)
    if closed < 0 or opened < 0:
        return earlier
    return [e for e in earlier[-30:] if e.core.last < opened] or earlier
