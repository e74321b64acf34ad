"""`baoyen ask`: a policy question at the command line, answered by the sentence, the range, the table and the
sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console

from baoyen_analysis import words

EXAMPLES = """The questions, each with an example that can be pasted:

  baoyen ask needed income_per_capita --target 66 --year 2024
      the growth a year that a target takes, beside what was done
  baoyen ask reach yield_per_ha --target 95
      the year in which a target is reached, at the pace done and by the projection
  baoyen ask what-if tourist_visits --growth 10 --year 2025
      the value of a year if the last figure grew by so many per cent a year
  baoyen ask compare income_per_capita "Văn Bàn" "Sa Pa" --year 2020
      areas side by side in one year
  baoyen ask rank poverty_rate --year 2024
      the areas of a level in order
  baoyen ask plan
      where each indicator of the 2024 plan stands
  baoyen ask trace laocaitv-2022-05
      the printed words behind a figure

Without --target the plan or target that the record holds for the year is taken. Add --lang vi or en, --json for a program, and
--chart FILE.svg for a picture. Indicators have the names of the column `indicator` in data/processed/observations.csv."""

app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    help="Answer a policy question with its range and its sources.\n\n" + EXAMPLES,
)
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def _number(text: str) -> float:
    """A number as `parse_figure` reads it: 66,5 and 66.5 alike, 1.120.000 with its groups. Three digits after
    a lone mark may be decimals or a group: they are read the Vietnamese way, which is said.

    >>> _number("66,5"), _number("66.5"), _number("-1.234,5"), _number("2025")
    (66.5, 66.5, -1234.5, 2025.0)
    """
    from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure

    if re.fullmatch(r"-?[0-9]+", text):
        return float(text)
    for locale in ("vi", "en") if re.fullmatch(r"-?[0-9][0-9.,]*", text) else ():
        try:
            value = parse_figure(text, locale=locale).value
        except UnreadableFigure:
            continue
        if re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", text):
            err.print(
                f"{text} is read as {value:.12g}, the Vietnamese way: a dot parts thousands, a comma decimals",
                markup=False,
            )
        return value
    raise typer.BadParameter(f"{text!r} is no number: write it as 66,5 or 66.5, 1120 or 1.120.000")


Indicator = Annotated[
    str, typer.Argument(help="For example income_per_capita, yield_per_ha, tourist_visits, tourism_revenue")
]
Area = Annotated[str, typer.Option(help="Name of the area")]
Level = Annotated[str, typer.Option(help="district, province, commune, zone, region or country")]
Target = Annotated[
    float | None,
    typer.Option(
        parser=_number,
        metavar="NUMBER",
        help="A number in the indicator's unit; without it, the plan that the record holds",
    ),
]
Year = Annotated[int, typer.Option(help="The year asked about")]
Lang = Annotated[str, typer.Option(help="vi or en")]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON, for a program")]
ChartFile = Annotated[Path | None, typer.Option("--chart", help="Also draw it, to an SVG file")]


@app.callback()
def questions(context: typer.Context) -> None:
    """List the questions when none is asked."""
    if context.invoked_subcommand is None:
        out.print(EXAMPLES, markup=False)


@app.command()
def needed(
    indicator: Indicator,
    target: Target = None,
    year: Year = 2024,
    area: Area = "Bảo Yên",
    level: Level = "district",
    lang: Lang = "vi",
    as_json: AsJson = False,
    chart: ChartFile = None,
) -> None:
    """The growth a year from the last figure to a target, beside the growth done.

    Example: baoyen ask needed income_per_capita --target 66 --year 2024
    """
    from baoyen_analysis.measures import questions as measures

    def answer(series: pd.DataFrame) -> pd.DataFrame:
        return measures.needed(
            series,
            target=_target(indicator, target, area, level, year),
            year=year,
            indicator=indicator,
            direction=_direction(indicator),
        )

    _say(lambda: answer(_series(indicator, area, level)), lang, as_json)
    _draw(chart, indicator, area, level, lang)


@app.command()
def reach(
    indicator: Indicator,
    target: Target = None,
    year: Year = 2024,
    area: Area = "Bảo Yên",
    level: Level = "district",
    lang: Lang = "vi",
    as_json: AsJson = False,
    chart: ChartFile = None,
) -> None:
    """The year in which a target is reached; without --target, that of the plan for --year.

    Example: baoyen ask reach yield_per_ha --target 95
    """
    from baoyen_analysis import answers
    from baoyen_analysis.measures import questions as measures

    def answer(series: pd.DataFrame) -> pd.DataFrame:
        return measures.reach(
            series,
            target=_target(indicator, target, area, level, year),
            indicator=indicator,
            direction=_direction(indicator),
            **answers.projection_options(indicator),
        )

    _say(lambda: answer(_series(indicator, area, level)), lang, as_json)
    _draw(chart, indicator, area, level, lang)


@app.command("what-if")
def what_if(
    indicator: Indicator,
    growth: Annotated[float, typer.Option(parser=_number, metavar="NUMBER", help="Per cent a year")],
    year: Year = 2025,
    area: Area = "Bảo Yên",
    level: Level = "district",
    lang: Lang = "vi",
    as_json: AsJson = False,
    chart: ChartFile = None,
) -> None:
    """The value of a year if the last figure grew by so many per cent a year.

    Example: baoyen ask what-if tourist_visits --growth 10 --year 2025
    """
    from baoyen_analysis.measures import questions as measures

    _say(
        lambda: measures.what_if(
            _series(indicator, area, level), growth=growth / 100, year=year, indicator=indicator
        ),
        lang,
        as_json,
    )
    _draw(chart, indicator, area, level, lang)


@app.command()
def compare(
    indicator: Indicator,
    areas: Annotated[list[str], typer.Argument(help="Two areas or more")],
    year: Year = 2024,
    level: Level = "district",
    lang: Lang = "vi",
    as_json: AsJson = False,
    chart: ChartFile = None,
) -> None:
    """Areas side by side in one year, each as a share of the first.

    Example: baoyen ask compare income_per_capita "Văn Bàn" "Sa Pa" --year 2020
    """
    from baoyen_analysis import answers

    _say(lambda: answers.compare(indicator, areas, year, level=level), lang, as_json)
    _draw_districts(chart, indicator, areas[0], lang)


@app.command()
def rank(
    indicator: Indicator,
    year: Year = 2024,
    level: Level = "district",
    lang: Lang = "vi",
    as_json: AsJson = False,
    chart: ChartFile = None,
) -> None:
    """The areas of a level in order in one year, best first.

    Example: baoyen ask rank poverty_rate --year 2024
    """
    from baoyen_analysis import answers

    _say(lambda: answers.rank(indicator, year, level=level), lang, as_json)
    _draw_districts(chart, indicator, "", lang)


@app.command()
def plan(lang: Lang = "vi", as_json: AsJson = False, chart: ChartFile = None) -> None:
    """Where each indicator of the 2024 plan stands: latest outcome, attainment, growth needed and done.

    Example: baoyen ask plan --lang en
    """
    from baoyen_analysis import answers
    from baoyen_analysis.views import findings, tables

    def answer() -> pd.DataFrame:
        rows = answers.scorecard()
        said = {
            f"sentence_{language}": [
                findings.headline(row, t=words.of(language)) for _, row in rows.iterrows()
            ]
            for language in words.LANGUAGES
        }
        ids = rows[["actual_figure_id", "plan_figure_id"]].fillna("").agg(" ".join, axis=1).str.strip()
        return rows.assign(figure_ids=ids, **said)

    _say(answer, lang, as_json, shown=lambda rows: tables.scorecard(rows, lang=lang))
    if chart:
        _write(chart, answers.scorecard_chart(lang=lang).svg(embed_font=True))


@app.command()
def trace(
    figure_id: Annotated[str, typer.Argument(help="For example laocaitv-2022-05")], as_json: AsJson = False
) -> None:
    """Show what was printed, by whom, how it was read, and what became of it.

    Example: baoyen trace laocaitv-2022-05
    """
    from baoyen_analysis import record

    traced = _refusing(lambda: record.trace(figure_id))
    if as_json:
        print(json.dumps(traced.to_dict(), ensure_ascii=False, indent=2))
        return
    for name, value in traced.items():
        if value:
            out.print(f"{name:<12} {value}", markup=False)


def _series(indicator: str, area: str, level: str) -> pd.DataFrame:
    from baoyen_analysis import record

    return record.series(indicator, area=area, level=level)


def _target(indicator: str, target: float | None, area: str, level: str, year: int) -> float | pd.Series:
    from baoyen_analysis import answers

    return answers.plan(indicator, area=area, level=level, year=year) if target is None else target


def _direction(indicator: str) -> int:
    from baoyen_analysis.vocabulary import INDICATORS

    return INDICATORS[indicator].direction or 1


def _refusing(work: Callable):
    """What the work gives; a refusal is said in its own words, and exit 1."""
    try:
        return work()
    except ValueError as error:
        err.print(str(error), markup=False, style="bold red")
        raise typer.Exit(1) from None


def _say(
    work: Callable[[], pd.DataFrame],
    lang: str,
    as_json: bool,
    *,
    shown: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> None:
    """The sentences, the table (as `shown` makes it readable, or its numbers) and the sources of an
    answer."""
    if lang not in words.LANGUAGES:
        raise typer.BadParameter(f"--lang is {' or '.join(words.LANGUAGES)}")
    answer = _refusing(work)
    sources = _sources(answer)
    if as_json:
        rows = json.loads(answer.to_json(orient="records", force_ascii=False))
        print(
            json.dumps({"answer": rows, "sources": sources.to_dict("records")}, ensure_ascii=False, indent=2)
        )
        return
    for sentence in dict.fromkeys(answer[f"sentence_{lang}"]):
        out.print(sentence, style="bold", markup=False)
    numbers = (
        shown(answer)
        if shown
        else answer.drop(
            columns=[
                name for name in answer if name.startswith("sentence_") or name in ("figure_ids", "points")
            ]
        )
    )
    out.print()
    out.print(
        (numbers.T if len(numbers) == 1 else numbers)
        .round(3)
        .to_string(header=len(numbers) > 1, index=len(numbers) == 1, na_rep=""),
        markup=False,
    )
    out.print()
    for source in sources.itertuples():
        out.print(
            f"{source.figure_id}: «{source.value_text}» – {source.publisher}, {source.title}{', ' + source.published if source.published else ''}",
            markup=False,
        )
        if source.url:
            out.print(f"    {source.url}", markup=False)


def _sources(answer: pd.DataFrame) -> pd.DataFrame:
    """The printed words and the source of every figure that an answer used."""
    from baoyen_analysis import record

    used = dict.fromkeys(figure_id for ids in answer["figure_ids"] for figure_id in str(ids).split())
    rows = record.observations()[["figure_id", "value_text", "source_id"]]
    found = rows[rows["figure_id"].isin(used)].merge(
        record.sources()[["source_id", "publisher", "title", "published", "url"]], on="source_id"
    )
    return (
        found.set_index("figure_id")
        .loc[[name for name in used if name in set(found["figure_id"])]]
        .reset_index()
    )


def _draw(chart: Path | None, indicator: str, area: str, level: str, lang: str) -> None:
    if chart:
        from baoyen_analysis import answers

        _write(chart, answers.trend(indicator, area=area, level=level, lang=lang).svg(embed_font=True))


def _draw_districts(chart: Path | None, indicator: str, highlight: str, lang: str) -> None:
    if chart:
        from baoyen_analysis import answers

        _write(chart, answers.districts(indicator, highlight=highlight, lang=lang).svg(embed_font=True))


def _write(chart: Path, svg: str) -> None:
    from baoyen_analysis.cleaning.store import replace_file

    if chart.suffix.lower() != ".svg" or not chart.parent.is_dir():
        err.print(
            f"--chart writes an SVG file into a folder that is there, which {chart} is not",
            markup=False,
            style="bold red",
        )
        raise typer.Exit(1)
    replace_file(chart, svg.encode())
    err.print(f"Chart: {chart}", markup=False)
