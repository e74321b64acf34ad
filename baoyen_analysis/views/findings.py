"""What was found, in sentences made from the tables: a changed figure changes the words. Tables in, sentences
out, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from baoyen_analysis import vocabulary, words
from baoyen_analysis.measures.growth import compound
from baoyen_analysis.views import numbers
from baoyen_analysis.words import Language

# Conflicts of less than this share of the figure that speaks are told in one line: at three digits the two
# are one number.
SMALL_CONFLICT = 0.005


class Said(str):
    """A sentence that knows the `figure_ids` it was made from, and its `key` among the findings of words.csv.

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


def _say(key: str, *, t: Language, figure_ids: Iterable[object], **parts: object) -> Said:
    return Said(t.say(key, **parts), key=key.partition(".")[2], figure_ids=figure_ids)


class Sentences(list):
    """Sentences that a notebook shows as a list; `str` gives them one a line."""

    def __str__(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in self)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return str(self)


def headline(row: pd.Series, *, t: Language) -> str:
    """The finding on one row of a scorecard, short enough for a chart's title."""
    known = {
        "name": t.titled(row["indicator"]),
        "area": row["area"],
        "plan_year": row["plan_year"],
        "kind": _kind(row, t=t),
    }
    if pd.isna(row["actual"]):
        return _no_actual(row, t=t)
    key = "title_last" if row["reason"] == "definitions_differ" else "title_share"
    actual = numbers.with_unit(t, numbers.bounded(t, row["actual"], row["actual_flag"]), row["indicator"])
    known |= {"actual": actual, "year": int(row["year"]), "share": t.percent(row["attainment"])}
    return t.say(f"finding.{key}", **known)


def _kind(row: pd.Series, *, t: Language) -> str:
    """What was set, inside a sentence: a plan, a target, a standard."""
    return t.say(f"finding.kind_{row['plan_kind']}")


def against_plan(row: pd.Series, *, t: Language) -> list[str]:
    """Sentences on one row of a scorecard: the latest figure and its share of the plan, the growth needed,
    the growth done."""
    if pd.isna(row["actual"]):
        return [_no_actual(row, t=t)]
    unit = t.unit(row["indicator"])
    share = t.percent(row["attainment"])
    if row["attainment_low"] != row["attainment_high"]:
        low, high = (t.percent(row[f"attainment_{side}"]) for side in ("low", "high"))
        share = t.say("finding.share_range", share=share, low=low, high=high)
    both = row[["actual_figure_id", "plan_figure_id"]]
    said = [
        _say(
            "finding.latest",
            t=t,
            figure_ids=both,
            name=t.named(row["indicator"]),
            area=row["area"],
            year=int(row["year"]),
            share=share,
            actual=numbers.bounded(t, row["actual"], row["actual_flag"], unit=unit),
            plan=numbers.bounded(t, row["plan"], row["plan_qualifier"]),
            plan_year=row["plan_year"],
            kind=_kind(row, t=t),
        )
    ]
    if row["reason"] == "definitions_differ":
        kinds = {side: t.definition(row[f"{side}_definition"]) for side in ("plan", "actual")}
        said.append(
            _say(
                "finding.definitions_differ",
                t=t,
                figure_ids=both,
                kind=_kind(row, t=t),
                plan_definition=kinds["plan"],
                actual_definition=kinds["actual"],
            )
        )
    # A lower bound of the outcome leaves an upper bound of what was still needed.
    side = numbers.opposite(row["actual_flag"])
    unit = unit.removesuffix("/năm")
    if row["pace"] in ("met", "missed"):
        missing = numbers.humanised(t, row["plan"] - row["actual"])
        return [
            *said,
            _say(
                f"finding.{row['pace']}",
                t=t,
                figure_ids=both,
                missing=missing,
                unit=unit,
                plan_year=row["plan_year"],
                kind=_kind(row, t=t),
            ),
        ]
    needed = {
        "needed": numbers.bounded(t, row["needed_a_year"], side),
        "needed_percent": t.percent(row["needed_percent"]),
    }
    said.append(
        _say(
            "finding.needed",
            t=t,
            figure_ids=both,
            unit=unit,
            kind=_kind(row, t=t),
            year=int(row["year"]),
            plan_year=row["plan_year"],
            **needed,
        )
    )
    return said + _pace(row, unit, t=t)


