"""The Answer that every question gives, and what a question starts from.

What starts from the latest outcome of an indicator gives a row for each counted outcome and base: where
sources print 45 and 50, neither is answered without the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import pandas as pd

from baoyen_analysis import record, tracing, vocabulary, words
from baoyen_analysis.agreement import alike
from baoyen_analysis.measures import goals, questions
from baoyen_analysis.measures.choices import Evidence, evidence
from baoyen_analysis.measures.readings import reading_rows
from baoyen_analysis.views import answered, said, shown
from baoyen_analysis.views.said import Sentences
from baoyen_analysis.words import Language

AREA, LEVEL, PROVINCE = "Bảo Yên", "district", "Lào Cai"

Values: TypeAlias = str | pd.Series | pd.DataFrame


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """What a question gives: `rows` for reckoning on, and itself in words.

    In a notebook it shows itself: the sentences, the table, the printed words and sources behind it.

    Attributes
    ----------
    kind : str
        The question, for example "needed".
    rows : DataFrame
        Codes, numbers and `figure_ids`; the docstring of the question says what its columns are.
    """

    kind: str
    rows: pd.DataFrame
    says: Callable[[Language, pd.DataFrame], Iterable[str]] = said.sentences
    tells: Callable[[Language, pd.DataFrame], pd.DataFrame] = answered.of_rows
    draws: Callable[[str, str], Any] | None = None

    def sentences(self, lang: str | None = None) -> Sentences:
        """What it says, one sentence after another, each knowing its figures."""
        return Sentences(self.says(words.of(lang), self.rows))

    def sentence(self, lang: str | None = None) -> str:
        """What it says, in one string."""
        return " ".join(self.sentences(lang))

    def table(self, lang: str | None = None) -> pd.DataFrame:
        """Its rows as a reader has them: heads, numbers and words of one language."""
        return self.tells(words.of(lang), self.rows)

    def chart(self, lang: str | None = None, *, shape: str = "wide") -> Any:
        """Its picture, `shape` wide or narrow; refused where it has none."""
        if self.draws is None:
            raise ValueError(f"the answer to {self.kind!r} has no chart; .table() gives its numbers")
        return self.draws(words.of(lang).code, shape)

    @property
    def figure_ids(self) -> list[str]:
        """The printed figures that it rests on, each once."""
        columns = [self.rows[name] for name in self.rows if name in ("figure_id", "figure_ids")]
        return list(
            dict.fromkeys(name for ids in columns for cell in ids.dropna() for name in str(cell).split())
        )

    @property
    def reason(self) -> str:
        """The code of why there is no answer; "" where there is one."""
        refused = self.rows.get("case", pd.Series(dtype=object)).eq("refused")
        return str(self.rows["reason"].iloc[0]) if len(refused) and refused.all() else ""

    def sources(self, lang: str | None = None) -> dict[str, str]:
        """The printed words and the source of each figure, by figure_id."""
        return tracing.printed(self.figure_ids, lang=lang)

    def __repr__(self) -> str:
        return self.sentence()

    def _repr_html_(self) -> str:
        return shown.html(words.of(), self.sentences(), self.table(), self.sources())


class Asked(NamedTuple):
    """What a question starts from: who is asked about, pairs of a base and a counted outcome, the series up
    to each outcome, and what was set."""

    names: dict[str, str]
    pairs: list[pd.DataFrame]
    paths: list[pd.DataFrame]
    aim: pd.Series | None
    reason: str


def asked_of(indicator: Values, area: str, level: str, target: float | None, year: int | None) -> Asked:
    """What a question on an indicator of the record, or on a series of one's own, starts from."""
    if not isinstance(indicator, str):
        if target is None:
            raise ValueError("give the target of your own series, target=95, and its year")
        own = questions.known(indicator)
        aim = pd.Series({"value": target, "year": year, "definition": "", "figure_id": ""})
        return Asked({"indicator": "", "area": "", "area_level": ""}, [own], [own], aim, "")
    names = {"indicator": indicator, "area": area, "area_level": level}
    paths = record.outcome_paths(indicator, area=area, level=level)
    aim = _aim(indicator, area, level, target, year, paths)
    if not paths or aim is None:
        missing = "no_plan_year" if year else "no_plan"
        return Asked(names, [], paths, aim, missing if paths else "no_full_year")
    pairs = _pairs(names, aim)
    counted = {pair["figure_id"].iloc[-1]: pair.tail(1) for pair in pairs}
    printed = record.series(indicator, area=area, level=level)
    like = [_up_to(printed, outcome) for outcome in counted.values()]
    return Asked(names, pairs or [path.tail(1) for path in paths], like or paths, aim, "")


