"""A word of the source that stands in the translation as its neighbour in a list."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.checks.lexicon import Lexicon, Word
from corpus.checks.matching import unmatched
from corpus.content import Content


def exchanged(
    source: Content,
    candidate: Content,
    language: str,
    *,
    check: str,
    lexicon: Lexicon,
    groups: tuple[tuple[str, ...], ...] = (),
) -> Iterator[Finding]:
    """Warns of each word without a counterpart where one of the source lacks its own.

    A word left out, or one more, is a matter of style; one instead of another is not.
    With `groups` only words of the same group can be taken for each other.
    """
    for name, original, text in pairs(source, candidate):
        ours = lexicon.find(original, "en")
        theirs = lexicon.find(text, language)
        for group in groups or (None,):
            missing, new = unmatched(_among(ours, group), _among(theirs, group))
            for there, word in zip(missing, new, strict=False):
                message = f"This says {word.text!r}, the source says {there.text!r}."
                yield Finding(check, "warn", name, message, word.start, word.end)


def _among(words: tuple[Word, ...], group: tuple[str, ...] | None) -> Iterator[Word]:
    return (word for word in words if group is None or word.values & {*group})
