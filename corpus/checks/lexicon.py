"""Closed lists of words with what they mean, found in texts of any of our languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: Endings that a `~` in a list stands for.
ENDINGS = {
    "en": ("", "s"),
    "fr": ("", "e", "s", "es"),
    "de": ("", "e", "en", "er", "es", "em"),
    "it": ("o", "a", "i", "e"),
    "es": ("o", "a", "os", "as"),
}

_SINGLE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A listed word in a text; `values` are the meanings it may have."""

    text: str
    start: int
    end: int
    values: frozenset[str]


class Lexicon:
    """Meanings with their words per language.

    The table gives, by language and meaning, words apart by commas; a word may be
    several words, and `~` stands for the endings of the language. A word listed under
    two meanings may mean either. With `cased` only the spelling given is found.

    >>> sizes = Lexicon({"en": {"big": "big, large"}, "es": {"big": "grande, gord~"}})
    >>> [(word.text, sorted(word.values)) for word in sizes.find("Una Gorda.", "es")]
    [('Gorda', ['big'])]
    """

    def __init__(
        self, table: Mapping[str, Mapping[str, str]], *, cased: bool = False
    ) -> None:
        self._cased = cased
        self._values = {lang: self._spread(lang, rows) for lang, rows in table.items()}
        self._phrases = {
            language: _alternatives(words, cased)
            for language, words in self._values.items()
        }

    def _spread(
        self, language: str, rows: Mapping[str, str]
    ) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for meaning, words in rows.items():
            for word in spread(words, language):
                key = word if self._cased else word.lower()
                found.setdefault(key, set()).add(meaning)
        return {word: frozenset(meanings) for word, meanings in found.items()}

    def find(self, text: str, language: str) -> tuple[Word, ...]:
        """The listed words of a text in order; none in an unknown language."""
        if language not in self._values:
            return ()
        phrases = self._phrases[language]
        found = list(self._listed(phrases.finditer(text), language)) if phrases else []
        found += self._listed(_SINGLE.finditer(_without(text, found)), language)
        return tuple(sorted(found, key=lambda word: word.start))

    def _listed(
        self, matches: Iterable[re.Match[str]], language: str
    ) -> Iterator[Word]:
        values = self._values[language]
        for match in matches:
            word = match.group()
            meanings = values.get(word if self._cased else word.lower())
            if meanings:
                yield Word(word, *match.span(), meanings)


def _without(text: str, words: Iterable[Word]) -> str:
    """The text with blanks, as many, for words in order of place."""
    parts, place = [], 0
    for word in words:
        parts += [text[place : word.start], " " * (word.end - word.start)]
        place = word.end
    return "".join([*parts, text[place:]])


def _alternatives(words: Iterable[str], cased: bool) -> re.Pattern[str] | None:
    """What is several words, the longest first; single ones are looked up instead."""
    phrases = [word for word in words if not _SINGLE.fullmatch(word)]
    if not phrases:
        return None
    choices = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"\b(?:{choices})\b", 0 if cased else re.I)


def spread(words: str, language: str) -> Iterator[str]:
    """The words of a list, `~` replaced by each ending of the language."""
    for word in words.split(","):
        stem, mark, rest = word.strip().partition("~")
        for ending in ENDINGS[language] if mark else ("",):
            yield stem + ending + rest
