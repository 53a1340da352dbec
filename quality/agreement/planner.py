"""How many items and raters a coefficient needs, from what a pilot has shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.estimate import why_no_variation, why_undefined
from quality.agreement.inference import RATIO
from quality.agreement.intervals import around, exact
from quality.agreement.populations import Population, expected_patterns
from quality.agreement.table import PatternTable

Floats = NDArray[np.float64]

MOST_ITEMS: Final = 10**9
_MANY: Final = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a wanted interval costs with so many raters per item.

    `items` are all items, `shared` those that get all the ratings, `ratings` and
    `hours` the sum over both kinds; `low` and `high` the interval to expect. `source`
    says whether the pilot's own patterns or a model fitted to it stand behind it.
    """

    raters: int
    items: int
    shared: int
    ratings: int
    hours: float
    value: float
    low: float
    high: float
    source: str


def plans(
    pilot: PatternTable,
    coefficient: Coefficient,
    *,
    half_width: float,
    raters: Iterable[int],
    seconds_per_rating: float,
    overlap: float = 1.0,
    level: float = 0.95,
) -> tuple[Plan, ...] | str:
    """One plan for each number of raters, or why the pilot cannot tell.

    The interval that will be printed is to reach no further than `half_width` to each
    side, on average of both; also if no disagreement at all should turn up, which at
    high agreement is the harder demand. `overlap` is the share of items that all
    raters of an item share; the others get one rating. ValueError for fewer than two
    raters, and for a width or an overlap that is none.
    """
    if not 0 < half_width < 1 or not 0 < overlap <= 1:
        raise ValueError("half_width and overlap lie between 0 and 1")
    reason = (
        why_undefined(pilot) or why_no_variation(pilot) or coefficient.why_not(pilot)
    )
    if reason:
        return reason
    found = []
    for r in raters:
        outlook = _Outlook(expected_patterns(pilot, r, overlap), coefficient, level)
        n = outlook.items_for(half_width)
        if n is None:
            return f"more than {MOST_ITEMS:,} items with {r} raters"
        shared = round(n * overlap)
        ratings = shared * r + n - shared
        low, high = outlook.interval(n)
        found.append(
            Plan(
                raters=r,
                items=n,
                shared=shared,
                ratings=ratings,
                hours=ratings * seconds_per_rating / 3600,
                value=outlook.value,
                low=low,
                high=high,
                source=outlook.source,
            )
        )
    return tuple(found)


def item_variance(population: Population, coefficient: Coefficient) -> float:
    """The variance of the coefficient with n items is this over n, for large n."""
    return _Outlook(population, coefficient, 0.95).variance


class _Outlook:
    """The interval to expect of a coefficient, as a function of the items."""

    def __init__(
        self, population: Population, coefficient: Coefficient, level: float
    ) -> None:
        times = population.probabilities * _MANY
        found = coefficient.linearise(population.patterns, times, RATIO)
        n = float(found.n_effective)
        self.value = float(found.value)
        self.source = population.source
        self.variance = float(times @ found.influences**2) / n**2 * _MANY
        self._observed, self._expected = float(found.observed), float(found.expected)
        self._overlap, self._level = population.overlap, level
        self._share = coefficient.share

    def interval(self, n: int) -> tuple[float, float]:
        found = around(
            self.value,
            sqrt(self.variance / n),
            observed=self._observed,
            expected=self._expected,
            n_pairable=self._shared(n),
            level=self._level,
            share=self._share,
        )
        assert found.low is not None
        assert found.high is not None
        return found.low, found.high

    def items_for(self, half_width: float) -> int | None:
        """The fewest items whose interval is narrow enough, by bisection."""
        few, many = 1, 2
        while self._half_width(many) > half_width:
            few, many = many, many * 2
            if many > MOST_ITEMS:
                return None
        while many - few > 1:
            middle = (few + many) // 2
            if self._half_width(middle) > half_width:
                few = middle
            else:
                many = middle
        return many

    def _half_width(self, n: int) -> float:
        low, high = self.interval(n)
        without = exact(1.0, self._expected, self._shared(n), self._level)
        return max(high - low, without[1] - without[0]) / 2

    def _shared(self, n: int) -> int:
        return max(round(n * self._overlap), 2)
