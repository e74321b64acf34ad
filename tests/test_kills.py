"""A sample of benchmarks/kills.py: killed at some of its steps, a command leaves the old state or the new."""

import re

import kills
from conftest import ROOT, python


def test_killed_commands_leave_the_old_state_or_the_new():
    sample = ["add/3", "build/3"]
    code, said, _ = python("benchmarks/kills.py", *sample, cwd=ROOT)
    found = re.findall(r"killed at (\d+) points, (\d+) whole ends", said)
    assert code == 0, said
    assert len(found) == len(sample)
    assert all(killed == whole for killed, whole in found)
    assert sum(int(killed) for killed, _ in found) >= 20


def test_a_state_that_is_neither_is_found(tmp_path):
    root = kills.project(tmp_path)
    old = kills.held(root)
    new = old | {"data/processed/panel.csv": b"new"}
    for mixed in (b"", b"half"):
        (root / "data" / "processed" / "panel.csv").write_bytes(mixed)
        assert "neither the old state nor the new: data/processed/panel.csv" in kills.fault(
            root, ("check",), old, new, {("", False)}
        )
    (root / "data" / "left.part").write_bytes(b"")
    assert "data/left.part" in kills.fault(root, ("check",), old, new, {("", False)})
