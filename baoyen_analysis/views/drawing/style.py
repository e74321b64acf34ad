"""How the pictures look: font, colours, sizes, and how long numbers are shortened. Nothing here changes
matplotlib's global settings.

Lengths are in px: a figure is drawn at 72 dots an inch, so that a point of matplotlib is a px of the SVG.
"""

from __future__ import annotations

import base64
import hashlib
import io
import locale
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, lru_cache, reduce
from importlib import resources
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

import fontTools
import matplotlib.style
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from baoyen_analysis import paths
from baoyen_analysis.cleaning.store import replace_file

BLUE, TEAL, ORANGE, PLUM = "#12436D", "#28A197", "#F46A25", "#801650"
INK, MUTED, GREY, GRID, PAPER = "#1B2733", "#55626F", "#75818D", "#E1E6EA", "#FFFFFF"
# The same hues as letters: 4.5:1 on white, which the fills need not be.
TEXT_COLOURS = {TEAL: "#1A756D", ORANGE: "#B4430C", GREY: "#5F6B77"}
# Plans and targets keep ORANGE, so that no series is taken for one.
SERIES_COLOURS = (BLUE, TEAL, PLUM, GREY)
SERIES_MARKERS = ("o", "^", "v", "p", "<", ">", "h")

FAMILY = "Be Vietnam Pro"
FONT_FILES = {400: "BeVietnamPro-Regular.ttf", 600: "BeVietnamPro-SemiBold.ttf"}
REGULAR, SEMIBOLD = FONT_FILES
# In em: capitals with two marks (Ẩ, Ỗ) rise 1.17 above the baseline and letters fall 0.23 below it, so lines
# stand this far apart; the baseline is so far under the middle of its line that figures look centred.
LINE_HEIGHT, BASELINE = 1.42, 0.36

# Latin, Vietnamese, and the marks that labels use: what the report's font holds.
_RANGES = re.findall(r"(\w+)-(\w+)", "20-7E A0-17F 1A0-1A1 1AF-1B0 1EA0-1EF9 2010-2026")
REPORT_CHARACTERS = "₫€−×≈≤≥" + "".join(
    chr(code) for first, last in _RANGES for code in range(int(first, 16), int(last, 16) + 1)
)

RC = {
    "figure.dpi": 72,
    "savefig.dpi": 72,
    "savefig.bbox": None,
    "svg.fonttype": "none",
    "text.parse_math": False,
    "path.simplify": False,
    "axes.linewidth": 0,
    "axes.unicode_minus": True,
}


class Shape(NamedTuple):
    """A size of picture: its width and padding, the height of a plot, the sizes of its letters, in px, and
    how many labels a plot holds."""

    width: float
    padding: float
    plot_height: float
    title: float
    subtitle: float
    label: float
    small: float
    label_width: float
    most_labels: int


SHAPES = {
    "wide": Shape(960, 28, 400, 23, 14.5, 13.5, 11.5, 190, 20),
    "narrow": Shape(360, 14, 300, 17, 12.5, 11.5, 10.5, 108, 7),
}


def look(name: str, **more: Any) -> dict[str, Any]:
    """How a kind of mark or line looks: its row of looks.csv, and what is more.

    >>> look("way", zorder=9)["ls"]
    (0, (5.0, 3.0))
    """
    return _looks()[name] | more


@cache
def _looks() -> dict[str, dict[str, Any]]:
    def read(cell: str) -> Any:
        if " " in cell:
            return 0, tuple(map(float, cell.split()))
        if cell[-1].isdigit() and cell[0] != "#":
            return float(cell)
        return cell != "no" and globals().get(cell, cell)

    rows = paths.rows_beside(__file__, "looks.csv")
    return {row.pop("name"): {key: read(cell) for key, cell in row.items() if cell} for row in rows}


@contextmanager
def drawing(salt: str = "") -> Iterator[None]:
    """The settings under which a chart is drawn and saved, from matplotlib's defaults whatever an analyst has
    set; undone at the end.

    >>> before = matplotlib.rcParams["text.parse_math"]
    >>> with drawing():
    ...     matplotlib.rcParams["text.parse_math"], before
    (False, True)
    """
    current: Any = matplotlib.rcParams
    with matplotlib.rc_context():
        for name, value in [*_settings().items(), ("svg.hashsalt", f"baoyen_analysis {salt}")]:
            current._set(name, value)
        yield


@cache
def _settings() -> dict[str, Any]:
    """The settings under which a chart is drawn, checked once; the backend stays whose it is."""
    with matplotlib.style.context(RC, after_reset=True):
        names = [name for name in matplotlib.rcParams if name != "backend"]
        return {name: matplotlib.rcParams._get(name) for name in names}


@lru_cache(maxsize=64)
def font(size: float, weight: int = REGULAR) -> FontProperties:
    """The package's font, by its file: a machine that has another version of it, or none, draws the same."""
    path = resources.files(__package__) / "fonts" / FONT_FILES[weight]
    return FontProperties(family=[FAMILY, "Segoe UI", "Arial"], weight=weight, size=size, fname=str(path))


_BLANK = 0.23  # of the font's size, in both weights


def width_of(text: str, size: float, weight: int = REGULAR) -> float:
    """How wide a line of text is drawn, in px, without hinting, and so alike everywhere: its words, each
    measured once, and the blanks between them.

    >>> width_of("Bảo Yên", 20) > width_of("Bảo Yên", 10) > 0
    True
    """
    return _line_width([_word_width(word, weight) * (size / 100) for word in text.split(" ")], size)