def _no_actual(row: pd.Series, *, t: Language) -> str:
    plan = numbers.bounded(t, row["plan"], row["plan_qualifier"], unit=t.unit(row["indicator"]))
    name = t.name(row["indicator"])
    known = {"name": name, "plan": plan, "plan_year": row["plan_period"], "kind": _kind(row, t=t)}
    return _say("finding.no_actual", t=t, figure_ids=[row["plan_figure_id"]], **known)


def _pace(row: pd.Series, unit: str, *, t: Language) -> list[str]:
    """The growth done, and whether it was enough."""
    if pd.isna(row["base"]):
        return [_say("finding.one_point", t=t, figure_ids=[row["actual_figure_id"]])]
    derived = t.say("finding.done_derived") if row["base_derived"] else ""
    used = row[["base_figure_id", "actual_figure_id"]]
    said = _say(
        "finding.done" if row["done_a_year"] >= 0 else "finding.done_fell",
        t=t,
        figure_ids=used,
        derived=derived,
        year=int(row["year"]),
        base_year=int(row["base_year"]),
        base=numbers.bounded(t, row["base"], row["base_flag"]),
        done=numbers.humanised(t, abs(row["done_a_year"])),
        unit=unit,
        done_percent=t.percent(abs(row["done_percent"])),
    )
    if row["breaks"] == "end":
        return [said, _say("finding.pace_broken", t=t, figure_ids=used)]
    through = [_say("finding.pace_through", t=t, figure_ids=used)] if row["breaks"] == "through" else []
    return [
        said,
        _say(
            f"finding.pace_{row['pace']}",
            t=t,
            figure_ids=used,
            factors=pace_factors(row, t=t),
            list=_paces_from(row, t=t),
        ),
        *through,
    ]


def pace_factors(row: pd.Series, *, t: Language) -> str:
    """What the verdict on a pace turns on, of the measure, the base year and the rounding: those that flip it
    alone."""
    worth = [set(paces) for _, *paces in row["paces"]]
    turns = {
        "measure": any(len(pair) > 1 for pair in worth),
        "base": len({tuple(paces) for _, *paces in row["paces"]}) > 1,
        "rounding": any("open" in pair for pair in worth),
    }
    named = [t.say(f"finding.factor_{name}") for name, holds in turns.items() if holds]
    return t.say("finding.and").join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _paces_from(row: pd.Series, *, t: Language) -> str:
    """From each base, whether the growth was enough in units and in per cent."""
    said = [(year, *(t.say(f"finding.worth_{worth}") for worth in paces)) for year, *paces in row["paces"]]
    return "; ".join(
        t.say("finding.pace_from", year=int(year), units=units, percent=percent)
        for year, units, percent in said
    )


def latest_alone(indicator: str, series: pd.DataFrame, *, area: str, t: Language) -> list[str]:
    """The latest figure of an area that has no plan, or that it has none."""
    name = t.named(indicator)
    if series.empty:
        return [_say("finding.too_thin", t=t, figure_ids=(), name=name, area=area)]
    last = series.iloc[-1]
    known = {
        "actual": numbers.how(t, last["value"], last["flag"], unit=t.unit(indicator)),
        "year": int(last["year"]),
    }
    return [_say("finding.latest_alone", t=t, figure_ids=[last["figure_id"]], name=name, area=area, **known)]


def _derived(row: pd.Series, *, t: Language) -> str:
    return t.say("finding.done_derived") if row.get("derived", False) else ""


