"""Ratings to count patterns, in a few passes over the arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]

# Codes of whole count rows are added up as whole numbers: beyond this they overflow.
_EXACT: Final = 2**62
_HISTOGRAM_CELLS: Final = 1 << 22
# Ratings at a time, so that what is made of them stays in the processor's cache.
_PIECE: Final = 1 << 16
_FEWEST_BITS: Final = 3
_WIDTHS: Final = (np.uint16, np.uint32, np.uint64)


def count_patterns(
    items: ArrayLike, labels: ArrayLike, n_categories: int
) -> tuple[Counts, Counts]:
    """The distinct count rows of long-form ratings, and how many items have each.

    `items` (R,) names the item of each rating (any type), `labels` (R,) its category
    as an index from 0. Returns patterns (P, q) and multiplicities (P,).
    """
    units, chosen = _checked(items, labels, n_categories)
    if not chosen.size:
        return np.zeros((0, n_categories), np.int64), np.zeros(0, np.int64)
    n_units = int(units.max()) + 1
    found = _at_a_guess(units, chosen, n_units, n_categories)
    if found is not None:
        return found
    base = int(np.bincount(units).max()) + 1
    if base**n_categories < _EXACT:
        codes = _codes(units, chosen, n_units, base, n_categories)
        distinct = _histogram(codes, base**n_categories)
        return without_empty(*_decode(*distinct, base, n_categories))
    cells = np.bincount(
        units.astype(np.intp, copy=False) * n_categories + chosen,
        minlength=n_categories * n_units,
    )
    rows = cells.reshape(-1, n_categories).astype(np.int64)
    return compress(rows, np.ones(len(rows), np.int64))


def compress(rows: Counts, multiplicities: Counts) -> tuple[Counts, Counts]:
    """Sorted distinct rows with their summed multiplicities; empty ones left out."""
    rows, multiplicities = without_empty(rows, multiplicities)
    if not len(rows):
        return rows, multiplicities
    base, q = int(rows.max()) + 1, rows.shape[1]
    if base**q < _EXACT:
        codes = rows @ _powers(base, q)
        if (codes[1:] > codes[:-1]).all():
            return rows, multiplicities
        _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
        patterns = rows[first]
    else:
        patterns, inverse = np.unique(rows, axis=0, return_inverse=True)
    totals = np.zeros(len(patterns), np.int64)
    np.add.at(totals, inverse.ravel(), multiplicities)
    return patterns, totals


def without_empty(rows: Counts, multiplicities: Counts) -> tuple[Counts, Counts]:
    """The rows that have a rating and an item."""
    keep = (multiplicities > 0) & rows.any(axis=1)
    return rows[keep], multiplicities[keep]


def columns(
    items: ArrayLike, labels: ArrayLike, n_categories: int
) -> tuple[Counts, Counts]:
    """Item positions from 0 and category indices, (R,) each, checked.

    ValueError for columns of different length and for labels that are no index.
    """
    units, chosen = _checked(items, labels, n_categories)
    return units.astype(np.intp, copy=False), chosen.astype(np.intp, copy=False)


def _checked(
    items: ArrayLike, labels: ArrayLike, n_categories: int
) -> tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]:
    """The same, as whole numbers of whatever width they came in."""
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
    return (names if _are_small(names) else dense(names)), chosen


def dense(names: NDArray[np.generic]) -> Counts:
    """Item names as small whole numbers; only names that are none already are sorted."""
    if _are_small(names):
        return names.astype(np.intp, copy=False)
    positions: Counts = np.unique(names, return_inverse=True)[1].ravel()
    return positions


def _are_small(names: NDArray[Any]) -> bool:
    return (
        names.dtype.kind in "iu"
        and int(names.min()) >= 0
        and int(names.max()) <= 4 * names.size + 1024
    )


def _at_a_guess(
    units: NDArray[Any], chosen: NDArray[Any], n_units: int, q: int
) -> tuple[Counts, Counts] | None:
    """The patterns where no item has far more ratings than the others, in one pass.

    A category gets as many bits as twice the mean needs. A count that runs over leaves
    the sum of all counts below the number of ratings, so a wrong guess shows: None.
    """
    bits = max((2 * chosen.size // n_units).bit_length(), _FEWEST_BITS)
    if 1 << bits * q >= _EXACT:
        return None
    # A table of narrow cells stays in the cache while ratings hit it in any order.
    width = next(w for w in _WIDTHS if bits * q <= np.iinfo(w).bits)
    codes = np.zeros(n_units, width)
    for piece in _pieces(chosen.size):
        places = (bits * (q - 1) - bits * chosen[piece].astype(width)).astype(width)
        ones = np.left_shift(width(1), places)
        np.add.at(codes, units[piece].astype(np.intp), ones)
    if int(codes.max()) >> bits * q:
        return None
    found = _decode(*_histogram(codes, 1 << bits * q), 1 << bits, q)
    if int(found[0].sum(axis=1) @ found[1]) != chosen.size:
        return None
    return without_empty(*found)


def _codes(
    units: NDArray[Any], chosen: NDArray[Any], n_units: int, base: int, q: int
) -> Counts:
    """The count row of each unit, as the digits of one number, (n,)."""
    codes, powers = np.zeros(n_units, np.int64), _powers(base, q)
    for piece in _pieces(chosen.size):
        np.add.at(codes, units[piece].astype(np.intp), powers[chosen[piece]])
    return codes


def _pieces(size: int, step: int = _PIECE) -> Iterator[slice]:
    return (slice(start, start + step) for start in range(0, size, step))


def _powers(base: int, q: int) -> Counts:
    return np.array([base**k for k in range(q - 1, -1, -1)], np.int64)


def _histogram(codes: NDArray[Any], n_codes: int) -> tuple[Counts, Counts]:
    if n_codes > _HISTOGRAM_CELLS:
        values, counts = np.unique(codes, return_counts=True)
        return values.astype(np.int64), counts.astype(np.int64)
    histogram = np.zeros(n_codes, np.int64)
    for piece in _pieces(codes.size, max(n_codes, _PIECE)):
        histogram += np.bincount(codes[piece], minlength=n_codes)
    values = np.flatnonzero(histogram)
    return values, histogram[values]


def _decode(
    codes: Counts, multiplicities: Counts, base: int, n_categories: int
) -> tuple[Counts, Counts]:
    patterns: Counts = codes[:, None] // _powers(base, n_categories) % base
    return patterns, multiplicities
