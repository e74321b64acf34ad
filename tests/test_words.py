"""The words in both languages: what code names is there, what is there is named, and both languages say it
with the same parts."""

import ast
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from conftest import ROOT, each

import baoyen_analysis as by
from baoyen_analysis import words
from baoyen_analysis.measures import published
from baoyen_analysis.views import numbers

PACKAGE = Path(words.__file__).parent
ROWS = pd.read_csv(PACKAGE / "words.csv", dtype=str, keep_default_na=False)
GROUPS = set(ROWS["key"].str.partition(".")[0])
# Groups whose keys are made of a number or a letter of a period, or that are gone through whole.
COUNTED = {"month", "part", "limit", "preview_reader", "preview_note"}
vi, en = words.of("vi"), words.of("en")


@cache
def parts_of(path):
    """The nodes of a file's code."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def texts_of_code():
    """The strings of the package's code, those with names in braces as patterns, and those that templates
    name."""
    plain, patterns = set(), set()
    for path in PACKAGE.rglob("*.py"):
        inside = {id(p) for node in parts_of(path) if isinstance(node, ast.JoinedStr) for p in node.values}
        for node in parts_of(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                plain.add(node.value)
            elif isinstance(node, ast.keyword) and node.arg:  # a column, and how it is said
                plain.add(node.arg)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.]+" for p in node.values
                ]
                patterns.add("".join(parts))
    for path in (PACKAGE / "report" / "templates").iterdir():
        named = re.findall(r"(?:labels|say)\.(\w+)|both\(\"(\w+)\"\)", path.read_text("utf-8"))
        plain |= {name for pair in named for name in pair}
    return plain, patterns


# Why a published method gives no verdict, or what to know beside it.
REASONS = (
    *("no_target", "one_point", "base_year_after_last", "base_equals_target", "sign_change", "zero_base"),
    *("zero_target", "too_few_consecutive_years", "growth_rate_indicator", "definition_break"),
    *("target_date_past", "definitions_mixed", "zero_replaced"),
)
KEYS = re.compile(rf"(?:{'|'.join(sorted(GROUPS))})\.[\w.]+")
FILES = (".csv", ".css", ".js", ".html", ".j2")


class Texts(NamedTuple):
    """The texts of code; the keys that they name; the patterns of those that code makes of parts, and of
    names that it makes of a word and a part, such as `turns_on_{part}`."""

    plain: set
    named: set
    made: set
    partly: set


@pytest.fixture(scope="module")
def code():
    plain, patterns = texts_of_code()
    # What measures/published.csv lists.
    plain |= {
        *REASONS,
        *(n for classes in published.PUBLISHED_CLASSES.values() for of in classes.items() for n in of),
    }
    named = {text for text in plain if KEYS.fullmatch(text) and not text.endswith(FILES)}
    made = {p for p in patterns if re.match(rf"(?:{'|'.join(sorted(GROUPS))})\\\.", p)}
    return Texts(plain, named, made, {p for p in patterns if re.match(r"\w{4,}", p) and " " not in p})


def test_every_key_that_code_names_exists(code):
    assert sorted(code.named - set(ROWS["key"])) == []
    assert sorted(p for p in code.made if not ROWS["key"].str.fullmatch(p).any()) == []
    assert len(code.named) > 100


def given(node):
    """The texts that an expression may give: not those that it compares or looks up by."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.Compare | ast.Subscript):
        return set()
    if isinstance(node, ast.IfExp):
        return given(node.body) | given(node.orelse)
    if isinstance(node, ast.JoinedStr):
        made = {""}
        for part in node.values:
            ends = given(part.value if isinstance(part, ast.FormattedValue) else part) or {""}
            made = {start + end for start in made for end in ends}
        return made
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("get", "isin", "eq"):
        return set()
    return set().union(*map(given, ast.iter_child_nodes(node)))


