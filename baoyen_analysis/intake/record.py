"""Takes an office's own file into the record: its numbers become figures in a new dated folder of data/raw,
with sources and checksums."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import process

from baoyen_analysis import places, vocabulary
from baoyen_analysis.cleaning import build, raw, rules
from baoyen_analysis.intake import office
from baoyen_analysis.intake.heads import is_area, said_of
from baoyen_analysis.intake.recognise import indicator_of, without_ordinal
from baoyen_analysis.printed import figures
from baoyen_analysis.printed.periods import UnreadablePeriod, parse_period
from baoyen_analysis.printed.text import fold, plain

PROBLEMS = ["sheet", "cell", "text", "problem", "remedy"]
_LEVELS = {
    fold(word): level
    for words in (places.LEVEL_WORDS, {level: level for level in vocabulary.LEVELS})
    for word, level in words.items()
}
_LEVEL_WORD = re.compile(
    rf"(?i)\b(?:{'|'.join(sorted(map(re.escape, {*places.LEVEL_WORDS, *vocabulary.LEVELS}), key=len, reverse=True))})\b|\s+"
)
_WAITING = ".add-"  # how a folder beside data/raw begins that is not whole yet
# How a spreadsheet tells a formula from text, at the start of a cell; where it parts cells at a semicolon,
# after that too.
_FORMULA = re.compile(r"(?:^|[;\t\r\n])\s*[=+\-@]")


class Source(NamedTuple):
    """Where an office's figures come from; `source_id` names the folder and the figures, so it is made of
    small letters, digits and dashes."""

    source_id: str
    publisher: str
    title: str = ""
    published: str = ""
    url: str = ""
    source_kind: str = "government"


class Defaults(NamedTuple):
    """What holds for every row of a file that does not say it itself; "" where the file must say."""

    area: str = ""
    level: str = ""
    indicator: str = ""
    kind: str = "actual"
    definition: str = ""


class Intake(NamedTuple):
    """What a file gives: `figures` in the columns of data/raw, `problems` of what was not taken, `conflicts`
    with what is held."""

    source: Source
    figures: pd.DataFrame
    problems: pd.DataFrame
    conflicts: pd.DataFrame


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
) -> Intake:
    """The figures of a file, recognised by the names of areas and indicators in it, and how they stand to the
    observations held.

    Nothing is guessed: a number whose area, indicator or year is not recognised, or whose unit is not the
    indicator's, is a problem with what to do about it; so is an outcome of an area that was not there in its
    period. A year with only a mark ("..", "-") is a problem too: no number is printed. `communes` lets the
    names of communes be recognised. Refuses what is wrong in `source` and `defaults`, all of it at once,
    before the file is read: also words that a spreadsheet would run as a formula when it opens the record.
    """
    communes, defaults = places.known_areas(communes), defaults or Defaults()
    if wrong := [
        *_wrong_words(path, source, defaults),
        *_wrong_names(source, defaults, unit, locale, communes),
    ]:
        raise NotTaken("\n".join(wrong))
    table = office.read_office(path, sheet=sheet, locale=locale, unit=unit)
    elsewhere = cache(lambda words: _other_area(words, defaults, communes))
    rows, problems = [], list(table.problems[PROBLEMS].itertuples(index=False, name=None))
    for cell in table.rows.itertuples(index=False):
        try:
            cell, here = _level_said(cell, defaults)
            if not cell.area_text and (other := elsewhere((cell.sheet, cell.title, cell.group_text))):
                raise NotTaken(
                    f"the row names no area, and the words over it name {other}",
                    "Name the row's area in a column of its own",
                )
            row = _figure(cell, path.name, source, here, communes)
            _check_standing(row, communes)
            rows.append({name: _composed(text) for name, text in row.items()})
        except NotTaken as error:
            problem, remedy = error.args
            problems.append((cell.sheet, cell.cell, cell.value_text, problem, remedy))
    taken = pd.DataFrame(rows, columns=list(raw.COLUMNS["figures"]))
    taken["figure_id"] = [f"{source.source_id}-{number:02d}" for number in range(1, len(taken) + 1)]
    return Intake(
        Source(*map(_composed, source)),
        taken,
        pd.DataFrame(problems, columns=PROBLEMS),
        _conflicts(taken, held),
    )


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
            f"--source-id {source.source_id!r} can't name a source: use small letters, digits and dashes, for example tk-baoyen-2024"
        )
    if not rules.is_published(source.published):
        wrong.append(f"--published {source.published!r} is no date: write 2025-01-31, 2025-01 or 2025")
    for name, given, known in (
        ("--source-kind", source.source_kind, vocabulary.SOURCE_KINDS),
        ("--level", defaults.level, ["", *vocabulary.LEVELS]),
        ("--kind", defaults.kind, vocabulary.KINDS),
        ("--locale", locale, ["", "vi", "en"]),
        ("--indicator", defaults.indicator, ["", *vocabulary.INDICATORS]),
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
            f"--unit {unit!r} is unknown: write it as a table would, for example triệu đồng, tỷ đồng, lượt khách, %"
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


def _level_said(cell, defaults: Defaults) -> tuple:
    """A number whose row names its area and, in a cell of its own, the level ("commune", "xã", "cấp xã"):
    without that cell, and the defaults with that level, since the file's word comes before the caller's. As a
    unit "xã" counts communes and is no level."""
    words = [text for text in cell.row_text.split(" | ") if text != cell.unit_text]
    levels = {
        text: _LEVELS[word]
        for text in words
        if (word := fold(text).removeprefix(fold("cấp ") + " ")) in _LEVELS
    }
    if not cell.area_text or len(set(levels.values())) != 1:
        return cell, defaults
    named = " | ".join(text for text in cell.indicator_text.split(" | ") if text not in levels)
    return cell._replace(indicator_text=named), defaults._replace(level=next(iter(levels.values())))


def _check_standing(row: dict[str, str], communes: places.Communes) -> None:
    """NotTaken where the area was not there in the period, by the rule that keeps such a figure from speaking
    in the record."""
    try:
        period = parse_period(row["period"])
    except UnreadablePeriod as error:
        raise NotTaken(str(error), "Write it as 2022, 2022-9M or 2025Q1") from error
    units = [area for area in places.known_areas(communes) if area[:2] == (row["area"], row["area_level"])]
    outcome = row["kind"] in vocabulary.OUTCOMES and period.year_end is None
    found = places.standing(units, period.end, outcome=outcome)
    if found.reason:
        whole = "period" if period.part else "year"
        said = {
            "area_not_begun": f"the area began on {found.day}, after the period had ended",
            "area_ended": f"the area ended on {found.day}, before the {whole} did: no figure of the whole {whole} can be its own",
        }[found.reason]
        remedy = (
            "Name the area that stood then, with the word of its level before it (huyện, xã) or with --level"
        )
        raise NotTaken(f"{row['area']} ({row['area_level']}) in {row['period']}: {said}", remedy)


def _figure(cell, file: str, source: Source, defaults: Defaults, communes: places.Communes) -> dict[str, str]:
    """One number of the file as a row of data/raw; NotTaken with (what is wrong, what to do) where a part of
    it is not known."""
    if cell.missing:
        raise NotTaken(
            "no number is printed here", "Nothing needs to be done: the record does not hold blanks"
        )
    if cell.kind == "comparison":
        raise NotTaken(
            f"a growth, a difference or a share, no level of its year: {cell.column_text!r}",
            "Nothing needs to be done",
        )
    if cell.kind == "unclear":
        remedy = "Write Thực hiện, Ước, Sơ bộ, Kế hoạch or Mục tiêu over the column, and in a remark or note nothing but such a word or a period"
        raise NotTaken("the words around it leave open what kind of figure it is", remedy)
    indicator, period = _indicator(cell, defaults), _period(cell)
    area = _area(cell.area_text, defaults, communes)
    wanted = vocabulary.INDICATORS[indicator].unit
    scale = vocabulary.UNITS[wanted].scale
    printed = figures.Figure(cell.value, cell.low, cell.high, cell.unit, cell.qualifier, np.nan, "")
    high = cell.high if cell.qualifier == "range" else np.nan
    wrong = (
        figures.agrees(printed, cell.value / scale, high / scale, wanted, cell.qualifier)
        if cell.unit
        else "the file states no unit"
    )
    if wrong:
        raise NotTaken(
            f"the unit does not fit {indicator}: {wrong}",
            f"State the unit in the file or with --unit; the record keeps {wanted}",
        )
    return {
        "source_id": source.source_id,
        "area": area.name,
        "area_level": area.level,
        "indicator": indicator,
        "period": period,
        "kind": cell.kind or defaults.kind,
        "value_text": cell.value_text,
        "unit_text": cell.unit_text,
        "locale": _habit(cell),
        "value": _digits(cell.value / scale),
        "value_high": "" if np.isnan(high) else _digits(high / scale),
        "unit": wanted,
        "qualifier": cell.qualifier,
        "definition": defaults.definition,
        "note": f"{file}, {cell.sheet} {cell.cell}".replace("  ", " "),
    }


def _other_area(words: tuple[str, ...], defaults: Defaults, communes: places.Communes) -> str:
    """The area that the words over a row name where it is not the one given for the whole file: an area that
    this is a part of may stand beside it ("huyện Bảo Yên, tỉnh Lào Cai")."""
    if not defaults.area:
        return ""
    given = places.find_area(defaults.area, defaults.level or None, communes=communes)[:2]
    larger = list(vocabulary.LEVELS)[: list(vocabulary.LEVELS).index(given[1])]
    named = [areas for text in words for areas in places.areas_in(text, communes=communes)]
    others = [areas for areas in named if given not in [area[:2] for area in areas]]
    if len(others) < len(named):
        others = [areas for areas in others if not any(area.level in larger for area in areas)]
    return " and ".join(f"{areas[0].name} ({areas[0].level})" for areas in others)


def _area(text: str, defaults: Defaults, communes: places.Communes) -> places.Area:
    name = _without_translation(text) or defaults.area
    if not name:
        raise NotTaken("no area is named", "Name it in the file or with --area")
    try:
        return places.find_area(name, defaults.level or None, communes=communes)
    except places.UnknownArea as error:
        raise NotTaken(
            str(error), "Write the name as the record does, or say its level with --level"
        ) from error


def _without_translation(name: str) -> str:
    """A name without its English after a dash: "Huyện Bảo Yên - Bao Yen district"."""
    first, _, second = name.partition(" - ")
    return (
        first if second and plain(_LEVEL_WORD.sub("", first)) == plain(_LEVEL_WORD.sub("", second)) else name
    )


# Headings that order a table by subject and leave its rows what they are.
_SUBJECT = re.compile(
    r"(?:(?:cac |mot so )?chi tieu|ve|linh vuc|kinh te|xa hoi|van hoa|moi truong|du lich|dan so|lao dong|thu nhap|muc song|giam ngheo|phat trien"
    r"|tong hop|chung|chu yeu|va|[-–,&: ])+"
)


def _indicator(cell, defaults: Defaults) -> str:
    """The indicator that the row and its column name; where they name none the heading, the title, or the one
    given for the whole file.

    A row that names something else is not taken, nor one under a heading that may restrict it ("Khu vực nông
    thôn")."""
    headings = map(without_ordinal, cell.group_text.split(" | "))
    group = " | ".join(
        text
        for text in headings
        if not (is_area(text) or _SUBJECT.fullmatch(plain(text)) or not said_of(text).measure)
    )
    named = [
        text for text in (cell.indicator_text if cell.indicator_text != cell.title else "", group) if text
    ] or [cell.title]
    found = {indicator_of(text) for text in named}
    if len(named) == 2 and len(found) > 1:
        raise NotTaken(
            f"the heading {group!r} may restrict {named[0]!r}",
            "Write the whole name in the row, or leave the heading out",
        )
    if found != {""}:
        return found.pop()
    if named != [cell.title] or not defaults.indicator:
        remedy = "Name it as the record does, or add the name to vocabulary.py; --indicator is for rows that name none"
        raise NotTaken(f"no indicator is recognised in {named[0]!r}", remedy)
    return defaults.indicator


def _period(cell) -> str:
    """The period in the record's notation: 2022, 2022-9M, 2025Q1, 2020-2025. A day, a school year, an average
    and a comparison are none."""
    averaged = plain(cell.period_text).startswith("binh quan")
    if (
        pd.isna(cell.year)
        or "-" in cell.part
        or averaged
        or (pd.notna(cell.year_end) and cell.year_end <= cell.year + 1)
    ):
        raise NotTaken(
            f"the period {cell.period_text!r} is not understood, or none of the record",
            "Write it as 2022, 2022-9M or 2025Q1",
        )
    if pd.notna(cell.year_end):
        return f"{cell.year}-{cell.year_end}"
    return f"{cell.year}-{cell.part}" if cell.part.endswith("M") else f"{cell.year}{cell.part}"


def _habit(cell) -> str:
    """The number habit under which the record's parser comes to the same value: Excel stores 66.5, a
    Vietnamese text 66,5."""
    for locale in ("vi", "en"):
        try:
            if (
                figures.parse_figure(cell.value_text, locale=locale, unit_text=cell.unit_text).value
                == cell.value
            ):
                return locale
        except figures.UnreadableFigure:
            continue
    raise NotTaken(f"{cell.value_text!r} can't be read again from its words", "Write the number out in full")


def _digits(value: float) -> str:
    return f"{value:.12g}"


def _conflicts(taken: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """New figures beside the ones that speak today for the same area, indicator and period, where they
    differ."""
    keys = ["area", "area_level", "indicator", "period"]
    new = taken[[*keys, "kind", "figure_id", "value_text", "value"]].astype({"value": float})
    speaks = held[held["status"] == "chosen"][
        [*keys, "kind", "figure_id", "value_text", "value", "low", "high"]
    ]
    both = new.merge(speaks, on=keys, suffixes=("", "_held"))
    both = both[both["kind"].isin(vocabulary.OUTCOMES) == both["kind_held"].isin(vocabulary.OUTCOMES)]
    apart = (both["value"] < both["low"]) | (both["value"] > both["high"])
    return both.loc[
        apart, [*keys, "figure_id", "value_text", "figure_id_held", "value_text_held"]
    ].reset_index(drop=True)


def write(intake: Intake, *, on: date, folder: Path) -> Path:
    """Write the figures and their source to a new dated folder of data/raw, in one step, once the whole
    record with them is sound.

    The record is built with the new folder first; faults raise `FaultyRecord`. Then, as where a file can't be
    written, nothing is left."""
    target = folder / f"{on.isoformat()}-{intake.source.source_id}"
    if target.exists():
        raise NotTaken(f"{target.name} is in data/raw already: give the source another --source-id")
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_WAITING) as waiting:
            _sweep(Path(waiting))
            trial = Path(waiting) / "raw"
            shutil.copytree(folder, trial)
            _write_folder(intake, trial / target.name)
            build.tables(trial)
            os.replace(trial / target.name, target)
    except OSError as error:
        # A copy of several files gathers what each said: source, target, words.
        said = error.args[0][0][2] if isinstance(error, shutil.Error) else error.strerror
        raise NotTaken(
            f"the record can't be written: {said}. Nothing was written; see to the space and the rights of {folder}"
        ) from error
    return target


def _sweep(waiting: Path) -> None:
    """Remove what a call left that was killed before it could: folders like the one waiting now, but an hour
    older."""
    for left in waiting.parent.glob(f"{_WAITING}*"):
        if waiting.stat().st_mtime - left.stat().st_mtime > 3600:
            shutil.rmtree(left)


def _write_folder(intake: Intake, folder: Path) -> None:
    folder.mkdir()
    tables = {
        "figures.csv": intake.figures,
        "sources.csv": pd.DataFrame([intake.source], columns=list(raw.COLUMNS["sources"])),
    }
    sums = []
    for name, table in tables.items():
        content = table.to_csv(index=False, lineterminator="\n").encode()
        (folder / name).write_bytes(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (folder / raw.CHECKSUMS).write_text("".join(sums))