def _line_width(words: Sequence[float], size: float) -> float:
    """The width of a line from those of its words."""
    # Added from left to right: from Python 3.12 on `sum` rounds otherwise, and no picture would be the same.
    return reduce(add, words) + (len(words) - 1) * _BLANK * size


@cache
def _word_width(word: str, weight: int) -> float:
    """The width of a word in letters of 100 px."""
    known = font(100, weight)
    return float(text_to_path.get_text_width_height_descent(word, known, False)[0]) if word else 0.0


def block_width(lines: Sequence[str], size: float, bold: int = 0) -> float:
    """The width of a block of lines of which the first `bold` are heavy, in px."""
    widths = (width_of(line, size, SEMIBOLD if i < bold else REGULAR) for i, line in enumerate(lines))
    return max(widths, default=0.0)


def wrap(text: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """The lines of a text, none wider than `width` px; a word longer than a line is cut.

    >>> wrap("Thu nhập bình quân đầu người", 100, 14)
    ['Thu nhập bình', 'quân đầu', 'người']
    """
    lines: list[str] = []
    widths: list[float] = []  # of the words of the last line
    for word in text.split():
        alone = width_of(word, size, weight)
        if lines and _line_width([*widths, alone], size) <= width:
            lines[-1] += f" {word}"
            widths.append(alone)
            continue
        while alone > width and len(word) > 1:
            fits = next(
                n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], size, weight) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
            alone = width_of(word, size, weight)
        lines.append(word)
        widths = [alone]
    return lines


def balanced(text: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """The lines of a title: as many as `wrap` needs, but of like length, so that no single word is left for
    the last.

    >>> balanced("Thu nhập bình quân đầu người năm 2024", 270, 14)
    ['Thu nhập bình quân', 'đầu người năm 2024']
    """
    lines = wrap(text, width, size, weight)
    narrower = range(int(width), int(width / 2), -4)
    # The narrower, the more lines: the last width that needs no more.
    found = bisect_right(narrower, len(lines), key=lambda room: len(wrap(text, room, size, weight)))
    return wrap(text, narrower[found - 1], size, weight) if found else lines


def tint(colour: str, share: float) -> str:
    """A colour thinned with white: `share` of it is left.

    >>> tint("#000000", 0.2)
    '#cccccc'
    """
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


@lru_cache(maxsize=16)
def font_face_css(characters: str = REPORT_CHARACTERS, *, compressed: bool = True) -> str:
    """The @font-face rules of both weights with the font in them, holding `characters` alone, so that text is
    right on any machine.

    `compressed` gives WOFF (for a page, once); otherwise plain TrueType, whose bytes do not hang on the
    machine's zlib.

    >>> font_face_css("Bảo Yên").count("@font-face")
    2
    """
    kind = "woff" if compressed else "ttf"
    return "\n".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:normal;"
        f"src:url(data:font/{kind};base64,{_subset(characters, weight, compressed)})}}"
        for weight in FONT_FILES
    )


# How the font is cut: hints are dropped, the timestamp is the font's own.
_CUT = {"hinting": False, "recalc_timestamp": False, "notdef_outline": True}


def _subset(characters: str, weight: int, compressed: bool) -> str:
    """The font cut to some characters, in base64, as it was cut before where a project keeps it: under all
    that its bytes hang on."""
    whole = Path(str(font(10, weight).get_file()))
    made_of = repr((characters, compressed, _CUT, fontTools.version, zlib.ZLIB_RUNTIME_VERSION)).encode()
    kept = paths.build() / "fonts" / hashlib.sha256(made_of + whole.read_bytes()).hexdigest()
    with suppress(OSError, ValueError):  # a damaged one is cut again
        mark, made = kept.read_text("ascii").split()
        if mark == hashlib.sha256(made.encode()).hexdigest():
            return made
    made = base64.b64encode(_cut(whole, characters, compressed)).decode("ascii")
    if paths.raw().is_dir():
        with suppress(OSError):  # where nothing can be kept it is cut again
            kept.parent.mkdir(parents=True, exist_ok=True)
            replace_file(kept, f"{hashlib.sha256(made.encode()).hexdigest()} {made}".encode())
    return made


def _cut(whole: Path, characters: str, compressed: bool) -> bytes:
    """The font cut to some characters."""
    from fontTools import subset  # 0.2 s that only a picture with other letters needs

    options = subset.Options(flavor="woff" if compressed else None, **_CUT)
    with subset.load_font(whole, options) as opened:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(opened)
        stream = io.BytesIO()
        subset.save_font(opened, stream, options)
    return stream.getvalue()


def settings(*, decimal_comma: bool) -> dict[str, Any]:
    """The project's look as matplotlib settings, for an analyst's own picture: its font, numbers as the
    language writes them, SVG that is the same everywhere."""
    for name in FONT_FILES.values():
        font_manager.fontManager.addfont(str(resources.files(__package__) / "fonts" / name))
    # The machine may have no Vietnamese locale: the comma is put in by hand.
    marks = {"decimal_point": ",", "thousands_sep": ".", "grouping": [3, 0]} if decimal_comma else {}
    locale._override_localeconv = marks  # type: ignore[attr-defined]  # what locale.localeconv reads
    own: Any = matplotlib.rc_params_from_file(
        str(resources.files(__package__) / "own.mplstyle"), use_default_template=False
    )
    return {**own, "axes.formatter.use_locale": decimal_comma}


def inline_svg() -> None:
    """Show a notebook's pictures as SVG without date, creator or a cut that depends on the machine."""
    try:
        from IPython import get_ipython
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ImportError:  # no notebook
        return
    if get_ipython() is not None:
        set_matplotlib_formats("svg", metadata={"Date": None, "Creator": None}, bbox_inches=None)
