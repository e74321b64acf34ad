"""An office's own file for the record: its numbers as figures, what is not taken and why, what differs from
what is held, and what only a person can answer."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz import process

from baoyen_analysis import places, vocabulary, words
from baoyen_analysis.cleaning import raw, rules
from baoyen_analysis.intake import office, preview, proposals
from baoyen_analysis.intake.identity import Defaults, Kept, Refused, Row
from baoyen_analysis.intake.notes import marked_note
from baoyen_analysis.intake.recognise import is_part, nearest
from baoyen_analysis.printed import figures
from baoyen_analysis.printed.text import fold
from baoyen_analysis.words import Language

PROBLEMS = ["sheet", "cell", "text", "reason", "about", "problem", "remedy"]
CELLS = ["sheet", "cell", "row", "column", "text", "figure_id", "reason", "parts"]
# How a spreadsheet tells a formula from text, at the start of a cell; where it parts cells at a semicolon,
# after that too.
_FORMULA = re.compile(r"(?:^|[;\t\r\n])\s*[=+\-@]")
_IDENTITY = ["area", "area_level", "indicator", "period", "kind", "definition"]


class Source(NamedTuple):
    """Where an office's figures come from; `source_id` names the folder and the figures, so it is made of
    small letters, digits and dashes."""

    source_id: str
    publisher: str
    title: str = ""
    published: str = ""
    url: str = ""
    source_kind: str = "government"


class Question(NamedTuple):
    """What only a person can answer. `about`: "indicator", of a label that names none that is known, with the
    nearest ones as `choices`; or "kind", of a note that leaves the kind of figures open. `cells`: of how many
    numbers."""

    about: str
    text: str
    cells: int
    choices: tuple[str, ...]


class Intake(NamedTuple):
    """What a file gives: `figures` in the columns of data/raw, `problems` of what was not taken,
    `conflicts` with what is held. `cells`: every number where it stands, with its figure or its reason.
    `indicators`: the office's own, that were not known; `names`: the labels that the caller gave indicators
    to; `file`: what the file is known by."""

    source: Source
    figures: pd.DataFrame
    problems: pd.DataFrame
    conflicts: pd.DataFrame
    cells: pd.DataFrame
    questions: tuple[Question, ...]
    indicators: pd.DataFrame
    names: pd.DataFrame
    file: pd.DataFrame
    comparisons: pd.DataFrame = pd.DataFrame()


class NotTaken(ValueError):
    """The file can't be added as asked; the message says why and what to do."""


def read(
    path: Path,
    source: Source,
    held: pd.DataFrame,
    *,
    communes: pd.DataFrame | None = None,
    defaults: Defaults | None = None,
    sheet: str = "",
    locale: str = "",
    unit: str = "",
    lang: str = "en",
) -> Intake:
    """The figures of a file, recognised by the names of areas and indicators in it, and how they stand to the
    observations held.

    Nothing is guessed: a number whose area, indicator or year is not recognised, or whose unit is not the
    indicator's, is a problem with what to do about it; so is an outcome of an area that was not there in
    its period. A year with only a mark ("..", "-") is a problem too: no number is printed. `communes` lets
    the names of communes be recognised; `lang` is that of the problems. Refuses what is wrong in `source`
    and `defaults`, all of it at once, before the file is read: also words that a spreadsheet would run as a
    formula when it opens the record."""
    known, given = places.known_areas(communes), defaults or Defaults()
    if wrong := [
        *_wrong_words(path, source, given),
        *_wrong_names(source, given, unit, locale, known),
    ]:
        raise NotTaken("\n".join(wrong))
    looked_through = proposals.confirmed(path)
    if looked_through:
        table = office.table_of(
            path, [looked_through.sheet], unit=unit, locale=locale or looked_through.locale
        )
    else:
        table = office.read_office(path, sheet=sheet, locale=locale, unit=unit)
    names = {fold(of.vi): key for key, of in vocabulary.INDICATORS.items()} | dict(given.names)
    reader = _Reader(path.name, source, given._replace(names=names), known)
    for cell in table.rows.itertuples(index=False):
        reader.read(cell)
    reader.settle_repeated()
    taken = pd.DataFrame(reader.figures(), columns=list(raw.COLUMNS["figures"])).map(_composed)
    cells = pd.DataFrame(reader.cells, columns=CELLS)
    named = [(label, given.names[key]) for key, label in reader.labels.items() if key in given.names]
    file = (_composed(path.name), hashlib.sha256(path.read_bytes()).hexdigest(), sheet)
    problems, compared = _problems(cells, table.problems, words.of(lang)), pd.DataFrame()
    if looked_through:
        compared, left = proposals.comparisons(looked_through, cells, taken, words.of(lang))
        problems = pd.concat([problems, pd.DataFrame(left, columns=PROBLEMS)], ignore_index=True)
    return Intake(
        Source(*map(_composed, source)),
        taken,
        problems,
        _conflicts(taken, held),
        cells,
        _questions(cells),
        pd.DataFrame(_own(taken, reader.own), columns=list(raw.COLUMNS["indicators"])).map(_composed),
        pd.DataFrame(named, columns=list(raw.COLUMNS["names"])).map(_composed),
        pd.DataFrame([file], columns=list(raw.COLUMNS["files"])),
        compared,
    )


