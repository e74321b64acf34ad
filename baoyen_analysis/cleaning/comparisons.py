"""Printed comparisons ("up 6,82 million on 2011") -> derived observations, and cross-checks where the base is
printed too."""

from __future__ import annotations

from itertools import compress

import numpy as np
import pandas as pd

from baoyen_analysis import places, vocabulary
from baoyen_analysis.agreement import alike
from baoyen_analysis.cleaning.rules import period as read_period
from baoyen_analysis.printed import figures as printed

# Which side of a bound the base is on: the figure's own, and the other side of the amount's ("more than three
# times" a base makes the base less). Two bounds that pull apart leave it open: about.
_SIDE = {"eq": 0, "gt": 1, "ge": 1, "lt": -1, "le": -1}
# What is asked of the figure that is compared.
_COMPARED = ["indicator", "unit", "definition", "value", "printed_low", "printed_high", "qualifier", "year"]
_COMPARED += ["year_inferred", "area", "area_level", "area_since", "published"]
_COMPUTATION = {
    "difference": "{figure} − {amount}",
    "percent_change": "{figure} ÷ (1 + {amount} %)",
    "percent_of": "{figure} ÷ {amount} %",
    "ratio": "{figure} ÷ {amount}",
}


def derive(
    observations: pd.DataFrame, comparisons: pd.DataFrame, communes: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Derived observations, one a printed comparison, and the cross-checks of those whose base is printed
    too.

    A derived observation is the base of the comparison: the figure less a difference, or divided by a ratio.
    Its interval spans the corners of the figure's and the amount's, both as printed: that a plan is exact for
    a verdict does not make it more exactly printed. It is never printed itself, so it is never chosen and
    never enters the panel.

    >>> from baoyen_analysis.cleaning import observations, raw
    >>> from baoyen_analysis.cleaning.publishers import describe
    >>> record = raw.read()
    >>> observed = observations.clean(record.figures, describe(record.sources), record.communes)
    >>> derived, crosschecks = derive(observed, record.comparisons, record.communes)
    >>> base = derived.set_index("comparison_id").loc["gov-zone3-03-c1"]
    >>> base[["value", "low", "high"]].astype(float).round(3).values.tolist()
    [32.67, 32.615, 32.725]
    """
    figure_id, relation, amount, how = (
        comparisons[name] for name in ("figure_id", "relation", "amount", "qualifier")
    )
    compared = _figures(observations, figure_id, _COMPARED).set_axis(comparisons.index)
    derived = comparisons.drop(columns="qualifier").rename(columns=lambda name: name.removeprefix("base_"))
    derived = derived.assign(**compared[["indicator", "unit", "definition"]])
    amounts = [printed.interval(*pair, locale="en") for pair in zip(amount, how, strict=True)]
    by = np.array(amounts, dtype=float).reshape(len(amounts), 3)
    by = np.where(relation.str.startswith("percent").to_numpy()[:, None], by / 100, by)
    by += (relation == "percent_change").to_numpy()[:, None]
    figure = compared[["value", "printed_low", "printed_high"]].to_numpy(dtype=float)[:, :, None]
    difference = (relation == "difference").to_numpy()[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        bases = np.where(difference, figure - by[:, None], figure / by[:, None])
    # Two open ends, "at least 40" less "at least 5", leave their corner open: the others say how far.
    corners = bases[:, 1:, 1:].reshape(len(bases), 4)
    derived["value"] = bases[:, 0, 0]
    derived["low"], derived["high"] = (end.reduce(corners, axis=1) for end in (np.fmin, np.fmax))
    derived["qualifier"] = list(map(_base_qualifier, compared["qualifier"], how))
    derived["computation"] = [
        _COMPUTATION[kind].format(figure=name, amount=text.replace("-", "−"))
        for kind, name, text in zip(relation, figure_id, amount, strict=True)
    ]
    periods = [read_period(text) for text in derived["period"]]
    derived["year"] = [period.year for period in periods]
    derived["period_end"] = pd.to_datetime([period.end for period in periods])
    # A base of the figure's own year shares its doubt.
    derived["year_inferred"] = compared["year_inferred"] & (derived["year"] == compared["year"])
    derived = _within_boundaries(derived, compared, communes)
    crosschecks = _crosschecks(derived, observations)
    derived["printed"] = derived["comparison_id"].isin(crosschecks["comparison_id"])
    return derived, crosschecks


def _figures(observations: pd.DataFrame, ids: pd.Series, columns: list[str]) -> pd.DataFrame:
    """What some figures are, in the order of their ids."""
    return observations[["figure_id", *columns]].set_index("figure_id").loc[ids]


def _within_boundaries(
    derived: pd.DataFrame, compared: pd.DataFrame, communes: pd.DataFrame | None
) -> pd.DataFrame:
    """With the unit of its area that each base is of; `reason` says which bases lie across a boundary change
    (`boundary`): the base's unit is not the figure's, or the two never stood together."""
    outcome = derived["kind"].isin(vocabulary.OUTCOMES)
    told = derived.assign(outcome=outcome, published=compared["published"])
    derived = derived.assign(**places.placed(told, communes))
    same_name = _of_one_name(compared, derived)
    together = places.stood_together(compared[["area", "area_level", "area_since"]], derived, communes)
    apart = np.where(same_name, compared["area_since"] != derived["area_since"], ~together)
    # What was set for an area is of the unit that it was set for, whenever it ends.
    own = same_name & ~outcome
    reason = derived["reason"].mask(apart & (derived["reason"] == ""), "boundary").mask(own, "")
    return derived.assign(area_since=derived["area_since"].mask(own, compared["area_since"]), reason=reason)


def _of_one_name(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series:
    """Whether the rows of two tables are of areas of one name and level."""
    return (first["area"] == second["area"]) & (first["area_level"] == second["area_level"])


def _base_qualifier(figure: str, amount: str) -> str:
    if figure not in _SIDE or amount not in _SIDE:
        return "approx"
    sides = {_SIDE[figure], -_SIDE[amount]}
    return "approx" if len(sides - {0}) == 2 else {0: "eq", 1: "gt", -1: "lt"}[sum(sides)]


def _crosschecks(derived: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """One row a comparison whose base is printed: the printed figure that comes nearest, and whether the
    intervals meet.

    Outcomes (actual, preliminary, estimate) stand for each other; a plan meets plans only. Two different
    stated definitions are never set against each other. Where several figures are printed for the base, that
    they differ among themselves is told by `reconcile`."""
    where = ["area", "area_level", "area_since", "indicator", "period", "role"]
    # The observations carry their own kind: a cross-check may set an estimate against an actual.
    told = ["figure_id", "definition", "value", "printed_low", "printed_high", "part"]
    names = [
        "figure_id_printed",
        "definition_printed",
        "value_printed",
        "low_printed",
        "high_printed",
        "part",
    ]
    inside = derived[derived["reason"] == ""].reset_index(drop=True)
    inside["role"] = vocabulary.role(inside["kind"])
    held = observations["indicator"].isin(inside["indicator"]) & observations["period"].isin(inside["period"])
    bases = observations.loc[held, [*where, *told]]
    of_cell: dict[tuple[str, ...], list[int]] = {}
    for at, cell in enumerate(zip(*(bases[name] for name in where), strict=True)):
        of_cell.setdefault(cell, []).append(at)
    pairs = [
        (at, base)
        for at, cell in enumerate(zip(*(inside[name] for name in where), strict=True))
        for base in of_cell.get(cell, ())
    ]
    left, right = np.array(pairs, dtype=int).reshape(len(pairs), 2).T
    base = {name: bases[column].to_numpy()[right] for name, column in zip(names, told, strict=True)}
    stated = inside["definition"].to_numpy()[left]
    same = np.flatnonzero(alike(stated, base["definition_printed"]) & ~np.isnan(base["value_printed"]))
    left, base = left[same], {name: cells[same] for name, cells in base.items()}
    value, low, high = (inside[end].to_numpy(dtype=float)[left] for end in ("value", "low", "high"))
    difference = value - base["value_printed"]
    above, below = low - base["high_printed"], high - base["low_printed"]
    gap = np.maximum(above, 0) + np.minimum(below, 0)
    # A binary rounding error is no gap.
    gap[np.abs(gap) <= 1e-9 * np.abs(base["value_printed"])] = 0.0
    name = inside["comparison_id"].to_numpy(dtype=object)[left]
    order = np.lexsort([base["figure_id_printed"], np.abs(difference), np.abs(gap), name])
    first = order[places.numbered(name[order])[1]]
    others: dict[str, list[str]] = {}
    for at in order:
        others.setdefault(name[at], []).append(base["figure_id_printed"][at])
    nearest = (
        inside.iloc[left[first]]
        .set_index("comparison_id")
        .assign(
            **{of: cells[first] for of, cells in base.items()},
            difference=difference[first],
            gap=gap[first],
            agrees=gap[first] == 0,
            far=np.abs(gap[first]),
            apart=np.abs(difference[first]),
            other_base_figure_ids=["; ".join(others[of][1:]) or None for of in name[first]],
        )
    )
    names = ["area", "area_level", "period", "part", "definition"]
    compared = _figures(observations, nearest["figure_id"], names).set_axis(nearest.index)
    nearest = nearest.assign(**compared[names[:3]].add_prefix("compared_"))
    # What makes a comparison less than like for like.
    codes = {
        "periods": (nearest["role"] == "outcome") & (compared["part"] != nearest["part"]),
        "areas": ~_of_one_name(compared, nearest),
        "definition": compared["definition"] != nearest["definition_printed"],
    }
    nearest["caveat"] = [" ".join(compress(codes, row)) for row in pd.DataFrame(codes).to_numpy()]
    renamed = {"figure_id_printed": "base_figure_id"}
    for end in ("value", "low", "high"):
        renamed |= {end: f"derived_{end}", f"{end}_printed": f"printed_{end}"}
    return nearest.reset_index().rename(columns=renamed)
