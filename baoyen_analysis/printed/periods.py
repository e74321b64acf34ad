"""Periods as the record writes them and as tables head them: "2022-9M", "2025Q1", "Sơ bộ 2022", "9 tháng
2022", "31/12/2022".

A header is read whole or refused with `UnreadablePeriod`, save that a year and its mark may be followed by
the measure in words ("2021 (*) Dân số trung bình (Nghìn người)")."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from baoyen_analysis.printed.text import patterns, table

_LONGEST_TEXT = 400
KINDS = ("year", "part", "span", "school_year", "comparison", "date")
_LAST_MONTHS = {
    f"{mark}{n}": 12 // count * n for mark, count in (("H", 2), ("Q", 4)) for n in range(1, count + 1)
}
_LAST_MONTHS |= {f"M{month:02d}": month for month in range(1, 13)}
_LAST_MONTHS |= {f"{months}M": months for months in range(2, 12)}
PARTS = tuple(_LAST_MONTHS)


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
    stands in the header.
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
        year, month = self.year, _LAST_MONTHS.get(self.part, 12)
        if self.kind in ("span", "school_year"):
            # A school year ends with May (the yearly framework of the Ministry of Education).
            year, month = self.year_end or year, 12 if self.kind == "span" else 5
        return date(year, month, calendar.monthrange(year, month)[1])


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
_KINDS = "|".join(rf"(?P<{kind}>(?:{words})(?![a-z]))\.?" for kind, words in KIND_WORDS.items())
_KIND = re.compile(rf"(?<![a-z])(?=[a-z])(?:{_KINDS})")
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
_NUMBERS = {
    word: int(number)
    for use in ("part", "number")
    for _, words, number in patterns(use)
    if number
    for word in words.split("|")
}
# The parts of a year in words, and what the group p makes of them; the abbreviations and the English months
# are read beside a year alone.
WORDED = [(pattern, part) for _, pattern, part in patterns("part of a year")]
_SHORT = [(pattern, part) for _, pattern, part in patterns("short part of a year")]
# The first months of a year: 6 are the first half, 3 the first quarter, 12 the year.
_FIRST_MONTHS = {"1 months": "M01", "3 months": "Q1", "6 months": "H1", "12 months": ""}
_LIKE = dict.fromkeys("–—−", "-") | {"đ": "d", "ỹ": "ỹ"}  # "quỹ" (a fund) is not "quý" (a quarter)
# Words that say another time than the year beside them, or an open one: a season, a week, a term.
# Each begins with a word, a bracket or the text: elsewhere none of them need be tried.
_OTHER_TIMES = "|".join(pattern.removeprefix(r"\b") for pattern, _ in table("times.csv"))
OTHER_TIME = re.compile(rf"(?:\b(?=\w)|^|(?=\())(?:{_OTHER_TIMES})")


@cache
def _forms() -> dict[re.Pattern[str], tuple[str, str]]:
    """Each form, its kind ("" is a year, or a part of one) and its part; the first that is found holds.
    Groups: y year, z the last year, d day, m month, p the number of the part.

    Made when the first period is read: a question on the stored record reads none."""
    return {
        re.compile(FREE.format(f"(?:{form.replace('{part}', part)})")): (kind, means)
        for kind, form, own in patterns("period")
        for part, means in (WORDED + _SHORT if "{part}" in form else [("", own)])
    }


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
    if GLUED.search(text):
        raise UnreadablePeriod(text, "a letter at the year: preliminary, revised, or an estimate?")
    words = re.sub(r"^\(([^()]*)\)$", r"\1", bare(" ".join(unicodedata.normalize("NFC", text).split())))
    if among_dates and re.fullmatch(r"[1-9]\d{4}(?:\.0)?", words):
        # Excel's day 1 is 1 January 1900, and it counts a 29 February 1900
        day = date(1899, 12, 30) + timedelta(days=int(words[:5]))
        return Period(day.year, part=f"{day:%m-%d}", kind="date")
    if point := re.fullmatch(rf"(?:(?:tinh |co )?den )?(?:cuoi|het) nam ({YEAR})", words):
        return Period(int(point[1]), part="12-31", kind="date")
    kinds, words = without_kinds(words)
    if len(kinds) > 1 or set(kinds) - {"preliminary", "estimate"}:
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
    measured = period.kind in ("year", "comparison") and re.match(r"[(\s]*[^\W\d_]{2}|\(%\)$", rest)
    turned = re.search(r"(?!(?<=m)[23]\b)\d", rest)  # but for m2
    if rest and (not measured or turned or OTHER_TIME.search(rest) or COMPARED.search(rest)):
        raise UnreadablePeriod(text)
    return period


def bare(text: str) -> str:
    """Lower case without diacritics, letter for letter, so that a place in it is a place in the text."""
    text = text.lower() if len(text.lower()) == len(text) else text
    # six is not "sau" (next, after), and a machine (máy) is no month of May
    text = re.sub(r"\bm(?!a)\wy\b", "mæy", text.replace("sáu", "sæu"))
    return text if text.isascii() else "".join(map(_bare_letter, text))


@lru_cache(maxsize=4096)
def _bare_letter(letter: str) -> str:
    return _LIKE.get(letter) or (letter if letter in "¹²³" else unicodedata.normalize("NFKD", letter)[0])


def tidy(words: str) -> str:
    """Words without what taking others out has left: empty brackets, lone dashes, double blanks."""
    words = " ".join(re.sub(r"\(\s*[-–/:;,]?\s*\)", " ", words).split())
    return re.sub(r"^[\s\-–—:;,/|.]+|[\s\-–—:;,/|]+$", "", words)


def without_kinds(words: str) -> tuple[list[str], str]:
    """The kinds of figures that the words say, each once, and the words with these blanked."""
    kinds = list(dict.fromkeys(str(match.lastgroup) for match in _KIND.finditer(words)))
    return kinds, _KIND.sub(lambda m: " " * len(m[0]), words) if kinds else words


def first_form(words: str) -> re.Match | None:
    forms = _forms() if re.search(YEAR, words) else ()  # each names a year
    return next((match for form in forms if (match := form.search(words))), None)


def _number(text: str) -> int:
    return _NUMBERS.get(text) or _NUMBERS.get(text[:3]) or int(re.sub(r"\D", "", text))


def _period(text: str, match: re.Match, status: str, mark: str) -> Period:
    """The period of a matched form, refused where no calendar holds it."""
    (kind, part), said = _forms()[match.re], match.groupdict()
    year, year_end = int(said["y"]), int(said["z"]) if said.get("z") else None
    if part:
        part = part.format(n=_number(said["p"]))
        part = _FIRST_MONTHS.get(part, part.replace(" months", "M"))
    later = (year_end or year) - year
    if kind == "years":
        kind = "school_year" if later == 1 else "span"
    elif kind == "date":
        part = f"{_number(said['m']):02d}-{said['d']:0>2}"
    refused = {
        f"there is no part {part}": kind != "date" and part and part not in PARTS,
        "a month, or two years?": re.fullmatch(rf"{YEAR}-\d\d", match[0])
        and int(match[0][-2:]) == (year + 1) % 100,
        "it ends before it begins": kind in ("span", "school_year") and later <= 0,
        "a comparison with a later year, or a school year?": kind == "comparison" and later >= 0,
        "a school year has two consecutive years": kind == "school_year" and later != 1,
    }
    for reason, holds in refused.items():
        if holds:
            raise UnreadablePeriod(text, reason)
    period = Period(year, year_end, part, status, kind or ("part" if part else "year"), mark)
    try:
        _ = period.end
    except ValueError as error:
        raise UnreadablePeriod(text, str(error)) from None
    return period


def code(period: Period | None) -> str:
    """A period as the record writes it: 2022, 2022-9M, 2024Q1, 2020-2025; "" for a day, a school year, a
    comparison."""
    if period is not None and (period.kind, period.part) == ("date", "12-31"):
        return str(period.year)  # what a year ends with
    if period is None or period.kind not in ("year", "part", "span"):
        return ""
    later = f"-{period.year_end}" if period.year_end else f"{'-' * period.part.endswith('M')}{period.part}"
    return f"{period.year}{later}"
