"""What is read out of a figure's printed words, beside what a person recorded."""

import pandas as pd
import pytest

from baoyen_analysis.cleaning import observations, publishers, raw
from baoyen_analysis.cleaning.faults import FaultyRecord


@pytest.fixture(scope="module")
def cleaned():
    """Cleans one figure of the record with some of its cells changed, to invented ones."""
    record = raw.read()
    figure = record.figures[record.figures["indicator"] == "tourist_visits"].iloc[[0]]

    def clean(*changes: dict[str, str]) -> pd.DataFrame:
        rows = pd.concat([figure.assign(**change) for change in changes], ignore_index=True)
        return observations.clean(rows, publishers.describe(record.sources), record.communes)

    return clean


@pytest.mark.parametrize(("locale", "value"), [("vi", "1120"), ("en", "1.12")])
def test_a_bare_number_that_no_other_explains_is_read_as_its_locale_writes(cleaned, locale, value):
    table = cleaned({"value_text": "1.120", "unit_text": "", "locale": locale, "value": value})
    assert table["value"].tolist() == [float(value)]


def test_of_figures_that_disagree_each_says_its_own_number_and_qualifier(cleaned):
    words = {"unit_text": "", "locale": "vi", "qualifier": "eq", "value_high": ""}
    with pytest.raises(FaultyRecord) as caught:
        cleaned(
            words | {"value_text": "trên 70", "value": "70"},
            words | {"value_text": "dưới 70", "value": "70"},
            words | {"value_text": "trên 80", "value": "81"},
            words | {"value_text": "trên 90", "value": "91"},
            words | {"value_text": "60 - 65", "value": "60", "qualifier": "range"},
            words | {"value_text": "66", "value": "66"},
        )
    told = [problem.partition("»: ")[2] for problem in caught.value.faults["problem"]]
    assert told == [
        "the text says gt, the record eq",
        "the text says lt, the record eq",
        "the text says 80, the record 81",
        "the text says 90, the record 91",
        "one end of a range is missing",
    ]
