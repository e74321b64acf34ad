"""Areas set beside each other: in one year, in order, as a share of another, past a level, one catching up
with another.

Tables in, tables out, as in measures.questions. Where sources conflict on an area's year, each counted figure
stands in a row of its own: never one without the other."""

from __future__ import annotations

from collections.abc import Sequence
from operator import truediv
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.growth import (
    CORNERS,
    PERCENTS,
    TEXTS,
    Values,
    compound,
    corners,
    figure_ids,
    typed,
)
from baoyen_analysis.measures.questions import REACH_WITHIN, definition_reason, known
from baoyen_analysis.places import numbered

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
    rows = rows.fillna(dict.fromkeys(TEXTS, ""))
    mine = rows[(rows["area"] == areas[0][0]) & (rows["area_level"] == areas[0][1])]
    first = mine.iloc[0]
    half = (rows["definition"] == "") != (first["definition"] == "")
    apart = "definitions_mixed" if mix_definitions else "definition_break"
    reasons = {
        "no_figure": rows["value"].isna(),
        "zero_base": first["value"] == 0,
        apart: ~alike(rows["definition"], first["definition"]),
        "definition_unstated": half & pd.notna(first["value"]),
    }
    rows["reason"] = np.select([*reasons.values()], [*reasons], "")
    comparable = ~rows["reason"].isin(["no_figure", "definition_break", "zero_base"])
    spanned = {"value": first["value"], "low": mine["low"].min(), "high": mine["high"].max()}
    for end, share in corners(truediv, 100 * rows[[*CORNERS]], spanned).items():
        rows[PERCENTS[end]] = share.where(comparable)
    alone = (rows.index < len(mine)) | rows["percent"].isna()
    rows["case"] = np.select([~comparable, alone], ["refused", "compare_first"], "compare")
    return rows.assign(first=areas[0][0]).rename(columns={"figure_id": "figure_ids"})


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
    each = held[(held["year"] == year) & (held["area_level"] == level)]
    of_area, firsts = numbered(each["area"])
    low, high = np.full((2, len(firsts)), np.nan)
    np.fmin.at(low, of_area, each["low"].to_numpy(dtype=float))
    np.fmax.at(high, of_area, each["high"].to_numpy(dtype=float))
    ids: list[list[str]] = [[] for _ in firsts]
    for at, figure_id in zip(of_area, each["figure_id"], strict=True):
        ids[at].append(figure_id)
    rows = each.drop(columns=["low", "high", "figure_id"]).iloc[firsts]
    rows = rows.assign(low=low, high=high, figure_ids=pd.Series([*map(" ".join, ids)], rows.index, dtype=str))
    rows = rows.sort_values("value", ascending=direction == -1, ignore_index=True)
    low, high = (rows[["low", "high"]] if direction == 1 else -rows[["high", "low"]]).to_numpy(dtype=float).T
    reason = definition_reason(mix_definitions, rows)
    ranks = {
        "rank": rows["value"].rank(ascending=direction == -1, method="min"),
        "best_rank": [1 + (low > end).sum() for end in high],
        "worst_rank": [(high >= end).sum() for end in low],
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
    like = alike(both["definition"], both["definition_whole"])
    shares = corners(truediv, 100 * both[[*CORNERS]], both, by="_whole")
    both["case"] = np.where(like, "share", "refused")
    columns = ["case", "year", "value", "flag", "whole_value"]
    return both.rename(columns={"value_whole": "whole_value"})[columns].assign(
        **{PERCENTS[end]: share.where(like) for end, share in shares.items()},
        figure_ids=(both["figure_id"] + " " + both["figure_id_whole"]).str.strip(),
        reason=np.where(like, "parts_exceed_whole" * counted_in_each, "definition_break"),
    )


def passed(held: pd.DataFrame, *, target: float, direction: int = 1) -> pd.DataFrame:
    """Which areas have a printed full year at or past a level, and the first such year.

    `held` as in `compare`. One row an area: `case` (`passed`; `open`: the interval of its best figure
    straddles the level, or figures of that year lie on both sides; `not_passed`), `year`, `value`, `low`,
    `high`, `flag`, `definition` (of the first year at or past it, else of its best figure), `target`,
    `figure_ids`, `reason`. Those that passed first, the earliest first.

    >>> held = pd.DataFrame({"area": ["A", "A", "B"], "area_level": "district", "year": [2020, 2021, 2021],
    ...     "value": [55.0, 61, 58], "low": [54.5, 60.5, 57.5], "high": [55.5, 61.5, 58.5],
    ...     "flag": "", "definition": "", "figure_id": ["a", "b", "c"]})
    >>> passed(held, target=60)[["area", "case", "year"]].values.tolist()
    [['A', 'passed', 2021], ['B', 'not_passed', 2021]]
    """
    near, far = ("low", "high")[:: 1 if direction > 0 else -1]
    ahead = {end: direction * (held[end] - target) for end in CORNERS}
    unit = [name for name in ("area", "area_level", "area_since") if name in held]
    each = pd.Series(np.select([ahead[near] >= 0, ahead[far] >= 0], [0, 1], 2), index=held.index)
    # A year for which sources contradict each other on the level is open.
    same_year = each.groupby([held[name] for name in (*unit, "year")])
    standing = each.where(same_year.transform("nunique") == 1, 1)
    # Of each unit the first year at or past the level; where there is none, its best figure.
    best = ahead["value"].where(standing == 2, 0.0)
    table = held.assign(case=standing, best=-best).sort_values(["case", "best", "year"], kind="stable")
    table = table.drop_duplicates(unit).sort_values(["case", "year", "area"], ignore_index=True)
    table["case"] = table["case"].map(dict(enumerate(("passed", "open", "not_passed"))))
    table = typed(table.assign(target=target, reason="").drop(columns="best"), {"year": int})
    return table.rename(columns={"figure_id": "figure_ids"})


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
    pair = {"own": known(own), "rival": known(rival)}
    rows = {"figure_ids": figure_ids(*(series.iloc[[0, -1]] for series in pair.values()))}
    reason = definition_reason(False, *pair.values())
    if reason or min(map(len, pair.values())) < 2:
        return pd.DataFrame([{"case": "refused", **rows, "reason": reason or "one_point"}])
    mine, theirs = (_pace(series) for series in pair.values())
    last = max(mine["to_year"], theirs["to_year"])
    years = np.arange(last, last + REACH_WITHIN + 1)
    level = {}
    for name, end, other in zip(_WHEN, CORNERS.values(), CORNERS, strict=True):
        paths = [
            pace[at] * (1 + pace[PERCENTS[at]] / 100) ** (years - pace["to_year"])
            for pace, at in ((mine, end), (theirs, other))
        ]
        past = direction * (paths[0] - paths[1]) >= 0
        level[name] = years[past.argmax()] if past.any() else None
    first = level["level_year"]
    row = {"case": "never" if first is None else "ahead" if first <= last else "catch_up", **level}
    row |= {"last_year": last + REACH_WITHIN, **rows, "reason": ""}
    for name, pace in (("own", mine), ("rival", theirs)):
        row |= {f"{name}_{column}": value for column, value in pace.items()}
    return typed(pd.DataFrame([row]), dict.fromkeys(_WHEN, "Int64"))


_WHEN = ("level_year", "earliest_year", "latest_year")


def _pace(series: pd.DataFrame) -> dict[str, Any]:
    """The compound growth a year from a series' first figure to its last, with its corners."""
    first, last = series.iloc[0], series.iloc[-1]
    years = last["year"] - first["year"]
    rates = corners(lambda end, start: 100 * compound(start, end, years), last, first)
    pace = {"from_year": int(first["year"]), "to_year": int(last["year"]), **last[[*CORNERS]].astype(float)}
    return pace | {PERCENTS[end]: rate for end, rate in rates.items()}
