"""What one model and several people said of the same items, as a histogram."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.counting import compress
from quality.agreement.table import PatternTable, checked_categories, whole

_FORMAT: Final = "machine-table/1"
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class MachineTable:
    """Items by the model's label and the counts of people's: the sufficient statistic.

    `labels` (P,) are indices of the model's category from 0, `patterns` (P, q) count
    people's ratings per category, `multiplicities` (P,) say how many items look like
    that. Rows come out sorted and distinct; items that no person rated are left out.

    >>> table = MachineTable.from_items([0, 0, 1], [[2, 0], [1, 1], [0, 0]], ("a", "b"))
    >>> table.n_items, table.n_ratings, table.people.n_pairable
    (2, 4, 2)
    """

    categories: tuple[str, ...]
    labels: Counts
    patterns: Counts
    multiplicities: Counts

    def __post_init__(self) -> None:
        q = len(checked_categories(self.categories))
        labels = whole(self.labels, "labels")
        patterns = whole(self.patterns, "patterns")
        times = whole(self.multiplicities, "multiplicities")
        if not len(labels):
            patterns = patterns.reshape(0, q)
        shapes = {labels.shape, times.shape, patterns.shape[:1]}
        if len(shapes) > 1 or labels.ndim != 1 or patterns.shape[1:] != (q,):
            raise ValueError(
                f"each label needs a row of {q} counts and a multiplicity, not arrays "
                f"of shapes {labels.shape}, {patterns.shape} and {times.shape}"
            )
        if labels.size and labels.max() >= q:
            raise ValueError(f"a category index is beyond the {q} categories")
        rated = patterns.any(axis=1)
        rows = np.column_stack([patterns, labels])[rated]
        rows, times = compress(rows, times[rated])
        said = {"labels": rows[:, q], "patterns": rows[:, :q], "multiplicities": times}
        for name, array in said.items():
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def from_items(
        cls, labels: ArrayLike, rows: ArrayLike, categories: Sequence[str]
    ) -> MachineTable:
        """From the model's label (n,) and people's counts (n, q) of each item."""
        said = np.asarray(labels, np.int64)
        ones = np.ones(len(said), np.int64)
        return cls(tuple(categories), said, np.asarray(rows, np.int64), ones)

    @classmethod
    def from_histogram(
        cls,
        histogram: Mapping[tuple[int, tuple[int, ...]], int],
        categories: Sequence[str],
    ) -> MachineTable:
        """From (label, counts) -> number of items."""
        q = len(categories)
        return cls(
            tuple(categories),
            np.array([label for label, _ in histogram], np.int64),
            np.array([row for _, row in histogram], np.int64).reshape(-1, q),
            np.array(list(histogram.values()), np.int64),
        )

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> MachineTable:
        """What `to_json` wrote; ValueError when it is something else."""
        if content.get("format") != _FORMAT:
            raise ValueError(f"not a {_FORMAT}: format is {content.get('format')!r}")
        names = ("labels", "patterns", "multiplicities")
        columns = [np.array(content[name], np.int64) for name in names]
        return cls(tuple(content["categories"]), *columns)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and strings, the same for equal tables."""
        return {
            "format": _FORMAT,
            "categories": list(self.categories),
            "labels": self.labels.tolist(),
            "patterns": self.patterns.tolist(),
            "multiplicities": self.multiplicities.tolist(),
        }

    def digest(self) -> str:
        """SHA-256 of the content, in hex."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @cached_property
    def people(self) -> PatternTable:
        """The same items without the model."""
        return PatternTable(self.categories, self.patterns, self.multiplicities)

    @property
    def n_items(self) -> int:
        return int(self.multiplicities.sum())

    @property
    def n_pairable(self) -> int:
        """Every item here has the model's rating and a person's."""
        return self.n_items

    @property
    def n_ratings(self) -> int:
        """Of people."""
        return self.people.n_ratings

    @property
    def n_used(self) -> int:
        """Categories that the model or anybody has used."""
        machine = np.bincount(
            self.labels, weights=self.multiplicities, minlength=len(self.categories)
        )
        return int(np.count_nonzero(machine + np.array(self.people.label_counts)))
