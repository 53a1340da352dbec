"""Conger's kappa: chance agreement from every rater's own habits."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.corrected import pair_agreement
from quality.agreement.coefficients.linear import concluded
from quality.agreement.estimate import (
    NO_VARIATION,
    Estimate,
    undefined,
    why_undefined,
)
from quality.agreement.inference import RATIO, SHOWN, Inference
from quality.agreement.rater_table import RaterTable
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]
UNWEIGHTED = Weighting("identity")


@dataclass(frozen=True, slots=True)
class _Habits:
    """Chance agreement, and what a choice (r, q) of a rater pulls at it."""

    expected: float
    pulls: Floats


def conger_kappa(
    raters: RaterTable,
    weighting: Weighting = UNWEIGHTED,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """Conger (1980), Psychological Bulletin 88, 322-328, as Gwet lets ratings miss.

    Chance agreement is the mean over ordered pairs of different raters of p_g' W p_h,
    each rater weighing the same however few ratings he gave. With two raters it is
    Cohen's, but for items that one of them left out.
    """
    table, name = raters.table, weighting.named("conger-kappa")
    reason = why_undefined(table) or (NO_VARIATION if table.n_used < 2 else "")
    if reason:
        return undefined(name, raters, reason, level)
    weights = weighting.matrix(table.n_categories)
    agreement = pair_agreement(table.patterns.astype(np.float64), weights)
    pairable = table.ratings_in > 1
    n_pairable = table.n_pairable
    observed = float((table.multiplicities * pairable) @ agreement) / n_pairable
    habits = _habits(raters, weights)
    value = (observed - habits.expected) / (1 - habits.expected)
    return concluded(
        name,
        raters,
        value=value,
        observed=observed,
        expected=habits.expected,
        error=_error(raters, agreement, observed, value, habits, how.error == RATIO),
        level=level,
        how=how,
    )


def _habits(raters: RaterTable, weights: Floats) -> _Habits:
    """Gwet (2014), ch. 5: the mean of p_g' W p_h, and its derivative by rating."""
    given = raters.margins.sum(axis=1)
    active = given > 0
    habits = np.zeros(raters.margins.shape)
    habits[active] = raters.margins[active] / given[active, None]
    r = int(active.sum())
    others = (habits.sum(axis=0) - habits) @ weights
    expected = float((habits * others).sum()) / (r * (r - 1))
    stretch = np.zeros(len(given))
    stretch[active] = 2 / (r * (r - 1)) * raters.n_items / given[active]
    centred = others - (habits * others).sum(axis=1)[:, None]
    return _Habits(expected, stretch[:, None] * centred)


def _error(
    raters: RaterTable,
    agreement: Floats,
    observed: float,
    value: float,
    habits: _Habits,
    ratio: bool,
) -> float:
    """The linearised error from sums of squares and products, without the items."""
    table, n = raters.table, raters.n_items
    if n < 2:
        return 0.0
    room, pairable = 1 - habits.expected, table.ratings_in > 1
    centre = observed if ratio else habits.expected
    own = pairable * (n / table.n_pairable) * (agreement - centre) / room
    if not ratio:
        own = own - value
    drawn = (raters.by_pattern * habits.pulls).sum(axis=(1, 2))
    flat = habits.pulls.ravel()
    squares = float((raters.margins * habits.pulls**2).sum())
    squares += 2 * float(raters.met @ flat[raters.pairs].prod(axis=1))
    step = (1 - value) / room
    alone = float(table.multiplicities @ own**2)
    spread = alone + step * (step * squares - 2 * float(own @ drawn))
    # What rounding leaves of equal terms is no spread.
    if spread <= 1e-13 * (alone + step * step * squares):
        return 0.0
    return sqrt(spread / (n * (n - 1)))
