"""PC-Axis, the format of statistics offices' databases: KEYWORD("of what")=values; and the numbers in DATA.

The numbers run through the variables of STUB, then of HEADING, the last variable fastest. Where a file has
KEYS, each row of DATA begins with the values or codes of the stub's variables, and rows of zeros are left out
(scb.se, "Data in the PX-file")."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from baoyen_analysis.intake.delimited import encoding_of, mended_texts
from baoyen_analysis.intake.heads import is_area, kind_over, period_of, said_of
from baoyen_analysis.intake.headwords import Said
from baoyen_analysis.intake.numberformats import Typed, plain
from baoyen_analysis.intake.recognise import indicator_of, unit_of
from baoyen_analysis.intake.rows import Number
from baoyen_analysis.intake.sheets import MOST_CELLS, OfficeFileError, Problem
from baoyen_analysis.printed.text import fold

Keywords = defaultdict[tuple[str, str], list[str]]  # the values of each keyword, by what it is said of

_STATEMENT = re.compile(r'(?:"[^"]*(?:"|$)|[^";]+)*+')  # it ends with a semicolon outside of strings
_KEY = re.compile(r'[\s\x1a\ufeff]*([A-Z][A-Z0-9-]*)(\[\w+\])?(?:\("([^"]*)"[^)]*\))?\s*=')
_STRING = re.compile(r'"([^"]*)"')
_VALUE = re.compile(r'(?:"[^"]*"\s*)+|[^\s",]+')  # a long text is several strings, one after the other
_CELL = re.compile(r'"[^"]*"|[^\s",;]+')  # in DATA each string is a cell of its own
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_PART_NAMES = {fold(name): "Quý" for name in ("quý", "quarter", "quarters")}
_PART_NAMES |= {fold(name): "Tháng" for name in ("tháng", "month", "months")}
# The codes of TIMEVAL by its scale, as periods of the record; others (weeks, days) are none.
_TIMES = {
    "A": r"(\d{4})()",
    "H": r"(\d{4})H?([12])",
    "Q": r"(\d{4})Q?([1-4])",
    "M": r"(\d{4})M?(0[1-9]|1[0-2])",
}


class _Variable(NamedTuple):
    """A variable of the table, its values in order, and what they are: "period", "part" (of a year), "kind"
    (plan, outcome), "area" or "label"; by value its words in that role, and what it says of kind and
    period."""

    name: str
    values: list[str]
    role: str
    words: dict[str, str]
    said: dict[str, Said]


def is_pc_axis(path: Path, data: bytes) -> bool:
    """Whether a file of text is PC-Axis, by its name or its first words."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return path.suffix.lower() == ".px" or bool(re.match(rb'(charset|axis-version)\s*=\s*"', start))


def numbers_of_pc_axis(
    path: Path, data: bytes, *, unit: str = "", font: str = ""
) -> tuple[list[Number], list[Problem]]:
    """Each number with the words around it, its cell the place in DATA; and the problems.

    `unit`: of what has none in the file; `font`: of a file in a legacy encoding.
    """
    text, problems = _text(path, data, font)
    said, cells = _statements(text)
    stub, heading = ([_variable(name, said) for name in said[key, ""]] for key in ("STUB", "HEADING"))
    try:
        placed = _labelled(said, cells, stub, heading)
    except ValueError as error:
        raise OfficeFileError(path, str(error), "Download it again, whole") from error
    if left_out := math.prod(len(variable.values) for variable in stub + heading) - len(placed):
        problem = "not in DATA: rows of zeros are left out of a file with keys, and are not taken"
        remedy = "Download the table without keys if they are wanted"
        problems.append(("DATA", "", f"{left_out} numbers", problem, remedy))
    numbers: list[Number] = []
    for place, (labels, cell) in enumerate(placed, start=1):
        figure = cell.strip('"') if cell.strip('".') else ".."
        if _NUMBER.fullmatch(figure):  # PC-Axis knows decimal points alone
            figure = Typed(figure if re.fullmatch(r"-?\d+(?:\.\d+)?", figure) else plain(figure))
        named = list(zip(stub + heading, labels, strict=True))
        numbers.append(_number(str(place), figure, named, len(stub), said, unit))
    return numbers, problems


