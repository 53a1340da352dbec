"""What the source says again and again is translated one way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from corpus.checks.sets.member import Member, SetFinding

ID = "set-repeats/1"

#: Questions of one frame, as `Is there a ... in the image?`, and the share that must
#: agree before the others count as strangers.
FEWEST, MOST = 5, 0.8

_REPEATING = re.compile(r"question|hint|option .")
_WORD = re.compile(r"\w+")


def check(members: Iterable[Member]) -> Iterator[SetFinding]:
    """Warns of repeated texts with several translations, and of odd frames."""
    texts: dict[str, list[tuple[Member, str, str]]] = {}
    frames: dict[Hashable, list[tuple[Member, str, Hashable]]] = {}
    for member in members:
        found = dict(member.content.texts())
        for field, original in member.source.texts():
            if not _REPEATING.fullmatch(field) or field not in found:
                continue
            text = found[field]
            texts.setdefault(_folded(original), []).append((member, field, text))
            if field == "question":
                frame = _frame(original)
                frames.setdefault(frame, []).append((member, field, _frame(text)))
    yield from _several(texts)
    yield from _strangers(frames)


def _several(
    texts: dict[str, list[tuple[Member, str, str]]],
) -> Iterator[SetFinding]:
    for uses in texts.values():
        counts = Counter(_folded(text) for _, _, text in uses)
        if len(counts) < 2:
            continue
        usual = counts.most_common(1)[0][0]
        for member, field, text in uses:
            if _folded(text) != usual:
                message = f"The same source text is {usual!r} elsewhere."
                yield SetFinding(ID, "warn", message, (member.key,), field)


def _strangers(
    frames: dict[Hashable, list[tuple[Member, str, Hashable]]],
) -> Iterator[SetFinding]:
    for uses in frames.values():
        counts = Counter(frame for _, _, frame in uses)
        usual, share = counts.most_common(1)[0]
        if len(uses) < FEWEST or share < MOST * len(uses) or len(counts) == 1:
            continue
        for member, field, frame in uses:
            if frame != usual:
                message = (
                    f"Questions of this form are worded {_shown(usual)} elsewhere."
                )
                yield SetFinding(ID, "warn", message, (member.key,), field)


def _frame(text: str) -> Hashable:
    """First word and last two: what a frame keeps when its object changes gender."""
    words = [match.group().lower() for match in _WORD.finditer(text)]
    return (tuple(words[:1]), tuple(words[-2:]))


def _shown(frame: Hashable) -> str:
    first, last = frame if isinstance(frame, tuple) else ((), ())
    return repr(" ".join([*first, "…", *last]))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
