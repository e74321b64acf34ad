"""Projections: the golden values to the last printed digit, what widens a range, what is refused."""

import numpy as np
import pandas as pd
import pytest
from conftest import each
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.measures.projection import (
    CONSTANTS,
    DOMAINS,
    KEPT,
    T3_QUANTILES,
    chance,
    chance_many,
    fit,
    project,
    project_many,
    shown_chance,
    t3_distribution,
)

INCOME = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
VISITS = pd.Series({2017: 100, 2018: 120, 2019: 150, 2022: 170, 2023: 210, 2024: 260})


def spread(values: pd.Series, domain: str = "general") -> float:
    table = pd.DataFrame({"series": 0, "year": values.index, "value": values.to_numpy(dtype=float)})
    return fit(table, 0.04, domain).spread[0]


def test_golden_values_of_a_steady_series():
    fan = project(INCOME, years=[2025, 2026])
    assert fan["median"].round(3).tolist() == [51.938, 55.241]
    assert fan.loc[0, ["low_80", "high_80"]].astype(float).round(3).tolist() == [48.664, 55.433]
    assert round(spread(INCOME), 5) == 0.04734
    assert round(chance(INCOME, target=52, year=2025).raw, 4) == 0.4890
    assert round(chance(INCOME, target=56, year=2026).raw, 4) == 0.4193


def test_golden_values_across_a_break():
    assert round(project(VISITS, years=[2025], domain="tourism")["median"].iloc[0], 2) == 277.72
    assert round(spread(VISITS, "tourism"), 5) == 0.11940
    assert round(chance(VISITS, target=300, year=2025, domain="tourism").raw, 4) == 0.2835


def test_masked_years_are_bridged():
    through = pd.concat([VISITS, pd.Series({2020: 40, 2021: 20})]).sort_index()
    masked = project(through, years=[2025], domain="tourism", mask=(2020, 2021))
    pd.testing.assert_frame_equal(masked, project(VISITS, years=[2025], domain="tourism"))
    assert project(through, years=[2025], domain="tourism")["high_95"].iloc[0] > masked["high_95"].iloc[0]


def test_quantiles_are_those_of_t_with_three_degrees():
    for level, quantile in T3_QUANTILES.items():
        assert 2 * t3_distribution(quantile) - 1 == pytest.approx(level / 100, abs=2e-5)


def test_naive_and_drift_stand_beside():
    fan = project(INCOME, years=[2025])
    assert fan["naive"].iloc[0] == pytest.approx(48.5)
    assert fan["drift"].iloc[0] == pytest.approx(48.5 * (48.5 / 35) ** 0.25)
    assert fan["warning"].iloc[0] == ""
    assert project(INCOME.loc[2022:], years=[2025])["warning"].iloc[0] == "few_points"


def test_the_last_figure_s_interval_widens_the_range():
    table = pd.DataFrame({"year": INCOME.index, "value": INCOME.to_numpy(dtype=float)})
    wide = table.assign(low=table["value"] - 3, high=table["value"] + 3)
    narrow, wider = project(table, years=[2025]), project(wide, years=[2025])
    assert wider["median"].iloc[0] == narrow["median"].iloc[0]
    assert wider["high_80"].iloc[0] > narrow["high_80"].iloc[0]
    only_before = wide.assign(
        low=wide["low"].where(wide["year"] < 2024), high=wide["high"].where(wide["year"] < 2024)
    )
    pd.testing.assert_frame_equal(project(only_before, years=[2025]), narrow)


def test_an_open_end_of_the_last_figure_adds_nothing_to_its_range():
    table = pd.DataFrame({"year": INCOME.index, "value": INCOME.to_numpy(dtype=float)})
    ends = {"low": table["value"] - 3, "high": table["value"]}
    closed, above = project(table.assign(**ends), years=[2025]), ends | {"high": np.inf}
    pd.testing.assert_frame_equal(project(table.assign(**above), years=[2025]), closed)
    below = {"low": 0.0, "high": table["value"] + 3}
    closed = project(table.assign(**below | {"low": table["value"]}), years=[2025])
    pd.testing.assert_frame_equal(project(table.assign(**below), years=[2025]), closed)


