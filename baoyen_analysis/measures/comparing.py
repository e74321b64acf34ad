"""Areas set beside each other: in one year, in order, as a share of another, past a level, one catching up
with another.

Tables in, tables out, as in measures.questions. Where sources conflict on an area's year, each counted figure
stands in a row of its own: never one without the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baoyen_analysis.measures.growth import compound, figure_ids
from baoyen_analysis.measures.questions import REACH_WITHIN, Values, definition_reason, known

# A place among the districts takes three of them: fewer are no comparison.
FEWEST_TOGETHER = 3


def compare(
    held: pd.DataFrame, *, areas: Sequence[tuple[str, str]], year: int, mix_definitions: bool = False
) -> pd.DataFrame:
    """Areas side by side in one year, each as a share of the first: one row an area and counted figure, blank
    where no figure is held (nothing is carried over).

    `held`: full years of one indicator, one row a counted figure: `area`, `area_level` and a series' columns.
    `areas`: names with their levels. Columns: those, `first`, `percent`, `low_percent`, `high_percent` (of
    the first area, corners of all its counted figures), `case`, `figure_ids`, `reason`;
    `definition_unstated` where one of the two states what it counts."""
    named = pd.DataFrame(areas, columns=["area", "area_level"])
    rows = named.merge(held[held["year"] == year], on=["area", "area_level"], how="left").assign(year=year)
    texts = ["flag", "definition", "figure_id"]
    rows[texts] = rows[texts].fillna("")
    mine = rows[(rows["area"] == areas[0][0]) & (rows["area_level"] == areas[0][1])]
    first = {"value": mine["value"].iloc[0], "low": mine["low"].min(), "high": mine["high"].max()}
    rows["reason"] = [_beside(mine.iloc[0], row, mix_definitions) for _, row in rows.iterrows()]
    comparable = ~rows["reason"].isin(["no_figure", "definition_break", "zero_base"])
    for name, end, other in _CORNERS:
        rows[name] = (100 * rows[end] / first[other]).where(comparable)
    is_first = rows.index < len(mine)
    rows["case"] = np.where(
        ~comparable, "refused", np.where(is_first | rows["percent"].isna(), "compare_first", "compare")
    )
    return rows.assign(first=areas[0][0]).rename(columns={"figure_id": "figure_ids"})


_CORNERS = (("percent", "value", "value"), ("low_percent", "low", "high"), ("high_percent", "high", "low"))


def _beside(first: pd.Series, other: pd.Series, mix_definitions: bool) -> str:
    """Why a figure can't be a share of the first, or what to know beside it."""
    if pd.isna(other["value"]):
        return "no_figure"
    if first["value"] == 0:
        return "zero_base"
    half = pd.notna(first["value"]) and (first["definition"] == "") != (other["definition"] == "")
    return definition_reason(mix_definitions, first, other) or ("definition_unstated" if half else "")


