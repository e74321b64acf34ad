"""The figures of a report as rows that a person looks through, and those rows taken into the record.

`propose` makes them: indicator, area, period and kind where the words say them, blank where not. A comparison
("tăng 12 %") is a row of its own that names the row of its figure. Nothing enters the record before a person
has seen the file and gives it to `baoyen add`; what is still blank there is not taken, and said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from baoyen_analysis import places, vocabulary
from baoyen_analysis.cleaning import raw
from baoyen_analysis.intake.files import contents, sheets_of
from baoyen_analysis.intake.recognise import indicator_of
from baoyen_analysis.intake.reports import sentence_at
from baoyen_analysis.intake.sheets import Sheet
from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure
from baoyen_analysis.printed.passages import find_figures
from baoyen_analysis.words import Language

COLUMNS = (
    *("row", "indicator", "area", "period", "kind", "value", "unit", "relation", "amount", "amount_unit"),
    *("qualifier", "of", "base_period", "base_kind", "locale", "problem", "sentence"),
)
_TABLE = ("indicator", "area", "period", "kind", "value", "unit")  # what the reader of tables is given
_NEEDED = ("relation", "amount", "amount_unit", "qualifier", "base_period", "base_kind")
_ESTIMATE = re.compile(r"(?i)\bước\b")


def propose(text: str, *, locale: str = "vi", communes: places.Communes = None) -> pd.DataFrame:
    """The figures of a text as rows to look through, in `COLUMNS`.

    >>> rows = propose("Thu nhập bình quân đầu người của huyện Bảo Yên năm 2022 đạt 45 triệu đồng, "
    ...                "tăng 5% so với năm 2021.")
    >>> rows[["indicator", "area", "period", "value", "relation", "of", "base_period"]].values.tolist()
    [['income_per_capita', 'huyện Bảo Yên', '2022', '45 triệu đồng', '', '', ''],
     ['income_per_capita', 'huyện Bảo Yên', '2022', 'tăng 5%', 'percent_change', '1', '2021']]
    """
    found = find_figures(text, locale=locale)
    rows: list[dict[str, str]] = []
    known = places.known_areas(communes)
    for number, figure in enumerate(found.itertuples(index=False), start=1):
        sentence = sentence_at(text, figure.start, figure.end).lstrip("=+-@•* ")
        compares = not figure.problem and figure.relation not in ("level", "part_of", "rank")
        following = found.iloc[number : number + 6].itertuples(index=False)
        value, unit = (figure.text, "") if compares else _words(figure, following, locale)
        row = dict.fromkeys(COLUMNS, "") | {
            "row": str(number),
            "indicator": indicator_of(figure.before) or indicator_of(_without_area(figure.before, known)),
            "area": _area(figure.before, known) or _area(sentence, known),
            "period": "" if figure.period_inferred else figure.period_code,
            "kind": figure.kind,
            "value": value,
            "unit": unit,
            "locale": locale,
            "problem": figure.problem,
            "sentence": sentence,
        }
        if compares:
            row |= _comparison(figure, row, rows, found)
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _words(figure: Any, following: Iterable[Any], locale: str) -> tuple[str, str]:
    """The fewest words of a figure's own that are read to its value, and its unit where another number prints
    it."""
    words = figure.text.lstrip("=@ ").split()
    units = [re.sub(r"^.*?[\d.,]*\d\s*", "", other.text) for other in following if other.unit == figure.unit]
    for unit in ("", *units):
        for start in reversed(range(len(words))):
            if _reads(" ".join(words[start:]), unit, figure, locale):
                return " ".join(words[start:]), unit
    return figure.text, ""


def _reads(words: str, unit: str, figure: Any, locale: str) -> bool:
    try:
        read = parse_figure(words, locale=locale, unit_text=unit)
    except UnreadableFigure:
        return False
    return isclose(read.value, figure.value, rel_tol=1e-9) and read.qualifier == figure.qualifier


def _area(text: str, known: tuple[places.Area, ...]) -> str:
    """The one area that a text names, with the word of its level; "" where it names none, or several. One
    that the area is a part of may stand beside it."""
    levels = list(vocabulary.LEVELS)
    named = {area[:2] for areas in places.areas_in(text, communes=known) for area in areas}
    if len(named) > 1:
        lowest = max(levels.index(level) for _, level in named)
        named = {(name, level) for name, level in named if levels.index(level) == lowest}
    if len(named) != 1:
        return ""
    ((name, level),) = named
    words = [name, *(f"{word} {name}" for word, of in places.LEVEL_WORDS.items() if of == level)]
    return next((text for text in words if _finds(text, name, level, known)), "")


def _without_area(label: str, known: tuple[places.Area, ...]) -> str:
    """A label without the area that it names: "thu nhập bình quân đầu người của huyện Bảo Yên"."""
    names = "|".join(
        {re.escape(area.name) for areas in places.areas_in(label, communes=known) for area in areas}
    )
    words = "|".join(map(re.escape, places.LEVEL_WORDS))
    where = rf"(?i)\s*(?:của|tại|ở|đến với|đến|vào|trên địa bàn)?\s*(?:(?:{words})\s+)?(?:{names})(?!\w)"
    return " ".join(re.sub(where, "", label).split()) if names else label


def _finds(text: str, name: str, level: str, known: tuple[places.Area, ...]) -> bool:
    try:
        return places.find_area(text, communes=known)[:2] == (name, level)
    except places.UnknownArea:
        return False


def _comparison(
    figure: Any, row: dict[str, str], rows: list[dict[str, str]], found: pd.DataFrame
) -> dict[str, str]:
    """What a comparison adds to its row: its relation in the record's words, the amount, and the row of the
    figure that is compared: the last level of the same thing before it in its sentence."""
    of = next(
        (
            number
            for number in range(len(rows) - 1, -1, -1)
            if rows[number]["sentence"] == row["sentence"]
            and not rows[number]["relation"]
            and not rows[number]["problem"]
        ),
        -1,
    )
    if of < 0 or found["before"].iat[of] != figure.before:
        return {
            "relation": _relation(figure, ""),
            "amount": f"{figure.value:.12g}",
            "qualifier": figure.qualifier,
        }
    compared = rows[of]
    relation = _relation(figure, found["unit"].iat[of])
    planned = (
        figure.relation == "share_of_plan"
        or "kế hoạch" in figure.compared_with
        or "plan" in figure.compared_with
    )
    amount, unit = figure.value, {"ratio": "times", "difference": ""}.get(relation, "percent")
    if relation == "difference":
        indicator = vocabulary.INDICATORS.get(compared["indicator"])
        unit = (
            "percentage points" if figure.unit == "percentage points" else indicator.unit if indicator else ""
        )
        amount /= vocabulary.UNITS[indicator.unit].scale if indicator and unit == indicator.unit else 1
    return {
        "relation": relation,
        "amount": f"{amount:.12g}",
        "amount_unit": unit if relation else "",
        "qualifier": figure.qualifier,
        "of": compared["row"],
        "period": compared["period"],
        "kind": compared["kind"],
        "base_period": figure.compared_period or (compared["period"][:4] if planned else ""),
        "base_kind": "plan"
        if planned
        else "estimate"
        if _ESTIMATE.search(figure.compared_with)
        else "actual",
    }


def _relation(figure: Any, unit: str) -> str:
    """The relation in the record's words; "" where it is open, as per cents of per cents are."""
    if figure.relation in ("share_of_plan", "multiple"):
        return "ratio" if figure.unit == "times" else "percent_of"
    if figure.unit == "%":
        return "" if unit == "%" else "percent_change"
    alike = figure.unit.split("/")[0] == unit.split("/")[0] or (figure.unit, unit) == (
        "percentage points",
        "%",
    )
    return "difference" if alike else ""


