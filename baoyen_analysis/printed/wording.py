"""A passage cut into sentences, and each sentence into phrases of known kinds: "đạt", "hơn", 327, "nghìn", "lượt
khách", "tăng" (passages.csv). Dates, decree numbers, telephones and the numbers of lists are set aside by their
form, and times found (forms.csv); numbers that the words beside them set aside (Điều 5, quốc lộ 70) follow."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from baoyen_analysis.printed.text import plain

_LONGEST = 6  # words of a phrase that is looked up
# Which kinds are looked up where: before a number, right after one, after its unit; the first of two holds.
_FRONT = (
    "noun bound down up minus refused level each equal share times more less beyond from rank fold fraction verb to"
    " plan done than inside sum after ofall and but prefix label head place numeral lasting where function"
)
_TABLES = {
    "front": _FRONT,
    "amount": "scale half percent native counted measured money",
    "unit": "percent native counted measured money",
    "behind": "half after turned ofall to than " + _FRONT,
    "guard": "down minus less",
}
_MARKS = {",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", "[": "open", "]": "close",
          "-": "dash", "–": "dash", "/": "slash", ".": "stop", "!": "stop", "?": "stop"}  # fmt: skip
_KINDS = sorted(
    {*" ".join(_TABLES.values()).split(), *_MARKS.values()}
    | set("number numeral year plural rate age term ordinal aside time word name mark".split())
)
_LETTER = {kind: chr(0xE000 + place) for place, kind in enumerate(_KINDS)}
_KEPT = ("dat", "den", "ha", "ho", "con", "la", "ty")  # words that have one meaning beside a number


class Item(NamedTuple):
    """A phrase of a sentence with its place in the paragraph."""

    kind: str
    meaning: str
    words: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence: its phrases, a letter for the kind of each, the text of its paragraph, the same in small letters,
    and its language: vi, en, or plain (Vietnamese without accents)."""

    items: list[Item]
    kinds: str
    text: str
    low: str
    language: str


@cache
def grammar(pattern: str) -> re.Pattern[str]:
    """A pattern over the kinds of phrases, each written <so>."""
    return re.compile(re.sub("(?<!P)<([a-z]+)>", lambda name: _LETTER[name[1]], pattern))


@cache
def _table(name: str) -> list[list[str]]:
    """The rows of a table beside this module."""
    source = files("baoyen_analysis.printed").joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(source.splitlines()))[1:]


@cache
def phrases(name: str, language: str) -> tuple[dict[str, tuple[str, str, str]], frozenset[str]]:
    """The phrases of one kind, or of the kinds of `_TABLES`, with kind, meaning and spelling, and the words they
    begin with. Of meanings that fall together without accents none is known.

    >>> phrases("after", "vi")[0]["trở lên"]
    ('after', 'ge', 'trở lên')
    """
    found: dict[str, tuple[str, str, str]] = {}
    lost = {""}
    kinds = _TABLES.get(name, name).split()
    rows = [row for row in _table("passages.csv") if row[0] in kinds]
    for kind, meaning, *columns in sorted(rows, key=lambda row: kinds.index(row[0])):
        for phrase in columns[language == "en"].split("|"):
            said = " ".join(_TOKEN.findall(phrase))
            key = plain(said) if language == "plain" else said
            entry = found.setdefault(key, (kind, meaning, said))
            if entry[2] != said and entry[:2] != (kind, meaning) and key not in _KEPT:
                lost.add(key)
    found = {key: entry for key, entry in found.items() if key not in lost}
    return found, frozenset(phrase.split(" ", 1)[0] for phrase in found)


# ---------------------------------------------------------------------------------------------------------------------
# Paragraphs and sentences.

