"""Printed figures: the table of rules, the record's double entry, published examples, and the kinds of
phrases that occur or mislead."""

from __future__ import annotations

import csv
import itertools
import math
import re
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import each
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from baoyen_analysis.printed.figures import (
    Figure,
    UnreadableFigure,
    agrees,
    interval,
    parse_figure,
    parse_figures,
)
from baoyen_analysis.printed.phrases import WORDS
from baoyen_analysis.printed.text import plain as fold

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
EXAMPLES = ROOT.parent / "shared" / "cases" / "cleaning" / "parse_examples.csv"
FILES = ("income", "yield_per_ha", "tourism", "development", "cpi")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


RECORD = [row for name in FILES for row in rows(RAW / f"{name}.csv")]


def number(text: str) -> float | None:
    return float(text) if text else None


def same(read: float, expected: float | None) -> bool:
    return math.isnan(read) if expected is None else math.isclose(read, expected, rel_tol=1e-9)


# The table of rules


RULES = rows(ROOT / "baoyen_analysis" / "printed" / "rules.csv")


@each(RULES)
def test_rule(rule: dict[str, str]) -> None:
    figure = parse_figure(rule["printed"])
    assert figure.qualifier == rule["qualifier"]
    expected = [float(rule[name]) for name in ("value", "low", "high")]
    assert [figure.value, figure.low, figure.high] == pytest.approx(expected, rel=1e-12)


# The record: the parser and the person who read the figure come to the same


def test_record_is_whole() -> None:
    assert len(RECORD) >= 459


@each(RECORD)
def test_record(row: dict[str, str]) -> None:
    figure = parse_figure(row["value_text"], locale=row["locale"], unit_text=row["unit_text"])
    assert agrees(figure, float(row["value"]), number(row["value_high"]), row["unit"], row["qualifier"]) == ""


def test_record_as_columns() -> None:
    table = pd.DataFrame(RECORD, index=[f"f{at}" for at in range(len(RECORD))])
    read = parse_figures(table["value_text"], locale=table["locale"], unit_text=table["unit_text"])
    assert (read["problem"] == "").all()
    one_by_one = [
        parse_figure(row["value_text"], locale=row["locale"], unit_text=row["unit_text"]) for row in RECORD
    ]
    pd.testing.assert_frame_equal(
        read.drop(columns="problem"), pd.DataFrame(one_by_one, index=table.index), check_dtype=False
    )


@each(
    [
        (
            "66 triệu đồng",
            67,
            None,
            "million VND/person/year",
            "eq",
            "the text says 6.6e+07, the record 6.7e+07",
        ),
        ("trên 66 triệu đồng", 66, None, "million VND/person/year", "eq", "the text says gt, the record eq"),
        (
            "66 triệu đồng/ha",
            66,
            None,
            "million VND/person/year",
            "eq",
            "the text says VND/ha, the record million VND/person/year",
        ),
        (
            "5 triệu đồng/tháng",
            5,
            None,
            "million VND/person/year",
            "eq",
            "the text says VND/month, the record million VND/person/year",
        ),
        (
            "66 triệu lượt",
            66,
            None,
            "million VND/person/year",
            "eq",
            "the text says visits, the record million VND/person/year",
        ),
        ("30 - 40 triệu đồng", 30, None, "million VND/person/year", "range", "one end of a range is missing"),
        (
            "30 - 40 triệu đồng",
            30,
            45,
            "million VND/person/year",
            "range",
            "the text says 4e+07, the record 4.5e+07",
        ),
        ("418.000 người", 418000, None, "visits", "eq", ""),
        ("16/16 xã", 16, None, "communes", "eq", ""),
        ("7,68 tiêu chí/xã", 7.68, None, "criteria", "eq", ""),
    ]
)
def test_disagreement_is_said(
    text: str, value: float, high: float | None, unit: str, qualifier: str, said: str
) -> None:
    assert agrees(parse_figure(text), value, high, unit, qualifier) == said


# Published examples


@pytest.mark.skipif(not EXAMPLES.exists(), reason=f"the published examples are not here: {EXAMPLES}")
@each(rows(EXAMPLES) if EXAMPLES.exists() else ())
def test_published_example(row: dict[str, str]) -> None:
    accepted = {row["qualifier"], *row["also_ok"].split("|")}
    try:
        figure = parse_figure(row["text"])
    except UnreadableFigure:
        assert accepted & {"not_value", "invalid"}
        return
    assert ("missing" if figure.missing else figure.qualifier) in accepted
    assert same(figure.value, number(row["base_value"]))
    assert same(figure.high if figure.qualifier == "range" else math.nan, number(row["base_upper"]))
    assert same(figure.denominator, number(row["denominator"]))


# Kinds of phrases: (text, value, upper end of a range, qualifier, denominator). The phrases are made up after
# the manner of press, theses, yearbooks and office tables.

R = "range"

