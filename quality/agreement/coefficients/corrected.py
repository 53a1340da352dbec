"""What percent agreement and the chance-corrected coefficients have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.linear import NONE, Linear
from quality.agreement.inference import RATIO
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]


class Chance(Protocol):
    """Agreement expected by chance from the prevalence (..., q), and its slope in it."""

    def expected(self, prevalence: Floats, weights: Floats) -> Floats:
        """(...)."""

    def slope(self, prevalence: Floats, weights: Floats) -> Floats:
        """(..., q), up to what does not change along sum(prevalence) = 1."""


def pair_agreement(patterns: Floats, weights: Floats) -> Floats:
    """The weighted share of agreeing pairs in each pattern, (P,); 0 without a pair.

    `patterns` (P, q) are counts, `weights` (q, q) similarities.
    """
    ratings = patterns @ np.ones(patterns.shape[1])
    agreeing = np.einsum("pk,pk->p", patterns @ weights, patterns) - ratings
    shares: Floats = agreeing / np.maximum(ratings * (ratings - 1), 1)
    return shares


@dataclass(frozen=True, slots=True)
class Corrected:
    """(pa - pe)/(1 - pe) and its linearisation, the error in ratio form or irrCAC's.

    Items weigh equally in pa, whatever their number of ratings. The ratio form takes
    the number of pairable items as random, which is what makes the error right when
    some items have one rating; for complete data both forms are Gwet's (2008).
    """

    chance: Chance
    weighting: Weighting

    def __call__(self, patterns: Floats, times: Floats, error: str | None) -> Linear:
        weights = self.weighting.matrix(patterns.shape[1])
        ratings = patterns @ np.ones(patterns.shape[1])
        pairable, shares = ratings > 1, patterns / ratings[:, None]
        agreement = pair_agreement(patterns, weights)
        n, n_pairable = times.sum(axis=-1), times @ pairable
        prevalence = times @ shares / n[..., None]
        expected = self.chance.expected(prevalence, weights)
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (times * pairable) @ agreement / n_pairable
            room = 1 - expected
            value = (observed - expected) / room
            if error is None:
                return Linear(value, observed, expected, NONE, n)
            stretch = (n / n_pairable / room)[..., None] * pairable
            centre = observed if error == RATIO else expected
            influences = stretch * (agreement - centre[..., None])
            slope = self.chance.slope(prevalence, weights)
            drawn = slope @ shares.T - (slope * prevalence).sum(axis=-1)[..., None]
            influences -= ((1 - value) / room)[..., None] * drawn
            if error != RATIO:
                influences -= value[..., None]
        return Linear(value, observed, expected, influences, n)
