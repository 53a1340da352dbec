"""Cohen's kappa of two raters, over the items that both have rated."""

from __future__ import annotations

from math import sqrt

import numpy as np

from quality.agreement.coefficients.linear import concluded
from quality.agreement.estimate import (
    NO_OVERLAP,
    NO_VARIATION,
    SINGLE_CATEGORY,
    Estimate,
    undefined,
)
from quality.agreement.inference import IRRCAC, SHOWN, Inference
from quality.agreement.pair_table import PairTable
from quality.agreement.weights import Weighting

UNWEIGHTED = Weighting("identity")


def cohen_kappa(
    table: PairTable,
    weighting: Weighting = UNWEIGHTED,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """Cohen (1960), Educ. and Psych. Measurement 20, 37-46; weights: Cohen (1968).

    The error is that of Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72,
    323-327, with the divisor n - 1; "irrcac" keeps their n. Cohen's own example:

    >>> rows = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    >>> round(cohen_kappa(PairTable(("a", "b", "c"), rows)).value, 4)
    0.4915
    """
    name = weighting.named("cohen-kappa")
    reason = _why_not(table)
    if reason:
        return undefined(name, table, reason, level)
    n, weights = table.n_items, weighting.matrix(len(table.categories))
    shares = table.confusion / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((shares * weights).sum())
    expected = float(rows @ weights @ columns)
    room = 1 - expected
    value = (observed - expected) / room
    drawn = (weights @ columns)[:, None] + rows @ weights
    pulls = (weights - observed - (1 - value) * (drawn - 2 * expected)) / room
    spread = float((shares * pulls**2).sum())
    divisor = n if how.error == IRRCAC else n - 1
    return concluded(
        name,
        table,
        value=value,
        observed=observed,
        expected=expected,
        error=sqrt(spread / divisor) if divisor else 0.0,
        level=level,
        how=how,
    )


def _why_not(table: PairTable) -> str:
    if len(table.categories) < 2:
        return SINGLE_CATEGORY
    if not table.n_items:
        return NO_OVERLAP
    used = table.confusion.sum(axis=0) + table.confusion.sum(axis=1)
    return NO_VARIATION if np.count_nonzero(used) < 2 else ""
