"""Figures out of running text. The passages of tests/data/passages and every sentence here are invented; the
printed phrases of the shared cases are read where they are."""

import math
import random
import re
import sys
import time
import unicodedata

import pytest
from conftest import ROOT, each

from baoyen_analysis.printed.figures import UnreadableFigure, parse_figure
from baoyen_analysis.printed.passages import COLUMNS, find_figures, proposals
from baoyen_analysis.printed.spans import uniform
from baoyen_analysis.printed.wording import paragraphs

sys.path.insert(0, str(ROOT / "benchmarks"))
import passages as benchmark  # from the folder of the benchmarks

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(benchmark.PASSAGES.glob("*.txt"))}


def read(text: str, locale: str = "vi") -> list[tuple]:
    """The figures that are read: value, unit, qualifier, relation."""
    found = find_figures(text, locale=locale)
    found = found[found["problem"] == ""]
    return list(found[["value", "unit", "qualifier", "relation"]].itertuples(index=False, name=None))


# ----------------------------------------------------------------------------------------------------------
# The passages and the printed phrases.


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_thirty_passages(form):
    counts, rest = benchmark.passages(lambda text: unicodedata.normalize(form, text))
    wrong = [row for row in rest if row[1].startswith(("wrong", "false hit"))]
    assert not wrong
    assert counts["right"] >= 345, rest
    assert counts["relation right"] >= 340, rest
    assert counts["period right"] >= 45, rest


@pytest.mark.skipif(
    not benchmark.PHRASES.exists(), reason=f"the shared phrases are not at {benchmark.PHRASES}"
)
def test_the_printed_phrases():
    counts, rest = benchmark.phrases()
    assert counts["wrong"] == 0, rest
    assert counts["right"] >= 0.95 * (counts["right"] + counts["unread"]), rest


@each(TEXTS)
def test_a_span_slices_the_text_to_its_words(name):
    text = TEXTS[name]
    given = (
        text,
        unicodedata.normalize("NFD", text),
        text.encode().decode("cp1252", "replace"),
        text.upper(),
    )
    for passage in (*given, text.replace(" ", "\u00a0\t"), text.replace("\n", "\r\n")):
        found = find_figures(passage, locale=name[-2:])
        assert [passage[row.start : row.end] for row in found.itertuples()] == found["text"].tolist()
        assert found["start"].is_monotonic_increasing


@each(TEXTS)
def test_what_parse_figure_reads_alone_is_the_same(name):
    for row in find_figures(TEXTS[name], locale=name[-2:]).itertuples():
        try:
            alone = parse_figure(row.text, locale=name[-2:])
        except UnreadableFigure:
            continue
        same = alone.value == row.value or alone.unit != row.unit  # in a list the last alone prints the unit
        carried = row.relation == "fall" and alone.value == -row.value  # the sign of the number before
        assert row.problem or same or carried, row


def test_mended_letters_are_said_and_read():
    text = "Doanh thu ñạt 45 tỷ ñồng; sản lƣợng đạt 1.200 tấn"
    found = find_figures(text)
    assert found["value"].tolist() == [45e9, 1200]
    assert found["text"].tolist() == ["ñạt 45 tỷ ñồng", "đạt 1.200 tấn"]
    assert found.attrs == {"repairs": ["pdf letter"], "unrepaired": []}
    mojibake = "Huyện đón 25.000 lượt khách, tăng 5%".encode().decode("cp1252", "replace")
    assert find_figures(mojibake)["value"].tolist() == [25000, 5]
    assert find_figures(mojibake).attrs["repairs"] == ["mojibake"]
    assert find_figures("đạt 5 xã").attrs["repairs"] == []


def test_the_columns_stand_also_where_nothing_is_found():
    empty, full = find_figures("Không có số."), find_figures("đạt 5 xã")
    assert list(empty.columns) == list(full.columns) == list(COLUMNS)
    assert (empty.dtypes == full.dtypes).all()


def test_another_locale_is_refused():
    with pytest.raises(ValueError, match="'vi' or 'en', not 'fr'"):
        find_figures("5 %", locale="fr")


# ----------------------------------------------------------------------------------------------------------
# What is said of a figure. Each row: a sentence, its language, what is read in it.

