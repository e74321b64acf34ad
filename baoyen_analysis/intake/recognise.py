"""What recognises an indicator of the record and a unit in the labels of an office's table."""

from __future__ import annotations

import re

from baoyen_analysis import vocabulary
from baoyen_analysis.intake.headwords import take_apart
from baoyen_analysis.printed.text import fold

_INDICATORS = {
    fold(name): key
    for key, of in vocabulary.INDICATORS.items()
    for name in (key, of.vi, of.en, of.column)
    if name
}
_INDICATORS |= {fold(name): key for name, key in vocabulary.OTHER_NAMES.items()}
_UNIT = re.compile(
    r"(?i)((1[.,]?000|nghìn|ngàn|triệu|tỷ|tỉ|trăm|mill?\.?|bill?\.?|thous?\.?|million|billion|thousand)\s*)?"
    r"(đồng|đ|trđ|tr\.?\s?đồng|tr\.đ|vnđ|vnd|usd|dongs?|người|persons?|lượt|khách|lượt khách|lượt người|visits?|visitors|ha|héc ta|km2|km²|m2|m²|m3|tấn|tons?"
    r"|tonnes?|tạ|kg|hộ|xã|con|%|‰|lần)(\s*/\s*\S.*)?"
)
_ORDINAL = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-Za-z])[.)]?\s+(?=\D)")
MARK = re.compile(r"\(?(?:(?<=\()(\d)(?=\))|(\*+))\)?$")  # of a footnote, at the end of a head or a name
_NUMBERED = re.compile(r"(?i)^(?:biểu|bảng|phụ lục)(?: số)?\s*[\d.]+[.:]?\s*")
_BREAKDOWN = re.compile(
    r"(?i)\s+(?:(?:phân|chia) )*theo"
    r"(?:\s*(?:\b(?:đơn vị hành chính|địa phương|tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn|năm|quý|tháng|và)\b|[,/]))+$"
)
_IN_LABEL = re.compile(r"\(([^()]*)\)|-\s*(%)\s*$")


def is_name(label: str) -> bool:
    """Whether a label is, but for its unit, the whole name of an indicator."""
    return fold(_without_unit(label)) in _INDICATORS


def indicator_of(label: str) -> str:
    """The indicator of the record that a label names, with or without a number before it, a footnote's mark,
    its unit, kind and period, and by what a title breaks it down; "" where none.

    >>> indicator_of("Biểu 5. DOANH THU TỪ DU LỊCH PHÂN THEO HUYỆN"), indicator_of("1.1. Thu nhập bình quân đầu người (1)")
    ('tourism_revenue', 'income_per_capita')
    """
    for text in (label, take_apart(label).measure):
        bare = _BREAKDOWN.sub("", MARK.sub("", without_ordinal(_NUMBERED.sub("", text))).strip())
        for name in (text, _without_unit(text), bare, _without_unit(bare)):
            if fold(name) in _INDICATORS:
                return _INDICATORS[fold(name)]
    return ""


def without_ordinal(label: str) -> str:
    """A heading without the number or letter before it: "II. Dịch vụ"."""
    return _ORDINAL.sub("", label)


def _without_unit(label: str) -> str:
    unit = unit_of(label)
    return label.replace(f"({unit})", " ").strip() if unit else label


def unit_of(label: str) -> str:
    """The unit that a label ends in or consists of: "Diện tích (ha)", "Nghìn người"."""
    inside = [
        first or last
        for first, last in _IN_LABEL.findall(label)
        if _UNIT.fullmatch((first or last).split(" - ")[0].strip())
    ]
    return inside[-1].strip() if inside else label if _UNIT.fullmatch(label) else ""
