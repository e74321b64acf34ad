"""Areas, their levels and dates; strict names."""

import unicodedata
from datetime import date

import pandas as pd
import pytest
from conftest import each
from hypothesis import given
from hypothesis import strategies as st

from baoyen_analysis import paths, places
from baoyen_analysis.places import (
    UnknownArea,
    find_area,
    standing,
)

COMMUNES = pd.read_csv(paths.raw() / "communes.csv", dtype=str, keep_default_na=False)
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


def test_areas_are_of_known_levels_and_stand_once_at_a_time():
    areas = places.known_areas(COMMUNES)
    assert len(areas) == len(set(areas))
    for area in areas:
        others = [other for other in areas if other[:2] == area[:2] and other is not area]
        assert all(
            (other.valid_to or date.max) < (area.valid_from or date.min)
            or (area.valid_to or date.max) < (other.valid_from or date.min)
            for other in others
        ), area


@each(["cpi", "development", "income", "tourism", "yield_per_ha"])
def test_every_area_of_the_record_is_known(file):
    figures = pd.read_csv(paths.raw() / f"{file}.csv", dtype=str)
    pairs = set(figures[["area", "area_level"]].itertuples(index=False, name=None))
    assert pairs <= {area[:2] for area in places.known_areas(COMMUNES)}


@each(
    [
        ("huyện Bảo Yên", None, None, ("Bảo Yên", "district", None, LAST)),
        ("HUYỆN BẢO YÊN", None, None, ("Bảo Yên", "district", None, LAST)),
        ("Bảo Yên", None, "2024-12-31", ("Bảo Yên", "district", None, LAST)),
        ("Bảo Yên", None, date(2025, 12, 31), ("Bảo Yên", "commune", FIRST, None)),
        ("xã Bảo Yên", None, None, ("Bảo Yên", "commune", FIRST, None)),
        ("xã Phúc Khánh", None, "2021-01-01", ("Phúc Khánh", "commune", date(2020, 2, 11), LAST)),
        ("Phúc Khánh", None, None, ("Phúc Khánh", "commune", FIRST, None)),
        ("Xuân Hoà", "commune", "2024-01-01", ("Xuân Hòa", "commune", None, LAST)),
        ("thị trấn Phố Ràng", None, None, ("Phố Ràng", "commune", None, LAST)),
        ("Lào Cai", None, "2024-01-01", ("Lào Cai", "province", None, LAST)),
        ("tỉnh Lào Cai", None, None, ("Lào Cai", "province", None, LAST)),
        ("tỉnh Lào Cai", None, "2026-01-01", ("Lào Cai (từ 7/2025)", "province", FIRST, None)),
        ("Lào Cai (từ 7/2025)", None, None, ("Lào Cai (từ 7/2025)", "province", FIRST, None)),
        ("TP. Lào Cai", None, None, ("Thành phố Lào Cai", "district", None, LAST)),
        ("Lào Cai", "district", None, ("Thành phố Lào Cai", "district", None, LAST)),
        ("thị xã Sa Pa", None, None, ("Sa Pa", "district", None, LAST)),
        ("CẢ NƯỚC", None, None, ("Việt Nam", "country", None, None)),
        ("Trung du và miền núi phía Bắc", None, None, ("Trung du miền núi phía Bắc", "region", None, None)),
    ]
)
def test_a_name_finds_its_area(name, level, on, found):
    for spelling in (name, unicodedata.normalize("NFD", name)):
        assert find_area(spelling, level, on, communes=COMMUNES)[:4] == found


@each(
    [
        ("Bảo Yên", None, None, "several areas"),
        ("Văn Bàn", None, None, "several areas"),
        ("huyện Bảo Yên", "commune", None, "no commune is named"),
        ("huyện Bảo Yên", None, "2025-07-01", "was not there on 2025-07-01"),
        ("Long Phúc", None, "2020-02-11", "was not there"),
        ("Lao Cai", None, None, "did you mean Lào Cai"),
        ("Bảo Yênn", "district", None, "did you mean Bảo Yên"),
        ("xã Bắc Hà", None, None, "no area is named"),
        ("", None, None, "no area is named"),
        (None, None, None, "no area is named"),
        ("Bảo Hà", "village", None, "no village is named"),
        ("Bảo Hà", "commune", "hôm qua", "is no day"),
    ]
)
def test_what_is_not_one_area_is_refused(name, level, on, said):
    with pytest.raises(UnknownArea, match=said):
        find_area(name, level, on, communes=COMMUNES)


