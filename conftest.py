"""Notebooks under nbval share a kernel, its memory emptied before each, as the main command runs them:
starting one and importing pandas anew takes longer than a notebook."""

import sys
from typing import Any

# jsonschema, which nbval loads, takes it for looking at addresses if it is there; loading it takes a second.
sys.modules.setdefault("rfc3987_syntax", None)

from nbval import plugin  # noqa: E402 - after that

pytest_plugins = ["nbval.plugin"]
EMPTY_MEMORY = "get_ipython().reset(new_session=True)"


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