READ = [
    # scales and compounds
    ("700 ngàn đồng", 700e3, None, "eq", None),
    ("5 trăm triệu đồng", 500e6, None, "eq", None),
    ("3 chục triệu", 30e6, None, "eq", None),
    ("2,5 vạn dân", 25e3, None, "eq", None),
    ("1 vạn 2 nghìn người", 12e3, None, "eq", None),
    ("19 nghìn tỉ", 19e12, None, "eq", None),
    ("2 triệu rưỡi", 2.5e6, None, "eq", None),
    ("1 tỷ rưỡi đồng", 1.5e9, None, "eq", None),
    ("1 tỷ 35 triệu đồng", 1035e6, None, "eq", None),
    ("2 triệu 67 nghìn lượt", 2067e3, None, "eq", None),
    ("1 nghìn 200 tỷ đồng", 1.2e12, None, "eq", None),
    ("2 triệu 5", 2.5e6, None, "eq", None),
    ("1 tỷ 250", 1.25e9, None, "eq", None),
    ("3 tấn rưỡi", 3.5, None, "eq", None),
    ("66 tr.đ/năm", 66e6, None, "eq", None),
    ("66 trđ", 66e6, None, "eq", None),
    ("500k", 500e3, None, "eq", None),
    ("15tr", 15e6, None, "eq", None),
    ("1,2 triệu tỷ đồng", 1200e12, None, "eq", None),
    ("hai nghìn rưỡi", 2500, None, "eq", None),
    ("3 vạn 5", 35e3, None, "eq", None),
    ("1.200 tỷ 500 triệu đồng", 1200.5e9, None, "eq", None),
    ("2 trăm 50 tỷ", 250e9, None, "eq", None),
    ("5 nghìn 200 tỷ đồng", 5.2e12, None, "eq", None),
    ("trên 1 nghìn tỷ đồng", 1e12, None, "gt", None),
    # bounds and hedges in any order
    ("ước đạt trên 500 tỷ đồng", 500e9, None, "gt", None),
    ("ước khoảng 500 tỷ đồng", 500e9, None, "approx", None),
    ("đạt khoảng trên 500 tỷ đồng", 500e9, None, "gt", None),
    ("đạt gần 66 triệu đồng/người", 66e6, None, "approx", None),
    ("quá 50 triệu đồng", 50e6, None, "gt", None),
    ("vượt 1.000 tỷ đồng", 1e12, None, "gt", None),
    ("vượt mốc 1 triệu lượt khách", 1e6, None, "gt", None),
    ("chưa đến 50 triệu đồng", 50e6, None, "lt", None),
    ("chưa đầy 900 tỷ", 900e9, None, "lt", None),
    ("không dưới 45 triệu đồng", 45e6, None, "ge", None),
    ("không quá 5%", 5, None, "le", None),
    ("tối đa 3 triệu đồng/tháng", 3e6, None, "le", None),
    ("nhiều nhất là 10 xã", 10, None, "le", None),
    ("tối thiểu là 45 triệu đồng/người", 45e6, None, "ge", None),
    ("50 triệu đồng trở xuống", 50e6, None, "le", None),
    ("từ 50 triệu đồng trở xuống", 50e6, None, "le", None),
    ("đạt từ 85% trở lên", 85, None, "ge", None),
    ("từ 85%", 85, None, "ge", None),
    ("≥ 80%", 80, None, "ge", None),
    (">= 80%", 80, None, "ge", None),
    ("≤5%", 5, None, "le", None),
    ("> 5%", 5, None, "gt", None),
    ("~ 500 ha", 500, None, "approx", None),
    ("xấp xỉ 1,2 triệu", 1.2e6, None, "approx", None),
    ("trên dưới 500 hộ", 500, None, "approx", None),
    ("ngót 900 tỷ đồng", 900e9, None, "approx", None),
    ("chừng 300 ha", 300, None, "approx", None),
    ("tầm 5 triệu đồng", 5e6, None, "approx", None),
    ("suýt soát 100 tỷ đồng", 100e9, None, "approx", None),
    ("ước 66 triệu đồng", 66e6, None, "eq", None),
    ("lên tới 500 tỷ đồng", 500e9, None, "eq", None),
    ("bình quân đạt 50 triệu đồng/người/năm", 50e6, None, "eq", None),
    ("hơn 27.500 tỉ", 27.5e12, None, "gt", None),
    ("Khoảng 9 triệu đồng", 9e6, None, "approx", None),
    ("cao hơn từ 10% trở lên", 10, None, "ge", None),
    ("từ trên 66 triệu đồng", 66e6, None, "gt", None),
    ("lớn hơn hoặc bằng 36 triệu đồng", 36e6, None, "ge", None),
    ("không lớn hơn 3%", 3, None, "le", None),
    ("không nhỏ hơn 7%", 7, None, "ge", None),
    ("cỡ 40 tấn", 40, None, "approx", None),
    ("non 2 tỷ đồng", 2e9, None, "approx", None),
    ("dưới mức 4 triệu đồng", 4e6, None, "lt", None),
    ("trên mức 6%", 6, None, "gt", None),
    ("đã vượt mốc 3 triệu lượt", 3e6, None, "gt", None),
    ("15/19 tiêu chí trở lên", 15, None, "ge", 19),
    # ranges and bands
    ("10-15%", 10, 15, R, None),
    ("10% - 15%", 10, 15, R, None),
    ("10 đến 15%", 10, 15, R, None),
    ("từ 10 đến 15 triệu đồng/tháng", 10e6, 15e6, R, None),
    ("từ 500 nghìn đến 1 triệu đồng", 500e3, 1e6, R, None),
    ("từ 500.000 - 1 triệu đồng", 500e3, 1e6, R, None),
    ("800 triệu - 1 tỷ đồng", 800e6, 1e9, R, None),
    ("4,5–5 triệu", 4.5e6, 5e6, R, None),
    ("1,5 - 2 tỷ đồng", 1.5e9, 2e9, R, None),
    ("trên 10 đến 20 triệu đồng", 10e6, 20e6, R, None),
    ("từ 5 đến dưới 10 triệu đồng", 5e6, 10e6, R, None),
    ("từ trên 10 đến 20 ha", 10, 20, R, None),
    ("khoảng 30-40 triệu đồng", 30e6, 40e6, R, None),
    ("5 - 10.000 đồng/kg", 5e3, 10e3, R, None),
    ("200 – 250.000 đồng/ngày", 200e3, 250e3, R, None),
    ("500 – 1.200 người", 500, 1200, R, None),
    ("5-6 trăm nghìn đồng", 500e3, 600e3, R, None),
    ("14-15 nghìn đồng/kg", 14e3, 15e3, R, None),
    ("1.900 - 2.000 USD", 1900, 2e3, R, None),
    ("đạt 6,5 - 7%/năm", 6.5, 7, R, None),
    ("30 triệu đồng đến 40 triệu đồng", 30e6, 40e6, R, None),
    ("hai đến ba triệu đồng", 2e6, 3e6, R, None),
    ("giảm 3 - 4%/năm", -4, -3, R, None),
    ("between 10 and 15 million dong", 10e6, 15e6, R, None),
    ("VND 1.2-1.5 million", 1.2e6, 1.5e6, R, None),
    ("from 10 to 15 per cent", 10, 15, R, None),
    ("từ 60 nghìn đồng đến 80 nghìn đồng/kg", 60e3, 80e3, R, None),
    ("12 triệu đồng - 14 triệu đồng/ha", 12e6, 14e6, R, None),
    ("40÷50 tạ/ha", 40, 50, R, None),
    ("18 - 21°C", 18, 21, R, None),
    ("từ mười đến dưới hai mươi triệu đồng", 10e6, 20e6, R, None),
    # shares, ranks, fractions
    ("7/9 nhiệm vụ", 7, None, "eq", 9),
    ("9/9 huyện, thị xã, thành phố", 9, None, "eq", 9),
    ("14 of 18 communes", 14, None, "eq", 18),
    ("3 triệu/4 triệu lượt khách", 3e6, None, "eq", 4e6),
    ("đạt 102,5% kế hoạch năm", 102.5, None, "eq", None),
    ("đạt 104% so với kế hoạch", 104, None, "eq", None),
    ("bằng 97,5% cùng kỳ năm trước", 97.5, None, "eq", None),
    ("chiếm 1/5 cả tỉnh", 0.2, None, "eq", None),
    ("4/19 xã", 4, None, "eq", 19),
    ("đạt 21/22 chỉ tiêu", 21, None, "eq", 22),
    ("10 xã/22 xã", 10, None, "eq", 22),
    ("21 trong số 22 chỉ tiêu", 21, None, "eq", 22),
    ("10 trên 11 xã", 10, None, "eq", 11),
    ("10 xã trong tổng số 11 xã", 10, None, "eq", 11),
    ("152/164 xã, phường", 152, None, "eq", 164),
    ("hơn 13.200/15.500 tỷ đồng", 13.2e12, None, "gt", 15.5e12),
    ("13.200 tỷ đồng/15.500 tỷ đồng", 13.2e12, None, "eq", 15.5e12),
    ("15,5/19 tiêu chí", 15.5, None, "eq", 19),
    ("hoàn thành 21/22", 21, None, "eq", 22),
    ("xếp thứ 4/14", 4, None, "eq", 14),
    ("đứng thứ 3/9 huyện", 3, None, "eq", 9),
    ("xếp hạng 5/63 tỉnh, thành", 5, None, "eq", 63),
    ("đứng thứ 2 cả nước", 2, None, "eq", None),
    ("xã thứ 10 trong số 11 xã", 10, None, "eq", 11),
    ("bằng 1/3", 1 / 3, None, "eq", None),
    ("chiếm 3/4 diện tích", 0.75, None, "eq", None),
    ("hơn 2/3 số hộ", 2 / 3, None, "gt", None),
    ("một nửa", 0.5, None, "eq", None),
    ("hơn một nửa số hộ", 0.5, None, "gt", None),
    ("một phần ba dân số", 1 / 3, None, "eq", None),
    ("2 phần 3", 2 / 3, None, "eq", None),
    ("nửa triệu lượt khách", 500e3, None, "eq", None),
    ("gần nửa triệu lượt khách", 500e3, None, "approx", None),
    ("40 phần trăm", 40, None, "eq", None),
    ("5‰", 5, None, "eq", None),
    ("ba phần tư diện tích", 0.75, None, "eq", None),
    ("hạng 5/63", 5, None, "eq", 63),
    # per 100 and other rates
    ("99,5 nam/100 nữ", 99.5, None, "eq", None),
    ("25 giường bệnh/10.000 dân", 25, None, "eq", None),
    ("8,5 bác sĩ/vạn dân", 8.5, None, "eq", None),
    ("88 triệu đồng/01 ha", 88e6, None, "eq", None),
    ("95 triệu đồng/1 ha", 95e6, None, "eq", None),
    ("5 triệu đồng một tháng", 5e6, None, "eq", None),
    ("80 triệu đồng trên ha", 80e6, None, "eq", None),
    ("1,5 triệu đồng mỗi tháng", 1.5e6, None, "eq", None),
    ("3,6 người/hộ", 3.6, None, "eq", None),
    ("7,68 tiêu chí/xã", 7.68, None, "eq", None),
    ("65 tạ/ha", 65, None, "eq", None),
    ("12%/năm", 12, None, "eq", None),
    ("14 người/1.000 dân", 14, None, "eq", None),
    ("0,7 người/1.000 dân", 0.7, None, "eq", None),
    ("5 tấn một ha", 5, None, "eq", None),
    # words for numbers
    ("mười lăm triệu đồng", 15e6, None, "eq", None),
    ("hai mươi mốt xã", 21, None, "eq", None),
    ("một trăm linh năm hộ", 105, None, "eq", None),
    ("ba mươi tư phần trăm", 34, None, "eq", None),
    ("hai triệu rưỡi", 2.5e6, None, "eq", None),
    ("một nghìn hai trăm tỷ đồng", 1.2e12, None, "eq", None),
    ("năm triệu đồng một năm", 5e6, None, "eq", None),
    ("trên một trăm triệu đồng", 100e6, None, "gt", None),
    ("bốn mươi lăm triệu đồng", 45e6, None, "eq", None),
    ("hai phẩy năm triệu", 2.5e6, None, "eq", None),
    ("chín mươi chín phần trăm", 99, None, "eq", None),
    ("một nghìn không trăm linh năm", 1005, None, "eq", None),
    ("hai trăm năm mươi nghìn đồng", 250e3, None, "eq", None),
    ("bảy mươi lăm nghìn", 75e3, None, "eq", None),
    ("mười xã", 10, None, "eq", None),
    ("ba nghìn sáu trăm năm mươi hai tỷ đồng", 3652e9, None, "eq", None),
    ("gấp đôi", 2, None, "eq", None),
    ("gấp 3 lần", 3, None, "eq", None),
    ("gấp hơn 2,5 lần", 2.5, None, "gt", None),
    ("1,5 lần", 1.5, None, "eq", None),
    ("gấp rưỡi", 1.5, None, "eq", None),
    ("chín triệu chín trăm nghìn đồng", 9.9e6, None, "eq", None),
    ("một trăm linh tư hộ", 104, None, "eq", None),
    ("một triệu rưỡi", 1.5e6, None, "eq", None),
    # signs and levels reached
    ("giảm 7,98%", -7.98, None, "eq", None),
    ("giảm 1,2 điểm phần trăm", -1.2, None, "eq", None),
    ("tăng 9,2%", 9.2, None, "eq", None),
    ("tăng hơn 12%", 12, None, "gt", None),
    ("âm 2,5%", -2.5, None, "eq", None),
    ("-5,2%", -5.2, None, "eq", None),
    ("−5,2%", -5.2, None, "eq", None),
    ("–5,2%", -5.2, None, "eq", None),
    ("+5,2%", 5.2, None, "eq", None),
    ("(1.234,5)", -1234.5, None, "eq", None),
    ("(12,5)", -12.5, None, "eq", None),
    ("giảm từ 31 % xuống còn 25 %", 25, None, "eq", None),
    ("giảm còn 3,5%", 3.5, None, "eq", None),
    ("giảm xuống dưới 10%", 10, None, "lt", None),
    ("còn 25%", 25, None, "eq", None),
    ("tăng từ 20 triệu đồng lên 50 triệu đồng", 50e6, None, "eq", None),
    ("từ 31% xuống còn 25%", 25, None, "eq", None),
    ("giảm gần 3%", -3, None, "approx", None),
    ("giảm tỷ lệ hộ nghèo xuống còn dưới 5%", 5, None, "lt", None),
    ("tăng 5,05% so với năm trước", 5.05, None, "eq", None),
    ("tăng trưởng âm 6,17%", -6.17, None, "eq", None),
    ("từ 31% giảm xuống 24%", 24, None, "eq", None),
    ("tăng từ 20 lên 50 triệu đồng", 50e6, None, "eq", None),
    ("giảm nhẹ 0,4%", -0.4, None, "eq", None),
    ("tăng mạnh 26%", 26, None, "eq", None),
    ("đã giảm 4,5%", -4.5, None, "eq", None),
    ("nâng lên 62 triệu đồng", 62e6, None, "eq", None),
    ("tăng 12,5% so với năm 2022", 12.5, None, "eq", None),
    ("tăng gấp 2 lần so với năm 2015", 2, None, "eq", None),
    ("0,5% điểm", 0.5, None, "eq", None),
    ("mới chỉ đạt 45%", 45, None, "eq", None),
    ("duy trì trên 98%", 98, None, "gt", None),
    ("dao động từ 5 - 7%", 5, 7, R, None),
    ("nửa\xa0tỷ\xa0đồng", 0.5e9, None, "eq", None),
    ("66&#160;triệu đồng", 66e6, None, "eq", None),
    ("1,250 công nhân", 1250, None, "eq", None),
    ("12 van luot", 120e3, None, "eq", None),
    ("tăng 11% so với đầu năm", 11, None, "eq", None),
    # marks, spaces, digits
    ("12,5 (1)", 12.5, None, "eq", None),
    ("1.234 (2)", 1234, None, "eq", None),
    ("9,5 bác sĩ/1 vạn dân", 9.5, None, "eq", None),
    ("1/4 số tỉnh", 0.25, None, "eq", None),
    ("chưa quá 60%", 60, None, "le", None),
    ("hơn hoặc bằng 50%", 50, None, "ge", None),
    ("12,4%.", 12.4, None, "eq", None),
    ("7,9%;", 7.9, None, "eq", None),
    ("612.697m2.", 612697, None, "eq", None),
    ("«66 triệu đồng»", 66e6, None, "eq", None),
    ("\ufeff66 triệu\u200b đồng", 66e6, None, "eq", None),
    ("45.000₫", 45e3, None, "eq", None),
    ("12,5(1)", 12.5, None, "eq", None),
    ("12,5**", 12.5, None, "eq", None),
    ("12,5¹", 12.5, None, "eq", None),
    ("12,5 (*)", 12.5, None, "eq", None),
    ("66 triệu đồng (1)", 66e6, None, "eq", None),
    ("12,5[1]", 12.5, None, "eq", None),
    ("１２，５", 12.5, None, "eq", None),
    ("１.２３４ tỷ đồng", 1234e9, None, "eq", None),
    ("1\u2009234\u2009567", 1234567, None, "eq", None),
    ("12\xa0345,6", 12345.6, None, "eq", None),
    ("1 234 567,8", 1234567.8, None, "eq", None),
    ("12\u202f345 người", 12345, None, "eq", None),
    ("66\xa0triệu\xa0đồng", 66e6, None, "eq", None),
    ("1.500 m²", 1500, None, "eq", None),
    ("5 km²", 5, None, "eq", None),
    ("02 xã", 2, None, "eq", None),
    ("200ha", 200, None, "eq", None),
    ("83.5 ha", 83.5, None, "eq", None),
    ("2493.16 ha", 2493.16, None, "eq", None),
    ("0.125%", 0.125, None, "eq", None),
    ("0,63%", 0.63, None, "eq", None),
    ("9.5%", 9.5, None, "eq", None),
    ("119 %", 119, None, "eq", None),
    ("66 triệu đồng/năm.", 66e6, None, "eq", None),
    ("  66   triệu\tđồng ", 66e6, None, "eq", None),
    ("1.234.567", 1234567, None, "eq", None),
    ("1,234,567.89", 1234567.89, None, "eq", None),
    ("76258 người", 76258, None, "eq", None),
    ("12,345,678 đồng", 12345678, None, "eq", None),
    ("0", 0, None, "eq", None),
    ("770,59 (Nghìn người)", 770590, None, "eq", None),
    ("1.387.000đ", 1387e3, None, "eq", None),
    ("150,000 đồng/kg", 150e3, None, "eq", None),
    ("81.905, 03 ha", 81905.03, None, "eq", None),
    ("147,600 đồng/kg", 147600, None, "eq", None),
    ("1.200.000 đồng", 1.2e6, None, "eq", None),
    # other spellings
    ("TRÊN 66 TRIỆU ĐỒNG/NĂM", 66e6, None, "gt", None),
    ("tren 66 trieu dong/nam", 66e6, None, "gt", None),
    ("khoang 15 ty dong", 15e9, None, "approx", None),
    ("tu 50 trieu dong tro len", 50e6, None, "ge", None),
    ("gan 1,2 trieu luot khach", 1.2e6, None, "approx", None),
    ("giam 5,2%", -5.2, None, "eq", None),
    ("30 - 40 trieu dong", 30e6, 40e6, R, None),
    ("muoi lam trieu dong", 15e6, None, "eq", None),
    ("16/16 xa", 16, None, "eq", 16),
    ("Xấp xỉ 1.000 tỷ VNĐ", 1e12, None, "approx", None),
    ("5 tỷ đ", 5e9, None, "eq", None),
    ("2,5 tỷ đô la Mỹ", 2.5e9, None, "eq", None),
    ("4.284 USD", 4284, None, "eq", None),
    ("10-12 con", 10, 12, R, None),
    ("“66 triệu đồng”", 66e6, None, "eq", None),
    ("66 triệu đồng,", 66e6, None, "eq", None),
    ("6,395 ty dong", 6.395e9, None, "eq", None),
    ("2.350 trieu dong", 2350e6, None, "eq", None),
    ("giam con 5,2%", 5.2, None, "eq", None),
    ("giam con duoi 3%", 3, None, "lt", None),
    ("2,3 van", 23e3, None, "eq", None),
    ("hai tram trieu dong", 200e6, None, "eq", None),
    ("3 trieu 5 tram nghin dong", 3.5e6, None, "eq", None),
    ("ba tram hai muoi nghin dong", 320e3, None, "eq", None),
    ("mot tram le nam", 105, None, "eq", None),
    ("nua trieu dong", 500e3, None, "eq", None),
    ("hang 3/63", 3, None, "eq", 63),
    ("ha xuong 4%", 4, None, "eq", None),
    # English
    ("decreased by 3.4%", -3.4, None, "eq", None),
    ("US$4,284 per capita", 4284, None, "eq", None),
    ("VND 70.6 million", 70.6e6, None, "eq", None),
    ("about VND 6,002 billion", 6002e9, None, "approx", None),
    ("more than 23,500 hectares", 23500, None, "gt", None),
    ("9.19 per cent", 9.19, None, "eq", None),
    ("nearly 3 million visitors", 3e6, None, "approx", None),
    ("at least 80 percent", 80, None, "ge", None),
    ("about 1,718,022 turns", 1718022, None, "approx", None),
    ("US$ 2.5 billion", 2.5e9, None, "eq", None),
    ("66 million dong per year", 66e6, None, "eq", None),
    ("less than 5%", 5, None, "lt", None),
    ("over 1.2 million tourists", 1.2e6, None, "gt", None),
    ("down 3.5 percent", -3.5, None, "eq", None),
    ("VND 50 million a year", 50e6, None, "eq", None),
    # kept units
    ("57.536 căn nhà", 57536, None, "eq", None),
    ("19 tiêu chí nông thôn mới", 19, None, "eq", None),
    ("3.250 con trâu", 3250, None, "eq", None),
    ("khoảng 12.800 ha quế", 12800, None, "approx", None),
    ("73,7 tuổi", 73.7, None, "eq", None),
    ("ít nhất 80% số hộ", 80, None, "ge", None),
    ("95% kế hoạch", 95, None, "eq", None),
    ("15 sản phẩm OCOP", 15, None, "eq", None),
    ("10 xã đạt chuẩn nông thôn mới", 10, None, "eq", None),
    ("120 hộ thoát nghèo", 120, None, "eq", None),
]

