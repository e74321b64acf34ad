"""The way of one figure from its printed words to what it became."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pandas as pd

from baoyen_analysis import paths, record, vocabulary, words


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
    t, rows = words.of(lang), record.table("observations").set_index("figure_id", drop=False)
    if figure_id not in rows.index:
        raise ValueError(f"the record holds no figure {figure_id!r}{record.nearest(figure_id, rows.index)}")
    row = rows.loc[figure_id]
    source = record.table("sources").set_index("source_id").loc[row["source_id"]]
    ends = {name: t.number(row[name]) for name in ("value", "low", "high")}
    return pd.Series(
        {
            "value_text": row["value_text"],
            "unit_text": row["unit_text"],
            "publisher": source["publisher"],
            "title": source["title"],
            "published": source["published"],
            "url": source["url"],
            "source_kind": source["source_kind"],
            "file": t.say("became.row", file=f"data/raw/{row['file']}", row=row["row"]),
            "indicator": row["indicator"],
            "area": t.placed(row["area"], row["area_level"]),
            "period": row["period"],
            "kind": row["kind"],
            "read_as": t.say("became.interval", unit=t.unit(row["unit"]), **ends)
            if pd.notna(row["value"])
            else t.say("became.no_number", missing=row["missing"]),
            "qualifier": row["qualifier"],
            "definition": t.definition(row["definition"]),
            "note": row["note"],
            "became": "; ".join([t.say(f"status.{row['status']}"), *_uses(figure_id, lang)]),
            "reason": t.precedence(row, rows.loc[row["speaks_figure_id"] or figure_id]),
        },
        name=figure_id,
    )


def _uses(figure_id: str, lang: str) -> list[str]:
    """Where a figure stands in the other tables, in words."""
    t, cells = words.of(lang), record.table("panel")
    uses = [
        t.say("became.panel", area=t.placed(cell.area, cell.area_level), year=cell.year, column=column)
        for column in vocabulary.PANEL_COLUMNS.values()
        for cell in cells[cells[f"{column}_figure_id"] == figure_id].itertuples()
    ]
    rows = record.table("targets")
    for goal in rows[rows["figure_id"] == figure_id].itertuples():
        aim = t.say("became.goal", goal=goal.goal_id) if goal.goal_id else ""
        kind = t.say(f"finding.kind_{goal.kind}")
        uses.append(t.say("became.targets", kind=kind, period=goal.period, goal=aim))
    rows = record.table("derived")
    for base in rows[rows["figure_id"] == figure_id].itertuples():
        parts = {"value": t.number(base.value), "area": base.area, "period": t.periods(base.period)}
        uses.append(t.say("became.derived", **parts))
    rows = record.table("crosschecks")
    for check in rows[(rows["figure_id"] == figure_id) | (rows["base_figure_id"] == figure_id)].itertuples():
        agrees = "agrees" if check.agrees else "disagrees"
        uses.append(t.say(f"became.{agrees}", check=check.comparison_id))
    return uses


def printed(figure_ids: Iterable[str], *, lang: str | None = None) -> dict[str, str]:
    """The printed words and the source of figures, by figure_id: «50 triệu đồng», publisher, date."""
    rows = record.table("observations").drop_duplicates("figure_id").set_index("figure_id")
    named = record.table("sources").set_index("source_id")
    known = [name for name in dict.fromkeys(figure_ids) if name in rows.index]
    t, said = words.of(lang), {}
    for name in known:
        row = rows.loc[name]
        unit = f"({row['unit_text']})" if row["unit_text"] else ""
        said[name] = t.say(
            "became.printed",
            text=" ".join(filter(None, (row["value_text"], unit))),
            publisher=named.at[row["source_id"], "publisher"],
            published=f", {row['published']}" if row["published"] else "",
            figure_id=name,
        )
    return said


def note(figure_id: str, *, lang: str | None = None) -> str:
    """The collector's note on a figure; in Vietnamese its translation where there is one."""
    rows = record.table("observations").drop_duplicates("figure_id").set_index("figure_id")
    written = str(rows.at[figure_id, "note"])
    return notes_vi().get(figure_id, written) if written and words.of(lang).code == "vi" else written


@cache
def notes_vi() -> dict[str, str]:
    """The notes that were translated, figure_id to text; those of the figures that the report shows are."""
    from baoyen_analysis.cleaning import raw

    path = paths.raw() / raw.NOTES
    if not path.exists():
        return {}
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return dict(zip(rows["figure_id"], rows["text"], strict=True))
