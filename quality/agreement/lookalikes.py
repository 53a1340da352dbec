"""Texts that a reader takes for one another: "good" and "Good", 1 and 1.0."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category, normalize

_NUMBER: Final = re.compile(r"([+-]?)0*(\d+)(?:\.(\d*))?")


def folded(text: str) -> str:
    """Equal for texts that look alike: in another case, normal form or width, with
    blanks or invisible characters, and for one number written in two ways.

    >>> folded("\\u200bGood ") == folded("good"), folded("01.50") == folded("1.5")
    (True, True)
    """
    if text.isascii() and text.isdecimal() and text[0] != "0":
        return text
    if not text.isascii():
        # Twice: folding the case can undo the normal form.
        text = normalize("NFKC", normalize("NFKC", text).casefold())
        text = "".join(c for c in text if category(c) != "Cf")
    text = " ".join(text.casefold().split())
    return _one_spelling(text) if text[:1] in "+-0123456789" else text


def same_number(text: str, other: str) -> bool:
    """Whether two texts are one plain number, such as 1 and 1.0."""
    both = _one_spelling(text), _one_spelling(other)
    return both[0] == both[1] and _NUMBER.fullmatch(text) is not None


def first_pair(texts: Iterable[str]) -> tuple[str, str] | None:
    """The first two different texts that look alike, if there are any."""
    seen: dict[str, str] = {}
    for text in texts:
        before = seen.setdefault(folded(text), text)
        if before != text:
            return before, text
    return None


def _one_spelling(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    sign, whole, places = found.groups()
    places = (places or "").rstrip("0")
    number = f"{whole}.{places}" if places else whole
    return f"-{number}" if sign == "-" and number.strip("0.") else number
