"""An item as a dialogue: what the user asks about the image, and what is answered."""

from __future__ import annotations

from typing import Final

from corpus.content import Caption, Conversation, QuestionAnswer
from corpus.formats.release import ReleaseError, key_of
from corpus.record import ReleaseItem

#: What the user says for a caption to be the answer.
CAPTION_PROMPTS: Final = {
    "en": "Describe this image.",
    "fr": "Décris cette image.",
    "de": "Beschreibe dieses Bild.",
    "it": "Descrivi questa immagine.",
    "es": "Describe esta imagen.",
}


def turns(item: ReleaseItem) -> list[tuple[str, str]]:
    """Question and answer of each turn. Explanations are no part of the dialogue.

    Raises ReleaseError for benchmark items, which nobody trains on, and for a caption
    in a language without a prompt.
    """
    content = item.content
    match content:
        case Caption():
            prompt = CAPTION_PROMPTS.get(item.language)
            if prompt is None:
                raise ReleaseError(
                    f"{key_of(item)} is a caption in a language without a prompt."
                )
            return [(prompt, content.caption)]
        case QuestionAnswer():
            return [(content.question, content.answer)]
        case Conversation():
            return [(turn.question, turn.answer) for turn in content.turns]
        case _:
            raise ReleaseError(
                f"{key_of(item)} is a {content.kind}, which no training set holds."
            )
