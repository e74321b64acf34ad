"""What does the product say once an office's yearly tables are held? Adds each table of the shared cases,
alone and in every order of two, to a copy of the record, and reads the first screen, the sections, the
chart titles and `baoyen ask` in both languages.

    python benchmarks/scenarios.py            every scenario
    python benchmarks/scenarios.py PART       those whose files hold PART
    python benchmarks/scenarios.py 200        so many records with one to three figures drawn at random

`scenarios.csv` says, a file and goal a row, what the goal's verdict must be with that file alone, and the
numbers that must be shown; of two files the one that says more of the goal's year holds, in either order.
Beside that, no sentence may say that something is not held which is, and met + missed + open + without are
the goals. Prints each scenario's counts and faults; exit 1 where there is one. The tables' numbers are
invented."""

import contextlib
import io
import itertools
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
from typer.main import get_command

from baoyen_analysis import answers, paths, pictures, prospects, record, topics, vocabulary, words
from baoyen_analysis.answer import AREA, LEVEL
from baoyen_analysis.cleaning import build, store
from baoyen_analysis.commands import cli
from baoyen_analysis.views import verdicts

HERE = Path(__file__).resolve().parent
# Questions whose answer both languages say: each is answered once a record.
ASKED = (
    (answers, "needed"),
    *((prospects, name) for name in ("chances", "plans", "standing", "real_terms", "nowcast")),
)
TABLES = HERE.parent.parent / "shared" / "cases" / "office" / "year-tables"
# Of two files the one that says more of a goal's year: its outcome, an estimate, an earlier year.
SAYS_MORE = ("", "earlier", "estimate", "actual")
# Sentences that say that something is not held, and what they say it of.
DENIALS = (
    *("verdict.reached", "verdict.fast_enough", "verdict.too_slow", "verdict.turns_on_outcome"),
    *("verdict.turns_on_base", "verdict.turns_on_goal", "verdict.turns_on_rounding"),
    *("verdict.no_outcome", "verdict.without"),
    *("headline.none", "finding.gaps", "limits.no_outcome", "finding.no_plan_for"),
    *("finding.too_thin", "answer.refused"),
)


def expected() -> pd.DataFrame:
    """What each file alone must make of each goal: file, goal, verdict, counted_as, says; the numbers that
    the first screen's line, the chart's title and `ask` (without one: the line's) must show, as Vietnamese
    writes them."""
    return pd.read_csv(HERE / "scenarios.csv", dtype=str, keep_default_na=False)


def of_files(names: tuple[str, ...]) -> pd.DataFrame:
    """What a record with these files must say, a goal a row: by the file that says most of its year."""
    rows = expected()
    rows = rows[rows["file"].isin(["", *names])].assign(rank=lambda t: t["says"].map(SAYS_MORE.index))
    return rows.sort_values("rank", kind="stable").drop_duplicates("goal", keep="last").set_index("goal")


@contextlib.contextmanager
def project() -> Iterator[Path]:
    """A copy of the record that the commands and the answers work in."""
    before = os.environ.get("BAOYEN_ROOT")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE.parent / "data", Path(folder) / "data")
        os.environ["BAOYEN_ROOT"] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop("BAOYEN_ROOT") if before is None else os.environ.update(BAOYEN_ROOT=before)


@cache
def _commands() -> Any:
    """The commands, put together once."""
    return get_command(cli.app)


