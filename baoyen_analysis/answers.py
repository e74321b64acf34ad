"""The answers an analyst asks for, each one call on the project's own tables: it loads them, measures, and shows."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from baoyen_analysis import loader, vocabulary, words
from baoyen_analysis.measures import growth, part_year, projection, questions
from baoyen_analysis.measures import scorecard as scoring
from baoyen_analysis.views import charts, findings, tables

GOAL = "plan-2024"
PROVINCE = "Lào Cai"
# What a topic's notebook and section of the report are about.
TOPICS = {"income": ("income_per_capita",), "yield": ("yield_per_ha",), "tourism": ("tourist_visits", "tourism_revenue")}


def scorecard(*, area: str = "Bảo Yên", level: str = "district", indicators: Iterable[str] = ()) -> pd.DataFrame:
    """Each plan of an area with its latest outcome, attainment and the growth needed and done; see measures.scorecard.

    `indicators` keeps those alone. Of Bảo Yên the ten indicators of the 2024 plan; of another area the next plan or target after its latest outcome.

    >>> scorecard().set_index("indicator").loc[["income_per_capita"], ["actual", "plan", "attainment"]].astype(float).round(3).values.tolist()
    [[50.0, 66.0, 0.758]]
    """
    targets = loader.targets()
    mine = targets[(targets["area"] == area) & (targets["area_level"] == level) & (targets["status"] == "chosen")]
    if indicators:
        mine = mine[mine["indicator"].isin(list(indicators))]
    rows = mine[mine["goal_id"] == GOAL]
    series = {indicator: loader.series(indicator, area=area, level=level, derived=True) for indicator in mine["indicator"]}
    if rows.empty:
        last = mine["indicator"].map({indicator: table["year"].max() for indicator, table in series.items()}).fillna(0)
        # Those still ahead come before those of the past, the nearest first.
        rows = mine.assign(past=mine["year"] <= last, far=(mine["year"] - last).abs()).sort_values(["past", "far", "figure_id"]).drop_duplicates("indicator")
    return scoring.scorecard(rows, series)


def figures(indicator: str, *, area: str = "Bảo Yên", level: str = "district", lang: str = "vi") -> pd.DataFrame:
    """Every printed figure of an indicator and area, readable: period, words as printed, reading, kind, what became of it, source."""
    return tables.figures(_observed(indicator, area, level), loader.sources(), lang=lang)


def by_period(indicator: str, *, area: str = "Lào Cai", level: str = "province", lang: str = "vi") -> pd.DataFrame:
    """The figures that speak for an indicator and area: a year a row, with what was set for it and the parts of it that are printed."""
    return tables.by_period(_observed(indicator, area, level), lang=lang)


def _observed(indicator: str, area: str, level: str) -> pd.DataFrame:
    loader.series(indicator, area=area, level=level)  # refuses names that the record does not know
    rows = loader.observations()
    return rows[(rows["indicator"] == indicator) & (rows["area"] == area) & (rows["area_level"] == level)]


def latest(indicator: str, *, level: str = "district") -> pd.DataFrame:
    """Each area of a level at its latest printed full year: `area`, `year`, `value`, `low`, `high`, `flag`, `definition`, `figure_id`."""
    loader.check_names(indicator=indicator, level=level)
    rows = loader.observations()
    areas = rows.loc[(rows["indicator"] == indicator) & (rows["area_level"] == level), "area"].drop_duplicates()
    last = [loader.series(indicator, area=area, level=level).tail(1).assign(area=area) for area in areas]
    columns = ["area", *loader.SERIES_COLUMNS]
    found = pd.concat(last, ignore_index=True) if last else pd.DataFrame(columns=columns)
    return found[columns].sort_values(["value", "area"], ascending=[False, True], ignore_index=True)


def found(topic: str, *, area: str = "Bảo Yên", years: tuple[int, int] = (2019, 2025), lang: str = "vi") -> findings.Sentences:
    """What the record shows on a topic (income, yield, tourism, goal), in sentences made from the figures; gaps are told for `years`."""
    if topic == "goal":
        return findings.Sentences(findings.verdicts(all_verdicts(), lang=lang))
    said: list[str] = []
    for indicator in _indicators(topic):
        mine, province = loader.series(indicator, area=area), loader.series(indicator, area=PROVINCE, level="province")
        rows = scorecard(area=area, indicators=[indicator])
        said += [sentence for _, row in rows.iterrows() for sentence in findings.against_plan(row, lang=lang)]
        said += findings.gaps(mine, area=area, first=years[0], last=years[1], lang=lang)
        said += findings.province(indicator, province, name=PROVINCE, lang=lang)
        if indicator == "tourist_visits":
            said += findings.province_share(indicator, mine, province, area=area, lang=lang)
        said += findings.conflicts(indicator, _observed(indicator, PROVINCE, "province"), lang=lang)
        said += findings.peers(latest(indicator), area=area, lang=lang)
    if topic == "tourism":
        said += findings.spending(loader.series("tourism_revenue", area=area), loader.series("tourist_visits", area=area), lang=lang)
    return findings.Sentences(said)


def plan(indicator: str, *, area: str = "Bảo Yên", level: str = "district", year: int = 2024) -> pd.Series:
    """What was set for a year: the plan that speaks, as a target that the measures take (value, definition, figure_id, qualifier)."""
    rows = _set_for(indicator, area, level)
    rows = rows[rows["year"] == year]
    if rows.empty:
        raise ValueError(f"the record holds no plan or target of {indicator} for {area} ({level}) in {year}: give a number as target")
    return rows.iloc[0]


def compare(indicator: str, areas: Iterable[str], year: int, *, level: str = "district", mix_definitions: bool = False) -> pd.DataFrame:
    """Areas side by side in one year, each as a share of the first; see measures.questions.compare.

    >>> compare("income_per_capita", ["Sa Pa", "Văn Bàn"], 2020)[["area", "value"]].values.tolist()
    [['Sa Pa', 42.5], ['Văn Bàn', 45.2]]
    """
    areas = list(areas)
    for area in areas:
        loader.series(indicator, area=area, level=level)  # refuses a name that the record does not know, with near ones
    return questions.compare(loader.observations(), indicator, areas=areas, year=year, level=level, mix_definitions=mix_definitions)


def rank(indicator: str, year: int, *, level: str = "district", mix_definitions: bool = False) -> pd.DataFrame:
    """The areas of a level in order in one year, with the places that their intervals allow; see measures.questions.rank."""
    loader.check_names(indicator=indicator, level=level)
    ranked = questions.rank(loader.observations(), indicator, year=year, level=level, mix_definitions=mix_definitions)
    if ranked.empty:
        held = growth.area_years(loader.observations(), indicator)
        years = sorted(held.loc[held["area_level"] == level, "year"].unique())
        raise ValueError(f"no {level} has a figure of {indicator} for {year}; there are figures for {', '.join(map(str, years)) or 'no year'}")
    return ranked


def reference(indicator: str, *, area: str = "Bảo Yên", level: str = "district", year: int = 2024) -> pd.DataFrame:
    """What the province and its other districts did over as many years as the plan left, case by case; see measures.projection.

    No rows where the record holds no figure to start from, or where the plan's year has come.
    """
    series, target = loader.series(indicator, area=area, level=level), plan(indicator, area=area, level=level, year=year)
    if series.empty or series["year"].iloc[-1] >= year:
        return pd.DataFrame(columns=[*projection.CASE_COLUMNS, "sentence_vi", "sentence_en"])
    last, years = series.iloc[-1], year - int(series["year"].iloc[-1])
    needed = growth.compound(last["value"], target["value"], years)
    return projection.reference_class(loader.observations(), indicator, years=years, needed=needed, area=area, level=level)


def references() -> pd.DataFrame:
    """The reference class of every indicator of the 2024 plan that has figures, with the indicator in front; one without a case keeps a row."""
    rows = scorecard()
    each = []
    for indicator in rows.loc[rows["actual"].notna(), "indicator"]:
        cases = reference(indicator)
        each.append((cases if len(cases) else pd.DataFrame({"reason": ["no_case"]})).assign(indicator=indicator))
    return pd.concat(each, ignore_index=True)


def verdicts(indicator: str, *, area: str = "Bảo Yên", level: str = "district", derived: bool = False, mix_definitions: bool = False) -> pd.DataFrame:
    """Every plan and target of an area by every method, nominal and in constant prices where the indicator is money; see measures.questions."""
    series = loader.series(indicator, area=area, level=level, derived=derived)[loader.SERIES_COLUMNS]
    money = "VND" in vocabulary.INDICATORS[indicator].unit
    return questions.verdicts(
        series, targets=_set_for(indicator, area, level), direction=vocabulary.INDICATORS[indicator].direction or 1,
        levels=price_levels() if money else None, rate=vocabulary.INDICATORS[indicator].rate, mix_definitions=mix_definitions,
    )  # fmt: skip


def price_levels(*, base_year: int = 2010) -> pd.DataFrame:
    """Việt Nam's consumer price level, base year = 1, chained from the annual averages that speak; see measures.growth.price_levels."""
    changes, index = (loader.series(name, area="Việt Nam", level="country") for name in ("cpi_change", "cpi_index"))
    return growth.price_levels(changes, index=index, base_year=base_year)


