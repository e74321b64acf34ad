"""What stands farther from a number in its sentence: what it is compared with, its relation to that, its
time, its kind (plan, estimate) and the words that say what is counted."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from itertools import permutations

from baoyen_analysis.printed.cores import Number
from baoyen_analysis.printed.periods import Period, UnreadablePeriod, code, parse_period
from baoyen_analysis.printed.text import patterns
from baoyen_analysis.printed.wording import LETTER, Item, Sentence, phrases

_APART = "<number><semicolon><stop>"
# What ends the words of a comparison.
_ENDS = f"{_APART}<comma><open><close><up><down><equal><share><level><and><inside><beyond><times><but>"
_OF = f"<ofall>[^{_ENDS}]{{0,6}}?"
# What a number is compared with, after it.
_BASES = (
    f"(?:<comma>|[^{_APART}<plan><open><comma>]{{0,7}}?)(<than>)(?![<verb><function>]?[<number><prefix>])",
    "(<plan>)",
    f"(?:[^{_APART}]{{0,7}}?<close>[^{_APART}]?|<open>[^<stop><semicolon>]{{0,9}}?<close>)(<than>)",
)
_TRAILING = ("verb", "where", "colon", "each", "from", "dash")
# What says nothing of what is counted, and what parts the words that do.
_FILLING = (
    "<verb><where><function><but><time><and><comma><open><close><colon><semicolon><stop><each><level><from><to>"
    "<dash><aside><mark><inside><bound><equal><share><lasting>"
)
_PARTING = "<comma><semicolon><colon><open><close><time><stop><aside>"
# Words before a year that leave it the year it is, and those that make it another time.
_LEADING = re.compile(
    r"^(?:(?:trong|vào|các|cho|của|bình quân|tính|kết thúc|đến|hết|cuối|the|of|in|by|theo) )+(?=\w)"
)
_OTHER_TIME = re.compile(
    r"^(?:trước|sau|từ|đầu|giữa) (?:năm )?(?:19|20)\d\d$|(?:đến|tới|hết|cuối|đầu|giữa|từ) (?:tháng|quý) "
    r"|^(?:by|until|through|to|up to|from|.*(?:end|beginning|middle)) (?:of )?(?:the )?[a-z]{3}"
)
_NOW = re.compile(patterns("now")[0][1])
_SAME = re.compile("cùng kỳ|cùng kì|với ck|so ck|same|year-on-year|yoy")
_YEAR_BEFORE = re.compile("năm trước|năm ngoái|last year|previous year|a year ")


def compared(number: Number, earlier: list[Number]) -> range:
    """The phrases that a number is compared with: the words after it, else those right before it or at the
    head of its clause, else a plan whose number stands before."""
    sentence, after = number.sentence, max(number.last, number.end) + 1
    for pattern in _BASES:
        of = _OF if pattern == "(<plan>)" and sentence.language == "en" else ""
        if found := sentence.match(of + pattern, after):
            return _spanned(sentence, found.start(1))
    if sentence.kind(after) == "time" and _is_base(sentence, after):
        return range(after, after + 1)
    reached = number.thing == "percent" and number.shape == "one" and not number.sign
    if not (reached or number.sign or number.has("times", "equal") or number.shape == "fold"):
        return range(0)
    places = [place for place in range(number.since, number.first) if sentence.kind(place) == "than"]
    places += [place for place in range(number.start, number.first) if sentence.kind(place) == "plan"]
    base = _spanned(sentence, places[0]) if places else range(0)
    if reached and not number.has("equal") and not is_plan(number, base):
        base = range(0)
    if reached and not base:
        base = _plan_before(number, earlier[-3:])
        number.plan = bool(base)
    return base


def is_plan(number: Number, phrases_: range) -> bool:
    return any(number.sentence.items[place].meaning in ("plan", "target") for place in phrases_)


def _plan_before(number: Number, earlier: list[Number]) -> range:
    """The plan and its number, of two numbers in one unit of which a per cent right after is the share:
    "kế hoạch 500 ha, thực hiện 579 ha, đạt 115,8%"; where it has a subject of its own, they must come to
    it."""
    sentence, share = number.sentence, number.figure
    alone = not sentence.match(f".*?[^{_FILLING}]", number.floor, number.start)
    for plan, outcome in permutations(earlier[::-1], 2):
        named = sentence.has("<plan><done>", plan.floor, plan.first)
        planned = plan.kind is not None and plan.kind.meaning in ("plan", "target")
        if plan.figure.unit != outcome.figure.unit or not plan.figure.value or not (named or planned):
            continue
        fits = share.low <= outcome.figure.value / plan.figure.value * 100 <= share.high
        if fits or (
            alone and planned and (outcome.kind is None or outcome.kind.meaning not in ("plan", "target"))
        ):
            return range(named.start() if named else plan.start, plan.last + 1)
    return range(0)


def _spanned(sentence: Sentence, first: int) -> range:
    found = sentence.match(f"(?:<than>|<plan>)[^{_ENDS}]{{0,12}}", first)
    return range(first, found.end() if found else first + 1)


def words_of(sentence: Sentence, first: int, end: int) -> str:
    """The text of phrases, without what only leads on to other words."""
    joints, _ = phrases("joint", sentence.language)
    while end > first and (sentence.kind(end - 1) in _TRAILING or sentence.items[end - 1].words in joints):
        end -= 1
    return sentence.words(first, end)


def relation(number: Number, earlier: list[Number]) -> tuple[str, str]:
    """The relation of a number to what it is compared with, and the words of that."""
    sentence, base, last, bare = number.sentence, number.base, number.last, not number.thing
    against = words_of(sentence, base.start, base.stop)
    if number.shape == "rank":
        return "rank", ""
    if number.figure.unit.startswith("times"):
        multiple = bare or base or number.has("times", "up", "equal")
        as_many = sentence.items[last].words.startswith("times as")
        return ("multiple", against) if multiple or as_many else ("level", "")
    if number.sign in ("up", "down"):
        return {"up": "rise", "down": "fall"}[number.sign], against
    fraction = number.shape == "fraction"
    part = number.thing == "percent" or fraction or (bare and number.figure.value < 1)
    if part and number.plan:
        return "share_of_plan", against
    whole = part and sentence.item(last + 1).words in phrases("sum", sentence.language)[0]
    whole = whole or (fraction and not base and not number.has("equal")) or (part and number.has("share"))
    if whole or number.shape == "share":
        found = sentence.match(f"[^{_ENDS}]{{0,8}}", last + 1)
        return "part_of", words_of(sentence, last + 1, found.end()) if part and found else ""
    if part and base and number.has("equal", "verb"):
        return "multiple", against
    inside = sentence.kinds.rfind(LETTER["inside"], 0, number.first)
    if part or inside < 0:
        return "level", ""
    units = (number.figure.unit, sentence.items[last].words)  # xã, thị trấn
    for other in reversed(earlier[-12:]):
        if other.last < inside and other.figure.unit.split(",")[0] in units:
            return "part_of", sentence.words(other.start, other.last + 1)
    return ("part_of" if inside >= number.floor else "level"), ""


# ----------------------------------------------------------------------------------------------------------
# Times.


def time_of(number: Number, own: list[int], end: int) -> int:
    """The phrase that names the time of a number, of the sentence's `own`: right after it, else the nearest
    before it, else one that follows before the next number at `end`; -1 where none does. In a list each
    number has the time at its own place."""
    sentence, first = number.sentence, number.first
    after = sentence.match("[<open><where><function>]?(<time>)(?!<colon>)", max(number.last, number.end) + 1)
    if after and after.start(1) in own and not _is_next(sentence, number.last, after.start(1), end):
        return after.start(1)
    if sentence.before("<time><open>", number.start, 2):
        return number.start - 2
    if number.has("from") and number.level and number.shape != "range":  # tăng từ 42 lên 50 triệu đồng
        return -1
    closed = sentence.before("<close>[^<open>]*", first, 400)
    opened = closed and sentence.before("<open>[^<close>]*<close>[^<open>]*", first, 400)
    shut = range(opened.start(), closed.start()) if opened and closed else ()
    here = bisect(own, first)
    bases = "[<from><than>][^<comma><semicolon><open>]*<number>[^<comma><semicolon><open>]{0,8}"
    before = [
        place
        for place in own[max(0, here - 30) : here]
        if place not in shut and not sentence.before(bases, place, 20)
    ]
    if before:
        return before[number.place - number.count if 0 < number.count <= len(before) else -1]
    apart = sentence.kinds.find(LETTER["semicolon"], number.last)
    return next(
        (
            place
            for place in own[here : here + 1]
            if place < end and not 0 < apart < place and not _is_next(sentence, number.last, place, end)
        ),
        -1,
    )


def _is_next(sentence: Sentence, last: int, place: int, end: int) -> bool:
    """Whether a time after a number begins what is said of the next, at `end`: "50 triệu (năm 2021: 42)"."""
    edge = "<open><comma><semicolon><dash>"
    apart = sentence.has(edge, last + 1, place) and not sentence.has(f"{edge}<close><stop>", place + 1, end)
    return end < len(sentence.items) and bool(apart)


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
    for tried in () if _OTHER_TIME.search(words) else (words, bare, f"{bare} {year}" if year else words):
        try:
            return parse_period(tried)
        except UnreadablePeriod:
            continue
    return None


def compared_code(number: Number, own: Period | None) -> str:
    """The period that a number is compared with, where its words give one: "cùng kỳ năm trước" of nine
    months."""
    sentence, base = number.sentence, number.base
    low = sentence.words(base.start, base.stop).lower()
    same = bool(_SAME.search(low))
    part = own.part if same and own and own.kind in ("year", "part") else ""
    for item in sentence.items[base.start : base.stop]:
        if item.kind == "time" and (named := period_of(item.words)):
            part = part if named.is_year else named.part
            return code(Period(named.year, named.year_end, part, kind="part" if part else named.kind))
    if not base or own is None or own.kind not in ("year", "part"):
        return ""
    if same or _YEAR_BEFORE.search(low):
        return code(Period(own.year - 1, part=part, kind="part" if part else "year"))
    if "tháng trước" in low and own.part.startswith("M"):
        month = (int(own.part[1:]) + 10) % 12 + 1
        return code(Period(own.year - (month == 12), part=f"M{month:02d}", kind="part"))
    return ""


# ----------------------------------------------------------------------------------------------------------
# What is counted, and of what kind.


def kind(number: Number, relation: str, earlier: list[Number]) -> Item | None:
    """The phrase that says plan, target, estimate, preliminary or threshold of a number; None where none
    does, or its own time says that it is what came of the plan before."""
    said = _kind_said(number, relation, earlier[-1] if earlier else None)
    its_own = said and said.start >= number.sentence.item(number.since).start
    results = not its_own and any(other.kind and _is_result(number, other) for other in earlier[-12:])
    return None if results else said


def _is_result(number: Number, planned: Number) -> bool:
    """Whether a number is of a time before that of a plan or target, of a part of its year, or of now."""
    sentence = number.sentence
    times = (item.words for item in sentence.items[planned.last + 1 : number.first] if item.kind == "time")
    own, plan = number.period, planned.period
    part = own and plan and own.part and plan.is_year and own.year == plan.year
    return any(map(_NOW.search, times)) or bool(part or (own and plan and own.year < plan.year))


def _kind_said(number: Number, relation: str, before: Number | None) -> Item | None:
    """The phrase of the clause or the head of the sentence that says plan, target, estimate, preliminary or
    threshold, or that of the number before where this one goes on with it; None elsewhere."""
    sentence, start, first = number.sentence, number.since, number.first
    after = sentence.item(number.last + 1)
    if after.kind == "plan" and relation == "level" and sentence.language == "en":
        return after
    own = range(first - 1, first - 1 if relation == "share_of_plan" else start - 1, -1)
    head = range(min(start, 40)) if relation in ("level", "part_of") else range(0)
    reached = any(item.kind == "verb" and not item.meaning for item in sentence.items[start:first])
    for place in (*own, *head):
        item = sentence.items[place]
        in_head = place in head
        # kế hoạch giao 300 tỷ đồng, đạt 320 tỷ đồng
        one = in_head and reached and sentence.match("<plan>[^<number><colon><comma><verb>]*<number>", place)
        if (
            item.kind == "done"
            or item.meaning == "actual"
            or one
            or (in_head and item.kind in ("number", "than"))
        ):
            break
        says = item.kind == "plan" or (item.kind == "verb" and item.meaning and not in_head)
        if says and place not in number.base and not is_compared(sentence, place):
            return item
    return before.kind if before and not number.plan and _goes_on(number, before) else None


def _goes_on(number: Number, before: Number) -> bool:
    """Whether a number is of the kind of the one before: no other time and no verb between them, or after
    "dự kiến" and "phấn đấu" one that is theirs too, also for a later year."""
    sentence, between = number.sentence, (before.last + 1, number.first)
    planned = before.kind is not None and before.kind[:2] == ("verb", "plan")
    later = planned and before.period and number.period and before.period.year < number.period.year
    parting = f"<semicolon><stop><done><aside><but>{'' if later else '<time>'}"
    return not sentence.has(parting, *between) and not any(
        item.meaning == "actual"
        or (item.kind == "verb" and (not planned or item.words.startswith(("đã", "was", "were"))))
        for item in sentence.items[slice(*between)]
    )


def subject(number: Number, earlier: list[Number]) -> str:
    """The words before a number that say what is counted: those of its clause, else those of the number
    before."""
    sentence, earlier = number.sentence, _outside(number, earlier)
    if number.carried and earlier:
        return earlier[-1].before
    floor = max(number.since, number.floor)
    spans = [_spanned(sentence, p) for p in range(floor, number.start) if sentence.kind(p) == "than"]
    bases = {*number.base, *(place for span in spans for place in span)}
    start, found = floor, ""
    for place in range(floor, number.start + 1):
        parting = sentence.has(_PARTING, place, place + 1) and sentence.items[place].meaning != "land"
        if place == number.start or place in bases or parting:  # but not at "trên 1 ha"
            first, end = start, place
            while first < end and sentence.has(_FILLING, first, first + 1):
                first += 1
            while end > first and sentence.has(_FILLING, end - 1, end):
                end -= 1
            if sentence.match(f".*?[^{_FILLING}<than><plan><up><down>]", first, end):
                found = sentence.words(first, end)
            start = place + 1
    return found or (earlier[-1].before if earlier else "")


def _outside(number: Number, earlier: list[Number]) -> list[Number]:
    """The numbers before without those in brackets that are closed by now ("68.500 con (trâu 14.200 con),
    đạt 98% kế hoạch")."""
    last, kinds = earlier[-1].last if earlier else 0, number.sentence.kinds
    closed = kinds.find(LETTER["close"], last, number.start)
    opened = kinds.rfind(LETTER["open"], 0, last)
    inside = closed >= 0 <= opened
    return [other for other in earlier[-30:] if inside and other.last < opened] or earlier
