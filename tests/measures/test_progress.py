"""Is it on track: the published verdicts, the traps, the refusals, and what the package adds to the published
methods."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import each
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.measures.progress import attainment, progress
from baoyen_analysis.measures.published import METHODS, PUBLISHED_CLASSES

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import tracking

PUBLISHED = pd.read_csv(Path(__file__).parents[1] / "data" / "published_verdicts.csv")
LEVEL = st.floats(min_value=1, max_value=1000)


def series_of(row: pd.Series) -> pd.Series:
    return pd.Series({int(year): value for year, value in json.loads(row["series"]).items()}, dtype=float)


def scale(worst: float, best: float) -> pd.DataFrame:
    return pd.DataFrame({"worst": [worst], "best": [best]})


def judged(row: pd.Series):
    """Our verdict on a published row: SDSN's values are put on its scale first, and higher is better then."""
    values, target = series_of(row), None if pd.isna(row["target"]) else row["target"]
    year = None if pd.isna(row["target_year"]) else int(row["target_year"])
    if row["method"] == "linear_pace":
        scaled = tracking.on_scale(
            pd.DataFrame([{**values, "target": target}]), scale(row["worst"], row["best"])
        )
        return progress(scaled.iloc[0].drop("target"), scaled.at[0, "target"], year, "linear_pace")
    limit = None if pd.isna(row["limit"]) else row["limit"]
    return progress(values, target, year, row["method"], int(row["direction"]), limit=limit, zero="0.001")


@each(range(len(PUBLISHED)))
def test_published_verdict(place):
    row = PUBLISHED.iloc[place]
    verdict = judged(row)
    assert np.isclose(verdict.ratio, row["published_ratio"], rtol=1e-9) or pd.isna(row["published_ratio"])
    assert np.isclose(verdict.score, row["published_score"], atol=1e-6) or pd.isna(row["published_score"])
    if isinstance(row["published_class"], str):
        assert PUBLISHED_CLASSES[row["method"]].get(verdict.class_, "not_available") == row["published_class"]


def test_every_published_verdict_is_cited():
    assert PUBLISHED[["repository", "path", "commit"]].notna().all().all()
    assert set(PUBLISHED["method"]) == {"cagr_ratio", "linear_pace", "recent_pace"}


def test_sign_trap():
    """7.8 → 21.3 against a ceiling of 10: both growth rates are positive, and their plain ratio says on
    track."""
    values = pd.Series({2016: 7.8, 2023: 21.3})
    plain = ((21.3 / 7.8) ** (1 / 7) - 1) / ((10 / 7.8) ** (1 / 12) - 1)
    assert plain > 7
    for method in METHODS[:2]:
        verdict = progress(values, 10, 2028, method, direction=-1)
        assert verdict.ratio < 0
        assert verdict.class_ in ("moving_away", "decreasing")
    assert progress(values, 10, 2028, direction=-1).ratio == pytest.approx(-plain)
    assert progress(values, 10, 2028, "extrapolated", direction=-1).class_ == "stagnating"


@each(
    [
        (0.951, "on_track"),
        (0.949, "moderate"),
        (0.601, "moderate"),
        (0.599, "limited"),
        (0.001, "limited"),
        (-0.001, "moving_away"),
    ]
)
def test_cut_offs_of_the_growth_ratio(ratio, class_):
    values = pd.Series({2015: 100.0, 2020: 100 * (1 + ratio * 0.08) ** 5})
    verdict = progress(values, 100 * 1.08**10, 2025)
    assert (verdict.class_, verdict.ratio) == (class_, pytest.approx(ratio))


@each(
    [
        (0.016, "on_track", 3.0),
        (0.0149, "moderate", 2.475),
        (0.0051, "moderate", 0.025),
        (0.0049, "limited", -0.05),
        (-0.001, "moving_away", -2.625),
    ]
)
def test_cut_offs_of_growth_without_a_target(growth, class_, score):
    verdict = progress(pd.Series({2015: 100.0, 2020: 100 * (1 + growth) ** 5}))
    assert (verdict.class_, verdict.score, verdict.ratio) == (
        class_,
        pytest.approx(score),
        pytest.approx(growth),
    )


@each(
    [
        (1.001, "on_track"),
        (0.999, "moderately_improving"),
        (0.501, "moderately_improving"),
        (0.499, "stagnating"),
        (-0.01, "decreasing"),
    ]
)
def test_cut_offs_of_the_linear_pace(ratio, class_):
    assert progress(pd.Series({2015: 10.0, 2020: 10 + 5 * ratio}), 20, 2025, "linear_pace").class_ == class_


