"""The candidate has the shape of its source: kind, and number of turns."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.content import Content, Conversation
from corpus.plain_text import counted

ID = "structure/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks another kind or another number of turns."""
    if source.kind != candidate.kind:
        yield Finding(
            ID,
            "block",
            "",
            f"This is a {_words(candidate)}, the source is a {_words(source)}.",
        )
    elif isinstance(source, Conversation) and isinstance(candidate, Conversation):
        want, have = len(source.turns), len(candidate.turns)
        if want != have:
            turns = counted(have, "turn is", "turns are")
            message = f"{turns} here, the source has {want}."
            yield Finding(ID, "block", "", message)


def _words(content: Content) -> str:
    return content.kind.replace("_", " ")