def real_growth(
    indicator: str, series: pd.DataFrame, levels: pd.DataFrame, *, t: Language, told: Collection[float] = ()
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
        rates = {name: numbers.signed_percent(t, compound(*pair, years)) for name, pair in ends.items()}
        known = {
            "base_year": int(base["year"]),
            "base": numbers.bounded(t, base["value"], base["flag"]),
            "derived": _derived(base, t=t),
        }
        known |= {"year": int(last["year"]), "name": t.named(indicator)}
        said.append(
            _say(
                "finding.real_alone" if base["year"] in told else "finding.real",
                t=t,
                figure_ids=[base["figure_id"], last["figure_id"]],
                **known,
                **rates,
            )
        )
    return said


def inferred(observations: pd.DataFrame, years: dict[str, int], *, t: Language) -> list[str]:
    """The figures of a series whose year was inferred: `years` gives each figure its year."""
    inferred_ids = set(observations.loc[observations["year_inferred"], "figure_id"])
    doubtful = [name for name in years if name in inferred_ids]
    return [
        _say("finding.inferred", t=t, figure_ids=[name], year=years[name], figure_id=name)
        for name in doubtful
    ]


def monthly_beside(
    monthly: pd.DataFrame, yearly: pd.DataFrame, *, area: str, province: str, t: Language
) -> list[str]:
    """The province's monthly income times twelve beside the area's yearly one, in the last year that both
    have: never in one column."""
    both = yearly.merge(monthly, on="year", suffixes=("", "_monthly"))
    if both.empty:
        return []
    last = both.iloc[-1]
    counted = {
        "monthly": numbers.humanised(t, last["value_monthly"]),
        "yearly": t.number(last["value_monthly"] * 12 / 1000, decimals=1),
    }
    known = {
        "year": int(last["year"]),
        "province": province,
        "area": area,
        "value": numbers.bounded(t, last["value"], last["flag"]),
    }
    return [
        _say("finding.monthly", t=t, figure_ids=last[["figure_id", "figure_id_monthly"]], **known, **counted)
    ]


def part_against_year(indicator: str, modelled: pd.DataFrame, year: pd.Series, *, t: Language) -> list[str]:
    """A printed year beside what a printed part of it points to (one row of measures.part_year), with the
    shares that the rest would have."""
    row = modelled.iloc[0]
    outside = year["low"] > row["printed_high"] or year["high"] < row["printed_low"]
    shares = {
        name: t.percent(share, decimals=0)
        for name, share in (
            ("rest", 1 - row["part_value"] / year["value"]),
            ("least", 1 - row["greatest_share"]),
            ("greatest", 1 - row["least_share"]),
        )
    }
    counted = {
        "low": row["printed_low"],
        "high": row["printed_high"],
        "whole_low": year["low"],
        "whole_high": year["high"],
    }
    period = t.period(int(row["year"]), row["part"])
    return [
        _say(
            "finding.part_outside" if outside else "finding.part_inside",
            t=t,
            figure_ids=[*row["figure_ids"].split(), year["figure_id"]],
            part=period[0].upper() + period[1:],
            value=numbers.humanised(t, row["part_value"]),
            whole=numbers.bounded(t, year["value"], year["flag"]),
            unit=t.unit(indicator),
            **shares,
            **{name: numbers.humanised(t, value, digits=3) for name, value in counted.items()},
        )
    ]


def same_year(indicator: str, ranked: pd.DataFrame, *, area: str, t: Language) -> list[str]:
    """The place of an area among those that have a figure of one year, derived ones marked; nothing where it
    has none or stands alone."""
    mine, others = ranked[ranked["area"] == area], ranked[ranked["area"] != area]
    if mine.empty or others.empty or mine["rank"].isna().all():
        return []
    row = mine.iloc[0]
    listed = "; ".join(
        f"{other['area']} {numbers.how(t, other['value'], other['flag'])}{_derived(other, t=t)}"
        for _, other in others.iterrows()
    )
    known = {
        "year": int(row["year"]),
        "value": numbers.how(t, row["value"], row["flag"]),
        "derived": _derived(row, t=t),
    }
    known |= {"rank": row["rank"], "areas": len(ranked)}
    return [
        _say(
            "finding.same_year",
            t=t,
            figure_ids=ranked["figure_ids"],
            area=area,
            list=listed,
            name=t.named(indicator),
            **known,
        )
    ]


def together(indicator: str, table: pd.DataFrame, *, area: str, level: str, t: Language) -> list[str]:
    """The place of an area in each group that one source prints for one period (`period`, `area`, `rank`);
    that it is in none, where it is not."""
    rows = table[table["area_level"] == level]
    mine, name = rows[rows["area"] == area], t.named(indicator)
    if mine.empty:
        periods = "; ".join(
            t.period(year, part)
            for year, part in rows[["year", "part"]].drop_duplicates().itertuples(index=False)
        )
        return (
            [
                _say(
                    "finding.together_without",
                    t=t,
                    figure_ids=rows["figure_id"],
                    name=name,
                    area=area,
                    list=periods,
                )
            ]
            if periods
            else []
        )
    periods = [t.period(row.year, row.part) for row in mine.itertuples()]
    places = [
        t.say("finding.together_place", rank=row.rank, areas=row.areas, period=period)
        for row, period in zip(mine.itertuples(), periods, strict=False)
    ]
    return [
        _say(
            "finding.together",
            t=t,
            figure_ids=mine["figure_id"],
            area=area,
            name=name,
            list=", ".join(places),
        )
    ]


def disputed(indicator: str, checks: pd.DataFrame, figure_ids: Iterable[str], *, t: Language) -> list[str]:
    """The figures among those given that a printed comparison does not meet; `checks` with the `flag` of the
    printed figure."""
    rows = checks[
        (checks["indicator"] == indicator)
        & ~checks["agrees"].astype(bool)
        & checks["base_figure_id"].isin(list(figure_ids))
    ]
    return [
        _say(
            "finding.disputed",
            t=t,
            figure_ids=[row.base_figure_id, row.figure_id],
            area=row.area,
            name=t.named(indicator),
            period=t.periods(row.period),
            printed=numbers.bounded(t, row.printed_value, row.flag),
            implied=numbers.humanised(t, row.derived_value),
            caveat=t.say("finding.caveat", caveat=t.caveat(row._asdict())) if row.caveat else "",
        )
        for row in rows.itertuples()
    ]


def storm(rows: pd.DataFrame, *, area: str, t: Language) -> list[str]:
    """The damage of a storm, and that its year does not compare."""
    return [
        _say(
            "finding.storm",
            t=t,
            figure_ids=[row.figure_id],
            area=area,
            damage=numbers.bounded(t, row.value, row.flag),
            year=row.year,
            period=t.period(row.year, row.part),
        )
        for row in rows.itertuples()
    ]


def new_rural(thresholds: pd.DataFrame, income: pd.DataFrame, *, area: str, t: Language) -> list[str]:
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
        "threshold": numbers.bounded(
            t, standard["value"], standard["qualifier"], unit=t.unit("income_per_capita")
        ),
    }
    if mine.empty:
        return [_say("finding.new_rural_none", t=t, figure_ids=[standard["figure_id"]], **parts)]
    row = mine.iloc[0]
    parts |= {"value": numbers.bounded(t, row["value"], row["flag"]), "derived": _derived(row, t=t)}
    parts["side"] = t.say("finding.below" if row["value"] < standard["value"] else "finding.reached")
    return [_say("finding.new_rural", t=t, figure_ids=[standard["figure_id"], row["figure_id"]], **parts)]


