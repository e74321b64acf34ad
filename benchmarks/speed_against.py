"""How long the notebooks, the main command and a question take beside an older commit, in one run.

    python benchmarks/speed_against.py                  the notebooks under nbval, the main command, a question
    python benchmarks/speed_against.py nbval            a part: nbval, run, ask, test
    python benchmarks/speed_against.py --rounds 5 --commit 124f785

Both trees run in turn, each once before the clock starts, and the least of the rounds counts: other work on
the machine makes a run longer, never shorter. The older commit is checked out into a folder of its own, which
goes at the end."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NBVAL = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", "notebooks"]
RUN = ["-m", "baoyen_analysis", "run"]
TEST = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--doctest-modules", "--nbval"]
TEST += ["--nbval-current-env", "baoyen_analysis", "tests", "notebooks"]
TEST += ["--ignore", "tests/test_report_browser.py"]
ASK = ["ask", "needed", "income_per_capita", "--target", "66", "--year", "2024"]
# What is measured, with the most that new may take of old; the first two a notebook.
PARTS = {"nbval": (NBVAL, 0.85), "run": (RUN, 0.55), "test": (TEST, 1.0)}
ASKED = 1.3  # times `import pandas`


def seconds(call: list[str], tree: Path) -> float:
    """How long a call of Python takes in a tree; one that fails stops the benchmark."""
    settings = {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *call], cwd=tree, env=os.environ | settings, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(call)} in {tree} ended in {done.returncode}:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start


def least(works: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The least time of each, run in turn, the first round not counted."""
    taken = [{name: work() for name, work in works.items()} for _ in range(rounds + 1)][1:]
    return {name: min(one[name] for one in taken) for name in works}


def against(part: str, old: Path, rounds: int) -> bool:
    call, most = PARTS[part]
    took = least({"old": lambda: seconds(call, old), "new": lambda: seconds(call, ROOT)}, rounds)
    count = {"old": len(list((old / "notebooks").glob("*.ipynb")))}
    count["new"] = len(list((ROOT / "notebooks").glob("*.ipynb")))
    each = {name: took[name] / (1 if part == "test" else count[name]) for name in took}
    said = "" if part == "test" else f" a notebook ({count['old']} and {count['new']})"
    ratio = each["new"] / each["old"]
    print(f"{part}: old {each['old']:.2f} s, new {each['new']:.2f} s{said}: {ratio:.2f} (at most {most})")
    return ratio <= most


def asked(rounds: int) -> bool:
    """A question at the command line beside importing pandas, and what it must not import."""
    works = {
        "ask": lambda: seconds(["-m", "baoyen_analysis", *ASK], ROOT),
        "pandas": lambda: seconds(["-c", "import pandas"], ROOT),
    }
    took = least(works, rounds)
    ratio = took["ask"] / took["pandas"]
    print(f"ask: {took['ask']:.2f} s, import pandas {took['pandas']:.2f} s: {ratio:.2f} (at most {ASKED})")
    looked = "import sys; from baoyen_analysis.commands.cli import app; app(ARGS, standalone_mode=False); "
    looked += "sys.exit('matplotlib' in sys.modules)"
    seconds(["-c", looked.replace("ARGS", repr(ASK))], ROOT)
    return ratio <= ASKED


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
