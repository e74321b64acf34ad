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
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"
LOCK = ROOT / "requirements.lock"
# The report in a real browser takes as long as half of all the rest:
# `python3 run.py test tests/test_report_browser.py`, as CI does.
EVERYTHING = ["baoyen_analysis", "tests", "notebooks", "--ignore", "tests/test_report_browser.py"]
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
# Lint, layout, types and the way between the rooms: what `test` without options looks at before the tests.
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
    python = environment()
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
    looked = house(python, settings) if command == "test" and not options else 0
    return subprocess.run(call, cwd=ROOT, env=settings).returncode or looked


def house(python: str, settings: dict[str, str]) -> int:
    """Run what looks at the code itself, all of it at once; print what a check that fails has found."""
    running = {
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
    failed = 0
    for name, process in running.items():
        said, _ = process.communicate()
        failed |= process.returncode
        print(f"{name}: {'as it should be' if not process.returncode else said}", flush=True)
    return failed


def environment() -> str:
    """The Python of the project's environment, made first where it is not there or its lock has changed."""
    if os.environ.get("CONDA_DEFAULT_ENV") == "baoyen":
        return sys.executable
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made_from = hashlib.sha256(
        LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    ).hexdigest()
    if not python.exists() or not STAMP.exists() or STAMP.read_text() != made_from:
        print("Setting up .venv (once; about a minute) …", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        pip = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile",
        ]
        subprocess.run([*pip, "--require-hashes", "--requirement", LOCK], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
        STAMP.write_text(made_from)
    return str(python)


if __name__ == "__main__":
    sys.exit(main())
