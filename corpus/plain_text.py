"""Text that any program can store and show, whatever it was before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

#: What UTF-8 or Postgres cannot hold: NUL and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

NormalForm: TypeAlias = Literal["NFC", "NFD"]

#: More marks in a row than any writing sets on one letter (UAX 15, 30 of them), and
#: such a letter with as many as are put in order together.
_STACKED = re.compile(r"[^\w\s\x00-\x7f]{31}")
_STACK = re.compile(r"(\S[^\w\s\x00-\x7f]{30})")


def normal_form(form: NormalForm, text: str) -> str:
    """The text normalised, in time that grows with its length alone.

    Putting marks in order takes the square of their number: of more than 30 on one
    letter each 30 are put in order by themselves.

    >>> normal_form("NFC", "e\u0301") == "\xe9"
    True
    """
    if text.isascii() or not _STACKED.search(text):
        return unicodedata.normalize(form, text)
    parts = _STACK.split(text)
    return "".join(unicodedata.normalize(form, part) for part in parts)


def storable(text: str, most: int | None = None) -> str:
    """`text` with U+FFFD for what cannot be stored, cut to `most` characters.

    >>> storable("abcdef", 4)
    'abc…'
    """
    plain = _UNSTORABLE.sub("\ufffd", text)
    if most is None or len(plain) <= most:
        return plain
    return plain[: most - 1] + "…"


def counted(n: int, one: str, many: str) -> str:
    """The number with the noun that fits it.

    >>> counted(1, "row", "rows"), counted(1040, "row", "rows")
    ('1 row', '1,040 rows')
    """
    return f"{n:,} {one if n == 1 else many}"


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
