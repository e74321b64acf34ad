"""Which figure speaks for an area, indicator and period, and why the others do not. Nothing is averaged and
no row is lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis import vocabulary
from baoyen_analysis.agreement import agree, alike, same_number

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
_CELL = ["area", "area_level", "area_since", "indicator", "period", "role"]
# What a figure is set against others by: the rest of its row, mostly texts, is not carried along.
_OF_A_FIGURE = ["figure_id", "source_id", "definition", "kind", "qualifier", "value", "low", "high"]
_OF_A_FIGURE += ["denominator", "printed_low", "printed_high", "period_end", "published", "source_kind"]
_SET_AGAINST_BY = {*_CELL, *_OF_A_FIGURE, "counted_as"}
_OUTCOME_STEPS = ["by_kind", "by_source", "by_date", "by_bound", "by_name"]
_SET_STEPS = ["by_percent_of_plan", "by_year_end", "by_date", "by_source", "by_name"]


def choose(observations: pd.DataFrame, derived: pd.DataFrame | None = None) -> pd.DataFrame:
    """The observations with `status`, `reason`, `reason_part`, `agrees`, `flag`, `speaks_figure_id`,
    `spread_low` and `spread_high`.

    Within an area, indicator, period and definition, outcomes (actual, preliminary, estimate) are set against
    each other, and plans, targets and thresholds each among themselves. A blank definition stands with the
    one that is stated, if only one is. Precedence, each step a code in `reason`:

    Outcomes: `by_kind` actual over preliminary over estimate; `by_source` statistics office and government
    over press over document-sharing, encyclopedia and other, an international copy last; `by_date` later
    published over earlier, undated last; `by_bound` exact over bound; `by_name` nothing decides, the first by
    figure_id.

    Plans, targets and thresholds, which number is in force: `by_percent_of_plan` a printed "% of plan" that
    fits one number alone, if it is of the whole period or was printed after every other number was
    (`reason_part`: its comparison_id); `by_year_end` a number first printed after the period's end comes last
    unless its source prints that period's outcome too; `by_date` later published over earlier (an undated
    source counts as of the end of the latest outcome period that it prints, else last); then `by_source` and
    `by_name`. Of figures that print the number in force, one with its bound or its total beside it speaks,
    then the one that rounds it least: a restatement that says less (`same_number`) does not replace it.

    The first is `chosen` (`only`, or `first` of several). The others are `superseded` where they agree with
    it (`agrees`; see `agreement`), where their own publisher printed another later (`revised`, `reason_part`:
    which) or where the number in force replaced theirs; else they are `conflicting`, the chosen one is
    flagged `conflict` and the spread stands beside it. What came out of scope before
    (`no_number`, `area_ended`, `area_not_begun`) stays `out_of_scope`."""
    table = observations.assign(spread_low=np.nan, spread_high=np.nan, speaks_figure_id="")
    table["status"] = np.where(table["reason"] != "", "out_of_scope", "chosen")
    table["agrees"] = pd.array([pd.NA] * len(table), dtype="boolean")
    inside = table.loc[table["reason"] == "", [name for name in table if name in _SET_AGAINST_BY]]
    # An observation is set against others under its own definition, or where it states none, the only one
    # that is stated.
    cells = inside.groupby(_CELL, sort=False).ngroup()
    stated = inside["definition"].where(inside["definition"] != "")
    of_cell = stated.groupby(cells)
    only = of_cell.transform("first").where(of_cell.transform("nunique") == 1)
    group = inside.groupby([cells, stated.fillna(only).fillna("")], sort=False).ngroup()
    table["speaks_figure_id"] = inside["figure_id"].reindex(table.index, fill_value="")
    table["reason"] = table["reason"].mask(table["reason"] == "", "only")
    several = inside.assign(group=group)[group.duplicated(keep=False)]
    outcome = several["role"] == "outcome"
    for rows, judge in ((several[outcome], _outcomes), (several[~outcome], _set)):
        if len(rows):
            verdicts = judge(rows, inside, derived)
            table.loc[verdicts.index, verdicts.columns] = verdicts
    # How a value is to be read: a conflict first, then its bound, then its kind.
    by_kind = table["kind"].where(table["kind"].isin(["estimate", "preliminary"]), "")
    flags = table["qualifier"].map(vocabulary.QUALIFIER_FLAGS).fillna(by_kind)
    return table.assign(flag=flags.mask(table["spread_low"].notna(), "conflict"))


def outcome_ranks(table: pd.DataFrame) -> pd.DataFrame:
    """The ranks by which one outcome stands before another, in the order of the steps; lower comes first."""
    return pd.DataFrame(
        {
            "by_kind": table["kind"].map(vocabulary.OUTCOMES.index),
            "by_source": table["source_kind"].map(_SOURCE_RANK),
            "by_date": _latest_first(table["published"]),
            "by_bound": (table["qualifier"] != "eq").astype(float),
            "by_name": table["figure_id"].rank(method="first"),
        },
        index=table.index,
    )


def _latest_first(dates: pd.Series) -> pd.Series:
    """Ranks of dates written 2022-12-26, 2022-12 or "": the latest is least, "" last. A month alone stands
    before its days."""
    ordered = sorted(dates.unique(), reverse=True)
    return dates.map({text: float(rank) for rank, text in enumerate(ordered)} | {"": np.inf})


def _outcomes(table: pd.DataFrame, *_: Any) -> pd.DataFrame:
    """What becomes of outcomes of which there are several: those that can't be so beside the first
    conflict."""
    table = table.join(outcome_ranks(table)).sort_values(["group", *_OUTCOME_STEPS])
    first = _first(table)
    agrees = agree(table, first)
    revised_by = _revised_by(table[~agrees], table)
    revised = revised_by != ""
    step = _lost_by(table, first, _OUTCOME_STEPS).mask(revised, "revised")
    return _verdicts(table, first, agrees, agrees | revised, step, revised_by)


def _revised_by(apart: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """The later figure, no worse in kind, with which the same publisher replaced one that does not agree; ""
    where there is none."""
    keys = ["group", "counted_as"]
    columns = [*keys, "published", "by_kind", "figure_id"]
    earlier, dated = (
        rows.loc[(rows["counted_as"] != "") & (rows["published"] != ""), columns] for rows in (apart, table)
    )
    pairs = earlier.reset_index(names="at").merge(dated, on=keys, suffixes=("", "_later"))
    pairs = pairs[pairs["by_kind_later"] <= pairs["by_kind"]].sort_values("published_later")
    # A month is not known to lie before or after one of its days.
    dates = zip(pairs["published"], pairs["published_later"], strict=True)
    pairs = pairs[np.array([day < later and not later.startswith(day) for day, later in dates], dtype=bool)]
    last = pairs.drop_duplicates("at", keep="last").set_index("at")["figure_id_later"]
    return last.reindex(table.index, fill_value="")


def _set(table: pd.DataFrame, inside: pd.DataFrame, derived: pd.DataFrame | None) -> pd.DataFrame:
    """What becomes of plans, targets and thresholds of which there are several: the number in force replaces
    those that it came after; where that is not known, they conflict."""
    table = table.join(_set_ranks(table, inside, derived)).sort_values(["group", *_SET_STEPS])
    plain = table["qualifier"].isin(["eq", "approx", "range"]) & table["denominator"].isna()
    table["by_words"] = (table["printed_high"] - table["printed_low"]).where(plain, -np.inf)
    as_printed = table.assign(low=table["printed_low"], high=table["printed_high"])
    first = _first(as_printed)
    table["other"] = ~same_number(as_printed, first)
    step = _lost_by(table, first, _SET_STEPS)
    dated = np.isfinite(table["by_date"]) & np.isfinite(first["by_date"])
    known = step.isin(["by_percent_of_plan", "by_year_end"]) | (step.eq("by_date") & dated)
    table["step"] = step.where(table["other"], "same_number")
    table["settled"] = ~table["other"] | known
    table["part"] = first["decided_by"].where(step == "by_percent_of_plan", "")
    table = table.sort_values(["group", "other", "by_words", *_SET_STEPS])
    return _verdicts(table, _first(table), ~table["other"], table["settled"], table["step"], table["part"])


def _set_ranks(table: pd.DataFrame, inside: pd.DataFrame, derived: pd.DataFrame | None) -> pd.DataFrame:
    """The ranks by which one number is in force before another, in the order of the steps, and the comparison
    that decided."""
    outcomes = inside[inside["role"] == "outcome"]
    ends = outcomes.groupby("source_id")["period_end"].max().dt.strftime("%Y-%m-%d")
    dates = table["published"].mask(
        table["published"] == "", table["source_id"].map(ends).astype(object).fillna("")
    )
    told = pd.MultiIndex.from_frame(outcomes[["source_id", *_CELL[:-1]]])
    tabled = pd.MultiIndex.from_frame(table[["source_id", *_CELL[:-1]]]).isin(told)
    after = (dates > table["period_end"].dt.strftime("%Y-%m-%d")) & ~tabled
    number = [table["group"], table["value"]]
    decided_by = _percent_of_plan(table, inside, derived)
    return pd.DataFrame(
        {
            "by_percent_of_plan": (decided_by == "").astype(float),
            "by_year_end": after.groupby(number).transform("all").astype(float),
            "by_date": _latest_first(dates),
            "by_source": table["source_kind"].map(_SOURCE_RANK),
            "by_name": table["figure_id"].rank(method="first"),
            "decided_by": decided_by,
        },
        index=table.index,
    )


def _percent_of_plan(table: pd.DataFrame, inside: pd.DataFrame, derived: pd.DataFrame | None) -> pd.Series:
    """The comparison by which a number is known to be in force, "" where there is none."""
    none = pd.Series("", index=table.index, dtype=object)
    if derived is None or derived.empty:
        return none
    percents = derived[(derived["relation"] == "percent_of") & (derived["reason"] == "")]
    of = inside.drop_duplicates("figure_id").set_index("figure_id")[["period", "published"]]
    percents = percents.join(of.add_prefix("of_"), on="figure_id", how="inner")
    pairs = percents.rename(columns={"kind": "role"}).merge(
        table.reset_index(names="at"), on=_CELL, suffixes=("_implied", "")
    )
    pairs = pairs[alike(pairs["definition_implied"], pairs["definition"])]
    # "some 4 million" stands for what rounds to it, not for anything from 3 to 5 million.
    room = np.where(pairs["qualifier"] == "approx", 0.5, 1.0)
    low, high = (
        pairs["value"] + (pairs[end] - pairs["value"]) * room for end in ("printed_low", "printed_high")
    )
    fits = (low <= pairs["high_implied"]) & (high >= pairs["low_implied"])
    by = pairs["comparison_id"]
    alone = pairs["value"].where(fits).groupby(by).transform("nunique") == 1
    # A part of the year is measured by the plan of its day, which may be raised after.
    others = pairs["published"].where(~fits).groupby(by)
    later = (others.transform("min") != "") & (others.transform("max").fillna("") < pairs["of_published"])
    pairs = pairs[fits & alone & ((pairs["of_period"] == pairs["period"]) | later)]
    return none.where(
        ~none.index.isin(pairs["at"]), pairs.drop_duplicates("at").set_index("at")["comparison_id"]
    )


def _first(table: pd.DataFrame) -> pd.DataFrame:
    """For each row of a table in order, the first row of its group."""
    at = np.flatnonzero(~table["group"].duplicated().to_numpy())
    return table.iloc[np.repeat(at, np.diff([*at, len(table)]))].set_axis(table.index)


def _lost_by(table: pd.DataFrame, first: pd.DataFrame, steps: list[str]) -> pd.Series:
    """The first step by which each row stands behind the first of its group."""
    differs = table[steps].to_numpy() != first[steps].to_numpy()
    return pd.Series(np.array(steps, dtype=object)[differs.argmax(axis=1)], index=table.index)


def _verdicts(
    table: pd.DataFrame, speaks: pd.DataFrame, agrees: Any, settled: Any, step: pd.Series, part: pd.Series
) -> pd.DataFrame:
    """Status, reason and who speaks, and the spread where the chosen figure is contradicted."""
    chosen = table["figure_id"] == speaks["figure_id"]
    conflicting = ~chosen & ~settled
    status = np.select([chosen, conflicting], ["chosen", "conflicting"], "superseded")
    contradicted = conflicting.groupby(table["group"]).transform("any") & chosen
    result = pd.DataFrame(
        {
            "status": status,
            "reason": step.mask(chosen, "first"),
            "reason_part": part.mask(chosen, ""),
            "agrees": pd.Series(agrees, table.index, dtype="boolean").mask(chosen),
            "speaks_figure_id": speaks["figure_id"],
        }
    )
    for end, least in (("low", "min"), ("high", "max")):
        ends = table[end].where(chosen | conflicting).groupby(table["group"])
        result[f"spread_{end}"] = ends.transform(least).where(contradicted)
    return result
