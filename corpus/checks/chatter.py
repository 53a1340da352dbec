"""The text is the answer alone, without remarks of the program that wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, all_fields
from corpus.content import Content

ID = "chatter/1"

_REMARKS = (
    r"\bhere(?:'s|’s| is) (?:the|my|a|your) (?:\w+ )?(?:translation|translated)",
    r"\b(?:i have|i've) translated\b",
    r"\b(?:translation|translated text)\s*:",
    r"\bvoici (?:la|une|ma|votre) traduction",
    r"\btraduction\s*:",
    r"\b(?:hier ist|hier die|dies ist) (?:die |eine |meine |ihre )?übersetzung",
    r"\bübersetzung\s*:",
    r"\becco (?:la|una|la mia) traduzione",
    r"\btraduzione\s*:",
    r"\baquí (?:está|tienes?|va) (?:la|una|mi|su|tu) traducción",
    r"\btraducción\s*:",
    r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b",
    r"\ben tant qu(?:e modèle|['’](?:ia|intelligence artificielle))\b",
    r"\bals (?:ki|künstliche intelligenz|sprachmodell|ki-(?:modell|assistent))\b",
    r"\bcome (?:ia|intelligenza artificiale|modello linguistico)\b",
    r"\bcomo (?:ia|inteligencia artificial|modelo de lenguaje)\b",
    r"</?think(?:ing)?>",
    r"<\|(?:im_start|im_end|endoftext|assistant|eot_id)\|>",
)
_REMARK = re.compile("|".join(_REMARKS), re.I)
_FENCED = re.compile(r"\s*```.*```\s*", re.S)
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("'", "'"), ("‘", "’"))


def check(source: Content, candidate: Content, language: str) -> Iterator[Finding]:
    """Blocks remarks, and quotation marks or a code fence around the whole text."""
    for name, original, text in all_fields(source, candidate):
        remark = _REMARK.search(text)
        if remark and not _REMARK.search(original):
            message = "This is a remark of the program that wrote the text."
            yield Finding(ID, "block", name, message, *remark.span())
        if _FENCED.fullmatch(text) and not _FENCED.fullmatch(original):
            message = "The whole text is marked as code."
            yield Finding(ID, "block", name, message, 0, len(text))
        if _is_quoted(text) and not _is_quoted(original):
            message = "The whole text stands in quotation marks."
            yield Finding(ID, "block", name, message, 0, len(text))


def _is_quoted(text: str) -> bool:
    inner = text.strip()
    if len(inner) < 3:
        return False
    return any(
        inner.startswith(opening)
        and inner.endswith(closing)
        and opening not in inner[1:-1]
        and closing not in inner[1:-1]
        for opening, closing in _QUOTES
    )
