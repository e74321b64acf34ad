"""The specification curve of a goal: its readings by growth done over growth needed, and which outcome, base
and number of the goal each of them used. Lengths are in px."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame

from baoyen_analysis.views import verdicts
from baoyen_analysis.views.answered import MARKS_SAID
from baoyen_analysis.views.drawing.card import Card, line, on_card, stroke, taken
from baoyen_analysis.views.drawing.style import (
    GREY,
    GRID,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    PLUM,
    REGULAR,
    SEMIBOLD,
    TEAL,
    TEXT_COLOURS,
    block_width,
    look,
    width_of,
    wrap,
)
from baoyen_analysis.views.numbers import bounded, signed
from baoyen_analysis.words import Language

# What a reading says: its colour, and its mark, so that it is told without colour too.
LOOKS = {
    "yes": (TEXT_COLOURS[TEAL], "^"),
    "no": (PLUM, "v"),
    "open": (TEXT_COLOURS[ORANGE], "D"),
}
# The choices of a reading, and by which columns they stand, the latest and greatest first.
CHOICES = {
    "outcome": ["outcome_year", "outcome_value"],
    "base": ["base_year", "base_value"],
    "goal": ["goal_value"],
}
TICKS = (1.0, 0.0, 0.5, 2.0, -1.0, 4.0, -0.5, -2.0, 10.0)
# Beyond this ratio nothing can be told apart, and nothing is drawn farther out.
FARTHEST = 100.0


class _Line(NamedTuple):
    """A line of the grid: its words, whether it heads those below, and which readings have a mark there, or
    their own words."""

    text: str
    head: bool = False
    used: Sequence[bool] = ()
    words: Sequence[str] = ()


@on_card
def readings(card: Card, table: DataFrame) -> Iterable[str]:
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
    >>> chart.alt.count("ratio"), "ratio 1.23 (1.17–1.28), enough" in chart.alt
    (4, True)
    """
    t, rows = card.t, _rows(table)
    records = rows.to_dict("records")
    chosen = [_chosen(t, row) for row in records]
    plan = _Plan(card, _lines(t, rows, chosen), len(rows))
    left_out = len(table) - len(rows)
    why = dict.fromkeys(filter(None, rows.loc[~rows["counted"], "shown_because"]))
    reasons = "; ".join(t.say(f"shown.{code}") for code in why)
    drawn = {f"curve.note_{enough}": (rows["enough"] == enough).any() for enough in LOOKS}
    drawn |= {"curve.note_range": True, "curve.note_scale": rows["ratio"].abs().max() > 2}
    drawn |= {"curve.note_shown": why, "curve.note_left_out": left_out}
    card.begin(plan.panel + plan.tall, drawn, reasons=reasons, number=left_out)
    _draw_panel(card, plan, rows)
    _draw_grid(card, plan, rows)
    return [_said(t, row, parts) for row, parts in zip(records, chosen, strict=True)]


def _rows(table: DataFrame) -> DataFrame:
    """The readings that have a pace, the slowest first."""
    needed = "outcome_year outcome_value outcome_figure_id base_year base_value base_figure_id goal_value "
    needed += "goal_figure_id indicator needed done ratio ratio_low ratio_high enough counted"
    blank = "outcome_qualifier outcome_kind base_qualifier base_kind goal_qualifier shown_because"
    rows = taken(table, needed, "", "indicator", " ".join([blank, *MARKS_SAID]))
    typed = dict.fromkeys(("ratio", "ratio_low", "ratio_high"), float) | {"counted": bool}
    rows = rows.dropna(subset=["ratio"]).astype(typed)
    if rows.empty:
        raise ValueError("no reading has a ratio of done over needed to draw")
    return rows.sort_values(["ratio", "outcome_value", "base_year"], kind="stable", ignore_index=True)


def _chosen(t: Language, row: dict[Any, Any]) -> dict[str, str]:
    """A reading in words: its outcome and base with their bounds and years, the number of its goal, the
    growth done and needed."""
    said = {"goal": bounded(t, row["goal_value"], row["goal_qualifier"])}
    for role in ("outcome", "base"):
        number = verdicts.outcome(t, row, role)
        said[role] = t.say("curve.of_year", number=number, year=int(row[f"{role}_year"]))
    return said | {name: verdicts.rate(t, row, name) for name in ("done", "needed")}


