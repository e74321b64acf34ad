"""Rows compared, each with its words and a plot beside or under them: indicators against their plans, areas,
and the parts of a growth. Lengths are in px."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from baoyen_analysis.views import numbers
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import HOLLOW_FLAGS, Card, line, on_card, taken
from baoyen_analysis.words import Language


class Grid:
    """Rows with their words at the left (wide) or above (narrow); y in px from the top of the plot."""

    def __init__(
        self, card: Card, labels: Iterable[str], details: Iterable[str], row: float, *, even: bool = False
    ) -> None:
        """`row`: the least height of a row's plot. `even` rows are as tall as the tallest, and their words
        stand beside them always."""
        self.card, self.row, size = card, row, card.size
        self.above = not card.wide and not even
        room = card.room if self.above else 0.36 * size.width
        self.labels = [style.wrap(label, room, size.label, style.SEMIBOLD) for label in labels]
        self.details = [style.wrap(detail, room, size.small) for detail in details]
        if not self.labels:
            raise ValueError("the table has no row to draw")
        sized = zip(self.labels, self.details, strict=True)
        words = np.array(
            [line(size.label) * len(one) + line(size.small) * len(other) for one, other in sized]
        )
        heights = words + row + 8 if self.above else np.maximum(words + 14, row)
        heights = np.full_like(heights, heights.max()) if even else heights
        self.tops = np.append(0.0, heights.cumsum())
        # Where the words of a row begin, and where its plot has its middle.
        self.begins = self.tops[:-1] + (0.0 if self.above else heights / 2 - words / 2)
        self.middles = self.tops[:-1] + (words + row / 2 if self.above else heights / 2)
        widths = [style.block_width(label, size.label, len(label)) for label in self.labels]
        widths += [style.block_width(detail or [""], size.small) for detail in self.details]
        self.left = card.left + (4.0 if self.above else max(widths) + 22)
        self.width = card.right - self.left
        # A line over the plot for the words of its scale.
        self.head = line(size.small) + 6
        self.height = self.tops[-1] + self.head

    def draw(self, limit: float, ticks: Mapping[float, str], low: float = 0.0) -> Axes:
        """Writes the rows' words and the scale from `low` to `limit`, with its gridlines beside the words or
        between them; of the ticks those whose names stand clear of the ones before them."""
        card, size, top = self.card, self.card.size, self.card.top + self.head
        ax = card.axes(self.left, top, card.right, top + self.tops[-1])
        ax.set_ylim(self.tops[-1], 0)
        ax.set_xlim(low, limit)
        for label, detail, begins in zip(self.labels, self.details, self.begins, strict=True):
            card.text(card.left, top + begins, label, size=size.label, bold=len(label))
            under = top + begins + line(size.label) * len(label)
            card.text(card.left, under, detail, colour=style.MUTED)
        held: list[tuple[float, float]] = []
        for tick, name in ticks.items():
            width = style.width_of(name, size.small)
            x = self.left + self.width * (tick - low) / (limit - low) - width / 2
            begins = min(max(x, card.left), card.right - width)
            if all(begins + width + 8 < left or right + 8 < begins for left, right in held):
                held.append((begins, begins + width))
                self.rule(ax, tick, color=style.GREY if tick == 0 else style.GRID)
                card.text(begins, card.top, name, colour=style.MUTED)
        return ax

    def write(self, i: int, x: float, text: str, **look: Any) -> None:
        """Words in the plot of a row, `x` px from its left."""
        size = self.card.size.label
        top = self.card.top + self.head + self.middles[i] - line(size) / 2
        self.card.text(self.left + x, top, text, size=size, **look)

    def limit(self, ends: Iterable[float], texts: Iterable[str], apart: float) -> float:
        """The right end of a scale from 0 on which each text finds room behind its mark's end."""
        room = [self.width - self.wide(text) - apart for text in texts]
        return self.width * max(end / space for end, space in zip(ends, room, strict=True))

    def wide(self, text: str) -> float:
        return style.width_of(text, self.card.size.label, style.SEMIBOLD)

    def steps(self, low: float, high: float, limit: float, name: Callable[[float], str]) -> dict[float, str]:
        """Round ticks with their names, as many as fit beside each other."""
        for count in (5, 4, 3, 2, 1):
            steps = (float(round(tick, 9)) for tick in MaxNLocator(nbins=count).tick_values(low, high))
            ticks = {tick: name(tick) for tick in steps if low <= tick <= limit * 0.96}
            gap = min(np.diff([*ticks][:2]), default=np.inf) / (limit - low) * self.width
            if gap > max(style.width_of(text, self.card.size.small) for text in ticks.values()) + 14:
                break
        return ticks

    def rule(self, ax: Axes, at: float, **look: Any) -> None:
        """A line down the rows, interrupted where their words stand over the plot."""
        half = self.row / 2
        spans = [(middle - half, middle + half) for middle in self.middles]
        for span in spans if self.above else [(0.0, self.tops[-1])]:
            ax.plot([at] * 2, span, label="_rule", **style.look("rule", **look))