@each(
    [
        (0.951, "on_track"),
        (0.949, "slightly_off"),
        (0.801, "slightly_off"),
        (0.799, "far_off"),
        (0.001, "far_off"),
        (-0.001, "wrong_direction"),
    ]
)
def test_cut_offs_of_the_recent_pace(closed, class_):
    """Five years' pace, carried on for five more, closes so much of a gap of 10."""
    values = pd.Series({year: 50 + 2 * closed * (year - 2020) for year in range(2014, 2021)})
    verdict = progress(values, 60, 2025, "recent_pace")
    assert (verdict.class_, verdict.ratio) == (class_, pytest.approx(closed))


@each([(1.9, "slightly_off"), (1.6, "slightly_off"), (0.0, "wrong_direction")])
def test_at_the_cut_offs_of_the_recent_pace_95_percent_is_no_sun_80_is_sun_and_cloud_and_none_is_storm(
    yearly, class_
):
    values = pd.Series({2015: 50 - 5 * yearly, 2017: 48.0, 2018: 49.0, 2020: 50.0})
    assert progress(values, 60, 2025, "recent_pace").class_ == class_


@each([(0.951, "on_track"), (0.949, "fair"), (0.101, "fair"), (0.099, "stagnating")])
def test_cut_offs_of_the_extrapolation(ratio, class_):
    values = pd.Series({2015: 100.0, 2020: 100 * (1 + ratio) ** 0.5})
    verdict = progress(values, 200, 2025, "extrapolated")
    assert (verdict.class_, verdict.ratio) == (class_, pytest.approx(ratio))


def test_recent_pace_needs_four_values_in_six_years():
    values = pd.Series({2012: 40.0, 2015: 41.0, 2018: 42.0, 2020: 50.0})
    assert progress(values, 60, 2025, "recent_pace").reason == "too_few_consecutive_years"
    values[2019] = 45.0
    assert progress(values.sort_index(), 60, 2025, "recent_pace").ratio == pytest.approx(
        (50 - 41) / 5 * 5 / 10
    )


def test_reached_is_a_class_of_its_own_and_comes_first():
    for values in ({2019: 90.0, 2021: 95.0}, {2019: 95.0, 2021: 95.0}, {2019: 99.0, 2021: 96.0}):
        verdict = progress(pd.Series(values), 95, 2024)
        assert (verdict.class_, verdict.score) == ("reached", 5.0)


def test_above_the_target_and_falling_is_judged_by_edition():
    values = pd.Series({2019: 99.0, 2021: 96.0})
    assert progress(values, 95, 2024, "linear_pace").class_ == "stagnating"
    assert progress(values, 95, 2024, "linear_pace", above_and_falling="on_track").class_ == "on_track"


def test_base_at_the_target_then_lost():
    values = pd.Series({2019: 95.0, 2021: 90.0})
    assert progress(values, 95, 2024).reason == "base_equals_target"
    lost = progress(values, 95, 2024, "linear_pace")
    assert (lost.class_, lost.reason) == ("decreasing", "base_equals_target")
    assert np.isnan(lost.ratio)


@each(
    [
        ({2022: 50.0}, {"target": 66, "target_year": 2024}, "one_point"),
        ({}, {"target": 66, "target_year": 2024}, "one_point"),
        ({2019: 0.0, 2022: 50.0}, {"target": 66, "target_year": 2024}, "zero_base"),
        ({2019: 20.0, 2022: 10.0}, {"target": 0, "target_year": 2024, "direction": -1}, "zero_target"),
        ({2019: -5.0, 2022: 5.0}, {"target": 66, "target_year": 2024}, "sign_change"),
        ({2019: -5.0, 2022: 5.0}, {}, "sign_change"),
        ({2019: 40.0, 2022: 50.0}, {"target": 66, "target_year": 2018}, "target_date_past"),
        ({2019: 40.0, 2022: 50.0}, {"target": 66, "target_year": 2019}, "target_date_past"),
        ({2019: 40.0, 2022: 50.0}, {"method": "linear_pace"}, "no_target"),
        ({2019: 40.0, 2022: 50.0}, {"method": "extrapolated"}, "no_target"),
        (
            {2019: 40.0, 2022: 50.0},
            {"target": 66, "target_year": 2024, "method": "recent_pace"},
            "too_few_consecutive_years",
        ),
        ({2019: 4.0, 2022: 5.0}, {"target": 6, "target_year": 2024, "rate": True}, "growth_rate_indicator"),
    ]
)
def test_refused_with_a_reason_and_no_class(values, options, reason):
    verdict = progress(pd.Series(values, dtype=float), **options)
    assert (verdict.class_, verdict.reason, verdict.classes) == ("", reason, ())
    assert np.isnan(verdict.ratio)


