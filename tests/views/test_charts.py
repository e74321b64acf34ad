"""Charts: the same bytes everywhere, facts that follow the figures, words that can be read. All numbers here are made up to try them."""

import hashlib
import itertools
import os
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.textpath import TextPath

from baoyen_analysis.views import charts, style

LANGUAGES, SHAPES = ("vi", "en"), ("wide", "narrow")
LONG = "Thu nhập bình quân đầu người của ba huyện và của cả tỉnh đã tăng đều, nhưng vẫn còn xa kế hoạch của năm 2024"
SOURCES = ["Báo Lào Cai, nghị quyết năm 2024 của huyện (so-1)", "https://example.org/mot-dia-chi-rat-dai-khong-co-khoang-trang-nao-ca/2024"]


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def years(rows, **more):
    return pd.DataFrame(rows, columns=["year", "value", "low", "high", "flag"]).assign(**more)


DISTRICT = years([(2012, 9.35, 9.345, 9.355, ""), (2019, 31, 26, 36, "range"), (2021, 46.2, 46.15, 46.25, ""), (2022, 50, 50, 60, "at_least")])
PEER = years([(year, 11 + 3.9 * (year - 2012), np.nan, np.nan, "estimate" if year > 2021 else "") for year in range(2012, 2023)])
PROVINCE = years([(2018, 41, 40, 42, ""), (2022, 51, 50.5, 51.5, "conflict")])
DERIVED = pd.concat([DISTRICT.assign(derived=False), years([(2015, 20, 18, 22, "")], derived=True)])
PLANS = pd.DataFrame({"year": [2024, 2025], "value": [66.0, 70.0], "qualifier": ["gt", "ge"], "kind": ["plan", "target"]})
OTHERS = pd.DataFrame({"year": [2022], "value": [48.5]})
FUTURE = pd.DataFrame({"year": [2023, 2024], "median": [53.0, 56.0], "low_80": [49.0, 48.0], "high_80": [57.0, 65.0], "low_95": [45.0, 41.0], "high_95": [62.0, 76.0]})
CARD = pd.DataFrame(
    {
        "label": ["Thu nhập bình quân đầu người", "Giá trị sản phẩm trên một ha đất canh tác", "Lượt khách", "Trường học đạt chuẩn quốc gia", "Nhỏ"],
        "plan": [66.0, 95.0, 1.6e6, 82.5, 100.0], "plan_qualifier": ["gt", "eq", "eq", "ge", "eq"], "unit": ["triệu đồng", "triệu đồng/ha", "lượt", "%", ""],
        "actual": [50.0, 101.0, 1.2e6, np.nan, 2.0], "year": [2022, 2023, 2022, np.nan, 2020], "flag": ["", "estimate", "about", "", ""],
        "attainment": [0.758, 1.063, 0.75, np.nan, 0.02], "attainment_low": [0.75, 1.05, 0.6, np.nan, 0.01], "attainment_high": [0.765, 1.07, 0.9, np.nan, 0.03],
    }
)  # fmt: skip
AREAS = pd.DataFrame(
    {
        "area": ["Bảo Yên", "Mường Khương", "Sa Pa", "Thành phố Lào Cai"], "value": [500000.0, 85000.0, 5e6, 3.3e6], "low": [400000.0, np.nan, 4e6, np.nan],
        "high": [600000.0, np.nan, 5e6, np.nan], "year": [2017, 2022, 2025, 2024], "flag": ["about", "", "estimate", "conflict"],
    }
)  # fmt: skip
PARTS = pd.DataFrame(
    {"part": ["visits", "spending", "revenue"] * 2, "log_change": [-1.37, -0.15, -1.52, 1.24, 0.09, 1.33], "low": [-1.5, -0.3, -1.6, 1.1, 0.0, 1.2],
     "high": [-1.2, 0.0, -1.4, 1.3, 0.2, 1.4], "period": ["2019–2021"] * 3 + ["2021–2022"] * 3}
)  # fmt: skip
HELD = pd.DataFrame(
    [("Bảo Yên", "income_per_capita", 2012, "actual", "", "district"), ("Bảo Yên", "income_per_capita", 2024, "plan", "", "district"),
     ("Lào Cai", "yield_per_ha", 2022, "estimate", "", "province"), ("Lào Cai", "yield_per_ha", 2022, "actual", "9M", "province"),
     ("Lào Cai", "yield_per_ha", 2030, "target", "", "province")],
    columns=["area", "indicator", "year", "kind", "part", "area_level"],
)  # fmt: skip

