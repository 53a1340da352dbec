"""One column of ratings, its few different texts held once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
MISSING: Final = frozenset({""})


@dataclass(frozen=True, eq=False)
class Column:
    """R cells: `codes` (R,) are places in `names`, -1 for an empty cell.

    >>> column = Column.of(["fr", "de", None, "fr"])
    >>> column.names, column.codes.tolist()
    (('fr', 'de'), [0, 1, -1, 0])
    """

    names: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, cells: Iterable[Any], *, missing: Collection[str] = MISSING) -> Column:
        """From cells of any type; None, NaN and the texts `missing` are empty.

        Blanks around a text are no part of it, and 3.0 is called "3".
        """
        coder = Coder(missing)
        codes = np.asarray(coder.codes(cells), np.int64)
        return cls(coder.names, codes)

    def __len__(self) -> int:
        return len(self.codes)

    def taken(self, rows: Codes | NDArray[np.bool_]) -> Column:
        """The cells of some rows, under the same names."""
        return Column(self.names, self.codes[rows])


class Coder:
    """Numbers the texts of a column in the order they turn up."""

    def __init__(self, missing: Collection[str] = MISSING) -> None:
        self._cells = _Cells(frozenset(missing) | MISSING)

    def codes(self, cells: Iterable[Any]) -> list[int]:
        """The place of each cell's text, -1 where it is empty."""
        return list(map(self._cells.__getitem__, cells))

    @property
    def names(self) -> tuple[str, ...]:
        """The texts so far, by their places."""
        return tuple(self._cells.places)


class _Cells(dict[Any, int]):
    """Cell to place: what was seen before costs one look-up."""

    def __init__(self, missing: frozenset[str]) -> None:
        super().__init__(dict.fromkeys(missing, -1))
        self._missing = missing
        self.places: dict[str, int] = {}

    def __missing__(self, cell: Any) -> int:
        text = spelled(cell)
        place = -1
        if text not in self._missing:
            place = self.places.setdefault(text, len(self.places))
        self[cell] = place
        return place


def spelled(cell: Any) -> str:
    """A cell as text: "" for None and NaN, "3" for 3.0."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, Decimal) and cell.is_finite():
        whole = cell == cell.to_integral_value()
        return str(int(cell)) if whole else f"{cell.normalize():f}"
    return str(cell).strip()


def stacked(columns: Sequence[Column]) -> Column:
    """The cells of all columns below one another, equal texts under one code."""
    coder = Coder()
    parts = []
    for column in columns:
        # The place after the last is where -1 points to.
        places = np.array([*coder.codes(column.names), -1], np.int64)
        parts.append(places[column.codes])
    joined = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    return Column(coder.names, joined)


def crossed(columns: Sequence[Column], n: int) -> tuple[Codes, Codes]:
    """One code per combination of `columns`, (n,), and the first row of each, (C,).

    Combinations are numbered in the order of their columns' codes; no cell may be
    empty. Without columns all rows are one combination.
    """
    codes = np.zeros(n, np.int64)
    for column in columns:
        # Renumbered in between, so that products stay small.
        codes = np.unique(
            codes * len(column.names) + column.codes, return_inverse=True
        )[1].ravel()
    _, first, dense = np.unique(codes, return_index=True, return_inverse=True)
    return dense.ravel().astype(np.int64), first.astype(np.int64)
