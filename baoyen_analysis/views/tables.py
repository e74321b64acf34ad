"""Readable tables of the record: a table in, a table out whose heads, numbers and words are in one language.
Nothing is computed here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views import numbers
from baoyen_analysis.views.answered import headed
from baoyen_analysis.words import Language

# Conflicts of less than this share of the figure that speaks are told in one line: at three digits the two
# are one number.
SMALL_CONFLICT = 0.005


def _valued(indicator: str, *, t: Language) -> str:
    """The head of a column of values, with their unit where the indicator is known."""
    return t.say("column.valued", unit=t.unit(indicator)) if indicator else t.say("column.value")


def _how(flag: str, *, t: Language, derived: bool = False) -> str:
    """How a value is to be read: its flag in words, and that it is derived."""
    said = (
        t.say("column.derived_figure") if derived else "",
        t.flag(flag) if flag else "",
    )
    return "; ".join(filter(None, said))


def figures(observations: pd.DataFrame, sources: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Printed figures with their words, reading, kind, fate and source; one row a figure, in the order of
    periods."""
    t = words.of(lang)
    publishers = sources.set_index("source_id")["publisher"]
    rows = [
        {
            "period": t.periods(row.period),
            "printed": f"{row.value_text} ({row.unit_text})" if row.unit_text else row.value_text,
            "reading": numbers.interval(t, row),
            "kind": t.kind(row.kind),
            "definition": t.definition(row.definition),
            "status": t.say(f"status.{row.status}"),
            "source": publishers[row.source_id],
            "figure_id": row.figure_id,
        }
        for row in observations.sort_values(["year", "period", "figure_id"]).itertuples()
    ]
    return headed(t, pd.DataFrame(rows))


def series(table: pd.DataFrame, *, indicator: str, lang: str | None = None) -> pd.DataFrame:
    """A series a year a row, as `by.series` and `by.real` give it: value with its interval, how it is to be
    read, definition, figure."""
    t = words.of(lang)
    derived = table["derived"] if "derived" in table else [False] * len(table)
    rows = [
        {
            "year": row.year,
            _valued(indicator, t=t): numbers.interval(t, row),
            "flag": _how(row.flag, t=t, derived=marked),
            "definition": t.definition(row.definition),
            "figure_id": row.figure_id,
        }
        for row, marked in zip(
            table.round({"value": 2, "low": 4, "high": 4}).itertuples(), derived, strict=True
        )
    ]
    return headed(t, pd.DataFrame(rows))


