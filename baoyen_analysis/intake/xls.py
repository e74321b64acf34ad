"""Workbooks of Excel 97 to 2003 (.xls): the records of the stream "Workbook" in a compound file, as
Microsoft's [MS-XLS] and [MS-CFB] describe them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from baoyen_analysis.intake.cells import Cells, legacy_font, raised, styles_of
from baoyen_analysis.intake.numberformats import plain
from baoyen_analysis.intake.sheets import OfficeFileError, Sheet

Value = float | int | str | None  # a number; a shared text, by its number; a text; an error
_BEGIN, _END, _CONTINUED, _SHARED, _FORMULA, _MANY = 0x809, 0x0A, 0x3C, 0xFC, 0x06, 0xBD


def _short(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _long(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def xls_sheets(path: Path, data: bytes, only: str) -> list[Sheet]:
    """The worksheets of a workbook."""
    streams = _Streams(data)
    if "Workbook" not in streams.entries:
        raise OfficeFileError(
            path, "it is no workbook of Excel 97 or newer", "Open it in Excel and save it as .xlsx"
        )
    book = _Book(path, streams.read("Workbook"))
    if only and only not in book.sheets:
        raise OfficeFileError(path, f"it has no sheet {only!r}", f"Its sheets are {', '.join(book.sheets)}")
    return [book.read(name) for name in book.sheets if only in ("", name)]


class _Streams:
    """The streams of a compound file, by name: their sectors are chained by a table, small ones within
    another stream."""

    def __init__(self, data: bytes) -> None:
        self.data, self.size = data, 1 << _short(data, 30)
        places, more = [_long(data, at) for at in range(76, 512, 4)], _long(data, 68)
        while more < len(data) // self.size and len(places) < len(data):
            part = self._longs(self.sector(more))
            places, more = places + part[:-1], part[-1]
        self.table = [
            one
            for place in places
            if place < len(data) // self.size
            for one in self._longs(self.sector(place))
        ]
        self.entries: dict[str, tuple[int, int]] = {}
        directory = self.chain(_long(data, 48))
        for at in range(0, len(directory), 128):
            name, kind = directory[at : at + _short(directory, at + 64) - 2], directory[at + 66]
            if kind:
                where = _long(directory, at + 116), _long(directory, at + 120)
                self.entries["" if kind == 5 else name.decode("utf-16-le")] = where

    def sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _longs(self, data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def chain(self, first: int) -> bytes:
        return b"".join(map(self.sector, _chained(first, self.table)))

    def read(self, name: str) -> bytes:
        first, length = self.entries[name]
        if length >= _long(self.data, 56):
            return self.chain(first)[:length]
        small, table = self.chain(self.entries[""][0]), self._longs(self.chain(_long(self.data, 60)))
        return b"".join(small[at * 64 : at * 64 + 64] for at in _chained(first, table))[:length]


def _chained(first: int, table: list[int]) -> Iterator[int]:
    for _ in table:
        if first >= len(table):
            return
        yield first
        first = table[first]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The kind and the data of each record of what begins at a place; what lies within it, such as a chart,
    left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = _short(stream, start), _short(stream, start + 2)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length
        if depth < 1:
            return


class _Texts:
    """Reads texts from records that go on in the next one; there a text begins anew with the width of its
    letters."""

    def __init__(self, chunks: list[bytes], at: int = 0) -> None:
        self.chunks, self.chunk, self.at = chunks, 0, at

    def take(self, count: int) -> bytes:
        """Bytes of the present record, or of the next where it has ended."""
        if self.at >= len(self.chunks[self.chunk]):
            self.chunk, self.at = self.chunk + 1, 0
        self.at += count
        return self.chunks[self.chunk][self.at - count : self.at]

    def read(self, *, small: bool = False) -> tuple[str, list[tuple[int, int]]]:
        """A text, and where in it which fonts begin."""
        length = self.take(1)[0] if small else _short(self.take(2), 0)
        flags = self.take(1)[0]
        runs, aside = _short(self.take(2), 0) if flags & 8 else 0, _long(self.take(4), 0) if flags & 4 else 0
        text, wide = "", flags & 1
        while len(text) < length:
            room = (len(self.chunks[self.chunk]) - self.at) // (1 + wide)
            if not room:
                wide = self.take(1)[0] & 1
                continue
            letters = self.take(min(room, length - len(text)) * (1 + wide))
            text += letters.decode("utf-16-le" if wide else "latin-1")
        fonts = [(_short(pair, 0), _short(pair, 2)) for pair in (self.take(4) for _ in range(runs))]
        while aside > 0:
            aside -= len(self.take(min(aside, max(1, len(self.chunks[self.chunk]) - self.at))))
        return text, fonts


def _text(data: bytes, at: int, *, small: bool = False) -> str:
    return _Texts([data], at).read(small=small)[0]


class _Book:
    """A workbook's stream, with what holds for all of its sheets: where each begins and whether it is
    hidden."""

    def __init__(self, path: Path, stream: bytes) -> None:
        self.path, self.stream, self.counted = path, stream, 0
        self.sheets: dict[str, tuple[int, bool]] = {}
        self.fonts: list[tuple[str, bool]] = []
        self.from_1904 = False
        codes, pairs, shared, last = {}, [], [], 0
        for kind, data in _records(stream, 0):
            if kind == 0x2F:
                raise OfficeFileError(
                    path, "it is protected by a password", "Save a copy without the password"
                )
            if kind == 0x85 and not data[5]:  # a worksheet
                self.sheets[_text(data, 6, small=True)] = _long(data, 0), bool(data[4] & 3)
            elif kind == 0x41E:
                codes[_short(data, 0)] = _text(data, 2)
            elif kind == 0x31:
                self.fonts.append((legacy_font(_text(data, 14, small=True)), _short(data, 8) == 1))
            elif kind == 0xE0:
                pairs.append((_short(data, 2), _short(data, 0)))
            elif kind == 0x22:
                self.from_1904 = data[:1] == b"\1"
            if kind == _SHARED or (kind == _CONTINUED and last == _SHARED):
                shared.append(data)
                kind = _SHARED
            last = kind
        self.fonts[4:4] = [("", False)]  # there is no font of the number 4
        self.styles = styles_of(codes, self.fonts, pairs)
        texts = _Texts(shared, 8)
        self.texts = [texts.read() for _ in range(_long(shared[0], 4))] if shared else []

    def text(self, number: int) -> tuple[str, str]:
        """A shared text with its raised runs as marks, and the legacy font that it may be in."""
        text, runs = self.texts[number]
        found, legacy = text[: runs[0][0]] if runs else text, ""
        for (first, number), end in zip(runs, [*(first for first, _ in runs[1:]), len(text)], strict=False):
            font, up = self.fonts[number]
            found += raised(text[first:end], found) if up else text[first:end]
            legacy = legacy or font
        return found, legacy

    def read(self, name: str) -> Sheet:
        """A sheet with every cell, and its merged cells, hidden rows and columns."""
        start, hidden = self.sheets[name]
        cells = Cells(self.path, name, counted=self.counted, hidden=hidden)
        rows: dict[int, dict[int, str]] = {}
        formula = 0, 0  # whose text comes in a record of its own
        for kind, data in _records(self.stream, start):
            row, column = _short(data, 0), _short(data, 2)
            if kind == 0x207:
                rows.setdefault(formula[0], {})[formula[1]] = _text(data, 0)
            elif kind == 0x208 and data[12] & 0x20:
                cells.hidden_rows.append(row)
            elif kind == 0x7D and data[8] & 1:
                cells.hidden_columns.append((row, column))
            elif kind == 0xE5:
                for at in range(2, row * 8, 8):
                    top, bottom, left, right = (_short(data, at + place) for place in (0, 2, 4, 6))
                    cells.merges.append(((top, left), (bottom, right)))
            for place, (style, value) in enumerate(_values(kind, data), start=column):
                if text := self.shown(row, place, style, value, cells):
                    rows.setdefault(row, {})[place] = text
                formula = row, column
        for row in sorted(rows):
            cells.add(row, rows[row])
        self.counted = cells.counted
        return cells.sheet()

    def shown(self, row: int, column: int, number: int, value: Value, cells: Cells) -> str:
        """A cell as it is shown."""
        style, text = self.styles[number], str(value)
        if value is None:
            cells.report_no_value(row, column, "#")
            return ""
        if isinstance(value, float):
            text = plain(repr(value))
        elif isinstance(value, int):
            text, font = self.text(value)
            style = style._replace(font=font or style.font)
        is_number = isinstance(value, float)
        return (
            cells.shown(row, column, text, style, number=is_number, from_1904=self.from_1904) if text else ""
        )


def _values(kind: int, data: bytes) -> list[tuple[int, Value]]:
    """The styles and values of the cells of a record."""
    style = _short(data, 4)
    if kind == 0x203:
        return [(style, struct.unpack_from("<d", data, 6)[0])]
    if kind in (0x27E, _MANY):
        end = len(data) - 2 * (kind == _MANY)
        return [(_short(data, at), _packed(_long(data, at + 2))) for at in range(4, end - 5, 6)]
    if kind == 0xFD:
        return [(style, _long(data, 6))]
    if kind in (0x204, 0xD6):
        return [(style, _text(data, 6))]
    if kind == 0x205:
        return [(style, None if data[7] else str(bool(data[6])).upper())]
    if kind != _FORMULA:
        return []
    if data[12:14] == b"\xff\xff":  # a text, which comes after it, a truth, an error, no text
        return [(style, {0: "", 1: str(bool(data[8])).upper(), 3: ""}.get(data[6]))]
    (value,) = struct.unpack_from("<d", data, 6)
    return [(style, None if not value and data[14] & 2 else value)]  # a zero that is yet to be computed


def _packed(bits: int) -> float:
    """A number in four bytes: a whole one, or the first half of eight; in hundredths or not."""
    whole = float((bits >> 2) - ((bits >> 31) << 30))
    value = whole if bits & 2 else struct.unpack("<d", struct.pack("<2I", 0, bits & ~3))[0]
    return value / 100 if bits & 1 else value
