"""Does a damaged record end in one clear line? Damages stored files at random and calls the commands on them.

    python benchmarks/bad_records.py              700 damaged copies
    python benchmarks/bad_records.py 2000 7       so many, from another seed
    python benchmarks/bad_records.py header_only  each stored file so damaged

Each copy of the record (data, notebooks, docs, with a folder that `baoyen add` made) has one damage: of the
bytes, of a row, of a cell's meaning, of the list of checksums, or of the file's place on the disk; the
checksums are renewed for two in three, as by one who means the change. `baoyen check` is called on it, for
notebooks `baoyen notebooks` (their cells not run); on every tenth `ask`, `build`, `trace` and `accept --yes`
too. Of every twentieth the first call and one of the others, in turn, is a process of its own; the rest are
forks of this one, which knows the tables of a folder whose bytes are not damaged.

Each call must end by itself with 0 or 1 (a question: 2), in at most 20 s of a core and 1.5 GB, without a
traceback or a code that steers a screen. A damage that is none (another order of rows) may pass; every other
must be refused, and the message must name the file, the row where there is one, and what to do; a damage of
one row or file is one fault and draws no others with it."""

import csv
import hashlib
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from kills import call, content, office_file, once, project, reckon

from baoyen_analysis import paths
from baoyen_analysis.cleaning import build, raw
from baoyen_analysis.commands import cli, notebooks

LONGEST, MOST_BYTES = 20, 1.5e9
NOBODY = 65534
STORED = re.compile(r"data/|docs/income\.svg|notebooks/[1-3]0")  # of ten notebooks three
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Damage(NamedTuple):
    """What was done to a copy: to which file, in which rows (none: the file as a whole), and how many faults
    that may be at most; `harmless`: it may also pass."""

    kind: str
    path: Path
    rows: tuple[int, ...] = ()
    most: int = 1
    harmless: bool = False


