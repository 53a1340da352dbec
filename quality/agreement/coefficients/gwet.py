"""Gwet's AC1, and AC2, which is AC1 with weights."""

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
AC1: Final = "gwet-ac1/1"


class _Spread:
    """T / (q (q - 1)) * sum(pi (1 - pi)), T the sum of all weights."""

    def expected(self, prevalence: Floats, weights: Floats) -> Floats:
        found: Floats = self._scale(weights) * (prevalence * (1 - prevalence)).sum(-1)
        return found

    def slope(self, prevalence: Floats, weights: Floats) -> Floats:
        return -2 * self._scale(weights) * prevalence

    @staticmethod
    def _scale(weights: Floats) -> float:
        q = len(weights)
        return float(weights.sum()) / (q * (q - 1))


def ac(weighting: Weighting) -> Coefficient:
    """AC1 for identity weights, else AC2."""
    if weighting.kind == "identity":
        return Coefficient(AC1, "AC1", Corrected(_Spread(), weighting))
    return Coefficient(
        weighting.named("gwet-ac2"),
        f"AC2 ({weighting.kind})",
        Corrected(_Spread(), weighting),
    )


def gwet_ac1(
    table: PatternTable, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """AC1 after Gwet (2008), British J. Math. Stat. Psychology 61, 29-48.

    Chance agreement is sum(pi (1 - pi)) / (q - 1) over the q declared categories; pi
    is the mean over all rated items of a category's share of the item's ratings.

    Gwet's handbook, four raters and twelve units, prints 0.77544:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(gwet_ac1(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 5)
    0.77544
    """
    return ac(Weighting("identity"))(table, level=level, how=how)


def gwet_ac2(
    table: PatternTable,
    weighting: Weighting,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """AC2: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3.

    Not comparable with AC1: the weights are part of the number.
    """
    return ac(weighting)(table, level=level, how=how)
