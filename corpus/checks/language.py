"""The text is in its language, all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cache
from typing import Any

from corpus.checks.finding import NO_CONTEXT, Context, Finding
from corpus.checks.spans import without_verbatim
from corpus.content import Content
from corpus.languages import NAMES

ID = "language/2"

#: Fewer words than this, of two letters or more, say too little.
FEWEST_WORDS = 5

#: How sure the identification of the whole, and of one sentence in it, must be.
SURE = 0.8
SURE_OF_SENTENCE = 0.9

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s|$)[^.!?\n]+)*[.!?]*")
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(
    source: Content, candidate: Content, language: str, context: Context = NO_CONTEXT
) -> Iterator[Finding]:
    """Warns of a text, or of a sentence in it, in another language.

    It may be in those of `context["languages"]` and in its own; all of ours, if there
    is no such list.
    """
    if language not in NAMES:
        return
    ours = _known(language, context.get("languages", ()))
    fields, joined = _fields(candidate)
    if whole := _whole(fields, joined, language, ours):
        yield whole
        return
    for name, text in fields:
        if text.strip() != joined.strip() or len(_SENTENCE.findall(text)) > 1:
            yield from _sentences(name, text, language, ours)


def of_whole(
    candidate: Content, language: str, context: Context = NO_CONTEXT
) -> Finding | None:
    """The finding that all of it, not only a sentence, is in another language."""
    ours = _known(language, context.get("languages", ()))
    return _whole(*_fields(candidate), language, ours)


def _whole(
    fields: list[tuple[str, str]], joined: str, language: str, ours: tuple[str, ...]
) -> Finding | None:
    if _words(joined) < FEWEST_WORDS:
        return None
    found, probability = identified(joined, ours)
    if found == language or probability < SURE:
        return None
    name, text = max(fields, key=lambda field: len(field[1]))
    message = f"This seems to be {NAMES[found]}, not {NAMES[language]}."
    return Finding(ID, "warn", name, message, 0, len(text))


def _fields(candidate: Content) -> tuple[list[tuple[str, str]], str]:
    """Names and texts without what is verbatim, and all texts as one."""
    fields = [(name, without_verbatim(text)) for name, text in candidate.texts()]
    return fields, "\n".join(text for _, text in fields)


def _known(language: str, spoken: Iterable[str]) -> tuple[str, ...]:
    """The languages to choose from, always in the same order."""
    wanted = {language, *spoken} if spoken else set(NAMES)
    return tuple(code for code in NAMES if code in wanted)


def _sentences(
    name: str, text: str, language: str, ours: tuple[str, ...]
) -> Iterator[Finding]:
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if _words(sentence) < FEWEST_WORDS:
            continue
        found, probability = identified(sentence, ours)
        if found != language and probability >= SURE_OF_SENTENCE:
            message = f"This sentence seems to be {NAMES[found]}."
            yield Finding(ID, "warn", name, message, *match.span())


def identified(text: str, ours: tuple[str, ...] = tuple(NAMES)) -> tuple[str, float]:
    """The most likely of these languages, and how likely it is, from 0 to 1."""
    language, probability = _identifier(ours).classify(text)
    return str(language), float(probability)


@cache
def _identifier(ours: tuple[str, ...]) -> Any:
    """The model, restricted to these languages: it tells no others apart from them."""
    restricted = copy(_model())
    restricted.set_languages(list(ours))
    return restricted


@cache
def _model() -> Any:
    """A second to load, once per process, whatever it is restricted to."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))