REFUSED = [
    "10 đồng - 15 triệu đồng",
    "từ đồng 85%",
    "2 triệu trăm rưỡi",
    "15,5/19 tiêu chí rưỡi",
    "65 / tạ/ha",
    "13.200 đồng/15.500 tỷ đồng",
    "5*3",
    "1*234 người",
    "12,5(1)3",
    "một nghìn năm",
    "hạng 2",
    "1,5 - 2.000",
    "1 - 10.000",
    "2/3 hộ",
    "-3 – 5%",
    "1.500 - 2 triệu đồng",
    "tháng 12.2020",
    "12.2020",
    "12/2020",
    "31/12/2020",
    "31-12-2020",
    "31.12.2020",
    "ngày 14/9",
    "năm 2020",
    "2020",
    "2020-2025",
    "2019 - 2020",
    "giai đoạn 2020-2025",
    "quý 3",
    "thứ hai",
    "thứ 2",
    "Điều 5",
    "9 tháng",
    "30 tháng 4",
    "0912345678",
    "0214.3876.222",
    "0912 345 678",
    "+84 912 345 678",
    "84912345678",
    "1900 6868",
    "024.123.456",
    "318/QĐ-TTg",
    "hàng trăm triệu đồng",
    "hàng chục tỷ đồng",
    "vài triệu đồng",
    "vài chục triệu",
    "nhiều tỷ đồng",
    "ba bốn triệu đồng",
    "mấy trăm hộ",
    "hơn chục triệu",
    "1.12O",
    "l.120 tỷ",
    "1.120.5",
    "1.12.5",
    "1..5",
    ".5",
    "5,",
    "1,2,3",
    "12.34.567",
    "1.2345,6",
    "835.00 người",
    "1.5 lượt khách",
    "66 triệu đồng tăng 5%",
    "66 triệu đồng, tăng 5%",
    "66 triệu đồng (tăng 5%)",
    "66 triệu đồng so với năm trước",
    "66 tiệu đồng",
    "5 xã và 3 thôn",
    "5 xã, 3 thôn",
    "10, 12 xã",
    "12, 5 %",
    "40 - 30 triệu đồng",
    "dưới 30 - 40 triệu",
    "hơn 30 - 40 triệu",
    "1/4",
    "9/12",
    "1/2/3",
    "16/16",
    "giảm -5%",
    "âm -5%",
    "giảm 2 lần",
    "vượt 5%",
    "vượt 10% kế hoạch",
    "cao hơn 1,4 triệu đồng",
    "khoảng gần trên 5",
    "ít nhất dưới 5",
    "trên 50 trở lên",
    "- 5 xã",
    "2 tỷ 35",
    "2 tỷ 3 người",
    "67 nghìn 2 triệu",
    "1,5 triệu 200",
    "12 345",
    "1.500 billion VND",
    "1,900 USD",
    "25,000 ha",
    "một số xã",
    "một vài xã",
    "một năm",
    "hai bà",
    "đồng",
    "triệu",
    "abc",
    "NaN",
    "12 giờ",
    "5 - 6 - 7",
    "66 triệu đồng/năm 2024",
    "50 triệu đồng năm 2020",
    "10⁶ đồng",
    "1e6",
    "0x10",
    "1_000",
    "\u0663\u0664",
    "66 triệu USD đồng",
    "5 triệu đồng 3",
    "10 triệu trở lên trở xuống",
    "tăng",
    "từ đến 5",
    "66 triệu đồng...",
    "12 (5)",
    "giảm dưới 5%",
    "2 triệu 3 triệu",
    "12 tram",
    "B¶o Yªn 12",
    "?? 12",
    "1 - 10.000 người",
    "00",
    "007",
    "5 triệu hơn",
    "5 triệu nữa",
    "10% tháng",
    "1,2 triệu; 3 triệu",
    "Năm",
    "dân số 2019",
    "từ 2020",
    "đến 2025",
    "66 triệu.500",
    "5 triệu,3",
    "1 triệu 2 trăm",
    "1,200 tỷ đồng",
    "hơn 2 triệu lượt khách, tăng 5%",
    "xã thứ 10",
    "USD 5m",
    "5 and 10 million",
    "rose from 20% to 25%",
    "fell from 31% to 25%",
    # the sign, the level or the fraction is left open by the words, or they contradict each other or their
    # numbers
    "còn giảm 5%",
    "chỉ còn giảm 5%",
    "giảm lên 5%",
    "tăng xuống còn 5%",
    "tăng từ 31% xuống còn 25%",
    "giảm từ 25% lên 31%",
    "giảm từ 25% xuống còn 31%",
    "từ 5 lên 3 triệu đồng",
    "trừ 2 xã",
    "1/2 triệu lượt khách",
    "gần 1/2 triệu lượt khách",
    "16/0 xã",
    "vượt 12/22 chỉ tiêu",
    "vượt 15 chỉ tiêu",
    "trên diện tích 50 ha",
    "trên cả 16 xã",
    "tăng từ 5%",
    "up from 5%",
    "giảm bằng 95% cùng kỳ",
    "giảm đạt 95% kế hoạch",
    "giảm tỷ lệ hộ nghèo không quá 5%",
    "gấp 5 triệu",
    "giảm từ 5 triệu xuống còn 3",
    "giảm từ 2 tỷ xuống còn 1,5",
    "từ 12 nghìn xuống còn 8 hộ",
    "giảm từ 15.000 xuống còn 12 đồng/kg",
    "tăng 5 triệu đến 66 triệu",
    "rose 5 billion to 66 billion dong",
    "up 5% to 7%",
    "tăng 5 đến 66 triệu",
    "1/5 ha",
    "1/10 ha",
    "5/8 tấn",
    "khoảng 2/9",
    "5% of 20%",
    "hai trăm triệu rưỡi",
    "5 chục triệu rưỡi",
    # thousands, where they are out of the question, or in the other habit
    "99.125%",
    "trên 10.250%",
    "1.025%/tháng",
    "7.125 điểm phần trăm",
    "5.235 tấn/ha",
    "45.678 triệu đồng/người/năm",
    "82,791 ha",
    "1,250 ha",
    # words behind a number that turn it
    "5% lower",
    "500 visitors fewer",
    "12 communes short",
    "5% thấp hơn",
    "12 xã thiếu",
    "5 ha hụt",
    "5% max",
    "5% trở đi",
    # a number of something else than its subject; a measure, or a part of a longer word
    "dân số 5 xã",
    "doanh thu 5 doanh nghiệp",
    "thu nhập 12 hộ",
    "tỷ lệ hộ nghèo 5 xã",
    "1,234 bao gạo",
    "5 ta trung",
    "12,345 head",
    "5M",
    "5 M người",
    "66 triệu đồng/2.700 USD",
    # two numbers, powers, notes inside the digits, days
    "1.234, 5 xã",
    "12.500, 15 xã",
    "1.200, 25%",
    "2.10⁶ ha",
    "2³ ha",
    "12⁶",
    "12(1),5",
    "12*,5",
    "1(2).500",
    # without diacritics more than one word, or no number at all
    "12 van de",
    "12 van dong",
    "Bang 12",
    "bang 5/6",
    "Tang 12",
    "qua 5 xa",
    "ba con nong dan",
    "năm con hổ",
    # two numbers, one of them in words; a scale with a letter wrong; a year with a mark
    "hai xã ba thôn",
    "10 xã hai thôn",
    "5 người lớn hai trẻ em",
    "3 xã một phường",
    "2 ha một sào",
    "ba xã một trăm hộ",
    "1 mét sáu",
    "120 người tiệu",
    "20 hộ mươi",
    "2022*",
    "2022(1)",
    "2022 (*)",
    "2022¹",
    "“2022”",
    # decimals of what is counted
    "1.234,567 người",
    "1,234.567 người",
    "1,250.00 người",
    "1,250.5 xã",
    "1,234.567 đồng",
    "tăng từ 5 đến 7%",
    "2 nghìn tỷ 5",
    "(5)",
    "14.9.2024",
    "59,7 - ",
    "½",
    "nhiều nhất ít nhất 5",
]


