"""Which figure speaks for an area, indicator and period, and why the others do not. Nothing is averaged and
no row is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from baoyen_analysis import places, vocabulary
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
_TEXTS = ["figure_id", "source_id", "definition", "kind", "qualifier", "published", "source_kind"]
_NUMBERS = ["value", "low", "high", "denominator", "printed_low", "printed_high"]
_OUTCOME_STEPS = ["by_kind", "by_source", "by_date", "by_bound", "by_name"]
_SET_STEPS = ["by_percent_of_plan", "by_year_end", "by_date", "by_source", "by_name"]

# Columns by name, of one length: pandas takes longer with a few rows than they do.
Rows: TypeAlias = dict[str, np.ndarray]


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
    inside = np.flatnonzero(observations["reason"] == "")
    rows = _rows(observations.iloc[inside])
    several = np.flatnonzero(np.bincount(rows["group"])[rows["group"]] > 1) if len(inside) else inside
    outcome = rows["role"][several] == "outcome"
    reasons = observations["reason"].to_numpy(dtype=object)
    made = {
        "spread_low": np.full(len(observations), np.nan),
        "spread_high": np.full(len(observations), np.nan),
        "speaks_figure_id": np.full(len(observations), "", dtype=object),
        "status": np.where(reasons != "", "out_of_scope", "chosen").astype(object),
        "reason": np.where(reasons != "", reasons, "only"),
        "reason_part": observations["reason_part"].to_numpy(dtype=object, copy=True),
        "agrees": np.full(len(observations), pd.NA, dtype=object),
    }
    made["speaks_figure_id"][inside] = rows["figure_id"]
    for at, judge in ((several[outcome], _outcomes), (several[~outcome], _set)):
        if len(at):
            judged, verdicts = judge(_take(rows, at) | {"at": at}, rows, derived)
            for name, values in verdicts.items():
                made[name][inside[judged["at"]]] = values
    agrees = pd.array(made["agrees"], dtype="boolean")
    # How a value is to be read: a conflict first, then its bound, then its kind.
    kinds = observations["kind"]
    flags = observations["qualifier"].map(vocabulary.QUALIFIER_FLAGS)
    flags = flags.fillna(kinds.where(kinds.isin(["estimate", "preliminary"]), ""))
    return observations.assign(
        **(made | {"agrees": agrees, "flag": flags.mask(~np.isnan(made["spread_low"]), "conflict")})
    )


def _rows(inside: pd.DataFrame) -> Rows:
    """The observations that are set against others, with a number for each `spot` (area, indicator, period),
    for what its source prints of it (`told`), for each `cell` and for each `group`, of one definition."""
    texts = [*_CELL, *_TEXTS, "counted_as"]
    rows = {name: inside[name].to_numpy(dtype=object) for name in texts if name in inside}
    rows |= {name: inside[name].to_numpy(dtype=float) for name in _NUMBERS}
    rows["period_end"] = inside["period_end"].to_numpy(dtype="datetime64[D]")
    rows["spot"], _ = places.numbered(*(rows[name] for name in _CELL[:-1]))
    rows["told"], _ = places.numbered(rows["spot"], rows["source_id"])
    rows["cell"], _ = places.numbered(rows["spot"], rows["role"])
    # An observation is set against others under its own definition, or where it states none, the only one
    # that is stated.
    stated = np.flatnonzero(rows["definition"] != "")
    firsts = stated[places.numbered(rows["cell"][stated], rows["definition"][stated])[1]]
    many = np.bincount(rows["cell"][firsts], minlength=len(inside))
    only = np.full(len(inside), "", dtype=object)
    only[rows["cell"][firsts]] = rows["definition"][firsts]
    only[many > 1] = ""
    definition = np.where(rows["definition"] == "", only[rows["cell"]], rows["definition"])
    rows["group"], _ = places.numbered(rows["cell"], definition)
    return rows


def _take(rows: Rows, at: np.ndarray) -> Rows:
    return {name: values[at] for name, values in rows.items()}


def outcome_ranks(rows: Mapping[str, Any]) -> Rows:
    """The ranks by which one outcome stands before another, in the order of the steps; lower comes first."""
    return {
        "by_kind": np.array([vocabulary.OUTCOMES.index(kind) for kind in rows["kind"]], dtype=float),
        "by_source": _source_ranks(rows["source_kind"]),
        "by_date": _latest_first(rows["published"]),
        "by_bound": np.array(rows["qualifier"] != "eq", dtype=float),
        "by_name": _in_order(rows["figure_id"]),
    }


def _source_ranks(kinds: Any) -> np.ndarray:
    return np.array([_SOURCE_RANK.get(kind, np.nan) for kind in kinds], dtype=float)


def _latest_first(dates: Any) -> np.ndarray:
    """Ranks of dates written 2022-12-26, 2022-12 or "": the latest is least, "" last. A month alone stands
    before its days."""
    ordered = {text: float(rank) for rank, text in enumerate(sorted({*dates}, reverse=True))}
    return np.array([*map((ordered | {"": np.inf}).get, dates)], dtype=float)


def _in_order(names: Any) -> np.ndarray:
    """The place of each name among all, the first of two that are the same before the other."""
    ranks = np.empty(len(names))
    ranks[np.argsort(np.asarray(names, dtype=object), kind="stable")] = np.arange(len(names))
    return ranks


def _sorted(rows: Rows, *names: str) -> Rows:
    return _take(rows, np.lexsort([rows[name] for name in reversed(names)]))


def _outcomes(rows: Rows, *_: Any) -> tuple[Rows, Rows]:
    """What becomes of outcomes of which there are several: those that can't be so beside the first
    conflict."""
    rows = _sorted(rows | outcome_ranks(rows), "group", *_OUTCOME_STEPS)
    first = _first(rows)
    agrees = agree(rows, first)
    revised_by = _revised_by(rows, ~agrees)
    revised = revised_by != ""
    step = np.where(revised, "revised", _lost_by(rows, first, _OUTCOME_STEPS))
    return rows, _verdicts(rows, first, agrees, agrees | revised, step, revised_by)


def _revised_by(rows: Rows, apart: np.ndarray) -> np.ndarray:
    """The later figure, no worse in kind, with which the same publisher replaced one that does not agree; ""
    where there is none."""
    dated = (rows["counted_as"] != "") & (rows["published"] != "")
    later: dict[tuple[int, str], list[int]] = {}
    for at in np.flatnonzero(dated & np.isin(rows["group"], rows["group"][apart])).tolist():
        later.setdefault((rows["group"][at], rows["counted_as"][at]), []).append(at)
    found = np.full(len(apart), "", dtype=object)
    published, by_kind = rows["published"], rows["by_kind"]
    pairs = [
        (at, other)
        for at in np.flatnonzero(apart & dated).tolist()
        for other in later[rows["group"][at], rows["counted_as"][at]]
        if by_kind[other] <= by_kind[at]
    ]
    for last in np.argsort(published[[other for _, other in pairs]]) if pairs else ():
        at, other = pairs[last]
        # A month is not known to lie before or after one of its days.
        if published[at] < published[other] and not published[other].startswith(published[at]):
            found[at] = rows["figure_id"][other]
    return found


def _set(rows: Rows, inside: Rows, derived: pd.DataFrame | None) -> tuple[Rows, Rows]:
    """What becomes of plans, targets and thresholds of which there are several: the number in force replaces
    those that it came after; where that is not known, they conflict."""
    rows = _sorted(rows | _set_ranks(rows, inside, derived), "group", *_SET_STEPS)
    plain = np.isin(rows["qualifier"].astype(str), ["eq", "approx", "range"]) & np.isnan(rows["denominator"])
    rows["by_words"] = np.where(plain, rows["printed_high"] - rows["printed_low"], -np.inf)
    as_printed = rows | {"low": rows["printed_low"], "high": rows["printed_high"]}
    first = _first(as_printed)
    rows["other"] = ~same_number(as_printed, first)
    step = _lost_by(rows, first, _SET_STEPS)
    dated = np.isfinite(rows["by_date"]) & np.isfinite(first["by_date"])
    settling = (step == "by_percent_of_plan") | (step == "by_year_end") | ((step == "by_date") & dated)
    rows["step"] = np.where(rows["other"], step, "same_number")
    rows["settled"] = ~rows["other"] | settling
    rows["part"] = np.where(step == "by_percent_of_plan", first["decided_by"], "")
    rows = _sorted(rows, "group", "other", "by_words", *_SET_STEPS)
    return rows, _verdicts(rows, _first(rows), ~rows["other"], rows["settled"], rows["step"], rows["part"])


def _set_ranks(rows: Rows, inside: Rows, derived: pd.DataFrame | None) -> Rows:
    """The ranks by which one number is in force before another, in the order of the steps, and the comparison
    that decided."""
    outcome = inside["role"] == "outcome"
    dates, undated = rows["published"].copy(), rows["published"] == ""
    # An undated source counts as of the end of the latest outcome period that it prints.
    ends: dict[str, Any] = {}
    of_undated = outcome & pd.Series(inside["source_id"]).isin(rows["source_id"][undated]).to_numpy()
    for at in np.flatnonzero(of_undated):
        source, end = inside["source_id"][at], inside["period_end"][at]
        ends[source] = max(end, ends.get(source, end))
    dates[undated] = [str(ends.get(source, "")) for source in rows["source_id"][undated]]
    tabled = np.isin(rows["told"], inside["told"][outcome])
    after = (dates > np.datetime_as_string(rows["period_end"]).astype(object)) & ~tabled
    number, _ = places.numbered(rows["group"], rows["value"])
    decided_by = _percent_of_plan(rows, inside, derived)
    return {
        "by_percent_of_plan": (decided_by == "").astype(float),
        "by_year_end": (np.bincount(number) == np.bincount(number, weights=after))[number].astype(float),
        "by_date": _latest_first(dates),
        "by_source": _source_ranks(rows["source_kind"]),
        "by_name": _in_order(rows["figure_id"]),
        "decided_by": decided_by,
    }


def _percent_of_plan(rows: Rows, inside: Rows, derived: pd.DataFrame | None) -> np.ndarray:
    """The comparison by which a number is known to be in force, "" where there is none."""
    decided_by = np.full(len(rows["group"]), "", dtype=object)
    if derived is None or derived.empty:
        return decided_by
    percents = derived[(derived["relation"] == "percent_of") & (derived["reason"] == "")]
    names = [*_CELL[:-1], "kind", "figure_id", "comparison_id", "definition", "low", "high"]
    compared = {name: at for at, name in enumerate(inside["figure_id"])} if len(percents) else {}
    cells: dict[tuple[str, ...], list[int]] = {}
    wanted = set(_by_row(percents, names[:6]))
    for place, cell in enumerate(_by_row(rows, _CELL)):
        if cell in wanted:
            cells.setdefault(cell, []).append(place)
    # "some 4 million" stands for what rounds to it, not for anything from 3 to 5 million.
    room = np.where(rows["qualifier"] == "approx", 0.5, 1.0)
    least, most = (
        rows["value"] + (rows[end] - rows["value"]) * room for end in ("printed_low", "printed_high")
    )
    for *of, figure, comparison, definition, low, high in _by_row(percents, names):
        if figure not in compared or tuple(of) not in cells:
            continue
        at = np.array(cells[tuple(of)])
        at = at[alike(definition, rows["definition"][at])]
        fits = (least[at] <= high) & (most[at] >= low)
        # A part of the year is measured by the plan of its day, which may be raised after.
        day, others = inside["published"][compared[figure]], {*rows["published"][at[~fits]]}
        later = "" not in others and max(others, default="") < day
        whole = inside["period"][compared[figure]] == of[4]
        if len({*rows["value"][at[fits]]}) == 1 and (whole or later):
            free = at[fits & (decided_by[at] == "")]
            decided_by[free] = comparison
    return decided_by


def _by_row(table: Mapping[str, Any] | pd.DataFrame, names: list[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in names), strict=True)


def _first(rows: Rows) -> Rows:
    """For each of the rows in order, the first of its group."""
    place, begun = places.numbered(rows["group"])
    return _take(rows, begun[place])


def _lost_by(rows: Rows, first: Rows, steps: list[str]) -> np.ndarray:
    """The first step by which each row stands behind the first of its group."""
    differs = np.array([rows[step] != first[step] for step in steps])
    return np.array(steps, dtype=object)[differs.argmax(axis=0)]


def _verdicts(rows: Rows, speaks: Rows, agrees: Any, settled: Any, step: Any, part: Any) -> Rows:
    """Status, reason and who speaks, and the spread where the chosen figure is contradicted."""
    chosen = rows["figure_id"] == speaks["figure_id"]
    conflicting = ~chosen & ~settled
    place, begun = places.numbered(rows["group"])
    contradicted = np.logical_or.reduceat(conflicting, begun)[place] & chosen
    result = {
        "status": np.where(chosen, "chosen", np.where(conflicting, "conflicting", "superseded")),
        "reason": np.where(chosen, "first", step),
        "reason_part": np.where(chosen, "", part),
        "agrees": np.where(chosen, pd.NA, agrees),
        "speaks_figure_id": speaks["figure_id"],
    }
    for end, least in (("low", np.fmin), ("high", np.fmax)):
        ends = np.where(chosen | conflicting, rows[end], np.nan)
        result[f"spread_{end}"] = np.where(contradicted, least.reduceat(ends, begun)[place], np.nan)
    return result
