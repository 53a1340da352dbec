"""No option contains another one that it did not contain in the source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from corpus.checks.finding import Finding
from corpus.content import LETTERS, Content, MultipleChoice

ID = "nested-options/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns where a program that looks for an option's text would find two of them."""
    if not isinstance(source, MultipleChoice):
        return
    if not isinstance(candidate, MultipleChoice):
        return
    before = set(_nested(source.options))
    for inner, outer in _nested(candidate.options):
        if (inner, outer) in before:
            continue
        short, long = candidate.options[inner].strip(), candidate.options[outer]
        start = long.lower().find(short.lower())
        end = min(start + len(short), len(long))
        message = f"Option {LETTERS[inner]} is a part of this one."
        yield Finding(ID, "warn", f"option {LETTERS[outer]}", message, start, end)


def _nested(options: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    folded = [option.strip().lower() for option in options]
    for inner, outer in permutations(range(len(options)), 2):
        short, long = folded[inner], folded[outer]
        if len(short) < len(long) and short in long:
            yield inner, outer
