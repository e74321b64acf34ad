"""Processes in which notebooks run, each with IPython's kernel inside it: no port is opened, and where the
system can fork, what this process has loaded is loaded for all."""

from __future__ import annotations

import _thread
import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path

import nbformat
import pandas as pd
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.zmqshell import ZMQInteractiveShell
from nbclient import NotebookClient

import baoyen_analysis
from baoyen_analysis.views.drawing import charts

FORKS = sys.platform == "linux"  # where it is safe
LONGEST = 120.0  # seconds that a cell may take
_EMPTY_MEMORY = "get_ipython().reset(new_session=True)\nget_ipython().execution_count = 1"
_INLINE = "module://matplotlib_inline.backend_inline"  # what a kernel of its own would draw with


def processes(count: int, root: Path) -> ProcessPoolExecutor:
    """So many processes with a kernel in each, whose notebooks read the data of a project folder."""
    if FORKS:
        for module in (baoyen_analysis, charts):
            for name in module.__all__:
                getattr(module, name)
        for name in ("matplotlib.pyplot", "seaborn"):
            import_module(name)
        gc.freeze()  # what is shared stays shared
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    return ProcessPoolExecutor(count, context, _begin, (str(root),))


def _begin(root: str) -> None:
    """Make this process ready for a kernel."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)  # what waits for notebooks does the longer work beside them
    warnings.resetwarnings()
    os.environ |= {"BAOYEN_ROOT": root, "MPLBACKEND": _INLINE}
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use(_INLINE)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work without end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Kernel:
    """The kernel of this process. It runs the cells of one notebook after another, its memory emptied before
    each."""

    def __init__(self) -> None:
        manager = InProcessKernelManager()
        # The shell that a kernel of its own has: pandas knows by its name how wide a notebook is.
        manager.kernel = InProcessKernel(
            parent=manager, session=manager.session, shell_class=ZMQInteractiveShell
        )
        self._client = manager.client()
        self._client.start_channels()
        pd.set_option("display.max_columns", 20)  # what it takes where a kernel is there before it

    def begin(self) -> None:
        """Empty the memory; the next cell is the first again."""
        for _ in self._told(_EMPTY_MEMORY, silent=True):
            pass

    def execute(self, notebook: nbformat.NotebookNode, number: int) -> nbformat.NotebookNode:
        """Run a code cell and give it back with its outputs."""
        cell, told = notebook.cells[number], NotebookClient(notebook, record_timing=False)
        told.reset_execution_trackers()
        told.clear_before_next_output = False
        cell.outputs, cell.execution_count = [], None
        limit = threading.Timer(LONGEST, _interrupt)
        limit.daemon = True
        limit.start()
        for message in self._told(cell.source, allow_stdin=False):
            told.process_message(message, cell, number)
        limit.cancel()
        return cell

    def _told(self, code: str, **options: bool) -> Iterator[dict]:
        """What the kernel tells of some code, until it rests: a thread hands it on, so more may come after
        the call."""
        asked = self._client.execute(code, **options)
        while True:
            message = self._client.get_iopub_msg(timeout=LONGEST)
            mine = message["parent_header"].get("msg_id") == asked  # what is printed has no parent
            if mine and message["content"].get("execution_state") == "idle":
                return
            yield message


def _interrupt() -> None:
    """What Ctrl-C does to a cell, also to one that sleeps."""
    if os.name == "nt":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
