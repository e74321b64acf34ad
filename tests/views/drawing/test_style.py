"""The font, the colours and the numbers of the charts. Texts and numbers here are made up to try them."""

import base64
import io
import re
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from baoyen_analysis import vocabulary, words
from baoyen_analysis.views.drawing import style


def letters_of(weight):
    return set(TTFont(style.font(10, weight).get_file()).getBestCmap())


@pytest.mark.parametrize("weight", style.FONT_FILES)
def test_font_holds_every_letter_of_the_package_s_words(weight):
    said = "".join(text for lang in words.LANGUAGES for text in words.of(lang).words.values())
    said += Path(vocabulary.__file__).read_text("utf-8")
    labels = "".join(text for lang in words.LANGUAGES for text in words.of(lang).group("chart").values())
    wanted = {ord(letter) for letter in said if letter.isalpha()} | {ord(letter) for letter in labels}
    assert sorted(map(chr, wanted - letters_of(weight))) == []


def test_font_comes_with_its_licence():
    licence = Path(style.__file__).parent / "fonts" / "OFL.txt"
    assert "SIL Open Font License, Version 1.1" in licence.read_text("utf-8")


def test_font_face_css_is_small_the_same_each_time_and_reads_vietnamese(tmp_path, monkeypatch):
    first = style.font_face_css()
    style.font_face_css.cache_clear()
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))  # no project: none is kept there
    assert style.font_face_css() == first
    assert len(first) < 120_000
    for block in re.findall(r"base64,([^)]*)\)", first):
        held = set(TTFont(io.BytesIO(base64.b64decode(block))).getBestCmap())
        assert {ord(letter) for letter in "ẮằẵẶỡợƯữỰĐđỹỴỨấ0123456789,.–−×%“”"} <= held


@pytest.mark.parametrize("compressed", [True, False])
def test_a_cut_font_keeps_its_own_timestamp(compressed):
    css = style.font_face_css("Bảo Yên", compressed=compressed)
    cut = TTFont(
        io.BytesIO(base64.b64decode(re.search(r"base64,([^)]*)\)", css).group(1))), recalcTimestamp=False
    )
    assert cut["head"].modified == TTFont(style.font(10).get_file())["head"].modified


def test_capitals_with_two_marks_stay_inside_their_line():
    from matplotlib.textpath import TextPath

    for weight in style.FONT_FILES:
        box = TextPath((0, 0), "ẨỖẾẰỮQpgjẠỴ", size=100, prop=style.font(100, weight)).get_extents()
        assert box.y1 - box.y0 < 100 * style.LINE_HEIGHT


def test_drawing_leaves_the_settings_as_they_were():
    with matplotlib.rc_context({"lines.linewidth": 7.5, "svg.fonttype": "path"}):
        before = dict(matplotlib.rcParams)
        with style.drawing():
            assert matplotlib.rcParams["svg.fonttype"] == "none"
            assert matplotlib.rcParams["lines.linewidth"] != 7.5
        assert dict(matplotlib.rcParams) == before


def test_drawing_leaves_the_backend_as_it_was():
    before = matplotlib.get_backend()
    matplotlib.use("pdf")
    try:
        with style.drawing():
            assert matplotlib.get_backend() == "pdf"
        assert matplotlib.get_backend() == "pdf"
    finally:
        matplotlib.use(before)


def test_wrap_keeps_every_word_and_the_width():
    text = "Giá trị sản phẩm trên một ha đất canh tác baolaocai-383081-nghi-quyet-nam-2024-cua-huyen-bao-yen"
    lines = style.wrap(text, 120, 14)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(style.width_of(line, 14) for line in lines) <= 120
    assert style.wrap("", 120, 14) == []


def contrast_with_white(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (
        0.05 + sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    )


def test_colours_stand_out_from_white():
    fills = [style.BLUE, style.TEAL, style.ORANGE, style.PLUM, *style.SERIES_COLOURS]
    assert min(map(contrast_with_white, fills)) >= 3
    texts = [style.TEXT_COLOURS.get(colour, colour) for colour in [*fills, style.INK, style.MUTED]]
    assert {
        text: round(contrast_with_white(text), 2) for text in texts if contrast_with_white(text) < 4.0
    } == {}


def test_a_font_once_cut_is_kept_where_there_is_a_project(tmp_path, monkeypatch):
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    cut = style._subset("Bảo Yên", style.REGULAR, False)
    assert not (tmp_path / "build").exists()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert style._subset("Bảo Yên", style.REGULAR, False) == cut
    (kept,) = (tmp_path / "build" / "fonts").iterdir()
    monkeypatch.setattr(style, "_cut", lambda *_: b"other")
    assert style._subset("Bảo Yên", style.REGULAR, False) == cut == kept.read_text().split()[1]
    other = [("Bảo Yê", style.REGULAR, False), ("Bảo Yên", style.SEMIBOLD, False), ("Bảo Yên", 400, True)]
    assert {style._subset(*given) for given in other} == {base64.b64encode(b"other").decode()}
    (tmp_path / "build" / "fonts").rename(tmp_path / "gone")
    (tmp_path / "build" / "fonts").write_text("no folder")
    assert style._subset("Bảo Yên", style.REGULAR, False) != cut


@pytest.mark.parametrize("damage", [b"", b"HELLO", b"aa bb", b"\xff\xfe", None])
def test_a_kept_font_that_was_damaged_is_cut_again(damage, tmp_path, monkeypatch):
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    (tmp_path / "data" / "raw").mkdir(parents=True)
    cut = style._subset("Bảo Yên", style.REGULAR, False)
    (kept,) = (tmp_path / "build" / "fonts").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:500] if damage is None else damage)
    assert style._subset("Bảo Yên", style.REGULAR, False) == cut
    assert kept.read_bytes() == whole
