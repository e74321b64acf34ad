"""What is exported opens as an office's own files: numbers as numbers, words as printed, charts said."""

import docx
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from baoyen_analysis import answers, record, topics, words
from baoyen_analysis.commands.cli import app
from baoyen_analysis.report import export
from baoyen_analysis.views import verdicts


def sheets(path) -> dict[str, pd.DataFrame]:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet.freeze_panes == "B2"
    return {
        sheet.title: pd.DataFrame(sheet.values).set_axis(range(sheet.max_column), axis=1) for sheet in book
    }


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_workbook_has_goals_readings_panel_and_figures_in_its_language(tmp_path, lang, exports):
    t = words.of(lang)
    export.write(tmp_path / "out.xlsx", lang)
    found = sheets(tmp_path / "out.xlsx")
    assert list(found) == [t.say(f"export.{n}") for n in ("goals", "readings", "panel", "figures")]
    goals, readings, panel, figures = found.values()
    assert goals.iloc[0, 0] == t.say("column.goal_of")
    assert goals.iloc[1:, 0].tolist() == [t.name(row["indicator"]) for row, _ in answers.judged()]
    income = goals[goals[0] == t.name("income_per_capita")].iloc[0].tolist()
    assert {66, 45, 50, 2022} <= {cell for cell in income if isinstance(cell, (int, float))}
    assert len(panel) - 1 == len(record.panel())
    assert len(figures) - 1 == len(record.observations())
    counted = sum(len(answers.readings(name).rows) for name in goals_named())
    assert len(readings) - 1 == counted
    for head in goals.iloc[0]:
        assert not str(head).startswith("column."), head


def goals_named() -> list[str]:
    return list(dict.fromkeys(row["indicator"] for row, _ in answers.judged()))


def test_shares_are_shown_in_per_cent_years_bare_and_no_text_is_run(tmp_path):
    sheet = openpyxl.Workbook().active
    frame = pd.DataFrame({"year": [2024], "done_low": [0.1489], "value": [1200000.0], "note": ["=1+1"]})
    frame["said"] = "plain"
    export._fill(words.of("en"), sheet, frame)
    sheet.parent.save(tmp_path / "out.xlsx")
    heads, row = openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows()
    assert [cell.font.b for cell in (*heads, *row)] == [True] * 5 + [False] * 5
    assert [cell.number_format for cell in row[:3]] == ["0", "0.0%", "#,##0"]
    assert (row[3].value, row[3].data_type, row[3].quotePrefix) == ("=1+1", "s", True)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_document_says_each_goal_and_leads_to_its_printed_words(tmp_path, lang, exports, report_pages):
    t = words.of(lang)
    export.write(tmp_path / "out.docx", lang)
    document = docx.Document(str(tmp_path / "out.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for row, readings in answers.judged():
        assert f"{t.name(row['indicator'])}: {verdicts.line(t, row, readings)} [" in text
    notes = [line for line in text.splitlines() if line.startswith("[")]
    assert [note.partition("]")[0] for note in notes] == [f"[{n}" for n in range(1, len(notes) + 1)]
    # Each source with what an official needs to find it, in the page's quotation marks and dates.
    held = {figure.figure_id: source for source in report_pages[lang].sources for figure in source.figures}
    for note in notes:
        source = held[note.rpartition("(")[2].rstrip(")")]
        assert {source.title, source.url} <= {part for part in (source.title, source.url) if part in note}
        assert "“" in note
        assert "«" not in note
        assert not (lang == "vi" and source.published and f", {source.published}." in note)
    assert verdicts.settles(t, answers.judged()) in text
    assert all(limit in text for limit in topics.limits("tourism", lang=lang, missing=False))
    pictures = document.inline_shapes
    assert len(pictures) == 7
    assert all(len(picture._inline.docPr.get("descr")) > 50 for picture in pictures)


def test_other_files_and_places_are_refused(tmp_path):
    result = CliRunner().invoke(app, ["export", str(tmp_path / "out.pdf")])
    assert (result.exit_code, ".xlsx or .docx" in result.output) == (1, True)
    result = CliRunner().invoke(app, ["export", "data/out.xlsx"])
    assert (result.exit_code, "another folder" in result.output) == (1, True)
