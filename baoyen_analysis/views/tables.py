"""Readable tables: a table in, a table out whose heads, numbers and words are in one language. Nothing is
computed here."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views.drawing.style import humanised
from baoyen_analysis.views.findings import (
    SMALL_CONFLICT,
    apart,
    bounded,
    percent,
    price_words,
    set_for,
    unit_of,
)


def _headed(table: pd.DataFrame, *, lang: str, empty: str = "nothing") -> pd.DataFrame:
    """The table with its heads in one language and rows counted from 1; a table without rows says that it has
    none."""
    if table.empty:
        return pd.DataFrame({"": [words.COLUMNS[empty][words.LANGUAGES.index(lang)]]}, index=[1])
    named = table.rename(
        columns={name: pair[words.LANGUAGES.index(lang)] for name, pair in words.COLUMNS.items()}
    )
    return named.set_axis(range(1, len(named) + 1), axis=0)


def reading(row, *, lang: str) -> str:
    """A figure's number and the interval that its words allow: 780 (780–790)."""
    if pd.isna(row.value):
        return "–"
    if row.low == row.high:
        return words.number(row.value, lang=lang)
    value = _exact(row.value, lang=lang)
    return f"{value} ({_exact(row.low, lang=lang)}–{_exact(row.high, lang=lang)})"


def _exact(value: float, *, lang: str) -> str:
    """A number with as many decimals as half a printed place has, six at most: 9.3495, not 9.35."""
    text = f"{value:.6f}".rstrip("0")
    return words.number(value, lang=lang, decimals=len(text) - text.index(".") - 1)


def _valued(indicator: str, *, lang: str) -> str:
    """The head of a column of values, with their unit where the indicator is known."""
    side = words.LANGUAGES.index(lang)
    return (
        words.COLUMNS["valued"][side].format(unit=unit_of(indicator, lang=lang))
        if indicator
        else words.COLUMNS["value"][side]
    )


def _how(flag: str, *, lang: str, derived: bool = False) -> str:
    """How a value is to be read: its flag in words, and that it is derived."""
    side = words.LANGUAGES.index(lang)
    said = (
        words.COLUMNS["derived_figure"][side] if derived else "",
        vocabulary.FLAGS[flag][side] if flag else "",
    )
    return "; ".join(filter(None, said))


