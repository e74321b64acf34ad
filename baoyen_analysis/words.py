"""How things are said in Vietnamese and English: `words.csv` holds every sentence and label, a `Language`
says them with its own numbers, dates and names. Pure: no table and no figure lives here."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partialmethod
from typing import Any

from baoyen_analysis import paths, vocabulary

LANGUAGES = ("vi", "en")
_POINTS = str.maketrans(",.", ".,")


class _Parts(dict[str, object]):
    """The parts of a sentence: `name_first` is `name` as a sentence begins with it."""

    def __missing__(self, key: str) -> str:
        if not key.endswith("_first"):
            raise KeyError(key)
        text = str(self[key.removesuffix("_first")])
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, repr=False, eq=False)
class Language:
    """One language: what `words.of` gives.

    `code` is vi or en; `words` holds the texts of `words.csv` by key, such as `finding.latest`; `definitions`
    those of what is counted by their English, which data/raw has."""

    code: str
    words: dict[str, str]
    definitions: dict[str, str]

    def __repr__(self) -> str:
        return f"words.of({self.code!r})"

    def say(self, key: str, **parts: object) -> str:
        """The text of a key, its names in braces filled in. Floats are written as `number` writes them, to
        one decimal; whole numbers (years, counts) as they are.

        >>> of("vi").say("chart.plan", year=2024), of("en").say("chart.plan", year=2024)
        ('Kế hoạch 2024', '2024 plan')
        >>> of("en").say("answer.rose", percent=12.345)
        'rose 12.3%'
        """
        written = {n: self._written(part) if isinstance(part, float) else part for n, part in parts.items()}
        return self.words[key].format_map(_Parts(written))

    def _written(self, value: float) -> str:
        return "∞" if math.isinf(value) else self.number(round(value, 1 if abs(value) < 1e5 else 0))

    def group(self, name: str) -> dict[str, str]:
        """The texts of a group by their key without it, in the order of `words.csv`.

        >>> of("en").group("status")["out_of_scope"]
        'out of scope'
        """
        return {key.partition(".")[2]: text for key, text in self.words.items() if key.startswith(f"{name}.")}

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as it is printed: decimal comma and dot groups in Vietnamese, the reverse in English; ""
        for a missing one. Without `decimals`, as many as the number needs, three at most.

        >>> vi, en = of("vi"), of("en")
        >>> vi.number(1200000), en.number(1200000), vi.number(32.67), en.number(-7.5, 2)
        ('1.200.000', '1,200,000', '32,67', '-7.50')
        """
        if value is None or math.isnan(value):
            return ""
        text = f"{value:z,.{3 if decimals is None else decimals}f}"
        if decimals is None:
            text = text.rstrip("0").rstrip(".")
        return text.translate(_POINTS) if self.code == "vi" else text

    def percent(self, share: float, decimals: int | None = 1) -> str:
        """A fraction as a percentage; with `decimals=None` whole per cents, and small ones with a decimal.

        >>> of("vi").percent(0.758), of("en").percent(0.758, None), of("vi").percent(0.0205, None)
        ('75,8%', '76%', '2,1%')
        """
        if decimals is None:
            return self.number(round(share * 100, 1 if abs(share) < 0.1 else 0)) + "%"
        return self.number(share * 100, decimals) + "%"

    def pick(self, pair: tuple[str, str]) -> str:
        """This language's side of a pair (Vietnamese, English)."""
        return pair[LANGUAGES.index(self.code)]

    def name(self, indicator: str) -> str:
        """What an indicator is called; an unknown one by itself."""
        known = vocabulary.INDICATORS.get(indicator)
        return getattr(known, self.code) if known else indicator

    def named(self, indicator: str) -> str:
        """The name of an indicator inside a sentence: it begins small, unless it is an acronym's.

        >>> of("en").named("tourist_visits"), of("vi").named("grdp_per_capita")
        ('tourist visits', 'GRDP bình quân đầu người')
        """
        name = self.name(indicator)
        return name if name[:2].isupper() else name[:1].lower() + name[1:]

    def titled(self, indicator: str) -> str:
        """The name of an indicator where a title begins with it (Vietnamese) or holds it (English)."""
        return self.name(indicator) if self.code == "vi" else self.named(indicator)

    def unit(self, indicator: str) -> str:
        """The unit of an indicator, or a unit of the record, in words.

        >>> of("vi").unit("tourism_revenue"), of("en").unit("million VND/ha")
        ('tỷ đồng', 'million VND per hectare')
        """
        known = vocabulary.INDICATORS.get(indicator)
        return getattr(vocabulary.UNITS[known.unit if known else indicator], self.code)

    def _coded(self, codes: dict[str, tuple[str, str]], name: str) -> str:
        return self.pick(codes[name]) if name else ""

    level = partialmethod(_coded, vocabulary.LEVELS)
    kind = partialmethod(_coded, vocabulary.KINDS)
    flag = partialmethod(_coded, vocabulary.FLAGS)
    qualifier = partialmethod(_coded, vocabulary.QUALIFIERS)
    source_kind = partialmethod(_coded, vocabulary.SOURCE_KINDS)

    def yes_no(self, holds: object) -> str:
        return self.words["yes_no.yes" if holds else "yes_no.no"]

    def class_name(self, class_: str) -> str:
        """A class of measures.progress; "" for a refusal.

        >>> of("vi").class_name("on_track"), of("en").class_name("on_track")
        ('đúng tiến độ', 'on track')
        """
        return self.words[f"class.{class_}"] if class_ else ""

    def reason(self, codes: str) -> str:
        """The words of one reason code, or of several joined by " + ".

        >>> of("en").reason("one_point")
        'only one figure can be used, so there is no pace to judge'
        """
        return "; ".join(self.words[f"reason.{code}"] for code in codes.split(" + ") if code)

    def definition(self, text: str) -> str:
        """A definition as data/raw states it, or its Vietnamese."""
        return self.definitions.get(text, text)

    def precedence(self, row: Any, speaks: Any) -> str:
        """Why an observation speaks or does not: `row` and `speaks`, the one that does, are rows of
        `observations`.

        >>> row = {"status": "conflicting", "reason": "by_kind", "reason_part": "", "agrees": False}
        >>> of("vi").precedence(row, {"figure_id": "a-1", "value": 70.6})
        'không khớp với a-1 (70,6): số thực hiện đứng trước số sơ bộ, số sơ bộ trước số ước tính'
        """
        why = self.why_first(row)
        if row["status"] not in ("superseded", "conflicting"):
            return why
        behind = row["agrees"] or row["reason"] == "revised"
        how = "against" if row["status"] == "conflicting" else "behind" if behind else "replaced"
        known = {"figure_id": speaks["figure_id"], "value": self.number(speaks["value"])}
        return self.say(f"why.{how}", why=why, **known)

    def why_first(self, row: Any) -> str:
        """The rule alone that an observation's `reason` names."""
        return self.say(f"why.{row['reason']}", part=row["reason_part"])

    def caveat(self, check: Any) -> str:
        """What to mind in a cross-check, a row of `crosschecks`: its `caveat` is codes, joined by spaces.

        >>> of("vi").caveat({"caveat": "periods definition", "compared_period": "2024-10M", "period": "2020"})
        'so 10 tháng đầu năm 2024 với 2020; một bên không nêu nội dung tính'
        """
        ends: dict[str, Callable[[str], str]] = {
            "periods": lambda of: self.periods(check[f"{of}period"]),
            "areas": lambda of: self.placed(check[f"{of}area"], check[f"{of}area_level"]),
        }
        said = []
        for code in check["caveat"].split():
            end = ends.get(code, str)
            said.append(self.say(f"caveat.{code}", compared=end("compared_"), base=end("")))
        return "; ".join(said)

    def placed(self, area: str, level: str) -> str:
        """An area with its level.

        >>> of("vi").placed("Bảo Yên", "district")
        'Bảo Yên (huyện)'
        """
        # The city says in its name what it is.
        return area if area.startswith("Thành phố") else f"{area} ({self.level(level)})"

    def period(self, year: int | str, part: str = "") -> str:
        """A period in words.

        >>> of("en").period(2022, "9M"), of("vi").period(2023, "M01"), of("vi").period(2024)
        ('first 9 months of 2022', 'tháng 1/2023', '2024')
        """
        if not part:
            return str(year)
        key = part if part in ("H1", "H2") else "of" if part.endswith("M") else part[0]
        number = part.strip("HMQ").lstrip("0")
        return self.say(f"part.{key}", year=year, part=number, month=self.words[f"month.{number}"])

    def part(self, code: str) -> str:
        """A part of a year in words, without its year.

        >>> of("en").part("9M"), of("vi").part("Q1"), of("en").part("M08")
        ('first 9 months', 'quý 1', 'August')
        """
        return re.sub(r"( of|/)?\s*$", "", self.period("", code))

    def periods(self, text: str) -> str:
        """A text in which the codes of periods stand in words.

        >>> of("en").periods("2022-9M"), of("vi").periods("2024H1"), of("en").periods("2020-2025")
        ('first 9 months of 2022', '6 tháng đầu năm 2024', '2020-2025')
        """
        pattern = r"\b(\d{4})-?([HQ]\d|M\d\d|\d{1,2}M)\b"
        return re.sub(pattern, lambda found: self.period(int(found[1]), found[2]), text)

    def day(self, when: date) -> str:
        """A day as it is written.

        >>> of("vi").day(date(2025, 6, 30)), of("en").day(date(2025, 6, 30))
        ('30/6/2025', '30 June 2025')
        """
        if self.code == "vi":
            return f"{when.day}/{when.month}/{when.year}"
        return f"{when.day} {self.words[f'month.{when.month}']} {when.year}"


@cache
def _language(code: str) -> Language:
    rows = paths.rows_beside(__file__, "words.csv")
    definitions = {row["en"]: row[code] for row in rows if row["key"].startswith("definition.")}
    return Language(code, {row["key"]: row[code] for row in rows}, definitions)


_session = LANGUAGES[0]


def speak(lang: str) -> None:
    """Set the language of this session: what every call without `lang` answers in.

    Parameters
    ----------
    lang : str
        "vi" or "en". A session begins in Vietnamese.

    Raises
    ------
    ValueError
        For any other language.

    Examples
    --------
    >>> speak("en")
    >>> of().say("report.close")
    'Close'
    >>> speak("vi")
    """
    global _session
    _session = of(lang).code


def of(lang: str | None = None) -> Language:
    """A language by its code, or that of the session (see `speak`); any other is refused.

    >>> of("vi").code, of("en") is of("en")
    ('vi', True)
    """
    code = _session if lang is None else lang
    if code not in LANGUAGES:
        raise ValueError(f"unknown language: {lang!r}; there are vi (Vietnamese) and en (English)")
    return _language(code)
