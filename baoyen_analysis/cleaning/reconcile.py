"""Which figure speaks for an area, indicator and period, and why the others do not. Nothing is averaged and
no row is lost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.cleaning import places

# The sources that stand first, second and last; within a rank neither is above the other.
_SOURCE_RANK = {
    "statistics": 0,
    "government": 0,
    "press": 1,
    "document-sharing": 2,
    "encyclopedia": 2,
    "other": 2,
    "international": 3,
}
_WHERE = ["area", "area_level", "indicator", "period", "role"]
_GROUP = [*_WHERE, "counted_as"]

# Each step of the precedence: its column of ranks, and the words for having lost by it.
_STEPS = {
    "by_raise": "the plan was raised",
    "by_kind": "an actual comes before a preliminary figure, and that before an estimate",
    "by_source": "statistics office and government come before press, press before other copies",
    "by_date": "the later published comes first, undated last",
    "by_bound": "an exact figure comes before a bound",
    "by_name": "nothing in the record decides between them, so the first by figure_id",
}


def choose(observations: pd.DataFrame, communes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The observations with `status`, `reason`, `flag`, `speaks_figure_id`, `spread_low` and `spread_high`.

    Within an area, indicator, period and definition, outcomes (actual, preliminary, estimate) are set against
    each other, and plans, targets and thresholds each among themselves. A blank definition stands with the
    one that is stated, if only one is. Precedence:

    1. a plan that was raised in its year: the last one before the year's end; where a plan is undated, the
       highest is the raised one
    2. actual over preliminary over estimate
    3. statistics office and government over press over document-sharing, encyclopedia and other; an
       international copy last
    4. later published over earlier, undated last
    5. exact over bound

    The first is `chosen`; the others are `superseded` where their intervals meet the chosen one's and
    `conflicting` where they do not (plans that were raised are superseded). `out_of_scope` are figures that
    cannot speak: no number was printed, or the area was not there (`places.outside`; `communes` gives the
    communes' dates). Where figures conflict, the chosen one speaks, flagged `conflict`, and the spread stands
    beside it."""
    table = observations.copy()
    table["role"] = table["kind"].where(~table["kind"].isin(vocabulary.OUTCOMES), "outcome")
    outside = _out_of_scope(table, communes)
    table["status"] = np.where(outside != "", "out_of_scope", "")
    table["reason"] = outside
    table[["spread_low", "spread_high"]] = np.nan
    table["speaks_figure_id"] = ""
    inside = table[outside == ""]
    inside = inside.assign(counted_as=_counted_as(inside))
    ranked = _ranked(inside)
    table.loc[ranked.index, ["status", "reason", "speaks_figure_id", "spread_low", "spread_high"]] = (
        _verdicts(ranked)
    )
    table["flag"] = _flags(table)
    return table.drop(columns="role")


def precedence(table: pd.DataFrame) -> pd.DataFrame:
    """The ranks by which one observation stands before another, in the order of the steps; lower comes
    first."""
    published = (table["published"] == "", _descending(table["published"]))
    dated = ~published[0].groupby([table[name] for name in _GROUP if name in table], sort=False).transform(
        "any"
    )
    plan = table["kind"] == "plan"
    before_end = table["published"].str[:4] <= table["year"].astype(str)
    better = table["indicator"].map(
        {name: indicator.direction or 1 for name, indicator in vocabulary.INDICATORS.items()}
    )
    raised = np.where(dated, np.where(before_end, published[1], np.inf), -table["value"] * better)
    return pd.DataFrame(
        {
            # A plan is raised toward the better side, which for poverty is the lower one.
            "by_raise": np.where(plan, raised, 0.0),
            "by_kind": table["kind"]
            .map({kind: rank for rank, kind in enumerate(vocabulary.OUTCOMES)})
            .fillna(0.0),
            "by_source": table["source_kind"].map(_SOURCE_RANK),
            "by_date": np.where(published[0], np.inf, published[1]),
            "by_bound": (table["qualifier"] != "eq").astype(float),
            "by_name": table["figure_id"].rank(method="first"),
        },
        index=table.index,
    )


def _descending(dates: pd.Series) -> np.ndarray:
    """Ranks of dates written 2022-12-26, 2022-12 or "": the latest is least. A month alone stands before its
    days."""
    ordered = sorted(dates.unique(), reverse=True)
    return dates.map({text: float(rank) for rank, text in enumerate(ordered)}).to_numpy()


