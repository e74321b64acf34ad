"""Tables of Word reports and of PDFs with text. All numbers here, and in the files of tests/data/office, are
invented; report-libreoffice.docx, report.pdf and report-three-pages.pdf were written by LibreOffice."""

import docx
import matplotlib.pyplot as plt
import pytest
from conftest import ROOT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from baoyen_analysis.intake import apart
from baoyen_analysis.intake.office import OfficeFileError, read_office

OFFICE = ROOT / "tests" / "data" / "office"
COLUMNS = ["area_text", "indicator_text", "kind", "year", "value"]


def document(tmp_path, rows, *, lines=(), name="report.docx"):
    """A document as Word writes it, with the lines before a table of these rows."""
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    return paper, table, tmp_path / name


def saved(paper, path):
    paper.save(path)
    return read_office(path)


@pytest.fixture
def read_here(monkeypatch):
    """Files are read in this process: that they are read alike apart is tried elsewhere."""
    monkeypatch.setattr(apart, "_read_apart", apart._read)


HEAD = ["Chỉ tiêu", "ĐVT", "TH 2023", "KH 2024"]
INCOME = ["Thu nhập bình quân đầu người", "Triệu đồng", "58,5", "66,0"]
VISITS = ["Lượt khách du lịch", "1.000 lượt", "1.430", "1.600"]


def test_a_table_of_a_word_report_is_read_with_its_own_places(tmp_path):
    lines = ["Năm 2021 thu nhập đạt 40 triệu đồng, tăng so với năm trước.", "Biểu 1. Chỉ tiêu (bịa đặt)"]
    paper, _, path = document(tmp_path, [HEAD, INCOME, VISITS], lines=lines)
    read = saved(paper, path)
    assert read.problems.empty
    assert read.rows[["sheet", "cell", "kind", "year", "value"]].values.tolist() == [
        ["Bảng 1", "C2", "actual", 2023, 58.5e6],
        ["Bảng 1", "D2", "plan", 2024, 66e6],
        ["Bảng 1", "C3", "actual", 2023, 1.43e6],
        ["Bảng 1", "D3", "plan", 2024, 1.6e6],
    ]
    assert read.rows["title"].unique().tolist() == ["Biểu 1. Chỉ tiêu (bịa đặt)"]


def test_merged_heads_of_a_word_table_stand_over_their_columns(tmp_path):
    rows = [
        ["Chỉ tiêu", "ĐVT", "Năm 2024", ""],
        ["", "", "KH", "Ước TH"],
        ["Thu nhập bình quân đầu người", "Triệu đồng", "66,0", "67,2"],
    ]
    paper, table, path = document(tmp_path, rows)
    for first, last in (((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1))):
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    read = saved(paper, path)
    assert read.rows[["cell", "kind", "year", "unit_text"]].values.tolist() == [
        ["C3", "plan", 2024, "Triệu đồng"],
        ["D3", "estimate", 2024, "Triệu đồng"],
    ]


def test_a_number_merged_over_two_years_is_a_problem(tmp_path):
    years = [*HEAD[:2], "2022", "2023"]
    paper, table, path = document(tmp_path, [years, [*INCOME[:2], "58,5", ""], INCOME])
    table.cell(1, 2).merge(table.cell(1, 3)).text = "58,5"
    read = saved(paper, path)
    assert read.rows["cell"].tolist() == ["C3", "D3"]
    assert read.problems[["cell", "text"]].values.tolist() == [["C2", "58,5"]]


