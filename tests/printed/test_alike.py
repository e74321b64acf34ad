"""Cells that are read together are read as each alone: every bit of every column, and every reason."""

from __future__ import annotations

import json
import random
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from conftest import each

from baoyen_analysis.printed import alike, figures
from baoyen_analysis.printed.columns import planned
from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure, parse_figures

WORDS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "drawn_words.json").read_text(encoding="utf-8")
)
LENGTHS = (1, 1, 2, 3, 3, 4, 4, 5, 6, 7, 9, 11, 12, 15, 16, 17, 18, 19, 31)
UNITS = ("", "", "triệu đồng", "%", "Nghìn người", "xã", "ha", "Mill. dongs", "nghìn tỷ đồng", "đồng", "tiệu")


def words(of: random.Random) -> tuple[str, str]:
    """What stands before and after a number in a phrase that is read."""
    while True:
        before, unit, tail = (of.choice(WORDS[part]) for part in ("bounds", "units", "tails"))
        try:
            parse_figure(f"{before}5{unit}{tail}")
        except UnreadableFigure:
            continue
        return before, unit + tail


def number(of: random.Random, length: int, group: str, mark: str, decimals: int) -> str:
    """An invented number; some are year-like or like telephone numbers, end in zeros or begin with one."""
    digits = "".join(of.choice("0123456789") for _ in range(length))
    digits = of.choice("123456789") * (of.random() < 0.97) + digits
    digits = digits[: of.choice((1, 2, length, length, length))].ljust(length, "0")[:length]
    if of.random() < 0.1:
        digits = {4: str(of.randint(1890, 2110)), 11: "84" + digits[2:]}.get(length, digits)
    if group:
        digits = f"{digits[::-1]}"
        digits = group.join(digits[at : at + 3] for at in range(0, length, 3))[::-1]
    return digits + (mark + "".join(of.choice("0123456789") for _ in range(decimals)) if decimals else "")


def column(of: random.Random, kinds: int) -> pd.Series:
    """Invented cells of so many kinds, with some that are read otherwise among them."""
    cells: list[object] = []
    for _ in range(kinds):
        before, after = words(of) if of.random() < 0.8 else ("", "")
        for _ in range(3):
            marks = of.choice((".,", ".,", ",.", ".."))
            form = (of.choice(LENGTHS), of.choice((marks[0], "")), marks[1], of.choice((0, 0, 1, 2, 2, 3, 4)))
            cells += [f"{before}{number(of, *form)}{after}" for _ in range(of.choice((5, 12, 30)))]
    odd = [
        "16/16 xã",
        "4,5–5 triệu",
        "66 tiệu đồng",
        "hai mươi xã",
        "-",
        "",
        "\ud800 5 xã",
        "x" * 500 + " 5 xã",
    ]
    cells += [*odd, None, 2022, 1.5, True]
    of.shuffle(cells)
    return pd.Series(cells, dtype=object)


def bits(table: pd.DataFrame) -> dict[str, list]:
    """What stands in the columns: of numbers, every bit."""
    kept = {name: cells.to_numpy() for name, cells in table.items()}
    return {
        name: (cells.view("int64") if cells.dtype == float else cells).tolist()
        for name, cells in kept.items()
    }


def together_and_alone(monkeypatch, cells: pd.Series, **options) -> tuple[int, dict, dict]:
    """How many cells of a column are read together, what is read, and what is read of each cell alone."""
    read = []

    def counted(*given):
        for places, reading in alike.read_alike(*given):
            read.extend(places.tolist())
            yield places, reading

    monkeypatch.setattr(figures, "read_alike", counted)
    together = bits(parse_figures(cells, **options))
    assert len(set(read)) == len(read)
    monkeypatch.setattr(figures, "read_alike", lambda *_: ())
    return len(read), together, bits(parse_figures(cells, **options))


@pytest.mark.parametrize("batch", range(24))
def test_cells_that_are_read_together_are_read_as_each_alone(monkeypatch, batch):
    of = random.Random(batch)
    cells = column(of, of.choice((2, 20, 60)))
    unit: object = of.choice(UNITS)
    locale: object = of.choice(("vi", "vi", "en"))
    if batch % 4 == 0:
        unit = pd.Series([of.choice(("", "ha", "triệu đồng")) for _ in cells])
        locale = pd.Series([of.choice(("vi", "en")) for _ in cells])
    _, together, alone = together_and_alone(monkeypatch, cells, locale=locale, unit_text=unit)
    assert together == alone


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize(
    "form",
    [
        "trên {} đồng/người/năm",
        "{} lượt khách",
        "khoảng {} triệu đồng",
        "gần {} tấn",
        "{} tỷ đồng",
        "giảm {}%",
        "dưới {} ha",
        "ít nhất {} xã",
        "tăng hơn {} điểm phần trăm",
        "{}",
        "{} million dongs",
        "âm {} nghìn tỷ",
    ],
)
def test_most_cells_of_one_form_are_read_together(monkeypatch, form, locale):
    of = random.Random(7)
    group, mark = ".," if locale == "vi" else ",."
    numbers = [
        number(of, of.choice((2, 5, 9, 12, 17)), group, mark, of.choice((0, 1, 2))) for _ in range(4000)
    ]
    cells = pd.Series([form.format(its) for its in numbers])
    read, together, alone = together_and_alone(monkeypatch, cells, locale=locale)
    assert together == alone
    assert read > 0.6 * len(cells)


def read_together(cells: list[str], *, unit: str = "", shown: bool | None = True) -> list[int]:
    """The places of the cells that are read together, among others that are not."""
    many = [*cells, *(f"{at} - {at + 1} xã" for at in range(100))]
    found = alike.read_alike(many, [True] * len(many), [unit] * len(many), {True: shown})
    return sorted(place for places, _ in found for place in places.tolist())


