"""The cases of the province and its districts beside a needed growth."""

import pandas as pd
import pytest

from baoyen_analysis.measures.reference import reference_class


def test_reference_class_lists_each_case_and_counts_them():
    """Visits of the province: 3.5 million in 2017, 5.1 in 2019, 1.3 in 2021, 7.2 in 2023, printed; the
    district itself is no case."""
    panel = pd.DataFrame(
        {
            "area": ["Lào Cai"] * 4 + ["Bảo Yên"] * 2 + ["Việt Nam"] * 2,
            "area_level": ["province"] * 4 + ["district"] * 2 + ["country"] * 2,
            "year": [2017, 2019, 2021, 2023, 2020, 2022, 2020, 2022],
            "tourist_visits": [3.5e6, 5.1e6, 1.3e6, 7.2e6, 1e6, 1.2e6, 1e7, 2e7],
            "tourist_visits_figure_id": list("abcdefgh"),
        }
    )
    cases = reference_class(panel, "tourist_visits", years=2, needed=0.1547, area="Bảo Yên")
    assert cases["figure_ids"].tolist() == ["c d", "a b", "b c"]
    assert cases["did_as_much"].tolist() == [True, True, False]
    assert "2 of 3 did as much" in cases["sentence_en"].iloc[0]
    assert reference_class(panel, "tourist_visits", years=2, needed=0.3, area="Bảo Yên")[
        "did_as_much"
    ].tolist() == [True, False, False]
    calm = reference_class(panel, "tourist_visits", years=2, needed=0.1547, area="Bảo Yên", mask=(2020, 2021))
    assert calm["figure_ids"].tolist() == ["a b"]
    with pytest.raises(ValueError, match="not in the panel"):
        reference_class(panel, "grdp", years=2, needed=0.1, area="Bảo Yên")


@pytest.mark.parametrize(
    ("definitions", "ids", "reasons", "said"),
    [
        (
            ["crop", "crop"],
            ["s-1", "s-2"],
            [""],
            "over as many years (2), not known to differ in definition and not through COVID-19, "
            "1 of 1 did as much",
        ),
        (["", ""], ["s-1", "t-1"], ["two_sources"], "1 of 1 did as much"),
        (
            ["crop", ""],
            ["s-1", "t-1"],
            ["definition_unstated"],
            "One end not stating what it counts: Văn Bàn 2018–2020 (22.5%).",
        ),
        (["crop", "land"], ["s-1", "t-1"], ["definition_break"], "Of two definitions: Văn Bàn 2018–2020."),
    ],
)
def test_only_a_case_within_one_definition_is_counted(definitions, ids, reasons, said):
    """Invented figures."""
    table = _outcomes([2018, 2020], [60.0, 90.0], definitions, ids)
    cases = reference_class(table, "yield_per_ha", years=2, needed=0.06, area="Bảo Yên")
    assert cases["reason"].tolist() == reasons
    assert said in cases["sentence_en"].iloc[0]
    assert cases["counted"].tolist() == [not reasons[0].startswith("definition")]


def test_where_no_case_counts_the_growth_within_one_definition_stands_beside_over_its_own_years():
    table = _outcomes(
        [2016, 2018, 2020, 2021],
        [59.7, 64.9, 83.0, 87.0],
        ["crop", "crop", "land", "land"],
        ["s-1", "s-2", "t-1", "t-2"],
    )
    cases = reference_class(table, "yield_per_ha", years=3, needed=0.059, area="Bảo Yên")
    assert cases[["from_year", "year", "reason"]].values.tolist() == [
        [2020, 2021, "other_span"],
        [2016, 2018, "other_span"],
        [2018, 2021, "definition_break"],
    ]
    assert "Over other" not in cases["sentence_en"].iloc[0].split(". ")[0]
    assert (
        "Over other spans: Văn Bàn 2020–2021 (4.8%); Văn Bàn 2016–2018 (4.3%)."
        in cases["sentence_en"].iloc[0]
    )


def test_cases_through_a_break_are_said():
    table = _outcomes([2019, 2021], [5.0, 1.0], ["", ""], ["s-1", "s-2"])
    cases = reference_class(table, "yield_per_ha", years=2, needed=0.1, area="Bảo Yên", breaks=(2020, 2021))
    assert cases["reason"].tolist() == ["covid"]
    assert not cases["counted"].any()
    assert "Set apart, through COVID-19: Văn Bàn 2019–2021 (-55.3%)." in cases["sentence_en"].iloc[0]


def _outcomes(years, values, definitions, ids):
    common = {
        "area": "Văn Bàn",
        "area_level": "district",
        "indicator": "yield_per_ha",
        "status": "chosen",
        "kind": "actual",
        "part": "",
    }
    return pd.DataFrame(
        {
            "year": years,
            "value": values,
            "low": values,
            "high": values,
            "definition": definitions,
            "figure_id": ids,
            **common,
        }
    )
