"""Labels that keep clear of each other and of what is drawn. Lengths are in px from the top left corner of
the card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from baoyen_analysis.views.drawing import style
from baoyen_analysis.views.drawing.card import Card, line

Point: TypeAlias = tuple[float, float]
Way: TypeAlias = tuple[Point, Point]  # the two ends of a leader
Place: TypeAlias = tuple[float, float, Way | None]  # of a label: its left, its top, its leader
Cells: TypeAlias = tuple[Any, Any]  # rows and columns of the grid


class Label(NamedTuple):
    """Words for one or more marks: the first `bold` lines heavy; what the picture can do without is not
    `needed`."""

    points: Sequence[Point]
    lines: list[str]
    bold: int
    colour: str
    size: float
    needed: bool = True

    @property
    def width(self) -> float:
        return style.block_width(self.lines, self.size, self.bold)


class Labels:
    """Puts each label at the best place near its point that covers no other label, leader, mark, line or
    band.

    What is drawn is kept as a grid of small cells, so that all places of a label are weighed at once.
    """

    CELL = 2.0  # px
    # How far from its point a label may stand before a leader joins them, and before one that can be spared
    # is left out.
    NEAR, REACH = 14.0, 46.0

    def __init__(self, card: Card, left: float, top: float, right: float, bottom: float) -> None:
        self.card, self.corner, self.marks = card, (left, top), np.empty((0, 2))
        size = int((bottom - top) / self.CELL), int((right - left) / self.CELL)
        self.drawn, self.taken = np.zeros(size, bool), np.zeros(size, bool)

    def avoid_line(self, points: Sequence[Point]) -> None:
        """Remembers a line through some points."""
        for way in pairwise(points):
            self.drawn[self._along(way)] = True

    def avoid_marks(self, points: Sequence[Point]) -> None:
        for x, y in points:
            self.drawn[self._around(x, y, 7)] = True
        self.marks = np.vstack([self.marks, points])

    def avoid_band(self, lows: Sequence[Point], highs: Sequence[Point]) -> None:
        """Remembers the ground between two lines over the same x."""
        (xs, low), (_, high) = np.transpose(lows), np.transpose(highs)
        (left, top), cell = self.corner, self.CELL
        columns = np.arange(int((xs[0] - left) / cell), int((xs[-1] - left) / cell) + 1)
        rows = top + np.arange(len(self.drawn))[:, None] * cell
        # Both edges of each column: a band that is narrow there still meets it.
        edges = left + np.array([columns, columns + 1]) * cell
        under, over = np.interp(edges, xs, low).max(axis=0), np.interp(edges, xs, high).min(axis=0)
        self.drawn[:, columns] |= (rows < under) & (rows > over - cell)

    def put(self, labels: Sequence[Label], most: int) -> None:
        """Writes every needed label, and of the others those that find clear room, the first first, until
        there are `most`."""
        self.under, self.halos = _sums(self.drawn), [self._around(x, y, 12) for x, y in self.marks.tolist()]
        settled = self._settled([label for label in labels if label.needed])
        for label in labels:
            if not label.needed and len(settled) < most:
                place = self._place(label, self.REACH, True)
                settled += [(label, place)] if place else []
        for (_, lines, bold, colour, size, _), (left, top, leader) in settled:
            self.card.text(left + 3, top, lines, size=size, colour=colour, bold=bold)
            if leader:
                self.card.leader(*leader)

    def _settled(self, labels: list[Label]) -> list[tuple[Label, Place]]:
        """Labels with their places. One that finds no clear room goes before the others, which then make way
        for it; only where that does not help it covers what is drawn."""
        whole = max(self.drawn.shape) * self.CELL
        tries = [(self.REACH, True), (whole, True)]
        for last in [False] * len(labels) + [True]:
            self.taken[:] = False
            settled: list[tuple[Label, Place]] = []
            for label in labels:
                found = (self._place(label, *how) for how in tries + [(whole, False)] * last)
                place = next(filter(None, found), None)
                if place:
                    settled.append((label, place))
                elif not last:
                    labels.remove(label)
                    labels.insert(0, label)
                    break
            else:
                break
        return settled

    def _place(self, label: Label, reach: float, clear: bool) -> Place | None:
        """Takes the best place within reach: its left, its top and the leader if it is far; `clear` refuses
        what covers a drawing."""
        point, box = label.points[0], (label.width + 6, line(label.size) * len(label.lines))
        apart = np.abs(self.marks[:, None] - np.array(label.points)).max(axis=2, initial=0).min(axis=1)
        strange = np.flatnonzero(apart > 3)  # the marks that are not the label's
        others, best, place = self.marks[strange], np.inf, None
        for cost, gap, left, top, far in self._candidates(label, box, strange, reach, clear):
            if cost >= best:
                break
            leader = _leader(*point, left, top, *box) if far else None
            if leader:
                blocked, crossed = self._hindrance(leader, others)
                # One that can be spared neither crosses a line nor stands nearer to another mark than to its
                # own.
                if not blocked and not label.needed:
                    nearer = _apart(others[:, 0], others[:, 1], left, top, *box)[2] < gap
                    blocked = crossed > 2 or bool(nearer.any())
                cost += crossed + (0 if not blocked else np.inf if clear else 500)
            if cost < best:
                best, place = cost, (left, top, leader)
        if place:
            left, top, leader = place
            self.taken[self._cells(left, top - 2, left + box[0], top + box[1] + 2)] = True
            if leader:
                self.taken[self._along(leader)] = True
        return place

    def _candidates(
        self, label: Label, box: Point, strange: np.ndarray, reach: float, clear: bool
    ) -> Iterable[tuple[Any, ...]]:
        """The cheapest free places, the best first: cost without leader, gap to the point, left, top, and
        whether a leader is needed."""
        (x, y), (width, height) = label.points[0], box
        window = self._cells(x - reach - width, y - reach - height, x + reach + width, y + reach + height)
        halos = np.zeros_like(self.drawn)
        for mark in strange:
            halos[self.halos[mark]] = True
        shape = int(np.ceil(height / self.CELL)), int(np.ceil(width / self.CELL))
        whole = tuple(slice(part.start, part.stop + 1) for part in window)
        drawn = _under(self.under[whole], shape)
        taken, confused = (_under(_sums(layer[window]), shape) for layer in (self.taken, halos))
        rows, columns = np.ogrid[: drawn.shape[0], : drawn.shape[1]]
        left = self.corner[0] + (window[1].start + columns) * self.CELL
        top = self.corner[1] + (window[0].start + rows) * self.CELL
        across, down, gap = _apart(x, y, left, top, width, height)
        # A label that stands off a corner is taken for another mark's sooner.
        far = gap > np.where((across > 0) & (down > 0), 0.8, 1) * self.NEAR
        # Centred over or under its point or in the middle beside it; above before below, right before left;
        # needed ones rather beside it.
        off = 0.15 * np.where(down > 0, abs(left + width / 2 - x), abs(top + height / 2 - y))
        side = np.where(down > 0, 5.0 * label.needed + (top > y), 3.0 * (not label.needed) + 4 * (left < x))
        cost = gap + off + side + 4 * far + 14 * (confused > 0) + (0 if clear else 2 * drawn)
        # Far places are weighed by their leaders too, one by one: a third of them in each direction is
        # enough.
        coarse = (rows % 3 == 0) & (columns % 3 == 0)
        free = (taken == 0) & (gap <= reach) & (~far | coarse) & ((drawn == 0) | (not clear))
        best = np.flatnonzero(free)[np.argsort(cost[free], kind="stable")[:300]]
        down, across = np.divmod(best, cost.shape[1])
        each = cost.ravel()[best], gap.ravel()[best], left[0, across], top[down, 0], far.ravel()[best]
        return zip(*(layer.tolist() for layer in each), strict=True)

    def _hindrance(self, leader: Way, others: np.ndarray) -> tuple[bool, int]:
        """Whether a leader meets a label, another leader or another mark, and over how much of what is drawn
        it runs."""
        cells = self._along(leader)
        meets = bool(self.taken[cells].any())
        if not meets and len(others):
            xs, ys = _between(leader, 20)
            meets = bool(np.hypot(xs[:, None] - others[:, 0], ys[:, None] - others[:, 1]).min() < 8)
        return meets, int(np.count_nonzero(self.drawn[cells]))

    def _cells(self, left: float, top: float, right: float, bottom: float) -> Cells:
        """The cells that a box touches."""
        (x, y), cell = self.corner, self.CELL
        ends = (top - y) // cell, -((y - bottom) // cell), (left - x) // cell, -((x - right) // cell)
        first, last, start, end = (max(int(place), 0) for place in ends)
        return slice(first, last), slice(start, end)

    def _around(self, x: float, y: float, radius: float) -> Cells:
        return self._cells(x - radius, y - radius, x + radius, y + radius)

    def _along(self, way: Way) -> Cells:
        """The cells that a straight line runs through."""
        (x0, y0), (x1, y1) = way
        xs, ys = _between(way, 2 + int(np.hypot(x1 - x0, y1 - y0) / self.CELL * 2))
        left, top = self.corner
        rows, columns = ((ys - top) // self.CELL).astype(int), ((xs - left) // self.CELL).astype(int)
        tall, wide = self.drawn.shape
        ends = rows[[0, -1]].tolist(), columns[[0, -1]].tolist()
        if min(map(min, ends)) >= 0 and max(ends[0]) < tall and max(ends[1]) < wide:
            return rows, columns
        inside = (rows >= 0) & (rows < tall) & (columns >= 0) & (columns < wide)
        return rows[inside], columns[inside]


def _between(way: Way, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The places, across and down, of so many points on a line, as numpy's linspace gives them."""
    ends, parts, count = tuple(zip(*way, strict=True)), number - 1, np.arange(float(number))
    steps = [(last - first) / parts for first, last in ends]
    places = []
    for (first, last), step in zip(ends, steps, strict=True):
        place = (count * step if all(steps) else count / parts * (last - first)) + first
        place[-1] = last
        places.append(place)
    return places[0], places[1]


