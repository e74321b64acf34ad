"""Printed figures read as intervals: "trên 66 triệu đồng/năm" is more than 66 000 000 VND a year.

A text is read whole by the grammar below or refused with `UnreadableFigure`; no part of it is skipped and nothing is guessed. The parser
knows words and number habits; it does not know which row a text stands in.

How a text is read: it is cut into numbers and the words between them ("hơn # / # triệu lượt"). The words alone decide the `_Plan`: which
number counts, with which scale, unit, bound and sign. Plans are kept, so that a column of different numbers in the same words is fast.
The numbers are then read in the habit of the plan and the locale, and the bounds follow from the last digit printed.

The rules for low and high are those of `RULES`; tests go through that table row by row.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from baoyen_analysis.vocabulary import UNITS

# What a printed figure says: (printed, qualifier, value, low, high). The place is one unit of the last printed digit (whole groups of zeros
# are scale unless a scale word follows); the round place is one unit of the last digit that is not zero, at most a fifth of the value, and
# the place itself where decimals are printed.
INF = math.inf
RULES = [
    # a plain figure: half a place either side
    ("66", "eq", 66, 65.5, 66.5),
    ("đạt 1,2 triệu", "eq", 1.2e6, 1.15e6, 1.25e6),
    ("500.000 lượt", "eq", 500e3, 499_500, 500_500),
    ("1.000 tỷ", "eq", 1000e9, 999.5e9, 1000.5e9),
    ("ước đạt 66 triệu", "eq", 66e6, 65.5e6, 66.5e6),
    # more than: up to one round place above
    ("trên 66", "gt", 66, 66, 67),
    ("hơn 66 triệu", "gt", 66e6, 66e6, 67e6),
    ("trên 780 tỷ", "gt", 780e9, 780e9, 790e9),
    ("trên 1,0 tỷ", "gt", 1e9, 1e9, 1.1e9),
    ("trên 100 triệu", "gt", 100e6, 100e6, 120e6),
    # nearly: from one round place below
    ("gần 27.000", "approx", 27e3, 26e3, 27e3),
    ("gần 6,1 triệu", "approx", 6.1e6, 6.0e6, 6.1e6),
    # about: one round place either side
    ("khoảng 500.000", "approx", 500e3, 400e3, 600e3),
    ("xấp xỉ 66", "approx", 66, 65, 67),
    ("trên dưới 500.000", "approx", 500e3, 400e3, 600e3),
    # bounds: the bound itself, open to the other side; 0 where a quantity cannot be negative
    ("từ 36 trở lên", "ge", 36, 36, INF),
    ("ít nhất 36 triệu đồng", "ge", 36e6, 36e6, INF),
    ("tối thiểu 36 triệu đồng", "ge", 36e6, 36e6, INF),
    ("≥ 36%", "ge", 36, 36, INF),
    ("cao nhất 36 triệu đồng", "le", 36e6, 0, 36e6),
    ("không quá 36 triệu đồng", "le", 36e6, 0, 36e6),
    ("≤ 36%", "le", 36, -INF, 36),
    ("dưới 15 triệu đồng", "lt", 15e6, 0, 15e6),
    # ranges: the ends as printed
    ("4,5–5 triệu", "range", 4.5e6, 4.5e6, 5e6),
    ("từ 4,5 đến 5 triệu", "range", 4.5e6, 4.5e6, 5e6),
    # the number before the stroke; the scale after it holds for both
    ("hơn 3,7/4,5 triệu", "gt", 3.7e6, 3.7e6, 3.8e6),
    ("16/16 xã", "eq", 16, 15.5, 16.5),
    # signs: the words of a fall give a negative value; "giảm hơn 5%" is below -5
    ("giảm 7,98%", "eq", -7.98, -7.985, -7.975),
    ("giảm hơn 5%", "lt", -5, -6, -5),
    # a fraction has no decimal place: a fifth of its value stands for it
    ("gần 1/4 cả nước", "approx", 0.25, 0.2, 0.25),
]


class UnreadableFigure(ValueError):
    """A text that is not one printed figure in a known form. The message gives the text and the reason."""

    def __init__(self, text: object, reason: str) -> None:
        super().__init__(f"{text!r} cannot be read as a figure: {reason}")
        self.text, self.reason = text, reason


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure, scales multiplied out (VND, visits, per cent as printed). `value` is the lower end of a range. `denominator` is
    the number after the stroke in "16/16 xã", NaN elsewhere. A missing mark has NaN numbers and `missing` set."""

    value: float
    low: float
    high: float
    unit: str
    qualifier: str
    denominator: float
    missing: str


class _Doubt(Exception):
    """Why a text is not read; `parse_figure` adds the text."""


# ---------------------------------------------------------------------------------------------------------------------------------------
# Words. One letter names each kind; the grammar further down is written in these letters. Longer phrases win over shorter ones.

