"""Agreement on one category: when somebody chose it, how often the next one did too."""

from __future__ import annotations

from typing import Final

import numpy as np

from quality.agreement.ratios import Share, ratio_of
from quality.agreement.table import PatternTable

SPECIFIC_AGREEMENT: Final = "specific-agreement/1"


def specific_agreement(
    table: PatternTable, *, level: float = 0.95, sampled: float = 0.0
) -> dict[str, Share]:
    """Per category: sum r_k (r_k - 1) / sum r_k (r - 1) over items with r ratings.

    For two labels and two raters these are positive and negative agreement (Cicchetti
    & Feinstein 1990, J. Clin. Epidemiology 43, 551-558). Undefined for a category that
    no item with two ratings shows.

    >>> rows = [[2, 0]] * 80 + [[1, 1]] * 15 + [[0, 2]] * 5
    >>> found = specific_agreement(PatternTable.from_counts(rows, ("no", "yes")))
    >>> round(found["no"].value, 3), round(found["yes"].value, 3)
    (0.914, 0.4)
    """
    chosen = table.patterns.astype(np.float64)
    others = table.ratings_in.astype(np.float64)[:, None] - 1
    hits, tries = chosen * (chosen - 1), chosen * others
    return {
        label: ratio_of(
            SPECIFIC_AGREEMENT,
            hits[:, k],
            tries[:, k],
            table.multiplicities,
            level=level,
            sampled=sampled,
        )
        for k, label in enumerate(table.categories)
    }
