"""The command `baoyen`: build, check, notebooks, report, trace, accept."""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from baoyen_analysis import paths
from baoyen_analysis.commands import ask

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)
_UNSEEN = ("Cc", "Cf", "Cs")  # Unicode's categories of what steers a screen, or is no letter


def _refuse(problem: object) -> typer.Exit:
    """Says why a command ends, and gives the exit for it."""
    err.print(_visible(str(problem)), markup=False, highlight=False, style="bold red")
    return typer.Exit(1)


def _visible(text: str) -> str:
    """Text as it can be shown: what would steer the screen is written out ("\\x1b")."""
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in _UNSEEN else repr(letter)[1:-1]
        for letter in text
    )


class _Commands(typer.core.TyperGroup):
    """The commands; a file that can't be read or written ends any of them in one line."""

    def invoke(self, context: typer.Context) -> object:
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads the output has gone away
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise _refuse(f"{where}{error.strerror or error}") from None


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help="""Did income, product value per hectare and tourism in Bảo Yên move fast enough?

    The printed figures stand in data/raw. `baoyen build` makes the tables of data/processed from them, `baoyen check` says whether the
    stored ones are still those, `baoyen notebooks` runs copies of the notebooks, `baoyen report` writes the one-page report.
    Everything is written under build/; only `accept` changes what is stored. Each command explains itself: `baoyen trace --help`.""",
)
app.add_typer(ask.app, name="ask")
# One question has a short way of its own: `baoyen trace` is `baoyen ask trace`.
app.command("trace")(ask.trace)


def _tables() -> dict[str, pd.DataFrame]:
    """The tables built from data/raw; every fault of the record in one table, and exit 1."""
    from baoyen_analysis.cleaning import build
    from baoyen_analysis.cleaning.faults import FaultyRecord

    try:
        return build.tables()
    except FaultyRecord as error:
        err.print(f"[bold red]data/raw can't be used: {len(error.faults)} to mend. Nothing was written.[/]")
        err.print(_shown(error.faults))
        raise typer.Exit(1) from None


def _shown(frame: pd.DataFrame, *, limit: int = 200) -> Table:
    """A table for the screen; the text of cells is never read as markup, nor by the screen."""
    from rich.text import Text

    shown = Table(header_style="bold")
    for name in frame.columns:
        shown.add_column(str(name), overflow="fold")
    for row in frame.head(limit).itertuples(index=False, name=None):
        shown.add_row(*(Text("" if pd.isna(cell) else _visible(str(cell))) for cell in row))
    if len(frame) > limit:
        shown.caption = f"and {len(frame) - limit} more"
    return shown


@app.command("build")
def build_command() -> None:
    """Make the processed tables from data/raw and write them to build/processed.

    Compare them with data/processed with `baoyen check`; store them with `python3 run.py accept`.
    """
    from baoyen_analysis.cleaning import store

    tables = _tables()
    folder = paths.build() / "processed"
    changed = store.write(tables, folder)
    out.print(f"{len(tables)} tables in {_relative(folder)}, {len(changed)} files new or changed.")


