"""The commands `baoyen add` and `baoyen undo`: an office's own file into the record, and back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from baoyen_analysis import paths
from baoyen_analysis.commands.screen import (
    Lang,
    err,
    grid,
    out,
    refuse,
    relative,
    shown,
    tell,
    visible,
    waiting,
)

if TYPE_CHECKING:
    from baoyen_analysis.intake import record as intake
    from baoyen_analysis.intake.identity import Defaults
    from baoyen_analysis.words import Language

_Yes = Annotated[bool, Option("--yes", help="Without asking, for scripts; what is open is not taken")]


def add(
    file: Annotated[
        Path, Argument(help="An office's table: Excel, CSV, PX-Web download, PC-Axis, Word, PDF")
    ],
    source: Annotated[str, Option(help="Who published it, for example 'Chi cục Thống kê huyện Bảo Yên'")],
    source_id: Annotated[
        str,
        Option(help="A short name for it: small letters, digits, dashes; the file's name if not given"),
    ] = "",
    title: Annotated[str, Option(help="Its title; the file's name if not given")] = "",
    published: Annotated[str, Option(help="When it was published: 2025-01-31, 2025-01 or 2025")] = "",
    url: Annotated[str, Option(help="Its address, if it has one")] = "",
    source_kind: Annotated[
        str,
        Option(help="statistics, government, press, document-sharing, encyclopedia, other or international"),
    ] = "government",
    area: Annotated[str, Option(help="The area of every row that names none")] = "",
    level: Annotated[str, Option(help="The level of the areas, where a name is of several")] = "",
    indicator: Annotated[
        str, Option(help="The indicator of every row that names none, for example income_per_capita")
    ] = "",
    kind: Annotated[
        str,
        Option(
            help="actual, preliminary, estimate, plan or target, where the file does not say or a note "
            "leaves it open; actual if not given"
        ),
    ] = "",
    definition: Annotated[str, Option(help="What exactly was counted, as the file states it")] = "",
    map_: Annotated[
        list[str] | None,
        Option("--map", help="What a label is: 'Thu từ khách=tourism_revenue'; kept for the next file"),
    ] = None,
    keep_unknown: Annotated[
        bool, Option("--keep-unknown", help="Keep rows of no known indicator under their own label")
    ] = False,
    sheet: Annotated[str, Option(help="One sheet or table alone")] = "",
    unit: Annotated[str, Option(help="The unit, where the file prints none, for example 'triệu đồng'")] = "",
    locale: Annotated[str, Option(help="vi (1.234,5) or en (1,234.5), where the file leaves it open")] = "",
    report: Annotated[
        Path | None, Option(metavar="FILE.csv", help="Every row, and what was made of it, into a file")
    ] = None,
    lang: Lang = "vi",
    yes: _Yes = False,
) -> None:
    """Take an office's own table into the record: shows what was recognised, asks, then writes a new dated
    folder of data/raw.

    Example: baoyen add so-lieu-2024.xlsx --source "Chi cục Thống kê huyện Bảo Yên" --area "Bảo Yên" --level
    district"""
    from baoyen_analysis import record, words
    from baoyen_analysis.intake import batches, preview
    from baoyen_analysis.intake import record as intake
    from baoyen_analysis.intake.identity import Defaults
    from baoyen_analysis.printed import text

    t = words.of(lang)
    name = source_id or re.sub(r"[^a-z0-9]+", "-", text.plain(file.stem)).strip("-")
    described = intake.Source(name, source, title or file.name, published, url, source_kind)
    given = batches.names(paths.raw()) | dict(map(_pair, map_ or ()))
    defaults = Defaults(area, level, indicator, kind, definition, given, keep_unknown)
    options: dict[str, Any] = {"communes": record.communes(), "sheet": sheet, "locale": locale, "unit": unit}
    read = partial(intake.read, file, described, record.observations(), lang=lang, **options)
    with _refused("unsound", t):
        with waiting(t.say("preview.reading", file=file.name)):
            found = read(defaults=defaults)
        taken, asked = _shown(found, t), set[str]()
        while not yes and _can_ask():
            answered = _answered(taken, defaults, asked, t)
            if answered == defaults:
                break
            defaults, taken = answered, _shown(read(defaults=answered), t)
        if report:
            preview.table(taken).to_csv(report, index=False, encoding="utf-8-sig")
            tell(t.say("preview.report", file=str(report)))
        if taken.figures.empty:
            raise intake.NotTaken(t.say("preview.nothing"))
        _agree("write", "nothing_written", yes=yes, t=t, figures=len(taken.figures))
        folder = batches.write(taken, on=date.today(), folder=paths.raw())
    tell(t.say("preview.written", folder=relative(folder)))


def undo(
    batch: Annotated[str, Argument(help="The batch to take back; the last one if not given")] = "",
    lang: Lang = "vi",
    yes: _Yes = False,
) -> None:
    """List what `baoyen add` wrote to data/raw, and take one batch back, whole.

    Example: baoyen undo 2026-01-15-bieu01"""
    from baoyen_analysis import words
    from baoyen_analysis.intake import batches

    t, held = words.of(lang), batches.held(paths.raw())
    if held.empty:
        raise refuse(t.say("preview.no_batch"))
    heads = [t.say(f"preview.batch_{name}") for name in batches.COLUMNS]
    out.print(shown(held.set_axis(heads, axis=1)))
    batch = batch or held["batch"].iat[-1]
    with _refused("unsound_undo", t):
        figures = held.loc[held["batch"] == batch, "figures"].sum()
        _agree("take_back", "nothing_undone", yes=yes, t=t, batch=batch, figures=figures)
        batches.undo(batch, folder=paths.raw())
    tell(t.say("preview.undone", batch=batch))


@contextmanager
def _refused(unsound: str, t: Language) -> Iterator[None]:
    """Ends the command where a file, an option or the record stands against it, with the reason."""
    from baoyen_analysis.cleaning.faults import FaultyRecord
    from baoyen_analysis.intake.office import OfficeFileError
    from baoyen_analysis.intake.record import NotTaken

    try:
        yield
    except FaultyRecord as error:
        err.print(t.say(f"preview.{unsound}"), style="bold red")
        err.print(shown(error.faults))
        raise typer.Exit(1) from None
    except (NotTaken, OfficeFileError) as error:
        raise refuse(error) from None


def _shown(read: intake.Intake, t: Language) -> intake.Intake:
    """What was read, once it is shown."""
    from baoyen_analysis.intake import preview

    for part in preview.screen(read, t):
        if isinstance(part, str):
            tell(part)
        else:
            more = t.say("preview.more_rows", count=part.left_out) if part.left_out else ""
            out.print(grid(part.heads, part.rows, more))
    return read


def _agree(question: str, otherwise: str, *, yes: bool, t: Language, **parts: object) -> None:
    """Ends the command unless a person, or --yes, agrees."""
    if not yes and not (_can_ask() and typer.confirm(visible(t.say(f"preview.{question}", **parts)))):
        err.print(t.say(f"preview.{otherwise}"), markup=False)
        raise typer.Exit(1)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _answered(read: intake.Intake, given: Defaults, asked: set[str], t: Language) -> Defaults:
    """The defaults with what a person answers to the questions that were not asked before."""
    from baoyen_analysis.printed.text import fold

    for question in read.questions:
        if question.text in asked:
            continue
        asked.add(question.text)
        label = fold(question.text) if question.about == "indicator" else ""
        name = t.name if label else t.kind
        choices = {str(number): choice for number, choice in enumerate(question.choices, start=1)}
        lines = [t.say(f"preview.asked_{question.about}", text=question.text, cells=question.cells)]
        lines += [t.say("preview.choice", number=n, name=name(choice)) for n, choice in choices.items()]
        lines += [t.say("preview.choice_keep")] * bool(label) + [t.say("preview.choice_skip")]
        tell("\n".join(lines))
        answer = typer.prompt(t.say("preview.answer"), default="", show_default=False).strip().lower()
        if label and answer == t.say("preview.keep_key"):
            given = given._replace(kept=given.kept | {label})
        elif chosen := choices.get(answer):
            names = dict(given.names) | {label: chosen}
            given = given._replace(names=names) if label else given._replace(kind=chosen)
    return given


def _pair(given: str) -> tuple[str, str]:
    """label=indicator, the label folded; an equals sign may stand in the label."""
    from baoyen_analysis.printed.text import fold

    label, sign, indicator = given.rpartition("=")
    if not sign or not label.strip():
        raise typer.BadParameter(f"{given!r} is not LABEL=INDICATOR", param_hint="--map")
    return fold(label.strip()), indicator.strip()
