"""Who stands behind a source: `publishers.csv` gives each publisher, as printed, its house, whom it reprints,
and whether it publishes anything of its own."""

from __future__ import annotations

import pandas as pd

from baoyen_analysis import paths, vocabulary


def describe(sources: pd.DataFrame) -> pd.DataFrame:
    """The sources with `house`, `copy_of` and `counted_as`: the house by which publishers are counted, a
    reprint being that of whom it quotes; "" for a mirror or a document-sharing site that says none.

    A publisher that is not in the table is its own house, and counts unless its kind never does.

    >>> given = pd.DataFrame({"publisher": ["VietnamPlus (VNA)", "123docz.net", "Phòng Thống kê"],
    ...                       "source_kind": ["press", "document-sharing", "government"]})
    >>> describe(given)["counted_as"].tolist()
    ['Thông tấn xã Việt Nam', '', 'Phòng Thống kê']
    """
    known = {row["publisher"]: row for row in paths.rows_beside(__file__, "publishers.csv")}
    rows = []
    for name, kind in zip(sources["publisher"], sources["source_kind"], strict=True):
        own = "yes" if kind in vocabulary.PUBLISHING_KINDS else "no"
        row = known.get(name, {"house": name, "copy_of": "", "is_publisher": own})
        counted_as = row["copy_of"] or (row["house"] if row["is_publisher"] == "yes" else "")
        rows.append((row["house"], row["copy_of"], counted_as))
    told = pd.DataFrame(rows, columns=["house", "copy_of", "counted_as"], index=sources.index, dtype=object)
    return sources.join(told)
