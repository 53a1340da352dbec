"""No two items of a set show the same picture and say the same."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.checks.sets.member import Member, SetFinding
from corpus.content import Content
from corpus.plain_text import counted

ID = "set-duplicates/1"


def check(members: Sequence[Member]) -> Iterator[SetFinding]:
    """Warns of the items that repeat another; those without a picture by text alone."""
    seen = Seen()
    for member in members:
        seen.add(member.content, member.picture)
    yield from seen.findings(members)


@dataclass(slots=True)
class Seen:
    """The same for a set that comes by a second time only if it has repeats.

    Eight bytes are kept of an item.
    """

    marks: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, content: Content, picture: str) -> None:
        self.marks.append(_mark(content, picture))

    def findings(self, again: Iterable[Member]) -> Iterator[SetFinding]:
        """What is to be said of those that were added; `again` gives them once more."""
        ordered = np.sort(np.frombuffer(self.marks, np.uint64))
        twice = set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
        if not twice:
            return
        first: set[int] = set()
        repeated: list[str] = []
        for member in again:
            mark = _mark(member.content, member.picture)
            if mark in first:
                repeated.append(member.key)
            elif mark in twice:
                first.add(mark)
        shown = counted(len(repeated), "item shows", "items show")
        message = f"{shown} the picture and the text of an item that stands before."
        yield SetFinding(ID, "warn", message, tuple(repeated))


def _mark(content: Content, picture: str) -> int:
    texts = "\n".join([text for _, text in content.texts()])
    said = f"{content.kind}\n{picture}\n{texts}".encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())
