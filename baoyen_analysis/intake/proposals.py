"""The figures of a report as rows that a person looks through, and those rows taken into the record.

`propose` makes them: indicator, area, period and kind where the words say them, blank where not. A comparison
("tăng 12 %") is a row of its own that names the row of its figure. Nothing enters the record before a person
has seen the file and gives it to `baoyen add`; what is still blank there is not taken, and said."""

from __future__ import annotations

import re
from contextlib import suppress
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from baoyen_analysis import places, vocabulary
from baoyen_analysis.cleaning import raw
from baoyen_analysis.intake.files import contents, sheets_of
from baoyen_analysis.intake.heads import figure_of
from baoyen_analysis.intake.recognise import recognise
from baoyen_analysis.intake.reports import sentence_at
from baoyen_analysis.intake.sheets import Sheet
from baoyen_analysis.printed.passages import find_figures
from baoyen_analysis.words import Language

_TABLE = ["indicator", "area", "period", "kind", "value", "unit"]  # what the reader of tables is given
COLUMNS = ["row", *_TABLE, "relation", "amount", "amount_unit", "qualifier", "of", "base_period", "base_kind"]
COLUMNS += ["locale", "problem", "sentence"]
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
    found, known = find_figures(text, locale=locale), places.known_areas(communes)
    rows: list[dict[str, str]] = []
    level, of = None, dict.fromkeys(COLUMNS, "")  # the last level of the sentence, and its row
    for number, figure in enumerate(found.itertuples(index=False), start=1):
        sentence = sentence_at(text, figure.start, figure.end).lstrip("=+-@•* ")
        if sentence != of["sentence"]:
            level = None
        compares = not figure.problem and figure.relation not in ("level", "part_of", "rank")
        value, unit = (
            (figure.text, "") if compares else _words(figure, found.iloc[number : number + 6], locale)
        )
        row = dict.fromkeys(COLUMNS, "") | {
            "row": str(number),
            "indicator": _indicator(text, figure, known),
            "area": _area(figure.before, known) or _area(sentence, known),
            "period": figure.period_code * (not figure.period_inferred),
            "kind": figure.kind,
            "value": value,
            "unit": unit,
            "locale": locale,
            "problem": figure.problem,
            "sentence": sentence,
        }
        if compares:
            row |= _comparison(figure, of, level)
            row["indicator"] = row["indicator"] or of["indicator"] * bool(row["of"])
        elif not figure.problem:
            level, of = figure, row
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _indicator(text: str, figure: Any, known: places.Communes) -> str:
    """The indicator that the words before a figure name, one piece of their list or more ("doanh thu du lịch,
    dịch vụ"), or where its own clause has none, its unit with the words after it ("11/16 xã đạt chuẩn nông
    thôn mới"); as they are printed where they say what exactly is counted. "Thêm 2 xã" names none."""
    pieces = re.split(r"[;:.]\s|[\d\n(]", text[max(0, figure.start - 200) : figure.start])[-1].split(",")
    lists = [",".join(pieces[-n:]).strip() for n in (2, 3, 4) if n <= len(pieces)]
    behind = re.split(r"[^\w ]|\d", text[figure.end :], maxsplit=1)[0]
    unit = [] if "thêm" in figure.text.lower() else re.split(r"[\d%/]", figure.text)[-1].split()
    after = [" ".join([*unit[n:], behind.strip()]) for n in range(len(unit))]
    own = _without_area(figure.before, known) if figure.before in pieces[-1] else ""
    for words in (figure.before, *lists) if own else (*after, figure.before, *lists):
        for label in (words, _without_area(words, known)):
            if (named := recognise(label)).indicator:
                return label if named.definition else named.indicator
    return ""


def _words(figure: Any, following: pd.DataFrame, locale: str) -> tuple[str, str]:
    """The fewest words of a figure's own that are read to its value, and its unit where another number prints
    it."""
    words = figure.text.lstrip("=@ ").split()
    alike = following.loc[following["unit"] == figure.unit, "text"]
    for unit in ("", *alike.str.replace(r"^.*?[\d.,]*\d\s*", "", regex=True)):
        for start in reversed(range(len(words))):
            fewer = " ".join(words[start:])
            read = figure_of(fewer, locale, unit)
            if read and isclose(read.value, figure.value) and read.qualifier == figure.qualifier:
                return fewer, unit
    return figure.text, ""


def _area(text: str, known: places.Communes) -> str:
    """The one area that a text names, with the word of its level; "" where it names none, or several. One
    that the area is a part of may stand beside it."""
    named = {area[:2] for areas in places.areas_in(text, communes=known) for area in areas}
    level = max((its for _, its in named), key=[*vocabulary.LEVELS].index, default="")
    lowest = [name for name, its in named if its == level]
    words = ["", *(f"{word} " for word, of in places.LEVEL_WORDS.items() if of == level)]
    for said in (word + lowest[0] for word in words if len(lowest) == 1):
        with suppress(places.UnknownArea):
            if places.find_area(said, communes=known)[:2] == (lowest[0], level):
                return said
    return ""


