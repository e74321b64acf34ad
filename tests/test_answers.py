"""The answers on the stored tables: the scorecard of the 2024 plan, and sentences and charts made from it."""

from functools import cache

import pytest
from conftest import ROOT

import baoyen_analysis as by
from baoyen_analysis import answers
from baoyen_analysis.intake.recognise import indicator_of


def score(indicator: str):
    return by.scorecard().set_index("indicator").loc[indicator]


def test_four_indicators_have_an_outcome_and_the_others_say_why_not():
    rows = by.scorecard().set_index("indicator")
    held = rows[rows["actual"].notna()]
    assert set(held.index) == {"income_per_capita", "yield_per_ha", "tourism_revenue", "tourist_visits"}
    blank = rows[rows["actual"].isna()]
    assert (blank["reason"] == "no_actual").all()
    assert blank["attainment"].isna().all()


@pytest.mark.parametrize(
    ("indicator", "attainment", "needed", "percent"),
    [
        ("income_per_capita", 50 / 66, 8.0, (66 / 50) ** 0.5 - 1),
        ("yield_per_ha", 80 / 95, 5.0, (95 / 80) ** (1 / 3) - 1),
        ("tourist_visits", 0.75, 200_000, (1.6 / 1.2) ** 0.5 - 1),
        ("tourism_revenue", 780 / 1120, 170, (1120 / 780) ** 0.5 - 1),
    ],
)
def test_attainment_and_growth_needed(indicator, attainment, needed, percent):
    row = score(indicator)
    assert (row["attainment"], row["needed_a_year"], row["needed_percent"]) == pytest.approx(
        (attainment, needed, percent)
    )


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
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "nan" not in sentence.lower().split()


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


@cache
def said(topic: str, area: str = "Bảo Yên", lang: str = "en") -> str:
    """What is found and what cannot be said, put together once for all tests that read it."""
    return "\n".join([*found(topic, area, lang), *by.limits(topic, area=area, lang=lang)])


@cache
def found(topic: str, area: str, lang: str) -> list[str]:
    return by.found(topic, area=area, lang=lang)


TOPICS = ("start", "income", "yield", "tourism", "goal", "districts", "quality", "questions")
AREAS = ("Bảo Yên", "Sa Pa", "Văn Bàn", "Si Ma Cai", "Bát Xát")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("area", AREAS)
def test_every_topic_has_sentences_of_its_own_for_every_area(area, lang):
    """A hole, another district's goal or an empty list would be silently wrong in a notebook that is set to
    this area."""
    texts = {topic: found(topic, area, lang) for topic in TOPICS}
    for topic, sentences in texts.items():
        assert sentences, topic
        assert by.limits(topic, area=area, lang=lang), topic
        for sentence in sentences:
            assert sentence.endswith("."), sentence
            assert "{" not in sentence, sentence
            assert "nan" not in sentence.lower().split(), sentence
    assert not set(texts["quality"]) & set(texts["goal"])
    assert texts["districts"] != texts["income"]


