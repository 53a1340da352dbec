"""Signs and blanks follow the usage of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, all_fields
from corpus.checks.spans import without_code
from corpus.content import Content

ID = "typography/1"

_DOUBLE_BLANK = re.compile(r"(?<=\S)[ \u00a0\u202f]{2,}(?=\S)")
_BLANK_BEFORE = re.compile(r"(?<=\w)[ \u00a0\u202f]+(?:[,;?!]|\.(?![.\w]))(?=\s|$)")
_FRENCH_TIGHT = re.compile(r"(?<=[\w)\]\"»%])[?!;](?=\s|$)|(?<=[^\W\d_]):(?=\s)")
_FRENCH_MARKS = re.compile(r"«(?=[^\s«»])|(?<=[^\s«»])»")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of double blanks, and of signs that French and Spanish set otherwise."""
    for name, original, text in all_fields(source, candidate):
        plain, before = without_code(text), without_code(original)
        double = _DOUBLE_BLANK.search(plain)
        if double and not _DOUBLE_BLANK.search(original):
            yield Finding(ID, "warn", name, "Two blanks follow.", *double.span())
        if language == "fr":
            yield from _french(name, plain)
        elif (blank := _BLANK_BEFORE.search(plain)) and not _BLANK_BEFORE.search(
            before
        ):
            message = "No blank stands before this sign."
            yield Finding(ID, "warn", name, message, *blank.span())
        if language == "es":
            yield from _spanish(name, plain)


def _french(name: str, text: str) -> Iterator[Finding]:
    if tight := _FRENCH_TIGHT.search(text):
        message = f"French sets a blank before {tight.group()}"
        yield Finding(ID, "warn", name, message + ".", *tight.span())
    if tight := _FRENCH_MARKS.search(text):
        message = "French sets a blank inside these quotation marks."
        yield Finding(ID, "warn", name, message, *tight.span())


def _spanish(name: str, text: str) -> Iterator[Finding]:
    """A question opens with ¿, an exclamation with ¡; two may share one closing."""
    for opening, closing in (("¿", "?"), ("¡", "!")):
        if text.count(closing) and not text.count(opening):
            place = text.index(closing)
            message = f"Spanish opens this with {opening}"
            yield Finding(ID, "warn", name, message + ".", place, place + 1)
        elif text.count(opening) and not text.count(closing):
            place = text.index(opening)
            message = f"This {opening} is not followed by its {closing}"
            yield Finding(ID, "warn", name, message + ".", place, place + 1)
