"""Made-up ratings: how many, by how many people, and as which arrays."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

CATEGORIES: Final = ("perfect", "good", "fair", "poor", "wrong")
PREVALENCE: Final = (0.50, 0.25, 0.15, 0.07, 0.03)
ACCURACY: Final = 0.8
MISSING: Final = 0.4
_DESIGN: Final = "design.json"
#: Strides that visit all of 50 people, or of any fewer that share no factor with them.
_STRIDES: Final = np.array([1, 7, 11, 13, 17, 19, 23, 29])

Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Design:
    """About `ratings` by `raters` people, `asked` of them per item; 40 % are missing."""

    ratings: int
    raters: int
    asked: int

    @property
    def items(self) -> int:
        return max(round(self.ratings / self.asked / (1 - MISSING)), 2)

    def __str__(self) -> str:
        whom = "all" if self.asked == self.raters else str(self.asked)
        return f"{self.ratings:,} ratings, {self.raters} raters, {whom} asked per item"


@dataclass(frozen=True)
class Sample:
    """Ratings in long form and shuffled, as rows of a database are, (R,) each."""

    design: Design
    items: Column
    raters: Column
    labels: Column

    @classmethod
    def drawn(cls, design: Design) -> Sample:
        """The same ratings for the same design, whoever draws them."""
        rng = np.random.default_rng(7)
        n, asked, q = design.items, design.asked, len(CATEGORIES)
        item, turn = np.nonzero(rng.random((n, asked), np.float32) >= MISSING)
        item = item.astype(np.int32)
        truth = rng.choice(q, size=n, p=PREVALENCE).astype(np.int8)
        right = rng.random(len(item), np.float32) < ACCURACY
        labels = np.where(right, truth[item], rng.integers(0, q, len(item), np.int8))
        if asked == design.raters:
            raters = turn
        else:
            first, stride = rng.integers(0, design.raters, n), rng.choice(_STRIDES, n)
            raters = (first[item] + turn * stride[item]) % design.raters
        order = rng.permutation(len(item))
        return cls(design, item[order], raters[order].astype(np.int8), labels[order])

    def save(self, folder: Path) -> None:
        (folder / _DESIGN).write_text(json.dumps(asdict(self.design)))
        for name in ("items", "raters", "labels"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Sample:
        design = Design(**json.loads((folder / _DESIGN).read_text()))
        names = ("items", "raters", "labels")
        return cls(design, *(np.load(folder / f"{name}.npy") for name in names))

    def counts(self) -> NDArray[np.int64]:
        """Items x categories."""
        n, q = self.design.items, len(CATEGORIES)
        cells = np.bincount(
            self.items.astype(np.int64) * q + self.labels, minlength=n * q
        )
        return cells.reshape(n, q)

    def matrix(self) -> NDArray[np.float64]:
        """Raters x items, NaN for a missing rating."""
        wide = np.full((self.design.raters, self.design.items), np.nan)
        wide[self.raters, self.items] = self.labels
        return wide
