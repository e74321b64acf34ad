"""Where an area stands among the districts, in the periods for which three districts or more are printed."""

from __future__ import annotations

from operator import itemgetter

import pandas as pd

from baoyen_analysis.measures.goals import Row, columns, direction, grouped, records
from baoyen_analysis.measures.growth import outcomes, typed

FEWEST = 3


def standing(
    observations: pd.DataFrame,
    *,
    area: str = "Bảo Yên",
    level: str = "district",
    indicator: str | None = None,
) -> pd.DataFrame:
    """The rank of an area among those of its level, one row an indicator and period.

    Ranked are the outcomes that one source prints for three areas or more (`by` "source"), and those of one
    whole year from all sources ("year") where that gives more; two stated definitions are never ranked
    together. Columns: `value` and `definition` of the area's own figure, `rank` by the printed values (equal
    ones share it), `rank_best` and `rank_worst` over the printed intervals and the figures that conflict,
    `districts` (how many are ranked), `first_is` ("highest", or "lowest" where less is better),
    `year_inferred` (the collector concluded the period), `figure_id`, `figure_ids`.

    >>> rows = [("Sa Pa", 494_000.0), ("Bảo Yên", 87_000.0), ("Bắc Hà", 60_000.0)]
    >>> table = pd.DataFrame(rows, columns=["area", "value"]).assign(area_level="district", kind="actual",
    ...     indicator="tourist_visits", period="2024M08", source_id="press", definition="", status="chosen",
    ...     figure_id=["p-1", "p-2", "p-3"], low=lambda rows: rows["value"], high=lambda rows: rows["value"])
    >>> standing(table)[["rank", "districts", "first_is"]].values.tolist()
    [[2, 3, 'highest']]
    """
    wanted = {"area_level": level, "status": ["chosen", "conflicting", "superseded"]}
    told = observations.filter(items=columns("outcomes"))
    rows = outcomes(told, **wanted, **({"indicator": indicator} if indicator else {}))
    found: list[Row] = []
    for (_, period), group in sorted(grouped(records(rows), "indicator", "period").items()):
        if area not in _areas(group) or len(_areas(group)) < FEWEST:
            continue
        held = [row for row in group if row["status"] != "superseded"]
        parts = sorted(grouped(group, "source_id").items())
        several = [(source, part) for source, part in parts if len(_areas(part)) >= FEWEST]
        ranked = [row for of, part in several if (row := _ranked(part, area, "source", of, held))]
        year = _ranked(held, area, "year", "", held) if period.isdigit() else {}
        most = max((row["districts"] for row in ranked), default=FEWEST - 1)
        found += [*ranked, *([year] if year and year["districts"] > most else [])]
    return pd.DataFrame(found, columns=columns("standing"))


def _areas(rows: list[Row]) -> set[str]:
    return {row["area"] for row in rows}


def _ranked(rows: list[Row], area: str, by: str, source_id: str, held: list[Row]) -> Row:
    """The area's row, {} where too few areas count the same thing or it is not among them; figures that are
    `held` of the same thing and kind (no forecast beside an outcome) widen the range of each."""
    rows = sorted(rows, key=itemgetter("status", "figure_id"))
    mine = next((row for row in rows if row["area"] == area), None)
    if mine is None:
        return {}
    if len({row["definition"] for row in rows} - {""}) > 1:
        rows = [row for row in rows if row["definition"] == mine["definition"]]
    areas, ids = _areas(rows), {row["figure_id"] for row in rows}
    if len(areas) < FEWEST:
        return {}
    rows += [
        row
        for row in held
        if row["area"] in areas and row["figure_id"] not in ids and row["status"] == "conflicting"
        if (row["definition"], row["kind"]) == (mine["definition"], mine["kind"])
    ]
    spans = {
        name: (of[0]["value"], min(row["low"] for row in of), max(row["high"] for row in of))
        for name, of in grouped(rows, "area").items()
    }
    districts, own = len(spans), spans.pop(area)
    side = -1 if direction(mine["indicator"]) < 0 else 1
    near, far = (1, 2)[::side]
    ahead = [
        sum(side * (ends[theirs] - own[ours]) > 0 for ends in spans.values())
        for theirs, ours in ((0, 0), (near, far), (far, near))
    ]
    return {
        **{name: mine[name] for name in ("indicator", "period", "value", "definition", "figure_id")},
        **{name: 1 + n for name, n in zip(("rank", "rank_best", "rank_worst"), ahead, strict=True)},
        "by": by,
        "source_id": source_id,
        "districts": districts,
        "first_is": "highest" if side > 0 else "lowest",
        "year_inferred": bool(mine.get("year_inferred", False)),
        "figure_ids": " ".join(row["figure_id"] for row in rows),
    }


def together(
    observations: pd.DataFrame, indicator: str, *, level: str = "district", province: str = "Lào Cai"
) -> pd.DataFrame:
    """Every area of the periods for which one source prints three or more of a level: `period`, `year`,
    `source_id`, `area`, `area_level`, `rank` (1 = the better end), `areas`, `value`, `low`, `high`, `flag`,
    `definition`, `figure_ids`; the province's figure of the same source stands below, without a rank."""
    rows = outcomes(observations, indicator=indicator)
    keys = ["source_id", "period", "definition"]
    mine = rows[rows["area_level"] == level]
    mine = mine[mine.groupby(keys)["area"].transform("nunique") >= FEWEST]
    groups = mine.groupby(keys)["value"]
    place = groups.rank(ascending=direction(indicator) < 0, method="min").astype("Int64")
    mine = mine.assign(rank=place, areas=groups.transform("size"))
    whole = rows[(rows["area"] == province) & (rows["area_level"] == "province") & (level == "district")]
    table = pd.concat([mine, whole.merge(mine[keys].drop_duplicates(), on=keys)], ignore_index=True)
    order = ["year", "period", "source_id", "rank", "area"]
    table = typed(table, {"areas": "Int64"}).sort_values(order, na_position="last", ignore_index=True)
    names = ["period", "year", "source_id", "area", "area_level", "rank", "areas", "value", "low", "high"]
    return table[[*names, "flag", "definition"]].assign(figure_ids=table["figure_id"])
