"""Pictures and a PDF of the report through a headless Chromium, where one is there; without one, how to get
it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from baoyen_analysis import words

# By their names, and where they stand when they are on no path.
PLACES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# The page needs no network, so the browser is told to ask for nothing of its own either.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (390, 1280)
THEMES = ("light", "dark")


class NoBrowser(RuntimeError):
    """There is nothing to open the page with; the message says what to install."""


def executable() -> str:
    """The Chromium, Chrome or Edge of this machine: that of CHROMIUM where it is set, else the first that is
    found."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PLACES)), None)
    if not found:
        raise NoBrowser(
            "a PDF or pictures need Chromium, Chrome or Edge, and none was found: install one "
            "(Debian, Ubuntu: apt install chromium), or "
            "name it in the environment variable CHROMIUM. Without it, open build/report.html in any browser "
            "and print it from there"
        )
    return found


@contextmanager
def started() -> Iterator:
    """A headless browser of playwright, closed at the end."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowser(
            "a PDF or pictures need the package playwright: python -m pip install playwright"
        ) from None
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


def _apart(work: Callable) -> Callable:
    """Runs in a thread of its own: playwright refuses one in which an event loop runs, as it does in
    Jupyter."""

    @wraps(work)
    def called(*given: object, **named: object) -> object:
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(work, *given, **named).result()

    return called


@_apart
def pdf(report: Path, to: Path) -> None:
    """The report on A4, in the language that it shows first."""
    with started() as browser:
        page = browser.new_page()
        page.goto(report.resolve().as_uri())
        page.pdf(path=to, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


@_apart
def screenshots(report: Path, folder: Path) -> list[Path]:
    """The whole page at both widths, in both languages, light and dark: report-vi-390-light.png and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with started() as browser:
        for width in WIDTHS:
            for theme in THEMES:
                page = browser.new_page(
                    viewport={"width": width, "height": 844 if width < 700 else 800}, color_scheme=theme
                )
                page.goto(report.resolve().as_uri())
                for lang in words.LANGUAGES:
                    page.click(f'[data-language="{lang}"]')
                    made.append(folder / f"report-{lang}-{width}-{theme}.png")
                    page.screenshot(path=made[-1], full_page=True)
                page.close()
    return made
