"""From judged items to the rows of a benchmark: copies and repeats are added here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.content import MultipleChoice, YesNo
from corpus.formats.benchmark_sets import with_repeats
from corpus.formats.circular import why_not_circular, with_copies
from corpus.record import ReleaseItem


def changes(item: ReleaseItem) -> list[str]:
    """What of the upstream item is no longer as it was: its kind, key or options."""
    content, source = item.content, item.source
    if not isinstance(content, MultipleChoice | YesNo):
        return [f"a {content.kind} has no place in this format"]
    if not isinstance(source, MultipleChoice | YesNo) or content.kind != source.kind:
        return [f"the source is a {source.kind}"]
    reasons = []
    if content.key != source.key:
        reasons.append("the key is not that of the source")
    if isinstance(content, MultipleChoice) and isinstance(source, MultipleChoice):
        have, want = len(content.options), len(source.options)
        if have != want:
            reasons.append(f"there are {have} options, the source has {want}")
    return reasons


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows stand for an item.

    `circular`: an MMBench item and its rotated copies. `repeats`: a POPE question in
    every track that asks it. People judge the item alone.
    """

    circular: bool = False
    repeats: bool = False

    def refusals(self, item: ReleaseItem) -> list[str]:
        """Why the rows of this item cannot be made; empty if they can."""
        reason = why_not_circular(item) if self.circular else None
        return [reason] if reason else []

    def of(self, item: ReleaseItem) -> Iterator[ReleaseItem]:
        """The rows of an item in upstream's order. Ask `refusals` first."""
        for copy in with_copies(item) if self.circular else (item,):
            yield from with_repeats(copy) if self.repeats else (copy,)
