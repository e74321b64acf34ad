"""Reads and verifies data/raw: the figures as collected, byte for byte what their checksums say.

The folder holds one record; each folder below it, made when an office's file is added, holds another in the
same form with its own checksums and sources. Everything is read as text: what the words mean is decided
later."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from baoyen_analysis import paths, vocabulary
from baoyen_analysis.cleaning import places
from baoyen_analysis.cleaning.faults import Faults
from baoyen_analysis.printed.periods import UnreadablePeriod, parse_period

CHECKSUMS = "SHA256SUMS"
CORRECTIONS = "corrections.csv"
_CHECKSUM = re.compile(r"(?P<sum>[0-9a-f]{64}) [ *](?P<name>.+)")
COLUMNS = {
    "figures": (
        "figure_id",
        "source_id",
        "area",
        "area_level",
        "indicator",
        "period",
        "kind",
        "value_text",
        "unit_text",
        "locale",
        "value",
        "value_high",
        "unit",
        "qualifier",
        "definition",
        "note",
    ),
    "sources": ("source_id", "publisher", "title", "published", "url", "source_kind"),
    "comparisons": (
        "comparison_id",
        "figure_id",
        "relation",
        "amount",
        "amount_unit",
        "qualifier",
        "base_area",
        "base_area_level",
        "base_period",
        "base_kind",
        "note",
    ),
    "goals": ("goal_id", "name_vi", "name_en", "due", "indicator", "figure_id", "source_id", "note"),
    "communes": (
        "old_code",
        "old_name",
        "old_kind",
        "old_district",
        "valid_to",
        "new_code",
        "new_name",
        "new_kind",
        "new_valid_from",
        "legal_act",
        "note",
    ),
    "corrections": ("key", "column", "expected", "replacement", "reason"),
}
# Columns that no collected file has: corrections.csv alone fills them.
OWN_COLUMNS = {"figures": ("year_inferred",), "sources": ("note",)}
# What a correction's key names, a table: a commune by its name and last day ("Long Khánh 2020-02-10").
_KEYS = {
    "figures": ("figure_id",),
    "sources": ("source_id",),
    "comparisons": ("comparison_id",),
    "communes": ("old_name", "valid_to"),
}
RELATIONS = ("difference", "percent_change", "percent_of", "ratio")


class Record(NamedTuple):
    """The collected record: tables of text with `file` and `row`, the header being row 1."""

    figures: pd.DataFrame
    sources: pd.DataFrame
    comparisons: pd.DataFrame
    goals: pd.DataFrame
    communes: pd.DataFrame


def figures(folder: Path | None = None) -> pd.DataFrame:
    """Every collected figure as text, one row a figure, once the whole record has been verified; faults raise
    `FaultyRecord`.

    >>> len(figures())
    577
    """
    return read(folder).figures


def read(folder: Path | None = None, *, faults: Faults | None = None) -> Record:
    """The whole record, verified: checksums, encoding, and every rule of `check`.

    With `faults` given they are gathered there and the caller raises them; without, any fault raises
    `FaultyRecord`."""
    folder = folder or paths.raw()
    found = faults or Faults()
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in COLUMNS}
    for place in _places(folder):
        for path in _verified(place, folder, found):
            _read_table(path, path.relative_to(folder).as_posix(), tables, found)
    corrections = folder / CORRECTIONS
    if corrections.exists():
        _read_table(corrections, CORRECTIONS, tables, found)
    merged = {name: _joined(name, parts) for name, parts in tables.items()}
    _correct(merged, merged.pop("corrections"), found)
    record = Record(**merged)
    check(record, found)
    if faults is None:
        found.raise_if_any()
    return record


def _places(folder: Path) -> list[Path]:
    """The folder and every folder below it that holds a file, but those hidden by a dot, where editors keep
    copies."""
    below = {
        path.parent
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parent.parts)
    }
    return [folder, *sorted(below - {folder})]


def _verified(place: Path, folder: Path, faults: Faults) -> list[Path]:
    """The files of one folder that its checksums list and that are there; a missing, altered or unlisted one
    is a fault."""
    sums = place / CHECKSUMS
    name = sums.relative_to(folder).as_posix()
    if not sums.exists():
        faults.add(
            name,
            "the list of checksums is missing",
            "Restore it from the repository, or take the folder out of data/raw",
        )
        return []
    lines = [line for line in sums.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    pairs = [_CHECKSUM.fullmatch(line) for line in lines]
    if None in pairs:
        faults.add(
            name,
            f"no checksum and name of a file: {lines[pairs.index(None)]!r}",
            "Restore it from the repository",
            row=pairs.index(None) + 1,
        )
    listed = {pair["name"]: pair["sum"] for pair in pairs if pair}
    present = {path.name for path in place.iterdir() if path.is_file()} - {CHECKSUMS, CORRECTIONS}
    for missing in sorted(listed.keys() - present):
        faults.add(
            (place / missing).relative_to(folder).as_posix(),
            "the file is missing",
            f"Restore it, or take it out of {name}",
        )
    for unlisted in sorted(present - listed.keys()):
        faults.add(
            (place / unlisted).relative_to(folder).as_posix(),
            f"the file is not listed in {name}",
            "Add figures with `baoyen add`; keep other files elsewhere",
        )
    paths_found = [place / found for found in sorted(listed.keys() & present)]
    for path in paths_found:
        if hashlib.sha256(path.read_bytes()).hexdigest() != listed[path.name]:
            faults.add(
                path.relative_to(folder).as_posix(),
                f"the file was altered: its checksum is not the one in {name}",
                f"Restore it (git checkout data/raw/{path.relative_to(folder).as_posix()}); a mistake in it is mended in {CORRECTIONS}",
            )
    return [path for path in paths_found if path.suffix == ".csv"]


def _read_table(path: Path, name: str, tables: dict[str, list[pd.DataFrame]], faults: Faults) -> None:
    """Read one CSV file as text and put it with the tables of its kind, which its columns tell."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.add(
            name,
            f"the file is not in UTF-8: byte {error.object[error.start]:#04x}",
            "Save it as UTF-8",
            row=row,
        )
        return
    try:
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, index_col=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        faults.add(name, f"the file is not a table: {error}", "Save it as CSV with a header")
        return
    kind = next((kind for kind, columns in COLUMNS.items() if tuple(frame.columns) == columns), "")
    if not kind:
        expected = COLUMNS.get(path.stem, COLUMNS["figures"])
        wrong = sorted(set(expected) ^ set(frame.columns)) or ["their order"]
        faults.add(
            name,
            f"the columns are not those of a table of the record: {', '.join(wrong)}",
            f"Use the columns {', '.join(expected)}",
            row=1,
        )
        return
    tables[kind].append(frame.assign(file=name, row=range(2, len(frame) + 2)))


