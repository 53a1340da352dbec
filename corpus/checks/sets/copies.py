"""Circular copies of a multiple-choice item are its base row, turned round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.checks.sets.member import Member, SetFinding
from corpus.content import LETTERS, MultipleChoice

ID = "set-copies/1"

#: The copies of row i stand at i plus multiples of this.
STEP = 1_000_000


def check(members: Iterable[Member]) -> Iterator[SetFinding]:
    """Blocks a copy without its base row, or with other words or another answer."""
    rows = {
        int(member.key): member
        for member in members
        if member.key.isascii()
        and member.key.isdecimal()
        and isinstance(member.content, MultipleChoice)
    }
    for index, member in rows.items():
        if index < STEP:
            continue
        base = rows.get(index % STEP)
        if base is None:
            message = f"The base row {index % STEP} of this copy is missing."
            yield SetFinding(ID, "block", message, (member.key,))
        elif reason := _why_no_copy(base.content, member.content):
            yield SetFinding(ID, "block", reason, (base.key, member.key))


def _why_no_copy(base: object, copy: object) -> str | None:
    assert isinstance(base, MultipleChoice)
    assert isinstance(copy, MultipleChoice)
    turns = [
        base.options[place:] + base.options[:place]
        for place in range(len(base.options))
    ]
    if copy.options not in turns:
        return "The options of the copy are not those of the base row, turned round."
    if (base.question, base.hint) != (copy.question, copy.hint):
        return "Question or hint of the copy are not those of the base row."
    if _answer(base) != _answer(copy):
        return "The copy has another answer than its base row."
    return None


def _answer(content: MultipleChoice) -> str:
    return content.options[LETTERS.index(content.key)]
