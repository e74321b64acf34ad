"""Malformed office files: an answer or a refusal each, no traceback, none that hangs or fills the memory.

    .venv/bin/python benchmarks/office_malformed.py [--files 1000] [--seed 20251128] [--first 0]

Files of every format - generated ones, of invented numbers, and the fixtures of the tests - are damaged by
a seed: bytes flipped, ends cut off, the directory of a package broken, parts dropped, cut or exchanged,
numbers, places and counts made absurd, names that lie, other encodings. Each is read and shown as `baoyen
add` does it in a process of its own. Prints how they ended, and each that ended in an exception, took over
20 seconds of the processor or 1.5 GB; ends with 1 where there is one."""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from forked import RAISED, forked
from office import HERE, as_add
from office_files import LAYOUTS, files
from office_writers import write

from baoyen_analysis.intake import record as intake
from baoyen_analysis.intake.office import OfficeFileError

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "data" / "office"
MOST_SECONDS, MOST_MEGABYTES = 20, 1500
_ABSURD = [
    b"-1",
    b"0",
    b"1048577",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"inf",
    b"",
    b"A1",
    b"\xff",
    b"1e-999",
]
Damage = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, draw: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(draw.choice([1, 1, 3, 20])):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(1, len(data))]


def filled(data: bytes, draw: random.Random) -> bytes:
    """A run of bytes is of one value, as of a disk that failed."""
    start = draw.randrange(len(data))
    return (
        data[:start] + bytes([draw.choice([0, 0x20, 0xFF])]) * draw.randrange(1, 5000) + data[start + 600 :]
    )


def directory(data: bytes, draw: random.Random) -> bytes:
    """The end of the file, where a package keeps its directory, has other bytes."""
    changed = bytearray(data)
    for _ in range(draw.choice([1, 2, 4])):
        changed[-draw.randrange(1, min(200, len(changed)))] = draw.choice([0, 0xFF, draw.randrange(256)])
    return bytes(changed)


def spliced(data: bytes, draw: random.Random) -> bytes:
    """A part of the file stands twice, or in another place."""
    one, other = sorted(draw.randrange(len(data)) for _ in range(2))
    return data[:other] + data[one:other] * draw.choice([1, 1, 5]) + data[other:]


def encoded(data: bytes, draw: random.Random) -> bytes:
    """The text in another encoding, or with bytes that no text has."""
    text = data.decode("utf-8", "replace")
    name = draw.choice(["utf-16", "utf-16-be", "utf-32", "cp1258", "cp1252", "latin-1", "utf-7", "cp037"])
    return draw.choice(
        [text.encode(name, "replace"), b"\xef\xbb\xbf\xff\xfe" + data, data.replace(b";", b"\0", 3)]
    )


def absurd(data: bytes, draw: random.Random) -> bytes:
    """Numbers in a text, its places and counts among them, are ones that can't be."""
    found = list(re.finditer(rb"\d+(?:\.\d+)?", data))
    for number in sorted(
        draw.sample(found, min(len(found), draw.choice([1, 3, 30]))), key=lambda one: -one.start()
    ):
        data = data[: number.start()] + draw.choice(_ABSURD) + data[number.end() :]
    return data


def nested(data: bytes, draw: random.Random) -> bytes:
    """A text with very many of one mark or tag in it."""
    start = draw.randrange(len(data))
    return (
        data[:start]
        + draw.choice([b"<a>", b'"', b"(", b";", b"\n", b"<row>", b"[", b",1"]) * 30_000
        + data[start:]
    )


def part(data: bytes, draw: random.Random) -> bytes:
    """One part of a package is dropped, damaged, or another one's."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:  # damaged before, in whatever way
        return flipped(data, draw)
    weighty = [name for name in parts if name.endswith((".xml", ".rels")) and parts[name]]
    if not weighty:
        return flipped(data, draw)
    name, made = draw.choice(weighty), io.BytesIO()
    how = draw.choice(["drop", "swap", flipped, cut, spliced, encoded, absurd, absurd, nested])
    if how == "drop":
        del parts[name]
    elif how == "swap":
        parts[name] = parts[draw.choice(list(parts))]
    else:
        parts[name] = how(parts[name], draw)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, content in parts.items():
            changed.writestr(name, content)
    return made.getvalue()


OF_TEXT: list[Damage] = [flipped, cut, filled, spliced, encoded, absurd, nested]
OF_PACKAGES: list[Damage] = [flipped, cut, filled, directory, spliced, part, part, part, part, part]
OF_OTHERS: list[Damage] = [flipped, flipped, cut, filled, spliced, absurd]


def malformed(number: int, valid: list[Path], folder: Path, seed: int) -> tuple[Path, str]:
    """The file of a number, and what was done to it."""
    draw = random.Random(seed + number)
    whole = valid[number % len(valid)]
    data = whole.read_bytes()
    text = whole.suffix in (".csv", ".px")
    damages = OF_TEXT if text else OF_PACKAGES if data.startswith(b"PK") else OF_OTHERS
    done = draw.choices(damages, k=draw.choice([1, 1, 2]))
    for damage in done:
        data = damage(data, draw) if data else data
    suffix = (
        draw.choice([".xlsx", ".csv", ".pdf", ".px", ".ods", ""]) if draw.random() < 0.15 else whole.suffix
    )
    path = folder / f"m{number}{suffix}"
    path.write_bytes(data)
    return path, f"{whole.name}: {', '.join(damage.__name__ for damage in done)}"


def tried(path: Path) -> tuple[str, float, float, str]:
    """How a file ended in a process of its own, its seconds and megabytes, and what was said."""
    code, said, used = forked(_read, path)
    ended = {0: "taken", 1: "refused", RAISED: "exception"}.get(code, "aborted")
    return ended, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def _read(path: Path) -> int:
    try:
        return int(as_add(path, HERE._replace(keep_unknown=True)).figures.empty)
    except (OfficeFileError, intake.NotTaken) as refusal:
        return 1 if str(refusal) and "\n" not in str(refusal)[:1] else RAISED


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20_251_128)
    parser.add_argument("--first", type=int, default=0, help="begin at this file of the seed")
    given, counts, wrong = parser.parse_args(), Counter[str](), 0
    most, started = [0.0, 0.0], time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "whole").mkdir()
        valid = [path for path in sorted(FIXTURES.iterdir()) if "word" not in path.name]
        valid += [write(file, folder / "whole", n) for n, file in enumerate(files(LAYOUTS, 25, given.seed))]
        for path in (valid[-1], FIXTURES / "report-libreoffice.docx", FIXTURES / "shown.xlsx"):
            as_add(path)  # loads what is needed once, not in every process that is forked
        for number in range(given.first, given.first + given.files):
            path, what = malformed(number, valid, folder, given.seed)
            ended, seconds, megabytes, said = tried(path)
            most = [max(most[0], seconds), max(most[1], megabytes)]
            counts[ended] += 1
            if ended in ("exception", "aborted") or seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
                wrong += 1
                print(
                    f"{number}, {what}: {ended}, {seconds:.1f} s, {megabytes:.0f} MB: {said[-900:]}",
                    flush=True,
                )
            path.unlink()
            if number % 100 == 99:
                print(f"{number}: {dict(counts)}", flush=True)
    print(
        f"{given.files} malformed files in {time.perf_counter() - started:.0f} s: {dict(counts)}; "
        f"most of one: {most[0]:.1f} s of the processor, {most[1]:.0f} MB; {wrong} not as they should be"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
