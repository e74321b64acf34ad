"""Guards what a comparison of outputs can't see: cells never run, stray output, and code that does not belong
in a notebook."""

import ast
import os
import re
from functools import cache

import nbformat
import pytest
from conftest import ROOT, each

from baoyen_analysis.commands import notebooks

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FORBIDDEN = re.compile(
    r"\b(open|read_csv|read_excel|to_csv|to_excel|savefig|Path|glob|os|sys|print|random|datetime|time)\b\s*[.(]"
)
LONG_FLOAT = re.compile(r"(?<![\w.])\d+\.\d{7,}")


@cache
def cells(path, kind="code"):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 4


@each(NOTEBOOKS)
def test_every_cell_was_run_in_order(notebook):
    assert [cell.execution_count for cell in cells(notebook)] == list(range(1, len(cells(notebook)) + 1))


@each(NOTEBOOKS)
def test_no_output_on_stderr_no_error_and_no_picture_that_is_not_compared(notebook):
    for cell in cells(notebook):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert not (output.output_type == "stream" and output.name == "stderr")
            assert "image/png" not in output.get("data", {})


@each(NOTEBOOKS)
def test_the_first_code_cell_holds_the_parameters(notebook):
    first = cells(notebook)[0]
    assert first.metadata.tags == ["parameters"]
    names = [target.id for statement in ast.parse(first.source).body for target in statement.targets]
    assert names == ["AREA", "YEARS", "LANG"]


@each(NOTEBOOKS)
def test_no_cell_is_skipped_by_a_tag(notebook):
    for cell in cells(notebook)[1:]:
        assert not cell.metadata.get("tags")
        assert not re.search(r"#\s*(NBVAL|PYTEST)", cell.source)


@each(NOTEBOOKS)
def test_cells_are_short_and_hold_no_program(notebook):
    for cell in cells(notebook):
        assert len(cell.source.splitlines()) <= 8, cell.source
        assert not FORBIDDEN.search(cell.source), cell.source
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(
                node, (ast.FunctionDef, ast.For, ast.While, ast.ListComp, ast.ClassDef, ast.Lambda)
            ), cell.source
        assert not cell.source.rstrip().endswith(";")


@each(NOTEBOOKS)
def test_no_line_of_code_runs_off_the_page(notebook):
    for cell in cells(notebook):
        assert max(map(len, cell.source.splitlines())) <= 110, cell.source


@each(NOTEBOOKS)
def test_a_notebook_says_no_amount_in_its_prose(notebook):
    """An amount of one area would stand for another one too, and would not follow a changed figure: amounts
    come by a call."""
    for cell in cells(notebook, "markdown"):
        assert not re.search(r"\d (million|billion|thousand)\b", cell.source), cell.source


@each(NOTEBOOKS)
def test_no_long_float_and_no_machine_in_what_is_shown(notebook):
    for cell in cells(notebook):
        for output in cell.outputs:
            for kind, text in output.get("data", {}).items():
                # What a source printed stands between its quotation marks, with every decimal it has.
                ours = re.sub("“[^”]*”", "", "".join(text))
                assert kind == "image/svg+xml" or not LONG_FLOAT.search(ours), (kind, LONG_FLOAT.search(ours))
                assert str(ROOT) not in "".join(text)


@each(NOTEBOOKS)
def test_no_output_is_taller_than_a_screen(notebook):
    for cell in cells(notebook):
        for output in cell.outputs:
            assert "".join(output.get("data", {}).get("text/html", "")).count("<tr") <= 27


@each(NOTEBOOKS)
def test_every_text_stands_in_both_languages_and_says_the_same_numbers_and_names(notebook):
    for cell in cells(notebook, "markdown"):
        # The methods have a file of their own in each language.
        both = cell.source, cell.metadata["vi"].replace("docs/phuong-phap.md", "docs/methods.md")
        assert both[0] != both[1]
        # A month has a name in English and a number in Vietnamese: numbers of one figure may differ.
        for what in (r"\d\d+", r"`[^`]+`", r"(?m)^#+ "):
            named = [set(re.findall(what, text)) for text in both]
            assert named[0] == named[1], both


@each(NOTEBOOKS)
def test_the_second_cell_speaks_the_language_asked_for(notebook):
    assert cells(notebook)[1].source.splitlines()[-1] == "by.speak(LANG)"


@each(NOTEBOOKS)
def test_each_goes_from_the_question_to_what_cannot_be_said(notebook):
    heads = [
        line
        for cell in cells(notebook, "markdown")
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert heads[0].startswith("# ")
    assert heads[-2:] == ["## What we found", "## What we cannot say"]


@each(NOTEBOOKS)
def test_beside_every_output_stands_the_mark_of_its_vietnamese(notebook):
    for cell in cells(notebook):
        assert bool(cell.metadata.get("output_vi")) == bool(cell.outputs), cell.source


@each(NOTEBOOKS)
def test_nothing_stored_depends_on_the_python_version(notebook):
    metadata = nbformat.read(notebook, as_version=4).metadata
    assert metadata.language_info == {"name": "python"}


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[]", b"\xff", b'{"cells": 1}', b"<<<<<<< HEAD\n{}"])
def test_a_broken_notebook_is_named_with_what_to_do(content, tmp_path):
    path = tmp_path / "10-income.ipynb"
    path.write_bytes(content)
    with pytest.raises(notebooks.NotebookFailed, match=r"10-income.ipynb can't be read: .*git checkout"):
        notebooks._read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_in_the_place_of_a_notebook_is_not_waited_for(tmp_path):
    path = tmp_path / "10-income.ipynb"
    os.mkfifo(path)
    with pytest.raises(notebooks.NotebookFailed, match=r"10-income.ipynb is no file .*git checkout"):
        notebooks._read(path)


def test_a_notebook_that_commands_call_is_missed():
    notebooks.check_there(NOTEBOOKS)
    with pytest.raises(notebooks.NotebookFailed, match=r"notebooks/10-income.ipynb is missing; restore"):
        notebooks.check_there(NOTEBOOKS[2:])
