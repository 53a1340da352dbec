"""The columns of a training set: name, arrow type, feature, and where each comes from.

A set of one kind begins with the columns of the source it comes from, in its order
and under its names, so that programs written for the source read it. A set of several
kinds has one column per field of any of them, empty where a kind has no such field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus.content import KINDS, Kind, canonical_json, dump
from corpus.formats.release import original_bytes, suffix_of
from corpus.record import ReleaseItem

#: Provenance fields that get a column of their own, as text.
PROVENANCE = ("model", "model_revision", "prompt_template", "prompt_hash")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column. `feature` is its description for the `datasets` library.

    Lists are described the old way ("Sequence", or a JSON list for structs): releases
    of `datasets` before 4 refuse the newer spelling, all of them read this one.
    """

    name: str
    type: Any
    feature: Any
    meaning: str
    value: Callable[[ReleaseItem], Any]


_STRING = {"dtype": "string", "_type": "Value"}
_TURN = ("question", "answer", "explanation")


def _text(name: str, meaning: str, value: Callable[[ReleaseItem], str]) -> Column:
    return Column(name, pa.string(), _STRING, meaning, value)


def _texts(
    name: str, meaning: str, value: Callable[[ReleaseItem], list[str]]
) -> Column:
    feature = {"feature": _STRING, "_type": "Sequence"}
    return Column(name, pa.list_(pa.string()), feature, meaning, value)


def _number(name: str, meaning: str, value: Callable[[ReleaseItem], int]) -> Column:
    feature = {"dtype": "int64", "_type": "Value"}
    return Column(name, pa.int64(), feature, meaning, value)


def _field(name: str) -> Callable[[ReleaseItem], Any]:
    """The field of the accepted text, or nothing where its kind has no such field."""

    def value(item: ReleaseItem) -> Any:
        return dump(item.content).get(name)

    return value


def _made(name: str) -> Callable[[ReleaseItem], str]:
    """One fact of the provenance, as text."""

    def value(item: ReleaseItem) -> str:
        fact = item.provenance.get(name)
        return "" if fact is None else str(fact)

    return value


def _answer(item: ReleaseItem) -> Any:
    fields = dump(item.content)
    return fields.get("answer", fields.get("key"))


def _image(item: ReleaseItem) -> dict[str, Any] | None:
    if not item.image_path:
        return None
    picture = original_bytes(item)
    return {"bytes": picture, "path": item.image_sha256 + suffix_of(picture)}


IMAGE_URL = _text(
    "image_url", "where upstream says the image is", lambda i: i.image_url
)
IMAGE_SHA256 = _text(
    "image_sha256", "SHA-256 of the image bytes", lambda i: i.image_sha256
)
CAPTION = _text("caption", "the description", _field("caption"))
TRANSCRIPTS = _texts(
    "transcripts",
    "the spoken English originals, as upstream",
    lambda i: list(i.upstream.get("transcripts") or []),
)
QUESTION = _text("question", "the question", _field("question"))
ANSWER = _text(
    "answer", "the answer; the letter, or Yes/No in English, for benchmarks", _answer
)
HINT = _text("hint", "context shown with the question", _field("hint"))
OPTIONS = _texts("options", "the options in order", _field("options"))
CATEGORY = _text("category", "the upstream category", _field("category"))
TURNS = Column(
    "turns",
    pa.list_(pa.struct([(name, pa.string()) for name in _TURN])),
    [dict.fromkeys(_TURN, _STRING)],
    "the turns of a conversation",
    _field("turns"),
)
IMAGE = Column(
    "image",
    pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
    {"_type": "Image"},
    "the image, its original bytes",
    _image,
)

_OWN: dict[Kind, tuple[Column, ...]] = {
    "caption": (IMAGE_URL, CAPTION, TRANSCRIPTS),
    "question_answer": (IMAGE_URL, IMAGE_SHA256, QUESTION, ANSWER),
    "conversation": (TURNS,),
    "multiple_choice": (QUESTION, HINT, OPTIONS, ANSWER, CATEGORY),
    "yes_no": (QUESTION, ANSWER, CATEGORY),
}

_COMMON = (
    _text(
        "id",
        "dataset and key: the same in every language",
        lambda i: f"{i.dataset}/{i.key}",
    ),
    _text("dataset", "the upstream set", lambda i: i.dataset),
    _text("revision", "its revision", lambda i: i.revision),
    _text("key", "the identity of the item in it", lambda i: i.key),
    _text("language", "ISO 639-1 code", lambda i: i.language),
    _text("kind", "one of " + ", ".join(KINDS), lambda i: i.content.kind),
)

_ORIGIN = (
    _text(
        "origin",
        "source, regenerated, translated or native",
        lambda i: i.origin,
    ),
    *(_text(name, "provenance of the text", _made(name)) for name in PROVENANCE),
    _number("candidate_id", "the judged text", lambda i: i.candidate_id),
    _number("judgments", "how many people judged it", lambda i: i.judgments),
    _text("licence", "SPDX id", lambda i: i.licence),
    _text(
        "upstream",
        "further upstream columns, as JSON",
        lambda i: canonical_json(dict(i.upstream)),
    ),
)


def columns(kinds: Collection[Kind], *, embed_images: bool) -> tuple[Column, ...]:
    """The columns of a set with these kinds, in order."""
    own = [column for kind in KINDS if kind in kinds for column in _OWN[kind]]
    image = (IMAGE,) if embed_images else ()
    every = (*own, *_COMMON, *image, IMAGE_URL, IMAGE_SHA256, *_ORIGIN)
    return tuple(dict.fromkeys(every))


def schema(chosen: tuple[Column, ...]) -> Any:
    """The arrow schema, with the description that makes `image` an Image on load."""
    features = {column.name: column.feature for column in chosen}
    described = json.dumps({"info": {"features": features}})
    fields = [(column.name, column.type) for column in chosen]
    return pa.schema(fields, metadata={"huggingface": described})
