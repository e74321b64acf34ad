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


def refused(reason: str, parts: Mapping[str, Any], t: Language) -> tuple[str, ...]:
    """What a number that is not taken is about, why, and what to do."""
    near = parts.get("near") or ", ".join(nearest(parts.get("label", "")))
    said = dict(parts) | {"near": t.say("preview.near", names=near) if near else ""}
    if "indicator" in parts:
        said["indicator"] = t.name(parts["indicator"])
    return tuple(t.say(f"preview.{part}_{reason}", **said) for part in ("about", "why", "remedy"))


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
    figures = len(intake.figures)
    yield t.say("preview.taken" + "_none" * (not figures), figures=figures)
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
    in its head, and else beside each row: each thing as far out as it holds."""
    cells, figures = intake.cells, intake.figures.set_index("figure_id")
    if figures.empty:
        return
    own = intake.indicators[["indicator", "vi"]].itertuples(index=False)
    names = {key: t.say("preview.new_indicator", label=label) for key, label in own}
    counted = figures["definition"].map(lambda said: f" [{t.definition(said)}]" * bool(said))
    figures["what"] = figures["indicator"].map(lambda key: names.get(key) or t.name(key)) + counted
    figures["where"] = figures["area"] + " (" + figures["area_level"].map(t.level) + ")"
    figures["mark"] = " ✓"
    figures.loc[intake.conflicts["figure_id"], "mark"] = " ≠"
    cells = cells.join(figures[["what", "where", "mark"]], on="figure_id")
    place = cells["cell"].str.extract(_PLACE)
    cells["line"], cells["letters"] = place[1].fillna(cells["cell"]), place[0].fillna(cells["column"])
    cells["marked"] = cells["text"] + cells["mark"].fillna(" ·")
    left = MOST_ROWS
    for sheet, mine in cells.groupby("sheet", sort=False):
        lines, letters = (mine.groupby(axis)["what"].transform("count") > 0 for axis in ("line", "letters"))
        mine = mine[lines & letters]
        if mine.empty:
            continue
        over, heads = [str(sheet)] * bool(sheet), dict(zip(mine["letters"], mine["column"], strict=True))
        beside = pd.Series("", index=mine["line"].unique())
        for name in ("what", "where"):
            by_column, by_line = (mine.groupby(axis, sort=False)[name] for axis in ("letters", "line"))
            if mine[name].nunique() == 1:
                over.append(mine[name].dropna().iat[0])
            elif by_column.nunique().max() == 1 < by_line.nunique().max():
                heads |= {column: f"{heads[column]} → {said}" for column, said in by_column.first().items()}
            else:
                said = by_line.agg(lambda said: " | ".join(said.dropna().unique()))
                beside = (beside + "; " + said).str.strip("; ")
        yield ": ".join(over)
        stubs = mine.groupby("line", sort=False)["row"].first().to_frame(t.say("preview.row"))
        if beside.any():
            stubs[t.say("preview.in_record")] = beside
        marked = mine.pivot_table("marked", "line", "letters", aggfunc="last", sort=False)[[*heads]]
        marked = marked.set_axis(heads.values(), axis=1).fillna("")
        for first in range(0, len(heads), MOST_COLUMNS):
            part = pd.concat([stubs, marked.iloc[:, first : first + MOST_COLUMNS]], axis=1).head(left)
            yield Grid([*part], part.to_numpy().tolist(), len(marked) - len(part))
        left = max(left - len(marked), 0)
    yield t.say("preview.marks")


def _groups(problems: pd.DataFrame, t: Language) -> Iterator[str]:
    """What is not taken, one line a reason and what it is about; what asks for nothing comes last."""
    problems = problems.assign(quiet=problems["reason"].isin(_QUIET)).sort_values("quiet", kind="stable")
    keys = ["quiet", "reason", "about", "problem", "remedy"]
    for (quiet, _, about, why, remedy), rows in problems.groupby(keys, sort=False):
        first = rows.iloc[0]
        shown = ", ".join(rows["cell"].head(MOST_CELLS)) + ", …" * (len(rows) > MOST_CELLS)
        key = "group" + "_one" * (len(rows) < 2) + "_bare" * (not about)
        cell = f"{first['sheet']} {first['cell']}".strip()
        parts = {"about": about, "why": why, "count": len(rows), "cells": shown, "cell": cell}
        yield "  " + t.say(f"preview.{key}", text=first["text"], **parts)
        if not quiet and remedy:
            yield "    " + t.say("preview.do", remedy=remedy)


def table(intake: Intake) -> pd.DataFrame:
    """Every number of the file, and every problem, one a row: where it stands, what was made of it, or why
    not."""
    keys = ["sheet", "cell", "reason"]
    said = intake.problems.drop_duplicates(keys)
    left_out = ["source_id", "value_text", "unit_text", "locale", "value_high", "note"]
    cells = intake.cells.drop(columns="parts").merge(
        intake.figures.drop(columns=left_out), "left", "figure_id"
    )
    cells = cells.merge(said.drop(columns="text"), "left", keys)
    of_reader = said[said["reason"].isin(["reader", "note"])]
    return pd.concat([cells, of_reader], ignore_index=True).fillna("")
