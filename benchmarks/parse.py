"""How fast and how lean is reading figures, against what an analyst would use instead?

    .venv/bin/python benchmarks/parse.py [--cells 1000000]

Two columns of invented phrases (no figure in them was ever printed): one with 2 % distinct cells, as a
statistics office's long tables have, and one with all cells distinct. Each is read by `parse_figures`, and by

- babel's `parse_decimal`, value by value, given the bare number that was cut out for it beforehand (skipped
  where babel is not installed);
- one regular expression with a dictionary of scales, value by value;
- the same expression through pandas' `.str`.

None of these gives bounds, intervals, rates, ranges, words or refusals; they are a lower limit of work. Times
are CPU time, the best of five rounds; ratios above 1 mean that `parse_figures` is faster. Memory is the peak
of what `parse_figures` allocates over the column's own."""

from __future__ import annotations

import argparse
import random
import re
import time
import tracemalloc
from collections.abc import Callable

import pandas as pd

from baoyen_analysis.printed.figures import parse_figures

NUMBER = re.compile(r"[0-9][0-9.,]*")
PHRASE = re.compile(
    r"^\s*(?P<bound>trên|hơn|gần|khoảng|dưới|đạt)?\s*(?P<number>\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?)\s*"
    r"(?P<scale>nghìn|triệu|tỷ|tỉ)?\s*(?P<unit>.*)$"
)
SCALES = {None: 1.0, "nghìn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
ROUNDS = 5


def invented(count: int) -> list[str]:
    """Distinct invented phrases in the manner of the record."""
    draw = random.Random(20_240_617)
    phrases: dict[str, None] = {}
    number = 0
    while len(phrases) < count:
        number += 1 + draw.randrange(5)
        grouped = f"{number:,}".replace(",", ".")
        forms = (
            f"trên {grouped} đồng/người/năm",
            f"{grouped} lượt khách",
            f"khoảng {grouped},{number % 10} triệu đồng",
            f"gần {grouped} tấn",
            f"{grouped} tỷ đồng",
            f"đạt {grouped},{number % 100:02d}%",
        )
        phrases[draw.choice(forms)] = None
    return list(phrases)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def by_expression(text: str) -> tuple[float, str | None, str]:
    found = PHRASE.match(text)
    return (
        float(found["number"].replace(".", "").replace(",", ".")) * SCALES[found["scale"]],
        found["bound"],
        found["unit"],
    )


def by_pandas(column: pd.Series) -> pd.DataFrame:
    parts = column.str.extract(PHRASE)
    number = (
        parts["number"].str.replace(".", "", regex=False).str.replace(",", ".", regex=False).astype(float)
    )
    return parts.assign(value=number * parts["scale"].map(SCALES).fillna(1.0))


def babel_parser() -> Callable[[str], object] | None:
    try:
        from babel.numbers import parse_decimal
    except ImportError:
        return None
    return lambda number: parse_decimal(number, locale="vi")


def peak_memory(column: pd.Series) -> float:
    """Peak of the allocations of `parse_figures` over the memory of the column."""
    tracemalloc.start()
    parse_figures(column)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / column.memory_usage(deep=True)


def measure(name: str, phrases: list[str]) -> None:
    column = pd.Series(phrases)
    print(f"\n{name}: {len(column):,} cells, {column.nunique():,} distinct")
    read = parse_figures(column)
    if (read["problem"] != "").any():
        raise SystemExit(
            f"{(read['problem'] != '').sum()} phrases were not read: the benchmark would not be fair"
        )
    ours = seconds(lambda: parse_figures(column))
    print(f"  parse_figures              {ours:8.2f} s")
    rivals = {
        "one expression": lambda: [by_expression(text) for text in phrases],
        "pandas .str": lambda: by_pandas(column),
    }
    parse = babel_parser()
    if parse:
        numbers = [NUMBER.search(text).group() for text in phrases]
        rivals["babel parse_decimal"] = lambda: [parse(number) for number in numbers]
    for rival, work in rivals.items():
        took = seconds(work)
        print(f"  {rival:<26} {took:8.2f} s   {took / ours:6.1f} ×")
    if not parse:
        print("  babel parse_decimal        skipped: babel is not installed here (pip install babel)")
    print(f"  peak memory                {peak_memory(column):8.2f} × the column")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cells", type=int, default=1_000_000)
    cells = options.parse_args().cells
    phrases = invented(cells)
    few = phrases[: max(1, cells // 50)]
    draw = random.Random(1)
    measure("2 % distinct", [draw.choice(few) for _ in range(cells)])
    measure("all distinct", phrases)


if __name__ == "__main__":
    main()
