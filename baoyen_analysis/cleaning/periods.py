"""Periods as the record writes them and as tables head them: "2022-9M", "2025Q1", "Sơ bộ 2022", "9 tháng 2022", "31/12/2022".

A header is read whole or refused with `UnreadablePeriod`, save that a year and its mark may be followed by the measure in words
("2021 (*) Dân số trung bình (Nghìn người)").
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("year", "part", "span", "school_year", "comparison", "date")
PARTS = ("H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"M{month:02d}" for month in range(1, 13)), *(f"{months}M" for months in range(2, 12)))


class UnreadablePeriod(ValueError):
    """A text that is no period in a known form. The message gives the text and the reason."""

    def __init__(self, text: object, reason: str = "no known form of a period") -> None:
        super().__init__(f"{text!r} cannot be read as a period: {reason}")
        self.text, self.reason = text, reason


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a part of one, or more.

    `year_end` is the last year of a span or school year, the base year of a comparison, None elsewhere. `part` is one of `PARTS`: H, Q and
    M are halves, quarters and months, "9M" the months from January; for a date it is "MM-DD". `status` is "", preliminary or estimate;
    `mark` is "footnote" where a footnote mark stands in the header.
    """

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
        if self.kind == "school_year":  # the school year ends with May (the yearly framework of the Ministry of Education)
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


_YEAR = r"(?:19|20)\d\d"
_STATUS = [  # the longer prefix first: "Sơ bộ - Prel." before "Sơ bộ", "Ước tính" before "Ước"
    (r"sơ bộ\s*[-–/]\s*(?:prel(?:iminary)?\.?|pre\.)|sơ bộ|prel(?:iminary)?\.?|pre\.", "preliminary"),
    (r"ước(?: tính| thực hiện| đạt| th)?\s*[-–/]\s*est(?:imated?)?\.?|ước(?: tính| thực hiện| đạt| th)?|est(?:imated?|\.)?", "estimate"),
]
_FOOTNOTE = re.compile(r"\s*(?:\((?:\*{1,3}|\d)\)|\*{1,3}|[¹²³])\s*")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11}
_OF = r"(?:\s*[/.\-]\s*|\s+(?:của\s+)?(?:năm\s+)?)"

# Each form and what its groups mean; the first that matches the whole text holds.
_Form = tuple[re.Pattern, Callable[[re.Match], dict]]
_FORMS: list[_Form] = [
    (re.compile(rf"(?:năm )?({_YEAR})(?:\.0)?"), lambda m: {}),
    (re.compile(rf"({_YEAR})-?(h[12]|q[1-4])"), lambda m: {"part": m[2].upper()}),
    (re.compile(rf"({_YEAR})-?m(0[1-9]|1[0-2])"), lambda m: {"part": f"M{m[2]}"}),
    (re.compile(rf"({_YEAR})-([2-9]|1[01])m"), lambda m: {"part": f"{m[2]}M"}),
    (re.compile(rf"quý (iv|i{{1,3}}|[1-4])(?:{_OF})({_YEAR})"), lambda m: {"part": f"Q{_ROMAN.get(m[1]) or m[1]}", "year": m[2]}),
    (re.compile(rf"q([1-4])(?:{_OF})({_YEAR})"), lambda m: {"part": f"Q{m[1]}", "year": m[2]}),
    (re.compile(rf"(?:6|sáu) tháng (đầu|cuối)(?:{_OF})({_YEAR})"), lambda m: {"part": "H1" if m[1] == "đầu" else "H2", "year": m[2]}),
    (re.compile(rf"(\d\d?|{'|'.join(_MONTHS)}) tháng(?: đầu)?(?:{_OF})({_YEAR})"), lambda m: {"part": _months(m[1]), "year": m[2]}),
    (re.compile(rf"tháng (\d\d?)(?:{_OF})({_YEAR})"), lambda m: {"part": _month(m[1]), "year": m[2]}),
    (re.compile(rf"năm học ({_YEAR})\s*[-–]\s*({_YEAR})"), lambda m: {"kind": "school_year", "year_end": m[2]}),
    (re.compile(rf"({_YEAR})\s*[-–]\s*({_YEAR})"), lambda m: {"kind": _years_kind(m[1], m[2]), "year_end": m[2]}),
    (re.compile(rf"(?:giai đoạn |nhiệm kỳ )({_YEAR})\s*[-–]\s*({_YEAR})"), lambda m: {"kind": "span", "year_end": m[2]}),
    (re.compile(rf"({_YEAR})\s*/\s*({_YEAR})"), lambda m: {"kind": "comparison", "year_end": m[2]}),
    (re.compile(rf"(?:ngày )?(\d\d?)[/.\-](\d\d?)[/.\-]({_YEAR})"), lambda m: {"kind": "date", "part": _day(m[2], m[1]), "year": m[3]}),
    (re.compile(rf"({_YEAR})-(\d\d)-(\d\d)(?: 00:00:00)?"), lambda m: {"kind": "date", "part": _day(m[2], m[3])}),
]
_MEASURE = re.compile(rf"({_YEAR}) [^\W\d_][^\d]*")


