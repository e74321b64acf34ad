"""Answers in words: what a sentence was made from, and that a refusal says why."""

import pytest

import baoyen_analysis as by
from baoyen_analysis import words
from baoyen_analysis.views.said import Said, Sentences, say


def test_a_sentence_knows_its_figures_once_each_in_their_order():
    assert Said("50 in 2022", ["b", None, float("nan"), "a b"]).figure_ids == ("b", "a")
    assert Said("50 in 2022", "a b").figure_ids == ("a", "b")
    said = say(words.of("en"), "answer.year", ["a"], year=2022, computed="2022")
    assert (said, said.figure_ids, said.computed) == ("in 2022", ("a",), "2022")


def test_sentences_show_themselves_as_a_list():
    made = Sentences(["one", "two"])
    assert str(made) == repr(made) == made._repr_markdown_() == "- one\n- two"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_goal_that_is_no_money_has_no_real_terms_and_says_why(lang):
    answer = by.real_terms("tourist_visits")
    assert words.of(lang).say("reason.not_money") in answer.sentence(lang)
    assert words.of(lang).name("tourist_visits") in answer.sentence(lang)
