"""Files as offices and statistics offices lay them out, with invented numbers and what is right of each.

`files(count)` gives sheets of cells with the figures that a person would take of them; `write` writes a sheet
as Excel, OpenDocument, CSV, Word or PC-Axis would hold it. What is in no figure of `truth` must not be taken:
shares of the plan, growths, parts, seasons, other areas, labels of nothing that the record knows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

Cell = str | int | float | None
Figure = tuple[str, str, str, str, str, float, str]  # indicator, area, level, period, kind, value, definition
Stub = tuple[str, str, str, str, str, str]  # one without its value

# Label, indicator ("" = none of the record), definition, units with what takes them to the record's.
LABELS: list[tuple[str, str, str, list[tuple[str, float]]]] = [
    ("Thu nhập bình quân đầu người", "income_per_capita", "", [("Triệu đồng", 1), ("Nghìn đồng", 1e-3)]),
    ("TNBQ đầu người/năm", "income_per_capita", "", [("Tr.đồng", 1), ("Triệu đồng/người", 1)]),
    ("Thu nhập BQ/người/năm", "income_per_capita", "", [("Trđ/người/năm", 1)]),
    (
        "Giá trị sản phẩm/01 ha đất canh tác",
        "yield_per_ha",
        "product value per ha of cultivated land",
        [("Triệu đồng", 1), ("Tr.đ/ha", 1)],
    ),
    ("Tổng lượt khách du lịch", "tourist_visits", "", [("Lượt", 1), ("1.000 lượt", 1e3)]),
    ("Lượng khách du lịch đến địa bàn", "tourist_visits", "", [("Nghìn lượt", 1e3), ("Lượt khách", 1)]),
    ("Doanh thu du lịch", "tourism_revenue", "", [("Tỷ đồng", 1), ("Triệu đồng", 1e-3)]),
    ("Doanh thu du lịch, dịch vụ", "tourism_revenue", "tourism and services", [("Tỷ đồng", 1)]),
    ("Thu NSNN trên địa bàn", "budget_revenue", "", [("Tỷ đồng", 1), ("Triệu đồng", 1e-3)]),
    ("Tỷ lệ hộ nghèo", "poverty_rate", "", [("%", 1)]),
    ("Tỷ lệ hộ nghèo (chuẩn đa chiều)", "poverty_rate", "multidimensional", [("%", 1)]),
    ("Số xã đạt chuẩn nông thôn mới (lũy kế)", "ntm_communes", "", [("Xã", 1)]),
    ("Tỷ lệ che phủ rừng", "forest_cover", "", [("%", 1)]),
    ("Tổng sản lượng lương thực có hạt", "grain_output", "", [("Tấn", 1), ("Nghìn tấn", 1e3)]),
    ("Diện tích chè", "tea_area", "", [("Ha", 1)]),
    ("Dân số", "population", "", [("Người", 1), ("Nghìn người", 1e3)]),
    ("Thu nhập bình quân lao động", "", "", [("Triệu đồng", 1)]),
    ("Tỷ lệ hộ cận nghèo", "", "", [("%", 1)]),
    ("Doanh thu lưu trú, ăn uống", "", "", [("Tỷ đồng", 1)]),
    ("Khách quốc tế", "", "", [("Lượt", 1)]),
    ("Tốc độ tăng thu nhập bình quân đầu người", "", "", [("%", 1)]),
    ("Tỷ lệ lao động qua đào tạo", "", "", [("%", 1)]),
    ("Số hộ thoát nghèo", "", "", [("Hộ", 1)]),
    ("Diện tích chè trồng mới", "", "", [("Ha", 1)]),
    ("Thu bổ sung từ ngân sách cấp trên", "", "", [("Tỷ đồng", 1)]),
    ("Tốc độ tăng lượt khách du lịch", "", "", [("%", 1)]),
    ("Tỷ trọng doanh thu du lịch trong GRDP", "", "", [("%", 1)]),
]
# Heads of columns with the period and the kind they say; "" where no level of a period stands under them.
HEADS: list[tuple[str, str, str]] = [
    ("TH {y}", "{y}", "actual"),
    ("Thực hiện năm {y}", "{y}", "actual"),
    ("Năm {y}", "{y}", "actual"),
    ("Ước TH {y}", "{y}", "estimate"),
    ("ƯTH năm {y}", "{y}", "estimate"),
    ("Sơ bộ {y}", "{y}", "preliminary"),
    ("KH {y}", "{y}", "plan"),
    ("Kế hoạch năm {y}", "{y}", "plan"),
    ("KH HĐND giao {y}", "{y}", "plan"),
    ("Mục tiêu đến năm {y}", "{y}", "target"),
    ("TH 9 tháng {y}", "{y}-9M", "actual"),
    ("TH 9 tháng đầu năm {y}", "{y}-9M", "actual"),
    ("Ước TH 6 tháng đầu năm {y}", "{y}H1", "estimate"),
    ("TH quý I/{y}", "{y}Q1", "actual"),
    ("Quý III năm {y}", "{y}Q3", "actual"),
    ("Tháng 3/{y}", "{y}M03", "actual"),
    ("Ước TH tháng 11 năm {y}", "{y}M11", "estimate"),
    ("Lũy kế 10 tháng năm {y}", "{y}-10M", "actual"),
    ("% so KH", "", ""),
    ("So với cùng kỳ {y} (%)", "", ""),
    ("TH/KH (%)", "", ""),
    ("Tăng, giảm so với {y}", "", ""),
    ("Tốc độ tăng {y} (%)", "", ""),
    ("{y}/{x} (%)", "", ""),
    ("Tăng trưởng {y} (%)", "", ""),
    ("Cùng kỳ năm trước", "", ""),
    ("Vụ xuân {y}", "", ""),
    ("Tuần 12/{y}", "", ""),
    ("Học kỳ I năm {y}", "", ""),
    ("Đợt 1/{y}", "", ""),
    ("Bình quân {x}-{y}", "", ""),
    ("Bình quân tháng năm {y}", "", ""),
    ("Đầu năm {y}", "", ""),
    ("Giữa kỳ {y}", "", ""),
    ("Tỷ trọng {y} (%)", "", ""),
    ("Cơ cấu năm {y}", "", ""),
    ("Xếp hạng {y}", "", ""),
    ("Tết Nguyên đán {y}", "", ""),
    ("Niên vụ {x}-{y}", "", ""),
    ("Tăng thêm năm {y}", "", ""),
    ("Năm học {x}-{y}", "", ""),
    ("Chênh lệch {y}-{x}", "", ""),
    ("3 tháng cuối năm {y}", "", ""),
    ("Thực hiện so với Nghị quyết {y}", "", ""),
]
COMMUNES = ["Bảo Hà", "Nghĩa Đô", "Vĩnh Yên", "Xuân Hòa", "Tân Dương", "Minh Tân", "Lương Sơn", "Kim Sơn"]
DISTRICTS = ["Bảo Thắng", "Bát Xát", "Văn Bàn", "Mường Khương", "Si Ma Cai"]
# What may stand in a cell in the place of a level.
NO_LEVEL = ["tăng 5 %", "tăng 5,2%", "giảm 2,1 %", "tăng 3 lần", "bằng 102 % KH", "vượt 4 %", "đạt 98,5% KH"]
NO_LEVEL += ["gấp 2 lần", "tăng thêm 1,5", "xếp thứ 4", "-", "…", "x", "chưa có số liệu", "1.12O", "+5,2%"]


@dataclass
class File:
    """A sheet of cells and the figures that are right, by the place of their cells; `merges`: first and last
    places; `options`: what a person says of the file."""

    layout: str
    rows: list[list[Cell]]
    truth: dict[tuple[int, int], Figure] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


class Maker:
    """Makes files; every number is another one, so that a figure is told by its number."""

    def __init__(self, seed: int) -> None:
        self.draw, self.used = random.Random(seed), set[float]()

    def number(self, unit: str, factor: float) -> float:
        """A new number for a unit, as a table would print it."""
        size = {"%": 60, "Xã": 16, "Lượt": 9e5, "Lượt khách": 9e5, "Người": 9e4, "Nghìn đồng": 9e4, "Ha": 3e3}
        scale = size.get(unit, 6e4 if unit == "Triệu đồng" and factor < 1 else 900)
        for _ in range(200):
            whole = unit in ("Lượt", "Lượt khách", "Người", "Tấn", "Ha", "Nghìn đồng", "Xã", "Hộ", "persons")
            value = round(self.draw.uniform(scale / 9, scale), 0 if whole else self.draw.choice([1, 1, 2]))
            if value not in self.used:
                break
        self.used.add(value)
        return value

    def labels(self, count: int) -> list[tuple[str, str, str, str, float]]:
        """Different labels, each indicator once, with a unit."""
        taken, chosen = set(), []
        for label, indicator, definition, units in self.draw.sample(LABELS, len(LABELS)):
            if indicator not in taken and len(chosen) < count:
                chosen.append((label, indicator, definition, *self.draw.choice(units)))
                taken |= {indicator} - {""}
        return chosen

    def heads(self, count: int) -> list[tuple[str, str, str]]:
        """Different heads of one or two years, each period and kind once."""
        year, chosen, said = self.draw.randrange(2016, 2024), [], set()
        for head, period, kind in self.draw.sample(HEADS, len(HEADS)):
            y = year + self.draw.randrange(2)
            words = {"y": y, "x": y - 1}
            key = (
                period.format(**words),
                "outcome" if kind in ("actual", "estimate", "preliminary") else kind,
            )
            if len(chosen) < count and (not period or key not in said):
                chosen.append((head.format(**words), key[0], kind))
                said.add(key)
        return chosen

    def top(self, *, title: str, width: int) -> list[list[Cell]]:
        """What stands over a table: a letterhead or nothing, the title, a note that the numbers are
        invented."""
        letterhead = [
            ["UBND HUYỆN BẢO YÊN", *[None] * (width - 2), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["PHÒNG TÀI CHÍNH - KẾ HOẠCH", *[None] * (width - 2), "Độc lập - Tự do - Hạnh phúc"],
            [None],
        ]
        rows: list[list[Cell]] = letterhead if self.draw.random() < 0.4 else []
        return [*rows, [title], ["(Số liệu bịa đặt để thử)"]]

    def value(self, unit: str, factor: float) -> tuple[Cell, float | None]:
        """What stands in a cell, and the level in the record's unit; None where it is none."""
        if self.draw.random() < 0.06:
            return self.draw.choice(NO_LEVEL), None
        number = self.number(unit, factor)
        return number, number * factor

    def fill(self, file: File, row: list[Cell], columns: Iterable[tuple[str, float, Stub | None]]) -> None:
        """Puts a row into a file with a cell for each column: its unit, what takes it to the record's, and
        the figure but for its value; None where it is none of the record."""
        for unit, factor, stub in columns:
            cell, value = self.value(unit, factor)
            if value is not None and stub:
                file.truth[len(file.rows), len(row)] = (*stub[:-1], value, stub[-1])
            row.append(cell)
        file.rows.append(row)


