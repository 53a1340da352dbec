"""From these raters to others like them, for designs in which all rated all."""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np

from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.crossed import CrossedTable
from quality.agreement.estimate import Estimate, defined
from quality.agreement.inference import RANDOM, SHOWN, Inference
from quality.agreement.intervals import FISHER, Interval, around

CROSSED: Final = 0.75
THREE_RATERS: Final = "generalising over raters needs three of them"
NOT_CROSSED: Final = (
    "generalising over raters needs raters who all rated (nearly) all items"
)
NOT_WITHOUT: Final = "without one of the raters there is no estimate"


def over_raters(
    crossed: CrossedTable,
    coefficient: Coefficient,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
    raters_sampled: float = 0.0,
) -> Estimate:
    """The estimate with raters, like items, as a random sample of all there could be.

    Gwet (2008), Psychometrika 73, 407-430: the variance over items plus a jackknife
    over raters. Where raters share only some items, leaving one out takes ratings off
    the items too, and the sum would count those twice: below `CROSSED` filled cells
    there is no interval. `raters_sampled` is the share of all raters who took part.
    ValueError for another interval than the usual one.
    """
    if how.interval != FISHER:
        raise ValueError(f"random raters have no {how.interval} interval")
    fixed = coefficient(crossed.patterns, level=level, how=how)
    if fixed.value is None or fixed.standard_error is None:
        return fixed
    parts = _without_each(crossed, coefficient, how)
    if isinstance(parts, str):
        interval = Interval(level=level, missing=parts)
    else:
        r = len(parts)
        by_raters = (1 - raters_sampled) * (r - 1) * float(np.var(parts))
        interval = _widened(fixed, by_raters, r, coefficient.share)
    return defined(
        fixed.name,
        crossed.patterns,
        value=fixed.value,
        interval=interval,
        observed=fixed.observed or 0.0,
        expected=fixed.expected or 0.0,
        error_form=how.error,
        sampled=how.sampled,
        raters=RANDOM,
    )


def _without_each(
    crossed: CrossedTable, coefficient: Coefficient, how: Inference
) -> list[float] | str:
    """The coefficient without each rater in turn, or why there is none."""
    active = np.flatnonzero((crossed.rows >= 0).any(axis=0))
    if len(active) < 3:
        return THREE_RATERS
    if crossed.filled < CROSSED:
        return NOT_CROSSED
    values = [coefficient(crossed.without(int(g)), how=how).value for g in active]
    found = [value for value in values if value is not None]
    return found if len(found) == len(values) else NOT_WITHOUT


def _widened(fixed: Estimate, by_raters: float, r: int, share: bool) -> Interval:
    """Both variances added; degrees of freedom after Satterthwaite (1946)."""
    by_items = (fixed.standard_error or 0.0) ** 2
    both = by_items + by_raters
    df = fixed.n_pairable - 1
    if both > 0:
        weighed = by_items**2 / df + by_raters**2 / (r - 1)
        df = max(int(both**2 / weighed), 1)
    return around(
        fixed.value or 0.0,
        sqrt(both),
        observed=fixed.observed or 0.0,
        expected=fixed.expected or 0.0,
        n_pairable=fixed.n_pairable,
        level=fixed.level,
        share=share,
        df=df,
    )
