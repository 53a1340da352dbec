"""How often a label was given, the grounding-error rate for one, with an interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.ratios import Share, ratio_of
from quality.agreement.table import PatternTable

Floats = NDArray[np.float64]

SHARE_OF_RATINGS: Final = "share-of-ratings/1"
SHARE_OF_ITEMS: Final = "share-of-items/1"


def share_of_ratings(
    table: PatternTable,
    labels: Sequence[str],
    *,
    level: float = 0.95,
    sampled: float = 0.0,
) -> Share:
    """The share of all ratings that are one of `labels`.

    Two ratings of one item are no two independent tries: the interval counts items.
    ValueError for a label that is none of the table's categories.

    >>> rows = [[2, 0]] * 47 + [[0, 2]] * 3
    >>> rate = share_of_ratings(PatternTable.from_counts(rows, ("ok", "wrong")), ["wrong"])
    >>> rate.value, round(rate.low, 3), round(rate.high, 3), round(rate.design_effect, 2)
    (0.06, 0.02, 0.167, 2.04)
    """
    hits, tries = _hits(table, labels), table.ratings_in.astype(np.float64)
    times = table.multiplicities
    return ratio_of(SHARE_OF_RATINGS, hits, tries, times, level=level, sampled=sampled)


def share_of_items(
    table: PatternTable,
    labels: Sequence[str],
    *,
    level: float = 0.95,
    sampled: float = 0.0,
) -> Share:
    """The mean over items of the share of their ratings that are one of `labels`.

    Every item weighs the same, however often it was rated: the expected share of items
    with the label, by the word of one rater picked at random.
    """
    hits = _hits(table, labels) / table.ratings_in
    tries, times = np.ones(len(hits)), table.multiplicities
    return ratio_of(SHARE_OF_ITEMS, hits, tries, times, level=level, sampled=sampled)


def _hits(table: PatternTable, labels: Sequence[str]) -> Floats:
    unknown = [label for label in labels if label not in table.categories]
    if isinstance(labels, str) or unknown:
        raise ValueError(f"{labels} are not labels of {table.categories}")
    wanted = [table.categories.index(label) for label in dict.fromkeys(labels)]
    hits: Floats = table.patterns[:, wanted].sum(axis=1).astype(np.float64)
    return hits
