"""How the tests are shared out, and notebooks under nbval: they share a kernel, its memory emptied before
each, as the main command runs them: starting one and importing pandas anew takes longer than a notebook."""

import gc
import sys
from typing import Any

import pytest

# jsonschema, which nbval loads, takes it for looking at addresses if it is there; loading it takes a second.
sys.modules.setdefault("rfc3987_syntax", None)

from nbval import plugin  # noqa: E402 - after that

pytest_plugins = ["nbval.plugin"]
gc.disable()  # until all is gathered, which stays
# What forks most, as long as the process is small: a fork takes the longer the larger it is. Then what takes
# longest, the longest first: begun last it would keep one worker waiting.
LONGEST = """
    tests/test_kills.py tests/test_bad_records.py tests/commands/test_kernels.py
    tests/test_readme.py tests/report/ notebooks/ tests/views/drawing/test_charts.py tests/test_scenarios.py
    tests/measures/test_drawn.py tests/printed/
    tests/cleaning/test_raw.py tests/measures/ tests/test_answers.py tests/test_set_up.py
    tests/intake/ tests/commands/ tests/test_wheel.py tests/test_mutations.py tests/views/ tests/test_words.py
    tests/test_record.py tests/test_questions.py tests/""".split()  # noqa: SIM905 - else a line each
# What one worker has all of: what draws the same report, and notebooks, which share a kernel.
TOGETHER = ("tests/test_readme.py", "tests/report/"), ("notebooks/",)
# What stays is not looked through for garbage again.
EMPTY_MEMORY = "get_ipython().reset(new_session=True); __import__('gc').freeze()"


class Shared(plugin.RunningKernel):
    """A kernel that the end of a notebook leaves running."""

    running: "Shared | None" = None

    def stop(self) -> None:
        pass

    def end(self) -> None:
        super().stop()


def kernel(*given: Any, **named: Any) -> Shared:
    """The one that runs, its memory emptied; another where it died."""
    if Shared.running is None or not Shared.running.is_alive():
        Shared.running = Shared(*given, **named)
    Shared.running.await_reply(Shared.running.execute_cell_input(EMPTY_MEMORY), 60)
    return Shared.running


def pytest_unconfigure() -> None:
    if Shared.running is not None:
        Shared.running.end()


plugin.RunningKernel = kernel


def pytest_configure(config: Any) -> None:
    config.option.loadscopereorder = False  # by their number of tests: few of them take most of the time


def pytest_collection_modifyitems(items: list[Any]) -> None:
    def place(item: Any) -> int:
        return next((at for at, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What was gathered stays to the end: it is no longer looked through for garbage; what tests make is
    looked through less often: tables leave little that counting does not find."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> Any:
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return next((names[0] for names in TOGETHER if file.startswith(names)), file)

    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None
