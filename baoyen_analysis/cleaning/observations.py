"""Every raw figure -> one typed observation, with the number read out of its printed words; no row is
lost."""

from __future__ import annotations

from contextlib import suppress

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
_READ_WITH = ("value_text", "unit_text", "locale", "value", "value_high", "unit", "qualifier")


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
    # A part of a whole lies between nothing and all of it.
    most = read["value"].where(read["qualifier"] != "range", read["high"])
    bad = figures[_marked(figures, "share") & ((read["value"] < 0) | (most > 100))]
    said = "«" + bad["value_text"].str[:80] + "»: " + bad["indicator"] + " is a share, from 0 to 100 %"
    found.add_rows(bad, "value_text", said, "Look for a lost decimal comma, or for another indicator")
    found.raise_if_any()
    scale = figures["unit"].map({name: unit.scale for name, unit in vocabulary.UNITS.items()}).astype(float)
    table = figures.drop(columns=["value", "value_high"]).assign(role=vocabulary.role(figures["kind"]))
    table = table.join(read[["value", "low", "high", "denominator"]].div(scale, axis=0))
    # "dưới 5%" leaves the lower side open: only a rate of change can lie below 0.
    table["low"] = table["low"].mask(np.isneginf(table["low"]) & ~_marked(table, "rate"), 0.0)
    table = table.assign(missing=read["missing"], year_inferred=table["year_inferred"] == "true")
    # Counts are exact, and so is what was set: a plan, a target, a threshold. What a printed comparison rests
    # on is the number as printed, so its own interval is kept beside.
    count = _marked(table, "counted") & table["unit"].isin(EXACT_UNITS) & (table["qualifier"] == "eq")
    exact = count | ((table["role"] != "outcome") & (table["qualifier"] != "range"))
    for column in ("low", "high"):
        table[f"printed_{column}"] = table[column]
        table[column] = table[column].mask(exact, table["value"])
    periods = {text: read_period(text) for text in figures["period"].unique()}
    rows = [(period.year, period.part, np.datetime64(period.end)) for period in periods.values()]
    read_periods = pd.DataFrame(rows, columns=["year", "part", "period_end"], index=[*periods])
    described = sources.drop_duplicates("source_id").set_index("source_id")
    table = table.join(read_periods, on="period")
    table = table.join(described[["published", "source_kind", "counted_as"]], on="source_id")
    # A span of years may go beyond an area's end.
    span = table["period"].str.fullmatch(r"\d{4}-\d{4}")
    table = table.join(places.placed(table.assign(outcome=(table["role"] == "outcome") & ~span), communes))
    empty = table["value"].isna()
    return table.assign(
        reason=table["reason"].mask(empty, "no_number"), reason_part=table["reason_part"].mask(empty, "")
    )


def _check_agreement(figures: pd.DataFrame, read: pd.DataFrame, faults: Faults) -> None:
    """Double entry: the words as parsed against the number, the qualifier and the unit as a person recorded
    them.

    A figure whose cells are wrong in themselves is left out here: that is a fault already.
    """
    problems = read["problem"].where(read["problem"] == "", "the figure can't be read: " + read["problem"])
    recorded = figures[["value", "value_high"]].apply(pd.to_numeric, errors="coerce").astype(float)
    recorded = recorded.join(figures[["unit", "qualifier"]])
    known = recorded["unit"].isin(vocabulary.UNITS) & recorded["qualifier"].isin(vocabulary.QUALIFIERS)
    known &= np.isfinite(recorded["value"]) & (problems == "")
    pairs = read[["value", "high", "unit", "qualifier"]].join(recorded.add_prefix("recorded_"))[known]
    # Most say the very number and qualifier: of them only the units are left to compare, and those are few.
    scale = pairs["recorded_unit"].map({name: unit.scale for name, unit in vocabulary.UNITS.items()})
    same = (pairs["value"] == pairs["recorded_value"] * scale) & pairs["recorded_value_high"].isna()
    same &= (pairs["qualifier"] == pairs["recorded_qualifier"]) & (pairs["qualifier"] != "range")
    compared = pairs.assign(**{name: pairs[name].mask(same) for name in ("value", "high", "recorded_value")})
    alike, firsts = places.numbered(*(compared[name] for name in compared))
    verdicts = [
        printed.agrees(printed.Figure(value, np.nan, high, unit, qualifier, np.nan, ""), *person)
        for value, high, unit, qualifier, *person in zip(*map(pairs.iloc[firsts].get, pairs), strict=True)
    ]
    problems[pairs.index] = np.array([*verdicts, None], dtype=object)[alike]
    wrong = {(fault.file, fault.row) for fault in faults if fault.column in _READ_WITH}
    bad = figures[problems != ""]
    said_already = [place in wrong for place in zip(bad["file"], bad["row"], strict=True)]
    bad = bad[~np.array(said_already, dtype=bool)]
    said = "«" + bad["value_text"].str[:80] + "»: " + problems[bad.index]
    remedy = "Mend the record with corrections.csv, or the words if they were copied wrongly"
    faults.add_rows(bad, "value_text", said, remedy)


def _marked(table: pd.DataFrame, mark: str) -> pd.Series:
    """Which rows are of an indicator that bears a mark of the vocabulary: counted, rate, share."""
    marked = [name for name, known in vocabulary.INDICATORS.items() if getattr(known, mark)]
    return table["indicator"].isin(marked)
