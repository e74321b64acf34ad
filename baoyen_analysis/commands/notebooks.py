"""Runs copies of the notebooks, tells where their outputs differ from the stored ones, and stores new
ones."""

from __future__ import annotations

import hashlib
import json
import re
from calendar import month_name
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from baoyen_analysis import paths
from baoyen_analysis.cleaning.store import replace_file
from baoyen_analysis.commands import kernels
from baoyen_analysis.words import LANGUAGES

# What is stored beside the cells: nothing that depends on the machine or on the Python version.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# Pictures of charts in other forms than SVG are never stored, so what is compared is just what is shown.
_COMPARED = ("text/plain", "text/html", "text/markdown", "image/svg+xml")
# What English says in a word and Vietnamese in digits.
_IN_DIGITS = {name: str(number) for number, name in enumerate(month_name) if number}
_IN_DIGITS |= {"(first|second) half": "6", "H[12]": "6", "nine months": "9"}
# The notebooks that speak of one area throughout, so that another can be put in its place.
TREND_NOTEBOOKS = ("10-income", "20-yield-per-hectare", "30-tourism")


# The parameters of a notebook's first code cell: what holds for each, and the words for it.
_PARAMETERS: dict[str, tuple[Callable[[object], bool], str]] = {
    "AREA": (
        lambda value: isinstance(value, str) and bool(value.strip()),
        "the name of an area, for example 'Văn Bàn'",
    ),
    "YEARS": (lambda value: _are_years(value), "the first and the last year, for example (2019, 2025)"),
    "LANG": (lambda value: value in LANGUAGES, " or ".join(LANGUAGES)),
}


class NotebookFailed(ValueError):
    """A notebook stopped with an error; the message names the notebook, the cell and what it said."""


def stored() -> list[Path]:
    """The notebooks of the project in reading order."""
    return sorted(paths.notebooks().glob("[0-9]*.ipynb"))


def check_there(made: Iterable[Path]) -> None:
    """Refuse where one that commands call by its name is not among all the notebooks."""
    for name in sorted({*TREND_NOTEBOOKS} - {path.stem for path in made}):
        raise NotebookFailed(f"notebooks/{name}.ipynb is missing; restore it (git checkout notebooks)")


def _read(path: Path) -> nbformat.NotebookNode:
    """A stored notebook; NotebookFailed where it is none."""
    remedy = f"restore it (git checkout notebooks/{path.name})"
    if not path.is_file():  # a pipe would be waited for without end
        raise NotebookFailed(f"notebooks/{path.name} is no file but a folder, a link or a pipe; {remedy}")
    try:
        notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
        nbformat.validate(notebook)
        return notebook
    except (ValueError, AttributeError, LookupError, TypeError, nbformat.ValidationError) as error:
        said = str(error).splitlines()[0][:200]
        raise NotebookFailed(f"notebooks/{path.name} can't be read: {said}; {remedy}") from None


class Runner:
    """Processes that run notebooks one after another, the memory emptied before each: starting one takes
    longer than a notebook.

    `root` is the project folder whose data they read. Use it in a `with` block; the processes end with it.
    """

    def __init__(self, *, root: Path | None = None, processes: int = 1) -> None:
        self._pool = kernels.processes(processes, root or paths.root())

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        stopped = kind is not None and not issubclass(kind, Exception)  # by hand: nobody waits for the rest
        kernels.end(self._pool, at_once=stopped)

    def begin(
        self, path: Path, *, parameters: Mapping[str, object] | None = None, lang: str = "en"
    ) -> Future[nbformat.NotebookNode]:
        """What will be a copy of a notebook with its new outputs (see `given`); NotebookFailed where a
        parameter does not hold."""
        _check_parameters(parameters or {})
        return self._pool.submit(_made, path, dict(parameters or {}), lang)

    def first_difference(self, path: Path) -> tuple[int, str, str] | None:
        """The first cell whose output is not as stored, with the lines stored and built; None where all are.
        Stops there."""
        return given(path, self._pool.submit(_difference, path))


def given(path: Path, begun: Future[Any]) -> Any:
    """What a process gives of a notebook; NotebookFailed where a cell stopped with an error, or ended its
    process."""
    try:
        return begun.result()
    except BrokenProcessPool:
        raise NotebookFailed(f"{path.name}: a cell ended its process") from None


@cache
def _kernel() -> kernels.Kernel:
    """The kernel of this process."""
    return kernels.Kernel()


def _made(path: Path, parameters: dict[str, object], lang: str) -> nbformat.NotebookNode:
    """A copy of a notebook with its new outputs."""
    notebook = _read(path)
    _set_parameters(notebook, parameters, path.name)
    if lang != "en":
        in_language(notebook, lang, path.name)
    for _ in _cells(notebook, path):
        pass
    notebook.metadata = nbformat.from_dict(
        _METADATA | {key: value for key, value in notebook.metadata.items() if key not in _METADATA}
    )
    return notebook


