"""Rows compared: indicators against their plans, areas, and the parts of a growth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Caption, Card, Chart
from baoyen_analysis.views.drawing.grid import Grid
from baoyen_analysis.views.drawing.points import HOLLOW_FLAGS, columns_of, numeric, refuse_infinite
from baoyen_analysis.words import Language


def scorecard(table: pd.DataFrame, caption: Caption | None = None, **given: Any) -> Chart:
    """What was reached of each plan: bars from 0 with the plan itself as the 100 % line; indicators without
    an actual say so.

    `table`: one row an indicator, in the order drawn, with `label`, `plan`, `actual`, `attainment` (actual
    over plan; blank where there is none) and, where known, `year` (of the actual), `unit` (in words),
    `plan_qualifier`, `flag`, `attainment_low`, `attainment_high`. `caption`, or its parts (`title`,
    `subtitle`, `notes`, `sources`, `lang`, `shape`).

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> rows = pd.DataFrame({"label": ["Income"], "plan": [66.0], "actual": [50.0], "attainment": [50 / 66]})
    >>> figure_facts(scorecard(rows, title="Three quarters of the plan", lang="en")).round(3)
       series    kind      x  y
    0  Income  actual  0.758  0
    """
    caption = Caption.of(caption, given)
    t, named = caption.t, ("plan", "actual", "attainment")
    blank = ("year", "low", "high", "attainment_low", "attainment_high")
    defaults = {**dict.fromkeys(("unit", "plan_qualifier", "flag"), ""), **dict.fromkeys(blank, np.nan)}
    rows = numeric(columns_of(table, (*named, "label"), defaults), (*named, *blank))
    rows = rows.assign(value=rows["actual"])
    _refuse(rows, (*named, "attainment_low", "attainment_high"), named="label")
    details = [_against_plan(t, row) for row in rows.itertuples()]
    reached = [_reached(t, row) for row in rows.itertuples()]
    with style.drawing():
        grid = Grid(
            list(rows["label"]), details, shape=caption.shape, row=30 if caption.shape == "wide" else 26
        )
        card = Card(caption, _mark_notes(t, rows), plot_height=grid.height)
        greatest = rows[["attainment", "attainment_high"]].max().max()
        limit = max(1.15, (0.0 if np.isnan(greatest) else greatest) * 1.05)
        ticks = {1.0: t.say("chart.whole_plan"), 0.0: t.percent(0, None), 0.5: t.percent(0.5, None)}
        ax = grid.draw(card, limit, ticks)
        grid.rule(ax, 1, color=style.ORANGE, lw=1.8, ls=(0, (5, 3)))
        for i, (row, text) in enumerate(zip(rows.itertuples(), reached, strict=True)):
            _draw_attainment(card, grid, ax, row, i, text, limit)
    listed = zip(rows["label"], reached, details, strict=True)
    return card.finished(f"{label}: {text}; {detail}" for label, text, detail in listed)


def _draw_attainment(card: Card, grid: Grid, ax: Axes, row: Any, i: int, text: str, limit: float) -> None:
    """One bar of a scorecard with its per cent, written inside it where it is long enough; words where there
    is no actual."""
    size, middle, scale = grid.size, grid.middles[i], grid.width / limit
    if np.isnan(row.attainment):
        grid.write(card, i, 8, text, colour=style.MUTED, clear=True)
        return
    hollow = row.flag in HOLLOW_FLAGS
    fill = style.tint(style.BLUE, 0.12) if hollow else style.BLUE
    bars = ax.barh(
        [middle], [row.attainment], height=18, zorder=1, facecolor=fill, edgecolor=style.BLUE, lw=1.6
    )
    bars[0].set_label(f"{row.label}|{row.flag or 'actual'}")
    end = row.attainment
    if np.isfinite([row.attainment_low, row.attainment_high]).all():
        _draw_range(ax, row.attainment_low, row.attainment_high, middle, row.label)
        end = min(end, row.attainment_low)
    if end * scale > style.width_of(text, size.label, style.SEMIBOLD) + 16:
        colour = style.BLUE if hollow else style.PAPER
        grid.write(card, i, end * scale - 8, text, weight=style.SEMIBOLD, colour=colour, align="right")
    else:
        end = np.nanmax([row.attainment, row.attainment_high])
        grid.write(card, i, end * scale + 8, text, weight=style.SEMIBOLD, colour=style.BLUE)


def _draw_range(ax: Axes, low: float, high: float, middle: float, label: str) -> None:
    """The range that a bar's figures allow, with a halo, so that it is seen on the bar as beside it."""
    ax.plot([low, high], [middle] * 2, color=style.PAPER, lw=4.5, label="_halo", zorder=2)
    ax.plot([low, high], [middle] * 2, color=style.PLUM, lw=2, label=f"{label}|interval", zorder=2)


