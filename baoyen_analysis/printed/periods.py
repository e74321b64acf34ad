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

_LONGEST_TEXT = 400
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
        last = self.year_end or self.year
        if self.kind == "school_year":  # it ends with May (the yearly framework of the Ministry of Education)
            return date(last, 5, 31)
        if self.kind == "span":
            return date(last, 12, 31)
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
    "plan": r"(?:chi tieu )?(?:giao )?(?:ke hoach|kh)(?: (?:hdnd|ubnd)(?: tinh| huyen)?)?(?: giao)?"
    r"|(?<!so )(?<!cac )chi tieu(?: giao)?(?= (?:nam )?(?:19|20)\d\d)|du kien|du toan|phan dau|plan(?:ned)?"
    r"|forecast",
    "target": r"(?:muc tieu(?: (?:dh|dai hoi|nq|nghi quyet))?|nghi quyet|nq|targets?)"
    r"(?: den(?: het)?(?= (?:nam )?\d))?",
    "threshold": r"nguong|threshold",
    "actual": r"(?:ket qua )?thuc hien|ket qua|(?<!\b\d)(?<!\b\d\d)th|thuc te|chinh thuc|actual",
}
_KIND = re.compile(
    "|".join(rf"(?P<{kind}>(?<![a-z])(?:{words})(?![a-z]))\.?" for kind, words in KIND_WORDS.items())
)
_OUTCOMES = {"preliminary", "estimate"}
# A figure beside another one: a growth, a difference, a share of the plan; never the level of a year.
COMPARED = re.compile(
    r"so voi|so sanh|chenh lech|\btang ?(?:\(?\+\)?)? ?[,/;:&-]? ?(?:va )?giam|toc do (?:tang|phat trien)"
    r"|chi so phat trien|\bindex\b|\bgrowth|compared"
    r"|% ?(?:kh|th|tang|giam|hoan thanh|dat|ke hoach|thuc hien|so|cung ky)\b"
    r"|(?:hoan thanh|dat|vuot) (?:so voi )?(?:% )?(?:kh|ke hoach)\b|ty le (?:%|dat|hoan thanh|thuc hien)"
    rf"|\b(?:u?th|thuc hien|uoc)(?: (?:nam )?{YEAR})? ?/ ?(?:kh|ke hoach|th|nq|dt|ck|cung ky)\b"
    rf"|{YEAR} ?/ ?(?:nam )?{YEAR}|^% ?$|{YEAR} ?/ ?(?:kh|ke hoach|nq|ck|cung ky)\b"
    rf"|^(?:tang truong|(?:muc|ty le) (?:tang|giam)|tang|giam)\b\W*(?:(?:nam )?{YEAR}\b.*|%.*)?$"
)
FOOTNOTE = re.compile(
    r"(?<=\d)\s*(?:\((?:\*{1,3}|\d|[a-c])\)|\[\d\]|\*{1,3}|[¹²³])\s*|(?<=[\w)])\s*(?:\(\*{1,3}\)|\*{1,3})$"
)

# The numbers of quarters and months, in words; months by their first three letters.
_NUMBER_WORDS = (
    "mot|nhat|i|first|1st|one;hai|ii|second|2nd|two;ba|iii|third|3rd|three;bon|tu|iv|fourth|4th|four;nam|five;sæu|six"
    ";bay|seven;tam|eight;chin|nine;muoi|ten;muoi mot|eleven;muoi hai|twelve"
)
_NUMBERS = {
    word: number
    for words in (_NUMBER_WORDS, "jan;feb;mar;apr;may;jun;jul;aug;sep;oct;nov;dec")
    for number, group in enumerate(words.split(";"), start=1)
    for word in group.split("|")
}
_NUMBER = rf"(?:\d\d?|{'|'.join(sorted(re.split('[|;]', _NUMBER_WORDS), key=len, reverse=True))})"
# "May" is a word of other things too, also without its accents (máy): of a period only where it is all.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# The parts of a year in words, and what the group means; the abbreviations and the English months are read
# beside a year alone.
_Part = tuple[str, Callable[[str], str]]


def _half(said: str) -> str:
    return "H1" if said in ("dau", "first", "1st", "1") else "H2"


def _quarter(said: str) -> str:
    return f"Q{_number(said)}"


def _month(said: str) -> str:
    return f"M{_number(said):02d}"


def _months(said: str) -> str:
    """The part of the first months of a year: 6 is the first half, 3 the first quarter, 12 the year."""
    months = _number(said)
    return {1: "M01", 3: "Q1", 6: "H1", 12: ""}.get(months, f"{months}M")


