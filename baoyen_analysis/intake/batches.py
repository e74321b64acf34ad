"""The dated folders of data/raw that `baoyen add` writes, one an office's file: written in one step,
listed, and taken back whole."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pandas as pd

from baoyen_analysis import journal
from baoyen_analysis.cleaning import build, raw
from baoyen_analysis.intake.record import Intake, NotTaken
from baoyen_analysis.printed.text import fold

_DATED = re.compile(r"\d{4}-\d\d-\d\d-.+")
COLUMNS = ["batch", "publisher", "title", "file", "figures"]


def held(folder: Path) -> pd.DataFrame:
    """The batches in a folder like data/raw, the oldest first: batch, publisher, title, file, figures (how
    many)."""
    asked = (("sources", "publisher"), ("sources", "title"), ("files", "name"))
    rows = []
    for batch in _folders(folder):
        said = ("; ".join(_table(batch, name)[column]) for name, column in asked)
        rows.append((batch.name, *said, len(_table(batch, "figures"))))
    return pd.DataFrame(rows, columns=COLUMNS)


def names(folder: Path) -> dict[str, str]:
    """The indicators that labels were told to be, in any batch: label, folded, to indicator; the latest word
    holds."""
    told = [row for batch in _folders(folder) for row in _table(batch, "names").itertuples()]
    return {fold(row.label): row.indicator for row in told}


def _folders(folder: Path) -> list[Path]:
    found = (path for path in folder.glob("*") if _DATED.fullmatch(path.name))
    return sorted(path for path in found if (path / "figures.csv").exists())


def _table(batch: Path, name: str) -> pd.DataFrame:
    path = batch / f"{name}.csv"
    if not path.exists():
        return pd.DataFrame(columns=list(raw.COLUMNS[name]), dtype=str)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def write(intake: Intake, *, on: date, folder: Path) -> Path:
    """Write the figures and their source to a new dated folder of data/raw, in one step, once the whole
    record with them is sound.

    The record is built with the new folder first; faults raise `FaultyRecord`. Then, as where a file can't be
    written, nothing is left. A file that a batch was made of already is refused."""
    target = folder / f"{on.isoformat()}-{intake.source.source_id}"
    with _trial(folder) as trial:
        if target.exists():
            raise NotTaken(f"{target.name} is in data/raw already: give the source another --source-id")
        for batch in _folders(folder):
            if len(_table(batch, "files").merge(intake.file, on=["sha256", "sheet"])):
                raise NotTaken(
                    f"this file is in data/raw already, as {batch.name}: `baoyen undo {batch.name}` takes "
                    "that back, if it is to be read anew"
                )
        _write_folder(intake, trial / target.name)
        build.tables(trial)
        os.replace(trial / target.name, target)
    return target


def undo(batch: str, *, folder: Path) -> None:
    """Take a batch out of data/raw, whole, in one step, once the record without it is sound: a correction
    or a goal that names its figures is a fault, and nothing is changed."""
    with _trial(folder) as trial:
        known = [path.name for path in _folders(folder)]
        if batch not in known:
            raise NotTaken(f"data/raw holds no batch {batch!r}; there are: {', '.join(known) or 'none'}")
        shutil.rmtree(trial / batch)
        build.tables(trial)
        os.replace(folder / batch, trial / batch)


@contextmanager
def _trial(folder: Path) -> Iterator[Path]:
    """A copy of data/raw to try a change in, while no other command stores; it is gone afterwards. What can't
    be written is refused in one line."""
    try:
        with (
            journal.alone(folder.parent.parent),
            tempfile.TemporaryDirectory(dir=folder.parent, prefix=journal.TRIAL) as waiting,
        ):
            trial = Path(waiting) / "raw"
            shutil.copytree(folder, trial)
            yield trial
    except OSError as error:
        # A copy of several files gathers what each said: source, target, words.
        said = error.args[0][0][2] if isinstance(error, shutil.Error) else error.strerror
        raise NotTaken(
            f"the record can't be written: {said}. Nothing was written; see to the space and the rights of "
            f"{folder}"
        ) from error


def _write_folder(intake: Intake, folder: Path) -> None:
    folder.mkdir()
    tables = {
        "figures": intake.figures,
        "comparisons": intake.comparisons,
        "sources": pd.DataFrame([intake.source], columns=list(raw.COLUMNS["sources"])),
        "files": intake.file,
        "indicators": intake.indicators,
        "names": intake.names,
    }
    sums = ""
    for name, table in tables.items():
        if len(table):
            content = table.to_csv(index=False, lineterminator="\n").encode()
            (folder / f"{name}.csv").write_bytes(content)
            sums += f"{hashlib.sha256(content).hexdigest()}  {name}.csv\n"
    (folder / raw.CHECKSUMS).write_text(sums)
