"""The two questions of a pair, as in MME, stay two different questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations

from corpus.checks.sets.member import Member, SetFinding

ID = "set-pairs/1"

#: Questions that share more than the first in the source, and less than the second in
#: the translation, differ somewhere else than their sources do.
ALIKE, UNLIKE = 0.75, 0.4

_WORD = re.compile(r"\w+")


def check(
    members: Iterable[Member], sizes: Mapping[str, int] | None = None
) -> Iterator[SetFinding]:
    """Blocks pairs that fell together or are not whole; warns of those gone apart.

    `sizes` gives, per group, how many items it has upstream; without it a group is
    taken for whole.
    """
    groups: dict[str, list[Member]] = {}
    for member in members:
        if member.group:
            groups.setdefault(member.group, []).append(member)
    for group, found in groups.items():
        want = (sizes or {}).get(group, len(found))
        if len(found) != want:
            message = f"{len(found)} of the {want} items of {group} are here"
            yield SetFinding(ID, "block", message, _keys(found))
        for first, second in combinations(found, 2):
            yield from _compare(first, second)


def _compare(first: Member, second: Member) -> Iterator[SetFinding]:
    before = SequenceMatcher(None, _words(first, True), _words(second, True)).ratio()
    after = SequenceMatcher(None, _words(first), _words(second)).ratio()
    keys = _keys([first, second])
    if after == 1 and before < 1:
        message = "These say the same, their sources do not."
        yield SetFinding(ID, "block", message, keys, "question")
    elif before > ALIKE and after < UNLIKE:
        message = "These are worded apart, their sources differ in a word or two."
        yield SetFinding(ID, "warn", message, keys, "question")


def _words(member: Member, is_source: bool = False) -> list[str]:
    content = member.source if is_source else member.content
    texts = " ".join(text for _, text in content.texts())
    return [match.group().lower() for match in _WORD.finditer(texts)]


def _keys(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(member.key for member in members)
