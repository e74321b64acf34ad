"""`baoyen ask`: a policy question at the command line, answered by the sentence, the range, the table and the
sources. Each question is one call on the answers, the same that a notebook makes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from baoyen_analysis import paths, words

if TYPE_CHECKING:
    import pandas as pd

# The questions, each with an example that can be pasted and what it asks.
EXAMPLES = [(row["example"], row["what"]) for row in paths.rows_beside(__file__, "examples.csv")]


def listed() -> str:
    """The questions with examples that can be pasted."""
    lines = [
        f"  baoyen ask {example}\n      {what}".replace("Lào_Cai:province", '"Lào Cai:province"')
        for example, what in EXAMPLES
    ]
    return (
        "The questions, each with an example that can be pasted:\n\n"
        + "\n".join(lines)
        + """

Without --target the plan or target that the record holds is taken. Indicators by their names in the record
or in words (“thu nhập”, “lượt khách”). Add --lang vi or en, --json or --csv for a program, --chart FILE.svg
for a picture."""
    )


app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    help="Answer a policy question with its range and its sources.\n\n" + listed(),
)
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


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
                markup=False,
            )
        return value
    raise typer.BadParameter(f"{text!r} is no number: write it as 66,5 or 66.5, 1120 or 1.120.000")


def _named(text: str) -> str:
    """An indicator by its name in the record, or by what it is called in either language."""
    from baoyen_analysis.record import indicator_named

    return indicator_named(text)


Indicator = Annotated[
    str,
    typer.Argument(
        parser=_named,
        metavar="INDICATOR",
        help="income_per_capita, yield_per_ha, tourist_visits …, or in words",
    ),
]
Area = Annotated[str, typer.Option(help="Name of the area")]
Level = Annotated[str, typer.Option(help="district, province, commune, zone, region or country")]
Target = Annotated[
    float | None,
    typer.Option(
        parser=_number,
        metavar="NUMBER",
        help="In the indicator's unit; without it, the plan that the record holds",
    ),
]
Year = Annotated[int | None, typer.Option(help="The year asked about")]
Growth = Annotated[
    float, typer.Option(parser=_number, metavar="NUMBER", help="Per cent a year; -20 for a fall by a fifth")
]
Real = Annotated[int | None, typer.Option(help="In prices of this year")]


def _question(name: str, call: Callable[..., Any], *, picture: str = "") -> None:
    """Register a question: its own arguments, and after them how the answer is given."""
    import inspect

    given = list(inspect.signature(call, eval_str=True).parameters.values())
    how = list(inspect.signature(_given, eval_str=True).parameters.values())[1:]

    def command(**arguments: Any) -> None:
        shown = {parameter.name: arguments.pop(parameter.name) for parameter in how}
        _given(lambda: call(**arguments), **shown)

    command.__doc__ = (
        f"{call.__doc__}\n\n    Example: baoyen ask {next(e for e, _ in EXAMPLES if e.split()[0] == name)}"
    )
    command.__signature__ = inspect.Signature([*given, *how])  # type: ignore[attr-defined]  # what typer reads
    app.command(name)(command)


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
        err.print(str(error), markup=False, style="bold red")
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
        out.print(sentence, style="bold", markup=False)
    table = answer.table(lang)
    if len(table.columns) > 1:
        out.print(_table(table.drop(columns=words.of(lang).say("column.figure_id"), errors="ignore")))
    for text in answer.sources(lang).values():
        out.print(f"  {text}", markup=False)


def _table(frame: pd.DataFrame) -> Table:
    """A table for the terminal: no word is broken where it fits a line."""
    shown = Table(header_style="bold", show_edge=False, pad_edge=False)
    for name in frame:
        numeric = all(re.fullmatch(r"[−+-]?[\d.,]*%?", cell) for cell in frame[name].astype(str))
        shown.add_column(str(name), justify="right" if numeric else "left", overflow="fold")
    for row in frame.itertuples(index=False, name=None):
        shown.add_row(*(str(cell) for cell in row))
    return shown


def _draw(answer: Any, chart: Path, lang: str) -> None:
    from baoyen_analysis.cleaning.store import replace_file

    inside = paths.root() / "data" in chart.resolve().parents
    if chart.suffix.lower() != ".svg" or not chart.parent.is_dir() or inside:
        said = f"--chart writes an SVG file into a folder that is there, outside the record: not {chart}"
        err.print(said, markup=False, style="bold red")
        raise typer.Exit(2)
    try:
        drawn = answer.chart(lang)
        svg = drawn.svg(embed_font=True)
    except (ValueError, AttributeError) as error:
        err.print(f"no chart: {error}", markup=False, style="bold red")
        raise typer.Exit(2) from None
    replace_file(chart, svg.encode())
    err.print(f"Chart: {chart}", markup=False)


@app.callback()
def questions(context: typer.Context) -> None:
    """List the questions when none is asked."""
    if context.invoked_subcommand is None:
        out.print(listed(), markup=False)


AREA, LEVEL = "Bảo Yên", "district"


def _needed(
    indicator: Indicator, target: Target = None, year: Year = None, area: Area = AREA, level: Level = LEVEL
) -> Any:
    """The growth a year from the latest outcome to a target, beside the growth done."""
    from baoyen_analysis import answers

    return answers.needed(indicator, target=target, year=year, area=area, level=level)


def _reach(
    indicator: Indicator, target: Target = None, year: Year = None, area: Area = AREA, level: Level = LEVEL
) -> Any:
    """The year in which a target is reached."""
    from baoyen_analysis import answers

    return answers.reach(indicator, target=target, year=year, area=area, level=level)


def _what_if(
    indicator: Indicator,
    growth: Growth,
    year: Annotated[int, typer.Option(help="The year asked about")] = 2025,
    once: Annotated[bool, typer.Option("--once", help="In one year alone, not in each")] = False,
    real: Real = None,
    area: Area = AREA,
    level: Level = LEVEL,
) -> Any:
    """The value of a year if the latest outcome grew, or fell, by so many per cent a year."""
    from baoyen_analysis import answers

    return answers.what_if(
        indicator, growth=growth / 100, year=year, once=once, real=real, area=area, level=level
    )


def _share(
    indicator: Indicator,
    of: Annotated[str, typer.Option(help="The whole, with its level")] = "Lào Cai:province",
    year: Year = None,
    area: Area = AREA,
    level: Level = LEVEL,
) -> Any:
    """What share of the whole an area makes, in the years that both have."""
    from baoyen_analysis import neighbours

    return neighbours.share(indicator, of=of, year=year, area=area, level=level)


def _compare(
    indicator: Indicator,
    areas: Annotated[
        list[str], typer.Argument(help="Two areas or more; one may carry its level: 'Lào Cai:province'")
    ],
    year: Year = None,
    level: Level = LEVEL,
) -> Any:
    """Areas side by side in one year, each as a share of the first."""
    from baoyen_analysis import neighbours

    return neighbours.compare(indicator, areas, year, level=level)


def _rank(
    indicator: Indicator,
    year: Year = None,
    level: Level = LEVEL,
) -> Any:
    """The areas of a level in order in one year, 1 = the better end."""
    from baoyen_analysis import neighbours

    return neighbours.rank(indicator, year, level=level)


def _passed(
    indicator: Indicator,
    target: Annotated[float, typer.Option(parser=_number, metavar="NUMBER", help="In the indicator's unit")],
    level: Level = LEVEL,
) -> Any:
    """Which areas have a full year at or past a number, and when first."""
    from baoyen_analysis import neighbours

    return neighbours.passed(indicator, target=target, level=level)


def _catch_up(
    indicator: Indicator,
    rival: Annotated[str, typer.Argument(help="The other area")],
    area: Area = AREA,
    level: Level = LEVEL,
) -> Any:
    """When an area comes level with another if both keep their pace."""
    from baoyen_analysis import neighbours

    return neighbours.catch_up(indicator, rival, area=area, level=level)


def _each_visit(
    visits: Annotated[float, typer.Option(parser=_number, metavar="NUMBER", help="How many visits")],
    target: Target = None,
    year: Year = None,
    area: Area = AREA,
) -> Any:
    """What each visit must bring so that so many visits make a revenue."""
    from baoyen_analysis import answers

    return answers.spending_for(visits=visits, target=target, year=year, area=area)


def _years(indicator: Indicator, real: Real = None, area: Area = AREA, level: Level = LEVEL) -> Any:
    """Each year's figure of an area, in current prices or those of a year."""
    from baoyen_analysis import evidence

    return evidence.yearly(indicator, area=area, level=level, real=real)


