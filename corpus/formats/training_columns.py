"""Which columns a training set has, by the kinds of content in it.

A set of one kind begins with the columns of the source it comes from, in its order
and under its names, so that programs written for the source read it. A set of several
kinds has one column per field of any of them, empty where a kind has no such field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any

from corpus.content import KINDS, Kind
from corpus.formats.training_facts import COMMON, IMAGE_SHA256, IMAGE_URL, ORIGIN
from corpus.formats.training_fields import (
    PICTURE,
    PICTURE_TYPE,
    Column,
    picture,
    text,
    texts,
)
from corpus.formats.training_upstream import (
    CODE,
    DATA,
    METADATA,
    PAIRS,
    SOURCE_SHA256,
    SOURCE_URL,
    TRANSCRIPTS,
    further,
)
from corpus.record import ReleaseItem


def _field(name: str) -> Callable[[ReleaseItem], Any]:
    """The field of the accepted text, or nothing where its kind has no such field."""

    def value(item: ReleaseItem) -> Any:
        return getattr(item.content, name, None)

    return value


def _answer(item: ReleaseItem) -> str | None:
    content = item.content
    return getattr(content, "answer", None) or getattr(content, "key", None)


def _upstream_id(item: ReleaseItem) -> str:
    return str(item.upstream.get("id") or item.key)


CAPTION = text("caption", "the description", _field("caption"))
QUESTION = text("question", "the question", _field("question"))
ANSWER = text(
    "answer", "the answer; the letter, or Yes/No in English, for benchmarks", _answer
)
HINT = text("hint", "context shown with the question", _field("hint"))
OPTIONS = texts("options", "the options in order", _field("options"))
CATEGORY = text("category", "the upstream category", _field("category"), repeats=True)
UPSTREAM_ID = text("id", "the upstream id: the same in every language", _upstream_id)
MEASURED_SHA256 = text(
    "measured_sha256",
    "SHA-256 of the image bytes, as they were fetched",
    attrgetter("image_sha256"),
)
IMAGE = Column(
    "image",
    PICTURE_TYPE,
    PICTURE,
    "the image, its original bytes",
    lambda item: picture(item) if item.image_path else None,
)

_OWN: dict[Kind, tuple[Column, ...]] = {
    "caption": (SOURCE_URL, CAPTION, TRANSCRIPTS),
    "question_answer": (SOURCE_URL, SOURCE_SHA256, QUESTION, ANSWER),
    "conversation": (PAIRS, METADATA, DATA, CODE),
    "multiple_choice": (QUESTION, HINT, OPTIONS, ANSWER, CATEGORY),
    "yes_no": (QUESTION, ANSWER, CATEGORY),
}


def columns(kinds: Collection[Kind], *, embed_images: bool) -> tuple[Column, ...]:
    """The columns of a set with these kinds, in order."""
    image = (IMAGE,) if embed_images else ()
    first = (UPSTREAM_ID, *image) if set(kinds) == {"conversation"} else ()
    own = [column for kind in KINDS if kind in kinds for column in _OWN[kind]]
    claimed = (MEASURED_SHA256,) if "question_answer" in kinds else ()
    where = (IMAGE_URL, IMAGE_SHA256, *claimed)
    every = (*first, *own, *COMMON, *image, *where, *ORIGIN)
    chosen: dict[str, Column] = {}
    for column in every:
        chosen.setdefault(column.name, column)
    return (*chosen.values(), further(tuple(chosen.values())))
