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


def test_every_kind_of_difference_is_told_with_its_row_and_its_cells(built, tmp_path):
    def stored(name, change):
        path = tmp_path / name
        path.write_bytes(change(path.read_bytes()))

    store.write(built, tmp_path)
    # Two numbers that are not printed, in the first and the last row; a row that is lost, and one too many.
    whole = (tmp_path / "panel.csv").read_text(encoding="utf-8").splitlines()
    first, last = (f"{whole[row].rpartition(',')[0]},invented" for row in (1, -1))
    more = whole[2].replace(whole[2].split(",")[2], "1999", 1)
    stored("panel.csv", lambda _: "\n".join([whole[0], first, *whole[3:-1], last, more, ""]).encode())
    stored("communes.csv", lambda content: content.replace(b"\n", b"\r\n"))
    stored("sources.csv", lambda content: content.replace(b"source_id,", b"id,", 1))
    stored("derived.csv", lambda content: content.replace(b",note\n", b",remark\n", 1))
    stored("datapackage.json", lambda content: content + b"\n")
    (tmp_path / "targets.csv").unlink()
    (tmp_path / "a.csv").touch()
    rows = store.differences(built, tmp_path).sort_values(["file", "key", "column"])

    def key(row):
        return " / ".join(whole[row].split(",")[:3])

    def cell(row):
        return whole[row].rsplit(",", 1)[1]

    column = whole[0].rsplit(",", 1)[1]
    told = [
        ("a.csv", "", "", "the file is not of the record", ""),
        ("communes.csv", "", "", "other bytes", "the same cells"),
        ("datapackage.json", "", "", "other content", "the description of the tables as built"),
        ("panel.csv", key(1), column, "invented", cell(1)),
        ("panel.csv", key(2), "", "", "the row"),
        ("panel.csv", " / ".join(more.split(",")[:3]), "", "the row", ""),
        ("panel.csv", key(-1), column, "invented", cell(-1)),
        ("sources.csv", "", "", "the file can't be read: 'source_id'", ""),
        ("targets.csv", "", "", "", "the file is missing"),
    ]
    assert sorted(rows[rows["file"] != "derived.csv"].itertuples(index=False, name=None)) == sorted(told)
    renamed = rows[rows["file"] == "derived.csv"]
    assert set(renamed["column"]) == {"note", "remark"}
    noted = {row.comparison_id: row.note for row in built["derived"].itertuples() if row.note}
    of_note = renamed[renamed["column"] == "note"]
    assert dict(zip(of_note["key"], of_note["built"], strict=True)) == noted
    assert (of_note["stored"] == "").all()
    assert store.changed(built, tmp_path).keys() == {
        tmp_path / name for name in set(rows["file"]) - {"a.csv"}
    }


def test_written_files_may_be_read_by_everyone_and_their_folder_is_made(built, tmp_path):
    store.write(built, tmp_path / "a" / "b")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "a" / "b").iterdir()} == {0o644}


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
