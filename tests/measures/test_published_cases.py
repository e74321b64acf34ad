"""The counts that the methods must come to on the published cases; skipped where the folder of the cases is
not there."""

import sys
from pathlib import Path

import pandas as pd
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
import tracking  # noqa: E402 - from the folder of the benchmarks

pytestmark = pytest.mark.skipif(
    not tracking.FOLDER.is_dir(), reason=f"the published cases are not at {tracking.FOLDER}"
)


def held(name: str) -> pd.DataFrame:
    return pd.read_csv(tracking.FOLDER / f"{name}.csv")


def test_statistics_canada_and_its_vintages():
    current, vintages = held("statcan_open_sdg"), held("statcan_vintages")
    agrees = tracking.check_growth_ratios(current[current["base_value"].notna()])
    assert agrees.sum().tolist() == [374, 374, 374]
    later = vintages[(vintages["method"] == "open-sdg-2.4") & vintages["base_value"].notna()]
    assert tracking.check_growth_ratios(later).sum().tolist() == [664, 664, 664]


def test_eustat():
    assert tracking.check_growth_ratios(held("eustat_open_sdg_variant"))["value"].sum() == 62


def test_arrows_of_sdsn():
    ecowas, benin = held("sdsn_ecowas_2023"), held("sdsn_benin_departments_2023")
    arrows = [tracking.check_arrows(table) for table in (ecowas, benin)]
    assert sum(len(table) for table in arrows) == 1354
    assert sum(table.sum() for table in arrows) >= 1333
    assert tracking.check_scores(ecowas).sum() == 1303


def test_arrows_of_the_european_edition():
    europe = held("sdsn_eu_2019")
    assert tracking.check_arrows(europe).sum() >= 2014
    assert tracking.check_arrows(europe, above_and_falling="on_track").sum() >= 2343


def test_weather_symbols():
    symbols = tracking.symbols(held("destatis_weather_symbols"))
    assert (symbols["symbol"] != "not_available").sum() == 434
    assert symbols["agrees"].sum() >= 405
