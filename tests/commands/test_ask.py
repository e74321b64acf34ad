"""The question command: every example that it shows works, and what is wrong is refused with the way out."""

import json
import shlex
import subprocess
import sys
from functools import cache
from unittest.mock import patch

import pandas as pd
import pytest
import typer.testing
from typer.testing import CliRunner

from baoyen_analysis.commands import ask
from baoyen_analysis.commands.cli import app


@pytest.fixture(scope="module", autouse=True)
def made_once():
    """The tree of commands, which takes as long to make as most calls."""
    with patch("typer.testing._get_command", cache(typer.testing._get_command)):
        yield


def run(*arguments: str):
    return CliRunner().invoke(app, ["ask", *arguments])


@pytest.mark.parametrize("example", [row["example"] for row in ask.QUESTIONS])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_example_that_is_shown_works(example, lang):
    result = run(*shlex.split(example.replace("Lào_Cai", "'Lào Cai'")), "--lang", lang)
    assert result.exit_code == 0, result.output
    assert "{" not in result.output


def test_without_a_question_the_questions_are_listed():
    output = run().output
    assert all(f"baoyen ask {row['example'].split()[0]}" in output for row in ask.QUESTIONS)


@pytest.mark.parametrize(("written", "target"), [("66,5", 66.5), ("66.5", 66.5), ("1.120", 1120.0)])
def test_a_number_is_read_in_the_habit_it_is_written_in(written, target):
    output = run("needed", "income_per_capita", "--target", written, "--year", "2024", "--json")
    assert output.exit_code == 0, output.output
    start = output.output.index("{")
    assert json.loads(output.output[start:])["answer"][0]["target"] == target


def test_indicators_are_known_by_their_names_in_both_languages():
    answers = [
        run("needed", name, "--csv").output for name in ("income_per_capita", "thu nhập", "Income per person")
    ]
    assert len(set(answers)) == 1


def test_a_refusal_with_its_reason_is_an_answer():
    result = run("needed", "tourism_revenue", "--lang", "en")
    assert result.exit_code == 0
    assert "count different things" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("needed", "incme_per_capita"), "income_per_capita"),
        (("needed", "income_per_capita", "--area", "Bao Yen"), "Bảo Yên"),
        (("rank", "income_per_capita", "--year", "1999"), "there are figures for"),
        (("needed", "income_per_capita", "--lang", "vn"), "vi or en"),
        (("what-if", "income_per_capita", "--growth", "abc"), "no number"),
        (("trace", "laocaitv-2022-5"), "did you mean"),
    ],
)
def test_wrong_arguments_are_refused_with_what_is_meant(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_chart_is_written_where_it_may_be(tmp_path):
    target = tmp_path / "a.svg"
    assert run("plan", "--chart", str(target)).exit_code == 0
    assert "<svg" in target.read_text(encoding="utf-8")
    assert run("plan", "--chart", str(tmp_path / "a.png")).exit_code == 2


# What no question needs; each takes longer to load than the answer to reckon, or reads what is printed.
HEAVY = ("jinja2", "matplotlib", "openpyxl", "pandera", "rapidfuzz", "rich._emoji_codes")
NOT_ASKED = (
    "intake",
    "report",
    "views.drawing",
    "pictures",
    "cleaning.raw",
    "cleaning.build",
    "printed.periods",
)


def test_the_questions_load_what_they_need_alone():
    asked = [["ask", *shlex.split(row["example"].replace("Lào_Cai", "'Lào Cai'"))] for row in ask.QUESTIONS]
    code = f"""import sys
from baoyen_analysis.commands.cli import app
for call in {asked!r}:
    app(call, standalone_mode=False)
print(*sys.modules, file=sys.stderr)"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert "baoyen_analysis.answers" in loaded
    assert not loaded & {*HEAVY, *(f"baoyen_analysis.{room}" for room in NOT_ASKED)}


def test_a_command_leaves_what_it_imports_out_of_the_search_for_garbage():
    """Collecting goes on while the command runs."""
    code = """import atexit, gc, sys
atexit.register(lambda: print(gc.isenabled(), len(gc.get_objects()) < gc.get_freeze_count() / 10))
sys.argv[1:] = ["ask"]
from baoyen_analysis.__main__ import main
main()"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "True True"


def test_what_is_printed_is_shown_as_it_is():
    with ask.out.capture() as shown:
        ask.out.print("[b]70[/b] :warning:")
        ask.out.print(ask._table(pd.DataFrame({"[i]a[/i]": ["[b]66[/b] :warning:"]})))
    assert "[b]70[/b] :warning:" in shown.get()
    assert "[i]a[/i]" in shown.get()
    assert "[b]66[/b] :warning:" in shown.get()