@each(
    [
        (pd.Series([1.0, 2.0], index=[2022, 2019]), {}, "sort"),
        (pd.Series([1.0, 2.0], index=[2019, 2019]), {}, "one figure a year"),
        (pd.Series({2019: 1.0, 2021: np.nan}), {}, "dropna"),
        (pd.Series({2019: 1.0, 2021: np.inf}), {}, "infinite"),
        (pd.Series({2019: "1", 2021: "2"}), {}, "parse_figures"),
        (pd.Series({"2022-9M": 1.0, "2023": 2.0}), {}, "not a year"),
        (pd.Series({2019.5: 1.0, 2021: 2.0}), {}, "not a year"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"target": "66", "target_year": 2024}, "finite number"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"target": np.inf, "target_year": 2024}, "finite number"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"target": 66}, "target_year"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"target_year": 2024}, "needs a target"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"target": 66, "target_year": "2024"}, "not a year"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"direction": 0}, "direction"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"method": "trend"}, "choose one of"),
        (pd.Series({2019: 1.0, 2021: 2.0}), {"zero": "skip"}, "refuse"),
        (
            pd.Series({2019: 1.0, 2021: 2.0}),
            {"method": "recent_pace", "base_year": 2019},
            "leave base_year out",
        ),
        (pd.DataFrame({"year": [2021], "value": [2.0], "low": [3.0]}), {}, "wrong side"),
        (pd.DataFrame({"year": [2021], "value": [2.0], "part": ["9M"]}), {}, "part_year"),
        (pd.DataFrame({"jahr": [2021]}), {}, "columns year and value"),
    ]
)
def test_bad_input_is_told_what_to_do(values, options, says):
    with pytest.raises(ValueError, match=says):
        progress(values, **options)


def test_a_target_date_in_the_past_is_assessed_at_that_date():
    values = pd.Series({2017: 40.0, 2019: 44.0, 2020: 60.0, 2022: 30.0})
    late = progress(values, 50, 2020)
    assert late.reason == "target_date_past"
    assert (late.class_, late.points["year"].tolist()) == ("reached", [2017, 2020])


@each(["cagr_ratio", "linear_pace", "extrapolated"])
def test_a_base_year_after_the_last_figure_is_refused_and_never_replaced(method):
    values = pd.Series({2019: 75.0, 2021: 80.0, 2022: 90.0})
    late = progress(values, 95, 2024, method, base_year=2030)
    assert (late.class_, late.classes, late.reason) == ("", (), "base_year_after_last")
    assert np.isnan([late.ratio, late.stability]).all()
    assert progress(values, 95, 2024, method, base_year=2022).reason == "one_point"
    assert progress(values, 95, 2024, method, base_year=2020).points["year"].tolist() == [2021, 2022]
    # The figures that count are those up to the target's year.
    assert progress(values, 85, 2021, method, base_year=2022).reason == "base_year_after_last"


def test_two_stated_definitions_do_not_mix_unless_told_to():
    values = pd.DataFrame(
        {"year": [2019, 2022], "value": [500.0, 780.0], "definition": ["", "tourism services"]}
    )
    plan = pd.Series({"value": 1120.0, "definition": "tourism and services"})
    assert progress(values, plan, 2024).reason == "definition_break"
    mixed = progress(values, plan, 2024, mix_definitions=True)
    assert (mixed.class_, mixed.reason) == ("moderate", "definitions_mixed")


def test_zero_is_replaced_only_when_asked_and_then_said():
    values = pd.Series({2015: 0.0, 2025: 0.9})
    verdict = progress(values, 0.1, 2030, direction=-1, zero="0.001")
    assert verdict.class_ == "moving_away"
    assert verdict.reason == "zero_replaced"