@pytest.mark.parametrize("prior", [-0.5, 0.5])
def test_a_prior_of_half_a_year_is_the_last_that_is_taken(prior):
    assert project(INCOME, years=[2025], prior_growth=prior)["prior_growth"].tolist() == [prior]
    with pytest.raises(ValueError, match="as a fraction"):
        project(INCOME, years=[2025], prior_growth=prior * 1.01)


def test_chances_are_capped_rounded_and_warned_of():
    assert [shown_chance(raw) for raw in (0.0, 0.4890, 0.425, 1.0)] == [0.05, 0.5, 0.45, 0.95]
    assert chance(INCOME.loc[2021:], target=52, year=2025).warning == "few_points"


@pytest.mark.parametrize(("domain", "fewest"), [("general", 3), ("tourism", 4)])
def test_no_chance_is_given_from_so_few_figures_that_it_would_be_the_prior_s(domain, fewest):
    for count in range(2, 6):
        given = chance(INCOME.tail(count), target=52, year=2025, domain=domain)
        assert np.isnan(given.raw) == np.isnan(given.shown) == (count < fewest)
        assert (given.warning == "too_few_for_chance") == (count < fewest)


@pytest.mark.parametrize(
    "years", [[2022, 2023, 2024], [2012, 2018, 2022, 2024], [2016, 2018, 2020, 2022, 2024]]
)
def test_a_short_or_gapped_history_s_growth_is_counted_in_part_and_both_directions_make_one(years):
    values = pd.Series([30.0, 34.0, 38.0, 43.0, 50.0][-len(years) :], index=years)
    median = project(values, years=[2026])["median"].iloc[0]
    up, down = (chance(values, target=median, year=2026, direction=direction).raw for direction in (1, -1))
    assert up < 0.47
    assert up + down == pytest.approx(1)
    assert chance(values, target=50, year=2026).raw > 0.5


def test_from_five_consecutive_figures_or_across_a_bridged_break_all_of_the_growth_counts():
    for values, domain in ((INCOME, "general"), (INCOME, "tourism"), (VISITS, "tourism")):
        median = project(values, years=[2026], domain=domain)["median"].iloc[0]
        assert chance(values, target=median, year=2026, domain=domain).raw == pytest.approx(0.5)


def test_the_constants_that_may_not_be_tuned_stand_as_published():
    table = CONSTANTS.set_index(["domain", "points"])
    assert set(table.index) == {(domain, n) for domain in DOMAINS for n in (2, 3, 4, 5, 6, 9)}
    assert table["source"].str.len().gt(0).all()
    for domain, q, scales in (("general", 0.75, (1, 1, 1)), ("tourism", 0.5, (1.2, 1.2, 1.1))):
        rows = table.loc[domain]
        assert rows["q"].eq(q).all()
        assert rows.loc[5:, ["c", "e", "kept_1"]].eq([0.84, 0.63, 1]).all().all()
        assert tuple(rows.loc[5:, "f"]) == scales
    assert table[KEPT].gt(0).all().all()
    assert table[KEPT].le(1).all().all()


def test_a_share_is_not_projected_past_the_whole():
    schools = pd.Series({2019: 82.0, 2020: 86.0, 2021: 90.0, 2022: 94.0, 2023: 98.0})
    free, capped = project(schools, years=[2025]), project(schools, years=[2025], limit=100)
    assert free["median"].iloc[0] > 100
    assert capped[["median", "high_30", "high_95", "drift"]].eq(100).all().all()
    assert capped["low_80"].iloc[0] == free["low_80"].iloc[0]
    assert chance(schools, target=95, year=2025, limit=100) == chance(schools, target=95, year=2025)
    with pytest.raises(ValueError, match="within the limit"):
        chance(schools, target=105, year=2025, limit=100)
    with pytest.raises(ValueError, match="within the limit"):
        project(pd.Series({2020: 90.0, 2021: 105.0}), years=[2025], limit=100)


def test_the_province_s_growth_as_prior():
    province = pd.Series({2019: 70.5, 2024: 97.5})
    prior = float(np.log(province[2024] / province[2019]) / 5)
    fan = project(INCOME.loc[2023:], years=[2025], prior_growth=prior)
    assert fan["prior_growth"].iloc[0] == prior
    assert fan["median"].iloc[0] > project(INCOME.loc[2023:], years=[2025])["median"].iloc[0]


