"""A passage cut into sentences, and each sentence into phrases of known kinds: "đạt", "hơn", 327, "nghìn",
"lượt khách", "tăng" (phrases.csv, and passages.csv for what running text has beside). Dates, decree numbers,
telephones and the marks of lists are set aside by their form, and times found (forms.csv); numbers that the
words beside them set aside (Điều 5, quốc lộ 70, 62 tuổi) follow."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from baoyen_analysis.printed.phrases import WORDS
from baoyen_analysis.printed.text import plain

_LONGEST = 6  # words of a phrase that is looked up
# Which kinds are looked up where: before a number, right after one, after its unit; the first of two holds.
_TABLES = {
    "front": "noun bound down up minus refused level each equal share times more less beyond from rank fold"
    " fraction verb to plan done than inside sum after ofall and but prefix label head place numeral lasting"
    " where function",
    "amount": "scale half percent native counted measured money",
    "unit": "percent native counted measured money",
}
_TABLES["behind"] = f"half after turned ofall to than {_TABLES['front']}"
# The kinds of the reader of single figures, by their names here.
_OF_FIGURES = {
    "bound": "bound", "scale": "scale", "half": "half", "percent": "percent", "money": "money",
    "counted": "native", "measured": "native", "rise": "up", "fall": "down",
}  # fmt: skip
_MARKS = {
    ",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", "[": "open", "]": "close",
    "-": "dash", "–": "dash", "/": "slash", ".": "stop", "!": "stop", "?": "stop",
}  # fmt: skip
_OTHERS = "number year plural rate age term ordinal aside time word name mark"
LETTER = {
    kind: chr(0xE000 + place)
    for place, kind in enumerate(sorted({*" ".join([*_TABLES.values(), _OTHERS]).split(), *_MARKS.values()}))
}
_BESIDE_A_NUMBER = ("dat", "den", "ha", "ho", "con", "la", "ty")  # have one meaning there


class Item(NamedTuple):
    """A phrase of a sentence with its place in the paragraph."""

    kind: str
    meaning: str
    words: str
    start: int = 0
    end: int = 0
    length: int = 0


class Sentence(NamedTuple):
    """A sentence: its phrases, a letter for the kind of each, the text of its paragraph, and its language:
    vi, en, or plain (Vietnamese without accents)."""

    items: list[Item]
    kinds: str
    text: str
    language: str

    def match(self, pattern: str, place: int) -> re.Match[str] | None:
        """The match of a pattern over kinds (<number>, <unit> …) that begins at a place."""
        return _grammar(pattern).match(self.kinds, place)

    def before(self, pattern: str, end: int, reach: int = 9) -> re.Match[str] | None:
        """The longest match of a pattern that ends before a place, not farther back than `reach` phrases."""
        return _grammar(f"(?:{pattern})$").search(self.kinds, max(0, end - reach), end)

    def kind(self, place: int) -> str:
        return self.items[place].kind if 0 <= place < len(self.items) else ""

    def words(self, first: int, end: int) -> str:
        """The text from a phrase to before another."""
        return self.text[self.items[first].start : self.items[end - 1].end] if end > first else ""


@cache
def _grammar(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub("<([a-z]+)>", lambda name: LETTER[name[1]], pattern))


@cache
def _rows(name: str) -> list[list[str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table))[1:]


@cache
def phrases(name: str, language: str) -> tuple[dict[str, Item], frozenset[str]]:
    """The phrases of one kind, or of the kinds of `_TABLES`, and the words they begin with. Of meanings that
    fall together without accents none is known.

    >>> phrases("after", "vi")[0]["trở lên"].meaning
    'ge'
    """
    kinds = _TABLES.get(name, name).split()
    found: dict[str, Item] = {}
    lost = {""}
    for item in sorted(
        _all_phrases(language == "en"), key=lambda item: item.kind in kinds and kinds.index(item.kind)
    ):
        if item.kind in kinds:
            key = plain(item.words) if language == "plain" else item.words
            first = found.setdefault(key, item)
            if first.words != item.words and first[:2] != item[:2] and key not in _BESIDE_A_NUMBER:
                lost.add(key)
    found = {key: item for key, item in found.items() if key not in lost}
    return found, frozenset(phrase.split(" ", 1)[0] for phrase in found)


@cache
def _all_phrases(english: bool) -> list[Item]:
    """The phrases of a language from both tables, cut as a text is."""
    rows = [(kind, meaning, cells[english]) for kind, meaning, *cells in _rows("passages.csv")]
    left = {phrase for kind, _, cell in rows if kind == "left" for phrase in cell.split("|")}
    for words, (kind, meaning, foreign) in WORDS.items():
        if (
            kind in _OF_FIGURES
            and "," not in words
            and words not in left
            and (english == foreign or (english and words.isascii()))
        ):
            told = str(meaning) if kind == "bound" else kind if kind in ("counted", "measured") else ""
            rows.append((_OF_FIGURES[kind], told, words))
    return [
        Item(kind, meaning, " ".join(_TOKEN.findall(phrase)))
        for kind, meaning, cell in rows
        for phrase in cell.split("|")
    ]


def longest(words: list[str], place: int, name: str, language: str) -> Item | None:
    """The longest phrase of a table that begins at a word."""
    table, firsts = phrases(name, language)
    if place >= len(words) or words[place] not in firsts:
        return None
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        if found := table.get(" ".join(words[place : place + length])):
            return found._replace(length=length)
    return None


# ----------------------------------------------------------------------------------------------------------
# Paragraphs and sentences.

_TOKEN = re.compile(
    r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9]|[.,][0-9]{3})(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
    r"|(?:k|c|d|m)?m[23](?![0-9])|[^\W\d_]+|[^\s\w]|_+"
)
_LIST_MARK = r"\s*(?:[-–•+*] |\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)/]|[a-zđ]\)|[IVX]{1,5}[.)] )"
_PARAGRAPH = re.compile(rf"\n\n|\n(?={_LIST_MARK})|(?<=[.:;!?])\n|\n(?=[A-ZĐÀ-Ỹ])")
_SHORT = {
    *("tp", "ts", "ths", "no", "mr", "ms", "dr", "st", "vs", "tr", "gs", "pgs", "tx", "bq", "approx"),
    *("co", "ltd", "jan", "feb", "aug", "sept", "oct", "nov", "dec"),
}
_NOTES = r"|\[[0-9]{1,3}(?:[,; –-]{1,2}[0-9]{1,3}){0,8}\]"  # also right after a word or a number


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a uniform text with their places: at blank lines, before list marks, after a
    sentence's end, and before a capital letter unless the line before it is full and goes on."""
    start = 0
    for cut in _PARAGRAPH.finditer(text):
        line = text[text.rfind("\n", 0, cut.start()) + 1 : cut.start()] if cut[0] == "\n" else ""
        if len(line) <= 60 or line[-1] in ".:;!?" or not text[cut.end() : cut.end() + 1].isalpha():
            yield start, text[start : cut.start()]
            start = cut.end()
    yield start, text[start:]


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = re.sub("(?<=[0-9])-(?=[a-z]{2})", " ", low)  # 7-percent
    tokens: list[tuple[int, int, str]] = []
    done = 0
    for start, end, kind in (*_set_apart(text, low), (len(text), len(text), "")):
        tokens += [(*match.span(), "") for match in _TOKEN.finditer(low, done, start)]
        tokens += [(start, end, kind)] if kind else []
        done = end
    start = 0
    for place, (at, end, kind) in enumerate(tokens):
        last = place + 1 == len(tokens)
        if last or (
            text[at] in ".!?"
            and not kind
            and _ends(low[slice(*tokens[place - 1][:2])], end, text, tokens[place + 1][0])
        ):
            yield _sentence(tokens[start : place + 1], text, low)
            start = place + 1


