"""Charts: the same bytes everywhere, facts that follow the figures, words that can be read. All numbers here
are made up to try them."""

import functools
import hashlib
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy as np
import pandas as pd
import pytest
from conftest import each
from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path as MplPath
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import baoyen_analysis
from baoyen_analysis.views.drawing import card, charts, style

LANGUAGES, SHAPES = ("vi", "en"), ("wide", "narrow")
LONG = (
    "Thu nhập bình quân đầu người của ba huyện và của cả tỉnh đã tăng đều, "
    "nhưng vẫn còn xa kế hoạch của năm 2024"
)
SOURCES = [
    "Báo Lào Cai, nghị quyết năm 2024 của huyện (so-1)",
    "https://example.org/mot-dia-chi-rat-dai-khong-co-khoang-trang-nao-ca/2024",
]


def figure_facts(chart):
    """What a chart draws, read back from it: `series`, `kind` of mark, `x`, `y`; a changed figure changes it.
    In charts of rows `x` is the value and `y` the number of the row from the top, of those with a mark."""
    facts = []
    for ax in chart.axes:
        drawn = [
            (band.get_label(), band.get_paths()[0].vertices) for band in ax.collections if band.get_paths()
        ]
        drawn += [
            (bar.get_label(), [(bar.get_width() + bar.get_x(), bar.get_y() + bar.get_height() / 2)])
            for bar in ax.patches
        ]
        drawn += [(line.get_label(), line.get_xydata()) for line in ax.lines]
        for label, points in drawn:
            if not str(label).startswith("_"):
                series, _, kind = str(label).rpartition("|")
                facts += [(series, kind, float(x), float(y)) for x, y in points]
    table = pd.DataFrame(facts, columns=["series", "kind", "x", "y"])
    if any(line.get_label() == "_rule" for ax in chart.axes for line in ax.lines) and len(chart.axes) == 1:
        levels = sorted(set(table["y"].round(6)))
        table["y"] = [levels.index(y) for y in table["y"].round(6)]
    return table


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def years(rows, **more):
    return pd.DataFrame(rows, columns=["year", "value", "low", "high", "flag"]).assign(**more)


def table(columns, *rows):
    return pd.DataFrame(list(rows), columns=columns.split())


NO = np.nan
DISTRICT = years(
    [
        (2012, 9.35, 9.345, 9.355, ""),
        (2019, 31, 26, 36, "range"),
        (2021, 46.2, 46.15, 46.25, ""),
        (2022, 50, 50, 60, "at_least"),
    ]
)
PEER = years(
    [
        (year, 11 + 3.9 * (year - 2012), NO, NO, "estimate" if year > 2021 else "")
        for year in range(2012, 2023)
    ]
)
PROVINCE = years([(2018, 41, 40, 42, ""), (2022, 51, 50.5, 51.5, "conflict")])
DERIVED = pd.concat([DISTRICT.assign(derived=False), years([(2015, 20, 18, 22, "")], derived=True)])
PLANS = table("year value qualifier kind", (2024, 66.0, "gt", "plan"), (2025, 70.0, "ge", "target"))
OTHERS = table("year value", (2022, 48.5))
FUTURE = table(
    "year median low_80 high_80 low_95 high_95",
    (2023, 53.0, 49.0, 57.0, 45.0, 62.0),
    (2024, 56.0, 48.0, 65.0, 41.0, 76.0),
)
CARD = table(
    "label plan plan_qualifier unit actual year flag attainment attainment_low attainment_high",
    ("Thu nhập bình quân đầu người", 66.0, "gt", "triệu đồng", 50.0, 2022, "", 0.758, 0.75, 0.765),
    (
        "Giá trị sản phẩm trên một ha đất canh tác",
        95.0,
        "eq",
        "triệu đồng/ha",
        101.0,
        2023,
        "estimate",
        1.063,
        1.05,
        1.07,
    ),
    ("Lượt khách", 1.6e6, "eq", "lượt", 1.2e6, 2022, "about", 0.75, 0.6, 0.9),
    ("Trường học đạt chuẩn quốc gia", 82.5, "ge", "%", NO, NO, "", NO, NO, NO),
    ("Nhỏ", 100.0, "eq", "", 2.0, 2020, "", 0.02, 0.01, 0.03),
)
AREAS = table(
    "area value low high year flag",
    ("Bảo Yên", 500000.0, 400000.0, 600000.0, 2017, "about"),
    ("Mường Khương", 85000.0, NO, NO, 2022, ""),
    ("Sa Pa", 5e6, 4e6, 5e6, 2025, "estimate"),
    ("Thành phố Lào Cai", 3.3e6, NO, NO, 2024, "conflict"),
)
PARTS = table(
    "part log_change low high period",
    ("visits", -1.37, -1.5, -1.2, "2019–2021"),
    ("spending", -0.15, -0.3, 0.0, "2019–2021"),
    ("revenue", -1.52, -1.6, -1.4, "2019–2021"),
    ("visits", 1.24, 1.1, 1.3, "2021–2022"),
    ("spending", 0.09, 0.0, 0.2, "2021–2022"),
    ("revenue", 1.33, 1.2, 1.4, "2021–2022"),
)
HELD = table(
    "area indicator year kind part area_level",
    ("Bảo Yên", "income_per_capita", 2012, "actual", "", "district"),
    ("Bảo Yên", "income_per_capita", 2024, "plan", "", "district"),
    ("Lào Cai", "yield_per_ha", 2022, "estimate", "", "province"),
    ("Lào Cai", "yield_per_ha", 2022, "actual", "9M", "province"),
    ("Lào Cai", "yield_per_ha", 2030, "target", "", "province"),
)
READINGS = table(
    "outcome_value outcome_qualifier outcome_figure_id base_year base_value base_figure_id ratio ratio_low "
    "ratio_high enough counted shown_because derived",
    (50.0, "eq", "a-1", 2012, 9.35, "c-1", 1.2258, 1.1722, 1.2829, "yes", True, "", False),
    (45.0, "eq", "b-1", 2012, 9.35, "c-1", 0.8061, 0.7750, 0.8388, "no", True, "", False),
    (50.0, "eq", "a-1", 2020, 32.67, "c-2", 1.0200, 0.9100, 1.7061, "open", True, "", True),
    (92.0, "ge", "d-1", 2020, 32.67, "c-2", np.inf, 4.0, np.inf, "yes", False, "unlike", True),
    (30.0, "approx", "e-1", 2021, 40.0, "c-3", -3.2, -4.1, -2.5, "no", False, "short_span", False),
    (30.0, "approx", "e-1", 2012, 9.35, "c-1", NO, NO, NO, "", False, "zero_base", False),
).assign(
    **{
        "indicator": "income_per_capita",
        "outcome_year": 2022,
        "outcome_kind": "actual",
        "base_kind": "actual",
    },
    **{"goal_value": 66.0, "goal_qualifier": "gt", "goal_figure_id": "g-1"},
    **{
        "needed": 0.149,
        "needed_low": 0.14,
        "needed_high": 0.16,
        "done": 0.17,
        "done_low": 0.1,
        "done_high": 0.2,
    },
)
SEVERAL = {
    "Bảo Yên": DISTRICT,
    "Văn Bàn": PEER,
    "tỉnh Lào Cai": PROVINCE,
    "Bát Xát": PROVINCE.assign(value=[40.0, 50.2]),
}

