"""The answers an analyst asks for, each one call on the project's own tables: it loads them, measures, and
shows."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from baoyen_analysis import record, vocabulary, words
from baoyen_analysis.measures import growth, part_year, projection, questions
from baoyen_analysis.measures import scorecard as scoring
from baoyen_analysis.measures.reference import CASE_COLUMNS, reference_class
from baoyen_analysis.places import find_area, zones_of
from baoyen_analysis.views import findings, numbers, tables
from baoyen_analysis.views.drawing import charts
from baoyen_analysis.words import Language

GOAL = "plan-2024"
PROVINCE, REGION = "Lào Cai", "Trung du miền núi phía Bắc"
# Years that tourism's growth cannot be read through: COVID-19.
BREAKS = (2020, 2021)
# Fewer districts of one source and period are no comparison.
FEWEST_TOGETHER = 3
# Topics with limits of their own in words.csv.
LIMITED = ("start", "income", "yield", "tourism", "goal", "districts", "quality", "questions")
# What a topic's notebook and section of the report are about.
TOPICS = {
    "income": ("income_per_capita",),
    "yield": ("yield_per_ha",),
    "tourism": ("tourist_visits", "tourism_revenue"),
}


@record.remembered
def scorecard(
    *, area: str = "Bảo Yên", level: str = "district", indicators: Iterable[str] = ()
) -> pd.DataFrame:
    """Each plan of an area with its latest outcome, attainment and the growth needed and done, those without
    an outcome last; see measures.scorecard.

    `indicators` keeps those alone. Of Bảo Yên the ten indicators of the 2024 plan; of another area the next
    plan or target after its latest outcome.

    >>> scorecard().set_index("indicator").loc[["income_per_capita"], ["actual", "plan", "attainment"]].astype(float).round(3).values.tolist()
    [[50.0, 66.0, 0.758]]
    """
    targets = record.targets()
    mine = targets[
        (targets["area"] == area) & (targets["area_level"] == level) & (targets["status"] == "chosen")
    ]
    if indicators:
        mine = mine[mine["indicator"].isin(list(indicators))]
    rows = mine[mine["goal_id"] == GOAL]
    series = {
        indicator: record.series(indicator, area=area, level=level, derived=True)
        for indicator in mine["indicator"]
    }
    if rows.empty:
        last = (
            mine["indicator"]
            .map({indicator: table["year"].max() for indicator, table in series.items()})
            .fillna(0)
        )
        # Those still ahead come before those of the past, the nearest first.
        rows = (
            mine.assign(past=mine["year"] <= last, far=(mine["year"] - last).abs())
            .sort_values(["past", "far", "figure_id"])
            .drop_duplicates("indicator")
        )
    scored = scoring.scorecard(rows, series, breaks=dict.fromkeys(TOPICS["tourism"], BREAKS))
    return scored.sort_values("actual", key=lambda actual: actual.isna(), kind="stable", ignore_index=True)


def figures(
    indicator: str, *, area: str = "Bảo Yên", level: str = "district", lang: str | None = None
) -> pd.DataFrame:
    """Every printed figure of an indicator and area, readable: period, words as printed, reading, kind, what
    became of it, source."""
    return tables.figures(_observed(indicator, area, level), record.sources(), lang=lang)


def by_period(
    indicator: str, *, area: str = "Lào Cai", level: str = "province", lang: str | None = None
) -> pd.DataFrame:
    """The figures that speak for an indicator and area: a year a row, with what was set for it and the parts
    of it that are printed."""
    return tables.by_period(_observed(indicator, area, level), lang=lang)


def _observed(indicator: str, area: str, level: str) -> pd.DataFrame:
    record.series(indicator, area=area, level=level)  # refuses names that the record does not know
    rows = record.observations()
    return rows[(rows["indicator"] == indicator) & (rows["area"] == area) & (rows["area_level"] == level)]


def latest(indicator: str, *, level: str = "district") -> pd.DataFrame:
    """Each area of a level at its latest printed full year: `area`, `year`, `value`, `low`, `high`, `flag`,
    `definition`, `figure_id`."""
    record.check_names(indicator=indicator, level=level)
    rows = record.observations()
    areas = rows.loc[
        (rows["indicator"] == indicator) & (rows["area_level"] == level), "area"
    ].drop_duplicates()
    last = [record.series(indicator, area=area, level=level).tail(1).assign(area=area) for area in areas]
    columns = ["area", *record.SERIES_COLUMNS]
    found = pd.concat(last, ignore_index=True) if last else pd.DataFrame(columns=columns)
    return found[columns].sort_values(["value", "area"], ascending=[False, True], ignore_index=True)


def together(indicator: str, *, level: str = "district") -> pd.DataFrame:
    """Areas that one source prints for one period, where there are three or more: the only like comparison
    that needs no choice of year.

    Columns: `period`, `year`, `part`, `source_id`, `publisher`, `area`, `area_level`, `rank` (1 = the better
    end), `areas` (how many), `value`, `low`, `high`, `flag`, `definition`, `figure_id`. The province's figure
    of the same source and period stands below them, without a rank.

    >>> rows = together("tourist_visits")
    >>> rows.loc[rows["area"] == "Bảo Yên", ["period", "rank", "areas"]].values.tolist()
    [['2022-9M', 3, 5], ['2023M01', 2, 6], ['2024M08', 3, 5], ['2025M03', 3, 5]]
    """
    record.check_names(indicator=indicator, level=level)
    rows = record.observations()
    rows = rows[
        (rows["indicator"] == indicator)
        & (rows["status"] == "chosen")
        & rows["kind"].isin(vocabulary.OUTCOMES)
    ]
    keys = ["source_id", "period", "definition"]
    mine = rows[rows["area_level"] == level]
    mine = mine[mine.groupby(keys)["area"].transform("nunique") >= FEWEST_TOGETHER]
    better = vocabulary.INDICATORS[indicator].direction or 1
    groups = mine.groupby(keys)["value"]
    mine = mine.assign(
        rank=groups.rank(ascending=better < 0, method="min").astype("Int64"), areas=groups.transform("size")
    )
    whole = rows[(rows["area"] == PROVINCE) & (rows["area_level"] == "province") & (level == "district")]
    whole = whole.merge(mine[keys].drop_duplicates(), on=keys)
    order = ["year", "period", "source_id", "rank", "area"]
    found = (
        pd.concat([mine, whole], ignore_index=True)
        .astype({"areas": "Int64"})
        .sort_values(order, na_position="last", ignore_index=True)
    )
    found["publisher"] = found["source_id"].map(record.sources().set_index("source_id")["publisher"])
    return found[
        [
            "period",
            "year",
            "part",
            "source_id",
            "publisher",
            "area",
            "area_level",
            "rank",
            "areas",
            *record.SERIES_COLUMNS[1:],
        ]
    ]


def found(
    topic: str, *, area: str = "Bảo Yên", years: tuple[int, int] = (2019, 2025), lang: str | None = None
) -> findings.Sentences:
    """What the record shows on a topic (start, income, yield, tourism, goal, districts, quality, questions),
    in sentences made from the figures; gaps are told for `years`."""
    t = words.of(lang)
    others = {
        "start": _start_found,
        "goal": _goal_found,
        "districts": _districts_found,
        "quality": _quality_found,
        "questions": _questions_found,
    }
    if topic in others:
        return findings.Sentences(others[topic](area, years, t))
    said: list[str] = []
    for indicator in _indicators(topic):
        said += _against_plan(indicator, area, t)
        mine, province = (
            record.series(indicator, area=area, derived=True),
            record.series(indicator, area=PROVINCE, level="province"),
        )
        printed = record.series(indicator, area=area)
        if indicator == "tourism_revenue":
            said += findings.spending(spending(area=area), t=t)
        if "VND" in vocabulary.INDICATORS[indicator].unit:
            rows = scorecard(area=area, indicators=[indicator])
            told = rows.loc[~rows["pace"].isin(["met", "missed"]), "base_year"].dropna()
            said += findings.real_growth(indicator, mine, price_levels(), told=set(told), t=t)
        said += findings.inferred(
            record.observations(), dict(zip(mine["figure_id"], mine["year"], strict=False)), t=t
        )
        said += (
            []
            if printed.empty
            else findings.gaps(
                printed,
                indicator=indicator,
                area=area,
                first=years[0],
                last=_last_year(area, years[1]),
                t=t,
            )
        )
        said += _around(indicator, area, t) if indicator == "yield_per_ha" else []
        said += findings.province(indicator, province, name=PROVINCE, t=t)
        if indicator == "income_per_capita":
            monthly = record.series("income_per_capita_monthly", area=PROVINCE, level="province")
            said += findings.monthly_beside(monthly, printed, area=area, province=PROVINCE, t=t)
        if indicator == "tourist_visits":
            said += findings.province_share(indicator, printed, province, area=area, t=t)
            said += _parts_against_year(indicator, area, t)
        said += findings.conflicts(indicator, _observed(indicator, PROVINCE, "province"), area=PROVINCE, t=t)
        said += _beside(indicator, area, t)
    return findings.Sentences(said)


def _last_year(area: str, last: int, *, level: str = "district") -> int:
    """The last year, up to `last`, that an area had in full."""
    ended = find_area(area, level).valid_to
    return min(last, ended.year - (ended.month < 12)) if ended else last


def _around(indicator: str, area: str, t: Language) -> list[str]:
    """The zones inside an area, the other districts with a series of their own, and the country: each in a
    sentence."""
    rows = record.observations()
    rows = rows[rows["indicator"] == indicator]
    inside = rows[(rows["area_level"] == "zone") & rows["area"].isin(zones_of(area, record.communes()))]
    said: list[str] = []
    for zone in inside["area"].unique():
        said += findings.apart_from(
            indicator, record.series(indicator, area=zone, level="zone"), "zone", zone, t=t
        )
    for other in rows.loc[(rows["area_level"] == "district") & (rows["area"] != area), "area"].unique():
        said += findings.run(indicator, record.series(indicator, area=other), area=other, t=t)
    return said + findings.apart_from(
        indicator,
        record.series(indicator, area="Việt Nam", level="country"),
        "country",
        "Việt Nam",
        t=t,
    )


def spending(*, area: str = "Bảo Yên", level: str = "district") -> pd.DataFrame:
    """Revenue over visits in each year that an area has both; see measures.growth."""
    return growth.spending(
        *(record.series(name, area=area, level=level) for name in ("tourism_revenue", "tourist_visits"))
    )


def _against_plan(indicator: str, area: str, t: Language) -> list[str]:
    """An area's latest figure against what was set for it, or alone where nothing was."""
    rows = scorecard(area=area, indicators=[indicator])
    if rows.empty:
        return findings.latest_alone(indicator, record.series(indicator, area=area), area=area, t=t)
    return [sentence for _, row in rows.iterrows() for sentence in findings.against_plan(row, t=t)]


