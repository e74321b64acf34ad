"""What recognises an indicator of the record and a unit in the labels of an office's table.

A label is read by the words of `recognise.csv`: each phrase says one or more things ("TNBQ": income,
average), and each rule of an indicator names what must be said and what may be. A word that is in no phrase,
or that no rule has a place for, leaves the label unrecognised: "Thu nhập bình quân lao động" is no income per
person. A word that changes what is counted has a rule with its definition. Headings that order a table by
subject have their words there too."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from baoyen_analysis import paths, vocabulary
from baoyen_analysis.intake.headwords import remembered, take_apart
from baoyen_analysis.printed.text import fold, is_syllable, unmarked


class Named(NamedTuple):
    """What a label names: an indicator of the record ("" where none), what exactly is counted where it says
    so, and the level of area that its words speak of ("toàn huyện")."""

    indicator: str = ""
    definition: str = ""
    level: str = ""


class _Rule(NamedTuple):
    indicator: str
    needs: frozenset[str]
    may: frozenset[str]
    definition: str


_Lexicon = dict[tuple[str, ...], tuple[str, ...]]
_ROWS = paths.rows_beside(__file__, "recognise.csv")
_TOKEN = re.compile(r"\d+|(?:[^\W\d_]|[\u0300-\u036f])+|[^\s.\"'“”]")
_AS = {"01": "1", fold("một"): "1", fold("trên"): "/"}
_MARKS = str.maketrans(dict.fromkeys("&+", " và ") | dict.fromkeys("-;:()[]", ","))
_ORDINAL = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-Za-z])[.)]?\s+(?=\D)")
MARK = re.compile(r"\(?(?:(?<=\()(\d)(?=\))|(\*+))\)?$")  # of a footnote, at the end of a head or a name
_NUMBERED = re.compile(r"(?i)^(?:biểu|bảng|phụ lục)(?: số)?\s*[\d.]+[.:]?\s*")
_BREAKDOWN = re.compile(
    r"(?i)\s+(?:của )?(?:(?:phân|chia) )*(?:theo|các)"
    r"(?:\s*(?:\b(?:đơn vị hành chính|đơn vị|địa phương|cấp|tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn"
    r"|năm|quý|tháng|và)\b|[,/]))+$"
)
_PART = re.compile(
    r"(?i)^(?:(?:trong đó|tr\.\s?đó)\b\s*+[:,-]?\s*+|[-+*•–—]\s*+)+|\s*+[,:;(]?\s*+trong đó\s*[:)]?$"
)
_IN_LABEL = re.compile(r"\(([^()]*)\)|-\s*(%)\s*$|,\s*([^,()]+)$")


def _tokens(text: str) -> list[str]:
    return [_AS.get(token, token) for token in _TOKEN.findall(fold(text).translate(_MARKS))]


def _phrases(what: str) -> _Lexicon:
    """The phrases of one kind of rows, cut into tokens, with what each says."""
    return {
        tuple(_tokens(phrase)): tuple(row["key"].split())
        for row in _ROWS
        if row["what"] == what
        for phrase in row["words"].split("|")
    }


_WORDS, _HEADINGS = _phrases("word"), _phrases("heading")
_UNMARKED: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
for _phrase in _WORDS:
    _UNMARKED.setdefault(tuple(map(unmarked, _phrase)), []).append(_phrase)
_LONGEST = max(map(len, (*_WORDS, *_HEADINGS)))
RULES = [
    _Rule(row["key"], frozenset(row["words"].split()), frozenset(row["may"].split()), row["definition"])
    for row in _ROWS
    if row["what"] == "rule"
]
_UNDER = {row["key"]: row["words"].split("|") for row in _ROWS if row["what"] == "under"}
_LETTER, _LINE, PART, PRICES = (
    tuple(fold(word) for row in _ROWS if row["what"] == what for word in row["words"].split("|"))
    for what in ("letter", "line", "restricts", "prices")
)


def _units(*keys: str) -> str:
    return "|".join(
        re.escape(word) for row in _ROWS if row["key"] in keys for word in row["words"].split("|")
    )


_SCALE, _PER = rf"(?:(?:{_units('scale')})\s*)", r"(?:\s*/\s*\S.*)"
_UNIT, _UNIT_INSIDE = (
    re.compile(rf"(?i)(?!người\s*/\s*(?:năm|tháng)$){_SCALE}?(?:{_units(*things)}){_PER}?")
    for things in (("thing",), ("thing", "inside"))
)
# After a comma it has a scale or is per something: "Số hộ, khẩu" counts two things.
_UNIT_AFTER = re.compile(
    rf"(?i){_SCALE}(?:{_units('thing')}){_PER}?|tr\.?\s?(?:đồng|đ){_PER}?|(?:{_units('thing')}){_PER}|ha|tấn|%"
)


def is_name(label: str) -> bool:
    """Whether a label is, but for its unit, the whole name of an indicator."""
    return bool(_named(label).indicator or _named(without_unit(label)).indicator)


def recognise(label: str) -> Named:
    """The indicator of the record that a label names, with or without a number before it, a footnote's mark,
    its unit, kind and period, and by what a title breaks it down.

    >>> recognise("1.1. TNBQ đầu người toàn huyện (1)")
    Named(indicator='income_per_capita', definition='', level='district')
    >>> recognise("Doanh thu từ du lịch, dịch vụ năm 2023").definition
    'tourism and services'
    """
    for text in (label, take_apart(label).measure):
        bare = without_part(MARK.sub("", without_ordinal(_NUMBERED.sub("", text))).strip())
        for name in (
            text,
            without_unit(text),
            bare,
            without_unit(bare),
            _BREAKDOWN.sub("", without_unit(bare)),
        ):
            if (named := _named(name)).indicator:
                return named
    return Named()


def indicator_of(label: str) -> str:
    """The indicator that a label names; "" where none.

    >>> indicator_of("Biểu 5. DOANH THU TỪ DU LỊCH PHÂN THEO HUYỆN"), indicator_of("Doanh thu lưu trú")
    ('tourism_revenue', '')
    """
    return recognise(label).indicator


def _named(name: str) -> Named:
    known = _names(len(vocabulary.INDICATORS)).get(fold(name))
    return Named(known) if known else _by_rule(name)


@lru_cache(maxsize=4)
def _names(_count: int) -> dict[str, str]:
    """The names of the indicators, an office's own among them; made anew when their number changes."""
    return {
        fold(name): key
        for key, of in vocabulary.INDICATORS.items()
        for name in (key, of.vi, of.en, of.column)
        if name and not _by_rule(name).indicator
    }


