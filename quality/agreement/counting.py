"""Ratings to count patterns, in a few passes over the arrays."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]

# A weighted bincount adds in doubles: sums below this bound are exact.
_EXACT: Final = 2**53
_HISTOGRAM_CELLS: Final = 1 << 22


def count_patterns(
    items: ArrayLike, labels: ArrayLike, n_categories: int
) -> tuple[Counts, Counts]:
    """The distinct count rows of long-form ratings, and how many items have each.

    `items` (R,) names the item of each rating (any type), `labels` (R,) its category
    as an index from 0. Returns patterns (P, q) and multiplicities (P,).
    """
    units, chosen = columns(items, labels, n_categories)
    if not chosen.size:
        return np.zeros((0, n_categories), np.int64), np.zeros(0, np.int64)
    base = int(np.bincount(units).max()) + 1
    if base**n_categories < _EXACT:
        powers = float(base) ** np.arange(n_categories - 1, -1, -1)
        codes = np.bincount(units, weights=powers[chosen]).astype(np.int64)
        return _decode(*_histogram(codes, base**n_categories), base, n_categories)
    cells = np.bincount(
        units * n_categories + chosen, minlength=n_categories * int(units.max() + 1)
    )
    rows = cells.reshape(-1, n_categories).astype(np.int64)
    return compress(rows, np.ones(len(rows), np.int64))


def compress(rows: Counts, multiplicities: Counts) -> tuple[Counts, Counts]:
    """Sorted distinct rows with their summed multiplicities; empty ones left out."""
    keep = (multiplicities > 0) & rows.any(axis=1)
    rows, multiplicities = rows[keep], multiplicities[keep]
    if not len(rows):
        return rows, multiplicities
    patterns, inverse = np.unique(rows, axis=0, return_inverse=True)
    totals = np.zeros(len(patterns), np.int64)
    np.add.at(totals, inverse.ravel(), multiplicities)
    return patterns, totals


def columns(
    items: ArrayLike, labels: ArrayLike, n_categories: int
) -> tuple[Counts, Counts]:
    """Item positions from 0 and category indices, (R,) each, checked.

    ValueError for columns of different length and for labels that are no index.
    """
    names, chosen = np.asarray(items), np.asarray(labels)
    if names.ndim != 1 or names.shape != chosen.shape:
        raise ValueError(
            "items and labels are two columns of equal length, "
            f"not {names.shape} and {chosen.shape}"
        )
    if not chosen.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if chosen.dtype.kind not in "iu":
        raise ValueError(f"labels are whole category indices, not {chosen.dtype}")
    if chosen.min() < 0 or chosen.max() >= n_categories:
        at = int(np.flatnonzero((chosen < 0) | (chosen >= n_categories))[0])
        raise ValueError(
            f"rating {at} has category index {chosen[at]}, "
            f"but the scale has {n_categories} categories, counted from 0"
        )
    return dense(names), chosen.astype(np.intp, copy=False)


def dense(names: NDArray[np.generic]) -> Counts:
    """Item names as small whole numbers; only names that are none already are sorted."""
    if (
        names.dtype.kind in "iu"
        and int(names.min()) >= 0
        and int(names.max()) <= 4 * names.size + 1024
    ):
        return names.astype(np.intp, copy=False)
    positions: Counts = np.unique(names, return_inverse=True)[1].ravel()
    return positions


def _histogram(codes: Counts, n_codes: int) -> tuple[Counts, Counts]:
    if n_codes > _HISTOGRAM_CELLS:
        values, counts = np.unique(codes, return_counts=True)
        return values, counts.astype(np.int64)
    histogram = np.bincount(codes)
    values = np.flatnonzero(histogram)
    return values, histogram[values].astype(np.int64)


def _decode(
    codes: Counts, multiplicities: Counts, base: int, n_categories: int
) -> tuple[Counts, Counts]:
    powers = np.array([base**k for k in range(n_categories - 1, -1, -1)], np.int64)
    patterns: Counts = codes[:, None] // powers % base
    return patterns, multiplicities