DRAW = {
    "one": lambda **k: charts.trend(years([(2022, 780, 780, 790, "at_least")]), title="780", **k),
    "trend": lambda **k: charts.trend(
        {"Bảo Yên": DERIVED}, title=LONG, subtitle=LONG, targets=PLANS, conflicts=OTHERS, **k
    ),
    "several": lambda **k: charts.trend(SEVERAL, title=LONG, targets=PLANS, **k),
    "fan": lambda **k: charts.fan(FUTURE, series={"Bảo Yên": DISTRICT}, title=LONG, targets=PLANS, **k),
    "scorecard": lambda **k: charts.scorecard(CARD, title=LONG, subtitle=LONG, **k),
    "dots": lambda **k: charts.dots(AREAS, title=LONG, highlight="Bảo Yên", **k),
    "decomposition": lambda **k: charts.decomposition(PARTS, title=LONG, **k),
    "coverage": lambda **k: charts.coverage(HELD, title=LONG, **k),
    "readings": lambda **k: charts.readings(READINGS, title=LONG, subtitle=LONG, **k),
    "gaps": lambda **k: charts.coverage(HELD, title=LONG, areas=["Bảo Yên", "Lào Cai", "Sa Pa"], **k),
}
EVERY = list(itertools.product(DRAW, LANGUAGES, SHAPES))


def draw(name, lang="vi", shape="wide"):
    return DRAW[name](lang=lang, shape=shape, sources=SOURCES)


drawn = functools.cache(draw)  # for the tests that only look


@functools.cache
def letters(weight):
    """The font in letters of 100 px, without hints: its outlines, not what a screen makes of them."""
    font = FT2Font(style.font(1, weight).get_file())
    font.set_size(100, 72)
    return font


@functools.cache
def outline(text, weight):
    """Lower left and upper right corner of a text that is written at (0, 0) in letters of 1 px: of the box of
    the points that hold its curves. Across it goes from the ink of its first letter to that of its last."""
    font, flags = letters(weight), LoadFlags.NO_HINTING
    font.set_text(text, 0, flags=flags)
    (width, height), low = font.get_width_height(), -font.get_descent()
    first, last = (font.load_char(ord(letter), flags=flags) for letter in (text[0], text[-1]))
    corners = [first.bbox[0], low], [width - last.horiAdvance + last.bbox[2], low + height]
    return np.array(corners) / 6400  # from 64ths of a pixel


def ink(chart):
    """The box that each text covers on the card, in px from its lower left corner."""
    for text in chart.texts:
        font = text.get_fontproperties()
        low, high = (font.get_size() * end for end in outline(text.get_text(), font.get_weight()))
        x, y = text.get_transform().transform(text.get_position())
        x -= {"left": 0, "center": 0.5, "right": 1}[text.get_ha()] * style.width_of(
            text.get_text(), font.get_size(), font.get_weight()
        )
        yield text.get_text(), (*(low + (x, y)), *(high + (x, y)))  # noqa: RUF005 - arrays are added


@each(EVERY)
def test_no_text_overlaps_another_or_leaves_the_card(name, lang, shape):
    chart = drawn(name, lang, shape)
    boxes = list(ink(chart))
    assert [
        text
        for text, (x0, y0, x1, y1) in boxes
        if x0 < 2 or y0 < 2 or x1 > chart.width - 2 or y1 > chart.height - 2
    ] == []
    assert [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if overlap(p, q)] == []


