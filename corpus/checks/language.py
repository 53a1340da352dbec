"""The text is in its language, all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from corpus.checks.finding import Finding
from corpus.checks.spans import without_verbatim
from corpus.content import Content
from corpus.languages import NAMES

ID = "language/1"

#: Fewer words than this, of two letters or more, say too little.
FEWEST_WORDS = 5

#: How sure the identification of the whole, and of one sentence in it, must be.
SURE = 0.8
SURE_OF_SENTENCE = 0.9

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s|$)[^.!?\n]+)*[.!?]*")
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Warns of a text, or of a sentence in it, in another of our languages."""
    if language not in NAMES:
        return
    fields, joined = _fields(candidate)
    if whole := _whole(fields, joined, language):
        yield whole
        return
    for name, text in fields:
        if text.strip() != joined.strip() or len(_SENTENCE.findall(text)) > 1:
            yield from _sentences(name, text, language)


def of_whole(candidate: Content, language: str) -> Finding | None:
    """The finding that all of it, not only a sentence, is in another language."""
    return _whole(*_fields(candidate), language)


def _whole(fields: list[tuple[str, str]], joined: str, language: str) -> Finding | None:
    if _words(joined) < FEWEST_WORDS:
        return None
    found, probability = identified(joined)
    if found == language or probability < SURE:
        return None
    name, text = max(fields, key=lambda field: len(field[1]))
    message = f"This seems to be {NAMES[found]}, not {NAMES[language]}."
    return Finding(ID, "warn", name, message, 0, len(text))


def _fields(candidate: Content) -> tuple[list[tuple[str, str]], str]:
    """Names and texts without what is verbatim, and all texts as one."""
    fields = [(name, without_verbatim(text)) for name, text in candidate.texts()]
    return fields, "\n".join(text for _, text in fields)


def _sentences(name: str, text: str, language: str) -> Iterator[Finding]:
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if _words(sentence) < FEWEST_WORDS:
            continue
        found, probability = identified(sentence)
        if found != language and probability >= SURE_OF_SENTENCE:
            message = f"This sentence seems to be {NAMES[found]}."
            yield Finding(ID, "warn", name, message, *match.span())


def identified(text: str) -> tuple[str, float]:
    """The most likely of our languages, and how likely it is, from 0 to 1."""
    language, probability = _identifier().classify(text)
    return str(language), float(probability)


@cache
def _identifier() -> Any:
    """The model, restricted to our languages: a second to load, once per process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(NAMES))
    return identifier


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))
