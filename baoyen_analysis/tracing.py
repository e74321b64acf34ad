"""The way of one figure from its printed words to what it became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pandas as pd

from baoyen_analysis import paths, record, vocabulary, words
from baoyen_analysis.views import tables
from baoyen_analysis.words import Language


def trace(figure_id: str, *, lang: str = "en") -> pd.Series:
    """One figure from its printed words to what became of it.

    Parameters
    ----------
    figure_id : str
        A figure of the record.
    lang : str
        The language of the answer, vi or en.

    Returns
    -------
    Series
        The printed words, publisher, title, date and address, file and row, how it was read, its note, what
        became of it and why.

    Raises
    ------
    ValueError
        For a figure that the record does not hold, with what may have been meant.

    Examples
    --------
    >>> found = trace("laocaitv-2022-07")
    >>> found[["value_text", "became"]].tolist()
    ['1,2 triệu lượt khách', 'chosen; panel: Bảo Yên (district) 2022, tourist_visits']
    """
    t, rows = words.of(lang), record.by_figure()
    if figure_id not in rows.index:
        raise ValueError(f"the record holds no figure {figure_id!r}{record.nearest(figure_id, rows.index)}")
    row = rows.loc[figure_id]
    source = record.by_source().loc[row["source_id"]]
    ends = {name: t.number(row[name]) for name in ("value", "low", "high")}
    return pd.Series(
        {
            **row[["value_text", "unit_text"]],
            **source[["publisher", "title", "published", "url", "source_kind"]],
            "file": t.say("became.row", file=f"data/raw/{row['file']}", row=row["row"]),
            "indicator": row["indicator"],
            "area": t.placed(row["area"], row["area_level"]),
            **row[["period", "kind"]],
            "read_as": t.say("became.interval", unit=t.unit(row["unit"]), **ends)
            if pd.notna(row["value"])
            else t.say("became.no_number", missing=row["missing"]),
            "qualifier": row["qualifier"],
            "definition": t.definition(row["definition"]),
            "note": row["note"],
            "became": "; ".join([t.say(f"status.{row['status']}"), *_uses(t, figure_id)]),
            "reason": t.precedence(row, rows.loc[row["speaks_figure_id"] or figure_id]),
        },
        name=figure_id,
    )


def _uses(t: Language, figure_id: str) -> list[str]:
    """Where a figure stands in the other tables, in words."""

    def naming(table: str, *columns: str) -> Iterator[Any]:
        rows = record.table(table)
        return rows[(rows[[*columns]] == figure_id).any(axis=1)].itertuples()

    uses = [
        t.say("became.panel", area=t.placed(cell.area, cell.area_level), year=cell.year, column=column)
        for column in vocabulary.PANEL_COLUMNS.values()
        for cell in naming("panel", f"{column}_figure_id")
    ]
    for goal in naming("targets", "figure_id"):
        aim = t.say("became.goal", goal=goal.goal_id) if goal.goal_id else ""
        kind = t.say(f"finding.kind_{goal.kind}")
        uses.append(t.say("became.targets", kind=kind, period=goal.period, goal=aim))
    for base in naming("derived", "figure_id"):
        parts = {"value": t.number(base.value), "area": base.area, "period": t.periods(base.period)}
        uses.append(t.say("became.derived", **parts))
    for check in naming("crosschecks", "figure_id", "base_figure_id"):
        agrees = "agrees" if check.agrees else "disagrees"
        uses.append(t.say(f"became.{agrees}", check=check.comparison_id))
    return uses


def printed(figure_ids: Iterable[str], *, lang: str | None = None) -> dict[str, str]:
    """The printed words and the source of figures, by figure_id: «50 triệu đồng», publisher, date."""
    t, rows, publishers = words.of(lang), record.by_figure(), record.by_source()["publisher"]
    known = [name for name in dict.fromkeys(figure_ids) if name in rows.index]
    return {
        row.figure_id: t.say(
            "became.printed",
            text=tables.printed(row),
            publisher=publishers[row.source_id],
            published=f", {row.published}" if row.published else "",
            figure_id=row.figure_id,
        )
        for row in rows.loc[known].itertuples()
    }


def note(figure_id: str, *, lang: str | None = None) -> str:
    """The collector's note on a figure; in Vietnamese its translation where there is one."""
    written = str(record.by_figure().at[figure_id, "note"])
    return _notes_vi().get(figure_id, written) if written and words.of(lang).code == "vi" else written


@cache
def _notes_vi() -> dict[str, str]:
    """The notes that were translated, figure_id to text; those of the figures that the report shows are."""
    from baoyen_analysis.cleaning import raw  # it reads printed periods too, which no answer needs

    path = paths.raw() / raw.NOTES
    rows = paths.rows_beside(path, path.name) if path.exists() else ()
    return {row["figure_id"]: row["text"] for row in rows}
