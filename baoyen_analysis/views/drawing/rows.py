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
from baoyen_analysis.views.drawing.card import HOLLOW_FLAGS, Card, line, on_card, stroke, taken
from baoyen_analysis.views.drawing.style import (
    BLUE,
    GREY,
    GRID,
    MUTED,
    PAPER,
    SEMIBOLD,
    TEAL,
    block_width,
    look,
    tint,
    width_of,
    wrap,
)
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
        self.words = [
            (wrap(label, room, size.label, SEMIBOLD), wrap(detail, room, size.small))
            for label, detail in zip(labels, details, strict=True)
        ]
        if not self.words:
            raise ValueError("the table has no row to draw")
        words = np.array([line(size.label) * len(a) + line(size.small) * len(b) for a, b in self.words])
        heights = words + row + 8 if self.above else np.maximum(words + 14, row)
        heights = np.full_like(heights, heights.max()) if even else heights
        self.tops = np.append(0.0, heights.cumsum())
        # Where the words of a row begin, and where its plot has its middle.
        self.begins = self.tops[:-1] + (0.0 if self.above else heights / 2 - words / 2)
        self.middles = self.tops[:-1] + (words + row / 2 if self.above else heights / 2)
        widths = [block_width(label, size.label, len(label)) for label, _ in self.words]
        widths += [block_width(detail, size.small) for _, detail in self.words]
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
        ax.set(xlim=(low, limit), ylim=(self.tops[-1], 0))
        for (label, detail), begins in zip(self.words, top + self.begins, strict=True):
            card.text(card.left, begins, label, size=size.label, bold=len(label))
            card.text(card.left, begins + line(size.label) * len(label), detail, colour=MUTED)
        held: list[tuple[float, float]] = []
        for tick, name in ticks.items():
            width = width_of(name, size.small)
            x = self.left + self.width * (tick - low) / (limit - low) - width / 2
            begins = min(max(x, card.left), card.right - width)
            if all(begins + width + 8 < left or right + 8 < begins for left, right in held):
                held.append((begins, begins + width))
                self.rule(ax, tick, color=GREY if tick == 0 else GRID)
                card.text(begins, card.top, name, colour=MUTED)
        return ax

    def draw_scaled(
        self, low: float, ends: pd.Series, texts: list[str], apart: float, name: Callable[[float], str]
    ) -> tuple[Axes, pd.Series]:
        """Draws it on a scale on which each text finds room behind its mark's end, with as many round ticks
        as fit beside each other; gives where the texts begin."""
        high = max(ends.max(), 0.0)
        room = [self.width - self.wide(text) - apart - 4 for text in texts]  # 4 px of paper behind it
        reach = self.width * ((ends.clip(lower=0) - low) / room).max()
        limit = low + max((high - low) * 1.02, reach)
        for count in (5, 4, 3, 2, 1):
            steps = (float(round(tick, 9)) for tick in MaxNLocator(nbins=count).tick_values(low, high))
            ticks = {tick: name(tick) for tick in steps if low <= tick <= limit * 0.96}
            gap = min(np.diff([*ticks][:2]), default=np.inf) / (limit - low) * self.width
            if gap > max(width_of(text, self.card.size.small) for text in ticks.values()) + 14:
                break
        places = (ends.clip(lower=0) - low) / (limit - low) * self.width + apart
        return self.draw(limit, ticks, low), places

    def write(self, i: int, x: float, text: str, **given: Any) -> None:
        """Words in the plot of a row, `x` px from its left."""
        size = self.card.size.label
        top = self.card.top + self.head + self.middles[i] - line(size) / 2
        self.card.text(self.left + x, top, text, size=size, **given)

    def wide(self, text: str) -> float:
        return width_of(text, self.card.size.label, SEMIBOLD)

    def rule(self, ax: Axes, at: float, **given: Any) -> None:
        """A line down the rows, interrupted where their words stand over the plot."""
        half = self.row / 2
        spans = [(middle - half, middle + half) for middle in self.middles]
        for span in spans if self.above else [(0.0, self.tops[-1])]:
            stroke(ax, [at] * 2, span, label="_rule", **look("rule", **given))


def _in_year(t: Language, row: Any) -> str:
    """A figure with its year: "36, năm 2020"."""
    number = numbers.figure_words(t, row)
    return number if np.isnan(row.year) else t.say("chart.in_year", number=number, year=f"{row.year:g}")


def _draw_range(ax: Axes, low: float, high: float, middle: float, label: str) -> None:
    """The range that a bar's figures allow, with a halo, so that it is seen on the bar as beside it."""
    for kind, name in (("halo", "_halo"), ("range", f"{label}|interval")):
        stroke(ax, [low, high], [middle] * 2, label=name, **look(kind))


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
    t, ends = card.t, ["attainment", "attainment_low", "attainment_high"]
    blank = "unit plan_qualifier flag year low high attainment_low attainment_high"
    finite = "plan actual attainment attainment_low attainment_high"
    rows = taken(table, "plan actual attainment label", finite, "label", blank)
    rows = rows.assign(value=rows["actual"])
    reached, details = [], []
    for row in rows.itertuples():
        without = np.isnan(row.actual)
        why = t.say("chart.no_actual" if without else "chart.no_share")
        reached.append(why if np.isnan(row.attainment) else t.percent(row.attainment, None))
        plan = numbers.bounded(t, row.plan, row.plan_qualifier, unit=row.unit)
        key = "chart.plan_alone" if without else "chart.actual_against_plan"
        details.append(t.say(key, plan=plan, actual=_in_year(t, row)))
    hollow = rows["flag"].isin(HOLLOW_FLAGS)
    grid = Grid(card, rows["label"], details, 30 if card.wide else 26)
    drawn = {
        "chart.note_hollow": hollow & rows["actual"].notna(),
        "chart.note_interval": rows[ends[2]] > rows[ends[1]],
    }
    card.begin(grid.height, {name: holds.any() for name, holds in drawn.items()})
    limit = max(1.15, np.nan_to_num(rows[ends].max().max()) * 1.05)
    shares = {share: t.percent(share, None) for share in (0.0, 0.5)}
    ax = grid.draw(limit, {1.0: t.say("chart.whole_plan"), **shares})
    grid.rule(ax, 1, **look("whole plan"))
    for row, text, light in zip(rows.itertuples(), reached, hollow, strict=True):
        _draw_attainment(grid, ax, row, text, light, grid.width / limit)
    said = zip(rows["label"], reached, details, strict=True)
    return [f"{name}: {text}; {tail}" for name, text, tail in said]


