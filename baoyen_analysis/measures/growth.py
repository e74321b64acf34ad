"""Growth, real terms, the decomposition of revenue; and how every measure reads a series, a target, an
interval and the outcomes held.

A series is either a pandas Series indexed by year or the table of `by.series(…)`: one row a year with `year`,
`value`, `low`, `high`, `flag`, `definition`, `figure_id`. Growth is in per cent a year where a column says
`_percent` and a fraction (0.08) in arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import sub, truediv
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from baoyen_analysis.vocabulary import OUTCOMES

Values: TypeAlias = pd.Series | pd.DataFrame
TEXTS = ["flag", "definition", "figure_id"]
# Each end of what is made of two intervals: from this end of the one and that end of the other.
CORNERS = {"value": "value", "low": "high", "high": "low"}
TEXT = pd.Series(dtype=str).dtype
SERIES_COLUMNS = ["year", *CORNERS, *TEXTS]
PERCENTS = dict(zip(CORNERS, ("percent", "low_percent", "high_percent"), strict=True))
INEXACT = ("about", "estimate", "preliminary", "at_least", "at_most", "range")


def yearly(values: Values) -> pd.DataFrame:
    """A series as a checked table: `year` (int), `value`, `low`, `high` (floats), `flag`, `definition`,
    `figure_id`.

    A missing `low` or `high` is the value itself: the figure is exact. An open bound is infinite. Raises
    ValueError, saying what to do, for years that are unsorted, repeated, not whole or only part of a year,
    and for values that are text, missing or infinite.

    >>> yearly(pd.Series({2021: 80.0, 2024: 95.0}))[["year", "value", "low", "high"]].values.tolist()
    [[2021.0, 80.0, 80.0, 80.0], [2024.0, 95.0, 95.0, 95.0]]
    """
    if isinstance(values, pd.Series):
        table = {"year": values.index, "value": values}
    elif isinstance(values, pd.DataFrame) and {"year", "value"} <= set(values.columns):
        table = {name: values[name] for name in (*SERIES_COLUMNS, "part") if name in values}
    else:
        raise ValueError(
            "a series is a pandas Series indexed by year, "
            "or a table with the columns year and value (see by.series)"
        )
    if twice := [name for name, column in table.items() if column.ndim > 1]:
        raise ValueError(f"two columns are named {listed(twice)}: keep one")
    made: dict[str, Any] = {"year": _whole_years(table)}

    def refuse(bad: Any, said: str, remedy: str) -> None:
        if np.any(bad):
            raise ValueError(f"{said} in {listed(made['year'][bad])}: {remedy}")

    for name in CORNERS:
        column = table.get(name, table["value"])
        if column.dtype != np.float64:
            text = np.array([isinstance(cell, str) for cell in column], dtype=bool)
            refuse(text, f"{name} is text", "read it with by.parse_figures first")
            column = pd.to_numeric(column)
        numbers = column.to_numpy(dtype=float, na_value=np.nan)
        made[name] = np.where(np.isnan(numbers), made.get("value", numbers), numbers)
    remedy = "leave those years out, for example with values.dropna()"
    refuse(~np.isfinite(made["value"]), "value missing or infinite", remedy)
    crossed = (made["low"] > made["value"]) | (made["high"] < made["value"])
    refuse(crossed, "low or high on the wrong side of the value", "check the bounds")
    for name in TEXTS:
        column = table.get(name)
        made[name] = "" if column is None else column.array
        if column is not None and (column.dtype != TEXT or column.hasnans):
            made[name] = column.fillna("").astype(str).array
    return pd.DataFrame(made)


def _whole_years(table: Mapping[str, Any]) -> np.ndarray:
    years, parts = table["year"].tolist(), table.get("part")
    numbers = [getattr(year, "year", year) for year in years]
    told = [""] * len(years) if parts is None else parts
    for year, number, part in zip(years, numbers, told, strict=True):
        part = getattr(year, "part", "") or (part if isinstance(part, str) or not pd.isna(part) else "")
        if part:
            raise ValueError(
                f"{number} is only a part of the year ({part}): see part_year for a full-year estimate"
            )
        if isinstance(number, str) or not np.isfinite(number) or number != int(number):
            raise ValueError(f"{year!r} is not a year: index the series by whole years, as numbers (2022)")
    whole = np.array(numbers, dtype=int)
    if (np.diff(whole) <= 0).any():
        raise ValueError(
            "years are unsorted or repeated: keep one figure a year and sort with values.sort_index()"
        )
    return whole


def typed(table: pd.DataFrame, kinds: Mapping[str, Any]) -> pd.DataFrame:
    """A table with some columns in another type; its `astype` would go through all of them."""
    return table.assign(**{name: table[name].astype(kind) for name, kind in kinds.items()})


def listed(items: Iterable) -> str:
    return ", ".join(map(str, items))


def target_row(target: Any) -> pd.Series:
    """A target as a row with `value`, `definition` and `figure_id`: from a number, a (value, low, high), a
    row or a table of one row.

    A target is exact: its low and high are not used. Raises ValueError for text, more rows than one, or what
    is not finite.

    >>> target_row(66)["value"], target_row((66, 66, 67))["value"]
    (66.0, 66.0)
    """
    if isinstance(target, pd.DataFrame):
        if len(target) != 1:
            raise ValueError(f"the target has {len(target)} rows: choose one, for example targets.iloc[0]")
        target = target.iloc[0]
    fields: Any = target if isinstance(target, (dict, pd.Series)) else {"value": np.atleast_1d(target)[0]}
    number = fields["value"]
    if isinstance(number, (str, bool, np.bool_)) or not np.isfinite(number):
        raise ValueError(
            f"target {number!r} is not a finite number: give a number such as 66, or a row with a value"
        )
    texts = {name: fields.get(name, "") for name in TEXTS[1:]}
    texts = {name: "" if pd.isna(text) else text for name, text in texts.items()}
    return pd.Series({"value": float(number), **texts})


def definitions(*tables: Values) -> list[str]:
    """The different definitions that rows state, sorted; a blank one is not stated and may stand beside any.

    >>> figures = pd.DataFrame({"definition": ["", "tourism services"]})
    >>> definitions(figures, pd.Series({"definition": "tourism and services"}))
    ['tourism and services', 'tourism services']
    """
    stated = {text for table in tables for text in np.atleast_1d(table.get("definition", ""))}
    return sorted(str(text) for text in stated if isinstance(text, str) and text)


def figure_ids(*rows: Values) -> str:
    """The figures that rows rest on, in order, each once, separated by spaces: the way back to the printed
    words."""
    cells = [cell for row in rows for cell in np.atleast_1d(row.get("figure_id", ""))]
    return " ".join(dict.fromkeys(" ".join(map(str, cells)).split()))


def outcomes(observations: pd.DataFrame, **wanted: Any) -> pd.DataFrame:
    """The outcomes that speak and have a number; `wanted`: what else their columns must hold, one value or
    several (another `status` may be wanted too)."""
    kept = observations["value"].notna().to_numpy()
    for name, values in ({"kind": OUTCOMES, "status": "chosen"} | wanted).items():
        column = observations[name]
        if isinstance(values, str) and column.dtype == TEXT:
            kept = kept & (column.to_numpy(dtype=object) == values)
        else:
            kept = kept & column.isin(np.atleast_1d(values)).to_numpy()
    return observations[kept]


def area_years(observations: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """One indicator of every area and full year: `area`, `area_level`, `area_since` (which unit of the name)
    and a series' columns, of the outcomes that speak."""
    kept = outcomes(observations, indicator=indicator)
    kept = kept[kept["part"].fillna("") == ""]
    keys = [name for name in ("area", "area_level", "area_since") if name in kept]
    blank = {name: "" for name in TEXTS if name not in kept}
    return kept.assign(**blank)[keys + SERIES_COLUMNS].sort_values([*keys, "year"], ignore_index=True)