def _out_of_scope(table: pd.DataFrame, communes: pd.DataFrame | None) -> pd.Series:
    """Why an observation can't speak, in words; "" where it can. A span of years may go beyond an area's
    end."""
    units: dict[tuple[str, str], list[places.Area]] = {}
    for area in places.known_areas(communes):
        units.setdefault(area[:2], []).append(area)
    span = table["period"].str.fullmatch(r"\d{4}-\d{4}")
    asked = zip(
        table["area"],
        table["area_level"],
        table["period_end"].dt.date,
        (table["role"] == "outcome") & ~span,
        strict=True,
    )
    said = pd.Series(
        [places.outside(units[name, level], end, outcome=outcome) for name, level, end, outcome in asked],
        index=table.index,
        dtype=object,
    )
    return said.mask(table["value"].isna(), "no number is printed")


def _counted_as(table: pd.DataFrame) -> pd.Series:
    """The definition an observation is set against others under: its own, or where it states none, the only
    one that is stated."""
    stated = table["definition"].where(table["definition"] != "")
    groups = stated.groupby([table[name] for name in _WHERE], sort=False)
    only = groups.transform("first").where(groups.transform("nunique") == 1)
    return stated.fillna(only).fillna("")


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """The observations in the order of precedence, with what the first of each group is."""
    table = table.join(precedence(table)).sort_values([*_GROUP, *_STEPS])
    groups = table.groupby(_GROUP, sort=False)
    for column in ("figure_id", "value", "low", "high", *_STEPS):
        table[f"first_{column}"] = groups[column].transform("first")
    table["members"] = groups["figure_id"].transform("size")
    table["is_first"] = table["figure_id"] == table["first_figure_id"]
    return table


def _verdicts(table: pd.DataFrame) -> pd.DataFrame:
    """Status, reason, who speaks, and the spread where the chosen figure is contradicted."""
    set_beside = table["role"].isin(["outcome", "target", "threshold"])
    apart = (table["low"] > table["first_high"]) | (table["high"] < table["first_low"])
    conflicting = apart & set_beside & ~table["is_first"]
    status = pd.Series(
        np.select([table["is_first"], conflicting], ["chosen", "conflicting"], "superseded"),
        index=table.index,
    )
    spread = table[["low", "high"]].where(table["is_first"] | conflicting)
    groups = [table[name] for name in _GROUP]
    contradicted = conflicting.groupby(groups, sort=False).transform("any") & table["is_first"]
    result = pd.DataFrame(
        {
            "status": status,
            "reason": _reasons(table, status, contradicted),
            "speaks_figure_id": table["first_figure_id"],
        }
    )
    result["spread_low"] = spread["low"].groupby(groups, sort=False).transform("min").where(contradicted)
    result["spread_high"] = spread["high"].groupby(groups, sort=False).transform("max").where(contradicted)
    return result


def _reasons(table: pd.DataFrame, status: pd.Series, contradicted: pd.Series) -> pd.Series:
    """The words: why the chosen one speaks, and why each of the others does not."""
    reasons = pd.Series("the only figure for its area, indicator and period", index=table.index)
    several = table["members"] > 1
    first = several & table["is_first"]
    reasons[first] = "first by precedence of " + table.loc[first, "members"].astype(str) + " figures"
    reasons[first & contradicted] += ", which do not all meet it"
    for index in table.index[several & ~table["is_first"]]:
        row = table.loc[index]
        step = next(step for step in _STEPS if row[step] != row[f"first_{step}"])
        meets = "does not meet" if status[index] == "conflicting" else "stands behind"
        reasons[index] = (
            f"{meets} {row['first_figure_id']} ({words.of('en').number(row['first_value'])}): {_STEPS[step]}"
        )
    return reasons


def _flags(table: pd.DataFrame) -> pd.Series:
    """How a value is to be read: a conflict first, then its bound, then its kind."""
    by_kind = table["kind"].where(table["kind"].isin(["estimate", "preliminary"]), "")
    flags = table["qualifier"].map(vocabulary.QUALIFIER_FLAGS).fillna(by_kind)
    return flags.mask(table["spread_low"].notna(), "conflict")
