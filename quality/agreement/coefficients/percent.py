"""Percent agreement: the share of pairs of ratings that are the same."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.corrected import Corrected
from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.estimate import Estimate
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.table import PatternTable
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]
PERCENT_AGREEMENT: Final = "percent-agreement/1"


class _Nothing:
    """No agreement is put down to chance."""

    def expected(self, prevalence: Floats, weights: Floats) -> Floats:
        return np.zeros(prevalence.shape[:-1])

    def slope(self, prevalence: Floats, weights: Floats) -> Floats:
        return np.zeros_like(prevalence)


def percent(weighting: Weighting) -> Coefficient:
    """Percent agreement with weights; near labels then agree in part."""
    title = "Percent agreement"
    if weighting.kind != "identity":
        title += f" ({weighting.kind})"
    return Coefficient(
        weighting.named("percent-agreement"),
        title,
        Corrected(_Nothing(), weighting),
        share=True,
    )


def percent_agreement(
    table: PatternTable, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """The mean over items of the share of agreeing pairs, a number from 0 to 1.

    Gwet's handbook, four raters and twelve units, prints 0.8182:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(percent_agreement(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 4)
    0.8182
    """
    return percent(Weighting("identity"))(table, level=level, how=how)
