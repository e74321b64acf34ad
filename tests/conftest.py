"""What several tests need: the built tables, small records of invented numbers, and the folder of shared
cases where it is there."""

import hashlib
import io
import os
import runpy
import shutil
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from forked import Ended, forked

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).resolve().parent / "data"


def python(*arguments: str, cwd: Path, **named: str) -> Ended:
    """How Python ends that is called in a folder, with variables, a script or `-m MODULE` and what they are
    given. It is a fork of this process, where the system has forks: loading the libraries takes longer than
    most calls. The package is loaded anew where PYTHONPATH leads to another copy of it."""

    def call() -> int:
        os.chdir(cwd)
        os.environ.update(named)
        warnings.resetwarnings()
        if "PYTHONPATH" in named:
            sys.path[:0] = named["PYTHONPATH"].split(os.pathsep)
            for name in [name for name in sys.modules if name.partition(".")[0] == "baoyen_analysis"]:
                del sys.modules[name]
        sys.argv = [*arguments[arguments[0] == "-m" :]]
        try:
            if arguments[0] == "-m":
                runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
            else:
                runpy.run_path(str(cwd / arguments[0]), run_name="__main__")
        except SystemExit as end:
            if isinstance(end.code, str):
                print(end.code)
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
            return 1
        return 0

    if hasattr(os, "fork"):
        return forked(call)
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | named,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return Ended(ended.returncode, ended.stdout, None)


