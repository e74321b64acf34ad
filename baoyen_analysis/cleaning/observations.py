"""Every raw figure -> one typed observation, with the number read out of its printed words; no row is
lost."""

from __future__ import annotations

from contextlib import suppress
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis import places, vocabulary
from baoyen_analysis.cleaning.faults import Faults
from baoyen_analysis.cleaning.rules import period as read_period
from baoyen_analysis.printed import figures as printed

# What is counted whole: printed without a bound, it is exact ("7 xã" is seven communes, not six and a half to
# seven and a half).
EXACT_UNITS = ("communes", "criteria", "targets")
# The columns that the words of a figure are read and compared with.
_RECORDED, _RECORDED_AS = ("value", "value_high"), ("unit", "qualifier")
_READ_WITH = ("value_text", "unit_text", "locale", *_RECORDED, *_RECORDED_AS)
_SCALED = ("value", "low", "high", "denominator")


def clean(
    figures: pd.DataFrame,
    sources: pd.DataFrame,
    communes: pd.DataFrame | None = None,
    *,
    faults: Faults | None = None,
) -> pd.DataFrame:
    """One observation a figure: `value`, `low`, `high` in the indicator's unit, `year` and `part`, what its
    source is, and of which unit of its area it is (`area_since`) or why it can't be (`reason`).

    The words are parsed, and must come to the number, the qualifier and the unit that a person recorded; a
    figure that does not is a fault, raised together with those in `faults` that were found before. Counts are
    exact, and so are plans, targets and thresholds, whose bound stays in `qualifier`: "trên 66" is met above
    66.

    >>> from baoyen_analysis.cleaning import raw
    >>> from baoyen_analysis.cleaning.publishers import describe
    >>> record = raw.read()
    >>> table = clean(record.figures, describe(record.sources), record.communes).set_index("figure_id")
    >>> row = table.loc["laocaitv-2022-06"]
    >>> row[["value", "low", "high"]].astype(float).values.tolist(), row["qualifier"]
    ([780.0, 780.0, 790.0], 'gt')
    """
    found = Faults() if faults is None else faults
    # An unknown locale is a fault already; the words are read for theirs.
    locale = pd.Series(np.where(figures["locale"] == "en", "en", "vi"), index=figures.index)
    read = printed.parse_figures(figures["value_text"], locale=locale, unit_text=figures["unit_text"])
    for row, problem in read["problem"].items():
        if not problem.startswith("thousands or decimals"):
            continue
        # The record says of each number how it is written: no other need show it, as in an office's column.
        text, unit = figures.at[row, "value_text"], figures.at[row, "unit_text"]
        with suppress(printed.UnreadableFigure):
            figure = printed.parse_figure(text, locale=locale[row], unit_text=unit)
            names = [*figure.__slots__, "problem"]
            read.loc[row, names] = [getattr(figure, name, "") for name in names]
    _check_agreement(figures, read, found)
    _check_shares(figures, read, found)
    found.raise_if_any()
    table = figures.drop(columns=["value", "value_high"]).assign(role=vocabulary.role(figures["kind"]))
    outcome = table["role"].eq("outcome").to_numpy()
    table = table.assign(**_numbers(table, read, outcome), **_periods(table["period"]))
    told = sources.drop_duplicates("source_id").set_index("source_id")
    by = told.index.get_indexer(table["source_id"])
    for name in ("published", "source_kind", "counted_as"):
        table[name] = told[name].array.take(by, allow_fill=True)
    # A span of years may go beyond an area's end.
    span = table["period"].str.fullmatch(r"\d{4}-\d{4}").to_numpy()
    table = table.assign(**places.placed(table.assign(outcome=outcome & ~span), communes))
    empty = table["value"].isna()
    return table.assign(
        reason=table["reason"].mask(empty, "no_number"), reason_part=table["reason_part"].mask(empty, "")
    )


def _numbers(table: pd.DataFrame, read: pd.DataFrame, outcome: np.ndarray) -> dict[str, Any]:
    """The numbers of the figures in their indicator's unit, as printed (`printed_low`, `printed_high`) and as
    a verdict takes them."""
    unit, qualifier = table["unit"], table["qualifier"]
    scale = _scale(unit)
    made: dict[str, Any] = {name: read[name].to_numpy() / scale for name in _SCALED}
    # "dưới 5%" leaves the lower side open: only a rate of change can lie below 0.
    made["low"][np.isneginf(made["low"]) & ~_marked(table, "rate")] = 0.0
    made |= {"missing": read["missing"], "year_inferred": table["year_inferred"] == "true"}
    # Counts are exact, and so is what was set: a plan, a target, a threshold. What a printed comparison rests
    # on is the number as printed, so its own interval is kept beside.
    count = _marked(table, "counted") & unit.isin(EXACT_UNITS) & (qualifier == "eq")
    exact = count | (~outcome & (qualifier != "range"))
    for column in ("low", "high"):
        made[f"printed_{column}"] = made[column]
        made[column] = np.where(exact, made["value"], made[column])
    return made


