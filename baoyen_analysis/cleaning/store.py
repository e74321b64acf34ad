"""The only writer of processed tables: CSV in UTF-8, sorted, rounded, with a data package beside them; and
the comparison with them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from baoyen_analysis.cleaning import schema

PACKAGE = "datapackage.json"


def files(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """The files that the tables become, name to bytes; the same tables give the same bytes."""
    written = {f"{name}.csv": to_csv(table, name) for name, table in tables.items()}
    package = json.dumps(_package(written), ensure_ascii=False, indent=2) + "\n"
    return written | {PACKAGE: package.encode()}


def to_csv(table: pd.DataFrame, name: str) -> bytes:
    """One table as CSV: whole numbers without a point, a missing value as nothing."""
    cells = [_cells(table[field.name], field.type) for field in schema.TABLES[name]]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(schema.columns(name))
    rows.writerows(zip(*cells, strict=True))
    return text.getvalue().encode()


def _cells(column: pd.Series, kind: str) -> list[Any]:
    """The cells of a column as they are written."""
    cells = column.to_numpy(dtype=object, na_value="").tolist()
    if kind == "number":
        return [cell if cell == "" else repr(float(cell)).removesuffix(".0") for cell in cells]
    if kind == "boolean":
        return [cell if cell == "" else str(cell).lower() for cell in cells]
    return cells


def write(tables: dict[str, pd.DataFrame], folder: Path) -> list[str]:
    """Write the tables' files into a folder, each to a temporary file first, then renamed; gives the names of
    those that changed.

    Nothing is changed where one of them can't be written."""
    folder.mkdir(parents=True, exist_ok=True)
    made = changed(tables, folder)
    _replace(made)
    return [path.name for path in made]


def changed(tables: dict[str, pd.DataFrame], folder: Path) -> dict[Path, bytes]:
    """The files of the tables that a folder does not hold as they are, with their content."""
    made = files(tables)
    return {folder / name: content for name, content in made.items() if _bytes(folder / name) != content}


def replace_file(path: Path, content: bytes) -> None:
    """Write one file in one step: a temporary file beside it, then renamed."""
    _replace({path: content})


def _replace(contents: dict[Path, bytes]) -> None:
    waiting: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            waiting[path] = _temporary(path.parent, content)
        for path, temporary in waiting.items():
            os.replace(temporary, path)
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)


def _temporary(folder: Path, content: bytes) -> Path:
    """A new file with the content; where it can't be written whole, nothing of it is left."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
    except OSError:
        os.unlink(name)
        raise
    return Path(name)


def differences(tables: dict[str, pd.DataFrame], folder: Path) -> pd.DataFrame:
    """Where a folder's files differ from what the tables would be written as.

    Columns: `file`, `key` (what names the row), `column`, `stored`, `built`; a file or row on one side only
    has "" on the other."""
    rows: list[tuple[str, ...]] = []
    made = files(tables)
    for name, content in made.items():
        stored = _bytes(folder / name)
        if stored is None:
            rows.append((name, "", "", "", "the file is missing"))
        elif stored != content and name.endswith(".csv"):
            rows += [(name, *cell) for cell in _cell_differences(name, stored, content)]
        elif stored != content:
            rows.append((name, "", "", "other content", "the description of the tables as built"))
    strange = sorted({path.name for path in folder.glob("*.csv")} - made.keys())
    rows += [(name, "", "", "the file is not of the record", "") for name in strange]
    return pd.DataFrame(rows, columns=["file", "key", "column", "stored", "built"])


def _cell_differences(name: str, stored: bytes, built: bytes) -> list[tuple[str, ...]]:
    """The cells of a table that are not what they would be written as, and its rows on one side only: key,
    column, stored and built."""
    keys = schema.keys(name.removesuffix(".csv"))
    try:
        old, new = (
            {
                " / ".join(row[key] for key in keys): row
                for row in pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False).to_dict(
                    "records"
                )
            }
            for content in (stored, built)
        )
    except (KeyError, ValueError) as error:
        return [("", "", f"the file can't be read: {error}", "")]
    rows: list[tuple[str, ...]] = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before and after:
            pairs = {column: (before.get(column, ""), after.get(column, "")) for column in after | before}
            rows += [(key, column, *pair) for column, pair in pairs.items() if pair[0] != pair[1]]
        else:
            rows.append((key, "", "the row" if before else "", "the row" if after else ""))
    return rows or [("", "", "other bytes", "the same cells")]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _package(written: dict[str, bytes]) -> dict[str, Any]:
    """The description of the tables in the Data Package format (datapackage.org), made from the schemas."""
    resources = []
    for name, content in written.items():
        table = name.removesuffix(".csv")
        fields: list[dict[str, Any]] = []
        for field in schema.TABLES[table]:
            fields.append({"name": field.name, "type": field.type, "description": field.en})
            if field.unit:
                fields[-1]["unit"] = field.unit
            if field.allowed:
                fields[-1]["constraints"] = {"enum": list(field.allowed)}
        resources.append(
            {"name": table, "path": name, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
            | {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
            | {"schema": {"fields": fields, "primaryKey": schema.keys(table), "missingValues": [""]}}
        )
    return {
        "name": "baoyen-analysis",
        "title": "Income, product value per hectare and tourism of Bảo Yên, Lào Cai, as printed",
        "description": "Every figure traced to its printed words and source; "
        "made from data/raw, never edited by hand.",
        "resources": resources,
    }
