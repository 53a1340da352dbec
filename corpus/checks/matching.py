"""Pairs up what two texts mention, and keeps what is left over on either side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar


class Mention(Protocol):
    """Something a text says at a place; `values` are the readings it may have."""

    @property
    def values(self) -> frozenset[Any]: ...

    @property
    def start(self) -> int: ...


M = TypeVar("M", bound=Mention)


def unmatched(ours: Iterable[M], theirs: Iterable[M]) -> tuple[list[M], list[M]]:
    """What only the first and what only the second has, each in order of place.

    Two mentions match if they share a reading; each is used up by one partner.
    """
    missing: list[M] = []
    left = sorted(theirs, key=lambda mention: len(mention.values))
    # those with one reading first: they must not lose their partner to another
    for mention in sorted(ours, key=lambda mention: len(mention.values)):
        found = next((other for other in left if other.values & mention.values), None)
        if found is None:
            missing.append(mention)
        else:
            left.remove(found)
    missing.sort(key=lambda mention: mention.start)
    left.sort(key=lambda mention: mention.start)
    return missing, left
