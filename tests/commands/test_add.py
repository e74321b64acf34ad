"""`baoyen add` and `baoyen undo` as they are called. All numbers here are invented."""

import shutil
from functools import cache
from unittest.mock import patch

import pytest
import typer.testing
from conftest import DATA, ROOT, office_workbook
from rich.console import Console
from typer.testing import CliRunner

from baoyen_analysis import journal
from baoyen_analysis.commands import add as commands
from baoyen_analysis.commands.cli import app
from baoyen_analysis.intake.office import OfficeFileError, read_office

pytestmark = pytest.mark.usefixtures("built_once")


@pytest.fixture(scope="module", autouse=True)
def made_once():
    """The tree of commands, which takes as long to make as most calls."""
    with patch("typer.testing._get_command", cache(typer.testing._get_command)):
        yield


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project's data, which the commands take for the project."""
    for name in ("raw", "processed"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    for name in ("out", "err"):
        monkeypatch.setattr(commands, name, Console(stderr=name == "err", soft_wrap=True, width=300))
    return tmp_path


def call(*arguments: str, answers: str = ""):
    return CliRunner().invoke(app, arguments, input=answers)


SOURCE = ("--source", "Phòng Tài chính (invented)", "--source-id", "office")


def workbook(folder, *rows, name="office.xlsx"):
    title = ["Thu nhập bình quân đầu người"], ["ĐVT: triệu đồng"]
    return str(office_workbook(folder, *rows, name=name, over=title))


def add(file: str, *options: str):
    return call("add", file, *SOURCE, "--indicator", "income_per_capita", "--lang", "en", *options)


def rows_of(output: str, *words: str) -> list[str]:
    return [line for line in output.splitlines() if all(word in line for word in words)]


def everything(project) -> set:
    return {path.relative_to(project) for path in project.rglob("*")}


def test_add_shows_what_it_recognised_with_its_level_then_writes(project):
    file = workbook(project, ["Huyện", 2019, "Ước 2022"], ["Huyện Bảo Yên", 40, 61], ["Xã Bảo Yên", 41, 42])
    result = add(file, "--yes")
    assert result.exit_code == 0, result.output
    assert rows_of(result.output, "Huyện Bảo Yên", "40 ✓", "61 ≠")
    assert rows_of(result.output, "Income per person: Bảo Yên (district)")
    assert rows_of(result.output, "the file says 61, the record 45", "(thby-1015-01)")
    titles = [
        result.output.index(title)
        for title in ("To be taken: 2", "Other than what is held: 1", "Not taken: 2")
    ]
    assert titles == sorted(titles)
    assert len(list((project / "data" / "raw").glob("*-office"))) == 1


def test_add_shows_the_first_rows_and_how_many_more(project):
    rows = [[f"Huyện {name}", year] for year, name in enumerate(["Bảo Yên"] * 70, start=30)]
    file = workbook(project, ["Huyện", "Năm", "TNBQ đầu người"], *([n, y + 1920, y] for n, y in rows))
    said = add(file).output
    assert "To be taken: 70 figures" in said
    assert "and 10 more rows" in said


def test_what_would_steer_the_screen_is_shown_as_text(project):
    rows = ["Huyện", 2019], ["Huyện [red]x\u202e[/]", 40]
    for file in (workbook(project, *rows, name="[red]\u202ea.xlsx"), workbook(project, *rows)):
        said = add(file).output
        assert "\u202e" not in said, said
        assert "[red]\\u202ea.xlsx" in said or "[red]x\\u202e[/]" in said, said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--locale", "fr"), ["--locale 'fr' is unknown: use vi, en"]),
        (
            ("--source", "", "--published", "31/12/2022", "--unit", "x"),
            ["--source is blank", "--published '31/12/2022' is no date", "--unit 'x'"],
        ),
        (("--title", '=HYPERLINK("http://x")'), ["begins as a formula does"]),
    ],
)
def test_wrong_options_are_refused_at_once_and_nothing_is_written(project, options, words):
    before = everything(project)
    result = add("none.xlsx", *options, "--yes")
    assert result.exit_code == 1, result.output
    assert all(word in result.output for word in words), result.output
    assert isinstance(result.exception, SystemExit)
    assert everything(project) == before


