"""Periods: the record's notation, published table headers, kinds of headers, what is refused, and the last
day of each."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from conftest import each
from hypothesis import given, settings
from hypothesis import strategies as st

from baoyen_analysis.printed.periods import KINDS, PARTS, Period, UnreadablePeriod, parse_period

ROOT = Path(__file__).parents[2]
HEADERS = ROOT.parent / "shared" / "cases" / "cleaning" / "header_examples.csv"
FILES = ("income", "yield_per_ha", "tourism", "development", "cpi", "comparisons")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def recorded() -> list[str]:
    tables = [rows(ROOT / "data" / "raw" / f"{name}.csv") for name in FILES]
    return sorted(
        {row.get(column) or "" for table in tables for row in table for column in ("period", "base_period")}
        - {""}
    )


@each(recorded())
def test_record(text: str) -> None:
    period = parse_period(text)
    assert period.kind in ("year", "part", "span")
    assert str(period.year) == text[:4]
    assert period.is_year == text.isdigit()


def published() -> list:
    if not HEADERS.exists():
        return [
            pytest.param({}, marks=pytest.mark.skip(reason=f"the published headers are not here: {HEADERS}"))
        ]
    return [pytest.param(row, id=row["text"]) for row in rows(HEADERS)]


@pytest.mark.parametrize("row", published())
def test_published_header(row: dict[str, str]) -> None:
    period = parse_period(row["text"], among_dates="neighbours are dates" in row["reason"])
    assert (period.kind, str(period.year), str(period.year_end or "")) == (
        row["kind"],
        row["year"],
        row["year_end"],
    )
    assert (period.status, period.mark) == (row["status"], row["mark"])


@each(
    [
        ("2022", Period(2022)),
        ("Năm 2022", Period(2022)),
        ("2005.0", Period(2005)),
        ("2019 (*)", Period(2019, mark="footnote")),
        ("2019*", Period(2019, mark="footnote")),
        ("2019(1)", Period(2019, mark="footnote")),
        ("Sơ bộ 2022", Period(2022, status="preliminary")),
        ("SƠ BỘ NĂM 2022", Period(2022, status="preliminary")),
        ("Prel.2016", Period(2016, status="preliminary")),
        ("Pre. 2016", Period(2016, status="preliminary")),
        ("Est. 2016", Period(2016, status="estimate")),
        ("Ước 2024", Period(2024, status="estimate")),
        ("Ước thực hiện 2024", Period(2024, status="estimate")),
        ("2024 (ước)", Period(2024, status="estimate")),
        ("2022-9M", Period(2022, part="9M", kind="part")),
        ("2025Q1", Period(2025, part="Q1", kind="part")),
        ("2024M08", Period(2024, part="M08", kind="part")),
        ("2022H1", Period(2022, part="H1", kind="part")),
        ("9 tháng 2022", Period(2022, part="9M", kind="part")),
        ("chín tháng đầu năm 2022", Period(2022, part="9M", kind="part")),
        ("9 tháng đầu năm 2022", Period(2022, part="9M", kind="part")),
        ("6 tháng đầu năm 2023", Period(2023, part="H1", kind="part")),
        ("6 tháng cuối năm 2023", Period(2023, part="H2", kind="part")),
        ("6 tháng 2023", Period(2023, part="H1", kind="part")),
        ("3 tháng đầu năm 2023", Period(2023, part="Q1", kind="part")),
        ("12 tháng năm 2023", Period(2023)),
        ("Sơ bộ 6 tháng đầu năm 2023", Period(2023, part="H1", kind="part", status="preliminary")),
        ("Quý I/2024", Period(2024, part="Q1", kind="part")),
        ("Quý IV năm 2024", Period(2024, part="Q4", kind="part")),
        ("quý 2.2024", Period(2024, part="Q2", kind="part")),
        ("tháng 8/2024", Period(2024, part="M08", kind="part")),
        ("Tháng 12 năm 2020", Period(2020, part="M12", kind="part")),
        ("tháng 12.2020", Period(2020, part="M12", kind="part")),
        ("2020-2025", Period(2020, 2025, kind="span")),
        ("Giai đoạn 2020 – 2025", Period(2020, 2025, kind="span")),
        ("nhiệm kỳ 2020-2021", Period(2020, 2021, kind="span")),
        ("1995 -1996", Period(1995, 1996, kind="school_year")),
        ("năm học 2019-2020", Period(2019, 2020, kind="school_year")),
        ("2023/2022", Period(2023, 2022, kind="comparison")),
        ("31/12/2022", Period(2022, part="12-31", kind="date")),
        ("ngày 1.7.2025", Period(2025, part="07-01", kind="date")),
        ("2022-12-31", Period(2022, part="12-31", kind="date")),
        ("2009 Cities under provinces", Period(2009)),
        ("2021 (*) Dân số trung bình (Nghìn người)", Period(2021, mark="footnote")),
        ("2020 (*) Mật độ dân số (Người/km2)", Period(2020, mark="footnote")),
        ("2022 (%)", Period(2022)),
        ("2009 Cities under provinces (*)", Period(2009, mark="footnote")),
        ("2016(a)", Period(2016, mark="footnote")),
        ("2016 [1]", Period(2016, mark="footnote")),
        ("Sơ bộ 2022 - Prel. 2022", Period(2022, status="preliminary")),
        ("Sơ bộ 2022\nPrel. 2022", Period(2022, status="preliminary")),
        ("31/12/2022 00:00:00", Period(2022, part="12-31", kind="date")),
        ("Có đến 31/12/2022", Period(2022, part="12-31", kind="date")),
        ("Bình quân giai đoạn 2016-2020", Period(2016, 2020, kind="span")),
        ("2022 (Người)", Period(2022)),
        ("2022 Nam", Period(2022)),
        ("２０２２", Period(2022)),
        ("Year 2021", Period(2021)),
        ("Cả năm 2023", Period(2023)),
        ("2022 sơ bộ", Period(2022, status="preliminary")),
        ("2022 - Sơ bộ", Period(2022, status="preliminary")),
        ("Sơ bộ: 2022", Period(2022, status="preliminary")),
        ("2021 Prel.", Period(2021, status="preliminary")),
        ("So bo 2020", Period(2020, status="preliminary")),
        ("Sơ bộ\nPrel.\n2022", Period(2022, status="preliminary")),
        ("2024 ước tính", Period(2024, status="estimate")),
        ("2022 ước", Period(2022, status="estimate")),
        ("2022 est.", Period(2022, status="estimate")),
        ("Uoc tinh 2023", Period(2023, status="estimate")),
        ("ƯTH 2024", Period(2024, status="estimate")),
        ("2022 quý I", Period(2022, part="Q1", kind="part")),
        ("2022 Quý IV", Period(2022, part="Q4", kind="part")),
        ("Quý một năm 2023", Period(2023, part="Q1", kind="part")),
        ("QI/2023", Period(2023, part="Q1", kind="part")),
        ("Q.I/2023", Period(2023, part="Q1", kind="part")),
        ("2022 sáu tháng", Period(2022, part="H1", kind="part")),
        ("6T/2023", Period(2023, part="H1", kind="part")),
        ("9T/2024", Period(2024, part="9M", kind="part")),
        ("sau thang dau nam 2023", Period(2023, part="H1", kind="part")),
        ("SÁU THÁNG 2023", Period(2023, part="H1", kind="part")),
        ("9M 2023", Period(2023, part="9M", kind="part")),
        ("2022 chín tháng đầu năm", Period(2022, part="9M", kind="part")),
        ("Lũy kế đến tháng 9/2024", Period(2024, part="9M", kind="part")),
        ("Năm 2024 (9 tháng)", Period(2024, part="9M", kind="part")),
        ("2022 nửa đầu năm", Period(2022, part="H1", kind="part")),
        ("nửa đầu năm 2023", Period(2023, part="H1", kind="part")),
        ("H1 2023", Period(2023, part="H1", kind="part")),
        ("2022 tháng sáu", Period(2022, part="M06", kind="part")),
        ("tháng Sáu năm 2023", Period(2023, part="M06", kind="part")),
        ("tháng năm năm 2023", Period(2023, part="M05", kind="part")),
        ("06/2023", Period(2023, part="M06", kind="part")),
        ("T6/2023", Period(2023, part="M06", kind="part")),
        ("Ước tháng 6/2023", Period(2023, part="M06", kind="part", status="estimate")),
        ("2019 — 2020", Period(2019, 2020, kind="school_year")),
        ("Năm học 2021/2022", Period(2021, 2022, kind="school_year")),
        ("School year 2021-2022", Period(2021, 2022, kind="school_year")),
        ("Thời kỳ 2011-2020", Period(2011, 2020, kind="span")),
        ("Bình quân 2016-2020", Period(2016, 2020, kind="span")),
        ("Năm 2023/2022", Period(2023, 2022, kind="comparison")),
        ("2023 so với 2022", Period(2023, 2022, kind="comparison")),
        ("2022/2021 (%)", Period(2022, 2021, kind="comparison")),
        ("So sánh 2023/2022", Period(2023, 2022, kind="comparison")),
        ("Ngày 31 tháng 12 năm 2022", Period(2022, part="12-31", kind="date")),
        ("Tại thời điểm 31/12/2022", Period(2022, part="12-31", kind="date")),
        ("Đến 30/9/2024", Period(2024, part="09-30", kind="date")),
    ]
)
def test_kind(text: str, period: Period) -> None:
    assert parse_period(text) == period


@each(
    [
        "",
        "abc",
        "Sơ bộ",
        "Est.",
        "44926",
        "12",
        "202",
        "20222",
        "2022.5",
        "2022-13",
        "2022M13",
        "2022Q5",
        "Quý V/2024",
        "quý 5/2020",
        "13/2022",
        "tháng 13/2022",
        "tháng 0/2022",
        "31/2/2022",
        "29/02/2023",
        "14 tháng 2022",
        "2025-2020",
        "năm học 2019-2025",
        "2022-2022",
        "2022 tăng 5%",
        "2022, 2023",
        "66 triệu đồng",
        "3022",
        "2022 trở đi",
        "2022 trở về trước",
        "2022 đến nay",
        "2022 hoặc sau",
        "2022 kế hoạch",
        "2022 dự kiến",
        "2022 mục tiêu",
        "2022 cuối năm",
        "KH 2024",
        "tháng 2022",
        "cùng kỳ 2022",
        "đến tháng 9/2024",
        "trên 2022",
        "2022 tăng, giảm",
        "Doanh thu 2022",
        "2021-22",
        "2022p",
        "2024e",
        "2021r",
        "2015 (R)",
        "2016 a",
        "2022/2023",
        "2022q5",
        "2022 9",
        "1-9/2024",
        "T1-T9/2024",
        "Kế hoạch, thực hiện 2022",
        "tháng sau 2024",
        "quý sau năm 2024",
        "thang sau nam 2024",
        "sau tháng 2022",
    ]
)
def test_refused(text: str) -> None:
    with pytest.raises(UnreadablePeriod) as error:
        parse_period(text)
    assert repr(text) in str(error.value)


def test_what_is_longer_than_one_period_is_refused() -> None:
    assert parse_period("2022".ljust(400)) == Period(2022)
    with pytest.raises(UnreadablePeriod, match="longer than one period"):
        parse_period("2022".ljust(401))


def test_not_a_text_is_refused() -> None:
    with pytest.raises(UnreadablePeriod):
        parse_period(2022)


@each(
    [
        ("2024", date(2024, 12, 31)),
        ("2024H1", date(2024, 6, 30)),
        ("2024H2", date(2024, 12, 31)),
        ("2024Q1", date(2024, 3, 31)),
        ("2024M02", date(2024, 2, 29)),
        ("2023-2M", date(2023, 2, 28)),
        ("2022-9M", date(2022, 9, 30)),
        ("2022-11M", date(2022, 11, 30)),
        ("2020-2025", date(2025, 12, 31)),
        ("1995-1996", date(1996, 5, 31)),
        ("2023/2022", date(2023, 12, 31)),
        ("31/12/2022", date(2022, 12, 31)),
    ]
)
def test_last_day(text: str, last: date) -> None:
    assert parse_period(text).end == last


def test_excel_serials_only_among_dates() -> None:
    assert parse_period("44926", among_dates=True) == Period(2022, part="12-31", kind="date")
    assert parse_period("44926.0", among_dates=True).end == date(2022, 12, 31)
    assert parse_period("2022", among_dates=True) == Period(2022)


@each(PARTS)
def test_every_part_is_read_as_it_is_written(part: str) -> None:
    text = f"2023-{part}" if part.endswith("M") else f"2023{part}"
    assert parse_period(text) == Period(2023, part=part, kind="part")


@given(
    st.text(max_size=25) | st.text(alphabet="0123456789-/. năm quýthángsơbộIVQHM", max_size=25), st.booleans()
)
@settings(max_examples=1000, deadline=None)
def test_any_text_is_read_or_refused(text: str, among_dates: bool) -> None:
    try:
        period = parse_period(text, among_dates=among_dates)
    except UnreadablePeriod:
        return
    assert period.kind in KINDS
    assert isinstance(period.end, date)


# tests/data/printed/periods.csv was written down before the rules: read, refused, or may (either).
WORDINGS = rows(ROOT / "tests" / "data" / "printed" / "periods.csv")


@each(WORDINGS)
def test_wordings_written_before_the_rules(row: dict[str, str]) -> None:
    try:
        period = parse_period(row["text"])
    except UnreadablePeriod:
        assert row["must"] != "read"
        return
    assert row["must"] != "refused"
    assert [period.kind, str(period.year), str(period.year_end or ""), period.part] == [
        row["kind"],
        row["year"],
        row["year_end"],
        row["part"],
    ]


@pytest.mark.parametrize("text", ["2022/2022", "2022 so với 2022"])
def test_no_year_is_compared_with_itself(text):
    with pytest.raises(UnreadablePeriod, match="a comparison with a later year"):
        parse_period(text)
