"""Whole training sets, where the product writes one language at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from corpus.formats.release import Part, by_language
from corpus.record import ReleaseItem


class Writer(Protocol):
    """A module that writes the files of one language."""

    @property
    def write_language(self) -> Any: ...


def write(
    writer: Writer, items: Iterable[ReleaseItem], folder: Path, **options: Any
) -> list[Part]:
    """The files of every language, one after the other."""
    return [
        part
        for language, own in by_language(items)
        for part in writer.write_language(own, folder, language=language, **options)
    ]