def real(indicator: str, *, area: str = "Bảo Yên", level: str = "district", derived: bool = False, base_year: int = 2010) -> pd.DataFrame:
    """A series in the prices of one year, by the country's consumer prices; `derived` as in `series`."""
    series = loader.series(indicator, area=area, level=level, derived=derived)
    deflated = growth.real(series[loader.SERIES_COLUMNS], price_levels(base_year=base_year))
    return deflated.assign(derived=series["derived"].to_numpy()) if derived else deflated


def province_inflation() -> pd.DataFrame:
    """Where the province's and the country's price change were printed for the same period; see measures.growth."""
    return growth.province_inflation(loader.observations(), province=PROVINCE)


def full_year(indicator: str, *, year: int, part: str, area: str = "Bảo Yên", level: str = "district") -> pd.DataFrame:
    """The full year that a printed part of it points to, by the province's own shares, or a refusal; see measures.part_year."""
    return part_year.full_year(loader.observations(), area=area, indicator=indicator, year=year, part=part, level=level, province=PROVINCE)


def chances() -> pd.DataFrame:
    """The chance of meeting each indicator of the 2024 plan, for the indicators with figures: `indicator`, `target`, `year`, `points`, `shown`, `warning`.

    From the projection's tested range, capped and rounded; blank where none can be given, and `warning` says why. The years of COVID-19
    are masked for tourism.
    """
    rows = scorecard()
    found = []
    for row in rows[rows["actual"].notna()].itertuples():
        series, target = loader.series(row.indicator, area=row.area, level=row.area_level), plan(row.indicator, year=row.plan_year)
        tests = {"no_time_left": row.year >= row.plan_year, "one_point": len(series) < 2, "definition_break": row.reason == "definitions_differ"}
        warning, shown = next((reason for reason, holds in tests.items() if holds), ""), float("nan")
        if not warning:
            given = projection.chance(series, target=target, year=row.plan_year, **projection_options(row.indicator))
            shown, warning = given.shown, given.warning
        found.append((row.indicator, row.plan, row.plan_year, len(series), shown, warning))
    return pd.DataFrame(found, columns=["indicator", "target", "year", "points", "shown", "warning"])


