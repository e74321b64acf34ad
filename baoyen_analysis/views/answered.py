"""Answers as readable tables: heads, numbers and words of one language; nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from pandas import DataFrame

from baoyen_analysis.views import numbers, said, verdicts
from baoyen_analysis.views.shown import MARKS
from baoyen_analysis.vocabulary import LEVELS
from baoyen_analysis.words import Language

# The columns of an answer in the order that a reader wants them; each head is `column.<name>` of words.csv.
# Those of one row that are not here are parts of its sentence.
ORDER = (
    *("indicator", "area", "period", "from_year", "year", "rank", "value", "target", "visits", "whole_value"),
    *("percent", "answer", "base_year", "base", "done_percent", "growth_percent", "year_percent"),
    *("pace_year", "projected_year", "earliest_year", "latest_year", "level_year", "part_value", "median"),
    *("chance", "definition", "reason"),
)
# What stands in brackets behind a value: its interval.
_ENDS = {"value": ("low", "high"), "answer": ("low", "high"), "percent": ("low_percent", "high_percent")}
MARKS_SAID = ("derived", "year_inferred", "estimate", "bound", "approx", "through_covid")


class Row(dict[str, Any]):
    """A row of a table, its columns by name, also as attributes."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


Cell = Callable[[Row], object]


def usual(t: Language) -> dict[str, Cell]:
    """How a column is said in every table that has it, where its table does not say otherwise."""
    return {
        **dict.fromkeys(("indicator", "goal_of"), lambda row: t.name(row.indicator)),
        "unit": lambda row: t.unit(row.indicator),
        "period": lambda row: t.periods(row.period),
        "kind": lambda row: t.kind(row.kind),
        "reading": lambda row: numbers.interval(t, row),
        "definition": lambda row: t.definition(row.definition),
        "status": lambda row: t.say(f"status.{row.status}"),
        "reason": lambda row: t.reason(row.reason),
        "verdict": lambda row: marked(t, row.verdict),
        "goal": lambda row: verdicts.goal(t, row),
        "says": lambda row: t.say(f"verdict.says_{row.enough}") if row.enough else "",
        "figure_id": lambda row: row["figure_ids" if "figure_ids" in row else "figure_id"],
    }


def cells(t: Language, rows: DataFrame, names: str, **own: Cell) -> DataFrame:
    """The columns `names` of some rows, as they are said: by `own`, in the usual way, or as they are."""
    ways: Mapping[str, Cell] = usual(t) | own
    made = [
        {name: ways[name](row) if name in ways else row[name] for name in names.split()}
        for row in map(Row, rows.to_dict("records"))
    ]
    return DataFrame(made, columns=names.split())


def table(t: Language, rows: DataFrame, names: str, **own: Cell) -> DataFrame:
    """Such columns with their heads."""
    return headed(t, cells(t, rows, names, **own))


def headed(t: Language, table: DataFrame) -> DataFrame:
    """A table with its heads in one language and rows counted from 1; one without rows says that it has
    none."""
    if table.empty:
        return DataFrame({"": [t.say("column.nothing")]}, index=[1])
    named = table.rename(columns={name: t.words.get(f"column.{name}", name) for name in table})
    return named.set_axis(range(1, len(named) + 1), axis=0)


def of_rows(t: Language, rows: DataFrame) -> DataFrame:
    """The columns of an answer's rows that a reader wants, in words; one that is blank in all rows is left
    out, and what is alike in all is said in the sentences."""
    names = [name for name in ORDER if name in rows]
    table = DataFrame(
        [{name: _cell(t, name, row) for name in names} for row in rows.to_dict("records")], columns=names
    )
    if len(table):
        # Communes are not named in a sentence, be it one alone.
        communes = "case" in rows and rows["case"].eq("commune").all()
        said_once = ("indicator", "target", *(() if communes else ("area",)))
        alike = [n for n in said_once if n in table and table[n].nunique() == 1]
        table = table.loc[:, (table != "").any()].drop(columns=alike, errors="ignore")
    ids = rows.get("figure_ids", pd.Series("", index=rows.index)).astype(object).fillna("").to_numpy()
    return headed(t, table.assign(figure_id=ids))


