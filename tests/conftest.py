"""What several tests need: the built tables, small records of invented numbers, and the folder of shared
cases where it is there."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).resolve().parent / "data"


@pytest.fixture(scope="session")
def built():
    """The processed tables, made anew from data/raw."""
    from baoyen_analysis.cleaning import build

    return build.tables()


@pytest.fixture(scope="session")
def report_pages() -> dict:
    """The report's pages by language, made once: drawing their charts takes some seconds."""
    from baoyen_analysis import words
    from baoyen_analysis.report import pages

    return {lang: pages.page(lang) for lang in words.LANGUAGES}


@pytest.fixture(scope="session")
def report_page(report_pages) -> str:
    """The report as a file."""
    from baoyen_analysis.report import pages

    return pages.joined(list(report_pages.values()))


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


def sign(folder: Path) -> None:
    """Write the checksums of a folder's files."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.glob("*.csv"))
        if path.name != "corrections.csv"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines))
