"""A district's year from its printed parts and the province's: modelled, never an outcome.

Two ways, each a range over what is printed. By parts: the district's part of the year over the share of a
year that the same part made in the province. By shares: the district's share of the province in parts of
several months, times the province's year. `observations` is the table of that name."""

from __future__ import annotations

import calendar
import re
from operator import itemgetter, truediv

import pandas as pd

from baoyen_analysis.measures.goals import Row, columns, outcome_rows, records
from baoyen_analysis.measures.growth import corners, typed
from baoyen_analysis.measures.part_year import months_of, part_shares

# Visits that are part of all visits of the time they fall in.
_WHOLE = {"value": 1.0, "low": 1.0, "high": 1.0, "figure_id": ""}
EVENTS = ("festival_visits", "temple_visits", "spiritual_visits")


def nowcast(
    observations: pd.DataFrame,
    indicator: str,
    *,
    year: int,
    area: str = "Bảo Yên",
    level: str = "district",
    province: str = "Lào Cai",
) -> pd.DataFrame:
    """The full year that printed parts point to, one row a part and a share.

    Columns: `way` ("part": the district's part ÷ the province's share; "share": the district's share of the
    province × the province's year), `part` and `part_year` (of the district's figure), `part_value`, `share`
    and `share_year`, `value` (in the indicator's unit) with `low` and `high` (corners of the printed
    intervals), `year_inferred`, `figure_ids`. One row with a `reason` where there is none: `no_figure` (no
    part of the district is held), `no_such_part` (the province has no year with the same part and the
    whole)."""
    own = _parts(observations, indicator, area, level)
    of_province = _parts(observations, indicator, province, "province")
    theirs = {part["period"]: part for part in of_province if part["low"] > 0}
    of_year = {"indicator": indicator, "period": str(year), "area": province, "area_level": "province"}
    pairs = []
    for part in own:
        if part["year"] == year:
            shares = part_shares(observations, indicator=indicator, part=part["part"], area=province)
            shares = shares[shares["used"] & (shares["low"] > 0)]
            shares = shares.rename(columns={"share": "value", "figure_ids": "figure_id"})
            shares = shares.assign(year_inferred=False)
            pairs += [("part", part, share, _WHOLE) for share in records(shares)]
    for full in sorted(outcome_rows(observations, **of_year), key=itemgetter("figure_id")):
        several = [part for part in own if len(months_of(part["part"])) > 1 and part["period"] in theirs]
        pairs += [("share", part, theirs[part["period"]], full) for part in several]
    rows = [
        {
            "way": way,
            "part": part["part"],
            "part_year": part["year"],
            "part_value": part["value"],
            "share": by["value"] if way == "part" else part["value"] / by["value"],
            "share_year": by["year"],
            **{end: ratio * full[end] for end, ratio in corners(truediv, part, by).items()},
            "year_inferred": bool(part["year_inferred"] or by["year_inferred"]),
            "reason": "",
            "figure_ids": f"{part['figure_id']} {by['figure_id']} {full['figure_id']}".strip(),
        }
        for way, part, by, full in pairs
    ]
    if not rows:
        rows = [{"reason": "no_such_part" if own else "no_figure", "way": "", "year_inferred": False}]
    table = pd.DataFrame(rows, columns=columns("nowcast"))
    return typed(table, {"part_year": "Int64", "share_year": "Int64"})


def ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """The range that each way of a nowcast gives: `way`, `n` (how many), `value_low` and `value_high` (of the
    printed values), `low` and `high` (of the corners), `figure_ids`."""
    found = rows[rows["reason"] == ""].groupby("way", as_index=False)
    return found.agg(
        n=("value", "size"),
        value_low=("value", "min"),
        value_high=("value", "max"),
        low=("low", "min"),
        high=("high", "max"),
        figure_ids=("figure_ids", lambda ids: " ".join(dict.fromkeys(" ".join(ids).split()))),
    )


def contradictions(
    observations: pd.DataFrame,
    *,
    indicator: str = "tourist_visits",
    area: str = "Bảo Yên",
    level: str = "district",
) -> pd.DataFrame:
    """Printed parts that cannot both be so, set side by side: an event with more visits than a month that it
    falls in (of whichever year), and a part of a year that is greater than a longer one around it.

    Columns: `figure_id`, `indicator`, `period`, `definition`, `value` of the one; `other_figure_id`,
    `other_period`, `other_value` of the other; `same_year`."""
    parts = [
        part | {"months": months_of(part["part"])} for part in _parts(observations, indicator, area, level)
    ]
    events = outcome_rows(observations, indicator=EVENTS, area=area, area_level=level)
    pairs = [
        (event, part)
        for event in events
        for part in parts
        if len(part["months"]) == 1 and part["months"] & _named_months(event["definition"])
    ]
    pairs += [
        (part, longer)
        for part in parts
        for longer in parts
        if part["year"] == longer["year"] and part["months"] < longer["months"]
    ]
    own, other = ["figure_id", "indicator", "period", "definition", "value"], ["figure_id", "period", "value"]
    rows = [
        [*itemgetter(*own)(small), *itemgetter(*other)(large), small["year"] == large["year"]]
        for small, large in pairs
        if small["low"] > large["high"]
    ]
    table = pd.DataFrame(rows, columns=[*own, *(f"other_{name}" for name in other), "same_year"])
    return table.sort_values(["figure_id", "other_figure_id"], ignore_index=True)


def _parts(observations: pd.DataFrame, indicator: str, area: str, level: str) -> list[Row]:
    rows = outcome_rows(observations, indicator=indicator, area=area, area_level=level)
    return sorted((row for row in rows if row["part"] != ""), key=itemgetter("period", "figure_id"))


def _named_months(definition: str) -> set[int]:
    """The months that the words for what was counted name."""
    text = definition.lower()
    named = {number for number, name in enumerate(calendar.month_name) if name and name.lower() in text}
    return named | {int(number) for number in re.findall(r"tháng (\d{1,2})", text)}
