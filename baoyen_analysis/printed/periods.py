"""Periods as the record writes them and as tables head them: "2022-9M", "2025Q1", "Sơ bộ 2022", "9 tháng
2022", "31/12/2022".

A header is read whole or refused with `UnreadablePeriod`, save that a year and its mark may be followed by
the measure in words ("2021 (*) Dân số trung bình (Nghìn người)")."""

from __future__ import annotations

import calendar
import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

KINDS = ("year", "part", "span", "school_year", "comparison", "date")
PARTS = (
    "H1",
    "H2",
    "Q1",
    "Q2",
    "Q3",
    "Q4",
    *(f"M{month:02d}" for month in range(1, 13)),
    *(f"{months}M" for months in range(2, 12)),
)


class UnreadablePeriod(ValueError):
    """A text that is no period in a known form. The message gives the text and the reason."""

    def __init__(self, text: object, reason: str = "no known form of a period") -> None:
        super().__init__(f"{text!r} cannot be read as a period: {reason}")
        self.text, self.reason = text, reason


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a part of one, or more.

    `year_end` is the last year of a span or school year, the base year of a comparison, None elsewhere.
    `part` is one of `PARTS`: H, Q and M are halves, quarters and months, "9M" the months from January; for a
    date it is "MM-DD". `status` is "", preliminary or estimate; `mark` is "footnote" where a footnote mark
    stands in the header."""

    year: int
    year_end: int | None = None
    part: str = ""
    status: str = ""
    kind: str = "year"
    mark: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it is one full calendar year."""
        return self.kind == "year"

    @property
    def end(self) -> date:
        """The last day.

        >>> parse_period("2022-9M").end, parse_period("2020-2025").end, parse_period("2024Q1").end
        (datetime.date(2022, 9, 30), datetime.date(2025, 12, 31), datetime.date(2024, 3, 31))
        """
        if self.kind == "date":
            return date.fromisoformat(f"{self.year}-{self.part}")
        if (
            self.kind == "school_year"
        ):  # the school year ends with May (the yearly framework of the Ministry of Education)
            return date(self.year_end, 5, 31)
        if self.kind == "span":
            return date(self.year_end, 12, 31)
        month = _last_month(self.part)
        return date(self.year, month, calendar.monthrange(self.year, month)[1])


def _last_month(part: str) -> int:
    if not part:
        return 12
    if part.endswith("M"):
        return int(part[:-1])
    months = {"H": 6, "Q": 3, "M": 1}[part[0]]
    return int(part[1:]) * months


YEAR = r"(?:19|20)\d\d"
GLUED = re.compile(rf"(?<![\w.,]){YEAR}[a-z](?![\w])")  # 2022p, 2024e; "2013T" heads a column of totals
FREE = r"(?<![\w.,/\-]){}(?![a-z]*\d|[.,/\-]\d|/[a-z])"  # a form that is no piece of a longer number or word

# What kind of figure a text says; the longer word first. All patterns here are of text in lower case without
# diacritics.
KIND_WORDS = {
    "estimate": r"uoc(?: tinh| thuc hien| dat| th)?|uth|est(?:imated?)?",
    "preliminary": r"so bo|prel(?:iminary)?|pre(?=\.)",
    "plan": r"(?:chi tieu )?(?:giao )?(?:ke hoach|kh)(?: (?:hdnd|ubnd)(?: tinh| huyen)?)?(?: giao)?|(?<!so )(?<!cac )chi tieu(?: giao)?(?= (?:nam )?(?:19|20)\d\d)|du kien|du toan"
    r"|phan dau|plan(?:ned)?|forecast",
    "target": r"(?:muc tieu(?: (?:dh|dai hoi|nq|nghi quyet))?|nghi quyet|nq|targets?)(?: den(?: het)?(?= (?:nam )?\d))?",
    "threshold": r"nguong|threshold",
    "actual": r"(?:ket qua )?thuc hien|ket qua|(?<!\b\d)(?<!\b\d\d)th|thuc te|chinh thuc|actual",
}
_KIND = re.compile(
    "|".join(rf"(?P<{kind}>(?<![a-z])(?:{words})(?![a-z]))\.?" for kind, words in KIND_WORDS.items())
)
_OUTCOMES = {"preliminary", "estimate"}
# A figure beside another one: a growth, a difference, a share of the plan; never the level of a year.
COMPARED = re.compile(
    r"so voi|so sanh|chenh lech|\btang ?(?:\(?\+\)?)? ?[,/;:&-]? ?(?:va )?giam|toc do (?:tang|phat trien)|chi so phat trien|\bindex\b"
    r"|\bgrowth|compared|% ?(?:kh|th|tang|giam|hoan thanh|dat|ke hoach|thuc hien|so|cung ky)\b|(?:hoan thanh|dat|vuot) (?:so voi )?(?:% )?(?:kh|ke hoach)\b"
    r"|ty le (?:%|dat|hoan thanh|thuc hien)"
    rf"|\b(?:u?th|thuc hien|uoc)(?: (?:nam )?{YEAR})? ?/ ?(?:kh|ke hoach|th|nq|dt|ck|cung ky)\b|{YEAR} ?/ ?(?:nam )?{YEAR}|^% ?$"
    rf"|{YEAR} ?/ ?(?:kh|ke hoach|nq|ck|cung ky)\b|^(?:tang truong|(?:muc|ty le) (?:tang|giam)|tang|giam)\b\W*(?:(?:nam )?{YEAR}\b.*|%.*)?$"
)
FOOTNOTE = re.compile(
    r"(?<=\d)\s*(?:\((?:\*{1,3}|\d|[a-c])\)|\[\d\]|\*{1,3}|[¹²³])\s*|(?<=[\w)])\s*(?:\(\*{1,3}\)|\*{1,3})$"
)

