"""Spreadsheets of OpenDocument, cell by cell, from content written by hand. All numbers here are invented."""

import zipfile

import pytest

from baoyen_analysis.intake.office import OfficeFileError, read_office

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("table", "office", "text", "style")
)
STYLES = (
    '<style:style style:name="old"><style:text-properties style:font-name=".VnTime"/></style:style>'
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="shut"><style:table-properties table:display="false"/></style:style>'
)


def cell(text, said="", style=""):
    style = f' table:style-name="{style}"' if style else ""
    return f"<table:table-cell{style} {said}><text:p>{text}</text:p></table:table-cell>"


def number(value, text, kind="float"):
    return cell(text, f'office:value-type="{kind}" office:value="{value}"')


def row(*cells, said=""):
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def read(tmp_path, *rows, table=""):
    content = (
        f"<office:document-content {NAMES}>{STYLES}<office:spreadsheet>"
        f'<table:table table:name="Biểu" {table}>{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("content.xml", content)
    return read_office(tmp_path / "a.ods")


def day(text, value="2022-01-01"):
    return cell(text, f'office:value-type="date" office:date-value="{value}"')


HEAD = row(cell("Xã"), cell("2021"), cell("2022"))


def test_numbers_are_read_as_they_are_shown(tmp_path):
    rows = read(
        tmp_path, HEAD, row(cell("Bảo Hà"), number("0.0845", "8,45%", "percentage"), number("68", "68,0"))
    ).rows
    assert rows[["cell", "value_text", "value"]].values.tolist() == [
        ["B2", "8.45%", pytest.approx(8.45)],
        ["C2", "68.0", 68],
    ]


@pytest.mark.parametrize(
    ("bad", "text", "said"),
    [
        (number("5", "7"), "5", "shown otherwise: '7'"),
        (cell("#DIV/0!"), "#DIV/0!", "a formula without a stored value"),
        (cell("Err:502"), "Err:502", "a formula without a stored value"),
        (cell("", 'table:formula="of:=1+1"'), "of:=1+1", "a formula without a stored value"),
    ],
)
def test_what_has_no_number_is_a_problem(tmp_path, bad, text, said):
    table = read(tmp_path, HEAD, row(cell("Bảo Hà"), bad, number("41.5", "41,5")))
    assert table.rows["cell"].tolist() == ["C2"]
    assert table.problems[["cell", "text"]].values.tolist() == [["B2", text]]
    assert said in table.problems["problem"].item()


@pytest.mark.parametrize(
    ("head", "period"),
    [(day("2022"), (2022, "")), (day("01/2022"), (2022, "M01")), (day("01/01/22"), (2022, "01-01"))],
)
def test_a_day_in_a_head_is_the_period_that_it_shows(tmp_path, head, period):
    rows = read(tmp_path, row(cell("Xã"), head), row(cell("Bảo Hà"), number("5.5", "5,5"))).rows
    assert (rows["year"].item(), rows["part"].item()) == period


def test_words_blanks_and_raised_digits(tmp_path):
    mark = '45<text:s/>300<text:span text:style-name="up">2</text:span>'
    old = cell("Kim S¬n", style="old")
    table = read(
        tmp_path, HEAD, row(cell("Bảo Hà"), cell(mark), cell("41")), row(old, number("5", "5"), cell("6"))
    )
    assert table.rows["value_text"].tolist() == ["41", "5", "6"]
    assert table.problems.iloc[-1][["cell", "text"]].tolist() == ["B2", "45 300(2)"]
    assert table.rows["area_text"].tolist()[1:] == ["Kim Sơn"] * 2


def test_what_is_hidden_or_repeated(tmp_path):
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    again = 'table:number-rows-repeated="2" table:visibility="filter"'
    table = read(
        tmp_path,
        columns,
        HEAD,
        row(cell("Bảo Hà"), number("5", "5"), number("6", "6"), said=again),
        table='table:style-name="shut"',
    )
    assert table.rows["cell"].tolist() == ["B2", "C2", "B3", "C3"]
    assert table.problems["text"].tolist() == ["Biểu", "rows 2, 3, column B"]


@pytest.mark.parametrize(
    "wrong",
    [
        row(cell("a"), said='table:number-rows-repeated="30000"'),
        row(cell("a", 'table:number-columns-repeated="20000"')),
    ],
)
def test_a_file_that_says_too_much_is_refused(tmp_path, wrong):
    with pytest.raises(OfficeFileError, match=r"said 30000 times|beyond the last column"):
        read(tmp_path, HEAD, wrong)