def _ends(word: str, end: int, text: str, after: int) -> bool:
    """Whether a mark behind a word ends its sentence: a capital letter or a digit follows after a blank, and
    the mark shortens no word."""
    shortened = word.isalpha() and (len(word) == 1 or word in _SHORT)
    return after > end and not shortened and not text[after].islower()


@cache
def _forms(ascii_only: bool) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns of what has a form of its own, by kind; without accents where the text has none."""
    named = {what: pattern for kind, what, pattern in _rows("forms.csv") if kind == "part"}
    patterns: dict[str, str] = {}
    for kind, _, pattern in _rows("forms.csv"):
        for name, part in named.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        bare = unicodedata.normalize("NFD", pattern.replace("đ", "d")) if ascii_only else pattern
        said = "".join(c for c in bare if not unicodedata.combining(c))
        patterns[kind] = f"{patterns[kind]}|{said}" if kind in patterns else said
    del patterns["part"]
    return [
        (kind, re.compile(rf"(?<![\w.,/+-])(?:{those}){_NOTES if kind == 'aside' else ''}"))
        for kind, those in patterns.items()
    ]


def _set_apart(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a paragraph that have a form of their own, in order, none over another."""
    found = [
        (*match.span(), kind if kind in ("time", "numeral") else "aside")
        for kind, form in _forms(text.isascii())
        for match in (
            form.finditer(low)
            if kind not in ("decree", "mark")
            else form.finditer(text)
            if kind == "decree"
            else [form.match(text)]
        )
        if match
    ]
    done = 0
    for start, end, kind in sorted(found, key=lambda span: (span[0], span[2] == "time", -span[1])):
        if start >= done and end > start:
            yield start, end, kind
            done = end


