"""How long the notebooks, the main command and a question take beside an older commit, in one run.

    python benchmarks/speed_against.py                  notebooks under nbval, main command, a question
    python benchmarks/speed_against.py nbval            a part: nbval, run, ask, test; steps: the tests
                                                        with those that CI takes as a step of its own
    python benchmarks/speed_against.py --rounds 5 --commit 124f785

Both trees run in turn, each once before the clock starts, and the least of the rounds counts: other work on
the machine makes a run longer, never shorter. Beside it stands the time of the processor, which other work
hardly changes. The older commit is checked out into a folder of its own, which
goes at the end."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
NBVAL = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", "notebooks"]
RUN = ["-m", "baoyen_analysis", "run"]
TEST = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--doctest-modules", "--nbval"]
TEST += ["--nbval-current-env", "baoyen_analysis", "tests", "notebooks"]
TEST += ["--ignore", "tests/test_report_browser.py"]
STEP = ["-m", "not as_before"]  # what CI takes as a step of its own; the older commit has nothing of the kind
ASK = ["ask", "needed", "income_per_capita", "--target", "66", "--year", "2024"]
# What is measured, with the most that new may take of old; the first two a notebook.
PARTS = {"nbval": (NBVAL, 0.85), "run": (RUN, 0.55), "test": (TEST, 1.0), "steps": (TEST, 1.1)}


class Took(NamedTuple):
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f})"


def seconds(call: list[str], tree: Path) -> Took:
    """How long a call of Python takes in a tree, with all that it starts; one that fails stops the
    benchmark."""
    settings = {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, *call], cwd=tree, env=os.environ | settings, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(call)} in {tree} ended in {done.returncode}:\n{done.stdout}{done.stderr}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(time.perf_counter() - start, used)


def least(works: dict[str, Callable[[], Took]], rounds: int) -> dict[str, Took]:
    """The least times of each, run in turn, the first round not counted."""
    taken = [{name: work() for name, work in works.items()} for _ in range(rounds + 1)][1:]
    return {name: Took(*map(min, zip(*(one[name] for one in taken), strict=True))) for name in works}


def told(what: str, took: dict[str, Took], most: float) -> bool:
    """Print the times and their ratio; whether it is kept."""
    (first, new), (second, old) = took.items()
    ratios = [mine / other for mine, other in zip(new, old, strict=True)]
    said = f"{what}: {first} {new}, {second} {old}: ratio {ratios[0]:.2f} ({ratios[1]:.2f})"
    print(f"{said}, at most {most}", flush=True)
    return ratios[0] <= most


def against(part: str, old: Path, rounds: int) -> bool:
    call, most = PARTS[part]
    trees = {"new": ROOT, "old": old}
    calls = {"new": [*call, *STEP] if part == "test" else call, "old": call}
    took = least({name: partial(seconds, calls[name], tree) for name, tree in trees.items()}, rounds)
    if part in ("test", "steps"):
        return told(part, took, most)
    count = {name: len(list((tree / "notebooks").glob("*.ipynb"))) for name, tree in trees.items()}
    each = {name: Took(*(value / count[name] for value in took[name])) for name in trees}
    return told(f"{part}, a notebook ({count['new']} and {count['old']})", each, most)


def asked(rounds: int) -> bool:
    """A question at the command line beside importing pandas, and what it must not import."""
    works = {"ask": ["-m", "baoyen_analysis", *ASK], "import pandas": ["-c", "import pandas"]}
    looked = "import sys; from baoyen_analysis.commands.cli import app; app(ARGS, standalone_mode=False); "
    looked += "sys.exit('matplotlib' in sys.modules)"
    seconds(["-c", looked.replace("ARGS", repr(ASK))], ROOT)
    return told(
        "ask", least({name: partial(seconds, call, ROOT) for name, call in works.items()}, rounds), 1.3
    )


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("parts", nargs="*", default=["nbval", "run", "ask"], metavar="PART")
    reader.add_argument("--commit", default="124f785")
    reader.add_argument("--rounds", type=int, default=3)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", old, given.commit], check=True)
        try:
            held = [
                asked(3 * given.rounds) if part == "ask" else against(part, old, given.rounds)
                for part in given.parts
            ]
        finally:
            subprocess.run([*git, "remove", "--force", old], check=True)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
