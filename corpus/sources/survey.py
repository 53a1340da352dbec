"""What is in a file: counted while it is read, and nothing of it kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.content import digest
from corpus.record import Found, Picture, Record, Repeat, RowError
from corpus.sources.reading import REPEATED
from corpus.sources.source import SourceError

#: Says why these bytes are no picture that could be imported, or nothing.
Fault = Callable[[bytes], str]
#: What is told of a set of lengths: count, least, median, 95th percentile, most.
Lengths = dict[str, int]


@dataclass(slots=True)
class Survey:
    """The figures of one file. `errors` are the first `keep` bad rows; None is all.

    `merged` are rows that only repeat others, which a reader takes together.
    """

    fault: Fault
    keep: int | None = 20
    rows: int = 0
    bad: int = 0
    merged: int = 0
    repeated_keys: int = 0
    repeated_items: int = 0
    broken: str = ""
    errors: list[RowError] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    pictures: Counter[str] = field(default_factory=Counter)
    _lengths: dict[str, Counter[int]] = field(default_factory=dict)
    _groups: Counter[bytes] = field(default_factory=Counter)
    _items: set[bytes] = field(default_factory=set)
    _faults: dict[bytes, str] = field(default_factory=dict)

    def over(self, found: Iterable[Found]) -> Iterator[Record]:
        """Counts what a reader finds, and passes the good records on.

        A file that breaks off ends it: `broken` then says why.
        """
        try:
            for row in found:
                self.rows += 1
                if isinstance(row, Repeat):
                    self.merged += 1
                elif isinstance(row, RowError):
                    self._refuse(row)
                elif self._count(row):
                    yield row
        except SourceError as error:
            self.broken = str(error)

    @property
    def is_good(self) -> bool:
        """Could all of the file be imported?"""
        return not self.bad and not self.broken

    @property
    def lengths(self) -> dict[str, Lengths]:
        """Lengths in characters by kind and field: least, median, most and so on."""
        return {name: _summary(counts) for name, counts in self._lengths.items()}

    @property
    def groups(self) -> dict[int, int]:
        """Size of a group -> how many groups have it."""
        return dict(sorted(Counter(self._groups.values()).items()))

    def as_json(self) -> dict[str, Any]:
        """All figures, as JSON has them."""
        return {
            "rows": self.rows,
            "bad": self.bad,
            "merged": self.merged,
            "broken": self.broken,
            "kinds": dict(self.kinds),
            "pictures": dict(self.pictures),
            "repeated_keys": self.repeated_keys,
            "repeated_items": self.repeated_items,
            "groups": {str(size): count for size, count in self.groups.items()},
            "lengths": self.lengths,
            "errors": [error.as_json() for error in self.errors],
        }

    def _refuse(self, error: RowError) -> None:
        self.bad += 1
        self.repeated_keys += REPEATED in error.reason
        if self.keep is None or len(self.errors) < self.keep:
            self.errors.append(error)

    def _count(self, record: Record) -> bool:
        content, mark = record.content, b""
        self.kinds[content.kind] += 1
        if record.picture is None:
            self.pictures["none"] += 1
        else:
            mark = _mark(record.picture)
            if reason := self._look_at(record.picture, mark):
                self._refuse(RowError(record.line, "image", reason))
                return False
        self._note_lengths(record)
        if record.group:
            self._groups[_short(record.group.encode())] += 1
        item = _short(mark + digest(content).encode())
        self.repeated_items += item in self._items
        self._items.add(item)
        return True

    def _look_at(self, picture: Picture, mark: bytes) -> str:
        if picture.data is None:
            self.pictures["addressed"] += 1
            return ""
        self.pictures["embedded"] += 1
        if mark not in self._faults:
            self._faults[mark] = self.fault(picture.data)
        self.pictures["undecodable"] += bool(self._faults[mark])
        return self._faults[mark]

    def _note_lengths(self, record: Record) -> None:
        for name, text in record.content.texts():
            # "option A" and "question 2" are counted as options and questions
            own = f"{record.content.kind} {name.split(' ')[0]}"
            self._lengths.setdefault(own, Counter())[len(text)] += 1


def _summary(counts: Counter[int]) -> Lengths:
    total = counts.total()
    return {
        "count": total,
        "least": min(counts),
        "median": _nth(counts, (total - 1) // 2),
        "p95": _nth(counts, (total - 1) * 95 // 100),
        "most": max(counts),
    }


def _nth(counts: Counter[int], place: int) -> int:
    """The length at this place, from 0, of all lengths in order."""
    for length in sorted(counts):
        place -= counts[length]
        if place < 0:
            return length
    raise IndexError(place)


def _mark(picture: Picture) -> bytes:
    return _short(picture.data if picture.data is not None else picture.url.encode())


def _short(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()
