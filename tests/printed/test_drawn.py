"""What is read from invented texts put together at random (but the same each time) is what was read from them
before: the stored digests tell which reader reads otherwise, and in which batch. Where that is meant:

    python tests/printed/test_drawn.py

writes them anew; look at the readings of one batch with `print(READERS[name](BATCHES[batch]))`."""

from __future__ import annotations

import json
import random
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from baoyen_analysis.printed.figures import UnreadableFigure, interval, parse_figure, parse_figures
from baoyen_analysis.printed.passages import find_figures
from baoyen_analysis.printed.periods import UnreadablePeriod, code, parse_period
from baoyen_analysis.printed.repair import repair

DATA = Path(__file__).parents[1] / "data"
pytestmark = pytest.mark.as_before
STORED = DATA / "printed_drawn.csv"
PASSAGES = sorted((DATA / "passages").glob("*.txt"))
BATCHES = range(12)

WORDS: dict[str, list[str]] = json.loads((DATA / "drawn_words.json").read_text(encoding="utf-8"))
LETTERS = (
    lambda text: text,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("ư", "ƣ").replace("đ", "ð"),
    lambda text: text.replace("ướ", "−ớ"),
    lambda text: text.encode().decode("cp1252", "replace"),
    lambda text: text.encode().decode("latin-1"),
    lambda text: text.encode().decode("cp1258", "replace"),
    lambda text: "".join(c if c < "\u0100" else "?" for c in text),
    lambda text: text.replace("ả", "¶").replace("ê", "ª").replace("ư", "­"),
)


def drawn(batch: int) -> random.Random:
    return random.Random(batch)


def phrases(of: random.Random, many: int) -> Iterator[str]:
    for _ in range(many):
        yield "".join(
            of.choice(part) for part in (WORDS["bounds"], WORDS["numbers"], WORDS["units"], WORDS["tails"])
        )


def sentences(of: random.Random, many: int) -> Iterator[str]:
    for _ in range(many):
        clauses = [clause(of) for _ in range(of.choice([1, 1, 2, 3]))]
        yield f"{of.choice(WORDS['times'])}, {of.choice(['; ', ', ', ' và ']).join(clauses)}."


def clause(of: random.Random) -> str:
    plain = of.choice(WORDS["numbers"][:10]) + of.choice(WORDS["units"][4:])
    figure = of.choice((plain, plain, next(phrases(of, 1))))
    subject, verb, filler, end, compared = (
        of.choice(WORDS[kind]) for kind in ("subjects", "verbs", "fillers", "ends", "compared")
    )
    return f"{subject} {verb}{filler}{figure}{end}{compared}"


def plain_sentences(of: random.Random, kind: str) -> Iterator[str]:
    """Each sentence of a kind as it is usually written, with other numbers."""
    for form in WORDS[kind]:
        years = {name: of.randint(2018, 2025) for name in "xyz"}
        small = {"p": of.choice(["5", "12,5", "0,4", "109", "3"]), "k": of.randint(1, 20)}
        yield form.format(**years, **small, n=of.choice(["1,2", "66", "780", "1.120"]), m=of.randint(5, 200))


def headers(of: random.Random, many: int) -> Iterator[str]:
    for _ in range(many):
        year = of.randint(2018, 2024)
        numbers = {"y": year, "z": year + of.choice([-1, 0, 1, 1, 2, 5]), "q": of.randint(1, 4)}
        form = of.choice(WORDS["before"]) + of.choice(WORDS["periods"]) + of.choice(WORDS["after"])
        yield form.format(**numbers, m=of.choice([1, 3, 6, 9, 11, 12, 13]))


@cache
def _figures(batch: int) -> str:
    def said(text: str, locale: str, unit: str) -> str:
        try:
            return str(parse_figure(text, locale=locale, unit_text=unit))
        except UnreadableFigure as refusal:
            return str(refusal)

    of = drawn(batch)
    units = ("", "", "", "triệu đồng", "%", "Nghìn người", "xã", "ha", "Mill. dongs")
    return "\n".join(said(text, of.choice(("vi", "vi", "en")), of.choice(units)) for text in phrases(of, 900))


