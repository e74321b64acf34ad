"""An analyst's own picture: the long table never hides a contradiction, the picture has words and sources."""

import matplotlib as mpl
import pytest
from matplotlib import pyplot

import baoyen_analysis as by

sns = pytest.importorskip("seaborn")


@pytest.fixture(autouse=True)
def _theme():
    with mpl.rc_context():
        mpl.use("svg")
        by.theme("vi")
        yield
    by.theme("en")
    pyplot.close("all")


def words_of(figure):
    return [text.get_text() for text in figure.findobj(mpl.text.Text)]


def test_figures_that_contradict_each_other_are_flagged():
    rows = by.tidy("thu nhập", areas=["Bảo Yên"], years=2022)
    assert rows[["value", "flag"]].values.tolist() == [[50.0, "conflict"], [45.0, "conflict"]]


def test_a_picture_has_its_sources_its_words_and_plain_years():
    rows = by.tidy("lương thực")
    figure = by.with_sources(
        sns.lineplot(rows, x="year", y="value", hue="area", estimator=None), rows, lang="vi"
    )
    figure.canvas.draw()
    shown = words_of(figure)
    assert "Năm" in shown
    assert "Địa bàn" in shown
    assert "Sản lượng lương thực có hạt\n(tấn)" in shown
    assert any(text.startswith("Nguồn: ") for text in shown)
    assert "2020" in shown
    assert "2.020" not in shown
    assert not pyplot.get_fignums()  # a notebook does not show it a second time


def test_small_multiples_are_headed_by_their_indicators():
    rows = by.tidy(["thu nhập", "lượt khách"], areas=["Bảo Yên"])
    grid = sns.relplot(rows, x="year", y="value", hue="year", col="indicator", height=2)
    shown = words_of(by.with_sources(grid, rows, lang="vi"))
    assert "Thu nhập bình quân đầu người\n(triệu đồng/người/năm)" in shown
    assert not [text for text in shown if " = " in text or (text.startswith("2.0") and len(text) == 5)]


def test_help_answers_in_the_language_asked_and_knows_both():
    assert "by.with_sources" in by.help("vẽ biểu đồ")
    assert by.help("picture")["by.with_sources"].startswith("Biểu đồ tự vẽ")
    assert set(by.help()) == {f"by.{name}" for name in by.__all__} - {"by.charts", "by.tables"}
