"""The coefficients a second time, rating by rating, as their authors wrote them down.

Slow, and on purpose without counts, patterns or linear algebra. `labels` is items x
raters, -1 for a missing rating; `weights` (q, q).
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

Labels = np.ndarray
Weights = np.ndarray


def _pairs(row: np.ndarray) -> Iterator[tuple[int, int]]:
    return permutations([int(k) for k in row if k >= 0], 2)


def observed(labels: Labels, weights: Weights) -> float:
    """The mean over items of the mean over ordered pairs of their ratings."""
    items = [[weights[k, m] for k, m in _pairs(row)] for row in labels]
    return float(np.mean([np.mean(pairs) for pairs in items if pairs]))


def prevalence(labels: Labels, q: int) -> np.ndarray:
    shares = [
        [np.mean(row[row >= 0] == k) for k in range(q)]
        for row in labels
        if (row >= 0).any()
    ]
    return np.mean(shares, axis=0)


def chance_corrected(labels: Labels, weights: Weights) -> dict[str, float]:
    """Percent agreement, AC, Fleiss, Brennan-Prediger and Conger."""
    q = len(weights)
    pa, pi = observed(labels, weights), prevalence(labels, q)
    habits = [
        [np.mean(column[column >= 0] == k) for k in range(q)]
        for column in labels.T
        if (column >= 0).any()
    ]
    by_chance = {
        "percent-agreement": 0.0,
        "gwet-ac": weights.sum() * sum(p * (1 - p) for p in pi) / (q * (q - 1)),
        "fleiss-kappa": _expected(pi, pi, weights),
        "brennan-prediger": weights.sum() / q**2,
        "conger-kappa": np.mean(
            [_expected(g, h, weights) for g, h in permutations(habits, 2)]
        ),
    }
    return {name: (pa - pe) / (1 - pe) for name, pe in by_chance.items()}


def _expected(one: np.ndarray, other: np.ndarray, weights: Weights) -> float:
    cells = [
        one[k] * other[m] * weights[k, m]
        for k in range(len(one))
        for m in range(len(other))
    ]
    return float(sum(cells))


def jackknife(labels: Labels, weights: Weights, name: str, slips: float) -> float:
    """The infinitesimal jackknife's error: each item a little heavier, in turn."""
    n = len(labels)
    many = np.repeat(labels, round(1 / slips), axis=0)
    base = chance_corrected(many, weights)[name]
    slopes = []
    for i in range(n):
        moved = chance_corrected(np.concatenate([many, labels[[i]]]), weights)[name]
        slopes.append((moved - base) / slips * n)
    return float(np.sqrt(np.square(slopes).sum() / (n * (n - 1))))
