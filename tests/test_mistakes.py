"""Natural mistakes of an analyst who does not know the code: each message says what was given, what is
allowed, or the nearest right call."""

import pandas as pd
import pytest
from conftest import each

import baoyen_analysis as by

MISTAKES = [
    ('needed(["income_per_capita"])', TypeError, "indicator='income_per_capita'"),
    ('needed("incom_per_capita")', ValueError, "did you mean income_per_capita"),
    ('needed("income_per_capita", target="66")', TypeError, "target='66' is text"),
    ('needed("income_per_capita", target="sáu mươi")', TypeError, "target=66.5"),
    ('needed("income_per_capita", target=True)', ValueError, "not a finite number"),
    ('needed("income_per_capita", target=[66])', ValueError, "not a finite number"),
    ('needed("income_per_capita", year="2024")', TypeError, "year=2024"),
    ('needed("income_per_capita", year="sang năm")', TypeError, "no year"),
    ('needed("income_per_capita", year=24)', ValueError, "write it whole"),
    ('needed("income_per_capita", year=2024.5)', TypeError, "is no year"),
    ('needed("income_per_capita", area="Bao Yen")', ValueError, "did you mean Bảo Yên"),
    ('needed("income_per_capita", area="Lào Cai")', ValueError, "level='province'"),
    ('needed("income_per_capita", area="Hà Nội")', ValueError, "holds nothing on 'Hà Nội'"),
    ('needed("income_per_capita", area=["Bảo Yên"])', TypeError, "area='Bảo Yên'"),
    ('needed("income_per_capita", area=None)', TypeError, "area=None is no text"),
    ('needed("income_per_capita", level="districts")', ValueError, "did you mean district"),
    ('needed("income_per_capita", base_year=2030)', ValueError, "the last one is for 2022"),
    ('needed("income_per_capita", targets=66)', TypeError, "did you mean target"),
    ('needed("income_per_capita", lang="vn")', TypeError, "by.speak('vi')"),
    ("needed(pd.Series({2019: 75.0}))", ValueError, "give the target of your own series"),
    ("needed(pd.Series(dtype=float), target=3, year=2024)", ValueError, "has no figure"),
    ("needed({2019: 75, 2021: 80}, target=95, year=2024)", ValueError, "indexed by year"),
    ("needed(75, target=95, year=2024)", ValueError, "indexed by year"),
    ("needed()", TypeError, "it takes indicator"),
    ('series("income_per_capita", level="province")', ValueError, "level='district'"),
    ('series("tourist_visits", areas="Bảo Yên")', TypeError, "did you mean area"),
    ('compare("income_per_capita", "Văn Bàn", 2020)', ValueError, "areas=['Văn Bàn']"),
    ('compare("income_per_capita", [], 2020)', ValueError, "give two or more"),
    ('compare("income_per_capita", ["Văn Bàn", "Sapa"], 2020)', ValueError, "did you mean Sa Pa"),
    ('compare("income_per_capita", ["Văn Bàn", "Sa Pa"], "2020")', TypeError, "year=2020"),
    ('rank("income_per_capita", 1990)', ValueError, "there are figures for 2012"),
    ('rank("income_per_capita", 2020, level="districts")', ValueError, "did you mean district"),
    ('share("tourist_visits", of="Lao Cai")', ValueError, "did you mean Lào Cai"),
    ('passed("income_per_capita", target="60")', TypeError, "without quotation marks"),
    ('passed("income_per_capita")', TypeError, "missing a required argument: 'target'"),
    ('catch_up("income_per_capita", "Bảo Yên")', ValueError, "the area itself"),
    ('catch_up("income_per_capita", "Bao Thang")', ValueError, "did you mean Bảo Thắng"),
    ('what_if("income_per_capita", growth="12", year=2025)', TypeError, "growth=0.12 for 12 % a year"),
    ('what_if("income_per_capita", growth=12, year=2025)', ValueError, "growth=0.12"),
    ('what_if("income_per_capita", year=2025)', TypeError, "missing a required argument: 'growth'"),
    ('reach("income_per_capita", target=-5)', ValueError, "below zero"),
    ('reach("yield_per_ha", target=float("nan"))', ValueError, "not a finite number"),
    ('verdict("income_per_capita", goal="66")', TypeError, "goal=66.5"),
    ('scorecard(area="Bảo Yên", level="tỉnh")', ValueError, "level='district'"),
    ('scorecard(indicators="income_per_capita")', ValueError, "indicators=['income_per_capita']"),
    ('scorecard(indicators=["incme", "visits"])', ValueError, "did you mean Income per person"),
    ('scorecard().sentences("vn")', ValueError, "vi (Vietnamese) and en (English)"),
    ('scorecard().table(lang="english")', ValueError, "vi (Vietnamese) and en (English)"),
    ('needed("income_per_capita").chart()', ValueError, ".table() gives its numbers"),
    ('tidy("income_per_capita", areas="Bảo Yên")', ValueError, "areas=['Bảo Yên']"),
    ('tidy(["income_per_capita"], years=[1990])', ValueError, "years=(2019, 2024)"),
    ('tidy(["incom"], areas=["Bảo Yên"])', ValueError, "by.indicators() lists them"),
    ('tidy("lương thực", level="xã")', ValueError, "there are district [2015, 2017"),
    ('needed("tỷ lệ")', ValueError, "forest_cover, "),
    ('needed("nguồn")', ValueError, "unknown indicator"),
    ("needed('du lịch')", ValueError, "tourism_revenue, tourist_visits"),
    ("sources_of(pd.Series([1]))", ValueError, "by.with_sources(ax, rows)"),
    ('trace("laocaitv-2022-5")', ValueError, "did you mean laocaitv-2022-05"),
    ('parse_figure("khoảng vài chục")', ValueError, "no number is printed"),
    ("parse_figure(None)", ValueError, "not a text"),
    ('parse_figure("8,4", unit_text="%", locale="vn")', ValueError, "'vi' or 'en'"),
    ("find_figures(None)", TypeError, "text=None is no text"),
    ('read_office("khong-co.xlsx")', ValueError, "Check its name"),
    ("read_office(3)", TypeError, "path='bieu.xlsx'"),
    ('speak("vn")', ValueError, "vi (Vietnamese) and en (English)"),
    ('yearly("income_per_capita", real="2020")', TypeError, "real=2020"),
    ('yearly("income_per_capita", real=1900)', ValueError, "choose a base year among"),
    ('nowcast("tourist_visits", year="2024")', TypeError, "year=2024"),
    ('plans(indicator="incomes")', ValueError, "did you mean Income per person"),
    ('plans(area="Bảo Yên", level="xã")', ValueError, "level='district'"),
    ('standing(area="Hà Nội")', ValueError, "holds nothing on"),
    ('same_part("tourist_visit")', ValueError, "did you mean tourist_visits"),
    ("decompose(start=2022, end=2019)", ValueError, "start=2019, end=2022"),
    ("decompose(start=2000, end=2001)", ValueError, "it has 2008"),
    ('help("xyzzy")', ValueError, "'xyzzy'"),
    ("sources_of(3)", ValueError, "by.tidy(…)"),
    ("scorecards()", AttributeError, "did you mean scorecard"),
]


