"""Is every figure watched? Changes one printed figure at a time and sees whether the stored notebooks still
match.

    python benchmarks/mutations.py            what speaks for Bảo Yên and Lào Cai on the core indicators
    python benchmarks/mutations.py PART       only those whose figure_id holds PART
    python benchmarks/mutations.py --used     every other figure that a notebook or the report leads to
    python benchmarks/mutations.py --unused   changes nothing: lists the figures that nothing leads to

Each figure's words and recorded number are changed alike in a copy of data/raw, its checksums renewed, and
the tables rebuilt; then the notebooks are run on them, the likeliest first, until a cell shows something else
than is stored. Prints caught / tried; exit 1 if one change goes unnoticed."""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd

from baoyen_analysis import paths, record, vocabulary
from baoyen_analysis.answer import AREA, PROVINCE
from baoyen_analysis.cleaning import build, store
from baoyen_analysis.cleaning.faults import FaultyRecord
from baoyen_analysis.commands import notebooks
from baoyen_analysis.printed import figures
from baoyen_analysis.report import pages

# Where a change of an indicator shows first.
FIRST = {
    "income_per_capita": "10-income",
    "yield_per_ha": "20-yield-per-hectare",
    "tourist_visits": "30-tourism",
    "tourism_revenue": "30-tourism",
}


def watched() -> pd.DataFrame:
    """The figures that speak for Bảo Yên and Lào Cai on the core indicators, and those that print otherwise:
    the verdicts rest on both."""
    rows = record.observations()
    areas = (rows["area"] == AREA) | ((rows["area"] == PROVINCE) & (rows["area_level"] == "province"))
    speak = rows["status"].isin(["chosen", "conflicting"])
    return rows[areas & rows["indicator"].isin(vocabulary.PANEL_COLUMNS) & speak]


def other_words(text: str, *, locale: str, unit_text: str) -> tuple[str, float]:
    """The same words with one digit changed, the last that makes another readable figure, and the number they
    come to."""
    value = figures.parse_figure(text, locale=locale, unit_text=unit_text).value
    for place in reversed([index for index, letter in enumerate(text) if letter.isdigit()]):
        for digit in (str((int(text[place]) + 1) % 10), str((int(text[place]) + 9) % 10)):
            changed = text[:place] + digit + text[place + 1 :]
            try:
                number = figures.parse_figure(changed, locale=locale, unit_text=unit_text).value
            except figures.UnreadableFigure:
                continue
            if number != value and number > 0:
                return changed, number
    raise ValueError(f"no digit of {text!r} can be changed")


def mutate(raw: Path, figure: pd.Series) -> str:
    """Change one figure in a copy of data/raw: its words and its number alike, and the checksum; gives the
    new words."""
    path = raw / figure["file"]
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    row = table.index[table["figure_id"] == figure["figure_id"]][0]
    words, number = other_words(figure["value_text"], locale=figure["locale"], unit_text=figure["unit_text"])
    table.loc[row, ["value_text", "value"]] = [
        words,
        f"{number / vocabulary.UNITS[figure['unit']].scale:.12g}",
    ]
    content = table.to_csv(index=False, lineterminator="\n").encode()
    path.write_bytes(content)
    sums = path.parent / "SHA256SUMS"
    lines = [line for line in sums.read_text().splitlines() if not line.endswith(f"  {path.name}")]
    sums.write_text("\n".join([*lines, f"{hashlib.sha256(content).hexdigest()}  {path.name}"]) + "\n")
    return words


def noticed(root: Path, figure: pd.Series, runner: notebooks.Runner) -> str:
    """Where the change of one figure shows, "" where nowhere."""
    shutil.rmtree(root / "data", ignore_errors=True)
    shutil.copytree(paths.raw(), root / "data" / "raw")
    words = mutate(root / "data" / "raw", figure)
    tables = build.tables(root / "data" / "raw")
    store.write(tables, root / "data" / "processed")
    for path in sorted(
        notebooks.stored(), key=lambda path: path.stem != FIRST.get(figure["indicator"], "70-data-quality")
    ):
        found = runner.first_difference(path)
        if found:
            return f"«{figure['value_text']}» → «{words}»: {path.stem}, cell {found[0]}"
    return ""


def led(shown: str) -> str:
    """What an output shows, without those of its notes that no number in its table leads to."""
    numbers = {
        int(number)
        for cell in re.findall(r"<sup>([\d, ]+)</sup>", shown)
        for number in cell.split(", ")
        if number
    }
    notes = re.findall(r"<li>.*?</li>", shown, flags=re.DOTALL)
    if not numbers:
        return shown
    kept = [note for place, note in enumerate(notes, start=1) if place in numbers]
    return " ".join([shown.partition("<ol>")[0], *kept])


def unused() -> pd.DataFrame:
    """The figures of the record that no stored output of a notebook leads to and no page of the report.

    `own`: of Bảo Yên or one of its communes, so that something should lead to each."""
    outputs = (
        led("".join(text))
        for path in notebooks.stored()
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        for text in output.get("data", {}).values()
    )
    # A figure_id that the collector names in another figure's note leads nowhere.
    report = re.sub(r'<span class="note">.*?</span></span>', "", pages.html(), flags=re.DOTALL)
    shown = set(re.findall(r"[\w-]+", " ".join([*outputs, report])))
    rows = record.observations()
    communes = set(record.communes()[["old_name", "new_name"]].to_numpy().ravel())
    own = (rows["area"] == AREA) | ((rows["area_level"] == "commune") & rows["area"].isin(communes))
    return rows.assign(own=own)[~rows["figure_id"].isin(shown)]


def list_unused() -> int:
    rows, held = unused(), len(record.observations())
    columns = ["figure_id", "area", "indicator", "period", "kind", "status"]
    for own, title in ((True, "Bảo Yên's own: something should lead to them"), (False, "of other areas")):
        part = rows[rows["own"] == own]
        print(f"{title}: {len(part)}")
        print("".join(f"  {', '.join(row)}\n" for row in part[columns].astype(str).to_numpy()), end="")
    print(f"nothing leads to {len(rows)} of {held} figures, {int(rows['own'].sum())} of them Bảo Yên's own")
    return 1 if rows["own"].any() else 0


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted == "--unused":
        return list_unused()
    rows = watched()
    if wanted == "--used":
        every = record.observations().drop_duplicates("figure_id")
        rows = every[~every["figure_id"].isin([*unused()["figure_id"], *rows["figure_id"]])]
    else:
        rows = rows[rows["figure_id"].str.contains(wanted, regex=False)]
    missed = []
    with tempfile.TemporaryDirectory() as folder, notebooks.Runner(root=Path(folder)) as runner:
        for tried, (_, figure) in enumerate(rows.iterrows(), start=1):
            try:
                where = noticed(Path(folder), figure, runner)
            except FaultyRecord as error:
                where = f"refused: {error.faults['problem'].iloc[0]}"
            print(f"{tried:3d}/{len(rows)} {figure['figure_id']}: {where or 'NOT NOTICED'}", flush=True)
            if not where:
                missed.append(figure["figure_id"])
    print(
        f"caught {len(rows) - len(missed)} of {len(rows)} changes tried"
        + (f"; missed: {', '.join(missed)}" if missed else "")
    )
    return 1 if missed or rows.empty else 0


if __name__ == "__main__":
    sys.exit(main())
