"""The sentences of what the measures found, in both languages, as columns beside its numbers."""

from __future__ import annotations

import pandas as pd

from baoyen_analysis import words


def inflation_said(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of growth.province_inflation with `sentence_vi` and `sentence_en`: what to say beside a real
    figure."""
    said = {}
    for lang in words.LANGUAGES:
        t = words.of(lang)
        said[f"sentence_{lang}"] = [
            t.say(
                "answer.province_inflation",
                period=row.period,
                province=t.number(row.province_percent),
                country=t.number(row.country_percent),
            )
            for row in rows.itertuples()
        ]
    return rows.assign(**said)
