"""The command `baoyen`: build, check, notebooks, report, trace, accept."""

from __future__ import annotations

import errno
import io
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
import typer

from baoyen_analysis import journal, paths
from baoyen_analysis.commands import add, ask, read
from baoyen_analysis.commands.screen import err, out, refuse, relative, shown, visible

# How typer itself ends a command: a wrong argument, --help, an answer of no.
_OF_TYPER = (typer.BadParameter.__mro__[2], typer.Exit, typer.Abort)


class _Commands(typer.core.TyperGroup):
    """The commands. Each first finishes or takes back what a killed one left; a fault that none of them knows
    ends in one line, its traceback in build/error.log."""

    def invoke(self, context: typer.Context) -> object:  # type: ignore[override]
        _speak_any_screen()
        left = journal.recover()
        if left:
            err.print(
                {
                    "finished": "A command that was killed is now finished.",
                    "taken_back": "What a killed command left was swept.",
                }[left]
            )
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads the output has gone away
                raise
            where = f"{error.filename}: " if error.filename else ""
            said = f"{where}{error.strerror or error}"
            raise refuse(f"{said}. Look whether it is a file and may be read and written") from None
        except (journal.Busy, ValueError) as error:
            raise refuse(error) from None
        except Exception as error:
            if isinstance(error, _OF_TYPER):
                raise
            said = f"baoyen {context.invoked_subcommand} ended in a fault: {type(error).__name__}: {error}"
            raise refuse(f"{said}. {_logged(traceback.format_exc())}") from None


def _logged(lines: str) -> str:
    """Writes a traceback to build/error.log, and gives the sentence that says where it is."""
    log = paths.build() / "error.log"
    try:
        log.parent.mkdir(exist_ok=True)
        log.write_text(lines, encoding="utf-8")
    except OSError as error:
        return f"The traceback could not be written to {relative(log)} ({error.strerror})"
    return f"The traceback is in {relative(log)}"


