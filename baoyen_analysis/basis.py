"""What answers are reckoned on: price levels, the latest full years, how an indicator is projected."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from baoyen_analysis import record, vocabulary
from baoyen_analysis.answer import LEVEL
from baoyen_analysis.measures import growth
from baoyen_analysis.measures.readings import COVID, TOURISM


def projection_options(indicator: str) -> dict[str, Any]:
    """How an indicator is projected: tourism has wider ranges, and its years of COVID-19 are left out; a
    share in per cent ends at 100."""
    if indicator in TOURISM:
        return {"domain": "tourism", "mask": COVID}
    known = vocabulary.INDICATORS.get(indicator)
    return {"limit": 100.0} if known and known.unit == "percent" and not known.rate else {}


@record.remembered
def price_levels(*, base_year: int = 2010) -> DataFrame:
    """Việt Nam's consumer price level, base year = 1, chained from the annual averages that speak.

    Returns
    -------
    DataFrame
        As `measures.growth.price_levels` gives it: `year`, `level`, `figure_ids`.
    """
    changes, index = (
        record.series(name, area="Việt Nam", level="country") for name in ("cpi_change", "cpi_index")
    )
    return growth.price_levels(changes, index=index, base_year=base_year)


def in_prices(series: DataFrame, year: int) -> DataFrame:
    """A series in the prices of one year, by the country's consumer prices."""
    return growth.real(series[record.SERIES_COLUMNS], price_levels(base_year=year))


def latest(indicator: str, *, level: str = LEVEL) -> DataFrame:
    """Each area of a level at its latest printed full year.

    Returns
    -------
    DataFrame
        `area`, `year`, `value`, `low`, `high`, `flag`, `definition`, `figure_id`; one row a counted figure.
    """
    record.check_names(indicator=indicator, level=level)
    rows = record.full_years(indicator)
    rows = at_latest(rows[rows["area_level"] == level])
    return rows[["area", *record.SERIES_COLUMNS]].sort_values(["area", "value"], ignore_index=True)


def at_latest(rows: DataFrame) -> DataFrame:
    """The figures of each area's latest year."""
    return rows[rows["year"] == rows.groupby("area")["year"].transform("max")]


def tourism(area: str, level: str) -> list[DataFrame]:
    """The revenue and the visits of an area."""
    return [record.series(name, area=area, level=level) for name in ("tourism_revenue", "tourist_visits")]


def unit_is_money(indicator: str) -> bool:
    """Whether an indicator is money, so that its growth has real terms."""
    return indicator in vocabulary.INDICATORS and "VND" in vocabulary.INDICATORS[indicator].unit
