"""Records of invented figures, drawn at random but the same each time, in the processed columns: few years,
few values and many words, so that ties, bounds that touch, conflicts, blanks and refusals all occur."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pandas as pd

AREAS = (("Bảo Yên", "district"), ("Sa Pa", "district"), ("Bắc Hà", "district"), ("Lào Cai", "province"))
INDICATORS = {
    "income_per_capita": "million VND/person/year",
    "yield_per_ha": "million VND/ha",
    "tourist_visits": "visits",
    "tourism_revenue": "billion VND",
    "poverty_rate": "percent",
    "ntm_communes": "communes",
    "economic_growth": "percent",
    "share_agriculture": "percent",
}
QUALIFIERS = {
    "eq": (0.5, 0.5),
    "gt": (0, 1),
    "ge": (0, float("inf")),
    "lt": (float("inf"), 0),
    "approx": (1, 1),
    "range": (0, 2),
}


class Draw:
    """One record: `observations`, `derived`, `targets`, of one indicator and some areas."""

    def __init__(self, seed: int) -> None:
        self.of = random.Random(seed)
        self.indicator = list(INDICATORS)[seed % len(INDICATORS)]
        self.unit = INDICATORS[self.indicator]
        rows = [self._observation(number) for number in range(40)] + self._tables()
        self.observations = pd.DataFrame(rows)
        self.targets = pd.DataFrame([self._target(n) for n in range(14)])
        self._told = self.observations.to_dict("records")
        self._set = self.targets[self.targets["kind"].isin(["plan", "target"])].to_dict("records")
        self.derived = pd.DataFrame([self._derived(n) for n in range(12)])

    @cache  # noqa: B019 - there are few records, and each is asked of again and again
    def series(self, area: str = "Bảo Yên", *, exact: bool = False) -> pd.DataFrame:
        """The whole years of an area, one figure each; `exact`: without intervals."""
        rows = self.observations
        rows = rows[(rows["area"] == area) & (rows["part"] == "") & (rows["value"] > 0)]
        rows = rows.drop_duplicates("year").sort_values("year", ignore_index=True)
        return rows.drop(columns="part").assign(
            **({"low": rows["value"], "high": rows["value"]} if exact else {})
        )

    def value(self, least: int = 1) -> float:
        """Of few numbers, so that some are equal; now and then zero or less where it may be."""
        return float(self.of.choice([least, 4, 5, 5, 6, 6, 6, 7, 7, 8, 8, 9, 10, 12, 12, 16]))

    def _figure(self, value: float) -> dict[str, Any]:
        qualifier = self.of.choice(["eq", "eq", "eq", "eq", *QUALIFIERS])
        below, above = QUALIFIERS[qualifier]
        flags = {"eq": "", "gt": "at_least", "ge": "at_least", "lt": "at_most", "approx": "about"}
        return {
            "value": value,
            "low": max(value - below, 0.0) if value >= 0 else value - 0.5,
            "high": value + above,
            "qualifier": qualifier,
            "unit": self.unit,
            "flag": flags.get(qualifier, "range"),
            "definition": self.of.choice(["", "", "", "", "services", "all"]),
        }

    def _observation(self, number: int) -> dict[str, Any]:
        area, level = self.of.choice([AREAS[0]] * 3 + [*AREAS])
        year = self.of.choice([2008, 2012, *range(2015, 2026)])
        part = self.of.choice(["", "", "", "", "", "9M", "H1", "M05", "Q1"])
        figure = self._figure(self.value(self.of.choice([0, 0, -2, 4, 5]))) | {"area_since": ""}
        if part:
            figure["value"], figure["low"], figure["high"] = (
                figure[end] / 2 for end in ("value", "low", "high")
            )
        return figure | {
            "figure_id": f"o-{number:02d}",
            "source_id": f"s{self.of.randint(1, 4)}",
            "area": area,
            "area_level": level,
            "indicator": self.indicator,
            "year": year,
            "part": part,
            "period": f"{year}{'-' * part.endswith('M')}{part}",
            "kind": self.of.choice(["actual", "actual", "actual", "preliminary", "estimate"]),
            "status": self.of.choice(["chosen", "chosen", "chosen", "conflicting", "superseded"]),
            "reason": self.of.choice(["only", "only", "first", "revised"]),
            "year_inferred": self.of.random() < 0.2,
            "denominator": float("nan"),
        }

    def _tables(self) -> list[dict[str, Any]]:
        """What one source prints for every area, and the province's halves of years beside their whole."""
        rows = [
            {"year": year, "period": str(year), "part": "", "area": area, "area_level": level}
            for year in self.of.sample(range(2017, 2025), 2)
            for area, level in AREAS
        ]
        rows += [
            {"year": year, "period": f"{year}{part}", "part": part, "area": area, "area_level": level}
            for year in self.of.sample(range(2018, 2025), 3)
            for part, (area, level) in (("", AREAS[3]), ("H1", AREAS[3]), ("H1", AREAS[0]))
        ]
        return [
            self._observation(100 + number) | row | {"source_id": "s5", "definition": "", "status": "chosen"}
            for number, row in enumerate(rows)
        ]

    def _target(self, number: int) -> dict[str, Any]:
        area, level = self.of.choice([AREAS[0], AREAS[0], *AREAS])
        figure = self._figure(self.value())
        if figure["qualifier"] != "range":
            figure |= {"low": figure["value"], "high": figure["value"]}
        return figure | {
            "figure_id": f"t-{number:02d}",
            "goal_id": self.of.choice(["", "", "", f"goal-{number}"]),
            "area": area,
            "area_level": level,
            "area_since": "",
            "indicator": self.indicator,
            "period": self.of.choice(
                ["2019", "2022", "2023", "2024", "2024", "2025", "2021-2025", "2024-9M"]
            ),
            "kind": self.of.choice(["plan", "plan", "target", "threshold"]),
            "status": self.of.choice(["chosen", "conflicting", "superseded", "chosen", "out_of_scope"]),
            "reason": self.of.choice(["only", "same_number"]),
            "denominator": self.of.choice([float("nan"), 16.0]),
        }

    def _derived(self, number: int) -> dict[str, Any]:
        """The base of a printed comparison: an earlier outcome, or a plan of which a share is printed, often
        one that is held."""
        compared = self.of.choice(self._told)
        year = compared["year"] - self.of.randint(1, 4)
        told = {"period": str(year), "year": year, "kind": "actual"}
        figure = self._figure(self.value())
        if self.of.random() < 0.6:
            told |= {"period": str(compared["year"]), "year": compared["year"], "kind": "plan"}
            plan = self.of.choice(self._set)
            if self.of.random() < 0.7:
                outcomes = [
                    row
                    for row in self._told
                    if row["area"] == plan["area"] and str(row["year"]) == plan["period"]
                ]
                compared = self.of.choice(outcomes or [compared])
                told = {"period": plan["period"], "year": int(plan["period"][:4]), "kind": plan["kind"]}
                figure |= {name: plan[name] for name in ("value", "low", "high")}
        return (
            figure
            | told
            | {
                "comparison_id": f"c-{number:02d}",
                "figure_id": compared["figure_id"],
                "area": compared["area"],
                "area_level": compared["area_level"],
                "area_since": "",
                "indicator": self.indicator,
                "year_inferred": False,
                "reason": self.of.choice(["", "", "", "boundary"]),
            }
        )