def _leader(x: float, y: float, left: float, top: float, width: float, height: float) -> Way:
    """From the edge of the mark to the edge of the label; the first or the last line of one that stands
    beside it."""
    inset = 0 if left <= x <= left + width else 8
    end = min(max(x, left), left + width), min(max(y, top + inset), top + height - inset)
    start = 8 / np.hypot(end[0] - x, end[1] - y)
    return (x + start * (end[0] - x), y + start * (end[1] - y)), end


def _apart(x: Any, y: Any, left: Any, top: Any, width: float, height: float) -> tuple[Any, Any, Any]:
    """How far one point is from many boxes, or many points from one: across, down, and the gap; below 0
    inside, where the gap is 0."""
    across, down = np.maximum(left - x, x - left - width), np.maximum(top - y, y - top - height)
    return across, down, np.hypot(np.maximum(across, 0), np.maximum(down, 0))


def _sums(layer: np.ndarray) -> np.ndarray:
    """How many cells of a layer lie above and left of each corner of its cells."""
    sums = np.zeros((layer.shape[0] + 1, layer.shape[1] + 1), int)
    layer.cumsum(axis=0).cumsum(axis=1, out=sums[1:, 1:])
    return sums


def _under(sums: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """How many cells of a layer lie under a box of `shape` at each place that holds it whole."""
    tall, wide = shape
    return sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide]
