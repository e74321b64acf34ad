"""What the notes below a table and the remarks beside its rows say of its figures."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from baoyen_analysis.intake.heads import period_of
from baoyen_analysis.intake.headwords import Said, take_apart
from baoyen_analysis.intake.recognise import MARK, PART, PRICES, says_nothing
from baoyen_analysis.printed.text import fold

Notes = list[tuple[str, Said]]  # the mark of each and what it says
# The day of a letterhead ("Bảo Yên, ngày 15 tháng 1 năm 2025") and of a paper with its number: not the days
# that the figures are of.
PAPER_DAY = re.compile(r"(?i)(?:^|,|\bsố\s+\S*/\S+)\s*ngày\s+(?:\d+\s+tháng\s+\d+\s+năm\s+\d{4}|[\d/.\-]+\d)")
_NOTE = re.compile(r"(?<!\w)\(?(\d(?=[).:](?!\d))|\*+)\)?[.:]?\s*((?:(?!\(?(?:\d\)|\*)).)+)")
_RAISED = re.compile(r"(?<=\d)[¹²³⁴⁵⁶⁷⁸⁹]$")
_OF_FIGURES = re.compile(r"(?i)(?:ghi chú|chú thích|notes?|(?:các )?số liệu)\b")
_FIGURES = re.compile(
    r"(?i)\b(?:các|số liệu|số|là|theo|tính|lấy)\b|[\s.,:;()]"
)  # of a remark, beside a kind or a period


def remark_of(text: str) -> Said:
    """What a remark says of the kind and the part of a year of the number that it stands beside; "unclear"
    where other words go with them."""
    said = take_apart(PAPER_DAY.sub("", text))
    parted = _names_part(said)
    if said.compared:
        return Said()
    if _FIGURES.sub("", said.measure):
        return Said("unclear" if parted or said.kind in ("preliminary", "estimate", "unclear") else "")
    return replace(said, measure="") if parted else Said(said.kind)


def _names_part(said: Said) -> bool:
    """Whether a text names another time than a year: a part of one, or one that is open."""
    period = period_of(said.period or f"{said.part} 2000")
    return said.names_time and not (period and period.is_year)


@lru_cache(maxsize=1000)
def notes_of(lines: tuple[str, ...]) -> Notes:
    """The notes below a table: the mark of each and what it says; "" where it speaks of the kind of all
    figures, or of those of its period."""
    notes = []
    for line in lines:
        for mark, text in _NOTE.findall(line) or [("", line)]:
            said = take_apart(text)
            dated = said.period and said.kind in ("preliminary", "estimate")
            if mark or dated or _OF_FIGURES.match(line):
                open_ = _names_part(said) or (not mark and not said.period and said.kind)
                kind = "unclear" if open_ else said.kind
                period = said.period * (kind != "unclear")
                restricts = said.measure * bool(mark and _FIGURES.sub("", said.measure))
                notes.append((mark, Said(kind * (not said.compared), period, measure=restricts)))
    return notes


def _marks(labels: list[str]) -> set[str]:
    return {mark for text in labels if (found := MARK.search(text)) for mark in found.groups() if mark}


def kind_noted(notes: Notes, labels: list[str], period_text: str) -> str:
    """The kind that the notes say of a number with these labels, the head of its column first: "2023 (*)"
    above "(*) Số liệu sơ bộ"."""
    marks, over, kinds = _marks(labels), _marks(labels[:1]), {""}
    for mark, said in notes:
        if mark in over and said.measure and not says_nothing(said.measure):
            return "unclear"  # what it says may restrict all of the column: "(*) Khu vực nông thôn"
        if not said.period or period_of(said.period) == period_of(period_text):
            kinds.add(said.kind * (mark in ("", *marks)))
        elif mark in marks and said.kind:
            kinds.add("unclear")  # the note to this number speaks of another year
    return "".join(kinds) if len(kinds) < 3 else "unclear"


def words_noted(notes: Notes, labels: list[str]) -> list[str]:
    """What else the notes to these labels say, which may restrict them: "Thu nhập (1)" above "(1) Khu vực
    thành thị"."""
    return [said.measure for mark, said in notes if said.measure and mark in _marks(labels)]


def marked_note(text: str, notes: str) -> str:
    """What the notes to a table say of a number with a mark: "1.520¹" above "(1) tính cả khách đến đền".

    >>> marked_note("1.520¹", "Ghi chú: (1) tính cả khách đến đền. (2) ước tính.")
    'tính cả khách đến đền.'
    """
    mark = _marks([_RAISED.sub(lambda m: f"({unicodedata.digit(m[0])})", text.strip())])
    said = (note for sign, note in _NOTE.findall(notes.partition("Nơi nhận")[0]) if sign in mark)
    return next(said, "").strip()


@lru_cache(maxsize=1000)
def opening_note(note: str) -> str:
    """The part of the notes to a table that speaks of the kind or the time of its figures; "" where none
    does."""
    clauses = re.split(r"(?<=[.;])\s+|\s+(?=(?:Ghi chú|Chú thích|Nơi nhận)\b)", note)
    said = [clause for clause in clauses if (read := take_apart(clause)).kind or read.names_time]
    return re.sub(r"(?i)^(?:ghi chú|chú thích)\s*:\s*", "", " ".join(said))


def restriction(lines: list[str], notes: str, unit: str) -> str:
    """What lines of the title or the notes to the whole of a table say that restricts what its figures count,
    or that a sum of money is in the prices of another year; "" where they say nothing of the kind.

    >>> restriction(["Dân số"], "Ghi chú: chưa bao gồm thị trấn. (1) Khu vực nông thôn", "persons")
    'Ghi chú: chưa bao gồm thị trấn.'
    """
    words = (*PART, *PRICES) if unit == "billion VND" else PART
    for text in (*lines, *re.split(r"(?<=[.;])\s+", _NOTE.sub("", notes))):
        folded = fold(text)
        if any(word in folded for word in words):
            return text.strip()
    return ""
