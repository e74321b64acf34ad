"""Every figure of a passage, proposed for a person to confirm: its own words and their place, what they come to,
what they are compared with, of what time and of what.

`parse_figure` reads one figure, whole or not at all. Here the numbers of running text are found, each with the
words that belong to it; what they say together is asked of `parse_figure`, and what the words around leave open is
not read: the row keeps its place and says why in `problem`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from baoyen_analysis.printed.clauses import FLIPPED, Core, Said, cores, said_of
from baoyen_analysis.printed.context import (
    Compared,
    Earlier,
    code,
    compared,
    compared_code,
    kind,
    period_of,
    relation,
    subject,
    times,
)
from baoyen_analysis.printed.figures import Figure
from baoyen_analysis.printed.periods import Period
from baoyen_analysis.printed.spans import uniform
from baoyen_analysis.printed.wording import Sentence, paragraphs, sentences

COLUMNS = {
    "text": "str",
    "start": "int64",
    "end": "int64",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "unit": "str",
    "qualifier": "str",
    "denominator": "float64",
    "relation": "str",
    "compared_with": "str",
    "compared_period": "str",
    "period": "str",
    "period_code": "str",
    "kind": "str",
    "before": "str",
    "problem": "str",
}
_OF_FIGURE = ("value", "low", "high", "unit", "qualifier", "denominator")
_NOTHING = Figure(math.nan, math.nan, math.nan, "", "", math.nan, "")


def find_figures(text: str, locale: str = "vi") -> pd.DataFrame:
    """Every figure of a passage."""
    if locale not in ("vi", "en"):
        raise ValueError(f"locale is 'vi' or 'en', not {locale!r}")
    made = uniform(text)
    rows: list[dict] = []
    for place, paragraph in paragraphs(made.text):
        for sentence in sentences(paragraph):
            for row in _rows(sentence, locale):
                start, end = (int(made.places[place + row[edge]]) for edge in ("start", "end"))
                rows.append(row | {"text": text[start:end], "start": start, "end": end})
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    table.attrs = {"repairs": made.repairs, "unrepaired": made.unrepaired}
    return table


def _rows(sentence: Sentence, locale: str) -> Iterator[dict]:
    """The rows of a sentence."""
    earlier: list[Earlier] = []
    found = list(cores(sentence))
    floor = 0
    for core, after in zip(found, [*found[1:], None], strict=False):
        previous = (earlier[-1].core, earlier[-1].said) if earlier else None
        said = said_of(sentence, core, floor, previous, locale)
        figure, problem = _figure(sentence, core, said, locale)
        start = earlier[-1].end if earlier else 0
        base = compared(sentence, core, said, start)
        related, whole = relation(sentence, core, said, figure, base, floor, earlier)
        period, period_words, against = _periods(sentence, core, said, base, after)
        before = subject(sentence, said, floor, base, earlier)
        stated = kind(sentence, core, start, base, related)
        earlier.append(Earlier(core, said, figure, before, max(core.last + 1, base.end)))
        floor = core.last + 1
        yield {
            "start": sentence.items[said.first].start,
            "end": sentence.items[max(said.last, core.last)].end,
            **{name: getattr(figure, name) for name in _OF_FIGURE},
            "relation": related,
            "compared_with": whole or (base.words(sentence) if related != "level" else ""),
            "compared_period": against if related not in ("level", "part_of", "rank") else "",
            "period": period_words,
            "period_code": code(period),
            "kind": stated,
            "before": before,
            "problem": problem,
        }


def _periods(
    sentence: Sentence, core: Core, said: Said, base: Compared, after: Core | None
) -> tuple[Period | None, str, str]:
    """The period of a number, its words, and the code of the one that it is compared with."""
    place = times(sentence, core, said, base, after.first if after else len(sentence.items))
    words = sentence.items[place].words if place >= 0 else ""
    years = [
        p.year
        for item in sentence.items[: core.first]
        if item.kind == "time" and (p := period_of(item.words))
    ]
    period = period_of(words, years[-1] if years else 0) if words else None
    named = next(
        (
            p
            for item in sentence.items[base.first : base.end]
            if item.kind == "time" and (p := period_of(item.words))
        ),
        None,
    )
    shown = sentence.text[sentence.items[place].start : sentence.items[place].end] if words else ""
    return period, shown, compared_code(base.words(sentence), period, named) if base.end else ""


def _figure(sentence: Sentence, core: Core, said: Said, locale: str) -> tuple[Figure, str]:
    """The reading of a number with its bound and sign, or why there is none."""
    problem = said.unread
    read = core.read("" if core.shape == "range" else said.bound, sentence.language == "en", locale)
    if problem or isinstance(read, str):
        return _NOTHING, problem or str(read)
    if said.sign in ("down", "minus"):
        value = read.high if read.qualifier == "range" else read.value
        flipped = FLIPPED.get(read.qualifier, read.qualifier)
        read = replace(read, value=-value, low=-read.high, high=0.0 - read.low, qualifier=flipped)
    return read, ""
