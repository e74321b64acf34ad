"""The changes that `code_mutations` tries: of one comparison, sum, and, not, number or truth value each, and
those of code_mutations.csv, which no test noticed once; and why some change nothing anyone can see."""

from __future__ import annotations

import ast
import copy
import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent.parent
ROOMS = ("measures", "printed", "cleaning")
NAMED = Path(__file__).with_suffix(".csv").with_stem("code_mutations")
SURVIVORS = NAMED.with_stem("code_mutations_survivors")
_OPPOSITES = (
    *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq)),
    *((ast.In, ast.NotIn), (ast.Is, ast.IsNot)),
)
COMPARED = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
RECKONED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
JOINED = {ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}


class Mutant(NamedTuple):
    """One change: where it is, what stood there and what stands there now, and what makes the new module.
    `number` tells equal changes of a function apart."""

    path: Path
    function: str
    line: int
    before: str
    after: str
    number: int
    made: Callable[[], ast.Module]

    @property
    def room(self) -> str:
        return self.path.parent.name

    @property
    def key(self) -> tuple[str, ...]:
        return (f"{self.room}/{self.path.name}", self.function, self.before, self.after, str(self.number))


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in _silent(tree) for part in ast.walk(node)}
    homes, seen = _functions(tree), Counter[tuple]()
    for place, node in enumerate(ast.walk(tree)):
        for change in _changes(node) if id(node) not in inside else []:
            change(changed := copy.deepcopy(node))
            key = (homes.get(id(node), ""), ast.unparse(node), ast.unparse(changed))
            seen[key] += 1
            yield Mutant(path, key[0], node.lineno, *key[1:], seen[key], partial(_made, path, place, change))


def _made(path: Path, place: int, change: Callable[[Any], Any]) -> ast.Module:
    """The module with one change."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    change(next(each for at, each in enumerate(ast.walk(tree)) if at == place))
    return ast.fix_missing_locations(tree)


def named() -> Iterator[Mutant]:
    """The changes that have a name."""
    with NAMED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for name, file, before, after in (row.values() for row in rows):
        path = HERE / "baoyen_analysis" / file
        text = path.read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise SystemExit(f"{name}: {before!r} stands {text.count(before)} times in {file}: say it anew")
        line = text[: text.index(before)].count("\n") + 1
        tree = ast.parse(text)
        homes = _functions(tree)
        home = next(
            (homes[id(n)] for n in ast.walk(tree) if getattr(n, "lineno", 0) == line and id(n) in homes), ""
        )
        yield Mutant(
            path, home, line, f"{name}: {before}", after, 0, partial(ast.parse, text.replace(before, after))
        )


def why(mutant: Mutant) -> str:
    """Why a change that survives changes nothing anyone can see, in brackets; "" where nothing is known."""
    return next((f" ({row['why']})" for row in _survivors() if _is_of(row, mutant)), "")


@cache
def _survivors() -> list[dict[str, str]]:
    with SURVIVORS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _is_of(row: dict[str, str], mutant: Mutant) -> bool:
    """Whether a row is of a change; a blank function is of any."""
    return (
        row["function"] in ("", mutant.function)
        and mutant.key[0].startswith(row["file"])
        and ((row["before"], row["after"]) == mutant.key[2:4])
    )


def _functions(tree: ast.Module) -> dict[int, str]:
    """The function in whose body each node stands, by the node's id: the outermost one, with its class."""
    homes = {}
    for parent in ast.walk(tree):
        if not isinstance(parent, ast.Module | ast.ClassDef):
            continue
        within = f"{parent.name}." if isinstance(parent, ast.ClassDef) else ""
        for function in parent.body:
            if isinstance(function, ast.FunctionDef):
                for statement in function.body:
                    homes |= dict.fromkeys(map(id, ast.walk(statement)), within + function.name)
    return homes


def _silent(tree: ast.AST) -> Iterator[ast.AST]:
    """What no test is to notice: types."""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if getattr(node, name, None):
                yield getattr(node, name)


def _changes(node: ast.AST) -> list[Callable[[Any], Any]]:
    """The changes of one node, each a function that makes it."""
    if isinstance(node, ast.Compare):
        return [
            lambda n, at=at: n.ops.__setitem__(at, COMPARED[type(n.ops[at])]())
            for at, op in enumerate(node.ops)
            if type(op) in COMPARED
        ]
    if isinstance(node, ast.BoolOp):
        return [lambda n: setattr(n, "op", JOINED[type(n.op)]())]
    if isinstance(node, ast.BinOp) and type(node.op) in RECKONED | JOINED:
        return [lambda n: setattr(n, "op", (RECKONED | JOINED)[type(n.op)]())]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [lambda n: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return [lambda n: setattr(n, "op", ast.UAdd())]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [lambda n: setattr(n, "value", not n.value)]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return [
            lambda n: setattr(n, "value", n.value + 1 if isinstance(n.value, int) else n.value * 1.3 + 0.1)
        ]
    return []


def modules(room: str = "*") -> list[Path]:
    return [
        path
        for path in sorted((HERE / "baoyen_analysis").glob(f"{room}/*.py"))
        if path.parent.name in ROOMS and path.stat().st_size
    ]


def sample(found: list[Mutant], number: int, seed: int) -> list[Mutant]:
    """As many changes, spread over the modules by their size, at least two of each."""
    draw = random.Random(seed)
    by_file: dict[Path, list[Mutant]] = defaultdict(list)
    for mutant in found:
        by_file[mutant.path].append(mutant)
    chosen = []
    for own in by_file.values():
        chosen += draw.sample(own, min(len(own), max(2, round(number * len(own) / len(found)))))
    return draw.sample(chosen, len(chosen))


def results(table: Path) -> dict[tuple[str, ...], str]:
    """The last result of each change that was tried."""
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", newline="") as stream:
        return {
            tuple(row[name] for name in ("file", "function", "before", "after", "number")): row["result"]
            for row in csv.DictReader(stream)
        }