def _beside(indicator: str, area: str, t: Language) -> list[str]:
    """An area beside the others: each at its own year, then in one year, then as one source prints them for
    one period; and what is disputed."""
    said = findings.peers(indicator, latest(indicator), area=area, t=t) + _in_one_year(indicator, area, t)
    said += findings.together(indicator, together(indicator), area=area, level="district", t=t)
    checks = _checks()
    return said + findings.disputed(
        indicator, checks, checks.loc[checks["area_level"] == "district", "base_figure_id"], t=t
    )


def _in_one_year(indicator: str, area: str, t: Language) -> list[str]:
    """The place of an area in the latest year for which another district has a figure too."""
    years = record.series(indicator, area=area, derived=True)["year"].tolist()[::-1]
    in_one_year = (
        findings.same_year(indicator, rank(indicator, year, derived=True), area=area, t=t) for year in years
    )
    return next((sentences for sentences in in_one_year if sentences), [])


def _checks() -> pd.DataFrame:
    """The cross-checks with the flag of the printed figure that each is held against."""
    flags = record.observations().drop_duplicates("figure_id").set_index("figure_id")["flag"]
    checks = record.crosschecks()
    return checks.assign(flag=checks["base_figure_id"].map(flags))


def _parts_against_year(indicator: str, area: str, t: Language) -> list[str]:
    """Each printed part of a year that the year is printed for too, against what the part points to."""
    whole = record.series(indicator, area=area).set_index("year", drop=False)
    rows = _observed(indicator, area, "district")
    parts = rows[
        (rows["part"] != "")
        & (rows["status"] == "chosen")
        & rows["kind"].isin(vocabulary.OUTCOMES)
        & rows["year"].isin(whole.index)
    ]
    said: list[str] = []
    for row in parts.itertuples():
        modelled = full_year(indicator, year=row.year, part=row.part, area=area)
        if modelled["reason"].iloc[0] == "":
            said += findings.part_against_year(indicator, modelled, whole.loc[row.year], t=t)
    return said