def _own(taken: pd.DataFrame, new: Mapping[str, Kept]) -> list[dict[str, str]]:
    """The office's own indicators among the figures: each batch holds all that it needs."""
    rows: dict[str, dict[str, str]] = {key: kept._asdict() for key, kept in new.items()}
    rows |= {key: dict(row) for key, row in vocabulary.OWN_INDICATORS.items()}
    return [rows[key] for key in taken["indicator"].unique() if key in rows]


class _Reader:
    """Reads the numbers of a file one after the other; a part knows the row that it is a part of. `cells`:
    one dict a number, with its figure or the reason why it has none."""

    def __init__(self, file: str, source: Source, defaults: Defaults, communes: places.Communes) -> None:
        self.file, self.source, self.defaults, self.communes = file, source, defaults, communes
        self.cells: list[dict[str, Any]] = []
        self.own: dict[str, Kept] = {}
        self.labels: dict[str, str] = {}
        self._over, self._line = ("", "", ""), ("", "")
        self._main, self._within, self._ordered = "", False, False

    def read(self, cell: Any) -> None:
        row = Row(cell, self.defaults, self.communes, self._parent(cell))
        found: dict[str, Any] = dict.fromkeys(CELLS, "") | {
            "sheet": cell.sheet,
            "cell": cell.cell,
            "row": cell.row_text or cell.area_text,
            "column": cell.column_text,
            "text": cell.value_text,
            "low": cell.low,
            "high": cell.high,
            "parts": {},
            "figure": {},
        }
        try:
            note = f"{self.file}, {cell.sheet} {cell.cell}".replace("  ", " ")
            note += f"; its kind was told: {row.kind()}" if cell.kind == "unclear" else ""
            note += f"; {said}" if (said := marked_note(cell.value_text, cell.note)) else ""
            found["figure"] = {"source_id": self.source.source_id, "note": note} | row.figure(self.own)
        except Refused as refused:
            found |= {"reason": refused.reason, "parts": refused.parts}
        self.labels[fold(row.label)] = row.label
        self.cells.append(found)

    def _parent(self, cell: Any) -> str:
        """The label of the row that this one is a part of; "" where it is none, and where a heading stands
        between. After a row "Trong đó: …" in a table of numbered rows, those without a number are parts
        too."""
        if (over := (cell.sheet, cell.title, cell.group_text)) != self._over:
            self._ordered &= over[:2] == self._over[:2]
            self._over, self._main, self._within = over, "", False
        if (line := (cell.row_text, cell.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))) != self._line:
            self._line = line
            pieces = cell.indicator_text.split(" | ")
            ordered = cell.row_text.partition(" | ")[0] not in pieces
            within = any(map(is_part, pieces)) or (self._within and self._ordered and not ordered)
            self._ordered |= ordered
            self._within = within and not cell.area_text and bool(self._main)
            if not within:
                self._main = Row(cell, self.defaults, self.communes).label
        return self._main if self._within else ""

    def settle_repeated(self) -> None:
        """Numbers of one thing: where they agree the narrowest speaks and the others repeat it; where they
        don't, none is taken."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for cell in self.cells:
            if cell["figure"]:
                alike.setdefault(tuple(cell["figure"][name] for name in _IDENTITY), []).append(cell)
        for cells in (cells for cells in alike.values() if len(cells) > 1):
            best = min(cells, key=lambda cell: cell["high"] - cell["low"])
            meet = max(cell["low"] for cell in cells) < min(cell["high"] for cell in cells)
            agree = meet or len({cell["figure"]["value"] for cell in cells}) == 1
            for cell in cells:
                if agree and cell is best:
                    continue
                beside = best if cell is not best else next(other for other in cells if other is not best)
                cell |= {"figure": {}, "reason": "again" if agree else "twice"}
                cell["parts"] = {"where": f"{beside['sheet']} {beside['cell']}".strip()}

    def figures(self) -> list[dict[str, str]]:
        """The figures, each with an id of the source; the cells are given the ids."""
        taken = [cell for cell in self.cells if cell["figure"]]
        for number, cell in enumerate(taken, start=1):
            cell["figure_id"] = cell["figure"]["figure_id"] = f"{self.source.source_id}-{number:02d}"
        return [cell["figure"] for cell in taken]


def _problems(cells: pd.DataFrame, of_reader: pd.DataFrame, t: Language) -> pd.DataFrame:
    """What is not taken and why, and what the reader of tables mended or could not read; what it says of a
    number that is refused anyhow is not said twice."""
    rows = [
        (cell.sheet, cell.cell, cell.text, cell.reason, *preview.refused(cell.reason, cell.parts, t))
        for cell in cells[cells["reason"] != ""].itertuples()
    ]
    numbers = set(zip(cells["sheet"], cells["cell"], strict=True))
    for row in of_reader.itertuples():
        kind, problem = preview.of_reader(row.text, row.problem, t)
        if kind == "note" or (kind and (row.sheet, row.cell) not in numbers):
            remedy = t.say(f"preview.remedy_{kind}")
            rows.append((row.sheet, row.cell, row.text, kind, "", problem, remedy))
    return pd.DataFrame(rows, columns=PROBLEMS)


def _questions(cells: pd.DataFrame) -> tuple[Question, ...]:
    """What only a person can answer, once each: labels that name no known indicator, and notes that leave a
    kind open."""
    asked = []
    for about, reason, part in (("kind", "kind_noted", "note"), ("indicator", "indicator", "label")):
        texts = cells.loc[cells["reason"] == reason, "parts"].map(lambda parts, part=part: parts[part])
        for text, count in texts.value_counts(sort=False).items():
            if text:
                choices = nearest(text) if about == "indicator" else vocabulary.OUTCOMES
                asked.append(Question(about, text, count, tuple(choices)))
    return tuple(asked)


def _wrong_words(path: Path, source: Source, defaults: Defaults) -> list[str]:
    """What is written down as it is given and should not be: nothing, control characters, or what a
    spreadsheet would run."""
    written = {
        "--source": source.publisher,
        "--title": source.title,
        "--url": source.url,
        "--definition": defaults.definition,
        "the file's name": path.name,
    }
    wrong = [
        f"{name} {text!r} begins as a formula does: leave out the sign"
        for name, text in written.items()
        if _FORMULA.search(text)
    ]
    wrong += [
        f"{name} {text!r} holds a control character: take it out"
        for name, text in written.items()
        if any(map(_is_control, text))
    ]
    return wrong if source.publisher.strip() else ["--source is blank: say who published the figures", *wrong]


def _composed(text: str) -> str:
    """Text in NFC, the form of the record: a file's name and its cells may be in another."""
    return unicodedata.normalize("NFC", text)


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs")


