"""No option is lost, added or moved to another letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.content import LETTERS, Content, MultipleChoice

ID = "option-count/1"

# What a translation leaves alone: numbers, and codes such as A1, DNA or a lone letter.
_CODE = re.compile(r"\b(?:[A-Z]|[A-Z]{2,}|\w*[0-9]\w*)\b")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks another number of options, and options whose numbers changed places."""
    if not isinstance(source, MultipleChoice):
        return
    if not isinstance(candidate, MultipleChoice):
        return
    want, have = len(source.options), len(candidate.options)
    if want != have:
        message = f"There are {have} options here, the source has {want}."
        yield Finding(ID, "block", "", message)
        return
    before = [_codes(option) for option in source.options]
    after = [_codes(option) for option in candidate.options]
    if before == after or sorted(before) != sorted(after):
        return  # unchanged, or not the same numbers at all: another check's business
    for letter, old, new, text in zip(
        LETTERS, before, after, candidate.options, strict=False
    ):
        if old != new:
            message = f"Option {letter} seems to have changed places with another one."
            yield Finding(ID, "block", f"option {letter}", message, 0, len(text))


def _codes(option: str) -> list[str]:
    return _CODE.findall(option)