@pytest.mark.parametrize(
    ("topic", "area", "words"),
    [
        ("income", "Bảo Yên", "In the one year"),
        (
            "income",
            "Bảo Yên",
            "Bảo Yên (32.67, derived from a printed comparison) is number 4 of the 4 districts",
        ),
        (
            "income",
            "Bảo Yên",
            "In constant prices (the country's consumer prices) income per person moved by +20.7% a year from 2020 to 2022.",
        ),
        (
            "income",
            "Bảo Yên",
            "From 2012 (9.35) to 2022 income per person moved by +18.3% a year in current prices, +14.6% a year in constant",
        ),
        (
            "income",
            "Bảo Yên",
            "depends on the measure and the base year: from 2020, in units enough, in per cent enough; from 2012, in units short, in per cent enough.",
        ),
        ("income", "Bảo Yên", "in Bảo Yên for 2019–2021, 2023–2024."),
        ("income", "Bảo Yên", "The year 2020 of the figure gov-zone3-03 was inferred"),
        (
            "income",
            "Bảo Yên",
            "1,085 thousand VND a month for Lào Cai province; times 12, computed, 13.0 million VND, beside the 9.35 printed for Bảo Yên",
        ),
        (
            "income",
            "Văn Bàn",
            "48.9 million VND per person, for 2021; the record holds no plan or target to set it against",
        ),
        ("income", "Bát Xát", "38.25 million VND per person (estimate), for 2024;"),
        ("income", "Sa Pa", "the 2025 target of 85"),
        ("income", "Sa Pa", "whether the target was met can't be said"),
        ("yield", "Bảo Yên", "Sa Pa 150 (2024) [agricultural output value per ha]"),
        (
            "yield",
            "Bảo Yên",
            "the one that speaks is 88 (nothing in the record decides between them, so the first by figure_id).",
        ),
        (
            "yield",
            "Bảo Yên",
            "Vùng III Bảo Yên is a part of the district and not the district: product value per hectare 72.13 million VND per hectare in 2020",
        ),
        (
            "yield",
            "Bảo Yên",
            "84.5 million VND per hectare (preliminary), of 2016, which counts gross output of product per ha of cultivated land",
        ),
        ("yield", "Bảo Yên", "Văn Bàn has a series of its own for product value per hectare: 59.7 (2016)"),
        (
            "yield",
            "Bảo Yên",
            "Bát Xát has a series of its own for product value per hectare: 45.34 (2012), 61.36 (2017).",
        ),
        (
            "yield",
            "Bảo Yên",
            "The figure of Bát Xát for product value per hectare in 2012 (45.34) does not meet a printed comparison",
        ),
        ("yield", "Bảo Yên", "is number 2 of the 2 districts with a figure, beside Văn Bàn 87."),
        ("start", "Bảo Yên", "459 printed figures from 146 sources; 56 are of Bảo Yên"),
        ("start", "Bảo Yên", "income per person 50 million VND (2022)"),
        (
            "start",
            "Bảo Yên",
            "12 of the 17 cross-checks of a printed comparison with a printed figure agree (7 of the 17 set plan against plan).",
        ),
        ("start", "Bảo Yên", "4 of the 10 indicators planned for Bảo Yên have any printed outcome"),
        ("start", "Si Ma Cai", "The record holds no plan or target of Si Ma Cai."),
        (
            "tourism",
            "Bảo Yên",
            "lies wholly outside: the rest of the year would hold 30% of it, against 15%–17% in the province",
        ),
        ("tourism", "Bảo Yên", "number 3 of 5 (first 9 months of 2022), number 2 of 6 (January 2023)"),
        (
            "tourism",
            "Bảo Yên",
            "The figure of Sa Pa for tourist visits in 2020 (at least 1.2 million) does not meet a printed comparison, by which it is 3.01 million (the comparison sets first 10 months of 2024 against 2020).",
        ),
        (
            "tourism",
            "Bảo Yên",
            "depends on the measure and the rounding: from 2017, in units short, in per cent open (as the figures are rounded).",
        ),
        ("tourism", "Sa Pa", "No verdict on that pace: an end of it lies in the years of COVID-19"),
        ("tourism", "Bảo Yên", "Sources differ by no more than 0.5% on tourism revenue of Lào Cai for 2019"),
        ("tourism", "Sa Pa", "it fell by 2.1 million visits a year (63.6% a year)"),
        ("tourism", "Bát Xát", "Tourism revenue: the 2025 target is 1,980 billion VND"),
        ("goal", "Bảo Yên", "The new-rural income standard of 2020"),
        ("goal", "Bảo Yên", "met 21 of the 22 targets set for that year"),
        (
            "goal",
            "Bảo Yên",
            "Income per person, in prices of 2010, counted from 7.22 (2012): 2 of the 3 methods",
        ),
        ("goal", "Bảo Yên", "100% of cases by the ratio of compound growth; 33% of cases by the linear pace"),
        ("goal", "Bảo Yên", "2 of 2 did as much as the needed 15.5% a year"),
        ("goal", "Bảo Yên", "is number 4 of the 4 districts with a figure"),
        ("goal", "Bảo Yên", "an outcome of the planned year (2024) for any of the 10 indicators"),
        ("goal", "Bảo Yên", "The yearly new-rural income standard of 2022–2025 was not found"),
        ("goal", "Bảo Yên", "an outcome of 2024, if one is found, does not compare with earlier years"),
        ("goal", "Sa Pa", "Sa Pa as a district ended on 30 June 2025"),
        (
            "goal",
            "Si Ma Cai",
            "For no indicator does the record hold both a plan or target and an outcome of Si Ma Cai",
        ),
        (
            "quality",
            "Bảo Yên",
            "10 of the 16 conflicts are smaller than 0.5%; the others, the widest first: rural income per person",
        ),
        ("quality", "Bảo Yên", "lies wholly outside"),
        (
            "quality",
            "Bảo Yên",
            "12 of the 17 cross-checks agree; 7 of them set a plan or target against another",
        ),
        ("quality", "Bảo Yên", "tourism revenue, Lào Cai, 2025 (plan): 44,750 and 42,802"),
        ("quality", "Bảo Yên", "that carry a note: 15; of them with an inferred date: 2."),
        ("districts", "Bảo Yên", "By income per person: Bảo Yên 50 (2022); other districts"),
        ("questions", "Bảo Yên", "puts the growth needed between 14.3% and 15.5% a year"),
    ],
)
def test_what_the_record_says_and_what_it_cannot(topic, area, words):
    text = said(topic, area)
    assert words.replace("In the one year", "in the one year 2020 Bảo Yên") in text


