"""Where an area stands among the districts, in the periods for which three districts or more are printed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.measures.goals import columns, direction
from baoyen_analysis.measures.growth import outcomes

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
    rows = outcomes(observations, **wanted, **({"indicator": indicator} if indicator else {}))
    keys = ["indicator", "period"]
    rows = rows.merge(rows.loc[rows["area"] == area, keys].drop_duplicates(), on=keys)
    rows = rows[rows.groupby(keys)["area"].transform("nunique") >= FEWEST]
    enough = rows.groupby([*keys, "source_id"])["area"].transform("nunique") >= FEWEST
    found: list[dict[str, Any]] = []
    for (_, period), group in rows.groupby(keys):
        held = group[group["status"] != "superseded"]
        by_source = group[enough[group.index]].groupby("source_id")
        ranked = [row for of, part in by_source if (row := _ranked(part, area, "source", str(of), held))]
        year = _ranked(held, area, "year", "", held) if period.isdigit() else {}
        most = max((row["districts"] for row in ranked), default=FEWEST - 1)
        found += [*ranked, *([year] if year and year["districts"] > most else [])]
    return pd.DataFrame(found, columns=columns("standing"))


def _ranked(rows: pd.DataFrame, area: str, by: str, source_id: str, held: pd.DataFrame) -> dict[str, Any]:
    """The area's row, {} where too few areas count the same thing or it is not among them; figures that are
    `held` of the same thing and kind (no forecast beside an outcome) widen the range of each."""
    rows = rows.sort_values(["status", "figure_id"])
    own = rows[rows["area"] == area]
    if own.empty:
        return {}
    mine = own.iloc[0]
    several = len(set(rows["definition"]) - {""}) > 1
    like = rows["definition"] == mine["definition"] if several else True
    rows = rows[like & alike(rows["definition"], mine["definition"])]
    if rows["area"].nunique() < FEWEST:
        return {}
    besides = held[held["area"].isin(rows["area"]) & (held["definition"] == mine["definition"])]
    besides = besides[besides["status"].eq("conflicting") & besides["kind"].eq(mine["kind"])]
    besides = besides[~besides["figure_id"].isin(rows["figure_id"])]
    rows = pd.concat([rows, besides])
    each = rows.groupby("area").agg(value=("value", "first"), low=("low", "min"), high=("high", "max"))
    side = -1 if direction(mine["indicator"]) < 0 else 1
    near, far = ("low", "high")[::side]
    ahead = [
        int((side * (each.drop(index=area)[theirs] - each.at[area, ours]) > 0).sum())
        for theirs, ours in (("value", "value"), (near, far), (far, near))
    ]
    return {
        **mine[["indicator", "period", "value", "definition", "figure_id"]],
        **{name: 1 + n for name, n in zip(("rank", "rank_best", "rank_worst"), ahead, strict=True)},
        "by": by,
        "source_id": source_id,
        "districts": len(each),
        "first_is": "highest" if side > 0 else "lowest",
        "year_inferred": bool(mine.get("year_inferred", False)),
        "figure_ids": " ".join(rows["figure_id"]),
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
    table = table.astype({"areas": "Int64"}).sort_values(order, na_position="last", ignore_index=True)
    names = ["period", "year", "source_id", "area", "area_level", "rank", "areas", "value", "low", "high"]
    return table[[*names, "flag", "definition"]].assign(figure_ids=table["figure_id"])
