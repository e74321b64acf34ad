"""Does a killed command leave the record whole? Kills the commands that write at each of their steps in turn.

    python benchmarks/kills.py            add (with an own indicator and without), undo, accept and build
    python benchmarks/kills.py add undo   those alone
    python benchmarks/kills.py add/3      add, killed at every third step

In a copy of the project a command is run again and again, killed (SIGKILL) just before its first change on
the disk, its second, ... until it ends by itself. What counts as a change: a file opened for writing, renamed
or removed, a folder made or removed, anywhere in the copy; in build/ for `build` alone, since the others
store nothing there.
After each kill the next command's first act, to recover, must bring every stored file to the old state or
every one to the new, with nothing else lying about. For each kind of end `baoyen check` is called, which
verifies the checksums of data/raw, and the same command again, which must bring the new state from the old.
Prints kills and whole ends by command; exit 1 where one was not whole.

`accept` is called with a table changed, one missing and a notebook changed; what the notebooks show is given
to it ready made: running them changes nothing that is stored and would take a minute a kill."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import nbformat
from forked import RAISED, forked

from baoyen_analysis import journal, paths, record
from baoyen_analysis.cleaning import build, store
from baoyen_analysis.commands import cli, notebooks
from baoyen_analysis.intake import batches, preview  # noqa: F401 - loaded once here, not in every fork

HERE = Path(__file__).resolve().parent.parent
STORED = ("data", "notebooks", "docs")
# Folders of the copy in which a change does not count.
apart = {"build"}
MOST = 2000


def _kill_at(last: int, root: Path) -> None:
    """From now on this process counts its changes in the project, and kills itself before one of them."""
    steps = 0

    def count(event: str, given: tuple) -> None:
        nonlocal steps
        if event == "open":
            changes = isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        else:
            changes = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
        if not changes or isinstance(given[0], int):
            return
        # Removing a tree names its files from within the folder that is open: those are counted too.
        path = Path(os.fsdecode(given[0]))
        if path.is_absolute() and (
            not path.is_relative_to(root) or path.relative_to(root).parts[:1] in _apart()
        ):
            return
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def call(root: Path, *arguments: str, killed_at: int = 0) -> tuple[int, str]:
    """One command in the copy, killed at a step (0: never): how it ended and what it said.

    The process is a fork of this one, which has loaded everything: starting Python takes most of a call."""
    return forked(_command, root, arguments, killed_at)[:2]


def _command(root: Path, arguments: tuple[str, ...], killed_at: int) -> int:
    os.environ["BAOYEN_ROOT"] = str(root)
    stored = HERE / "notebooks"
    notebooks.run = lambda chosen, **_: {
        path: nbformat.read(stored / path.name, as_version=4) for path in chosen
    }
    _kill_at(killed_at, root)
    try:
        cli.app(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return RAISED


State = dict[str, bytes | None]


def held(root: Path) -> State:
    """Every file and (None) every folder of the copy but those apart: any leftover shows."""
    found = (path for path in sorted(root.rglob("*")) if path.relative_to(root).parts[:1] not in _apart())
    return {path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes() for path in found}


def _apart() -> set[tuple[str, ...]]:
    return {(name,) for name in apart}


def office_file(folder: Path) -> Path:
    """An office's table of invented numbers."""
    path = folder / "invented.csv"
    path.write_text(
        "Huyện,Năm,Thu nhập bình quân đầu người (triệu đồng),Số lò gốm (lò)\nBảo Yên,2016,21,3\n",
        encoding="utf-8",
    )
    return path


def project(folder: Path) -> Path:
    """A copy of what is stored."""
    root = folder.resolve() / "project"
    shutil.rmtree(root, ignore_errors=True)
    for name in STORED:
        shutil.copytree(HERE / name, root / name)
    return root


def to_accept(root: Path) -> None:
    """Change what accept puts right: one row of each table, every notebook, and a table that is missing."""
    for table in (root / "data" / "processed").glob("*.csv"):
        table.write_text(table.read_text(encoding="utf-8").replace("Bảo Yên", "Bảo", 1), encoding="utf-8")
    (root / "data" / "processed" / "communes.csv").unlink()
    for notebook in (root / "notebooks").glob("*.ipynb"):
        text = notebook.read_text(encoding="utf-8")
        notebook.write_text(text.replace("text/html", "text/htm", 1), encoding="utf-8")


