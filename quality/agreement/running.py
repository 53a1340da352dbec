"""A histogram of count patterns kept up to date, one judgment at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from quality.agreement.table import PatternTable, checked_categories

Row = tuple[int, ...]


def rerated(row: Row, *, old: int | None = None, new: int | None = None) -> Row:
    """The count row of an item after a rating came (`new`), went (`old`) or changed.

    ValueError when a rating goes that the row does not hold.

    >>> rerated((2, 0, 1), old=2, new=0)
    (3, 0, 0)
    """
    counts = list(row)
    if old is not None:
        if counts[old] < 1:
            raise ValueError(f"no rating of category {old} in {row} to take back")
        counts[old] -= 1
    if new is not None:
        counts[new] += 1
    return tuple(counts)


class RunningTable:
    """Pattern counts, and the count row of every item: each rating costs O(q).

    The table after any sequence of ratings is the one that counting anew would give.
    Who keeps the rows elsewhere, in a database say, calls `move` alone.
    """

    def __init__(self, categories: Sequence[str]) -> None:
        self.categories = checked_categories(categories)
        self._nothing: Row = (0,) * len(self.categories)
        self._histogram: Counter[Row] = Counter()
        self._rows: dict[Hashable, Row] = {}

    def add(self, item: Hashable, label: int) -> None:
        """A new rating: the category index, from 0."""
        self._change(item, None, label)

    def replace(self, item: Hashable, old: int, new: int) -> None:
        """Somebody changed a rating from `old` to `new`."""
        self._change(item, old, new)

    def remove(self, item: Hashable, label: int) -> None:
        """A rating no longer counts."""
        self._change(item, label, None)

    def move(self, old: Row, new: Row) -> None:
        """One item goes from one count row to another; a row of zeros is no row."""
        if any(old):
            if self._histogram[old] < 1:
                raise ValueError(f"no item shows {old}")
            self._histogram[old] -= 1
            if not self._histogram[old]:
                del self._histogram[old]
        if any(new):
            self._histogram[new] += 1

    def table(self) -> PatternTable:
        """The table as it stands."""
        return PatternTable.from_histogram(self._histogram, self.categories)

    def _change(self, item: Hashable, old: int | None, new: int | None) -> None:
        for label in (old, new):
            if label is not None and not 0 <= label < len(self.categories):
                raise ValueError(f"there is no category {label}")
        row = self._rows.get(item, self._nothing)
        after = rerated(row, old=old, new=new)
        self.move(row, after)
        if any(after):
            self._rows[item] = after
        else:
            del self._rows[item]
