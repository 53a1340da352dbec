"""The wording does not tell which option is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from corpus.checks.finding import Finding
from corpus.content import LETTERS, Content, MultipleChoice

ID = "answer-given-away/1"

#: Shorter texts stand in a question by chance, and longer ones in none.
SHORTEST, LONGEST = 3, 500

#: How much more than the others the right option may grow, and from which length on.
GROWTH, LONG = 1.6, 20


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns if question or hint say the right option, or if it alone grew."""
    if not isinstance(source, MultipleChoice):
        return
    if not isinstance(candidate, MultipleChoice):
        return
    key = LETTERS.find(candidate.key)
    if not 0 <= key < min(len(source.options), len(candidate.options)):
        return
    right, original = candidate.options[key].strip(), source.options[key].strip()
    for name, before, text in (
        ("question", source.question, candidate.question),
        ("hint", source.hint, candidate.hint),
    ):
        place = _said(right, text)
        if place and not _said(original, before):
            message = "This says the right option, which the source does not say here."
            yield Finding(ID, "warn", name, message, *place.span())
    if len(right) >= LONG and _grew_alone(source.options, candidate.options, key):
        message = "This option, the right one, grew much more than the others."
        length = len(candidate.options[key])
        yield Finding(ID, "warn", f"option {LETTERS[key]}", message, 0, length)


def _said(option: str, text: str) -> re.Match[str] | None:
    if not SHORTEST <= len(option) <= LONGEST or option.isnumeric():
        return None
    return re.search(rf"(?<!\w){re.escape(option)}(?!\w)", text, re.I)


def _grew_alone(before: tuple[str, ...], after: tuple[str, ...], key: int) -> bool:
    if len(before) != len(after):
        return False
    growth = [
        len(b.strip()) / max(1, len(a.strip()))
        for a, b in zip(before, after, strict=True)
    ]
    others = [value for place, value in enumerate(growth) if place != key]
    longest = max(len(option) for option in after) == len(after[key])
    return longest and growth[key] > GROWTH * max(median(others), max(others) / GROWTH)
