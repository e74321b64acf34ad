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

from baoyen_analysis.intake.heads import is_area, kind_over, period_of, said_of
from baoyen_analysis.intake.headwords import Said
from baoyen_analysis.intake.recognise import indicator_of, unit_of
from baoyen_analysis.intake.sheets import OfficeFileError
from baoyen_analysis.printed.repair import repair
from baoyen_analysis.printed.text import fold

_OPEN_HABIT = re.compile(r"-?\d{1,3}\.\d{3}")  # thousands or decimals? PC-Axis knows decimals alone
# DATA comes last and ends the file; a statement with [language] is not in the file's main language.
_STATEMENT = re.compile(
    r"DATA\s*=(?P<data>.*);[\s\x1a]*\Z"
    r'|(?P<key>[A-Z][A-Z0-9-]*)(?P<language>\[\w+\])?(?:\("(?P<of>[^"]*)"[^)]*\))?\s*=(?P<values>(?:"[^"]*"|[^";]++)*+);',
    re.DOTALL,
)
_STRING = re.compile(r'"([^"]*)"')
_VALUE = re.compile(r'(?:"[^"]*"\s*)+|[^\s",]+')  # a long text is several strings, one after the other
_CELL = re.compile(r'"[^"]*"|[^\s",;]+')  # in DATA each string is a cell of its own
_PART_NAMES = {
    fold(name): word
    for word, names in {"Quý": "quý|quarter", "Tháng": "tháng|month"}.items()
    for name in names.split("|")
}
_ISO_MONTH = re.compile(r"^(\d{4})-(\d\d)$")
_AGAIN = "Download it again, whole"

Problem = tuple[str, str, str, str, str]  # sheet, cell, text, problem, remedy


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


def rows_of_pc_axis(
    path: Path, data: bytes, *, unit: str = "", font: str = ""
) -> tuple[list[dict], list[Problem]]:
    """One row a number, in the words of `office.WORDS`, the `kind` that they say and whether it is
    `compared`; its cell is the place in DATA. And the problems.

    `unit`: of what has none in the file; `font`: of a file in a legacy encoding.
    """
    text, problems = _text(path, data, font)
    said, cells = _statements(text)
    stub, heading = (
        [_variable(name, said.get(("VALUES", name), [])) for name in said.get((key, ""), [])]
        for key in ("STUB", "HEADING")
    )
    if any(key == "KEYS" for key, _ in said):
        placed = _keyed(path, said, cells, stub, heading)
        left_out = math.prod(len(variable.values) for variable in stub + heading) - len(placed)
        if left_out:
            problems.append(
                (
                    "DATA",
                    "",
                    f"{left_out} numbers",
                    "not in DATA: rows of zeros are left out of a file with keys, and are not taken",
                    "Download the table without keys if they are wanted",
                )
            )
    else:
        placed = _in_order(path, cells, stub + heading)
    title, contents, general, note = (
        " ".join(said.get((key, ""), [])) for key in ("TITLE", "CONTENTS", "UNITS", "NOTE")
    )
    rows = []
    for place, (labels, number) in enumerate(placed, start=1):
        named = {" ".join(said["UNITS", label]) for label in labels if ("UNITS", label) in said}
        own_unit = next(iter(_units_in(stub + heading, labels) or named), general)
        rows.append(
            {
                "sheet": "DATA",
                "cell": str(place),
                "title": title,
                "note": note,
                "group_text": "",
                "row_text": " | ".join(labels[: len(stub)]),
                "column_text": " | ".join(labels[len(stub) :]),
                "value_text": number,
                "unit_text": own_unit or unit,
                "figure": ".."
                if not number.strip(".")
                else float(number)
                if _OPEN_HABIT.fullmatch(number)
                else number,
                **_meaning(stub + heading, labels, title, contents),
            }
        )
    return rows, problems


