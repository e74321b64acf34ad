"""Every figure of a passage, proposed for a person to confirm: its own words and their place, what they come
to, what they are compared with, of what time and of what.

`parse_figure` reads one figure, whole or not at all. Here the numbers of running text are found, each with
the words that belong to it; what they say together is asked of `parse_figure`, and what the words around
leave open is not read: the row keeps its place and says why in `problem`."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from math import nan
from typing import Any

import pandas as pd

from baoyen_analysis.printed.clauses import Said, said_of
from baoyen_analysis.printed.context import (
    Earlier,
    code,
    compared,
    compared_code,
    kind,
    own_times,
    period_of,
    relation,
    subject,
    time_of,
)
from baoyen_analysis.printed.cores import Core, cores
from baoyen_analysis.printed.figures import Figure
from baoyen_analysis.printed.spans import uniform
from baoyen_analysis.printed.wording import Sentence, paragraphs, sentences

COLUMNS = (
    *("text", "start", "end", "value", "low", "high", "unit", "qualifier", "denominator", "relation"),
    *("compared_with", "compared_period", "period", "period_code", "kind", "before", "problem"),
)
_TYPES = {
    "start": "int64",
    "end": "int64",
    **dict.fromkeys(("value", "low", "high", "denominator"), "float64"),
}
_OF_FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator")
_FLIPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}  # below zero


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
    table = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=_TYPES.get(name, "str")) for name in COLUMNS}
    )
    table.attrs = {"repairs": made.repairs, "unrepaired": made.unrepaired}
    return table


def proposals(text: str, locale: str) -> Iterator[dict[str, Any]]:
    """The figures of a uniform text, each as a row of `find_figures` without its text."""
    for place, paragraph in paragraphs(text):
        for sentence in sentences(paragraph) if any(map(str.isalnum, paragraph)) else ():
            for row in _rows(sentence, locale):
                yield row | {"start": place + row["start"], "end": place + row["end"]}


def _rows(sentence: Sentence, locale: str) -> Iterator[dict[str, Any]]:
    """The rows of a sentence."""
    earlier: list[Earlier] = []
    found, own = list(cores(sentence)), own_times(sentence)
    for core, after in zip(found, [*found[1:], None], strict=False):
        previous = earlier[-1] if earlier else None
        floor, start = (previous.core.last + 1, previous.end) if previous else (0, 0)
        said = said_of(sentence, core, floor, previous and (previous.core, previous.said), locale)
        figure, problem = _figure(sentence, core, said, locale)
        base = compared(sentence, core, said, start)
        related, against = relation(sentence, core, said, figure, base, floor, earlier)
        place = time_of(sentence, own, core, said, after.first if after else len(sentence.items))
        near = own[max(0, bisect(own, core.first) - 5) : bisect(own, core.first)]
        years = [named.year for p in near if (named := period_of(sentence.items[p].words))]
        period = period_of(sentence.items[place].words, years[-1] if years else 0) if place >= 0 else None
        before = subject(sentence, said, max(start, floor), base, earlier)
        told = kind(sentence, core, start, base, related, previous)
        earlier.append(Earlier(core, said, figure, before, told, max(core.last + 1, base.end)))
        yield {
            "start": sentence.items[said.first].start,
            "end": sentence.items[max(said.last, core.last)].end,
            **{name: getattr(figure, name) for name in _OF_FIGURE},
            "relation": related,
            "compared_with": against,
            "compared_period": ""
            if related in ("level", "part_of", "rank")
            else compared_code(sentence, base, period),
            "period": sentence.words(place, place + 1) if place >= 0 else "",
            "period_code": code(period),
            "kind": told.meaning if told else "",
            "before": before,
            "problem": problem,
        }


def _figure(sentence: Sentence, core: Core, said: Said, locale: str) -> tuple[Figure, str]:
    """The reading of a number with its bound and sign, or why there is none."""
    read = said.unread or core.read(
        "" if core.shape == "range" else said.bound, sentence.language == "en", locale
    )
    if isinstance(read, str):
        return Figure(nan, nan, nan, "", "", nan, ""), read
    if said.sign in ("down", "minus"):
        value = read.high if read.qualifier == "range" else read.value
        flipped = _FLIPPED.get(read.qualifier, read.qualifier)
        read = replace(read, value=-value, low=-read.high, high=0.0 - read.low, qualifier=flipped)
    return read, ""
