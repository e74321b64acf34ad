"""The report in a real browser: quiet, fitting, reachable, accessible, readable without JavaScript, and as
right as Python."""

import csv
import io
import re
import shlex
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import product

import pandas as pd
import pytest
import test_readme
from typer.testing import CliRunner

from baoyen_analysis import paths, record, words
from baoyen_analysis.commands.cli import app
from baoyen_analysis.measures import questions
from baoyen_analysis.report import browser, pages
from baoyen_analysis.report import page as report
from baoyen_analysis.views.numbers import humanised

WIDTHS = (390, 768, 1280)
BOTH = list(product(words.LANGUAGES, browser.THEMES))


@pytest.fixture(scope="session")
def chromium():
    """One headless browser for all these tests."""
    try:
        with browser.started() as started:
            yield started
    except browser.NoBrowser as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def address(report_page, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page, encoding="utf-8", newline="")
    return path.as_uri()


@pytest.fixture
def opened(chromium, address):
    """Opens the report; at the end it must have been quiet: no message of a fault, no request but for the
    file itself."""
    contexts, faults = [], []

    def open_(width=1280, *, theme="light", lang="vi", url=address, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 700 else 800},
            color_scheme=theme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                faults.append(request.url)
                if not request.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )
        page.goto(url)
        if options.get("java_script_enabled", True) and lang != "vi":
            page.click(f'[data-language="{lang}"]')
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def functions(chromium, address):
    """The report's page for tests that only call its functions."""
    page = chromium.new_page()
    page.goto(address)
    return page


def scroll_width(page) -> int:
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    return page.evaluate("document.documentElement.scrollWidth")


