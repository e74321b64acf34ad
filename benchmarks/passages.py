"""How many figures of passages are read right: `python benchmarks/passages.py`.

On the thirty invented passages of tests/data/passages (blind: written before the rules), and on the printed
phrases of the shared cases where they are there. A figure is right where value, upper end, qualifier, unit
and denominator are; unread where no row with a value stands there; wrong where the value, the bound or the
unit is another. A row with a value where no figure stands is a false hit. Then the time of a long report, and
how it grows.

python benchmarks/passages.py --each the rows that are not right, too"""

from __future__ import annotations

import math
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis.printed.passages import find_figures

ROOT = Path(__file__).resolve().parents[1]
PASSAGES = ROOT / "tests" / "data" / "passages"
PHRASES = ROOT.parent / "shared" / "cases" / "cleaning" / "parse_examples2.csv"
# Names of one unit: as the cases print it, and as `Figure.unit` has it.
_SAME_UNIT = {
    "lượt": "visits", "visitors": "visits", "tourists": "visits", "tấn": "tonnes", "tons": "tonnes",
    "lần": "times", "xã": "communes", "người": "persons", "hộ": "households", "tiêu chí": "criteria",
    "chỉ tiêu": "targets", "năm": "year", "commune": "xã", "° c": "°c",
}  # fmt: skip


def _unit(name: object) -> list[str]:
    parts = str(name).lower().split("/") if isinstance(name, str) else [""]
    return [_SAME_UNIT.get(_SAME_UNIT.get(part, part), _SAME_UNIT.get(part, part)) for part in parts]


def _same(first: float, second: float) -> bool:
    return (math.isnan(first) and math.isnan(second)) or math.isclose(first, second, rel_tol=1e-9)


def verdict(row: Any, value: float, upper: float, unit: str, qualifier: str, denominator: float) -> str:
    """right, or what is wrong: value, upper, qualifier, unit, denominator."""
    if not _same(row["value"], value):
        return "value"
    if qualifier.startswith("range") and not _same(row["high"], upper):
        return "upper"
    if row["qualifier"] not in qualifier.split("|"):
        return "qualifier"
    if _unit(row["unit"]) != _unit(unit) and unit:
        return "unit"
    return "right" if _same(row["denominator"], denominator) else "denominator"


def passages(change=lambda text: text) -> tuple[Counter, list[tuple]]:
    """The counts over the thirty passages, and what is not right."""
    expected = pd.read_csv(PASSAGES / "figures.csv", keep_default_na=False)
    counts, rest = Counter(), []
    for name, figures in expected.groupby("passage"):
        text = (PASSAGES / f"{name}.txt").read_text(encoding="utf-8")
        found_rows = find_figures(change(text), locale=name.rsplit("-", 1)[1])
        places, read = _places(text, change, found_rows), found_rows.to_dict("records")
        taken = set()
        for row in figures.itertuples():
            near = [
                at
                for at, (start, end) in enumerate(places)
                if start < row.start + len(row.words) and end > row.start
            ]
            taken |= set(near)
            numbers = [float(n) if n else math.nan for n in (row.value, row.high, row.denominator)]
            valued = [read[at] for at in near if not math.isnan(read[at]["value"])]
            if not valued:
                said = "right" if not row.value else "unread"
            else:
                found = {
                    verdict(r, numbers[0], numbers[1], row.unit, row.qualifier, numbers[2]): r for r in valued
                }
                said = "right" if "right" in found else f"wrong: {min(found)}"
                if said == "right":
                    r = found["right"]
                    counts["relation " + ("right" if r["relation"] == row.relation else "other")] += 1
                    if r["relation"] != row.relation:
                        rest.append((name, "relation", row.words, row.relation, r["relation"], ""))
                    if row.period:
                        counts["period " + ("right" if r["period_code"] == row.period else "other")] += 1
                        if r["period_code"] != row.period:
                            rest.append(
                                (name, "period", row.words, row.period, r["period_code"], r["period"])
                            )
            counts[said.split(":")[0]] += 1
            if said != "right":
                columns = ("text", "value", "high", "unit", "qualifier", "problem")
                shown = [{column: read[at][column] for column in columns} for at in near]
                rest.append((name, said, row.words, row.value, row.unit, shown))
        for row in (row for at, row in enumerate(read) if at not in taken):
            if not math.isnan(row["value"]):
                counts["false hit"] += 1
                rest.append((name, "false hit", row["text"], row["value"], row["unit"], ""))
            else:
                counts["unread elsewhere"] += 1
                rest.append((name, "unread elsewhere", row["text"], "", "", row["problem"]))
    return counts, rest


def _places(text: str, change, read: pd.DataFrame) -> list[tuple[int, int]]:
    """Where the rows of a changed text stand in the text as it was."""
    if change(text) == text:
        return list(zip(read["start"], read["end"], strict=True))
    lengths = np.cumsum([0, *(len(change(letter)) for letter in text)])
    return [
        (int(np.searchsorted(lengths, start)), int(np.searchsorted(lengths, end)))
        for start, end in zip(read["start"], read["end"], strict=True)
    ]


def phrases() -> tuple[Counter, list[tuple]]:
    """The counts over the printed phrases, each through find_figures: one of its rows must be the reading."""
    counts, rest = Counter(), []
    for case in pd.read_csv(PHRASES, dtype=str, keep_default_na=False).itertuples():
        read = find_figures(case.text, locale=case.tier)
        valued = read[read["value"].notna()]
        numbers = [float(n) if n else math.nan for n in (case.base_value, case.base_upper, case.denominator)]
        qualifier = "|".join(filter(None, (case.qualifier, case.also_ok)))
        found = [
            verdict(row, numbers[0], numbers[1], case.base_unit, qualifier, numbers[2])
            for _, row in valued.iterrows()
        ]
        said = "right" if "right" in found else f"wrong: {found[0]}" if found else "unread"
        counts[said.split(":")[0]] += 1
        if len(found) > 1:
            counts["more than one"] += 1
        if said != "right" or len(found) > 1:
            rest.append(
                (
                    case.id,
                    said,
                    case.text,
                    case.base_value,
                    case.base_unit,
                    read[["text", "value", "unit", "qualifier", "problem"]].to_dict("records"),
                )
            )
    return counts, rest


def speed() -> None:
    """Seconds of reports of 62,500 to 500,000 characters, and the exponent by which they grow."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PASSAGES.glob("*.txt")))
    sizes, seconds = [62_500, 125_000, 250_000, 500_000], []
    for size in sizes:
        passage = (text * (size // len(text) + 1))[:size]
        began = time.perf_counter()
        rows = len(find_figures(passage))
        seconds.append(time.perf_counter() - began)
        print(f"{size:>9,} characters: {seconds[-1]:6.2f} s, {rows:,} rows")
    print(f"exponent {np.polyfit(np.log(sizes), np.log(seconds), 1)[0]:.2f}")


def _print(title: str, counts: Counter, rest: list[tuple], each: bool) -> None:
    print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    for row in rest if each else ():
        print("   ", *row, sep=" | ")


if __name__ == "__main__":
    each = "--each" in sys.argv
    _print("Thirty passages", *passages(), each)
    _print("The same in NFD", *passages(lambda text: unicodedata.normalize("NFD", text)), False)
    if PHRASES.exists():
        _print("Printed phrases", *phrases(), each)
    else:
        print(f"{PHRASES} is not there: the printed phrases are left out")
    if "--quick" not in sys.argv:
        speed()
