"""Readable tables of the record: a table in, a table out whose heads, numbers and words are in one language.

A table is a list of columns, each named as words.csv has its head; nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views import numbers
from baoyen_analysis.views.answered import headed
from baoyen_analysis.words import Language

Cell = Callable[[Any], object]

# Conflicts of less than this share of the figure that speaks are told in one line: at three digits the two
# are one number.
SMALL_CONFLICT = 0.005
# Indicators with fewer figures stand together.
FEW = 10
# The parts of a year in the order of a calendar.
PARTS = (
    *(f"M{month:02d}" for month in range(1, 13)),
    *("Q1", "Q2", "Q3", "Q4", "H1", "H2"),
    *(f"{months}M" for months in range(2, 12)),
)
_IN_TIME = ["year", "period", "figure_id"]


def _table(t: Language, rows: pd.DataFrame, names: str, **own: Cell) -> pd.DataFrame:
    """The columns `names` of some rows: `own` says how a cell of a table is made, and each name has a usual
    way."""
    usual: dict[str, Cell] = {
        "indicator": lambda row: t.name(row.indicator),
        "unit": lambda row: t.unit(row.indicator),
        "area": lambda row: row.area,
        "year": lambda row: row.year,
        "period": lambda row: t.periods(row.period),
        "kind": lambda row: t.kind(row.kind),
        "reading": lambda row: numbers.interval(t, row),
        "flag": lambda row: _how(t, row),
        "definition": lambda row: t.definition(row.definition),
        "status": lambda row: t.say(f"status.{row.status}"),
        "figure_id": lambda row: row.figure_id,
    }
    cells = {name: (usual | own)[name] for name in names.split()}
    made = [{name: cell(row) for name, cell in cells.items()} for row in rows.itertuples()]
    return pd.DataFrame(made, columns=list(cells))


def _how(t: Language, row: Any) -> str:
    """How a value is to be read: that it is derived, and its flag in words."""
    derived = t.say("column.derived_figure") if getattr(row, "derived", False) else ""
    return "; ".join(filter(None, (derived, t.flag(row.flag))))


def figures(observations: pd.DataFrame, sources: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Printed figures with their words, reading, kind, fate and source; one row a figure, in the order of
    periods."""
    t = words.of(lang)
    publishers = sources.set_index("source_id")["publisher"]

    def printed(row: Any) -> str:
        return f"{row.value_text} ({row.unit_text})" if row.unit_text else row.value_text

    names = "period printed reading kind definition status source figure_id"
    rows = observations.sort_values(_IN_TIME)
    made = _table(t, rows, names, printed=printed, source=lambda row: publishers[row.source_id])
    return headed(t, made)


def series(table: pd.DataFrame, *, indicator: str, lang: str | None = None) -> pd.DataFrame:
    """A series a year a row, as `by.series` and `by.real` give it: value with its interval, how it is to be
    read, definition, figure."""
    t = words.of(lang)
    rows = table.round({"value": 2, "low": 4, "high": 4})
    made = _table(t, rows, "year reading flag definition figure_id")
    head = t.say("column.valued", unit=t.unit(indicator)) if indicator else t.say("column.value")
    return headed(t, made.rename(columns={"reading": head}))


