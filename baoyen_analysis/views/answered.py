"""Answers as readable tables: heads, numbers and words of one language; nothing is computed here."""

from __future__ import annotations

from typing import Any

import pandas as pd

from baoyen_analysis.views import numbers, said, verdicts
from baoyen_analysis.views.shown import MARKS
from baoyen_analysis.vocabulary import LEVELS
from baoyen_analysis.words import Language

# The columns of an answer in the order that a reader wants them; each head is `column.<name>` of words.csv.
# Those of one row that are not here are parts of its sentence.
ORDER = (
    *("indicator", "area", "period", "from_year", "year", "rank", "value", "target", "visits", "whole_value"),
    *("percent", "answer", "base_year", "base", "done_percent", "growth_percent", "year_percent"),
    *(
        "pace_year",
        "projected_year",
        "earliest_year",
        "latest_year",
        "level_year",
        "part_value",
        "median",
        "chance",
    ),
    *("definition", "reason"),
)
_NAMES = ("indicator", "area", "target")
# What stands in brackets behind a value: its interval.
_ENDS = {"value": ("low", "high"), "answer": ("low", "high"), "percent": ("low_percent", "high_percent")}


def of_rows(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of an answer's rows that a reader wants, in words; one that is blank in all rows is left
    out."""
    names = [name for name in ORDER if name in rows]
    made = [{name: _cell(t, name, row) for name in names} for row in rows.to_dict("records")]
    table = pd.DataFrame(made, columns=names)
    # What is alike in all rows is said in the sentences.
    alike = [name for name in _NAMES if name in table and table[name].nunique() == 1]
    kept = table.loc[:, (table != "").any()].drop(columns=alike, errors="ignore") if len(table) else table
    ids = rows.get("figure_ids", pd.Series("", index=rows.index)).astype(object).fillna("").to_numpy()
    return headed(t, kept.assign(figure_id=ids))


def headed(t: Language, table: pd.DataFrame) -> pd.DataFrame:
    """A table with its heads in one language and rows counted from 1; one without rows says that it has
    none."""
    if table.empty:
        return pd.DataFrame({"": [t.say("column.nothing")]}, index=[1])
    named = table.rename(columns={name: t.words.get(f"column.{name}", name) for name in table})
    return named.set_axis(range(1, len(named) + 1), axis=0)


def _cell(t: Language, name: str, row: dict[str, Any]) -> str:
    if name == "indicator":
        return t.name(row[name])
    if name == "area":
        level = row.get("area_level", "")
        return t.placed(row[name], level) if level in LEVELS and level != "district" else str(row[name])
    if name == "definition":
        return t.definition(row[name])
    if name == "reason":
        return t.reason(row[name])
    if name == "period":
        return t.periods(row[name])
    text = said.written(t, name, row[name], row)
    if name.endswith("percent") and text:
        text = f"{t.number(row[name], 1).replace('-', '−')}%"
    ends = ("", "") if name == "value" and "answer" in row else _ENDS.get(name, ("", ""))
    low, high = (row.get(end) for end in ends)
    if text and low is not None and pd.notna(low) and low != high:
        text += f" ({said.written(t, 'low', low, row)}–{said.written(t, 'high', high, row)})"
    return text


def judged(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    """Goals with their verdicts: mark and verdict, grade, goal, outcome with its year, growth needed and
    done; those without anything to judge by together in the last line."""
    bare = rows[rows["reason"] == "no_outcome"]
    held = rows[rows["reason"] != "no_outcome"].to_dict("records")
    made = [
        {
            "goal_of": t.name(row["indicator"]),
            "goal": f"{verdicts.goal(t, row)} ({row['year']})",
            "verdict": marked(t, row["verdict"]),
            "grade": row["grade"],
            "outcome": _outcome(t, row),
            "needed": verdicts.growth(t, row, "needed"),
            "done": verdicts.growth(t, row, "done"),
            "figure_id": row["figure_ids"],
        }
        for row in held
    ]
    if len(bare):
        names = "; ".join(
            f"{t.name(row['indicator'])} ({verdicts.goal(t, row)})" for row in bare.to_dict("records")
        )
        blank = dict.fromkeys(("goal", "grade", "outcome", "needed", "done"), "")
        ids = " ".join(bare["figure_ids"])
        made.append({"goal_of": names, "verdict": marked(t, "no_outcome"), **blank, "figure_id": ids})
    columns = ["goal_of", "goal", "verdict", "grade", "outcome", "needed", "done", "figure_id"]
    return headed(t, pd.DataFrame(made, columns=columns))


def marked(t: Language, verdict: str) -> str:
    return f"{MARKS.get(verdict, MARKS['no_pace'])[0]} {t.say(f'verdict.name_{verdict}')}"


def _outcome(t: Language, row: dict[str, Any]) -> str:
    if pd.isna(row["outcome_low"]):
        return ""
    low, high = (numbers.humanised(t, row[f"outcome_{end}"]) for end in ("low", "high"))
    return f"{low if low == high else f'{low} / {high}'} ({int(row['outcome_year'])})"


def readings(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    """Readings: outcome and base with their years, growth done and needed with their ranges, what each says,
    and why one that is shown does not count."""
    made = [
        {
            "outcome": _point(t, row, "outcome"),
            "base": _point(t, row, "base"),
            "goal": verdicts.goal(t, row | {"goal": row["goal_value"], "goal_denominator": None}),
            "done": _rate(t, row, "done"),
            "needed": _rate(t, row, "needed"),
            "says": t.say(f"verdict.says_{row['enough']}") if row["enough"] else "",
            "remark": _remark(t, row),
            "figure_id": row["figure_ids"],
        }
        for row in rows.to_dict("records")
    ]
    columns = ["outcome", "base", "goal", "done", "needed", "says", "remark", "figure_id"]
    return headed(t, pd.DataFrame(made, columns=columns))


def _point(t: Language, row: dict[str, Any], role: str) -> str:
    if not row[f"{role}_figure_id"]:
        return ""
    number = numbers.bounded(t, row[f"{role}_value"], row[f"{role}_qualifier"])
    return f"{number} ({int(row[f'{role}_year'])})"


def _rate(t: Language, row: dict[str, Any], name: str) -> str:
    """Growth a year with the range that the figures' intervals allow."""
    if pd.isna(row[name]):
        return ""
    point = verdicts.growth(t, row | {f"{name}_low": row[name], f"{name}_high": row[name]}, name, brief=False)
    ends = verdicts.growth(t, row, name, brief=False)
    return point if point == ends else f"{point} ({ends})"


MARKS_SAID = ("derived", "year_inferred", "estimate", "bound", "approx", "through_covid")


def _remark(t: Language, row: dict[str, Any]) -> str:
    marks = [t.say(f"mark.{name}") for name in MARKS_SAID if row[name]]
    because = [t.say(f"shown.{row['shown_because']}")] if row["shown_because"] else []
    return "; ".join([*because, *marks])