def panel(rows: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Rows of the panel, a value a line: indicator, unit, year, value, how it is to be read, figure."""
    t = words.of(lang)
    lines = [
        {
            "indicator": t.name(indicator),
            "unit": t.unit(indicator),
            "area": row["area"],
            "year": row["year"],
            "value": t.number(row[column]),
            "flag": _how(row[f"{column}_flag"], t=t),
            "figure_id": row[f"{column}_figure_id"],
        }
        for indicator, column in vocabulary.PANEL_COLUMNS.items()
        for _, row in rows.sort_values(["area", "year"]).iterrows()
        if pd.notna(row[column])
    ]
    return headed(t, pd.DataFrame(lines))


def details(fields: object, *, lang: str | None = None) -> pd.DataFrame:
    """One thing as two columns: the trace of a figure, or what the parser made of a printed one; what is
    blank is left out."""
    t = words.of(lang)
    named = fields if isinstance(fields, pd.Series) else pd.Series(asdict(fields))
    known = {"period": t.periods, "kind": t.kind, "qualifier": t.qualifier, "source_kind": t.source_kind}
    rows = [
        {
            "what": t.say(f"trace.{name}"),
            "value": t.number(value) if isinstance(value, float) else known.get(name, t.name)(str(value)),
        }
        for name, value in named.items()
        if not (pd.isna(value) or value == "")
    ]
    return headed(t, pd.DataFrame(rows))


def counts(observations: pd.DataFrame, *, rows: str, columns: str, lang: str | None = None) -> pd.DataFrame:
    """How many figures there are of each of two properties, such as kind and status, in words."""
    t = words.of(lang)
    known = {
        **{name: t.kind(name) for name in vocabulary.KINDS},
        **{name: t.qualifier(name) for name in vocabulary.QUALIFIERS},
        **t.group("status"),
        **{name: t.say(f"trace.{name}") for name in words.LANGUAGES},
    }
    table = observations.groupby([rows, columns]).size().unstack(fill_value=0)
    order = [name for name in known if name in table.index], [name for name in known if name in table.columns]
    table = table.loc[order].set_axis([known[name] for name in order[1]], axis=1)
    table.insert(0, t.say(f"trace.{rows}"), [known[name] for name in order[0]])
    return headed(t, table)


PARTS = [
    *(f"M{month:02d}" for month in range(1, 13)),
    "Q1",
    "Q2",
    "Q3",
    "Q4",
    "H1",
    "H2",
    *(f"{months}M" for months in range(2, 12)),
]


def by_period(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """The figures that speak, a year a row: the whole year, what was set for it, and the parts of it that are
    printed, a column each."""
    t = words.of(lang)
    heads = {
        "": t.say("column.whole_year"),
        "plan": t.kind("plan"),
        "target": t.kind("target"),
    }
    chosen = observations[
        (observations["status"] == "chosen") & (observations["period"].str.len() != len("2020-2025"))
    ]
    cells: dict[int, dict[str, list[str]]] = {}
    for row in chosen.itertuples():
        column = row.part if row.kind in vocabulary.OUTCOMES else row.kind
        mark = row.flag if row.kind in vocabulary.OUTCOMES else row.qualifier
        # Different definitions speak each for itself, and stand side by side.
        cells.setdefault(row.year, {}).setdefault(column, []).append(
            numbers.bounded(t, row.value, mark, exact=True)
        )
    columns = [
        column for column in ["", "plan", "target", *PARTS] if any(column in year for year in cells.values())
    ]
    heads |= {column: t.part(column) for column in columns if column not in heads}
    rows = [
        {"year": year, **{heads[column]: "; ".join(cells[year].get(column, [])) for column in columns}}
        for year in sorted(cells)
    ]
    return headed(t, pd.DataFrame(rows))


FEW = 10


def held(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """How many printed figures the record holds, an indicator a row and a kind a column; those with fewer
    than ten together in the last."""
    t = words.of(lang)
    counts = (
        observations.groupby(["indicator", "kind"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=list(vocabulary.KINDS), fill_value=0)
    )
    counts = counts.loc[[name for name in vocabulary.INDICATORS if name in counts.index]]
    many = counts.sum(axis=1) >= FEW
    named = counts[many].set_axis([t.name(name) for name in counts.index[many]], axis=0)
    if not many.all():
        named.loc[t.say("column.others_held", number=int((~many).sum()))] = counts[~many].sum()
    named = named.set_axis([t.kind(kind) for kind in counts.columns], axis=1).astype(object)
    return named.mask(named == 0, "")


def crosschecks(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Cross-checks, the disagreeing first: what the comparison implies, what is printed, and how far apart
    the two ranges lie."""
    t = words.of(lang)
    rows = [
        {
            "indicator": t.name(row.indicator),
            "unit": t.unit(row.indicator),
            "area": row.area,
            "period": t.periods(row.period),
            "kind": t.kind(row.kind),
            "derived": numbers.humanised(t, row.derived_value),
            "printed_base": numbers.humanised(t, row.printed_value),
            "agrees": t.yes_no(bool(row.agrees)),
            "gap": numbers.humanised(t, abs(row.gap)) if row.gap else "",
            "caveat": t.caveat(row._asdict()),
            "figure_id": f"{row.figure_id}; {row.base_figure_id}",
        }
        for row in table.sort_values(["agrees", "indicator", "comparison_id"]).itertuples()
    ]
    return headed(t, pd.DataFrame(rows))


def methods(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """The published methods, one row an indicator, plan and prices and one column a method: ratio, class, other classes
    allowed in brackets, and stability."""
    t = words.of(lang)
    rows = []
    for (indicator, year, _, _), judged_by in table.groupby(
        ["indicator", "target_year", "target", "prices"], sort=False
    ):
        based = judged_by[judged_by["base_year"].notna()]
        row = {
            "indicator": t.name(indicator),
            "plan": f"{numbers.humanised(t, judged_by['target'].iloc[0])} ({year})",
        }
        row["from"] = (
            ""
            if based.empty
            else f"{numbers.humanised(t, based['base'].iloc[0])} ({based['base_year'].iloc[0]:.0f})"
        )
        row["prices"] = (
            _prices(t, judged_by.iloc[0]) if "VND" in vocabulary.INDICATORS[indicator].unit else ""
        )
        row |= {t.say(f"method.{judged.method}"): _verdict(judged, t=t) for judged in judged_by.itertuples()}
        # A reason that holds for one method alone names it.
        reasons = judged_by[judged_by["reason"] != ""].groupby("reason", sort=False)["method"].agg(list)
        remarks = [
            (f"{t.say(f'method.{judged[0]}')}: " if len(judged) == 1 else "") + t.reason(reason)
            for reason, judged in reasons.items()
        ]
        rows.append(row | {"remark": "; ".join(remarks)})
    return headed(t, pd.DataFrame(rows))


def _verdict(judged, *, t: Language) -> str:
    if not judged.class_:
        return "–"
    others = [t.class_name(name) for name in judged.classes.split(" | ") if name != judged.class_]
    said = f"{t.number(judged.ratio, decimals=2)}: {t.class_name(judged.class_)}"
    said += f" ({'; '.join(others)})" if others else ""
    if pd.notna(judged.stability):
        said += f"; {t.say('column.stability').lower()} {t.number(judged.stability, decimals=2)}"
    return said


def conflicts(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Printed figures that do not meet the one that speaks, beside it, with how far apart they lie and why
    that one speaks; the widest first, and those of less than half a per cent in one line an indicator and
    area."""
    t = words.of(lang)
    speaks = observations.drop_duplicates("figure_id").set_index("figure_id")
    found = apart(observations)
    rows = [
        {
            "indicator": t.name(row.indicator),
            "area": row.area,
            "period": t.periods(row.period),
            "speaks": numbers.interval(t, speaks.loc[row.speaks_figure_id]),
            "other": numbers.interval(t, row),
            "spread": t.percent(row.spread),
            # What it does not meet stands beside it: what is left to say is why that one speaks.
            "reason": t.why_first(row._asdict()),
            "figure_id": row.figure_id,
        }
        for row in found[found["spread"] >= SMALL_CONFLICT].itertuples()
    ]
    small = found[found["spread"] < SMALL_CONFLICT].sort_values("period").groupby(["indicator", "area"])
    rows += [
        {
            "indicator": t.name(indicator),
            "area": area,
            "period": t.periods(", ".join(group["period"])),
            "speaks": "",
            "other": "",
            "spread": f"< {t.percent(SMALL_CONFLICT)}",
            "reason": "",
            "figure_id": "; ".join(group["figure_id"]),
        }
        for (indicator, area), group in small
    ]
    return headed(t, pd.DataFrame(rows))


def doubts(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Figures with what their notes say is doubtful."""
    t = words.of(lang)
    rows = [
        {
            "indicator": t.name(row.indicator),
            "period": t.periods(row.period),
            "printed": row.value_text,
            "note": row.note,
            "figure_id": row.figure_id,
        }
        for row in observations.sort_values(["indicator", "year", "period", "figure_id"]).itertuples()
    ]
    return headed(t, pd.DataFrame(rows))


def compact(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Many figures in a few columns: an indicator a row, its figures with their periods and kinds in one cell."""
    t = words.of(lang)
    rows = [
        {
            "indicator": t.name(str(indicator)),
            "held": "; ".join(
                _brief(t, row) for row in group.sort_values(["year", "period", "figure_id"]).itertuples()
            ),
            "figure_id": " ".join(group["figure_id"]),
        }
        for indicator, group in observations.groupby("indicator", sort=False)
    ]
    return headed(t, pd.DataFrame(rows, columns=["indicator", "held", "figure_id"]))


def _brief(t: Language, row: Any) -> str:
    number = "–" if pd.isna(row.value) else numbers.bounded(t, row.value, row.qualifier, exact=True)
    kind = "" if row.kind == "actual" else f", {t.kind(row.kind)}"
    return f"{number} ({t.periods(row.period)}{kind})"


def _prices(t: Language, row: pd.Series) -> str:
    key = f"answer.{row['prices']}"
    return t.say(key, year=f"{row['price_year']:.0f}") if row["prices"] == "constant" else t.say(key)


def apart(observations: pd.DataFrame) -> pd.DataFrame:
    """The figures that do not meet the one that speaks, with `speaks` and `spread`, the share of it that they
    lie apart; the widest first."""
    rows = observations[observations["status"] == "conflicting"]
    speaks = rows["speaks_figure_id"].map(
        observations.drop_duplicates("figure_id").set_index("figure_id")["value"]
    )
    rows = rows.assign(speaks=speaks, spread=(rows["value"] - speaks).abs() / speaks.abs())
    return rows.sort_values(["spread", "indicator", "figure_id"], ascending=[False, True, True])