@each(
    [
        ("{} tấn", "1.234", True),
        ("{} tấn", "1.234,5", True),
        ("{} tấn", "1.234,56", True),
        ("{} tấn", "1.234,567", False),  # thousands or decimals may be meant
        ("{} tấn", "1,234", False),
        ("{} tấn", "12345", True),
        ("{} tấn", "0,5", True),
        ("{} tấn", "05", False),
        ("{} tấn", "5.2021", False),  # a month and a year
        ("{} người", "1,234", True),  # people have no decimals
        ("{}%", "99.125", False),
        ("{}%", "99,5", True),
        ("{}", "234", True),
        ("{}", "2345", False),  # may be a year
        ("{} tấn", "2345", True),
        ("{}", "12345", True),
        ("{}", "23456789012", False),  # may be a telephone number
        ("{}", "2345678901", True),
        ("{} tấn", "23456789012", True),
        ("{} nghìn", "2345", True),
        ("{} tấn", "123456789012345678", True),
        ("{} tấn", "1234567890123456789", False),
        ("{} triệu rưỡi", "23", False),
        ("xếp thứ {}", "5", False),
        ("{}/4 xã", "5", False),
        ("{} tiệu đồng", "5", False),
    ]
)
def test_which_forms_are_read_together(form, numbers, is_so):
    of = random.Random(3)
    cells = [form.format(numbers[:-1] + of.choice("123456789")) for _ in range(20)]
    assert read_together(cells) == (list(range(20)) if is_so else [])


def test_as_long_a_text_as_a_figure_may_be_is_read_together():
    assert [len(read_together([f"5 tấn{' ' * (length - 5)}"] * 8)) for length in (400, 401)] == [8, 0]


def test_a_number_that_both_habits_write_is_read_in_the_one_that_the_column_shows():
    cells = [f"1.{at}" for at in range(150, 190)]
    assert len(read_together(cells, unit="ha", shown=True)) == 36  # 1.150, 1.160, 1.170, 1.180 are few
    assert read_together(cells, unit="ha", shown=None) == []
    assert read_together(cells, unit="ha", shown=False) == []
    assert len(read_together(cells, unit="người", shown=None)) == 36


def test_few_cells_are_read_alone():
    """Of a form, of an ending in zeros, and of a column."""
    assert read_together([f"{at} tấn" for at in range(101, 108)]) == []
    assert read_together([f"{at} tấn" for at in range(101, 109)]) == [*range(8)]
    assert read_together([f"{at}0 tấn" for at in range(101, 109)]) == [*range(8)]
    assert read_together([f"{at} tấn" for at in range(101, 112)]) == [*range(9), 10]
    for many in (64, 65):
        cells = [f"{at * 10 + 1} tấn" for at in range(100, 100 + many)]
        found = alike.read_alike(cells, [True] * many, [""] * many, {True: True})
        assert sum(len(places) for places, _ in found) == (many if many > 64 else 0)


def test_a_run_is_so_long_that_few_texts_are_held_twice():
    alike_ones = [f"{at} tấn" for at in range(101, 109)]
    for before, places in ((8184, [*range(8184, 8192)]), (8185, [])):
        assert read_together(["-"] * before + alike_ones) == places


def test_a_column_longer_than_a_run_keeps_its_order():
    cells = [f"{at} tấn" for at in range(10_000, 10_000 + (1 << 14) + 100)]
    assert parse_figures(pd.Series(cells))["value"].tolist() == list(range(10_000, 10_000 + (1 << 14) + 100))


def test_a_cell_that_holds_the_mark_of_an_end_leaves_its_run_alone():
    cells = [f"{at} tấn" for at in range(101, 200)] + ["5\0 tấn"]
    read = parse_figures(pd.Series(cells))
    assert read_together(cells) == []
    assert read["value"].tolist()[:-1] == list(range(101, 200))
    assert read["problem"].iloc[-1] != ""


@each(
    [
        (("trên ", " đồng"), 0, (1 << 53) // 6 - 1),
        (("trên ", " tỷ đồng"), 0, (1 << 53) // (6 * 10**9) - 1),
        (("", " tấn"), 2, (1 << 53) // 6 - 1),
        (("", " tấn"), 0, (1 << 62) // 6 - 1),
        (("dưới ", " triệu tấn"), 0, (1 << 62) // (6 * 10**6) - 1),
        (("ít nhất ", " tấn"), 0, (1 << 62) // 6 - 1),
        (("tối đa ", " tấn"), 0, (1 << 62) // 6 - 1),
    ]
)
def test_as_many_digits_as_an_array_holds_exactly(pieces, decimals, most):
    plan = planned(pieces)
    assert [alike._is_exact(plan, decimals, most + more) for more in (0, 1)] == [True, False]


@pytest.mark.parametrize(
    "form", ["trên {}.{:03}.{:03} tỷ đồng", "{}.{:03}.{:03},25 nghìn tỷ đồng", "khoảng {}.{:03}.{:03} tỷ"]
)
def test_great_numbers_are_read_to_the_same_float(form):
    of, ends = random.Random(1), count()
    cells = [
        form.format(of.randint(1, 9), of.randint(0, 999), of.randint(0, 99) * 10 + 1) for _ in range(300)
    ]
    cells = list(dict.fromkeys(cells))
    read = parse_figures(pd.Series(cells))
    for cell, at in zip(cells, ends, strict=False):
        figure = parse_figure(cell)
        assert [figure.value, figure.low, figure.high] == read.loc[at, ["value", "low", "high"]].tolist()
