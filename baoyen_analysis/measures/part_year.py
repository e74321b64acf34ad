"""A full-year estimate from a part of the year, by the shares that the province's own past years show.

Full year ≈ part / share, where share = part / full year in every year for which the province has both. The
result is modelled: it never enters the panel, and a projection may start from it only when asked to. All
tables in are observations, with `area`, `area_level`, `indicator`, `period`, `year`, `part`, `kind`, `value`,
`low`, `high`, `status`, `figure_id`."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from baoyen_analysis.agreement import alike
from baoyen_analysis.vocabulary import OUTCOMES

PROVINCE = "Lào Cai"
# How many times a month of one part may be that of a longer part of the same year.
_FAR = 2


def part_shares(
    observations: pd.DataFrame, *, indicator: str, part: str, area: str = PROVINCE, level: str = "province"
) -> pd.DataFrame:
    """The share of a full year that a part of it made, in every year for which the area has both.

    Columns: `year`, `part_value`, `full_value`, `share`, `low`, `high` (corners of the two intervals, the
    spread where sources conflict), `used`, `reason`, `figure_ids`. Left out, and said: a share of 1 or more
    (`share_of_one`), two different stated definitions (`definition_break`), and a part whose month on average
    is less than half or more than twice that of a longer part of the same year
    (`contradicts_longer_part`: one of the two does not count what it says).

    >>> visits = pd.DataFrame({"part": ["9M", ""], "value": [3.7e6, 4.477e6], "figure_id": ["a-02", "b-02"]})
    >>> visits = visits.assign(low=visits["value"], high=visits["value"], year=2022, kind="estimate",
    ...     status="chosen", area="Lào Cai", area_level="province", indicator="tourist_visits")
    >>> part_shares(visits, indicator="tourist_visits", part="9M")["share"].round(3).tolist()
    [0.826]
    """
    months_of(part)
    held = _chosen(observations, indicator, area, level)
    parts, full = held[held["part"] == part], held[held["part"] == ""]
    both = parts.merge(full, on=["year", "area_since"], suffixes=("", "_full"))
    both = both[both["value_full"] > 0]
    like = alike(both["definition"], both["definition_full"])
    same = both["definition"] == both["definition_full"]
    # Of several pairs of a year the one that counts the same thing stands.
    both = both.assign(like=like, order=2 - like.astype(int) - same).sort_values(
        ["year", "order", "figure_id"]
    )
    both = both.drop_duplicates("year")
    share = both["value"] / both["value_full"]
    against = np.array([_contradicted(held, year, part) for year in both["year"]], dtype=bool)
    reasons = ["share_of_one", "definition_break", "contradicts_longer_part"]
    reason = np.select([share >= 1, ~both["like"], against], reasons, "")
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
    ).reset_index(drop=True)


def _contradicted(held: pd.DataFrame, year: int, part: str) -> bool:
    """Whether a longer printed part of the year shows another size of a month."""
    rows = held[(held["year"] == year) & (held["part"] != "")]
    mine = rows.loc[rows["part"] == part, "value"].iloc[0] / len(months_of(part))
    longer = rows[[months_of(part) < months_of(other) for other in rows["part"]]]
    theirs = longer["value"] / longer["part"].map(lambda other: len(months_of(other)))
    return bool(((mine < theirs / _FAR) | (mine > theirs * _FAR)).any())


def months_of(part: str) -> set[int]:
    """The months of a part of a year.

    >>> sorted(months_of("Q2")), sorted(months_of("M08")), len(months_of("9M"))
    ([4, 5, 6], [8], 9)
    """
    found = re.fullmatch(r"(?P<first>\d{1,2})M|(?P<kind>[HQM])(?P<which>\d{1,2})", part)
    if not found:
        raise ValueError(
            f"part {part!r}: give a part of the year as it is recorded, such as 9M, H1, Q1 or M08"
        )
    if found["first"]:
        return set(range(1, int(found["first"]) + 1))
    width = {"M": 1, "Q": 3, "H": 6}[found["kind"]]
    last = int(found["which"]) * width
    return set(range(last - width + 1, last + 1))


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
    `left_out` (years that the province has but that are no evidence, each with its reason: "2019
    contradicts_longer_part"), `figure_ids`, `status`, `reason`, `case`. Refused, with the answer blank:
    `no_such_part` where the province has no usable year with this part and the whole, `no_figure` where the
    area's part is not held. Shares of the year itself count, if the province has both."""
    shares = part_shares(observations, indicator=indicator, part=part, area=province)
    evidence = shares[shares["used"]]
    own = _chosen(observations, indicator, area, level)
    own = own[(own["year"] == year) & (own["part"] == part)].sort_values("figure_id")
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
        blank = [*("value", "low", "high", "printed_low", "printed_high"), "share", "least_share"]
        row |= dict.fromkeys([*blank, "greatest_share"], np.nan)
        row |= {"years_used": "", "figure_ids": " ".join(own["figure_id"])}
    else:
        row |= _scaled(own.iloc[0], evidence)
    row["left_out"] = ", ".join(f"{gap.year} {gap.reason}" for gap in shares[~shares["used"]].itertuples())
    row |= {"status": "modelled", "case": "refused" if reason else "full_year", "reason": reason}
    return pd.DataFrame([row])


def _scaled(own: pd.Series, evidence: pd.DataFrame) -> dict[str, object]:
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


def _chosen(observations: pd.DataFrame, indicator: str, area: str, level: str) -> pd.DataFrame:
    """The chosen outcomes of one area and indicator, of years and of their parts, over the spread where
    sources conflict."""
    rows = observations[
        (observations["indicator"] == indicator)
        & (observations["area"] == area)
        & (observations["area_level"] == level)
        & observations["kind"].isin(OUTCOMES)
        & (observations["status"] == "chosen")
        & observations["value"].notna()
    ]
    if "period" in rows:
        # A span of years is no year.
        rows = rows[(rows["part"] != "") | (rows["period"] == rows["year"].astype(str))]
    stated = {name: rows.get(name, "") for name in ("definition", "area_since")}
    ends = {
        end: rows[f"spread_{end}"].fillna(rows[end]) if f"spread_{end}" in rows else rows[end]
        for end in ("low", "high")
    }
    return rows[["year", "part", "value", "figure_id"]].assign(**ends, **stated)


def same_part(observations: pd.DataFrame) -> pd.DataFrame:
    """Each printed part of a year of one indicator and area beside the same part a year before and the whole
    year.

    Columns: `period`, `year`, `part`, `value`, `low`, `high`, `flag`, `percent` (of the year before),
    `year_percent` (of the whole year), `figure_ids`; blank where the other is not held or counts something
    else."""
    rows = observations[observations["kind"].isin(OUTCOMES) & (observations["status"] == "chosen")]
    parts, whole = rows[rows["part"] != ""], rows[rows["period"] == rows["year"].astype(str)]
    keys = ["year", "part", "definition", "area_since"]
    before = parts[[*keys, "value", "figure_id"]].assign(year=parts["year"] + 1)
    made = parts.merge(before, on=keys, how="left", suffixes=("", "_before"))
    year = whole[["year", "definition", "area_since", "value", "figure_id"]]
    made = made.merge(year, on=["year", "definition", "area_since"], how="left", suffixes=("", "_year"))
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