def _speak_any_screen() -> None:
    """A screen or file that has no Vietnamese letters gets them written out, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help="""Did income, product value per hectare and tourism in Bảo Yên move fast enough?

    The printed figures stand in data/raw. `baoyen build` makes the tables of data/processed from them,
    `baoyen check` says whether the stored ones are still those, `baoyen notebooks` runs copies of the
    notebooks, `baoyen report` writes the one-page report. Everything is written under build/; only `add`,
    `undo` and `accept` change what is stored. Each command explains itself: `baoyen trace --help`.""",
)
app.add_typer(ask.app, name="ask")
# One question has a short way of its own: `baoyen trace` is `baoyen ask trace`.
app.command("trace")(ask.trace)
app.command("add")(add.add)
app.command("undo")(add.undo)
app.command("read")(read.read)


def _tables() -> dict[str, pd.DataFrame]:
    """The tables built from data/raw; every fault of the record in one table, and exit 1."""
    from baoyen_analysis.cleaning import build
    from baoyen_analysis.cleaning.faults import FaultyRecord

    try:
        return build.tables()
    except FaultyRecord as error:
        err.print(f"[bold red]data/raw can't be used: {len(error.faults)} to mend. Nothing was written.[/]")
        err.print(shown(error.faults))
        raise typer.Exit(1) from None


@app.command("build")
def build_command() -> None:
    """Make the processed tables from data/raw and write them to build/processed.

    Compare them with data/processed with `baoyen check`; store them with `python3 run.py accept`.
    """
    from baoyen_analysis.cleaning import store

    tables = _tables()
    folder = paths.build() / "processed"
    changed = store.changed(tables, folder)
    journal.store(changed)
    out.print(f"{len(tables)} tables in {relative(folder)}, {len(changed)} files new or changed.")


@app.command("check")
def check_command() -> None:
    """Verify data/raw and say whether data/processed is what it makes; exit 1 with every difference where it
    is not."""
    from baoyen_analysis.cleaning import store

    tables = _tables()
    differences = store.differences(tables, paths.processed())
    picture = paths.root() / "docs" / "income.svg"
    if differences.empty and picture.parent.is_dir():
        stored = picture.read_bytes() if picture.is_file() else b""
        if stored != _front_chart(paths.root()):
            said = "another picture" if stored else "the file is missing"
            differences.loc[0] = ["docs/income.svg", "", "", said, "the picture of these tables"]
    if len(differences):
        err.print(f"[bold red]data/processed is not what data/raw makes: {len(differences)} differences.[/]")
        err.print(shown(differences, limit=40))
        err.print("If the change is meant, look through it and store it with `python3 run.py accept`.")
        raise typer.Exit(1)
    observations = tables["observations"]
    out.print(
        f"Data: {len(observations)} figures from {observations['source_id'].nunique()} sources; "
        "data/processed is what they make."
    )


@app.command("notebooks")
def notebooks_command(
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="A parameter of the trend notebooks: AREA, YEARS or LANG, for example AREA='Văn Bàn'",
        ),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Where the copies go; build/notebooks if not given")
    ] = None,
    lang: Annotated[Literal["vi", "en"], typer.Option(help="vi: the Vietnamese notebooks")] = "en",
) -> None:
    """Run copies of the notebooks; the stored ones stay as they are. Exit 1 where an output is not as stored.

    With --set only the trend notebooks (income, yield per hectare, tourism) run, for what is set, and nothing
    is compared.

    Example: baoyen notebooks --set AREA="Văn Bàn" --out van-ban
    """
    from baoyen_analysis.commands import notebooks

    folder = folder or paths.build() / "notebooks"
    if folder.resolve() == paths.notebooks().resolve():
        raise refuse("The stored notebooks are written by `python3 run.py accept` alone: give another --out.")
    if set_:
        chosen = [path for path in notebooks.stored() if path.stem in notebooks.TREND_NOTEBOOKS]
        made = _run_notebooks(chosen, root=paths.root(), parameters=_parameters(set_), lang=lang)
        notebooks.write(made, folder)
        out.print(
            visible(f"Notebooks: {len(made)} run with {', '.join(set_)}; copies in {relative(folder)}."),
            markup=False,
        )
        return
    _tell_differences(_run_notebooks(notebooks.stored(), root=paths.root(), lang=lang), folder, lang)


def _tell_differences(made: dict, folder: Path, lang: str) -> None:
    """Write run copies into a folder and say whether they show what is stored; exit 1 where not."""
    from baoyen_analysis.commands import notebooks

    notebooks.check_there(made)
    notebooks.write(made, folder)
    differences = notebooks.differences(made, lang)
    if len(differences):
        err.print(
            f"[bold red]{differences['notebook'].nunique()} notebooks no longer show what is stored.[/]"
        )
        err.print(shown(differences, limit=40))
        err.print(
            "If the change is meant, look through the copies and store it with `python3 run.py accept`."
        )
        raise typer.Exit(1)
    out.print(f"Notebooks: {len(made)} run, their outputs as stored; copies in {relative(folder)}.")


def _parameters(given: list[str]) -> dict[str, object]:
    """NAME=value pairs; a value that reads as Python (numbers, tuples) is that, anything else is text."""
    import ast

    parameters: dict[str, object] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign:
            raise typer.BadParameter(f"{pair!r} is not NAME=value")
        try:
            parameters[name.strip()] = ast.literal_eval(value.strip())
        except (ValueError, SyntaxError):
            parameters[name.strip()] = value.strip()
    return parameters


def _run_notebooks(
    chosen: list[Path],
    *,
    root: Path,
    parameters: dict[str, object] | None = None,
    lang: str = "en",
    meanwhile: Callable[[], None] = lambda: None,
) -> dict:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from baoyen_analysis.commands import notebooks

    columns = (
        SpinnerColumn(),
        TextColumn("Notebooks {task.completed} of {task.total} {task.fields[last]}"),
        TimeElapsedColumn(),
    )
    progress = Progress(*columns, console=err, transient=True)
    task = progress.add_task("", total=len(chosen), last="")

    def beside() -> None:
        progress.start()  # a thread draws it: not before the processes are forked
        meanwhile()

    def done(path: Path) -> None:
        progress.update(task, advance=1, last=path.stem)

    try:
        return notebooks.run(chosen, root=root, parameters=parameters, lang=lang, meanwhile=beside, done=done)
    except notebooks.NotebookFailed as error:
        raise refuse(error) from None
    finally:
        progress.stop()


@app.command("lab-copies", hidden=True)
def lab_copies_command(lang: str) -> None:
    """Write the notebooks in a language into a folder of their own, for running and editing."""
    from baoyen_analysis.commands import notebooks

    folder = paths.root() / f"notebooks-{lang}"
    for name in notebooks.copies(lang, folder):
        err.print(
            f"{name} was changed in {relative(folder)}: it stays, the newer one is beside it as .new.ipynb"
        )


@app.command("report")
def report_command(
    lang: Annotated[
        Literal["vi", "en"],
        typer.Option(help="The language that is shown first; the other is one touch away"),
    ] = "vi",
    pdf: Annotated[
        bool,
        typer.Option("--pdf", help="Print it on A4 too, to build/report.pdf; needs Chromium, Chrome or Edge"),
    ] = False,
    screenshots: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Pictures of it into a folder: two widths, both languages, light and dark"
        ),
    ] = None,
) -> None:
    """Write the one-page report, in Vietnamese and English, to build/report.html.

    Example: baoyen report --lang en --pdf --screenshots build/screenshots
    """
    from baoyen_analysis.cleaning.store import replace_file
    from baoyen_analysis.report import browser, pages

    paths.build().mkdir(exist_ok=True)
    path = paths.build() / "report.html"
    replace_file(path, pages.html(lang=lang).encode())
    out.print(f"Report: {relative(path)}")
    try:
        if pdf:
            browser.pdf(path, path.with_suffix(".pdf"))
            out.print(f"PDF: {relative(path.with_suffix('.pdf'))}")
        if screenshots:
            out.print(f"Pictures: {len(browser.screenshots(path, screenshots))} in {relative(screenshots)}")
    except browser.NoBrowser as error:
        raise refuse(error) from None


@app.command("export")
def export_command(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or a document (.docx)")],
    lang: Annotated[Literal["vi", "en"], typer.Option(help="The language of heads and statements")] = "vi",
) -> None:
    """Write the answers as an office's file: goals, readings, panel and figures as a workbook, or the
    statements with their table, charts and sources as a document.

    Example: baoyen export build/bao-yen.xlsx --lang vi
    """
    from baoyen_analysis.report import export

    if path.resolve().is_relative_to((paths.root() / "data").resolve()):
        raise refuse(f"{path}: data/ holds the record alone; export to another folder")
    export.write(path, lang)
    out.print(visible(f"{relative(path)}"), markup=False)


@app.command("run")
def run_command() -> None:
    """Check the data, run the notebooks and write the report: what `python3 run.py` does."""
    from baoyen_analysis.commands import notebooks

    def beside() -> None:
        check_command()
        report_command()

    made = _run_notebooks(notebooks.stored(), root=paths.root(), meanwhile=beside)
    _tell_differences(made, paths.build() / "notebooks", "en")


@app.command("accept")
def accept_command(
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking, for scripts")] = False,
) -> None:
    """Show what a change would store - rows of data/processed, cells of notebooks - and store it once you
    agree."""
    from baoyen_analysis.cleaning import store
    from baoyen_analysis.commands import notebooks

    tables = _tables()
    trial = paths.build() / "accept"
    store.write(tables, trial / "data" / "processed")
    made = _run_notebooks(notebooks.stored(), root=trial)
    notebooks.mark(made, _run_notebooks(notebooks.stored(), root=trial, lang="vi"), "vi")
    rows, cells = store.differences(tables, paths.processed()), notebooks.differences(made)
    changed = [path for path in made if notebooks.written(made[path]) != path.read_bytes()]
    picture, drawn = paths.root() / "docs" / "income.svg", _front_chart(trial)
    if rows.empty and not changed and picture.is_file() and picture.read_bytes() == drawn:
        out.print("Nothing has changed: data/processed and the notebooks are as stored.")
        return
    for title, frame in (("Rows of data/processed", rows), ("Cells of notebooks", cells)):
        out.print(f"[bold]{title}: {len(frame)} to change[/]")
        if len(frame):
            out.print(shown(frame, limit=40))
    if not yes and not (sys.stdin.isatty() and typer.confirm("Store these changes?")):
        err.print("Nothing was stored. Agree when asked, or call `python3 run.py accept --yes`.")
        raise typer.Exit(1)
    journal.store(
        {paths.processed() / name: content for name, content in store.files(tables).items()}
        | {path: notebooks.written(made[path]) for path in changed}
        | {picture: drawn}
    )
    out.print(
        f"Stored: {len(rows)} differences of data/processed, {len(changed)} notebooks. Review them with "
        "`git diff`."
    )


def _front_chart(root: Path) -> bytes:
    """The README's chart, drawn from the tables of a project folder."""
    import os

    from baoyen_analysis import pictures

    before = os.environ.get("BAOYEN_ROOT")
    os.environ["BAOYEN_ROOT"] = str(root)
    try:
        return pictures.front_chart().encode()
    finally:
        os.environ.pop("BAOYEN_ROOT") if before is None else os.environ.__setitem__("BAOYEN_ROOT", before)