def overlap(p, q):
    return p[0] < q[2] and q[0] < p[2] and p[1] < q[3] and q[1] < p[3]


def shapes(chart):
    """What is drawn but gridlines, and the leaders: name, outline on the card (px) and how far its ink
    reaches from it."""
    for ax in chart.axes:
        for bar in ax.patches:
            yield bar.get_label(), bar.get_path().transformed(bar.get_transform()), 0
        for line in ax.lines:
            if line.get_label() not in ("_grid", "_rule", "_halo"):
                points = ax.transData.transform(np.column_stack([line.get_xdata(), line.get_ydata()]))
                marks = line.get_marker() not in ("None", "", None)
                for each in [[point] for point in points] if marks else [points]:
                    yield (
                        line.get_label(),
                        MplPath(each),
                        line.get_markersize() / 2 if marks else line.get_linewidth() / 2,
                    )
        for band in ax.collections:
            yield band.get_label(), band.get_paths()[0].transformed(ax.transData), 0
    every = [*chart.get_children(), *(artist for ax in chart.axes for artist in ax.get_children())]
    for line in [artist for artist in every if artist.get_label() == "_leader"]:
        yield "_leader", line.get_path().transformed(chart.transFigure), 0.4


def struck(chart):
    """The texts that a mark, a line, a band or a leader runs through."""
    drawn = list(shapes(chart))
    for text, (x0, y0, x1, y1) in ink(chart):
        for name, path, reach in drawn:
            box = (x0 - reach, y0 - reach, x1 + reach, y1 + reach)
            if overlap(box, (*path.vertices.min(axis=0), *path.vertices.max(axis=0))):
                filled = name.rpartition("|")[2].startswith(("band", "share", "whole"))
                if len(path.vertices) == 1 or path.intersects_bbox(Bbox.from_extents(*box), filled=filled):
                    yield text, name


ANSWERS = [
    *itertools.product(
        ["trend"], ["income_per_capita", "yield_per_ha", "tourist_visits", "tourism_revenue"], ["Bảo Yên"]
    ),
    *itertools.product(["trend"], ["yield_per_ha", "tourist_visits", "tourism_revenue"], ["Lào Cai"]),
    *[("trend", "tourist_visits", "Sa Pa"), ("trend", "yield_per_ha", "Văn Bàn")],
    *itertools.product(["fan"], ["income_per_capita", "tourist_visits"], ["Bảo Yên"]),
    *itertools.product(["fan"], ["tourist_visits", "tourism_revenue"], ["Lào Cai"]),
    *[
        ("fan", "tourist_visits", "Sa Pa"),
        ("fan", "yield_per_ha", "Bát Xát"),
        ("fan", "income_per_capita", "Bát Xát"),
    ],
]


@functools.cache
def answer(kind, indicator, area, lang, shape):
    level = "province" if area == "Lào Cai" else "district"
    return getattr(baoyen_analysis, kind)(indicator, area=area, level=level, lang=lang, shape=shape)


# Each in both languages and both shapes; the province's, which are the densest, in every pair of them.
DRAWN = [
    (*one, *pair)
    for one in ANSWERS
    for pair in itertools.product(LANGUAGES, SHAPES)
    if one[2] == "Lào Cai" or pair in (("vi", "narrow"), ("en", "wide"))
]


@pytest.mark.parametrize(("kind", "indicator", "area", "lang", "shape"), DRAWN)
def test_no_text_of_the_record_s_charts_is_struck_through(kind, indicator, area, lang, shape):
    chart = answer(kind, indicator, area, lang, shape)
    assert list(struck(chart)) == []
    boxes = list(ink(chart))
    assert [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if overlap(p, q)] == []


@each([one for one in EVERY if one[0] not in ("scorecard", "coverage", "gaps")])
def test_no_text_is_struck_through(name, lang, shape):
    assert list(struck(drawn(name, lang, shape))) == []


def written(chart):
    return [text.get_text() for text in chart.texts]


@each(
    [
        (
            "tourist_visits",
            "wide",
            "5.1 million; 2.5 million; at least 1.3 million; 2030 target; 2025 target and plan; 2022 plan",
            "2025 plan; 2025 target",
        ),
        (
            "tourist_visits",
            "narrow",
            "5.1 million; at least 1.3 million; 2030 target; 2025 target; and plan",
            "2015 plan; 2017 plan; 2021 plan",
        ),
        (
            "tourism_revenue",
            "wide",
            "at least 4,200; 2025 plan and target; 2030 target",
            "2025 plan; 2025 target",
        ),
    ]
)
def test_turning_points_and_the_plans_ahead_are_labelled_first(indicator, shape, there, not_there):
    said = written(answer("trend", indicator, "Lào Cai", "en", shape))
    assert [text for text in there.split("; ") if said.count(text) != 1] == []
    assert [text for text in not_there.split("; ") if text in said] == []


