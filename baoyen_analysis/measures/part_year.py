"""A full-year estimate from a part of the year, by the shares that the province's own past years show.

Full year ≈ part / share, where share = part / full year in every year for which the province has both. The
result is modelled: it never enters the panel, and a projection may start from it only when asked to. All
tables in are observations, with `area`, `area_level`, `indicator`, `period`, `year`, `part`, `kind`, `value`,
`low`, `high`, `status`, `figure_id`."""

from __future__ import annotations

import re
from operator import itemgetter, truediv

import numpy as np
import pandas as pd

from baoyen_analysis.measures.goals import Row, grouped, outcome_rows
from baoyen_analysis.measures.growth import CORNERS, corners, outcomes

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
    months, held = months_of(part), _held(observations, indicator, area, level)
    full = grouped((row for row in held if row["part"] == "" and row["value"] > 0), "year", "area_since")
    parts = [row for row in held if row["part"] == part]
    pairs = [(row, whole) for row in parts for whole in full.get((row["year"], row["area_since"]), [])]
    # Of several pairs of a year the one that counts the same thing stands.
    of_year: dict[int, tuple[Row, Row]] = {}
    for pair in sorted(pairs, key=lambda pair: (pair[0]["year"], _apart(*pair), pair[0]["figure_id"])):
        of_year.setdefault(pair[0]["year"], pair)
    each = [*of_year.values()]
    year = np.array([*of_year], dtype=int)
    both, whole = (
        {end: np.array([pair[n][end] for pair in each], dtype=float) for end in CORNERS} for n in (0, 1)
    )
    names = [row["part"] for row in held if row["part"]]
    sizes = {name: len(months_of(name)) for name in names if months < months_of(name)}
    longer = [(row["year"], row["value"] / sizes[row["part"]]) for row in held if row["part"] in sizes]
    with np.errstate(all="ignore"):
        times = both["value"][:, None] / len(months) / [month for _, month in longer]
        shares = corners(truediv, both, whole)
    far = ~((times >= 1 / _FAR) & (times <= _FAR)) & (year[:, None] == [of for of, _ in longer])
    reasons = {
        "share_of_one": shares["value"] >= 1,
        "definition_break": np.array([_apart(*pair) == 2 for pair in each], dtype=bool),
        "contradicts_longer_part": far.any(axis=1),
    }
    reason = np.select([*reasons.values()], [*reasons], "")
    ids = [f"{row['figure_id']} {whole['figure_id']}" for row, whole in each]
    return pd.DataFrame(
        {
            "year": year,
            "part_value": both["value"],
            "full_value": whole["value"],
            "share": shares.pop("value"),
            **shares,
            "used": reason == "",
            "reason": reason,
            "figure_ids": pd.array(ids, dtype="str"),
        }
    )


def _apart(row: Row, whole: Row) -> int:
    """How far two figures are from counting the same thing: 1 where one of them does not say."""
    first, second = row["definition"], whole["definition"]
    return 0 if first == second else 1 if "" in (first, second) else 2


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
    held = _held(observations, indicator, area, level)
    own = sorted(
        (row for row in held if row["year"] == year and row["part"] == part), key=itemgetter("figure_id")
    )[:1]
    evidence, unused = shares[shares["used"] & bool(own)], shares[~shares["used"]]
    reason = "no_figure" if not own else "no_such_part" if evidence.empty else ""
    value, low, high = (own[0][end] if own else np.nan for end in CORNERS)
    used = evidence["share"]
    median, least, greatest = used.median(), used.min(), used.max()
    row = {
        "area": area,
        "area_level": level,
        "indicator": indicator,
        "year": int(year),
        "part": part,
        "part_value": value,
        "value": value / median,
        "low": value / greatest,
        "high": value / least,
        "printed_low": low / evidence["high"].max(),
        "printed_high": high / (evidence["low"].min() or np.nan),
        "share": median,
        "least_share": least,
        "greatest_share": greatest,
        "years_used": ", ".join(evidence["year"].astype(str)),
        "figure_ids": " ".join([*(row["figure_id"] for row in own), *evidence["figure_ids"]]),
        "left_out": ", ".join(
            f"{gap} {why}" for gap, why in zip(unused["year"], unused["reason"], strict=True)
        ),
        "status": "modelled",
        "case": "refused" if reason else "full_year",
        "reason": reason,
    }
    return pd.DataFrame([row])


def _held(observations: pd.DataFrame, indicator: str, area: str, level: str) -> list[Row]:
    """The outcomes of one area and indicator that speak, of years and of their parts (a span of years is no
    year), over the spread where sources conflict."""
    rows = outcome_rows(observations, indicator=indicator, area=area, area_level=level)
    for row in rows:
        for end in ("low", "high"):
            spread = row.get(f"spread_{end}")
            row[end] = row[end] if pd.isna(spread) else spread
    stated = {"definition": "", "area_since": ""}
    return [
        stated | row
        for row in rows
        if row["part"] != "" or str(row.get("period", row["year"])) == str(row["year"])
    ]


def same_part(observations: pd.DataFrame) -> pd.DataFrame:
    """Each printed part of a year of one indicator and area beside the same part a year before and the whole
    year.

    Columns: `period`, `year`, `part`, `value`, `low`, `high`, `flag`, `percent` (of the year before),
    `year_percent` (of the whole year), `figure_ids`; blank where the other is not held or counts something
    else."""
    rows = outcomes(observations)
    parts, whole = rows[rows["part"] != ""], rows[rows["period"] == rows["year"].astype(str)]
    keys = ["year", "definition", "area_since"]
    before = parts[[*keys, "part", "value", "figure_id"]].assign(year=parts["year"] + 1)
    made = parts.merge(before, on=[*keys, "part"], how="left", suffixes=("", "_before"))
    made = made.merge(whole[[*keys, "value", "figure_id"]], on=keys, how="left", suffixes=("", "_year"))
    named = made[["figure_id", "figure_id_before", "figure_id_year"]].fillna("").to_numpy()
    columns = ["period", "year", "part", "value", "low", "high", "flag", "definition"]
    return made[columns].assign(
        percent=100 * made["value"] / made["value_before"],
        year_percent=100 * made["value"] / made["value_year"],
        figure_ids=[" ".join(filter(None, row)) for row in named],
    )


def yearly_income(
    observations: pd.DataFrame, *, indicator: str = "income_per_capita_monthly"
) -> pd.DataFrame:
    """The survey's monthly income times twelve, in million VND a year: `area`, `area_level`, `year`,
    `monthly_value`, `value`, `low`, `high`, `status` ("computed"), `figure_ids`."""
    rows = outcomes(observations, indicator=indicator, area_level=["country", "region", "province"])
    named = rows[["area", "area_level", "year", "flag", "definition"]].assign(monthly_value=rows["value"])
    made = named.join(rows[[*CORNERS]] * 12 / 1000).assign(status="computed", figure_ids=rows["figure_id"])
    return made.sort_values(["year", "area_level", "area"], ignore_index=True)
