"""PC-Axis read by its own rules: what is said of what, part years and plans, rows with keys, letters. All
numbers here are invented."""

import pytest

from baoyen_analysis.intake.office import read_office
from baoyen_analysis.intake.pcaxis import numbers_of_pc_axis
from baoyen_analysis.intake.sheets import OfficeFileError

START = 'CHARSET="ANSI";CODEPAGE="utf-8";TITLE="Thu nhập bình quân";'
DISTRICTS = 'VALUES("Huyện")="Sa Pa","Bát Xát","Văn Bàn";'
COMPLETE = (
    START + 'UNITS="lượt khách";STUB="Huyện";HEADING="Năm";' + DISTRICTS + 'VALUES("Năm")="2021","2022";'
)
KEYED = COMPLETE + 'CODES("Huyện")="1","2","3";'


def read(tmp_path, text: str | bytes, **asked):
    file = tmp_path / "table.px"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_office(file, **asked)


def across(tmp_path, name: str, *labels: str, year: str = "2021"):
    """The rows of a table of one area and year across the labels of one variable, as `numbers_of_pc_axis`
    gives them."""
    text = (
        START
        + f'UNITS="tấn";STUB="Huyện","Năm";HEADING="{name}";VALUES("Huyện")="Sa Pa";VALUES("Năm")="{year}";'
    )
    text += f'VALUES("{name}")={",".join(map(chr(34).__add__, (label + chr(34) for label in labels)))};DATA={" ".join("7" for _ in labels)};'
    return [number._asdict() for number in numbers_of_pc_axis(tmp_path / "table.px", text.encode())[0]]


@pytest.mark.parametrize("data", ['".." ".." 5 6 7 8', '"..","..",5,6,7,8', '".."\n".."\t5 6\n7 8'])
def test_marks_side_by_side_are_cells_of_their_own(tmp_path, data):
    rows = read(tmp_path, COMPLETE + f"DATA={data};").rows
    assert rows["value_text"].tolist() == ["..", "..", "5", "6", "7", "8"]
    assert rows["missing"].tolist() == ["no_information"] * 2 + [""] * 4


@pytest.mark.parametrize(
    ("keys", "data"),
    [
        ("CODES", '"1",100,200\n"3",300,".."'),
        ("CODES", '"3" 300 ".." "1" 100 200'),
        ("VALUES", '"Sa Pa",100,200\n"Văn Bàn",300,".."'),
    ],
)
def test_rows_with_keys_stand_where_their_keys_say(tmp_path, keys, data):
    table = read(tmp_path, KEYED + f'KEYS("Huyện")={keys};DATA={data};')
    rows = table.rows.sort_values(["area_text", "year"])
    assert rows[["area_text", "year", "value_text"]].values.tolist() == [
        ["Sa Pa", 2021, "100"],
        ["Sa Pa", 2022, "200"],
        ["Văn Bàn", 2021, "300"],
        ["Văn Bàn", 2022, ".."],
    ]
    assert table.problems["text"].tolist() == ["2 numbers"]
    assert "rows of zeros are left out" in table.problems["problem"].item()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('KEYS("Huyện")=CODES;DATA="1",100,200,"9",300,400;', "not made of rows of 1 keys and 2 numbers"),
        ('KEYS("Huyện")=CODES;DATA="1",100,200,"1",300,400;', "each row once"),
        ('KEYS("Huyện")=CODES;DATA="1",100,200,"3",300;', "not made of rows"),
        ('KEYS("Huyện")=CODES;DATA=1 100 200 3 300 400;', "not made of rows"),
        ('KEYS("Huyện")=CODES;DATA="1",100,200;"3",300,;', "not made of rows"),
        ('KEYS("Năm")=CODES;DATA=1 2 3 4 5 6;', "KEYS of Năm, which is not in STUB"),
        ('KEYS("Huyện")=NAMES;DATA="1",100,200;', "not the names or codes"),
        ("DATA=1 2 3 4 5;", "its DATA has 5 numbers where 3 Huyện × 2 Năm are said"),
        ("DATA=1 2 3 4 5 6", "its DATA has 0 numbers"),  # cut short: the last number may be longer
    ],
)
def test_data_that_does_not_fit_is_refused(tmp_path, text, said):
    with pytest.raises(OfficeFileError, match=said):
        read(tmp_path, KEYED + text)


