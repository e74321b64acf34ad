"""The one way through the cleaning: data/raw in, the tables of data/processed out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from baoyen_analysis.cleaning import comparisons, observations, panel, publishers, raw, reconcile, schema
from baoyen_analysis.cleaning.faults import Faults


def tables(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Every table of data/processed, typed and checked, made from a folder like data/raw; faults raise
    `FaultyRecord`, all at once.

    >>> made = tables()
    >>> len(made["observations"]), len(made["derived"])
    (577, 111)
    """
    faults = Faults()
    record = raw.read(folder, faults=faults)
    sources = publishers.describe(record.sources)
    cleaned = observations.clean(record.figures, sources, record.communes, faults=faults)
    derived, crosschecks = comparisons.derive(cleaned, record.comparisons, record.communes)
    observed = reconcile.choose(cleaned, derived)
    made = {
        "observations": observed,
        "derived": derived,
        "crosschecks": crosschecks,
        "panel": panel.merge(observed),
        "targets": panel.targets(observed, record.goals),
        "sources": sources.assign(
            figures=sources["source_id"].map(observed["source_id"].value_counts()).fillna(0)
        ),
        "communes": record.communes,
        "dictionary": schema.dictionary(),
    }
    return {name: schema.validate(schema.typed(table, name), name) for name, table in made.items()}
