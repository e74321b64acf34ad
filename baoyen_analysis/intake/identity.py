"""What a number of an office's table is a figure of: indicator, definition, area, period, kind and unit; or
the reason why that can't be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import process

from baoyen_analysis import places, vocabulary
from baoyen_analysis.intake.heads import figure_of, is_area, period_of, said_of
from baoyen_analysis.intake.headwords import take_apart
from baoyen_analysis.intake.notes import opening_note, restriction
from baoyen_analysis.intake.recognise import (
    MARK,
    Named,
    is_neutral,
    orders,
    recognise,
    says_nothing,
    without_ordinal,
    without_part,
    without_unit,
)
from baoyen_analysis.printed.figures import agrees
from baoyen_analysis.printed.periods import Period, code
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
        self.reason, self.parts = reason, parts


class Kept(NamedTuple):
    """An indicator of the office's own: its label, its unit, in Vietnamese too; no direction is known."""

    indicator: str
    unit: str
    unit_vi: str
    vi: str
    en: str
    direction: str = "0"


Areas = tuple[places.Area, ...]
_ORDER = [*vocabulary.LEVELS]  # the larger areas first
_WORDS = places.LEVEL_WORDS | dict(zip(_ORDER, _ORDER, strict=True))
_LEVELS = {fold(of + word): level for word, level in _WORDS.items() for of in ("", "cấp ")}
_LEVEL = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_WHOLE = re.compile(r"(?i)(?:toàn|cả|chung(?: toàn)?|tổng(?: số| cộng)? toàn)\s+(huyện|tỉnh|xã)")
_LEVEL_AFTER = re.compile(rf"(?i)(.+) ({'|'.join(vocabulary.LEVELS)})")
_SCALE = re.compile(r"(?i)^(?:1[.,]?000|nghìn|ngàn|triệu|tỷ|tỉ|trăm)\s*")
_AVERAGE = re.compile(r"\b(?:binh quan|bq|trung binh|tb|average|mean)\b")
# What a unit tells of an indicator whose label leaves it open.
_BY_UNIT = {
    ("grdp_per_capita", "USD"): "grdp_per_capita_usd",
    ("income_per_capita", "month"): "income_per_capita_monthly",
}


