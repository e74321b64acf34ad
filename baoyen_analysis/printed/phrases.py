"""The phrases a printed figure is made of, in Vietnamese and English: bounds, scales, things counted and
measured, money, fillers.

They stand in phrases.csv, one a row: the phrase, its kind, what it means (blank: what it says), `language`
(en: the words around it are English) and `plain`, which says for a phrase typed without diacritics whether
it is `this` word or left `open`, as another word may be meant. The grammar is written in the kinds: "hơn 66
triệu đồng/năm" is bound, number, scale, money, slash, time. Longer phrases win over shorter ones.

The kinds, by what they do:
bound over (trên, more than or per) onward (trở lên) beyond (vượt) higher — how the number is bounded;
scale money percent time counted measured fraction rank — what it is in;
rise fall turn (a noun of change behind the number) minus reached (xuống còn) multiple (gấp) — how it changes;
attain (đạt) equals (bằng, chiếm) filler article — words that say nothing about it;
subject about place price — what it is about: a noun, what goes with it, where, in which prices;
plan earlier whole period (§, a year beside these) against (so với) compared — what it stands against;
from to dash comma slash each of part linked half — how numbers and units are joined;
modifier — what a noun may take along; barred — words that change a number or start another thought.
The meaning of a subject is the unit it is counted in ("visits|persons"), or `change` for a growth."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from baoyen_analysis.printed.text import plain


class Doubt(Exception):
    """Why a text is not read as a figure; the public functions add the text."""


class Phrase(NamedTuple):
    """What the table holds of a phrase."""

    kind: str
    meaning: str | int
    english: bool = False


class Token(NamedTuple):
    """A phrase of a text. `kind`: one of the table, `number` (its `meaning` is its place among the numbers),
    `sign` a minus before the first number, `word` a word and `mark` a mark that the table does not hold."""

    kind: str
    meaning: str | int
    words: str
    english: bool = False


# What a rate is per, in the singular.
PER = {
    "visits": "visit",
    "persons": "person",
    "communes": "commune",
    "households": "household",
    "tonnes": "tonne",
    "head": "person",
}
_WORD = re.compile(r"(?:k|c)?m[23²³]|[^\W\d_]+|\.\.+|\S")
_TOLD_APART = ("còn", "hạng", "hạ", "trăm", "vạn")  # words that `_told_apart` leaves in plain text


def _lexicons() -> tuple[dict[str, Phrase], dict[str, Phrase]]:
    """The phrases of the table, as a text is cut; and the same without diacritics, where phrases of different
    meaning that fall together are left out but for the one that is meant."""
    known: dict[str, Phrase] = {}
    folded: dict[str, dict[tuple, Phrase]] = {}
    meant: dict[str, Phrase] = {}
    with Path(__file__).with_name("phrases.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            phrase, kind, meaning = " ".join(_WORD.findall(row["phrase"])), row["kind"], row["meaning"]
            if kind in ("scale", "fraction"):
                meaning = int(meaning)
            elif kind in ("counted", "measured"):
                meaning = meaning or phrase
            known[phrase] = entry = Phrase(kind, meaning, row["language"] == "en")
            folded.setdefault(plain(phrase), {}).setdefault((kind, meaning), entry)
            if row["plain"]:
                meant[plain(phrase)] = entry if row["plain"] == "this" else Phrase("mark", "")
    alone = {
        phrase: entry for phrase, entries in folded.items() if len(entries) == 1 for entry in entries.values()
    }
    return known, alone | meant | {word: known[word] for word in _TOLD_APART}


WORDS, PLAIN_WORDS = _lexicons()
_LONGEST: dict[str, int] = {}  # how many words the longest phrase has that begins with a word
for _words in map(str.split, WORDS | PLAIN_WORDS):
    _LONGEST[_words[0]] = max(_LONGEST.get(_words[0], 1), len(_words))

# One kind of dash, space and apostrophe, and the letters that a PDF puts for others.
_ALIKE = str.maketrans("‐‑‒–—−－÷’ðƣ\xa0\u2007\u2009\u202f\t\n\r", "--------'đư       ")
_CAPITAL_M = re.compile(r"\s?M(?![\w²³])")
_BEFORE_A_NUMBER = re.compile(r"\b(con|hang|ha)\b")
_TEN_THOUSAND = re.compile(r"\A\s*van(?=\s*\Z|\s+(?:luot|khach|du khach|nguoi|dan|ho|tan|ha|usd|cay)\b)")
_HUNDRED = re.compile(r"\A\s*tram(?= (?:nghin|ngan|trieu|ty|ti|le|linh)\b)")
_SHORT = re.compile(r"\b(tr|thous|mill|mil|bill|approx)\s?\.\s?")
_MONEY_SHORT = re.compile(r"\b(tr)\s?([đd])(?![^\W\d_])")
_PERSON_SHORT = re.compile(r"/\s?ng\b\.?")
_PER_MILLE = re.compile(r"%o(?!\w)")


@lru_cache(maxsize=4096)
def _uniform(piece: str) -> str:
    """The words between two numbers: NFC, lower case, one kind of dash and space, abbreviations as words."""
    piece = unicodedata.normalize("NFC", piece).lower().translate(_ALIKE)
    if "." in piece:
        piece = _SHORT.sub(r"\1 ", piece)
    return _PER_MILLE.sub("‰", _PERSON_SHORT.sub("/người", _MONEY_SHORT.sub(r"\1 \2", piece)))


def _told_apart(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The pieces of a text without diacritics, with the accents of words that their place beside a number
    leaves no doubt about.

    >>> _told_apart(("giam con ", " tram ", " trieu con"))
    ('giam còn ', ' trăm', ' trieu con')
    """
    head = _BEFORE_A_NUMBER.sub(lambda found: {"con": "còn", "hang": "hạng", "ha": "hạ"}[found[1]], pieces[0])
    between = [" trăm" if piece.strip() == "tram" else piece for piece in pieces[1:-1]]
    return (
        head,
        *(_HUNDRED.sub(" trăm", _TEN_THOUSAND.sub(" vạn", piece)) for piece in (*between, pieces[-1])),
    )


