"""Whatever `baoyen add` takes, the record is built with, every question answers and the notebooks run.

    .venv/bin/python benchmarks/office_accepts.py [--files 200] [--seed 20251128] [--first 0] [--together 1]

Generated files (`office_files`, `office_unusual`; every number is invented) are added by `baoyen add` with
options drawn at random, to copies of the project, one or some to a copy, until as many were taken. Of each
copy the record is built and stored as `baoyen accept` does it; the questions of `baoyen ask` are asked of
the core indicators; and all cells of all notebooks are run one after another in one process, without
kernels. Each of these ends in an answer or in a sentence that says why not, never in an exception. Prints
the counts and every fault; ends with 1 where there is one."""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import random
import shlex
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import ClassVar

import matplotlib.pyplot
from forked import RAISED, forked
from IPython.core.interactiveshell import InteractiveShell
from office_files import LAYOUTS, File, Maker
from office_unusual import UNUSUAL
from office_writers import write

HERE = Path(__file__).resolve().parent.parent
CORE = ("income_per_capita", "yield_per_ha", "tourism_revenue", "tourist_visits")
DEFINITIONS = ["", "", "", "as the office counts it (invented)", "tourism and services"]
LIBRARIES = ("openpyxl", "pandera.pandas", "seaborn")  # loaded once, not in every process that is forked
KINDS = ["statistics", "government", "government", "press", "document-sharing", "other", "international"]


class Shell(InteractiveShell):
    """A shell that keeps what went wrong in a cell or in showing what it gave."""

    faults: ClassVar[list[str]] = []  # one shell a process

    def _showtraceback(self, etype: type, evalue: BaseException, stb: object) -> None:
        self.faults.append("".join(traceback.format_exception(evalue)[-3:]))


def command(*arguments: str) -> int:
    """What a command of `baoyen` ends with."""
    from baoyen_analysis.commands import cli

    try:
        cli.app(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def adding(root: Path, path: Path, file: File, draw: random.Random) -> int:
    """Add the file, with options as a person may give them."""
    os.environ["BAOYEN_ROOT"] = str(root)
    given = {"source": "an office (invented)", "area": "Bảo Yên", "level": "district", "yes": None}
    given |= {
        "source-kind": draw.choice(KINDS),
        "published": draw.choice(["", "2021", "2024-05", "2025-01-31"]),
    }
    given |= {"definition": draw.choice(DEFINITIONS), **file.options}
    given |= {"keep-unknown": None} if draw.random() < 0.5 else {}
    words = [word for name, value in given.items() for word in (f"--{name}", value) if word is not None]
    return command("add", str(path), *words)


def using(root: Path, draw: random.Random) -> int:
    """Build and store the record, ask the questions, run the notebooks: how much went wrong, with its words
    printed."""
    os.environ["BAOYEN_ROOT"] = str(root)
    warnings.simplefilter("ignore")
    import nbformat

    from baoyen_analysis.commands import notebooks

    notebooks.run = lambda chosen, **_: {path: nbformat.read(path, as_version=4) for path in chosen}
    said, faults = io.StringIO(), []
    with redirect_stdout(said), redirect_stderr(said):
        if command("accept", "--yes"):
            faults.append(f"accept: {said.getvalue()[-400:]}")
        faults += [] if faults else [*asked(root, draw), *shown(root)]
    print("\n".join(faults))
    return min(len(faults), 90)


def added(root: Path, folder: Path, number: int, seed: int, counts: Counter[str]) -> bool:
    """Whether `add` takes the file of this number; an exception is a fault."""
    layouts, draw = LAYOUTS + UNUSUAL, random.Random(seed + number)
    file = layouts[number % len(layouts)](Maker(seed + number))
    code, said, _ = forked(adding, root, write(file, folder, number), file, draw)
    counts["taken" if code == 0 else "not taken"] += 1
    if code == RAISED or (root / "build" / "error.log").exists():
        counts["faults"] += 1
        print(f"{number}, {file.layout}: add: {said[-800:]}", flush=True)
    return code == 0


def asked(root: Path, draw: random.Random) -> list[str]:
    """The questions of `baoyen ask` that ended in no answer: each of the examples, of each core indicator."""
    from baoyen_analysis.commands import ask

    faults = []
    examples = [shlex.split(row["example"]) for row in ask.QUESTIONS]
    known = [name for example in examples for name in example if name in CORE]
    for example in examples:
        for indicator in CORE if {*example} & {*known} else CORE[:1]:
            words = [indicator if word in known else word for word in example]
            log = root / "build" / "error.log"
            log.unlink(missing_ok=True)
            command("ask", *words, "--lang", draw.choice(["vi", "en"]))
            if log.exists():
                faults.append(f"ask {' '.join(words)}: {log.read_text(encoding='utf-8')[-600:]}")
    return faults


def shown(root: Path) -> list[str]:
    """The cells of notebooks that ended in an exception."""
    shell, faults = Shell.instance(), []
    for path in sorted((root / "notebooks").glob("[0-9]*.ipynb")):
        shell.reset(new_session=True)
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1):
            if cell["cell_type"] == "code":
                shell.run_cell("".join(cell["source"]), store_history=True)
            faults += [f"{path.name}, cell {number}: {fault}" for fault in shell.faults]
            shell.faults.clear()
            matplotlib.pyplot.close("all")
    return faults


def project(folder: Path) -> Path:
    """A copy of what is stored."""
    root = folder.resolve() / "project"
    shutil.rmtree(root, ignore_errors=True)
    for name in ("data", "notebooks", "docs"):
        shutil.copytree(HERE / name, root / name)
    return root


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=200, help="so many that are taken")
    parser.add_argument("--seed", type=int, default=20_251_128)
    parser.add_argument("--first", type=int, default=0, help="begin at this file of the seed")
    parser.add_argument("--together", type=int, help="so many in one copy; if not given, 1, 4, 8 or 16")
    given, counts, started = parser.parse_args(), Counter[str](), time.perf_counter()
    number = given.first
    for library in LIBRARIES:
        importlib.import_module(library)
    with tempfile.TemporaryDirectory() as name:
        while counts["taken"] < given.files:
            draw, root, first = random.Random(given.seed + number), project(Path(name)), number
            wanted = given.together or draw.choice([1, 4, 8, 16])
            while wanted and counts["taken"] < given.files:
                taken = added(root, Path(name), number, given.seed, counts)
                wanted, number = wanted - taken, number + 1
            code, said, _ = forked(using, root, draw)
            counts.update(records=1, faults=code)
            print(f"files {first} to {number - 1}: {dict(counts)}", said.strip(), flush=True)
    print(f"files {given.first} to {number - 1} in {time.perf_counter() - started:.0f} s: {dict(counts)}")
    return 1 if counts["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