def _lines(t: Language, rows: DataFrame, chosen: Sequence[dict[str, str]]) -> list[_Line]:
    """The lines of the grid: growth done and needed, the choices of outcome, base and goal, and the marks."""
    unit = t.unit(rows["indicator"].iloc[0]).removesuffix("/năm")
    lines = [
        _Line(t.say(f"curve.{name}"), words=[said[name] for said in chosen]) for name in ("done", "needed")
    ]
    for role, order in CHOICES.items():
        # Two choices that are said alike are told apart by their figures.
        keys = pd.Series([said[role] for said in chosen]) + "|" + rows[f"{role}_figure_id"]
        lines.append(_Line(t.say(f"curve.{role}", unit=unit), True))
        latest = rows.sort_values(order, ascending=False, kind="stable").index
        lines += [_Line(key.partition("|")[0], used=list(keys == key)) for key in keys[latest].unique()]
    marks = [_Line(t.say(f"mark.{mark}"), used=list(rows[mark])) for mark in MARKS_SAID if rows[mark].any()]
    return lines + [_Line(t.say("curve.marks"), True)] * bool(marks) + marks


def _said(t: Language, row: dict[Any, Any], chosen: dict[str, str]) -> str:
    """One reading in words, with all its numbers."""
    ratio, low, high = (_ratio(t, row[name]) for name in ("ratio", "ratio_low", "ratio_high"))
    why = "" if row["counted"] else f" ({t.say('shown.' + row['shown_because'])})"
    says = t.say(f"verdict.says_{row['enough']}")
    return t.say("curve.said", ratio=ratio, low=low, high=high, says=says, why=why, **chosen)


def _ratio(t: Language, ratio: float) -> str:
    """A ratio as it is written; what is far off, or without limit, as that."""
    if abs(ratio) >= FARTHEST:
        return (">" if ratio > 0 else "<") + signed(t, FARTHEST * np.sign(ratio))
    return signed(t, round(ratio, 2))


class _Plan:
    """Where everything stands: the words at the left, a column a reading, the panel above and the grid below
    it."""

    def __init__(self, card: Card, lines: Sequence[_Line], count: int) -> None:
        size, room = card.size, (0.30 if card.wide else 0.40) * card.size.width
        self.lines, self.row = lines, line(size.small)
        weights = REGULAR, SEMIBOLD
        self.texts = [wrap(each.text, room, size.small, weights[each.head]) for each in lines]
        indent = max(block_width(text, size.small, 9) for text in self.texts) + 14
        self.left, self.step = card.left + indent, min((card.room - indent) / count, 170.0)
        self.right = self.left + self.step * count
        # Words of a column that do not fit in it are left out: the table and the description have them.
        fits = all(width_of(word, size.small) + 6 <= self.step for each in lines for word in each.words)
        self.panel = 250.0 if card.wide else 210.0
        heights = [
            0.0 if each.words and not fits else self.row * len(text) + (9 if each.head else 3)
            for each, text in zip(lines, self.texts, strict=True)
        ]
        self.tops = [0.0, *np.cumsum(heights).tolist()]
        self.tall = self.tops[-1] + 8

    def x(self, i: float) -> float:
        """The middle of the column of a reading."""
        return self.left + (i + 0.5) * self.step


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