_QUALIFIERS = {
    "gt": "hơn|quá|lớn hơn|hơn mức|vượt quá|more than|over|above|exceeding|greater than|>",
    "ge": "ít nhất|ít nhất là|tối thiểu|tối thiểu là|thấp nhất|thấp nhất là|không dưới|không ít hơn|không thấp hơn|không kém"
    "|lớn hơn hoặc bằng|at least|not less than|no less than|≥|> =",
    "lt": "dưới|chưa đến|chưa tới|chưa đầy|chưa đạt|không đến|không tới|không đầy|nhỏ hơn|less than|under|below|fewer than|<",
    "le": "không quá|không vượt quá|tối đa|tối đa là|nhiều nhất|nhiều nhất là|cao nhất|cao nhất là|không hơn|không cao hơn|không trên"
    "|nhỏ hơn hoặc bằng|at most|up to|not more than|no more than|≤|< =",
    "near": "gần|ngót|ngót nghét|gần tới|gần đến|nearly|almost|close to",
    "about": "khoảng|khỏang|vào khoảng|xấp xỉ|xấp xỉ khoảng|trên dưới|suýt soát|tầm|chừng|độ chừng|khoảng chừng|áng chừng|ước chừng"
    "|quanh mức|xung quanh|about|around|approximately|approx|roughly|some|~|≈",
}
_SCALES = {
    10: "chục",
    100: "trăm|hundred",
    10**3: "nghìn|ngàn|k|thousand|thous",
    10**4: "vạn",
    10**6: "triệu|tr|million|mill|mn|mil",
    10**9: "tỷ|tỉ|billion|bill|bn",
    10**12: "trillion",
}
# Things that are counted one by one, and things that are measured: a dot before one or two digits is a misprint in the first.
_COUNTED = {
    "visits": "lượt|lượt khách|lượt du khách|lượt người|lượt khách du lịch|lượt khách tham quan|khách|du khách|khách du lịch|turns"
    "|visits|visitors|tourists|arrivals|visitor arrivals|tourist arrivals|tourist visits",
    "persons": "người|nhân khẩu|khẩu|người dân|dân|people|persons|person|inhabitants|residents",
    "communes": "xã|communes|commune",
    "targets": "chỉ tiêu|targets",
    "households": "hộ|hộ dân|hộ gia đình|hộ nghèo|hộ cận nghèo|households|household",
    "": "xã , phường|xã , thị trấn|xã , phường , thị trấn|xã phường|phường|thị trấn|huyện|tỉnh|tỉnh thành|tỉnh , thành|tỉnh , thành phố"
    "|thành phố|thôn|bản|thôn bản|thôn , bản|ấp|làng|tổ|tổ dân phố|căn|căn nhà|căn hộ|ngôi nhà|nhà|công trình|dự án|doanh nghiệp"
    "|hợp tác xã|htx|hội viên|cơ sở|đơn vị|trường|trường học|lớp|học sinh|sinh viên|giáo viên|trẻ|trẻ em|bé trai|bé gái|nam|nữ|phụ nữ"
    "|cán bộ|đảng viên|bác sĩ|bác sỹ|giường|giường bệnh|lao động|việc làm|trạm|trạm y tế|bệnh viện|con|con trâu|con bò|con lợn|đàn|cây"
    "|gốc|sản phẩm|mô hình|trang trại|cửa hàng|chợ|cầu|buồng|phòng|xe|chiếc|cái|thuê bao|máy|lượt hộ|lượt xe|gia đình|suất|đợt|vụ"
    "|vụ việc|trường hợp|ca|tổ chức|câu lạc bộ|di tích|lễ hội|homestay|nhà nghỉ|khách sạn|điểm du lịch|bộ|cuốn|thành viên",
}
_MEASURED = {
    "tonnes": "tấn|tonnes|tonne|tons",
    "ha": "ha|hecta|héc ta|héc-ta|hectares|hectare",
    "criteria": "tiêu chí|criteria",
    "m2": "m2|m²|mét vuông",
    "m3": "m3|m³|mét khối",
    "km2": "km2|km²",
    "times": "lần|times",
    "": "kg|tạ|yến|gam|lít|km|m|mét|cm|mm|kwh|mw|sào|mẫu|công|tuổi|bao|thùng|lạng|chỉ vàng|cây vàng|điểm|độ",
}
_MONEY = {
    "VND": "đồng|đ|vnđ|vnd|đồng việt nam|dongs|dong",
    "USD": "usd|us $|$|đô la|đô-la|đôla|đô la mỹ|đô-la mỹ|dollars|us dollars",
    "EUR": "eur|euro|€",
    "CNY": "nhân dân tệ|ndt|cny",
}
_PERCENT = {
    "%": "%|% %|phần trăm|per cent|percent|pct",
    "‰": "‰|phần nghìn|phần ngàn",
    "percentage points": "điểm phần trăm|điểm %|percentage points|percentage point",
}
_TIMES_OF = {"year": "năm|year|annum", "month": "tháng|month", "quarter": "quý|quarter", "day": "ngày|ngày công|day"}
_FRACTIONS = dict(enumerate("phần hai,phần ba,phần tư,phần năm,phần sáu,phần bảy,phần tám,phần chín,phần mười".split(","), start=2))
_KINDS = {
    # fillers say nothing about the number: an estimate (ước) is no bound
    ("f", ""): "ước|ước tính|ước có|ước thực hiện|là|ở mức|đạt mức|đạt tốc độ|đạt giá trị|bình quân|trung bình|bình quân mỗi năm"
    "|bình quân hằng năm|bình quân hàng năm|trung bình mỗi năm|tổng|tổng cộng|tổng số|có|gồm|cả|với|giá|tương đương|dự kiến|phấn đấu|đủ"
    "|tốc độ|thu hút|đón|đón được|lên tới|lên đến|được|vào mức|estimated|estimated at|an estimated|estimated to be|reached|reaching"
    "|reaches|a total of|total|is|was|of|worth|:",
    ("V", ""): "đạt|ước đạt|đạt được|đạt tới|dự kiến đạt|phấn đấu đạt|hoàn thành|đã hoàn thành|đã đạt|đạt và vượt|thực hiện"
    "|thực hiện được",
    ("E", ""): "bằng|chiếm|chỉ bằng|chiếm tới|chiếm tỷ lệ|chiếm tỷ trọng|equal to",
    # what the figure is about, where it stands before the number
    ("S", ""): "tỷ lệ hộ nghèo|tỉ lệ hộ nghèo|tỷ lệ nghèo|tỷ lệ|tỉ lệ|tỷ trọng|doanh thu|tổng doanh thu|doanh thu du lịch|thu nhập"
    "|thu nhập bình quân|thu nhập bình quân đầu người|bình quân đầu người|grdp bình quân đầu người|dân số|diện tích|tổng diện tích"
    "|sản lượng|năng suất|giá trị sản xuất|tổng giá trị|thu ngân sách|tốc độ tăng trưởng|tăng trưởng|tổng lượng khách|lượng khách"
    "|số hộ nghèo|số khách",
    ("F", ""): "từ|from|between",
    ("T", ""): "đến|tới|to|and|cho đến",
    ("R", ""): "còn|xuống|xuống còn|xuống mức|chỉ còn|lên|lên mức|lên thành|còn lại",
    ("d", ""): "giảm|giảm được|giảm thêm|hạ|down|fell|decreased",
    ("u", ""): "tăng|tăng thêm|tăng trưởng đạt|tăng bình quân|+|up|rose|increased",
    ("A", ""): "âm|trừ|minus",
    ("x", ""): "gấp|tăng gấp|cao gấp",
    ("g", ""): "cao hơn|nhiều hơn|higher",
    ("v", ""): "vượt|vượt mốc|vượt mức|vượt ngưỡng|vượt con số|đạt và vượt mốc",
    ("O", "gt"): "trên",
    ("L", ""): "/",
    ("P", ""): "mỗi|một|hằng|hàng|trên mỗi|trên một|bình quân mỗi|tính trên|per|a|each|every|/ một|/ mỗi",
    ("o", ""): "trong|trong số|trong tổng số|trên tổng số|trên tổng|out of|of the",
    ("k", "rank"): "xếp thứ|đứng thứ|xếp hạng|xếp hạng thứ|vị trí thứ|xếp vị trí thứ|xếp ở vị trí thứ|đứng ở vị trí thứ"
    "|đứng vị trí thứ",
    ("k", "grade"): "hạng|thứ hạng",
    ("k", "ordinal"): "thứ",
    ("y", ""): "phần",
    ("l", ""): "linh|lẻ",
    ("h", ""): "rưỡi|rưởi",
    ("a", "ge"): "trở lên|hoặc hơn|or more|and above",
    ("a", "le"): "trở xuống|hoặc ít hơn|or less",
    ("z", ""): "so với cùng kỳ|so với cùng kỳ năm trước|so cùng kỳ|so với năm trước|so với năm ngoái|so với kế hoạch|year on year",
    ("e", ""): "cả nước|toàn quốc|toàn tỉnh|toàn huyện|toàn vùng|tổng số|số|dân số|diện tích|tổng diện tích|kế hoạch|số xã|số hộ"
    "|tổng số hộ|tổng thu|tổng sản phẩm|của cả nước|của tỉnh|của huyện|quy mô|gdp|grdp",
    ("w", ""): "đạt chuẩn|đạt chuẩn quốc gia",  # what a noun may take along, as any word that no table holds
    # words that change a number or start another thought: never part of a unit
    ("!", ""): "và|nữa|thêm|so|so với|cho|khi|nếu|hoặc|hay|nhưng|không|chưa|hết|nhất|hơn nữa|vẫn|chỉ|nay|trước|sau|cùng kỳ|lại|mốt|tháng"
    "|quý|năm ngoái|năm nay|năm trước|đầu|cuối|nửa|vài|mấy|nhiều|các|những|hàng chục|not|or|in|on|at|by|for|since|until|last",
}

_PER = {"visits": "visit", "persons": "person", "communes": "commune", "households": "household", "tonnes": "tonne", "đầu người": "person",
        "capita": "person", "head": "person"}
_SIGNED_UNITS = ("", "%", "‰", "percentage points", "index")  # may be below 0; everything else is a quantity
_ENGLISH = set(
    "million billion thousand trillion hundred more less fewer nearly almost about around over above under below least most per percent"
    " pct cent hectares hectare visitors tourists arrivals people dongs dong thous mill bill turns visits from between up down"
    " tonnes tons".split()
)
# In text without diacritics some words fall together; these keep one meaning there, all other clashes are refused.
_PLAIN_MEANING = dict(
    pair.split("=") for pair in "tu=từ nam=năm gia=giá ca=cả ti=tỉ den=đến qua=quá la=là tan=tấn con=con mot=một ha=ha to=to a=a".split()
)

_WORD = re.compile(r"(?:km|m)[23²³]|[^\W\d_]+|\.\.+|\S")


