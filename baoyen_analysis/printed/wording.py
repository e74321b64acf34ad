"""A passage cut into sentences, and each sentence into phrases of known kinds: "đạt", "hơn", 327, "nghìn",
"lượt khách", "tăng" (phrases.csv, and passages.csv for what running text has beside). Dates, decree numbers,
telephones and the marks of lists are set aside by their form, and times found (patterns.csv); numbers that
the words beside them set aside (Điều 5, quốc lộ 70, 62 tuổi) follow."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from baoyen_analysis.printed.phrases import WORDS
from baoyen_analysis.printed.text import patterns, plain, table, unmarked

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
_SCALE_WORDS = ("nghìn", "triệu", "nghin", "trieu", "million", "billion", "thousand")


class Item(NamedTuple):
    """A phrase of a sentence with its place in the paragraph."""

    kind: str
    meaning: str
    words: str
    start: int = 0
    end: int = 0
    length: int = 0


NO_ITEM = Item("", "", "")


class Sentence(NamedTuple):
    """A sentence: its phrases, a letter for the kind of each, the text of its paragraph, and its language:
    vi, en, or plain (Vietnamese without accents)."""

    items: list[Item]
    kinds: str
    text: str
    language: str

    def match(self, pattern: str, place: int, end: int | None = None) -> re.Match[str] | None:
        """The match of a pattern over kinds (<number>, <unit> …) that begins at a place."""
        return _grammar(pattern).match(self.kinds, place, len(self.kinds) if end is None else end)

    def before(self, pattern: str, end: int, reach: int = 9) -> re.Match[str] | None:
        """The longest match of a pattern that ends before a place, not farther back than `reach` phrases."""
        return _grammar(pattern, "(?:{})$").search(self.kinds, max(0, end - reach), end)

    def has(self, kinds: str, first: int, end: int) -> re.Match[str] | None:
        """The first phrase of one of the kinds between two places."""
        return _grammar(kinds, "[{}]").search(self.kinds, max(0, first), end)

    def item(self, place: int) -> Item:
        return self.items[place] if 0 <= place < len(self.items) else NO_ITEM

    def kind(self, place: int) -> str:
        return self.item(place).kind

    def words(self, first: int, end: int) -> str:
        """The text from a phrase to before another."""
        return self.text[self.items[first].start : self.items[end - 1].end] if end > first else ""


@cache
def _grammar(pattern: str, form: str = "{}") -> re.Pattern[str]:
    return re.compile(re.sub("<([a-z]+)>", lambda name: LETTER[name[1]], form.format(pattern)))


@cache
def phrases(name: str, language: str) -> tuple[dict[str, Item], dict[str, int]]:
    """The phrases of one kind, or of the kinds of `_TABLES`, and by the word they begin with how many words
    the longest has. Of meanings that fall together without accents none is known.

    >>> phrases("after", "vi")[0]["trở lên"].meaning
    'ge'
    """
    found: dict[str, Item] = {}
    lost = {""}
    for kind in _TABLES.get(name, name).split():
        for item in _all_phrases(language == "en")[kind]:
            key = plain(item.words) if language == "plain" else item.words
            first = found.setdefault(key, item)
            if first.words != item.words and first[:2] != item[:2] and key not in _BESIDE_A_NUMBER:
                lost.add(key)
    found = {key: item._replace(length=len(key.split(" "))) for key, item in found.items() if key not in lost}
    most: dict[str, int] = {}
    for key, item in found.items():
        begun = key.partition(" ")[0]
        most[begun] = max(most.get(begun, 1), min(item.length, _LONGEST))
    return found, most


@cache
def _all_phrases(english: bool) -> defaultdict[str, list[Item]]:
    """The phrases of a language from both tables by their kinds, cut as a text is."""
    rows = [(kind, meaning, cells[english].split("|")) for kind, meaning, *cells in table("passages.csv")]
    left = {phrase for kind, _, those in rows if kind == "left" for phrase in those}
    for words, (kind, meaning, foreign) in WORDS.items():
        of_language = english == foreign or (english and words.isascii())
        if kind in _OF_FIGURES and of_language and "," not in words and words not in left:
            told = str(meaning) if kind == "bound" else kind if kind in ("counted", "measured") else ""
            rows.append((_OF_FIGURES[kind], told, [words]))
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for kind, meaning, those in rows:
        found[kind] += [Item(kind, meaning, " ".join(_TOKEN.findall(phrase))) for phrase in those]
    return found


def longest(words: list[str], place: int, name: str, language: str) -> Item | None:
    """The longest phrase of a table that begins at a word."""
    known, most = phrases(name, language)
    if place < len(words) and words[place] in most:
        for length in range(min(most[words[place]], len(words) - place), 0, -1):
            if found := known.get(" ".join(words[place : place + length])):
                return found
    return None


# ----------------------------------------------------------------------------------------------------------
# Paragraphs and sentences.

_TOKEN = re.compile(
    r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9]|[.,][0-9]{3})(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
    r"|(?:k|c|d|m)?m[23](?![0-9])|[^\W\d_]+|[^\s\w]|_+"
)
_LIST_MARK = r"\s*(?:[-–•+*] |\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)/]|[a-zđ]\)|[IVX]{1,5}[.)] )"
_PARAGRAPH = re.compile(rf"\n\n|\n(?={_LIST_MARK})|(?<=[.:;!?])\n|\n(?=[A-ZĐÀ-Ỹ])")
_SHORT = re.compile(  # a mark behind these ends no sentence
    "tp|ts|ths|no|mr|ms|dr|st|vs|tr|gs|pgs|tx|bq|approx|co|ltd|jan|feb|aug|sept|oct|nov|dec"
)
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
    done = start = 0
    for first, end, kind in (*_set_apart(text, low), (len(text), len(text), "")):
        tokens += [(*match.span(), "") for match in _TOKEN.finditer(low, done, first)]
        tokens += [(first, end, kind)] if kind else []
        done = end
    for place, (at, end, kind) in enumerate(tokens):
        after = tokens[place + 1][0] if place + 1 < len(tokens) else 0
        before = low[slice(*tokens[place - 1][:2])]
        shortened = before.isalpha() and (len(before) == 1 or _SHORT.fullmatch(before))
        mark = text[at] in ".!?" and not kind and not shortened
        if not after or (mark and after > end and not text[after].islower()):
            yield _sentence(tokens[start : place + 1], text, low)
            start = place + 1


@cache
def _forms(bare: bool) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns of what has a form of its own, by kind; without accents where the text has none."""
    forms = []
    for kind in ("decree", "mark", "aside", "time", "numeral"):
        those = "|".join(pattern for _, pattern, _ in patterns(kind))
        those = f"(?:{unmarked(those) if bare else those}){_NOTES if kind == 'aside' else ''}"
        forms.append((kind, re.compile(rf"(?<![\w.,/+-]){those}")))
    return forms


