"""Notebooks run in processes of their own: what a cell shows, and what becomes of one that does not end."""

import os
import select
import signal
import time
from contextlib import ExitStack, suppress

import nbformat
import pytest

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


def test_nothing_that_a_notebook_sets_is_left_for_the_next(written):
    asks = (
        "import os, sys, warnings, pandas as pd, matplotlib.pyplot as plt",
        "os.getcwd(), os.environ.get('LEFT'), os.environ['BAOYEN_ROOT'], sys.path[0], str(warnings.filters)",
        "pd.get_option('display.max_rows'), pd.get_option('display.max_columns'), plt.rcParams['figure.dpi']",
        "plt.get_fignums(), plt.plot([1, 2])[0].get_linewidth()",
    )
    sets = (
        "os.chdir('/'); os.environ['LEFT'] = '1'; del os.environ['BAOYEN_ROOT']; sys.path.insert(0, '/none')",
        "warnings.simplefilter('error')\npd.set_option('display.max_rows', 3)",
        "plt.rcParams['figure.dpi'] = 33",
        "from matplotlib_inline import backend_inline as b\nb.set_matplotlib_formats('svg')",
        "b.set_matplotlib_close(False)",
        "figure = plt.figure()\nplt.rcParams['lines.linewidth'] = 9",
    )
    with notebooks.Runner() as runner:
        (_, *first), _ = outputs(written(*asks), runner)
        outputs(written(asks[0], *sets), runner)
        (_, *second), _ = outputs(written(*asks), runner)
    assert first == second
    assert "image/png" in first[-1]


def test_cells_may_await_and_draw_and_change_what_was_displayed(written):
    path = written(
        "import asyncio\nawait asyncio.sleep(0.01)\n5",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "from IPython.display import update_display\ndisplay('one', display_id='it');",
        "update_display('two', display_id='it')",
    )
    with notebooks.Runner() as runner:
        (waited, drawn, shown, changed), _ = outputs(path, runner)
    assert waited == ["text/plain", "5"]
    assert "image/png" in drawn
    assert (shown, changed) == (["text/plain", "'two'"], [])


def test_cells_that_do_not_end_are_stopped_and_named(written, tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "LONGEST", 0.6)
    before = time.monotonic()
    endless = "while True: pass", "import time; time.sleep(60)", "import asyncio; await asyncio.sleep(60)"
    paths = [written("1", source).rename(tmp_path / f"{at}0.ipynb") for at, source in enumerate(endless)]
    one = written("1")
    with ExitStack() as ends:
        runners = [ends.enter_context(notebooks.Runner()) for _ in paths]
        for path, runner, begun in [
            (path, of, of.begin(path)) for path, of in zip(paths, runners, strict=True)
        ]:
            with pytest.raises(notebooks.NotebookFailed, match=r"cell 2: stopped by hand, or after"):
                notebooks.given(path, begun)
            assert time.monotonic() - before < 60, "it slept on"
            assert outputs(one, runner) == [[["text/plain", "1"]], [1]]


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


def test_who_stops_by_hand_waits_for_no_notebook(written):
    path, begun = written("import time; time.sleep(60)"), time.monotonic()

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        notebooks.run([path], meanwhile=stop)
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a killed command is a fork of this process")
def test_nothing_runs_on_where_the_command_was_killed(written, tmp_path):
    path = written(f"open({str(tmp_path / 'begun')!r}, 'w').close()")
    ended, runs = os.pipe()  # whoever runs on holds one end, so the other tells nothing
    command = os.fork()
    if command == 0:
        try:
            os.setpgid(0, 0)
            runner = notebooks.Runner()
            notebooks.given(path, runner.begin(path))
            (tmp_path / "begun").rename(tmp_path / "done")
            time.sleep(60)
        finally:
            os._exit(1)
    os.close(runs)
    while not (tmp_path / "done").exists():
        assert not select.select([ended], [], [], 0.01)[0], "the command did not run its notebook"
    os.kill(command, signal.SIGKILL)
    os.waitpid(command, 0)
    try:
        assert select.select([ended], [], [], 30)[0], "its process waits for work that nobody gives"
    finally:
        os.close(ended)
        with suppress(ProcessLookupError):
            os.killpg(command, signal.SIGKILL)
