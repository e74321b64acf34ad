"""A readable table as HTML: text left, numbers right and aligned at their decimal mark, what is alike in all
rows said once above, and the figures behind a row as numbered notes below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from baoyen_analysis.words import Language

# A cell that is a number, with its sign, its bound's words left out, and its unit.
_NUMBER = re.compile(r"[+−-]?\d[\d.,]*(?:[.,]\d+)?%?")
# A notebook's cell shows so many rows, a screen's height; the rest are counted, and stand in .rows.
MOST_ROWS = 24
# The marks of a verdict, by shape and colour: never colour alone.
MARKS = {
    "met": ("✔", "#1d7a55"),
    "missed": ("✘", "#801650"),
    "fast_enough": ("▲", "#1d7a55"),
    "too_slow": ("▼", "#801650"),
    "turns_on": ("◆", "#b3470d"),
    "depends": ("◆", "#b3470d"),
    "reached": ("●", "#12436d"),
    "open": ("◐", "#b3470d"),
    "no_pace": ("○", "#5a6472"),
}
_STYLE = (
    "<style>.by{max-width:900px}.by table{border-collapse:collapse;margin:.4em 0}.by caption{text-align:left;"
    "color:#5a6472}.by th{text-align:left;vertical-align:bottom}.by th,.by td{padding:.25em .7em .25em 0;"
    "text-align:left;border-bottom:1px solid #d5dae0;vertical-align:top}.by .n{text-align:right;"
    "font-variant-numeric:tabular-nums;white-space:nowrap}.by i.p{visibility:hidden;font-style:normal}"
    ".by sup,.by ol{color:#5a6472;font-size:.85em}.by ol{padding-left:1.6em}</style>"
)


def html(t: Language, sentences: Iterable[str], table: pd.DataFrame, notes: Mapping[str, str]) -> str:
    """Sentences, a table and its notes, for a notebook.

    `table`: readable cells; a column headed as words.csv has `column.figure_id` holds the ids of a row, which
    become numbers into `notes` (figure_id to its printed words and source)."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    ids = t.say("column.figure_id")
    places = {name: place for place, name in enumerate(notes, start=1)}
    body = _table(t, table.drop(columns=ids, errors="ignore"), list(table.get(ids, [])), places)
    listed = "".join(f"<li>{escape(text)}</li>" for text in notes.values())
    return f'<div class="by">{_STYLE}{said}{body}{f"<ol>{listed}</ol>" if listed else ""}</div>'


def _table(t: Language, table: pd.DataFrame, ids: list[str], places: Mapping[str, int]) -> str:
    """The table without its empty columns, those that are alike in all rows in its caption."""
    if table.empty:
        return ""
    texts = table.astype(str)
    filled = texts.loc[:, (texts != "").any()]
    alike = [name for name in filled if len(filled) > 2 and filled[name].nunique() == 1]
    caption = "; ".join(f"{name}: {filled[name].iloc[0]}" for name in alike)
    kept = filled.drop(columns=alike)
    columns = {name: _column(list(kept[name])) for name in kept}
    heads = "".join(f"<th{_class(cells)}>{escape(str(name))}</th>" for name, cells in columns.items())
    rows = []
    for place in range(min(len(kept), MOST_ROWS)):
        cells = "".join(f"<td{_class(cells)}>{cells[place][0]}</td>" for cells in columns.values())
        known = (
            [str(places[name]) for name in re.split(r"[\s;]+", ids[place]) if name in places] if ids else []
        )
        noted = f"<td><sup>{', '.join(known)}</sup></td>" if ids else ""
        rows.append(f"<tr>{cells}{noted}</tr>")
    head = f"<thead><tr>{heads}{'<th></th>' if ids else ''}</tr></thead>"
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    unshown = len(kept) - len(rows)
    more = f"<p>{escape(t.say('preview.more_rows', count=str(unshown)))}</p>" if unshown else ""
    return f"<table>{said}{head}<tbody>{''.join(rows)}</tbody></table>{more}"


def _class(cells: list[tuple[str, bool]]) -> str:
    return ' class="n"' if cells[0][1] else ""


def _column(cells: list[str]) -> list[tuple[str, bool]]:
    """The cells of a column as HTML, and whether it is one of numbers: then each is filled up, unseen, to the
    most decimals among them."""
    numbers = [_NUMBER.fullmatch(cell) for cell in cells]
    numeric = any(numbers) and all(
        found or not cell or cell == "–" for found, cell in zip(numbers, cells, strict=True)
    )
    if not numeric:
        return [(_marked(cell), False) for cell in cells]
    tails = [re.search(r"(?<=\d)[.,]\d{1,2}%?$|%?$", cell)[0] for cell in cells]  # type: ignore[index]  # it always matches
    longest = max(tails, key=len)
    return [
        (
            escape(cell) + (f'<i class="p">{longest[len(tail) :]}</i>' if len(tail) < len(longest) else ""),
            True,
        )
        for cell, tail in zip(cells, tails, strict=True)
    ]


def _marked(cell: str) -> str:
    """A cell as HTML; the mark of a verdict before it in its colour."""
    text = escape(cell)
    colour = next((colour for mark, colour in MARKS.values() if text.startswith(mark)), "")
    return f'<b style="color:{colour}">{text[:1]}</b>{text[1:]}' if colour else text
