"""Interval alpha of slider values from sums per item, in constant memory."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.coefficients.krippendorff import ALPHA_INTERVAL
from quality.agreement.coefficients.linear import concluded
from quality.agreement.counting import dense
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


@dataclass(frozen=True, eq=False)
class ItemSums:
    """Moments of what an item with two ratings or more adds to the disagreement.

    An item counts as (1, r, sum v, sum v^2, w): its ratings, their values scaled from
    the declared `low` .. `high` to -1 .. 1, and w, the squared differences of all its
    pairs over r - 1. `moments` (5, 5) is the sum of the outer squares of these rows:
    enough for alpha and for its error, whatever the number of items or values.
    """

    low: float
    high: float
    moments: Floats
    n_items: int
    n_ratings: int
    least: float
    most: float

    @classmethod
    def from_ratings(
        cls, items: ArrayLike, values: ArrayLike, *, low: float, high: float
    ) -> ItemSums:
        """From long form: the item and the value of each rating, (R,) each.

        ValueError for values that are not finite or lie outside `low` .. `high`.
        """
        names, given = np.asarray(items), np.asarray(values, np.float64)
        if names.ndim != 1 or names.shape != given.shape:
            raise ValueError("items and values are two columns of equal length")
        if not high > low:
            raise ValueError(f"a scale from {low} to {high} has no length")
        if not ((given >= low) & (given <= high)).all():
            raise ValueError(f"a value lies outside {low} to {high}")
        if not given.size:
            return cls(low, high, np.zeros((5, 5)), 0, 0, np.inf, -np.inf)
        units, scaled = dense(names), (2 * given - low - high) / (high - low)
        rows, pairable = _rows(units, scaled)
        inside = scaled[pairable[units]]
        return cls(
            low,
            high,
            rows.T @ rows,
            int((np.bincount(units) > 0).sum()),
            len(given),
            float(inside.min(initial=np.inf)),
            float(inside.max(initial=-np.inf)),
        )

    def __add__(self, other: ItemSums) -> ItemSums:
        """The sums of both sets of items; they must not share an item."""
        if (self.low, self.high) != (other.low, other.high):
            raise ValueError("sums over different scales do not add up")
        return ItemSums(
            self.low,
            self.high,
            self.moments + other.moments,
            self.n_items + other.n_items,
            self.n_ratings + other.n_ratings,
            min(self.least, other.least),
            max(self.most, other.most),
        )

    @property
    def n_pairable(self) -> int:
        return round(float(self.moments[0, 0]))


def alpha_of_sums(
    sums: ItemSums, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """Krippendorff's interval alpha, the same number as from a table of categories.

    All pairs of an item differ by 2 (r sum v^2 - (sum v)^2): Krippendorff (2004), ch. 11.
    """
    reason = _why_not(sums)
    if reason:
        return undefined(ALPHA_INTERVAL, sums, reason, level)
    n, size, first, second, seen = (float(x) for x in sums.moments[0])
    expected = 2 * (size * second - first**2)
    share = seen / expected
    factor = (size - 1 if how.error == RATIO else size) / expected
    slopes = np.array([0.0, second, -2 * first, size, 0.0]) * 2 * share
    slopes[4] = -1
    slopes *= factor
    slopes[1] -= share
    spread = float(slopes @ sums.moments @ slopes)
    terms = float(np.abs(slopes) @ np.abs(sums.moments) @ np.abs(slopes))
    error = sqrt(spread * n / (n - 1)) if spread > 1e-13 * terms else 0.0
    # The worst disagreement possible is 4: from one end of the scale to the other.
    return concluded(
        ALPHA_INTERVAL,
        sums,
        value=1 - (size - 1) * share,
        observed=1 - seen / size / 4,
        expected=1 - expected / size**2 / 4,
        error=error,
        level=level,
        how=how,
    )


def _rows(units: NDArray[np.int64], values: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The rows (n', 5) of pairable items, and which items those are."""
    ratings = np.bincount(units)
    first = np.bincount(units, weights=values)
    means = first / np.maximum(ratings, 1)
    apart = np.bincount(units, weights=(values - means[units]) ** 2)
    second = apart + first * means
    pairable = ratings > 1
    within = 2 * ratings * apart / np.maximum(ratings - 1, 1)
    rows = np.stack([np.ones(len(ratings)), ratings, first, second, within], axis=1)
    return rows[pairable], pairable


def _why_not(sums: ItemSums) -> str:
    if not sums.n_items:
        return NOBODY
    if not sums.n_pairable:
        return NO_OVERLAP
    if not sums.most > sums.least:
        return NO_VALUE_VARIATION
    return ONE_ITEM if sums.n_pairable < 2 else ""