def _wrong_names(
    source: Source, defaults: Defaults, unit: str, locale: str, communes: places.Communes
) -> list[str]:
    """What is no name of the record, or no date, with what there is."""
    wrong = []
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source.source_id):
        wrong.append(
            f"--source-id {source.source_id!r} can't name a source: use small letters, digits and dashes, "
            "for example tk-baoyen-2024"
        )
    if not rules.is_published(source.published):
        wrong.append(f"--published {source.published!r} is no date: write 2025-01-31, 2025-01 or 2025")
    for name, given, known in (
        ("--source-kind", source.source_kind, vocabulary.SOURCE_KINDS),
        ("--level", defaults.level, ["", *vocabulary.LEVELS]),
        ("--kind", defaults.kind, ["", *vocabulary.KINDS]),
        ("--locale", locale, ["", "vi", "en"]),
        ("--indicator", defaults.indicator, ["", *vocabulary.INDICATORS]),
        *(("--map", given, vocabulary.INDICATORS) for given in dict.fromkeys(defaults.names.values())),
    ):
        if given not in known:
            near = [match for match, *_ in process.extract(given, list(known), limit=3, score_cutoff=75)] or [
                name for name in known if name
            ][:7]
            wrong.append(
                f"{name} {given!r} is unknown: use {', '.join(near)}{' …' if len(known) > 8 else ''}"
            )
    if unit and not _is_unit(unit):
        wrong.append(
            f"--unit {unit!r} is unknown: write it as a table would, for example triệu đồng, tỷ đồng, lượt "
            "khách, %"
        )
    if defaults.area:
        try:
            places.find_area(defaults.area, defaults.level or None, communes=communes)
        except places.UnknownArea as error:
            wrong.append(f"--area: {error}")
    return wrong


def _is_unit(text: str) -> bool:
    try:
        return bool(figures.parse_figure("12", unit_text=text).unit)
    except figures.UnreadableFigure:
        return False


def _conflicts(taken: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """New figures beside the ones that speak today for the same area, indicator and period, where they
    differ. What counts another thing, or was set as another kind of goal, is no other figure of it."""
    keys = ["area", "area_level", "indicator", "period"]
    columns = [*keys, "kind", "definition", "figure_id", "value_text", "value"]
    new = taken[columns].astype({"value": float})
    speaks = held.loc[held["status"] == "chosen", [*columns, "low", "high"]]
    both = new.merge(speaks, on=keys, suffixes=("", "_held"))
    outcomes = both["kind"].isin(vocabulary.OUTCOMES) & both["kind_held"].isin(vocabulary.OUTCOMES)
    stated = (both["definition"] != "") & (both["definition_held"] != "")
    both = both[
        (outcomes | (both["kind"] == both["kind_held"]))
        & ~(stated & (both["definition"] != both["definition_held"]))
    ]
    apart = (both["value"] < both["low"]) | (both["value"] > both["high"])
    names = [*keys, "figure_id", "value_text", "figure_id_held", "value_text_held"]
    return both.loc[apart, names].reset_index(drop=True)