def projection_options(indicator: str) -> dict:
    """How an indicator is projected: tourism has wider ranges, and its years of COVID-19 are left out."""
    return {"domain": "tourism", "mask": (2020, 2021)} if indicator in TOPICS["tourism"] else {}


def all_verdicts() -> pd.DataFrame:
    """The verdicts on every indicator of the 2024 plan that has figures, with the indicator in front; see `verdicts`."""
    rows = scorecard()
    held = rows[rows["actual"].notna()]
    each = [verdicts(row.indicator, area=row.area, level=row.area_level).assign(indicator=row.indicator) for row in held.itertuples()]
    return pd.concat(each, ignore_index=True)


def fan(indicator: str, *, years: Iterable[int] = (), area: str = "Bảo Yên", level: str = "district", lang: str = "vi", shape: str = "wide") -> charts.Chart:
    """The projection of a series with its tested ranges, beside the plans it is held to; without `years`, up to 2025 or a year ahead."""
    series = loader.series(indicator, area=area, level=level)
    ahead = int(series["year"].iloc[-1]) + 1
    future = projection.project(series, years=list(years) or range(ahead, max(ahead, 2025) + 1), **projection_options(indicator))
    set_for = _set_for(indicator, area, level)
    last = future.iloc[-1]
    title = words.finding(
        "title_fan", lang=lang, name=findings.title_name(indicator, lang=lang), area=area, year=last["year"],
        low=findings.humanised(last["low_80"], lang=lang, digits=3), high=findings.humanised(last["high_80"], lang=lang, digits=3),
    )  # fmt: skip
    return charts.fan(
        future, series={area: series}, title=title, subtitle=_measure(indicator, lang=lang), targets=set_for,
        sources=cited([*series["figure_id"], *set_for["figure_id"]]), lang=lang, shape=shape,
    )  # fmt: skip