# The font size as shown of everything that is read: SVG text is as large as its picture is drawn.
SMALLEST = """(chart) => {
  const sizes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement, picture = parent.closest(".card svg");
    const seen = walker.currentNode.textContent.trim() && parent.getClientRects().length;
    if (!seen || !!picture !== chart) continue;
    const scale = chart ? picture.getBoundingClientRect().width / picture.viewBox.baseVal.width : 1;
    sizes.push(parseFloat(getComputedStyle(parent).fontSize) * scale);
  }
  return Math.min(...sizes);
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_stands_over_the_edge_and_letters_are_large_enough(opened, width):
    page = opened(width)
    for lang in words.LANGUAGES:
        page.click(f'[data-language="{lang}"]')
        assert scroll_width(page) <= width
        assert page.evaluate(SMALLEST, False) >= 12
        assert page.evaluate(SMALLEST, True) >= 9


@pytest.mark.parametrize(
    ("lang", "theme", "width", "opened_parts"),
    [
        ("vi", "light", 1280, "#readings-income_per_capita-vi, #notebooks-vi"),
        ("en", "dark", 390, "#plan-en, #beside-income-2-en, .data"),
    ],
)
def test_axe_finds_no_serious_fault(opened, lang, theme, width, opened_parts):
    page = opened(width, lang=lang, theme=theme)
    open_parts(page, opened_parts)
    assert serious_faults(page) == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_axe_finds_no_serious_fault_where_everything_is_open(opened, lang):
    page = opened(lang=lang)
    open_parts(page, "details")
    # Colours are the same in all parts; looking at them takes most of the time.
    assert serious_faults(page, rules={"color-contrast": {"enabled": False}}) == []


@pytest.mark.parametrize("theme", browser.THEMES)
def test_axe_finds_no_serious_fault_in_the_panel(opened, theme):
    page = opened(theme=theme)
    page.click("#vi .goals a.n >> nth=0")
    assert serious_faults(page, "dialog[open]") == []


def open_parts(page, parts: str) -> None:
    page.evaluate(
        "(parts) => document.querySelectorAll(parts).forEach((part) => { part.open = true })", parts
    )


def serious_faults(page, part: str | None = None, **options: object) -> list[tuple[str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = (
        Axe()
        .run(page, context=part, options={"resultTypes": ["violations"]} | options)
        .response["violations"]
    )
    return [
        (fault["id"], fault["nodes"][0]["html"])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def test_everything_is_reached_by_keyboard_and_its_focus_is_seen(opened):
    page = opened()
    expected = page.evaluate(
        """() => { let n = 0;
          for (const part of document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')) {
          if (!part.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
          if (part.type === 'radio' && !part.checked) continue;
          part.dataset.reach = n++; } return n; }"""
    )
    reached, unseen = set(), []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        number, seen, words_ = page.evaluate(
            """() => { const at = document.activeElement;
              const mark = at.type === 'radio' ? at.nextElementSibling : at;
              const look = getComputedStyle(mark);
              const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
              return [at.dataset.reach, seen, at.outerHTML.slice(0, 80)]; }"""
        )
        if number is not None:
            reached.add(int(number))
            unseen += [] if seen else [words_]
    assert reached == set(range(expected))
    assert unseen == []


@pytest.mark.parametrize("touch", [False, True])
def test_a_number_shows_its_printed_words_and_source(opened, touch):
    page = opened(390 if touch else 1280, has_touch=touch)
    link = page.locator("#vi .goals a.n", has_text="50").first
    if touch:
        link.tap()
    else:
        link.focus()
        page.keyboard.press("Enter")
    panel = page.locator("dialog[open]")
    assert "50 triệu đồng" in panel.inner_text()
    assert "Đài PT-TH Lào Cai" in panel.inner_text()
    assert panel.get_attribute("lang") == "vi"
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert link.evaluate("link => link === document.activeElement")
    page.locator("#vi .goals a.n", has_text="5,9%").click()
    printed = panel.locator(".source q").all_inner_texts()
    assert {"75 triệu đồng", "80 triệu đồng", "95 triệu đồng"} == set(printed)  # what it was computed from
    panel.locator(".close").click()
    assert panel.count() == 0


def test_the_other_language_stands_at_the_same_place(opened):
    page = opened()
    page.evaluate("document.getElementById('tourism-vi').scrollIntoView()")
    before = page.evaluate("document.getElementById('tourism-vi').getBoundingClientRect().top")
    page.locator('[data-language="en"]').evaluate("link => link.click()")
    assert (
        abs(page.evaluate("document.getElementById('tourism-en').getBoundingClientRect().top") - before) < 40
    )
    assert page.evaluate("[document.documentElement.lang, document.title]") == [
        "en",
        words.of("en").say("report.title"),
    ]
    assert page.locator("#vi").is_hidden()
    assert page.locator("[data-language=en]").get_attribute("aria-current") == "true"


def test_the_other_language_has_open_what_was_open(opened):
    page = opened()
    page.locator("#beside-income-2-vi > summary").click()
    page.locator("#list-vi > summary").click()
    page.click('[data-language="en"]')
    shown = page.evaluate("[...document.querySelectorAll('#en details[open]')].map((part) => part.id)")
    assert shown == ["beside-income-2-en", "list-en"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_skip_link_leads_to_the_language_that_is_shown(opened, lang):
    page = opened(lang=lang)
    page.locator(f'.skip[href="#{lang}"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.length > 1")
    assert page.evaluate("document.activeElement.id") == lang
    assert page.evaluate("document.documentElement.lang") == lang


def test_an_address_of_the_other_language_shows_it_with_its_sliders_drawn(opened, address):
    page = opened(url=f"{address}#income-en")
    assert page.locator("#en").is_visible()
    assert page.locator("#vi").is_hidden()
    page.evaluate("location.hash = 'questions-vi'")
    page.wait_for_function("document.documentElement.lang === 'vi'")
    assert page.locator("#questions-vi svg.path .way").count() == 2  # from 50 and from 45


def test_every_inner_link_leads_to_what_is_then_seen(opened):
    page = opened()
    ids = page.evaluate("[...document.querySelectorAll('#vi .contents a')].map((link) => link.hash.slice(1))")
    assert len(ids) == 7
    for name in ids:
        page.locator(f'#vi .contents a[href="#{name}"]').click()
        page.wait_for_function("(name) => location.hash === '#' + name", arg=name)
        box = page.locator(f"#{name} h2").first.bounding_box()
        assert 40 < box["y"] < 800, name  # under the bar


def test_light_and_dark_by_the_system_and_by_the_switch(opened):
    page = opened(theme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(255, 255, 255)" != dark
    page.click("#theme")
    assert page.evaluate(ground) == dark
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
        == "rgb(255, 255, 255)"
    )


def test_without_javascript_both_languages_are_read_and_numbers_lead_to_words(opened):
    page = opened(390, java_script_enabled=False)
    for lang in words.LANGUAGES:
        assert page.locator(f"#{lang} .finding").is_visible()
        assert page.locator(f'.skip[href="#{lang}"]').count() == 1
        assert page.locator(f"#{lang} .computed").is_visible()
        assert page.locator(f"#{lang} form").is_hidden()
        assert page.locator(f"#{lang} .questions .no-js").is_visible()
    page.locator("#en .goals a.n", has_text="50").first.click()
    target = page.locator(":target")
    assert "50 triệu đồng" in target.inner_text()
    assert target.is_visible()
    page.locator("#en .goals a.n", has_text="5.9%").click()
    assert page.locator(":target a").count() == 3


# ---- The sliders against Python.

GROWTHS = (-0.05, 0.0, 0.01, 0.149, 0.3)


@cache
def coefficients() -> dict:
    return pages.coefficients()


def known() -> list[dict]:
    """Each figure that a choice starts from, with what its goal is."""
    return [
        choice | start | {"choice": place, "of": len(choice["starts"])}
        for place, choice in enumerate(coefficients()["indicators"])
        for start in choice["starts"]
    ]


def last(held: dict) -> pd.DataFrame:
    """The figure that a choice starts from, as the measures take it."""
    return pd.DataFrame([{name: held[name] for name in ("year", "value", "low", "high", "flag")}])


def test_the_sliders_start_from_figures_of_the_record():
    assert len(known()) > 1
    for held in known():
        starts_from_the_record(held)


def starts_from_the_record(held: dict) -> None:
    rows = record.observations().set_index("figure_id").loc[held["figure_ids"]]
    assert rows["indicator"].unique().tolist() == [held["indicator"]]
    start, plan = (rows[rows["value"] == held[end]] for end in ("value", "plan"))
    assert (start["low"] <= held["value"]).all()
    assert start[["low", "high"]].drop_duplicates().to_numpy().tolist() == [[held["low"], held["high"]]]
    assert set(plan["kind"]) <= {"plan", "target"}
    assert len(plan)


def test_the_sliders_arithmetic_is_pythons(functions):
    for held in known():
        reckons_as_python(functions, held)


def reckons_as_python(functions, held: dict) -> None:
    within, call_ = (
        pages.REACH_WITHIN,
        "([known, growth, year, within]) => answer(known, growth, year, within)",
    )
    for growth in GROWTHS:
        years = range(held["year"] + 1, held["year"] + within + 1)
        path = {year: questions.what_if(last(held), growth=growth, year=year).iloc[0] for year in years}
        for year in (held["year"] + ahead for ahead in (1, 2, 3, 10)):
            made = functions.evaluate(call_, [held, growth, year, within])
            assert list(made["value"].values()) == pytest.approx(
                path[year][["answer", "low", "high"]].tolist(), rel=1e-12
            )
            needed = questions.needed(last(held), target=held["plan"], year=year).iloc[0]
            # The page names an end by the figure that it starts from, the measure by the answer: the lower
            # figure needs the higher growth.
            assert list(made["needed"].values()) == pytest.approx(
                needed[["percent", "high_percent", "low_percent"]].tolist(), rel=1e-9
            )
        for end, column in (("value", "answer"), ("low", "low"), ("high", "high")):
            met = (
                [held["year"]]
                if held[end] >= held["plan"]
                else [year for year in years if path[year][column] >= held["plan"]]
            )
            assert made["reached"][end] == (met[0] if met else None), (growth, end)


def test_when_a_plan_is_reached_is_what_the_measures_say(functions):
    # Two figures that grew so much in a year set the measure's pace; the page's slider stands at the same
    # growth.
    held = known()[0]
    for growth in (0.05, 0.08, 0.149, 0.25):
        series = {held["year"] - 1: held["value"] / (1 + growth), held["year"]: held["value"]}
        pace = questions.reach(pd.Series(series), target=held["plan"])["pace_year"].iloc[0]
        assert (
            functions.evaluate(
                "([known, growth]) => answer(known, growth, known.year + 1, 30).reached.value", [held, growth]
            )
            == pace
        )


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_sliders_say_what_python_says(opened, lang):
    t = words.of(lang)
    page = opened(lang=lang)
    form = page.locator(f'form[data-lang="{lang}"]')
    for held in known():
        form.locator(".choice").nth(held["choice"]).click()
        for growth, ahead in ((8.0, 2), (0.0, 1), (29.5, 3), (-5.0, 3)):
            year = held["year"] + ahead
            form.locator("[name=growth]").fill(str(growth))
            form.locator("[name=year]").fill(str(year))
            value = questions.what_if(last(held), growth=growth / 100, year=year).iloc[0]
            assert humanised(t, value["answer"]) in form.locator(".value .big").inner_text()
            for end in ("low", "high"):
                assert humanised(t, value[end]) in form.locator(".value .small").inner_text()
            needed = questions.needed(last(held), target=held["plan"], year=year).iloc[0]["percent"]
            assert t.percent(needed / 100) in form.locator(".needed .big").inner_text()
            assert form.locator("output.growth").inner_text() == t.percent(growth / 100).replace("-", "−")
    # The other language's sliders stand alike.
    other = next(name for name in words.LANGUAGES if name != lang)
    page.click(f'[data-language="{other}"]')
    assert page.locator(f'form[data-lang="{other}"] [name=growth]').input_value() == "-5"
    assert page.locator(f'form[data-lang="{other}"] svg.path .way').count() == 1


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_sliders_open_short_of_the_plan_from_every_figure_and_end_where_the_goal_does(opened, lang):
    page, t = opened(lang=lang), words.of(lang)
    form = page.locator(f'form[data-lang="{lang}"]')
    for place, choice in enumerate(coefficients()["indicators"]):
        form.locator(".choice").nth(place).click()
        shown = form.locator(".value .big").inner_text()
        years = choice["plan_year"] - choice["starts"][0]["year"]
        for start in choice["starts"]:
            value = start["value"] * (1 + choice["start"] / 100) ** years
            assert start["value"] < value < choice["plan"]
            assert humanised(t, value) in shown
        least = min(
            questions.needed(last(start), target=choice["plan"], year=choice["plan_year"])["percent"].iloc[0]
            for start in choice["starts"]
        )
        assert 0 < least - choice["start"] <= pages.GROWTH[2]
        year = form.locator("[name=year]")
        assert int(year.get_attribute("max")) == choice["plan_year"] + 1
        growth = form.locator("[name=growth]")
        assert (growth.get_attribute("min"), growth.get_attribute("max")) == ("-40.0", "40.0")
        assert form.locator("svg.path .dot").count() == len(choice["starts"])
    assert len(coefficients()["indicators"][0]["starts"]) == 2  # 45 and 50, of which neither is chosen


def test_sliders_move_by_keyboard(opened):
    page = opened()
    growth = page.locator('form[data-lang="vi"] [name=growth]')
    before = float(growth.input_value())
    growth.focus()
    page.keyboard.press("ArrowRight")
    assert float(growth.input_value()) == before + pages.GROWTH[2]
    assert growth.get_attribute("aria-valuetext").endswith("%")


# ---- Downloads.


def rows_of(download) -> list[list[str]]:
    data = download.path().read_bytes()
    assert data.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_download_holds_the_table_with_what_is_printed_and_the_ids(opened):
    page = opened(accept_downloads=True)
    for key, ids in (
        ("income-1-vi", {"laocaitv-2022-05", "thby-1015-01"}),
        ("readings-income_per_capita-vi", {"baolaocai-383081-01 laocaitv-2022-05 gov-zone3-03"}),
    ):
        page.locator(f"#{key} > summary").click()
        with page.expect_download() as waiting:
            page.locator(f"#{key} .csv").click()
        head, *rows = rows_of(waiting.value)
        assert waiting.value.suggested_filename == f"{key}.csv"
        place = head.index(words.of("vi").say("column.figure_id"))
        assert ids <= {row[place] for row in rows}
        assert len(rows) == page.locator(f"#{key} tbody tr").count() > 3
        if key == "income-1-vi":
            assert "50 triệu đồng" in {row[1] for row in rows}


def test_every_table_has_its_download_and_every_row_is_in_it(opened):
    page = opened(lang="en")
    made = page.evaluate(
        """[...document.querySelectorAll('#en .csv')].map((button) => {
          const table = button.closest('details').querySelector('table');
          return [csv(table), table.querySelectorAll('tbody tr').length]; })"""
    )
    assert len(made) == page.locator("#en table").count() > 10
    for text, rows in made:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
        assert len(lines) == rows + 1 > 1
        assert {len(line) for line in lines} == {len(lines[0])}


def test_a_hostile_source_is_text_in_the_page_and_in_the_download(opened, report_pages, tmp_path):
    hostile = '=HYPERLINK("http://x";"<script>alert(1)</script>")'
    made = report_pages["vi"]
    cells = [[hostile, "+84 gọi", "-5,2", "@x", "1.120"]]
    table = report.Table(hostile, [report.Head(hostile), *map(report.Head, "abcd")], cells)
    source = report.Source(hostile, hostile, "", "javascript:alert(1)", [])
    made = made._replace(scorecard=table, sources=[*made.sources, source])
    path = tmp_path / "hostile.html"
    path.write_text(report.render([made], coefficients=coefficients()), encoding="utf-8")
    page = opened(url=path.as_uri(), accept_downloads=True)
    assert page.get_by_text(hostile).count() >= 3
    assert page.locator('a[href^="javascript"]').count() == 0
    page.locator("#plan-vi summary").click()
    with page.expect_download() as waiting:
        page.locator("#plan-vi .csv").click()
    assert rows_of(waiting.value) == [
        ["'" + hostile, *"abcd"],
        ["'" + hostile, "'+84 gọi", "-5,2", "'@x", "1.120"],
    ]


# ---- Language, speed, paper.


def test_vietnamese_phrases_in_english_are_marked(opened):
    page = opened(lang="en")
    marked = page.evaluate(
        """[...document.querySelectorAll('#en q')].map(
          (part) => [part.closest('[lang]').lang, part.textContent])"""
    )
    assert all(lang == "vi" for lang, text in marked if re.search("triệu|tỷ|lượt", text))
    assert len(marked) > 20


def test_it_is_painted_within_a_second(opened):
    page = opened()
    page.reload()
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 1000


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_headline_what_would_settle_it_and_the_first_verdicts_stand_in_the_first_screen(opened, lang):
    for width, height, least in ((390, 844, 1), (1280, 800, 4)):
        page = opened(width, lang=lang)
        for part in (".finding", ".settles", *(f".goals li >> nth={place}" for place in range(least))):
            box = page.locator(f"#{lang} {part}").first.bounding_box()
            assert box["y"] > 48, part  # under the bar
            assert box["y"] + box["height"] < height, (part, width)
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_phones_page_is_not_too_long(opened, lang):
    page = opened(390, lang=lang)
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollHeight") <= 12_000


def test_a_count_of_plans_leads_to_no_figure_of_the_same_number(opened):
    page = opened(lang="en")
    counted = page.locator("#goals-en .context li", has_text="plans of the province and its districts")
    assert counted.count() == 1
    assert counted.locator("a").count() == 0
    assert page.locator("#goals-en .context a.n").count() > 5


def test_each_goal_shows_its_mark_its_verdict_and_its_grade(opened, report_pages):
    page = opened(lang="en")
    goals = page.locator("#en ol.goals li")
    assert goals.count() == len(report_pages["en"].lines) > 1
    marks = {}
    for place, line in enumerate(report_pages["en"].lines):
        goal = goals.nth(place)
        assert goal.locator("strong").inner_text() == line.verdict_name
        assert goal.locator(".grade").inner_text().endswith(f" {line.grade}")
        mark = goal.evaluate("(goal) => getComputedStyle(goal, '::before').content")
        marks.setdefault(mark, set()).add(line.verdict_name)
    # One mark never stands for two verdicts.
    assert all(len(names) == 1 for names in marks.values())


def test_on_paper_it_is_light_fits_and_has_no_sliders(opened):
    page = opened(688, theme="dark")  # A4 without its margins
    page.emulate_media(media="print")
    assert page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, document.documentElement.scrollWidth]"
    ) == ["rgb(255, 255, 255)", 688]
    assert page.locator("#vi .questions").is_hidden()
    assert page.locator("#vi .sources").is_visible()
    closed = page.locator("#vi details.beside:not([open]) figure")
    assert closed.count()
    assert all(figure.bounding_box()["height"] > 100 for figure in closed.all())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#vi details.beside:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert closed.count() == page.locator("#vi details.beside").count()


@pytest.fixture
def small_report(report_pages, monkeypatch, tmp_path):
    """The command in a folder of its own, with a report of few pictures."""
    few = [page._replace(sections=[], sources=[]) for page in report_pages.values()]
    monkeypatch.setattr(
        pages,
        "html",
        lambda lang: report.render(
            sorted(few, key=lambda page: page.lang != lang), coefficients=coefficients()
        ),
    )
    monkeypatch.setattr(paths, "build", lambda: tmp_path)
    return tmp_path


def call(*arguments: str):
    # In a thread of its own: this one's browser is at work.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(CliRunner().invoke, app, ["report", *arguments]).result()


def test_the_command_writes_page_paper_and_pictures(chromium, small_report):
    result = call("--lang", "en", "--pdf", "--screenshots", str(small_report / "shots"))
    assert result.exit_code == 0, result.output
    assert '<html lang="en"' in (small_report / "report.html").read_text(encoding="utf-8")
    printed = (small_report / "report.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert re.search(rb"/MediaBox \[0 0 59[45]\S* 84[12]", printed)
    names = {f"report-{lang}-{width}-{theme}.png" for lang, theme in BOTH for width in browser.WIDTHS}
    assert {path.name for path in (small_report / "shots").iterdir()} == names


def test_the_commands_of_the_readmes_that_need_a_browser_work(chromium, report_of, monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "html", lambda lang="vi": report_of(lang))
    monkeypatch.setattr(paths, "build", lambda: tmp_path)
    named = {line for name in test_readme.READMES for line in test_readme.commands(name) if "--pdf" in line}
    assert named
    for line in named:
        result = call(*shlex.split(line)[2:])
        assert result.exit_code == 0, f"{line}\n{result.output}"
        assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_browser_the_page_is_written_and_the_command_says_how_to_get_one(small_report, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "PLACES", ())
    result = call("--pdf")
    assert result.exit_code == 1
    assert "apt install chromium" in result.output
    assert (small_report / "report.html").exists()
    assert not (small_report / "report.pdf").exists()
