"""Printed figures read as intervals: "trên 66 triệu đồng/năm" is more than 66 000 000 VND a year.

A text is read whole or refused with `UnreadableFigure`; no part of it is skipped and nothing is guessed. The
parser knows words and number habits; it does not know which row a text stands in.

How a text is read: it is cut into numbers and the words between them ("hơn # / # triệu lượt"). `phrases`
knows the words, `grammar` finds what they say together (which number counts, with which scale, unit, bound,
sign and relation), `numerals` reads the digits, and `shapes` brings both together. The rules for low and high
stand in rules.csv: the place is one unit of the last printed digit (whole groups of zeros are scale unless a
scale word follows); the round place is one unit of the last digit that is not zero, at most a fifth of the
value, and the place itself where decimals are printed. Tests go through that table row by row."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.printed.alike import read_alike
from baoyen_analysis.printed.columns import EITHER, FLIPPED, habit_of, undivided
from baoyen_analysis.printed.grammar import Plan
from baoyen_analysis.printed.numerals import NUMBER, is_year, names_year, without_spaces
from baoyen_analysis.printed.phrases import Doubt
from baoyen_analysis.printed.shapes import NOTHING, Reading, bounds, read, sized
from baoyen_analysis.printed.units import Amount
from baoyen_analysis.vocabulary import UNITS


class UnreadableFigure(ValueError):
    """A text that is not one printed figure in a known form. The message gives the text and the reason."""

    def __init__(self, text: object, reason: str) -> None:
        super().__init__(f"{text!r} cannot be read as a figure: {reason}")
        self.text, self.reason = text, reason


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure.

    Attributes
    ----------
    value, low, high : float
        Scales multiplied out (VND, visits, per cent as printed); `value` is the lower end of a range. NaN
        where a mark says that the figure is missing.
    unit : str
        As far as the words say: "VND/person/year", "visits", "%", or the printed noun ("căn nhà").
    qualifier : str
        eq, gt, ge, lt, le, approx or range.
    denominator : float
        The number after the stroke in "16/16 xã", NaN elsewhere.
    missing : str
        no_occurrence, no_information, empty, or "".
    relation : str
        "" for a level; else how it stands to another figure: rise, fall, share_of_plan, multiple, share,
        rank. "tăng 5 triệu" is a rise, "5 triệu" a level.
    """

    value: float
    low: float
    high: float
    unit: str
    qualifier: str
    denominator: float
    missing: str
    relation: str = ""


def parse_figure(text: str, *, locale: str = "vi", unit_text: str = "") -> Figure:
    """One printed figure, whole, scales multiplied out.

    Parameters
    ----------
    text : str
        The printed words, in either language.
    locale : str
        The number habit: "vi" groups by dots and has a decimal comma, "en" the reverse.
    unit_text : str
        The unit at the head of the table ("triệu đồng", "Mill. dongs").

    Returns
    -------
    Figure
        Values in VND, visits, per cent, hectares, …; low and high by the place of the last digit.

    Raises
    ------
    UnreadableFigure
        For whatever is not one figure read whole: dates, years alone, two numbers, words it does not know,
        broken groups of digits.

    Examples
    --------
    >>> figure = parse_figure("trên 66 triệu đồng/năm")
    >>> figure.value, figure.high, figure.unit, figure.qualifier
    (66000000.0, 67000000.0, 'VND/year', 'gt')
    >>> parse_figure("59,7", unit_text="triệu đồng").value, parse_figure("giảm 5,2%").relation
    (59700000.0, 'fall')
    >>> parse_figure("66 tiệu đồng")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    baoyen_analysis.printed.figures.UnreadableFigure: '66 tiệu đồng' cannot be read as a figure: …
    """
    if not isinstance(text, str):
        raise UnreadableFigure(text, "not a text")
    try:
        if not unit_text and names_year(text):
            raise Doubt(_YEAR)
        return Figure(*read(text, _is_vi(locale), unit_text))
    except Doubt as doubt:
        raise UnreadableFigure(text, str(doubt)) from None


