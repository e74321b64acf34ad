"""Every figure of a passage, proposed for a person to confirm: its own words and their place, what they come to,
what they are compared with, of what time and of what.

`parse_figure` reads one figure, whole or not at all. Here the numbers of running text are found, each with the
words that belong to it; what they say together is asked of `parse_figure`, and what the words around leave open is
not read: the row keeps its place and says why in `problem`."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from baoyen_analysis.printed.clauses import FLIPPED, Core, Said, cores, misprint, said_of
from baoyen_analysis.printed.figures import Figure
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
    previous, floor = None, 0
    for core in cores(sentence):
        said = said_of(sentence, core, floor, previous)
        figure, problem = _figure(sentence, core, said, locale)
        yield {
            "start": sentence.items[said.first].start,
            "end": sentence.items[said.last].end,
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "denominator": figure.denominator,
            "relation": "",
            "compared_with": "",
            "compared_period": "",
            "period": "",
            "period_code": "",
            "kind": "",
            "before": "",
            "problem": problem,
        }
        previous, floor = (core, said), core.last + 1


def _figure(sentence: Sentence, core: Core, said: Said, locale: str) -> tuple[Figure, str]:
    problem = said.unread or misprint(sentence, core)
    read = core.read("" if core.shape == "range" else said.bound, sentence.language == "en", locale)
    if problem or isinstance(read, str):
        return _NOTHING, problem or str(read)
    if said.sign in ("down", "minus"):
        read = Figure(
            -(read.high if read.qualifier == "range" else read.value), -read.high, 0.0 - read.low, read.unit,
            FLIPPED.get(read.qualifier, read.qualifier), read.denominator, "",
        )  # fmt: skip
    return read, ""
