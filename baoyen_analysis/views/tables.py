"""Readable tables: a table in, a table out whose heads, numbers and words are in one language. Nothing is computed here."""

from __future__ import annotations

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views.findings import bounded, percent, unit_of
from baoyen_analysis.views.style import humanised


def _headed(table: pd.DataFrame, *, lang: str) -> pd.DataFrame:
    """The table with its heads in one language and rows counted from 1; a table without rows says that it has none."""
    if table.empty:
        return pd.DataFrame({"": [words.COLUMNS["nothing"][words.LANGUAGES.index(lang)]]}, index=[1])
    named = table.rename(columns={name: pair[words.LANGUAGES.index(lang)] for name, pair in words.COLUMNS.items()})
    return named.set_axis(range(1, len(named) + 1), axis=0)


def reading(row, *, lang: str) -> str:
    """A figure's number and the interval that its words allow: 780 (780–790)."""
    if pd.isna(row.value):
        return "–"
    value = words.number(row.value, lang=lang)
    if row.low == row.high:
        return value
    return f"{value} ({words.number(row.low, lang=lang)}–{words.number(row.high, lang=lang)})"


def figures(observations: pd.DataFrame, sources: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Printed figures with their words, reading, kind, fate and source; one row a figure, in the order of periods."""
    side = words.LANGUAGES.index(lang)
    publishers = sources.set_index("source_id")["publisher"]
    rows = [
        {
            "period": row.period,
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
    """A scorecard: latest outcome with its year, plan, attainment with its range, growth needed and done a year, and what to mind."""
    return _headed(pd.DataFrame([_score(row, lang=lang) for _, row in rows.iterrows()]), lang=lang)


def _score(row: pd.Series, *, lang: str) -> dict[str, str]:
    side = words.LANGUAGES.index(lang)
    plan = bounded(row["plan"], row["plan_qualifier"], lang=lang)
    if pd.notna(row["plan_denominator"]):
        plan += f"/{words.number(row['plan_denominator'], lang=lang)}"
    known = {"indicator": getattr(vocabulary.INDICATORS[row["indicator"]], lang), "unit": unit_of(row["indicator"], lang=lang), "plan": plan}
    remark = words.SCORE_REASONS[row["reason"]][side]
    if pd.isna(row["actual"]):
        return {**known, "latest": "", "attainment": "", "needed": "", "done": "", "remark": remark, "figure_id": row["plan_figure_id"]}
    attainment = percent(row["attainment"], lang=lang)
    if row["attainment_low"] != row["attainment_high"]:
        attainment += f" ({percent(row['attainment_low'], lang=lang)}–{percent(row['attainment_high'], lang=lang)})"
    done = "" if pd.isna(row["base"]) else _yearly(row["done_a_year"], row["done_percent"], lang=lang)
    return known | {
        "latest": f"{bounded(row['actual'], row['actual_flag'], lang=lang)} ({int(row['year'])})",
        "attainment": attainment,
        "needed": _yearly(row["needed_a_year"], row["needed_percent"], lang=lang),
        "done": done,
        "remark": remark,
        "figure_id": f"{row['actual_figure_id']}; {row['plan_figure_id']}",
    }


def _yearly(amount: float, share: float, *, lang: str) -> str:
    if pd.isna(amount):
        return ""
    sign = "+" if amount >= 0 else ""
    return f"{sign}{humanised(amount, lang=lang)} ({sign}{percent(share, lang=lang)})"


def areas(latest: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Areas with their latest figure, its year and how it is to be read."""
    side = words.LANGUAGES.index(lang)
    rows = [
        {"area": row.area, "year": row.year, "value": words.number(row.value, lang=lang),
         "flag": vocabulary.FLAGS[row.flag][side] if row.flag else "", "definition": words.definition(row.definition, lang=lang), "figure_id": row.figure_id}
        for row in latest.itertuples()
    ]  # fmt: skip
    return _headed(pd.DataFrame(rows), lang=lang)


# The parts of a year in the order of a calendar.
PARTS = [*(f"M{month:02d}" for month in range(1, 13)), "Q1", "Q2", "Q3", "Q4", "H1", "H2", *(f"{months}M" for months in range(2, 12))]


def by_period(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """The figures that speak, a year a row: the whole year, what was set for it, and the parts of it that are printed, a column each."""
    side = words.LANGUAGES.index(lang)
    heads = {"": words.COLUMNS["whole_year"][side], "plan": vocabulary.KINDS["plan"][side], "target": vocabulary.KINDS["target"][side]}
    chosen = observations[(observations["status"] == "chosen") & (observations["period"].str.len() != len("2020-2025"))]
    cells: dict[int, dict[str, list[str]]] = {}
    for row in chosen.itertuples():
        column = row.part if row.kind in vocabulary.OUTCOMES else row.kind
        mark = row.flag if row.kind in vocabulary.OUTCOMES else row.qualifier
        # Different definitions speak each for itself, and stand side by side.
        cells.setdefault(row.year, {}).setdefault(column, []).append(bounded(row.value, mark, lang=lang, exact=True))
    columns = [column for column in ["", "plan", "target", *PARTS] if any(column in year for year in cells.values())]
    rows = [{"year": year, **{heads.get(column, column): "; ".join(cells[year].get(column, [])) for column in columns}} for year in sorted(cells)]
    return _headed(pd.DataFrame(rows), lang=lang)


FEW = 10


def held(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """How many printed figures the record holds, an indicator a row and a kind a column; those with fewer than ten together in the last."""
    side = words.LANGUAGES.index(lang)
    counts = observations.groupby(["indicator", "kind"]).size().unstack(fill_value=0).reindex(columns=list(vocabulary.KINDS), fill_value=0)
    counts = counts.loc[[name for name in vocabulary.INDICATORS if name in counts.index]]
    many = counts.sum(axis=1) >= FEW
    named = counts[many].set_axis([getattr(vocabulary.INDICATORS[name], lang) for name in counts.index[many]], axis=0)
    if not many.all():
        named.loc[words.COLUMNS["others_held"][side].format(number=int((~many).sum()))] = counts[~many].sum()
    named = named.set_axis([vocabulary.KINDS[kind][side] for kind in counts.columns], axis=1).astype(object)
    return named.mask(named == 0, "")


def crosschecks(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Cross-checks, the disagreeing first: what the comparison implies, what is printed, and the gap between the two intervals."""
    side = words.LANGUAGES.index(lang)
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "area": row.area,
            "period": row.period,
            "derived": words.number(row.derived_value, lang=lang),
            "printed_base": words.number(row.printed_value, lang=lang),
            "agrees": words.YES_NO[bool(row.agrees)][side],
            "gap": words.number(row.gap, lang=lang) if row.gap else "",
            "caveat": row.caveat,
            "figure_id": f"{row.figure_id}; {row.base_figure_id}",
        }
        for row in table.sort_values(["agrees", "indicator", "comparison_id"]).itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def verdicts(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Verdicts, one row an indicator and prices and one column a method: ratio, class, other classes allowed in brackets, and stability."""
    side = words.LANGUAGES.index(lang)
    rows = []
    for (indicator, prices), methods in table.groupby(["indicator", "prices"], sort=False):
        row = {"indicator": getattr(vocabulary.INDICATORS[indicator], lang)}
        row["prices"] = words.sentence(prices, lang=lang) if prices == "constant" else words.COLUMNS["current"][side]
        row |= {words.METHODS[judged.method][side]: _verdict(judged, lang=lang) for judged in methods.itertuples()}
        # A reason that holds for one method alone names it.
        reasons = methods[methods["reason"] != ""].groupby("reason", sort=False)["method"].agg(list)
        remarks = [
            (f"{words.METHODS[judged[0]][side]}: " if len(judged) == 1 else "") + words.reason(reason, lang=lang) for reason, judged in reasons.items()
        ]
        rows.append(row | {"remark": "; ".join(remarks)})
    return _headed(pd.DataFrame(rows), lang=lang)


def _verdict(judged, *, lang: str) -> str:
    if not judged.class_:
        return "–"
    others = [words.class_name(name, lang=lang) for name in judged.classes.split(" | ") if name != judged.class_]
    said = f"{words.number(judged.ratio, lang=lang, decimals=2)}: {words.class_name(judged.class_, lang=lang)}"
    said += f" ({'; '.join(others)})" if others else ""
    if pd.notna(judged.stability):
        said += f"; {words.COLUMNS['stability'][words.LANGUAGES.index(lang)].lower()} {words.number(judged.stability, lang=lang, decimals=2)}"
    return said


def chances(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """The chance of meeting each plan, in per cent, and what to mind."""
    rows = [
        {"indicator": getattr(vocabulary.INDICATORS[row.indicator], lang), "plan": words.number(row.target, lang=lang), "held": row.points,
         "chance": percent(row.shown, lang=lang, decimals=0) if pd.notna(row.shown) else "", "remark": words.reason(row.warning, lang=lang)}
        for row in table.itertuples()
    ]  # fmt: skip
    return _headed(pd.DataFrame(rows), lang=lang)


def cases(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """What others did over as many years, case by case: `indicator`, and the columns of a reference class."""
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "area": "" if pd.isna(row.area) else row.area,
            "years": "" if pd.isna(row.year) else f"{int(row.from_year)}–{int(row.year)}",
            "growth": "" if pd.isna(row.growth_percent) else percent(row.growth_percent / 100, lang=lang),
            "enough": "" if pd.isna(row.growth_percent) else words.YES_NO[bool(row.did_as_much)][words.LANGUAGES.index(lang)],
            "remark": words.reason(row.reason, lang=lang),
            "figure_id": "" if pd.isna(row.figure_ids) else row.figure_ids,
        }
        for row in table.itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def conflicts(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Printed figures that do not meet the one that speaks, beside it, with the reason."""
    speaks = observations.set_index("figure_id")
    rows = [
        {
            "indicator": getattr(vocabulary.INDICATORS[row.indicator], lang),
            "area": row.area,
            "period": row.period,
            "speaks": reading(speaks.loc[row.speaks_figure_id], lang=lang),
            "other": reading(row, lang=lang),
            # What it does not meet stands beside it: what is left to say is why that one speaks.
            "reason": row.reason.partition(": ")[2],
            "figure_id": row.figure_id,
        }
        for row in observations[observations["status"] == "conflicting"].sort_values(["indicator", "area", "period", "figure_id"]).itertuples()
    ]
    return _headed(pd.DataFrame(rows), lang=lang)


def doubts(observations: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Figures with what their notes say is doubtful."""
    rows = [
        {"indicator": getattr(vocabulary.INDICATORS[row.indicator], lang), "period": row.period, "printed": row.value_text, "note": row.note, "figure_id": row.figure_id}
        for row in observations.sort_values(["indicator", "year", "period", "figure_id"]).itertuples()
    ]  # fmt: skip
    return _headed(pd.DataFrame(rows), lang=lang)


def ranks(table: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """Areas in order in one year, with the places that their intervals allow."""
    rows = [
        {"rank": str(row.rank) if row.best_rank == row.worst_rank else f"{row.rank} ({row.best_rank}–{row.worst_rank})", "area": row.area, "year": row.year,
         "value": reading(row, lang=lang), "flag": vocabulary.FLAGS[row.flag][words.LANGUAGES.index(lang)] if row.flag else "",
         "definition": words.definition(row.definition, lang=lang), "figure_id": row.figure_ids}
        for row in table.itertuples()
    ]  # fmt: skip
    return _headed(pd.DataFrame(rows), lang=lang)
