"""The commands of the project. Needs Python 3.11 or later and nothing else.

    python3 run.py         checks the data, runs the notebooks, writes build/report.html
    python3 run.py test    unit tests, examples, notebooks
    python3 run.py accept  shows what a change of the data or the notebooks would store, and stores it
    python3 run.py lab     opens the notebooks; `lab --lang vi` Vietnamese copies of them

The first call makes .venv from requirements.lock, each file checked against its hash; inside the project's
conda environment that one is used instead. Options after a command are handed on: `python3 run.py test -k
figures`, `python3 run.py accept --yes`."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"
LOCK = ROOT / "requirements.lock"
# Packages of the lock that nothing but the tests needs.
FOR_TESTS = """ast-serialize axe-playwright-python click coverage execnet greenlet grimp hypothesis
    import-linter iniconfig librt mypy nbval pathspec playwright pluggy pytest pytest-xdist ruff
    sortedcontainers""".split()  # noqa: SIM905 - else a line each
PIP = ["-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
# How pip's lines begin that are no news when it fails.
PLAIN = ("Collecting ", "Ignoring ", "  Downloading ", "  Using cached ", "Looking in ")
shown = 0.0  # when the progress of the set-up was last said
# Two steps of their own, since they take long and CI takes them too: the report in a real browser,
# `python3 run.py test tests/test_report_browser.py`, and what a change of the code must leave as it was,
# `python3 run.py test -m as_before tests`.
EVERYTHING = ["baoyen_analysis", "tests", "notebooks", "--ignore", "tests/test_report_browser.py"]
EVERYTHING += ["-m", "not as_before"]
PYTEST = [
    "-m",
    "pytest",
    "-n",
    "2",
    "--dist",
    "loadfile",
    "--doctest-modules",
    "--nbval",
    "--nbval-current-env",
]
# No pop-up asking for news, no request to the network.
QUIET = ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
LINTED = ["--cache-dir", "build/imports"]
# Lint, layout, types and the way between the rooms: what `test` without options looks at beside the tests.
HOUSE = {
    "ruff check": ["-m", "ruff", "check", "--cache-dir", "build/ruff", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--cache-dir", "build/ruff", "."],
    "mypy": ["-m", "mypy", "--no-error-summary"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()", *LINTED],
}


def main() -> int:
    command, options = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if command not in ("", "test", "accept", "lab"):
        print(__doc__)
        return 0 if command in ("help", "-h", "--help") else 2
    if sys.version_info < (3, 11):  # noqa: UP036 - said before a syntax of later years is met
        print(
            f"Python 3.11 or later is needed; this is {sys.version.split()[0]}. Call it with a newer one.",
            file=sys.stderr,
        )
        return 2
    python = environment(tests=command == "test")
    module = [python, "-m", "baoyen_analysis"]
    call = {
        "": [*module, "run"],
        "test": [python, *PYTEST, *(options or EVERYTHING)],
        "accept": [*module, "accept", *options],
        "lab": [python, "-m", "jupyterlab", "notebooks", *QUIET, *options],
    }[command]
    if command == "lab" and options[:1] == ["--lang"]:
        lang = options[1] if len(options) > 1 else "vi"
        subprocess.run([*module, "lab-copies", lang], cwd=ROOT, check=True)
        call = [python, "-m", "jupyterlab", f"notebooks-{lang}", *QUIET, *options[2:]]
    # Compiled modules are kept, whatever the machine's habit: each of the many kernels would else compile
    # pandas and matplotlib anew.
    settings = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    looking = begun(python, settings) if command == "test" and not options else {}
    code = subprocess.run(call, cwd=ROOT, env=settings).returncode
    failed = told(looking)
    return code or failed


def begun(python: str, settings: dict[str, str]) -> dict[str, subprocess.Popen[str]]:
    """What looks at the code itself, all of it at once and beside the tests."""
    return {
        name: subprocess.Popen(
            [python, *call],
            cwd=ROOT,
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, call in HOUSE.items()
    }


def told(looking: dict[str, subprocess.Popen[str]]) -> int:
    """Print what was found by each that looks at the code; 1 where one failed."""
    failed = False
    for name, process in looking.items():
        said, _ = process.communicate()
        failed |= process.returncode != 0
        print(f"{name}: {'as it should be' if not process.returncode else said}", flush=True)
    return int(failed)


def environment(*, tests: bool = False) -> str:
    """The Python of the project's environment, made first where it is not there or its lock has changed; what
    the tests alone need is left to the first `test`."""
    if os.environ.get("CONDA_DEFAULT_ENV") == "baoyen":
        return sys.executable
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made_from = hashlib.sha256(
        LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    ).hexdigest()
    with alone():
        stamp = STAMP.read_text().split() if python.exists() and STAMP.exists() else []
        if stamp[:1] != [made_from]:
            print("Setting up .venv (once; about a minute) …", flush=True)
            shutil.rmtree(VENV, ignore_errors=True)
            make(python)
            stamp = [made_from]
            STAMP.write_text(made_from)
        if tests and "tests" not in stamp:
            print("Adding what the tests need (once) …", flush=True)
            install(python, tests=True)
            STAMP.write_text(f"{made_from} tests")
    return str(python)


def make(python: Path) -> None:
    """The environment with what all but the tests need, and the project itself."""
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    install(python, tests=False)
    editable = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    subprocess.run([python, *PIP, *editable], check=True)


@contextmanager
def alone() -> Iterator[None]:
    """Waits until no other call of this script is setting up. The system takes the lock from a call that
    ends, however it ends."""
    with LOCK.open("rb") as file:
        for tries in count():
            try:
                if fcntl:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                else:  # Windows: a byte far behind the file's end, so that pip can read it meanwhile
                    file.seek(2**30)
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                break
            except OSError:
                if not tries:
                    print("Another call is setting up .venv; this one waits for it …", flush=True)
                time.sleep(0.5)
        yield


def install(python: Path, *, tests: bool) -> None:
    """Install the lock's packages, those for the tests alone or all others, and say how far it has got."""
    # The lines of what is left out stay as blank ones: pip names a line that is wrong by its number.
    kept, wanted = [], 0
    for entry in re.split(r"(?m)^(?=\S)", LOCK.read_text(encoding="utf-8")):
        chosen = (entry.partition("==")[0] in FOR_TESTS) == tests
        kept.append(entry if chosen else "\n" * entry.count("\n"))
        wanted += chosen and "==" in entry
    listed = VENV / LOCK.name
    listed.write_text("".join(kept), encoding="utf-8")
    there = len(unpacked())
    process = subprocess.Popen(
        [python, *PIP, "--progress-bar=off", "--no-deps", "--require-hashes", "--requirement", listed],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    said, fetched = [], 0
    for line in process.stdout or ():
        said.append(line)
        fetched += line.startswith("Collecting ")
        wanted -= line.startswith("Ignoring ")  # of another system
        if line.startswith("Installing "):
            break
        progress(f"{fetched} of {wanted} packages fetched")
    while process.poll() is None:
        progress(f"{len(unpacked()) - there} of {wanted} packages unpacked")
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.3)
    if process.returncode:
        said += process.stdout or ()
        wrong = [line.replace(str(listed), LOCK.name) for line in said if not line.startswith(PLAIN)]
        remedy = f"Restore it (git checkout {LOCK.name}), look at the connection, and call this again."
        sys.exit(f"\n{''.join(wrong[-20:])}.venv can't be made from {LOCK.name}. {remedy}")
    progress(f"{wanted} packages unpacked", last=True)


def unpacked() -> list[Path]:
    places = ("lib/*/site-packages", "Lib/site-packages")
    return [path for place in places for path in VENV.glob(f"{place}/*.dist-info")]


def progress(said: str, *, last: bool = False) -> None:
    """One line that changes on a screen; elsewhere a line every ten seconds."""
    global shown
    if sys.stdout.isatty():
        print(f"\r  {said} …   ", end="\n" if last else "", flush=True)
    elif last or time.monotonic() - shown > 10:
        shown = time.monotonic()
        print(f"  {said} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
