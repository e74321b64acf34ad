"""The first screen, sections, chart titles and answers over records that grew: nothing held is denied, and
the counts add up. The figures that are added are invented."""

import os

import pytest
import scenarios

from baoyen_analysis import paths, words
from baoyen_analysis.cleaning import store

# Of 2022 to 2024: what an office's yearly tables say, and what the next year's plan is.
OUTCOMES = {
    "income_per_capita": (50, 58.5, 67.2),
    "yield_per_ha": (84, 89, 93.1),
    "tourism_revenue": (780, 960, 1125),
    "tourist_visits": (1_200_000, 1_430_000, 1_520_000),
    "ntm_communes": (14, 15, 16),
    "ntm_communes_advanced": (0, 1, 2),
    "schools_national_standard": (64, 68, 72),
}
PLANS_2025 = {"income_per_capita": 75, "yield_per_ha": 100, "tourist_visits": 1_700_000}


def figure(indicator: str, period: int, kind: str, value: float, **more: str) -> dict:
    stated = {
        "tourism_revenue": "tourism and services",
        "yield_per_ha": "product value per ha of cultivated land",
    }
    known = {"indicator": indicator, "period": str(period), "kind": kind, "value": value}
    if indicator == "yield_per_ha":  # an office prints it with one decimal
        known["value_text"] = f"{value:.1f}".replace(".", ",")
    return known | {"definition": stated.get(indicator, "")} | more


def table(name: str, year: int, kind: str, *, plans: bool = True, before: bool = True) -> dict:
    """An office's table of a year: the outcomes of the year before and of the year, and the next plan."""
    place = year - 2022
    rows = [figure(n, year - 1, "actual", v[place - 1]) for n, v in OUTCOMES.items() if before]
    rows += [figure(n, year, kind, v[place]) for n, v in OUTCOMES.items()]
    rows += [figure(n, 2025, "plan", v) for n, v in PLANS_2025.items() if plans and year == 2024]
    return {"source_id": name, "published": f"{year}-12-20", "figures": rows}


OF_2023 = table("bieu01-ktxh-2023", 2023, "estimate")
OF_2024 = table("bieu01-ktxh-2024", 2024, "estimate")
FINAL = table("s2-th2024-kh2025", 2024, "actual")
WITHOUT_PLANS = table("bieu01-ktxh-2024", 2024, "estimate", plans=False, before=False)
RESTATED = {"source_id": "restated", "figures": [figure("income_per_capita", 2024, "plan", 66)]}
PRESS = {
    "source_id": "press",
    "publisher": "Báo Lào Cai",
    "source_kind": "press",
    "figures": [figure("income_per_capita", 2024, "actual", 61)],
}


@pytest.fixture
def said_by(grown, tmp_path, monkeypatch):
    """The faults of what a record with these sources says, against what it must say."""

    def faults(*sources: dict, wanted: tuple[str, ...] | None) -> list[str]:
        monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
        store.write(grown(*sources), paths.processed())
        return scenarios.faults_of(None if wanted is None else scenarios.of_files(wanted))

    return faults


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        ([], ()),
        ([OF_2023], ("bieu01-ktxh-2023",)),
        ([OF_2023, OF_2024], ("bieu01-ktxh-2023", "bieu01-ktxh-2024")),
        ([FINAL], ("s2-th2024-kh2025",)),
        ([WITHOUT_PLANS], ("bieu01-ktxh-2024",)),
        ([RESTATED], ()),
        ([FINAL, OF_2024], ("bieu01-ktxh-2024", "s2-th2024-kh2025")),
    ],
    ids=["none", "2023", "both", "final", "outcomes alone", "restated", "an estimate, then the actual"],
)
def test_what_is_said_once_an_offices_tables_are_held(said_by, sources, wanted):
    assert said_by(*sources, wanted=wanted) == []


def test_an_outcome_that_conflicts_with_the_press_is_open_and_both_are_said(said_by):
    assert said_by(FINAL, PRESS, wanted=None) == []
    for lang, numbers in (("vi", ("67,2", "61")), ("en", ("67.2", "61"))):
        line = scenarios.first_screen(lang)["income_per_capita"]
        assert all(number in line for number in numbers), line


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_added_nothing_held_is_denied_and_the_goals_add_up(said_by, seed):
    figures = scenarios.drawn(seed)
    assert said_by({"source_id": f"drawn{seed}", "figures": figures}, wanted=None) == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_sentence_that_denies_what_is_held_is_found(lang):
    t = words.of(lang)
    held = t.say("verdict.no_outcome", kind=t.say("verdict.kind_plan"), year="2024", goal="66")
    missing = t.say("limits.no_outcome", year=2024, area="Bảo Yên", names=t.named("income_per_capita"))
    gap = t.say("finding.gaps", name=t.named("yield_per_ha"), area="Bảo Yên", years="2020–2021")
    assert len(scenarios.false_denials(lang, {"income_per_capita": held}, [])) == 1
    assert scenarios.false_denials(lang, {}, [missing]) == []
    assert len(scenarios.false_denials(lang, {}, [gap])) == 1
    refused = t.say("answer.refused", name=t.name("tourist_visits"), reason=t.say("reason.no_full_year"))
    assert len(scenarios.false_denials(lang, {}, [refused])) == 1


@pytest.mark.skipif(not scenarios.TABLES.exists(), reason="the shared cases are not here")
def test_a_yearly_table_from_add_to_the_first_screen():
    before = os.environ.get("BAOYEN_ROOT")
    names = ("bieu01-ktxh-2024",)
    with scenarios.project():
        assert scenarios.add(names) + scenarios.faults_of(scenarios.of_files(names)) == []
    assert os.environ.get("BAOYEN_ROOT") == before
