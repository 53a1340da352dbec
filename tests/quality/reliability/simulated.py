"""Seeded raters whose skill is known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quality.reliability import Ratings


@dataclass(frozen=True)
class Crew:
    """Columns of ratings, and what made them."""

    units: np.ndarray
    raters: np.ndarray
    labels: np.ndarray
    truth: np.ndarray
    accuracy: np.ndarray
    q: int

    @property
    def ratings(self) -> Ratings:
        return Ratings.from_columns(self.units, self.raters, self.labels, self.q)


def crew(
    seed: int,
    *,
    units: int = 400,
    per_unit: int = 3,
    accuracy: Sequence[float] = (0.9,) * 8,
    prevalence: Sequence[float] = (0.5, 0.3, 0.2),
) -> Crew:
    """Each unit goes to `per_unit` raters; a wrong label is any other one."""
    rng = np.random.default_rng(seed)
    r, q = len(accuracy), len(prevalence)
    truth = rng.choice(q, units, p=prevalence)
    unit = np.repeat(np.arange(units), per_unit)
    rater = np.argsort(rng.random((units, r)), axis=1)[:, :per_unit].ravel()
    right = rng.random(len(unit)) < np.array(accuracy)[rater]
    wrong = (truth[unit] + rng.integers(1, q, len(unit))) % q
    labels = np.where(right, truth[unit], wrong)
    return Crew(unit, rater, labels, truth, np.array(accuracy), q)
