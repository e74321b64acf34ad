"""The tables of columns beside the code: what they name is there, and what the code gives is in them."""

import re
import sys

import pandas as pd
import pytest
from conftest import each
from pandera.errors import SchemaErrors

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


@each(schema.TABLES)
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


SOUND = pd.DataFrame(
    # Invented communes.
    {name: pd.Series(["a", "b"], dtype="str") for name in schema.columns("communes")}
)


def test_a_sound_table_is_given_back_as_it_is():
    pd.testing.assert_frame_equal(schema.validate(SOUND, "communes"), SOUND)


def test_all_that_is_wrong_with_a_table_is_told_at_once():
    # Invented: two figures of one name, in words, columns and types that are not theirs.
    names = {field.name: field for field in schema.TABLES["derived"]}
    row = {name: None if field.type != "string" else "" for name, field in names.items()}
    table = schema.typed(pd.DataFrame([row, row | {"unit": "đấu", "kind": "heard"}]), "derived")
    table["value"] = table["value"].astype("str")
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(table.assign(more=1)[[*schema.columns("derived")[::-1], "more"]], "derived")
    told = caught.value.failure_cases
    assert {"đấu", "heard", "more"} <= set(map(str, told["failure_case"]))
    checks = told["check"].astype(str)
    for check in ("isin", "dtype('float64')", "column_ordered", "multiple_fields_uniqueness"):
        assert checks.str.contains(check, regex=False).any(), checks
    assert "" not in told.loc[checks.str.contains("isin"), "failure_case"].tolist()  # a blank may stand


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.assign(note="", more=""),
        lambda table: table[table.columns[::-1]],
        lambda table: table.drop(columns="note"),
        lambda table: table.assign(note=[1, 2]),
        lambda table: pd.concat([table, table], ignore_index=True),
    ],
    ids=["a column more", "another order", "a column less", "another type", "a key twice"],
)
def test_each_thing_wrong_with_a_table_is_told(change):
    with pytest.raises(SchemaErrors):
        schema.validate(change(SOUND), "communes")


def test_a_value_that_may_not_stand_is_told_and_a_blank_is_none(built):
    rows = built["derived"]
    assert schema.validate(rows.assign(kind=""), "derived") is not None
    with pytest.raises(SchemaErrors, match="heard"):
        schema.validate(rows.assign(kind=["heard", *rows["kind"][1:]]), "derived")


def test_what_holds_asks_nothing_of_the_library_that_says_what_is_wrong(built, monkeypatch):
    """It takes a third of a second to load."""
    monkeypatch.setitem(sys.modules, "pandera.pandas", None)
    for name, table in built.items():
        schema.validate(table, name)
    with pytest.raises(ImportError):
        schema.validate(built["derived"].assign(kind="heard"), "derived")


def test_an_empty_cell_of_numbers_may_stand_and_one_of_words_may_not():
    table = SOUND.assign(note=pd.Series(["a", None], dtype="str"))
    with pytest.raises(SchemaErrors, match="not_nullable"):
        schema.validate(table, "communes")


def test_a_typed_table_has_its_columns_alone_sorted_by_its_key_and_rounded():
    # Invented numbers.
    given = {
        "area": ["B", "A", "A"],
        "area_level": ["district"] * 3,
        "year": [2021, 2022.0, 2021],
        "income_million_vnd": [1.23456789, None, "2"],
        "more": [1, 2, 3],
    }
    frame = pd.DataFrame(given).reindex(columns=[*schema.columns("panel"), "more"])
    made = schema.typed(frame, "panel")
    assert list(made.columns) == schema.columns("panel")
    assert isinstance(made.index, pd.RangeIndex)
    assert made[["area", "year"]].values.tolist() == [["A", 2021], ["A", 2022], ["B", 2021]]
    assert made["income_million_vnd"].fillna(-1).tolist() == [2.0, -1, 1.234568]
    assert made["income_million_vnd_flag"].tolist() == [""] * 3
    assert set(map(str, made.dtypes)) == {"str", "Int64", "float64"}


def message(many):
    found = faults.Faults()
    for row in range(many, 0, -1):
        found.add("a.csv", "wrong", "Mend it", row=row)
    with pytest.raises(faults.FaultyRecord) as caught:
        found.raise_if_any()
    assert len(caught.value.faults) == many
    return str(caught.value).splitlines()


def test_a_message_says_how_many_faults_there_are_and_shows_the_first_two_hundred():
    assert message(1) == ["fault in the collected record: 1", "- a.csv, row 1: wrong. Mend it."]
    assert message(2)[0] == "faults in the collected record: 2"
    shown = [f"- a.csv, row {row}: wrong. Mend it." for row in range(1, 201)]
    assert message(200) == ["faults in the collected record: 200", *shown]
    assert message(201) == ["faults in the collected record: 201", *shown, "- and 1 more"]
    assert message(600)[-1] == "- and 400 more"
    faults.Faults().raise_if_any()


def test_a_fault_names_its_place_as_far_as_it_has_one_and_those_of_a_file_come_in_their_order():
    found = faults.Faults()
    found.add("b.csv", "first", "Mend it", row=10, figure_id="f-01", column="value")
    found.add("b.csv", "second", "Mend it", row=9, column="value")
    found.add("b.csv", "third", "Mend it", row=9)
    found.add("b.csv", "whole", "Mend it")
    found.add("a.csv", "a\x1b[0m\n\x7f\x9f\u2066", "Mend it")
    with pytest.raises(faults.FaultyRecord) as caught:
        found.raise_if_any()
    assert caught.value.faults.index.tolist() == [0, 1, 2, 3, 4]
    assert str(caught.value).splitlines()[1:] == [
        "- a.csv: a\\x1b[0m\\n\\x7f\\x9f\\u2066. Mend it.",
        "- b.csv, row 9, value: second. Mend it.",
        "- b.csv, row 9: third. Mend it.",
        "- b.csv, row 10, f-01, value: first. Mend it.",
        "- b.csv: whole. Mend it.",
    ]


@each([(299, 299), (300, 300), (301, 300), (1000, 300)])
def test_a_problem_is_told_in_three_hundred_letters(letters, shown):
    found = faults.Faults()
    found.add("a.csv", "x" * letters, "Mend it")
    assert found[0].problem == "x" * shown + "…" * (letters > shown)
