"""Sorted tables read in step, a block of each at a time: their length does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow.compute as pc

#: The column that all tables are sorted by: texts, by code points, each of them once.
PLACE = "place"


class OutOfOrder(ValueError):
    """A table is not sorted by its places."""


class Blocks:
    """What is left of one sorted table; it comes as record batches."""

    def __init__(self, batches: Iterator[Any]) -> None:
        self._batches = (batch for batch in batches if batch.num_rows)
        self._block: Any = None
        self._end = ""

    @property
    def end(self) -> str | None:
        """The last place of the block at hand; None once there are no rows left."""
        if self._block is None:
            self._block = next(self._batches, None)
            if self._block is not None:
                self._end = _last_of(self._block[PLACE], after=self._end)
        return None if self._block is None else self._end

    def up_to(self, place: str) -> Any:
        """The rows of the block at hand up to that place; None if it holds none."""
        if self._block is None:
            return None
        due = pc.sum(pc.less_equal(self._block[PLACE], place)).as_py()
        taken, left = self._block.slice(0, due), self._block.slice(due)
        self._block = left if left.num_rows else None
        return taken if due else None


def _last_of(places: Any, *, after: str) -> str:
    """Raises OutOfOrder unless each comes after the one before, the first after `after`."""
    is_rising = pc.all(pc.less(places[:-1], places[1:])).as_py()
    first, last = str(places[0]), str(places[-1])
    if is_rising is False or first <= after:
        raise OutOfOrder
    return last


def in_step(tables: Sequence[Blocks]) -> Iterator[list[Any]]:
    """The next rows of every table up to one place, and so on to the end of all.

    A table without such rows gives None. Raises OutOfOrder.
    """
    while ends := [end for table in tables if (end := table.end) is not None]:
        until = min(ends)
        yield [table.up_to(until) for table in tables]
