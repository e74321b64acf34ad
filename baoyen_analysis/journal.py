"""Several files stored as one step: whatever kills a command, the next one finds the old state or the new
one, all of it.

The new content waits in a folder of its own until a journal beside it names every change; that journal is
the turning point. Killed before it, nothing was stored and what waits is swept; killed after it, the next
command finishes what the journal names.

Who stores holds the project's folder locked. The system takes that lock from a process that ends, however it
ends, so that none is ever left behind and no number of a process has to be believed."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from baoyen_analysis import paths

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # a system without such locks has the waiting folder alone to tell that one is storing
    flock = None  # type: ignore[assignment]

WAITING = ".storing"
TRIAL = ".add-"  # how a copy of data/raw beside it begins in which a change is tried
_JOURNAL = "journal.json"
# What a killed command can have left besides.
_LEFTOVERS = (f"data/{TRIAL}*", "data/processed/.*.part", "notebooks/.*.part", "docs/.*.part")
# Below build/ commands write without the lock: what is as new as this may be of one that runs.
_UNLOCKED, _STILL_WRITTEN = "build/**/.*.part", 60


class Busy(RuntimeError):
    """Another command is storing at this moment."""


@contextmanager
def alone(root: Path | None = None) -> Iterator[Path]:
    """Keeps every other process from storing in the project meanwhile, and gives its folder; Busy where one
    is storing already."""
    root = root or paths.root()
    if flock is None:
        yield root
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another command is storing in {root}; wait until it has ended") from None
        yield root
    finally:
        os.close(handle)


def store(changes: Mapping[Path, bytes | None], *, root: Path | None = None) -> None:
    """Write, replace or (None) remove files below the project's folder, all of them or none; first what a
    killed command left is finished or taken back.

    Raises OSError where the new content can't be written; then nothing has changed. Raises Busy where another
    command is storing."""
    with alone(root) as project:
        _recover(project)
        (project / WAITING).mkdir()
        try:
            _prepare(changes, project)
        except BaseException:
            shutil.rmtree(project / WAITING, ignore_errors=True)
            raise
        _finish(project)


def recover(root: Path | None = None) -> str:
    """Finish or take back what a killed command left: "finished", "taken_back", or "" where nothing was left.

    What a command that still runs is storing is left alone."""
    try:
        with alone(root) as project:
            return _recover(project)
    except Busy:
        return ""


def _recover(root: Path) -> str:
    old = time.time() - _STILL_WRITTEN
    left = [path for pattern in _LEFTOVERS for path in root.glob(pattern)]
    left += [path for path in root.glob(_UNLOCKED) if path.stat().st_mtime < old]
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    waiting = root / WAITING
    if (waiting / _JOURNAL).exists():
        _finish(root)
        return "finished"
    if waiting.is_dir():
        shutil.rmtree(waiting)
        return "taken_back"
    return "taken_back" if left else ""


def _prepare(changes: Mapping[Path, bytes | None], root: Path) -> None:
    steps, waiting = [], root / WAITING
    for number, (path, content) in enumerate(changes.items()):
        steps.append((path.relative_to(root).as_posix(), content is not None))
        if content is not None:
            (waiting / str(number)).write_bytes(content)
    trial = waiting / f"{_JOURNAL}.part"
    trial.write_text(json.dumps(steps))
    os.replace(trial, waiting / _JOURNAL)


def _finish(root: Path) -> None:
    """Take every step of the journal that is not taken yet, then remove it."""
    waiting = root / WAITING
    for number, (name, written) in enumerate(json.loads((waiting / _JOURNAL).read_text())):
        target, new = root / name, waiting / str(number)
        if written and new.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(new, target)
        elif not written:
            target.unlink(missing_ok=True)
            if target.parent.is_dir() and not any(target.parent.iterdir()):
                target.parent.rmdir()
    shutil.rmtree(waiting)