@each(READ)
def test_kind_read(
    text: str, value: float, upper: float | None, qualifier: str, denominator: float | None
) -> None:
    figure = parse_figure(text)
    assert same(figure.value, value)
    assert figure.qualifier == qualifier
    assert same(figure.high if qualifier == R else math.nan, upper)
    assert same(figure.denominator, denominator)


@each(REFUSED)
def test_kind_refused(text: str) -> None:
    with pytest.raises(UnreadableFigure) as error:
        parse_figure(text)
    assert repr(text) in str(error.value)
    assert error.value.reason


@each([*(row[0] for row in READ), *REFUSED])
def test_decomposed_text_reads_the_same(text: str) -> None:
    assert outcome(unicodedata.normalize("NFD", text)) == outcome(text)
    assert outcome(text.upper()) == outcome(text)


@cache
def outcome(text: str) -> str:
    try:
        return repr(parse_figure(text))
    except UnreadableFigure:
        return "refused"


@each(
    [
        ("giảm không quá 5%", ("ge", -5, -5, 0)),
        ("giảm ít nhất 5%", ("le", -5, -math.inf, -5)),
        ("giảm gần 3%", ("approx", -3, -3, -2.4)),
        ("-1.234,5", ("eq", -1234.5, -1234.55, -1234.45)),
        ("dưới 5%", ("lt", 5, -math.inf, 5)),
        ("dưới 5 xã", ("lt", 5, 0, 5)),
        ("2 triệu 67 nghìn lượt", ("eq", 2.067e6, 2_066_500, 2_067_500)),
        ("khoảng 1 triệu 200 nghìn", ("approx", 1.2e6, 1.1e6, 1.3e6)),
        ("bảy triệu đồng", ("eq", 7e6, 6.5e6, 7.5e6)),
        ("2 triệu rưỡi", ("eq", 2.5e6, 2.45e6, 2.55e6)),
        ("xếp thứ 4/14", ("eq", 4, 4, 4)),
    ]
)
def test_interval_of_signs_and_compounds(text: str, expected: tuple[str, float, float, float]) -> None:
    figure = parse_figure(text)
    assert (figure.qualifier, figure.value, figure.low, figure.high) == (
        expected[0],
        *(pytest.approx(number) for number in expected[1:]),
    )


