"""Whether two printed figures can both be so, on figures printed in the record and on invented ones."""

from dataclasses import asdict

import numpy as np
import pandas as pd
from conftest import each

from baoyen_analysis.agreement import agree, alike, same_number
from baoyen_analysis.printed.figures import parse_figure


def printed(text: str) -> dict:
    return asdict(parse_figure(text))


@each(
    [
        ("trên 219 tỷ đồng", "trên 221,2 tỷ đồng", True),
        ("trên 219 tỷ đồng", "trên 400 tỷ đồng", True),
        ("trên 219 tỷ đồng", "221,2 tỷ đồng", True),
        ("trên 219 tỷ đồng", "400 tỷ đồng", False),
        ("trên 219 tỷ đồng", "218 tỷ đồng", False),
        ("trên 66 triệu đồng", "66 triệu đồng", True),
        ("trên 66 triệu đồng", "khoảng 70 triệu đồng", True),
        ("50 triệu đồng", "45 triệu đồng", False),
        ("50 triệu đồng", "49,8 triệu đồng", True),
        ("50,0 triệu đồng", "49,8 triệu đồng", False),
        ("gần 6,1 triệu lượt", "6,05 triệu lượt", True),
        ("gần 6,1 triệu lượt", "5,9 triệu lượt", False),
        ("dưới 5%", "dưới 3%", True),
        ("dưới 5%", "3,2%", True),
        ("dưới 5%", "6%", False),
        ("trên 60 triệu đồng", "dưới 70 triệu đồng", True),
        ("ít nhất 36 triệu đồng", "60 triệu đồng", True),
        ("4,5–5 triệu lượt", "4,8 triệu lượt", True),
        ("4,5–5 triệu lượt", "5,3 triệu lượt", False),
        ("giảm hơn 150.000 người", "giảm 160.000 người", True),
        ("giảm hơn 150.000 người", "giảm 140.000 người", False),
    ]
)
def test_two_outcomes_agree_where_both_can_be_so(first, second, both):
    assert bool(agree(printed(first), printed(second))) is both
    assert bool(agree(printed(second), printed(first))) is both


@each(
    [
        ("trên 66 triệu đồng", "66 triệu đồng", True),
        ("trên 66 triệu đồng", "67 triệu đồng", False),
        ("16/16 xã", "16 xã", True),
        ("khoảng 5 triệu lượt", "some 4 million", False),
        ("1.120 tỷ đồng", "1,12 nghìn tỷ đồng", True),
        ("20.500 tỷ đồng", "22.000 tỷ đồng", False),
        ("20.549 tỷ đồng", "20,5 nghìn tỷ đồng", True),
        ("từ 13 triệu lượt trở lên", "13 triệu lượt", True),
        ("2,5–3,5%", "3%", True),
        ("2,5–3,5%", "2,5%", True),
        ("2,5–3,5%", "2,5–3%", False),
        ("2,5–3,5%", "4%", False),
    ]
)
def test_two_plans_set_one_number_or_two(first, second, one):
    said = [
        asdict(parse_figure(text, locale="en" if "million" in text else "vi")) for text in (first, second)
    ]
    assert bool(same_number(*said)) is one
    assert bool(same_number(*reversed(said))) is one


def test_whole_tables_are_compared_row_by_row():
    first = pd.DataFrame([printed("trên 219 tỷ đồng"), printed("50 triệu đồng")])
    second = pd.DataFrame([printed("221,2 tỷ đồng"), printed("45 triệu đồng")])
    assert np.asarray(agree(first, second)).tolist() == [True, False]
    assert np.asarray(same_number(first, second)).tolist() == [False, False]


def test_a_definition_that_is_not_stated_is_like_any():
    first = pd.Series(["product value", "product value", ""])
    assert np.asarray(alike(first, pd.Series(["", "income value", ""]))).tolist() == [True, False, True]