@pytest.mark.parametrize(
    ("goals", "labels"),
    [
        (
            [(2024, 66.0, "eq", "plan"), (2024, 66.0, "ge", "target")],
            ["2024 plan and target", "66", "at least 66"],
        ),
        ([(2024, 66.0, "eq", "plan"), (2024, 66.0, "eq", "target")], ["2024 plan and target", "66"]),
        ([(2024, 66.0, "eq", "target"), (2024, 64.0, "gt", "target")], ["2024 target", "66", "more than 64"]),
        (
            [(2024, 66.0, "eq", "plan"), (2024, 64.0, "eq", "target")],
            ["2024 plan", "66", "2024 target", "64"],
        ),
        ([(2024, 66.0, "eq", "plan"), (2024, 30.0, "eq", "plan")], ["2024 plan", "66", "2024 plan", "30"]),
    ],
)
def test_plans_whose_marks_meet_share_a_label(goals, labels):
    chart = charts.trend(
        {"Bảo Yên": DISTRICT}, title="t", targets=table("year value qualifier kind", *goals), lang="en"
    )
    said = [text for text in written(chart) if text.startswith("2024 ") or text in labels]
    assert said == labels
    assert list(struck(chart)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_the_density_of_labels_has_a_limit(shape):
    many = years([(year, 20 + 15 * (year % 2), NO, NO, "") for year in range(2000, 2024)])
    plans = table(
        "year value qualifier kind", *((year, 50.0 + year % 7, "eq", "plan") for year in range(2000, 2026))
    )
    chart = charts.trend({"Bảo Yên": many}, title="t", targets=plans, lang="en", shape=shape)
    assert sum(text.endswith(" plan") for text in written(chart)) <= style.SHAPES[shape].most_labels
    assert {"2024 plan", "2025 plan", "Bảo Yên"} <= set(written(chart))
    assert list(struck(chart)) == []


NAMES = ["Bảo Yên", "tỉnh Lào Cai", "Thành phố Lào Cai", "Mường Khương", "Si Ma Cai"]


def of_chance(seed, names, shape):
    """A trend of series and plans that a seed makes up."""
    draw = np.random.default_rng(seed)
    series = {}
    for name in names:
        when = np.sort(draw.choice(np.arange(2008, 2025), size=5, replace=False))
        series[name] = pd.DataFrame(
            {
                "year": when,
                "value": 10.0 ** (2 * (seed % 4)) * np.cumsum(draw.uniform(0.2, 2, 5)),
                "flag": "estimate",
            }
        )
    plans = PLANS.assign(value=series["Bảo Yên"]["value"].max() * draw.uniform(0.9, 1.4, 2))
    return charts.trend(series, title="t", targets=plans, shape=shape)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_labels_find_room_whatever_the_figures(seed, shape):
    boxes = list(ink(of_chance(seed, NAMES, shape)))
    assert [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if overlap(p, q)] == []
    said = " ".join(text for text, _ in boxes)
    assert [name for name in NAMES if name.split()[-1] not in said] == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(8))
def test_labels_of_three_series_strike_nothing_whatever_the_figures(seed, shape):
    assert list(struck(of_chance(seed, NAMES[:3], shape))) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("attainment", [0.0, 0.01, 0.99, 1.0, 3.9, 25.0])
def test_scorecards_keep_their_words_inside_at_any_attainment(attainment, shape):
    chart = charts.scorecard(
        CARD.head(1).assign(attainment=attainment, attainment_low=NO, attainment_high=NO),
        title="t",
        shape=shape,
    )
    boxes = list(ink(chart))
    assert [text for text, box in boxes if box[0] < 2 or box[2] > chart.width - 2] == []
    assert [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if overlap(p, q)] == []


@each(EVERY)
def test_svg_is_well_formed_accessible_and_quiet(name, lang, shape):
    chart = drawn(name, lang, shape)
    svg = chart.svg()
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert (root.get("role"), root.get("lang")) == ("img", lang)
    assert root.get("viewBox") == f"0 0 {chart.width:g} {chart.height:g}"
    assert (root.get("width"), root.get("height")) == ("100%", None)
    assert root.find(f"{space}title").text == chart.title
    assert root.find(f"{space}desc").text == chart.alt
    assert not re.search(r"metadata|<dc:|matplotlib|[Dd]ate>|<style", svg)
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)]
    assert min(sizes) >= 9
    families = set(re.findall(r"font-family: ([^;\"]*)", svg))
    assert len(families) == 1
    assert "Be Vietnam Pro" in families.pop()


def fingerprint(draw=draw):
    """One hash of all that is drawn: the facts and the bytes of every chart."""
    made = {name: draw(name) for name in DRAW}
    text = "".join(
        figure_facts(chart).to_json() + chart.svg(embed_font=name == "dots") for name, chart in made.items()
    )
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def anew():
    """Every chart drawn and written once more: its fingerprint, and what there was before and after it."""
    import matplotlib.pyplot as plt

    settings, tables = dict(matplotlib.rcParams), [DERIVED, CARD, AREAS, PARTS, HELD, READINGS, PLANS, FUTURE]
    copies = [rows.copy(deep=True) for rows in tables]
    return SimpleNamespace(
        tables=list(zip(tables, copies, strict=True)),
        settings_before=settings,
        fingerprint=fingerprint(),
        settings=dict(matplotlib.rcParams),
        figures=plt.get_fignums(),
    )


def test_svg_is_the_same_twice_and_in_another_process_with_other_settings(anew, tmp_path):
    (tmp_path / "matplotlibrc").write_text(
        "lines.linewidth: 9\nsvg.fonttype: path\nfont.size: 30\naxes.facecolor: red\n"
    )
    for fonts in Path(matplotlib.get_cachedir()).glob("fontlist*"):  # else it looks for the machine's anew
        shutil.copy(fonts, tmp_path)
    here = Path(__file__).parent
    script = (
        f"import sys; sys.path[:0] = {[str(here), str(here.parents[1])]}; import test_charts; "
        "sys.stdout.write(test_charts.fingerprint())"
    )
    env = os.environ | {
        "PYTHONHASHSEED": "1",
        "MPLCONFIGDIR": str(tmp_path),
        "MPLBACKEND": "svg",
        "SOURCE_DATE_EPOCH": "1",
    }
    there = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    ).stdout
    assert anew.fingerprint == fingerprint(drawn) == there