def _fold(text: str) -> str:
    """The text without diacritics, as it is typed on a plain keyboard.

    >>> _fold("trên 66 triệu đồng")
    'tren 66 trieu dong'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d")) if not unicodedata.combining(c))


def _lexicon() -> dict[str, tuple[str, object]]:
    """Every phrase of the tables above, as it is cut by `_WORD`, with its kind and meaning."""
    entries: dict[str, tuple[str, object]] = {}
    tables = {"b": _QUALIFIERS, "s": _SCALES, "M": _MONEY, "p": _PERCENT, "t": _TIMES_OF, "q": _FRACTIONS, "C": _COUNTED, "U": _MEASURED}
    for kind, table in tables.items():
        for meaning, phrases in table.items():
            for phrase in phrases.split("|"):
                entries[" ".join(_WORD.findall(phrase))] = (kind, meaning or phrase)
    for (kind, meaning), phrases in _KINDS.items():
        for phrase in phrases.split("|"):
            entries.setdefault(" ".join(_WORD.findall(phrase)), (kind, meaning))
    return entries


_WORDS = _lexicon()


def _plain_lexicon() -> dict[str, tuple[str, object]]:
    """The same phrases without diacritics; phrases of different meaning that fall together are left out, save `_PLAIN_MEANING`."""
    plain: dict[str, set] = {}
    for phrase, entry in _WORDS.items():
        plain.setdefault(_fold(phrase), set()).add(entry)
    known = {phrase: entries.pop() for phrase, entries in plain.items() if len(entries) == 1}
    for phrase in ("tram", "van"):  # trạm or trăm, văn or vạn
        known.pop(phrase, None)
    return known | {phrase: _WORDS[meant] for phrase, meant in _PLAIN_MEANING.items()}


_PLAIN_WORDS = _plain_lexicon()

# ---------------------------------------------------------------------------------------------------------------------------------------
# The grammar, in the letters of the kinds: N is a number, D a dash, m a minus, w a word that only a noun may take along.

_AMOUNT = r"M?N(?:s+l?N)*s*h?"
_BASE = r"(?:[CU](?:w[wC]{0,5})?|M|p[eCUSw]{0,5})"
_UNIT = rf"(?:{_BASE}h?(?:[LOP][Ns]?[CUMtw]w{{0,2}})*|(?:[LOP][CUt])*)"
_HEAD = r"(?:[fVESudAmxgvbOFR]|(?<=[du])C)*"
_FIRST, _SECOND = rf"(?P<first>{_AMOUNT})(?P<unit_1>{_UNIT})", rf"(?P<second>{_AMOUNT})(?P<unit>{_UNIT})"
_GRAMMAR = {
    shape: re.compile(kinds)
    for shape, kinds in {
        "fraction": rf"(?P<head>{_HEAD})(?P<first>N)(?:q|[yL](?P<second>N))(?:[eS]w{{0,4}})?",
        "share": rf"(?P<head>{_HEAD})(?P<first>{_AMOUNT})(?P<unit_1>(?:{_BASE})?)[LOo]{_SECOND}",
        "one": rf"(?P<head>{_HEAD})(?P<first>{_AMOUNT})(?P<unit>{_UNIT})(?P<after>a?)z?",
        "range": rf"(?P<head>{_HEAD}){_FIRST}[TD](?P<upto>[bF]?){_SECOND}",
        "reach": rf"[fVESud]*F{_FIRST}R(?P<head>[bOf]*){_SECOND}",
        "rank": r"[fVE]*(?P<noun>C?)k(?P<first>N)(?:[LOo](?P<second>N)(?:Cw{0,4})?)?e?",
        "split": rf"(?P<head>{_HEAD})(?P<first>N),N(?P<unit>{_UNIT})(?P<after>a?)",
    }.items()
}


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number and what multiplies it. `program` holds the kinds of a compound ("2 triệu 67 nghìn"), else it is empty."""

    index: int
    scale: int = 1
    scaled: bool = False
    half: bool = False
    program: tuple = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the words of a text say, before its numbers are read."""

    shape: str
    first: _Amount
    second: _Amount | None = None
    qualifier: str = "eq"
    negative: bool = False
    unit: str = ""
    thing: str = "bare"  # bare, measured, counted, đồng, currency: decides how a doubtful mark is read
    per_number: int = -1  # the number inside a rate: 100 in "99,5 nam/100 nữ"
    english: bool = False
    parts: int = 0  # a fraction's denominator where it is a word
    verb: bool = False
    worded: bool = False  # words stand before the number
    apart: bool = False  # each of two numbers prints its unit: a scale holds for its own number alone
    own_unit: bool = True  # the cell prints its unit; False where only its column does
    reader: Callable | None = None
    signed: bool = True  # may be below 0
    printed: str = ""  # the qualifier as it is given out


def _tokens(pieces: tuple[str, ...]) -> tuple[str, list, list[str]]:
    """The kinds (one letter each), meanings and words of a text cut at its numbers."""
    pieces = tuple(map(_words_of, pieces))
    if pieces[-1][-1:] in ".,;" and pieces[-1][-2:-1].isalpha():  # the sentence's mark
        pieces = (*pieces[:-1], pieces[-1][:-1])
    plain = all(piece.isascii() for piece in pieces)
    lexicon = _PLAIN_WORDS if plain else _WORDS
    kinds, meanings, words = [], [], []
    for number, piece in enumerate(pieces):
        if number:
            kinds.append("N"), meanings.append(number - 1), words.append("#")
        found = _WORD.findall(piece)
        start = 0
        while start < len(found):
            for length in range(min(6, len(found) - start), 0, -1):
                phrase = " ".join(found[start : start + length])
                if phrase in lexicon:
                    kind, meaning = lexicon[phrase]
                    break
            else:
                kind, meaning = _other(phrase)
            if phrase == "-" and number == 0 and piece.endswith("-") and start + length == len(found):
                kind = "m"
            kinds.append(kind), meanings.append(meaning), words.append(phrase)
            start += length
    return "".join(kinds), meanings, words


def _other(token: str) -> tuple[str, str]:
    """Kind of a token that no table holds."""
    return ({"-": "D", ",": ","}.get(token) or ("w" if token.isalpha() else "?"), token)


_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—−－"} | {"ð": "đ"} | {space: " " for space in "\u00a0\u2007\u2009\u202f\t\n\r"})
_SHORT = re.compile(r"\b(tr|thous|mill|bill|approx)\s?\.\s?")
_MONEY_SHORT = re.compile(r"\b(tr)\s?([đd])(?![^\W\d_])")


@lru_cache(maxsize=4096)
def _words_of(piece: str) -> str:
    """The words between two numbers: NFC, lower case, one kind of dash and space, abbreviations without their dot."""
    piece = unicodedata.normalize("NFC", piece).lower().translate(_DASHES)
    if "." in piece:
        piece = _SHORT.sub(r"\1 ", piece)
    return _MONEY_SHORT.sub(r"\1 \2", piece)


@lru_cache(maxsize=16384)
def _plan(pieces: tuple[str, ...], unit_text: str = "") -> _Plan | str:
    """The plan of a text cut at its numbers, or the reason why there is none."""
    try:
        plan = _match(pieces)
        plan = _with_unit(plan, unit_text) if unit_text else plan
    except _Doubt as doubt:
        return str(doubt)
    qualifier = _FLIPPED.get(plan.qualifier, plan.qualifier) if plan.negative else plan.qualifier
    printed = "approx" if qualifier in ("near", "about") else qualifier
    signed = not plan.negative and (plan.unit in _SIGNED_UNITS or plan.unit.startswith("%"))
    return replace(plan, reader=_READERS[plan.shape], signed=signed, printed=printed)


def _match(pieces: tuple[str, ...]) -> _Plan:
    """The plan of the first shape of the grammar that the whole text has."""
    kinds, meanings, words = _tokens(pieces)
    english = any(word in _ENGLISH for phrase in words for word in phrase.split())
    for shape, grammar in _GRAMMAR.items():
        match = grammar.fullmatch(kinds)
        plan = match and _SHAPES[shape](_Said(match, meanings, words, english))
        if plan:
            return plan
    unknown = [word for kind, word in zip(kinds, words, strict=True) if kind in "w?!"]
    raise _Doubt(f"not understood: {', '.join(unknown)}" if unknown else "the numbers and words do not make one figure")


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that matched one shape of the grammar."""

    match: re.Match
    meanings: list
    words: list[str]
    english: bool

    def kinds(self, group: str) -> str:
        return self.match[group] or ""

    def tokens(self, group: str) -> Iterator[tuple[str, object, str]]:
        start, end = self.match.span(group)
        return zip(self.match.string[start:end], self.meanings[start:end], self.words[start:end], strict=True)

    def amount(self, group: str) -> _Amount:
        tokens = [(kind, meaning) for kind, meaning, _ in self.tokens(group) if kind != "M"]
        half = tokens[-1][0] == "h"
        program = tuple(tokens[:-1] if half else tokens)
        numbers = [meaning for kind, meaning in program if kind == "N"]
        scales = [meaning for kind, meaning in program if kind == "s"]
        for (kind, scale), (after, larger) in zip(program, program[1:], strict=False):
            if kind == after == "s" and not (scale < larger or scale == larger == 1000):
                raise _Doubt("the scales do not follow each other")
        if half and (len(numbers) > 1 or not scales):
            raise _Doubt("rưỡi (a half) stands after one number and its scale")
        return _Amount(numbers[0], math.prod(scales), bool(scales), half, program if len(numbers) > 1 else ())

    def money(self) -> str:
        """The currency printed before the number."""
        return next((meaning for group in ("first", "second") if group in self.match.groupdict() and self.match[group]
                     for kind, meaning, _ in self.tokens(group) if kind == "M"), "")

    def unit(self, group: str = "unit") -> tuple[str, str, int]:
        """The unit's name, the thing it measures, and the index of a number inside it (-1 where there is none)."""
        name, thing, number, rates = self.money(), "bare", -1, []
        for kind, meaning, word in self.tokens(group):
            if rates and kind not in "LOPN":
                rates[-1].append((kind, meaning, word))
            elif kind in "LOP":
                rates.append([])
            elif kind == "N":
                number = meaning
            elif kind in "CUMp" and not name:
                name, thing = meaning, _THINGS[kind]
            elif kind == "M" and meaning != name:
                raise _Doubt(f"two currencies: {name} and {meaning}")
            elif kind in "CUp" and self.money():
                raise _Doubt(f"{self.money()} and {word}")
            elif kind == "h" and "second" in self.match.groupdict():
                raise _Doubt("rưỡi (a half) after two numbers")
        if name and name == self.money():
            thing = "currency"
        if name == "VND":
            thing = "đồng"
        if rates and not name and "s" not in self.match.string:
            raise _Doubt("a rate of what is not said")
        per = [_rate_name(rate, plain=number < 0) for rate in rates]
        if per and thing == "counted" and any(rate[0][0] != "t" for rate in rates):
            thing = "measured"  # an average may have decimals
        return "/".join([name.replace(" , ", ", "), *per]), thing, number

    def has(self, group: str, kind: str) -> bool:
        return kind in self.kinds(group)


