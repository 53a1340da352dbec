"""Gwet's AC1, unweighted."""

from __future__ import annotations

from typing import Final

from quality.agreement.coefficients.corrected import Chance, corrected
from quality.agreement.estimate import Estimate, undefined, why_undefined
from quality.agreement.table import PatternTable

AC1: Final = "gwet-ac1/1"


def gwet_ac1(table: PatternTable, *, level: float = 0.95) -> Estimate:
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
    reason = why_undefined(table)
    if reason:
        return undefined(AC1, table, reason, level)
    return corrected(AC1, table, _chance(table), level=level)


def _chance(table: PatternTable) -> Chance:
    shares = table.patterns / table.ratings_in[:, None]
    prevalence = table.multiplicities @ shares / table.n_items
    others = table.n_categories - 1
    expected = float(prevalence @ (1 - prevalence)) / others
    return Chance(expected, shares @ (1 - prevalence) / others)
