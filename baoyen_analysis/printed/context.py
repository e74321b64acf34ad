"""What stands farther from a number in its sentence: what it is compared with, its relation to that, its time, its
kind (plan, estimate) and the words that say what is counted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from baoyen_analysis.printed.clauses import Core, Said
from baoyen_analysis.printed.figures import Figure
from baoyen_analysis.printed.periods import Period, UnreadablePeriod, parse_period
from baoyen_analysis.printed.wording import Sentence, grammar, phrases

_APART = "<number><semicolon><stop>"
# What ends the words of a comparison.
_ENDS = "<number><comma><semicolon><stop><open><close><up><down><equal><share><level><and><inside><beyond><times><but>"
_COMPARED = f"(?:<than>|<plan>)[^{_ENDS}]{{0,12}}"
_TRAILING = ("verb", "where", "colon", "each", "from", "dash")
_JOINTS = ("và", "thì", "mà", "đã", "như", "khi", "do", "nhờ", "để", "the", "while", "when", "as", "which")
_FILLING = ("but","verb", "where", "function", "time", "and", "comma", "open", "colon", "each", "level", "from", "to", "dash",
            "aside", "mark", "inside", "bound", "equal", "share", "close", "semicolon", "stop", "lasting")  # fmt: skip
# Words before a year that leave it the year it is, and those that make it another time.
_LEADING = re.compile(
    r"^(?:(?:trong|vào|các|cho|của|bình quân|tính|kết thúc|đến|hết|cuối|the|of|in|by|theo) )+(?=\w)"
)
_OTHER_TIME = re.compile(r"^(?:trước|sau|từ|đầu|giữa) (?:năm )?(?:19|20)\d\d$")


class Earlier(NamedTuple):
    """A number before in the sentence; `end`: the phrase after all that was said of it."""

    core: Core
    said: Said
    figure: Figure
    before: str
    end: int


class Compared(NamedTuple):
    """The phrases that a number is compared with, from `first` to before `end`; none where they are the same.
    `base`: plan, time or ""."""

    first: int
    end: int
    base: str

    def words(self, sentence: Sentence) -> str:
        return _slice(sentence, self.first, self.end)


def _slice(sentence: Sentence, first: int, end: int) -> str:
    """The text of phrases, without what only leads on to other words."""
    while end > first and (
        sentence.items[end - 1].kind in _TRAILING or sentence.items[end - 1].words in _JOINTS
    ):
        end -= 1
    return sentence.text[sentence.items[first].start : sentence.items[end - 1].end] if end > first else ""


def compared(sentence: Sentence, core: Core, said: Said, start: int) -> Compared:
    """What a number is compared with: the words after it, else those right before it or at the head of its clause."""
    after = max(core.last, said.last) + 1
    gap = f"(?:<comma>|[^{_APART}<plan><open><comma>]{{0,7}}?)"
    of = f"(?:<ofall>[^{_ENDS}]{{0,6}}?)" + ("" if sentence.language == "en" else "?")
    near = grammar(f"(?:{gap}(<than>)(?![<verb><function>]?[<number><prefix>])|{of}(<plan>))")
    close = grammar(
        f"(?:[^{_APART}]{{0,7}}?<close>[^{_APART}]?|<open>[^<stop><semicolon>]{{0,9}}?<close>)(<than>)"
    )
    if found := near.match(sentence.kinds, after) or close.match(sentence.kinds, after):
        return _spanned(sentence, found.span(found.lastindex or 0)[0])
    if not (
        said.sign
        or {"times", "equal", "than"} & set(said.left)
        or core.shape == "one"
        and "times" in core.asked
    ):
        return Compared(0, 0, "")
    thans = [place for place in range(start, core.first) if sentence.items[place].kind == "than"]
    thans += [place for place in range(said.first, core.first) if sentence.items[place].kind == "plan"]
    return _spanned(sentence, thans[0]) if thans else Compared(0, 0, "")


def _spanned(sentence: Sentence, first: int) -> Compared:
    found = grammar(_COMPARED).match(sentence.kinds, first)
    end = found.end() if found else first + 1
    items = sentence.items[first:end]
    plan = any(item.kind == "plan" and item.meaning in ("plan", "target") for item in items)
    plan = plan or any(item.meaning == "plan" for item in items)
    return Compared(first, end, "plan" if plan else "time")


def relation(
    sentence: Sentence,
    core: Core,
    said: Said,
    figure: Figure,
    base: Compared,
    floor: int,
    earlier: list[Earlier],
) -> tuple[str, str]:
    """The relation of a number to what it is compared with, and the words of the whole that it is part of."""
    if core.shape == "rank":
        return "rank", ""
    if said.sign in ("up", "down") and not figure.unit.startswith("times"):
        return {"up": "rise", "down": "fall"}[said.sign], ""
    if figure.unit.startswith("times"):
        return (
            "multiple" if base.end or {"times", "up", "equal"} & set(said.left) or not core.thing else "level"
        ), ""
    part = core.thing == "percent" or core.shape == "fraction" or not core.thing and figure.value < 1
    sums, _ = phrases("sum", sentence.language)
    follows = any(item.words in sums for item in sentence.items[core.last + 1 : core.last + 2])
    if part and base.end and base.base == "plan":
        return "share_of_plan", ""
    if (part and "share" in said.left) or (part and follows) or core.shape == "share":
        end = grammar(f"[^{_ENDS}]{{0,8}}").match(sentence.kinds, core.last + 1).end() if part else 0
        return "part_of", _slice(sentence, core.last + 1, end) if end else ""
    if part and base.end and {"equal", "verb", "times"} & set(said.left):
        return "multiple", ""
    inside = [place for place in range(core.first) if sentence.items[place].kind == "inside"]
    if part:
        return "level", ""
    if inside and (
        whole := [e for e in earlier if e.core.last < inside[-1] and e.figure.unit == figure.unit]
    ):
        return "part_of", sentence.text[
            sentence.items[whole[-1].said.first].start : sentence.items[whole[-1].core.last].end
        ]
    return ("part_of", "") if inside and inside[-1] >= floor else ("level", "")


# ---------------------------------------------------------------------------------------------------------------------
# Times.


def times(sentence: Sentence, core: Core, said: Said, base: Compared, next_first: int) -> int:
    """The phrase that names the time of a number: right after it, else the nearest before it in its sentence, else one
    that follows before the next number; -1 where none does."""
    own = [
        p for p, item in enumerate(sentence.items) if item.kind == "time" and not _in_comparison(sentence, p)
    ]
    after = grammar("[<open><where><function>]?(<time>)(?!<colon>)").match(
        sentence.kinds, max(core.last, said.last) + 1
    )
    if after and after.span(1)[0] in own:
        return after.span(1)[0]
    if grammar("<time><open>").fullmatch(sentence.kinds, max(0, said.first - 2), said.first):
        return said.first - 2
    if core.count and len(listed := [p for p in own if p < core.first]) >= core.count:
        return listed[core.place - core.count]
    opened = sentence.kinds.rfind(grammar("<open>").pattern, 0, core.first)
    closed = sentence.kinds.rfind(grammar("<close>").pattern, 0, core.first)
    before = [p for p in own if p < core.first and not (opened < p < closed and opened < closed)]
    if before:
        return before[-1]
    return next((p for p in own if core.last < p < next_first), -1)


def _in_comparison(sentence: Sentence, place: int) -> bool:
    """Whether a time belongs to what a number is compared with."""
    for before in range(place - 1, max(-1, place - 7), -1):
        if sentence.items[before].kind in ("comma", "semicolon", "number", "stop", "open", "close"):
            return False
        if sentence.items[before].kind == "than":
            return True
    return False


@lru_cache(maxsize=4096)
def period_of(words: str, year: int = 0) -> Period | None:
    """The period that words name, with the year of the sentence where they name none themselves."""
    if _OTHER_TIME.search(words):
        return None
    bare = _LEADING.sub("", words)
    for tried in (words, bare, f"{bare} {year}" if year else ""):
        try:
            if tried:
                return parse_period(tried)
        except UnreadablePeriod:
            continue
    return None


def code(period: Period | None) -> str:
    """A period as the record writes it: 2022, 2022-9M, 2024Q1, 2020-2025; "" for a day, a school year, a comparison."""
    if period is None or period.kind not in ("year", "part", "span"):
        return ""
    if period.year_end:
        return f"{period.year}-{period.year_end}"
    return f"{period.year}-{period.part}" if period.part.endswith("M") else f"{period.year}{period.part}"


def compared_code(words: str, own: Period | None, named: Period | None) -> str:
    """The period that a number is compared with, where its words give one: "cùng kỳ năm trước" of nine months."""
    low = words.lower()
    same = any(word in low for word in ("cùng kỳ", "cùng kì", "same", "year-on-year", "yoy"))
    if named:
        part = own.part if same and own and named.is_year and own.kind == "part" else named.part
        return code(Period(named.year, named.year_end, part, kind="part" if part else named.kind))
    if own is None or own.kind not in ("year", "part"):
        return ""
    if same or any(
        word in low for word in ("năm trước", "năm ngoái", "last year", "previous year", "a year ")
    ):
        return code(
            Period(
                own.year - 1,
                None,
                own.part if same or not own.part else "",
                kind=own.kind if same else "year",
            )
        )
    if "tháng trước" in low and own.part.startswith("M"):
        month = int(own.part[1:])
        return code(Period(own.year - (month == 1), None, f"M{(month - 2) % 12 + 1:02d}", kind="part"))
    return ""


# ---------------------------------------------------------------------------------------------------------------------
# What is counted, and of what kind.


def kind(sentence: Sentence, core: Core, floor: int, base: Compared, relation: str) -> str:
    """plan, target, estimate, preliminary or threshold where the words of the clause or the head of the sentence say
    so; "" elsewhere."""
    if relation == "share_of_plan":
        floor, topic = core.first, False
    else:
        topic = relation == "level" or relation == "part_of"
    after = core.last + 1
    if (
        after < len(sentence.items)
        and sentence.items[after].kind == "plan"
        and relation == "level"
        and sentence.language == "en"
    ):
        return sentence.items[after].meaning
    for place in range(core.first - 1, floor - 1, -1):
        item = sentence.items[place]
        if item.kind == "done":
            return ""
        if (
            item.kind in ("plan", "verb")
            and item.meaning
            and not base.first <= place < base.end
            and not _in_comparison(sentence, place)
        ):
            return item.meaning
    for item in sentence.items[:floor] if topic else ():
        if item.kind in ("number", "done", "than"):
            break
        if item.kind == "plan" and item.meaning in ("plan", "target"):
            return item.meaning
    return ""


def subject(sentence: Sentence, said: Said, floor: int, base: Compared, earlier: list[Earlier]) -> str:
    """The words before a number that say what is counted: those of its clause, else those of the number before."""
    if said.carried and earlier:
        return earlier[-1].before
    spans = [
        base,
        *(_spanned(sentence, p) for p in range(floor, said.first) if sentence.items[p].kind == "than"),
    ]
    pieces: list[tuple[int, int]] = []
    start, first = floor, said.first
    for place in range(floor, first + 1):
        apart = place == first or sentence.items[place].kind in (
            "comma",
            "semicolon",
            "colon",
            "open",
            "close",
            "time",
            "stop",
            "aside",
        )
        apart = apart or any(first <= place < end for first, end, _ in spans)
        if apart:
            pieces.append((start, place))
            start = place + 1
    for start, end in reversed(pieces):
        while start < end and sentence.items[start].kind in _FILLING:
            start += 1
        while end > start and sentence.items[end - 1].kind in _FILLING:
            end -= 1
        if any(
            item.kind not in _FILLING + ("than", "plan", "up", "down") for item in sentence.items[start:end]
        ):
            return sentence.text[sentence.items[start].start : sentence.items[end - 1].end]
    return earlier[-1].before if earlier else ""
