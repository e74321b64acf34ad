"""What the cleaning makes of invented records drawn at random, and what it says of their faults, is what it
made and said before: digests of the tables, the faults in full. Where another is meant:

    PYTHONPATH=tests:. python tests/cleaning/test_drawn.py

writes both anew; look at the tables of one record with `stages(read(seed))`."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from conftest import sign

sys.path.append(str(Path(__file__).parent))  # behind the others: there is a conftest in each
from drawn_record import Drawn, as_csv, worsened

from baoyen_analysis import vocabulary
from baoyen_analysis.cleaning import (
    build,
    comparisons,
    observations,
    panel,
    publishers,
    raw,
    reconcile,
    store,
)
from baoyen_analysis.cleaning.faults import Faults, FaultyRecord

DATA = Path(__file__).parents[1] / "data"
pytestmark = pytest.mark.as_before
TABLES, FAULTS = DATA / "cleaning_drawn.csv", DATA / "cleaning_faults.csv"
SEEDS = range(10)


@contextmanager
def written(record: Drawn) -> Iterator[Path]:
    """The folder of a record; the vocabulary is afterwards as it was."""
    with tempfile.TemporaryDirectory() as folder:
        yield record.write(Path(folder))
    vocabulary.know_indicators()


@cache
def stages(seed: int) -> dict[str, pd.DataFrame]:
    """What each step of the cleaning makes of a record, before columns are chosen and numbers rounded."""
    with written(Drawn(seed)) as folder:
        record = raw.read(folder)
        sources = publishers.describe(record.sources)
        cleaned = observations.clean(record.figures, sources, record.communes)
        derived, checks = comparisons.derive(cleaned, record.comparisons, record.communes)
        chosen = reconcile.choose(cleaned, derived)
        made = {"sources": sources, "derived": derived, "checks": checks, "chosen": chosen}
        made |= {"panel": panel.merge(chosen), "targets": panel.targets(chosen, record.goals)}
        return made | {f"read {name}": table for name, table in record._asdict().items()}


def digest(table: pd.DataFrame) -> str:
    text = table.to_csv(float_format="%.9g", lineterminator="\n")
    return f"{len(table)} rows, {zlib.crc32(text.encode()):08x}"


def digests(seed: int) -> dict[str, str]:
    return {name: digest(table) for name, table in stages(seed).items()}


def files() -> dict[str, str]:
    with written(Drawn(0)) as folder, patch.object(build.schema, "validate", lambda table, _: table):
        tables = build.tables(folder)
        made = store.files(tables)
    assert all(isinstance(table.index, pd.RangeIndex) for table in tables.values())
    return {name: f"{zlib.crc32(content):08x}" for name, content in made.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_record_is_cleaned_as_before(seed):
    stored = pd.read_csv(TABLES, dtype={"record": str}).query("record == @seed.__str__()")
    assert digests(seed) == dict(zip(stored["table"], stored["made"], strict=True))


def test_a_drawn_record_is_written_as_before():
    stored = pd.read_csv(TABLES, dtype={"record": str}).query("record == 'files'")
    assert files() == dict(zip(stored["table"], stored["made"], strict=True))


def test_every_way_to_be_chosen_is_drawn():
    chosen = pd.concat(stages(seed)["chosen"] for seed in SEEDS)
    reasons = {*reconcile._OUTCOME_STEPS, *reconcile._SET_STEPS, "only", "first", "same_number", "revised"}
    assert set(chosen["reason"]) == reasons | {"area_ended", "area_not_begun"}
    assert set(chosen["flag"]) == {"", *vocabulary.FLAGS}


# ---------------------------------------------------------------------------------------------------------
# Faults in cells.


def faults_of_cells(seed: int) -> pd.DataFrame:
    with written(worsened(seed, *((0, 2) if seed % 2 else (2, 25)))) as folder:
        return faults(folder, whole=True)


def faults(folder: Path, *, whole: bool = False) -> pd.DataFrame:
    """The faults of a record as they are raised; where its reader alone is asked, then what it read."""
    found = Faults()
    record = raw.read(folder, faults=found)
    try:
        if whole:
            sources = publishers.describe(record.sources)
            observations.clean(record.figures, sources, record.communes, faults=found)
        found.raise_if_any()
    except FaultyRecord as raised:
        table = raised.faults
    else:
        table = found.table()
    if not whole:
        ids = (record.figures["row"].astype(str) + " " + record.figures["figure_id"]).str.cat(sep=", ")
        others = ", ".join(f"{len(rows)} {name}" for name, rows in record._asdict().items() if len(rows))
        table.loc[len(table)] = ["", None, "", "read", f"{ids or 'no figure'}; {others}", ""]
    return table


# ---------------------------------------------------------------------------------------------------------
# Faults of files.


@cache
def small() -> Drawn:
    """A record of few rows."""
    record = Drawn(0)
    kept = {"sources.csv": 12, "income.csv": 4, "communes.csv": 3}
    record.files = {name: record.files[name][:many] for name, many in kept.items()}
    record.files["notes_vi.csv"] = [{"figure_id": "f-01", "text": "bịa ra"}]
    return record


def lines(*places: int) -> Callable[[bytes], bytes]:
    """The file with these of its lines alone, in this order; line 0 is its header."""
    return lambda content: b"".join(content.splitlines(keepends=True)[place] for place in places)


def at(place: int, text: bytes, *, instead: bool = False) -> Callable[[bytes], bytes]:
    """The file with a text before one of its lines, or instead of it."""

    def changed(content: bytes) -> bytes:
        rows = content.splitlines(keepends=True)
        rows[place : place + instead] = [text]
        return b"".join(rows)

    return changed


def swapped(old: bytes, new: bytes, times: int = 1) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new, times)


CONFLICT = b"<<<<<<< HEAD\n%s||||||| base\n%s=======\n%s>>>>>>> theirs\n"
# Changes of income.csv, signed after them.
CONTENTS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda content: content,
    "a byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "no end of the last line": lambda content: content[:-1],
    "ends of lines as in Windows": swapped(b"\n", b"\r\n", -1),
    "ends of lines as in an old Mac": swapped(b"\n", b"\r", -1),
    "a blank line first": at(0, b"\n"),
    "a blank line": at(2, b"\n"),
    "two blank lines at the end": lambda content: content + b"\n\n",
    "a line of blanks": at(2, b"  \n"),
    "a line of commas": at(2, b"," * 15 + b"\n"),
    "a cell in quotation marks": swapped(b",invented\n", b',"invented, for ""a"" test"\n', -1),
    "a cell of two lines": swapped(b",invented\n", b',"invented\nfor a test"\n'),
    "a cell of two lines before a bad row": lambda content: at(9, b"x,y\n")(
        at(2, b"f-99" + b"," * 14 + b',"a\nb"\n')(content) + b"z\n" * 3
    ),
    "a quotation mark left open": at(2, b'"'),
    "a quotation mark at the end": lambda content: content + b'"',
    "a row too short": at(1, b"f-98,s-01\n"),
    "a row too long": at(3, b"," * 16 + b"\n"),
    "the last cell missing": swapped(b",\n", b"\n"),
    "a comma lost and a comma too many": lambda content: swapped(b",vi,", b",vi")(at(2, b",")(content)),
    "the header again": lambda content: content + content,
    "the header alone": lines(0),
    "the header twice": lines(0, 0),
    "no header": lines(1, 2, 3, 4),
    "another column": swapped(b"value_text", b"words"),
    "a column more": swapped(b",note\n", b",note,more\n"),
    "a column of another order": swapped(b"value,value_high", b"value_high,value"),
    "a column twice": swapped(b"value,value_high", b"value,value"),
    "the columns of sources": lambda _: as_csv("sources.csv", []),
    "no columns of any table": lambda _: b"a,b\n1,2\n",
    "one column": lambda _: b"note\nx\n",
    "empty": lambda _: b"",
    "blank lines alone": lambda _: b"\n\n",
    "a control code": swapped(b",invented\n", b",in\x07vented\n"),
    "a NUL": swapped(b",invented\n", b",in\x00vented\n"),
    "a mark of another code": swapped(b"district", b"district\x7f"),
    "an end of line inside": swapped(b",invented\n", b",in\rvented\n"),
    "not UTF-8 in its first row": swapped(b"figure_id", b"figure_\xff"),
    "not UTF-8": lambda content: content[:-2] + b"\xe1\n",
    "a conflict": at(2, CONFLICT % (b"", b"", b"")),
    "a conflict of rows": lambda content: at(3, CONFLICT % ((b"x" + lines(1)(content),) * 3))(content),
    "a conflict left open": at(3, b"<<<<<<< HEAD\n"),
    "a conflict's other half": at(3, b"=======\n"),
    "a conflict's end": at(3, b">>>>>>> theirs\n"),
    "a conflict's base": at(3, b"||||||| base\n"),
    "two conflicts": lambda content: at(4, CONFLICT % (b"a\n", b"", b""))(
        at(2, CONFLICT % (b"", b"", b""))(content)
    ),
    "a conflict in the first row": at(0, b"<<<<<<< HEAD\n"),
    "a cell that is too large": swapped(b",invented\n", b"," + b"x" * 140_000 + b"\n"),
    "a cell that is too large, late": lambda content: at(4, b"x" * 140_000)(at(2, b"short\n")(content)),
}


def listed(text: str) -> Callable[[Path], None]:
    """The list of checksums, with {income} and {sources} as they are."""

    def changed(folder: Path) -> None:
        sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
        whole = {name.removesuffix(".csv"): text for name, text in sums.items()}
        (folder / "SHA256SUMS").write_text(text.format(**whole))

    return changed


def put(name: str, text: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)

    return changed


def noted(folder: Path, figure_id: str) -> None:
    """A translated note, with its checksum."""
    put("notes_vi.csv", f"figure_id,text\n{figure_id},khác\n")(folder)
    sums = hashlib.sha256((folder / "notes_vi.csv").read_bytes()).hexdigest()
    put("notes_vi.sha256", f"{sums}  notes_vi.csv\n")(folder)


CORRECTION = "key,column,expected,replacement,reason\n"
ALL = "{income}  income.csv\n{sources}  sources.csv\n{communes}  communes.csv\n"
# Changes of the signed folder.
FOLDERS: dict[str, Callable[[Path], object]] = {
    "no checksums": lambda folder: (folder / "SHA256SUMS").unlink(),
    "an empty list of checksums": listed(""),
    "blank lines in the list of checksums": listed("\n" + ALL + "\n"),
    "checksums as of binary files": listed(ALL.replace("  ", " *")),
    "a checksum in capitals": listed(ALL + "A" * 64 + "  a.csv\n"),
    "a checksum too short": listed(ALL + "0" * 63 + "  a.csv\n"),
    "a line that is none, first": listed("x\n" + ALL),
    "two lines that are none": listed(ALL + "x\n\ny\n"),
    "a file that is not there": listed(ALL + "0" * 64 + "  a.csv\n"),
    "a file that is no table": lambda folder: (
        put("more.txt", "bịa ra")(folder),
        listed(ALL + "0" * 64 + "  more.txt\n")(folder),
    ),
    "a file that is not listed": put("more.txt", "bịa ra"),
    "a table that is not listed": listed(ALL.replace("{income}  income.csv\n", "")),
    "the sources are not listed": listed(ALL.replace("{sources}  sources.csv\n", "")),
    "an altered table": listed(ALL.replace("{income}", "0" * 64)),
    "two altered tables": listed(ALL.replace("{income}", "0" * 64).replace("{sources}", "1" * 64)),
    "no sources": lambda folder: (folder / "sources.csv").unlink(),
    "a folder in place of a table": lambda folder: (
        (folder / "income.csv").unlink(),
        (folder / "income.csv").mkdir(),
    ),
    "a link in place of a table": lambda folder: (
        (folder / "income.csv").unlink(),
        (folder / "income.csv").symlink_to("nowhere"),
    ),
    "a folder without checksums": put("office/figures.csv", "x\n"),
    "a hidden folder": put(".office/figures.csv", "x\n"),
    "a hidden file": put(".figures.csv.swp", "x\n"),
    "an empty folder": lambda folder: (folder / "office").mkdir(),
    "a link to a folder": lambda folder: (folder / "office").symlink_to(DATA / "good"),
    "no notes": lambda folder: (folder / "notes_vi.csv").unlink(),
    "no checksum of the notes": lambda folder: (folder / "notes_vi.sha256").unlink(),
    "neither": lambda folder: [path.unlink() for path in folder.glob("notes_vi.*")],
    "other notes": put("notes_vi.csv", "figure_id,text\nf-02,khác\n"),
    "a checksum of the notes that is none": put("notes_vi.sha256", "x\n"),
    "a correction of nothing": put("corrections.csv", CORRECTION + "f-99,value,1,2,bịa ra\n"),
    "a correction of what is twice": lambda folder: (
        put("income.csv", (folder / "income.csv").read_text().replace("f-00", "s-01"))(folder),
        sign(folder),
        put("corrections.csv", CORRECTION + "s-01,note,,2,bịa ra\n")(folder),
    ),
    "a correction of what is otherwise": put("corrections.csv", CORRECTION + "s-01,note,x,2,bịa ra\n"),
    "corrections where a table is broken": lambda folder: (
        put("income.csv", (folder / "income.csv").read_text() + "short\n")(folder),
        sign(folder),
        put("corrections.csv", CORRECTION + "f-99,value,1,2,bịa ra\ns-01,note,x,2,bịa ra\n")(folder),
    ),
    "a note of nothing beside an unlisted file and a broken list": lambda folder: (
        noted(folder, "f-99"),
        put("more.txt", "bịa ra")(folder),
        listed(ALL + "x\n")(folder),
    ),
    "a note of nothing beside an unlisted file": lambda folder: (
        noted(folder, "f-99"),
        put("more.txt", "bịa ra")(folder),
    ),
    "no correction": put("corrections.csv", CORRECTION),
    "a broken correction": put("corrections.csv", CORRECTION + "s-01,note\n"),
}


def faults_of_files(name: str) -> pd.DataFrame:
    record = small()
    with written(record) as folder:
        if name in CONTENTS:
            path = folder / "income.csv"
            path.write_bytes(CONTENTS[name](path.read_bytes()))
            sign(folder)
        else:
            FOLDERS[name](folder)
        return faults(folder)


def told(of: str) -> pd.DataFrame:
    """The faults of one broken record: of cells by its seed, else of files by what was done."""
    table = faults_of_cells(int(of)) if of.isdecimal() else faults_of_files(of)
    return table.assign(row=["" if pd.isna(row) else str(row) for row in table["row"].astype("Int64")])


BROKEN = [*map(str, range(10)), *CONTENTS, *FOLDERS]


@cache
def as_before() -> dict[str, list[list[str]]]:
    """The stored faults of each broken record."""
    found: dict[str, list[list[str]]] = {}
    for of, *fault in pd.read_csv(FAULTS, dtype=str, keep_default_na=False).values.tolist():
        found.setdefault(of, []).append(fault)
    return found


@pytest.mark.parametrize("of", BROKEN)
def test_the_faults_of_a_broken_record_are_told_as_before(of):
    assert told(of).values.tolist() == as_before().get(of, [])


def test_the_stored_faults_are_of_every_broken_record():
    assert list(as_before()) == BROKEN


if __name__ == "__main__":
    made = [(seed, *row) for seed in SEEDS for row in digests(seed).items()]
    made += [("files", *row) for row in files().items()]
    pd.DataFrame(made, columns=["record", "table", "made"]).to_csv(TABLES, index=False, lineterminator="\n")
    broken = [told(of).assign(record=of) for of in BROKEN]
    names = ["record", "file", "row", "figure_id", "column", "problem", "remedy"]
    pd.concat(broken)[names].to_csv(FAULTS, index=False, lineterminator="\n")
