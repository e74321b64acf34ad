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
    table = pd.DataFrame(paths.rows_beside(__file__, "publishers.csv")).set_index("publisher")
    told = table.reindex(sources["publisher"]).set_index(sources.index)
    house, copy_of = told["house"].fillna(sources["publisher"]), told["copy_of"].fillna("")
    counts = told["is_publisher"].eq("yes")
    counts |= told["house"].isna() & sources["source_kind"].isin(vocabulary.PUBLISHING_KINDS)
    counted_as = copy_of.mask(copy_of == "", house.where(counts, ""))
    return sources.assign(house=house, copy_of=copy_of, counted_as=counted_as)
