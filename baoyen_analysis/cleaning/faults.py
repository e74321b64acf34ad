"""Faults of the collected record, gathered so that all of them come at once, as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]")
# How many letters of a fault, and how many faults, a message shows.
_LONGEST, _MOST = 300, 200


class Fault(NamedTuple):
    """One thing that is wrong: where it stands, what it is, and what to do."""

    file: str
    row: int | None
    figure_id: str
    column: str
    problem: str
    remedy: str


class FaultyRecord(ValueError):
    """The record can't be used as it stands. `faults` is a table: file, row, figure_id, column, problem,
    remedy."""

    def __init__(self, faults: pd.DataFrame) -> None:
        self.faults = faults
        lines = [f"{'fault' if len(faults) == 1 else 'faults'} in the collected record: {len(faults)}"]
        for fault in faults.head(_MOST).itertuples(index=False):
            row = f"row {fault.row}" if pd.notna(fault.row) else ""
            where = ", ".join(filter(None, (fault.file, row, fault.figure_id, fault.column)))
            lines.append(f"- {where}: {fault.problem}. {fault.remedy}.")
        if len(faults) > _MOST:
            lines.append(f"- and {len(faults) - _MOST} more")
        super().__init__("\n".join(lines))


class Faults(list[Fault]):
    """A list to gather faults in; `raise_if_any` ends the work with all of them."""

    def add(self, file: str, problem: str, remedy: str, **where: Any) -> None:
        """Note one fault and go on; `where`: its `row`, `figure_id` and `column`, as far as it has them."""
        # A text as it may stand in a message: not endless, and no code that a terminal would obey.
        text = _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], problem)
        text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        place = {"row": None, "figure_id": "", "column": ""} | where
        self.append(Fault(file=file, problem=text, remedy=remedy, **place))

    def add_rows(self, rows: pd.DataFrame, column: str, problems: Iterable[str], remedy: str) -> None:
        """Note a fault for each row of a raw table; `rows` has `file`, `row` and, for figures,
        `figure_id`."""
        if rows.empty:
            return
        named = rows["figure_id"] if "figure_id" in rows else [""] * len(rows)
        for file, row, figure_id, problem in zip(rows["file"], rows["row"], named, problems, strict=True):
            self.add(file, problem, remedy, row=int(row), figure_id=figure_id, column=column)

    def table(self) -> pd.DataFrame:
        """The faults in the order of files and rows."""
        frame = pd.DataFrame(self, columns=Fault._fields).astype({"row": "Int64"})
        return frame.sort_values(["file", "row"], kind="stable", ignore_index=True)

    def raise_if_any(self) -> None:
        """Raise `FaultyRecord` with every fault noted so far."""
        if self:
            raise FaultyRecord(self.table())
