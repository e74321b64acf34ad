"""What a chart reads from a table and how it says a number: a figure with its flag, a plan with its bound. No
drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from baoyen_analysis import words
from baoyen_analysis.views.drawing import style
from baoyen_analysis.vocabulary import FLAGS, QUALIFIERS

# Flags of figures that are not exact, or not final: their marks are hollow.
HOLLOW_FLAGS = ("at_least", "at_most", "about", "range", "estimate", "preliminary")


def columns_of(table: pd.DataFrame, needed: Sequence[str], defaults: Mapping[str, object]) -> pd.DataFrame:
    """A copy with the columns a chart reads, the optional ones filled with their defaults; refuses a table
    without the needed ones, and an infinite number in one of them (a bound may be open, a value not)."""
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise ValueError(
            f"the table has no column {', '.join(missing)}; it has {', '.join(map(str, table.columns))}"
        )
    given = {name: table[name] if name in table.columns else default for name, default in defaults.items()}
    texts = {name: column for name, column in given.items() if isinstance(defaults[name], str)}
    filled = table.assign(**given).reset_index(drop=True)
    for name in texts:
        filled[name] = filled[name].astype(object).where(filled[name].notna(), defaults[name]).astype(str)
    for name in needed:
        infinite = np.isinf(pd.to_numeric(filled[name], errors="coerce").astype(float))
        if infinite.any():
            where = ", ".join(str(cell) for cell in filled.loc[infinite, needed[0]])
            raise ValueError(f"{name} is infinite in {where}: leave it blank, or give what was printed")
    return filled


def points_of(series: pd.DataFrame) -> pd.DataFrame:
    """A series as it is drawn: year, value, low, high, flag, definition, derived; years without a value are
    gaps."""
    defaults = {"low": np.nan, "high": np.nan, "flag": "", "definition": "", "derived": False}
    table = columns_of(series, ("year", "value"), defaults)
    for name in ("year", "value", "low", "high"):
        table[name] = pd.to_numeric(table[name]).astype(float)
    table["derived"] = table["derived"].astype("boolean").fillna(False).astype(bool)
    return table.dropna(subset=["year", "value"]).sort_values("year", kind="stable").reset_index(drop=True)


def figure_words(row: object, *, lang: str) -> str:
    """A figure as a label says it, with what its flag means: "ít nhất 780", "4.5–5", "50 (estimate)"."""
    number = style.humanised(row.value, lang=lang)
    flag, derived = row.flag, getattr(row, "derived", False)  # rows of a scorecard have no column for it
    if flag in ("at_least", "at_most", "about"):
        number = f"{FLAGS[flag][words.LANGUAGES.index(lang)]} {number}"
    elif flag == "range" and np.isfinite([row.low, row.high]).all():
        number = words.chart(
            "range",
            lang=lang,
            low=style.humanised(row.low, lang=lang),
            high=style.humanised(row.high, lang=lang),
        )
    elif flag in ("estimate", "preliminary", "conflict"):
        number = words.chart(flag, lang=lang, number=number)
    return words.chart("derived", lang=lang, number=number) if derived else number


def plan_words(value: float, qualifier: str, *, lang: str, unit: str = "") -> str:
    """A plan with the word it was set with, and its unit: "trên 66 triệu đồng", "từ 85% trở lên"."""
    number = style.humanised(value, lang=lang) + (unit if unit == "%" else f" {unit}" if unit else "")
    if qualifier in ("", "eq") or qualifier not in QUALIFIERS:
        return number
    word = QUALIFIERS[qualifier][words.LANGUAGES.index(lang)]
    return word.replace("…", number) if "…" in word else f"{word} {number}"


def percent(share: float, *, lang: str) -> str:
    """A share of 1 as whole per cents, small ones with a decimal.

    >>> percent(0.758, lang="vi"), percent(0.0205, lang="vi")
    ('76%', '2,1%')
    """
    return words.chart(
        "percent", lang=lang, number=words.number(round(share * 100, 1 if abs(share) < 0.1 else 0), lang=lang)
    )


def sentences(*parts: str) -> str:
    """Parts joined into the description of a picture, each closed by a full stop."""
    return " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts if part)