SAID = [
    # the sign stands right before, or what is parted by a comparison or an average
    ("Tỷ lệ hộ nghèo giảm 5,2%", "vi", [(-5.2, "%", "eq", "fall")]),
    ("Giá giảm so với cùng kỳ năm trước 5%", "vi", [(-5, "%", "eq", "fall")]),
    ("giảm bình quân mỗi năm 3,5%", "vi", [(-3.5, "%", "eq", "fall")]),
    ("giảm tỷ lệ hộ nghèo bình quân 4-5%", "vi", [(-5, "%", "range", "fall")]),
    ("giảm tới 31%", "vi", [(-31, "%", "eq", "fall")]),
    ("giảm hơn 150.000 lượt", "vi", [(-150000, "visits", "lt", "fall")]),
    ("tăng trưởng âm 1,5%", "vi", [(-1.5, "%", "eq", "level")]),
    ("hợp tác xã lỗ 35 triệu đồng", "vi", [(-35e6, "VND", "eq", "level")]),
    ("thu ngân sách hụt 8,75 tỷ đồng", "vi", [(-8.75e9, "VND", "eq", "fall")]),
    ("tăng trưởng: -1,5%", "vi", [(-1.5, "%", "eq", "level")]),
    ("(+5,2%)", "vi", [(5.2, "%", "eq", "rise")]),
    ("a 7-percent drop in volume", "en", [(-7, "%", "eq", "fall")]),
    ("a 4.1% year-on-year increase", "en", [(4.1, "%", "eq", "rise")]),
    ("5% less than last year", "en", [(-5, "%", "eq", "fall")]),
    ("20% lower than the average", "en", [(-20, "%", "eq", "fall")]),
    ("to reduce the rate by 1-1.5%", "en", [(-1.5, "%", "range", "fall")]),
    ("negative at –5.9%", "en", [(-5.9, "%", "eq", "level")]),
    # a sign is carried on
    ("giảm 5% (tương đương 300 hộ)", "vi", [(-5, "%", "eq", "fall"), (-300, "households", "eq", "fall")]),
    ("lần lượt giảm 8,1%, 7,6% và 7,2%", "vi", [(v, "%", "eq", "fall") for v in (-8.1, -7.6, -7.2)]),
    ("fell 5% in volume and 3% in value", "en", [(-5, "%", "eq", "fall"), (-3, "%", "eq", "fall")]),
    # the level reached
    ("giảm tỷ lệ hộ nghèo xuống còn 5%", "vi", [(5, "%", "eq", "level")]),
    ("số hộ nghèo giảm nhanh, còn 5%", "vi", [(5, "%", "eq", "level")]),
    ("giảm từ 31% xuống còn 25%", "vi", [(31, "%", "eq", "level"), (25, "%", "eq", "level")]),
    ("tăng từ 36 lên 45 triệu đồng", "vi", [(36e6, "VND", "eq", "level"), (45e6, "VND", "eq", "level")]),
    (
        "từ 1,2 triệu đồng (2015) tăng lên 3,8 triệu đồng",
        "vi",
        [(1.2e6, "VND", "eq", "level"), (3.8e6, "VND", "eq", "level")],
    ),
    ("fell to 5.3% from 7.8%", "en", [(5.3, "%", "eq", "level"), (7.8, "%", "eq", "level")]),
    # bounds
    ("từ 80% tổ chức đảng hoàn thành tốt nhiệm vụ trở lên", "vi", [(80, "%", "ge", "level")]),
    ("đạt từ 85% hộ dân", "vi", [(85, "%", "ge", "level")]),
    ("không đạt 66 triệu đồng", "vi", [(66e6, "VND", "lt", "level")]),
    ("chưa đầy 2% hộ nghèo", "vi", [(2, "%", "lt", "level")]),
    ("vượt mốc 1 triệu lượt khách", "vi", [(1e6, "visits", "gt", "level")]),
    ("at least 80 percent of households", "en", [(80, "%", "ge", "level")]),
    # plan, multiple, part, rank
    ("đạt 84,4% kế hoạch năm", "vi", [(84.4, "%", "eq", "share_of_plan")]),
    ("vượt 3% kế hoạch", "vi", [(3, "%", "eq", "rise")]),
    ("58.1 percent of its yearly target", "en", [(58.1, "%", "eq", "share_of_plan")]),
    ("bằng 105% so với cùng kỳ", "vi", [(105, "%", "eq", "multiple")]),
    ("cao gấp 2,5 lần so với trồng ngô", "vi", [(2.5, "times", "eq", "multiple")]),
    ("tăng gần gấp đôi", "vi", [(2, "times", "approx", "multiple")]),
    ("chiếm 57% tổng lượng khách", "vi", [(57, "%", "eq", "part_of")]),
    ("nine of ten; 9 out of 16 communes", "en", [(9, "communes", "eq", "part_of")]),
    ("huyện xếp thứ 5/9 về cải cách", "vi", [(5, "hạng", "eq", "rank")]),
    (
        "đón 1,2 triệu lượt, trong đó khách quốc tế 79.990 lượt",
        "vi",
        [(1.2e6, "visits", "eq", "level"), (79990, "visits", "eq", "part_of")],
    ),
    # lists share the unit of the last
    (
        "các năm lần lượt là 45, 50 và 55 triệu đồng",
        "vi",
        [(v, "VND", "eq", "level") for v in (45e6, 50e6, 55e6)],
    ),
    ("grew 3.83, 3.74 and 6.82 percent", "en", [(v, "%", "eq", "rise") for v in (3.83, 3.74, 6.82)]),
    # units of their own, and words
    (
        "có 14 dân tộc, 5 xã viên, 1.250 lượt vay",
        "vi",
        [(14, "dân tộc", "eq", "level"), (5, "xã viên", "eq", "level"), (1250, "lượt vay", "eq", "level")],
    ),
    ("xe chạy 12 chuyến/ngày", "vi", [(12, "chuyến/day", "eq", "level")]),
    (
        "mật độ 110 người/km², 3 cây/m²",
        "vi",
        [(110, "persons/km2", "eq", "level"), (3, "cây/m2", "eq", "level")],
    ),
    ("5,400 newly established firms", "en", [(5400, "firms", "eq", "level")]),
    ("giảm hơn một triệu lượt khách", "vi", [(-1e6, "visits", "lt", "fall")]),
    ("có hai mươi mốt hợp tác xã", "vi", [(21, "hợp tác xã", "eq", "level")]),
    ("2/3 số hộ khá, giàu", "vi", [(2 / 3, "", "eq", "part_of")]),
    ("roughly two million visitors", "en", [(2e6, "visits", "approx", "level")]),
    # without accents
    (
        "luong khach dat 41.250 luot, giam 2,5% so voi ke hoach",
        "vi",
        [(41250, "visits", "eq", "level"), (-2.5, "%", "eq", "fall")],
    ),
]