def _draw_attainment(grid: Grid, ax: Axes, row: Any, text: str, hollow: bool, scale: float) -> None:
    """One bar of a scorecard with its per cent, written inside it where it is long enough; words where there
    is no actual."""
    middle, end, low, high = grid.middles[row.Index], row.attainment, row.attainment_low, row.attainment_high
    if np.isnan(end):
        grid.write(row.Index, 8, text, colour=MUTED, clear=True)
        return
    fill = tint(BLUE, 0.12) if hollow else BLUE
    label = f"{row.label}|{row.flag or 'actual'}"
    ax.barh([middle], [end], height=18, zorder=1, facecolor=fill, edgecolor=BLUE, lw=1.6)[0].set_label(label)
    if not np.isnan(low + high):
        _draw_range(ax, low, high, middle, row.label)
    inside = np.fmin(end, low) * scale
    if inside > grid.wide(text) + 16:
        ink = BLUE if hollow else PAPER
        grid.write(row.Index, inside - 8, text, bold=1, align="right", colour=ink)
    else:
        grid.write(row.Index, np.fmax(end, high) * scale + 8, text, bold=1, colour=BLUE)


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
    rows = taken(table, "area value", "value year", "area", "flag low high year").dropna(subset=["value"])
    rows = rows.sort_values(["value", "area"], ascending=[False, True], kind="stable", ignore_index=True)
    said = [_in_year(t, row) for row in rows.itertuples()]
    grid = Grid(card, rows["area"], [""] * len(rows), 34 if card.wide else 20)
    hollow = rows["flag"].isin(HOLLOW_FLAGS)
    card.begin(
        grid.height,
        {"chart.note_hollow": hollow.any(), "chart.note_interval": (rows["high"] > rows["low"]).any()},
    )
    ends = rows["high"].where(np.isfinite(rows["high"]), rows["value"]).clip(lower=rows["value"])
    most = ends.max()
    ax, places = grid.draw_scaled(0.0, ends, said, 12, lambda tick: numbers.humanised(t, tick, like=most))
    for row, text, x in zip(rows.itertuples(), said, places, strict=True):
        mine, middle = row.area == highlight, [grid.middles[row.Index]]
        colour = BLUE if mine or not highlight else GREY
        if -np.inf < row.low < row.high < np.inf:
            label = f"{row.area}|interval"
            stroke(ax, [row.low, row.high], middle * 2, **look("area interval", color=colour, label=label))
        mark = look("area", mfc=PAPER if row.flag in HOLLOW_FLAGS else colour, mec=colour)
        stroke(ax, [row.value], middle, ls="", label=f"{row.area}|{row.flag or 'actual'}", **mark)
        grid.write(row.Index, x, text, clear=True, **({"bold": 1, "colour": colour} if mine else {}))
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
    rows = taken(table, "part log_change", "low high", "part", "period low high")
    rows["log_change"] = taken(rows, "part", "log_change", "part", filled=True)["log_change"]
    names = [t.words.get(f"chart.{part}", part) for part in rows["part"]]
    said = [
        f"{numbers.signed(t, round(change, 2), plus=True)} (×{t.number(float(np.exp(change)), 2)})"
        for change in rows["log_change"]
    ]
    grid = Grid(card, names, rows["period"], 34 if card.wide else 24)
    card.begin(
        grid.height, {"chart.note_logs": True, "chart.note_interval": (rows["high"] > rows["low"]).any()}
    )
    low, ends = min(0.0, rows[reach].min().min()), rows[reach].max(axis=1)
    ax, places = grid.draw_scaled(low, ends, said, 10, lambda tick: numbers.signed(t, tick, plus=True))
    for row, text, x in zip(rows.itertuples(), said, places, strict=True):
        # The whole dark, its parts light, with the range of their figures.
        colour, kind = (BLUE, "whole") if row.part in ("revenue", "total") else (TEAL, "share")
        middle = grid.middles[row.Index]
        [bar] = ax.barh([middle], [row.log_change], height=16, color=colour, zorder=1)
        bar.set_label(f"{row.part}|{kind}")
        if -np.inf < row.low < row.high < np.inf:
            _draw_range(ax, row.low, row.high, middle, row.part)
        grid.write(row.Index, x, text, bold=1, clear=True)
    listed = zip(names, rows["period"], said, strict=True)
    return [f"{name} {period}".strip() + f": {text}" for name, period, text in listed]
