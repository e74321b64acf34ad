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
    r"|ke hoach hoa|muc tieu quoc gia"
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
_PARTS_ALONE = [re.compile(FREE.format(f"(?:{part})(?![a-z])")) for part, _ in WORDED]
_PARTS_ALONE.append(
    re.compile(r"^(?:t[ .]?(?:0?[1-9]|1[0-2])|q[ .]?(?:iv|i{1,3}|[1-4]))$")
)  # T1 and Q1 only where nothing stands beside them
_BEFORE = re.compile(  # what turns the period that it stands before into another one
    r"\b(?:tu|den|toi|sau|truoc|tren|duoi|ke tu|het|cuoi|dau|giua|since|until|after|before|to|by|from"
    r"|through|as of|end|ended|ending|early|mid|late|beginning|start|financial|fiscal|school|half)"
    r"(?: het| cuoi| dau| of)?(?: nam)?$|\b(?:le|tet|dip|ram|mong|lan|dot|vu|ky|tuan|phien)$"
    r"|(?<!bieu )(?<!bang )(?<!muc )(?<!so )\b(?:hai|ba|bon|nam|\d\d?(?:st|nd|rd|th)?)$"
)
_BETWEEN = re.compile(
    r"[\s(),/.:\-]*(?:cua|of|nam|trong|the)?[\s(),/.:\-]*"
)  # a part and its year, where they are of each other


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


@lru_cache(maxsize=20_000)
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
    match = first_form(words)
    rest = _blank(words, match)
    parts = [found for form in _PARTS_ALONE if (found := form.search(rest))]
    part = parts[0] if parts else None
    rest = _blank(rest, part)
    if match and kinds and rest.strip(" -/().:") == match[0].removeprefix("nam "):
        rest = " " * len(rest)  # the same year in two languages: "Sơ bộ 2022 Prel. 2022"
    measure = (
        shown
        if compared
        else tidy("".join(letter if left != " " else " " for letter, left in zip(shown, rest, strict=True)))
    )
    if not match and rest.strip(" ()-:") == "nam" and "năm" in shown.lower():  # and not "nam", male
        return Said(kind, part="cả năm")
    if GLUED.search(shown):
        return Said(kind, part=shown)
    other = (OTHER_TIME.search(tidy(rest)) and not compared) or (
        match and _is_turned(words, match, part, rest)
    )
    if other or re.search(rf"(?<!\d){YEAR}(?!\d|/[a-z])", rest):
        # A second year, or one in a form that is not known ("1-9/2024").
        return Said(kind, shown if match else "", "" if match else shown, measure, compared)
    period, alone = (tidy(shown[found.start() : found.end()]) if found else "" for found in (match, part))
    if period:
        return Said(kind, f"{alone} {period}" if alone else period, "", measure, compared)
    return Said(kind, "", alone, measure, compared)


def _is_turned(words: str, match: re.Match, part: re.Match | None, rest: str) -> bool:
    """Whether the words beside a period make another one of it: "Cuối năm 2022", "2022TI", "9 tháng cuối
    năm 2022"."""
    after = words[match.end() : match.end() + 2]
    glued = after[:1].isalpha() and (after[1:].isalpha() or after[:1] not in "th")
    between = part and words[min(part.end(), match.end()) : max(part.start(), match.start())]
    apart = between is not None and not _BETWEEN.fullmatch(between)
    coded = re.search(r"\b(?!m[23]\b)[a-z]\d\d?\b", rest)  # W05, HK1: parts that are not known
    return bool(glued or apart or coded or _BEFORE.search(words[: match.start()].strip()))


def _blank(words: str, found: re.Match | None) -> str:
    return words[: found.start()] + " " * len(found[0]) + words[found.end() :] if found else words