@each(SAID)
def test_what_a_sentence_says(text, locale, expected):
    assert read(text, locale) == expected


ASIDE = [
    "Điều 5, 6 và 7 của Nghị quyết 27",
    "Quyết định số 1489/QĐ-TTg ngày 19/5/2021",
    "Kết luận số 76-KL/HU",
    "ngày 05 tháng 12 năm 2023",
    "Sáng 2/9, từ ngày 1/7 đến 15/7",
    "điện thoại 0214.3876.145 hoặc 0912 345 678",
    "quốc lộ 279, Km 125+300, đường tỉnh 160",
    "thôn 3 xã Lương Sơn; thôn 5, 6 và 7 xã Bảo Hà; tổ dân phố số 5",
    "Ông Lử, 62 tuổi; trẻ em dưới 5 tuổi; từ 15 đến 49 tuổi",
    "trong thời hạn 5 năm, 8 giờ 30 phút",
    "dịch Covid-19",
    "dịch vụ công mức độ 3, 4",
    "Bảng 3.2 (trang 45)",
    "giá so sánh năm 2010",
    "học sinh lớp 5",
    "giá trị trên 01 ha",
    "giai đoạn 2021-2025, 9 tháng đầu năm 2022, quý III/2023",
    "No. 1056/QD-UBND dated May 12, 2021",
    "the 27-member bloc",
    "Table 2.1 on page 17 summarises",
    "Call +84 214 3840 456",
    "the 13th congress [12]",
    "hàng trăm triệu đồng",
    "đạt 7/9",
    "3/2",
    "https://laocai.gov.vn/2023/15",
    "khóa XX, kỳ họp thứ 14",
    "xăng E5 RON92",
    "mạng 5G",
]


