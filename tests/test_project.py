"""The project's own files: the lock, the environments, and what must never be committed."""

import re
import runpy
import subprocess
import tomllib
from itertools import pairwise

import pytest
from conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def requirements() -> dict[str, str]:
    """Every requirement of pyproject.toml: name to version rule."""
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    lines = [*PYPROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    return dict(re.fullmatch(r"([A-Za-z0-9_-]+)(.*)", line).groups() for line in lines)


def test_the_lock_names_no_host_and_hashes_everything():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_holds_every_requirement_at_an_allowed_version():
    locked = dict(
        re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    for name, rule in requirements().items():
        assert name in locked, name
        for part in rule.split(","):
            if part.startswith("=="):
                assert (
                    re.fullmatch(part[2:].replace(".", r"\.").replace("*", r"\d+.*"), locked[name])
                    or locked[name] == part[2:]
                ), (name, rule)


def test_the_conda_environment_is_in_step():
    text = (ROOT / "environment.yml").read_text()
    listed = dict(re.findall(r"^  - ([a-z0-9-]+)([<>=].*)$", text, re.MULTILINE))
    listed["matplotlib"] = listed.pop("matplotlib-base")
    assert listed.pop("python") == PYPROJECT["project"]["requires-python"]
    assert {name: rule.replace("==", "=") for name, rule in requirements().items()} == listed


def test_what_the_command_leaves_out_of_the_tests_ci_takes_as_a_step():
    steps = (ROOT / ".ci" / "run").read_text().splitlines()
    everything = runpy.run_path(str(ROOT / "run.py"))["EVERYTHING"]
    left_out = {"--ignore": "{}", "-m": "-m {} tests"}
    left = [
        left_out[option].format(what.removeprefix("not "))
        for option, what in pairwise(everything)
        if option in left_out
    ]
    assert len(left) == 2
    assert {f"python3 run.py test{' ' * bool(step)}{step}" for step in ("", *left)} <= {*steps}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_nothing_is_tracked_that_should_not_be():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    bad = [
        path
        for path in tracked
        if re.search(r"(^|/)(\.venv|build|__pycache__|\.ipynb_checkpoints|uv\.lock|pylock\.toml)(/|$)", path)
    ]
    assert not bad
