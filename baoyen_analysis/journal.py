"""Several files stored as one step: whatever kills a command, the next one finds the old state or the new
one, all of it.

The new content waits in a folder of its own until a journal beside it names every change; that journal is
the turning point. Killed before it, nothing was stored and what waits is swept; killed after it, the next
command finishes what the journal names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from baoyen_analysis import paths

WAITING = ".storing"
_JOURNAL = "journal.json"
# What commands of earlier versions, or one killed while it wrote a single file, can have left.
_LEFTOVERS = ("data/.add-*", "data/processed/.*.part", "notebooks/.*.part", "docs/.*.part", "build/.*.part")


class Busy(RuntimeError):
    """Another command is storing at this moment."""


def store(changes: Mapping[Path, bytes | None], *, root: Path | None = None) -> None:
    """Write, replace or (None) remove files below the project's folder, all of them or none.

    Raises OSError where the new content can't be written; then nothing has changed. Raises Busy where another
    command is storing."""
    root = root or paths.root()
    waiting = root / WAITING
    try:
        waiting.mkdir()
    except FileExistsError:
        raise Busy(f"another command is storing ({waiting}); wait for it, or call `baoyen check`") from None
    try:
        _prepare(changes, root, waiting)
    except BaseException:
        shutil.rmtree(waiting, ignore_errors=True)
        raise
    _finish(root, waiting)


def recover(root: Path | None = None) -> str:
    """Finish or take back what a killed command left: "finished", "taken_back", or "" where nothing was left.

    What a command that still runs is storing is left alone."""
    root = root or paths.root()
    waiting = root / WAITING
    left = [path for pattern in _LEFTOVERS for path in root.glob(pattern)]
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if not waiting.is_dir() or _runs(waiting):
        return "taken_back" if left else ""
    if not (waiting / _JOURNAL).exists():
        shutil.rmtree(waiting)
        return "taken_back"
    _finish(root, waiting)
    return "finished"


def _prepare(changes: Mapping[Path, bytes | None], root: Path, waiting: Path) -> None:
    (waiting / "pid").write_text(str(os.getpid()))
    steps = []
    for number, (path, content) in enumerate(changes.items()):
        steps.append((path.relative_to(root).as_posix(), content is not None))
        if content is not None:
            (waiting / str(number)).write_bytes(content)
    trial = waiting / f"{_JOURNAL}.part"
    trial.write_text(json.dumps(steps))
    os.replace(trial, waiting / _JOURNAL)


def _finish(root: Path, waiting: Path) -> None:
    """Take every step of the journal that is not taken yet, then remove it."""
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


def _runs(waiting: Path) -> bool:
    """Whether the command that made this folder still runs."""
    try:
        pid = int((waiting / "pid").read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    return pid != os.getpid()