def _joined(kind: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """All tables of one kind in one, with the columns that corrections fill; an empty one where there is
    none."""
    columns = [*COLUMNS[kind], "file", "row"]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype=str)
    return table.assign(**dict.fromkeys(OWN_COLUMNS.get(kind, ()), ""))


def _correct(tables: dict[str, pd.DataFrame], corrections: pd.DataFrame, faults: Faults) -> None:
    """Apply the corrections to the tables, each said in the row's note; one that does not find just what it
    expects is a fault, so that it ends with its cause."""
    keys = {
        name: table[list(_KEYS[name])].agg(" ".join, axis=1) if len(table) else pd.Series(dtype=str)
        for name, table in tables.items()
        if name in _KEYS
    }
    for entry in corrections.itertuples(index=False):
        found = [
            (name, key.index[key == entry.key])
            for name, key in keys.items()
            if entry.column in (*COLUMNS[name], *OWN_COLUMNS.get(name, ())) and (key == entry.key).any()
        ]
        if len(found) != 1:
            problem = "more than one row" if found else "no row or no column"
            problem = f"the correction names {problem} of the record: {entry.key}, {entry.column}"
        else:
            problem = _apply(tables[found[0][0]], found[0][1], entry)
        if problem:
            where = {"row": entry.row, "figure_id": entry.key, "column": entry.column}
            faults.add(entry.file, problem, "Mend or remove the correction", **where)


def _apply(table: pd.DataFrame, rows: pd.Index, entry: Any) -> str:
    """Write one correction into its row; gives what keeps it from being written."""
    stands = table.loc[rows, entry.column]
    if not (stands == entry.expected).all():
        return f"the correction expects {entry.expected!r} where {stands.iloc[0]!r} stands"
    table.loc[rows, entry.column] = entry.replacement
    # What is no correction of a printed thing needs no mention.
    if entry.column not in OWN_COLUMNS["figures"]:
        said = f"corrected: {entry.column} is printed or recorded as {entry.expected!r} ({entry.reason})"
        table.loc[rows, "note"] = [f"{note}; {said}" if note else said for note in table.loc[rows, "note"]]
    return ""