def test_no_chance_is_given_from_the_two_figures_that_the_district_prints():
    rows = by.chances().set_index("indicator")
    assert rows["shown"].isna().all()
    assert (
        rows.loc[["income_per_capita", "tourist_visits", "yield_per_ha"], "warning"]
        .eq("too_few_for_chance")
        .all()
    )
    assert "chance of meeting" not in said("goal", "Bảo Yên")


def test_a_share_in_per_cent_is_projected_to_a_hundred_at_most():
    assert answers.projection_options("poverty_rate") == {"limit": 100.0}
    assert answers.projection_options("schools_national_standard") == {"limit": 100.0}
    for indicator in ("income_per_capita", "economic_growth"):
        assert answers.projection_options(indicator) == {}


def test_no_other_districts_figures_are_said_to_be_a_ranking_of_years():
    assert "which makes no ranking: Bảo Thắng 80.8 (2024)" in said("districts")


@pytest.mark.parametrize("area", AREAS)
def test_what_40_and_60_call_answers_for_every_area(area):
    tables = (by.all_verdicts(area=area), by.chances(area=area), by.references(area=area))
    assert all(set(table["indicator"]) <= set(by.scorecard(area=area)["indicator"]) for table in tables)
    for question, indicator in (
        ("needed", "income_per_capita"),
        ("reach", "yield_per_ha"),
        ("needed", "tourist_visits"),
        ("visits_for", "tourism_revenue"),
    ):
        for lang in ("vi", "en"):
            assert by.answer(question, indicator, area=area)[f"sentence_{lang}"].iloc[0].endswith(".")
    assert by.fan("income_per_capita", area=area)
    assert by.scorecard_chart(area=area)


def test_an_answer_takes_the_areas_own_plan_or_says_that_there_is_none():
    assert by.answer("needed", "yield_per_ha", area="Sa Pa")[["target", "year"]].iloc[0].tolist() == [
        160,
        2025,
    ]
    assert by.answer("needed", "yield_per_ha", area="Văn Bàn")["reason"].iloc[0] == "no_plan"
    assert by.answer("needed", "tourist_visits", area="Văn Bàn")["reason"].iloc[0] == "no_full_year"
    assert (
        by.answer("needed", "income_per_capita", area="Văn Bàn", target=70, year=2025)["target"].iloc[0] == 70
    )
    with pytest.raises(ValueError, match="there are needed, reach"):
        by.answer("guess", "income_per_capita")


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("goal", "là từ 36 triệu đồng/người/năm trở lên"),
        ("goal", "tạm được, cần tăng tốc"),
        ("tourism", "cho thấy cả năm vào khoảng 989.000–1,04 triệu lượt khách"),
        ("tourism", "Nhịp đó đủ hay chưa còn tùy cách đo và độ làm tròn: tính từ 2017"),
        ("yield", "đứng thứ 2 trong 2 huyện có số liệu, bên cạnh Văn Bàn 87."),
    ],
)
def test_the_vietnamese_is_said_as_one_says_it(topic, words):
    assert words in said(topic, lang="vi")
    assert "38,25 triệu đồng/người/năm (ước tính)" in said("income", "Bát Xát", lang="vi")


