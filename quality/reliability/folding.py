"""Units that everybody rated alike are one unit, counted several times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from quality.reliability.ratings import Floats, Index, Ratings

_WORD: Final = 2**62


@dataclass(frozen=True, eq=False)
class Folded:
    """`ratings` of m distinct units; `times` (m,) each occurs, `of_unit` (n,) where."""

    ratings: Ratings
    times: Floats
    of_unit: Index

    @cached_property
    def cells(self) -> Index:
        """Rater and label of each rating in one index, (R,)."""
        return self.ratings.raters * self.ratings.n_categories + self.ratings.labels

    @cached_property
    def places(self) -> Index:
        """Label and unit of each rating in one index, (R,)."""
        return self.ratings.labels * self.ratings.n_units + self.ratings.units

    @cached_property
    def rater_counts(self) -> Floats:
        """How often each rater chose each category, folded units in full, (r, q)."""
        r, q = self.ratings.n_raters, self.ratings.n_categories
        times = self.times[self.ratings.units]
        counts: Floats = np.bincount(self.cells, times, r * q).astype(np.float64)
        return counts.reshape(r, q)

    @property
    def vote_shares(self) -> Floats:
        """Each category's share of each unit's ratings, (q, m)."""
        shares: Floats = self.ratings.unit_counts.T / self.ratings.per_unit
        return shares


def fold(ratings: Ratings) -> Folded:
    """The distinct units of `ratings`, where a whole number can tell them apart.

    With r raters and q categories there are (q + 1)^r ways to rate a unit. Beyond 62
    bits, or where somebody rated a unit twice, every unit stays by itself.
    """
    n, base = ratings.n_units, ratings.n_categories + 1
    alone = Folded(ratings, np.ones(n), np.arange(n))
    if base**ratings.n_raters > _WORD or ratings.has_repeats:
        return alone
    powers = base ** np.arange(ratings.n_raters, dtype=np.int64)
    terms = (ratings.labels + 1) * powers[ratings.raters]
    codes = np.add.reduceat(terms, ratings.starts)
    _, first, of_unit, times = np.unique(
        codes, return_index=True, return_inverse=True, return_counts=True
    )
    if 2 * len(first) > n:
        return alone
    kept = np.zeros(n, np.bool_)
    kept[first] = True
    # `of_unit` counts in order of the codes, the kept ratings in order of the units.
    position = np.argsort(np.argsort(first))
    return Folded(
        ratings.where(kept[ratings.units]),
        times[np.argsort(first)].astype(np.float64),
        position[of_unit],
    )