def _text(path: Path, data: bytes, font: str) -> tuple[str, list[Problem]]:
    """The text in the page that it names, its strings with their letters mended; every mending is a
    problem."""
    page = re.search(rb'CODEPAGE\s*=\s*"([!#-~]+)"', data)
    problems: list[Problem] = []
    try:
        text = data.decode(page[1].decode() if page else "utf-8-sig")
    except (UnicodeError, LookupError):
        encoding, doubt = encoding_of(data, font)
        text = data.decode(encoding, errors="replace")
        doubt = doubt or "not in the page that it names; read as UTF-8"
        problems.append(("", "", path.name, doubt, "Check the letters"))
    text = unicodedata.normalize("NFC", text)
    mended, steps = mended_texts(_STRING.findall(text), font)
    for before, problem in dict.fromkeys(step[1:] for step in steps):
        problems.append(("", "", before, problem, "Check the spelling"))
    strings = iter(mended)
    return _STRING.sub(lambda _: f'"{next(strings)}"', text), problems


def _statements(text: str) -> tuple[Keywords, list[str]]:
    """What is said, but for statements with a [language] that is not the file's main one; and the cells of
    DATA, strings in their quotation marks. DATA comes last; without its semicolon it is whole where blanks
    follow its last number."""
    said = Keywords(list)
    for statement in _STATEMENT.finditer(text):
        found = _KEY.match(statement[0])
        if found and found[1] == "DATA":
            data = text[statement.start() + found.end() :].rstrip("\x1a")
            ended = data.rstrip().endswith(";") or data[-1:].isspace()
            return said, _CELL.findall(data) if ended else []
        if found and not found[2]:
            values = _VALUE.findall(statement[0][found.end() :])
            values = ["".join(_STRING.findall(value)) if '"' in value else value for value in values]
            said[found[1], found[3] or ""] = values
    return said, []


def _labelled(
    said: Keywords, cells: list[str], stub: list[_Variable], heading: list[_Variable]
) -> list[tuple[tuple[str, ...], str]]:
    """Each cell with its labels. In a file with keys, rows begin with the names or codes of their labels."""
    kinds = {of: values[0] for (key, of), values in said.items() if key == "KEYS" and values}
    columns, variables = math.prod(len(one.values) for one in heading), stub + heading
    if len(cells) > MOST_CELLS:
        raise ValueError(f"it has over {MOST_CELLS:,} numbers; choose fewer")
    if kinds and columns < len(cells):
        down, cells = _keyed(said, cells, stub, kinds, columns)
    elif variables and cells and columns * math.prod(len(one.values) for one in stub) == len(cells):
        down = list(itertools.product(*(one.values for one in stub)))
    else:
        wanted = " × ".join(f"{len(one.values)} {one.name}" for one in variables) or "STUB and HEADING"
        raise ValueError(f"its DATA has {len(cells)} numbers where {wanted} are said")
    across = list(itertools.product(*(one.values for one in heading)))
    return list(zip(((*row, *column) for row in down for column in across), cells, strict=True))


def _keyed(
    said: Keywords, cells: list[str], stub: list[_Variable], kinds: dict[str, str], columns: int
) -> tuple[list[tuple[str, ...]], list[str]]:
    """The labels of each row, and its cells without its keys."""
    if strange := sorted(kinds.keys() - {one.name for one in stub}):
        raise ValueError(f"it has KEYS of {', '.join(strange)}, which is not in STUB")
    known = []
    for name, values, *_ in stub:
        keys = [f'"{key}"' for key in said[kinds.get(name, ""), name]]
        if not len(set(keys)) == len(keys) == len(values):
            raise ValueError(f"its KEYS of {name!r} are not the names or codes of its values")
        known.append(dict(zip(keys, values, strict=True)))
    width = len(stub) + columns
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    down = [tuple(of.get(key, "") for of, key in zip(known, row, strict=False)) for row in rows]
    if len(rows[-1]) != width or len(set(down)) != len(down) or any(not all(labels) for labels in down):
        wanted = f"{len(stub)} keys and {columns} numbers"
        raise ValueError(f"its DATA is not made of rows of {wanted}, each row once")
    return down, [cell for row in rows for cell in row[len(stub) :]]


