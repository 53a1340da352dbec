"""A folder of files that lie elsewhere too, kept small by forgetting the oldest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from django.utils._os import safe_join

from annotation.images.disk import write

#: So long a file stays at least: whoever was told its path has opened it by then.
SPARED_SECONDS = 60.0
#: Looking the folder through costs more than a fetch, so it is done once in a while.
LOOK_AFTER = 1 / 16

#: Bytes that this process has added to a folder since it last looked it through.
_added: dict[Path, int] = {}


class Nearby:
    """Up to about `most` bytes of files in `folder`; the least recently asked for go.

    Any number of processes may share the folder. Each adds up to a sixteenth of `most`
    before it looks what is there.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most

    def path(self, name: str, fetch: Callable[[], bytes]) -> Path:
        """The file of that name, fetched if it is not there. Open it at once."""
        path = Path(safe_join(self._folder, name))
        try:
            os.utime(path)
        except FileNotFoundError:
            content = fetch()
            write(path, content)
            self._note(len(content))
        return path

    def _note(self, added: int) -> None:
        # Who begins knows nothing of what is there, and looks.
        total = _added.get(self._folder, self._most) + added
        _added[self._folder] = total
        if total >= self._most * LOOK_AFTER:
            _added[self._folder] = 0
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        files = sorted(self._files())
        excess = sum(size for _, size, _ in files) - self._most
        spared = time.time() - SPARED_SECONDS
        for used_at, size, path in files:
            if excess <= 0 or used_at > spared:
                return
            if _used_at(path) == used_at:  # else somebody asked for it just now
                path.unlink(missing_ok=True)
                excess -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each was last asked for, its bytes, and its path."""
        for folder, _, names in os.walk(self._folder):
            for path in (Path(folder, name) for name in names):
                with suppress(FileNotFoundError):  # where another was quicker
                    found = path.stat()
                    yield found.st_mtime, found.st_size, path


def _used_at(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return 0.0
