"""The headings inside a table, the outer first: which of them a row stands under, as they are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ORDER = re.compile(r"\s*([IVX]+|\d+(?:\.\d+)*|[^\W\d_])(?:[.)]|\s|$)")
_ROMANS = re.findall("[IVX]+", "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX")


@dataclass
class _Heading:
    """A heading, how it is numbered, its number, and whether the rows below it count from one again."""

    text: str
    style: str
    number: int
    anew: bool = False

    def ends_at(self, style: str) -> bool:
        """Whether a number of this style ends it: one of its own kind, and of 1.1 also 1.1.1."""
        return self.style == style or (style[:1] == "1" and self.style.startswith(style))


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
        self.end([heading.ends_at(style) for heading in self.open])
        self.open.append(_Heading(text, style, number))

    def pass_row(self, text: str) -> bool:
        """A row that begins with these words; whether a heading ends at it."""
        style, number = _order(text)
        ends = []
        for heading in self.open:
            alike = style != "" and heading.ends_at(style)
            heading.anew |= alike and number <= heading.number
            ends.append(alike and not heading.anew)
        return self.end(ends)

    def end(self, ends: list[bool]) -> bool:
        """Ends the first of the open headings for which this holds, and those within it; whether there is
        one."""
        first = [*ends, True].index(True)
        del self.open[first:]
        return first < len(ends)


def _order(text: str) -> tuple[str, int]:
    """How a text is numbered and its number: "II." is a roman 2, "1.2" a two of the second depth ("11"), "b)"
    a small letter; "" and 0 without one."""
    order = found[1] if (found := _ORDER.match(text)) else ""
    if order[:1].isdecimal():
        depths = order.split(".")
        return "1" * len(depths), int(depths[-1])
    if order in _ROMANS:
        return "I", _ROMANS.index(order) + 1
    return (("A" if order.isupper() else "a"), ord(order)) if len(order) == 1 else ("", 0)
