"""Every figure of a passage, proposed for a person to confirm: its own words and their place, what they come
to, what they are compared with, of what time and of what.

`parse_figure` reads one figure, whole or not at all. Here the numbers of running text are found, each with
the words that belong to it; what they say together is asked of `parse_figure`, and what the words around
leave open is not read: the row keeps its place and says why in `problem`."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.printed.clauses import say
from baoyen_analysis.printed.columns import FLIPPED
from baoyen_analysis.printed.context import (
    compared,
    compared_code,
    is_compared,
    is_plan,
    kind,
    period_of,
    relation,
    subject,
    time_of,
)
from baoyen_analysis.printed.cores import Number, numbers
from baoyen_analysis.printed.periods import OTHER_TIME, bare, code
from baoyen_analysis.printed.spans import uniform
from baoyen_analysis.printed.text import patterns
from baoyen_analysis.printed.wording import Sentence, paragraphs, sentences

COLUMNS = (
    *("text", "start", "end", "value", "low", "high", "unit", "qualifier", "denominator", "relation"),
    *("compared_with", "compared_period", "period", "period_code", "period_inferred", "kind"),
    *("before", "problem"),
)
_TYPES = {
    "start": np.int64,
    "end": np.int64,
    "period_inferred": np.bool_,
    **dict.fromkeys(("value", "low", "high", "denominator"), np.float64),
}
_TEXT = pd.StringDtype(na_value=np.nan)
_PLANNED = ("plan", "target", "threshold")
_ANOTHER_TIME = re.compile("|".join(pattern for _, pattern, _ in patterns("another time")))
_OF_FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator")


def find_figures(text: str, locale: str = "vi") -> pd.DataFrame:
    """Every figure of a passage of running text, one row each, proposed for a person to confirm.

    Parameters
    ----------
    text : str
        A sentence or a whole report, in Vietnamese or English, with or without accents.
    locale : str
        The number habit of the text: "vi" groups by dots and has a decimal comma, "en" the reverse.

    Returns
    -------
    pandas.DataFrame
        One row a figure, and one a number that is not read, in the order of the text:

        text, start, end
            The figure's own words, as given: ``text == passage[start:end]``, also where letters were mended.
        value, low, high, unit, qualifier, denominator
            As `parse_figure` reads them: scales multiplied out (VND, visits, per cent as printed); NaN where
            the number is not read. A fall is negative ("giảm 5 %": −5); a bound is that of the signed value.
        relation
            level, rise, fall, share_of_plan, multiple, rank or part_of.
        compared_with, compared_period
            The words of what it is compared with or part of, and the period that they give ("2021-9M").
        period, period_code
            The words of its time, and what they come to as the record writes it; "" where they leave it open.
        period_inferred
            Whether its sentence names no time and the period is the only one that its paragraph has named so
            far.
        kind
            plan, target, estimate, preliminary or threshold where the words say so; else "".
        before
            The words that say what is counted.
        problem
            "" for a figure that is read, else why the number is not.

        Dates, decree numbers, telephones, list marks, articles, pages, ages and terms are left out. In
        ``attrs``, ``repairs`` names what was mended before reading (letters apart, ƣ, mojibake) and
        ``unrepaired`` what was seen and left.

    Raises
    ------
    ValueError
        Where `locale` is neither "vi" nor "en".

    Examples
    --------
    >>> found = find_figures("Năm 2022 đón 1,2 triệu lượt khách, tăng 41,6% so với năm 2021, "
    ...                      "bằng 109% kế hoạch.")
    >>> found[["value", "unit", "relation", "compared_period"]].values.tolist()
    [[1200000.0, 'visits', 'level', ''], [41.6, '%', 'rise', '2021'], [109.0, '%', 'share_of_plan', '']]
    >>> found["period_code"].unique().tolist(), found["before"].iloc[0], found["text"].iloc[1]
    (['2022'], '', 'tăng 41,6%')
    >>> find_figures("Thu 66 tiệu đồng theo Nghị quyết 27/NQ-HĐND")["problem"].tolist()
    ['not understood: tiệu']
    """
    if locale not in ("vi", "en"):
        raise ValueError(f"locale is 'vi' or 'en', not {locale!r}")
    made = uniform(text)
    rows = []
    for row in proposals(made.text, locale):
        start, end = made.span(row["start"], row["end"])
        rows.append(row | {"text": text[start:end], "start": start, "end": end})
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    table = pd.DataFrame(
        {
            name: np.array(its, dtype=_TYPES[name]) if name in _TYPES else pd.array(its, dtype=_TEXT)
            for name, its in columns.items()
        },
        copy=False,
    )
    table.attrs = {"repairs": made.repairs, "unrepaired": made.unrepaired}
    return table


def proposals(text: str, locale: str) -> Iterator[dict[str, Any]]:
    """The figures of a uniform text, each as a row of `find_figures` without its text."""
    for start, paragraph in paragraphs(text):
        named: dict[
            str, str
        ] = {}  # the times of the paragraph so far, and whether they are of plans or results
        plans: set[bool] = set()
        for sentence in sentences(paragraph) if any(map(str.isalnum, paragraph)) else ():
            items = sentence.items
            times = [place for place, item in enumerate(items) if item.kind == "time"]
            own = [place for place in times if not is_compared(sentence, place)]
            rows = list(_rows(sentence, own, locale))
            said = "" if own else bare(sentence.words(0, len(items)))
            if own or _ANOTHER_TIME.search(said) or OTHER_TIME.search(said):
                named |= {code(period_of(items[p].words)): sentence.words(p, p + 1) for p in own} or {"": ""}
                plans |= {row["kind"] in _PLANNED for row in rows} or {
                    bool(sentence.has("<plan>", 0, len(items)))
                }
            one = not own and len(named) == 1 and "" not in named
            for row in rows:
                if one and (row["kind"] in _PLANNED) in plans:
                    ((row["period_code"], row["period"]),) = named.items()
                    row["period_inferred"] = True
                yield row | {"start": start + row["start"], "end": start + row["end"]}


def _rows(sentence: Sentence, own: list[int], locale: str) -> Iterator[dict[str, Any]]:
    """The rows of a sentence; `own`: the phrases that name a time."""
    earlier: list[Number] = []
    items, found = sentence.items, list(numbers(sentence))
    for number, after in zip(found, [*found[1:], None], strict=False):
        previous = earlier[-1] if earlier else None
        problem = _read(say(number, previous, locale), locale)
        number.base = compared(number, earlier)
        number.plan = number.plan or is_plan(number, number.base)
        related, against = relation(number, earlier)
        time = time_of(number, own, after.first if after else len(items))
        here = bisect(own, number.first)
        years = [named.year for p in own[max(0, here - 5) : here] if (named := period_of(items[p].words))]
        number.period = period_of(items[time].words, [0, *years][-1]) if time >= 0 else None
        number.before = subject(number, earlier)
        number.kind = kind(number, related, earlier)
        number.after = max(number.last + 1, number.base.stop)
        earlier.append(number)
        other = related not in ("level", "part_of", "rank")
        yield {
            "start": items[number.start].start,
            "end": items[max(number.end, number.last)].end,
            **{name: getattr(number.figure, name) for name in _OF_FIGURE},
            "relation": related,
            "compared_with": against,
            "compared_period": compared_code(number, number.period) if other else "",
            "period": sentence.words(time, time + 1) if time >= 0 else "",
            "period_code": code(number.period),
            "period_inferred": False,
            "kind": number.kind.meaning if number.kind else "",
            "before": number.before,
            "problem": problem,
        }


def _read(number: Number, locale: str) -> str:
    """Read a number with its bound and sign, or say why there is no reading."""
    read = number.unread or number.read(locale)
    if isinstance(read, str):
        return read
    if number.sign in ("down", "minus"):
        value = read.high if read.qualifier == "range" else read.value
        qualifier = FLIPPED.get(read.qualifier, read.qualifier)
        read = replace(read, value=-value, low=-read.high, high=0.0 - read.low, qualifier=qualifier)
    number.figure = read
    return ""
