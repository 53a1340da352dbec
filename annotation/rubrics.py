"""The rubric a new project starts with. A project may bring its own."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from annotation.models import Criterion, Rubric

ORDINAL: Final = Criterion.Scale.ORDINAL
BINARY: Final = Criterion.Scale.BINARY

#: The criterion whose highest point says that a text goes beyond its image.
GROUNDING: Final = "ungrounded"

GUIDELINE: Final = """\
Look at the image first, then read the English source, then the candidate.
Judge what the candidate says, not what you would have written.
Accept with edits when a small correction makes it right; reject when it would have to
be written anew. If the image does not load or you cannot tell, say “Cannot judge”.
"""


def _points(*labels: str) -> list[dict[str, Any]]:
    return [{"value": n, "label": label} for n, label in enumerate(labels, 1)]


CRITERIA: Final[list[dict[str, Any]]] = [
    {
        "code": "adequacy",
        "question": "Does it say what the English source says?",
        "help": "Meaning only: nothing lost, nothing added, nothing changed.",
        "scale": ORDINAL,
        "points": _points("No", "Partly", "Mostly", "Fully"),
        "kinds": [],
    },
    {
        "code": "fluency",
        "question": "Does it read as a native speaker would write it?",
        "help": "Grammar, word choice and typography of the language itself.",
        "scale": ORDINAL,
        "points": _points("Broken", "Awkward", "Good", "Native"),
        "kinds": [],
    },
    {
        "code": GROUNDING,
        "question": "Does it say something that is not in the image?",
        "help": "An object, number, colour or relation that the image does not show.",
        "scale": BINARY,
        "points": [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}],
        "kinds": ["caption", "question_answer", "conversation"],
    },
    {
        "code": "key_preserved",
        "question": "Is the marked key still the only right answer?",
        "help": "Translation can make a second option right, or give the key away.",
        "scale": BINARY,
        "points": [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}],
        "kinds": ["multiple_choice", "yes_no"],
    },
]


@transaction.atomic
def standard() -> Rubric:
    """The standard rubric, made on first use."""
    rubric, made = Rubric.objects.get_or_create(
        name="multilingual-image-text", version=1, defaults={"guideline": GUIDELINE}
    )
    if made:
        Criterion.objects.bulk_create(
            Criterion(rubric=rubric, order=order, **criterion)
            for order, criterion in enumerate(CRITERIA, 1)
        )
    return rubric
