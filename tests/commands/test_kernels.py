"""Notebooks run in processes of their own: what a cell shows, and what becomes of one that does not end."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from conftest import ROOT

from baoyen_analysis.commands import kernels, notebooks


@pytest.fixture
def written(tmp_path):
    """A notebook of some cells."""

    def write(*sources: str):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        path = tmp_path / "10-invented.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return path

    return write


def outputs(path, runner):
    made = notebooks.given(path, runner.begin(path))
    return [[notebooks._shown(cell) for cell in made.cells], [cell.execution_count for cell in made.cells]]


SHOWN = (
    "import sys\nprint('one'); print('two', file=sys.stderr); display(3)\nprint('four')\n5",
    "import pandas as pd\npd.DataFrame([range(18)] * 2)",
    "AREA = 'kept'",
)
SAYS = ["stdout", "one", "stderr", "two", "text/plain", "3", "stdout", "four", "text/plain", "5"]


def test_what_is_printed_displayed_and_given_stands_in_its_order_and_is_forgotten_after(written):
    path = written(*SHOWN)
    with notebooks.Runner() as runner:
        (first, wide, _), counts = outputs(path, runner)
        assert (first, counts) == (SAYS, [1, 2, 3])
        assert any("17" in line for line in wide)
        assert not any("..." in line for line in wide)
        again = outputs(written("'AREA' in dir(), 'pd' in dir()"), runner)
    assert again == [[["text/plain", "(False, False)"]], [1]]


def test_a_process_that_is_not_forked_shows_the_same(written, monkeypatch):
    path = written(*SHOWN)
    with notebooks.Runner() as forked, monkeypatch.context() as elsewhere:
        expected = outputs(path, forked)
        elsewhere.setattr(kernels, "FORKS", False)
        with notebooks.Runner() as begun_anew:
            assert outputs(path, begun_anew) == expected


@pytest.mark.parametrize("endless", ["while True: pass", "import time; time.sleep(60)"])
def test_a_cell_that_does_not_end_is_stopped_and_named(endless, written, monkeypatch):
    monkeypatch.setattr(kernels, "LONGEST", 0.4)
    with notebooks.Runner() as runner:
        with pytest.raises(notebooks.NotebookFailed, match=r"cell 2: stopped by hand, or after"):
            outputs(written("1", endless), runner)
        assert outputs(written("1"), runner) == [[["text/plain", "1"]], [1]]


def test_a_cell_that_ends_its_process_is_told(written, tmp_path):
    path = written("1", "import os; os._exit(3)")
    with (
        notebooks.Runner() as runner,
        pytest.raises(notebooks.NotebookFailed, match=r"10-.*its process"),
    ):
        outputs(path, runner)
    others = [path.with_name(f"{number}-invented.ipynb") for number in (20, 30, 40)]
    for other in others:
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), other)
    with pytest.raises(notebooks.NotebookFailed, match=r"10-invented.ipynb.*: a cell ended"):
        notebooks.run([path, *others])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_nothing_runs_on_where_the_command_was_killed(written, tmp_path):
    path = written(f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))", "1")
    code = (
        "import sys, time; from pathlib import Path; from baoyen_analysis.commands import notebooks\n"
        "runner = notebooks.Runner(); path = Path(sys.argv[1])\n"
        "notebooks.given(path, runner.begin(path)); print('done', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "done\n"
        pid = int((tmp_path / "pid").read_text())
        os.kill(pid, 0)
        process.kill()
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError(f"process {pid} waits for work that nobody gives")