# ----------------------------------------------------------------------------------------------------------
# Phrases.


def _sentence(tokens: list[tuple[int, int, str]], text: str, low: str) -> Sentence:
    words = [low[start:end] for start, end, _ in tokens]
    language = _language(tuple(words[:60]))
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        start, _, kind = tokens[place]
        item = (
            Item(kind, "", words[place], length=1)
            if kind
            else _item(words, place, items, start, text, language)
        )
        place += item.length
        items.append(item._replace(start=start, end=tokens[place - 1][1]))
    _set_aside(items)
    return Sentence(items, "".join(LETTER[item.kind] for item in items), text, language)


@lru_cache(maxsize=256)
def _language(words: tuple[str, ...]) -> str:
    """The language that most small words of a sentence are of; "plain" where Vietnamese has lost its
    accents."""
    english, accented, bare = (
        sum(word in phrases(name, language)[0] for word in words)
        for name, language in (("english", "en"), ("vietnamese", "vi"), ("vietnamese", "plain"))
    )
    if any(not word.isascii() for word in words if word.isalpha()):
        return "en" if english > accented else "vi"
    return "plain" if bare > english else "en" if english or not accented else "vi"


def _item(words: list[str], place: int, items: list[Item], start: int, text: str, language: str) -> Item:
    """The phrase that begins at a word, after others; a number that touches a word on its left is a name
    (E5)."""
    word, before = words[place], items[-1] if items else Item("", "", "")
    touches = before.end == start
    if word[0].isdecimal() and word[0].isascii():
        named = touches and before.kind in ("word", "name", "function", "head", "where")
        year = len(word) == 4 and "1900" <= word <= "2100"
        return Item("aside" if named else "year" if year else "number", "", word, length=1)
    behind, found = before.kind, None
    if behind in ("number", "numeral", "scale", "year"):
        found = _counted(words, place, language, touches)
        per_scale = word == "/" and behind == "scale"
        if not found and (per_scale or any(item.kind == "prefix" for item in items[-4:-1])):
            found = _rate(words, place, language)
    elif behind in ("rate", "term", "plural", *_TABLES["unit"].split()):
        found = _rate(words, place, language)
    else:
        behind = ""
    other = longest(words, place, "behind" if behind else "front", language)
    if other and (not found or (other.length > found.length and other.kind in ("each", "function", "than"))):
        found = other
    plain_word = (
        ("name" if text[start].isupper() else "word") if word[0].isalpha() else _MARKS.get(word, "mark")
    )
    return found or Item(plain_word, "", word, length=1)


