"""The hit rates beside a verdict on a pace: those of docs/methods.md, by bands of growth needed."""

from conftest import each

from baoyen_analysis.measures.worth import hit_rate


@each([(3, 5, (48, 43, 24)), (5, 10, (38, 31, 16)), (10, 15, (25, 19, 8)), (15, 20, (22, 17, 5))])
def test_each_band_holds_its_lower_end_and_not_its_upper_one(low, high, rates):
    verdicts = ("fast_enough", "turns_on", "too_slow", "depends")
    for verdict, met in zip(verdicts, (*rates, rates[1]), strict=True):
        told = {"met": met, "low": low, "high": high}
        for needed in (low / 100, high / 100 - 1e-9):
            assert hit_rate(verdict, needed, needed) == told
        assert hit_rate(verdict, low / 100 - 0.01, high / 100 + 0.01) == told


def test_growth_outside_the_bands_was_not_measured():
    assert hit_rate("too_slow", 0.02, 0.0299) is None
    assert hit_rate("too_slow", 0.20, 0.20) is None