@each(ASIDE)
def test_numbers_that_are_no_figures_are_left_out(text):
    locale = "en" if re.search(r"\b(the|on|dated|Call)\b", text) else "vi"
    assert find_figures(text, locale=locale)["text"].tolist() == []


DOUBTS = [
    ("66 tiệu đồng", "not understood: tiệu"),
    ("không giảm 5%", "denied"),
    ("không phải 45 triệu", "denied"),
    ("cao hơn 5%", "than what is not said"),
    ("thấp hơn 5 triệu đồng", "than what is not said"),
    ("giảm 3 lần", "leave it open"),
    ("tăng/giảm 5%", "a rise, or a fall"),
    ("tăng (giảm) 5%", "a rise, or a fall"),
    ("biến động ± 5%", "two signs"),
    ("giảm đến 31%", "level reached"),
    ("tăng từ 10 đến 15%", "level reached"),
    ("giảm dưới 5%", "level reached"),
    ("sụt giảm nghiêm trọng 45%", "leave it open"),
    ("mức giảm của 5 xã", "leave it open"),
    ("thu từ 5 doanh nghiệp", "from where"),
    ("giảm 2 xã, 3 thôn", "as the number before"),
    ("giảm 5% (1.200 hộ)", "as the number before"),
    ("thiếu hụt 5 giáo viên", "leave it open"),
    ("nhập siêu 3 tỷ USD", "deficit"),
    ("835.00 người", "broken"),
    ("tỷ lệ 1.234%", "three decimals"),
    ("-45 hộ nghèo", "mark of a list"),
    ("trên 50-60%", "before two numbers"),
    ("số liệu: 45 46 47", "table"),
    ("45,5 (triệu đồng/người)", "brackets"),
    ("thu nhập (triệu đồng): 45,5", "brackets"),
    ("3 khâu đột phá", "not said"),
    ("3 x 5 = 15 triệu", "not said"),
    (f"đạt {'9' * 60} người", "more than 30 digits"),
]


@each(DOUBTS)
def test_what_is_open_is_not_read(text, why):
    doubtful = find_figures(text).query("problem != ''")
    assert doubtful["problem"].str.contains(why).any()
    assert doubtful[["value", "low", "high"]].isna().all(axis=None)
    assert not any(
        value == -5 or abs(value) in (66, 45, 31) for value, *_ in read(text) if text != "giảm 5% (1.200 hộ)"
    )


def test_a_number_of_one_habit_in_the_words_of_the_other_language_is_open():
    text = "International arrivals totalled 6,310 in May"
    assert read(text, "en") == [(6310, "", "eq", "level")]
    assert find_figures(text)["problem"].tolist() == ["thousands, or three decimals?"]


# ----------------------------------------------------------------------------------------------------------
# Time, comparison, kind, subject.


def test_time_and_comparison():
    text = (
        "9 tháng đầu năm 2022, doanh thu đạt 45 tỷ đồng, tăng 12% so với cùng kỳ năm trước "
        "và bằng 84% kế hoạch năm 2022."
    )
    found = find_figures(text)
    assert found["period_code"].tolist() == ["2022-9M"] * 3
    assert found["compared_with"].tolist() == ["", "so với cùng kỳ năm trước", "kế hoạch năm 2022"]
    assert found["compared_period"].tolist() == ["", "2021-9M", "2022"]
    assert found["before"].tolist() == ["doanh thu"] * 3


@each([(1, "2023M12"), (3, "2024M02"), (12, "2024M11")])
def test_the_month_before_is_the_one_that_is_compared_with(month, before):
    found = find_figures(f"Tháng {month}/2024 đón 20.000 lượt khách, tăng 5% so với tháng trước")
    assert found["compared_period"].tolist() == ["", before]


@pytest.mark.parametrize(("length", "ends"), [(60, True), (61, False)])
def test_a_full_line_goes_on_before_a_capital_letter(length, ends):
    line = "Thu".ljust(length, "y")
    cut = paragraphs(f"Đầu\n{line}\nCai")
    assert [text for _, text in cut] == ["Đầu", line, "Cai"] if ends else ["Đầu", f"{line}\nCai"]


