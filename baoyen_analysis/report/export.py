"""The answers as an office's own files: a workbook of numbers, a document of statements and charts."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from baoyen_analysis import answers, pictures, record, topics, vocabulary, words
from baoyen_analysis.answer import AREA
from baoyen_analysis.measures.readings import LINEAR_UNITS
from baoyen_analysis.report import page, pages
from baoyen_analysis.views import numbers, verdicts
from baoyen_analysis.views.drawing import style
from baoyen_analysis.words import Language

# How wide a column of a sheet may be, in letters, and how wide a picture on A4.
WIDEST, PICTURE = 60, Cm(16.5)
FONT, SIZE = "Times New Roman", Pt(13)  # of official documents
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
    for name, frame in (
        ("goals", _goals(t)),
        ("readings", _readings(t)),
        ("panel", _panel(t)),
        ("figures", _figures(t)),
    ):
        _fill(t, book.create_sheet(t.say(f"export.{name}")), frame)
    return book


def _fill(t: Language, sheet: Any, frame: pd.DataFrame) -> None:
    """Heads that stay in sight, numbers as numbers, text as text: nothing that a spreadsheet would run."""
    for column, (name, values) in enumerate(frame.items(), start=1):
        cells = [_head(t, str(name)), *values]
        for row, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            cell.value = None if pd.isna(value) else value.item() if hasattr(value, "item") else value
            if isinstance(value, str):
                cell.data_type = "s"  # also what begins with "="
                cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif cell.value is not None:
                cell.number_format = _format(str(name), float(value))
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


def _goals(t: Language) -> pd.DataFrame:
    rows = []
    for row, readings in answers.judged(area=AREA):
        known = {
            "goal_of": t.name(row["indicator"]),
            "year": row["year"],
            "goal": row["goal"],
            "unit": t.unit(row["indicator"]),
            "bound": "" if row["goal_qualifier"] == "eq" else t.qualifier(row["goal_qualifier"]),
            "verdict": t.say(f"verdict.name_{_code(row)}"),
            "grade": row["grade"],
            "outcome_year": row["outcome_year"],
            **_ends(row, "outcome", *_SHARES),
            "said": verdicts.line(t, row, readings),
            "figure_id": row["figure_ids"],
        }
        rows.append(known)
    return pd.DataFrame(rows)


def _code(row: dict[str, Any]) -> str:
    return "no_outcome" if row["reason"] == "no_outcome" else row["verdict"]


def _ends(row: dict[str, Any], *names: str) -> dict[str, float]:
    """Both ends of each; growth in points or units a year is no fraction, and stands in the words alone."""
    points = vocabulary.INDICATORS[row["indicator"]].unit in LINEAR_UNITS
    left_out = ("needed", "done") if points else ()
    ends = [(name, end) for name in names for end in ("low", "high")]
    return {f"{n}_{end}": float("nan") if n in left_out else row[f"{n}_{end}"] for n, end in ends}


def _readings(t: Language) -> pd.DataFrame:
    made = []
    for indicator in dict.fromkeys(row["indicator"] for row, _ in answers.judged(area=AREA)):
        for row in answers.readings(indicator, area=AREA).rows.to_dict("records"):
            known = {
                "goal_of": t.name(row["indicator"]),
                "year": row["year"],
                "goal": row["goal_value"],
                "outcome_year": row["outcome_year"],
                **_ends(row, "outcome"),
                "base_year": row["base_year"],
                **_ends(row, "base", "needed", "done"),
                "says": t.say(f"verdict.says_{row['enough']}") if row["enough"] else "",
                "counted": t.say("export.yes" if row["counted"] else "export.no"),
                "figure_id": row["figure_ids"],
            }
            made.append(known)
    return pd.DataFrame(made)


def _panel(t: Language) -> pd.DataFrame:
    rows = record.panel()
    placed = {"area": rows["area"], "level": rows["area_level"].map(t.level), "year": rows["year"]}
    parts = [pd.DataFrame(placed)]
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        head = f"{t.name(indicator)} ({t.unit(indicator)})"
        flags = rows[f"{column}_flag"].map(t.flag)
        part = {
            head: rows[column],
            f"{head}: {t.say('column.flag')}": flags,
            f"{head}: {t.say('column.figure_id')}": rows[f"{column}_figure_id"],
        }
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, axis=1)


def _figures(t: Language) -> pd.DataFrame:
    """Every figure, with the words as printed beside how they were read, and where."""
    rows = record.observations().merge(record.sources(), on="source_id", suffixes=("", "_of_source"))
    made = {
        "figure_id": rows["figure_id"],
        "area": rows["area"],
        "level": rows["area_level"].map(t.level),
        "indicator": rows["indicator"].map(t.name),
        "period": rows["period"].map(t.periods),
        "kind": rows["kind"].map(t.kind),
        "printed": rows["value_text"] + (" " + rows["unit_text"]).str.rstrip(),
        "reading": rows["value"],
        **{f"reading_{end}": rows[end] for end in ("low", "high")},
        "unit": rows["indicator"].map(t.unit),
        "definition": rows["definition"].map(t.definition),
        "status": [t.say(f"status.{status}") for status in rows["status"]],
        "source": rows["publisher"] + ": " + rows["title"],
        "address": rows["url"],
    }
    return pd.DataFrame(made)


class _Notes:
    """The printed figures that a document leads to, numbered in their order."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, text: str) -> str:
        """The numbers of the figures that a sentence rests on, in brackets."""
        ids = [name for name in getattr(text, "figure_ids", ()) if name]
        listed = [self.numbers.setdefault(name, len(self.numbers) + 1) for name in ids]
        return f" [{numbers.years(sorted(listed))}]" if listed else ""