def nudged(rows, column, row):
    changed = rows.copy()
    changed[column] = changed[column].astype(float)
    changed.loc[changed.index[row], column] *= 1.0001
    return changed


READ = {"scorecard": CARD, "dots": AREAS, "decomposition": PARTS, "readings": READINGS, "fan": FUTURE}
READ |= {"series": DISTRICT, "targets": PLANS, "conflicts": OTHERS}


def of(kind, **changed):
    """A chart of the tables that it reads, some of them changed."""
    names = {"trend": ["series", "targets", "conflicts"], "fan": ["fan", "series"]}.get(kind, [kind])
    first, *others = ((name, changed.get(name, READ[name])) for name in names)
    return getattr(charts, kind)(first[1], title="t", **dict(others))


@functools.cache
def unchanged(kind):
    """The facts and the bytes of a chart of the tables as they stand."""
    chart = of(kind)
    return figure_facts(chart), chart.svg()


@pytest.mark.parametrize(
    ("kind", "name", "column", "row"),
    [
        ("trend", "series", "value", 0),
        ("trend", "series", "value", 3),
        ("trend", "series", "low", 1),
        ("trend", "targets", "value", 0),
        ("trend", "conflicts", "value", 0),
        ("fan", "fan", "median", 1),
        ("fan", "fan", "low_80", 0),
        ("scorecard", "scorecard", "attainment", 0),
        ("scorecard", "scorecard", "attainment_high", 1),
        ("dots", "dots", "value", 2),
        ("dots", "dots", "low", 0),
        ("decomposition", "decomposition", "log_change", 0),
        ("decomposition", "decomposition", "high", 5),
        ("readings", "readings", "ratio", 0),
        ("readings", "readings", "ratio_low", 1),
        ("readings", "readings", "ratio_low", 3),
    ],
)
def test_a_changed_figure_changes_the_chart(kind, name, column, row):
    (facts, svg), after = unchanged(kind), of(kind, **{name: nudged(READ[name], column, row)})
    assert not facts.equals(figure_facts(after))
    assert svg != after.svg()


def test_a_figure_more_changes_the_coverage():
    before = charts.coverage(HELD, title="t")
    after = charts.coverage(HELD.assign(year=HELD["year"].replace(2012, 2013)), title="t")
    assert not figure_facts(before).equals(figure_facts(after))
    assert charts.coverage(pd.concat([HELD, HELD.head(1)]), title="t").svg() != before.svg()


@pytest.mark.parametrize(
    ("lang", "said", "gap"),
    [
        ("vi", "Thu nhập bình quân đầu người, tỉnh Lào Cai: chưa có", "chưa có"),
        ("en", "Income per person, Lào Cai province: none held", "none held"),
    ],
)
def test_a_coverage_that_is_told_what_to_draw_shows_what_is_not_held(lang, said, gap):
    asked = {"areas": ["Lào Cai", "Bảo Yên"], "indicators": ["income_per_capita", "yield_per_ha"]}
    chart = charts.coverage(HELD, title="t", lang=lang, **asked)
    assert said in chart.alt
    assert written(chart).count(gap) == 2
    assert chart.alt.index("Lào Cai") < chart.alt.index("Bảo Yên")
    facts = figure_facts(chart)
    assert len(facts) == len(HELD)
    assert set(facts.loc[facts["series"].str.contains("Bảo Yên"), "y"]) == {2}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_coverage_names_its_first_and_its_last_year(lang, shape):
    assert {"2012", "2030"} <= set(written(drawn("coverage", lang, shape)))


def triples(facts):
    return set(facts[["kind", "x", "y"]].itertuples(index=False, name=None))


def test_facts_are_what_the_tables_say():
    facts = figure_facts(drawn("trend"))
    assert triples(facts) >= {
        ("actual", 2012, 9.35),
        ("range", 2019, 31),
        ("actual", 2021, 46.2),
        ("at_least", 2022, 50),
    }
    assert triples(facts) >= {("derived", 2015, 20)}
    assert triples(facts) >= {("plan", 2024, 66), ("target", 2025, 70), ("other source", 2022, 48.5)}
    assert triples(facts) >= {
        ("interval", 2019, 26),
        ("interval", 2019, 36),
        ("way to plan", 2022, 50),
        ("way to plan", 2024, 66),
    }
    # A figure that contradicts the last is joined to the one before and to the plan as that one is.
    assert facts.loc[facts["kind"] == "line", ["x", "y"]].to_numpy().tolist() == [
        [2021, 46.2],
        [2022, 50],
        [2021, 46.2],
        [2022, 48.5],
    ]
    assert ("way to plan", 2022, 48.5) in triples(facts)
    assert facts["kind"].isin(["actual", "range", "at_least", "derived"]).sum() == len(DERIVED)


