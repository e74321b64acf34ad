"""Readable tables: a table in, a table out whose heads, numbers and words are in one language. Nothing is
computed here."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views import numbers
from baoyen_analysis.views.findings import (
    SMALL_CONFLICT,
    apart,
    price_words,
)
from baoyen_analysis.words import Language


def _headed(table: pd.DataFrame, *, t: Language, empty: str = "nothing") -> pd.DataFrame:
    """The table with its heads in one language and rows counted from 1; a table without rows says that it has
    none."""
    if table.empty:
        return pd.DataFrame({"": [t.say(f"column.{empty}")]}, index=[1])
    named = table.rename(columns=t.group("column"))
    return named.set_axis(range(1, len(named) + 1), axis=0)


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
    return _headed(pd.DataFrame(rows), t=t)


def scorecard(rows: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """A scorecard: plan and latest outcome with their years, attainment with its range, growth needed a year,
    the base of the growth done (marked where it is derived) and that growth, and what to mind."""
    t = words.of(lang)
    return _headed(pd.DataFrame([_score(row, t=t) for _, row in rows.iterrows()]), t=t, empty="no_plan")


def _score(row: pd.Series, *, t: Language) -> dict[str, str]:
    plan = numbers.bounded(t, row["plan"], row["plan_qualifier"])
    if pd.notna(row["plan_denominator"]):
        plan += f"/{t.number(row['plan_denominator'])}"
    plan = numbers.set_for(t, plan, row["plan_kind"], row["plan_period"])
    known = {
        "indicator": t.name(row["indicator"]),
        "unit": t.unit(row["indicator"]),
        "plan": plan,
    }
    remark = "; ".join(
        filter(
            None,
            [
                t.say(f"score.{row['reason']}") if row["reason"] else "",
                t.say("score.covid") if row["breaks"] else "",
            ],
        )
    )
    if pd.isna(row["actual"]):
        return {
            **known,
            "latest": "",
            "attainment": "",
            "needed": "",
            "base": "",
            "done": "",
            "remark": remark,
            "figure_id": row["plan_figure_id"],
        }
    attainment = t.percent(row["attainment"])
    if row["attainment_low"] != row["attainment_high"]:
        attainment += f" ({t.percent(row['attainment_low'])}–{t.percent(row['attainment_high'])})"
    base = done = ""
    if pd.notna(row["base"]):
        done = numbers.yearly(t, row["done_a_year"], row["done_percent"])
        mark = f", {t.say('column.derived_figure')}" if row["base_derived"] else ""
        base = f"{numbers.bounded(t, row['base'], row['base_flag'])} ({int(row['base_year'])}{mark})"
    used = dict.fromkeys(
        name
        for name in row[["actual_figure_id", "base_figure_id", "plan_figure_id"]]
        if isinstance(name, str) and name
    )
    return known | {
        "latest": f"{numbers.bounded(t, row['actual'], row['actual_flag'])} ({int(row['year'])})",
        "attainment": attainment,
        "needed": _needed(row, t=t),
        "base": base,
        "done": done,
        "remark": remark,
        "figure_id": "; ".join(used),
    }


def _needed(row: pd.Series, *, t: Language) -> str:
    """The growth needed a year; a lower bound of the outcome leaves an upper bound of it."""
    said = numbers.yearly(t, row["needed_a_year"], row["needed_percent"])
    bound = numbers.opposite(row["actual_flag"])
    return f"{t.flag(bound)} {said}" if said and bound else said


def spending(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """The spending a visit, a year a row, in thousand VND with its range; computed from the figures named."""
    t = words.of(lang)
    rows = [
        {
            "year": row.year,
            "spending": numbers.interval(t, row),
            "flag": _how(row.flag, t=t),
            "definition": t.definition(row.definition),
            "figure_id": row.figure_id,
        }
        for row in table.round({"value": 0, "low": 0, "high": 0}).itertuples()
    ]
    return _headed(pd.DataFrame(rows), t=t)


def areas(latest: pd.DataFrame, *, indicator: str = "", lang: str | None = None) -> pd.DataFrame:
    """Areas with their latest figure, its year and how it is to be read; `indicator` gives the head its
    unit."""
    t = words.of(lang)
    rows = [
        {
            "area": row.area,
            "year": row.year,
            _valued(indicator, t=t): t.number(row.value),
            "flag": _how(row.flag, t=t),
            "definition": t.definition(row.definition),
            "figure_id": row.figure_id,
        }
        for row in latest.itertuples()
    ]
    return _headed(pd.DataFrame(rows), t=t)


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
    return _headed(pd.DataFrame(rows), t=t)


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
    return _headed(pd.DataFrame(lines), t=t)


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
    return _headed(pd.DataFrame(rows), t=t)


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
    return _headed(table, t=t)


def answer(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """An answer of the measures with its sentence, its range and its figures in words: two columns."""
    t = words.of(lang)
    row = table.iloc[0]
    ranged = [
        (t.say("column.growth"), "%", ["percent", "low_percent", "high_percent"]),
        (t.say("column.growth_unit"), "", ["change", "low_change", "high_change"]),
        (t.say("trace.value"), "", ["answer", "low", "high"]),
    ]
    lines = [{"what": t.say("column.question_answer"), "value": row[f"sentence_{t.code}"]}]
    for what, sign, names in ranged:
        if set(names) <= set(table.columns) and pd.notna(row[names[0]]):
            value, low, high = (t.number(round(end, 2)) for end in (row[names[0]], *sorted(row[names[1:]])))
            lines.append({"what": what, "value": f"{value}{sign} ({low}–{high}{sign})"})
    lines += (
        [{"what": t.say("column.figure_id"), "value": row["figure_ids"].replace(" ", "; ")}]
        if row["figure_ids"]
        else []
    )
    return _headed(pd.DataFrame(lines), t=t)


def together(table: pd.DataFrame, *, indicator: str, lang: str | None = None) -> pd.DataFrame:
    """Areas that one source prints for one period, each group in the order of its places."""
    t = words.of(lang)
    place = t.say(
        "column.ranked_down" if vocabulary.INDICATORS[indicator].direction < 0 else "column.ranked_up"
    )
    rows = [
        {
            "period": t.period(row.year, row.part),
            place: "" if pd.isna(row.rank) else str(row.rank),
            "area": row.area,
            _valued(indicator, t=t): numbers.bounded(t, row.value, row.flag, exact=True),
            "source": row.publisher,
            "figure_id": row.figure_id,
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), t=t)


# The parts of a year in the order of a calendar.
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
    return _headed(pd.DataFrame(rows), t=t)


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
    return _headed(pd.DataFrame(rows), t=t)


def verdicts(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """Verdicts, one row an indicator, plan and prices and one column a method: ratio, class, other classes
    allowed in brackets, and stability."""
    t = words.of(lang)
    rows = []
    for (indicator, year, _, _), methods in table.groupby(
        ["indicator", "target_year", "target", "prices"], sort=False
    ):
        based = methods[methods["base_year"].notna()]
        row = {
            "indicator": t.name(indicator),
            "plan": f"{numbers.humanised(t, methods['target'].iloc[0])} ({year})",
        }
        row["from"] = (
            ""
            if based.empty
            else f"{numbers.humanised(t, based['base'].iloc[0])} ({based['base_year'].iloc[0]:.0f})"
        )
        row["prices"] = (
            price_words(methods.iloc[0], t=t).lstrip(", ")
            if "VND" in vocabulary.INDICATORS[indicator].unit
            else ""
        )
        row |= {t.say(f"method.{judged.method}"): _verdict(judged, t=t) for judged in methods.itertuples()}
        # A reason that holds for one method alone names it.
        reasons = methods[methods["reason"] != ""].groupby("reason", sort=False)["method"].agg(list)
        remarks = [
            (f"{t.say(f'method.{judged[0]}')}: " if len(judged) == 1 else "") + t.reason(reason)
            for reason, judged in reasons.items()
        ]
        rows.append(row | {"remark": "; ".join(remarks)})
    return _headed(pd.DataFrame(rows), t=t)


def _verdict(judged, *, t: Language) -> str:
    if not judged.class_:
        return "–"
    others = [t.class_name(name) for name in judged.classes.split(" | ") if name != judged.class_]
    said = f"{t.number(judged.ratio, decimals=2)}: {t.class_name(judged.class_)}"
    said += f" ({'; '.join(others)})" if others else ""
    if pd.notna(judged.stability):
        said += f"; {t.say('column.stability').lower()} {t.number(judged.stability, decimals=2)}"
    return said


def chances(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """The chance of meeting each plan, in per cent, and what to mind."""
    t = words.of(lang)
    rows = [
        {
            "indicator": t.name(row.indicator),
            "plan": f"{t.number(row.target)} ({row.year})",
            "held": row.points,
            "chance": t.percent(row.shown, decimals=0) if pd.notna(row.shown) else "",
            "remark": t.reason(row.warning),
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), t=t)


def cases(table: pd.DataFrame, *, lang: str | None = None) -> pd.DataFrame:
    """What others did over as many years, case by case: `indicator`, and the columns of a reference class."""
    t = words.of(lang)
    rows = [
        {
            "indicator": t.name(row.indicator),
            "area": "" if pd.isna(row.area) else row.area,
            "years": "" if pd.isna(row.year) else f"{int(row.from_year)}–{int(row.year)}",
            "growth": "" if pd.isna(row.growth_percent) else t.percent(row.growth_percent / 100),
            "enough": "" if pd.isna(row.growth_percent) else t.yes_no(bool(row.did_as_much)),
            "counted": "" if pd.isna(row.year) else t.yes_no(bool(row.counted)),
            "remark": t.reason(row.reason),
            "figure_id": "" if pd.isna(row.figure_ids) else row.figure_ids,
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), t=t)


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
    return _headed(pd.DataFrame(rows), t=t)


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
    return _headed(pd.DataFrame(rows), t=t)


def ranks(table: pd.DataFrame, *, indicator: str = "", lang: str | None = None) -> pd.DataFrame:
    """Areas in order in one year, with the places that their intervals allow; `indicator` gives the heads
    their unit and which end is 1."""
    t = words.of(lang)
    lower = indicator and vocabulary.INDICATORS[indicator].direction < 0
    place = t.say("column.ranked_down" if lower else "column.ranked_up" if indicator else "column.rank")
    derived = table["derived"] if "derived" in table else [False] * len(table)
    rows = [
        {
            place: str(row.rank)
            if row.best_rank == row.worst_rank
            else f"{row.rank} ({row.best_rank}–{row.worst_rank})",
            "area": row.area,
            "year": row.year,
            _valued(indicator, t=t): numbers.interval(t, row),
            "flag": _how(row.flag, t=t, derived=marked),
            "definition": t.definition(row.definition),
            "figure_id": row.figure_ids,
        }
        for row, marked in zip(table.itertuples(), derived, strict=True)
    ]
    return _headed(pd.DataFrame(rows), t=t)
