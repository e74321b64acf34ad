"""What was found, in sentences made from the tables: a changed figure changes the words. Tables in, sentences out, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views.style import humanised


class Said(str):
    """A sentence that knows the `figure_ids` it was made from, and its `key` in words.FINDINGS.

    >>> sentence = Said("50 in 2022", key="latest", figure_ids=["a", None, "a", "b"])
    >>> sentence, sentence.figure_ids
    ('50 in 2022', ('a', 'b'))
    """

    key: str
    figure_ids: tuple[str, ...]

    def __new__(cls, text: str, *, key: str = "", figure_ids: Iterable[object] = ()) -> Said:
        said = super().__new__(cls, text)
        said.key, said.figure_ids = key, tuple(dict.fromkeys(name for name in figure_ids if isinstance(name, str) and name))
        return said


def _say(key: str, *, lang: str, figure_ids: Iterable[object], **parts: object) -> Said:
    return Said(words.finding(key, lang=lang, **parts), key=key, figure_ids=figure_ids)


class Sentences(list):
    """Sentences that a notebook shows as a list; `str` gives them one a line."""

    def __str__(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in self)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return str(self)


def named(indicator: str, *, lang: str) -> str:
    """The name of an indicator inside a sentence: it begins small, unless it is an acronym's."""
    name = getattr(vocabulary.INDICATORS[indicator], lang)
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def unit_of(indicator: str, *, lang: str) -> str:
    """The unit of an indicator in words."""
    return getattr(vocabulary.UNITS[vocabulary.INDICATORS[indicator].unit], lang)


def percent(share: float, *, lang: str, decimals: int = 1) -> str:
    """A fraction as a percentage.

    >>> percent(0.758, lang="vi"), percent(0.758, lang="en")
    ('75,8%', '75.8%')
    """
    return words.number(share * 100, lang=lang, decimals=decimals) + "%"


def bounded(value: float, qualifier_or_flag: str, *, lang: str, exact: bool = False) -> str:
    """A number with the word of its bound; millions in words, or with `exact` every digit.

    >>> bounded(66, "gt", lang="vi"), bounded(85, "ge", lang="en"), bounded(85, "ge", lang="vi"), bounded(500000, "about", lang="en")
    ('trên 66', 'at least 85', 'từ 85 trở lên', 'about 500,000')
    """
    side = words.LANGUAGES.index(lang)
    number = words.number(value, lang=lang) if exact else humanised(value, lang=lang)
    if qualifier_or_flag in ("at_least", "at_most", "about"):
        return f"{vocabulary.FLAGS[qualifier_or_flag][side]} {number}"
    if qualifier_or_flag in ("", "eq", "range") or qualifier_or_flag not in vocabulary.QUALIFIERS:
        return number
    word = vocabulary.QUALIFIERS[qualifier_or_flag][side]
    return word.replace("…", number) if "…" in word else f"{word} {number}"


def headline(row: pd.Series, *, lang: str) -> str:
    """The finding on one row of a scorecard, short enough for a chart's title."""
    known = {"name": title_name(row["indicator"], lang=lang), "area": row["area"], "plan_year": row["plan_year"], "kind": _kind(row, lang=lang)}
    if pd.isna(row["actual"]):
        return _no_actual(row, lang=lang)
    key = "title_last" if row["reason"] == "definitions_differ" else "title_share"
    known |= {"actual": bounded(row["actual"], row["actual_flag"], lang=lang), "year": int(row["year"]), "share": percent(row["attainment"], lang=lang)}
    return words.finding(key, lang=lang, **known)


def _kind(row: pd.Series, *, lang: str) -> str:
    """What was set, inside a sentence: a plan, a target, a standard."""
    return words.finding(f"kind_{row['plan_kind']}", lang=lang)


def title_name(indicator: str, *, lang: str) -> str:
    """The name of an indicator where a title begins with it (Vietnamese) or holds it (English)."""
    return vocabulary.INDICATORS[indicator].vi if lang == "vi" else named(indicator, lang=lang)