def test_each_number_of_the_goal_and_the_growth_done_is_said_once():
    assert said("income").count("23.7%") == 1
    assert by.found("start") != by.found("goal")
    assert by.limits("start") != by.limits("goal")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda: by.answer("needed", "income_per_capita"),
            "From 2020 (32.67) it has done 23.7% a year, or 8.7 a year. Note: the base is derived from a printed comparison; the base's year was inferred",
        ),
        (
            lambda: by.answer("needed", "income_per_capita", base_year=2012),
            "From 2012 (9.35) it has done 18.3% a year, or 4.1 a year. Note: the base's year was inferred",
        ),
        (
            lambda: by.compare("yield_per_ha", ["Văn Bàn", "Bảo Yên"], 2021).tail(1),
            "92% (90.9 to 93.1%) of Văn Bàn. Note: one of the two figures does not state what it counts.",
        ),
        (
            lambda: by.answer("needed", "yield_per_ha"),
            "From 2019 (75) it has done 3.3% a year, or 2.5 a year.",
        ),
        (
            lambda: by.answer("visits_for", "tourism_revenue"),
            "takes 1,723,000 visits (1,630,000 to 1,795,000)",
        ),
        (
            lambda: by.full_year("tourist_visits", year=2022, part="9M"),
            "about 1,000,000 visits (989,000 to 1,040,000), by the share that the first 9 months had",
        ),
        (
            lambda: by.answer("what_if", "income_per_capita", area="Bát Xát", growth=0.1, year=2024),
            "the latest figure is of that year or later",
        ),
    ],
)
def test_an_answer_names_its_base_and_its_one_range(ask, words):
    assert words in ask()["sentence_en"].iloc[0]


def test_spending_a_visit_has_the_range_of_both_figures():
    row = by.spending().iloc[0]
    assert (row["year"], row["value"], round(row["low"]), round(row["high"])) == (2022, 650, 624, 687)
    assert by.spending(area="Sa Pa").empty


def test_verdicts_can_start_from_a_later_base():
    rows = by.all_verdicts(indicators=["income_per_capita"], derived=True, base_year=2020)
    assert set(rows["base_year"].dropna()) == {2020}
    assert set(rows["price_year"].dropna()) == {2010}


def test_no_verdict_on_tourism_ends_in_a_year_of_covid():
    rows = by.all_verdicts(area="Sa Pa", indicators=["tourist_visits"])
    assert rows["class_"].ne("").any()
    assert not rows["figure_ids"].str.contains("sp-qhtv2021-01").any()
    assert (
        "COVID-19"
        in by.tables.scorecard(by.scorecard(area="Sa Pa", indicators=["tourist_visits"]), lang="en")[
            "Remark"
        ].iloc[0]
    )


def test_rows_with_an_outcome_come_first():
    assert by.scorecard()["actual"].notna().tolist() == [True] * 4 + [False] * 6


def test_a_case_across_two_definitions_is_not_counted_and_named():
    cases = by.reference("yield_per_ha")
    assert not cases["counted"].any()
    assert set(cases["reason"]) == {"definition_break", "other_span"}
    sentence = cases["sentence_en"].iloc[0]
    assert "Of two definitions: Văn Bàn 2017–2020; Văn Bàn 2018–2021" in sentence
    assert "Văn Bàn 2020–2021 (4.8%); Văn Bàn 2016–2018 (4.3%)" in sentence
    assert by.reference("yield_per_ha", area="Văn Bàn")["reason"].tolist() == ["no_plan"]
    through = by.reference("tourist_visits").set_index(["from_year", "year"])["reason"].str.contains("covid")
    assert through[(2019, 2021)]
    assert not through[(2022, 2024)]


def test_a_rank_of_one_year_takes_what_is_derived_when_asked_and_says_so():
    printed, all_known = by.rank("income_per_capita", 2020), by.rank("income_per_capita", 2020, derived=True)
    assert "Bảo Yên" not in set(printed["area"])
    assert all_known.loc[all_known["derived"], "area"].tolist() == ["Bảo Yên"]
    assert all_known["sentence_en"].iloc[-1].endswith("Note: derived from a printed comparison.")
    assert "Note" not in all_known["sentence_en"].iloc[0]


def test_districts_of_one_source_and_period_stand_together_with_the_province_below():
    rows = by.together("poverty_rate")
    assert rows["area"].tolist() == [
        "Thành phố Lào Cai",
        "Bát Xát",
        "Mường Khương",
        "Bắc Hà",
        "Si Ma Cai",
        "Lào Cai",
    ]
    assert rows["rank"].isna().tolist() == [False] * 5 + [True]
    assert by.together("income_per_capita").empty