def check(record: Record, faults: Faults) -> None:
    """Every rule of the record: known words, known places and sources, readable periods and numbers, one row
    an id, NFC text."""
    for table in record:
        _check_nfc(table, faults)
    table = record.figures
    _check_unique(table, "figure_id", faults)
    _check_known(table, "source_id", record.sources["source_id"], faults, "Add the source to sources.csv")
    _check_known(
        table,
        "indicator",
        vocabulary.INDICATORS,
        faults,
        "Use an indicator of vocabulary.py, or add it there",
    )
    _check_known(table, "kind", vocabulary.KINDS, faults)
    _check_known(table, "qualifier", vocabulary.QUALIFIERS, faults)
    _check_known(table, "locale", ("vi", "en"), faults)
    _check_known(table, "year_inferred", ("", "true"), faults)
    _check_known(table, "unit", vocabulary.UNITS, faults, "Use a unit of vocabulary.py, or add it there")
    expected = table["indicator"].map(
        {name: indicator.unit for name, indicator in vocabulary.INDICATORS.items()}
    )
    other = table[table["unit"].isin(vocabulary.UNITS) & expected.notna() & (table["unit"] != expected)]
    faults.add_rows(
        other,
        "unit",
        other["indicator"] + " is measured in " + expected[other.index] + ", not " + other["unit"],
        "Give it in that unit, or as another indicator",
    )
    areas = pd.MultiIndex.from_tuples({unit[:2] for unit in places.known_areas(record.communes)})
    _check_area(table, "area", "area_level", areas, faults)
    _check_period(table, "period", faults)
    _check_number(table, "value", faults)
    _check_number(table[table["value_high"] != ""], "value_high", faults)
    _check_comparisons(record, areas, faults)
    _check_unique(record.sources, "source_id", faults)
    _check_known(record.sources, "source_kind", vocabulary.SOURCE_KINDS, faults)
    undated = record.sources[~record.sources["published"].map(is_published).astype(bool)]
    faults.add_rows(
        undated,
        "published",
        "published is no date: " + undated["published"],
        "Write it as 2025-01-31, 2025-01 or 2025, or leave it blank",
    )
    goals = record.goals
    _check_known(
        goals[goals["figure_id"] != ""],
        "figure_id",
        table["figure_id"],
        faults,
        "Name a figure of the record",
    )
    _check_known(
        goals[goals["indicator"] != ""],
        "indicator",
        vocabulary.INDICATORS,
        faults,
        "Use an indicator of vocabulary.py",
    )
    _check_known(goals, "source_id", record.sources["source_id"], faults, "Add the source to sources.csv")


def _check_comparisons(record: Record, areas: pd.MultiIndex, faults: Faults) -> None:
    table = record.comparisons
    _check_unique(table, "comparison_id", faults)
    _check_known(table, "figure_id", record.figures["figure_id"], faults, "Name a figure of the record")
    _check_known(table, "relation", RELATIONS, faults)
    _check_known(table, "amount_unit", [*vocabulary.UNITS, *vocabulary.COMPARISON_UNITS], faults)
    _check_known(table, "qualifier", vocabulary.QUALIFIERS, faults)
    _check_known(table, "base_kind", vocabulary.KINDS, faults)
    _check_area(table, "base_area", "base_area_level", areas, faults)
    _check_period(table, "base_period", faults)
    _check_number(table, "amount", faults)


def is_published(text: str) -> bool:
    """Whether a text is a day, a month or a year in ISO order, or blank: only such dates stand in the order
    of their letters.

    >>> [is_published(text) for text in ("2025-06-01", "2025-06", "2025", "", "31/12/2022", "2022-13", "2023-02-29")]
    [True, True, True, True, False, False, False]
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return text == ""
    try:
        return bool(date.fromisoformat(text + "-01-01"[len(text) - 4 :]))
    except ValueError:
        return False


def _check_nfc(table: pd.DataFrame, faults: Faults) -> None:
    for column in table.columns.drop(["file", "row"]):
        bad = table[~table[column].map(lambda value: unicodedata.is_normalized("NFC", value)).astype(bool)]
        faults.add_rows(
            bad,
            column,
            "the text is not in Unicode NFC",
            "Save it in NFC (the composed form of Vietnamese letters)",
        )


def _check_unique(table: pd.DataFrame, column: str, faults: Faults) -> None:
    blank = table[table[column] == ""]
    faults.add_rows(blank, column, f"{column} is blank", "Give each row its own")
    again = table[table[column].duplicated() & (table[column] != "")]
    first = table.drop_duplicates(column).set_index(column)
    said = [
        f"{value} stands already in {first.at[value, 'file']}, row {first.at[value, 'row']}"
        for value in again[column]
    ]
    faults.add_rows(again, column, pd.Series(said), f"Give each row its own {column}")


def _check_known(table: pd.DataFrame, column: str, known, faults: Faults, remedy: str = "") -> None:
    known = list(known)
    bad = table[~table[column].isin(known)]
    faults.add_rows(
        bad, column, "unknown " + column + ": " + bad[column], remedy or f"Use one of {', '.join(known)}"
    )


def _check_area(table: pd.DataFrame, area: str, level: str, areas: pd.MultiIndex, faults: Faults) -> None:
    bad = table[~pd.MultiIndex.from_frame(table[[area, level]]).isin(areas)]
    said = "unknown area: " + bad[area] + " (" + bad[level] + ")"
    faults.add_rows(bad, area, said, "Use a name and level of places.py, or add it there")


def _check_period(table: pd.DataFrame, column: str, faults: Faults) -> None:
    unreadable = {}
    for text in table[column].unique():
        try:
            parse_period(text)
        except UnreadablePeriod as error:
            unreadable[text] = str(error)
    bad = table[table[column].isin(list(unreadable))]
    faults.add_rows(
        bad,
        column,
        "unknown period: " + bad[column].map(unreadable),
        "Write it as 2022, 2022-9M, 2025Q1, 2024M08 or 2020-2025",
    )


def _check_number(table: pd.DataFrame, column: str, faults: Faults) -> None:
    bad = table[pd.to_numeric(table[column], errors="coerce").isna()]
    faults.add_rows(
        bad, column, column + " is not a number: " + bad[column], "Write digits with a decimal point"
    )
