"""What a number of an office's table is a figure of: indicator, definition, area, period, kind and unit; or
the reason why that can't be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import process

from baoyen_analysis import places, vocabulary
from baoyen_analysis.intake.heads import is_area, said_of
from baoyen_analysis.intake.headwords import take_apart
from baoyen_analysis.intake.recognise import (
    MARK,
    Named,
    is_neutral,
    orders,
    recognise,
    without_ordinal,
    without_part,
    without_unit,
)
from baoyen_analysis.printed import figures
from baoyen_analysis.printed.periods import UnreadablePeriod, parse_period
from baoyen_analysis.printed.text import fold, plain


class Defaults(NamedTuple):
    """What holds for the rows of a file that do not say it themselves; "" where the file must say. `kind`
    answers, too, a note that leaves the kind of figures open. `names`: indicators that the caller gives to
    labels, folded; `keep_unknown`: rows that name no known indicator are kept under their own labels; `kept`:
    those of these labels, folded, are."""

    area: str = ""
    level: str = ""
    indicator: str = ""
    kind: str = ""
    definition: str = ""
    names: Mapping[str, str] = {}
    keep_unknown: bool = False
    kept: frozenset[str] = frozenset()


class Refused(Exception):
    """Why a number is not taken: the key of the reason, and what its words need."""

    def __init__(self, reason: str, **parts: object) -> None:
        super().__init__(reason)
        self.reason, self.parts = reason, parts


class Kept(NamedTuple):
    """An indicator of the office's own: its unit in the record and in Vietnamese, its label; whether higher
    is better is not known."""

    indicator: str
    unit: str
    unit_vi: str
    vi: str
    en: str
    direction: str = "0"


_LEVELS = {
    fold(word): level
    for words in (places.LEVEL_WORDS, {level: level for level in vocabulary.LEVELS})
    for word, level in words.items()
}
_LEVEL_NAMES = sorted({*places.LEVEL_WORDS, *vocabulary.LEVELS}, key=len, reverse=True)
_LEVEL_WORD = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, _LEVEL_NAMES))})\b|\s+")
_LEVEL_FIRST = re.compile(rf"(?i)(?:{'|'.join(map(re.escape, _LEVEL_NAMES))})[.\s]")
_LEVEL_ORDER = list(vocabulary.LEVELS)
_WHOLE = re.compile(r"(?i)(?:toàn|cả|chung(?: toàn)?|tổng(?: số| cộng)? toàn)\s+(huyện|tỉnh|xã)")
_LOWERED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_SCALE = re.compile(r"(?i)^(?:1[.,]?000|nghìn|ngàn|triệu|tỷ|tỉ|trăm)\s*")
# What a unit tells of an indicator whose label leaves it open.
_BY_UNIT = {
    ("grdp_per_capita", "USD"): "grdp_per_capita_usd",
    ("income_per_capita", "month"): "income_per_capita_monthly",
}


class Row:
    """One number with the words around it, and what they say it is. `parent`: the row that it is a part
    of."""

    def __init__(self, cell: Any, defaults: Defaults, communes: places.Communes, parent: str = "") -> None:
        self.cell, self.defaults, self.communes, self.parent = cell, defaults, communes, parent
        levels = self._levels()
        if len(set(levels.values())) == 1:  # the file's word comes before the caller's
            self.defaults = defaults._replace(level=next(iter(levels.values())))
        names = cell.indicator_text if cell.indicator_text != cell.title else ""
        self.pieces = [text for text in names.split(" | ") if text and text not in levels]
        self.headings = [text for text in map(without_ordinal, cell.group_text.split(" | ")) if _names(text)]

    def _levels(self) -> dict[str, str]:
        """The cells of the row that say the level of its area and nothing else ("commune", "xã", "cấp xã").
        As a unit "xã" counts communes and is no level."""
        words = [text for text in self.cell.row_text.split(" | ") if text != self.cell.unit_text]
        named = {text: fold(text).removeprefix(fold("cấp ") + " ") for text in words if self.cell.area_text}
        return {text: _LEVELS[word] for text, word in named.items() if word in _LEVELS}

    @property
    def label(self) -> str:
        """What the row is called: the headings and the row it stands under, its own words and its column's;
        without numbers, units, periods and kinds."""
        over = [self.parent] if self.parent else [text for text in self.headings if not orders(text, "")]
        return ": ".join(dict.fromkeys(filter(None, map(clean_label, [*over, *self.pieces]))))

    def indicator(self) -> Named:
        """The indicator that the row and its column name; where they name none the headings, the title, or
        the one given for the whole file. A row that names something else is not taken, nor one under a
        heading that may restrict it ("Khu vực nông thôn")."""
        if self.label and (given := self.defaults.names.get(fold(self.label))):
            return Named(given)
        if not self.pieces and not self.headings:
            named = self._recognised(self.cell.title)
            if not named.indicator and not self.defaults.indicator:
                raise Refused("title", label=self.cell.title)
            return named if named.indicator else Named(self.defaults.indicator)
        own = [found for text in self.pieces if (found := self._recognised(text)).indicator]
        over = [found for text in self.headings if (found := self._recognised(text)).indicator]
        if known := own or ([] if self.pieces else over):
            indicator = known[0].indicator
            self._check_restricted(indicator)
            alike = [found for found in (*known, *over) if found.indicator == indicator]
            counted = sorted({found.definition for found in alike} - {""})
            levels = sorted({found.level for found in alike} - {""})
            return Named(indicator, "; ".join(counted), "".join(levels))
        above = [self.parent] if self.parent else self.headings
        for outer in range(len(above)):
            words = [without_part(text) for text in (*above[outer:], *self.pieces)]
            for text in (" ".join(words), " ".join(words[::-1])):
                found = self._recognised(text)
                if found.indicator and all(orders(over, found.indicator) for over in above[:outer]):
                    return found
        raise Refused("indicator", label=self.label)

    def _recognised(self, text: str) -> Named:
        """What a label names, with or without the name of the file's area in it, by the word of its level."""
        named = recognise(text)
        if not named.indicator and self.defaults.area and not self.cell.area_text:
            words = [word for word, level in places.LEVEL_WORDS.items() if level == self.defaults.level]
            area = rf"\s(?:(?:{'|'.join(words)})\s)?{re.escape(fold(self.defaults.area))}\b"
            named = recognise(re.sub(area, "", fold(text)))
        return named

    def _check_restricted(self, indicator: str) -> None:
        """A heading or a piece of a name beside the indicator's must order by subject, say nothing, or name
        the same thing with it ("Cây quế" over "Diện tích quế")."""
        for text in (*self.headings, *self.pieces):
            other = self._recognised(text).indicator
            if other == indicator or (not other and (orders(text, indicator) or is_neutral(text))):
                continue
            together = {
                self._recognised(f"{text} {piece}").indicator for piece in self.pieces if piece != text
            }
            if other or together != {indicator}:
                raise Refused("heading", heading=text, label=self.label)

    def area(self) -> places.Area:
        """The area that the row names, "Toàn huyện" as the district of the file; else the one given. A level
        that is given tells areas of one name apart and keeps no row out."""
        name = _without_translation(self.cell.area_text)
        whole = _WHOLE.fullmatch(name)
        if whole or not name:
            area = self._given_area()
            if whole and area.level != _LEVELS[fold(whole[1])]:
                raise Refused("area_whole", name=name, area=area.name, level=area.level)
            return area
        for level in (self.defaults.level, ""):
            with suppress(places.UnknownArea):
                area = places.find_area(name, level or None, communes=self.communes)
                # A name without its level, where communes are listed, is no district's.
                if _LEVEL_ORDER.index(area.level) >= _LEVEL_ORDER.index(
                    level or self.defaults.level or "country"
                ):
                    return area
                if _LEVEL_FIRST.match(name):
                    return area
        names = {area.name: fold(area.name) for area in places.known_areas(self.communes)}
        bare = fold(_LEVEL_WORD.sub(" ", name)).strip()
        if bare in names.values():
            raise Refused("area_several", name=name)
        near = [other for *_, other in process.extract(bare, names, limit=3, score_cutoff=75)]
        raise Refused("area_unknown", name=name, near=", ".join(near))

    def _given_area(self) -> places.Area:
        if not self.defaults.area:
            raise Refused("area_none")
        if other := _area_over(
            (self.cell.sheet, self.cell.title, self.cell.group_text), self.defaults, self.communes
        ):
            raise Refused("area_over", named=other)
        return places.find_area(self.defaults.area, self.defaults.level or None, communes=self.communes)

    def kind(self) -> str:
        """The kind that the words around the number say. What a note leaves open the caller may have told."""
        kind = self.cell.kind
        if kind == "comparison":
            raise Refused("comparison", column=self.cell.column_text or self.cell.row_text)
        if kind != "unclear":
            return kind or self.defaults.kind or "actual"
        own = {take_apart(text).kind for text in (*self.cell.column_text.split(" | "), *self.pieces)} - {""}
        note = opening_note(self.cell.note)
        if not note or "unclear" in own or len(own) > 1:
            raise Refused("kind_open", column=self.cell.column_text)
        if not self.defaults.kind:
            raise Refused("kind_noted", note=note, column=self.cell.column_text)
        return self.defaults.kind

    def period(self) -> str:
        """The period in the record's notation: 2022, 2022-9M, 2025Q1, 2020-2025. A day, a school year, an
        average and a comparison are none."""
        cell = self.cell
        averaged = plain(cell.period_text).startswith("binh quan")
        span = pd.notna(cell.year_end)
        if pd.isna(cell.year) or "-" in cell.part or averaged or (span and cell.year_end <= cell.year + 1):
            raise Refused("period", period=cell.period_text)
        if span:
            return f"{cell.year}-{cell.year_end}"
        part = f"-{cell.part}" if cell.part.endswith("M") else cell.part
        return f"{cell.year}{part}"

    def figure(self, own: dict[str, Kept]) -> dict[str, str]:
        """The number as a row of data/raw; `Refused` where a part of it is not known. An indicator of the
        office's own is put into `own`."""
        cell = self.cell
        if cell.missing:
            raise Refused("blank")
        kind, period, area = self.kind(), self.period(), self.area()
        try:
            named = self.indicator()
        except Refused as refusal:
            keep = self.defaults.keep_unknown or fold(self.label) in self.defaults.kept
            if refusal.reason not in ("indicator", "heading") or not keep:
                raise
            named = self._kept(own)
        if named.level and named.level != area.level:
            raise Refused("level", label=self.label, area=area.name, level=area.level)
        indicator = _by_unit(named.indicator, cell.unit)
        wanted = own[indicator].unit if indicator in own else vocabulary.INDICATORS[indicator].unit
        scale = vocabulary.unit(wanted).scale
        high = cell.high if cell.qualifier == "range" else np.nan
        self._check_unit(indicator, wanted, high)
        _check_standing(area, period, kind, self.communes)
        return {
            "area": area.name,
            "area_level": area.level,
            "indicator": indicator,
            "period": period,
            "kind": kind,
            "value_text": cell.value_text,
            "unit_text": cell.unit_text,
            "locale": _habit(cell),
            "value": _digits(cell.value / scale),
            "value_high": "" if np.isnan(high) else _digits(high / scale),
            "unit": wanted,
            "qualifier": cell.qualifier,
            "definition": named.definition or self.defaults.definition,
        }

    def _kept(self, own: dict[str, Kept]) -> Named:
        """The office's own indicator of this label; one is made where there is none yet."""
        if is_neutral(self.label) or " " not in self.label:
            raise Refused("label", label=self.label or self.cell.title)
        if not self.cell.unit:
            raise Refused("no_unit", indicator=self.label)
        key = re.sub(r"[^a-z0-9]+", "_", plain(self.label)).strip("_")
        labels = {one: of.vi for one, of in vocabulary.INDICATORS.items()} | {
            one: of.vi for one, of in own.items()
        }
        while fold(labels.get(key, self.label)) != fold(self.label):
            key += "_2"  # another label that differs in its accents alone: bò, bơ
        if key not in vocabulary.INDICATORS:
            unit = record_unit(self.cell.unit)
            own.setdefault(key, Kept(key, unit, _unit_vi(self.cell.unit_text, unit), self.label, self.label))
        return Named(key)

    def _check_unit(self, indicator: str, wanted: str, high: float) -> None:
        """The printed unit must be the indicator's, but for its scale."""
        cell, scale = self.cell, vocabulary.unit(wanted).scale
        printed = figures.Figure(cell.value, cell.low, cell.high, cell.unit, cell.qualifier, np.nan, "")
        if not cell.unit:
            raise Refused("no_unit", indicator=indicator)
        if wanted in vocabulary.UNITS:
            wrong = bool(figures.agrees(printed, cell.value / scale, high / scale, wanted, cell.qualifier))
        else:
            wrong = record_unit(cell.unit) != wanted
        if wrong:
            raise Refused("unit", indicator=indicator, unit=cell.unit_text, wanted=wanted)


