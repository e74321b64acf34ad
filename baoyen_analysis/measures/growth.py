"""Growth, real terms, the decomposition of revenue, shares of the province; and how every measure reads a
series and a target.

A series is either a pandas Series indexed by year or the table of `by.series(…)`: one row a year with `year`,
`value`, `low`, `high`, `flag`, `definition`, `figure_id`. Growth is in per cent a year where a column says
`_percent` and a fraction (0.08) in arguments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.vocabulary import OUTCOMES, PANEL_COLUMNS

SERIES_COLUMNS = ["year", "value", "low", "high", "flag", "definition", "figure_id"]


def yearly(values: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """A series as a checked table: `year` (int), `value`, `low`, `high` (floats), `flag`, `definition`,
    `figure_id`.

    A missing `low` or `high` is the value itself: the figure is exact. An open bound is infinite. Raises
    ValueError, saying what to do, for years that are unsorted, repeated, not whole or only part of a year,
    and for values that are text, missing or infinite.

    >>> yearly(pd.Series({2021: 80.0, 2024: 95.0}))[["year", "value", "low", "high"]].values.tolist()
    [[2021.0, 80.0, 80.0, 80.0], [2024.0, 95.0, 95.0, 95.0]]
    """
    if isinstance(values, pd.Series):
        table = pd.DataFrame({"year": list(values.index), "value": values.to_numpy()})
    elif isinstance(values, pd.DataFrame) and {"year", "value"} <= set(values.columns):
        table = values.reset_index(drop=True)
    else:
        raise ValueError(
            "a series is a pandas Series indexed by year, "
            "or a table with the columns year and value (see by.series)"
        )
    years = _whole_years(table["year"], table.get("part", None))
    value = _numbers(table["value"], "value", years)
    bad = ~np.isfinite(value)
    if bad.any():
        raise ValueError(
            f"value missing or infinite in {_listed(years[bad])}: "
            "leave those years out, for example with values.dropna()"
        )
    low, high = (_bound(table, name, value, years) for name in ("low", "high"))
    crossed = (low > value) | (high < value)
    if crossed.any():
        raise ValueError(
            f"low or high on the wrong side of the value in {_listed(years[crossed])}: check the bounds"
        )
    texts = {
        name: table[name].fillna("").astype(str) if name in table else ""
        for name in ("flag", "definition", "figure_id")
    }
    return pd.DataFrame({"year": years, "value": value, "low": low, "high": high, **texts})[SERIES_COLUMNS]


def _whole_years(years: Iterable, parts: pd.Series | None) -> np.ndarray:
    years, whole = list(years), []
    for position, year in enumerate(years):
        part = getattr(year, "part", "") or (
            "" if parts is None or pd.isna(parts.iloc[position]) else parts.iloc[position]
        )
        if part:
            raise ValueError(
                f"{getattr(year, 'year', year)} is only a part of the year ({part}): "
                "see part_year for a full-year estimate"
            )
        number = getattr(year, "year", year)
        if isinstance(number, str) or not np.isfinite(number) or number != int(number):
            raise ValueError(f"{year!r} is not a year: index the series by whole years, as numbers (2022)")
        whole.append(int(number))
    if any(later <= earlier for earlier, later in itertools.pairwise(whole)):
        raise ValueError(
            "years are unsorted or repeated: keep one figure a year and sort with values.sort_index()"
        )
    return np.array(whole, dtype=int)


def _numbers(column: pd.Series, name: str, years: np.ndarray) -> np.ndarray:
    text = [year for year, cell in zip(years, column, strict=False) if isinstance(cell, str)]
    if text:
        raise ValueError(f"{name} is text in {_listed(text)}: read it with by.parse_figures first")
    return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)


def _bound(table: pd.DataFrame, name: str, value: np.ndarray, years: np.ndarray) -> np.ndarray:
    if name not in table:
        return value
    bound = _numbers(table[name], name, years)
    return np.where(np.isnan(bound), value, bound)


def _listed(items: Iterable) -> str:
    return ", ".join(str(item) for item in items)


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
    texts = {
        name: "" if pd.isna(fields.get(name, "")) else fields.get(name, "")
        for name in ("definition", "figure_id")
    }
    return pd.Series({"value": float(number), **texts})


def definitions(*tables: pd.DataFrame | pd.Series) -> list[str]:
    """The different definitions that rows state, sorted; a blank one is not stated and may stand beside any.

    >>> figures = pd.DataFrame({"definition": ["", "tourism services"]})
    >>> definitions(figures, pd.Series({"definition": "tourism and services"}))
    ['tourism and services', 'tourism services']
    """
    stated: set[str] = set()
    for table in tables:
        if "definition" in table:
            stated.update(
                str(text) for text in np.atleast_1d(table["definition"]) if isinstance(text, str) and text
            )
    return sorted(stated)


def area_years(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """One indicator of every area and full year, from the panel or from the observations: `area`,
    `area_level`, `area_since` (which unit of the name; of observations) and a series' columns.

    Of observations only the chosen outcomes of whole years are taken. The panel holds no bounds: its values
    stand as exact. Raises ValueError for an indicator that the table does not hold."""
    keys = ["area", "area_level"]
    if "indicator" in table:
        kept = table[
            (table["indicator"] == indicator) & (table["status"] == "chosen") & table["kind"].isin(OUTCOMES)
        ]
        kept = kept[kept["part"].fillna("").eq("")]
        keys += ["area_since"] if "area_since" in kept else []
        missing = {name: "" for name in ("flag", "definition") if name not in kept}
        return kept.assign(**missing)[keys + SERIES_COLUMNS].sort_values([*keys, "year"], ignore_index=True)
    column = PANEL_COLUMNS.get(indicator, indicator)
    if column not in table:
        raise ValueError(
            f"{indicator!r} is not in the panel: it holds {_listed(PANEL_COLUMNS)}; "
            "give the observations for another"
        )
    kept = table[table[column].notna()]
    bounds = {name: kept.get(f"{column}_{name}", kept[column]).astype(float) for name in ("low", "high")}
    texts = {
        name: kept[f"{column}_{name}"].fillna("") if f"{column}_{name}" in kept else ""
        for name in SERIES_COLUMNS[4:]
    }
    found = kept[[*keys, "year"]].assign(value=kept[column].astype(float), **bounds, **texts)
    return found.sort_values([*keys, "year"], ignore_index=True)


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
    if start == 0:
        return "zero_base"
    return "sign_change" if start < 0 or end <= 0 else ""


def figure_ids(*rows: pd.DataFrame | pd.Series) -> str:
    """The figures that rows rest on, in order, each once, separated by spaces: the way back to the printed
    words."""
    found: dict[str, None] = {}
    for row in rows:
        for cell in np.atleast_1d(row.get("figure_id", "")):
            found.update(dict.fromkeys(str(cell).split()))
    return " ".join(found)


def price_levels(
    changes: pd.Series | pd.DataFrame, *, index: pd.Series | pd.DataFrame | None = None, base_year: int = 2010
) -> pd.DataFrame:
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
        as_change = yearly(index)
        links = (
            pd.concat([as_change.assign(value=as_change["value"] - 100), links])
            .drop_duplicates("year")
            .sort_values("year")
        )
    held = set(links["year"])
    first, last = base_year + 1, base_year
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    if last < first:
        raise ValueError(
            f"no price change is held for {base_year} or {base_year + 1}: "
            f"choose a base year among {_listed(sorted(held))}"
        )
    links = links[links["year"].between(first, last)]
    steps = 1 + links["value"].to_numpy() / 100
    level = np.concatenate([[1.0], np.cumprod(steps)])
    level /= level[base_year - (first - 1)]
    return pd.DataFrame(
        {
            "year": range(first - 1, last + 1),
            "level": level,
            "change_percent": [np.nan, *links["value"]],
            "figure_id": ["", *links["figure_id"]],
        }
    )


def real(values: pd.Series | pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
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
            f"no price level for {_listed(series['year'][level.isna()])}: "
            "leave the years out or add their price change"
        )
    return series.assign(**{name: series[name] / level for name in ("value", "low", "high")})


def province_inflation(
    observations: pd.DataFrame, *, province: str = "Lào Cai", country: str = "Việt Nam"
) -> pd.DataFrame:
    """Where the province's price change and the country's were printed for the same period: what to say
    beside every real figure.

    From `cpi_change_yoy`. Columns: `period`, `province_percent`, `country_percent`, `figure_ids`; the words
    are made by views.said."""
    printed = observations[observations["indicator"] == "cpi_change_yoy"]
    ours, theirs = (
        printed[printed["area"] == area].drop_duplicates("period") for area in (province, country)
    )
    both = ours.merge(theirs, on="period", suffixes=("", "_country")).sort_values("period", ignore_index=True)
    return both[["period"]].assign(
        province_percent=both["value"],
        country_percent=both["value_country"],
        figure_ids=both["figure_id"] + " " + both["figure_id_country"],
    )


def decomposition(
    revenue: pd.Series | pd.DataFrame, visits: pd.Series | pd.DataFrame, *, start: int, end: int
) -> pd.DataFrame:
    """How much of the growth of revenue came from more visits and how much from more spending a visit.

    In logs, since ln revenue = ln visits + ln spending a visit: the two parts add up to the whole exactly.
    Columns: `part` (visits, spending, revenue), `from_value`, `value`, `log_change`, `low`, `high` (of
    log_change, corners of the intervals), `share_percent` of the whole, `figure_ids`. Raises ValueError where
    a year is missing, a value is not positive or two stated definitions of revenue meet.

    >>> revenue, visits = pd.Series({2019: 100.0, 2022: 180.0}), pd.Series({2019: 10.0, 2022: 15.0})
    >>> decomposition(revenue, visits, start=2019, end=2022)["log_change"].round(3).tolist()
    [0.405, 0.182, 0.588]
    """
    money, count = (
        [_positive_year(yearly(series), year, name) for year in (start, end)]
        for series, name in ((revenue, "revenue"), (visits, "visits"))
    )
    stated = definitions(*money)
    if len(stated) > 1:
        raise ValueError(
            f"revenue is defined differently in {start} and {end} ({'; '.join(stated)}): "
            "choose years of one definition"
        )
    whole, more = _log_change(*money), _log_change(*count)
    parts = pd.DataFrame(
        [more, (whole[0] - more[0], whole[1] - more[2], whole[2] - more[1]), whole],
        columns=["log_change", "low", "high"],
    )
    values = [[row["value"] for row in rows] for rows in (count, money)]
    values.insert(1, [last / many for last, many in zip(values[1], values[0], strict=True)])
    parts.insert(0, "part", ["visits", "spending", "revenue"])
    parts.insert(1, "from_value", [first for first, _ in values])
    parts.insert(2, "value", [last for _, last in values])
    share = 100 * parts["log_change"] / whole[0] if whole[0] else np.nan
    return parts.assign(share_percent=share, figure_ids=figure_ids(*money, *count))


def spending(revenue: pd.Series | pd.DataFrame, visits: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Revenue over visits in each year that both have, in thousand VND a visit, from the corners of their
    intervals.

    `revenue` in billion VND. Columns: `year`, `value`, `low`, `high`, `flag` (of the revenue), `definition`
    (what the revenue counts), `figure_id` (both).

    >>> spending(pd.Series({2022: 780.0}), pd.Series({2022: 1.2e6}))[["year", "value"]].values.tolist()
    [[2022.0, 650.0]]
    """
    both = yearly(revenue).merge(yearly(visits), on="year", suffixes=("", "_visits"))
    both = both[both["low_visits"] > 0].reset_index(drop=True)
    ends = {
        "value": both["value"] / both["value_visits"],
        "low": both["low"] / both["high_visits"],
        "high": both["high"] / both["low_visits"],
    }
    texts = {
        "flag": both["flag"],
        "definition": both["definition"],
        "figure_id": (both["figure_id"] + "; " + both["figure_id_visits"]).str.strip("; "),
    }
    return pd.DataFrame({"year": both["year"], **{name: end * 1e6 for name, end in ends.items()}, **texts})