HERE = ("Bảo Yên", "district")


def column_of(
    label: tuple[str, str, str, str, float], its: tuple[str, str, str, str]
) -> tuple[str, float, Stub | None]:
    """The column of a label, for an area, its level, a period and a kind; "" where one is not known."""
    _, indicator, definition, unit, factor = label
    return unit, factor, (indicator, *its, definition) if indicator and its[0] and its[2] else None


def yearly(maker: Maker) -> File:
    """Indicators down, kinds and periods across, in groups, with parts and notes."""
    labels, heads = maker.labels(maker.draw.randrange(4, 9)), maker.heads(maker.draw.randrange(3, 7))
    file = File("yearly", maker.top(title="CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU", width=3 + len(heads)))
    file.rows.append(["TT", "Chỉ tiêu", "ĐVT", *(head for head, *_ in heads)])
    numbered = maker.draw.random() < 0.7
    for number, (label, indicator, definition, unit, factor) in enumerate(labels, start=1):
        if maker.draw.random() < 0.25:
            group = maker.draw.choice(["KINH TẾ", "XÃ HỘI", "Các chỉ tiêu chủ yếu"])
            file.rows.append([maker.draw.choice(["I", "II", "A"]), group])
        row: list[Cell] = [number if numbered else None, label, unit]
        for column, (_, period, kind) in enumerate(heads, start=3):
            cell, value = maker.value(unit, factor)
            row.append(cell)
            if value is not None and period and indicator:
                place = (len(file.rows), column)
                file.truth[place] = (indicator, *HERE, period, kind, value, definition)
        file.rows.append(row)
        if maker.draw.random() < 0.2:
            part = maker.draw.choice(
                ["Trong đó: Khách quốc tế", "- Khu vực thành thị", "Tr.đó: hộ người Mông"]
            )
            file.rows.append([None, part, unit, *(maker.number(unit, factor) for _ in heads)])
    if maker.draw.random() < 0.3:
        file.rows += [[None], ["Nơi nhận: như trên; Lưu VT", None, None, "TM. ỦY BAN NHÂN DÂN"]]
    return file