class Row:
    """One number with the words around it, and what they say it is. `parent`: the row that it is a part
    of."""

    def __init__(self, cell: Any, defaults: Defaults, areas: Areas, parent: str = "") -> None:
        self.cell, self.areas, self.parent, self.area_text = cell, areas, parent, cell.area_text
        names = cell.indicator_text if cell.indicator_text != cell.title else ""
        own, in_row = ([*filter(None, text.split(" | "))] for text in (names, cell.row_text))
        # Under the heading of an indicator an area may stand as a label: one of the record with the word of
        # its level, or the whole of the file's.
        labels = [] if self.area_text else [text for text in own if is_area(text)]
        labels = [text for text in labels if _WHOLE.fullmatch(text) or _bare(text) in _names_of(areas)]
        if len(labels) == 1:
            self.area_text = labels[0]
        # Cells that say the level of the row's area and nothing else ("commune", "xã", "cấp xã"); as a unit
        # "xã" counts communes and is no level.
        levels = {text: _LEVELS[fold(text)] for text in in_row if self.area_text and fold(text) in _LEVELS}
        levels.pop(cell.unit_text, None)
        of_file = {*levels.values()}  # the file's word comes before the caller's
        self.defaults = defaults._replace(level=of_file.pop()) if len(of_file) == 1 else defaults
        own = [text for text in own if text in in_row or not is_neutral(text)]  # a column "Tổng số"
        self.pieces = [text for text in own if text not in (*levels, *labels[:1])]
        headings = map(without_ordinal, cell.group_text.split(" | "))
        # Those that say more than an area, a kind or a period.
        self.headings = [text for text in headings if text and not is_area(text) and said_of(text).measure]
        # What the row is called, from the outermost heading in; without numbers, units, periods, kinds.
        over = [parent] if parent else [text for text in self.headings if not orders(text, "")]
        self.label = ": ".join(dict.fromkeys(filter(None, map(clean_label, over + self.pieces))))

    def indicator(self) -> Named:
        """The indicator that the row and its column name; where they name none the headings, the title, or
        the one given for the whole file. A row that names something else is not taken, nor one under a
        heading that may restrict it ("Khu vực nông thôn")."""
        if given := self.defaults.names.get(fold(self.label)):
            return Named(given)
        if not self.pieces and not self.headings:
            named = self._titled()
            if not (named.indicator or self.defaults.indicator):
                raise Refused("title", label=self.cell.title)
            return named if named.indicator else Named(self.defaults.indicator)
        own, over = (
            [found for found in map(self._recognised, texts) if found.indicator]
            for texts in (self.pieces, self.headings)
        )
        if known := own or ([] if self.pieces else over):
            indicator = known[0].indicator
            self._check_restricted(indicator)
            alike = [found for found in (*known, *over) if found.indicator == indicator]
            counted, levels = (sorted({found[place] for found in alike} - {""}) for place in (1, 2))
            return Named(indicator, "; ".join(counted), "".join(levels))
        above = [self.parent] if self.parent else self.headings
        for outer in range(len(above)):
            words = [without_part(text) for text in (*above[outer:], *self.pieces)]
            for found in map(self._recognised, (" ".join(words), " ".join(words[::-1]))):
                if found.indicator and all(orders(over, found.indicator) for over in above[:outer]):
                    return found
        raise Refused("indicator", label=self.label)

    def _titled(self) -> Named:
        """What the title names: as a whole, else one of its lines, where the others leave it what it is."""
        lines = {line: self._recognised(line) for line in self.cell.title.split(" | ")}
        whole = self._recognised(" ".join(lines))
        alone, *others = {*lines.values()} - {Named()} or {whole}
        if whole.indicator or others:
            return whole
        beside = [line for line, named in lines.items() if named != alone]
        leaves = all(says_nothing(line) or orders(line, alone.indicator) for line in beside)
        return alone if leaves else Named()

    def _recognised(self, text: str) -> Named:
        """What a label names, with or without the name of the file's area in it, by the word of its level."""
        named = recognise(text)
        if not named.indicator and self.defaults.area and not self.area_text:
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
            beside = [piece for piece in self.pieces if piece != text]
            if other or {self._recognised(f"{text} {piece}").indicator for piece in beside} != {indicator}:
                raise Refused("heading", heading=text, label=self.label)

    def area(self) -> places.Area:
        """The area that the row names, "Toàn huyện" as the district of the file; else the one given. A level
        that is given tells areas of one name apart and keeps no row out."""
        name, level = _without_translation(self.area_text), self.defaults.level
        if after := _LEVEL_AFTER.fullmatch(name):
            name, level = after[1], after[2].lower()
        whole = _WHOLE.fullmatch(name)
        if whole or not name:
            area = self._given_area()
            if whole and area.level != _LEVELS[fold(whole[1])]:
                raise Refused("area_whole", name=name, area=area.name, level=area.level)
            return area
        bare, names = _bare(name), _names_of(self.areas)
        for tried in (level, ""):
            with suppress(places.UnknownArea):
                area = places.find_area(name, tried or None, communes=self.areas)
                # A name without its level, where communes are listed, is no district's.
                listed = _ORDER.index(tried or level or "country") <= _ORDER.index(area.level)
                alone = fold(name) in (fold(area.name), *{fold(name)} - names.keys())  # Lào Cai: the city?
                if re.match(rf"(?i)(?:{_LEVEL})[.\s]", name) or (listed and alone):
                    return area
        if bare in names:
            raise Refused("area_several", name=name)
        near = process.extract(bare, names.keys(), limit=3, score_cutoff=75)
        raise Refused("area_unknown", name=name, near=", ".join(names[key] for key, *_ in near))

    def _given_area(self) -> places.Area:
        """The area given for the whole file, where the words over the row name no other one: one that it is a
        part of may stand beside it ("huyện Bảo Yên, tỉnh Lào Cai")."""
        cell, given = self.cell, self.defaults
        if not given.area:
            raise Refused("area_none")
        area = places.find_area(given.area, given.level or None, communes=self.areas)
        over = "; ".join((cell.sheet, cell.title, cell.group_text))
        named = places.areas_in(over, communes=self.areas)
        others = [areas for areas in named if area[:2] not in [one[:2] for one in areas]]
        if len(others) < len(named):
            larger = _ORDER[: _ORDER.index(area.level)]
            others = [areas for areas in others if not any(one.level in larger for one in areas)]
        if others:
            raise Refused("area_over", named=" and ".join(f"{a.name} ({a.level})" for a, *_ in others))
        return area

    def kind(self) -> str:
        """The kind that the words around the number say. What a note leaves open the caller may have told."""
        cell, told = self.cell, self.defaults.kind
        if cell.kind == "comparison":
            raise Refused("comparison", column=cell.column_text or cell.row_text)
        said = take_apart(cell.value_text).kind  # "ước 58,5", "900 (KH)"
        if cell.kind != "unclear":
            kind = cell.kind or told or "actual"
            if said not in ("", kind) and not (kind == "actual" and said in vocabulary.OUTCOMES):
                raise Refused("kind_open", column=cell.value_text)
            return said or kind
        own = {take_apart(text).kind for text in (*cell.column_text.split(" | "), *self.pieces)} - {""}
        note = opening_note(cell.note)
        if not note or "unclear" in own or len(own) > 1:
            raise Refused("kind_open", column=cell.column_text)
        if not told:
            raise Refused("kind_noted", note=note, column=cell.column_text)
        return told

    def period(self) -> Period:
        """The period of the number, one that the record can hold: no day, school year, average or
        comparison."""
        text = self.cell.period_text
        period, averaged = period_of(text), _AVERAGE.search(plain(f"{text} {self.cell.column_text}"))
        if not period or period.kind == "date" or not code(period):
            raise Refused("period", period=text)
        if period.year_end and (averaged or period.year_end <= period.year + 1):
            raise Refused("period", period=text)
        return period

    def figure(self, own: dict[str, Kept]) -> dict[str, Any]:
        """The number as a row of data/raw, with its unit's first day and its interval; `Refused` where a part
        of it is not known. An indicator of the office's own is put into `own`."""
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
        indicator = named.indicator
        for part in cell.unit.split("/"):
            indicator = _BY_UNIT.get((indicator, part), indicator)
        wanted = own[indicator].unit if indicator in own else vocabulary.INDICATORS[indicator].unit
        scale, ranged = vocabulary.unit(wanted).scale, cell.qualifier == "range"
        low, value, high = cell.low / scale, cell.value / scale, cell.high / scale
        if not cell.unit:
            raise Refused("no_unit", indicator=indicator)
        rate = indicator in vocabulary.INDICATORS and vocabulary.INDICATORS[indicator].rate
        locale, relation = _habit(cell)
        if (relation or cell.value < 0) and not (rate and relation in ("", "rise", "fall")):
            raise Refused("relation", text=cell.value_text)
        lines = [line for line in cell.title.split(" | ") if self._recognised(line).indicator != indicator]
        if (said := restriction(lines, cell.note, wanted)) and not self.defaults.definition:
            raise Refused("noted", label=self.label or cell.title, note=said)
        # The printed unit must be the indicator's, but for its scale.
        known, end = wanted in vocabulary.UNITS, high if ranged else None
        if agrees(cell, value, end, wanted, cell.qualifier) if known else record_unit(cell.unit) != wanted:
            raise Refused("unit", indicator=indicator, unit=cell.unit_text, wanted=wanted)
        return {
            "area": area.name,
            "area_level": area.level,
            "area_since": self._since(area, period, outcome=kind in vocabulary.OUTCOMES),
            "indicator": indicator,
            "period": code(period),
            "kind": kind,
            "value_text": cell.value_text,
            "unit_text": cell.unit_text,
            "locale": locale,
            "value": f"{value:.12g}",
            "value_high": f"{high:.12g}" if ranged else "",
            "unit": wanted,
            "low": low,
            "high": high,
            "qualifier": cell.qualifier,
            "definition": named.definition or self.defaults.definition,
        }

    def _kept(self, own: dict[str, Kept]) -> Named:
        """The office's own indicator of this label; one is made where there is none yet."""
        label = self.label
        if is_neutral(label) or " " not in label:
            raise Refused("label", label=label or self.cell.title)
        if not self.cell.unit:
            raise Refused("no_unit", indicator=label)
        key = re.sub(r"[^a-z0-9]+", "_", plain(label)).strip("_")
        known: dict[str, Any] = {**vocabulary.INDICATORS, **own}
        while key in known and fold(known[key].vi) != fold(label):
            key += "_2"  # another label that differs in its accents alone: bò, bơ
        if key not in known:
            unit = record_unit(self.cell.unit)
            own[key] = Kept(key, unit, _unit_vi(self.cell.unit_text, unit), label, label)
        return Named(key)

    def _since(self, area: places.Area, period: Period, *, outcome: bool) -> str:
        """The first day of the unit that had this name in the period; refused where there was none, by the
        rule that keeps such a figure from speaking in the record."""
        units = [unit for unit in self.areas if unit[:2] == area[:2]]
        found = places.standing(units, period.end, outcome=outcome and period.year_end is None)
        if found.reason:
            raise Refused(found.reason, area=area.name, level=area.level, period=code(period), day=found.day)
        return found.since