@each(
    [
        ({2022: 50.0}, {"years": [2024]}, "needs two"),
        ({2020: 40.0, 2022: 50.0}, {"years": [2024], "mask": [2020]}, "needs two"),
        ({2020: 0.0, 2022: 50.0}, {"years": [2024]}, "positive"),
        ({2020: 40.0, 2022: 50.0}, {"years": [2022]}, "after the last figure"),
        ({2020: 40.0, 2022: 50.0}, {"years": []}, "after the last figure"),
        ({2020: 40.0, 2022: 50.0}, {"years": ["2024"]}, "after the last figure"),
        ({2020: 40.0, 2022: 50.0}, {"years": [np.inf]}, "after the last figure"),
        ({2020: 40.0, 2022: np.inf}, {"years": [2024]}, "infinite in 2022"),
        ({2020: 40.0, 2022: 50.0}, {"years": [2024], "domain": "hotels"}, "choose one of"),
        ({2020: 40.0, 2022: 50.0}, {"years": [2024], "prior_growth": 4}, "fraction"),
    ]
)
def test_bad_input_is_told_what_to_do(values, options, says):
    with pytest.raises(ValueError, match=says):
        project(pd.Series(values), **options)


def test_definitions_do_not_mix_unless_told_to():
    table = pd.DataFrame(
        {
            "year": [2020, 2022],
            "value": [500.0, 780.0],
            "definition": ["tourism and services", "tourism services"],
        }
    )
    with pytest.raises(ValueError, match="defined differently"):
        project(table, years=[2024])
    assert "definitions_mixed" in project(table, years=[2024], mix_definitions=True)["warning"].iloc[0]
    plan = pd.Series({"value": 1120.0, "definition": "tourism and services"})
    with pytest.raises(ValueError, match="defined differently"):
        chance(table.assign(definition="tourism services"), target=plan, year=2024)
    with pytest.raises(ValueError, match="positive target"):
        chance(INCOME, target=0, year=2025)
    with pytest.raises(ValueError, match="not a finite number"):
        chance(INCOME, target=np.inf, year=2025)


def test_a_part_year_is_refused():
    with pytest.raises(ValueError, match="only a part of the year"):
        project(pd.DataFrame({"year": [2021, 2022], "value": [1.0, 2.0], "part": ["", "9M"]}), years=[2024])


def test_many_at_once_are_projected_as_one_by_one():
    table = pd.concat(
        [
            pd.DataFrame({"series": name, "year": values.index, "value": values.to_numpy(dtype=float)})
            for name, values in (("income", INCOME), ("visits", VISITS))
        ]
    )
    many = project_many(table, horizons=[1, 3])
    for name, values in (("income", INCOME), ("visits", VISITS)):
        alone = project(values, years=[2025, 2027]).drop(columns=["prior_growth", "warning"])
        rows = many[many["series"] == name].drop(columns="series").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone)
    assert chance_many(table, target=np.array([52.0, 300.0]), horizon=1)[0] == pytest.approx(0.4890, abs=5e-5)
    for broken in (table.iloc[::-1], table.iloc[:1], table.assign(value=-1.0)):
        with pytest.raises(ValueError, match=r"two figures|positive"):
            project_many(broken, horizons=[1])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(1, 1000), min_size=2, max_size=9), st.floats(0.001, 1000))
def test_a_change_of_unit_scales_the_projection(values, scale):
    series = pd.Series(values, index=range(2010, 2010 + len(values)))
    first, second = (
        project(series * factor, years=[2020, 2022]).drop(columns=["year", "prior_growth", "warning"])
        for factor in (1, scale)
    )
    np.testing.assert_allclose(second, first * scale, rtol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(1, 1000), min_size=3, max_size=9), st.floats(1, 1000), st.floats(1.01, 2))
def test_a_higher_target_is_never_likelier_and_ranges_nest(values, target, more):
    series = pd.Series(values, index=range(2010, 2010 + len(values)))
    assert chance(series, target=target, year=2020).raw >= chance(series, target=target * more, year=2020).raw
    fan = project(series, years=[2020, 2021]).iloc[0]
    lows, highs = ([fan[f"{end}_{level}"] for level in T3_QUANTILES] for end in ("low", "high"))
    assert lows == sorted(lows, reverse=True)
    assert highs == sorted(highs)
    assert lows[0] <= fan["median"] <= highs[0]