# ----------------------------------------------------------------------------------------------------------
# What a person gave back.


class Confirmed(NamedTuple):
    """The figures of a list of proposals as a table, and its comparisons, each with its line in the file."""

    sheet: Sheet
    locale: str
    lines: dict[str, int]
    comparisons: list[dict[str, str]]


def confirmed(path: Path) -> Confirmed | None:
    """What a file says that `propose` made and a person looked through; None where it is another file."""
    data = contents(path)
    if b"sentence" not in data[:4000] and not data.startswith(b"PK"):
        return None
    for sheet in sheets_of(path, data):
        head = [cell.strip().lower() for cell in sheet.grid[0]] if sheet.grid else []
        if {"row", "relation", "of", "sentence", *_TABLE} <= set(head):
            return _split(sheet, head)
    return None


def _split(sheet: Sheet, head: list[str]) -> Confirmed:
    """Figures and comparisons apart; a row that still has a relation is a comparison."""
    grid, numbers, lines, comparisons, locale = [list(_TABLE)], [0], {}, [], ""
    for place, cells in enumerate(sheet.grid[1:], start=1):
        row = dict.fromkeys(COLUMNS, "") | dict(zip(head, map(str.strip, cells), strict=False))
        number = sheet.rows[place] if sheet.rows else place
        lines[row["row"]] = number
        locale = locale or row["locale"]
        if row["relation"] or row["of"]:
            comparisons.append(row | {"line": str(number + 1)})
        elif row["value"]:
            grid.append([row[name] for name in _TABLE])
            numbers.append(number)
    return Confirmed(Sheet(sheet.name, grid, numbers), locale, lines, comparisons)


def comparisons(
    given: Confirmed, cells: pd.DataFrame, figures: pd.DataFrame, t: Language
) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """The comparisons whose figure was taken, in the columns of data/raw, and why the others are not."""
    at = dict(zip(cells["cell"].str.extract(r"(\d+)")[0], cells["figure_id"], strict=True))
    area = figures.set_index("figure_id")[["area", "area_level"]]
    made: list[dict[str, str]] = []
    left: list[dict[str, str]] = []
    for row in given.comparisons:
        figure_id = at.get(str(given.lines.get(row["of"], -1) + 1), "")
        blank = [name for name in _NEEDED if not row[name]]
        if not figure_id or blank:
            why = t.say("preview.comparison_blank", what=", ".join(blank)) if blank else ""
            why = why or t.say("preview.comparison_figure", row=row["of"] or "?")
            place = {"sheet": given.sheet.name, "cell": f"A{row['line']}"}
            left.append(
                place | {"text": row["value"], "reason": "reader", "about": "", "problem": why, "remedy": ""}
            )
            continue
        number = 1 + sum(other["figure_id"] == figure_id for other in made)
        base = dict(zip(("base_area", "base_area_level"), area.loc[figure_id], strict=True))
        own = {"comparison_id": f"{figure_id}-c{number}", "figure_id": figure_id, "note": ""}
        made.append({name: row.get(name, "") for name in raw.COLUMNS["comparisons"]} | own | base)
    return pd.DataFrame(made, columns=list(raw.COLUMNS["comparisons"])), left
