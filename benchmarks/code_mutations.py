"""Would a test notice a wrong line? Changes one operator, number or truth value of measures/, printed/ or
cleaning/ at a time and runs the tests of its room that come to the changed function, the quickest first.

    python benchmarks/code_mutations.py                         the named changes and 400 places
    python benchmarks/code_mutations.py --sample 100 --seed 7   other places, spread over all modules
    python benchmarks/code_mutations.py --only growth.py        every place of the files whose name holds that
    python benchmarks/code_mutations.py --seed 7 --again        those of seed 7 that survived, once more
    python benchmarks/code_mutations.py --room printed          of one room alone
    python benchmarks/code_mutations.py --again --within 9999   with all the tests, however slow

Which test comes to which function is found by one run of each room's tests, and kept until a file of the room
or of its tests changes. Each change is tried in a process of its own, forked from one that has gathered the
tests; no file of the project is touched. Results are written as they come (build/mutants/seed-N.csv): what
was cut off goes on where it stopped. Prints noticed / tried by room and the survivors with their lines, those
that change nothing anyone can see with why (code_mutations_survivors.csv; they count as survivors all the
same); exit 1 where more than a tenth survive or a named change does."""

from __future__ import annotations

import argparse
import csv
import gc
import hashlib
import importlib
import inspect
import json
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper, partial
from importlib.machinery import SourceFileLoader
from itertools import accumulate, pairwise
from pathlib import Path
from types import FrameType
from typing import Any

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
import hypothesis
import pytest
from mutants import HERE, ROOMS, Mutant, modules, mutants, named, results, sample, why

KEPT = HERE / "build" / "mutants"
MOST_SURVIVE = 0.1
# A change that makes a loop endless is noticed: so many seconds, and so many times what the tests took.
SECONDS, TIMES = 20, 2
# The slower tests that come to a place are left out once the quicker ones add up to so many seconds (measured
# while their ways are written down, some times as long as alone): the change then counts as unnoticed.
ENOUGH = 40
# Loaded once, before the first fork.
LIBRARIES = {"numpy", "pandas", "pandera", "hypothesis", "matplotlib", "openpyxl", "rapidfuzz", "ftfy"}
# Whether such a test fails hangs on what else the machine does.
UNSTEADY = "test_the_time_grows"
NOTICED, SURVIVES, UNREACHED = "noticed", "survives", "no test comes here"
COLUMNS = ("room", "file", "function", "line", "before", "after", "number", "result", "by", "seconds")


class Reached:
    """Writes down, as a part of pytest, which functions of the three rooms each test comes to, itself or by
    its fixtures, and how long it takes.

    What is called before the first test, or inside of what is remembered for good, may hold for any test that
    comes to the module: it is written down as `shared`. What is remembered for a while is forgotten before
    each test."""

    def __init__(self) -> None:
        self.files = {str(path): f"{path.parent.name}/{path.name}" for path in modules()}
        self.sets: list[set[str]] = [set()]
        self.shared = self.sets[0]
        self.fixtures: dict[int, tuple[set[str], float]] = {}
        self.tests: dict[str, dict[str, Any]] = {}
        self.failed: list[str] = []
        self.forgotten: list[_lru_cache_wrapper] = []
        self.for_good: set[Any] = set()

    def trace(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        file = self.files.get(code.co_filename)
        if file is None:
            return
        key = f"{file}:{code.co_qualname.split('.<locals>')[0].removesuffix('<lambda>')}"
        if key in self.sets[-1]:
            return
        self.sets[-1].add(key)
        above: FrameType | None = frame
        while above and key not in self.shared:
            if above.f_code in self.for_good:
                self.shared.add(key)
            above = above.f_back

    def pytest_collection_finish(self, session: Any) -> None:
        for each in _remembered():
            if each.cache_parameters()["maxsize"] is None:
                self.for_good.add(each.__wrapped__.__code__)
            elif each.__module__ != "baoyen_analysis.stored":
                self.forgotten.append(each)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        for each in self.forgotten:
            each.cache_clear()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        self.sets.append(set())
        start = time.perf_counter()
        yield
        self.fixtures[id(fixturedef)] = (self.sets.pop(), time.perf_counter() - start)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        self.sets.append(set())
        start = time.perf_counter()
        yield
        reached, seconds = self.sets.pop(), time.perf_counter() - start
        for definitions in item._fixtureinfo.name2fixturedefs.values():
            for each in definitions:
                more, longer = self.fixtures.get(id(each), (set(), 0.0))
                reached, seconds = reached | more, seconds + longer
        self.tests[item.nodeid] = {"functions": sorted(reached), "seconds": round(seconds, 3)}

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


class Chosen:
    """Runs, as a part of pytest, these tests alone, in this order, and keeps which failed first."""

    def __init__(self, tests: list[str]) -> None:
        self.place = {test: at for at, test in enumerate(tests)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.place), key=lambda i: self.place[i.nodeid])

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


