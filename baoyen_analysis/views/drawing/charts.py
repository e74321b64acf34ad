"""A table in, a picture out: titled, sourced, labelled where the eye is, in Vietnamese or English, wide or
narrow.

Each function takes tables and returns a `Chart`, a matplotlib Figure that shows itself in a notebook as SVG.
The SVG is the same on every machine, and a value changed by one part in ten thousand changes it. No pyplot:
nothing hangs on a backend, and no figure stays behind.

Every function takes the words around its picture as a `Caption`, or as the parts of one. `lines` draws what
goes over the years, `rows` what is compared row by row, `curve` the readings of a goal, `coverage` what is
held; all stand on a `card`. They are loaded when a picture is first asked for: an answer in words needs
none."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    **dict.fromkeys(("Caption", "Chart"), "card"),
    **dict.fromkeys(("fan", "trend"), "lines"),
    **dict.fromkeys(("decomposition", "dots", "scorecard"), "rows"),
    **{"coverage": "coverage", "readings": "curve"},
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"charts has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"baoyen_analysis.views.drawing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
