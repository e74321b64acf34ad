"""The answers on the stored tables: the scorecard of the 2024 plan, and sentences and charts made from it."""

import pytest
from conftest import ROOT

import baoyen_analysis as by
from baoyen_analysis import answers


def score(indicator: str):
    return by.scorecard().set_index("indicator").loc[indicator]


def test_four_indicators_have_an_outcome_and_the_others_say_why_not():
    rows = by.scorecard().set_index("indicator")
    held = rows[rows["actual"].notna()]
    assert set(held.index) == {"income_per_capita", "yield_per_ha", "tourism_revenue", "tourist_visits"}
    blank = rows[rows["actual"].isna()]
    assert (blank["reason"] == "no_actual").all() and blank["attainment"].isna().all()


@pytest.mark.parametrize(
    ("indicator", "attainment", "needed", "percent"),
    [("income_per_capita", 50 / 66, 8.0, (66 / 50) ** 0.5 - 1), ("yield_per_ha", 80 / 95, 5.0, (95 / 80) ** (1 / 3) - 1),
     ("tourist_visits", 0.75, 200_000, (1.6 / 1.2) ** 0.5 - 1), ("tourism_revenue", 780 / 1120, 170, (1120 / 780) ** 0.5 - 1)],
)  # fmt: skip
def test_attainment_and_growth_needed(indicator, attainment, needed, percent):
    row = score(indicator)
    assert (row["attainment"], row["needed_a_year"], row["needed_percent"]) == pytest.approx((attainment, needed, percent))


def test_growth_done_starts_from_the_derived_income_of_2020_and_says_so():
    row = score("income_per_capita")
    assert (row["base_year"], row["base"], row["base_derived"]) == (2020, 32.67, True)
    assert row["done_a_year"] == pytest.approx((50 - 32.67) / 2)


def test_two_definitions_of_tourism_are_said_to_differ():
    assert score("tourism_revenue")["reason"] == "definitions_differ"
    said = " ".join(by.found("tourism", lang="en"))
    assert "the share compares unlike things" in said


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("topic", ["income", "yield", "tourism"])
def test_findings_are_whole_sentences_without_holes(topic, lang):
    for sentence in [*by.found(topic, lang=lang), *by.limits(topic, lang=lang)]:
        assert sentence.endswith(".") and "{" not in sentence and "nan" not in sentence.lower().split()


def test_findings_follow_the_figures():
    assert "50 million VND per person, for 2022: 75.8%" in by.found("income", lang="en")[0]
    assert "là 50 triệu đồng/người/năm (năm 2022), bằng 75,8%" in by.found("income", lang="vi")[0]


def test_an_unknown_topic_lists_the_topics():
    with pytest.raises(ValueError, match="income, yield, tourism"):
        by.found("roads")


def test_a_district_without_a_plan_still_has_a_trend():
    assert "Văn Bàn" in by.trend("income_per_capita", area="Văn Bàn", lang="en").alt


def test_the_chart_of_the_readme_is_the_one_of_the_record():
    assert (ROOT / "docs" / "income.svg").read_text(encoding="utf-8") == answers.front_chart()
