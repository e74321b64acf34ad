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
from baoyen_analysis.printed.text import plain, table

pytestmark = pytest.mark.as_before
STORED = Path(__file__).parents[1] / "data" / "printed_words.csv"


def phrases() -> list[str]:
    return [words for words, *_ in table("phrases.csv")]


def of_passages(language: int, part: int) -> list[str]:
    """A fourth of the phrases of running text."""
    found = [phrase for row in table("passages.csv") for phrase in row[2 + language].split("|") if phrase]
    return list(dict.fromkeys(found))[part::4]


def read(texts: Iterable[str], locale: str = "vi", head: str = "") -> str:
    """What a text is read as, or why not."""

    def said(text: str) -> str:
        try:
            return f"{text}: {parse_figure(text, locale=locale, unit_text=head)}"
        except UnreadableFigure as refusal:
            return str(refusal)

    return "\n".join(map(said, texts))


def found(texts: Iterable[str], locale: str = "vi") -> str:
    """What is found in passages; some to a text, each a paragraph of its own."""
    said, tables = list(texts), []
    for at in range(0, len(said), 12):
        tables.append(find_figures("\n\n".join(said[at : at + 12]), locale=locale))
    return "\n".join(table.to_csv(index=False, header=False, float_format="%.9g") for table in tables)


def put(form: str, words: Callable[[], Iterable[str]], reader: Callable[[Iterable[str]], str]) -> str:
    return reader(form.format(word) for word in words())


def joined(parts: Iterable[Iterable[str]]) -> str:
    return read("".join(chosen) for chosen in product(*parts))


SMALL = ("1", "12", "200", "5,5", "0", "1.200")
SCALES = (
    " trăm",
    " nghìn",
    " triệu",
    " tỷ",
    " nghìn tỷ",
    " vạn",
    " trăm nghìn",
    " trăm triệu",
    " nghìn triệu",
)
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
SAID_VI = "Năm 2022, huyện {0} 5 triệu đồng, giảm {0} 3%. Có 12 {0} và 7 hộ; {0} đạt 5/16 xã."
SAID_EN = "In 2022, income {0} 5 million dong, up {0} 3%. There are 12 {0} and 7 farms; {0} it is 5."
TOTALS = (
    ("", "hơn ", "đạt ", "Có "),
    ("0", "1", "2", "3", "4", "9", "10", "11", "31", "32", "100"),
    ("/",),
    ("2", "3", "4", "5", "10", "11", "12", "13", "31", "100", "2024", "1900"),
    ("", " triệu", " xã", "%", " tiêu chí", " hộ", " người dân", " kế hoạch"),
)
SPACED = (
    ("", "giảm "),
    ("1 234", "12 345 678", "0 123", "1 23", "1 2345", "1\u00a0234"),
    ("", ".", ",", ".5", ",5", ".56", ",567", ".567", ".5678", ",5678", ",5.6"),
    ("", " triệu", " người", "%", " ha"),
)
PREFIXED = (
    ("Revenue was ", "Revenue: "),
    ("USD ", "$", "US$", "VND about ", ""),
    ("5", "1.2 million", "5 thousand million", "5-6 million", "5 to 6 billion"),
    ("", "/person", " a year", " per person per year", " a year ago"),
)
BEHIND = (
    ("It was 5%", "Exports were 7 communes", "It fell from 9 to 5 percent", "We had 5"),
    (" ", "-", ", "),
    *(
        (
            "less",
            "more",
            "lower",
            "short of",
            "above",
            "down",
            "more than",
            "fewer than",
            "drop",
            "is up",
            "of rise",
        ),
    ),
    ("", " than last year", " than", " of it", " compared with 2020"),
)
ADJECTIVES = (
    ("There are 5 ", "It has 12 "),
    ("", "key ", "key economic ", "key social development ", "new poor remote mountain ", "a b c d e "),
    ("communes", "targets", "processes", "bonus", "cats", "of communes", "percent"),
)
HEADS = (
    *("triệu đồng", "1000 tấn", "Nghìn người", "%", "‰", "Tỷ đồng - Bill. dongs", "Triệu đồng - Mill. dongs"),
    *(
        "Người - Person",
        "Người - Household",
        "ĐVT: Triệu đồng/người",
        "(Đơn vị tính: ha)",
        "Tỷ lệ (%)",
        "Cơ cấu (%",
    ),
    *(
        "Năm trước = 100",
        "Previous year = 100 (%)",
        "10 tấn",
        "100 ha",
        "1.000 lượt",
        "1000000 đồng",
        "vạn",
        "Van",
    ),
    *(
        "tiêu chí/xã",
        "kg/100 hộ",
        "kg/01 ha",
        "hơn 5 ha",
        "giảm %",
        "2 triệu",
        "đấu",
        "",
        "Mill. dongs",
        "visitors",
        "USD",
    ),
)
CELLS = (
    *(
        "5",
        "5,5",
        "1.200",
        "1,200",
        "1.5",
        "-5",
        "giảm 5",
        "5%",
        "5 triệu",
        "5 tỷ đồng",
        "5 ha",
        "5 người",
        "5/16",
        "1/3",
    ),
    *("4 - 5", "4 - 5 triệu", "trên 5", "5 triệu người", "2022", "…", "-", "tăng 5%", "5/năm", "1,2 nghìn"),
)
COMPARED = (
    ("đạt ", "tăng ", "", "bằng ", "là ", "giảm "),
    ("5", "105"),
    ("%", " xã", " triệu đồng", ""),
    (
        "",
        " so với cùng kỳ",
        " so với kế hoạch",
        " so với năm 2020",
        " kế hoạch",
        " cùng kỳ",
        " compared with 2020",
    ),
)
OUTSIDE = (
    (
        "(trâu 14.200 con)",
        "Đàn lợn 68.500 con (trâu 14.200 con)",
        "(5 xã (2 huyện))",
        "[7 hộ]",
        "Kế hoạch 5 xã",
    ),
    (", ", " ", "; "),
    ("đạt 98% kế hoạch", "tăng 5%", "bằng 105% cùng kỳ", "chiếm 3%", "đạt 6 xã, đạt 120%"),
)
FAR = (
    ["x " * many for many in range(36, 44)],
    ("kế hoạch, ", "kế hoạch; ", "mục tiêu là: "),
    ("thu đạt 5 xã", "có 7 hộ, đạt 5 xã"),
)
RANKS = (
    ("xếp thứ ", "đứng thứ ", "hạng ", "thứ ", "xếp vị trí thứ ", "ranked "),
    ("5", "1", "0", "2,5", "10", "nhất"),
    ("/", " trên ", " trong số ", " trên tổng số ", ""),
    ("9", "63", "4", ""),
    (" huyện", " tỉnh", "", " toàn tỉnh"),
)
RATES = (
    ("5", "99,5 nam", "12 ca", "5 triệu đồng"),
    ("/", " trên "),
    ("1.000", "1,000", "10.000", "100", "01", "1", "10", "20", "1,5", "1.5", "0", "001"),
    (" dân", " nữ", " ha", " hộ", " persons", ""),
)
STRANGE = (
    ("5 ", "120 ", "hơn 7 "),
    ("người ", "xã ", "ha ", "", "tonnes "),
    *(
        (
            "tiệu",
            "trieu",
            "nghim",
            "nghn",
            "nghìnn",
            "trìu",
            "tiu",
            "rice",
            "of rice",
            "drop",
            "lower",
            "of drop",
        ),
    ),
)
BRACKETS = (
    ("Diện tích 5", "Thu 1.200", "Diện tích (ha) 5", "Thu (triệu đồng): 5", "Area 5", "Có 7 - 9"),
    (" (", "(", " ["),
    ("ha", "triệu đồng", "%", " ha ", "ha, 2022", "người) và (", "xã; 5", "2022", "ha]", "đấu"),
    (")", "]", "", ") xã"),
)
TIMED = (
    ("Năm 2022", "Kế hoạch năm 2022", "Đến nay", "9 tháng năm 2022", ""),
    (" thu nhập ", ", thu nhập kế hoạch ", " (dự kiến) thu "),
    ("đạt 45 triệu",),
    (", ", "; ", " (", " và ", ": "),
    ("năm 2021", "kế hoạch 2023", "tháng 12/2022", "trong đó"),
    (" đạt 40 triệu đồng", " tăng 5%", " là 12 xã (năm 2020)"),
)
MARKED = (("Tổng", "Thu nhập", "Huyện đạt", "Income"), (": ", " = ", " - ", " (", "; "), NUMBERS)


