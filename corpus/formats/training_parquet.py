"""A training set: parquet shards in one folder per language, as `datasets` loads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.content import Kind
from corpus.formats.release import Part, ReleaseError, in_order, key_of
from corpus.formats.training_columns import Column, columns, schema
from corpus.record import ReleaseItem

SHARD_BYTES = 500_000_000
GROUP_BYTES = 100_000_000
GROUP_ROWS_WITH_IMAGES = 100
GROUP_ROWS = 10_000

#: Columns with few different values; the others are cheaper without a dictionary.
_REPEATING = (
    "dataset",
    "revision",
    "language",
    "kind",
    "origin",
    "model",
    "model_revision",
    "prompt_template",
    "prompt_hash",
    "licence",
    "category",
)


def write(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    kinds: Collection[Kind],
    embed_images: bool,
    split: str = "train",
    shard_bytes: int = SHARD_BYTES,
) -> list[Part]:
    """Writes `<language>/<split>-00000-of-0000N.parquet` below `folder`.

    `items` are sorted by language, dataset, key; `kinds` are all kinds among them.
    At most one row group is held in memory. Raises ReleaseError.
    """
    chosen = columns(kinds, embed_images=embed_images)
    parts: list[Part] = []
    for language, own in groupby(in_order(items), key=lambda item: item.language):
        rows = _rows(own, chosen, kinds)
        shards = _Shards(folder / language, split, chosen, shard_bytes)
        counts = shards.write(_groups(rows, embed_images=embed_images))
        parts += [
            Part(f"{language}/{path.name}", language, split, count, path.stat().st_size)
            for path, count in counts
        ]
    if not parts:
        raise ReleaseError("There is no item to release.")
    return parts


def _rows(
    items: Iterator[ReleaseItem], chosen: tuple[Column, ...], kinds: Collection[Kind]
) -> Iterator[dict[str, Any]]:
    for item in items:
        if item.content.kind not in kinds:
            raise ReleaseError(
                f"{key_of(item)} is a {item.content.kind}, not announced."
            )
        yield {column.name: column.value(item) for column in chosen}


def _groups(
    rows: Iterator[dict[str, Any]], *, embed_images: bool
) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """Row groups with their size in bytes: viewers refuse to open large ones."""
    most = GROUP_ROWS_WITH_IMAGES if embed_images else GROUP_ROWS
    group: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        width = _size(row)
        if group and (len(group) == most or size + width > GROUP_BYTES):
            yield group, size
            group, size = [], 0
        group.append(row)
        size += width
    if group:
        yield group, size


def _size(value: Any) -> int:
    """About how many bytes a value takes, before compression."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    if isinstance(value, list):
        return sum(map(_size, value))
    return 8


class _Shards:
    """The files of one language. Their names need the total, so they are given last."""

    def __init__(
        self, folder: Path, split: str, chosen: tuple[Column, ...], limit: int
    ) -> None:
        self.folder = folder
        self.split = split
        self.schema = schema(chosen)
        self.dictionary = [c.name for c in chosen if c.name in _REPEATING]
        self.limit = limit
        self.counts: list[int] = []

    def write(
        self, groups: Iterator[tuple[list[dict[str, Any]], int]]
    ) -> list[tuple[Path, int]]:
        self.folder.mkdir(parents=True, exist_ok=True)
        if any(self.folder.glob(f"{self.split}-*")):
            raise ReleaseError(f"{self.folder.name} already holds {self.split} files.")
        try:
            self._write(groups)
        except BaseException:
            for position in range(len(self.counts)):
                self._unfinished(position).unlink(missing_ok=True)
            raise
        return self._named()

    def _write(self, groups: Iterator[tuple[list[dict[str, Any]], int]]) -> None:
        writer, filled = None, 0
        try:
            for rows, size in groups:
                if writer is not None and filled + size > self.limit:
                    writer.close()
                    writer = None
                if writer is None:
                    writer, filled = self._open(), 0
                table = pa.Table.from_pylist(rows, schema=self.schema)
                writer.write_table(table, row_group_size=len(rows))
                self.counts[-1] += len(rows)
                filled += size
        finally:
            if writer is not None:
                writer.close()

    def _open(self) -> Any:
        self.counts.append(0)
        return pq.ParquetWriter(
            self._unfinished(len(self.counts) - 1),
            self.schema,
            version="2.6",
            compression="zstd",
            compression_level=3,
            use_dictionary=self.dictionary,
            write_page_index=True,
        )

    def _unfinished(self, position: int) -> Path:
        return self.folder / f"{self.split}-{position:05}.unfinished"

    def _named(self) -> list[tuple[Path, int]]:
        total = len(self.counts)
        named = []
        for position, count in enumerate(self.counts):
            path = self.folder / f"{self.split}-{position:05}-of-{total:05}.parquet"
            self._unfinished(position).rename(path)
            named.append((path, count))
        return named