# Damages of a file's bytes.
OF_BYTES: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "byte_order_mark": lambda _, content: b"\xef\xbb\xbf" + content,
    "windows_lines": lambda _, content: content.replace(b"\n", b"\r\n"),
    "old_mac_lines": lambda _, content: content.replace(b"\n", b"\r"),
    "utf_16": lambda _, content: content.decode().encode("utf-16"),
    "utf_16_without_mark": lambda _, content: content.decode().encode("utf-16-be"),
    "latin_1": lambda _, content: content.decode().encode("latin-1", "replace") + b"\xe9\n",
    "decomposed": lambda _, content: content.replace("ả".encode(), "a\u0309".encode()),
    "empty": lambda *_: b"",
    "white": lambda *_: b" \n\n",
    "header_only": lambda _, content: content[: content.index(b"\n") + 1],
    "first_line_lost": lambda _, content: content[content.index(b"\n") + 1 :],
    "cut_off": lambda draw, content: content[: draw.randrange(1, len(content))],
    "twice": lambda _, content: content * 2,
    "noise": lambda draw, content: draw.randbytes(len(content) % 5000 + 1),
    "zip": lambda draw, content: b"PK\x03\x04" + draw.randbytes(300),
    "web_page": lambda *_: b"<!DOCTYPE html>\n<html><body>404: Not Found</body></html>\n",
    "semicolons": lambda _, content: content.replace(b",", b";"),
    "one_byte": lambda draw, content: _put(content, draw.randrange(len(content)), draw.randbytes(1)),
    "nul": lambda draw, content: _put(content, draw.randrange(len(content)), b"\0"),
    "bell": lambda draw, content: _put(content, draw.randrange(len(content)), b"\x1b[31m\x07"),
    "conflict": lambda draw, content: _conflict(draw, content),
}
HARMLESS = {"byte_order_mark", "windows_lines", "old_mac_lines", "twice", "one_byte", "cut_off"}
ON_DISK = ("missing", "folder", "dangling", "loop", "unreadable", "pipe", "link_of_a_folder")
# What must not stand in a column; where a value is given with the column's name, in the tables that have it.
VALUES = {
    "locale": ["", "fr", "VI", "\x1b[31m"],
    "area": ["", "Bảo Yen", "x" * 5000, "Bảo\u202eYên"],
    **{"area_level": ["", "planet"], "indicator": ["nothing", "income"], "kind": ["", "guess"]},
    "period": ["", "20222", "2022-13M", "2022Q5", "9" * 30, "9" * 5000, "2025-2020", "-1", "nan"],
    "value_text": ["", "9" * 5000, "1.12O", "45\x00", "\x1b]0;x\x07", "²", "1e400"],
    "value": ["", "nan", "inf", "1e999", "9" * 5000, "1,5", "0x10", "-", "true"],
    "value_high": ["inf", "high", "9" * 400],
    **{"unit": ["", "furlong"], "qualifier": ["", "over"], "relation": ["", "likeness"]},
    "published": ["31/12/2022", "2022-13", "9999999", "2023-02-29", "0000"],
    "source_kind": ["", "rumour"],
    "source_id": ["", "nobody"],
    "figure_id": ["nothing-01"],
    "due": ["", "31/12/2025", "2025-02-30"],
    "valid_to": ["", "30/6/2025", "2025-06-31", "9" * 40],
    "new_valid_from": ["", "1/7/2025", "2025-07-00", "1900-01-01"],
    "amount": ["", "nan", "inf", "1e999", "9" * 5000, "-200", "0"],
    "amount_unit": ["", "furlong"],
    **{"base_area": ["", "Nowhere"], "base_period": ["", "2022-13M", "9" * 5000], "base_kind": ["", "guess"]},
    **{"key": ["", "nothing-01"], "column": ["", "colour"], "expected": ["what never stood there"]},
    "note": ["a\x00b", "a\x1b[2Jb"],
}
OF_SUMS: dict[str, Callable[[list[str], int], None]] = {
    "sum_wrong": lambda lines, at: lines.__setitem__(at, "0" * 64 + lines[at][64:]),
    "sum_lost": lambda lines, at: lines.pop(at) and None,
    "sum_twice": lambda lines, at: lines.insert(at, lines[at]),
    "sum_of_nothing": lambda lines, at: lines.insert(at, "0" * 64 + "  nothing.csv"),
    "sum_outside": lambda lines, at: lines.insert(at, "0" * 64 + "  ../../../etc/passwd"),
    "sum_of_a_folder": lambda lines, at: lines.insert(at, "0" * 64 + "  ."),
    "sum_short": lambda lines, at: lines.__setitem__(at, lines[at][9:]),
    "sum_in_capitals": lambda lines, at: lines.__setitem__(at, lines[at][:64].upper() + lines[at][64:]),
    "sum_and_code": lambda lines, at: lines.insert(at, "\x1b[2J\x07"),
}


def _put(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + 1 :]


def _conflict(draw: random.Random, content: bytes) -> bytes:
    """What git leaves where two versions of a line differ, in one of its two styles, from any line on."""
    lines = content.split(b"\n")
    at = draw.randrange(len(lines) - 1) if len(lines) > 1 else 0
    old = [b"||||||| base", lines[at][:9]] * draw.randrange(2)
    lines[at : at + 1] = [b"<<<<<<< HEAD", lines[at], *old, b"=======", lines[at], b">>>>>>> theirs"]
    return b"\n".join(lines)


def _value(draw: random.Random, rows: list[list[str]], at: int) -> None:
    """Put what must not stand there into a cell of a column that has a meaning."""
    if columns := [column for column in rows[0] if column in VALUES]:
        column = draw.choice(columns)
        # Another name for a source or a figure is told by the rows that name it.
        own = {"source_id": "publisher", "figure_id": "value_text"}.get(column, "") in rows[0]
        values = [""] if own else VALUES[column]
        rows[at][rows[0].index(column)] = draw.choice(values)