def _start_found(area: str, years: tuple[int, int], t: Language) -> list[str]:
    core = [
        record.series(indicator, area=area).tail(1).assign(indicator=indicator)
        for indicator in vocabulary.PANEL_COLUMNS
    ]
    said = findings.start(record.observations(), record.crosschecks(), pd.concat(core), area=area, t=t)
    rows = scorecard(area=area)
    return (
        [*said, t.say("finding.planned", said=_planned(rows, area, t))]
        if len(rows)
        else [*said, t.say("finding.no_plan", area=area)]
    )


def _planned(rows: pd.DataFrame, area: str, t: Language) -> str:
    """How many of the planned indicators have an outcome, and how many of the planned year."""
    held, own = rows[rows["actual"].notna()], int((rows["year"] == rows["plan_year"]).sum())
    key = "title_scorecard_some" if own else "title_scorecard" if len(held) else "title_scorecard_empty"
    return t.say(
        f"finding.{key}",
        held=len(held),
        all=len(rows),
        own=own,
        area=area,
        latest=f"{held['year'].max():.0f}" if len(held) else "",
    )


def _goal_found(area: str, years: tuple[int, int], t: Language) -> list[str]:
    judged = all_verdicts(area=area)
    said = findings.targets_met(
        _observed("annual_targets_met", area, "district"),
        record.sources().set_index("source_id")["published"],
        t=t,
    )
    said += findings.verdicts(judged, t=t) if len(judged) else [t.say("finding.goal_thin", area=area)]
    said += findings.stability(all_verdicts(area=area, derived=True), t=t)
    likely = chances(area=area)
    said += findings.chances(likely, t=t)
    fans = [
        _fan(indicator, (), area, "district", t)
        for indicator in likely.loc[likely["shown"].notna(), "indicator"].unique()
    ]
    said += [t.say("finding.planned", said=drawn["title"]) for drawn in fans if isinstance(drawn, dict)]
    said += list(dict.fromkeys(references(area=area).get(f"sentence_{t.code}", [])))
    said += _in_one_year("income_per_capita", area, t)
    said += _against_plan("ntm_communes", area, t)
    region = record.observations().query("indicator == 'ntm_income_threshold' and status == 'chosen'")
    said += findings.new_rural(
        region[region["area"] == REGION],
        record.series("income_per_capita", area=area, derived=True),
        area=area,
        t=t,
    )
    return said + findings.storm(_observed("storm_damage", area, "district"), area=area, t=t)


def _districts_found(area: str, years: tuple[int, int], t: Language) -> list[str]:
    said = [
        sentence
        for topic in TOPICS
        for indicator in _indicators(topic)
        for sentence in _beside(indicator, area, t)
    ]
    return said + findings.together(
        "poverty_rate", together("poverty_rate"), area=area, level="district", t=t
    )


def _quality_found(area: str, years: tuple[int, int], t: Language) -> list[str]:
    rows = record.observations()
    said = findings.quality(rows, record.crosschecks(), t=t)
    noted = _doubtful(area, "district")
    noted = noted[noted["area"] == area]
    inferred = int(noted["year_inferred"].sum())
    said.append(t.say("finding.doubts", notes=len(noted), area=area, inferred=inferred))
    said += _parts_against_year("tourist_visits", area, t)
    for indicator in vocabulary.PANEL_COLUMNS:
        said += findings.gaps(
            record.series(indicator, area=area),
            indicator=indicator,
            area=area,
            first=years[0],
            last=_last_year(area, years[1]),
            t=t,
        )
    return said


def _questions_found(area: str, years: tuple[int, int], t: Language) -> list[str]:
    core = scorecard(area=area, indicators=vocabulary.PANEL_COLUMNS)
    said = findings.ranges(core, t=t) or [t.say("finding.core_thin", area=area)]
    return said + _parts_against_year("tourist_visits", area, t)


