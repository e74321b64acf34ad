"""Readable tables of the record: a table in, a table out whose heads, numbers and words are in one language.

A table is a list of columns, each named as words.csv has its head; nothing is computed here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views.answered import Cell, Row, cells, headed, table
from baoyen_analysis.views.numbers import bounded, humanised, interval
from baoyen_analysis.words import Language

# Conflicts of less than this share of the figure that speaks are told in one line: at three digits the two
# are one number.
SMALL_CONFLICT = 0.005
_IN_TIME = ["year", "period", "figure_id"]


def figures(observations: DataFrame, sources: DataFrame, *, lang: str | None = None) -> DataFrame:
    """Printed figures with their words, reading, kind, fate and source; one row a figure, in the order of
    periods."""
    publishers, t = sources.set_index("source_id")["publisher"], words.of(lang)
    return table(
        t,
        observations.sort_values(_IN_TIME),
        "period printed reading kind definition status source figure_id",
        printed=printed,
        kind=lambda row: t.say("status.derived") if row.status == "derived" else t.kind(row.kind),
        # Of figures that cannot both be so, none is the right one.
        status=lambda row: t.say(f"status.{'conflicting' if row.flag == 'conflict' else row.status}"),
        source=lambda row: publishers[row.source_id],
    )


def printed(row: Any) -> str:
    """A figure as printed, with its unit where that stood apart."""
    return f"{row.value_text} ({row.unit_text})" if row.unit_text else row.value_text


def series(table_: DataFrame, *, indicator: str, lang: str | None = None) -> DataFrame:
    """A series a year a row, as `by.series` and `by.real` give it: value with its interval, how it is to be
    read, definition, figure."""
    t, rows = words.of(lang), table_.round({"value": 2, "low": 4, "high": 4})
    head = t.say("column.valued", unit=t.unit(indicator)) if indicator else t.say("column.value")
    made = cells(t, rows, "year reading flag definition figure_id", flag=lambda row: _how(t, row))
    return headed(t, made.rename(columns={"reading": head}))


def _how(t: Language, row: Row) -> str:
    """How a value is to be read: that it is derived, and its flag in words."""
    derived = t.say("column.derived_figure") if row.get("derived") else ""
    return "; ".join(filter(None, (derived, t.flag(row.flag))))


def panel(rows: DataFrame, *, lang: str | None = None) -> DataFrame:
    """Rows of the panel, a value a line: indicator, unit, year, value, how it is to be read, figure."""
    t, each = words.of(lang), []
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        named = {column: "value", f"{column}_flag": "flag", f"{column}_figure_id": "figure_id"}
        held = rows[rows[column].notna()].sort_values(["area", "year"])
        each.append(held[["area", "year", *named]].rename(columns=named).assign(indicator=indicator))
    own: dict[str, Cell] = {"value": lambda row: t.number(row.value), "flag": lambda row: _how(t, row)}
    return table(t, pd.concat(each), "indicator unit area year value flag figure_id", **own)


def details(fields: Any, *, lang: str | None = None) -> DataFrame:
    """One thing as two columns: the trace of a figure, or what the parser made of a printed one; what is
    blank is left out."""
    t = words.of(lang)
    named = fields if isinstance(fields, Series) else Series(asdict(fields))
    known = {"period": t.periods, "kind": t.kind, "qualifier": t.qualifier, "source_kind": t.source_kind}
    rows = [
        {
            "what": t.say(f"trace.{name}"),
            "value": t.number(value) if isinstance(value, float) else known.get(name, t.name)(str(value)),
        }
        for name, value in named.items()
        if not (pd.isna(value) or value == "")
    ]
    return headed(t, DataFrame(rows))


def counts(observations: DataFrame, *, rows: str, columns: str, lang: str | None = None) -> DataFrame:
    """How many figures there are of each of two properties, such as kind and status, in words."""
    t = words.of(lang)
    known = {name: t.pick(pair) for name, pair in (vocabulary.KINDS | vocabulary.QUALIFIERS).items()}
    known |= t.group("status") | {name: t.say(f"trace.{name}") for name in words.LANGUAGES}
    found = pd.crosstab(observations[rows], observations[columns])
    down, across = ([name for name in known if name in names] for names in (found.index, found.columns))
    made = found.loc[down, across].rename(index=known, columns=known)
    return headed(t, made.rename_axis(index=t.say(f"trace.{rows}"), columns=None).reset_index())


def by_period(observations: DataFrame, *, lang: str | None = None) -> DataFrame:
    """The figures that speak, a year a row: the whole year, what was set for it, and the parts of it that are
    printed, a column each; different definitions speak each for itself, side by side."""
    from baoyen_analysis.printed.periods import PARTS  # with patterns that no answer needs

    t = words.of(lang)
    heads = {"": t.say("column.whole_year"), "plan": t.kind("plan"), "target": t.kind("target")}
    # Months, quarters, halves, and the months from January.
    heads |= {part: t.part(part) for part in sorted(PARTS, key=lambda part: "MQH".find(part[0]) % 4)}
    spans = observations["period"].str.len() == len("2020-2025")
    rows = observations[(observations["status"] == "chosen") & ~spans]
    outcome = rows["kind"].isin(vocabulary.OUTCOMES)
    marks = zip(rows["value"], rows["flag"].where(outcome, rows["qualifier"]), strict=True)
    said = [bounded(t, value, mark, exact=True) for value, mark in marks]
    rows = rows.assign(head=rows["part"].where(outcome, rows["kind"]), said=said)
    made = rows.groupby(["year", "head"])["said"].agg("; ".join).unstack(fill_value="")
    return headed(t, made.filter(list(heads)).rename(columns=heads).reset_index())


def crosschecks(checks: DataFrame, *, lang: str | None = None) -> DataFrame:
    """Cross-checks, the disagreeing first: what the comparison implies, what is printed, and how far apart
    the two ranges lie."""
    t = words.of(lang)
    return table(
        t,
        checks.sort_values(["agrees", "indicator", "comparison_id"]),
        "indicator unit area period kind derived printed_base agrees gap caveat figure_id",
        derived=lambda row: humanised(t, row.derived_value),
        printed_base=lambda row: humanised(t, row.printed_value),
        agrees=lambda row: t.yes_no(row.agrees),
        gap=lambda row: humanised(t, abs(row.gap)) if row.gap else "",
        caveat=t.caveat,
        figure_id=lambda row: f"{row.figure_id}; {row.base_figure_id}",
    )


def methods(judged: DataFrame, *, lang: str | None = None) -> DataFrame:
    """The published methods, one row an indicator, plan and prices and one column a method: ratio, class,
    other classes allowed in brackets, and stability."""
    t = words.of(lang)
    keys = ["indicator", "target_year", "target", "prices"]
    return headed(t, DataFrame([_judged(t, rows) for _, rows in judged.groupby(keys, sort=False)]))


def _judged(t: Language, rows: DataFrame) -> dict[str, str]:
    """What every method makes of one plan."""
    first, based = rows.iloc[0], rows[rows["base_year"].notna()].head(1)
    key = "answer.constant" if first["prices"] == "constant" else "answer.current"
    prices = t.say(key, year=f"{first['price_year']:.0f}")
    # A reason that holds for one method alone names it.
    reasons = rows[rows["reason"] != ""].groupby("reason", sort=False)["method"].agg(list)
    remarks = [
        (f"{t.say(f'method.{judged[0]}')}: " if len(judged) == 1 else "") + t.reason(str(reason))
        for reason, judged in reasons.items()
    ]
    return {
        "indicator": t.name(first["indicator"]),
        "plan": f"{humanised(t, first['target'])} ({first['target_year']})",
        "from": "".join(f"{humanised(t, row.base)} ({row.base_year:.0f})" for row in based.itertuples()),
        "prices": prices if "VND" in vocabulary.INDICATORS[first["indicator"]].unit else "",
        **{t.say(f"method.{row.method}"): _verdict(t, row) for row in rows.itertuples()},
        "remark": "; ".join(remarks),
    }


def _verdict(t: Language, judged: Any) -> str:
    if not judged.class_:
        return "–"
    others = "; ".join(t.class_name(n) for n in judged.classes.split(" | ") if n != judged.class_)
    said = f"{t.number(judged.ratio, 2)}: {t.class_name(judged.class_)}" + (others and f" ({others})")
    stable = "" if pd.isna(judged.stability) else t.number(judged.stability, 2)
    return said + (stable and f"; {t.say('column.stability').lower()} {stable}")


def conflicts(observations: DataFrame, *, lang: str | None = None) -> DataFrame:
    """Printed figures that do not meet the one that speaks, beside it, with how far apart they lie and why
    that one speaks; the widest first, and those of less than half a per cent in one line an indicator and
    area."""
    t, found = words.of(lang), apart(observations)
    wide = found["spread"] >= SMALL_CONFLICT
    speaks = observations.drop_duplicates("figure_id").set_index("figure_id")
    names = "indicator area period speaks other spread reason figure_id"
    told = cells(
        t,
        found[wide],
        names,
        speaks=lambda row: interval(t, speaks.loc[row.speaks_figure_id]),
        other=lambda row: interval(t, row),
        spread=lambda row: t.percent(row.spread),
        # What it does not meet stands beside it: what is left to say is why that one speaks.
        reason=t.why_first,
    )
    small = found[~wide].sort_values("period").groupby(["indicator", "area"], as_index=False)
    together = small.agg({"period": ", ".join, "figure_id": "; ".join})
    together["spread"] = f"< {t.percent(SMALL_CONFLICT)}"
    blank = together.reindex(columns=names.split(), fill_value="")
    return headed(t, pd.concat([told, cells(t, blank, names)]))


def apart(observations: DataFrame) -> DataFrame:
    """The figures that do not meet the one that speaks, with `speaks` and `spread`, the share of it that they
    lie apart; the widest first."""
    rows = observations[observations["status"] == "conflicting"]
    values = observations.drop_duplicates("figure_id").set_index("figure_id")["value"]
    speaks = rows["speaks_figure_id"].map(values)
    rows = rows.assign(speaks=speaks, spread=(rows["value"] - speaks).abs() / speaks.abs())
    return rows.sort_values(["spread", "indicator", "figure_id"], ascending=[False, True, True])


def doubts(observations: DataFrame, *, lang: str | None = None) -> DataFrame:
    """Figures with what their notes say is doubtful."""
    rows = observations.sort_values(["indicator", *_IN_TIME])
    names = "indicator period printed note figure_id"
    return table(words.of(lang), rows, names, printed=lambda row: row.value_text)


def compact(observations: DataFrame, *, lang: str | None = None) -> DataFrame:
    """Many figures in a few columns: an indicator a row, its figures with their periods and kinds in a cell;
    the indicators of one figure together, and each further area's in a row of its own."""
    t = words.of(lang)
    made = observations.sort_values(_IN_TIME)
    often = made.groupby(["area", "area_level", "indicator"])["figure_id"].transform("size") > 1
    main = made["area_level"] == (observations["area_level"].iloc[0] if len(made) else "")
    made["of"] = made["indicator"].where(often & main, "")

    def brief(row: Row) -> str:
        number = "–" if pd.isna(row.value) else bounded(t, row.value, row.qualifier, exact=True)
        said = f"{number} ({t.periods(row.period)}{'' if row.kind == 'actual' else f', {t.kind(row.kind)}'})"
        return said if row.of else f"{t.name(row.indicator)}: {said}"

    made["held"] = cells(t, made, "held", held=brief)["held"].to_numpy()
    of = ["area_level", "area", "of"]
    ids = made.reindex(observations.index).groupby(of, sort=False)["figure_id"].agg(" ".join).reset_index()
    each = ids.merge(made.groupby(of)["held"].agg("; ".join).reset_index(), on=of)
    each = each.assign(indicator=each["of"]).sort_values("of", key=lambda names: names == "", kind="stable")
    return table(
        t,
        each,
        "indicator area held figure_id",
        indicator=lambda row: t.name(row.of) if row.of else t.say("column.several"),
        area=lambda row: t.placed(row.area, row.area_level),
    )