def _check_standing(area: places.Area, text: str, kind: str, communes: places.Communes) -> None:
    """Refused where the area was not there in the period, by the rule that keeps such a figure from
    speaking in the record."""
    try:
        period = parse_period(text)
    except UnreadablePeriod as error:
        raise Refused("period", period=text) from error
    units = [unit for unit in places.known_areas(communes) if unit[:2] == area[:2]]
    outcome = kind in vocabulary.OUTCOMES and period.year_end is None
    if (found := places.standing(units, period.end, outcome=outcome)).reason:
        raise Refused(found.reason, area=area.name, level=area.level, period=text, day=found.day)


def _area_over(words: tuple[str, ...], defaults: Defaults, communes: places.Communes) -> str:
    """The area that the words over a row name where it is not the one given for the whole file: an area that
    this is a part of may stand beside it ("huyện Bảo Yên, tỉnh Lào Cai")."""
    given = places.find_area(defaults.area, defaults.level or None, communes=communes)[:2]
    larger = list(vocabulary.LEVELS)[: list(vocabulary.LEVELS).index(given[1])]
    named = [areas for text in words for areas in places.areas_in(text, communes=communes)]
    others = [areas for areas in named if given not in [area[:2] for area in areas]]
    if len(others) < len(named):
        others = [areas for areas in others if not any(area.level in larger for area in areas)]
    return " and ".join(f"{areas[0].name} ({areas[0].level})" for areas in others)


