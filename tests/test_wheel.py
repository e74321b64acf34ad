"""Installed from a wheel, outside a checkout: the readers and measures work on one's own data, and a question
on the record says how to name a project's folder."""

import os
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT, office_workbook, python


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The package as its wheel holds it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "flit_core.wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def run(installed, tmp_path, *arguments: str, **named: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if name != "BAOYEN_ROOT"}
    environment |= {"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"} | named
    return subprocess.run(
        [sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8"
    )


OWN_DATA = """
import baoyen_analysis as by
import pandas as pd
print(by.__file__)
print(by.parse_figure("1,2 triệu", unit_text="lượt khách").value)
print(by.find_figures("Năm 2022, huyện đón trên 1,2 triệu lượt khách du lịch.")["value"].tolist())
print(by.read_office("office.xlsx").rows["value"].tolist())
print(by.needed(pd.Series({2019: 75.0, 2021: 80.0}), target=95, year=2024).rows["percent"].round(1).tolist())
"""


def test_readers_and_measures_work_on_own_data(installed, tmp_path):
    rows = [["Chỉ tiêu", "ĐVT", "TH 2023"], ["Thu nhập bình quân đầu người", "Triệu đồng/người/năm", 41.5]]
    office_workbook(tmp_path, *rows)
    found = run(installed, tmp_path, "-c", OWN_DATA)
    assert found.returncode == 0, found.stderr
    at, *values = found.stdout.splitlines()
    assert at.startswith(str(installed))
    assert values == ["1200000.0", "[1200000.0]", "[41500000.0]", "[5.9]"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask.py",),
        ("-m", "baoyen_analysis", "ask", "plan"),
        ("-m", "baoyen_analysis", "check"),
        ("-m", "baoyen_analysis", "report"),
    ],
)
def test_a_question_on_the_record_says_how_to_name_a_projects_folder(
    installed, tmp_path, monkeypatch, arguments
):
    monkeypatch.delenv("BAOYEN_ROOT", raising=False)
    (tmp_path / "ask.py").write_text("import baoyen_analysis as by; by.scorecard()")
    code, said, _ = python(*arguments, cwd=tmp_path, PYTHONPATH=str(installed))
    said = " ".join(said.split())
    assert str(installed) in said or arguments[0] == "-m"
    assert code == 1
    assert "no project folder was found" in said
    assert "BAOYEN_ROOT" in said
    assert "accept" not in said


def test_a_named_folder_is_used(installed, tmp_path):
    found = run(
        installed, tmp_path, "-m", "baoyen_analysis", "ask", "plan", "--lang", "en", BAOYEN_ROOT=str(ROOT)
    )
    assert found.returncode == 0, found.stderr
    assert "Of the 10 goals of 2024" in found.stdout
