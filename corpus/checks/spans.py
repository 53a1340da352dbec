"""Stretches of a text that stay as they are: code, addresses, formulas, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

FENCE = re.compile(r"```.*?```|~~~.*?~~~", re.S)
INLINE_CODE = re.compile(r"(?<!`)(?:`[^`\n]+`|``[^`\n](?:[^\n]*?[^`\n])?``)(?!`)")
ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"“”«»`]*[\w/=&#%+-]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
FILE_NAME = re.compile(
    r"(?<![\w./\\-])[\w./\\-]{0,200}\w\.(?:png|jpe?g|gif|svg|webp|pdf|csv|tsv|json|jsonl|xml|"
    r"ya?ml|txt|docx?|xlsx?|pptx?|zip|py|js|css|html?|cpp|java|sh|mp[34]|wav|ipynb)\b"
)
#: The sign of a dollar opens a formula if no blank follows it and no digit its end.
_FORMULA = re.compile(
    r"\$\$.{1,2000}?\$\$|\\[(\[]"
    r"|(?<![\\$\w])\$(?![\s$])(?:[^$\n\\]|\\.){0,2000}?(?<![\s\\])\$(?![\w$])",
    re.S,
)
#: What closes brackets of LaTeX, and the most characters that stand in between.
_CLOSING = {"\\(": "\\)", "\\[": "\\]"}
_LONGEST = 2000
#: Double and angular marks; a single one counts only with blanks outside and none in.
QUOTED = re.compile(
    r"\"(?P<a>[^\"\n]{1,999})\"|“(?P<b>[^“”\n]{1,999})”|„(?P<c>[^„“”\n]{1,999})[“”]"
    r"|«\s?(?P<d>[^«»\n]{1,999})»|»(?P<e>[^«»\n]{1,999})«"
    r"|(?<![\w'])'(?P<f>[^\s'](?:[^'\n]|'(?=\w)){0,200})(?<!\s)'(?!\w)"
    r"|(?<!\w)‘(?P<g>[^‘’\n]{1,999})’(?!\w)"
)
_CODE = (FENCE, INLINE_CODE, ADDRESS, FILE_NAME)

Places: TypeAlias = Iterable[tuple[int, int]]


def quotations(text: str) -> Iterator[tuple[str, int, int]]:
    """Each quotation without its marks, and where it stands with them."""
    for match in QUOTED.finditer(text):
        inner = next(part for part in match.groups() if part is not None)
        yield inner.strip(), *match.span()


def formulas(text: str) -> Iterator[tuple[int, int]]:
    """Where each formula stands, with its marks."""
    return enclosed(_FORMULA, text)


def enclosed(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where a pattern matches; a match of `\\(` or `\\[` goes on to what closes it.

    A pattern by itself would read on from each that stays open.
    """
    place = 0
    while match := pattern.search(text, place):
        start, end = match.span()
        place = end
        if closing := _CLOSING.get(match.group()):
            found = text.find(closing, end + 1, end + _LONGEST + len(closing))
            place = start + 1 if found < 0 else found + len(closing)
            if found < 0:
                continue
        yield start, place


def blanked(text: str, places: Places, sign: str = " ") -> str:
    """The text with blanks, or another sign, as many, for some places in order."""
    parts, last = [], 0
    for start, end in places:
        parts += [text[last:start], sign * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


@lru_cache(maxsize=64)
def without_verbatim(text: str) -> str:
    """The text with blanks, as many, for what no translator touches."""
    for pattern in _CODE:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    text = blanked(text, formulas(text))
    return QUOTED.sub(lambda match: " " * len(match.group()), text)


@lru_cache(maxsize=64)
def without_code(text: str) -> str:
    """The text with `_`, as many, for code, addresses, file names and formulas."""
    for pattern in _CODE:
        text = pattern.sub(lambda match: "_" * len(match.group()), text)
    return blanked(text, formulas(text), "_")