DRAW = {
    "one": lambda **k: charts.trend(years([(2022, 780, 780, 790, "at_least")]), title="780", **k),
    "trend": lambda **k: charts.trend(DERIVED, name="Bảo Yên", title=LONG, subtitle=LONG, targets=PLANS, conflicts=OTHERS, **k),
    "several": lambda **k: charts.trend({"Bảo Yên": DISTRICT, "Văn Bàn": PEER, "tỉnh Lào Cai": PROVINCE, "Bát Xát": PROVINCE.assign(value=[40.0, 50.2])}, title=LONG, targets=PLANS, **k),
    "fan": lambda **k: charts.fan(FUTURE, series=DISTRICT, name="Bảo Yên", title=LONG, targets=PLANS, **k),
    "scorecard": lambda **k: charts.scorecard(CARD, title=LONG, subtitle=LONG, **k),
    "dots": lambda **k: charts.dots(AREAS, title=LONG, highlight="Bảo Yên", **k),
    "decomposition": lambda **k: charts.decomposition(PARTS, title=LONG, **k),
    "coverage": lambda **k: charts.coverage(HELD, title=LONG, **k),
}  # fmt: skip
EVERY = list(itertools.product(DRAW, LANGUAGES, SHAPES))


def drawn(name, lang="vi", shape="wide"):
    return DRAW[name](lang=lang, shape=shape, sources=SOURCES)


def ink(chart):
    """The box that each text covers on the card, in px from its lower left corner."""
    for text in chart.texts:
        font = text.get_fontproperties()
        box = TextPath((0, 0), text.get_text(), prop=font, size=font.get_size()).get_extents()
        x, y = text.get_transform().transform(text.get_position())
        x -= {"left": 0, "center": 0.5, "right": 1}[text.get_ha()] * style.width_of(text.get_text(), font.get_size(), font.get_weight())
        yield text.get_text(), (x + box.x0, y + box.y0, x + box.x1, y + box.y1)


@pytest.mark.parametrize(("name", "lang", "shape"), EVERY)
def test_no_text_overlaps_another_or_leaves_the_card(name, lang, shape):
    chart = drawn(name, lang, shape)
    boxes = list(ink(chart))
    assert [text for text, box in boxes if box[0] < 2 or box[1] < 2 or box[2] > chart.width - 2 or box[3] > chart.height - 2] == []
    meet = [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if p[0] < q[2] and q[0] < p[2] and p[1] < q[3] and q[1] < p[3]]
    assert meet == []


@pytest.mark.parametrize(("name", "lang", "shape"), EVERY)
def test_svg_is_well_formed_accessible_and_quiet(name, lang, shape):
    chart = drawn(name, lang, shape)
    svg = chart.svg()
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert (root.get("role"), root.get("lang")) == ("img", lang)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.find(f"{space}title").text == chart.title
    assert root.find(f"{space}desc").text == chart.alt
    assert not re.search(r"metadata|<dc:|matplotlib|[Dd]ate>|<style", svg)
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)]
    assert min(sizes) >= 9
    families = set(re.findall(r"font-family: ([^;\"]*)", svg))
    assert len(families) == 1 and "Be Vietnam Pro" in families.pop()


def fingerprint():
    """One hash of all that is drawn: the facts and the bytes of every chart."""
    text = "".join(charts.figure_facts(drawn(name)).to_json() + drawn(name).svg(embed_font=True) for name in DRAW)
    return hashlib.sha256(text.encode()).hexdigest()