def called(*arguments: str) -> tuple[int, str]:
    """A command, how it ended and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            _commands()(list(arguments))
        except SystemExit as end:
            return (end.code if isinstance(end.code, int) else bool(end.code)), said.getvalue()
    return 0, said.getvalue()


def add(names: tuple[str, ...]) -> list[str]:
    """Add files in their order, as a person would, and make the tables: what went wrong."""
    faults = []
    for name in names:
        given = ["--source", f"UBND huyện Bảo Yên, {name}", "--area", AREA, "--level", LEVEL, "--yes"]
        # The one question that the yearly tables ask: a note speaks of an estimate, so is "TH 2022" one?
        given += ["--kind", "actual"] if name.startswith("bieu01") else []
        code, said = called("add", str(TABLES / f"{name}.xlsx"), *given)
        faults += [f"add {name} ends with {code}: {said[-300:]}"] * bool(code)
    store.write(build.tables(), paths.processed())
    return faults


def first_screen(lang: str) -> dict[str, str]:
    """The headline, what would settle the goals, and each goal's line, as they stand on the first screen;
    and the counts."""
    t, found = words.of(lang), answers.judged(area=AREA)
    rows = answers.scorecard(area=AREA).rows
    lines = {row["indicator"]: verdicts.line(t, row, readings) for row, readings in found}
    settles = verdicts.settles(t, found)
    return {
        "headline": verdicts.headline(t, rows),
        "settles": settles,
        "counts": verdicts.counted(t, rows),
        **lines,
    }


def unsettled(lang: str, said: str, rows: pd.DataFrame) -> list[str]:
    """What is wrong with the sentence of what would settle the goals: it asks for the outcomes that are not
    held and no others, and of each goal that waits for one, for what its pace turns on."""
    t = words.of(lang)
    left = rows[(rows["goal_ids"] != "") & (rows["counted_as"] == "without")]
    if left.empty or not said:
        return [f"{lang}: “{said}”, but {len(left)} goals have no outcome"] * (left.empty == bool(said))
    parts = _pattern(t, "settles.all").match(said)
    if not parts or parts["number"] != str(len(left)) or parts["year"] != str(left["year"].iloc[0]):
        return [f"{lang}: “{said}”, but {len(left)} goals of {left['year'].iloc[0]} have no outcome"]
    asked = _pattern(t, "settles.pace").match(parts["which"])
    told = [part.partition(": ")[0] for part in asked["list"].split("; ")] if asked else []
    waits = {verdicts.short(t, name) for name in left["indicator"]}
    turns = {verdicts.short(t, row.indicator) for row in left.itertuples() if row.turns_on == "outcome"}
    faults = [f"{lang}: “{said}” asks for {name}, which does not wait" for name in told if name not in waits]
    return faults + [f"{lang}: “{said}” does not ask what {n} turns on" for n in turns - set(told)]


def told(lang: str) -> list[str]:
    """What the sections find and cannot say."""
    return [
        text
        for topic in (*topics.TOPICS, "start", "goal")
        for part in (topics.found, topics.limits)
        for text in part(topic, lang=lang)
    ]


def false_denials(lang: str, screen: dict[str, str], sentences: list[str]) -> list[str]:
    """The sentences that say of something held that it is not."""
    t, faults = words.of(lang), []
    named = {form(name): name for name in vocabulary.INDICATORS for form in (t.name, t.named)}
    for place, text in [*screen.items(), *(("", text) for text in sentences)]:
        for key in DENIALS:
            said = _pattern(t, key).match(text)
            if not said:
                continue
            parts = said.groupdict()
            if key == "answer.refused" and parts["reason"] != t.say("reason.no_full_year"):
                continue
            years = _years(parts.get("years") or parts.get("year") or "")
            listed = re.split(r"[,;] ", parts.get("names") or parts.get("name") or "")
            about = (
                [place]
                if place in vocabulary.INDICATORS
                else [named[name] for name in listed if name in named]
            )
            plan = "plan" in key
            faults += [
                f"{lang}: “{text}”, but {name} is held: {', '.join(found)}"
                for name in about
                if (
                    found := held(
                        name, years if key not in ("verdict.no_outcome", "verdict.without") else [], plan
                    )
                )
            ]
    return faults


def held(indicator: str, years: list[int], plan: bool = False) -> list[str]:
    """The figures of whole years of an indicator of the district, of these years or of any: their ids."""
    return [name for name, year in _held(indicator, plan) if not years or year in years]


@record.remembered
def _held(indicator: str, plan: bool) -> list[tuple[str, int]]:
    """The figures of whole years of an indicator of the district, with their years."""
    rows = record.observed(indicator, area=AREA, level=LEVEL)
    outcome = rows["kind"].isin(vocabulary.OUTCOMES)
    kept = rows[(outcome != plan) & (rows["part"] == "") & (rows["status"] != "out_of_scope")]
    return list(zip(kept["figure_id"], kept["year"], strict=True))


def _pattern(t: Any, key: str) -> re.Pattern[str]:
    """A sentence's template as a pattern with its parts by name."""
    return _pattern_of(t.words[key])