def coverage(*, areas: Iterable[str] = ("Bảo Yên", "Lào Cai"), lang: str = "vi", shape: str = "wide") -> charts.Chart:
    """What is held of the four core indicators: area and indicator by year, with the kinds of figures."""
    rows = loader.observations()
    rows = rows[rows["area"].isin(list(areas)) & rows["area_level"].isin(["district", "province"]) & rows["indicator"].isin(vocabulary.PANEL_COLUMNS)]
    rows = rows[rows["year"] >= 2007]
    title = words.finding("title_coverage", lang=lang, figures=len(rows), areas=" – ".join(areas))
    return charts.coverage(rows, title=title, lang=lang, shape=shape)


def decomposition(*, start: int, end: int, area: str = PROVINCE, level: str = "province", lang: str = "vi", shape: str = "wide") -> charts.Chart:
    """How much of the growth of tourism revenue came from visits and how much from spending a visit."""
    revenue, visits = (loader.series(name, area=area, level=level) for name in ("tourism_revenue", "tourist_visits"))
    table = questions.decompose(revenue, visits, start=start, end=end)
    used = [*table["figure_ids"].str.split().explode()] if "figure_ids" in table else []
    return charts.decomposition(table, title=table[f"sentence_{lang}"].iloc[0], sources=cited(dict.fromkeys(used)), lang=lang, shape=shape)


def conflicts(*, lang: str = "vi") -> pd.DataFrame:
    """Where printed figures do not meet: the one that speaks, the others, and the spread, readable."""
    return tables.conflicts(loader.observations(), lang=lang)


def doubts(*, area: str = "Bảo Yên", level: str = "district", lang: str = "vi") -> pd.DataFrame:
    """The figures of an area whose note says what is doubtful about them, readable."""
    rows = loader.observations()
    mine = rows[(rows["area"] == area) & (rows["area_level"] == level) & (rows["note"] != "") & rows["indicator"].isin(vocabulary.PANEL_COLUMNS)]
    return tables.doubts(mine, lang=lang)


def limits(topic: str, *, area: str = "Bảo Yên", lang: str = "vi") -> findings.Sentences:
    """What the record cannot show on a topic: income, yield, tourism or goal; first, that the outcome of a plan's year is missing."""
    said = []
    for indicator in () if topic == "goal" else _indicators(topic):
        rows = scorecard(area=area, indicators=[indicator])
        name = findings.named(indicator, lang=lang)
        said += [
            words.finding("no_outcome", lang=lang, year=row.plan_year, area=area, name=name) for row in rows.itertuples() if row.year != row.plan_year
        ]
    return findings.Sentences(said + findings.limits(topic, lang=lang))


def _indicators(topic: str) -> tuple[str, ...]:
    if topic not in TOPICS:
        raise ValueError(f"unknown topic: {topic!r}; the topics are {', '.join(TOPICS)} and goal")
    return TOPICS[topic]


