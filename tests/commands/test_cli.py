"""The commands as they are called: what they say, where they write, and how they fail."""

import os
import shutil

import openpyxl
import pytest
from conftest import DATA, ROOT, sign
from rich.console import Console
from typer.testing import CliRunner

from baoyen_analysis.commands import cli
from baoyen_analysis.commands.cli import app
from baoyen_analysis.intake.office import OfficeFileError, read_office


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project's data, which the commands take for the project."""
    for name in ("raw", "processed"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    for name in ("out", "err"):
        monkeypatch.setattr(cli, name, Console(stderr=name == "err", soft_wrap=True, width=300))
    return tmp_path


def call(*arguments: str):
    return CliRunner().invoke(app, arguments)


def change(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_help_teaches():
    said = call("--help").output
    for command in ("build", "check", "notebooks", "report", "trace", "accept"):
        assert command in said
    assert "laocaitv-2022-05" in call("trace", "--help").output


def test_build_writes_under_build_alone(project):
    result = call("build")
    assert result.exit_code == 0, result.output
    assert (project / "build" / "processed" / "panel.csv").read_bytes() == (
        ROOT / "data" / "processed" / "panel.csv"
    ).read_bytes()


def test_check_passes_on_the_record(project):
    result = call("check")
    assert result.exit_code == 0
    assert "459 figures from 146 sources" in result.output


def test_one_changed_digit_fails_and_names_the_file(project):
    change(project / "data" / "raw" / "income.csv", "50 triệu đồng,,vi,50,", "51 triệu đồng,,vi,51,")
    result = call("check")
    assert result.exit_code == 1
    assert "income.csv" in result.output
    assert "altered" in result.output
    # With the checksum updated too, the processed tables give it away.
    sign(project / "data" / "raw")
    result = call("check")
    assert result.exit_code == 1
    assert "panel.csv" in result.output
    assert "Bảo Yên / district / 2022" in result.output


def test_faults_of_all_files_are_one_table_and_nothing_is_written(project):
    raw = project / "data" / "raw"
    for name in ("unknown_area", "value_disagrees", "not_utf8"):
        text = (DATA / "bad" / f"{name}.csv").read_bytes().replace(b"t-0", name.encode() + b"-0")
        (raw / f"{name}.csv").write_bytes(text)
    shutil.copy(DATA / "good" / "sources.csv", raw / "test-sources.csv")
    sign(raw)
    result = call("build")
    assert result.exit_code == 1
    for words in ("unknown_area.csv", "value_disagrees.csv", "not_utf8.csv", "remedy"):
        assert words in result.output
    assert not (project / "build").exists()


def test_trace_shows_the_printed_words(project):
    result = call("trace", "laocaitv-2022-05")
    assert result.exit_code == 0
    for words in (
        "50 triệu đồng",
        "Đài PT-TH Lào Cai",
        "Bảo Yên hoàn thành 21/22 chỉ tiêu năm 2022",
        "http://laocaitv.vn/",
        "chosen",
    ):
        assert words in result.output


def test_trace_of_an_unknown_figure_fails_with_a_suggestion(project):
    result = call("trace", "laocaitv-2022-5")
    assert result.exit_code == 1
    assert "did you mean" in result.output


SOURCE = ("--source", "Phòng Tài chính (invented)", "--source-id", "office")


def workbook(folder, *rows, name="office.xlsx"):
    """An office's workbook; invented numbers."""
    book = openpyxl.Workbook()
    for row in [["Thu nhập bình quân đầu người, số liệu bịa ra để thử"], ["ĐVT: triệu đồng"], *rows]:
        book.active.append(row)
    book.save(folder / name)
    return str(folder / name)


def add(file: str, *options: str):
    return call("add", file, *SOURCE, "--indicator", "income_per_capita", *options)


def rows_of(output: str, *words: str) -> list[str]:
    return [line for line in output.splitlines() if all(word in line for word in words)]


def everything(project) -> set:
    return {path.relative_to(project) for path in project.rglob("*")}


def test_add_shows_what_it_recognised_with_its_level_then_writes(project):
    file = workbook(project, ["Huyện", 2019, "Ước 2022"], ["Huyện Bảo Yên", 40, 61], ["Xã Bảo Yên", 41, 42])
    result = add(file, "--yes")
    assert result.exit_code == 0, result.output
    assert rows_of(result.output, "Bảo Yên", "district", "income_per_capita", "2019", "actual", "40")
    assert rows_of(result.output, "Bảo Yên", "district", "2022", "61", "laocaitv-2022-05", "50 triệu đồng")
    titles = [
        result.output.index(title)
        for title in ("Figures recognised: 2", "Other than what is held: 1", "Not taken: 2")
    ]
    assert titles == sorted(titles)
    assert len(list((project / "data" / "raw").glob("*-office"))) == 1


def test_add_shows_the_first_rows_and_how_many_more(project):
    file = workbook(project, ["Huyện", *range(1950, 2020)], ["Huyện Bảo Yên", *range(30, 100)])
    assert "Figures recognised: 70" in add(file).output
    assert "and 10 more" in add(file).output


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
    from baoyen_analysis.intake import record as intake

    def full(*arguments, **options):
        for target in arguments[1:2] if name != "os.replace" else ():
            target.mkdir()
            (target / "figures.csv").write_text("half")
        raise error

    monkeypatch.setattr(f"{intake.__name__}.{name}", full)
    file = workbook(project, ["Huyện", 2019], ["Huyện Bảo Yên", 40])
    before = everything(project)
    result = add(file, "--yes")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert everything(project) == before
    assert "the record can't be written: No space left on device. Nothing was written" in result.output


def test_what_a_killed_call_left_is_swept_by_the_next(project):
    left, lately = project / "data" / ".add-old", project / "data" / ".add-new"
    for folder in (left, lately):
        (folder / "raw").mkdir(parents=True)
    os.utime(left, (0, 0))
    assert add(workbook(project, ["Huyện", 2019], ["Huyện Bảo Yên", 40]), "--yes").exit_code == 0
    assert {path.name for path in (project / "data").iterdir()} == {
        "raw",
        "processed",
        ".add-new",
    }  # another call may be at work there


def test_a_folder_that_cannot_be_written_ends_any_command_in_one_line(project):
    (project / "build").write_text("a file where a folder should be")
    result = call("build")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert len(result.output.strip().splitlines()) == 1
    assert "build" in result.output


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("YEARS=2019", "YEARS is the first and the last year, for example (2019, 2025), not 2019"),
        ("YEARS=abc", "YEARS is the first and the last year"),
        ("YEARS=(2025,2019)", "not (2025, 2019)"),
        ("YEARS=(2019,2022,2025)", "YEARS is the first and the last year"),
        ("YEARS=('2019','2025')", "YEARS is the first and the last year"),
        ("LANG=fr", "LANG is vi or en, not 'fr'"),
        ("LANG=['vi']", "LANG is vi or en"),
        ("AREA=3", "AREA is the name of an area"),
        ("PLACE=x", "unknown parameter PLACE: the notebooks have AREA, YEARS, LANG"),
    ],
)
def test_a_parameter_that_does_not_hold_is_refused_before_a_kernel_starts(
    project, monkeypatch, setting, said
):
    from baoyen_analysis.commands import notebooks

    monkeypatch.setattr(notebooks, "Runner", None)
    result = call("notebooks", "--set", setting)
    assert result.exit_code == 1, result.output
    assert said in result.output, result.output
