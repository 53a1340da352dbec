"""One language of a training set: its splits, each in parquet shards of row groups."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.formats import splits
from corpus.formats.release import (
    Part,
    ReleaseError,
    forget_unfinished,
    key_of,
    picture_size,
)
from corpus.formats.training_fields import Column, schema
from corpus.record import ReleaseItem

SHARD_BYTES = 500_000_000
#: Viewers refuse row groups of 300 MB, and memory holds some five groups at a time.
GROUP_BYTES = 32_000_000
GROUP_ROWS_WITH_IMAGES = 100
GROUP_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Layout:
    """What the files hold. `share` of the pictures is held out as the test split."""

    columns: tuple[Column, ...]
    embed_images: bool
    share: float = 0.0
    shard_bytes: int = SHARD_BYTES

    @property
    def group_rows(self) -> int:
        return GROUP_ROWS_WITH_IMAGES if self.embed_images else GROUP_ROWS


def write_language(
    items: Iterable[ReleaseItem], folder: Path, *, language: str, layout: Layout
) -> list[Part]:
    """Writes `<language>/<split>-00000-of-0000N.parquet` below `folder`.

    Depends on nothing but its items, which are sorted by dataset and key. What an
    interrupted attempt left is written anew. Raises ReleaseError.
    """
    home = folder / language
    home.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as background:
        shards = {
            name: _Shards(home, name, layout, background)
            for name in splits.names(layout.share)
        }
        for split in shards.values():
            split.require_new()
        forget_unfinished(home)
        try:
            for item in items:
                if item.language != language:
                    raise ReleaseError(f"{key_of(item)} does not belong to {language}.")
                shards[splits.split_of(item, layout.share)].add(item)
            return [part for split in shards.values() for part in split.finish()]
        except BaseException:
            for split in shards.values():
                split.discard()
            raise


class _Shards:
    """The files of one split. Their names need the total, so they are given last.

    A group is compressed in the background while the next one is put together.
    """

    def __init__(
        self, folder: Path, split: str, layout: Layout, background: Executor
    ) -> None:
        self.folder = folder
        self.split = split
        self.layout = layout
        self.background = background
        self.schema = schema(layout.columns)
        self.waiting: list[ReleaseItem] = []
        self.waiting_bytes = 0
        self.filled = 0
        self.writer: Any = None
        self.writing: Future[None] | None = None
        self.counts: list[int] = []

    def require_new(self) -> None:
        if any(self.folder.glob(f"{self.split}-*.parquet")):
            raise ReleaseError(f"{self.folder.name} already holds {self.split} files.")

    def add(self, item: ReleaseItem) -> None:
        size = _size(item, embed_images=self.layout.embed_images)
        if self.waiting and (
            len(self.waiting) == self.layout.group_rows
            or self.waiting_bytes + size > GROUP_BYTES
        ):
            self._write_group()
        self.waiting.append(item)
        self.waiting_bytes += size

    def finish(self) -> list[Part]:
        """The last group is written, and the files have their names."""
        if self.waiting:
            self._write_group()
        self._close()
        total = len(self.counts)
        language = self.folder.name
        parts = []
        for position, rows in enumerate(self.counts):
            name = f"{self.split}-{position:05}-of-{total:05}.parquet"
            path = self._unfinished(position).rename(self.folder / name)
            size = path.stat().st_size
            parts.append(Part(f"{language}/{name}", language, self.split, rows, size))
        return parts

    def discard(self) -> None:
        """Nothing stays, even where the disk is full."""
        if self.writing is not None:
            wait([self.writing])
            self.writing = None
        with suppress(OSError):
            self._close()
        for position in range(len(self.counts)):
            self._unfinished(position).unlink(missing_ok=True)

    def _write_group(self) -> None:
        items, size = self.waiting, self.waiting_bytes
        self.waiting, self.waiting_bytes = [], 0
        table = self._table(items)
        self._settle()
        if self.filled and self.filled + size > self.layout.shard_bytes:
            self._close()
        if self.writer is None:
            self._open()
        self.writing = self.background.submit(
            self.writer.write_table, table, row_group_size=len(items)
        )
        self.counts[-1] += len(items)
        self.filled += size

    def _table(self, items: list[ReleaseItem]) -> Any:
        arrays = [
            pa.array(list(map(column.value, items)), column.type)
            for column in self.layout.columns
        ]
        return pa.Table.from_arrays(arrays, schema=self.schema)

    def _settle(self) -> None:
        writing, self.writing = self.writing, None
        if writing is not None:
            writing.result()

    def _open(self) -> None:
        self.counts.append(0)
        self.filled = 0
        self.writer = pq.ParquetWriter(
            self._unfinished(len(self.counts) - 1),
            self.schema,
            version="2.6",
            compression="zstd",
            compression_level=3,
            use_dictionary=[c.name for c in self.layout.columns if c.repeats],
            write_page_index=True,
        )

    def _close(self) -> None:
        self._settle()
        writer, self.writer = self.writer, None
        if writer is not None:
            writer.close()

    def _unfinished(self, position: int) -> Path:
        return self.folder / f"{self.split}-{position:05}.unfinished"


def _size(item: ReleaseItem, *, embed_images: bool) -> int:
    """About how many bytes an item takes in its group, before compression."""
    size = 0
    for _, text in item.content.texts():
        size += len(text)
    for cell in item.upstream.values():
        size += len(cell) if isinstance(cell, str) else _length(cell)
    return size + (picture_size(item) if embed_images and item.image_path else 0)


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(_length, value))
    return len(str(value))
