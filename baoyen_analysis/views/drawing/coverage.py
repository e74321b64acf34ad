"""What is held: area and indicator by year, with the kinds of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.transforms import ScaledTranslation
from pandas import DataFrame

from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Card, on_card, taken
from baoyen_analysis.views.drawing.rows import Grid
from baoyen_analysis.vocabulary import LEVELS
from baoyen_analysis.words import Language

# The kinds of figures and their height in the cell: those that meet in a year stand under each other.
MARKS = {"actual": 0.26, "estimate": 0.26, "part": 0.0, "plan": -0.26}


@on_card
def coverage(
    card: Card, observations: DataFrame, *, areas: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Iterable[str]:
    """What is held: a row an indicator and area, a column a year; darker where more figures are printed, with
    a mark for each kind.

    `observations`: one row a figure with `area`, `indicator`, `year`, `kind` and, where known, `part` (not
    blank for a part of a year) and `area_level`. `areas` and `indicators`: which to draw, in this order, each
    indicator of each area, held or not; without them the rows stand as they come. Refuses figures of an area
    or indicator that they leave out. The caption as in `scorecard`.

    >>> from baoyen_analysis.views.drawing.charts import coverage
    >>> held = {"area": "A", "indicator": "population", "year": [2020, 2021], "kind": ["actual", "plan"]}
    >>> coverage(pd.DataFrame(held), title="Two figures", lang="en").alt
    'Two figures. Population, A: 2 (2020, 2021).'
    """
    t = card.t
    rows = taken(observations, "area indicator year kind", "", "area", "part area_level")
    rows = rows.dropna(subset=["year"]).astype({"year": int})
    if rows.empty:
        raise ValueError("the table has no row to draw")
    places = [_place(t, *pair) for pair in zip(rows["area"], rows["area_level"], strict=True)]
    rows = rows.assign(mark=_marks_of(rows), place=places)
    keys = _held_rows(rows, areas, indicators)
    rows["row"] = [keys.index(key) for key in zip(places, rows["indicator"], strict=True)]
    names, drawn = [t.name(indicator) for _, indicator in keys], set(rows["mark"])
    grid = Grid(card, names, [place for place, _ in keys], 26, even=True)
    notes = {f"chart.note_{mark}": mark in drawn for mark in MARKS}
    card.begin(grid.height, notes | {"chart.note_held": True})
    _draw(card, grid, rows, keys)
    said = []
    for i, (place, _) in enumerate(keys):
        held = rows.loc[rows["row"] == i, "year"].tolist()
        listed = f"{len(held)} ({', '.join(map(str, sorted(set(held))))})"
        said.append(f"{names[i]}, {place}: {listed if held else t.say('chart.none_held')}")
    return said


def _held_rows(rows: DataFrame, areas: Sequence[str], indicators: Sequence[str]) -> list[tuple[str, str]]:
    """The rows of a coverage, place and indicator, in the order asked for; those without a figure too."""
    for column, named in (("area", areas), ("indicator", indicators)):
        strange = [name for name in rows[column].unique() if name not in named]
        if named and strange:
            raise ValueError(
                f"figures of {', '.join(strange)} are not drawn: name them in `{column}s`, or leave them out "
                "of the table"
            )
    if not areas and not indicators:
        return list(rows.groupby(["place", "indicator"], sort=False).groups)
    asked = dict.fromkeys(indicators or rows["indicator"])
    places = {area: [*rows.loc[rows["area"] == area, "place"].unique()] for area in areas or rows["area"]}
    return [(place, name) for area, each in places.items() for place in each or [area] for name in asked]


def _place(t: Language, area: str, level: str) -> str:
    """An area with its level: huyện Bảo Yên, Bảo Yên district."""
    if level not in LEVELS or level == "country":
        return area
    return f"{t.level(level)} {area}" if t.code == "vi" else f"{area} {t.level(level)}"


def _marks_of(rows: DataFrame) -> pd.Series:
    """The mark of each figure: part (of a year), actual, estimate (or preliminary), plan (or target, or
    standard). An estimate of a year that has an actual speaks no more, and is marked as that."""
    marks = rows["kind"].replace("preliminary", "estimate")
    marks = marks.where(marks.isin(["actual", "estimate"]), "plan")
    marks = marks.mask((rows["part"] != "") & (marks != "plan"), "part")
    of = [rows[name] for name in ("area", "area_level", "indicator", "year")]
    settled = (marks == "actual").groupby(of).transform("any")
    return marks.mask(settled & (marks == "estimate"), "actual")


def _draw(card: Card, grid: Grid, rows: DataFrame, keys: Sequence[tuple[str, str]]) -> None:
    years = range(rows["year"].min(), rows["year"].max() + 1)
    counts = pd.crosstab(rows["row"], rows["year"]).reindex(range(len(keys)), columns=years, fill_value=0)
    # The first and the last year are named always, those between where they stand clear of both.
    named = [years[0], years[-1], *(year for year in years if year % 5 == 0)]
    cells = grid.draw(years[-1] + 0.5, {float(year): str(year) for year in named}, years[0] - 0.5)
    for rule in list(cells.lines):
        rule.remove()
    shades = ListedColormap([style.tint(style.TEAL, share) for share in (0.06, 0.25, 0.4, 0.55)])
    cells.pcolormesh(counts.clip(upper=3), cmap=shades, vmin=0, vmax=3, linewidths=1, edgecolors=style.PAPER)
    cells.set(xlim=(0, len(years)), ylim=(len(keys), 0))
    marks = card.axes(grid.left, card.top + grid.head, card.right, card.top + grid.height)
    marks.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(len(keys) - 0.5, -0.5))
    for i in set(range(len(keys))) - set(rows["row"]):
        grid.write(i, 8, card.t.say("chart.none_held"), colour=style.MUTED)
    size = 8 * min(1.0, grid.width / len(years) / 12)
    for (i, mark), part in rows.drop_duplicates(["row", "year", "mark"]).groupby(["row", "mark"]):
        lane = ScaledTranslation(0, MARKS[mark] * grid.tops[1] / 72, card.chart.dpi_scale_trans)
        look = style.look(mark, ms=size, transform=marks.transData + lane, ls="")
        marks.plot(part["year"], part["row"], label=f"{', '.join(keys[i])}|{mark}", **look)
