"""Policy questions at the command line: the sentence, the table, the sources, and refusals in words."""

import json
import re

import pytest
from typer.testing import CliRunner

from baoyen_analysis.commands import ask
from baoyen_analysis.commands.cli import app


def call(*arguments: str):
    return CliRunner().invoke(app, ["ask", *arguments])


EXAMPLES = [
    line.split("baoyen ask ")[1] for line in ask.EXAMPLES.splitlines() if line.startswith("  baoyen ask ")
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_that_is_shown_works(example):
    result = call(*[quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', example)])
    assert result.exit_code == 0, result.output
    assert "http" in result.output


def test_without_a_question_the_questions_are_listed():
    assert call().output.strip() == ask.EXAMPLES.strip()


def test_an_answer_is_the_sentence_the_range_and_the_printed_words():
    said = call("needed", "income_per_capita", "--target", "66", "--year", "2024").output
    for words in (
        "cần tăng 14,9% mỗi năm",
        "low_percent",
        "14.321",
        "«50 triệu đồng»",
        "Đài PT-TH Lào Cai",
        "http://laocaitv.vn/",
    ):
        assert words in said
    assert (
        "takes 14.9% a year" in call("needed", "income_per_capita", "--target", "66", "--lang", "en").output
    )


@pytest.mark.parametrize(
    ("written", "target", "said"),
    [
        ("66,5", 66.5, ""),
        ("66.5", 66.5, ""),
        ("66", 66, ""),
        ("1.120", 1120, "1.120 is read as 1120"),
        ("1,120", 1.12, "1,120 is read as 1.12"),
        ("1.234,5", 1234.5, ""),
        ("1,234.5", 1234.5, ""),
        ("1.120.000", 1_120_000, ""),
        ("2025", 2025, ""),
        ("0.125", 0.125, ""),
    ],
)
def test_a_number_is_read_in_the_habit_it_is_written_in(written, target, said):
    result = CliRunner().invoke(app, ["ask", "reach", "income_per_capita", "--target", written, "--json"])
    assert json.loads(result.stdout)["answer"][0]["target"] == target
    assert said in result.stderr
    assert bool(said) == ("is read as" in result.stderr)


def test_growth_is_read_like_a_target():
    assert "-3,5%" in call("what-if", "income_per_capita", "--growth", "-3,5").output


@pytest.mark.parametrize("written", ["66,x", "12,5,3", "66 triệu", "nan", "1e3", "", "-", "٦٦"])
def test_what_is_no_number_is_refused_with_the_way_to_write_it(written):
    result = call("needed", "income_per_capita", "--target", written)
    assert result.exit_code == 2
    assert "is no number" in result.output


def test_without_a_target_the_plan_of_the_record_is_taken_with_its_source():
    said = call("needed", "yield_per_ha", "--lang", "en").output
    assert "95 million VND per hectare in 2024" in said
    assert "baolaocai-383081-10" in said


def test_as_json():
    answer = json.loads(
        call("what-if", "income_per_capita", "--growth", "10", "--year", "2024", "--json").output
    )
    assert answer["answer"][0]["answer"] == pytest.approx(60.5)
    assert answer["sources"][0]["value_text"] == "50 triệu đồng"


def test_a_chart_is_written(tmp_path):
    file = tmp_path / "income.svg"
    assert call("needed", "income_per_capita", "--chart", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg")


def test_two_definitions_are_refused_in_words():
    assert "tính theo nội dung khác nhau" in call("needed", "tourism_revenue").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("needed", "income", "--target", "66"), "did you mean income_per_capita"),
        (("needed", "income_per_capita", "--area", "Bao Yen"), "did you mean Bảo Yên"),
        (("needed", "forest_cover", "--target", "60"), "no figure"),
        (
            ("compare", "income_per_capita", "Nowhere", "--year", "2020"),
            "the record holds nothing on 'Nowhere'",
        ),
        (("what-if", "income_per_capita", "--growth", "10", "--year", "2020"), "not after the last figure"),
        (("trace", "laocaitv-2022-5"), "did you mean"),
    ],
)
def test_a_refusal_says_why_and_fails(arguments, words):
    result = call(*arguments)
    assert result.exit_code == 1, result.output
    assert words in result.output, result.output
