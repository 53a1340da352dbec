"""Krippendorff's alpha with his own metrics, in its disagreement form."""

from __future__ import annotations

from math import sqrt
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from quality.agreement.estimate import (
    Estimate,
    defined,
    undefined,
    why_no_variation,
    why_undefined,
)
from quality.agreement.intervals import around
from quality.agreement.table import PatternTable

ALPHA_NOMINAL: Final = "krippendorff-alpha-nominal/1"
ALPHA_ORDINAL: Final = "krippendorff-alpha-ordinal/1"

Floats = NDArray[np.float64]


class Metric(Protocol):
    """How far two categories lie apart, given how often each was used."""

    def distances(self, totals: Floats) -> Floats:
        """(q, q), symmetric, zero on the diagonal; `totals` is (q,)."""

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        """The slope (q,) of sum(pairs * distances) in the totals, `pairs` (q, q) held."""


class Nominal:
    """Two categories are the same or they are not."""

    def distances(self, totals: Floats) -> Floats:
        return 1.0 - np.eye(len(totals))

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        return np.zeros(len(totals))


class Ordinal:
    """The squared difference of mid-ranks, which move with the ratings themselves."""

    def distances(self, totals: Floats) -> Floats:
        ranks = self._ranking(len(totals)) @ totals
        return np.square(ranks[:, None] - ranks)

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        ranking = self._ranking(len(totals))
        ranks = ranking @ totals
        pulls = pairs * (ranks[:, None] - ranks)
        slopes: Floats = 2 * (pulls.sum(axis=1) - pulls.sum(axis=0)) @ ranking
        return slopes

    @staticmethod
    def _ranking(q: int) -> Floats:
        """Mid-ranks are this matrix times the totals: all below, and half of one's own."""
        return np.tri(q, k=-1) + np.eye(q) / 2


def alpha_nominal(table: PatternTable, *, level: float = 0.95) -> Estimate:
    """Alpha for unordered categories: Krippendorff (2004), Content Analysis, ch. 11.

    His four observers and twelve units, published as 0.743:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(alpha_nominal(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 3)
    0.743
    """
    return _alpha(ALPHA_NOMINAL, table, Nominal(), level)


def alpha_ordinal(table: PatternTable, *, level: float = 0.95) -> Estimate:
    """Alpha for ordered categories, with Krippendorff's own ordinal metric.

    Gwet's ordinal weights give another number (0.834 on the data below) and do not
    go by this name. Krippendorff publishes 0.815:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(alpha_ordinal(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 3)
    0.815
    """
    return _alpha(ALPHA_ORDINAL, table, Ordinal(), level)


def _alpha(name: str, table: PatternTable, metric: Metric, level: float) -> Estimate:
    reason = why_undefined(table) or why_no_variation(table)
    if reason:
        return undefined(name, table, reason, level)
    pairable = table.pairable
    totals = (pairable.multiplicities @ pairable.patterns).astype(np.float64)
    n_ratings = float(totals.sum())
    # Scaled to a largest distance of 1: alpha does not change, and both sums stay
    # far from overflow and read as shares of the worst disagreement possible.
    widest = float(metric.distances(totals)[np.ix_(totals > 0, totals > 0)].max())
    observed, seen = _observed(pairable, metric, totals, widest)
    expected, foreseen = _expected(pairable, metric, totals, widest)
    value = 1 - (n_ratings - 1) * observed / expected
    slopes = -pairable.ratings_in * observed / expected
    slopes -= (n_ratings - 1) * (seen - observed * foreseen / expected) / expected
    n = pairable.n_items
    spread = float(pairable.multiplicities @ slopes**2)
    agreement, chance = 1 - observed / n_ratings, 1 - expected / n_ratings**2
    interval = around(
        value,
        sqrt(spread * n / (n - 1)),
        observed=agreement,
        expected=chance,
        n_pairable=n,
        level=level,
    )
    return defined(
        name,
        table,
        value=value,
        interval=interval,
        observed=agreement,
        expected=chance,
    )


def _observed(
    table: PatternTable, metric: Metric, totals: Floats, widest: float
) -> tuple[float, Floats]:
    """Disagreement within items, and its slope in the weight of each pattern (P,)."""
    counts = table.patterns.astype(np.float64)
    distances = metric.distances(totals) / widest
    weights = 1 / (counts.sum(axis=1) - 1)
    within = ((counts @ distances) * counts).sum(axis=1) * weights
    scaled = (table.multiplicities * weights)[:, None] * counts
    coincidences = counts.T @ scaled
    coincidences[np.diag_indices_from(coincidences)] -= scaled.sum(axis=0)
    drift = metric.drift(coincidences, totals) / widest
    return float(table.multiplicities @ within), within + counts @ drift


def _expected(
    table: PatternTable, metric: Metric, totals: Floats, widest: float
) -> tuple[float, Floats]:
    """Disagreement between any two ratings, and its slope as above."""
    distances = metric.distances(totals) / widest
    reach = distances @ totals
    drift = metric.drift(np.outer(totals, totals), totals) / widest
    return float(totals @ reach), table.patterns @ (2 * reach + drift)
