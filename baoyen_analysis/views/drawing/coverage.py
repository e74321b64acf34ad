"""What is held: area and indicator by year, with the kinds of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.transforms import ScaledTranslation

from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Caption, Card, Chart
from baoyen_analysis.views.drawing.grid import Grid
from baoyen_analysis.views.drawing.points import columns_of
from baoyen_analysis.vocabulary import LEVELS
from baoyen_analysis.words import Language

# How each kind of figure is marked, and its height in the cell: kinds that meet in a year stand under each
# other.
MARKS: dict[str, dict[str, Any]] = {
    "actual": {"marker": "o", "ms": 8, "color": style.BLUE},
    "estimate": {"marker": "o", "ms": 8, "color": style.BLUE, "mfc": style.PAPER, "mew": 1.5},
    "part": {"marker": "_", "ms": 8, "color": style.BLUE, "mew": 1.8},
    "plan": {"marker": "s", "ms": 8, "color": style.TEXT_COLOURS[style.ORANGE], "mfc": "none", "mew": 1.5},
}
HEIGHTS = {"actual": 0.26, "estimate": 0.26, "part": 0.0, "plan": -0.26}


def coverage(
    observations: pd.DataFrame,
    caption: Caption | None = None,
    *,
    areas: Sequence[str] = (),
    indicators: Sequence[str] = (),
    **given: Any,
) -> Chart:
    """What is held: a row an indicator and area, a column a year; darker where more figures are printed, with
    a mark for each kind.

    `observations`: one row a figure with `area`, `indicator`, `year`, `kind` and, where known, `part` (not
    blank for a part of a year) and `area_level`. `areas` and `indicators`: which to draw, in this order, each
    indicator of each area, held or not; without them the rows stand as they come. Refuses figures of an area
    or indicator that they leave out. The caption as in `scorecard`.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> held = {"area": "A", "indicator": "population", "year": [2020, 2021], "kind": ["actual", "plan"]}
    >>> figure_facts(coverage(pd.DataFrame(held), title="Two figures", lang="en"))
              series    kind       x    y
    0  A, population  actual  2020.0  0.0
    1  A, population    plan  2021.0  0.0
    """
    caption = Caption.of(caption, given)
    t = caption.t
    rows = columns_of(observations, ("area", "indicator", "year", "kind"), {"part": "", "area_level": ""})
    rows = rows.dropna(subset=["year"]).astype({"year": int})
    if rows.empty:
        raise ValueError("the table has no row to draw")
    keys = _held_rows(t, rows, areas, indicators)
    placed = [_place(t, *pair) for pair in zip(rows["area"], rows["area_level"], strict=True)]
    rows = rows.assign(
        area=placed,
        row=[keys.index(key) for key in zip(placed, rows["indicator"], strict=True)],
        mark=_marks_of(rows),
    )
    names, drawn = [t.name(indicator) for _, indicator in keys], set(rows["mark"])
    with style.drawing():
        grid = Grid(names, [area for area, _ in keys], shape=caption.shape, row=26, even=True)
        reading = [t.say(f"chart.note_{mark}") for mark in MARKS if mark in drawn]
        card = Card(caption, [*reading, t.say("chart.note_held")], plot_height=grid.height)
        _draw(card, grid, rows, keys)
    held = [rows.loc[rows["row"] == i, "year"] for i in range(len(keys))]
    said = [
        f"{len(years)} ({', '.join(map(str, sorted(set(years))))})"
        if len(years)
        else t.say("chart.none_held")
        for years in held
    ]
    listed = zip(keys, names, said, strict=True)
    return card.finished(f"{name}, {area}: {years}" for (area, _), name, years in listed)


def _held_rows(
    t: Language, rows: pd.DataFrame, areas: Sequence[str], indicators: Sequence[str]
) -> list[tuple[str, str]]:
    """The rows of a coverage, area with its level and indicator, in the order asked for; those without a
    figure too."""
    for column, named in (("area", areas), ("indicator", indicators)):
        strange = [name for name in rows[column].unique() if name not in named]
        if named and strange:
            raise ValueError(
                f"figures of {', '.join(strange)} are not drawn: name them in `{column}s`, or leave them out "
                "of the table"
            )
    found = rows[["area", "area_level", "indicator"]].drop_duplicates()
    if not areas and not indicators:
        return [(_place(t, row.area, row.area_level), row.indicator) for row in found.itertuples()]
    wanted = list(dict.fromkeys(indicators or found["indicator"]))
    levels = {
        area: list(dict.fromkeys(found.loc[found["area"] == area, "area_level"])) or [""]
        for area in areas or found["area"]
    }
    return [
        (_place(t, area, level), name) for area, each in levels.items() for level in each for name in wanted
    ]


def _place(t: Language, area: str, level: str) -> str:
    """An area with its level: huyện Bảo Yên, Bảo Yên district."""
    if level not in LEVELS or level == "country":
        return area
    return f"{t.level(level)} {area}" if t.code == "vi" else f"{area} {t.level(level)}"


def _marks_of(rows: pd.DataFrame) -> pd.Series:
    """The mark of each figure: part (of a year), actual, estimate (or preliminary), plan (or target, or
    standard). An estimate of a year that has an actual speaks no more, and is marked as that."""
    marks = (
        rows["kind"]
        .map({"actual": "actual", "estimate": "estimate", "preliminary": "estimate"})
        .fillna("plan")
    )
    marks = marks.mask((rows["part"] != "") & (marks != "plan"), "part")
    settled = (
        (marks == "actual")
        .groupby([rows[name] for name in ("area", "area_level", "indicator", "year")])
        .transform("any")
    )
    return marks.mask(settled & (marks == "estimate"), "actual")


def _draw(card: Card, grid: Grid, rows: pd.DataFrame, keys: Sequence[tuple[str, str]]) -> None:
    import seaborn  # 1 s that only this chart needs

    years = range(rows["year"].min(), rows["year"].max() + 1)
    counts = (
        rows.groupby(["row", "year"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=range(len(keys)), columns=years, fill_value=0)
    )
    # The first and the last year are named always, those between where they stand clear of both.
    ends = {
        float(year): str(year) for year in (years[0], years[-1], *(year for year in years if year % 5 == 0))
    }
    cells = grid.draw(card, years[-1] + 0.5, ends, low=years[0] - 0.5)
    for line in list(cells.lines):
        line.remove()
    shades = [style.tint(style.TEAL, share) for share in (0.06, 0.25, 0.4, 0.55)]
    seaborn.heatmap(
        counts.clip(upper=3),
        ax=cells,
        cmap=ListedColormap(shades),
        vmin=0,
        vmax=3,
        cbar=False,
        xticklabels=False,
        yticklabels=False,
        linewidths=1,
        linecolor=style.PAPER,
    )
    cells.set_axis_off()
    marks = card.axes(card.left + grid.indent, card.top + grid.head, card.right, card.top + grid.height)
    marks.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    marks.set_ylim(len(keys) - 0.5, -0.5)
    card.chart.middles = None
    for i in set(range(len(keys))) - set(rows["row"]):
        grid.write(card, i, 8, card.t.say("chart.none_held"), colour=style.MUTED)
    scale = min(1.0, grid.width / len(years) / 12)
    for (i, mark), part in rows.drop_duplicates(["row", "year", "mark"]).groupby(["row", "mark"]):
        look = MARKS[mark]
        lane = ScaledTranslation(0, HEIGHTS[mark] * grid.tops[1] / 72, card.chart.dpi_scale_trans)
        look = look | {"ms": look["ms"] * scale, "mec": look["color"], "transform": marks.transData + lane}
        label = f"{', '.join(keys[i])}|{mark}"
        marks.plot(part["year"], part["row"], ls="", clip_on=False, label=label, **look)