def test_a_locked_workbook_is_refused_with_the_remedy_and_nothing_is_written(project):
    before = everything(project)
    result = add(str(DATA / "office" / "locked.xlsx"), "--yes")
    assert result.exit_code == 1
    assert everything(project) == before
    assert "locked.xlsx: it is protected by a password. Save a copy without the password." in result.output
    with pytest.raises(OfficeFileError, match="protected by a password"):
        read_office(DATA / "office" / "locked.xlsx")


@pytest.mark.parametrize(
    "name", ["_write_folder", "shutil.copytree", "os.replace", "tempfile.TemporaryDirectory"]
)
@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        shutil.Error([("a", "b", "No space left on device"), ("c", "d", "the same")]),
    ],
)
def test_a_full_disk_ends_add_in_one_line_and_leaves_nothing(project, monkeypatch, name, error):
    from baoyen_analysis.intake import batches

    def full(*arguments, **options):
        for target in arguments[1:2] if name != "os.replace" else ():
            target.mkdir()
            (target / "figures.csv").write_text("half")
        raise error

    monkeypatch.setattr(f"{batches.__name__}.{name}", full)
    file = workbook(project, ["Huyện", 2019], ["Huyện Bảo Yên", 40])
    before = everything(project)
    result = add(file, "--yes")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert everything(project) == before
    assert "the record can't be written: No space left on device. Nothing was written" in result.output


def test_what_a_killed_call_left_is_swept_by_the_next(project):
    (project / "data" / ".add-left" / "raw").mkdir(parents=True)
    assert add(workbook(project, ["Huyện", 2019], ["Huyện Bảo Yên", 40]), "--yes").exit_code == 0
    assert {path.name for path in (project / "data").iterdir()} == {"raw", "processed"}


def test_what_another_call_is_at_work_on_is_left_alone(project):
    (project / "data" / ".add-trial" / "raw").mkdir(parents=True)
    file = workbook(project, ["Huyện", 2019], ["Huyện Bảo Yên", 40])
    before = everything(project)
    with journal.alone(project):
        result = add(file, "--yes")
    assert result.exit_code == 1
    assert "another command is storing" in result.output
    assert everything(project) == before


YEARS = ["TT", "Chỉ tiêu", "ĐVT", "TH 2023", "KH 2024"]
TABLE = [
    YEARS,
    ["I", "KINH TẾ"],
    [1, "Thu nhập bình quân đầu người", "Triệu đồng", 58.5, 66],
    [2, "Tỷ lệ lao động qua đào tạo", "%", 64.2, 66],
    [3, "Thu theo cách của phòng", "Tỷ đồng", 5.5, 6],
]
HERE = ("--area", "Bảo Yên", "--level", "district")


def of_project(project) -> list:
    return sorted(path.name for path in (project / "data" / "raw").glob("*-office"))


def test_what_is_not_taken_is_grouped_with_its_cells_and_the_remedy(project):
    table = [*TABLE, ["Nơi nhận:", "", "", "CHỦ TỊCH"]]
    table = [[*row, share] for row, share in zip(table, ["% so KH", "", 88.6, 97.3, 91.7, ""], strict=True)]
    file = str(office_workbook(project, *table))
    said = call("add", file, *SOURCE, *HERE, "--lang", "vi", "--yes").output
    assert "Sẽ nhận: 2 con số" in said
    assert "Không nhận: 7 ô" in said
    assert rows_of(said, "cột “% so KH”: 3 ô (F4, F5, F6)", "là tỷ lệ, mức tăng giảm", "ví dụ Sheet F4: 88.6")
    assert rows_of(said, "“Tỷ lệ lao động qua đào tạo”: 2 ô (D5, E5), không phải chỉ tiêu đã biết")
    assert rows_of(said, '--map "Tỷ lệ lao động qua đào tạo=CHỈ_TIÊU"', "--keep-unknown")
    assert "Nơi nhận" not in said