def _notes(t: Language, hollow: pd.Series, low: pd.Series, high: pd.Series) -> list[str]:
    """How hollow marks and thin bars are read, where rows hold them."""
    drawn = {"hollow": hollow.any(), "interval": (high > low).any()}
    return [t.say(f"chart.note_{key}") for key, holds in drawn.items() if holds]


def _in_year(t: Language, row: Any) -> str:
    """A figure with its year: "36, năm 2020"."""
    number = numbers.figure_words(t, row)
    return number if np.isnan(row.year) else t.say("chart.in_year", number=number, year=f"{row.year:g}")


def _draw_range(ax: Axes, low: float, high: float, middle: float, label: str) -> None:
    """The range that a bar's figures allow, with a halo, so that it is seen on the bar as beside it."""
    for look, name in (("halo", "_halo"), ("range", f"{label}|interval")):
        ax.plot([low, high], [middle] * 2, label=name, **style.look(look))


@on_card
def scorecard(card: Card, table: pd.DataFrame) -> Iterable[str]:
    """What was reached of each plan: bars from 0 with the plan itself as the 100 % line; indicators without
    an actual say so.

    `table`: one row an indicator, in the order drawn, with `label`, `plan`, `actual`, `attainment` (actual
    over plan; blank where there is none) and, where known, `year` (of the actual), `unit` (in words),
    `plan_qualifier`, `flag`, `attainment_low`, `attainment_high`. `caption`, or its parts (`title`,
    `subtitle`, `notes`, `sources`, `lang`, `shape`).

    >>> from baoyen_analysis.views.drawing.charts import scorecard
    >>> rows = pd.DataFrame({"label": ["Income"], "plan": [66.0], "actual": [50.0], "attainment": [50 / 66]})
    >>> scorecard(rows, title="Three quarters of the plan", lang="en").alt
    'Three quarters of the plan. Income: 76%; 50; plan 66.'
    """
    t, needed = card.t, "plan actual attainment"
    blank: dict[str, Any] = dict.fromkeys(("unit", "plan_qualifier", "flag"), "")
    blank |= dict.fromkeys(("year", "low", "high", "attainment_low", "attainment_high"), np.nan)
    finite = f"{needed} attainment_low attainment_high"
    rows = taken(table, f"{needed} label", finite, "label", **blank).assign(value=lambda r: r["actual"])
    reached, details = [], []
    for row in rows.itertuples():
        plan = numbers.bounded(t, row.plan, row.plan_qualifier, unit=row.unit)
        missing, without = np.isnan(row.attainment), np.isnan(row.actual)
        why = t.say("chart.no_actual" if without else "chart.no_share")
        reached.append(why if missing else t.percent(row.attainment, None))
        actual = "" if without else _in_year(t, row)
        key = "chart.plan_alone" if without else "chart.actual_against_plan"
        details.append(t.say(key, plan=plan, actual=actual))
    hollow = rows["flag"].isin(HOLLOW_FLAGS)
    grid = Grid(card, rows["label"], details, 30 if card.wide else 26)
    notes = _notes(t, hollow & rows["actual"].notna(), rows["attainment_low"], rows["attainment_high"])
    card.begin(grid.height, notes)
    greatest = rows[["attainment", "attainment_high"]].max().max()
    limit = max(1.15, np.nan_to_num(greatest) * 1.05)
    ax = grid.draw(
        limit, {1.0: t.say("chart.whole_plan"), 0.0: t.percent(0, None), 0.5: t.percent(0.5, None)}
    )
    grid.rule(ax, 1, **style.look("whole plan"))
    for row, text, light in zip(rows.itertuples(), reached, hollow, strict=True):
        _draw_attainment(grid, ax, row, text, light, grid.width / limit)
    return [
        f"{name}: {text}; {tail}" for name, text, tail in zip(rows["label"], reached, details, strict=True)
    ]


