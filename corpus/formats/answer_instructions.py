"""The sentence that tells a model how to answer, in each language.

It is no part of the accepted question: each program adds the one its scorer needs.
"""

from __future__ import annotations

from typing import Final

#: For scorers that know the words of every language.
YES_NO: Final[dict[str, str]] = {
    "en": "Please answer yes or no.",
    "fr": "Répondez par oui ou par non.",
    "de": "Bitte antworten Sie mit Ja oder Nein.",
    "it": "Rispondi con sì o no.",
    "es": "Responda sí o no.",
}

#: For scorers that know the English words alone: asked in the reader's language.
ENGLISH_YES_NO: Final[dict[str, str]] = {
    "en": "Please answer yes or no.",
    "fr": "Répondez uniquement par Yes ou No.",
    "de": "Bitte antworten Sie nur mit Yes oder No.",
    "it": "Rispondi soltanto con Yes o No.",
    "es": "Responda únicamente con Yes o No.",
}

LETTER: Final[dict[str, str]] = {
    "en": "Reply with the letter of the right option only.",
    "fr": "Répondez uniquement par la lettre de la bonne réponse.",
    "de": "Antworten Sie nur mit dem Buchstaben der richtigen Antwort.",
    "it": "Rispondi soltanto con la lettera della risposta corretta.",
    "es": "Responda únicamente con la letra de la respuesta correcta.",
}
