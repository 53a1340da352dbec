"""A question is not turned into its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.exchanged import exchanged
from corpus.checks.finding import Finding, pairs
from corpus.checks.words.negations import COMPARISONS, FIRST, IDLE, SECOND
from corpus.content import BENCHMARK_KINDS, Content

ID = "polarity/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a no too many or too few in yes/no items, and of less for more."""
    if source.kind not in BENCHMARK_KINDS or language not in FIRST:
        return
    if source.kind == "yes_no":
        for name, original, text in pairs(source, candidate):
            want, have = negations(original, "en"), negations(text, language)
            if len(want) % 2 != len(have) % 2:
                last = have[-1].span() if len(have) > len(want) else ()
                message = "This says no where the source does not, or the other way."
                yield Finding(ID, "warn", name, message, *last)
    yield from exchanged(source, candidate, language, check=ID, lexicon=COMPARISONS)


def negations(text: str, language: str) -> list[re.Match[str]]:
    """The words of a text that say no."""
    plain = IDLE[language].sub(lambda match: " " * len(match.group()), text)
    found = list(FIRST[language].finditer(plain))
    if not found and language in SECOND:
        # two of them, as in `jamais rien`, are one no as well
        found = list(SECOND[language].finditer(plain))[:1]
    return found