def _joined(row: list[str], cell: int) -> None:
    row[cell : cell + 2] = ["".join(row[cell : cell + 2])]


# Damages of a table at one of its rows, and where they are found: from the row on, or in the header.
OF_ROWS: dict[str, Callable[[random.Random, list[list[str]], int], object]] = {
    "comma_too_many": lambda draw, rows, at: rows[at].insert(draw.randrange(len(rows[at])), ""),
    "comma_lost": lambda draw, rows, at: _joined(rows[at], draw.randrange(len(rows[at]) - 1)),
    "row_too_short": lambda draw, rows, at: rows[at].__delitem__(
        slice(draw.randrange(1, len(rows[at])), None)
    ),
    "row_twice": lambda _, rows, at: rows.insert(at, list(rows[at])),
    "row_lost": lambda _, rows, at: rows.pop(at),
    "header_again": lambda _, rows, at: rows.insert(at, list(rows[0])),
    "quotation_mark_open": lambda draw, rows, at: _put_cell(draw, rows[at], ["«OPEN»"]),
    "column_renamed": lambda draw, rows, _: _put_cell(draw, rows[0], ["", "words", rows[0][0], "\x1b[31m"]),
    "column_lost": lambda draw, rows, _: [
        row.pop(at) for at in [draw.randrange(len(rows[0]))] for row in rows
    ],
    "value": _value,
}


def _put_cell(draw: random.Random, row: list[str], texts: list[str]) -> None:
    row[draw.randrange(len(row))] = draw.choice(texts)


def _found(kind: str, rows: list[list[str]], at: int) -> tuple[int, ...]:
    """The rows in which a damage may be found."""
    if kind.startswith("column"):
        return (1,)
    last = {"row_twice": at + 2, "row_lost": at, "quotation_mark_open": len(rows) + 1}.get(kind, at + 1)
    return tuple(range(at + 1, last + 1))


def damaged(draw: random.Random, root: Path, kind: str, path: Path) -> Damage | None:
    """Damage one file of the copy; None where it can't be damaged so."""
    name = path.name
    if kind in ON_DISK:
        return _on_disk(kind, path)
    if kind in OF_SUMS:
        if name != raw.CHECKSUMS:
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
        OF_SUMS[kind](lines, draw.randrange(len(lines)))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return Damage(kind, path, most=2, harmless=kind == "sum_twice")
    if kind in OF_BYTES:
        old = path.read_bytes()
        new = OF_BYTES[kind](draw, old)
        path.write_bytes(new)
        return None if new == old else Damage(kind, path, harmless=kind in HARMLESS)
    if path.suffix != ".csv":
        return None
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    before = json.dumps(rows)
    at = draw.randrange(1, len(rows))
    OF_ROWS[kind](draw, rows, at)
    if json.dumps(rows) == before:
        return None
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue().replace("«OPEN»", '"open'), encoding="utf-8")
    # The words of a figure and its number are read together; a correction names what it expects.
    return Damage(kind, path, _found(kind, rows, at), most=3 if kind in ("value", "row_lost") else 1)


def _on_disk(kind: str, path: Path) -> Damage | None:
    if kind == "link_of_a_folder":
        if path.parent.name in ("raw", "processed", "notebooks", "docs"):
            return None
        path.parent.rename(path.parents[3] / "elsewhere")
        path.parent.symlink_to(path.parents[3] / "elsewhere")
        return Damage(kind, path.parent)
    if kind == "unreadable":
        path.chmod(0)
        return Damage(kind, path)
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind != "missing":
        path.symlink_to("nowhere" if kind == "dangling" else path)
    return Damage(kind, path)


def sign(path: Path) -> None:
    """Renew the checksum of a file in the list beside it."""
    sums = path.parent / raw.CHECKSUMS
    if path.name == raw.NOTES:
        sums = path.parent / raw.NOTES_SUM
    if not path.is_file() or not sums.exists() or path == sums:
        return
    new = f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
    lines = [
        new if line.endswith(f"  {path.name}") else line
        for line in sums.read_text(encoding="utf-8").splitlines()
    ]
    sums.write_text("\n".join(lines) + "\n", encoding="utf-8")