def test_figures_that_contradict_each_other_have_one_look_and_one_label():
    rows = years([(2021, 46, NO, NO, ""), (2022, 50, NO, NO, "conflict")])
    chart = charts.trend({"Bảo Yên": rows}, title="t", conflicts=OTHERS, lang="en")
    drawn = [a for axes in chart.figure.axes for a in axes.lines if a.get_marker() not in ("None", "", None)]
    looks = {(a.get_marker(), a.get_markerfacecolor(), a.get_markersize()) for a in drawn}
    assert len(looks) == 1, looks
    assert "48.5 or 50 (sources conflict)" in " ".join(written(chart))
    assert "neither is chosen" in " ".join(written(chart))


def test_a_figure_that_states_another_definition_than_the_goal_is_hollow():
    rows = years([(2021, 80, NO, NO, ""), (2022, 92, NO, NO, "")]).assign(definition=["a", "b"])
    for stated, hollow in (("a", True), ("", False)):
        goal = table("year value kind qualifier definition", (2024, 95, "plan", "eq", stated))
        said = " ".join(written(charts.trend({"Bảo Yên": rows}, title="t", targets=goal, lang="en")))
        assert ("may count another thing than the goal" in said) == hollow


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({}, {"line", "actual"}),
        ({"year": [2019, 2022]}, {"gap", "actual"}),
        ({"year": [2019, 2019]}, {"actual"}),
        ({"definition": ["crop land", "cultivated land"]}, {"actual"}),
        ({"definition": ["crop land", ""]}, {"line", "actual"}),
        ({"derived": [True, False]}, {"gap", "actual", "derived"}),
    ],
)
def test_what_joins_two_points(change, kinds):
    points = years([(2019, 75, 75, 75, ""), (2020, 80, 80, 80, "")]).assign(**change)
    assert set(figure_facts(charts.trend(points, title="t"))["kind"]) == kinds


def test_a_plan_that_counts_something_else_is_not_joined():
    points = years([(2022, 780, 780, 790, "")]).assign(definition="tourism services")
    for definition, joined in (("", True), ("tourism services", True), ("tourism and services", False)):
        facts = figure_facts(charts.trend(points, title="t", targets=PLANS.assign(definition=definition)))
        assert facts["kind"].eq("way to plan").any() == joined
        assert facts["kind"].eq("plan").any()


def test_an_estimate_of_a_year_that_has_an_actual_is_no_mark_of_its_own():
    both = pd.concat([HELD.head(1), HELD.head(1).assign(kind="estimate")])
    assert figure_facts(charts.coverage(both, title="t"))["kind"].tolist() == ["actual"]


def test_missing_values_are_gaps():
    points = years([(2019, 75, 75, 75, ""), (2020, NO, NO, NO, ""), (2021, 80, 80, 80, "")])
    assert set(figure_facts(charts.trend(points, title="t"))["kind"]) == {"gap", "actual"}


ALT = {
    ("trend", "vi"): [
        "2012: 9,35",
        "2022: ít nhất 50",
        "2015: 20 (suy ra)",
        "26–36",
        "2024: trên 66",
        "từ 70 trở lên",
        "48,5",
    ],
    ("trend", "en"): [
        "2012: 9.35",
        "2022: at least 50",
        "2015: 20 (derived)",
        "26–36",
        "2024 plan: more than 66",
        "at least 70",
        "48.5",
    ],
    ("fan", "vi"): ["Dự phóng 2024: 56", "80% khả năng: 48–65", "95% khả năng: 41–76"],
    ("fan", "en"): ["2024 projection: 56", "80% chance: 48–65", "95% chance: 41–76"],
    ("scorecard", "vi"): ["76%", "trên 66", "khoảng 1,2 triệu", "Chưa có số liệu", "từ 82,5% trở lên"],
    ("scorecard", "en"): ["76%", "more than 66", "about 1.2 million", "None in the record", "at least 82.5"],
    ("dots", "vi"): ["khoảng 500.000, năm 2017", "5 triệu (ước tính)", "85.000"],
    ("dots", "en"): ["about 500,000, in 2017", "5 million (estimate)", "85,000"],
    ("decomposition", "vi"): ["−1,37 (×0,25)", "Chi tiêu một lượt khách 2021–2022: +0,09"],
    ("decomposition", "en"): ["−1.37 (×0.25)", "Spending a visit 2021–2022: +0.09"],
    ("readings", "vi"): [
        "Kết quả 50 (năm 2022), mốc 9,35 (năm 2012), chỉ tiêu trên 66: tăng 17,0%, cần 14,9% mỗi năm, "
        "tỷ số 1,23 (1,17–1,28), đủ",
        "tỷ số >100 (4–>100), đủ (có thể tính nội dung khác: không tính)",
    ],
    ("readings", "en"): ["ratio 0.81 (0.78–0.84), not enough", "ratio −3.2 (−4.1–−2.5), not enough (a span"],
    ("coverage", "vi"): ["Thu nhập bình quân đầu người, huyện Bảo Yên: 2 (2012, 2024)"],
    ("coverage", "en"): ["Income per person, Bảo Yên district: 2 (2012, 2024)"],
}


@pytest.mark.parametrize(("name", "lang"), ALT)
def test_the_description_holds_the_numbers(name, lang):
    alt = drawn(name, lang).alt
    assert [part for part in ALT[name, lang] if part not in alt] == []


def test_a_notebook_gets_the_svg_and_its_words_alone(monkeypatch):
    import IPython.display

    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda *data, **options: shown.append((data, options)))
    chart = drawn("dots")
    chart._ipython_display_()
    [((bundle,), options)] = shown
    assert options == {"raw": True}
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert bundle["text/plain"] == chart.alt
    assert bundle["image/svg+xml"] == chart.svg(embed_font=True)
    assert bundle["image/svg+xml"].count("@font-face") == 2