def _without_translation(name: str) -> str:
    """A name without its English after a dash: "Huyện Bảo Yên - Bao Yen district"."""
    first, _, second = name.partition(" - ")
    same = second and plain(_LEVEL_WORD.sub("", first)) == plain(_LEVEL_WORD.sub("", second))
    return first if same else name


def _names(heading: str) -> bool:
    """Whether a heading says more than an area, a kind or a period."""
    return bool(heading) and not is_area(heading) and bool(said_of(heading).measure)


def clean_label(text: str) -> str:
    """A label without the number before it, a footnote's mark, its unit, kind and period.

    >>> clean_label("1.1. Trong đó: Sản lượng thóc năm 2023 (tấn)")
    'Sản lượng thóc'
    """
    bare = without_part(MARK.sub("", without_ordinal(text)).strip())
    return without_unit(take_apart(bare).measure or bare).strip(" :;,-–")


def marked_note(text: str, notes: str) -> str:
    """What the notes to a table say of a number with a mark: "1.520¹" above "(1) tính cả khách đến đền".

    >>> marked_note("1.520¹", "Ghi chú: (1) tính cả khách đến đền. (2) ước tính.")
    'tính cả khách đến đền.'
    """
    found = re.search(r"(?:\((\d|\*+)\)|(\*+)|(?<=\d)([¹²³⁴⁵⁶⁷⁸⁹]))$", text.strip())
    mark = "".join(filter(None, found.groups())).translate(_LOWERED) if found else ""
    said = (
        re.search(rf"\(?{re.escape(mark)}\)[.:]?\s*((?:(?!\(?(?:\d|\*+)\)|Nơi nhận).)+)", notes)
        if mark
        else None
    )
    return said[1].strip() if said else ""


