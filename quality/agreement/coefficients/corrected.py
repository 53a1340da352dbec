"""What percent agreement and the chance-corrected coefficients have in common."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from quality.agreement.estimate import Estimate, defined
from quality.agreement.intervals import around
from quality.agreement.table import PatternTable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chance:
    """Agreement expected by chance, and how each pattern pulls at it.

    `pulls` (P,) has the item-weighted mean `expected`; the factor 2 of a quadratic
    form is applied by `corrected`.
    """

    expected: float
    pulls: Floats


def pair_agreement(table: PatternTable) -> Floats:
    """The share of agreeing pairs of ratings in each pattern, (P,); 0 without a pair."""
    counts, ratings = table.patterns, table.ratings_in
    agreeing = (counts * (counts - 1)).sum(axis=1)
    pairs = ratings * (ratings - 1)
    shares: Floats = agreeing / np.maximum(pairs, 1)
    return shares


def corrected(
    name: str,
    table: PatternTable,
    chance: Chance,
    *,
    level: float,
    share: bool = False,
) -> Estimate:
    """(pa - pe)/(1 - pe) with the standard error in ratio form.

    Items weigh equally in pa, whatever their number of ratings. The residuals treat
    the number of pairable items as random, which is what makes the error right when
    some items have one rating (for complete data it is Gwet's, 2008).
    """
    n, n_pairable = table.n_items, table.n_pairable
    times = table.multiplicities
    agreement, pairable = pair_agreement(table), table.ratings_in > 1
    observed = float(times[pairable] @ agreement[pairable]) / n_pairable
    room = 1 - chance.expected
    value = (observed - chance.expected) / room
    residuals = pairable * (n / n_pairable) * (agreement - observed) / room
    residuals -= 2 * (1 - value) * (chance.pulls - chance.expected) / room
    spread = float(times @ residuals**2)
    interval = around(
        value,
        sqrt(spread / (n * (n - 1))) if n > 1 else 0.0,
        observed=observed,
        expected=chance.expected,
        n_pairable=n_pairable,
        level=level,
        share=share,
    )
    return defined(
        name,
        table,
        value=value,
        interval=interval,
        observed=observed,
        expected=chance.expected,
    )
