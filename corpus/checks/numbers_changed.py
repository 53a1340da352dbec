"""The numbers of the source, and no others, stand in the translation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from corpus.checks.finding import Finding, pairs
from corpus.checks.matching import unmatched
from corpus.checks.number_values import Number, has_blanks, numbers
from corpus.checks.number_words import spelled_out
from corpus.content import Content

ID = "numbers/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of each number that is missing, and of each that is new."""
    for name, original, text in pairs(source, candidate):
        missing, new = _unmatched(original, text)
        words = spelled_out(text, language)
        for number in missing:
            if not _is_spelled(number, words):
                message = f"The number {number.text} of the source is missing here."
                yield Finding(ID, "warn", name, message)
        words = spelled_out(original, "en")
        for number in new:
            if not _is_spelled(number, words):
                message = f"The number {number.text} is not in the source."
                yield Finding(ID, "warn", name, message, number.start, number.end)


def _unmatched(original: str, text: str) -> tuple[list[Number], list[Number]]:
    """Numbers that only one of the two texts has.

    A blank between digits groups thousands in some languages and separates two numbers
    in all of them: of the readings, the one that leaves the fewest numbers over counts.
    """
    readings = [
        unmatched(ours, theirs)
        for ours, theirs in product(_readings(original), _readings(text))
    ]
    return min(readings, key=lambda reading: len(reading[0]) + len(reading[1]))


def _readings(text: str) -> list[list[Number]]:
    """The numbers of a text with blanks that group thousands, and with none."""
    grouped = numbers(text)
    if not any(has_blanks(number.text) for number in grouped):
        return [grouped]
    return [grouped, numbers(text, blanks_group=False)]


def _is_spelled(number: Number, words: set[int]) -> bool:
    return any(value in words for value in number.values)
