"""Days, months and dates are those of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.checks.finding import Finding, pairs
from corpus.checks.lexicon import Word
from corpus.checks.matching import unmatched
from corpus.checks.words.calendar import DAY_NAMES, MONTH_NAMES, MONTH_NAMES_EN
from corpus.content import Content

ID = "dates/1"

_FIGURES = re.compile(
    r"(?<![\w./-])([0-3]?[0-9])([./-])[ ]?([0-3]?[0-9])\2[ ]?((?:[0-9]{2}){1,2})(?!\w)"
)
_DAY_BEHIND = re.compile(r"\s+([0-3]?[0-9])(?:st|nd|rd|th)?\b(?![:.,]?[0-9])")
_DAY_BEFORE = re.compile(r"\b([0-3]?[0-9])(?:st|nd|rd|th|er|\.|º|°)?\s+(?:of |de )?$")
#: How far before a month its day may begin: the rest are blanks.
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month in a text; `values` are its readings as (day, month)."""

    text: str
    start: int
    end: int
    values: frozenset[tuple[int, int]]


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of another day of the week, month or date in the place of the source's."""
    for name, original, text in pairs(source, candidate):
        theirs = _months(text, language)
        for there, here in (
            *_pairs(DAY_NAMES.find(original, "en"), DAY_NAMES.find(text, language)),
            *_pairs(_months(original, "en"), theirs),
            *_pairs(days(original, "en"), days(text, language)),
        ):
            message = f"The source says {there.text} here, not {here.text}."
            yield Finding(ID, "warn", name, message, here.start, here.end)


def _pairs(
    ours: tuple[Word, ...] | tuple[Day, ...], theirs: tuple[Word, ...] | tuple[Day, ...]
) -> Iterator[tuple[Word | Day, Word | Day]]:
    missing, new = unmatched([*ours], [*theirs])
    yield from zip(missing, new, strict=False)


def _months(text: str, language: str) -> tuple[Word, ...]:
    lexicon = MONTH_NAMES_EN if language == "en" else MONTH_NAMES
    return lexicon.find(text, language)


def days(text: str, language: str) -> tuple[Day, ...]:
    """The dates of a text that name day and month.

    In English 3/5 may be the fifth of March or the third of May, elsewhere the latter.

    >>> [sorted(day.values) for day in days("3/5/2020 and March 5", "en")]
    [[(3, 5), (5, 3)], [(5, 3)]]
    """
    found = [_in_figures(match, language) for match in _FIGURES.finditer(text)]
    for word in _months(text, language):
        before = max(0, word.start - _FARTHEST)
        number = _DAY_BEFORE.search(text, before, word.start) or (
            _DAY_BEHIND.match(text, word.end) if language == "en" else None
        )
        if number:
            readings = frozenset((int(number[1]), int(value)) for value in word.values)
            start, end = sorted((number.start(1), word.start))[0], word.end
            end = max(end, number.end(1) if number.re is _DAY_BEHIND else end)
            found.append(Day(text[start:end], start, end, readings))
    return tuple(day for day in found if day.values)


def _in_figures(match: re.Match[str], language: str) -> Day:
    first, second = int(match[1]), int(match[3])
    readings = {(first, second)} | ({(second, first)} if language == "en" else set())
    valid = {(day, month) for day, month in readings if 0 < month <= 12 and day > 0}
    return Day(match.group(), *match.span(), frozenset(valid))