def _columns(batch: int) -> str:
    of = drawn(batch)
    cells = [*phrases(of, 60), *(of.choice(WORDS["numbers"]) for _ in range(40)), 2022, 1.5, None, True, 12.0]
    units = [of.choice(["", "triệu đồng", "người", "%"]) for _ in cells]
    tables = [
        parse_figures(pd.Series(cells[place::4], dtype=object), locale=locale, unit_text=unit)
        for place in range(4)
        for locale in ("vi", "en")
        for unit in ("", pd.Series(units[place::4]))
    ]
    return pd.concat(tables).to_csv(index=False, float_format="%.9g")


def _intervals(batch: int) -> str:
    def said(text: str, how: str, locale: str) -> str:
        try:
            return str(interval(text, how, locale=locale))
        except UnreadableFigure as refusal:
            return str(refusal)

    of = drawn(batch)
    hows = ("eq", "gt", "ge", "lt", "le", "approx", "range")
    texts = [of.choice(["", "-", "−"]) + of.choice(WORDS["numbers"][:60]) for _ in range(150)]
    return "\n".join(said(text, of.choice(hows), of.choice(("vi", "en"))) for text in texts)


def _periods(batch: int) -> str:
    def said(text: str, among_dates: bool) -> str:
        try:
            period = parse_period(text, among_dates=among_dates)
        except UnreadablePeriod as refusal:
            return str(refusal)
        return f"{period} {period.end} {code(period)}"

    of = drawn(batch)
    return "\n".join(said(text, of.random() < 0.2) for text in headers(of, 300))


def _passages(batch: int) -> str:
    of = drawn(batch)
    texts = [" ".join(sentences(of, 2)) for _ in range(20)]
    texts += [*plain_sentences(of, "english"), *plain_sentences(of, "vietnamese")]
    texts += [path.read_text(encoding="utf-8") for path in PASSAGES[batch :: len(BATCHES)]]
    texts += [of.choice(LETTERS)(text) for text in texts[:6]]
    found = [find_figures(text, locale="vi" if of.random() < 0.8 else "en") for text in texts]
    return "\n".join(table.to_csv(index=False, float_format="%.9g") + str(table.attrs) for table in found)


def _repairs(batch: int) -> str:
    of = drawn(batch)
    words = [*sentences(of, 12), *(of.choice(WORDS["subjects"]) for _ in range(20))]
    column = [of.choice(LETTERS)(text) for text in words]
    alike = [LETTERS[batch % len(LETTERS)](text) for text in words]
    terms = ("", "", "Bảo Yên", "thu nhập bình quân đầu người", "toàn tỉnh")
    return "\n".join(
        str((cells, report.values.tolist()))
        for texts in (column, alike)
        for cells, report in (
            repair(texts, font=of.choice(("", "", ".VnTime", "VNI-Times", ".VnTimeH"))),
            repair(texts, terms=set(terms) - {""}),
        )
    )


READERS: dict[str, Callable[[int], str]] = {
    "figures": _figures,
    "columns": _columns,
    "intervals": _intervals,
    "periods": _periods,
    "passages": _passages,
    "repairs": _repairs,
}


def digest(reader: str, batch: int) -> str:
    return f"{zlib.crc32(READERS[reader](batch).encode('utf-8', 'surrogatepass')):08x}"


@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize("reader", READERS)
def test_a_drawn_text_is_read_as_before(reader, batch):
    stored = pd.read_csv(STORED, index_col="batch", dtype=str)
    assert digest(reader, batch) == stored.at[str(batch), reader]


def test_of_the_drawn_texts_many_are_read_and_many_are_refused():
    said = "\n".join(_figures(batch) for batch in BATCHES)
    assert said.count("Figure(") > 500
    assert said.count("cannot be read") > 500
    assert len({line.split(": ", 1)[1] for line in said.splitlines() if "cannot be read" in line}) > 60


if __name__ == "__main__":
    rows = [{"batch": batch} | {name: digest(name, batch) for name in READERS} for batch in BATCHES]
    pd.DataFrame(rows).to_csv(STORED, index=False)
