"""Headings, lists, tables and bold words are as many as in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.checks.spans import FENCE
from corpus.content import Content

ID = "markdown/1"

_PARTS = {
    "headings": re.compile(r"^ {0,3}#{1,6}\s+[^\s0-9]", re.M),
    "points of lists": re.compile(r"^[^\S\n]*(?:[-*+•]|[0-9]{1,3}[.)])\s+\S", re.M),
    "rows of tables": re.compile(r"^[^\S\n]*\|.*\|\s*$", re.M),
    # what opens a second time before it is closed begins anew
    "bold stretches": re.compile(
        r"\*\*(?=\S)(?:(?!(?<!\S)\*\*\S).)+?(?<=\S)\*\*"
        r"|__(?=\w)(?:(?!(?<!\w)__\w).)+?(?<=\w)__"
    ),
}


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of parts of the layout that were lost or added."""
    for name, original, text in pairs(source, candidate):
        ours, theirs = FENCE.sub("", original), FENCE.sub("", text)
        for part, pattern in _PARTS.items():
            want, have = len(pattern.findall(ours)), len(pattern.findall(theirs))
            if want != have and (part != "points of lists" or max(want, have) > 1):
                message = f"The source has {want} {part}, this text {have}."
                yield Finding(ID, "warn", name, message, *_first(pattern, text, want))


def _first(pattern: re.Pattern[str], text: str, wanted: int) -> tuple[int, ...]:
    """Where the first part too many stands, as far as there is one."""
    places = [match.span() for match in pattern.finditer(text)]
    return places[wanted] if len(places) > wanted else ()
