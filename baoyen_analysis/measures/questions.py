"""The questions a leader asks, each answered by a small table: the answer, its range, the figures used, and
the sentence that says it.

Every table has `figure_ids` (the way back to the printed words), `reason` ("" or codes of words.csv: a
refusal where the answer is blank, a note where it is not), `sentence_vi` and `sentence_en`. `indicator` gives
the sentence its name and unit. Two stated definitions are refused unless `mix_definitions`, and then `reason`
says so."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from baoyen_analysis import words
from baoyen_analysis.measures.growth import (
    area_years,
    compound,
    decomposition,
    definitions,
    figure_ids,
    real,
    target_row,
    unfit_for_growth,
    yearly,
)
from baoyen_analysis.measures.progress import attainment, progress
from baoyen_analysis.measures.published import METHODS
from baoyen_analysis.measures.projection import PRIOR_GROWTH, project
from baoyen_analysis.vocabulary import INDICATORS, OPPOSITE_FLAGS

INEXACT = ("about", "estimate", "preliminary", "at_least", "at_most", "range")
REACH_WITHIN = 30  # years: damped growth may never get there


def needed(
    values: pd.Series | pd.DataFrame,
    *,
    target: float | pd.Series,
    year: int,
    direction: int = 1,
    base_year: int | None = None,
    indicator: str = "",
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """What the target needs a year from the last figure, in per cent and in the unit, beside what was done
    since the base year.

    Columns: `from_year`, `value`, `low`, `high`, `flag`, `target`, `year`, `percent`, `low_percent`,
    `high_percent`, `change`, `low_change`, `high_change`, `answer_flag` (a last figure of "at least" needs
    "at most" so much), `base_year`, `base`, `base_flag`, `done_percent`, `done_change` (blank with one
    figure), and the common ones. Refused: a target whose date is not after the last figure, and a growth in
    per cent from or to zero or a negative number (the change in the unit is given). A target that is met
    needs 0.

    >>> answer = needed(pd.Series({2019: 75.0, 2021: 80.0}), target=95, year=2024)
    >>> answer[["percent", "change", "done_percent", "done_change"]].round(2).values.tolist()
    [[5.9, 5.0, 3.28, 2.5]]
    """
    series, goal = _known(values), target_row(target)
    last, base = series.iloc[-1], _base(series, base_year)
    years = int(year) - int(last["year"])
    met = direction * (last["value"] - goal["value"]) >= 0
    late = years < 1 and not met
    rateless = "" if met else unfit_for_growth(last["value"], goal["value"])
    reason = _definition_reason(mix_definitions, last, base, goal) or ("no_time_left" if late else rateless)
    refused = reason == "definition_break" or late
    ends = [last["value"], *(last[["high", "low"]] if direction > 0 else last[["low", "high"]])]
    gaps = [direction * max(direction * (goal["value"] - end), 0) for end in ends]
    if years < 1:  # met in time: nothing is left to do
        gaps, years = [0.0] * 3, 1
    change = [np.nan if refused else gap / years for gap in gaps]
    percent = [
        np.nan
        if refused or rateless
        else 100 * compound(end, end + gap, years)
        if gap and np.isfinite(end)
        else 0.0
        for end, gap in zip(ends, gaps, strict=False)
    ]
    done = _done(base, last)
    row = {
        "from_year": int(last["year"]),
        **last[["value", "low", "high", "flag"]],
        "target": goal["value"],
        "year": int(year),
        "percent": percent[0],
        "low_percent": percent[1],
        "high_percent": percent[2],
        "change": change[0],
        "low_change": change[1],
        "high_change": change[2],
        "answer_flag": OPPOSITE_FLAGS.get(last["flag"], last["flag"]) if direction > 0 else last["flag"],
        "base_year": int(base["year"]),
        "base": base["value"],
        "base_flag": base["flag"],
        "done_percent": done[0],
        "done_change": done[1],
        "figure_ids": figure_ids(base, last, goal),
        "reason": reason,
    }
    key = (
        "refused"
        if refused or rateless
        else "met"
        if gaps[0] == 0
        else "needed"
        if direction > 0
        else "needed_down"
    )
    return pd.DataFrame(
        [row | {f"sentence_{lang}": _need_said(row, key, indicator, lang) for lang in words.LANGUAGES}]
    )


def _base(series: pd.DataFrame, base_year: int | None) -> pd.Series:
    later = series if base_year is None else series[series["year"] >= base_year]
    if later.empty:
        raise ValueError(f"no figure from {base_year} on: the last one is for {series['year'].iloc[-1]}")
    return later.iloc[0]


def _need_said(row: dict, key: str, indicator: str, lang: str) -> str:
    parts = (
        row
        | _labels(indicator, lang)
        | {
            "value": words.of(lang).flagged(row["value"], row["flag"]),
            "reason": words.of(lang).reason(row["reason"]),
            "percent": words.of(lang).flagged(round(abs(row["percent"]), 1), row["answer_flag"]),
            "change": words.of(lang).flagged(abs(row["change"]), row["answer_flag"]),
            "base": words.of(lang).flagged(row["base"], row["base_flag"]),
            "range": _range(*sorted(abs(row[f"{end}_percent"]) for end in ("low", "high")), lang=lang),
        }
    )
    said = words.of(lang).say(f"answer.{key}", **parts)
    if key.startswith("needed") and np.isfinite(row["done_percent"]):
        said += words.of(lang).say("answer.needed_done", **parts)
    return said if key == "refused" else said + _note(row["reason"], lang)


def _range(low: float, high: float, *, lang: str) -> str:
    """The range of an answer in per cent, in brackets; "" where it is one number."""
    shown = [words.of(lang).number(end, decimals=1) for end in (low, high) if np.isfinite(end)]
    return words.of(lang).say("answer.range", low=shown[0], high=shown[1]) if len(set(shown)) == 2 else ""


def _done(base: pd.Series, last: pd.Series) -> tuple[float, float]:
    """Growth a year from base to last: per cent, and in the unit; NaN where they are the same figure."""
    years = int(last["year"] - base["year"])
    if years < 1:
        return np.nan, np.nan
    return 100 * compound(base["value"], last["value"], years), (last["value"] - base["value"]) / years


def reach(
    values: pd.Series | pd.DataFrame,
    *,
    target: float | pd.Series,
    direction: int = 1,
    prior_growth: float = PRIOR_GROWTH,
    domain: str = "general",
    mask: Iterable[int] = (),
    limit: float | None = None,
    indicator: str = "",
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """The year in which the target is reached: at the compound pace done, and by the projection (median, and
    80 % range).

    Columns: `target`, `pace_year`, `projected_year`, `earliest_year`, `latest_year` (blank: not within 30
    years) and the common ones. A target that is met gives the last figure's year. Refused with a reason: one
    figure, and growth from or to zero or a negative number. Raises ValueError for a target past the `limit`
    (100 for a share in per cent), which nothing reaches.

    >>> income = pd.Series({2020: 35, 2021: 38, 2022: 41.5, 2023: 45, 2024: 48.5})
    >>> reach(income, target=60)[["pace_year", "projected_year"]].values.tolist()
    [[2027, 2028]]
    """
    series, goal = _known(values), target_row(target)
    last, aim = series.iloc[-1], goal["value"]
    if limit is not None and aim > limit:
        raise ValueError(f"target {aim:g} lies past {limit:g}, which the values cannot exceed")
    met = direction * (last["value"] - aim) >= 0
    reason = _definition_reason(mix_definitions, series, goal)
    if not met:
        mask = tuple(mask)
        rateless = (unfit_for_growth(value, aim) for value in series["value"][~series["year"].isin(mask)])
        reason = reason or ("one_point" if len(series) < 2 else next(filter(None, rateless), ""))
    refused = reason not in ("", "definitions_mixed")
    names = ["pace_year", "projected_year", "earliest_year", "latest_year"]
    found: list[int | None] = [None] * 4
    if not refused:
        fan = {
            "prior_growth": prior_growth,
            "domain": domain,
            "mask": mask,
            "limit": limit,
            "mix_definitions": mix_definitions,
        }
        found = [int(last["year"])] * 4 if met else _crossings(series, aim, direction, **fan)
    row = {
        "target": aim,
        **dict(zip(names, found, strict=False)),
        "figure_ids": figure_ids(series, goal),
        "reason": reason,
    }
    key = "refused" if refused else "met" if met else "reach"
    said = {f"sentence_{lang}": _reach_said(row, last, key, indicator, lang) for lang in words.LANGUAGES}
    return pd.DataFrame([row | said]).astype(dict.fromkeys(names, "Int64"))


def _crossings(series: pd.DataFrame, aim: float, direction: int, **options: object) -> list[int | None]:
    """The first year at or past the aim by the pace done, the projection's median and the ends of its 80 %
    range; None: out of reach."""
    first, last = series.iloc[0], series.iloc[-1]
    ahead = np.arange(1, REACH_WITHIN + 1)
    rate = compound(first["value"], last["value"], last["year"] - first["year"])
    fan = project(series, years=last["year"] + ahead, **options)
    best, worst = ("high_80", "low_80") if direction > 0 else ("low_80", "high_80")
    paths = (last["value"] * (1 + rate) ** ahead, fan["median"], fan[best], fan[worst])
    past = [direction * (np.asarray(path) - aim) >= 0 for path in paths]
    return [int(last["year"] + ahead[crossed.argmax()]) if crossed.any() else None for crossed in past]


def _reach_said(row: dict, last: pd.Series, key: str, indicator: str, lang: str) -> str:
    end = int(last["year"]) + REACH_WITHIN
    when = {
        name: words.of(lang).say("answer.year", year=year)
        if year
        else words.of(lang).say("answer.not_within", year=end)
        for name, year in row.items()
        if name.endswith("_year")
    }
    said = words.of(lang).say(
        f"answer.{key}",
        target=row["target"],
        value=words.of(lang).flagged(last["value"], last["flag"]),
        from_year=int(last["year"]),
        reason=words.of(lang).reason(row["reason"]),
        **_labels(indicator, lang),
        **when,
    )
    return said if key == "refused" else said + _note(row["reason"], lang)


def what_if(
    values: pd.Series | pd.DataFrame, *, growth: float, year: int, indicator: str = ""
) -> pd.DataFrame:
    """The value of a year if the last figure grew so much a year (`growth` a fraction: 0.08 for 8 %), with
    the interval of the last figure.

    Columns: `from_year`, `value`, `year`, `growth_percent`, `answer`, `low`, `high`, `flag` and the common
    ones; zero or a negative number grows to nothing and has a reason. Raises ValueError for growth that is no fraction or a year not after the last figure.

    >>> what_if(pd.Series({2022: 50.0}), growth=0.08, year=2024)[["answer", "low", "high"]].round(2).values.tolist()
    [[58.32, 58.32, 58.32]]
    """
    last = _known(values).iloc[-1]
    if not np.isfinite(growth) or not -1 < growth <= 1:
        raise ValueError(f"growth={growth}: give growth a year as a fraction (0.08 for 8 %)")
    if year <= last["year"]:
        raise ValueError(f"year {year} is not after the last figure ({last['year']})")
    reason = unfit_for_growth(last["value"], last["value"])
    answer, low, high = (
        np.nan if reason else last[end] * (1 + growth) ** (year - last["year"])
        for end in ("value", "low", "high")
    )
    said = {
        f"sentence_{lang}": words.of(lang).say(
            "answer.refused" if reason else "answer.what_if",
            reason=words.of(lang).reason(reason),
            value=words.of(lang).flagged(last["value"], last["flag"]),
            year=year,
            from_year=int(last["year"]),
            percent=100 * float(growth),
            answer=words.of(lang).flagged(answer, last["flag"]),
            low=float(low),
            high=float(high),
            **_labels(indicator, lang),
        )
        for lang in words.LANGUAGES
    }
    return pd.DataFrame(
        [
            {
                "from_year": int(last["year"]),
                "value": last["value"],
                "year": year,
                "growth_percent": 100 * growth,
                "answer": answer,
                "low": low,
                "high": high,
                "flag": last["flag"],
                "figure_ids": figure_ids(last),
                "reason": reason,
                **said,
            }
        ]
    )


def compare(
    table: pd.DataFrame,
    indicator: str,
    *,
    areas: Iterable[str],
    year: int,
    level: str | None = None,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """Areas side by side in one year, each as a share of the first: one row an area, blank where no figure is
    held (nothing is carried over).

    `table`: the panel, or the observations. Columns: `area`, `area_level`, `year`, `value`, `low`, `high`,
    `flag`, `definition`, `percent`, `low_percent`, `high_percent` (of the first area), and the common ones;
    `definition_unstated` where one of the two states what it counts. `level` where a name is used by more
    than one level."""
    held = area_years(table, indicator)
    held = held[(held["year"] == year) & (held["area_level"].eq(level) if level else True)]
    named = pd.DataFrame({"area": list(areas)})
    unknown = sorted(set(named["area"]) - set(table["area"]))
    if unknown:
        raise ValueError(f"no area named {', '.join(unknown)} in the table: names are as in its column area")
    rows = named.merge(held, on="area", how="left").assign(year=year)
    rows[["flag", "definition", "figure_id"]] = rows[["flag", "definition", "figure_id"]].fillna("")
    first = rows.iloc[0]
    reasons = [
        "no_figure"
        if pd.isna(row["value"])
        else _definition_reason(mix_definitions, first, row)
        or ("zero_base" if first["value"] == 0 else _half_stated(first, row))
        for _, row in rows.iterrows()
    ]
    comparable = [reason not in ("no_figure", "definition_break", "zero_base") for reason in reasons]
    for name, end, other in (
        ("percent", "value", "value"),
        ("low_percent", "low", "high"),
        ("high_percent", "high", "low"),
    ):
        rows[name] = (100 * rows[end] / first[other]).where(comparable)
    for lang in words.LANGUAGES:
        rows[f"sentence_{lang}"] = [
            _compared(row, first, indicator, reason, lang)
            for (_, row), reason in zip(rows.iterrows(), reasons, strict=False)
        ]
    return rows.rename(columns={"figure_id": "figure_ids"}).assign(reason=reasons)


def _half_stated(first: pd.Series, other: pd.Series) -> str:
    """That one of two figures says what it counts and the other does not."""
    return (
        "definition_unstated"
        if pd.notna(first["value"]) and (first["definition"] == "") != (other["definition"] == "")
        else ""
    )


def _compared(row: pd.Series, first: pd.Series, indicator: str, reason: str, lang: str) -> str:
    labels = _labels(indicator, lang)
    if reason in ("no_figure", "definition_break"):
        return words.of(lang).say(
            "answer.refused", name=f"{row['area']}, {row['year']}", reason=words.of(lang).reason(reason)
        )
    key = "compare_first" if row["area"] == first["area"] or pd.isna(row["percent"]) else "compare"
    return words.of(lang).say(
        f"answer.{key}",
        year=row["year"],
        area=row["area"],
        value=words.of(lang).flagged(row["value"], row["flag"]),
        percent=row["percent"],
        range=_range(row["low_percent"], row["high_percent"], lang=lang),
        first=first["area"],
        **labels,
    ) + _note(reason, lang)


def rank(
    table: pd.DataFrame,
    indicator: str,
    *,
    year: int,
    level: str = "district",
    direction: int | None = None,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """The areas of one level in order in one year, best first, with the places that their intervals allow.

    `table` as in `compare`. Columns: `rank`, `best_rank`, `worst_rank`, `area`, `area_level`, `year`,
    `value`, `low`, `high`, `flag`, `definition` and the common ones. Two stated definitions: no ranks, reason
    `definition_break`, unless `mix_definitions`."""
    better = direction or (INDICATORS[indicator].direction if indicator in INDICATORS else 1)
    if better not in (1, -1):
        raise ValueError(f"{indicator} has no better end: give direction=1 or -1")
    held = area_years(table, indicator)
    rows = held[(held["year"] == year) & (held["area_level"] == level)].sort_values(
        "value", ascending=better < 0, ignore_index=True
    )
    low, high = (rows[["low", "high"]] if better > 0 else -rows[["high", "low"]]).to_numpy(dtype=float).T
    reason = _definition_reason(mix_definitions, rows)
    ranks = {
        "rank": rows["value"].rank(ascending=better < 0, method="min"),
        "best_rank": [1.0 + (low > end).sum() for end in high],
        "worst_rank": [float((high >= end).sum()) for end in low],
    }
    for name, column in ranks.items():
        rows[name] = pd.array(
            [pd.NA if reason == "definition_break" else int(place) for place in column], dtype="Int64"
        )
    for lang in words.LANGUAGES:
        rows[f"sentence_{lang}"] = [
            _ranked(row, len(rows), indicator, reason, lang) for _, row in rows.iterrows()
        ]
    rows = rows.rename(columns={"figure_id": "figure_ids"}).assign(reason=reason)
    return rows[["rank", "best_rank", "worst_rank", *rows.columns.drop(list(ranks))]]


def _ranked(row: pd.Series, areas: int, indicator: str, reason: str, lang: str) -> str:
    if reason == "definition_break":
        return words.of(lang).say("answer.refused", name=row["area"], reason=words.of(lang).reason(reason))
    value = words.of(lang).flagged(row["value"], row["flag"])
    places = [int(row["best_rank"]), int(row["worst_rank"])]
    return words.of(lang).say(
        "answer.rank",
        year=row["year"],
        area=row["area"],
        value=value,
        rank=int(row["rank"]),
        areas=areas,
        range=words.of(lang).say("answer.rank_range", low=places[0], high=places[1])
        if places[0] != places[1]
        else "",
        **_labels(indicator, lang),
    ) + _note(reason, lang)


def decompose(
    revenue: pd.Series | pd.DataFrame, visits: pd.Series | pd.DataFrame, *, start: int, end: int
) -> pd.DataFrame:
    """How much of revenue's growth came from visits and how much from spending a visit:
    `growth.decomposition` with its sentence, and the head of it as `title_vi`, `title_en`. `reason`:
    `end_inexact`, `ends_inexact` where a revenue or both are estimates or round numbers,
    `definition_unstated` where one of the two does not say what it counts.

    >>> decompose(pd.Series({2019: 100.0, 2022: 180.0}), pd.Series({2019: 10.0, 2022: 15.0}), start=2019, end=2022)["sentence_en"].iloc[0]
    'From 2019 to 2022 revenue rose 80%, 69% of it from visits (in logs): visits rose 50%; spending a visit rose 20%.'
    """
    parts = decomposition(revenue, visits, start=start, end=end)
    money = yearly(revenue)
    stated = set(money.loc[money["year"].isin([start, end]), "definition"])
    inexact = int((money.loc[money["year"].isin([start, end]), "flag"].isin(INEXACT)).sum())
    remarks = [
        ("", "end_inexact", "ends_inexact")[inexact],
        "definition_unstated" if len(stated) == 2 and "" in stated else "",
    ]
    parts["reason"] = " + ".join(filter(None, remarks))
    whole = parts.set_index("part")
    for lang in words.LANGUAGES:
        moved = {part: _moved(whole.loc[part], lang) for part in whole.index}
        share = float(whole.loc["visits", "share_percent"])
        settled = whole["low"] * whole["high"] > 0
        key = (
            "all"
            if not settled["spending"] and settled["visits"]
            else "shared"
            if settled.all() and 0 < share < 100
            else "apart"
        )
        title = words.of(lang).say(
            f"answer.decompose_{key}", start=start, end=end, share=round(share), revenue=moved["revenue"]
        )
        said = words.of(lang).say(
            "answer.decompose", title=title, visits=moved["visits"], spending=moved["spending"]
        )
        parts = parts.assign(
            **{f"title_{lang}": title, f"sentence_{lang}": said + _note(parts["reason"].iloc[0], lang)}
        )
    return parts


def _moved(part: pd.Series, lang: str) -> str:
    """How a part of a growth moved: "rose 50% (48 to 52)", or that the rounding does not tell which way."""
    point, low, high = (100 * float(np.expm1(part[name])) for name in ("log_change", "low", "high"))
    if low < 0 < high:
        return words.of(lang).say("answer.moved_unsettled", low=low, high=high)
    ends = sorted((abs(low), abs(high)))
    return words.of(lang).say("answer.rose" if point >= 0 else "answer.fell", percent=abs(point)) + _range(
        *ends, lang=lang
    )


def visits_for(
    target: float | pd.Series, *, revenue: pd.Series | pd.DataFrame, visits: pd.Series | pd.DataFrame
) -> pd.DataFrame:
    """The visits that a revenue takes at the spending a visit of the last year that both series have.

    Columns: `from_year`, `target`, `answer`, `low`, `high` (corners of both intervals), `answer_flag` (a
    revenue of "at least" leaves "at most" so many visits) and the common ones. `target` in the unit of
    `revenue`. Where it counts something else, `reason` says so.

    >>> visits_for(1120, revenue=pd.Series({2022: 780.0}), visits=pd.Series({2022: 1.2e6}))["answer"].round(-3).tolist()
    [1723000.0]
    """
    both = _known(revenue).merge(_known(visits), on="year", suffixes=("", "_visits"))
    both = both[both["low"] > 0]
    if both.empty:
        raise ValueError("revenue and visits have no year in common with a positive revenue: see by.series")
    last, goal = both.iloc[-1], target_row(target)
    answer, low, high = (
        goal["value"] * last[f"{top}_visits"] / last[bottom]
        for top, bottom in (("value", "value"), ("low", "high"), ("high", "low"))
    )
    reason = _definition_reason(True, last, goal)
    flag = OPPOSITE_FLAGS.get(last["flag"], last["flag"])
    said = {
        f"sentence_{lang}": words.of(lang).say(
            "answer.visits_for",
            target=float(goal["value"]),
            from_year=int(last["year"]),
            answer=float(round(answer, -3)),
            low=float(round(low, -3)),
            high=float(round(high, -3)),
        )
        + _note(reason, lang)
        for lang in words.LANGUAGES
    }
    return pd.DataFrame(
        [
            {
                "from_year": int(last["year"]),
                "target": goal["value"],
                "answer": answer,
                "low": low,
                "high": high,
                "answer_flag": flag,
                "figure_ids": figure_ids(last, goal) + " " + last["figure_id_visits"],
                "reason": reason,
                **said,
            }
        ]
    )


def verdicts(
    values: pd.Series | pd.DataFrame,
    *,
    targets: pd.DataFrame,
    methods: Iterable[str] = METHODS,
    direction: int = 1,
    base_year: int | None = None,
    levels: pd.DataFrame | None = None,
    rate: bool = False,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """Every target by every method, side by side: the plan of one year and the goal of the next together,
    nominal and real apart.

    `targets`: `year`, `value`, perhaps `definition` and `figure_id`. `levels` (see `price_levels`) adds the
    verdicts in constant prices, target and figures both deflated. Columns: `target_year`, `target`, `prices`
    (current or constant), `method`, `ratio`, `class_`, `price_year` (of constant prices: the levels' base
    year), `classes`, `stability`, `base_year`, `base` (where the growth done is counted from), `attainment`,
    `methods_on_track` of `methods_judging` (of this target and prices: shown, never averaged), and the common
    ones."""
    priced = [("current", _known(values), targets.assign(nominal=targets["value"], price_year=np.nan))]
    if levels is not None:
        level = levels.set_index("year")["level"]
        deflated = priced[0][2].assign(
            value=targets["value"] / targets["year"].map(level), price_year=level.index[level == 1][0]
        )
        priced.append(("constant", real(values, levels), deflated))
    options = {"direction": direction, "rate": rate, "mix_definitions": mix_definitions}
    rows = [
        _verdict(
            series, row, prices, method, base_year=None if method == "recent_pace" else base_year, **options
        )
        for prices, series, aims in priced
        for _, row in aims.iterrows()
        for method in methods
    ]
    table = pd.DataFrame(rows)
    groups = table.groupby(["target_year", "prices"])["class_"]
    table.insert(
        12, "methods_on_track", groups.transform(lambda group: group.isin(["reached", "on_track"]).sum())
    )
    table.insert(13, "methods_judging", groups.transform(lambda group: (group != "").sum()))
    return table


def _verdict(series: pd.DataFrame, aim: pd.Series, prices: str, method: str, **options: object) -> dict:
    year, level_missing = int(aim["year"]), pd.isna(aim["value"])
    found = None if level_missing else progress(series, aim, year, method, **options)
    reason = found.reason if found else "no_price_level"
    base_year, base = found.points[["year", "value"]].iloc[0] if found and found.class_ else (np.nan, np.nan)
    said = {}
    for lang in words.LANGUAGES:
        parts = {
            "target": float(aim["nominal"]),
            "year": year,
            "method": words.of(lang).say(f"method.{method}"),
            "prices": words.of(lang).say(f"answer.{prices}", year=f"{aim['price_year']:.0f}"),
            "reason": words.of(lang).reason(reason),
        }
        if found and found.class_:
            shown = {
                name: words.of(lang).number(figure, decimals=2) or words.of(lang).say("answer.none")
                for name, figure in (("ratio", found.ratio), ("stability", found.stability))
            }
            classes = "; ".join(words.of(lang).class_name(name) for name in found.classes)
            parts |= {"class_": words.of(lang).class_name(found.class_), "classes": classes}
            said[f"sentence_{lang}"] = words.of(lang).say("answer.verdict", **shown, **parts) + _note(
                reason, lang
            )
        else:
            said[f"sentence_{lang}"] = words.of(lang).say("answer.verdict_refused", **parts)
    return {
        "target_year": year,
        "target": aim["value"],
        "prices": prices,
        "price_year": aim["price_year"],
        "method": method,
        "ratio": found.ratio if found else np.nan,
        "class_": found.class_ if found else "",
        "classes": " | ".join(found.classes) if found else "",
        "stability": found.stability if found else np.nan,
        "base_year": base_year,
        "base": base,
        "attainment": np.nan if level_missing else attainment(series, aim, direction=options["direction"])[0],
        "figure_ids": figure_ids(found.points if found else series, aim),
        "reason": reason,
        **said,
    }


def _known(values: pd.Series | pd.DataFrame) -> pd.DataFrame:
    series = yearly(values)
    if series.empty:
        raise ValueError("the series has no figure: see by.observations() for what was printed")
    return series


def _definition_reason(mix_definitions: bool, *rows: pd.DataFrame | pd.Series) -> str:
    if len(definitions(*rows)) < 2:
        return ""
    return "definitions_mixed" if mix_definitions else "definition_break"


def _labels(indicator: str, lang: str) -> dict[str, str]:
    """The name and the unit of an indicator, for a sentence."""
    if indicator not in INDICATORS:
        return {"name": words.of(lang).say("answer.name"), "unit": ""}
    known = INDICATORS[indicator]
    # A year stands in the sentence: the unit needs none.
    return {"name": getattr(known, lang), "unit": words.of(lang).unit(known.unit).removesuffix("/năm")}


def _note(reason: str, lang: str) -> str:
    return words.of(lang).say("answer.and_note", reason=words.of(lang).reason(reason)) if reason else ""
