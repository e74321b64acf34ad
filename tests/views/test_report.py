"""The report as a file: one page, nothing fetched, everything from data escaped, the same bytes each time."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from markupsafe import escape

from baoyen_analysis import answers, words
from baoyen_analysis.views import report

# What HTML never closes.
VOID = {"meta", "br", "link", "input", "img", "hr"}


@pytest.fixture(scope="module")
def page() -> str:
    return report.render(answers.report_pages())


def test_the_same_bytes_on_two_runs(page):
    assert report.render(answers.report_pages()) == page


def test_it_is_one_file_that_fetches_nothing_and_is_small(page):
    assert len(page.encode()) <= 600_000
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)
    assert not re.search(r"url\((?![\"']?(data:|#))", page) and "@import" not in page


def test_both_languages_are_in_it_and_marked(page):
    for lang in words.LANGUAGES:
        assert f'<article lang="{lang}"' in page
        for topic in ("income", "yield", "tourism"):
            for sentence in answers.found(topic, lang=lang):
                assert str(escape(sentence)) in page


def test_each_plan_indicator_stands_in_the_scorecard(page):
    for label in ("Thu nhập bình quân đầu người", "Trường học đạt chuẩn quốc gia", "Schools meeting the national standard"):
        assert label in page
    assert "không nguồn nào in kết quả thực hiện" in page and "no source prints an outcome" in page


class Tags(HTMLParser):
    """What is open, in order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_its_tags_are_closed(page):
    reader = Tags()
    reader.feed(page)
    assert reader.open == []


def test_a_hostile_source_comes_out_as_text():
    sources = pd.DataFrame(
        {"source_id": ["x"], "publisher": ["<script>alert(1)</script>"], "title": ['"=HYPERLINK("http://x")'], "published": [""], "url": ["javascript:alert(1)"]}
    )
    shown = report.render([page._replace(sources=sources) for page in answers.report_pages()])
    assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown
    assert "javascript:" not in shown
