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

import re
import unicodedata
from typing import Any, NamedTuple

from baoyen_analysis.printed.text import plain, rewritten, table


class Doubt(Exception):
    """Why a text is not read as a figure; the public functions add the text."""


def refuse(reasons: dict[str, object]) -> None:
    """Raise the first reason that holds."""
    for reason, holds in reasons.items():
        if holds:
            raise Doubt(reason)


class Phrase(NamedTuple):
    """What the table holds of a phrase."""

    kind: str
    meaning: Any
    english: bool = False


class Token(NamedTuple):
    """A phrase of a text. `kind`: one of the table, `number` (its `meaning` is its place among the numbers),
    `sign` a minus before the first number, `word` a word and `mark` a mark that the table does not hold."""

    kind: str
    meaning: Any  # a scale, a fraction and a place are whole numbers, all else is text
    words: str
    english: bool = False


# What a rate is per, in the singular.
PER = {
    "visits": "visit", "persons": "person", "communes": "commune", "households": "household",
    "tonnes": "tonne", "head": "person",
}  # fmt: skip
_METRES = re.compile(r"\s?M(?![\w²³])")
_WORD = re.compile(r"(?:k|c)?m[23²³]|[^\W\d_]+|\.\.+|\S")
_TOLD_APART = ("còn", "hạng", "hạ", "trăm", "vạn")  # words that their place beside a number tells apart


def _lexicons() -> tuple[dict[str, Phrase], dict[str, Phrase]]:
    """The phrases of the table, as a text is cut; and the same without diacritics, where phrases of different
    meaning that fall together are left out but for the one that is meant."""
    known: dict[str, Phrase] = {}
    folded: dict[str, dict[tuple, Phrase]] = {}
    meant: dict[str, Phrase] = {}
    for words, kind, means, language, in_plain in table("phrases.csv"):
        phrase = " ".join(_WORD.findall(words))
        meaning = int(means) if kind in ("scale", "fraction") else means
        if kind in ("counted", "measured"):
            meaning = means or phrase
        known[phrase] = entry = Phrase(kind, meaning, language == "en")
        folded.setdefault(plain(phrase), {}).setdefault((kind, meaning), entry)
        if in_plain:
            meant[plain(phrase)] = entry if in_plain == "this" else Phrase("mark", "")
    alone = {phrase: next(iter(entries.values())) for phrase, entries in folded.items() if len(entries) == 1}
    return known, alone | meant | {word: known[word] for word in _TOLD_APART}


WORDS, PLAIN_WORDS = _lexicons()
_LONGEST: dict[str, int] = {}  # how many words the longest phrase has that begins with a word
for _words in map(str.split, WORDS | PLAIN_WORDS):
    _LONGEST[_words[0]] = max(_LONGEST.get(_words[0], 1), len(_words))

# One kind of dash, space and apostrophe, and the letters that a PDF puts for others.
_ALIKE = str.maketrans("‐‑‒–—−－÷’ðƣ\xa0\u2007\u2009\u202f\t\n\r\0\1", "--------'đư       ##")
_NUMBER, _SIGN = "\0\1"  # stand in the place of a number, and of a minus before the first


def tokens(pieces: tuple[str, ...]) -> list[Token]:
    """The phrases of a text that is cut at its numbers: the longest that are known.

    >>> [(token.kind, token.words) for token in tokens(("hơn ", " triệu đồng"))]
    [('bound', 'hơn'), ('number', '#'), ('scale', 'triệu'), ('money', 'đồng')]
    """
    if any(map(_METRES.match, pieces[1:])):
        raise Doubt("M: metres, or millions?")
    text = _NUMBER.join(unicodedata.normalize("NFC", piece).lower().translate(_ALIKE) for piece in pieces)
    text, lexicon = rewritten(text, "words"), WORDS
    if text.isascii():
        text, lexicon = rewritten(text, "plain words"), PLAIN_WORDS
    words, start, numbers = _WORD.findall(text), 0, 0
    found: list[Token] = []
    while start < len(words):
        for length in range(_LONGEST.get(words[start], 1), 0, -1):
            phrase = " ".join(words[start : start + length])
            if phrase in lexicon:
                break
        start += length
        kind, meaning, english = lexicon.get(phrase) or Phrase(
            "word" if phrase[1:].isalpha() else "mark", phrase
        )
        if phrase == _NUMBER:
            kind, meaning, phrase, numbers = "number", numbers, "#", numbers + 1
        elif phrase == _SIGN:
            kind, meaning, phrase = "sign", "-", "-"
        elif phrase == "a" and not found:  # a rise of; elsewhere it is for each
            kind, meaning, english = "article", "", True
        found.append(Token(kind, meaning, phrase, english))
    return found
