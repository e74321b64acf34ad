"""Communes carried over mergers."""

import pandas as pd
import pytest

from baoyen_analysis import paths
from baoyen_analysis.measures.mergers import IncompleteMerger, carry

COMMUNES = pd.read_csv(paths.raw() / "communes.csv", dtype=str, keep_default_na=False)


def _old_communes(*, year=2024):
    """One row a commune as they stood before July 2025; invented numbers, 1, 2, 3, …"""
    names = COMMUNES.loc[COMMUNES["valid_to"] == "2025-06-30", "old_name"]
    return pd.DataFrame({"area": names, "year": year, "visits": [float(n) for n in range(1, len(names) + 1)]})


def test_old_communes_are_carried_whole():
    old = _old_communes()
    new = carry(old, COMMUNES, values={"visits": "visits"})
    assert set(new["area"]) == set(COMMUNES.loc[COMMUNES["new_valid_from"] == "2025-07-01", "new_name"])
    assert new["visits"].sum() == old["visits"].sum()
    assert new.set_index("area").at["Bảo Hà", "made_from"] == "Bảo Hà; Cam Cọn; Kim Sơn; Tân An; Tân Thượng"


def test_a_chain_of_mergers_is_carried():
    old = pd.DataFrame(
        {"area": ["xã Long Khánh", "Long Phúc", "Việt Tiến"], "year": 2018, "visits": [1, 2, 4]}
    )  # invented numbers
    both = carry(old, COMMUNES, values={"visits": "visits"})
    assert both.to_dict("records") == [
        {"area": "Phúc Khánh", "year": 2018, "visits": 7, "made_from": "Long Khánh; Long Phúc; Việt Tiến"}
    ]
    first = carry(old, COMMUNES, values={"visits": "visits"}, to="2020-12-31")
    assert dict(zip(first["area"], first["visits"], strict=True)) == {"Phúc Khánh": 3, "Việt Tiến": 4}


def _without(names):
    return lambda old: old[~old["area"].isin(names)]


@pytest.mark.parametrize(
    ("change", "values", "said"),
    [
        (_without(["Tân An"]), {"visits": "visits"}, r"Bảo Hà 2024 lacks its part Tân An \(Văn Bàn\)"),
        (
            _without(["Tân An", "Tân Thượng"]),
            {"visits": "visits"},
            r"Bảo Hà 2024 lacks its parts Tân An \(Văn Bàn\), Tân Thượng \(Văn Bàn\)",
        ),
        (_without([]), {"visits": "percent"}, "does not add up"),
        (_without([]), {"visits": "million VND/person/year"}, "does not add up"),
        (
            lambda old: old.rename(columns={"visits": "average_visits"}),
            {"average_visits": "visits"},
            "does not add up",
        ),
        (lambda old: old.assign(visits=old["visits"].astype(str)), {"visits": "visits"}, "holds text"),
        (lambda old: old.drop(columns="year"), {"visits": "visits"}, "no column year"),
        (lambda old: pd.concat([old, old.head(1)]), {"visits": "visits"}, "Phố Ràng 2024 stands twice"),
        (
            lambda old: old.replace({"area": {"Tân An": "Tân Ann"}}),
            {"visits": "visits"},
            "did you mean Tân An",
        ),
        (
            lambda old: old.assign(visits=old["visits"].where(old["area"] != "Cam Cọn")),
            {"visits": "visits"},
            "Cam Cọn has no value",
        ),
        (
            lambda old: pd.concat([old, pd.DataFrame({"area": ["Bảo Yên"], "year": 2024, "visits": 9.0})]),
            {"visits": "visits"},
            "Bảo Yên 2024 stands beside its parts",
        ),
        (
            lambda old: pd.DataFrame({"area": ["Bảo Yên"], "year": 2020, "visits": 2.0}),
            {"visits": "visits"},
            r"Bảo Yên 2020: no commune of this name stood then, but Bảo Yên \(commune from 2025-07-01\)",
        ),
    ],
)
def test_what_cannot_be_summed_is_refused(change, values, said):
    with pytest.raises(IncompleteMerger, match=said):
        carry(change(_old_communes()), COMMUNES, values=values)


def test_a_table_of_one_year_needs_no_year():
    new = carry(_old_communes().drop(columns="year"), COMMUNES, values={"visits": "visits"}, by=())
    assert new.columns.tolist() == ["area", "visits", "made_from"]
    assert len(new) == 6


def test_all_faults_come_at_once():
    old = _old_communes()
    with pytest.raises(IncompleteMerger) as refusal:
        carry(old[~old["area"].isin(["Tân An", "Minh Tân"])], COMMUNES, values={"visits": "visits"})
    assert "Tân An" in str(refusal.value)
    assert "Minh Tân" in str(refusal.value)


def test_a_commune_of_no_merger_and_a_missing_value_stay_as_they_are():
    table = pd.DataFrame({"area": ["Văn Bàn", "Văn Bàn"], "year": [2025, 2026], "visits": [5.0, None]})
    assert carry(table, COMMUNES, values={"visits": "visits"})["visits"].isna().tolist() == [False, True]
