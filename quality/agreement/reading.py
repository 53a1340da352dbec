"""Columns of ratings, long or wide, to one table per slice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from quality.agreement.category_lists import (
    Scale,
    categories_of,
    labels_of,
    numbers_of,
)
from quality.agreement.columns import Codes, Column, crossed, stacked
from quality.agreement.numbers import Numbers
from quality.agreement.rating_error import RatingError
from quality.agreement.reporting.report import Part
from quality.agreement.table import PatternTable


@dataclass(frozen=True, kw_only=True, eq=False)
class RatingColumns:
    """R ratings in long form: columns (R,) each, several `units` naming a unit together.

    `by` are the dimensions that make slices; `rows` (R,) says which row each rating
    came from, from 0.
    """

    units: tuple[Column, ...]
    raters: Column
    values: Column
    by: Mapping[str, Column]
    rows: Codes

    @classmethod
    def long(
        cls,
        units: Sequence[Column],
        raters: Column,
        values: Column,
        by: Mapping[str, Column] | None = None,
    ) -> RatingColumns:
        """One row per rating."""
        rows = np.arange(len(values))
        return cls(
            units=tuple(units), raters=raters, values=values, by=by or {}, rows=rows
        )

    @classmethod
    def wide(
        cls,
        units: Sequence[Column],
        raters: Mapping[str, Column],
        by: Mapping[str, Column] | None = None,
    ) -> RatingColumns:
        """One row per unit, one column per rater; what a rater left out is empty."""
        n = len(next(iter(raters.values()), Column((), np.zeros(0, np.int64))))
        rows = np.tile(np.arange(n), len(raters))
        people = Column(tuple(raters), np.repeat(np.arange(len(raters)), n))
        return cls(
            units=tuple(unit.taken(rows) for unit in units),
            raters=people,
            values=stacked(list(raters.values())),
            by={name: column.taken(rows) for name, column in (by or {}).items()},
            rows=rows,
        )

    def taken(self, which: Codes | NDArray[np.bool_]) -> RatingColumns:
        """Some of the ratings."""
        return replace(
            self,
            units=tuple(unit.taken(which) for unit in self.units),
            raters=self.raters.taken(which),
            values=self.values.taken(which),
            by={name: column.taken(which) for name, column in self.by.items()},
            rows=self.rows[which],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceRatings:
    """The m ratings of one slice: columns (m,) of unit, rater and value.

    Units and raters are numbered over all slices. `values` are category indices on a
    scale with `categories`, those that the slice uses unless the scale declares them,
    else the numbers themselves.
    """

    slice: Mapping[str, str]
    scale: Scale
    categories: tuple[str, ...]
    units: Codes
    raters: Codes
    values: NDArray[np.int64] | NDArray[np.float64]

    def part(self) -> Part:
        """What a report needs of the slice."""
        return Part(
            slice=self.slice,
            counted=self._counted(),
            scale=self.scale.kind,
            raters=len(np.unique(self.raters)),
            values=self.scale.values,
        )

    def _counted(self) -> PatternTable | Numbers:
        if not self.scale.is_numeric:
            return PatternTable.from_ratings(self.units, self.values, self.categories)
        return Numbers.from_ratings(
            self.units,
            self.values,
            self.scale.kind,
            low=self.scale.low,
            high=self.scale.high,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """Ratings by slice, ready to be counted, and what is not among them.

    `categories` are those of all slices together. `gaps` are empty values, `replaced`
    ratings that the same rater gave again.
    `rater_names` are by the numbers in the slices; not all of them need have rated.
    """

    slices: tuple[SliceRatings, ...]
    categories: tuple[str, ...]
    rater_names: tuple[str, ...]
    gaps: int
    replaced: int

    @property
    def n_raters(self) -> int:
        """Different people in all slices together."""
        people = [part.raters for part in self.slices]
        return len(np.unique(np.concatenate(people))) if people else 0


def read(ratings: RatingColumns, scale: Scale, *, keep_last: bool = False) -> Reading:
    """The slices of `ratings`, in the order in which their values first appear.

    RatingError names the first row that cannot be counted: a value without unit,
    rater or slice, a value off the scale, a unit rated twice by one rater in a slice.
    With `keep_last` the last of such ratings counts.
    """
    given = ratings.taken(ratings.values.codes >= 0)
    _refuse_nameless(given)
    n = len(given.values)
    which, starts = crossed(list(given.by.values()), n)
    units, _ = crossed([*given.by.values(), *given.units], n)
    kept = _one_each(given, units, keep_last)
    categories, values = _valued(given, scale)
    shared = scale.categories is not None or scale.kind == "binary"
    order = kept[np.argsort(which[kept], kind="stable")]
    ends = np.cumsum(np.bincount(which[kept], minlength=len(starts)))
    return Reading(
        slices=tuple(
            SliceRatings(
                slice={name: c.names[c.codes[first]] for name, c in given.by.items()},
                scale=scale,
                units=units[rows],
                raters=given.raters.codes[rows],
                **_among(categories, values[rows], shared=shared),
            )
            for first, rows in zip(
                starts.tolist(), np.split(order, ends)[: len(starts)], strict=True
            )
        ),
        categories=categories,
        rater_names=given.raters.names,
        gaps=len(ratings.values) - n,
        replaced=n - len(kept),
    )


class _Among(TypedDict):
    categories: tuple[str, ...]
    values: NDArray[np.int64] | NDArray[np.float64]


def _among(
    categories: tuple[str, ...],
    values: NDArray[np.int64] | NDArray[np.float64],
    *,
    shared: bool,
) -> _Among:
    """The categories of one slice, all or those that it uses, and its values on them."""
    if shared or not categories:
        return {"categories": categories, "values": values}
    used, places = np.unique(values.astype(np.int64), return_inverse=True)
    return {
        "categories": tuple(categories[k] for k in used.tolist()),
        "values": places.ravel().astype(np.int64),
    }


def _valued(
    given: RatingColumns, scale: Scale
) -> tuple[tuple[str, ...], NDArray[np.int64] | NDArray[np.float64]]:
    """The categories, and the value of each rating on them or as a number."""
    try:
        if scale.is_numeric:
            return (), numbers_of(given.values, scale)
        categories = categories_of(given.values, scale)
        return categories, labels_of(given.values, categories)
    except RatingError as error:
        if error.row is None:
            raise
        row = int(given.rows[error.row])
        raise RatingError(error.reason, row=row, column=error.column) from None


def _refuse_nameless(given: RatingColumns) -> None:
    named = [*(("unit", unit) for unit in given.units), ("rater", given.raters)]
    for role, column in [*named, *given.by.items()]:
        empty = column.codes < 0
        if empty.any():
            raise RatingError(
                f"there is a value, and its {role} is empty",
                row=int(given.rows[empty.argmax()]),
                column=role,
            )


def _one_each(given: RatingColumns, units: Codes, keep_last: bool) -> Codes:
    """The ratings that count, rising: the last of each rater for each unit."""
    cells = units * max(len(given.raters.names), 1) + given.raters.codes
    order = np.argsort(cells, kind="stable")
    again = cells[order][1:] == cells[order][:-1]
    if again.any() and not keep_last:
        later = order[1:][again]
        first = int(later.argmin())
        earlier = order[:-1][again][first]
        raise RatedTwice(given, int(earlier), int(later[first]))
    last = np.append(~again, True)[: len(order)]
    return np.sort(order[last])


class RatedTwice(RatingError):
    """A unit has two ratings of one rater; `earlier` is the row of the first."""

    def __init__(self, given: RatingColumns, earlier: int, later: int) -> None:
        unit = " / ".join(u.names[u.codes[later]] for u in given.units)
        rater = given.raters.names[given.raters.codes[later]]
        super().__init__(
            f"{rater!r} has rated unit {unit!r} before",
            row=int(given.rows[later]),
            column="rater",
        )
        self.earlier = int(given.rows[earlier])