@app.command("check")
def check_command() -> None:
    """Verify data/raw and say whether data/processed is what it makes; exit 1 with every difference where it
    is not."""
    from baoyen_analysis.cleaning import store

    tables = _tables()
    differences = store.differences(tables, paths.processed())
    if len(differences):
        err.print(f"[bold red]data/processed is not what data/raw makes: {len(differences)} differences.[/]")
        err.print(_shown(differences, limit=40))
        err.print("If the change is meant, look through it and store it with `python3 run.py accept`.")
        raise typer.Exit(1)
    observations = tables["observations"]
    out.print(
        f"Data: {len(observations)} figures from {observations['source_id'].nunique()} sources; data/processed is what they make."
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
) -> None:
    """Run copies of the notebooks; the stored ones stay as they are. Exit 1 where an output is not as stored.

    With --set only the trend notebooks (income, yield per hectare, tourism) run, for what is set, and nothing
    is compared.

    Example: baoyen notebooks --set AREA="Văn Bàn" --out van-ban
    """
    from baoyen_analysis.commands import notebooks

    folder = folder or paths.build() / "notebooks"
    if folder.resolve() == paths.notebooks().resolve():
        raise _refuse(
            "The stored notebooks are written by `python3 run.py accept` alone: give another --out."
        )
    if set_:
        chosen = [path for path in notebooks.stored() if path.stem in notebooks.TREND_NOTEBOOKS]
        made = _run_notebooks(chosen, root=paths.root(), parameters=_parameters(set_))
        notebooks.write(made, folder)
        out.print(
            _visible(f"Notebooks: {len(made)} run with {', '.join(set_)}; copies in {_relative(folder)}."),
            markup=False,
        )
        return
    made = _run_notebooks(notebooks.stored(), root=paths.root())
    notebooks.write(made, folder)
    differences = notebooks.differences(made)
    if len(differences):
        err.print(
            f"[bold red]{differences['notebook'].nunique()} notebooks no longer show what is stored.[/]"
        )
        err.print(_shown(differences, limit=40))
        err.print(
            "If the change is meant, look through the copies and store it with `python3 run.py accept`."
        )
        raise typer.Exit(1)
    out.print(f"Notebooks: {len(made)} run, their outputs as stored; copies in {_relative(folder)}.")


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


