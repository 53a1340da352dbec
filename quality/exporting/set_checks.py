"""What a release is as a whole: benchmarks before they are written, training sets after.

A benchmark's table is small enough to be looked at at once. A training set passes by
once, while it is written.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus.checks.sets import (
    Member,
    SetFinding,
    balance,
    duplicates,
    pairs,
    registers,
    repeats,
    splits,
)
from corpus.checks.sets import languages as across
from corpus.formats.release import Part, ReleaseBlocked, ReleaseError, ReleaseKey
from corpus.formats.splits import TEST, TRAIN
from corpus.languages import ENGLISH
from corpus.record import ReleaseItem
from quality.exporting.sidecar import PROVENANCE

Items = Callable[[], Iterator[ReleaseItem]]
SHOWN = 5
#: Items of a training set whose form of address is looked at, in each language.
SAMPLE = 2000


def check(items: Items, *, upstream: Iterable[str]) -> list[str]:
    """What a reader should know about a benchmark's table, one note each.

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
        found += [(language, finding) for finding in duplicates.check(members)]
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


@dataclass(slots=True)
class Passing:
    """A language of a training set while it passes by, to be asked for notes after.

    The form of address is that of a sample, the same each time: looking for it takes
    longer than writing the row.
    """

    language: str
    _seen: duplicates.Seen = field(default_factory=duplicates.Seen)
    _sample: list[tuple[int, str, Member]] = field(default_factory=list)

    def over(self, items: Iterable[ReleaseItem]) -> Iterator[ReleaseItem]:
        """The same items, each looked at."""
        for item in items:
            self._seen.add(item.content, _picture(item))
            if self.language != ENGLISH:
                self._draw(item)
            yield item

    def notes(self, again: Iterable[ReleaseItem]) -> list[str]:
        """What a reader should know about what has passed, and can pass `again`."""
        twice = self._seen.findings(map(_named, again))
        told = [_note("", self.language, found) for found in twice]
        drawn = sorted(self._sample, key=lambda place: place[1])
        some = f"{len(drawn):,} items drawn" if len(drawn) == SAMPLE else ""
        own = registers.check((member for *_, member in drawn), self.language)
        return told + [_note(self.language, some, found) for found in own]

    def _draw(self, item: ReleaseItem) -> None:
        key = f"{item.dataset}/{item.key}"
        digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
        place = (-int.from_bytes(digest), key)
        if len(self._sample) < SAMPLE:
            heapq.heappush(self._sample, (*place, _named(item)))
        elif place > self._sample[0][:2]:
            heapq.heapreplace(self._sample, (*place, _named(item)))


def unbalanced(examples: Mapping[str, int]) -> list[str]:
    """A note for each language of a training set that has far fewer rows than others."""
    return [finding.message for finding in balance.check(examples)]


def require_apart(folder: Path, parts: Sequence[Part]) -> None:
    """See in the written files that no picture is in both splits, in any language.

    Raises ReleaseError naming some that are.
    """
    shards = [part for part in parts if part.path.endswith(".parquet")]
    languages = sorted({part.language for part in shards})
    paths = {
        (split, language): [
            folder / part.path
            for part in shards
            if (part.split, part.language) == (split, language)
        ]
        for split in (TRAIN, TEST)
        for language in languages
    }
    held_out, met = set[str](), set[str]()
    for language in languages:
        known = _provenance(folder, language)
        held_out |= _pictures(known, paths[TEST, language])
    for language in languages if held_out else ():
        known = _provenance(folder, language)
        # What is held out is little: only that is looked for among the rows of TRAIN.
        rows = pc.is_in(known["image_sha256"], value_set=pa.array(sorted(held_out)))
        met |= _pictures(known.filter(rows), paths[TRAIN, language])
    for finding in splits.check(met, held_out):
        raise ReleaseError(f"The splits are not apart. {finding.message}")


def _provenance(folder: Path, language: str) -> Any:
    path = folder / PROVENANCE / f"{language}.parquet"
    return pq.read_table(path, columns=["id", "image_sha256"])


def _pictures(known: Any, shards: Iterable[Path]) -> set[str]:
    """The pictures of the rows of some files, by their bytes and not as upstream
    claims; `known` says which row has which."""
    found = set[str]()
    for path in shards if known.num_rows else ():
        own = pq.read_table(path, columns=["dataset", "key"])
        ids = pc.binary_join_element_wise(own["dataset"], own["key"], "/")
        rows = known.filter(pc.is_in(known["id"], value_set=ids.combine_chunks()))
        found |= set(filter(None, rows["image_sha256"].unique().to_pylist()))
    return found


def _picture(item: ReleaseItem) -> str:
    return item.image_sha256 or item.image_url


def _member(item: ReleaseItem, key: str = "") -> Member:
    named = key or item.key
    return Member(named, item.source, item.content, item.group, _picture(item))


def _named(item: ReleaseItem) -> Member:
    """A member of a set that several datasets went into."""
    return _member(item, f"{item.dataset}/{item.key}")


def _note(first: str, second: str, finding: SetFinding) -> str:
    where = ", ".join(filter(None, (first, second)))
    return f"{where}: {finding.message} ({_listed(finding.keys)})"


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - SHOWN
    return ", ".join(keys[:SHOWN]) + (f" and {more} more" if more > 0 else "")