@each(MISTAKES)
def test_a_natural_mistake_is_told_the_right_call(call, error, words):
    with pytest.raises(error) as told:
        eval(f"by.{call}", {"by": by, "pd": pd})
    assert words in str(told.value)
    assert "ufunc" not in str(told.value)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ('needed("thu nhập").rows', 'needed("income_per_capita").rows'),
        ('needed("Tourist visits", level="huyện").rows', 'needed("tourist_visits").rows'),
        ('share("tourist_visits", of="Lào Cai:tỉnh").rows', 'share("tourist_visits").rows'),
        (
            'series("tourist_visits", area="Lào Cai", level="tỉnh")',
            'series("lượt khách", area="Lào Cai", level="province")',
        ),
        ('verdict("income_per_capita", year=2024.0).rows', 'verdict("income_per_capita", year=2024).rows'),
        ('tidy("income_per_capita", years=2022)', 'tidy(["income_per_capita"], years=(2022, 2022))'),
    ],
)
def test_what_is_plainly_meant_is_understood(given, meant):
    pd.testing.assert_frame_equal(*(eval(f"by.{call}", {"by": by}) for call in (given, meant)))


def test_a_call_keeps_its_signature_and_docstring():
    assert "Parameters" in by.needed.__doc__
    assert by.needed.__wrapped__.__module__ == "baoyen_analysis.answers"
