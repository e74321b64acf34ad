"""An analyst's own picture: the long table of figures, the project's look for seaborn and matplotlib, the
sources as a line, and what there is to ask."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import pandas as pd

from baoyen_analysis import record, vocabulary, words

TIDY = ["area", "level", "year", "indicator", "value", "low", "high", "flag", "kind", "figure_id"]


def tidy(
    indicators: str | Iterable[str],
    *,
    areas: Iterable[str] = (),
    years: tuple[int, int] | int | None = None,
    level: str = "district",
) -> pd.DataFrame:
    """The full-year figures that count, long: one row a figure.

    Parameters
    ----------
    indicators : str or list of str
        Of the record; see `indicators`.
    areas : list of str
        Without them every area of the level.
    years : tuple of int, or int
        First and last, or one.

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
    if years is not None:
        rows = rows[rows["year"].between(*_ends(years))]
    kinds = record.observations().drop_duplicates("figure_id").set_index("figure_id")["kind"]
    rows = rows.assign(level=rows["area_level"], kind=rows["figure_id"].map(kinds))
    return rows[TIDY].sort_values(["indicator", "area", "year", "figure_id"], ignore_index=True)


def _ends(years: Any) -> tuple[int, int]:
    ends = (years, years) if isinstance(years, int) else tuple(years)
    if len(ends) != 2:
        raise ValueError(f"years={years!r}: give the first and the last, years=(2019, 2024)")
    return min(ends), max(ends)


def theme(lang: str | None = None) -> None:
    """Set seaborn and matplotlib to the project's font, palette and number format.

    Pictures are SVG that is the same everywhere.
    """
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
    if not isinstance(rows, pd.DataFrame) or "figure_id" not in rows:
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
    """The calls whose name or first line has a word; all without one.

    For the name of an indicator, in either language: those that take one.

    >>> help("share").index.tolist()
    ['by.compare', 'by.full_year', 'by.share']
    >>> "by.needed" in help("lượt khách").index
    True
    """
    import baoyen_analysis as by

    calls = {name: getattr(by, name) for name in by.__all__ if callable(getattr(by, name))}
    first = {name: (call.__doc__ or "").strip().partition("\n\n")[0] for name, call in calls.items()}
    found = [name for name, text in first.items() if topic.lower() in f"{name} {text}".lower()]
    if not found:
        record.indicator_named(topic)  # refuses what is none, with what may have been meant
        found = [name for name, call in calls.items() if "indicator" in inspect.signature(call).parameters]
    return pd.Series({f"by.{name}": " ".join(first[name].split()) for name in found}, dtype=object)
