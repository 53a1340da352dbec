"""A training set: parquet shards in one folder per language, as `datasets` loads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from corpus.content import Kind
from corpus.formats import training_shards
from corpus.formats.release import Part, ReleaseError, in_order, key_of
from corpus.formats.training_columns import columns
from corpus.formats.training_shards import SHARD_BYTES, Layout
from corpus.record import ReleaseItem


def write_language(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    language: str,
    kinds: Collection[Kind],
    embed_images: bool,
    share: float = 0.0,
    shard_bytes: int = SHARD_BYTES,
) -> list[Part]:
    """Writes `<language>/<split>-00000-of-0000N.parquet` below `folder`.

    The same bytes with and without the other languages. `items` are sorted by dataset
    and key; no item, no file. `kinds` are all kinds of the release; `share` of the
    pictures is held out as the split "test". One row group of each split is held in
    memory. Raises ReleaseError.
    """
    chosen = columns(kinds, embed_images=embed_images)
    return training_shards.write_language(
        _announced(in_order(items), kinds),
        folder,
        language=language,
        layout=Layout(chosen, embed_images, share, shard_bytes),
    )


def _announced(
    items: Iterable[ReleaseItem], kinds: Collection[Kind]
) -> Iterator[ReleaseItem]:
    for item in items:
        if item.content.kind not in kinds:
            raise ReleaseError(
                f"{key_of(item)} is a {item.content.kind}, not announced."
            )
        yield item