def answer(
    question: str,
    indicator: str,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    year: int = 0,
    **options: object,
) -> pd.DataFrame:
    """An answer of the measures (needed, reach, what_if, visits_for) from the record's own figures and plan,
    or in words why there is none.

    The plan is the one for `year`, or without it the next after the latest figure. `options` go to the
    measure.

    >>> answer("needed", "income_per_capita")[["target", "year"]].values.tolist()
    [[66.0, 2024.0]]
    >>> answer("needed", "yield_per_ha", area="Văn Bàn")["sentence_en"].iloc[0]
    'Product value per hectare, Văn Bàn: the record holds no plan or target.'
    """
    series = record.series(indicator, area=area, level=level)
    rows = scorecard(area=area, level=level, indicators=[indicator])
    held = _set_for(indicator, area, level)
    aims = held[held["year"] == year] if year else held[held["figure_id"].isin(rows["plan_figure_id"])]
    if series.empty or (question != "what_if" and aims.empty and "target" not in options):
        return _refused("no_full_year" if series.empty else "no_plan", indicator, area)
    if question == "what_if" and year <= series["year"].iloc[-1]:
        return _refused("year_held", indicator, area)
    if question == "what_if":
        return questions.what_if(series, year=year, indicator=indicator, **options)
    aim = options.pop("target", None)
    aim = aims.iloc[0] if aim is None else aim
    if question == "visits_for":
        visits = record.series("tourist_visits", area=area, level=level)
        shared = set(visits["year"]) & set(series["year"])
        return (
            questions.visits_for(aim, revenue=series, visits=visits)
            if shared
            else _refused("no_year_in_common", indicator, area)
        )
    direction = vocabulary.INDICATORS[indicator].direction or 1
    if question == "reach":
        return questions.reach(
            series,
            target=aim,
            direction=direction,
            indicator=indicator,
            **projection_options(indicator),
            **options,
        )
    if question == "needed":
        based = (
            _from_base(indicator, area, level)
            if options.get("base_year") is None
            else series.assign(derived=False)
        )
        asked = questions.needed(
            based[record.SERIES_COLUMNS],
            target=aim,
            year=year or int(aim["year"]),
            direction=direction,
            indicator=indicator,
            **options,
        )
        return _base_noted(asked, based[based["year"] == asked["base_year"].iloc[0]].iloc[0])
    raise ValueError(f"unknown question: {question!r}; there are needed, reach, what_if, visits_for")


def _from_base(indicator: str, area: str, level: str) -> pd.DataFrame:
    """A series from the point before its latest printed figure, derived ones among them: the base that the
    scorecard counts growth from."""
    series = record.series(indicator, area=area, level=level, derived=True)
    last = series.index[~series["derived"].astype(bool)][-1]
    like = series.loc[:last, "definition"].isin(["", series.at[last, "definition"]]) | (
        series.at[last, "definition"] == ""
    )
    return series.loc[:last][like].tail(2)


def _base_noted(answer: pd.DataFrame, base: pd.Series) -> pd.DataFrame:
    """An answer whose growth done starts from a derived figure, or from one whose year was inferred, says
    so."""
    inferred = record.observations().set_index("figure_id")["year_inferred"]
    holds = {"base_derived": base["derived"], "base_inferred": inferred[base["figure_id"]]}
    said = answer["change"].iloc[0] != 0 and answer[["change", "done_percent"]].notna().all(axis=None)
    codes = [code for code, true in holds.items() if true and said]
    noted = answer.assign(reason=" + ".join(filter(None, [answer["reason"].iloc[0], *codes])))
    for lang in words.LANGUAGES if codes else ():
        noted[f"sentence_{lang}"] += words.of(lang).say(
            "answer.and_note", reason=words.of(lang).reason(" + ".join(codes))
        )
    return noted


def _refused(reason: str, indicator: str, area: str) -> pd.DataFrame:
    """An answer that is a reason alone."""
    said = {}
    for lang in words.LANGUAGES:
        name = f"{words.of(lang).name(indicator)}, {area}"
        said[f"sentence_{lang}"] = words.of(lang).say(
            "answer.refused", name=name, reason=words.of(lang).reason(reason)
        )
    return pd.DataFrame([{"figure_ids": "", "reason": reason, **said}])


def plan(indicator: str, *, area: str = "Bảo Yên", level: str = "district", year: int = 2024) -> pd.Series:
    """What was set for a year: the plan that speaks, as a target that the measures take (value, definition,
    figure_id, qualifier)."""
    rows = _set_for(indicator, area, level)
    rows = rows[rows["year"] == year]
    if rows.empty:
        raise ValueError(
            f"the record holds no plan or target of {indicator} for {area} ({level}) in {year}: give a number as target"
        )
    return rows.iloc[0]


def compare(
    indicator: str, areas: Iterable[str], year: int, *, level: str = "district", mix_definitions: bool = False
) -> pd.DataFrame:
    """Areas side by side in one year, each as a share of the first; see measures.questions.compare.

    >>> compare("income_per_capita", ["Sa Pa", "Văn Bàn"], 2020)[["area", "value"]].values.tolist()
    [['Sa Pa', 42.5], ['Văn Bàn', 45.2]]
    """
    areas = list(areas)
    for area in areas:
        record.series(
            indicator, area=area, level=level
        )  # refuses a name that the record does not know, with near ones
    return questions.compare(
        record.observations(), indicator, areas=areas, year=year, level=level, mix_definitions=mix_definitions
    )


def rank(
    indicator: str,
    year: int,
    *,
    level: str = "district",
    mix_definitions: bool = False,
    derived: bool = False,
) -> pd.DataFrame:
    """The areas of a level in order in one year, with the places that their intervals allow; see
    measures.questions.rank.

    With `derived=True` areas for which only a printed comparison tells stand among them, marked in a further
    column `derived`."""
    record.check_names(indicator=indicator, level=level)
    added = _derived_in(indicator, year, level) if derived else pd.DataFrame(columns=["area"])
    observed = (
        pd.concat([record.observations(), added], ignore_index=True) if len(added) else record.observations()
    )
    ranked = questions.rank(observed, indicator, year=year, level=level, mix_definitions=mix_definitions)
    if derived:
        ranked["derived"] = marked = ranked["area"].isin(added["area"])
        for lang in words.LANGUAGES:
            note = words.of(lang).say("answer.and_note", reason=words.of(lang).reason("derived"))
            ranked[f"sentence_{lang}"] += marked.map({True: note, False: ""})
    if ranked.empty:
        held = growth.area_years(record.observations(), indicator)
        years = sorted(held.loc[held["area_level"] == level, "year"].unique())
        raise ValueError(
            f"no {level} has a figure of {indicator} for {year}; there are figures for {', '.join(map(str, years)) or 'no year'}"
        )
    return ranked