def parse_period(text: str, *, among_dates: bool = False) -> Period:
    """The period that a record or a table header names.

    Two years with a dash: consecutive years are a school year, as tables head it ("1995 -1996"); years further apart are a span
    ("2020-2025"). "2023/2022" is 2023 compared with 2022. An Excel serial ("44926" is 31/12/2022) is read only where the caller says
    that its neighbours are dates (`among_dates`).

    >>> parse_period("Sơ bộ 2022")
    Period(year=2022, year_end=None, part='', status='preliminary', kind='year', mark='')
    >>> parse_period("6 tháng đầu năm 2023").part, parse_period("1995 -1996").kind, parse_period("44926", among_dates=True).part
    ('H1', 'school_year', '12-31')
    """
    if not isinstance(text, str):
        raise UnreadablePeriod(text, "not a text")
    words = " ".join(unicodedata.normalize("NFC", text).lower().split())
    if among_dates and re.fullmatch(r"[1-9]\d{4}(?:\.0)?", words):
        day = date(1899, 12, 30) + timedelta(days=int(words[:5]))  # Excel's day 1 is 1 January 1900, and it counts a 29 February 1900
        return Period(day.year, part=f"{day:%m-%d}", kind="date")
    words, mark = _without_footnote(words)
    words, status = _without_status(words)
    for form, meaning in _FORMS:
        match = form.fullmatch(words)
        if match:
            return _period(text, meaning(match) | {"status": status, "mark": mark}, match)
    measured = _MEASURE.fullmatch(words)
    if measured:
        return Period(int(measured[1]), status=status, mark=mark)
    raise UnreadablePeriod(text)


def _without_footnote(words: str) -> tuple[str, str]:
    """The header without its footnote mark, and "footnote" where there was one after a year."""
    match = re.search(rf"(?<=\d){_FOOTNOTE.pattern}", words)
    if not match:
        return words, ""
    return " ".join((words[: match.start()] + " " + words[match.end() :]).split()), "footnote"


def _without_status(words: str) -> tuple[str, str]:
    """The header without the word before or the brackets after that say preliminary or estimate, and which."""
    for pattern, status in _STATUS:
        match = re.match(rf"(?:{pattern})\s*(?=\d|năm|quý|tháng)", words) or re.search(rf"\s*\((?:{pattern})\)$", words)
        if match:
            return (words[: match.start()] + words[match.end() :]).strip(), status
    return words, ""


def _years_kind(first: str, second: str) -> str:
    return "school_year" if int(second) == int(first) + 1 else "span"


def _months(count: str) -> str:
    """The part of the first months of a year: 6 is the first half, 3 the first quarter, 12 the year."""
    months = _MONTHS.get(count) or int(count)
    return {3: "Q1", 6: "H1", 12: ""}.get(months, f"{months}M")


def _day(month: str, day: str) -> str:
    return f"{month:0>2}-{day:0>2}"


def _month(number: str) -> str:
    return f"M{int(number):02d}"


def _period(text: str, said: dict, match: re.Match) -> Period:
    """The period of a matched form, refused where no calendar holds it."""
    year, year_end, part = int(said.pop("year", match[1])), said.pop("year_end", None), said.pop("part", "")
    kind = said.pop("kind", "part" if part else "year")
    if kind != "date" and part and part not in PARTS:
        raise UnreadablePeriod(text, f"there is no part {part}")
    period = Period(year, year_end and int(year_end), part, kind=kind, **said)
    if kind in ("span", "school_year") and period.year_end <= year:
        raise UnreadablePeriod(text, "it ends before it begins")
    if kind == "school_year" and period.year_end != year + 1:
        raise UnreadablePeriod(text, "a school year has two consecutive years")
    try:
        period.end  # noqa: B018 - a day that no calendar holds
    except ValueError as error:
        raise UnreadablePeriod(text, str(error)) from None
    return period
