"""A text made uniform for reading, and where each of its letters stands in the text as it was given.

Letters are composed (NFC) and mended (`repair`), every run of blanks is one blank, dashes are of one kind;
a place in the uniform text leads back to the place it came from, so that a span found there slices the
text as given. Inside a mended word the places are in proportion; digits, blanks and good letters keep
theirs exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from baoyen_analysis.printed.repair import repaired

_APART = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_UNSEEN = re.compile("[\u200b-\u200f\ufeff\u00ad\u2060]+")
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000\f\v]{2,}|[\t\u00a0\u2000-\u200a\u202f\u3000\f\v]")
_LINE = "(?:\r\n|[\n\r\u2028\u2029\x85])"
_LINES = re.compile(f" ?{_LINE}(?: ?{_LINE})* ?")
# The đ of fonts that were carried over badly ("ñạt", "ựến"): only đ begins a syllable so.
_FIRST_LETTER = re.compile(
    "(?<![^\\W\\d_])[ñựÑỰ](?=[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ])"
)
_ONE_KIND = str.maketrans("‐‑‒−﹣－—’‘ʼ，．％⁄０１２３４５６７８９", "------–''',.%/0123456789")


class Uniform(NamedTuple):
    """A uniform text; `places[i]` is where its letter i begins in the text as given, with one more place for
    its end; `repairs`: what was mended, and how; `unrepaired`: damage that was seen and not mended."""

    text: str
    places: np.ndarray
    repairs: list[str]
    unrepaired: list[str]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the uniform text stands in the text as given; one letter at the least."""
        first = int(self.places[start])
        return first, max(int(self.places[end]), first + 1)


def uniform(text: str) -> Uniform:
    """The text made uniform.

    >>> made = uniform("đạt  6,5 triê\u0323u")
    >>> made.text, made.places.tolist()[-3:], made.repairs
    ('đạt 6,5 triệu', [12, 14, 15], ['composed'])
    """
    places, repairs = np.arange(len(text) + 1), []
    if not unicodedata.is_normalized("NFC", text):
        text, places = _changed(text, places, _APART, lambda m: unicodedata.normalize("NFC", m[0]))
        repairs.append("composed")
    lines = text.split("\n")  # weighed together, as one column
    mended, report = repaired([*lines])
    if report:
        repairs += [repair for *_, repair in report]
        text, places = "\n".join(mended), _aligned(lines, mended, places)
    if _FIRST_LETTER.search(text):
        text = _FIRST_LETTER.sub(lambda m: "đ" if m[0].islower() else "Đ", text)
        repairs.append("pdf letter")
    text, places = _changed(text, places, _UNSEEN, lambda m: "")
    text, places = _changed(text, places, _BLANKS, lambda m: " ")
    # The end of a line, or of a paragraph where a blank line follows.
    text, places = _changed(text, places, _LINES, lambda m: "\n" * min(2, len(re.findall(_LINE, m[0]))))
    left = [name for name in dict.fromkeys(repairs) if name.startswith("unrepaired: ")]
    done = [name for name in dict.fromkeys(repairs) if name not in left]
    return Uniform(
        text.translate(_ONE_KIND), places, done, [name.removeprefix("unrepaired: ") for name in left]
    )


def _changed(
    text: str, places: np.ndarray, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> tuple[str, np.ndarray]:
    """The text with what the pattern finds replaced, and the places of its letters."""
    if not pattern.search(text):
        return text, places
    words: list[str] = []
    spots: list[np.ndarray] = []
    done = 0
    for found in pattern.finditer(text):
        words += (text[done : found.start()], new(found))
        spots += (places[done : found.start()], _spread(places, *found.span(), len(words[-1])))
        done = found.end()
    return "".join([*words, text[done:]]), np.concatenate([*spots, places[done:]])


def _spread(places: np.ndarray, start: int, end: int, length: int) -> np.ndarray:
    """The places of as many letters as have come from a stretch of the text, in proportion."""
    return places[start + np.arange(length) * (end - start) // max(length, 1)]


def _aligned(before: list[str], after: list[str], places: np.ndarray) -> np.ndarray:
    """The places of mended lines: their digits and blanks are the same on both sides, and so are the letters
    at the two ends of what stands between them."""
    spots: list[np.ndarray] = []
    start = 0
    for line, mended in zip(before, after, strict=True):
        for cut in (r"([0-9]+|\s+)", "([0-9]+)", "(\n)"):
            old, new = re.split(cut, line), re.split(cut, mended)
            if line == mended or old[1::2] == new[1::2]:
                break
        for was, has in zip(old, new, strict=True) if line != mended else [(line, line)]:
            head = _common(was, has)
            tail = _common(was[head:][::-1], has[head:][::-1])
            end = start + len(was)
            middle = _spread(places, start + head, end - tail, len(has) - head - tail)
            spots += (places[start : start + head], middle, places[end - tail : end])
            start = end
        spots.append(places[start : start + 1])
        start += 1
    return np.concatenate(spots)


def _common(first: str, second: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))
