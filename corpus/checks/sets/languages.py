"""Every language holds the same items, in the same order, with the same keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.checks.sets.member import Member, SetFinding
from corpus.content import MultipleChoice, YesNo
from corpus.plain_text import counted

ID = "set-languages/1"


def check(languages: Mapping[str, Sequence[Member]]) -> Iterator[SetFinding]:
    """Blocks items that a language lacks, another order, and other shares of answers.

    Items and order are compared with the first language, answers with the source.
    """
    order: list[str] = []
    for number, (language, members) in enumerate(languages.items()):
        keys = [member.key for member in members]
        if number == 0:
            order = keys
        yield from _items(language, order, keys)
        yield from _answers(language, members)


def _items(language: str, order: list[str], keys: list[str]) -> Iterator[SetFinding]:
    lost, added = set(order) - set(keys), set(keys) - set(order)
    for words, found in (("lacks", lost), ("alone has", added)):
        if found:
            message = f"{language} {words} {counted(len(found), 'item', 'items')}."
            yield SetFinding(ID, "block", message, tuple(sorted(found)))
    twice = {key for key, count in Counter(keys).items() if count > 1}
    if twice:
        items = counted(len(twice), "item", "items")
        message = f"{language} has {items} more than once."
        yield SetFinding(ID, "block", message, tuple(sorted(twice)))
    elif not lost and not added and keys != order:
        first = next(a for a, b in zip(keys, order, strict=True) if a != b)
        message = f"The items of {language} stand in another order from here on."
        yield SetFinding(ID, "block", message, (first,))


def _answers(language: str, members: Sequence[Member]) -> Iterator[SetFinding]:
    changed = [
        member.key
        for member in members
        if isinstance(member.content, MultipleChoice | YesNo)
        and isinstance(member.source, MultipleChoice | YesNo)
        and member.content.key != member.source.key
    ]
    if changed:
        message = (
            f"{language} has other answers than the source in {len(changed)} items."
        )
        yield SetFinding(ID, "block", message, tuple(changed))
