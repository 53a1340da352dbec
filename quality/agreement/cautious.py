"""A wider interval for tables in which few items carry all there is to know."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def with_made_up_items(patterns: Floats, times: Floats) -> tuple[Floats, Floats]:
    """The table with one agreed pair per category in use, and half as many disagreed.

    Patterns (P, q) and multiplicities (..., P) in, the same with q (q + 1) / 2 more
    patterns out. The disagreed pairs are spread evenly over all pairs of categories.
    Where one label dominates, alpha and Fleiss' kappa hang on the few items with
    another one; if these all agree, or all disagree, the linearised error is far too
    small. Made-up items bring the other outcome back, as Agresti and Coull (1998), The
    American Statistician 52, 119-126, do for a share.
    """
    q = patterns.shape[1]
    eye = np.eye(q)
    used = (times @ patterns > 0).astype(np.float64)
    others = np.maximum(used.sum(axis=-1) - 1, 1)
    pairs = list(combinations(range(q), 2))
    rows = [2 * eye[k] for k in range(q)] + [eye[k] + eye[m] for k, m in pairs]
    weights = [used[..., k] for k in range(q)]
    weights += [used[..., k] * used[..., m] / others for k, m in pairs]
    return (
        np.concatenate([patterns, np.array(rows)]),
        np.concatenate([times, np.stack(weights, axis=-1)], axis=-1),
    )


def telling_items(times: Floats, influences: Floats) -> Floats:
    """How many items the error rests on, (...): (sum e^2)^2 / sum e^4."""
    squares = (times * influences**2).sum(axis=-1)
    fourths = (times * influences**4).sum(axis=-1)
    found: Floats = squares**2 / np.where(fourths > 0, fourths, 1.0)
    return found