def test_map_and_keep_unknown_leave_no_row_out(project, own_words):
    file = str(office_workbook(project, *TABLE))
    options = ("--map", "Thu theo cách của phòng=budget_revenue", "--keep-unknown", "--yes", "--lang", "en")
    result = call("add", file, *SOURCE, *HERE, *options)
    assert result.exit_code == 0, result.output
    assert "To be taken: 6 figures" in result.output
    assert rows_of(result.output, "Tỷ lệ lao động qua đào tạo (the office's own, new)", "64.2 ✓")
    assert "Not taken" not in result.output
    (batch,) = (project / "data" / "raw").glob("*-office")
    assert (batch / "names.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "Thu theo cách của phòng,budget_revenue"
    ]
    assert "ty_le_lao_dong_qua_dao_tao" in (batch / "indicators.csv").read_text(encoding="utf-8")


def test_a_map_of_no_indicator_is_refused(project):
    file = str(office_workbook(project, *TABLE))
    result = call("add", file, *SOURCE, *HERE, "--map", "Thu theo cách của phòng=budget_revenu", "--yes")
    assert result.exit_code == 1
    assert "--map 'budget_revenu' is unknown: use budget_revenue" in result.output
    assert call("add", file, *SOURCE, "--map", "budget_revenue", "--yes").exit_code == 2


def test_questions_are_asked_once_and_their_answers_hold(project, monkeypatch, own_words):
    monkeypatch.setattr(commands, "_can_ask", lambda: True)
    table = [*TABLE, ["Ghi chú: số liệu ước thực hiện đến 31/12."]]
    file = str(office_workbook(project, *table))
    # The note's figures are actual; keep the first label, leave the second out, and write.
    result = call("add", file, *SOURCE, *HERE, "--lang", "en", answers="1\nk\n\ny\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("Which indicator is") == 2
    assert rows_of(result.output, "The note “số liệu ước thực hiện đến 31/12.” leaves open")
    assert "To be taken: 4 figures" in result.output
    (batch,) = (project / "data" / "raw").glob("*-office")
    figures = (batch / "figures.csv").read_text(encoding="utf-8")
    assert figures.count(",2023,actual,") == 2
    assert "its kind was told: actual" in figures


def test_the_report_holds_every_number_and_every_reason(project):
    import pandas as pd

    file = str(office_workbook(project, *TABLE))
    call("add", file, *SOURCE, *HERE, "--report", str(project / "rows.csv"), "--lang", "en", "--yes")
    rows = pd.read_csv(project / "rows.csv", dtype=str, keep_default_na=False)
    assert rows[["cell", "figure_id", "reason", "indicator"]].values.tolist() == [
        ["D4", "office-01", "", "income_per_capita"],
        ["E4", "office-02", "", "income_per_capita"],
        ["D5", "", "indicator", ""],
        ["E5", "", "indicator", ""],
        ["D6", "", "indicator", ""],
        ["E6", "", "indicator", ""],
    ]
    assert (rows["remedy"] != "").tolist() == [False, False, True, True, True, True]


def test_undo_lists_the_batches_and_takes_the_last_back(project):
    before = everything(project)
    assert call("undo", "--lang", "en").exit_code == 1
    file = str(office_workbook(project, *TABLE))
    before |= everything(project)
    assert call("add", file, *SOURCE, *HERE, "--yes").exit_code == 0
    listed = call("undo", "--lang", "en")
    assert listed.exit_code == 1
    assert rows_of(listed.output, "-office", "Phòng Tài chính (invented)", "office.xlsx", "2")
    assert "Nothing was taken back" in listed.output
    again = call("add", file, *SOURCE[:3], "again", *HERE, "--yes")
    assert again.exit_code == 1
    assert "this file is in data/raw already" in again.output
    assert "baoyen undo" in again.output
    assert call("undo", "none", "--yes").exit_code == 1
    assert call("undo", "--yes", "--lang", "en").exit_code == 0
    assert everything(project) == before
