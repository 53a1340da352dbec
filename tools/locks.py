"""Locks that the kernel releases when their holder dies, however it dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TextIO


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Wait for, then hold, a lock on an existing folder; needs no write permission."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Claim:
    """A held lock file, whose text tells others who holds it."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def tell(self, **facts: str) -> None:
        """Replace what others read about the holder."""
        text = json.dumps({"pid": str(os.getpid()), **facts})
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()

    def release(self) -> None:
        """Let the next one in."""
        self._file.truncate(0)
        self._file.close()


def try_claim(path: Path) -> Claim | None:
    """Take the lock file at once, or return None because somebody else holds it."""
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return Claim(file)


def holder(path: Path) -> dict[str, str]:
    """What the holder of a lock file says about itself; empty while it is writing."""
    try:
        facts = json.loads(path.read_text() or "{}")
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {str(key): str(value) for key, value in facts.items()}


class Door:
    """Lets many commands use services, and lets their owner wait for the last to leave."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def enter(self) -> None:
        """Be a visitor; waits while the owner is closing."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def bar(self) -> None:
        """Be the owner: wait for the last visitor, then let nobody in."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
