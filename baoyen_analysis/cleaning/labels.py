"""What the words around an office's numbers say: whether a text is a figure, an area, a unit, the head of a column, a period."""

from __future__ import annotations

import re
from functools import lru_cache

from baoyen_analysis.cleaning.periods import Period, UnreadablePeriod, parse_period
from baoyen_analysis.cleaning.places import AREAS, OTHER_NAMES
from baoyen_analysis.cleaning.text import fold

# What the head of a column says about it.
ROLES = {
    "ordinal": "stt|tt|số tt|no|no.|#|mã|mã số|code",
    "area": "area|areas|khu vực|địa phương|tỉnh|huyện|xã|tỉnh/thành phố|huyện/thị xã|xã/phường|xã, thị trấn|tên xã|tên huyện|vùng"
    "|đơn vị hành chính|province|provinces|district|commune|region|cities, provincies|cities, provinces",
    "period": "year|năm|period|kỳ|thời kỳ|thời gian|thời điểm",
    "unit": "unit|units|unit_text|đơn vị tính|đvt|đơn vị",
    "indicator": "indicator|indicators|chỉ tiêu|item|items|nội dung|khoản mục",
    "value": "value|value_text|giá trị|số liệu|figure",
}
ROLE_OF = {fold(word): role for role, words in ROLES.items() for word in words.split("|")}
_AREA_NAMES = {fold(name) for name in (*(area.name for area in AREAS), *OTHER_NAMES)}
_AREA_WORD = re.compile(r"(?i)(xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|tp\.?)\s|whole country$")
_MISSING = re.compile(r"\.\.+|…|-+|–|—")
NUMBER = re.compile(r"\(?\s*[<>≥≤~≈]*\s*[-−–+]?\s*\d[\d.,\s]*\)?\s*[%‰]?\s*(\(\d+\)|\*+)?")
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,])")
BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
# The head of a column that begins with its year, and the measure after it: "Sơ bộ 2022", "2018 (*)", "2010 Salary & wage", "2013T".
_YEAR_FIRST = re.compile(
    r"(?i)((?:(?:sơ bộ|ước tính|ước|thực hiện|năm|prel?\.?|est\.?|year)[\s\-–]*)*(?:19|20)\d\d(?:\s*\(\*+\)|\*+)?)"
    r"((?:\s+(?![-–/]\s*\d)|(?=[^\W\d])|$).*)"
)
PART_OF_YEAR = re.compile(r"(?i)(quý|tháng|q[1-4]$|\d{1,2} tháng)")
UNIT_LINE = re.compile(r"(?i)\(?\s*(?:đơn vị tính|đơn vị|đvt|unit)\s*[:：]\s*(.+?)\s*\)?$")
_UNIT = re.compile(
    r"(?i)((1[.,]?000|nghìn|ngàn|triệu|tỷ|tỉ|trăm|mill?\.?|bill?\.?|thous?\.?|million|billion|thousand)\s*)?"
    r"(đồng|đ|vnđ|vnd|usd|dongs?|người|persons?|lượt|khách|lượt khách|lượt người|visits?|visitors|ha|héc ta|km2|km²|m2|m²|m3|tấn|tons?"
    r"|tonnes?|tạ|kg|hộ|xã|con|%|‰|lần)(\s*/\s*\S.*)?"
)
_IN_LABEL = re.compile(r"\(([^()]*)\)|-\s*(%)\s*$")


def period_of(text: str) -> Period | None:
    """The period that a text names as a whole."""
    try:
        return parse_period(text)
    except UnreadablePeriod:
        return None


def is_figure(text: str) -> bool:
    """Whether a cell is a number or a mark for a missing one."""
    return bool(NUMBER.fullmatch(text) or _MISSING.fullmatch(text))


@lru_cache(maxsize=10_000)
def head_period(text: str) -> tuple[str, str] | None:
    """The period in the head of a column and the words beside it; None where there is none."""
    years = YEAR.findall(text)
    if years and (found := _YEAR_FIRST.fullmatch(text)):
        return found[1].strip(), found[2].strip()
    if years and period_of(text):
        return text, ""
    return (years[0], " ".join(text.replace(years[0], " ").split())) if len(years) == 1 else None


def is_area(text: str) -> bool:
    """Whether a text is a known area or begins as the name of one."""
    return bool(_AREA_WORD.match(text)) or fold(text) in _AREA_NAMES


def unit_of(label: str) -> str:
    """The unit that a label ends in or consists of: "Diện tích (ha)", "Nghìn người"."""
    inside = [first or last for first, last in _IN_LABEL.findall(label) if _UNIT.fullmatch((first or last).strip())]
    return inside[-1].strip() if inside else label if _UNIT.fullmatch(label) else ""