def against_plan(row: pd.Series, *, lang: str) -> list[str]:
    """Sentences on one row of a scorecard: the latest figure and its share of the plan, the growth needed, the growth done."""
    if pd.isna(row["actual"]):
        return [_no_actual(row, lang=lang)]
    unit = unit_of(row["indicator"], lang=lang)
    share = percent(row["attainment"], lang=lang)
    if row["attainment_low"] != row["attainment_high"]:
        low, high = (percent(row[f"attainment_{side}"], lang=lang) for side in ("low", "high"))
        share = words.finding("share_range", lang=lang, share=share, low=low, high=high)
    both = row[["actual_figure_id", "plan_figure_id"]]
    said = [
        _say(
            "latest", lang=lang, figure_ids=both, name=named(row["indicator"], lang=lang), area=row["area"], unit=unit, year=int(row["year"]), share=share,
            actual=bounded(row["actual"], row["actual_flag"], lang=lang), plan=bounded(row["plan"], row["plan_qualifier"], lang=lang),
            plan_year=row["plan_year"], kind=_kind(row, lang=lang),
        )
    ]  # fmt: skip
    if row["reason"] == "definitions_differ":
        kinds = {side: words.definition(row[f"{side}_definition"], lang=lang) for side in ("plan", "actual")}
        said.append(_say("definitions_differ", lang=lang, figure_ids=both, plan_definition=kinds["plan"], actual_definition=kinds["actual"]))
    # A lower bound of the outcome leaves an upper bound of what was still needed.
    side = {"at_least": "at_most", "at_most": "at_least", "about": "about"}.get(row["actual_flag"], "")
    unit = unit.removesuffix("/năm")
    if row["pace"] in ("met", "missed"):
        missing = humanised(row["plan"] - row["actual"], lang=lang)
        return [*said, _say(row["pace"], lang=lang, figure_ids=both, missing=missing, unit=unit)]
    needed = {"needed": bounded(row["needed_a_year"], side, lang=lang), "needed_percent": percent(row["needed_percent"], lang=lang)}
    said.append(_say("needed", lang=lang, figure_ids=both, unit=unit, year=int(row["year"]), plan_year=row["plan_year"], **needed))
    return said + _pace(row, unit, lang=lang)


def _no_actual(row: pd.Series, *, lang: str) -> str:
    plan = bounded(row["plan"], row["plan_qualifier"], lang=lang)
    name = getattr(vocabulary.INDICATORS[row["indicator"]], lang)
    unit = unit_of(row["indicator"], lang=lang)
    return _say("no_actual", lang=lang, figure_ids=[row["plan_figure_id"]], name=name, plan=plan, plan_year=row["plan_year"], unit=unit)


def _pace(row: pd.Series, unit: str, *, lang: str) -> list[str]:
    """The growth done, and whether it was enough."""
    if pd.isna(row["base"]):
        return [_say("one_point", lang=lang, figure_ids=[row["actual_figure_id"]])]
    derived = words.finding("done_derived", lang=lang) if row["base_derived"] else ""
    used = row[["base_figure_id", "actual_figure_id"]]
    said = _say(
        "done", lang=lang, figure_ids=used, base_year=int(row["base_year"]), base=bounded(row["base"], row["base_flag"], lang=lang), derived=derived, year=int(row["year"]),
        done=humanised(row["done_a_year"], lang=lang), unit=unit, done_percent=percent(row["done_percent"], lang=lang),
    )  # fmt: skip
    return [said, _say(f"pace_{row['pace']}", lang=lang, figure_ids=used)]


def gaps(series: pd.DataFrame, *, area: str, first: int, last: int, lang: str) -> list[str]:
    """The years from first to last for which no full-year figure is printed; nothing where there is one for each."""
    held = set(series["year"])
    years = [year for year in range(first, last + 1) if year not in held]
    return [_say("gaps", lang=lang, figure_ids=(), area=area, years=_year_list(years))] if years else []


def _year_list(years: list[int]) -> str:
    """Years as they are said: 2013–2021, 2023–2025.

    >>> _year_list([2012, 2014, 2015, 2016, 2018])
    '2012, 2014–2016, 2018'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def province(indicator: str, series: pd.DataFrame, *, name: str, lang: str) -> list[str]:
    """The province's latest figure, or that there is none."""
    if series.empty:
        return [_say("province_none", lang=lang, figure_ids=(), province=name)]
    last = series.iloc[-1]
    known = {"actual": bounded(last["value"], last["flag"], lang=lang), "unit": unit_of(indicator, lang=lang), "year": int(last["year"])}
    return [_say("province", lang=lang, figure_ids=[last["figure_id"]], province=name, **known)]


