"""The one input: who gave which unit which category, one row per rating."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Index = NDArray[np.intp]
Floats = NDArray[np.float64]
Names = NDArray[Any]

SINGLE_CATEGORY: Final = "single-category scale"
NOBODY: Final = "there are no ratings yet"
SINGLE_RATER: Final = "single rater"
NO_OVERLAP: Final = "no unit with two ratings"


@dataclass(frozen=True, eq=False)
class Ratings:
    """R ratings of n units by r raters, sorted by unit and rater.

    `units`, `raters`, `labels` (R,) are indices from 0 into `unit_names` (n,),
    `rater_names` (r,) and the q declared categories. Every unit and every rater has a
    rating. `rows` (R,) says which row of the columns given each rating was, so that
    other columns can follow; `at` (R,) is when it was made, None where nobody said.
    The order the rows came in leaves no trace except in `rows`.

    >>> ratings = Ratings.from_columns([7, 7, 9], ["ann", "bo", "bo"], [0, 1, 1], 2)
    >>> ratings.unit_counts.tolist(), ratings.rater_names.tolist()
    ([[1, 1], [0, 1]], ['ann', 'bo'])
    """

    units: Index
    raters: Index
    labels: Index
    n_categories: int
    unit_names: Names
    rater_names: Names
    rows: Index
    at: Names | None = None

    @classmethod
    def from_columns(
        cls,
        units: ArrayLike,
        raters: ArrayLike,
        labels: ArrayLike,
        n_categories: int,
        *,
        at: ArrayLike | None = None,
        repeats: bool = False,
    ) -> Ratings:
        """From long form, each column (R,); names of any sortable type.

        `labels` are category indices from 0. Of the ratings a rater gave a unit the
        latest by `at` stays. Without `at` a second one is an error, unless `repeats`
        keeps them all as separate looks at the unit. ValueError names the first row
        that is wrong.
        """
        unit_names, unit_index = _names(units, "units")
        rater_names, rater_index = _names(raters, "raters")
        chosen = _labels(labels, n_categories)
        times = None if at is None else _times(at)
        _same_length(units=unit_index, raters=rater_index, labels=chosen, at=times)
        cell = unit_index * max(len(rater_names), 1) + rater_index
        rows = _sorted(cell, chosen, times)
        if not repeats:
            rows = _one_each(rows, cell, chosen, times)
        return cls(
            unit_index[rows],
            rater_index[rows],
            chosen[rows],
            n_categories,
            unit_names,
            rater_names,
            rows,
            None if times is None else times[rows],
        )

    def shared(self, least: int = 2) -> Ratings:
        """The ratings of units with `least` ratings or more, alone."""
        return self.where(self.per_unit[self.units] >= least)

    def where(self, keep: NDArray[np.bool_]) -> Ratings:
        """The ratings that `keep` (R,) marks; units and raters without one drop out."""
        unit_names, units = _kept(self.unit_names, self.units[keep])
        rater_names, raters = _kept(self.rater_names, self.raters[keep])
        return Ratings(
            units,
            raters,
            self.labels[keep],
            self.n_categories,
            unit_names,
            rater_names,
            self.rows[keep],
            None if self.at is None else self.at[keep],
        )

    @property
    def n_units(self) -> int:
        return len(self.unit_names)

    @property
    def n_raters(self) -> int:
        return len(self.rater_names)

    @property
    def n_ratings(self) -> int:
        return len(self.labels)

    @cached_property
    def per_unit(self) -> Index:
        """Ratings of each unit, (n,); none is 0."""
        return np.bincount(self.units, minlength=self.n_units)

    @cached_property
    def per_rater(self) -> Index:
        """Ratings by each rater, (r,); none is 0."""
        return np.bincount(self.raters, minlength=self.n_raters)

    @cached_property
    def starts(self) -> Index:
        """Where each unit's ratings begin, (n,)."""
        return np.concatenate([[0], np.cumsum(self.per_unit)[:-1]]).astype(np.intp)

    @cached_property
    def unit_counts(self) -> Index:
        """Ratings of each unit in each category, (n, q)."""
        return self._crossed(self.units, self.n_units)

    @cached_property
    def rater_counts(self) -> Index:
        """Ratings by each rater in each category, (r, q)."""
        return self._crossed(self.raters, self.n_raters)

    @cached_property
    def has_repeats(self) -> bool:
        """Whether somebody rated a unit more than once."""
        cell = self.units * self.n_raters + self.raters
        return bool((np.diff(cell) == 0).any())

    @cached_property
    def others(self) -> Index:
        """What the other raters of the same unit chose, counts (R, q).

        ValueError where somebody rated a unit twice: their own is no other's.
        """
        if self.has_repeats:
            raise ValueError("a rater is compared with others by one rating per unit")
        counts = self.unit_counts[self.units]
        counts[np.arange(self.n_ratings), self.labels] -= 1
        return counts

    def _crossed(self, index: Index, n: int) -> Index:
        q = self.n_categories
        return np.bincount(index * q + self.labels, minlength=n * q).reshape(n, q)


