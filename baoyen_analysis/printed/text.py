"""Vietnamese text: one spelling for matching, the plain form without diacritics, and whether a syllable is
spelt as Vietnamese allows; and the tables of words and patterns that stand beside these modules."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

_TONES = "\u0300\u0301\u0303\u0309\u0323"
WORD = re.compile(r"[^\W\d_][\w\u0300-\u0323]*")
_MARKS = re.compile("[\u0300-\u036f]")
_ALIKE = str.maketrans("’‘ʼ`´‐‑–—−", "'''''-----")
LETTERS = "đĐ" + "".join(
    unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in ("", *_TONES)
)
# Text of these characters alone is good, but for lost letters and for TCVN3 that happens to use them, which
# shows in its spelling.
UNUSUAL = re.compile(rf"[^\t\n\r -~{LETTERS}“”‘’–—…]")
# A syllable is one of the onsets and one of the rhymes; a rhyme that ends in a stop has an acute or a dot
# below.
_ONSETS = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p q r s t v x"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en "
    "eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o "
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om "
    "on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch "
    "uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa "
    "ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"
)
_PART = re.compile("{([a-z]+)}")
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS.split())})?(?:{'|'.join(_RHYMES.split())})")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The key by which two spellings of one name are the same; for matching, not for showing.

    NFC, lower case, single spaces, one kind of apostrophe and of dash, and the tone mark carried to the end
    of its syllable, so that "hoà" and "hòa" are one word. Letters and tones themselves still count.

    >>> fold("Xuân HOÀ") == fold("xuân  hòa"), fold("Bảo Yên") == fold("Bao Yen")
    (True, False)
    """
    text = _even(text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", WORD.sub(_tone_last, unicodedata.normalize("NFD", text)))


def plain(text: str) -> str:
    """Text in lower case without any diacritic.

    >>> plain("Điện Biên")
    'dien bien'
    """
    return unmarked(_even(text))


def unmarked(text: str) -> str:
    """Text without diacritics."""
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d")


def _even(text: str) -> str:
    """Lower case, single spaces, one kind of apostrophe and of dash."""
    return " ".join(text.casefold().translate(_ALIKE).split())


def _tone_last(word: re.Match) -> str:
    tones = [mark for mark in word[0] if mark in _TONES]
    return "".join(letter for letter in word[0] if letter not in _TONES) + "".join(tones)


def is_spelt(word: str) -> bool:
    """Whether a word is a syllable that Vietnamese spelling allows."""
    return not UNUSUAL.search(word) and is_syllable(word)


def is_syllable(word: str) -> bool:
    """Whether letters and tone are those of a syllable, wherever in it the tone is written."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in _TONES]
    base = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    stopped = base.endswith(("c", "ch", "p", "t"))
    return (
        bool(_SYLLABLE.fullmatch(base))
        and len(tones) <= 1
        and (not stopped or tones in (["\u0301"], ["\u0323"]))
    )


# ---------------------------------------------------------------------------------------------------------
# The tables.


@cache
def table(name: str) -> list[list[str]]:
    """The rows of a table, without its head."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def patterns(use: str) -> list[tuple[str, str, str]]:
    """The patterns of one use, in order: its name, the pattern with its {parts} put in, and what it becomes.
    The name of one that rewrites is what a text must hold for it to be found, which is faster to look for.

    >>> patterns("number")[2]
    ('', 'mar', '3')
    """
    parts: dict[str, str] = {}
    found = []
    for of, name, pattern, becomes, _ in table("patterns.csv"):
        for part in _PART.findall(pattern):
            pattern = pattern.replace(f"{{{part}}}", parts.get(part, f"{{{part}}}"))
        parts |= {name: pattern} if of == "part" else {}
        found += [(name, pattern, becomes)] if of == use else []
    return found


@cache
def _rewrites(use: str) -> list[tuple[Callable, Callable[[str, str], str], str]]:
    return [
        (re.compile(needed or pattern).search, re.compile(pattern).sub, becomes)
        for needed, pattern, becomes in patterns(use)
    ]


def rewritten(text: str, use: str) -> str:
    """The text with the patterns of one use replaced, one after the other."""
    for may_be_found, replaced, becomes in _rewrites(use):
        if may_be_found(text):
            text = replaced(becomes, text)
    return text
