"""Labels that keep clear of each other and of what is drawn. Lengths are in px from the top left corner of
the card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Card


class Label(NamedTuple):
    """Words for one or more marks (px): the first `bold` lines heavy; what the picture can do without is not
    `needed`."""

    points: Sequence[tuple[float, float]]
    lines: Sequence[str]
    size: float
    colour: str
    bold: int
    needed: bool


class Labels:
    """Puts each label at the best place near its point that covers no other label, leader, mark, line or
    band.

    What is drawn is kept as a grid of small cells, so that all places of a label are weighed at once.
    """

    CELL = 2.0  # px
    # How far from its point a label may stand before a leader joins them, and before one that can be spared
    # is left out.
    NEAR, REACH = 14.0, 46.0

    def __init__(self, card: Card, *, left: float, top: float, right: float, bottom: float) -> None:
        self.card, self.left, self.top, self.marks = card, left, top, np.empty((0, 2))
        size = int((bottom - top) / self.CELL), int((right - left) / self.CELL)
        self.drawn, self.taken = np.zeros(size, bool), np.zeros(size, bool)

    def avoid_line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Remembers a line through some points (px)."""
        for start, end in zip(zip(xs, ys, strict=False), zip(xs[1:], ys[1:], strict=False), strict=False):
            self.drawn[self._along(start, end)] = True

    def avoid_marks(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x, y in zip(xs, ys, strict=True):
            self.drawn[self._around(x, y, 7)] = True
        self.marks = np.vstack([self.marks, np.column_stack([xs, ys])])

    def avoid_band(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> None:
        """Remembers the ground between two lines over the same `xs` (px)."""
        columns = np.arange(int((xs[0] - self.left) / self.CELL), int((xs[-1] - self.left) / self.CELL) + 1)
        rows = self.top + np.arange(len(self.drawn))[:, None] * self.CELL
        # Both edges of each column: a band that is narrow there still meets it.
        edges = self.left + np.array([columns, columns + 1]) * self.CELL
        low, high = np.interp(edges, xs, lows).max(axis=0), np.interp(edges, xs, highs).min(axis=0)
        self.drawn[:, columns] |= (rows < low) & (rows > high - self.CELL)

    def put(self, labels: Sequence[Label], *, most: int) -> None:
        """Writes every needed label, and of the others those that find clear room, the first first, until
        there are `most`."""
        settled = self._settled([label for label in labels if label.needed])
        for label in labels:
            if not label.needed and len(settled) < most:
                place = self._place(label, reach=self.REACH, clear=True)
                settled += [(label, place)] if place else []
        for label, (left, top, leader) in settled:
            self.card.text(left + 3, top, label.lines, size=label.size, colour=label.colour, bold=label.bold)
            if leader:
                self.card.leader(*zip(*leader, strict=True))

    def _settled(self, labels: Sequence[Label]) -> list[tuple[Label, tuple]]:
        """Labels with their places. One that finds no clear room goes before the others, which then make way
        for it; only where that does not help it covers what is drawn."""
        order, whole = list(labels), max(self.drawn.shape) * self.CELL
        for last in [False] * len(order) + [True]:
            self.taken[:] = False
            places = []
            for label in order:
                tries = ((self.REACH, True), (whole, True), *([(whole, False)] if last else []))
                places.append(
                    next(
                        filter(
                            None, (self._place(label, reach=reach, clear=clear) for reach, clear in tries)
                        ),
                        None,
                    )
                )
                if places[-1] is None and not last:
                    order.remove(label)
                    order.insert(0, label)
                    break
            else:
                break
        return [(label, place) for label, place in zip(order, places, strict=True) if place]

    def _place(self, label: Label, *, reach: float, clear: bool) -> tuple[float, float, tuple | None] | None:
        """Takes the best place within reach: its left, its top and the leader if it is far; `clear` refuses
        what covers a drawing."""
        box = (
            style.block_width(label.lines, label.size, label.bold) + 6,
            self.card.line(label.size) * len(label.lines),
        )
        others, best, place = self._others(label.points), np.inf, None
        for cost, gap, left, top, far in self._candidates(label, *box, others, reach=reach, clear=clear):
            if cost >= best:
                break
            leader = self._leader(*label.points[0], left, top, *box) if far else None
            if leader:
                blocked, crossed = self._hindrance(leader, others)
                # One that can be spared neither crosses a line nor stands nearer to another mark than to its
                # own.
                nearer = _gap(others[:, 0], others[:, 1], left, top, *box) < gap
                blocked = blocked or (not label.needed and (crossed > 2 or bool(nearer.any())))
                cost += crossed + (0 if not blocked else np.inf if clear else 500)
            if cost < best:
                best, place = cost, (left, top, leader)
        if place:
            left, top, leader = place
            self.taken[self._cells(left, top - 2, left + box[0], top + box[1] + 2)] = True
            if leader:
                self.taken[self._along(*leader)] = True
        return place

    def _candidates(
        self, label: Label, width: float, height: float, others: np.ndarray, *, reach: float, clear: bool
    ) -> Iterator[tuple[float, float, float, float, bool]]:
        """The cheapest free places, the best first: cost without leader, gap to the point, left, top, and
        whether a leader is needed."""
        x, y = label.points[0]
        window = self._cells(x - reach - width, y - reach - height, x + reach + width, y + reach + height)
        halos = np.zeros_like(self.drawn)
        for mark in others:
            halos[self._around(mark[0], mark[1], 12)] = True
        shape = int(np.ceil(height / self.CELL)), int(np.ceil(width / self.CELL))
        drawn, taken, confused = (_under(layer[window], shape) for layer in (self.drawn, self.taken, halos))
        left = self.left + (window[1].start + np.arange(drawn.shape[1])) * self.CELL
        top = (self.top + (window[0].start + np.arange(drawn.shape[0])) * self.CELL)[:, None]
        gap, far, cost = self._stands(label, left, top, width, height)
        cost = cost + 14 * (confused > 0) + (0 if clear else 2 * drawn)
        # Far places are weighed by their leaders too, one by one: a third of them in each direction is
        # enough.
        coarse = (np.arange(drawn.shape[0])[:, None] % 3 == 0) & (np.arange(drawn.shape[1]) % 3 == 0)
        free = (taken == 0) & (gap <= reach) & (~far | coarse) & ((drawn == 0) | (not clear))
        for i in np.flatnonzero(free)[np.argsort(cost[free], kind="stable")][:300]:
            row, column = divmod(int(i), drawn.shape[1])
            yield (
                float(cost[row, column]),
                float(gap[row, column]),
                float(left[column]),
                float(top[row, 0]),
                bool(far[row, column]),
            )

    def _stands(
        self, label: Label, left: np.ndarray, top: np.ndarray, width: float, height: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """How each place stands to the label's first point: the gap between them, whether it needs a leader,
        and what that costs."""
        x, y = label.points[0]
        across, down = np.maximum(left - x, x - left - width), np.maximum(top - y, y - top - height)
        gap = _gap(x, y, left, top, width, height)
        # A label that stands off a corner is taken for another mark's sooner.
        far = gap > np.where((across > 0) & (down > 0), 0.8, 1) * self.NEAR
        # Centred over or under its point or in the middle beside it; above before below, right before left;
        # needed ones rather beside it.
        off = 0.15 * np.where(down > 0, abs(left + width / 2 - x), abs(top + height / 2 - y))
        side = np.where(down > 0, 5.0 * label.needed + (top > y), 3.0 * (not label.needed) + 4 * (left < x))
        return gap, far, gap + off + side + 4 * far

    def _others(self, points: Sequence[tuple[float, float]]) -> np.ndarray:
        """The marks that are none of `points`."""
        apart = np.abs(self.marks[:, None] - np.array(points)[None]).max(axis=2, initial=0).min(axis=1)
        return self.marks[apart > 3]

    @staticmethod
    def _leader(
        x: float, y: float, left: float, top: float, width: float, height: float
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """From the edge of the mark to the edge of the label; the first or the last line of one that stands
        beside it."""
        inset = 0 if left <= x <= left + width else 8
        end = min(max(x, left), left + width), min(max(y, top + inset), top + height - inset)
        start = 8 / np.hypot(end[0] - x, end[1] - y)
        return (x + start * (end[0] - x), y + start * (end[1] - y)), end

    def _hindrance(
        self, leader: tuple[tuple[float, float], tuple[float, float]], others: np.ndarray
    ) -> tuple[bool, int]:
        """Whether a leader meets a label, another leader or another mark, and over how much of what is drawn
        it runs."""
        cells, steps = self._along(*leader), np.linspace(*leader, 20)
        close = len(others) and np.hypot(*(steps[:, None] - others[None]).transpose(2, 0, 1)).min() < 8
        return bool(close or self.taken[cells].any()), int(self.drawn[cells].sum())

    def _cells(self, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
        """The cells that a box touches."""
        rows, columns = (
            slice(max(int(start // self.CELL), 0), max(int(-(-end // self.CELL)), 0))
            for start, end in ((top - self.top, bottom - self.top), (left - self.left, right - self.left))
        )
        return rows, columns

    def _around(self, x: float, y: float, radius: float) -> tuple[slice, slice]:
        return self._cells(x - radius, y - radius, x + radius, y + radius)

    def _along(self, start: tuple[float, float], end: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
        """The cells that a straight line runs through."""
        steps = np.linspace(
            start, end, 2 + int(np.hypot(end[0] - start[0], end[1] - start[1]) / self.CELL * 2)
        )
        columns, rows = ((steps - (self.left, self.top)) // self.CELL).astype(int).T
        inside = (rows >= 0) & (columns >= 0) & (rows < len(self.drawn)) & (columns < self.drawn.shape[1])
        return rows[inside], columns[inside]


def _gap(
    x: float | np.ndarray,
    y: float | np.ndarray,
    left: float | np.ndarray,
    top: float | np.ndarray,
    width: float,
    height: float,
) -> np.ndarray:
    """How far one point is from many boxes, or many points from one; 0 inside."""
    across, down = np.maximum(left - x, x - left - width), np.maximum(top - y, y - top - height)
    return np.hypot(np.maximum(across, 0), np.maximum(down, 0))


def _under(layer: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """How many cells of a layer lie under a box of `shape` at each place that holds it whole."""
    sums = np.zeros((layer.shape[0] + 1, layer.shape[1] + 1), int)
    sums[1:, 1:] = layer.cumsum(axis=0).cumsum(axis=1)
    tall, wide = shape
    return sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide]
