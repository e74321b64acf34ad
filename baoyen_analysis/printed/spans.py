"""A text made uniform for reading, and where each of its letters stands in the text as it was given.

Letters are composed (NFC) and mended (`text.repair`), every run of blanks is one blank, dashes are of one kind; a
place in the uniform text leads back to the place it came from, so that a span found there slices the text as
given. Inside a mended word the places are in proportion; digits, blanks and good letters keep theirs exactly."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from baoyen_analysis.printed.repair import repair

_APART = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_UNSEEN = re.compile("[\u200b-\u200f\ufeff\u00ad\u2060]+")
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000\f\v]{2,}|[\t\u00a0\u2000-\u200a\u202f\u3000\f\v]")
_LINES = re.compile(" ?(?:\r\n|[\n\r\u2028\u2029\x85])(?: ?(?:\r\n|[\n\r\u2028\u2029\x85]))* ?")
# The đ of fonts that were carried over badly ("ñạt", "ựến"): only đ begins a syllable so.
_FIRST_LETTER = re.compile(
    "(?<![^\\W\\d_])[ñựÑỰ](?=[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ])"
)
_ONE_KIND = str.maketrans(
    dict.fromkeys("‐‑‒−﹣－", "-")
    | {"—": "–", "’": "'", "‘": "'", "ʼ": "'"}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
    | {"，": ",", "．": ".", "％": "%", "⁄": "/"}
)


class Uniform(NamedTuple):
    """A uniform text; `places[i]` is where its letter i begins in the text as given, with one more place for its
    end; `repairs` counts the lines that each repair changed; `unrepaired`: damage that was seen and not mended."""

    text: str
    places: np.ndarray
    repairs: dict[str, int]
    unrepaired: tuple[str, ...]


def uniform(text: str) -> Uniform:
    """The text made uniform.

    >>> made = uniform("đạt  6,5 triê\u0323u")
    >>> made.text, made.places.tolist()[-3:], made.repairs
    ('đạt 6,5 triệu', [12, 14, 15], {'composed': 1})
    """
    places, repairs = np.arange(len(text) + 1), Counter[str]()
    if not unicodedata.is_normalized("NFC", text):
        text, places = _changed(text, places, _APART, lambda m: unicodedata.normalize("NFC", m[0]))
        repairs["composed"] += 1
    text, places, unrepaired = _mended(text, places, repairs)
    if _FIRST_LETTER.search(text):
        text = _FIRST_LETTER.sub(lambda m: "đ" if m[0].islower() else "Đ", text)
        repairs["pdf letter"] += 1
    for pattern, new in (
        (_UNSEEN, lambda m: ""),
        (_BLANKS, lambda m: " "),
        (_LINES, lambda m: "\n" if len(m[0].strip(" ")) < 2 or m[0].strip(" ") == "\r\n" else "\n\n"),
    ):
        text, places = _changed(text, places, pattern, new)
    return Uniform(text.translate(_ONE_KIND), places, dict(repairs), unrepaired)


def _changed(
    text: str, places: np.ndarray, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> tuple[str, np.ndarray]:
    """The text with what the pattern finds replaced, and the places of its letters."""
    words, spots, done = [], [], 0
    for found in pattern.finditer(text):
        word = new(found)
        words += (text[done : found.start()], word)
        spots += (places[done : found.start()], _spread(places, *found.span(), len(word)))
        done = found.end()
    if not words:
        return text, places
    return "".join([*words, text[done:]]), np.concatenate([*spots, places[done:]])


def _spread(places: np.ndarray, start: int, end: int, length: int) -> np.ndarray:
    """The places of as many letters as have come from a stretch of the text, in proportion."""
    return places[start + np.arange(length) * (end - start) // max(length, 1)]


def _mended(text: str, places: np.ndarray, repairs: Counter[str]) -> tuple[str, np.ndarray, tuple[str, ...]]:
    """The text with its damaged letters mended line by line, all lines weighed together as one column."""
    lines = text.split("\n")
    mended, report = repair(lines)
    if report.empty:
        return text, places, ()
    done = report["repair"].str.startswith("unrepaired")
    repairs.update(report.loc[~done, "repair"])
    unrepaired = tuple(dict.fromkeys(report.loc[done, "repair"].str.removeprefix("unrepaired: ")))
    spots, start = [], 0
    for before, after in zip(lines, mended, strict=True):
        own = places[start : start + len(before) + 1]
        spots += (own[:-1] if before == after else _aligned(before, after, own), own[-1:])
        start += len(before) + 1
    return "\n".join(mended), np.concatenate(spots), unrepaired


def _aligned(before: str, after: str, places: np.ndarray) -> np.ndarray:
    """The places of a mended line's letters: its digits and blanks are the same on both sides, and so are letters
    at the two ends of what stands between them."""
    for cut in (r"([0-9]+|\s+)", r"([0-9]+)"):
        old, new = re.split(cut, before), re.split(cut, after)
        if old[1::2] == new[1::2]:
            break
    else:
        old, new = [before], [after]
    spots, start = [], 0
    for was, has in zip(old, new, strict=True):
        head = _common(was, has)
        tail = _common(was[head:][::-1], has[head:][::-1])
        middle = _spread(places, start + head, start + len(was) - tail, len(has) - head - tail)
        spots += (
            places[start : start + head],
            middle,
            places[start + len(was) - tail : start + len(was)],
        )
        start += len(was)
    return np.concatenate(spots)


def _common(first: str, second: str) -> int:
    """How many letters two texts begin with alike."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