def _derived_in(indicator: str, year: int, level: str) -> pd.DataFrame:
    """The areas of a level for which only a printed comparison tells of a year, as rows that stand beside the
    observations."""
    rows = record.derived()
    areas = rows.loc[
        (rows["indicator"] == indicator) & (rows["area_level"] == level) & (rows["year"] == year), "area"
    ].unique()
    each = [
        record.series(indicator, area=area, level=level, derived=True).assign(area=area) for area in areas
    ]
    found = pd.concat(each, ignore_index=True) if each else pd.DataFrame(columns=["area", "year", "derived"])
    kept = found[(found["year"] == year) & found["derived"].astype(bool)].drop(columns="derived")
    return kept.assign(
        area_level=level, indicator=indicator, status="chosen", kind=vocabulary.OUTCOMES[0], part=""
    )


@record.remembered
def reference(
    indicator: str, *, area: str = "Bảo Yên", level: str = "district", year: int = 0
) -> pd.DataFrame:
    """What the province and its other districts did over as many years as the plan left, case by case; see
    measures.reference.

    One row with a reason where there is no case, where the record holds no figure to start from or no plan,
    or where the plan's year has come. Without `year` the plan is the next after the latest figure."""
    series, held = record.series(indicator, area=area, level=level), _set_for(indicator, area, level)
    aims = (
        held[held["year"] == year]
        if year
        else held[
            held["figure_id"].isin(
                scorecard(area=area, level=level, indicators=[indicator])["plan_figure_id"]
            )
        ]
    )
    reason = (
        "no_full_year"
        if series.empty
        else "no_plan"
        if aims.empty
        else "no_time_left"
        if series["year"].iloc[-1] >= aims["year"].iloc[0]
        else ""
    )
    if not reason:
        last, aim = series.iloc[-1], aims.iloc[0]
        years = int(aim["year"] - last["year"])
        needed = growth.compound(last["value"], aim["value"], years)
        breaks = BREAKS if indicator in TOPICS["tourism"] else ()
        cases = reference_class(
            record.observations(),
            indicator,
            years=years,
            needed=needed,
            area=area,
            level=level,
            breaks=breaks,
        )
        if len(cases):
            return cases
    return _refused(reason or "no_case", indicator, area).reindex(
        columns=[*CASE_COLUMNS, "sentence_vi", "sentence_en"]
    )


def references(*, area: str = "Bảo Yên") -> pd.DataFrame:
    """The reference class of every planned indicator of an area that has figures, with the indicator in
    front; one without a case keeps a row."""
    rows = scorecard(area=area)
    each = [
        reference(indicator, area=area).assign(indicator=indicator)
        for indicator in rows.loc[rows["actual"].notna(), "indicator"]
    ]
    return pd.concat(each, ignore_index=True) if each else pd.DataFrame(columns=["indicator", *CASE_COLUMNS])


@record.remembered
def verdicts(
    indicator: str,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    derived: bool = False,
    base_year: int | None = None,
    mix_definitions: bool = False,
) -> pd.DataFrame:
    """Every plan and target of an area by every method, nominal and in constant prices where the indicator is
    money, from the first figure or from `base_year` on, tourism without the years of COVID-19; see
    measures.questions."""
    series = record.series(indicator, area=area, level=level, derived=derived)[record.SERIES_COLUMNS]
    calm = series[~series["year"].isin(projection_options(indicator).get("mask", ()))]
    series = calm if len(calm) else series
    money = "VND" in vocabulary.INDICATORS[indicator].unit
    return questions.verdicts(
        series,
        targets=_set_for(indicator, area, level),
        direction=vocabulary.INDICATORS[indicator].direction or 1,
        base_year=base_year,
        levels=price_levels() if money else None,
        rate=vocabulary.INDICATORS[indicator].rate,
        mix_definitions=mix_definitions,
    )


def price_levels(*, base_year: int = 2010) -> pd.DataFrame:
    """Việt Nam's consumer price level, base year = 1, chained from the annual averages that speak; see
    measures.growth.price_levels."""
    changes, index = (
        record.series(name, area="Việt Nam", level="country") for name in ("cpi_change", "cpi_index")
    )
    return growth.price_levels(changes, index=index, base_year=base_year)


def real(
    indicator: str,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    derived: bool = False,
    base_year: int = 2010,
) -> pd.DataFrame:
    """A series in the prices of one year, by the country's consumer prices; `derived` as in `series`."""
    series = record.series(indicator, area=area, level=level, derived=derived)
    deflated = growth.real(series[record.SERIES_COLUMNS], price_levels(base_year=base_year))
    return deflated.assign(derived=series["derived"].to_numpy()) if derived else deflated


def province_inflation() -> pd.DataFrame:
    """Where the province's and the country's price change were printed for the same period; see
    measures.growth."""
    return growth.province_inflation(record.observations(), province=PROVINCE)


def full_year(
    indicator: str, *, year: int, part: str, area: str = "Bảo Yên", level: str = "district"
) -> pd.DataFrame:
    """The full year that a printed part of it points to, by the province's own shares, or a refusal; see
    measures.part_year."""
    return part_year.full_year(
        record.observations(),
        area=area,
        indicator=indicator,
        year=year,
        part=part,
        level=level,
        province=PROVINCE,
    )


def chances(*, area: str = "Bảo Yên") -> pd.DataFrame:
    """The chance of meeting each plan of an area, for the indicators with figures: `indicator`, `target`,
    `year`, `points`, `shown`, `warning`.

    From the projection's tested range, capped and rounded; blank where none can be given, and `warning` says
    why. The years of COVID-19 are masked for tourism."""
    rows = scorecard(area=area)
    found = []
    for row in rows[rows["actual"].notna()].itertuples():
        series, target = (
            record.series(row.indicator, area=area, level=row.area_level),
            plan(row.indicator, area=area, level=row.area_level, year=row.plan_year),
        )
        options = projection_options(row.indicator)
        used = series[~series["year"].isin(options.get("mask", ()))]
        tests = {
            "no_time_left": row.year >= row.plan_year,
            "one_point": len(used) < 2,
            "definition_break": len(growth.definitions(used, target)) > 1,
        }
        warning, shown = next((reason for reason, holds in tests.items() if holds), ""), float("nan")
        if not warning:
            given = projection.chance(series, target=target, year=row.plan_year, **options)
            shown, warning = given.shown, given.warning
        found.append((row.indicator, row.plan, row.plan_year, len(series), shown, warning))
    return pd.DataFrame(found, columns=["indicator", "target", "year", "points", "shown", "warning"])


