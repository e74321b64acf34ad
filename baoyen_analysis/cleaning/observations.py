"""Every raw figure -> one typed observation, with the number read out of its printed words; no row is
lost."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pandas as pd

from baoyen_analysis import places, vocabulary
from baoyen_analysis.cleaning.faults import Faults
from baoyen_analysis.printed import figures as printed
from baoyen_analysis.printed.periods import Period, parse_period

# What is counted whole: printed without a bound, it is exact ("7 xã" is seven communes, not six and a half to
# seven and a half).
EXACT_UNITS = ("communes", "criteria", "targets")


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
    locale = figures["locale"].where(figures["locale"] == "en", "vi")
    read = printed.parse_figures(figures["value_text"], locale=locale, unit_text=figures["unit_text"])
    for row in read.index[read["problem"].str.startswith("thousands or decimals")]:
        # The record says of each number how it is written: no other need show it, as in an office's column.
        text, unit = figures.at[row, "value_text"], figures.at[row, "unit_text"]
        with suppress(printed.UnreadableFigure):
            figure = printed.parse_figure(text, locale=locale[row], unit_text=unit)
            names = [*figure.__slots__, "problem"]
            read.loc[row, names] = [getattr(figure, name, "") for name in names]
    _check_agreement(figures, read, found)
    _check_shares(figures, read, found)
    found.raise_if_any()
    scale = figures["unit"].map({name: unit.scale for name, unit in vocabulary.UNITS.items()}).astype(float)
    table = figures.drop(columns=["value", "value_high"]).assign(role=vocabulary.role(figures["kind"]))
    for column in ("value", "low", "high", "denominator"):
        table[column] = read[column] / scale
    # "dưới 5%" leaves the lower side open: only a rate of change can lie below 0.
    level = np.isneginf(table["low"]) & ~_marked(table["indicator"], "rate")
    table["low"] = table["low"].mask(level, 0.0)
    table["missing"] = read["missing"]
    table["year_inferred"] = table["year_inferred"] == "true"
    table = _as_what_it_is(table).join(_periods(figures["period"]), on="period")
    of_source = ["published", "source_kind", "counted_as"]
    described = sources.drop_duplicates("source_id").set_index("source_id")[of_source]
    return _in_scope(table.join(described, on="source_id"), communes)


def _in_scope(table: pd.DataFrame, communes: pd.DataFrame | None) -> pd.DataFrame:
    """With the unit of the area that each figure is of; `reason` says why one can't speak: no number was
    printed, or the area was not there. A span of years may go beyond an area's end."""
    span = table["period"].str.fullmatch(r"\d{4}-\d{4}")
    outcome = (table["role"] == "outcome") & ~span
    table = table.join(places.placed(table.assign(outcome=outcome), communes))
    empty = table["value"].isna()
    return table.assign(
        reason=table["reason"].mask(empty, "no_number"), reason_part=table["reason_part"].mask(empty, "")
    )


def _check_agreement(figures: pd.DataFrame, read: pd.DataFrame, faults: Faults) -> None:
    """Double entry: the words as parsed against the number, the qualifier and the unit as a person recorded
    them.

    A figure whose recorded words are unknown is left out here: that is a fault already.
    """
    problems = read["problem"].where(read["problem"] == "", "the figure can't be read: " + read["problem"])
    recorded = figures[["value", "value_high"]].apply(pd.to_numeric, errors="coerce").astype(float)
    pairs = read[["value", "high", "unit", "qualifier"]].join(recorded.add_prefix("recorded_"))
    pairs = pairs.join(figures[["unit", "qualifier"]].add_prefix("recorded_"))
    known = (
        figures["unit"].isin(vocabulary.UNITS)
        & figures["qualifier"].isin(vocabulary.QUALIFIERS)
        & np.isfinite(recorded["value"])
    )
    pairs = pairs[(problems == "") & known]
    alike = pairs.groupby(list(pairs.columns), dropna=False, sort=False).ngroup()
    verdicts = [
        printed.agrees(printed.Figure(value, np.nan, high, unit, qualifier, np.nan, ""), *person)
        for value, high, unit, qualifier, *person in pairs[~alike.duplicated()].itertuples(index=False)
    ]
    problems[pairs.index] = alike.map(dict(enumerate(verdicts))).astype(object)
    bad = problems != ""
    said = "«" + figures.loc[bad, "value_text"].str[:80] + "»: " + problems[bad]
    remedy = "Mend the record with corrections.csv, or the words if they were copied wrongly"
    faults.add_rows(figures[bad], "value_text", said, remedy)


def _check_shares(figures: pd.DataFrame, read: pd.DataFrame, faults: Faults) -> None:
    """A part of a whole lies between nothing and all of it."""
    most = read["value"].where(read["qualifier"] != "range", read["high"])
    bad = figures[_marked(figures["indicator"], "share") & ((read["value"] < 0) | (most > 100))]
    said = "«" + bad["value_text"].str[:80] + "»: " + bad["indicator"] + " is a share, from 0 to 100 %"
    faults.add_rows(bad, "value_text", said, "Look for a lost decimal comma, or for another indicator")


def _marked(indicators: pd.Series, mark: str) -> pd.Series:
    """Which indicators bear a mark of the vocabulary: counted, rate, share."""
    return indicators.isin([name for name, known in vocabulary.INDICATORS.items() if getattr(known, mark)])


def _as_what_it_is(table: pd.DataFrame) -> pd.DataFrame:
    """Counts are exact, and so is what was set: a plan, a target, a threshold."""
    count = (
        _marked(table["indicator"], "counted")
        & table["unit"].isin(EXACT_UNITS)
        & (table["qualifier"] == "eq")
    )
    was_set = (table["role"] != "outcome") & (table["qualifier"] != "range")
    for column in ("low", "high"):
        # What a printed comparison rests on is the number as printed, so its own interval is kept beside.
        table[f"printed_{column}"] = table[column]
        table[column] = table[column].where(~(count | was_set), table["value"])
    return table


def _periods(texts: pd.Series) -> pd.DataFrame:
    """Year, part and last day, one row a distinct period."""
    read: dict[str, Period] = {text: parse_period(text) for text in texts.unique()}
    rows = [(period.year, period.part, np.datetime64(period.end)) for period in read.values()]
    return pd.DataFrame(rows, columns=["year", "part", "period_end"], index=list(read))
