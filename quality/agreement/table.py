"""The one input of every coefficient: how many items have which rating counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quality.agreement.counting import compress, count_patterns

_FORMAT: Final = "pattern-table/1"


@dataclass(frozen=True, eq=False)
class PatternTable:
    """A histogram of count patterns: the sufficient statistic of agreement.

    `patterns` (P, q): row p says how many ratings each of the q `categories` got;
    `multiplicities` (P,): how many items look like that. Rows come out sorted,
    distinct, with items nobody rated left out, so equal data make equal tables.
    The declared `categories` count, in their order, used or not.

    >>> table = PatternTable.from_counts([[2, 0], [0, 2], [1, 1], [2, 0]], ("a", "b"))
    >>> table.multiplicities.tolist(), table.n_items, table.label_counts
    ([1, 1, 2], 4, (5, 3))
    """

    categories: tuple[str, ...]
    patterns: NDArray[np.int64]
    multiplicities: NDArray[np.int64]

    def __post_init__(self) -> None:
        categories = checked_categories(self.categories)
        rows = whole(self.patterns, "patterns")
        times = whole(self.multiplicities, "multiplicities")
        if not rows.size and not times.size:
            rows = rows.reshape(0, len(categories))
        if rows.ndim != 2 or rows.shape[1] != len(categories):
            raise ValueError(
                f"{len(categories)} categories need rows of {len(categories)} counts, "
                f"not an array of shape {rows.shape}"
            )
        if times.shape != rows.shape[:1]:
            raise ValueError(
                f"{len(rows)} patterns need {len(rows)} multiplicities, "
                f"not an array of shape {times.shape}"
            )
        rows, times = compress(rows, times)
        for name, array in (("patterns", rows), ("multiplicities", times)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        object.__setattr__(self, "categories", categories)

    @classmethod
    def empty(cls, categories: Sequence[str]) -> PatternTable:
        """The table of a scale nobody has used yet: the zero of `+`."""
        return cls.from_counts([], categories)

    @classmethod
    def from_counts(cls, rows: ArrayLike, categories: Sequence[str]) -> PatternTable:
        """From one row of counts per item, shape (n, q)."""
        counts = whole(rows, "rows")
        return cls(
            checked_categories(categories), counts, np.ones(len(counts), np.int64)
        )

    @classmethod
    def from_ratings(
        cls, items: ArrayLike, labels: ArrayLike, categories: Sequence[str]
    ) -> PatternTable:
        """From long form: the item and the category index (from 0) of each rating.

        Whoever has rated an item twice must have been reduced to one rating before.
        """
        declared = checked_categories(categories)
        return cls(declared, *count_patterns(items, labels, len(declared)))

    @classmethod
    def from_histogram(
        cls, histogram: Mapping[tuple[int, ...], int], categories: Sequence[str]
    ) -> PatternTable:
        """From pattern -> number of items, as SQL's GROUP BY returns it."""
        wrong = next((p for p in histogram if len(p) != len(categories)), None)
        if wrong is not None:
            raise ValueError(f"pattern {wrong} does not have {len(categories)} counts")
        return cls(
            checked_categories(categories),
            whole(list(histogram), "patterns"),
            whole(list(histogram.values()), "multiplicities"),
        )

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> PatternTable:
        """What `to_json` wrote; ValueError when it is something else."""
        if content.get("format") != _FORMAT:
            raise ValueError(f"not a {_FORMAT}: format is {content.get('format')!r}")
        try:
            columns = (content["patterns"], content["multiplicities"])
            return cls(checked_categories(content["categories"]), *columns)
        except KeyError as error:
            raise ValueError(f"a {_FORMAT} without {error.args[0]}") from None

    def to_json(self) -> dict[str, Any]:
        """Plain lists and strings, the same for equal tables."""
        return {
            "format": _FORMAT,
            "categories": list(self.categories),
            "patterns": self.patterns.tolist(),
            "multiplicities": self.multiplicities.tolist(),
        }

    def digest(self) -> str:
        """SHA-256 of the content, in hex; the order the ratings came in is no part."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def __add__(self, other: PatternTable) -> PatternTable:
        """The table of both sets of items; they must not share an item."""
        if self.categories != other.categories:
            raise ValueError(
                f"tables over {self.categories} and {other.categories} do not add up"
            )
        return PatternTable(
            self.categories,
            np.concatenate([self.patterns, other.patterns]),
            np.concatenate([self.multiplicities, other.multiplicities]),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PatternTable) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.digest())

    @cached_property
    def ratings_in(self) -> NDArray[np.int64]:
        """Ratings per item of each pattern, shape (P,)."""
        sums: NDArray[np.int64] = self.patterns.sum(axis=1)
        return sums

    @cached_property
    def pairable(self) -> PatternTable:
        """The items with two ratings or more, alone."""
        keep = self.ratings_in > 1
        rows, times = self.patterns[keep], self.multiplicities[keep]
        return PatternTable(self.categories, rows, times)

    @property
    def n_categories(self) -> int:
        return len(self.categories)

    @cached_property
    def n_items(self) -> int:
        """Items with at least one rating."""
        return int(self.multiplicities.sum())

    @cached_property
    def n_pairable(self) -> int:
        """Items with at least two ratings."""
        return int(self.multiplicities[self.ratings_in > 1].sum())

    @cached_property
    def n_ratings(self) -> int:
        return int(self.multiplicities @ self.ratings_in)

    @cached_property
    def label_counts(self) -> tuple[int, ...]:
        """Ratings per category, in the declared order."""
        return tuple(int(n) for n in self.multiplicities @ self.patterns)

    @property
    def n_used(self) -> int:
        """Categories that anybody has used."""
        return sum(count > 0 for count in self.label_counts)

    @cached_property
    def ratings_per_item(self) -> dict[int, int]:
        """How many items have 1, 2, 3, ... ratings."""
        items = np.bincount(self.ratings_in, weights=self.multiplicities)
        return {r: int(n) for r, n in enumerate(items) if n}


def checked_categories(categories: Sequence[str]) -> tuple[str, ...]:
    """The labels of a scale; ValueError for none, or for one declared twice."""
    labels = tuple(categories)
    if isinstance(categories, str) or not all(isinstance(c, str) for c in labels):
        raise ValueError(f"categories are a sequence of labels, not {categories!r}")
    if not labels:
        raise ValueError("a scale needs at least one category")
    if len(set(labels)) < len(labels):
        raise ValueError(f"a category is declared twice: {labels}")
    return labels


def whole(values: ArrayLike, what: str) -> NDArray[np.int64]:
    """An array of counts; ValueError for fractions, negatives and ragged rows."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{what} have rows of different lengths") from None
    if not array.size:
        return array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{what} are whole numbers, not {array.dtype}")
    if array.min() < 0:
        raise ValueError(f"{what} cannot be negative")
    return array.astype(np.int64)
