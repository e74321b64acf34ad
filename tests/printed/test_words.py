"""Each word of the tables, in every place where it may stand, and numbers put together in every way of a few
parts, are read as they were before: the stored digests tell in which frame one is read otherwise. Where that
is meant:

    python tests/printed/test_words.py

writes them anew; look at the readings of one frame with `print(FRAMES[name]())`. All texts are invented."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure
from baoyen_analysis.printed.passages import find_figures
from baoyen_analysis.printed.text import table

STORED = Path(__file__).parents[1] / "data" / "printed_words.csv"


def phrases() -> list[str]:
    return [words for words, *_ in table("phrases.csv")]


def of_passages(language: int) -> list[str]:
    found = [phrase for row in table("passages.csv") for phrase in row[2 + language].split("|") if phrase]
    return list(dict.fromkeys(found))


def read(texts: Iterable[str], locale: str = "vi") -> str:
    """What a text is read as, or why not."""

    def said(text: str) -> str:
        try:
            return f"{text}: {parse_figure(text, locale=locale)}"
        except UnreadableFigure as refusal:
            return str(refusal)

    return "\n".join(map(said, texts))


def found(texts: Iterable[str], locale: str = "vi") -> str:
    """What is found in passages."""
    tables = [find_figures(text, locale=locale) for text in texts]
    return "\n".join(table.to_csv(index=False, header=False, float_format="%.9g") for table in tables)


def put(form: str, words: Callable[[], Iterable[str]], reader: Callable[[Iterable[str]], str]) -> str:
    return reader(form.format(word) for word in words())


def joined(parts: Iterable[Iterable[str]]) -> str:
    return read("".join(chosen) for chosen in product(*parts))


SMALL = ("1", "2", "12", "200", "1000", "5,5", "0", "1.200")
SCALES = (" trăm", " nghìn", " triệu", " tỷ", " nghìn tỷ", " vạn")
AFTER = (
    " 2",
    " 20",
    " 200",
    " 2000",
    " 05",
    " 005",
    " 0",
    " 1.200",
    " 3,5",
    " rưỡi",
    " triệu",
    " linh 5",
    "",
)
COMPOUNDS = (
    *(SMALL, SCALES, AFTER, ("", " trăm", " nghìn", " triệu", " nghìn tỷ", " 5", " rưỡi")),
    ("", " đồng", " xã", " 7", " 700", " 7 nghìn", " 7 trăm"),
)
ONE = ("5", "14", "500", "1.200", "4,5", "2020", "0")
JOINED = (" - ", " đến ", "/", " trên ", " so với ")
ENDS = ("", " triệu", " xã", "%", " tiêu chí")
PAIRS = (
    ("", "từ ", "hơn ", "giảm từ "),
    ONE,
    JOINED,
    ("7", "31", "12", "1.300", "2.000", "6,5", "2025"),
    ENDS,
)
NUMBERS = (
    *("66", "1.120", "1,120", "1.5", "1,5", "0,5", "0.125", "007", "00", "12.05", "1.1.1", "1 234", "5."),
    *(
        "1.120,5",
        "1,120.5",
        "12,345,678",
        "1.234.56",
        "12.1999",
        "3/4",
        "1900",
        "2100",
        "2101",
        "84912345678",
    ),
    *("9" * 30, "9" * 31),
)
UNITS = (
    *(
        "",
        " triệu đồng",
        " đồng",
        " USD",
        "%",
        " lượt",
        " người",
        " ha",
        " kg/người",
        " tạ/ha",
        " lần",
        " communes",
    ),
    *(" million", " tiêu chí/xã", "/01 ha", "/100 hộ", " mỗi năm", " hạng"),
)
BOUNDS = ("", "trên ", "dưới ", "tối đa ", "ít nhất ", "gần ", "khoảng ", "giảm ", "giảm hơn ", "-")
SAID_VI = "Năm 2022, thu nhập {0} 5 triệu đồng. Huyện đạt 5% {0}, giảm {0} 3%. Có 12 {0} và 7 hộ."
SAID_EN = "In 2022, income {0} 5 million dong. It was 5 percent {0}, up {0} 3%. There are 12 {0} and 7 farms."
FRAMES: dict[str, Callable[[], str]] = {
    **{
        form: partial(put, form, phrases, read)
        for form in ("{} 5 triệu", "5 {}", "{} tăng 12% xã", "12 xã/{}", "giảm {} 5%", "5/16 {}")
    },
    "a passage": partial(put, SAID_VI, lambda: of_passages(0), found),
    "a passage in English": partial(put, SAID_EN, lambda: of_passages(1), partial(found, locale="en")),
    "compounds": partial(joined, COMPOUNDS),
    "pairs": partial(joined, PAIRS),
    "numbers": partial(joined, (BOUNDS, NUMBERS, UNITS)),
    "numbers in English": lambda: read(("".join(all) for all in product(NUMBERS, UNITS)), locale="en"),
}


def digest(frame: str) -> str:
    return f"{zlib.crc32(FRAMES[frame]().encode()):08x}"


@pytest.mark.parametrize("frame", FRAMES)
def test_each_word_and_number_is_read_as_before(frame):
    stored = pd.read_csv(STORED, index_col="frame", dtype=str)["read"]
    assert digest(frame) == stored[frame]


if __name__ == "__main__":
    rows = [(frame, digest(frame)) for frame in FRAMES]
    pd.DataFrame(rows, columns=["frame", "read"]).to_csv(STORED, index=False, lineterminator="\n")
