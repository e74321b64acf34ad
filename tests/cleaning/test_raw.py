"""data/raw is verified on every read, and every fault of every file comes at once."""

import hashlib
import os
import shutil

import pandas as pd
import pytest
from conftest import DATA, ROOT, each, sign

from baoyen_analysis.cleaning import build, observations, publishers, raw
from baoyen_analysis.cleaning.faults import Faults, FaultyRecord
from baoyen_analysis.printed.periods import UnreadablePeriod

# A small broken file a fault: the file, the row and column it is found in, and words that name it.
FAULTS = {
    "unknown_area": (3, "area", "unknown area: Bảo Yen (district)"),
    "unknown_level": (3, "area", "unknown area: Bảo Yên (commune_group)"),
    "unknown_unit": (3, "unit", "unknown unit: million dong"),
    "unit_of_another_indicator": (
        3,
        "unit",
        "income_per_capita is measured in million VND/person/year, not billion VND",
    ),
    "unknown_period": (3, "period", "unknown period"),
    "unknown_kind": (3, "kind", "unknown kind: result"),
    "unknown_source": (3, "source_id", "unknown source_id: nobody"),
    "unknown_indicator": (3, "indicator", "unknown indicator: income"),
    "unknown_qualifier": (3, "qualifier", "unknown qualifier: over"),
    "published_is_no_date": (3, "published", "published is no date: 31/12/2022"),
    "duplicate_figure_id": (3, "figure_id", "t-00 stands already in duplicate_figure_id.csv, row 2"),
    "value_disagrees": (3, "value_text", "«45 triệu đồng»"),
    "qualifier_disagrees": (3, "value_text", "«trên 45 triệu đồng»"),
    "unit_disagrees": (3, "value_text", "«45 ha»"),
    "scale_disagrees": (3, "value_text", "«45 tỷ đồng»"),
    "unreadable_figure": (3, "value_text", "can't be read"),
    "value_is_text": (3, "value", "value is not a number: forty-five"),
    "not_nfc": (3, "definition", "not in Unicode NFC"),
    "not_utf8": (3, "", "not in UTF-8"),
    "wrong_columns": (1, "", "the columns are not those of a table of the record: value_text, words"),
    "empty": (None, "", "not a table"),
    "header_only": (None, "", "the table has no row below its header"),
    "header_again": (3, "", "the header stands here again"),
    "control_code": (
        3,
        "note",
        "the text holds a control code: invented for a test; rung \\x07 and \\x1b[2J",
    ),
    "turned_letters": (3, "note", "the text holds a control code: invented for a test; a\\u202eb"),
    "one_comma_too_many": (3, "", "the row has 17 cells, the header 16"),
    "row_too_short": (3, "", "the row has 3 cells, the header 16"),
    "last_cell_missing": (3, "", "the row has 15 cells, the header 16"),
    "quotation_mark_left_open": (3, "", "the row has 8 cells, the header 16"),
    "conflict_of_versions": (3, "", "two versions of rows stand in conflict: '<<<<<<< HEAD'"),
    "locale_blank": (3, "locale", "unknown locale: "),
    "locale_unknown": (3, "locale", "unknown locale: fr"),
    "number_too_large": (3, "value", "value is not a number: 999"),
    "share_beyond_100": (3, "value_text", "poverty_rate is a share, from 0 to 100 %"),
    "commune_day": (3, "valid_to", "valid_to is no day: 30/6/2025"),
    "commune_twice": (3, "old_name", "Cũ to 2025-06-30 stands already in commune_twice.csv, row 2"),
    "commune_begins_too_early": (3, "new_valid_from", "before the old one has ended"),
    "amount_of_nothing": (3, "amount", "no base follows from this amount: 0"),
}


def faults_of(folder) -> pd.DataFrame:
    with pytest.raises(FaultyRecord) as caught:
        build.tables(folder)
    return caught.value.faults