@lru_cache(maxsize=1000)
def opening_note(note: str) -> str:
    """The part of the notes to a table that speaks of the kind or the time of its figures; "" where none
    does."""
    clauses = re.split(r"(?<=[.;])\s+|\s+(?=(?:Ghi chú|Chú thích|Nơi nhận)\b)", note)
    said = [clause for clause in clauses if (read := take_apart(clause)).kind or read.names_time]
    return re.sub(r"(?i)^(?:ghi chú|chú thích)\s*:\s*", "", " ".join(said))


def record_unit(unit: str) -> str:
    """The unit of the record that a printed one is kept in.

    >>> record_unit("VND"), record_unit("VND/person"), record_unit("%"), record_unit("con")
    ('billion VND', 'million VND/person', 'percent', 'con')
    """
    name, *per = unit.split("/")
    if name == "VND":
        return "/".join(["million VND", *per]) if per else "billion VND"
    known = {of.base: key for key, of in vocabulary.UNITS.items() if of.scale == 1 and "/" not in key}
    return unit if per else known.get(unit, unit)


def _unit_vi(printed: str, unit: str) -> str:
    """How a unit is called in Vietnamese: as it is printed, but for the record's scale."""
    if unit in vocabulary.UNITS:
        return vocabulary.UNITS[unit].vi
    bare = _SCALE.sub("", printed).lower()
    return "triệu đồng/" + bare.partition("/")[2] if unit.startswith("million VND") else bare


def _by_unit(indicator: str, unit: str) -> str:
    return next(
        (_BY_UNIT[indicator, part] for part in unit.split("/") if (indicator, part) in _BY_UNIT), indicator
    )


def _habit(cell: Any) -> str:
    """The number habit under which the record's parser comes to the same value: Excel stores 66.5, a
    Vietnamese text 66,5."""
    for locale in ("vi", "en"):
        try:
            read = figures.parse_figure(cell.value_text, locale=locale, unit_text=cell.unit_text)
        except figures.UnreadableFigure:
            continue
        if read.value == cell.value:
            return locale
    raise Refused("words", text=cell.value_text)


def _digits(value: float) -> str:
    return f"{value:.12g}"
