"""The tables of data/processed, read in the types of the dictionary; what is made of them is remembered as
long as they do not change."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any

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


@cache
def _read(path: Path, changed: int) -> pd.DataFrame:
    """The table, read once as long as its file does not change: `changed` is part of what is remembered."""
    text = _text(path)
    return pd.DataFrame(
        {field.name: _typed(text[field.name], field.type, path) for field in schema.TABLES[path.stem]}
    )


def _typed(text: pd.Series, kind: str, path: Path) -> pd.Series:
    """A column in its type; ValueError where a number is none."""
    values = text
    if kind == "boolean":
        values = text.map({"true": True, "false": False})
    elif kind != "string":
        values = pd.to_numeric(text, errors="coerce")
        wrong = text.index[values.isna() & (text != "")]
        if len(wrong):
            where = f"data/processed/{path.name}, row {wrong[0] + 2}, {text.name}"
            raise ValueError(f"{where}: no number; make it again with `python3 run.py accept`")
    return values.astype(schema.DTYPES[kind])


def _text(path: Path) -> pd.DataFrame:
    """A stored table as text; ValueError where it is not what was written."""
    try:
        content = path.read_bytes()
        text = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
        said = "its columns are not those of the dictionary"
        if text.iloc[:, 0].str.startswith(("<<<<<<<", "=======", ">>>>>>>")).any():
            said = "two versions of rows stand in conflict"
        elif not content.endswith(b"\n"):
            said = f"row {len(text) + 1} is cut short"
        elif list(text.columns) == schema.columns(path.stem):
            return text
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0]
    raise unreadable(path.stem, said)


def unreadable(name: str, said: str) -> ValueError:
    """What is wrong with a stored table, and what to do."""
    remedy = (
        f"make it again with `python3 run.py accept`, or restore it (git checkout data/processed/{name}.csv)"
    )
    return ValueError(f"data/processed/{name}.csv can't be read: {said}; {remedy}")


def remembered(answer: Callable[..., Any]) -> Callable[..., Any]:
    """An answer made once as long as the stored tables do not change: charts, tables and sentences ask for
    the same ones again and again."""

    @lru_cache(maxsize=1024)
    def made(given: tuple, named: tuple, *changed: object) -> Any:
        return answer(*given, **dict(named))

    @wraps(answer)
    def called(*given: object, **named: object) -> Any:
        options = {
            name: tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
            for name, value in named.items()
        }
        tables = (_changed(name) for name in ("observations", "derived", "targets"))
        found = made(given, tuple(sorted(options.items())), paths.processed(), *tables)
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return called