def _positive_year(series: pd.DataFrame, year: int, name: str) -> pd.Series:
    found = series[series["year"] == year]
    if found.empty or not found["low"].iloc[0] > 0:
        raise ValueError(
            f"{name} has no positive figure for {year}: it has {_listed(series['year']) or 'none'}"
        )
    return found.iloc[0]


def _log_change(start: pd.Series, end: pd.Series) -> tuple[float, float, float]:
    return (
        np.log(end["value"] / start["value"]),
        np.log(end["low"] / start["high"]),
        np.log(end["high"] / start["low"]),
    )


def shares(
    part: pd.Series | pd.DataFrame, whole: pd.Series | pd.DataFrame, *, counted_in_each: bool = False
) -> pd.DataFrame:
    """The part's share of the whole in the years that both have, in per cent: a district's of its province.

    Columns: `year`, `share_percent`, `low_percent`, `high_percent`, `figure_ids`, `warning`. With
    `counted_in_each` (visits: a visitor is counted in every district) the districts add up to more than the
    province, and `warning` is `parts_exceed_whole`.

    >>> shares(pd.Series({2022: 1.2e6}), pd.Series({2022: 4.477e6}))["share_percent"].round(1).tolist()
    [26.8]
    """
    both = yearly(part).merge(yearly(whole), on="year", suffixes=("", "_whole"))
    both = both[both["low_whole"] > 0].reset_index(drop=True)
    return pd.DataFrame(
        {
            "year": both["year"],
            "share_percent": 100 * both["value"] / both["value_whole"],
            "low_percent": 100 * both["low"] / both["high_whole"],
            "high_percent": 100 * both["high"] / both["low_whole"],
            "figure_ids": (both["figure_id"] + " " + both["figure_id_whole"]).str.strip(),
            "warning": "parts_exceed_whole" if counted_in_each else "",
        }
    )
