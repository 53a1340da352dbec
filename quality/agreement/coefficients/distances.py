"""Krippendorff's metrics: how far two categories lie apart, from 0 upwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quality.agreement.weights import Weighting, positions

Floats = NDArray[np.float64]


class Metric(Protocol):
    """Distances between categories, given how often each was used."""

    @property
    def moves(self) -> bool:
        """Whether the distances hang on the totals."""

    def distances(self, totals: Floats) -> Floats:
        """(q, q), or (..., q, q) if it moves, symmetric, zero on the diagonal.

        `totals` is (..., q).
        """

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        """The slope (..., q) of sum(pairs * distances) in the totals.

        `pairs` (..., q, q) are held.
        """


class _Fixed:
    """A metric that no rating moves."""

    @property
    def moves(self) -> bool:
        return False

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        return np.zeros_like(totals)


class Nominal(_Fixed):
    """Two categories are the same or they are not."""

    def distances(self, totals: Floats) -> Floats:
        return 1.0 - np.eye(totals.shape[-1])


@dataclass(frozen=True, slots=True)
class Interval(_Fixed):
    """The squared difference of the categories' values, or of their places."""

    values: tuple[float, ...] | None = None

    def distances(self, totals: Floats) -> Floats:
        values = positions(totals.shape[-1], self.values)
        return np.square(values[:, None] - values)


@dataclass(frozen=True, slots=True)
class Ratio(_Fixed):
    """((x - y)/(x + y))^2 of the values or places; ValueError where x = -y."""

    values: tuple[float, ...] | None = None

    def distances(self, totals: Floats) -> Floats:
        values = positions(totals.shape[-1], self.values)
        gaps, sums = values[:, None] - values, values[:, None] + values
        if ((sums == 0) & (gaps != 0)).any():
            raise ValueError(f"a ratio scale cannot hold both x and -x: {self.values}")
        return np.square(gaps / np.where(sums == 0, 1.0, sums))


@dataclass(frozen=True, slots=True)
class Dissimilar(_Fixed):
    """What Gwet's weights leave of agreement."""

    weighting: Weighting

    def distances(self, totals: Floats) -> Floats:
        return 1 - self.weighting.matrix(totals.shape[-1])


class Ordinal:
    """The squared difference of mid-ranks, which move with the ratings themselves."""

    @property
    def moves(self) -> bool:
        return True

    def distances(self, totals: Floats) -> Floats:
        ranks = self._ranks(totals)
        return np.square(ranks[..., :, None] - ranks[..., None, :])

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        ranks = self._ranks(totals)
        pulls = pairs * (ranks[..., :, None] - ranks[..., None, :])
        across = pulls.sum(axis=-1) - pulls.sum(axis=-2)
        slopes: Floats = 2 * across @ self._ranking(totals.shape[-1])
        return slopes

    def _ranks(self, totals: Floats) -> Floats:
        return totals @ self._ranking(totals.shape[-1]).T

    @staticmethod
    def _ranking(q: int) -> Floats:
        """Mid-ranks are this matrix times the totals: all below, and half of one's own."""
        return np.tri(q, k=-1) + np.eye(q) / 2
