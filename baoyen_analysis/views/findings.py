"""What was found, in sentences made from the tables: a changed figure changes the words. Tables in, sentences
out, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.measures.growth import compound
from baoyen_analysis.views.drawing.style import humanised

# Conflicts of less than this share of the figure that speaks are told in one line: at three digits the two
# are one number.
SMALL_CONFLICT = 0.005


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
        said.key, said.figure_ids = (
            key,
            tuple(dict.fromkeys(name for name in figure_ids if isinstance(name, str) and name)),
        )
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


def bounded(value: float, qualifier_or_flag: str, *, lang: str, exact: bool = False, unit: str = "") -> str:
    """A number with the word of its bound; millions in words, or with `exact` every digit. The unit stands at
    the number, within the words.

    >>> bounded(66, "gt", lang="vi"), bounded(85, "ge", lang="en"), bounded(85, "ge", lang="vi", unit="%"), bounded(500000, "about", lang="en", unit="visits")
    ('trên 66', 'at least 85', 'từ 85% trở lên', 'about 500,000 visits')
    """
    side = words.LANGUAGES.index(lang)
    number = words.number(value, lang=lang) if exact else humanised(value, lang=lang)
    number += unit if unit == "%" else f" {unit}".rstrip()
    if qualifier_or_flag in ("at_least", "at_most", "about"):
        return f"{vocabulary.FLAGS[qualifier_or_flag][side]} {number}"
    if qualifier_or_flag in ("", "eq", "range") or qualifier_or_flag not in vocabulary.QUALIFIERS:
        return number
    word = vocabulary.QUALIFIERS[qualifier_or_flag][side]
    return word.replace("…", number) if "…" in word else f"{word} {number}"


def set_for(plan: str, kind: str, year: int | str, *, lang: str) -> str:
    """What was set, with its kind and year.

    >>> set_for("1,980", "target", 2025, lang="en"), set_for("66", "plan", 2024, lang="vi")
    ('1,980 (2025 target)', '66 (kế hoạch 2024)')
    """
    return words.finding(
        "set_for", lang=lang, plan=plan, kind=words.finding(f"kind_{kind}", lang=lang), year=year
    )


def with_unit(number: str, indicator: str, *, lang: str) -> str:
    """A number with its unit, where the indicator's name does not say it already.

    >>> with_unit("50", "income_per_capita", lang="vi"), with_unit("80", "yield_per_ha", lang="en"), with_unit("1.2 million", "tourist_visits", lang="en")
    ('50 triệu đồng/người', '80 million VND', '1.2 million')
    """
    name, unit = title_name(indicator, lang=lang).lower(), unit_of(indicator, lang=lang).removesuffix("/năm")
    head, per, each = unit.partition(" per ")
    unit = head if per and per + each in name else unit
    return number if unit.lower() in name else f"{number} {unit}"


def how(value: float, flag: str, *, lang: str, unit: str = "") -> str:
    """A number with the word of its bound and its unit, or that it is an estimate or preliminary."""
    number = bounded(value, flag, lang=lang, unit=unit)
    return words.chart(flag, lang=lang, number=number) if flag in ("estimate", "preliminary") else number


def headline(row: pd.Series, *, lang: str) -> str:
    """The finding on one row of a scorecard, short enough for a chart's title."""
    known = {
        "name": title_name(row["indicator"], lang=lang),
        "area": row["area"],
        "plan_year": row["plan_year"],
        "kind": _kind(row, lang=lang),
    }
    if pd.isna(row["actual"]):
        return _no_actual(row, lang=lang)
    key = "title_last" if row["reason"] == "definitions_differ" else "title_share"
    actual = with_unit(bounded(row["actual"], row["actual_flag"], lang=lang), row["indicator"], lang=lang)
    known |= {"actual": actual, "year": int(row["year"]), "share": percent(row["attainment"], lang=lang)}
    return words.finding(key, lang=lang, **known)


def _kind(row: pd.Series, *, lang: str) -> str:
    """What was set, inside a sentence: a plan, a target, a standard."""
    return words.finding(f"kind_{row['plan_kind']}", lang=lang)


def _kinds(row: pd.Series, *, lang: str) -> dict[str, str]:
    """What was set, inside a sentence and at its beginning."""
    kind = _kind(row, lang=lang)
    return {"kind": kind, "kind_first": kind.capitalize()}


def title_name(indicator: str, *, lang: str) -> str:
    """The name of an indicator where a title begins with it (Vietnamese) or holds it (English)."""
    return vocabulary.INDICATORS[indicator].vi if lang == "vi" else named(indicator, lang=lang)


