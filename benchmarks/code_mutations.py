"""Would a test notice a wrong line? Changes one operator or number of measures/, printed/ or cleaning/ at a
time and runs the tests of its room.

    python benchmarks/code_mutations.py             60 places drawn at random, the same each time
    python benchmarks/code_mutations.py 200 7       200 places, drawn by another seed
    python benchmarks/code_mutations.py growth.py   every place of the files whose name holds that

Works in copies of the project, two at a time. A change that no test notices survives: it is printed with its
line. Prints noticed / tried by room; exit 1 where more than a tenth survive."""

import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

HERE = Path(__file__).resolve().parent.parent
ROOMS = {
    "measures": ("tests/measures", "tests/test_answers.py", "tests/test_boundaries.py"),
    "printed": ("tests/printed",),
    "cleaning": ("tests/cleaning", "tests/test_agreement.py", "tests/test_boundaries.py"),
}
MOST_SURVIVE = 0.1
SECONDS = 600
_OPPOSITES = (
    *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq)),
    *((ast.In, ast.NotIn), (ast.Is, ast.IsNot)),
)
COMPARED = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
RECKONED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
JOINED = {ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}


class Mutant(NamedTuple):
    """One change: the file, the line, what stood there and what stands there now, the whole new text."""

    path: Path
    line: int
    before: str
    after: str
    text: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in _silent(tree) for part in ast.walk(node)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in inside:
            continue
        for change in _changes(node):
            other = copy.deepcopy(tree)
            changed = next(each for at, each in enumerate(ast.walk(other)) if at == place)
            before = ast.unparse(changed)
            change(changed)
            yield Mutant(path, node.lineno, before, ast.unparse(changed), ast.unparse(other))


def _silent(tree: ast.AST) -> Iterator[ast.AST]:
    """What no test is to notice: docstrings and types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.FunctionDef) and getattr(node, "annotation", None):
            yield node.annotation
        if isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns
        if isinstance(node, ast.AnnAssign):
            yield node.annotation


def _changes(node: ast.AST) -> list:
    """The changes of one node, each a function that makes it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        return [lambda n: n.ops.__setitem__(0, COMPARED[type(n.ops[0])]())]
    if isinstance(node, ast.BoolOp):
        return [lambda n: setattr(n, "op", JOINED[type(n.op)]())]
    if isinstance(node, ast.BinOp) and type(node.op) in RECKONED | JOINED:
        return [lambda n: setattr(n, "op", (RECKONED | JOINED)[type(n.op)]())]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        return [
            lambda n: setattr(n, "op", ast.UAdd() if isinstance(n.op, ast.Invert) else ast.Not()) or _twice(n)
        ]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return [
            lambda n: setattr(n, "value", n.value + 1 if isinstance(n.value, int) else n.value * 1.3 + 0.1)
        ]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [lambda n: setattr(n, "value", not n.value)]
    return []


def _twice(node: ast.UnaryOp) -> None:
    """`not x` becomes `not not x`; `~x` has become `+x`."""
    if isinstance(node.op, ast.Not):
        node.operand = ast.UnaryOp(ast.Not(), node.operand)


def is_noticed(mutant: Mutant, root: Path) -> bool:
    """Whether the tests of its room fail in a copy of the project that has the change."""
    target = root / mutant.path.relative_to(HERE)
    before = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    room = mutant.path.parent.name
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--doctest-modules"]
    try:
        tried = subprocess.run(
            [*command, str(target), *ROOMS[room]], cwd=root, capture_output=True, timeout=SECONDS
        )
        return tried.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(before, encoding="utf-8")


def main() -> int:
    files = [path for room in ROOMS for path in sorted((HERE / "baoyen_analysis" / room).glob("*.py"))]
    found = [mutant for path in files for mutant in mutants(path)]
    if sys.argv[1:] and not sys.argv[1].isdigit():
        drawn = [mutant for mutant in found if sys.argv[1] in mutant.path.name]
    else:
        number, seed = [*map(int, sys.argv[1:]), *(60, 1)[len(sys.argv) - 1 :]][:2]
        drawn = random.Random(seed).sample(found, number)
    print(f"{len(found)} places, {len(drawn)} tried", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for name in ("one", "two"):
            left_out = shutil.ignore_patterns(".git", "build", ".venv", "__pycache__", "notebooks-*")
            shutil.copytree(HERE, Path(folder) / name, ignore=left_out)
            copies.put(Path(folder) / name)

        def tried(mutant: Mutant) -> bool:
            root = copies.get()
            try:
                noticed = is_noticed(mutant, root)
            finally:
                copies.put(root)
            if not noticed:
                place = f"{mutant.path.relative_to(HERE)}:{mutant.line}"
                print(f"survives: {place}: {mutant.before} -> {mutant.after}", flush=True)
            return noticed

        for path in (Path(HERE / "baoyen_analysis" / room / "__init__.py") for room in ROOMS):
            if is_noticed(Mutant(path, 0, "", "", path.read_text(encoding="utf-8")), copies.queue[0]):
                raise SystemExit(f"the tests of {path.parent.name} fail without a change")
        with ThreadPoolExecutor(2) as pool:
            noticed = list(pool.map(tried, drawn))
    for room in ROOMS:
        own = [was for mutant, was in zip(drawn, noticed, strict=True) if mutant.path.parent.name == room]
        print(f"{room}: {sum(own)} of {len(own)} noticed")
    survive = 1 - sum(noticed) / len(noticed)
    print(f"{100 * survive:.0f} % survive")
    return int(survive > MOST_SURVIVE)


if __name__ == "__main__":
    sys.exit(main())
