"""Calls in a process of their own: a fork of this one, which has loaded what is needed and stays as it is."""

import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

RAISED = 99  # what a call ends with that raised


class Ended(NamedTuple):
    """What a call gave, or minus the signal that ended it; what it said; what it used (of `resource`)."""

    code: int
    said: str
    used: Any


def forked(work: Callable[..., int], *given: object) -> Ended:
    """Call in a fork, its output kept."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        with warnings.catch_warnings():  # of other threads: none of them holds what a call here needs
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115 - to its end
            code = RAISED
            try:
                code = work(*given)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        _, status, used = os.wait4(process, 0)
        said.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), said.read(), used)