def _reached(t: Language, row: Any) -> str:
    """The share of the plan that was reached, or why there is none."""
    if np.isnan(row.attainment):
        return t.say("chart.no_actual" if np.isnan(row.actual) else "chart.no_share")
    return t.percent(row.attainment, None)


def _against_plan(t: Language, row: Any) -> str:
    """The actual with its year and the plan with its unit, as a scorecard says them under an indicator's
    name."""
    plan = numbers.bounded(t, row.plan, row.plan_qualifier, unit=row.unit)
    if np.isnan(row.actual):
        return t.say("chart.plan_alone", plan=plan)
    return t.say("chart.actual_against_plan", actual=_in_year(t, row), plan=plan)


def _mark_notes(t: Language, rows: pd.DataFrame) -> list[str]:
    """How hollow marks and thin bars are read, where rows hold them."""
    low, high = (f"attainment_{side}" if "attainment" in rows else side for side in ("low", "high"))
    hollow = rows["flag"].isin(HOLLOW_FLAGS) & rows["value"].notna()
    drawn = {"note_hollow": hollow.any(), "note_interval": (rows[high] > rows[low]).any()}
    return [t.say(f"chart.{key}") for key, holds in drawn.items() if holds]


def _refuse(rows: pd.DataFrame, columns: tuple[str, ...], *, named: str) -> None:
    if rows.empty:
        raise ValueError("the table has no row to draw")
    refuse_infinite(rows, columns, named=named)


def dots(table: pd.DataFrame, caption: Caption | None = None, *, highlight: str = "", **given: Any) -> Chart:
    """Areas compared: a dot each on a scale from 0, the greatest first, with its year and what its flag means
    in words.

    `table`: `area`, `value` and, where known, `low`, `high`, `year`, `flag`. `highlight`: the area that the
    picture is about. The caption as in `scorecard`.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> areas = pd.DataFrame({"area": ["A", "B"], "value": [31.0, 45.2], "year": [2017, 2020]})
    >>> figure_facts(dots(areas, title="B is ahead", lang="en"))
      series    kind     x  y
    0      B  actual  45.2  0
    1      A  actual  31.0  1
    """
    caption = Caption.of(caption, given)
    t, blank = caption.t, ("low", "high", "year")
    defaults = {"flag": "", **dict.fromkeys(blank, np.nan)}
    rows = numeric(columns_of(table, ("area", "value"), defaults), ("value", *blank))
    rows = rows.dropna(subset=["value"]).sort_values(
        ["value", "area"], ascending=[False, True], kind="stable", ignore_index=True
    )
    _refuse(rows, ("value", "year"), named="area")
    said = [_in_year(t, row) for row in rows.itertuples()]
    with style.drawing():
        grid = Grid(
            list(rows["area"]),
            [""] * len(rows),
            shape=caption.shape,
            row=34 if caption.shape == "wide" else 20,
        )
        card = Card(caption, _mark_notes(t, rows), plot_height=grid.height)
        ends = rows["high"].where(np.isfinite(rows["high"]), rows["value"]).clip(lower=rows["value"])
        limit, most = grid.limit(ends, said, apart=16), ends.max()
        ticks = grid.steps(0, most, limit, lambda tick: numbers.humanised(t, tick, like=most))
        ax = grid.draw(card, limit, ticks)
        for i, (row, text, end) in enumerate(zip(rows.itertuples(), said, ends, strict=True)):
            mine = row.area == highlight
            colour = style.BLUE if mine or not highlight else style.GREY
            _draw_dot(ax, row, grid.middles[i], colour)
            weight = style.SEMIBOLD if mine else style.REGULAR
            ink = colour if mine else style.INK
            grid.write(card, i, end / limit * grid.width + 12, text, weight=weight, colour=ink, clear=True)
    return card.finished(f"{area}: {text}" for area, text in zip(rows["area"], said, strict=True))


