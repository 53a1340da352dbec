"""The loop that every reader shares: rows in, records and row errors out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from corpus.record import Found, Picture, Record, Repeat, RowError, place
from corpus.sources.cells import Cells
from corpus.sources.source import CellError

#: Looks the picture of a row up, once the reader knows that it wants the row.
PictureOf: TypeAlias = Callable[[Cells], Picture | None]
REPEATED = "is already on"
Rows: TypeAlias = Iterable[tuple[int, Cells | RowError]]


class Keys:
    """The keys of a file so far, so that none is taken twice."""

    def __init__(self, column: str) -> None:
        self._column = column
        self._lines: dict[bytes, int] = {}

    def take(self, key: str, line: int) -> None:
        """Raises CellError if the key has been taken on another line."""
        # eight bytes a key: the keys themselves would grow with their length
        digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
        first = self._lines.setdefault(digest, line)
        if first != line:
            raise CellError(self._column, f"{key[:80]} {REPEATED} {place(first)}")


def records(
    rows: Rows,
    record: Callable[[int, Cells], Record | None],
    *,
    key_column: str | None = None,
) -> Iterator[Found]:
    """The records of the rows; one that `record` refuses becomes a RowError.

    `record` gives None for a row that only repeats others. A key that is there
    twice is the fault of the later row, in `key_column`; keys that hold the number of
    their row have no such column, and none of them is kept in memory.
    """
    keys = Keys(key_column) if key_column else None
    for line, row in rows:
        if isinstance(row, RowError):
            yield row
            continue
        try:
            found = record(line, row)
            if found is None:
                yield Repeat(line)
                continue
            if keys:
                keys.take(found.key, line)
        except CellError as error:
            yield RowError(line, error.column, error.reason)
        else:
            yield found