@each(
    [
        ("", "empty"),
        ("  ", "empty"),
        ("-", "no_occurrence"),
        ("–", "no_occurrence"),
        ("—", "no_occurrence"),
        ("−", "no_occurrence"),
        ("…", "no_information"),
        ("...", "no_information"),
        ("..", "no_information"),
        ("( ... )", "no_information"),
        ("( - )", "no_occurrence"),
        ("(…)", "no_information"),
        (". . .", "no_information"),
        ("....", "no_information"),
    ]
)
def test_missing_marks_stay_apart(text: str, missing: str) -> None:
    figure = parse_figure(text)
    assert figure.missing == missing
    assert figure.qualifier == ""
    assert math.isnan(figure.value)


@each(
    [
        ("66 triệu đồng", "VND"),
        ("66 triệu đồng/người", "VND/person"),
        ("66 triệu đồng/năm", "VND/year"),
        ("9.350.000 đồng/ người/năm", "VND/person/year"),
        ("5 triệu đồng/tháng", "VND/month"),
        ("88 triệu đồng/01 ha", "VND/ha"),
        ("150.000 đồng/kg", "VND/kg"),
        ("2.000 USD/người/năm", "USD/person/year"),
        ("5 triệu lượt khách", "visits"),
        ("12,5%", "%"),
        ("0,65%/tháng", "%/month"),
        ("200ha", "ha"),
        ("46.025 tấn", "tonnes"),
        ("76.258 người", "persons"),
        ("16/16 xã", "communes"),
        ("15 tiêu chí", "criteria"),
        ("21/22 chỉ tiêu", "targets"),
        ("57.536 căn nhà", "căn nhà"),
        ("99,5 nam/100 nữ", "nam/100 nữ"),
        ("8,5 bác sĩ/vạn dân", "bác sĩ/vạn dân"),
        ("xếp thứ 4/14", "hạng"),
        ("1,2 điểm phần trăm", "percentage points"),
        ("gấp đôi", "times"),
        ("8 triệu", ""),
        ("102 triệu/người/năm", "/person/year"),
        ("618.697m2", "m2"),
        ("5 triệu đồng mỗi tháng", "VND/month"),
        ("VND 70.6 million", "VND"),
    ]
)
def test_unit(text: str, unit: str) -> None:
    assert parse_figure(text).unit == unit


@each(
    [
        ("59,7", "triệu đồng", "vi", 59.7e6, "VND"),
        ("21.1", "Mill. dongs", "en", 21.1e6, "VND"),
        ("1387.0", "Thous. dongs", "en", 1387e3, "VND"),
        ("84.0", "Bill. dongs", "en", 84e9, "VND"),
        ("98.38", "Previous year = 100", "en", 98.38, "index"),
        ("98,38", "Năm trước = 100", "vi", 98.38, "index"),
        ("770,59", "Nghìn người", "vi", 770590, "persons"),
        ("12,5", "1000 tấn", "vi", 12500, "tonnes"),
        ("12,5", "Đơn vị tính: Triệu đồng", "vi", 12.5e6, "VND"),
        ("12,5", "%", "vi", 12.5, "%"),
        ("1,2 triệu", "đồng", "vi", 1.2e6, "VND"),
        ("59,7 triệu đồng", "triệu đồng", "vi", 59.7e6, "VND"),
        ("2020", "Tỷ đồng", "vi", 2020e9, "VND"),
        ("15 – 20", "triệu đồng/ha", "vi", 15e6, "VND/ha"),
        ("trên 66", "triệu đồng", "vi", 66e6, "VND"),
        ("12,5", "Triệu đồng - Mill. dongs", "vi", 12.5e6, "VND"),
        ("12,5", "Đơn vị tính - Unit: Nghìn tấn - Thous. tons", "vi", 12500, "tonnes"),
        ("12,5", "dvt: trieu dong", "vi", 12.5e6, "VND"),
        ("12,5", "Tỷ lệ (%)", "vi", 12.5, "%"),
        ("12,5", "1000m3", "vi", 12500, "m3"),
    ]
)
def test_unit_of_the_column(text: str, unit_text: str, locale: str, value: float, unit: str) -> None:
    figure = parse_figure(text, locale=locale, unit_text=unit_text)
    assert same(figure.value, value)
    assert figure.unit == unit


