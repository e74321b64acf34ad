"""The headings inside a table, the outer first: which of them a row stands under, as they are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ORDER = re.compile(r"\s*(?:(?P<roman>[IVX]+)|(?P<digits>\d+(?:\.\d+)*)|(?P<letter>[^\W\d_]))(?:[.)]|\s|$)")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass
class _Heading:
    """A heading, how it is numbered, its number, and whether the rows below it count from one again."""

    text: str
    style: str
    number: int
    anew: bool = False


@dataclass
class Headings:
    """The headings that are open at a row. One ends where another of its kind of number begins, or a row that
    counts on from it: "3. Thu nhập" is not under "2. Cơ cấu kinh tế"."""

    open: list[_Heading] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [heading.text for heading in self.open]

    def read(self, text: str) -> None:
        """A heading, after those above it."""
        style, number = _order(text)
        self.end([_ends(heading.style, style) for heading in self.open])
        self.open.append(_Heading(text, style, number))

    def pass_row(self, text: str) -> bool:
        """A row that begins with these words; whether a heading ends at it."""
        style, number = _order(text)
        ends = []
        for heading in self.open:
            alike = bool(style) and _ends(heading.style, style)
            heading.anew |= alike and number <= heading.number
            ends.append(alike and not heading.anew)
        return self.end(ends)

    def end(self, ends: list[bool]) -> bool:
        """Ends the first of the open headings for which this holds, and those within it; whether there is
        one."""
        first = next((place for place, end in enumerate(ends) if end), len(self.open))
        closed = first < len(self.open)
        del self.open[first:]
        return closed


def _ends(open_: str, style: str) -> bool:
    """Whether a number of this style ends a heading of the other: its own kind, and of 1.1 also 1.1.1."""
    return open_ == style or (style[:1] == "1" and open_.startswith(style))


def _order(text: str) -> tuple[str, int]:
    """How a text is numbered and its number: "II." is a roman 2, "1.2" a two of the second depth ("11"), "b)"
    a small letter; "" and 0 without one."""
    found = _ORDER.match(text)
    if not found:
        return "", 0
    if digits := found["digits"]:
        return "1" * len(digits.split(".")), int(digits.split(".")[-1])
    if roman := found["roman"]:
        values = [_ROMAN[letter] for letter in roman]
        later = [*values[1:], 0]
        return "I", sum(-one if one < next_ else one for one, next_ in zip(values, later, strict=True))
    return ("A" if found["letter"].isupper() else "a"), ord(found["letter"])
