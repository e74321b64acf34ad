"""Reads and verifies data/raw: the figures as collected, byte for byte what their checksums say.

The folder holds one record; each folder below it, made when an office's file is added, holds another in the
same form with its own checksums and sources. Everything is read as text: what the words mean is decided
later. `raw.csv` lists the tables' columns and the rule of each."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from baoyen_analysis import paths, vocabulary
from baoyen_analysis.cleaning import rules
from baoyen_analysis.cleaning.faults import Faults

CHECKSUMS = "SHA256SUMS"
CORRECTIONS = "corrections.csv"
# The collector's notes in Vietnamese (figure_id, text), with a checksum of their own: a translation, no
# table of the record.
NOTES, NOTES_SUM = "notes_vi.csv", "notes_vi.sha256"
OWN = {CHECKSUMS, CORRECTIONS, NOTES, NOTES_SUM}
_CHECKSUM = re.compile(r"(?P<sum>[0-9a-f]{64}) [ *](?P<name>.+)")
# What git leaves where two versions stand in conflict, in their order.
_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
# What a correction's key names, a table: a commune by its name and last day ("Long Khánh 2020-02-10").
_KEYS = {
    "figures": ("figure_id",),
    "sources": ("source_id",),
    "comparisons": ("comparison_id",),
    "communes": ("old_name", "valid_to"),
}

# The columns of each collected table, and those that corrections.csv alone fills.
COLUMNS: dict[str, tuple[str, ...]] = {}
OWN_COLUMNS: dict[str, tuple[str, ...]] = {}
for _row in rules.COLUMNS:
    _into = COLUMNS if _row["collected"] == "yes" else OWN_COLUMNS
    _into[_row["table"]] = (*_into.get(_row["table"], ()), _row["column"])


_OF_COLUMNS = {columns: kind for kind, columns in COLUMNS.items()}
# Control codes, but the ends of lines; and what else only a reader that counts rows can tell of: blank lines,
# marks of a conflict.
_CODES = bytes({*range(32), 127} - {10, 13})
_STANDS_APART = re.compile(b"\xcc[\x80-\xbf]|\xcd[\x80-\xaf]")  # a mark without its letter, in UTF-8
_UNUSUAL = (b"\n\n", b"\n\r\n", *(f"\n{mark}".encode() for mark in _MARKS))


class Record(NamedTuple):
    """The collected record: tables of text with `file` and `row`, the header being row 1."""

    figures: pd.DataFrame
    sources: pd.DataFrame
    comparisons: pd.DataFrame
    goals: pd.DataFrame
    communes: pd.DataFrame
    # What `baoyen add` keeps beside an office's figures: its own indicators, what labels were told to be, the
    # file.
    indicators: pd.DataFrame
    names: pd.DataFrame
    files: pd.DataFrame


def read(folder: Path | None = None, *, faults: Faults | None = None) -> Record:
    """The whole record, verified: checksums, encoding, and every rule of `raw.csv`.

    With `faults` given they are gathered there and the caller raises them; without, any fault raises
    `FaultyRecord`. A row that can't be read is a fault and is left out; what the others say of it is then
    not held against them.

    >>> len(read().figures)
    577
    """
    if folder is None:
        paths.check_project()
    folder = folder or paths.raw()
    found = Faults() if faults is None else faults
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in COLUMNS}
    broken: set[str] = set()
    corrections = folder / CORRECTIONS
    listed = [pair for place in _places(folder, found) for pair in _verified(place, folder, found)]
    listed += [(corrections, "")] if corrections.is_file() else []
    for path, altered in [*listed, *_notes(folder, found)]:
        name = path.relative_to(folder).as_posix()
        if kind := _read_table(path, name, tables, found):
            broken.add(kind)
        elif altered:
            remedy = f"Restore it (git checkout data/raw/{name}); a mistake in it is mended in {CORRECTIONS}"
            found.add(name, altered, remedy)
    # A table of which a file is not there can't be held against others.
    broken |= {
        _kind("", Path(fault.file).stem)
        for fault in found
        if fault.row is None and fault.file.endswith((".csv", CHECKSUMS))
    }
    if not tables["sources"] and "sources" not in broken:
        found.add("sources.csv", "the record has no sources", "Restore it from the repository")
        broken.add("sources")
    merged = {}
    for name, parts in tables.items():
        table = pd.concat(parts, ignore_index=True) if parts[1:] else next(iter(parts), _none(name))
        merged[name] = table.assign(**dict.fromkeys(OWN_COLUMNS.get(name, ()), ""))
    broken |= rules.check_texts(merged, found)
    _correct(merged, merged.pop("corrections"), found, broken)
    vocabulary.know_indicators(merged["indicators"].to_dict("records"))
    rules.check(merged, found, broken=broken)
    del merged["notes"]
    if faults is None:
        found.raise_if_any()
    return Record(**merged)


@cache
def _none(name: str) -> pd.DataFrame:
    """A table of the record without a row."""
    return pd.DataFrame(columns=[*COLUMNS[name], "file", "row"], dtype=str)


def _notes(folder: Path, faults: Faults) -> list[tuple[Path, str]]:
    """The translated notes, where there are any and they are those that their checksum names."""
    notes, sums = folder / NOTES, folder / NOTES_SUM
    if not notes.exists() and not sums.exists():
        return []
    text = sums.read_text(encoding="utf-8", errors="replace").strip() if sums.is_file() else ""
    listed = _CHECKSUM.fullmatch(text)
    if notes.is_file() and listed and listed["sum"] == hashlib.sha256(notes.read_bytes()).hexdigest():
        return [(notes, "")]
    remedy = f"Restore both (git checkout data/raw/{NOTES} data/raw/{NOTES_SUM})"
    faults.add(NOTES, f"it is not what {NOTES_SUM} lists", remedy)
    return []


def _places(folder: Path, faults: Faults) -> list[Path]:
    """The folder and every folder below it that holds a file, but those hidden by a dot, where editors keep
    copies. A link to a folder is a fault: what it leads to is no part of the record."""
    hidden = re.compile(r"(^|/)\.")
    every = [path for path in folder.rglob("*") if not hidden.search(path.relative_to(folder).as_posix())]
    for path in every:
        if path.is_symlink() and path.is_dir():
            remedy = "Put the folder itself in its place, or take it out of data/raw"
            faults.add(path.relative_to(folder).as_posix(), "it is a link to a folder", remedy)
    return [folder, *sorted({path.parent for path in every if path.is_file()} - {folder})]


def _verified(place: Path, folder: Path, faults: Faults) -> list[tuple[Path, str]]:
    """The tables of one folder that its checksums list and that are there, each with what is said of it if it
    was altered; a missing or unlisted file is a fault.

    A list of checksums that can't be read is the one fault of its folder: the tables are read without."""
    sums = place / CHECKSUMS
    name = sums.relative_to(folder).as_posix()
    present = {path.name for path in place.iterdir() if path.is_file()} - OWN
    remedy = "Restore it from the repository, or take the folder out of data/raw"
    if not sums.is_file():
        faults.add(name, "the list of checksums is missing", remedy)
        return []
    lines = sums.read_text(encoding="utf-8", errors="replace").splitlines()
    strange = {row: line for row, line in enumerate(lines, start=1) if line and not _CHECKSUM.fullmatch(line)}
    listed = {pair["name"]: pair["sum"] for line in lines if (pair := _CHECKSUM.fullmatch(line))}
    unlisted = [file for file in sorted(present) if file.endswith(".csv") and file not in listed]
    if strange or len(unlisted) > len(listed):
        row, line = next(iter(strange.items()), (len(lines) + 1, ""))
        problem = f"no checksum and name of a file: {line!r}" if strange else "it lists too few of the files"
        faults.add(name, problem, "Restore it from the repository", row=row)
        return [(place / file, "") for file in sorted(present) if file.endswith(".csv")]
    read = []
    for file in sorted(listed.keys() | present):
        where = name.removesuffix(CHECKSUMS) + file
        if file not in present:
            there = os.path.lexists(place / file)
            problem = "it is no file but a folder, a link or a pipe" if there else "the file is missing"
            faults.add(where, problem, f"Restore it, or take it out of {name}")
        elif file not in listed:
            remedy = "Add figures with `baoyen add`; keep other files elsewhere"
            faults.add(where, f"the file is not listed in {name}", remedy)
        else:
            same = hashlib.sha256((place / file).read_bytes()).hexdigest() == listed[file]
            altered = "" if same else f"the file was altered: its checksum is not the one in {name}"
            if file.endswith(".csv"):
                read.append((place / file, altered))
            elif altered:
                faults.add(where, altered, f"Restore it (git checkout data/raw/{where})")
    return read