def _document(t: Language) -> Any:
    """The first screen's statements, the goals as a table, the charts, and the sources as numbered notes."""
    document, notes, judged = Document(), _Notes(), answers.judged(area=AREA)
    _letters(document)
    paper = document.sections[0]
    paper.page_width, paper.page_height, paper.left_margin = Cm(21), Cm(29.7), Cm(2.5)
    paper.top_margin = paper.bottom_margin = paper.right_margin = Cm(2)
    rows = answers.scorecard(area=AREA).rows
    document.add_heading(t.say("report.title"), 0)
    for text in filter(None, (verdicts.headline(t, rows), verdicts.settles(t, judged))):
        document.add_paragraph(text)
    for row, readings in judged:
        said = verdicts.line(t, row, readings)
        line = document.add_paragraph(style="List Bullet")
        line.add_run(f"{t.name(row['indicator'])}: ").bold = True
        line.add_run(said + notes.of(said))
    for sentence in topics.goal_2025(t):
        document.add_paragraph(sentence + notes.of(sentence))
    document.add_heading(t.say("report.whole_scorecard"), 1)
    _table(document, answers.scorecard(area=AREA).table(t.code).drop(columns=t.say("column.figure_id")))
    document.add_heading(t.say("report.goals"), 1)
    for row, readings in judged:
        if readings["ratio"].notna().any():
            _listed(document, notes, pages.beside_goal(t, row))
            _picture(document, pictures.readings(readings, lang=t.code, shape="wide"))
    for indicator in vocabulary.PANEL_COLUMNS:
        _picture(document, pictures.trend(indicator, lang=t.code, shape="wide"))
    document.add_heading(t.say("report.goal_limits"), 1)
    for of in ("goal", *topics.TOPICS):
        _listed(document, notes, topics.limits(of, lang=t.code, missing=False))
    document.add_heading(t.say("report.sources"), 1)
    held = pages.sources(t, notes.numbers)
    each = {figure.figure_id: (source, figure) for source in held for figure in source.figures}
    for name, number in notes.numbers.items():
        source, figure = each[name]
        where = ", ".join(filter(None, (source.title, page.date(source.published, t.code))))
        read = f"“{figure.printed}”, {figure.read}; {figure.about}"
        document.add_paragraph(f"[{number}] {read}. {source.publisher}: {where}. {source.url} ({name})")
    return document


def _listed(document: Any, notes: _Notes, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        document.add_paragraph(sentence + notes.of(sentence), style="List Bullet")


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


def _table(document: Any, frame: pd.DataFrame) -> None:
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