def called(root: Path, log: Path, *arguments: str, apart: bool = False) -> tuple[int, str, float, float]:
    """One command on the copy: how it ended, what it said, its seconds and its memory."""
    start = _seconds()
    if apart:
        ended = subprocess.run(
            [sys.executable, "-m", "baoyen_analysis", *arguments],
            env=os.environ | {"BAOYEN_ROOT": str(root), "COLUMNS": "400"},
            cwd=root,
            capture_output=True,
            timeout=300,
        )
        return ended.returncode, (ended.stdout + ended.stderr).decode(), _seconds() - start, _memory()
    log.unlink(missing_ok=True)
    code, said = call(root, *arguments)
    return code, said, _seconds() - start, _memory()


def _seconds() -> float:
    """What the processes called so far have reckoned: other work on the machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory() -> float:
    """Of the largest process so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024.0


def wrong(damage: Damage, faults: pd.DataFrame | None, signed: bool, ended: tuple) -> str:
    """What is wrong with how a command ended, "" where nothing is."""
    code, said, seconds, memory = ended
    if code not in (0, 1, 2):
        return f"ends with {code}"
    if "Traceback" in said or "ended in a fault" in said:
        return "a traceback"
    if steers := STEERS.search(said):
        return f"{steers[0]!r} reaches the screen"
    if seconds > LONGEST or memory > MOST_BYTES:
        return f"{seconds:.0f} s, {memory / 1e6:,.0f} MB"
    if code == 0:
        return "" if damage.harmless else "passes"
    # What is gone from a table that can be read is told by those that name it, or by data/processed.
    gone = damage.kind == "row_lost" or "data/processed is not what" in said
    if damage.path.name not in said and not gone:
        return "the file is not named"
    if faults is None or damage.harmless:
        return ""
    of_raw = "raw" in damage.path.parts and "remedy" in faults
    if of_raw and len(faults) > damage.most + (not signed):
        return f"{len(faults)} faults"
    # Where the checksum tells of an altered file, what names its rows is not held against the others.
    told = set(faults["row"].dropna()) if "row" in faults else set()
    if of_raw and damage.rows and not told & set(damage.rows) and (told or signed):
        return f"another row: {faults['row'].tolist()[:5]}, not {damage.rows[:3]}"
    return "" if "remedy" not in faults or (faults["remedy"] != "").all() else "no remedy"


def made(folder: Path) -> Path:
    """The project with an office's file added, stored and whole."""
    root = project(folder)
    options = ("--source", "Office (invented)", "--level", "district", "--yes", "--keep-unknown")
    code, said = call(root, "add", str(office_file(folder)), *options)
    reckon(root)
    stored, checked = call(root, "accept", "--yes"), call(root, "check")
    if code or stored[0] or checked[0]:
        raise SystemExit(f"the copy is not whole: {said}{stored[1]}{checked[1]}")
    # What is loaded here is not loaded again in every fork; one that may not read all could not load it.
    for command in ("check", "notebooks"):
        with suppress(SystemExit):
            cli.app([command])
    shutil.rmtree(root / "build")
    return root


def bytes_of(folder: Path | None = None) -> object:
    """What the bytes of a folder of figures come to, by which its tables are known; where they can't be read,
    nothing that is known."""
    folder = folder or paths.raw()
    whole = folder.is_dir() and all(path.is_file() or path.is_dir() for path in folder.rglob("*"))
    with suppress(OSError):
        return content(folder) if whole else object()
    return object()


