"""Raters who all rated the same items: whole rows of labels, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.counting import compress
from quality.agreement.rater_table import RaterTable
from quality.agreement.table import PatternTable, checked_categories

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CrossedTable:
    """A histogram of rows of labels, one label per rater.

    `rows` (P, r) hold category indices, -1 for a missing rating; `multiplicities` (P,)
    the items with such a row. For a few raters only: the rows multiply with them.
    """

    categories: tuple[str, ...]
    raters: tuple[str, ...]
    rows: Counts
    multiplicities: Counts

    @classmethod
    def from_matrix(
        cls, labels: ArrayLike, categories: Sequence[str], raters: Sequence[str]
    ) -> CrossedTable:
        """From items x raters (n, r) of category indices, below 0 for a missing one."""
        given = np.asarray(labels, np.int64).reshape(-1, len(raters))
        declared = checked_categories(categories)
        if given.size and given.max() >= len(declared):
            raise ValueError(f"a category index is beyond the {len(declared)} declared")
        times = np.ones(len(given), np.int64)
        rows, multiplicities = compress(np.maximum(given, -1) + 1, times)
        return cls(declared, tuple(raters), rows - 1, multiplicities)

    def __add__(self, other: CrossedTable) -> CrossedTable:
        """The table of both sets of items, of the same raters in the same order."""
        if (self.categories, self.raters) != (other.categories, other.raters):
            raise ValueError("tables of other raters or categories do not add up")
        rows, times = compress(
            np.concatenate([self.rows, other.rows]) + 1,
            np.concatenate([self.multiplicities, other.multiplicities]),
        )
        return CrossedTable(self.categories, self.raters, rows - 1, times)

    @cached_property
    def patterns(self) -> PatternTable:
        """Without the raters' names."""
        return self._counted(self.rows)

    def without(self, rater: int) -> PatternTable:
        """The patterns that the others leave."""
        return self._counted(np.delete(self.rows, rater, axis=1))

    def with_raters(self) -> RaterTable:
        """What Conger's kappa and the pairs of raters need."""
        rows = np.repeat(self.rows, self.multiplicities, axis=0)
        items, raters = np.nonzero(rows >= 0)
        return RaterTable.from_ratings(
            items, raters, rows[items, raters], self.categories, self.raters
        )

    @property
    def filled(self) -> float:
        """The share of cells with a rating, over the raters that gave any."""
        given = (self.rows >= 0) * self.multiplicities[:, None]
        by_rater = given.sum(axis=0)
        active = int((by_rater > 0).sum())
        items = int(self.multiplicities.sum())
        return float(by_rater.sum()) / (active * items) if active and items else 0.0

    def _counted(self, rows: Counts) -> PatternTable:
        q = len(self.categories)
        counts = np.stack([(rows == k).sum(axis=1) for k in range(q)], axis=1)
        return PatternTable(self.categories, counts, self.multiplicities)