def _difference(path: Path) -> tuple[int, str, str] | None:
    kept = _read(path)
    for number, cell in _cells(_read(path), path):
        before, after = _shown(kept.cells[number - 1]), _shown(cell)
        if before != after:
            return number, *_first_difference(before, after)
    return None


def _cells(notebook: nbformat.NotebookNode, path: Path) -> Iterator[tuple[int, nbformat.NotebookNode]]:
    """Run the code cells in order, giving each with its number as soon as it has run."""
    _kernel().begin(notebook)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        for output in _kernel().execute(notebook, number - 1).outputs:
            if output.output_type == "error":
                said = f"{output.ename}: {output.evalue}"
                if output.ename in ("KeyboardInterrupt", "CancelledError"):
                    said = f"stopped by hand, or after {kernels.LONGEST:.0f} s"
                raise NotebookFailed(f"{path.name}, cell {number}: {said}")
        yield number, cell


def run(
    notebooks: Iterable[Path] | None = None,
    *,
    root: Path | None = None,
    parameters: Mapping[str, object] | None = None,
    lang: str = "en",
    meanwhile: Callable[[], None] = lambda: None,
    done: Callable[[Path], None] = lambda path: None,
) -> dict[Path, nbformat.NotebookNode]:
    """Run copies of notebooks, two at a time, and give them back with their new outputs; the stored ones stay
    as they are.

    `root` is the project folder whose data they read; `parameters` (AREA, YEARS, LANG) replace those of each
    notebook's first code cell; `meanwhile` is called while they run: an error of it ends them after those
    that have begun; `done` is called with each that has ended. A parameter that does not hold is refused
    before any of them starts."""
    _check_parameters(parameters or {})
    chosen = stored() if notebooks is None else list(notebooks)
    with Runner(root=root, processes=2) as runner:
        begun = {path: runner.begin(path, parameters=parameters, lang=lang) for path in chosen}
        for path, future in begun.items():
            future.add_done_callback(partial(lambda path, _: done(path), path))
        meanwhile()
        try:
            return {path: future.result() for path, future in begun.items()}
        except BrokenProcessPool:
            # All that had not ended broke with it; the first two of them had begun.
            ends = ((path.name, future.exception()) for path, future in begun.items())
            names = [name for name, error in ends if isinstance(error, BrokenProcessPool)]
            raise NotebookFailed(f"{' or '.join(names[:2])}: a cell ended its process") from None


def _check_parameters(parameters: Mapping[str, object]) -> None:
    """Refuse parameters that the notebooks do not have or can't use, all at once."""
    wrong = [
        f"unknown parameter {name}: the notebooks have {', '.join(_PARAMETERS)}"
        for name in parameters
        if name not in _PARAMETERS
    ]
    for name, (holds, allowed) in _PARAMETERS.items():
        if name in parameters and not holds(parameters[name]):
            wrong.append(f"{name} is {allowed}, not {parameters[name]!r}")
    if wrong:
        raise NotebookFailed("\n".join(wrong))


def _are_years(value: object) -> bool:
    """Whether a value is two years, the first not after the last."""
    return (
        isinstance(value, (tuple, list))
        and len(value) == 2
        and all(type(year) is int for year in value)
        and 1900 <= value[0] <= value[1] <= 2100
    )


def _set_parameters(notebook: nbformat.NotebookNode, parameters: dict[str, object], name: str) -> None:
    """Write parameters into the cell tagged for them, each in the place of the statement that sets it; what
    else stands there, remarks and blank lines, stays."""
    if not parameters:
        return
    cell = next((cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])), None)
    if cell is None:
        raise NotebookFailed(
            f"{name}: no cell is tagged `parameters`, so {', '.join(parameters)} can't be set"
        )
    for key, value in parameters.items():
        said = f"{key} = {value!r}"
        statement = rf"(?ms)^{key} *= *(?:\(.*?\)|.*?)(?= *(?:#|$))"
        cell.source, found = re.subn(statement, said.replace("\\", r"\\"), cell.source)
        cell.source += "" if found else f"\n{said}"


