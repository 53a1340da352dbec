"""A training set as WebDataset: tar shards of pictures, each with its JSON beside it.

A shard holds pictures of one format, since readers take the first rows for the shape
of all: load `<language>/<split>-jpg-*.tar` and `<split>-png-*.tar` one at a time.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from corpus.formats import splits
from corpus.formats.messages_turns import turns
from corpus.formats.release import (
    Part,
    ReleaseError,
    forget_unfinished,
    in_order,
    key_of,
    original_bytes,
    suffix_of,
)
from corpus.formats.training_facts import facts, identity
from corpus.record import ReleaseItem

SHARD_BYTES: Final = 500_000_000
_BLOCK = 512


def write_language(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    language: str,
    share: float = 0.0,
    shard_bytes: int = SHARD_BYTES,
) -> list[Part]:
    """Writes `<language>/<split>-<format>-00000-of-0000N.tar` below `folder`.

    The same bytes with and without the other languages. `items` are sorted by dataset
    and key, and each has an image; one is in memory at a time. Raises ReleaseError.
    """
    home = folder / language
    home.mkdir(parents=True, exist_ok=True)
    if any(home.glob("*.tar")):
        raise ReleaseError(f"{language} already holds shards.")
    forget_unfinished(home)
    splits.names(share)
    shards: dict[tuple[str, str], _Shards] = {}
    try:
        for item in in_order(items):
            if item.language != language:
                raise ReleaseError(f"{key_of(item)} does not belong to {language}.")
            picture, suffix = _picture(item)
            place = splits.split_of(item, share), suffix
            if place not in shards:
                shards[place] = _Shards(home, *place, shard_bytes)
            shards[place].add(item, picture)
        return [part for place in sorted(shards) for part in shards[place].finish()]
    except BaseException:
        for opened in shards.values():
            opened.discard()
        raise


def refusals(item: ReleaseItem) -> list[str]:
    """Why this item fits no WebDataset; empty if it does."""
    return [] if item.image_path else ["it has no image, so it fits no WebDataset"]


def _picture(item: ReleaseItem) -> tuple[bytes, str]:
    """The bytes and their format."""
    if reasons := refusals(item):
        raise ReleaseError(f"{key_of(item)}: {reasons[0]}.")
    picture = original_bytes(item)
    suffix = suffix_of(picture).removeprefix(".")
    if suffix == "bin":
        raise ReleaseError(f"{key_of(item)} has an image of an unknown format.")
    return picture, suffix


def _described(item: ReleaseItem) -> bytes:
    messages = [
        {"role": role, "content": text}
        for turn in turns(item)
        for role, text in zip(("user", "assistant"), turn, strict=True)
    ]
    return json.dumps(
        {"messages": messages, **facts(item)}, ensure_ascii=False
    ).encode()


class _Shards:
    """The shards of one split and format. Their names need the total."""

    def __init__(self, folder: Path, split: str, suffix: str, limit: int) -> None:
        self.folder = folder
        self.split = split
        self.suffix = suffix
        self.limit = limit
        self.counts: list[int] = []
        self.tar: tarfile.TarFile | None = None

    def add(self, item: ReleaseItem, picture: bytes) -> None:
        """A reader takes everything before the first dot as the key of a row."""
        key = hashlib.sha256(identity(item).encode()).hexdigest()[:32]
        described = _described(item)
        size = len(picture) + len(described) + 2 * _BLOCK
        if self.tar is not None and self.tar.offset + size > self.limit:
            self._close()
        tar = self.tar or self._open()
        for suffix, content in ((self.suffix, picture), ("json", described)):
            member = tarfile.TarInfo(f"{key}.{suffix}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        self.counts[-1] += 1

    def finish(self) -> list[Part]:
        self._close()
        parts = []
        for position, rows in enumerate(self.counts):
            name = f"{self._stem(position)}-of-{len(self.counts):05}.tar"
            path = self._unfinished(position).rename(self.folder / name)
            language, size = self.folder.name, path.stat().st_size
            parts.append(Part(f"{language}/{name}", language, self.split, rows, size))
        return parts

    def discard(self) -> None:
        """Nothing stays, even where the disk is full."""
        if self.tar is not None and self.tar.fileobj is not None:
            with suppress(OSError):
                self.tar.fileobj.close()
        for position in range(len(self.counts)):
            self._unfinished(position).unlink(missing_ok=True)

    def _open(self) -> tarfile.TarFile:
        self.counts.append(0)
        path = self._unfinished(len(self.counts) - 1)
        self.tar = tarfile.TarFile(path, "w", format=tarfile.USTAR_FORMAT)
        return self.tar

    def _close(self) -> None:
        tar, self.tar = self.tar, None
        if tar is not None:
            tar.close()

    def _stem(self, position: int) -> str:
        return f"{self.split}-{self.suffix}-{position:05}"

    def _unfinished(self, position: int) -> Path:
        return self.folder / f"{self._stem(position)}.unfinished"
