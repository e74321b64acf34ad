"""The names an analyst uses, on the stored tables."""

import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT

import baoyen_analysis as by


def test_every_table_comes_back_as_it_was_built(built):
    import pandas as pd

    for name, table in built.items():
        pd.testing.assert_frame_equal(getattr(by, name)(), table)


def test_a_table_given_out_can_be_changed_without_harm():
    table = by.panel()
    table["year"] = 0
    assert (by.panel()["year"] > 0).all()


def test_a_series_is_one_row_a_year_of_chosen_outcomes():
    table = by.series("income_per_capita")
    columns = ["year", "value", "low", "high", "flag", "definition", "figure_id"]
    assert list(table.columns) == [*columns, "spread_low", "spread_high", "other_figure_ids"]
    assert table[["year", "value", "low", "high"]].values.tolist() == [
        [2012, 9.35, 9.3495, 9.3505],
        [2022, 45, 44.5, 45.5],
    ]


def test_a_value_that_conflicts_has_the_others_beside_it():
    row = by.series("income_per_capita").set_index("year").loc[2022]
    assert row[["value", "flag", "spread_low", "spread_high"]].tolist() == [45, "conflict", 44.5, 50.5]
    assert (row["figure_id"], row["other_figure_ids"]) == ("thby-1015-01", "laocaitv-2022-05")


def test_derived_years_are_added_only_when_asked_and_are_marked():
    table = by.series("income_per_capita", derived=True)
    assert table[["year", "value", "derived"]].values.tolist() == [
        [2012, 9.35, False],
        [2020, 32.67, True],
        [2022, 45.0, False],
    ]


def test_a_definition_can_be_asked_for():
    table = by.series(
        "poverty_rate", area="Lào Cai", level="province", definition="GSO monetary poverty rate"
    )
    assert table["year"].max() == 2016
    assert set(table["definition"]) == {"GSO monetary poverty rate"}


def test_nothing_held_is_an_empty_series_but_an_unknown_name_is_refused():
    assert by.series("forest_cover").empty
    with pytest.raises(ValueError, match="did you mean income_per_capita"):
        by.series("income_percapita")
    with pytest.raises(ValueError, match="did you mean Bảo Yên"):
        by.series("income_per_capita", area="Bao Yen")


def test_trace_shows_the_words_the_source_and_what_became_of_it():
    traced = by.trace("laocaitv-2022-05")
    assert traced["value_text"] == "50 triệu đồng"
    assert traced["publisher"] == "Đài PT-TH Lào Cai (laocaitv.vn)"
    assert traced["title"] == "Bảo Yên hoàn thành 21/22 chỉ tiêu năm 2022"
    assert traced["url"].startswith("http://laocaitv.vn/")
    assert traced["became"] == "conflicting"
    assert traced["reason"].startswith(
        "does not meet thby-1015-01 (45): statistics office and government come"
    )
    speaks = by.trace("thby-1015-01")
    assert speaks["became"] == "chosen; panel: Bảo Yên (district) 2022, income_million_vnd"


def test_trace_tells_of_derived_values_and_crosschecks():
    assert "derived: 32.67 for Bảo Yên 2020" in by.trace("gov-zone3-03")["became"]
    assert "cross-check bx-qlqh8866-03-c1: does not agree" in by.trace("bx-123docz-02")["became"]


def test_trace_of_an_unknown_figure_suggests():
    with pytest.raises(ValueError, match="did you mean laocaitv-2022-05"):
        by.trace("laocaitv-2022-5")