def in_language(notebook: nbformat.NotebookNode, lang: str, name: str) -> nbformat.NotebookNode:
    """The notebook with its words in a language: English stands in the text cells, Vietnamese in their
    metadata."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and lang != "en" and lang in cell.metadata:
            cell.source = cell.metadata[lang]
    _set_parameters(notebook, {"LANG": lang}, name)
    return notebook


def copies(lang: str, folder: Path) -> list[str]:
    """Write the notebooks in a language into a folder for running and editing, and give the names of those
    that an analyst has changed there: they stay, and the newer one is written beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / ".written.json"
    before = json.loads(record.read_text()) if record.exists() else {}
    kept, written_ = [], {}
    for path in stored():
        notebook = in_language(_read(path), lang, path.name)
        for cell in notebook.cells:
            if cell.cell_type == "code":  # what is stored is said in English
                cell.outputs, cell.execution_count = [], None
        content = written(notebook)
        target = folder / path.name
        mark = hashlib.sha256(content).hexdigest()
        changed = target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() != before.get(path.name)
        if changed:
            kept.append(path.name)
            target = folder / f"{path.stem}.new.ipynb"
        replace_file(target, content)
        written_[path.name] = before.get(path.name, "") if changed else mark
    replace_file(record, json.dumps(written_).encode())
    return kept


def differences(notebooks: dict[Path, nbformat.NotebookNode], lang: str = "en") -> pd.DataFrame:
    """Where the outputs of run copies differ from the stored ones: `notebook`, `cell`, `stored`, `built`, the
    first line that differs. Of those in another language the marks are stored (see `mark`), and the numbers
    are those of the English."""
    rows = []
    for path, made in notebooks.items():
        kept = _read(path)
        for number, (old, new) in enumerate(zip(kept.cells, made.cells, strict=True), start=1):
            if new.cell_type != "code":
                continue
            before, after = _shown(old), _shown(new)
            if lang == "en":
                if before != after or old.execution_count != new.execution_count:
                    rows.append((path.name, number, *_first_difference(before, after)))
            elif apart := _numbers(before) ^ _numbers(after):
                rows.append((path.name, number, "the same numbers as in English", " ".join(sorted(apart))))
            elif old.metadata.get(_mark(lang), "") != _digest(after):
                rows.append((path.name, number, "another output", " ".join(after)[:100]))
    return pd.DataFrame(rows, columns=["notebook", "cell", "stored", "built"])


def mark(
    notebooks: dict[Path, nbformat.NotebookNode], spoken: dict[Path, nbformat.NotebookNode], lang: str
) -> None:
    """Store beside each output what it is in another language: a mark that any other word or number
    changes."""
    for path, made in notebooks.items():
        for cell, said in zip(made.cells, spoken[path].cells, strict=True):
            if cell.cell_type == "code":
                cell.metadata[_mark(lang)] = _digest(_shown(said))


def _mark(lang: str) -> str:
    return f"output_{lang}"


def _digest(shown: list[str]) -> str:
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:16] if shown else ""


def _numbers(shown: list[str]) -> set[str]:
    """The digits of each number that a reader sees, whatever parts its groups; months and halves of a year
    are words in English, and what a source printed is the same in both."""
    text = re.sub(r"(?s)<style.*?</style>|<defs.*?</defs>|<!--.*?-->", "", "\n".join(shown))
    text = re.sub("“[^”]*”", "", unescape(re.sub(r"<[^>]*>", " ", text)))
    for words, number in _IN_DIGITS.items():
        text = re.sub(rf"\b({words})\b", number, text)
    return {re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,]*", text)}


def _shown(cell: nbformat.NotebookNode) -> list[str]:
    """What a cell shows, as lines: text, every kind of picture, errors."""
    shown = []
    for output in cell.outputs:
        if output.output_type == "stream":
            shown += [output.name, *output.text.splitlines()]
        elif output.output_type == "error":
            shown += ["error", output.ename, output.evalue]
        else:
            data = output.get("data", {})
            order = [*(kind for kind in _COMPARED if kind in data), *sorted(set(data) - set(_COMPARED))]
            shown += [line for kind in order for line in (kind, *_text_of(data[kind]).splitlines())]
    return shown


def _text_of(data: object) -> str:
    return "".join(data) if isinstance(data, str | list) else json.dumps(data, sort_keys=True)


def _first_difference(before: list[str], after: list[str]) -> tuple[str, str]:
    for old, new in zip(before, after, strict=False):
        if old != new:
            return old.strip()[:100], new.strip()[:100]
    longer = max(len(before), len(after))
    old, new = (
        lines[-1].strip()[:100] if lines and len(lines) == longer else "" for lines in (before, after)
    )
    return old, new


def write(notebooks: dict[Path, nbformat.NotebookNode], folder: Path) -> None:
    """Write run notebooks into a folder under their own names."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, made in notebooks.items():
        replace_file(folder / path.name, written(made))


def written(notebook: nbformat.NotebookNode) -> bytes:
    """The bytes that a notebook is stored as."""
    return (nbformat.writes(notebook) + "\n").encode()
