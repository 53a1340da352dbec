"""Sides, heights and compass points are those of the source."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.exchanged import exchanged
from corpus.checks.finding import Finding
from corpus.checks.words.directions import COMPASS_LETTERS, DIRECTIONS, GROUPS
from corpus.content import LETTERS, Content, MultipleChoice

ID = "directions/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of left for right and the like, and of compass letters that differ."""
    yield from exchanged(
        source, candidate, language, check=ID, lexicon=DIRECTIONS, groups=GROUPS
    )
    yield from _compass(source, candidate, language)


def _compass(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Options that are letters of the compass: W is O in French, German O is east."""
    if not isinstance(source, MultipleChoice):
        return
    if not isinstance(candidate, MultipleChoice) or not is_compass(source):
        return
    letters = COMPASS_LETTERS.get(language, {})
    wanted = [
        "".join(letters.get(sign, sign) for sign in option) for option in source.options
    ]
    if candidate.options in (source.options, tuple(wanted)):
        return
    for letter, want, have in zip(LETTERS, wanted, candidate.options, strict=False):
        if want != have:
            message = f"This point of the compass is {want} in this language."
            yield Finding(ID, "warn", f"option {letter}", message, 0, len(have))


def is_compass(source: MultipleChoice) -> bool:
    """Are all options letters of the compass, such as N or SW?"""
    return all(set(option) <= set("NESW") for option in source.options)