@each(
    [
        ("các năm 2020, 2021 và 2022 lần lượt là 36; 40 và 45 triệu đồng", ["2020", "2021", "2022"]),
        ("từ 18 triệu đồng năm 2015 lên 34 triệu đồng năm 2020", ["2015", "2020"]),
        ("Năm 2022 đón 5.000 lượt; năm 2023 là 6.000 lượt", ["2022", "2023"]),
        ("Năm 2022 đạt 5 tỷ đồng (2021: 4 tỷ đồng), tăng 25%", ["2022", "2021", "2022"]),
        ("tổng vốn giai đoạn 2021-2025 là 5 tỷ đồng", ["2021-2025"]),
        ("CPI tháng 10/2022 tăng 0,2% so với tháng trước", ["2022M10"]),
        ("trước năm 2015 có 5 xã", [""]),
        # a time that begins what is said of the next number is not that of the one before
        ("Số xã đạt chuẩn: 10/16 xã (năm 2021: 8/16 xã)", ["", "2021"]),
        ("Doanh thu 780 tỷ đồng (2019: 520 tỷ đồng; 2020: 300 tỷ đồng)", ["", "2019", "2020"]),
        ("Thu nhập đạt 50 triệu đồng, năm 2021 là 42 triệu đồng", ["", "2021"]),
        ("Thu nhap dat 50 trieu dong (nam 2021 la 42 trieu dong)", ["", "2021"]),
        ("Khách đạt 620.000 lượt (kế hoạch năm 2023 là 700.000 lượt)", ["", "2023"]),
        ("Revenue reached VND 780 billion, while in 2021 it was VND 520 billion", ["", "2021"]),
        ("Thu nhập đạt 50 triệu đồng (năm 2022), hộ nghèo còn 17% (năm 2023)", ["2022", "2023"]),
        # now and this year are times, too
        ("Năm 2021 thu nhập đạt 42 triệu đồng, đến nay đạt 50 triệu đồng, tăng 19%", ["2021", "", ""]),
        ("Cuối năm 2020 có 8 xã; hiện có 11 xã", ["2020", ""]),
        ("Năm 2022 đạt 780 tỷ đồng, dự kiến năm nay đạt 960 tỷ đồng", ["2022", ""]),
        ("In 2021 it was 42 billion dong, now 50 billion dong", ["2021", ""]),
        ("Năm 2022 thực hiện hiện đại hóa 3 xã; xuất hiện 5 hộ", ["2022", "2022"]),
        # the start of a change, and what something is compared with, keep their time for themselves
        ("Từ 75 triệu đồng năm 2019, giá trị tăng lên 92 triệu đồng", ["2019", ""]),
        ("So với 780 tỷ đồng của năm 2022, doanh thu đạt 960 tỷ đồng", ["2022", ""]),
        ("Năm 2023 tỷ lệ hộ nghèo giảm từ 22% còn 17,2%", ["", "2023"]),
    ]
)
def test_each_number_has_its_own_time(text, codes):
    assert find_figures(text)["period_code"].tolist() == codes


@each(
    [
        ("phấn đấu đạt 66 triệu đồng", ["plan"]),
        ("ước đạt 66 triệu đồng", ["estimate"]),
        ("Mục tiêu đến năm 2025: thu nhập 75 triệu đồng; tỷ lệ hộ nghèo 5%", ["target", "target"]),
        ("kế hoạch 66 triệu đồng, thực hiện 60 triệu đồng", ["plan", ""]),
        ("không đạt chỉ tiêu được giao là 1.850 tỷ đồng", ["plan"]),
        ("đạt 94,5% kế hoạch (KH 1.200 lao động)", ["", "plan"]),
        ("đạt 105% kế hoạch, tăng 3% so với cùng kỳ", ["", ""]),
        ("surpassing the 90 per cent target", ["target"]),
        # what is of a time before the plan's, of a part of its year, or of now came of it
        ("Nghị quyết đề ra đến năm 2025 đạt 66 triệu đồng, kết quả năm 2023 đạt 54 triệu đồng", ["plan", ""]),
        ("Kế hoạch năm 2024 là 1.600 tỷ đồng, 6 tháng đầu năm đạt 800 tỷ đồng", ["plan", ""]),
        ("Mục tiêu đến năm 2025 là 66 triệu đồng; hiện đạt 50 triệu đồng", ["target", ""]),
        ("Phấn đấu năm 2024 đạt 66 triệu đồng, năm 2025 đạt 75 triệu đồng", ["plan", "plan"]),
        ("Mục tiêu đến năm 2025 thu nhập đạt 66 triệu đồng, có 14 xã đạt chuẩn", ["target", "target"]),
    ]
)
def test_plans_and_estimates_are_marked(text, kinds):
    locale = "en" if "target" in text else "vi"
    assert find_figures(text, locale=locale)["kind"].tolist() == kinds


