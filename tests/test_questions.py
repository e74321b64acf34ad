"""Fifteen questions that a leader asks: each one line of Python and one command, the same answer from both,
in both languages, with its sources or the reason why there is none."""

import re

import pytest
from typer.testing import CliRunner

import baoyen_analysis as by
from baoyen_analysis import words
from baoyen_analysis.commands.cli import app

# The question's call, its command, and what the Vietnamese and the English answer must say.
QUESTIONS = {
    "a fall by a fifth, one year's": (
        lambda: by.what_if("tourist_visits", growth=-0.2, year=2025, once=True),
        "what-if tourist_visits --growth -20 --year 2025 --once",
        ("một năm giảm 20,0%", "960.000", "920.000"),
        ("one year", "960,000", "920,000"),
    ),
    "a fall by a fifth, each year's": (
        lambda: by.what_if("tourist_visits", growth=-0.2, year=2025),
        "what-if tourist_visits --growth -20 --year 2025",
        ("mỗi năm", "614.400"),
        ("a year", "614,400"),
    ),
    "who passed 60 million": (
        lambda: by.passed("income_per_capita", target=60),
        "passed income_per_capita --target 60",
        ("Bảo Thắng: đạt 60", "2024 (80,8)"),
        ("Bảo Thắng", "60", "2024 (80.8)"),
    ),
    "what each visit must bring": (
        lambda: by.spending_for(visits=1_400_000, target=1120),
        "each-visit --visits 1400000 --target 1120",
        ("800 nghìn đồng",),
        ("800 thousand VND",),
    ),
    "income in prices of 2020": (
        lambda: by.yearly("income_per_capita", real=2020),
        "years income_per_capita --real 2020",
        ("12,19", "42,84"),
        ("12.19", "42.84"),
    ),
    "when do we catch up": (
        lambda: by.catch_up("income_per_capita", "Bảo Thắng"),
        'catch-up income_per_capita "Bảo Thắng"',
        ("Bảo Thắng: chỉ có một số liệu",),
        ("Bảo Thắng: only one figure",),
    ),
    "above the province": (
        lambda: by.compare("yield_per_ha", ["Bảo Yên", "Lào Cai:province"]),
        'compare yield_per_ha "Bảo Yên" Lào_Cai:province',
        ("năm 2022, Bảo Yên: 92", "88", "90", "không nêu nội dung tính"),
        ("in 2022, Bảo Yên: 92", "88", "90", "does not state"),
    ),
    "our share of the visits": (
        lambda: by.share("tourist_visits"),
        "share tourist_visits",
        ("26,8% (từ 25,7 đến 27,9%)",),
        ("26.8% (25.7 to 27.9%)",),
    ),
    "how fast income must grow": (
        lambda: by.needed("income_per_capita", target=66, year=2024),
        "needed income_per_capita --target 66 --year 2024",
        ("từ 50 (năm 2022)", "14,9%", "từ 45 (năm 2022)", "21,1%"),
        ("50", "14.9%", "45", "21.1%"),
    ),
    "when 95 million a hectare": (
        lambda: by.reach("yield_per_ha", target=95),
        "reach yield_per_ha --target 95",
        ("năm 2027",),
        ("2027",),
    ),
    "income in 2025 at 12 % a year": (
        lambda: by.what_if("income_per_capita", growth=0.12, year=2025),
        "what-if income_per_capita --growth 12 --year 2025",
        ("70,25", "63,22"),
        ("70.25", "63.22"),
    ),
    "the districts by poverty": (
        lambda: by.rank("poverty_rate"),
        "rank poverty_rate",
        ("(1 = thấp nhất)", "Si Ma Cai (33,05"),
        ("(1 = lowest)", "Si Ma Cai (33.05"),
    ),
    "the plan at a glance": (
        lambda: by.scorecard(),
        "plan",
        ("Trong 10 chỉ tiêu năm 2024", "nếu năm 2022 đạt 50"),
        ("Of the 10 goals of 2024", "if 2022 reached 50"),
    ),
    "the communes with the highest income": (
        lambda: by.by_commune("income_per_capita"),
        "communes income_per_capita",
        ("Nghĩa Đô", "51", "Phúc Khánh", "48"),
        ("Nghĩa Đô", "51", "Phúc Khánh", "48"),
    ),
    "the plan of 2023": (
        lambda: by.scorecard(year=2023),
        "plan --year 2023",
        ("cho năm 2023; có cho các năm 2018, 2024–2025",),
        ("for 2023; it holds some for 2018, 2024–2025",),
    ),
    "this month and the same last year": (
        lambda: by.same_part("tourist_visits"),
        "months tourist_visits",
        ("không so được với cùng kỳ", "9 tháng đầu năm 2022", "69,9%"),
        ("nothing to set it against", "first 9 months of 2022", "69.9%"),
    ),
}


def told(text: str) -> str:
    """A text without the frames of a terminal's table."""
    return " ".join(re.sub(r"[┃│━─╇┼]", " ", text).split())


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_python_and_the_command_line_answer_alike(question, lang, monkeypatch):
    call, command, vi, en = QUESTIONS[question]
    monkeypatch.setenv("COLUMNS", "200")
    answer = call()
    name, *rest = [
        part.strip('"').replace("Lào_Cai", "Lào Cai") for part in re.findall(r'"[^"]+"|\S+', command)
    ]
    shown = CliRunner().invoke(app, ["ask", name, *rest, "--lang", lang])
    output = told(shown.output)
    for sentence in answer.sentences(lang):
        assert told(sentence) in output, sentence
    for part in vi if lang == "vi" else en:
        assert part in output, part
    assert shown.exit_code == 0
    rests_on = answer.figure_ids
    assert rests_on or question in ("what each visit must bring", "the plan of 2023")
    for name in rests_on[:3]:
        assert f"({name})" in output