def _bare(name: str) -> str:
    """A name without the word of its level."""
    return fold(re.sub(rf"(?i)\b(?:{_LEVEL})\b", " ", name))


@lru_cache(maxsize=4)
def _names_of(areas: Areas) -> dict[str, str]:
    return {fold(area.name): area.name for area in areas}


def _without_translation(name: str) -> str:
    """A name without its English after a dash: "Huyện Bảo Yên - Bao Yen district"."""
    first, translated, second = name.partition(" - ")
    alike = {plain(_bare(text)).replace(" ", "") for text in (first, second)}
    return first if translated and len(alike) == 1 else name


def clean_label(text: str) -> str:
    """A label without the number before it, a footnote's mark, its unit, kind and period.

    >>> clean_label("1.1. Trong đó: Sản lượng thóc năm 2023 (tấn)")
    'Sản lượng thóc'
    """
    bare = without_part(MARK.sub("", without_ordinal(text)).strip())
    return without_unit(take_apart(bare).measure or bare).strip(" :;,-–")


def record_unit(unit: str) -> str:
    """The unit of the record that a printed one is kept in.

    >>> record_unit("VND"), record_unit("VND/person"), record_unit("%"), record_unit("con")
    ('billion VND', 'million VND/person', 'percent', 'con')
    """
    name, slash, per = unit.partition("/")
    if name == "VND":
        return f"million VND/{per}" if slash else "billion VND"
    known = {of.base: key for key, of in vocabulary.UNITS.items() if of.scale == 1 and "/" not in key}
    return known.get(unit, unit)


def _unit_vi(printed: str, unit: str) -> str:
    """How a unit is called in Vietnamese: as it is printed, but for the record's scale."""
    if unit in vocabulary.UNITS:
        return vocabulary.UNITS[unit].vi
    bare = _SCALE.sub("", printed).lower()
    return f"triệu đồng/{bare.partition('/')[2]}" if unit.startswith("million VND") else bare


def _habit(cell: Any) -> tuple[str, str]:
    """The number habit under which the record's parser comes to the same value (Excel stores 66.5, a
    Vietnamese text 66,5), and what the number is where it is no level: "tăng 5 %", "+5,2"."""
    signed = "rise" if cell.value_text.lstrip(" (").startswith("+") else ""
    for locale in ("vi", "en"):
        read = figure_of(cell.value_text, locale, cell.unit_text)
        if read and read.value == cell.value:
            return locale, read.relation or signed
    raise Refused("words", text=cell.value_text)