def _run_notebooks(chosen: list[Path], *, root: Path, parameters: dict[str, object] | None = None) -> dict:
    from baoyen_analysis.commands import notebooks

    columns = (
        SpinnerColumn(),
        TextColumn("Notebooks {task.completed} of {task.total} {task.fields[last]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=len(chosen), last="")
        try:
            return notebooks.run(
                chosen,
                root=root,
                parameters=parameters,
                done=lambda path: progress.update(task, advance=1, last=path.stem),
            )
        except notebooks.NotebookFailed as error:
            raise _refuse(error) from None


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
    out.print(f"Report: {_relative(path)}")
    try:
        if pdf:
            browser.pdf(path, path.with_suffix(".pdf"))
            out.print(f"PDF: {_relative(path.with_suffix('.pdf'))}")
        if screenshots:
            out.print(f"Pictures: {len(browser.screenshots(path, screenshots))} in {_relative(screenshots)}")
    except browser.NoBrowser as error:
        raise _refuse(error) from None


@app.command("run")
def run_command() -> None:
    """Check the data, run the notebooks and write the report: what `python3 run.py` does."""
    check_command()
    notebooks_command()
    report_command()


@app.command("add")
def add_command(
    file: Annotated[Path, typer.Argument(help="An office's table: Excel, CSV, PX-Web download or PC-Axis")],
    source: Annotated[
        str, typer.Option(help="Who published it, for example 'Chi cục Thống kê huyện Bảo Yên'")
    ],
    source_id: Annotated[
        str,
        typer.Option(help="A short name for it: small letters, digits, dashes; the file's name if not given"),
    ] = "",
    title: Annotated[str, typer.Option(help="Its title; the file's name if not given")] = "",
    published: Annotated[str, typer.Option(help="When it was published: 2025-01-31, 2025-01 or 2025")] = "",
    url: Annotated[str, typer.Option(help="Its address, if it has one")] = "",
    source_kind: Annotated[
        str,
        typer.Option(
            help="statistics, government, press, document-sharing, encyclopedia, other or international"
        ),
    ] = "government",
    area: Annotated[str, typer.Option(help="The area of every row that names none")] = "",
    level: Annotated[str, typer.Option(help="The level of the areas, where a name is of several")] = "",
    indicator: Annotated[
        str, typer.Option(help="The indicator of every row that names none, for example income_per_capita")
    ] = "",
    kind: Annotated[
        str, typer.Option(help="actual, estimate, plan or target, where the file does not say")
    ] = "actual",
    definition: Annotated[str, typer.Option(help="What exactly was counted, as the file states it")] = "",
    sheet: Annotated[str, typer.Option(help="One sheet alone")] = "",
    unit: Annotated[
        str, typer.Option(help="The unit, where the file prints none, for example 'triệu đồng'")
    ] = "",
    locale: Annotated[
        str, typer.Option(help="vi (1.234,5) or en (1,234.5), where the file leaves it open")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking, for scripts")] = False,
) -> None:
    """Take an office's own table into the record: shows what was recognised, asks, then writes a new dated
    folder of data/raw.

    Example: baoyen add so-lieu-2024.xlsx --source "Chi cục Thống kê huyện Bảo Yên" --area "Bảo Yên" --level
    district"""
    import re
    from datetime import date

    from baoyen_analysis import record
    from baoyen_analysis.cleaning.faults import FaultyRecord
    from baoyen_analysis.intake import record as intake
    from baoyen_analysis.intake.office import OfficeFileError
    from baoyen_analysis.printed import text

    name = source_id or re.sub(r"[^a-z0-9]+", "-", text.plain(file.stem)).strip("-")
    described = intake.Source(name, source, title or file.name, published, url, source_kind)
    defaults = intake.Defaults(area, level, indicator, kind, definition)
    try:
        read = intake.read(
            file,
            described,
            record.observations(),
            communes=record.communes(),
            defaults=defaults,
            sheet=sheet,
            locale=locale,
            unit=unit,
        )
        _preview(read)
        if read.figures.empty:
            raise intake.NotTaken("no figure was recognised, so there is nothing to write")
        if not yes and not (
            sys.stdin.isatty() and typer.confirm(f"Write {len(read.figures)} figures to data/raw?")
        ):
            err.print("Nothing was written. Agree when asked, or give --yes.")
            raise typer.Exit(1)
        folder = intake.write(read, on=date.today(), folder=paths.raw())
    except FaultyRecord as error:
        err.print("[bold red]The record would not be sound with these figures. Nothing was written.[/]")
        err.print(_shown(error.faults))
        raise typer.Exit(1) from None
    except (intake.NotTaken, OfficeFileError) as error:
        raise _refuse(error) from None
    out.print(
        f"Written: {_relative(folder)}. `baoyen accept` brings the tables and notebooks up to date.",
        markup=False,
    )


def _preview(read) -> None:
    """What a file gave: the figures recognised, where they differ from what is held, and what was not taken
    and why."""
    columns = ["area", "area_level", "indicator", "period", "kind", "value_text", "value", "unit", "note"]
    for title, frame in (
        ("Figures recognised", read.figures[columns]),
        ("Other than what is held", read.conflicts),
        ("Not taken", read.problems),
    ):
        out.print(f"[bold]{title}: {len(frame)}[/]")
        if len(frame):
            out.print(_shown(frame, limit=60))


@app.command("accept")
def accept_command(
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking, for scripts")] = False,
) -> None:
    """Show what a change would store - rows of data/processed, cells of notebooks - and store it once you
    agree."""
    from baoyen_analysis import answers
    from baoyen_analysis.cleaning import store
    from baoyen_analysis.commands import notebooks

    tables = _tables()
    trial = paths.build() / "accept"
    store.write(tables, trial / "data" / "processed")
    made = _run_notebooks(notebooks.stored(), root=trial)
    rows, cells = store.differences(tables, paths.processed()), notebooks.differences(made)
    changed = [path for path in made if notebooks.written(made[path]) != path.read_bytes()]
    if rows.empty and not changed:
        out.print("Nothing has changed: data/processed and the notebooks are as stored.")
        return
    for title, frame in (("Rows of data/processed", rows), ("Cells of notebooks", cells)):
        out.print(f"[bold]{title}: {len(frame)} to change[/]")
        if len(frame):
            out.print(_shown(frame, limit=40))
    if not yes and not (sys.stdin.isatty() and typer.confirm("Store these changes?")):
        err.print("Nothing was stored. Agree when asked, or call `python3 run.py accept --yes`.")
        raise typer.Exit(1)
    store.write(tables, paths.processed())
    notebooks.write({path: made[path] for path in changed}, paths.notebooks())
    (paths.root() / "docs").mkdir(exist_ok=True)
    store.replace_file(paths.root() / "docs" / "income.svg", answers.front_chart().encode())
    out.print(
        f"Stored: {len(rows)} differences of data/processed, {len(changed)} notebooks. Review them with `git diff`."
    )


def _relative(path: Path) -> str:
    return os.path.relpath(path)
