"""What two ratings of one item say: how often which two labels meet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quality.agreement.table import PatternTable


def meetings(table: PatternTable) -> NDArray[np.int64]:
    """The confusion matrix of all pairs of ratings of one item, (q, q), symmetric.

    Cell (k, l) is how many pairs hold the labels k and l, whoever gave which; the
    diagonal counts each pair once. An item with r ratings has r (r - 1) / 2 pairs.

    >>> rows = [[3, 0], [2, 1], [0, 1]]
    >>> meetings(PatternTable.from_counts(rows, ("ok", "bad"))).tolist()
    [[4, 2], [2, 0]]
    """
    counts, times = table.patterns, table.multiplicities[:, None]
    met: NDArray[np.int64] = counts.T @ (counts * times)
    same = (times * counts * (counts - 1) // 2).sum(axis=0)
    np.fill_diagonal(met, same)
    return met
