"""PC-Axis, the format of statistics offices' databases: KEYWORD("of what")=values; and the numbers in DATA.

The numbers run through the variables of STUB, then of HEADING, the last variable fastest.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from pathlib import Path

from baoyen_analysis.cleaning.labels import head_period, is_area
from baoyen_analysis.cleaning.sheets import OfficeFileError

_OPEN_HABIT = re.compile(r"-?\d{1,3}\.\d{3}")  # thousands or decimals? PC-Axis knows decimals alone
_PX_STATEMENT = re.compile(r'([A-Z][A-Z0-9-]*)(\[\w+\])?(?:\("([^"]*)"[^)]*\))?\s*=((?:"[^"]*"|[^";]++)*+);')
_PX_VALUE = re.compile(r'(?:"[^"]*"\s*)+|[^\s",]+')


def is_pc_axis(path: Path, data: bytes) -> bool:
    """Whether a file of text is PC-Axis, by its name or its first words."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return path.suffix.lower() == ".px" or bool(re.match(rb'(charset|axis-version)\s*=\s*"', start))


def rows_of_pc_axis(path: Path, data: bytes) -> list[dict]:
    """One row a number, in the words of `office.WORDS`; its cell is the place in DATA."""
    page = re.search(rb'CODEPAGE\s*=\s*"([!-~]+)"', data)
    try:
        text = data.decode(page[1].decode() if page else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("cp1258", errors="replace")
    text = unicodedata.normalize("NFC", text)
    # A statement without [language] is in the file's main language.
    said = {(key, of): _PX_VALUE.findall(values) for key, language, of, values in _PX_STATEMENT.findall(text) if not language}
    said = {key: ["".join(re.findall(r'"([^"]*)"', value)) if '"' in value else value for value in values] for key, values in said.items()}
    names = said.get(("STUB", ""), []) + said.get(("HEADING", ""), [])
    values = [said.get(("VALUES", name), []) for name in names]
    numbers = said.get(("DATA", ""), [])
    if not names or not numbers or math.prod(map(len, values)) != len(numbers):
        wanted = " × ".join(f"{len(of)} {name}" for name, of in zip(names, values, strict=True)) or "STUB and HEADING"
        raise OfficeFileError(path, f"its DATA has {len(numbers)} numbers where {wanted} are said", "Download it again, whole")
    title, unit, note = (" ".join(said.get((key, ""), [])) for key in ("TITLE", "UNITS", "NOTE"))
    roles = ["period" if all(map(head_period, of)) else "area" if any(map(is_area, of)) else "label" for of in values]
    rows = []
    for place, (labels, number) in enumerate(zip(itertools.product(*values), numbers, strict=True), start=1):
        by_role = {role: " | ".join(label.strip() for its, label in zip(roles, labels, strict=True) if its == role) for role in roles}
        stub = len(said.get(("STUB", ""), []))
        rows.append({
            "sheet": "DATA", "cell": str(place), "title": title, "note": note, "group_text": "", "row_text": " | ".join(labels[:stub]),
            "column_text": " | ".join(labels[stub:]), "area_text": by_role.get("area", ""), "period_text": by_role.get("period", ""),
            "indicator_text": by_role.get("label") or title, "value_text": number, "unit_text": unit,
            "figure": ".." if not number.strip(".") else float(number) if _OPEN_HABIT.fullmatch(number) else number,
        })
    return rows
