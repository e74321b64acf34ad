"""A readable table as HTML: text left, numbers right and aligned at their decimal mark, what is alike in all
rows said once above, and the figures behind a row as numbered notes below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from baoyen_analysis import paths
from baoyen_analysis.words import Language

# A cell that is a number, with its sign, its bound's words left out, and its unit.
_NUMBER = re.compile(r"[+−-]?\d[\d.,]*(?:[.,]\d+)?%?")
# A notebook's cell shows so many rows, a screen's height; the rest are counted, and stand in .rows.
MOST_ROWS = 24
# The marks of a verdict, by shape and colour: never colour alone.
MARKS = {row["verdict"]: (row["mark"], row["colour"]) for row in paths.rows_beside(__file__, "marks.csv")}
# A notebook's own rules for cells are as narrow as ".by.by": these must win.
_STYLE = (
    "<style>.by{max-width:900px}.by.by table{border-collapse:collapse;margin:.4em 0}"
    ".by.by caption{text-align:left;color:#5a6472}.by.by th{text-align:left;vertical-align:bottom}"
    ".by.by th,.by.by td{padding:.25em .7em .25em 0;text-align:left;border-bottom:1px solid #d5dae0;"
    "vertical-align:top}.by.by .n{text-align:right;font-variant-numeric:tabular-nums}"
    ".by.by td.n{white-space:nowrap}.by.by td:not(.n):not(:last-child){min-width:5em}"
    ".by i.p{visibility:hidden;font-style:normal}.by sup,.by ol{color:#5a6472;font-size:.85em}"
    ".by sup{white-space:nowrap}.by ol{padding-left:1.6em}</style>"
)


def html(t: Language, sentences: Iterable[str], table: pd.DataFrame, notes: Mapping[str, str]) -> str:
    """Sentences, a table and its notes, for a notebook.

    `table`: readable cells; a column headed as words.csv has `column.figure_id` holds the ids of a row, which
    become numbers into `notes` (figure_id to its printed words and source)."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    ids = t.say("column.figure_id")
    told = table.drop(columns=ids, errors="ignore")
    # One column beside sentences is what they say.
    body = "" if told.empty or (said and told.shape[1] < 2) else _table(t, told, table.get(ids), [*notes])
    listed = "".join(f"<li>{escape(text)}</li>" for text in notes.values())
    return f'<div class="by">{_STYLE}{said}{body}{listed and f"<ol>{listed}</ol>"}</div>'


def _table(t: Language, table: pd.DataFrame, ids: pd.Series | None, noted: list[str]) -> str:
    """The table without its empty columns, those that are alike in all rows in its caption."""
    filled = table.astype(str).loc[:, lambda texts: (texts != "").any()]
    alike = [name for name in filled if len(filled) > 2 and filled[name].nunique() == 1]
    caption = escape("; ".join(f"{name}: {filled[name].iloc[0]}" for name in alike))
    columns = [_column(str(name), list(cells)) for name, cells in filled.drop(columns=alike).items()]
    if ids is not None:
        places = ([str(noted.index(n) + 1) for n in re.split(r"[\s;]+", text) if n in noted] for text in ids)
        columns.append(["<th></th>", *(f"<td><sup>{', '.join(found)}</sup></td>" for found in places)])
    head, *rows = ["".join(cells) for cells in zip(*columns, strict=True)] or [""]
    for place, cells in enumerate(filled.itertuples(index=False)):
        held = [_marked(cell) for cell in cells if cell]
        if len(held) < 3 < len(cells) - 2:  # a row of words alone has the width of all
            end = columns[-1][place + 1] if ids is not None else ""
            rows[place] = f'<td colspan="{len(columns) - (ids is not None)}">{" – ".join(held)}</td>{end}'
    body = "".join(f"<tr>{row}</tr>" for row in rows[:MOST_ROWS])
    unshown = len(rows) - MOST_ROWS
    more = f"<p>{escape(t.say('preview.more_rows', count=str(unshown)))}</p>" if unshown > 0 else ""
    said = caption and f"<caption>{caption}</caption>"
    return f"<table>{said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _column(name: str, cells: list[str]) -> list[str]:
    """The head and the cells of a column as HTML; in one of numbers each is filled up, unseen, to the most
    decimals among them."""
    numeric = all(cell in ("", "–") or _NUMBER.fullmatch(cell) for cell in cells)
    if not numeric or not any(map(_NUMBER.fullmatch, cells)):
        return [f"<th>{escape(name)}</th>", *(f"<td>{_marked(cell)}</td>" for cell in cells)]
    tails = [cell[re.search(r"(?<=\d)[.,]\d{1,2}%?$|%?$", cell).start() :] for cell in cells]  # type: ignore[union-attr]  # it always matches
    longest = max(tails, key=len)
    unseen = (f'<i class="p">{rest}</i>' if (rest := longest[len(tail) :]) else "" for tail in tails)
    filled = (f'<td class="n">{escape(cell)}{more}</td>' for cell, more in zip(cells, unseen, strict=True))
    return [f'<th class="n">{escape(name)}</th>', *filled]


def _marked(cell: str) -> str:
    """A cell as HTML; the mark of a verdict before it in its colour."""
    text = escape(cell)
    colour = next((colour for mark, colour in MARKS.values() if text.startswith(mark)), "")
    return f'<b style="color:{colour}">{text[:1]}</b>{text[1:]}' if colour else text