_THINGS = {"C": "counted", "U": "measured", "M": "currency", "p": "measured"}


def _rate_name(rate: list[tuple[str, object, str]], *, plain: bool) -> str:
    """What a rate is per: "person", "ha", or the printed words where a number stands in it."""
    kind, meaning, _ = rate[0]
    plain = plain and kind in "CUMt"
    return _PER.get(str(meaning), str(meaning)) if plain else " ".join(word for _, _, word in rate)


def _bound(said: _Said, *, unit: str, after: str = "") -> tuple[str, bool]:
    """The qualifier and whether the value is negative, from the words before the number and `after` it (trở lên)."""
    head = list(said.tokens("head"))
    kinds = [kind for kind, _, _ in head]
    bounds = [str(meaning) for kind, meaning, _ in head if kind in "bO"]
    if len(bounds) == 2 and bounds[0] == "about" and bounds[1] not in ("ge", "le"):
        bounds = bounds[1:]  # khoảng trên, khoảng gần: the nearer word says more
    if len(set(bounds)) > 1:
        raise _Doubt("two bounds")
    bound = bounds[0] if bounds else ""
    if "v" in kinds:
        if bound or unit.startswith("%"):
            raise _Doubt("vượt (beyond): beyond what is not said")
        bound = "gt"
    if "F" in kinds and not after:
        bound = {"": "ge", "gt": "gt", "ge": "ge"}.get(bound, "?")
    if after:
        bound = after if bound in ("", after) else "?"
    if bound == "?":
        raise _Doubt("the bounds do not go together")
    if "g" in kinds and bound != "ge":
        raise _Doubt("higher than what is not said")
    return bound or "eq", _negative(kinds, bound, unit)


def _negative(kinds: list[str], bound: str, unit: str) -> bool:
    """Whether the words before a number make it negative."""
    signs = [kind for kind in kinds if kind in "dAmu"]
    if "R" in kinds:  # giảm còn, giảm xuống dưới, tăng lên: the level reached, not the change
        if "A" in signs or "m" in signs or "F" in kinds:
            raise _Doubt("a level with a sign, or without its start")
        return False
    if len(signs) > 1 or ("m" in kinds and (kinds[-1] != "m" or bound not in ("", "about"))):
        raise _Doubt("two signs, or a sign in the wrong place")
    if "d" in kinds and (bound == "lt" or "F" in kinds or unit.startswith("times")):
        raise _Doubt("a fall, or the level reached: the words leave it open")
    return bool(signs) and signs[0] != "u"


def _one(said: _Said) -> _Plan:
    unit, thing, per_number = said.unit()
    amount = said.amount("first")
    if said.has("unit", "h"):
        amount = replace(amount, half=True)
    if said.has("head", "x"):
        if unit not in ("", "times"):
            raise _Doubt("gấp (times) with another unit")
        unit, thing = "times", "measured"
    if said.match.string.endswith("z") and not set("udE") & set(said.kinds("head")):
        raise _Doubt("compared with what is not said")
    after = next((str(meaning) for _, meaning, _ in said.tokens("after")), "")
    qualifier, negative = _bound(said, unit=unit, after=after)
    return _Plan("one", amount, qualifier=qualifier, negative=negative, unit=unit, thing=thing, per_number=per_number, english=said.english,
                 worded=bool(said.kinds("head")))


def _same_unit(said: _Said) -> tuple[str, str, int]:
    """The unit of two numbers: printed after both and the same, or after the second alone."""
    first, last = said.unit("unit_1"), said.unit()
    if first[0] not in ("", said.money(), last[0]):
        raise _Doubt(f"two units: {first[0]} and {last[0]}")
    return last


def _range(said: _Said) -> _Plan:
    unit, thing, per_number = _same_unit(said)
    bounds = [str(meaning) for kind, meaning, _ in said.tokens("head") if kind in "bO"]
    upto = [str(meaning) for kind, meaning, _ in said.tokens("upto") if kind == "b"]
    if bounds not in ([], ["gt"], ["about"]) or upto not in ([], ["lt"]) or said.has("head", "g") or said.has("head", "v"):
        raise _Doubt("the bounds do not make a range")
    if bounds == ["gt"] and said.match.string.count("D") and not said.has("head", "O"):
        raise _Doubt("hơn (more than) before two numbers")
    joined = next(word for kind, word in zip(said.match.string, said.words, strict=True) if kind in "TD")
    if (joined == "and" and not said.has("head", "F")) or said.has("head", "m") or said.has("head", "A"):
        raise _Doubt("two numbers, or a sign that may hold for one of them")
    if joined != "-" and said.has("head", "F") and (said.has("head", "u") or said.has("head", "d")):
        raise _Doubt("a range, or the level reached: the words leave it open")
    negative = _negative([kind for kind in said.kinds("head") if kind != "F"], "", unit)
    apart = bool(said.kinds("unit_1")) and not said.has("unit_1", "p")
    ends = said.amount("first"), said.amount("second")
    return _Plan("range", *ends, "range", negative, unit, thing, per_number, said.english, apart=apart)


def _reach(said: _Said) -> _Plan:
    unit, thing, per_number = _same_unit(said)
    qualifier, _ = _bound(said, unit=unit)
    return _Plan("reach", said.amount("second"), said.amount("first"), qualifier, False, unit, thing, per_number, said.english)


def _share(said: _Said) -> _Plan | None:
    if said.kinds("unit_1") and said.unit("unit_1")[0] != said.unit()[0]:
        return None  # a rate
    unit, thing, per_number = said.unit()
    qualifier, negative = _bound(said, unit=unit)
    if negative or said.has("head", "F"):
        raise _Doubt("a share has no sign and no from")
    return _Plan(
        "share", said.amount("first"), said.amount("second"), qualifier, False, unit, thing, per_number, said.english,
        verb=said.has("head", "V"), apart=bool(said.kinds("unit_1")),
    )


def _rank(said: _Said) -> _Plan:
    noun = next((str(meaning) for _, meaning, _ in said.tokens("noun")), "")
    second = said.match["second"] and said.amount("second")
    if ("ordinal" in said.meanings and not (noun and second)) or ("grade" in said.meanings and not second):
        raise _Doubt("an ordinal: of how many is not said")
    return _Plan("rank", said.amount("first"), second or None, unit=noun or "hạng", thing="counted", english=said.english)


def _fraction(said: _Said) -> _Plan | None:
    qualifier, negative = _bound(said, unit="")
    if negative or said.has("head", "F"):
        raise _Doubt("a fraction has no sign and no from")
    parts = next((int(meaning) for kind, meaning in zip(said.match.string, said.meanings, strict=True) if kind == "q"), 0)
    if not (parts or qualifier != "eq" or said.has("head", "E") or set("eSy") & set(said.match.string.partition("N")[2])):
        return None  # a count of a total
    second = said.amount("second") if said.match["second"] else None
    return _Plan("percent" if "y" in said.match.string else "fraction", said.amount("first"), second, qualifier, parts=parts)


def _split(said: _Said) -> _Plan:
    return replace(_one(said), shape="split")


_SHAPES: dict[str, Callable[[_Said], _Plan | None]] = {
    "one": _one, "range": _range, "reach": _reach, "share": _share, "rank": _rank, "fraction": _fraction, "split": _split,
}


# ---------------------------------------------------------------------------------------------------------------------------------------
# A column's unit: "triệu đồng", "Mill. dongs", "1000 tấn", "Previous year = 100".