def panel(rows: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Rows of the panel, a value a line: indicator, unit, year, value, how it is to be read, figure."""
    t = words.of(lang)
    lines = []
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        held = rows[rows[column].notna()].sort_values(["area", "year"])
        own = {
            "value": held[column],
            "flag": held[f"{column}_flag"],
            "figure_id": held[f"{column}_figure_id"],
        }
        lines.append(held[["area", "year"]].assign(indicator=indicator, **own))
    names = "indicator unit area year value flag figure_id"
    return headed(t, _table(t, pd.concat(lines), names, value=lambda row: t.number(row.value)))


def details(fields: Any, *, lang: str | None = None) -> pd.DataFrame:
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
    down, across = ([name for name in known if name in names] for names in (table.index, table.columns))
    table = table.loc[down].set_axis([known[name] for name in across], axis=1)
    table.insert(0, t.say(f"trace.{rows}"), [known[name] for name in down])
    return headed(t, table)


def by_period(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """The figures that speak, a year a row: the whole year, what was set for it, and the parts of it that are
    printed, a column each."""
    t = words.of(lang)
    spans = observations["period"].str.len() == len("2020-2025")
    cells: dict[int, dict[str, list[str]]] = {}
    for row in observations[(observations["status"] == "chosen") & ~spans].itertuples():
        outcome = row.kind in vocabulary.OUTCOMES
        said = numbers.bounded(t, row.value, row.flag if outcome else row.qualifier, exact=True)
        # Different definitions speak each for itself, and stand side by side.
        cells.setdefault(row.year, {}).setdefault(row.part if outcome else row.kind, []).append(said)
    heads = {"": t.say("column.whole_year"), "plan": t.kind("plan"), "target": t.kind("target")}
    heads |= {part: t.part(part) for part in PARTS}
    used = [column for column in heads if any(column in year for year in cells.values())]
    rows = [
        {"year": year, **{heads[column]: "; ".join(cells[year].get(column, [])) for column in used}}
        for year in sorted(cells)
    ]
    return headed(t, pd.DataFrame(rows))


def held(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """How many printed figures the record holds, an indicator a row and a kind a column; those with fewer
    than ten together in the last."""
    t = words.of(lang)
    counts = observations.groupby(["indicator", "kind"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(vocabulary.KINDS), fill_value=0)
    counts = counts.loc[[name for name in vocabulary.INDICATORS if name in counts.index]]
    many = counts.sum(axis=1) >= FEW
    named = counts[many].rename(index=t.name)
    if not many.all():
        named.loc[t.say("column.others_held", number=int((~many).sum()))] = counts[~many].sum()
    named = named.set_axis([t.kind(kind) for kind in counts.columns], axis=1).astype(object)
    return named.mask(named == 0, "")


def crosschecks(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Cross-checks, the disagreeing first: what the comparison implies, what is printed, and how far apart
    the two ranges lie."""
    t = words.of(lang)
    made = _table(
        t,
        table.sort_values(["agrees", "indicator", "comparison_id"]),
        "indicator unit area period kind derived printed_base agrees gap caveat figure_id",
        derived=lambda row: numbers.humanised(t, row.derived_value),
        printed_base=lambda row: numbers.humanised(t, row.printed_value),
        agrees=lambda row: t.yes_no(row.agrees),
        gap=lambda row: numbers.humanised(t, abs(row.gap)) if row.gap else "",
        caveat=lambda row: t.caveat(row._asdict()),
        figure_id=lambda row: f"{row.figure_id}; {row.base_figure_id}",
    )
    return headed(t, made)


def methods(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """The published methods, one row an indicator, plan and prices and one column a method: ratio, class,
    other classes allowed in brackets, and stability."""
    t = words.of(lang)
    keys = ["indicator", "target_year", "target", "prices"]
    return headed(t, pd.DataFrame([_judged(t, rows) for _, rows in table.groupby(keys, sort=False)]))


def _judged(t: Language, rows: pd.DataFrame) -> dict[str, str]:
    """What every method makes of one plan."""
    first, based = rows.iloc[0], rows[rows["base_year"].notna()].head(1)
    bases = [f"{numbers.humanised(t, row.base)} ({row.base_year:.0f})" for row in based.itertuples()]
    money = "VND" in vocabulary.INDICATORS[first["indicator"]].unit
    # A reason that holds for one method alone names it.
    reasons = rows[rows["reason"] != ""].groupby("reason", sort=False)["method"].agg(list)
    remarks = [
        (f"{t.say(f'method.{judged[0]}')}: " if len(judged) == 1 else "") + t.reason(str(reason))
        for reason, judged in reasons.items()
    ]
    return {
        "indicator": t.name(first["indicator"]),
        "plan": f"{numbers.humanised(t, first['target'])} ({first['target_year']})",
        "from": "".join(bases),
        "prices": _prices(t, first) if money else "",
        **{t.say(f"method.{row.method}"): _verdict(t, row) for row in rows.itertuples()},
        "remark": "; ".join(remarks),
    }


def _verdict(t: Language, judged: Any) -> str:
    if not judged.class_:
        return "–"
    others = [t.class_name(name) for name in judged.classes.split(" | ") if name != judged.class_]
    said = f"{t.number(judged.ratio, 2)}: {t.class_name(judged.class_)}"
    said += f" ({'; '.join(others)})" if others else ""
    if pd.notna(judged.stability):
        said += f"; {t.say('column.stability').lower()} {t.number(judged.stability, 2)}"
    return said


def _prices(t: Language, row: pd.Series) -> str:
    if row["prices"] == "constant":
        return t.say("answer.constant", year=f"{row['price_year']:.0f}")
    return t.say("answer.current")


def conflicts(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Printed figures that do not meet the one that speaks, beside it, with how far apart they lie and why
    that one speaks; the widest first, and those of less than half a per cent in one line an indicator and
    area."""
    t = words.of(lang)
    speaks = observations.drop_duplicates("figure_id").set_index("figure_id")
    found = apart(observations)
    wide, small = found[found["spread"] >= SMALL_CONFLICT], found[found["spread"] < SMALL_CONFLICT]
    names = "indicator area period speaks other spread reason figure_id"
    own: dict[str, Cell] = {
        "speaks": lambda row: numbers.interval(t, speaks.loc[row.speaks_figure_id]),
        "other": lambda row: numbers.interval(t, row),
        "spread": lambda row: t.percent(row.spread),
        # What it does not meet stands beside it: what is left to say is why that one speaks.
        "reason": lambda row: t.why_first(row._asdict()),
    }
    together = small.sort_values("period").groupby(["indicator", "area"], as_index=False)
    told = together.agg({"period": ", ".join, "figure_id": "; ".join})
    blank: dict[str, Cell] = dict.fromkeys(("speaks", "other", "reason"), lambda row: "")
    blank["spread"] = lambda row: f"< {t.percent(SMALL_CONFLICT)}"
    return headed(t, pd.concat([_table(t, wide, names, **own), _table(t, told, names, **blank)]))


def apart(observations: pd.DataFrame) -> pd.DataFrame:
    """The figures that do not meet the one that speaks, with `speaks` and `spread`, the share of it that they
    lie apart; the widest first."""
    rows = observations[observations["status"] == "conflicting"]
    values = observations.drop_duplicates("figure_id").set_index("figure_id")["value"]
    speaks = rows["speaks_figure_id"].map(values)
    rows = rows.assign(speaks=speaks, spread=(rows["value"] - speaks).abs() / speaks.abs())
    return rows.sort_values(["spread", "indicator", "figure_id"], ascending=[False, True, True])


def doubts(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Figures with what their notes say is doubtful."""
    t = words.of(lang)
    own: dict[str, Cell] = {"printed": lambda row: row.value_text, "note": lambda row: row.note}
    rows = observations.sort_values(["indicator", *_IN_TIME])
    return headed(t, _table(t, rows, "indicator period printed note figure_id", **own))


def compact(observations: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Many figures in a few columns: an indicator and area a row, its figures with their periods and kinds in
    one cell."""
    t = words.of(lang)
    rows = [
        {
            "indicator": t.name(indicator),
            "area": t.placed(area, level),
            "held": "; ".join(_brief(t, row) for row in group.sort_values(_IN_TIME).itertuples()),
            "figure_id": " ".join(group["figure_id"]),
        }
        for (level, area, indicator), group in observations.groupby(
            ["area_level", "area", "indicator"], sort=False
        )
    ]
    return headed(t, pd.DataFrame(rows, columns=["indicator", "area", "held", "figure_id"]))


def _brief(t: Language, row: Any) -> str:
    number = "–" if pd.isna(row.value) else numbers.bounded(t, row.value, row.qualifier, exact=True)
    kind = "" if row.kind == "actual" else f", {t.kind(row.kind)}"
    return f"{number} ({t.periods(row.period)}{kind})"
