"""A training set has about as many examples in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.checks.sets.member import SetFinding
from corpus.plain_text import counted

ID = "set-balance/1"

#: Fewer than this share of the largest language's examples is worth a word.
LEAST = 0.8


def check(examples: Mapping[str, int]) -> Iterator[SetFinding]:
    """Warns of each language that has far fewer examples than the largest."""
    largest = max(examples, key=lambda code: (examples[code], code), default="")
    for language, count in examples.items():
        if count < LEAST * examples[largest]:
            few = counted(count, "example", "examples")
            message = f"{language} has {few}, {largest} {examples[largest]:,}."
            yield SetFinding(ID, "warn", message)
