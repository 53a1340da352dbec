"""Code, addresses and file names stay as they are, letter by letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.checks.finding import Finding, pairs
from corpus.checks.spans import ADDRESS, FENCE, FILE_NAME, INLINE_CODE
from corpus.content import Content

ID = "code/1"

_NUMERAL = re.compile(r"(?<!\w)(?:0x[0-9A-Fa-f]+|#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{8})\b")
#: Molecules as one line of text: atoms, and at least a bond, a branch or a ring.
_MOLECULE = re.compile(
    r"(?<!\S)(?=\S*[=#(\[])(?=\S*(?:[=#]|[a-z][0-9]|\)[A-Z]))"
    r"(?:Cl|Br|[BCNOPSFIHbcnops0-9=#@+()\[\]/\\-]){6,}(?=[.,;:]?(?:\s|$))"
)
_PATTERNS = (FENCE, INLINE_CODE, ADDRESS, FILE_NAME, _NUMERAL, _MOLECULE)


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks a stretch of code that is missing or changed, and a new address."""
    for name, original, text in pairs(source, candidate):
        want = Counter(code for code, _, _ in stretches(original))
        found = list(stretches(text))
        for code in want - Counter(code for code, _, _ in found):
            message = f"{_short(code)} of the source is missing or changed here."
            yield Finding(ID, "block", name, message)
        for code, start, end in found:
            if code not in want and ADDRESS.fullmatch(code):
                message = "This address is not in the source."
                yield Finding(ID, "block", name, message, start, end)


def stretches(text: str) -> Iterator[tuple[str, int, int]]:
    """Every stretch of code with its place; one inside another counts once."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            lines = [line.rstrip() for line in match.group().splitlines()]
            yield "\n".join(lines), *match.span()
        text = pattern.sub(lambda match: " " * len(match.group()), text)


def _short(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= 60 else line[:59] + "…"
