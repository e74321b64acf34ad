"""What a verdict on a pace was worth on public yearly series: how often goals judged so were met.

The rates are those that benchmarks/verdicts.py prints (M1, M3, the M4 sample and tourism: 285,302 goals two
years ahead from histories of two to five figures; docs/methods.md, section 4). Their order holds elsewhere,
their level need not."""

from __future__ import annotations

BANDS = ((0.03, 0.05), (0.05, 0.10), (0.10, 0.15), (0.15, 0.20))
# Per cent of the goals that were met, by band of growth needed a year.
HIT_RATES = {
    "fast_enough": (48, 38, 25, 22),
    "turns_on": (43, 31, 19, 17),
    "too_slow": (24, 16, 8, 5),
}


def hit_rate(verdict: str, needed_low: float, needed_high: float) -> dict[str, int] | None:
    """The share of goals so judged that were met, in the band that holds the growth needed: `met`, `low`,
    `high` in per cent; None outside the bands that were measured.

    >>> hit_rate("too_slow", 0.059, 0.059)
    {'met': 16, 'low': 5, 'high': 10}
    """
    middle = (needed_low + needed_high) / 2
    for place, (low, high) in enumerate(BANDS):
        if low <= middle < high:
            rates = HIT_RATES["turns_on" if verdict == "depends" else verdict]
            return {"met": rates[place], "low": round(100 * low), "high": round(100 * high)}
    return None
