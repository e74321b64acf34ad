"""Processes in which notebooks run, each with IPython's kernel inside it: no port is opened, and where the
system can fork, what this process has loaded is loaded for all."""

from __future__ import annotations

import _thread
import asyncio
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
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
from ipykernel.inprocess.ipkernel import InProcessInteractiveShell, InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
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


def end(pool: ProcessPoolExecutor, *, at_once: bool) -> None:
    """End the processes: after the notebooks that have begun, or at once."""
    for process in [*(pool._processes or {}).values()] if at_once else ():
        process.kill()
    pool.shutdown(cancel_futures=True)


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


class ZMQShell(InProcessInteractiveShell):
    """The shell inside a process, called as that of a kernel of its own: pandas knows by its name how wide a
    notebook is."""


class _Awaiting(InProcessKernel):
    """The kernel inside a process, with what it lacks for a cell that awaits: the thread that is interrupted,
    and the loop that ends what it waits for, woken where it sleeps."""

    async def do_execute(self, *given: Any, **named: Any) -> Any:
        self.io_loop = SimpleNamespace(add_callback=asyncio.get_running_loop().call_soon_threadsafe)
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        try:
            return await super().do_execute(*given, **named)
        finally:
            self.shell_channel_thread = None


class Kernel:
    """The kernel of this process. It runs the cells of one notebook after another, its memory emptied before
    each; what the cells set in this process is as before, too: the folder, the environment, options and
    pictures that were never shown."""

    def __init__(self) -> None:
        manager = InProcessKernelManager()
        manager.kernel = _Awaiting(parent=manager, session=manager.session, shell_class=ZMQShell)
        self._shell = manager.kernel.shell
        self._client = manager.client()
        self._client.start_channels()
        self._folder, self._environment = Path.cwd(), dict(os.environ)
        self._filters, self._path = warnings.filters[:], sys.path[:]

    def begin(self, notebook: nbformat.NotebookNode) -> None:
        """Empty the memory; the next cell is the first of a notebook."""
        for _ in self._told(_EMPTY_MEMORY, silent=True):
            pass
        self._hears = NotebookClient(notebook, record_timing=False)
        self._hears.reset_execution_trackers()
        os.chdir(self._folder)
        for name in os.environ.keys() - self._environment.keys():
            del os.environ[name]
        os.environ |= self._environment
        warnings.resetwarnings()
        warnings.filters[:], sys.path[:] = self._filters, self._path  # type: ignore[index]
        with warnings.catch_warnings(action="ignore"):  # of options that go
            pd.reset_option("all")
        pd.set_option("display.max_columns", 20)  # what it takes where a kernel is there before it
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
            pyplot.matplotlib.rc_file_defaults()
            pyplot.ion()
        if inline := sys.modules.get("matplotlib_inline.backend_inline"):  # loaded before there was a shell
            inline.configure_inline_support(self._shell, _INLINE)
            inline.set_matplotlib_formats("png")
            inline.set_matplotlib_close()

    def execute(self, notebook: nbformat.NotebookNode, number: int) -> nbformat.NotebookNode:
        """Run a code cell and give it back with its outputs."""
        cell, told = notebook.cells[number], self._hears
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
