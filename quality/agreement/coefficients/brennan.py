"""Brennan and Prediger's coefficient: chance picks every declared label alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.corrected import Corrected
from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.estimate import Estimate
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.table import PatternTable
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]
UNWEIGHTED = Weighting("identity")


class _Uniform:
    """The mean of all weights."""

    def expected(self, prevalence: Floats, weights: Floats) -> Floats:
        return np.full(prevalence.shape[:-1], weights.mean())

    def slope(self, prevalence: Floats, weights: Floats) -> Floats:
        return np.zeros_like(prevalence)


def brennan(weighting: Weighting) -> Coefficient:
    """Brennan and Prediger's coefficient with weights."""
    title = "Brennan-Prediger"
    if weighting.kind != "identity":
        title += f" ({weighting.kind})"
    return Coefficient(
        weighting.named("brennan-prediger"), title, Corrected(_Uniform(), weighting)
    )


def brennan_prediger(
    table: PatternTable,
    weighting: Weighting = UNWEIGHTED,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """Brennan & Prediger (1981), Educational and Psychological Measurement 41, 687-699.

    Also known as Bennett's S, Randolph's kappa and, for two labels, PABAK. It hangs on
    the number of declared categories. Handbook data, 0.77273:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(brennan_prediger(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 5)
    0.77273
    """
    return brennan(weighting)(table, level=level, how=how)