def _is_vi(locale: str) -> bool:
    if locale not in ("vi", "en"):
        raise ValueError(f"locale is 'vi' or 'en', not {locale!r}")
    return locale == "vi"


def interval(number_text: str, qualifier: str, *, locale: str = "en") -> tuple[float, float, float]:
    """Value, low and high of a bare number whose qualifier stands beside it, as in comparisons.csv: no unit,
    no words, a sign at most.

    >>> interval("7.44", "eq"), interval("380000", "gt"), interval("-5.23", "eq")
    ((7.44, 7.435, 7.445), (380000.0, 380000.0, 390000.0), (-5.23, -5.235, -5.225))
    """
    digits, vi = re.sub("^[-−]", "", number_text), _is_vi(locale)
    if not NUMBER.fullmatch(digits) or qualifier not in {*FLIPPED, "eq", "approx"}:
        raise UnreadableFigure(number_text, f"not a bare number with a known qualifier ({qualifier})")
    plan = Plan("one", Amount(0), thing="measured")
    try:
        size = sized(plan.first, [without_spaces(digits, vi)], plan, vi)
    except Doubt as doubt:
        raise UnreadableFigure(number_text, str(doubt)) from None
    value = size[0] / size[3]
    if digits == number_text:
        return (value, *bounds(qualifier, size, True))
    # above -5 is nearer to 0
    low, high = bounds("near" if qualifier == "gt" else FLIPPED.get(qualifier, qualifier), size, True)
    return -value, -high, -low


# ---------------------------------------------------------------------------------------------------------
# Whole columns.

# Shapes that only one habit writes, and shapes that both write with different meanings.
_EVIDENCE = {
    vi: re.compile(
        rf"(?<![\d.,])(?:\d{{1,3}}(?:{group}\d{{3}})+{decimal}\d|\d{{1,3}}(?:{group}\d{{3}}){{2,}}(?![\d{group}])"
        rf"|(?:\d+{decimal}(?:\d{{1,2}}|\d{{4,}})|0{decimal}\d+)(?![\d.,]))"
    )
    for vi, group, decimal in ((True, r"\.", ","), (False, ",", r"\."))
}
_DAY = re.compile(r"(?:[012]?\d|3[01])\.(?:0?\d|1[012])")
_YEAR = "a year, or a number without its unit"
_RUN = 1 << 11
_NUMERIC = ("value", "low", "high", "denominator")
_TEXT = pd.StringDtype(na_value=np.nan)
_COLUMNS = ["value", "low", "high", "unit", "qualifier", "denominator", "missing", "relation", "problem"]


def parse_figures(
    series: pd.Series, *, locale: str | pd.Series = "vi", unit_text: str | pd.Series = ""
) -> pd.DataFrame:
    """Every cell of a column read as by `parse_figure`; no cell raises.

    A bare "1.120" is 1120 in one habit and 1,12 in the other. It is read in the habit that other cells of the
    column show beyond doubt ("1.234,5", "66,2"), or as thousands where its unit has no decimals (người);
    else it is left with a problem. A bare year-like number is read where other bare whole numbers that are no
    years stand in the column.

    Parameters
    ----------
    series : pandas.Series
        Texts; cells that are numbers already are taken as they are.
    locale, unit_text : str or pandas.Series
        As for `parse_figure`; a Series is laid beside the cells by its index.

    Returns
    -------
    pandas.DataFrame
        With the index of `series`: value, low, high, unit, qualifier, denominator, missing, relation as in
        `Figure`, and `problem`: "" where the cell was read, else the reason.

    Raises
    ------
    ValueError
        Where a Series of locales or units has another index than the cells.

    Examples
    --------
    >>> read = parse_figures(pd.Series(["1.120", "66,2", "khoảng 15 tỷ đồng", "66 tiệu đồng"]))
    >>> read["value"].tolist(), read["problem"].iloc[3]
    ([1120.0, 66.2, 15000000000.0, nan], 'not understood: tiệu')
    """
    cells, places = _distinct(series)
    habits: Any = [locale] * len(cells)
    units: Any = [unit_text] * len(cells)
    if not (isinstance(locale, str) and isinstance(unit_text, str)):
        rows = pd.DataFrame({"cell": places})
        for name, option in (("habit", locale), ("unit", unit_text)):
            rows[name] = _beside(option, series) if isinstance(option, pd.Series) else option
        rows["unit"] = rows["unit"].where(rows["unit"].map(lambda unit: isinstance(unit, str)), "")
        places, rows = rows.groupby(list(rows), sort=False).ngroup().to_numpy(), rows.drop_duplicates()
        cells, habits, units = (
            [cells[place] for place in rows["cell"]],
            list(rows["habit"]),
            list(rows["unit"]),
        )
    columns = _readings(cells, list(map(_is_vi, habits)), units)
    typed = {
        name: column if name in _NUMERIC else pd.array(column, dtype=_TEXT)
        for name, column in columns.items()
    }
    return pd.DataFrame(
        {name: column.take(places) for name, column in typed.items()}, index=series.index, copy=False
    )


