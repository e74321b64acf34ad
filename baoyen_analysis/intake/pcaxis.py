"""PC-Axis, the format of statistics offices' databases: KEYWORD("of what")=values; and the numbers in DATA.

The numbers run through the variables of STUB, then of HEADING, the last variable fastest. Where a file has
KEYS, each row of DATA begins with the values or codes of the stub's variables, and rows of zeros are left out
(scb.se, "Data in the PX-file")."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from baoyen_analysis.intake.delimited import encoding_of, mended_texts
from baoyen_analysis.intake.heads import is_area, kind_over, period_of, said_of
from baoyen_analysis.intake.headwords import Said
from baoyen_analysis.intake.numberformats import Typed, plain
from baoyen_analysis.intake.recognise import indicator_of, unit_of
from baoyen_analysis.intake.rows import Number, Words
from baoyen_analysis.intake.sheets import MOST_CELLS, OfficeFileError, Problem
from baoyen_analysis.printed.text import fold

_PIECE = re.compile(r'"[^"]*"|[^";]+|[";]')  # of a statement, which ends with a semicolon outside of strings
_KEY = re.compile(r'([A-Z][A-Z0-9-]*)(\[\w+\])?(?:\("([^"]*)"[^)]*\))?\s*=')
_STRING = re.compile(r'"([^"]*)"')
_VALUE = re.compile(r'(?:"[^"]*"\s*)+|[^\s",]+')  # a long text is several strings, one after the other
_CELL = re.compile(r'"[^"]*"|[^\s",;]+')  # in DATA each string is a cell of its own
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_PAGE = re.compile(r"(?i)(?:utf-?(?:8|16|8-sig)|us-ascii|(?:iso-?8859|windows|cp|ibm|mac)[-_]?\w+)")
_PART_NAMES = {
    fold(name): word
    for word, names in {"Quý": "quý|quarter|quarters", "Tháng": "tháng|month|months"}.items()
    for name in names.split("|")
}
_ISO_MONTH = re.compile(r"^(\d{4})-(\d\d)$")
# The codes of TIMEVAL by its scale, as periods of the record; others (weeks, days) are none.
_TIMES = {
    "A1": r"(\d{4})()",
    "H1": r"(\d{4})H?([12])",
    "Q1": r"(\d{4})Q?([1-4])",
    "M1": r"(\d{4})M?(0[1-9]|1[0-2])",
}
_AGAIN = "Download it again, whole"


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
    if len(cells) > MOST_CELLS:
        raise OfficeFileError(
            path, f"it has over {MOST_CELLS:,} numbers", "Choose fewer values and download it again"
        )
    stub, heading = (
        [_variable(name, said) for name in said.get((key, ""), [])] for key in ("STUB", "HEADING")
    )
    if any(key == "KEYS" for key, _ in said):
        placed = _keyed(path, said, cells, stub, heading)
        left_out = math.prod(len(variable.values) for variable in stub + heading) - len(placed)
        if left_out:
            problem = "not in DATA: rows of zeros are left out of a file with keys, and are not taken"
            remedy = "Download the table without keys if they are wanted"
            problems.append(("DATA", "", f"{left_out} numbers", problem, remedy))
    else:
        placed = _in_order(path, cells, stub + heading)
    texts = {key: " ".join(said.get((key, ""), [])) for key in ("TITLE", "CONTENTS", "UNITS", "NOTE")}
    numbers: list[Number] = []
    for place, (labels, cell) in enumerate(placed, start=1):
        words = _words(stub, heading, labels, said, texts, unit)
        numbers.append(("DATA", str(place), _figure(cell), " | ".join(labels[: len(stub)]), words))
    return numbers, problems


def _figure(cell: str) -> str:
    """A number, a mark for a missing one, or what stands in their place; PC-Axis knows decimal points
    alone."""
    if _NUMBER.fullmatch(cell):
        return Typed(cell if re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else plain(cell))
    return cell if cell.strip(".") else ".."


def _text(path: Path, data: bytes, font: str) -> tuple[str, list[Problem]]:
    """The text in the page that it names, its strings with their letters mended; every mending is a
    problem."""
    page = re.search(rb'CODEPAGE\s*=\s*"([!#-~]+)"', data)
    named, doubt = page[1].decode() if page else "utf-8-sig", ""
    try:
        text = data.decode(named if _PAGE.fullmatch(named) else "?")
    except (UnicodeError, LookupError):
        encoding, doubt = encoding_of(data, font)
        text, doubt = (
            data.decode(encoding, errors="replace"),
            doubt or "not in the page that it names; read as UTF-8",
        )
    problems = [("", "", path.name, doubt, "Check the letters")] if doubt else []
    text = unicodedata.normalize("NFC", text)
    mended, steps = mended_texts(_STRING.findall(text), font)
    for before, problem in dict.fromkeys(step[1:] for step in steps):
        problems.append(("", "", before, problem, "Check the spelling"))
    strings = iter(mended)
    return _STRING.sub(lambda _: f'"{next(strings)}"', text), problems


def _statements(text: str) -> tuple[dict[tuple[str, str], list[str]], list[str]]:
    """The values of each keyword, by what it is said of, and the cells of DATA, strings in their quotation
    marks. DATA comes last; without its semicolon it is whole where blanks follow its last number. A statement
    with [language] is not in the file's main language."""
    said: dict[tuple[str, str], list[str]] = {}
    start = 0
    for piece in itertools.chain(_PIECE.finditer(text), [None]):
        if piece and piece[0] != ";":
            continue
        statement = text[start : piece.start() if piece else len(text)].lstrip(" \r\n\t\x1a\ufeff")
        found = _KEY.match(statement)
        if found and found[1] == "DATA":
            data = text[text.index(statement, start) + found.end() :].rstrip("\x1a")
            ended = data.rstrip().endswith(";") or data[-1:].isspace()
            return said, _CELL.findall(data) if ended else []
        if found and not found[2]:
            values = _VALUE.findall(statement[found.end() :])
            said[found[1], found[3] or ""] = [
                "".join(_STRING.findall(value)) if '"' in value else value for value in values
            ]
        start = piece.end() if piece else len(text)
    return said, []