def _up_to(series: pd.DataFrame, outcome: pd.DataFrame) -> pd.DataFrame:
    """A series up to a counted outcome, without what states another definition."""
    last = outcome.iloc[0]
    earlier = series[(series["year"] < last["year"]) & alike(series["definition"], last["definition"])]
    return pd.concat([earlier, outcome], ignore_index=True)


def _aim(
    indicator: str, area: str, level: str, target: float | None, year: int | None, paths: list[pd.DataFrame]
) -> pd.Series | None:
    """The number asked about: the one given, else the one in force for the year, or for the next after the
    latest outcome."""
    table = goals.goals(record.targets(), area=area, level=level, indicator=indicator)
    table = table[table["stands"] == "goal"]
    latest = max((int(path["year"].max()) for path in paths), default=0)
    ahead = table[table["year"] > latest]
    chosen = table[table["year"] == year] if year else ahead.head(1) if len(ahead) else table.tail(1)
    if target is not None:
        # Another number for what was planned counts what the plan counts.
        counted = set((chosen if len(chosen) else table)["goal_definition"])
        definition = counted.pop() if len(counted) == 1 else ""
        due = year or (int(chosen["year"].iloc[0]) if len(chosen) else 0)
        if not due:
            raise ValueError(f"nothing was planned for {area} ({level}): give the target's year, year=2024")
        return pd.Series({"value": float(target), "year": due, "definition": definition, "figure_id": ""})
    if chosen.empty:
        return None
    named = {
        "goal": "value",
        "goal_definition": "definition",
        "goal_figure_id": "figure_id",
        "year": "year",
        "goal_qualifier": "qualifier",
    }
    return chosen.iloc[0][list(named)].rename(named)


def _pairs(names: dict[str, str], aim: pd.Series) -> list[pd.DataFrame]:
    """Each counted reading as a series of its base and its outcome."""
    indicator, area, level = names.values()
    asked = goals.asked(
        indicator,
        value=float(aim["value"]),
        year=int(aim["year"]),
        area=area,
        level=level,
        definition=aim["definition"],
    )
    (rows,) = reading_rows([goals.records(asked)], held())
    return [_pair(row) for row in rows if row["counted"] and row["judged"] == "pace"]


@record.remembered
def held() -> Evidence:
    """The outcomes of the record, by which all that was set is judged."""
    return evidence(record.observations(), record.derived(), houses=record.houses())


def _pair(row: goals.Row) -> pd.DataFrame:
    points = []
    for role in ("base", "outcome"):
        flag = vocabulary.QUALIFIER_FLAGS.get(row[f"{role}_qualifier"], "")
        kind = row[f"{role}_kind"] if row[f"{role}_kind"] in vocabulary.FLAGS else ""
        named = {
            name: row[f"{role}_{name}"]
            for name in ("year", "value", "low", "high", "definition", "figure_id")
        }
        points.append(named | {"flag": flag or kind})
    return pd.DataFrame(points, columns=record.SERIES_COLUMNS)


def each(
    kind: str,
    asked: Asked,
    starts: list[pd.DataFrame],
    measure: Callable[[pd.DataFrame, Any], pd.DataFrame],
) -> Answer:
    """The measure's rows on each start, named; or why there is no answer."""
    if asked.reason:
        return refusal(kind, asked.reason, asked.names)
    rows = pd.concat([measure(path, asked.aim) for path in starts], ignore_index=True).assign(**asked.names)
    return Answer(kind, rows.drop_duplicates(ignore_index=True))


def refusal(kind: str, reason: str, names: dict[str, str]) -> Answer:
    """An answer that is a reason alone."""
    return Answer(kind, pd.DataFrame([{"case": "refused", "figure_ids": "", "reason": reason, **names}]))


def side_of(indicator: Values) -> int:
    return (
        (vocabulary.INDICATORS[indicator].direction or 1)
        if isinstance(indicator, str) and indicator in vocabulary.INDICATORS
        else 1
    )