def ranges(rows: pd.DataFrame, *, t: Language) -> list[str]:
    """How far the rounding of each latest figure leaves open the growth that its plan needed, beside the
    growth done."""
    said = []
    for _, row in rows[rows["actual"].notna() & (rows["plan_year"] > rows["year"])].iterrows():
        years = row["plan_year"] - row["year"]
        needed = sorted(compound(row[f"actual_{side}"], row["plan"], years) for side in ("low", "high"))
        text = _say(
            "finding.ranges",
            t=t,
            figure_ids=(),
            name=t.name(row["indicator"]),
            year=int(row["year"]),
            low=numbers.humanised(t, row["actual_low"]),
            high=numbers.humanised(t, row["actual_high"]),
            needed_low=t.percent(needed[0]),
            needed_high=t.percent(needed[1]),
        )
        if pd.notna(row["base"]) and row["breaks"] != "end":
            text += t.say(
                "finding.ranges_done",
                done=numbers.signed_percent(t, row["done_percent"]),
                base_year=int(row["base_year"]),
                base=numbers.bounded(t, row["base"], row["base_flag"]),
                derived=_derived(pd.Series({"derived": row["base_derived"]}), t=t),
            )
        said.append(
            Said(text, key="ranges", figure_ids=row[["actual_figure_id", "plan_figure_id", "base_figure_id"]])
        )
    return said


def _item(row, speaks: float, other: float, *, t: Language) -> str:
    """Two numbers that do not meet, with what they are of, and that they were set where they are no
    outcomes."""
    speaks, other = (
        t.number(value) if abs(value) < 1000 else numbers.humanised(t, value) for value in (speaks, other)
    )
    kind = (
        ""
        if row.kind in vocabulary.OUTCOMES
        else t.say("finding.of_kind", kind=t.say(f"finding.kind_{row.kind}"))
    )
    known = {
        "name": t.named(row.indicator),
        "area": row.area,
        "period": t.periods(row.period),
        "kind": kind,
    }
    return t.say("finding.conflict_item", **known, speaks=speaks, other=other)