def test_every_broken_file_is_tried():
    assert {path.stem for path in (DATA / "bad").glob("*.csv")} == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_file_is_one_fault_that_names_its_place(name, small_record):
    row, column, words = FAULTS[name]
    compared = [DATA / "good" / "figures.csv"] if name == "amount_of_nothing" else []
    faults = faults_of(small_record(*compared, DATA / "bad" / f"{name}.csv"))
    assert len(faults) == 1, faults.to_string()
    fault = faults.iloc[0]
    assert (fault["file"], None if pd.isna(fault["row"]) else fault["row"], fault["column"]) == (
        f"{name}.csv",
        row,
        column,
    )
    assert words in fault["problem"]
    assert fault["remedy"]


def test_all_faults_of_all_files_come_at_once(small_record):
    # Each file's figures get their own ids, so that only the planted faults are found.
    folder = small_record(*(DATA / "bad").glob("*.csv"))
    for path in folder.glob("*.csv"):
        if path.stem in FAULTS:
            path.write_bytes(path.read_bytes().replace(b"t-0", path.stem.encode() + b"-0"))
    sign(folder)
    faults = faults_of(folder)
    assert set(faults["file"]) == {f"{name}.csv" for name in FAULTS}
    assert len(faults) == len(FAULTS)


@pytest.mark.parametrize("name", ["one_comma_too_many", "row_too_short", "conflict_of_versions"])
def test_a_row_that_cannot_be_read_stands_alone(name, tmp_path):
    """Nothing that names the ids of a broken file is held against the others."""
    folder = copy_of_the_record(tmp_path)
    lines = (folder / "income.csv").read_text(encoding="utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("gov-zone3-03,"))
    lines[at : at + 1] = {
        "one_comma_too_many": [lines[at] + ","],
        "row_too_short": [lines[at][:30]],
        "conflict_of_versions": ["<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> theirs"],
    }[name]
    (folder / "income.csv").write_text("\n".join(lines), encoding="utf-8")
    sign(folder)
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [["income.csv", at + 1]], faults.to_string()
    # That its checksum is not the one listed is no news beside it.
    (folder / "SHA256SUMS").write_bytes((ROOT / "data" / "raw" / "SHA256SUMS").read_bytes())
    assert len(faults_of(folder)) == 1


@pytest.mark.parametrize("name", ["income", "tourism", "sources", "communes", "comparisons", "goals"])
def test_a_file_saved_with_letters_apart_is_one_fault(name, tmp_path):
    """As some programs save it: each letter, then its marks. What else names its words still finds them."""
    folder = copy_of_the_record(tmp_path)
    path = folder / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    marked = [row for row, line in enumerate(lines, 1) if "ả" in line]
    path.write_text("\n".join(lines).replace("ả", "a\u0309"), encoding="utf-8")
    sign(folder)
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [[path.name, marked[0]]], faults.to_string()
    assert f"{len(marked) - 1} more row" in faults["problem"].iloc[0]


@pytest.mark.parametrize("name", ["income", "cpi", "sources", "communes", "comparisons", "goals"])
def test_a_file_without_its_header_is_one_fault(name, tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / f"{name}.csv"
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    sign(folder)
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [[path.name, 1]], faults.to_string()


def test_bytes_that_are_no_text_are_one_fault_whatever_marks_are_among_them(tmp_path):
    folder = copy_of_the_record(tmp_path)
    (folder / "communes.csv").write_bytes(b"a\xcc\x80\n\xf6\na\xcc\x80\n")
    sign(folder)
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [["communes.csv", 2]], faults.to_string()
    assert "not in UTF-8" in faults["problem"].iloc[0]


def test_a_code_in_a_correction_or_an_id_is_one_fault(tmp_path):
    """What names that id is not held against the others."""
    folder = copy_of_the_record(tmp_path)
    for name, row in (("corrections.csv", 1), ("income.csv", 4), ("sources.csv", 30)):
        before = (folder / name).read_bytes()
        lines = before.split(b"\n")
        lines[row] = lines[row][:2] + b"\x07" + lines[row][2:]
        (folder / name).write_bytes(b"\n".join(lines))
        sign(folder)
        faults = faults_of(folder)
        assert faults[["file", "row"]].values.tolist() == [[name, row + 1]], faults.to_string()
        assert "control code" in faults["problem"].iloc[0]
        (folder / name).write_bytes(before)


def test_a_quotation_mark_left_open_that_takes_whole_rows_in_is_one_fault(tmp_path):
    """The cell ends at the next mark, and the row has as many cells as the header."""
    folder = copy_of_the_record(tmp_path)
    path = folder / "sources.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if i > 20 and '"' not in "".join(lines[i : i + 3]))
    start, end = lines[at].split(","), lines[at + 2].split(",")
    lines[at] = ",".join([*start[:-1], '"' + start[-1]])
    lines[at + 2] = ",".join(end) + '"'
    path.write_text("\n".join(lines), encoding="utf-8")
    sign(folder)
    faults = faults_of(folder)
    told = faults[["file", "row", "problem"]].values.tolist()
    assert told == [["sources.csv", at + 1, "a cell holds whole rows"]], faults.to_string()


@pytest.mark.parametrize("name", ["goals.csv", "notes_vi.csv"])
def test_a_row_that_stands_twice_is_one_fault(name, tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / name
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:4], lines[2], *lines[4:]]))
    sign(folder)
    if name == "notes_vi.csv":
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        (folder / "notes_vi.sha256").write_text(f"{digest}  {name}\n", encoding="utf-8")
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [[name, 5]], faults.to_string()
    assert f"stands already in {name}, row 3" in faults["problem"].iloc[0]


