"""Text that any program can store and show, whatever it was before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: What UTF-8 or Postgres cannot hold: NUL and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str, most: int | None = None) -> str:
    """`text` with U+FFFD for what cannot be stored, cut to `most` characters.

    >>> storable("abcdef", 4)
    'abc…'
    """
    plain = _UNSTORABLE.sub("\ufffd", text)
    if most is None or len(plain) <= most:
        return plain
    return plain[: most - 1] + "…"


def storable_json(data: Any, most: int | None = None) -> Any:
    """Decoded JSON with every text made storable, the names of fields too."""
    if isinstance(data, str):
        return storable(data, most)
    if isinstance(data, Mapping):
        return {
            storable_json(name, most): storable_json(value, most)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [storable_json(value, most) for value in data]
    return data