def against_plan(row: pd.Series, *, lang: str) -> list[str]:
    """Sentences on one row of a scorecard: the latest figure and its share of the plan, the growth needed,
    the growth done."""
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
            "latest",
            lang=lang,
            figure_ids=both,
            name=named(row["indicator"], lang=lang),
            area=row["area"],
            year=int(row["year"]),
            share=share,
            actual=bounded(row["actual"], row["actual_flag"], lang=lang, unit=unit),
            plan=bounded(row["plan"], row["plan_qualifier"], lang=lang),
            plan_year=row["plan_year"],
            kind=_kind(row, lang=lang),
        )
    ]
    if row["reason"] == "definitions_differ":
        kinds = {side: words.definition(row[f"{side}_definition"], lang=lang) for side in ("plan", "actual")}
        said.append(
            _say(
                "definitions_differ",
                lang=lang,
                figure_ids=both,
                **_kinds(row, lang=lang),
                plan_definition=kinds["plan"],
                actual_definition=kinds["actual"],
            )
        )
    # A lower bound of the outcome leaves an upper bound of what was still needed.
    side = {"at_least": "at_most", "at_most": "at_least", "about": "about"}.get(row["actual_flag"], "")
    unit = unit.removesuffix("/năm")
    if row["pace"] in ("met", "missed"):
        missing = humanised(row["plan"] - row["actual"], lang=lang)
        return [
            *said,
            _say(
                row["pace"],
                lang=lang,
                figure_ids=both,
                missing=missing,
                unit=unit,
                plan_year=row["plan_year"],
                **_kinds(row, lang=lang),
            ),
        ]
    needed = {
        "needed": bounded(row["needed_a_year"], side, lang=lang),
        "needed_percent": percent(row["needed_percent"], lang=lang),
    }
    said.append(
        _say(
            "needed",
            lang=lang,
            figure_ids=both,
            unit=unit,
            kind=_kind(row, lang=lang),
            year=int(row["year"]),
            plan_year=row["plan_year"],
            **needed,
        )
    )
    return said + _pace(row, unit, lang=lang)


def _no_actual(row: pd.Series, *, lang: str) -> str:
    plan = bounded(row["plan"], row["plan_qualifier"], lang=lang, unit=unit_of(row["indicator"], lang=lang))
    name = getattr(vocabulary.INDICATORS[row["indicator"]], lang)
    known = {"name": name, "plan": plan, "plan_year": row["plan_period"], "kind": _kind(row, lang=lang)}
    return _say("no_actual", lang=lang, figure_ids=[row["plan_figure_id"]], **known)


def _pace(row: pd.Series, unit: str, *, lang: str) -> list[str]:
    """The growth done, and whether it was enough."""
    if pd.isna(row["base"]):
        return [_say("one_point", lang=lang, figure_ids=[row["actual_figure_id"]])]
    derived = words.finding("done_derived", lang=lang) if row["base_derived"] else ""
    used = row[["base_figure_id", "actual_figure_id"]]
    said = _say(
        "done" if row["done_a_year"] >= 0 else "done_fell",
        lang=lang,
        figure_ids=used,
        derived=derived,
        year=int(row["year"]),
        base_year=int(row["base_year"]),
        base=bounded(row["base"], row["base_flag"], lang=lang),
        done=humanised(abs(row["done_a_year"]), lang=lang),
        unit=unit,
        done_percent=percent(abs(row["done_percent"]), lang=lang),
    )
    if row["breaks"] == "end":
        return [said, _say("pace_broken", lang=lang, figure_ids=used)]
    through = [_say("pace_through", lang=lang, figure_ids=used)] if row["breaks"] == "through" else []
    return [
        said,
        _say(
            f"pace_{row['pace']}",
            lang=lang,
            figure_ids=used,
            factors=pace_factors(row, lang=lang),
            list=_paces_from(row, lang=lang),
        ),
        *through,
    ]


def pace_factors(row: pd.Series, *, lang: str) -> str:
    """What the verdict on a pace turns on, of the measure, the base year and the rounding: those that flip it
    alone."""
    worth = [set(paces) for _, *paces in row["paces"]]
    turns = {
        "measure": any(len(pair) > 1 for pair in worth),
        "base": len({tuple(paces) for _, *paces in row["paces"]}) > 1,
        "rounding": any("open" in pair for pair in worth),
    }
    named = [words.finding(f"factor_{name}", lang=lang) for name, holds in turns.items() if holds]
    return words.finding("and", lang=lang).join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _paces_from(row: pd.Series, *, lang: str) -> str:
    """From each base, whether the growth was enough in units and in per cent."""
    said = [
        (year, *(words.finding(f"worth_{worth}", lang=lang) for worth in paces))
        for year, *paces in row["paces"]
    ]
    return "; ".join(
        words.finding("pace_from", lang=lang, year=int(year), units=units, percent=percent)
        for year, units, percent in said
    )


