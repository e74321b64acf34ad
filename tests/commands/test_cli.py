"""The commands as they are called: what they say, where they write, and how they fail."""

import shutil

import pytest
from conftest import DATA, ROOT, sign
from rich.console import Console
from typer.testing import CliRunner

from baoyen_analysis.commands import cli
from baoyen_analysis.commands.cli import app


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
    assert "577 figures from 190 sources" in result.output


def test_one_changed_digit_fails_and_names_the_file(project):
    change(
        project / "data" / "raw" / "income.csv",
        "45 triệu đồng/người/năm,,vi,45,",
        "46 triệu đồng/người/năm,,vi,46,",
    )
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
        "thby-1015-01",
    ):
        assert words in result.output


def test_trace_of_an_unknown_figure_fails_with_a_suggestion(project):
    result = call("trace", "laocaitv-2022-5")
    assert result.exit_code == 2
    assert "did you mean" in result.output


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


def test_a_fault_that_no_command_knows_is_one_line_and_its_traceback_is_kept(project, monkeypatch):
    def broken() -> None:
        raise KeyError("invented")

    monkeypatch.setattr(cli, "_tables", broken)
    said = call("check").output
    assert "baoyen check ended in a fault: KeyError: 'invented'. The traceback is in" in said
    log = project / "build" / "error.log"
    assert "KeyError: 'invented'" in log.read_text(encoding="utf-8")
    log.unlink()
    log.mkdir()
    assert "The traceback could not be written to" in call("check").output