def _variable(name: str, known: dict[tuple[str, str], list[str]]) -> _Variable:
    values = known.get(("VALUES", name), [])
    timed = _timed(known.get(("TIMEVAL", name), []), known.get(("CODES", name), []), values)
    months = any(
        (period := period_of(value)) and period.part.startswith("M") for value in values
    )  # beside them "2023-03" is March, no span
    said = {value: said_of(_ISO_MONTH.sub(r"\1M\2", value) if months else value) for value in values}
    words = {value: value.strip() for value in values}
    if timed is not None:
        return _Variable(name, values, "period", timed, said)
    if all(of.period for of in said.values()):
        return _Variable(
            name,
            values,
            "period",
            {value: value if of.measure else of.period for value, of in said.items()},
            said,
        )
    if fold(name) in _PART_NAMES or any(map(_is_part, values)):
        word = _PART_NAMES.get(fold(name), "")
        parts = {
            value: of.part or (value if _is_part(value) else f"{word} {value}") for value, of in said.items()
        }
        return _Variable(name, values, "part", parts, said)
    if any(of.kind and not of.measure for of in said.values()):
        return _Variable(name, values, "kind", words, said)
    return _Variable(name, values, "area" if any(map(is_area, values)) else "label", words, said)


def _timed(timeval: list[str], codes: list[str], values: list[str]) -> dict[str, str] | None:
    """The periods of the values of a variable of time, by its TIMEVAL; a value that names another one, or of
    weeks or days, keeps its own words and its code, which no period is read from."""
    scale = re.fullmatch(r"TLIST\(([A-Z]+1)\)?", timeval[0]) if timeval else None
    times = next((its for its in (timeval[1:], codes) if len(its) == len(values)), None)
    if not scale or times is None:
        return None
    found = {}
    for value, code in zip(values, times, strict=True):
        match = re.fullmatch(_TIMES.get(scale[1], "(?!)"), code)
        stated = f"{match[1]}{scale[1][0] if match[2] else ''}{match[2]}" if match else f"TLIST {code}"
        own, period = said_of(value), period_of(value)
        agrees = period == period_of(stated) if period else not own.names_time
        found[value] = stated if match and agrees else f"{value} | {stated}"
    return found


