"""What a kind of damage is: made from a clean pair, for certain checks to find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, TypeAlias

from benchmarks._clean_pairs import CleanPair
from corpus.checks import run
from corpus.content import Content, Conversation, MultipleChoice

#: The clean pair (with what the damage needs in it) and the damaged one; None where
#: this damage cannot be done to this pair.
Made: TypeAlias = tuple[CleanPair, CleanPair] | None


@dataclass(frozen=True, slots=True)
class Damage:
    """A kind of damage, and the checks meant for it."""

    name: str
    checks: tuple[str, ...]
    make: Callable[[CleanPair, Random], Made]

    def is_caught(self, clean: CleanPair, damaged: CleanPair) -> bool:
        """Is there a new finding of a check meant for this, or a new blocking one?"""
        before = {(f.check, f.field, f.message) for f in _found(clean)}
        return any(
            (f.check in self.checks or f.severity == "block")
            and (f.check, f.field, f.message) not in before
            for f in _found(damaged)
        )


def _found(pair: CleanPair) -> list[Any]:
    return run(
        pair.source,
        pair.candidate,
        pair.language,
        relation=pair.relation,
        context=pair.context,
    )


def longest(content: Content) -> tuple[str, str]:
    """Name and text of the longest field."""
    return max(content.texts(), key=lambda field: len(field[1]))


def with_text(content: Content, name: str, text: str) -> Content:
    """The same content with another text in one field, without asking if it may be."""
    if isinstance(content, Conversation):
        field, _, number = name.partition(" ")
        turns = list(content.turns)
        turns[int(number) - 1] = replace(turns[int(number) - 1], **{field: text})
        return replace(content, turns=tuple(turns))
    if isinstance(content, MultipleChoice) and name.startswith("option "):
        options = list(content.options)
        options["ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(name[-1])] = text
        return replace(content, options=tuple(options))
    changed: Any = {name: text}
    return replace(content, **changed)


def in_longest(
    name: str, checks: tuple[str, ...], change: Callable[[str, str, Random], str]
) -> Damage:
    """Damage to one text: `change` takes text, language and chance; same text, none."""

    def make(pair: CleanPair, random: Random) -> Made:
        field, text = longest(pair.candidate)
        changed = change(text, pair.language, random)
        if changed == text:
            return None
        return pair, pair.with_candidate(with_text(pair.candidate, field, changed))

    return Damage(name, checks, make)
