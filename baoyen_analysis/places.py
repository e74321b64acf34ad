"""Areas of the record: name, level and dates; names matched strictly, near misses suggested. Pure.

An area is its name *and* its level *and* its dates: Bảo Yên is a district to 30 June 2025 and the name of a
commune from the day after. `areas.csv` lists them; most communes are not in it: they come from the table
`communes` (old_name, valid_to, new_name, new_valid_from, …) of the caller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from pandas import DataFrame, Series, factorize

from baoyen_analysis import paths, vocabulary
from baoyen_analysis.printed.text import fold, plain


class Area(NamedTuple):
    """One area of one level. `valid_from` None: before the record begins; `valid_to` None: it stands.
    `members`: the parts of a zone; `printed`: another name that sources give it."""

    name: str
    level: str
    valid_from: date | None = None
    valid_to: date | None = None
    members: tuple[str, ...] = ()
    printed: str = ""

    def stood(self, day: date) -> bool:
        """Whether it was there on a day."""
        return self.first <= day <= self.last

    @property
    def first(self) -> date:
        """Its first day, or one before any."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """Its last day, or one after any."""
        return self.valid_to or date.max

    @property
    def since(self) -> str:
        """Its first day in words, "" before the record: what tells units of one name apart."""
        return str(self.valid_from or "")


class UnknownArea(ValueError):
    """A name that is no area of the record, or of several levels, or of none at the day or level asked
    for."""


def as_day(day: Any) -> date | None:
    """A day given as a date, as "2024-12-31", or not at all."""
    if day is None or isinstance(day, float) or day == "":
        return None
    try:
        return date.fromisoformat(day) if isinstance(day, str) else date(day.year, day.month, day.day)
    except (ValueError, AttributeError, TypeError) as error:
        raise UnknownArea(f"{day!r} is no day; write it as 2024-12-31") from error


# The table of communes, or the areas that `known_areas` has found in it.
Communes: TypeAlias = DataFrame | tuple[Area, ...] | None

_ROWS = paths.rows_beside(__file__, "areas.csv")
AREAS = tuple(
    Area(
        row["name"],
        row["level"],
        as_day(row["valid_from"]),
        as_day(row["valid_to"]),
        tuple(filter(None, row["members"].split("|"))),
        row["printed"],
    )
    for row in _ROWS
)
# What tables call an area that the record calls otherwise.
OTHER_NAMES = {other: row["name"] for row in _ROWS for other in row["other_names"].split("|") if other}

# The word before a name says the level; "thành phố" and "thị xã" are of the district level in this province.
LEVEL_WORDS = {row["code"]: row["base"] for row in vocabulary.CODES if row["group"] == "level_words"}
_LEVEL_OF_PREFIX = {fold(word): level for word, level in LEVEL_WORDS.items()}
_PREFIX = re.compile(r"(?i)({})[.\s]\s*(?=\S)".format("|".join(_LEVEL_OF_PREFIX)))
_NAME_OF_KEY = {fold(other): fold(name) for other, name in OTHER_NAMES.items()}


def known_areas(communes: Communes = None) -> tuple[Area, ...]:
    """`AREAS` and, with the table `communes`, every old and new commune of it, each once with its own dates.
    Areas known already stay as they are, so that who asks many times need not have them found anew.

    >>> table = DataFrame({"old_name": ["Long Khánh"], "valid_to": "2020-02-10",
    ...                       "new_name": "Phúc Khánh", "new_valid_from": "2020-02-11"})
    >>> [(area.name, area.valid_to) for area in known_areas(table)[-2:]]
    [('Long Khánh', datetime.date(2020, 2, 10)), ('Phúc Khánh', None)]
    """
    if communes is None or isinstance(communes, tuple):
        return communes or AREAS
    begun: dict[str, set[date | None]] = {}
    ended: dict[str, set[date | None]] = {}
    for held, name, day in ((begun, "new_name", "new_valid_from"), (ended, "old_name", "valid_to")):
        for key, text in zip(communes[name], communes[day], strict=True):
            if isinstance(key, str):
                held.setdefault(key, set()).add(as_day(text))
    found = []
    for name in sorted({*begun, *ended}):
        firsts, lasts = (sorted(filter(None, held.get(name, ()))) for held in (begun, ended))
        for last in [*lasts, None]:
            first = max((day for day in firsts if day <= (last or date.max)), default=None)
            if last or (first and first > max(lasts, default=date.min)):
                found.append(Area(name, "commune", first, last))
    return tuple(dict.fromkeys((*AREAS, *found)))


def find_area(
    name: str, level: str | None = None, on: date | str | None = None, *, communes: Communes = None
) -> Area:
    """The one area of this name, level and day; nothing is guessed.

    Capitals, NFD and the place of the tone mark do not matter; diacritics do. A word before the name
    ("huyện", "xã", "TP.") is its level. `on` (a date or "2024-12-31") picks the unit that stood that day;
    without it, of two units of one name and level the latest is given. The province joined with Yên Bái is
    another area with a name of its own here, which "Lào Cai" finds on a day after 30 June 2025.

    Parameters
    ----------
    name : str
        The name as printed.
    level : str, optional
        A level of the record (district, commune, …), where the name does not say it.
    on : date or str, optional
        The day on which it stood.
    communes : DataFrame, optional
        The table of communes; without it only those of `areas.csv` are known.

    Returns
    -------
    Area
        Name as the record writes it, level, first and last day (None: open).

    Raises
    ------
    UnknownArea
        A name it does not know, with near misses; a name of several levels when none is said; a level or a
        day at which no such area stood.

    Examples
    --------
    >>> find_area("HUYỆN BẢO YÊN").level, find_area("Bảo Thắng", on="2024-12-31").level
    ('district', 'district')
    >>> find_area("tp. Lào Cai").name, find_area("Lào Cai", "province", "2026-01-01").name
    ('Thành phố Lào Cai', 'Lào Cai (từ 7/2025)')
    >>> find_area("Bảo Yen", "district")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    baoyen_analysis.places.UnknownArea: no district is named 'Bảo Yen'; did you mean Bảo Yên (district) ...
    """
    areas, day = known_areas(communes), as_day(on)
    named = _named(name, level, areas)
    if not named:
        raise _refused(name, level, areas)
    units = named
    if day is not None:
        called = {area[:2] for area in named}
        also = [area for area in areas if (area.printed, area.level) in called]
        units = [area for area in (*named, *also) if area.stood(day)]
    if not units:
        raise UnknownArea(f"{name!r} was not there on {day}: {'; '.join(map(described, named))}")
    if len({area.level for area in units}) > 1:
        meant = "; ".join(map(described, units))
        raise UnknownArea(f"{name!r} is the name of several areas: {meant}; say which level, or on=…")
    return max(units, key=lambda area: area.last)


def areas_in(text: str, *, communes: Communes = None) -> list[list[Area]]:
    """What the names of areas in a text may mean, one list a name: the areas of the level that the word
    before it says, else all.

    >>> [[area[:2] for area in areas] for areas in areas_in("KINH TẾ HUYỆN VĂN BÀN; Bảo Yên (KH)")]
    [[('Văn Bàn', 'district')], [('Bảo Yên', 'district'), ('Bảo Yên', 'commune')]]
    """
    areas, found = known_areas(communes), []
    for match in _names(areas).finditer(fold(text)):
        named = [area for area in areas if fold(area.name) == _NAME_OF_KEY.get(match["name"], match["name"])]
        found.append(_named(match[0], None, areas) or named)
    return found


@lru_cache(maxsize=4)
def _names(areas: tuple[Area, ...]) -> re.Pattern:
    """The names of areas, the longer first, with the word of a level; not the country's in the motto of the
    state."""
    names = sorted({fold(area.name) for area in areas} | set(_NAME_OF_KEY), key=len, reverse=True)
    any_name = "|".join(map(re.escape, names))
    level = f"(?:{_PREFIX.pattern[4:]})?(?<!{fold('chủ nghĩa')} )"
    return re.compile(rf"(?<!\w){level}(?P<name>{any_name})(?!\w)")


class Standing(NamedTuple):
    """The unit that a figure is of, by its first day ("" = before the record), and why it can't have such a
    figure ("" where it can) with the day that tells."""

    since: str
    reason: str = ""
    day: str = ""


def standing(units: Sequence[Area], last_day: date, *, outcome: bool = True, published: str = "") -> Standing:
    """Which of the units of one name and level a figure of a period that ends on `last_day` is of.

    An outcome needs a unit that stood on that day (`area_not_begun`, `area_ended`); what was set (a plan, a
    target) is of the unit that stood when it was published, else on that day, and may be set beyond its end.

    >>> district = [area for area in AREAS if area[:2] == ("Bảo Yên", "district")]
    >>> standing(district, date(2025, 12, 31)), standing(district, date(2025, 12, 31), outcome=False)
    (Standing(since='', reason='area_ended', day='2025-06-30'), Standing(since='', reason='', day=''))
    """
    begun = [area for area in units if area.first <= last_day]
    if not begun:
        since = min(units, key=lambda area: area.first).since
        return Standing(since, "area_not_begun", since)
    days = [last_day] if outcome or len(published) < 10 else [date.fromisoformat(published), last_day]
    stood = [area for day in days for area in begun if area.stood(day)]
    unit = stood[0] if stood else max(begun, key=lambda area: area.last)
    return (
        Standing(unit.since, "area_ended", str(unit.last)) if outcome and not stood else Standing(unit.since)
    )


def numbered(*columns: Any) -> tuple[np.ndarray, np.ndarray]:
    """A number for each row of columns of one length, the same for rows that are the same, in the order in
    which they first come; and where that is.

    >>> [found.tolist() for found in numbered(Series(["a", "b", "a", "a"]), Series([1, 1, 1, 2]))]
    [[0, 1, 0, 2], [0, 1, 3]]
    """
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, known = factorize(column, use_na_sentinel=False)
        number = factorize(number * len(known) + codes)[0]
    return number, np.unique(number, return_index=True)[1]


def placed(table: DataFrame, communes: Communes = None) -> DataFrame:
    """`area_since`, `reason` and `reason_part` of each figure of a table (`area`, `area_level`, `period_end`,
    `published`, and `outcome`: whether it needs an area that stood to the period's end)."""
    units: dict[tuple[str, str], list[Area]] = {}
    for area in known_areas(communes):
        units.setdefault(area[:2], []).append(area)
    asked = [table[name] for name in ("area", "area_level", "period_end", "outcome", "published")]
    number, firsts = numbered(*asked)
    found = [
        standing(units[area, level], end.date(), outcome=outcome, published=published)
        for area, level, end, outcome, published in zip(*(cells.iloc[firsts] for cells in asked), strict=True)
    ]
    columns = np.array(found, dtype=object).reshape(len(found), 3).T
    names = ("area_since", "reason", "reason_part")
    return DataFrame(dict(zip(names, columns[:, number], strict=True)), index=table.index, dtype=object)


def stood_together(first: DataFrame, second: DataFrame, communes: Communes = None) -> Series:
    """Whether the units of two tables (`area`, `area_level`, `area_since`), row by row, stood on one day."""
    last = {(area.name, area.level, area.since): str(area.last) for area in known_areas(communes)}
    ends = [
        [
            last[unit]
            for unit in table[["area", "area_level", "area_since"]].itertuples(index=False, name=None)
        ]
        for table in (first, second)
    ]
    return (first["area_since"] <= ends[1]) & (second["area_since"] <= ends[0])


def zones_of(district: str, communes: DataFrame) -> list[str]:
    """The zones that are made of communes of one district, as the table of communes has them.

    >>> names = ["Bảo Hà", "Cam Cọn", "Kim Sơn", "Yên Sơn", "Minh Tân", "Điện Quan"]
    >>> table = DataFrame({"old_name": names, "old_district": "Bảo Yên"})
    >>> zones_of("Bảo Yên", table), zones_of("Bảo", table)
    (['Vùng III Bảo Yên'], [])
    """
    inside = set(communes.loc[communes["old_district"] == district, "old_name"])
    return [area.name for area in AREAS if area.level == "zone" and inside.issuperset(area.members)]


def _split(key: str) -> tuple[str | None, str]:
    """A folded name as (level of the word before it, the rest)."""
    found = _PREFIX.match(key)
    return (_LEVEL_OF_PREFIX[found[1]], key[found.end() :]) if found else (None, key)


def _named(name: str, level: str | None, areas: Sequence[Area]) -> list[Area]:
    """The areas a name may mean: by the whole name, else by the level that the word before it or the caller
    says."""
    key = fold(name) if isinstance(name, str) else ""
    called = _NAME_OF_KEY.get(key, key)
    whole = [area for area in areas if fold(area.name) == called and level in (None, area.level)]
    said, rest = _split(key)
    if whole or (said and level and said != level):
        return whole
    rest = _NAME_OF_KEY.get(rest, rest)
    of_level = [area for area in areas if area.level == (said or level)]
    return [area for area in of_level if rest in (fold(area.name), _split(fold(area.name))[1])]


def described(area: Area) -> str:
    """An area with its level and dates."""
    first = f" from {area.valid_from}" if area.valid_from else ""
    last = f" to {area.valid_to}" if area.valid_to else ""
    return f"{area.name} ({area.level}{first}{last})"


def _refused(name: object, level: str | None, areas: Sequence[Area]) -> UnknownArea:
    """The refusal of a name, with near misses by letters alone: it is in its tone marks that a name is
    mistyped."""
    from rapidfuzz import fuzz, process  # only a wrong name needs it

    names = {f"{area.name} ({area.level})": plain(area.name) for area in areas}
    sought = plain(_split(fold(str(name)))[1])
    near = process.extract(sought, names, scorer=fuzz.ratio, score_cutoff=75, limit=3)
    hint = f"; did you mean {' or '.join(said for _, _, said in near)}?" if near else ""
    if areas is AREAS and level in (None, "commune"):
        hint += " (communes are looked up where their table is given: communes=…)"
    return UnknownArea(f"no {level or 'area'} is named {name!r}{hint}")
