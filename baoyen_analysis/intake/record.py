"""An office's own file for the record: its numbers as figures, what is not taken and why, what differs from
what is held, and what only a person can answer."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import process

from baoyen_analysis import places, vocabulary, words
from baoyen_analysis.agreement import agree, alike, same_number
from baoyen_analysis.cleaning import raw, rules
from baoyen_analysis.intake import office, preview, proposals
from baoyen_analysis.intake.heads import figure_of
from baoyen_analysis.intake.identity import Areas, Defaults, Kept, Refused, Row
from baoyen_analysis.intake.notes import marked_note
from baoyen_analysis.intake.recognise import is_part, nearest
from baoyen_analysis.intake.sheets import UNSEEN_FORMATS
from baoyen_analysis.printed.text import fold
from baoyen_analysis.words import Language

PROBLEMS = ["sheet", "cell", "text", "reason", "about", "problem", "remedy"]
CELLS = ["sheet", "cell", "row", "column", "text", "figure_id", "reason", "parts"]
# How a spreadsheet tells a formula from text, at the start of a cell; where it parts cells at a semicolon,
# after that too.
_FORMULA = re.compile(r"(?:^|[;\t\r\n])\s*[=+\-@]")
_FAR = 50  # times: no rate of the record is so far from another one
_IDENTITY = ["area", "area_level", "indicator", "period", "kind", "definition"]
FIGURE = [*_IDENTITY, "area_since", "figure_id", "value_text", "value", "low", "high", "qualifier"]


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
    comparisons: pd.DataFrame


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
    if wrong := _wrong_words(path, source, given) + _wrong_names(source, given, unit, locale, known):
        raise NotTaken("\n".join(wrong))
    t, proposed = words.of(lang), proposals.confirmed(path)
    if proposed:
        table = office.table_of(path, [proposed.sheet], unit=unit, locale=locale or proposed.locale)
    else:
        table = office.read_office(path, sheet=sheet, locale=locale, unit=unit)
    names = {fold(of.vi): key for key, of in vocabulary.INDICATORS.items()} | dict(given.names)
    own: dict[str, Kept] = {}

    @cache
    def ends(indicator: str) -> tuple[float, float] | None:
        values = held["value"].to_numpy()[held["indicator"].to_numpy() == indicator]
        return (np.fmin.reduce(values), np.fmax.reduce(values)) if len(values) else None

    numbers = [
        _read(cell, Row(cell, given._replace(names=names), known, parent), own, ends)
        for cell, parent in _with_parents(table.rows, given, known)
    ]
    _settle_repeated(numbers)
    taken = [number for number in numbers if not number["reason"]]
    unseen = {*table.problems.loc[table.problems["problem"] == UNSEEN_FORMATS, "sheet"]}
    for place, number in enumerate(taken, start=1):
        number["figure_id"], number["source_id"] = f"{source.source_id}-{place:02d}", source.source_id
        note = f"{path.name}, {number['note']}" + f"; {UNSEEN_FORMATS}" * (number["sheet"] in unseen)
        # What the name of a sheet or a footnote begins with may be a formula's sign, which an apostrophe
        # makes a letter.
        number["note"] = _FORMULA.sub(lambda found: f"{found[0][:-1]}'{found[0][-1]}", note)
    new, cells = pd.DataFrame(taken, columns=FIGURE), pd.DataFrame(numbers, columns=CELLS)
    compared, left = proposals.comparisons(proposed, cells, new, t) if proposed else ([], [])
    told = {fold(number["label"]): number["label"] for number in numbers}
    held_own = {key: kept._asdict() for key, kept in own.items()} | vocabulary.OWN_INDICATORS
    return Intake(
        Source(*map(_composed, source)),
        _table("figures", taken),
        _problems(cells, table.problems, left, t),
        _conflicts(new, held),
        cells,
        _questions(cells),
        # The office's own indicators: each batch holds all that it needs.
        _table("indicators", [held_own[key] for key in new["indicator"].unique() if key in held_own]),
        _table("names", [(told[key], given.names[key]) for key in told if key in given.names]),
        _table("files", [(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), sheet)]),
        _table("comparisons", compared),
    )


def _table(name: str, rows: list[Any]) -> pd.DataFrame:
    """A table of data/raw, its texts in NFC, the form of the record: a file's name and its cells may be in
    another."""
    columns = list(raw.COLUMNS[name])
    cells = (map(row.__getitem__, columns) if isinstance(row, dict) else row for row in rows)
    return pd.DataFrame([list(map(_composed, row)) for row in cells], columns=columns)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _with_parents(rows: pd.DataFrame, defaults: Defaults, areas: Areas) -> Iterator[tuple[Any, str]]:
    """The numbers of a file, each with the label of the row that it is a part of; "" where it is of none, and
    where a heading stands between. After a row "Trong đó: …" in a table of numbered rows, those without a
    number are parts too."""
    over, line, main, within, numbered = ("", "", ""), ("", ""), "", False, False
    for cell in rows.itertuples(index=False):
        if (mine := (cell.sheet, cell.title, cell.group_text)) != over:
            numbered &= mine[:2] == over[:2]
            over, main, within = mine, "", False
        if (here := (cell.row_text, cell.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))) != line:
            line, pieces = here, cell.indicator_text.split(" | ")
            ordered = cell.row_text.partition(" | ")[0] not in pieces
            part = any(map(is_part, pieces)) or (within and numbered and not ordered)
            numbered |= ordered
            within = part and not cell.area_text and bool(main)
            main = main if part else Row(cell, defaults, areas).label
        yield cell, main if within else ""


def _read(cell: Any, row: Row, own: dict[str, Kept], ends: Callable) -> dict[str, Any]:
    """What is made of one number: its figure, or the reason why it is none. What is per person or per hectare
    and far from the `ends` of all that is held of it has another scale than its unit says, or is another
    thing."""
    name, text = cell.row_text or cell.area_text, cell.value_text
    held: list[Any] = [cell.sheet, cell.cell, name, cell.column_text, text, "", "", {}]
    made = dict(zip(CELLS, held, strict=True)) | {"label": row.label}
    try:
        told = f"; its kind was told: {row.kind()}" if cell.kind == "unclear" else ""
        said = marked_note(text, cell.note)
        made["note"] = f"{cell.sheet} {cell.cell}".strip() + told + f"; {said}" * bool(said)
        made |= row.figure(own)
        indicator = made["indicator"]
        if indicator in own and _FORMULA.search(own[indicator].vi):
            raise Refused("label", label=row.label)
        if "/" in made["unit"] and (known := ends(indicator)):
            low, high = known
            if not low / _FAR <= float(made["value"]) <= high * _FAR:
                return made | {"reason": "scale", "parts": made | {"low": f"{low:g}", "high": f"{high:g}"}}
        return made
    except Refused as refused:
        return made | {"reason": refused.reason, "parts": refused.parts}


def _settle_repeated(numbers: list[dict[str, Any]]) -> None:
    """Numbers of one thing: where they agree the narrowest speaks and the others repeat it; where they don't,
    none is taken."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for number in numbers:
        if not number["reason"]:
            alike.setdefault(tuple(number[name] for name in _IDENTITY), []).append(number)
    for same in alike.values():
        best, *others = sorted(same, key=lambda number: number["high"] - number["low"])
        meet = max(one["low"] for one in same) < min(one["high"] for one in same)
        agree = meet or len({one["value"] for one in same}) == 1
        for number in others if agree else same:
            beside = others[0] if number is best else best
            number["reason"] = "again" if agree else "twice"
            number["parts"] = {"where": f"{beside['sheet']} {beside['cell']}".strip()}