def test_a_cell_that_has_taken_in_the_next_row_alone_is_a_fault(small_record):
    folder = small_record()
    path = folder / "figures.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    before, _, last = lines[1].rpartition(",")
    lines[1:3] = [f'{before},"{last}', f'{lines[2]}"']
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    sign(folder)
    faults = faults_of(folder)
    assert faults[["row", "problem"]].values.tolist() == [[2, "a cell holds whole rows"]]


def test_as_many_files_beside_the_list_as_on_it_are_faults_of_their_own(small_record):
    folder = small_record()
    for name in ("a.csv", "b.csv"):
        shutil.copy(folder / "figures.csv", folder / name)
    faults = faults_of(folder)
    assert faults[["file", "problem"]].values.tolist() == [
        [name, "the file is not listed in SHA256SUMS"] for name in ("a.csv", "b.csv")
    ]


@pytest.mark.parametrize("quoted", [False, True])
def test_a_long_table_is_read_by_the_fast_reader(quoted):
    figures = raw.read().figures[list(raw.COLUMNS["figures"])].assign(note="a, b" if quoted else "a")
    plain = ~figures.drop(columns="note").apply(lambda cells: cells.str.contains('[,"]')).any(axis=1)
    table = figures[plain].head(20).reset_index(drop=True)
    content = table.to_csv(index=False, lineterminator="\n").encode()
    read = raw._long_table(content, len(table) + 1)
    assert (b'"' in content) == quoted
    pd.testing.assert_frame_equal(read, table)


def test_a_first_line_longer_than_any_cell_is_a_fault_of_that_line(tmp_path):
    folder = copy_of_the_record(tmp_path)
    (folder / "income.csv").write_bytes(b"x" * 200_000 + b"\n" + (folder / "income.csv").read_bytes())
    sign(folder)
    faults = faults_of(folder)
    assert faults.loc[faults["file"] == "income.csv", "row"].tolist() == [1], faults.to_string()