def two_heads(maker: Maker) -> File:
    """Years over plan, outcome and share, in merged cells."""
    labels, year = maker.labels(5), maker.draw.randrange(2017, 2023)
    file = File("two heads", maker.top(title="TÌNH HÌNH THỰC HIỆN MỘT SỐ CHỈ TIÊU", width=9))
    under = maker.draw.choice([
        [("Kế hoạch", "plan"), ("Thực hiện", "actual"), ("% TH/KH", "")],
        [("KH", "plan"), ("Ước TH", "estimate"), ("So KH (%)", "")],
        [("Thực hiện", "actual"), ("Tăng, giảm (%)", "")],
        [("Thực hiện", "actual"), ("Tỷ trọng (%)", "")],
        [("6 tháng đầu năm", "H1"), ("Cả năm", "actual"), ("Cùng kỳ", "")],
    ])  # fmt: skip
    years = [year, year + 1]
    top = len(file.rows)
    file.rows.append(
        ["TT", "Chỉ tiêu", "ĐVT", *(c for y in years for c in [f"Năm {y}", *[None] * (len(under) - 1)])]
    )
    file.rows.append([None, None, None, *(head for _ in years for head, _ in under)])
    file.merges = [(top, 3 + n * len(under), top, 2 + (n + 1) * len(under)) for n in range(2)]
    file.merges += [(top, c, top + 1, c) for c in range(3)]
    for number, (label, indicator, definition, unit, factor) in enumerate(labels, start=1):
        row: list[Cell] = [number, label, unit]
        for y in years:
            for _, kind in under:
                cell, value = maker.value(unit, factor)
                if value is not None and kind and indicator:
                    said = (f"{y}H1", "actual") if kind == "H1" else (str(y), kind)
                    file.truth[len(file.rows), len(row)] = (indicator, *HERE, *said, value, definition)
                row.append(cell)
        file.rows.append(row)
    return file


