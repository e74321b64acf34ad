"""Tables of the record: heads, numbers and words of one language, nothing raw left, and what the rows say."""

import functools

import pandas as pd
import pytest

import baoyen_analysis as by
from baoyen_analysis import words
from baoyen_analysis.views import tables

OBSERVED = by.observations()


def of(indicator, area="Bảo Yên", level="district"):
    kept = (OBSERVED["indicator"] == indicator) & (OBSERVED["area"] == area)
    return OBSERVED[kept & (OBSERVED["area_level"] == level)]


@functools.cache
def every(lang):
    series = by.series("income_per_capita", derived=True)
    return {
        "figures": tables.figures(of("income_per_capita"), by.sources(), lang=lang),
        "series": tables.series(series, indicator="income_per_capita", lang=lang),
        "trace": tables.details(by.trace("laocaitv-2022-05", lang=lang), lang=lang),
        "figure": tables.details(by.parse_figure("trên 780 tỷ đồng"), lang=lang),
        "panel": tables.panel(by.panel().query("area == 'Sa Pa'"), lang=lang),
        "qualifiers": tables.counts(OBSERVED, rows="qualifier", columns="locale", lang=lang),
        "kinds": tables.counts(OBSERVED, rows="kind", columns="status", lang=lang),
        "by_period": tables.by_period(of("tourist_visits", "Lào Cai", "province"), lang=lang),
        "crosschecks": tables.crosschecks(by.crosschecks(), lang=lang),
        "conflicts": tables.conflicts(OBSERVED, lang=lang),
        "doubts": tables.doubts(of("income_per_capita"), lang=lang),
        "compact": tables.compact(of("tourist_visits"), lang=lang),
    }


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_nothing_raw_is_left_in_what_a_reader_sees(lang):
    made = every(lang)
    for table in made.values():
        assert table.index[0] == 1
        assert not any("_" in str(head) for head in table.columns)
    # Notes stay as the collector wrote them.
    text = " ".join(table.to_string() for name, table in made.items() if name != "doubts").split()
    assert {"approx", "out_of_scope", "at_least", "income_per_capita", "9M"} & set(text) == set()
    assert lang == "en" or "district" not in text


def test_each_table_speaks_the_language_asked_for_and_else_that_of_the_session():
    said = {lang: every(lang) for lang in words.LANGUAGES}
    assert all(not said["vi"][name].equals(said["en"][name]) for name in said["vi"])
    assert [
        set(said["vi"][name].columns) & set(said["en"][name].columns) for name in ("series", "doubts")
    ] == [
        set(),
        set(),
    ]
    by.speak("en")
    try:
        pd.testing.assert_frame_equal(tables.doubts(of("income_per_capita")), said["en"]["doubts"])
    finally:
        by.speak("vi")
    pd.testing.assert_frame_equal(tables.doubts(of("income_per_capita")), said["vi"]["doubts"])


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_table_without_rows_says_that_nothing_is_held(lang):
    nothing = words.of(lang).say("column.nothing")
    empty = OBSERVED.head(0)
    for made in (
        tables.figures(empty, by.sources(), lang=lang),
        tables.by_period(empty, lang=lang),
        tables.conflicts(empty, lang=lang),
        tables.doubts(empty, lang=lang),
        tables.panel(by.panel().head(0), lang=lang),
        tables.crosschecks(by.crosschecks().head(0), lang=lang),
    ):
        assert made.values.tolist() == [[nothing]]


def test_a_series_says_its_unit_its_intervals_and_what_is_derived():
    made = every("en")["series"]
    assert made.columns.tolist() == [
        "Year",
        "Value (million VND per person)",
        "How to read it",
        "Definition",
        "Figure",
    ]
    rows = made.set_index("Year")
    assert rows.loc[2012].iloc[0] == "9.35 (9.3495–9.3505)"
    assert rows.loc[2020, "How to read it"].startswith("derived")


def test_the_years_of_a_table_by_period_hold_what_was_set_and_the_parts_side_by_side():
    made = every("en")["by_period"]
    assert made.columns[:3].tolist() == ["Year", "Whole year", "plan for a year"]
    assert made.columns[-1] == "first 11 months"
    assert made["Year"].is_monotonic_increasing


@pytest.mark.parametrize(("rows", "columns"), [("kind", "status"), ("qualifier", "kind")])
def test_counts_stand_under_their_own_heads(rows, columns):
    t = words.of("en")
    named = {name: t.kind(name) for name in by.observations()["kind"].unique()} | t.group("status")
    named |= {name: t.qualifier(name) for name in OBSERVED["qualifier"].unique() if name}
    made = tables.counts(OBSERVED, rows=rows, columns=columns, lang="en").set_index(t.say(f"trace.{rows}"))
    held = OBSERVED[[rows, columns]].value_counts()
    for (down, across), number in held.items():
        if down and across:
            assert made.at[named[down], named[across]] == number, (down, across)


def test_of_figures_that_cannot_both_be_so_none_is_the_chosen_one():
    rows = by.observations().query("indicator == 'income_per_capita' and area == 'Bảo Yên' and year == 2022")
    made = tables.figures(rows[rows["kind"] == "actual"], by.sources(), lang="en")
    assert made[words.of("en").say("column.status")].unique().tolist() == ["conflicting"]
    assert len(made) == 2


def test_conflicts_come_widest_first_and_the_small_ones_in_one_line():
    made = every("en")["conflicts"]
    apart = made["Apart"].str.rstrip("%")
    wide = apart[~apart.str.startswith("<")].astype(float)
    assert wide.is_monotonic_decreasing
    assert wide.min() >= 100 * tables.SMALL_CONFLICT
    small = made[apart.str.startswith("<")]
    assert len(small)
    assert small[["The figure that speaks", "The other", "Reason"]].eq("").all(axis=None)
    assert small.duplicated(["Indicator", "Area"]).sum() == 0


def test_cross_checks_that_do_not_agree_stand_first_with_their_gap():
    made = every("en")["crosschecks"]
    assert made["Agrees"].tolist() == sorted(made["Agrees"])
    assert made.loc[made["Agrees"] == "no", "Gap between the two ranges"].ne("").all()
    assert set(made["Kind"]) >= {"actual", "plan for a year"}


def test_a_trace_and_a_parsed_figure_leave_out_what_is_blank():
    made = every("vi")["trace"].set_index("Mục")["Giá trị"]
    assert made["Nguyên văn"] == "50 triệu đồng"
    assert "" not in made.tolist()
    parsed = every("en")["figure"].set_index("What")["Value"]
    assert parsed.to_dict() == {
        "Value": "780,000,000,000",
        "Low": "780,000,000,000",
        "High": "790,000,000,000",
        "Unit": "VND",
        "How it was printed": "more than",
    }