def _draw_attainment(grid: Grid, ax: Axes, row: Any, text: str, hollow: bool, scale: float) -> None:
    """One bar of a scorecard with its per cent, written inside it where it is long enough; words where there
    is no actual."""
    middle, end = grid.middles[row.Index], row.attainment
    if np.isnan(end):
        grid.write(row.Index, 8, text, colour=style.MUTED, clear=True)
        return
    fill = style.tint(style.BLUE, 0.12) if hollow else style.BLUE
    [bar] = ax.barh([middle], [end], height=18, zorder=1, facecolor=fill, edgecolor=style.BLUE, lw=1.6)
    bar.set_label(f"{row.label}|{row.flag or 'actual'}")
    if np.isfinite([row.attainment_low, row.attainment_high]).all():
        _draw_range(ax, row.attainment_low, row.attainment_high, middle, row.label)
        end = min(end, row.attainment_low)
    look: dict[str, Any] = {"colour": style.BLUE, "bold": 1}
    if end * scale > grid.wide(text) + 16:
        look |= {"align": "right"} if hollow else {"align": "right", "colour": style.PAPER}
        grid.write(row.Index, end * scale - 8, text, **look)
    else:
        grid.write(row.Index, np.nanmax([row.attainment, row.attainment_high]) * scale + 8, text, **look)


@on_card
def dots(card: Card, table: pd.DataFrame, *, highlight: str = "") -> Iterable[str]:
    """Areas compared: a dot each on a scale from 0, the greatest first, with its year and what its flag means
    in words.

    `table`: `area`, `value` and, where known, `low`, `high`, `year`, `flag`. `highlight`: the area that the
    picture is about. The caption as in `scorecard`.

    >>> from baoyen_analysis.views.drawing.charts import dots
    >>> areas = pd.DataFrame({"area": ["A", "B"], "value": [31.0, 45.2], "year": [2017, 2020]})
    >>> dots(areas, title="B is ahead", lang="en").alt
    'B is ahead. B: 45.2, in 2020. A: 31, in 2017.'
    """
    t = card.t
    rows = taken(
        table, "area value", "value year", "area", flag="", low=np.nan, high=np.nan, year=np.nan
    ).dropna(subset=["value"])
    rows = rows.sort_values(["value", "area"], ascending=[False, True], kind="stable", ignore_index=True)
    said = [_in_year(t, row) for row in rows.itertuples()]
    grid = Grid(card, rows["area"], [""] * len(rows), 34 if card.wide else 20)
    card.begin(grid.height, _notes(t, rows["flag"].isin(HOLLOW_FLAGS), rows["low"], rows["high"]))
    ends = rows["high"].where(np.isfinite(rows["high"]), rows["value"]).clip(lower=rows["value"])
    limit, most = grid.limit(ends, said, 16), ends.max()
    ax = grid.draw(limit, grid.steps(0, most, limit, lambda tick: numbers.humanised(t, tick, like=most)))
    for row, text, end in zip(rows.itertuples(), said, ends, strict=True):
        mine, middle = row.area == highlight, [grid.middles[row.Index]]
        colour = style.BLUE if mine or not highlight else style.GREY
        if np.isfinite([row.low, row.high]).all() and row.high > row.low:
            look = style.look("area interval", color=colour, label=f"{row.area}|interval")
            ax.plot([row.low, row.high], middle * 2, **look)
        look = style.look("area", mfc=style.PAPER if row.flag in HOLLOW_FLAGS else colour, mec=colour)
        ax.plot([row.value], middle, ls="", label=f"{row.area}|{row.flag or 'actual'}", **look)
        ink = {"bold": 1, "colour": colour} if mine else {}
        grid.write(row.Index, end / limit * grid.width + 12, text, clear=True, **ink)
    return [f"{area}: {text}" for area, text in zip(rows["area"], said, strict=True)]