WORDED: list[_Part] = [
    (r"(?:nua|(?:6|s[aæ]u) thang) (?P<p>dau|cuoi)(?: nam)?", _half),
    (r"(?:the )?(?P<p>first|1st|second|2nd|last) (?:half|(?:6|six) months)(?: year)?", _half),
    (rf"quy[ .]*(?:thu )?(?P<p>{_NUMBER})(?= |$|\W)", _quarter),
    (rf"(?:the )?(?P<p>{_NUMBER})(?:\.? |-)quarter", _quarter),
    (r"quarter (?P<p>i{1,3}|iv|[1-4])", _quarter),
    (rf"(?:luy ke|cong don) (?:den |het |den het )?(?:thang |t\.?)(?P<p>{_NUMBER})", _months),
    (
        rf"(?<!binh quan )(?<!bq )(?<!trung binh )(?:luy ke |cong don )?(?P<p>{_NUMBER}) thang(?: dau)?"
        r"(?: nam)?(?! tuoi)",
        _months,
    ),
    (rf"(?<!last )(?:the )?(?:first )?(?P<p>{_NUMBER})[- ]months?(?! old)", _months),
    (rf"thang[ .]*(?P<p>nam(?= nam)|(?!nam){_NUMBER})", _month),
    (rf"jan(?:uary)?\.? ?(?:-|to) ?(?P<p>{_MONTH})\.?", _months),
    (rf"(?P<p>{_MONTH})\.?", _month),
    (r"(?P<p>(?:ca|trong) nam|(?:full|whole|calendar) year|annual)", lambda _: ""),
]
_SHORT: list[_Part] = [
    (r"q[ .]?(?P<p>iv|i{1,3}|\d)", _quarter),
    (r"h(?P<p>[12])", _half),
    (r"(?P<p>[12])h", _half),
    (r"(?P<p>\d\d?) ?[tm]", _months),
    (r"[tm][ .]?(?P<p>\d\d?)", _month),
]
_OF = r"(?:\s*[/.\-,]\s*|\s+)(?:cua |of |in )?(?:the )?(?:nam |year )?"

# Each form, its kind ("" is a year, or a part of one) and what its group `p` says of the part; the first that
# is found holds. Groups: y year, z the last year, d day, m month.
_Form = tuple[re.Pattern, str, Callable[[str], str] | None]


def _form(pattern: str, kind: str = "", part: Callable[[str], str] | None = None) -> _Form:
    named = pattern.replace("{y}", f"(?P<y>{YEAR})").replace("{z}", f"(?P<z>{YEAR})")
    return re.compile(FREE.format(f"(?:{named})")), kind, part


_DAY = r"(?:(?:tinh |co )?den (?:het )?|tai (?:thoi diem )?|as of )?(?:ngay )?"
_SPAN = "(?:(?:binh quan|bq) )?(?:giai doan|thoi ky|nhiem ky)|binh quan|bq"
_FORMS: list[_Form] = [
    _form(_DAY + r"(?P<d>\d\d?)(?P<s>[/.\-])(?P<m>\d\d?)(?P=s){y}(?: 00:00(?::00)?)?", "date"),
    _form(_DAY + r"(?P<d>\d\d?) thang (?P<m>\d\d?) nam {y}", "date"),
    _form(_DAY + rf"(?P<d>\d\d?) (?P<m>{_MONTH}|may),? {{y}}", "date"),
    _form(_DAY + rf"(?P<m>{_MONTH}|may)\.? (?P<d>\d\d?),? {{y}}", "date"),
    _form(r"{y}-(?P<p>(?:[2-9]|1[01])m)", part=str.upper),  # as the record writes it
    _form(r"{y}-(?P<m>\d\d)-(?P<d>\d\d)(?: 00:00:00)?", "date"),
    _form(r"{y}-(?P<p>0[1-9]|1[0-2])", part=_month),
    _form("(?:nam hoc|school year) {y} ?[-/] ?{z}", "school_year"),
    _form(f"(?:{_SPAN}) {{y}} ?- ?{{z}}", "span"),
    _form("(?:tu|from|between) (?:nam )?{y}(?: ?- ?| (?:den|toi|to|and) )(?:het )?(?:nam )?{z}", "span"),
    _form("{y} ?- ?{z}", "years"),
    _form("(?:nam )?{y}(?: ?/ ?| so voi )(?:nam )?{z}", "comparison"),
    *(_form(rf"{part}(?![a-z]){_OF}{{y}}", part=means) for part, means in WORDED + _SHORT),
    *(_form(rf"(?:nam )?{{y}}[ \-]*\(?{part}(?![a-z])\)?", part=means) for part, means in WORDED + _SHORT),
    _form(rf"^(?P<p>may){_OF}{{y}}$", part=_month),
    _form(r"^{y}[ \-]*(?P<p>may)$", part=_month),
    _form(r"(?P<p>\d\d?) ?[/.\-] ?{y}", part=_month),
    _form(r"(?:(?:trong |vao )?nam |(?:in )?(?:the )?year |in )?{y}(?:\.0)?"),
]
_MEANINGS = {form: (kind, part) for form, kind, part in _FORMS}
_LIKE = dict.fromkeys("–—−", "-") | {"đ": "d", "ỹ": "ỹ"}  # "quỹ" (a fund) is not "quý" (a quarter)