def corners(of: Callable[[Any, Any], Any], first: Any, second: Any, *, by: str = "") -> dict[str, Any]:
    """What `of` makes of two intervals, rows or tables with `value`, `low` and `high`: of their values, and
    at its least and greatest where it rises with the one and falls with the other, whose columns end in
    `by`.

    >>> visits, share = {"value": 8, "low": 6, "high": 9}, {"value": 0.8, "low": 0.75, "high": 0.9}
    >>> {end: round(found, 2) for end, found in corners(truediv, visits, share).items()}
    {'value': 10.0, 'low': 6.67, 'high': 12.0}
    """
    return {end: of(first[end], second[f"{other}{by}"]) for end, other in CORNERS.items()}


def compound(start: float, end: float, years: float) -> float:
    """Compound growth a year as a fraction; NaN where one end is not positive.

    >>> round(compound(32.67, 50, 2), 4)
    0.2371
    """
    return (end / start) ** (1 / years) - 1 if start > 0 and end > 0 else float("nan")


def unfit_for_growth(start: float, end: float) -> str:
    """The reason why no growth rate runs between two values, "" where one does.

    >>> unfit_for_growth(0, 15), unfit_for_growth(10, -2), unfit_for_growth(50, 66)
    ('zero_base', 'sign_change', '')
    """
    return "" if start > 0 and end > 0 else "sign_change" if start else "zero_base"


