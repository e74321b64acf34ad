"""Records of invented figures, drawn at random but the same each time, in the files of data/raw: few areas,
periods, days and numbers, so that they stand against each other, tie, conflict and come too late."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import unicodedata
from pathlib import Path
from typing import Any

from conftest import sign

from baoyen_analysis import vocabulary
from baoyen_analysis.cleaning.raw import COLUMNS
from baoyen_analysis.printed.figures import parse_figure

AREAS = (
    *[("Bảo Yên", "district")] * 5,
    *(("Sa Pa", "district"), ("Lào Cai", "province")),
    *(("Lào Cai (từ 7/2025)", "province"), ("Bảo Yên", "commune"), ("Phúc Khánh", "commune")),
)
# Indicators with the words of their unit, and numbers that they take.
WORDS = {
    "income_per_capita": ("triệu đồng", ("40", "40,4", "41", "45,5", "60")),
    "tourism_revenue": ("tỷ đồng", ("780", "1.200", "1.200,5")),
    "tourist_visits": ("lượt", ("12.000", "12.500", "1.200.000", "950")),
    "ntm_communes": ("xã", ("7", "8", "9", "16")),
    "annual_targets_met": ("chỉ tiêu", ("21", "22")),
    "poverty_rate": ("%", ("5", "5,5", "0", "100")),
    "economic_growth": ("%", ("-4,5", "5", "5,5", "120")),
}
BOUNDS = ("", "", "", "", "", "", "trên ", "dưới ", "khoảng ", "ít nhất ", "không quá ", "từ 4 đến ")
PERIODS = (*["2021"] * 7, *["2022"] * 4, "2022-9M", "2025", "2026", "2020-2025", "2022H1")
KINDS = ("actual", "actual", "actual", "preliminary", "estimate", "plan", "plan", "target", "threshold")
DAYS = ("", "", "2021", "2021-06", "2021-06-01", "2021-06-15", "2022-01-10", "2022-12-26", "2023-02")
PUBLISHERS = {
    "Báo Lào Cai": "press",
    "Báo Mới (reprinting Báo Lào Cai)": "press",
    "123docz (luận văn)": "document-sharing",
    "B&Company Vietnam (dẫn GSO)": "other",
    "UBND huyện (bịa ra)": "government",
    "Cục Thống kê (bịa ra)": "statistics",
    "World Bank (invented)": "international",
    "Bách khoa (bịa ra)": "encyclopedia",
}
COMMUNES = (
    ("1", "Long Khánh", "2020-02-10", "Phúc Khánh", "2020-02-11"),
    ("2", "Phúc Khánh", "2025-06-30", "Phúc Khánh", "2025-07-01"),
    ("2", "Việt Tiến", "2025-06-30", "Phúc Khánh", "2025-07-01"),
)
RELATIONS = ("difference", "percent_change", "percent_of", "percent_of", "ratio")
# An amount's qualifiers, where the figure is a bound and where it is not.
_OTHERS = (["eq", "gt", "approx"], ["gt", "lt", "approx", "ge", "le"])
Row = dict[str, str]


class Drawn:
    """One record: its tables by file, each a list of rows."""

    def __init__(self, seed: int) -> None:
        self.of = random.Random(seed)
        # What most of its figures are of.
        self.often = [*WORDS][seed % len(WORDS)]
        self.sources = [self._source(number) for number in range(12)]
        self.figures = [self._figure(number) for number in range(120)]
        self.by_id = {row["figure_id"]: row for row in self.figures}
        communes = ("old_code", "old_name", "valid_to", "new_name", "new_valid_from")
        self.files: dict[str, list[Row]] = {
            "sources.csv": self.sources,
            "income.csv": self.figures[:70],
            "office/figures.csv": self.figures[70:],
            "office/sources.csv": [self._source(number) for number in range(12, 15)],
            "office/indicators.csv": [dict(OWN_INDICATOR)],
            "office/names.csv": [{"label": "Việc làm (bịa ra)", "indicator": OWN_INDICATOR["indicator"]}],
            "office/files.csv": [{"name": "invented.xlsx", "sha256": "0" * 64, "sheet": "1"}],
            "comparisons.csv": [self._comparison(number) for number in range(40)],
            "goals.csv": [self._goal(number) for number in range(8)],
            "communes.csv": [dict(zip(communes, row, strict=True)) for row in COMMUNES],
            "corrections.csv": self._corrections(),
            "notes_vi.csv": [{"figure_id": "f-01", "text": "bịa ra"}],
        }

    def write(self, folder: Path) -> Path:
        """Its files, with their checksums."""
        for name, rows in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(as_csv(name, rows))
        for place in {(folder / name).parent for name in self.files}:
            sign(place)
        sums = hashlib.sha256((folder / "notes_vi.csv").read_bytes()).hexdigest()
        (folder / "notes_vi.sha256").write_text(f"{sums}  notes_vi.csv\n")
        return folder

    def _source(self, number: int) -> Row:
        publisher, kind = self.of.choice([*PUBLISHERS.items()])
        return {
            "source_id": f"s-{number:02d}",
            "publisher": publisher,
            "title": "invented",
            "published": self.of.choice(DAYS),
            "source_kind": kind,
        }

    def _figure(self, number: int) -> Row:
        area, level = self.of.choice(AREAS)
        indicator = self.of.choice([*WORDS, *[self.often] * 7])
        unit, numbers = WORDS[indicator]
        bound, text = self.of.choice(BOUNDS), self.of.choice(numbers)
        if text.startswith("-") or (bound == "từ 4 đến " and text not in ("5", "5,5", "7", "8", "9", "16")):
            bound = ""
        if indicator in ("ntm_communes", "annual_targets_met") and not bound and self.of.random() < 0.3:
            text += "/22"
        at_head = self.of.random() < 0.3
        text = bound + text + ("" if at_head else f" {unit}")
        figure = parse_figure(text, unit_text=unit if at_head else "")
        scale = vocabulary.UNITS[vocabulary.INDICATORS[indicator].unit].scale
        return {
            "figure_id": f"f-{number:02d}",
            "source_id": self.of.choice(self.sources)["source_id"],
            "area": area,
            "area_level": level,
            "indicator": indicator,
            "period": self.of.choice(PERIODS),
            "kind": self.of.choice(KINDS),
            "value_text": text,
            "unit_text": unit if at_head else "",
            "locale": "vi",
            "value": f"{figure.value / scale:.12g}",
            "value_high": f"{figure.high / scale:.12g}" if figure.qualifier == "range" else "",
            "unit": vocabulary.INDICATORS[indicator].unit,
            "qualifier": figure.qualifier,
            "definition": self.of.choice(["", "", "", "", "all", "part"]),
            "note": self.of.choice(["", "invented"]),
        }

    def _comparison(self, number: int) -> Row:
        """A printed comparison, half of them with a base that is held, now and then by a little beside it."""
        figure = self.of.choice(self.figures)
        relation = self.of.choice(RELATIONS)
        base: dict[str, Any] = figure | {
            "area": self.of.choice([figure["area"], figure["area"], "Lào Cai"]),
            "period": self.of.choice(PERIODS),
            "kind": self.of.choice(KINDS),
        }
        base["area_level"] = "province" if base["area"] == "Lào Cai" else figure["area_level"]
        amount = self.of.choice(["20", "-20", "1.5", "95"])
        alike = ("area", "indicator") if self.of.random() < 0.8 else ("indicator",)
        held = [
            row
            for row in self.figures
            if row is not figure and all(row[name] == figure[name] for name in alike)
        ]
        if held and self.of.random() < 0.7:
            base = self.of.choice(held)
            implied = self._amount(relation, float(figure["value"]), float(base["value"]))
            amount = amount if implied.strip("-0.") == "" else implied
        if relation != "difference":
            amount = amount.lstrip("-")
        return {
            "comparison_id": f"{figure['figure_id']}-c{number}",
            "figure_id": figure["figure_id"],
            "relation": relation,
            "amount": amount,
            "amount_unit": {"ratio": "times", "difference": figure["unit"]}.get(relation, "percent"),
            "qualifier": self.of.choice(["eq", "eq", *_OTHERS[figure["qualifier"] == "eq"]]),
            "base_area": base["area"],
            "base_area_level": base["area_level"],
            "base_period": base["period"],
            "base_kind": base["kind"],
            "note": "",
        }

    def _amount(self, relation: str, figure: float, base: float) -> str:
        """What the relation of two figures is, or beside it; "" where there is none."""
        off = self.of.choice([1.0, 1.0, 1.0, 1.1])
        if relation == "difference":
            return f"{(figure - base) * off:.1f}"
        if not base or figure / base < 0.1:
            return ""
        share = figure / base * off
        told = {"percent_change": (share - 1) * 100, "percent_of": share * 100, "ratio": share}
        return f"{told[relation]:.{self.of.choice([1, 2])}f}"

    def _goal(self, number: int) -> Row:
        set_for = [row for row in self.figures if row["kind"] in ("plan", "target", "threshold")]
        figure = self.of.choice(set_for)
        named = {name: figure[name] for name in ("indicator", "figure_id")}
        own = {"indicator": self.of.choice(["", "forest_cover"]), "figure_id": ""}
        return {
            "goal_id": f"goal-{number}",
            "name_vi": "Mục tiêu",
            "name_en": "Goal",
            "due": "2025-12-31",
            **(named if self.of.random() < 0.7 else own),
            "source_id": "s-00",
            "note": self.of.choice(["", "invented for a test"]),
        }

    def _corrections(self) -> list[Row]:
        first, second, third = self.of.sample(self.figures[:70], 3)
        told = [
            (first["figure_id"], "definition", first["definition"], "corrected", "invented"),
            (second["figure_id"], "year_inferred", "", "true", "invented"),
            (third["figure_id"], "note", third["note"], "other words", "invented"),
            ("s-01", "published", self.sources[1]["published"], "2022-02", "invented"),
            ("Việt Tiến 2025-06-30", "legal_act", "", "1/NQ (invented)", "invented"),
        ]
        return [dict(zip(COLUMNS["corrections"], row, strict=True)) for row in told]


OWN_INDICATOR = {
    "indicator": "own_forest_jobs",
    "unit": "jobs",
    "unit_vi": "việc làm",
    "vi": "Việc làm (bịa ra)",
    "en": "Jobs (invented)",
    "direction": "1",
}


def as_csv(name: str, rows: list[Row]) -> bytes:
    """The rows as a file of the table that its name says, else of figures."""
    stem = Path(name).stem.removesuffix("_vi")
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS.get(stem, COLUMNS["figures"]), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


NFD, LONG = unicodedata.normalize("NFD", "bịa ra"), "bịa ra " * 60
LONG_NFD = unicodedata.normalize("NFD", LONG)
# For each column of the record: what it may not hold (or may just so).
WRONG: dict[str, tuple[str, ...]] = {
    "figure_id": ("", "f-00", "nobody"),
    "source_id": ("", "nobody", "nobody", "s-13"),
    "area": ("Bảo Yen", "Bảo Yen", "Sa Pa", LONG, "Long Khánh"),
    "area_level": ("zone", "commune", ""),
    "indicator": ("income", "", "poverty_rate", "own_forest_jobs"),
    "period": ("năm nay", "2021-13M", "2021H1", ""),
    "kind": ("result", "", "Actual"),
    "value_text": ("", "–", "45 tiệu đồng", "1.200", "101%", "-5%", "trên 100%", "từ 99 đến 101%", LONG),
    "unit_text": ("triệu đồng", "ha", "%", "tấn"),
    "locale": ("en", "fr", ""),
    "value": ("x", "", "inf", "1e400", "9" * 99, "9" * 100, "-1", "+1.5e3", " 1", "1,5"),
    "value_high": ("x", "70", "inf"),
    "unit": ("dong", "", "ha", "communes", "jobs"),
    "qualifier": ("eq", "gt", "over", "", "range"),
    "definition": (NFD, "a\x07b", LONG),
    "note": (NFD, LONG_NFD, LONG_NFD, "a\u202eb", "a\tb", "a\nb", "a\x0bb", "\x1b[2J", "\x85"),
    "publisher": (NFD, "", "Báo Mới"),
    "published": ("2021-13", "21", "2021-6-1", "2021-02-29", "20211", "2021-", "2020-02-29", "202106010"),
    "source_kind": ("radio", ""),
    "relation": ("sum", "", "percent_change", "ratio"),
    "amount": ("0", "0.05", "0.05", "-100", "-100.5", "-99.5", "x", "", "-0.5"),
    "amount_unit": ("times", "dong", "percentage points"),
    "base_area": ("Bảo Yen", "Nowhere", ""),
    "base_period": ("2021 or so", ""),
    "base_kind": ("result", ""),
    "due": ("2025-13-01", "2025", "", "2025-1-1"),
    "valid_to": ("30/6/2025", "2025-02-30", "2025-07-01", "2025-07-02"),
    "new_valid_from": ("", "2025-06-30", "2020-02-10"),
    "old_name": ("Phúc Khánh", "Cũ"),
    "old_code": ("2",),
    "key": ("nobody", "f-02"),
    "column": ("colour", "value", "note"),
    "expected": ("other",),
    "text": (NFD, "\x1b[31m"),
}


def worsened(seed: int, least: int, most: int) -> Drawn:
    """A drawn record some of whose cells are wrong, at most one of a row."""
    record, of = Drawn(seed), random.Random(seed)
    for name, rows in record.files.items():
        for row in of.sample(rows, min(len(rows), of.randint(least, most))):
            if columns := [column for column in row if column in WRONG]:
                row[column] = of.choice(WRONG[(column := of.choice(columns))])
        record.files[name] = [*rows, *([dict(rows[0])] if of.random() < 0.2 else [])]
    return record
