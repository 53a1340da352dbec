"""The text does not break off in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, all_fields
from corpus.checks.spans import without_code
from corpus.content import Content

ID = "cut-off/1"

_ENDS = re.compile(r"[.!?…:;。]['\"”“»’)\]*_`\s]*$")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_EMOTICON = re.compile(r"[:;=8]-?[()\[\]]|(?:^|(?<=\s))[a-zA-Z0-9]{1,2}[)\]]")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a last sentence without its end, and of brackets that stay open."""
    for name, original, text in all_fields(source, candidate):
        if not text.strip():
            continue
        if _ENDS.search(original) and not _ENDS.search(text):
            message = "The last sentence has no end, the one of the source has."
            end = len(text.rstrip())
            yield Finding(ID, "warn", name, message, max(0, end - 1), end)
        if place := _open(text):
            opening, start = place
            if not _open(original):
                message = f"The {opening} is opened here and never closed."
                yield Finding(ID, "warn", name, message, start, start + len(opening))


def _open(text: str) -> tuple[str, int] | None:
    """The first mark without its partner, and its place."""
    if text.count("```") % 2:
        return "```", text.rindex("```")
    plain = _EMOTICON.sub(lambda match: " " * len(match.group()), without_code(text))
    for opening, closing in _BRACKETS.items():
        if opening not in plain:
            continue
        if plain.count(opening) > _closings(plain, closing):
            return opening, plain.rindex(opening)
    quotes = [n for n, sign in enumerate(plain) if sign == '"']
    inches = len(re.findall(r"[0-9]\"", plain))
    if len(quotes) % 2 and not inches:
        return '"', quotes[-1]
    return None


def _closings(text: str, closing: str) -> int:
    # German closes with the mark that opens in English
    marks = "”“" if closing == "”" and "„" in text else closing
    return sum(text.count(mark) for mark in marks)
