"""The text does not run in circles."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from corpus.checks.finding import Finding, all_fields
from corpus.content import Content

ID = "loops/1"

#: So many words in a row, so many times, are a loop.
WORDS, TIMES = 8, 3

#: Texts this long that shrink to less than this share repeat themselves.
LONG, LEAST = 300, 0.25

#: The same word so often in a row is a loop by itself.
_STUTTER = re.compile(r"\b(\w{2,})(?:[\s,;.]+\1\b){3,}", re.I)
_WORD = re.compile(r"\w+")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of words that come again and again, unless the source does so too."""
    for name, original, text in all_fields(source, candidate):
        place = _loop(text)
        if place and not _loop(original):
            message = "These words come again and again."
            yield Finding(ID, "warn", name, message, *place)


def _loop(text: str) -> tuple[int, int] | None:
    """Where a text starts over, if it does."""
    if stutter := _STUTTER.search(text):
        return stutter.span()
    matches = list(_WORD.finditer(text))
    words = [match.group().lower() for match in matches]
    seen: dict[tuple[str, ...], int] = {}
    # three times eight words without an overlap would miss loops of fewer words
    for place in range(len(words) - WORDS + 1):
        gram = tuple(words[place : place + WORDS])
        seen[gram] = seen.get(gram, 0) + 1
        if seen[gram] == TIMES:
            return matches[place].start(), matches[place + WORDS - 1].end()
    if len(text) > LONG and _shrinks(text):
        return 0, len(text)
    return None


def _shrinks(text: str) -> bool:
    plain = text.encode()
    return len(zlib.compress(plain)) / len(plain) < LEAST
