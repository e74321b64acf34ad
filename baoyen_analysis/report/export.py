"""The answers as an office's own files: a workbook of numbers, a document of statements and charts."""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import copy
from pathlib import Path
from typing import Any

import pandas as pd
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from pandas import DataFrame

from baoyen_analysis import answers, pictures, record, topics, vocabulary, words
from baoyen_analysis.answer import AREA
from baoyen_analysis.measures.readings import LINEAR_UNITS
from baoyen_analysis.report import page, pages
from baoyen_analysis.views import numbers, verdicts
from baoyen_analysis.views.answered import cells
from baoyen_analysis.views.drawing import style
from baoyen_analysis.words import Language

# How wide a column of a sheet may be, in letters, and how wide a picture on A4.
WIDEST, PICTURE = 60, Cm(16.5)
FONT, SIZE = "Times New Roman", Pt(13)  # of official documents
BULLET = "List Bullet"
_SHARES = ("attainment", "needed", "done")  # fractions that a sheet shows in per cent


def write(path: Path, lang: str) -> None:
    """Write the answers to a workbook (.xlsx) or a document (.docx), by the name of the file; any other name
    is a ValueError."""
    kinds = {".xlsx": _workbook, ".docx": _document}
    if path.suffix.lower() not in kinds:
        raise ValueError(f"{path.name}: export to a file that ends in {' or '.join(kinds)}")
    made = kinds[path.suffix.lower()](words.of(lang))
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(path))


def _workbook(t: Language) -> Any:
    """Goals with their verdicts, readings, the panel, and every figure with its words and source: a sheet
    each."""
    book = Workbook()
    book.remove(book.active)
    frames = {"goals": _goals(t), "readings": _readings(t), "panel": _panel(t), "figures": _figures(t)}
    for name, frame in frames.items():
        _fill(t, book.create_sheet(t.say(f"export.{name}")), frame)
    return book


def _fill(t: Language, sheet: Any, frame: DataFrame) -> None:
    """Heads that stay in sight, numbers as numbers, text as text: nothing that a spreadsheet would run."""
    looks: dict[Any, Any] = {}  # of cells: to look one up in the book takes longer than all else
    for column, (name, values) in enumerate(frame.items(), start=1):
        cells = [_head(t, str(name)), *values]
        for row, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            if pd.isna(value):
                continue
            cell.value, text = value, isinstance(value, str)
            quoted = text and value.startswith(("=", "+", "-", "@"))
            look = quoted if text else _format(str(name), float(value))
            if look in looks:
                cell._style = copy(looks[look])
            elif text:
                cell.quotePrefix, cell.alignment = quoted, Alignment(wrap_text=True, vertical="top")
            else:
                cell.number_format = look
            looks.setdefault(look, copy(cell._style))
            if text:
                cell.data_type = "s"  # also what begins with "="
        sheet.cell(1, column).font = Font(bold=True)
        longest = max(len(str(value)) for value in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest, 8) + 2, WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _format(name: str, value: float) -> str:
    """A cell's format: years without a separator, fractions in per cent, the places that a number has."""
    if name.endswith("year"):
        return "0"
    if name.rpartition("_")[0] in _SHARES:
        return "0.0%"
    return "#,##0" if value == round(value) else "#,##0.0#####"


def _head(t: Language, name: str) -> str:
    """A head in the language; `name_low` and `name_high` are the ends of `name`."""
    stem, _, end = name.rpartition("_")
    if end in ("low", "high"):
        return t.say(f"export.{end}", name=t.say(f"column.{stem}"))
    return t.words.get(f"column.{name}", name)


def _fractions(rows: DataFrame) -> DataFrame:
    """Rows whose growth in points or units a year, which is no fraction, is left to the words."""
    ends = [f"{name}_{end}" for name in ("needed", "done") for end in ("low", "high")]
    units = rows["indicator"].map(lambda name: vocabulary.INDICATORS[name].unit)
    return rows.assign(**rows[ends].mask(units.isin(LINEAR_UNITS)))


def _goals(t: Language) -> DataFrame:
    judged = answers.judged(area=AREA)
    rows = DataFrame([row | {"said": verdicts.line(t, row, readings)} for row, readings in judged])
    bare = rows["reason"] == "no_outcome"
    return cells(
        t,
        _fractions(rows.assign(verdict=rows["verdict"].mask(bare, "no_outcome"))),
        "goal_of year goal unit bound verdict grade outcome_year outcome_low outcome_high attainment_low "
        "attainment_high needed_low needed_high done_low done_high said figure_id",
        goal=lambda row: row.goal,
        bound=lambda row: "" if row.goal_qualifier == "eq" else t.qualifier(row.goal_qualifier),
        verdict=lambda row: t.say(f"verdict.name_{row.verdict}"),
    )


def _readings(t: Language) -> DataFrame:
    names = dict.fromkeys(row["indicator"] for row, _ in answers.judged(area=AREA))
    rows = pd.concat([answers.readings(name, area=AREA).rows for name in names])
    return cells(
        t,
        _fractions(rows),
        "goal_of year goal outcome_year outcome_low outcome_high base_year base_low base_high needed_low "
        "needed_high done_low done_high says counted figure_id",
        goal=lambda row: row.goal_value,
        counted=lambda row: t.say("export.yes" if row.counted else "export.no"),
    )