@each(
    [
        ("59,7 triệu đồng", "tỷ đồng"),
        ("59,7%", "triệu đồng"),
        ("59,7 đồng", "triệu đồng"),
        ("59,7", "tiệu đồng"),
        ("59,7", "rubbish"),
        ("59,7", "5 triệu đồng"),
        ("59,7", "trên triệu đồng"),
        ("835.00", "Người"),
        ("2020-2025", "triệu đồng"),
        ("12/2020", "triệu đồng"),
        ("31/12", "ha"),
        ("30/6", "Người"),
        ("59,7", "Triệu đồng - Bill. dongs"),
        ("99.500", "%"),
        ("12", "van"),
        ("bằng 1/3", "%"),
        ("một nửa", "người"),
        ("5/20", "%"),
    ]
)
def test_cell_and_column_must_not_disagree(text: str, unit_text: str) -> None:
    with pytest.raises(UnreadableFigure):
        parse_figure(text, unit_text=unit_text)


@each(
    [
        ("1.120", 1120, 1.12),
        ("1,120", 1.12, 1120),
        ("629.005", 629005, 629.005),
        ("24.52 triệu đồng", 24.52e6, 24.52e6),
        ("24,52 triệu đồng", 24.52e6, 24.52e6),
        ("1.234,5", 1234.5, 1234.5),
        ("1,234.5", 1234.5, 1234.5),
        ("9.20746648778413", None, 9.20746648778413),
    ]
)
def test_habit(text: str, vi: float | None, en: float | None) -> None:
    for locale, value in (("vi", vi), ("en", en)):
        if value is None:
            with pytest.raises(UnreadableFigure):
                parse_figure(text, locale=locale)
        else:
            assert same(parse_figure(text, locale=locale).value, value)


def test_unknown_locale_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="locale"):
        parse_figure("66", locale="fr")


@each(
    [
        ("7.44", "eq", (7.44, 7.435, 7.445)),
        ("380000", "eq", (380000, 379500, 380500)),
        ("-5.23", "eq", (-5.23, -5.235, -5.225)),
        ("3", "gt", (3, 3, 3.6)),
        ("26", "approx", (26, 25, 27)),
        ("66", "ge", (66, 66, math.inf)),
        ("5", "le", (5, -math.inf, 5)),
        ("-68.6", "gt", (-68.6, -68.6, -68.5)),
    ]
)
def test_bare_number_with_its_qualifier(
    text: str, qualifier: str, expected: tuple[float, float, float]
) -> None:
    assert interval(text, qualifier) == pytest.approx(expected)


@each([("", "eq"), ("5 triệu", "eq"), ("1.2.3", "eq"), ("5", "range"), ("--5", "eq")])
def test_bare_number_refused(text: str, qualifier: str) -> None:
    with pytest.raises(UnreadableFigure):
        interval(text, qualifier)


# Whole columns


@each(
    [
        (["1.120", "66,2"], "vi", 1120),
        (["1.120", "2.345.678"], "vi", 1120),
        (["1.120", "12.75"], "vi", 1.12),
        (["1.120", "66,2", "12.75"], "vi", None),
        (["1.120", "780"], "vi", None),
        (["1,120", "12.75"], "en", 1120),
        (["1,120", "0,5"], "en", 1.12),
        (["629.005"], "vi", None),
        (["629.005", "hơn 1.234,5 người"], "vi", 629005),
        # words and days show no habit; a mark, a sign or a bound beside a number leaves it as open as it is
        (["1.234", "tháng 12.2020"], "vi", None),
        (["1.234", "31.12"], "vi", None),
        (["1.234", "Bảng 2.1"], "vi", None),
        (["1.234*", "66.25"], "vi", 1.234),
        (["(1.234)", "66.25"], "vi", -1.234),
        (["trên 1.234", "66.25"], "vi", 1.234),
        (["1.234%", "5"], "vi", None),
    ]
)
def test_column_shows_the_habit(cells: list[str], locale: str, value: float | None) -> None:
    read = parse_figures(pd.Series(cells), locale=locale).iloc[0]
    assert same(read["value"], value)
    assert (read["problem"] == "") == (value is not None)


def test_years_in_a_column() -> None:
    assert parse_figures(pd.Series(["1980", "780"]))["value"].tolist() == [1980, 780]
    assert (parse_figures(pd.Series(["2019", "2020*"]))["problem"] != "").all()


def test_true_is_no_number_beside_one() -> None:
    assert (parse_figures(pd.Series([1, True, 1.0], dtype=object))["problem"] != "").tolist() == [
        False,
        True,
        False,
    ]


def test_a_long_column_of_few_objects_reads_as_its_cells() -> None:
    few = [
        "66 triệu đồng",
        "khoảng 5%",
        "rubbish",
        "".join(["66 triệu", " đồng"]),
    ]  # the last equals the first and is another object
    column = pd.Series(few * 50, index=range(200, 0, -1))
    pd.testing.assert_frame_equal(
        parse_figures(column), parse_figures(pd.Series(few)).iloc[list(range(4)) * 50].set_axis(column.index)
    )


def test_locales_and_units_beside_a_column() -> None:
    table = pd.DataFrame(
        [
            ("1.120", "vi", ""),
            ("66.2", "en", ""),
            ("5", "vi", "triệu đồng"),
            ("5", "vi", ""),
            ("0,5", "vi", ""),
        ]
        * 20
    )
    read = parse_figures(table[0], locale=table[1], unit_text=table[2])
    assert read["value"].tolist() == [1120, 66.2, 5e6, 5, 0.5] * 20


def test_column_keeps_index_and_never_raises() -> None:
    cells = pd.Series(
        ["66 triệu đồng", None, "rubbish", 12.5, 7, "66 triệu đồng", np.nan, True, "-"], dtype=object
    )
    cells.index = list("abcdefghi")
    read = parse_figures(cells)
    assert read.index.tolist() == cells.index.tolist()
    assert read["missing"].tolist() == ["", "empty", "", "", "", "", "empty", "", "no_occurrence"]
    assert (read["problem"] != "").tolist() == [False, False, True, False, False, False, False, True, False]
    assert read["value"].fillna(-1).tolist() == [66e6, -1, -1, 12.5, 7, 66e6, -1, -1, -1]


def test_cells_that_are_numbers_are_taken_as_they_are() -> None:
    read = parse_figures(pd.Series([1.125, 2020, 835.0], dtype=object), unit_text="Nghìn người")
    assert read["value"].tolist() == [1125, 2020e3, 835e3]


def test_decimals_of_what_is_counted_may_be_thousands() -> None:
    read = parse_figures(pd.Series([629.005, 835.0, 2020], dtype=object), unit_text="Người")
    assert (read["problem"] != "").tolist() == [True, False, False]
    assert read["value"].iloc[1:].tolist() == [
        835,
        2020,
    ]


def test_a_cell_that_is_no_figure_at_all_has_a_problem() -> None:
    assert (parse_figures(pd.Series([["66"], "66"], dtype=object))["problem"] != "").tolist() == [True, False]


def test_empty_column() -> None:
    read = parse_figures(pd.Series([], dtype="str"))
    assert list(read) == [*Figure.__dataclass_fields__, "problem"]
    assert read.empty


# Properties

BOUNDS = st.sampled_from(
    [
        ("", "eq"),
        ("trên ", "gt"),
        ("hơn ", "gt"),
        ("gần ", "approx"),
        ("khoảng ", "approx"),
        ("dưới ", "lt"),
        ("ít nhất ", "ge"),
        ("không quá ", "le"),
        ("ước đạt trên ", "gt"),
    ]
)
DECIMALS = st.from_regex(r"[0-9]{1,2}", fullmatch=True) | st.just("")
SCALES = st.sampled_from(
    [("", 1), (" nghìn", 10**3), (" triệu", 10**6), (" tỷ", 10**9), (" nghìn tỷ", 10**12)]
)
UNITS = st.sampled_from([("đồng/năm", "VND/year"), ("lượt khách", "visits"), ("tấn", "tonnes"), ("ha", "ha")])