def test_nothing_is_left_behind(anew):
    assert anew.figures == []
    assert anew.settings == anew.settings_before


def test_an_actual_without_a_share_says_so():
    chart = charts.scorecard(
        CARD.head(1).assign(attainment=NO, attainment_low=NO, attainment_high=NO), title="t", lang="en"
    )
    assert "No share of the plan can be given; 50, in 2022; plan more than 66" in chart.alt
    assert figure_facts(chart).empty


def test_tables_are_not_changed(anew):
    for rows, before in anew.tables:
        pd.testing.assert_frame_equal(rows, before)


def test_nullable_columns_draw_the_same():
    typed = DISTRICT.convert_dtypes()
    assert charts.trend(typed, title="t").svg() == charts.trend(DISTRICT, title="t").svg()


@each(
    [
        (lambda: charts.trend(pd.DataFrame({"nam": [2020]}), title="t"), "no column year, value"),
        (lambda: charts.trend(DISTRICT.head(0), title="t"), "no series has a value"),
        (lambda: charts.fan(FUTURE.head(0), series=DISTRICT, title="t"), "no year to draw"),
        (
            lambda: charts.trend(years([(2019, 1, NO, NO, ""), (2020, np.inf, NO, NO, "")]), title="t"),
            "value is infinite in 2020: a chart draws finite numbers",
        ),
        (
            lambda: charts.trend(DISTRICT.assign(value=[1, -np.inf, np.inf, 4]), title="t"),
            "value is infinite in 2019; value is infinite in 2021",
        ),
        (
            lambda: charts.trend(DISTRICT.assign(year=[2019, 2020, 2021, np.inf]), title="t"),
            "year is infinite",
        ),
        (
            lambda: charts.trend(DISTRICT, title="t", targets=PLANS.assign(value=[66, np.inf])),
            "value is infinite in 2025",
        ),
        (
            lambda: charts.trend(DISTRICT, title="t", conflicts=OTHERS.assign(value=np.inf)),
            "value is infinite in 2022",
        ),
        (
            lambda: charts.fan(FUTURE.assign(median=NO), series=DISTRICT, title="t"),
            "median is missing in 2023",
        ),
        (
            lambda: charts.fan(FUTURE.assign(high_95=[62, np.inf]), series=DISTRICT, title="t"),
            "high_95 is infinite in 2024",
        ),
        (
            lambda: charts.scorecard(CARD.assign(attainment=np.inf), title="t"),
            "attainment is infinite in Thu",
        ),
        (lambda: charts.dots(AREAS.assign(value=np.inf), title="t"), "value is infinite in Bảo Yên"),
        (
            lambda: charts.decomposition(PARTS.assign(log_change=NO), title="t"),
            "log_change is missing in visits",
        ),
        (lambda: charts.decomposition(PARTS.assign(high=np.inf), title="t"), "high is infinite in visits"),
        (lambda: charts.dots(AREAS, title="t", lang="vn"), "unknown language: 'vn'; there are vi"),
        (lambda: charts.dots(AREAS, title="t", shape="round"), "unknown shape: 'round'; there are wide and"),
        (lambda: charts.scorecard(CARD.head(0), title="t"), "no row to draw"),
        (lambda: charts.dots(AREAS.assign(value=np.nan), title="t"), "no row to draw"),
        (lambda: charts.coverage(HELD.drop(columns="kind"), title="t"), "no column kind"),
        (lambda: charts.readings(READINGS.drop(columns="done"), title="t"), "no column done"),
        (lambda: charts.readings(READINGS.assign(ratio=NO), title="t"), "no reading has a ratio"),
        (
            lambda: charts.coverage(HELD, title="t", areas=["Bảo Yên"]),
            "figures of Lào Cai are not drawn: name them in `areas`",
        ),
        (
            lambda: charts.coverage(HELD, title="t", indicators=["yield_per_ha"]),
            "figures of income_per_capita are not drawn",
        ),
        (
            lambda: charts.trend(table("year value", (2019, 1), (2020, "inf")), title="t"),
            "value is infinite in 2020",
        ),
        (
            lambda: charts.trend(DISTRICT, title="t", targets=PLANS.assign(value=[66.0, -np.inf])),
            "value is infinite in 2025",
        ),
        (lambda: charts.dots(AREAS.assign(value=np.inf), title="t"), "value is infinite in "),
        (lambda: charts.scorecard(CARD.assign(actual=np.inf), title="t"), "actual is infinite in Thu nhập"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_an_open_interval_is_no_bar_and_no_fault():
    open_end = years([(2021, 46, 45, 47, ""), (2022, 50, 50, np.inf, "at_least")])
    facts = figure_facts(charts.trend(open_end, title="t"))
    assert facts.loc[facts["kind"] == "interval", "x"].unique().tolist() == [2021]
    shown = figure_facts(charts.dots(AREAS.assign(high=np.inf), title="t"))
    assert set(shown["kind"]) == {"about", "actual", "estimate", "conflict"}


def test_an_interval_and_a_range_stay_on_the_plot():
    wide = years([(2019, 46, 30, 95, "range"), (2022, 50, NO, NO, "")])
    for chart, greatest in ((charts.trend(wide, title="t"), 95), (drawn("fan"), 76)):
        least, most = chart.axes[0].get_ylim()
        assert least <= 0
        assert most >= greatest


def test_one_caption_is_drawn_in_another_shape_or_language():
    caption = charts.Caption("Ba huyện", subtitle="triệu đồng", lang="vi")
    wide, narrow = charts.dots(AREAS, caption), charts.dots(AREAS, caption, shape="narrow")
    assert (wide.width, narrow.width) == (960, 360)
    assert wide.alt == narrow.alt
    assert charts.dots(AREAS, caption, lang="en").lang == "en"
    assert charts.dots(AREAS, title="Ba huyện", subtitle="triệu đồng", lang="vi").svg() == wide.svg()


def test_readings_stand_from_the_slowest_and_say_which_choices_they_made():
    facts = figure_facts(drawn("readings"))
    marks = facts[facts["kind"].str.contains("counted|shown")]
    assert marks["kind"].tolist() == ["no shown", "no counted", "open counted", "yes counted", "yes shown"]
    assert marks["y"].round(2).tolist() == [-3.2, 0.81, 1.02, 1.23, 100.0]
    used = facts[facts["kind"] == "used"].groupby("series")["x"].agg(list).to_dict()
    assert used == {
        "từ 92 trở lên (năm 2022)": [4],
        "50 (năm 2022)": [2, 3],
        "45 (năm 2022)": [1],
        "khoảng 30 (năm 2022)": [0],
        "40 (năm 2021)": [0],
        "32,67 (năm 2020)": [2, 4],
        "9,35 (năm 2012)": [1, 3],
        "trên 66": [0, 1, 2, 3, 4],
        "mốc suy ra từ so sánh đã công bố": [2, 4],
    }


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_words_that_are_not_measured_stand_where_they_would(kind, monkeypatch):
    chart, made = draw("dots", shape="narrow"), []
    changes = [{}, {"rotation": 30}, {"visible": False}, {"alpha": 0.5}, {"va": "top"}]
    changes += [{"wrap": True, "text": LONG}, {"text": "$x^2$", "parse_math": True}, {"antialiased": False}]
    changes += [{"text": "$x^2$", "parse_math": True, "ha": "right"}, {"clip_on": True}, {"x": np.nan}]
    changes += [{"rasterized": True}, {"path_effects": [withStroke(linewidth=3)], "ha": "right"}]
    for text, change in zip(chart.texts, itertools.cycle(changes), strict=False):
        text.set(clip_box=Bbox([[0, 0], [100, 100]]), clip_on=False)
        text.set(**change)
    for write in (card._Words.draw, Text.draw):
        monkeypatch.setattr(card._Words, "draw", write)
        stream = io.BytesIO()
        with style.drawing():
            dated = {"svg": "Date", "pdf": "CreationDate"}
            chart.savefig(stream, format=kind, metadata={dated[kind]: None} if kind in dated else {})
        made.append(chart.svg() + stream.getvalue().hex())
    assert made[0] == made[1]


def test_an_analyst_gives_a_plot_its_axes_back(monkeypatch):
    made = []
    for plot in (card._Plot, Axes):
        monkeypatch.setattr(card, "_Plot", plot)
        chart = draw("trend")
        ax = chart.axes[0]
        ax.set_axis_on()
        ax.set(title="a", xlabel="b", ylabel="c")
        ax.grid(visible=True)
        if plot is Axes:
            ax.relim()
        ax.autoscale()
        assert ax.dataLim.height > 0
        made.append(chart.svg())
        ax.clear()
        ax.grid(visible=True)
        made.append(chart.svg())
    assert made[:2] == made[2:]


def test_an_analyst_takes_words_away():
    chart = draw("dots")
    said = chart.texts[0].get_text()
    chart.texts[0].remove()
    assert said not in [text.get_text() for text in chart.texts]


def test_what_is_hollow_and_what_is_left_out_is_said():
    said = " ".join(written(drawn("readings", "en")))
    assert "Hollow: a span shorter than the years left: not counted; may count something else" in said
    assert "1 further readings have no pace and are not drawn." in said
    assert "Hollow" not in " ".join(written(charts.readings(READINGS.head(3), title="t", lang="en")))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", [1, 2, 7, 40])
def test_any_number_of_readings_keeps_its_words_apart(number, shape):
    draw = np.random.default_rng(number)
    ratio = draw.normal(1, 0.9, number)
    many = pd.concat([READINGS.head(5)] * number).head(number)
    many = many.assign(
        ratio=ratio, ratio_low=ratio - 0.3, ratio_high=ratio + 0.2, base_year=2008 + draw.integers(8)
    )
    chart = charts.readings(many, title="t", shape=shape)
    boxes = list(ink(chart))
    assert [text for text, box in boxes if box[0] < 2 or box[2] > chart.width - 2] == []
    assert [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if overlap(p, q)] == []
    assert list(struck(chart)) == []


def test_twice_and_half_as_fast_lie_alike_far_from_just_enough():
    from baoyen_analysis.views.drawing import curve

    ratios = np.array([-500.0, -2, -1, -0.4, 0, 0.5, 1, 2, 10, 100, 500])
    assert curve.fair(2) - curve.fair(1) == curve.fair(1) - curve.fair(0.5)
    assert (np.diff(curve.fair(ratios)) > 0).all()
    assert curve._unfair(curve.fair(ratios)) == pytest.approx(ratios)