def _is_part(value: str) -> bool:
    """Whether a value is a part of a year: "Quý I", "Q1", "6 tháng đầu năm", "Cả năm"."""
    period = period_of(f"{value} 2020")
    return bool(said_of(value).part or (period and period.part))


def _words(
    stub: list[_Variable],
    heading: list[_Variable],
    labels: tuple[str, ...],
    said: dict[tuple[str, str], list[str]],
    texts: dict[str, str],
    unit: str,
) -> Words:
    """What the labels of a number say of its area, period, kind, unit and indicator. A part of a year is read
    with its year, or not at all."""
    named = list(zip(stub + heading, labels, strict=True))
    by_role = {
        role: [variable.words[label] for variable, label in named if variable.role == role]
        for role in ("area", "part", "period", "label")
    }
    of_labels = [variable.said[label] for variable, label in named]
    title, period = said_of(texts["TITLE"]), " ".join(by_role["part"] + by_role["period"])
    kinds = {of.kind for of in of_labels} - {""} or {kind_over(title, period)}
    units = [
        its
        for variable, label in named
        if variable.role == "label" and (its := unit_of(label)) not in ("", label)
    ]
    units += [" ".join(said["UNITS", label]) for label in labels if ("UNITS", label) in said]
    contents = texts["CONTENTS"]
    return Words(
        texts["TITLE"],
        texts["NOTE"],
        "",
        " | ".join(labels[len(stub) :]),
        " | ".join(by_role["area"]),
        " | ".join(by_role["label"]) or (contents if indicator_of(contents) else texts["TITLE"]),
        period,
        next(iter(units), texts["UNITS"]) or unit,
        kinds.pop() if len(kinds) == 1 else "unclear",
        any(of.compared for of in [*of_labels, title]),
    )


def _in_order(path: Path, cells: list[str], variables: list[_Variable]) -> list[tuple[tuple[str, ...], str]]:
    """Each cell with its labels, in a file that has one for each."""
    if not variables or not cells or math.prod(len(variable.values) for variable in variables) != len(cells):
        wanted = (
            " × ".join(f"{len(variable.values)} {variable.name}" for variable in variables)
            or "STUB and HEADING"
        )
        raise OfficeFileError(path, f"its DATA has {len(cells)} numbers where {wanted} are said", _AGAIN)
    across = itertools.product(*(variable.values for variable in variables))
    return list(zip(across, [cell.strip('"') for cell in cells], strict=True))


def _keyed(
    path: Path,
    said: dict[tuple[str, str], list[str]],
    cells: list[str],
    stub: list[_Variable],
    heading: list[_Variable],
) -> list[tuple[tuple[str, ...], str]]:
    """Each cell with its labels, in a file whose rows begin with their keys."""
    keys: list[dict[str, str]] = []
    if names := sorted({of for key, of in said if key == "KEYS"} - {variable.name for variable in stub}):
        raise OfficeFileError(path, f"it has KEYS of {', '.join(names)}, which is not in STUB", _AGAIN)
    for variable in stub:
        kind = said.get(("KEYS", variable.name), [""])[0]
        known = said.get((kind, variable.name), [])
        keys.append(dict(zip((f'"{key}"' for key in known), variable.values, strict=False)))
        if not len(keys[-1]) == len(known) == len(variable.values):
            raise OfficeFileError(
                path, f"its KEYS of {variable.name!r} are not the names or codes of its values", _AGAIN
            )
    width = len(stub) + math.prod(len(variable.values) for variable in heading)
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    places = [tuple(row[: len(stub)]) for row in rows]
    whole = bool(stub and rows) and len(rows[-1]) == width and len(set(places)) == len(places)
    if not whole or not all(key in of for place in places for key, of in zip(place, keys, strict=True)):
        wanted = f"{len(stub)} keys and {width - len(stub)} numbers"
        raise OfficeFileError(path, f"its DATA is not made of rows of {wanted}, each row once", _AGAIN)
    across = list(itertools.product(*(variable.values for variable in heading)))
    return [
        ((*(of[key] for key, of in zip(row, keys, strict=False)), *labels), cell.strip('"'))
        for row in rows
        for labels, cell in zip(across, row[len(stub) :], strict=True)
    ]