def _read_table(path: Path, name: str, tables: dict[str, list[pd.DataFrame]], faults: Faults) -> str:
    """Read one CSV file as text and put it with the tables of its kind, which its columns tell; gives the
    kind of a file that can't be read whole."""
    before = len(faults)
    content = _composed(path.read_bytes(), name, faults)
    if (frame := _plain_rows(content)) is not None:
        kind = _OF_COLUMNS[tuple(frame.columns[:-1])]
        tables[kind].append(frame.assign(file=name))
        return kind if len(faults) > before else ""
    text = content.decode("utf-8-sig", errors="replace")
    kind = _kind(text, path.stem)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        problem = f"the file is not in UTF-8: byte {content[error.start]:#04x}"
        faults.add(name, problem, "Save it as UTF-8", row=row)
        return kind
    frame = _rows(text, name, faults)
    columns = () if frame is None else tuple(frame.columns[:-1])
    if frame is not None and columns == COLUMNS[kind]:
        tables[kind].append(frame.assign(file=name))
        if frame.empty and kind != "corrections" and len(faults) == before:
            faults.add(name, "the table has no row below its header", "Restore its rows, or the file")
    elif frame is not None:
        wrong = sorted(set(COLUMNS[kind]) ^ set(columns)) or ["their order"]
        problem = f"the columns are not those of a table of the record: {', '.join(wrong)}"
        faults.add(name, problem, f"Use the columns {', '.join(COLUMNS[kind])}", row=1)
    return kind if len(faults) > before else ""