def _periods(texts: pd.Series) -> dict[str, Any]:
    """`year`, `part` and `period_end` of periods."""
    codes, known = pd.factorize(texts, use_na_sentinel=False)
    periods = [read_period(text) for text in known]
    rows = [(period.year, period.part, np.datetime64(period.end)) for period in periods]
    columns = pd.DataFrame(rows, columns=["year", "part", "period_end"])
    return {name: column.array.take(codes) for name, column in columns.items()}


def _check_shares(figures: pd.DataFrame, read: pd.DataFrame, faults: Faults) -> None:
    """A part of a whole lies between nothing and all of it."""
    most = read["value"].where(read["qualifier"] != "range", read["high"])
    bad = figures[_marked(figures, "share") & ((read["value"] < 0) | (most > 100))]
    if not bad.empty:
        said = "«" + bad["value_text"].str[:80] + "»: " + bad["indicator"] + " is a share, from 0 to 100 %"
        remedy = "Look for a lost decimal comma, or for another indicator"
        faults.add_rows(bad, "value_text", said, remedy)


def _check_agreement(figures: pd.DataFrame, read: pd.DataFrame, faults: Faults) -> None:
    """Double entry: the words as parsed against the number, the qualifier and the unit as a person recorded
    them.

    A figure whose cells are wrong in themselves is left out here: that is a fault already.
    """
    problems = read["problem"].to_numpy(dtype=object, copy=True)
    unread = problems != ""
    problems[unread] = "the figure can't be read: " + problems[unread]
    known = figures["unit"].isin(vocabulary.UNITS) & figures["qualifier"].isin(vocabulary.QUALIFIERS)
    value, high = (pd.to_numeric(figures[name], errors="coerce").to_numpy(float) for name in _RECORDED)
    at = np.flatnonzero(known & np.isfinite(value) & ~unread)
    parsed = [read[name].to_numpy()[at] for name in ("value", "high", "unit", "qualifier")]
    person = [value[at], high[at], *(figures[name].to_numpy(dtype=object)[at] for name in _RECORDED_AS)]
    # Most say the very number: of them only qualifiers and units are left to compare, and those are few.
    same = (parsed[0] == person[0] * _scale(figures["unit"])[at]) & np.isnan(person[1])
    numbers = [np.where(same, np.nan, cells) for cells in (*parsed[:2], *person[:2])]
    alike, firsts = places.numbered(*numbers, *parsed[2:], *person[2:])
    verdicts = [
        printed.agrees(printed.Figure(value, np.nan, high, unit, qualifier, np.nan, ""), *recorded)
        for value, high, unit, qualifier, *recorded in zip(
            *(cells[firsts] for cells in (*parsed, *person)), strict=True
        )
    ]
    problems[at] = np.array([*verdicts, None], dtype=object)[alike]
    wrong = {(fault.file, fault.row) for fault in faults if fault.column in _READ_WITH}
    bad = np.flatnonzero(problems != "")
    rows = figures.iloc[bad]
    new = [place not in wrong for place in zip(rows["file"], rows["row"], strict=True)]
    said = [
        f"«{text[:80]}»: {problem}" for text, problem in zip(rows["value_text"], problems[bad], strict=True)
    ]
    remedy = "Mend the record with corrections.csv, or the words if they were copied wrongly"
    faults.add_rows(rows[new], "value_text", [*compress(said, new)], remedy)


def _scale(units: pd.Series) -> np.ndarray:
    """What a number in each unit is worth in its indicator's own."""
    return units.map({name: unit.scale for name, unit in vocabulary.UNITS.items()}).to_numpy(dtype=float)


def _marked(table: pd.DataFrame, mark: str) -> pd.Series:
    """Which rows are of an indicator that bears a mark of the vocabulary: counted, rate, share."""
    marked = [name for name, known in vocabulary.INDICATORS.items() if getattr(known, mark)]
    return table["indicator"].isin(marked)
