"""What is taken of office files: right, refused, wrong.

    .venv/bin/python benchmarks/office.py [--files 350] [--seed 20251128]

1. The small files of `shared/cases/office` by kind of fault, each read as `baoyen add` reads it: what their
   table of right readings says of a cell must be what the record is given, or the cell is refused.
2. The wordings of districts' tables there: each with its unit and its invented number.
3. The yearly, the communes' and the months' tables there: figures taken of those that are levels, and the
   questions a person is asked.
4. Generated files (`office_files`, `office_unusual`), written in five formats; every number is invented, and
   every figure that is right is known.

1 to 3 are skipped where the cases are not beside the project. Ends with 1 where anything is wrong."""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import openpyxl
from office_files import LAYOUTS, Figure, File, files
from office_unusual import UNUSUAL
from office_writers import write

from baoyen_analysis import record, vocabulary, words
from baoyen_analysis.intake import preview
from baoyen_analysis.intake import record as intake
from baoyen_analysis.intake.identity import Defaults
from baoyen_analysis.intake.office import OfficeFileError, read_office
from baoyen_analysis.printed.context import code
from baoyen_analysis.printed.figures import parse_figure
from baoyen_analysis.printed.periods import UnreadablePeriod, parse_period

CASES = Path(__file__).resolve().parent.parent.parent / "shared" / "cases" / "office"
SOURCE = intake.Source("office", "an office (invented)")
HERE = Defaults(area="Bảo Yên", level="district")
_PLACE = re.compile(r"[A-Z]+\d+|\d+")
_RUN = re.compile(r"(\w*?)(\d+) ?… ?[A-Z]*(\d+)")  # D2…D8, 2022Q1…Q4
_SAID = re.compile(r"(?P<period>\d{4}(?:[HQM]\d+|-\d+M)?|[HQM]\d+|\d+M)|(?P<value>\d[\d.]*(?:e\d+)?)")


def every(run: re.Match[str]) -> str:
    """Each place of a run: "D2 D3 D4" for "D2…D4"."""
    return " ".join(f"{run[1]}{number}" for number in range(int(run[2]), int(run[3]) + 1))


def as_add(path: Path, defaults: Defaults = HERE, **options: str) -> intake.Intake:
    """A file as `baoyen add` reads and shows it, beside an empty record."""
    held = record.observations().iloc[:0]
    read = intake.read(path, SOURCE, held, communes=record.communes(), defaults=defaults, **options)
    list(preview.screen(read, words.of("vi")))
    return read


def judged(case: dict[str, str], counts: Counter[str]) -> None:
    """Judges the cells of one small file, as far as the words of its case are values or periods."""
    path = CASES / case["input"]
    try:
        as_add(path, HERE._replace(keep_unknown=True))
        rows = read_office(path).rows.set_index("cell")
    except (OfficeFileError, intake.NotTaken):
        counts["refused"] += 1
        return
    places = _PLACE.findall(_RUN.sub(every, case["where"]))
    expected = re.split(r",? \(?or\b", _RUN.sub(every, case["expected"]))[0]
    said = [found for one in re.split(r"[;\s]+", expected) if (found := _SAID.fullmatch(one))]
    if not places or len(said) != len(places):
        counts["read, not judged here"] += 1
        return
    for place, right in zip(places, said, strict=True):
        if place not in rows.index:
            counts["refused"] += 1
            continue
        row = rows.loc[place]
        if right["period"]:
            period = period_of(row["period_text"])
            counts["right" if period.endswith(right["period"]) else "wrong" if period else "refused"] += 1
        else:
            scale = 1e9 if "tỷ đồng" in expected else 1.0
            same = abs(row["value"] - float(right["value"]) * scale) <= 1e-9 * abs(row["value"])
            counts["right" if same else "wrong"] += 1
            if not same:
                print(f"   wrong: {case['input']} {place}: {row['value']} for {right[0]}")


def period_of(text: str) -> str:
    try:
        return code(parse_period(text))
    except UnreadablePeriod:
        return ""


def small_files() -> int:
    with (CASES / "expected.csv").open(encoding="utf-8") as stream:
        cases = [case for case in csv.DictReader(stream) if case["call"] == "read_office"]
    counts: Counter[str] = Counter()
    for case in cases:
        judged(case, counts)
    print(f"1. {len(cases)} small files: {dict(counts)}")
    return counts["wrong"]


def wordings(folder: Path) -> int:
    counts: Counter[str] = Counter()
    with (CASES / "district_wordings.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            book = openpyxl.Workbook()
            book.active.append(["Chỉ tiêu", "ĐVT", "Năm 2023"])
            book.active.append([row["label"], row["unit"], float(row["invented_value"])])
            book.save(folder / "wording.xlsx")
            found = as_add(folder / "wording.xlsx").figures
            if found.empty:
                counts["refused"] += 1
                continue
            unit = vocabulary.unit(found["unit"].iat[0])
            printed = parse_figure(row["invented_value"], locale="en", unit_text=row["unit"]).value
            same = abs(float(found["value"].iat[0]) * unit.scale - printed) < 1e-6 * printed
            counts["right" if same else "wrong"] += 1
    print(f"2. wordings of districts' tables: {dict(counts)}")
    return counts["wrong"]


def yearly_tables() -> None:
    print("3. tables of a year, of communes and of months: taken of the levels, questions asked")
    for path in sorted((CASES / "year-tables").glob("*.xlsx")):
        vocabulary.know_indicators()
        found = as_add(path, HERE._replace(keep_unknown=True))
        levels = (~found.cells["reason"].isin(["comparison", "blank", "again"])).sum()
        print(f"   {path.name}: {len(found.figures)} of {levels}, {len(found.questions)} questions")


def compared(file: File, path: Path, counts: Counter[str]) -> str:
    """right, partly or wrong: a generated file's figures beside those that are right."""
    indicator = file.options.pop("indicator", "")
    right = {rounded(figure) for figure in file.truth.values()}
    try:
        found = as_add(path, HERE._replace(indicator=indicator), **file.options).figures
    except OfficeFileError as error:
        counts["refused"] += len(right)
        print(f"   refused: {error}")
        return "refused"
    names = ["indicator", "area", "area_level", "period", "kind", "value", "definition"]
    taken = {rounded(figure) for figure in found[names].itertuples(index=False, name=None)}
    counts.update(right=len(taken & right), refused=len(right - taken), wrong=len(taken - right))
    for figure in sorted(taken - right):
        print(f"   wrong: {path.name}: {figure}")
    return "wrong" if taken - right else "partly" if right - taken else "right"


def rounded(figure: Figure) -> Figure:
    *said, value, definition = figure
    return (*said, float(f"{float(value):.9g}"), definition)


def generated(folder: Path, count: int, seed: int) -> int:
    counts, of_files, started = Counter[str](), Counter[str](), time.perf_counter()
    for number, file in enumerate(files(LAYOUTS + UNUSUAL, count, seed)):
        path = write(file, folder, number)
        of_files[compared(file, path, counts)] += 1
    seconds = time.perf_counter() - started
    print(f"4. {count} generated files in {seconds:.0f} s: {dict(of_files)}; figures: {dict(counts)}")
    return counts["wrong"]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=350)
    parser.add_argument("--seed", type=int, default=20_251_128)
    given, wrong = parser.parse_args(), 0
    with tempfile.TemporaryDirectory() as name:
        if CASES.exists():
            wrong += small_files() + wordings(Path(name))
            yearly_tables()
        else:
            print(f"1 to 3 are skipped: the cases are not at {CASES}")
        wrong += generated(Path(name), given.files, given.seed)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