@remembered
def _by_rule(name: str) -> Named:
    tokens = _tokens(name)
    said = _said(tokens, _WORDS) or _said(_respelt(tokens), _WORDS) or frozenset()
    fits = [rule for rule in RULES if rule.needs <= said <= rule.needs | rule.may | _LEVELS]
    level = [thing.removeprefix("here:") for thing in said & _LEVELS]
    fits = [rule for rule in fits if "here" in rule.may or not level]
    if not fits or len(level) > 1:
        return Named()
    best = max(fits, key=lambda rule: len(rule.needs))
    return Named(best.indicator, best.definition, "".join(level))


_LEVELS = frozenset(f"here:{level}" for level in vocabulary.LEVELS)


def _respelt(tokens: list[str]) -> list[str]:
    """The words of a label in the spelling of the known phrases, where its own has no diacritics at all ("Ty
    le ho ngheo") or is no syllable ("thu nhâp"), and one thing alone can be meant."""
    bare = all(map(str.isascii, tokens))
    respelt, start = list[str](), 0
    while start < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - start), 0, -1):
            own = tokens[start : start + length]
            alike = [
                phrase
                for phrase in _UNMARKED.get(tuple(map(unmarked, own)), ())
                if all(
                    token == word or bare or not is_syllable(token)
                    for token, word in zip(own, phrase, strict=True)
                )
            ]
            if alike and len({_WORDS[phrase] for phrase in alike}) == 1:
                own = [*alike[0]]
                break
        respelt += own
        start += len(own)
    return respelt


def _said(tokens: list[str], lexicon: _Lexicon) -> frozenset[str] | None:
    """What the phrases of a label say, the longer phrase first; None where a word is in none of them."""
    said: set[str] = set()
    start = 0
    while start < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - start), 0, -1):
            phrase = tuple(tokens[start : start + length])
            if phrase in lexicon:
                said.update(lexicon[phrase])
                break
        else:
            if tokens[start] != ",":
                return None
            length = 1
        start += length
    return frozenset(said)


def orders(heading: str, indicator: str) -> bool:
    """Whether a heading orders a table by subject and leaves a row of this indicator what it is: "II. Xã hội"
    over poverty, "Nông nghiệp" over the product value of a hectare, and not over the whole gross output.

    >>> orders("Thương mại - Du lịch", "tourist_visits"), orders("Khu vực nông thôn", "income_per_capita")
    (True, False)
    """
    said = _said(_tokens(without_ordinal(heading)), _HEADINGS)
    return said is not None and all(indicator in _UNDER[subject] for subject in said - {"general"})


def is_neutral(label: str) -> bool:
    """Whether a label names nothing: "Tổng số"."""
    said = _said(_tokens(label), _WORDS)
    return said is not None and said <= {"amount"}


def is_part(label: str) -> bool:
    """Whether a label begins as a part of what stands above it: "Trong đó: …", "- …"."""
    return bool(_PART.match(label))


def is_letter(text: str) -> bool:
    """Whether a text begins as a letterhead, a signature or a list of receivers does: it is none of a
    table."""
    return fold(text).startswith(_LETTER)


def says_nothing(line: str) -> bool:
    """Whether a line of a title says nothing of what is counted: who gives it, when, of which paper."""
    bare = take_apart(_NUMBERED.sub("", line.strip("() "))).measure
    return is_letter(line) or not bare or fold(line).startswith(_LINE)


def nearest(label: str, *, limit: int = 3) -> list[str]:
    """The indicators whose names are most like a label, the nearest first."""
    names = {key: fold(of.vi) for key, of in vocabulary.INDICATORS.items()}
    found = process.extract(fold(label), names, scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=50)
    return [key for *_, key in found]


def without_ordinal(label: str) -> str:
    """A heading without the number or letter before it: "II. Dịch vụ"."""
    return _ORDINAL.sub("", label)


def without_part(label: str) -> str:
    """A label without the sign or the words of a part before it: "Trong đó: Diện tích chè"."""
    return _PART.sub("", " ".join(label.split()))  # a run of blanks would be tried from each of its places


def without_unit(label: str) -> str:
    """A label without the unit it ends in."""
    unit = unit_of(label)
    return re.sub(rf"\({re.escape(unit)}\)|,\s*{re.escape(unit)}$", " ", label).strip() if unit else label


def unit_of(label: str) -> str:
    """The unit that a label ends in or consists of: "Diện tích (ha)", "Thu nhập, tr.đồng/người", "Nghìn
    người"."""
    inside = [
        bracketed or share or last
        for bracketed, share, last in _IN_LABEL.findall(label)
        if _UNIT_INSIDE.fullmatch((bracketed or share).split(" - ")[0].strip()) or _UNIT_AFTER.fullmatch(last)
    ]
    return inside[-1].strip() if inside else label if _UNIT.fullmatch(label) else ""
