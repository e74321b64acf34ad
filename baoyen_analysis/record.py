"""Gives the processed tables back, typed, and one series out of them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from pandas import DataFrame, Series, concat

from baoyen_analysis import places, vocabulary, words
from baoyen_analysis.cleaning import panel as merged
from baoyen_analysis.measures.goals import columns, grouped
from baoyen_analysis.measures.growth import SERIES_COLUMNS
from baoyen_analysis.printed.text import plain
from baoyen_analysis.stored import remembered, table, unreadable

SPREAD_COLUMNS = ["spread_low", "spread_high", "other_figure_ids"]  # beside a value that conflicts


def observations() -> DataFrame:
    """Every printed figure, typed: what it says, whether it was chosen, and why.

    Returns
    -------
    DataFrame
        One row a figure: `value`, `low`, `high` in `unit`, `year` and `part`, `definition`, `status` (chosen,
        superseded, conflicting, out_of_scope) with the code of its `reason`, the printed words, the source.

    Examples
    --------
    >>> observations().shape[0]
    577
    """
    return table("observations")


def derived() -> DataFrame:
    """Bases of printed comparisons, computed and never printed themselves.

    Returns
    -------
    DataFrame
        One row a comparison: `value`, `low`, `high` in `unit`, how it was computed, whether the base is
        printed too; one with a `reason` lies across a change of boundary and is not used.

    Examples
    --------
    >>> rows = derived()
    >>> rows = rows[(rows["indicator"] == "income_per_capita") & (rows["area"] == "Bảo Yên")]
    >>> rows[["year", "value"]].values.tolist()
    [[2020, 32.67]]
    """
    return table("derived")


def crosschecks() -> DataFrame:
    """Printed comparisons whose both ends are printed: whether they agree, and by how much they do not.

    Returns
    -------
    DataFrame
        One row a comparison: the base as implied (`derived_value`) and printed (`printed_value`) with their
        intervals, `agrees`, `difference`, `gap`, and in `caveat` the codes of what is not alike.

    Examples
    --------
    >>> rows = crosschecks()
    >>> int(rows["agrees"].sum()), len(rows)
    (32, 44)
    """
    return table("crosschecks")


def panel() -> DataFrame:
    """Income, yield per hectare and tourism of whole years.

    Returns
    -------
    DataFrame
        One row an area, level and year: `income_million_vnd`, `yield_million_vnd_per_ha`,
        `tourism_revenue_billion_vnd`, `tourist_visits`, each followed by its `_flag` and `_figure_id`.

    Examples
    --------
    >>> row = panel().set_index(["area", "area_level", "year"]).loc[("Bảo Yên", "district", 2022)]
    >>> float(row["income_million_vnd"]), row["income_million_vnd_flag"]
    (45.0, 'conflict')
    """
    return table("panel")


def targets() -> DataFrame:
    """Plans, targets and thresholds, with the goal each belongs to.

    Returns
    -------
    DataFrame
        One row a figure and goal: `value` in `unit`, `qualifier` ("trên 66" is gt), `status` (chosen: in
        force), `goal_id`, `goal_vi`, `goal_en`, `due`.

    Examples
    --------
    >>> rows = targets()
    >>> int((rows["goal_id"] == "plan-2024").sum())
    10
    """
    return table("targets")


def sources() -> DataFrame:
    """Where the figures were printed.

    Returns
    -------
    DataFrame
        One row a source: publisher, title, date, address, kind, `counted_as` (the house by which publishers
        are counted), how many `figures` were taken from it.

    Examples
    --------
    >>> len(sources())
    190
    """
    return table("sources")


def communes() -> DataFrame:
    """The communes of Bảo Yên before and after the mergers of 2020 and 2025.

    Returns
    -------
    DataFrame
        One row an old commune: code, name, kind and last day, and those of the unit that took its place.

    Examples
    --------
    >>> rows = communes()
    >>> sorted(rows.loc[rows["new_valid_from"] == "2025-07-01", "new_name"].unique())
    ['Bảo Hà', 'Bảo Yên', 'Nghĩa Đô', 'Phúc Khánh', 'Thượng Hà', 'Xuân Hòa']
    """
    return table("communes")


def dictionary() -> DataFrame:
    """What every column of every table is.

    Returns
    -------
    DataFrame
        One row a column: `table`, `column`, `type`, `unit`, `key`, `decimals`, `meaning_en`, `meaning_vi`.

    Examples
    --------
    >>> rows = dictionary()
    >>> rows.loc[rows["column"] == "tourist_visits", "unit"].tolist()
    ['visits']
    """
    return table("dictionary")


@remembered
def series(
    indicator: str,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    derived: bool = False,
    definition: str | None = None,
    on: str | None = None,
) -> DataFrame:
    """The chosen outcomes of full years of one indicator and area; no year is filled in.

    A series is of one unit: where an area's name outlived its boundary (the commune Phúc Khánh), of the
    latest one that has figures, or of the one that stood `on` a day.

    Parameters
    ----------
    indicator : str
        An indicator of the record, such as income_per_capita.
    area, level : str
        The area and its level: "Sa Pa", "district".
    derived : bool
        Add the years for which only a printed comparison tells, marked in a further column `derived`, with
        the compared figure's id.
    definition : str, optional
        Keep one definition alone ("" = not stated).
    on : str, optional
        A day, such as "2024-12-31".

    Returns
    -------
    DataFrame
        One row a year: `year`, `value`, `low`, `high` (in the indicator's unit), `flag`, `definition`,
        `figure_id`; where sources conflict `spread_low`, `spread_high` and `other_figure_ids`.

    Raises
    ------
    ValueError
        For an indicator, level or area that the record does not hold, with what may have been meant.

    Examples
    --------
    >>> series("income_per_capita")[["year", "value", "spread_low", "spread_high"]].values.tolist()
    [[2012.0, 9.35, nan, nan], [2022.0, 45.0, 44.5, 50.5]]
    """
    rows = observed(indicator, area, level)
    rows = rows if definition is None else rows[rows["definition"] == definition]
    found = merged.yearly(rows)[[*SERIES_COLUMNS, *SPREAD_COLUMNS[:2], "area_since"]]
    against = zip(rows["status"], rows["speaks_figure_id"], rows["figure_id"], strict=True)
    apart = grouped(({"of": of, "id": name} for status, of, name in against if status == "conflicting"), "of")
    others = [" ".join(row["id"] for row in apart.get(name, ())) for name in found["figure_id"]]
    found.insert(len(found.columns) - 1, "other_figure_ids", Series(others, found.index, dtype=object))
    found = _whole(found)
    if derived:
        found = _with_derived(found, of_area(table("derived"), area, level, indicator))
    since = found["area_since"].max()
    if on is not None:
        since = places.find_area(area, level, on, communes=communes()).since
    found = found[found["area_since"] == since].drop(columns="area_since")
    return found.sort_values("year", ignore_index=True)


def check_names(*, indicator: str | None = None, level: str = "district") -> None:
    """Refuse an indicator or a level that there is none of, with what may have been meant."""
    for kind, name, known in (
        ("indicator", indicator, [*vocabulary.INDICATORS]),
        ("level", level, [*vocabulary.LEVELS]),
    ):
        if name is not None and name not in known:
            near = nearest(name, known) or "; there are " + ", ".join(known[:6])
            raise ValueError(f"unknown {kind}: {name!r}{near}")


def check_area(area: str, level: str = "district") -> None:
    """Refuse an area of which the record holds nothing at a level, with the level at which it does, or what
    may have been meant."""
    check_names(level=level)
    held = table("observations").groupby("area_level", sort=False)["area"].unique()
    levels = [name for name, areas in held.items() if area in areas]
    if level not in levels:
        near = nearest(area, held.get(level, ()))
        near = f"; it is held as a {levels[0]}: level={levels[0]!r}" if levels else near
        raise ValueError(f"the record holds nothing on {area!r} ({level}){near}")


def of_area(rows: DataFrame, area: str, level: str, indicator: str | None = None) -> DataFrame:
    """The rows of a table on an area, of all indicators or of one."""
    wanted = {"area": area, "area_level": level} | ({"indicator": indicator} if indicator is not None else {})
    kept = [rows[name].to_numpy(dtype=object) == text for name, text in wanted.items()]
    return rows[np.logical_and.reduce(kept)]


def _outcomes(rows: DataFrame) -> DataFrame:
    """The outcomes of full years."""
    told = zip(rows["kind"], rows["period"], rows["year"], strict=True)
    kept = [kind in vocabulary.OUTCOMES and period == str(year) for kind, period, year in told]
    return rows[np.array(kept, dtype=bool)]


def _whole(rows: DataFrame) -> DataFrame:
    """Rows that all have a year, which can then be a plain number."""
    return rows.assign(year=rows["year"].astype(int))


def _with_derived(printed: DataFrame, rows: DataFrame) -> DataFrame:
    """The printed years and, for years without one, the derived; of two derived the narrower, since none is
    averaged."""
    rows = _outcomes(rows[(rows["reason"] == "") & ~rows["year"].isin(printed["year"])])
    flag = rows["qualifier"].map(vocabulary.QUALIFIER_FLAGS).fillna("")
    rows = rows.assign(width=rows["high"] - rows["low"], flag=flag, other_figure_ids="")
    rows = rows.sort_values(["width", "comparison_id"]).drop_duplicates("year")
    added = _whole(rows[[*SERIES_COLUMNS, "other_figure_ids", "area_since"]])
    return concat([printed.assign(derived=False), added.assign(derived=True)], ignore_index=True)


@remembered
def full_years(indicator: str) -> DataFrame:
    """Full years of an indicator in every area, one row a figure that counts: `area`, `area_level`,
    `area_since` (which unit of the name) and a series' columns.

    Of the best kind held for a year (actual, else preliminary, else estimate) the figure that speaks and
    those that contradict it: never one without the other."""
    check_names(indicator=indicator)
    rows = table("observations")[columns("series")]
    of_it = (rows["indicator"] == indicator) & rows["status"].isin(["chosen", "conflicting"])
    rows = _outcomes(rows[of_it])
    keys = ["area", "area_level", "year"]
    number, _ = places.numbered(*(rows[name] for name in keys))
    rank = np.array([vocabulary.OUTCOMES.index(kind) for kind in rows["kind"]], dtype=int)
    best = np.full(len(rows), len(vocabulary.OUTCOMES))
    np.minimum.at(best, number, rank)
    ordered = [*zip(*(rows[name] for name in [*keys, "status", "figure_id"]), strict=True)]
    kept = sorted(np.flatnonzero(rank == best[number]).tolist(), key=ordered.__getitem__)
    flags = rows["qualifier"].map(vocabulary.QUALIFIER_FLAGS).fillna(rows["kind"].replace("actual", ""))
    rows = rows.assign(flag=flags)[["area", "area_level", "area_since", *SERIES_COLUMNS]].iloc[kept]
    _, firsts = places.numbered(*(rows[name] for name in [*keys, "value", "definition"]))
    return _whole(rows.iloc[firsts]).reset_index(drop=True)


def indicator_named(text: str) -> str:
    """An indicator by its id or words of its name in either language, with accents or without: a core one, or
    else the only one.

    >>> indicator_named("thu nhập"), indicator_named("Tourist visits"), indicator_named("lương thực")
    ('income_per_capita', 'tourist_visits', 'grain_output')
    """
    if text.lower() in vocabulary.INDICATORS:
        return text.lower()
    names = {name: key for key, known in vocabulary.INDICATORS.items() for name in (known.vi, known.en)}
    for form in (str.lower, plain):
        for holds in (str.__eq__, str.startswith, str.__contains__):
            has = {key: None for name, key in names.items() if holds(f" {form(name)} ", f" {form(text)} ")}
            found = [key for key in has if key in vocabulary.PANEL_COLUMNS] or list(has)
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueError(f"several indicators have {text!r} in their name: {', '.join(found[:6])}")
    near = nearest(text, [*names, *vocabulary.INDICATORS])
    raise ValueError(f"unknown indicator: {text!r}{near}; by.indicators() lists them")


def level_named(text: str) -> str:
    """A level by its name in the record, or as either language says it.

    >>> level_named("huyện"), level_named("Province"), level_named("zone")
    ('district', 'province', 'zone')
    """
    said = {t.level(name).lower(): name for t in map(words.of, words.LANGUAGES) for name in vocabulary.LEVELS}
    return said.get(text.lower(), text)


def outcome_paths(indicator: str, area: str = "Bảo Yên", level: str = "district") -> list[DataFrame]:
    """The series of an area up to its latest year, once for each figure that counts there."""
    printed = series(indicator, area=area, level=level)
    if printed.empty:
        return []
    last, speaks = printed.iloc[-1][["year", "figure_id"]]
    ends = of_area(full_years(indicator), area, level)
    ends = ends.loc[ends["year"] == last, SERIES_COLUMNS]
    ends = ends.sort_values("figure_id", key=lambda ids: ids != speaks, kind="stable")
    earlier = printed[printed["year"] < last]
    return [concat([earlier, ends[at : at + 1]], ignore_index=True) for at in range(len(ends))]


@remembered
def observed(indicator: str, area: str = "Bảo Yên", level: str = "district") -> DataFrame:
    """Every printed figure of an indicator and area, as `observations` has it; refuses names that the record
    does not know."""
    check_names(indicator=indicator, level=level)
    rows = of_area(table("observations"), area, level, indicator)
    if rows.empty:
        check_area(area, level)
    return rows


def set_for(indicator: str, area: str = "Bảo Yên", level: str = "district") -> DataFrame:
    """What was set for an indicator and area and is in force: plans, targets and standards, by year."""
    rows = of_area(table("targets").drop_duplicates("figure_id"), area, level, indicator)
    return _whole(rows[rows["status"] == "chosen"].sort_values("year"))


@remembered
def by_figure() -> DataFrame:
    """The observations, found by their figure_id."""
    return table("observations").set_index("figure_id", drop=False)


def by_source() -> DataFrame:
    """The sources, found by their source_id; ValueError where a figure's is not among them."""
    rows = table("sources").set_index("source_id")
    for lost in sorted(set(table("observations")["source_id"].tolist()).difference(rows.index)):
        raise unreadable("sources", f"it lacks {lost}")
    return rows


def cited(figure_ids: Iterable[str]) -> list[str]:
    """The sources of figures, each once, as a footnote names them: publisher and source_id."""
    of, named = by_figure()["source_id"], by_source()["publisher"]
    each = dict.fromkeys(of[name] for name in figure_ids if name in of)
    return [f"{named[source]} [{source}]" for source in each]


def houses() -> dict[str, str]:
    """Who stands behind each source, by source_id: "" for a site that is no publisher of its own."""
    return by_source()["counted_as"].to_dict()


def check_list(values: Iterable[str], name: str) -> None:
    """Refuse one text where several are asked for."""
    if isinstance(values, str):
        raise ValueError(f"{name}={values!r} is one text: give a list, {name}=[{values!r}]")


def nearest(name: str, known: Iterable[str]) -> str:
    """What may have been meant by a name that is not among those known, as the end of a sentence."""
    from rapidfuzz import process  # only a wrong name needs it

    found = process.extract(plain(name), {shown: plain(shown) for shown in known}, limit=3, score_cutoff=60)
    return f"; did you mean {', '.join(shown for _, _, shown in found)}?" if found else ""
