"""What the words around an office's numbers say: whether a text is a quantity, an area, the head of a column,
a period."""

from __future__ import annotations

import re

from baoyen_analysis import paths
from baoyen_analysis.intake.headwords import Said, remembered, take_apart
from baoyen_analysis.intake.numberformats import Typed
from baoyen_analysis.intake.recognise import is_name, without_ordinal
from baoyen_analysis.intake.sheets import is_figure
from baoyen_analysis.places import AREAS, OTHER_NAMES
from baoyen_analysis.printed.figures import Figure, UnreadableFigure, parse_figure
from baoyen_analysis.printed.periods import Period, UnreadablePeriod, parse_period
from baoyen_analysis.printed.text import fold

_SET = ("plan", "target")  # kinds that are set before their year
# What the head of a column says about it.
_ROLE_OF = {fold(row["word"]): row["role"] for row in paths.rows_beside(__file__, "roles.csv")}

_AREA_NAMES = {fold(name) for name in (*(area.name for area in AREAS), *OTHER_NAMES)}
# The word of a level; society and the offices of an area are none.
_AREA_WORD = re.compile(
    r"(?i)^(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|tp\.?)\s+(?!(?:hội|ủy|uỷ|đoàn)\b)"
)
_WHOLE_AREA = re.compile(r"(?i)(?:toàn|cả) (?:xã|huyện|tỉnh|vùng|nước)|whole country")
BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?(?:\s*(?:\(\*+\)|\*+|\(\d\)))?")


@remembered
def period_of(text: str) -> Period | None:
    """The period that a text names, where it says nothing else."""
    said = take_apart(text)
    if said.measure and not said.compared:
        return None
    try:
        return parse_period(text)
    except UnreadablePeriod:
        return None


def figure_of(text: str, locale: str = "vi", unit_text: str = "") -> Figure | None:
    """The figure that a text prints, where it is one."""
    try:
        return parse_figure(text, locale=locale, unit_text=unit_text)
    except UnreadableFigure:
        return None


@remembered
def role_of(text: str) -> str:
    """What the head of a column says that it is for; "" where it says nothing of the kind."""
    return _ROLE_OF.get(fold(text), "")


@remembered
def is_quantity(text: str) -> bool:
    """Whether a cell is a number in digits or words ("trên 40", "4/16 xã"), and no period; a typed one is in
    English digits."""
    if is_figure(text) or not re.search(r"\d", text) or take_apart(text).names_time:
        return is_figure(text)
    read = figure_of(str(text), "en" if isinstance(text, Typed) else "vi")
    return bool(read and not read.missing)


@remembered
def is_head_word(text: str) -> bool:
    """Whether a text is of the head of columns of numbers: it names a period or a kind of figure, and is no
    dated letterhead."""
    said = take_apart(text)
    period = said.period and period_of(said.period)
    return bool(
        said.kind or said.compared or said.part or (period and not (period.kind == "date" and said.measure))
    )


@remembered
def said_of(label: str) -> Said:
    """What a label says of kind and period; the name of an indicator ("Tốc độ tăng trưởng kinh tế") says
    nothing but itself."""
    said = take_apart(label)
    named = is_name(without_ordinal(label))
    return Said("threshold" if said.kind == "threshold" else "", measure=label) if named else said


def joined_period(column: Said, row: Said, title: Said) -> str:
    """The words of a number's period from those over its column, in its row and in the title, the nearest
    first.

    A part of a year takes its year from the next that names one; what does not fit together is given whole,
    which no period is read from."""
    own, part = column.period or row.period, column.part or row.part
    if row.period not in ("", own) or row.part not in ("", part):
        return " | ".join(filter(None, (column.period, column.part, row.period, row.part)))
    within = period_of(title.period)
    if part:
        year = period_of(own) if own else within
        joined = f"{part} {year.year}" if year and (year.is_year or (not own and year.kind == "part")) else ""
        return joined if period_of(joined) else " | ".join(filter(None, (part, own)))
    if within and within.part:
        kind = column.kind if column.kind in _SET else row.kind
        if not own and title.kind not in _SET and kind in _SET:
            return f"{title.period} | {kind}"  # the plan of the year, or of its nine months?
        year = period_of(own) if column.kind not in _SET else None
        if year and year.is_year and (BARE_YEAR.fullmatch(own) or year.year == within.year):
            # A year under a title of nine months: the whole year, or its nine months?
            return f"{own} | {title.period}"
    return own or title.period


def kind_over(title: Said, period_text: str) -> str:
    """The kind that a title says of a number. Of another year than its own it says nothing; beside a plan, or
    after the year of an outcome, it is open what that number is."""
    own, period = period_of(title.period), period_of(period_text)
    if not (title.kind and own and period) or own.year <= period.year <= max(own.year, own.year_end or 0):
        return title.kind
    return "unclear" if title.kind in _SET or period.year > own.year else ""


def is_area(text: str) -> bool:
    """Whether a text is a known area, or begins with the word of a level and a name."""
    name = _AREA_WORD.sub("", text)
    named = name != text and name[:1].isupper()
    return named or fold(name) in _AREA_NAMES or bool(_WHOLE_AREA.fullmatch(text))