def sentences(parts: Iterable[Iterable[str]], end: str, locale: str) -> str:
    return found(("".join(chosen) + end for chosen in product(*parts)), locale=locale)


FRAMES: dict[str, Callable[[], str]] = {
    **{
        form: partial(put, form, phrases, read)
        for form in ("{} 5 triệu", "5 {}", "{} tăng 12% xã", "12 xã/{}", "giảm {} 5%", "5/16 {}")
    },
    **{
        f"{name}, {part}": partial(
            put, form, partial(of_passages, language, part), partial(found, locale=locale)
        )
        for name, form, language, locale in (("vi", SAID_VI, 0, "vi"), ("en", SAID_EN, 1, "en"))
        for part in range(4)
    },
    "compounds": partial(joined, COMPOUNDS),
    "pairs": partial(joined, PAIRS),
    "numbers": partial(joined, (BOUNDS, NUMBERS, UNITS)),
    "totals": partial(joined, TOTALS),
    "digits grouped by spaces": partial(joined, SPACED),
    "digits grouped by spaces in English": lambda: read(map("".join, product(*SPACED)), locale="en"),
    "totals in a passage": partial(
        sentences, [("Có ", "Chưa bằng "), *TOTALS[1:4], TOTALS[4][::2]], ".", "vi"
    ),
    "after a currency": partial(sentences, PREFIXED, ".", "en"),
    "behind a number": partial(sentences, BEHIND, ".", "en"),
    "after adjectives": partial(sentences, ADJECTIVES, ".", "en"),
    "in a column": lambda: "\n".join(read(CELLS, locale, head) for locale in ("vi", "en") for head in HEADS),
    "far from its plan": partial(sentences, FAR, ".", "vi"),
    "compared": partial(joined, COMPARED),
    "outside of brackets": partial(sentences, OUTSIDE, ".", "vi"),
    **{
        f"without accents, {part}": partial(
            put, plain(SAID_VI), lambda part=part: map(plain, of_passages(0, part)), found
        )
        for part in range(4)
    },
    "ranks": partial(joined, RANKS),
    "ranks in a passage": partial(sentences, [["Huyện "], RANKS[0][::2], *RANKS[1:4]], ".", "vi"),
    "rates": partial(joined, RATES),
    "strange words": partial(joined, STRANGE),
    "in brackets": partial(sentences, BRACKETS, ".", "vi"),
    "times": partial(sentences, TIMED, ".", "vi"),
    "after a mark": partial(sentences, MARKED, ".", "vi"),
    "numbers in English": lambda: read(map("".join, product(NUMBERS, UNITS)), locale="en"),
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