@pytest.mark.parametrize(
    ("chart", "title"),
    [
        (
            lambda: by.scorecard_chart(lang="en"),
            "4 of the 10 indicators planned for Bảo Yên have any printed outcome, the latest of 2022; none of the planned year",
        ),
        (
            lambda: by.districts("tourist_visits", lang="en"),
            "Tourist visits: Bảo Yên 1.2 million in 2022; the others are of 2019–2024, so this is no ranking",
        ),
        (
            lambda: by.districts("tourist_visits", lang="en"),
            "each district at its latest printed full year, 2019–2024",
        ),
        (
            lambda: by.districts("tourist_visits", highlight="Văn Bàn", lang="vi"),
            "Lượt khách du lịch: không có con số cả năm nào của Văn Bàn",
        ),
        (lambda: by.fan("income_per_capita", lang="en"), "projected to 2024"),
        (lambda: by.fan("income_per_capita", lang="en"), "the 2024 plan of more than 66 lies within"),
        (
            lambda: by.fan("income_per_capita", area="Bát Xát", lang="en"),
            "income per person projected to 2025",
        ),
        (
            lambda: by.trend("income_per_capita", area="Văn Bàn", lang="vi"),
            "Thu nhập bình quân đầu người Văn Bàn: 48,9 triệu đồng/người năm 2021",
        ),
        (lambda: by.trend("income_per_capita", lang="en"), "income per person of 50 million VND in 2022"),
        (
            lambda: by.decomposition(start=2022, end=2024, lang="en"),
            "Lào Cai: from 2022 to 2024 revenue rose 70.5% (64.0 to 70.6%), about all of it from visits",
        ),
        (
            lambda: by.scorecard_chart(lang="en"),
            "plan 1,120 billion VND (plan and outcome count different things)",
        ),
    ],
)
def test_a_title_says_the_finding_its_place_year_and_unit(chart, title):
    assert title in chart().alt


@pytest.mark.parametrize(
    ("chart", "note"),
    [
        (
            lambda: by.districts("yield_per_ha", lang="en"),
            "What is counted: Sa Pa: agricultural output value per ha",
        ),
        (lambda: by.districts("tourist_visits", lang="en"), "does not meet a printed comparison"),
        (
            lambda: by.trend("yield_per_ha", area="Văn Bàn", lang="en"),
            "2016: product value per ha of crop land; 2020: product value per ha of cultivated land",
        ),
        (
            lambda: by.trend("tourism_revenue", lang="en"),
            "What is counted: 2022: tourism services; the 2024 plan: tourism and services.",
        ),
        (
            lambda: by.trend("yield_per_ha", area="Sa Pa", lang="en"),
            "2024: agricultural output value per ha; the 2025 target: product value per ha of cultivated land and aquaculture water.",
        ),
        (
            lambda: by.decomposition(start=2022, end=2024, lang="en"),
            "Both ends are estimates or round numbers; one of the two figures does not state what it counts.",
        ),
        (
            lambda: by.fan("income_per_capita", area="Bát Xát", lang="en"),
            "Bát Xát ended as a district on 30 June 2025",
        ),
    ],
)
def test_the_foot_of_a_chart_says_what_is_counted_and_what_is_doubtful(chart, note):
    import re

    assert note in re.sub(r"\s+", " ", " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart().svg())))


def test_doubts_hold_the_figure_that_a_derived_value_rests_on():
    assert "gov-zone3-03" in by.doubts(lang="en")["Figure"].tolist()


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("Bảo Yên", "latest outcome of a whole year is of 2022"),
        ("Si Ma Cai", "has no outcome of a whole year"),
    ],
)
def test_a_coverage_says_when_the_latest_outcome_was(area, said):
    chart = answers.coverage(areas=iter([area]), lang="en")
    assert said in chart.title
    assert "From " in " ".join(text.get_text() for text in chart.texts)


@pytest.mark.parametrize(
    "label",
    [
        "Giá trị sản phẩm trên một ha",
        "Giá trị sản phẩm trên một ha đất canh tác",
        "Giá trị sản phẩm trên 1 ha đất canh tác",
    ],
)
def test_an_offices_longer_name_is_known_though_the_record_uses_the_shorter(label):
    """The longer name states a definition, which most of the figures do not."""
    assert indicator_of(label) == "yield_per_ha"
    assert "đất canh tác" not in by.found("yield", lang="vi")[0]
