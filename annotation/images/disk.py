"""Pictures in a folder: whole or not at all, and still there after a power cut."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils._os import safe_join


class Disk(Storage):
    """Files below MEDIA_DIR, named after what is in them: a name is written once.

    `lasting` syncs the folder too, so that the name survives a power cut as the bytes
    do. What can be made again does without.
    """

    def __init__(self, *, lasting: bool = False) -> None:
        self.lasting = lasting

    def path(self, name: str) -> str:
        return safe_join(settings.MEDIA_DIR, name)

    def to_open(self, name: str) -> os.PathLike[str]:
        """What opens as the file of that name."""
        return Path(self.path(name))

    def exists(self, name: str) -> bool:
        return os.path.exists(self.path(name))

    def size(self, name: str) -> int:
        return os.path.getsize(self.path(name))

    def delete(self, name: str) -> None:
        Path(self.path(name)).unlink(missing_ok=True)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        return File(open(self.path(name), mode))

    def _save(self, name: str, content: IO[Any]) -> str:
        write(Path(self.path(name)), content.read(), lasting=self.lasting)
        return name


def write(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Whole or not at all: a reader never meets half a file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if lasting:
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