def _other_times() -> re.Pattern:
    """Words that say another time than the year beside them, or an open one: a season, a week, a term."""
    with Path(__file__).with_name("times.csv").open(encoding="utf-8", newline="") as table:
        return re.compile("|".join(row["pattern"] for row in csv.DictReader(table)))


OTHER_TIME = _other_times()


def parse_period(text: str, *, among_dates: bool = False) -> Period:
    """The period that a record or a table header names.

    Two years with a dash: consecutive years are a school year, as tables head it ("1995 -1996"); years
    further apart are a span ("2020-2025"), as are years joined by words ("từ năm 2019 đến năm 2020").
    "2023/2022" is 2023 compared with 2022; "cuối năm 2015" is its last day. Words of a plan or target are no
    part of a period, and refused.

    Parameters
    ----------
    text : str
        The words of the period, in either language.
    among_dates : bool
        Whether its neighbours are dates: only then an Excel serial is read ("44926" is 31/12/2022).

    Returns
    -------
    Period

    Raises
    ------
    UnreadablePeriod
        For what is no period in a known form, or says more than one (a season, a week, "2022 trở đi").

    Examples
    --------
    >>> parse_period("Sơ bộ 2022")
    Period(year=2022, year_end=None, part='', status='preliminary', kind='year', mark='')
    >>> [parse_period(text).part for text in ("6 tháng đầu năm 2023", "first nine months of 2023", "2022-09")]
    ['H1', '9M', 'M09']
    """
    if not isinstance(text, str):
        raise UnreadablePeriod(text, "not a text")
    if len(text) > _LONGEST_TEXT:
        raise UnreadablePeriod(text, f"longer than one period ({_LONGEST_TEXT} characters)")
    words = bare(" ".join(unicodedata.normalize("NFC", text).split()))
    words = re.sub(r"^\(([^()]*)\)$", r"\1", words)
    if GLUED.search(text):
        raise UnreadablePeriod(text, "a letter at the year: preliminary, revised, or an estimate?")
    if among_dates and re.fullmatch(r"[1-9]\d{4}(?:\.0)?", words):
        # Excel's day 1 is 1 January 1900, and it counts a 29 February 1900
        day = date(1899, 12, 30) + timedelta(days=int(words[:5]))
        return Period(day.year, part=f"{day:%m-%d}", kind="date")
    if point := re.fullmatch(rf"(?:(?:tinh |co )?den )?(?:cuoi|het) nam ({YEAR})", words):
        return Period(int(point[1]), part="12-31", kind="date")
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
    period = _period(text, match, "".join(kinds), mark)
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
    # six is not "sau" (next, after), and a machine (máy) is no month of May
    text = re.sub(r"\bm(?!a)\wy\b", "mæy", text.replace("sáu", "sæu"))
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
    kinds = list(dict.fromkeys(str(match.lastgroup) for match in _KIND.finditer(words)))
    return kinds, _KIND.sub(lambda m: " " * len(m[0]), words)


def first_form(words: str) -> re.Match | None:
    return next((match for form, *_ in _FORMS if (match := form.search(words))), None)


def _number(text: str) -> int:
    return _NUMBERS.get(text) or _NUMBERS.get(text[:3]) or int(text)


def _period(text: str, match: re.Match, status: str, mark: str) -> Period:
    """The period of a matched form, refused where no calendar holds it."""
    (kind, part_of), said = _MEANINGS[match.re], match.groupdict()
    year, year_end = int(said["y"]), int(said["z"]) if said.get("z") else None
    part = part_of(said["p"]) if part_of else ""
    if kind == "years":
        kind = "school_year" if year_end == year + 1 else "span"
    elif kind == "date":
        part = f"{_number(said['m']):02d}-{said['d']:0>2}"
    elif part and part not in PARTS:
        raise UnreadablePeriod(text, f"there is no part {part}")
    if re.fullmatch(rf"{YEAR}-\d\d", match[0]) and int(match[0][-2:]) == (year + 1) % 100:
        raise UnreadablePeriod(text, "a month, or two years?")
    period = Period(year, year_end, part, status, kind or ("part" if part else "year"), mark)
    if kind in ("span", "school_year") and year_end is not None and year_end <= year:
        raise UnreadablePeriod(text, "it ends before it begins")
    if kind == "comparison" and year_end is not None and year_end >= year:
        raise UnreadablePeriod(text, "a comparison with a later year, or a school year?")
    if kind == "school_year" and year_end != year + 1:
        raise UnreadablePeriod(text, "a school year has two consecutive years")
    try:
        _ = period.end
    except ValueError as error:
        raise UnreadablePeriod(text, str(error)) from None
    return period
