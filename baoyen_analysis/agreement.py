"""Whether two printed figures of one thing can both be so. Pure; for single rows and for whole tables alike.

A figure is anything that gives `value`, `low`, `high` and `qualifier` by name: a row of observations, or a
table of them (then the answers are one a row)."""

from __future__ import annotations

from typing import Any

import numpy as np

# How far beyond a printed bound another figure may lie and still be what the bound speaks of.
BEYOND = 0.2
_LOWER, _UPPER = ("gt", "ge"), ("lt", "le")


def alike(first: Any, second: Any) -> Any:
    """Whether two stated definitions may be one thing: the same words, or one of them not stated.

    >>> bool(alike("of all households", "")), bool(alike("product value", "income value"))
    (True, False)
    """
    if isinstance(first, str) and isinstance(second, str):  # arrays of one take ten times as long
        return np.bool_(first == second or not first or not second)
    first, second = np.asarray(first), np.asarray(second)
    return (first == second) | (first == "") | (second == "")


def agree(first: Any, second: Any) -> Any:
    """Whether two outcomes can both be so: their intervals meet, a bound being open on its side up to a fifth
    beyond it ("trên 219" and 221,2; not 400); two bounds on one side always ("trên 219", "trên 400").

    >>> over, value = ({"value": 219, "low": 219, "high": 220, "qualifier": "gt"},
    ...                {"value": 221.2, "low": 221.15, "high": 221.25, "qualifier": "eq"})
    >>> bool(agree(over, value)), bool(agree(over, value | {"value": 400, "low": 399.5, "high": 400.5}))
    (True, False)
    """
    (low, high), (other_low, other_high) = _open(first), _open(second)
    found = _at_most(low, other_high) & _at_most(other_low, high)
    for side in (_LOWER, _UPPER):
        found = found | (_among(first["qualifier"], side) & _among(second["qualifier"], side))
    return found


def same_number(first: Any, second: Any) -> Any:
    """Whether two plans, targets or thresholds set one number: the same, or the one as the other rounds it.
    A bound does not matter ("trên 66" and 66), nor does a total beside the number ("16/16" and 16).

    `low` and `high` are those of the printed words (`reconcile` keeps them); where they are the number itself
    only the same number will do.

    >>> over = {"value": 66, "low": 66, "high": 67, "qualifier": "gt"}
    >>> exact = {"value": 66, "low": 65.5, "high": 66.5, "qualifier": "eq"}
    >>> higher = exact | {"value": 67, "low": 66.5, "high": 67.5}
    >>> bool(same_number(over, exact)), bool(same_number(over, higher))
    (True, False)
    """
    ends = [np.where(_among(of["qualifier"], ("range",)), of["high"], of["value"]) for of in (first, second)]
    same = _close(first["value"], second["value"]) & _close(*ends)
    return same | _rounds_to(first, second) | _rounds_to(second, first)


def _open(figure: Any) -> list[Any]:
    """The interval of a figure, a bound opened by a fifth on its open side."""
    ends = []
    for end, side, farther, sign in (("low", _UPPER, np.minimum, -1), ("high", _LOWER, np.maximum, 1)):
        beyond = farther(figure[end], figure["value"] + sign * BEYOND * np.abs(figure["value"]))
        ends.append(np.where(_among(figure["qualifier"], side), beyond, figure[end]))
    return ends


def _among(qualifiers: Any, side: tuple[str, ...]) -> Any:
    """As numpy's isin, which takes ten times as long for single rows."""
    qualifiers = np.asarray(qualifiers)
    return (qualifiers == side[0]) | (qualifiers == side[-1])


def _at_most(low: Any, high: Any) -> Any:
    """Whether a low end does not lie above a high end; a binary rounding error is nothing."""
    return (low <= high) | _close(low, high)


def _close(first: Any, second: Any) -> Any:
    with np.errstate(invalid="ignore"):  # as numpy's isclose, which takes long for single rows
        near = np.abs(first - second) <= 1e-9 * np.abs(second)
    return (first == second) | near & np.isfinite(second)


def _rounds_to(rounded: Any, figure: Any) -> Any:
    """Whether a figure lies where a printed number or range without a bound lets it."""
    plain = _among(rounded["qualifier"], ("eq", "range")) & _among(figure["qualifier"], ("eq",))
    return plain & _at_most(rounded["low"], figure["value"]) & _at_most(figure["value"], rounded["high"])
