"""Several files are stored as one step, whatever kills it and whoever else stores."""

import os
import signal
import subprocess
import sys

import pytest
from forked import forked

from baoyen_analysis import journal

OLD = {"data/a.csv": "old a", "data/b.csv": "old b", "data/gone/c.csv": "old c"}
NEW = {"data/a.csv": "new a", "data/b.csv": "new b", "data/more/d.csv": "new d"}
CHANGES = {name: content.encode() for name, content in NEW.items()} | {"data/gone/c.csv": None}


def stand(root) -> None:
    for name, content in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def held(root) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def store(root, last: int) -> int:
    """Storing in a process of its own, which counts the steps that change what is on the disk, and ends
    itself before the one asked for."""
    steps = 0

    def count(event, arguments):
        nonlocal steps
        opened = (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if opened or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir"):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    journal.store({root / name: content for name, content in CHANGES.items()}, root=root)
    return 0


def killed_at(step: int, root) -> bool:
    code, said, _ = forked(store, root, step)
    assert code in (0, -signal.SIGKILL), said
    return code != 0


@pytest.fixture(scope="module")
def each_kill(tmp_path_factory) -> list[tuple[dict, str, dict]]:
    """For a kill at each step: what it left, what recovering said, what is held then."""
    seen = []
    for step in range(1, 100):
        root = tmp_path_factory.mktemp("project")
        stand(root)
        if not killed_at(step, root):
            assert held(root) == NEW
            return seen
        left = held(root)
        seen.append((left, journal.recover(root), held(root)))
        assert {path.name for path in root.iterdir()} == {"data"}
    raise AssertionError("storing never ended by itself")


def test_whatever_kills_it_the_old_state_is_there_or_the_new_one(each_kill):
    assert all(after in (OLD, NEW) for _, _, after in each_kill)
    assert {"finished", "taken_back"} <= {said for _, said, _ in each_kill}
    assert all((said == "finished") <= (after == NEW) for _, said, after in each_kill)


def test_the_kills_came_where_they_hurt(each_kill):
    """Some left a mixture that only recovering made whole."""
    mixed = [
        left for left, _, _ in each_kill if left.get("data/a.csv") != left.get("data/b.csv", "")[:4] + "a"
    ]
    assert mixed


def test_what_a_killed_command_left_does_not_stand_in_the_way_of_storing(tmp_path):
    stand(tmp_path)
    assert killed_at(4, tmp_path)
    assert (tmp_path / journal.WAITING).is_dir()
    journal.store({tmp_path / "data/b.csv": b"newest"}, root=tmp_path)
    assert held(tmp_path) == OLD | {"data/b.csv": "newest"}


HOLDS = """
import sys, time
from pathlib import Path
from baoyen_analysis import journal

with journal.alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_refused_until_the_first_has_ended_however_it_ends(tmp_path):
    stand(tmp_path)
    (tmp_path / journal.WAITING).mkdir()
    with subprocess.Popen([sys.executable, "-c", HOLDS, tmp_path], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(journal.Busy, match="another command is storing"):
            journal.store({tmp_path / "data/a.csv": b"x"}, root=tmp_path)
        assert journal.recover(tmp_path) == ""
        assert (tmp_path / journal.WAITING).is_dir()
        os.kill(other.pid, signal.SIGKILL)
    journal.store({tmp_path / "data/a.csv": b"x"}, root=tmp_path)
    assert held(tmp_path) == OLD | {"data/a.csv": "x"}


def test_content_that_cannot_be_written_changes_nothing(tmp_path, monkeypatch):
    stand(tmp_path)

    def full(*arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(journal.json, "dumps", full)
    with pytest.raises(OSError, match="No space"):
        journal.store({tmp_path / "data/a.csv": b"x"}, root=tmp_path)
    assert held(tmp_path) == OLD
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
