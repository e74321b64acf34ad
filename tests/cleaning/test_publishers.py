"""Publishers are counted by house, and a reprint as that of whom it quotes."""

import re

import pandas as pd

from baoyen_analysis import paths
from baoyen_analysis.cleaning.publishers import describe

TABLE = pd.DataFrame(paths.rows_beside(describe.__globals__["__file__"], "publishers.csv"))


def test_the_table_names_each_publisher_once_and_only_ones_of_the_record(built):
    assert not TABLE["publisher"].duplicated().any()
    assert set(TABLE["publisher"]) <= set(built["sources"]["publisher"])
    assert TABLE["is_publisher"].isin(["yes", "no"]).all()


def test_whoever_says_that_it_reprints_or_quotes_is_in_the_table(built):
    says = re.compile(r"đăng lại|dẫn |nguồn|reprint|mirror|bản sao|bản lưu|compilation")
    said = {name for name in built["sources"]["publisher"] if says.search(name)}
    assert said <= set(TABLE["publisher"])
    known = TABLE.set_index("publisher").loc[list(said)]
    unknown = known[(known["copy_of"] == "") & (known["is_publisher"] == "yes")]
    assert unknown.empty, unknown


def test_one_house_is_counted_once(built):
    counted = built["sources"].set_index("publisher")["counted_as"]
    assert counted["VietnamPlus"].unique().tolist() == counted["VietnamPlus (VNA)"].unique().tolist()
    assert (
        counted["Trung tâm VH, TT - TT Bảo Yên (truyenhinhbaoyen.vn, đăng lại Báo Lào Cai)"].iloc[0]
        == "Báo Lào Cai"
    )
    assert counted["Scribd (GSO, Biểu 5.1)"] == counted["Tổng cục Thống kê (GSO), PX-Web"]
    assert set(counted["123docz.net"]) == {""}


def test_no_document_sharing_site_or_encyclopedia_counts_as_itself(built):
    sources = built["sources"]
    passed_on = sources[sources["source_kind"].isin(["document-sharing", "encyclopedia", "other"])]
    assert (passed_on["counted_as"] != passed_on["publisher"]).all()


def test_a_publisher_that_is_not_in_the_table_is_its_own_house():
    # Invented publishers.
    given = pd.DataFrame({"publisher": ["Office A", "Site B"], "source_kind": ["government", "other"]})
    described = describe(given)
    assert described["house"].tolist() == ["Office A", "Site B"]
    assert described["counted_as"].tolist() == ["Office A", ""]