class Warm(Reached):
    """Tries, as a part of pytest that has gathered a room's tests, each of some changes in a fork of its own.

    A change inside a function is made by giving the function other code. What is called while the modules and
    the tests are loaded has done its work by then: the module is loaded anew, and so are the tests."""

    def __init__(self, tests: Tests, drawn: list[Mutant], told: Callable[..., None], within: float) -> None:
        super().__init__()
        self.known, self.drawn, self.told, self.within = tests, drawn, told, within
        self.first = ""

    def pytest_runtestloop(self, session: Any) -> bool:
        sys.settrace(None)
        items = {item.nodeid: item for item in session.items}
        self.forgotten = _remembered()
        gc.freeze()
        for mutant in self.drawn:
            start, place = time.perf_counter(), f"{mutant.key[0]}:{mutant.function}"
            chosen = self.known.coming_to(mutant, self.within)
            seconds = SECONDS + TIMES * sum(self.known.seconds[test] for test in chosen)
            if not chosen:
                result, by = UNREACHED, ""
            else:
                cold = not mutant.function or place in self.shared
                work = partial(_cold, mutant, chosen) if cold else partial(self.warm, mutant, chosen, items)
                code, by = _forked(work, seconds, KEPT / f"{mutant.room}-last.log")
                result, by = (SURVIVES if code == 0 else NOTICED), "too slow" if code is None else by
            if by in items:
                self.known.killers[place][by] += 1
            self.told(mutant, result, by, round(time.perf_counter() - start, 2))
        return True

    def warm(self, mutant: Mutant, chosen: list[str], items: dict[str, Any]) -> tuple[int, str]:
        """The tests, with the code of one function changed."""
        code = compile(mutant.made(), str(mutant.path), "exec")
        holder: Any = sys.modules[f"baoyen_analysis.{mutant.room}.{mutant.path.stem}"]
        for name in mutant.function.split("."):
            code = next(each for each in code.co_consts if getattr(each, "co_name", "") == name)
            holder = vars(holder)[name]
        holder = getattr(holder, "fget", holder)
        getattr(holder, "__func__", inspect.unwrap(holder)).__code__ = code
        for each in self.forgotten:
            each.cache_clear()
        for test, following in pairwise([*chosen, None]):
            items[test].config.hook.pytest_runtest_protocol(item=items[test], nextitem=items.get(following))
            if self.first:
                return 1, self.first
        return 0, ""

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.first = self.first or report.nodeid


def _cold(mutant: Mutant, chosen: list[str]) -> tuple[int, str]:
    """The tests, with everything of the project loaded anew and one module changed."""
    get_code, tree = SourceFileLoader.get_code, mutant.made()

    def changed(loader: SourceFileLoader, name: str) -> Any:
        if loader.path == str(mutant.path):
            return compile(tree, loader.path, "exec")
        return get_code(loader, name)

    SourceFileLoader.get_code = changed  # type: ignore[method-assign]
    for name in [
        name for name in sys.modules if name.split(".")[0] in ("baoyen_analysis", "tests", "conftest")
    ]:
        del sys.modules[name]
    _import_rooms()  # before pytest does, which would read a module that it is given in its own way
    choice = Chosen(chosen)
    return _pytest(list(dict.fromkeys(test.split("::")[0] for test in chosen)), choice), choice.failed


def _import_rooms() -> None:
    for path in modules():
        importlib.import_module(f"baoyen_analysis.{path.parent.name}.{path.stem}")


def _remembered() -> list[_lru_cache_wrapper]:
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("baoyen_analysis")
    ]