def trend(indicator: str, *, area: str = "Bảo Yên", level: str = "district", lang: str = "vi", shape: str = "wide", beside: str = "") -> charts.Chart | findings.Sentences:
    """The figures of an area over the years with its plans, derived points and conflicting sources; `beside` names the province for comparison.

    Where nothing is printed, a sentence says so in the chart's place.
    """
    loader.check_names(indicator=indicator, level=level, lang=lang)
    mine = loader.series(indicator, area=area, level=level, derived=True)
    if mine.empty:
        return findings.Sentences([words.finding("too_thin", lang=lang, name=findings.named(indicator, lang=lang), area=area)])
    drawn = {area: mine}
    if beside:
        drawn[f"{beside} ({vocabulary.LEVELS['province'][words.LANGUAGES.index(lang)]})"] = loader.series(indicator, area=beside, level="province")
    set_for = _set_for(indicator, area, level)
    observed = _observed(indicator, area, level)
    others = observed[(observed["status"] == "conflicting") & observed["kind"].isin(vocabulary.OUTCOMES) & (observed["part"] == "")]
    figure_ids = [*(figure_id for series in drawn.values() for figure_id in series["figure_id"]), *set_for["figure_id"], *others["figure_id"]]
    years = [*(year for series in drawn.values() for year in series["year"]), *set_for["year"]]
    return charts.trend(
        drawn, title=_headline(indicator, area, level, mine, lang=lang), targets=set_for, conflicts=others, lang=lang, shape=shape,
        subtitle=words.finding(
            "subtitle", lang=lang, measure=_measure(indicator, lang=lang),
            area=" – ".join(drawn), first=min(years), last=max(years),
        ),
        sources=cited(figure_ids),
    )  # fmt: skip


def _measure(indicator: str, *, lang: str) -> str:
    """What a chart measures, for its subtitle: the indicator, its unit unless the name says it, and of money that it is at current prices."""
    name, unit = getattr(vocabulary.INDICATORS[indicator], lang), findings.unit_of(indicator, lang=lang)
    measure = name if unit.lower() in name.lower() else f"{name}, {unit}"
    return measure + words.finding("current_prices", lang=lang) if "VND" in vocabulary.INDICATORS[indicator].unit else measure


def _set_for(indicator: str, area: str, level: str) -> pd.DataFrame:
    rows = loader.targets().drop_duplicates("figure_id")
    mine = (rows["indicator"] == indicator) & (rows["area"] == area) & (rows["area_level"] == level) & (rows["status"] == "chosen")
    return rows[mine].sort_values("year").astype({"year": int})


def _headline(indicator: str, area: str, level: str, series: pd.DataFrame, *, lang: str) -> str:
    """The finding for a title: the share of the plan where the area has one, else the latest figure."""
    rows = scorecard(area=area, level=level, indicators=[indicator])
    rows = rows[rows["actual"].notna()]
    if len(rows):
        return findings.headline(rows.iloc[0], lang=lang)
    last = series.iloc[-1]
    return words.finding(
        "title_last", lang=lang, name=findings.named(indicator, lang=lang), area=area, year=last["year"],
        actual=findings.bounded(last["value"], last["flag"], lang=lang),
    )  # fmt: skip


def districts(indicator: str, *, highlight: str = "Bảo Yên", lang: str = "vi", shape: str = "wide") -> charts.Chart:
    """The districts of the province, each at its latest printed year."""
    table = latest(indicator)
    return charts.dots(
        table, title=words.finding("title_districts", lang=lang, name=findings.title_name(indicator, lang=lang)), highlight=highlight,
        subtitle=_measure(indicator, lang=lang),
        sources=cited(table["figure_id"]), lang=lang, shape=shape,
    )  # fmt: skip


def scorecard_chart(*, lang: str = "vi", shape: str = "wide") -> charts.Chart:
    """Attainment of each indicator of the 2024 plan."""
    rows = scorecard()
    named = rows.assign(
        label=[getattr(vocabulary.INDICATORS[name], lang) for name in rows["indicator"]],
        unit=[findings.unit_of(name, lang=lang) for name in rows["indicator"]], flag=rows["actual_flag"].fillna(""),
    )  # fmt: skip
    held = int(rows["actual"].notna().sum())
    title = words.finding("title_scorecard", lang=lang, held=held, all=len(rows))
    return charts.scorecard(named, title=title, sources=cited([*rows["plan_figure_id"], *rows["actual_figure_id"].dropna()]), lang=lang, shape=shape)


def cited(figure_ids) -> list[str]:
    """The sources of figures, each once, as a footnote names them: publisher and title."""
    rows = loader.observations().drop_duplicates("figure_id").set_index("figure_id")
    named = loader.sources().set_index("source_id")
    identifiers = dict.fromkeys(rows.at[figure_id, "source_id"] for figure_id in figure_ids if figure_id)
    return [f"{named.at[source, 'publisher']} [{source}]" for source in identifiers]


def front_chart() -> str:
    """The chart on the README's first screen, as SVG with its font; stored as docs/income.svg."""
    return trend("income_per_capita", lang="en").svg(embed_font=True)
