"""The reader is addressed in one way throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding
from corpus.checks.spans import without_verbatim
from corpus.checks.words.address_forms import FAMILIAR, POLITE
from corpus.content import Content

ID = "register/1"


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of the first word that changes from `du` to `Sie` or the other way."""
    first = None
    for name, text in candidate.texts():
        for match, form in addresses(text, language):
            first = first or (match.group(), form)
            if form != first[1]:
                message = (
                    f"The reader is {first[0]!r} before, and {match.group()!r} here."
                )
                yield Finding(ID, "warn", name, message, *match.span())
                return


def addresses(text: str, language: str) -> Iterator[tuple[re.Match[str], str]]:
    """The words that address the reader, in order, each familiar or polite."""
    if language not in FAMILIAR:
        return
    plain = without_verbatim(text)
    forms = (("familiar", FAMILIAR[language]), ("polite", POLITE[language]))
    found = [(match, form) for form, words in forms for match in words.finditer(plain)]
    yield from sorted(found, key=lambda pair: pair[0].start())
