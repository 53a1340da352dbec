"""Three coefficients with errors against one alpha without, on the same million items."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeVar

import krippendorff
import numpy as np
from numpy.typing import NDArray

from quality.agreement import Estimate, PatternTable, measure

ITEMS: Final = 1_000_000
RATERS: Final = 3
CATEGORIES: Final = ("perfect", "good", "fair", "poor", "wrong")
PREVALENCE: Final = (0.50, 0.25, 0.15, 0.07, 0.03)
MISSING: Final = 0.2
ROUNDS: Final = 3

Column = NDArray[np.int32]
T = TypeVar("T")


def run() -> None:
    """Prints the best time of each, the values, and the ratio."""
    items, labels = ratings()
    rows = count_rows(items, labels)
    ours, estimates = best_of(lambda: measured(items, labels))
    read, _ = best_of(lambda: int(items.sum()) + int(labels.sum()))
    theirs, alpha = best_of(
        lambda: float(
            krippendorff.alpha(value_counts=rows, level_of_measurement="nominal")
        )
    )
    print(f"agreement: {ITEMS:,} items, {len(items):,} ratings, best of {ROUNDS}")
    print(f"  ours, {len(estimates)} coefficients with errors   {1000 * ours:8.1f} ms")
    print(f"  krippendorff, one alpha, counts given  {1000 * theirs:8.1f} ms")
    print(f"  reading the ratings once               {1000 * read:8.1f} ms")
    print(
        f"  ratio to krippendorff 1/{theirs / ours:.1f}, to reading {ours / read:.0f}"
    )
    difference = abs((estimates[-1].value or 0) - alpha)
    print(f"  the two alphas differ by {difference:.1e}")
    if not difference < 1e-9:
        raise SystemExit("the two alphas are not the same number")


def ratings() -> tuple[Column, NDArray[np.int8]]:
    """Long form, shuffled as rows of a database are: item and label of each rating."""
    rng = np.random.default_rng(7)
    q = len(CATEGORIES)
    truth = rng.choice(q, size=ITEMS, p=PREVALENCE)
    right = rng.random((ITEMS, RATERS)) < 0.8
    guesses = rng.integers(0, q, (ITEMS, RATERS))
    labels = np.where(right, truth[:, None], guesses).astype(np.int8)
    item, rater = np.nonzero(rng.random((ITEMS, RATERS)) >= MISSING)
    order = rng.permutation(len(item))
    return item[order].astype(np.int32), labels[item, rater][order]


def count_rows(items: Column, labels: NDArray[np.int8]) -> NDArray[np.int64]:
    """Items x categories, the form in which the other package is fastest."""
    q = len(CATEGORIES)
    cells = np.bincount(items.astype(np.int64) * q + labels, minlength=ITEMS * q)
    return cells.reshape(ITEMS, q)


def measured(items: Column, labels: NDArray[np.int8]) -> tuple[Estimate, ...]:
    """Our whole way: counting included."""
    table = PatternTable.from_ratings(items, labels, CATEGORIES)
    return measure(table, "nominal")


def best_of(work: Callable[[], T]) -> tuple[float, T]:
    """The least of a few timings, in seconds, and what came out."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        result = work()
        best = min(best, perf_counter() - start)
    return best, result