@on_card
def decomposition(card: Card, table: pd.DataFrame) -> Iterable[str]:
    """The parts of a growth, in logs, so that they add up to the whole: a bar each from 0, with the factor
    that it stands for.

    `table`: one row a part, as `growth.decomposition` gives, with `part` (visits, spending, revenue),
    `log_change` and, where known, `low`, `high` (of log_change) and `period` (where several are shown). The
    caption as in `scorecard`.

    >>> from baoyen_analysis.views.drawing.charts import decomposition
    >>> parts = {"part": ["visits", "spending", "revenue"], "log_change": [0.405, 0.182, 0.588]}
    >>> decomposition(pd.DataFrame(parts), title="Visits first", lang="en").alt
    'Visits first. Visits: +0.41 (×1.50). Spending a visit: +0.18 (×1.20). Revenue: +0.59 (×1.80).'
    """
    t, reach = card.t, ["log_change", "low", "high"]
    rows = taken(table, "part log_change", "low high", "part", period="", low=np.nan, high=np.nan)
    rows = taken(rows, "part", "log_change", "part", filled=True)
    names = [t.words.get(f"chart.{part}", part) for part in rows["part"]]
    said = [
        f"{numbers.signed(t, round(change, 2), plus=True)} (×{t.number(float(np.exp(change)), 2)})"
        for change in rows["log_change"]
    ]
    grid = Grid(card, names, rows["period"], 34 if card.wide else 24)
    none = pd.Series(dtype=bool)
    card.begin(grid.height, [t.say("chart.note_logs"), *_notes(t, none, rows["low"], rows["high"])])
    low, high = min(0.0, rows[reach].min().min()), max(0.0, rows[reach].max().max())
    ends = rows[reach].max(axis=1).clip(lower=0) - low
    limit = low + max((high - low) * 1.02, grid.limit(ends, said, 14))
    ticks = grid.steps(low, high, limit, lambda tick: numbers.signed(t, tick, plus=True))
    ax = grid.draw(limit, ticks, low)
    for row, text, end in zip(rows.itertuples(), said, ends, strict=True):
        # The whole dark, its parts light, with the range of their figures.
        colour, kind = (style.BLUE, "whole") if row.part in ("revenue", "total") else (style.TEAL, "share")
        middle = grid.middles[row.Index]
        [bar] = ax.barh([middle], [row.log_change], height=16, color=colour, zorder=1)
        bar.set_label(f"{row.part}|{kind}")
        if np.isfinite([row.low, row.high]).all() and row.high > row.low:
            _draw_range(ax, row.low, row.high, middle, row.part)
        x = end / (limit - low) * grid.width + 10
        grid.write(row.Index, x, text, bold=1, clear=True)
    listed = zip(names, rows["period"], said, strict=True)
    return [f"{name} {period}".strip() + f": {text}" for name, period, text in listed]
