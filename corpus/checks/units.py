"""Units and currencies next to numbers are those of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.checks.finding import Finding, pairs
from corpus.checks.lexicon import Word
from corpus.checks.matching import unmatched
from corpus.checks.words.units import WORDS, by_symbol, by_word
from corpus.content import Content

ID = "units/1"

_SYMBOLS = by_symbol()
_SPACE = "[ \u00a0\u202f\u2009]?"
_BEFORE = re.compile(rf"(US\$|[$€£¥]){_SPACE}(?=[0-9])")
_DIGITS = re.compile("[0-9]")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of each unit that a number of the source has and the translation lacks.

    A unit too many is said only if one is missing: `3 livres` may be three books.
    """
    if language not in WORDS:
        return
    for name, original, text in pairs(source, candidate):
        if not _DIGITS.search(original):
            continue
        ours = list(units(original, "en"))
        missing, new = unmatched(ours, list(units(text, language)))
        spelled = _spelled(text, language) if missing else frozenset()
        missing = [unit for unit in missing if not unit.values & spelled]
        for place, unit in enumerate(missing):
            if place < len(new):
                word = new[place]
                message = f"The source says {unit.text!r} here, not {word.text!r}."
                yield Finding(ID, "warn", name, message, word.start, word.end)
            else:
                message = f"The unit {unit.text} of the source is missing here."
                yield Finding(ID, "warn", name, message)


def units(text: str, language: str) -> Iterator[Word]:
    """The units that stand right before or behind a number."""
    for match in _BEFORE.finditer(text):
        sign = match[1].removeprefix("US")
        yield Word(match[1], *match.span(1), _SYMBOLS[sign])
    words = by_word(language)
    for match in _behind(language).finditer(text):
        found = _SYMBOLS.get(match[1]) or words.get(match[1].lower())
        if found:
            yield Word(match[1], *match.span(1), found)


@cache
def _behind(language: str) -> re.Pattern[str]:
    """A digit, perhaps a blank or hyphen, and a unit that is no part of a word."""
    symbols = "|".join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)))
    words = sorted(by_word(language), key=len, reverse=True)
    spelled = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?<=[0-9])(?:{_SPACE}|-)((?i:{spelled})(?![\w'’])|(?:{symbols})(?![\w'’²³/]))"
    )


@cache
def _anywhere(language: str) -> re.Pattern[str]:
    spelled = "|".join(map(re.escape, sorted(by_word(language), key=len, reverse=True)))
    return re.compile(rf"\b(?:{spelled})\b|[$€£¥%°]C?F?", re.I)


def _spelled(text: str, language: str) -> frozenset[str]:
    """The units anywhere in the text, as in `cinq mètres` for `5 m`."""
    words = by_word(language)
    return frozenset[str]().union(
        *(
            words.get(found.lower()) or _SYMBOLS.get(found) or frozenset[str]()
            for found in set(_anywhere(language).findall(text))
        )
    )
