"""Two raters: how often they gave which two labels to one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.table import PatternTable, checked_categories, whole

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PairTable:
    """The confusion matrix of two raters, over the items that both have rated.

    `confusion` (q, q): cell (k, l) says how many items got k from the first and l from
    the second. It is the sufficient statistic of Cohen's kappa.

    >>> table = PairTable.from_labels([0, 0, 1, 1], [0, 1, 1, 1], ("ok", "bad"))
    >>> table.confusion.tolist(), table.n_items
    ([[1, 1], [0, 2]], 4)
    """

    categories: tuple[str, ...]
    confusion: Counts

    def __post_init__(self) -> None:
        categories, cells = checked_categories(self.categories), self.confusion
        cells = whole(cells, "cells").copy()
        if cells.shape != (len(categories),) * 2:
            raise ValueError(
                f"{len(categories)} categories need a square of {len(categories)} "
                f"counts, not an array of shape {cells.shape}"
            )
        cells.setflags(write=False)
        object.__setattr__(self, "categories", categories)
        object.__setattr__(self, "confusion", cells)

    @classmethod
    def from_labels(
        cls, first: ArrayLike, second: ArrayLike, categories: Sequence[str]
    ) -> PairTable:
        """From two columns (n,) of category indices from 0; below 0 is a missing one.

        Items without both ratings are left out. ValueError for an index too large.
        """
        one, other = np.asarray(first), np.asarray(second)
        if one.ndim != 1 or one.shape != other.shape:
            raise ValueError(
                "two raters need two columns of equal length, "
                f"not {one.shape} and {other.shape}"
            )
        q = len(checked_categories(categories))
        if one.size and max(one.max(), other.max()) >= q:
            raise ValueError(f"a category index is beyond the {q} categories")
        both = (one >= 0) & (other >= 0)
        codes = one[both].astype(np.int64) * q + other[both]
        cells = np.bincount(codes, minlength=q * q).reshape(q, q)
        return cls(tuple(categories), cells)

    def __add__(self, other: PairTable) -> PairTable:
        """The table of both sets of items, of the same two raters."""
        if self.categories != other.categories:
            raise ValueError(
                f"tables over {self.categories} and {other.categories} do not add up"
            )
        return PairTable(self.categories, self.confusion + other.confusion)

    @property
    def patterns(self) -> PatternTable:
        """The same items without saying who gave which label."""
        q = len(self.categories)
        one, other = np.nonzero(self.confusion)
        rows = np.eye(q, dtype=np.int64)[one] + np.eye(q, dtype=np.int64)[other]
        return PatternTable(self.categories, rows, self.confusion[one, other])

    @property
    def n_items(self) -> int:
        return int(self.confusion.sum())

    @property
    def n_pairable(self) -> int:
        """Every item here has two ratings."""
        return self.n_items

    @property
    def n_ratings(self) -> int:
        return 2 * self.n_items