_NUMBERS = {
    word: number
    for words in (
        "mot,hai,ba,bon,nam,sæu,bay,tam,chin,muoi,muoi mot,muoi hai",
        "nhat,nhi,ba,tu",
        "i,ii,iii,iv",
        "one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve",
        "first,second,third,fourth",
        "1st,2nd,3rd,4th",
        "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec",
    )
    for number, word in enumerate(words.split(","), start=1)
}
_NUMBER = r"(?:\d\d?|muoi mot|muoi hai|mot|hai|ba|bon|tu|nam|sæu|bay|tam|chin|muoi|iii|ii|iv|i)"
_ENGLISH = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th|iii|ii|iv|i"
# The parts of a year in words, and what the group means; the abbreviations are read beside a year alone.
WORDED: list[tuple[str, Callable[[str], str]]] = [
    (r"(?:nua|(?:6|s[aæ]u) thang) (dau|cuoi)(?: nam)?", lambda half: "H1" if half == "dau" else "H2"),
    (
        r"(first|1st|second|2nd|last) (?:half|(?:6|six) months)(?: year)?",
        lambda half: "H1" if half in ("first", "1st") else "H2",
    ),
    (rf"quy[ .]*(?:thu )?({_NUMBER}|nhat)(?= |$|\W)", lambda n: f"Q{_number(n)}"),
    (r"quarter (iii|ii|iv|i|[1-4])", lambda n: f"Q{_number(n)}"),
    (rf"({_ORDINAL}|[1-4](?=\.))\.? quarter", lambda n: f"Q{_number(n)}"),
    (
        rf"(?:luy ke|cong don) (?:den |het |den het )?(?:thang |t\.?)({_NUMBER})",
        lambda n: _months(_number(n)),
    ),
    (
        rf"(?<!binh quan )(?<!bq )(?<!trung binh )(?:luy ke |cong don )?({_NUMBER}) thang(?: dau)?(?: nam)?(?! tuoi)",
        lambda n: _months(_number(n)),
    ),
    (rf"(?<!last )(?:first )?(\d\d?|{_ENGLISH}) months", lambda n: _months(_number(n))),
    (rf"thang[ .]*(nam(?= nam)|(?!nam){_NUMBER})", lambda n: f"M{_number(n):02d}"),
    (
        r"(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?",
        lambda n: f"M{_number(n):02d}",
    ),
    (r"((?:ca|trong) nam|(?:full|whole|calendar) year|annual)", lambda _: ""),
]
_SHORT: list[tuple[str, Callable[[str], str]]] = [
    (r"q[ .]?(iv|i{1,3}|\d)", lambda n: f"Q{_number(n)}"),
    (r"h([12])", lambda n: f"H{n}"),
    (r"([12])h", lambda n: f"H{n}"),
    (r"(\d\d?) ?[tm]", lambda n: _months(int(n))),
    (r"[tm][ .]?(\d\d?)", lambda n: f"M{int(n):02d}"),
]
_OF = r"(?:\s*[/.\-,]\s*|\s+)(?:cua |of )?(?:the )?(?:nam |year )?"

