"""What is asked of several areas: side by side, in order, a share, who passed a level, who catches up, where
the district stands.

Each question gives an Answer. An area may carry its level, "Lào Cai:province"; nothing is carried over from
one year to another."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from baoyen_analysis import record
from baoyen_analysis.answer import AREA, LEVEL, PROVINCE, Answer, asked_of, refusal, side_of
from baoyen_analysis.basis import projection_options
from baoyen_analysis.measures import comparing
from baoyen_analysis.measures import reference as cases
from baoyen_analysis.measures import standing as places
from baoyen_analysis.views import answered, beside
from baoyen_analysis.words import Language


def placed(area: str, level: str = LEVEL) -> tuple[str, str]:
    """A name that may carry its level, as a name and a level.

    >>> placed("Lào Cai:province"), placed("Văn Bàn")
    (('Lào Cai', 'province'), ('Văn Bàn', 'district'))
    """
    name, _, given = area.partition(":")
    return name.strip(), record.level_named(given.strip()) or level


def compare(
    indicator: str,
    areas: Iterable[str],
    year: int | None = None,
    *,
    level: str = LEVEL,
    mix_definitions: bool = False,
) -> Answer:
    """Areas side by side in one year, each as a share of the first.

    Parameters
    ----------
    areas : list of str
        Two areas or more; one may carry its level: "Lào Cai:province".
    year : int
        Without it the latest of which all have a figure, else the latest of which one has.
    mix_definitions : bool
        Compare also figures that state different definitions, and say so.

    Returns
    -------
    Answer
        One row an area and counted figure: `area`, `area_level`, `year`, `value`, `low`, `high`, `percent`,
        `low_percent`, `high_percent` (of the first), `reason`.

    Examples
    --------
    >>> compare("income_per_capita", ["Sa Pa", "Văn Bàn"], 2020).rows[["area", "value"]].values.tolist()
    [['Sa Pa', 42.5], ['Văn Bàn', 45.2]]
    """
    record.check_list(areas, "areas")
    named = [placed(area, level) for area in areas]
    if not named:
        raise ValueError('areas=[] names none: give two or more, areas=["Bảo Yên", "Văn Bàn"]')
    for area, its_level in named:
        record.observed(indicator, area, its_level)  # refuses a name the record does not know
    held = record.full_years(indicator)
    asked = pd.MultiIndex.from_frame(held[["area", "area_level"]]).isin(named)
    year = year or _latest(held[asked])
    if not year:
        names = ", ".join(area for area, _ in named)
        return refusal("compare", "no_full_year", {"indicator": indicator, "area": names})
    rows = comparing.compare(held, areas=named, year=year, mix_definitions=mix_definitions)
    return Answer("compare", rows.assign(indicator=indicator))


def _latest(held: pd.DataFrame, fewest: int = 99) -> int:
    """The latest year of which the most of these areas have a figure, or at least `fewest` of them; 0 where
    none is held."""
    counts = held.drop_duplicates(["area", "area_level", "year"]).groupby("year").size()
    return int(max(counts.index[counts >= min(fewest, counts.max())], default=0))


def rank(
    indicator: str,
    year: int | None = None,
    *,
    level: str = LEVEL,
    derived: bool = False,
    mix_definitions: bool = False,
) -> Answer:
    """The areas of a level in order in one year, with the places that their intervals allow.

    Parameters
    ----------
    year : int
        Without it the latest of which three areas have a figure.
    derived : bool
        Let areas stand among them for which only a printed comparison tells, marked so.

    Returns
    -------
    Answer
        `rank` (1 is the better end, which `direction` names), `best_rank`, `worst_rank`, `areas`, `area`,
        `value`, `low`, `high`, `reason`, `derived`.

    Raises
    ------
    ValueError
        Where no area of the level has a figure for the year: with the years that have.
    """
    record.check_names(indicator=indicator, level=level)
    held = record.full_years(indicator)
    held = held[held["area_level"] == level].assign(derived=False)
    year = year or _latest(held, comparing.FEWEST_TOGETHER)
    if derived:
        told = record.derived()
        told = told[(told["indicator"] == indicator) & (told["area_level"] == level) & (told["year"] == year)]
        for area in told["area"].unique():
            path = record.series(indicator, area=area, level=level, derived=True)
            held = pd.concat(
                [held, path[path["derived"] & (path["year"] == year)].assign(area=area, area_level=level)]
            )
    rows = comparing.rank(
        held, year=year, level=level, direction=side_of(indicator), mix_definitions=mix_definitions
    )
    if rows.empty:
        known = ", ".join(map(str, sorted(held["year"].unique()))) or "no year"
        raise ValueError(f"no {level} has a figure of {indicator} for {year}; there are figures for {known}")
    marked = rows["reason"].where(~rows["derived"], "derived")
    return Answer("rank", rows.assign(indicator=indicator, reason=marked))


def share(
    indicator: str,
    *,
    of: str = f"{PROVINCE}:province",
    area: str = AREA,
    level: str = LEVEL,
    year: int | None = None,
) -> Answer:
    """What share of the whole an area makes, in the years that both have.

    Parameters
    ----------
    of : str
        The whole, with its level: "Lào Cai:province".
    year : int
        That year alone.

    Returns
    -------
    Answer
        `year`, `value`, `whole_value`, `percent`, `low_percent`, `high_percent`, `reason`.

    Examples
    --------
    >>> share("tourist_visits").rows[["year", "percent"]].round(1).values.tolist()
    [[2017.0, 14.3], [2022.0, 26.8]]
    """
    whole, whole_level = placed(of, "province")
    own = record.series(indicator, area=area, level=level)
    other = record.series(indicator, area=whole, level=whole_level)
    names = {"indicator": indicator, "area": area, "area_level": level, "of": whole}
    if own.empty or other.empty:
        return refusal("share", "no_year_in_common", names)
    rows = comparing.share(own, other, year=year, counted_in_each=indicator == "tourist_visits")
    if year:  # other years may be held by both
        rows["reason"] = rows["reason"].replace("no_year_in_common", "no_figure")
    return Answer("share", rows.assign(**names))


def passed(indicator: str, *, target: float, level: str = LEVEL) -> Answer:
    """Which areas of a level have a printed full year at or past a number, and when first.

    Returns
    -------
    Answer
        One row an area: `case` (passed, open, not_passed), `year`, `value`, `low`, `high`, `target`.
    """
    held = record.full_years(indicator)
    held = held[held["area_level"] == level]
    if held.empty:
        return refusal("passed", "no_full_year", {"indicator": indicator, "area": "", "area_level": level})
    rows = comparing.passed(held, target=target, direction=side_of(indicator))
    return Answer("passed", rows.assign(indicator=indicator))


def catch_up(indicator: str, rival: str, *, area: str = AREA, level: str = LEVEL) -> Answer:
    """When an area comes level with another if both keep the pace that each has done.

    Returns
    -------
    Answer
        `case` (catch_up, ahead, never), `level_year`, `earliest_year`, `latest_year`, both paces with their
        ranges; one row a counted outcome of the area.
    """
    other, other_level = placed(rival, level)
    theirs = record.series(indicator, area=other, level=other_level)
    if (other, other_level) == (area, level):
        raise ValueError(f"rival={rival!r} is the area itself: name another, rival='Văn Bàn'")
    names = {"indicator": indicator, "area": area, "area_level": level, "rival": other}
    mine = record.outcome_paths(indicator, area, level)
    if not mine or theirs.empty:
        return refusal("catch_up", "no_full_year", names)
    rows = [comparing.catch_up(path, theirs, direction=side_of(indicator)) for path in mine]
    if len(theirs) < 2:  # the one whose pace is not known
        names |= {"area": other, "area_level": other_level}
    return Answer("catch_up", pd.concat(rows, ignore_index=True).assign(**names))


def reference(indicator: str, *, area: str = AREA, level: str = LEVEL, year: int | None = None) -> Answer:
    """What the province and its other districts grew by, case by case, beside the growth needed.

    Returns
    -------
    Answer
        One row a case: `area`, `from_year`, `year`, `growth_percent`, `did_as_much`, `counted`, `reason`.
    """
    asked = asked_of(indicator, area, level, None, year)
    last = max((int(path["year"].iloc[-1]) for path in asked.paths), default=0)
    if asked.reason or asked.aim is None or last >= int(asked.aim["year"]):
        return refusal("reference", asked.reason or "no_time_left", asked.names)
    rows = cases.pooled(
        record.observations(),
        indicator,
        outcome=asked.paths,
        target=asked.aim,
        area=area,
        level=level,
        breaks=projection_options(indicator).get("mask", ()),
    )
    if rows.empty:
        return refusal("reference", "no_case", asked.names)
    return Answer("reference", rows.assign(indicator=indicator), beside.reference, _cases)


def _cases(t: Language, rows: pd.DataFrame) -> pd.DataFrame:
    """The cases, each once."""
    once = rows.drop_duplicates(["area", "area_level", "from_year", "year", "reason"])
    return answered.of_rows(t, once.drop(columns=["outcome_value", "needed_percent"]))


def together(indicator: str, *, level: str = LEVEL) -> Answer:
    """Areas that one source prints for one period, three or more.

    The only like comparison that needs no choice of year.

    Returns
    -------
    Answer
        `period`, `source_id`, `area`, `rank` (1 = the better end), `areas`, `value`, `low`, `high`, `flag`,
        `definition`, `figure_ids`; the province's figure of the same source stands below, without a rank.

    Examples
    --------
    >>> rows = together("tourist_visits").rows
    >>> rows.loc[rows["area"] == "Bảo Yên", ["period", "rank"]].values.tolist()[0]
    ['2022-9M', 3]
    """
    record.check_names(indicator=indicator, level=level)
    rows = places.together(record.observations(), indicator, level=level, province=PROVINCE)
    return Answer("together", rows.assign(indicator=indicator, reason=""), lambda t, rows: ())
