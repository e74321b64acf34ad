"""What is held: the printed figures of an indicator, its years and parts, conflicts, doubts, cross-checks,
and what is computed from them alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from baoyen_analysis import places, record, vocabulary
from baoyen_analysis.answer import AREA, LEVEL, PROVINCE, Answer, refusal, side_of
from baoyen_analysis.answers import picture
from baoyen_analysis.basis import at_latest, in_prices, tourism
from baoyen_analysis.measures import growth, part_year
from baoyen_analysis.views import answered, said, tables
from baoyen_analysis.views.said import Sentences
from baoyen_analysis.words import Language

CORE = tuple(vocabulary.PANEL_COLUMNS)


def _table(kind: str, rows: pd.DataFrame, of: Callable[..., Any] | None = None, **options: Any) -> Answer:
    """An answer that is a table, in the usual columns or as a function of `tables` has them: it says nothing
    beside it."""

    def tells(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
        return of(rows, lang=t.code, **options) if of else answered.of_rows(t, rows)

    return Answer(kind, rows, lambda t, rows: (), tells)


def figures(indicator: str, *, area: str = AREA, level: str = LEVEL) -> Answer:
    """Every printed figure of an indicator and area: its words, reading, kind, fate and source.

    Returns
    -------
    Answer
        `rows`: those of `observations`.
    """
    rows = record.observed(indicator, area, level)
    return _table("figures", rows, tables.figures, sources=record.sources())


def by_period(indicator: str, *, area: str = PROVINCE, level: str = "province") -> Answer:
    """The figures that speak for an indicator and area, a year a row.

    Beside each: what was set for the year, and the parts of it that are printed.
    """
    rows = record.observed(indicator, area, level)
    return _table("by_period", rows, tables.by_period)


def yearly(
    indicator: str, *, area: str = AREA, level: str = LEVEL, derived: bool = True, real: int | None = None
) -> Answer:
    """The series of an indicator and area, a year a row, derived years marked.

    Parameters
    ----------
    real : int
        In the prices of this year, by the country's consumer prices.
    """
    rows = record.series(indicator, area=area, level=level, derived=derived)
    if real is not None:
        rows = in_prices(rows, real).assign(**rows[["derived"] * derived])
    return _table("yearly", rows, tables.series, indicator=indicator)


def conflicts() -> Answer:
    """Where printed figures do not meet: the one that speaks, the others, and the spread.

    Returns
    -------
    Answer
        `rows`: those of `observations` that conflict, and those that speak for the same.
    """
    rows = record.observations()
    apart = rows.loc[rows["status"] == "conflicting", ["figure_id", "speaks_figure_id"]]
    rows = rows[rows["figure_id"].isin(apart.to_numpy().ravel())]
    return _table("conflicts", rows, tables.conflicts)


def checks() -> Answer:
    """Printed comparisons against what is printed by itself, the disagreeing first."""
    return _table("checks", record.crosschecks(), tables.crosschecks)


def doubts(*, area: str = AREA, level: str = LEVEL) -> Answer:
    """The figures of an area whose note says what is doubtful about them.

    With them those that its derived figures rest on; the notes as the collector wrote them.
    """
    rows = record.observations()
    mine = pd.concat([record.of_area(held, area, level)["figure_id"] for held in (rows, record.derived())])
    kept = rows[rows["figure_id"].isin(mine) & (rows["note"] != "") & rows["indicator"].isin(CORE)]
    return _table("doubts", kept, tables.doubts)


def every_figure(*, area: str = AREA, level: str = LEVEL) -> Answer:
    """Every figure of an area in one compact table: indicator, period, kind and reading.

    For the district also those of its zones and communes.
    """
    rows = record.observations()
    kept = record.of_area(rows, area, level)
    if (area, level) == (AREA, LEVEL):
        units = record.communes()
        inside = {*units["old_name"], *units["new_name"], *places.zones_of(area, units)}
        parts = rows["area"].isin(inside) & rows["area_level"].isin(("zone", "commune"))
        kept = pd.concat([kept, rows[parts]])
    return _table("every_figure", kept, tables.compact)


def spending(*, area: str = AREA, level: str = LEVEL) -> Answer:
    """Revenue over visits in each year that an area has both, in thousand VND a visit.

    Returns
    -------
    Answer
        `year`, `value`, `low`, `high`, `flag`, `definition`, `figure_ids`.
    """
    rows = growth.spending(*tourism(area, level))
    ids = rows["figure_id"].str.replace(";", "")
    return _table("spending", rows.assign(figure_ids=ids, indicator="", reason="", case="spending"))


def decompose(*, start: int, end: int, area: str = PROVINCE, level: str = "province") -> Answer:
    """How much of the growth of tourism revenue came from visits and how much from spending a visit.

    Returns
    -------
    Answer
        `part` (visits, spending, revenue), `from_value`, `value`, `log_change`, `percent`, `share_percent`.
    """
    rows = growth.decomposition(*tourism(area, level), start=start, end=end)
    draws = picture("decomposition", start=start, end=end, area=area, level=level)
    return Answer("decompose", rows, said.decomposed, draws=draws)


def monthly_income() -> Answer:
    """The living standards survey's monthly income of country, region and province, times twelve.

    Marked as computed: a yardstick beside the district's income, another indicator than it.

    Returns
    -------
    Answer
        `area`, `area_level`, `year`, `monthly_value`, `value` (million VND a year), `low`, `high`, `status`
        (computed), `figure_ids`.
    """
    return _table("monthly_income", part_year.yearly_income(record.observations()))


def province_inflation() -> Answer:
    """The province's price change beside the country's, where both were printed for a period.

    To be said beside every real figure.
    """
    rows = growth.province_inflation(record.observations(), province=PROVINCE)

    def says(t: Language, rows: pd.DataFrame) -> Sentences:
        return Sentences(
            said.say(
                t,
                "answer.province_inflation",
                row.figure_ids,
                period=t.periods(row.period),
                province=t.number(row.province_percent),
                country=t.number(row.country_percent),
            )
            for row in rows.itertuples()
        )

    return Answer("province_inflation", rows, says)


def same_part(indicator: str, *, area: str = AREA, level: str = LEVEL) -> Answer:
    """Printed parts of a year beside the same part a year before, and beside the whole year where it is held.

    Returns
    -------
    Answer
        `period`, `value`, `percent` (of the same part a year before, blank where none is held),
        `year_percent` (of the year), `figure_ids`.
    """
    rows = part_year.same_part(record.observed(indicator, area, level))
    rows = rows.assign(indicator=indicator, area=area, reason="", case="same_part")
    return Answer("same_part", rows, said.same_part)


def by_commune(indicator: str) -> Answer:
    """The communes of the district that have a full-year figure, each at its latest, the best first.

    Returns
    -------
    Answer
        `area`, `year`, `value`, `low`, `high`, `figure_ids`.
    """
    rows = record.full_years(indicator)
    names = set(record.communes()[["old_name", "new_name"]].to_numpy().ravel())
    rows = rows[(rows["area_level"] == "commune") & rows["area"].isin(names)]
    if rows.empty:
        return refusal("communes", "no_commune", {"indicator": indicator, "area": AREA, "area_level": LEVEL})
    rows = at_latest(rows).sort_values("value", ascending=side_of(indicator) < 0)
    rows = rows.rename(columns={"figure_id": "figure_ids"})
    return _table("communes", rows.assign(indicator=indicator, reason="", case="commune"))