def by_area(maker: Maker) -> File:
    """Communes or districts down, years across; the title names the indicator, a line its unit."""
    (label, indicator, definition, unit, factor), *_ = [one for one in maker.labels(20) if one[1]]
    level = maker.draw.choice(["commune", "district"])
    names = maker.draw.sample(COMMUNES if level == "commune" else DISTRICTS, 4)
    heads = maker.heads(4)
    prefix = {"commune": maker.draw.choice(["", "Xã "]), "district": "Huyện "}[level]
    file = File("by area", [[f"{label.upper()} PHÂN THEO ĐƠN VỊ"], [f"ĐVT: {unit}"], ["Số liệu bịa đặt"]])
    file.rows.append(["STT", "Đơn vị" if level == "district" else "Xã", *(head for head, *_ in heads)])
    rows = [(f"{prefix}{name}", name, level) for name in names] + [
        ("Toàn huyện", *HERE),
        ("Toàn tỉnh", "", ""),
    ]
    for number, (said, name, its) in enumerate(rows, start=1):
        stubs = [
            (indicator, name, its, period, kind, definition) if period and name else None
            for _, period, kind in heads
        ]
        maker.fill(file, [number, said], [(unit, factor, stub) for stub in stubs])
    return file


def by_indicator(maker: Maker) -> File:
    """Communes down, indicators with their units across; the title has the year."""
    labels, year = maker.labels(4), maker.draw.randrange(2017, 2024)
    said, period = maker.draw.choice([
        (f"NĂM {year}", f"{year}"), (f"9 THÁNG NĂM {year}", f"{year}-9M"),
        (f"QUÝ II NĂM {year}", f"{year}Q2"),
        (f"VỤ XUÂN NĂM {year}", ""), (f"ĐẾN GIỮA NĂM {year}", ""), ("", ""),
    ])  # fmt: skip
    file = File("by indicator", [[f"MỘT SỐ CHỈ TIÊU CỦA CÁC XÃ {said}"], ["(bịa đặt)"]])
    file.rows.append(["TT", "Xã", *(f"{label} ({unit.lower()})" for label, _, _, unit, _ in labels)])
    for number, name in enumerate(maker.draw.sample(COMMUNES, 5), start=1):
        its = (name, "commune", period, "actual")
        maker.fill(file, [number, name], [column_of(label, its) for label in labels])
    return file


