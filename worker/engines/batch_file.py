"""OpenAI batch files: JSON lines found again by their custom_id.

Only the place of each line is kept in memory: a batch with base64 images can be
larger than that.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class BatchFileError(ValueError):
    """The file as a whole cannot be used. The message is one sentence."""


class BatchFile:
    """The lines of one batch file by custom_id. Safe to read from several threads."""

    def __init__(self, path: Path) -> None:
        """Reads the file once. Raises BatchFileError naming the bad line."""
        self._path = path
        self._places: dict[str, int] = {}
        self._lock = threading.Lock()
        try:
            self._file = path.open("rb")
            self._index()
        except OSError as error:
            raise BatchFileError(f"{path.name}: {error.strerror}.") from None

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """Every custom_id, in the order of the lines."""
        return iter(self._places)

    def find(self, custom_id: str) -> dict[str, Any] | None:
        """The decoded line, or None if the file has none of that id."""
        place = self._places.get(custom_id)
        if place is None:
            return None
        with self._lock:
            self._file.seek(place)
            line = self._file.readline()
        found: dict[str, Any] = json.loads(line)
        return found

    def close(self) -> None:
        self._file.close()

    def _index(self) -> None:
        place = 0
        for number, line in enumerate(self._file, 1):
            if line.strip():
                custom_id = self._custom_id(number, line)
                if custom_id in self._places:
                    self._refuse(number, f"custom_id {custom_id!r} comes twice")
                self._places[custom_id] = place
            place += len(line)

    def _custom_id(self, number: int, line: bytes) -> str:
        try:
            found = json.loads(line)
        except ValueError as error:
            self._refuse(number, f"not JSON ({error})")
        custom_id = found.get("custom_id") if isinstance(found, dict) else None
        if not isinstance(custom_id, str):
            self._refuse(number, "has no custom_id")
        return str(custom_id)

    def _refuse(self, number: int, reason: str) -> None:
        self.close()
        raise BatchFileError(f"{self._path.name}, line {number}: {reason}.")