_UNIT_LABEL = re.compile(r"^\s*(?:đơn vị(?: tính)?|đvt|unit)\s*[:.]\s*", re.IGNORECASE)
_INDEX = re.compile(r"(?:previous year|năm trước|cùng kỳ(?: năm trước)?|same period of previous year)\s*=\s*100\s*%?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _unit_plan(unit_text: str) -> _Plan:
    """The plan of a number in the unit at the head of a column; an unknown unit is refused, as it may hide a scale."""
    text = _UNIT_LABEL.sub("", unicodedata.normalize("NFC", unit_text)).strip(" ()")
    if _INDEX.fullmatch(text):
        return _Plan("one", _Amount(0), unit="index", thing="measured")
    words, factor = text, 1
    leading = re.match(r"(1[., ]?000(?:[., ]?000)*|100|10)\s+(?=\D)", text)
    if leading:
        words, factor = text[leading.end() :], int(re.sub(r"\D", "", leading[1]))
    try:
        plan = _match(("", " " + words))
    except _Doubt as doubt:
        raise _Doubt(f"the unit {unit_text!r} is not known ({doubt})") from None
    if plan.shape != "one" or plan.qualifier != "eq" or plan.negative:
        raise _Doubt(f"the unit {unit_text!r} is not a unit")
    return replace(plan, first=replace(plan.first, scale=plan.first.scale * factor, scaled=plan.first.scaled or factor > 1))


def _with_unit(plan: _Plan, unit_text: str) -> _Plan:
    """The plan with the scale and unit of the column, where the cell does not print its own. A cell that says otherwise is refused."""
    column = _unit_plan(unit_text)
    own_scale = plan.first.scaled or (plan.second is not None and plan.second.scaled)
    if plan.unit.split("/")[0] not in ("", column.unit.split("/")[0]):
        raise _Doubt(f"the cell says {plan.unit}, its column {column.unit}")
    if own_scale and column.first.scaled and plan.first.scale != column.first.scale:
        raise _Doubt(f"the cell has one scale, its column ({unit_text}) another")
    own_unit = plan.unit.split("/")[0]
    if not own_scale and not own_unit and column.first.scaled:
        scale = {"scale": column.first.scale, "scaled": True}
        plan = replace(plan, first=replace(plan.first, **scale), second=plan.second and replace(plan.second, **scale))
    if own_unit:
        if column.first.scaled and not own_scale:
            raise _Doubt(f"the cell says {plan.unit}, its column {unit_text}")
        return plan
    thing = column.thing if column.thing != "bare" else "measured"
    return replace(plan, unit=column.unit + plan.unit, thing=thing, own_unit=own_scale)


# ---------------------------------------------------------------------------------------------------------------------------------------
# Numbers.

_CUT = re.compile("([0-9][0-9.,]*)").split  # fast, and enough for most texts; _NUMBER also knows digits grouped by spaces, and m2
_SPACES = " \u00a0\u2007\u2009\u202f"
_NUMBER = re.compile(rf"((?<![mM])(?:[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)*))")
_TEN = [10**power for power in range(40)]
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*|[1-9][0-9]{0,2}(?:,[0-9]{3})*").fullmatch


def _grouped(text: str, mark: str) -> str:
    """The digits of a number in groups of three; a broken group is refused."""
    if not _GROUPS(text):
        raise _Doubt("the groups of digits are broken")
    return text.replace(mark, "")


def _number(text: str, vi: bool, english: bool, thing: str) -> tuple[int, int]:
    """A printed number as an integer and its count of decimals: "1.234,5" in Vietnamese is (12345, 1).

    `vi` is the column's habit, `english` says that the words are English, `thing` what is counted or measured.
    """
    if text.isdigit():
        if text[0] == "0" and (len(text) > 2 or text == "00"):
            raise _Doubt("a number does not begin with 0")
        return int(text), 0
    comma = "," in text
    if comma and "." in text:  # two marks: the last is the decimal mark, whatever the habit
        whole, mark, part = text.rpartition("," if text.rfind(",") > text.rfind(".") else ".")
        return int(_grouped(whole, "." if mark == "," else ",") + _decimals(part)), len(part)
    mark = "," if comma else "."
    whole, _, part = text.partition(mark)
    if mark in part:
        return int(_grouped(text, mark)), 0
    if comma == vi and 0 < len(part) < 3 and (whole[0] != "0" or whole == "0"):
        return int(whole + part), len(part)
    return _one_mark(whole, _decimals(part), comma != vi, vi and english, thing)


def _decimals(part: str) -> str:
    if not part:
        raise _Doubt("a mark without digits after it")
    return part


def _one_mark(whole: str, part: str, groups: bool, english: bool, thing: str) -> tuple[int, int]:
    """A number with one mark. `groups`: the mark is the one that groups digits in the column's habit."""
    if whole[0] == "0" and len(whole) > 1:
        raise _Doubt("a number does not begin with 0")
    if len(part) == 3 and len(whole) <= 3 and whole != "0":
        if groups and english:
            raise _Doubt("English words: thousands or three decimals?")
        if groups or english or thing in ("counted", "đồng"):  # 150,000 đồng/kg: what is not divided has no three decimals
            return int(whole + part), 0
        if thing == "currency" or part.endswith("00"):
            raise _Doubt("thousands in the other habit, or three decimals?")
    elif groups and whole != "0" and (len(part) > 2 or thing in ("counted", "đồng")):
        raise _Doubt("the groups of digits are broken")
    if len(part) == 4 and int(whole) <= 12 and 1900 <= int(part) <= 2100:
        raise _Doubt("a month and a year")
    return int(whole + part), len(part)


def _without_spaces(text: str, vi: bool) -> str:
    """Digits grouped by spaces (1 234 567,8) in the marks of the habit; either mark is a decimal mark there."""
    chunks = re.split(f"[{_SPACES}]", text)
    whole, mark, part = re.fullmatch("([0-9]+)([.,]?)([0-9]*)", chunks.pop()).groups()
    if mark and len(part) == 3 and (mark == ".") == vi:
        raise _Doubt("the groups of digits are broken")
    group, decimal = (".", ",") if vi else (",", ".")
    return group.join([*chunks, whole]) + (mark and decimal) + part


# (numerator, place, round place, denominator): value = numerator / denominator, and so the places; all whole numbers, so that 63,4 million
# is exactly 63400000.0.
_Size = tuple[int, int, int, int]


def _size(amount: _Amount, numbers: list[str], plan: _Plan, vi: bool) -> _Size:
    """An amount's value and places, by the words of `RULES`' head."""
    if amount.program:
        return _compound(amount.program, numbers, plan)
    scale = amount.scale
    digits, decimals = _number(numbers[amount.index], vi, plan.english, "measured" if amount.scaled else plan.thing)
    if amount.half:
        if decimals:
            raise _Doubt("rưỡi (a half) after decimals")
        digits, decimals = digits * 10 + 5, 1
    if decimals or digits % 10:
        return digits * scale, scale, scale, _TEN[decimals]
    zeros = len(text := str(digits)) - len(text.rstrip("0")) if digits else 0
    return digits * scale, scale if amount.scaled else 1000 ** (zeros // 3), scale * _TEN[zeros], 1


def _compound(program: tuple, numbers: list[str], plan: _Plan) -> _Size:
    """The sum of "2 triệu 67 nghìn", "1 nghìn tỷ 200 triệu", "1 nghìn 200 tỷ", "2 tỷ 3" (2,3 tỷ).

    Each part must be smaller than the scale before it. A last number without a scale stands for the digits that follow in speech: one
    digit is a tenth of the scale before, three digits fill the next group.
    """
    terms: list[list[int]] = []  # value, scale, place, and the count of digits where no scale follows
    linked, previous = False, ""
    for kind, meaning in program:
        if kind == "N":
            text = numbers[meaning]
            digits, decimals = _number(text, True, plan.english, "counted")
            if decimals or (terms and not text.isdigit()):
                raise _Doubt("decimals inside a compound")
            terms.append([digits, 1, 1, len(text) if not linked else 0])
        elif kind == "s":
            if previous == "s" and meaning <= terms[-1][1]:
                value, scale, place, _ = terms.pop()
                terms.append([value * meaning, scale * meaning, place * meaning, 0])
            else:
                below = [term for term in terms if term[1] < meaning]
                terms = terms[: len(terms) - len(below)]
                value, place = _sum(below)
                terms.append([value * meaning, meaning, place * meaning, 0])
        linked, previous = kind == "l", kind
    if previous == "N" and terms[-1][3]:
        if [kind for kind, _ in program[-3:]] == ["s", "s", "N"]:
            raise _Doubt("a last number without its scale")
        return _spoken(terms, plan)
    value, place = _sum(terms)
    return value, place, _round_place(value, place), 1


def _sum(terms: list[list[int]]) -> tuple[int, int]:
    """The sum of a compound's parts and the place of the last; parts that do not follow each other are refused."""
    for above, below in zip(terms, terms[1:], strict=False):
        apart = above[1] > 1000 and below[1] <= 100  # "1 triệu 2 trăm": 200, or 200 thousand as it is said
        if below[0] >= above[1] or apart or (below[1] == 1 and below[3] and 10 ** below[3] != above[1]):
            raise _Doubt("the parts of the number do not fit together")
    return sum(term[0] for term in terms), terms[-1][2]


def _spoken(terms: list[list[int]], plan: _Plan) -> _Size:
    """A compound whose last number has no scale."""
    digits, _, _, length = terms[-1]
    scale = terms[-2][1]
    if _TEN[length] != scale:
        if plan.unit or digits == 0 or not (length == 1 and scale >= 1000 or length == 3 and scale >= 10**6):
            raise _Doubt("a last number without its scale")
        terms[-1] = [digits * scale // _TEN[length], scale // _TEN[length], scale // _TEN[length], 0]
    value, place = _sum(terms)
    return value, place, _round_place(value, place), 1


def _round_place(value: int, place: int) -> int:
    """One unit of the last digit that is not zero."""
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _bounds(qualifier: str, size: _Size, signed: bool) -> tuple[float, float]:
    """Low and high of a value that is not negative, by `RULES`."""
    value, place, step, over = size
    if qualifier == "eq":
        return (2 * value - place) / (2 * over), (2 * value + place) / (2 * over)
    if qualifier == "ge":
        return value / over, INF
    if qualifier in ("lt", "le"):
        return -INF if signed else 0.0, value / over
    if step * 5 > value and over == 1:
        value, step, over = value * 5, value, over * 5
    low = value if qualifier == "gt" else value - step
    high = value if qualifier == "near" else value + step
    return low / over, high / over


_Reading = tuple[float, float, float, str, str, float, str]
_FLIPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}
_NAN = math.nan


def _read_one(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    first = plan.first
    if plan.thing == "bare" and not first.scaled:
        _refuse_bare(numbers[first.index], plan)
    return _finish(plan, _size(first, numbers, plan, vi), numbers, _NAN)


def _finish(plan: _Plan, size: _Size, numbers: list[str], denominator: float) -> _Reading:
    """The reading of one size in the words of the plan."""
    unit = plan.unit if plan.per_number < 0 else _per_number(plan, numbers[plan.per_number])
    value = size[0] / size[3]
    low, high = _bounds(plan.qualifier, size, plan.signed)
    if plan.negative:
        value, low, high = -value, -high, 0.0 - low
    return value, low, high, unit, plan.printed, denominator, ""


def _per_number(plan: _Plan, text: str) -> str:
    """The unit of a rate with a number in it: "01 ha" is one hectare, "100 nữ" stays."""
    digits, decimals = _number(text, True, plan.english, "counted")
    base, _, per = plan.unit.rpartition("/")
    if decimals or not digits:
        raise _Doubt("a rate per part of a unit")
    if digits == 1:
        _, meaning = _WORDS.get(per, ("", per))
        return f"{base}/{_PER.get(str(meaning), str(meaning))}"
    return f"{base}/{digits} {per}"


def _refuse_bare(text: str, plan: _Plan) -> None:
    """A number without a unit that may be a year ("dân số 2019") or a telephone number."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("84") and len(digits) == 11:
        raise _Doubt("a telephone number?")
    if plan.worded and _is_year(text):
        raise _Doubt("a year, or a number without its unit")


def _is_year(text: str) -> bool:
    """Four digits that may name a year, from 1900 to 2100."""
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2100


def _read_range(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    first, second = plan.first, plan.second
    texts = numbers[first.index], numbers[second.index]
    bare = plan.thing == "bare" and not second.scaled
    years = any(map(_is_year, texts)) and (bare or not plan.own_unit)
    if years or (bare and all(text.isdigit() and int(text) <= 31 for text in texts)):
        raise _Doubt("a date or a span of years, not a range of figures")
    if second.scaled and not first.scaled and not plan.apart:
        first = replace(first, scale=second.scale, scaled=True)
    low, high = _size(first, numbers, plan, vi), _size(second, numbers, plan, vi)
    if low[0] * high[3] >= high[0] * low[3] and first is not plan.first:  # từ 500.000 - 1 triệu: the first has its own zeros
        low = _size(plan.first, numbers, plan, vi)
        if high[0] > 20 * low[0]:
            raise _Doubt("the lower end is not below the upper end")
    elif not plan.apart and texts[0].isdigit() and not texts[1].isdigit() and len(texts[0]) <= 3 and high[3] == 1:
        low = _elided(low, high, texts[1])
    if not low[0] * high[3] < high[0] * low[3] <= 100 * low[0] * high[3] and low[0]:
        raise _Doubt("the lower end is not below the upper end, or too far below")
    ends = low[0] / low[3], high[0] / high[3]
    value, upper = (-ends[1], -ends[0]) if plan.negative else ends
    unit = _per_number(plan, numbers[plan.per_number]) if plan.per_number >= 0 else plan.unit
    return value, value, upper, unit, "range", _NAN, ""


def _elided(low: _Size, high: _Size, upper: str) -> _Size:
    """ "14 – 15.000": the lower end without its thousands. Where that reading and the printed one are both possible, it is refused."""
    full = low[0] * 1000
    if full >= high[0]:
        return low
    if upper.endswith("000") and high[0] <= 5 * full:
        return full, low[1] * 1000, low[2] * 1000, low[3]
    raise _Doubt("the lower end may lack its thousands")


def _read_reach(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    size = _size(plan.first, numbers, plan, vi)
    _size(plan.second, numbers, plan, vi)
    return _finish(plan, size, numbers, _NAN)


def _read_share(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    first, second = plan.first, plan.second
    if second.scaled and not first.scaled and not plan.apart:
        first = replace(first, scale=second.scale, scaled=True)
    elif first.scaled != second.scaled:
        raise _Doubt("the scale holds for the first number alone")
    size, total = _size(first, numbers, plan, vi), _size(second, numbers, plan, vi)
    small = size[3] == total[3] == 1 and 0 < size[0] < total[0] <= (4 if plan.qualifier == "eq" else 10)
    if small and not second.scaled:  # 2/3 hộ, hơn 7/10 hộ
        raise _Doubt("a fraction or a count of a total?")
    bare, year = plan.thing == "bare" and not second.scaled, _is_year(numbers[second.index])
    if (bare and (not plan.verb or total[0] <= 12 or year)) or (year and not plan.own_unit):
        raise _Doubt("a fraction, a date or a count of a total: no word says which")
    return _finish(plan, size, numbers, total[0] / total[3])


def _read_rank(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    rank = _size(plan.first, numbers, plan, vi)
    total = _size(plan.second, numbers, plan, vi) if plan.second else (0, 0, 0, 1)
    if rank[3] != 1 or total[3] != 1 or (total[0] and rank[0] > total[0]):
        raise _Doubt("not a rank")
    return float(rank[0]), float(rank[0]), float(rank[0]), plan.unit, "eq", float(total[0]) if total[0] else _NAN, ""


def _read_fraction(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    value = _size(plan.first, numbers, plan, vi)
    parts = plan.parts or _size(plan.second, numbers, plan, vi)[0]
    if value[3] != 1 or not 0 < value[0] < parts <= 12:
        raise _Doubt("not a fraction")
    return _finish(plan, (value[0] * 5, value[0], value[0], parts * 5), numbers, _NAN)


def _read_percent(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    if numbers[plan.second.index] == "100":
        return _finish(replace(plan, unit="%", thing="measured"), _size(plan.first, numbers, plan, vi), numbers, _NAN)
    return _read_fraction(plan, numbers, vi)


def _read_split(plan: _Plan, numbers: list[str], vi: bool) -> _Reading:
    """ "81.905, 03 ha": a space slipped in after the decimal comma; clear only where dots group the digits before it."""
    whole, part = numbers[0], numbers[1]
    if "." not in whole or not part.isdigit() or len(part) > 2:
        raise _Doubt("two numbers")
    return _read_one(plan, [f"{whole},{part}", *numbers[1:]], True)


_READERS = {"one": _read_one, "range": _read_range, "reach": _read_reach, "share": _read_share, "rank": _read_rank,
            "fraction": _read_fraction, "percent": _read_percent, "split": _read_split}


# ---------------------------------------------------------------------------------------------------------------------------------------
# Text that needs mending before it is cut: marks, full-width digits, numbers in words.

_MISSING = {"": "empty", "-": "no_occurrence", "–": "no_occurrence", "—": "no_occurrence", "−": "no_occurrence", "(-)": "no_occurrence",
            "…": "no_information", "...": "no_information", "..": "no_information", "(...)": "no_information", "( ... )": "no_information",
            "(…)": "no_information"}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARK = r"\s?[*†‡]{1,3}|\s?[⁰¹²³⁴-⁹⁽⁾]+|\s?\(\*{1,3}\)"
_FOOTNOTE = re.compile(  # "(1)" after a space is a mark only where a word or a % stands before it: "12 (5)" may be two numbers
    rf"(?:(?<=[^\W_])(?:{_MARK}|[(\[][1-9][)\]]|\([a-e]\))|(?<=%)(?:{_MARK}|\s?[(\[][1-9][)\]])|(?<=[^\W\d_])\s[(\[][1-9][)\]]$)"
    r"(?!\s*[0-9])"
)
_NEGATIVE = re.compile(r"\(\s*([0-9]{3,}|[0-9]+[.,][0-9.,]*[0-9])\s*\)")
_UNIT_IN_BRACKETS = re.compile(r"(.*[0-9])\s*\(((?=.{2}|%)[^()0-9]+)\)")
_DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_AFTER_TENS = _DIGITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_PLAIN_DIGITS = {_fold(word): digit for word, digit in _DIGITS.items()}
_CARRIES_ON = {"linh", "lẻ", "đến", "tới", "phẩy", "le", "den", "toi", "phay", "-"}


def _mended(text: str) -> str:
    """The text with footnote marks off, brackets resolved and numbers in words as digits.

    >>> _mended("hai mươi mốt xã"), _mended("12,5(1)"), _mended("(1.234,5)"), _mended("770,59 (Nghìn người)")
    ('21 xã', '12,5', '-1.234,5', '770,59 Nghìn người')
    """
    text = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH).strip()
    if re.search(r"(?<![\d.,])10[⁰¹²³⁴-⁹]", text):
        raise _Doubt("a power of ten")
    text = text.strip("“”\"")
    text = _FOOTNOTE.sub("", re.sub(r"m([²³])", lambda match: "m2" if match[1] == "²" else "m3", text)).strip()
    negative = _NEGATIVE.fullmatch(text)
    if negative:
        return "-" + negative[1]
    in_brackets = _UNIT_IN_BRACKETS.fullmatch(text)
    if in_brackets:
        return f"{in_brackets[1]} {in_brackets[2]}"
    return text if re.search("[0-9]", text) else _in_digits(text.lower())


def _in_digits(text: str) -> str:
    """Vietnamese numbers in words as digits, scales left as words: "một trăm linh năm" is "1 trăm linh 5".

    Only the first run of numbers and what carries it on are turned, so that "một năm" (a year) after a unit stays words.
    """
    text = re.sub(r"\b(?:một nửa|nửa)(?= (?:triệu|tỷ|tỉ|nghìn|vạn)\b)", "không phẩy năm", text)
    text = re.sub(r"\b(?:một nửa|nửa)\b", "một phần hai", text)
    text = re.sub(r"\bgấp đôi\b", "gấp hai lần", re.sub(r"\bgấp rưỡi\b", "gấp một phẩy năm lần", text))
    words, digits = text.split(), _PLAIN_DIGITS if text.isascii() else _DIGITS
    tens = {"mười", "muoi"}
    scales = {word for word, (kind, _) in (_PLAIN_WORDS if text.isascii() else _WORDS).items() if kind == "s"} | {"trăm", "tram"}
    out: list[str] = []
    place, begun = 0, False
    while place < len(words):
        follows = out and (out[-1] in scales or out[-1] in _CARRIES_ON)
        alone = not out and len(words) == 1 and words[place] in ("năm", "nam")  # the heading "Năm", a year
        follower = words[place + 1] if place + 1 < len(words) else ""
        if words[place] in ("năm", "nam") and follows and out[-1] in scales and follower not in scales | {"mươi", "muoi"}:
            follows = False  # "một nghìn năm": a thousand years, or 1500 as it is said
        zero = alone or (words[place] in ("không", "khong") and follower not in ("trăm", "tram", "phẩy", "phay"))
        if follows and words[place] in ("tư", "mốt"):
            out.append(str(_AFTER_TENS[words[place]]))
            place += 1
        elif (words[place] in digits or words[place] in tens) and not zero and (follows or not begun):
            number, place = _tens(words, place, digits, tens)
            out.append(number)
            begun = True
        else:
            out.append(words[place])
            place += 1
    return re.sub(r"\b([0-9]+) (?:phẩy|phay) ([0-9]+)\b", r"\1,\2", " ".join(out))


def _tens(words: list[str], place: int, digits: dict[str, int], tens: set[str]) -> tuple[str, int]:
    """The number below a hundred that begins at `place`, and the place after it."""
    def word(at: int) -> str:
        return words[at] if at < len(words) else ""

    if word(place) in tens:
        value, place = 10, place + 1
    elif word(place + 1) in ("mươi", "muoi"):
        value, place = digits[word(place)] * 10, place + 2
    else:
        return str(digits[word(place)]), place + 1
    last = _AFTER_TENS | ({"mot": 1, "tu": 4, "lam": 5} | digits)
    if word(place) in last and word(place) not in ("năm", "nam", "không", "khong"):
        return str(value + last[word(place)]), place + 1
    return str(value), place


def _read(text: str, vi: bool, unit_text: str = "") -> _Reading:
    """The reading of a text as a plain tuple, in the order of `Figure`'s fields."""
    parts = _CUT(text)
    if len(parts) > 1:
        plan = _plan(tuple(parts[::2]), unit_text)
        if plan.__class__ is _Plan:
            return plan.reader(plan, parts[1::2], vi)
    missing = _MISSING.get(text.strip())
    if missing is not None:
        return _NAN, _NAN, _NAN, "", "", _NAN, missing
    parts = _NUMBER.split(_mended(text))
    if len(parts) == 1:
        raise _Doubt("no number is printed")
    if parts[0] == parts[-1] == "" and re.fullmatch("[0-9]+ [0-9]+", parts[1]):
        raise _Doubt("two numbers, or one with a space between its groups?")
    plan = _plan(tuple(parts[::2]), unit_text)
    if isinstance(plan, str):
        raise _Doubt(plan)
    numbers = [_without_spaces(number, vi) if re.search(r"\s", number) else number for number in parts[1::2]]
    return plan.reader(plan, numbers, vi)


def parse_figure(text: str, *, locale: str = "vi", unit_text: str = "") -> Figure:
    """One printed figure as a `Figure`: values in VND, visits, per cent, hectares, scales multiplied out.

    `locale` is the number habit: "vi" groups by dots and has a decimal comma, "en" the reverse; the words may be of either language.
    `unit_text` is the unit at the head of the table ("triệu đồng", "Mill. dongs"). Refuses, with `UnreadableFigure`, whatever is not one
    figure read whole: dates, years alone, two numbers, words it does not know, broken groups of digits.

    >>> parse_figure("trên 66 triệu đồng/năm")
    Figure(value=66000000.0, low=66000000.0, high=67000000.0, unit='VND/year', qualifier='gt', denominator=nan, missing='')
    >>> parse_figure("59,7", unit_text="triệu đồng").value
    59700000.0
    >>> parse_figure("66 tiệu đồng")
    Traceback (most recent call last):
    baoyen_analysis.cleaning.figures.UnreadableFigure: '66 tiệu đồng' cannot be read as a figure: not understood: tiệu
    """
    if not isinstance(text, str):
        raise UnreadableFigure(text, "not a text")
    try:
        if not unit_text and _is_year(text.strip()):
            raise _Doubt("a year, or a number without its unit")
        return Figure(*_read(text, _is_vi(locale), unit_text))
    except _Doubt as doubt:
        raise UnreadableFigure(text, str(doubt)) from None


def _is_vi(locale: str) -> bool:
    if locale not in ("vi", "en"):
        raise ValueError(f"locale is 'vi' or 'en', not {locale!r}")
    return locale == "vi"


def interval(number_text: str, qualifier: str, *, locale: str = "en") -> tuple[float, float, float]:
    """Value, low and high of a bare number whose qualifier stands beside it, as in comparisons.csv: no unit, no words, a sign at most.

    >>> interval("7.44", "eq"), interval("380000", "gt"), interval("-5.23", "eq")
    ((7.44, 7.435, 7.445), (380000.0, 380000.0, 390000.0), (-5.23, -5.235, -5.225))
    """
    sign, digits = ("-", number_text[1:]) if number_text.startswith(("-", "−")) else ("", number_text)
    if not _NUMBER.fullmatch(digits) or qualifier not in ("eq", "gt", "ge", "lt", "le", "approx"):
        raise UnreadableFigure(number_text, f"not a bare number with a known qualifier ({qualifier})")
    plan = _Plan("one", _Amount(0), thing="measured")
    try:
        size = _size(plan.first, [digits], plan, _is_vi(locale))
    except _Doubt as doubt:
        raise UnreadableFigure(number_text, str(doubt)) from None
    value = size[0] / size[3]
    if not sign:
        return (value, *_bounds(qualifier, size, True))
    low, high = _bounds({**_FLIPPED, "gt": "near"}.get(qualifier, qualifier), size, True)  # above -5 is nearer to 0
    return -value, -high, -low


# ---------------------------------------------------------------------------------------------------------------------------------------
# Whole columns.

# Shapes that only one habit writes, and shapes that both write with different meanings.
_EVIDENCE = {
    vi: re.compile(
        rf"(?<![\d.,])(?:\d{{1,3}}(?:{group}\d{{3}})+{decimal}\d|\d{{1,3}}(?:{group}\d{{3}}){{2,}}(?![\d{group}])"
        rf"|(?:\d+{decimal}(?:\d{{1,2}}|\d{{4,}})|0{decimal}\d+)(?![\d.,]))"
    )
    for vi, group, decimal in ((True, r"\.", ","), (False, ",", r"\."))
}
_EITHER = re.compile(r"\s*[-−]?[1-9]\d{0,2}[.,]\d{3}\s*")
_NOTHING: _Reading = (_NAN, _NAN, _NAN, "", "", _NAN, "")
_RUN = 1 << 11
_NUMERIC = ("value", "low", "high", "denominator")
_COLUMNS = ["value", "low", "high", "unit", "qualifier", "denominator", "missing", "problem"]


def parse_figures(series: pd.Series, *, locale: str | pd.Series = "vi", unit_text: str | pd.Series = "") -> pd.DataFrame:
    """Every cell of a column read as by `parse_figure`: value, low, high, unit, qualifier, denominator, missing, and `problem` ("" where
    the cell was read, else the reason). Never raises for a cell; keeps the index; each distinct phrase is read once.

    A bare "1.120" is 1120 in one habit and 1,12 in the other. It is read in the habit that other cells of the column show beyond doubt
    ("1.234,5", "66,2"); where they show none, or both, it is left with a problem. A bare year-like number is read where other bare whole
    numbers that are no years stand in the column.

    >>> read = parse_figures(pd.Series(["1.120", "66,2", "khoảng 15 tỷ đồng", "66 tiệu đồng"]))
    >>> read["value"].tolist(), read["problem"].iloc[3]
    ([1120.0, 66.2, 15000000000.0, nan], 'not understood: tiệu')
    """
    if isinstance(locale, pd.Series) or isinstance(unit_text, pd.Series):
        habits = [_is_vi(habit) for habit in _beside(series, locale)]
        units = [unit if isinstance(unit, str) else "" for unit in _beside(series, unit_text)]
        keys, places = _places(list(zip(series, habits, units, strict=True)))
        texts, habits, units = map(list, zip(*keys, strict=True)) if keys else ([], [], [])
    else:
        texts, places = _places(series.tolist())
        habits, units = [_is_vi(locale)] * len(texts), [unit_text] * len(texts)
    doubtful = {vi: _doubtful_shapes([text for text, its in zip(texts, habits, strict=True) if its == vi], vi) for vi in set(habits)}
    columns = _readings(texts, habits, units, doubtful)
    return pd.DataFrame({name: column.array.take(places) for name, column in columns.items()}, index=series.index, copy=False)


def _beside(series: pd.Series, option: str | pd.Series) -> list[str]:
    """An option of each cell, by place: a column of them, or one for all."""
    return option.tolist() if isinstance(option, pd.Series) else [option] * len(series)


class _Places(dict):
    """Numbers its keys in the order in which they are first asked for."""

    def __missing__(self, key: object) -> int:
        self[key] = number = len(self)
        return number


def _places(keys: list) -> tuple[list, np.ndarray]:
    """The distinct keys and the place of each cell among them; faster here than `pd.factorize`, as texts keep their hash."""
    seen = _Places()
    try:
        places = np.fromiter(map(seen.__getitem__, keys), dtype=np.intp, count=len(keys))
    except TypeError:  # a cell that cannot be a key, such as a list, stands for itself
        return keys, np.arange(len(keys))
    return list(seen), places


def _doubtful_shapes(texts: list[object], vi: bool) -> tuple[bool | None, bool]:
    """The habit in which a column's doubtful bare numbers are read (None: left), and whether its year-like numbers are figures."""
    texts = [text for text in texts if text.__class__ is str]
    short = [text.strip() for text in texts if len(text) < 12]
    years = any(text.isdecimal() and not _is_year(text) for text in short) if any(map(_is_year, short)) else True
    if not any(map(_EITHER.fullmatch, short)):
        return vi, years
    shown = [habit for habit, evidence in _EVIDENCE.items() if any(map(evidence.search, texts))]
    return (shown[0] if len(shown) == 1 else None), years


def _readings(texts: list, habits: list[bool], units: list[str], doubtful: dict[bool, tuple[bool | None, bool]]) -> dict[str, pd.Series]:
    """The columns of distinct cells, filled a run at a time so that few readings are held as objects."""
    columns = {name: np.empty(len(texts), dtype=float if name in _NUMERIC else object) for name in _COLUMNS}
    problems = columns["problem"]
    problems[:] = ""
    for start in range(0, len(texts), _RUN):
        run, rows = slice(start, start + _RUN), []
        for text, vi, unit in zip(texts[run], habits[run], units[run], strict=True):
            try:
                rows.append(_cell(text, vi, unit, *doubtful[vi]))
            except _Doubt as doubt:
                problems[start + len(rows)] = str(doubt)
                rows.append(_NOTHING)
        for name, column in zip(_COLUMNS, zip(*rows, strict=True), strict=False):
            columns[name][run] = np.fromiter(column, dtype=columns[name].dtype, count=len(rows))
    return {name: pd.Series(column, dtype="float64" if name in _NUMERIC else "str") for name, column in columns.items()}


def _cell(text: object, vi: bool, unit: str, habit: bool | None, years: bool) -> _Reading:
    """One cell's reading."""
    if text.__class__ is not str:
        text, vi, habit, years = _number_cell(text), False, False, True
    if habit is not vi and _EITHER.fullmatch(text):
        if habit is None:
            raise _Doubt("thousands or decimals? no other cell of the column shows the habit")
        vi = habit
    if not (years or unit) and _is_year(text.strip()):
        raise _Doubt("a year, or a number without its unit")
    return _read(text, vi, unit)


def _number_cell(value: object) -> str:
    """A cell that is a number already, as text; an empty cell as ""."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise _Doubt("not a text")
    text = repr(float(value)).removesuffix(".0")
    return text + "00" if text[-4:-3] == "." else text  # three decimals would look like a group of thousands


# ---------------------------------------------------------------------------------------------------------------------------------------
# Double entry.


def agrees(figure: Figure, value: float, value_high: float | None, unit: str, qualifier: str) -> str:
    """"" where a figure says what a person recorded (in the raw `unit` of data/raw), else the words of what disagrees.

    >>> agrees(parse_figure("trên 66 triệu đồng/năm"), 66, None, "million VND/person/year", "gt")
    ''
    >>> agrees(parse_figure("trên 66 tỷ đồng"), 66, None, "million VND/person/year", "gt")
    'the text says 6.6e+10, the record 6.6e+07'
    """
    known = UNITS[unit]
    for printed, recorded in ((figure.value, value), (figure.high if figure.qualifier == "range" else None, value_high)):
        recorded = None if recorded is None or recorded != recorded else recorded * known.scale
        if (printed is None) != (recorded is None):
            return "one end of a range is missing"
        if printed is not None and not math.isclose(printed, recorded, rel_tol=1e-9):
            return f"the text says {printed:.6g}, the record {recorded:.6g}"
    if figure.qualifier != qualifier:
        return f"the text says {figure.qualifier}, the record {qualifier}"
    return "" if _units_agree(figure.unit, unit, known.base) else f"the text says {figure.unit}, the record {unit}"


def _units_agree(printed: str, recorded: str, base: str) -> bool:
    """Whether the printed words leave the recorded unit open: they may say less, and visitors are people."""
    name, *per = printed.split("/")
    recorded_per = recorded.split("/")[1:]
    allowed = set(recorded_per) | ({"commune"} if base == "criteria" else set())
    if "month" not in recorded_per:
        allowed.add("year")
    return (name in ("", base) or (name, base) == ("persons", "visits")) and set(per) <= allowed
