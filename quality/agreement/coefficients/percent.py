"""Percent agreement: the share of pairs of ratings that are the same."""

from __future__ import annotations

from typing import Final

import numpy as np

from quality.agreement.coefficients.corrected import Chance, corrected
from quality.agreement.estimate import Estimate, undefined, why_undefined
from quality.agreement.table import PatternTable

PERCENT_AGREEMENT: Final = "percent-agreement/1"


def percent_agreement(table: PatternTable, *, level: float = 0.95) -> Estimate:
    """The mean over items of the share of agreeing pairs, a number from 0 to 1.

    Gwet's handbook, four raters and twelve units, prints 0.8182:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(percent_agreement(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 4)
    0.8182
    """
    reason = why_undefined(table)
    if reason:
        return undefined(PERCENT_AGREEMENT, table, reason, level)
    nothing = Chance(0.0, np.zeros(len(table.patterns)))
    return corrected(PERCENT_AGREEMENT, table, nothing, level=level, share=True)