def spied(log: Path) -> None:
    """From now on a command is ended when it hangs, reads as one who may not read all, and the faults that it
    shows are kept as a table too."""
    shown, app = cli.shown, cli.app

    def bounded(arguments: list[str]) -> None:
        signal.alarm(300)
        if log.with_name("nobody").exists():
            os.seteuid(NOBODY)
        app(arguments)

    def kept(frame: pd.DataFrame, **options: int) -> object:
        if not log.exists():
            frame.to_json(log, orient="records")
        return shown(frame, **options)

    cli.shown, cli.app = kept, bounded
    cli.out.width = cli.err.width = 400


def tried(draw: random.Random, sound: Path, root: Path, log: Path, wanted: tuple, number: int) -> list[str]:
    """Damage a fresh copy and call the commands on it: what was wrong; None where it can't be so damaged."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound, root)
    kind, name = wanted
    damage = damaged(draw, root, kind, root / name)
    if damage is None:
        return []
    log.with_name("nobody").unlink(missing_ok=True)
    if kind == "unreadable":
        log.with_name("nobody").touch()
        (root / "build").mkdir(exist_ok=True)
        (root / "build").chmod(0o777)
    signed = bool(draw.randrange(3))
    if signed and "raw" in damage.path.parts:
        sign(damage.path)
    of_notebook = damage.path.suffix == ".ipynb"
    first = ("notebooks",) if of_notebook else ("check",)
    others = [("ask", "plans"), ("build",), ("trace", "laocaitv-2022-06"), ("accept", "--yes")]
    found = []
    for arguments in [first, *(others if number % 10 == 0 else [])]:
        # As a process accept would run the notebooks, which takes as long as all the rest.
        forked = kind == "unreadable" or of_notebook or arguments[0] == "accept"
        apart = number % 20 == 10 and not forked and arguments in (first, others[number // 20 % 4])
        ended = called(root, log, *arguments, apart=apart)
        faults = pd.read_json(log, orient="records") if log.exists() and not apart else None
        judged = damage if arguments == first else damage._replace(harmless=True, rows=())
        if arguments != first and ended[0] == 1:
            ended = (1, ended[1] + damage.path.name, *ended[2:])  # what else it finds to say is its own
        if said := wrong(judged, faults, signed, ended):
            renewed = ", checksum renewed" * signed
            found.append(
                f"{kind} of {name}{renewed}: {' '.join(arguments)}: {said}\n{ended[1].strip()[:600]}"
            )
    return [*found, ""]


def main() -> int:
    asked = sys.argv[1] if len(sys.argv) > 1 else "700"
    most = int(asked) if asked.isdigit() else 10**9
    draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 16)
    os.environ["COLUMNS"] = "400"
    notebooks._cells = lambda *_: iter(())
    build.tables = once(build.tables, bytes_of)
    with tempfile.TemporaryDirectory() as folder:
        sound = made(Path(folder)).rename(Path(folder) / "sound")
        Path(folder).chmod(0o777)
        root, log = Path(folder) / "project", Path(folder) / "faults.json"
        spied(log)
        files = [path.relative_to(sound).as_posix() for path in sorted(sound.rglob("*")) if path.is_file()]
        files = [name for name in files if STORED.match(name)]
        kinds = [*OF_BYTES, *ON_DISK, *OF_SUMS, *OF_ROWS, *["value"] * 12]
        wishes = [(kind, name) for kind in kinds for name in files if asked in (kind, str(most))]
        draw.shuffle(wishes)
        count, found, of_kind = 0, [], Counter()
        for wish in wishes:
            if count == most:
                break
            said = tried(draw, sound, root, log, wish, count)
            count += bool(said)
            of_kind[wish[0]] += bool(said)
            for line in filter(None, said):
                found.append(line)
                print(f"- {line}", flush=True)
            if said and count % 50 == 0:
                print(f"{count} tried", file=sys.stderr, flush=True)
        print(f"{count} damaged records of {len(of_kind)} kinds, {len(found)} not ended as they should")
    return int(bool(found) or not count)


if __name__ == "__main__":
    sys.exit(main())
