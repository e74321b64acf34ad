"""Layouts that are less usual, or that lead into a mistake: the period in the title alone, tables one under
another or side by side, areas across, heads of English yearbooks, notes that change what a mark stands
for."""

from __future__ import annotations

from collections.abc import Callable

from office_files import COMMUNES, HERE, Cell, File, Maker, column_of

Said = tuple[str, str, str, str]  # name, level, period, kind; "" = no figure of the record


def _fill(maker: Maker, file: File, row: list[Cell], label: tuple, columns: list[Said]) -> None:
    """A row's numbers, with the figures that they are."""
    maker.fill(file, row, [column_of(label, its) for its in columns])


def period_in_title(maker: Maker) -> File:
    """The period of the columns stands in the title alone."""
    y = maker.draw.randrange(2017, 2024)
    title, columns = maker.draw.choice([
        (f"KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM {y}",
         [("Kế hoạch", *HERE, f"{y}", "plan"), ("Thực hiện", *HERE, f"{y}", "actual"),
          ("% TH/KH", *[""] * 4)]),
        (f"KẾT QUẢ THỰC HIỆN 9 THÁNG ĐẦU NĂM {y}",
         [(f"KH năm {y}", *HERE, f"{y}", "plan"), ("TH 9 tháng", *HERE, f"{y}-9M", "actual"),
          ("So cùng kỳ (%)", *[""] * 4)]),
        (f"ƯỚC THỰC HIỆN QUÝ III NĂM {y}",
         [("Tháng 7", *HERE, f"{y}M07", "estimate"), ("Tháng 8", *HERE, f"{y}M08", "estimate"),
          ("Quý III", *HERE, f"{y}Q3", "estimate"), ("Quý III so quý II (%)", *[""] * 4)]),
        (f"TÌNH HÌNH NĂM {y} VÀ NHIỆM VỤ NĂM {y + 1}",
         [(f"TH {y}", *HERE, f"{y}", "actual"), (f"KH {y + 1}", *HERE, f"{y + 1}", "plan"),
          ("Ghi chú", *[""] * 4)]),
        (f"CÁC CHỈ TIÊU VỤ ĐÔNG XUÂN NĂM {y}", [("Thực hiện", *[""] * 4), ("Kế hoạch", *[""] * 4)]),
        (f"CÁC CHỈ TIÊU TUẦN 32 NĂM {y}", [("Thực hiện", *[""] * 4), ("Cùng kỳ", *[""] * 4)]),
        (f"SỐ LIỆU ĐẦU NĂM {y}", [("Thực hiện", *[""] * 4)]),
        (f"MỤC TIÊU ĐẾN NĂM {y + 5}", [("Mục tiêu", *HERE, f"{y + 5}", "target")]),
    ])  # fmt: skip
    file = File("period in title", maker.top(title=title, width=6))
    file.rows.append(["TT", "Chỉ tiêu", "Đơn vị tính", *(head for head, *_ in columns)])
    if maker.draw.random() < 0.4:
        file.rows.append(["A", "B", "C", *(n + 1 for n in range(len(columns)))])
    for number, label in enumerate(maker.labels(5), start=1):
        _fill(maker, file, [number, label[0], label[3]], label, [tuple(column[1:]) for column in columns])
    return file


def months_across(maker: Maker) -> File:
    """Months or quarters across, the year over them or in the title; the last column is the year's."""
    y = maker.draw.randrange(2017, 2024)
    times = maker.draw.choice([
        [(f"T{m}", f"{y}M{m:02d}") for m in range(1, 13)] + [("Cả năm", f"{y}")],
        [(f"Tháng {m}", f"{y}M{m:02d}") for m in range(1, 7)] + [("6 tháng", f"{y}H1")],
        [(f"Quý {q}", f"{y}Q{n}") for n, q in enumerate(("I", "II", "III", "IV"), start=1)]
         + [("Cả năm", f"{y}")],
        [(f"Quý {q}", f"{y}Q{n}") for n, q in enumerate(("I", "II"), start=1)] + [("Tổng", ""),
         ("BQ tháng", "")],
        [(f"{y}M{m:02d}", f"{y}M{m:02d}") for m in range(1, 5)] + [(f"{y}W05", "")],
        [(f"Kỳ {n}", "") for n in range(1, 4)],
    ])  # fmt: skip
    merged = maker.draw.random() < 0.5
    file = File(
        "months across", [["DU LỊCH VÀ THU NGÂN SÁCH" if merged else f"DU LỊCH, THU NGÂN SÁCH NĂM {y}"]]
    )
    file.rows.append(["(bịa đặt)"])
    if merged:
        file.merges = [(2, 2, 2, 1 + len(times))]
        file.rows.append([None, None, f"Năm {y}", *[None] * (len(times) - 1)])
    file.rows.append(["Chỉ tiêu", "ĐVT", *(head for head, _ in times)])
    for label in maker.labels(3):
        _fill(maker, file, [label[0], label[3]], label, [(*HERE, period, "actual") for _, period in times])
    return file


def areas_across(maker: Maker) -> File:
    """Areas across under one year, indicators down; one column is another level's."""
    y, names = maker.draw.randrange(2017, 2024), maker.draw.sample(COMMUNES, 3)
    columns: list[Said] = [(name, "commune", f"{y}", "actual") for name in names]
    heads = [f"Xã {name}" for name in names]
    more = maker.draw.choice([[("Toàn huyện", (*HERE, f"{y}", "actual"))], [("Toàn tỉnh", ("", "", "", ""))],
                              [("Cộng", ("", "", "", ""))], []])  # fmt: skip
    file = File("areas across", [[f"MỘT SỐ CHỈ TIÊU NĂM {y}"], ["Số liệu bịa đặt"]])
    file.rows.append(["TT", "Chỉ tiêu", "ĐVT", *heads, *(head for head, _ in more)])
    for number, label in enumerate(maker.labels(5), start=1):
        _fill(maker, file, [number, label[0], label[3]], label, columns + [said for _, said in more])
    return file