def test_zero_is_replaced_by_a_thousandth_at_either_end():
    halved = progress(pd.Series({2015: 8.0, 2020: 4.0}), 0, 2030, direction=-1, zero="0.001")
    assert halved.ratio == pytest.approx((0.5 ** (1 / 5) - 1) / ((0.001 / 8) ** (1 / 15) - 1))
    begun = progress(pd.Series({2015: 0.0, 2020: 4.0}), 8, 2030, zero="0.001")
    assert begun.ratio == pytest.approx((4000 ** (1 / 5) - 1) / (8000 ** (1 / 15) - 1))


def test_almost_all_of_a_percentage_counts_as_met():
    values = pd.Series({2015: 98.0, 2022: 99.2})
    assert progress(values, 100, 2030, "extrapolated").class_ != "reached"
    assert progress(values, 100, 2030, "extrapolated", percent=True).class_ == "reached"


@pytest.mark.parametrize(("start", "end", "target", "direction"), [(95.0, 99.0, 100, 1), (5.0, 1.0, 0, -1)])
def test_one_point_from_all_or_none_of_a_percentage_is_met_and_from_another_target_is_not(
    start, end, target, direction
):
    values = pd.Series({2015: start, 2022: end})

    def reached(values, target):
        verdict = progress(values, target, 2030, "extrapolated", direction, percent=True)
        return verdict.class_ == "reached"

    assert reached(values, target)
    assert not reached(values - 0.01 * direction, target)
    assert not reached(values - direction, target - direction)


def test_plan_is_exact_whatever_its_row_says():
    values = pd.Series({2019: 60.0, 2022: 66.5})
    assert progress(values, (66.0, 66.0, 67.0), 2024)[:3] == progress(values, 66, 2024)[:3]
    assert progress(values, pd.DataFrame({"value": [66.0], "high": [67.0]}), 2024).class_ == "reached"


def test_wide_figures_give_a_set_of_classes():
    """Visits of Bảo Yên: about 500 thousand in 2017 (400 to 600), 1.2 million in 2022, against 1.6 million in
    2024."""
    visits = pd.DataFrame(
        {"year": [2017, 2022], "value": [5e5, 1.2e6], "low": [4e5, 1.15e6], "high": [6e5, 1.25e6]}
    )
    verdict = progress(visits, 1.6e6, 2024)
    assert (verdict.class_, verdict.classes) == ("on_track", ("on_track", "moderate"))


def test_open_bounds_are_followed_to_their_end():
    floor = pd.DataFrame(
        {"year": [2019, 2022], "value": [500.0, 780.0], "low": [500.0, 780.0], "high": [500.0, np.inf]}
    )
    assert progress(floor, 1120, 2024).classes[0] == "reached"
    ceiling = pd.DataFrame(
        {"year": [2019, 2022], "value": [500.0, 780.0], "low": [0.0, 780.0], "high": [500.0, 780.0]}
    )
    assert "on_track" in progress(ceiling, 1120, 2024).classes


def test_an_interval_that_reaches_a_refusal_allows_every_class():
    doubtful = pd.DataFrame(
        {"year": [2019, 2022], "value": [5.0, 7.0], "low": [-1.0, 7.0], "high": [6.0, 7.0]}
    )
    assert progress(doubtful, 10, 2025).classes == tuple(PUBLISHED_CLASSES["cagr_ratio"])


def test_the_scale_of_sdsn_is_clipped_above_only():
    values = pd.DataFrame({2019: [-20.0], 2020: [120.0]})
    assert tracking.on_scale(values, scale(0, 100)).loc[0].tolist() == [-20.0, 100.0]
    assert tracking.on_scale(values, scale(120, 0)).loc[0].tolist() == [100.0, 0.0]


def test_stability_counts_other_bases_and_missing_ends():
    steady = pd.Series({2015: 50.0, 2017: 55.0, 2019: 60.5, 2021: 66.55})
    assert progress(steady, 80, 2025).stability == 1.0
    broken = pd.Series({2015: 50.0, 2017: 90.0, 2019: 40.0, 2021: 66.0})
    # other bases 2017 and 2019, without the base (2017 again), without the last year: 66 is on track only
    # from 2015 and 2019
    assert progress(broken, 80, 2025).stability == pytest.approx(1 / 4)
    assert np.isnan(progress(pd.Series({2019: 75.0, 2021: 80.0}), 95, 2024).stability)


def test_attainment_has_the_interval_of_the_figure():
    revenue = pd.DataFrame({"year": [2022], "value": [780.0], "low": [780.0], "high": [790.0]})
    assert attainment(revenue, 1120) == pytest.approx((0.6964, 0.6964, 0.7054), abs=1e-4)
    assert attainment(pd.Series({2022: 20.0}), 10, direction=-1)[0] == 0.5