def printed(whole: int, decimals: str) -> str:
    return f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")


@given(whole=st.integers(1, 10**9), decimals=DECIMALS, bound=BOUNDS, scale=SCALES, unit=UNITS)
@settings(max_examples=400, deadline=None)
def test_what_is_printed_is_read(whole: int, decimals: str, bound: tuple, scale: tuple, unit: tuple) -> None:
    figure = parse_figure(f"{bound[0]}{printed(whole, decimals)}{scale[0]} {unit[0]}")
    value = (whole + (int(decimals) / 10 ** len(decimals) if decimals else 0)) * scale[1]
    assert same(figure.value, value)
    assert (figure.qualifier, figure.unit) == (bound[1], unit[1])
    assert figure.low <= figure.value <= figure.high


@given(low=st.integers(1, 10**6), step=st.integers(1, 10**6), dash=st.sampled_from(["-", " – ", " đến "]))
def test_ranges_are_read(low: int, step: int, dash: str) -> None:
    assume(low + step <= 100 * low)
    figure = parse_figure(f"{printed(low, '0')}{dash}{printed(low + step, '0')} triệu đồng")
    assert (figure.qualifier, figure.value, figure.low, figure.high) == (
        "range",
        low * 1e6,
        low * 1e6,
        (low + step) * 1e6,
    )


@given(count=st.integers(0, 500), total=st.integers(5, 500))
def test_shares_are_read(count: int, total: int) -> None:
    figure = parse_figure(f"{count}/{total} xã")
    assert (figure.value, figure.denominator, figure.unit) == (count, total, "communes")


DIGIT_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spelled(number: int) -> str:
    """A number from 1 to 999 999 in Vietnamese words."""
    thousands, rest = divmod(number, 1000)
    head = f"{spelled(thousands)} nghìn" if thousands else ""
    if not rest:
        return head
    hundreds, tens = divmod(rest, 100)
    words = [head] if head else []
    if hundreds or head:
        words.append(f"{DIGIT_WORDS[hundreds]} trăm")
    if tens:
        words.append(spelled_tens(tens, linked=bool(hundreds or head)))
    return " ".join(words)


def spelled_tens(tens: int, *, linked: bool) -> str:
    ten, unit = divmod(tens, 10)
    if not ten:
        return f"linh {DIGIT_WORDS[unit]}" if linked else DIGIT_WORDS[unit]
    word = (
        ""
        if not unit
        else {1: "mốt", 5: "lăm"}.get(unit, DIGIT_WORDS[unit])
        if ten > 1
        else {5: "lăm"}.get(unit, DIGIT_WORDS[unit])
    )
    return f"{DIGIT_WORDS[ten]} mươi {word}".strip() if ten > 1 else f"mười {word}".strip()


@given(st.integers(1, 999_999))
@settings(max_examples=400, deadline=None)
@example(105)
@example(1005)
@example(515_555)
def test_numbers_in_words_are_read(number: int) -> None:
    assert parse_figure(f"{spelled(number)} hộ").value == number


# The shapes of the grammar beside the plain figure: each draws a phrase with its (value, upper end,
# qualifier, denominator).


@st.composite
def compounds(draw) -> tuple[str, tuple]:
    large, (name, scale), (below, smaller) = (
        draw(st.integers(1, 999)),
        *draw(
            st.sampled_from(
                [
                    (("tỷ", 10**9), ("triệu", 10**6)),
                    (("triệu", 10**6), ("nghìn", 10**3)),
                    (("nghìn tỷ", 10**12), ("tỷ", 10**9)),
                ]
            )
        ),
    )
    small = draw(st.integers(1, 999))
    return f"{large} {name} {small} {below} đồng", (large * scale + small * smaller, None, "eq", None)


@st.composite
def halves(draw) -> tuple[str, tuple]:
    number, (name, scale) = (
        draw(st.integers(1, 99)),
        draw(st.sampled_from([("triệu", 10**6), ("tỷ", 10**9), ("nghìn", 10**3)])),
    )
    return f"{number} {name} rưỡi", ((number + 0.5) * scale, None, "eq", None)


@st.composite
def bands(draw) -> tuple[str, tuple]:
    low = draw(st.integers(1, 500))
    high = low + draw(st.integers(1, 500).filter(lambda step: low + step <= 100 * low))
    words = draw(
        st.sampled_from(
            [
                "từ {} đến dưới {} triệu đồng",
                "từ trên {} đến {} triệu đồng",
                "trên {} đến {} triệu đồng",
                "{} - {} triệu đồng",
            ]
        )
    )
    return words.format(low, high), (low * 1e6, high * 1e6, "range", None)


@st.composite
def changes(draw) -> tuple[str, tuple]:
    number = draw(st.integers(1, 9999)) / 100
    shown = f"{number:.2f}".replace(".", ",")
    words, sign = draw(
        st.sampled_from(
            [
                ("giảm {}%", -1),
                ("tăng {}%", 1),
                ("âm {}%", -1),
                ("-{}%", -1),
                ("giảm còn {}%", 1),
                ("(-{}%)", 0),
            ]
        )
    )
    return words.format(shown), (sign * number, None, "eq", None) if sign else None


@st.composite
def levels(draw) -> tuple[str, tuple]:
    low, step = draw(st.integers(0, 5000)) / 100, draw(st.integers(1, 4000)) / 100
    ends = [f"{number:.2f}".replace(".", ",") for number in (low, low + step)]
    falls = draw(st.booleans())
    words = "giảm từ {1}% xuống còn {0}%" if falls else "tăng từ {0}% lên {1}%"
    return words.format(*ends), (float(ends[0 if falls else 1].replace(",", ".")), None, "eq", None)


@st.composite
def ranks(draw) -> tuple[str, tuple]:
    total = draw(st.integers(2, 99))
    place = draw(st.integers(1, total))
    return f"xếp thứ {place}/{total}", (place, None, "eq", total)


@st.composite
def fractions(draw) -> tuple[str, tuple]:
    parts = draw(st.integers(2, 10))
    part = draw(st.integers(1, parts - 1))
    return f"bằng {part}/{parts} cả nước", (part / parts, None, "eq", None)


@st.composite
def english(draw) -> tuple[str, tuple]:
    number, (name, scale) = (
        draw(st.integers(1, 10**6)),
        draw(st.sampled_from([("visitors", 1), ("million dongs", 10**6), ("hectares", 1)])),
    )
    bound, qualifier = draw(
        st.sampled_from(
            [
                ("", "eq"),
                ("more than ", "gt"),
                ("nearly ", "approx"),
                ("about ", "approx"),
                ("at least ", "ge"),
            ]
        )
    )
    return f"{bound}{number}.5 {name}" if scale > 1 else f"{bound}{number} {name}", (
        (number + 0.5) * scale if scale > 1 else number,
        None,
        qualifier,
        None,
    )


SHAPES = st.one_of(compounds(), halves(), bands(), changes(), levels(), ranks(), fractions(), english())


def summary(text: str) -> tuple | None:
    """What a text is read as, in the four things that are compared; None where it is refused."""
    try:
        figure = parse_figure(text)
    except UnreadableFigure:
        return None
    blank = [
        None if math.isnan(number) else number
        for number in (figure.high if figure.qualifier == R else math.nan, figure.denominator)
    ]
    return figure.value, blank[0], figure.qualifier, blank[1]


@given(SHAPES, st.sampled_from(["", " (1)", "*", "."]))
@settings(max_examples=600, deadline=None)
def test_every_shape_gives_back_what_was_written(drawn: tuple, mark: str) -> None:
    text, expected = drawn
    read = summary(text)
    assert read == (expected and pytest.approx(expected))
    assert summary(text.upper()) == summary(unicodedata.normalize("NFD", text)) == read
    # A mark may not be known at each place, and a text without diacritics may be left open: but neither says
    # something else.
    assert summary(text + mark) in (read, None)
    assert summary(fold(text)) in (read, None)


ANY_TEXT = st.text(max_size=30) | st.text(alphabet="0123456789.,-–/%() triệuđồngtừđếntrênhơn", max_size=30)