def _cell(t: Language, name: str, row: dict[str, Any]) -> str:
    value, level = row[name], row.get("area_level", "")
    if name in ("indicator", "definition", "reason", "period"):
        return str(usual(t)[name](Row(row)))
    if name == "area":
        return t.placed(value, level) if level in LEVELS and level != "district" else str(value)
    text = said.written(t, name, value, row)
    if name.endswith("percent") and text:
        text = f"{t.number(value, 1).replace('-', '−')}%"
    if name == "percent" and row.get("case") == "compare_first":
        return ""  # of itself
    ends = ("", "") if name == "value" and "answer" in row else _ENDS.get(name, ("", ""))
    low, high = (_end(t, name, row.get(end), row) for end in ends)
    return f"{text} ({low}–{high})" if text and low != high else text


def _end(t: Language, name: str, value: Any, row: dict[str, Any]) -> str:
    """An end of an interval: one place beyond a printed figure, or as exact as what is computed is known."""
    if value is None or pd.isna(value):
        return ""
    if name.endswith("percent"):
        return t.number(value, 1)
    places = len(f"{row['value']:.6f}".rstrip("0").partition(".")[2]) if name == "value" else 9
    return (
        t.number(round(value, places + 1))
        if places < 3 and abs(value) < 1e5
        else said.written(t, "low", value, row)
    )


def judged(found: verdicts.Judged) -> Callable[[Language, DataFrame], DataFrame]:
    """Goals with their verdicts: mark and verdict, grade, goal, outcome with its bound and year, growth
    needed and done; those without anything to judge by together in the last line."""

    def tells(t: Language, _: DataFrame) -> DataFrame:
        names = "goal_of goal verdict grade outcome needed done figure_id"
        own: dict[str, Cell] = {
            "goal": lambda row: f"{verdicts.goal(t, row)} ({row.year})",
            "needed": lambda row: verdicts.growth(t, row, "needed"),
            "done": lambda row: verdicts.growth(t, row, "done"),
        }
        told = [
            verdicts.allowed(row, readings) | {"outcome": verdicts.outcomes(t, row, readings)}
            for row, readings in found
            if row["reason"] != "no_outcome"
        ]
        made = cells(t, DataFrame(told), names, **own)
        bare = [Row(row) for row, _ in found if row["reason"] == "no_outcome"]
        if bare:
            listed = "; ".join(f"{t.name(row.indicator)} ({verdicts.goal(t, row)})" for row in bare)
            ids = " ".join(row.figure_ids for row in bare)
            together = {"goal_of": listed, "verdict": marked(t, "no_outcome"), "figure_id": ids}
            made = pd.concat([made, DataFrame([together])], ignore_index=True).fillna("")
        return headed(t, made)

    return tells


def marked(t: Language, verdict: str) -> str:
    return f"{MARKS.get(verdict, MARKS['no_pace'])[0]} {t.say(f'verdict.name_{verdict}')}"


def readings(t: Language, rows: DataFrame) -> DataFrame:
    """Readings: outcome and base with their years, growth done and needed with their ranges, what each says,
    and why one that is shown does not count."""

    def point(row: Row, role: str) -> str:
        number = numbers.bounded(t, row[f"{role}_value"], row[f"{role}_qualifier"])
        return f"{number} ({int(row[f'{role}_year'])})" if row[f"{role}_figure_id"] else ""

    def rate(row: Row, name: str) -> str:
        point = "" if pd.isna(row[name]) else verdicts.rate(t, row, name)
        ends = verdicts.growth(t, row, name, brief=False)
        return point if point in ("", ends) else f"{point} ({ends})"

    def remark(row: Row) -> str:
        because = [t.say(f"shown.{row.shown_because}")] if row.shown_because else []
        return "; ".join(because + [t.say(f"mark.{name}") for name in MARKS_SAID if row[name]])

    return table(
        t,
        rows,
        "outcome base goal done needed says remark figure_id",
        outcome=lambda row: point(row, "outcome"),
        base=lambda row: point(row, "base"),
        goal=lambda row: verdicts.goal(t, row | {"goal": row.goal_value, "goal_denominator": None}),
        done=lambda row: rate(row, "done"),
        needed=lambda row: rate(row, "needed"),
        remark=remark,
    )
