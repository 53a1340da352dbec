"""The rubrics a project can start with. Data alone.

A stored rubric is never written again: to change one of these, raise its version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from annotation.rubrics.examples import FLUENCY

#: The criterion whose highest point says that a text goes beyond its image.
GROUNDING: Final = "ungrounded"
ORDINAL: Final = "ordinal"
BINARY: Final = "binary"

Point = dict[str, Any]
DESCRIBING: Final = ["caption", "question_answer", "conversation"]
ASKING: Final = ["question_answer", "conversation", "multiple_choice", "yes_no"]
KEYED: Final = ["multiple_choice", "yes_no"]


@dataclass(frozen=True, slots=True)
class Ready:
    """A rubric to start with: the name and version it is stored under, and its words."""

    name: str
    title: str
    summary: str
    guideline: str
    criteria: tuple[dict[str, Any], ...]
    version: int = 1


def _guideline(*paragraphs: str) -> str:
    """What is particular to a rubric, and then when to accept."""
    ending = (
        "Accept with edits when a small correction makes it right; reject when it would "
        "have to be written anew. If the image does not load or you cannot tell, say "
        "“Cannot judge”."
    )
    return "\n".join((*paragraphs, ending))


def _points(*labels: str) -> list[Point]:
    return [{"value": n, "label": label} for n, label in enumerate(labels, 1)]


def _explained(*points: tuple[str, str]) -> list[Point]:
    """Four named points, each with what it takes, worst first."""
    return [
        {"value": n, "label": label, "help": help_text}
        for n, (label, help_text) in enumerate(points, 1)
    ]


def _asked(
    code: str, question: str, help_text: str, points: list[Point], kinds: list[str]
) -> dict[str, Any]:
    return {
        "code": code,
        "question": question,
        "help": help_text,
        "scale": ORDINAL,
        "points": points,
        "kinds": kinds,
    }


_UNGROUNDED: Final[dict[str, Any]] = {
    "code": GROUNDING,
    "question": "Does it say something that is not in the image?",
    "help": "An object, number, colour or relation that the image does not show.",
    "scale": BINARY,
    "points": [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}],
    "kinds": DESCRIBING,
}
_FLUENT_POINTS: Final = [
    point | {"examples": examples}
    for point, examples in zip(
        _explained(
            ("Broken", "Grammar or words are so wrong that it is hard to follow."),
            ("Awkward", "It can be understood, but it reads like a translation."),
            ("Good", "Correct throughout; one wording could be more natural."),
            ("Native", "Nothing tells that a native speaker did not write it."),
        ),
        FLUENCY,
        strict=True,
    )
]


def _fluency(code: str) -> dict[str, Any]:
    return _asked(
        code,
        "Does it read as a native speaker would write it?",
        "Grammar, word choice and typography of the language itself.",
        _FLUENT_POINTS,
        [],
    )


STANDARD: Final = Ready(
    name="multilingual-image-text",
    title="Standard",
    summary="Adequacy and fluency of every text, grounding, and whether keys hold.",
    guideline="""\
