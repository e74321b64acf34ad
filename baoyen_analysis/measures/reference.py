"""What the province and its other districts did over as many years, case by case: for a series with one or
two figures, which no model can carry on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from baoyen_analysis import words
from baoyen_analysis.measures.growth import area_years, compound, definitions, figure_ids
from baoyen_analysis.vocabulary import INDICATORS

CASE_COLUMNS = [
    "area",
    "area_level",
    "from_year",
    "year",
    "growth_percent",
    "low_percent",
    "high_percent",
    "did_as_much",
    "figure_ids",
    "reason",
    "counted",
]


def reference_class(
    table: pd.DataFrame,
    indicator: str,
    *,
    years: int,
    needed: float,
    area: str,
    level: str = "district",
    mask: Iterable[int] = (),
    breaks: Iterable[int] = (),
) -> pd.DataFrame:
    """What the province and its other districts did over as many years, case by case: for a series with one
    or two figures.

    `table`: the panel, or the observations. `needed`: growth a year as a fraction. Every pair of figures
    `years` apart of every other district or province is a case (they overlap, so they are no sample to test
    on), but for those that start or end in a year of `mask`. Columns: `area`, `area_level`, `from_year`,
    `year`, `growth_percent`, `low_percent`, `high_percent`, `did_as_much`, `figure_ids`, `reason`, `counted`,
    `sentence_vi`, `sentence_en`. Only cases not known to differ in definition are counted: two stated ones
    have no rate (`definition_break`), one that is stated beside one that is not is shown with a remark
    (`definition_unstated`). Other remarks: `two_sources` (neither states its definition), `covid` (a year of
    `breaks` lies in the case: set apart, not counted). Where no case is counted, the longest growth that
    others have within one definition stands beside, over its own years (`other_span`)."""
    if years < 1 or years != int(years):
        raise ValueError(f"years={years}: give the whole number of years that the needed growth runs over")
    held = area_years(table, indicator)
    held = held[
        held["area_level"].isin(["district", "province"])
        & ~((held["area"] == area) & (held["area_level"] == level))
    ]
    held = held[~held["year"].isin(list(mask))]
    places = [place for _, place in held.groupby(["area", "area_level"], sort=False)]
    found = [
        _case(start, end, needed, breaks)
        for place in places
        for _, start in place.iterrows()
        for _, end in place.iterrows()
        if end["year"] - start["year"] == years
    ]
    if not any(case["counted"] for case in found):
        runs = [run for place in places for _, run in place.groupby(_defined_by(place), sort=False)]
        others = [
            _case(run.iloc[0], run.iloc[-1], needed, breaks)
            for run in runs
            if run["year"].iloc[-1] - run["year"].iloc[0] not in (0, years)
        ]
        found += [
            case | {"reason": " + ".join(filter(None, ["other_span", case["reason"]])), "counted": False}
            for case in others
        ]
    cases = pd.DataFrame(found, columns=CASE_COLUMNS).astype({"counted": bool, "did_as_much": bool})
    cases = cases.sort_values(["counted", "growth_percent"], ascending=False, ignore_index=True)
    return cases.assign(
        **{
            f"sentence_{lang}": _cases_said(cases, indicator, int(years), needed, lang)
            for lang in words.LANGUAGES
        }
    )


def _source_of(figure_id: str) -> str:
    """The source of a figure: its id without the number at the end."""
    return figure_id.rpartition("-")[0]


def _defined_by(rows: pd.DataFrame) -> pd.Series:
    """What makes figures one of a kind: the definition they state, or else their source."""
    return rows["definition"].where(rows["definition"] != "", rows["figure_id"].map(_source_of))


def _case(start: pd.Series, end: pd.Series, needed: float, breaks: Iterable[int]) -> dict:
    years = int(end["year"] - start["year"])
    stated = len(definitions(start, end))
    corners = (("value", "value"), ("high", "low"), ("low", "high"))
    rates = [
        100 * compound(start[first], end[last], years) if stated < 2 else np.nan for first, last in corners
    ]
    halfway = stated == 1 and start["definition"] != end["definition"]
    remarks = {
        "definition_break": stated > 1,
        "definition_unstated": halfway,
        "two_sources": stated == 0 and _source_of(start["figure_id"]) != _source_of(end["figure_id"]),
        "covid": any(start["year"] <= year <= end["year"] for year in breaks),
    }
    counted = not (stated > 1 or halfway or remarks["covid"])
    cells = [
        end["area"],
        end["area_level"],
        start["year"],
        end["year"],
        *rates,
        bool(stated < 2 and rates[0] >= 100 * needed),
        figure_ids(start, end),
        " + ".join(code for code, holds in remarks.items() if holds),
        counted,
    ]
    return dict(zip(CASE_COLUMNS, cells, strict=False))


def _cases_said(cases: pd.DataFrame, indicator: str, years: int, needed: float, lang: str) -> str:
    """How many of the counted cases did as much, and which; then those that are not counted, and why."""
    counted = cases[cases["counted"]]
    enough = counted[counted["did_as_much"]]
    known = INDICATORS.get(indicator)
    listed = (
        words.of(lang).say("answer.reference_list", list=_listed_cases(enough, lang)) if len(enough) else ""
    )
    parts = {
        "name": getattr(known, lang) if known else words.of(lang).say("answer.name"),
        "met": len(enough),
        "cases": len(counted),
    }
    parts |= {"years": years, "needed": 100 * needed, "list": listed}
    said = words.of(lang).say(
        "answer.reference_class" if len(counted) else "answer.reference_class_empty", **parts
    )
    left = cases[~cases["counted"]]
    for code in ("other_span", "covid", "definition_break", "definition_unstated"):
        named = left["reason"].astype(str).str.contains(code)
        if named.any():
            said += words.of(lang).say(f"answer.reference_{code}", list=_listed_cases(left[named], lang))
        left = left[~named]
    return said


def _listed_cases(cases: pd.DataFrame, lang: str) -> str:
    """Cases with their years and, where there is one, their growth a year: "Văn Bàn 2016–2018 (4.3%)"."""
    rates = [
        f" ({words.of(lang).number(rate, 1)}%)" if np.isfinite(rate) else ""
        for rate in cases["growth_percent"]
    ]
    return "; ".join(
        f"{case.area} {case.from_year}–{case.year}{rate}"
        for case, rate in zip(cases.itertuples(), rates, strict=False)
    )
