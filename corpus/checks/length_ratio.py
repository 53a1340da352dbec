"""The text is about as long as its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.content import Content
from corpus.plain_text import counted

ID = "length/1"

#: Shorter sources say nothing: one word may well be four times as long as another.
SHORTEST = 40
LEAST, MOST = 0.5, 2.2
MORE_SENTENCES = 2

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'»”)\]]*(?=\s|$)")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a text under half or over 2.2 times as long, and of lost sentences."""
    for name, original, text in pairs(source, candidate):
        if len(original) > SHORTEST:
            ratio = len(text) / len(original)
            if not LEAST <= ratio <= MOST:
                word = "short" if ratio < LEAST else "long"
                message = f"Very {word}: {ratio:.1f} times as long as the source."
                yield Finding(ID, "warn", name, message)
        if candidate.kind == "caption":
            want, have = _sentences(original), _sentences(text)
            if abs(want - have) > MORE_SENTENCES:
                sentences = counted(have, "sentence is", "sentences are")
                message = f"{sentences} here, the source has {want}."
                yield Finding(ID, "warn", name, message)


def _sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(text)) or 1