def stacked(maker: Maker) -> File:
    """Two tables one under the other, each with its title and year."""
    file, y = File("stacked", []), maker.draw.randrange(2017, 2023)
    for year in (y, y + 1):
        if file.rows:
            file.rows.append([None])
        kind, word = maker.draw.choice(
            [("actual", "THỰC HIỆN"), ("plan", "KẾ HOẠCH"), ("estimate", "ƯỚC THỰC HIỆN")]
        )
        file.rows += [[f"CÁC CHỈ TIÊU {word} NĂM {year} (bịa đặt)"], ["TT", "Chỉ tiêu", "ĐVT", "Số lượng"]]
        for number, label in enumerate(maker.labels(4), start=1):
            _fill(maker, file, [number, label[0], label[3]], label, [(*HERE, f"{year}", kind)])
    return file


def under_indicators(maker: Maker) -> File:
    """Headings of indicators with areas or parts below them."""
    y = maker.draw.randrange(2017, 2023)
    file = File(
        "under indicators", [["SỐ LIỆU CHI TIẾT (bịa đặt)"], ["TT", "Nội dung", "ĐVT", f"{y}", f"{y + 1}"]]
    )
    for number, label in enumerate(maker.labels(4), start=1):
        file.rows.append([number, label[0]])
        for name in maker.draw.sample(COMMUNES, 2):
            said = [(name, "commune", f"{year}", "actual") for year in (y, y + 1)]
            _fill(maker, file, [None, f"Xã {name}", label[3]], label, said)
        part = maker.draw.choice(["Khu vực thành thị", "Hộ người Mông", "Loại khác", "Nam", "Nữ"])
        _fill(maker, file, [None, part, label[3]], label, [("", "", "", "")] * 2)
    return file


def noted(maker: Maker) -> File:
    """Marks at heads and numbers that a note below explains."""
    y = maker.draw.randrange(2017, 2023)
    note, kind, period = maker.draw.choice([
        ("(*) Số liệu sơ bộ", "preliminary", f"{y}"), ("(*) Số ước tính", "estimate", f"{y}"),
        ("(*) Số liệu 9 tháng", "", ""), ("(*) Khu vực nông thôn", "", ""),
        ("(*) Kế hoạch giao", "plan", f"{y}"),
        ("(*) Tính đến tháng 11", "", ""), ("(*) Nguồn: Chi cục Thống kê", "actual", f"{y}"),
    ])  # fmt: skip
    file = File(
        "noted", [["CÁC CHỈ TIÊU CHỦ YẾU"], ["TT", "Chỉ tiêu", "ĐVT", f"Năm {y - 1}", f"Năm {y} (*)"]]
    )
    columns: list[Said] = [(*HERE, f"{y - 1}", "actual"), (*HERE, period, kind)]
    for number, label in enumerate(maker.labels(4), start=1):
        _fill(maker, file, [number, label[0], label[3]], label, columns)
    file.rows += [["Ghi chú:"], [note]]
    return file


def yearbook(maker: Maker) -> File:
    """In English, as a yearbook has it."""
    y, name = maker.draw.randrange(2017, 2023), maker.draw.choice(["Bảo Yên district", "Bảo Yên"])
    label, unit, factor = maker.draw.choice([
        ("income_per_capita", "million VND", 1), ("tourist_visits", "thousand visits", 1e3),
        ("population", "persons", 1), ("poverty_rate", "%", 1),
    ])  # fmt: skip
    title = {"income_per_capita": "Income per person", "tourist_visits": "Tourist visits",
             "population": "Population", "poverty_rate": "Poverty rate"}[label]  # fmt: skip
    heads = maker.draw.choice([
        [(f"{y}", f"{y}", "actual"), (f"Prel. {y + 1}", f"{y + 1}", "preliminary"),
         (f"Est. {y + 2}", f"{y + 2}", "estimate")],
        [(f"Q{q} {y}", f"{y}Q{q}", "actual") for q in (1, 2)] + [(f"9 months {y}", f"{y}-9M", "actual")],
        [(f"First half {y}", f"{y}H1", "actual"), (f"Winter {y}", "", ""), (f"FY{y}", "", "")],
        [(f"Jan {y}", f"{y}M01", "actual"), (f"Growth {y} (%)", "", ""), (f"{y} plan", f"{y}", "plan")],
        [(f"Week 5 {y}", "", ""), (f"Mid-{y}", "", ""), (f"Term 1 {y}", "", "")],
    ])  # fmt: skip
    file = File("yearbook", [[title], [f"Unit: {unit}"], ["Area", *(head for head, *_ in heads)]])
    file.options = {"indicator": label}
    row: list[Cell] = [name]
    _fill(maker, file, row, (title, label, "", unit, factor), [(*HERE, p, k) for _, p, k in heads])
    other = [("Bảo Thắng", "district", p, k) for _, p, k in heads]
    _fill(maker, file, ["Bảo Thắng"], (title, label, "", unit, factor), other)
    return file


UNUSUAL: list[Callable[[Maker], File]] = [
    period_in_title, months_across, areas_across, stacked, under_indicators, noted, yearbook,
]  # fmt: skip