@pytest.mark.parametrize("method", METHODS)
def test_many_at_once_are_judged_as_one_by_one(method):
    random = np.random.default_rng(3)
    table = pd.DataFrame(np.exp(random.normal(3, 0.5, (30, 8))), columns=range(2015, 2023)).mask(
        random.random((30, 8)) < 0.3
    )
    low, high = table * 0.95, table * 1.05
    many = tracking.progress_many(table, 25.0, 2025, method, low=low, high=high)
    for place, row in table.iterrows():
        known = row.notna()
        one = pd.DataFrame(
            {
                "year": row.index[known],
                "value": row[known],
                "low": low.loc[place][known],
                "high": high.loc[place][known],
            }
        )
        alone = progress(one, 25.0, 2025, method)
        assert (alone.class_, alone.classes, alone.reason) == (
            many["class_"][place],
            many["classes"][place],
            many["reason"][place],
        )
        assert np.isclose(
            [alone.ratio, alone.stability],
            many.loc[place, ["ratio", "stability"]].astype(float),
            equal_nan=True,
        ).all()


@settings(max_examples=25, deadline=None)
@given(LEVEL, LEVEL, LEVEL, st.floats(min_value=0.01, max_value=100), st.sampled_from(METHODS))
def test_a_change_of_unit_changes_no_verdict(base, current, target, scale, method):
    years = [2019, 2020, 2021, 2022]
    values = pd.Series(np.linspace(base, current, 4), index=years)
    first, second = (
        progress(values, target, 2025, method),
        progress(values * scale, target * scale, 2025, method),
    )
    if np.isclose(target, values, rtol=1e-6).any():
        return  # at the target itself rounding decides
    assert first.reason == second.reason
    assert np.isclose(first.ratio, second.ratio, rtol=1e-6, atol=1e-9, equal_nan=True)


@settings(max_examples=25, deadline=None)
@given(LEVEL, LEVEL, LEVEL, st.sampled_from(METHODS))
def test_a_higher_last_figure_is_never_worse(base, current, target, method):
    years = [2019, 2020, 2021, 2022]
    lower = pd.Series([base, base, base, current], index=years)
    higher = pd.Series([base, base, base, current * 1.1], index=years)
    names = list(PUBLISHED_CLASSES[method])
    first, second = progress(lower, target, 2025, method), progress(higher, target, 2025, method)
    if method == "recent_pace" and second.class_ and current * 1.1 >= target > current:
        return  # the German rule changes from the trend to the level once the target is reached
    if (
        first.class_
        and second.class_
        and not (method == "linear_pace" and second.class_ == "stagnating" and current * 1.1 >= target)
    ):
        assert names.index(second.class_) <= names.index(first.class_)


@settings(max_examples=40, deadline=None)
@given(LEVEL, LEVEL, LEVEL, st.floats(0, 0.2), st.floats(0, 1), st.floats(0, 1), st.sampled_from(METHODS[:2]))
def test_every_value_inside_the_intervals_has_a_class_of_the_set(
    base, current, target, width, near, far, method
):
    low, high = ([end * (1 + side * width) for end in (base, current)] for side in (-1, 1))

    def table(start, end):
        # A rounding error must not carry a value over its own bound.
        return pd.DataFrame(
            {"year": [2019, 2022], "value": np.clip([start, end], low, high), "low": low, "high": high}
        )

    whole = progress(table(base, current), target, 2025, method)
    inside = progress(
        table(base * (1 - width + 2 * width * near), current * (1 - width + 2 * width * far)),
        target,
        2025,
        method,
    )
    if whole.class_ and inside.class_:
        assert whole.class_ in whole.classes
        assert inside.class_ in whole.classes


def test_one_stated_definition_is_no_mix():
    values = pd.DataFrame({"year": [2019, 2022], "value": [500.0, 780.0], "definition": ["", "services"]})
    assert progress(values, 1120, 2024, mix_definitions=True).reason == ""


def test_losses_that_shrink_are_judged_as_debts_that_shrink():
    losses, debts = pd.Series({2015: -8.0, 2020: -5.0}), pd.Series({2015: 8.0, 2020: 5.0})
    for target in (2.0, 4.9):
        less = progress(debts, target, 2025, direction=-1)
        assert progress(losses, -target, 2025).ratio == pytest.approx(less.ratio)
        assert less.ratio > 0
