"""The docstrings of the public names, by the rules of pydocstyle for numpy's sections.

One rule is left out: a question is named by its answer ("The year in which ..."), not by an order."""

import inspect
import json
import subprocess
import sys
from collections import defaultdict

from conftest import ROOT

import baoyen_analysis as by

RULES = ["--select", "D", "--ignore", "D401", "--config", 'lint.pydocstyle.convention="numpy"']


def public() -> dict[str, list[tuple[int, int, str]]]:
    """First and last line of each public function and class, by file."""
    found = defaultdict(list)
    for name in by.__all__:
        thing = getattr(by, name)
        if callable(thing):
            lines, first = inspect.getsourcelines(inspect.unwrap(thing))
            found[inspect.getsourcefile(inspect.unwrap(thing))].append((first, first + len(lines), name))
    return found


def test_public_docstrings_keep_numpys_rules():
    files = public()
    command = [sys.executable, "-m", "ruff", "check", *RULES, "--no-cache", "--output-format", "json", *files]
    said = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8").stdout)
    assert len(said) > 100  # the rules do run: most functions are not public, and short of them
    broken = [
        f"by.{name}: {fault['code']} {fault['message']}"
        for fault in said
        for first, last, name in files[fault["filename"]]
        if first <= fault["location"]["row"] < last
    ]
    assert broken == []