def projection_options(indicator: str) -> dict:
    """How an indicator is projected: tourism has wider ranges, and its years of COVID-19 are left out."""
    return {"domain": "tourism", "mask": BREAKS} if indicator in TOPICS["tourism"] else {}


def all_verdicts(
    *,
    area: str = "Bảo Yên",
    indicators: Iterable[str] = (),
    derived: bool = False,
    base_year: int | None = None,
) -> pd.DataFrame:
    """The verdicts on every planned indicator of an area that has figures, or on those named, with the
    indicator in front; see `verdicts`."""
    rows = scorecard(area=area, indicators=indicators)
    held = rows[rows["actual"].notna()]
    options = {"derived": derived, "base_year": base_year}
    each = [
        verdicts(row.indicator, area=row.area, level=row.area_level, **options).assign(
            indicator=row.indicator
        )
        for row in held.itertuples()
    ]
    none = pd.DataFrame(
        columns=[
            "indicator",
            "target_year",
            "target",
            "prices",
            "method",
            "base_year",
            "base",
            "reason",
            "class_",
        ]
    )
    return pd.concat(each, ignore_index=True) if each else none


def fan(
    indicator: str,
    *,
    years: Iterable[int] = (),
    area: str = "Bảo Yên",
    level: str = "district",
    lang: str | None = None,
    shape: str = "wide",
) -> charts.Chart | findings.Sentences:
    """The projection of a series with its tested ranges, beside the plans it is held to; without `years`, up
    to the last full year of the area or a year ahead. Where the record is too thin, a sentence says so in the
    chart's place."""
    t = words.of(lang)
    drawn = _fan(indicator, tuple(years), area, level, t)
    return charts.fan(**drawn, lang=t.code, shape=shape) if isinstance(drawn, dict) else drawn


def _fan(
    indicator: str, years: tuple[int, ...], area: str, level: str, t: Language
) -> dict[str, object] | findings.Sentences:
    """What `charts.fan` draws, with its words, or why there is nothing to draw."""
    series, options = record.series(indicator, area=area, level=level), projection_options(indicator)
    used = series[~series["year"].isin(options.get("mask", ()))]
    name = t.titled(indicator)
    if len(used) < 2 or len(growth.definitions(used)) > 1:
        key = "fan_thin" if len(used) < 2 else "fan_mixed"
        return findings.Sentences(
            [t.say(f"finding.{key}", name=t.name(indicator), area=area, points=len(used))]
        )
    ended, full = find_area(area, level).valid_to, _last_year(area, 2025, level=level)
    ahead = int(series["year"].iloc[-1]) + 1
    future = projection.project(series, years=years or range(ahead, max(ahead, full) + 1), **options)
    set_for, last = _set_for(indicator, area, level), future.iloc[-1]
    aims = set_for[set_for["year"] == last["year"]]
    against = _fan_against(aims.iloc[-1], last, t) if len(aims) else ""
    ends = [numbers.humanised(t, last[end], digits=3) for end in ("low_80", "high_80")]
    title = t.say(
        "finding.title_fan",
        name=name,
        area=area,
        year=last["year"],
        low=ends[0],
        high=numbers.with_unit(t, ends[1], indicator),
        against=against,
    )
    notes = (
        [t.say("finding.fan_ended", area=area, day=t.day(ended), year=full + 1)]
        if ended and last["year"] > full
        else []
    )
    subtitle = t.say(
        "finding.subtitle",
        measure=_measure(indicator, t=t),
        area=area,
        first=series["year"].min(),
        last=last["year"],
    )
    sources = cited([*series["figure_id"], *set_for["figure_id"]])
    return {
        "projection": future,
        "series": {area: series},
        "title": title,
        "subtitle": subtitle,
        "targets": set_for,
        "notes": notes,
        "sources": sources,
    }


def _fan_against(aim: pd.Series, last: pd.Series, t: Language) -> str:
    """Where the plan of the projection's last year lies: within its 80 % range, above or below."""
    key = (
        "fan_above"
        if aim["value"] > last["high_80"]
        else "fan_below"
        if aim["value"] < last["low_80"]
        else "fan_inside"
    )
    plan = numbers.bounded(t, aim["value"], aim["qualifier"])
    return t.say(f"finding.{key}", plan=plan, year=aim["year"], kind=t.say(f"finding.kind_{aim['kind']}"))


def coverage(
    *, areas: Iterable[str] = ("Bảo Yên", "Lào Cai"), lang: str | None = None, shape: str = "wide"
) -> charts.Chart:
    """What is held of the four core indicators: area and indicator by year, with the kinds of figures, and
    what is not held at all."""
    t = words.of(lang)
    areas, rows = list(areas), record.observations()
    rows = rows[
        rows["area"].isin(areas)
        & rows["area_level"].isin(["district", "province"])
        & rows["indicator"].isin(vocabulary.PANEL_COLUMNS)
    ]
    rows = rows[rows["year"] >= 2007]
    outcomes = rows[
        (rows["area"] == areas[0])
        & rows["kind"].isin(vocabulary.OUTCOMES)
        & (rows["part"] == "")
        & (rows["status"] == "chosen")
    ]
    key = "title_coverage" if len(outcomes) else "title_coverage_none"
    title = t.say(
        f"finding.{key}",
        figures=len(rows),
        areas=" – ".join(areas),
        area=areas[0],
        year=outcomes["year"].max(),
    )
    notes = [t.say("finding.sources_coverage", sources=rows["source_id"].nunique())]
    return charts.coverage(
        rows,
        title=title,
        notes=notes,
        areas=areas,
        indicators=list(vocabulary.PANEL_COLUMNS),
        lang=t.code,
        shape=shape,
    )


