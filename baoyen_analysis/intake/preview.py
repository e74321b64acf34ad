"""What a file gives, as a person reads it: first what will be taken, as the table that it came from; then
what differs from the record; then what is not taken, by reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from baoyen_analysis import words
from baoyen_analysis.intake.recognise import is_letter, nearest
from baoyen_analysis.words import Language

if TYPE_CHECKING:
    from baoyen_analysis.intake.record import Intake

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 60, 8, 4
_QUIET = ("blank", "again", "comparison", "note")  # reasons that ask for nothing
_PLACE = re.compile(r"([A-Z]+)(\d+)")


class Grid(NamedTuple):
    """A table to be shown: its heads, its rows, and how many rows are left out."""

    heads: list[str]
    rows: list[list[str]]
    left_out: int


def refused(reason: str, parts: Mapping[str, Any], t: Language) -> tuple[str, str, str]:
    """What a number that is not taken is about, why, and what to do."""
    near = str(parts.get("near", "")) or ", ".join(nearest(str(parts.get("label", ""))))
    said = dict(parts) | {"near": t.say("preview.near", names=near) if near else ""}
    if "indicator" in parts:
        said["indicator"] = t.name(str(parts["indicator"]))
    about, why, remedy = (t.say(f"preview.{part}_{reason}", **said) for part in ("about", "why", "remedy"))
    return about, why, remedy


def of_reader(text: str, problem: str, t: Language) -> tuple[str, str]:
    """Whether a problem that the reader of tables reports is a refusal ("reader"), a note, or nothing ("",
    of a letterhead or a signature), and its words."""
    if is_letter(text):
        return "", ""
    for kind in ("reader", "note"):
        for key, known in words.of("en").group(f"preview_{kind}").items():
            if found := re.match(re.sub(r"\\\{\d\\\}", "(.*)", re.escape(known)), problem):
                said = t.words[f"preview_{kind}.{key}"]
                return kind, problem if said == known else said.format(*found.groups())
    return "reader", problem


def screen(intake: Intake, t: Language) -> Iterator[str | Grid]:
    """The preview, a line or a table at a time."""
    yield t.say("preview.taken" if len(intake.figures) else "preview.taken_none", figures=len(intake.figures))
    yield from _tables(intake, t)
    if len(intake.conflicts):
        yield t.say("preview.differs", count=len(intake.conflicts))
        for row in intake.conflicts.itertuples():
            place = f"{t.name(row.indicator)}, {row.area}, {t.periods(row.period)}"
            held = {"held": row.value_text_held, "figure_id": row.figure_id_held}
            yield "  " + t.say("preview.held", place=place, new=row.value_text, **held)
    notes = intake.problems["reason"] == "note"
    for key, problems in (("not_taken", intake.problems[~notes]), ("noted", intake.problems[notes])):
        if len(problems):
            yield t.say(f"preview.{key}", count=len(problems))
            yield from _groups(problems, t)


def _tables(intake: Intake, t: Language) -> Iterator[str | Grid]:
    """The tables that figures come from, with a mark at each number; rows and columns of which nothing is
    taken are left out. What all of a table's figures are is said once over it, what those of a column are
    in its head, and else beside each row."""
    place = intake.cells["cell"].str.extract(_PLACE)
    cells = intake.cells.assign(line=place[1].fillna(intake.cells["cell"]))
    cells = cells.assign(letters=place[0].fillna(cells["column"])).merge(
        _described(intake, t), on="figure_id", how="left"
    )
    other, left = set(intake.conflicts["figure_id"]), MOST_ROWS
    for sheet, mine in cells.groupby("sheet", sort=False):
        lines, letters = (mine.groupby(name)["what"].transform("count") > 0 for name in ("line", "letters"))
        mine = mine[lines & letters]
        if mine.empty:
            continue
        over, heads, beside = _said_where(mine)
        rows = []
        for name, line in list(mine.groupby("line", sort=False))[:left]:
            marked = {
                cell.letters: f"{cell.text} {_mark(cell.figure_id, other)}" for cell in line.itertuples()
            }
            rows.append(
                [line["row"].iat[0], beside.get(name, ""), *(marked.get(column, "") for column in heads)]
            )
        yield ": ".join(filter(None, [str(sheet), *over]))
        for first in range(0, len(heads), MOST_COLUMNS):
            columns = [*heads.values()][first : first + MOST_COLUMNS]
            stubs = [0, 1] if any(row[1] for row in rows) else [0]
            shown = [[row[n] for n in stubs] + row[2 + first : 2 + first + MOST_COLUMNS] for row in rows]
            names = [(t.say("preview.row"), t.say("preview.in_record"))[n] for n in stubs]
            yield Grid([*names, *columns], shown, mine["line"].nunique() - len(rows))
        left -= len(rows)
    if len(intake.figures):
        yield t.say("preview.marks")


def _described(intake: Intake, t: Language) -> pd.DataFrame:
    """What each figure is taken as: `what`, its indicator and what it counts where it says so, and `where`,
    its area."""
    own = dict(zip(intake.indicators["indicator"], intake.indicators["vi"], strict=True))
    rows = []
    for row in intake.figures.itertuples():
        label = own.get(row.indicator)
        name = t.say("preview.new_indicator", label=label) if label else t.name(row.indicator)
        counted = f" [{t.definition(row.definition)}]" if row.definition else ""
        level = t.level(row.area_level)
        rows.append((row.figure_id, name + counted, f"{row.area} ({level})"))
    return pd.DataFrame(rows, columns=["figure_id", "what", "where"])


def _said_where(cells: pd.DataFrame) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """What is said over a table, in the heads of its columns and beside its rows: each thing as far out as it
    holds."""
    over: list[str] = []
    heads = dict(zip(cells["letters"], cells["column"], strict=True))
    beside: dict[str, list[str]] = {line: [] for line in cells["line"]}
    for name in ("what", "where"):
        by = {axis: cells.groupby(axis, sort=False)[name].agg(_once) for axis in ("letters", "line")}
        whole = _once(cells[name])
        if len(whole) == 1:
            over += whole
        elif by["letters"].map(len).max() == 1 and by["line"].map(len).max() > 1:
            heads |= {letters: f"{heads[letters]} → {said[0]}" for letters, said in by["letters"].items()}
        else:
            for line, said in by["line"].items():
                beside[line].append(" | ".join(said))
    return over, heads, {line: "; ".join(said) for line, said in beside.items()}


def _once(said: pd.Series) -> list[str]:
    return said.dropna().drop_duplicates().tolist()


def _mark(figure_id: str, other: set[str]) -> str:
    return "≠" if figure_id in other else "✓" if figure_id else "·"


def _groups(problems: pd.DataFrame, t: Language) -> Iterator[str]:
    """What is not taken, one line a reason and what it is about; what asks for nothing comes last."""
    problems = problems.assign(quiet=problems["reason"].isin(_QUIET))
    keys = ["quiet", "reason", "about", "problem", "remedy"]
    groups = sorted(problems.groupby(keys, sort=False), key=lambda group: group[0][0])
    for (quiet, _, about, why, remedy), rows in groups:
        first, places = rows.iloc[0], [f"{row.sheet} {row.cell}".strip() for row in rows.itertuples()]
        shown = ", ".join(rows["cell"].head(MOST_CELLS)) + ", …" * (len(rows) > MOST_CELLS)
        key = ("group" if len(rows) > 1 else "group_one") + "_bare" * (not about)
        parts = {"about": about, "why": why, "count": len(rows), "cells": shown, "cell": places[0]}
        yield "  " + t.say(f"preview.{key}", text=first["text"], **parts)
        if not quiet and remedy:
            yield "    " + t.say("preview.do", remedy=remedy)


def table(intake: Intake) -> pd.DataFrame:
    """Every number of the file, and every problem, one a row: where it stands, what was made of it, or why
    not."""
    columns = [
        "area",
        "area_level",
        "indicator",
        "period",
        "kind",
        "value",
        "unit",
        "qualifier",
        "definition",
    ]
    said = intake.problems.drop_duplicates(["sheet", "cell", "reason"])
    keys = ["sheet", "cell", "reason"]
    cells = intake.cells.drop(columns=["parts"]).merge(
        intake.figures[["figure_id", *columns]], on="figure_id", how="left"
    )
    cells = cells.merge(said.drop(columns=["text"]), on=keys, how="left")
    of_reader = said[said["reason"].isin(["reader", "note"])]
    return pd.concat([cells, of_reader], ignore_index=True).fillna("")
