"""A sample of benchmarks/bad_records.py: a damaged record ends in one clear line."""

import re

import bad_records
import pandas as pd
from conftest import ROOT, each, python

FAULT = {"file": "income.csv", "row": 3, "remedy": "Mend it"}


def test_damaged_records_end_as_they_should():
    code, said, _ = python("benchmarks/bad_records.py", "20", "5", cwd=ROOT)
    assert code == 0, said
    assert re.search(r"^20 damaged records of \d\d kinds, 0 not ended", said, re.MULTILINE)


@each(
    [
        ((1, "income.csv, row 3", 1.0, 1e8), [FAULT], ""),
        ((3, "income.csv", 1.0, 1e8), [FAULT], "ends with 3"),
        ((-14, "", 1.0, 1e8), [], "ends with -14"),
        ((1, "Traceback (most recent call last)", 1.0, 1e8), [FAULT], "a traceback"),
        ((1, "income.csv \x1b[2J", 1.0, 1e8), [FAULT], "'\\x1b' reaches the screen"),
        ((1, "income.csv", 21.0, 1e8), [FAULT], "21 s, 100 MB"),
        ((1, "income.csv", 1.0, 2e9), [FAULT], "1 s, 2,000 MB"),
        ((0, "", 1.0, 1e8), [], "passes"),
        ((1, "tourism.csv", 1.0, 1e8), [FAULT], "the file is not named"),
        ((1, "income.csv", 1.0, 1e8), [FAULT, FAULT], "2 faults"),
        ((1, "income.csv", 1.0, 1e8), [FAULT | {"row": 4}], "another row: [4], not (3,)"),
        ((1, "income.csv", 1.0, 1e8), [FAULT | {"remedy": ""}], "no remedy"),
    ]
)
def test_an_end_that_is_not_as_it_should_be_is_found(ended, faults, words):
    damage = bad_records.Damage("value", ROOT / "data" / "raw" / "income.csv", rows=(3,))
    assert bad_records.wrong(damage, pd.DataFrame(faults), True, ended) == words
