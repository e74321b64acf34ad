"""Answers in words: each row of an answer says itself by the template of its `case` in words.csv.

The parts of a template are the row's columns, written as a reader has them: `{value}` with the word of its
bound, `{percent}` in per cent, `{pace_year}` as a year or "after 2052". What needs more than its row
(verdicts, reference cases) has its own module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from pandas import DataFrame

from baoyen_analysis.views import numbers
from baoyen_analysis.words import Language

# Which columns say how a value is bounded.
_FLAGS = {"value": ("flag",), "base": ("base_flag",)} | dict.fromkeys(
    ("answer", "change"), ("answer_flag", "flag")
)
# Years that may lie beyond what was looked at.
_WHEN = ("pace_year", "projected_year", "earliest_year", "latest_year", "level_year")


Says: TypeAlias = Callable[[Language, DataFrame], Iterable[str]]


class Said(str):
    """A sentence that knows the `figure_ids` it was made from, given one by one or several joined by spaces,
    and the `computed` numbers as they stand in it, with the `formula` in words that they come from.

    >>> sentence = Said("50 in 2022", ["a", None, "a b"])
    >>> sentence, sentence.figure_ids
    ('50 in 2022', ('a', 'b'))
    """

    computed: str
    formula: str
    figure_ids: tuple[str, ...]

    def __new__(
        cls, text: str, figure_ids: Iterable[Any] = (), *, computed: str = "", formula: str = ""
    ) -> Said:
        said = super().__new__(cls, text)
        each = [figure_ids] if isinstance(figure_ids, str) else figure_ids
        said.figure_ids = tuple(dict.fromkeys(" ".join(ids for ids in each if isinstance(ids, str)).split()))
        said.computed, said.formula = computed, formula
        return said


class Sentences(list[str]):
    """Sentences that a notebook shows as a list; `str` gives them one a line."""

    def __str__(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in self)

    __repr__ = _repr_markdown_ = __str__


def say(t: Language, key: str, figure_ids: Iterable[Any] = (), /, **parts: Any) -> Said:
    """The sentence of a key of words.csv, knowing what it was made from; `computed` and `formula` are no
    parts of it."""
    known = {name: parts.get(name, "") for name in ("computed", "formula")}
    return Said(t.say(key, **parts), figure_ids, **known)


def told(t: Language, key: str, row: dict[str, Any], **more: str) -> Said:
    """The sentence of a key from the columns of a row, and what is `more`."""
    return say(t, key, row["figure_ids"], **parts(t, row) | more)


def sentences(t: Language, rows: DataFrame) -> Iterable[str]:
    """One sentence a row, each once, with what is to be minded behind it; what an outcome needs is said once,
    with what was done from each base up to it."""
    once = ["from_year", "value"] if "done_percent" in rows else np.arange(len(rows))
    made: dict[str, None] = {}
    for _, group in rows.groupby(once, sort=False, dropna=False):
        each = group.to_dict("records")
        cases = [(f"answer.{each[0]['case']}", each[0])]
        for row in each:
            if pd.notna(row.get("done_percent")):
                cases.append((f"answer.done{'' if row['done_percent'] >= 0 else '_fell'}", row))
        notes = dict.fromkeys(row["reason"] for row in each if row["reason"] and row["case"] != "refused")
        text = "".join(t.say(key, **parts(t, row)) for key, row in cases)
        made[Said(text + "".join(_minded(t, codes) for codes in notes), group["figure_ids"])] = None
    return made


def _minded(t: Language, codes: str) -> str:
    return t.say("answer.and_note", reason=t.reason(codes)) if codes else ""


def parts(t: Language, row: dict[str, Any]) -> dict[str, str]:
    """The columns of a row in words, and its names: `name` and `unit` of the indicator, `range` the range of
    the per cents, where it has one."""
    indicator, area = row.get("indicator", ""), row.get("area") or ""
    whose = f", {area}" if area and row.get("case") == "refused" else ""
    return {name: written(t, name, value, row) for name, value in row.items()} | {
        "name": (t.name(indicator) if indicator else t.say("answer.name")) + whose,
        # A year stands in the sentence: the unit needs none.
        "unit": t.unit(indicator).removesuffix("/năm") if indicator else "",
        "reason": t.reason(row.get("reason", "")),
        "part": t.part(row["part"]) if row.get("part") else "",
        "range": _range(t, row, "percent"),
        "done_range": _range(t, row, "done_percent"),
        "better": t.say("standing.highest" if row.get("direction", 1) > 0 else "standing.lowest"),
    }


def written(t: Language, name: str, value: Any, row: dict[str, Any]) -> str:
    """One column of a row in words."""
    if name in _WHEN:
        beyond = bool(pd.isna(value))
        key = "answer.not_within" if beyond else "answer.year"
        return t.say(key, year=int(row["last_year"] if beyond else value))
    if isinstance(value, str | bool) or not np.isscalar(value) or pd.isna(value):
        return value if isinstance(value, str) else ""
    number = float(str(value))
    if name == "year" or name.endswith("_year"):
        return str(int(number))
    if name.endswith("percent"):
        return t.number(abs(number), 1)
    if name in _FLAGS:
        flag = next((row[flag] for flag in _FLAGS[name] if row.get(flag)), "")
        return numbers.bounded(t, number, flag)
    # What is computed is not said more exactly than it is known.
    return numbers.humanised(t, number, digits=4 if name in ("low", "high", "done_change") else None)


def _range(t: Language, row: dict[str, Any], name: str) -> str:
    """The range of a per cent, in brackets; "" where it is one number."""
    ends = sorted(abs(row.get(f"{end}_{name}", np.nan)) for end in ("low", "high"))
    low, high = (t.number(end, 1) if np.isfinite(end) else "" for end in ends)
    return t.say("answer.range", low=low, high=high) if low and high and low != high else ""


def same_part(t: Language, rows: DataFrame) -> Iterator[str]:
    """Each part of a year against the same part a year before; or that no two such parts are held."""
    held = rows[rows["percent"].notna()].to_dict("records")
    for row in held:
        moved = _turned(t, row["percent"] - 100)
        yield told(t, "answer.same_part", row, period=t.periods(row["period"]), moved=moved)
    for row in rows.head(0 if held else 1).to_dict("records"):
        none = t.say("answer.same_part_none", name=t.name(row["indicator"]), area=row["area"])
        yield Said(none, rows["figure_ids"])


def _turned(t: Language, change: float) -> str:
    """Whether and by how many per cent something rose or fell."""
    return t.say("answer.rose" if change >= 0 else "answer.fell", percent=t.number(abs(change), 1))


def counts(t: Language, definition: str) -> str:
    """What a figure counts, or that its source does not say."""
    return t.definition(definition) or t.say("finding.unstated")


def nothing(reason: str, indicator: str, area: str) -> Says:
    """What an answer without rows says: why there is none."""
    return lambda t, _: [refused(t, f"{t.name(indicator)}, {area}", reason)]


def refused(t: Language, names: str, reason: str) -> Said:
    """That there is no answer, and why."""
    return say(t, "answer.refused", name=names, reason=t.reason(reason))


def decomposed(t: Language, rows: DataFrame) -> Iterator[str]:
    """How much of a revenue's growth came from visits: the head, then the two parts, then what to mind."""
    moved = {name: _moved(t, part) for name, part in rows.set_index("part").iterrows()}
    known = {"visits": moved["visits"], "spending": moved["spending"]}
    text = t.say("answer.decompose", title=decomposition_title(t, rows), **known)
    yield Said(text + _minded(t, rows["reason"].iloc[0]), rows["figure_ids"])


def decomposition_title(t: Language, rows: DataFrame) -> str:
    """The head of a decomposition: how revenue moved, and what share of it visits make."""
    whole, first = rows.set_index("part"), rows.iloc[0]
    known = {"start": first["start"], "end": first["end"], "revenue": _moved(t, whole.loc["revenue"])}
    share = str(round(float(whole.at["visits", "share_percent"])))
    return t.say(f"answer.decompose_{first['case']}", share=share, **known)


def _moved(t: Language, part: pd.Series) -> str:
    """How a part of a growth moved: "rose 50% (48 to 52)", or that the rounding does not tell which way."""
    point, low, high = part["percent"], part["low_percent"], part["high_percent"]
    if low < 0 < high:
        return t.say("answer.moved_unsettled", low=t.number(low, 1), high=t.number(high, 1))
    return _turned(t, point) + _range(t, dict(part), "percent")
