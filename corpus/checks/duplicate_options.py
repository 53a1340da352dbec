"""No two options say the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations

from corpus.checks.finding import Finding
from corpus.content import LETTERS, Content, MultipleChoice
from corpus.plain_text import normal_form

ID = "duplicate-options/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks options that differ in case, accents and punctuation at most.

    Two that are alike in the source already are the source's own.
    """
    if not isinstance(candidate, MultipleChoice):
        return
    originals = source.options if isinstance(source, MultipleChoice) else ()
    alike_before = set(_alike(originals))
    for first, second in _alike(candidate.options):
        if (first, second) not in alike_before:
            text = candidate.options[second]
            message = f"This says the same as option {LETTERS[first]}."
            name = f"option {LETTERS[second]}"
            yield Finding(ID, "block", name, message, 0, len(text))


def _alike(options: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    folded = [_folded(option) for option in options]
    for first, second in combinations(range(len(options)), 2):
        if folded[first] == folded[second]:
            yield first, second


def _folded(option: str) -> str:
    """Without case, accents, blanks and punctuation; signs of numbers are kept."""
    text = normal_form("NFD", option.casefold().replace("\u2212", "-"))
    kept = [
        sign
        for sign, following in zip(text, text[1:] + " ", strict=True)
        if sign.isalnum()
        or unicodedata.category(sign).startswith("S")
        or (sign in "-.," and following.isdigit())
    ]
    return "".join(kept) or option.strip()
