"""An analyst's own picture: the long table of figures, the project's look for seaborn and matplotlib, the
sources as a line, and what there is to ask."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from typing import Any

import pandas as pd

from baoyen_analysis import paths, record, vocabulary, words

TIDY = ["area", "level", "year", "indicator", "value", "low", "high", "flag", "kind", "figure_id"]


def tidy(
    indicators: str | Iterable[str],
    *,
    areas: Iterable[str] = (),
    years: tuple[int, int] | int | None = None,
    level: str = "district",
) -> pd.DataFrame:
    """The full-year figures that count, long: one row a figure.

    Where sources contradict each other there is a row for each, flagged `conflict`: seaborn would draw their
    mean, unless a line has `estimator=None`.

    Parameters
    ----------
    indicators : str or list of str
        By id or in words; see `indicators`.
    areas : list of str
        Without them every area of the level.
    years : tuple of int, or int
        First and last, or one.
    level : str
        district, province, commune, or in Vietnamese.

    Returns
    -------
    DataFrame
        `area`, `level`, `year`, `indicator`, `value`, `low`, `high` (in the indicator's unit), `flag`,
        `kind`, `figure_id`.

    Raises
    ------
    ValueError
        For a name that the record does not know, and where nothing is held: with what is.

    Examples
    --------
    >>> tidy("thu nhập", areas=["Bảo Yên"])[["year", "value"]].values.tolist()
    [[2012.0, 9.35], [2022.0, 50.0], [2022.0, 45.0]]
    """
    record.check_list(areas, "areas")
    each = [indicators] if isinstance(indicators, str) else indicators
    named = [record.indicator_named(name) for name in each]
    for area in areas:
        record.observed(named[0], area, level)  # refuses names that the record does not know
    held = pd.concat([record.full_years(name).assign(indicator=name) for name in named], ignore_index=True)
    rows = held[(held["area_level"] == level) & (held["area"].isin(list(areas)) if areas else True)]
    rows = rows if years is None else rows[rows["year"].between(*_ends(years))]
    if rows.empty:
        levels = (f"{name} {sorted(set(of['year']))}" for name, of in held.groupby("area_level", sort=False))
        raise ValueError(f"no full year of {', '.join(named)} is held so; there are {'; '.join(levels)}")
    apart = rows.groupby(["indicator", "area", "year"])["value"].transform("nunique") > 1
    rows = rows.rename(columns={"area_level": "level"})
    rows["flag"] = rows["flag"].mask(apart, "conflict")
    rows["kind"] = rows["figure_id"].map(record.by_figure()["kind"])
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
    """The source line of a table: publishers of its figures, each once; `with_sources` for a picture.

    Parameters
    ----------
    rows : DataFrame
        With a column `figure_id`, as `tidy` or `series` give it.
    """
    if not isinstance(rows, pd.DataFrame) or "figure_id" not in rows:
        said = "the table has no column figure_id: take it from by.tidy(…) or by.series(…)"
        raise ValueError(f"{said}; for a picture, by.with_sources(ax, rows)")
    named = dict.fromkeys(text.partition(" [")[0] for text in record.cited(rows["figure_id"]))
    return words.of(lang).say("chart.source", names="; ".join(named))


def with_sources(picture: Any, rows: pd.DataFrame, *, lang: str | None = None) -> Any:
    """The picture of seaborn or matplotlib with its source line below and its axes named in words.

    Parameters
    ----------
    picture : Axes, Figure or seaborn grid
        Drawn from the rows.
    rows : DataFrame
        As `tidy` gives them.

    Returns
    -------
    Figure
        Closed for pyplot, so that a notebook shows it once.
    """
    from matplotlib import pyplot, ticker
    from matplotlib.text import Text

    t, figure = words.of(lang), picture.figure
    named = {t.number(year): str(year) for year in range(1900, 2101)}  # a year has no groups of digits
    named |= {name: t.say(f"column.{name}") for name in ("year", "area", "value", "indicator")}
    held = {name: f"{t.name(name)}\n({t.unit(name)})" for name in rows.get("indicator", pd.Series()).unique()}
    named |= held | ({"value": next(iter(held.values()))} if len(held) == 1 else {})
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        scalar = isinstance(axis.get_major_formatter(), ticker.ScalarFormatter)
        if scalar and axis.get_label_text() == "year":
            axis.set_major_formatter("{x:.0f}")
            axis.set_major_locator(ticker.MaxNLocator("auto", integer=True))
    for text in figure.findobj(Text):
        shown = text.get_text()
        text.set_text(named.get(shown.rpartition(" = ")[2], shown))
    told = textwrap.fill(sources_of(rows, lang=lang), int(13 * figure.get_figwidth()))
    line = figure.text(0.01, 0.01, told, fontsize="x-small")
    left, _, right, top = getattr(picture, "_tight_layout_rect", (0, 0, 1, 1))  # beside a grid's legend
    room = line.get_window_extent().height / figure.bbox.height + 0.02
    figure.tight_layout(rect=(left, room, right, top))
    pyplot.close(figure)
    return figure


def indicators(lang: str | None = None) -> pd.Series:
    """The indicators of the record with their names: what `indicator` may be."""
    t, held = words.of(lang), set(record.observations()["indicator"])
    names = [name for name in vocabulary.INDICATORS if name in held]
    return pd.Series({name: f"{t.name(name)} ({t.unit(name)})" for name in names})


class Calls(dict[str, str]):
    """Calls with what each gives; they show themselves a call a line."""

    def __repr__(self) -> str:
        wide = max(map(len, self), default=0)
        return "\n".join(f"{call:<{wide}}  {told}" for call, told in self.items())


def help(topic: str = "") -> Calls:
    """The calls whose name or description, in either language, has a word; all without one.

    For the name of an indicator: those that take one. `?` behind a name shows the rest of its docstring.

    >>> help("share")
    by.compare    So sánh các địa bàn cùng một năm, cả với tỉnh
    by.full_year  Ước cả năm từ một phần của năm, theo tỷ trọng của tỉnh
    by.share      Huyện chiếm bao nhiêu phần của tỉnh
    >>> "by.needed" in help("lượt khách"), "by.tidy" in help("vẽ biểu đồ")
    (True, True)
    """
    import baoyen_analysis as by
    from baoyen_analysis.printed.text import plain

    t = words.of()
    told = {row["name"]: row["vi"] for row in paths.rows_beside(by.__file__, "calls.csv")}
    calls = {name: getattr(by, name) for name in sorted(told)}
    first = {
        name: " ".join((inspect.getdoc(call) or "").partition("\n\n")[0].split())
        for name, call in calls.items()
    }
    form = plain if topic.isascii() else str.lower
    asked = form(topic).removeprefix("by.").split()
    texts = {name: form(f"{name} {first[name]} {told[name]}") for name in calls}
    found = [name for name, text in texts.items() if all(re.search(rf"\b{word}", text) for word in asked)]
    if not found or " " in topic:
        with suppress(ValueError) if found else nullcontext():
            record.indicator_named(topic)  # refuses what is none, with what may have been meant
            found += [n for n, call in calls.items() if "indicator" in inspect.signature(call).parameters]
    said = {name: t.pick((told[name][:1].upper() + told[name][1:], first[name])) for name in found}
    return Calls({f"by.{name}": text for name, text in said.items()})
