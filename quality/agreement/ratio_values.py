"""Ratio alpha of values that are too many for categories: lengths, times, counts."""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.krippendorff import ALPHA_RATIO
from quality.agreement.coefficients.linear import concluded
from quality.agreement.estimate import (
    NO_OVERLAP,
    NO_VALUE_VARIATION,
    NOBODY,
    ONE_ITEM,
    Estimate,
    undefined,
)
from quality.agreement.inference import RATIO, SHOWN, Inference
from quality.agreement.value_rows import ValueRows

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

#: Every value is compared with every other one: with more it takes minutes.
MOST_VALUES: Final = 50_000
_AT_ONCE: Final = 1 << 20


def ratio_alpha_of_values(
    rows: ValueRows, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """Krippendorff's ratio alpha, the same number as from a table of categories.

    Two values differ by ((x - y)/(x + y))^2: Krippendorff (2004), ch. 11. Memory grows
    with the ratings, time with the square of the values. ValueError for values below 0
    and for more than `MOST_VALUES` different ones.
    """
    if rows.values.size and rows.values[0] < 0:
        raise ValueError(f"a ratio scale has no values below 0, not {rows.values[0]}")
    if len(rows.values) > MOST_VALUES:
        raise ValueError(
            f"{len(rows.values):,} different values are too many for a ratio scale: "
            "round them, or choose the interval scale"
        )
    keep = rows.ratings_in > 1
    cells, times = rows.rows[keep], rows.multiplicities[keep].astype(np.float64)
    given = cells >= 0
    totals = _totals(cells, given, times, len(rows.values))
    reason = _why_not(rows, totals)
    if reason:
        return undefined(ALPHA_RATIO, rows, reason, level)
    used = rows.values[totals > 0]
    widest = float(_apart(used[-1], used[0]))
    reach = _reach(rows.values, totals) / widest
    ratings = given.sum(axis=1)
    seen = _within(rows.values, cells, given) / (ratings - 1) / widest
    size, n = float(totals.sum()), rows.n_pairable
    observed, expected = float(times @ seen), float(totals @ reach)
    share = observed / expected
    foreseen = 2 * np.where(given, reach[cells], 0.0).sum(axis=1)
    factor = (size - 1 if how.error == RATIO else size) / expected
    slopes = -ratings * share - factor * (seen - share * foreseen)
    spread = float(times @ slopes**2)
    return concluded(
        ALPHA_RATIO,
        rows,
        value=1 - (size - 1) * share,
        observed=1 - observed / size,
        expected=1 - expected / size**2,
        error=sqrt(spread * n / (n - 1)),
        level=level,
        how=how,
    )


def _apart(x: Floats, y: Floats) -> Floats:
    """((x - y)/(x + y))^2, 0 where both are 0."""
    sums = x + y
    apart: Floats = np.square((x - y) / np.where(sums == 0, 1.0, sums))
    return apart


def _totals(
    cells: Counts, given: NDArray[np.bool_], times: Floats, n_values: int
) -> Floats:
    repeated = (times[:, None] * given)[given]
    totals = np.bincount(cells[given], weights=repeated, minlength=n_values)
    return totals.astype(np.float64)


def _reach(values: Floats, totals: Floats) -> Floats:
    """Each value's distance to all ratings, (V,), a block of values at a time."""
    step = max(_AT_ONCE // max(len(values), 1), 1)
    blocks = [
        _apart(values[start : start + step, None], values) @ totals
        for start in range(0, len(values), step)
    ]
    return np.concatenate(blocks)


def _within(values: Floats, cells: Counts, given: NDArray[np.bool_]) -> Floats:
    """The distances of all ordered pairs of ratings of an item, (P,)."""
    sums = np.zeros(len(cells))
    for one in range(cells.shape[1]):
        for other in range(one):
            both = given[:, one] & given[:, other]
            pairs = _apart(values[cells[both, one]], values[cells[both, other]])
            sums[both] += 2 * pairs
    return sums


def _why_not(rows: ValueRows, totals: Floats) -> str:
    if not rows.n_items:
        return NOBODY
    if not rows.n_pairable:
        return NO_OVERLAP
    if np.count_nonzero(totals) < 2:
        return NO_VALUE_VARIATION
    return ONE_ITEM if rows.n_pairable < 2 else ""
