"""No option reads like the letter of an option."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.content import LETTERS, Content, MultipleChoice

ID = "letter-collision/1"

_PREFIX = re.compile(r"\(?([A-Z])[.):](?=\s|\w)")
_WORD = re.compile(r"([A-Z])\s+(?=\S)")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks a stray "B." before an option; warns of a first word such as "A"."""
    if not isinstance(candidate, MultipleChoice):
        return
    letters = LETTERS[: len(candidate.options)]
    originals = dict(source.texts())
    for letter, option in zip(letters, candidate.options, strict=True):
        name = f"option {letter}"
        original = originals.get(name, "")
        prefix = _PREFIX.match(option)
        if prefix and prefix[1] in letters and not _PREFIX.match(original):
            message = f"The text begins with {prefix.group()} as if it were a letter."
            yield Finding(ID, "block", name, message, *prefix.span())
            continue
        word = _WORD.match(option)
        if word and word[1] in letters and option != original:
            message = (
                f"A program that looks for a letter takes this for answer {word[1]}. "
                "A small first letter, or another wording, avoids it."
            )
            yield Finding(ID, "warn", name, message, *word.span(1))