# Each form and what its groups mean; the first that is found holds.
_Form = tuple[re.Pattern, Callable[[re.Match], dict]]


def _form(pattern: str, meaning: Callable[[re.Match], dict]) -> _Form:
    return re.compile(FREE.format(f"(?:{pattern})")), meaning


_DAY = r"(?:(?:tinh |co )?den (?:het )?|tai (?:thoi diem )?|as of )?(?:ngay )?"
_SPAN = "(?:(?:binh quan|bq) )?(?:giai doan|thoi ky|nhiem ky)|binh quan|bq"
_FORMS: list[_Form] = [
    _form(
        rf"{_DAY}(\d\d?)([/.\-])(\d\d?)\2({YEAR})(?: 00:00(?::00)?)?",
        lambda m: {"kind": "date", "part": _day(m[3], m[1]), "year": m[4]},
    ),
    _form(
        rf"{_DAY}(\d\d?) thang (\d\d?) nam ({YEAR})",
        lambda m: {"kind": "date", "part": _day(m[2], m[1]), "year": m[3]},
    ),
    _form(rf"({YEAR})-([2-9]|1[01])m", lambda m: {"part": f"{m[2]}M"}),  # as the record writes it
    _form(rf"({YEAR})-(\d\d)-(\d\d)(?: 00:00:00)?", lambda m: {"kind": "date", "part": _day(m[2], m[3])}),
    _form(
        rf"(?:nam hoc|school year) ({YEAR}) ?[-/] ?({YEAR})",
        lambda m: {"kind": "school_year", "year_end": m[2]},
    ),
    _form(rf"(?:{_SPAN}) ({YEAR}) ?- ?({YEAR})", lambda m: {"kind": "span", "year_end": m[2]}),
    _form(rf"({YEAR}) ?- ?({YEAR})", lambda m: {"kind": _years_kind(m[1], m[2]), "year_end": m[2]}),
    _form(
        rf"(?:nam )?({YEAR})(?: ?/ ?| so voi )(?:nam )?({YEAR})",
        lambda m: {"kind": "comparison", "year_end": m[2]},
    ),
    *(
        _form(rf"{part}(?![a-z]){_OF}({YEAR})", lambda m, means=means: {"part": means(m[1]), "year": m[2]})
        for part, means in WORDED + _SHORT
    ),
    *(
        _form(rf"(?:nam )?({YEAR})[ \-]*\(?{part}(?![a-z])\)?", lambda m, means=means: {"part": means(m[2])})
        for part, means in WORDED + _SHORT
    ),
    # "May" is a word of other things too: of a period only where nothing else stands beside it.
    _form(rf"^may{_OF}({YEAR})$", lambda m: {"part": "M05", "year": m[1]}),
    _form(rf"^({YEAR})[ \-]*may$", lambda m: {"part": "M05"}),
    _form(rf"(\d\d?) ?[/.\-] ?({YEAR})", lambda m: {"part": f"M{int(m[1]):02d}", "year": m[2]}),
    _form(rf"(?:nam |year )?({YEAR})(?:\.0)?", lambda m: {}),
]
_MEANINGS = dict(_FORMS)
_LIKE = dict.fromkeys("–—−", "-") | {"đ": "d", "ỹ": "ỹ"}  # "quỹ" (a fund) is not "quý" (a quarter)


def _other_times() -> re.Pattern:
    """Words that say another time than the year beside them, or an open one: a season, a week, a term."""
    with Path(__file__).with_name("times.csv").open(encoding="utf-8", newline="") as file:
        return re.compile("|".join(row["pattern"] for row in csv.DictReader(file)))


OTHER_TIME = _other_times()


