"""The count patterns to expect with another number of raters than the pilot had."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import comb, lgamma
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.krippendorff import alpha_nominal
from quality.agreement.table import PatternTable

Floats = NDArray[np.float64]

PILOT: Final = "pilot"
MODEL: Final = "model"
ENOUGH_ITEMS: Final = 30
MOST_PATTERNS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Population:
    """Patterns (P, q) with their probabilities (P,), and where these come from.

    `overlap` is the share of items with more than one rating.
    """

    patterns: Floats
    probabilities: Floats
    source: str
    overlap: float = 1.0


def expected_patterns(
    pilot: PatternTable, raters: int, overlap: float = 1.0
) -> Population:
    """What items with `raters` ratings will look like; some with one rating alone.

    From the pilot itself where enough of its items have that many ratings, taking any
    `raters` of them; from the guessing model fitted to it otherwise.
    """
    if raters < 2:
        raise ValueError(f"agreement needs two raters, not {raters}")
    rich = pilot.ratings_in >= raters
    if pilot.multiplicities[rich].sum() >= ENOUGH_ITEMS:
        full, source = _thinned(pilot, raters), PILOT
    else:
        full, source = fitted(pilot, raters), MODEL
    if overlap == 1:
        return Population(*full, source)
    patterns, probabilities = full
    single = probabilities @ patterns / raters
    return Population(
        np.concatenate([patterns, np.eye(pilot.n_categories)]),
        np.concatenate([overlap * probabilities, (1 - overlap) * single]),
        source,
        overlap,
    )


def fitted(pilot: PatternTable, raters: int) -> tuple[Floats, Floats]:
    """The guessing model with the pilot's prevalence and its nominal alpha."""
    shares = pilot.patterns / pilot.ratings_in[:, None]
    prevalence = pilot.multiplicities @ shares / pilot.n_items
    alpha = alpha_nominal(pilot).value
    knowing = max(alpha or 0.0, 0.0) ** 0.5
    return guessing(prevalence, knowing, raters)


def guessing(prevalence: Floats, knowing: float, raters: int) -> tuple[Floats, Floats]:
    """All patterns of `raters` raters (P, q) and their probabilities (P,).

    Each knows an item's true label with probability `knowing`, else guesses by the
    `prevalence` (q,), which also the true labels have. Alpha and Fleiss' kappa are then
    knowing^2 (Maxwell 1977, British J. of Psychiatry 130, 79-83, for two labels).
    """
    patterns = _compositions(raters, len(prevalence))
    ways = [lgamma(raters + 1) - sum(lgamma(c + 1) for c in p) for p in patterns]
    chances = knowing * np.eye(len(prevalence)) + (1 - knowing) * prevalence
    given = np.array(
        [np.prod(chances**pattern, axis=1) @ prevalence for pattern in patterns]
    )
    return patterns, np.exp(ways) * given


def _thinned(pilot: PatternTable, raters: int) -> tuple[Floats, Floats]:
    """Each item of the pilot by any `raters` of its ratings, all choices alike."""
    found: dict[tuple[int, ...], float] = {}
    for row, times in zip(
        pilot.patterns.tolist(), pilot.multiplicities.tolist(), strict=True
    ):
        if sum(row) < raters:
            continue
        choices = comb(sum(row), raters)
        for part in product(*(range(min(c, raters) + 1) for c in row)):
            if sum(part) == raters:
                ways = np.prod([comb(c, k) for c, k in zip(row, part, strict=True)])
                found[part] = found.get(part, 0.0) + times * float(ways) / choices
    weights = np.array(list(found.values()))
    return np.array(list(found), np.float64), weights / weights.sum()


def _compositions(total: int, parts: int) -> Floats:
    """All rows of `parts` counts that add up to `total`."""
    if comb(total + parts - 1, parts - 1) > MOST_PATTERNS:
        raise ValueError(f"{total} raters and {parts} labels have too many patterns")
    rows: list[list[int]] = [[]]
    for _ in range(parts - 1):
        rows = [[*row, k] for row in rows for k in range(total - sum(row) + 1)]
    return np.array([[*row, total - sum(row)] for row in rows], np.float64)