def test_without_the_table_of_communes_the_refusal_says_so():
    with pytest.raises(UnknownArea, match="communes=…"):
        find_area("Cam Cọn")


@each(
    [
        ("Bảo Yên", "commune", date(2018, 12, 31), True, ("2025-07-01", "area_not_begun", "2025-07-01")),
        ("Bảo Yên", "commune", date(2018, 12, 31), False, ("2025-07-01", "area_not_begun", "2025-07-01")),
        ("Bảo Yên", "commune", date(2025, 12, 31), True, ("2025-07-01", "", "")),
        ("Bảo Yên", "district", date(2026, 12, 31), True, ("", "area_ended", "2025-06-30")),
        ("Bảo Yên", "district", date(2025, 9, 30), True, ("", "area_ended", "2025-06-30")),
        ("Bảo Yên", "district", date(2025, 3, 31), True, ("", "", "")),
        ("Bảo Yên", "district", date(2030, 12, 31), False, ("", "", "")),
        (
            "Phúc Khánh",
            "commune",
            date(2030, 12, 31),
            True,
            ("2025-07-01", "", ""),
        ),  # two units of the name, one after the other
        ("Long Phúc", "commune", date(2021, 12, 31), True, ("", "area_ended", "2020-02-10")),
    ]
)
def test_an_area_has_outcomes_of_the_periods_that_it_saw_the_end_of(area, level, last_day, outcome, found):
    units = [unit for unit in places.known_areas(COMMUNES) if unit[:2] == (area, level)]
    assert standing(units, last_day, outcome=outcome) == found


def test_what_was_set_is_of_the_unit_that_stood_when_it_was_published():
    units = [unit for unit in places.known_areas(COMMUNES) if unit[:2] == ("Phúc Khánh", "commune")]
    asked = {"last_day": date(2025, 12, 31), "outcome": False}
    assert standing(units, published="2021-03-01", **asked).since == "2020-02-11"
    assert standing(units, published="2025-12-18", **asked).since == "2025-07-01"
    assert standing(units, published="", **asked).since == "2025-07-01"
    assert standing(units, date(2024, 12, 31)).since == "2020-02-11"


def test_the_zone_is_made_of_communes_of_the_district():
    zone = next(area for area in places.AREAS if area.level == "zone")
    assert len(zone.members) == 6
    for member in zone.members:
        assert find_area(member, "commune", "2020-12-31", communes=COMMUNES).name == member
    assert places.zones_of("Bảo Yên", COMMUNES) == [zone.name]
    assert places.zones_of("Yên", COMMUNES) == places.zones_of("Văn Bàn", COMMUNES) == []


def test_units_stand_together_or_not():
    pairs = pd.DataFrame(
        [
            ("Bảo Yên", "district", "", "Lào Cai", "province", "", True),
            ("Bảo Yên", "district", "", "Lào Cai (từ 7/2025)", "province", "2025-07-01", False),
            ("Phúc Khánh", "commune", "2020-02-11", "Phúc Khánh", "commune", "2025-07-01", False),
            ("Phúc Khánh", "commune", "2020-02-11", "Bảo Yên", "district", "", True),
        ]
    )
    columns = ["area", "area_level", "area_since"]
    first, second = pairs[[0, 1, 2]].set_axis(columns, axis=1), pairs[[3, 4, 5]].set_axis(columns, axis=1)
    assert places.stood_together(first, second, COMMUNES).tolist() == pairs[6].tolist()


@given(
    st.text(),
    st.none() | st.sampled_from(["district", "commune", "x"]),
    st.none() | st.dates() | st.text(max_size=12),
)
def test_no_name_raises_anything_else(name, level, on):
    try:
        area = find_area(name, level, on, communes=COMMUNES)
    except UnknownArea:
        return
    assert area in places.known_areas(COMMUNES)


@each(
    [
        ("CHỈ TIÊU KINH TẾ HUYỆN VĂN BÀN", [["district"]]),
        ("3. Văn Bàn", [["district", "commune"]]),
        ("xã Bảo Yên, huyện Bảo Yên", [["commune"], ["district"]]),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", []),
        ("Việt Nam và cả nước", [["country"], ["country"]]),
        ("HUYỆN ỦY, xã hội", []),
        ("tp. Lào Cai, tỉnh Lào Cai", [["district"], ["province"]]),
    ]
)
def test_the_areas_that_a_text_names(text, named):
    for spelling in (text, unicodedata.normalize("NFD", text)):
        assert [[area.level for area in areas] for areas in places.areas_in(spelling)] == named
