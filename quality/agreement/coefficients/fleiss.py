"""Fleiss' kappa, with weights and with ratings missing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.corrected import Corrected
from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.estimate import Estimate, why_one_category
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.table import PatternTable
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]
UNWEIGHTED = Weighting("identity")


class _Common:
    """pi' W pi: two raters who label at random, with the prevalence all share."""

    def expected(self, prevalence: Floats, weights: Floats) -> Floats:
        found: Floats = ((prevalence @ weights) * prevalence).sum(axis=-1)
        return found

    def slope(self, prevalence: Floats, weights: Floats) -> Floats:
        return 2 * prevalence @ weights


def fleiss(weighting: Weighting) -> Coefficient:
    """Fleiss' kappa with weights."""
    title = "Fleiss' kappa"
    if weighting.kind != "identity":
        title += f" ({weighting.kind})"
    return Coefficient(
        weighting.named("fleiss-kappa"),
        title,
        Corrected(_Common(), weighting),
        why_one_category,
    )


def fleiss_kappa(
    table: PatternTable,
    weighting: Weighting = UNWEIGHTED,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """Fleiss (1971), Psychological Bulletin 76, 378-382, as Gwet lets ratings miss.

    Two raters and no gap make it Scott's pi. The error is that of an estimate, not the
    one under "no agreement" that several packages print. Handbook data, 0.76117:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(fleiss_kappa(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 5)
    0.76117
    """
    return fleiss(weighting)(table, level=level, how=how)