def read_texts(texts: list[str], units: list[str], *, locale: str = "vi") -> dict[str, np.ndarray]:
    """The columns of `parse_figures` as arrays, of texts that each stand in a unit ("": none)."""
    index: defaultdict[tuple[str, str], int] = defaultdict()
    index.default_factory = index.__len__
    pairs = zip(texts, units, strict=True)
    places = np.fromiter(map(index.__getitem__, pairs), dtype=np.intp, count=len(texts))
    vi = [_is_vi(locale)] * len(index)
    columns = _readings([text for text, _ in index], vi, [unit for _, unit in index])
    return {name: column.take(places) for name, column in columns.items()}


def _beside(option: pd.Series, series: pd.Series) -> np.ndarray:
    """The locales or units in the order of the cells."""
    if not option.index.equals(series.index):
        if not (option.index.is_unique and series.index.is_unique and series.index.isin(option.index).all()):
            raise ValueError(
                "locales and units given as a Series need the index of the cells, each label once"
            )
        option = option.reindex(series.index)
    return option.to_numpy(dtype=object)


def _distinct(column: pd.Series) -> tuple[list, np.ndarray]:
    """The distinct cells of a column and the place of each cell among them."""
    cells = column.to_numpy(dtype=object)
    # Readers of files often keep one object for equal texts: told apart by their addresses, few are left.
    codes, addresses = pd.factorize(np.frombuffer(cells.tobytes(), dtype=np.intp))
    first = np.empty(len(addresses), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    few = cells[first].tolist()
    keys = [cell if cell.__class__ is str else (cell.__class__, cell) for cell in few]  # True is not 1
    try:
        seen = dict.fromkeys(keys)
    except TypeError:  # a cell that cannot be a key, such as a list, stands for itself
        return few, codes
    if len(seen) < len(keys):
        place = dict(zip(seen, count()))
        codes = np.fromiter(map(place.__getitem__, keys), dtype=np.intp, count=len(keys))[codes]
        few = [key[1] if isinstance(key, tuple) else key for key in seen]
    return few, codes


def _doubtful_shapes(cells: list[object], vi: bool) -> tuple[bool | None, bool]:
    """The habit in which a column's doubtful bare numbers are read (None: left), and whether its year-like
    numbers are figures."""
    texts = [text for text in cells if isinstance(text, str)]
    short = [text.strip() for text in texts if len(text) < 12]
    years = not any(map(names_year, short)) or any(text.isdecimal() and not is_year(text) for text in short)
    if not any(map(EITHER.fullmatch, short)):
        return vi, years
    shown = [
        habit
        for habit, evidence in _EVIDENCE.items()
        if any(evidence.search(text) and _is_figure(text) for text in texts)
    ]
    return (shown[0] if len(shown) == 1 else None), years


def _is_figure(text: str) -> bool:
    """Whether a cell is read, and is no day of a month: only then it shows how the column writes its
    numbers."""
    try:
        read(text, True)
    except Doubt:
        return False
    return _DAY.fullmatch(text.strip()) is None


def _readings(texts: list, habits: list[bool], units: list[str]) -> dict[str, np.ndarray]:
    """The columns of distinct cells, filled a run at a time so that few readings are held as objects."""
    doubtful = {
        habit: _doubtful_shapes(
            [cell for cell, its in zip(texts, habits, strict=True) if its == habit], habit
        )
        for habit in set(habits)
    }
    columns = {name: np.empty(len(texts), dtype=float if name in _NUMERIC else object) for name in _COLUMNS}
    columns["problem"][:] = ""
    alone = np.ones(len(texts), dtype=bool)
    for places, reading in read_alike(texts, habits, units, {vi: its[0] for vi, its in doubtful.items()}):
        for column, its in zip(columns.values(), reading, strict=False):
            column[places] = its
        alone[places] = False
    rest = np.flatnonzero(alone)
    for start in range(0, len(rest), _RUN):
        places, rows = rest[start : start + _RUN], []
        for at in places.tolist():
            try:
                rows.append(_cell(texts[at], habits[at], units[at], *doubtful[habits[at]]))
            except Doubt as doubt:
                columns["problem"][at] = str(doubt)
                rows.append(NOTHING)
        for column, its in zip(columns.values(), zip(*rows, strict=True), strict=False):
            column[places] = np.fromiter(its, dtype=column.dtype, count=len(rows))
    return columns


def _cell(text: object, vi: bool, unit: str, habit: bool | None, years: bool) -> Reading:
    """One cell's reading."""
    if not isinstance(text, str):
        text, vi, habit, years = _number_cell(text), False, False, True
        if "." in text and undivided(unit) == "counted":
            raise Doubt("decimals of what is counted: thousands, read as decimals on the way?")
    if habit is not vi:
        vi = habit_of(text, vi, unit, habit)
    if not (years or unit) and names_year(text):
        raise Doubt(_YEAR)
    return read(text, vi, unit)


def _number_cell(value: object) -> str:
    """A cell that is a number already, as text; an empty cell as ""."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise Doubt("not a text")
    text = repr(float(value)).removesuffix(".0")
    return text + "00" if text[-4:-3] == "." else text  # three decimals would look like a group of thousands


# ---------------------------------------------------------------------------------------------------------
# Double entry.


def agrees(figure: Figure, value: float, value_high: float | None, unit: str, qualifier: str) -> str:
    """ "" where a figure says what a person recorded (in the raw `unit` of data/raw), else the words of what
    disagrees.

    >>> agrees(parse_figure("trên 66 triệu đồng/năm"), 66, None, "million VND/person/year", "gt")
    ''
    >>> agrees(parse_figure("trên 66 tỷ đồng"), 66, None, "million VND/person/year", "gt")
    'the text says 6.6e+10, the record 6.6e+07'
    """
    known, ranged = UNITS[unit], figure.qualifier == "range"
    ends = [(figure.value, value)]
    if value_high is not None and not math.isnan(value_high):
        ends.append((figure.high, value_high))
    if ranged != (len(ends) > 1):
        return "one end of a range is missing"
    for printed, recorded in ends:
        if not (math.isnan(printed) or math.isclose(printed, recorded * known.scale, rel_tol=1e-9)):
            return f"the text says {printed:.6g}, the record {recorded * known.scale:.6g}"
    if figure.qualifier != qualifier:
        return f"the text says {figure.qualifier}, the record {qualifier}"
    # The printed words may say less, and visitors are people.
    (name, *per), recorded_per = figure.unit.split("/"), unit.split("/")[1:]
    allowed = {*recorded_per, "commune" * (known.base == "criteria"), "year" * ("month" not in recorded_per)}
    if not (name in ("", known.base) or (name, known.base) == ("persons", "visits")) or not {*per} <= allowed:
        return f"the text says {figure.unit}, the record {unit}"
    return ""
