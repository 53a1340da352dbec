"""`python -m corpus.pictures.child`: draws copies for the program that started it.

A request is one byte that names the work, eight that tell the length, and the picture.
An answer is three parts: JSON, display copy, thumbnail.
"""

from __future__ import annotations

import json
import math
import resource
import struct
import sys
from collections.abc import Callable, Mapping

from corpus.children import answer, begin, limit
from corpus.pictures import copies, decoding
from corpus.pictures.decoding import PictureError

REQUEST = struct.Struct(">cQ")
TOO_MUCH_MEMORY = "the picture takes too much memory to decode"

Answer = tuple[dict[str, str | int], bytes, bytes]
Work = Callable[[bytes], Answer]


def draw(original: bytes) -> Answer:
    """What `copies.make` says of a picture, as the parts of an answer."""
    made = copies.make(original)
    facts: dict[str, str | int] = {
        "media_type": made.media_type,
        "width": made.width,
        "height": made.height,
    }
    return facts, made.display, made.small


def look(original: bytes) -> Answer:
    """Whether a picture can be decoded; nothing is drawn."""
    decoding.decode(original, side=copies.DISPLAY_SIDE)
    return {}, b"", b""


DRAW, LOOK = b"d", b"l"
WORKS: Mapping[bytes, Work] = {DRAW: draw, LOOK: look}


def main(memory: int, cpu_seconds: int, works: Mapping[bytes, Work] = WORKS) -> None:
    """Answer until the other end is closed.

    `memory` bounds what this process takes in bytes, `cpu_seconds` the work on one picture:
    past them the system ends the process, whatever the decoder is doing.
    """
    begin(memory)
    requests = sys.stdin.buffer
    while head := requests.read(REQUEST.size):
        name, length = REQUEST.unpack(head)
        original = requests.read(length)
        limit(resource.RLIMIT_CPU, math.ceil(_used_seconds()) + cpu_seconds)
        facts, display, small = _done(works[name], original)
        answer(json.dumps(facts).encode(), display, small)


def _done(work: Work, original: bytes) -> Answer:
    try:
        return work(original)
    except PictureError as error:
        return {"refused": str(error)}, b"", b""
    except MemoryError:
        return {"refused": TOO_MUCH_MEMORY}, b"", b""


def _used_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
