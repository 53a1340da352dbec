"""Nothing that the source says is left blank."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.content import Content

ID = "empty/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks a field that is blank although the source has text there."""
    found = dict(candidate.texts())
    for name, original in source.texts():
        if not original.strip():
            continue
        is_left_out = name not in found and _is_left_out(name, found)
        if is_left_out or not found.get(name, original).strip():
            message = f"The {name} is empty here, the source has one."
            yield Finding(ID, "block", name, message)


def _is_left_out(name: str, found: dict[str, str]) -> bool:
    """Is a field that may be absent missing although its neighbours are there?"""
    if name.startswith("explanation "):
        return name.replace("explanation", "question") in found
    return name == "hint" and "option A" in found