def _set_apart(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a paragraph that have a form of their own, in order, none over another."""
    found = []
    for kind, form in _forms(text.isascii()):
        those = [form.match(text)] if kind == "mark" else form.finditer(text if kind == "decree" else low)
        as_said = kind if kind in ("time", "numeral") else "aside"
        found += [(*match.span(), as_said) for match in those if match]
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
        start, end, kind = tokens[place]
        if kind:
            items.append(Item(kind, "", words[place], start, end, 1))
            place += 1
            continue
        item = _item(words, place, items, start, text, language)
        place += item.length
        items.append(Item(*item[:3], start, tokens[place - 1][1], item.length))
    return Sentence(items, _set_aside(items), text, language)


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
    word, before = words[place], items[-1] if items else NO_ITEM
    touches, behind, found = before.end == start, before.kind, None
    if word[0].isdecimal() and word[0].isascii():
        named = touches and behind in ("word", "name", "function", "head", "where")
        year = len(word) == 4 and "1900" <= word <= "2100"
        return Item("aside" if named else "year" if year else "number", "", word, length=1)
    counted = behind in ("number", "numeral", "scale", "year")
    if counted:
        found = _counted(words, place, language, touches)
    rated = (word == "/" and behind == "scale") or any(item.kind == "prefix" for item in items[-4:-1])
    of_unit = behind in ("rate", "term", "plural", *_TABLES["unit"].split())
    if of_unit or (counted and not found and rated):
        found = _rate(words, place, language)
    other = longest(words, place, "behind" if counted or of_unit else "front", language)
    if other and (not found or (other.length > found.length and other.kind in ("each", "function", "than"))):
        found = other
    letters = "name" if text[start].isupper() else "word"
    unknown = letters if word[0].isalpha() else _MARKS.get(word, "mark")
    return found or Item(unknown, "", word, length=1)


def _counted(words: list[str], place: int, language: str, touches: bool) -> Item | None:
    """What follows a number: its scale or unit, an age, a term; in English also after adjectives ("key
    economic targets")."""
    word, amount = words[place], longest(words, place, "amount", language)
    for kind in ("age", "term"):
        found = longest(words, place, kind, language)
        if found and (not amount or found.length >= amount.length):
            return found
    if touches and not amount and word[0].isalpha():  # 9th; 30a and 5G are names
        return Item("ordinal" if word in ("st", "nd", "rd", "th") else "age", "", word, length=1)
    if amount or language != "en":
        return amount
    for end in range(place, min(place + 4, len(words))):
        if is_nearly_scale(words[end]):
            return None
        if unit := longest(words, end, "unit", language):
            if end > place and unit.kind == "money":  # no adjective: a scale with letters wrong
                return Item("word", "money", words[place], length=end - place + unit.length)
            return unit._replace(length=end - place + unit.length)
        if longest(words, end, "front", language) or not words[end].isalpha():
            return None
        if len(words[end]) > 4 and re.search("[^suio]s$", words[end]):
            return Item("plural", "", words[end], length=end - place + 1)
    return None


def is_nearly_scale(word: str) -> bool:
    """Whether a word may be a scale with a letter wrong."""
    return any(Levenshtein.distance(word, scale) <= 1 for scale in _SCALE_WORDS)


def _rate(words: list[str], place: int, language: str) -> Item | None:
    """What a unit is per: "/người", "/10.000 dân", "mỗi năm", "per person"; "a year ago" is none."""
    each, slash = longest(words, place, "eachof", language), words[place] == "/"
    ahead = place + (1 if slash else each.length if each else 0)
    if slash and re.fullmatch(r"0?10{0,6}|10{0,2}(?:[.,]000)+", "".join(words[ahead : ahead + 1])):
        ahead += 1
    per = longest(words, ahead, "rate", language) if ahead > place else None
    end = ahead + (per.length if per else 0)
    if not per or {*words[end : end + 1]} & {"before", "ago", "earlier", "later"}:
        return None
    return Item("rate", "", " ".join([*words[place:ahead], per.meaning or per.words]), length=end - place)


# What such kinds are where they set no number aside.
_TAKEN_FOR = {"year": "number", "term": "measured", "age": "measured", "plural": "counted"}
_NUMBERS = ("number", "year", "numeral")


def _set_aside(items: list[Item]) -> str:
    """Set numbers aside where the words beside them make them a name, an age, a term or a year: those in the
    group of each pattern. The letters of the phrases that are left."""
    numbered = any(item.kind in _NUMBERS for item in items)
    letters = "".join([LETTER[item.kind] for item in items])
    for name, pattern, of_year in patterns("not counted") if numbered else ():
        for match in _grammar(pattern).finditer(letters):
            for place in range(*match.span(1)):
                item = items[place]
                # decimals of a term ("1,4 ngày") and more than one hectare count all the same
                counts = (name == "term" and item.kind == "number" and not item.words.isdecimal()) or (
                    name == "land" and (item.words not in ("1", "01") or items[place - 1].words != "trên")
                )
                if item.kind in _NUMBERS and not counts:
                    kind = of_year if item.kind == "year" else "aside"
                    items[place] = item._replace(kind=kind, meaning=name)
                    letters = letters[:place] + LETTER[kind] + letters[place + 1 :]
    for place, item in enumerate(items):
        if item.kind in _TAKEN_FOR:
            kind = _TAKEN_FOR[item.kind]
            items[place] = item._replace(kind=kind)
            letters = letters[:place] + LETTER[kind] + letters[place + 1 :]
    return letters
