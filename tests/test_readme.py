"""Every command of the READMEs is run, in a copy of the project; those of run.py are known to it, and CI runs
them; what needs a browser is run beside the tests of the report in one."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from typer.testing import CliRunner

from baoyen_analysis import words
from baoyen_analysis.commands.cli import app
from baoyen_analysis.report import pages

READMES = ("README.md", "README.vi.md")


def commands(name: str) -> list[str]:
    """The indented command lines of a README, in order, without the words that explain them."""
    lines = re.findall(r"^    (\S.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return [re.split(r" {3,}", line)[0] for line in lines]


def test_the_commands_of_run_py_are_known_to_it():
    known = (ROOT / "run.py").read_text()
    for name in READMES:
        for line in commands(name):
            if line.startswith("python3 run.py"):
                assert f"python3 run.py {line.split('run.py')[1].strip()}".strip() in known


@pytest.mark.parametrize("name", READMES)
def test_every_other_command_works(name, tmp_path, monkeypatch, report_of, exports):
    # The record is the same, so are the report and what is exported.
    made = {lang: report_of(lang) for lang in words.LANGUAGES}
    monkeypatch.setattr(pages, "html", lambda *, lang="vi": made[lang])
    monkeypatch.chdir(tmp_path)
    for folder in ("data", "docs", "build/fonts"):  # the fonts that the report has cut
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(
        ROOT / "notebooks" / "10-income.ipynb", tmp_path / "notebooks"
    )  # one stands for all: they run alike
    tried = [line for line in dict.fromkeys(commands(name)) if "run.py" not in line and "--pdf" not in line]
    if name == "README.vi.md":
        # The English README has tried the long ones; here only what differs.
        known = commands("README.md")
        tried = [line for line in tried if line not in known and not line.startswith("BAOYEN_ROOT")]
    assert tried
    for line in tried:
        run(line, monkeypatch, tmp_path)
    if name == "README.md":
        income = tmp_path / "build" / "try" / "notebooks" / "10-income.ipynb"
        shown = income.read_text(encoding="utf-8")
        assert "57.5" in shown
        assert "No outcome of 2024 is held" not in shown
        assert "(% a year)" not in shown


def run(line: str, monkeypatch, folder: Path) -> None:
    """One command line, the package's own in this process: starting Python for each takes longer than most of
    them."""
    *settings, called = re.split(r"(?<=\S) (?=\.venv)", line)
    if ".venv/bin/baoyen" not in called:
        subprocess.run(line, shell=True, cwd=folder, check=True)
        return
    root = folder / settings[0].removeprefix("BAOYEN_ROOT=") if settings else folder
    monkeypatch.setenv("BAOYEN_ROOT", str(root))
    done = CliRunner().invoke(app, shlex.split(called)[1:])
    assert done.exit_code == 0, f"{line}\n{done.output}"


def test_the_python_of_the_readme_runs():
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(name):
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