def written_to(column):
    """The codes that code writes to a column of answers: by its name in a row, as an argument, as a variable,
    or as what a refusal is given."""
    found = set()
    for path in [*PACKAGE.glob("*.py"), *(PACKAGE / "measures").glob("*.py")]:
        for node in parts_of(path):
            values = []
            if isinstance(node, ast.keyword) and node.arg == column:
                values = [node.value]
            elif isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                values = [value for key, value in pairs if getattr(key, "value", "") == column]
            elif isinstance(node, ast.Assign):
                names = [getattr(t, "id", getattr(getattr(t, "slice", t), "value", "")) for t in node.targets]
                values = [node.value] if {column, f"{column}s"} & set(map(str, names)) else []
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refusal":
                values = node.args[1:2] if column == "reason" else []
            found |= {text for value in values for text in given(value) if re.fullmatch(r"[a-z_]{3,}", text)}
    return found


# Cases of answers that say nothing beside their table, and those of a decomposition, which has its own words.
SILENT = {"spending", "commune", "all", "shared", "apart"}


def test_every_code_that_an_answer_writes_has_words():
    reasons, cases = written_to("reason"), written_to("case")
    assert len(reasons) > 20
    assert len(cases) > 15
    assert sorted(reasons - set(en.group("reason"))) == []
    assert sorted(cases - SILENT - set(en.group("answer"))) == []


def test_every_key_that_code_makes_of_parts_exists(code):
    """Those that no text of code names whole stand in a list: a row that is gone is missed there, a new one
    is entered."""
    made = (ROOT / "tests" / "data" / "made_keys.txt").read_text("utf-8").split()
    assert sorted(set(made) - set(ROWS["key"])) == []
    assert sorted(set(ROWS["key"]) - code.named - set(made)) == []


def test_no_row_is_unused(code):
    """A row is used where code names its key, makes it of a part and a name, or asks for a name of its
    group."""
    whole = {p for p in code.made if re.fullmatch(r"\w+\\\.\[\\w\.\]\+", p)}
    # What a whole group is asked for by: `reason.{code}`, `t.group("report")`.
    asked = {p.partition("\\")[0] for p in whole} | {name for name in code.plain if name in GROUPS}
    recognised = (PACKAGE / "intake" / "recognise.csv").read_text("utf-8")
    stated = set(by.observations()["definition"])

    def used(key, text):
        group, _, name = key.partition(".")
        if key in code.named or any(re.fullmatch(p, key) for p in code.made - whole) or group in COUNTED:
            return True
        named = name in code.plain or any(re.fullmatch(p, name) for p in code.partly)
        return text in stated or text in recognised if group == "definition" else group in asked and named

    assert [key for key, text in ROWS[["key", "en"]].itertuples(index=False) if not used(key, text)] == []


def test_both_languages_have_the_same_parts():
    """`name_first` is `name` as a sentence begins with it."""
    parts = {
        side: ROWS[side].map(lambda text: {p.removesuffix("_first") for p in re.findall(r"{(\w*)}", text)})
        for side in words.LANGUAGES
    }
    assert ROWS.loc[parts["vi"] != parts["en"], "key"].tolist() == []


def test_keys_are_single_and_no_text_is_blank_or_decomposed():
    assert [key for key, times in Counter(ROWS["key"]).items() if times > 1] == []
    assert ROWS.loc[(ROWS["vi"] == "") | (ROWS["en"] == ""), "key"].tolist() == []
    assert (ROWS["vi"].str.normalize("NFC") == ROWS["vi"]).all()


def test_every_code_of_the_measures_has_words():
    for names, group in (
        (set().union(*published.PUBLISHED_CLASSES.values()), "class"),
        (REASONS, "reason"),
        (published.METHODS, "method"),
    ):
        assert set(names) <= set(en.group(group))


def test_every_definition_of_the_record_has_its_vietnamese():
    stated = {text for text in by.observations()["definition"] if text}
    assert {text for text in stated if vi.definition(text) == text} == set()