def rank(
    held: pd.DataFrame,
    *,
    year: int,
    level: str = "district",
    direction: int = 1,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """The areas of one level in order in one year, with the places that their intervals allow; 1 is the best
    end, which `direction` names (1: the highest, -1: the lowest).

    `held` as in `compare`; an area with conflicting figures is one row whose interval spans them. Columns:
    `rank`, `best_rank`, `worst_rank`, `areas`, `direction`, `area`, `area_level`, a series' columns, `case`,
    `figure_ids`, `reason`. Two stated definitions: no ranks, reason `definition_break`, unless
    `mix_definitions`. Raises ValueError for an indicator without a better end."""
    if direction not in (1, -1):
        raise ValueError("this indicator has no better end: give direction=1 or -1")
    rows = held[(held["year"] == year) & (held["area_level"] == level)]
    spans = rows.groupby("area", sort=False).agg(
        low=("low", "min"), high=("high", "max"), figure_ids=("figure_id", " ".join)
    )
    rows = rows.drop(columns=["low", "high", "figure_id"]).drop_duplicates("area").join(spans, on="area")
    rows = rows.sort_values("value", ascending=direction < 0, ignore_index=True)
    low, high = (rows[["low", "high"]] if direction > 0 else -rows[["high", "low"]]).to_numpy(dtype=float).T
    reason = definition_reason(mix_definitions, rows)
    ranks = {
        "rank": rows["value"].rank(ascending=direction < 0, method="min"),
        "best_rank": [1.0 + (low > end).sum() for end in high],
        "worst_rank": [float((high >= end).sum()) for end in low],
    }
    refused = reason == "definition_break"
    for place, (name, column) in enumerate(ranks.items()):
        rows.insert(place, name, pd.array([pd.NA if refused else int(at) for at in column], dtype="Int64"))
    said = {
        "areas": len(rows),
        "direction": direction,
        "case": "refused" if refused else "rank",
        "reason": reason,
    }
    return rows.assign(**said)


def share(
    part: Values, whole: Values, *, year: int | None = None, counted_in_each: bool = False
) -> pd.DataFrame:
    """The part's share of the whole in the years that both have, in per cent: a district's of its province.

    With `year` that year alone. Columns: `year`, `value`, `whole_value`, `percent`, `low_percent`,
    `high_percent`, `case`, `figure_ids`, `reason`: `parts_exceed_whole` with `counted_in_each` (a visitor is
    counted in every district, so the districts add up to more than the province), `definition_break` and a
    blank share where both state what they count and it differs, `no_year_in_common`.

    >>> share(pd.Series({2022: 1.2e6}), pd.Series({2022: 4.477e6}))["percent"].round(1).tolist()
    [26.8]
    """
    both = known(part).merge(known(whole), on="year", suffixes=("", "_whole"))
    both = both[(both["low_whole"] > 0) & (both["year"].eq(year) if year else True)].reset_index(drop=True)
    if both.empty:
        return pd.DataFrame([{"case": "refused", "figure_ids": "", "reason": "no_year_in_common"}])
    apart = (
        both["definition"].ne("")
        & both["definition_whole"].ne("")
        & both["definition"].ne(both["definition_whole"])
    )
    rows = pd.DataFrame(
        {"case": np.where(apart, "refused", "share"), "year": both["year"], "value": both["value"]}
    )
    rows["flag"], rows["whole_value"] = both["flag"], both["value_whole"]
    for name, end, other in _CORNERS:
        rows[name] = (100 * both[end] / both[f"{other}_whole"]).where(~apart)
    rows["figure_ids"] = (both["figure_id"] + " " + both["figure_id_whole"]).str.strip()
    return rows.assign(
        reason=np.where(apart, "definition_break", "parts_exceed_whole" if counted_in_each else "")
    )


def passed(held: pd.DataFrame, *, target: float, direction: int = 1) -> pd.DataFrame:
    """Which areas have a printed full year at or past a level, and the first such year.

    `held` as in `compare`. One row an area: `case` (`passed`; `open`: the interval of its best figure
    straddles the level; `not_passed`), `year`, `value`, `low`, `high`, `flag`, `definition` (of the first
    year at or past it, else of its best figure), `target`, `figure_ids`, `reason`. Those that passed first,
    the earliest first.

    >>> held = pd.DataFrame({"area": ["A", "A", "B"], "area_level": "district", "year": [2020, 2021, 2021],
    ...     "value": [55.0, 61, 58], "low": [54.5, 60.5, 57.5], "high": [55.5, 61.5, 58.5],
    ...     "flag": "", "definition": "", "figure_id": ["a", "b", "c"]})
    >>> passed(held, target=60)[["area", "case", "year"]].values.tolist()
    [['A', 'passed', 2021], ['B', 'not_passed', 2021]]
    """
    near, far = ("low", "high") if direction > 0 else ("high", "low")
    rows = []
    unit = [name for name in ("area", "area_level", "area_since") if name in held]
    for _, mine in held.sort_values("year").groupby(unit, sort=False):
        surely = mine[direction * (mine[near] - target) >= 0]
        perhaps = mine[direction * (mine[far] - target) >= 0]
        best = mine.loc[[(direction * mine["value"]).idxmax()]]
        case = "passed" if len(surely) else "open" if len(perhaps) else "not_passed"
        rows.append({**(surely if len(surely) else perhaps if len(perhaps) else best).iloc[0], "case": case})
    order = {"passed": 0, "open": 1, "not_passed": 2}
    table = pd.DataFrame(rows, columns=[*held.columns, "case"]).assign(target=target, reason="")
    table = table.assign(order=table["case"].map(order)).sort_values(
        ["order", "year", "area"], ignore_index=True
    )
    return table.drop(columns="order").rename(columns={"figure_id": "figure_ids"})


def catch_up(own: Values, rival: Values, *, direction: int = 1) -> pd.DataFrame:
    """The year in which one area comes level with another if both keep the compound pace that each has done,
    from its first figure to its last.

    Columns: `case` (`catch_up`, `never`: not within 30 years; `ahead`: it is level or past already),
    `level_year`, `earliest_year`, `latest_year` (corners of both intervals; blank: not within 30 years), and
    for each of the two, `own_` and `rival_`: `from_year`, `to_year`, `value`, `percent`, `low_percent`,
    `high_percent`; `figure_ids`, `reason` (`one_point`: a pace takes two figures; `definition_break`).

    >>> mine, theirs = pd.Series({2019: 40.0, 2021: 44.0}), pd.Series({2019: 50.0, 2021: 51.0})
    >>> catch_up(mine, theirs)[["case", "level_year"]].values.tolist()
    [['catch_up', 2025]]
    """
    mine, theirs = known(own), known(rival)
    reason = definition_reason(False, mine, theirs) or (
        "one_point" if min(len(mine), len(theirs)) < 2 else ""
    )
    row: dict[str, object] = {
        "figure_ids": figure_ids(mine.iloc[[0, -1]], theirs.iloc[[0, -1]]),
        "reason": reason,
    }
    if reason:
        return pd.DataFrame([{"case": "refused", **row}])
    paces = {name: _pace(series) for name, series in (("own", mine), ("rival", theirs))}
    years = [_level_year(paces["own"], paces["rival"], direction, ends) for ends in _MEETINGS]
    last = max(int(mine["year"].iloc[-1]), int(theirs["year"].iloc[-1]))
    case = "never" if years[0] is None else "ahead" if years[0] <= last else "catch_up"
    row = {"case": case, **dict(zip(_WHEN, years, strict=True)), "last_year": last + REACH_WITHIN, **row}
    for name, pace in paces.items():
        row |= {f"{name}_{column}": value for column, value in pace.items()}
    return pd.DataFrame([row]).astype(dict.fromkeys(_WHEN, "Int64"))


_WHEN = ("level_year", "earliest_year", "latest_year")
# Which end of its own and of the rival's interval: as printed, at the best, at the worst.
_MEETINGS = (("value", "value"), ("high", "low"), ("low", "high"))


def _pace(series: pd.DataFrame) -> dict[str, float]:
    """The compound growth a year from a series' first figure to its last, with its corners."""
    first, last = series.iloc[0], series.iloc[-1]
    years = last["year"] - first["year"]
    rates = {
        "percent": compound(first["value"], last["value"], years),
        "low_percent": compound(first["high"], last["low"], years),
        "high_percent": compound(first["low"], last["high"], years),
    }
    levels = {name: float(last[name]) for name in ("value", "low", "high")}
    spans = {"from_year": int(first["year"]), "to_year": int(last["year"])}
    return spans | levels | {name: 100 * rate for name, rate in rates.items()}


def _level_year(own: dict, rival: dict, direction: int, ends: tuple[str, str]) -> int | None:
    """The first year from the later of both last figures on in which the own path is level with the
    rival's."""
    rates = [
        pace["percent" if end == "value" else f"{end}_percent"]
        for pace, end in zip((own, rival), ends, strict=True)
    ]
    start = max(own["to_year"], rival["to_year"])
    for year in range(start, start + REACH_WITHIN + 1):
        mine, theirs = (
            pace[end] * (1 + rate / 100) ** (year - pace["to_year"])
            for pace, end, rate in zip((own, rival), ends, rates, strict=True)
        )
        if direction * (mine - theirs) >= 0:
            return year
    return None