def test_each_content_has_its_own_unit(tmp_path):
    text = (
        START
        + 'CONTVARIABLE="Chỉ tiêu";STUB="Chỉ tiêu";HEADING="Năm";VALUES("Chỉ tiêu")="Dân số","Doanh thu","Số hộ";VALUES("Năm")="2021";'
    )
    text += 'UNITS("Dân số")="người";UNITS("Doanh thu")="tỷ đồng";DATA=1 2 3;'
    assert read(tmp_path, text).rows["unit_text"].tolist() == ["người", "tỷ đồng", ""]
    assert read(tmp_path, text, unit="hộ").rows["unit_text"].tolist() == ["người", "tỷ đồng", "hộ"]


def test_the_unit_of_a_label_comes_before_that_of_the_table(tmp_path):
    labels = ["Doanh thu (tỷ đồng)", "Hộ nghèo (%)", "Khách (lượt)", "Thu"]
    text = (
        START
        + f'UNITS="triệu đồng";STUB="Chỉ tiêu";HEADING="Năm";VALUES("Chỉ tiêu")={str(labels)[1:-1]};VALUES("Năm")="2021";DATA=1 2 3 4;'
    )
    assert read(tmp_path, text.replace("'", '"')).rows["unit_text"].tolist() == [
        "tỷ đồng",
        "%",
        "lượt",
        "triệu đồng",
    ]


def test_a_title_gives_its_kind_to_its_own_year_and_contents_name_the_indicator(tmp_path):
    text = (
        COMPLETE.replace("Thu nhập bình quân", "Biểu của phòng, kế hoạch năm 2022")
        + 'CONTENTS="Doanh thu từ du lịch";DATA=1 2 3 4 5 6;'
    )
    rows = read(tmp_path, text).rows
    assert rows["kind"].tolist() == ["unclear", "plan"] * 3
    assert set(rows["indicator_text"]) == {"Doanh thu từ du lịch"}


@pytest.mark.parametrize(
    ("name", "label", "part"),
    [
        ("Quý", "Quý I", "Q1"),
        ("Quý", "II", "Q2"),
        ("Quý", "3", "Q3"),
        ("Quarter", "4", "Q4"),
        ("Tháng", "Tháng 3", "M03"),
        ("Tháng", "11", "M11"),
        ("Month", "2", "M02"),
        ("Kỳ", "6 tháng đầu năm", "H1"),
        ("Kỳ", "9 tháng", "9M"),
        ("Kỳ", "Q1", "Q1"),
        ("Kỳ", "M03", "M03"),
        ("Quý", "Cả năm", ""),
    ],
)
def test_a_part_of_the_year_is_never_the_full_year(tmp_path, name, label, part):
    text = (
        START
        + f'UNITS="tấn";STUB="Huyện";HEADING="Năm","{name}";{DISTRICTS}VALUES("Năm")="Sơ bộ 2021";VALUES("{name}")="{label}";DATA=1 2 3;'
    )
    assert read(tmp_path, text).rows[["year", "part", "status"]].drop_duplicates().values.tolist() == [
        [2021, part, "preliminary"]
    ]


def test_months_may_be_written_in_two_ways(tmp_path):
    text = (
        START
        + f'UNITS="tấn";STUB="Huyện";HEADING="Tháng";{DISTRICTS}VALUES("Tháng")="2023M01","2023-03","Tháng 4/2023";DATA=1 2 3 4 5 6 7 8 9;'
    )
    assert read(tmp_path, text).rows[["year", "part"]].values.tolist()[:3] == [
        [2023, "M01"],
        [2023, "M03"],
        [2023, "M04"],
    ]
    months = read(tmp_path, text.replace("2023M01", "2023-02").replace("Tháng 4/2023", "2023-04"))
    assert months.rows["part"].tolist()[:3] == ["M02", "M03", "M04"]


