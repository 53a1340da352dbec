"""The key and the category of a benchmark item are those of the source."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.content import Content, MultipleChoice, YesNo

ID = "key-changed/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks another key, or a category that was translated."""
    if not isinstance(source, MultipleChoice | YesNo):
        return
    if not isinstance(candidate, MultipleChoice | YesNo):
        return
    if candidate.key != source.key:
        message = f"The key is {candidate.key} here, the source has {source.key}."
        yield Finding(ID, "block", "key", message)
    if candidate.category != source.category:
        message = f"The category must stay {source.category!r}: scorers group by it."
        yield Finding(ID, "block", "category", message)