def parse_period(text: str, *, among_dates: bool = False) -> Period:
    """The period that a record or a table header names.

    Two years with a dash: consecutive years are a school year, as tables head it ("1995 -1996"); years
    further apart are a span ("2020-2025"). "2023/2022" is 2023 compared with 2022. An Excel serial ("44926"
    is 31/12/2022) is read only where the caller says that its neighbours are dates (`among_dates`). Words of
    a plan or target are no part of a period, and refused.

    >>> parse_period("Sơ bộ 2022")
    Period(year=2022, year_end=None, part='', status='preliminary', kind='year', mark='')
    >>> parse_period("6 tháng đầu năm 2023").part, parse_period("1995 -1996").kind, parse_period("44926", among_dates=True).part
    ('H1', 'school_year', '12-31')
    """
    if not isinstance(text, str):
        raise UnreadablePeriod(text, "not a text")
    words = bare(" ".join(unicodedata.normalize("NFC", text).split()))
    if GLUED.search(text):
        raise UnreadablePeriod(text, "a letter at the year: preliminary, revised, or an estimate?")
    if among_dates and re.fullmatch(r"[1-9]\d{4}(?:\.0)?", words):
        day = date(1899, 12, 30) + timedelta(
            days=int(words[:5])
        )  # Excel's day 1 is 1 January 1900, and it counts a 29 February 1900
        return Period(day.year, part=f"{day:%m-%d}", kind="date")
    kinds, words = without_kinds(words)
    if len(kinds) > 1 or set(kinds) - _OUTCOMES:
        raise UnreadablePeriod(text, "it says a kind of figure, or two, beside its period")
    mark = "footnote" if FOOTNOTE.search(words) else ""
    words = re.sub("^so sanh ", "", tidy(FOOTNOTE.sub(" ", words)))
    if kinds:  # the same year in two languages: "Sơ bộ 2022 - Prel. 2022"
        words = re.sub(rf"^({YEAR})(?: | ?[-/] ?)\1$", r"\1", words)
    match = first_form(words)
    if not match or match.start():
        raise UnreadablePeriod(text)
    period = _period(text, _meaning(match) | {"status": "".join(kinds), "mark": mark}, match)
    rest = tidy(words[match.end() :])
    if rest and (
        period.kind not in ("year", "comparison")
        or re.search(r"\d", re.sub(r"(?<=m)[23]\b", "", rest))
        or OTHER_TIME.search(rest)
        or COMPARED.search(rest)
        or not re.match(r"[(\s]*[^\W\d_]{2}|\(%\)$", rest)
    ):
        raise UnreadablePeriod(text)
    return period


def bare(text: str) -> str:
    """Lower case without diacritics, letter for letter, so that a place in it is a place in the text."""
    text = text.lower() if len(text.lower()) == len(text) else text
    text = text.replace("sáu", "sæu")  # six, which is not "sau" (next, after)
    return "".join(
        _LIKE.get(letter) or (letter if letter in "¹²³" else unicodedata.normalize("NFKD", letter)[0])
        for letter in text
    )


def tidy(words: str) -> str:
    """Words without what taking others out has left: empty brackets, lone dashes, double blanks."""
    words = " ".join(re.sub(r"\(\s*[-–/:;,]?\s*\)", " ", words).split())
    return re.sub(r"^[\s\-–—:;,/|.]+|[\s\-–—:;,/|]+$", "", words)


def without_kinds(words: str) -> tuple[list[str], str]:
    """The kinds of figures that the words say, each once, and the words with these blanked."""
    kinds = list(dict.fromkeys(match.lastgroup for match in _KIND.finditer(words)))
    return kinds, _KIND.sub(lambda m: " " * len(m[0]), words)


def first_form(words: str) -> re.Match | None:
    return next((match for form, _ in _FORMS if (match := form.search(words))), None)


def _meaning(match: re.Match) -> dict:
    return _MEANINGS[match.re](match)


def _years_kind(first: str, second: str) -> str:
    return "school_year" if int(second) == int(first) + 1 else "span"


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _months(months: int) -> str:
    """The part of the first months of a year: 6 is the first half, 3 the first quarter, 12 the year."""
    return {1: "M01", 3: "Q1", 6: "H1", 12: ""}.get(months, f"{months}M")


def _day(month: str, day: str) -> str:
    return f"{month:0>2}-{day:0>2}"


def _period(text: str, said: dict, match: re.Match) -> Period:
    """The period of a matched form, refused where no calendar holds it."""
    year, year_end, part = int(said.pop("year", match[1])), said.pop("year_end", None), said.pop("part", "")
    kind = said.pop("kind", "part" if part else "year")
    if kind != "date" and part and part not in PARTS:
        raise UnreadablePeriod(text, f"there is no part {part}")
    period = Period(year, year_end and int(year_end), part, kind=kind, **said)
    if kind in ("span", "school_year") and period.year_end <= year:
        raise UnreadablePeriod(text, "it ends before it begins")
    if kind == "comparison" and period.year_end >= year:
        raise UnreadablePeriod(text, "a comparison with a later year, or a school year?")
    if kind == "school_year" and period.year_end != year + 1:
        raise UnreadablePeriod(text, "a school year has two consecutive years")
    try:
        _ = period.end
    except ValueError as error:
        raise UnreadablePeriod(text, str(error)) from None
    return period
