"""What the head of a table, a label or a title says, taken apart: kind of figure, period, part of a year,
measure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from baoyen_analysis.printed.periods import (
    COMPARED,
    FOOTNOTE,
    FREE,
    GLUED,
    OTHER_TIME,
    WORDED,
    YEAR,
    bare,
    first_form,
    tidy,
    without_kinds,
)

# Offices, programmes and papers whose names hold such a word; prices of a base year, which are no period.
_NAME = re.compile(
    r"(?:tai chinh|tc) ?[-&] ?(?:ke hoach|kh)\b|(?:ke hoach|kh) ?(?:va|[-&]) ?(?:dau tu|dt|tai chinh|tc|cn)\b"
    r"|ke hoach hoa|muc tieu quoc gia|(?:thu nhap|gia|tang truong) thuc te"
    r"|(?:dau nguoi|nhan khau|lao dong|nguoi) ?(?:/ ?|mot |1 |trong 1 |moi )?thang\b"
    r"(?! (?:\d|dau|gieng|chap))"
    rf"|nq-hdnd|kh-ubnd|\(?gia (?:so sanh|co dinh)(?:(?: nam)? {YEAR})?\)?|(?:constant )?{YEAR} prices"
)
_DONE = re.compile(  # how a plan was carried out: results, no plan
    r"(?:tinh hinh|ket qua)? ?thuc hien (?:cac |mot so )?(?:chi tieu )?(?:chu yeu )?"
    r"(?:(?:ke hoach|kh|muc tieu|nghi quyet|nq)(?: |$))+"
)
_SET_BESIDE = re.compile(
    rf"\bso (?:với )?(?:kh|kế hoạch|nq|nghị quyết|th|dt|dự toán|ck|cùng kỳ|năm|{YEAR})\b"
)  # and not "số", a number
# The part of a year without its year; T1 and Q1 only where nothing stands beside them.
_PART = re.compile(
    FREE.format(f"(?:{'|'.join(part for part, _ in WORDED).replace('?P<p>', '')})(?![a-z])")
    + r"|^(?:t[ .]?(?:0?[1-9]|1[0-2])|q[ .]?(?:iv|i{1,3}|[1-4]))$"
)
# Words beside a period (\ue000) that make another one of it, also where a part (\ue001) and its year are not
# of each other: "Cuối năm 2022", "2022TI", "9 tháng cuối năm 2022"; W05 and HK1 are parts that are not known.
_TURNED = re.compile(
    r"(?:\b(?:tu|den|toi|sau|truoc|tren|duoi|ke tu|het|cuoi|dau|giua|since|until|after|before|to|by|from"
    r"|through|as of|end|ended|ending|early|mid|late|beginning|start|financial|fiscal|school|half)"
    r"(?: het| cuoi| dau| of)?(?: nam)?|\b(?:le|tet|dip|ram|mong|lan|dot|vu|ky|tuan|phien)"
    r"|(?<!bieu )(?<!bang )(?<!muc )(?<!so )\b(?:hai|ba|bon|nam|\d\d?(?:st|nd|rd|th)?))\s*\ue000"
    r"|\b(?:rolling|trailing|ttm|ltm|hy\d?|lunar|noel|christmas|xmas|easter|weekends?|holidays?|opening"
    r"|closing|yearend|eoy|eop|harvest|decade|trung thu|thanh minh|chiem xuan|ky goc|nam goc"
    r"|thap nien|the ky|vai thang"
    r"|(?:quy|thang) con lai|(?:truoc|sau|before|after|pre|post) (?:dich|covid))\b"
    r"|\b(?:crop|marketing|budget|academic|tax|accounting|nhieu)\s*\ue000|[~<>≥≤≈]\s*\ue000"
    r"|\ue000\s*(?:[?+]|[-–]\s*$|\(?[pfre]\)?\s*$)"
    r"|\ue000(?:[a-z][a-z]|[a-gi-su-z])|\b(?!m[23]\b)[a-z]\d\d?\b"
    r"|\ue000(?=[^\ue000\ue001]*\ue001)(?![\s(),/.:\-]*(?:cua|of|nam|trong|the)?[\s(),/.:\-]*\ue001)"
    r"|\ue001(?=[^\ue000\ue001]*\ue000)(?![\s(),/.:\-]*(?:cua|of|nam|trong|the)?[\s(),/.:\-]*\ue000)"
)


# A million cells say few things; a number in one is another text than the same digits.
remembered = lru_cache(maxsize=20_000, typed=True)


@dataclass(frozen=True, slots=True)
class Said:
    """What a head, a label or a title says: the kind of its figures ("unclear" where it names two), the words
    of its period, those of a part of a year that stand without their year ("Quý I", "Cùng kỳ năm trước"), the
    rest, which is the measure, and whether its figures are `compared` with others: a growth, a difference, a
    share of the plan."""

    kind: str = ""
    period: str = ""
    part: str = ""
    measure: str = ""
    compared: bool = False

    @property
    def names_time(self) -> bool:
        return bool(self.period or self.part)


@remembered
def take_apart(text: str) -> Said:
    """What a text says of kind, period and measure; a period it does not name clearly is given whole, so that
    `parse_period` refuses it.

    >>> take_apart("Ước TH 9 tháng đầu năm 2024")
    Said(kind='estimate', period='9 tháng đầu năm 2024', part='', measure='', compared=False)
    >>> take_apart("Diện tích quý I (ha)")
    Said(kind='', period='', part='quý I', measure='Diện tích (ha)', compared=False)
    """
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    words = _NAME.sub(lambda m: "_" * len(m[0]), bare(shown))
    compared = bool(COMPARED.search(words) or _SET_BESIDE.search(shown.lower()))
    kinds, words = without_kinds(_DONE.sub(lambda m: "thuc hien".ljust(len(m[0])), words))
    kind = "".join(kinds) if len(kinds) < 2 else "unclear"
    words = FOOTNOTE.sub(lambda m: " " * len(m[0]), words)
    period, words = _mark(first_form(words), words, "\ue000", shown)
    part, words = _mark(_PART.search(words), words, "\ue001", shown)
    rest = re.sub("[\ue000\ue001]", " ", words)
    if period and kinds and rest.strip(" -/().:") == bare(period).removeprefix("nam "):
        rest = ""  # the same year in two languages: "Sơ bộ 2022 Prel. 2022"
    left = "".join(" " if kept == " " else letter for letter, kept in zip(shown, rest, strict=False))
    measure = shown if compared else tidy(left)
    if measure and re.match("(?i)trong năm", part or period):
        measure += " trong năm"  # of a stock, what the year adds
    if not period and rest.strip(" ()-:") == "nam" and "năm" in shown.lower():  # and not "nam", male
        return Said(kind, part="cả năm")
    if GLUED.search(shown):
        return Said(kind, part=shown)
    other = (OTHER_TIME.search(tidy(rest)) and not compared) or (period and _TURNED.search(words))
    if other or re.search(rf"(?<!\d){YEAR}(?!\d|/[a-z])", rest):
        # A second year, or one in a form that is not known ("1-9/2024").
        period, part = (shown, "") if period else ("", shown)
    elif period:
        period, part = f"{part} {period}".strip(), ""
    return Said(kind, period, part, measure, compared)


def _mark(found: re.Match | None, words: str, mark: str, shown: str) -> tuple[str, str]:
    """What was found, as it is shown, and the words with a mark in its place, letter for letter."""
    if not found:
        return "", words
    start, end = found.span()
    return tidy(shown[start:end]), words[:start] + mark * (end - start) + words[end:]
