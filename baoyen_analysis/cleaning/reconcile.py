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
    table = observations.copy()
    table["status"] = np.where(table["reason"] != "", "out_of_scope", "chosen")
    table[["spread_low", "spread_high"]] = np.nan
    table["agrees"] = pd.array([pd.NA] * len(table), dtype="boolean")
    inside = table[table["reason"] == ""]
    cells = inside.groupby(_CELL, sort=False).ngroup().rename("cell")
    counted_as = _counted_as(inside["definition"], cells)
    inside = inside.assign(cell=cells, group=inside.groupby([cells, counted_as], sort=False).ngroup())
    table["speaks_figure_id"] = inside["figure_id"].reindex(table.index, fill_value="")
    table["reason"] = table["reason"].mask(table["reason"] == "", "only")
    several = inside[inside["group"].duplicated(keep=False)]
    outcome = several["role"] == "outcome"
    for rows, judge in ((several[outcome], _outcomes), (several[~outcome], _set)):
        if len(rows):
            verdicts = judge(rows, inside, derived)
            table.loc[verdicts.index, verdicts.columns] = verdicts
    table["flag"] = _flags(table)
    return table


def outcome_ranks(table: pd.DataFrame) -> pd.DataFrame:
    """The ranks by which one outcome stands before another, in the order of the steps; lower comes first."""
    return pd.DataFrame(
        {
            "by_kind": table["kind"].map({kind: rank for rank, kind in enumerate(vocabulary.OUTCOMES)}),
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


def _counted_as(definition: pd.Series, cells: pd.Series) -> pd.Series:
    """The definition an observation is set against others under: its own, or where it states none, the only
    one that is stated."""
    stated = definition.where(definition != "")
    groups = stated.groupby(cells, sort=False)
    only = groups.transform("first").where(groups.transform("nunique") == 1)
    return stated.fillna(only).fillna("")


def _outcomes(table: pd.DataFrame, *_: Any) -> pd.DataFrame:
    """What becomes of outcomes of which there are several: those that can't be so beside the first
    conflict."""
    table = table.join(outcome_ranks(table)).sort_values(["group", *_OUTCOME_STEPS])
    first = _first(table, table["group"])
    agrees = agree(table, first)
    revised_by = _revised_by(table, ~agrees)
    revised = revised_by != ""
    status = np.where(_is(table, first), "chosen", np.where(agrees | revised, "superseded", "conflicting"))
    step = _lost_by(table, first, _OUTCOME_STEPS).mask(revised, "revised")
    return _verdicts(table, first, status, agrees, step, revised_by)


def _revised_by(table: pd.DataFrame, apart: np.ndarray) -> pd.Series:
    """The later figure, no worse in kind, with which the same publisher replaced one that does not agree; ""
    where there is none."""
    columns = ["group", "counted_as", "published", "by_kind", "figure_id"]
    dated = table.loc[(table["counted_as"] != "") & (table["published"] != ""), columns]
    earlier = dated[apart[table.index.get_indexer(dated.index)]].reset_index(names="at")
    pairs = earlier.merge(dated, on=["group", "counted_as"], suffixes=("", "_later"))
    # A month is not known to lie before or after one of its days.
    length = np.minimum(pairs["published"].str.len(), pairs["published_later"].str.len())
    cut = [
        pd.Series([text[:end] for text, end in zip(pairs[name], length, strict=True)], dtype=str)
        for name in ("published", "published_later")
    ]
    pairs = pairs[(cut[0] < cut[1]) & (pairs["by_kind_later"] <= pairs["by_kind"])]
    last = (
        pairs.sort_values("published_later")
        .drop_duplicates("at", keep="last")
        .set_index("at")["figure_id_later"]
    )
    return last.reindex(table.index, fill_value="")


def _set(table: pd.DataFrame, inside: pd.DataFrame, derived: pd.DataFrame | None) -> pd.DataFrame:
    """What becomes of plans, targets and thresholds of which there are several: the number in force replaces
    those that it came after; where that is not known, they conflict."""
    table = table.join(_set_ranks(table, inside, derived))
    plain = table["qualifier"].isin(["eq", "approx", "range"]) & table["denominator"].isna()
    table["by_words"] = (table["printed_high"] - table["printed_low"]).where(plain, -1.0)
    as_printed = table.assign(low=table["printed_low"], high=table["printed_high"])
    as_printed = as_printed.sort_values(["group", *_SET_STEPS])
    first = _first(as_printed, as_printed["group"])
    as_printed["other_number"] = ~same_number(as_printed, first)
    step = _lost_by(as_printed, first, _SET_STEPS)
    dated = np.isfinite(as_printed["by_date"]) & np.isfinite(first["by_date"])
    known = step.isin(["by_percent_of_plan", "by_year_end"]) | (step.eq("by_date") & dated)
    as_printed["step"] = step.where(as_printed["other_number"], "same_number")
    as_printed["replaced"] = as_printed["other_number"] & known
    as_printed["part"] = first["decided_by"].where(step == "by_percent_of_plan", "")
    table = as_printed.assign(low=table["low"], high=table["high"])
    table = table.sort_values(["group", "other_number", "by_words", *_SET_STEPS])
    speaks = _first(table, table["group"])
    agrees = ~table["other_number"]
    status = np.where(
        _is(table, speaks), "chosen", np.where(agrees | table["replaced"], "superseded", "conflicting")
    )
    return _verdicts(table, speaks, status, agrees, table["step"], table["part"])


def _set_ranks(table: pd.DataFrame, inside: pd.DataFrame, derived: pd.DataFrame | None) -> pd.DataFrame:
    """The ranks by which one number is in force before another, in the order of the steps, and the comparison
    that decided."""
    outcomes = inside[inside["role"] == "outcome"]
    ends = outcomes.groupby("source_id", sort=False)["period_end"].max().dt.strftime("%Y-%m-%d")
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
            "by_year_end": after.groupby(number, sort=False).transform("all").astype(float),
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


def _first(table: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """For each row of a table in order, the first row of its group."""
    at = np.flatnonzero(~group.duplicated().to_numpy())
    first = table.iloc[np.repeat(at, np.diff([*at, len(table)]))]
    return first.set_axis(table.index)


def _is(table: pd.DataFrame, first: pd.DataFrame) -> pd.Series:
    return table["figure_id"] == first["figure_id"]


def _lost_by(table: pd.DataFrame, first: pd.DataFrame, steps: list[str]) -> pd.Series:
    """The first step by which each row stands behind the first of its group."""
    differs = table[steps].to_numpy() != first[steps].to_numpy()
    return pd.Series(np.array(steps, dtype=object)[differs.argmax(axis=1)], index=table.index)


def _verdicts(
    table: pd.DataFrame,
    speaks: pd.DataFrame,
    status: np.ndarray,
    agrees: pd.Series,
    step: pd.Series,
    part: pd.Series | str = "",
) -> pd.DataFrame:
    """Status, reason and who speaks, and the spread where the chosen figure is contradicted."""
    result = pd.DataFrame({"status": status, "reason": step, "reason_part": part}, index=table.index)
    chosen, conflicting = result["status"] == "chosen", result["status"] == "conflicting"
    result.loc[chosen, ["reason", "reason_part"]] = "first", ""
    result["agrees"] = pd.array(agrees, dtype="boolean")
    result.loc[chosen, "agrees"] = pd.NA
    result["speaks_figure_id"] = speaks["figure_id"]
    contradicted = conflicting.groupby(table["group"], sort=False).transform("any") & chosen
    for end, least in (("low", "min"), ("high", "max")):
        ends = table[end].where(chosen | conflicting).groupby(table["group"], sort=False)
        result[f"spread_{end}"] = ends.transform(least).where(contradicted)
    return result


def _flags(table: pd.DataFrame) -> pd.Series:
    """How a value is to be read: a conflict first, then its bound, then its kind."""
    by_kind = table["kind"].where(table["kind"].isin(["estimate", "preliminary"]), "")
    flags = table["qualifier"].map(vocabulary.QUALIFIER_FLAGS).fillna(by_kind)
    return flags.mask(table["spread_low"].notna(), "conflict")