def _without_area(label: str, known: places.Communes) -> str:
    """A label without the area that it names: "thu nhập bình quân đầu người của huyện Bảo Yên"."""
    named = {area.name for areas in places.areas_in(label, communes=known) for area in areas}
    names, words = ("|".join(map(re.escape, said)) for said in (named, places.LEVEL_WORDS))
    where = rf"(?i)\s*(?:của|tại|ở|đến với|đến|vào|trên địa bàn)?\s*(?:(?:{words})\s+)?(?:{names})(?!\w)"
    return " ".join(re.sub(where, "", label).split()) if names else label


def _comparison(figure: Any, compared: dict[str, str], level: Any) -> dict[str, str]:
    """What a comparison adds to its row: its relation in the record's words, the amount, and the row of the
    figure that is compared: the last level of the same thing before it in its sentence."""
    known = level is not None and level.before == figure.before
    relation, amount = _relation(figure, level.unit if known else ""), figure.value
    said = {"relation": relation, "amount": f"{amount:.12g}", "qualifier": figure.qualifier}
    if not known:
        return said
    planned = figure.relation == "share_of_plan" or bool(re.search("kế hoạch|plan", figure.compared_with))
    unit = {"ratio": "times", "difference": "", "": ""}.get(relation, "percent")
    indicator = vocabulary.INDICATORS.get(recognise(compared["indicator"]).indicator)
    if relation == "difference" and figure.unit == "percentage points":
        unit = figure.unit
    elif relation == "difference" and indicator:
        unit = indicator.unit
        amount /= vocabulary.UNITS[unit].scale
    outcome = "estimate" if _ESTIMATE.search(figure.compared_with) else "actual"
    said |= {name: compared[name] for name in ("period", "kind")}
    return said | {
        "amount": f"{amount:.12g}",
        "amount_unit": unit,
        "of": compared["row"],
        "base_period": figure.compared_period or compared["period"][:4] * planned,
        "base_kind": "plan" if planned else outcome,
    }


def _relation(figure: Any, unit: str) -> str:
    """The relation in the record's words; "" where it is open, as per cents of per cents are."""
    if figure.relation in ("share_of_plan", "multiple"):
        return "ratio" if figure.unit == "times" else "percent_of"
    if figure.unit == "%":
        return "" if unit == "%" else "percent_change"
    of_share = (figure.unit, unit) == ("percentage points", "%")
    return "difference" if of_share or figure.unit.split("/")[0] == unit.split("/")[0] else ""


# ----------------------------------------------------------------------------------------------------------
# What a person gave back.


class Confirmed(NamedTuple):
    """The figures of a list of proposals as a table, the line of each row in the file, and the comparisons,
    each with its own."""

    sheet: Sheet
    locale: str
    lines: dict[str, int]
    comparisons: list[dict[str, str]]


def confirmed(path: Path) -> Confirmed | None:
    """What a file says that `propose` made and a person looked through, figures and comparisons apart: a row
    that still has a relation is a comparison. None where it is another file."""
    data = contents(path)
    listed = b"sentence" in data[:4000] or data.startswith(b"PK")
    for sheet in sheets_of(path, data) if listed else ():
        head = [cell.strip().lower() for cell in sheet.grid[0]] if sheet.grid else []
        if not {"row", "relation", "of", "sentence", *_TABLE} <= set(head):
            continue
        rows = [
            dict.fromkeys(COLUMNS, "") | dict(zip(head, map(str.strip, cells), strict=False))
            for cells in sheet.grid[1:]
        ]
        numbered = dict(enumerate(rows, start=1))
        if sheet.rows:
            numbered = dict(zip(sheet.rows[1:], rows, strict=True))
        figures = {
            line: [row[name] for name in _TABLE]
            for line, row in numbered.items()
            if row["value"] and not (row["relation"] or row["of"])
        }
        return Confirmed(
            Sheet(sheet.name, [_TABLE, *figures.values()], [0, *figures]),
            next((row["locale"] for row in rows if row["locale"]), ""),
            {row["row"]: line + 1 for line, row in numbered.items()},
            [row for row in rows if row["relation"] or row["of"]],
        )
    return None


def comparisons(
    given: Confirmed, cells: pd.DataFrame, figures: pd.DataFrame, t: Language
) -> tuple[list[dict[str, str]], list[tuple[str, ...]]]:
    """The comparisons whose figure was taken, in the columns of data/raw, and why the others are not."""
    at = dict(zip(cells["cell"].str.extract(r"(\d+)")[0], cells["figure_id"], strict=True))
    areas = figures.set_index("figure_id")[["area", "area_level"]]
    made: list[dict[str, str]] = []
    left: list[tuple[str, ...]] = []
    for row in given.comparisons:
        figure_id = at.get(str(given.lines.get(row["of"])))
        blank = ", ".join(name for name in _NEEDED if not row[name])
        if figure_id and not blank:
            number = 1 + sum(other["figure_id"] == figure_id for other in made)
            own = {"comparison_id": f"{figure_id}-c{number}", "figure_id": figure_id, "note": ""}
            own["base_area"], own["base_area_level"] = areas.loc[figure_id]
            made.append({name: row.get(name, "") for name in raw.COLUMNS["comparisons"]} | own)
            continue
        why = "blank" if blank else "figure"
        problem = t.say(f"preview.comparison_{why}", what=blank, row=row["of"] or "?")
        left.append(
            (given.sheet.name, f"A{given.lines[row['row']]}", row["value"], "reader", "", problem, "")
        )
    return made, left