def price_levels(changes: Values, *, index: Values | None = None, base_year: int = 2010) -> pd.DataFrame:
    """The price level of each year, base year = 1: the product of the annual average changes of consumer
    prices.

    `changes` in per cent (cpi_change); `index`, previous year = 100 (cpi_index), comes first where it has the
    year. Columns: `year`, `level`, `change_percent`, `figure_id`. A year without a change ends the chain,
    since none is made up; ValueError where the base year has none.

    >>> price_levels(pd.Series({2011: 18.58, 2012: 9.21}))["level"].round(4).tolist()
    [1.0, 1.1858, 1.295]
    """
    links = yearly(changes)
    if index is not None:
        known = yearly(index)
        links = pd.concat([known.assign(value=known["value"] - 100), links]).drop_duplicates("year")
    links = links.sort_values("year", ignore_index=True)
    near, run = links["year"].isin([base_year, base_year + 1]), links["year"] - links.index
    if not near.any():
        raise ValueError(
            f"no price change is held for {base_year} or {base_year + 1}: "
            f"choose a base year among {listed(links['year'])}"
        )
    links = links[run.isin(run[near])]
    level = pd.Series(np.cumprod([1.0, *(1 + links["value"] / 100)]))
    years = [links["year"].iloc[0] - 1, *links["year"]]
    level /= level[years.index(base_year)]
    return pd.DataFrame(
        {
            "year": years,
            "level": level,
            "change_percent": [np.nan, *links["value"]],
            "figure_id": ["", *links["figure_id"]],
        }
    )


def real(values: Values, levels: pd.DataFrame) -> pd.DataFrame:
    """A series in the prices of the levels' base year: nominal value, low and high over the price level. Same
    columns as a series.

    Real growth rests on the country's prices; `province_inflation` says how the province's differed. Raises
    ValueError for a year without a price level.

    >>> levels = price_levels(pd.Series({2011: 18.58}))
    >>> real(pd.Series({2010: 100.0, 2011: 118.58}), levels)["value"].round(6).tolist()
    [100.0, 100.0]
    """
    series = yearly(values)
    level = series["year"].map(levels.set_index("year")["level"])
    if level.isna().any():
        raise ValueError(
            f"no price level for {listed(series['year'][level.isna()])}: "
            "leave the years out or add their price change"
        )
    return series.assign(**{end: series[end] / level for end in CORNERS})


def province_inflation(
    observations: pd.DataFrame, *, province: str = "Lào Cai", country: str = "Việt Nam"
) -> pd.DataFrame:
    """Where the province's price change and the country's were printed for the same period: what to say
    beside every real figure.

    From `cpi_change_yoy`. Columns: `period`, `province_percent`, `country_percent`, `figure_ids`; the words
    are made by views.said."""
    printed = observations[observations["indicator"] == "cpi_change_yoy"].drop_duplicates(["area", "period"])
    ours, theirs = (printed[printed["area"] == area] for area in (province, country))
    both = ours.merge(theirs, on="period", suffixes=("", "_country")).sort_values("period", ignore_index=True)
    return both[["period"]].assign(
        province_percent=both["value"],
        country_percent=both["value_country"],
        figure_ids=both["figure_id"] + " " + both["figure_id_country"],
    )


