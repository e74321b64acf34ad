"""What the commands show: text that can't steer the screen, tables, and the one line that ends a command."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

Lang = Annotated[Literal["vi", "en"], typer.Option(help="The language of what is shown")]
out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)
_UNSEEN = ("Cc", "Cf", "Cs")  # Unicode's categories of what steers a screen, or is no letter


def tell(text: str) -> None:
    """Shows a text as it is."""
    out.print(visible(text), markup=False, highlight=False)


def refuse(problem: object) -> typer.Exit:
    """Says why a command ends, and gives the exit for it."""
    err.print(visible(str(problem)), markup=False, highlight=False, style="bold red")
    return typer.Exit(1)


def visible(text: str) -> str:
    """Text as it can be shown: what would steer the screen is written out ("\\x1b")."""
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in _UNSEEN else repr(letter)[1:-1]
        for letter in text
    )


def shown(frame: pd.DataFrame, *, limit: int = 200, more: str = "and {count} more") -> Table:
    """A table for the screen; the text of cells is never read as markup, nor by the screen."""
    caption = more.format(count=len(frame) - limit) if len(frame) > limit else ""
    return grid(frame.columns, frame.head(limit).itertuples(index=False), caption)


def grid(heads: Iterable[str], rows: Iterable[Iterable[object]], caption: str = "") -> Table:
    """Rows under their heads as a table for the screen."""
    from rich.text import Text

    table = Table(header_style="bold", caption=caption or None)
    for head in heads:
        table.add_column(Text(visible(str(head))), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if pd.isna(cell) else visible(str(cell))) for cell in row))
    return table


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """Shows on a screen, while something lasts, that it goes on and since when."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        progress.add_task(visible(words), total=None)
        yield


def relative(path: Path) -> str:
    return os.path.relpath(path)