def test_importing_loads_nothing_heavy():
    heavy = "{'pandas', 'numpy', 'matplotlib', 'pandera', 'typer'}"
    code = f"import sys, baoyen_analysis; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_importing_a_room_looks_for_no_public_name():
    code = (
        "import sys; from baoyen_analysis import journal; print({'pandas', 'rapidfuzz'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


@pytest.mark.parametrize("collects", ["enable", "disable"])
def test_garbage_is_collected_after_a_room_is_loaded_as_before(collects):
    code = f"""import gc, sys, types
import baoyen_analysis as by
gc.{collects}()
said = lambda name, *_: print(name, gc.isenabled()) if name == "pandas" else None
sys.meta_path.insert(0, types.SimpleNamespace(find_spec=said))
print(by.needed.__name__, gc.isenabled())"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["pandas False", f"needed {collects == 'enable'}"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("\n", "\n<<<<<<< HEAD\n", 1), "two versions of rows"),
        (lambda text: text.replace("figure_id", "figure"), "columns are not those"),
        (lambda text: "", "it is empty"),
        (lambda text: text.replace(",2022,2022,", ",2022,this year,", 1), "no whole number"),
        (lambda text: text.replace("\n", ",,,,\n", 3), "columns are not those"),
        (lambda text: text.replace("\n", ",\n", 2).replace(",\n", "\n", 1), "row 2 has 36 cells, not 35"),
        (lambda text: text.replace("\n", "\na,b\n", 1), "row 2 has 2 cells, not"),
        (lambda text: f'{text}"', "is cut short|unexpected end"),
        (lambda text: f'{text}"\n', "unexpected end"),
        (lambda text: text.replace(",2022,2022,", ",2022,nan,", 1), "no whole number"),
        (lambda text: text.replace(",2022,2022,", ",2022,2022.5,", 1), "no whole number"),
        (lambda text: text.replace(",2022,2022,", ",2022,inf,", 1), "no whole number"),
        (lambda text: text.replace(",false,", ",FALSE,", 1), "neither true nor false"),
    ],
)
def test_a_damaged_table_is_named_with_its_remedy(change, words, tmp_path, monkeypatch):
    stored = tmp_path / "data" / "processed"
    shutil.copytree(ROOT / "data" / "processed", stored)
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    path = stored / "observations.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ValueError, match=f"data/processed/observations.csv.*({words}).*accept"):
        by.observations()


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_table_saved_by_another_program_is_the_same(change, tmp_path, monkeypatch):
    """With a mark of the byte order, or other ends of lines."""
    own = by.derived()
    shutil.copytree(ROOT / "data" / "processed", tmp_path / "data" / "processed")
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    path = tmp_path / "data" / "processed" / "derived.csv"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    pd.testing.assert_frame_equal(by.derived(), own)


def test_an_unknown_name_is_told_the_nearest():
    with pytest.raises(AttributeError, match=r"did you mean panel.*by.help"):
        _ = by.panels


def test_every_public_name_is_there():
    for name in by.__all__:
        assert getattr(by, name) is not None, name


def test_a_pipe_in_the_place_of_a_table_is_refused_and_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "processed").mkdir()
    os.mkfifo(tmp_path / "data" / "processed" / "sources.csv")
    with pytest.raises(FileNotFoundError, match=r"sources\.csv is not in"):
        by.sources()


@pytest.mark.parametrize(("cut", "said"), [(-20, "is cut short"), (None, "it lacks ")])
def test_stored_sources_that_lost_their_end_are_told(cut, said, tmp_path, monkeypatch):
    """In the middle of a row, or a row: not an error of the figure that looks for its source."""
    from baoyen_analysis import tracing

    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "processed" / "sources.csv"
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] if cut else whole[: whole.rindex(b"\n", 0, -1) + 1])
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    with pytest.raises(ValueError, match=rf"data/processed/sources.csv can't be read: .*{said}.*accept"):
        tracing.trace("laocaitv-2022-05")


def test_an_answer_is_made_anew_when_only_the_sources_change(tmp_path, monkeypatch):
    import pandas as pd

    for name in ("raw", "processed"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    monkeypatch.setenv("BAOYEN_ROOT", str(tmp_path))
    assert by.readings("income_per_capita").rows["outcome_publishers"].max() > 0
    path = tmp_path / "data" / "processed" / "sources.csv"
    pd.read_csv(path, dtype=str).assign(counted_as="").to_csv(path, index=False)
    assert by.readings("income_per_capita").rows["outcome_publishers"].max() == 0