@each(
    [
        # the one time that the paragraph names holds for the sentences that name none
        ("Năm 2022 đón 5.000 lượt. Doanh thu đạt 30 tỷ đồng. Hộ nghèo còn 12%.", ["2022", "2022*", "2022*"]),
        ("9 tháng đầu năm 2023 thu 120 tỷ đồng. Hộ nghèo còn 12,5%.", ["2023-9M", "2023-9M*"]),
        ("Năm 2022 thu 300 tỷ đồng. So với năm 2021, lượt khách tăng 20%.", ["2022", "2022*"]),
        ("Báo cáo năm 2022 nêu rõ. Toàn huyện có 16 xã.", ["2022*"]),
        ("In 2022 revenue reached 300 billion dong. Income was 45 million dong.", ["2022", "2022*"]),
        # but not where two are named, the words say another, or it is a plan's and this is none
        ("Năm 2021 đạt 36 triệu đồng. Năm 2022 đạt 40 triệu đồng. Hộ nghèo còn 12%.", ["2021", "2022", ""]),
        ("Năm 2022 thu 300 tỷ đồng. Riêng quý IV thu 90 tỷ đồng. Có 5.000 lượt.", ["2022", "", ""]),
        ("Năm 2022 có 5 xã. Cùng kỳ năm trước có 4 xã.", ["2022", ""]),
        ("Năm 2022 thu 300 tỷ đồng. Vụ xuân gieo cấy 500 ha. Có 5.000 lượt.", ["2022", "", ""]),
        ("Quý I/2024 thu 5 tỷ đồng. Tính đến nay có 300 hộ tham gia.", ["2024Q1", ""]),
        ("Mục tiêu đến năm 2025 đạt 75 triệu đồng. Thu nhập đạt 45 triệu đồng.", ["2025", ""]),
        ("Năm 2022 thu 120 tỷ đồng. Phấn đấu thu 150 tỷ đồng.", ["2022", ""]),
        ("Trước năm 2015 có 5 xã. Hộ nghèo còn 12%.", ["", ""]),
        ("In 2022 revenue was 3 billion dong. Currently there are 5 communes.", ["2022", ""]),
        # and not from one paragraph to the next
        ("Năm 2022 đón 5.000 lượt.\n\nDoanh thu đạt 30 tỷ đồng.", ["2022", ""]),
    ]
)
def test_a_period_is_carried_on_and_marked(text, codes):
    found = find_figures(text, locale="en" if text.startswith("In ") else "vi")
    marked = found["period_code"] + found["period_inferred"].map({True: "*", False: ""})
    assert marked.tolist() == codes
    assert found["period"].ne("")[found["period_code"] != ""].all()


