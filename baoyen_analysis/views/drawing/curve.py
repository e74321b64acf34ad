"""The specification curve of a goal: its readings by growth done over growth needed, and which outcome, base
and number of the goal each of them used. Lengths are in px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from baoyen_analysis.views import numbers, verdicts
from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Caption, Card, Chart
from baoyen_analysis.views.drawing.points import columns_of, numeric
from baoyen_analysis.words import Language

# What a reading says: its colour, and its mark, so that it is told without colour too.
LOOKS = {
    "yes": (style.TEXT_COLOURS[style.TEAL], "^"),
    "no": (style.PLUM, "v"),
    "open": (style.TEXT_COLOURS[style.ORANGE], "D"),
}
# The choices of a reading, and by which columns they stand, the latest and greatest first.
CHOICES = {
    "outcome": ["outcome_year", "outcome_value"],
    "base": ["base_year", "base_value"],
    "goal": ["goal_value"],
}
MARKS = ("derived", "year_inferred", "estimate", "bound", "approx", "through_covid")
TICKS = (1.0, 0.0, 0.5, 2.0, -1.0, 4.0, -0.5, -2.0, 10.0)
# Beyond this ratio nothing can be told apart, and nothing is drawn farther out.
FARTHEST = 100.0


class _Line(NamedTuple):
    """A line of the grid: its words, whether it heads those below, and which readings have a mark there, or
    their own words."""

    text: str
    head: bool
    used: Sequence[bool] = ()
    words: Sequence[str] = ()


def readings(table: pd.DataFrame, caption: Caption | None = None, **given: Any) -> Chart:
    """Readings of one goal in the order of done over needed, each with its range; 1 is just enough, and above
    it the scale counts needed over done, so that twice and half as fast lie alike far from it.

    Those that count are filled, the others hollow; below each stands which outcome, base and number of the
    goal it used, and what is to be minded about it.

    Parameters
    ----------
    table : DataFrame
        Readings as `by.readings(...).rows` gives them, a column `ratio` among them; those without a ratio are
        left out, and a note says how many.
    caption : Caption
        The words around the picture, or its parts (`title`, `subtitle`, `notes`, `sources`, `lang`, `shape`).

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        Where no reading has a ratio.

    References
    ----------
    Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4, 1208-1214.

    Examples
    --------
    >>> import baoyen_analysis as by
    >>> chart = readings(by.readings("income_per_capita").rows, title="Two of four", lang="en")
    >>> facts = by.charts.figure_facts(chart)
    >>> facts.loc[facts["kind"] == "yes counted", "y"].round(2).tolist()
    [1.23, 1.59]
    """
    caption = Caption.of(caption, given)
    t, rows = caption.t, _rows(table)
    lines = _lines(t, rows)
    with style.drawing():
        plan = _Plan(caption.size, lines, len(rows))
        notes = _notes(t, rows, len(table) - len(rows))
        card = Card(caption, notes, plot_height=plan.panel + plan.tall)
        _draw_panel(card, plan, rows)
        _draw_grid(card, plan, rows, lines)
    return card.finished(_said(t, row) for row in rows.to_dict("records"))


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """The readings that have a pace, the slowest first."""
    ratios = ["ratio", "ratio_low", "ratio_high"]
    needed = [name for order in CHOICES.values() for name in order]
    needed += ["indicator", *(f"{role}_figure_id" for role in CHOICES), "needed", "done", *ratios]
    texts = [*(f"{role}_{name}" for role in CHOICES for name in ("qualifier", "kind")), "shown_because"]
    defaults = dict.fromkeys(texts, "") | dict.fromkeys(MARKS, False)
    rows = columns_of(table, [*needed, "enough", "counted"], defaults)
    rows = numeric(rows, ratios).dropna(subset=["ratio"])
    if rows.empty:
        raise ValueError("no reading has a ratio of done over needed to draw")
    return rows.sort_values(["ratio", "outcome_value", "base_year"], kind="stable", ignore_index=True)


def _lines(t: Language, rows: pd.DataFrame) -> list[_Line]:
    """The lines of the grid: growth done and needed, the choices of outcome, base and goal, and the marks."""
    records, unit = rows.to_dict("records"), t.unit(rows["indicator"].iloc[0]).removesuffix("/năm")
    lines = [
        _Line(t.say(f"curve.{name}"), False, words=[_growth(t, row, name) for row in records])
        for name in ("done", "needed")
    ]
    for role, order in CHOICES.items():
        # Two choices that are said alike are told apart by their figures.
        keys = pd.Series([f"{_choice(t, row, role)}|{row[f'{role}_figure_id']}" for row in records])
        lines.append(_Line(t.say(f"curve.{role}", unit=unit), True))
        latest = rows.sort_values(order, ascending=False, kind="stable").index
        lines += [_Line(key.partition("|")[0], False, list(keys == key)) for key in keys[latest].unique()]
    marks = [_Line(t.say(f"mark.{mark}"), False, list(rows[mark])) for mark in MARKS if rows[mark].any()]
    return lines + ([_Line(t.say("curve.marks"), True)] if marks else []) + marks


def _choice(t: Language, row: Mapping[Any, Any], role: str) -> str:
    """An outcome, a base or the number of a goal, with its bound and its year."""
    number = numbers.bounded(t, row[f"{role}_value"], row[f"{role}_qualifier"])
    if role == "goal":
        return number
    kind, year = row[f"{role}_kind"], int(row[f"{role}_year"])
    number = t.say(f"chart.{kind}", number=number) if kind in ("estimate", "preliminary") else number
    return t.say("curve.of_year", number=number, year=year)


def _growth(t: Language, row: Mapping[Any, Any], name: str) -> str:
    point = {**row, f"{name}_low": row[name], f"{name}_high": row[name]}
    return verdicts.growth(t, point, name, brief=False)


def _notes(t: Language, rows: pd.DataFrame, left_out: int) -> list[str]:
    """How the marks are read, why some readings do not count, and how many have no pace."""
    why = dict.fromkeys(filter(None, rows.loc[~rows["counted"].astype(bool), "shown_because"]))
    said = [t.say(f"curve.note_{enough}") for enough in LOOKS if (rows["enough"] == enough).any()]
    said.append(t.say("curve.note_range"))
    if why:
        said.append(t.say("curve.note_shown", reasons="; ".join(t.say(f"shown.{code}") for code in why)))
    return [*said, *([t.say("curve.note_left_out", number=left_out)] if left_out else [])]


def _said(t: Language, row: Mapping[Any, Any]) -> str:
    """One reading in words, with all its numbers."""
    low, high = (_ratio(t, row[f"ratio_{end}"]) for end in ("low", "high"))
    parts = {role: _choice(t, row, role) for role in CHOICES}
    parts |= {name: _growth(t, row, name) for name in ("done", "needed")}
    code = row["shown_because"]
    why = "" if row["counted"] else f" ({t.say(f'shown.{code}')})"
    says = t.say(f"verdict.says_{row['enough']}")
    return t.say("curve.said", ratio=_ratio(t, row["ratio"]), low=low, high=high, says=says, why=why, **parts)


def _ratio(t: Language, ratio: float) -> str:
    """A ratio as it is written; what is far off, or without limit, as that."""
    if abs(ratio) >= FARTHEST:
        return (">" if ratio > 0 else "<") + numbers.signed(t, FARTHEST * np.sign(ratio))
    return numbers.signed(t, round(ratio, 2))


class _Plan:
    """Where everything stands: the words at the left, a column a reading, the panel above and the grid below
    it."""

    def __init__(self, size: style.Shape, lines: Sequence[_Line], count: int) -> None:
        self.size, narrow = size, size.width < 600
        room = (0.40 if narrow else 0.30) * size.width
        self.row = size.small * style.LINE_HEIGHT
        self.texts = [
            style.wrap(line.text, room, size.small, style.SEMIBOLD if line.head else style.REGULAR)
            for line in lines
        ]
        self.indent = max(style.block_width(text, size.small, 9) for text in self.texts) + 14
        width = size.width - 2 * size.padding - self.indent
        self.step = min(width / count, 170.0)
        self.width = self.step * count
        # Words of a column that do not fit in it are left out: the table and the description have them.
        self.fits = all(
            style.width_of(word, size.small) + 6 <= self.step for line in lines for word in line.words
        )
        self.panel = 210.0 if narrow else 250.0
        heights = [
            0.0 if line.words and not self.fits else self.row * len(text) + (9 if line.head else 3)
            for line, text in zip(lines, self.texts, strict=True)
        ]
        self.tops = [0.0, *np.cumsum(heights).tolist()]
        self.tall = self.tops[-1] + 8

    def x(self, card: Card, i: float) -> float:
        """The middle of the column of a reading."""
        return card.left + self.indent + (i + 0.5) * self.step


def fair(ratio: Any) -> Any:
    """Ratios on a scale on which twice and half as fast as needed lie alike far from 1: up to 1 the ratio,
    beyond it 2 - 1/ratio.

    >>> [float(fair(ratio)) for ratio in (0.5, 1, 2, -2)]
    [0.5, 1.0, 1.5, -1.5]
    """
    size = np.abs(np.asarray(ratio, float))
    far = 2 - 1 / np.clip(size, 1, FARTHEST) + np.maximum(size - FARTHEST, 0) / FARTHEST**2
    return np.sign(ratio) * np.where(size <= 1, size, far)


def _unfair(place: Any) -> Any:
    """The ratio that stands at a place of the scale."""
    size, end = np.abs(np.asarray(place, float)), 2 - 1 / FARTHEST
    far = 1 / (2 - np.minimum(size, end)) + np.maximum(size - end, 0) * FARTHEST**2
    return np.sign(place) * np.where(size <= 1, size, far)


def _draw_panel(card: Card, plan: _Plan, rows: pd.DataFrame) -> None:
    """The curve: the line at 1, a mark a reading with its range, and its number where there is room."""
    t, small = card.t, plan.size.small
    ends = ["ratio_low", "ratio", "ratio_high"]
    drawn = rows[ends].clip(-FARTHEST, FARTHEST)
    low, high = fair(drawn.min().min()), fair(drawn.max().max())
    bottom, top = min(low - 0.08, 0.42), max(high + 0.06, 1.42)
    head = card.top + plan.row + 6
    left, foot = card.left + plan.indent, card.top + plan.panel - 12
    ax = card.axes(left, head, left + plan.width, foot)
    ax.set_xlim(-0.5, len(rows) - 0.5)
    ax.set_yscale("function", functions=(fair, _unfair))
    ax.set_ylim(float(_unfair(bottom)), float(_unfair(top)))

    def y(ratio: float) -> float:
        return foot - (float(fair(ratio)) - bottom) / (top - bottom) * (foot - head)

    _draw_scale(card, plan, ax, [tick for tick in TICKS if bottom < fair(tick) < top], y)
    texts = [_ratio(t, ratio) for ratio in rows["ratio"]]
    room = all(style.width_of(text, small, style.SEMIBOLD) + 4 <= plan.step for text in texts)
    for i, (row, (least, point, greatest)) in enumerate(
        zip(rows.itertuples(), drawn.to_numpy(), strict=True)
    ):
        colour, mark = LOOKS[row.enough]
        kind = f"{row.enough} {'counted' if row.counted else 'shown'}"
        name = f"{row.outcome_figure_id}, {row.base_figure_id}, {row.goal_figure_id}"
        ax.plot(
            [i, i], [least, greatest], color=colour, lw=2, alpha=0.75, label=f"{name}|range", clip_on=False
        )
        look: dict[str, Any] = {"ms": min(11.0, plan.step * 0.7), "mew": 1.8, "zorder": 3}
        fill = colour if row.counted else style.PAPER
        ax.plot([i], [point], mark, mec=colour, mfc=fill, label=f"{name}|{kind}", clip_on=False, **look)
        if room:
            # Away from the line at 1.
            above = min(y(greatest), y(point) - 6) - card.line(small) - 3
            below = max(y(least), y(point) + 6) + 3
            place = plan.x(card, i), below if row.enough == "no" else above
            weight = style.SEMIBOLD if row.counted else style.REGULAR
            look = {"weight": weight, "colour": colour, "align": "center", "clear": True}
            card.text(*place, texts[i], size=small, **look)


def _draw_scale(card: Card, plan: _Plan, ax: Axes, ticks: Sequence[float], y: Any) -> None:
    """The line at 1 and the ticks that stand clear of it and of each other, the most telling first; the two
    sides of the line in words."""
    t, small = card.t, plan.size.small
    taken: list[float] = []
    for tick in ticks:
        if all(abs(y(tick) - other) > card.line(small) for other in taken):
            taken.append(y(tick))
            chief = tick == 1
            colour = style.INK if chief else style.GREY if tick == 0 else style.GRID
            span = [-0.5, plan.width / plan.step - 0.5]
            ax.plot(
                span, [tick] * 2, zorder=0, label="_rule", clip_on=False, color=colour, lw=1.8 if chief else 1
            )
            weight = style.SEMIBOLD if chief else style.REGULAR
            place = card.left + plan.indent - 8, y(tick) - card.line(small) / 2
            colour = style.INK if chief else style.MUTED
            card.text(
                *place, numbers.signed(t, tick), size=small, weight=weight, colour=colour, align="right"
            )
    room = plan.indent - 40
    for key, lines in (("fast", -1), ("slow", 0)):
        said = style.wrap(t.say(f"curve.{key}"), room, small, style.SEMIBOLD)
        place = y(1) + (lines * len(said)) * card.line(small) + (4 if key == "slow" else -4)
        colour = LOOKS["yes" if key == "fast" else "no"][0]
        card.text(card.left, place, said, size=small, weight=style.SEMIBOLD, colour=colour)


def _draw_grid(card: Card, plan: _Plan, rows: pd.DataFrame, lines: Sequence[_Line]) -> None:
    """Which choices each reading made: a mark where it did, a speck where it did not."""
    top, small, left = card.top + plan.panel, plan.size.small, card.left + plan.indent
    ax = card.axes(left, top, left + plan.width, top + plan.tall)
    ax.set_xlim(-0.5, len(rows) - 0.5)
    ax.set_ylim(plan.tall, 0)
    size = min(8.0, plan.step * 0.55)
    records = list(rows.itertuples())
    for line, text, start, end in zip(lines, plan.texts, plan.tops, plan.tops[1:], strict=False):
        if start == end:
            continue
        begins = end - plan.row * len(text)
        weight = style.SEMIBOLD if line.head else style.REGULAR
        colour = style.INK if line.head or line.words else style.MUTED
        card.text(card.left, top + begins, text, size=small, weight=weight, colour=colour)
        middle = begins + plan.row / 2
        for i, word in enumerate(line.words):
            card.text(plan.x(card, i), top + begins, word, size=small, align="center")
        for row, used, i in zip(records, line.used, range(len(records)), strict=False):
            colour = LOOKS[row.enough][0]
            look: dict[str, Any] = {"color": style.GRID, "ms": min(3.0, size / 2), "marker": "o"}
            if used:
                fill = colour if row.counted else style.PAPER
                look = {"mec": colour, "mfc": fill, "mew": 1.4, "ms": size, "marker": "s"}
            label = f"{line.text}|used" if used else "_speck"
            ax.plot([i], [middle], ls="", label=label, clip_on=False, **look)
