"""Rows compared: indicators against their plans, areas, the parts of a growth, and what is held."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.transforms import ScaledTranslation

from baoyen_analysis import words
from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.canvas import Card, Chart, Rows
from baoyen_analysis.views.reading import (
    HOLLOW_FLAGS,
    columns_of,
    sentences,
)
from baoyen_analysis.vocabulary import INDICATORS, LEVELS

# How each kind of figure is marked in `coverage`, and its height in the cell: kinds that meet in a year stand
# under each other.
HELD_MARKS = {
    "actual": {"marker": "o", "ms": 8, "color": style.BLUE},
    "estimate": {"marker": "o", "ms": 8, "color": style.BLUE, "mfc": style.PAPER, "mew": 1.5},
    "part": {"marker": "_", "ms": 8, "color": style.BLUE, "mew": 1.8},
    "plan": {"marker": "s", "ms": 8, "color": style.TEXT_COLOURS[style.ORANGE], "mfc": "none", "mew": 1.5},
}
HELD_HEIGHTS = {"actual": 0.26, "estimate": 0.26, "part": 0.0, "plan": -0.26}


def scorecard(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    sources: Sequence[str] = (),
    notes: Sequence[str] = (),
    lang: str = "vi",
    shape: str = "wide",
) -> Chart:
    """What was reached of each plan: bars from 0 with the plan itself as the 100 % line; indicators without
    an actual say so.

    `table`: one row an indicator, in the order drawn, with `label`, `plan`, `actual`, `attainment` (actual
    over plan; blank where there is none) and, where known, `year` (of the actual), `unit` (in words),
    `plan_qualifier`, `flag`, `attainment_low`, `attainment_high`.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> rows = pd.DataFrame({"label": ["Income"], "plan": [66.0], "actual": [50.0], "attainment": [50 / 66], "year": [2022]})
    >>> figure_facts(scorecard(rows, title="Three quarters of the plan", lang="en")).round(3)
       series    kind      x  y
    0  Income  actual  0.758  0
    """
    numeric = ("plan", "actual", "attainment", "year", "low", "high", "attainment_low", "attainment_high")
    rows = columns_of(
        table,
        ("label", *numeric[:3]),
        {"unit": "", "plan_qualifier": "", "flag": ""} | dict.fromkeys(numeric[3:], np.nan),
    )
    rows = rows.assign(
        **{column: pd.to_numeric(rows[column]).astype(float) for column in numeric}, value=rows["actual"]
    )
    _refuse_empty(rows)
    details = [_against_plan(row, lang=lang) for row in rows.itertuples()]
    with style.drawing():
        grid = Rows(list(rows["label"]), details, shape=shape, row=30 if shape == "wide" else 26)
        reading = [*notes, *_mark_notes(rows, lang=lang)]
        card = Card(
            title=title,
            subtitle=subtitle,
            notes=reading,
            sources=sources,
            lang=lang,
            shape=shape,
            plot_height=grid.height,
        )
        greatest = rows[["attainment", "attainment_high"]].max().max()
        limit = max(1.15, (0.0 if np.isnan(greatest) else greatest) * 1.05)
        ticks = {
            1.0: words.of(lang).say("chart.whole_plan"),
            0.0: words.of(lang).percent(0, None),
            0.5: words.of(lang).percent(0.5, None),
        }
        ax = grid.draw(card, limit, ticks)
        grid.rule(ax, 1, color=style.ORANGE, lw=1.8, ls=(0, (5, 3)))
        for i, row in enumerate(rows.itertuples()):
            _draw_attainment(card, grid, ax, row, i, limit)
    reached = [_reached(row, lang=lang) for row in rows.itertuples()]
    card.chart.alt = sentences(
        title, subtitle, *(f"{a}: {b}; {c}" for a, b, c in zip(rows["label"], reached, details, strict=True))
    )
    return card.chart


def _draw_attainment(card: Card, grid: Rows, ax: Axes, row: object, i: int, limit: float) -> None:
    """One bar of a scorecard with its per cent, written inside it where it is long enough; words where there
    is no actual."""
    size, middle, scale = grid.size, grid.middles[i], grid.width / limit
    left, top = card.left + grid.indent, card.top + grid.head + middle - Card.line(grid.size.label) / 2
    if np.isnan(row.attainment):
        card.text(
            left + 8, top, _reached(row, lang=card.lang), size=size.label, colour=style.MUTED, clear=True
        )
        return
    hollow = row.flag in HOLLOW_FLAGS
    look = {
        "facecolor": style.tint(style.BLUE, 0.12) if hollow else style.BLUE,
        "edgecolor": style.BLUE,
        "lw": 1.6,
    }
    ax.barh([middle], [row.attainment], height=18, zorder=1, **look)[0].set_label(
        f"{row.label}|{row.flag or 'actual'}"
    )
    text, end = _reached(row, lang=card.lang), row.attainment
    if np.isfinite([row.attainment_low, row.attainment_high]).all():
        ends = ([row.attainment_low, row.attainment_high], [middle] * 2)
        ax.plot(
            *ends, color=style.PAPER, lw=4.5, label="_halo", zorder=2
        )  # so that it is seen on the bar as beside it
        ax.plot(*ends, color=style.PLUM, lw=2, label=f"{row.label}|interval", zorder=2)
        end = min(end, row.attainment_low)
    if end * scale > style.width_of(text, size.label, style.SEMIBOLD) + 16:
        colour = style.BLUE if hollow else style.PAPER
        card.text(
            left + end * scale - 8,
            top,
            text,
            size=size.label,
            weight=style.SEMIBOLD,
            colour=colour,
            align="right",
        )
    else:
        end = np.nanmax([row.attainment, row.attainment_high])
        card.text(
            left + end * scale + 8, top, text, size=size.label, weight=style.SEMIBOLD, colour=style.BLUE
        )


def _reached(row: object, *, lang: str) -> str:
    """The share of the plan that was reached, or why there is none."""
    if np.isnan(row.attainment):
        return words.of(lang).say("chart.no_actual" if np.isnan(row.actual) else "chart.no_share")
    return words.of(lang).percent(row.attainment, None)


def _against_plan(row: object, *, lang: str) -> str:
    """The actual with its year and the plan with its unit, as a scorecard says them under an indicator's
    name."""
    plan = numbers.bounded(words.of(lang), row.plan, row.plan_qualifier, unit=row.unit)
    if np.isnan(row.actual):
        return words.of(lang).say("chart.plan_alone", plan=plan)
    return words.of(lang).say("chart.actual_against_plan", actual=_in_year(row, lang=lang), plan=plan)


def _mark_notes(rows: pd.DataFrame, *, lang: str) -> list[str]:
    """How hollow marks and thin bars are read, where rows hold them."""
    low, high = (f"attainment_{side}" if "attainment" in rows else side for side in ("low", "high"))
    hollow = rows["flag"].isin(HOLLOW_FLAGS) & rows["value"].notna()
    drawn = {"note_hollow": hollow.any(), "note_interval": (rows[high] > rows[low]).any()}
    return [words.of(lang).say(f"chart.{key}") for key, holds in drawn.items() if holds]


def _refuse_empty(rows: pd.DataFrame) -> None:
    if rows.empty:
        raise ValueError("the table has no row to draw")


def dots(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    highlight: str = "",
    sources: Sequence[str] = (),
    notes: Sequence[str] = (),
    lang: str = "vi",
    shape: str = "wide",
) -> Chart:
    """Areas compared: a dot each on a scale from 0, the greatest first, with its year and what its flag means
    in words.

    `table`: `area`, `value` and, where known, `low`, `high`, `year`, `flag`. `highlight`: the area that the
    picture is about.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> areas = pd.DataFrame({"area": ["A", "B"], "value": [31.0, 45.2], "year": [2017, 2020]})
    >>> figure_facts(dots(areas, title="B is ahead", lang="en"))
      series    kind     x  y
    0      B  actual  45.2  0
    1      A  actual  31.0  1
    """
    numeric = ("value", "low", "high", "year")
    rows = columns_of(table, ("area", "value"), {"flag": ""} | dict.fromkeys(numeric[1:], np.nan))
    rows = rows.assign(**{column: pd.to_numeric(rows[column]).astype(float) for column in numeric}).dropna(
        subset=["value"]
    )
    rows = rows.sort_values(["value", "area"], ascending=[False, True], kind="stable").reset_index(drop=True)
    _refuse_empty(rows)
    said = [_in_year(row, lang=lang) for row in rows.itertuples()]
    with style.drawing():
        grid = Rows(list(rows["area"]), [""] * len(rows), shape=shape, row=34 if shape == "wide" else 20)
        reading = [*notes, *_mark_notes(rows, lang=lang)]
        card = Card(
            title=title,
            subtitle=subtitle,
            notes=reading,
            sources=sources,
            lang=lang,
            shape=shape,
            plot_height=grid.height,
        )
        ends = rows["high"].where(np.isfinite(rows["high"]), rows["value"]).clip(lower=rows["value"])
        room = [grid.width - style.width_of(text, grid.size.label, style.SEMIBOLD) - 16 for text in said]
        limit = grid.width * max(end / space for end, space in zip(ends, room, strict=True))
        ax = grid.draw(
            card,
            limit,
            grid.steps(
                0, ends.max(), limit, lambda tick: numbers.humanised(words.of(lang), tick, like=ends.max())
            ),
        )
        for i, (row, text, end) in enumerate(zip(rows.itertuples(), said, ends, strict=True)):
            colour = style.BLUE if row.area == highlight or not highlight else style.GREY
            _draw_dot(ax, row, grid.middles[i], colour)
            top = card.top + grid.head + grid.middles[i] - card.line(grid.size.label) / 2
            weight = style.SEMIBOLD if row.area == highlight else style.REGULAR
            x = card.left + grid.indent + end / limit * grid.width + 12
            card.text(
                x,
                top,
                text,
                size=grid.size.label,
                weight=weight,
                colour=colour if row.area == highlight else style.INK,
                clear=True,
            )
    card.chart.alt = sentences(
        title, subtitle, *(f"{area}: {text}" for area, text in zip(rows["area"], said, strict=True))
    )
    return card.chart


def _in_year(row: object, *, lang: str) -> str:
    """A figure with its year: "36, năm 2020"."""
    number = numbers.figure_words(words.of(lang), row)
    return (
        number
        if np.isnan(row.year)
        else words.of(lang).say("chart.in_year", number=number, year=f"{row.year:g}")
    )


def _draw_dot(ax: Axes, row: object, middle: float, colour: str) -> None:
    hollow = row.flag in HOLLOW_FLAGS
    if np.isfinite([row.low, row.high]).all() and row.high > row.low:
        ax.plot(
            [row.low, row.high],
            [middle] * 2,
            color=colour,
            lw=1.6,
            alpha=0.7,
            label=f"{row.area}|interval",
            zorder=2,
            clip_on=False,
        )
    look = {
        "marker": "o",
        "ms": 10,
        "mec": colour,
        "mew": 2,
        "mfc": style.PAPER if hollow else colour,
        "zorder": 3,
        "clip_on": False,
    }
    ax.plot([row.value], [middle], ls="", label=f"{row.area}|{row.flag or 'actual'}", **look)


def decomposition(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    sources: Sequence[str] = (),
    notes: Sequence[str] = (),
    lang: str = "vi",
    shape: str = "wide",
) -> Chart:
    """The parts of a growth, in logs, so that they add up to the whole: a bar each from 0, with the factor
    that it stands for.

    `table`: one row a part, as `growth.decomposition` gives, with `part` (visits, spending, revenue),
    `log_change` and, where known, `low`, `high` (of log_change) and `period` (where several are shown).

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> parts = pd.DataFrame({"part": ["visits", "spending", "revenue"], "log_change": [0.405, 0.182, 0.588]})
    >>> figure_facts(decomposition(parts, title="Visits first", lang="en"))
         series   kind      x  y
    0    visits  share  0.405  0
    1  spending  share  0.182  1
    2   revenue  whole  0.588  2
    """
    rows = columns_of(table, ("part", "log_change"), {"period": "", "low": np.nan, "high": np.nan})
    _refuse_empty(rows)
    said = [_log_words(change, lang=lang) for change in rows["log_change"]]
    names = [words.of(lang).group("chart").get(part, part) for part in rows["part"]]
    with style.drawing():
        grid = Rows(names, list(rows["period"]), shape=shape, row=34 if shape == "wide" else 24)
        reading = [
            *notes,
            words.of(lang).say("chart.note_logs"),
            *_mark_notes(rows.assign(flag="", value=rows["log_change"]), lang=lang),
        ]
        card = Card(
            title=title,
            subtitle=subtitle,
            notes=reading,
            sources=sources,
            lang=lang,
            shape=shape,
            plot_height=grid.height,
        )
        reach = rows[["log_change", "low", "high"]]
        low, high = min(0.0, reach.min().min()), max(0.0, reach.max().max())
        ends = reach.max(axis=1).clip(lower=0) - low
        room = [grid.width - style.width_of(text, grid.size.label, style.SEMIBOLD) - 14 for text in said]
        limit = low + max(
            (high - low) * 1.02, grid.width * max(end / space for end, space in zip(ends, room, strict=True))
        )
        ax = grid.draw(
            card,
            limit,
            grid.steps(low, high, limit, lambda tick: numbers.signed(words.of(lang), tick, plus=True)),
            low=low,
        )
        for row, text, middle, end in zip(rows.itertuples(), said, grid.middles, ends, strict=True):
            _draw_part(ax, row, middle)
            top = card.top + grid.head + middle - card.line(grid.size.label) / 2
            x = card.left + grid.indent + end / (limit - low) * grid.width + 10
            card.text(x, top, text, size=grid.size.label, weight=style.SEMIBOLD, clear=True)
    listed = (
        f"{name} {period}".strip() + f": {text}"
        for name, period, text in zip(names, rows["period"], said, strict=True)
    )
    card.chart.alt = sentences(title, subtitle, *listed)
    return card.chart


def _draw_part(ax: Axes, row: object, middle: float) -> None:
    """One bar of a decomposition: the whole dark, its parts light, with the range of its figures."""
    whole = row.part in ("revenue", "total")
    bar = ax.barh([middle], [row.log_change], height=16, color=style.BLUE if whole else style.TEAL, zorder=1)[
        0
    ]
    bar.set_label(f"{row.part}|{'whole' if whole else 'share'}")
    if np.isfinite([row.low, row.high]).all() and row.high > row.low:
        ends = ([row.low, row.high], [middle] * 2)
        ax.plot(*ends, color=style.PAPER, lw=4.5, label="_halo", zorder=2)
        ax.plot(*ends, color=style.PLUM, lw=2, label=f"{row.part}|interval", zorder=2)


def _log_words(change: float, *, lang: str) -> str:
    """A change in logs with the factor it means: "+0,59 (×1,8)"."""
    return f"{numbers.signed(words.of(lang), round(change, 2), plus=True)} (×{words.of(lang).number(float(np.exp(change)), decimals=2)})"


def coverage(
    observations: pd.DataFrame,
    *,
    title: str,
    areas: Sequence[str] = (),
    indicators: Sequence[str] = (),
    subtitle: str = "",
    sources: Sequence[str] = (),
    notes: Sequence[str] = (),
    lang: str = "vi",
    shape: str = "wide",
) -> Chart:
    """What is held: a row an indicator and area, a column a year; darker where more figures are printed, with
    a mark for each kind.

    `observations`: one row a figure with `area`, `indicator`, `year`, `kind` and, where known, `part` (not
    blank for a part of a year) and `area_level`. `areas` and `indicators`: which to draw, in this order, each
    indicator of each area, held or not; without them the rows stand as they come. Refuses figures of an area
    or indicator that they leave out.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> held = pd.DataFrame({"area": ["A", "A"], "indicator": ["population"] * 2, "year": [2020, 2021], "kind": ["actual", "plan"]})
    >>> figure_facts(coverage(held, title="Two figures", lang="en"))
              series    kind       x    y
    0  A, population  actual  2020.0  0.0
    1  A, population    plan  2021.0  0.0
    """
    rows = columns_of(observations, ("area", "indicator", "year", "kind"), {"part": "", "area_level": ""})
    rows = rows.dropna(subset=["year"]).astype({"year": int})
    _refuse_empty(rows)
    keys = _held_rows(rows, areas, indicators, lang=lang)
    rows = rows.assign(
        area=[
            _place(area, level, lang=lang)
            for area, level in zip(rows["area"], rows["area_level"], strict=False)
        ]
    )
    rows = rows.assign(
        row=[keys.index(key) for key in zip(rows["area"], rows["indicator"], strict=False)],
        mark=_marks_of(rows),
    )
    names = [
        words.of(lang).name(indicator) if indicator in INDICATORS else indicator for _, indicator in keys
    ]
    with style.drawing():
        grid = Rows(names, [area for area, _ in keys], shape=shape, row=26, even=True)
        reading = [
            *notes,
            *(
                words.of(lang).say(f"chart.note_{mark}")
                for mark in HELD_MARKS
                if (rows["mark"] == mark).any()
            ),
        ]
        reading.append(words.of(lang).say("chart.note_held"))
        card = Card(
            title=title,
            subtitle=subtitle,
            notes=reading,
            sources=sources,
            lang=lang,
            shape=shape,
            plot_height=grid.height,
        )
        _draw_coverage(card, grid, rows, keys)
    held = [rows.loc[rows["row"] == i, "year"] for i in range(len(keys))]
    said = [
        f"{len(years)} ({', '.join(map(str, sorted(set(years))))})"
        if len(years)
        else words.of(lang).say("chart.none_held")
        for years in held
    ]
    card.chart.alt = sentences(
        title,
        subtitle,
        *(f"{name}, {area}: {years}" for (area, _), name, years in zip(keys, names, said, strict=True)),
    )
    return card.chart


def _held_rows(
    rows: pd.DataFrame, areas: Sequence[str], indicators: Sequence[str], *, lang: str
) -> list[tuple[str, str]]:
    """The rows of a coverage, area with its level and indicator, in the order asked for; those without a
    figure too."""
    for column, named in (("area", areas), ("indicator", indicators)):
        strange = [name for name in rows[column].unique() if name not in named]
        if named and strange:
            raise ValueError(
                f"figures of {', '.join(strange)} are not drawn: name them in `{column}s`, or leave them out of the table"
            )
    found = rows[["area", "area_level", "indicator"]].drop_duplicates()
    if not areas and not indicators:
        return [(_place(row.area, row.area_level, lang=lang), row.indicator) for row in found.itertuples()]
    wanted = list(dict.fromkeys(indicators or found["indicator"]))
    levels = {
        area: list(dict.fromkeys(found.loc[found["area"] == area, "area_level"])) or [""]
        for area in areas or found["area"]
    }
    return [
        (_place(area, level, lang=lang), name)
        for area, each in levels.items()
        for level in each
        for name in wanted
    ]


def _place(area: str, level: str, *, lang: str) -> str:
    """An area with its level: huyện Bảo Yên, Bảo Yên district."""
    if level not in LEVELS or level == "country":
        return area
    return f"{LEVELS[level][0]} {area}" if lang == "vi" else f"{area} {LEVELS[level][1]}"


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


def _draw_coverage(card: Card, grid: Rows, rows: pd.DataFrame, keys: Sequence[tuple[str, str]]) -> None:
    import seaborn  # 1 s that only this chart needs

    years = range(rows["year"].min(), rows["year"].max() + 1)
    counts = (
        rows.groupby(["row", "year"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=range(len(keys)), columns=years, fill_value=0)
    )
    # The first and the last year are named always, those between where they stand clear of both.
    ends = {year: str(year) for year in (years[0], years[-1], *(year for year in years if year % 5 == 0))}
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
        top = card.top + grid.head + grid.middles[i] - card.line(grid.size.label) / 2
        card.text(
            card.left + grid.indent + 8,
            top,
            words.of(card.lang).say("chart.none_held"),
            size=grid.size.label,
            colour=style.MUTED,
        )
    scale = min(1.0, grid.width / len(years) / 12)
    for (i, mark), part in rows.drop_duplicates(["row", "year", "mark"]).groupby(["row", "mark"]):
        look = HELD_MARKS[mark] | {"ms": HELD_MARKS[mark]["ms"] * scale}
        lane = ScaledTranslation(0, HELD_HEIGHTS[mark] * grid.tops[1] / 72, card.chart.dpi_scale_trans)
        look |= {
            "label": f"{', '.join(keys[i])}|{mark}",
            "mec": look["color"],
            "transform": marks.transData + lane,
        }
        marks.plot(part["year"], part["row"], ls="", clip_on=False, **look)