def _variable(name: str, known: Keywords) -> _Variable:
    timeval, codes, values = (known[key, name] for key in ("TIMEVAL", "CODES", "VALUES"))
    # "2023-03" is March, no span, where another value is a month.
    months = any(period and period.part.startswith("M") for period in map(period_of, values))
    month = r"\1M\2" if months else r"\1-\2"
    said = {value: said_of(re.sub(r"^(\d{4})-(\d\d)$", month, value)) for value in values}
    words, role = {value: value.strip() for value in values}, "label"
    times = _timed(timeval, codes, values)
    if times or all(of.period for of in said.values()):
        role = "period"
        words = times or {value: value if of.measure else of.period for value, of in said.items()}
    elif fold(name) in _PART_NAMES or any(map(_is_part, values)):
        role, word = "part", _PART_NAMES.get(fold(name), "")
        for value, of in said.items():
            words[value] = of.part or (value if _is_part(value) else f"{word} {value}")
    elif any(of.kind and not of.measure for of in said.values()):
        role = "kind"
    elif any(map(is_area, values)):
        role = "area"
    return _Variable(name, values, role, words, said)


def _timed(timeval: list[str], codes: list[str], values: list[str]) -> dict[str, str]:
    """The periods of the values of a variable of time, by its TIMEVAL; a value that names another one, or of
    weeks or days, keeps its own words and its code, which no period is read from."""
    scale = re.fullmatch(r"TLIST\(([A-Z]+)1\)?", "".join(timeval[:1]))
    times = next((its for its in (timeval[1:], codes) if len(its) == len(values)), [])
    found: dict[str, str] = {}
    letter = scale[1] if scale else ""
    for value, code in zip(values, times, strict=False) if letter else ():
        match = re.fullmatch(_TIMES.get(letter, "(?!)"), code)
        stated = f"{match[1]}{letter if match[2] else ''}{match[2]}" if match else f"TLIST {code}"
        period = period_of(value)
        agrees = period == period_of(stated) if period else not said_of(value).names_time
        found[value] = stated if match and agrees else f"{value} | {stated}"
    return found


def _is_part(value: str) -> bool:
    """Whether a value is a part of a year: "Quý I", "Q1", "6 tháng đầu năm", "Cả năm"."""
    period = period_of(f"{value} 2020")
    return bool(said_of(value).part or (period and period.part))


def _number(
    place: str, figure: str, named: list[tuple[_Variable, str]], stubs: int, said: Keywords, unit: str
) -> Number:
    """What the labels of a number say of its area, period, kind, unit and indicator. A part of a year is read
    with its year, or not at all."""
    title, contents, units, note = (" ".join(said[key, ""]) for key in ("TITLE", "CONTENTS", "UNITS", "NOTE"))
    areas, parts, times, names = (
        [one.words[label] for one, label in named if one.role == role]
        for role in ("area", "part", "period", "label")
    )
    of_all = [*(one.said[label] for one, label in named), said_of(title)]
    period = " ".join(parts + times)
    kinds = {of.kind for of in of_all[:-1]} - {""} or {kind_over(of_all[-1], period)}
    own = [its for label in names if (its := unit_of(label)) not in ("", label)]
    own += [" ".join(said["UNITS", label]) for _, label in named if ("UNITS", label) in said]
    labels = [label for _, label in named]
    return Number(
        "DATA",
        place,
        title,
        note,
        "",
        " | ".join(labels[:stubs]),
        " | ".join(labels[stubs:]),
        " | ".join(areas),
        " | ".join(names) or (contents if indicator_of(contents) else title),
        period,
        figure,
        next(iter(own), units) or unit,
        kinds.pop() if len(kinds) == 1 else "unclear",
        any(of.compared for of in of_all),
    )
