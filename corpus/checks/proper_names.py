"""Names and abbreviations in a text, told by their capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.checks.spans import without_verbatim
from corpus.plain_text import normal_form

#: A point belongs to a name only behind an abbreviated word, as in `St. John`.
_WORD = r"(?:[A-Z]\w{0,2}\.|[A-ZÀ-ÖØ-Þ][\w'’]*(?:-[\w'’]+)*)"
_LINKS = ("of", "the", "de", "du", "des", "della", "del", "la", "von", "van", "&")
_SMALL = frozenset({*_LINKS, "a", "an", "and", "at", "by", "in", "on", "to", "with"})
_BLANK = "[ \u00a0]+"
_SPAN = re.compile(
    rf"(?<![\w.'’-]){_WORD}(?:{_BLANK}(?:(?:{'|'.join(_LINKS)}){_BLANK}){{0,2}}{_WORD})+"
)
_ABBREVIATION = re.compile(r"(?<![\w.-])[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?!\w)")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\n•–—])[\s\"'«“(*#-]*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, with the words that make it out."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


def names(text: str) -> Iterator[Name]:
    """Names of two words or more; the first word of a sentence is part of none."""
    plain = without_verbatim(text)
    if _is_headline(plain):
        return
    for match in _SPAN.finditer(plain):
        words = list(re.finditer(r"\S+", match.group()))
        if _SENTENCE_END.search(plain, max(0, match.start() - 8), match.start()):
            words = words[1:]
            while words and words[0].group() in _LINKS:
                words = words[1:]
        counted = tuple(w.group().strip(".") for w in words if w.group() not in _LINKS)
        if len(counted) > 1:
            start = match.start() + words[0].start()
            yield Name(text[start : match.end()], start, match.end(), counted)


def abbreviations(text: str) -> Iterator[Name]:
    """Words of capitals only, such as NASA, unless the whole text is in capitals."""
    plain = without_verbatim(text)
    if sum(sign.islower() for sign in plain) < sum(sign.isupper() for sign in plain):
        return
    for match in _ABBREVIATION.finditer(plain):
        yield Name(match.group(), *match.span(), (match.group(),))


def folded(text: str) -> str:
    """Without case and accents."""
    plain = normal_form("NFD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _is_headline(text: str) -> bool:
    """Are nearly all words but the smallest written with a capital?"""
    found: list[str] = re.findall(r"[^\W\d_]+", text)
    words = [word for word in found if word not in _SMALL]
    return sum(word[0].isupper() for word in words) > 0.8 * len(words)
