"""Formulas are those of the source, and closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.checks.spans import FENCE, INLINE_CODE, formulas
from corpus.content import Content

ID = "formulas/1"

_WORDS = re.compile(r"\\(?:text|textbf|textit|mathrm|mbox|operatorname)\s*\{[^{}]*\}")
_DECIMAL = re.compile(r"(?<=[0-9])(?:\{,\}|,|\.)(?=[0-9])")
_SPACING = re.compile(r"\\[,;:! ]|\\q?quad\b|~|\s+")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks a formula that is missing, changed, new, or not closed.

    Blanks, the words in `\\text{}` and the sign of the decimals are free.
    """
    for name, original, text in pairs(source, candidate):
        if "$" not in original + text and "\\" not in original + text:
            continue
        left = Counter(formula for formula, _, _ in _formulas(original))
        for formula, start, end in _formulas(text):
            if left[formula]:
                left[formula] -= 1
            else:
                message = "This formula is not in the source."
                yield Finding(ID, "block", name, message, start, end)
        for formula in left.elements():
            message = f"The formula {formula} of the source is missing here."
            yield Finding(ID, "block", name, message)
        yield from _unclosed(name, original, text)


def _unclosed(name: str, original: str, text: str) -> Iterator[Finding]:
    if not any(_formulas(original)):
        return
    if _odd_dollars(text) and not _odd_dollars(original):
        yield Finding(ID, "block", name, "A formula is opened here and not closed.")
    if _open_braces(text) and not _open_braces(original):
        message = "The braces of the formulas do not come in pairs."
        yield Finding(ID, "block", name, message)


def _formulas(text: str) -> Iterator[tuple[str, int, int]]:
    """Each formula as it is compared, and where it stands."""
    for pattern in (FENCE, INLINE_CODE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    for start, end in formulas(text):
        yield _normal(text[start:end]), start, end


def _normal(formula: str) -> str:
    blanked = _WORDS.sub(lambda match: match.group().partition("{")[0] + "{}", formula)
    return _SPACING.sub("", _DECIMAL.sub(".", blanked))


def _odd_dollars(text: str) -> bool:
    return len(re.findall(r"(?<!\\)\$", text)) % 2 == 1


def _open_braces(text: str) -> bool:
    plain = re.sub(r"\\[{}]", "", text)
    return plain.count("{") != plain.count("}")