def test_svg_is_the_same_twice_and_in_another_process_with_other_settings(tmp_path):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nsvg.fonttype: path\nfont.size: 30\naxes.facecolor: red\n")
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_charts; sys.stdout.write(test_charts.fingerprint())"
    env = os.environ | {"PYTHONHASHSEED": "1", "MPLCONFIGDIR": str(tmp_path), "MPLBACKEND": "svg", "SOURCE_DATE_EPOCH": "1"}
    there = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout
    assert fingerprint() == fingerprint() == there


def nudged(table, column, row):
    changed = table.copy()
    changed[column] = changed[column].astype(float)
    changed.loc[changed.index[row], column] *= 1.0001
    return changed


CHANGES = {
    "value": lambda: charts.trend(nudged(DISTRICT, "value", 0), title="t", targets=PLANS, conflicts=OTHERS),
    "last value": lambda: charts.trend(nudged(DISTRICT, "value", 3), title="t", targets=PLANS, conflicts=OTHERS),
    "low": lambda: charts.trend(nudged(DISTRICT, "low", 1), title="t", targets=PLANS, conflicts=OTHERS),
    "plan": lambda: charts.trend(DISTRICT, title="t", targets=nudged(PLANS, "value", 0), conflicts=OTHERS),
    "other source": lambda: charts.trend(DISTRICT, title="t", targets=PLANS, conflicts=nudged(OTHERS, "value", 0)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_figure_changes_the_trend(change):
    before, after = charts.trend(DISTRICT, title="t", targets=PLANS, conflicts=OTHERS), CHANGES[change]()
    assert not charts.figure_facts(before).equals(charts.figure_facts(after))
    assert before.svg() != after.svg()


@pytest.mark.parametrize(
    ("draw", "table", "column", "row"),
    [
        (lambda table: charts.fan(table, series=DISTRICT, title="t"), FUTURE, "median", 1),
        (lambda table: charts.fan(table, series=DISTRICT, title="t"), FUTURE, "low_80", 0),
        (lambda table: charts.scorecard(table, title="t"), CARD, "attainment", 0),
        (lambda table: charts.scorecard(table, title="t"), CARD, "attainment_high", 1),
        (lambda table: charts.dots(table, title="t"), AREAS, "value", 2),
        (lambda table: charts.dots(table, title="t"), AREAS, "low", 0),
        (lambda table: charts.decomposition(table, title="t"), PARTS, "log_change", 0),
        (lambda table: charts.decomposition(table, title="t"), PARTS, "high", 5),
    ],
)
def test_a_changed_figure_changes_the_others(draw, table, column, row):
    before, after = draw(table), draw(nudged(table, column, row))
    assert not charts.figure_facts(before).equals(charts.figure_facts(after))
    assert before.svg() != after.svg()


def test_a_figure_more_changes_the_coverage():
    before, after = (charts.coverage(table, title="t") for table in (HELD, HELD.assign(year=HELD["year"].replace(2012, 2013))))
    assert not charts.figure_facts(before).equals(charts.figure_facts(after))
    assert charts.coverage(pd.concat([HELD, HELD.head(1)]), title="t").svg() != before.svg()


def test_facts_are_what_the_tables_say():
    facts = charts.figure_facts(drawn("trend"))
    kinds = facts[~facts["kind"].isin(["gap", "line", "way to plan", "way to target", "interval"])]
    expected = {("actual", 2012, 9.35), ("range", 2019, 31), ("actual", 2021, 46.2), ("at_least", 2022, 50), ("derived", 2015, 20), ("plan", 2024, 66),
                ("target", 2025, 70), ("other source", 2022, 48.5)}  # fmt: skip
    assert set(kinds[["kind", "x", "y"]].itertuples(index=False, name=None)) == expected
    assert facts.loc[facts["kind"] == "line", "x"].tolist() == [2021, 2022]
    assert set(facts.loc[facts["kind"] == "interval", ["x", "y"]].itertuples(index=False, name=None)) >= {(2019, 26), (2019, 36)}


def test_years_apart_are_dots_and_two_definitions_are_not_joined():
    joined = years([(2019, 75, 75, 75, ""), (2020, 80, 80, 80, "")])
    kinds = {
        key: set(charts.figure_facts(charts.trend(table, title="t"))["kind"])
        for key, table in {"next": joined, "apart": joined.assign(year=[2019, 2022]), "two": joined.assign(definition=["crop land", "cultivated land"])}.items()
    }
    assert kinds == {"next": {"line", "actual"}, "apart": {"gap", "actual"}, "two": {"actual"}}


def test_missing_values_are_gaps():
    table = years([(2019, 75, 75, 75, ""), (2020, np.nan, np.nan, np.nan, ""), (2021, 80, 80, 80, "")])
    assert set(charts.figure_facts(charts.trend(table, title="t"))["kind"]) == {"gap", "actual"}


ALT = {
    ("trend", "vi"): ["2012: 9,35", "2022: ít nhất 50", "2015: 20 (suy ra)", "2019: 26–36", "Kế hoạch 2024: trên 66", "từ 70 trở lên", "48,5"],
    ("trend", "en"): ["2012: 9.35", "2022: at least 50", "2015: 20 (derived)", "2019: 26–36", "2024 plan: more than 66", "at least 70", "48.5"],
    ("fan", "vi"): ["Dự phóng 2024: 56", "80% khả năng: 48–65", "95% khả năng: 41–76"],
    ("fan", "en"): ["2024 projection: 56", "80% chance: 48–65", "95% chance: 41–76"],
    ("scorecard", "vi"): ["76%", "trên 66", "khoảng 1,2 triệu", "Chưa có số liệu", "từ 82,5% trở lên"],
    ("scorecard", "en"): ["76%", "more than 66", "about 1.2 million", "No figure has been published", "at least 82.5"],
    ("dots", "vi"): ["khoảng 500.000, năm 2017", "5 triệu (ước tính)", "85.000"],
    ("dots", "en"): ["about 500,000, in 2017", "5 million (estimate)", "85,000"],
    ("decomposition", "vi"): ["−1,37 (×0,25)", "Chi tiêu một lượt khách 2021–2022: +0,09"],
    ("decomposition", "en"): ["−1.37 (×0.25)", "Spending a visit 2021–2022: +0.09"],
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


def test_nothing_is_left_behind():
    import matplotlib.pyplot as plt

    before = dict(matplotlib.rcParams)
    for name in DRAW:
        drawn(name).svg()
    assert plt.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


def test_tables_are_not_changed():
    tables = {"series": DERIVED, "card": CARD, "areas": AREAS, "parts": PARTS, "held": HELD, "plans": PLANS, "future": FUTURE}
    copies = {name: table.copy(deep=True) for name, table in tables.items()}
    for name in DRAW:
        drawn(name)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, copies[name])


def test_nullable_columns_draw_the_same():
    typed = DISTRICT.convert_dtypes()
    assert charts.trend(typed, title="t").svg() == charts.trend(DISTRICT, title="t").svg()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: charts.trend(pd.DataFrame({"nam": [2020]}), title="t"), "no column year, value"),
        (lambda: charts.trend(DISTRICT.head(0), title="t"), "no series has a value"),
        (lambda: charts.trend(DISTRICT, title="t", conflicts=OTHERS.assign(series="Sa Pa")), "not drawn: Sa Pa"),
        (lambda: charts.fan(FUTURE.head(0), series=DISTRICT, title="t"), "no year to draw"),
        (lambda: charts.scorecard(CARD.head(0), title="t"), "no row to draw"),
        (lambda: charts.dots(AREAS.assign(value=np.nan), title="t"), "no row to draw"),
        (lambda: charts.coverage(HELD.drop(columns="kind"), title="t"), "no column kind"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()