def quality(observations: pd.DataFrame, checks: pd.DataFrame, *, t: Language) -> list[str]:
    """What became of the figures, how far the sources conflict, whether the printed comparisons agree, and
    how many figures are bounds."""
    fates = observations["status"].value_counts()
    said = [
        _say(
            "finding.fates",
            t=t,
            figure_ids=(),
            all=len(observations),
            **{name: int(fates.get(name, 0)) for name in t.group("status")},
        )
    ]
    rows = apart(observations)
    wide = rows[rows["spread"] >= SMALL_CONFLICT]
    listed = [_item(row, row.speaks, row.value, t=t) for row in wide.itertuples()]
    if len(wide):
        known = {
            "small": len(rows) - len(wide),
            "all": len(rows),
            "limit": t.percent(SMALL_CONFLICT),
            "list": "; ".join(listed),
        }
        said.append(_say("finding.conflicts", t=t, figure_ids=wide["figure_id"], **known))
    failed = checks[~checks["agrees"].astype(bool)]
    listed = [_item(row, row.printed_value, row.derived_value, t=t) for row in failed.itertuples()]
    said.append(
        _say(
            "finding.checks" if len(failed) else "finding.checks_count",
            t=t,
            figure_ids=failed["base_figure_id"],
            list="; ".join(listed),
            **_agreement(checks),
        )
    )
    return [
        *said,
        _say(
            "finding.bounds",
            t=t,
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
    observations: pd.DataFrame, checks: pd.DataFrame, core: pd.DataFrame, *, area: str, t: Language
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
        t.say(
            "finding.core_item",
            name=t.named(row.indicator),
            year=row.year,
            value=numbers.with_unit(t, numbers.bounded(t, row.value, row.flag), row.indicator),
        )
        for row in core.itertuples()
    ]
    return [
        _say("finding.held", t=t, figure_ids=(), area=area, **known),
        _say(
            "finding.latest_core" if listed else "finding.latest_core_none",
            t=t,
            figure_ids=core["figure_id"],
            area=area,
            list="; ".join(listed),
        ),
        _say("finding.checks_count", t=t, figure_ids=(), **_agreement(checks)),
    ]


def targets_met(rows: pd.DataFrame, published: pd.Series, *, t: Language) -> list[str]:
    """How many of its own targets an area met in a year, as printed; `published` gives each source its
    day."""
    return [
        _say(
            "finding.targets_met",
            t=t,
            figure_ids=[row.figure_id],
            year=row.year,
            area=row.area,
            value=t.number(row.value),
            all=t.number(row.denominator),
            before=t.say("finding.before_year_end")
            if "" < published[row.source_id] <= f"{row.year}-12-31"
            else "",
        )
        for row in rows[rows["denominator"].notna()].itertuples()
    ]


def chances(table: pd.DataFrame, *, t: Language) -> list[str]:
    """The chance of meeting each plan in one sentence, and for which none can be given."""
    given, none = table[table["shown"].notna()], table[table["shown"].isna()]
    if given.empty:
        return []
    listed = [
        t.say(
            "finding.chance",
            name=t.named(row.indicator),
            chance=t.percent(row.shown, decimals=0),
            year=row.year,
        )
        for row in given.itertuples()
    ]
    text = t.say("finding.chances", list="; ".join(listed))
    if len(none):
        text += t.say(
            "finding.chances_none", list="; ".join(dict.fromkeys(t.named(name) for name in none["indicator"]))
        )
    return [Said(text, key="chances")]


def stability(table: pd.DataFrame, *, t: Language) -> list[str]:
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
            t.say(
                "finding.stability_item",
                method=t.say(f"method.{row.method}"),
                share=t.percent(row.stability, decimals=0),
            )
            for row in methods.itertuples()
        ]
        name = f"{t.name(indicator)} ({year})"
        said.append(_say("finding.stability", t=t, figure_ids=(), name=name, list="; ".join(listed)))
    return said


def gaps(series: pd.DataFrame, *, indicator: str, area: str, first: int, last: int, t: Language) -> list[str]:
    """The years from first to last for which no full-year figure is printed; nothing where there is one for
    each."""
    held = set(series["year"])
    years = [year for year in range(first, last + 1) if year not in held]
    return (
        [
            _say(
                "finding.gaps",
                t=t,
                figure_ids=(),
                name=t.named(indicator),
                area=area,
                years=numbers.years(years),
            )
        ]
        if years
        else []
    )