def _composed(content: bytes, name: str, faults: Faults) -> bytes:
    """A file with its letters composed: rows in which they stand apart from their marks are one fault, and
    what else is wrong is looked for as if they did not. In one row alone the cell is named (`rules`)."""
    try:
        lines = content.decode("utf-8").split("\n") if _STANDS_APART.search(content) else []
    except UnicodeDecodeError:
        return content
    apart = [number for number, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)]
    if len(apart) < 2:
        return content
    problem = f"the text is not in Unicode NFC, here and in {len(apart) - 1} more row{'s' * (len(apart) > 2)}"
    remedy = "Save it in NFC (the composed form of Vietnamese letters), or restore it"
    faults.add(name, f"{problem}: letters stand apart from their marks", remedy, row=apart[0])
    return unicodedata.normalize("NFC", "\n".join(lines)).encode()


def _kind(text: str, stem: str) -> str:
    """The table that a file is of: the one with most of its columns, where these are half of them, else the
    one of its name."""
    header = set(next(iter(text.splitlines()), "").split(","))
    shared = {kind: len(header & set(columns)) for kind, columns in COLUMNS.items()}
    best = max(shared, key=lambda kind: (shared[kind], -len(COLUMNS[kind])))
    return best if 2 * shared[best] >= len(header) else stem if stem in COLUMNS else "figures"


def _plain_rows(content: bytes) -> pd.DataFrame | None:
    """The rows of a file in which nothing is unusual, as the fast reader has them; None where something is,
    which a reader that counts rows must look at."""
    begun = b"\n" + content
    codes = len(content.translate(None, _CODES)) < len(content) or content.count(b"\r") > content.count(
        b"\r\n"
    )
    if codes or any(sign in begun for sign in _UNUSUAL):
        return None
    del begun
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    # pandas takes a millisecond a file, whatever its length; no cell of a short one is too large for `csv`.
    short = len(content) <= csv.field_size_limit()
    frame = (_short_table if short else _long_table)(content, lines)
    first = None if frame is None else frame.columns[0]
    if frame is None or frame.empty or len(frame) != lines - 1 or (frame[first] == first).any():
        return None
    return frame.assign(row=np.arange(2, lines + 1))


def _short_table(content: bytes, lines: int) -> pd.DataFrame | None:
    """A table of the record whose rows have as many cells as its header, one a line."""
    try:
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=None))
    except (ValueError, csv.Error):
        return None
    whole = tuple(header) in _OF_COLUMNS and len(rows) == lines - 1 and {*map(len, rows)} == {len(header)}
    return pd.DataFrame(np.array(rows, dtype=object), columns=header, dtype=str) if whole else None


def _long_table(content: bytes, lines: int) -> pd.DataFrame | None:
    """The same of a long table, by the reader that is fast with many rows."""
    try:
        frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError):
        return None
    whole = tuple(frame.columns) in _OF_COLUMNS and isinstance(frame.index, pd.RangeIndex)
    # A row that is too short is filled up without a word: it lacks commas.
    cells = (frame[column].to_numpy(dtype=object) for column in frame)
    inside = sum("".join(of).count(",") for of in cells) if b'"' in content else 0
    whole = whole and content.count(b",") == (len(frame.columns) - 1) * lines + inside
    return frame if whole else None