def why_no_model(ratings: Ratings) -> str:
    """Why no model of the raters can be fitted to `ratings`; "" when one can."""
    if ratings.n_categories < 2:
        return SINGLE_CATEGORY
    if not ratings.n_ratings:
        return NOBODY
    if ratings.n_raters < 2:
        return SINGLE_RATER
    return "" if int(ratings.per_unit.max()) > 1 else NO_OVERLAP


def _names(column: ArrayLike, what: str) -> tuple[Names, Index]:
    values = np.asarray(column)
    if values.ndim != 1:
        raise ValueError(f"{what} are one column, not an array of shape {values.shape}")
    if values.dtype.kind == "f" and np.isnan(values).any():
        raise ValueError(f"row {int(np.isnan(values).argmax())} has no name in {what}")
    try:
        names, index = np.unique(values, return_inverse=True)
    except TypeError:
        raise ValueError(f"{what} mix names that cannot be put in one order") from None
    return names, index.astype(np.intp, copy=False)


def _labels(column: ArrayLike, n_categories: int) -> Index:
    values = np.asarray(column)
    if n_categories < 1:
        raise ValueError("a scale needs at least one category")
    if values.ndim != 1:
        raise ValueError(f"labels are one column, not an array of shape {values.shape}")
    if not values.size:
        return np.zeros(0, np.intp)
    if values.dtype.kind not in "iu":
        raise ValueError(f"labels are whole category indices, not {values.dtype}")
    wrong = (values < 0) | (values >= n_categories)
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(
            f"row {row} has category index {values[row]}, but the scale has "
            f"{n_categories} categories, counted from 0"
        )
    return values.astype(np.intp)


def _times(column: ArrayLike) -> Names:
    values = np.asarray(column)
    if values.ndim != 1 or values.dtype.kind not in "iufM":
        raise ValueError(f"at is one column of numbers or dates, not {values.dtype}")
    if values.dtype.kind in "fM" and (values != values).any():
        raise ValueError(f"row {int((values != values).argmax())} has no time in at")
    return values


def _same_length(**columns: Names | None) -> None:
    lengths = {name: len(c) for name, c in columns.items() if c is not None}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {n}" for name, n in lengths.items())
        raise ValueError(f"the columns differ in length: {told}")


def _sorted(cell: Index, labels: Index, at: Names | None) -> Index:
    keys = (labels, cell) if at is None else (labels, at, cell)
    return np.lexsort(keys).astype(np.intp, copy=False)


def _one_each(rows: Index, cell: Index, labels: Index, at: Names | None) -> Index:
    """The last of each cell's sorted rows; ValueError where none is the last."""
    again = cell[rows][1:] == cell[rows][:-1]
    if at is None:
        unclear, why = again, "say when, and the latest counts"
    else:
        last = np.append(~again, True)[1:]
        level = (at[rows][1:] == at[rows][:-1]) & (
            labels[rows][1:] != labels[rows][:-1]
        )
        unclear, why = again & last & level, "at the same time, with different labels"
    if unclear.any():
        first = int(unclear.argmax())
        pair = sorted((int(rows[first]), int(rows[first + 1])))
        raise ValueError(
            f"rows {pair[0]} and {pair[1]} are one rater's ratings of one unit: {why}"
        )
    return rows[np.append(~again, True)] if rows.size else rows


def _kept(names: Names, index: Index) -> tuple[Names, Index]:
    used = np.bincount(index, minlength=len(names)) > 0
    return names[used], (np.cumsum(used) - 1)[index]
