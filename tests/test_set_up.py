"""The first call of run.py: what it installs, what it says when it can't, and two of them at once."""

import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata

import pytest
from conftest import ROOT
from packaging.requirements import Requirement

# A call of run.py whose environment is made by writing into a log, as slowly as another call takes to wait.
SLOW = """
import importlib.util, pathlib, sys, time
spec = importlib.util.spec_from_file_location("run", sys.argv[1])
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)
folder = pathlib.Path(sys.argv[2])
run.VENV, run.STAMP, run.LOCK = folder / ".venv", folder / ".venv" / "made-from", folder / "requirements.lock"
def make(python):
    with (folder / "log").open("a") as log:
        log.write("begun ")
        log.flush()
        begun = time.monotonic()
        while not (folder / "waited").exists() and time.monotonic() < begun + 10:
            time.sleep(0.05)
        python.parent.mkdir(parents=True)
        python.touch()
        log.write("ended ")
def say(text, **options):
    print(text, **options)
    if "waits" in text:
        (folder / "waited").touch()
run.make, run.print = make, say
print(run.environment())
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module, its environment and its lock in a folder of their own; pip has one package."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.VENV, module.LOCK = tmp_path / ".venv", tmp_path / "requirements.lock"
    module.VENV.mkdir()
    offline = ["--isolated", "--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "into")]
    module.PIP = [*module.PIP, *offline]
    return module


def wheel(folder) -> str:
    """A package of nothing; gives the hash of its file."""
    path = folder / "nothing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "nothing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: nothing\nVersion: 1.0\n"
        )
        file.writestr("nothing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        file.writestr("nothing-1.0.dist-info/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_lock_is_installed_with_its_progress(run, tmp_path, capsys):
    run.LOCK.write_text(f"nothing==1.0 \\\n    --hash=sha256:{wheel(tmp_path)}\npytest==0 --hash=sha256:0\n")
    run.install(sys.executable, tests=False)
    assert (tmp_path / "into" / "nothing-1.0.dist-info").exists()
    assert "1 packages unpacked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        (
            "pytest==0 \\\n    --hash=sha256:0\nnothing==1.0 --hash=sha256:" + "0" * 64,
            "DO NOT MATCH THE HASHES",
        ),
        ("pytest==0 \\\n    --hash=sha256:0\n<<<<<<< HEAD\n", "line 3 of requirements.lock"),
        ("nothing==2.0 --hash=sha256:" + "0" * 64, "No matching distribution found for nothing==2.0"),
        ("nothing==1.0\n", "nothing==1.0"),
    ],
)
def test_a_wrong_lock_ends_in_its_line_and_what_to_do(run, tmp_path, lock, words):
    wheel(tmp_path)
    run.LOCK.write_text(lock)
    with pytest.raises(SystemExit) as ended:
        run.install(sys.executable, tests=False)
    assert words in str(ended.value)
    assert "Restore it (git checkout requirements.lock)" in str(ended.value)
    assert "Traceback" not in str(ended.value)


def test_two_first_calls_wait_for_each_other(tmp_path):
    (tmp_path / "requirements.lock").write_text("nothing==1.0\n")
    calls = [
        subprocess.Popen(
            [sys.executable, "-c", SLOW, ROOT / "run.py", tmp_path], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [call.communicate()[0] for call in calls]
    assert [call.returncode for call in calls] == [0, 0]
    assert (tmp_path / "log").read_text() == "begun ended "
    assert sum("this one waits for it" in text for text in said) == 1


def test_what_the_tests_alone_need_is_left_to_them(run):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = needed([*project["dependencies"], *project["optional-dependencies"]["notebooks"]])
    tested = needed(project["optional-dependencies"]["test"])
    # The project itself is installed with flit.
    assert set(run.FOR_TESTS) == tested - wanted - {"flit-core"}


def needed(requirements: list[str]) -> set[str]:
    """The packages that requirements come to here, with all that those need."""
    found: set[tuple[str, str]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        asked = waiting.pop()
        name = re.sub(r"[-_.]+", "-", asked.name).lower()
        for extra in {"", *asked.extras} - {extra for known, extra in found if known == name}:
            found.add((name, extra))
            further = map(Requirement, metadata.requires(name) or [])
            waiting += [
                other for other in further if not other.marker or other.marker.evaluate({"extra": extra})
            ]
    return {name for name, _ in found}