def _problems(
    cells: pd.DataFrame, of_reader: pd.DataFrame, left: list[tuple[str, ...]], t: Language
) -> pd.DataFrame:
    """What is not taken and why, and what the reader of tables mended or could not read; what it says of a
    number that is refused anyhow is not said twice. `left`: comparisons that are not taken."""
    said = zip(*(cells[name] for name in ("sheet", "cell", "text", "reason", "parts")), strict=True)
    rows = [(*at, reason, *preview.refused(reason, parts, t)) for *at, reason, parts in said if reason]
    numbers = set(zip(cells["sheet"], cells["cell"], strict=True))
    for sheet, cell, text, problem, _ in of_reader.to_numpy().tolist():
        kind, problem = preview.of_reader(text, problem, t)
        if kind == "note" or (kind and (sheet, cell) not in numbers):
            rows.append((sheet, cell, text, kind, "", problem, t.say(f"preview.remedy_{kind}")))
    return pd.DataFrame(rows + left, columns=PROBLEMS)


def _questions(cells: pd.DataFrame) -> tuple[Question, ...]:
    """What only a person can answer, once each: labels that name no known indicator, and notes that leave a
    kind open."""
    asked = []
    for reason, about, part in (("kind_noted", "kind", "note"), ("indicator", "indicator", "label")):
        texts = cells.loc[cells["reason"] == reason, "parts"].str[part]
        for text, count in texts[texts != ""].value_counts(sort=False).items():
            choices = nearest(text) if about == reason else vocabulary.OUTCOMES
            asked.append(Question(about, text, count, tuple(choices)))
    return tuple(asked)


