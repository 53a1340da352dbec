"""The text is not simply the English source again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from corpus.checks.finding import Finding, pairs
from corpus.content import Content
from corpus.plain_text import normal_form

ID = "not-translated/1"

#: Fewer words than this may well be the same in two languages.
FEWEST_WORDS = 3

#: The beginning of a long text tells as much, and comparing takes the square of it.
MOST_WORDS = 500

#: Share of words in common above which a text counts as untranslated.
ALIKE = 0.9

_CODE = re.compile(
    r"`[^`]*`|https?://\S+|\$[^$]*\$|\\\((?:(?!\\\().){0,2000}?\\\)|(?<!\S)\S{1,99}@\S+",
    re.S,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"'«“(*#-]*$")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a text that is the source's, names, numbers and code left aside."""
    if language == "en":
        return
    for name, original, text in pairs(source, candidate):
        words = _words(original)
        if len(words) < FEWEST_WORDS:
            continue
        names = _names(original) | _names(text)
        ours = [word for word in words if word not in names]
        theirs = [word for word in _words(text) if word not in names]
        if len(ours) >= FEWEST_WORDS and _alike(ours[:MOST_WORDS], theirs[:MOST_WORDS]):
            message = "This seems to be the English text, not translated."
            yield Finding(ID, "warn", name, message, 0, len(text))


def _words(text: str) -> list[str]:
    plain = _CODE.sub(" ", normal_form("NFC", text))
    return [word.casefold() for word in _WORD.findall(plain)]


def _names(text: str) -> set[str]:
    """Words with a capital inside a sentence: names, which no language translates."""
    if text.isupper():
        return set()
    plain = _CODE.sub(" ", normal_form("NFC", text))
    return {
        match.group().casefold()
        for match in _WORD.finditer(plain)
        if match.group()[0].isupper()
        and match.group() != "I"
        and not _SENTENCE_START.search(plain, max(0, match.start() - 8), match.start())
    }


def _alike(ours: list[str], theirs: list[str]) -> bool:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    # the cheap upper bounds first: real translations share next to nothing
    return (
        matcher.real_quick_ratio() > ALIKE
        and matcher.quick_ratio() > ALIKE
        and matcher.ratio() > ALIKE
    )