@each(
    [
        (
            "Kế hoạch năm 2022 là 500 tỷ đồng, thực hiện 579 tỷ đồng, đạt 115,8%",
            "Kế hoạch năm 2022 là 500 tỷ đồng",
        ),
        (
            "Theo kế hoạch, huyện trồng 500 ha, thực hiện 579 ha, đạt 115,8%",
            "Theo kế hoạch, huyện trồng 500 ha",
        ),
        ("Trồng rừng 579 ha/KH 500 ha, đạt 115,8%", "KH 500 ha"),
        ("Thu 579 tỷ đồng (kế hoạch 500 tỷ đồng), đạt 115,8%", "kế hoạch 500 tỷ đồng"),
        ("Mục tiêu 16 xã đạt chuẩn, đến nay có 12 xã, đạt 75%", "Mục tiêu 16 xã"),
        ("Kế hoạch vốn 50 tỷ đồng, giải ngân 45 tỷ đồng, tỷ lệ giải ngân đạt 90%", "Kế hoạch vốn 50 tỷ đồng"),
        ("Kế hoạch trồng 500 ha rừng; đã trồng 579 ha, bằng 115,8%", "Kế hoạch trồng 500 ha"),
        ("So với kế hoạch, doanh thu đạt 115,8%", "So với kế hoạch"),
        ("Against a plan of 500 ha, 579 ha were planted, reaching 115.8%", "plan of 500 ha"),
        # a level of its own all the same
        ("Theo kế hoạch, tỷ lệ che phủ rừng đạt 60%", ""),
        ("Kế hoạch năm 2023 tỷ lệ hộ nghèo đạt 5%", ""),
        ("Kế hoạch thu 66 tỷ đồng, đã thu 60 tỷ đồng, tỷ lệ lao động qua đào tạo đạt 55%", ""),
        ("Có 500 ha, trồng 579 ha, đạt 60%", ""),
        ("So với cùng kỳ, tỷ lệ hộ nghèo đạt 12%", ""),
    ]
)
def test_a_share_of_the_plan_before_it(text, against):
    last = find_figures(text, locale="en" if text.startswith("Ag") else "vi").iloc[-1]
    assert (last["relation"], last["compared_with"]) == ("share_of_plan" if against else "level", against)


@each(
    [
        ("Toàn huyện không còn xã dưới 10 tiêu chí", "communes"),
        ("Không có xã nào đạt dưới 10 tiêu chí", "communes"),
        ("Chưa có xã nào đạt trên 15 tiêu chí", "communes"),
        ("Tỉnh không còn hộ nào có thu nhập dưới 15 triệu đồng", "households"),
        ("Không có doanh nghiệp nào doanh thu trên 10 tỷ đồng", "doanh nghiệp"),
        ("Không còn thôn có tỷ lệ hộ nghèo trên 50%", "thôn"),
        ("No commune meets fewer than 10 criteria", "communes"),
        # of what, or whether, is open
        ("Không để xã nào dưới 10 tiêu chí", None),
        ("Số người không có việc làm trên 500 người", None),
        ("Không có dự án nào chậm tiến độ và giải ngân trên 90%", None),
    ]
)
def test_none_is_a_count_of_zero(text, unit):
    (row,) = find_figures(text, locale="en" if text.startswith("No ") else "vi").to_dict("records")
    if unit is None:
        assert row["problem"] == "none of what is said, and the number is its condition"
    else:
        assert (row["value"], row["unit"], row["qualifier"], row["relation"]) == (0, unit, "eq", "level")


@each(
    [
        ("-5%", -5),
        ("-5%.", -5),
        ("-5% so với năm trước.", -5),
        ("-5% hộ nghèo.", None),  # a minus, or the mark of a list?
        ("-5%, hộ cận nghèo.", None),
        ("-5 tấn", None),
    ]
)
def test_a_minus_that_begins_a_text_is_one_where_nothing_but_a_comparison_follows(text, value):
    (row,) = find_figures(text).to_dict("records")
    assert row["problem"] == ("" if value else "a minus, or the mark of a list?")
    assert math.isnan(row["value"]) if value is None else row["value"] == value


@each(
    [
        ("Giảm tỷ lệ hộ nghèo dân tộc thiểu bình quân 5%.", "vi", -5),
        ("Giảm tỷ lệ hộ nghèo dân tộc thiểu số bình quân 5%.", "vi", None),
        ("Income fell very much in this district here by 5%.", "en", -5),
        ("Income fell very much in this district here now by 5%.", "en", None),
    ]
)
def test_a_word_of_a_fall_turns_the_number_from_eight_phrases_before_it(text, locale, value):
    (row,) = find_figures(text, locale=locale).to_dict("records")
    assert row["relation"] == ("fall" if value else "level")
    assert row["problem"] == ("" if value else "a fall, or a level: the words leave it open")
    assert math.isnan(row["value"]) if value is None else row["value"] == value


def test_in_english_three_words_at_most_stand_between_a_number_and_what_is_counted():
    assert read("The town has 45 poor small old households.", "en") == [(45.0, "households", "eq", "level")]
    assert read("The town has 45 poor small old rural households.", "en") == [(45.0, "", "eq", "level")]


