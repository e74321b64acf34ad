"""The sentences of what the measures found, in both languages, as columns beside its numbers."""

from __future__ import annotations

import pandas as pd

from baoyen_analysis import words


def inflation_said(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of growth.province_inflation with `sentence_vi` and `sentence_en`: what to say beside a real
    figure."""
    said = {
        f"sentence_{lang}": [
            words.sentence(
                "province_inflation",
                lang=lang,
                period=row.period,
                province=words.number(row.province_percent, lang=lang),
                country=words.number(row.country_percent, lang=lang),
            )
            for row in rows.itertuples()
        ]
        for lang in words.LANGUAGES
    }
    return rows.assign(**said)
