"""Files of good rows with a broken one here and there, and what is wrong with each."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, TypeVar

from PIL import Image as Pillow

#: One row in so many is broken: 3 %.
EVERY: Final = 33
#: Characters of the cell that is far too long.
LONG: Final = 10 * 1024 * 1024
PICTURES: Final = 40

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Expected:
    """What an import must say of a row: the reason holds this text."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Way(Generic[Made]):
    """One way to break a row. `is_heavy` rows take megabytes: one of them is enough."""

    name: str
    column: str
    reason: str
    spoil: Callable[[Made], Any]
    is_heavy: bool = False


def chosen(ways: tuple[Way[Made], ...], rows: int) -> Iterator[Way[Made] | None]:
    """For each of so many rows the way it is broken, mostly none.

    The ways come in turn, each of them at least once if there are EVERY rows for it.
    """
    light = tuple(way for way in ways if not way.is_heavy)
    for number in range(rows):
        turn, is_good = divmod(number + 1, EVERY)
        if is_good:
            yield None
        else:
            yield ways[turn - 1] if turn <= len(ways) else light[turn % len(light)]


@cache
def picture(number: int = 0) -> bytes:
    """One of a few small pictures."""
    out = io.BytesIO()
    shade = (number * 5 % 256, 80, 160)
    Pillow.new("RGB", (24, 16), shade).save(out, "PNG")
    return out.getvalue()


@cache
def bomb() -> bytes:
    """A PNG that is small as a file and says that it has 400 million pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(2501))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", _sum(name, body))
        for name, body in parts
    )


def _sum(name: bytes, body: bytes) -> int:
    return zlib.crc32(name + body)


def encoded(content: bytes) -> bytes:
    """Base64, as a TSV holds a picture."""
    return base64.b64encode(content)
