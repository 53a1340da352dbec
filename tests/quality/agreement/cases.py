"""The published and recomputed cases, as rating matrices and as pattern tables."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quality.agreement import PatternTable
from quality.agreement.crossed import CrossedTable
from quality.agreement.rater_table import RaterTable
from quality.agreement.weights import Weighting

CONTENT = json.loads(
    (Path(__file__).parents[1] / "agreement_cases.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Case:
    """`ratings` holds category indices, items x raters, -1 for a missing one.

    `values` are the categories where those are numbers.
    """

    name: str
    weights: str
    categories: tuple[str, ...]
    ratings: np.ndarray
    values: tuple[float, ...] | None
    expected: dict[str, dict[str, Any]]
    counts: dict[str, int]

    @property
    def table(self) -> PatternTable:
        items, raters = np.nonzero(self.ratings >= 0)
        labels = self.ratings[items, raters]
        return PatternTable.from_ratings(items, labels, self.categories)

    @property
    def weighting(self) -> Weighting:
        return Weighting(self.weights, self.values)

    @property
    def raters(self) -> tuple[str, ...]:
        return tuple(f"r{g}" for g in range(self.ratings.shape[1]))

    @property
    def with_raters(self) -> RaterTable:
        items, raters = np.nonzero(self.ratings >= 0)
        labels = self.ratings[items, raters]
        return RaterTable.from_ratings(
            items, raters, labels, self.categories, self.raters
        )

    @property
    def crossed(self) -> CrossedTable:
        return CrossedTable.from_matrix(self.ratings, self.categories, self.raters)

    @property
    def count_rows(self) -> np.ndarray:
        """Counts per item and category, built the plain way, for other packages."""
        q = len(self.categories)
        rows: np.ndarray = np.stack(
            [(self.ratings == k).sum(axis=1) for k in range(q)], axis=1
        )
        return rows


def _regenerated(entry: dict[str, Any]) -> np.ndarray:
    """The matrix of recipe synth_v1: labels from 1, 0 for a missing rating."""
    recipe = entry["recipe"]
    rng = np.random.default_rng(recipe["seed"])
    n, r, q = recipe["n"], recipe["r"], len(recipe["prev"])
    truth = rng.choice(q, size=n, p=recipe["prev"])
    right = rng.random((n, r)) < recipe["acc"]
    if recipe["ordinal"]:
        step = rng.choice([-1, 1], size=(n, r))
        other = np.clip(truth[:, None] + step, 0, q - 1)
    else:
        other = rng.integers(0, q, size=(n, r))
    labels: np.ndarray = np.where(right, truth[:, None], other) + 1
    labels[rng.random((n, r)) < recipe["miss"]] = 0
    digest = hashlib.sha256(labels.astype(np.int8).tobytes()).hexdigest()
    assert digest == entry["ratings_check"]["sha256_int8_row_major_missing_as_0"]
    return labels


def _case(entry: dict[str, Any]) -> Case:
    rows = entry["ratings"]
    if rows is None:
        rows = [[x or None for x in row] for row in _regenerated(entry).tolist()]
    used = {x for row in rows for x in row if x is not None}
    categories = entry["categories"] or sorted(used)
    index = {None: -1} | {label: k for k, label in enumerate(categories)}
    return Case(
        name=entry["name"],
        weights=entry["weights"],
        categories=tuple(str(label) for label in categories),
        values=None if isinstance(categories[0], str) else tuple(categories),
        ratings=np.array([[index[x] for x in row] for row in rows]),
        expected=entry["expected"],
        counts=entry["counts"],
    )


CASES = [_case(entry) for entry in CONTENT["cases"]]
