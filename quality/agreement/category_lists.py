"""Which categories a scale has: those declared, or those that were seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.columns import Column
from quality.agreement.metrics import SCALES
from quality.agreement.numbers import NUMERIC_SCALES
from quality.agreement.rating_error import RatingError
from quality.agreement.table import checked_categories

ALL_SCALES: Final = (*SCALES, *NUMERIC_SCALES)
#: More than a slider from 0 to 100 has: these are comments or names, not categories.
MOST_SEEN: Final = 200
#: Its square, and the sums of such squares over millions of ratings, are numbers yet.
MOST: Final = 1e140


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How values are read. An ordinal scale's `categories` are in their order.

    Without `categories` they are the ones seen; `low` and `high` are the ends of an
    interval scale, the smallest and largest value seen unless given. `values` say where
    the categories of an ordinal scale lie; labels that are numbers lie there anyway.
    """

    kind: str
    categories: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.kind not in ALL_SCALES:
            raise ValueError(f"scale {self.kind!r} is none of {', '.join(ALL_SCALES)}")
        if self.categories is not None:
            checked_categories(self.categories)
            if "" in self.categories:
                raise ValueError("a category has no name; take out a comma too many")
            if self.is_numeric:
                raise ValueError(
                    f"on {self.kind} scales values are numbers, not categories"
                )
            if self.kind == "binary" and len(self.categories) != 2:
                n = len(self.categories)
                raise ValueError(f"a binary scale has two categories, not {n}")
        if not self.is_numeric and (self.low, self.high) != (None, None):
            raise ValueError(f"the ends of a {self.kind} scale are its categories")
        self._check_ends()
        self._check_values()

    def _check_ends(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        if not all(abs(end) <= MOST for end in ends):
            raise ValueError(f"the ends are numbers from {-MOST:g} to {MOST:g}")
        if len(ends) == 2 and ends[0] >= ends[1]:
            raise ValueError(
                f"a scale from {ends[0]:g} to {ends[1]:g} has no length; the lower "
                "end comes first"
            )

    def _check_values(self) -> None:
        if self.values is None:
            return
        if self.kind != "ordinal" or self.categories is None:
            raise ValueError("values belong to the declared categories of ordinal ones")
        if len(self.values) != len(self.categories):
            n = len(self.categories)
            raise ValueError(f"{n} categories need {n} values, not {len(self.values)}")
        rising = zip(self.values, self.values[1:], strict=False)
        if not all(abs(v) <= MOST for v in self.values) or not all(
            low < high for low, high in rising
        ):
            raise ValueError("values are numbers that rise with the categories")

    @property
    def is_numeric(self) -> bool:
        return self.kind in NUMERIC_SCALES


def categories_of(values: Column, scale: Scale) -> tuple[str, ...]:
    """The category list; RatingError where it has to be declared and was not.

    Numbers seen are put in their order, other texts in that of the alphabet.
    """
    if scale.categories is not None:
        return scale.categories
    seen = _used(values)
    if len(seen) > MOST_SEEN:
        raise RatingError(
            f"{len(seen):,} different values were seen, too many for categories: are "
            "these the ratings? Measurements need an interval or ratio scale"
        )
    ordered = all(_is_number(name) for name in seen)
    if scale.kind == "ordinal" and not ordered:
        raise RatingError(
            "the order of the categories is not known: declare them from the lowest "
            f"to the highest ({_few(seen)} were seen)"
        )
    if scale.kind == "binary" and len(seen) != 2:
        raise RatingError(
            f"a binary scale has two categories, and {len(seen)} were seen"
            f"{': ' + _few(seen) if seen else ''}; declare the two"
        )
    return tuple(sorted(seen, key=float) if ordered else sorted(seen))


def values_of(categories: Sequence[str]) -> tuple[float, ...] | None:
    """Where labels that are numbers lie; None unless all of them are different ones."""
    if not all(_is_number(name) for name in categories):
        return None
    values = tuple(map(float, categories))
    return values if len(set(values)) == len(values) else None


def labels_of(values: Column, categories: Sequence[str]) -> NDArray[np.int64]:
    """The category index of each cell, (R,); RatingError for one that was not declared."""
    places = {name: k for k, name in enumerate(categories)}
    by_code = np.array([places.get(name, -1) for name in values.names], np.int64)
    labels = by_code[values.codes] if len(values) else np.zeros(0, np.int64)
    if (labels < 0).any():
        row = int((labels < 0).argmax())
        name = values.names[values.codes[row]]
        raise RatingError(
            f"{name!r} is none of the categories {_few(categories)}",
            row=row,
            column="value",
        )
    return labels


def numbers_of(values: Column, scale: Scale) -> NDArray[np.float64]:
    """The number in each cell, (R,); RatingError for one that is none, or off the scale."""
    by_code = np.array(
        [float(name) if _is_number(name) else np.nan for name in values.names]
    )
    numbers = by_code[values.codes] if len(values) else np.zeros(0)
    low = 0.0 if scale.kind == "ratio" and scale.low is None else scale.low
    for wrong, why in (
        (np.isnan(numbers), "is no number"),
        (np.abs(numbers) > MOST, f"is beyond {MOST:g}: divide all values"),
        (numbers < (-np.inf if low is None else low), f"lies below {low}"),
        (
            numbers > (np.inf if scale.high is None else scale.high),
            f"lies above {scale.high}",
        ),
    ):
        if wrong.any():
            row = int(wrong.argmax())
            name = values.names[values.codes[row]]
            raise RatingError(
                f"{name!r} {why}; the scale is {scale.kind}", row=row, column="value"
            )
    return numbers


def _used(values: Column) -> list[str]:
    used = np.bincount(values.codes, minlength=len(values.names)) > 0
    return [name for name, seen in zip(values.names, used, strict=True) if seen]


def _is_number(text: str) -> bool:
    try:
        # Python alone reads 1_000 as a number.
        return "_" not in text and isfinite(float(text))
    except ValueError:
        return False


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown}, and {len(names) - 8} more" if len(names) > 8 else shown
