"""Answers in words: each row of an answer says itself by the template of its `case` in words.csv.

The parts of a template are the row's columns, written as a reader has them: `{value}` with the word of its
bound, `{percent}` in per cent, `{pace_year}` as a year or "after 2052". What needs more than its row
(verdicts, reference cases, parts of a growth) has its own module."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.views import numbers
from baoyen_analysis.words import Language


class Said(str):
    """A sentence that knows the `figure_ids` it was made from, its `key` in words.csv, and where it computes,
    the `formula` in words and the `computed` numbers as they stand in it.

    >>> sentence = Said("50 in 2022", key="latest", figure_ids=["a", None, "a", "b"])
    >>> sentence, sentence.figure_ids
    ('50 in 2022', ('a', 'b'))
    """

    key: str
    formula: str
    computed: str
    figure_ids: tuple[str, ...]

    def __new__(
        cls,
        text: str,
        *,
        key: str = "",
        formula: str = "",
        computed: str = "",
        figure_ids: Iterable[Any] = (),
    ) -> Said:
        said = super().__new__(cls, text)
        said.key, said.formula, said.computed = key, formula, computed
        said.figure_ids = tuple(dict.fromkeys(name for name in figure_ids if isinstance(name, str) and name))
        return said


class Sentences(list[str]):
    """Sentences that a notebook shows as a list; `str` gives them one a line."""

    def __str__(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in self)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return str(self)


def sentences(t: Language, rows: pd.DataFrame) -> Sentences:
    """One sentence a row, each once; what takes more than its row in its own way."""
    if "done_percent" in rows:
        return needed(t, rows)
    return Sentences(dict.fromkeys(sentence(t, row) for row in rows.to_dict("records")))


def sentence(t: Language, row: dict[str, Any]) -> Said:
    """The sentence of one row, with what is to be minded behind it."""
    case, known = row["case"], parts(t, row)
    if case == "refused" and row.get("area"):
        known["name"] += f", {row['area']}"
    text = t.say(f"answer.{case}", **known)
    if row["reason"] and case != "refused":
        text += t.say("answer.and_note", reason=t.reason(row["reason"]))
    return Said(text, key=case, figure_ids=row["figure_ids"].split())


def parts(t: Language, row: dict[str, Any]) -> dict[str, str]:
    """The columns of a row in words, and its names: `name` and `unit` of the indicator, `place` the area,
    `range` the range of the per cents, where it has one."""
    indicator = row.get("indicator", "")
    known = {name: written(t, name, value, row) for name, value in row.items()}
    named = {
        "name": t.name(indicator) if indicator else t.say("answer.name"),
        # A year stands in the sentence: the unit needs none.
        "unit": t.unit(indicator).removesuffix("/năm") if indicator else "",
        "reason": t.reason(row["reason"]),
        "part": t.part(row["part"]) if row.get("part") else "",
        "range": _range(t, row, "percent"),
        "done_range": _range(t, row, "done_percent"),
        "better": t.say("standing.highest" if row.get("direction", 1) > 0 else "standing.lowest"),
    }
    return known | named


def written(t: Language, name: str, value: Any, row: dict[str, Any]) -> str:
    """One column of a row in words."""
    if name == "year" or name.endswith("_year"):
        return _year(t, name, value, row)
    if isinstance(value, str | bool) or not np.isscalar(value) or pd.isna(value):
        return value if isinstance(value, str) else ""
    number = float(str(value))
    if name.endswith("percent"):
        return t.number(abs(number), 1)
    for ending, flags in _FLAGGED.items():
        if name == ending:
            flag = next((row[flag] for flag in flags if row.get(flag)), "")
            return numbers.bounded(t, number, flag if flag in numbers.BOUNDS else "")
    return numbers.humanised(t, number, digits=4 if name in _MODELLED else None)


# Which column says how a value is bounded.
_FLAGGED = {
    "value": ("flag",),
    "answer": ("answer_flag", "flag"),
    "base": ("base_flag",),
    "change": ("answer_flag",),
}
# What is computed is not said more exactly than it is known.
_MODELLED = ("answer", "low", "high", "change", "done_change")


def _year(t: Language, name: str, value: Any, row: dict[str, Any]) -> str:
    """A year; where it lies beyond what was looked at, that."""
    if name not in _WHEN:
        return "" if pd.isna(value) else str(int(value))
    known = pd.notna(value)
    return t.say(
        "answer.year" if known else "answer.not_within", year=int(value if known else row["last_year"])
    )


# Years that may lie beyond what was looked at.
_WHEN = ("pace_year", "projected_year", "earliest_year", "latest_year", "level_year")


def _range(t: Language, row: dict[str, Any], name: str) -> str:
    """The range of a per cent, in brackets; "" where it is one number."""
    ends = sorted(
        abs(row[f"{end}_{name}"]) for end in ("low", "high") if np.isfinite(row.get(f"{end}_{name}", np.nan))
    )
    shown = [t.number(end, 1) for end in ends]
    return t.say("answer.range", low=shown[0], high=shown[1]) if len(set(shown)) == 2 else ""


def same_part(t: Language, rows: pd.DataFrame) -> Sentences:
    """Each part of a year against the same part a year before; or that no two such parts are held."""
    if rows.empty:
        return Sentences()
    held = rows[rows["percent"].notna()]
    first = rows.iloc[0]
    none = t.say("answer.same_part_none", name=t.name(first["indicator"]), area=first["area"])
    made = [_on_the_year_before(t, row) for row in held.to_dict("records")]
    return Sentences(made or [Said(none, figure_ids=" ".join(rows["figure_ids"]).split())])


def _on_the_year_before(t: Language, row: dict[str, Any]) -> Said:
    change = row["percent"] - 100
    moved = t.say("answer.rose" if change >= 0 else "answer.fell", percent=t.number(abs(change), 1))
    known = parts(t, row) | {"period": t.periods(row["period"]), "moved": moved}
    return Said(t.say("answer.same_part", **known), figure_ids=row["figure_ids"].split())


def needed(t: Language, rows: pd.DataFrame) -> Sentences:
    """What each outcome needs, once, and what was done from each base up to it."""
    made = []
    for _, group in rows.groupby(["from_year", "value"], sort=False, dropna=False):
        each = group.to_dict("records")
        known = parts(t, each[0])
        text = t.say(f"answer.{each[0]['case']}", **known)
        text += "".join(_done(t, row) for row in each if pd.notna(row.get("done_percent")))
        notes = dict.fromkeys(row["reason"] for row in each if row["reason"] and row["case"] != "refused")
        text += "".join(t.say("answer.and_note", reason=t.reason(codes)) for codes in notes)
        made.append(Said(text, key=each[0]["case"], figure_ids=" ".join(group["figure_ids"]).split()))
    return Sentences(made)


def _done(t: Language, row: dict[str, Any]) -> str:
    return t.say(f"answer.{'done' if row['done_percent'] >= 0 else 'done_fell'}", **parts(t, row))


def refused(t: Language, names: str, reason: str) -> Said:
    """That there is no answer, and why."""
    return Said(t.say("answer.refused", name=names, reason=t.reason(reason)), key="refused")


def decomposed(t: Language, rows: pd.DataFrame) -> Sentences:
    """How much of a revenue's growth came from visits: the head, then the two parts, then what to mind."""
    whole = rows.set_index("part")
    moved = {name: _moved(t, whole.loc[name]) for name in whole.index}
    title = decomposition_title(t, rows)
    text = t.say("answer.decompose", title=title, visits=moved["visits"], spending=moved["spending"])
    reason = rows["reason"].iloc[0]
    text += t.say("answer.and_note", reason=t.reason(reason)) if reason else ""
    return Sentences([Said(text, key="decompose", figure_ids=" ".join(rows["figure_ids"]).split())])


def decomposition_title(t: Language, rows: pd.DataFrame) -> str:
    """The head of a decomposition: how revenue moved, and what share of it visits make."""
    whole = rows.set_index("part")
    first = rows.iloc[0]
    share = str(round(float(whole.at["visits", "share_percent"])))
    revenue = _moved(t, whole.loc["revenue"])
    key = f"answer.decompose_{first['case']}"
    return t.say(key, start=first["start"], end=first["end"], share=share, revenue=revenue)


def _moved(t: Language, part: pd.Series) -> str:
    """How a part of a growth moved: "rose 50% (48 to 52)", or that the rounding does not tell which way."""
    point, low, high = part["percent"], part["low_percent"], part["high_percent"]
    if low < 0 < high:
        return t.say("answer.moved_unsettled", low=t.number(low, 1), high=t.number(high, 1))
    said = t.say("answer.rose" if point >= 0 else "answer.fell", percent=t.number(abs(point), 1))
    return said + _range(t, dict(part), "percent")
