"""A training set as chats: `images` and `messages`, as TRL and its kin load them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.formats import training_shards
from corpus.formats.messages_turns import turns
from corpus.formats.release import Part, ReleaseError, in_order, key_of
from corpus.formats.training_facts import COMMON, IMAGE_SHA256, IMAGE_URL, ORIGIN
from corpus.formats.training_fields import (
    PICTURE,
    PICTURE_TYPE,
    STRING,
    Column,
    picture,
)
from corpus.formats.training_shards import SHARD_BYTES, Layout
from corpus.formats.training_upstream import further
from corpus.record import ReleaseItem

_PART_TYPE = pa.struct([("type", pa.string()), ("text", pa.string())])
_MESSAGE_TYPE = pa.struct([("role", pa.string()), ("content", pa.list_(_PART_TYPE))])


def columns(*, embed_images: bool) -> tuple[Column, ...]:
    """The columns, in order. Without embedding, `images` holds addresses to fetch."""
    images = Column(
        "images",
        pa.list_(PICTURE_TYPE),
        {"feature": PICTURE, "_type": "Sequence"},
        "the image of the first question" if embed_images else "where the image is",
        _embedded if embed_images else _addressed,
    )
    messages = Column(
        "messages",
        pa.list_(_MESSAGE_TYPE),
        [{"role": STRING, "content": [{"type": STRING, "text": STRING}]}],
        "the dialogue; a part of type image stands for the image",
        _messages(attrgetter("image_path" if embed_images else "image_url")),
    )
    every = (images, messages, *COMMON, IMAGE_URL, IMAGE_SHA256, *ORIGIN)
    return (*every, further(every))


def write_language(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    language: str,
    embed_images: bool,
    share: float = 0.0,
    shard_bytes: int = SHARD_BYTES,
) -> list[Part]:
    """As training_parquet.write_language, with a dialogue in each row."""
    return training_shards.write_language(
        in_order(items),
        folder,
        language=language,
        layout=Layout(
            columns(embed_images=embed_images), embed_images, share, shard_bytes
        ),
    )


def _embedded(item: ReleaseItem) -> list[dict[str, Any]]:
    return [picture(item)] if item.image_path else []


def _addressed(item: ReleaseItem) -> list[dict[str, Any]]:
    if item.image_path and not item.image_url:
        raise ReleaseError(
            f"{key_of(item)} has an image without an address; embed the images."
        )
    return [{"bytes": None, "path": item.image_url}] if item.image_url else []


def _messages(
    image: Callable[[ReleaseItem], str],
) -> Callable[[ReleaseItem], list[dict[str, Any]]]:
    def value(item: ReleaseItem) -> list[dict[str, Any]]:
        return [
            {"role": role, "content": content}
            for role, content in _contents(item, has_image=bool(image(item)))
        ]

    return value


def _contents(
    item: ReleaseItem, *, has_image: bool
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """TRL takes an image part for a slot only if it has no field of that name."""
    before = [{"type": "image", "text": None}] if has_image else []
    for question, answer in turns(item):
        yield "user", [*before, {"type": "text", "text": question}]
        yield "assistant", [{"type": "text", "text": answer}]
        before = []