@cache
def _pattern_of(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    seen: set[str] = set()
    made = ""
    for place, part in enumerate(parts):
        again = place % 2 and part in seen
        made += "(?:.*?)" if again else f"(?P<{part}>.*?)" if place % 2 else re.escape(part)
        seen |= {part} if place % 2 else set()
    return re.compile(made + "$")


def _years(text: str) -> list[int]:
    """The years of a list of years and spans."""
    spans = re.findall(r"(\d{4})(?:–(\d{4}))?", text)
    return [year for first, last in spans for year in range(int(first), int(last or first) + 1)]


def counting(rows: pd.DataFrame) -> dict[str, int]:
    """Goals of the named plan, and how many count as what."""
    rows = rows[rows["goal_ids"] != ""]
    return {"goals": len(rows), **rows["counted_as"].value_counts().to_dict()}


@contextlib.contextmanager
def answered_once() -> Iterator[None]:
    """An answer that both languages say is reckoned once, as long as the record stays what it is."""
    with contextlib.ExitStack() as kept:
        for module, name in ASKED:
            kept.enter_context(patch.object(module, name, record.remembered(getattr(module, name))))
        yield


@answered_once()
def faults_of(wanted: pd.DataFrame | None) -> list[str]:
    """What is wrong with what the record says now: against what is wanted, and by itself."""
    rows = answers.scorecard(area=AREA).rows
    named = rows[rows["goal_ids"] != ""].set_index("indicator")
    count = counting(rows)
    faults = []
    if count["goals"] != sum(count.get(name, 0) for name in ("met", "missed", "open", "without")):
        faults.append(f"the counts do not add up: {count}")
    for lang in words.LANGUAGES:
        screen = first_screen(lang)
        sentences = told(lang)
        faults += false_denials(lang, screen, sentences) + unsettled(lang, screen["settles"], rows)
        if wanted is not None:
            faults += _unlike(lang, wanted, named, screen, sentences)
    return faults


def _unlike(
    lang: str, wanted: pd.DataFrame, named: pd.DataFrame, screen: dict[str, str], sentences: list[str]
) -> list[str]:
    """Where verdicts, lines, chart titles or answers are not as wanted, in one language."""
    faults = []
    # Each goal's chart is drawn in one language, its title read in both.
    drawn = dict(zip(vocabulary.PANEL_COLUMNS, itertools.cycle(words.LANGUAGES)))
    for goal, row in wanted.iterrows():
        found = named.loc[goal, ["verdict", "counted_as"]].tolist()
        if found != [row["verdict"], row["counted_as"]]:
            faults.append(f"{goal}: {' '.join(found)} instead of {row['verdict']} {row['counted_as']}")
        places = [("first screen", row["line"], screen[goal])]
        if goal in vocabulary.PANEL_COLUMNS:
            title = _title(goal, lang, drawn=drawn[goal] == lang)
            asked = called("ask", "needed", goal, "--year", "2024", "--lang", lang)[1]
            places += [("chart", row["title"], title), ("ask", row["asked"] or row["line"], asked)]
        faults += [
            f"{lang}, {place}: {goal} does not say {number}: “{text}”"
            for place, number, text in places
            if not _says(text, _spoken(number, lang))
        ]
    return faults


def _title(goal: str, lang: str, *, drawn: bool) -> str:
    """The title of a goal's chart, from the chart or from what it is drawn with."""
    if drawn:
        return pictures.trend(goal, lang=lang, shape="narrow").title
    with patch.object(pictures.charts, "trend", lambda series, caption, **more: caption):
        return pictures.trend(goal, lang=lang, shape="narrow").title


def _says(text: str, number: str) -> bool:
    """Whether a number stands in a text, by itself."""
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", text) is not None if number else True


def _spoken(number: str, lang: str) -> str:
    """A Vietnamese number in the language's own writing."""
    return number if lang == "vi" else number.translate(str.maketrans(",.", ".,"))


def drawn(seed: int) -> list[dict[str, Any]]:
    """One to three figures of Bảo Yên drawn at random, invented: outcomes, plans, targets of any year."""
    draw = random.Random(seed)
    planned = record.targets()
    goals = sorted(planned.loc[planned["goal_id"] == "plan-2024", "indicator"].unique())
    figures = []
    for _ in range(draw.randint(1, 3)):
        name = draw.choice(
            [*goals, *vocabulary.PANEL_COLUMNS, "poverty_rate", "forest_cover", "grain_output"]
        )
        near = planned.loc[planned["indicator"] == name, "value"]
        value = float(near.median() if len(near) else 100.0) * draw.uniform(0.6, 1.2)
        percent = vocabulary.INDICATORS[name].unit == "percent"
        figures.append(
            {
                "indicator": name,
                "period": str(draw.randint(2018, 2025)),
                "kind": draw.choice([*vocabulary.OUTCOMES, *vocabulary.OUTCOMES, "plan", "target"]),
                "value": round(min(value, 100.0) if percent else value, draw.choice([0, 1])),
                "qualifier": draw.choice(["eq", "eq", "eq", "gt", "approx"]),
            }
        )
    return figures


def grown(figures: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The tables of the record with these figures besides, printed by one invented office."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from conftest import Grown

    return Grown()({"source_id": "drawn", "figures": figures})


def scenarios() -> list[tuple[str, ...]]:
    """Each file alone, and every two in both orders."""
    names = sorted(path.stem for path in TABLES.glob("*.xlsx"))
    return [(name,) for name in names] + list(itertools.permutations(names, 2))


def main() -> int:
    if not TABLES.exists():
        print("the shared cases are not here: nothing was tried")
        return 0
    asked = sys.argv[1] if sys.argv[1:] else ""
    tried = range(int(asked)) if asked.isdigit() else scenarios()
    wrong = 0
    for names in tried:
        if asked and not asked.isdigit() and not any(asked in name for name in names):
            continue
        with project():
            if isinstance(names, int):
                figures = drawn(names)
                store.write(grown(figures), paths.processed())
                faults = faults_of(None)
                names = tuple(f"{f['indicator']} {f['period']} {f['kind']} {f['value']}" for f in figures)
            else:
                faults = add(names) + faults_of(of_files(names))
            print(" + ".join(names), counting(answers.scorecard(area=AREA).rows), flush=True)
        for fault in faults:
            print(f"   {fault}", flush=True)
        wrong += bool(faults)
    print(f"{wrong} of {len(tried)} scenarios with faults")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
