"""A changed figure changes the notebooks, and so does a stored output that was tampered with: both are
noticed."""

import copy

import mutations
import nbformat
import pytest

from baoyen_analysis import paths, record
from baoyen_analysis.commands import notebooks

NOTEBOOK = paths.notebooks() / "10-income.ipynb"


@pytest.fixture(scope="module")
def runner():
    with notebooks.Runner() as started:
        yield started


@pytest.fixture(scope="module")
def run_as_stored(runner):
    return notebooks.given(NOTEBOOK, runner.begin(NOTEBOOK))


def stored_with(tmp_path, change) -> nbformat.NotebookNode:
    """The stored notebook with one thing changed, written elsewhere under its name."""
    kept = nbformat.read(NOTEBOOK, as_version=4)
    change(kept)
    nbformat.write(kept, tmp_path / NOTEBOOK.name)
    return tmp_path / NOTEBOOK.name


def chart_cell(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return next(cell for cell in notebook.cells if cell.cell_type == "code" and "by.trend" in cell.source)


def swap(old: str, new: str):
    """Change the first of some text in the stored picture."""

    def change(notebook: nbformat.NotebookNode) -> None:
        data = chart_cell(notebook).outputs[0].data
        picture = "".join(data["image/svg+xml"])
        assert old in picture
        data["image/svg+xml"] = picture.replace(old, new, 1)

    return change


def moved_plan_line(notebook: nbformat.NotebookNode) -> None:
    """Move the first point of the dashed line by a thousandth of a pixel."""
    data = chart_cell(notebook).outputs[0].data
    lines = "".join(data["image/svg+xml"]).splitlines()
    dashed = next(
        number for number, line in enumerate(lines) if "stroke-dasharray" in line and "F46A25" in line.upper()
    )
    start = max(
        number
        for number in range(dashed + 1)
        if lines[number].lstrip().startswith(("<path", '<g id="line2d'))
    )
    point = next(number for number in range(start, dashed + 1) if "M " in lines[number])
    words = lines[point].split()
    at = next(index for index, word in enumerate(words) if word.endswith("M")) + 1
    words[at] = f"{float(words[at]) + 0.001:.6f}"
    lines[point] = " ".join(words)
    data["image/svg+xml"] = "\n".join(lines)


def cleared(notebook: nbformat.NotebookNode) -> None:
    chart_cell(notebook).outputs = []


def removed(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.remove(chart_cell(notebook))


def test_nothing_is_noticed_where_nothing_changed(run_as_stored):
    assert notebooks.differences({NOTEBOOK: run_as_stored}).empty


@pytest.mark.parametrize(
    "change",
    [cleared, moved_plan_line, swap("#12436d", "#12436e"), swap(">9.35<", ">9.36<")],
    ids=["cleared output", "moved plan line", "colour", "label"],
)
def test_a_tampered_output_is_noticed(change, run_as_stored, tmp_path):
    differences = notebooks.differences({stored_with(tmp_path, change): run_as_stored})
    assert len(differences) == 1


@pytest.fixture(scope="module")
def run_in_vietnamese(runner):
    return notebooks.given(NOTEBOOK, runner.begin(NOTEBOOK, lang="vi"))


def vietnamese_with(made, old: str, new: str) -> nbformat.NotebookNode:
    """The Vietnamese copy with one word of an output changed."""
    made = copy.deepcopy(made)
    for cell in made.cells:
        for output in cell.get("outputs", []):
            if old in output.get("data", {}).get("text/html", ""):
                output.data["text/html"] = output.data["text/html"].replace(old, new, 1)
                return made
    raise AssertionError(f"no output holds {old}")


def test_the_vietnamese_copy_shows_what_is_stored_of_it(run_in_vietnamese):
    assert notebooks.differences({NOTEBOOK: run_in_vietnamese}, "vi").empty


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("triệu đồng", "tỷ đồng", "another output"), ("66", "67", "the same numbers as in English")],
)
def test_another_word_or_number_of_the_vietnamese_copy_is_noticed(old, new, said, run_in_vietnamese):
    made = vietnamese_with(run_in_vietnamese, old, new)
    assert notebooks.differences({NOTEBOOK: made}, "vi")["stored"].tolist() == [said]


def test_copies_for_the_lab_are_vietnamese_and_keep_what_an_analyst_changed(tmp_path):
    assert notebooks.copies("vi", tmp_path) == []
    copied = tmp_path / NOTEBOOK.name
    text = copied.read_text("utf-8")
    assert "# Thu nhập" in text
    assert "LANG = 'vi'" in text
    assert not any(cell.get("outputs") for cell in nbformat.read(copied, as_version=4).cells)
    copied.write_text(text.replace("# Thu nhập", "# Của tôi"), "utf-8")
    assert notebooks.copies("vi", tmp_path) == [NOTEBOOK.name]
    assert "# Của tôi" in copied.read_text("utf-8")
    assert "# Thu nhập" in (tmp_path / "10-income.new.ipynb").read_text("utf-8")


def test_a_removed_cell_leaves_a_gap_in_the_counts(run_as_stored, tmp_path):
    kept = nbformat.read(stored_with(tmp_path, removed), as_version=4)
    counts = [cell.execution_count for cell in kept.cells if cell.cell_type == "code"]
    assert counts != list(range(1, len(counts) + 1))
    made = copy.deepcopy(run_as_stored)
    removed(made)
    for count, cell in enumerate((cell for cell in made.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
    assert not notebooks.differences({tmp_path / NOTEBOOK.name: made}).empty


def test_a_changed_figure_is_noticed(tmp_path):
    """One of two that do not meet, and one of a plan: each by the first notebook that it is looked for in."""
    rows = mutations.watched().set_index("figure_id", drop=False)
    with notebooks.Runner(root=tmp_path) as runner:
        for figure_id in ("laocaitv-2022-05", "baolaocai-383081-10"):
            figure = rows.loc[figure_id]
            where = mutations.noticed(tmp_path, figure, runner)
            assert mutations.FIRST[figure["indicator"]] in where


def test_a_note_that_no_number_leads_to_is_no_way_to_its_figure():
    shown = "<td>5<sup>1, 3</sup></td><ol><li>«a» one</li><li>«b» two</li><li>«c» three</li></ol>"
    assert mutations.led(shown) == "<td>5<sup>1, 3</sup></td> <li>«a» one</li> <li>«c» three</li>"
    assert mutations.led(unmarked := shown.replace("<sup>1, 3</sup>", "")) == unmarked


def test_what_nothing_leads_to_is_told_apart(monkeypatch):
    """What the page alone names is not listed; Bảo Yên's own figures are marked."""
    monkeypatch.setattr(mutations.notebooks, "stored", list)
    monkeypatch.setattr(mutations.pages, "html", lambda: '<li id="laocaitv-2022-05">')
    rows = mutations.unused().set_index("figure_id")
    assert len(rows) == len(record.observations()) - 1
    assert "laocaitv-2022-05" not in rows.index
    assert rows.loc["laocaitv-2022-07", "own"]
    assert not rows.loc["24h-dulich-01", "own"]


def test_a_changed_digit_keeps_the_rest_of_the_words():
    assert mutations.other_words("trên 66 triệu đồng/năm", locale="vi", unit_text="") == (
        "trên 67 triệu đồng/năm",
        67e6,
    )
