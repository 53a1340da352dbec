"""Placeholders and marks for programs stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.checks.spans import blanked, enclosed
from corpus.content import Content

ID = "placeholders/1"

_MARK = re.compile(
    r"\{\{\s*[A-Za-z_][\w.]*\s*\}\}"
    r"|\{(?:[A-Za-z_][\w.]*|[0-9]*)\}"
    r"|(?<![0-9])(?<![0-9]\s)%(?:\([A-Za-z_]\w*\))?[sdif](?![A-Za-z])"
    r"|\[[A-Z][A-Z0-9_]+\]"
    r"|_{3,}"
    r"|</?[A-Za-z][\w-]*(?:\s+[\w-]+=\"[^\"<>]*\")*\s*/?>"
)

# Braces inside formulas belong to LaTeX, whose words in \text{} are translated.
_FORMULA = re.compile(
    r"\$\$.+?\$\$|\$[^$\n]+\$|\\[(\[]|\\[A-Za-z]+(?:\{[^{}]*\})+", re.S
)


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks a placeholder that is missing, changed or new."""
    for name, original, text in pairs(source, candidate):
        want, have = Counter(_found(original)), Counter(_found(text))
        for mark in sorted((want - have).keys()):
            message = f"The placeholder {mark} of the source is missing here."
            yield Finding(ID, "block", name, message)
        places = _places(text)
        for mark in sorted((have - want).keys()):
            message = f"The placeholder {mark} is not in the source."
            yield Finding(ID, "block", name, message, *places[mark])


def _found(text: str) -> list[str]:
    return [_normal(match.group()) for match in _matches(text)]


def _matches(text: str) -> Iterator[re.Match[str]]:
    return _MARK.finditer(blanked(text, enclosed(_FORMULA, text)))


def _normal(mark: str) -> str:
    # the length of a gap to fill in is free
    return "___" if mark.startswith("___") else re.sub(r"\s+", " ", mark)


def _places(text: str) -> dict[str, tuple[int, int]]:
    """Where each placeholder stands for the first time."""
    found: dict[str, tuple[int, int]] = {}
    for match in _matches(text):
        found.setdefault(_normal(match.group()), match.span())
    return found
