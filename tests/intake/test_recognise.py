"""Labels as offices write them name indicators, units and definitions. The wordings are invented, and so are
their numbers; each list was written before the rules that read it were looked at."""

import csv
import time

from conftest import ROOT, each

from baoyen_analysis import vocabulary
from baoyen_analysis.intake import recognise

OFFICE = ROOT / "tests" / "data" / "office"
WORDINGS = [
    wording
    for name in ("wordings.csv", "wordings-later.csv")
    for wording in csv.DictReader((OFFICE / name).read_text(encoding="utf-8").splitlines())
]


@each(WORDINGS)
def test_a_wording_names_its_indicator_and_definition(wording):
    named = recognise.recognise(wording["label"])
    assert (named.indicator, named.definition) == (wording["indicator"], wording["definition"])


def test_every_name_of_the_vocabulary_is_recognised_as_itself():
    for key, known in vocabulary.INDICATORS.items():
        for name in filter(None, (key, known.vi, known.en, known.column)):
            assert recognise.indicator_of(name) == key, name


def test_the_rules_speak_of_indicators_and_words_there_are():
    known = {thing for things in recognise._WORDS.values() for thing in things} | recognise._LEVELS
    for rule in recognise.RULES:
        assert rule.indicator in vocabulary.INDICATORS
        assert rule.needs | rule.may <= known, rule
    assert {indicator for under in recognise._UNDER.values() for indicator in under} <= set(
        vocabulary.INDICATORS
    )
    assert {thing for things in recognise._HEADINGS.values() for thing in things} == {
        "general",
        *recognise._UNDER,
    }


def test_no_phrase_is_listed_twice():
    phrases = [
        (row["what"], tuple(recognise._tokens(phrase)))
        for row in recognise._ROWS
        if row["what"] in ("word", "heading")
        for phrase in row["words"].split("|")
    ]
    assert sorted(phrase for phrase in set(phrases) if phrases.count(phrase) > 1) == []


def test_two_rules_that_fit_one_label_do_not_say_different_things():
    for rule in recognise.RULES:
        others = [
            other
            for other in recognise.RULES
            if other is not rule
            and other.needs != rule.needs
            and other.needs <= rule.needs <= other.needs | other.may
        ]
        # The rule that needs more is the better one; it must not be hidden by one that needs as much.
        assert all(len(other.needs) < len(rule.needs) for other in others), (rule, others)


@each(
    [
        ("Diện tích (ha)", "ha"),
        ("Nghìn lượt khách", "Nghìn lượt khách"),
        ("Tr.đồng", "Tr.đồng"),
        ("Trđ/ha", "Trđ/ha"),
        ("1.000 lượt", "1.000 lượt"),
        ("Thu nhập bình quân đầu người (người/năm)", ""),
        ("Thu nhập bình quân, tr.đ/người/năm", "tr.đ/người/năm"),
        ("Số hộ, khẩu", ""),
        ("Lao động", ""),
        ("Số cơ sở lưu trú (cơ sở)", "cơ sở"),
    ]
)
def test_the_unit_of_a_label(label, unit):
    assert recognise.unit_of(label) == unit


def test_the_level_that_a_label_speaks_of():
    assert recognise.recognise("Tỷ lệ hộ nghèo toàn tỉnh").level == "province"
    assert recognise.recognise("Tỷ lệ hộ nghèo toàn huyện").level == "district"
    assert recognise.recognise("Tỷ lệ hộ nghèo toàn tỉnh, toàn huyện").indicator == ""


@each(
    [
        ("I. KINH TẾ", "income_per_capita", True),
        ("II. VĂN HÓA - XÃ HỘI", "poverty_rate", True),
        ("Nông, lâm nghiệp và thủy sản", "yield_per_ha", True),
        ("Nông nghiệp", "gross_output_total", False),
        ("Công nghiệp", "economic_growth", False),
        ("Khu vực nông thôn", "income_per_capita", False),
        ("Thương mại - Du lịch", "tourist_visits", True),
        ("Giáo dục và Đào tạo", "schools_national_standard", True),
        ("Hộ nghèo dân tộc thiểu số", "poverty_rate", False),
    ]
)
def test_headings_that_leave_a_row_what_it_is(heading, indicator, orders):
    assert recognise.orders(heading, indicator) is orders


def test_the_nearest_indicators_are_offered_for_a_label():
    assert "tourism_revenue" in recognise.nearest("Doanh thu các dịch vụ du lịch lữ hành")
    assert recognise.nearest("Xyz") == []


def test_a_long_run_of_blanks_in_a_label_costs_as_it_is_long():
    def seconds(blanks: int) -> float:
        begun = time.process_time()
        assert recognise.without_part(f"Doanh thu{' ' * blanks}du lịch") == "Doanh thu du lịch"
        return time.process_time() - begun

    assert min(seconds(2000) for _ in range(3)) < 8 * max(min(seconds(500) for _ in range(3)), 1e-4)
