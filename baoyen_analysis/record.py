"""Gives the processed tables back, typed; one series out of them; and the way of one figure from its printed
words to what it became."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any

import pandas as pd

from baoyen_analysis import paths, vocabulary, words
from baoyen_analysis.cleaning import schema

SERIES_COLUMNS = ["year", "value", "low", "high", "flag", "definition", "figure_id"]


def table(name: str) -> pd.DataFrame:
    """A table of data/processed in the types of the dictionary; a missing string is ""."""
    return _read(paths.processed() / f"{name}.csv", _changed(name)).copy(deep=False)


def _changed(name: str) -> int:
    """When a table was last written: part of what is remembered of it."""
    path = paths.processed() / f"{name}.csv"
    if not path.exists():
        raise FileNotFoundError(f"{path.name} is not in data/processed; make it with `python3 run.py accept`")
    return path.stat().st_mtime_ns


@cache
def _read(path: Path, changed: int) -> pd.DataFrame:
    """The table, read once as long as its file does not change: `changed` is part of what is remembered."""
    text = pd.read_csv(path, dtype=str, keep_default_na=False)
    result = pd.DataFrame(index=text.index)
    for field in schema.TABLES[path.stem]:
        values = text[field.name] if field.type == "string" else text[field.name].mask(text[field.name] == "")
        if field.type == "boolean":
            values = values.map({"true": True, "false": False})
        elif field.type != "string":
            values = pd.to_numeric(values)
        result[field.name] = values.astype(schema.DTYPES[field.type])
    return result


def remembered(answer: Callable[..., Any]) -> Callable[..., Any]:
    """An answer made once as long as the stored tables do not change: charts, tables and sentences ask for
    the same ones again and again."""

    @lru_cache(maxsize=1024)
    def made(given: tuple, named: tuple, *changed: object) -> Any:
        return answer(*given, **dict(named))

    @wraps(answer)
    def called(*given: object, **named: object) -> Any:
        options = {
            name: tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
            for name, value in named.items()
        }
        tables = (_changed(name) for name in ("observations", "derived", "targets"))
        found = made(given, tuple(sorted(options.items())), paths.processed(), *tables)
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return called


def observations() -> pd.DataFrame:
    """Every printed figure, typed: what it says, whether it was chosen, and why.

    >>> observations().shape[0]
    577
    """
    return table("observations")


def derived() -> pd.DataFrame:
    """Bases of printed comparisons, computed and never printed themselves.

    >>> rows = derived()
    >>> rows.loc[(rows["indicator"] == "income_per_capita") & (rows["area"] == "Bảo Yên"), ["year", "value"]].values.tolist()
    [[2020, 32.67]]
    """
    return table("derived")


def crosschecks() -> pd.DataFrame:
    """Printed comparisons whose both ends are printed: whether they agree, and by how much they do not."""
    return table("crosschecks")


def panel() -> pd.DataFrame:
    """Income, yield per hectare and tourism, one row an area, level and year, each value with its flag and
    figure_id.

    >>> rows = panel()
    >>> rows = rows[(rows["area"] == "Bảo Yên") & (rows["year"] == 2022)]
    >>> rows[["income_million_vnd", "tourism_revenue_billion_vnd", "tourism_revenue_billion_vnd_flag"]].values.tolist()
    [[45.0, 780.0, 'at_least']]
    """
    return table("panel")


def targets() -> pd.DataFrame:
    """Plans, targets and thresholds, with the goal each belongs to."""
    return table("targets")


def sources() -> pd.DataFrame:
    """Where the figures were printed: publisher, title, date, address, kind."""
    return table("sources")


def communes() -> pd.DataFrame:
    """The communes of Bảo Yên before and after the mergers of 2020 and 2025."""
    return table("communes")


def dictionary() -> pd.DataFrame:
    """Every column of every table: type, unit, and meaning in English and Vietnamese."""
    return table("dictionary")


def series(
    indicator: str,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    derived: bool = False,
    definition: str | None = None,
) -> pd.DataFrame:
    """One row a year: `year`, `value`, `low`, `high` (in the indicator's unit), `flag`, `definition`,
    `figure_id`.

    The chosen outcomes of full years; no year is filled in. With `derived=True` years for which only a
    printed comparison tells are added, marked in a further column `derived`, with the compared figure's id.
    `definition` keeps one definition alone ("" = not stated).

    >>> series("income_per_capita")[["year", "value"]].values.tolist()
    [[2012.0, 9.35], [2022.0, 45.0]]
    """
    check_names(indicator=indicator, level=level)
    return _series(indicator, area, level, derived, definition)


def check_names(*, indicator: str, level: str = "district") -> None:
    """Refuse an indicator or a level that there is none of, with what may have been meant."""
    for name, known, kind in (
        (indicator, vocabulary.INDICATORS, "indicator"),
        (level, vocabulary.LEVELS, "level"),
    ):
        if name not in known:
            raise ValueError(
                f"unknown {kind}: {name!r}{_nearest(name, known) or '; there are ' + ', '.join(list(known)[:6])}"
            )


@remembered
def _series(indicator: str, area: str, level: str, derived: bool, definition: str | None) -> pd.DataFrame:
    observed = table("observations")
    rows = _of(observed, indicator, area, level)
    if rows.empty:
        held = observed[["area", "area_level"]].drop_duplicates()
        if not ((held["area"] == area) & (held["area_level"] == level)).any():
            names = held.loc[held["area_level"] == level, "area"]
            raise ValueError(f"the record holds nothing on {area!r} ({level}){_nearest(area, names)}")
    result = _yearly(rows if definition is None else rows[rows["definition"] == definition])
    if derived:
        result = _with_derived(result, _of(table("derived"), indicator, area, level))
    return result.sort_values("year", ignore_index=True)


def _yearly(rows: pd.DataFrame) -> pd.DataFrame:
    """The chosen full-year outcomes of one indicator and area, as a series."""
    chosen = rows[
        (rows["status"] == "chosen")
        & (rows["period"] == rows["year"].astype(str))
        & rows["kind"].isin(vocabulary.OUTCOMES)
    ]
    if chosen["year"].duplicated().any():
        # Two definitions were chosen for one year; only then is the precedence needed.
        from baoyen_analysis.cleaning.panel import yearly

        chosen = yearly(chosen)
    return chosen[SERIES_COLUMNS].astype({"year": int})


def _of(rows: pd.DataFrame, indicator: str, area: str, level: str) -> pd.DataFrame:
    return rows[(rows["indicator"] == indicator) & (rows["area"] == area) & (rows["area_level"] == level)]


def _with_derived(printed: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The printed years and, for years without one, the derived; of two derived the narrower, since none is
    averaged."""
    rows = rows[
        rows["kind"].isin(vocabulary.OUTCOMES)
        & (rows["period"] == rows["year"].astype(str))
        & ~rows["year"].isin(printed["year"])
    ]
    rows = rows.assign(
        width=rows["high"] - rows["low"], flag=rows["qualifier"].map(vocabulary.QUALIFIER_FLAGS).fillna("")
    )
    rows = rows.sort_values(["width", "comparison_id"]).drop_duplicates("year")
    added = rows[SERIES_COLUMNS].astype({"year": int})
    return pd.concat([printed.assign(derived=False), added.assign(derived=True)], ignore_index=True)


def full_years(indicator: str) -> pd.DataFrame:
    """Full years of an indicator in every area, one row a figure that counts: `area`, `area_level` and a
    series' columns.

    Of the best kind held for a year (actual, else preliminary, else estimate) the figure that speaks and those
    that contradict it: never one without the other."""
    check_names(indicator=indicator)
    return _full_years(indicator)


def indicator_named(text: str) -> str:
    """An indicator by its id, or by what it is called in Vietnamese or English, with accents or without.

    >>> indicator_named("thu nhập"), indicator_named("Tourist visits"), indicator_named("yield_per_ha")
    ('income_per_capita', 'tourist_visits', 'yield_per_ha')
    """
    from baoyen_analysis.printed.text import plain

    if text in vocabulary.INDICATORS:
        return text
    asked = plain(text)
    names = {
        plain(name): key for key, known in vocabulary.INDICATORS.items() for name in (known.vi, known.en)
    }
    starts = [key for name, key in names.items() if name == asked] or [
        key for name, key in names.items() if name.startswith(asked) and len(asked) > 4
    ]
    if starts:
        return starts[0]
    near = _nearest(asked, [*names, *vocabulary.INDICATORS])
    raise ValueError(f"unknown indicator: {text!r}{near}")


@remembered
def _full_years(indicator: str) -> pd.DataFrame:
    rows = table("observations")
    rows = rows[(rows["indicator"] == indicator) & rows["status"].isin(["chosen", "conflicting"])]
    rows = rows[rows["kind"].isin(vocabulary.OUTCOMES) & (rows["period"] == rows["year"].astype(str))]
    rank = rows["kind"].map({kind: place for place, kind in enumerate(vocabulary.OUTCOMES)})
    best = rank.groupby([rows[name] for name in ("area", "area_level", "year")], sort=False).transform("min")
    flags = (
        rows["qualifier"]
        .map(vocabulary.QUALIFIER_FLAGS)
        .fillna(rows["kind"].where(rows["kind"] != "actual", ""))
    )
    kept = rows.assign(flag=flags)[rank == best].sort_values(
        ["area", "area_level", "year", "status", "figure_id"]
    )
    kept = kept.drop_duplicates(["area", "area_level", "year", "value", "definition"])
    return kept[["area", "area_level", *SERIES_COLUMNS]].astype({"year": int}).reset_index(drop=True)


def outcome_paths(indicator: str, *, area: str = "Bảo Yên", level: str = "district") -> list[pd.DataFrame]:
    """The series of an area up to its latest year, once for each figure that counts there."""
    printed = series(indicator, area=area, level=level)
    if printed.empty:
        return []
    rows = full_years(indicator)
    rows = rows[(rows["area"] == area) & (rows["area_level"] == level)]
    last = int(printed["year"].iloc[-1])
    ends = rows.loc[rows["year"] == last, SERIES_COLUMNS]
    ends = ends.iloc[(ends["figure_id"] != printed["figure_id"].iloc[-1]).argsort(kind="stable")]
    earlier = printed[printed["year"] < last]
    return [pd.concat([earlier, ends.iloc[[place]]], ignore_index=True) for place in range(len(ends))]


def observed(indicator: str, *, area: str = "Bảo Yên", level: str = "district") -> pd.DataFrame:
    """Every printed figure of an indicator and area, as `observations` has it."""
    series(indicator, area=area, level=level)  # refuses names that the record does not know
    return _of(table("observations"), indicator, area, level)


def set_for(indicator: str, *, area: str = "Bảo Yên", level: str = "district") -> pd.DataFrame:
    """What was set for an indicator and area and is in force: plans, targets and standards, by year."""
    rows = _of(table("targets").drop_duplicates("figure_id"), indicator, area, level)
    return rows[rows["status"] == "chosen"].sort_values("year").astype({"year": int})


def cited(figure_ids: Iterable[str]) -> list[str]:
    """The sources of figures, each once, as a footnote names them: publisher and source_id."""
    rows = table("observations").drop_duplicates("figure_id").set_index("figure_id")
    named = table("sources").set_index("source_id")
    identifiers = dict.fromkeys(rows.at[name, "source_id"] for name in figure_ids if name in rows.index)
    return [f"{named.at[source, 'publisher']} [{source}]" for source in identifiers]


def houses() -> dict[str, str]:
    """Who stands behind each source, by source_id: "" for a site that is no publisher of its own."""
    rows = table("sources")
    return dict(zip(rows["source_id"], rows["counted_as"], strict=True))


def printed(figure_ids: Iterable[str], *, lang: str | None = None) -> dict[str, str]:
    """The printed words and the source of figures, by figure_id: «50 triệu đồng», publisher, date."""
    rows = table("observations").drop_duplicates("figure_id").set_index("figure_id")
    named = table("sources").set_index("source_id")
    known = [name for name in dict.fromkeys(figure_ids) if name in rows.index]
    t = words.of(lang)
    return {
        name: t.say(
            "became.printed",
            text=" ".join(
                filter(None, (row["value_text"], f"({row['unit_text']})" if row["unit_text"] else ""))
            ),
            publisher=named.at[row["source_id"], "publisher"],
            published=f", {row['published']}" if row["published"] else "",
            figure_id=name,
        )
        for name, row in ((name, rows.loc[name]) for name in known)
    }


def note(figure_id: str, *, lang: str | None = None) -> str:
    """The collector's note on a figure; in Vietnamese its translation where there is one."""
    rows = table("observations").drop_duplicates("figure_id").set_index("figure_id")
    written = str(rows.at[figure_id, "note"])
    return notes_vi().get(figure_id, written) if written and words.of(lang).code == "vi" else written


@cache
def notes_vi() -> dict[str, str]:
    """The notes that were translated: data/raw/notes_vi.csv, figure_id to text."""
    path = paths.raw() / "notes_vi.csv"
    if not path.exists():
        return {}
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return dict(zip(rows["figure_id"], rows["text"], strict=True))


def check_list(values: Iterable[str], name: str) -> None:
    """Refuse one text where several are asked for."""
    if isinstance(values, str):
        raise ValueError(f"{name}={values!r} is one text: give a list, {name}=[{values!r}]")


def trace(figure_id: str, *, lang: str = "en") -> pd.Series:
    """One figure from its printed words to what became of it: words, publisher, title, address, reading,
    status, and where it stands now.

    >>> trace("laocaitv-2022-07")[["value_text", "publisher", "became"]].tolist()
    ['1,2 triệu lượt khách', 'Đài PT-TH Lào Cai (laocaitv.vn)', 'chosen; panel: Bảo Yên (district) 2022, tourist_visits']
    """
    rows = table("observations").set_index("figure_id", drop=False)
    if figure_id not in rows.index:
        raise ValueError(f"the record holds no figure {figure_id!r}{_nearest(figure_id, rows.index)}")
    row = rows.loc[figure_id]
    source = table("sources").set_index("source_id").loc[row["source_id"]]
    ends = {name: words.of(lang).number(row[name]) for name in ("value", "low", "high")}
    return pd.Series(
        {
            "value_text": row["value_text"],
            "unit_text": row["unit_text"],
            "publisher": source["publisher"],
            "title": source["title"],
            "published": source["published"],
            "url": source["url"],
            "source_kind": source["source_kind"],
            "file": words.of(lang).say("became.row", file=f"data/raw/{row['file']}", row=row["row"]),
            "indicator": row["indicator"],
            "area": words.of(lang).placed(row["area"], row["area_level"]),
            "period": row["period"],
            "kind": row["kind"],
            "read_as": words.of(lang).say("became.interval", unit=words.of(lang).unit(row["unit"]), **ends)
            if pd.notna(row["value"])
            else words.of(lang).say("became.no_number", missing=row["missing"]),
            "qualifier": row["qualifier"],
            "definition": words.of(lang).definition(row["definition"]),
            "note": row["note"],
            "became": "; ".join([words.of(lang).say(f"status.{row['status']}"), *_uses(figure_id, lang)]),
            "reason": words.of(lang).precedence(row, rows.loc[row["speaks_figure_id"] or figure_id]),
        },
        name=figure_id,
    )


def _uses(figure_id: str, lang: str) -> list[str]:
    """Where a figure stands in the other tables, in words."""
    cells = table("panel")
    uses = []
    for column in vocabulary.PANEL_COLUMNS.values():
        for cell in cells[cells[f"{column}_figure_id"] == figure_id].itertuples():
            uses.append(
                words.of(lang).say(
                    "became.panel",
                    area=words.of(lang).placed(cell.area, cell.area_level),
                    year=cell.year,
                    column=column,
                )
            )
    rows = table("targets")
    goals = rows[rows["figure_id"] == figure_id]
    for goal in goals.itertuples():
        aim = words.of(lang).say("became.goal", goal=goal.goal_id) if goal.goal_id else ""
        uses.append(
            words.of(lang).say(
                "became.targets",
                kind=words.of(lang).say(f"finding.kind_{goal.kind}"),
                period=goal.period,
                goal=aim,
            )
        )
    rows = table("derived")
    uses += [
        words.of(lang).say(
            "became.derived",
            value=words.of(lang).number(base.value),
            area=base.area,
            period=words.of(lang).periods(base.period),
        )
        for base in rows[rows["figure_id"] == figure_id].itertuples()
    ]
    rows = table("crosschecks")
    for check in rows[(rows["figure_id"] == figure_id) | (rows["base_figure_id"] == figure_id)].itertuples():
        uses.append(
            words.of(lang).say(
                "became.agrees" if check.agrees else "became.disagrees", check=check.comparison_id
            )
        )
    return uses


def _nearest(name: str, known) -> str:
    from rapidfuzz import process

    near = [
        match for match, _, _ in process.extract(name, list(dict.fromkeys(known)), limit=3, score_cutoff=60)
    ]
    return f"; did you mean {', '.join(near)}?" if near else ""
