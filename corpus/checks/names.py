"""Names and abbreviations of the source are kept."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.checks.proper_names import Name, abbreviations, folded, names
from corpus.checks.sought import Sought
from corpus.checks.words.exonyms import EXONYMS
from corpus.content import Content

ID = "names/1"

#: Longer words may get another ending, as `American` does, and keep this many letters.
SHORT, STEM = 5, 4


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a name of which no word is left, and of an abbreviation that is gone."""
    for name, original, text in pairs(source, candidate):
        ours = [*names(original), *abbreviations(original)]
        if not ours:
            continue
        plain = Sought(folded(text))
        for found in ours:
            if not is_kept(found, plain):
                message = f"The name {found.text} of the source is missing here."
                yield Finding(ID, "warn", name, message)


def is_kept(name: Name, plain: Sought) -> bool:
    """Does a folded text have a word of the name, or a usual translation of it?"""
    if any(_stem(folded(word)) in plain for word in name.words):
        return True
    whole = folded(name.text)
    return any(
        plain.has_word(folded(stem))
        for english, stems in EXONYMS.items()
        if english == whole or (" " in english and english in whole)
        for stem in stems
    )


def _stem(word: str) -> str:
    return word if len(word) <= SHORT else word[: max(STEM, len(word) - 3)]
