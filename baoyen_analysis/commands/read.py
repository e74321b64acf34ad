"""The command `baoyen read`: the figures of a report, proposed beside their sentences."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import pandas as pd
import typer

from baoyen_analysis.commands.screen import Lang, out, refuse, relative, shown, tell

if TYPE_CHECKING:
    from baoyen_analysis.words import Language

_PROPOSED = ["indicator", "area", "period", "kind", "relation", "base_period", "problem"]


def read(
    file: Annotated[
        Path, typer.Argument(help="A report: Word, PDF with text, web page, plain text; - for standard input")
    ],
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="OUT", help="The proposals into a file, to look through")
    ] = None,
    locale: Annotated[
        Literal["vi", "en"], typer.Option(help="vi (1.234,5) or en (1,234.5): how its numbers are written")
    ] = "vi",
    lang: Lang = "vi",
) -> None:
    """Show the figures of a report's running text beside their sentences. Nothing enters the record.

    With --csv they go to a file. Look through it: fill what is blank, delete the rows that are not wanted;
    then `baoyen add OUT` takes it.

    Example: baoyen read bao-cao-2024.docx --csv de-xuat.csv"""
    from baoyen_analysis import record, words
    from baoyen_analysis.intake import proposals, reports
    from baoyen_analysis.intake.sheets import OfficeFileError

    t = words.of(lang)
    try:
        text = reports.text_of(file, sys.stdin.buffer.read() if str(file) == "-" else None)
    except OfficeFileError as error:
        raise refuse(error) from None
    rows = proposals.propose(text, locale=locale, communes=record.communes())
    unread = int((rows["problem"] != "").sum())
    tell(t.say("preview.proposed", figures=len(rows) - unread, unread=unread))
    if len(rows):
        _show(rows, t)
    if csv:
        rows.to_csv(csv, index=False, encoding="utf-8-sig", lineterminator="\n")
        tell(t.say("preview.proposals", file=relative(csv)))


def _show(rows: pd.DataFrame, t: Language) -> None:
    """The proposals as a table; a sentence stands once, beside the first of its figures."""
    cells = {
        "row": rows["row"],
        "figure": (rows["value"] + " " + rows["unit"]).str.strip(),
        "proposed": [", ".join(filter(None, row)) for row in rows[_PROPOSED].itertuples(index=False)],
        "sentence": rows["sentence"].mask(rows["sentence"] == rows["sentence"].shift(), ""),
    }
    heads = {name: t.say(f"preview.read_{name}") for name in cells}
    out.print(shown(pd.DataFrame(cells).rename(columns=heads), more=t.words["preview.more_rows"]))
