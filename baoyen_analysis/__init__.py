"""Did income, product value per hectare and tourism in Bảo Yên move fast enough toward the 2024 plan and the
2025 goal?

The names below are what an analyst uses; each is loaded when it is first asked for, so that importing the
package costs nothing.

>>> import baoyen_analysis as by
>>> by.parse_figure("trên 66 triệu đồng/năm").value
66000000.0
"""

import gc
from importlib import import_module
from importlib.util import find_spec
from inspect import isfunction
from typing import Any

from baoyen_analysis.paths import rows_beside

# Every public name with its room; those with an example are questions that `baoyen ask` asks too.
_HOME_OF = {row["name"]: f"baoyen_analysis.{row['home']}" for row in rows_beside(__file__, "calls.csv")}
# The rooms whose calls are looked at before they run.
_ASKED = (
    *("answers", "neighbours", "prospects", "evidence", "basis", "own", "pictures", "record", "topics"),
    *("intake.office", "printed.passages"),
)
# Names of earlier versions, for what does the same today.
_ALIASES = {
    "verdicts": "published_methods",
    "all_verdicts": "published_methods",
    "references": "reference",
    "real": "yearly",
    "answer": "needed",
    "scorecard_chart": "scorecard",
}
_MODULES = {"charts": "baoyen_analysis.views.drawing.charts", "tables": "baoyen_analysis.views.tables"}

__version__ = "0.2.0"
__all__ = sorted([*_HOME_OF, *_MODULES])


def _room(name: str) -> Any:
    """A room with all that it imports; what is imported stays, so none of it is looked through for garbage
    meanwhile, which would take a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        if collects:
            gc.enable()


def __getattr__(name: str) -> Any:
    name = _ALIASES.get(name, name)
    if name in _MODULES:
        return _room(_MODULES[name])
    if name in _HOME_OF:
        value = getattr(_room(_HOME_OF[name]), name)
        if _HOME_OF[name].removeprefix("baoyen_analysis.") in _ASKED and isfunction(value):
            value = import_module("baoyen_analysis.arguments").checked(value)
        globals()[name] = value
        return value
    if name.startswith("__"):  # what Python itself asks for
        raise AttributeError(name)
    if find_spec(f"{__name__}.{name}"):  # as `from baoyen_analysis import journal` does first
        return _room(f"{__name__}.{name}")
    near = import_module("baoyen_analysis.record").nearest(name, __all__)
    raise AttributeError(f"baoyen_analysis has no name {name!r}{near}; by.help() lists all of them")


def __dir__() -> list[str]:
    return __all__