Look at the image first, then read the English source, then the candidate.
Judge what the candidate says, not what you would have written.
Accept with edits when a small correction makes it right; reject when it would have to
be written anew. If the image does not load or you cannot tell, say “Cannot judge”.
""",
    criteria=(
        _asked(
            "adequacy",
            "Does it say what the English source says?",
            "Meaning only: nothing lost, nothing added, nothing changed.",
            _points("No", "Partly", "Mostly", "Fully"),
            [],
        ),
        _asked(
            "fluency",
            "Does it read as a native speaker would write it?",
            "Grammar, word choice and typography of the language itself.",
            _points("Broken", "Awkward", "Good", "Native"),
            [],
        ),
        _UNGROUNDED,
        {
            "code": "key_preserved",
            "question": "Is the marked key still the only right answer?",
            "help": "Translation can make a second option right, or give the key away.",
            "scale": BINARY,
            "points": [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}],
            "kinds": KEYED,
        },
    ),
)

CAPTION: Final = Ready(
    name="ready.caption",
    title="Caption",
    summary="How well a description holds to its image, how much it tells, how it reads.",
    guideline=_guideline(
        "Look at the image until you could describe it yourself, then read the "
        "candidate.",
        "Check one statement after the other against the image: objects, counts, "
        "colours, places, writing. What the image does not show is ungrounded, "
        "even if it is likely.",
        "The English source is a help, not the measure: where it is wrong, the "
        "image decides.",
    ),
    criteria=(
        _asked(
            "grounding",
            "How far is what it says borne out by the image?",
            "Take each statement by itself. Leave out what it does not mention.",
            _explained(
                ("Contradicted", "It is about something else, or mostly wrong."),
                ("Partly", "Something that matters is wrong: an object or a count."),
                ("Mostly", "Only a detail is wrong, or cannot be seen for certain."),
                ("Fully", "Every statement can be seen in the image."),
            ),
            ["caption"],
        ),
        _asked(
            "completeness",
            "Does it tell what there is to see?",
            "What a person would miss who cannot see the image.",
            _explained(
                ("Empty", "It would fit many other images as well."),
                ("Gaps", "The main subject, or what it does, is left out."),
                ("Nearly all", "The subject is there; a detail of note is missing."),
                ("All", "Subject, surroundings and what stands out are there."),
            ),
            ["caption"],
        ),
        _fluency("fluency"),
        _UNGROUNDED,
    ),
)

QUESTION_ANSWER: Final = Ready(
    name="ready.question-answer",
    title="Question and answer",
    summary="Whether the image answers the question, and the answer is right.",
    guideline=_guideline(
        "Read the question first and answer it for yourself from the image alone. "
        "Then compare.",
        "A question is answerable if the image settles it; common knowledge may "
        "help, a guess may not. An answer is correct if it is true of this image, "
        "whatever the English source says.",
        "In a conversation judge all turns together: the weakest one decides.",
    ),
    criteria=(
        _asked(
            "answerable",
            "Can the question be answered from the image?",
            "By somebody who sees the image and nothing else.",
            _explained(
                ("No", "It asks for what is not there, or makes no sense."),
                ("Hardly", "One has to guess, or it can be read in several ways."),
                ("Mostly", "The image settles it, though the wording is loose."),
                ("Clearly", "The image settles it, and there is one reading."),
            ),
            ASKING,
        ),
        _asked(
            "correct",
            "Is the answer right?",
            "The answer to this question about this image; options count with the key.",
            _explained(
                ("Wrong", "It is false, or answers another question."),
                ("Partly", "Part of it is right, and something that matters is not."),
                ("Nearly", "Right, but for a detail or its precision."),
                ("Right", "You would have given the same answer."),
            ),
            ASKING,
        ),
        _asked(
            "grounded",
            "Does the answer rest on what the image shows?",
            "Not on what is usual, likely or known from elsewhere.",
            _explained(
                ("Not at all", "It could have been written without the image."),
                ("Weakly", "Its main point is a guess that the image allows."),
                ("Mostly", "Only a remark beside the point is not to be seen."),
                ("Fully", "Whatever it says can be pointed at in the image."),
            ),
            ["question_answer", "conversation"],
        ),
        _fluency("fluent"),
        _UNGROUNDED,
    ),
)

TRANSLATION: Final = Ready(
    name="ready.translation",
    title="Translation",
    summary="Whether the meaning came across, how it reads, and whether the key holds.",
    guideline=_guideline(
        "Read the English source, then the candidate, then look whether the image "
        "bears both out.",
        "Adequacy is about meaning: everything that the source says, and nothing "
        "else. Fluency is about the language: judge it as if you had never seen "
        "the source.",
        "Where there is a key, answer the translated question yourself: the "
        "marked answer must be right, and no other option may have become right. "
        "Letters, numbers and order stay.",
    ),
    criteria=(
        _asked(
            "adequacy",
            "Does it say what the English source says?",
            "Meaning only: nothing lost, nothing added, nothing changed.",
            _explained(
                ("No", "The meaning is another, or most of it is missing."),
                ("Partly", "Something that matters is lost, added or changed."),
                ("Mostly", "Only a shade or a side remark differs."),
                ("Fully", "All of the meaning, and nothing beyond it."),
            ),
            [],
        ),
        _fluency("fluency"),
        _asked(
            "key_preserved",
            "Is the marked key still the only right answer?",
            "Translation can make a second option right, or give the key away.",
            _explained(
                ("Lost", "The marked answer is no longer right."),
                ("Doubtful", "A second option could now be defended."),
                ("Weakened", "Still right, but the wording now hints at it."),
                ("Kept", "As clear, and as hard, as in the source."),
            ),
            KEYED,
        ),
        _UNGROUNDED,
    ),
)

#: What a project may be made with.
READY: Final[dict[str, Ready]] = {
    "standard": STANDARD,
    "caption": CAPTION,
    "question-answer": QUESTION_ANSWER,
    "translation": TRANSLATION,
}
