"""The report as a file: one page, nothing fetched, everything from data escaped, every number traced, the
same bytes each time."""

import html
import json
import re
from html.parser import HTMLParser

import pytest
from conftest import ROOT

import baoyen_analysis as by
from baoyen_analysis import answers, pictures, topics, words
from baoyen_analysis.report import appendix, pages
from baoyen_analysis.report import page as report
from baoyen_analysis.views import verdicts
from baoyen_analysis.views.drawing import charts
from baoyen_analysis.views.said import Said

PLAN = "baolaocai-383081-01"
# What HTML never closes.
VOID = {"meta", "br", "link", "input", "img", "hr"}


class Reader(HTMLParser):
    """What is open, in order; what is read; and every id and inner link."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.words, self.ids, self.links = [], [], [], []
        self.feed(text)

    def handle_startendtag(self, tag, attributes):
        self.note(dict(attributes))

    def handle_starttag(self, tag, attributes):
        self.note(dict(attributes))
        if tag not in VOID:
            self.open.append(tag)

    def note(self, attributes):
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.links.append(attributes["href"][1:])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] not in (["script"], ["style"]):
            self.words.append(data)


@pytest.fixture(scope="module")
def read(report_page) -> Reader:
    return Reader(report_page)


@pytest.fixture(scope="module")
def text(read) -> str:
    return re.sub(r"\s+", " ", "".join(read.words))


def test_the_same_bytes_on_two_runs(report_page, report_pages, written_once):
    with written_once():  # the charts of the page that is made anew are others
        again = pages.joined([pages.page("vi"), report_pages["en"]])
    assert again == report_page


def test_the_language_asked_for_comes_first(report_of):
    shown = report_of("en")
    assert shown.startswith('<!doctype html>\n<html lang="en" data-show="en">')
    assert shown.index('<article lang="en"') < shown.index('<article lang="vi"')


def test_it_is_one_file_that_fetches_nothing_and_is_small(report_page):
    assert len(report_page.encode()) <= 700_000
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", report_page)
    assert not re.search(r"url\((?![\"']?(data:|#))", report_page)
    assert "@import" not in report_page
    assert report_page.count("@font-face") == 2  # both weights, once


def test_its_tags_are_closed_its_ids_are_its_own_and_its_links_lead_somewhere(read):
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert set(read.links) <= set(read.ids)


def test_the_methods_are_linked_in_each_language(report_page):
    linked = re.findall(r'<a href="\.\./(docs/[^"]+)">', report_page)
    assert linked == ["docs/phuong-phap.md", "docs/methods.md"]
    assert all((ROOT / page).exists() for page in linked)


def test_both_languages_are_in_it_and_marked(report_page, text):
    for lang in words.LANGUAGES:
        assert f'<article lang="{lang}"' in report_page
        for topic in topics.TOPICS:
            for sentence in [
                *topics.found(topic, lang=lang),
                *topics.limits(topic, lang=lang, missing=False),
            ]:
                # A goal's line stands beside its name, without it.
                assert sentence in text or sentence.partition(": ")[2].lower() in text.lower()


def test_each_goal_stands_on_the_first_screen_in_order_and_in_the_counts(report_pages):
    for lang, page in report_pages.items():
        t = words.of(lang)
        rows = by.scorecard().rows
        shown = [line.name for line in (*page.lines, *page.without)]
        assert sorted(shown) == sorted(t.name(name) for name in rows["indicator"])
        assert {line.verdict for line in page.without} == {"no_outcome"}
        # The headline holds the counts in their own words, and nothing on the page says them again.
        assert verdicts.tally(t, {"without": 10}).partition(" ")[2] in verdicts.counted(t, rows)
        assert "10" in page.headline
        assert page.settles == verdicts.settles(t, answers.judged())
        for line in page.lines:
            assert line.grade in "ABCD"
            assert line.text.figure_ids


def test_every_printed_figure_that_is_cited_stands_with_its_words_and_source(text):
    cited = {
        figure_id
        for topic in topics.TOPICS
        for sentence in topics.found(topic)
        for figure_id in sentence.figure_ids
    }
    rows, sources = by.observations().set_index("figure_id"), by.sources().set_index("source_id")
    for figure_id in cited:
        source = sources.loc[rows.at[figure_id, "source_id"]]
        for printed in (figure_id, rows.at[figure_id, "value_text"], source["publisher"], source["title"]):
            assert re.sub(r"\s+", " ", printed) in text, figure_id


def test_a_printed_number_leads_to_its_figure_a_computed_one_to_all_of_them_and_a_year_nowhere(report_pages):
    made = report.Notes(report_pages["en"])
    shown = made.link(
        Said("50 million in 2022, 66 in 2024: 75.8%", figure_ids=["laocaitv-2022-05", PLAN], computed="75.8")
    )
    actual, plan = made.place["laocaitv-2022-05"], made.place[PLAN]
    assert f'<a class="n" href="#en-{actual}" data-n="{actual}">50</a>' in shown
    assert f'<a class="n" href="#en-{plan}" data-n="{plan}">66</a>' in shown
    assert f'<a class="n" href="#en-c1" data-n="{actual},{plan}">75.8%</a>' in shown
    assert ">2022<" not in shown
    assert ">2024<" not in shown
    assert "<a" not in made.link(Said("up to 66/2024", figure_ids=[PLAN]))


def test_a_number_in_per_cent_is_another_than_the_same_number_of_something_else(report_pages):
    figures = [
        report.Printed(name, "12", "", "", "", numbers)
        for name, numbers in {"a": ("12",), "b": ("12%",)}.items()
    ]
    source = report.Source("", "", "", "", figures)
    made = report.Notes(report_pages["en"]._replace(sources=[source]))
    text = "12 of 100, or 12% and 12\u00a0%, not 112"
    for name, shown in {"a": ["12"], "b": ["12%", "12\u00a0%"]}.items():
        linked = re.findall(r">([^<]*)</a>", made.link(Said(text, [name])))
        assert linked == shown
    poverty = by.observations().query("indicator == 'poverty_rate' and value.notna()").iloc[0]
    assert all(number.endswith("%") for number in pages._printed(words.of("en"), poverty).numbers)


def test_the_data_of_a_chart_hold_every_point_it_draws(report_pages):
    for lang, page in report_pages.items():
        for section, indicators in zip(page.sections, topics.TOPICS.values(), strict=True):
            drawn = by.series(indicators[0], derived=True)
            ids = [row[-1] for row in section.figures[0].table.rows]
            assert set(drawn["figure_id"]) <= set(ids)
            told = [
                row for row in section.figures[0].table.rows if words.of(lang).say("status.derived") in row
            ]
            assert len(told) == drawn["derived"].sum()


def test_the_charts_keep_every_word_and_number(report_page):
    for shape in ("wide", "narrow"):
        chart = pictures.trend("tourism_revenue", lang="vi", shape=shape)
        for picture in (report_page, report.inline_svg(chart)):
            for line in re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg()):
                assert f">{line}</text>" in picture
        assert len(report.inline_svg(chart)) < len(chart.svg())


def test_what_the_notebooks_ask_is_in_it_in_both_languages_without_their_code(text):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        for said in ("".join(first["source"]), first["metadata"]["vi"]):
            assert said.splitlines()[0].removeprefix("# ") in text
    assert "import baoyen_analysis" not in text


def test_a_notebook_with_markup_comes_out_as_text():
    english = "# T\n\nWords <script>alert(1)</script> and *giá trị sản phẩm*\n\n## Head"
    cells = [
        {"cell_type": "markdown", "source": [english], "metadata": {"vi": "# Đ\n\nLời"}},
        {"cell_type": "code", "source": ["x"], "outputs": [{"data": {"text/html": ["<img src=x>"]}}]},
    ]
    made = appendix.notebook("00-t", json.dumps({"cells": cells}), "en")
    assert made.title == "T"
    assert "<script>" not in made.body
    assert "&lt;script&gt;" in made.body
    assert "<img" not in made.body
    assert '<em lang="vi">giá trị sản phẩm</em>' in made.body
    assert "Head" not in made.body
    made = appendix.notebook("00-t", json.dumps({"cells": cells}), "vi")
    assert (made.title, made.body.strip()) == ("Đ", "<p>Lời</p>")


def test_a_hostile_source_comes_out_as_text(report_pages):
    title, publisher = '"=HYPERLINK("http://x")</script><b>', "<script>alert(1)</script>"
    page = report_pages["vi"]
    hostile = report.Source(
        publisher, title, "", "javascript:alert(1)", [report.Printed("x", publisher, title, "", title, ())]
    )
    table = report.Table(title, [report.Head(publisher)], [[title], [Said(publisher, figure_ids=["x"])]])
    section = page.sections[0]._replace(title=publisher, limits=[title])
    made = page._replace(
        sources=[*page.sources, hostile],
        scorecard=table,
        sections=[section],
        headline=Said(publisher, figure_ids=["x"]),
    )
    shown = report.render(
        [made], coefficients={**pages.coefficients(), "words": {"vi": {"x": publisher}, "en": {}}}
    )
    assert "<script>alert" not in shown
    assert html.escape(title, quote=False).replace('"', "&#34;") in shown
    assert "javascript:" not in shown
    assert "</script><b>" not in shown
    assert Reader(shown).open == []


def test_a_page_of_what_was_never_planned_says_so():
    nothing = by.scorecard().rows.head(0)
    for lang in words.LANGUAGES:
        assert verdicts.headline(words.of(lang), nothing)
        assert "{" not in verdicts.headline(words.of(lang), nothing) + verdicts.counted(
            words.of(lang), nothing
        )


def luminance(colour: str) -> float:
    parts = [int(colour.strip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_words_stand_out_at_4_5_and_marks_at_3_in_light_and_dark():
    style = (ROOT / "baoyen_analysis" / "report" / "templates" / "report.css").read_text(encoding="utf-8")
    themes = [
        dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r"\{[^{}]*--ink:[^{}]*\}", style)
    ]
    themes = [
        {
            name: colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])
            for name, colour in theme.items()
        }
        for theme in themes
    ]
    assert len(themes) == 4
    assert themes[1] == themes[2]
    for theme in themes:
        for ground in (theme["paper"], theme["wash"]):
            assert all(contrast(theme[name], ground) >= 4.5 for name in ("ink", "quiet", "accent", "orange"))
        assert all(contrast(theme[name], theme["paper"]) >= 3 for name in ("bar", "teal", "plum", "range"))
    assert isinstance(pictures.trend("income_per_capita"), charts.Chart)


def test_the_collectors_notes_are_in_the_pages_language(report_pages):
    notes = {
        lang: {figure.figure_id: figure.note for source in page.sources for figure in source.figures}
        for lang, page in report_pages.items()
    }
    assert {name for name, note in notes["en"].items() if note}
    assert [name for name, note in notes["en"].items() if note and notes["vi"][name] == note] == []
    numbers = {
        lang: [sorted(re.findall(r"\d{3,}", note)) for _, note in sorted(each.items())]
        for lang, each in notes.items()
    }
    differ = [pair for pair in zip(numbers["en"], numbers["vi"], strict=True) if pair[0] != pair[1]]
    assert all(en == ["000", "120"] for en, _ in differ), differ  # "120,000" is 120.000


def test_a_computed_number_opens_its_formula_and_its_own_figures(report_page, report_pages):
    for lang in words.LANGUAGES:
        t = words.of(lang)
        found = re.findall(
            rf'<a class="n" href="#({lang}-c\d+)" data-n="[\d,]+" data-f="([^"]+)">', report_page
        )
        assert {t.say("formula.pace"), t.say("formula.real")} <= {
            html.unescape(formula) for _, formula in found
        }
        lines = dict(re.findall(rf'<li id="({lang}-c\d+)">(.*?)</li>', report_page))
        assert all(lines[line].startswith(formula + ". ") for line, formula in found)