def _text(path: Path, data: bytes, font: str) -> tuple[str, list[Problem]]:
    """The text in the page that it names, its strings with their letters mended; every mending is a
    problem."""
    page, problems = re.search(rb'CODEPAGE\s*=\s*"([!#-~]+)"', data), []
    try:
        text = data.decode(page[1].decode() if page else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        text, encoding = data.decode("latin-1"), "a legacy font's letters"
        if not font and not repair(_STRING.findall(text))[1]["repair"].isin(["tcvn3", "vni"]).any():
            text, encoding = data.decode("cp1258", errors="replace"), "windows-1258"
        problems.append(
            (
                "",
                "",
                path.name,
                f"not in the page that it names, nor in UTF-8; read as {encoding}",
                "Check the letters",
            )
        )
    text = unicodedata.normalize("NFC", text)
    mended, report = repair(_STRING.findall(text), font=font)
    for step in report.drop_duplicates(["before", "repair"]).itertuples():
        problem = (
            step.repair if step.after == step.before else f"letters mended ({step.repair}): {step.after}"
        )
        problems.append(("", "", step.before, problem, "Check the spelling"))
    strings = iter(mended)
    return _STRING.sub(lambda _: f'"{next(strings)}"', text), problems


def _statements(text: str) -> tuple[dict[tuple[str, str], list[str]], list[str]]:
    """The values of each keyword, by what it is said of, and the cells of DATA, strings in their quotation
    marks."""
    said, cells = {}, []
    for found in _STATEMENT.finditer(text):
        if found["data"] is not None:
            cells = _CELL.findall(found["data"])
        elif not found["language"]:
            values = _VALUE.findall(found["values"])
            said[found["key"], found["of"] or ""] = [
                "".join(_STRING.findall(value)) if '"' in value else value for value in values
            ]
    return said, cells


def _variable(name: str, values: list[str]) -> _Variable:
    months = any(
        (period := period_of(value)) and period.part.startswith("M") for value in values
    )  # beside them "2023-03" is March, no span
    said = {value: said_of(_ISO_MONTH.sub(r"\1M\2", value) if months else value) for value in values}
    words = {value: value.strip() for value in values}
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


def _is_part(value: str) -> bool:
    """Whether a value is a part of a year: "Quý I", "Q1", "6 tháng đầu năm", "Cả năm"."""
    period = period_of(f"{value} 2020")
    return bool(said_of(value).part or (period and period.part))


def _units_in(variables: list[_Variable], labels: tuple[str, ...]) -> list[str]:
    """The units that labels end in: "Doanh thu (tỷ đồng)"."""
    named = [label for variable, label in zip(variables, labels, strict=True) if variable.role == "label"]
    return [unit for label in named if (unit := unit_of(label)) not in ("", label)]


def _meaning(
    variables: list[_Variable], labels: tuple[str, ...], title: str, contents: str
) -> dict[str, object]:
    """What the labels of a number say of its area, period, kind and indicator. A part of a year is read with
    its year, or not at all."""
    named = list(zip(variables, labels, strict=True))
    words = {
        role: [variable.words[label] for variable, label in named if variable.role == role]
        for role in ("area", "part", "period", "label")
    }
    said = [variable.said[label] for variable, label in named]
    period = " ".join(words["part"] + words["period"])
    kinds = {of.kind for of in said} - {""} or {kind_over(said_of(title), period)}
    return {
        "area_text": " | ".join(words["area"]),
        "period_text": period,
        "indicator_text": " | ".join(words["label"]) or (contents if indicator_of(contents) else title),
        "kind": kinds.pop() if len(kinds) == 1 else "unclear",
        "compared": any(of.compared for of in [*said, said_of(title)]),
    }


def _in_order(path: Path, cells: list[str], variables: list[_Variable]) -> list[tuple[tuple[str, ...], str]]:
    """Each cell with its labels, in a file that has one for each."""
    if not variables or not cells or math.prod(len(variable.values) for variable in variables) != len(cells):
        wanted = (
            " × ".join(f"{len(variable.values)} {variable.name}" for variable in variables)
            or "STUB and HEADING"
        )
        raise OfficeFileError(path, f"its DATA has {len(cells)} numbers where {wanted} are said", _AGAIN)
    return list(
        zip(
            itertools.product(*(variable.values for variable in variables)),
            [cell.strip('"') for cell in cells],
            strict=True,
        )
    )


def _keyed(
    path: Path, said: dict, cells: list[str], stub: list[_Variable], heading: list[_Variable]
) -> list[tuple[tuple[str, ...], str]]:
    """Each cell with its labels, in a file whose rows begin with their keys."""
    keys: list[dict[str, str]] = []
    if names := sorted({of for key, of in said if key == "KEYS"} - {variable.name for variable in stub}):
        raise OfficeFileError(path, f"it has KEYS of {', '.join(names)}, which is not in STUB", _AGAIN)
    for variable in stub:
        known = said.get((*said.get(("KEYS", variable.name), []), variable.name), [])
        keys.append(dict(zip((f'"{key}"' for key in known), variable.values, strict=False)))
        if not len(keys[-1]) == len(known) == len(variable.values):
            raise OfficeFileError(
                path, f"its KEYS of {variable.name!r} are not the names or codes of its values", _AGAIN
            )
    width = len(stub) + math.prod(len(variable.values) for variable in heading)
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    places = [row[: len(stub)] for row in rows]
    known = all(
        all(key in of for key, of in zip(place, keys, strict=True))
        for place in places
        if len(place) == len(stub)
    )
    if (
        not stub
        or not rows
        or len(rows[-1]) != width
        or not known
        or len(set(map(tuple, places))) != len(places)
    ):
        raise OfficeFileError(
            path,
            f"its DATA is not made of rows of {len(stub)} keys and {width - len(stub)} numbers, each row once",
            _AGAIN,
        )
    across = list(itertools.product(*(variable.values for variable in heading)))
    return [
        ((*(of[key] for key, of in zip(row, keys, strict=False)), *labels), cell.strip('"'))
        for row in rows
        for labels, cell in zip(across, row[len(stub) :], strict=True)
    ]
