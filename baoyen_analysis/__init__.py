"""Did income, product value per hectare and tourism in Bảo Yên move fast enough toward the 2024 plan and the
2025 goal?

The names below are what an analyst uses; each is loaded when it is first asked for, so that importing the
package costs nothing.

>>> import baoyen_analysis as by
>>> by.parse_figure("trên 66 triệu đồng/năm").value
66000000.0
"""

from importlib import import_module

_HOMES = {
    "baoyen_analysis.record": (
        "observations",
        "derived",
        "crosschecks",
        "panel",
        "targets",
        "sources",
        "communes",
        "dictionary",
        "series",
        "trace",
    ),
    "baoyen_analysis.answers": (
        "scorecard",
        "figures",
        "by_period",
        "latest",
        "found",
        "limits",
        "trend",
        "districts",
        "scorecard_chart",
        "plan",
        "compare",
        "rank",
        "reference",
        "references",
        "verdicts",
        "price_levels",
        "real",
        "province_inflation",
        "full_year",
        "answer",
        "together",
        "spending",
        "chances",
        "all_verdicts",
        "fan",
        "coverage",
        "decomposition",
        "conflicts",
        "doubts",
    ),
    "baoyen_analysis.views.findings": ("say",),
    "baoyen_analysis.words": ("speak",),
    "baoyen_analysis.measures.growth": ("growth_rates", "shares"),
    "baoyen_analysis.measures.progress": ("progress", "attainment"),
    "baoyen_analysis.measures.projection": ("project", "chance"),
    "baoyen_analysis.measures.questions": (
        "needed",
        "reach",
        "what_if",
        "decompose",
        "visits_for",
        "under_each_source",
    ),
    "baoyen_analysis.printed.figures": ("parse_figure", "parse_figures", "Figure", "UnreadableFigure"),
    "baoyen_analysis.intake.office": ("read_office", "OfficeFileError"),
    "baoyen_analysis.places": ("find_area",),
    "baoyen_analysis.measures.mergers": ("carry",),
    "baoyen_analysis.printed.repair": ("repair",),
    "baoyen_analysis.printed.periods": ("parse_period", "Period", "UnreadablePeriod"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = {"charts": "baoyen_analysis.views.drawing.charts", "tables": "baoyen_analysis.views.tables"}

__version__ = "0.1.0"
__all__ = sorted([*_HOME_OF, *_MODULES])


def __getattr__(name: str):
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOME_OF:
        value = getattr(import_module(_HOME_OF[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"baoyen_analysis has no name {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