def province(indicator: str, series: pd.DataFrame, *, name: str, t: Language) -> list[str]:
    """The province's latest figure, or that there is none."""
    if series.empty:
        return [_say("finding.province_none", t=t, figure_ids=(), province=name)]
    last = series.iloc[-1]
    known = {
        "actual": numbers.bounded(t, last["value"], last["flag"], unit=t.unit(indicator)),
        "year": int(last["year"]),
    }
    return [_say("finding.province", t=t, figure_ids=[last["figure_id"]], province=name, **known)]


def province_share(
    indicator: str, district: pd.DataFrame, whole: pd.DataFrame, *, area: str, t: Language
) -> list[str]:
    """The district's share of the province in the last year that both have."""
    both = district.merge(whole, on="year", suffixes=("", "_whole"))
    if both.empty:
        return []
    last = both.iloc[-1]
    counted = {
        "part": numbers.humanised(t, last["value"]),
        "whole": numbers.humanised(t, last["value_whole"]),
    }
    share = t.percent(last["value"] / last["value_whole"], decimals=0)
    counted["unit"] = t.unit(indicator)
    used = last[["figure_id", "figure_id_whole"]]
    return [
        _say(
            "finding.province_share",
            t=t,
            figure_ids=used,
            year=int(last["year"]),
            area=area,
            share=share,
            **counted,
        )
    ]


def peers(indicator: str, latest: pd.DataFrame, *, area: str, t: Language) -> list[str]:
    """An area and then the other districts, each at its latest year, the highest first: `area`, `value`,
    `year`, `flag`."""
    rows = latest.sort_values(["value", "area"], ascending=[False, True])
    said = {
        row.area: t.say(
            "finding.peer", area=row.area, value=numbers.how(t, row.value, row.flag), year=row.year
        )
        + (f" [{t.definition(row.definition)}]" if row.definition else "")
        for row in rows.itertuples()
    }
    mine = said.pop(area, t.say("finding.peers_none", area=area))
    return (
        [
            _say(
                "finding.peers",
                t=t,
                figure_ids=rows["figure_id"],
                name=t.named(indicator),
                mine=mine,
                list="; ".join(said.values()),
            )
        ]
        if said
        else []
    )


def apart(observations: pd.DataFrame) -> pd.DataFrame:
    """The figures that do not meet the one that speaks, with `speaks` and `spread`, the share of it that they
    lie apart; the widest first."""
    rows = observations[observations["status"] == "conflicting"]
    speaks = rows["speaks_figure_id"].map(
        observations.drop_duplicates("figure_id").set_index("figure_id")["value"]
    )
    rows = rows.assign(speaks=speaks, spread=(rows["value"] - speaks).abs() / speaks.abs())
    return rows.sort_values(["spread", "indicator", "figure_id"], ascending=[False, True, True])