@given(ANY_TEXT, st.sampled_from(["vi", "en"]), st.sampled_from(["", "triệu đồng", "%", "x"]))
@settings(max_examples=1000, deadline=None)
def test_any_text_is_read_or_refused(text: str, locale: str, unit_text: str) -> None:
    try:
        figure = parse_figure(text, locale=locale, unit_text=unit_text)
    except UnreadableFigure:
        return
    assert isinstance(figure, Figure)
    assert figure.missing or figure.low <= figure.value <= figure.high


@each(["1" + "0" * 45, "0," + "1" * 45, "1" + "0" * 45 + " triệu", "1." + ".".join(["000"] * 20)])
def test_a_number_longer_than_any_print_is_refused(text):
    with pytest.raises(UnreadableFigure):
        parse_figure(text)
    assert parse_figures(pd.Series([text, "66"]))["problem"].ne("").tolist() == [True, False]


def test_a_bare_number_may_have_its_digits_grouped_by_spaces():
    assert interval("12 345.6", "eq") == (12345.6, 12345.55, 12345.65)


# What figures are about, what they stand against, and in which words: tests/data/printed/phrases.csv was
# written down before the rules, with invented numbers. `must`: read; refused; may (either, but not as
# something else).

DATA = Path(__file__).parents[1] / "data" / "printed"
PHRASES = rows(DATA / "phrases.csv")


@each(PHRASES)
def test_phrases_written_before_the_rules(row: dict[str, str]) -> None:
    try:
        figure = parse_figure(row["text"])
    except UnreadableFigure:
        assert row["must"] != "read"
        return
    assert row["must"] != "refused"
    assert same(figure.value, number(row["value"]))
    assert same(figure.high if figure.qualifier == R else math.nan, number(row["high"]))
    assert same(figure.denominator, number(row["denominator"]))
    assert [figure.unit, figure.qualifier, figure.relation] == [
        row["unit"],
        row["qualifier"],
        row["relation"],
    ]


READABLE = sorted({row["text"] for row in PHRASES if row["must"] == "read"} | {row[0] for row in READ})


@pytest.mark.parametrize(
    "word", ["không", "chưa", "lỗ", "hụt", "thiếu", "thấp hơn", "not", "less", "vài", "minus"]
)
def test_no_word_that_turns_a_figure_is_passed_over(word: str) -> None:
    passed = []
    for text in READABLE:
        words, read = text.split(" "), outcome(text)
        texts = (" ".join([*words[:at], word, *words[at:]]) for at in range(len(words) + 1))
        passed += [changed for changed in texts if outcome(changed) == read]
    assert not passed


@each(
    itertools.product(
        ["12%", "45 ha", "5 triệu đồng", "66 triệu đồng/người/năm", "1.240 tấn", "5‰"],
        ["zzz", "o", "oi", "%o1"],
    )
)
def test_stray_words_behind_a_unit_are_refused(text: str, stray: str) -> None:
    with pytest.raises(UnreadableFigure):
        parse_figure(f"{text} {stray}")


def test_a_change_is_not_its_level() -> None:
    assert parse_figure("tăng 5 triệu đồng") != parse_figure("5 triệu đồng")
    assert parse_figure("tăng lên 5 triệu đồng") == parse_figure("5 triệu đồng")
    column = parse_figures(
        pd.Series(["5 triệu đồng", "tăng 5 triệu đồng", "đạt 95% kế hoạch", "gấp đôi", "5/9 xã"])
    )
    assert column["relation"].tolist() == ["", "rise", "share_of_plan", "multiple", ""]


@each(
    [
        (["1.120", "2.340"], "Người", [1120, 2340]),
        (["1,120", "2,340"], "lượt khách", [1120, 2340]),
        (["1.120", "2.340"], "đồng", [1120, 2340]),
        (["1.120", "2.340"], "triệu đồng", None),
        (["1.120", "2.340"], "ha", None),
        (["1.120", "2.340"], "", None),
    ]
)
def test_one_group_of_digits_is_thousands_where_there_are_no_decimals(
    cells: list[str], unit_text: str, values: list[float] | None
) -> None:
    read = parse_figures(pd.Series(cells), unit_text=unit_text)
    assert read["problem"].eq("").tolist() == [values is not None] * 2
    assert values is None or read["value"].tolist() == values


def test_units_beside_a_column_go_by_its_index() -> None:
    cells = pd.Series(["1,5", "2,5"], index=[5, 6])
    units = pd.Series(["triệu đồng", "tỷ đồng"], index=[6, 5])
    assert parse_figures(cells, unit_text=units)["value"].tolist() == [1.5e9, 2.5e6]
    for index in ([5, 7], [5, 5]):
        with pytest.raises(ValueError, match="index"):
            parse_figures(cells, unit_text=units.set_axis(index))


def test_a_text_longer_than_a_figure_is_refused_at_once() -> None:
    with pytest.raises(UnreadableFigure, match="longer"):
        parse_figure("trên " * 10_000 + "5 xã")


def test_every_phrase_stands_once_and_its_kind_is_of_the_grammar() -> None:
    table = rows(ROOT / "baoyen_analysis" / "printed" / "phrases.csv")
    phrases = [row["phrase"] for row in table]
    assert len(set(phrases)) == len(phrases)
    assert len(WORDS) == len(phrases)
    grammar = (ROOT / "baoyen_analysis" / "printed" / "grammar.py").read_text(encoding="utf-8")
    assert not {row["kind"] for row in table if not re.search(rf"\b{row['kind']}\b", grammar)} - {"barred"}


# ----------------------------------------------------------------------------------------------------------
# The edges of the rules.


@each([("trên 400 ha", 480), ("trên 490 ha", 500), ("trên 500 ha", 600), ("trên 600 ha", 700)])
def test_a_bound_reaches_one_round_place_above_at_most_a_fifth_of_its_value(text, high):
    assert parse_figure(text).high == high


def test_a_text_of_400_characters_and_a_number_of_30_digits_are_the_longest_that_are_read():
    assert parse_figure(" " * 398 + "66").value == 66
    with pytest.raises(UnreadableFigure, match="longer than one figure"):
        parse_figure(" " * 399 + "66")
    assert parse_figure("1" * 30 + " ha").value == float("1" * 30)
    with pytest.raises(UnreadableFigure, match="more than 30 digits"):
        parse_figure("1" * 31 + " ha")


def test_a_space_after_the_decimal_comma_is_closed_only_where_no_rate_with_a_number_follows():
    assert parse_figure("81.905, 03 ha").value == 81905.03
    with pytest.raises(UnreadableFigure, match="two numbers"):
        parse_figure("81.905, 03 ha/01 hộ")


@each([("2 tỷ 0", True), ("2 tỷ 1", False), ("2 tỷ 01", True)])
def test_a_last_digit_without_a_scale_is_a_tenth_and_never_nothing(text, refused):
    if refused:
        with pytest.raises(UnreadableFigure):
            parse_figure(text)
    else:
        assert parse_figure(text).value == 2.1e9


def test_up_to_twelve_the_number_after_a_stroke_may_be_a_month():
    with pytest.raises(UnreadableFigure, match="no word says which"):
        parse_figure("đạt 5/12")
    assert parse_figure("đạt 5/13").denominator == 13


def test_the_upper_end_of_a_range_is_at_most_a_hundred_times_the_lower_one():
    assert parse_figure("5 - 500 ha").high == 500
    with pytest.raises(UnreadableFigure, match="too far below"):
        parse_figure("5 - 501 ha")


@each(["01,5 tấn", "00,5 tấn", "05,25 tấn", "01.5 tấn", "05,125 tấn"])
def test_a_number_does_not_begin_with_a_zero_before_other_digits(text):
    with pytest.raises(UnreadableFigure, match="does not begin with 0"):
        parse_figure(text)


@each(["hai mươi năm tấn", "mười năm tấn", "hai muoi nam tan", "hai mươi không tấn", "mười không tấn"])
def test_after_tens_in_words_neither_a_year_nor_nothing_is_a_unit(text):
    with pytest.raises(UnreadableFigure):
        parse_figure(text)
    assert parse_figure("hai mươi lăm tấn").value == 25


@pytest.mark.parametrize(("text", "locale"), [("1 234,567 ha", "vi"), ("1 234.567 ha", "en")])
def test_after_groups_parted_by_spaces_the_mark_that_groups_in_the_habit_is_no_decimal_mark(text, locale):
    assert parse_figure(text, locale=locale).value == 1234.567
    with pytest.raises(UnreadableFigure, match="groups of digits are broken"):
        parse_figure(text, locale="en" if locale == "vi" else "vi")
