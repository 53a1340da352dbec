"""How large the pages of a parquet file say that they are, read before any is decoded.

A page is in memory whole, once as it lies in the file and once unpacked, and its header
is what makes the room: the footer may say what it likes. The header is a struct in
Thrift's compact form, a few bytes before each page.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, BinaryIO, Final

#: Of one page. Those who write for the hub stay under 100 MB for a hundred rows.
MOST_BYTES = 256 * 1024 * 1024
#: The two lengths of a page among the fields of its header.
UNPACKED: Final = 2
PACKED: Final = 3
# A header holds counts, and the least and the largest value of its page at most.
MOST_HEADER: Final = 1024 * 1024
USUAL_HEADER: Final = 4096
MOST_DEPTH: Final = 8

BOOLEANS: Final = (1, 2)
BYTE: Final = 3
NUMBERS: Final = (4, 5, 6)
DOUBLE: Final = 7
BINARY: Final = 8
LISTS: Final = (9, 10)
STRUCT: Final = 12


class PageError(ValueError):
    """A page that is not unpacked, with the reason as a person reads it."""


def require_small(file: BinaryIO, group: Any, columns: Collection[str]) -> None:
    """Raises PageError if a page of these columns is too large, or has no header.

    `group` is a row group of the footer.
    """
    for n in range(group.num_columns):
        chunk = group.column(n)
        name = chunk.path_in_schema.partition(".")[0]
        if name in columns:
            _require_small(file, chunk, name)


def _require_small(file: BinaryIO, chunk: Any, name: str) -> None:
    position = chunk.data_page_offset
    if chunk.has_dictionary_page:
        position = min(position, chunk.dictionary_page_offset or position)
    end = position + chunk.total_compressed_size
    while position < end:
        try:
            sizes, length = _header(file, position)
            packed = max(sizes[PACKED])
        except (IndexError, KeyError, ValueError, OSError):
            raise PageError(f"column {name} has a page without a header") from None
        if packed < 0:  # which would lead back, and round for ever
            raise PageError(f"column {name} has a page of less than nothing")
        largest = max(packed, *sizes.get(UNPACKED, [0]))
        if largest > MOST_BYTES:
            raise PageError(
                f"a page of column {name} takes {largest >> 20:,} MiB, at most "
                f"{MOST_BYTES >> 20} are read; write the file with smaller row groups"
            )
        position += length + packed


def _header(file: BinaryIO, position: int) -> tuple[dict[int, list[int]], int]:
    """The numbers of a page header by field, each as often as it is said, and its length."""
    room = USUAL_HEADER
    while True:
        file.seek(position)
        found = _Compact(file.read(room))
        try:
            return found.numbers(), found.at
        except IndexError:
            if room >= MOST_HEADER:
                raise
            room = MOST_HEADER


class _Compact:
    """A reader of Thrift's compact form. IndexError where it ends too soon."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.at = 0

    def numbers(self, depth: int = 0) -> dict[int, list[int]]:
        """The whole numbers of the struct that begins here; all else is passed over."""
        if depth > MOST_DEPTH:
            raise ValueError("too deep")
        found: dict[int, list[int]] = {}
        field = 0
        while head := self._byte():
            kind = head & 0x0F
            field = field + (head >> 4) if head >> 4 else self._number()
            if kind in NUMBERS:
                found.setdefault(field, []).append(self._number())
            elif kind not in BOOLEANS:  # which are in the head
                self._pass_over(kind, depth)
        return found

    def _pass_over(self, kind: int, depth: int) -> None:
        if kind in NUMBERS:
            self._varint()
        elif kind in (BYTE, *BOOLEANS):
            self._skip(1)
        elif kind == DOUBLE:
            self._skip(8)
        elif kind == BINARY:
            self._skip(self._varint())
        elif kind in LISTS:
            head = self._byte()
            for _ in range(head >> 4 if head >> 4 < 15 else self._varint()):
                self._pass_over(head & 0x0F, depth + 1)
        elif kind == STRUCT:
            self.numbers(depth + 1)
        else:
            raise ValueError("no such type")

    def _skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self._content):
            raise IndexError

    def _byte(self) -> int:
        self.at += 1
        return self._content[self.at - 1]

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise ValueError("too long a number")

    def _number(self) -> int:
        """A signed one: 0, -1, 1, -2 ... are written as 0, 1, 2, 3 ..."""
        value = self._varint()
        return value >> 1 ^ -(value & 1)
