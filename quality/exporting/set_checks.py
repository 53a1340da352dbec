"""A benchmark's table as a whole: pairs, repeats, forms of address, languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from corpus.checks.sets import Member, SetFinding, pairs, registers, repeats
from corpus.checks.sets import languages as across
from corpus.formats.arms import ENGLISH
from corpus.formats.release import ReleaseBlocked, ReleaseKey
from corpus.record import ReleaseItem

Items = Callable[[], Iterator[ReleaseItem]]
SHOWN = 5


def check(items: Items, *, upstream: Iterable[str]) -> list[str]:
    """What a reader should know about the table, one note each.

    `upstream` gives the group of every item that the dataset has, so that half a pair
    is seen. Raises ReleaseBlocked naming the items that a set check blocks.
    """
    dataset = next(items()).dataset
    by_language = {
        language: [_member(item) for item in own]
        for language, own in groupby(items(), key=lambda item: item.language)
    }
    found = [("", finding) for finding in across.check(by_language)]
    sizes = Counter(group for group in upstream if group)
    for language, members in by_language.items():
        found += [(language, finding) for finding in pairs.check(members, sizes)]
        if language != ENGLISH:
            found += [(language, finding) for finding in repeats.check(members)]
            own = registers.check(members, language)
            found += [(language, finding) for finding in own]
    blocked = [
        (ReleaseKey(dataset, key, language), finding.message)
        for language, finding in found
        if finding.severity == "block"
        for key in finding.keys
    ]
    if blocked:
        raise ReleaseBlocked(blocked)
    return [_note(dataset, language, finding) for language, finding in found]


def _member(item: ReleaseItem) -> Member:
    return Member(item.key, item.source, item.content, item.group)


def _note(dataset: str, language: str, finding: SetFinding) -> str:
    where = f"{dataset}, {language}" if language else dataset
    return f"{where}: {finding.message} ({_listed(finding.keys)})"


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - SHOWN
    return ", ".join(keys[:SHOWN]) + (f" and {more} more" if more > 0 else "")
