"""A benchmark as parquet: one folder per language, in the columns of its hub copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path

import pyarrow.parquet as pq

from corpus.formats.benchmark_columns import BenchmarkLayout, layout_of
from corpus.formats.benchmark_rows import Rows, changes
from corpus.formats.benchmark_sets import benchmark_of
from corpus.formats.mme import Wholeness
from corpus.formats.release import (
    Part,
    ReleaseBlocked,
    ReleaseError,
    ReleaseKey,
    in_order,
    key_of,
)
from corpus.formats.training_fields import Column
from corpus.formats.training_shards import SHARD_BYTES, Layout, write_language
from corpus.formats.vlmevalkit_rows import index_of
from corpus.record import ReleaseItem


def refusals(item: ReleaseItem) -> list[str]:
    """Why this item has no place in its benchmark's columns; empty if it has one."""
    if reasons := changes(item):
        return reasons
    layout = layout_of(benchmark_of(item.dataset), item.content.kind)
    options = getattr(item.content, "options", ())
    if layout is None or not 0 < layout.most_options < len(options):
        return []
    most = layout.most_options
    return [f"there are {len(options)} options, the set has columns for {most}"]


def write(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    home: str = "",
    split: str = "test",
    rows: Rows | None = None,
    whole: bool = False,
    shard_bytes: int = SHARD_BYTES,
) -> list[Part]:
    """Writes `<home>/<language>/<split>-00000-of-0000N.parquet` below `folder`.

    Items are sorted by language, dataset, key and are all of one benchmark. `rows`
    says whether copies and repeats are added; `whole` refuses a part of MME. One row
    group is held in memory. Raises ReleaseBlocked naming the items that have no place
    in the columns, and ReleaseError for all else.
    """
    ordered = in_order(items)
    first = next(ordered, None)
    if first is None:
        raise ReleaseError("There is no item to release.")
    layout = _layout(first)
    shards = Layout(layout.columns, embed_images=True, shard_bytes=shard_bytes)
    parts: list[Part] = []
    blocked: list[tuple[ReleaseKey, str]] = []
    every = chain([first], ordered)
    for language, own in groupby(every, key=lambda item: item.language):
        table = _Table(layout, rows or Rows(), blocked)
        made = write_language(
            table.rows(own), folder / home, language=language, layout=shards
        )
        parts += [_named(part, folder, home, split) for part in made]
        if whole and not blocked and (reason := table.wholeness.why_not()):
            raise ReleaseError(f"{language} would not be the whole of MME: {reason}.")
    if blocked:
        for part in parts:
            (folder / part.path).unlink()
        raise ReleaseBlocked(blocked)
    return parts


def columns_of(path: Path) -> tuple[Column, ...]:
    """The columns of a file that `write` made: its rows say of which benchmark it is.

    Raises ReleaseError for another file.
    """
    with pq.ParquetFile(path) as file:
        first = next(file.iter_batches(1, columns=["dataset", "kind"]))
    dataset, kind = first.column("dataset")[0].as_py(), first.column("kind")[0].as_py()
    layout = layout_of(benchmark_of(dataset), kind)
    if layout is None:
        raise ReleaseError(f"{path.name} holds a {kind}: no benchmark.")
    return layout.columns


@dataclass(slots=True)
class _Table:
    """One language on its way into the file."""

    layout: BenchmarkLayout
    choice: Rows
    blocked: list[tuple[ReleaseKey, str]]
    wholeness: Wholeness = field(default_factory=Wholeness)
    indexes: dict[int, ReleaseKey] = field(default_factory=dict)

    def rows(self, items: Iterable[ReleaseItem]) -> Iterator[ReleaseItem]:
        """The rows of all items, until one is blocked: from then on only reasons."""
        for item in items:
            if _layout(item) is not self.layout:
                raise ReleaseError(f"{key_of(item)} is of another benchmark.")
            if reasons := refusals(item) or self.choice.refusals(item):
                self.blocked += [(key_of(item), reason) for reason in reasons]
                continue
            for row in self.choice.of(item):
                self._count(row)
                if not self.blocked:
                    yield row

    def _count(self, row: ReleaseItem) -> None:
        self.wholeness.add(row)
        holder = self.indexes.setdefault(index_of(row), key_of(row))
        if holder != key_of(row):
            self.blocked.append((key_of(row), f"has the index of {holder}"))


def _layout(item: ReleaseItem) -> BenchmarkLayout:
    layout = layout_of(benchmark_of(item.dataset), item.content.kind)
    if layout is None:
        raise ReleaseError(f"{key_of(item)} is a {item.content.kind}: no benchmark.")
    return layout


def _named(part: Part, folder: Path, home: str, split: str) -> Part:
    """The part under the name of its split; shards know training splits only."""
    old = folder / home / part.path
    new = old.with_name(old.name.replace(part.split, split, 1))
    if new.exists():
        old.unlink()
        raise ReleaseError(f"{part.language} already holds {split} files.")
    old.rename(new)
    return replace(part, path=new.relative_to(folder).as_posix(), split=split)
