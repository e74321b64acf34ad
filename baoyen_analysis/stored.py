"""The tables of data/processed, read in the types of the dictionary; what is made of them is remembered as
long as they do not change."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, wraps
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis import paths
from baoyen_analysis.cleaning import schema


def table(name: str) -> pd.DataFrame:
    """A table of data/processed in the types of the dictionary; a missing string is ""."""
    return _read(paths.processed() / f"{name}.csv", _changed(name)).copy(deep=False)


def _changed(name: str) -> int:
    """When a table was last written: part of what is remembered of it."""
    path = paths.processed() / f"{name}.csv"
    if not path.is_file():
        paths.check_project()
        raise FileNotFoundError(f"{path.name} is not in data/processed; make it with `python3 run.py accept`")
    return path.stat().st_mtime_ns


_TRUTHS = {"true": True, "false": False, "": None}


@cache
def _read(path: Path, changed: int) -> pd.DataFrame:
    """The table, read once as long as its file does not change: `changed` is part of what is remembered."""
    fields = schema.TABLES[path.stem]
    cells = zip(*_rows(path), strict=True)
    return pd.DataFrame(
        {field.name: _typed(column, field, path) for field, column in zip(fields, cells, strict=True)}
    )


def _typed(column: Sequence[str], field: schema.Field, path: Path) -> Any:
    """A column, its name first, in its type; ValueError where a cell is none of it."""
    text: Any = column[1:]
    if field.type == "boolean":
        if untrue := [at for at, cell in enumerate(text) if cell not in _TRUTHS]:
            raise _mistyped(path, untrue[0], field, "neither true nor false")
        text = [_TRUTHS[cell] for cell in text]
    elif field.type != "string":
        text = np.array(text, dtype=object)
        numbers = pd.to_numeric(text, errors="coerce")
        holds = np.isfinite(numbers)
        if field.type == "integer":
            holds &= (np.trunc(numbers) == numbers) & (abs(numbers) < 2**53)
        wrong = np.flatnonzero(~holds & (text != ""))
        if len(wrong):
            said = "no whole number" if field.type == "integer" else "no number"
            raise _mistyped(path, int(wrong[0]), field, said)
        text = numbers
    return pd.array(text, dtype=schema.DTYPES[field.type])


def _mistyped(path: Path, at: int, field: schema.Field, said: str) -> ValueError:
    """What is wrong with a cell, and what to do."""
    where = f"data/processed/{path.name}, row {at + 2}, {field.name}"
    return ValueError(f"{where}: {said}; make it again with `python3 run.py accept`")


def _rows(path: Path) -> list[list[str]]:
    """The rows of a stored table as text, its head first; ValueError where it is not what was written."""
    content, wanted = path.read_bytes(), schema.columns(path.stem)
    try:
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        rows = list(filter(None, csv.reader(text, strict=True)))
    except (csv.Error, UnicodeDecodeError) as error:
        raise unreadable(path.stem, str(error)) from None
    uneven = next((at for at, row in enumerate(rows, 1) if len(row) != len(wanted)), 0)
    said = ""
    if not rows:
        said = "it is empty"
    elif any(row[0].startswith(("<<<<<<<", "=======", ">>>>>>>")) for row in rows):
        said = "two versions of rows stand in conflict"
    elif not content.endswith(b"\n"):
        said = f"row {len(rows)} is cut short"
    elif rows[:1] != [wanted]:
        said = "its columns are not those of the dictionary"
    elif uneven:
        said = f"row {uneven} has {len(rows[uneven - 1])} cells, not {len(wanted)}"
    if said:
        raise unreadable(path.stem, said)
    return rows


def unreadable(name: str, said: str) -> ValueError:
    """What is wrong with a stored table, and what to do."""
    remedy = (
        f"make it again with `python3 run.py accept`, or restore it (git checkout data/processed/{name}.csv)"
    )
    return ValueError(f"data/processed/{name}.csv can't be read: {said}; {remedy}")


def remembered(answer: Callable[..., Any]) -> Callable[..., Any]:
    """An answer made once as long as the stored tables do not change: charts, tables and sentences ask for
    the same ones again and again."""

    takes = signature(answer)

    @lru_cache(maxsize=1024)
    def made(given: tuple, named: tuple, *changed: object) -> Any:
        return answer(*given, **dict(named))

    @wraps(answer)
    def called(*given: object, **named: object) -> Any:
        try:
            asked = takes.bind(*given, **named)
        except TypeError:
            return answer(*given, **named)  # which says what is wrong with the call
        asked.apply_defaults()  # however it is called, it is the same question
        for name, value in asked.arguments.items():
            if isinstance(value, Iterable) and not isinstance(value, str):
                asked.arguments[name] = tuple(value)
        tables = (_changed(name) for name in ("observations", "derived", "targets", "sources"))
        found = made(asked.args, tuple(asked.kwargs.items()), paths.processed(), *tables)
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return called
