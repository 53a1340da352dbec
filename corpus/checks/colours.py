"""The colours are those of the source."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.exchanged import exchanged
from corpus.checks.finding import Finding
from corpus.checks.words.colours import COLOURS
from corpus.content import Content

ID = "colours/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a colour that stands in the place of another."""
    yield from exchanged(source, candidate, language, check=ID, lexicon=COLOURS)
