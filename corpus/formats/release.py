"""What all writers share: order, the original picture bytes, and refusals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from os import PathLike
from pathlib import Path
from typing import Protocol, TypeVar

from corpus.record import ReleaseItem


class InLanguage(Protocol):
    """Anything that is in a language."""

    @property
    def language(self) -> str: ...


Item = TypeVar("Item", bound=InLanguage)


class ReleaseError(ValueError):
    """The release cannot be written. The message is one sentence."""


class ReleaseBlocked(ReleaseError):
    """Items that a format would change silently, each with its reason.

    `keys` names them as (dataset, key), so that the caller can leave them out of
    every language and write again.
    """

    def __init__(self, reasons: Sequence[tuple[ReleaseKey, str]]) -> None:
        shown = "; ".join(f"{key}: {reason}" for key, reason in reasons[:5])
        more = f"; and {len(reasons) - 5} more" if len(reasons) > 5 else ""
        super().__init__(f"The release is blocked by {shown}{more}.")
        self.reasons = tuple(reasons)
        self.keys = frozenset((key.dataset, key.key) for key, _ in reasons)


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """Which row of a release: dataset, upstream key and language."""

    dataset: str
    key: str
    language: str

    def __str__(self) -> str:
        return f"{self.dataset}/{self.key} ({self.language})"


@dataclass(frozen=True, slots=True)
class Part:
    """One data file of a release. `path` is relative to its folder, `size` in bytes."""

    path: str
    language: str
    split: str
    rows: int
    size: int


def key_of(item: ReleaseItem) -> ReleaseKey:
    """The identity of an item in messages."""
    return ReleaseKey(item.dataset, item.key, item.language)


def in_order(items: Iterable[ReleaseItem]) -> Iterator[ReleaseItem]:
    """The items unchanged; raises ReleaseError where they are not sorted.

    The order is language, dataset, key by code point (Postgres: COLLATE "C"), so
    that every language of a release has its rows in the same order.
    """
    before: tuple[str, str, str] | None = None
    for item in items:
        here = (item.language, item.dataset, item.key)
        if before is not None and here <= before:
            fault = "appears twice" if here == before else "is out of order"
            raise ReleaseError(f"{key_of(item)} {fault}.")
        before = here
        yield item


def by_language(items: Iterable[Item]) -> Iterator[tuple[str, Iterator[Item]]]:
    """Each language with its items. `in_order` is for whoever walks these.

    Raises ReleaseError where the languages are not sorted, or where there is none.
    """
    before = ""
    for language, own in groupby(items, key=attrgetter("language")):
        if language <= before:
            raise ReleaseError(f"The items in {language!r} are out of order.")
        before = language
        yield language, own
    if not before:
        raise ReleaseError("There is no item to release.")


def forget_unfinished(folder: Path, pattern: str = "*.unfinished") -> None:
    """Removes what an attempt that was killed left, so that no release holds it."""
    for path in folder.glob(pattern):
        path.unlink()


def original_bytes(item: ReleaseItem) -> bytes:
    """The picture as it was imported; raises ReleaseError if the file is not it."""
    return verified_bytes(item.image_path, item.image_sha256)


def picture_size(item: ReleaseItem) -> int:
    """Bytes of the picture file; raises ReleaseError if there is none."""
    try:
        return Path(item.image_path).stat().st_size
    except FileNotFoundError:
        raise ReleaseError(f"The file of image {item.image_sha256} is gone.") from None


def start_of(item: ReleaseItem) -> bytes:
    """How the picture begins, for `suffix_of`; raises ReleaseError if there is none."""
    try:
        with Path(item.image_path).open("rb") as file:
            return file.read(16)
    except FileNotFoundError:
        raise ReleaseError(f"The file of image {item.image_sha256} is gone.") from None


def verified_bytes(path: str | PathLike[str], sha256: str) -> bytes:
    """The file's bytes; raises ReleaseError unless they have this hash."""
    try:
        picture = Path(path).read_bytes()
    except FileNotFoundError:
        raise ReleaseError(f"The file of image {sha256} is gone.") from None
    if hashlib.sha256(picture).hexdigest() != sha256:
        raise ReleaseError(f"The file of image {sha256} is not the one imported.")
    return picture


_SUFFIXES = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)


def suffix_of(picture: bytes) -> str:
    """The usual file suffix for these bytes, judged by how they begin."""
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return ".webp"
    return next((end for start, end in _SUFFIXES if picture.startswith(start)), ".bin")