@pytest.mark.parametrize(
    ("name", "label"), [("Quý", "Tổng số"), ("Tháng", "Bình quân"), ("Quý", "V"), ("Tháng", "13")]
)
def test_what_is_no_part_of_a_year_has_no_period(tmp_path, name, label):
    text = (
        START
        + f'UNITS="tấn";STUB="Huyện";HEADING="Năm","{name}";{DISTRICTS}VALUES("Năm")="2021";VALUES("{name}")="{label}";DATA=1 2 3;'
    )
    table = read(tmp_path, text)
    assert table.rows["year"].isna().all()
    assert "no period is known for this number" in table.problems["problem"].item()


@pytest.mark.parametrize(
    ("name", "labels", "kinds"),
    [
        ("Loại", ["Kế hoạch", "Thực hiện"], ["plan", "actual"]),
        ("Số liệu", ["Ước thực hiện", "Mục tiêu", "Sơ bộ"], ["estimate", "target", "preliminary"]),
        ("Khu vực", ["Thành thị", "Nông thôn"], ["", ""]),
        ("Quý", ["Kế hoạch quý I", "Quý II"], ["plan", ""]),
    ],
)
def test_a_plan_is_said_to_be_one(tmp_path, name, labels, kinds):
    assert [row["kind"] for row in across(tmp_path, name, *labels)] == kinds


def test_a_plan_in_the_head_of_a_period_and_two_kinds_at_once(tmp_path):
    rows = across(tmp_path, "Khu vực", "Thành thị", year="Kế hoạch 2024")
    assert [(row["kind"], row["period_text"]) for row in rows] == [("plan", "2024")]
    rows = across(tmp_path, "Quý", "Kế hoạch quý I")
    assert [(row["kind"], row["period_text"]) for row in rows] == [("plan", "quý I 2021")]
    assert across(tmp_path, "Loại", "Kế hoạch", year="Thực hiện 2024")[0]["kind"] == "unclear"


def test_kind_and_part_reach_the_rows_of_read_office(tmp_path):
    text = (
        START
        + f'UNITS="triệu đồng";STUB="Huyện";HEADING="Năm","Loại";{DISTRICTS}VALUES("Năm")="Sơ bộ 2023","2024";'
    )
    rows = read(
        tmp_path, text + 'VALUES("Loại")="Thực hiện","Kế hoạch";DATA=1 2 3 4 5 6 7 8 9 10 11 12;'
    ).rows
    assert rows.loc[:3, ["year", "kind"]].values.tolist() == [
        [2023, "unclear"],
        [2023, "unclear"],
        [2024, "actual"],
        [2024, "plan"],
    ]
    assert rows["indicator_text"].unique().tolist() == ["Thu nhập bình quân"]


def test_legacy_letters_are_mended_and_reported(tmp_path):
    text = 'CHARSET="ANSI";TITLE="D©n sè";STUB="TØnh";HEADING="N¨m";VALUES("TØnh")="B¶o Hµ","NghÜa §«","Phè Rµng","Kim S¬n";VALUES("N¨m")="2021";DATA=1 2 3 4;'
    table = read(tmp_path, text.encode("latin-1"))
    assert table.rows["area_text"].tolist() == ["Bảo Hà", "Nghĩa Đô", "Phố Ràng", "Kim Sơn"]
    assert table.problems["problem"].str.contains("tcvn3").sum() == 7
    assert table.problems["text"].tolist()[0] == "table.px"


def test_a_page_that_is_not_named_is_reported(tmp_path):
    table = read(
        tmp_path,
        'CHARSET="ANSI";TITLE="x";UNITS="ha";STUB="Huyện";HEADING="Năm";VALUES("Huyện")="Sa Pa";VALUES("Năm")="2021";DATA=1;'.replace(
            "ệ", "ê\u0323"
        )
        .replace("ă", "\u0103")
        .encode("cp1258"),
    )
    assert "windows-1258" in table.problems["problem"].iloc[0]
    assert len(table.rows) == 1
