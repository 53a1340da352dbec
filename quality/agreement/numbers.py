"""Ratings that are numbers: interval and ratio scales, however many values they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.counting import dense
from quality.agreement.estimate import Estimate
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.item_sums import ItemSums, alpha_of_sums
from quality.agreement.ratio_values import ratio_alpha_of_values
from quality.agreement.table import PatternTable
from quality.agreement.value_rows import ValueRows

NUMERIC_SCALES: Final = ("interval", "ratio")


@dataclass(frozen=True, eq=False)
class Numbers:
    """What the coefficients of a numeric scale need of one slice.

    `counted` is a table of one category, a rating: it says how many items have how
    many. `values` are sums on an interval scale, and rows of values on a ratio scale.
    """

    scale: str
    counted: PatternTable
    values: ItemSums | ValueRows

    @classmethod
    def from_ratings(
        cls,
        items: ArrayLike,
        values: ArrayLike,
        scale: str,
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> Numbers:
        """From long form: the item and the value of each rating, (R,) each.

        `low` and `high` are the ends of an interval scale, those seen unless given.
        ValueError for values outside, or not finite.
        """
        if scale not in NUMERIC_SCALES:
            raise ValueError(f"scale {scale!r} is none of {', '.join(NUMERIC_SCALES)}")
        given = np.asarray(values, np.float64)
        if not np.isfinite(given).all():
            raise ValueError("a value is not finite")
        units = dense(np.asarray(items)) if given.size else np.zeros(0, np.int64)
        counted = PatternTable.from_ratings(
            units, np.zeros(given.size, np.int64), ("rating",)
        )
        if scale == "ratio":
            return cls(scale, counted, ValueRows.from_ratings(units, given))
        least, most = _ends(given, low, high)
        sums = ItemSums.from_ratings(units, given, low=least, high=most)
        return cls(scale, counted, sums)

    def measure(
        self, *, level: float = 0.95, how: Inference = SHOWN
    ) -> tuple[Estimate, ...]:
        """The alpha that belongs to the scale, alone."""
        if isinstance(self.values, ItemSums):
            return (alpha_of_sums(self.values, level=level, how=how),)
        return (ratio_alpha_of_values(self.values, level=level, how=how),)


def _ends(
    values: NDArray[np.float64], low: float | None, high: float | None
) -> tuple[float, float]:
    """The ends given, else those seen; one value alone gets a length of 1."""
    seen = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    least = seen[0] if low is None else low
    most = max(seen[1], least + (seen[1] <= least)) if high is None else high
    return least, most
