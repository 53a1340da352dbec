"""Sentences of rooms that know no Django, said in the language of the page.

`corpus` and the statistics speak English, and so does what the database keeps. A door
knows their sentences by their patterns, "The number %(text)s is not in the source.",
and says them anew; what it does not know stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from django.utils import formats
from django.utils.translation import get_language, gettext, override

from annotation.models import Judgment
from annotation.phrases.checks import CHECKS
from annotation.phrases.contents import CONTENTS
from annotation.phrases.importing import IMPORTING
from annotation.phrases.marking import MARKING
from annotation.phrases.measuring import MEASURING
from annotation.phrases.pictures import PICTURES
from annotation.phrases.releasing import RELEASING
from corpus.languages import ENGLISH
from corpus.naming import names

_PHRASES = (
    *CHECKS,
    *CONTENTS,
    *IMPORTING,
    *MARKING,
    *MEASURING,
    *PICTURES,
    *RELEASING,
)
_PLACE = re.compile(r"%\((\w+)\)s")
#: What a placeholder of this name holds; others hold anything.
_HOLDS = {"n": "[0-9]+(?:,[0-9]{3})*", "letter": "[A-Z]"}
#: Placeholders that hold a phrase of their own.
_SPEAKS = {
    *("field", "kind", "other_kind", "language", "other_language", "what", "why"),
    *("items", "people", "times", "label"),
}
#: Placeholders that hold a number which the page writes its own way.
_COUNTS = {"n", "value", "low", "high", "middle", "share", "most", "ratio"}
#: In the votes of an item: "1 accept with edits, 2 reject".
_VERDICT = re.compile("[a-z]+(?: [a-z]+)*")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[.,](?=[0-9])")
#: Longer texts are nobody's phrase.
_LONGEST = 500


def said(sentence: str) -> str:
    """The sentence in the language of the page, or as it is if no phrase fits.

    >>> said("The number 7 is not in the source.")
    'The number 7 is not in the source.'
    """
    if not sentence or get_language() in (None, ENGLISH) or len(sentence) > _LONGEST:
        return sentence
    if sentence in _whole():
        return gettext(sentence)
    for pattern, phrase in _patterns():
        if match := pattern.fullmatch(sentence):
            return gettext(phrase) % dict(_held(match))
    return sentence


def figures(text: str) -> str:
    """Numbers that were written in English, as the language of the page writes them."""
    if get_language() in (None, ENGLISH):
        return text
    signs = {
        ".": formats.get_format("DECIMAL_SEPARATOR"),
        ",": formats.get_format("THOUSAND_SEPARATOR"),
    }
    return _BETWEEN_DIGITS.sub(lambda match: signs[match[0]], text)


def grouped(n: int) -> str:
    """A count as the language of the page writes it: 1040 -> 1,040."""
    return str(formats.number_format(n, force_grouping=True))


def _held(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    for name, text in match.groupdict().items():
        if name in _SPEAKS:
            text = said(text)
        if name == "counts":
            text = _VERDICT.sub(lambda found: said(found[0].capitalize()), text)
        yield name, figures(text) if name in _COUNTS else text


@cache
def _whole() -> frozenset[str]:
    """What is said as it stands. All else may be somebody's own words."""
    with override(ENGLISH):
        verdicts = [str(label) for label in Judgment.Verdict.labels]
    alone = (phrase for phrase in _PHRASES if "%(" not in phrase)
    return frozenset((*alone, *names(), *verdicts))


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """What holds something, and how it looks."""
    phrases = (phrase for phrase in _PHRASES if "%(" in phrase)
    return [(re.compile(_pattern(phrase), re.S), phrase) for phrase in phrases]


def _pattern(phrase: str) -> str:
    """What matches the sentences that a phrase stands for."""
    pieces = _PLACE.split(phrase)
    for place in range(0, len(pieces), 2):
        pieces[place] = re.escape(pieces[place])
    for place in range(1, len(pieces), 2):
        pieces[place] = f"(?P<{pieces[place]}>{_HOLDS.get(pieces[place], '.+?')})"
    return "".join(pieces)
