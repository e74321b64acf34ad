"""The text of reports, and figures proposed from it. All numbers here are invented; report.pdf was written by
LibreOffice."""

import codecs

import docx
import matplotlib.pyplot as plt
import pytest
from conftest import ROOT

from baoyen_analysis.intake.reports import sentence_at, text_of
from baoyen_analysis.intake.sheets import OfficeFileError

SENTENCE = "Năm 2022, huyện đón 5.000 lượt khách, tăng 12%."


def test_word_paragraphs_without_tables(tmp_path):
    paper = docx.Document()
    paper.add_paragraph(SENTENCE)
    paper.add_table(1, 2).rows[0].cells[0].text = "77"
    paper.add_paragraph("Thu 3 tỷ đồng.")
    paper.save(tmp_path / "a.docx")
    assert text_of(tmp_path / "a.docx") == f"{SENTENCE}\n\nThu 3 tỷ đồng."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", SENTENCE.encode()),
        ("b.txt", codecs.BOM_UTF8 + SENTENCE.encode()),
        ("c.txt", SENTENCE.encode("utf-16")),
        (
            "d.html",
            f"<html><head><title>9</title></head><body><p>{SENTENCE}</p><script>7</script></body>".encode(),
        ),
        ("e.html", "<p>Năm 2022,\n huyện đón <b>5.000</b> lượt khách, tăng&nbsp;12%.</p>".encode()),
    ],
)
def test_plain_text_and_web_pages(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert text_of(tmp_path / name).replace("\u00a0", " ").strip() == SENTENCE


def test_a_pdf_with_text_gives_its_running_text_without_tables_and_page_numbers(tmp_path):
    text = text_of(ROOT / "tests" / "data" / "office" / "report.pdf")
    assert "\n1\n" not in text
    figure = plt.figure()
    figure.text(0.1, 0.5, "The district welcomed 5,000 visitors.")
    figure.savefig(tmp_path / "words.pdf")
    assert text_of(tmp_path / "words.pdf").strip() == "The district welcomed 5,000 visitors."


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"\xff\xe1 5 tri\xea5u", "not in UTF-8"),
        ("b.txt", b"  \n", "holds no text"),
        ("c.doc", b"\xd0\xcf\x11\xe0rest", "Word 97"),
        ("d.docx", b"PK\x03\x04rest", "no Word report"),
        ("e.pdf", b"%PDF-1.4 cut", "damaged or locked"),
    ],
)
def test_what_is_no_text_is_refused_with_the_remedy(tmp_path, name, data, why):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(OfficeFileError, match=why) as caught:
        text_of(tmp_path / name)
    assert name in str(caught.value)


def test_the_sentence_around_a_number():
    text = f"Một câu. {SENTENCE} Câu sau có 7 xã;\nKhác."
    assert sentence_at(text, text.index("5.000"), text.index("5.000") + 5) == SENTENCE
    assert sentence_at("a" * 2000 + " 5 " + "b" * 2000, 2001, 2002).count("b") < 400
