"""Where data, notebooks and the report live: all below one root, the project's folder."""

from __future__ import annotations

import csv
import os
from pathlib import Path

_HOME = Path(__file__).resolve().parent.parent


def root() -> Path:
    """The project's folder: the one that holds this package, or the one that the environment variable
    BAOYEN_ROOT names."""
    return Path(os.environ.get("BAOYEN_ROOT") or _HOME)


def check_project() -> None:
    """Refuse to go on without a project's folder: an installed package brings no record.

    Raises
    ------
    FileNotFoundError
        With how to name one.
    """
    if not raw().exists():
        raise FileNotFoundError(
            f"no project folder was found: {root()} has no data/raw. The record does not come with the "
            "installed package; set the environment variable BAOYEN_ROOT to the folder that holds data/"
        )


def raw() -> Path:
    """The figures as collected, never edited."""
    return root() / "data" / "raw"


def processed() -> Path:
    """The tables made from them, committed."""
    return root() / "data" / "processed"


def notebooks() -> Path:
    """The notebooks with their stored outputs."""
    return root() / "notebooks"


def build() -> Path:
    """What the commands write; never committed."""
    return root() / "build"


def rows_beside(module: str | Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV table that is kept beside a module (its `__file__`), or beside another file."""
    with Path(module).with_name(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
