"""The digamma and log-gamma functions of arrays, without SciPy."""

from __future__ import annotations

from math import lgamma
from typing import Final

import numpy as np

from quality.reliability.ratings import Floats

_SHIFT: Final = 10
_STEPS: Final = np.arange(float(_SHIFT))
# Bernoulli numbers B(2k) / 2k, Abramowitz and Stegun 6.3.18.
_SERIES: Final = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)


def digamma(x: Floats) -> Floats:
    """The derivative of log gamma for x > 0, any shape, to about 1e-13.

    >>> float(digamma(np.array([1.0]))[0].round(12))
    -0.577215664902
    """
    below = (1 / (x[..., None] + _STEPS)).sum(axis=-1)
    large = x + _SHIFT
    square = 1 / (large * large)
    rest = np.zeros_like(x)
    for term in reversed(_SERIES):
        rest = (rest + term) * square
    value: Floats = np.log(large) - 0.5 / large - rest - below
    return value


def log_gamma(x: Floats) -> Floats:
    """Log gamma for x > 0, any shape."""
    return np.reshape([lgamma(value) for value in x.ravel()], x.shape)


def dirichlet_divergence(found: Floats, prior: Floats) -> Floats:
    """Kullback-Leibler divergence of Dirichlet `found` (..., q) from `prior`, (...)."""
    total, total_prior = found.sum(axis=-1), prior.sum(axis=-1)
    shift = digamma(found) - digamma(total)[..., None]
    within = log_gamma(prior) - log_gamma(found) + (found - prior) * shift
    divergence: Floats = log_gamma(total) - log_gamma(total_prior) + within.sum(axis=-1)
    return divergence