def _conflicts(new: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """New figures beside the ones held for the same unit, indicator and period that they can't both be so
    with: the one that speaks today where it is of the same kind and definition, else any."""
    keys = ["area", "area_level", "area_since", "indicator", "period"]
    names = [*keys, "figure_id", "value_text", "figure_id_held", "value_text_held"]
    near = held["indicator"].isin(new["indicator"]) & held["period"].isin(new["period"])
    if not near.any():
        none = (held[name[:-5]] if name.endswith("_held") else new[name] for name in names)
        return pd.DataFrame({name: column.array[:0] for name, column in zip(names, none, strict=True)})
    near = held.loc[near].reindex(columns=[*FIGURE, "status"])
    both = new.merge(near, on=keys, suffixes=("", "_held"))
    if both.empty:
        return both[names]
    numbers = dict.fromkeys(["value", "low", "high"], float)
    mine, other = (
        both[[name + end for name in (*numbers, "qualifier")]]
        .set_axis([*numbers, "qualifier"], axis=1)
        .astype(numbers)
        for end in ("", "_held")
    )
    outcomes = both["kind"].isin(vocabulary.OUTCOMES) & both["kind_held"].isin(vocabulary.OUTCOMES)
    apart = ~np.where(outcomes, agree(mine, other), same_number(mine, other)).astype(bool)
    comparable = outcomes | (both["kind"] == both["kind_held"])
    comparable &= alike(both["definition"], both["definition_held"].fillna(""))
    speaks = comparable & (both["status"] == "chosen")
    decides = speaks | (comparable & ~speaks.groupby(both["figure_id"]).transform("any"))
    return both.loc[decides & apart, names].drop_duplicates("figure_id").reset_index(drop=True)


def _wrong_words(path: Path, source: Source, defaults: Defaults) -> list[str]:
    """What is written down as it is given and should not be: nothing, control characters, or what a
    spreadsheet would run."""
    wrong = [] if source.publisher.strip() else ["--source is blank: say who published the figures"]
    for name, text in {
        "--source": source.publisher,
        "--title": source.title,
        "--url": source.url,
        "--definition": defaults.definition,
        "the file's name": path.name,
        **{f"--map {label!r}": label for label in defaults.names},
    }.items():
        if _FORMULA.search(text):
            wrong.append(f"{name} {text!r} begins as a formula does: leave out the sign")
        if {"Cc", "Cf", "Cs"} & {*map(unicodedata.category, text)}:
            wrong.append(f"{name} {text!r} holds a control character: take it out")
    return wrong


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
        ("--level", defaults.level, vocabulary.LEVELS),
        ("--kind", defaults.kind, vocabulary.KINDS),
        ("--locale", locale, ("vi", "en")),
        ("--indicator", defaults.indicator, vocabulary.INDICATORS),
        *(("--map", mapped or "?", vocabulary.INDICATORS) for mapped in {*defaults.names.values()}),
    ):
        if given and given not in known:
            near = [match for match, *_ in process.extract(given, list(known), limit=3, score_cutoff=75)]
            use = ", ".join(near or list(known)[:7]) + " …" * (len(known) > 7)
            wrong.append(f"{name} {given!r} is unknown: use {use}")
    read = figure_of("12", unit_text=unit)
    if unit and not (read and read.unit):
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
