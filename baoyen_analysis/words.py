"""How things are said in Vietnamese and English: `words.csv` holds every sentence and label, a `Language` says
them with its own numbers, dates and names. Pure: no table and no figure lives here."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from baoyen_analysis import vocabulary

LANGUAGES = ("vi", "en")
_POINTS = str.maketrans(",.", ".,")

# Why one figure speaks before another, and the other reasons of a status, as the record says them (patterns):
# the Vietnamese.
PRECEDENCE = {
    "the only figure for its area, indicator and period": "con số duy nhất của địa bàn, chỉ tiêu và thời kỳ này",
    r"first by precedence of (\d+) figures": r"đứng đầu theo thứ tự ưu tiên trong \1 con số",
    ", which do not all meet it": ", không phải con số nào cũng khớp với nó",
    r"the area ended on (\S+), before the year did: no figure of the whole year can be its own": r"địa bàn kết thúc ngày \1, trước khi hết năm: không có con số cả năm nào là của riêng nó",
    r"stands behind (\S+) \(([^)]*)\)": r"đứng sau \1 (\2)",
    r"does not meet (\S+) \(([^)]*)\)": r"không khớp với \1 (\2)",
    "the plan was raised": "kế hoạch đã được nâng",
    "an actual comes before a preliminary figure, and that before an estimate": "số thực hiện đứng trước số sơ bộ, số sơ bộ trước số ước tính",
    "statistics office and government come before press, press before other copies": "cơ quan thống kê và nhà nước đứng trước báo chí, báo chí trước các bản chép khác",
    "the later published comes first, undated last": "nguồn công bố sau đứng trước, không ghi ngày đứng cuối",
    "an exact figure comes before a bound": "số đúng đứng trước số chỉ nêu cận",
    "nothing in the record decides between them, so the first by figure_id": "không gì trong hồ sơ phân định được, nên lấy mã con số đứng trước",
}
# What to mind in a cross-check, as the record says it (a pattern), and its Vietnamese.
CAVEATS = {
    r"sets (.+?) against ([^;]+)": r"so \1 với \2",
    "a definition is not stated on one side": "một bên không nêu nội dung tính",
}


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

    `code` is vi or en; `words` holds the texts of `words.csv` by key (`finding.latest`, `reason.one_point`)."""

    code: str
    words: dict[str, str]

    def __repr__(self) -> str:
        return f"words.of({self.code!r})"

    def say(self, key: str, **parts: object) -> str:
        """The text of a key, its names in braces filled in. Floats are written as `number` writes them, to one
        decimal; whole numbers (years, counts) as they are.

        >>> of("vi").say("chart.plan", year=2024), of("en").say("chart.plan", year=2024)
        ('Kế hoạch 2024', '2024 plan')
        >>> of("en").say("answer.needed_done", base_year=2020, base="32.67", done_percent=23.71, done_change=8.665)
        ' From 2020 (32.67) it has done 23.7% a year, or 8.7 a year.'
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
        """A number as it is printed: decimal comma and dot groups in Vietnamese, the reverse in English; "" for
        a missing one. Without `decimals`, as many as the number needs, three at most.

        >>> of("vi").number(1200000), of("en").number(1200000), of("vi").number(32.67), of("en").number(-7.5, 2)
        ('1.200.000', '1,200,000', '32,67', '-7.50')
        """
        if value is None or math.isnan(value):
            return ""
        text = f"{value:,.{3 if decimals is None else decimals}f}"
        if decimals is None:
            text = text.rstrip("0").rstrip(".")
        if text.strip("-0.,") == "":
            text = text.lstrip("-")
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

    def level(self, name: str) -> str:
        return self.pick(vocabulary.LEVELS[name])

    def kind(self, name: str) -> str:
        return self.pick(vocabulary.KINDS[name])

    def flag(self, name: str) -> str:
        return self.pick(vocabulary.FLAGS[name]) if name else ""

    def qualifier(self, name: str) -> str:
        return self.pick(vocabulary.QUALIFIERS[name])

    def source_kind(self, name: str) -> str:
        return self.pick(vocabulary.SOURCE_KINDS[name])

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
        return _definitions().get(text, text) if self.code == "vi" else text

    def precedence(self, text: str) -> str:
        """Why one figure speaks before another, as the record says it, or its Vietnamese.

        >>> of("vi").precedence("stands behind a-1 (70.6): the plan was raised")
        'đứng sau a-1 (70,6): kế hoạch đã được nâng'
        """
        if self.code != "vi":
            return text
        for pattern, said in PRECEDENCE.items():
            text = re.sub(pattern, said, text)
        return re.sub(r"\([\d,.]+\)", lambda found: found[0].translate(_POINTS), text)

    def caveat(self, text: str) -> str:
        """What to mind in a cross-check, as the record says it with its periods in words, or its Vietnamese.

        >>> of("vi").caveat("sets 2024-10M against 2020; a definition is not stated on one side")
        'so 10 tháng đầu năm 2024 với 2020; một bên không nêu nội dung tính'
        """
        for pattern, said in CAVEATS.items() if self.code == "vi" else ():
            text = re.sub(pattern, said, text)
        return self.periods(text)

    def period(self, year: int | str, part: str = "") -> str:
        """A period in words.

        >>> of("en").period(2022, "9M"), of("vi").period(2023, "M01"), of("en").period(2025, "Q1"), of("vi").period(2024)
        ('first 9 months of 2022', 'tháng 1/2023', 'quarter 1 of 2025', '2024')
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

    def flagged(self, value: float, flag: str) -> str:
        """A value of an answer with the word of its bound: "at least 780", "khoảng 500.000".

        >>> of("vi").flagged(780.0, "at_least"), of("en").flagged(66.0, "")
        ('ít nhất 780', '66')
        """
        word = self.flag(flag) if flag in ("at_least", "at_most", "about") else ""
        return f"{word} {self.number(round(value, 2 if abs(value) < 1e5 else 0))}".strip()


@cache
def _rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def _language(code: str) -> Language:
    return Language(code, {row["key"]: row[code] for row in _rows()})


@cache
def _definitions() -> dict[str, str]:
    """Definitions as data/raw has them, in Vietnamese."""
    return {row["en"]: row["vi"] for row in _rows() if row["key"].startswith("definition.")}


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
