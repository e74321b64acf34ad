"""An analyst's own picture: the long table of figures, the project's look for seaborn and matplotlib, the
sources as a line, and what there is to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from baoyen_analysis import record, vocabulary, words

TIDY = ["area", "level", "year", "indicator", "value", "low", "high", "flag", "kind", "figure_id"]


def tidy(
    indicators: str | Iterable[str],
    *,
    areas: Iterable[str] = (),
    years: tuple[int, int] | None = None,
    level: str = "district",
) -> pd.DataFrame:
    """The full-year figures that count, long: one row a figure.

    Parameters
    ----------
    indicators : str or list of str
        Of the record; see `indicators`.
    areas : list of str
        Without them every area of the level.
    years : tuple of int
        First and last.

    Returns
    -------
    DataFrame
        `area`, `level`, `year`, `indicator`, `value`, `low`, `high` (in the indicator's unit), `flag`,
        `kind`, `figure_id`.

    Raises
    ------
    ValueError
        For a name that the record does not know.

    Examples
    --------
    >>> tidy("income_per_capita", areas=["Bảo Yên"])[["year", "value"]].values.tolist()
    [[2012.0, 9.35], [2022.0, 50.0], [2022.0, 45.0]]
    """
    record.check_list(areas, "areas")
    named = [indicators] if isinstance(indicators, str) else list(indicators)
    for area in areas:
        record.series(named[0], area=area, level=level)
    rows = pd.concat([record.full_years(name).assign(indicator=name) for name in named], ignore_index=True)
    rows = rows[(rows["area_level"] == level) & (rows["area"].isin(list(areas)) if areas else True)]
    rows = rows[rows["year"].between(*years)] if years else rows
    kinds = record.observations().drop_duplicates("figure_id").set_index("figure_id")["kind"]
    rows = rows.assign(level=rows["area_level"], kind=rows["figure_id"].map(kinds))
    return rows[TIDY].sort_values(["indicator", "area", "year", "figure_id"], ignore_index=True)


def theme(lang: str | None = None) -> None:
    """Set seaborn and matplotlib to the project's font, palette, number format and to SVG that is the same
    everywhere."""
    import seaborn as sns

    from baoyen_analysis.views.drawing import style

    settings = style.settings(decimal_comma=words.of(lang).code == "vi")
    sns.set_theme(style="ticks", palette=list(style.SERIES_COLOURS), rc=settings)
    style.inline_svg()


def sources_of(rows: pd.DataFrame, *, lang: str | None = None) -> str:
    """The source line of a picture or table: publishers of its figures, each once.

    Parameters
    ----------
    rows : DataFrame
        With a column `figure_id`, as `tidy` or `series` give it.
    """
    if "figure_id" not in rows:
        raise ValueError("the table has no column figure_id: take it from by.tidy(…) or by.series(…)")
    named = dict.fromkeys(text.partition(" [")[0] for text in record.cited(rows["figure_id"]))
    return words.of(lang).say("chart.source", names="; ".join(named))


def indicators(lang: str | None = None) -> pd.Series:
    """The indicators of the record with their names: what `indicator` may be."""
    t = words.of(lang)
    held = set(record.observations()["indicator"])
    return pd.Series(
        {name: f"{t.name(name)} ({t.unit(name)})" for name in vocabulary.INDICATORS if name in held}
    )


def help(topic: str = "") -> pd.Series:
    """The calls whose name or first line has a word, in English or the name of an indicator; all without one.

    >>> help("share").index.tolist()
    ['by.compare', 'by.full_year', 'by.share']
    """
    import baoyen_analysis as by

    found: dict[str, Any] = {}
    for name in by.__all__:
        thing = getattr(by, name)
        first = (thing.__doc__ or "").strip().partition("\n\n")[0].replace("\n   ", "")
        if callable(thing) and topic.lower() in f"{name} {first}".lower():
            found[f"by.{name}"] = " ".join(first.split())
    return pd.Series(found, dtype=object)