def _panel(t: Language) -> DataFrame:
    rows = record.panel()
    made = {"area": rows["area"], "level": rows["area_level"].map(t.level), "year": rows["year"]}
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        head = f"{t.name(indicator)} ({t.unit(indicator)})"
        made[head] = rows[column]
        made[f"{head}: {t.say('column.flag')}"] = rows[f"{column}_flag"].map(t.flag)
        made[f"{head}: {t.say('column.figure_id')}"] = rows[f"{column}_figure_id"]
    return DataFrame(made)


def _figures(t: Language) -> DataFrame:
    """Every figure, with the words as printed beside how they were read, and where."""
    return cells(
        t,
        record.observations().merge(record.sources(), on="source_id", suffixes=("", "_of_source")),
        "figure_id area level indicator period kind printed reading reading_low reading_high unit definition "
        "status source address",
        level=lambda row: t.level(row.area_level),
        printed=lambda row: f"{row.value_text} {row.unit_text}".rstrip(),
        reading=lambda row: row.value,
        reading_low=lambda row: row.low,
        reading_high=lambda row: row.high,
        source=lambda row: f"{row.publisher}: {row.title}",
        address=lambda row: row.url,
    )


def _document(t: Language) -> Any:
    """The first screen's statements, the goals as a table, the charts, and the sources as numbered notes."""
    document, judged = Document(), answers.judged(area=AREA)
    notes: dict[str, int] = {}  # the printed figures that it leads to, numbered in their order
    _letters(document)
    paper = document.sections[0]
    paper.page_width, paper.page_height, paper.left_margin = Cm(21), Cm(29.7), Cm(2.5)
    paper.top_margin = paper.bottom_margin = paper.right_margin = Cm(2)

    def write(texts: Iterable[str], style: str | None = None, head: str = "") -> None:
        """Paragraphs, each with the numbers of the figures that it rests on in brackets."""
        for text in texts:
            line = document.add_paragraph(style=style)
            if head:
                line.add_run(f"{head}: ").bold = True
            listed = [notes.setdefault(name, len(notes) + 1) for name in getattr(text, "figure_ids", ())]
            line.add_run(text + (f" [{numbers.years(sorted(listed))}]" if listed else ""))

    score = answers.scorecard(area=AREA)
    document.add_heading(t.say("report.title"), 0)
    first = verdicts.headline(t, score.rows), verdicts.settles(t, judged)
    write(str(text) for text in first if text)
    for row, readings in judged:
        write([verdicts.line(t, row, readings)], BULLET, t.name(row["indicator"]))
    write(topics.goal_2025(t))
    document.add_heading(t.say("report.whole_scorecard"), 1)
    _table(document, score.table(t.code).drop(columns=t.say("column.figure_id")))
    document.add_heading(t.say("report.goals"), 1)
    for row, readings in judged:
        if readings["ratio"].notna().any():
            write(pages.beside_goal(t, row), BULLET)
            _picture(document, pictures.readings(readings, lang=t.code))
    for indicator in vocabulary.PANEL_COLUMNS:
        _picture(document, pictures.trend(indicator, lang=t.code))
    document.add_heading(t.say("report.goal_limits"), 1)
    for of in ("goal", *topics.TOPICS):
        write(topics.limits(of, lang=t.code, missing=False), BULLET)
    document.add_heading(t.say("report.sources"), 1)
    held = pages.sources(t, notes)
    each = {figure.figure_id: (source, figure) for source in held for figure in source.figures}
    for name, number in notes.items():
        source, figure = each[name]
        where = ", ".join(filter(None, (source.title, page.date(source.published, t.code))))
        read = f"“{figure.printed}”, {figure.read}; {figure.about}"
        write([f"[{number}] {read}. {source.publisher}: {where}. {source.url} ({name})"])
    return document


def _letters(document: Any) -> None:
    """The letters of official documents, also for headings."""
    for name in ("Normal", "Title", "Heading 1"):
        document.styles[name].font.name = FONT
        letters = document.styles[name].element.rPr.rFonts
        letters.attrib.clear()  # the theme's letters would go before
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            letters.set(qn(f"w:{script}"), FONT)
    document.styles["Normal"].font.size = SIZE
    document.styles["Title"].font.size = Pt(18)


def _table(document: Any, frame: DataFrame) -> None:
    table = document.add_table(rows=1, cols=len(frame.columns), style="Table Grid")
    lines: Iterable[list[str]] = [list(frame.columns), *frame.astype(str).to_numpy().tolist()]
    for number, line in enumerate(lines):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        if line.count("") > len(line) / 2:  # what has no outcome, in one cell
            cells, line = [cells[0].merge(cells[-1])], [": ".join(filter(None, line))]
        for cell, text in zip(cells, line, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9), number == 0


def _picture(document: Any, chart: Any) -> None:
    """A chart at print size, with its words for who can't see it."""
    stream = io.BytesIO()
    with style.drawing():
        chart.savefig(stream, format="png", dpi=160)
    shape = document.add_picture(stream, width=PICTURE)
    shape._inline.docPr.set("descr", chart.alt)
    shape._inline.docPr.set("title", chart.title)