def _part(
    indicator: Indicator,
    year: Annotated[int, typer.Option(help="The year asked about")],
    part: Annotated[str, typer.Option(help="9M, H1, Q1, M08 …")],
    area: Area = AREA,
    level: Level = LEVEL,
) -> Any:
    """The full year that a printed part of it points to: modelled."""
    from baoyen_analysis import answers

    return answers.full_year(indicator, year=year, part=part, area=area, level=level)


def _months(indicator: Indicator, area: Area = AREA, level: Level = LEVEL) -> Any:
    """Parts of a year beside the same part a year before, and their share of the year."""
    from baoyen_analysis import evidence

    return evidence.same_part(indicator, area=area, level=level)


def _communes(indicator: Indicator) -> Any:
    """The communes that have a figure, the best first."""
    from baoyen_analysis import evidence

    return evidence.by_commune(indicator)


def _standing(area: Area = AREA, level: Level = LEVEL) -> Any:
    """Where an area stands among the districts."""
    from baoyen_analysis import prospects

    return prospects.standing(area=area, level=level)


def _plans(area: Annotated[str | None, typer.Option(help="One area's alone")] = None) -> Any:
    """How plans with an outcome turned out."""
    from baoyen_analysis import prospects

    return prospects.plans(area=area)


def _plan(year: Year = None, area: Area = AREA, level: Level = LEVEL) -> Any:
    """The goals of a year with their verdicts."""
    from baoyen_analysis import answers

    return answers.scorecard(area=area, level=level, year=year)


# Each question of the examples is the function of its name; `trace` answers in its own way.
for _name in dict.fromkeys(example.split()[0] for example, _ in EXAMPLES if not example.startswith("trace")):
    _question(_name, globals()[f"_{_name.replace('-', '_')}"])


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

    try:
        traced = tracing.trace(figure_id, lang=lang)
    except ValueError as error:
        err.print(str(error), markup=False, style="bold red")
        raise typer.Exit(2) from None
    if as_json:
        print(json.dumps(traced.to_dict(), ensure_ascii=False, indent=2))
        return
    for name, value in traced.items():
        if value:
            out.print(f"{name:<12} {value}", markup=False)