def decomposition(revenue: Values, visits: Values, *, start: int, end: int) -> pd.DataFrame:
    """How much of the growth of revenue came from more visits and how much from more spending a visit.

    In logs, since ln revenue = ln visits + ln spending a visit: the two parts add up to the whole exactly.
    Columns: `part` (visits, spending, revenue), `from_value`, `value`, `log_change`, `low`, `high` (of
    log_change, corners of the intervals), `share_percent` of the whole, `figure_ids`; `case` (`all`: about
    all of it from visits; `shared`; `apart`: the rounding does not tell), `start`, `end`, `percent`,
    `low_percent`, `high_percent` (of each part's own change) and `reason`: `end_inexact`, `ends_inexact`
    where a revenue or both are estimates or round numbers, `definition_unstated` where one of the two does
    not say what it counts. Raises ValueError where a year is missing, a value is not positive or two stated
    definitions of revenue meet.

    >>> revenue, visits = pd.Series({2019: 100.0, 2022: 180.0}), pd.Series({2019: 10.0, 2022: 15.0})
    >>> table = decomposition(revenue, visits, start=2019, end=2022).set_index("part")
    >>> table["log_change"].round(3).tolist(), table["percent"].round(1).tolist()
    ([0.405, 0.182, 0.588], [50.0, 20.0, 80.0])
    """
    ends = {}
    for name, series in (("revenue", yearly(revenue)), ("visits", yearly(visits))):
        ends[name] = series.set_index("year").reindex([start, end])
        for year, low in ends[name]["low"].items():
            if not low > 0:
                held = listed(series["year"]) or "none"
                raise ValueError(f"{name} has no positive figure for {year}: it has {held}")
    money, count = ends.values()
    stated = definitions(money)
    if len(stated) > 1:
        raise ValueError(
            f"revenue is defined differently in {start} and {end} ({'; '.join(stated)}): "
            "choose years of one definition"
        )
    more, whole = (corners(_log_ratio, part.iloc[1], part.iloc[0]) for part in (count, money))
    values = {
        "visits": count["value"],
        "spending": money["value"] / count["value"],
        "revenue": money["value"],
    }
    parts = pd.DataFrame(map(list, values.values()), columns=["from_value", "value"])
    parts.insert(0, "part", list(values))
    changes = pd.DataFrame([more, corners(sub, whole, more), whole])
    parts = parts.join(changes.rename(columns={"value": "log_change"}))
    share = 100 * parts["log_change"] / whole["value"] if whole["value"] else np.nan
    of_visits, of_spending, of_revenue = parts["low"] * parts["high"] > 0
    shared = of_visits and of_spending and of_revenue and 0 < more["value"] / whole["value"] < 1
    reasons = ["", "end_inexact", "ends_inexact"][money["flag"].isin(INEXACT).sum()]
    reasons = [reasons, "definition_unstated" * (money["definition"].nunique() > 1)]
    moved = dict(zip(PERCENTS.values(), changes.columns, strict=True))
    return parts.assign(
        share_percent=share,
        figure_ids=figure_ids(money, count),
        case="all" if of_visits and not of_spending else "shared" if shared else "apart",
        start=start,
        end=end,
        reason=" + ".join(filter(None, reasons)),
        **{name: 100 * np.expm1(changes[end]) for name, end in moved.items()},
    )


def _log_ratio(last: float, first: float) -> float:
    with np.errstate(divide="ignore"):  # an open end of the first leaves the ratio open to 0
        return float(np.log(last / first))


def spending(revenue: Values, visits: Values) -> pd.DataFrame:
    """Revenue over visits in each year that both have, in thousand VND a visit, from the corners of their
    intervals.

    `revenue` in billion VND. Columns: `year`, `value`, `low`, `high`, `flag` (of the revenue), `definition`
    (what the revenue counts), `figure_id` (both).

    >>> spending(pd.Series({2022: 780.0}), pd.Series({2022: 1.2e6}))[["year", "value"]].values.tolist()
    [[2022.0, 650.0]]
    """
    both = yearly(revenue).merge(yearly(visits), on="year", suffixes=("", "_visits"))
    both = both[both["low_visits"] > 0].reset_index(drop=True)
    ends = {end: share * 1e6 for end, share in corners(truediv, both, both, by="_visits").items()}
    named = (both["figure_id"] + "; " + both["figure_id_visits"]).str.strip("; ")
    return both.assign(**ends, figure_id=named)[SERIES_COLUMNS]