def tokens(pieces: tuple[str, ...]) -> list[Token]:
    """The phrases of a text that is cut at its numbers.

    >>> [(token.kind, token.words) for token in tokens(("hơn ", " triệu đồng"))]
    [('bound', 'hơn'), ('number', '#'), ('scale', 'triệu'), ('money', 'đồng')]
    """
    if any(_CAPITAL_M.match(piece) for piece in pieces[1:]):
        raise Doubt("M: metres, or millions?")
    pieces = tuple(map(_uniform, pieces))
    if pieces[-1][-1:] in ".,;" and pieces[-1][-2:-1].isalpha():  # the sentence's mark
        pieces = (*pieces[:-1], pieces[-1][:-1])
    lexicon = WORDS
    if all(map(str.isascii, pieces)):
        lexicon, pieces = PLAIN_WORDS, _told_apart(pieces)
    found = _phrases(_WORD.findall(pieces[0]), lexicon)
    if found and found[0].words == "a":  # a rise of; elsewhere it is for each
        found[0] = Token("article", "", "a", english=True)
    if pieces[0].endswith("-"):
        found[-1] = Token("sign", "-", "-")
    for number, piece in enumerate(pieces[1:]):
        found.append(Token("number", number, "#"))
        found += _phrases(_WORD.findall(piece), lexicon)
    return found


def _phrases(words: list[str], lexicon: dict[str, Phrase]) -> list[Token]:
    """Words as the longest phrases that are known."""
    found, start = [], 0
    while start < len(words):
        longest = min(_LONGEST.get(words[start], 1), len(words) - start)
        for length in range(longest, 0, -1):
            phrase = " ".join(words[start : start + length])
            if phrase in lexicon:
                break
        unknown = "word" if phrase.isalpha() and len(phrase) > 1 else "mark"
        kind, meaning, english = lexicon.get(phrase) or Phrase(unknown, phrase)
        found.append(Token(kind, meaning, phrase, english))
        start += length
    return found