def by_time(maker: Maker) -> File:
    """Months, quarters or years down, indicators across."""
    labels, year = maker.labels(3), maker.draw.randrange(2017, 2024)
    head, times = maker.draw.choice([
        ("Tháng", [(f"Tháng {m}", f"{year}M{m:02d}") for m in range(1, 7)] + [("6 tháng", f"{year}H1")]),
        ("Tháng", [(float(m), f"{year}M{m:02d}") for m in range(1, 13)] + [("Cả năm", f"{year}")]),
        ("Quý", [(f"Quý {q}", f"{year}Q{n}") for n, q in enumerate(("I", "II", "III", "IV"), start=1)]),
        ("Năm", [(float(y), f"{y}") for y in range(year - 5, year)] + [(f"Ước {year}", f"{year} estimate")]),
        ("Năm", [(f"{y}", f"{y}") for y in range(year - 5, year)] + [("Bình quân", "")]),
        ("Vụ", [("Vụ xuân", ""), ("Vụ mùa", ""), ("Cả năm", f"{year}")]),
        ("Tuần", [(f"Tuần {w}", "") for w in range(1, 5)]),
        ("Kỳ", [(f"Nửa đầu {year}", f"{year}H1"), ("Tết", ""), (f"Quý IV/{year}", f"{year}Q4")]),
    ])  # fmt: skip
    file = File("by time", [[f"KẾT QUẢ HOẠT ĐỘNG NĂM {year}" if head != "Năm" else "SỐ LIỆU QUA CÁC NĂM"]])
    file.rows.append([head, *(f"{label} ({unit.lower()})" for label, _, _, unit, _ in labels), "Ghi chú"])
    for time, said in times:
        period, _, kind = said.partition(" ")
        its = (*HERE, period, kind or "actual")
        maker.fill(file, [time], [column_of(label, its) for label in labels])
    return file


def tidy(maker: Maker) -> File:
    """One number a row, each with its area, indicator, period and unit."""
    heads = maker.draw.choice([["area", "indicator", "period", "kind", "unit", "value"],
                               ["Địa phương", "Chỉ tiêu", "Kỳ", "Loại", "Đơn vị", "Giá trị"]])  # fmt: skip
    file, words = File("tidy", [list(heads)]), {"actual": "thực hiện", "plan": "kế hoạch", "estimate": "ước"}
    for label, indicator, definition, unit, factor in maker.labels(9):
        year = maker.draw.randrange(2015, 2024)
        said, period = maker.draw.choice([
            (f"{year}", f"{year}"), (f"Năm {year}", f"{year}"), (f"{year}-9M", f"{year}-9M"),
            (f"Quý I/{year}", f"{year}Q1"), (f"{year}Q2", f"{year}Q2"), (f"Tháng 5 năm {year}", f"{year}M05"),
            (f"vụ mùa {year}", ""), (f"W12 {year}", ""), (f"{year}-{year + 1}", ""), (f"HK1 {year}", ""),
            (f"6 tháng cuối năm {year}", f"{year}H2"), (f"trước {year}", ""), (f"{year} (dự kiến đến)", ""),
        ])  # fmt: skip
        kind, name = maker.draw.choice([*words]), maker.draw.choice(COMMUNES)
        cell, value = maker.value(unit, factor)
        if value is not None and period and indicator:
            file.truth[len(file.rows), 5] = (indicator, name, "commune", period, kind, value, definition)
        file.rows.append([f"Xã {name}", label, said, words[kind], unit, cell])
    return file


def statistics(maker: Maker) -> File:
    """As a statistics office's pages give them for download: districts and years, also in two languages."""
    (_, indicator, definition, unit, factor), *_ = [one for one in maker.labels(20) if one[1]]
    label = next(one[0] for one in LABELS if one[1:3] == (indicator, definition))
    year, english = maker.draw.randrange(2016, 2022), maker.draw.random() < 0.5
    heads = [(f"{year}", f"{year}", "actual"), (f"{year + 1}", f"{year + 1}", "actual")]
    heads += [maker.draw.choice([
        (f"Sơ bộ {year + 2}", f"{year + 2}", "preliminary"),
        (f"Sơ bộ Prel. {year + 2}", f"{year + 2}", "preliminary"),
        (f"{year + 2}p", "", ""), (f"Ước tính {year + 2}", f"{year + 2}", "estimate"),
    ])]  # fmt: skip
    title = f"{label} chia theo huyện và năm ({unit.lower()})"
    file = File("statistics", [[title], [None], ["Huyện" if not english else "Huyện - District"]])
    file.rows[-1] += [head for head, *_ in heads]
    for name in [*maker.draw.sample(DISTRICTS, 3), "Bảo Yên"]:
        stubs = [
            (indicator, name, "district", period, kind, definition) if period else None
            for _, period, kind in heads
        ]
        maker.fill(file, [f"Huyện {name}"], [(unit, factor, stub) for stub in stubs])
    return file


LAYOUTS: list[Callable[[Maker], File]] = [
    yearly, two_heads, by_area, by_indicator, by_time, tidy, statistics,
]  # fmt: skip


def files(layouts: list[Callable[[Maker], File]], count: int, seed: int = 20_251_128) -> Iterator[File]:
    """The first `count` files of a seed, the layouts in turn."""
    for number in range(count):
        yield layouts[number % len(layouts)](Maker(seed + number))