def test_short_of_a_plan_is_a_fall_below_it():
    assert read("The yield was 5% short of the plan.", "en") == [(-5.0, "%", "eq", "fall")]


def test_money_before_a_number_is_not_its_unit():
    assert read("Giá bán 5 đồng đạt 45 mớ.") == [(5.0, "VND", "eq", "level"), (45.0, "", "eq", "level")]


@each(
    [
        ("Thu nhập đạt 45 trịu đồng.", "vi", "trịu"),
        ("Thu nhập đạt 45 mớ USD.", "vi", "mớ"),
        ("Revenue was 45 mlion dong.", "en", "mlion"),
        ("Revenue was 45 bilon VND.", "en", "bilon"),
        ("Welcomed 45 milion visitors.", "en", "milion"),
    ]
)
def test_an_unknown_word_between_a_number_and_its_money_may_be_a_scale(text, locale, word):
    """And in English before what is counted, where it is nearly one."""
    assert list(find_figures(text, locale=locale)["problem"]) == [f"not understood: {word}"]
    assert read("The town has 45 poor households.", "en") == [(45.0, "households", "eq", "level")]


@each(["Sản lượng đạt 45 (tấn).", "Diện tích (ha) đạt 45.", "Số hộ đạt 45 (hộ)."])
def test_a_unit_alone_in_brackets_forbids_a_reading(text):
    assert list(find_figures(text)["problem"]) == ["its unit stands in brackets"]


def test_a_number_alone_after_a_colon_is_read_where_it_has_decimals():
    assert list(find_figures("Sản lượng: 45.")["problem"]) == ["what it counts is not said"]
    assert read("Sản lượng: 45,3.") == [(45.3, "", "eq", "level")]


@each(range(1, 10))
def test_the_words_of_a_number_begin_twenty_phrases_before_it_at_most(times):
    """Each turn is a rise and what it is compared with, three phrases; the last ends in a year."""
    turn = "tăng so với cùng kỳ "
    (row,) = find_figures("Thu nhập " + turn * times + "năm trước 5%.").to_dict("records")
    said = row["text"].removesuffix("năm trước 5%")
    assert said == turn * min(times, 6)
    assert row["before"] == ("Thu nhập" if times <= 6 else "Thu nhập tăng")


# ----------------------------------------------------------------------------------------------------------
# Any text, and long ones.

PIECES = [
    *" ".join(TEXTS.values()).split(),
    *"0,.;:()/-–±=%‰$\u200b\u0301ƣßÃİ²５١\n\t…😀",
    *("00", "1.", "999.999"),
]


def any_text(random_: random.Random) -> str:
    """Pieces of passages and odd letters, joined in any order, some of them damaged."""
    text = "".join(
        random_.choice([" ", "", " "]) + random_.choice(PIECES) for _ in range(random_.randint(1, 15))
    )
    if random_.random() < 0.2:
        text = unicodedata.normalize("NFD", text)
    return text.encode().decode("cp1252", "replace") if random_.random() < 0.1 else text


def test_no_text_raises_and_every_span_holds():
    random_ = random.Random(7)
    for _ in range(1500):
        text, locale = any_text(random_), random_.choice(["vi", "en"])
        made = uniform(text)
        assert len(made.places) == len(made.text) + 1
        for row in proposals(made.text, locale):
            start, end = made.span(row["start"], row["end"])
            assert 0 <= start < end <= len(text), text
            assert math.isnan(row["value"]) == bool(row["problem"]), text
            assert math.isnan(row["value"]) or row["low"] <= row["value"] <= row["high"], text


@pytest.mark.parametrize(
    "piece", ["1 ", "1, ", "ƣ", "(5%) ", "2022, ", "so với ", "5 triệu ", "1/", "từ 5 lên ", "á»‡", "a@"]
)
def test_the_time_grows_with_the_length(piece):
    def seconds(length: int) -> float:
        began = time.process_time()
        find_figures((piece * length)[:length])
        return time.process_time() - began

    seconds(1000)
    assert seconds(8000) < 8 * seconds(2000) + 0.5  # four times as long; a square law would take 16 times
