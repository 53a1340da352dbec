"""A picture that is held out for testing is trained on in no language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.checks.sets.member import SetFinding
from corpus.plain_text import counted

ID = "set-splits/1"
SHOWN = 5


def check(train: Iterable[str], test: Iterable[str]) -> Iterator[SetFinding]:
    """Blocks a set of which both splits show a picture, each named by its SHA-256."""
    held = set(filter(None, test))
    leaked = sorted({picture for picture in train if picture in held})
    if leaked:
        named = ", ".join(leaked[:SHOWN])
        pictures = counted(len(leaked), "picture is", "pictures are")
        message = f"{pictures} both trained on and held out: {named}."
        yield SetFinding(ID, "block", message)
