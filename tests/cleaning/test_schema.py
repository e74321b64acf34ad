"""The tables of columns beside the code: what they name is there, and what the code gives is in them."""

import re

import pandas as pd
import pytest

from baoyen_analysis import paths, vocabulary, words
from baoyen_analysis.cleaning import faults, reconcile, rules, schema


def test_the_panel_has_the_columns_of_its_indicators_in_their_units():
    fields = {field.name: field for field in schema.TABLES["panel"]}
    columns = [name for name in fields if name not in ("area", "area_level", "year")]
    expected = [
        f"{column}{end}"
        for column in vocabulary.PANEL_COLUMNS.values()
        for end in ("", "_flag", "_figure_id")
    ]
    assert columns == expected
    for indicator, column in vocabulary.PANEL_COLUMNS.items():
        assert fields[column].unit == vocabulary.INDICATORS[indicator].unit


def test_the_dictionary_is_the_table_of_columns_itself():
    rows = pd.DataFrame(paths.rows_beside(schema.__file__, "schema.csv"))
    table = schema.dictionary()
    assert set(rows["table"] + "." + rows["column"]) == set(table["table"] + "." + table["column"])
    assert (table["meaning_vi"] != "").all()


@pytest.mark.parametrize("table", schema.TABLES)
def test_what_may_stand_in_a_column_is_a_vocabulary_or_a_list(table):
    for field in schema.TABLES[table]:
        if field.listed and "|" not in field.listed:
            assert field.allowed, field
            assert field.allowed != (field.listed,), f"{field.listed} is no vocabulary"


def test_every_rule_of_the_collected_columns_is_one_that_is_there():
    for row in rules.COLUMNS:
        assert row["rule"].removesuffix(" or blank") in {"", "unique", *rules._RULES}, row
        if row["rule"].startswith("refers"):
            assert row["of"] in rules._IDS


def test_every_reason_that_reconcile_gives_may_stand_and_has_words_in_both_languages():
    allowed = next(field for field in schema.TABLES["observations"] if field.name == "reason").allowed
    steps = {*reconcile._OUTCOME_STEPS, *reconcile._SET_STEPS, "only", "first", "same_number", "revised"}
    assert steps | {"no_number", "area_ended", "area_not_begun"} == set(allowed)
    for lang in words.LANGUAGES:
        for code in allowed:
            assert words.of(lang).why_first({"reason": code, "reason_part": "x"})


def test_no_sentence_is_stored(built):
    """Why and what to mind are codes; the collector's notes and the printed words are quotations."""
    reasons = schema.TABLES["observations"]
    allowed = next(field for field in reasons if field.name == "reason").allowed
    assert set(built["observations"]["reason"]) <= set(allowed)
    assert all(re.fullmatch(r"[\w-]*", text) for text in built["observations"]["reason_part"])
    caveats = {code for text in built["crosschecks"]["caveat"] for code in text.split()}
    assert caveats == {"periods", "areas", "definition"}


def test_a_share_is_in_per_cent_and_no_growth_rate():
    for name, known in vocabulary.INDICATORS.items():
        if known.share:
            assert known.unit == "percent", name
            assert not known.rate, name
    free = {
        name for name, known in vocabulary.INDICATORS.items() if known.unit == "percent" and not known.share
    }
    assert free == {"economic_growth", "cpi_change", "cpi_change_yoy", "ntm_model_income_margin"}


def test_a_message_shows_the_first_of_very_many_faults():
    found = faults.Faults()
    for row in range(2, 602):
        found.add("a.csv", "wrong", "Mend it", row=row)
    with pytest.raises(faults.FaultyRecord) as caught:
        found.raise_if_any()
    assert len(caught.value.faults) == 600
    assert str(caught.value).splitlines()[-1] == "- and 400 more"
    assert len(str(caught.value).splitlines()) == 202