def each(cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """All the cases of a test in one, which tells every one that fails: gathering and reporting hundreds of
    tests takes longer than they do. A case is what the test is given, alone or as a tuple."""
    cases = [*cases]

    def together(test: Callable[..., None]) -> Callable[[], None]:
        def all_of_them() -> None:
            assert cases, "no case was tried"
            failed = []
            for case in cases:
                try:
                    test(*(case if isinstance(case, tuple) else (case,)))
                except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
                    failed.append(f"{case}: {error}")
            assert not failed, f"{len(failed)} cases:\n" + "\n".join(failed[:20])

        all_of_them.__name__, all_of_them.__doc__ = test.__name__, test.__doc__
        return all_of_them

    return together


@pytest.fixture(scope="session")
def built():
    """The processed tables, made anew from data/raw."""
    from baoyen_analysis.cleaning import build

    return build.tables()


@pytest.fixture(scope="session")
def _built_of() -> dict[tuple, dict]:
    return {}


@pytest.fixture
def built_once(_built_of, monkeypatch) -> None:
    """A record is built once, by the names and bytes of all its files: what stores a batch builds the record
    with it, and a test the same one again. A faulty record is refused anew each time."""
    from baoyen_analysis.cleaning import build

    make = build.tables

    def tables(folder: Path) -> dict:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        content = tuple((path.relative_to(folder), path.read_bytes()) for path in files)
        if content not in _built_of:
            _built_of[content] = make(folder)
        return {name: table.copy() for name, table in _built_of[content].items()}

    monkeypatch.setattr(build, "tables", tables)


@pytest.fixture(scope="session")
def report_pages() -> dict:
    """The report's pages by language, made once: drawing their charts takes some seconds."""
    from baoyen_analysis import words
    from baoyen_analysis.report import pages

    return {lang: pages.page(lang) for lang in words.LANGUAGES}


@pytest.fixture(scope="session")
def written_once() -> Callable[..., AbstractContextManager]:
    """While it holds, each chart is written as SVG once, however many reports it stands in."""
    from baoyen_analysis.report import page

    written = cache(page.inline_svg)
    return lambda: patch.object(page, "inline_svg", written)


@pytest.fixture(scope="session")
def report_of(report_pages, written_once) -> Callable[[str], str]:
    """The report as a file, a language first, made once."""
    from baoyen_analysis.report import pages

    @cache
    def report_of(lang: str) -> str:
        with patch.object(pages, "page", report_pages.__getitem__), written_once():
            return pages.html(lang=lang)

    return report_of


@pytest.fixture(scope="session")
def report_page(report_of) -> str:
    """The report as a file."""
    return report_of("vi")


@pytest.fixture(scope="session")
def _exported() -> dict[str, Callable]:
    from baoyen_analysis.report import export

    return {name: cache(getattr(export, name)) for name in ("_workbook", "_document")}


@pytest.fixture
def exports(_exported, monkeypatch) -> None:
    """What is exported of the record is made once for each kind of file and language, and saved each time."""
    from baoyen_analysis.report import export

    for name, made in _exported.items():
        monkeypatch.setattr(export, name, made)


@pytest.fixture
def small_record(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder like data/raw from the small good record and further files, with the checksums of what
    is in it."""

    def make(*files: Path) -> Path:
        folder = tmp_path / "raw"
        folder.mkdir()
        for path in [DATA / "good" / "sources.csv", *(files or [DATA / "good" / "figures.csv"])]:
            shutil.copy(path, folder)
        sign(folder)
        return folder

    return make


def office_workbook(folder: Path, *rows: list, name: str = "office.xlsx", over: tuple = ()) -> Path:
    """An office's workbook of these rows, under a title that says that its numbers are invented."""
    (folder / name).write_bytes(_workbook_of([*over, *rows]))
    return folder / name


_workbooks: dict[str, bytes] = {}


def _workbook_of(rows: list) -> bytes:
    """The bytes of a workbook, the same ones for the same rows: a workbook says when it was saved."""
    import openpyxl

    if repr(rows) not in _workbooks:
        book, saved = openpyxl.Workbook(), io.BytesIO()
        for row in [["Số liệu bịa ra để thử (invented)"], *rows]:
            book.active.append(row)
        book.save(saved)
        _workbooks[repr(rows)] = saved.getvalue()
    return _workbooks[repr(rows)]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of data/raw."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    return tmp_path / "data" / "raw"


@pytest.fixture
def own_words():
    """The vocabulary is afterwards as it was: an office's own indicators are added to it."""
    from baoyen_analysis import vocabulary

    yield
    vocabulary.know_indicators()


def sign(folder: Path) -> None:
    """Write the checksums of a folder's files."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.glob("*.csv"))
        if path.name not in ("corrections.csv", "notes_vi.csv")
    ]
    (folder / "SHA256SUMS").write_text("".join(lines))


class Grown:
    """The record with more figures, invented ones, built anew in memory by the real way through the cleaning.

    A figure is a dict with at least `indicator`, `period`, `kind` and `value`; the rest is as a district's
    office would print it."""

    def __init__(self) -> None:
        from baoyen_analysis.cleaning import comparisons, observations, publishers, raw
        from baoyen_analysis.cleaning.faults import Faults

        self.record = raw.read(None, faults=Faults())
        self.made: dict[str, dict] = {}
        figures, sources, communes = self.record.figures, self.record.sources, self.record.communes
        self.cleaned = observations.clean(figures, publishers.describe(sources), communes)
        self.derived, _ = comparisons.derive(self.cleaned, self.record.comparisons, communes)

    def __call__(self, *sources: dict) -> dict:
        """The tables with the figures of further sources: each a dict with `source_id` and `figures`, and
        what else a source has."""
        return self._once("whole", sources, self._built)

    def for_verdicts(self, *sources: dict) -> dict:
        """Those of the tables that verdicts rest on, the same: a figure is cleaned by itself, and what is
        derived follows from the record's own comparisons."""
        return self._once("for verdicts", sources, self._chosen)

    def _once(self, how: str, sources: tuple[dict, ...], make: Callable[..., dict]) -> dict:
        asked = how + repr(sources)
        self.made[asked] = self.made.get(asked) or make(*self._more(*sources))
        return self.made[asked]

    def _built(self, figures: Any, sources: Any) -> dict:
        import pandas as pd

        from baoyen_analysis.cleaning import build

        more = self.record._replace(
            figures=pd.concat([self.record.figures, figures], ignore_index=True),
            sources=pd.concat([self.record.sources, sources], ignore_index=True),
        )
        with patch.object(build.raw, "read", return_value=more):
            return build.tables()

    def _chosen(self, figures: Any, sources: Any) -> dict:
        import pandas as pd

        from baoyen_analysis.cleaning import observations, panel, publishers, reconcile, schema

        described = publishers.describe(pd.concat([self.record.sources, sources], ignore_index=True))
        cleaned = observations.clean(figures, described, self.record.communes)
        observed = reconcile.choose(pd.concat([self.cleaned, cleaned], ignore_index=True), self.derived)
        made = {"observations": observed, "targets": panel.targets(observed, self.record.goals)}
        if "derived" not in self.made:
            self.made["derived"] = schema.typed(self.derived, "derived")
        return {name: schema.validate(schema.typed(table, name), name) for name, table in made.items()} | {
            "derived": self.made["derived"].drop(columns="printed"),
            "sources": described,
        }

    def _more(self, *sources: dict) -> tuple[Any, Any]:
        """The figures of further sources, and the sources, as they stand in the record."""
        import pandas as pd

        printed, by = [], []
        for source in sources:
            source = {
                "publisher": "UBND huyện (thử)",
                "published": "2024-12-20",
                "source_kind": "government",
            } | source
            figures = source.pop("figures")
            by.append(dict.fromkeys(self.record.sources.columns, "") | source | {"row": 2})
            printed += [self._printed(source["source_id"], n, figure) for n, figure in enumerate(figures, 1)]
        return pd.DataFrame(printed), pd.DataFrame(by)

    def _printed(self, source_id: str, number: int, figure: dict) -> dict:
        from baoyen_analysis.vocabulary import INDICATORS

        indicator = INDICATORS[figure["indicator"]]
        value = f"{figure['value']:.10f}".rstrip("0").rstrip(".")
        words = {
            "eq": "",
            "gt": "trên ",
            "ge": "ít nhất ",
            "lt": "dưới ",
            "le": "không quá ",
            "approx": "khoảng ",
        }
        blank = dict.fromkeys(self.record.figures.columns, "")
        return (
            blank
            | {
                "figure_id": f"{source_id}-{number:02d}",
                "source_id": source_id,
                "area": "Bảo Yên",
                "area_level": "district",
                "unit": indicator.unit,
                "unit_text": _UNIT_WORDS.get(indicator.unit, ""),
                "locale": "vi",
                "qualifier": "eq",
                "value_text": words[figure.get("qualifier", "eq")] + value.replace(".", ","),
                "file": "invented.csv",
                "row": number + 1,
            }
            | figure
            | {"value": value}
        )


_UNIT_WORDS = {
    "million VND/person/year": "Triệu đồng/người/năm",
    "million VND/ha": "Triệu đồng/ha",
    "billion VND": "Tỷ đồng",
    "visits": "Lượt khách",
    "communes": "Xã",
    "percent": "%",
    "tonnes": "Tấn",
    "ha": "Ha",
}


@pytest.fixture(scope="session")
def grown() -> Grown:
    """Builds the record with more, invented figures: `grown({"source_id": ..., "figures": [...]})`."""
    return Grown()
