"""Pairs up what two texts mention, and keeps what is left over on either side."""

from __future__ import annotations

from collections import defaultdict, deque
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
    # those with one reading first: they must not lose their partner to another
    partners = sorted(theirs, key=lambda mention: len(mention.values))
    places: dict[Any, deque[int]] = defaultdict(deque)
    for place, partner in enumerate(partners):
        for value in partner.values:
            places[value].append(place)
    used: set[int] = set()
    for mention in sorted(ours, key=lambda mention: len(mention.values)):
        found = _first_free(mention, places, used)
        if found is None:
            missing.append(mention)
        else:
            used.add(found)
    left = [other for place, other in enumerate(partners) if place not in used]
    missing.sort(key=lambda mention: mention.start)
    left.sort(key=lambda mention: mention.start)
    return missing, left


def _first_free(
    mention: Mention, places: dict[Any, deque[int]], used: set[int]
) -> int | None:
    """The first place not used that shares a reading with the mention."""
    free = []
    for value in mention.values & places.keys():
        waiting = places[value]
        while waiting and waiting[0] in used:
            waiting.popleft()
        free += [waiting[0]] if waiting else []
    return min(free, default=None)