def _rows(text: str, name: str, faults: Faults) -> pd.DataFrame | None:
    """The rows of a file that have as many cells as its header, with their numbers in `row`; each other is a
    fault. Of two versions of rows that stand in conflict the first is read."""
    header: list[str] = []
    rows: dict[int, list[str]] = {}
    number, mark = 0, ""
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=None)), start=1):
            if cells and cells[0].startswith(_MARKS):
                if not mark:
                    problem = f"two versions of rows stand in conflict: {cells[0]!r}"
                    faults.add(name, problem, "Keep one of the two and take the marks out", row=number)
                mark = cells[0][:7].replace(_MARKS[-1], "")
            elif not cells or mark not in ("", _MARKS[0]):
                continue
            elif cells == header:
                remedy = "Take it out, and the rows below it if they stand above too"
                faults.add(name, "the header stands here again", remedy, row=number)
                break
            else:
                header = header or cells
                rows[number] = cells
    except csv.Error as error:
        remedy = "Look for a quotation mark left open"
        faults.add(name, f"the row can't be read: {error}", remedy, row=number + 1)
        if not header:
            return None
    if not header:
        faults.add(name, "the file is not a table: it is empty", "Save it as CSV with a header")
        return None
    sound = _sound(rows, len(header), name, faults)
    del sound[next(iter(sound))]  # the header
    return pd.DataFrame([*sound.values()], columns=header, dtype=str).assign(row=[*sound])


def _sound(rows: dict[int, list[str]], width: int, name: str, faults: Faults) -> dict[int, list[str]]:
    """The rows that have as many cells as the header, none of which has taken whole rows in."""
    sound = dict(rows)
    for number, cells in rows.items():
        problem, remedy = "", "Look for a quotation mark left open"
        if len(cells) != width:
            problem = f"the row has {len(cells)} cells, the header {width}"
            remedy = "Give it all of them, blank ones too, and look for a quotation mark left open"
            if len(cells) > width:
                remedy = "Put quotation marks round a cell with a comma in it"
        elif any("\n" in cell and cell.count(",") >= width - 1 for cell in cells):
            problem = "a cell holds whole rows"
        if problem:
            faults.add(name, problem, remedy, row=number)
            del sound[number]
    return sound


class _Texts(dict[tuple[str, str], list[str]]):
    """The texts of the columns that are asked for, by table and column: to change one in a list costs less
    than in a table."""

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        super().__init__()
        self.tables = tables

    def __missing__(self, key: tuple[str, str]) -> list[str]:
        self[key] = self.tables[key[0]][key[1]].tolist()
        return self[key]


def _correct(
    tables: dict[str, pd.DataFrame], corrections: pd.DataFrame, faults: Faults, broken: set[str]
) -> None:
    """Write the corrections into the tables, each said in the row's note; one that does not find just what it
    expects is a fault, so that it ends with its cause."""
    rows_of: dict[str, dict[str, list[int]]] = {name: {} for name in _KEYS}
    cells = _Texts(tables)
    for name, columns in _KEYS.items():
        keys = map(" ".join, zip(*(tables[name][column].tolist() for column in columns), strict=True))
        for row, key in enumerate(keys):
            rows_of[name].setdefault(key, []).append(row)
    for entry in corrections.itertuples():
        column = entry.column
        found = [
            (name, keyed[entry.key])
            for name, keyed in rows_of.items()
            if column in (*COLUMNS[name], *OWN_COLUMNS.get(name, ())) and entry.key in keyed
        ]
        if not found and any(column in (*COLUMNS[name], *OWN_COLUMNS.get(name, ())) for name in broken):
            continue  # its row may be one of those that can't be read
        problem = ""
        if len(found) != 1:
            problem = "more than one row" if found else "no row or no column"
            problem = f"the correction names {problem} of the record: {entry.key}, {column}"
        elif {*(held := [cells[found[0][0], column][row] for row in found[0][1]])} != {entry.expected}:
            problem = f"the correction expects {entry.expected!r} where {held[0]!r} stands"
        if problem:
            where = {"row": entry.row, "figure_id": entry.key, "column": column}
            faults.add(entry.file, problem, "Mend or remove the correction", **where)
            continue
        name, rows = found[0]
        # What is no correction of a printed thing needs no mention.
        before = f" is printed or recorded as {entry.expected!r}" if entry.expected else ""
        said = "" if column in OWN_COLUMNS["figures"] else f"corrected: {column}{before} ({entry.reason})"
        for row in rows:
            cells[name, column][row] = entry.replacement
            if said:
                notes = cells[name, "note"]
                notes[row] = f"{notes[row]}; {said}".removeprefix("; ")
    for (name, column), texts in cells.items():
        tables[name][column] = texts