def restore(root: Path, state: State) -> None:
    """The copy as it was."""
    now = held(root)
    for name in sorted(now.keys() - state.keys(), reverse=True):
        (root / name).rmdir() if now[name] is None else (root / name).unlink()
    for name, content in state.items():
        if content is None:
            (root / name).mkdir(exist_ok=True)
        elif now.get(name) != content:
            (root / name).write_bytes(content)


def fault(root: Path, command: tuple[str, ...], old: State, new: State, proven: set) -> str:
    """What is wrong with the copy after a kill and the next command, "" where nothing is.

    `proven`: the ends, by what recovering says and which state it comes to, that check and a second call have
    been tried on; on the same bytes they would only do the same again."""
    left = held(root)
    end = journal.recover(root), held(root) == new
    if end not in proven:
        restore(root, left)
        code, said = call(root, "check")
        if "data/raw can't be used" in said or code not in (0, 1):
            return f"check ends with {code}: {said[:300]}"
    now = held(root)
    if now not in (old, new):
        every = sorted(now.keys() | old.keys() | new.keys())
        strange = [name for name in every if now.get(name) not in (old.get(name), new.get(name))]
        mixed = [name for name in every if now.get(name) != old.get(name)]
        return f"neither the old state nor the new: {', '.join(strange or mixed)}"
    if now == old and end not in proven:
        code, said = call(root, *command)
        if code or held(root) != new:
            return f"called again it ends with {code}: {said[-300:]}"
    proven.add(end)
    return ""


def once(make: Callable, key_of: Callable) -> Callable:
    """The same, reckoned once for each key: hundreds of calls reckon from the same two states."""
    made: dict[object, object] = {}

    def known(*given: object) -> object:
        key = key_of(*given)
        if key not in made:
            made[key] = make(*given)
        return made[key]

    return known


def content(folder: Path | None) -> int:
    """What the bytes of a folder come to; data/raw if not given."""
    return hash(tuple(held(folder or paths.raw()).items()))


def reckon(root: Path) -> None:
    """Reckon here, before the forks, what they will ask for in this state of the copy."""
    os.environ["BAOYEN_ROOT"] = str(root)
    trial = root / "build" / "accept"
    store.write(build.tables(), trial / "data" / "processed")
    cli._front_chart(trial)
    record.observations()


def kills(root: Path, command: tuple[str, ...], every: int = 1) -> tuple[int, list[str]]:
    """Kill a command at each step, or every so many: how many kills there were, and the faults."""
    reckon(root)
    old = held(root)
    code, said = call(root, *command)
    if code:
        raise SystemExit(f"{' '.join(command)} does not run ({code}): {said[-800:]}")
    reckon(root)
    new, faults, proven = held(root), [], set()
    for step in range(1, MOST, every):
        restore(root, old)
        if call(root, *command, killed_at=step)[0] != -signal.SIGKILL:
            return (step - 1) // every, faults
        said = fault(root, command, old, new, proven)
        print(f"{command[0]} {step}: {said or 'whole'}", flush=True)
        faults += [said] * bool(said)
    raise SystemExit(f"{command[0]} did not end by itself in {MOST} steps")


def remember() -> None:
    """From now on what commands reckon from the same files is reckoned once."""
    build.tables = once(build.tables, lambda folder=None: content(folder))
    store.files = once(store.files, id)  # the tables are kept, so an id stays theirs
    cli._front_chart = once(cli._front_chart, lambda root: content(root / "data" / "processed"))


def main() -> int:
    remember()
    wanted = sys.argv[1:] or ["add", "add-own", "undo", "accept", "build"]
    failed = False
    for asked in wanted:
        name, _, every = asked.partition("/")
        with tempfile.TemporaryDirectory() as folder:
            file = office_file(Path(folder))
            root = project(Path(folder))
            add = ("add", str(file), "--source", "Office (invented)", "--level", "district", "--yes")
            command = {
                "add": add,
                "add-own": (*add, "--keep-unknown"),  # with an indicator of the office's own
                "undo": ("undo", f"{date.today().isoformat()}-invented", "--yes"),
                "accept": ("accept", "--yes"),
                "build": ("build",),
            }[name]
            apart.clear()
            apart.update({"build"} - {name})
            if name == "undo":
                call(root, *add)
            if name == "accept":
                to_accept(root)
            killed, faults = kills(root, command, int(every or 1))
            failed |= bool(faults) or not killed
        print(f"{name}: killed at {killed} points, {killed - len(faults)} whole ends", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
