"""A translation has no hint and no explanation that its source lacks."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.content import Content

ID = "added-field/1"

OPTIONAL = ("hint", "explanation")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks a text that nobody could compare with anything."""
    known = {name for name, _ in source.texts()}
    for name, _ in candidate.texts():
        if name.startswith(OPTIONAL) and name not in known:
            message = f"The source has no {name}, so this cannot have one."
            yield Finding(ID, "block", name, message)