def decomposition(
    *,
    start: int,
    end: int,
    area: str = PROVINCE,
    level: str = "province",
    lang: str | None = None,
    shape: str = "wide",
) -> charts.Chart:
    """How much of the growth of tourism revenue came from visits and how much from spending a visit."""
    t = words.of(lang)
    revenue, visits = (
        record.series(name, area=area, level=level) for name in ("tourism_revenue", "tourist_visits")
    )
    table = questions.decompose(revenue, visits, start=start, end=end)
    used = [*table["figure_ids"].str.split().explode()] if "figure_ids" in table else []
    subtitle = t.say(
        "finding.subtitle",
        measure=t.say("finding.measure_decomposition"),
        area=area,
        first=start,
        last=end,
    )
    unstated = t.reason(table["reason"].iloc[0])
    notes = [unstated[0].upper() + unstated[1:] + "."] if unstated else []
    said = table[f"title_{t.code}"].iloc[0]
    title = t.say("finding.title_decomposition", area=area, said=said[0].lower() + said[1:])
    return charts.decomposition(
        table,
        title=title,
        subtitle=subtitle,
        notes=notes,
        sources=cited(dict.fromkeys(used)),
        lang=t.code,
        shape=shape,
    )


def conflicts(*, lang: str | None = None) -> pd.DataFrame:
    """Where printed figures do not meet: the one that speaks, the others, and the spread, readable."""
    return tables.conflicts(record.observations(), lang=lang)


def _doubtful(area: str, level: str) -> pd.DataFrame:
    """The figures of an area that carry a note, and those of others that its derived figures rest on."""
    rows, derived = record.observations(), record.derived()
    bases = derived.loc[(derived["area"] == area) & (derived["area_level"] == level), "figure_id"]
    mine = ((rows["area"] == area) & (rows["area_level"] == level)) | rows["figure_id"].isin(bases)
    return rows[mine & (rows["note"] != "") & rows["indicator"].isin(vocabulary.PANEL_COLUMNS)]


def doubts(*, area: str = "Bảo Yên", level: str = "district", lang: str | None = None) -> pd.DataFrame:
    """The figures of an area whose note says what is doubtful about them, with those that its derived figures
    rest on, readable."""
    return tables.doubts(_doubtful(area, level), lang=lang)


def limits(topic: str, *, area: str = "Bảo Yên", lang: str | None = None) -> findings.Sentences:
    """What the record cannot show on a topic, those of `found`; first, that the outcome of a plan's year is
    missing."""
    t = words.of(lang)
    said = []
    for indicator in TOPICS.get(topic, ()):
        rows = scorecard(area=area, indicators=[indicator])
        name = t.named(indicator)
        said += [
            t.say(
                "finding.no_outcome",
                year=row.plan_year,
                area=area,
                name=name,
                kind=t.say(f"finding.kind_{row.plan_kind}"),
            )
            for row in rows.itertuples()
            if row.year != row.plan_year
        ]
        said += [t.say("finding.no_plan_for", area=area, name=name)] if rows.empty else []
        bounds = record.series(indicator, area=area).tail(1).query("flag == 'at_least'")
        said += [
            t.say("finding.lower_bound", name=name, area=area, year=row.year) for row in bounds.itertuples()
        ]
    if topic not in LIMITED:
        _indicators(topic)
    rows = scorecard(area=area) if topic in ("start", "goal") else pd.DataFrame()
    if len(rows) and not (rows["year"] == rows["plan_year"]).any():
        said.append(
            t.say(
                "finding.no_own_outcome",
                all=len(rows),
                area=area,
                years=", ".join(map(str, sorted(set(rows["plan_year"])))),
            )
        )
    ended = find_area(area, "district").valid_to if topic == "goal" else None
    last = [t.say("finding.ended", area=area, day=t.day(ended), year=ended.year)] if ended else []
    return findings.Sentences([*said, *findings.limits(topic, t=t), *last])


def _indicators(topic: str) -> tuple[str, ...]:
    if topic not in TOPICS:
        raise ValueError(f"unknown topic: {topic!r}; the topics are {', '.join(LIMITED)}")
    return TOPICS[topic]


def trend(
    indicator: str,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    lang: str | None = None,
    shape: str = "wide",
    beside: str = "",
) -> charts.Chart | findings.Sentences:
    """The figures of an area over the years with its plans, derived points and conflicting sources; `beside`
    names the province for comparison.

    Where nothing is printed, a sentence says so in the chart's place.
    """
    t = words.of(lang)
    record.check_names(indicator=indicator, level=level)
    mine = record.series(indicator, area=area, level=level, derived=True)
    if mine.empty:
        return findings.Sentences([t.say("finding.too_thin", name=t.named(indicator), area=area)])
    drawn = {area: mine}
    if beside:
        drawn[f"{beside} ({t.level('province')})"] = record.series(indicator, area=beside, level="province")
    set_for = _set_for(indicator, area, level)
    observed = _observed(indicator, area, level)
    others = observed[
        (observed["status"] == "conflicting")
        & observed["kind"].isin(vocabulary.OUTCOMES)
        & (observed["part"] == "")
    ]
    figure_ids = [
        *(figure_id for series in drawn.values() for figure_id in series["figure_id"]),
        *set_for["figure_id"],
        *others["figure_id"],
    ]
    years = [*(year for series in drawn.values() for year in series["year"]), *set_for["year"]]
    stated = mine.drop_duplicates("definition")
    aims = [
        t.say("finding.aim_of", kind=t.say(f"finding.kind_{row.kind}"), year=row.year)
        for row in set_for.itertuples()
    ]
    notes = (
        _definition_notes(
            pd.concat([stated.assign(area=stated["year"].astype(str)), set_for.assign(area=aims)]), t
        )
        if mine["definition"].any()
        else []
    )
    return charts.trend(
        drawn,
        title=_headline(indicator, area, level, mine, t=t),
        targets=set_for,
        notes=notes,
        conflicts=others,
        lang=t.code,
        shape=shape,
        subtitle=t.say(
            "finding.subtitle",
            measure=_measure(indicator, t=t),
            area=" – ".join(drawn),
            first=min(years),
            last=max(years),
        ),
        sources=cited(figure_ids),
    )