def latest_alone(indicator: str, series: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The latest figure of an area that has no plan, or that it has none."""
    name = named(indicator, lang=lang)
    if series.empty:
        return [_say("too_thin", lang=lang, figure_ids=(), name=name, area=area)]
    last = series.iloc[-1]
    known = {
        "actual": how(last["value"], last["flag"], lang=lang, unit=unit_of(indicator, lang=lang)),
        "year": int(last["year"]),
    }
    return [_say("latest_alone", lang=lang, figure_ids=[last["figure_id"]], name=name, area=area, **known)]


def _derived(row: pd.Series, *, lang: str) -> str:
    return words.finding("done_derived", lang=lang) if row.get("derived", False) else ""


def real_growth(
    indicator: str, series: pd.DataFrame, levels: pd.DataFrame, *, lang: str, told: Collection[float] = ()
) -> list[str]:
    """Growth to the last printed figure in current and in constant prices, from the point before it and,
    where that is derived, from the printed one before: over the same years. From the bases `told` the growth
    in current prices was said before and is left out."""
    printed, level = series[~series["derived"].astype(bool)], levels.set_index("year")["level"]
    if printed.empty:
        return []
    last = printed.iloc[-1]
    before = series[
        (series["year"] < last["year"])
        & (
            (series["definition"] == last["definition"])
            | (series["definition"] == "")
            | (last["definition"] == "")
        )
    ]
    bases = pd.concat([before.tail(1), before[~before["derived"].astype(bool)].tail(1)]).drop_duplicates(
        "year"
    )
    said = []
    for _, base in bases[bases["year"].isin(level.index) & (last["year"] in level.index)].iterrows():
        years = last["year"] - base["year"]
        ends = {
            "nominal": (base["value"], last["value"]),
            "real": (base["value"] / level[base["year"]], last["value"] / level[last["year"]]),
        }
        rates = {name: _signed_percent(compound(*pair, years), lang=lang) for name, pair in ends.items()}
        known = {
            "base_year": int(base["year"]),
            "base": bounded(base["value"], base["flag"], lang=lang),
            "derived": _derived(base, lang=lang),
        }
        known |= {"year": int(last["year"]), "name": named(indicator, lang=lang)}
        said.append(
            _say(
                "real_alone" if base["year"] in told else "real",
                lang=lang,
                figure_ids=[base["figure_id"], last["figure_id"]],
                **known,
                **rates,
            )
        )
    return said


def _signed_percent(share: float, *, lang: str) -> str:
    return ("+" if share > 0 else "") + percent(share, lang=lang).replace("-", "−")


def inferred(observations: pd.DataFrame, years: dict[str, int], *, lang: str) -> list[str]:
    """The figures of a series whose year was inferred: `years` gives each figure its year."""
    inferred_ids = set(observations.loc[observations["year_inferred"], "figure_id"])
    doubtful = [name for name in years if name in inferred_ids]
    return [
        _say("inferred", lang=lang, figure_ids=[name], year=years[name], figure_id=name) for name in doubtful
    ]


def monthly_beside(
    monthly: pd.DataFrame, yearly: pd.DataFrame, *, area: str, province: str, lang: str
) -> list[str]:
    """The province's monthly income times twelve beside the area's yearly one, in the last year that both
    have: never in one column."""
    both = yearly.merge(monthly, on="year", suffixes=("", "_monthly"))
    if both.empty:
        return []
    last = both.iloc[-1]
    numbers = {
        "monthly": humanised(last["value_monthly"], lang=lang),
        "yearly": words.number(last["value_monthly"] * 12 / 1000, lang=lang, decimals=1),
    }
    known = {
        "year": int(last["year"]),
        "province": province,
        "area": area,
        "value": bounded(last["value"], last["flag"], lang=lang),
    }
    return [
        _say("monthly", lang=lang, figure_ids=last[["figure_id", "figure_id_monthly"]], **known, **numbers)
    ]


def part_against_year(indicator: str, modelled: pd.DataFrame, year: pd.Series, *, lang: str) -> list[str]:
    """A printed year beside what a printed part of it points to (one row of measures.part_year), with the
    shares that the rest would have."""
    row = modelled.iloc[0]
    outside = year["low"] > row["printed_high"] or year["high"] < row["printed_low"]
    shares = {
        name: percent(share, lang=lang, decimals=0)
        for name, share in (
            ("rest", 1 - row["part_value"] / year["value"]),
            ("least", 1 - row["greatest_share"]),
            ("greatest", 1 - row["least_share"]),
        )
    }
    numbers = {
        "low": row["printed_low"],
        "high": row["printed_high"],
        "whole_low": year["low"],
        "whole_high": year["high"],
    }
    period = words.period(int(row["year"]), row["part"], lang=lang)
    return [
        _say(
            "part_outside" if outside else "part_inside",
            lang=lang,
            figure_ids=[*row["figure_ids"].split(), year["figure_id"]],
            part=period[0].upper() + period[1:],
            value=humanised(row["part_value"], lang=lang),
            whole=bounded(year["value"], year["flag"], lang=lang),
            unit=unit_of(indicator, lang=lang),
            **shares,
            **{name: humanised(value, lang=lang, digits=3) for name, value in numbers.items()},
        )
    ]


def same_year(indicator: str, ranked: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The place of an area among those that have a figure of one year, derived ones marked; nothing where it
    has none or stands alone."""
    mine, others = ranked[ranked["area"] == area], ranked[ranked["area"] != area]
    if mine.empty or others.empty or mine["rank"].isna().all():
        return []
    row = mine.iloc[0]
    listed = "; ".join(
        f"{other['area']} {how(other['value'], other['flag'], lang=lang)}{_derived(other, lang=lang)}"
        for _, other in others.iterrows()
    )
    known = {
        "year": int(row["year"]),
        "value": how(row["value"], row["flag"], lang=lang),
        "derived": _derived(row, lang=lang),
    }
    known |= {"rank": row["rank"], "areas": len(ranked)}
    return [
        _say(
            "same_year",
            lang=lang,
            figure_ids=ranked["figure_ids"],
            area=area,
            list=listed,
            **_names(indicator, lang=lang),
            **known,
        )
    ]


def together(indicator: str, table: pd.DataFrame, *, area: str, level: str, lang: str) -> list[str]:
    """The place of an area in each group that one source prints for one period (`period`, `area`, `rank`);
    that it is in none, where it is not."""
    rows = table[table["area_level"] == level]
    mine, name = rows[rows["area"] == area], named(indicator, lang=lang)
    if mine.empty:
        periods = "; ".join(
            words.period(year, part, lang=lang)
            for year, part in rows[["year", "part"]].drop_duplicates().itertuples(index=False)
        )
        return (
            [
                _say(
                    "together_without",
                    lang=lang,
                    figure_ids=rows["figure_id"],
                    name=name,
                    area=area,
                    list=periods,
                )
            ]
            if periods
            else []
        )
    periods = [words.period(row.year, row.part, lang=lang) for row in mine.itertuples()]
    places = [
        words.finding("together_place", lang=lang, rank=row.rank, areas=row.areas, period=period)
        for row, period in zip(mine.itertuples(), periods, strict=False)
    ]
    return [
        _say(
            "together", lang=lang, figure_ids=mine["figure_id"], area=area, name=name, list=", ".join(places)
        )
    ]


def disputed(indicator: str, checks: pd.DataFrame, figure_ids: Iterable[str], *, lang: str) -> list[str]:
    """The figures among those given that a printed comparison does not meet; `checks` with the `flag` of the
    printed figure."""
    rows = checks[
        (checks["indicator"] == indicator)
        & ~checks["agrees"].astype(bool)
        & checks["base_figure_id"].isin(list(figure_ids))
    ]
    return [
        _say(
            "disputed",
            lang=lang,
            figure_ids=[row.base_figure_id, row.figure_id],
            area=row.area,
            name=named(indicator, lang=lang),
            period=words.periods(row.period, lang=lang),
            printed=bounded(row.printed_value, row.flag, lang=lang),
            implied=humanised(row.derived_value, lang=lang),
            caveat=words.finding("caveat", lang=lang, caveat=words.caveat(row._asdict(), lang=lang))
            if row.caveat
            else "",
        )
        for row in rows.itertuples()
    ]


def storm(rows: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The damage of a storm, and that its year does not compare."""
    return [
        _say(
            "storm",
            lang=lang,
            figure_ids=[row.figure_id],
            area=area,
            damage=bounded(row.value, row.flag, lang=lang),
            year=row.year,
            period=words.period(row.year, row.part, lang=lang),
        )
        for row in rows.itertuples()
    ]


def new_rural(thresholds: pd.DataFrame, income: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The latest new-rural income standard of the region beside the area's income of the same year, derived
    where only that is held."""
    if thresholds.empty:
        return []
    standard = thresholds.sort_values("year").iloc[-1]
    mine = income[income["year"] == standard["year"]]
    parts = {
        "year": int(standard["year"]),
        "region": standard["area"],
        "area": area,
        "threshold": bounded(
            standard["value"], standard["qualifier"], lang=lang, unit=unit_of("income_per_capita", lang=lang)
        ),
    }
    if mine.empty:
        return [_say("new_rural_none", lang=lang, figure_ids=[standard["figure_id"]], **parts)]
    row = mine.iloc[0]
    parts |= {"value": bounded(row["value"], row["flag"], lang=lang), "derived": _derived(row, lang=lang)}
    parts["side"] = words.finding("below" if row["value"] < standard["value"] else "reached", lang=lang)
    return [_say("new_rural", lang=lang, figure_ids=[standard["figure_id"], row["figure_id"]], **parts)]


def ranges(rows: pd.DataFrame, *, lang: str) -> list[str]:
    """How far the rounding of each latest figure leaves open the growth that its plan needed, beside the
    growth done."""
    said = []
    for _, row in rows[rows["actual"].notna() & (rows["plan_year"] > rows["year"])].iterrows():
        years = row["plan_year"] - row["year"]
        needed = sorted(compound(row[f"actual_{side}"], row["plan"], years) for side in ("low", "high"))
        text = _say(
            "ranges",
            lang=lang,
            figure_ids=(),
            name=getattr(vocabulary.INDICATORS[row["indicator"]], lang),
            year=int(row["year"]),
            low=humanised(row["actual_low"], lang=lang),
            high=humanised(row["actual_high"], lang=lang),
            needed_low=percent(needed[0], lang=lang),
            needed_high=percent(needed[1], lang=lang),
        )
        if pd.notna(row["base"]) and row["breaks"] != "end":
            text += words.finding(
                "ranges_done",
                lang=lang,
                done=_signed_percent(row["done_percent"], lang=lang),
                base_year=int(row["base_year"]),
                base=bounded(row["base"], row["base_flag"], lang=lang),
                derived=_derived(pd.Series({"derived": row["base_derived"]}), lang=lang),
            )
        said.append(
            Said(text, key="ranges", figure_ids=row[["actual_figure_id", "plan_figure_id", "base_figure_id"]])
        )
    return said


def _item(row, speaks: float, other: float, *, lang: str) -> str:
    """Two numbers that do not meet, with what they are of, and that they were set where they are no
    outcomes."""
    speaks, other = (
        words.number(value, lang=lang) if abs(value) < 1000 else humanised(value, lang=lang)
        for value in (speaks, other)
    )
    kind = (
        ""
        if row.kind in vocabulary.OUTCOMES
        else words.finding("of_kind", lang=lang, kind=words.finding(f"kind_{row.kind}", lang=lang))
    )
    known = {
        "name": named(row.indicator, lang=lang),
        "area": row.area,
        "period": words.periods(row.period, lang=lang),
        "kind": kind,
    }
    return words.finding("conflict_item", lang=lang, **known, speaks=speaks, other=other)


def quality(observations: pd.DataFrame, checks: pd.DataFrame, *, lang: str) -> list[str]:
    """What became of the figures, how far the sources conflict, whether the printed comparisons agree, and
    how many figures are bounds."""
    fates = observations["status"].value_counts()
    said = [
        _say(
            "fates",
            lang=lang,
            figure_ids=(),
            all=len(observations),
            **{name: int(fates.get(name, 0)) for name in words.STATUSES},
        )
    ]
    rows = apart(observations)
    wide = rows[rows["spread"] >= SMALL_CONFLICT]
    listed = [_item(row, row.speaks, row.value, lang=lang) for row in wide.itertuples()]
    if len(wide):
        known = {
            "small": len(rows) - len(wide),
            "all": len(rows),
            "limit": percent(SMALL_CONFLICT, lang=lang),
            "list": "; ".join(listed),
        }
        said.append(_say("conflicts", lang=lang, figure_ids=wide["figure_id"], **known))
    failed = checks[~checks["agrees"].astype(bool)]
    listed = [_item(row, row.printed_value, row.derived_value, lang=lang) for row in failed.itertuples()]
    said.append(
        _say(
            "checks" if len(failed) else "checks_count",
            lang=lang,
            figure_ids=failed["base_figure_id"],
            list="; ".join(listed),
            **_agreement(checks),
        )
    )
    return [
        *said,
        _say(
            "bounds",
            lang=lang,
            figure_ids=(),
            bounds=int((observations["qualifier"] != "eq").sum()),
            all=len(observations),
        ),
    ]


def _agreement(checks: pd.DataFrame) -> dict[str, int]:
    """How many cross-checks agree of how many, and how many of them are of what was set and no outcomes."""
    return {
        "agree": int(checks["agrees"].sum()),
        "all": len(checks),
        "set": int((~checks["kind"].isin(vocabulary.OUTCOMES)).sum()),
    }


def start(
    observations: pd.DataFrame, checks: pd.DataFrame, core: pd.DataFrame, *, area: str, lang: str
) -> list[str]:
    """What the record holds, of it on an area; the latest outcome of each core indicator (`indicator` and a
    series' columns); the cross-checks."""
    mine = observations[(observations["area"] == area) & (observations["area_level"] == "district")]
    known = {
        "all": len(observations),
        "sources": observations["source_id"].nunique(),
        "mine": len(mine),
        "outcomes": int(mine["kind"].isin(vocabulary.OUTCOMES).sum()),
    }
    listed = [
        words.finding(
            "core_item",
            lang=lang,
            name=named(row.indicator, lang=lang),
            year=row.year,
            value=with_unit(bounded(row.value, row.flag, lang=lang), row.indicator, lang=lang),
        )
        for row in core.itertuples()
    ]
    return [
        _say("held", lang=lang, figure_ids=(), area=area, **known),
        _say(
            "latest_core" if listed else "latest_core_none",
            lang=lang,
            figure_ids=core["figure_id"],
            area=area,
            list="; ".join(listed),
        ),
        _say("checks_count", lang=lang, figure_ids=(), **_agreement(checks)),
    ]


def targets_met(rows: pd.DataFrame, published: pd.Series, *, lang: str) -> list[str]:
    """How many of its own targets an area met in a year, as printed; `published` gives each source its
    day."""
    return [
        _say(
            "targets_met",
            lang=lang,
            figure_ids=[row.figure_id],
            year=row.year,
            area=row.area,
            value=words.number(row.value, lang=lang),
            all=words.number(row.denominator, lang=lang),
            before=words.finding("before_year_end", lang=lang)
            if "" < published[row.source_id] <= f"{row.year}-12-31"
            else "",
        )
        for row in rows[rows["denominator"].notna()].itertuples()
    ]


def chances(table: pd.DataFrame, *, lang: str) -> list[str]:
    """The chance of meeting each plan in one sentence, and for which none can be given."""
    given, none = table[table["shown"].notna()], table[table["shown"].isna()]
    if given.empty:
        return []
    listed = [
        words.finding(
            "chance",
            lang=lang,
            name=named(row.indicator, lang=lang),
            chance=percent(row.shown, lang=lang, decimals=0),
            year=row.year,
        )
        for row in given.itertuples()
    ]
    text = words.finding("chances", lang=lang, list="; ".join(listed))
    if len(none):
        text += words.finding(
            "chances_none",
            lang=lang,
            list="; ".join(dict.fromkeys(named(name, lang=lang) for name in none["indicator"])),
        )
    return [Said(text, key="chances")]


def stability(table: pd.DataFrame, *, lang: str) -> list[str]:
    """How often each method's class stays the same with other base years, one sentence an indicator, in
    current prices."""
    rows = (
        table[table["stability"].notna() & (table["prices"] == "current")]
        if "stability" in table
        else table.iloc[:0]
    )
    said = []
    for (indicator, year, _), methods in rows.groupby(["indicator", "target_year", "target"], sort=False):
        listed = [
            words.finding(
                "stability_item",
                lang=lang,
                method=words.METHODS[row.method][words.LANGUAGES.index(lang)],
                share=percent(row.stability, lang=lang, decimals=0),
            )
            for row in methods.itertuples()
        ]
        name = f"{getattr(vocabulary.INDICATORS[indicator], lang)} ({year})"
        said.append(_say("stability", lang=lang, figure_ids=(), name=name, list="; ".join(listed)))
    return said


def gaps(series: pd.DataFrame, *, indicator: str, area: str, first: int, last: int, lang: str) -> list[str]:
    """The years from first to last for which no full-year figure is printed; nothing where there is one for
    each."""
    held = set(series["year"])
    years = [year for year in range(first, last + 1) if year not in held]
    return (
        [
            _say(
                "gaps",
                lang=lang,
                figure_ids=(),
                name=named(indicator, lang=lang),
                area=area,
                years=_year_list(years),
            )
        ]
        if years
        else []
    )


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
    known = {
        "actual": bounded(last["value"], last["flag"], lang=lang, unit=unit_of(indicator, lang=lang)),
        "year": int(last["year"]),
    }
    return [_say("province", lang=lang, figure_ids=[last["figure_id"]], province=name, **known)]


def province_share(
    indicator: str, district: pd.DataFrame, whole: pd.DataFrame, *, area: str, lang: str
) -> list[str]:
    """The district's share of the province in the last year that both have."""
    both = district.merge(whole, on="year", suffixes=("", "_whole"))
    if both.empty:
        return []
    last = both.iloc[-1]
    numbers = {
        "part": humanised(last["value"], lang=lang),
        "whole": humanised(last["value_whole"], lang=lang),
    }
    share = percent(last["value"] / last["value_whole"], lang=lang, decimals=0)
    numbers["unit"] = unit_of(indicator, lang=lang)
    used = last[["figure_id", "figure_id_whole"]]
    return [
        _say(
            "province_share",
            lang=lang,
            figure_ids=used,
            year=int(last["year"]),
            area=area,
            share=share,
            **numbers,
        )
    ]


def peers(indicator: str, latest: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """An area and then the other districts, each at its latest year, the highest first: `area`, `value`,
    `year`, `flag`."""
    rows = latest.sort_values(["value", "area"], ascending=[False, True])
    said = {
        row.area: words.finding(
            "peer", lang=lang, area=row.area, value=how(row.value, row.flag, lang=lang), year=row.year
        )
        + (f" [{words.definition(row.definition, lang=lang)}]" if row.definition else "")
        for row in rows.itertuples()
    }
    mine = said.pop(area, words.finding("peers_none", lang=lang, area=area))
    return (
        [
            _say(
                "peers",
                lang=lang,
                figure_ids=rows["figure_id"],
                **_names(indicator, lang=lang),
                mine=mine,
                list="; ".join(said.values()),
            )
        ]
        if said
        else []
    )


def _names(indicator: str, *, lang: str) -> dict[str, str]:
    """The name of an indicator inside a sentence and at its beginning."""
    return {
        "name": named(indicator, lang=lang),
        "name_first": getattr(vocabulary.INDICATORS[indicator], lang),
    }


def apart(observations: pd.DataFrame) -> pd.DataFrame:
    """The figures that do not meet the one that speaks, with `speaks` and `spread`, the share of it that they
    lie apart; the widest first."""
    rows = observations[observations["status"] == "conflicting"]
    speaks = rows["speaks_figure_id"].map(
        observations.drop_duplicates("figure_id").set_index("figure_id")["value"]
    )
    rows = rows.assign(speaks=speaks, spread=(rows["value"] - speaks).abs() / speaks.abs())
    return rows.sort_values(["spread", "indicator", "figure_id"], ascending=[False, True, True])


def conflicts(indicator: str, observations: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The years in which sources do not meet, with their spread and why one speaks; those of less than half a
    per cent in one sentence."""
    rows = observations[observations["spread_low"].notna() & (observations["part"] == "")].sort_values("year")
    others = apart(observations).drop_duplicates("speaks_figure_id").set_index("speaks_figure_id")
    widest = others["spread"]
    small = rows[rows["figure_id"].map(widest) < SMALL_CONFLICT]
    said = [
        _say(
            "conflict",
            lang=lang,
            area=area,
            figure_ids=_of_one_year(indicator, observations, row),
            year=row.year,
            low=humanised(row.spread_low, lang=lang),
            high=humanised(row.spread_high, lang=lang),
            unit=unit_of(indicator, lang=lang),
            value=humanised(row.value, lang=lang),
            reason=words.why_first(others.loc[row.figure_id], lang=lang),
        )
        for row in rows.drop(small.index).itertuples()
    ]
    if len(small):
        used = [
            figure_id
            for row in small.itertuples()
            for figure_id in _of_one_year(indicator, observations, row)
        ]
        known = {
            "limit": percent(SMALL_CONFLICT, lang=lang),
            "name": named(indicator, lang=lang),
            "area": area,
            "years": _year_list([*small["year"]]),
        }
        said.append(_say("conflict_small", lang=lang, figure_ids=used, **known))
    return said


def _of_one_year(indicator: str, observations: pd.DataFrame, row) -> list[str]:
    """The figure that speaks for a year and those that do not meet it."""
    rows = observations[
        (observations["indicator"] == indicator)
        & (observations["year"] == row.year)
        & (observations["part"] == "")
    ]
    return [row.figure_id, *rows.loc[rows["status"] == "conflicting", "figure_id"]]


def spending(table: pd.DataFrame, *, lang: str) -> list[str]:
    """The spending a visit of the last year (see measures.growth)."""
    return [
        _say(
            "spending",
            lang=lang,
            figure_ids=row.figure_id.split("; "),
            year=row.year,
            **{end: words.number(getattr(row, end), lang=lang, decimals=0) for end in ("low", "high")},
        )
        for row in table.tail(1).itertuples()
    ]


def apart_from(indicator: str, series: pd.DataFrame, level: str, area: str, *, lang: str) -> list[str]:
    """The latest figure of a zone of the area or of the country, which is not the area's own, with what it
    counts."""
    return [
        _say(
            f"apart_{level}",
            lang=lang,
            figure_ids=[row.figure_id],
            area=area,
            name=named(indicator, lang=lang),
            year=row.year,
            value=how(row.value, row.flag, lang=lang, unit=unit_of(indicator, lang=lang)),
            counted=words.definition(row.definition, lang=lang) or words.finding("unstated", lang=lang),
        )
        for row in series.tail(1).itertuples()
    ]


def run(indicator: str, series: pd.DataFrame, *, area: str, lang: str) -> list[str]:
    """The figures of an area that has two or more, in one sentence, with the definitions where they state
    more than one."""
    if len(series) < 2:
        return []
    listed = ", ".join(f"{how(row.value, row.flag, lang=lang)} ({row.year})" for row in series.itertuples())
    stated = [words.definition(text, lang=lang) for text in dict.fromkeys(series["definition"]) if text]
    counted = words.finding("run_definitions", lang=lang, list="; ".join(stated)) if len(stated) > 1 else ""
    return [
        _say(
            "run",
            lang=lang,
            figure_ids=series["figure_id"],
            area=area,
            name=named(indicator, lang=lang),
            list=listed,
            counted=counted,
        )
    ]


def verdicts(table: pd.DataFrame, *, lang: str) -> list[str]:
    """A sentence an indicator, plan and prices on what the methods say: how many call it on track, from which
    base, and what they call it."""
    said = []
    for (indicator, year, target, prices), rows in table.groupby(
        ["indicator", "target_year", "target", "prices"], sort=False
    ):
        judged = rows[rows["class_"] != ""]
        name = getattr(vocabulary.INDICATORS[indicator], lang)
        if ((table["indicator"] == indicator) & (table["prices"] == prices)).sum() > len(
            rows
        ):  # more than one plan: the name says which
            name += f", {humanised(target, lang=lang)} ({year})"
        if judged.empty:
            reasons = words.reason(" + ".join(dict.fromkeys(rows["reason"])), lang=lang)
            said += (
                [words.finding("verdict_none", lang=lang, name=name, reason=reasons)]
                if prices == "current"
                else []
            )
            continue
        allowed = dict.fromkeys(class_ for classes in judged["classes"] for class_ in classes.split(" | "))
        money = "VND" in vocabulary.INDICATORS[indicator].unit
        said.append(
            words.finding(
                "verdict",
                lang=lang,
                name=name,
                on=int(rows["methods_on_track"].iloc[0]),
                judging=len(judged),
                prices=price_words(judged.iloc[0], lang=lang) if money else "",
                base=f"{humanised(judged['base'].iloc[0], lang=lang)} ({judged['base_year'].iloc[0]:.0f})",
                classes="; ".join(dict.fromkeys(words.class_name(class_, lang=lang) for class_ in allowed)),
            )
        )
    return said


def price_words(row: pd.Series, *, lang: str) -> str:
    """The prices that a verdict on money is in: current, or those of one year."""
    return (
        words.finding("in_prices_of", lang=lang, year=int(row["price_year"]))
        if row["prices"] == "constant"
        else words.finding("in_prices", lang=lang)
    )


def say(answer: pd.DataFrame, *, lang: str = "vi") -> Sentences:
    """The sentences of an answer of the measures, each once; that there is nothing, where it has no rows.

    >>> print(say(pd.DataFrame({"sentence_en": ["It needs 8 a year."] * 2}), lang="en"))
    - It needs 8 a year.
    """
    return Sentences(
        dict.fromkeys(answer[f"sentence_{lang}"]) or [words.COLUMNS["nothing"][words.LANGUAGES.index(lang)]]
    )


def limits(topic: str, *, lang: str) -> list[str]:
    """What the record cannot show on a topic: income, yield, tourism, goal."""
    return [pair[words.LANGUAGES.index(lang)] for pair in words.LIMITS[topic]]
