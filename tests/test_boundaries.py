"""Nothing runs across the day on which an area changed its boundary, also where its name stayed: the commune
Phúc Khánh of 2020 and the one of July 2025, the province before it was joined and after. The figures of the
old commune are invented."""

import pytest

import baoyen_analysis as by
from baoyen_analysis.cleaning import store

COMMUNE = {"area": "Phúc Khánh", "area_level": "commune", "indicator": "income_per_capita", "kind": "actual"}
HERE = {"area": "Phúc Khánh", "level": "commune"}


def old(year: int, value: float, **others) -> dict:
    return COMMUNE | {"period": str(year), "value": value} | others


@pytest.fixture
def with_the_old_commune(grown, tmp_path, monkeypatch):
    """The record with an income of the old commune of 2021 and of 2024, and a plan of the old province."""
    tables = grown(
        {
            "source_id": "old",
            "published": "2024-12-30",
            "figures": [
                old(2021, 30.0),
                old(2024, 40.0),
                old(2024, 41.0, area="Bảo Hà"),
                {
                    "area": "Lào Cai",
                    "area_level": "province",
                    "indicator": "income_per_capita",
                    "period": "2024",
                    "kind": "actual",
                    "value": 55.0,
                },
            ],
        },
        {
            "source_id": "new",
            "published": "2026-02-01",
            "figures": [
                {
                    "area": "Lào Cai",
                    "area_level": "province",
                    "indicator": "income_per_capita",
                    "period": "2025",
                    "kind": "actual",
                    "value": 60.0,
                }
            ],
        },
    )
    store.write(tables, tmp_path / "data" / "processed")
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    return tables


def test_each_figure_is_of_the_unit_that_stood(with_the_old_commune):
    rows = with_the_old_commune["observations"]
    mine = rows[(rows["area"] == "Phúc Khánh") & (rows["indicator"] == "income_per_capita")]
    since = mine.set_index("figure_id")["area_since"]
    assert since[["old-01", "old-02"]].tolist() == ["2020-02-11"] * 2
    assert since["dantri-phuckhanh-1219-01"] == "2025-07-01"
    # The province's year 2025 is no outcome of the one that ended in June.
    late = rows.set_index("figure_id").loc["new-01"]
    assert late[["status", "reason"]].tolist() == ["out_of_scope", "area_ended"]


def test_a_series_is_of_one_unit(with_the_old_commune):
    assert by.series("income_per_capita", **HERE)["value"].tolist() == [48]
    # "13.9 million above the start of the term" is said of another commune's year.
    assert by.series("income_per_capita", **HERE, derived=True)["year"].tolist() == [2025]
    assert by.series("income_per_capita", **HERE, on="2024-12-31")["value"].tolist() == [30, 40]


def test_growth_is_not_counted_from_the_old_commune_to_the_new(with_the_old_commune):
    needed = by.needed("income_per_capita", target=58, year=2030, **HERE).rows
    assert needed["from_year"].unique().tolist() == [2025]
    assert needed["done_percent"].isna().all()
    found = by.readings("income_per_capita", year=2030, **HERE).rows
    assert found["base_figure_id"].fillna("").eq("").all()


def test_a_share_is_of_the_whole_that_stood_beside_it(with_the_old_commune):
    share = by.share("income_per_capita", of="Lào Cai:province", **HERE).rows
    assert share["reason"].tolist() == ["no_year_in_common"]
    assert "percent" not in share or share["percent"].isna().all()


def test_a_rank_is_of_areas_that_stood_in_the_year(with_the_old_commune):
    ranked = by.rank("income_per_capita", 2024, level="commune").rows
    assert dict(zip(ranked["area"], ranked["value"], strict=True)) == {"Bảo Hà": 41, "Phúc Khánh": 40}
    ranked = by.rank("income_per_capita", 2025, level="commune").rows
    assert "Bảo Hà" not in set(ranked["area"])


def test_who_passed_a_level_is_asked_of_each_unit(with_the_old_commune):
    passed = by.passed("income_per_capita", target=45, level="commune").rows
    mine = passed[passed["area"] == "Phúc Khánh"]
    assert sorted(zip(mine["year"], mine["case"], strict=True)) == [(2024, "not_passed"), (2025, "passed")]


def test_a_case_is_of_one_unit(with_the_old_commune):
    """The same two figures under the name of a district of two units, since cases are of districts."""
    from baoyen_analysis.measures.reference import pooled

    rows = with_the_old_commune["observations"]
    rows = rows[(rows["area"] == "Phúc Khánh") & (rows["indicator"] == "income_per_capita")]
    start = by.series("income_per_capita")
    cases = pooled(
        rows.assign(area_level="district"),
        "income_per_capita",
        outcome=[start],
        target={"value": 66, "year": 2024},
        area="Bảo Yên",
    )
    assert cases[["from_year", "year"]].drop_duplicates().values.tolist() == [[2021, 2024]]


def test_a_plan_is_not_judged_by_another_unit_s_outcome(with_the_old_commune):
    plans = by.plans(**HERE).rows
    assert plans.empty or (plans["indicator"] != "income_per_capita").all() or plans["year"].ne(2025).all()
