"""What is written: the same bytes for the same tables, in one step, described by its package; and what
differs is told."""

import hashlib
import json

import pandas as pd
import pytest

from baoyen_analysis import paths
from baoyen_analysis.cleaning import schema, store


def test_the_stored_tables_are_what_the_record_makes(built):
    differences = store.differences(built, paths.processed())
    assert differences.empty, differences.to_string()


def test_writing_twice_changes_nothing_and_leaves_no_temporary_file(built, tmp_path):
    assert len(store.write(built, tmp_path)) == len(schema.TABLES) + 1
    assert store.write(built, tmp_path) == []
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.csv" for name in schema.TABLES} | {
        "datapackage.json"
    }


def test_a_write_that_fails_changes_nothing_and_leaves_nothing(built, tmp_path, monkeypatch):
    store.write(built, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    made = []

    def full(name, mode):
        made.append(name)
        if len(made) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "chmod", full)
    changed = {name: table.iloc[1:] for name, table in built.items()}
    with pytest.raises(OSError, match="No space"):
        store.write(changed, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    with pytest.raises(IsADirectoryError):
        store.replace_file(tmp_path, b"a folder cannot be replaced by a file")
    assert set(tmp_path.iterdir()) == set(before)


def test_a_changed_cell_a_lost_row_and_a_strange_file_are_told(built, tmp_path):
    store.write(built, tmp_path)
    changed = dict(built)
    changed["panel"] = built["panel"].assign(tourist_visits=built["panel"]["tourist_visits"] * 1.0001)
    changed["sources"] = built["sources"].iloc[1:]
    (tmp_path / "more.csv").write_text("a\n1\n")
    rows = store.differences(changed, tmp_path)
    assert set(rows["file"]) == {"panel.csv", "sources.csv", "more.csv", "datapackage.json"}
    assert rows.loc[rows["file"] == "panel.csv", "column"].unique().tolist() == ["tourist_visits"]
    assert rows.loc[rows["file"] == "sources.csv", ["stored", "built"]].values.tolist() == [["the row", ""]]


def test_the_package_describes_each_file(tmp_path, built):
    store.write(built, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert [field["name"] for field in resource["schema"]["fields"]] == list(
            pd.read_csv(tmp_path / resource["path"], nrows=0).columns
        )


def test_numbers_are_written_short_and_missing_ones_not_at_all(built):
    text = store.to_csv(built["panel"], "panel").decode()
    cells = (
        "45,conflict,thby-1015-01,92,,thby-1015-02,780,at_least,laocaitv-2022-06,1200000,,laocaitv-2022-07"
    )
    assert f"Bảo Yên,district,2022,{cells}\n" in text


def test_the_dictionary_says_what_every_column_means():
    table = schema.dictionary()
    assert (table["meaning_en"] != "").all()
    assert (table["meaning_vi"] != "").all()
    assert not table.duplicated(["table", "column"]).any()