_TOKEN = re.compile(
    r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9]|[.,][0-9]{3})(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
    r"|(?:k|c|d|m)?m[23](?![0-9])|[^\W\d_]+|[^\s\w]|_+"
)
_PARAGRAPH = re.compile(
    r"\n\n|\n(?=\s*(?:[-–•+*] |\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)/]|[a-zđ]\)|[IVX]{1,5}[.)] ))|(?<=[.:;!?])\n"
    r"|\n(?=[A-ZĐÀ-Ỹ])"
)
_SHORT = set(
    "tp ts ths no mr ms dr st vs tr gs pgs q p tx bq approx co ltd jan feb aug sept oct nov dec".split()
)
_NOTES = r"|\[[0-9]{1,3}(?:[,; –-]{1,2}[0-9]{1,3}){0,8}\]"  # also right after a word or a number
# What stands in braces in the patterns of forms.csv.
_NAMED = {
    "year": "(?:19|20)[0-9]{2}",
    "counted": "(?:[0-9]{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)",
    "few": "(?:[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
    "order": "(?:first|last|second|third|fourth|final|past|next|opening)",
    "month": "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)",
}


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a uniform text with their places: at blank lines, before list marks, after a sentence's
    end, and before a capital letter unless the line before it is full and goes on."""
    start = 0
    for cut in _PARAGRAPH.finditer(text):
        line = text[text.rfind("\n", 0, cut.start()) + 1 : cut.start()] if cut[0] == "\n" else ""
        if not (len(line) > 60 and line[-1] not in ".:;!?" and text[cut.end() : cut.end() + 1].isalpha()):
            yield start, text[start : cut.start()]
            start = cut.end()
    yield start, text[start:]


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = re.sub("(?<=[0-9])-(?=[a-z]{2})", " ", low)  # 7-percent
    tokens: list[tuple[str, int, int]] = []
    done = 0
    for start, end, kind in (*_set_apart(text, low), (len(text), len(text), "")):
        tokens += [("", *match.span()) for match in _TOKEN.finditer(low, done, start)]
        tokens += [(kind, start, end)] if kind else []
        done = end
    start = 0
    for place, (kind, at, end) in enumerate(tokens):
        last = place + 1 == len(tokens)
        if last or (
            not kind and text[at] in ".!?" and _ends(low, text, end, tokens[place - 1], tokens[place + 1])
        ):
            yield _sentence(tokens[start : place + 1], text, low)
            start = place + 1


def _ends(low: str, text: str, end: int, before: tuple[str, int, int], after: tuple[str, int, int]) -> bool:
    """Whether a mark ends its sentence: a capital letter or a digit follows after a blank, and it shortens no word."""
    word = low[before[1] : before[2]]
    short = not before[0] and word.isalpha() and (len(word) == 1 or word in _SHORT)
    return after[1] > end and not short and not text[after[1]].islower()


@cache
def _forms(ascii_only: bool) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns of what has a form of its own, by kind; without accents where the text has none."""
    patterns: dict[str, list[str]] = {}
    for kind, _, pattern in _table("forms.csv"):
        for name, words in _NAMED.items():
            pattern = pattern.replace(f"{{{name}}}", words)
        bare = unicodedata.normalize("NFD", pattern.replace("đ", "d")) if ascii_only else pattern
        patterns.setdefault(kind, []).append("".join(c for c in bare if not unicodedata.combining(c)))
    return [
        (kind, re.compile(rf"(?<![\w.,/+-])(?:{'|'.join(those)}){_NOTES if kind == 'aside' else ''}"))
        for kind, those in patterns.items()
    ]