def conflicts(indicator: str, observations: pd.DataFrame, *, area: str, t: Language) -> list[str]:
    """The years in which sources do not meet, with their spread and why one speaks; those of less than half a
    per cent in one sentence."""
    rows = observations[observations["spread_low"].notna() & (observations["part"] == "")].sort_values("year")
    others = apart(observations).drop_duplicates("speaks_figure_id").set_index("speaks_figure_id")
    widest = others["spread"]
    small = rows[rows["figure_id"].map(widest) < SMALL_CONFLICT]
    said = [
        _say(
            "finding.conflict",
            t=t,
            area=area,
            figure_ids=_of_one_year(indicator, observations, row),
            year=row.year,
            low=numbers.humanised(t, row.spread_low),
            high=numbers.humanised(t, row.spread_high),
            unit=t.unit(indicator),
            value=numbers.humanised(t, row.value),
            reason=t.why_first(others.loc[row.figure_id]),
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
            "limit": t.percent(SMALL_CONFLICT),
            "name": t.named(indicator),
            "area": area,
            "years": numbers.years([*small["year"]]),
        }
        said.append(_say("finding.conflict_small", t=t, figure_ids=used, **known))
    return said


def _of_one_year(indicator: str, observations: pd.DataFrame, row) -> list[str]:
    """The figure that speaks for a year and those that do not meet it."""
    rows = observations[
        (observations["indicator"] == indicator)
        & (observations["year"] == row.year)
        & (observations["part"] == "")
    ]
    return [row.figure_id, *rows.loc[rows["status"] == "conflicting", "figure_id"]]


def spending(table: pd.DataFrame, *, t: Language) -> list[str]:
    """The spending a visit of the last year (see measures.growth)."""
    return [
        _say(
            "finding.spending",
            t=t,
            figure_ids=row.figure_id.split("; "),
            year=row.year,
            **{end: t.number(getattr(row, end), decimals=0) for end in ("low", "high")},
        )
        for row in table.tail(1).itertuples()
    ]


def apart_from(indicator: str, series: pd.DataFrame, level: str, area: str, *, t: Language) -> list[str]:
    """The latest figure of a zone of the area or of the country, which is not the area's own, with what it
    counts."""
    return [
        _say(
            f"finding.apart_{level}",
            t=t,
            figure_ids=[row.figure_id],
            area=area,
            name=t.named(indicator),
            year=row.year,
            value=numbers.how(t, row.value, row.flag, unit=t.unit(indicator)),
            counted=t.definition(row.definition) or t.say("finding.unstated"),
        )
        for row in series.tail(1).itertuples()
    ]


def run(indicator: str, series: pd.DataFrame, *, area: str, t: Language) -> list[str]:
    """The figures of an area that has two or more, in one sentence, with the definitions where they state
    more than one."""
    if len(series) < 2:
        return []
    listed = ", ".join(f"{numbers.how(t, row.value, row.flag)} ({row.year})" for row in series.itertuples())
    stated = [t.definition(text) for text in dict.fromkeys(series["definition"]) if text]
    counted = t.say("finding.run_definitions", list="; ".join(stated)) if len(stated) > 1 else ""
    return [
        _say(
            "finding.run",
            t=t,
            figure_ids=series["figure_id"],
            area=area,
            name=t.named(indicator),
            list=listed,
            counted=counted,
        )
    ]


def verdicts(table: pd.DataFrame, *, t: Language) -> list[str]:
    """A sentence an indicator, plan and prices on what the methods say: how many call it on track, from which
    base, and what they call it."""
    said = []
    for (indicator, year, target, prices), rows in table.groupby(
        ["indicator", "target_year", "target", "prices"], sort=False
    ):
        judged = rows[rows["class_"] != ""]
        name = t.name(indicator)
        if ((table["indicator"] == indicator) & (table["prices"] == prices)).sum() > len(
            rows
        ):  # more than one plan: the name says which
            name += f", {numbers.humanised(t, target)} ({year})"
        if judged.empty:
            reasons = t.reason(" + ".join(dict.fromkeys(rows["reason"])))
            said += [t.say("finding.verdict_none", name=name, reason=reasons)] if prices == "current" else []
            continue
        allowed = dict.fromkeys(class_ for classes in judged["classes"] for class_ in classes.split(" | "))
        money = "VND" in vocabulary.INDICATORS[indicator].unit
        said.append(
            t.say(
                "finding.verdict",
                name=name,
                on=int(rows["methods_on_track"].iloc[0]),
                judging=len(judged),
                prices=price_words(judged.iloc[0], t=t) if money else "",
                base=f"{numbers.humanised(t, judged['base'].iloc[0])} ({judged['base_year'].iloc[0]:.0f})",
                classes="; ".join(dict.fromkeys(t.class_name(class_) for class_ in allowed)),
            )
        )
    return said


def price_words(row: pd.Series, *, t: Language) -> str:
    """The prices that a verdict on money is in: current, or those of one year."""
    return (
        t.say("finding.in_prices_of", year=int(row["price_year"]))
        if row["prices"] == "constant"
        else t.say("finding.in_prices")
    )


def say(answer: pd.DataFrame, *, lang: str | None = None) -> Sentences:
    """The sentences of an answer of the measures, each once; that there is nothing, where it has no rows.

    >>> print(say(pd.DataFrame({"sentence_en": ["It needs 8 a year."] * 2}), lang="en"))
    - It needs 8 a year.
    """
    t = words.of(lang)
    return Sentences(dict.fromkeys(answer[f"sentence_{t.code}"]) or [t.say("column.nothing")])


def limits(topic: str, *, t: Language) -> list[str]:
    """What the record cannot show on a topic: income, yield, tourism, goal."""
    return list(t.group(f"limit.{topic}").values())