def figures(observations: pd.DataFrame, sources: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Printed figures with their words, reading, kind, fate and source; one row a figure, in the order of
    periods."""
    side = words.LANGUAGES.index(lang)
    publishers = sources.set_index("source_id")["publisher"]
    rows = [
        {
            "period": words.periods(row.period, lang=lang),
            "printed": f"{row.value_text} ({row.unit_text})" if row.unit_text else row.value_text,
            "reading": reading(row, lang=lang),
            "kind": vocabulary.KINDS[row.kind][side],
            "definition": words.definition(row.definition, lang=lang),
            "status": words.STATUSES[row.status][side],
            "source": publishers[row.source_id],
            "figure_id": row.figure_id,
        }
        for row in observations.sort_values(["year", "period", "figure_id"]).itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def scorecard(rows: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """A scorecard: plan and latest outcome with their years, attainment with its range, growth needed a year,
    the base of the growth done (marked where it is derived) and that growth, and what to mind."""
    return _headed(
        pd.DataFrame([_score(row, lang=lang) for _, row in rows.iterrows()]), lang=lang, empty="no_plan"
    )


def _score(row: pd.Series, *, lang: str) -> dict[str, str]:
    side = words.LANGUAGES.index(lang)
    plan = bounded(row["plan"], row["plan_qualifier"], lang=lang)
    if pd.notna(row["plan_denominator"]):
        plan += f"/{words.number(row['plan_denominator'], lang=lang)}"
    plan = set_for(plan, row["plan_kind"], row["plan_period"], lang=lang)
    known = {
        "indicator": getattr(vocabulary.INDICATORS[row["indicator"]], lang),
        "unit": unit_of(row["indicator"], lang=lang),
        "plan": plan,
    }
    remark = "; ".join(
        filter(
            None,
            [
                words.SCORE_REASONS[row["reason"]][side],
                words.SCORE_REASONS["covid"][side] if row["breaks"] else "",
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
    attainment = percent(row["attainment"], lang=lang)
    if row["attainment_low"] != row["attainment_high"]:
        attainment += (
            f" ({percent(row['attainment_low'], lang=lang)}–{percent(row['attainment_high'], lang=lang)})"
        )
    base = done = ""
    if pd.notna(row["base"]):
        done = _yearly(row["done_a_year"], row["done_percent"], lang=lang)
        mark = f", {words.COLUMNS['derived_figure'][side]}" if row["base_derived"] else ""
        base = f"{bounded(row['base'], row['base_flag'], lang=lang)} ({int(row['base_year'])}{mark})"
    used = dict.fromkeys(
        name
        for name in row[["actual_figure_id", "base_figure_id", "plan_figure_id"]]
        if isinstance(name, str) and name
    )
    return known | {
        "latest": f"{bounded(row['actual'], row['actual_flag'], lang=lang)} ({int(row['year'])})",
        "attainment": attainment,
        "needed": _needed(row, lang=lang),
        "base": base,
        "done": done,
        "remark": remark,
        "figure_id": "; ".join(used),
    }


def _needed(row: pd.Series, *, lang: str) -> str:
    """The growth needed a year; a lower bound of the outcome leaves an upper bound of it."""
    said = _yearly(row["needed_a_year"], row["needed_percent"], lang=lang)
    bound = {"at_least": "at_most", "at_most": "at_least", "about": "about"}.get(row["actual_flag"], "")
    return f"{vocabulary.FLAGS[bound][words.LANGUAGES.index(lang)]} {said}" if said and bound else said


def _yearly(amount: float, share: float, *, lang: str) -> str:
    if pd.isna(amount):
        return ""
    sign = "+" if amount >= 0 else ""
    return f"{sign}{humanised(amount, lang=lang)} ({sign}{percent(share, lang=lang)})"


def spending(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """The spending a visit, a year a row, in thousand VND with its range; computed from the figures named."""
    rows = [
        {
            "year": row.year,
            "spending": reading(row, lang=lang),
            "flag": _how(row.flag, lang=lang),
            "definition": words.definition(row.definition, lang=lang),
            "figure_id": row.figure_id,
        }
        for row in table.round({"value": 0, "low": 0, "high": 0}).itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def areas(latest: pd.DataFrame, *, indicator: str = "", lang: str = "vi") -> pd.DataFrame:
    """Areas with their latest figure, its year and how it is to be read; `indicator` gives the head its
    unit."""
    rows = [
        {
            "area": row.area,
            "year": row.year,
            _valued(indicator, lang=lang): words.number(row.value, lang=lang),
            "flag": _how(row.flag, lang=lang),
            "definition": words.definition(row.definition, lang=lang),
            "figure_id": row.figure_id,
        }
        for row in latest.itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def series(table: pd.DataFrame, *, indicator: str, lang: str = "vi") -> pd.DataFrame:
    """A series a year a row, as `by.series` and `by.real` give it: value with its interval, how it is to be
    read, definition, figure."""
    derived = table["derived"] if "derived" in table else [False] * len(table)
    rows = [
        {
            "year": row.year,
            _valued(indicator, lang=lang): reading(row, lang=lang),
            "flag": _how(row.flag, lang=lang, derived=marked),
            "definition": words.definition(row.definition, lang=lang),
            "figure_id": row.figure_id,
        }
        for row, marked in zip(
            table.round({"value": 2, "low": 4, "high": 4}).itertuples(), derived, strict=True
        )
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def panel(rows: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Rows of the panel, a value a line: indicator, unit, year, value, how it is to be read, figure."""
    lines = [
        {
            "indicator": getattr(vocabulary.INDICATORS[indicator], lang),
            "unit": unit_of(indicator, lang=lang),
            "area": row["area"],
            "year": row["year"],
            "value": words.number(row[column], lang=lang),
            "flag": _how(row[f"{column}_flag"], lang=lang),
            "figure_id": row[f"{column}_figure_id"],
        }
        for indicator, column in vocabulary.PANEL_COLUMNS.items()
        for _, row in rows.sort_values(["area", "year"]).iterrows()
        if pd.notna(row[column])
    ]
    return _headed(pd.DataFrame(lines), lang=lang)


def details(fields: object, *, lang: str = "vi") -> pd.DataFrame:
    """One thing as two columns: the trace of a figure, or what the parser made of a printed one; what is
    blank is left out."""
    named = fields if isinstance(fields, pd.Series) else pd.Series(asdict(fields))
    side = words.LANGUAGES.index(lang)
    known = {
        "kind": vocabulary.KINDS,
        "qualifier": vocabulary.QUALIFIERS,
        "source_kind": vocabulary.SOURCE_KINDS,
    }
    rows = [
        {
            "what": words.TRACE[name][side],
            "value": words.periods(value, lang=lang)
            if name == "period"
            else _detail(value, known.get(name, {}), lang=lang),
        }
        for name, value in named.items()
        if not (pd.isna(value) or value == "")
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def _detail(value: object, pairs: dict[str, tuple[str, str]], *, lang: str) -> str:
    if isinstance(value, float):
        return words.number(value, lang=lang)
    name = vocabulary.INDICATORS.get(value, None)
    return (
        getattr(name, lang)
        if name
        else pairs[value][words.LANGUAGES.index(lang)]
        if value in pairs
        else str(value)
    )


def counts(observations: pd.DataFrame, *, rows: str, columns: str, lang: str = "vi") -> pd.DataFrame:
    """How many figures there are of each of two properties, such as kind and status, in words."""
    side = words.LANGUAGES.index(lang)
    known = {
        **vocabulary.KINDS,
        **vocabulary.QUALIFIERS,
        **words.STATUSES,
        **{name: words.TRACE[name] for name in words.LANGUAGES},
    }
    table = observations.groupby([rows, columns]).size().unstack(fill_value=0)
    order = [name for name in known if name in table.index], [name for name in known if name in table.columns]
    table = table.loc[order].set_axis([known[name][side] for name in order[1]], axis=1)
    table.insert(0, words.TRACE[rows][side], [known[name][side] for name in order[0]])
    return _headed(table, lang=lang)


def answer(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """An answer of the measures with its sentence, its range and its figures in words: two columns."""
    row, side = table.iloc[0], words.LANGUAGES.index(lang)
    ranged = [
        (words.COLUMNS["growth"][side], "%", ["percent", "low_percent", "high_percent"]),
        (words.COLUMNS["growth_unit"][side], "", ["change", "low_change", "high_change"]),
        (words.TRACE["value"][side], "", ["answer", "low", "high"]),
    ]
    lines = [{"what": words.COLUMNS["question_answer"][side], "value": row[f"sentence_{lang}"]}]
    for what, sign, names in ranged:
        if set(names) <= set(table.columns) and pd.notna(row[names[0]]):
            value, low, high = (
                words.number(round(end, 2), lang=lang) for end in (row[names[0]], *sorted(row[names[1:]]))
            )
            lines.append({"what": what, "value": f"{value}{sign} ({low}–{high}{sign})"})
    lines += (
        [{"what": words.COLUMNS["figure_id"][side], "value": row["figure_ids"].replace(" ", "; ")}]
        if row["figure_ids"]
        else []
    )
    return _headed(pd.DataFrame(lines), lang=lang)


def together(table: pd.DataFrame, *, indicator: str, lang: str = "vi") -> pd.DataFrame:
    """Areas that one source prints for one period, each group in the order of its places."""
    place = words.COLUMNS["ranked_down" if vocabulary.INDICATORS[indicator].direction < 0 else "ranked_up"][
        words.LANGUAGES.index(lang)
    ]
    rows = [
        {
            "period": words.period(row.year, row.part, lang=lang),
            place: "" if pd.isna(row.rank) else str(row.rank),
            "area": row.area,
            _valued(indicator, lang=lang): bounded(row.value, row.flag, lang=lang, exact=True),
            "source": row.publisher,
            "figure_id": row.figure_id,
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


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


def by_period(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """The figures that speak, a year a row: the whole year, what was set for it, and the parts of it that are
    printed, a column each."""
    side = words.LANGUAGES.index(lang)
    heads = {
        "": words.COLUMNS["whole_year"][side],
        "plan": vocabulary.KINDS["plan"][side],
        "target": vocabulary.KINDS["target"][side],
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
            bounded(row.value, mark, lang=lang, exact=True)
        )
    columns = [
        column for column in ["", "plan", "target", *PARTS] if any(column in year for year in cells.values())
    ]
    heads |= {column: words.part(column, lang=lang) for column in columns if column not in heads}
    rows = [
        {"year": year, **{heads[column]: "; ".join(cells[year].get(column, [])) for column in columns}}
        for year in sorted(cells)
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


FEW = 10


def held(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """How many printed figures the record holds, an indicator a row and a kind a column; those with fewer
    than ten together in the last."""
    side = words.LANGUAGES.index(lang)
    counts = (
        observations.groupby(["indicator", "kind"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=list(vocabulary.KINDS), fill_value=0)
    )
    counts = counts.loc[[name for name in vocabulary.INDICATORS if name in counts.index]]
    many = counts.sum(axis=1) >= FEW
    named = counts[many].set_axis(
        [getattr(vocabulary.INDICATORS[name], lang) for name in counts.index[many]], axis=0
    )
    if not many.all():
        named.loc[words.COLUMNS["others_held"][side].format(number=int((~many).sum()))] = counts[~many].sum()
    named = named.set_axis([vocabulary.KINDS[kind][side] for kind in counts.columns], axis=1).astype(object)
    return named.mask(named == 0, "")


def crosschecks(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Cross-checks, the disagreeing first: what the comparison implies, what is printed, and how far apart
    the two ranges lie."""
    side = words.LANGUAGES.index(lang)
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "unit": unit_of(row.indicator, lang=lang),
            "area": row.area,
            "period": words.periods(row.period, lang=lang),
            "kind": vocabulary.KINDS[row.kind][side],
            "derived": humanised(row.derived_value, lang=lang),
            "printed_base": humanised(row.printed_value, lang=lang),
            "agrees": words.YES_NO[bool(row.agrees)][side],
            "gap": humanised(abs(row.gap), lang=lang) if row.gap else "",
            "caveat": words.caveat(row._asdict(), lang=lang),
            "figure_id": f"{row.figure_id}; {row.base_figure_id}",
        }
        for row in table.sort_values(["agrees", "indicator", "comparison_id"]).itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def verdicts(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Verdicts, one row an indicator, plan and prices and one column a method: ratio, class, other classes
    allowed in brackets, and stability."""
    side = words.LANGUAGES.index(lang)
    rows = []
    for (indicator, year, _, _), methods in table.groupby(
        ["indicator", "target_year", "target", "prices"], sort=False
    ):
        based = methods[methods["base_year"].notna()]
        row = {
            "indicator": getattr(vocabulary.INDICATORS[indicator], lang),
            "plan": f"{humanised(methods['target'].iloc[0], lang=lang)} ({year})",
        }
        row["from"] = (
            ""
            if based.empty
            else f"{humanised(based['base'].iloc[0], lang=lang)} ({based['base_year'].iloc[0]:.0f})"
        )
        row["prices"] = (
            price_words(methods.iloc[0], lang=lang).lstrip(", ")
            if "VND" in vocabulary.INDICATORS[indicator].unit
            else ""
        )
        row |= {
            words.METHODS[judged.method][side]: _verdict(judged, lang=lang) for judged in methods.itertuples()
        }
        # A reason that holds for one method alone names it.
        reasons = methods[methods["reason"] != ""].groupby("reason", sort=False)["method"].agg(list)
        remarks = [
            (f"{words.METHODS[judged[0]][side]}: " if len(judged) == 1 else "")
            + words.reason(reason, lang=lang)
            for reason, judged in reasons.items()
        ]
        rows.append(row | {"remark": "; ".join(remarks)})
    return _headed(pd.DataFrame(rows), lang=lang)


def _verdict(judged, *, lang: str) -> str:
    if not judged.class_:
        return "–"
    others = [
        words.class_name(name, lang=lang) for name in judged.classes.split(" | ") if name != judged.class_
    ]
    said = (
        f"{words.number(judged.ratio, lang=lang, decimals=2)}: {words.class_name(judged.class_, lang=lang)}"
    )
    said += f" ({'; '.join(others)})" if others else ""
    if pd.notna(judged.stability):
        said += f"; {words.COLUMNS['stability'][words.LANGUAGES.index(lang)].lower()} {words.number(judged.stability, lang=lang, decimals=2)}"
    return said


def chances(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """The chance of meeting each plan, in per cent, and what to mind."""
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "plan": f"{words.number(row.target, lang=lang)} ({row.year})",
            "held": row.points,
            "chance": percent(row.shown, lang=lang, decimals=0) if pd.notna(row.shown) else "",
            "remark": words.reason(row.warning, lang=lang),
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def cases(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """What others did over as many years, case by case: `indicator`, and the columns of a reference class."""
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "area": "" if pd.isna(row.area) else row.area,
            "years": "" if pd.isna(row.year) else f"{int(row.from_year)}–{int(row.year)}",
            "growth": "" if pd.isna(row.growth_percent) else percent(row.growth_percent / 100, lang=lang),
            "enough": ""
            if pd.isna(row.growth_percent)
            else words.YES_NO[bool(row.did_as_much)][words.LANGUAGES.index(lang)],
            "counted": ""
            if pd.isna(row.year)
            else words.YES_NO[bool(row.counted)][words.LANGUAGES.index(lang)],
            "remark": words.reason(row.reason, lang=lang),
            "figure_id": "" if pd.isna(row.figure_ids) else row.figure_ids,
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def conflicts(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Printed figures that do not meet the one that speaks, beside it, with how far apart they lie and why
    that one speaks; the widest first, and those of less than half a per cent in one line an indicator and
    area."""
    speaks = observations.drop_duplicates("figure_id").set_index("figure_id")
    found = apart(observations)
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "area": row.area,
            "period": words.periods(row.period, lang=lang),
            "speaks": reading(speaks.loc[row.speaks_figure_id], lang=lang),
            "other": reading(row, lang=lang),
            "spread": percent(row.spread, lang=lang),
            # What it does not meet stands beside it: what is left to say is why that one speaks.
            "reason": words.why_first(row._asdict(), lang=lang),
            "figure_id": row.figure_id,
        }
        for row in found[found["spread"] >= SMALL_CONFLICT].itertuples()
    ]
    small = found[found["spread"] < SMALL_CONFLICT].sort_values("period").groupby(["indicator", "area"])
    rows += [
        {
            "indicator": getattr(vocabulary.INDICATORS[indicator], lang),
            "area": area,
            "period": words.periods(", ".join(group["period"]), lang=lang),
            "speaks": "",
            "other": "",
            "spread": f"< {percent(SMALL_CONFLICT, lang=lang)}",
            "reason": "",
            "figure_id": "; ".join(group["figure_id"]),
        }
        for (indicator, area), group in small
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def doubts(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Figures with what their notes say is doubtful."""
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "period": words.periods(row.period, lang=lang),
            "printed": row.value_text,
            "note": row.note,
            "figure_id": row.figure_id,
        }
        for row in observations.sort_values(["indicator", "year", "period", "figure_id"]).itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def ranks(table: pd.DataFrame, *, indicator: str = "", lang: str = "vi") -> pd.DataFrame:
    """Areas in order in one year, with the places that their intervals allow; `indicator` gives the heads
    their unit and which end is 1."""
    side = words.LANGUAGES.index(lang)
    lower = indicator and vocabulary.INDICATORS[indicator].direction < 0
    place = words.COLUMNS["ranked_down" if lower else "ranked_up" if indicator else "rank"][side]
    derived = table["derived"] if "derived" in table else [False] * len(table)
    rows = [
        {
            place: str(row.rank)
            if row.best_rank == row.worst_rank
            else f"{row.rank} ({row.best_rank}–{row.worst_rank})",
            "area": row.area,
            "year": row.year,
            _valued(indicator, lang=lang): reading(row, lang=lang),
            "flag": _how(row.flag, lang=lang, derived=marked),
            "definition": words.definition(row.definition, lang=lang),
            "figure_id": row.figure_ids,
        }
        for row, marked in zip(table.itertuples(), derived, strict=True)
    ]
    return _headed(pd.DataFrame(rows), lang=lang)