def _measure(indicator: str, *, t: Language) -> str:
    """What a chart measures, for its subtitle: the indicator, its unit unless the name says it, and of money
    that it is at current prices."""
    name, unit = t.name(indicator), t.unit(indicator)
    measure = name if unit.lower() in name.lower() else f"{name}, {unit}"
    return (
        measure + t.say("finding.current_prices")
        if "VND" in vocabulary.INDICATORS[indicator].unit
        else measure
    )


def _set_for(indicator: str, area: str, level: str) -> pd.DataFrame:
    rows = record.targets().drop_duplicates("figure_id")
    mine = (
        (rows["indicator"] == indicator)
        & (rows["area"] == area)
        & (rows["area_level"] == level)
        & (rows["status"] == "chosen")
    )
    return rows[mine].sort_values("year").astype({"year": int})


def _headline(indicator: str, area: str, level: str, series: pd.DataFrame, *, t: Language) -> str:
    """The finding for a title: the share of the plan where the area has one, else the latest figure."""
    rows = scorecard(area=area, level=level, indicators=[indicator])
    rows = rows[rows["actual"].notna()]
    if len(rows):
        return findings.headline(rows.iloc[0], t=t)
    last = series[~series["derived"].astype(bool)].tail(1)
    last = series.iloc[-1] if last.empty else last.iloc[0]
    actual = numbers.with_unit(t, numbers.bounded(t, last["value"], last["flag"]), indicator)
    return t.say(
        "finding.title_last",
        name=t.titled(indicator),
        area=area,
        year=last["year"],
        actual=actual,
    )


def _definition_notes(rows: pd.DataFrame, t: Language) -> list[str]:
    """What each row's figure counts, where any of them says so: two stated definitions on one scale are told
    at its foot."""
    if not rows["definition"].any():
        return []
    unstated = t.say("finding.unstated")
    counted = [(row.area, t.definition(row.definition) or unstated) for row in rows.itertuples()]
    listed = [
        t.say("finding.definition_of", area=area, definition=definition) for area, definition in counted
    ]
    return [t.say("finding.definitions_beside", list="; ".join(listed))]


def districts(
    indicator: str, *, highlight: str = "Bảo Yên", lang: str | None = None, shape: str = "wide"
) -> charts.Chart:
    """The districts of the province, each at its latest printed full year, with what is counted and disputed
    at the foot."""
    t = words.of(lang)
    table = latest(indicator)
    notes = _definition_notes(table, t) + findings.disputed(indicator, _checks(), table["figure_id"], t=t)
    years = {"first": table["year"].min(), "last": table["year"].max()}
    return charts.dots(
        table,
        title=_districts_title(indicator, table, highlight, t),
        highlight=highlight,
        notes=notes,
        subtitle=t.say("finding.subtitle_districts", measure=_measure(indicator, t=t), **years),
        sources=cited(table["figure_id"]),
        lang=t.code,
        shape=shape,
    )


def _districts_title(indicator: str, table: pd.DataFrame, area: str, t: Language) -> str:
    """The finding on an area among the others: its place where all are of one year, else that their years
    make no ranking."""
    mine, others = table[table["area"] == area], table[table["area"] != area]
    known = {
        "name": t.name(indicator),
        "area": area,
        "first": others["year"].min(),
        "last": others["year"].max(),
    }
    if mine.empty:
        return t.say("finding.title_districts_without", **known)
    row = mine.iloc[0]
    known |= {
        "value": numbers.with_unit(t, numbers.bounded(t, row["value"], row["flag"]), indicator),
        "year": row["year"],
    }
    if table["year"].nunique() > 1:
        return t.say("finding.title_districts", **known)
    return t.say(
        "finding.title_districts_same",
        **known,
        rank=int((others["value"] > row["value"]).sum()) + 1,
        areas=len(table),
    )


def scorecard_chart(
    *, area: str = "Bảo Yên", lang: str | None = None, shape: str = "wide"
) -> charts.Chart | findings.Sentences:
    """Attainment of each planned indicator of an area; where nothing was planned, a sentence says so in the
    chart's place."""
    t = words.of(lang)
    rows = scorecard(area=area)
    if rows.empty:
        return findings.Sentences([t.say("finding.no_plan", area=area)])
    named = rows.assign(
        label=[t.name(name) for name in rows["indicator"]],
        unit=[t.unit(row.indicator) + _unlike(row, t) for row in rows.itertuples()],
        flag=rows["actual_flag"].astype(object).fillna(""),
    )
    sources = cited([*rows["plan_figure_id"], *rows["actual_figure_id"].dropna()])
    return charts.scorecard(named, title=_planned(rows, area, t), sources=sources, lang=t.code, shape=shape)


def _unlike(row, t: Language) -> str:
    """That a plan and its outcome count different things, behind the plan's unit."""
    t = t
    differ = row.reason == "definitions_differ"
    return t.say("finding.of_kind", kind=t.say("score.definitions_differ")) if differ else ""


def cited(figure_ids) -> list[str]:
    """The sources of figures, each once, as a footnote names them: publisher and title."""
    rows = record.observations().drop_duplicates("figure_id").set_index("figure_id")
    named = record.sources().set_index("source_id")
    identifiers = dict.fromkeys(rows.at[figure_id, "source_id"] for figure_id in figure_ids if figure_id)
    return [f"{named.at[source, 'publisher']} [{source}]" for source in identifiers]


def front_chart() -> str:
    """The chart on the README's first screen, as SVG with its font; stored as docs/income.svg."""
    return trend("income_per_capita", lang="en").svg(embed_font=True)
