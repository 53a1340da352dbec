"""Who gave which label: the sufficient statistic of Conger's kappa and of rater pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.counting import columns
from quality.agreement.pair_table import PairTable
from quality.agreement.table import PatternTable

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RaterTable:
    """Count patterns, the raters behind them, and what any two gave to one item.

    `by_pattern` (P, r, q): in how many items of pattern p rater g chose k.
    `pairs` (M, 2): the choices g * q + k < h * q + l of two raters that met, and `met`
    (M,) on how many items. All are counts, so tables of different items add up.
    """

    table: PatternTable
    raters: tuple[str, ...]
    by_pattern: Counts
    pairs: Counts
    met: Counts

    @classmethod
    def from_ratings(
        cls,
        items: ArrayLike,
        raters: ArrayLike,
        labels: ArrayLike,
        categories: Sequence[str],
        names: Sequence[str],
    ) -> RaterTable:
        """From long form: item, rater index and category index of each rating (R,).

        `names` are all raters, with or without a rating. ValueError for somebody who
        has rated an item twice.
        """
        table = PatternTable.from_ratings(items, labels, categories)
        units, chosen = columns(items, labels, table.n_categories)
        people = columns(items, raters, len(names))[1]
        order = np.lexsort((people, units))
        units, people = units[order], people[order].astype(np.int64)
        chosen = chosen[order].astype(np.int64)
        if ((np.diff(units) == 0) & (np.diff(people) == 0)).any():
            raise ValueError("somebody has rated an item twice")
        q = table.n_categories
        choices = people * q + chosen
        pairs, met = _meetings(units, choices, len(names) * q)
        places = _places(table, units, chosen)
        shape = (len(table.patterns), len(names), q)
        cells = np.bincount(
            places * (len(names) * q) + choices, minlength=int(np.prod(shape))
        )
        return cls(
            table, tuple(names), cells.reshape(shape).astype(np.int64), pairs, met
        )

    def __add__(self, other: RaterTable) -> RaterTable:
        """The table of both sets of items, of the same raters in the same order."""
        if self.raters != other.raters:
            raise ValueError(f"raters {self.raters} and {other.raters} do not add up")
        table = self.table + other.table
        by_pattern = np.zeros((len(table.patterns), *self.by_pattern.shape[1:]), int)
        for part in (self, other):
            by_pattern[_rows_of(table, part.table.patterns)] += part.by_pattern
        pairs = np.concatenate([self.pairs, other.pairs])
        distinct, inverse = np.unique(pairs, axis=0, return_inverse=True)
        met = np.zeros(len(distinct), np.int64)
        np.add.at(met, inverse.ravel(), np.concatenate([self.met, other.met]))
        return RaterTable(table, self.raters, by_pattern, distinct, met)

    @cached_property
    def margins(self) -> Counts:
        """How often each rater chose each category, (r, q)."""
        sums: Counts = self.by_pattern.sum(axis=0)
        return sums

    @property
    def n_items(self) -> int:
        return self.table.n_items

    @property
    def n_pairable(self) -> int:
        return self.table.n_pairable

    @property
    def n_ratings(self) -> int:
        return self.table.n_ratings

    def pair(self, first: str, second: str) -> PairTable:
        """What two raters gave to the items that both have rated."""
        g, h = self.raters.index(first), self.raters.index(second)
        if g == h:
            raise ValueError(f"{first} and {second} are one rater")
        q = self.table.n_categories
        whose, what = self.pairs // q, self.pairs % q
        confusion = np.zeros((q, q), np.int64)
        ours = (whose[:, 0] == min(g, h)) & (whose[:, 1] == max(g, h))
        confusion[what[ours, 0], what[ours, 1]] = self.met[ours]
        return PairTable(
            self.table.categories, confusion if g < h else confusion.T.copy()
        )

    def every_pair(self) -> Iterator[tuple[str, str, PairTable]]:
        """All pairs of raters who met, in their order, each with what they gave."""
        q, r = self.table.n_categories, len(self.raters)
        whose, what = self.pairs // q, self.pairs % q
        codes = whose[:, 0] * r + whose[:, 1]
        for code in np.unique(codes).tolist():
            ours = codes == code
            confusion = np.zeros((q, q), np.int64)
            confusion[what[ours, 0], what[ours, 1]] = self.met[ours]
            first, second = self.raters[code // r], self.raters[code % r]
            yield first, second, PairTable(self.table.categories, confusion)


def _meetings(units: Counts, choices: Counts, n_choices: int) -> tuple[Counts, Counts]:
    """The distinct pairs of choices within items, rows sorted by item and rater."""
    codes = [np.zeros(0, np.int64)]
    for lag in range(1, len(units)):
        same = units[lag:] == units[:-lag]
        if not same.any():
            break
        codes.append(choices[:-lag][same] * n_choices + choices[lag:][same])
    distinct, met = np.unique(np.concatenate(codes), return_counts=True)
    return np.stack([distinct // n_choices, distinct % n_choices], axis=1), met


def _places(table: PatternTable, units: Counts, chosen: Counts) -> Counts:
    """The row of `table` that the item of each rating shows, (R,)."""
    q = table.n_categories
    dense = np.unique(units, return_inverse=True)[1].ravel()
    size = (int(dense.max()) + 1) * q if dense.size else 0
    rows = np.bincount(dense * q + chosen, minlength=size).reshape(-1, q)
    return _rows_of(table, rows)[dense]


def _rows_of(table: PatternTable, rows: Counts) -> Counts:
    """Where each of `rows` (n, q) stands in the sorted patterns, (n,)."""
    stacked = np.concatenate([table.patterns, rows])
    found: Counts = np.unique(stacked, axis=0, return_inverse=True)[1].ravel()
    return found[len(table.patterns) :]
