"""A district's year from its printed parts and the province's: modelled, never an outcome.

Two ways, each a range over what is printed. By parts: the district's part of the year over the share of a
year that the same part made in the province. By shares: the district's share of the province in parts of
several months, times the province's year. `observations` is the table of that name."""

from __future__ import annotations

import calendar
import re
from typing import Any

import pandas as pd

from baoyen_analysis.measures.part_year import months_of, part_shares
from baoyen_analysis.vocabulary import OUTCOMES

# Visits that are part of all visits of the time they fall in.
EVENTS = ("festival_visits", "temple_visits", "spiritual_visits")
COLUMNS = [
    *("way", "part", "part_year", "part_value", "share", "share_year", "value", "low", "high"),
    *("year_inferred", "reason", "figure_ids"),
]


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
    rows = [
        _estimate(part, share.share, share.year, share.figure_ids)
        | {"way": "part", "value": part["value"] / share.share}
        | {"low": part["low"] / share.high, "high": part["high"] / share.low}
        for part in own
        if part["year"] == year
        for share in part_shares(
            observations, indicator=indicator, part=part["part"], area=province
        ).itertuples()
        if share.used
    ]
    theirs = {part["period"]: part for part in _parts(observations, indicator, province, "province")}
    whole = _held(observations, province, "province")
    whole = whole[(whole["indicator"] == indicator) & (whole["period"] == str(year))]
    rows += [
        _by_share(part, theirs[part["period"]], full)
        for part in own
        for full in whole.to_dict("records")
        if len(months_of(part["part"])) > 1 and part["period"] in theirs
    ]
    if not rows:
        rows = [{"reason": "no_such_part" if own else "no_figure", "way": "", "year_inferred": False}]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"part_year": "Int64", "share_year": "Int64"})


def ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """The range that each way of a nowcast gives: `way`, `n` (how many), `value_low` and `value_high` (of the
    printed values), `low` and `high` (of the corners), `figure_ids`."""
    found = []
    for way, part in rows[rows["reason"] == ""].groupby("way", sort=True):
        ids = dict.fromkeys(figure_id for text in part["figure_ids"] for figure_id in text.split())
        ends = {"value_low": part["value"].min(), "value_high": part["value"].max()}
        ends |= {"low": part["low"].min(), "high": part["high"].max()}
        found.append({"way": way, "n": len(part)} | ends | {"figure_ids": " ".join(ids)})
    return pd.DataFrame(found, columns=["way", "n", "value_low", "value_high", "low", "high", "figure_ids"])


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
    held = _held(observations, area, level)
    parts = _parts(observations, indicator, area, level)
    events = held[held["indicator"].isin(EVENTS)].to_dict("records")
    pairs = [(event, part) for event in events for part in parts if _falls_in(event, part)]
    pairs += [(part, longer) for part in parts for longer in parts if _lies_in(part, longer)]
    rows = [
        {name: small[name] for name in ("figure_id", "indicator", "period", "definition", "value")}
        | {f"other_{name}": large[name] for name in ("figure_id", "period", "value")}
        | {"same_year": small["year"] == large["year"]}
        for small, large in pairs
        if small["low"] > large["high"]
    ]
    named = ["figure_id", "indicator", "period", "definition", "value"]
    named += ["other_figure_id", "other_period", "other_value", "same_year"]
    table = pd.DataFrame(rows, columns=named)
    return table.sort_values(["figure_id", "other_figure_id"], ignore_index=True)


def _by_share(part: dict[str, Any], theirs: dict[str, Any], full: dict[str, Any]) -> dict[str, Any]:
    """The district's share of the province in one part of a year, times the province's year."""
    share = part["value"] / theirs["value"]
    row = _estimate(part, share, part["year"], f"{theirs['figure_id']} {full['figure_id']}")
    return row | {
        "way": "share",
        "value": share * full["value"],
        "low": part["low"] / theirs["high"] * full["low"],
        "high": part["high"] / theirs["low"] * full["high"],
        "year_inferred": bool(part["year_inferred"] or theirs["year_inferred"]),
    }


def _estimate(part: dict[str, Any], share: float, share_year: int, ids: str) -> dict[str, Any]:
    return {
        "part": part["part"],
        "part_year": part["year"],
        "part_value": part["value"],
        "share": share,
        "share_year": share_year,
        "year_inferred": bool(part["year_inferred"]),
        "reason": "",
        "figure_ids": f"{part['figure_id']} {ids}",
    }


def _held(observations: pd.DataFrame, area: str, level: str) -> pd.DataFrame:
    """The chosen outcomes of an area that have a number."""
    return observations[
        (observations["area"] == area)
        & (observations["area_level"] == level)
        & (observations["status"] == "chosen")
        & observations["kind"].isin(OUTCOMES)
        & observations["value"].notna()
    ].sort_values("figure_id")


def _parts(observations: pd.DataFrame, indicator: str, area: str, level: str) -> list[dict[str, Any]]:
    held = _held(observations, area, level)
    parts = held[(held["indicator"] == indicator) & (held["part"] != "")]
    return parts.sort_values(["period", "figure_id"]).to_dict("records")


def _falls_in(event: dict[str, Any], part: dict[str, Any]) -> bool:
    """Whether an event falls in a single month, by the months that say what was counted."""
    if len(months_of(part["part"])) > 1:
        return False
    text = event["definition"].lower()
    named = {number for number, name in enumerate(calendar.month_name) if name and name.lower() in text}
    named |= {int(number) for number in re.findall(r"tháng (\d{1,2})", text)}
    return bool(named & months_of(part["part"]))


def _lies_in(part: dict[str, Any], longer: dict[str, Any]) -> bool:
    return bool(part["year"] == longer["year"] and months_of(part["part"]) < months_of(longer["part"]))
