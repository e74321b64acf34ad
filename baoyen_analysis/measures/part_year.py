"""A full-year estimate from a part of the year, by the shares that the province's own past years show.

Full year ≈ part / share, where share = part / full year in every year for which the province has both. The
result is modelled: it never enters the panel, and a projection may start from it only when asked to. All
tables in are observations, with `area`, `area_level`, `indicator`, `period`, `year`, `part`, `kind`, `value`,
`low`, `high`, `status`, `figure_id`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from baoyen_analysis.vocabulary import OUTCOMES

PROVINCE = "Lào Cai"


def part_shares(
    observations: pd.DataFrame, *, indicator: str, part: str, area: str = PROVINCE, level: str = "province"
) -> pd.DataFrame:
    """The share of a full year that a part of it made, in every year for which the area has both.

    Columns: `year`, `part_value`, `full_value`, `share`, `low`, `high` (corners of the two intervals),
    `used`, `reason`, `figure_ids`. Not used as evidence: a share of 1 or more (`share_of_one`), and two
    different stated definitions (`definition_break`).

    >>> visits = pd.DataFrame({"part": ["9M", ""], "value": [3.7e6, 4.477e6], "figure_id": ["vnn2022a-02", "th389-2022-02"]})
    >>> visits = visits.assign(low=visits["value"], high=visits["value"], year=2022, kind="estimate", status="chosen",
    ...     area="Lào Cai", area_level="province", indicator="tourist_visits")
    >>> part_shares(visits, indicator="tourist_visits", part="9M")["share"].round(3).tolist()
    [0.826]
    """
    parts, full = (_chosen(observations, indicator, area, level, name) for name in (part, ""))
    both = parts.merge(full, on="year", suffixes=("", "_full")).sort_values("year", ignore_index=True)
    both = both[both["value_full"] > 0].reset_index(drop=True)
    share = both["value"] / both["value_full"]
    apart = (
        both["definition"].ne("")
        & both["definition_full"].ne("")
        & both["definition"].ne(both["definition_full"])
    )
    reason = np.select([share >= 1, apart], ["share_of_one", "definition_break"], "")
    return pd.DataFrame(
        {
            "year": both["year"].astype(int),
            "part_value": both["value"],
            "full_value": both["value_full"],
            "share": share,
            "low": both["low"] / both["high_full"],
            "high": both["high"] / both["low_full"],
            "used": reason == "",
            "reason": reason,
            "figure_ids": both["figure_id"] + " " + both["figure_id_full"],
        }
    )


def full_year(
    observations: pd.DataFrame,
    *,
    area: str,
    indicator: str,
    year: int,
    part: str,
    level: str = "district",
    province: str = PROVINCE,
) -> pd.DataFrame:
    """The full year that a printed part points to: one row, `status` modelled.

    Columns: `area`, `area_level`, `indicator`, `year`, `part`, `part_value`, `value` (part over the median
    share), `low`, `high` (over the greatest and the least share), `printed_low`, `printed_high` (the same
    from the corners of the printed intervals), `share`, `least_share`, `greatest_share`, `years_used`,
    `figure_ids`, `status`, `reason`, `case`. Refused, with the answer blank:
    `no_such_part` where the province has no usable year with this part and the whole (a first quarter alone,
    today), `no_figure` where the area's part is not held. Shares of the year itself count, if the province
    has both."""
    shares = part_shares(observations, indicator=indicator, part=part, area=province)
    evidence = shares[shares["used"]]
    own = _chosen(observations, indicator, area, level, part)
    own = own[own["year"] == year]
    reason = "no_figure" if own.empty else "no_such_part" if evidence.empty else ""
    row = {
        "area": area,
        "area_level": level,
        "indicator": indicator,
        "year": int(year),
        "part": part,
        "part_value": own["value"].iloc[0] if len(own) else np.nan,
    }
    if reason:
        blank = (
            "value",
            "low",
            "high",
            "printed_low",
            "printed_high",
            "share",
            "least_share",
            "greatest_share",
        )
        row |= dict.fromkeys(blank, np.nan) | {"years_used": "", "figure_ids": " ".join(own["figure_id"])}
    else:
        row |= _scaled(own.iloc[0], evidence)
    row |= {"status": "modelled", "case": "refused" if reason else "full_year", "reason": reason}
    return pd.DataFrame([row])


def _scaled(own: pd.Series, evidence: pd.DataFrame) -> dict:
    share, least, greatest = evidence["share"].median(), evidence["share"].min(), evidence["share"].max()
    return {
        "value": own["value"] / share,
        "low": own["value"] / greatest,
        "high": own["value"] / least,
        "printed_low": own["low"] / evidence["high"].max(),
        "printed_high": own["high"] / evidence["low"].min(),
        "share": share,
        "least_share": least,
        "greatest_share": greatest,
        "years_used": ", ".join(evidence["year"].astype(str)),
        "figure_ids": " ".join([own["figure_id"], *evidence["figure_ids"]]),
    }


def _chosen(observations: pd.DataFrame, indicator: str, area: str, level: str, part: str) -> pd.DataFrame:
    """The chosen outcomes of one area, indicator and part of the year ("" for whole years); figures that must
    be finite to be divided."""
    if part and not (part.endswith("M") or part[0] in "HQM"):
        raise ValueError(
            f"part {part!r}: give a part of the year as it is recorded, such as 9M, H1, Q1 or M08"
        )
    rows = observations[
        (observations["indicator"] == indicator)
        & (observations["area"] == area)
        & (observations["area_level"] == level)
    ]
    rows = rows[
        rows["part"].fillna("").eq(part)
        & rows["kind"].isin(OUTCOMES)
        & rows["status"].eq("chosen")
        & rows["value"].notna()
    ]
    if rows["year"].duplicated().any():
        raise ValueError(
            f"{area} has more than one chosen {part or 'full-year'} figure of {indicator} a year: run reconcile.choose first"
        )
    definition = rows["definition"].fillna("") if "definition" in rows else ""
    return rows[["year", "value", "low", "high", "figure_id"]].assign(definition=definition)


def same_part(observations: pd.DataFrame) -> pd.DataFrame:
    """Each printed part of a year of one indicator and area beside the same part a year before and the whole
    year.

    Columns: `period`, `year`, `part`, `value`, `low`, `high`, `flag`, `percent` (of the year before),
    `year_percent` (of the whole year), `figure_ids`; blank where the other is not held or counts something
    else."""
    rows = observations[observations["kind"].isin(OUTCOMES) & (observations["status"] == "chosen")]
    parts, whole = rows[rows["part"] != ""], rows[rows["period"] == rows["year"].astype(str)]
    keys = ["year", "part", "definition"]
    before = parts[[*keys, "value", "figure_id"]].assign(year=parts["year"] + 1)
    made = parts.merge(before, on=keys, how="left", suffixes=("", "_before"))
    year = whole[["year", "definition", "value", "figure_id"]]
    made = made.merge(year, on=["year", "definition"], how="left", suffixes=("", "_year"))
    named = made[["figure_id", "figure_id_before", "figure_id_year"]].fillna("").to_numpy()
    ids = [" ".join(filter(None, row)) for row in named]
    columns = ["period", "year", "part", "value", "low", "high", "flag", "definition"]
    return made[columns].assign(
        percent=100 * made["value"] / made["value_before"],
        year_percent=100 * made["value"] / made["value_year"],
        figure_ids=ids,
    )


def yearly_income(
    observations: pd.DataFrame, *, indicator: str = "income_per_capita_monthly"
) -> pd.DataFrame:
    """The survey's monthly income times twelve, in million VND a year: `area`, `area_level`, `year`,
    `monthly_value`, `value`, `low`, `high`, `status` ("computed"), `figure_ids`."""
    rows = observations[(observations["indicator"] == indicator) & (observations["status"] == "chosen")]
    rows = rows[rows["kind"].isin(OUTCOMES) & rows["area_level"].isin(["country", "region", "province"])]
    yearly = rows[["value", "low", "high"]] * 12 / 1000
    named = rows[["area", "area_level", "year", "flag", "definition"]].assign(monthly_value=rows["value"])
    made = named.join(yearly).assign(status="computed", figure_ids=rows["figure_id"])
    return made.sort_values(["year", "area_level", "area"], ignore_index=True)