def _draw_panel(card: Card, plan: _Plan, rows: DataFrame) -> None:
    """The curve: the line at 1, a mark a reading with its range, and its number where there is room."""
    t, small = card.t, card.size.small
    drawn = rows[["ratio_low", "ratio", "ratio_high"]].clip(-FARTHEST, FARTHEST)
    bottom = min(fair(drawn.min().min()) - 0.08, 0.42)
    top = max(fair(drawn.max().max()) + 0.06, 1.42)
    head, foot = card.top + plan.row + 6, card.top + plan.panel - 12
    ax = card.axes(plan.left, head, plan.right, foot)
    ax.set_yscale("function", functions=(fair, _unfair))
    ax.set(xlim=(-0.5, len(rows) - 0.5), ylim=_unfair([bottom, top]))

    def y(ratio: float) -> float:
        return foot - (float(fair(ratio)) - bottom) / (top - bottom) * (foot - head)

    for tick in _draw_scale(card, plan, [tick for tick in TICKS if bottom < fair(tick) < top], y):
        colour = INK if tick == 1 else GREY if tick == 0 else GRID
        given = look("rule", color=colour, lw=1.8 if tick == 1 else 1)
        stroke(ax, [-0.5, len(rows) - 0.5], [tick] * 2, label="_rule", **given)
    texts = [_ratio(t, ratio) for ratio in rows["ratio"]]
    room = all(width_of(text, small, SEMIBOLD) + 4 <= plan.step for text in texts)
    for row, (least, point, greatest) in zip(rows.itertuples(), drawn.to_numpy(), strict=True):
        i, (colour, mark) = row.Index, LOOKS[row.enough]
        name = f"{row.outcome_figure_id}, {row.base_figure_id}, {row.goal_figure_id}|"
        stroke(ax, [i, i], [least, greatest], label=f"{name}range", **look("reading range", color=colour))
        fill, how = (colour, "counted") if row.counted else (PAPER, "shown")
        given = look("reading", marker=mark, ls="", mec=colour, mfc=fill, ms=min(11.0, plan.step * 0.7))
        stroke(ax, [i], [point], label=f"{name}{row.enough} {how}", **given)
        if room:
            # Away from the line at 1.
            above = min(y(greatest), y(point) - 6) - line(small) - 3
            below = max(y(least), y(point) + 6) + 3
            place = plan.x(i), below if row.enough == "no" else above
            card.text(*place, texts[i], bold=row.counted, colour=colour, align="center", clear=True)


def _draw_scale(card: Card, plan: _Plan, ticks: Sequence[float], y: Callable[[float], float]) -> list[float]:
    """Writes the ticks that stand clear of the line at 1 and of each other, the most telling first, and the
    two sides of the line in words; which ticks those are."""
    tall, kept = plan.row, list[float]()
    for tick in ticks:
        if all(abs(y(tick) - y(other)) > tall for other in kept):
            kept.append(tick)
            number, colour = signed(card.t, tick), INK if tick == 1 else MUTED
            place = plan.left - 8, y(tick) - tall / 2
            card.text(*place, number, bold=tick == 1, colour=colour, align="right")
    for key, says in (("fast", "yes"), ("slow", "no")):
        room = plan.left - card.left - 40
        said = wrap(card.t.say(f"curve.{key}"), room, card.size.small, SEMIBOLD)
        top = y(1) + 4 if key == "slow" else y(1) - len(said) * tall - 4
        card.text(card.left, top, said, bold=len(said), colour=LOOKS[says][0])
    return kept


def _draw_grid(card: Card, plan: _Plan, rows: DataFrame) -> None:
    """Which choices each reading made: a mark where it did, a speck where it did not."""
    top = card.top + plan.panel
    ax = card.axes(plan.left, top, plan.right, top + plan.tall)
    ax.set(xlim=(-0.5, len(rows) - 0.5), ylim=(plan.tall, 0))
    size, readings = min(8.0, plan.step * 0.55), list(rows[["enough", "counted"]].itertuples())
    for each, text, start, end in zip(plan.lines, plan.texts, plan.tops, plan.tops[1:], strict=False):
        if start == end:
            continue
        begins = end - plan.row * len(text)
        colour = INK if each.head or each.words else MUTED
        card.text(card.left, top + begins, text, bold=each.head * len(text), colour=colour)
        for i, word in enumerate(each.words):
            card.text(plan.x(i), top + begins, word, align="center")
        for row, used in zip(readings, each.used, strict=False):
            given = look("speck", ms=min(3.0, size / 2), label="_speck")
            if used:
                colour, _ = LOOKS[row.enough]
                fill = colour if row.counted else PAPER
                given = look("used", mec=colour, mfc=fill, ms=size, label=f"{each.text}|used")
            stroke(ax, [row.Index], [begins + plan.row / 2], ls="", **given)