def test_a_table_within_a_cell_is_a_table_with_the_caption_of_the_outer_one(tmp_path):
    paper, table, path = document(tmp_path, [[""]], lines=["Biểu 2. Thu nhập bình quân đầu người năm 2024"])
    inner = table.cell(0, 0).add_table(rows=2, cols=2)
    for cells, texts in zip(inner.rows, (["Xã", "Triệu đồng"], ["Xã Bảo Hà", "71,3"]), strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    read = saved(paper, path)
    assert read.rows[["sheet", "cell", "area_text", "year", "value"]].values.tolist() == [
        ["Bảng 1.1", "B2", "Xã Bảo Hà", 2024, 71.3e6]
    ]


def test_raised_digits_are_marks_and_hidden_or_deleted_words_are_not_read(tmp_path):
    paper, table, path = document(tmp_path, [HEAD, ["Lượt khách du lịch", "lượt", "45300", "46000"]])
    mark = table.cell(1, 2).paragraphs[0].add_run("1")
    mark.font.superscript = True
    table.cell(1, 3).paragraphs[0].add_run("9").font.hidden = True
    deleted = OxmlElement("w:del")
    table.cell(1, 3).paragraphs[0].add_run("7")
    table.cell(1, 3).paragraphs[0]._p.append(deleted)
    deleted.append(table.cell(1, 3).paragraphs[0]._p.findall(qn("w:r"))[-1])
    read = saved(paper, path)
    assert read.rows["value"].tolist() == [45300, 46000]
    assert read.problems["problem"].str.contains("changes are tracked").tolist() == [True]


def test_rows_within_a_content_control_are_read(tmp_path):
    paper, table, path = document(tmp_path, [HEAD, INCOME, VISITS])
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    row = table.rows[2]._tr
    row.addprevious(control)
    control.append(content)
    content.append(row)
    assert saved(paper, path).rows["cell"].tolist() == ["C2", "D2", "C3", "D3"]


@pytest.mark.parametrize("name", ["report-libreoffice.docx", "report.pdf"])
def test_the_same_report_is_read_alike_from_word_and_from_pdf(name):
    read = read_office(OFFICE / name)
    assert read.problems.empty
    assert len(read.rows) == 19
    by_cell = read.rows.set_index(["sheet", "cell"])
    first, second = by_cell.index.get_level_values(0).unique()
    assert (first, second) == (
        ("trang 1, bảng 1", "trang 1, bảng 2") if ".pdf" in name else ("Bảng 2", "Bảng 3.1")
    )
    assert by_cell.loc[(first, "E6"), ["value", "kind", "year"]].tolist() == [1.52e6, "estimate", 2024]
    assert by_cell.loc[(first, "E6"), "value_text"] == "1.520(1)"
    assert by_cell.loc[(second, "C3"), COLUMNS].tolist()[::2] == ["Xã Nghĩa Đô", "", 70.2e6]


def test_a_table_over_three_pages_is_one_and_a_row_cut_by_a_page_is_whole(read_here):
    read = read_office(OFFICE / "report-three-pages.pdf")
    assert read.problems.empty
    assert read.rows["sheet"].unique().tolist() == ["trang 1, bảng 1 – trang 2 – trang 3"]
    rows = read.rows.drop_duplicates("indicator_text").set_index("indicator_text")
    wanted = [f"Chỉ tiêu bịa số {number}" for number in range(1, 46)]
    assert [text for text in rows.index if text.startswith("Chỉ tiêu bịa")] == wanted
    assert rows.loc[wanted, "value"].tolist() == list(range(100, 145))


def test_what_is_no_table_of_a_document_is_refused_with_the_remedy(tmp_path, read_here):
    paper = docx.Document()
    paper.add_paragraph("Thu nhập bình quân đạt 58 triệu đồng.")
    paper.save(tmp_path / "text.docx")
    figure = plt.figure(figsize=(2, 2))
    figure.figimage([[0.0, 1.0], [1.0, 0.0]])
    figure.savefig(tmp_path / "scan.pdf")
    plt.close(figure)
    figure = plt.figure(figsize=(2, 2))
    figure.text(0.1, 0.5, "Thu nhập 58")
    figure.savefig(tmp_path / "words.pdf")
    plt.close(figure)
    ole = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
    (tmp_path / "old.doc").write_bytes(ole)
    (tmp_path / "rich.rtf").write_bytes(b"{\\rtf1 58}")
    (tmp_path / "cut.docx").write_bytes((tmp_path / "text.docx").read_bytes()[:9000])
    (tmp_path / "cut.pdf").write_bytes((tmp_path / "words.pdf").read_bytes()[:200])
    said = {
        "text.docx": "holds no table",
        "scan.pdf": "it is scanned",
        "words.pdf": "no table with ruled lines",
        "old.doc": r"\(.doc\), which is not read. Open it in Word and save it as .docx",
        "rich.rtf": "save it as .docx",
        "cut.docx": "damaged",
        "cut.pdf": "damaged|scanned",
    }
    for name, words in said.items():
        with pytest.raises(OfficeFileError, match=words):
            read_office(tmp_path / name)


def test_one_table_can_be_chosen_by_its_name(read_here):
    read = read_office(OFFICE / "report.pdf", sheet="trang 1, bảng 2")
    assert read.rows["sheet"].unique().tolist() == ["trang 1, bảng 2"]
    with pytest.raises(OfficeFileError, match="Its tables are trang 1, bảng 1; trang 1, bảng 2"):
        read_office(OFFICE / "report.pdf", sheet="Biểu 9")