@each(["vn", "VI", "", "vi-VN"])
def test_another_language_is_refused_with_those_there_are(lang):
    with pytest.raises(ValueError, match=r"unknown language: .*; there are vi \(Vietnamese\) and en"):
        words.of(lang)
    with pytest.raises(ValueError, match="unknown language"):
        by.speak(lang)
    assert words.of().code == "vi"


def test_a_session_speaks_one_language_until_told_otherwise():
    try:
        by.speak("en")
        assert words.of() is en
        assert by.limits("income")[-1].startswith("GRDP per person, rural income")
        assert by.limits("income", lang="vi")[-1].startswith("GRDP bình quân đầu người, thu nhập")
        assert by.tables.panel(by.panel().head(1)).columns[0] == "Indicator"
    finally:
        by.speak("vi")
    assert words.of() is vi


def test_a_sentence_writes_its_numbers_and_begins_with_a_capital():
    assert vi.say("answer.year", year=2024) == "năm 2024"
    assert en.say("answer.rose", percent=12.345) == "rose 12.3%"
    assert vi.say("answer.rose", percent=float("inf")) == "tăng ∞%"
    said = en.say("readings.subtitle", name="income", area="A")
    assert said == "Income, A: growth done over growth needed; 1 is just enough"
    with pytest.raises(KeyError, match="percent"):
        en.say("answer.rose")
    with pytest.raises(KeyError, match="no_such_thing"):
        en.say("answer.no_such_thing")


def test_days_and_parts_of_a_year_in_both_languages():
    assert [vi.period(2024, part) for part in ("H2", "Q3", "M08", "9M")] == [
        "6 tháng cuối năm 2024",
        "quý 3/2024",
        "tháng 8/2024",
        "9 tháng đầu năm 2024",
    ]
    assert [en.part(part) for part in ("H1", "Q4", "M12", "11M")] == [
        "first half",
        "quarter 4",
        "December",
        "first 11 months",
    ]
    assert en.day(date(2025, 7, 1)) == "1 July 2025"


@each(
    [
        (0, "0", "0"),
        (9.35, "9,35", "9.35"),
        (105.19, "105,19", "105.19"),
        (4735.7, "4.735,7", "4,735.7"),
        (27000, "27.000", "27,000"),
        (839000, "839.000", "839,000"),
        (1200000, "1,2 triệu", "1.2 million"),
        (5106851, "5,11 triệu", "5.11 million"),
        (999900, "1 triệu", "1 million"),
        (2.5e9, "2,5 tỷ", "2.5 billion"),
        (-6.17, "−6,17", "−6.17"),
    ]
)
def test_numbers_of_labels(value, vietnamese, english):
    assert (numbers.humanised(vi, value), numbers.humanised(en, value)) == (vietnamese, english)


def test_modelled_numbers_show_three_digits():
    said = [numbers.humanised(vi, value, digits=3) for value in (52.617, 1283451, 0.0)]
    assert said == ["52,6", "1,28 triệu", "0"]


def test_a_reading_keeps_the_decimals_of_its_interval():
    row = pd.Series({"value": 9.35, "low": 9.3495, "high": 9.3505})
    assert numbers.interval(en, row) == "9.35 (9.3495–9.3505)"
    assert numbers.interval(vi, row) == "9,35 (9,3495–9,3505)"


def test_every_flag_is_said_with_its_figure():
    rows = pd.DataFrame({"flag": ["", "at_least", "about", "range", "estimate", "conflict"]})
    rows = rows.assign(value=4.5, low=4.5, high=5.0, derived=[True] + [False] * 5)
    assert [numbers.figure_words(en, row) for row in rows.itertuples()] == [
        "4.5 (derived)",
        "at least 4.5",
        "about 4.5",
        "4.5–5",
        "4.5 (estimate)",
        "4.5 (sources conflict)",
    ]
