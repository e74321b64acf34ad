"""Cells of a column that are printed alike, read together.

Texts of one form differ in their digits alone: "khoảng 11.111,1 triệu đồng" stands for all that are printed
so. What a form says is found once: the plan of its words and how many decimals its number has. The digits of
its cells are then whole numbers in an array, which goes the way of a single one. A form whose digits
themselves may tell how it is read (a year, a telephone number, thousands or three decimals) is left to be
read cell by cell, and so is one that few cells have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from baoyen_analysis.printed.columns import habit_of, planned
from baoyen_analysis.printed.grammar import Plan
from baoyen_analysis.printed.numerals import CUT, printed_number
from baoyen_analysis.printed.phrases import Doubt
from baoyen_analysis.printed.shapes import LONGEST_TEXT, Reading, finish, size_of, thing_of

Kind = tuple[Plan, int]  # what a form says: the plan of its words, and the count of its decimals

_RUN = 1 << 13  # cells, so that few texts are held twice
_FEW, _FEW_OF_FORM = 64, 8  # as fast one by one
_END = b"\0"  # of a text
_ONES = bytes.maketrans(b"023456789", b"1" * 9)
_NO_DIGITS = bytes({*range(256)} - {*b"0123456789", *_END})
_MOST_DIGITS = 18  # of 64 bits


def read_alike(
    cells: list, habits: list[bool], units: list[str], shown: dict[bool, bool | None]
) -> Iterator[tuple[np.ndarray, Reading]]:
    """The places of cells that are read together, and their reading, of which value, low and high are arrays.
    `shown`: for either habit the one in which doubtful numbers are read."""
    for start in range(0, len(cells) - _FEW, _RUN):
        run = slice(start, start + _RUN)
        kinds, kind, numbers = _told_apart(cells[run], habits[run], units[run], shown)
        places = np.flatnonzero(kind >= 0)
        its_digits = [numbers[place] for place in places.tolist()]
        digits = np.array(list(map(int, its_digits)), dtype=np.int64)
        zeros = np.array([len(its) - len(its.rstrip(b"0")) for its in its_digits], dtype=np.intp)
        group = kind[places] * (_MOST_DIGITS + 1) + zeros
        order = np.argsort(group, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
            if len(rows) < _FEW_OF_FORM:
                continue
            plan, decimals = kinds[kind[places[rows[0]]]]
            its = digits[rows]
            if not _is_exact(plan, decimals, int(its.max())):
                its = its.astype(object)  # whole numbers without end
            size = size_of(its, decimals, int(zeros[rows[0]]), plan.first)
            yield start + places[rows], finish(plan, size, [])


def _told_apart(
    cells: list, habits: list[bool], units: list[str], shown: dict[bool, bool | None]
) -> tuple[list[Kind], np.ndarray, list[bytes]]:
    """What the forms of a run say, which of it each cell (-1: is read alone), and the cells' digits."""
    texts = [cell if isinstance(cell, str) else "" for cell in cells]
    printed = _END.decode().join(texts).encode("utf-8", "surrogatepass")
    numbers = printed.translate(None, _NO_DIGITS).split(_END)
    if len(numbers) > len(cells):  # what ends a text here stands in one
        return [], np.full(len(cells), -1), []
    index: defaultdict[tuple[bytes, bool, bool, str], int] = defaultdict()
    index.default_factory = index.__len__
    forms = printed.translate(_ONES).split(_END)
    keys = zip(forms, map(b"1".__gt__, numbers), habits, units, strict=True)
    form = np.fromiter(map(index.__getitem__, keys), dtype=np.intp, count=len(cells))
    said = [
        _said(*key, shown[key[2]]) if many >= _FEW_OF_FORM else None
        for key, many in zip(index, np.bincount(form).tolist(), strict=True)
    ]
    kinds = {kind: at for at, kind in enumerate(dict.fromkeys(filter(None, said)))}
    return list(kinds), np.array([kinds[kind] if kind else -1 for kind in said])[form], numbers


@lru_cache(maxsize=4096)
def _said(form: bytes, zero: bool, vi: bool, unit_text: str, shown: bool | None) -> Kind | None:
    """What a form says; None where its cells are not read together. `zero`: its number begins with 0."""
    text = form.replace(b"1", b"0", zero).decode("utf-8", "surrogatepass")
    parts = CUT(text)
    if len(parts) != 3 or len(text) > LONGEST_TEXT:
        return None
    plan, number = planned((parts[0], parts[2]), unit_text), parts[1]
    if isinstance(plan, str) or plan.shape != "one" or plan.first.half:
        return None
    length = len(number.replace(".", "").replace(",", ""))
    bare = plan.thing == "bare" and not plan.first.scaled
    if length > _MOST_DIGITS or number.startswith("01") or (bare and (number == "1111" or length == 11)):
        return None
    try:
        vi = habit_of(text, vi, unit_text, shown)
        _, decimals = printed_number(number, vi, plan.english, thing_of(plan, plan.first))
    except Doubt:
        return None
    return (plan, decimals) if decimals < 3 else None


def _is_exact(plan: Plan, decimals: int, most: int) -> bool:
    """Whether 64 bits are enough for digits up to `most`. No numerator is more than six times their amount;
    floats hold those of 53 bits, and a longer one is rounded once where it is at most halved."""
    halved = not decimals and plan.qualifier in ("eq", "ge", "le", "lt")
    return (6 * (most + 1) * plan.first.scale).bit_length() <= (62 if halved else 53)