def _set_apart(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a paragraph that have a form of their own, in order, none over another."""
    found = [
        (*match.span(), "aside" if kind == "mark" else kind)
        for kind, form in _forms(text.isascii())
        for match in (
            [form.match(text)] if kind == "mark" else form.finditer(text if kind == "decree" else low)
        )
        if match
    ]
    done = 0
    for start, end, kind in sorted(found, key=lambda span: (span[0], span[2] == "time", -span[1])):
        if start >= done and end > start:
            yield start, end, "aside" if kind == "decree" else kind
            done = end


# ---------------------------------------------------------------------------------------------------------------------
# Phrases.


def _sentence(tokens: list[tuple[str, int, int]], text: str, low: str) -> Sentence:
    words = [low[start:end] for _, start, end in tokens]
    language = _language(tuple(words[:60]))
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        item, length = _item(tokens, words, place, items, text, language)
        items.append(item)
        place += length
    kinds = _set_aside(items)
    return Sentence(items, kinds, text, low, language)


@lru_cache(maxsize=256)
def _language(words: tuple[str, ...]) -> str:
    """The language that most small words of a sentence are of; "plain" where Vietnamese has lost its accents."""
    english, accented, bare = (
        sum(word in phrases(name, language)[0] for word in words)
        for name, language in (("english", "en"), ("vietnamese", "vi"), ("vietnamese", "plain"))
    )
    if any(not word.isascii() for word in words if word.isalpha()):
        return "en" if english > accented else "vi"
    return "plain" if bare > english else "en" if english or not accented else "vi"


def _longest(words: list[str], place: int, name: str, language: str) -> int:
    """How many words from a place on make the longest phrase of a table; 0 where none does."""
    table, firsts = phrases(name, language)
    if place >= len(words) or words[place] not in firsts:
        return 0
    lengths = range(min(_LONGEST, len(words) - place), 0, -1)
    return next((n for n in lengths if " ".join(words[place : place + n]) in table), 0)


def _item(
    tokens: list[tuple[str, int, int]],
    words: list[str],
    place: int,
    items: list[Item],
    text: str,
    language: str,
) -> tuple[Item, int]:
    """The phrase that begins at a token, after others, and how many tokens it takes."""
    kind, start, end = tokens[place]
    word, before = words[place], items[-1] if items else Item("", "", "", 0, 0)
    if kind:
        return Item(kind, "", word, start, end), 1
    if word[0].isdecimal() and word[0].isascii():
        return _number(word, start, end, before, text), 1
    found = None
    if before.kind in ("number", "numeral", "scale", "year"):
        found = _counted(words, place, language, before.end == start)
        if not found and (
            word == "/" and before.kind == "scale" or any(item.kind == "prefix" for item in items[-4:-1])
        ):
            found = _rate(words, place, language)
    elif before.kind in ("rate", "term", "plural", *_TABLES["unit"].split()):
        found = _rate(words, place, language)
    behind = before.kind in ("number", "numeral", "scale", "rate", "year", "plural", *_TABLES["unit"].split())
    table = "behind" if behind else "front"
    length = _longest(words, place, table, language)
    if length and (not found or length > found[3]):
        found = (*_phrase(words, place, length, table, language), length)
    if not found:
        sort = (
            ("name" if text[start].isupper() else "word") if word[0].isalpha() else _MARKS.get(word, "mark")
        )
        found = (sort, "", word, 1)
    kind, meaning, said, length = found
    return Item(kind, meaning, said, start, tokens[place + length - 1][2]), length


def _phrase(words: list[str], place: int, length: int, name: str, language: str) -> tuple[str, str, str]:
    """Kind, meaning and spelling of the phrase of so many words."""
    return phrases(name, language)[0][" ".join(words[place : place + length])]


def _number(word: str, start: int, end: int, before: Item, text: str) -> Item:
    """A number; one that touches a word on its left is a name (E5, U23)."""
    glued = before.end == start and before.kind in ("word", "name", "function", "head", "where")
    year = len(word) == 4 and "1900" <= word <= "2100"
    named = glued or text[end : end + 1] == "_"
    return Item("aside" if named else "year" if year else "number", "", word, start, end)


def _counted(words: list[str], place: int, language: str, glued: bool) -> tuple[str, str, str, int] | None:
    """What follows a number: its scale or unit, an age, a term; in English also after adjectives ("key economic
    targets")."""
    length = _longest(words, place, "amount", language)
    for name in ("age", "term"):
        longest = _longest(words, place, name, language)
        if longest and longest >= length:
            return *_phrase(words, place, longest, name, language), longest
    if glued and words[place] in ("st", "nd", "rd", "th"):
        return "ordinal", "", words[place], 1
    if length:
        return *_phrase(words, place, length, "amount", language), length
    if glued and words[place][0].isalpha():
        return "age", "", words[place], 1  # 30a, 5G: a name
    for skipped in range(4 if language == "en" else 0):
        end = place + skipped
        if end >= len(words) or not words[end].isalpha():
            return None
        if length := _longest(words, end, "unit", language):
            return *_phrase(words, end, length, "unit", language), skipped + length
        if _longest(words, end, "front", language):
            return None
        if len(words[end]) > 4 and re.search("[^suio]s$", words[end]):
            return "plural", "", words[end], skipped + 1
    return None


def _rate(words: list[str], place: int, language: str) -> tuple[str, str, str, int] | None:
    """What a unit is per: "/người", "/10.000 dân", "mỗi năm", "per person"; "a year ago" is none."""
    ahead = 1 if words[place] == "/" else _longest(words, place, "eachof", language)
    if not ahead:
        return None
    if words[place] == "/" and re.fullmatch(
        r"0?10{0,6}|10{0,2}(?:[.,]000)+", "".join(words[place + 1 : place + 2])
    ):
        ahead += 1
    length = _longest(words, place + ahead, "rate", language)
    after = place + ahead + length
    if not length or words[after : after + 1] in (["before"], ["ago"], ["earlier"], ["later"]):
        return None
    _, meaning, said = _phrase(words, place + ahead, length, "rate", language)
    return "rate", "", " ".join([*words[place : place + ahead], meaning or said]), ahead + length


# ---------------------------------------------------------------------------------------------------------------------
# Numbers that count nothing.

# What such kinds are once no number is set aside by them.
_TAKEN_FOR = {"year": "number", "term": "measured", "plural": "counted"}
_OWN = "<scale><half><percent><native><counted><measured><money><rate>"
_NOT_COUNTED = [  # the numbers stand in the group of each
    rf"<head>(?:<colon>|<stop>)?([<number><year>])(?![{_OWN}<number>])",
    r"<label>(?:<colon>|<stop>)?([<number><year>](?:<dash><number>)?)(?![<scale><percent><money>])",
    rf"<place>([<number><year>])(?:(?![{_OWN}])|(?=<native><name>))",
    rf"<aside>((?:[<comma><and><dash><to>]<number>(?:<slash><number>)?(?:(?![{_OWN}])|(?=<native><name>)))+)",
    "^(<number>)<stop>$",
    rf"(?<!<comma>)<name>(<number>)(?![{_OWN}<number><dash><slash><to>])",
    r"([<number><year>](?:(?:<dash>|<to>)<number>)?)<age>",
    r"(?<!<rank>)(<number>)<ordinal>",
    r"(?<!<lasting>)(?<!<lasting>.)(?<!<lasting>..)([<number><numeral>](?:(?:<dash>|<to>)<number>)?)<term>",
    rf"(<year>)(?![{_OWN}])",
    r"(?<=[<to><from><where><than><comma><and><time>])(<year>)",
    r"(<number>)<native>(?<=<bound>..)",
]


def _set_aside(items: list[Item]) -> str:
    """The kinds of a sentence's phrases, whose numbers are set aside where their words make them a name, an age, a
    term or a year."""
    kinds = "".join(_LETTER[item.kind] for item in items)
    if _LETTER["number"] in kinds or _LETTER["year"] in kinds or _LETTER["numeral"] in kinds:
        for pattern in _NOT_COUNTED:
            for match in grammar(pattern).finditer(kinds):
                for place in range(*match.span(1)):
                    if items[place].kind in ("number", "year", "numeral") and not _counts(
                        items, place, pattern
                    ):
                        named = (
                            items[place].kind == "year"
                            and "<head>" not in pattern
                            and "<label>" not in pattern
                        )
                        items[place] = items[place]._replace(kind="time" if named else "aside")
            kinds = "".join(_LETTER[item.kind] for item in items)
    for place, item in enumerate(items):
        if item.kind in _TAKEN_FOR:
            items[place] = item._replace(kind=_TAKEN_FOR[item.kind])
    return "".join(_LETTER[item.kind] for item in items)


def _counts(items: list[Item], place: int, pattern: str) -> bool:
    """Whether a number counts all the same: decimals of a term ("1,4 ngày"), more than one hectare."""
    word = items[place].words
    if "<term>" in pattern:
        return not word.isdecimal() and items[place].kind == "number"
    return "<bound>" in pattern and (word not in ("1", "01") or items[place - 1].words != "trên")
