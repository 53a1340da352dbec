"""Ordinal alpha of slider values: rows of values, counted, instead of categories."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.coefficients.krippendorff import ALPHA_ORDINAL
from quality.agreement.coefficients.linear import concluded
from quality.agreement.counting import compress, dense
from quality.agreement.estimate import (
    NO_OVERLAP,
    NO_VALUE_VARIATION,
    NOBODY,
    ONE_ITEM,
    Estimate,
    undefined,
)
from quality.agreement.inference import RATIO, SHOWN, Inference

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ValueRows:
    """How many items got which values, for scales with too many for categories.

    `values` (V,) are the distinct ones, rising; `rows` (P, m) their places in falling
    order, -1 where an item has fewer than m ratings; `multiplicities` (P,).
    """

    values: Floats
    rows: Counts
    multiplicities: Counts

    @classmethod
    def from_ratings(cls, items: ArrayLike, values: ArrayLike) -> ValueRows:
        """From long form: the item and the value of each rating, (R,) each."""
        names, given = np.asarray(items), np.asarray(values, np.float64)
        if names.ndim != 1 or names.shape != given.shape:
            raise ValueError("items and values are two columns of equal length")
        if not np.isfinite(given).all():
            raise ValueError("a value is not finite")
        if not given.size:
            return cls(given, np.zeros((0, 0), np.int64), np.zeros(0, np.int64))
        distinct, places = np.unique(given, return_inverse=True)
        units = dense(names)
        order = np.lexsort((-places.ravel(), units))
        units, places = units[order], places.ravel()[order]
        ratings = np.bincount(units)
        starts = np.cumsum(ratings) - ratings
        rows = np.full((len(ratings), int(ratings.max())), -1)
        rows[units, np.arange(len(units)) - starts[units]] = places
        return cls._compressed(distinct, rows, np.ones(len(rows), np.int64))

    @classmethod
    def _compressed(cls, values: Floats, rows: Counts, times: Counts) -> ValueRows:
        kept, multiplicities = compress(rows + 1, times)
        return cls(values, kept - 1, multiplicities)

    def __add__(self, other: ValueRows) -> ValueRows:
        """The rows of both sets of items; they must not share an item."""
        values = np.union1d(self.values, other.values)
        width = max(self.rows.shape[1], other.rows.shape[1])
        parts = [_renumbered(part, values, width) for part in (self, other)]
        times = np.concatenate([self.multiplicities, other.multiplicities])
        return self._compressed(values, np.concatenate(parts), times)

    @cached_property
    def ratings_in(self) -> Counts:
        sums: Counts = (self.rows >= 0).sum(axis=1)
        return sums

    @cached_property
    def n_items(self) -> int:
        return int(self.multiplicities.sum())

    @cached_property
    def n_pairable(self) -> int:
        return int(self.multiplicities[self.ratings_in > 1].sum())

    @cached_property
    def n_ratings(self) -> int:
        return int(self.multiplicities @ self.ratings_in)


def ordinal_alpha_of_values(
    rows: ValueRows, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """Krippendorff's ordinal alpha, the same number as from a table of categories.

    Mid-ranks m replace the values: an item's pairs then differ by 2 (r sum m^2 -
    (sum m)^2), so no square of all values is needed. Krippendorff (2004), ch. 11.
    """
    reason = _why_not(rows)
    if reason:
        return undefined(ALPHA_ORDINAL, rows, reason, level)
    keep = rows.ratings_in > 1
    ranked = _Ranked(rows.rows[keep], rows.multiplicities[keep], len(rows.values))
    size, share = ranked.size, ranked.observed / ranked.expected
    factor = (size - 1 if how.error == RATIO else size) / ranked.expected
    slopes = -ranked.ratings * share
    slopes -= factor * (ranked.by_item - share * ranked.by_label)
    n = rows.n_pairable
    spread = float(ranked.times @ slopes**2)
    return concluded(
        ALPHA_ORDINAL,
        rows,
        value=1 - (size - 1) * share,
        observed=1 - ranked.observed / size,
        expected=1 - ranked.expected / size**2,
        error=sqrt(spread * n / (n - 1)),
        level=level,
        how=how,
    )


class _Ranked:
    """Disagreement of mid-ranks within items and between all, with both slopes."""

    def __init__(self, rows: Counts, times: Counts, n_values: int) -> None:
        self.times, given = times, rows >= 0
        self.ratings = given.sum(axis=1)
        repeated = (times[:, None] * given)[given].astype(np.float64)
        totals: Floats = np.bincount(
            rows[given], weights=repeated, minlength=n_values
        ).astype(np.float64)
        self.size = float(totals.sum())
        ranks = np.cumsum(totals) - totals / 2
        used = ranks[totals > 0]
        # From 0 to 1 among the values in use, then around their mean: exact sums.
        self._unit = float(used.max() - used.min())
        ranks = (ranks - float(totals @ ranks) / self.size) / self._unit
        self._expect(rows, given, totals, ranks)
        self._observe(rows, given, ranks)

    def _expect(
        self, rows: Counts, given: NDArray[np.bool_], totals: Floats, ranks: Floats
    ) -> None:
        second = float(totals @ ranks**2)
        self.expected = 2 * self.size * second
        reach = self.size * ranks**2 + second
        slope = 2 * reach + self._drift(totals * self.size * ranks)
        self.by_label = np.where(given, slope[rows], 0.0).sum(axis=1)

    def _observe(self, rows: Counts, given: NDArray[np.bool_], ranks: Floats) -> None:
        cells = np.where(given, ranks[rows], 0.0)
        r, first = self.ratings, cells.sum(axis=1)
        within = 2 * (r * (cells**2).sum(axis=1) - first**2) / (r - 1)
        self.observed = float(self.times @ within)
        pulls = (r[:, None] * cells - first[:, None]) * (self.times / (r - 1))[:, None]
        along: Floats = np.bincount(
            rows[given], weights=pulls[given], minlength=len(ranks)
        ).astype(np.float64)
        slope = self._drift(along)
        self.by_item = within + np.where(given, slope[rows], 0.0).sum(axis=1)

    def _drift(self, along: Floats) -> Floats:
        """One more rating of a value lifts every rank above by 1, its own by 1/2."""
        above = along.sum() - np.cumsum(along)
        drift: Floats = 4 * (above + along / 2) / self._unit
        return drift


def _renumbered(part: ValueRows, values: Floats, width: int) -> Counts:
    rows = np.full((len(part.rows), width), -1)
    if part.rows.size:
        places = np.searchsorted(values, part.values)
        moved = np.where(part.rows >= 0, places[part.rows], -1)
        rows[:, : part.rows.shape[1]] = moved
    return rows


def _why_not(rows: ValueRows) -> str:
    if not rows.n_items:
        return NOBODY
    if not rows.n_pairable:
        return NO_OVERLAP
    inside = rows.rows[rows.ratings_in > 1]
    if len(np.unique(inside[inside >= 0])) < 2:
        return NO_VALUE_VARIATION
    return ONE_ITEM if rows.n_pairable < 2 else ""