def test_what_the_folder_of_an_office_keeps_stands_once(tmp_path, own_words):
    folder = copy_of_the_record(tmp_path)
    batch = folder / "2026-01-01-office"
    batch.mkdir()
    kept = {
        "files.csv": ("name,sha256,sheet", "invented.csv,0,"),
        "indicators.csv": ("indicator,unit,unit_vi,vi,en,direction", "own_kilns,kilns,lò,Lò gốm,Kilns,1"),
        "names.csv": ("label,indicator", "Thu nhập,income_per_capita"),
    }

    def write(times: int) -> None:
        for name, (header, row) in kept.items():
            (batch / name).write_text("\n".join([header, *[row] * times, ""]), encoding="utf-8")
        sign(batch)

    write(1)
    assert len(raw.read(folder).files) == 1
    write(2)
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [[f"{batch.name}/{name}", 3] for name in kept]
    assert faults["problem"].str.endswith(", row 2").all()


def test_a_period_that_is_no_text_is_not_taken_for_another():
    record = raw.read()
    figures = record.figures.assign(period=record.figures["period"].mask(record.figures.index == 5))
    with pytest.raises(UnreadablePeriod, match="nan"):
        observations.clean(figures, publishers.describe(record.sources), record.communes)


def test_a_list_of_checksums_that_is_cut_short_is_one_fault(tmp_path):
    folder = copy_of_the_record(tmp_path)
    sums = folder / "SHA256SUMS"
    sums.write_text("".join(sums.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    faults = faults_of(folder)
    assert faults[["file", "problem"]].values.tolist() == [["SHA256SUMS", "it lists too few of the files"]]


def test_no_sources_at_all_is_one_fault(tmp_path):
    folder = copy_of_the_record(tmp_path)
    (folder / "sources.csv").unlink()
    sign(folder)
    fault = faults_of(folder)
    assert fault[["file", "problem"]].values.tolist() == [["sources.csv", "the record has no sources"]]


@pytest.mark.parametrize("name", ["sources", "income", "communes", "goals", "comparisons", "notes_vi"])
def test_a_table_that_lost_its_rows_stands_alone(name, tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / f"{name}.csv"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    sign(folder)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if name == "notes_vi":
        (folder / "notes_vi.sha256").write_text(f"{digest}  notes_vi.csv\n")
    faults = faults_of(folder)
    assert faults[["file", "problem"]].values.tolist() == [
        [f"{name}.csv", "the table has no row below its header"]
    ]


def test_a_source_that_is_gone_is_one_fault_however_many_figures_name_it(tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if line.startswith("laocaitv-2022,"))
    path.write_text("".join(line for line in lines if line != gone), encoding="utf-8")
    sign(folder)
    faults = faults_of(folder)
    assert faults["problem"].tolist() == ["unknown source_id: laocaitv-2022 (in 6 more rows too)"]


@pytest.mark.parametrize("column", ["valid_to", "new_valid_from"])
def test_a_day_of_a_commune_that_is_none_stands_alone(column, tmp_path):
    folder = copy_of_the_record(tmp_path)
    table = pd.read_csv(folder / "communes.csv", dtype=str, keep_default_na=False)
    table.loc[0, column] = "30/6/2025"
    table.to_csv(folder / "communes.csv", index=False, lineterminator="\n")
    sign(folder)
    faults = faults_of(folder)
    assert faults[["file", "row", "column"]].values.tolist() == [["communes.csv", 2, column]]


@pytest.mark.parametrize("how", ["folder", "pipe", "dangling"])
def test_what_is_no_file_is_named(how, tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / "income.csv"
    path.unlink()
    make = {
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "dangling": lambda: path.symlink_to("nowhere"),
    }
    make[how]()
    fault = faults_of(folder)
    assert fault["file"].tolist() == ["income.csv"]
    assert "it is no file but a folder, a link or a pipe" in fault["problem"].iloc[0]


def test_a_link_to_a_folder_is_named_and_not_passed_over(tmp_path):
    folder = copy_of_the_record(tmp_path)
    shutil.copytree(DATA / "good", tmp_path / "elsewhere")
    sign(tmp_path / "elsewhere")
    (folder / "2026-01-01-office").symlink_to(tmp_path / "elsewhere")
    fault = faults_of(folder)
    assert fault[["file", "problem"]].values.tolist() == [["2026-01-01-office", "it is a link to a folder"]]


@pytest.mark.parametrize("line", ["", "nobody-01,Ghi chú (bịa ra).\n", "<<<<<<< HEAD\n", "thby-1015-03\n"])
def test_notes_are_checked_as_a_table_of_the_record(line, tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / "notes_vi.csv"
    path.write_bytes(path.read_bytes() + line.encode())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "notes_vi.sha256").write_text(f"{digest}  notes_vi.csv\n")
    if line:
        fault = faults_of(folder)
        rows = len(path.read_text(encoding="utf-8").splitlines())
        assert fault[["file", "row"]].values.tolist() == [["notes_vi.csv", rows]]
    else:
        assert len(build.tables(folder)["observations"]) == 577


def test_the_fast_reader_and_the_one_that_counts_rows_read_the_same():
    for path in (ROOT / "data" / "raw").glob("*.csv"):
        fast = raw._plain_rows(path.read_bytes())
        counted = raw._rows(path.read_text(encoding="utf-8"), path.name, Faults())
        pd.testing.assert_frame_equal(fast, counted, check_dtype=False)


@each(
    [
        lambda text: text.replace(",eq,", ",", 1),
        lambda text: text.replace(",eq,", ",,eq,", 1),
        lambda text: text + '"open\n',
        lambda text: text.replace("\n", "\n\n", 1),
        lambda text: text.replace("\n", "\n=======\n", 1),
        lambda text: text + text,
        lambda text: text.replace("đồng", "đồng\x00", 1),
        lambda text: text.replace("đồng", "đồng\r", 1),
        lambda text: text.partition("\n")[0] + "\n",
        lambda text: text[:-1].rpartition("\n")[0] + "\nshort\n",
    ]
)
def test_the_fast_reader_leaves_what_is_unusual(change):
    text = (DATA / "good" / "figures.csv").read_text(encoding="utf-8")
    assert raw._plain_rows(text.encode()) is not None
    assert change(text) != text
    assert raw._plain_rows(change(text).encode()) is None


def test_a_message_is_not_endless_and_holds_no_code_for_a_terminal(small_record, tmp_path):
    path = tmp_path / "figures.csv"
    text = (DATA / "good" / "figures.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("45 triệu đồng", "45\x1b[31m triệu " + "9" * 4000), encoding="utf-8")
    fault = faults_of(small_record(path)).iloc[0]
    assert "\x1b" not in fault["problem"]
    assert "\\x1b[31m" in fault["problem"]
    assert len(fault["problem"]) < 400


@pytest.mark.parametrize("change", [b"\xef\xbb\xbf%s", b"%s\n\n"])
def test_a_byte_order_mark_and_blank_lines_at_the_end_do_no_harm(change, small_record, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(change % (DATA / "good" / "figures.csv").read_bytes())
    assert len(build.tables(small_record(path))["observations"]) == 2


def test_growth_rates_may_lie_beyond_100_percent(small_record, tmp_path):
    path = tmp_path / "figures.csv"
    text = (DATA / "bad" / "share_beyond_100.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("poverty_rate", "economic_growth"), encoding="utf-8")
    assert len(build.tables(small_record(path))["observations"]) == 2


def test_the_good_record_is_read(small_record):
    assert len(build.tables(small_record())["observations"]) == 2


def copy_of_the_record(tmp_path):
    folder = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw", folder)
    return folder


def test_an_altered_file_is_named(tmp_path):
    folder = copy_of_the_record(tmp_path)
    path = folder / "income.csv"
    path.write_bytes(path.read_bytes().replace(b",50,,million", b",51,,million", 1))
    faults = faults_of(folder)
    assert faults["file"].tolist() == ["income.csv", "income.csv"]
    assert "altered" in faults["problem"].iloc[0] or "altered" in faults["problem"].iloc[1]


def test_a_missing_and_an_unlisted_file_are_named(tmp_path):
    folder = copy_of_the_record(tmp_path)
    (folder / "cpi.csv").rename(folder / "cpi-2.csv")
    problems = faults_of(folder).set_index("file")["problem"]
    assert problems["cpi.csv"] == "the file is missing"
    assert problems["cpi-2.csv"] == "the file is not listed in SHA256SUMS"


def test_a_folder_of_its_own_is_read_with_the_record(tmp_path):
    folder = copy_of_the_record(tmp_path)
    added = folder / "2026-01-01-office"
    added.mkdir()
    for name in ("figures.csv", "sources.csv"):
        shutil.copy(DATA / "good" / name, added)
    sign(added)
    assert len(build.tables(folder)["observations"]) == 579


def test_a_folder_without_its_checksums_is_a_fault(tmp_path):
    folder = copy_of_the_record(tmp_path)
    added = folder / "2026-01-01-office"
    shutil.copytree(DATA / "good", added)
    fault = faults_of(folder).iloc[0]
    assert (fault["file"], fault["problem"]) == (
        "2026-01-01-office/SHA256SUMS",
        "the list of checksums is missing",
    )
    added.rename(folder / ".ipynb_checkpoints")  # an editor's copies are no part of the record
    assert len(build.tables(folder)["observations"]) == 577


def test_a_list_of_checksums_that_is_none_is_a_fault(small_record):
    folder = small_record()
    (folder / "SHA256SUMS").write_bytes(
        (folder / "SHA256SUMS").read_bytes().splitlines(keepends=True)[0] + b"\xff half\n"
    )
    faults = faults_of(folder)
    assert faults[["file", "row"]].values.tolist() == [["SHA256SUMS", 2]]
    assert "no checksum and name of a file" in faults["problem"].iloc[0]


def test_a_correction_is_applied_and_said(tmp_path):
    folder = copy_of_the_record(tmp_path)
    (folder / "corrections.csv").write_text(
        "key,column,expected,replacement,reason\nlaocaitv-2022-05,definition,,of all households,test\n",
        encoding="utf-8",
    )
    row = build.tables(folder)["observations"].set_index("figure_id").loc["laocaitv-2022-05"]
    assert row["definition"] == "of all households"
    assert "corrected: definition" in row["note"]


def test_corrections_reach_sources_and_communes(tmp_path):
    folder = copy_of_the_record(tmp_path)
    (folder / "corrections.csv").write_text(
        "key,column,expected,replacement,reason\n"
        "thby-1015,published,,2023-01,test\n"
        "Long Khánh 2020-02-10,legal_act,896/NQ-UBTVQH14,896/NQ-UBTVQH14 (invented),test\n"
        "thby-q1-2025-01,year_inferred,,true,test\n",
        encoding="utf-8",
    )
    tables = build.tables(folder)
    source = tables["sources"].set_index("source_id").loc["thby-1015"]
    assert source["published"] == "2023-01"
    assert "corrected: published" in source["note"]
    communes = tables["communes"].set_index("old_name")
    assert communes.loc["Long Khánh", "legal_act"] == "896/NQ-UBTVQH14 (invented)"
    figures = tables["observations"].set_index("figure_id")
    assert figures.index[figures["year_inferred"]].tolist() == ["thby-q1-2025-01"]
    assert (figures.loc[figures["source_id"] == "thby-1015", "published"] == "2023-01").all()


def test_every_figure_whose_note_says_inferred_is_marked_and_known_to_be_so():
    figures = raw.read().figures
    said = figures["note"].str.contains("inferred")
    assert said.sum() >= 27
    assert (figures.loc[said, "year_inferred"] == "true").all()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nothing-01,value,50,51,test", "names no row"),
        ("laocaitv-2022-05,value,49,51,test", "expects '49' where '50' stands"),
        ("thby-1015,published,2022,2023,test", "expects '2022' where '' stands"),
        ("laocaitv-2022-05,colour,49,51,test", "names no row or no column"),
    ],
)
def test_a_correction_that_matches_nothing_is_a_fault(tmp_path, line, words):
    folder = copy_of_the_record(tmp_path)
    (folder / "corrections.csv").write_text(f"key,column,expected,replacement,reason\n{line}\n")
    faults = faults_of(folder)
    assert len(faults) == 1
    assert words in faults["problem"].item()


def test_translated_notes_are_what_their_checksum_lists_and_of_figures_with_a_note(tmp_path, built):
    held = built["observations"].set_index("figure_id")["note"]
    translated = pd.read_csv(ROOT / "data" / "raw" / raw.NOTES, dtype=str, keep_default_na=False)
    assert translated["figure_id"].is_unique
    assert (held[translated["figure_id"]] != "").all()
    folder = copy_of_the_record(tmp_path)
    with (folder / raw.NOTES).open("a", encoding="utf-8") as notes:
        notes.write("laocaitv-2022-05,khác\n")
    for altered in (lambda: None, (folder / raw.NOTES).unlink):
        altered()
        assert faults_of(folder)["file"].tolist() == [raw.NOTES]
    (folder / raw.NOTES_SUM).unlink()
    assert raw.read(folder).figures.shape[0] == 577


def test_the_record_is_the_collected_one():
    shared = ROOT.parent / "shared" / "data" / "raw-2026-11-28"
    if not shared.exists():
        pytest.skip("the collected record is not beside the project: ../shared/data/raw-2026-11-28")
    for path in shared.iterdir():
        assert (ROOT / "data" / "raw" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_record_has_its_577_figures():
    record = raw.read()
    assert len(record.figures) == 577
    assert len(record.sources) == 190
    assert len(record.comparisons) == 111
    assert len(record.goals) == 16


def test_a_folder_is_read_without_a_project_and_the_project_s_record_is_not(
    small_record, tmp_path, monkeypatch
):
    folder = small_record()
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path / "nowhere"))
    assert len(raw.read(folder).figures) == 2
    with pytest.raises(FileNotFoundError, match="no project folder was found"):
        raw.read()


@pytest.mark.parametrize("letters", [79, 80, 81, 200])
def test_of_a_long_text_eighty_letters_are_told(letters, small_record, tmp_path):
    """A place that is not known, words that can't be read, a control code, a share of more than a whole."""
    path, word = tmp_path / "figures.csv", "x" * letters
    lines = (DATA / "good" / "figures.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.replace("t-00", f"t-{place}") for place, line in enumerate([lines[1]] * 4)]
    rows[0] = rows[0].replace("2020", word)
    rows[1] = rows[1].replace("40 triệu đồng", word)
    rows[2] = rows[2].replace("invented for a test", "\x07" + word)
    percent = "101" + " " * (letters - 4) + "%"
    of_poverty = (
        ("income_per_capita", "poverty_rate"), ("40 triệu đồng", percent), (",40,", ",101,"),
        ("million VND/person/year", "percent"),
    )  # fmt: skip
    for old, new in of_poverty:
        rows[3] = rows[3].replace(old, new)
    path.write_text("\n".join([lines[0], *rows, ""]), encoding="utf-8")
    assert faults_of(small_record(path))["problem"].tolist() == [
        f"unknown period: {word[:80]}",
        f"«{word[:80]}»: the figure can't be read: no number is printed",
        f"the text holds a control code: \\x07{word[:79]}",
        f"«{percent[:80]}»: poverty_rate is a share, from 0 to 100 %",
    ]