def _pytest(files: list[str], *plugins: object) -> int:
    """The tests of these files, stopped at the first that fails where one of the plugins chooses them."""
    hypothesis.settings.register_profile(
        "mutants",
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutants")
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--doctest-modules", "--tb=no"]
    options += ["-s", "-W", "ignore::pytest.PytestAssertRewriteWarning", "-k", f"not {UNSTEADY}"]
    return int(pytest.main([*options, *(["-x"] if isinstance(plugins[0], Chosen) else []), *files], plugins))


def _forked(work: Callable[[], tuple[int, str]], seconds: float, log: Path) -> tuple[int | None, str]:
    """What a process of its own makes of some work: its exit code, None where it did not come to an end in
    time, and what it has to say."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        with log.open("w") as stream:
            os.dup2(stream.fileno(), 1)
            os.dup2(stream.fileno(), 2)
        code, said = work()
        os.write(writing, said.encode()[:4000])
        os._exit(code)
    os.close(writing)
    until, ended = time.monotonic() + seconds, 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.01)
    if not ended:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        return os.waitstatus_to_exitcode(status) if ended else None, stream.read().decode()


class Tests:
    """The tests of one room: which come to which function, made or as kept."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.files = [f"tests/{room}", f"baoyen_analysis/{room}"]
        texts = [*(HERE / "tests" / room).rglob("*.py"), *modules(room)]
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(texts))).hexdigest()
        kept = KEPT / f"{room}.json"
        if not kept.exists() or json.loads(kept.read_text())["digest"] != digest:
            self._map(kept, digest)
        found = json.loads(kept.read_text())
        self.seconds = {test: each["seconds"] for test, each in found["tests"].items()}
        self.breadth = {test: len(each["functions"]) for test, each in found["tests"].items()}
        self.shared = set(found["shared"])
        self.of: dict[str, set[str]] = defaultdict(set)
        for test, each in found["tests"].items():
            for function in each["functions"]:
                self.of[function].add(test)
                self.of[function.split(":")[0]].add(test)
        self.killers: dict[str, Counter[str]] = defaultdict(Counter)

    def _map(self, kept: Path, digest: str) -> None:
        def work() -> tuple[int, str]:
            reached = Reached()
            sys.settrace(reached.trace)
            code = _pytest(self.files, reached)
            sys.settrace(None)
            tests = {test: each for test, each in reached.tests.items() if test not in reached.failed}
            made = {"digest": digest, "tests": tests, "shared": sorted(reached.shared)}
            kept.write_text(json.dumps(made))
            return code, "\n".join(reached.failed)

        print(f"which tests of {self.room} come where ...", flush=True)
        code, said = _forked(work, 3600, log := KEPT / f"{self.room}.log")
        if code:
            kept.unlink(missing_ok=True)
            raise SystemExit(f"the tests of {self.room} fail without a change ({log}):\n{said}")

    def coming_to(self, mutant: Mutant, within: float) -> list[str]:
        """The tests that may notice a change: what noticed one there before, then the quickest for a third of
        the time, then those that come to the most functions."""
        file = mutant.key[0]
        place = f"{file}:{mutant.function}"
        everywhere = not mutant.function or place in self.shared
        found = self.of[file] or set(self.seconds) if everywhere else self.of[place]
        before = self.killers[place]
        quickest = sorted(found, key=lambda test: (-before[test], self.seconds[test], test))
        chosen = self._fitting(quickest, within / 3)
        broadest = sorted(found.difference(chosen), key=lambda test: (-self.breadth[test], test))
        return chosen + self._fitting(broadest, within - sum(map(self.seconds.get, chosen)))

    def _fitting(self, tests: list[str], within: float) -> list[str]:
        """As many of the tests, in their order, as fit into some time."""
        so_far = accumulate(self.seconds[test] for test in tests)
        return [test for test, total in zip(tests, so_far, strict=True) if total <= within]


def main() -> int:
    options = _arguments()
    KEPT.mkdir(parents=True, exist_ok=True)
    found = [mutant for path in modules() for mutant in mutants(path)]
    if options.only:
        drawn = [mutant for mutant in found if options.only in mutant.key[0]]
    else:
        drawn = [*named(), *sample(found, options.sample, options.seed)]
    name = options.only.replace("/", "-") or f"seed-{options.seed}"
    table = KEPT / f"{name}.csv"
    known = results(table)
    print(f"{len(found)} places, {len(drawn)} to try: {table.relative_to(HERE)}", flush=True)
    for library in LIBRARIES:
        importlib.import_module(library)
    with table.open("a", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream)
        if not stream.tell():
            write.writerow(COLUMNS)

        def told(mutant: Mutant, result: str, by: str, seconds: float) -> None:
            place, change = mutant.key[:2], mutant.key[2:]
            write.writerow((mutant.room, *place, mutant.line, *change, result, by, seconds))
            stream.flush()

        for room in [options.room] if options.room else ROOMS:
            left = [m for m in drawn if m.room == room and (options.again or m.key not in known)]
            if left := [m for m in left if known.get(m.key) != NOTICED]:
                stream.flush()
                warm = Warm(Tests(room), left, told, options.within)
                code, _ = _forked(partial(_room, warm), 1e6, KEPT / f"{room}-all.log")
                if code:
                    raise SystemExit(f"the tests of {room} could not be gathered: {KEPT / room}-all.log")
    known = results(table)
    return _summary([mutant for mutant in drawn if mutant.key in known], known)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--room", choices=ROOMS)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--within", type=float, default=ENOUGH)
    return parser.parse_args()


def _room(warm: Warm) -> tuple[int, str]:
    """Gathers the tests of a room and tries the changes."""
    sys.settrace(warm.trace)
    _import_rooms()
    return _pytest(warm.known.files, warm), ""


def _summary(drawn: list[Mutant], found: dict[tuple[str, ...], str]) -> int:
    print()
    for mutant in drawn:
        if (result := found[mutant.key]) != NOTICED:
            place, change = f"{mutant.key[0]}:{mutant.line}", f"{mutant.before} -> {mutant.after}"
            print(f"{result}: {place} {mutant.function}: {change}{why(mutant)}")
    for room in (*ROOMS, ""):
        own = [found[mutant.key] == NOTICED for mutant in drawn if room in ("", mutant.room)]
        if own:
            survive = 100 * own.count(False) / len(own)
            print(f"{room or 'all'}: {sum(own)} of {len(own)} noticed, {survive:.1f} % survive")
    unnoticed = [mutant for mutant in drawn if not mutant.number and found[mutant.key] != NOTICED]
    return int(bool(unnoticed) or own.count(False) > MOST_SURVIVE * len(own))


if __name__ == "__main__":
    sys.exit(main())
