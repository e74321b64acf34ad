"""`baoyen ask`: a policy question at the command line, answered by the sentence, the range, the table and the
sources. Each question is one call on the answers, the same that a notebook makes."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from baoyen_analysis import paths, words

if TYPE_CHECKING:
    import pandas as pd

# The questions, each the name of a function and its room, an example that can be pasted, and what it asks.
QUESTIONS = [row for row in paths.rows_beside(paths.__file__, "calls.csv") if row["example"]]


def listed() -> str:
    """The questions with examples that can be pasted."""
    lines = [
        "  baoyen ask {example}\n      {what}".format(**row).replace("Lào_Cai:province", '"Lào Cai:province"')
        for row in QUESTIONS
    ]
    return (
        "The questions, each with an example that can be pasted:\n\n"
        + "\n".join(lines)
        + """

Without --target the plan or target that the record holds is taken. Indicators by their names in the record
or in words (“thu nhập”, “lượt khách”). Add --lang vi or en, --json or --csv for a program, --chart FILE.svg
for a picture."""
    )


class _Questions(typer.core.TyperGroup):
    """The commands, each made of its function when it is asked for."""

    def list_commands(self, context: Any) -> list[str]:
        return list(dict.fromkeys(_command(row) for row in QUESTIONS))

    def get_command(self, context: Any, name: str) -> Any:
        row = next((row for row in QUESTIONS if _command(row) == name), None)
        return _question(row) if row and name not in self.commands else super().get_command(context, name)


def _command(row: dict[str, str]) -> str:
    """What a question is called at the command line: the first word of its example."""
    return row["example"].split()[0]


app = typer.Typer(
    cls=_Questions,
    add_completion=False,
    invoke_without_command=True,
    help="Answer a policy question with its range and its sources.\n\n" + listed(),
)
# What sources print is shown as it is: neither brackets nor colons in it are read as signs.
out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def _number(text: str) -> float:
    """A number as `parse_figure` reads it: 66,5 and 66.5 alike, 1.120.000 with its groups. Three digits after
    a lone mark may be decimals or a group: they are read the Vietnamese way, which is said.

    >>> _number("66,5"), _number("66.5"), _number("-1.234,5"), _number("2025")
    (66.5, 66.5, -1234.5, 2025.0)
    """
    if re.fullmatch(r"-?[0-9]+", text):
        return float(text)
    from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure

    for locale in ("vi", "en") if re.fullmatch(r"-?[0-9][0-9.,]*", text) else ():
        try:
            value = parse_figure(text, locale=locale).value
        except UnreadableFigure:
            continue
        if re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", text):
            err.print(
                f"{text} is read as {value:.12g}: in Vietnamese a dot parts thousands, a comma decimals",
            )
        return value
    raise typer.BadParameter(f"{text!r} is no number: write it as 66,5 or 66.5, 1120 or 1.120.000")


def name(text: str) -> str:
    """An indicator by its name in the record, or by what it is called in either language; the help calls what
    is wanted as this function is called."""
    from baoyen_analysis.record import indicator_named

    try:
        return indicator_named(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _per_cent(text: str) -> float:
    return _number(text) / 100


def _option(told: str, kind: Any = str, **how: Any) -> Any:
    return Annotated[kind | None, typer.Option(help=told, **how)]


_NUMBER = {"kind": float, "parser": _number, "metavar": "NUMBER"}
# How what a question takes is given at the command line; what is not here is asked in Python alone.
ARGUMENTS = {
    "indicator": Annotated[
        str | None,
        typer.Argument(
            parser=name, metavar="INDICATOR", help="income_per_capita, yield_per_ha …, or in words"
        ),
    ],
    "areas": Annotated[
        list[str], typer.Argument(help="Two or more; one may carry its level: 'Lào Cai:province'")
    ],
    "rival": Annotated[str, typer.Argument(help="The other area")],
    "target": _option("In the indicator's unit; without it, the plan that the record holds", **_NUMBER),
    "growth": _option("Per cent a year; -20 for a fall by a fifth", **_NUMBER | {"parser": _per_cent}),
    "visits": _option("How many visits", **_NUMBER),
    "once": Annotated[bool, typer.Option("--once", help="In one year alone, not in each")],
    "of": _option("The whole, with its level"),
    "part": _option("9M, H1, Q1, M08 …"),
    "year": _option("The year asked about", int),
    "real": _option("In prices of this year", int),
    "area": _option("Name of the area"),
    "level": _option("district, province, commune, zone, region or country"),
}


def _question(row: dict[str, str]) -> Any:
    """The command of a question: what its function takes, and after it how the answer is given."""
    call = getattr(import_module(f"baoyen_analysis.{row['home']}"), row["name"])
    given = [
        parameter.replace(annotation=ARGUMENTS[parameter.name], kind=parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(call).parameters.values()
        if parameter.name in ARGUMENTS
    ]
    how = list(inspect.signature(_given, eval_str=True).parameters.values())[1:]

    def command(**arguments: Any) -> None:
        shown = {parameter.name: arguments.pop(parameter.name) for parameter in how}
        _given(lambda: call(**arguments), **shown)

    first = (inspect.getdoc(call) or "").partition("\n\n")[0]
    command.__doc__ = f"{first}\n\n    Example: baoyen ask {row['example']}"
    command.__signature__ = inspect.Signature([*given, *how])  # type: ignore[attr-defined]  # what typer reads
    alone = typer.Typer(add_completion=False)
    alone.command(_command(row))(command)
    return typer.main.get_command(alone)


def _given(
    work: Callable[[], Any],
    *,
    lang: Annotated[str, typer.Option(help="vi or en")] = "vi",
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON, for a program")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The answer's rows as CSV")] = False,
    chart: Annotated[Path | None, typer.Option("--chart", help="Also draw it, to an SVG file")] = None,
) -> None:
    """The sentences, the table and the sources of an answer, or its rows for a program."""
    if lang not in words.LANGUAGES:
        raise typer.BadParameter(f"--lang is {' or '.join(words.LANGUAGES)}")
    try:
        answer = work()
        sentences = answer.sentences(lang)
    except ValueError as error:
        err.print(str(error), style="bold red")
        raise typer.Exit(2) from None
    if as_json:
        rows = json.loads(answer.rows.to_json(orient="records", force_ascii=False))
        sources = [{"figure_id": name, "printed": text} for name, text in answer.sources(lang).items()]
        print(
            json.dumps(
                {"answer": rows, "sentences": list(sentences), "sources": sources},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif as_csv:
        print(answer.rows.to_csv(index=False), end="")
    else:
        _printed(answer, sentences, lang)
    if chart:
        _draw(answer, chart, lang)


def _printed(answer: Any, sentences: list[str], lang: str) -> None:
    for sentence in sentences:
        out.print(sentence, style="bold")
    table = answer.table(lang)
    if len(table.columns) > 1:
        out.print(_table(table.drop(columns=words.of(lang).say("column.figure_id"), errors="ignore")))
    for text in answer.sources(lang).values():
        out.print(f"  {text}")


def _table(frame: pd.DataFrame) -> Table:
    """A table for the terminal: no word is broken where it fits a line."""
    shown = Table(header_style="bold", show_edge=False, pad_edge=False)
    for name in frame:
        numeric = all(re.fullmatch(r"[−+-]?[\d.,]*%?", cell) for cell in frame[name].astype(str))
        longest = max(len(word) for text in (name, *frame[name]) for word in str(text).split() or [""])
        shown.add_column(
            str(name), justify="right" if numeric else "left", overflow="fold", min_width=min(longest, 20)
        )
    for row in frame.itertuples(index=False, name=None):
        shown.add_row(*(str(cell) for cell in row))
    return shown


def _draw(answer: Any, chart: Path, lang: str) -> None:
    from baoyen_analysis.cleaning.store import replace_file

    inside = paths.root() / "data" in chart.resolve().parents
    if chart.suffix.lower() != ".svg" or not chart.parent.is_dir() or inside:
        said = f"--chart writes an SVG file into a folder that is there, outside the record: not {chart}"
        err.print(said, style="bold red")
        raise typer.Exit(2)
    try:
        drawn = answer.chart(lang)
        svg = drawn.svg(embed_font=True)
    except (ValueError, AttributeError) as error:
        err.print(f"no chart: {error}", style="bold red")
        raise typer.Exit(2) from None
    replace_file(chart, svg.encode())
    err.print(f"Chart: {chart}")


@app.callback()
def questions(context: typer.Context) -> None:
    """List the questions when none is asked."""
    if context.invoked_subcommand is None:
        out.print(listed())


@app.command()
def trace(
    figure_id: Annotated[str, typer.Argument(help="For example laocaitv-2022-05")],
    lang: Annotated[str, typer.Option(help="vi or en")] = "vi",
    as_json: Annotated[bool, typer.Option("--json", help="For a program")] = False,
) -> None:
    """Show what was printed, by whom, how it was read, and what became of it.

    Example: baoyen trace laocaitv-2022-05
    """
    from baoyen_analysis import tracing
    from baoyen_analysis.views import tables

    try:
        traced = tracing.trace(figure_id, lang=lang)
    except ValueError as error:
        err.print(str(error), style="bold red")
        raise typer.Exit(2) from None
    if as_json:
        print(json.dumps(traced.to_dict(), ensure_ascii=False, indent=2))
        return
    for what, value in tables.details(traced, lang=lang).itertuples(index=False, name=None):
        out.print(f"{what:<22} {value}")