def _in_year(t: Language, row: Any) -> str:
    """A figure with its year: "36, năm 2020"."""
    number = numbers.figure_words(t, row)
    return number if np.isnan(row.year) else t.say("chart.in_year", number=number, year=f"{row.year:g}")


def _draw_dot(ax: Axes, row: Any, middle: float, colour: str) -> None:
    if np.isfinite([row.low, row.high]).all() and row.high > row.low:
        look: dict[str, Any] = {"color": colour, "lw": 1.6, "alpha": 0.7, "zorder": 2, "clip_on": False}
        ax.plot([row.low, row.high], [middle] * 2, label=f"{row.area}|interval", **look)
    fill = style.PAPER if row.flag in HOLLOW_FLAGS else colour
    look = {"marker": "o", "ms": 10, "mec": colour, "mew": 2, "mfc": fill, "zorder": 3, "clip_on": False}
    ax.plot([row.value], [middle], ls="", label=f"{row.area}|{row.flag or 'actual'}", **look)


def decomposition(table: pd.DataFrame, caption: Caption | None = None, **given: Any) -> Chart:
    """The parts of a growth, in logs, so that they add up to the whole: a bar each from 0, with the factor
    that it stands for.

    `table`: one row a part, as `growth.decomposition` gives, with `part` (visits, spending, revenue),
    `log_change` and, where known, `low`, `high` (of log_change) and `period` (where several are shown). The
    caption as in `scorecard`.

    >>> from baoyen_analysis.views.drawing.charts import figure_facts
    >>> parts = {"part": ["visits", "spending", "revenue"], "log_change": [0.405, 0.182, 0.588]}
    >>> figure_facts(decomposition(pd.DataFrame(parts), title="Visits first", lang="en"))
         series   kind      x  y
    0    visits  share  0.405  0
    1  spending  share  0.182  1
    2   revenue  whole  0.588  2
    """
    caption = Caption.of(caption, given)
    t, reach = caption.t, ["log_change", "low", "high"]
    rows = columns_of(table, ("part", "log_change"), {"period": "", "low": np.nan, "high": np.nan})
    _refuse(rows, tuple(reach[1:]), named="part")
    refuse_infinite(rows, reach[:1], named="part", missing=True)
    said = [_log_words(t, change) for change in rows["log_change"]]
    names = [t.words.get(f"chart.{part}", part) for part in rows["part"]]
    with style.drawing():
        grid = Grid(
            names, list(rows["period"]), shape=caption.shape, row=34 if caption.shape == "wide" else 24
        )
        marks = _mark_notes(t, rows.assign(flag="", value=rows["log_change"]))
        card = Card(caption, [t.say("chart.note_logs"), *marks], plot_height=grid.height)
        low, high = min(0.0, rows[reach].min().min()), max(0.0, rows[reach].max().max())
        ends = rows[reach].max(axis=1).clip(lower=0) - low
        limit = low + max((high - low) * 1.02, grid.limit(ends, said, apart=14))
        ticks = grid.steps(low, high, limit, lambda tick: numbers.signed(t, tick, plus=True))
        ax = grid.draw(card, limit, ticks, low=low)
        for i, (row, text, end) in enumerate(zip(rows.itertuples(), said, ends, strict=True)):
            _draw_part(ax, row, grid.middles[i])
            x = end / (limit - low) * grid.width + 10
            grid.write(card, i, x, text, weight=style.SEMIBOLD, clear=True)
    listed = zip(names, rows["period"], said, strict=True)
    return card.finished(f"{name} {period}".strip() + f": {text}" for name, period, text in listed)


def _draw_part(ax: Axes, row: Any, middle: float) -> None:
    """One bar of a decomposition: the whole dark, its parts light, with the range of its figures."""
    whole = row.part in ("revenue", "total")
    colour = style.BLUE if whole else style.TEAL
    bars = ax.barh([middle], [row.log_change], height=16, color=colour, zorder=1)
    bars[0].set_label(f"{row.part}|{'whole' if whole else 'share'}")
    if np.isfinite([row.low, row.high]).all() and row.high > row.low:
        _draw_range(ax, row.low, row.high, middle, row.part)


def _log_words(t: Language, change: float) -> str:
    """A change in logs with the factor it means: "+0,59 (×1,8)"."""
    return f"{numbers.signed(t, round(change, 2), plus=True)} (×{t.number(float(np.exp(change)), 2)})"
