"""Stretches of a text that stay as they are: code, addresses, formulas, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

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
FORMULA = re.compile(
    r"\$\$.{1,2000}?\$\$|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]"
    r"|(?<![\\$\w])\$(?![\s$])(?:[^$\n\\]|\\.){0,2000}?(?<![\s\\])\$(?![\w$])",
    re.S,
)
#: Double and angular marks; a single one counts only with blanks outside and none in.
QUOTED = re.compile(
    r"\"(?P<a>[^\"\n]{1,999})\"|“(?P<b>[^“”\n]{1,999})”|„(?P<c>[^„“”\n]{1,999})[“”]"
    r"|«\s?(?P<d>[^«»\n]{1,999})»|»(?P<e>[^«»\n]{1,999})«"
    r"|(?<![\w'])'(?P<f>[^\s'](?:[^'\n]|'(?=\w)){0,200})(?<!\s)'(?!\w)"
    r"|(?<!\w)‘(?P<g>[^‘’\n]{1,999})’(?!\w)"
)
_VERBATIM = (FENCE, INLINE_CODE, ADDRESS, FILE_NAME, FORMULA, QUOTED)


def quotations(text: str) -> Iterator[tuple[str, int, int]]:
    """Each quotation without its marks, and where it stands with them."""
    for match in QUOTED.finditer(text):
        inner = next(part for part in match.groups() if part is not None)
        yield inner.strip(), *match.span()


@lru_cache(maxsize=64)
def without_verbatim(text: str) -> str:
    """The text with blanks, as many, for what no translator touches."""
    for pattern in _VERBATIM:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


@lru_cache(maxsize=64)
def without_code(text: str) -> str:
    """The text with `_`, as many, for code, addresses, file names and formulas."""
    for pattern in _VERBATIM[:-1]:
        text = pattern.sub(lambda match: "_" * len(match.group()), text)
    return text