def province_share(indicator: str, district: pd.DataFrame, whole: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The district's share of the province in the last year that both have."""
    both = district.merge(whole, on="year", suffixes=("", "_whole"))
    if both.empty:
        return []
    last = both.iloc[-1]
    numbers = {"part": humanised(last["value"], lang=lang), "whole": humanised(last["value_whole"], lang=lang)}
    share = percent(last["value"] / last["value_whole"], lang=lang, decimals=0)
    numbers["unit"] = unit_of(indicator, lang=lang)
    used = last[["figure_id", "figure_id_whole"]]
    return [_say("province_share", lang=lang, figure_ids=used, year=int(last["year"]), area=area, share=share, **numbers)]


def peers(latest: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """Other districts, each at its latest year, the highest first: `area`, `value`, `year`, `flag`."""
    others = latest[latest["area"] != area].sort_values(["value", "area"], ascending=[False, True])
    if others.empty:
        return []
    said = [words.finding("peer", lang=lang, area=row.area, value=bounded(row.value, row.flag, lang=lang), year=row.year) for row in others.itertuples()]
    return [_say("peers", lang=lang, figure_ids=others["figure_id"], list="; ".join(said))]


def conflicts(indicator: str, observations: pd.DataFrame, *, lang: str) -> list[str]:
    """The years in which sources do not meet, with their spread."""
    rows = observations[observations["spread_low"].notna() & (observations["part"] == "")].sort_values("year")
    return [
        _say(
            "conflict", lang=lang, figure_ids=_of_one_year(indicator, observations, row), year=row.year, low=humanised(row.spread_low, lang=lang), high=humanised(row.spread_high, lang=lang),
            unit=unit_of(indicator, lang=lang), value=humanised(row.value, lang=lang),
        )
        for row in rows.itertuples()
    ]  # fmt: skip


def _of_one_year(indicator: str, observations: pd.DataFrame, row) -> list[str]:
    """The figure that speaks for a year and those that do not meet it."""
    rows = observations[(observations["indicator"] == indicator) & (observations["year"] == row.year) & (observations["part"] == "")]
    return [row.figure_id, *rows.loc[rows["status"] == "conflicting", "figure_id"]]


def spending(revenue: pd.DataFrame, visits: pd.DataFrame, *, lang: str) -> list[str]:
    """Revenue over visits in the last year that both have, from the corners of their intervals, in thousand VND."""
    both = revenue.merge(visits, on="year", suffixes=("", "_visits"))
    if both.empty:
        return []
    last = both.iloc[-1]
    low, high = (last["low"] * 1e6 / last["high_visits"], last["high"] * 1e6 / last["low_visits"])
    ends = {name: words.number(end, lang=lang, decimals=0) for name, end in (("low", low), ("high", high))}
    return [_say("spending", lang=lang, figure_ids=last[["figure_id", "figure_id_visits"]], year=int(last["year"]), **ends)]


def verdicts(table: pd.DataFrame, *, lang: str) -> list[str]:
    """One sentence an indicator on what the methods say of its plan, in current prices: how many call it on track, and what they call it."""
    said = []
    for indicator, rows in table[table["prices"] == "current"].groupby("indicator", sort=False):
        judged = rows[rows["class_"] != ""]
        name = getattr(vocabulary.INDICATORS[indicator], lang)
        if judged.empty:
            reasons = words.reason(" + ".join(dict.fromkeys(rows["reason"])), lang=lang)
            said.append(words.finding("verdict_none", lang=lang, name=name, reason=reasons))
            continue
        allowed = dict.fromkeys(class_ for classes in judged["classes"] for class_ in classes.split(" | "))
        said.append(
            words.finding(
                "verdict", lang=lang, name=name, on=int(rows["methods_on_track"].iloc[0]), judging=len(judged),
                classes="; ".join(dict.fromkeys(words.class_name(class_, lang=lang) for class_ in allowed)),
            )
        )  # fmt: skip
    return said


def say(answer: pd.DataFrame, *, lang: str = "vi") -> Sentences:
    """The sentences of an answer of the measures, each once; that there is nothing, where it has no rows.

    >>> print(say(pd.DataFrame({"sentence_en": ["It needs 8 a year."] * 2}), lang="en"))
    - It needs 8 a year.
    """
    return Sentences(dict.fromkeys(answer[f"sentence_{lang}"]) or [words.COLUMNS["nothing"][words.LANGUAGES.index(lang)]])


def limits(topic: str, *, lang: str) -> list[str]:
    """What the record cannot show on a topic: income, yield, tourism, goal."""
    return [pair[words.LANGUAGES.index(lang)] for pair in words.LIMITS[topic]]