def _counted(words: list[str], place: int, language: str, touches: bool) -> Item | None:
    """What follows a number: its scale or unit, an age, a term; in English also after adjectives ("key
    economic targets")."""
    amount = longest(words, place, "amount", language)
    for kind in ("age", "term"):
        found = longest(words, place, kind, language)
        if found and found.length >= (amount.length if amount else 0):
            return found
    if touches and not amount and words[place][0].isalpha():  # 9th; 30a and 5G are names
        return Item(
            "ordinal" if words[place] in ("st", "nd", "rd", "th") else "age", "", words[place], length=1
        )
    for end in range(place, min(place + 4, len(words)) if language == "en" and not amount else place):
        if unit := longest(words, end, "unit", language):
            return unit._replace(length=end - place + unit.length)
        if longest(words, end, "front", language) or not words[end].isalpha():
            return None
        if len(words[end]) > 4 and re.search("[^suio]s$", words[end]):
            return Item("plural", "", words[end], length=end - place + 1)
    return amount


def _rate(words: list[str], place: int, language: str) -> Item | None:
    """What a unit is per: "/người", "/10.000 dân", "mỗi năm", "per person"; "a year ago" is none."""
    each = longest(words, place, "eachof", language)
    ahead = place + (1 if words[place] == "/" else each.length if each else 0)
    if words[place] == "/" and re.fullmatch(
        r"0?10{0,6}|10{0,2}(?:[.,]000)+", "".join(words[ahead : ahead + 1])
    ):
        ahead += 1
    per = longest(words, ahead, "rate", language) if ahead > place else None
    if not per or words[ahead + per.length : ahead + per.length + 1] in (
        ["before"],
        ["ago"],
        ["earlier"],
        ["later"],
    ):
        return None
    said = " ".join([*words[place:ahead], per.meaning or per.words])
    return Item("rate", "", said, length=ahead + per.length - place)


# ----------------------------------------------------------------------------------------------------------
# Numbers that count nothing.

_OWN = "<scale><half><percent><native><counted><measured><money><rate>"
_NOT_COUNTED = [  # the numbers stand in the group of each
    rf"<head>(?:<colon>|<stop>)?([<number><year>])(?![{_OWN}<number>])",
    "<label>(?:<colon>|<stop>)?([<number><year>](?:<dash><number>)?)(?![<scale><percent><money>])",
    rf"<place>([<number><year>])(?:(?![{_OWN}])|(?=<native><name>))",
    rf"<aside>((?:[<comma><and><dash><to>]<number>(?:<slash><number>)?(?:(?![{_OWN}])|(?=<native><name>))){{1,30}})",
    "^(<number>)<stop>$",
    rf"(?<=[^<comma>])<name>(<number>)(?![{_OWN}<number><dash><slash><to>])",
    "(?<!<lasting>)(?<!<lasting>.)(?<!<lasting>..)([<number><year>](?:(?:<dash>|<to>)<number>)?)<age>",
    "(?<!<rank>)(<number>)<ordinal>",
    "(?<!<lasting>)(?<!<lasting>.)(?<!<lasting>..)([<number><numeral>](?:(?:<dash>|<to>)<number>)?)<term>",
    rf"(<year>)(?![{_OWN}])",
    "(?<=[<to><from><where><than><comma><and><time>])(<year>)",
    "(<number>)<native>(?<=<bound>..)",
]
# What such kinds are where they set no number aside.
_TAKEN_FOR = {"year": "number", "term": "measured", "age": "measured", "plural": "counted"}


def _set_aside(items: list[Item]) -> None:
    """Set numbers aside where their words make them a name, an age, a term or a year."""
    for pattern in _NOT_COUNTED if any(item.kind in ("number", "year", "numeral") for item in items) else ():
        for match in _grammar(pattern).finditer("".join(LETTER[item.kind] for item in items)):
            for place in range(*match.span(1)):
                item = items[place]
                if item.kind in ("number", "year", "numeral") and not _counts(items, place, pattern):
                    time = item.kind == "year" and "<head>" not in pattern and "<label>" not in pattern
                    items[place] = item._replace(kind="time" if time else "aside")
    for place, item in enumerate(items):
        items[place] = item._replace(kind=_TAKEN_FOR.get(item.kind, item.kind))


def _counts(items: list[Item], place: int, pattern: str) -> bool:
    """Whether a number counts all the same: decimals of a term ("1,4 ngày"), more than one hectare."""
    word = items[place].words
    if "<term>" in pattern:
        return not word.isdecimal() and items[place].kind == "number"
    return "<bound>" in pattern and (word not in ("1", "01") or items[place - 1].words != "trên")
